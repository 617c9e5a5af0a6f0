/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "ops/lookup/choice.h"
#include "ops/lookup/penalties.h"

enum { IN_FORM_ONLY = 95 }; /* from this score on only form or numbers differ */

static bool is_confirmed(const ty_stored_unit *unit)
{
    return ty_slice_equal(unit->status, TY_SLICE("confirmed"));
}

static ty_slice offered(const ty_choice *choice)
{
    return choice->adapted.size ? choice->adapted : choice->target->text;
}

/* ------------------------------------------------------------------------------------------ order */

static int descending(double one, double other)
{
    return (one < other) - (one > other);
}

/* <0 where `one` differs from the query in less, <0 ... 0 where as much. */
static int by_likeness(const ty_choice *one, const ty_choice *other)
{
    bool form = one->score.score >= IN_FORM_ONLY || other->score.score >= IN_FORM_ONLY;
    int order = 0;
    if (form)
        return descending(one->score.score, other->score.score);
    order = descending(one->adapted.size > 0, other->adapted.size > 0);
    if (!order)
        order = -descending(one->loss, other->loss);
    if (!order)
        order = descending(one->score.score, other->score.score);
    return order ? order : descending(ty_match_similarity(one->score), ty_match_similarity(other->score));
}

static int by_worth(const void *a, const void *b)
{
    const ty_choice *one = a, *other = b;
    int order = by_likeness(one, other);
    if (!order)
        order = descending(one->confirmed, other->confirmed);
    if (!order)
        order = strcmp(other->date, one->date);
    return order ? order : (one->id < other->id) - (one->id > other->id);
}

void ty_choices_sort(ty_choices *choices)
{
    if (choices->list.count)
        qsort(choices->list.items, choices->list.count, sizeof *choices->list.items, by_worth);
}

bool ty_choices_disagree(const ty_choices *choices)
{
    size_t same = 0;
    for (size_t i = 0; i < choices->list.count; i++)
        same += choices->list.items[i].score.score >= 100;
    return same > 1;
}

/* ------------------------------------------------------------------------------------------ the list */

static int year_of(const char *date)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        if (date[i] < '0' || date[i] > '9')
            return 0;
        year = year * 10 + date[i] - '0';
    }
    return year;
}

/* What is the same for the reader: the text that is offered, in one language. */
static ty_choice *find_same(const ty_choices *choices, const ty_choice *choice)
{
    for (size_t i = 0; i < choices->list.count; i++) {
        ty_choice *known = &choices->list.items[i];
        if (ty_slice_equal(offered(known), offered(choice)) &&
            ty_lang_same(known->target->lang, choice->target->lang))
            return known;
    }
    return NULL;
}

static void join_years(ty_choice *out, const ty_choice *one, const ty_choice *other)
{
    bool earlier = other->first_year && (!one->first_year || other->first_year < one->first_year);
    out->first_year = earlier ? other->first_year : one->first_year;
    out->last_year = one->last_year > other->last_year ? one->last_year : other->last_year;
}

static void join(ty_choice *known, const ty_choice *more)
{
    ty_choice best = by_worth(known, more) <= 0 ? *known : *more;
    const ty_choice *newer = strcmp(known->date, more->date) >= 0 ? known : more;
    best.confirmed = known->confirmed || more->confirmed;
    memcpy(best.date, newer->date, sizeof best.date);
    memcpy(best.told, newer->told, sizeof best.told);
    bool same = ty_slice_equal(known->target->text, more->target->text); /* not just once adapted */
    best.count = same ? known->count + more->count : best.count;
    if (same)
        join_years(&best, known, more);
    *known = best;
}

/* The target with the query's numbers, where only they differ; else nothing. */
static ty_status adapt(ty_choices *choices, ty_slice query, ty_choice *choice, ty_error *error)
{
    ty_buffer adapted = {0};
    const ty_variant *source = choice->entry.variant, *target = choice->target;
    if (choice->score.score >= 97)
        return TY_OK;
    ty_status status =
        ty_match_adapt(query, source->text, source->lang, target->text, target->lang, &adapted, error);
    choice->adapted = ty_arena_copy(&choices->arena, ty_buffer_slice(&adapted));
    ty_buffer_release(&adapted);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_choices_add(ty_choices *choices, ty_slice query, const ty_match_hit *hit, const ty_entry *entry,
                         const ty_variant *target, ty_error *error)
{
    ty_choice new = {.id = hit->id,
                     .score = hit->score,
                     .entry = *entry,
                     .target = target,
                     .confirmed = is_confirmed(&entry->stored),
                     .count = 1};
    ty_stored_pair_date(&entry->stored, target, new.date);
    ty_told_pair_date(&entry->stored, target, new.told);
    new.first_year = new.last_year = year_of(new.told);
    ty_status status = adapt(choices, query, &new, error);
    if (status == TY_OK && new.score.score < IN_FORM_ONLY && ty_lang_is_unspaced(entry->variant->lang))
        status = ty_match_loss(query, entry->variant->text, &new.loss, error);
    if (status != TY_OK)
        return status;
    ty_choice *known = find_same(choices, &new);
    if (known)
        join(known, &new);
    else if (!ty_vector_push(&choices->list, new))
        return ty_error_nomem(error);
    return choices->arena.failed ? ty_error_nomem(error) : TY_OK;
}

void ty_choices_clear(ty_choices *choices)
{
    ty_vector_clear(&choices->list);
    ty_arena_clear(&choices->arena);
}

void ty_choices_release(ty_choices *choices)
{
    ty_vector_release(&choices->list);
    ty_arena_release(&choices->arena);
}
