/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SRX rules as plain data.
 */
#include "segment/internal.h"

#include <stdlib.h>

ty_srx *ty_srx_new(void)
{
    return calloc(1, sizeof(ty_srx));
}

void ty_srx_free(ty_srx *srx)
{
    if (!srx)
        return;
    for (size_t i = 0; i < srx->lists.count; i++)
        ty_vector_release(&srx->lists.items[i].rules);
    ty_vector_release(&srx->lists);
    ty_vector_release(&srx->maps);
    ty_arena_release(&srx->arena);
    free(srx);
}

static ty_srx_list *find_list(ty_srx *srx, ty_slice name)
{
    for (size_t i = 0; i < srx->lists.count; i++)
        if (ty_slice_equal(srx->lists.items[i].name, name))
            return &srx->lists.items[i];
    ty_srx_list list = {.name = ty_arena_copy(&srx->arena, name)};
    if (!ty_vector_push(&srx->lists, list))
        return NULL;
    return &srx->lists.items[srx->lists.count - 1];
}

ty_status ty_srx_add_rule(ty_srx *srx, ty_slice name, bool breaks, ty_slice before, ty_slice after,
                          ty_error *error)
{
    ty_srx_list *list = find_list(srx, name);
    ty_srx_rule rule = {.before = ty_arena_copy(&srx->arena, before),
                        .after = ty_arena_copy(&srx->arena, after),
                        .breaks = breaks,
                        .line = srx->line};
    if (!list || !ty_vector_push(&list->rules, rule) || srx->arena.failed)
        return ty_error_nomem(error);
    return TY_OK;
}

ty_status ty_srx_add_map(ty_srx *srx, ty_slice pattern, ty_slice list, ty_error *error)
{
    ty_srx_map map = {.pattern = ty_arena_copy(&srx->arena, pattern),
                      .list = ty_arena_copy(&srx->arena, list),
                      .line = srx->line};
    if (!ty_vector_push(&srx->maps, map) || srx->arena.failed)
        return ty_error_nomem(error);
    return TY_OK;
}
