/* SPDX-License-Identifier: Apache-2.0 */
#include "folder_watch.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

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
    DIR *listing = opendir(path);
    ty_status status = TY_OK;
    ty_buffer inner = {0};
    for (struct dirent *entry; status == TY_OK && listing && (entry = readdir(listing));) {
        if (entry->d_name[0] == '.')
            continue;
        ty_buffer_clear(&inner);
        ty_buffer_add_format(&inner, "%s/%s", path, entry->d_name);
        if (inner.failed)
            status = ty_error_nomem(error);
        else if (ty_is_folder(inner.data))
            status = add_folder(watch, inner.data, depth + 1, found, error);
        else if (found && ty_strings_add(found, ty_buffer_slice(&inner)) == TY_STRINGS_NONE)
            status = ty_error_nomem(error);
    }
    if (listing)
        closedir(listing);
    ty_buffer_release(&inner);
    return status;
}

/* A folder that went away meanwhile, or may not be read, is none; a limit of the system is an error. */
static ty_status add_folder(ty_folder_watch *watch, const char *path, unsigned depth, ty_strings *found,
                            ty_error *error)
{
    int number =
        inotify_add_watch(watch->events, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR);
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
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    watch->signals = signalfd(-1, &ends, SFD_CLOEXEC);
    return watch->signals < 0 ? ty_error_errno(error, "cannot wait for signals") : TY_OK;
}

ty_status ty_folder_watch_open(char **folders, int count, ty_folder_watch **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    ty_folder_watch *watch = *out;
    watch->signals = -1;
    watch->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
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
    if (watch->events >= 0)
        close(watch->events);
    if (watch->signals >= 0)
        close(watch->signals);
    ty_vector_release(&watch->paths);
    ty_arena_release(&watch->arena);
    free(watch);
}

/* ------------------------------------------------------------------------------------------ events */

static ty_status take_event(ty_folder_watch *watch, const struct inotify_event *event, ty_strings *out,
                            ty_error *error)
{
    const char *folder =
        event->wd >= 0 && (size_t)event->wd < watch->paths.count ? watch->paths.items[event->wd] : NULL;
    if (!folder || !event->len || event->name[0] == '.')
        return TY_OK;
    ty_buffer path = {0};
    ty_status status = TY_OK;
    ty_buffer_add_format(&path, "%s/%s", folder, event->name);
    if (path.failed)
        status = ty_error_nomem(error);
    else if (event->mask & IN_ISDIR)
        status = add_folder(watch, path.data, 1, out, error);
    else if (!(event->mask & IN_CREATE) && /* that is empty still */
             ty_strings_add(out, ty_buffer_slice(&path)) == TY_STRINGS_NONE)
        status = ty_error_nomem(error);
    ty_buffer_release(&path);
    return status;
}

static ty_status take_events(ty_folder_watch *watch, ty_strings *out, bool *all, ty_error *error)
{
    _Alignas(struct inotify_event) char room[16384];
    ty_status status = TY_OK;
    for (ssize_t size; status == TY_OK && (size = read(watch->events, room, sizeof room)) > 0;)
        for (char *at = room; status == TY_OK && at < room + size;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            *all |= (event->mask & IN_Q_OVERFLOW) != 0;
            status = take_event(watch, event, out, error);
            at += sizeof *event + event->len;
        }
    return status;
}

ty_status ty_folder_watch_wait(ty_folder_watch *watch, int quiet, ty_strings *out, bool *all, ty_error *error)
{
    struct pollfd both[] = {{.fd = watch->events, .events = POLLIN},
                            {.fd = watch->signals, .events = POLLIN}};
    *all = false;
    for (;;) {
        bool waiting = !out->list.count && !*all;
        int ready = poll(both, 2, waiting ? -1 : quiet);
        if (ready < 0 && errno != EINTR)
            return ty_error_errno(error, "cannot wait for files");
        if (ready > 0 && both[1].revents)
            return TY_STOP;
        if (ready == 0)
            return TY_OK;
        ty_status status = ready > 0 ? take_events(watch, out, all, error) : TY_OK;
        if (status != TY_OK)
            return status;
    }
}
