/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A memory is read by many threads at once: each call that reads takes a lane, which has the file open by
 * itself. The first lane is the memory as it was opened; others are made when it is busy, and kept. What is
 * costly to load and never changes once it is loaded, the index of terms, is shared by all lanes.
 */
#include "ops/internal.h"

struct ty_memory_shared {
    ty_lock *making; /* what takes seconds and is then kept on the disk for all: one thread does it */
    ty_lock *lock;   /* for the two below */
    bool busy;       /* the first lane is taken */
    double limit;    /* seconds that a call may read; 0: any */
    TY_VECTOR(ty_memory *) idle, copied; /* the latter read the copy */
    ty_derived_copy *copy;               /* NULL: there is none */
    size_t look_ups;                     /* so far */
    ty_shared_terms *terms;
    ty_known_doubts *doubts;
};

ty_status ty_memory_share(ty_memory *memory, ty_error *error)
{
    memory->shared = calloc(1, sizeof *memory->shared);
    if (!memory->shared)
        return ty_error_nomem(error);
    memory->shared->lock = ty_lock_new();
    memory->shared->making = ty_lock_new();
    memory->shared->doubts = ty_known_doubts_new();
    return memory->shared->lock && memory->shared->making && memory->shared->doubts
               ? ty_shared_terms_new(&memory->shared->terms, error)
               : ty_error_nomem(error);
}

void ty_memory_unshare(ty_memory *memory)
{
    ty_memory_shared *shared = memory->shared;
    if (memory->lane || !shared)
        return;
    for (size_t i = 0; i < shared->idle.count; i++)
        ty_memory_close(shared->idle.items[i]);
    for (size_t i = 0; i < shared->copied.count; i++)
        ty_memory_close(shared->copied.items[i]);
    ty_derived_copy_free(shared->copy);
    ty_vector_release(&shared->copied);
    ty_shared_terms_free(shared->terms);
    ty_known_doubts_free(shared->doubts);
    ty_vector_release(&shared->idle);
    ty_lock_free(shared->making);
    ty_lock_free(shared->lock);
    free(shared);
}

ty_lock *ty_memory_making(const ty_memory *memory)
{
    return memory->shared->making;
}

ty_known_doubts *ty_memory_known_doubts(const ty_memory *memory)
{
    return memory->shared->doubts;
}

/* ------------------------------------------------------------------------------------------ lanes */

/* `path` is the memory's, or its copy's. */
static ty_status open_lane(const ty_memory *first, const char *path, ty_memory **out, ty_error *error)
{
    ty_memory *lane = calloc(1, sizeof *lane);
    size_t size = strlen(first->path) + 1;
    if (lane)
        *lane = (ty_memory){
            .lane = true, .shared = first->shared, .listener = first->listener, .path = malloc(size)};
    if (!lane || !lane->path) {
        free(lane);
        return ty_error_nomem(error);
    }
    memcpy(lane->path, first->path, size);
    ty_status status = ty_store_open(path, TY_STORE_READ, &lane->store, error);
    if (status != TY_OK)
        ty_memory_close(lane);
    else
        *out = lane;
    return status;
}

ty_status ty_memory_enter(ty_memory **memory, ty_error *error)
{
    ty_memory *first = *memory;
    ty_memory_shared *shared = first->shared;
    if (first->lane) {
        first->depth++;
        return TY_OK;
    }
    ty_lock_enter(shared->lock);
    bool taken = shared->busy;
    shared->busy = true;
    if (taken)
        *memory = shared->idle.count ? shared->idle.items[--shared->idle.count] : NULL;
    ty_lock_leave(shared->lock);
    ty_status status = *memory ? TY_OK : open_lane(first, first->path, memory, error);
    if (status == TY_OK && shared->limit > 0)
        ty_store_set_limit((*memory)->store, shared->limit);
    return status;
}

void ty_memory_set_limit(ty_memory *memory, double seconds)
{
    memory->shared->limit = seconds;
}

void ty_memory_rest(ty_memory *memory)
{
    ty_store_rest(memory->store);
}

void ty_memory_hold(ty_memory *memory, const ty_holders *holders)
{
    ty_store_hold(memory->store, holders);
}

void ty_memory_set_premise(ty_memory *memory, ty_status (*check)(void *payload, ty_error *error),
                           void *payload)
{
    ty_store_set_premise(memory->store, (ty_premise){check, payload});
}

int64_t ty_memory_own_step(const ty_memory *memory)
{
    return ty_store_own_step(memory->store);
}

void ty_memory_leave(ty_memory *lane)
{
    if (!lane)
        return;
    if (lane->depth) {
        lane->depth--;
        return;
    }
    ty_memory_shared *shared = lane->shared;
    ty_lock_enter(shared->lock);
    bool kept = !lane->lane ||
                (lane->copied ? ty_vector_push(&shared->copied, lane) : ty_vector_push(&shared->idle, lane));
    if (!lane->lane)
        shared->busy = false;
    ty_lock_leave(shared->lock);
    if (!kept)
        ty_memory_close(lane);
}

/* ------------------------------------------------------------------------------------------ the copy */

/* Few look-ups are answered sooner than the thread that follows the copy has started; and a copy costs what
 * several thousand do, so it is made for who has many. */
enum { FOLLOWED_AT = 8, MADE_AT = 1000, SEARCH_WEIGHT = 20 };

/* Counts the look-up, as so many; where a copy is worth it, sees to it. */
static ty_derived_copy *copy_for(const ty_memory *first, size_t weight)
{
    ty_memory_shared *shared = first->shared;
    ty_lock_enter(shared->lock);
    size_t before = shared->look_ups, number = shared->look_ups += weight;
    if (before < FOLLOWED_AT && number >= FOLLOWED_AT)
        shared->copy = ty_derived_copy_new(first->store);
    ty_derived_copy *copy = shared->copy;
    ty_lock_leave(shared->lock);
    if (copy && before < MADE_AT && number >= MADE_AT)
        ty_derived_copy_want(copy);
    return copy;
}

static ty_memory *take_idle(ty_memory_shared *shared)
{
    ty_lock_enter(shared->lock);
    ty_memory *lane = shared->copied.count ? shared->copied.items[--shared->copied.count] : NULL;
    ty_lock_leave(shared->lock);
    return lane;
}

/* A lane that is idle; those of a file that is there no more are closed. */
static ty_memory *take_copied(ty_memory_shared *shared, unsigned number)
{
    ty_memory *lane = take_idle(shared);
    while (lane && lane->copied != number) {
        ty_memory_close(lane);
        lane = take_idle(shared);
    }
    return lane;
}

/* NULL: the copy is not there, or not known to be as the memory is. */
static ty_memory *enter_copy(ty_memory *first, size_t weight)
{
    ty_derived_copy *copy = copy_for(first, weight);
    unsigned number = copy ? ty_derived_copy_now(copy) : 0;
    ty_memory *lane = number ? take_copied(first->shared, number) : NULL;
    if (number && !lane && open_lane(first, ty_derived_copy_path(copy), &lane, NULL) != TY_OK)
        lane = NULL;
    if (!lane)
        return NULL;
    lane->copied = number;
    if (first->shared->limit > 0)
        ty_store_set_limit(lane->store, first->shared->limit);
    return lane;
}

static bool is_local(const ty_memory *memory)
{
    return memory->lane || !ty_store_is_remote(memory->store);
}

ty_status ty_memory_enter_look_up(ty_memory **memory, ty_error *error)
{
    ty_memory *copied = is_local(*memory) ? NULL : enter_copy(*memory, 1);
    if (!copied)
        return ty_memory_enter(memory, error);
    *memory = copied;
    return TY_OK;
}

static bool is_same_state(const ty_memory *server, const ty_memory *copied)
{
    ty_stamp there, here;
    return ty_store_last_stamp(server->store, &there, NULL) == TY_OK &&
           ty_store_last_stamp(copied->store, &here, NULL) == TY_OK && ty_stamp_equal(there, here);
}

ty_status ty_memory_enter_search(ty_memory **memory, ty_error *error)
{
    ty_memory *copied = is_local(*memory) ? NULL : enter_copy(*memory, SEARCH_WEIGHT);
    ty_status status = ty_memory_enter(memory, error);
    if (status != TY_OK || !copied) {
        ty_memory_leave(copied);
        return status;
    }
    ty_memory *server = *memory, *better = is_same_state(server, copied) ? copied : server;
    ty_memory_leave(better == copied ? server : copied);
    *memory = better;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ terms */

ty_status ty_memory_terms_open(ty_memory *memory, const ty_term_index **out, ty_error *error)
{
    return ty_shared_terms_open(memory->shared->terms, memory->store, true, out, error);
}

ty_status ty_memory_terms_open_lightly(ty_memory *memory, const ty_term_index **out, ty_error *error)
{
    return ty_shared_terms_open(memory->shared->terms, memory->store, false, out, error);
}

bool ty_memory_terms_mended(ty_memory *memory, const ty_term_index **index, ty_status *status,
                            ty_error *error)
{
    if (*status != TY_ERR_FORMAT || !ty_term_index_is_damaged(*index))
        return false;
    if (error)
        *error = (ty_error){0};
    ty_memory_terms_close(memory, *index);
    *index = NULL;
    *status = ty_memory_terms_open_lightly(memory, index, error);
    return *status == TY_OK;
}

void ty_memory_terms_close(ty_memory *memory, const ty_term_index *index)
{
    ty_shared_terms_close(memory->shared->terms, index);
}

void ty_memory_terms_follow(ty_memory *memory, ty_stamp before)
{
    ty_stamp now;
    if (ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &now, NULL) != TY_OK || !ty_stamp_equal(now, before))
        ty_derived_terms_keep(memory->store);
}

ty_status ty_memory_terms_keep(ty_memory *memory, ty_error *error)
{
    (void)error;
    ty_derived_terms_keep(memory->store);
    return TY_OK;
}
