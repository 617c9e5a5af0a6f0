/* SPDX-License-Identifier: Apache-2.0 */
/* A row of the review as HTML: source, link, target. */
#include "server/rows.h"
#include "server/watch.h"

const ty_review_row *ty_rows_find(const ty_review_rows *rows, int64_t bead)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].bead == bead)
            return &rows->items[i];
    return NULL;
}

ty_bulk ty_row_bulk(const ty_http *http, const ty_review_rows *rows, size_t at, double least)
{
    bool done = rows->items[at].state == TY_BEAD_OK;
    bool open = ty_watch_is_locked(http->server->watch, rows->items[at].bead, http->who.name);
    return (rows->items[at].locked || open) && !done ? TY_BULK_LOCKED
                                                     : ty_review_bulk(http->review, at, least, false);
}

void ty_row_label(ty_slice lang, uint32_t number, char out[16])
{
    char first = lang.size ? lang.data[0] : 'S';
    snprintf(out, 16, "%c%u", first >= 'a' && first <= 'z' ? first - 32 : first, number + 1);
}

/* ------------------------------------------------------------------------------------------ state */

static const char *level_of(const ty_review_row *row)
{
    if (row->state == TY_BEAD_OK)
        return "ok";
    if (row->ask || (row->doubts && row->confidence < 0.75f))
        return "low";
    return row->doubts ? "mid" : "high";
}

static bool is_alone(const ty_review_row *row)
{
    return !row->counts[0] || !row->counts[1];
}

static const char *sign_of(const ty_review_row *row)
{
    if (row->state == TY_BEAD_OK)
        return "✓";
    if (row->state == TY_BEAD_HAND)
        return "✎";
    if (is_alone(row))
        return "∅";
    return !row->doubts ? "·" : row->ask || row->confidence < 0.75f ? "▲" : "△";
}

static const char *word_of(const ty_review_row *row)
{
    if (row->state == TY_BEAD_OK)
        return N_("confirmed");
    if (row->state == TY_BEAD_HAND)
        return N_("changed by hand");
    return row->doubts ? N_("doubtful") : N_("aligned by machine");
}

/* A machine's bead never shows 100: cut, not rounded, and at most 99. */
static int64_t percent(const ty_review_row *row)
{
    int64_t cut = (int64_t)((double)row->confidence * 100);
    return cut > 99 ? 99 : cut;
}

/* ------------------------------------------------------------------------------------------ cells */

static void put_line(ty_http *http, ty_slice lang, const ty_line *line)
{
    char label[16];
    ty_row_label(lang, line->number, label);
    ty_html(&http->page, "<p data-n=\"$d\"><b class=\"sn\">$s$r</b><span>$t</span></p>",
            (int64_t)line->number, label, line->edited ? "*" : "", line->text);
}

static void put_cell(ty_http *http, const ty_review_rows *rows, const ty_review_row *row, int side)
{
    const ty_page *page = &http->page;
    ty_html(page, "<div class=\"cell$s\" role=\"gridcell\" tabindex=\"-1\" data-side=\"$s\"",
            row->counts[side] ? "" : " void", side ? "target" : "source");
    if (row->counts[side])
        ty_html_lang(page, rows->langs[side]);
    ty_html(page, ">");
    for (uint32_t i = 0; i < row->counts[side]; i++)
        put_line(http, rows->langs[side], &row->lines[side][i]);
    if (!row->counts[side])
        ty_html(page, "{no partner}");
    ty_html(page, "</div>");
}

static bool is_settled(const ty_review_row *row)
{
    return row->state != TY_BEAD_AUTO;
}

/* For eyes a sign, a number and the shape; for ears the words. */
static void put_link(ty_http *http, const ty_review_row *row)
{
    const ty_page *page = &http->page;
    bool shape = row->counts[0] != 1 || row->counts[1] != 1;
    ty_html(page, "<div class=\"lk\" role=\"gridcell\"><span class=\"sr\">$s",
            ty_label(page->ui, word_of(row)));
    if (!is_settled(row))
        ty_html(page, ", $d %", percent(row));
    ty_html(page,
            ", $d:$d</span><a class=\"sg\" tabindex=\"-1\" aria-hidden=\"true\" href=\"/bead/$d\">$s$s$s</a>",
            (int64_t)row->counts[0], (int64_t)row->counts[1], row->bead, row->flag ? "⚑" : "",
            row->crossing ? "⇄" : "", sign_of(row));
    ty_html(page, "<span class=\"n\" aria-hidden=\"true\">");
    if (!is_settled(row))
        ty_html(page, "$d", percent(row));
    else if (row->who.size && !ty_slice_equal(row->who, ty_slice_of(http->who.name)))
        ty_html(page, "$t", row->who);
    ty_html(page, "</span>");
    if (shape)
        ty_html(page, "<small aria-hidden=\"true\">$d:$d</small>", (int64_t)row->counts[0],
                (int64_t)row->counts[1]);
    ty_html(page, "</div>");
}

/* A row begins a paragraph where its source does; one without a source does not say. */
static bool begins_paragraph(const ty_review_row *row)
{
    return row->counts[0] && row->lines[0][0].paragraph && row->lines[0][0].number > 0;
}

void ty_row_put(ty_http *http, const ty_review_rows *rows, size_t at)
{
    const ty_review_row *row = &rows->items[at];
    const ty_page *page = &http->page;
    ty_html(page,
            "<div class=\"bead $s$r$r$r\" role=\"row\" id=\"b$d\" data-doubt=\"$d\" data-state=\"$s\"$r>",
            level_of(row), is_alone(row) ? " none" : "", row->omit ? " omit" : "",
            begins_paragraph(row) ? " para" : "", row->bead, (int64_t)row->doubts,
            row->state == TY_BEAD_OK     ? "ok"
            : row->state == TY_BEAD_HAND ? "hand"
                                         : "auto",
            row->locked ? " data-locked" : "");
    put_cell(http, rows, row, 0);
    put_link(http, row);
    put_cell(http, rows, row, 1);
    ty_html(page, "</div>\n");
}
