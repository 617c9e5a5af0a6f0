/* SPDX-License-Identifier: Apache-2.0 */
#include "server/findings.h"

#include <stdlib.h>

const char *const ty_finding_faults[] = {
    "forbidden", "number", "organisation", "inconsistent", "non-standard", "missing", NULL};

const char *ty_finding_label(const char *fault)
{
    static const char *const labels[] = {
        N_("forbidden term"),    N_("number"),      N_("another organisation’s term"), N_("inconsistent"),
        N_("non-standard term"), N_("term missing")};
    for (size_t i = 0; ty_finding_faults[i]; i++)
        if (strcmp(ty_finding_faults[i], fault) == 0)
            return labels[i];
    return fault;
}

static const char *known_fault(const char *fault)
{
    for (size_t i = 0; ty_finding_faults[i]; i++)
        if (strcmp(ty_finding_faults[i], fault) == 0)
            return ty_finding_faults[i];
    return ty_finding_faults[5];
}

typedef struct reader {
    ty_http *http;
    ty_findings *out;
} reader;

static ty_finding *group_of(reader *r, const ty_check *found)
{
    ty_findings *all = r->out;
    const char *fault = known_fault(found->fault);
    for (size_t i = all->count; i-- > 0 && all->items[i].unit == found->unit;)
        if (all->items[i].fault == fault && all->items[i].accepted == found->accepted)
            return &all->items[i];
    ty_arena *arena = &r->http->arena;
    ty_finding new = {.fault = fault,
                      .unit = found->unit,
                      .accepted = found->accepted,
                      .source = ty_arena_copy(arena, found->source),
                      .target = ty_arena_copy(arena, found->target),
                      .origin = ty_arena_copy(arena, found->origin)};
    return ty_vector_push(all, new) ? &all->items[all->count - 1] : NULL;
}

static ty_status add(void *payload, const ty_check *found)
{
    reader *r = payload;
    ty_finding *group = group_of(r, found);
    ty_finding_place place = {.in_target = found->in_target,
                              .at = {found->start, found->end},
                              .better = ty_arena_copy(&r->http->arena, found->better),
                              .note = ty_arena_copy(&r->http->arena, found->note)};
    snprintf(place.id, sizeof place.id, "%s", found->id);
    return group && ty_vector_push(&group->places, place) ? TY_OK : ty_error_nomem(&r->http->error);
}

static size_t rank(const ty_finding *finding)
{
    size_t at = 0;
    while (ty_finding_faults[at] && ty_finding_faults[at] != finding->fault)
        at++;
    return at;
}

static int by_rank(const void *a, const void *b)
{
    const ty_finding *x = a, *y = b;
    size_t i = rank(x), j = rank(y);
    return i != j ? (i < j ? -1 : 1) : (x->unit > y->unit) - (x->unit < y->unit);
}

ty_status ty_findings_read(ty_http *http, bool accepted, ty_findings *out)
{
    reader r = {http, out};
    ty_check_settings how = {.source_lang = ty_http_string(http, "s"),
                             .target_lang = ty_http_string(http, "t"),
                             .organisation = ty_http_string(http, "organisation"),
                             .accepted = accepted};
    ty_status status = ty_memory_term_check(http->memory, NULL, &how, add, &r, &http->error);
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_rank);
    return status == TY_NO ? TY_OK : status;
}

void ty_findings_release(ty_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        ty_vector_release(&findings->items[i].places);
    ty_vector_release(findings);
}

const char *ty_finding_ids(ty_http *http, const ty_finding *finding)
{
    ty_buffer ids = {0};
    for (size_t i = 0; i < finding->places.count; i++)
        ty_buffer_add_format(&ids, "%s%s", i ? "," : "", finding->places.items[i].id);
    const char *kept = ty_http_copy(http, ty_buffer_slice(&ids));
    ty_buffer_release(&ids);
    return kept;
}

const ty_finding_place *ty_finding_replaceable(const ty_finding *finding)
{
    const ty_finding_place *one = NULL;
    for (size_t i = 0; i < finding->places.count; i++) {
        const ty_finding_place *place = &finding->places.items[i];
        if (place->in_target && place->better.size && place->at.end > place->at.start) {
            if (one)
                return NULL;
            one = place;
        }
    }
    return one;
}
