/* SPDX-License-Identifier: Apache-2.0 */
/* Where the program was built without libpq. */
#include "store/engine.h"

static ty_status refuse(const char *address, ty_error *error)
{
    return ty_error_set(error, TY_ERR_USAGE, "%s: this program was built without PostgreSQL", address);
}

ty_status ty_pq_open(const char *address, ty_store_mode mode, ty_store **out, ty_error *error)
{
    (void)mode;
    *out = NULL;
    return refuse(address, error);
}

ty_status ty_pq_restore(const char *address, ty_store *from, const ty_listener *listener, ty_buffer *kept,
                        ty_error *error)
{
    (void)from;
    (void)listener;
    (void)kept;
    return refuse(address, error);
}

ty_status ty_pq_migrate(const char *address, bool dry_run, int *version, ty_error *error)
{
    (void)dry_run;
    (void)version;
    return refuse(address, error);
}
