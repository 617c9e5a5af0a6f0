/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase, changed by a person. Every call is one step. */
#include <stdio.h>

#include "ops/terms/told.h"

/* ------------------------------------------------------------------------------------------ steps */

static ty_slice name_of(const ty_stored_concept *stored, char number[24])
{
    snprintf(number, 24, "#%lld", (long long)stored->id);
    return stored->concept.id.size ? stored->concept.id : ty_slice_of(number);
}

/* For who reads the log: what its file calls it, or its first word. */
static ty_slice subject_of(const ty_stored_concept *stored)
{
    const ty_concept *concept = &stored->concept;
    return concept->id.size || !concept->term_count ? concept->id : concept->terms[0].text;
}

static ty_status no_concept(int64_t id, ty_status status, ty_error *error)
{
    return status == TY_NO ? ty_error_set(error, TY_NO, "there is no concept #%lld", (long long)id) : status;
}

static ty_status read(ty_memory *memory, int64_t id, ty_arena *arena, ty_stored_concept *out, ty_error *error)
{
    return no_concept(id, ty_store_concept(memory->store, id, arena, out, error), error);
}

static ty_status begin(ty_memory *memory, const char *what, ty_slice subject, const char *who,
                       ty_error *error)
{
    ty_edit edit = {.who = ty_slice_of(who)};
    ty_status status = ty_store_begin(memory->store, error);
    if (status == TY_OK)
        ty_store_name_step(memory->store, what, subject, 0, &edit);
    return status;
}

static ty_status end(ty_memory *memory, ty_status status, ty_error *error)
{
    status = ty_store_end(memory->store, status, error);
    return status == TY_OK ? ty_memory_terms_keep(memory, error) : status;
}

/* A concept while it is changed. */
typedef struct changing {
    ty_arena arena;
    ty_stored_concept stored;
    char number[24];
} changing;

static ty_status open_concept(ty_memory *memory, int64_t id, changing *c, ty_error *error)
{
    *c = (changing){.arena = {0}};
    return read(memory, id, &c->arena, &c->stored, error);
}

/* Where all went well so far, what it is now takes the place of what it was: one step. */
static ty_status close_concept(ty_memory *memory, changing *c, const char *who, ty_status status,
                               ty_error *error)
{
    if (status == TY_OK)
        status = begin(memory, "term edit", subject_of(&c->stored), who, error);
    if (status == TY_OK)
        status =
            end(memory, ty_store_concept_set(memory->store, c->stored.id, &c->stored.concept, error), error);
    ty_arena_release(&c->arena);
    return status;
}

/* Two files may number their concepts alike. */
static ty_status several(const char *name, const ty_ids *ids, ty_error *error)
{
    ty_buffer numbers = {0};
    for (size_t i = 0; i < ids->count; i++)
        ty_buffer_add_format(&numbers, "%s#%lld", i ? ", " : "", (long long)ids->items[i]);
    ty_status status =
        numbers.failed
            ? ty_error_nomem(error)
            : ty_error_set(error, TY_ERR_USAGE, "several concepts are called \"%s\": %s; give the number",
                           name, numbers.data);
    ty_buffer_release(&numbers);
    return status;
}

/* The one in use; where there is none, one that is out of use. */
static ty_status find_named(ty_memory *memory, const char *name, int64_t *out, ty_error *error)
{
    ty_ids ids = {0};
    ty_status status = ty_store_concepts_named(memory->store, ty_slice_of(name), &ids, error);
    if (status == TY_OK)
        status = ids.count > 1 ? several(name, &ids, error)
                               : ty_store_concept_named(memory->store, ty_slice_of(name), out, error);
    ty_vector_release(&ids);
    return status;
}

ty_status ty_memory_concept_find(ty_memory *memory, const char *name, int64_t *out, ty_error *error)
{
    long long number = 0;
    char rest;
    ty_arena arena = {0};
    ty_stored_concept stored;
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = find_named(memory, name, out, error);
    /* "#12", and "12", whose sign a shell takes for the beginning of a comment */
    if (status == TY_NO && sscanf(name + (name[0] == '#'), "%lld%c", &number, &rest) == 1) {
        status = ty_store_concept(memory->store, number, &arena, &stored, error);
        *out = number;
    }
    ty_arena_release(&arena);
    ty_memory_leave(memory);
    return status == TY_NO ? ty_error_set(error, TY_NO, "there is no concept \"%s\"", name) : status;
}

static ty_status is_free(ty_memory *memory, ty_slice name, ty_error *error)
{
    int64_t found;
    ty_status status = name.size ? ty_store_concept_named(memory->store, name, &found, error) : TY_NO;
    if (status == TY_OK)
        return ty_error_set(error, TY_ERR_USAGE, "there is a concept \"%.*s\" already",
                            TY_SLICE_FORMAT(name));
    return status == TY_NO ? TY_OK : status;
}

static ty_status add_one(ty_memory *memory, const ty_concept_info *told, ty_arena *arena, int64_t *out,
                         ty_counts *counts, ty_error *error)
{
    ty_outcome outcome = TY_UNCHANGED;
    ty_slice empty = {"", 0};
    ty_concept concept = {
        .id = told->name, .subject = empty, .definition = empty, .note = empty, .source = empty};
    ty_status status = told->term_count ? ty_told_check(told, error)
                                        : ty_error_set(error, TY_ERR_USAGE, "a concept needs a term");
    if (status == TY_OK)
        status = is_free(memory, told->name, error);
    if (status == TY_OK && !ty_told_apply(&concept, told, arena))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_store_concept_add(memory->store, &concept, TY_SLICE(TY_OWN_TERMS), out, &outcome, error);
    counts->read++;
    counts->created += outcome == TY_CREATED;
    counts->unchanged += outcome == TY_UNCHANGED;
    return status;
}

/* The numbers go to `out`, which may be NULL. */
static ty_status add_all(ty_memory *memory, const ty_concept_info *told, size_t count, const char *who,
                         int64_t *out, ty_counts *counts, ty_error *error)
{
    int64_t id = 0;
    ty_arena arena = {0};
    ty_counts mine = {0};
    if (!count || !told[0].term_count)
        return ty_error_set(error, TY_ERR_USAGE, "a concept needs a term");
    ty_status status = begin(memory, "term add", told[0].terms[0].text, who, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = add_one(memory, &told[i], &arena, out ? &out[i] : &id, &mine, error);
    status = end(memory, status, error);
    if (counts)
        *counts = mine;
    ty_arena_release(&arena);
    return status;
}

ty_status ty_memory_concept_add(ty_memory *memory, const ty_concept_info *told, const char *who, int64_t *out,
                                ty_counts *counts, ty_error *error)
{
    return add_all(memory, told, 1, who, out, counts, error);
}

ty_status ty_memory_concepts_add(ty_memory *memory, const ty_concept_info *told, size_t count,
                                 const char *who, ty_counts *counts, ty_error *error)
{
    return add_all(memory, told, count, who, NULL, counts, error);
}

ty_status ty_memory_concept_edit(ty_memory *memory, int64_t id, const ty_concept_info *told, const char *who,
                                 ty_error *error)
{
    changing c;
    ty_status status = open_concept(memory, id, &c, error);
    if (status == TY_OK)
        status = ty_told_check(told, error);
    if (status == TY_OK && !ty_told_apply(&c.stored.concept, told, &c.arena))
        status = ty_error_nomem(error);
    return close_concept(memory, &c, who, status, error);
}

/* ------------------------------------------------------------------------------------------ one term */

static ty_term *find_term(ty_concept *concept, ty_slice lang, ty_slice text)
{
    for (size_t i = 0; i < concept->term_count; i++)
        if (ty_slice_equal(concept->terms[i].text, text) &&
            (!lang.size || ty_lang_matches(lang, concept->terms[i].lang)))
    return &concept->terms[i];
    return NULL;
}

/* A new term, behind the others of its language. */
static ty_term *make_term(ty_concept *concept, ty_slice lang, ty_arena *arena)
{
    ty_slice empty = {"", 0};
    size_t place = concept->term_count;
    ty_term *terms = ty_arena_array(arena, concept->term_count + 1, sizeof *terms);
    if (!terms)
        return NULL;
    while (place && !ty_slice_equal_nocase(concept->terms[place - 1].lang, lang))
        place--;
    place = place ? place : concept->term_count;
    memcpy(terms, concept->terms, place * sizeof *terms);
    memcpy(terms + place + 1, concept->terms + place, (concept->term_count - place) * sizeof *terms);
    terms[place] = (ty_term){.lang = lang,
                             .status = TY_TERM_APPROVED,
                             .part_of_speech = empty,
                             .organisation = empty,
                             .note = empty,
                             .source = empty};
    concept->terms = terms;
    concept->term_count++;
    return &terms[place];
}

/* Changes the term, or makes it where it is not there. */
static ty_status set_term(ty_concept *concept, const ty_term_info *told, ty_arena *arena, ty_error *error)
{
    ty_term_info mine = *told;
    ty_status status = ty_told_check_term(told, error);
    if (status != TY_OK)
        return status;
    ty_term *term = find_term(concept, told->lang, ty_slice_trim(told->text));
    if (!term)
        term = make_term(concept, told->lang, arena);
    if (!term)
        return ty_error_nomem(error);
    mine.lang = term->lang;
    mine.status = told->status ? told->status : term->status;
    return ty_told_apply_term(term, &mine, arena) ? TY_OK : ty_error_nomem(error);
}

ty_status ty_memory_term_set(ty_memory *memory, int64_t concept, const ty_term_info *told, const char *who,
                             ty_error *error)
{
    changing c;
    ty_status status = open_concept(memory, concept, &c, error);
    if (status == TY_OK)
        status = set_term(&c.stored.concept, told, &c.arena, error);
    return close_concept(memory, &c, who, status, error);
}

static ty_status drop_term(ty_concept *concept, ty_slice lang, ty_slice text, ty_error *error)
{
    ty_term *term = find_term(concept, lang, text);
    if (!term)
        return ty_error_set(error, TY_NO, "the concept has no term \"%.*s\"", TY_SLICE_FORMAT(text));
    if (concept->term_count == 1)
        return ty_error_set(error, TY_ERR_USAGE, "it is the concept's only term; remove the concept");
    size_t place = (size_t)(term - concept->terms);
    memmove(term, term + 1, (concept->term_count - place - 1) * sizeof *term);
    concept->term_count--;
    return TY_OK;
}

ty_status ty_memory_term_drop(ty_memory *memory, int64_t concept, const char *lang, ty_slice text,
                              const char *who, ty_error *error)
{
    changing c;
    ty_status status = open_concept(memory, concept, &c, error);
    if (status == TY_OK)
        status = drop_term(&c.stored.concept, ty_slice_of(lang), ty_slice_trim(text), error);
    return close_concept(memory, &c, who, status, error);
}

/* ------------------------------------------------------------------------------------------ whole concepts
 */

/* The terms that the other has and this one lacks, behind its own. */
static bool take_terms(ty_concept *into, const ty_concept *from, ty_arena *arena)
{
    for (size_t i = 0; i < from->term_count; i++) {
        if (find_term(into, from->terms[i].lang, from->terms[i].text))
            continue;
        ty_term *term = make_term(into, from->terms[i].lang, arena);
        if (!term)
            return false;
        *term = from->terms[i];
    }
    return true;
}

static ty_status take_in(ty_memory *memory, ty_stored_concept *into, int64_t id, ty_slice name,
                         ty_arena *arena, ty_error *error)
{
    ty_stored_concept other;
    ty_status status = read(memory, id, arena, &other, error);
    if (status == TY_OK && id == into->id)
        status = ty_error_set(error, TY_ERR_USAGE, "a concept cannot be merged into itself");
    if (status == TY_OK && !take_terms(&into->concept, &other.concept, arena))
        status = ty_error_nomem(error);
    if (status == TY_OK && !into->concept.definition.size)
    into->concept.definition = other.concept.definition;
    return status == TY_OK ? ty_store_concept_retire(memory->store, id, name, error) : status;
}

/* What leads to it: its name where no other has it, and it can be taken for nothing else. */
static ty_status place_of(ty_memory *memory, changing *c, ty_slice *out, ty_error *error)
{
    ty_ids ids = {0};
    ty_slice name = c->stored.concept.id;
    ty_status status = name.size ? ty_store_concepts_named(memory->store, name, &ids, error) : TY_OK;
    bool alone =
        ids.count < 2 && !ty_slice_starts(name, TY_SLICE("#")) && !ty_slice_equal(name, TY_SLICE("-"));
    *out = name_of(&c->stored, c->number);
    if (!alone)
        *out = ty_slice_of(c->number);
    ty_vector_release(&ids);
    return status;
}

static ty_status merge(ty_memory *memory, const int64_t *ids, size_t count, changing *c, ty_error *error)
{
    ty_slice name = {"", 0};
    ty_status status = place_of(memory, c, &name, error);
    for (size_t i = 1; i < count && status == TY_OK; i++)
        status = take_in(memory, &c->stored, ids[i], name, &c->arena, error);
    return status == TY_OK ? ty_store_concept_set(memory->store, ids[0], &c->stored.concept, error) : status;
}

static ty_status retire(ty_memory *memory, const int64_t *ids, size_t count, changing *c, ty_error *error)
{
    (void)c;
    ty_status status = TY_OK;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status =
            no_concept(ids[i], ty_store_concept_retire(memory->store, ids[i], TY_SLICE("-"), error), error);
    return status;
}

/* Does it to all of them as one step, which is called after the first. */
static ty_status change_all(ty_memory *memory, const int64_t *ids, size_t count, const char *what,
                            const char *who,
                            ty_status (*change)(ty_memory *memory, const int64_t *ids, size_t count,
                                                changing *c, ty_error *error),
                            ty_error *error)
{
    changing c;
    ty_status status = open_concept(memory, ids[0], &c, error);
    if (status == TY_OK)
        status = begin(memory, what, subject_of(&c.stored), who, error);
    if (status == TY_OK)
        status = end(memory, change(memory, ids, count, &c, error), error);
    ty_arena_release(&c.arena);
    return status;
}

ty_status ty_memory_concepts_merge(ty_memory *memory, const int64_t *ids, size_t count, const char *who,
                                   ty_error *error)
{
    if (count < 2)
        return ty_error_set(error, TY_ERR_USAGE, "at least two concepts are merged");
    return change_all(memory, ids, count, "term merge", who, merge, error);
}

ty_status ty_memory_concepts_remove(ty_memory *memory, const int64_t *ids, size_t count, const char *who,
                                    ty_error *error)
{
    if (!count)
        return ty_error_set(error, TY_ERR_USAGE, "no concept is named");
    return change_all(memory, ids, count, "term remove", who, retire, error);
}
