/* SPDX-License-Identifier: Apache-2.0 */
/* The check: what is wrong in the memory's translations, one thing after the other. */
#include "server/addresses.h"
#include "server/check_list.h"
#include "server/languages.h"
#include "server/pages.h"
#include "server/show.h"

enum { SHOWN = 100 }; /* on a page */

/* Of what the page is narrowed to (ty_check_kept), without its page, and without its fault. */
static const char *const kept_shown[] = {"fault", "release", "organisation", "s", "t", NULL};
static const char *const kept_of_all[] = {"release", "organisation", "s", "t", "accepted", NULL};

/* ------------------------------------------------------------------------------------------ one finding */

static void put_text(ty_http *http, const ty_finding *finding, bool target)
{
    ty_span spans[32];
    size_t count = 0;
    for (size_t i = 0; i < finding->places.count && count < 32; i++)
        if (finding->places.items[i].in_target == target)
            spans[count++] = finding->places.items[i].at;
    ty_html(&http->page, "<div class=\"text\"");
    ty_html_lang(&http->page, ty_slice_of(ty_http_string(http, target ? "t" : "s")
                                              ? ty_http_string(http, target ? "t" : "s")
                                          : target ? "ja"
                                                   : "en"));
    ty_html(&http->page, ">");
    ty_html_marked(&http->page, target ? finding->target : finding->source, spans, count, "f");
    ty_html(&http->page, "</div>\n");
}

static void put_places(ty_http *http, const ty_finding *finding)
{
    const ty_page *page = &http->page;
    ty_html(page, "<p class=\"say small\">");
    for (size_t i = 0; i < finding->places.count; i++) {
        const ty_finding_place *place = &finding->places.items[i];
        ty_slice text = place->in_target ? finding->target : finding->source;
        ty_html(page, i ? " · <q>$t</q>" : "<q>$t</q>", ty_slice_sub(text, place->at.start, place->at.end));
        if (place->better.size)
            ty_html(page, " → <b>$t</b>", place->better);
        if (place->note.size)
            ty_html(page, " <span class=\"mute\">$t</span>", place->note);
    }
    ty_html(page, "</p>");
}

/* What is told of a pair by itself is done to that; all else may be looked for in the whole memory. */
static void put_hidden(ty_http *http, const ty_finding *finding, const char *op)
{
    const ty_page *page = &http->page;
    ty_html(page, "<form method=\"post\" action=\"/check");
    if (ty_finding_is_local(finding))
        ty_html(page, "/$d", finding->unit);
    ty_html(page,
            "\"><input type=\"hidden\" name=\"key\" value=\"$s\">"
            "<input type=\"hidden\" name=\"op\" value=\"$s\">",
            http->who.form_key, op);
    ty_address_put_fields(http, ty_check_kept);
}

static void put_actions(ty_http *http, const ty_finding *finding, bool accepted)
{
    const ty_page *page = &http->page;
    const ty_finding_place *place = ty_finding_replaceable(finding);
    if (http->who.role < TY_ROLE_EDIT)
        return;
    ty_html(page, "<div class=\"row do\">");
    put_hidden(http, finding, accepted ? "forget" : "accept");
    ty_html(page, "<input type=\"hidden\" name=\"ids\" value=\"$s\"><button data-do=\"i\">$s</button></form>",
            ty_finding_ids(http, finding),
            ty_label(page->ui, accepted ? N_("Forget that") : N_("Let stand")));
    if (place && !accepted && ty_finding_is_local(finding)) {
        put_hidden(http, finding, "replace");
        ty_html(
            page,
            "<input type=\"hidden\" name=\"id\" value=\"$s\"><button data-do=\"f\">{Replace}</button></form>",
            place->id);
    }
    ty_html(page, "<a class=\"btn\" data-do=\"v\" href=\"/unit/$d\">{Fix in place}</a></div>", finding->unit);
}

static void put_finding(void *payload, const ty_finding *finding)
{
    const ty_check_list *list = payload;
    ty_http *http = list->http;
    const ty_page *page = &http->page;
    bool accepted = ty_check_list_is_accepted(list, finding);
    ty_html(page, "<li class=\"fin$s\"><div class=\"small\"><b>$s</b>", accepted ? " stands" : "",
            ty_label(page->ui, ty_finding_label(finding->fault)));
    if (accepted)
        ty_html(page, "<br><span class=\"tag ok\">✓ {let stand}</span>");
    ty_html(page, "<div class=\"meta\">");
    ty_show_origin(http, finding->unit, finding->origin, -1);
    ty_html(page, "</div></div>\n");
    put_text(http, finding, false);
    put_text(http, finding, true);
    put_places(http, finding);
    put_actions(http, finding, accepted);
    ty_html(page, "</li>\n");
}

/* ------------------------------------------------------------------------------------------ the page */

static void put_tab(ty_check_list *list, const char *fault, const char *label)
{
    ty_http *http = list->http;
    bool more, here = strcmp(list->fault, fault) == 0;
    int64_t count = ty_check_list_count(list, fault, &more);
    if (!count && !here)
        return;
    ty_html(&http->page, "<a class=\"btn\" href=\"$s\"$r>$s <span class=\"num\">$s$d</span></a>",
            ty_address_with(http, "/check", kept_of_all, "fault", ty_slice_of(fault)),
            here ? " aria-current=\"true\"" : "", ty_label(http->taste.ui, label),
            more && list->release.size ? "≥ " : "", count);
}

/* Those let stand are seen, and can be forgotten, where they are asked for. */
static void put_accepted(ty_check_list *list)
{
    ty_http *http = list->http;
    int64_t count = ty_check_list_accepted(list);
    if (!count && !list->with_accepted)
        return;
    ty_html(
        &http->page, "<a class=\"btn\" href=\"$s\"$r>✓ {let stand} <span class=\"num\">$d</span></a>",
        ty_address_with(http, "/check", kept_shown, "accepted", ty_slice_of(list->with_accepted ? "" : "1")),
        list->with_accepted ? " aria-current=\"true\"" : "", count);
}

/* Of which languages and whose usage; and the release that the address narrows it to, with the way out. */
static void put_filters(ty_http *http)
{
    static const char *const apart[] = {"fault", "release", "accepted", NULL};
    static const char *const wide[] = {"fault", "organisation", "s", "t", "accepted", NULL};
    ty_html(&http->page, "<form class=\"row filters\" action=\"/check\">");
    ty_address_put_fields(http, apart);
    ty_languages_put_pair(http);
    ty_html(&http->page,
            "<label>{Organisation} <input name=\"organisation\" size=\"10\" "
            "value=\"$t\"></label><button>{Show}</button>",
            ty_http_param(http, "organisation"));
    if (ty_http_param(http, "release").size)
        ty_html(&http->page,
                "<span>{Release} <span class=\"tag\" dir=\"auto\">$t</span> <a href=\"$s\">{All}</a></span>",
                ty_http_param(http, "release"), ty_address_with(http, "/check", wide, NULL, TY_SLICE("")));
    ty_html(&http->page, "</form>\n");
}

static void put_tabs(ty_check_list *list)
{
    ty_html(&list->http->page, "<nav class=\"row\" aria-label=\"{Kinds of findings}\">");
    put_tab(list, "", N_("All"));
    for (size_t i = 0; ty_finding_faults[i]; i++)
        put_tab(list, ty_finding_faults[i], ty_finding_label(ty_finding_faults[i]));
    put_accepted(list);
    ty_html(&list->http->page, "</nav>\n");
}

/* The same findings, from another one on. */
static void put_step(ty_check_list *list, const char *label, size_t page)
{
    ty_html(&list->http->page, "<a class=\"btn\" href=\"$s\">$s</a> ",
            ty_address_with_number(list->http, "/check", ty_check_kept, "page", (int64_t)page),
            ty_label(list->http->taste.ui, label));
}

static void put_steps(ty_check_list *list)
{
    size_t page = list->first / SHOWN + 1;
    ty_html(&list->http->page, "<nav class=\"row\" aria-label=\"{Pages}\">");
    if (page > 1)
        put_step(list, N_("← before"), page - 1);
    if ((int64_t)(page * SHOWN) < ty_check_list_kept(list))
        put_step(list, N_("further →"), page + 1);
    ty_html(&list->http->page, "</nav>\n");
}

static void put_list(ty_check_list *list)
{
    ty_http *http = list->http;
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Check")), "check");
    ty_html(&http->page, "<div class=\"row\"><h1>{Check}</h1></div>\n");
    put_filters(http);
    ty_errand_say(http, &list->errand);
    if (list->all) {
        put_tabs(list);
        ty_html(&http->page, "<ol class=\"list findings\" tabindex=\"0\" aria-label=\"{Findings}\">\n");
        size_t before = http->reply.size;
        ty_check_list_each(list, SHOWN, put_finding, list);
        bool none = http->reply.size == before;
        ty_html(&http->page, "</ol>\n");
        if (none)
            ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
        put_steps(list);
    }
    ty_page_end(http);
}

static void put_item(void *payload, const ty_finding *f)
{
    const ty_check_list *list = payload;
    ty_buffer *json = &list->http->reply;
    ty_json_open(json, NULL, '{');
    ty_json_text(json, "fault", ty_slice_of(f->fault));
    ty_json_text(json, "ids", ty_slice_of(ty_finding_ids(list->http, f)));
    ty_json_bool(json, "accepted", ty_check_list_is_accepted(list, f));
    ty_json_integer(json, "unit", f->unit);
    ty_json_text(json, "origin", f->origin);
    ty_json_text(json, "source", f->source);
    ty_json_text(json, "target", f->target);
    ty_json_close(json, '}');
}

/* "complete" is false while the memory is being read. */
static void put_data(ty_check_list *list)
{
    ty_http *http = list->http;
    bool more;
    ty_data_begin(http);
    ty_json_bool(&http->reply, "complete", list->all != NULL);
    ty_json_bool(&http->reply, "current", list->errand.current);
    ty_json_integer(&http->reply, "count", ty_check_list_count(list, list->fault, &more));
    ty_json_open(&http->reply, "findings", '[');
    ty_check_list_each(list, SHOWN, put_item, list);
    ty_json_close(&http->reply, ']');
    ty_json_bool(&http->reply, "more", (int64_t)list->first + SHOWN < ty_check_list_kept(list));
    ty_data_end(http);
}

/* Of the page asked for; of the last, where it was that until what stood on it was let stand. */
static size_t first_of(const ty_check_list *list)
{
    size_t page = (size_t)ty_params_integer(&list->http->target.query, "page", 1, 100000, 1) - 1;
    size_t count = (size_t)ty_check_list_kept(list), last = count ? (count - 1) / SHOWN : 0;
    return (list->http->json || page < last ? page : last) * SHOWN;
}

void ty_answer_check(ty_http *http)
{
    ty_check_list list;
    ty_status status = ty_check_list_open(http, &list);
    list.first = first_of(&list);
    if (status != TY_OK)
        ty_reply_failure(http, status);
    else if (http->json)
        put_data(&list);
    else
        put_list(&list);
    ty_check_list_close(&list);
}
