/*
 * bench-match - how fast, how large, how right the fuzzy index is.
 *
 * usage: bench-match [--check] MEMORY.tmx QUERIES
 *
 * MEMORY.tmx and the folder QUERIES are those of ../shared/bench/make_memory.py. Prints for each language the
 * time to build and to open and the bytes a unit, and for each set of queries p50, p95 and p99 of one thread
 * (threshold 70, 5 hits). --check compares each answer with brute force, which takes many minutes. The time
 * of a fixed calibration loop stands first, so that runs on different days can be compared.
 */
#include <stdio.h>
#include <time.h>

#include "match/index.h"
#include "unit/unit.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static double calibrate(void)
{
    double start = now();
    volatile uint64_t state = 1;
    for (int i = 0; i < 50000000; i++) state = state * 6364136223846793005u + 1442695040888963407u;
    return now() - start;
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
        if (!ty_slice_starts(line, ty_buffer_slice(&start))) continue;
        size_t end = ty_slice_find(line, TY_SLICE("</seg>"), 0);
        ty_buffer_clear(&plain);
        ty_inline_unescape(ty_slice_sub(line, start.size, end), &plain);
        ty_slice text = ty_arena_copy(&out->arena, ty_buffer_slice(&plain));
        if (!ty_vector_push(&out->texts, text)) exit(2);
    }
    ty_buffer_release(&start);
    ty_buffer_release(&plain);
}

static ty_status next_entry(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    memory *entries = payload;
    if (entries->at == entries->texts.count) return TY_NO;
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
    if (status == TY_OK) return;
    fprintf(stderr, "bench-match: %s\n", error->message);
    exit(2);
}

/* ------------------------------------------------------------------------------------------ measuring */

static int compare_times(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static bool same_hits(const ty_match_hits *a, const ty_match_hits *b)
{
    if (a->count != b->count) return false;
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
    if (!queries || !want) exit(2);
    for (size_t i = 0; i < lines->count; i++) queries[i].text = lines->items[i];
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
        if (line.size && !ty_vector_push(&lines, line)) exit(2);
    double *times = calloc(lines.count, sizeof *times), sum = 0;
    ty_match_hits *hits = calloc(lines.count, sizeof *hits);
    if (!times || !hits) exit(2);
    ty_match_texts texts = {entries, text_of};
    size_t found = 0;
    for (int round = 0; round < 2; round++) /* the first warms up */
        for (size_t i = 0; i < lines.count; i++) {
            ty_match_query query = {.text = lines.items[i]};
            double start = now();
            must(ty_match_index_find(index, &query, &texts, scratch, &hits[i], &error), &error);
            times[i] = now() - start;
            sum += round ? times[i] : 0;
            found += round ? hits[i].count : 0;
        }
    qsort(times, lines.count, sizeof *times, compare_times);
    printf("  %-24s p50 %.3f  p95 %.3f  p99 %.3f  mean %.3f ms  %zu hits", strrchr(path, '/') + 1,
           times[lines.count / 2], times[lines.count * 95 / 100], times[lines.count * 99 / 100],
           sum / (double)lines.count, found);
    fflush(stdout);
    if (check)
        printf("  %zu of %zu differ from brute force", differences(entries, &lines, hits), lines.count);
    printf("\n");
    for (size_t i = 0; i < lines.count; i++) ty_vector_release(&hits[i]);
    free(hits);
    free(times);
    ty_vector_release(&lines);
    ty_buffer_release(&bytes);
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

static void run_language(ty_slice tmx, const char *lang, const char *folder, bool check)
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
        run_queries(path, &entries, index, scratch, check);
    }
    ty_match_scratch_free(scratch);
    ty_match_index_free(index);
    ty_vector_release(&entries.texts);
    ty_arena_release(&entries.arena);
}

int main(int count, char **arguments)
{
    bool check = count > 1 && strcmp(arguments[1], "--check") == 0;
    if (count != 3 + check) {
        fprintf(stderr, "usage: bench-match [--check] MEMORY.tmx QUERIES\n");
        return 2;
    }
    ty_buffer tmx = {0};
    ty_error error = {0};
    printf("calibration %.0f ms\n", calibrate());
    must(ty_file_read(arguments[1 + check], 0, &tmx, &error), &error);
    run_language(ty_buffer_slice(&tmx), "en", arguments[2 + check], check);
    run_language(ty_buffer_slice(&tmx), "ja", arguments[2 + check], check);
    ty_buffer_release(&tmx);
    return 0;
}
