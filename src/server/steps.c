/* SPDX-License-Identifier: Apache-2.0 */
#include "server/steps.h"

#include "server/addresses.h"
#include "server/facts.h"
#include "server/show.h"

/* What steps are called, beside what a page does to a bead. */
static const char *const names[] = {
    N_("import"),     N_("confirm"),     N_("edit"),      N_("remove"),      N_("add"),
    N_("merge"),      N_("split"),       N_("move up"),   N_("move down"),   N_("fetch up"),
    N_("fetch down"), N_("cut"),         N_("join"),      N_("unlink"),      N_("swap"),
    N_("link"),       N_("omit"),        N_("flag"),      N_("question"),    N_("lock"),
    N_("realign"),    N_("refresh"),     N_("facts"),     "accept",          N_("forget"),
    N_("reject"),     N_("undo"),        N_("redo"),      N_("term add"),    N_("term edit"),
    N_("term merge"), N_("term remove"), N_("edit term"), N_("split terms"), N_("add term")};

/* In the reader's language; a name that we do not know is English. */
static void put_name(const ty_page *page, ty_slice name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal(name, ty_slice_of(names[i]))) {
            /* "accept" is what is done to a candidate, too, and there is another word for that */
            const char *label = strcmp(names[i], "accept") == 0 ? N_("let stand") : names[i];
            ty_html(page, "<td class=\"nowrap\">$s</td>", ty_label(page->ui, label));
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
    int64_t last; /* shown */
    bool more;
} list;

/* Whose past it is, for its page to come back to; NULL: of everything. */
static const char *kind_of(const ty_step_filter *filter)
{
    return filter->unit ? "unit" : filter->concept ? "concept" : NULL;
}

static void put_button(const list *l, const ty_step *step)
{
    ty_http *http = l->http;
    const ty_step_filter *filter = l->filter;
    ty_html(
        &http->page,
        "<form method=\"post\" action=\"/changes\"><input type=\"hidden\" name=\"key\" value=\"$s\"><input "
        "type=\"hidden\" name=\"step\" value=\"$d\">",
        http->who.form_key, step->id);
    if (kind_of(filter))
        ty_html(&http->page, "<input type=\"hidden\" name=\"$s\" value=\"$d\">", kind_of(filter),
                filter->unit + filter->concept);
    ty_html(&http->page, "<button>{Take back}</button></form>");
}

/* Who looks at one thing takes back what was done to it, not all that came with it. */
static void put_undo(const list *l, const ty_step *step)
{
    ty_http *http = l->http;
    bool one = kind_of(l->filter) != NULL;
    bool mine = ty_slice_equal(step->who, ty_slice_of(http->who.name));
    bool whole = one && ty_slice_equal(step->name, TY_SLICE("import"));
    bool can = !whole && !step->taken_back && !step->takes_back && http->who.role >= TY_ROLE_EDIT &&
               (mine || http->who.role == TY_ROLE_ADMIN);
    ty_html(&http->page, "<td>");
    if (step->taken_back)
        ty_html(&http->page, "<span class=\"tag\">{taken back}</span>");
    else if (can)
        put_button(l, step);
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
const char *ty_day_begin(ty_http *http, const char *day, int64_t zone)
{
    char out[64];
    int year, month, number, minutes = (int)-zone;
    if (!day || sscanf(day, "%4d-%2d-%2d", &year, &month, &number) != 3)
        return NULL;
    number += minutes < 0 ? -1 : 0;
    minutes += minutes < 0 ? 24 * 60 : 0;
    if (number < 1) {
        year -= month == 1;
        month = month == 1 ? 12 : month - 1;
        number = ty_days_of_month(year, month);
    }
    snprintf(out, sizeof out, "%04d%02d%02dT%02d%02d00Z", year % 10000, month, number, minutes / 60,
             minutes % 60);
    return ty_http_copy(http, ty_slice_of(out));
}

static ty_status add(void *payload, const ty_step *step)
{
    list *l = payload;
    ty_http *http = l->http;
    l->more = l->count == l->filter->max;
    if (l->more)
        return TY_STOP;
    l->last = step->id;
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

/* Those before, on the page of all changes. */
static void put_further(const list *l)
{
    static const char *const of_changes[] = {"who", "since", "zone", NULL}, *const none[] = {NULL};
    bool here = strcmp(l->http->route->name, "changes") == 0;
    char path[48] = "/changes";
    if (kind_of(l->filter))
        snprintf(path, sizeof path, "/changes?%s=%lld", kind_of(l->filter),
                 (long long)(l->filter->unit + l->filter->concept));
    ty_html(&l->http->page,
            "<nav class=\"row\" aria-label=\"{Pages}\"><a class=\"btn\" href=\"$s\">{further →}</a></nav>\n",
            ty_address_with_number(l->http, path, here ? of_changes : none, "before", l->last));
}

bool ty_steps_put(ty_http *http, const ty_step_filter *filter)
{
    list l = {.http = http, .filter = filter};
    ty_step_filter one_more = *filter;
    one_more.max++;
    if (http->json) {
        ty_http_need(http, ty_memory_steps(http->memory, &one_more, add, &l, &http->missing));
        return l.more;
    }
    ty_html(
        &http->page,
        "<section class=\"card\"><table class=\"stack\"><thead><tr><th scope=\"col\">{When}</th><th "
        "scope=\"col\">{Who}</th><th scope=\"col\">{What}</th><th scope=\"col\">{Where}</th><td></td></tr>"
        "</thead><tbody>\n");
    ty_http_need(http, ty_memory_steps(http->memory, &one_more, add, &l, &http->missing));
    ty_html(&http->page, "</tbody></table></section>\n");
    if (!l.count)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
    if (l.more)
        put_further(&l);
    return l.more;
}

/* ------------------------------------------------------------------------------------------ what came in */

enum { RECENT = 5, LOOKED_AT = 2000 /* steps: a day of review has hundreds */ };

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
    list l = {.http = http, .filter = &filter};
    ty_http_need(http, ty_memory_steps(http->memory, &filter, add_import, &l, &http->missing));
    if (l.count)
        ty_html(&http->page, "</table></section>\n");
}
