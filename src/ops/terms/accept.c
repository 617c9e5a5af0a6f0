/* SPDX-License-Identifier: Apache-2.0 */
/* Findings that a person lets stand, remembered by their ids. */
#include "ops/terms/accept.h"

/* ------------------------------------------------------------------------------------------ ids */

static bool is_separator(char c)
{
    return c == ',' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* Cuts the next id off *rest; empty at the end. */
static ty_slice next_id(ty_slice *rest)
{
    size_t start = 0, end;
    while (start < rest->size && is_separator(rest->data[start]))
        start++;
    for (end = start; end < rest->size && !is_separator(rest->data[end]);)
        end++;
    ty_slice id = ty_slice_sub(*rest, start, end);
    *rest = ty_slice_sub(*rest, end, rest->size);
    return id;
}

/* ------------------------------------------------------------------------------------------ accepting */

static bool is_wanted(const ty_accepting *accept, ty_slice id)
{
    ty_slice rest = ty_slice_of(accept->ids), one;
    if (!accept->ids)
        return true;
    while ((one = next_id(&rest)).size)
        if (ty_slice_equal_nocase(one, id))
            return true;
    return false;
}

ty_status ty_accepting_meet(ty_accepting *accept, const ty_accepted *finding, bool accepted, bool *fresh)
{
    *fresh = false;
    if (!is_wanted(accept, finding->id))
        return TY_OK;
    size_t known = accept->found.list.count;
    if (ty_strings_add(&accept->found, finding->id) == TY_STRINGS_NONE)
        return TY_ERR_NOMEM;
    if (accepted || accept->found.list.count == known)
        return TY_OK;
    ty_accepted copy = {.id = ty_arena_copy(&accept->arena, finding->id),
                        .fault = finding->fault,
                        .words = ty_arena_copy(&accept->arena, finding->words),
                        .source = ty_arena_copy(&accept->arena, finding->source),
                        .target = ty_arena_copy(&accept->arena, finding->target),
                        .who = ty_slice_of(accept->who)};
    *fresh = !accept->arena.failed && ty_vector_push(&accept->fresh, copy);
    return *fresh ? TY_OK : TY_ERR_NOMEM;
}

static ty_status check_ids(const ty_accepting *accept, ty_error *error)
{
    ty_slice rest = ty_slice_of(accept->ids), one;
    while ((one = next_id(&rest)).size) {
        bool found = false;
        for (size_t i = 0; i < accept->found.list.count && !found; i++)
            found = ty_slice_equal_nocase(one, accept->found.list.items[i]);
        if (!found)
            return ty_error_set(error, TY_NO, "there is no finding %.*s", TY_SLICE_FORMAT(one));
    }
    return TY_OK;
}

static ty_status remember(ty_store *store, const ty_accepting *accept, ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < accept->fresh.count && status == TY_OK; i++)
        status = ty_store_accept(store, &accept->fresh.items[i], error);
    if (status == TY_OK)
        return ty_store_commit(store, error);
    ty_store_rollback(store);
    return status;
}

ty_status ty_accepting_end(ty_accepting *accept, ty_status status, ty_store *store, ty_error *error)
{
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    if (status == TY_OK || status == TY_NO)
        status = check_ids(accept, error);
    if (status == TY_OK)
        status = remember(store, accept, error);
    ty_strings_release(&accept->found);
    ty_vector_release(&accept->fresh);
    ty_arena_release(&accept->arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ of term check */

typedef struct telling {
    ty_accepting accepting;
    ty_status (*each)(void *payload, const ty_check *found);
    void *payload;
} telling;

static ty_status take(void *payload, const ty_check *found)
{
    telling *t = payload;
    ty_accepted finding = {
        .id = ty_slice_of(found->id),
        .fault = ty_slice_of(found->fault),
        .words = ty_slice_sub(found->in_target ? found->target : found->source, found->start, found->end),
        .source = found->source,
        .target = found->target};
    bool fresh;
    ty_status status = ty_accepting_meet(&t->accepting, &finding, found->accepted, &fresh);
    return status == TY_OK && fresh ? t->each(t->payload, found) : status;
}

ty_status ty_memory_term_accept(ty_memory *memory, ty_bitext *bitext, const ty_check_settings *settings,
                                const char *ids, const char *who,
                                ty_status (*each)(void *payload, const ty_check *found), void *payload,
                                ty_error *error)
{
    telling t = {.accepting = {.ids = ids, .who = who}, .each = each, .payload = payload};
    ty_check_settings how;
    ty_settings_take(&how, sizeof how, settings);
    how.accepted = true;
    ty_status status = ty_memory_term_check(memory, bitext, &how, take, &t, error);
    return ty_accepting_end(&t.accepting, status, memory->store, error);
}

/* ------------------------------------------------------------------------------------------ forgetting */

static ty_status forget(ty_store *store, const char *ids, uint64_t *count, ty_error *error)
{
    ty_slice rest = ty_slice_of(ids), one;
    ty_status status = TY_OK;
    if (!ids)
        return ty_store_forget(store, rest, count, error);
    while (status == TY_OK && (one = next_id(&rest)).size) {
        uint64_t there = 0;
        status = ty_store_forget(store, one, &there, error);
        if (status == TY_OK && there == 0)
            status = ty_error_set(error, TY_NO, "no finding %.*s was accepted", TY_SLICE_FORMAT(one));
        *count += there;
    }
    return status;
}

ty_status ty_memory_term_forget(ty_memory *memory, const char *ids, uint64_t *out_count, ty_error *error)
{
    *out_count = 0;
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    status = forget(memory->store, ids, out_count, error);
    if (status == TY_OK)
        return ty_store_commit(memory->store, error);
    ty_store_rollback(memory->store);
    return status;
}
