/* SPDX-License-Identifier: Apache-2.0 */
#include "server/errand_slots.h"

#include <stdlib.h>

/* The one not asked for longest makes room; of one person's, who has so many, another one of hers. */
enum { OF_ONE = 4 };

void ty_errand_let_go(struct ty_errand_held *held)
{
    if (!held || held->users || !held->replaced)
        return;
    held->kind->free(held->answer);
    free(held);
}

void ty_errand_drop(ty_errand *e)
{
    if (e->held) {
        e->held->replaced = true;
        ty_errand_let_go(e->held);
    }
    *e = (ty_errand){0};
}

void ty_errand_keep(ty_errand *e, void *answer)
{
    struct ty_errand_held *held = calloc(1, sizeof *held);
    if (!held) {
        e->kind->free(answer);
        ty_error_nomem(&e->error);
        return;
    }
    *held = (struct ty_errand_held){.kind = e->kind, .answer = answer};
    if (e->held) {
        e->held->replaced = true;
        ty_errand_let_go(e->held);
    }
    e->held = held;
}

static bool is_text(const char *kept, const char *asked)
{
    return strcmp(kept, asked ? asked : "") == 0;
}

bool ty_errand_is(const ty_errand *e, const ty_errand_kind *kind, const ty_errand_key *key)
{
    return e->kind == kind && e->least == key->least && is_text(e->source, key->source) &&
           is_text(e->target, key->target) && is_text(e->organisation, key->organisation);
}

static void write_key(ty_errand *e, const ty_errand_kind *kind, const ty_errand_key *key, const char *who)
{
    ty_errand_drop(e);
    e->kind = kind;
    snprintf(e->owner, sizeof e->owner, "%s", who);
    e->least = key->least;
    snprintf(e->source, TY_ERRAND_TEXT, "%s", key->source ? key->source : "");
    snprintf(e->target, TY_ERRAND_TEXT, "%s", key->target ? key->target : "");
    snprintf(e->organisation, TY_ERRAND_TEXT, "%s", key->organisation ? key->organisation : "");
}

/* A slot for a new question, one that waits only where it is of the same person; NULL where there is none. */
static ty_errand *room_for(ty_errands *errands, const char *who)
{
    ty_errand *oldest = NULL, *own = NULL;
    size_t count = 0;
    for (size_t i = 0; i < TY_ERRANDS; i++) {
        ty_errand *e = &errands->list[i];
        bool hers = strcmp(e->owner, who) == 0;
        count += hers;
        if (hers && !e->running && (!own || e->asked < own->asked))
            own = e;
        if (!e->running && !e->wanted && (!oldest || e->asked < oldest->asked))
            oldest = e;
    }
    return oldest && count < OF_ONE ? oldest : own;
}

ty_errand *ty_errand_slot(ty_errands *errands, const ty_errand_kind *kind, const ty_errand_key *key,
                          const char *who)
{
    for (size_t i = 0; i < TY_ERRANDS; i++) {
        ty_errand *e = &errands->list[i];
        if (!ty_errand_is(e, kind, key))
            continue;
        if (strcmp(e->owner, who) != 0)
            e->owner[0] = '\0';
        return e;
    }
    ty_errand *e = room_for(errands, who);
    if (e)
        write_key(e, kind, key, who);
    pthread_cond_broadcast(&errands->changed); /* who waits there waits in vain */
    return e;
}

/* Of those that wait the first; but nobody's two one after the other while somebody else waits. */
ty_errand *ty_errand_next(ty_errands *errands)
{
    ty_errand *first = NULL;
    bool first_again = false;
    for (size_t i = 0; i < TY_ERRANDS; i++) {
        ty_errand *e = &errands->list[i];
        bool again = e->owner[0] && strcmp(e->owner, errands->last) == 0;
        if (!e->wanted || (first && (again != first_again ? again : e->wanted_since >= first->wanted_since)))
            continue;
        first = e;
        first_again = again;
    }
    return first;
}
