/* SPDX-License-Identifier: Apache-2.0 */
/* Many queries on all cores: answers are kept, and told in order by the thread that asked. */
#include "ops/internal.h"

/* Queries are taken in blocks, so that answers need not all be in memory. */
enum { BLOCK = 1024 };

typedef struct answer {
    ty_arena arena;
    TY_VECTOR(ty_match) matches;
    TY_VECTOR(ty_term_hit) hits;
} answer;

/* What is asked of all queries. */
typedef struct asking {
    ty_memory *memory;
    const ty_placed_query *queries; /* of the block */
    const ty_match_settings *how;
    const ty_slice *texts; /* of the block */
    const char *lang;
    answer answers[BLOCK];
} asking;

static void copy_slice(ty_arena *arena, ty_slice *slice)
{
    if (slice->data)
        *slice = ty_arena_copy(arena, *slice);
}

static void clear(answer *a)
{
    ty_vector_clear(&a->matches);
    ty_vector_clear(&a->hits);
    ty_arena_clear(&a->arena);
}

static void asking_free(asking *a)
{
    for (size_t i = 0; a && i < BLOCK; i++) {
        ty_vector_release(&a->answers[i].matches);
        ty_vector_release(&a->answers[i].hits);
        ty_arena_release(&a->answers[i].arena);
    }
    free(a);
}

/* ------------------------------------------------------------------------------------------ matches */

/* The compiler's reminder: what is added to either struct may have to be copied below. (Sizes are of 64-bit
 * machines; others have the same fields.) */
_Static_assert(sizeof(void *) != 8 || sizeof(ty_match) == 272, "copy every slice of ty_match");
_Static_assert(sizeof(void *) != 8 || sizeof(ty_term_hit) == 168, "copy every slice of ty_term_hit");

static ty_status keep_match(void *payload, const ty_match *match)
{
    answer *a = payload;
    ty_match copy = *match;
    ty_slice *slices[] = {
        &copy.source,         &copy.target,         &copy.adapted, /* every slice of the struct */
        &copy.source_content, &copy.target_content, &copy.date,    &copy.origin_date, &copy.source_lang,
        &copy.target_lang,    &copy.origin,         &copy.title,   &copy.url};
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        copy_slice(&a->arena, slices[i]);
    ty_penalty *penalties = ty_arena_array(&a->arena, match->penalty_count, sizeof *penalties);
    if (penalties && match->penalty_count)
        memcpy(penalties, match->penalties, match->penalty_count * sizeof *penalties);
    copy.penalties = penalties;
    return ty_vector_push(&a->matches, copy) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status match_one(void *payload, size_t number, ty_error *error)
{
    asking *a = payload;
    answer *here = &a->answers[number];
    const ty_placed_query *query = &a->queries[number];
    ty_match_settings how = *a->how;
    how.previous = query->previous;
    how.next = query->next;
    ty_status status = ty_memory_match(a->memory, query->text, &how, keep_match, here, error);
    status = status == TY_NO ? TY_OK : status;
    return status == TY_ERR_NOMEM || here->arena.failed ? ty_error_nomem(error) : status;
}

ty_status ty_memory_match_many(ty_memory *memory, const ty_placed_query *queries, size_t count,
                               const ty_match_settings *settings,
                               ty_status (*each)(void *payload, size_t query, const ty_match *matches,
                                                 size_t match_count),
                               void *payload, ty_error *error)
{
    ty_match_settings how;
    ty_settings_take(&how, sizeof how, settings);
    asking *a = calloc(1, sizeof *a);
    ty_status status = a ? TY_OK : ty_error_nomem(error);
    bool found = false;
    for (size_t from = 0; from < count && status == TY_OK; from += BLOCK) {
        size_t some = count - from < BLOCK ? count - from : BLOCK;
        a->memory = memory;
        a->queries = queries + from;
        a->how = &how;
        status = from == 0 ? match_one(a, 0, error) : TY_OK; /* one makes the indexes, if they must be */
        clear(&a->answers[0]);
        if (status == TY_OK)
            status = ty_threads_each(some, match_one, a, error);
        for (size_t i = 0; i < some && status == TY_OK; i++) {
            answer *here = &a->answers[i];
            found |= here->matches.count > 0;
            status = each(payload, from + i, here->matches.items, here->matches.count);
            clear(here);
        }
    }
    asking_free(a);
    return status == TY_OK && !found ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ terms */

static ty_status keep_hit(void *payload, const ty_term_hit *hit)
{
    answer *a = payload;
    ty_term_hit copy = *hit;
    ty_slice *slices[] = {&copy.concept_id, &copy.lang, &copy.term,    &copy.subject,
                          &copy.definition, &copy.note, &copy.relation};
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++)
        copy_slice(&a->arena, slices[i]);
    ty_equivalent *list = ty_arena_array(&a->arena, hit->equivalent_count, sizeof *list);
    for (size_t i = 0; list && i < hit->equivalent_count; i++) {
        list[i] = hit->equivalents[i];
        copy_slice(&a->arena, &list[i].lang);
        copy_slice(&a->arena, &list[i].term);
        copy_slice(&a->arena, &list[i].organisation);
    }
    copy.equivalents = list;
    return ty_vector_push(&a->hits, copy) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status scan_one(void *payload, size_t number, ty_error *error)
{
    asking *a = payload;
    answer *here = &a->answers[number];
    ty_status status = ty_memory_term_scan(a->memory, a->texts[number], a->lang, keep_hit, here, error);
    status = status == TY_NO ? TY_OK : status;
    return status == TY_ERR_NOMEM || here->arena.failed ? ty_error_nomem(error) : status;
}

ty_status ty_memory_term_scan_many(ty_memory *memory, const ty_slice *texts, size_t count, const char *lang,
                                   ty_status (*each)(void *payload, size_t text, const ty_term_hit *hits,
                                                     size_t hit_count),
                                   void *payload, ty_error *error)
{
    asking *a = calloc(1, sizeof *a);
    ty_status status = a ? TY_OK : ty_error_nomem(error);
    bool found = false;
    for (size_t from = 0; from < count && status == TY_OK; from += BLOCK) {
        size_t some = count - from < BLOCK ? count - from : BLOCK;
        a->memory = memory;
        a->texts = texts + from;
        a->lang = lang;
        status = ty_threads_each(some, scan_one, a, error);
        for (size_t i = 0; i < some && status == TY_OK; i++) {
            answer *here = &a->answers[i];
            found |= here->hits.count > 0;
            status = each(payload, from + i, here->hits.items, here->hits.count);
            clear(here);
        }
    }
    asking_free(a);
    return status == TY_OK && !found ? TY_NO : status;
}
