/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a query that entries have: against a plain search over all runs, and cases a reader can follow.
 */
#include "match/match.h"
#include "support.h"

static uint64_t chance;

static uint32_t below(uint32_t limit)
{
    chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(chance >> 33) % limit;
}

/* ------------------------------------------------------------------------------------------ random texts */

enum { TEXT_MAX = 16, ENTRIES = 60, WORDS = 12 };

/* A text of words that all mean something. */
typedef struct text {
    uint32_t words[TEXT_MAX];
    size_t size;
    size_t starts[TEXT_MAX], ends[TEXT_MAX]; /* bytes */
    ty_buffer bytes;
} text;

static void make_text(text *out)
{
    *out = (text){.size = below(TEXT_MAX)};
    for (size_t i = 0; i < out->size; i++) {
        out->words[i] = below(1 + below(WORDS));
        if (i)
            ty_buffer_add_char(&out->bytes, ' ');
        out->starts[i] = out->bytes.size;
        ty_buffer_add_format(&out->bytes, below(2) ? "word%u" : "WORD%u", out->words[i]);
        out->ends[i] = out->bytes.size;
    }
}

static bool has_run(const text *entry, const uint32_t *run, size_t size)
{
    for (size_t i = 0; i + size <= entry->size; i++)
        if (memcmp(entry->words + i, run, size * sizeof *run) == 0)
            return true;
    return false;
}

static bool any_has(const text *entries, const bool *gone, const uint32_t *run, size_t size)
{
    for (size_t i = 0; i < ENTRIES; i++)
        if (!gone[i] && has_run(&entries[i], run, size))
            return true;
    return false;
}

/* Marks the pieces between two words of the query: the longest first, then those on either side. */
static void mark_pieces(const text *entries, const bool *gone, const text *query, size_t from, size_t to,
                        size_t *end_of)
{
    for (size_t size = to - from; size >= 2 && from < to; size--)
        for (size_t i = from; i + size <= to; i++) {
            if (!any_has(entries, gone, query->words + i, size))
                continue;
            end_of[i] = i + size;
            mark_pieces(entries, gone, query, from, i, end_of);
            mark_pieces(entries, gone, query, i + size, to, end_of);
            return;
        }
}

static void check_entries(const text *entries, const bool *gone, const ty_match_pieces *pieces, size_t number,
                          const uint32_t *run, size_t size)
{
    const ty_match_piece *piece = &pieces->list.items[number];
    size_t want = 0;
    for (size_t i = 0; i < ENTRIES; i++)
        want += !gone[i] && has_run(&entries[i], run, size);
    ck_assert_uint_eq(piece->count, want < 5 ? want : 5);
    for (size_t i = 0; i < piece->count; i++) {
        int64_t id = pieces->entries.items[piece->first + i];
        ck_assert(!gone[id] && has_run(&entries[id], run, size));
    }
}

static void check_query(const ty_match_index *index, const text *entries, const bool *gone)
{
    text query;
    size_t end_of[TEXT_MAX + 1] = {0}, at = 0;
    ty_match_pieces pieces = {0};
    ty_error error = {0};
    make_text(&query);
    ty_piece_query question = {
        .text = ty_buffer_slice(&query.bytes), .lang = TY_SLICE("en"), .max_entries = 5};
    ck_assert_ok(ty_match_index_pieces(index, &question, &pieces, &error), error);
    mark_pieces(entries, gone, &query, 0, query.size, end_of);
    for (size_t i = 0; i < query.size; i++) {
        if (!end_of[i])
            continue;
        ck_assert_uint_lt(at, pieces.list.count);
        ck_assert_uint_eq(pieces.list.items[at].start, query.starts[i]);
        ck_assert_uint_eq(pieces.list.items[at].end, query.ends[end_of[i] - 1]);
        check_entries(entries, gone, &pieces, at++, query.words + i, end_of[i] - i);
    }
    ck_assert_uint_eq(at, pieces.list.count);
    ty_match_pieces_release(&pieces);
    ty_buffer_release(&query.bytes);
}

START_TEST(pieces_are_the_longest_there_are)
{
    text entries[ENTRIES];
    bool gone[ENTRIES] = {false};
    ty_match_index *index;
    chance = 7 + (uint64_t)_i;
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    for (size_t i = 0; i < ENTRIES; i++) {
        make_text(&entries[i]);
        if (i == ENTRIES / 2)
            ck_assert_int_eq(ty_match_index_build(index, NULL), TY_OK);
        ck_assert_int_eq(ty_match_index_add(index, (int64_t)i, ty_buffer_slice(&entries[i].bytes), NULL),
                         TY_OK);
        uint32_t other = below((uint32_t)i + 1);
        if (below(8))
            continue;
        gone[other] = true;
        ck_assert_int_eq(ty_match_index_remove(index, other, NULL), TY_OK);
    }
    for (int round = 0; round < 100; round++)
        check_query(index, entries, gone);
    for (size_t i = 0; i < ENTRIES; i++)
        ty_buffer_release(&entries[i].bytes);
    ty_match_index_free(index);
}
END_TEST

/* ------------------------------------------------------------------------------------------ cases */

/* The pieces of a query with bars between them. */
static void list_pieces(const ty_match_index *index, ty_slice lang, ty_slice query, ty_buffer *out)
{
    ty_match_pieces pieces = {0};
    ty_error error = {0};
    ty_piece_query question = {.text = query, .lang = lang};
    ty_buffer_clear(out);
    ck_assert_ok(ty_match_index_pieces(index, &question, &pieces, &error), error);
    for (size_t i = 0; i < pieces.list.count; i++) {
        if (i)
            ty_buffer_add_string(out, " | ");
        ty_buffer_add(out, ty_slice_sub(query, pieces.list.items[i].start, pieces.list.items[i].end));
    }
    ty_match_pieces_release(&pieces);
}

/* Lines `+ LANG TEXT` are the memory, `LANG QUERY PIECES` the cases. */
START_TEST(pieces_are_well_formed)
{
    ty_buffer buffer = {0}, found = {0};
    ty_slice rest = ty_test_read("data/match/pieces.tsv", &buffer), line, field[3];
    ty_match_index *index;
    int64_t entries = 0;
    size_t cases = 0;
    ck_assert_int_eq(ty_match_index_new(&index, NULL), TY_OK);
    while (ty_slice_next(&rest, '\n', &line)) {
        if (!line.size || line.data[0] == '#')
            continue;
        for (size_t i = 0; i < 3; i++)
            ck_assert(ty_slice_next(&line, '\t', &field[i]));
        if (ty_slice_equal(field[0], TY_SLICE("+"))) {
            ck_assert_int_eq(ty_match_index_add(index, ++entries, field[2], NULL), TY_OK);
            continue;
        }
        list_pieces(index, field[0], field[1], &found);
        ck_assert_msg(ty_slice_equal(ty_buffer_slice(&found), field[2]), "%.*s: %s",
                      TY_SLICE_FORMAT(field[1]), ty_buffer_slice(&found).data);
        cases++;
    }
    ck_assert_uint_ge(cases, 10);
    ty_match_index_free(index);
    ty_buffer_release(&buffer);
    ty_buffer_release(&found);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("pieces");
    TCase *tests = tcase_create("pieces");
    tcase_add_loop_test(tests, pieces_are_the_longest_there_are, 0, 12);
    tcase_add_test(tests, pieces_are_well_formed);
    suite_add_tcase(suite, tests);
    return ty_test_run(suite);
}
