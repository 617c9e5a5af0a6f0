/*
 * bench-segment - our segmenter beside ICU's sentence iterator on the same text, in one run.
 *
 *     bench-segment LANG FILE [MEGABYTES]     speed; the text is repeated up to MEGABYTES (default 32)
 *     bench-segment --print LANG FILE [lists] our sentences, one a line, line breaks as blanks
 *
 * ICU runs as in a careful program: one open iterator, the text line by line, each line converted to UTF-16.
 * Times are of the processor, the best of five runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "segment/segment.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static size_t icu_line(UBreakIterator *iterator, ty_slice line, UChar *wide, int32_t room)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t size = 0;
    u_strFromUTF8WithSub(wide, room, &size, line.data, (int32_t)line.size, 0xFFFD, NULL, &code);
    ubrk_setText(iterator, wide, size, &code);
    size_t count = 0;
    while (U_SUCCESS(code) && ubrk_next(iterator) != UBRK_DONE) count++;
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
        double start = now();
        count = cut(text, lang);
        double time = now() - start;
        if (time < best) best = time;
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

int main(int count, char **words)
{
    bool printing = count > 1 && strcmp(words[1], "--print") == 0;
    if (count < 3 + printing) {
        fprintf(stderr, "usage: bench-segment [--print] LANG FILE [MEGABYTES]\n");
        return 2;
    }
    const char *lang = words[1 + printing], *extra = count > 3 + printing ? words[3 + printing] : NULL;
    ty_buffer text = {0}, whole = {0};
    ty_error error = {0};
    if (ty_file_read(words[2 + printing], 0, &text, &error) != TY_OK || text.size == 0) {
        fprintf(stderr, "%s\n", error.message);
        return 2;
    }
    int result = 0;
    if (printing) {
        result = print(ty_buffer_slice(&text), lang, extra != NULL);
    } else {
        size_t target = (extra ? strtoul(extra, NULL, 10) : 32) * 1000000;
        while (whole.size < target && !whole.failed) ty_buffer_add(&whole, ty_buffer_slice(&text));
        double icu = measure(icu_text, "ICU", ty_buffer_slice(&whole), lang);
        double ours = measure(our_text, "taiyaku", ty_buffer_slice(&whole), lang);
        printf("%.2f times ICU\n", ours / icu);
    }
    ty_buffer_release(&text);
    ty_buffer_release(&whole);
    return result;
}
