/* SPDX-License-Identifier: Apache-2.0 */
#include "server/check_list.h"

const char *const ty_check_kept[] = {"fault", "release", "organisation", "s", "t", "accepted", "page", NULL};

/* ------------------------------------------------------------------------------------------ today */

static ty_status note_accepted(void *payload, const ty_accepted_info *accepted)
{
    return ty_strings_add(payload, accepted->id) != TY_STRINGS_NONE ? TY_OK : TY_ERR_NOMEM;
}

bool ty_check_list_is_accepted(const ty_check_list *list, const ty_finding *finding)
{
    for (size_t i = 0; i < finding->places.count; i++)
        if (ty_strings_find(&list->accepted, ty_slice_of(finding->places.items[i].id)) == TY_STRINGS_NONE)
            return false;
    return true;
}

static bool has_id(const ty_findings *today, const char *id)
{
    for (size_t i = 0; i < today->list.count; i++)
        for (size_t k = 0; k < today->list.items[i].places.count; k++)
            if (strcmp(today->list.items[i].places.items[k].id, id) == 0)
                return true;
    return false;
}

/* What was found of a unit is asked of it anew, where the memory has changed since. */
static bool still_stands(const ty_check_list *list, const ty_finding *finding)
{
    ty_findings today = {0};
    if (list->errand.current || !ty_finding_is_local(finding))
        return true;
    bool stands = ty_findings_of_unit(list->http, finding->unit, &today) == TY_OK &&
                  has_id(&today, finding->places.items[0].id);
    ty_findings_release(&today);
    return stands;
}

/* ------------------------------------------------------------------------------------------ the list */

ty_status ty_check_list_open(ty_http *http, ty_check_list *out)
{
    *out = (ty_check_list){.http = http,
                           .fault = ty_http_string(http, "fault"),
                           .release = ty_http_param(http, "release"),
                           .with_accepted = ty_http_asks(http, "accepted")};
    out->fault = out->fault ? out->fault : "";
    ty_errand_key key = {.source = ty_http_string(http, "s"),
                         .target = ty_http_string(http, "t"),
                         .organisation = ty_http_string(http, "organisation")};
    ty_status status = ty_errand_ask(http, &ty_findings_errand, &key, &out->errand);
    out->all = out->errand.answer;
    if (status == TY_OK)
        status = ty_memory_accepted(http->memory, note_accepted, &out->accepted, &http->error);
    return status == TY_NO ? TY_OK : status;
}

void ty_check_list_close(ty_check_list *list)
{
    ty_strings_release(&list->accepted);
    ty_errand_leave(list->http, &list->errand);
}

static bool fits(const ty_check_list *list, const ty_finding *finding, const char *fault)
{
    return (!fault[0] || strcmp(fault, finding->fault) == 0) &&
           (!list->release.size || ty_slice_equal(list->release, finding->origin)) &&
           (list->with_accepted || !ty_check_list_is_accepted(list, finding));
}

static int64_t kept_of(const ty_check_list *list, const char *fault)
{
    int64_t count = 0;
    for (size_t i = 0; list->all && i < list->all->list.count; i++)
        count += fits(list, &list->all->list.items[i], fault);
    return count;
}

int64_t ty_check_list_accepted(const ty_check_list *list)
{
    ty_check_list with = *list, without = *list;
    with.with_accepted = true;
    without.with_accepted = false;
    return kept_of(&with, list->fault) - kept_of(&without, list->fault);
}

int64_t ty_check_list_kept(const ty_check_list *list)
{
    return kept_of(list, list->fault);
}

int64_t ty_check_list_count(const ty_check_list *list, const char *fault, bool *more)
{
    int64_t count = kept_of(list, fault), beyond = 0;
    for (size_t i = 0; list->all && i < TY_FAULTS; i++)
        if (!fault[0] || strcmp(fault, ty_finding_faults[i]) == 0)
            beyond += list->all->beyond[i];
    *more = beyond > 0;
    return list->release.size ? count : count + beyond;
}

void ty_check_list_each(ty_check_list *list, size_t most, void (*each)(void *payload, const ty_finding *f),
                        void *payload)
{
    size_t passed = 0, shown = 0;
    for (size_t i = 0; list->all && i < list->all->list.count && shown < most; i++) {
        const ty_finding *finding = &list->all->list.items[i];
        if (!fits(list, finding, list->fault) || passed++ < list->first)
            continue;
        if (still_stands(list, finding)) {
            each(payload, finding);
            shown++;
        }
    }
}
