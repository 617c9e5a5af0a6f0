/* SPDX-License-Identifier: Apache-2.0 */
/* One pair on a page of its own, where all that the keys do are forms. */
#include "server/pages.h"
#include "server/panel.h"
#include "server/releases.h"

static void put_hidden(const ty_panel *p)
{
    ty_html(&p->http->page,
            "<form method=\"post\" action=\"$s/do\"><input type=\"hidden\" name=\"key\" value=\"$s\"><input "
            "type=\"hidden\" "
            "name=\"bead\" value=\"$d\"><input type=\"hidden\" name=\"version\" value=\"$d\">",
            ty_release_address(p->http, &p->rows), p->http->who.form_key, p->row->bead,
            (int64_t)p->rows.version);
}

/* `by` may be NULL: the operation has no direction. */
static void put_do(const ty_panel *p, const char *op, const char *by, const char *label)
{
    const ty_page *page = &p->http->page;
    put_hidden(p);
    ty_html(page, "<input type=\"hidden\" name=\"op\" value=\"$s\">", op);
    if (by)
        ty_html(page, "<input type=\"hidden\" name=\"by\" value=\"$s\">", by);
    ty_html(page, "<button>$s</button></form> ", ty_label(p->http->taste.ui, label));
}

static void put_side_forms(const ty_panel *p, int side)
{
    static const char *const ops[][2] = {{"up", N_("first sentence up")},
                                         {"down", N_("last sentence down")},
                                         {"fetch_up", N_("fetch one from above")},
                                         {"fetch_down", N_("fetch one from below")}};
    const ty_page *page = &p->http->page;
    ty_html(page, "<section class=\"card\"><h2>$s</h2>", ty_language_label(p->http, p->rows.langs[side]));
    if (p->row->counts[side]) {
        put_hidden(p);
        ty_html(page,
                "<input type=\"hidden\" name=\"op\" value=\"edit\"><input type=\"hidden\" name=\"side\" "
                "value=\"$s\"><label class=\"sr\" for=\"text$d\">"
                "{The text, a sentence a line}</label><textarea id=\"text$d\" name=\"text\" rows=\"$d\"",
                side ? "target" : "source", (int64_t)side, (int64_t)side,
                (int64_t)p->row->counts[side] * 2 + 1);
        ty_html_lang(page, p->rows.langs[side]);
        ty_html(page, ">\n");
        for (uint32_t i = 0; i < p->row->counts[side]; i++)
            ty_html(page, i ? "\n$t" : "$t", p->row->lines[side][i].text);
        ty_html(page, "</textarea><button>{Save}</button></form>");
    }
    ty_html(page, "<div class=\"row\">");
    for (size_t i = 0; i < 4; i++) {
        put_hidden(p);
        ty_html(page,
                "<input type=\"hidden\" name=\"side\" value=\"$s\"><button name=\"op\" "
                "value=\"$s\">$s</button></form>",
                side ? "target" : "source", ops[i][0], ty_label(page->ui, ops[i][1]));
    }
    ty_html(page, "</div></section>\n");
}

static void put_forms(const ty_panel *p)
{
    if (p->http->who.role < TY_ROLE_EDIT)
        return;
    ty_html(&p->http->page, "<div class=\"row\">");
    put_do(p, "confirm", NULL, N_("Confirm"));
    put_do(p, "question", NULL, N_("Take the confirmation back"));
    put_do(p, "merge", "-1", N_("merge with the one above"));
    put_do(p, "merge", "1", N_("merge with the one below"));
    put_do(p, "split", NULL, N_("split"));
    put_do(p, "unlink", NULL, N_("unlink"));
    put_do(p, "swap", "-1", N_("exchange with the one above"));
    put_do(p, "swap", "1", N_("exchange with the one below"));
    put_do(p, "omit", NULL, N_("leave out, or take back in"));
    put_do(p, "flag", NULL, N_("mark for a colleague"));
    put_do(p, "undo", NULL, N_("Undo"));
    put_do(p, "redo", NULL, N_("Redo"));
    ty_html(&p->http->page, "</div>\n<div class=\"grid2\">");
    put_side_forms(p, 0);
    put_side_forms(p, 1);
    ty_html(&p->http->page, "</div>\n");
}

static void put_page(const ty_panel *p)
{
    const ty_page *page = &p->http->page;
    size_t from = p->at > 3 ? p->at - 3 : 0, to = p->at + 4 < p->rows.count ? p->at + 4 : p->rows.count;
    ty_page_begin(p->http, ty_release_title(p->http, &p->rows), "review-one");
    ty_html(page,
            "<h1 class=\"title\"><a href=\"$s#b$d\" dir=\"auto\">$t</a></h1>\n<div class=\"cols\"><div>",
            ty_release_address(p->http, &p->rows), p->row->bead, ty_release_title(p->http, &p->rows));
    ty_html(page, "<div role=\"table\" aria-label=\"{Review}\" class=\"few\">");
    for (size_t i = from; i < to; i++) {
        ty_html(page, i == p->at ? "<div class=\"here\">" : "<div>");
        ty_row_put(p->http, &p->rows, i);
        ty_html(page, "</div>");
    }
    ty_html(page, "</div>\n");
    put_forms(p);
    ty_html(page, "</div>\n<aside class=\"panel\" aria-label=\"{This pair}\">");
    ty_panel_put(p);
    ty_html(page, "</aside></div>\n");
    ty_page_end(p->http);
}

/* It and three to either side, as the page has them, and the terms in it. */
static void put_data(const ty_panel *p)
{
    ty_http *http = p->http;
    ty_buffer *json = &http->reply;
    size_t from = p->at > 3 ? p->at - 3 : 0, to = p->at + 4 < p->rows.count ? p->at + 4 : p->rows.count;
    ty_data_begin(http);
    ty_json_integer(json, "release", p->rows.origin);
    ty_json_integer(json, "changed", (int64_t)p->rows.version);
    ty_json_integer(json, "bead", p->row->bead);
    ty_json_open(json, "beads", '[');
    for (size_t i = from; i < to; i++)
        ty_review_put_bead(http, &p->rows.items[i]);
    ty_json_close(json, ']');
    ty_json_open(json, "terms", '[');
    for (size_t i = 0; i < p->terms.count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "term", p->terms.items[i].text);
        ty_json_text(json, "used", p->terms.items[i].used);
        ty_json_text(json, "best", p->terms.items[i].best);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_data_end(http);
}

/* ------------------------------------------------------------------------------------------ the answer */

void ty_answer_bead(ty_http *http)
{
    ty_panel p = {0};
    ty_status status = ty_panel_open(http, &p);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    http->type = "text/html; charset=utf-8";
    if (http->json)
        put_data(&p);
    else if (ty_http_asks(http, "part"))
        ty_panel_put(&p);
    else
        put_page(&p);
    ty_panel_release(&p);
}
