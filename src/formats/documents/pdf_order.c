/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of a page before they are lines: what a browser prints at the edges is left out, and a line that was
 * made even by wide blanks, whose words pdftotext takes for lines of their own, is one again.
 */
#include <stdlib.h>

#include "formats/documents/pdf.h"

static const double level = 3;    /* points by which the middles of words on one line may differ */
static const double rim = 0.045;  /* of the page, above and below: where browsers print date and address */
static const double even = 0.12;  /* of a character: blanks of one line differ by less */
static const double widest = 4.0; /* characters of such a blank */

static bool are_level(const struct pdf_word *a, const struct pdf_word *b)
{
    double apart = (a->top + a->bottom - b->top - b->bottom) / 2;
    return apart <= level && apart >= -level;
}

static size_t count_line(const struct pdf_words *words, size_t start)
{
    size_t count = 1;
    while (start + count < words->count && words->items[start + count].line == words->items[start].line)
        count++;
    return count;
}

/* ------------------------------------------------------------------------------------------ a browser's
 * marks
 */

static bool is_part_of_date(ty_slice text)
{
    static const char *const words[] = {"AM", "PM", "午前", "午後"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal(text, ty_slice_of(words[i])))
            return true;
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("0123456789/:.,-", text.data[i]))
            return false;
    return true;
}

/* "11/29/26, 7:34 PM", or the address alone. */
static bool is_browsers(const struct pdf_word *words, size_t count)
{
    size_t dates = 0, hours = 0;
    if (ty_slice_starts(words->text, TY_SLICE("http://")) ||
        ty_slice_starts(words->text, TY_SLICE("https://")) ||
        ty_slice_starts(words->text, TY_SLICE("file://")))
        return true;
    for (size_t i = 0; i < count && is_part_of_date(words[i].text); i++) {
        dates += memchr(words[i].text.data, '/', words[i].text.size) != NULL;
        hours += memchr(words[i].text.data, ':', words[i].text.size) != NULL;
    }
    return dates == 1 && hours == 1;
}

static void drop_level(struct pdf_words *words, const struct pdf_word *with)
{
    for (size_t i = 0; i < words->count; i++)
        words->items[i].taken |= are_level(&words->items[i], with);
}

/* Where one of the marks stands, all on its level are such marks: the title, the page's number. */
static void drop_browsers(struct pdf_words *words, double height)
{
    size_t kept = 0;
    for (size_t i = 0, count; i < words->count; i += count) {
        const struct pdf_word *first = &words->items[i];
        count = count_line(words, i);
        bool at_rim = first->bottom < height * rim || first->top > height * (1 - rim);
        if (at_rim && is_browsers(first, count))
            drop_level(words, first);
    }
    for (size_t i = 0; i < words->count; i++)
        if (!words->items[i].taken)
            words->items[kept++] = words->items[i];
    words->count = kept;
}

/* ------------------------------------------------------------------------------------------ spread lines */

static int compare_lefts(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    return (x->left > y->left) - (x->left < y->left);
}

static bool are_even(const struct pdf_word *words, size_t count)
{
    double height = words->bottom - words->top, least = 1e9, most = 0;
    for (size_t i = 1; i < count; i++) {
        double gap = words[i].left - words[i - 1].right;
        least = gap < least ? gap : least;
        most = gap > most ? gap : most;
    }
    return count >= 3 && least > 0 && most < height * widest && most - least < height * even;
}

/* The words on the level of the first that are of other lines, with its own; 0 where they are no line. */
static size_t collect_level(const struct pdf_words *words, size_t first, struct pdf_word *out)
{
    size_t count = 0;
    bool several = false;
    for (size_t i = 0; i < words->count; i++)
        if (are_level(&words->items[i], &words->items[first])) {
            out[count++] = words->items[i];
            several |= words->items[i].line != words->items[first].line;
        }
    if (!several)
        return 0;
    qsort(out, count, sizeof *out, compare_lefts);
    return are_even(out, count) ? count : 0;
}

static void take_level(struct pdf_words *words, size_t first, struct pdf_word *line, size_t count)
{
    drop_level(words, &words->items[first]);
    for (size_t i = 0; i < count; i++)
        line[i].line = words->items[first].line;
}

static bool join_spread(struct pdf_words *words)
{
    struct pdf_word *out = malloc((words->count + 1) * sizeof *out),
                    *line = malloc((words->count + 1) * sizeof *line);
    size_t kept = 0;
    for (size_t i = 0; i < words->count && out && line; i++) {
        bool begins = i == 0 || words->items[i].line != words->items[i - 1].line;
        size_t count = begins && !words->items[i].taken ? collect_level(words, i, line) : 0;
        if (count) {
            take_level(words, i, line, count);
            memcpy(out + kept, line, count * sizeof *out);
            kept += count;
        } else if (!words->items[i].taken)
            out[kept++] = words->items[i];
    }
    if (out && line)
        memcpy(words->items, out, kept * sizeof *out);
    words->count = kept;
    free(line);
    free(out);
    return out && line;
}

enum { MOST = 10000 /* words of a page that are compared with all others */ };

bool ty_pdf_order_words(struct pdf_words *words, double height)
{
    if (!words->count || words->count > MOST)
        return true;
    drop_browsers(words, height);
    return !words->count || join_spread(words);
}
