/* SPDX-License-Identifier: Apache-2.0 */
#include "server/errand_slots.h"

#include <stdlib.h>

/* The one not asked for longest makes room; of one person's, who has so many, another one of hers. */
enum { OF_ONE = 4, PLAIN = 2, USUAL_LEAST = 2 /* pairs that a candidate is in */ };

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

/* The check and the candidates as everybody asks for them: they have their slots whatever else is asked. */
static bool is_plain(const ty_errand *e)
{
    bool usual = strcmp(e->source, "en") == 0 && strcmp(e->target, "ja") == 0 && e->least == USUAL_LEAST;
    return e->kind && !e->organisation[0] && (usual || (!e->source[0] && !e->target[0] && !e->least));
}

static size_t count_others(const ty_errands *errands)
{
    size_t count = 0;
    for (size_t i = 0; i < TY_ERRANDS; i++)
        count += errands->list[i].kind && !is_plain(&errands->list[i]);
    return count;
}

/* May the slot be given to another question that is not plain? */
static bool may_go(const ty_errand *e, size_t others)
{
    return e->kind ? !is_plain(e) : others < TY_ERRANDS - PLAIN;
}

/* A slot for a new question, one that waits only where it is of the same person; NULL where there is none. */
static ty_errand *room_for(ty_errands *errands, const char *who, bool plain)
{
    ty_errand *oldest = NULL, *own = NULL;
    size_t count = 0, others = count_others(errands);
    for (size_t i = 0; i < TY_ERRANDS; i++) {
        ty_errand *e = &errands->list[i];
        bool hers = strcmp(e->owner, who) == 0;
        count += hers;
        if (e->running || (!plain && !may_go(e, others)))
            continue;
        if (hers && (!own || e->asked < own->asked))
            own = e;
        if (!e->wanted && (!oldest || e->asked < oldest->asked))
            oldest = e;
    }
    return oldest && (plain || count < OF_ONE) ? oldest : own;
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
    ty_errand wanted = {.kind = kind};
    write_key(&wanted, kind, key, who);
    ty_errand *e = room_for(errands, who, is_plain(&wanted));
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
