/* SPDX-License-Identifier: Apache-2.0 */
/* Confirming in bulk: what would be, and what is left out, before it is done. */
#include "server/pages.h"
#include "server/plot.h"
#include "server/releases.h"
#include "server/rows.h"

static void put_histogram(ty_http *http, const ty_review_rows *rows)
{
    static const char *const labels[] = {"<50", "50", "70", "80", "90", "95", "97", "98", "99"};
    static const int from[] = {0, 50, 70, 80, 90, 95, 97, 98, 99, 1000};
    ty_bar bars[9];
    for (int k = 0; k < 9; k++) {
        bars[k] = (ty_bar){labels[k], 0, from[k] < 95 ? "b2" : "b"};
        for (size_t i = 0; i < rows->count; i++) {
            double percent = (double)rows->items[i].confidence * 100;
            bars[k].value +=
                rows->items[i].state != TY_BEAD_OK && percent >= from[k] && percent < from[k + 1];
        }
    }
    ty_plot_bars(http, ty_label(http->taste.ui, "Confidence of what is not confirmed yet"), bars, 9);
}

void ty_answer_bulk(ty_http *http)
{
    const ty_page *page = &http->page;
    ty_review_rows rows = {0};
    int64_t counts[TY_BULK_COUNT] = {0}, least = ty_params_integer(&http->target.query, "least", 1, 100, 95);
    ty_status status = ty_release_rows(http, http->arguments[0], &rows);
    bool part = ty_http_asks(http, "part");
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    for (size_t i = 0; i < rows.count; i++)
        counts[ty_row_bulk(http, &rows, i, (double)least / 100)]++;
    if (!part)
        ty_page_begin(http, ty_release_title(http, &rows), NULL);
    http->type = "text/html; charset=utf-8";
    ty_html(
        page,
        "<form method=\"post\" action=\"$s/do\"><input type=\"hidden\" name=\"key\" value=\"$s\"><input "
        "type=\"hidden\" "
        "name=\"op\" value=\"confirm_above\"><input type=\"hidden\" name=\"version\" "
        "value=\"$d\"><h1><label>{Confirm all at or "
        "above} <input name=\"least\" type=\"number\" min=\"50\" max=\"100\" value=\"$d\"></label> %</h1>",
        ty_release_address(http, &rows), http->who.form_key, (int64_t)rows.version, least);
    put_histogram(http, &rows);
    ty_html(page,
            "<div id=\"bulk-count\" aria-live=\"polite\"><p><b class=\"num\">{$d will be "
            "confirmed}</b></p><p class=\"small mute\">{Left out: $d "
            "doubtful, $d next to a doubtful one; and what is marked or being edited.}</p></div>",
            counts[TY_BULK_TAKEN], counts[TY_BULK_DOUBTFUL], counts[TY_BULK_NEAR]);
    ty_html(page,
            "<p class=\"row\"><button class=\"pri\">{Confirm}</button> <a class=\"btn\" data-close "
            "href=\"$s\">{Cancel}</a></p></form>\n",
            ty_release_address(http, &rows));
    if (!part)
        ty_page_end(http);
}
