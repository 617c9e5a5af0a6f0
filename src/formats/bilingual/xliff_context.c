/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF in: what a file says of its segments: where they stand, what people noted, how far they are. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/xliff_reader.h"

/* ------------------------------------------------------------------------------------------ start tags */

static void add_info(struct xliff_reader *reader, const char *type, ty_slice text)
{
    if (!ty_bilingual_add_info(reader->file, &reader->infos, type, text))
        ty_xliff_no_memory(reader);
}

void ty_xliff_part_facts(struct xliff_reader *reader, const char *name, struct attributes attributes)
{
    if (strcmp(name, "file") != 0)
        return;
    ty_slice original = ty_xliff_value(attributes, "original");
    reader->run++;
    reader->original = ty_xliff_keep(reader, original.data ? original : ty_xliff_value(attributes, "id"));
    if (reader->version_2)
        return;
    reader->source_lang = ty_xliff_keep(reader, ty_xliff_value(attributes, "source-language"));
    reader->target_lang = ty_xliff_keep(reader, ty_xliff_value(attributes, "target-language"));
}

static void take_mark(struct xliff_reader *reader, enum mark_kind kind, ty_slice value)
{
    if (value.data)
        reader->unit_marks.values[kind] = ty_xliff_keep(reader, value);
}

void ty_xliff_unit_facts(struct xliff_reader *reader, struct attributes attributes)
{
    const char *name = reader->version_2 ? "name" : "resname";
    reader->unit_id = ty_xliff_keep(reader, ty_xliff_value(attributes, "id"));
    reader->unit_marks = (struct marks){0};
    reader->unit_infos = reader->infos.count;
    reader->locked = ty_xliff_is_yes(ty_xliff_tool_value(attributes, NULL, "locked"));
    take_mark(reader, MARK_APPROVED, ty_xliff_value(attributes, "approved"));
    take_mark(reader, MARK_MEMOQ, ty_xliff_tool_value(attributes, "MQXliff", "status"));
    take_mark(reader, MARK_PERCENT, ty_xliff_tool_value(attributes, "MQXliff", "percent"));
    take_mark(reader, MARK_PHRASE, ty_xliff_tool_value(attributes, "memsource", "confirmed"));
    take_mark(reader, MARK_ORIGIN, ty_xliff_tool_value(attributes, "memsource", "trans-origin"));
    add_info(reader, "file", reader->original);
    add_info(reader, "x-resname", ty_xliff_keep(reader, ty_xliff_value(attributes, name)));
    ty_vector_clear(&reader->facts);
    ty_vector_clear(&reader->data);
}

void ty_xliff_seg_facts(struct xliff_reader *reader, struct attributes attributes)
{
    struct seg_facts facts = {.id = ty_xliff_keep(reader, ty_xliff_value(attributes, "id")),
                              .conf = ty_xliff_keep(reader, ty_xliff_value(attributes, "conf")),
                              .origin = ty_xliff_keep(reader, ty_xliff_value(attributes, "origin")),
                              .locked = ty_xliff_is_yes(ty_xliff_value(attributes, "locked"))};
    if (!ty_vector_push(&reader->facts, facts))
        ty_xliff_no_memory(reader);
}

/* ------------------------------------------------------------------------------------------ texts */

void ty_xliff_begin_remark(struct xliff_reader *reader, enum element kind, struct attributes attributes)
{
    ty_slice name = kind == NOTE      ? ty_xliff_value(attributes, reader->version_2 ? "category" : "from")
                    : kind == CONTEXT ? ty_xliff_value(attributes, "context-type")
                                      : ty_xliff_value(attributes, "id");
    reader->remark_kind = kind;
    reader->remark_name = name.data ? ty_xliff_keep(reader, name) : (ty_slice){"", 0};
    ty_xliff_begin_capture(reader, &reader->remark);
}

/* Who wrote a note, or what it is about, stands before it. */
static void add_note(struct xliff_reader *reader, ty_slice text)
{
    ty_buffer note = {0};
    if (reader->remark_name.size && text.size)
        ty_buffer_add_format(&note, "%.*s: ", TY_SLICE_FORMAT(reader->remark_name));
    ty_buffer_add(&note, text);
    add_info(reader, NULL, ty_xliff_keep(reader, ty_buffer_slice(&note)));
    ty_buffer_release(&note);
}

/* memoQ has context-types that are those of its TMX: x-context-pre. */
static void add_context(struct xliff_reader *reader, ty_slice text)
{
    ty_buffer type = {0};
    bool whole = ty_slice_starts(reader->remark_name, TY_SLICE("x-context"));
    ty_buffer_add_string(&type, whole ? "" : "x-context-");
    ty_buffer_add(&type, reader->remark_name);
    add_info(reader, ty_xliff_keep(reader, ty_buffer_slice(&type)).data, text);
    ty_buffer_release(&type);
}

void ty_xliff_end_remark(struct xliff_reader *reader)
{
    ty_buffer plain = {0};
    ty_passage_plain(reader->remark.whole, &plain);
    ty_slice text = ty_xliff_keep(reader, ty_buffer_slice(&plain));
    ty_buffer_release(&plain);
    if (reader->remark_kind == DATA) {
        if (!ty_vector_push(&reader->data, ((struct datum){reader->remark_name, text})))
            ty_xliff_no_memory(reader);
    } else if (reader->remark_kind == NOTE) {
        add_note(reader, ty_slice_trim(text));
    } else {
        add_context(reader, ty_slice_trim(text));
    }
}

/* ------------------------------------------------------------------------------------------ segments */

/* "unit", or "unit/segment" where the unit has several. */
static ty_slice place_of(struct xliff_reader *reader, const struct segment *segment, bool several)
{
    if (!several || !segment->id.size)
        return reader->unit_id;
    ty_buffer place = {0};
    ty_buffer_add(&place, reader->unit_id);
    ty_buffer_add_char(&place, '/');
    ty_buffer_add(&place, segment->id);
    ty_slice kept = ty_xliff_keep(reader, ty_buffer_slice(&place));
    ty_buffer_release(&place);
    return kept;
}

void ty_xliff_add_context(struct xliff_reader *reader)
{
    bool several = reader->file->segments.count - reader->first_segment > 1;
    size_t common = reader->infos.count;
    for (size_t i = reader->first_segment; i < reader->file->segments.count; i++) {
        struct segment *segment = &reader->file->segments.items[i];
        add_info(reader, "id", place_of(reader, segment, several));
        segment->shown.infos = ty_bilingual_keep_infos(reader->file, &reader->infos);
        reader->infos.count = common;
    }
    reader->infos.count = reader->unit_infos;
}
