/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-segment - our segmenter beside ICU's sentence iterator on the same text, in one run.
 *
 *     bench-segment LANG FILE [MEGABYTES]     speed; the text is repeated up to MEGABYTES (default 32)
 *     bench-segment --print LANG FILE [lists] our sentences, one a line, line breaks as blanks
 *
 *     bench-segment --srx RULES LANG FILE [MEGABYTES]  SRX rules instead of ICU, and how long they compile
 *
 * ICU runs as in a careful program: one open iterator, the text line by line, each line converted to UTF-16.
 * Times are of the processor, the best of five runs.
 */
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "bench.h"
#include "formats/formats.h"
#include "segment/segment.h"

static size_t icu_line(UBreakIterator *iterator, ty_slice line, UChar *wide, int32_t room)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t size = 0;
    u_strFromUTF8WithSub(wide, room, &size, line.data, (int32_t)line.size, 0xFFFD, NULL, &code);
    ubrk_setText(iterator, wide, size, &code);
    size_t count = 0;
    while (U_SUCCESS(code) && ubrk_next(iterator) != UBRK_DONE)
        count++;
    return count;
}

static size_t icu_text(ty_slice text, const char *lang)
{
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, lang, NULL, 0, &code);
    UChar *wide = malloc((text.size + 1) * sizeof *wide);
    size_t count = 0;
    ty_slice rest = text, line;
    while (wide && ty_slice_next(&rest, '\n', &line))
        count += icu_line(iterator, line, wide, (int32_t)text.size + 1);
    free(wide);
    ubrk_close(iterator);
    return count;
}

static size_t our_text(ty_slice text, const char *lang)
{
    static ty_sentences sentences;
    ty_segment_options options = {.lang = ty_slice_of(lang), .paragraphs = TY_PARAGRAPHS_LINE};
    ty_segment(text, &options, &sentences, NULL);
    return sentences.count;
}

static double measure(size_t (*cut)(ty_slice, const char *), const char *name, ty_slice text,
                      const char *lang)
{
    double best = 1e9;
    size_t count = 0;
    for (int run = 0; run < 5; run++) {
        double start = bench_cpu();
        count = cut(text, lang);
        double time = bench_cpu() - start;
        if (time < best)
            best = time;
    }
    double speed = (double)text.size / 1e6 / best;
    printf("%-8s %9.1f MB/s %9zu sentences\n", name, speed, count);
    return speed;
}

static int print(ty_slice text, const char *lang, bool lists)
{
    ty_segment_options options = {.lang = ty_slice_of(lang), .inline_lists = lists};
    ty_sentences sentences = {0};
    ty_error error = {0};
    if (ty_segment(text, &options, &sentences, &error) != TY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    for (size_t i = 0; i < sentences.count; i++) {
        for (size_t at = sentences.items[i].start; at < sentences.items[i].end; at++)
            putchar(text.data[at] == '\n' || text.data[at] == '\r' ? ' ' : text.data[at]);
        putchar('\n');
    }
    ty_vector_release(&sentences);
    return 0;
}

/* Speed of SRX rules, compiled once. */
static int bench_srx(const char *rules, const char *lang, ty_slice text)
{
    ty_srx *srx;
    ty_error error = {0};
    ty_segmenter *segmenter;
    ty_sentences sentences = {0};
    if (ty_srx_read(&(ty_source){.path = rules}, NULL, &srx, &error) != TY_OK) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    ty_segment_options options = {.lang = ty_slice_of(lang), .paragraphs = TY_PARAGRAPHS_LINE, .srx = srx};
    double start = bench_cpu();
    if (ty_segmenter_new(&options, &segmenter, &error) != TY_OK) {
        fprintf(stderr, "%s\n", error.message);
        ty_srx_free(srx);
        return 2;
    }
    printf("compiled in %.1f ms\n", (bench_cpu() - start) * 1000);
    for (int run = 0; run < 3; run++) {
        start = bench_cpu();
        ty_segmenter_cut(segmenter, text, &sentences, NULL);
        printf("SRX      %9.1f MB/s %9zu sentences\n", (double)text.size / 1e6 / (bench_cpu() - start),
               sentences.count);
    }
    ty_vector_release(&sentences);
    ty_segmenter_free(segmenter);
    ty_srx_free(srx);
    return 0;
}

static void repeat(ty_buffer *text, const char *megabytes, ty_buffer *out)
{
    size_t target = (megabytes ? strtoul(megabytes, NULL, 10) : 32) * 1000000;
    while (out->size < target && !out->failed)
        ty_buffer_add(out, ty_buffer_slice(text));
}

int main(int count, char **words)
{
    bool printing = count > 1 && strcmp(words[1], "--print") == 0;
    bool srx = count > 2 && strcmp(words[1], "--srx") == 0;
    int first = printing ? 2 : srx ? 3 : 1;
    if (count < first + 2) {
        fprintf(stderr, "usage: bench-segment [--print | --srx RULES] LANG FILE [MEGABYTES]\n");
        return 2;
    }
    const char *lang = words[first], *extra = count > first + 2 ? words[first + 2] : NULL;
    ty_buffer text = {0}, whole = {0};
    ty_error error = {0};
    if (ty_file_read(words[first + 1], 0, &text, &error) != TY_OK || text.size == 0) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    int result = 0;
    if (!printing)
        repeat(&text, extra, &whole);
    if (printing) {
        result = print(ty_buffer_slice(&text), lang, extra != NULL);
    } else if (srx) {
        result = bench_srx(words[2], lang, ty_buffer_slice(&whole));
    } else {
        double icu = measure(icu_text, "ICU", ty_buffer_slice(&whole), lang);
        double ours = measure(our_text, "taiyaku", ty_buffer_slice(&whole), lang);
        printf("%.2f times ICU\n", ours / icu);
    }
    ty_buffer_release(&text);
    ty_buffer_release(&whole);
    return result;
}
