/* SPDX-License-Identifier: Apache-2.0 */
/* Where a translation says what was searched for: marks that were read by hand (tests/data/match/marks.tsv).
 */
#include "support.h"

#include <stdio.h>
#include <unistd.h>

#include "taiyaku.h"

#define OPEN "⟦"
#define CLOSE "⟧"

/* A sentence and where the first mark of it begins and ends; both 0 where there is none. */
typedef struct marked {
    ty_buffer text;
    ty_span span;
} marked;

/* A row of the table, and what is made of it. */
typedef struct row {
    ty_slice lang, query;
    marked sentence, translation;
    bool found, marked;
    ty_span got;
} row;

typedef struct tally {
    unsigned rows, right, wide, none, wrong;
} tally;

static ty_error error;

static void read_marked(ty_slice text, marked *out)
{
    ty_slice open = TY_SLICE(OPEN), close = TY_SLICE(CLOSE);
    ty_buffer_clear(&out->text);
    out->span = (ty_span){0};
    for (size_t at = 0; at < text.size;) {
        ty_slice rest = ty_slice_sub(text, at, text.size);
        if (ty_slice_starts(rest, open)) {
            out->span.start = out->span.end ? out->span.start : out->text.size;
            at += open.size;
        } else if (ty_slice_starts(rest, close)) {
            out->span.end = out->span.end ? out->span.end : out->text.size;
            at += close.size;
        } else
            ty_buffer_add_char(&out->text, text.data[at++]);
    }
}

/* The next row; its slices are of the table. */
static bool next_row(ty_slice *table, row *out)
{
    ty_slice line, field[4];
    while (ty_slice_next(table, '\n', &line)) {
        size_t count = 0;
        if (!line.size || line.data[0] == '#')
            continue;
        while (count < 4 && ty_slice_next(&line, '\t', &field[count]))
            count++;
        ck_assert_uint_eq(count, 4);
        out->lang = field[0];
        out->query = field[1];
        read_marked(field[2], &out->sentence);
        read_marked(field[3], &out->translation);
        return true;
    }
    return false;
}

static void release_row(row *r)
{
    ty_buffer_release(&r->sentence.text);
    ty_buffer_release(&r->translation.text);
}

/* All pairs of the table as one of units, English first. */
static void write_pairs(ty_slice table, ty_buffer *out)
{
    row r = {0};
    ty_buffer_add(out, TY_SLICE("en\tja\n"));
    while (next_row(&table, &r)) {
        bool english = ty_slice_equal(r.lang, TY_SLICE("en"));
        ty_buffer_add(out, ty_buffer_slice(english ? &r.sentence.text : &r.translation.text));
        ty_buffer_add_char(out, '\t');
        ty_buffer_add(out, ty_buffer_slice(english ? &r.translation.text : &r.sentence.text));
        ty_buffer_add_char(out, '\n');
    }
    release_row(&r);
}

static ty_status on_hit(void *payload, const ty_concordance *hit)
{
    row *r = payload;
    if (!ty_slice_equal(hit->text, ty_buffer_slice(&r->sentence.text)))
        return TY_OK;
    for (size_t k = 0; k < hit->other_count; k++) {
        const ty_concordance_other *other = &hit->others[k];
        if (!ty_slice_equal(other->text, ty_buffer_slice(&r->translation.text)))
            continue;
        r->found = true;
        r->marked = other->hit_count > 0;
        r->got = r->marked ? other->hits[0] : (ty_span){0};
    }
    return TY_OK;
}

/* What lies within the place that is wanted is narrow, but right; what goes beyond it, too wide. */
static void judge(const row *r, tally *sum)
{
    ty_span got = r->got, wanted = r->translation.span;
    ty_slice text = ty_buffer_slice(&r->translation.text), shown = ty_slice_sub(text, got.start, got.end);
    sum->rows++;
    if (!r->marked)
        sum->none++;
    else if (got.start >= wanted.start && got.end <= wanted.end)
        sum->right++;
    else {
        bool wide = wanted.end && got.start <= wanted.start && got.end >= wanted.end;
        sum->wide += wide;
        sum->wrong += !wide;
        printf("# %s: \"%.*s\" as \"%.*s\"\n", wide ? "too wide" : "wrong", TY_SLICE_FORMAT(r->query),
               TY_SLICE_FORMAT(shown));
    }
}

static void ask_all(ty_memory *memory, ty_slice table, tally *sum)
{
    row r = {0};
    while (next_row(&table, &r)) {
        char lang[8];
        snprintf(lang, sizeof lang, "%.*s", TY_SLICE_FORMAT(r.lang));
        ty_search_settings settings = {.size = sizeof settings, .lang = lang, .max = 2000};
        r.found = false;
        ck_assert_ok(ty_memory_search(memory, r.query, &settings, on_hit, &r, &error), error);
        ck_assert_msg(r.found, "\"%.*s\" is not found in its sentence", TY_SLICE_FORMAT(r.query));
        judge(&r, sum);
    }
    release_row(&r);
}

START_TEST(marks_are_where_a_reader_has_them)
{
    ty_buffer file = {0}, pairs = {0};
    ty_memory *memory;
    ty_counts counts;
    tally sum = {0};
    if (access("/usr/share/edict/edict", R_OK) != 0) {
        printf("# skipped: no EDICT\n");
        return;
    }
    ty_slice table = ty_test_read("data/match/marks.tsv", &file);
    write_pairs(table, &pairs);
    ck_assert_ok(ty_memory_open(ty_test_temporary("marks.db"), TY_MEMORY_CREATE, NULL, &memory, &error),
                 error);
    ty_source source = {.path = "marks.tsv", .bytes = ty_buffer_slice(&pairs)};
    ck_assert_ok(ty_memory_import_file(memory, &source, NULL, &counts, &error), error);
    ck_assert_ok(ty_memory_import_bundled(memory, &counts, &error), error);
    ask_all(memory, table, &sum);
    printf("# %u marks: %u right, %u too wide, %u not told, %u wrong\n", sum.rows, sum.right, sum.wide,
           sum.none, sum.wrong);
    fflush(stdout); /* a test that fails leaves at once */
    ck_assert_uint_ge(sum.rows, 300);
    ck_assert_uint_eq(sum.wrong, 0);
    ck_assert_uint_le(sum.wide * 20, sum.rows);
    ck_assert_uint_le(sum.none * 12, sum.rows);
    ty_memory_close(memory);
    ty_buffer_release(&pairs);
    ty_buffer_release(&file);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("marks");
    TCase *tests = tcase_create("marks");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, marks_are_where_a_reader_has_them);
    suite_add_tcase(suite, tests);
    return ty_test_run(suite);
}
