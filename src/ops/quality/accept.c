/* SPDX-License-Identifier: Apache-2.0 */
/* Findings of any kind that a person lets stand: in the one store that `term check` has, too. */
#include "ops/quality/quality.h"

typedef struct telling {
    ty_accepting accepting;
    ty_status (*each)(void *payload, const ty_fault *fault);
    void *payload;
} telling;

static ty_status take(void *payload, const ty_fault *fault)
{
    telling *t = payload;
    ty_accepted finding = {
        .id = ty_slice_of(fault->id),
        .fault = ty_slice_of(fault->fault[0] ? fault->fault : ty_fault_kind_name(fault->kind)),
        .words = ty_slice_sub(fault->in_target ? fault->target : fault->source, fault->start, fault->end),
        .source = fault->source,
        .target = fault->target};
    bool fresh;
    ty_status status = ty_accepting_meet(&t->accepting, &finding, fault->accepted, &fresh);
    return status == TY_OK && fresh ? t->each(t->payload, fault) : status;
}

ty_status ty_memory_quality_accept(ty_memory *memory, const ty_source *source,
                                   const ty_quality_settings *settings, const char *ids, const char *who,
                                   ty_status (*each)(void *payload, const ty_fault *fault), void *payload,
                                   ty_error *error)
{
    telling t = {.accepting = {.ids = ids, .who = who}, .each = each, .payload = payload};
    ty_quality_settings how;
    ty_settings_take(&how, sizeof how, settings);
    how.accepted = true;
    how.memory = memory;
    ty_status status = source ? ty_quality_check(source, &how, memory->listener, take, &t, error)
                              : ty_memory_quality(memory, &how, take, &t, error);
    return ty_accepting_end(&t.accepting, status, memory->store, error);
}
