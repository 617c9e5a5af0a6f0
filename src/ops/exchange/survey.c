/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/survey.h"

void ty_survey_free(ty_memory *memory)
{
    ty_survey *survey = memory->survey;
    if (!survey)
        return;
    ty_vector_release(&survey->releases);
    ty_vector_release(&survey->documents);
    ty_vector_release(&survey->langs);
    ty_arena_release(&survey->arena);
    free(survey);
    memory->survey = NULL;
}

/* SIZE_MAX when memory runs out. */
static size_t number_of_language(ty_survey *survey, ty_slice lang)
{
    for (size_t i = 0; i < survey->langs.count; i++)
        if (ty_slice_equal(survey->langs.items[i], lang))
            return i;
    return ty_vector_push(&survey->langs, lang) ? survey->langs.count - 1 : SIZE_MAX;
}

static bool add_document(ty_survey *survey, const ty_stored_document *stored)
{
    size_t lang = number_of_language(survey, stored->lang);
    ty_surveyed_document document = {.id = stored->id,
                                     .lang = (uint32_t)lang,
                                     .url = stored->url,
                                     .path = stored->path,
                                     .sentence_count = stored->sentence_count,
                                     .older = stored->older};
    return lang != SIZE_MAX && ty_vector_push(&survey->documents, document);
}

/* The release that the documents that follow are of. */
static bool begin_release(ty_survey *survey, int64_t origin)
{
    size_t count = survey->releases.count;
    return (count && survey->releases.items[count - 1].origin == origin) ||
           ty_vector_push(&survey->releases,
                          ((ty_surveyed_release){.origin = origin, .first = survey->documents.count}));
}

/* Reads the documents of an origin, or of all, behind those that are there. */
static ty_status read_documents(ty_survey *survey, ty_store *store, int64_t origin, ty_error *error)
{
    ty_stored_documents list = {0};
    ty_status status = ty_store_document_survey(store, origin, &survey->arena, &list, error);
    for (size_t i = 0; i < list.count && status == TY_OK; i++) {
        bool good = origin || begin_release(survey, list.items[i].origin);
        if (!good || !add_document(survey, &list.items[i]))
            status = ty_error_nomem(error);
        else if (!origin)
            survey->releases.items[survey->releases.count - 1].count++;
    }
    ty_vector_release(&list);
    return status;
}

static ty_status make(ty_memory *memory, ty_stamp stamp, ty_error *error)
{
    ty_survey_free(memory);
    memory->survey = calloc(1, sizeof *memory->survey);
    if (!memory->survey)
        return ty_error_nomem(error);
    memory->survey->stamp = stamp;
    return read_documents(memory->survey, memory->store, 0, error);
}

ty_status ty_survey_open(ty_memory *memory, ty_survey **out, ty_error *error)
{
    ty_stamp now;
    ty_status status = ty_store_last_stamp(memory->store, &now, error);
    if (status == TY_OK && (!memory->survey || !ty_stamp_equal(memory->survey->stamp, now)))
        status = make(memory, now, error);
    if (status != TY_OK)
        ty_survey_free(memory);
    *out = memory->survey;
    return status;
}

/* Releases come in the order of their numbers. NULL: it is neither there nor the next, or memory runs out. */
static ty_surveyed_release *find_or_add(ty_survey *survey, int64_t origin)
{
    size_t at = ty_vector_from(&survey->releases, origin, origin);
    bool last = at == survey->releases.count;
    if (!last && survey->releases.items[at].origin != origin)
        return NULL;
    if (last && !ty_vector_push(&survey->releases, ((ty_surveyed_release){.origin = origin})))
        return NULL;
    return &survey->releases.items[at];
}

static bool renew(ty_survey *survey, ty_store *store, int64_t origin)
{
    ty_stamp now;
    if (ty_store_last_stamp(store, &now, NULL) != TY_OK || now.step != survey->stamp.step + 1)
        return false; /* others have been at it, too */
    ty_surveyed_release *release = find_or_add(survey, origin);
    if (!release)
        return false;
    release->first = survey->documents.count;
    ty_status status = read_documents(survey, store, origin, NULL);
    release->count = survey->documents.count - release->first;
    survey->stamp = now;
    return status == TY_OK;
}

void ty_survey_renew(ty_memory *memory, int64_t origin)
{
    if (memory->survey && !renew(memory->survey, memory->store, origin))
        ty_survey_free(memory);
}
