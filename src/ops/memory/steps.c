/* SPDX-License-Identifier: Apache-2.0 */
/* The past of a memory: its steps, one taken back, one brought forward again. */
#include "ops/internal.h"

ty_status ty_memory_set_durable(ty_memory *memory, ty_error *error)
{
    return ty_store_set_durable(memory->store, error);
}

ty_status ty_memory_set_who(ty_memory *memory, const char *who, ty_error *error)
{
    ty_buffer name = {0};
    ty_status status = ty_person_name(who, &name, error);
    if (status == TY_OK)
        status = ty_store_set_who(memory->store, ty_buffer_slice(&name), error);
    ty_buffer_release(&name);
    return status;
}

/* Who is told of each step: by itself, or with what was before it. */
typedef struct telling {
    ty_status (*step)(void *payload, const ty_step *step);
    ty_status (*past)(void *payload, const ty_past *past);
    void *payload;
} telling;

static ty_status tell_past(ty_memory *memory, const ty_step_filter *wanted, const ty_step *step,
                           const telling *to, ty_error *error)
{
    ty_arena arena = {0};
    ty_variant_infos before = {0};
    bool concept = wanted->unit == 0;
    ty_status status = ty_store_before(memory->store, step->id, concept,
                                       concept ? wanted->concept : wanted->unit, &arena, &before, error);
    if (status == TY_OK)
        status = to->past(to->payload, &(ty_past){step, before.items, before.count});
    ty_vector_release(&before);
    ty_arena_release(&arena);
    return status;
}

static ty_status walk(ty_memory *memory, const ty_step_filter *wanted, const telling *to, ty_error *error)
{
    ty_arena arena = {0};
    ty_steps steps = {0};
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_store_steps(memory->store, wanted, &arena, &steps, error);
    for (size_t i = 0; i < steps.count && status == TY_OK; i++)
        status = to->step ? to->step(to->payload, &steps.items[i])
                          : tell_past(memory, wanted, &steps.items[i], to, error);
    if (status == TY_OK && !steps.count)
        status = TY_NO;
    ty_memory_leave(memory);
    ty_vector_release(&steps);
    ty_arena_release(&arena);
    return status;
}

ty_status ty_memory_steps(ty_memory *memory, const ty_step_filter *filter,
                          ty_status (*each)(void *payload, const ty_step *step), void *payload,
                          ty_error *error)
{
    ty_step_filter wanted;
    ty_settings_take(&wanted, sizeof wanted, filter);
    return walk(memory, &wanted, &(telling){.step = each, .payload = payload}, error);
}

ty_status ty_memory_past(ty_memory *memory, const ty_step_filter *filter,
                         ty_status (*each)(void *payload, const ty_past *past), void *payload,
                         ty_error *error)
{
    ty_step_filter wanted;
    ty_settings_take(&wanted, sizeof wanted, filter);
    if (!wanted.unit && !wanted.concept)
        return ty_error_set(error, TY_ERR_USAGE, "the past is that of a unit or a concept");
    return walk(memory, &wanted, &(telling){.past = each, .payload = payload}, error);
}

int64_t ty_memory_last_step(const ty_memory *memory)
{
    return ty_store_last_step(memory->store);
}

ty_status ty_memory_undo(ty_memory *memory, const ty_undo *which, ty_step *out, ty_step *out_later,
                         ty_error *error)
{
    ty_step step;
    ty_stamp before;
    ty_arena_clear(&memory->past);
    ty_status status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &before, error);
    if (status == TY_OK)
        status = ty_store_undo(memory->store, which, &memory->past, &step, out_later, error);
    if (out)
        *out = step;
    if (status == TY_NO && which && which->step)
        ty_error_set(error, TY_NO, "there is no step %lld", (long long)which->step);
    else if (status == TY_NO)
        ty_error_set(error, TY_NO,
                     which && which->redo ? ty_words("there is nothing to redo")
                                          : ty_words("there is nothing to undo"));
    if (status == TY_OK) /* concepts may have come or gone */
        ty_memory_terms_follow(memory, before);
    return status;
}
