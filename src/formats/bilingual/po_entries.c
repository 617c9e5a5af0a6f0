/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of a PO file: what was read of one becomes segments, with its comments and flags. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/po.h"

/* What each kind of comment is in a unit (NULL: a note). */
static const char *const note_types[PO_NOTES] = {NULL, "x-comment", "x-reference", "x-flags"};

/* How lines end here: like the one before; the first like itself. */
static bool ends_in_crlf(const struct po_reader *reader)
{
    size_t end = reader->line_start ? reader->line_start - 1 : reader->first_line_end;
    return end > 0 && end < reader->text.size && reader->text.data[end - 1] == '\r';
}

/* Does only white space stand before this in its line? */
bool ty_po_begins_line(const struct po_reader *reader)
{
    return ty_bilingual_is_blank(ty_slice_sub(reader->text, reader->line_start, reader->at));
}

ty_status ty_po_begin_entry(struct po_reader *reader)
{
    struct po_entry *entry = ty_arena_alloc(&reader->file->arena, sizeof *entry);
    if (!entry)
        return ty_error_nomem(reader->error);
    entry->line_end = ends_in_crlf(reader) ? TY_SLICE("\r\n") : TY_SLICE("\n");
    entry->notes_at = SIZE_MAX;
    entry->obsolete = reader->obsolete_line;
    reader->entry = entry;
    reader->field = NOTHING;
    reader->has_id = reader->has_context = reader->has_plural = reader->translated = false;
    reader->entry_line = 0;
    ty_buffer_clear(&reader->id);
    ty_buffer_clear(&reader->context);
    ty_buffer_clear(&reader->plural);
    ty_buffer_clear(&reader->form);
    ty_vector_clear(&reader->forms);
    for (int kind = 0; kind < PO_NOTES; kind++)
        ty_buffer_clear(&reader->notes[kind]);
    return TY_OK;
}

/* Comments of a kind are not necessarily followed by an entry: those of obsolete ones are not. */
bool ty_po_is_begun(const struct po_reader *reader)
{
    return reader->entry && (reader->has_id || reader->has_context);
}

static ty_slice header_field(ty_slice header, const char *name)
{
    ty_slice line, rest = header;
    size_t size = strlen(name);
    while (rest.size && ty_slice_next(&rest, '\n', &line))
        if (line.size > size && line.data[size] == ':' &&
            ty_slice_equal_nocase(ty_slice_sub(line, 0, size), ty_slice_of(name)))
            return ty_slice_trim(ty_slice_sub(line, size + 1, line.size));
    return (ty_slice){"", 0};
}

/* gettext names languages as ll_CC@variant. */
static ty_slice header_lang(struct po_reader *reader, const char *name)
{
    ty_slice value = header_field(reader->forms.items[0], name), lang;
    if (!value.size)
        return value;
    ty_slice_next(&value, '@', &lang);
    return ty_bilingual_lang(reader->file, lang);
}

static ty_slice form_at(const struct po_reader *reader, size_t number)
{
    size_t last = reader->forms.count - 1;
    return reader->forms.items[number < last ? number : last];
}

ty_status ty_po_keep_form(struct po_reader *reader)
{
    ty_slice form = ty_arena_copy(&reader->file->arena, ty_buffer_slice(&reader->form));
    ty_buffer_clear(&reader->form);
    return ty_vector_push(&reader->forms, form) ? TY_OK : ty_error_nomem(reader->error);
}

/* What is said of the entry; a plural form more than the two that an original has is told by its number. */
static bool add_infos(struct po_reader *reader, size_t form, ty_infos *out)
{
    ty_arena *arena = &reader->file->arena;
    char number[24] = "";
    ty_slice context = ty_arena_copy(arena, ty_buffer_slice(&reader->context));
    ty_vector_clear(&reader->infos);
    bool good = ty_bilingual_add_info(reader->file, &reader->infos, "x-context", context);
    for (int kind = 0; good && kind < PO_NOTES; kind++)
        good = ty_bilingual_add_info(reader->file, &reader->infos, note_types[kind],
                                     ty_arena_copy(arena, ty_buffer_slice(&reader->notes[kind])));
    if (form > 1)
        snprintf(number, sizeof number, "%zu", form);
    good = good && ty_bilingual_add_info(reader->file, &reader->infos, "x-plural-form",
                                         ty_arena_copy(arena, ty_slice_of(number)));
    *out = ty_bilingual_keep_infos(reader->file, &reader->infos);
    return good;
}

static void set_state(const struct po_reader *reader, ty_bilingual_segment *segment)
{
    struct marks marks = {0};
    const struct po_entry *entry = reader->entry;
    marks.values[MARK_FLAG] = entry->obsolete ? TY_SLICE("obsolete")
                              : entry->fuzzy  ? TY_SLICE("fuzzy")
                                              : (ty_slice){"", 0};
    ty_states_weigh(&marks, segment);
    segment->state = entry->obsolete       ? TY_SEGMENT_LOCKED
                     : !reader->translated ? TY_SEGMENT_OPEN
                     : entry->fuzzy        ? TY_SEGMENT_DRAFT
                                           : TY_SEGMENT_TRANSLATED;
    if (!segment->target.size)
        segment->trust = TY_STATE_OUTSIDE;
}

static bool add_segment(struct po_reader *reader, const ty_buffer *source, size_t form)
{
    struct segment segment = {
        .shown = {.source = ty_arena_copy(&reader->file->arena, ty_buffer_slice(source)),
                  .target = form_at(reader, form),
                  .source_lang = reader->source_lang,
                  .target_lang = reader->target_lang,
                  .run = reader->file->segments.count,
                  .plural = source == &reader->plural,
                  .line = reader->entry_line},
        .unit = reader->entry,
        .plural = source == &reader->plural};
    segment.passage.text = segment.shown.source;
    set_state(reader, &segment.shown);
    return add_infos(reader, form, &segment.shown.infos) && ty_bilingual_add(reader->file, &segment);
}

/* The singular is the first form's original, the plural that of all others, or of the only one, too. */
static bool add_segments(struct po_reader *reader)
{
    bool good = add_segment(reader, &reader->id, 0);
    if (good && reader->has_plural)
        good = add_segment(reader, &reader->plural, 1);
    for (size_t form = 2; good && reader->has_plural && form < reader->forms.count; form++)
        if (reader->forms.items[form].size)
            good = add_segment(reader, &reader->plural, form);
    return good;
}

static bool is_header(const struct po_reader *reader)
{
    return !reader->id.size && !reader->has_context;
}

ty_status ty_po_end_entry(struct po_reader *reader)
{
    struct po_entry *entry = reader->entry;
    ty_status status = TY_OK;
    reader->entry = NULL;
    if (entry->obsolete && (!reader->has_id || !entry->form_count))
        return TY_OK;
    if (!reader->has_id || !entry->form_count)
        return ty_po_fail(reader, reader->has_id ? ty_words("a msgid without a msgstr")
                                                 : ty_words("a msgctxt without a msgid"));
    reader->entry = entry;
    status = ty_po_keep_form(reader);
    if (status == TY_OK && is_header(reader)) {
        reader->source_lang = header_lang(reader, "X-Source-Language");
        reader->target_lang = header_lang(reader, "Language");
    } else if (status == TY_OK && !add_segments(reader)) {
        status = ty_error_nomem(reader->error);
    }
    reader->entry = NULL;
    return status;
}

ty_status ty_po_finish_begun(struct po_reader *reader)
{
    ty_status status = ty_po_is_begun(reader) ? ty_po_end_entry(reader) : TY_OK;
    reader->entry = NULL;
    reader->field = NOTHING; /* a string that goes on behind a comment is of none */
    return status;
}
