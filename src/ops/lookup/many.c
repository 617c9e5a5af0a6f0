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

/* What is asked of all queries, for matches or for terms. */
typedef struct asking {
    ty_memory *memory;
    const ty_placed_query *queries;
    const ty_match_settings *how;
    ty_status (*each_match)(void *payload, size_t query, const ty_match *matches, size_t match_count);
    const ty_slice *texts;
    const char *lang;
    ty_status (*each_text)(void *payload, size_t text, const ty_term_hit *hits, size_t hit_count);
    void *payload;
    ty_status (*one)(void *asking, size_t number, ty_error *error); /* of the block */
    size_t from;                                                    /* where the block begins */
    answer *answers;                                                /* of the block */
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

static void release_answers(asking *a)
{
    for (size_t i = 0; a->answers && i < BLOCK; i++) {
        ty_vector_release(&a->answers[i].matches);
        ty_vector_release(&a->answers[i].hits);
        ty_arena_release(&a->answers[i].arena);
    }
    free(a->answers);
}

static ty_status tell_block(asking *a, size_t count, bool *found)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        answer *here = &a->answers[i];
        *found |= here->matches.count + here->hits.count > 0;
        status = a->each_match
                     ? a->each_match(a->payload, a->from + i, here->matches.items, here->matches.count)
                     : a->each_text(a->payload, a->from + i, here->hits.items, here->hits.count);
        clear(here);
    }
    return status;
}

static ty_status ask_all(asking *a, size_t count, ty_error *error)
{
    bool found = false;
    a->answers = calloc(BLOCK, sizeof *a->answers);
    ty_status status = a->answers ? TY_OK : ty_error_nomem(error);
    if (status == TY_OK && count && a->each_match) { /* one makes the indexes, if they must be */
        status = a->one(a, 0, error);
        clear(&a->answers[0]);
    }
    for (; a->from < count && status == TY_OK; a->from += BLOCK) {
        size_t some = count - a->from < BLOCK ? count - a->from : BLOCK;
        status = ty_threads_each(some, a->one, a, error);
        if (status == TY_OK)
            status = tell_block(a, some, &found);
    }
    release_answers(a);
    return status == TY_OK && !found ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ matches */

/* The compiler's reminder: what is added to either struct may have to be copied below. (Sizes are of 64-bit
 * machines; others have the same fields.) */
_Static_assert(sizeof(void *) != 8 || sizeof(ty_match) == 272, "copy every slice of ty_match");
_Static_assert(sizeof(void *) != 8 || sizeof(ty_term_hit) == 176, "copy every slice of ty_term_hit");

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
    const ty_placed_query *query = &a->queries[a->from + number];
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
    asking a = {.memory = memory,
                .queries = queries,
                .how = &how,
                .each_match = each,
                .payload = payload,
                .one = match_one};
    return ask_all(&a, count, error);
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
    ty_status status =
        ty_memory_term_scan(a->memory, a->texts[a->from + number], a->lang, keep_hit, here, error);
    status = status == TY_NO ? TY_OK : status;
    return status == TY_ERR_NOMEM || here->arena.failed ? ty_error_nomem(error) : status;
}

ty_status ty_memory_term_scan_many(ty_memory *memory, const ty_slice *texts, size_t count, const char *lang,
                                   ty_status (*each)(void *payload, size_t text, const ty_term_hit *hits,
                                                     size_t hit_count),
                                   void *payload, ty_error *error)
{
    asking a = {.memory = memory,
                .texts = texts,
                .lang = lang,
                .each_text = each,
                .payload = payload,
                .one = scan_one};
    return ask_all(&a, count, error);
}
