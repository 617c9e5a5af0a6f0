/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words of a page to lines. Where the gap between two columns is no wider than a character, pdftotext takes
 * their lines for one: the gutter is looked for, a stripe in the middle that hardly any word crosses, with
 * full lines on its left, and lines are parted there.
 */
#include <stdlib.h>

#include "formats/documents/html.h"
#include "formats/documents/pdf.h"
#include "formats/documents/unwrap.h"

enum { STRIPES = 2000 /* points that a page may be wide */ };

static const double narrowest = 7;  /* points of a gutter; gaps between words do not stand below each other */
static const double half_gap = 0.2; /* of a character: the same between one of these and a word of letters */
static const double gap = 0.35;     /* of a character: a blank between words of scripts without spaces */
static const double level = 3;      /* points by which the middles of words on one line may differ */

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
    unsigned few = (unsigned)(extent.lines / 25) + 2; /* a headline over both columns */
    for (int x = from < 0 ? 0 : from; x <= to && x < STRIPES; x++) {
        bool clear = cover[x] <= few;
        start = clear && start < 0 ? x : start;
        if (start >= 0 && (!clear || x == to) && x - start > best.right - best.left)
            best = (struct gutter){.left = start, .right = x};
        start = clear ? start : -1;
    }
    return best;
}

/* The stripe is as wide as it was found, which a few words stand into: what is on the left of its middle is
 * in the left column. */
static bool is_left(const struct pdf_word *word, struct gutter gutter)
{
    return word->left + word->right < gutter.left + gutter.right;
}

struct filled {
    size_t lines, full;
};

/* Of the lines of a column, how many reach its edge. */
static struct filled count_full(const struct pdf_words *words, struct gutter gutter, bool left, double edge)
{
    struct filled found = {0};
    for (size_t i = 0; i < words->count; i++) {
        const struct pdf_word *word = &words->items[i], *next = word + 1;
        bool last = i + 1 == words->count || next->line != word->line || is_left(next, gutter) != left;
        if (!last || is_left(word, gutter) != left)
            continue;
        found.lines++;
        found.full += word->right > edge - narrowest * 2;
    }
    return found;
}

/* Prose fills its column, if not in one of two then in both. A table's cells do not. */
static bool has_full_lines(const struct pdf_words *words, struct gutter gutter, double right_edge)
{
    struct filled left = count_full(words, gutter, true, gutter.left),
                  right = count_full(words, gutter, false, right_edge);
    bool often = left.full * 4 >= left.lines,
         both = left.full >= 3 && left.full * 7 >= left.lines && right.full * 4 >= right.lines;
    return left.lines >= 4 && right.lines >= 2 && (often || both);
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
    return wide && has_full_lines(words, found, extent.right) ? found : none;
}

/* ------------------------------------------------------------------------------------------ lines */

static uint32_t first_of(ty_slice text)
{
    size_t at = 0;
    return ty_utf8_next(text, &at);
}

static uint32_t last_of(ty_slice text)
{
    size_t at = text.size;
    return ty_utf8_previous(text, &at);
}

static bool is_unspaced(const struct pdf_word *word)
{
    return ty_html_is_unspaced(first_of(word->text));
}

/* Of a character, where one of a script without spaces has 2. */
static unsigned weight(uint32_t code)
{
    return ty_html_is_unspaced(code) ? 2 : 1;
}

static bool is_opening(uint32_t code)
{
    static const ty_slice opening = {"「『（［｛〈《【〔“‘", 33};
    for (size_t at = 0; at < opening.size;)
        if (ty_utf8_next(opening, &at) == code)
            return true;
    return false;
}

static bool stays_behind(uint32_t code)
{
    return ty_document_cannot_begin_line(code) || code == 0x30FB || code == 0xFF1A || code == 0xFF1B ||
           code == 0xFF01 || code == 0xFF1F || code == 0x3005;
}

/* May a line end between two characters of a word? In scripts without spaces nearly everywhere. */
static bool is_breakable(uint32_t before, uint32_t code)
{
    if (is_opening(before) || stays_behind(code))
        return false;
    return ty_html_is_unspaced(before) || ty_html_is_unspaced(code) || before == '-' || before == 0x2014;
}

/* What must fit on a line so that it need not go to the next. */
static double first_width(const struct pdf_word *word)
{
    uint32_t before = 0;
    unsigned all = 0, first = 0;
    for (size_t at = 0; at < word->text.size;) {
        uint32_t code = ty_utf8_next(word->text, &at);
        first = before && !first && is_breakable(before, code) ? all : first;
        all += weight(code);
        before = code;
    }
    return (word->right - word->left) * (first ? first : all) / all;
}

/* A character of a script without spaces is as wide as it is high, and told by its word. */
static double em_of(const struct pdf_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        unsigned all = 0;
        for (size_t at = 0; at < words[i].text.size;)
            all += weight(ty_utf8_next(words[i].text, &at));
        if (is_unspaced(&words[i]))
            return (words[i].right - words[i].left) * 2 / all;
    }
    return (words->bottom - words->top) * 0.8;
}

/* A closing quotation mark, which some fonts set into the right half of a wide field. */
static bool is_closing_quote(ty_slice text)
{
    size_t at = 0;
    uint32_t code = ty_utf8_next(text, &at);
    return code == 0x201D || (code == 0x2019 && (at == text.size || ty_utf8_next(text, &at) == 0x201D));
}

/* "the ministry’s": the same of an apostrophe. */
static bool is_contraction(ty_slice before, ty_slice text)
{
    static const char *const parts[] = {"s", "t", "d", "m", "re", "ve", "ll"};
    size_t end = 0;
    while (end < text.size && text.data[end] >= 'a' && text.data[end] <= 'z')
        end++;
    bool closes = ty_slice_ends(before, TY_SLICE("’"));
    for (size_t i = 0; closes && i < sizeof parts / sizeof *parts; i++)
        if (ty_slice_equal(ty_slice_sub(text, 0, end), ty_slice_of(parts[i])))
            return true;
    return false;
}

/* Next to a script without spaces only a wide gap is a blank: lines that are made even have small ones. */
static bool is_apart(const struct pdf_word *a, const struct pdf_word *b, double em)
{
    bool before = ty_html_is_unspaced(last_of(a->text)), behind = ty_html_is_unspaced(first_of(b->text));
    double least = before && behind ? gap : half_gap;
    if (is_closing_quote(b->text) || is_contraction(a->text, b->text))
        return false;
    return (!before && !behind) || b->left - a->right > em * least;
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
    line.em = em_of(words, count);
    for (size_t i = 0; i < count; i++) {
        if (i && is_apart(&words[i - 1], &words[i], line.em))
            ty_buffer_add_char(&text, ' ');
        ty_buffer_add(&text, words[i].text);
        widen(&line, &words[i]);
    }
    line.begins = first_of(words->text);
    line.last = last_of(words[count - 1].text);
    line.text = ty_arena_copy(&pdf->arena, ty_buffer_slice(&text));
    bool good = !text.failed && !pdf->arena.failed && ty_vector_push(pdf, line);
    ty_buffer_release(&text);
    return good;
}

static int compare_tops(const void *a, const void *b)
{
    const struct pdf_line *x = a, *y = b;
    return (x->top > y->top) - (x->top < y->top);
}

static bool is_beside(const struct pdf_line *a, const struct pdf_line *b)
{
    double top = a->top > b->top ? a->top : b->top, bottom = a->bottom < b->bottom ? a->bottom : b->bottom;
    double low = ty_pdf_height(a) < ty_pdf_height(b) ? ty_pdf_height(a) : ty_pdf_height(b);
    return bottom - top > low / 2;
}

/* Where no line stands beside another one they are read from the top down. */
static void order_lines(struct pdf_line *lines, size_t count)
{
    enum { MOST = 5000 /* lines that are compared with all others */ };
    if (count > MOST)
        return;
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++)
            if (is_beside(&lines[i], &lines[j]))
                return;
    qsort(lines, count, sizeof *lines, compare_tops);
}

/* As pdftotext has them. */
static bool add_lines_as_told(struct pdf *pdf, const struct pdf_words *words)
{
    size_t begin = pdf->count;
    for (size_t i = 0, count; i < words->count; i += count) {
        count = 1;
        while (i + count < words->count && words->items[i + count].line == words->items[i].line)
            count++;
        if (!add_line(pdf, words->items + i, count))
            return false;
    }
    if (pdf->count > begin)
        order_lines(pdf->items + begin, pdf->count - begin);
    return true;
}

/* ------------------------------------------------------------------------------------------ two columns */

/* A word through all of the gutter, or one with its neighbour nearer than columns are. */
static bool crosses(const struct pdf_word *word, const struct pdf_word *next, struct gutter gutter)
{
    bool through = word->left < gutter.left && word->right > gutter.right;
    return through || (next && is_left(word, gutter) && !is_left(next, gutter) &&
                       next->left - word->right < narrowest * 0.8);
}

/* Columns: 1 left, 2 right, 0 over both, which all words of a line are when one of them is. */
static void find_columns(const struct pdf_words *words, struct gutter gutter)
{
    for (size_t i = 0, count; i < words->count; i += count) {
        bool over = false;
        for (count = 1; i + count < words->count && words->items[i + count].line == words->items[i].line;
             count++)
            ;
        for (size_t j = i; j < i + count; j++)
            over |= crosses(&words->items[j], j + 1 < i + count ? &words->items[j + 1] : NULL, gutter);
        for (size_t j = i; j < i + count; j++)
            words->items[j].column = over ? 0 : is_left(&words->items[j], gutter) ? 1 : 2;
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
