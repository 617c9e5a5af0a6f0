/* SPDX-License-Identifier: Apache-2.0 */
/* Marks in the sentences of the current pair: terms dotted, findings wavy, ties numbered. */
#include "server/panel.h"

#include <stdlib.h>

/* Where a span of the joined text falls within one of its sentences. */
static bool in_line(const ty_panel *p, int side, uint32_t line, ty_span span, ty_span *out)
{
    size_t start = 0;
    for (uint32_t i = 0; i < line; i++)
        start += p->row->lines[side][i].text.size + (!ty_slice_starts(p->rows.langs[side], TY_SLICE("ja")) &&
                                                     !ty_slice_starts(p->rows.langs[side], TY_SLICE("zh")));
    size_t end = start + p->row->lines[side][line].text.size;
    *out = (ty_span){span.start - start, span.end - start};
    return span.start >= start && span.end <= end && span.end > span.start;
}

typedef struct mark {
    ty_span at;
    const char *look;
    int number; /* of a tie, else 0 */
} mark;

static int in_order(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    return (x->at.start > y->at.start) - (x->at.start < y->at.start);
}

static size_t marks_of(const ty_panel *p, int side, uint32_t line, mark *out, size_t most)
{
    size_t count = 0;
    ty_span at;
    for (size_t i = 0; i < p->findings.count && count < most; i++) {
        const ty_check *f = &p->findings.items[i];
        if (f->in_target == side && in_line(p, side, line, (ty_span){f->start, f->end}, &at))
            out[count++] = (mark){at, "f", 0};
    }
    for (size_t i = 0; i < p->ties.count && count < most; i++) {
        const ty_tie *tie = &p->ties.items[i];
        if ((side ? tie->target_sentence : tie->source_sentence) == line)
            out[count++] = (mark){side ? tie->target : tie->source, "tie", (int)i + 1};
    }
    for (size_t i = 0; i < p->terms.count && side == 0 && !p->why && count < most; i++)
        if (in_line(p, side, line, p->terms.items[i].at, &at))
            out[count++] = (mark){at, "tm", 0};
    qsort(out, count, sizeof *out, in_order);
    return count;
}

static void put_marked(ty_http *http, ty_slice text, const mark *marks, size_t count)
{
    const ty_page *page = &http->page;
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (marks[i].at.start < done)
            continue;
        ty_html(page, "$t<mark class=\"$s\">$t</mark>", ty_slice_sub(text, done, marks[i].at.start),
                marks[i].look, ty_slice_sub(text, marks[i].at.start, marks[i].at.end));
        if (marks[i].number)
            ty_html(page, "<sup>$d</sup>", (int64_t)marks[i].number);
        done = marks[i].at.end;
    }
    ty_html(page, "$t", ty_slice_sub(text, done, text.size));
}

/* The sentences with their marks, for the list to take over. */
void ty_panel_put_marked(const ty_panel *p)
{
    const ty_page *page = &p->http->page;
    mark marks[128];
    for (int side = 0; side < 2; side++) {
        ty_html(page, "<template data-side=\"$s\">", side ? "target" : "source");
        for (uint32_t i = 0; i < p->row->counts[side]; i++) {
            size_t count = marks_of(p, side, i, marks, 128);
            ty_html(page, "<p>");
            put_marked(p->http, p->row->lines[side][i].text, marks, count);
            ty_html(page, "</p>");
        }
        ty_html(page, "</template>\n");
    }
}
