/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_watch.h"

#include <errno.h>
#include <stdlib.h>

#include "base/sys.h"
#include "import_many.h"

enum { DEEPEST = 32 };

struct ty_folder_watch {
    int events, signals;
    TY_VECTOR(const char *) paths; /* by the number of the watch, which the system counts up from 1 */
    ty_arena arena;
};

static ty_status add_folder(ty_folder_watch *watch, const char *path, unsigned depth, ty_strings *found,
                            ty_error *error);

/* What stands in a folder that came by itself was written before it was watched. */
static ty_status look_inside(ty_folder_watch *watch, const char *path, unsigned depth, ty_strings *found,
                             ty_error *error)
{
    ty_arena arena = {0};
    ty_slices names = {0};
    ty_buffer inner = {0};
    ty_status status = TY_OK;
    (void)ty_sys_list(path, &arena, &names);
    for (size_t i = 0; status == TY_OK && i < names.count; i++) {
        if (names.items[i].data[0] == '.')
            continue;
        ty_buffer_clear(&inner);
        ty_buffer_add_format(&inner, "%s/%s", path, names.items[i].data);
        if (inner.failed)
            status = ty_error_nomem(error);
        else if (ty_sys_is_folder(inner.data))
            status = add_folder(watch, inner.data, depth + 1, found, error);
        else if (found && ty_strings_add(found, ty_buffer_slice(&inner)) == TY_STRINGS_NONE)
            status = ty_error_nomem(error);
    }
    ty_buffer_release(&inner);
    ty_vector_release(&names);
    ty_arena_release(&arena);
    return status;
}

/* A folder that went away meanwhile, or may not be read, is none; a limit of the system is an error. */
static ty_status add_folder(ty_folder_watch *watch, const char *path, unsigned depth, ty_strings *found,
                            ty_error *error)
{
    int number = ty_sys_watch_add(watch->events, path);
    if (number < 0 && errno != ENOSPC && depth)
        return TY_OK;
    if (number < 0)
        return ty_error_errno(error, "cannot watch the folder %s", path);
    const char *kept = ty_arena_copy(&watch->arena, ty_slice_of(path)).data;
    while (watch->paths.count <= (size_t)number)
        if (!ty_vector_push(&watch->paths, (const char *)NULL))
            return ty_error_nomem(error);
    watch->paths.items[number] = kept;
    return depth < DEEPEST ? look_inside(watch, path, depth, found, error) : TY_OK;
}

static ty_status open_signals(ty_folder_watch *watch, ty_error *error)
{
    ty_sys_hold_ends();
    watch->signals = ty_sys_open_ends();
    return watch->signals < 0 ? ty_error_errno(error, "cannot wait for signals") : TY_OK;
}

ty_status ty_folder_watch_open(char **folders, int count, ty_folder_watch **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    ty_folder_watch *watch = *out;
    watch->signals = -1;
    watch->events = ty_sys_watch_open();
    ty_status status =
        watch->events < 0 ? ty_error_errno(error, "cannot watch folders") : open_signals(watch, error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = add_folder(watch, folders[i], 0, NULL, error);
    if (status == TY_OK)
        return TY_OK;
    ty_folder_watch_close(watch);
    *out = NULL;
    return status;
}

void ty_folder_watch_close(ty_folder_watch *watch)
{
    if (!watch)
        return;
    ty_sys_close(watch->events);
    ty_sys_close(watch->signals);
    ty_vector_release(&watch->paths);
    ty_arena_release(&watch->arena);
    free(watch);
}

/* ------------------------------------------------------------------------------------------ events */

typedef struct taking {
    ty_folder_watch *watch;
    ty_strings *out;
    bool *all;
    ty_error *error;
} taking;

static ty_status take_change(void *payload, const ty_sys_change *change)
{
    taking *t = payload;
    const ty_folder_watch *watch = t->watch;
    bool known = change->folder >= 0 && (size_t)change->folder < watch->paths.count;
    const char *folder = known ? watch->paths.items[change->folder] : NULL;
    *t->all |= change->lost;
    if (!folder || !change->name[0] || change->name[0] == '.')
        return TY_OK;
    ty_buffer path = {0};
    ty_status status = TY_OK;
    ty_buffer_add_format(&path, "%s/%s", folder, change->name);
    if (path.failed)
        status = ty_error_nomem(t->error);
    else if (change->is_folder)
        status = add_folder(t->watch, path.data, 1, t->out, t->error);
    else if (!change->is_new && ty_strings_add(t->out, ty_buffer_slice(&path)) == TY_STRINGS_NONE)
        status = ty_error_nomem(t->error);
    ty_buffer_release(&path);
    return status;
}

ty_status ty_folder_watch_wait(ty_folder_watch *watch, int quiet, ty_strings *out, bool *all, ty_error *error)
{
    const int both[] = {watch->events, watch->signals};
    bool ready[2];
    taking taking = {watch, out, all, error};
    *all = false;
    for (;;) {
        bool waiting = !out->list.count && !*all;
        int found = ty_sys_poll(both, ready, 2, waiting ? -1 : quiet);
        if (found < 0)
            return ty_error_errno(error, "cannot wait for files");
        if (found > 0 && ready[1])
            return TY_STOP;
        if (found == 0)
            return TY_OK;
        ty_status status = ty_sys_watch_read(watch->events, take_change, &taking);
        if (status != TY_OK)
            return status;
    }
}
