/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file that is read without locks, because nothing may be written beside it, is watched instead: as long as
 * nobody has written to it, what was read is one state of it.
 */
#include "store/sqlite.h"

#include "base/sys.h"

/*
 * Two writes within one tick of the system's clock (1 to 10 ms) have one time: a file is watched from when
 * its last write is surely older. For so many ticks a busy one is waited for.
 */
#define TICK_NANOSECONDS 20000000
#define TICKS 100

static bool same(const ty_sys_facts *a, const ty_sys_facts *b)
{
    return ty_sys_is_same(a, b) && a->size == b->size && a->modified == b->modified &&
           a->changed == b->changed;
}

static bool is_old(const ty_sys_facts *about, int64_t nanoseconds)
{
    int64_t age = ty_sys_now() - about->modified;
    return age > nanoseconds || age < -nanoseconds;
}

bool ty_still_is_old(const ty_store *store, const char *tail, unsigned milliseconds)
{
    ty_sys_facts about;
    ty_buffer path = {0};
    ty_buffer_add_format(&path, "%s%s", store->path, tail);
    bool old =
        !path.failed && ty_sys_stat(path.data, &about) && is_old(&about, (int64_t)milliseconds * 1000000);
    ty_buffer_release(&path);
    return old;
}

bool ty_still_watch(ty_store *store)
{
    for (int i = 0; i < TICKS; i++) {
        if (!ty_sys_stat(store->path, &store->still.about))
            return false;
        store->still.watched = is_old(&store->still.about, TICK_NANOSECONDS);
        if (store->still.watched)
            return true;
        ty_sys_sleep(TICK_NANOSECONDS);
    }
    return false;
}

/* Only what came from the disk since the last look can be of another state. */
static bool has_read(ty_store *store)
{
    int misses = 0, highest;
    sqlite3_db_status(store->db, SQLITE_DBSTATUS_CACHE_MISS, &misses, &highest, 0);
    bool has = misses != store->still.misses;
    store->still.misses = misses;
    return has;
}

bool ty_still_holds(const ty_store *store)
{
    ty_sys_facts now;
    return !store->still.watched || (ty_sys_stat(store->path, &now) && same(&store->still.about, &now));
}

ty_status ty_still_broken(const ty_store *store, ty_error *error)
{
    return ty_error_set(error, TY_ERR_BUSY,
                        "%s: the memory is in use and was changed while it was read; try again", store->path);
}

ty_status ty_still_check(ty_store *store, ty_error *error)
{
    if (!store->still.watched || !has_read(store) || ty_still_holds(store))
        return TY_OK;
    store->still.misses = -1; /* from now on every look fails */
    return ty_still_broken(store, error);
}
