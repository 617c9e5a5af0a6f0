/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cutter: candidates from the fast pass, decisions from the rules, sentences out.
 */
#include "segment/internal.h"

#include <stdlib.h>

static bool add(const ty_cut *cut, size_t end, uint32_t paragraph, ty_sentences *out)
{
    end = ty_trim_space(cut->text, cut->start, end);
    if (end <= cut->start)
        return true;
    ty_sentence sentence = {.start = cut->start, .end = end, .paragraph = paragraph, .broken = cut->broken};
    if (out->count == out->capacity)
        return ty_vector_push(out, sentence);
    out->items[out->count++] = sentence;
    return true;
}

/* The sentence ends at `at`: out with it, and with the labels that follow. */
static bool end_sentence(ty_cut *cut, size_t at, uint32_t paragraph, ty_sentences *out)
{
    if (!add(cut, at, paragraph, out))
        return false;
    cut->start = ty_skip_space(cut->text, at, cut->end);
    for (size_t label; (label = ty_label_end(cut, cut->start)) != cut->start;) {
        size_t before = out->count;
        if (!add(cut, label, paragraph, out))
            return false;
        if (out->count > before)
            out->items[before].label = true;
        cut->start = ty_skip_space(cut->text, label, cut->end);
    }
    return true;
}

static size_t skip_leaders(const ty_cut *cut, size_t at)
{
    while (at < cut->end) {
        size_t next = at;
        uint32_t c = ty_char_next(cut->text, &next, cut->end);
        if (c != 0x2026 && c != 0x2025)
            break;
        at = next;
    }
    return at;
}

/* Looks at the candidate at *at, moves behind it. */
static bool ends_at(const ty_cut *cut, size_t *at)
{
    size_t next = *at;
    uint32_t c = ty_char_next(cut->text, &next, cut->end);
    ty_kind kind = ty_kind_of(c);
    if (kind == TY_KIND_OPEN)
        return ty_bracket_ends(cut, at);
    if (kind != TY_KIND_STOP) {
        *at = next;
        return false;
    }
    if (ty_is_cjk_stop(c))
        return ty_cjk_ends(cut, at);
    bool cjk = c == 0xFF0E || ty_kind_before(cut->text, *at, cut->start) == TY_KIND_CJK;
    if ((c == 0x2026 || c == 0x2025) && (cjk || (cut->language->traits & TY_TRAIT_UNSPACED))) {
        *at = skip_leaders(cut, *at); /* …… alone ends nothing in Japanese and Chinese */
        return false;
    }
    return cjk ? ty_cjk_ends(cut, at) : ty_spaced_ends(cut, at);
}

static bool cut_stretch(ty_cut *cut, uint32_t paragraph, ty_sentences *out)
{
    if (!end_sentence(cut, cut->start, paragraph, out))
        return false;
    size_t at = cut->start;
    while ((at = ty_scan_candidate(cut->text, at, cut->end, cut->limit)) < cut->end) {
        if (!ends_at(cut, &at))
            continue;
        if (cut->keep_quotations && ty_quote_is_quoted(cut, at))
            continue;
        if (!end_sentence(cut, at, paragraph, out))
            return false;
        if (at < cut->start)
            at = cut->start;
    }
    return add(cut, cut->end, paragraph, out);
}

/* The same by the rules of others. */
static bool cut_by_srx(ty_srx_program *program, ty_slice text, const ty_paragraph *paragraph, uint32_t number,
                       ty_sentences *out)
{
    size_t start = paragraph->start, end = paragraph->end;
    ty_cut cut = {.text = text.data, .start = start, .end = end, .broken = paragraph->broken};
    if (!ty_srx_prepare(program, text, start, end))
        return false;
    for (size_t at = start; at < end;) {
        at = ty_srx_next(program, text, start, at, end);
        if (!add(&cut, at, number, out))
            return false;
        if (at > cut.start)
            cut.start = ty_skip_space(text.data, at, end);
    }
    return true;
}

bool ty_paragraph_cut(ty_segmenter *segmenter, ty_slice text, const ty_paragraph *paragraph, uint32_t number,
                      ty_sentences *out)
{
    size_t end = paragraph->end;
    ty_cut cut = {.language = segmenter->language,
                  .latin = segmenter->latin,
                  .speakers = &segmenter->speakers,
                  .keep_quotations = segmenter->keep_quotations,
                  .inline_lists = segmenter->inline_lists,
                  .text = text.data,
                  .limit = text.size,
                  .broken = paragraph->broken,
                  .start = paragraph->start,
                  .end = end};
    if (segmenter->srx)
        return cut_by_srx(segmenter->srx, text, paragraph, number, out);
    while (cut.start < end) {
        size_t item = cut.start;
        cut.end = end;
        cut.end = ty_list_next(&cut, item);
        if (cut.end == end)
            break;
        size_t next = cut.end;
        if (!cut_stretch(&cut, number, out))
            return false;
        cut.start = next;
    }
    cut.end = end;
    return cut_stretch(&cut, number, out);
}

/* ------------------------------------------------------------------------------------------ interface */

ty_status ty_segmenter_new(const ty_segment_options *options, ty_segmenter **out, ty_error *error)
{
    static const ty_segment_options none = {0};
    if (!options)
        options = &none;
    *out = NULL;
    ty_segmenter *segmenter = calloc(1, sizeof *segmenter);
    if (!segmenter)
        return ty_error_nomem(error);
    segmenter->language = ty_language_find(options->lang);
    bool unspaced = segmenter->language->traits & TY_TRAIT_UNSPACED;
    segmenter->latin = unspaced ? ty_language_find(TY_SLICE("en")) : segmenter->language;
    segmenter->paragraphs = options->paragraphs;
    segmenter->keep_quotations = options->keep_quotations;
    segmenter->inline_lists = options->inline_lists;
    ty_status status = TY_OK;
    if (options->srx)
        status = ty_srx_compile(options->srx, options->lang, &segmenter->srx, error);
    if (status != TY_OK) {
        ty_segmenter_free(segmenter);
        return status;
    }
    *out = segmenter;
    return TY_OK;
}

void ty_segmenter_free(ty_segmenter *segmenter)
{
    if (!segmenter)
        return;
    ty_srx_program_free(segmenter->srx);
    ty_buffer_release(&segmenter->waiting);
    ty_vector_release(&segmenter->found);
    free(segmenter);
}

ty_status ty_segmenter_cut(ty_segmenter *segmenter, ty_slice text, ty_sentences *out, ty_error *error)
{
    ty_layout layout = ty_layout_find(text, segmenter->paragraphs);
    ty_speakers_find(&segmenter->speakers, segmenter->latin, text);
    size_t at = 0;
    ty_paragraph paragraph;
    ty_vector_clear(out);
    for (uint32_t number = 0; ty_paragraph_next(text, &layout, &at, &paragraph); number++)
        if (!ty_paragraph_cut(segmenter, text, &paragraph, number, out)) {
            ty_vector_clear(out);
            return ty_error_nomem(error);
        }
    return TY_OK;
}

ty_status ty_segment(ty_slice text, const ty_segment_options *options, ty_sentences *out, ty_error *error)
{
    ty_segmenter *segmenter;
    ty_vector_clear(out);
    ty_status status = ty_segmenter_new(options, &segmenter, error);
    if (status == TY_OK)
        status = ty_segmenter_cut(segmenter, text, out, error);
    ty_segmenter_free(segmenter);
    return status;
}
