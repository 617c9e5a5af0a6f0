/* SPDX-License-Identifier: Apache-2.0 */
/* The check: what is wrong in the memory's translations, one thing after the other. */
#include <stdlib.h>

#include "server/findings.h"
#include "server/pages.h"
#include "server/show.h"

enum { SHOWN = 300 };

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

static void put_hidden(ty_http *http, const char *op)
{
    ty_html(
        &http->page,
        "<form method=\"post\" action=\"/check\"><input type=\"hidden\" name=\"key\" value=\"$s\">"
        "<input type=\"hidden\" name=\"op\" value=\"$s\"><input type=\"hidden\" name=\"back\" value=\"$t\">",
        http->who.form_key, op, http->target.raw.size ? ty_http_param(http, "fault") : TY_SLICE(""));
}

static void put_actions(ty_http *http, const ty_finding *finding)
{
    const ty_page *page = &http->page;
    const ty_finding_place *place = ty_finding_replaceable(finding);
    if (http->who.role < TY_ROLE_EDIT)
        return;
    ty_html(page, "<div class=\"row do\">");
    put_hidden(http, finding->accepted ? "forget" : "accept");
    ty_html(page, "<input type=\"hidden\" name=\"ids\" value=\"$s\"><button data-do=\"i\">$s</button></form>",
            ty_finding_ids(http, finding),
            ty_label(page->ui, finding->accepted ? N_("Forget that") : N_("Let stand")));
    if (place && !finding->accepted) {
        put_hidden(http, "replace");
        ty_html(page,
                "<input type=\"hidden\" name=\"unit\" value=\"$d\"><input type=\"hidden\" name=\"id\" "
                "value=\"$s\">"
                "<button data-do=\"f\">{Replace}</button></form>",
                finding->unit, place->id);
    }
    ty_html(page, "<a class=\"btn\" data-do=\"v\" href=\"/unit/$d\">{Fix in place}</a></div>", finding->unit);
}

static void put_finding(ty_http *http, const ty_finding *finding)
{
    const ty_page *page = &http->page;
    ty_html(page, "<li class=\"fin$s\"><div class=\"small\"><b>$s</b>", finding->accepted ? " done" : "",
            ty_label(page->ui, ty_finding_label(finding->fault)));
    if (finding->accepted)
        ty_html(page, "<br><span class=\"tag ok\">✓ {let stand}</span>");
    ty_html(page, "<div class=\"meta\">");
    ty_show_origin(http, finding->unit, finding->origin, -1);
    ty_html(page, "</div></div>\n");
    put_text(http, finding, false);
    put_text(http, finding, true);
    put_places(http, finding);
    put_actions(http, finding);
    ty_html(page, "</li>\n");
}

/* ------------------------------------------------------------------------------------------ the page */

static bool is_wanted(const ty_finding *finding, ty_slice fault, ty_slice release)
{
    return (!fault.size || ty_slice_equal(fault, ty_slice_of(finding->fault))) &&
           (!release.size || ty_slice_equal(release, finding->origin));
}

static int64_t count_of(const ty_findings *all, const char *fault, ty_slice release)
{
    int64_t count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += !all->items[i].accepted && is_wanted(&all->items[i], ty_slice_of(fault), release);
    return count;
}

/* A tab keeps to what the page is narrowed to. */
static ty_slice tab_address(ty_http *http, const char *fault)
{
    static const char *const kept[] = {"release", "organisation"};
    ty_buffer address = {0};
    ty_buffer_add_format(&address, "/check?fault=%s", fault);
    for (size_t i = 0; i < 2; i++)
        if (ty_http_param(http, kept[i]).size) {
            ty_buffer_add_format(&address, "&%s=", kept[i]);
            ty_percent_encode(&address, ty_http_param(http, kept[i]));
        }
    ty_slice text = ty_arena_copy(&http->arena, ty_buffer_slice(&address));
    ty_buffer_release(&address);
    return text;
}

static void put_tabs(ty_http *http, const ty_findings *all, ty_slice fault, ty_slice release)
{
    const ty_page *page = &http->page;
    ty_html(page,
            "<nav class=\"row\" aria-label=\"{Kinds of findings}\"><a class=\"btn\" href=\"$t\"$r>{All} "
            "<span class=\"num\">$d</span></a>",
            tab_address(http, ""), fault.size ? "" : " aria-current=\"true\"", count_of(all, "", release));
    for (size_t i = 0; ty_finding_faults[i]; i++) {
        int64_t count = count_of(all, ty_finding_faults[i], release);
        bool here = ty_slice_equal(fault, ty_slice_of(ty_finding_faults[i]));
        if (count || here)
            ty_html(page, "<a class=\"btn\" href=\"$t\"$r>$s <span class=\"num\">$d</span></a>",
                    tab_address(http, ty_finding_faults[i]), here ? " aria-current=\"true\"" : "",
                    ty_label(page->ui, ty_finding_label(ty_finding_faults[i])), count);
    }
    ty_html(page, "</nav>\n");
}

static void put_list(ty_http *http, const ty_findings *all)
{
    ty_slice fault = ty_http_param(http, "fault"), release = ty_http_param(http, "release");
    size_t shown = 0;
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Check")), "check");
    ty_html(&http->page, "<div class=\"row\"><h1>{Check}</h1></div>\n");
    put_tabs(http, all, fault, release);
    ty_html(&http->page, "<ol class=\"list findings\" tabindex=\"0\" aria-label=\"{Findings}\">\n");
    for (size_t i = 0; i < all->count && shown < SHOWN; i++)
        if (is_wanted(&all->items[i], fault, release)) {
            put_finding(http, &all->items[i]);
            shown++;
        }
    ty_html(&http->page, "</ol>\n");
    if (!shown)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
    if (shown == SHOWN)
        ty_html(&http->page, "<p class=\"mute\">{The first $d; more come when these are done.}</p>\n",
                (int64_t)SHOWN);
    ty_page_end(http);
}

static void put_data(ty_http *http, const ty_findings *all)
{
    ty_data_begin(http);
    ty_json_open(&http->reply, "findings", '[');
    for (size_t i = 0; i < all->count; i++) {
        const ty_finding *f = &all->items[i];
        if (!is_wanted(f, ty_http_param(http, "fault"), ty_http_param(http, "release")))
            continue;
        ty_json_open(&http->reply, NULL, '{');
        ty_json_text(&http->reply, "fault", ty_slice_of(f->fault));
        ty_json_text(&http->reply, "ids", ty_slice_of(ty_finding_ids(http, f)));
        ty_json_bool(&http->reply, "accepted", f->accepted);
        ty_json_integer(&http->reply, "unit", f->unit);
        ty_json_text(&http->reply, "origin", f->origin);
        ty_json_text(&http->reply, "source", f->source);
        ty_json_text(&http->reply, "target", f->target);
        ty_json_close(&http->reply, '}');
    }
    ty_json_close(&http->reply, ']');
    ty_data_end(http);
}

void ty_answer_check(ty_http *http)
{
    ty_findings all = {0};
    ty_status status = ty_findings_read(http, ty_http_param(http, "accepted").size > 0, &all);
    if (status != TY_OK)
        ty_reply_failure(http, status);
    else if (http->json)
        put_data(http, &all);
    else
        put_list(http, &all);
    ty_findings_release(&all);
}

/* ------------------------------------------------------------------------------------------ changes */

static ty_status ignore(void *payload, const ty_check *found)
{
    (void)payload;
    (void)found;
    return TY_OK;
}

static ty_status accept(ty_http *http)
{
    ty_check_settings how = {.source_lang = ty_http_string(http, "s"),
                             .target_lang = ty_http_string(http, "t")};
    const char *ids = ty_http_string(http, "ids");
    return ids ? ty_memory_term_accept(http->memory, NULL, &how, ids, ty_http_who(http), ignore, NULL,
                                       &http->error)
               : TY_ERR_USAGE;
}

static ty_status forget(ty_http *http)
{
    uint64_t count;
    const char *ids = ty_http_string(http, "ids");
    return ids ? ty_memory_term_forget(http->memory, ids, &count, &http->error) : TY_ERR_USAGE;
}

/* The finding is looked for anew: what it says of the text must still be so. */
static ty_status replace_place(ty_http *http, const ty_finding *finding, const ty_finding_place *place)
{
    ty_buffer text = {0};
    const char *lang = ty_http_string(http, "t");
    ty_buffer_add(&text, ty_slice_sub(finding->target, 0, place->at.start));
    ty_buffer_add(&text, place->better);
    ty_buffer_add(&text, ty_slice_sub(finding->target, place->at.end, finding->target.size));
    ty_status status = text.failed
                           ? ty_error_nomem(&http->error)
                           : ty_memory_edit(http->memory, finding->unit, lang ? lang : "ja",
                                            ty_buffer_slice(&text), false, ty_http_who(http), &http->error);
    ty_buffer_release(&text);
    return status;
}

static ty_status replace(ty_http *http)
{
    ty_findings all = {0};
    ty_slice id = ty_http_param(http, "id");
    ty_status status = ty_findings_read(http, false, &all);
    const ty_finding *finding = NULL;
    for (size_t i = 0; i < all.count && status == TY_OK && !finding; i++) {
        const ty_finding_place *place = ty_finding_replaceable(&all.items[i]);
        if (place && ty_slice_equal(ty_slice_of(place->id), id))
            finding = &all.items[i];
    }
    if (status == TY_OK)
        status = finding ? replace_place(http, finding, ty_finding_replaceable(finding)) : TY_NO;
    ty_findings_release(&all);
    return status;
}

void ty_answer_check_change(ty_http *http)
{
    ty_slice op = ty_http_param(http, "op"), back = ty_http_param(http, "back");
    ty_status status = ty_slice_equal(op, TY_SLICE("accept"))    ? accept(http)
                       : ty_slice_equal(op, TY_SLICE("forget"))  ? forget(http)
                       : ty_slice_equal(op, TY_SLICE("replace")) ? replace(http)
                                                                 : TY_ERR_USAGE;
    ty_buffer address = {0};
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    ty_buffer_add_string(&address, back.size ? "/check?fault=" : "/check");
    ty_percent_encode(&address, back);
    ty_reply_done(http, ty_http_copy(http, ty_buffer_slice(&address)));
    ty_buffer_release(&address);
}
