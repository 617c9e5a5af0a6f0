/* SPDX-License-Identifier: Apache-2.0 */
#define TY_LIBPQ_NAMES
#include "store/libpq.h"

#include <pthread.h>

#include "base/sys.h"

#ifdef __APPLE__
static const char file[] = "libpq.5.dylib";
#else
static const char file[] = "libpq.so.5";
#endif

TY_SYS_LIBRARY(ty_libpq, file, TY_LIBPQ_FUNCTIONS)

ty_status ty_libpq_open(ty_error *error)
{
    return ty_libpq_functions()
               ? TY_OK
               : ty_error_set(error, TY_ERR_USAGE,
                              "a memory in PostgreSQL needs its library %s (14 or newer), which is not "
                              "installed",
                              file);
}
