/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The copy of a memory on a server, kept in the user's cache and brought up to date by a thread, which sleeps
 * until somebody changes the memory. While the copy is known to be as the memory is, look-ups are answered
 * from it; at all other times, such as while a large import is copied, the server is asked. So nobody waits
 * for it.
 */
#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"
#include "derived/derived.h"

/* Whether a change was missed is looked at so often; and what was not looked at for so long is not trusted.
 */
enum { LOOK_MILLISECONDS = 500, TRUST_MILLISECONDS = 2000 };
/* After a failure, before it is tried again. */
enum { PAUSE_MILLISECONDS = 1000 };

struct ty_derived_copy {
    char *address;
    ty_buffer path;
    pthread_t thread;
    int stop[2]; /* a pipe: it can be read when the thread is to end */
    ty_lock *lock;
    bool wanted;   /* it may be made; this and the next two with the lock */
    unsigned made; /* how often the file was made or opened */
    int64_t known; /* when it was last found to be as the memory is (ty_sys_clock); 0: it is not */
};

/* ------------------------------------------------------------------------------------------ what is known */

static void know(ty_derived_copy *copy, bool is_there)
{
    ty_lock_enter(copy->lock);
    copy->known = is_there ? ty_sys_clock() : 0;
    ty_lock_leave(copy->lock);
}

static void note_made(ty_derived_copy *copy)
{
    ty_lock_enter(copy->lock);
    copy->known = 0;
    copy->made++;
    ty_lock_leave(copy->lock);
}

static bool may_make(ty_derived_copy *copy)
{
    ty_lock_enter(copy->lock);
    bool may = copy->wanted;
    ty_lock_leave(copy->lock);
    return may;
}

void ty_derived_copy_want(ty_derived_copy *copy)
{
    ty_lock_enter(copy->lock);
    copy->wanted = true;
    ty_lock_leave(copy->lock);
}

unsigned ty_derived_copy_now(ty_derived_copy *copy)
{
    ty_lock_enter(copy->lock);
    bool good = copy->known && ty_sys_clock() - copy->known < (int64_t)TRUST_MILLISECONDS * 1000000;
    unsigned made = good ? copy->made : 0;
    ty_lock_leave(copy->lock);
    return made;
}

const char *ty_derived_copy_path(const ty_derived_copy *copy)
{
    return copy->path.data;
}

/* ------------------------------------------------------------------------------------------ the file */

static void remove_file(const ty_derived_copy *copy, const char *tail)
{
    static const char *const beside[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        ty_buffer path = {0};
        ty_buffer_add_format(&path, "%s%s%s", copy->path.data, tail, beside[i]);
        if (!path.failed)
            ty_sys_remove(path.data);
        ty_buffer_release(&path);
    }
}

static bool goes_on(void *payload, const char *what, uint64_t done, uint64_t total)
{
    const ty_derived_copy *copy = payload;
    bool ends = false;
    (void)what;
    (void)done;
    (void)total;
    return ty_sys_poll(copy->stop, &ends, 1, 0) <= 0;
}

/* Beside the old one, and then in its place. */
static ty_status fill(ty_derived_copy *copy, ty_store *memory, const char *path, ty_error *error)
{
    ty_listener listener = {.payload = copy, .progress = goes_on};
    remove_file(copy, ".new");
    ty_status status = ty_copy_make(memory, path, &listener, error);
    if (status != TY_OK) {
        remove_file(copy, ".new");
        return status;
    }
    remove_file(copy, "");
    return rename(path, copy->path.data) == 0 ? TY_OK : ty_error_errno(error, "%s", path);
}

/* One process at a time; the others look again later. */
static ty_status make(ty_derived_copy *copy, ty_store *memory, ty_error *error)
{
    ty_buffer path = {0}, lock = {0};
    ty_buffer_add_format(&path, "%s.new", copy->path.data);
    ty_buffer_add_format(&lock, "%s.lock", copy->path.data);
    int turn = lock.failed ? TY_TURN_NONE : ty_turn_take(lock.data, 0);
    ty_status status = turn < 0 || path.failed ? TY_NO : fill(copy, memory, path.data, error);
    ty_turn_end(turn);
    ty_buffer_release(&path);
    ty_buffer_release(&lock);
    return status;
}

static ty_status open_file(ty_derived_copy *copy, ty_store *memory, ty_store **out, ty_error *error)
{
    if (*out)
        return TY_OK;
    if (!ty_sys_exists(copy->path.data)) {
        ty_status status = may_make(copy) ? make(copy, memory, error) : TY_NO;
        if (status != TY_OK)
            return status;
    }
    ty_status status = ty_copy_open(copy->path.data, out, error);
    if (status == TY_OK)
        note_made(copy);
    else
        remove_file(copy, "");
    return status;
}

/* ------------------------------------------------------------------------------------------ the thread */

/* One that cannot be followed, or is damaged, goes, and another is made. */
static ty_status bring_up(ty_derived_copy *copy, ty_store *memory, ty_store **file, ty_error *error)
{
    ty_status status = open_file(copy, memory, file, error);
    if (status != TY_OK)
        return status;
    status = ty_copy_follow(memory, *file, error);
    if (status == TY_OK)
        return TY_OK;
    ty_store_close(*file);
    *file = NULL;
    if (status == TY_NO || status == TY_ERR_STORE)
        remove_file(copy, "");
    return status;
}

static bool is_over(ty_derived_copy *copy, int milliseconds)
{
    bool ends = false;
    return ty_sys_poll(copy->stop, &ends, 1, milliseconds) > 0;
}

/* Until the connection is lost, or it is to end. */
static void follow(ty_derived_copy *copy, ty_store *memory)
{
    ty_store *file = NULL;
    ty_status heard = ty_store_listen(memory, NULL);
    while ((heard == TY_OK || heard == TY_NO) && !is_over(copy, 0)) {
        ty_error error = {0};
        ty_status status = bring_up(copy, memory, &file, &error);
        know(copy, status == TY_OK);
        if (status != TY_OK && status != TY_NO && is_over(copy, PAUSE_MILLISECONDS))
            break;
        heard = ty_store_hear(memory, copy->stop[0], LOOK_MILLISECONDS, NULL);
        if (heard == TY_OK)
            know(copy, false);
    }
    know(copy, false);
    ty_store_close(file);
}

static void *work(void *payload)
{
    ty_derived_copy *copy = payload;
    do {
        ty_store *memory = NULL;
        if (ty_store_open(copy->address, TY_STORE_READ, &memory, NULL) == TY_OK)
            follow(copy, memory);
        ty_store_close(memory);
    } while (!is_over(copy, PAUSE_MILLISECONDS));
    return NULL;
}

/* ------------------------------------------------------------------------------------------ life */

static bool find_place(ty_derived_copy *copy, const ty_store *memory)
{
    if (!ty_path_user(TY_USER_CACHE, &copy->path) ||
        ty_path_make_folders(copy->path.data, TY_FOLDER_PRIVATE, NULL) != TY_OK)
        return false;
    ty_buffer_add_format(&copy->path, "/%s-copy.db", ty_store_identity(memory));
    copy->address = strdup(ty_store_path(memory));
    return !copy->path.failed && copy->address;
}

static void free_copy(ty_derived_copy *copy)
{
    ty_lock_free(copy->lock);
    ty_buffer_release(&copy->path);
    free(copy->address);
    free(copy);
}

ty_derived_copy *ty_derived_copy_new(const ty_store *memory)
{
    ty_derived_copy *copy = calloc(1, sizeof *copy);
    if (!copy)
        return NULL;
    copy->lock = ty_lock_new();
    bool good = copy->lock && find_place(copy, memory) && ty_sys_pipe(copy->stop);
    if (good && pthread_create(&copy->thread, NULL, work, copy) == 0)
        return copy;
    if (good) {
        ty_sys_close(copy->stop[0]);
        ty_sys_close(copy->stop[1]);
    }
    free_copy(copy);
    return NULL;
}

void ty_derived_copy_free(ty_derived_copy *copy)
{
    if (!copy)
        return;
    ty_sys_close(copy->stop[1]);
    pthread_join(copy->thread, NULL);
    ty_sys_close(copy->stop[0]);
    free_copy(copy);
}
