/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/lookup/indexes.h"

static ty_status open_indexes(ty_memory *memory, ty_error *error)
{
    return memory->indexes ? TY_OK : ty_derived_indexes_new(memory->store, &memory->indexes, error);
}

ty_status ty_memory_index_at(ty_memory *memory, ty_slice lang, size_t number, const ty_match_index **out,
                             ty_error *error)
{
    ty_status status = open_indexes(memory, error);
    *out = NULL;
    return status == TY_OK ? ty_derived_index_at(memory->indexes, lang, number, out, error) : status;
}

bool ty_memory_index_mended(ty_memory *memory, const ty_match_index *index, ty_status *status,
                            ty_error *error)
{
    return ty_derived_index_mended(memory->indexes, index, status, error);
}

ty_status ty_memory_index_lang(ty_memory *memory, size_t number, char out[16], ty_error *error)
{
    ty_status status = open_indexes(memory, error);
    return status == TY_OK ? ty_derived_index_lang(memory->indexes, number, out, error) : status;
}
