/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-term - how fast terms are recognised, and how large the index is.
 *
 * usage: bench-term [--hits LANG] [--names] TERMS.utx... TEXT
 *
 * TERMS are tables with the source term, the target term, the source's part of speech and, in the eighth, the
 * organisation, as our glossaries have them. TEXT is scanned line by line, in any language. --hits
 * prints the terms found instead of figures. --names takes what makes names of them, as `term scan` does.
 * Times are of the processor.
 */

#include "bench.h"
#include "term/term.h"

static bool fail(const ty_error *error)
{
    fprintf(stderr, "bench-term: %s\n", error->message);
    return false;
}

/* The first columns of a row; those it has not are empty. */
static void cut_row(ty_slice row, ty_slice *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!ty_slice_next(&row, '\t', &columns[i]))
            columns[i] = (ty_slice){"", 0};
}

static bool add_row(ty_term_index *index, ty_slice row, int64_t concept, ty_error *error)
{
    enum { SOURCE, TARGET, SPEECH, BODY = 7, COLUMNS };
    ty_slice columns[COLUMNS];
    if (row.size == 0 || row.data[0] == '#')
        return true;
    cut_row(row, columns, COLUMNS);
    ty_slice body = ty_slice_equal(columns[BODY], TY_SLICE("-")) ? (ty_slice){"", 0} : columns[BODY];
    ty_term_entry one = {.id = concept,
                         .concept = concept,
                         .lang = TY_SLICE("en"),
                         .text = columns[SOURCE],
                         .part_of_speech = columns[SPEECH],
                         .organisation = body};
    ty_term_entry other = one;
    other.lang = TY_SLICE("ja"), other.text = columns[TARGET];
    return ty_term_index_add(index, &one, error) == TY_OK && ty_term_index_add(index, &other, error) == TY_OK;
}

static bool add_table(ty_term_index *index, const char *path, size_t *characters, ty_error *error)
{
    ty_buffer table = {0};
    if (ty_file_read(path, 0, &table, error) != TY_OK)
        return fail(error);
    ty_slice rest = ty_buffer_slice(&table), row;
    bool good = true;
    while (good && ty_slice_next(&rest, '\n', &row))
        good = add_row(index, row, (int64_t)ty_term_index_count(index), error);
    for (size_t i = 0; i < ty_term_index_count(index); i++) {
        ty_slice text = ty_term_index_entry(index, i).text;
        for (size_t at = 0; at < text.size; (*characters)++)
            ty_utf8_next(text, &at);
    }
    ty_buffer_release(&table);
    return good || fail(error);
}

static void print_hits(const ty_term_index *index, const ty_term_scan *scan, ty_slice line)
{
    for (size_t i = 0; i < scan->spots.count; i++) {
        ty_slice text = ty_slice_sub(line, scan->spots.items[i].start, scan->spots.items[i].end);
        ty_slice term = ty_term_index_entry(index, scan->spots.items[i].entry).text;
        printf("%.*s\t%.*s\n", TY_SLICE_FORMAT(text), TY_SLICE_FORMAT(term));
    }
}

static bool scan_lines(const ty_term_index *index, ty_slice text, const char *hits, unsigned flags,
                       ty_error *error)
{
    ty_term_scan scan = {0};
    ty_slice rest = text, line;
    size_t found = 0;
    double start = bench_cpu();
    while (ty_slice_next(&rest, '\n', &line)) {
        if (ty_term_index_scan(index, line, ty_slice_of(hits), flags, &scan, error) != TY_OK)
            return fail(error);
        found += scan.spots.count;
        if (hits)
            print_hits(index, &scan, line);
    }
    double seconds = bench_cpu() - start;
    ty_term_scan_release(&scan);
    if (!hits)
        printf("scan    %.1f MB/s, %zu bytes, %zu hits\n", (double)text.size / seconds / 1e6, text.size,
               found);
    return true;
}

static bool measure_cache(const ty_term_index *index, size_t characters, ty_error *error)
{
    ty_buffer bytes = {0};
    ty_term_index *back = NULL;
    double start = bench_cpu();
    bool good = ty_term_index_save(index, &bytes, error) == TY_OK;
    double saved = bench_cpu();
    size_t size = bytes.size;
    good = good && ty_term_index_load(&bytes, &back, error) == TY_OK;
    if (good)
        printf("cache   %zu bytes, %.1f a term character; saved in %.4f s, loaded in %.4f s\n", size,
               (double)size / (double)characters, saved - start, bench_cpu() - saved);
    ty_term_index_free(back);
    ty_buffer_release(&bytes);
    return good || fail(error);
}

static bool run(int count, char **paths, const char *hits, unsigned flags)
{
    ty_error error = {0};
    ty_term_index *index = NULL;
    ty_buffer text = {0};
    size_t characters = 0;
    bool good = ty_term_index_new(&index, &error) == TY_OK;
    double start = bench_cpu();
    for (int i = 0; good && i + 1 < count; i++) {
        characters = 0;
        good = add_table(index, paths[i], &characters, &error);
    }
    good = good && ty_term_index_build(index, &error) == TY_OK;
    if (good && !hits)
        printf("build   %.3f s, %zu terms, %zu characters\n", bench_cpu() - start, ty_term_index_count(index),
               characters);
    if (good && !hits)
        good = measure_cache(index, characters, &error);
    good = good && (ty_file_read(paths[count - 1], 0, &text, &error) == TY_OK || fail(&error));
    good = good && scan_lines(index, ty_buffer_slice(&text), hits, flags, &error);
    ty_buffer_release(&text);
    ty_term_index_free(index);
    return good;
}

int main(int count, char **arguments)
{
    const char *hits = NULL;
    if (count > 2 && strcmp(arguments[1], "--hits") == 0) {
        hits = arguments[2];
        arguments += 2;
        count -= 2;
    }
    bool names = count > 1 && strcmp(arguments[1], "--names") == 0;
    if (count - names < 3) {
        fprintf(stderr, "usage: bench-term [--hits LANG] [--names] TERMS.utx... TEXT\n");
        return 2;
    }
    return run(count - 1 - names, arguments + 1 + names, hits, names ? TY_TERM_NAMES : 0) ? 0 : 1;
}
