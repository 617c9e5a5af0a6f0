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
    ty_tmx_tell_doubts(reader);
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

/* ------------------------------------------------------------------------------------------ all of them */

void ty_tmx_handle(struct tmx_reader *reader)
{
    reader->xml.handlers.startElementNs = on_start;
    reader->xml.handlers.endElementNs = on_end;
    reader->xml.handlers.characters = on_text;
    reader->xml.handlers.comment = on_comment;
    reader->xml.handlers.processingInstruction = on_instruction;
    reader->xml.handlers.internalSubset = on_doctype;
}
