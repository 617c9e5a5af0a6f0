/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-client - what many calls cost beside one: a text scanned for terms line by line and as a whole,
 * through the public header alone.
 *
 * usage: bench-client MEMORY LANG TEXT [CALLS]
 *
 * So many lines of TEXT (1,000 unless told, from the beginning again where it has fewer) are scanned, a call
 * each; then all of them, with line ends between, in one call. Median of seven rounds, of the processor, in
 * turn.
 */
#include "bench.h"

#include <string.h>
#include <taiyaku.h>

enum { ROUNDS = 7 };

static ty_status on_hit(void *payload, const ty_term_hit *hit)
{
    (void)hit;
    ++*(size_t *)payload;
    return TY_OK;
}

static void scan(ty_memory *memory, ty_slice text, const char *lang, size_t *hits)
{
    ty_error error = {0};
    if (ty_memory_term_scan(memory, text, lang, on_hit, hits, &error) > TY_NO)
        bench_die("bench-client", error.message);
}

static int by_size(const void *a, const void *b)
{
    const double *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static double median(double times[ROUNDS])
{
    qsort(times, ROUNDS, sizeof *times, by_size);
    return times[ROUNDS / 2];
}

/* The lines, and all of them as one text. */
static ty_slice *read_lines(const char *path, size_t count, ty_buffer *whole)
{
    ty_error error = {0};
    ty_text *text = NULL;
    ty_text_settings settings = {.size = sizeof settings, .paragraphs = TY_PARAGRAPHS_LINE};
    ty_slice *lines = calloc(count, sizeof *lines);
    size_t size = 0;
    if (!lines || ty_text_open(&(ty_source){.path = path}, &settings, NULL, &text, &error) != TY_OK ||
        !ty_text_count(text))
        bench_die("bench-client", error.message);
    for (size_t i = 0; i < count; i++)
        size += ty_text_line(text, i % ty_text_count(text)).size + 1;
    whole->data = malloc(size);
    if (!whole->data)
        bench_die("bench-client", "no memory");
    for (size_t i = 0; i < count; i++) {
        ty_slice line = ty_text_line(text, i % ty_text_count(text));
        lines[i] = (ty_slice){whole->data + whole->size, line.size};
        memcpy(whole->data + whole->size, line.data, line.size);
        whole->size += line.size;
        whole->data[whole->size++] = '\n';
    }
    ty_text_close(text);
    return lines;
}

int main(int count, char **words)
{
    if (count < 4)
        bench_die("bench-client", "usage: bench-client MEMORY LANG TEXT [CALLS]");
    double one[ROUNDS], many[ROUNDS];
    size_t calls = count > 4 ? (size_t)atol(words[4]) : 1000, hits[2] = {0};
    ty_error error = {0};
    ty_memory *memory = NULL;
    ty_buffer whole = {0};
    ty_slice *lines = read_lines(words[3], calls, &whole);
    if (ty_memory_open(words[1], TY_MEMORY_READ, NULL, &memory, &error) != TY_OK)
        bench_die("bench-client", error.message);
    scan(memory, lines[0], words[2], &hits[0]); /* the index is loaded by whoever comes first */
    for (int round = 0; round < ROUNDS; round++) {
        hits[0] = hits[1] = 0;
        double start = bench_cpu();
        for (size_t i = 0; i < calls; i++)
            scan(memory, lines[i], words[2], &hits[0]);
        many[round] = bench_cpu() - start;
        start = bench_cpu();
        scan(memory, (ty_slice){whole.data, whole.size}, words[2], &hits[1]);
        one[round] = bench_cpu() - start;
    }
    printf("%zu calls, %zu bytes: %.1f ms, %zu hits; one call: %.1f ms, %zu hits; %.2f times\n", calls,
           whole.size, median(many) * 1e3, hits[0], median(one) * 1e3, hits[1], median(many) / median(one));
    ty_memory_close(memory);
    free(whole.data);
    free(lines);
    return 0;
}
