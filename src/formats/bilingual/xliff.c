/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF in: the elements of a file, and where candidates for its segments would go. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/xliff_reader.h"

#define MATCHES_NAMESPACE "urn:oasis:names:tc:xliff:matches:2.0"

/* ------------------------------------------------------------------------------------------ names */

static enum element named(const char *name, bool version_2)
{
    static const struct {
        const char *name;
        enum element kind;
    } first[] = {{"xliff", ROOT},
                 {"file", PART},
                 {"body", PART},
                 {"group", PART},
                 {"trans-unit", UNIT},
                 {"source", SOURCE},
                 {"target", TARGET},
                 {"seg-source", SEG_SOURCE},
                 {"alt-trans", CANDIDATE},
                 {"mrk", MARK},
                 {"g", SPAN},
                 {"bpt", CODE},
                 {"ept", CODE},
                 {"ph", CODE},
                 {"it", CODE},
                 {"x", CODE},
                 {"bx", CODE},
                 {"ex", CODE},
                 {"sub", SUB},
                 {"note", NOTE},
                 {"context", CONTEXT},
                 {NULL, OTHER}},
      second[] = {{"xliff", ROOT},      {"file", PART},     {"group", PART},    {"unit", UNIT},
                  {"segment", SEGMENT}, {"source", SOURCE}, {"target", TARGET}, {"mrk", MARK},
                  {"pc", SPAN},         {"ph", CODE},       {"sc", CODE},       {"ec", CODE},
                  {"cp", CODE},         {"note", NOTE},     {"data", DATA},     {NULL, OTHER}};
    for (size_t i = 0; (version_2 ? second : first)[i].name; i++)
        if (strcmp((version_2 ? second : first)[i].name, name) == 0)
            return (version_2 ? second : first)[i].kind;
    return OTHER;
}

/* Elements of other namespaces may have any name. */
static enum element classify(const struct xliff_reader *reader, const char *name, const xmlChar *uri)
{
    ty_slice space = ty_slice_of((const char *)uri);
    if (reader->version_2 && ty_slice_equal(space, TY_SLICE(MATCHES_NAMESPACE)))
        return strcmp(name, "matches") == 0 ? MATCHES : strcmp(name, "match") == 0 ? CANDIDATE : OTHER;
    if (strcmp(name, "seg") == 0 && ty_slice_find(space, TY_SLICE("sdl.com"), 0) != SIZE_MAX)
        return SEG_FACTS;
    return ty_slice_equal(space, reader->root_namespace) ? named(name, reader->version_2) : OTHER;
}

/* ------------------------------------------------------------------------------------------ attributes */

void ty_xliff_no_memory(struct xliff_reader *reader)
{
    ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

ty_slice ty_xliff_keep(struct xliff_reader *reader, ty_slice text)
{
    return text.data ? ty_arena_copy(&reader->file->arena, text) : text;
}

/* Of XLIFF's own attributes; its:version is another thing than version. */
ty_slice ty_xliff_value(struct attributes attributes, const char *name)
{
    for (int i = 0; i < attributes.count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes.list, i);
        if (!attribute.prefix && strcmp(attribute.name, name) == 0)
            return attribute.value;
    }
    return (ty_slice){NULL, 0};
}

ty_slice ty_xliff_tool_value(struct attributes attributes, const char *tool, const char *name)
{
    for (int i = 0; i < attributes.count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes.list, i);
        ty_slice space = ty_slice_of(attribute.uri);
        if (space.size && strcmp(attribute.name, name) == 0 &&
            (!tool || ty_slice_find(space, ty_slice_of(tool), 0) != SIZE_MAX))
            return attribute.value;
    }
    return (ty_slice){NULL, 0};
}

bool ty_xliff_is_yes(ty_slice value)
{
    static const char *const words[] = {"true", "yes", "1", "locked"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(value, ty_slice_of(words[i])))
            return true;
    return false;
}

bool ty_xliff_is(struct attributes attributes, const char *name, const char *wanted)
{
    return ty_slice_equal(ty_xliff_value(attributes, name), ty_slice_of(wanted));
}

struct open_element *ty_xliff_innermost(struct xliff_reader *reader)
{
    return reader->open.count ? &reader->open.items[reader->open.count - 1] : NULL;
}

static enum element kind_above(struct xliff_reader *reader)
{
    return reader->open.count ? ty_xliff_innermost(reader)->kind : OTHER;
}

/* What an element has of the one around it, unless it says otherwise. */
static struct open_element inherit(struct xliff_reader *reader, enum element kind,
                                   struct attributes attributes)
{
    const struct open_element *above = ty_xliff_innermost(reader);
    struct open_element element = {.kind = kind,
                                   .locked = above && above->locked,
                                   .preserve = above && above->preserve,
                                   .infos = reader->infos.count};
    ty_slice translate = ty_xliff_value(attributes, "translate");
    if ((kind == PART || kind == UNIT) && translate.data)
        element.locked = ty_slice_equal(translate, TY_SLICE("no"));
    for (int i = 0; i < attributes.count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes.list, i);
        if (attribute.prefix && strcmp(attribute.prefix, "xml") == 0 && strcmp(attribute.name, "space") == 0)
            element.preserve = ty_slice_equal(attribute.value, TY_SLICE("preserve"));
    }
    return element;
}

static void push(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    struct open_element element = inherit(reader, tag.kind, attributes);
    element.piece = reader->begins_piece;
    element.empty = tag.empty;
    element.code = reader->into && reader->into->codes.count ? reader->into->codes.count - 1 : 0;
    reader->begins_piece = false;
    if (!ty_vector_push(&reader->open, element))
        ty_xliff_no_memory(reader);
}

/* ------------------------------------------------------------------------------------------ start tags */

static void begin_unit(struct xliff_reader *reader, const char *prefix, struct attributes attributes)
{
    struct xliff_unit *unit = ty_arena_alloc(&reader->file->arena, sizeof *unit);
    if (!unit) {
        ty_xliff_no_memory(reader);
        return;
    }
    ty_slice text = ty_xliff_text_of(reader);
    unit->version_2 = reader->version_2;
    unit->prefix = ty_xliff_keep(reader, ty_slice_of(prefix));
    unit->core = reader->root_namespace;
    unit->at = ty_xliff_position(reader) + 1;
    unit->indent = ty_xliff_space_after(text, unit->at);
    reader->unit = unit;
    ty_xliff_unit_facts(reader, attributes);
    reader->marks = reader->unit_marks;
    reader->first_segment = reader->file->segments.count;
    reader->segment_name_end = 0;
    reader->segment_line = xml_line(&reader->xml);
    reader->source_xml_lang = reader->target_xml_lang = (ty_slice){"", 0};
    ty_strings_clear(&reader->ids);
    ty_xliff_forget(&reader->source);
    ty_xliff_forget(&reader->seg_source);
    ty_xliff_forget(&reader->target);
}

static void take_mark(struct xliff_reader *reader, enum mark_kind kind, ty_slice value)
{
    if (value.data)
        reader->marks.values[kind] = ty_xliff_keep(reader, value);
}

static void begin_segment(struct xliff_reader *reader, size_t name_end, struct attributes attributes)
{
    reader->segment_id = ty_xliff_keep(reader, ty_xliff_value(attributes, "id"));
    reader->segment_name_end = name_end;
    reader->segment_line = xml_line(&reader->xml);
    reader->marks = reader->unit_marks;
    take_mark(reader, MARK_STATE, ty_xliff_value(attributes, "state"));
    take_mark(reader, MARK_MEMOQ, ty_xliff_tool_value(attributes, "memoq", "status"));
    ty_xliff_forget(&reader->source);
    ty_xliff_forget(&reader->target);
}

static void begin_matches(struct xliff_reader *reader, const char *prefix)
{
    struct xliff_unit *unit = reader->unit;
    if (unit->has_matches)
        return;
    size_t end = ty_xliff_position(reader);
    unit->has_matches = true;
    unit->matches_prefix = ty_xliff_keep(reader, ty_slice_of(prefix));
    unit->closed = reader->file->text.data[end] == '/';
    unit->at = end + 1;
    unit->indent = ty_xliff_space_after(ty_xliff_text_of(reader), unit->at);
}

/* "#s1" within the unit, or "#f=f1/u=1/s1" from anywhere. */
static ty_slice referred(ty_slice reference)
{
    ty_slice part = reference;
    while (ty_slice_next(&reference, '/', &part) && reference.data) {
    }
    return ty_slice_starts(part, TY_SLICE("#")) ? ty_slice_sub(part, 1, part.size) : part;
}

static void begin_candidate(struct xliff_reader *reader, struct attributes attributes)
{
    ty_slice id =
        reader->version_2 ? referred(ty_xliff_value(attributes, "ref")) : ty_xliff_value(attributes, "mid");
    reader->candidate_id = ty_xliff_keep(reader, id);
}

/* An element of a unit's own, or a segment's: not one of a candidate. */
static void begin_text(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    enum element above = kind_above(reader), home = reader->version_2 ? SEGMENT : UNIT;
    ty_slice lang = ty_xliff_tool_value(attributes, "XML/1998", "lang");
    if (tag.kind == TARGET && above == CANDIDATE)
        ty_xliff_begin_capture(reader, &reader->candidate);
    if (above != home)
        return;
    if (lang.data && tag.kind != SEG_SOURCE)
        *(tag.kind == SOURCE ? &reader->source_xml_lang : &reader->target_xml_lang) =
            ty_xliff_keep(reader, lang);
    if (tag.kind == SOURCE && !reader->version_2)
        reader->unit->indent = ty_xliff_space_before(ty_xliff_text_of(reader), tag.start);
    if (tag.kind == TARGET && !reader->version_2) {
        take_mark(reader, MARK_STATE, ty_xliff_value(attributes, "state"));
        take_mark(reader, MARK_QUALIFIER, ty_xliff_value(attributes, "state-qualifier"));
    }
    ty_xliff_begin_capture(reader, tag.kind == SOURCE   ? &reader->source
                                   : tag.kind == TARGET ? &reader->target
                                                        : &reader->seg_source);
}

static void begin_root(struct xliff_reader *reader, const char *name, const xmlChar *uri,
                       struct attributes attributes)
{
    if (strcmp(name, "xliff") != 0) {
        ty_xml_fail(&reader->xml, TY_ERR_FORMAT, "this is no XLIFF: its root is <%.80s>", name);
        return;
    }
    reader->root_namespace = ty_xliff_keep(reader, ty_slice_of((const char *)uri));
    reader->version_2 = ty_slice_starts(ty_xliff_value(attributes, "version"), TY_SLICE("2."));
    reader->phrase = ty_xliff_tool_value(attributes, "memsource", "version").data != NULL;
    reader->source_lang = ty_xliff_keep(reader, ty_xliff_value(attributes, "srcLang"));
    reader->target_lang = ty_xliff_keep(reader, ty_xliff_value(attributes, "trgLang"));
}

static void note_id(struct xliff_reader *reader, struct attributes attributes)
{
    ty_slice id = ty_xliff_value(attributes, "id");
    if (reader->unit && reader->version_2 && id.data && ty_strings_add(&reader->ids, id) == TY_STRINGS_NONE)
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

/* Those of a candidate are its own affair. */
static void begin_remark(struct xliff_reader *reader, enum element kind, struct attributes attributes)
{
    enum element above = kind_above(reader);
    bool own = reader->unit || kind == CONTEXT;
    for (size_t i = reader->open.count; own && i > 0; i--) {
        own = reader->open.items[i - 1].kind != CANDIDATE;
        if (reader->open.items[i - 1].kind == UNIT)
            break;
    }
    if (own && above != ROOT)
        ty_xliff_begin_remark(reader, kind, attributes);
}

static void begin_in_unit(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    size_t name_end = tag.start + 1 + (tag.prefix ? strlen(tag.prefix) + 1 : 0) + strlen(tag.name);
    switch (tag.kind) {
    case SEGMENT: begin_segment(reader, name_end, attributes); break;
    case MATCHES: begin_matches(reader, tag.prefix); break;
    case CANDIDATE: begin_candidate(reader, attributes); break;
    case SEG_FACTS: ty_xliff_seg_facts(reader, attributes); break;
    case SOURCE:
    case SEG_SOURCE:
    case TARGET: begin_text(reader, tag, attributes); break;
    default: break;
    }
}

static void begin(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    if (tag.kind != OTHER)
        ty_xliff_check_tag(reader, tag.start, tag.prefix, tag.name);
    if (tag.kind == PART)
        ty_xliff_part_facts(reader, tag.name, attributes);
    if (tag.kind == UNIT && !reader->unit)
        begin_unit(reader, tag.prefix, attributes);
    if (tag.kind == NOTE || tag.kind == CONTEXT || tag.kind == DATA)
        begin_remark(reader, tag.kind, attributes);
    else if (reader->unit)
        begin_in_unit(reader, tag, attributes);
}

static struct tag tag_of(struct xliff_reader *reader, const char *name, const char *prefix,
                         const xmlChar *uri)
{
    size_t start = ty_xliff_tag_start(reader, ty_xliff_position(reader));
    size_t end = ty_xliff_tag_end(reader, start);
    return (struct tag){.kind = classify(reader, name, uri),
                        .name = name,
                        .prefix = prefix,
                        .start = start,
                        .empty = end > 1 && reader->file->text.data[end - 2] == '/'};
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int space_count, const xmlChar **spaces, int count, int preset, const xmlChar **list)
{
    struct xliff_reader *reader = context;
    struct attributes attributes = {count, list};
    xml_mend_attributes(count, list);
    if (!reader->open.count)
        begin_root(reader, (const char *)name, uri, attributes);
    struct tag tag = tag_of(reader, (const char *)name, (const char *)prefix, uri);
    note_id(reader, attributes);
    if (reader->into)
        ty_xliff_begin_inline(reader, tag, attributes);
    else
        begin(reader, tag, attributes);
    push(reader, tag, attributes);
}

/* ------------------------------------------------------------------------------------------ end tags */

static void end_text(struct xliff_reader *reader)
{
    const struct captured *into = reader->into;
    ty_xliff_end_capture(reader);
    if (into == &reader->remark) {
        ty_xliff_end_remark(reader);
        return;
    }
    if (into != &reader->candidate) {
        if (!reader->version_2)
            reader->unit->at = ty_xliff_position(reader);
        return;
    }
    struct known *known = ty_arena_alloc(&reader->file->arena, sizeof *known);
    if (!known)
        return;
    ty_buffer plain = {0};
    ty_passage_plain(into->whole, &plain);
    *known = (struct known){ty_xliff_keep(reader, ty_slice_trim(ty_buffer_slice(&plain))),
                            reader->candidate_id, reader->unit->known};
    ty_buffer_release(&plain);
    reader->unit->known = known;
}

static void end_unit(struct xliff_reader *reader)
{
    if (reader->version_2)
        ty_xliff_name_segments(reader);
    else
        ty_xliff_add_unit(reader);
    ty_xliff_add_context(reader);
    reader->unit = NULL;
}

/* Units are not in units, so that the one that ends is the one that was begun. */
static void end(struct xliff_reader *reader, enum element kind)
{
    switch (kind) {
    case PART: reader->infos.count = ty_xliff_innermost(reader)->infos; break;
    case UNIT: end_unit(reader); break;
    case SEGMENT: ty_xliff_add_segment(reader, reader->segment_id); break;
    case CANDIDATE:
        if (reader->version_2 && reader->unit->has_matches && !reader->unit->closed)
            reader->unit->at = ty_xliff_position(reader);
        break;
    default: break;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xliff_reader *reader = context;
    enum element kind = ty_xliff_innermost(reader)->kind;
    if (reader->into && reader->open.count == reader->into_depth + 1)
        end_text(reader);
    else if (reader->into)
        ty_xliff_end_inline(reader);
    else if (reader->unit || kind == PART)
        end(reader, kind);
    reader->open.count--;
}

/* ------------------------------------------------------------------------------------------ the file */

/* The whole text as UTF-8, and what the file is to be written in. */
static ty_status decode(ty_bilingual *file, const char *encoding, ty_error *error)
{
    struct input *input;
    struct xml_text *text = NULL;
    char bytes[4096];
    ty_status status =
        ty_input_open(&(ty_source){file->name, ty_buffer_slice(&file->original)}, ".xlf", &input, error);
    if (status != TY_OK)
        return status;
    if (ty_input_is_compressed(input))
        status = ty_error_set(error, TY_ERR_FORMAT, "the file is compressed; unpack it first");
    if (status == TY_OK)
        status = ty_xml_text_open(input, encoding, NULL, &text, error);
    if (status == TY_OK) {
        ty_slice declared = ty_slice_of(ty_xml_text_declared(text));
        for (int count; (count = ty_xml_text_read(text, bytes, sizeof bytes)) > 0;)
            ty_buffer_add(&file->text, (ty_slice){bytes, (size_t)count});
        status = ty_xml_text_status(text);
        snprintf(file->encoding, sizeof file->encoding, "%s", ty_xml_text_encoding(text));
        file->narrow = declared.size && !ty_slice_equal_nocase(ty_slice_sub(declared, 0, 3), TY_SLICE("UTF"));
    }
    ty_xml_text_close(text);
    ty_input_close(input);
    return status;
}

static ty_status parse(struct xliff_reader *reader, ty_error *error)
{
    struct input *input;
    ty_source text = {.path = reader->file->name, .bytes = ty_buffer_slice(&reader->file->text)};
    ty_status status = ty_input_open(&text, ".xlf", &input, error);
    if (status != TY_OK)
        return status;
    status = ty_xml_text_open(input, "UTF-8", NULL, &reader->xml.text, error);
    if (status == TY_OK) {
        reader->xml.handlers.startElementNs = on_start;
        reader->xml.handlers.endElementNs = on_end;
        reader->xml.handlers.characters = ty_xliff_on_text;
        reader->xml.handlers.cdataBlock = ty_xliff_on_text;
        reader->xml.error = error;
        status = ty_xml_parse(&reader->xml);
    }
    ty_xml_text_close(reader->xml.text);
    ty_input_close(input);
    return status;
}

ty_status ty_xliff_load(ty_bilingual *file, const char *encoding, ty_error *error)
{
    struct xliff_reader reader = {.file = file};
    struct captured *captured[] = {&reader.source, &reader.seg_source, &reader.target, &reader.candidate,
                                   &reader.remark};
    ty_status status = decode(file, encoding, error);
    if (status == TY_OK)
        status = parse(&reader, error);
    for (size_t i = 0; i < sizeof captured / sizeof *captured; i++) {
        ty_vector_release(&captured[i]->pieces);
        ty_vector_release(&captured[i]->codes);
    }
    ty_vector_release(&reader.open);
    ty_vector_release(&reader.infos);
    ty_vector_release(&reader.facts);
    ty_vector_release(&reader.data);
    ty_strings_release(&reader.ids);
    ty_strings_release(&reader.code_ids);
    ty_buffer_release(&reader.reading.native);
    ty_buffer_release(&reader.text);
    return status;
}
