/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "match/index.h"
#include "support.h"

/* ------------------------------------------------------------------------------------------ chance */

static uint64_t chance; /* xorshift64*, seeded by each test that uses it */

static uint32_t below(uint32_t limit)
{
    chance ^= chance >> 12;
    chance ^= chance << 25;
    chance ^= chance >> 27;
    return (uint32_t)((chance * UINT64_C(2685821657736338717)) >> 33) % limit;
}

/* ------------------------------------------------------------------------------------------ scores */

static long field_number(ty_slice *line)
{
    ty_slice field;
    ck_assert(ty_slice_next(line, '\t', &field));
    return strtol(field.data, NULL, 10);
}

START_TEST(scores_are_those_of_the_table)
{
    ty_buffer buffer = {0};
    ty_slice rest = ty_test_read("data/match/scores.tsv", &buffer), line, one, other;
    size_t cases = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (!line.size || line.data[0] == '#')
            continue;
        long score = field_number(&line), distance = field_number(&line), longest = field_number(&line);
        ck_assert(ty_slice_next(&line, '\t', &one) && ty_slice_next(&line, '\t', &other));
        for (int turn = 0; turn < 2; turn++) {
            ty_match_score got;
            ty_error error = {0};
            ck_assert_ok(ty_match_compare(turn ? other : one, turn ? one : other, &got, &error), error);
            ck_assert_msg(got.score == score && got.distance == distance && got.longest == longest,
                          "\"%.*s\" \"%.*s\": %d, %u of %u", TY_SLICE_FORMAT(one), TY_SLICE_FORMAT(other),
                          got.score, got.distance, got.longest);
        }
        cases++;
    }
    ck_assert_uint_ge(cases, 30);
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(context_counts_neighbours_that_are_known)
{
    ty_slice a = TY_SLICE("a"), b = TY_SLICE("b"), start = TY_SLICE(""), unknown = {0};
    ck_assert_int_eq(ty_match_context(a, b, a, b), 2);
    ck_assert_int_eq(ty_match_context(a, b, b, b), 1);
    ck_assert_int_eq(ty_match_context(a, b, b, a), 0);
    ck_assert_int_eq(ty_match_context(start, b, start, a), 1);
    ck_assert_int_eq(ty_match_context(unknown, unknown, unknown, unknown), 0);
}
END_TEST

START_TEST(targets_are_adapted_where_it_is_safe)
{
    ty_buffer buffer = {0}, made = {0};
    ty_slice rest = ty_test_read("data/match/adapt.tsv", &buffer), line, field[6];
    size_t cases = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (!line.size || line.data[0] == '#')
            continue;
        for (size_t i = 0; i < 6; i++)
            ck_assert(ty_slice_next(&line, '\t', &field[i]));
        ty_error error = {0};
        ty_buffer_clear(&made);
        ty_status status = ty_match_adapt(field[0], field[1], field[2], field[3], field[4], &made, &error);
        ck_assert_msg(status == (field[5].size ? TY_OK : TY_NO) &&
                          ty_slice_equal(ty_buffer_slice(&made), field[5]),
                      "\"%.*s\" for \"%.*s\": %d \"%s\"", TY_SLICE_FORMAT(field[0]),
                      TY_SLICE_FORMAT(field[1]), status, ty_buffer_slice(&made).data);
        cases++;
    }
    ck_assert_uint_ge(cases, 20);
    ty_buffer_release(&made);
    ty_buffer_release(&buffer);
}
END_TEST

/* ------------------------------------------------------------------------------------------ distance */

/* The plain dynamic programme (Wagner and Fischer 1974). */
static uint32_t plain_distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    uint32_t *row = malloc((m + 1) * sizeof *row);
    for (size_t j = 0; j <= m; j++)
        row[j] = (uint32_t)j;
    for (size_t i = 1; i <= n; i++) {
        uint32_t diagonal = row[0];
        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= m; j++) {
            uint32_t best = diagonal + (a[i - 1] != b[j - 1] || a[i - 1] == TY_TOKEN_NONE);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    uint32_t distance = row[m];
    free(row);
    return distance;
}

/* A text of `count` tokens; `b` as a copy of `a` with some edits. */
static size_t edited(const uint32_t *a, size_t n, uint32_t *b, uint32_t tokens)
{
    size_t m = 0;
    uint32_t rate = 1 + below(8);
    for (size_t i = 0; i < n; i++) {
        uint32_t act = below(4 * rate);
        if (act == 0)
            continue;
        b[m++] = act == 1 ? below(tokens) : a[i];
        if (act == 2)
            b[m++] = below(tokens);
    }
    return m;
}

START_TEST(distance_is_that_of_the_plain_programme)
{
    enum { LONGEST = 300 };
    static uint32_t a[LONGEST], b[2 * LONGEST];
    ty_pattern pattern = {0};
    chance = 20151107;
    for (int round = 0; round < 4000; round++) {
        uint32_t tokens = 1 + below(round % 3 ? 60 : 4);
        size_t n = below(round % 5 ? 70 : LONGEST), m;
        for (size_t i = 0; i < n; i++)
            a[i] = below(50) ? below(tokens) * 7919 : TY_TOKEN_NONE;
        m = edited(a, n, b, tokens);
        uint32_t want = plain_distance(a, n, b, m), limit = below(want + 10);
        ck_assert_int_eq(ty_pattern_set(&pattern, a, n, NULL), TY_OK);
        ck_assert_uint_eq(ty_pattern_distance(&pattern, b, m, UINT32_MAX / 2), want);
        ck_assert_uint_eq(ty_pattern_distance(&pattern, b, m, limit), want <= limit ? want : limit + 1);
    }
    ty_pattern_release(&pattern);
}
END_TEST

START_TEST(score_limit_is_where_the_score_ends)
{
    for (uint32_t longest = 1; longest < 200; longest++)
        for (int score = 1; score <= 100; score++) {
            uint32_t limit = ty_score_limit(score, longest);
            ck_assert_int_ge(ty_score_of(limit, longest), score);
            if (limit < longest)
                ck_assert_int_lt(ty_score_of(limit + 1, longest), score);
        }
}
END_TEST

/* ------------------------------------------------------------------------------------------ entries */

/* A memory of texts: entry i has the number i * 10. */
typedef struct list {
    ty_slices texts;
    ty_arena arena;
    size_t at;
} list;

static void list_add(list *entries, ty_slice text)
{
    ck_assert(ty_vector_push(&entries->texts, ty_arena_copy(&entries->arena, text)));
}

static void list_release(list *entries)
{
    ty_vector_release(&entries->texts);
    ty_arena_release(&entries->arena);
}

static char GONE[1]; /* the text of an entry that was removed */

static ty_status list_next(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    list *entries = payload;
    while (entries->at < entries->texts.count && entries->texts.items[entries->at].data == GONE)
        entries->at++;
    if (entries->at == entries->texts.count)
        return TY_NO;
    *text = entries->texts.items[entries->at];
    *id = (int64_t)entries->at++ * 10;
    return TY_OK;
}

static ty_match_entries list_entries(list *entries)
{
    entries->at = 0;
    return (ty_match_entries){entries, list_next};
}

static list list_of(const char *const *texts)
{
    list entries = {0};
    for (; *texts; texts++)
        list_add(&entries, ty_slice_of(*texts));
    return entries;
}

/* ------------------------------------------------------------------------------------------ brute force */

static bool only_even(void *payload, int64_t id)
{
    return id / 10 % 2 == 0;
}

START_TEST(brute_force_orders_and_filters)
{
    static const char *const texts[] = {
        "Save the file",   "Save the file as", "Open the file 3", "open the file 4",
        "Open the file 4", "Open the file",    "Open the file 4", NULL};
    list entries = list_of(texts);
    ty_match_query queries[2] = {{.text = TY_SLICE("Open the file 4"), .min_score = 60, .max_hits = 6},
                                 {.text = TY_SLICE("Open the file 4"), .accept = only_even}};
    ty_match_hits hits[2] = {{0}};
    ty_error error = {0};
    ty_match_entries source = list_entries(&entries);
    ck_assert_ok(ty_match_brute_force(queries, 2, &source, hits, &error), error);
    static const int64_t want[] = {60, 40, 30, 20, 50}, scores[] = {100, 100, 97, 96, 75};
    ck_assert_uint_eq(hits[0].count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(hits[0].items[i].id, want[i]);
        ck_assert_int_eq(hits[0].items[i].score.score, scores[i]);
    }
    ck_assert_uint_eq(hits[1].count, 3);
    ck_assert_int_eq(hits[1].items[2].id, 20);
    for (size_t i = 0; i < 2; i++)
        ty_vector_release(&hits[i]);
    list_release(&entries);
}
END_TEST

/* ------------------------------------------------------------------------------------------ index */

/* Random text in the manner of `kind`: 0 English, 1 Japanese, 2 mixed and odd. */
static void random_text(int kind, uint32_t words, ty_buffer *out)
{
    static const char *const odd[] = {" ",
                                      "１２",
                                      "12",
                                      "7",
                                      "Ａ",
                                      "a",
                                      "A",
                                      "。",
                                      "…",
                                      ".",
                                      "é",
                                      "e\xCC\x81",
                                      "㌔",
                                      "½",
                                      "ｶﾞ",
                                      "ガ",
                                      "\t",
                                      "\x01",
                                      "\xFF",
                                      "\xE3\x81",
                                      "-",
                                      "ー",
                                      "\xE2\x80\x8B",
                                      "’",
                                      "'",
                                      "・",
                                      "·",
                                      "–",
                                      "İ",
                                      "ς",
                                      "Σ",
                                      "2015",
                                      "J\xCC\x8C",
                                      "¨",
                                      "か\xE3\x82\x99",
                                      "～",
                                      "葛\xF3\xA0\x84\x80",
                                      "\x1C",
                                      "K"};
    size_t length = below(10) ? below(14) : below(150);
    ty_buffer_clear(out);
    for (size_t i = 0; i < length; i++) {
        uint32_t word = below(1 + below(words)); /* low numbers are frequent */
        if (kind == 2 || below(40) == 0)
            ty_buffer_add_string(out, odd[below(sizeof odd / sizeof *odd)]);
        if (kind == 0 && i)
            ty_buffer_add_char(out, ' ');
        if (kind == 0)
            ty_buffer_add_format(out, below(30) == 0 ? "W%u" : below(12) == 0 ? "w%us" : "w%u", word);
        if (kind == 1)
            ty_utf8_add(out, 0x3042 + word);
    }
}

/* The text with a few edits of bytes, not always well-formed. */
static void vary_text(ty_slice text, ty_buffer *out)
{
    uint32_t cut = text.size ? below((uint32_t)text.size) : 0, edits = below(3);
    ty_buffer_clear(out);
    ty_buffer_add(out, ty_slice_sub(text, 0, cut));
    for (uint32_t i = 0; i < edits; i++)
        ty_buffer_add_string(out, below(2) ? " w1 " : "あ");
    ty_buffer_add(out, ty_slice_sub(text, cut + below(6), text.size));
}

static list random_list(int kind, size_t count, uint32_t words)
{
    list entries = {0};
    ty_buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        if (i && below(3) == 0)
            vary_text(entries.texts.items[below((uint32_t)i)], &text);
        else if (i && below(10) == 0)
            ty_buffer_clear(&text), ty_buffer_add(&text, entries.texts.items[below((uint32_t)i)]);
        else
            random_text(kind, words, &text);
        list_add(&entries, ty_buffer_slice(&text));
    }
    ty_buffer_release(&text);
    return entries;
}

static ty_status list_text(void *payload, int64_t id, ty_slice *out, ty_error *error)
{
    list *entries = payload;
    *out = entries->texts.items[id / 10];
    return out->data == GONE ? TY_NO : TY_OK;
}

static void assert_same_hits(const ty_match_hits *got, const ty_match_hits *want, ty_slice query)
{
    ck_assert_msg(got->count == want->count, "%zu hits, not %zu: %.*s", got->count, want->count,
                  TY_SLICE_FORMAT(query));
    for (size_t i = 0; i < got->count; i++) {
        const ty_match_hit *a = &got->items[i], *b = &want->items[i];
        ck_assert_msg(a->id == b->id && a->score.score == b->score.score &&
                          a->score.distance == b->score.distance && a->score.longest == b->score.longest,
                      "hit %zu of \"%.*s\": %ld %d, not %ld %d", i, TY_SLICE_FORMAT(query), (long)a->id,
                      a->score.score, (long)b->id, b->score.score);
    }
}

/* A few queries, near to the entries and far from them, looked up both ways. */
static void compare_with_brute_force(list *entries, const ty_match_index *index, ty_match_scratch *scratch,
                                     int kind, uint32_t words)
{
    enum { QUERIES = 24 };
    ty_match_query queries[QUERIES] = {{{0}}};
    ty_match_hits want[QUERIES] = {{0}}, got = {0};
    ty_arena arena = {0};
    ty_buffer text = {0};
    ty_error error = {0};
    for (size_t i = 0; i < QUERIES; i++) {
        random_text(kind, words, &text);
        if (i % 4 && entries->texts.count)
            vary_text(entries->texts.items[below((uint32_t)entries->texts.count)], &text);
        queries[i].text = ty_arena_copy(&arena, ty_buffer_slice(&text));
        queries[i].min_score = i % 3 ? (int)below(101) : 0;
        queries[i].max_hits = below(12);
        queries[i].accept = i % 5 ? NULL : only_even;
    }
    ty_match_entries source = list_entries(entries);
    ck_assert_ok(ty_match_brute_force(queries, QUERIES, &source, want, &error), error);
    ty_match_texts texts = {entries, list_text};
    for (size_t i = 0; i < QUERIES; i++) {
        ck_assert_ok(ty_match_index_find(index, &queries[i], &texts, scratch, &got, &error), error);
        assert_same_hits(&got, &want[i], queries[i].text);
        ty_vector_release(&want[i]);
    }
    ty_vector_release(&got);
    ty_buffer_release(&text);
    ty_arena_release(&arena);
}

/* Takes an entry, or up to four, out of both. `count` are in the index by now. */
static void drop(list *entries, ty_match_index *index, uint32_t number, size_t count)
{
    uint32_t last = number + below(4);
    if (last >= count)
        last = number;
    if (last == number)
        ck_assert_int_eq(ty_match_index_remove(index, (int64_t)number * 10, NULL), TY_OK);
    else
        ck_assert_int_eq(
            ty_match_index_remove_range(index, (int64_t)number * 10 - 3, (int64_t)last * 10, NULL), TY_OK);
    for (; number <= last; number++)
        entries->texts.items[number] = (ty_slice){GONE, 0};
}

/* The index by way of its bytes. */
static ty_match_index *reopened(ty_match_index *index)
{
    ty_slice bytes;
    ty_error error = {0};
    ty_match_index *again;
    ck_assert_ok(ty_match_index_bytes(index, &bytes, &error), error);
    void *copy = malloc(bytes.size);
    memcpy(copy, bytes.data, bytes.size);
    ck_assert_int_eq(ty_match_index_open(copy, bytes.size, &again, &error), TY_OK);
    ty_match_index_free(index);
    return again;
}

START_TEST(index_finds_what_brute_force_finds)
{
    static const size_t counts[] = {0, 1, 7, 60, 700, 3000};
    int kind = _i % 3;
    size_t count = counts[_i / 3];
    uint32_t words = _i % 2 ? 40 : 400;
    chance = 1 + (uint64_t)_i;
    list entries = random_list(kind, count, words);
    ty_match_index *index;
    ty_match_scratch *scratch;
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    for (size_t i = 0; i < count; i++) {
        if (i == count / 3 || i == count / 2)
            ck_assert_int_eq(ty_match_index_build(index, NULL), TY_OK);
        ck_assert_int_eq(ty_match_index_add(index, (int64_t)i * 10, entries.texts.items[i], NULL), TY_OK);
        if (below(20) == 0)
            drop(&entries, index, below((uint32_t)i + 1), i + 1);
    }
    compare_with_brute_force(&entries, index, scratch, kind, words);
    ck_assert_int_eq(ty_match_index_build(index, NULL), TY_OK);
    ck_assert_uint_eq(ty_match_index_pending(index), 0);
    compare_with_brute_force(&entries, index, scratch, kind, words);
    index = reopened(index);
    ty_match_scratch_portable(scratch);
    compare_with_brute_force(&entries, index, scratch, kind, words);
    ty_match_scratch_free(scratch);
    ty_match_index_free(index);
    list_release(&entries);
}
END_TEST

START_TEST(feed_fills_indexes_at_once)
{
    enum { INDEXES = 3, ENTRIES = 9000 };
    ty_match_index *indexes[INDEXES];
    list entries[INDEXES];
    ty_match_scratch *scratch;
    ty_match_feed *feed;
    ty_error error = {0};
    chance = 31;
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    ck_assert_int_eq(ty_match_feed_new(&feed, NULL), TY_OK);
    for (int i = 0; i < INDEXES; i++) {
        entries[i] = random_list(i, ENTRIES / (size_t)(1 + 3 * i), 300);
        ck_assert_int_eq(ty_match_index_new(&indexes[i], NULL), TY_OK);
    }
    for (size_t k = 0; k < ENTRIES; k++)
        for (int i = 0; i < INDEXES; i++)
            if (k < entries[i].texts.count)
                ck_assert_ok(
                    ty_match_feed_add(feed, indexes[i], (int64_t)k * 10, entries[i].texts.items[k], &error),
                    error);
    ck_assert_ok(ty_match_feed_finish(feed, &error), error);
    for (int i = 0; i < INDEXES; i++) {
        ck_assert_uint_eq(ty_match_index_pending(indexes[i]), 0);
        compare_with_brute_force(&entries[i], indexes[i], scratch, i, 300);
        ty_match_index_free(indexes[i]);
        list_release(&entries[i]);
    }
    ty_match_scratch_free(scratch);
}
END_TEST

/* Does a look-up for any of the texts meet the damage? If not, it says what the whole index says. */
static bool meets_damage(const list *entries, const ty_match_index *whole, const ty_match_index *index,
                         ty_match_scratch *scratch)
{
    ty_match_hits got = {0}, want = {0};
    bool met = false;
    for (size_t i = 0; i < entries->texts.count && !met; i++) {
        ty_match_query query = {.text = entries->texts.items[i], .min_score = 60, .max_hits = 3};
        ty_match_texts texts = {(void *)(uintptr_t)entries, list_text};
        ty_status status = ty_match_index_find(index, &query, &texts, scratch, &got, NULL);
        met = status == TY_ERR_FORMAT;
        if (!met) {
            ck_assert_int_eq(status, TY_OK);
            ck_assert_int_eq(ty_match_index_find(whole, &query, &texts, scratch, &want, NULL), TY_OK);
            ck_assert_uint_eq(got.count, want.count);
            for (size_t hit = 0; hit < got.count; hit++)
                ck_assert_int_eq(got.items[hit].id, want.items[hit].id);
        }
    }
    ck_assert_int_eq(ty_match_index_is_damaged(index), met);
    ty_vector_release(&got);
    ty_vector_release(&want);
    return met;
}

/* Each block is trusted when it is used: cut, or of another kind, it is not opened; damage elsewhere is met
 * by the look-up that needs it, and never changes an answer. */
START_TEST(damage_is_met_where_it_is_used)
{
    chance = 7;
    list entries = random_list(0, 200, 50);
    ty_match_index *index, *again;
    ty_match_scratch *scratch;
    ty_slice bytes;
    size_t met = 0;
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    for (size_t i = 0; i < 200; i++)
        ck_assert_int_eq(ty_match_index_add(index, (int64_t)i, entries.texts.items[i], NULL), TY_OK);
    ck_assert_int_eq(ty_match_index_bytes(index, &bytes, NULL), TY_OK);
    for (size_t i = 0; i < 300; i++) {
        size_t size = i % 3 ? bytes.size : below((uint32_t)bytes.size);
        char *copy = malloc(size + 1);
        memcpy(copy, bytes.data, size);
        if (i % 3)
            copy[i < 250 ? i : below((uint32_t)size)] ^= (char)(1 + below(255));
        ty_status opened = ty_match_index_open(copy, size, &again, NULL);
        if (opened == TY_OK)
            met += meets_damage(&entries, index, again, scratch);
        else
            ck_assert_int_eq(opened, TY_NO);
        ck_assert(opened == TY_NO || i % 3);
        if (opened == TY_OK)
            ty_match_index_free(again);
    }
    ck_assert_uint_gt(met, 0);
    ty_match_scratch_free(scratch);
    ty_match_index_free(index);
    list_release(&entries);
}
END_TEST

START_TEST(index_is_mapped_from_a_file)
{
    chance = 8;
    list entries = random_list(1, 300, 50);
    ty_match_index *index, *mapped;
    ty_match_scratch *scratch;
    ty_slice bytes;
    ty_output *file;
    ty_error error = {0};
    const char *path = ty_test_temporary("index");
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    for (size_t i = 0; i < 300; i++)
        ck_assert_int_eq(ty_match_index_add(index, (int64_t)i * 10, entries.texts.items[i], NULL), TY_OK);
    ck_assert_int_eq(ty_match_index_bytes(index, &bytes, NULL), TY_OK);
    ck_assert_ok(ty_output_open(path, &file, &error), error);
    for (size_t i = 0; i < 64; i++)
        ty_output_write(file, TY_SLICE("x"));
    ty_output_write(file, bytes);
    ck_assert_ok(ty_output_commit(file, &error), error);
    ck_assert_ok(ty_match_index_map(path, 64, bytes.size, &mapped, &error), error);
    compare_with_brute_force(&entries, mapped, scratch, 1, 50);
    ck_assert_int_eq(ty_match_index_add(mapped, 3000, TY_SLICE("new text"), NULL), TY_OK);
    list_add(&entries, TY_SLICE("new text"));
    compare_with_brute_force(&entries, mapped, scratch, 1, 50);
    mapped = reopened(mapped);
    compare_with_brute_force(&entries, mapped, scratch, 1, 50);
    ty_match_index_free(index);
    ck_assert_int_eq(ty_match_index_map(path, 0, 4096, &index, &error), TY_NO);
    ty_match_scratch_free(scratch);
    ty_match_index_free(mapped);
    list_release(&entries);
}
END_TEST

static ty_status no_text(void *payload, int64_t id, ty_slice *out, ty_error *error)
{
    return TY_NO;
}

/* A look-up reads a few blocks of a large index, not all of it. */
START_TEST(memory_touched_follows_the_answer)
{
    ty_match_index *index, *opened;
    ty_match_scratch *scratch;
    ty_match_hits got = {0};
    ty_slice bytes;
    char text[80];
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    for (unsigned i = 0; i < 60000; i++) {
        snprintf(text, sizeof text, "order w%u of ship s%u in port p%u", i, i % 977, i % 4999);
        ck_assert_int_eq(ty_match_index_add(index, i, ty_slice_of(text), NULL), TY_OK);
    }
    ck_assert_int_eq(ty_match_index_bytes(index, &bytes, NULL), TY_OK);
    char *copy = malloc(bytes.size);
    memcpy(copy, bytes.data, bytes.size);
    ck_assert_int_eq(ty_match_index_open(copy, bytes.size, &opened, NULL), TY_OK);
    ty_match_query query = {
        .text = TY_SLICE("order w77 of ship s5 in port p9"), .min_score = 90, .max_hits = 3};
    ty_match_texts texts = {.text = no_text};
    ck_assert_int_eq(ty_match_index_find(opened, &query, &texts, scratch, &got, NULL), TY_OK);
    size_t checked = ty_image_checked(&opened->image);
    ck_assert_msg(checked && checked < bytes.size / 5, "%zu of %zu bytes", checked, bytes.size);
    ty_vector_release(&got);
    ty_match_scratch_free(scratch);
    ty_match_index_free(opened);
    ty_match_index_free(index);
}
END_TEST

/* ------------------------------------------------------------------------------------------ concordance */

START_TEST(spans_are_of_the_original)
{
    static const struct {
        const char *needle, *text;
        size_t count, start, end; /* of the first span */
    } cases[] = {
        {"設定", "この設定と設定", 2, 6, 12},
        {"file", "Open the ＦＩＬＥ", 1, 9, 21},
        {"ﾌｧｲﾙ", "ファイルを開く", 1, 0, 12},
        {"ファイル", "ﾌｧｲﾙを開く", 1, 0, 12},
        {"ロ", "10㌔", 1, 2, 5},
        {".", "a…b", 1, 1, 4},
        {"aa", "aaaaa", 2, 0, 2},
        {"a  b", "A B", 1, 0, 3},
        {"外", "内", 0, 0, 0},
        {"   ", "a b", 0, 0, 0},
        {"", "abc", 0, 0, 0},
    };
    ty_spans spans = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_error error = {0};
        ty_slice text = ty_slice_of(cases[i].text);
        ck_assert_ok(ty_concordance_spans(ty_slice_of(cases[i].needle), text, &spans, &error), error);
        ck_assert_msg(spans.count == cases[i].count, "%s: %zu", cases[i].text, spans.count);
        if (!spans.count)
            continue;
        ck_assert_uint_eq(spans.items[0].start, cases[i].start);
        ck_assert_uint_eq(spans.items[0].end, cases[i].end);
    }
    ty_vector_release(&spans);
}
END_TEST

typedef struct found {
    int64_t ids[16];
    size_t count, spans;
} found;

static ty_status note_found(void *payload, int64_t id, ty_slice text, const ty_spans *spans)
{
    found *all = payload;
    all->ids[all->count++] = id;
    all->spans += spans->count;
    return TY_OK;
}

START_TEST(scan_finds_every_entry)
{
    static const char *const texts[] = {"設定を開く", "開く", "設定の設定", "せってい", NULL};
    list entries = list_of(texts);
    ty_concordance_query query = {.text = TY_SLICE("設定")};
    found all = {0};
    ty_error error = {0};
    ty_match_entries source = list_entries(&entries);
    ck_assert_ok(ty_concordance_scan(&query, &source, note_found, &all, &error), error);
    ck_assert_uint_eq(all.count, 2);
    ck_assert_uint_eq(all.spans, 3);
    ck_assert_int_eq(all.ids[1], 20);
    query.text = TY_SLICE("ない");
    source = list_entries(&entries);
    ck_assert_int_eq(ty_concordance_scan(&query, &source, note_found, &all, &error), TY_NO);
    list_release(&entries);
}
END_TEST

/* Which entries were found, a byte each. */
static ty_status note_entry(void *payload, int64_t id, ty_slice text, const ty_spans *spans)
{
    char *seen = payload;
    ck_assert_uint_ge(spans->count, 1);
    ck_assert_int_eq(seen[id / 10], 0);
    seen[id / 10] = 1;
    return TY_OK;
}

/* A piece of a text of the list, a few characters long; sometimes not in it at all. */
static ty_slice random_piece(list *entries, ty_buffer *out)
{
    ty_slice text = {0};
    ty_buffer_clear(out);
    for (int i = 0; i < 20 && !text.size; i++)
        if (entries->texts.count)
            text = entries->texts.items[below((uint32_t)entries->texts.count)];
    size_t at = text.size ? below((uint32_t)text.size) : 0;
    while (at < text.size && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at++;
    size_t end = at;
    for (uint32_t i = 1 + below(below(2) ? 3 : 20); i > 0 && end < text.size; i--)
        ty_utf8_next(text, &end);
    ty_buffer_add(out, ty_slice_sub(text, at, end));
    if (below(12) == 0)
        ty_buffer_add_string(out, below(2) ? "0" : "う");
    return ty_buffer_slice(out);
}

static void compare_with_scan(list *entries, const ty_match_index *index, ty_match_scratch *scratch)
{
    size_t count = entries->texts.count;
    char *want = malloc(count + 1), *got = malloc(count + 1);
    ty_buffer piece = {0};
    ty_error error = {0};
    ty_match_texts texts = {entries, list_text};
    for (int round = 0; round < 80; round++) {
        ty_concordance_query query = {.text = random_piece(entries, &piece), .max_hits = SIZE_MAX};
        if (round % (count > 1000 ? 8 : 2) == 1) { /* a scan by words is slow */
            query.kind = (ty_search_kind)below(4);
            query.lang = TY_SLICE("en");
        }
        if (round % 4 == 0)
            query.accept = only_even;
        memset(want, 0, count + 1);
        memset(got, 0, count + 1);
        ty_match_entries source = list_entries(entries);
        ty_status one = ty_concordance_scan(&query, &source, note_entry, want, &error);
        ty_status other = ty_match_index_search(index, &query, &texts, scratch, note_entry, got, &error);
        ck_assert_msg(one == other && memcmp(want, got, count) == 0, "\"%.*s\": %d %d %s",
                      TY_SLICE_FORMAT(query.text), one, other, error.message);
    }
    ty_buffer_release(&piece);
    free(want);
    free(got);
}

START_TEST(search_finds_what_a_scan_finds)
{
    static const size_t counts[] = {0, 3, 100, 2500};
    int kind = _i % 3;
    size_t count = counts[_i / 3];
    chance = 100 + (uint64_t)_i;
    list entries = random_list(kind, count, 60);
    ty_match_index *index;
    ty_match_scratch *scratch;
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    for (size_t i = 0; i < count; i++) {
        if (i == count / 2)
            ck_assert_int_eq(ty_match_index_build(index, NULL), TY_OK);
        ck_assert_int_eq(ty_match_index_add(index, (int64_t)i * 10, entries.texts.items[i], NULL), TY_OK);
        if (below(20) == 0)
            drop(&entries, index, below((uint32_t)i + 1), i + 1);
    }
    compare_with_scan(&entries, index, scratch);
    index = reopened(index);
    compare_with_scan(&entries, index, scratch);
    ty_match_scratch_free(scratch);
    ty_match_index_free(index);
    list_release(&entries);
}
END_TEST

/* More tokens than are matched: such a text is still searched, and comes and goes like others. */
START_TEST(long_entry_is_searched_not_matched)
{
    list entries = {0};
    ty_buffer text = {0};
    ty_error error = {0};
    ty_match_index *index;
    ty_match_scratch *scratch;
    ty_match_hits hits = {0};
    for (int i = 0; i <= TY_MATCH_TOKENS_MAX; i++)
        ty_buffer_add_format(&text, "w%d ", i);
    list_add(&entries, ty_buffer_slice(&text));
    list_add(&entries, TY_SLICE("w10 w11"));
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    ck_assert_int_eq(ty_match_scratch_new(&scratch, NULL), TY_OK);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(ty_match_index_add(index, (int64_t)i * 10, entries.texts.items[i], NULL), TY_OK);
    ty_concordance_query query = {.text = TY_SLICE("w10 w11")};
    ty_match_texts texts = {&entries, list_text};
    for (int turn = 0; turn < 3; turn++) {
        char seen[2] = {0};
        ck_assert_int_eq(ty_match_index_search(index, &query, &texts, scratch, note_entry, seen, &error),
                         TY_OK);
        ck_assert_int_eq(seen[0], turn < 2);
        ck_assert_int_eq(seen[1], 1);
        ty_match_query question = {.text = ty_buffer_slice(&text)};
        ck_assert_int_eq(ty_match_index_find(index, &question, &texts, scratch, &hits, NULL), TY_ERR_LIMIT);
        if (turn == 1)
            drop(&entries, index, 0, 1);
        index = reopened(index);
    }
    ty_vector_release(&hits);
    ty_buffer_release(&text);
    ty_match_scratch_free(scratch);
    ty_match_index_free(index);
    list_release(&entries);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("match");
    TCase *scores = tcase_create("scores");
    tcase_add_test(scores, scores_are_those_of_the_table);
    tcase_add_test(scores, context_counts_neighbours_that_are_known);
    tcase_add_test(scores, targets_are_adapted_where_it_is_safe);
    tcase_add_test(scores, distance_is_that_of_the_plain_programme);
    tcase_add_test(scores, score_limit_is_where_the_score_ends);
    suite_add_tcase(suite, scores);
    TCase *look_up = tcase_create("look-up");
    tcase_add_test(look_up, brute_force_orders_and_filters);
    tcase_add_test(look_up, spans_are_of_the_original);
    tcase_add_test(look_up, scan_finds_every_entry);
    suite_add_tcase(suite, look_up);
    TCase *index = tcase_create("index");
    tcase_add_loop_test(index, index_finds_what_brute_force_finds, 0, 18);
    tcase_add_loop_test(index, search_finds_what_a_scan_finds, 0, 12);
    tcase_add_test(index, long_entry_is_searched_not_matched);
    tcase_add_test(index, feed_fills_indexes_at_once);
    tcase_add_test(index, damage_is_met_where_it_is_used);
    tcase_add_test(index, memory_touched_follows_the_answer);
    tcase_add_test(index, index_is_mapped_from_a_file);
    suite_add_tcase(suite, index);
    return ty_test_run(suite);
}
