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

enum { KEPT = 5000 }; /* of each fault */

/* ------------------------------------------------------------------------------------------ reading */

static ty_finding *group_of(ty_findings *all, const ty_check *found, const char *fault)
{
    for (size_t i = all->list.count; i-- > 0 && all->list.items[i].unit == found->unit;)
        if (all->list.items[i].fault == fault)
            return &all->list.items[i];
    return NULL;
}

/* A new one; false where it is counted only. */
static bool make(ty_findings *all, const ty_check *found, const char *fault, ty_finding *out)
{
    *out = (ty_finding){.fault = fault, .unit = found->unit};
    size_t kind = ty_finding_rank(out);
    if (all->kept[kind] >= KEPT) {
        all->beyond[kind]++;
        return false;
    }
    all->kept[kind]++;
    out->source = ty_arena_copy(&all->arena, found->source);
    out->target = ty_arena_copy(&all->arena, found->target);
    out->origin = ty_arena_copy(&all->arena, found->origin);
    return true;
}

static ty_status add(void *payload, const ty_check *found)
{
    ty_findings *all = payload;
    const char *fault = known_fault(found->fault);
    ty_finding *group = group_of(all, found, fault), fresh;
    if (!group) {
        if (!make(all, found, fault, &fresh))
            return TY_OK;
        if (!ty_vector_push(&all->list, fresh))
            return TY_ERR_NOMEM;
        group = &all->list.items[all->list.count - 1];
    }
    ty_finding_place place = {.in_target = found->in_target,
                              .at = {found->start, found->end},
                              .better = ty_arena_copy(&all->arena, found->better),
                              .note = ty_arena_copy(&all->arena, found->note)};
    snprintf(place.id, sizeof place.id, "%s", found->id);
    return ty_vector_push(&group->places, place) && !all->arena.failed ? TY_OK : TY_ERR_NOMEM;
}

size_t ty_finding_rank(const ty_finding *finding)
{
    size_t at = 0;
    while (at + 1 < TY_FAULTS && ty_finding_faults[at] != finding->fault)
        at++;
    return at;
}

static int by_rank(const void *a, const void *b)
{
    const ty_finding *x = a, *y = b;
    size_t i = ty_finding_rank(x), j = ty_finding_rank(y);
    return i != j ? (i < j ? -1 : 1) : (x->unit > y->unit) - (x->unit < y->unit);
}

static ty_status read_all(ty_memory *memory, const ty_check_settings *how, ty_findings *out, ty_error *error)
{
    ty_status status = ty_memory_term_check(memory, NULL, how, add, out, error);
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    if (out->list.count)
        qsort(out->list.items, out->list.count, sizeof *out->list.items, by_rank);
    return status == TY_NO ? TY_OK : status;
}

static void free_all(void *answer)
{
    ty_findings_release(answer);
    free(answer);
}

static void *find_all(ty_memory *memory, const ty_errand_key *key, ty_error *error)
{
    ty_check_settings how = {.source_lang = key->source,
                             .target_lang = key->target,
                             .organisation = key->organisation,
                             .accepted = true};
    ty_findings *all = calloc(1, sizeof *all);
    if (!all) {
        ty_error_nomem(error);
        return NULL;
    }
    if (read_all(memory, &how, all, error) == TY_OK)
        return all;
    free_all(all);
    return NULL;
}

const ty_errand_kind ty_findings_errand = {find_all, free_all};

ty_status ty_findings_of_unit(ty_http *http, int64_t unit, ty_findings *out)
{
    ty_check_settings how = {.source_lang = ty_http_string(http, "s"),
                             .target_lang = ty_http_string(http, "t"),
                             .organisation = ty_http_string(http, "organisation"),
                             .accepted = true,
                             .unit = unit};
    return read_all(http->memory, &how, out, &http->error);
}

void ty_findings_release(ty_findings *findings)
{
    for (size_t i = 0; i < findings->list.count; i++)
        ty_vector_release(&findings->list.items[i].places);
    ty_vector_release(&findings->list);
    ty_arena_release(&findings->arena);
}

/* ------------------------------------------------------------------------------------------ one of them */

bool ty_finding_is_local(const ty_finding *finding)
{
    return strcmp(finding->fault, "inconsistent") != 0 && strcmp(finding->fault, "organisation") != 0;
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

bool ty_finding_place_is_replaceable(const ty_finding_place *place)
{
    return place->in_target && place->better.size && place->at.end > place->at.start;
}

const ty_finding_place *ty_finding_replaceable(const ty_finding *finding)
{
    const ty_finding_place *one = NULL;
    for (size_t i = 0; i < finding->places.count; i++) {
        const ty_finding_place *place = &finding->places.items[i];
        if (ty_finding_place_is_replaceable(place)) {
            if (one)
                return NULL;
            one = place;
        }
    }
    return one;
}
