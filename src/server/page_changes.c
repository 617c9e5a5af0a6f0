/* SPDX-License-Identifier: Apache-2.0 */
/* What was changed, when, by whom: each step, and one's own can be taken back. */
#include "server/pages.h"
#include "server/facts.h"
#include "server/show.h"

enum { SHOWN = 200 };

typedef struct list {
    ty_http *http;
    size_t count;
} list;

static void put_undo(ty_http *http, const ty_step *step)
{
    bool mine = ty_slice_equal(step->who, ty_slice_of(http->who.name));
    bool can = !step->taken_back && !step->takes_back && http->who.role >= TY_ROLE_EDIT &&
               (mine || http->who.role == TY_ROLE_ADMIN);
    ty_html(&http->page, "<td>");
    if (step->taken_back)
        ty_html(&http->page, "<span class=\"tag\">{taken back}</span>");
    else if (can)
        ty_html(&http->page,
                "<form method=\"post\" action=\"/changes\"><input type=\"hidden\" name=\"key\" "
                "value=\"$s\"><input type=\"hidden\" "
                "name=\"step\" value=\"$d\"><button>{Take back}</button></form>",
                http->who.form_key, step->id);
    ty_html(&http->page, "</td>");
}

static void put_data(ty_http *http, const ty_step *step)
{
    ty_buffer *json = &http->reply;
    ty_json_open(json, NULL, '{');
    ty_json_integer(json, "step", step->id);
    ty_json_text(json, "what", step->name);
    ty_json_text(json, "subject", step->subject);
    ty_json_text(json, "at", step->at);
    ty_json_text(json, "who", step->who);
    ty_json_integer(json, "release", step->origin);
    ty_json_bool(json, "taken_back", step->taken_back != 0);
    ty_json_close(json, '}');
}

static ty_status add(void *payload, const ty_step *step)
{
    list *l = payload;
    ty_http *http = l->http;
    l->count++;
    if (http->json) {
        put_data(http, step);
        return TY_OK;
    }
    ty_html(&http->page, "<tr>");
    ty_html(&http->page, "<td class=\"nowrap\">");
    ty_show_time(http, step->at);
    ty_html(&http->page, "</td><td>$t</td><td lang=\"en\">$t</td><td lang=\"en\">", step->who, step->name);
    if (step->origin && ty_facts_of_id(http, step->origin))
        ty_html(&http->page, "<a href=\"/release/$d\">$t</a></td>", step->origin,
                step->subject.size ? step->subject : TY_SLICE("→"));
    else
        ty_html(&http->page, "$t</td>", step->subject);
    put_undo(http, step);
    ty_html(&http->page, "</tr>\n");
    return TY_OK;
}

void ty_answer_changes(ty_http *http)
{
    list l = {http, 0};
    ty_step_filter filter = {.who = ty_http_string(http, "who"),
                             .before = ty_params_integer(&http->target.query, "before", 1, INT64_MAX, 0),
                             .max = SHOWN};
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "changes", '[');
        ty_memory_steps(http->memory, &filter, add, &l, NULL);
        ty_json_close(&http->reply, ']');
        ty_data_end(http);
        return;
    }
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Changes")), "changes");
    ty_html(&http->page,
            "<h1>{Changes}</h1>\n<form class=\"row filters\" action=\"/changes\"><label>{Who} <input "
            "name=\"who\" value=\"$s\">"
            "</label><button>{Search}</button> <a class=\"btn\" type=\"application/atom+xml\" "
            "href=\"/changes.atom\">Atom</a></form>\n<section class=\"card\"><table><thead><tr><th "
            "scope=\"col\">{When}</th><th "
            "scope=\"col\">{Who}</th>"
            "<th scope=\"col\">{What}</th><th scope=\"col\">{Where}</th><td></td></tr></thead><tbody>\n",
            filter.who ? filter.who : "");
    ty_memory_steps(http->memory, &filter, add, &l, NULL);
    ty_html(&http->page, "</tbody></table></section>\n");
    if (!l.count)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
    ty_page_end(http);
}

/* ------------------------------------------------------------------------------------------ the feed */

static void put_iso(ty_buffer *out, ty_slice at)
{
    if (at.size >= 15)
        ty_buffer_add_format(out, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", at.data, at.data + 4, at.data + 6,
                             at.data + 9, at.data + 11, at.data + 13);
}

static ty_status put_entry(void *payload, const ty_step *step)
{
    list *l = payload;
    ty_buffer *out = &l->http->reply;
    if (!l->count++) {
        ty_buffer_add_string(out, "<updated>");
        put_iso(out, step->at);
        ty_buffer_add_string(out, "</updated>\n");
    }
    ty_buffer_add_format(out, "<entry><id>%s/changes#%lld</id><title>", ty_http_base(l->http),
                         (long long)step->id);
    ty_buffer_add_xml(out, step->name);
    ty_buffer_add_string(out, step->subject.size ? ": " : "");
    ty_buffer_add_xml(out, step->subject);
    ty_buffer_add_string(out, "</title><updated>");
    put_iso(out, step->at);
    ty_buffer_add_format(out, "</updated><author><name>%s", step->who.size ? "" : "-");
    ty_buffer_add_xml(out, step->who);
    ty_buffer_add_format(out, "</name></author><link href=\"%s/changes\"/></entry>\n", ty_http_base(l->http));
    return TY_OK;
}

/* What was changed, for a reader of feeds (RFC 4287). */
void ty_answer_changes_feed(ty_http *http)
{
    list l = {http, 0};
    ty_step_filter filter = {.who = ty_http_string(http, "who"), .max = 50};
    const char *base = ty_http_base(http);
    http->type = "application/atom+xml; charset=utf-8";
    ty_buffer_add_format(
        &http->reply,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
        "<id>%s/changes.atom</id><title>Taiyaku</title><link rel=\"self\" "
        "href=\"%s/changes.atom\"/>\n",
        base, base);
    ty_memory_steps(http->memory, &filter, put_entry, &l, NULL);
    if (!l.count)
        ty_buffer_add_string(&http->reply, "<updated>1970-01-01T00:00:00Z</updated>\n");
    ty_buffer_add_string(&http->reply, "</feed>\n");
}

/* ------------------------------------------------------------------------------------------ taking back */

void ty_answer_changes_undo(ty_http *http)
{
    ty_step step, later;
    bool admin = http->who.role == TY_ROLE_ADMIN;
    ty_undo which = {.step = ty_params_integer(&http->form, "step", 1, INT64_MAX, 0),
                     .who = admin ? NULL : ty_http_who(http)};
    ty_status status =
        which.step ? ty_memory_undo(http->memory, &which, &step, &later, &http->error) : TY_ERR_USAGE;
    if (status == TY_OK)
        ty_reply_done(http, "/changes");
    else
        ty_reply_failure(http, status);
}
