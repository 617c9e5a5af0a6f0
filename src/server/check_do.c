/* SPDX-License-Identifier: Apache-2.0 */
/* What is done to findings: let stand, forgotten, replaced. */
#include "server/addresses.h"
#include "server/check_list.h"
#include "server/pages.h"
#include "server/units.h"

static ty_status ignore(void *payload, const ty_check *found)
{
    (void)payload;
    (void)found;
    return TY_OK;
}

static int64_t unit_of(const ty_http *http)
{
    return http->arguments[0].data ? ty_decimal(http->arguments[0])
                                   : ty_params_integer(&http->form, "unit", 1, INT64_MAX, 0);
}

static ty_status accept(ty_http *http)
{
    ty_check_settings how = {.source_lang = ty_http_string(http, "s"),
                             .target_lang = ty_http_string(http, "t"),
                             .organisation = ty_http_string(http, "organisation"),
                             .unit = unit_of(http)};
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

/* The place of that id among those of today; *finding: whose it is. */
static const ty_finding_place *place_of(const ty_findings *today, ty_slice id, const ty_finding **finding)
{
    for (size_t i = 0; i < today->list.count; i++)
        for (size_t k = 0; k < today->list.items[i].places.count; k++) {
            const ty_finding_place *place = &today->list.items[i].places.items[k];
            *finding = &today->list.items[i];
            if (ty_finding_place_is_replaceable(place) && ty_slice_equal(ty_slice_of(place->id), id))
                return place;
        }
    return NULL;
}

static ty_status replace(ty_http *http)
{
    ty_findings today = {0};
    const ty_finding *finding = NULL;
    int64_t unit = unit_of(http);
    ty_status status = unit ? ty_findings_of_unit(http, unit, &today) : TY_ERR_USAGE;
    const ty_finding_place *place = place_of(&today, ty_http_param(http, "id"), &finding);
    if (status == TY_OK)
        status = place ? replace_place(http, finding, place) : TY_NO;
    ty_findings_release(&today);
    return status;
}

/* What is found is found in the pair as it is read first: it is that pair still when it is changed. */
static ty_status change(ty_http *http, ty_unit_premise *premise)
{
    ty_slice op = ty_http_param(http, "op");
    int64_t unit = unit_of(http);
    if (http->arguments[0].data && unit < 1)
        return TY_NO;
    ty_status status = unit ? ty_unit_premise_set(http, unit, premise) : TY_OK;
    if (status != TY_OK)
        return status;
    return ty_slice_equal(op, TY_SLICE("accept"))    ? accept(http)
           : ty_slice_equal(op, TY_SLICE("forget"))  ? forget(http)
           : ty_slice_equal(op, TY_SLICE("replace")) ? replace(http)
                                                     : TY_ERR_USAGE;
}

/* To the pair of a release that it was done at, or to the page of findings. */
static const char *back_of(ty_http *http)
{
    static const char *const none[] = {NULL};
    char path[48];
    int64_t bead = ty_params_integer(&http->form, "bead", 1, INT64_MAX, 0);
    snprintf(path, sizeof path, "/bead/%lld", (long long)bead);
    return ty_address_with(http, bead ? path : "/check", bead ? none : ty_check_kept, NULL, TY_SLICE(""));
}

void ty_answer_check_change(ty_http *http)
{
    ty_unit_premise premise = {0};
    ty_status status = change(http, &premise);
    if (premise.stale)
        ty_reply_error(http, 409, N_("Somebody changed this pair meanwhile; here it is as it is now."));
    else if (status != TY_OK)
        ty_reply_failure(http, status);
    else
        ty_reply_done(http, back_of(http));
}
