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

ty_term *ty_concepts_term(struct concept_list *list, struct concept_draft *draft, ty_slice lang,
                          ty_slice text, bool *added)
{
    *added = false;
    for (size_t i = 0; i < draft->terms.count; i++) {
        ty_term *term = &draft->terms.items[i];
        if (ty_slice_equal(term->text, text) && ty_slice_equal(term->lang, lang))
            return term;
    }
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

void ty_concept_group_languages(ty_concept *concept)
{
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
    }
    ty_vector_release(&list->drafts);
    ty_strings_release(&list->ids);
    ty_vector_release(&list->index);
    ty_arena_release(&list->arena);
}
