/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines to paragraphs by geometry: a line goes on in the next where it fills its column, the next is not set
 * in, of the same height, and no further down than lines of a paragraph are.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/documents/html.h"
#include "formats/documents/pdf.h"
#include "formats/documents/unwrap.h"

static const double small = 0.65; /* of the body's height: readings */
static const double alike = 0.15; /* heights that differ less are the same */
static const double edge = 0.10;  /* of the page, above and below: heads and numbers */
static const double set_in = 0.6; /* of a character: an indent */
static const double loose = 1.25; /* of the usual distance from line to line: a gap */

/* ------------------------------------------------------------------------------------------ measures */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return count ? values[count / 2] : 0;
}

/* The height of most characters: that of lines, each weighed by its length. */
static double body_height(const struct pdf *pdf, double *scratch)
{
    size_t count = 0;
    for (size_t i = 0; i < pdf->count; i++)
        if (pdf->items[i].text.size > 20)
            scratch[count++] = ty_pdf_height(&pdf->items[i]);
    for (size_t i = 0; i < pdf->count && !count; i++)
        scratch[count++] = ty_pdf_height(&pdf->items[i]);
    return median(scratch, count);
}

static bool are_alike(const struct pdf_line *a, const struct pdf_line *b)
{
    double apart = ty_pdf_height(a) - ty_pdf_height(b), tolerance = alike * ty_pdf_height(a);
    return apart <= tolerance && apart >= -tolerance;
}

/*
 * From the top of a line to that of the next: the least of those that come often. A text of
 * short paragraphs has more gaps than lines that go on, so the usual one would be a gap.
 */
static double usual_distance(const struct pdf *pdf, double *scratch)
{
    size_t count = 0;
    for (size_t i = 0; i + 1 < pdf->count; i++) {
        const struct pdf_line *a = &pdf->items[i], *b = a + 1;
        double apart = b->top - a->top, height = ty_pdf_height(a);
        bool together = !a->dropped && !b->dropped && a->page == b->page && a->column == b->column;
        if (together && are_alike(a, b) && apart > height / 2 && apart < height * 2.2)
            scratch[count++] = apart;
    }
    double middle = median(scratch, count);
    size_t often = count / 12 > 2 ? count / 12 : 2;
    for (size_t i = 0; i + often < count; i++)
        if (scratch[i + often - 1] - scratch[i] < scratch[i] * 0.04)
            return scratch[i];
    return middle;
}

/* ------------------------------------------------------------------------------------------ what is left out
 */

static bool is_kana(ty_slice text)
{
    for (size_t at = 0; at < text.size;) {
        ty_script script = ty_char_script(ty_utf8_next(text, &at));
        if (script != TY_SCRIPT_HIRAGANA && script != TY_SCRIPT_KATAKANA)
            return false;
    }
    return text.size > 0;
}

static void drop_readings(struct pdf *pdf, double body)
{
    for (size_t i = 0; i < pdf->count; i++)
        if (ty_pdf_height(&pdf->items[i]) < body * small && is_kana(pdf->items[i].text))
            pdf->items[i].dropped = true;
}

static bool is_at_edge(const struct pdf *pdf, const struct pdf_line *line)
{
    return line->bottom < pdf->height * edge || line->top > pdf->height * (1 - edge);
}

static bool is_number(ty_slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool digit = text.data[i] >= '0' && text.data[i] <= '9';
        digits += digit;
        if (!digit && !strchr(" -/|", text.data[i]))
            return false;
    }
    return digits > 0 && digits <= 6;
}

/* The same but for figures: "Defense Review 3" and "Defense Review 4". */
static bool are_same(ty_slice a, ty_slice b)
{
    size_t i = 0, j = 0;
    while (i < a.size && j < b.size) {
        bool one = a.data[i] >= '0' && a.data[i] <= '9', other = b.data[j] >= '0' && b.data[j] <= '9';
        if (one || other) {
            i += one;
            j += other;
        } else if (a.data[i++] != b.data[j++])
            return false;
    }
    return i == a.size && j == b.size;
}

/* At the same height on another page, and the same words. */
static bool is_repeated(const struct pdf *pdf, const struct pdf_line *line)
{
    for (size_t i = 0; i < pdf->count; i++) {
        const struct pdf_line *other = &pdf->items[i];
        double apart = other->top - line->top;
        if (other->page != line->page && apart > -3 && apart < 3 && are_same(line->text, other->text))
            return true;
    }
    return false;
}

static void drop_running_heads(struct pdf *pdf)
{
    enum { MOST = 20000 }; /* lines at the edges that are compared with all */
    size_t compared = 0;
    for (size_t i = 0; i < pdf->count; i++) {
        struct pdf_line *line = &pdf->items[i];
        if (is_at_edge(pdf, line))
            line->dropped |= is_number(line->text) || (compared++ < MOST && is_repeated(pdf, line));
    }
}

/* ------------------------------------------------------------------------------------------ columns */

enum { FEW = 6 /* lines that say little of the column they are in */ };

struct column {
    double left, right;
    size_t lines;
};

static bool are_in_one_column(const struct pdf_line *a, const struct pdf_line *b)
{
    double left = a->left > b->left ? a->left : b->left, right = a->right < b->right ? a->right : b->right;
    double narrow = a->right - a->left < b->right - b->left ? a->right - a->left : b->right - b->left;
    double apart = ty_pdf_height(a) - ty_pdf_height(b), indent = a->left - b->left;
    double near = a->em * 4;
    bool larger = apart < -alike * ty_pdf_height(a); /* a headline, which may be set wider than the text */
    return a->page == b->page && a->column == b->column && !b->dropped && !larger &&
           right - left > narrow * 0.5 && indent < near && indent > -near;
}

/* The edges that two lines at least keep to, seen from the outside; those of one line where there is no
 * second. */
static void take_edge(double *edges, double value, bool right)
{
    double sign = right ? 1 : -1;
    if (value * sign > edges[0] * sign) {
        edges[1] = edges[0];
        edges[0] = value;
    } else if (value * sign > edges[1] * sign)
        edges[1] = value;
}

static struct column column_of(const struct pdf *pdf, size_t number)
{
    enum { AROUND = 80 }; /* lines of a column before and behind */
    const struct pdf_line *line = &pdf->items[number];
    double rights[2] = {-1e9, -1e9}, lefts[2] = {1e9, 1e9};
    size_t lines = 0, from = number > AROUND ? number - AROUND : 0,
           to = number + AROUND < pdf->count ? number + AROUND : pdf->count;
    for (size_t i = from; i < to; i++)
        if (are_in_one_column(line, &pdf->items[i])) {
            take_edge(rights, pdf->items[i].right, true);
            take_edge(lefts, pdf->items[i].left, false);
            lines++;
        }
    bool firm_right = rights[0] - rights[1] < line->em * 2, firm_left = lefts[1] - lefts[0] < line->em / 2;
    return (struct column){.left = firm_left || lefts[1] > 1e8 ? lefts[0] : lefts[1],
                           .right = firm_right || rights[1] < 0 ? rights[0] : rights[1],
                           .lines = lines};
}

/* ------------------------------------------------------------------------------------------ does it go on?
 */

struct measures {
    double body, distance;
    double right[3]; /* edges of the columns, by their numbers, on all pages */
};

static bool is_full(const struct pdf_line *a, const struct pdf_line *b, struct column column)
{
    return a->right + b->first + a->em * 0.4 > column.right;
}

/* As far from both edges of its column. */
static bool is_centred(const struct pdf_line *line, struct column column)
{
    double apart = line->left - column.left - (column.right - line->right);
    return line->left > column.left + line->em && apart < line->em / 4 && -apart < line->em / 4;
}

/* Of a headline, lines are as much further apart as they are higher. */
static bool is_below(const struct pdf_line *a, const struct pdf_line *b, struct measures measures)
{
    double apart = b->top - a->top, height = ty_pdf_height(a);
    double size = height > measures.body ? height / measures.body : 1;
    return a->page == b->page && apart > 0 && apart < measures.distance * size * loose &&
           apart < height * 2.2;
}

/* What an item is counted by: 3 of "(3)" and "３．", 'b' of "(b)"; of a bullet, its character. */
static uint32_t ordinal(ty_slice text)
{
    size_t at = 0;
    uint32_t code = ty_utf8_next(text, &at), number = 0;
    if (code == '(' || code == 0xFF08)
        code = ty_utf8_next(text, &at);
    bool wide = code >= 0xFF10 && code <= 0xFF19;
    uint32_t zero = wide ? 0xFF10 : '0';
    if (code < zero || code > zero + 9)
        return code;
    for (; code >= zero && code <= zero + 9 && number < 1000;
         code = at < text.size ? ty_utf8_next(text, &at) : 0)
        number = number * 10 + code - zero;
    return number;
}

/* "(3)" and "(4)", "9." and "10.", or a bullet and the next. */
static bool follow_each_other(ty_slice a, ty_slice b)
{
    uint32_t one = ordinal(a), other = ordinal(b);
    return other == one + 1 || (other == one && one > 0x2000);
}

static bool begins_with_bracket(ty_slice text)
{
    return ty_slice_starts(text, TY_SLICE("(")) || ty_slice_starts(text, TY_SLICE("（"));
}

/* Is the item that began last, as far on the left, the one before this? */
static bool is_in_list(const struct pdf *pdf, size_t number)
{
    enum { BEFORE = 12 /* lines */ };
    const struct pdf_line *line = &pdf->items[number];
    for (size_t i = number; i-- > 0 && i + BEFORE >= number;) {
        const struct pdf_line *other = &pdf->items[i];
        double apart = other->left - line->left;
        if (!other->dropped && other->column == line->column && apart < line->em / 2 &&
            -apart < line->em / 2 && begins_with_bracket(other->text) == begins_with_bracket(line->text) &&
            ty_document_look_at_pair(line->text, other->text).second_is_item)
            return follow_each_other(other->text, line->text);
    }
    return false;
}

/* Two lines larger than the text, with one axis. */
static bool is_headline(const struct pdf_line *a, const struct pdf_line *b, struct measures measures)
{
    double apart = (a->left + a->right - b->left - b->right) / 2, size = measures.body * 1.12;
    return ty_pdf_height(a) > size && ty_pdf_height(b) > size && apart < a->em && -apart < a->em;
}

/* Lines of an item, or of what is set in as a whole, stand below each other. */
static bool are_level(const struct pdf_line *a, const struct pdf_line *b)
{
    double apart = b->left - a->left;
    return a->page == b->page && apart < a->em * set_in && -apart < a->em * set_in;
}

static bool goes_on(const struct pdf *pdf, size_t first, size_t second, struct measures measures)
{
    const struct pdf_line *a = &pdf->items[first], *b = &pdf->items[second];
    if (!are_alike(a, b))
        return false;
    struct unwrap_pair pair = ty_document_look_at_pair(a->text, b->text);
    bool below = is_below(a, b, measures);
    bool elsewhere = a->page != b->page || b->bottom < a->top; /* the next column, or page */
    if (!below && !(elsewhere && !pair.ends))
        return false;
    struct column here = column_of(pdf, first), there = column_of(pdf, second);
    if (here.lines < FEW && measures.right[a->column] > here.right)
        here.right = measures.right[a->column];
    if (below && is_headline(a, b, measures) && !pair.ends && !pair.second_is_item)
        return true;
    if (below && is_centred(a, here) && is_centred(b, there))
        return a->right - a->left + b->first + a->em * 0.4 > here.right - here.left;
    bool indented = b->left > there.left + b->em * set_in;
    bool hanging =
        (pair.first_is_item && b->left > a->left) || (are_level(a, b) && (a->joined || !pair.ends));
    bool item = pair.second_is_item && (pair.ends || pair.first_is_item || !below || is_in_list(pdf, second));
    return !item && !(indented && !hanging) && is_full(a, b, here);
}

/* ------------------------------------------------------------------------------------------ paragraphs */

/* All that stands on the pages, to look words up in. */
static void join_all(const struct pdf *pdf, ty_buffer *out)
{
    for (size_t i = 0; i < pdf->count; i++) {
        ty_buffer_add(out, pdf->items[i].text);
        ty_buffer_add_char(out, '\n');
    }
}

static bool is_hyphenated(const struct pdf_line *a, const struct pdf_line *b)
{
    return ty_document_look_at_pair(a->text, b->text).hyphenated;
}

/* Each line that is left in to the next one. */
static void mark_joined(struct pdf *pdf, struct measures measures, struct unwrap_counts *counts)
{
    struct pdf_line *before = NULL;
    for (size_t i = 0; i < pdf->count; i++) {
        struct pdf_line *line = &pdf->items[i];
        if (line->dropped)
            continue;
        line->joined = before && goes_on(pdf, (size_t)(before - pdf->items), i, measures);
        counts->joined += line->joined;
        counts->hyphens += line->joined && is_hyphenated(before, line);
        before = line;
    }
}

/* A blank between words, and none next to a script that has none, nor behind a hyphen or a dash. */
static void add_joint(ty_slice all, struct unwrap_counts counts, const struct pdf_line *a,
                      const struct pdf_line *b, ty_buffer *out)
{
    if (is_hyphenated(a, b))
        out->size -= !ty_document_keeps_hyphen(all, counts, a->text, b->text);
    else if (!ty_slice_ends(a->text, TY_SLICE("-")) && !ty_html_is_unspaced(a->last) &&
             !ty_html_is_unspaced(b->begins))
        ty_buffer_add_char(out, ' ');
}

static void write_paragraphs(const struct pdf *pdf, struct unwrap_counts counts, ty_document *out)
{
    ty_buffer paragraph = {0}, all = {0};
    const struct pdf_line *before = NULL;
    join_all(pdf, &all);
    for (size_t i = 0; i < pdf->count; i++) {
        const struct pdf_line *line = &pdf->items[i];
        if (line->dropped)
            continue;
        if (line->joined)
            add_joint(ty_buffer_slice(&all), counts, before, line, &paragraph);
        else {
            ty_document_add_paragraph(out, ty_buffer_slice(&paragraph));
            ty_buffer_clear(&paragraph);
        }
        ty_buffer_add(&paragraph, line->text);
        before = line;
    }
    ty_document_add_paragraph(out, ty_buffer_slice(&paragraph));
    out->text.failed |= paragraph.failed || all.failed;
    ty_buffer_release(&paragraph);
    ty_buffer_release(&all);
}

/* The largest line of the first page begins the title; NULL where none is larger than the text. */
static const struct pdf_line *find_title(const struct pdf *pdf, double body)
{
    const struct pdf_line *best = NULL;
    for (size_t i = 0; i < pdf->count && pdf->items[i].page == 1; i++)
        if (!pdf->items[i].dropped && (!best || ty_pdf_height(&pdf->items[i]) > ty_pdf_height(best) * 1.05))
            best = &pdf->items[i];
    return best && ty_pdf_height(best) > body * 1.15 ? best : NULL;
}

static void take_title(const struct pdf *pdf, ty_document *out, double body)
{
    const struct pdf_line *line = find_title(pdf, body);
    ty_slice rest = ty_buffer_slice(&out->text), paragraph;
    while (line && rest.size && ty_slice_next(&rest, '\n', &paragraph))
        if (ty_slice_starts(paragraph, line->text)) {
            out->title = ty_document_keep(out, paragraph);
            return;
        }
}

ty_status ty_pdf_add_paragraphs(struct pdf *pdf, ty_document *out, ty_error *error)
{
    double *scratch = calloc(pdf->count + 1, sizeof *scratch);
    struct unwrap_counts counts = {0};
    if (!scratch)
        return ty_error_nomem(error);
    struct measures measures = {.body = body_height(pdf, scratch)};
    drop_readings(pdf, measures.body);
    drop_running_heads(pdf);
    measures.distance = usual_distance(pdf, scratch);
    if (measures.distance <= 0)
        measures.distance = measures.body * 1.6;
    for (size_t i = 0; i < pdf->count; i++)
        if (!pdf->items[i].dropped && pdf->items[i].right > measures.right[pdf->items[i].column])
            measures.right[pdf->items[i].column] = pdf->items[i].right;
    mark_joined(pdf, measures, &counts);
    write_paragraphs(pdf, counts, out);
    take_title(pdf, out, measures.body);
    free(scratch);
    return out->text.failed ? ty_error_nomem(error) : TY_OK;
}
