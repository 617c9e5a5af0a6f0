/* SPDX-License-Identifier: Apache-2.0 */
#include "server/facts.h"

#include <stdlib.h>

struct ty_facts {
    TY_VECTOR(ty_release_info) items; /* by name; texts in the request's arena */
};

static ty_status keep(void *payload, const ty_release_info *release)
{
    ty_http *http = payload;
    ty_release_info kept = {.id = release->id};
    kept.name = ty_arena_copy(&http->arena, release->name);
    kept.date = ty_arena_copy(&http->arena, release->date);
    kept.title = ty_arena_copy(&http->arena, release->title);
    kept.agency = ty_arena_copy(&http->arena, release->agency);
    return !http->arena.failed && ty_vector_push(&http->facts->items, kept) ? TY_OK : TY_ERR_NOMEM;
}

static int by_name(const void *a, const void *b)
{
    return ty_slice_compare(((const ty_release_info *)a)->name, ((const ty_release_info *)b)->name);
}

/* Read once a request, when the first is asked for. */
static bool load(ty_http *http)
{
    if (http->facts)
        return true;
    http->facts = calloc(1, sizeof *http->facts);
    if (!http->facts)
        return false;
    ty_http_need(http, ty_memory_releases(http->memory, keep, http, &http->missing));
    if (http->facts->items.count)
        qsort(http->facts->items.items, http->facts->items.count, sizeof *http->facts->items.items, by_name);
    return true;
}

const ty_release_info *ty_facts_of(ty_http *http, ty_slice origin)
{
    ty_release_info key = {.name = origin};
    if (!load(http) || !http->facts->items.count)
        return NULL;
    return bsearch(&key, http->facts->items.items, http->facts->items.count, sizeof key, by_name);
}

const ty_release_info *ty_facts_of_id(ty_http *http, int64_t origin)
{
    for (size_t i = 0; load(http) && i < http->facts->items.count; i++)
        if (http->facts->items.items[i].id == origin)
            return &http->facts->items.items[i];
    return NULL;
}

ty_slice ty_origin_date(ty_http *http, ty_slice origin)
{
    const ty_release_info *found = ty_facts_of(http, origin);
    return found ? found->date : (ty_slice){"", 0};
}

void ty_facts_free(ty_facts *facts)
{
    if (!facts)
        return;
    ty_vector_release(&facts->items);
    free(facts);
}
