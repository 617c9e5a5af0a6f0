/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdlib.h>

#include "term/internal.h"

typedef struct scan_run {
    const ty_term_index *index;
    ty_slice text;
    struct ty_term_scratch *scratch;
    bool failed;
} scan_run;

/* ------------------------------------------------------------------------------------------ candidates */

static void take_output(scan_run *run, uint32_t node, size_t end)
{
    const ty_term_index *index = run->index;
    for (uint32_t number = index->automaton.nodes.items[node].output; number;
         number = index->keys.items[number - 1].next) {
        const term_key *key = &index->keys.items[number - 1];
        const term_record *record = &index->entries.items[key->entry];
        if (key->count > end)
            continue;
        size_t start = end - key->count;
        uint32_t text_end;
        if (!run->scratch->langs.items[record->lang])
            continue;
        if (!ty_term_matches(index, key, &run->scratch->symbols, start, run->text, &text_end))
            continue;
        uint32_t begin = (uint32_t)start + (record->flags & TERM_LEADS ? 1 : 0);
        term_candidate found = {.begin = begin,
                                .start = (uint32_t)start,
                                .end = (uint32_t)end,
                                .text_end = text_end,
                                .entry = key->entry};
        if (!ty_vector_push(&run->scratch->candidates, found))
            run->failed = true;
    }
}

static void find_candidates(scan_run *run)
{
    const term_node *nodes = run->index->automaton.nodes.items;
    const term_symbols *symbols = &run->scratch->symbols;
    for (size_t i = 0; i < symbols->count; i++) {
        uint32_t node = symbols->items[i].id;
        if (node == 0)
            continue;
        if (nodes[node].output)
            take_output(run, node, i + 1);
        for (uint32_t at = nodes[node].shorter; at; at = nodes[at].shorter)
            take_output(run, at, i + 1);
    }
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

/* By where their own words begin, longer first, then by entry. */
static int compare_candidates(const void *a, const void *b)
{
    const term_candidate *one = a, *other = b;
    int order = compare_numbers(one->begin, other->begin);
    order = order ? order : compare_numbers(other->end, one->end);
    order = order ? order : compare_numbers(other->text_end, one->text_end);
    order = order ? order : compare_numbers(one->start, other->start);
    return order ? order : compare_numbers(one->entry, other->entry);
}

/* They come in order of their ends, hence nearly sorted; most texts have few. */
static void sort_candidates(term_candidate *items, size_t count)
{
    if (count > 32) {
        qsort(items, count, sizeof *items, compare_candidates);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        term_candidate moved = items[i];
        size_t at = i;
        for (; at > 0 && compare_candidates(&items[at - 1], &moved) > 0; at--)
            items[at] = items[at - 1];
        items[at] = moved;
    }
}

/* ------------------------------------------------------------------------------------------ hits */

static bool same_span(const term_candidate *a, const term_candidate *b)
{
    return a->start == b->start && a->end == b->end && a->text_end == b->text_end;
}

static bool add_spot(scan_run *run, const term_candidate *found, bool nested, size_t offset,
                     ty_term_scan *out)
{
    uint32_t start = run->scratch->symbols.items[found->start].start;
    ty_term_spot spot = {offset + start, offset + found->text_end, found->entry, nested};
    return ty_vector_push(&out->spots, spot);
}

/* A spot whose function word stands in front of the spots before it moves there. */
static void put_in_order(ty_term_scan *out)
{
    ty_term_spot *spots = out->spots.items;
    size_t at = out->spots.count - 1;
    for (ty_term_spot moved = spots[at]; at > 0 && spots[at - 1].start > moved.start; at--) {
        spots[at] = spots[at - 1];
        spots[at - 1] = moved;
    }
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/*
 * Does the hit take the first word from a longer name: Foreign Minister Hayashi | Yoshimasa? Only where the
 * hit without it is a term of more than one word, too.
 */
static bool takes_from_name(const scan_run *run, const term_candidate *hit, const term_candidate *end)
{
    const term_symbol *symbols = run->scratch->symbols.items;
    for (const term_candidate *name = hit + 1; name < end && name->begin < hit->end; name++) {
        if (name->dropped || name->end <= hit->end || name->start < hit->start + 2 ||
            !is_capital(run->text.data[symbols[name->start].start]))
            continue;
        for (const term_candidate *front = hit + 1; front < end && front->begin == hit->begin; front++)
            if (!front->dropped && front->end == name->start)
                return true;
    }
    return false;
}

static bool has_no_at(ty_slice text, size_t at)
{
    return at + 3 <= text.size && memcmp(text.data + at, "の", 3) == 0;
}

/* Does の, or "of", stand before `start`? */
static bool is_parted_at(ty_slice text, size_t start, bool japanese)
{
    if (japanese)
        return start >= 3 && has_no_at(text, start - 3);
    return start >= 4 && memcmp(text.data + start - 4, " of ", 4) == 0;
}

/*
 * Does の or "of" inside the hit part a longer term from it: 地域の | 安全保障環境, not 地域の安全保障 |
 * 環境; proliferation of | missile technology? What stands behind の belongs together more closely, unless の
 * is also what that term goes on with: of two that の joins the first stays, 協力のための指針 | の見直し.
 */
static bool parts_a_term(const scan_run *run, const term_candidate *hit, const term_candidate *end)
{
    const term_symbol *symbols = run->scratch->symbols.items;
    bool japanese = run->index->entries.items[hit->entry].flags & TERM_JAPANESE;
    if (japanese && has_no_at(run->text, hit->text_end))
        return false;
    for (const term_candidate *term = hit + 1; term < end && term->begin < hit->end; term++) {
        size_t start = symbols[term->start].start;
        if (!term->dropped && term->end > hit->end && term->start > hit->start &&
            is_parted_at(run->text, start, japanese))
            return true;
    }
    return false;
}

/*
 * What stands at `offset` of the whole text. Keeps, in order, what begins where the last hit has ended, and
 * the rest as nested where wanted.
 */
static bool resolve(scan_run *run, unsigned flags, size_t offset, ty_term_scan *out)
{
    const term_candidate *last = NULL, *before = NULL, *found = run->scratch->candidates.items;
    for (const term_candidate *end = found + run->scratch->candidates.count; found < end; before = found++) {
        if (found->dropped)
            continue;
        if (before && before->start == found->start && before->end == found->end &&
            before->entry == found->entry)
            continue; /* two spellings of one entry */
        bool same = last && same_span(last, found);
        bool nested = last && !same && found->start < last->end;
        if (!same && !nested && (takes_from_name(run, found, end) || parts_a_term(run, found, end)))
            continue;
        if (nested && !(flags & TY_TERM_NESTED))
            continue;
        if (!nested && !same)
            last = found;
        if (!add_spot(run, found, nested, offset, out))
            return false;
        put_in_order(out);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ context */

/* Is a term among them that is an organisation's? Else the context does not matter. */
static bool is_any_owned(const ty_term_index *index, const ty_term_spot *spots, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t first, last;
        ty_term_concept_entries(index, index->entries.items[spots[i].entry].concept, &first, &last);
        for (; first < last; first++)
            if (index->entries.items[index->by_concept.items[first]].body_size)
                return true;
    }
    return false;
}

/* The spots [first, last) are of one span: the likely ones come first, in their order. */
static void prefer_likely(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_spot *spots,
                          size_t count)
{
    int fits[16], best = INT_MIN;
    if (!is_any_owned(index, spots, count))
        return;
    term_context context = ty_term_context_at(text, lang, spots[0].start, spots[0].end);
    if (!context.country)
        return;
    for (size_t i = 0; i < count; i++) {
        fits[i] = ty_term_concept_fit(index, &context, index->entries.items[spots[i].entry].concept);
        best = fits[i] > best ? fits[i] : best;
    }
    for (size_t i = 1; i < count; i++) /* few; stable */
        for (size_t at = i; at > 0 && fits[at - 1] < fits[at]; at--) {
            ty_term_spot spot = spots[at];
            int fit = fits[at];
            spots[at] = spots[at - 1], fits[at] = fits[at - 1];
            spots[at - 1] = spot, fits[at - 1] = fit;
        }
    for (size_t i = 0; i < count; i++)
        spots[i].unlikely = fits[i] < best && (best >= 2 || fits[i] < 0);
}

/* What is right for a concept stands before what is wrong for another one: 国防長官, the Secretary's. */
static void put_acceptable_first(const ty_term_index *index, ty_term_spot *spots, size_t count)
{
    for (size_t i = 1; i < count; i++) /* few; stable */
        for (size_t at = i; at > 0; at--) {
            bool good = term_is_acceptable(&index->entries.items[spots[at].entry]);
            if (!good || term_is_acceptable(&index->entries.items[spots[at - 1].entry]))
                break;
            ty_term_spot spot = spots[at];
            spots[at] = spots[at - 1];
            spots[at - 1] = spot;
        }
}

static void prefer_by_context(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *out)
{
    enum { SPELT_ALIKE_MAX = 16 };
    for (size_t first = 0, last; first < out->spots.count; first = last) {
        ty_term_spot *spots = &out->spots.items[first];
        for (last = first + 1; last < out->spots.count; last++)
            if (out->spots.items[last].start != spots->start || out->spots.items[last].end != spots->end)
                break;
        if (last - first > 1 && last - first <= SPELT_ALIKE_MAX)
            prefer_likely(index, text, lang, spots, last - first);
        put_acceptable_first(index, spots, last - first);
    }
}

/* ------------------------------------------------------------------------------------------ runs */

/* Where cache_of and lang are those of the last scan, nothing has to be asked. */
static bool want_langs(const ty_term_index *index, ty_slice lang, struct ty_term_scratch *scratch)
{
    char primary[16] = "";
    ty_slice wanted = ty_lang_primary(lang, primary);
    if (scratch->cache_of == index->serial && strcmp(primary, scratch->lang) == 0)
        return true;
    memcpy(scratch->lang, primary, sizeof primary);
    ty_vector_clear(&scratch->langs);
    for (size_t i = 0; i < index->langs.list.count; i++) {
        bool matches = ty_lang_matches(wanted, index->langs.list.items[i]);
        if (!ty_vector_push(&scratch->langs, matches))
            return false;
    }
    return true;
}

static ty_status prepare(const ty_term_index *index, ty_slice lang, ty_term_scan *out, ty_error *error)
{
    ty_vector_clear(&out->spots);
    if (!index->built)
        return ty_error_set(error, TY_ERR_USAGE, "the index of terms is not built");
    if (!out->scratch)
        out->scratch = calloc(1, sizeof *out->scratch);
    if (!out->scratch || !want_langs(index, lang, out->scratch))
        return ty_error_nomem(error);
    if (out->scratch->cache_of != index->serial) {
        if (out->scratch->cache_of) /* of another index; a new one is empty */
            memset(out->scratch->cache, 0, sizeof out->scratch->cache);
        out->scratch->cache_of = index->serial;
    }
    return TY_OK;
}

/* The candidates in a piece of text, in order. */
static ty_status scan_piece(scan_run *run, ty_error *error)
{
    struct ty_term_scratch *scratch = run->scratch;
    term_reader reader = {.alphabet = &run->index->alphabet,
                          .automaton = &run->index->automaton,
                          .cache = scratch->cache,
                          .folded = &scratch->folded,
                          .word = &scratch->word};
    ty_vector_clear(&scratch->candidates);
    ty_status status = ty_term_read(&reader, run->text, &scratch->symbols, error);
    if (status != TY_OK)
        return status;
    find_candidates(run);
    if (run->failed)
        return ty_error_nomem(error);
    sort_candidates(scratch->candidates.items, scratch->candidates.count);
    return TY_OK;
}

/*
 * Long texts are scanned in pieces, which bounds memory: they end behind an empty line, else behind a line,
 * where one is to be had.
 */
static size_t piece_size(ty_slice rest)
{
    enum { PIECE = 256 * 1024 };
    if (rest.size <= PIECE)
        return rest.size;
    size_t line = 0;
    for (size_t at = PIECE; at > PIECE / 2; at--) {
        if (rest.data[at - 1] != '\n')
            continue;
        if (!line)
            line = at;
        if (rest.data[at - 2] == '\n')
            return at;
    }
    if (line)
        return line;
    const char *feed = memchr(rest.data + PIECE, '\n', rest.size - PIECE);
    return feed ? (size_t)(feed - rest.data) + 1 : rest.size;
}

ty_status ty_term_index_scan(const ty_term_index *index, ty_slice text, ty_slice lang, unsigned flags,
                             ty_term_scan *out, ty_error *error)
{
    ty_status status = prepare(index, lang, out, error);
    for (size_t offset = 0; status == TY_OK && offset < text.size;) {
        ty_slice rest = ty_slice_sub(text, offset, text.size);
        scan_run run = {
            .index = index, .text = ty_slice_sub(rest, 0, piece_size(rest)), .scratch = out->scratch};
        status = scan_piece(&run, error);
        if (status == TY_OK) {
            ty_term_drop_unmeant(index, run.text, out->scratch);
            if (!ty_term_drop_cut_words(index, run.text, out->scratch))
                status = ty_error_nomem(error);
        }
        if (status == TY_OK && !resolve(&run, flags, offset, out))
            status = ty_error_nomem(error);
        offset += run.text.size;
    }
    if (status == TY_OK)
        prefer_by_context(index, text, lang, out);
    if (status == TY_OK && flags & TY_TERM_NAMES)
        ty_term_take_names(index, text, out);
    return status;
}

ty_status ty_term_index_lookup(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *out,
                               ty_error *error)
{
    ty_status status = prepare(index, lang, out, error);
    if (status != TY_OK)
        return status;
    scan_run run = {.index = index, .text = text, .scratch = out->scratch};
    status = scan_piece(&run, error);
    if (status != TY_OK)
        return status;
    size_t kept = 0;
    for (size_t i = 0; i < out->scratch->candidates.count; i++) {
        term_candidate *found = &out->scratch->candidates.items[i];
        uint32_t start = out->scratch->symbols.items[found->start].start;
        if (!ty_term_is_whole(text, start, found->text_end) ||
            index->entries.items[found->entry].flags & TERM_SET_PHRASE)
            continue;
        out->scratch->candidates.items[kept++] = *found;
    }
    out->scratch->candidates.count = kept;
    if (!resolve(&run, 0, 0, out))
        return ty_error_nomem(error);
    for (size_t i = 0; i < out->spots.count; i++) { /* all that was looked up is the hit */
        out->spots.items[i].start = 0;
        out->spots.items[i].end = text.size;
    }
    return TY_OK;
}

void ty_term_scan_release(ty_term_scan *scan)
{
    ty_vector_release(&scan->spots);
    if (!scan->scratch)
        return;
    ty_vector_release(&scan->scratch->symbols);
    ty_vector_release(&scan->scratch->candidates);
    ty_vector_release(&scan->scratch->langs);
    ty_folded_release(&scan->scratch->folded);
    ty_buffer_release(&scan->scratch->word);
    free(scan->scratch);
    scan->scratch = NULL;
}
