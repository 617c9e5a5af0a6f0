/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of a page to lines. Where the gap between two columns is no wider than a character, pdftotext takes
 * their lines for one: the gutter is looked for, a stripe in the middle that hardly any word crosses, with
 * full lines on its left, and lines are parted there.
 */
#include <stdlib.h>

#include "formats/documents/html.h"
#include "formats/documents/pdf.h"

enum { STRIPES = 2000 /* points that a page may be wide */ };

static const double narrowest = 7; /* points of a gutter; gaps between words do not stand below each other */
static const double gap = 0.6;     /* of a character: a blank between words of scripts without spaces */
static const double level = 3;     /* points by which the middles of words on one line may differ */

struct gutter {
    double left, right; /* equal: there is none */
};

struct extent {
    double left, right;
    size_t lines;
};

/* ------------------------------------------------------------------------------------------ the gutter */

static struct extent extent_of(const struct pdf_words *words)
{
    struct extent extent = {.left = 1e9, .right = -1e9};
    for (size_t i = 0; i < words->count; i++) {
        const struct pdf_word *word = &words->items[i];
        extent.left = word->left < extent.left ? word->left : extent.left;
        extent.right = word->right > extent.right ? word->right : extent.right;
        extent.lines += i == 0 || word->line != words->items[i - 1].line;
    }
    return extent;
}

/* How many words stand over each point of the width. */
static void count_cover(const struct pdf_words *words, unsigned *cover)
{
    for (size_t i = 0; i < words->count; i++) {
        double left = words->items[i].left, right = words->items[i].right;
        for (int x = left < 0 ? 0 : (int)left + 1; x < STRIPES && x + 1 <= right; x++)
            cover[x]++;
    }
}

/* The widest stripe, in the middle third, with next to nothing over it. */
static struct gutter widest_stripe(const unsigned *cover, struct extent extent)
{
    struct gutter best = {0};
    double width = extent.right - extent.left;
    int from = (int)(extent.left + width * 0.33), to = (int)(extent.left + width * 0.67), start = -1;
    unsigned few = (unsigned)(extent.lines / 25);
    for (int x = from < 0 ? 0 : from; x <= to && x < STRIPES; x++) {
        bool clear = cover[x] <= few;
        start = clear && start < 0 ? x : start;
        if (start >= 0 && (!clear || x == to) && x - start > best.right - best.left)
            best = (struct gutter){.left = start, .right = x};
        start = clear ? start : -1;
    }
    return best;
}

/* Prose fills its column: many words end where the gutter begins. A table's cells do not. */
static bool has_full_lines(const struct pdf_words *words, struct gutter gutter)
{
    size_t lines = 0, full = 0;
    for (size_t i = 0; i < words->count; i++) {
        const struct pdf_word *word = &words->items[i], *next = word + 1;
        bool last = i + 1 == words->count || next->line != word->line || next->left >= gutter.right - 1;
        if (!last || word->right > gutter.left + 1.5)
            continue;
        lines++;
        full += word->right > gutter.left - narrowest * 2;
    }
    return lines >= 4 && full * 4 >= lines;
}

static struct gutter find_gutter(const struct pdf_words *words)
{
    struct extent extent = extent_of(words);
    struct gutter none = {0};
    unsigned *cover = calloc(STRIPES, sizeof *cover);
    if (!cover || words->count < 8 || extent.left < 0 || extent.right > STRIPES) {
        free(cover);
        return none;
    }
    count_cover(words, cover);
    struct gutter found = widest_stripe(cover, extent);
    free(cover);
    bool wide = found.right - found.left >= narrowest;
    return wide && has_full_lines(words, found) ? found : none;
}

/* ------------------------------------------------------------------------------------------ lines */

static bool is_unspaced(const struct pdf_word *word)
{
    size_t at = 0;
    return ty_html_is_unspaced(ty_utf8_next(word->text, &at));
}

/* What must fit on a line so that the word need not go to the next: of unspaced scripts a character. */
static double first_width(const struct pdf_word *word)
{
    size_t characters = 0;
    for (size_t at = 0; at < word->text.size; characters++)
        ty_utf8_next(word->text, &at);
    double width = word->right - word->left;
    return is_unspaced(word) ? width / (double)characters : width;
}

static void widen(struct pdf_line *line, const struct pdf_word *word)
{
    line->left = word->left < line->left ? word->left : line->left;
    line->right = word->right > line->right ? word->right : line->right;
    line->top = word->top < line->top ? word->top : line->top;
    line->bottom = word->bottom > line->bottom ? word->bottom : line->bottom;
}

static bool add_line(struct pdf *pdf, const struct pdf_word *words, size_t count)
{
    ty_buffer text = {0};
    struct pdf_line line = {.left = words->left,
                            .top = words->top,
                            .right = words->right,
                            .bottom = words->bottom,
                            .first = first_width(words),
                            .page = pdf->pages,
                            .block = words->block,
                            .column = words->column};
    line.em = is_unspaced(words) ? line.first : (words->bottom - words->top) * 0.8;
    for (size_t i = 0; i < count; i++) {
        if (i && is_unspaced(&words[i]) && words[i].left - words[i - 1].right > line.em * gap)
            ty_buffer_add_char(&text, ' ');
        ty_document_add_joined(&text, words[i].text);
        widen(&line, &words[i]);
    }
    line.text = ty_arena_copy(&pdf->arena, ty_buffer_slice(&text));
    bool good = !text.failed && !pdf->arena.failed && ty_vector_push(pdf, line);
    ty_buffer_release(&text);
    return good;
}

/* As pdftotext has them. */
static bool add_lines_as_told(struct pdf *pdf, const struct pdf_words *words)
{
    for (size_t i = 0, count; i < words->count; i += count) {
        count = 1;
        while (i + count < words->count && words->items[i + count].line == words->items[i].line)
            count++;
        if (!add_line(pdf, words->items + i, count))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ two columns */

static bool crosses(const struct pdf_word *word, struct gutter gutter)
{
    return word->left < gutter.right - 1.5 && word->right > gutter.left + 1.5;
}

/* Columns: 1 left, 2 right, 0 over both, which all words of a line are when one of them is. */
static void find_columns(const struct pdf_words *words, struct gutter gutter)
{
    for (size_t i = 0, count; i < words->count; i += count) {
        bool over = false;
        for (count = 0; i + count < words->count && words->items[i + count].line == words->items[i].line;
             count++)
            over |= crosses(&words->items[i + count], gutter);
        for (size_t j = i; j < i + count; j++)
            words->items[j].column = over ? 0 : words->items[j].left < gutter.left ? 1 : 2;
    }
}

static double middle(const struct pdf_word *word)
{
    return (word->top + word->bottom) / 2;
}

static int compare_columns(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (middle(x) > middle(y)) - (middle(x) < middle(y));
}

static int compare_lefts(const void *a, const void *b)
{
    const struct pdf_word *x = a, *y = b;
    return (x->left > y->left) - (x->left < y->left);
}

/* Words of one column on one level are a line, however far apart they are set. */
static bool add_lines_of_columns(struct pdf *pdf, const struct pdf_words *words)
{
    qsort(words->items, words->count, sizeof *words->items, compare_columns);
    for (size_t i = 0, count; i < words->count; i += count) {
        struct pdf_word *first = &words->items[i];
        for (count = 1; i + count < words->count; count++) {
            const struct pdf_word *next = &words->items[i + count];
            if (next->column != first->column || middle(next) - middle(first) > level)
                break;
        }
        qsort(first, count, sizeof *first, compare_lefts);
        if (!add_line(pdf, first, count))
            return false;
    }
    return true;
}

/* A band is what stands between two lines over both columns: within one, the left column comes first. */
static int compare_lines(const void *a, const void *b)
{
    const struct pdf_line *x = a, *y = b;
    if (x->band != y->band)
        return x->band < y->band ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->top > y->top) - (x->top < y->top);
}

/* The band of a line is how many lines over both columns stand above it, or are itself. */
static void number_bands(struct pdf_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        lines[i].band = 0;
        for (size_t j = 0; j < count; j++)
            lines[i].band += lines[j].column == 0 && lines[j].top <= lines[i].top;
    }
}

bool ty_pdf_add_lines(struct pdf *pdf, const struct pdf_words *words)
{
    struct gutter gutter = find_gutter(words);
    size_t begin = pdf->count;
    if (gutter.right <= gutter.left)
        return add_lines_as_told(pdf, words);
    find_columns(words, gutter);
    if (!add_lines_of_columns(pdf, words))
        return false;
    number_bands(pdf->items + begin, pdf->count - begin);
    qsort(pdf->items + begin, pdf->count - begin, sizeof *pdf->items, compare_lines);
    return true;
}
