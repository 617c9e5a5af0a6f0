/* SPDX-License-Identifier: Apache-2.0 */
#include "server/release_list.h"

#include <stdlib.h>

#include "server/doubts.h"
#include "server/plot.h"
#include "server/show.h"

/* ------------------------------------------------------------------------------------------ which */

typedef struct collector {
    ty_http *http;
    const ty_list_filter *filter;
    ty_listeds *out;
} collector;

static bool fits(const ty_list_filter *filter, const ty_release_info *r)
{
    bool done = r->confirmed == r->beads;
    return !(filter->waiting && (done || !r->beads)) &&
           (!filter->agency.size || ty_slice_equal(filter->agency, r->agency)) &&
           (!filter->from.size || ty_slice_compare(r->date, filter->from) >= 0) &&
           (!filter->to.size || (r->date.size && ty_slice_compare(r->date, filter->to) <= 0));
}

static ty_status collect(void *payload, const ty_release_info *r)
{
    collector *c = payload;
    ty_arena *arena = &c->http->arena;
    ty_listed kept = {.info = *r, .looked.doubtful = -1};
    ty_slice *const texts[] = {&kept.info.name,      &kept.info.title,    &kept.info.date,
                               &kept.info.url,       &kept.info.agency,   &kept.info.titles[0],
                               &kept.info.titles[1], &kept.info.langs[0], &kept.info.langs[1],
                               &kept.info.updated_at};
    if (!fits(c->filter, r))
        return TY_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = ty_arena_copy(arena, *texts[i]);
    return !arena->failed && ty_vector_push(c->out, kept) ? TY_OK : ty_error_nomem(&c->http->error);
}

/* What was not counted may be all doubtful, as far as one knows. */
static int64_t weight(const ty_listed *one)
{
    return one->looked.doubtful >= 0 ? one->looked.doubtful
                                     : (int64_t)(one->info.beads - one->info.confirmed);
}

static int newest_first(const void *a, const void *b)
{
    const ty_listed *x = a, *y = b;
    int order = ty_slice_compare(y->info.date, x->info.date);
    return order ? order : (x->info.id < y->info.id) - (x->info.id > y->info.id);
}

static int doubtful_first(const void *a, const void *b)
{
    int64_t x = weight(a), y = weight(b);
    return x != y ? (x < y) - (x > y) : newest_first(a, b);
}

ty_status ty_releases_find(ty_http *http, const ty_list_filter *filter, ty_listeds *out)
{
    collector c = {http, filter, out};
    ty_status status = ty_memory_releases(http->memory, collect, &c, &http->error);
    /* The newest are counted first, where there is no time for all. */
    for (size_t i = out->count; i-- > 0;)
        ty_doubts_of(http, &out->items[i].info, &out->items[i].looked);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, filter->by_date ? newest_first : doubtful_first);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ agencies */

static ty_status take_agency(void *payload, const ty_release_info *r)
{
    ty_strings *names = payload;
    return !r->agency.size || ty_strings_add(names, r->agency) != TY_STRINGS_NONE ? TY_OK : TY_ERR_NOMEM;
}

static int by_text(const void *a, const void *b)
{
    return ty_slice_compare(*(const ty_slice *)a, *(const ty_slice *)b);
}

static void put_agency(ty_http *http, ty_slice value, ty_slice label, ty_slice chosen)
{
    ty_html(&http->page, "<option value=\"$t\"$r>$t</option>", value,
            ty_slice_equal(value, chosen) ? " selected" : "", label);
}

/* One that is asked for and not there (any more) stands among them, so that one sees why nothing is found. */
void ty_agencies_put(ty_http *http, ty_slice chosen)
{
    ty_strings names = {0};
    ty_http_need(http, ty_memory_releases(http->memory, take_agency, &names, &http->missing));
    if (chosen.size && ty_strings_add(&names, chosen) == TY_STRINGS_NONE)
        ty_http_need(http, TY_ERR_NOMEM);
    ty_slices *list = &names.list;
    if (list->count) {
        qsort(list->items, list->count, sizeof *list->items, by_text);
        ty_html(&http->page, "<label>{Agency} <select name=\"agency\">");
        put_agency(http, TY_SLICE(""), ty_slice_of(ty_label(http->taste.ui, "All")), chosen);
        for (size_t i = 0; i < list->count; i++)
            put_agency(http, list->items[i], list->items[i], chosen);
        ty_html(&http->page, "</select></label>");
    }
    ty_strings_release(&names);
}

/* ------------------------------------------------------------------------------------------ the table */

/* A release without a title has the name of its files; how it begins says more. */
static void put_beginning(ty_http *http, const ty_listed *one)
{
    const ty_release_info *r = &one->info;
    int side = ty_slice_starts(r->langs[1], ty_slice_of(http->taste.ui)) ? 1 : 0;
    if (r->titles[0].size || r->titles[1].size || r->title.size || !one->looked.begins[side][0])
        return;
    ty_html(&http->page, "<div class=\"small mute other\"");
    ty_html_lang(&http->page, r->langs[side]);
    ty_html(&http->page, ">$s</div>", one->looked.begins[side]);
}

/* The title in each of the two languages, where both are known. */
static void put_titles(ty_http *http, const ty_listed *one)
{
    const ty_page *page = &http->page;
    const ty_release_info *r = &one->info;
    int own = ty_slice_starts(r->langs[1], ty_slice_of(http->taste.ui)) && r->titles[1].size;
    ty_slice title = r->titles[own].size ? r->titles[own] : r->title.size ? r->title : r->name;
    ty_html(page, "<a class=\"title\" href=\"/release/$d\" dir=\"auto\"", r->id);
    if (r->titles[own].size)
        ty_html(page, " lang=\"$t\"", r->langs[own]);
    ty_html(page, ">$t</a>", title);
    if (r->titles[!own].size) {
        ty_html(page, "<div class=\"small mute other\"");
        ty_html_lang(page, r->langs[!own]);
        ty_html(page, ">$t</div>", r->titles[!own]);
    }
    put_beginning(http, one);
    ty_html(page, "<div class=\"small mute num\">$t <span dir=\"auto\">$t</span></div>", r->date, r->agency);
}

static ty_status put_step(void *payload, const ty_step *step)
{
    ty_http *http = payload;
    ty_show_time(http, step->at);
    if (step->who.size)
        ty_html(&http->page, "<br>$t", step->who);
    return TY_STOP;
}

static void put_row(ty_http *http, const ty_listed *one)
{
    const ty_page *page = &http->page;
    const ty_release_info *r = &one->info;
    ty_step_filter last = {.origin = r->id, .max = 1};
    ty_html(page, "<tr><td>");
    put_titles(http, one);
    ty_html(page, "</td><td>");
    ty_plot_progress(http, (int64_t)r->confirmed, one->looked.doubtful > 0 ? one->looked.doubtful : 0,
                     (int64_t)r->beads);
    ty_html(page,
            "<span class=\"small num mute\">$d/$d</span></td><td class=\"num\" data-label=\"{doubtful}\">",
            (int64_t)r->confirmed, (int64_t)r->beads);
    if (one->looked.doubtful >= 0)
        ty_html(page, "$d", one->looked.doubtful);
    else
        ty_html(page, "<span class=\"mute\" title=\"{not counted yet}\">…</span>");
    ty_html(page,
            r->flagged ? "</td><td class=\"num wide\">$d ⚑ $d</td><td class=\"small mute wide\">"
                       : "</td><td class=\"num wide\">$d</td><td class=\"small mute wide\">",
            (int64_t)r->unpaired, (int64_t)r->flagged);
    ty_http_need(http, ty_memory_steps(http->memory, &last, put_step, http, &http->missing));
    ty_html(page, "</td><td><a class=\"btn\" href=\"/release/$d/facts\">{Facts}</a></td></tr>\n", r->id);
}

void ty_releases_put(ty_http *http, const ty_listeds *list, size_t first, size_t most)
{
    if (!list->count) {
        ty_html(&http->page, "<p class=\"mute\">{Nothing waits.}</p>\n");
        return;
    }
    ty_html(&http->page, "<table class=\"releases stack\"><thead><tr><th scope=\"col\">{Release}</th><th "
                         "scope=\"col\">{Progress}</th>"
                         "<th scope=\"col\" class=\"num\">{doubtful}</th><th scope=\"col\" class=\"num "
                         "wide\">{without partner}</th><th "
                         "scope=\"col\" class=\"wide\">{last change}</th><td></td></tr></thead><tbody>\n");
    for (size_t i = first; i < list->count && i < first + most; i++)
        put_row(http, &list->items[i]);
    ty_html(&http->page, "</tbody></table>\n");
}
