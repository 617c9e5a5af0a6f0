/* SPDX-License-Identifier: Apache-2.0 */
/* What the memory holds, drawn: its pairs by year and agency, and how sure the aligner is of what waits. */
#include <stdlib.h>

#include "server/doubts.h"
#include "server/pages.h"
#include "server/plot.h"
#include "server/release_list.h"

/* ------------------------------------------------------------------------------------------ agencies */

typedef struct agency {
    ty_slice name;
    int64_t pairs;
} agency;

typedef struct agencies {
    ty_arena *arena;
    TY_VECTOR(agency) list; /* the one with most pairs first */
    ty_series series[TY_SERIES];
} agencies;

static int64_t pairs_of(const ty_release_info *r)
{
    return (int64_t)(r->beads - r->unpaired);
}

static size_t place_of(const agencies *a, ty_slice name)
{
    size_t at = 0;
    while (at < a->list.count && !ty_slice_equal(a->list.items[at].name, name))
        at++;
    return at;
}

static ty_status count_pairs(void *payload, const ty_release_info *r)
{
    agencies *a = payload;
    size_t at = place_of(a, r->agency);
    agency new = {ty_arena_copy(a->arena, r->agency), 0};
    if (at == a->list.count && !ty_vector_push(&a->list, new))
        return TY_ERR_NOMEM;
    a->list.items[at].pairs += pairs_of(r);
    return TY_OK;
}

/* The last place is for all that have none of their own. */
static ty_status count_years(void *payload, const ty_release_info *r)
{
    agencies *a = payload;
    size_t at = place_of(a, r->agency), last = TY_SERIES - 1;
    int year = r->date.size >= 4 ? atoi(r->date.data) : 0;
    ty_years_add(&a->series[at < last ? at : last].years, year, pairs_of(r));
    return TY_OK;
}

static int by_pairs(const void *a, const void *b)
{
    const agency *x = a, *y = b;
    return x->pairs != y->pairs ? (x->pairs < y->pairs ? 1 : -1) : ty_slice_compare(x->name, y->name);
}

static void name_series(ty_http *http, agencies *a, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool rest = i == TY_SERIES - 1 && a->list.count > TY_SERIES;
        const char *label = ty_label(http->taste.ui, rest ? N_("others") : N_("no agency told"));
        a->series[i].name = rest || !a->list.items[i].name.size ? ty_slice_of(label) : a->list.items[i].name;
    }
}

static void put_years(ty_http *http)
{
    agencies *a = ty_arena_alloc(&http->arena, sizeof *a);
    if (!a)
        return;
    *a = (agencies){.arena = &http->arena};
    ty_http_need(http, ty_memory_releases(http->memory, count_pairs, a, &http->missing));
    size_t count = a->list.count < TY_SERIES ? a->list.count : TY_SERIES;
    if (count) {
        qsort(a->list.items, a->list.count, sizeof *a->list.items, by_pairs);
        ty_http_need(http, ty_memory_releases(http->memory, count_years, a, &http->missing));
        name_series(http, a, count);
    }
    bool dated = false;
    for (size_t i = 0; i < count; i++)
        dated = dated || a->series[i].years.first;
    if (dated) {
        ty_html(&http->page, "<section class=\"card\"><h2>{Pairs by year and agency}</h2>");
        ty_plot_series(http, ty_label(http->taste.ui, "Pairs by year and agency"), a->series, count);
        ty_html(&http->page, "</section>\n");
    }
    ty_vector_release(&a->list);
}

/* ------------------------------------------------------------------------------------------ confidence */

static void put_confidence(ty_http *http, const ty_listeds *waiting)
{
    static const char *const labels[TY_BANDS] = {"< 50", "50", "75", "90", "95", "≥ 99 %"};
    ty_bar bars[TY_BANDS];
    int64_t all = 0;
    for (size_t i = 0; i < TY_BANDS; i++) {
        bars[i] = (ty_bar){labels[i], 0, i < 4 ? "doubt" : "b"};
        for (size_t k = 0; k < waiting->count; k++)
            bars[i].value += waiting->items[k].looked.doubtful >= 0 ? waiting->items[k].looked.bands[i] : 0;
        all += bars[i].value;
    }
    if (!all)
        return;
    ty_html(&http->page, "<section class=\"card\"><h2>{How sure the aligner is of what waits}</h2>");
    ty_plot_bars(http, ty_label(http->taste.ui, "How sure the aligner is of what waits"), bars, TY_BANDS);
    ty_html(&http->page, "</section>\n");
}

void ty_show_plots(ty_http *http, const ty_listeds *waiting)
{
    put_years(http);
    put_confidence(http, waiting);
}
