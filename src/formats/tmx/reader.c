/* SPDX-License-Identifier: Apache-2.0 */
/* TMX in: what libxml2 says, element by element, and what is to be done with each. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/tmx/reader.h"

static const size_t unit_limit = (size_t)64 << 20;    /* bytes of text in one unit */
static const size_t segment_limit = (size_t)10 << 20; /* as libxml2 limits a text node */
enum { PROGRESS_EVERY = 1 << 20 };

#define SAY(rule, ...)                                                                                       \
    ty_tmx_say(&reader->report, rule, xml_line(&reader->xml), reader->unit_number, __VA_ARGS__)

/* ------------------------------------------------------------------------------------------ tuids */

static bool grow_tuids(struct tuid_set *set)
{
    const size_t largest = (size_t)1 << 23;
    if (set->count < set->size / 2)
        return true;
    size_t size = set->size ? set->size * 2 : 1024;
    uint64_t *slots = size <= largest ? calloc(size, sizeof *slots) : NULL;
    if (!slots)
        return false; /* it is only a warning: from here on there is none */
    for (size_t i = 0; i < set->size; i++) {
        if (!set->slots[i])
            continue;
        size_t slot = set->slots[i] & (size - 1);
        while (slots[slot])
            slot = (slot + 1) & (size - 1);
        slots[slot] = set->slots[i];
    }
    free(set->slots);
    set->slots = slots;
    set->size = size;
    return true;
}

uint64_t ty_tmx_tuids_prepare(struct tmx_reader *reader, ty_slice tuid)
{
    const struct tuid_set *set = &reader->tuids;
    uint64_t hash = ty_hash(tuid, 0) | 1;
    if (set->size)
        __builtin_prefetch(&set->slots[hash & (set->size - 1)], 1);
    return hash;
}

bool ty_tmx_tuids_add(struct tmx_reader *reader, uint64_t hash)
{
    struct tuid_set *set = &reader->tuids;
    if (!grow_tuids(set))
        return false;
    size_t slot = hash & (set->size - 1);
    for (; set->slots[slot]; slot = (slot + 1) & (set->size - 1))
        if (set->slots[slot] == hash)
            return true;
    set->slots[slot] = hash;
    set->count++;
    return false;
}

/* ------------------------------------------------------------------------------------------ doubts */

static void tell_doubts(struct tmx_reader *reader)
{
    unsigned doubts = ty_xml_text_doubts(reader->xml.text) & ~reader->doubts_told;
    reader->doubts_told |= doubts;
    const char *encoding = ty_xml_text_encoding(reader->xml.text),
               *declared = ty_xml_text_declared(reader->xml.text);
    if (doubts & XML_DOUBT_MISMATCH)
        ty_tmx_say(&reader->report, RULE_ENCODING_MISMATCH, 1, 0,
                   "the file declares %s, but its bytes are %s; read as %s", declared, encoding, encoding);
    if (doubts & XML_DOUBT_NO_BOM)
        ty_tmx_say(&reader->report, RULE_UTF16_NO_BOM, 1, 0, "UTF-16 without a byte order mark");
    if (doubts & XML_DOUBT_NOT_UNICODE)
        ty_tmx_say(&reader->report, RULE_ENCODING_NOT_UNICODE, 1, 0,
                   "TMX is UTF-8, UTF-16 or US-ASCII; this is %s", encoding);
    if (doubts & XML_DOUBT_SPACE)
        ty_tmx_say(&reader->report, RULE_SPACE_BEFORE_DECLARATION, 1, 0,
                   "white space, or a second byte order mark, before <?xml; it is passed over");
}

static void on_repair(void *payload, size_t line, uint32_t code_point)
{
    struct tmx_reader *reader = payload;
    ty_tmx_say(&reader->report, RULE_FORBIDDEN_CHARACTER, line, 0, "U+%04X, which XML forbids, became U+FFFD",
               (unsigned)code_point);
}

static void on_fault(struct xml_parser *parser, size_t line, const char *message)
{
    struct tmx_reader *reader = (struct tmx_reader *)parser;
    ty_tmx_say(&reader->report, RULE_NAMESPACE, line, reader->unit_number, "%s", message);
}

/* ------------------------------------------------------------------------------------------ structure */

static void push(struct tmx_reader *reader, enum tmx_element element)
{
    if (reader->depth < sizeof reader->stack)
        reader->stack[reader->depth++] = (uint8_t)element;
}

static enum tmx_element parent_of(const struct tmx_reader *reader)
{
    return reader->depth ? (enum tmx_element)reader->stack[reader->depth - 1] : EL_DOCUMENT;
}

static void skip_element(struct tmx_reader *reader, enum tmx_rule rule, const char *name, const char *why)
{
    SAY(rule, "<%.60s> %s", name, why);
    reader->mode = MODE_SKIP;
    reader->skip_depth = 1;
}

/* What is declared beside the namespace of the file itself; the writer declares anew what is used. */
static void tell_declarations(struct tmx_reader *reader, const char *element, int count,
                              const xmlChar **namespaces)
{
    for (int i = 0; i < count; i++) {
        const char *prefix = (const char *)namespaces[2 * i], *uri = (const char *)namespaces[2 * i + 1];
        if (prefix && !(reader->root_uri && strcmp(uri, reader->root_uri) == 0))
            SAY(RULE_NAMESPACE_DECLARATION,
                "<%s> declares the namespace prefix %.60s, which TMX does not know", element, prefix);
    }
}

static void start_root(struct tmx_reader *reader, const char *name, const char *uri, int count,
                       const xmlChar **attributes)
{
    if (!ty_slice_equal_nocase(ty_slice_of(name), TY_SLICE("tmx"))) {
        ty_xml_fail(&reader->xml, TY_ERR_FORMAT, "the root element is <%.60s>: this is no TMX file", name);
        return;
    }
    reader->root_uri = uri;
    tell_doubts(reader);
    if (uri)
        SAY(RULE_NAMESPACE, "the elements are in the namespace %.100s; TMX has none", uri);
    ty_tmx_build_root(reader, count, attributes);
    push(reader, EL_TMX);
}

static void start_header(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    if (reader->header_told || reader->header_seen) {
        skip_element(reader, RULE_SECOND_HEADER, "header",
                     TY_WORDS("comes a second time or after the units; it is lost"));
        return;
    }
    reader->header_seen = true;
    ty_tmx_build_header(reader, count, attributes);
    push(reader, EL_HEADER);
}

static void start_unit(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    if (parent_of(reader) == EL_TMX)
        SAY(RULE_NO_BODY, "a unit outside of <body>");
    if (ty_tmx_build_unit(reader, count, attributes))
        push(reader, EL_TU);
    else {
        ty_tmx_reject(&reader->report, RULE_UNIT_LIMIT, xml_line(&reader->xml), reader->unit_number,
                      "units inside units, too deep");
        reader->mode = MODE_SKIP;
        reader->skip_depth = 1;
    }
}

static void start_capture(struct tmx_reader *reader, enum tmx_element element)
{
    reader->mode = MODE_CAPTURE;
    reader->captured = element;
    if (element != EL_UNKNOWN)
        push(reader, element);
}

/* Whether the element may be read where it stands; units may stand where they should not. */
static bool fits(enum tmx_element parent, enum tmx_element element)
{
    return ty_tmx_may_contain(parent, element, 4) ||
           (element == EL_TU && (parent == EL_TMX || parent == EL_TU));
}

/* One that TMX does not know here: kept as markup where the model has a place for it. */
static void start_stranger(struct tmx_reader *reader, enum tmx_element element, const char *name,
                           const char *prefix, const char *uri, int count, const xmlChar **attributes)
{
    enum tmx_element parent = parent_of(reader);
    if (parent != EL_HEADER && parent != EL_TU && parent != EL_TUV) {
        skip_element(reader, RULE_LOST_ELEMENT, name, TY_WORDS("is nothing that TMX has there; it is lost"));
        return;
    }
    SAY(element == EL_UNKNOWN ? RULE_UNKNOWN_ELEMENT : RULE_MISPLACED_ELEMENT,
        "<%.60s> is nothing that TMX has in <%s>; it is kept as it is", name, ty_tmx_element_names[parent]);
    ty_tmx_capture_begin(&reader->capture);
    ty_tmx_capture_start(&reader->capture, element, name, prefix, uri, count, attributes);
    start_capture(reader, EL_UNKNOWN);
}

static void start_structure(struct tmx_reader *reader, enum tmx_element element, const char *name,
                            const char *prefix, const char *uri, int count, const xmlChar **attributes)
{
    if (!fits(parent_of(reader), element)) {
        start_stranger(reader, element, name, prefix, uri, count, attributes);
        return;
    }
    switch (element) {
    case EL_HEADER: start_header(reader, count, attributes); return;
    case EL_BODY:
        if (reader->body_seen)
            SAY(RULE_SECOND_BODY, "a second <body>; its units are read");
        reader->body_seen = true;
        ty_tmx_check_attributes(reader, element, count, attributes);
        push(reader, element);
        return;
    case EL_TU: start_unit(reader, count, attributes); return;
    case EL_TUV:
        ty_tmx_build_variant(reader, count, attributes);
        push(reader, element);
        return;
    case EL_SEG: ty_tmx_build_segment(reader, count, attributes); break;
    default: ty_tmx_build_info(reader, element, count, attributes);
    }
    start_capture(reader, element);
}

/* ------------------------------------------------------------------------------------------ captured markup
 */

static void check_inner(struct tmx_reader *reader, enum tmx_element element, const char *name, int count,
                        const xmlChar **attributes)
{
    const struct capture *capture = &reader->capture;
    if (reader->captured == EL_UNKNOWN)
        return;
    enum tmx_element parent = !capture->depth ? reader->captured
                              : capture->depth <= sizeof capture->elements
                                  ? (enum tmx_element)capture->elements[capture->depth - 1]
                                  : EL_UNKNOWN;
    if (element == EL_UNKNOWN && reader->captured == EL_SEG && ty_tmx_is_xliff_code(name))
        SAY(RULE_XLIFF_CODE, "<%s> is a code of XLIFF; in TMX it is %s; it is kept as it is", name,
            strcmp(name, "x") == 0 ? "ph" : ty_words("bpt and ept"));
    else if (element == EL_UNKNOWN)
        SAY(RULE_UNKNOWN_ELEMENT, "<%.60s> is no element of TMX; it is kept", name);
    else if (parent != EL_UNKNOWN && !ty_tmx_may_contain(parent, element, reader->checker.minor))
        SAY(RULE_MISPLACED_ELEMENT, "<%s> may not stand in <%s>; it is kept", name,
            ty_tmx_element_names[parent]);
    if (element == EL_UNKNOWN)
        return;
    ty_tmx_check_attributes(reader, element, count, attributes);
    if (reader->captured == EL_SEG)
        ty_tmx_codes_start(reader, element, count, attributes);
}

static void start_inner(struct tmx_reader *reader, enum tmx_element element, const char *name,
                        const char *prefix, const char *uri, int count, const xmlChar **attributes)
{
    check_inner(reader, element, name, count, attributes);
    ty_tmx_capture_start(&reader->capture, element, name, prefix, uri, count, attributes);
    if (element == EL_MAP) {
        bool unicode = false, other = false;
        for (int i = 0; i < count; i++) {
            const char *attribute = xml_attribute_at(attributes, i).name;
            unicode |= strcmp(attribute, "unicode") == 0;
            other |= strcmp(attribute, "unicode") != 0;
        }
        if (!unicode)
            SAY(RULE_MAP_UNICODE, "<map> has no unicode");
        if (!other)
            SAY(RULE_MAP_EMPTY, "<map> has none of code, ent and subst");
    }
}

static void end_capture(struct tmx_reader *reader, const char *name, const char *prefix)
{
    struct capture *capture = &reader->capture;
    if (capture->depth) {
        ty_tmx_capture_end(capture, name, prefix);
        if (capture->depth || reader->captured != EL_UNKNOWN)
            return;
        reader->mode = MODE_STRUCTURE;
        ty_tmx_build_info_end(reader, EL_UNKNOWN);
        return;
    }
    reader->mode = MODE_STRUCTURE;
    reader->depth--;
    if (reader->captured == EL_SEG)
        ty_tmx_build_segment_end(reader);
    else
        ty_tmx_build_info_end(reader, reader->captured);
}

/* ------------------------------------------------------------------------------------------ handlers */

/* Elements of the namespace of the root, or of none, are TMX's. The prefix goes with the namespace. */
static enum tmx_element identify(struct tmx_reader *reader, const char **name, const char **prefix,
                                 const char **uri)
{
    bool own = !*uri || *uri == reader->root_uri || (reader->root_uri && strcmp(*uri, reader->root_uri) == 0);
    if (!own)
        return EL_UNKNOWN;
    *uri = *prefix = NULL;
    const struct tmx_name *found = tmx_find_element(&reader->names, *name);
    if (found->other_case)
        SAY(RULE_ELEMENT_CASE, "<%.60s> is written <%s>", *name, ty_tmx_element_names[found->id]);
    if (found->id != EL_UNKNOWN)
        *name = ty_tmx_element_names[found->id];
    return (enum tmx_element)found->id;
}

static void on_start(void *context, const xmlChar *local, const xmlChar *xml_prefix, const xmlChar *xml_uri,
                     int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct tmx_reader *reader = context;
    const char *name = (const char *)local, *prefix = (const char *)xml_prefix, *uri = (const char *)xml_uri;
    xml_mend_attributes(count, attributes);
    if (!reader->root_seen) {
        reader->root_seen = true;
        start_root(reader, name, uri, count, attributes);
        tell_declarations(reader, "tmx", namespace_count, namespaces);
        return;
    }
    if (reader->mode == MODE_SKIP) {
        reader->skip_depth++;
        return;
    }
    enum tmx_element element = identify(reader, &name, &prefix, &uri);
    if (element != EL_UNKNOWN)
        tell_declarations(reader, name, namespace_count, namespaces);
    if (reader->mode == MODE_CAPTURE)
        start_inner(reader, element, name, prefix, uri, count, attributes);
    else
        start_structure(reader, element, name, prefix, uri, count, attributes);
}

static void show_progress(struct tmx_reader *reader)
{
    uint64_t position = ty_input_position(reader->input);
    if (position < reader->next_progress)
        return;
    reader->next_progress = position + PROGRESS_EVERY;
    if (!ty_progress(reader->listener, "read", position, ty_input_total(reader->input)))
        ty_xml_stop(&reader->xml, TY_STOP);
}

static void end_structure(struct tmx_reader *reader)
{
    enum tmx_element element = parent_of(reader);
    reader->depth--;
    if (element == EL_TU) {
        ty_tmx_build_unit_end(reader);
        show_progress(reader);
    } else if (element == EL_TUV)
        ty_tmx_build_variant_end(reader);
    else if (element == EL_HEADER)
        ty_tmx_build_header_end(reader);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *xml_prefix, const xmlChar *xml_uri)
{
    struct tmx_reader *reader = context;
    if (reader->mode == MODE_SKIP) {
        if (--reader->skip_depth == 0)
            reader->mode = MODE_STRUCTURE;
        return;
    }
    if (reader->mode == MODE_STRUCTURE) {
        if (reader->depth)
            end_structure(reader);
        return;
    }
    const char *name = (const char *)local, *prefix = (const char *)xml_prefix, *uri = (const char *)xml_uri;
    bool own = !uri || uri == reader->root_uri || (reader->root_uri && strcmp(uri, reader->root_uri) == 0);
    if (own) {
        const struct tmx_name *found = tmx_find_element(&reader->names, name);
        if (found->id != EL_UNKNOWN)
            name = ty_tmx_element_names[found->id];
        prefix = NULL;
    }
    end_capture(reader, name, prefix);
}

static bool is_space(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct tmx_reader *reader = context;
    const char *bytes = (const char *)text;
    if (reader->xml.status != TY_OK)
        return; /* libxml2 hands on text even when handlers are off */
    if (reader->mode == MODE_CAPTURE && reader->captured != EL_UDE) {
        capture_text(&reader->capture, bytes, (size_t)size);
        const struct text_pool *pool = &reader->pool;
        if (pool->used > unit_limit || pool->used - pool->open > segment_limit ||
            reader->capture.markup.size > segment_limit)
            ty_xml_fail(&reader->xml, TY_ERR_LIMIT, "the unit is larger than any honest one");
    } else if (reader->mode != MODE_SKIP && !is_space(bytes, (size_t)size))
        SAY(RULE_STRAY_TEXT, "text in <%s>, where there is none in TMX, is lost: %.*s",
            ty_tmx_element_names[parent_of(reader)], size < 60 ? size : 60, bytes);
}

/* Comments outside of segments say nothing of a unit and are dropped. */
static bool keeps_comments(const struct tmx_reader *reader)
{
    return reader->xml.status == TY_OK && reader->mode == MODE_CAPTURE &&
           (reader->captured == EL_SEG || reader->captured == EL_UNKNOWN);
}

static void on_comment(void *context, const xmlChar *text)
{
    struct tmx_reader *reader = context;
    if (!keeps_comments(reader))
        return;
    SAY(RULE_COMMENT_IN_SEG, "a comment inside <seg>");
    ty_tmx_capture_comment(&reader->capture, (const char *)text);
}

static void on_instruction(void *context, const xmlChar *target, const xmlChar *data)
{
    struct tmx_reader *reader = context;
    if (!keeps_comments(reader))
        return;
    SAY(RULE_COMMENT_IN_SEG, "a processing instruction inside <seg>");
    ty_tmx_capture_instruction(&reader->capture, (const char *)target, (const char *)data);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct tmx_reader *reader = context;
    const xmlParserInput *input = reader->xml.context->input;
    if (input && input->cur && *input->cur == '[')
        SAY(RULE_INTERNAL_SUBSET, "the DOCTYPE has an internal subset");
    const char *found = system_id ? strstr((const char *)system_id, "tmx1") : NULL;
    reader->doctype_minor = found && found[4] >= '0' && found[4] <= '9' ? found[4] : '\0';
}

/* ------------------------------------------------------------------------------------------ the whole */

/* Files of other kinds come under the name of TMX: level maps of a game, pages that ask to log in. */
static ty_status refuse_strangers(struct tmx_reader *reader, const ty_source *source)
{
    ty_sniffed sniffed = ty_sniff_bytes(ty_input_peek(reader->input, reader->error), source->path);
    if (reader->error->status != TY_OK)
        return reader->error->status;
    if (sniffed.format == TY_FORMAT_TMX)
        return TY_OK;
    if (sniffed.format == TY_FORMAT_EMPTY)
        return ty_error_set(reader->error, TY_ERR_FORMAT, "the file is empty");
    if (sniffed.format == TY_FORMAT_XML && sniffed.unclear)
        return TY_OK; /* perhaps only a long prolog: the parser will see */
    if (sniffed.format == TY_FORMAT_UNKNOWN && ty_sniff_wide(ty_input_peek(reader->input, reader->error)))
        return TY_OK;
    return ty_error_set(reader->error, TY_ERR_FORMAT, "this is %s, not a TMX file", sniffed.name);
}

/* What came before the break is kept, where that is anything. */
static ty_status salvage(struct tmx_reader *reader)
{
    uint64_t whole = reader->report.counts->read;
    if (!whole) {
        ty_error_set(reader->error, TY_ERR_FORMAT, "the file is cut off before the end of its first unit");
        return ty_error_locate(reader->error, NULL, reader->xml.cut_line, 0);
    }
    ty_tmx_say(&reader->report, RULE_CUT_OFF, reader->xml.cut_line, 0,
               "the file is cut off; %llu units before the break are kept", (unsigned long long)whole);
    return TY_OK;
}

static ty_status parse(struct tmx_reader *reader)
{
    reader->xml.handlers.startElementNs = on_start;
    reader->xml.handlers.endElementNs = on_end;
    reader->xml.handlers.characters = on_text;
    reader->xml.handlers.comment = on_comment;
    reader->xml.handlers.processingInstruction = on_instruction;
    reader->xml.handlers.internalSubset = on_doctype;
    reader->xml.fault = on_fault;
    reader->xml.error = reader->error;
    ty_status status = ty_xml_parse(&reader->xml);
    tell_doubts(reader);
    if (status != TY_OK)
        return status;
    if (reader->xml.cut_line)
        return salvage(reader);
    if (!reader->body_seen && !reader->units_begun)
        ty_tmx_say(&reader->report, RULE_NO_BODY, 0, 0, "there is no <body>");
    else if (!reader->units_begun)
        ty_tmx_say(&reader->report, RULE_NO_TU, 0, 0, "there is no unit in the file");
    return TY_OK;
}

static void release(struct tmx_reader *reader)
{
    for (size_t i = 0; i < NESTED_UNITS; i++) {
        ty_vector_release(&reader->builders[i].infos);
        ty_vector_release(&reader->builders[i].variant_infos);
        ty_vector_release(&reader->builders[i].variants);
    }
    ty_vector_release(&reader->header_infos);
    ty_vector_release(&reader->codes.pairs);
    ty_vector_release(&reader->codes.partners);
    ty_buffer_release(&reader->srclang);
    ty_buffer_release(&reader->scratch);
    ty_buffer_release(&reader->capture.markup);
    ty_tmx_pool_release(&reader->pool);
    ty_arena_release(&reader->arena);
    free(reader->tuids.slots);
    ty_xml_text_close(reader->xml.text);
    ty_input_close(reader->input);
}

ty_status ty_tmx_read_file(struct tmx_reader *reader, const ty_source *source,
                           const ty_tmx_read_options *options, ty_error *error)
{
    struct xml_repair repair = {reader, on_repair};
    const char *encoding = options ? options->encoding : NULL;
    reader->error = error;
    reader->capture.pool = &reader->pool;
    reader->xml.salvage = options && options->repair;
    ty_tmx_checker_init(&reader->checker, &reader->report);
    ty_status status = ty_input_open(source, ".tmx", &reader->input, error);
    if (status == TY_OK && reader->xml.salvage)
        ty_input_salvage(reader->input);
    if (status == TY_OK && !encoding)
        status = refuse_strangers(reader, source);
    if (status == TY_OK)
        status = ty_xml_text_open(reader->input, encoding, options && options->repair ? &repair : NULL,
                                  &reader->xml.text, error);
    if (status == TY_OK)
        status = parse(reader);
    if (status == TY_OK && !reader->header_told && !reader->xml.cut_line) {
        ty_tmx_build_header_if_none(reader);
        status = reader->xml.status;
    }
    ty_tmx_report_finish(&reader->report);
    if (status != TY_OK)
        ty_error_locate(error, source->path, 0, reader->unit_number);
    release(reader);
    return status;
}

ty_status ty_tmx_read(const ty_source *source, const ty_tmx_read_options *options, const ty_unit_sink *sink,
                      const ty_listener *listener, ty_read_counts *counts, ty_error *error)
{
    ty_read_counts own_counts = {0};
    ty_error own_error = {0};
    struct tmx_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return ty_error_nomem(error);
    reader->sink = sink;
    reader->listener = listener;
    reader->report = (struct tmx_report){.file = source->path ? source->path : "",
                                         .listener = listener,
                                         .counts = counts ? counts : &own_counts};
    ty_status status = ty_tmx_read_file(reader, source, options, error ? error : &own_error);
    free(reader);
    return status;
}
