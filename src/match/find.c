/* SPDX-License-Identifier: Apache-2.0 */
/* Looking up in the fuzzy index. */
#include "match/index.h"

/* So many entries are said to be read before they are. */
enum { MOST_EXPECTED = 32 };

/* One look-up. */
typedef struct search {
    const ty_match_index *index;
    const ty_image *image;
    const ty_match_texts *texts;
    ty_match_scratch *scratch;
    ty_wanted wanted;
    ty_match_hits *hits;
    ty_match_mark mark;
    uint32_t size;  /* tokens of the query */
    uint32_t known; /* of them, those that some entry of the image has */
    ty_error *error;
} search;

/* ------------------------------------------------------------------------------------------ the query */

static bool add_row(search *at, uint32_t token)
{
    ty_match_scratch *scratch = at->scratch;
    if (token >= ty_index_image_words(at->index))
        return true; /* TY_TOKEN_NONE is above all */
    uint32_t symbol = ty_pattern_symbol(&scratch->pattern, token);
    uint32_t row = ty_image_row(at->image, token, scratch->occurrences.items[symbol]++);
    return ty_vector_push(&scratch->rows, at->image->rows + (size_t)row * at->image->header->stride);
}

/* The rows of the query's tokens: a token that comes twice has two. */
static bool set_rows(search *at)
{
    ty_match_scratch *scratch = at->scratch;
    ty_vector_clear(&scratch->rows);
    ty_vector_clear(&scratch->occurrences);
    size_t symbols = (size_t)at->size + 1;
    if (!ty_vector_reserve(&scratch->occurrences, symbols))
        return false;
    memset(scratch->occurrences.items, 0, symbols * sizeof *scratch->occurrences.items);
    for (uint32_t i = 0; i < at->size; i++)
        if (!add_row(at, scratch->numbers.items[i]))
            return false;
    at->known = (uint32_t)scratch->rows.count;
    return true;
}

static ty_status prepare(search *at)
{
    ty_match_scratch *scratch = at->scratch;
    ty_slice text = at->wanted.query->text;
    ty_status status = ty_text_tokenize(text, &scratch->tokens, at->error);
    if (status != TY_OK)
        return status;
    size_t count = scratch->tokens.list.count;
    if (count > TY_MATCH_TOKENS_MAX)
        return ty_error_set(at->error, TY_ERR_LIMIT, "the text has more than %d tokens", TY_MATCH_TOKENS_MAX);
    at->size = (uint32_t)count;
    ty_vector_clear(&scratch->numbers);
    if (!ty_vector_reserve(&scratch->numbers, count))
        return ty_error_nomem(at->error);
    for (size_t i = 0; i < count; i++)
        scratch->numbers.items[i] = ty_index_word(at->index, ty_token_key(&scratch->tokens, i));
    status = ty_pattern_set(&scratch->pattern, scratch->numbers.items, count, at->error);
    at->mark = ty_mark_of(text, &scratch->tokens);
    if (status != TY_OK)
        return status;
    return set_rows(at) ? TY_OK : ty_error_nomem(at->error);
}

/* ------------------------------------------------------------------------------------------ candidates */

static uint32_t longer(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Tokens that a text of `length` must share with the query to reach the score. */
static uint32_t needed(const search *at, uint32_t length)
{
    uint32_t longest = longer(at->size, length);
    return longest - ty_score_limit(at->wanted.min_score, longest);
}

/* Entries [first, end) that are not too short or too long; false if there are none. */
static bool window(const search *at, uint32_t *length, uint32_t *first, uint32_t *end)
{
    const ty_image_header *header = at->image->header;
    uint32_t least = needed(at, 0);
    uint64_t most = (uint64_t)at->known * 100 / (uint32_t)at->wanted.min_score;
    if (least > at->known || least > header->longest)
        return false;
    if (most > header->longest)
        most = header->longest;
    *length = least;
    *first = at->image->starts[least];
    *end = at->image->starts[most + 1];
    return *first < *end;
}

/* The sum at bit `bit` of word `word` of the planes. */
static uint32_t sum_at(const ty_row_sum *sum, uint32_t word, uint32_t bit)
{
    uint32_t value = 0;
    for (uint32_t plane = 0; plane < sum->planes; plane++)
        value |= (uint32_t)((sum->out[plane * TY_CHUNK_WORDS + word] >> bit) & 1) << plane;
    return value - ((1u << (sum->planes - 1)) - sum->needed);
}

/* Keeps the entry if so many tokens in common, at most, let it reach the score. */
static bool consider(search *at, uint32_t entry, uint32_t length, uint32_t common)
{
    uint32_t longest = longer(at->size, length);
    uint32_t shorter = at->size < length ? at->size : length;
    uint32_t distance = longest - (common < shorter ? common : shorter);
    if (distance > ty_score_limit(at->wanted.min_score, longest))
        return true;
    ty_match_candidate found = {entry, (uint16_t)length, (uint8_t)ty_score_of(distance, longest)};
    return ty_vector_push(&at->scratch->candidates, found);
}

/* The entries of a chunk that the top plane names. *length moves on with them. */
static bool collect(search *at, const ty_row_sum *sum, uint32_t first, uint32_t end, uint32_t *length)
{
    const uint64_t *reached = sum->out + (size_t)(sum->planes - 1) * TY_CHUNK_WORDS;
    for (uint32_t word = 0; word < TY_CHUNK_WORDS; word++)
        for (uint64_t left = reached[word]; left; left &= left - 1) {
            uint32_t bit = (uint32_t)__builtin_ctzll(left);
            uint32_t entry = (uint32_t)(sum->word + word) * 64 + bit;
            if (entry < first)
                continue;
            if (entry >= end)
                return true;
            while (at->image->starts[*length + 1] <= entry)
                ++*length;
            if (!consider(at, entry, *length, sum_at(sum, word, bit)))
                return false;
        }
    return true;
}

static uint32_t planes_for(uint32_t count)
{
    uint32_t planes = 3;
    while (1u << (planes - 1) <= count)
        planes++;
    return planes;
}

/* The bits of entries [first, end) in the query's rows. */
static bool trusts_rows(const search *at, uint32_t first, uint32_t end)
{
    size_t chunk = 64 * TY_CHUNK_WORDS, from = first / chunk * TY_CHUNK_WORDS;
    size_t words = (end + chunk - 1) / chunk * TY_CHUNK_WORDS - from;
    for (size_t i = 0; i < at->scratch->rows.count; i++)
        if (!ty_image_trusts(at->image, at->scratch->rows.items[i] + from, words * sizeof(uint64_t)))
            return false;
    return true;
}

/* All entries that share enough tokens with the query, and perhaps some that do not. */
static bool find_candidates(search *at)
{
    ty_match_scratch *scratch = at->scratch;
    uint32_t length, first, end;
    ty_vector_clear(&scratch->candidates);
    if (!at->image->header || !window(at, &length, &first, &end) || !trusts_rows(at, first, end))
        return true;
    ty_row_sum sum = {.rows = scratch->rows.items,
                      .count = scratch->rows.count,
                      .planes = planes_for(at->known),
                      .out = scratch->planes};
    for (uint32_t from = first / (64 * TY_CHUNK_WORDS) * (64 * TY_CHUNK_WORDS); from < end;
         from += 64 * TY_CHUNK_WORDS) {
        uint32_t start = from > first ? from : first;
        while (at->image->starts[length + 1] <= start)
            length++;
        sum.word = from / 64;
        sum.needed = needed(at, length); /* the least in the chunk: it rises with length */
        scratch->counter(&sum);
        uint32_t moving = length;
        if (!collect(at, &sum, start, end, &moving))
            return false;
    }
    return true;
}

/* Those with the highest bounds first. */
static bool sort_candidates(ty_match_scratch *scratch)
{
    size_t places[102] = {0}, count = scratch->candidates.count;
    ty_vector_clear(&scratch->sorted);
    if (!ty_vector_reserve(&scratch->sorted, count))
        return false;
    for (size_t i = 0; i < count; i++)
        places[101 - scratch->candidates.items[i].bound]++;
    for (int i = 1; i < 102; i++)
        places[i] += places[i - 1];
    for (size_t i = 0; i < count; i++) {
        ty_match_candidate one = scratch->candidates.items[i];
        scratch->sorted.items[places[100 - one.bound]++] = one;
    }
    scratch->sorted.count = count;
    return true;
}

/* ------------------------------------------------------------------------------------------ verification */

/* Compares an entry, whose tokens are in the scratch, with the query. */
static ty_status compare(search *at, int64_t id, uint32_t length, ty_match_mark mark)
{
    ty_match_scratch *scratch = at->scratch;
    ty_match_hit hit = {.id = id, .score = {.longest = longer(at->size, length)}};
    uint32_t limit = ty_score_limit(ty_hits_floor(at->hits, &at->wanted), hit.score.longest);
    hit.score.distance = ty_pattern_distance(&scratch->pattern, scratch->text, length, limit);
    if (hit.score.distance > limit)
        return TY_OK;
    if (hit.score.distance == 0) {
        ty_same found = {id, ty_mark_bound(at->mark, mark)};
        return ty_vector_push(&scratch->same, found) ? TY_OK : ty_error_nomem(at->error);
    }
    hit.score.score = ty_score_of(hit.score.distance, hit.score.longest);
    return ty_hits_offer(at->hits, &at->wanted, &hit, at->error);
}

static ty_status verify(search *at, const ty_match_candidate *one)
{
    const ty_image *image = at->image;
    const uint8_t *codes, *end;
    if (!ty_image_trusts_entry(image, one->entry, &codes, &end) ||
        ty_index_removed(at->index, image->ids[one->entry]))
        return TY_OK;
    size_t length = ty_code_read(codes, end, at->index->number, at->scratch->text, one->length);
    return compare(at, image->ids[one->entry], (uint32_t)length, image->marks[one->entry]);
}

/* Entries that are not sorted in yet. */
static ty_status verify_pending(search *at)
{
    const ty_match_index *index = at->index;
    const uint8_t *codes = (const uint8_t *)index->codes.data, *end = codes + index->codes.size;
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < index->pending.count; i++) {
        const ty_pending_entry *entry = &index->pending.items[i];
        if (entry->length > TY_MATCH_TOKENS_MAX)
            continue;
        uint32_t longest = longer(at->size, entry->length),
                 limit = ty_score_limit(at->wanted.min_score, longest);
        if (2 * longest - at->size - entry->length > limit)
            continue;
        ty_code_read(codes + entry->codes, end, index->number, at->scratch->text, entry->length);
        status = compare(at, entry->id, entry->length, entry->mark);
    }
    return status;
}

/* Candidates from *next on, as long as they can have the score `least`. */
static ty_status verify_candidates(search *at, size_t *next, int least)
{
    ty_match_scratch *scratch = at->scratch;
    ty_status status = TY_OK;
    for (; status == TY_OK && *next < scratch->sorted.count; ++*next) {
        const ty_match_candidate *one = &scratch->sorted.items[*next];
        if (one->bound < least || one->bound < ty_hits_floor(at->hits, &at->wanted))
            break;
        status = verify(at, one);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ same tokens */

static int compare_same(const void *one, const void *other)
{
    const ty_same *a = one, *b = other;
    if (a->bound != b->bound)
        return b->bound - a->bound;
    return (a->id < b->id) - (a->id > b->id);
}

/* Tells 100 from 99 to 95 by the text itself. */
static ty_status grade(search *at, const ty_same *found)
{
    ty_match_scratch *scratch = at->scratch;
    ty_slice text;
    ty_status status = at->texts->text(at->texts->payload, found->id, &text, at->error);
    if (status == TY_NO)
        return TY_OK;
    if (status == TY_OK)
        status = ty_text_tokenize(text, &scratch->other, at->error);
    if (status != TY_OK || scratch->other.list.count != at->size)
        return status;
    ty_match_hit hit = {.id = found->id, .score = {.longest = at->size}};
    ty_match_side query = {at->wanted.query->text, &scratch->tokens}, entry = {text, &scratch->other};
    status = ty_match_score_same(query, entry, &hit.score.score, at->error);
    return status == TY_OK ? ty_hits_offer(at->hits, &at->wanted, &hit, at->error) : status;
}

/* Says what will be read, most likely: the same texts, and the candidates from `next` on. */
static ty_status expect(search *at, size_t next)
{
    int64_t ids[MOST_EXPECTED];
    size_t count = 0;
    const ty_match_scratch *scratch = at->scratch;
    if (!at->texts->expect)
        return TY_OK;
    for (size_t i = 0; i < scratch->same.count && count < MOST_EXPECTED; i++)
        ids[count++] = scratch->same.items[i].id;
    for (size_t i = next; i < scratch->sorted.count && count < MOST_EXPECTED; i++)
        ids[count++] = at->image->ids[scratch->sorted.items[i].entry];
    return at->texts->expect(at->texts->payload, ids, count, at->error);
}

static void sort_same(ty_match_scratch *scratch)
{
    if (scratch->same.count)
        qsort(scratch->same.items, scratch->same.count, sizeof *scratch->same.items, compare_same);
}

static ty_status grade_same(search *at)
{
    ty_match_scratch *scratch = at->scratch;
    for (size_t i = 0; i < scratch->same.count; i++) {
        const ty_same *found = &scratch->same.items[i];
        ty_match_hit best = {.id = found->id, .score = {.score = found->bound, .longest = at->size}};
        bool full = at->hits->count >= at->wanted.max_hits;
        if (full && !ty_hits_before(&best, &at->hits->items[at->hits->count - 1]))
            break;
        ty_status status = grade(at, found);
        if (status != TY_OK)
            return status;
    }
    return TY_OK;
}

ty_status ty_match_index_find(const ty_match_index *index, const ty_match_query *query,
                              const ty_match_texts *texts, ty_match_scratch *scratch, ty_match_hits *hits,
                              ty_error *error)
{
    search at = {.index = index,
                 .image = &index->image,
                 .texts = texts,
                 .scratch = scratch,
                 .wanted = ty_hits_wanted_of(query),
                 .hits = hits,
                 .error = error};
    size_t next = 0;
    ty_vector_clear(hits);
    ty_vector_clear(&scratch->same);
    ty_status status = prepare(&at);
    if (status != TY_OK)
        return status;
    if (!find_candidates(&at) || !sort_candidates(scratch))
        return ty_error_nomem(error);
    status = verify_candidates(&at, &next, 100);
    if (status == TY_OK)
        status = verify_pending(&at);
    sort_same(scratch);
    if (status == TY_OK)
        status = expect(&at, next);
    if (status == TY_OK)
        status = grade_same(&at);
    if (status == TY_OK)
        status = verify_candidates(&at, &next, 0);
    return ty_image_verdict(&index->image, status, error);
}
