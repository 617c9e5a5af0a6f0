/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF in: the text of segments, and segments out of it. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/xliff_reader.h"

/* ------------------------------------------------------------------------------------------ text */

void ty_xliff_begin_capture(struct xliff_reader *reader, struct captured *into)
{
    into->codes = 0;
    ty_vector_clear(&into->pieces);
    ty_buffer_clear(&reader->text);
    reader->into = into;
    reader->into_depth = reader->open.count;
    reader->muted = 0;
}

void ty_xliff_end_capture(struct xliff_reader *reader)
{
    reader->into->text = ty_arena_copy(&reader->file->arena, ty_buffer_slice(&reader->text));
    if (reader->text.failed)
        ty_xliff_no_memory(reader);
    reader->into = NULL;
}

static void begin_piece(struct xliff_reader *reader, struct attributes attributes)
{
    struct piece piece = {.id = ty_xliff_keep(reader, ty_xliff_value(attributes, "mid")),
                          .start = reader->text.size,
                          .codes = reader->into->codes,
                          .open = true};
    if (!ty_vector_push(&reader->into->pieces, piece))
        ty_xliff_no_memory(reader);
}

/* The mark that ends is the one begun last, as no segment is within another. */
static void end_piece(struct xliff_reader *reader)
{
    size_t count = reader->into->pieces.count;
    struct piece *last = count ? &reader->into->pieces.items[count - 1] : NULL;
    if (!last || !last->open)
        return;
    last->open = false;
    last->end = reader->text.size;
    last->codes = reader->into->codes - last->codes;
}

void ty_xliff_on_text(void *context, const xmlChar *text, int size)
{
    struct xliff_reader *reader = context;
    if (reader->into && !reader->muted)
        ty_buffer_add(&reader->text, (ty_slice){(const char *)text, (size_t)size});
}

void ty_xliff_begin_inline(struct xliff_reader *reader, enum element kind, struct attributes attributes)
{
    if (kind == MARK && ty_xliff_is(attributes, "mtype", "seg"))
        begin_piece(reader, attributes);
    if (reader->muted || kind == CODE)
        reader->muted++;
    if (reader->muted <= 1)
        reader->into->codes += kind == SPAN ? 2 : kind == CODE ? 1 : 0;
}

void ty_xliff_end_inline(struct xliff_reader *reader, enum element kind)
{
    if (reader->muted)
        reader->muted--;
    if (kind == MARK)
        end_piece(reader);
}

/* ------------------------------------------------------------------------------------------ segments */

static ty_segment_state state_of(const struct xliff_reader *reader, ty_slice source, ty_slice target)
{
    ty_slice state = reader->state;
    bool empty = ty_bilingual_is_blank(target);
    if (reader->open.items[reader->open.count - 1].locked || (reader->approved && empty))
        return TY_SEGMENT_LOCKED;
    if (reader->approved)
        return TY_SEGMENT_TRANSLATED;
    if (empty || ty_slice_equal(source, target) || ty_slice_equal(state, TY_SLICE("new")) ||
        ty_slice_equal(state, TY_SLICE("needs-translation")))
        return TY_SEGMENT_OPEN;
    bool draft = ty_slice_starts(state, TY_SLICE("needs-")) || ty_slice_equal(state, TY_SLICE("initial"));
    return draft ? TY_SEGMENT_DRAFT : TY_SEGMENT_TRANSLATED;
}

/* White space around text, and line breaks in it, are those of the file's layout unless it says otherwise. */
static ty_slice laid_out(struct xliff_reader *reader, ty_slice text)
{
    text = ty_slice_trim(text);
    if (reader->open.items[reader->open.count - 1].preserve || !memchr(text.data, '\n', text.size))
        return text;
    ty_buffer line = {0};
    ty_text_one_line(text, &line);
    text = ty_arena_copy(&reader->file->arena, ty_buffer_slice(&line));
    ty_buffer_release(&line);
    return text;
}

static void add_segment(struct xliff_reader *reader, ty_slice source, size_t codes, ty_slice target,
                        ty_slice id)
{
    source = laid_out(reader, source);
    target = laid_out(reader, target);
    struct segment segment = {
        .shown = {.source = source,
                  .target = target,
                  .source_lang = reader->source_lang,
                  .target_lang = reader->target_lang,
                  .codes = codes,
                  .state = state_of(reader, source, target),
                  .run = reader->run,
                  .line = reader->segment_line},
        .unit = reader->unit,
        .id = id,
        .id_at = id.data ? 0 : reader->segment_name_end,
    };
    if (!ty_bilingual_add(reader->file, &segment))
        ty_xliff_no_memory(reader);
}

static ty_slice piece_text(const struct captured *whole, const struct piece *piece)
{
    return ty_slice_sub(whole->text, piece->start, piece->open ? whole->text.size : piece->end);
}

/* Which marks of the target there are, by their ids; of those with the same one the first counts. */
static bool list_targets(const struct captured *target, ty_strings *ids, size_t *firsts)
{
    for (size_t i = 0; i < target->pieces.count; i++) {
        size_t before = ids->list.count;
        uint32_t number = ty_strings_add(ids, target->pieces.items[i].id);
        if (number == TY_STRINGS_NONE)
            return false;
        if (ids->list.count > before)
            firsts[number] = i;
    }
    return true;
}

static void add_pieces(struct xliff_reader *reader)
{
    const struct captured *source = &reader->seg_source, *target = &reader->target;
    ty_strings ids = {0};
    size_t *firsts = calloc(target->pieces.count + 1, sizeof *firsts);
    bool good = firsts && list_targets(target, &ids, firsts);
    for (size_t i = 0; good && i < source->pieces.count; i++) {
        const struct piece *piece = &source->pieces.items[i];
        uint32_t number = piece->id.data ? ty_strings_find(&ids, piece->id) : TY_STRINGS_NONE;
        bool there = number != TY_STRINGS_NONE;
        add_segment(reader, piece_text(source, piece), piece->codes,
                    there ? piece_text(target, &target->pieces.items[firsts[number]]) : (ty_slice){"", 0},
                    piece->id);
    }
    if (!good)
        ty_xliff_no_memory(reader);
    ty_strings_release(&ids);
    free(firsts);
}

void ty_xliff_add_segment(struct xliff_reader *reader, ty_slice id)
{
    add_segment(reader, reader->source.text, reader->source.codes, reader->target.text, id);
}

void ty_xliff_add_unit(struct xliff_reader *reader)
{
    if (reader->seg_source.pieces.count)
        add_pieces(reader);
    else
        ty_xliff_add_segment(reader, (ty_slice){NULL, 0});
}

void ty_xliff_forget(struct captured *captured)
{
    captured->text = (ty_slice){"", 0};
    captured->codes = 0;
    ty_vector_clear(&captured->pieces);
}

void ty_xliff_name_segments(struct xliff_reader *reader)
{
    size_t number = 0;
    char name[32];
    for (size_t i = reader->first_segment; i < reader->file->segments.count; i++) {
        struct segment *segment = &reader->file->segments.items[i];
        while (!segment->id.data) {
            snprintf(name, sizeof name, "s%zu", ++number);
            if (ty_strings_find(&reader->ids, ty_slice_of(name)) == TY_STRINGS_NONE)
                segment->id = ty_arena_copy(&reader->file->arena, ty_slice_of(name));
        }
    }
}
