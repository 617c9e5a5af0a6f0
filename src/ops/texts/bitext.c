/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "ops/texts/sides.h"

/* ------------------------------------------------------------------------------------------ languages */

static void swap_slices(ty_slice both[2])
{
    ty_slice first = both[0];
    both[0] = both[1];
    both[1] = first;
}

static void swap_texts(ty_bitext *bitext)
{
    ty_text *source = bitext->source;
    bitext->source = bitext->target;
    bitext->target = source;
}

/* Documents given the other way round than the languages told. */
static bool come_swapped(const ty_bitext *bitext, ty_slice source_lang, ty_slice target_lang)
{
    ty_slice first = bitext->source->lang, second = bitext->target->lang;
    if (ty_lang_same(first, second))
        return false;
    bool first_is_target = ty_lang_same(first, target_lang),
         second_is_source = ty_lang_same(second, source_lang);
    return (first_is_target && (second_is_source || !source_lang.size)) ||
           (second_is_source && !target_lang.size);
}

static ty_slice settle(ty_slice told, ty_slice found, ty_slice other)
{
    if (told.size)
        return told;
    if (found.size)
        return found;
    const char *usual = ty_lang_usual_other(other);
    return ty_slice_of(usual && strcmp(usual, ty_lang_usual_target(NULL)) == 0 ? usual
                                                                               : ty_lang_usual_source(NULL));
}

/* What was told is believed, unless the text clearly is another language's. */
static ty_status believe(const ty_text *text, const char *told, bool force, ty_error *error)
{
    ty_slice content = ty_text_content(text), lang = ty_slice_of(told);
    if (!told || force || !ty_lang_contradicts(content, lang) || ty_text_has_both(text, lang, text->lang))
        return TY_OK;
    ty_slice found = text->lang.size ? text->lang : ty_slice_of(ty_words("another language"));
    ty_error_set(error, TY_ERR_USAGE,
                 "the text is not in the language that was told, %s: it seems to be %.*s", told,
                 TY_SLICE_FORMAT(found));
    ty_error_locate(error, text->path, 0, 0);
    return ty_error_rule(error, "language-contradicted");
}

/* Of two texts that seem to be in one language, one may have a translation into it behind the original. */
static void tell_again(ty_bitext *bitext)
{
    ty_text *const texts[] = {bitext->target, bitext->source};
    ty_slice found[2];
    if (!ty_lang_same(bitext->source->lang, bitext->target->lang))
        return;
    for (int i = 0; i < 2; i++) {
        ty_text *text = texts[i];
        ty_side_languages(text, text->lang, found);
        if (found[1].size && ty_text_has_both(text, found[0], found[1])) {
            text->lang = ty_arena_copy(&text->arena, found[1]);
            return;
        }
    }
}

static ty_status settle_languages(ty_bitext *bitext, const ty_bitext_settings *settings,
                                  const ty_listener *listener, ty_slice *source_lang, ty_slice *target_lang,
                                  ty_error *error)
{
    ty_slice source_told = ty_slice_of(settings->source_lang),
             target_told = ty_slice_of(settings->target_lang);
    tell_again(bitext);
    if (come_swapped(bitext, source_told, target_told)) {
        ty_warn(listener, bitext->source->path, 0, 0, "swapped",
                "this is the %s text and %s the %s one: taken the other way round",
                (const char *)bitext->source->lang.data, bitext->target->path,
                (const char *)bitext->target->lang.data);
        swap_texts(bitext);
    }
    ty_status status = believe(bitext->source, settings->source_lang, settings->force, error);
    if (status == TY_OK)
        status = believe(bitext->target, settings->target_lang, settings->force, error);
    if (status != TY_OK)
        return status;
    ty_slice first = bitext->source->lang, second = bitext->target->lang;
    *source_lang = settle(source_told, first, target_told.size ? target_told : second);
    *target_lang = settle(target_told, second, *source_lang);
    bool both_told = source_told.size && target_told.size;
    if (ty_lang_same(*source_lang, *target_lang) || (ty_lang_same(first, second) && !both_told))
        return ty_error_set(error, TY_ERR_USAGE, "both documents are in one language (%.*s): %s and %s",
                            TY_SLICE_FORMAT(first.size ? first : *source_lang), bitext->source->path,
                            bitext->target->path);
    if (ty_lang_same(first, second) && !settings->force)
        return ty_error_set(error, TY_ERR_USAGE,
                            "both documents seem to be in one language (%.*s): %s and %s",
                            TY_SLICE_FORMAT(first), bitext->source->path, bitext->target->path);
    return TY_OK;
}

/* `lang` only helps to tell encodings apart: the sides may have been given the wrong way round. */
static ty_status read_side(const ty_source *source, const ty_text_settings *both, const char *lang,
                           const char *encoding, const ty_listener *listener, ty_text **out, ty_error *error)
{
    ty_text_settings own = *both;
    own.lang = lang;
    own.encoding = encoding ? encoding : both->encoding;
    return ty_text_read(source, &own, listener, out, error);
}

/* The two that are told, or that the text is in; of those of the desk, its source language comes first. */
static void find_both(const ty_bitext *bitext, const ty_bitext_settings *settings, ty_slice out[2])
{
    ty_slice source = ty_slice_of(settings->source_lang), target = ty_slice_of(settings->target_lang);
    out[0] = source;
    out[1] = target;
    if (source.size && target.size)
        return;
    ty_side_languages(bitext->source, source.size ? source : target, out);
    bool usual = ty_lang_same(out[1], ty_slice_of(ty_lang_usual_source(NULL))) &&
                 ty_lang_same(out[0], ty_slice_of(ty_lang_usual_target(NULL)));
    if (!source.size && (target.size || usual))
        swap_slices(out);
}

/* One document that has both languages. */
static ty_status split_one(ty_bitext *bitext, const ty_bitext_settings *settings, ty_error *error)
{
    ty_slice langs[2];
    find_both(bitext, settings, langs);
    if (!langs[0].size || !langs[1].size || !ty_text_has_both(bitext->source, langs[0], langs[1]))
        return ty_error_set(
            error, TY_ERR_USAGE,
            "%s is a document in one language, and no exchange file; a release is two, SOURCE and "
            "TARGET, or one that has both languages",
            bitext->source->path);
    return ty_text_split(bitext->source, langs[0], langs[1], &bitext->target, error);
}

static ty_status drop_others(ty_bitext *bitext, ty_slice source_lang, ty_slice target_lang,
                             const ty_listener *listener, ty_error *error)
{
    ty_status status = ty_text_drop_other(bitext->source, source_lang, target_lang, listener, error);
    return status == TY_OK ? ty_text_drop_other(bitext->target, target_lang, source_lang, listener, error)
                           : status;
}

ty_status ty_bitext_read(const ty_source *source, const ty_source *target, const ty_bitext_settings *settings,
                         const ty_listener *listener, ty_bitext **out, ty_error *error)
{
    *out = NULL;
    ty_bitext *bitext = calloc(1, sizeof *bitext);
    if (!bitext)
        return ty_error_nomem(error);
    ty_slice source_lang = {0}, target_lang = {0};
    ty_text_settings text;
    ty_settings_take(&text, sizeof text, settings->text);
    ty_status status = read_side(source, &text, settings->source_lang, settings->source_encoding, listener,
                                 &bitext->source, error);
    if (status == TY_OK && target)
        status = read_side(target, &text, settings->target_lang, settings->target_encoding, listener,
                           &bitext->target, error);
    else if (status == TY_OK)
        status = split_one(bitext, settings, error);
    if (status == TY_OK)
        status = settle_languages(bitext, settings, listener, &source_lang, &target_lang, error);
    if (status == TY_OK && target && !text.segmented)
        status = drop_others(bitext, source_lang, target_lang, listener, error);
    if (status == TY_OK)
        status = ty_text_cut(bitext->source, source_lang, &text, listener, error);
    if (status == TY_OK)
        status = ty_text_cut(bitext->target, target_lang, &text, listener, error);
    if (status != TY_OK) {
        ty_bitext_close(bitext);
        return status;
    }
    *out = bitext;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ anchors */

/* "3,4" or "" into start and count; numbers must follow each other. */
static bool parse_side(ty_slice side, uint32_t *start, uint32_t *count)
{
    *start = *count = 0;
    ty_slice field;
    side = ty_slice_trim(side);
    if (side.size == 0)
        return true;
    while (ty_slice_next(&side, ',', &field)) {
        uint64_t number = 0;
        field = ty_slice_trim(field);
        if (field.size == 0 || field.size > 9)
            return false;
        for (size_t i = 0; i < field.size; i++) {
            if (field.data[i] < '0' || field.data[i] > '9')
                return false;
            number = number * 10 + (uint64_t)(field.data[i] - '0');
        }
        if (*count == 0)
            *start = (uint32_t)number;
        if (number != *start + *count)
            return false;
        ++*count;
    }
    return true;
}

/* An empty side stands where the bead before it ended. */
static bool parse_bead(ty_slice line, const ty_beads *before, ty_bead *out)
{
    ty_slice source, target = line;
    *out = (ty_bead){.confidence = 1};
    if (!ty_slice_next(&target, ':', &source) || !target.data)
        return false;
    if (!parse_side(source, &out->source_start, &out->source_count) ||
        !parse_side(target, &out->target_start, &out->target_count))
        return false;
    ty_bead last = before->count ? before->items[before->count - 1] : (ty_bead){0};
    if (!out->source_count)
        out->source_start = last.source_start + last.source_count;
    if (!out->target_count)
        out->target_start = last.target_start + last.target_count;
    return out->source_count || out->target_count;
}

/* Beads follow each other and lie within the texts. */
static bool fits(const ty_bead *bead, const ty_beads *before, const ty_bitext *bitext)
{
    ty_bead last = before->count ? before->items[before->count - 1] : (ty_bead){0};
    return bead->source_start >= last.source_start + last.source_count &&
           bead->target_start >= last.target_start + last.target_count &&
           (uint64_t)bead->source_start + bead->source_count <= ty_text_count(bitext->source) &&
           (uint64_t)bead->target_start + bead->target_count <= ty_text_count(bitext->target);
}

ty_status ty_anchors_read(const ty_source *source, const ty_bitext *bitext, ty_beads *out, ty_error *error)
{
    ty_buffer content = {0};
    ty_bead bead;
    ty_status status = ty_source_read(source, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), line;
    for (size_t number = 1; status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line); number++) {
        line = ty_slice_trim(line);
        if (line.size == 0)
            continue;
        if (!parse_bead(line, out, &bead)) {
            status = ty_error_set(error, TY_ERR_FORMAT, "\"%.*s\" is no bead; one is i,j:k",
                                  TY_SLICE_FORMAT(line));
            ty_error_locate(error, ty_source_name(source), number, 0);
        } else if (!fits(&bead, out, bitext)) {
            status = ty_error_set(error, TY_ERR_USAGE,
                                  "the bead %.*s crosses the one before it or lies outside the texts",
                                  TY_SLICE_FORMAT(line));
            ty_error_locate(error, ty_source_name(source), number, 0);
        } else if (!ty_vector_push(out, bead)) {
            status = ty_error_nomem(error);
        }
    }
    ty_buffer_release(&content);
    return status;
}

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
