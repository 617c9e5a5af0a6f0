/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-match - how fast, how large, how right the fuzzy index is.
 *
 * usage: bench-match [--check-match] [--check-search] MEMORY.tmx QUERIES
 *
 * MEMORY.tmx and the folder QUERIES are those of ../shared/bench/make_memory.py. Prints for each language the
 * time to build and to open and the bytes a unit, and for each set of queries p50, p95 and p99 of one thread
 * (threshold 70, 5 hits); then the same for concordance (50 hits) of pieces of random texts. --check-match
 * compares each match with brute force, --check-search 2,000 searches with a plain scan; each takes minutes.
 * The time of a fixed calibration loop stands first, so that runs on different days can be compared. Texts
 * come from memory: what a database takes to give them is not measured.
 */
#define _GNU_SOURCE /* memmem */
#include "bench.h"
#include "match/index.h"
#include "unit/unit.h"

static double now(void) /* ms */
{
    return bench_wall() * 1e3;
}

/* ------------------------------------------------------------------------------------------ input */

typedef struct memory {
    ty_slices texts;
    ty_arena arena;
    size_t at;
} memory;

/* The segments of one language of a TMX with a tuv a line, as make_memory.py writes it. */
static void read_memory(ty_slice tmx, const char *lang, memory *out)
{
    ty_buffer start = {0}, plain = {0};
    ty_buffer_add_format(&start, "<tuv xml:lang=\"%s\"><seg>", lang);
    ty_slice line;
    while (ty_slice_next(&tmx, '\n', &line)) {
        if (!ty_slice_starts(line, ty_buffer_slice(&start)))
            continue;
        size_t end = ty_slice_find(line, TY_SLICE("</seg>"), 0);
        ty_buffer_clear(&plain);
        ty_inline_unescape(ty_slice_sub(line, start.size, end), &plain);
        ty_slice text = ty_arena_copy(&out->arena, ty_buffer_slice(&plain));
        if (!ty_vector_push(&out->texts, text))
            exit(2);
    }
    ty_buffer_release(&start);
    ty_buffer_release(&plain);
}

static ty_status next_entry(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    memory *entries = payload;
    if (entries->at == entries->texts.count)
        return TY_NO;
    *text = entries->texts.items[entries->at];
    *id = (int64_t)entries->at++;
    return TY_OK;
}

static ty_status text_of(void *payload, int64_t id, ty_slice *out, ty_error *error)
{
    *out = ((memory *)payload)->texts.items[id];
    return TY_OK;
}

static void must(ty_status status, const ty_error *error)
{
    if (status == TY_OK)
        return;
    fprintf(stderr, "bench-match: %s\n", error->message);
    exit(2);
}

/* ------------------------------------------------------------------------------------------ measuring */

static int compare_times(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static void print_times(const char *what, double *times, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += times[i];
    qsort(times, count, sizeof *times, compare_times);
    printf("  %-24s p50 %.3f  p95 %.3f  p99 %.3f  worst %.3f  mean %.3f ms", what, times[count / 2],
           times[count * 95 / 100], times[count * 99 / 100], times[count - 1], sum / (double)count);
}

static bool same_hits(const ty_match_hits *a, const ty_match_hits *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->items[i].id != b->items[i].id || a->items[i].score.score != b->items[i].score.score)
            return false;
    return true;
}

/* Answers that differ from brute force. */
static size_t differences(memory *entries, const ty_slices *lines, const ty_match_hits *got)
{
    ty_error error = {0};
    ty_match_query *queries = calloc(lines->count, sizeof *queries);
    ty_match_hits *want = calloc(lines->count, sizeof *want);
    if (!queries || !want)
        exit(2);
    for (size_t i = 0; i < lines->count; i++)
        queries[i].text = lines->items[i];
    entries->at = 0;
    ty_match_entries source = {entries, next_entry};
    must(ty_match_brute_force(queries, lines->count, &source, want, &error), &error);
    size_t wrong = 0;
    for (size_t i = 0; i < lines->count; i++) {
        wrong += !same_hits(&got[i], &want[i]);
        ty_vector_release(&want[i]);
    }
    free(want);
    free(queries);
    return wrong;
}

static void run_queries(const char *path, memory *entries, const ty_match_index *index,
                        ty_match_scratch *scratch, bool check)
{
    ty_buffer bytes = {0};
    ty_slices lines = {0};
    ty_error error = {0};
    must(ty_file_read(path, 0, &bytes, &error), &error);
    ty_slice rest = ty_buffer_slice(&bytes), line;
    while (ty_slice_next(&rest, '\n', &line))
        if (line.size && !ty_vector_push(&lines, line))
            exit(2);
    double *times = calloc(lines.count, sizeof *times);
    ty_match_hits *hits = calloc(lines.count, sizeof *hits);
    if (!times || !hits)
        exit(2);
    ty_match_texts texts = {entries, text_of};
    size_t found = 0;
    for (int round = 0; round < 2; round++) /* the first warms up */
        for (size_t i = 0; i < lines.count; i++) {
            ty_match_query query = {.text = lines.items[i]};
            double start = now();
            must(ty_match_index_find(index, &query, &texts, scratch, &hits[i], &error), &error);
            times[i] = now() - start;
            found += round ? hits[i].count : 0;
        }
    print_times(strrchr(path, '/') + 1, times, lines.count);
    printf("  %zu hits", found);
    fflush(stdout);
    if (check)
        printf("  %zu of %zu differ from brute force", differences(entries, &lines, hits), lines.count);
    printf("\n");
    for (size_t i = 0; i < lines.count; i++)
        ty_vector_release(&hits[i]);
    free(hits);
    free(times);
    ty_vector_release(&lines);
    ty_buffer_release(&bytes);
}

/* ------------------------------------------------------------------------------------------ concordance */

static uint32_t below(uint64_t *state, uint32_t limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33) % limit;
}

/* A piece of a random text: `count` characters, or words. */
static ty_slice piece_of(const memory *entries, uint64_t *state, uint32_t count, bool words)
{
    for (;;) {
        ty_slice text = entries->texts.items[below(state, (uint32_t)entries->texts.count)];
        size_t start = text.size ? below(state, (uint32_t)text.size) : 0;
        while (start < text.size && ((unsigned char)text.data[start] & 0xC0) == 0x80)
            start++;
        while (words && start > 0 && text.data[start - 1] != ' ')
            start--;
        size_t end = start;
        for (uint32_t i = 0; i < count && end < text.size; i++) {
            ty_utf8_next(text, &end);
            while (words && end < text.size && text.data[end] != ' ')
                end++;
        }
        ty_slice piece = ty_slice_trim(ty_slice_sub(text, start, end));
        if (piece.size)
            return piece;
    }
}

/* Ids found, added up in an order that does not matter. */
typedef struct found {
    uint64_t count, sum;
} found;

static ty_status note(void *payload, int64_t id, ty_slice text, const ty_spans *spans)
{
    found *all = payload;
    all->count++;
    all->sum += (uint64_t)(id + 1) * UINT64_C(0x9E3779B97F4A7C15);
    return TY_OK;
}

static void search(memory *entries, const ty_match_index *index, ty_match_scratch *scratch,
                   const ty_concordance_query *query, found *out)
{
    ty_error error = {0};
    ty_match_texts texts = {entries, text_of};
    ty_status status = ty_match_index_search(index, query, &texts, scratch, note, out, &error);
    if (status != TY_NO)
        must(status, &error);
}

static void run_searches(memory *entries, const ty_match_index *index, ty_match_scratch *scratch,
                         const char *what, uint32_t length, bool words)
{
    enum { COUNT = 1000 };
    static double times[COUNT];
    uint64_t state = 20151107;
    size_t none = 0;
    for (size_t i = 0; i < COUNT; i++) {
        found all = {0};
        ty_concordance_query query = {.text = piece_of(entries, &state, length, words)};
        double start = now();
        search(entries, index, scratch, &query, &all);
        times[i] = now() - start;
        none += all.count == 0;
    }
    print_times(what, times, COUNT);
    printf("  %zu without hit\n", none);
}

/* All hits of 2,000 pieces of 1 to 20 characters, by index and by scan: every text is folded once. */
static void check_searches(memory *entries, const ty_match_index *index, ty_match_scratch *scratch)
{
    enum { COUNT = 2000 };
    static ty_buffer needles[COUNT];
    static found want[COUNT];
    uint64_t state = 7;
    ty_error error = {0};
    ty_slices pieces = {0};
    memset(want, 0, sizeof want);
    for (size_t i = 0; i < COUNT; i++) {
        ty_slice piece = piece_of(entries, &state, 1 + below(&state, 20), false);
        must(ty_fold_plain(piece, TY_FOLD_SEARCH, &needles[i], &error), &error);
        if (!ty_vector_push(&pieces, piece))
            exit(2);
    }
    ty_buffer text = {0};
    for (size_t id = 0; id < entries->texts.count; id++) {
        ty_buffer_clear(&text);
        must(ty_fold_plain(entries->texts.items[id], TY_FOLD_SEARCH, &text, &error), &error);
        for (size_t i = 0; i < COUNT; i++)
            if (memmem(text.data, text.size, needles[i].data, needles[i].size))
                note(&want[i], (int64_t)id, (ty_slice){0}, NULL);
    }
    size_t wrong = 0;
    for (size_t i = 0; i < COUNT; i++) {
        found all = {0};
        ty_concordance_query query = {.text = pieces.items[i], .max_hits = SIZE_MAX};
        search(entries, index, scratch, &query, &all);
        if (all.count != want[i].count || all.sum != want[i].sum) {
            wrong++;
            printf("  \"%.*s\": %zu, not %zu\n", TY_SLICE_FORMAT(pieces.items[i]), (size_t)all.count,
                   (size_t)want[i].count);
        }
        ty_buffer_release(&needles[i]);
    }
    printf("  %d searches, all hits: %zu differ from a plain scan\n", COUNT, wrong);
    ty_vector_release(&pieces);
    ty_buffer_release(&text);
}

static void run_concordance(memory *entries, const ty_match_index *index, ty_match_scratch *scratch,
                            bool spaced, bool check)
{
    run_searches(entries, index, scratch, "search 1 character", 1, false);
    run_searches(entries, index, scratch, "search 2 characters", 2, false);
    run_searches(entries, index, scratch, "search 5 characters", 5, false);
    if (spaced)
        run_searches(entries, index, scratch, "search 1 word", 1, true);
    if (spaced)
        run_searches(entries, index, scratch, "search 3 words", 3, true);
    if (check)
        check_searches(entries, index, scratch);
}

/* Builds, writes, and opens again from a file. */
static ty_match_index *make_index(memory *entries)
{
    ty_error error = {0};
    ty_match_index *index, *opened;
    ty_slice bytes;
    double start = now();
    must(ty_match_index_new(&index, &error), &error);
    for (size_t i = 0; i < entries->texts.count; i++)
        must(ty_match_index_add(index, (int64_t)i, entries->texts.items[i], &error), &error);
    double added = now();
    must(ty_match_index_build(index, &error), &error);
    double built = now();
    must(ty_match_index_bytes(index, &bytes, &error), &error);
    const char *path = "bench-match.index";
    ty_output *file;
    must(ty_output_open(path, &file, &error), &error);
    ty_output_write(file, bytes);
    must(ty_output_commit(file, &error), &error);
    size_t size = bytes.size;
    ty_match_index_free(index);
    double closed = now();
    must(ty_match_index_map(path, 0, size, &opened, &error), &error);
    printf("%zu entries: tokens %.0f ms, build %.0f ms, %.1f bytes an entry, open %.1f ms\n",
           entries->texts.count, added - start, built - added, (double)size / (double)entries->texts.count,
           now() - closed);
    remove(path);
    return opened;
}

static void run_language(ty_slice tmx, const char *lang, const char *folder, bool check_match,
                         bool check_search)
{
    static const char *const kinds[] = {"exact", "light", "heavy"};
    memory entries = {0};
    ty_error error = {0};
    ty_match_scratch *scratch;
    read_memory(tmx, lang, &entries);
    printf("%s: ", lang);
    ty_match_index *index = make_index(&entries);
    must(ty_match_scratch_new(&scratch, &error), &error);
    for (size_t i = 0; i < 3; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/queries_%s_%s.txt", folder, lang, kinds[i]);
        run_queries(path, &entries, index, scratch, check_match);
    }
    run_concordance(&entries, index, scratch, !ty_lang_is_unspaced(ty_slice_of(lang)), check_search);
    ty_match_scratch_free(scratch);
    ty_match_index_free(index);
    ty_vector_release(&entries.texts);
    ty_arena_release(&entries.arena);
}

int main(int count, char **arguments)
{
    bool check_match = false, check_search = false;
    int at = 1;
    for (; at < count && arguments[at][0] == '-'; at++) {
        check_match |= strcmp(arguments[at], "--check-match") == 0;
        check_search |= strcmp(arguments[at], "--check-search") == 0;
    }
    if (count - at != 2) {
        fprintf(stderr, "usage: bench-match [--check-match] [--check-search] MEMORY.tmx QUERIES\n");
        return 2;
    }
    ty_buffer tmx = {0};
    ty_error error = {0};
    printf("calibration %.0f ms\n", bench_calibrate());
    must(ty_file_read(arguments[at], 0, &tmx, &error), &error);
    run_language(ty_buffer_slice(&tmx), "en", arguments[at + 1], check_match, check_search);
    run_language(ty_buffer_slice(&tmx), "ja", arguments[at + 1], check_match, check_search);
    ty_buffer_release(&tmx);
    return 0;
}
