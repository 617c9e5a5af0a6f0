/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The index of terms: made of the termbase, kept in the memory file by who changes it, and in the cache by
 * who looks something up, to be mapped by all who do.
 */
#include <stdio.h>

#include "base/sys.h"
#include "derived/cached_head.h"
#include "derived/internal.h"

/* What a name ends with (Program, Committee) says little by itself, though it is written with a capital. */
static bool is_head_of_names(const ty_concept *concept)
{
    return ty_concept_kind_of(ty_infos_find(concept->infos, TY_INFO_KIND)) == TY_CONCEPT_WORD ||
           ty_slice_equal(concept->subject, TY_SLICE("heads of names"));
}

bool ty_concept_is_loose(const ty_concept *concept)
{
    bool told = concept->subject.size > 0;
    if (is_head_of_names(concept))
        return told;
    for (size_t i = 0; i < concept->term_count; i++) {
        ty_slice part = concept->terms[i].part_of_speech;
        if (ty_slice_find(part, TY_SLICE("roper"), 0) != SIZE_MAX ||
            ty_slice_find(part, TY_SLICE("固有"), 0) != SIZE_MAX)
            return false;
    }
    return told;
}

/* Troops and soldiers are of the field, but no ranks, where somebody says what is what. */
static bool is_rank(const ty_concept *concept)
{
    ty_concept_kind kind = ty_concept_kind_of(ty_infos_find(concept->infos, TY_INFO_KIND));
    return ty_slice_equal(concept->subject, TY_SLICE("ranks")) && (!kind || kind == TY_CONCEPT_TITLE);
}

/* A post or rank: the person's name stands beside it. What a person is called in office has the name in it.
 */
static bool is_title(const ty_concept *concept)
{
    ty_concept_kind kind = ty_concept_kind_of(ty_infos_find(concept->infos, TY_INFO_KIND));
    bool posts = ty_slice_equal(concept->subject, TY_SLICE("posts")) ||
                 ty_slice_equal(concept->subject, TY_SLICE("ranks"));
    return kind ? kind == TY_CONCEPT_TITLE && !ty_slice_equal(concept->subject, TY_SLICE("people")) : posts;
}

/* What a person is called in office (カーター国防長官), as the relation to the person says. */
static bool begins_with_surname(const ty_concept *concept)
{
    ty_slice relation = ty_infos_find(concept->infos, TY_INFO_RELATION);
    return ty_slice_equal(concept->subject, TY_SLICE("people")) &&
           ty_slice_starts(relation, TY_SLICE("post of "));
}

/* A kind of body (infantry division), whose single ones have numbers. */
static bool is_kind_of_body(const ty_concept *concept)
{
    bool units = ty_slice_equal(concept->subject, TY_SLICE("units")) ||
                 ty_slice_equal(concept->subject, TY_SLICE("U.S. units"));
    return units && ty_concept_is_loose(concept);
}

static ty_status add_terms(const ty_stored_concept *stored, ty_term_index *index, ty_error *error)
{
    bool loose = ty_concept_is_loose(&stored->concept), rank = is_rank(&stored->concept);
    bool surname = begins_with_surname(&stored->concept);
    ty_status status = TY_OK;
    for (size_t i = 0; i < stored->concept.term_count && status == TY_OK; i++) {
        const ty_term *term = &stored->concept.terms[i];
        ty_term_entry entry = {.id = (int64_t)i,
                               .concept = stored->id,
                               .lang = term->lang,
                               .text = term->text,
                               .status = term->status,
                               .part_of_speech = term->part_of_speech,
                               .organisation = term->organisation,
                               .loose = loose && !rank,
                               .rank = rank,
                               .surname = surname,
                               .numbered = is_kind_of_body(&stored->concept),
                               .title = is_title(&stored->concept)};
        status = ty_term_index_add(index, &entry, error);
    }
    return status;
}

ty_status ty_derived_terms_fill(ty_store *store, ty_term_index *index, ty_error *error)
{
    ty_concepts *concepts = NULL;
    ty_stored_concept stored;
    ty_status status = ty_concepts_open(store, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &stored, error)) == TY_OK)
        status = add_terms(&stored, index, error);
    ty_concepts_close(concepts);
    return status == TY_NO ? TY_OK : status;
}

static ty_status make_index(ty_store *store, ty_term_index **out, ty_error *error)
{
    ty_status status = ty_term_index_new(out, error);
    if (status == TY_OK)
        status = ty_derived_terms_fill(store, *out, error);
    if (status == TY_OK)
        status = ty_term_index_build(*out, error);
    if (status != TY_OK) {
        ty_term_index_free(*out);
        *out = NULL;
    }
    return status;
}

static ty_status make_bytes(void *payload, ty_store *store, ty_buffer *out, ty_error *error)
{
    ty_term_index *index = NULL;
    ty_status status = make_index(store, &index, error);
    if (status == TY_OK)
        status = ty_term_index_save(index, out, error);
    ty_term_index_free(index);
    return status;
}

static const ty_derived_kind kind = {.name = "terms", .stamp = TY_STAMP_CONCEPTS, .make = make_bytes};

/* ------------------------------------------------------------------------------------------ the cache */

static bool cached_path(ty_store *store, ty_buffer *out)
{
    char name[80];
    snprintf(name, sizeof name, "%s.terms", ty_store_identity(store));
    return ty_cached_path(NULL, name, out);
}

/* What is mapped need not be read: a look-up touches what it uses. TY_NO where the cache has none that is
 * good. */
static ty_status map_cached(ty_store *store, ty_term_index **out, ty_error *error)
{
    ty_stamp now;
    ty_cached_head head;
    ty_buffer path = {0};
    ty_status status = ty_store_stamp(store, TY_STAMP_CONCEPTS, &now, error);
    if (status != TY_OK)
        return status;
    bool good = cached_path(store, &path) && ty_cached_head_read(path.data, &head) &&
                ty_stamp_equal(head.stamp, now) &&
                ty_term_index_map(path.data, TY_CACHED_HEAD, out, NULL) == TY_OK;
    ty_buffer_release(&path);
    return good ? TY_OK : TY_NO;
}

/* One that cannot be kept is made anew by the next look-up. */
static void cache(ty_store *store, const ty_term_index *index)
{
    ty_stamp now;
    ty_buffer path = {0}, bytes = {0};
    if (ty_store_stamp(store, TY_STAMP_CONCEPTS, &now, NULL) == TY_OK && cached_path(store, &path) &&
        ty_term_index_save(index, &bytes, NULL) == TY_OK)
        ty_cached_head_write(path.data, now, "terms", ty_buffer_slice(&bytes));
    ty_buffer_release(&path);
    ty_buffer_release(&bytes);
}

void ty_derived_terms_forget(ty_store *store)
{
    ty_buffer path = {0};
    if (cached_path(store, &path))
        ty_sys_remove(path.data);
    ty_buffer_release(&path);
}

/* ------------------------------------------------------------------------------------------ for look-ups */

/* What the memory file has kept, else what is made of its concepts. */
static ty_status fetch_or_make(ty_store *store, ty_term_index **out, ty_error *error)
{
    ty_buffer bytes = {0};
    ty_status status = ty_derived_fetch(&kind, store, &bytes, error);
    if (status == TY_OK)
        status = ty_term_index_load(&bytes, out, NULL) == TY_OK ? TY_OK : TY_NO;
    ty_buffer_release(&bytes);
    return status == TY_NO ? make_index(store, out, error) : status;
}

/* Stamp and concepts are of one state, whoever writes meanwhile. */
ty_status ty_derived_terms(ty_store *store, ty_term_index **out, ty_error *error)
{
    *out = NULL;
    ty_status status = ty_store_freeze(store, error);
    if (status != TY_OK)
        return status;
    status = map_cached(store, out, error);
    if (status == TY_NO) {
        ty_store_pause_limit(store);
        status = fetch_or_make(store, out, error);
        if (status == TY_OK)
            cache(store, *out);
        ty_store_resume_limit(store);
    }
    ty_store_thaw(store);
    return status;
}

void ty_derived_terms_keep(ty_store *store)
{
    ty_error own = {0};
    ty_buffer bytes = {0};
    (void)ty_derived_make(&kind, store, true, &bytes, &own);
    ty_buffer_release(&bytes);
}
