/* SPDX-License-Identifier: Apache-2.0 */
#include "server/steps.h"

#include "server/facts.h"
#include "server/show.h"

/* What steps are called, beside what a page does to a bead. */
static const char *const names[] = {
    N_("import"),     N_("confirm"),     N_("edit"),      N_("remove"),      N_("add"),
    N_("merge"),      N_("split"),       N_("move up"),   N_("move down"),   N_("fetch up"),
    N_("fetch down"), N_("cut"),         N_("join"),      N_("unlink"),      N_("swap"),
    N_("link"),       N_("omit"),        N_("flag"),      N_("question"),    N_("lock"),
    N_("realign"),    N_("refresh"),     N_("facts"),     N_("accept"),      N_("forget"),
    N_("reject"),     N_("undo"),        N_("redo"),      N_("term add"),    N_("term edit"),
    N_("term merge"), N_("term remove"), N_("edit term"), N_("split terms"), N_("add term")};

/* In the reader's language; a name that we do not know is English. */
static void put_name(const ty_page *page, ty_slice name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal(name, ty_slice_of(names[i]))) {
            ty_html(page, "<td class=\"nowrap\">$s</td>", ty_label(page->ui, names[i]));
            return;
        }
    ty_html(page, "<td lang=\"en\">$t</td>", name);
}

/* "unit 7", "pair 7", "step 7" are ours to say; all else is a name. */
static void put_subject(const ty_page *page, ty_slice subject)
{
    static const char *const kinds[][2] = {
        {"unit ", N_("pair")}, {"pair ", N_("pair")}, {"step ", N_("step")}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        ty_slice word = ty_slice_of(kinds[i][0]), number;
        if (!ty_slice_starts(subject, word))
            continue;
        number = ty_slice_sub(subject, word.size, subject.size);
        if (number.size && strspn(number.data, "0123456789") >= number.size) {
            ty_html(page, "$s $t", ty_label(page->ui, kinds[i][1]), number);
            return;
        }
    }
    ty_html(page, "$t", subject);
}

static void put_place(ty_http *http, const ty_step *step)
{
    bool linked = step->origin && ty_facts_of_id(http, step->origin);
    ty_html(&http->page, "<td dir=\"auto\">");
    if (linked)
        ty_html(&http->page, "<a href=\"/release/$d\">", step->origin);
    put_subject(&http->page, linked && !step->subject.size ? TY_SLICE("→") : step->subject);
    ty_html(&http->page, linked ? "</a></td>" : "</td>");
}

typedef struct list {
    ty_http *http;
    const ty_step_filter *filter;
    size_t count;
} list;

/* Who looks at one thing takes back what was done to it, not all that came with it. */
static void put_undo(const list *l, const ty_step *step)
{
    ty_http *http = l->http;
    bool one = l->filter->unit || l->filter->concept;
    bool mine = ty_slice_equal(step->who, ty_slice_of(http->who.name));
    bool whole = one && ty_slice_equal(step->name, TY_SLICE("import"));
    bool can = !whole && !step->taken_back && !step->takes_back && http->who.role >= TY_ROLE_EDIT &&
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

/* A TMX date is 20240728T093000Z. */
bool ty_step_is_since(const ty_step *step, ty_slice day)
{
    char date[16];
    if (day.size != 10 || step->at.size < 8)
        return true;
    snprintf(date, sizeof date, "%.4s%.2s%.2s", day.data, day.data + 5, day.data + 8);
    return memcmp(step->at.data, date, 8) >= 0;
}

static ty_status add(void *payload, const ty_step *step)
{
    list *l = payload;
    ty_http *http = l->http;
    if (!ty_step_is_since(step, ty_http_param(http, "since")))
        return TY_STOP; /* as are all behind it */
    l->count++;
    if (http->json) {
        put_data(http, step);
        return TY_OK;
    }
    ty_html(&http->page, "<tr>");
    ty_html(&http->page, "<td class=\"nowrap\">");
    ty_show_time(http, step->at);
    ty_html(&http->page, "</td><td>$t</td>", step->who);
    put_name(&http->page, step->name);
    put_place(http, step);
    put_undo(l, step);
    ty_html(&http->page, "</tr>\n");
    return TY_OK;
}

void ty_steps_put(ty_http *http, const ty_step_filter *filter)
{
    list l = {http, filter, 0};
    if (http->json) {
        ty_http_need(http, ty_memory_steps(http->memory, filter, add, &l, &http->missing));
        return;
    }
    ty_html(
        &http->page,
        "<section class=\"card\"><table class=\"stack\"><thead><tr><th scope=\"col\">{When}</th><th "
        "scope=\"col\">{Who}</th><th scope=\"col\">{What}</th><th scope=\"col\">{Where}</th><td></td></tr>"
        "</thead><tbody>\n");
    ty_http_need(http, ty_memory_steps(http->memory, filter, add, &l, &http->missing));
    ty_html(&http->page, "</tbody></table></section>\n");
    if (!l.count)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
}

/* ------------------------------------------------------------------------------------------ what came in */

enum { RECENT = 5, LOOKED_AT = 200 /* steps */ };

static ty_status add_import(void *payload, const ty_step *step)
{
    list *l = payload;
    ty_http *http = l->http;
    if (!ty_slice_equal(step->name, TY_SLICE("import")) || step->taken_back)
        return TY_OK;
    if (!l->count++)
        ty_html(&http->page, "<section class=\"card\"><h2>{Recent imports}</h2><table>\n");
    ty_html(&http->page, "<tr>");
    put_place(http, step);
    ty_html(&http->page, "<td class=\"small mute wide\">$t</td><td class=\"small mute num nowrap\">",
            step->who);
    ty_show_time(http, step->at);
    ty_html(&http->page, "</td></tr>\n");
    return l->count < RECENT ? TY_OK : TY_STOP;
}

void ty_steps_put_imports(ty_http *http)
{
    ty_step_filter filter = {.max = LOOKED_AT};
    list l = {http, &filter, 0};
    ty_http_need(http, ty_memory_steps(http->memory, &filter, add_import, &l, &http->missing));
    if (l.count)
        ty_html(&http->page, "</table></section>\n");
}
