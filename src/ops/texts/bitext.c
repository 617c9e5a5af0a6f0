/* SPDX-License-Identifier: Apache-2.0 */
/* Two documents and the beads between them: aligned, and looked at. */
#include <stdio.h>

#include "ops/texts/sides.h"

/* ------------------------------------------------------------------------------------------ aligning */

static void describe(ty_bitext *bitext, const ty_lexicon *lexicon)
{
    ty_buffer *text = &bitext->description;
    ty_buffer_add_format(text, ty_words("%.*s to %.*s, %zu and %zu sentences\n"),
                         TY_SLICE_FORMAT(bitext->source->lang), TY_SLICE_FORMAT(bitext->target->lang),
                         bitext->source->lines.count, bitext->target->lines.count);
    for (size_t i = 0; i < ty_lexicon_part_count(lexicon); i++) {
        ty_lexicon_part part = ty_lexicon_part_at(lexicon, i);
        if (part.entries == 0)
            continue;
        ty_buffer_add_format(text, ty_words("dictionary: %s, %zu entries%s%s%s%s%s\n"), part.name,
                             part.entries, part.path[0] ? ", " : "", part.path,
                             part.cached ? ty_words(", from the cache") : "", part.licence[0] ? "; " : "",
                             part.licence);
    }
    for (size_t i = 0; i < bitext->alignment.moved.count; i++) {
        const ty_bead *block = &bitext->alignment.moved.items[i];
        ty_buffer_add_format(text, ty_words("moved: sentences %u to %u stand for %u to %u\n"),
                             block->source_start + 1, block->source_start + block->source_count,
                             block->target_start + 1, block->target_start + block->target_count);
    }
    ty_buffer_add_string(text, ty_words("confidence that these are translations: "));
    ty_buffer_add_fixed(text, (double)bitext->alignment.confidence, 3);
    ty_buffer_add_char(text, '\n');
}

static ty_status paragraphs_of(const ty_text *text, ty_arena *arena, const uint32_t **out, ty_error *error)
{
    uint32_t *numbers = ty_arena_array(arena, text->sentences.count + 1, sizeof *numbers);
    if (!numbers)
        return ty_error_nomem(error);
    for (size_t i = 0; i < text->sentences.count; i++)
        numbers[i] = text->sentences.items[i].paragraph;
    /* Segmented input without blank lines says nothing of paragraphs. */
    *out = text->sentences.count && numbers[text->sentences.count - 1] > 0 ? numbers : NULL;
    return TY_OK;
}

/* Room for the longest line of a side, so that no bead's line can fail to be had later. */
static bool reserve_line(const ty_text *text, const ty_beads *beads, bool source, ty_buffer *line)
{
    size_t longest = 0;
    for (size_t i = 0; i < beads->count; i++) {
        const ty_bead *bead = &beads->items[i];
        size_t first = source ? bead->source_start : bead->target_start, size = 1;
        size_t count = source ? bead->source_count : bead->target_count;
        for (size_t k = first; k < first + count; k++)
            size += text->lines.items[k].size + 1;
        longest = size > longest ? size : longest;
    }
    return ty_buffer_reserve(line, longest);
}

static ty_status run_aligner(ty_bitext *bitext, const ty_lexicon *lexicon, const ty_beads *anchors,
                             const ty_listener *listener, ty_error *error)
{
    ty_arena arena = {0};
    ty_align_side source = {bitext->source->lines.items, NULL, bitext->source->lines.count,
                            bitext->source->lang};
    ty_align_side target = {bitext->target->lines.items, NULL, bitext->target->lines.count,
                            bitext->target->lang};
    ty_align_options options = {
        .lexicon = lexicon, .anchors = anchors->items, .anchor_count = anchors->count, .listener = listener};
    ty_status status = paragraphs_of(bitext->source, &arena, &source.paragraphs, error);
    if (status == TY_OK)
        status = paragraphs_of(bitext->target, &arena, &target.paragraphs, error);
    if (status == TY_OK)
        status = ty_align(&source, &target, &options, &bitext->alignment, error);
    if (status == TY_OK && anchors->count == 0)
        status = ty_align_moved(&source, &target, lexicon, &bitext->alignment, error);
    ty_arena_release(&arena);
    if (status != TY_OK)
        return status;
    const ty_beads *beads = &bitext->alignment.beads;
    return reserve_line(bitext->source, beads, true, &bitext->source_line) &&
                   reserve_line(bitext->target, beads, false, &bitext->target_line)
               ? TY_OK
               : ty_error_nomem(error);
}

static bool agree(const ty_bead *a, const ty_bead *b)
{
    bool before = a->source_start + a->source_count <= b->source_start &&
                  a->target_start + a->target_count <= b->target_start;
    return before || (b->source_start + b->source_count <= a->source_start &&
                      b->target_start + b->target_count <= a->target_start);
}

static int by_place(const void *a, const void *b)
{
    const ty_bead *one = a, *other = b;
    if (one->source_start != other->source_start)
        return one->source_start < other->source_start ? -1 : 1;
    return one->target_start < other->target_start ? -1 : one->target_start > other->target_start;
}

/* What is fixed goes in where it agrees with what was told. */
static ty_status add_fixed(const ty_bitext *bitext, ty_beads *anchors, ty_error *error)
{
    size_t told = anchors->count;
    bool good = true;
    for (size_t i = 0; i < bitext->fixed.count && good; i++) {
        bool fits = true;
        for (size_t k = 0; k < told && fits; k++)
            fits = agree(&anchors->items[k], &bitext->fixed.items[i]);
        good = !fits || ty_vector_push(anchors, bitext->fixed.items[i]);
    }
    if (told && anchors->count > told)
        qsort(anchors->items, anchors->count, sizeof *anchors->items, by_place);
    return good ? TY_OK : ty_error_nomem(error);
}

static ty_status refuse(const ty_bitext *bitext, ty_error *error)
{
    char confidence[16];
    ty_decimal_print(confidence, sizeof confidence, TY_DECIMAL_FIXED, 2,
                     (double)bitext->alignment.confidence);
    ty_error_set(error, TY_NO, "%s and %s seem to be no translations of each other (confidence %s)",
                 bitext->source->path, bitext->target->path, confidence);
    ty_error_rule(error, "no-translations");
    return TY_NO;
}

ty_status ty_bitext_align(ty_bitext *bitext, const ty_bitext_settings *settings, ty_kept_lexicon **kept,
                          ty_store *store, bool writes, const ty_listener *listener, ty_error *error)
{
    ty_beads anchors = {0};
    kept = kept && !settings->dictionary ? kept : &bitext->own_lexicon;
    ty_status status =
        ty_kept_lexicon_fit(kept, bitext->source->lang, bitext->target->lang, settings, store, writes, error);
    bitext->lexicon = ty_kept_lexicon_of(*kept);
    if (status == TY_OK && settings->anchors)
        status = ty_anchors_read(settings->anchors, bitext, &anchors, error);
    else if (status == TY_OK)
        status = ty_bitext_fix_rows(bitext, &anchors, error);
    bool vouched = settings->force || anchors.count > 0;
    if (status == TY_OK)
        status = add_fixed(bitext, &anchors, error);
    if (status == TY_OK)
        status = run_aligner(bitext, bitext->lexicon, &anchors, listener, error);
    if (status == TY_OK)
        describe(bitext, bitext->lexicon);
    if (status == TY_OK && listener && listener->detail)
        listener->detail(listener->payload, ty_buffer_slice(&bitext->description));
    /* Who fixes beads says by that that these are translations. */
    if (status == TY_OK && bitext->alignment.confidence < TY_ALIGN_CONFIDENCE_MIN && !vouched)
        status = refuse(bitext, error);
    ty_vector_release(&anchors);
    return status;
}

ty_status ty_bitext_open(const ty_source *source, const ty_source *target, const ty_bitext_settings *settings,
                         const ty_listener *listener, ty_bitext **out, ty_error *error)
{
    ty_bitext_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = ty_bitext_read(source, target, &own, listener, out, error);
    if (status == TY_OK)
        status =
            ty_bitext_align(*out, &own, NULL, own.memory ? own.memory->store : NULL, false, listener, error);
    if (status != TY_OK) {
        ty_bitext_close(*out);
        *out = NULL;
    }
    return status;
}

void ty_bitext_close(ty_bitext *bitext)
{
    if (!bitext)
        return;
    ty_text_close(bitext->source);
    ty_text_close(bitext->target);
    ty_alignment_release(&bitext->alignment);
    ty_vector_release(&bitext->fixed);
    ty_kept_lexicon_free(bitext->own_lexicon);
    ty_buffer_release(&bitext->description);
    ty_buffer_release(&bitext->source_line);
    ty_buffer_release(&bitext->target_line);
    free(bitext);
}

/* ------------------------------------------------------------------------------------------ looking at it */

const ty_text *ty_bitext_source(const ty_bitext *bitext)
{
    return bitext->source;
}

const ty_text *ty_bitext_target(const ty_bitext *bitext)
{
    return bitext->target;
}

size_t ty_bitext_count(const ty_bitext *bitext)
{
    return bitext->alignment.beads.count;
}

ty_bead ty_bitext_bead(const ty_bitext *bitext, size_t number)
{
    return bitext->alignment.beads.items[number];
}

ty_slice ty_bitext_bead_source(ty_bitext *bitext, size_t number)
{
    ty_bead bead = bitext->alignment.beads.items[number];
    ty_text_join(bitext->source, bead.source_start, bead.source_count, &bitext->source_line);
    return ty_buffer_slice(&bitext->source_line);
}

ty_slice ty_bitext_bead_target(ty_bitext *bitext, size_t number)
{
    ty_bead bead = bitext->alignment.beads.items[number];
    ty_text_join(bitext->target, bead.target_start, bead.target_count, &bitext->target_line);
    return ty_buffer_slice(&bitext->target_line);
}

float ty_bitext_confidence(const ty_bitext *bitext)
{
    return bitext->alignment.confidence;
}

ty_slice ty_bitext_describe(const ty_bitext *bitext)
{
    return ty_buffer_slice(&bitext->description);
}
