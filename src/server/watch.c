/* SPDX-License-Identifier: Apache-2.0 */
#include "server/watch.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/sys.h"

enum {
    RELEASES = 64,
    LOCKS = TY_WATCH_LOCKS,
    LOCKS_OF_ONE = 8,
    LOCK_SECONDS = 120,
    COUNTED = 1 << 14,
    OVERTAKEN_SECONDS = 15
};

/* What a bead was like, and at which version it last changed: its content, and what pages show of it. */
typedef struct seen {
    int64_t bead;
    uint64_t content, altered;
    uint64_t shown, changed;
} seen;

typedef struct release {
    int64_t origin;
    int64_t used;
    seen *beads; /* by id */
    size_t count;
    uint64_t version, first; /* now, and when this server first looked at it */
} release;

typedef struct lock {
    int64_t bead, until;
    uint64_t turn; /* in which they were taken: many may be in one second */
    char who[TY_NAME_LIMIT + 1];
} lock;

struct ty_watch {
    pthread_mutex_t mutex;
    pthread_mutex_t gate; /* whose thread it is, others open nothing; taken before the mutex */
    release releases[RELEASES];
    lock locks[LOCKS];
    uint64_t turns; /* of locks, so far */
};

ty_watch *ty_watch_new(void)
{
    ty_watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return NULL;
    pthread_mutex_init(&watch->mutex, NULL);
    pthread_mutex_init(&watch->gate, NULL);
    return watch;
}

void ty_watch_free(ty_watch *watch)
{
    if (!watch)
        return;
    for (int i = 0; i < RELEASES; i++)
        free(watch->releases[i].beads);
    pthread_mutex_destroy(&watch->mutex);
    pthread_mutex_destroy(&watch->gate);
    free(watch);
}

/* Of the clock that only goes on: another time of day makes no editor open longer. */
static int64_t seconds(void)
{
    return ty_sys_clock() / 1000000000;
}

/* ------------------------------------------------------------------------------------------ versions */

/* What somebody who works on it has to know. */
static uint64_t hash_row(const ty_review_row *row)
{
    int64_t facts[] = {row->unit, row->counts[0], row->counts[1], row->state, row->omit, row->flag, row->ask};
    uint64_t hash = ty_hash((ty_slice){(const char *)facts, sizeof facts}, (uint64_t)row->bead);
    hash = ty_hash(row->who, ty_hash(row->note, hash));
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < row->counts[side]; i++)
            hash = ty_hash(row->lines[side][i].text, hash * 31);
    return hash;
}

/* And what a page shows beside: a sentence cut further up gives others new numbers, and changes none. */
static uint64_t hash_shown(const ty_review_row *row, uint64_t content, bool edited)
{
    int64_t facts[] = {row->crossing, edited, (int64_t)((double)row->confidence * 1e6)};
    uint64_t hash = ty_hash((ty_slice){(const char *)facts, sizeof facts}, content);
    for (int side = 0; side < 2; side++)
        if (row->counts[side])
            hash = hash * 31 + row->lines[side][0].number;
    return hash;
}

static release *place_of(ty_watch *watch, int64_t origin)
{
    release *oldest = &watch->releases[0];
    for (int i = 0; i < RELEASES; i++) {
        release *r = &watch->releases[i];
        if (r->origin == origin)
            return r;
        if (r->used < oldest->used)
            oldest = r;
    }
    free(oldest->beads);
    *oldest = (release){.origin = origin};
    return oldest;
}

static int by_bead(const void *a, const void *b)
{
    const seen *x = a, *y = b;
    return (x->bead > y->bead) - (x->bead < y->bead);
}

static const seen *find(const release *r, int64_t bead)
{
    seen key = {.bead = bead};
    return r->count ? bsearch(&key, r->beads, r->count, sizeof key, by_bead) : NULL;
}

/* Beads in an editor, whosesoever: one that is opened is news for all, and no change of the bead. */
typedef struct edited {
    int64_t beads[LOCKS];
    size_t count;
} edited;

static void list_edited(const ty_watch *watch, int64_t now, edited *out)
{
    out->count = 0;
    for (int i = 0; i < LOCKS; i++)
        if (watch->locks[i].until > now)
            out->beads[out->count++] = watch->locks[i].bead;
}

static bool is_being_edited(const edited *all, int64_t bead)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->beads[i] == bead)
            return true;
    return false;
}

static seen look_at(const edited *open, const release *r, const ty_review_row *row, uint64_t version)
{
    const seen *before = find(r, row->bead);
    uint64_t content = hash_row(row), shown = hash_shown(row, content, is_being_edited(open, row->bead));
    return (seen){row->bead, content, before && before->content == content ? before->altered : version, shown,
                  before && before->shown == shown ? before->changed : version};
}

/*
 * A version is the newest step of the memory, a part of what was drawn for it, and a number for what is no
 * step, a finding or an open editor: so what a page saw can be told from the memory alone, by a server that
 * was started since, and is not taken for what another copy of the memory has there. That number begins with
 * the clock, so that what such a server has to tell is newer. A version is exact in JavaScript.
 */
static uint64_t least_version(const ty_review_rows *rows)
{
    return ty_watch_step_version(rows->step, rows->drawn) + ((uint64_t)time(NULL) >> 2 & (COUNTED / 2 - 1));
}

uint64_t ty_watch_step_version(int64_t step, uint64_t drawn)
{
    return ((uint64_t)step << TY_VERSION_BITS) + (drawn % (1U << TY_VERSION_BITS) / COUNTED * COUNTED);
}

bool ty_watch_is_of(uint64_t version, uint64_t drawn)
{
    int64_t step = (int64_t)(version >> TY_VERSION_BITS);
    return version / COUNTED == ty_watch_step_version(step, drawn) / COUNTED;
}

/* The next one; where all are used the same as before, which tells less, and nothing wrong. */
static uint64_t next_version(const release *r, const ty_review_rows *rows)
{
    uint64_t least = least_version(rows), next = r->version + 1;
    if (r->version < least)
        return least;
    return next / COUNTED == r->version / COUNTED ? next : r->version;
}

/* Another thread may have read later, and looked first. What is still older after so long is another copy of
 * the memory, put in its place. */
static bool is_overtaken(const release *r, const ty_review_rows *rows, int64_t now)
{
    return (uint64_t)rows->step < r->version >> TY_VERSION_BITS && now - r->used <= OVERTAKEN_SECONDS;
}

/* Such a look is no news; what it shows is of its own step. */
static void note_overtaken(const release *r, ty_review_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const seen *known = find(r, rows->items[i].bead);
        rows->items[i].changed = known ? known->changed : r->version;
        rows->items[i].altered = known ? known->altered : r->version;
    }
    rows->first = r->first;
    rows->version = least_version(rows);
}

static void forget_later(release *r, const ty_review_rows *rows)
{
    if ((uint64_t)rows->step >= r->version >> TY_VERSION_BITS)
        return;
    free(r->beads);
    *r = (release){.origin = r->origin};
}

/* One version for all that is new since the last look. */
static void compare(release *r, ty_review_rows *rows, seen *now, const ty_watch *watch)
{
    edited open;
    uint64_t version = next_version(r, rows);
    bool news = !r->beads || r->count != rows->count;
    if (!r->beads)
        r->first = version;
    list_edited(watch, seconds(), &open);
    for (size_t i = 0; i < rows->count; i++) {
        now[i] = look_at(&open, r, &rows->items[i], version);
        rows->items[i].changed = now[i].changed;
        rows->items[i].altered = now[i].altered;
        news = news || now[i].changed == version;
    }
    rows->first = r->first;
    if (news)
        r->version = version;
}

void ty_watch_note(ty_watch *watch, ty_review_rows *rows)
{
    seen *now = calloc(rows->count + 1, sizeof *now);
    if (!now)
        return;
    pthread_mutex_lock(&watch->mutex);
    release *r = place_of(watch, rows->origin);
    if (is_overtaken(r, rows, seconds())) {
        note_overtaken(r, rows);
        pthread_mutex_unlock(&watch->mutex);
        free(now);
        return;
    }
    forget_later(r, rows);
    compare(r, rows, now, watch);
    qsort(now, rows->count, sizeof *now, by_bead);
    free(r->beads);
    r->beads = now;
    r->count = rows->count;
    r->used = seconds();
    rows->version = r->version;
    pthread_mutex_unlock(&watch->mutex);
}

/* ------------------------------------------------------------------------------------------ locks */

static bool is_live(const lock *l, int64_t bead)
{
    return l->bead == bead && l->until > seconds();
}

static bool is_of_other(const lock *l, int64_t bead, const char *who)
{
    return is_live(l, bead) && strcmp(l->who, who) != 0;
}

static bool locked(ty_watch *watch, int64_t bead, const char *who)
{
    for (int i = 0; i < LOCKS; i++)
        if (is_of_other(&watch->locks[i], bead, who))
            return true;
    return false;
}

bool ty_watch_is_locked(ty_watch *watch, int64_t bead, const char *who)
{
    pthread_mutex_lock(&watch->mutex);
    bool found = locked(watch, bead, who);
    pthread_mutex_unlock(&watch->mutex);
    return found;
}

size_t ty_watch_open(ty_watch *watch, const char *who, int64_t beads[TY_WATCH_LOCKS])
{
    size_t count = 0;
    pthread_mutex_lock(&watch->mutex);
    for (int i = 0; i < LOCKS; i++)
        if (is_of_other(&watch->locks[i], watch->locks[i].bead, who))
            beads[count++] = watch->locks[i].bead;
    pthread_mutex_unlock(&watch->mutex);
    return count;
}

/* The lock of the bead where it is held, else the oldest of who has many, else a free one; NULL: there is
 * none, as nobody pushes out what is another's. */
static lock *lock_for(ty_watch *watch, int64_t bead, const char *who)
{
    int64_t now = seconds();
    lock *oldest = NULL, *unused = NULL;
    int own = 0;
    for (int i = 0; i < LOCKS; i++) {
        lock *l = &watch->locks[i];
        if (is_live(l, bead))
            return l;
        if (l->until <= now) {
            unused = l;
        } else if (strcmp(l->who, who) == 0) {
            own++;
            oldest = oldest && oldest->turn < l->turn ? oldest : l;
        }
    }
    return own >= LOCKS_OF_ONE ? oldest : unused;
}

void ty_watch_shut(ty_watch *watch)
{
    pthread_mutex_lock(&watch->gate);
}

void ty_watch_reopen(ty_watch *watch)
{
    pthread_mutex_unlock(&watch->gate);
}

bool ty_watch_lock(ty_watch *watch, int64_t bead, const char *who)
{
    pthread_mutex_lock(&watch->gate);
    pthread_mutex_lock(&watch->mutex);
    bool free_for_us = !locked(watch, bead, who);
    lock *place = free_for_us ? lock_for(watch, bead, who) : NULL;
    if (place) {
        *place = (lock){.bead = bead, .until = seconds() + LOCK_SECONDS, .turn = ++watch->turns};
        snprintf(place->who, sizeof place->who, "%s", who);
    }
    pthread_mutex_unlock(&watch->mutex);
    pthread_mutex_unlock(&watch->gate);
    return place != NULL;
}

void ty_watch_unlock(ty_watch *watch, int64_t bead, const char *who)
{
    pthread_mutex_lock(&watch->mutex);
    for (int i = 0; i < LOCKS; i++)
        if (is_live(&watch->locks[i], bead) && strcmp(watch->locks[i].who, who) == 0)
            watch->locks[i] = (lock){0};
    pthread_mutex_unlock(&watch->mutex);
}
