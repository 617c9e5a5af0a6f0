/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Addresses: "postgresql://HOST/DATABASE?memory=NAME" or "service=NAME memory=NAME", all as libpq has them
 * but for the memory, which is the name of a schema.
 */
#include "store/pq.h"

#include <stdlib.h>

/* Where the memory's name begins and ends in the address, and what goes with it; false where there is none.
 */
static bool find_name(ty_slice address, ty_slice *name, ty_slice *rest)
{
    bool uri = ty_slice_find(address, TY_SLICE("://"), 0) != SIZE_MAX;
    size_t at = ty_slice_find(address, TY_SLICE("memory="), 0);
    if (at == SIZE_MAX || at == 0 || !strchr(uri ? "?&" : " ", address.data[at - 1]))
        return false;
    size_t begin = at + strlen("memory="), end = begin;
    while (end < address.size && !strchr(uri ? "&" : " ", address.data[end]))
        end++;
    *name = ty_slice_sub(address, begin, end);
    rest[0] = ty_slice_sub(address, 0, end < address.size ? at : at - 1);
    rest[1] = ty_slice_sub(address, end < address.size ? end + 1 : end, address.size);
    return true;
}

/* Whoever lists the processes of the machine would see it. */
static ty_status refuse_password(const char *info, ty_error *error)
{
    char *why = NULL;
    PQconninfoOption *options = PQconninfoParse(info, &why);
    ty_status status = TY_OK;
    if (!options)
        status = ty_error_set(error, TY_ERR_USAGE, "not an address of a database: %s", why ? why : "?");
    for (PQconninfoOption *option = options; option && option->keyword && status == TY_OK; option++)
        if (strstr(option->keyword, "password") && option->val)
            status =
                ty_error_set(error, TY_ERR_USAGE,
                             "a password in the address can be seen by everybody on this machine; put it "
                             "into ~/.pgpass or a service file");
    PQconninfoFree(options);
    PQfreemem(why);
    return status;
}

ty_status ty_pq_address(const char *address, char **info, char **schema, ty_error *error)
{
    ty_slice whole = ty_slice_of(address), name = TY_SLICE("taiyaku"), rest[2] = {whole, {NULL, 0}};
    ty_buffer out = {0};
    find_name(whole, &name, rest);
    ty_buffer_add(&out, rest[0]);
    ty_buffer_add(&out, rest[1]);
    *schema = strndup(name.data, name.size);
    *info = out.data;
    if (out.failed || !*schema || !*info)
        return ty_error_nomem(error);
    if (!name.size || name.size > 50)
        return ty_error_set(error, TY_ERR_USAGE, "the name of a memory has 1 to 50 bytes");
    return refuse_password(*info, error);
}
