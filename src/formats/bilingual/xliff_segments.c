/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF in: the segments of what was captured. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/xliff_reader.h"

/* ------------------------------------------------------------------------------------------ state */

static bool is_copy(const ty_bilingual_segment *segment)
{
    ty_slice source = segment->source_content.data ? segment->source_content : segment->source;
    ty_slice target = segment->target_content.data ? segment->target_content : segment->target;
    return ty_slice_equal(source, target);
}

/* A copy of the source is a translation only where the file says so. */
static void set_state(struct xliff_reader *reader, ty_bilingual_segment *segment, bool locked)
{
    ty_slice state = reader->marks.values[MARK_STATE];
    bool empty = ty_bilingual_is_blank(segment->target), said = ty_states_say_translated(&reader->marks);
    bool fresh =
        ty_slice_equal(state, TY_SLICE("new")) || ty_slice_equal(state, TY_SLICE("needs-translation"));
    ty_states_weigh(&reader->marks, segment);
    bool copy = !empty && is_copy(segment) && (!said || segment->trust == TY_STATE_OUTSIDE);
    if (empty || copy)
        segment->trust = TY_STATE_OUTSIDE;
    locked |= ty_xliff_innermost(reader)->locked ||
              (empty && ty_slice_equal(reader->marks.values[MARK_APPROVED], TY_SLICE("yes")));
    segment->state = locked                               ? TY_SEGMENT_LOCKED
                     : empty || copy || fresh             ? TY_SEGMENT_OPEN
                     : segment->trust == TY_STATE_OUTSIDE ? TY_SEGMENT_DRAFT
                                                          : TY_SEGMENT_TRANSLATED;
}

/* ------------------------------------------------------------------------------------------ text */

/* White space around text, and line breaks in it, are those of the file's layout unless it says otherwise. */
static struct passage laid_out(struct xliff_reader *reader, struct passage passage)
{
    passage.text = ty_slice_trim(passage.text);
    if (ty_xliff_innermost(reader)->preserve || !passage.text.size ||
        !memchr(passage.text.data, '\n', passage.text.size))
        return passage;
    ty_buffer line = {0};
    ty_text_one_line(passage.text, &line);
    passage.text = ty_arena_copy(&reader->file->arena, ty_buffer_slice(&line));
    ty_buffer_release(&line);
    return passage;
}

static ty_slice plain_of(struct xliff_reader *reader, struct passage passage)
{
    ty_buffer plain = {0};
    if (!passage.code_count)
        return passage.text;
    ty_passage_plain(passage, &plain);
    ty_slice kept = ty_xliff_keep(reader, ty_buffer_slice(&plain));
    ty_buffer_release(&plain);
    return kept;
}

/* Nothing where there are no codes: the text says it all. */
static ty_slice content_of(struct xliff_reader *reader, struct passage passage)
{
    ty_buffer content = {0};
    ty_slice kept = {NULL, 0};
    if (!ty_passage_count(passage))
        return kept;
    if (ty_passage_content(passage, &reader->code_ids, &content, NULL) != TY_OK)
        ty_xliff_no_memory(reader);
    else
        kept = ty_xliff_keep(reader, ty_buffer_slice(&content));
    ty_buffer_release(&content);
    return kept;
}

static ty_slice lang_or(ty_slice of_file, ty_slice of_element)
{
    return of_file.size ? of_file : of_element;
}

static void add_segment(struct xliff_reader *reader, struct passage source, struct passage target,
                        ty_slice id, bool locked)
{
    source = laid_out(reader, source);
    target = laid_out(reader, target);
    ty_strings_clear(&reader->code_ids);
    struct segment segment = {
        .shown = {.source = plain_of(reader, source),
                  .target = plain_of(reader, target),
                  .source_content = content_of(reader, source),
                  .target_content = content_of(reader, target),
                  .source_lang = lang_or(reader->source_lang, reader->source_xml_lang),
                  .target_lang = lang_or(reader->target_lang, reader->target_xml_lang),
                  .codes = ty_passage_count(source),
                  .run = reader->run,
                  .line = reader->segment_line},
        .passage = source,
        .unit = reader->unit,
        .id = id,
        .id_at = id.data ? 0 : reader->segment_name_end,
    };
    set_state(reader, &segment.shown, locked || reader->locked);
    if (!ty_bilingual_add(reader->file, &segment))
        ty_xliff_no_memory(reader);
}

/* ------------------------------------------------------------------------------------------ pieces */

static struct passage piece_passage(const struct captured *captured, const struct piece *piece)
{
    return ty_passage_cut(captured->whole, piece->start, piece->end);
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

/* The marks of the unit, and those of the segment that its tool's own table has. */
static bool take_facts(struct xliff_reader *reader, ty_slice id)
{
    for (size_t i = 0; id.data && i < reader->facts.count; i++) {
        const struct seg_facts *facts = &reader->facts.items[i];
        if (!ty_slice_equal(facts->id, id))
            continue;
        reader->marks.values[MARK_SDL_CONF] = facts->conf;
        reader->marks.values[MARK_ORIGIN] = facts->origin;
        return facts->locked;
    }
    return false;
}

static void add_piece(struct xliff_reader *reader, const struct piece *piece, const struct piece *target)
{
    struct passage nothing = {.text = {"", 0}};
    struct marks before = reader->marks;
    bool locked = take_facts(reader, piece->id);
    add_segment(reader, piece_passage(&reader->seg_source, piece),
                target ? piece_passage(&reader->target, target) : nothing, piece->id, locked);
    if (reader->file->segments.count)
        reader->file->segments.items[reader->file->segments.count - 1].nested = piece->nested;
    reader->marks = before;
}

static void tell_unmatched(struct xliff_reader *reader, size_t count)
{
    if (count)
        ty_warn(reader->file->listener, reader->file->name, reader->segment_line, 0, "segment-unmatched",
                ty_words_for(
                    count, TY_WORDS("%zu segment of the target has no segment in the source; it is left out"),
                    TY_WORDS("%zu segments of the target have no segment in the source; they are left out")),
                count);
}

static size_t count_unmatched(struct xliff_reader *reader)
{
    ty_strings ids = {0};
    size_t count = 0;
    for (size_t i = 0; i < reader->seg_source.pieces.count; i++)
        if (ty_strings_add(&ids, reader->seg_source.pieces.items[i].id) == TY_STRINGS_NONE)
            ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
    for (size_t i = 0; i < reader->target.pieces.count; i++) {
        const struct piece *piece = &reader->target.pieces.items[i];
        count += ty_strings_find(&ids, piece->id) == TY_STRINGS_NONE && piece->end > piece->start;
    }
    ty_strings_release(&ids);
    return count;
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
        add_piece(reader, piece, number == TY_STRINGS_NONE ? NULL : &target->pieces.items[firsts[number]]);
    }
    if (!good)
        ty_xliff_no_memory(reader);
    tell_unmatched(reader, good ? count_unmatched(reader) : 0);
    ty_strings_release(&ids);
    free(firsts);
}

/* ------------------------------------------------------------------------------------------ units */

void ty_xliff_add_segment(struct xliff_reader *reader, ty_slice id)
{
    add_segment(reader, reader->source.whole, reader->target.whole, id, false);
}

/* A target that is not segmented as the source is stands for the whole of it. */
void ty_xliff_add_unit(struct xliff_reader *reader)
{
    bool whole = !reader->target.pieces.count && !ty_bilingual_is_blank(reader->target.whole.text);
    if (reader->seg_source.pieces.count && !whole) {
        add_pieces(reader);
        return;
    }
    bool locked = reader->facts.count == 1 && take_facts(reader, reader->facts.items[0].id);
    add_segment(reader, reader->source.whole, reader->target.whole, (ty_slice){NULL, 0}, locked);
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
