/* SPDX-License-Identifier: Apache-2.0 */
/* What was changed, when, by whom: each step, and one's own can be taken back. */
#include "server/addresses.h"
#include "server/pages.h"
#include "server/steps.h"

enum { SHOWN = 200, OF_FEED = 50, ZONE = 15 * 60 /* minutes */ };

/* What the address narrows them to. */
static ty_step_filter filter_of(ty_http *http)
{
    const ty_params *query = &http->target.query;
    int64_t zone = ty_params_integer(query, "zone", -ZONE, ZONE, 0);
    return (ty_step_filter){.who = ty_http_string(http, "who"),
                            .since = ty_day_begin(http, ty_http_string(http, "since"), zone),
                            .unit = ty_params_integer(query, "unit", 1, INT64_MAX, 0),
                            .concept = ty_params_integer(query, "concept", 1, INT64_MAX, 0),
                            .before = ty_params_integer(query, "before", 1, INT64_MAX, 0),
                            .max = SHOWN};
}

/* A script says how far from Greenwich the reader's days begin. */
static void put_form(ty_http *http)
{
    static const char *const apart[] = {"unit", "concept", NULL};
    ty_html(&http->page, "<form class=\"row filters\" action=\"/changes\">");
    ty_address_put_fields(http, apart);
    ty_html(&http->page,
            "<label>{Who} <input name=\"who\" value=\"$t\">"
            "</label><label>{Since} <input name=\"since\" type=\"date\" value=\"$t\"> <span id=\"utc\" "
            "class=\"small mute\">UTC</span></label><input type=\"hidden\" name=\"zone\" disabled>"
            "<button>{Search}</button> <a class=\"btn\" type=\"application/atom+xml\" "
            "href=\"/changes.atom\">Atom</a></form>\n",
            ty_http_param(http, "who"), ty_http_param(http, "since"));
}

void ty_answer_changes(ty_http *http)
{
    ty_step_filter filter = filter_of(http);
    if (http->json) {
        ty_data_begin(http);
        ty_json_open(&http->reply, "changes", '[');
        bool more = ty_steps_put(http, &filter);
        ty_json_close(&http->reply, ']');
        ty_json_bool(&http->reply, "more", more);
        ty_data_end(http);
        return;
    }
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Changes")), "changes");
    ty_html(&http->page, "<h1>{Changes}</h1>\n");
    put_form(http);
    ty_steps_put(http, &filter);
    ty_page_end(http);
}

/* ------------------------------------------------------------------------------------------ the feed */

typedef struct list {
    ty_http *http;
    size_t count;
} list;

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
    ty_xml_text(out, step->name);
    ty_buffer_add_string(out, step->subject.size ? ": " : "");
    ty_xml_text(out, step->subject);
    ty_buffer_add_string(out, "</title><updated>");
    put_iso(out, step->at);
    ty_buffer_add_format(out, "</updated><author><name>%s", step->who.size ? "" : "-");
    ty_xml_text(out, step->who);
    ty_buffer_add_format(out, "</name></author><link href=\"%s/changes\"/></entry>\n", ty_http_base(l->http));
    return TY_OK;
}

/* What was changed, for a reader of feeds (RFC 4287). */
void ty_answer_changes_feed(ty_http *http)
{
    list l = {http, 0};
    ty_step_filter filter = filter_of(http);
    filter.max = OF_FEED;
    const char *base = ty_http_base(http);
    http->type = "application/atom+xml; charset=utf-8";
    ty_buffer_add_format(
        &http->reply,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
        "<id>%s/changes.atom</id><title>Taiyaku</title><link rel=\"self\" "
        "href=\"%s/changes.atom\"/>\n",
        base, base);
    ty_http_need(http, ty_memory_steps(http->memory, &filter, put_entry, &l, &http->missing));
    if (!l.count)
        ty_buffer_add_string(&http->reply, "<updated>1970-01-01T00:00:00Z</updated>\n");
    ty_buffer_add_string(&http->reply, "</feed>\n");
}

/* ------------------------------------------------------------------------------------------ taking back */

static ty_status note_unit(void *payload, const ty_unit_info *unit)
{
    *(int64_t *)payload = unit->id;
    return TY_OK;
}

static ty_status note_concept(void *payload, const ty_concept_info *concept)
{
    *(int64_t *)payload = concept->id;
    return TY_OK;
}

/* To the page whose past it was, where there is one still. */
static const char *back_of(ty_http *http)
{
    char address[48] = "/changes";
    int64_t unit = ty_params_integer(&http->form, "unit", 1, INT64_MAX, 0), there = 0;
    int64_t concept = ty_params_integer(&http->form, "concept", 1, INT64_MAX, 0);
    if (unit)
        (void)ty_memory_units(http->memory, &(ty_unit_query){.ids = &unit, .id_count = 1}, note_unit, &there,
                              NULL);
    else if (concept)
        (void)ty_memory_concepts(http->memory, &(ty_concept_query){.id = concept}, note_concept, &there,
                                 NULL);
    if (there)
        snprintf(address, sizeof address, unit ? "/unit/%lld" : "/concept/~%lld", (long long)there);
    return ty_http_copy(http, ty_slice_of(address));
}

void ty_answer_changes_undo(ty_http *http)
{
    ty_step step, later;
    ty_undo which = {.step = ty_params_integer(&http->form, "step", 1, INT64_MAX, 0),
                     .who = http->who.role == TY_ROLE_ADMIN ? NULL : http->who.name};
    ty_status status =
        which.step ? ty_memory_undo(http->memory, &which, &step, &later, &http->error) : TY_ERR_USAGE;
    if (status == TY_OK)
        ty_reply_done(http, back_of(http));
    else if (which.step && status == TY_ERR_USAGE)
        ty_reply_error(http, 409, ty_http_copy(http, ty_slice_of(http->error.message)));
    else
        ty_reply_failure(http, status);
}
