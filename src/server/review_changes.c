/* SPDX-License-Identifier: Apache-2.0 */
/* What changed in a release since a page saw it, as the page takes it in: rows anew, their order, counts. */
#include "server/pages.h"
#include "server/releases.h"

/* What a writer of HTML writes, as text for JSON. */
static ty_slice as_text(ty_http *http, const ty_review_rows *rows, size_t at,
                        void (*put)(ty_http *, const ty_review_rows *, size_t))
{
    ty_buffer kept = http->reply;
    http->reply = (ty_buffer){0};
    put(http, rows, at);
    ty_slice text = ty_arena_copy(&http->arena, ty_buffer_slice(&http->reply));
    ty_buffer_release(&http->reply);
    http->reply = kept;
    return text;
}

static void counts_html(ty_http *http, const ty_review_rows *rows, size_t at)
{
    (void)at;
    ty_review_put_counts(http, rows);
}

static void end_html(ty_http *http, const ty_review_rows *rows, size_t at)
{
    (void)at;
    ty_review_put_end(http, rows);
}

void ty_review_put_changes(ty_http *http, const ty_review_rows *rows, uint64_t since, int64_t current)
{
    ty_json_integer(&http->reply, "version", (int64_t)rows->version);
    ty_json_open(&http->reply, "order", '[');
    for (size_t i = 0; i < rows->count; i++)
        ty_json_integer(&http->reply, NULL, rows->items[i].bead);
    ty_json_close(&http->reply, ']');
    ty_json_open(&http->reply, "rows", '[');
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->items[i].changed <= since)
            continue;
        ty_json_open(&http->reply, NULL, '{');
        ty_json_integer(&http->reply, "id", rows->items[i].bead);
        ty_json_text(&http->reply, "html", as_text(http, rows, i, ty_row_put));
        ty_json_close(&http->reply, '}');
    }
    ty_json_close(&http->reply, ']');
    ty_json_integer(&http->reply, "current", current);
    ty_json_open(&http->reply, "counts", '{');
    ty_json_integer(&http->reply, "confirmed", (int64_t)rows->confirmed);
    ty_json_integer(&http->reply, "doubtful", (int64_t)rows->doubtful);
    ty_json_integer(&http->reply, "all", (int64_t)rows->count);
    ty_json_text(&http->reply, "html", as_text(http, rows, 0, counts_html));
    ty_json_text(&http->reply, "end", as_text(http, rows, 0, end_html));
    ty_json_close(&http->reply, '}');
}

/* What somebody else changed since then: one row, for a line that is read in passing; NULL: none. */
static const ty_review_row *row_of_other(const ty_http *http, const ty_review_rows *rows, uint64_t since)
{
    for (size_t i = 0; i < rows->count; i++) {
        const ty_review_row *row = &rows->items[i];
        if (row->changed > since && row->who.size && !ty_slice_equal(row->who, ty_slice_of(http->who.name)))
            return row;
    }
    return NULL;
}

static void put_notice(ty_http *http, const ty_review_row *row)
{
    ty_buffer kept = http->reply;
    http->reply = (ty_buffer){0};
    ty_html(&http->page, "{$t changed something here.}", row->who);
    ty_slice text = ty_arena_copy(&http->arena, ty_buffer_slice(&http->reply));
    ty_buffer_release(&http->reply);
    http->reply = kept;
    ty_json_text(&http->reply, "notice", text);
    ty_json_integer(&http->reply, "where", row->bead);
}

void ty_answer_since(ty_http *http)
{
    ty_review_rows rows = {0};
    uint64_t since = (uint64_t)ty_params_integer(&http->target.query, "version", 0, INT64_MAX, 0);
    since = ty_release_version_of(http, since);
    ty_status status = ty_release_rows(http, http->arguments[0], &rows);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    ty_data_begin(http);
    http->reply.size = 0;
    ty_json_open(&http->reply, NULL, '{');
    if (rows.version != since) {
        const ty_review_row *row = row_of_other(http, &rows, since);
        ty_review_put_changes(http, &rows, since, 0);
        if (row)
            put_notice(http, row);
    } else {
        ty_json_integer(&http->reply, "version", (int64_t)rows.version);
    }
    ty_data_end(http);
}
