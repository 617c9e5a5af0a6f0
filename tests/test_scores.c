/* SPDX-License-Identifier: Apache-2.0 */
/* What a translator is offered: scores (data/match/edits.tsv), adapted numbers (numbers.tsv), order
 * (ranked-ja.tsv). */
#include "match/match.h"
#include "support.h"

/* Text with \u{N} for what cannot be seen. */
static ty_slice plain(ty_slice text, ty_buffer *out)
{
    ty_buffer_clear(out);
    for (size_t at = 0; at < text.size;) {
        if (!ty_slice_starts(ty_slice_sub(text, at, text.size), TY_SLICE("\\u{"))) {
            ty_buffer_add_char(out, text.data[at++]);
            continue;
        }
        char *end;
        ty_utf8_add(out, (uint32_t)strtoul(text.data + at + 3, &end, 16));
        at = (size_t)(end - text.data) + 1;
    }
    return ty_buffer_slice(out);
}

START_TEST(a_single_edit_has_the_score_one_expects)
{
    ty_buffer buffer = {0}, edited = {0}, original = {0};
    ty_slice rest = ty_test_read("data/match/edits.tsv", &buffer), line, field[4];
    size_t cases = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (!line.size || line.data[0] == '#')
            continue;
        for (size_t i = 0; i < 4; i++)
            ck_assert(ty_slice_next(&line, '\t', &field[i]));
        ty_match_score got;
        ty_error error = {0};
        ck_assert_ok(ty_match_compare(plain(field[0], &edited), plain(field[1], &original), &got, &error),
                     error);
        ck_assert_msg(got.score == strtol(field[2].data, NULL, 10), "%.*s: %d", TY_SLICE_FORMAT(field[3]),
                      got.score);
        cases++;
    }
    ck_assert_uint_eq(cases, 66);
    ty_buffer_release(&edited);
    ty_buffer_release(&original);
    ty_buffer_release(&buffer);
}
END_TEST

/* Pairs of a line's candidates the wrong way round; all of them in *all. */
static size_t count_wrong(ty_slice query, ty_slice rest, size_t *all)
{
    enum { MOST = 8 };
    double loss[MOST];
    ty_slice text;
    ty_error error = {0};
    size_t count = 0, wrong = 0;
    while (count < MOST && rest.size && ty_slice_next(&rest, '\t', &text)) {
        ck_assert_ok(ty_match_loss(query, text, &loss[count], &error), error);
        for (size_t i = 0; i < count; i++)
            wrong += loss[i] >= loss[count];
        *all += count++;
    }
    return wrong;
}

START_TEST(japanese_candidates_stand_as_a_reader_ranks_them)
{
    ty_buffer buffer = {0};
    ty_slice rest = ty_test_read("data/match/ranked-ja.tsv", &buffer), line, query;
    size_t groups = 0, wrong = 0, all = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (!line.size || line.data[0] == '#')
            continue;
        ck_assert(ty_slice_next(&line, '\t', &query));
        wrong += count_wrong(query, line, &all);
        groups++;
    }
    ck_assert_uint_ge(groups, 60);
    ck_assert_msg(wrong * 100 <= all * 8, "%zu of %zu pairs", wrong, all);
    ty_buffer_release(&buffer);
}
END_TEST

/* Is the text one of those between the bars? */
static bool is_one_of(ty_slice text, ty_slice list)
{
    ty_slice one;
    while (list.size && ty_slice_next(&list, '|', &one))
        if (ty_slice_equal(one, text))
            return true;
    return false;
}

/* Never a wrong one; leaving alone is no fault as long as most are adapted. */
START_TEST(numbers_are_adapted_rightly_or_not_at_all)
{
    ty_buffer buffer = {0}, made = {0};
    ty_slice rest = ty_test_read("data/match/numbers.tsv", &buffer), line, field[5];
    size_t right = 0, cases = 0;
    ck_assert(ty_slice_next(&rest, '\n', &line)); /* the header */
    while (ty_slice_next(&rest, '\n', &line) && line.size) {
        for (size_t i = 0; i < 5; i++)
            ck_assert(ty_slice_next(&line, '\t', &field[i]));
        ty_error error = {0};
        ty_buffer_clear(&made);
        ty_slice other = ty_slice_equal(field[0], TY_SLICE("en")) ? TY_SLICE("ja") : TY_SLICE("en");
        ty_status status = ty_match_adapt(field[3], field[1], field[0], field[2], other, &made, &error);
        ck_assert_msg(status == TY_NO || is_one_of(ty_buffer_slice(&made), field[4]), "%.*s: %s",
                      TY_SLICE_FORMAT(field[3]), made.data);
        right += status == TY_OK;
        cases++;
    }
    ck_assert_uint_ge(cases, 200);
    ck_assert_uint_ge(right, 210);
    ty_buffer_release(&made);
    ty_buffer_release(&buffer);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scores");
    TCase *table = tcase_create("tables");
    tcase_add_test(table, numbers_are_adapted_rightly_or_not_at_all);
    tcase_add_test(table, japanese_candidates_stand_as_a_reader_ranks_them);
    tcase_add_test(table, a_single_edit_has_the_score_one_expects);
    suite_add_tcase(suite, table);
    return ty_test_run(suite);
}
