/* SPDX-License-Identifier: Apache-2.0 */
#include "store/libpq.h"

#include <pthread.h>

#include "base/sys.h"

/* What the loader finds never changes afterwards: the one thing that is kept for the whole process, as the
 * loader itself keeps it. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static ty_libpq functions;
static bool found;

#ifdef __APPLE__
static const char file[] = "libpq.5.dylib";
#else
static const char file[] = "libpq.so.5";
#endif

static void find_all(void)
{
    static const char *const names[] = {
#define NAME(name) #name,
        TY_LIBPQ_FUNCTIONS(NAME)
#undef NAME
    };
    void **slots[] = {
#define SLOT(name) (void **)&functions.name##_,
        TY_LIBPQ_FUNCTIONS(SLOT)
#undef SLOT
    };
    found = true;
    for (size_t i = 0; i < sizeof names / sizeof *names && found; i++)
        found = ty_sys_function(file, names[i], slots[i]);
}

ty_status ty_libpq_open(ty_error *error)
{
    pthread_once(&once, find_all);
    return found ? TY_OK
                 : ty_error_set(error, TY_ERR_USAGE,
                                "a memory in PostgreSQL needs its library %s (14 or newer), which is not "
                                "installed",
                                file);
}

const ty_libpq *ty_libpq_functions(void)
{
    return &functions;
}
