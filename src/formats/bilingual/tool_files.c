/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bilingual files that are read, and nothing is put into: Wordfast Pro's TXML (txml: translatable, segment,
 * source, target; ut for codes) and Qt's TS (TS: context, message, source, translation; numerusform for
 * plurals).
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/bilingual.h"

enum field { NO_FIELD, SOURCE, TARGET, CONTEXT, DISAMBIGUATION, NOTE, REMARK };

struct tool_reader {
    struct xml_parser xml; /* first: handlers get a pointer to it */
    ty_bilingual *file;
    bool qt;
    unsigned depth;
    enum field field;
    ty_buffer text;
    TY_VECTOR(struct code) codes;
    unsigned code_depth;
    ty_buffer native;
    struct passage source, target;
    ty_slices forms; /* Qt: numerusform */
    ty_slice source_lang, target_lang, state, context, id;
    info_vector infos;
    ty_strings code_ids;
    size_t line, run;
};

static bool is(const char *name, const char *wanted)
{
    return strcmp(name, wanted) == 0;
}

static ty_slice keep(struct tool_reader *reader, ty_slice text)
{
    return text.data ? ty_arena_copy(&reader->file->arena, text) : (ty_slice){"", 0};
}

static void fail(struct tool_reader *reader)
{
    ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

/* ------------------------------------------------------------------------------------------ fields */

static const struct {
    const char *name;
    bool qt;
    enum field field;
} fields[] = {
    {"source", false, SOURCE},         {"target", false, TARGET},      {"comment", false, NOTE},
    {"source", true, SOURCE},          {"translation", true, TARGET},  {"name", true, CONTEXT},
    {"comment", true, DISAMBIGUATION}, {"extracomment", true, REMARK}, {"translatorcomment", true, NOTE},
};

static enum field field_of(const struct tool_reader *reader, const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].qt == reader->qt && is(name, fields[i].name))
            return fields[i].field;
    return NO_FIELD;
}

static struct passage take_passage(struct tool_reader *reader)
{
    size_t count = reader->codes.count;
    struct code *codes = count ? ty_arena_array(&reader->file->arena, count, sizeof *codes) : NULL;
    if (codes)
        memcpy(codes, reader->codes.items, count * sizeof *codes);
    return (struct passage){ty_slice_trim(keep(reader, ty_buffer_slice(&reader->text))), codes,
                            codes ? count : 0};
}

static void add_info(struct tool_reader *reader, const char *type, ty_slice text)
{
    if (!ty_bilingual_add_info(reader->file, &reader->infos, type, text))
        fail(reader);
}

static void end_field(struct tool_reader *reader)
{
    ty_slice text = ty_slice_trim(keep(reader, ty_buffer_slice(&reader->text)));
    switch (reader->field) {
    case SOURCE: reader->source = take_passage(reader); break;
    case TARGET: reader->target = take_passage(reader); break;
    case CONTEXT: reader->context = text; break;
    case DISAMBIGUATION: add_info(reader, "x-comment", text); break;
    case REMARK: add_info(reader, "x-extracomment", text); break;
    case NOTE: add_info(reader, NULL, text); break;
    default: break;
    }
    reader->field = NO_FIELD;
}

/* ------------------------------------------------------------------------------------------ segments */

static ty_slice plain_of(struct tool_reader *reader, struct passage passage)
{
    ty_buffer plain = {0};
    ty_passage_plain(passage, &plain);
    ty_slice kept = keep(reader, ty_buffer_slice(&plain));
    ty_buffer_release(&plain);
    return kept;
}

static ty_slice content_of(struct tool_reader *reader, struct passage passage)
{
    ty_buffer content = {0};
    ty_slice kept = {NULL, 0};
    if (ty_passage_count(passage) && ty_passage_content(passage, &reader->code_ids, &content, NULL) == TY_OK)
        kept = keep(reader, ty_buffer_slice(&content));
    ty_buffer_release(&content);
    return kept;
}

static void set_state(const struct tool_reader *reader, ty_bilingual_segment *segment)
{
    struct marks marks = {0};
    marks.values[MARK_FLAG] = reader->state;
    ty_states_weigh(&marks, segment);
    bool copy = !reader->qt && ty_slice_equal(segment->source, segment->target);
    segment->state = !segment->target.size || copy        ? TY_SEGMENT_OPEN
                     : segment->trust == TY_STATE_OUTSIDE ? TY_SEGMENT_DRAFT
                                                          : TY_SEGMENT_TRANSLATED;
    if (segment->state == TY_SEGMENT_OPEN)
        segment->trust = TY_STATE_OUTSIDE;
}

static void add_segment(struct tool_reader *reader, struct passage target, ty_slice form)
{
    ty_strings_clear(&reader->code_ids);
    size_t common = reader->infos.count;
    add_info(reader, "x-plural-form", form);
    struct segment segment = {.shown = {.source = plain_of(reader, reader->source),
                                        .target = plain_of(reader, target),
                                        .source_content = content_of(reader, reader->source),
                                        .target_content = content_of(reader, target),
                                        .source_lang = reader->source_lang,
                                        .target_lang = reader->target_lang,
                                        .codes = ty_passage_count(reader->source),
                                        .infos = ty_bilingual_keep_infos(reader->file, &reader->infos),
                                        .run = reader->run,
                                        .line = reader->line},
                              .passage = reader->source};
    reader->infos.count = common;
    set_state(reader, &segment.shown);
    if (!ty_bilingual_add(reader->file, &segment))
        fail(reader);
}

static void end_segment(struct tool_reader *reader)
{
    char number[24];
    add_info(reader, "id", reader->id);
    add_info(reader, "x-context", reader->context);
    if (!reader->forms.count)
        add_segment(reader, reader->target, (ty_slice){"", 0});
    for (size_t i = 0; i < reader->forms.count; i++) {
        snprintf(number, sizeof number, "%zu", i);
        add_segment(reader, (struct passage){.text = reader->forms.items[i]},
                    i > 0 ? keep(reader, ty_slice_of(number)) : (ty_slice){"", 0});
    }
    ty_vector_clear(&reader->infos);
}

/* ------------------------------------------------------------------------------------------ elements */

static void begin_code(struct tool_reader *reader, int count, const xmlChar **attributes)
{
    struct code code = {.id = keep(reader, ty_xml_attribute_value(count, attributes, "x")), .type = {"", 0}};
    reader->code_depth = 1;
    ty_buffer_clear(&reader->native);
    ty_buffer_add_string(&reader->text, CODE_MARK);
    if (!ty_vector_push(&reader->codes, code))
        fail(reader);
}

static void end_code(struct tool_reader *reader)
{
    if (--reader->code_depth == 0)
        reader->codes.items[reader->codes.count - 1].native = keep(reader, ty_buffer_slice(&reader->native));
}

static void begin_root(struct tool_reader *reader, const char *name, int count, const xmlChar **attributes)
{
    if (!is(name, reader->qt ? "TS" : "txml"))
        ty_xml_fail(&reader->xml, TY_ERR_FORMAT, "the root element is <%.60s>", name);
    const char *source = reader->qt ? "sourcelanguage" : "locale";
    const char *target = reader->qt ? "language" : "targetlocale";
    reader->source_lang = ty_bilingual_lang(reader->file, ty_xml_attribute_value(count, attributes, source));
    reader->target_lang = ty_bilingual_lang(reader->file, ty_xml_attribute_value(count, attributes, target));
    if (reader->qt && !reader->source_lang.size)
        reader->source_lang = TY_SLICE("en");
}

static void begin_segment(struct tool_reader *reader, int count, const xmlChar **attributes)
{
    reader->id = keep(reader, ty_xml_attribute_value(count, attributes, reader->qt ? "id" : "segmentId"));
    reader->line = xml_line(&reader->xml);
    reader->source = reader->target = (struct passage){.text = {"", 0}};
    reader->state = (ty_slice){"", 0};
    ty_vector_clear(&reader->forms);
    ty_vector_clear(&reader->infos);
}

static void begin_text(struct tool_reader *reader, enum field field, int count, const xmlChar **attributes)
{
    reader->field = field;
    reader->code_depth = 0;
    ty_buffer_clear(&reader->text);
    ty_vector_clear(&reader->codes);
    if (field == TARGET && reader->qt)
        reader->state = keep(reader, ty_xml_attribute_value(count, attributes, "type"));
}

static void add_location(struct tool_reader *reader, int count, const xmlChar **attributes)
{
    ty_slice file = ty_xml_attribute_value(count, attributes, "filename");
    ty_slice line = ty_xml_attribute_value(count, attributes, "line");
    ty_buffer place = {0};
    ty_buffer_add_format(&place, "%.*s:%.*s", TY_SLICE_FORMAT(file), TY_SLICE_FORMAT(line));
    if (file.size)
        add_info(reader, "x-reference", keep(reader, ty_buffer_slice(&place)));
    ty_buffer_release(&place);
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int space_count, const xmlChar **spaces, int count, int preset,
                     const xmlChar **attributes)
{
    struct tool_reader *reader = context;
    const char *name = (const char *)local;
    xml_mend_attributes(count, attributes);
    if (reader->depth++ == 0)
        begin_root(reader, name, count, attributes);
    if (reader->code_depth)
        reader->code_depth++;
    else if (reader->field == TARGET && reader->qt && is(name, "numerusform"))
        ty_buffer_clear(&reader->text);
    else if (reader->field)
        begin_code(reader, count, attributes);
    else if (is(name, reader->qt ? "message" : "segment"))
        begin_segment(reader, count, attributes);
    else if (reader->qt && is(name, "location"))
        add_location(reader, count, attributes);
    else if (field_of(reader, name))
        begin_text(reader, field_of(reader, name), count, attributes);
    reader->run += is(name, reader->qt ? "context" : "translatable");
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct tool_reader *reader = context;
    const char *name = (const char *)local;
    reader->depth--;
    if (reader->code_depth)
        end_code(reader);
    else if (reader->field == TARGET && reader->qt && is(name, "numerusform")) {
        if (!ty_vector_push(&reader->forms, keep(reader, ty_buffer_slice(&reader->text))))
            fail(reader);
    } else if (reader->field)
        end_field(reader);
    else if (is(name, reader->qt ? "message" : "segment"))
        end_segment(reader);
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct tool_reader *reader = context;
    ty_slice slice = {(const char *)text, (size_t)size};
    if (reader->code_depth) {
        ty_buffer_add_xml(&reader->native, slice);
        return;
    }
    if (!reader->field)
        return;
    ty_buffer_add(&reader->text, slice);
    for (size_t at = 0; (at = ty_slice_find(slice, TY_SLICE(CODE_MARK), at)) != SIZE_MAX; at += 3)
        if (!ty_vector_push(&reader->codes, (struct code){.kind = CODE_TEXT}))
            fail(reader);
}

/* ------------------------------------------------------------------------------------------ the file */

static void release(struct tool_reader *reader)
{
    ty_buffer_release(&reader->text);
    ty_buffer_release(&reader->native);
    ty_vector_release(&reader->codes);
    ty_vector_release(&reader->forms);
    ty_vector_release(&reader->infos);
    ty_strings_release(&reader->code_ids);
}

ty_status ty_tool_file_load(ty_bilingual *file, const char *encoding, ty_error *error)
{
    struct tool_reader reader = {.file = file, .qt = file->format == TY_FORMAT_QT_TS, .xml.error = error};
    struct input *input;
    ty_status status = ty_input_open(
        &(ty_source){.path = file->name, .bytes = ty_buffer_slice(&file->original)}, NULL, &input, error);
    if (status != TY_OK)
        return status;
    status = ty_xml_text_open(input, encoding, NULL, &reader.xml.text, error);
    if (status == TY_OK) {
        reader.xml.handlers.startElementNs = on_start;
        reader.xml.handlers.endElementNs = on_end;
        reader.xml.handlers.characters = on_text;
        reader.xml.handlers.cdataBlock = on_text;
        status = ty_xml_parse(&reader.xml);
    }
    ty_xml_text_close(reader.xml.text);
    ty_input_close(input);
    release(&reader);
    return status;
}
