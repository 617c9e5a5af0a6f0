/* SPDX-License-Identifier: Apache-2.0 */
#include "server/concordance.h"

const char *const ty_hit_orders[4] = {"date", "left", "right", "rendering"};

static ty_hit_order order_of(ty_slice name)
{
    for (size_t i = 0; i < 4; i++)
        if (ty_slice_equal(name, ty_slice_of(ty_hit_orders[i])))
            return (ty_hit_order)i;
    return TY_BY_DATE;
}

void ty_view_read(ty_http *http, ty_view *v)
{
    const ty_params *query = &http->target.query;
    *v = (ty_view){
        .filter = {.query = ty_slice_trim(ty_http_param(http, "q")),
                   .other = ty_slice_trim(ty_http_param(http, "other")),
                   .without = ty_http_asks(http, "not"),
                   .lang = ty_http_string(http, "l"),
                   .release = ty_http_string(http, "release"),
                   .agency = ty_http_param(http, "agency"),
                   .from = ty_params_integer(query, "from", 1, 9999, 0),
                   .to = ty_params_integer(query, "to", 1, 9999, 0)},
        .order = order_of(ty_http_param(http, "sort")),
        .full = ty_slice_equal(ty_http_param(http, "view"), TY_SLICE("full")),
        .first = (size_t)(ty_params_integer(query, "page", 1, 1000, 1) - 1) * TY_VIEW_PAGE,
    };
}

enum { OF_DATA = 600, DEEP = 2000 };

/* The first hits come first, and are not counted to the end: who wants more of them looked at asks for that.
 */
static void set_depth(const ty_http *http, ty_hit_filter *filter)
{
    bool deep = ty_http_asks(http, "deep");
    if (filter->most)
        return;
    filter->most = deep ? DEEP : http->json ? OF_DATA : 0;
    filter->uncounted = !filter->most;
}

ty_status ty_view_find(ty_http *http, ty_view *view)
{
    set_depth(http, &view->filter);
    ty_status status =
        view->filter.query.size ? ty_hits_find(http, &view->filter, &view->hits, &view->rest) : TY_OK;
    ty_hits_sort(&view->hits, view->order);
    return status;
}
