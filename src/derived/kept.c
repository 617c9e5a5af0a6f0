/* SPDX-License-Identifier: Apache-2.0 */
/* Derived data in the memory file: fetched while their stamp is good, made and kept else. */
#include "derived/internal.h"

static ty_status holds(const ty_derived_kind *kind, ty_store *store, ty_stamp made, ty_slice bytes,
                       ty_error *error)
{
    ty_stamp now;
    if (kind->holds)
        return kind->holds(kind->payload, store, made, bytes, error);
    ty_status status = ty_store_stamp(store, kind->stamp, &now, error);
    return status == TY_OK && !ty_stamp_equal(made, now) ? TY_NO : status;
}

ty_status ty_derived_fetch(const ty_derived_kind *kind, ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_stamp made;
    uint64_t size = 0;
    ty_status status = ty_store_derived_info(store, kind->name, &made, &size, error);
    if (status == TY_OK && !kind->holds) /* before a large one is read in vain */
        status = holds(kind, store, made, (ty_slice){"", 0}, error);
    if (status == TY_OK && !ty_buffer_reserve_large(out, (size_t)size + 1))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_store_derived_read(store, kind->name, 0, out->data, (size_t)size, error);
    if (status != TY_OK)
        return status;
    out->size = (size_t)size;
    out->data[size] = '\0';
    return kind->holds ? holds(kind, store, made, ty_buffer_slice(out), error) : TY_OK;
}

ty_status ty_derived_make(const ty_derived_kind *kind, ty_store *store, bool keep, ty_buffer *out,
                          ty_error *error)
{
    ty_stamp now;
    ty_buffer_clear(out);
    ty_status status = ty_store_stamp(store, kind->stamp, &now, error);
    if (status == TY_OK)
        status = kind->make(kind->payload, store, out, error);
    if (status == TY_OK && out->failed)
        status = ty_error_nomem(error);
    ty_slice part = ty_buffer_slice(out);
    return status == TY_OK && keep ? ty_store_derived_put(store, kind->name, now, &part, 1, error) : status;
}
