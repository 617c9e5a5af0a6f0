/* SPDX-License-Identifier: Apache-2.0 */
/* Concepts that grow row by row, and their delivery. */
#include <stdlib.h>

#include "formats/glossary/glossary.h"
#include "formats/glossary/ids.h"

struct concept_draft *ty_concepts_find(struct concept_list *list, ty_slice id, size_t line)
{
    if (id.size) {
        uint32_t known = ty_strings_find(&list->ids, id);
        if (known != TY_STRINGS_NONE)
            return &list->drafts.items[list->index.items[known]];
    }
    ty_slice empty = {"", 0};
    struct concept_draft draft = {.line = line,
                                  .concept = {.id = ty_glossary_id_read(id, &list->arena),
                                              .subject = empty,
                                              .definition = empty,
                                              .note = empty,
                                              .source = empty}};
    if (!ty_vector_push(&list->drafts, draft))
        return NULL;
    if (id.size && (ty_strings_add(&list->ids, id) == TY_STRINGS_NONE ||
                    !ty_vector_push(&list->index, list->drafts.count - 1)))
        return NULL;
    return &list->drafts.items[list->drafts.count - 1];
}

/* A concept with more terms than this is no honest one; its terms are found by keys. */
enum { FEW_TERMS = 32 };

static ty_slice key_of(struct concept_list *list, ty_slice lang, ty_slice text)
{
    ty_buffer_clear(&list->key);
    ty_buffer_add(&list->key, lang);
    ty_buffer_add_char(&list->key, '\t');
    ty_buffer_add(&list->key, text);
    list->arena.failed |= list->key.failed;
    return ty_buffer_slice(&list->key);
}

static void add_key(struct concept_list *list, struct concept_draft *draft, const ty_term *term)
{
    list->arena.failed |=
        ty_strings_add(&draft->keys, key_of(list, term->lang, term->text)) == TY_STRINGS_NONE;
}

/* The n-th key is that of the n-th term. */
static ty_term *find_by_key(struct concept_list *list, struct concept_draft *draft, ty_slice lang,
                            ty_slice text)
{
    for (size_t i = draft->keys.list.count; i < draft->terms.count; i++)
        add_key(list, draft, &draft->terms.items[i]);
    uint32_t known = ty_strings_find(&draft->keys, key_of(list, lang, text));
    return known == TY_STRINGS_NONE ? NULL : &draft->terms.items[known];
}

static ty_term *find_term(struct concept_list *list, struct concept_draft *draft, ty_slice lang,
                          ty_slice text)
{
    if (draft->terms.count > FEW_TERMS)
        return find_by_key(list, draft, lang, text);
    for (size_t i = 0; i < draft->terms.count; i++) {
        ty_term *term = &draft->terms.items[i];
        if (ty_slice_equal(term->text, text) && ty_slice_equal(term->lang, lang))
            return term;
    }
    return NULL;
}

ty_term *ty_concepts_term(struct concept_list *list, struct concept_draft *draft, ty_slice lang,
                          ty_slice text, bool *added)
{
    ty_term *known = find_term(list, draft, lang, text);
    *added = false;
    if (known)
        return known;
    ty_slice empty = {"", 0};
    ty_term term = {.lang = ty_arena_copy(&list->arena, lang),
                    .text = ty_arena_copy(&list->arena, text),
                    .part_of_speech = empty,
                    .organisation = empty,
                    .note = empty,
                    .source = empty};
    if (list->arena.failed || !ty_vector_push(&draft->terms, term))
        return NULL;
    *added = true;
    return &draft->terms.items[draft->terms.count - 1];
}

static bool has_info(ty_infos infos, ty_slice type, ty_slice text)
{
    for (size_t i = 0; i < infos.count; i++)
        if (ty_slice_equal(infos.items[i].text, text) &&
            ty_slice_equal(ty_attribute_find(infos.items[i].attributes, "type"), type))
            return true;
    return false;
}

bool ty_concept_info_push(ty_arena *arena, ty_infos *infos, ty_info info)
{
    ty_info *items = ty_arena_array(arena, infos->count + 1, sizeof *items);
    if (!items)
        return false;
    if (infos->count)
        memcpy(items, infos->items, infos->count * sizeof *items);
    items[infos->count] = info;
    infos->items = items;
    infos->count++;
    return true;
}

bool ty_concept_infos_add(ty_arena *arena, ty_infos *infos, const char *type, ty_slice type_slice,
                          ty_slice text)
{
    if (type)
        type_slice = ty_slice_of(type);
    if (has_info(*infos, type_slice, text))
        return true;
    ty_attribute *attribute = ty_arena_alloc(arena, sizeof *attribute);
    if (!attribute)
        return false;
    *attribute = (ty_attribute){TY_SLICE("type"), ty_arena_copy(arena, type_slice)};
    ty_info info = {.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = ty_arena_copy(arena, text)};
    return ty_concept_info_push(arena, infos, info);
}

/* The term at `from` moves forward to `to`. */
static void move_term(ty_term *terms, size_t from, size_t to)
{
    ty_term moved = terms[from];
    memmove(&terms[to + 1], &terms[to], (from - to) * sizeof *terms);
    terms[to] = moved;
}

static int by_key(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Of many terms: sorted by the language's number and the place, which are one key. */
static bool group_many(ty_concept *concept)
{
    size_t count = concept->term_count;
    ty_strings langs = {0};
    uint64_t *keys = malloc(count * sizeof *keys);
    ty_term *terms = malloc(count * sizeof *terms);
    bool good = keys && terms;
    for (size_t i = 0; i < count && good; i++) {
        uint32_t lang = ty_strings_add(&langs, concept->terms[i].lang);
        good = lang != TY_STRINGS_NONE;
        keys[i] = (uint64_t)lang << 32 | i;
        terms[i] = concept->terms[i];
    }
    if (good)
        qsort(keys, count, sizeof *keys, by_key);
    for (size_t i = 0; i < count && good; i++)
    concept->terms[i] = terms[(uint32_t)keys[i]];
    ty_strings_release(&langs);
    free(keys);
    free(terms);
    return good;
}

void ty_concept_group_languages(ty_concept *concept)
{
    if (concept->term_count > FEW_TERMS && concept->term_count < UINT32_MAX && group_many(concept))
        return;
    for (size_t i = 1; i < concept->term_count; i++) {
        size_t before = i;
        while (before > 0 && !ty_slice_equal(concept->terms[before - 1].lang, concept->terms[i].lang))
            before--;
        if (before > 0 && before < i)
            move_term(concept->terms, i, before);
    }
}

ty_status ty_concepts_deliver(struct concept_list *list, const ty_glossary_sink *sink,
                              const ty_listener *listener, ty_read_counts *counts, ty_error *error)
{
    if (list->arena.failed)
        return ty_error_nomem(error);
    for (size_t i = 0; i < list->drafts.count; i++) {
        struct concept_draft *draft = &list->drafts.items[i];
        draft->concept.terms = draft->terms.items;
        draft->concept.term_count = draft->terms.count;
        if (!draft->terms.count)
            continue;
        counts->read++;
        ty_concept_group_languages(&draft->concept);
        ty_status status = sink->concept(sink->payload, &draft->concept, error);
        if (status != TY_OK)
            return status;
        if (i % 1024 == 0 && !ty_progress(listener, "read", i, list->drafts.count))
            return TY_STOP;
    }
    return TY_OK;
}

void ty_concepts_release(struct concept_list *list)
{
    for (size_t i = 0; i < list->drafts.count; i++) {
        ty_vector_release(&list->drafts.items[i].terms);
        ty_vector_release(&list->drafts.items[i].infos);
        ty_strings_release(&list->drafts.items[i].keys);
    }
    ty_vector_release(&list->drafts);
    ty_strings_release(&list->ids);
    ty_vector_release(&list->index);
    ty_arena_release(&list->arena);
    ty_buffer_release(&list->key);
}
