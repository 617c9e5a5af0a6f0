/* SPDX-License-Identifier: Apache-2.0 */
/* What a memory holds, asked for by those who show it: origins, documents, units, concepts, findings. */
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ origins */

static ty_origin_info show_origin(const ty_origin *origin)
{
    return (ty_origin_info){.id = origin->id,
                            .name = origin->name,
                            .kind = origin->kind,
                            .title = origin->title,
                            .date = origin->date,
                            .url = origin->url,
                            .imported_at = origin->imported_at,
                            .updated_at = origin->updated_at,
                            .unit_count = origin->unit_count,
                            .concept_count = origin->concept_count};
}

ty_status ty_memory_origins(ty_memory *memory, const char *pattern,
                            ty_status (*each)(void *payload, const ty_origin_info *origin), void *payload,
                            ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_store_origins(memory->store, ty_slice_of(pattern), &arena, &origins, error);
    size_t count = origins.count;
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        ty_origin_info shown = show_origin(&origins.items[i]);
        status = each(payload, &shown);
    }
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    ty_memory_leave(memory);
    return status == TY_OK && !count ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ documents */

static ty_status tell_document(const ty_stored_document *document, ty_arena *arena,
                               ty_status (*each)(void *payload, const ty_document_info *document),
                               void *payload, ty_error *error)
{
    ty_document_line *lines = ty_arena_array(arena, document->sentence_count, sizeof *lines);
    if (!lines && document->sentence_count)
        return ty_error_nomem(error);
    for (size_t i = 0; i < document->sentence_count; i++)
        lines[i] = (ty_document_line){document->sentences[i].text, document->sentences[i].paragraph};
    ty_document_info shown = {.id = document->id,
                              .origin = document->origin,
                              .lang = document->lang,
                              .title = document->title,
                              .date = document->date,
                              .url = document->url,
                              .file_name = document->file_name,
                              .encoding = document->encoding,
                              .sentences = lines,
                              .sentence_count = document->sentence_count};
    return each(payload, &shown);
}

ty_status ty_memory_documents(ty_memory *memory, int64_t origin,
                              ty_status (*each)(void *payload, const ty_document_info *document),
                              void *payload, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_documents documents = {0};
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_store_documents(memory->store, origin, &arena, &documents, error);
    size_t count = documents.count;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = tell_document(&documents.items[i], &arena, each, payload, error);
    ty_vector_release(&documents);
    ty_arena_release(&arena);
    ty_memory_leave(memory);
    return status == TY_OK && !count ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ units */

/* The unit's own date and those of its variants. */
static ty_slice changed_by(const ty_unit *unit)
{
    ty_slice who = ty_attribute_find(unit->attributes, "changeid");
    return who.data ? who : (ty_slice){"", 0};
}

/* Room for all; those of a variant bear its language. */
static size_t count_properties(const ty_unit *unit)
{
    size_t count = unit->attributes.count + unit->infos.count;
    for (size_t i = 0; i < unit->variant_count; i++)
        count += unit->variants[i].attributes.count + unit->variants[i].infos.count;
    return count;
}

static ty_slice name_info(const ty_info *info, ty_arena *arena)
{
    static const char *const kinds[] = {"note", "prop", "ude", "element"};
    ty_slice type = ty_attribute_find(info->attributes, "type");
    if (info->kind != TY_INFO_PROP || !type.size)
        return ty_slice_of(kinds[info->kind]);
    char *name = ty_arena_alloc(arena, type.size + 5);
    if (!name)
        return TY_SLICE("prop");
    memcpy(name, "prop ", 5);
    memcpy(name + 5, type.data, type.size);
    return (ty_slice){name, type.size + 5};
}

static size_t list_properties(ty_slice lang, ty_attributes attributes, ty_infos infos, ty_arena *arena,
                              ty_property *out)
{
    size_t count = 0;
    for (size_t i = 0; i < attributes.count; i++)
        out[count++] = (ty_property){lang, attributes.items[i].name, attributes.items[i].value};
    for (size_t i = 0; i < infos.count; i++)
        out[count++] = (ty_property){lang, name_info(&infos.items[i], arena), infos.items[i].text};
    return count;
}

static bool add_properties(const ty_unit *unit, ty_arena *arena, ty_unit_info *shown)
{
    size_t count = count_properties(unit);
    ty_property *all = ty_arena_array(arena, count, sizeof *all);
    if (!all && count)
        return false;
    shown->properties = all;
    shown->property_count = list_properties((ty_slice){"", 0}, unit->attributes, unit->infos, arena, all);
    for (size_t i = 0; i < unit->variant_count; i++)
        shown->property_count += list_properties(unit->variants[i].lang, unit->variants[i].attributes,
                                                 unit->variants[i].infos, arena, all + shown->property_count);
    return true;
}

static ty_status tell_unit(ty_store *store, const ty_stored_unit *stored, ty_arena *arena,
                           ty_status (*each)(void *payload, const ty_unit_info *unit), void *payload,
                           ty_error *error)
{
    const ty_unit *unit = &stored->unit;
    ty_variant_info *variants = ty_arena_array(arena, unit->variant_count, sizeof *variants);
    if (!variants && unit->variant_count)
        return ty_error_nomem(error);
    for (size_t i = 0; i < unit->variant_count; i++)
        variants[i] =
            (ty_variant_info){unit->variants[i].lang, unit->variants[i].text, unit->variants[i].content};
    ty_unit_info shown = {.id = stored->id,
                          .variants = variants,
                          .variant_count = unit->variant_count,
                          .confirmed = ty_slice_equal(stored->status, TY_SLICE("confirmed")),
                          .changed_at = ty_stored_unit_date(stored),
                          .changed_by = changed_by(unit),
                          .origin = stored->origin,
                          .origin_name = stored->origin_name,
                          .origin_date = stored->origin_date,
                          .aligned = stored->aligned,
                          .origin_title = stored->origin_title,
                          .origin_url = stored->origin_url,
                          .conflict = stored->conflict};
    if (!add_properties(unit, arena, &shown))
        return ty_error_nomem(error);
    if (stored->aligned) {
        shown.bead = stored->provenance.bead;
        shown.source_document = stored->provenance.source_document;
        shown.target_document = stored->provenance.target_document;
    }
    shown.doubtful = !shown.confirmed && ty_unit_is_doubtful(stored);
    ty_status status = stored->aligned
                           ? ty_store_is_older(store, stored->provenance.source_document,
                                               stored->provenance.target_document, &shown.older, error)
                           : TY_OK;
    return status == TY_OK ? each(payload, &shown) : status;
}

ty_status ty_memory_units(ty_memory *memory, const ty_unit_query *query,
                          ty_status (*each)(void *payload, const ty_unit_info *unit), void *payload,
                          ty_error *error)
{
    ty_unit_query wanted;
    ty_settings_take(&wanted, sizeof wanted, query);
    ty_arena arena = {0};
    ty_units *units = NULL;
    ty_stored_unit stored;
    char since[24];
    size_t told = 0, passed = 0;
    ty_origin_date_compact(ty_slice_of(wanted.since), since);
    ty_unit_filter filter = {.origin = ty_slice_of(wanted.origin),
                             .origin_id = wanted.origin_id,
                             .agency = ty_slice_of(wanted.agency),
                             .source = ty_slice_of(wanted.source_lang),
                             .target = ty_slice_of(wanted.target_lang),
                             .since = ty_slice_of(since),
                             .min_confidence = (float)wanted.min_confidence,
                             .ids = wanted.ids,
                             .id_count = wanted.id_count};
    ty_trust_narrow(wanted.trust, &filter);
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_units_open(memory->store, &filter, &units, error);
    while (status == TY_OK && (!wanted.max || told < wanted.max) &&
           (status = ty_units_next(units, &stored, error)) == TY_OK) {
        ty_arena_clear(&arena);
        if (!ty_unit_has_trust(&stored, wanted.trust) || passed++ < wanted.skip)
            continue;
        told++;
        status = tell_unit(memory->store, &stored, &arena, each, payload, error);
    }
    ty_units_close(units);
    ty_arena_release(&arena);
    ty_memory_leave(memory);
    return status == TY_NO && told ? TY_OK : status == TY_OK && !told ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ findings */

ty_status ty_memory_accepted(ty_memory *memory,
                             ty_status (*each)(void *payload, const ty_accepted_info *accepted),
                             void *payload, ty_error *error)
{
    ty_arena arena = {0};
    ty_accepted_list list = {0};
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_store_accepted(memory->store, &arena, &list, error);
    size_t count = list.count;
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        const ty_accepted *one = &list.items[i];
        ty_accepted_info shown = {one->id,     one->fault, one->words, one->source,
                                  one->target, one->at,    one->who};
        status = each(payload, &shown);
    }
    ty_vector_release(&list);
    ty_arena_release(&arena);
    ty_memory_leave(memory);
    return status == TY_OK && !count ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ concepts */

static ty_status tell_concept(const ty_stored_concept *stored, ty_arena *arena,
                              ty_status (*each)(void *payload, const ty_concept_info *concept), void *payload,
                              ty_error *error)
{
    const ty_concept *concept = &stored->concept;
    ty_term_info *terms = ty_arena_array(arena, concept->term_count, sizeof *terms);
    if (!terms && concept->term_count)
        return ty_error_nomem(error);
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term *term = &concept->terms[i];
        terms[i] = (ty_term_info){.lang = term->lang,
                                  .text = term->text,
                                  .status = term->status,
                                  .part_of_speech = term->part_of_speech,
                                  .organisation = term->organisation,
                                  .note = term->note,
                                  .source = term->source,
                                  .date = ty_infos_find(term->infos, TY_INFO_DATE),
                                  .definition = ty_term_definition(term)};
    }
    ty_concept_info shown = {.id = stored->id,
                             .name = concept->id,
                             .subject = concept->subject,
                             .definition = concept->definition,
                             .note = concept->note,
                             .source = concept->source,
                             .origin = stored->origin,
                             .origin_name = stored->origin_name,
                             .terms = terms,
                             .term_count = concept->term_count,
                             .kind = ty_infos_find(concept->infos, TY_INFO_KIND),
                             .relation = ty_infos_find(concept->infos, TY_INFO_RELATION),
                             .went_to = stored->went_to,
                             .edited = stored->edited};
    return each(payload, &shown);
}

typedef struct telling {
    ty_store *store;
    ty_arena arena; /* of one concept */
    size_t told;
    ty_status (*each)(void *payload, const ty_concept_info *concept);
    void *payload;
} telling;

static ty_status tell_one(telling *t, int64_t id, ty_error *error)
{
    ty_stored_concept stored;
    ty_arena_clear(&t->arena);
    ty_status status = ty_store_concept(t->store, id, &t->arena, &stored, error);
    t->told += status == TY_OK;
    return status == TY_OK ? tell_concept(&stored, &t->arena, t->each, t->payload, error) : status;
}

/* All in use; where there is none, one that is out of use, whose id may still stand somewhere. */
static ty_status tell_named(telling *t, ty_slice name, ty_error *error)
{
    ty_ids ids = {0};
    int64_t gone;
    ty_status status = ty_store_concepts_named(t->store, name, &ids, error);
    for (size_t i = 0; i < ids.count && status == TY_OK; i++)
        status = tell_one(t, ids.items[i], error);
    bool none = status == TY_OK && !ids.count;
    ty_vector_release(&ids);
    if (!none)
        return status;
    status = ty_store_concept_named(t->store, name, &gone, error);
    return status == TY_OK ? tell_one(t, gone, error) : status;
}

static ty_status tell_walked(telling *t, const ty_concept_query *wanted, ty_error *error)
{
    ty_concepts *concepts = NULL;
    ty_stored_concept stored;
    ty_status status = ty_concepts_open(t->store, ty_slice_of(wanted->origin), &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &stored, error)) == TY_OK) {
        if (wanted->name && !ty_slice_equal(stored.concept.id, ty_slice_of(wanted->name)))
            continue;
        ty_arena_clear(&t->arena);
        t->told++;
        status = tell_concept(&stored, &t->arena, t->each, t->payload, error);
    }
    ty_concepts_close(concepts);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_memory_concepts(ty_memory *memory, const ty_concept_query *query,
                             ty_status (*each)(void *payload, const ty_concept_info *concept), void *payload,
                             ty_error *error)
{
    ty_concept_query wanted;
    ty_settings_take(&wanted, sizeof wanted, query);
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    telling t = {.store = memory->store, .each = each, .payload = payload};
    if (wanted.id)
        status = tell_one(&t, wanted.id, error);
    else if (wanted.name && wanted.name[0] && !wanted.origin)
        status = tell_named(&t, ty_slice_of(wanted.name), error);
    else
        status = tell_walked(&t, &wanted, error);
    ty_arena_release(&t.arena);
    ty_memory_leave(memory);
    return status == TY_OK && !t.told ? TY_NO : status;
}
