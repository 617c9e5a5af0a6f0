/* SPDX-License-Identifier: Apache-2.0 */
#include "server/staging.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

enum { PLACES = 16, OF_ONE = 4 /* previews of one person */, MINUTES = 30 };
#define LONG (MINUTES * INT64_C(60000000000)) /* nanoseconds */

struct ty_staging {
    pthread_mutex_t lock;
    ty_staged *places[PLACES];
    size_t files, room;
};

ty_staging *ty_staging_new(size_t files)
{
    ty_staging *staging = calloc(1, sizeof *staging);
    if (!staging)
        return NULL;
    pthread_mutex_init(&staging->lock, NULL);
    staging->room = files;
    return staging;
}

void ty_staging_close(ty_staging *staging, int file)
{
    if (file < 0)
        return;
    ty_sys_close(file);
    pthread_mutex_lock(&staging->lock);
    staging->files--;
    pthread_mutex_unlock(&staging->lock);
}

static void free_staged(ty_staging *staging, ty_staged *staged)
{
    if (!staged)
        return;
    for (size_t i = 0; i < staged->files.count; i++) {
        ty_staging_close(staging, staged->files.items[i].file);
        free(staged->files.items[i].name);
    }
    ty_vector_release(&staged->files);
    ty_vector_release(&staged->groups);
    free(staged);
}

void ty_staging_free(ty_staging *staging)
{
    if (!staging)
        return;
    for (int i = 0; i < PLACES; i++)
        free_staged(staging, staging->places[i]);
    pthread_mutex_destroy(&staging->lock);
    free(staging);
}

/* One more, where there is room for it. */
static bool hold(ty_staging *staging)
{
    pthread_mutex_lock(&staging->lock);
    bool room = staging->files < staging->room;
    staging->files += room;
    pthread_mutex_unlock(&staging->lock);
    return room;
}

/* Lets one go whose time is over; false: there is none. */
static bool let_old_go(ty_staging *staging)
{
    ty_staged *old = NULL;
    int64_t now = ty_sys_clock();
    pthread_mutex_lock(&staging->lock);
    for (int i = 0; i < PLACES && !old; i++) {
        ty_staged *one = staging->places[i];
        if (!one || one->busy || one->at + LONG >= now)
            continue;
        old = one;
        staging->places[i] = NULL;
    }
    pthread_mutex_unlock(&staging->lock);
    free_staged(staging, old);
    return old != NULL;
}

int ty_staging_make(ty_staging *staging)
{
    while (!hold(staging))
        if (!let_old_go(staging))
            return -2;
    int file = ty_temporary_file();
    if (file >= 0)
        return file;
    pthread_mutex_lock(&staging->lock);
    staging->files--;
    pthread_mutex_unlock(&staging->lock);
    return -1;
}

static size_t count_of(const ty_staging *staging, const char *owner)
{
    size_t count = 0;
    for (int i = 0; i < PLACES; i++)
        count += staging->places[i] && strcmp(staging->places[i]->owner, owner) == 0;
    return count;
}

/* The oldest that nobody works on, of this person (NULL: of those who have several, else of all); -1: none.
 */
static int oldest_of(const ty_staging *staging, const char *owner)
{
    int oldest = -1;
    bool several = false;
    for (int i = 0; i < PLACES; i++) {
        const ty_staged *one = staging->places[i];
        if (!one || one->busy || (owner && strcmp(one->owner, owner) != 0))
            continue;
        bool more = !owner && count_of(staging, one->owner) > 1;
        if (oldest < 0 || more > several || (more == several && one->at < staging->places[oldest]->at)) {
            oldest = i;
            several = more;
        }
    }
    return oldest;
}

/* The place to put a new one: that of one whose time is over; of who has many, his own; a free one; else one
 * of who has several. */
static int free_place(const ty_staging *staging, const char *owner, int64_t now)
{
    int free = -1;
    for (int i = 0; i < PLACES; i++) {
        const ty_staged *one = staging->places[i];
        if (one && !one->busy && one->at + LONG < now)
            return i;
        free = one ? free : i;
    }
    if (count_of(staging, owner) >= OF_ONE)
        return oldest_of(staging, owner);
    return free >= 0 ? free : oldest_of(staging, NULL);
}

static bool take_files(ty_staged *staged, ty_http *http)
{
    for (size_t i = 0; i < http->uploads.count; i++) {
        ty_upload *upload = &http->uploads.items[i];
        ty_staged_file file = {strdup(upload->name.data), upload->file, upload->size};
        if (!file.name || !ty_vector_push(&staged->files, file)) {
            free(file.name);
            return false;
        }
        upload->file = -1;
    }
    http->uploads.count = 0;
    return true;
}

ty_staged *ty_staging_add(ty_staging *staging, ty_http *http)
{
    uint64_t number = 0;
    ty_staged *staged = calloc(1, sizeof *staged);
    if (!staged || !ty_sys_random(&number, sizeof number) || !take_files(staged, http)) {
        free_staged(staging, staged);
        return NULL;
    }
    snprintf(staged->id, sizeof staged->id, "%016llx", (unsigned long long)number);
    staged->at = ty_sys_clock();
    snprintf(staged->owner, sizeof staged->owner, "%s", http->who.form_key);
    staged->busy = true;
    pthread_mutex_lock(&staging->lock);
    int place = free_place(staging, staged->owner, staged->at);
    ty_staged *old = place >= 0 ? staging->places[place] : staged;
    if (place >= 0)
        staging->places[place] = staged;
    pthread_mutex_unlock(&staging->lock);
    free_staged(staging, old);
    return place >= 0 ? staged : NULL;
}

ty_staged *ty_staging_take(ty_staging *staging, ty_slice id)
{
    ty_staged *found = NULL;
    pthread_mutex_lock(&staging->lock);
    for (int i = 0; i < PLACES && !found; i++) {
        ty_staged *one = staging->places[i];
        if (one && !one->busy && ty_slice_equal(ty_slice_of(one->id), id))
            found = one;
    }
    if (found)
        found->busy = true;
    pthread_mutex_unlock(&staging->lock);
    return found;
}

void ty_staging_return(ty_staging *staging, ty_staged *staged, bool done)
{
    if (!staged)
        return;
    pthread_mutex_lock(&staging->lock);
    staged->busy = false;
    for (int i = 0; i < PLACES && done; i++)
        if (staging->places[i] == staged)
            staging->places[i] = NULL;
    pthread_mutex_unlock(&staging->lock);
    if (done)
        free_staged(staging, staged);
}

/* ------------------------------------------------------------------------------------------ bytes */

bool ty_staged_open(const ty_staged_file *file, ty_staged_view *out)
{
    *out = (ty_staged_view){.source = {.path = file->name, .bytes = {"", 0}}};
    if (file->size == 0)
        return true;
    void *data = ty_sys_map(file->file, file->size, 0);
    if (!data)
        return false;
    out->data = data;
    out->size = file->size;
    out->source.bytes = (ty_slice){data, file->size};
    return true;
}

void ty_staged_close(ty_staged_view *view)
{
    if (view->size)
        ty_sys_unmap(view->data, view->size);
    view->size = 0;
}
