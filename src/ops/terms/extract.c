/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates for terms, mined from the memory. */
#include "ops/terms/candidates.h"

/* Where a pair that was mined comes from. */
typedef struct mined {
    int64_t unit;
    uint32_t origin, day; /* numbers */
} mined;

/* A candidate that is told, while its uses are counted. */
typedef struct candidate {
    uint64_t origins;
    uint32_t last_origin, first_pair;
    ty_slice first, last;
} candidate;

typedef struct extraction {
    ty_memory *memory;
    ty_slice source_lang, target_lang;
    ty_term_miner *miner;
    ty_strings origins, days;
    TY_VECTOR(mined) pairs;
    ty_terms_found found; /* all, then those to tell */
    TY_VECTOR(candidate) candidates;
} extraction;

static ty_status mine_unit(void *payload, const ty_text_pair *pair, ty_error *error)
{
    extraction *e = payload;
    char day[11];
    ty_pair_date(pair->stored, day);
    mined one = {.unit = pair->stored->id,
                 .origin = ty_strings_add(&e->origins, pair->stored->origin_name),
                 .day = ty_strings_add(&e->days, ty_slice_of(day))};
    if (one.origin == TY_STRINGS_NONE || one.day == TY_STRINGS_NONE || !ty_vector_push(&e->pairs, one))
        return ty_error_nomem(error);
    return ty_term_miner_add(e->miner, pair->source, pair->target, error);
}

static ty_status choose(extraction *e, size_t max, ty_error *error)
{
    ty_status status = ty_candidates_choose(e->memory, e->source_lang, e->target_lang, max, &e->found, error);
    for (size_t i = 0; i < e->found.count && status == TY_OK; i++)
        if (!ty_vector_push(&e->candidates, (candidate){.last_origin = UINT32_MAX}))
            status = ty_error_nomem(error);
    return status;
}

/* Pairs come in the order of the memory, origin by origin. */
static void take_use(void *payload, size_t found, uint32_t pair)
{
    extraction *e = payload;
    candidate *one = &e->candidates.items[found];
    const mined *where = &e->pairs.items[pair];
    ty_slice day = e->days.list.items[where->day];
    if (one->origins == 0)
        one->first_pair = pair;
    one->origins += one->last_origin != where->origin;
    one->last_origin = where->origin;
    if (day.size && (!one->first.size || ty_slice_compare(day, one->first) < 0))
        one->first = day;
    if (day.size && ty_slice_compare(day, one->last) > 0)
        one->last = day;
}

static ty_status tell(extraction *e, size_t number, ty_arena *arena,
                      ty_status (*each)(void *payload, const ty_term_pair *candidate), void *payload,
                      ty_error *error)
{
    const ty_term_found *found = &e->found.items[number];
    const candidate *one = &e->candidates.items[number];
    ty_stored_unit stored;
    ty_text_pair texts = {0};
    ty_term_pair pair = {.source = found->source,
                         .target = found->target,
                         .count = found->count,
                         .source_count = found->source_count,
                         .target_count = found->target_count,
                         .origins = one->origins,
                         .first = one->first,
                         .last = one->last,
                         .unit = e->pairs.items[one->first_pair].unit,
                         .score = found->score};
    ty_arena_clear(arena);
    ty_status status = ty_store_unit(e->memory->store, pair.unit, arena, &stored, error);
    if (status == TY_OK && ty_pair_of_unit(&stored, e->source_lang, e->target_lang, &texts)) {
        pair.source_text = texts.source;
        pair.target_text = texts.target;
    }
    return status == TY_OK ? each(payload, &pair) : status;
}

static ty_status mine(extraction *e, size_t min_count, size_t max, ty_error *error)
{
    uint32_t least = min_count > UINT32_MAX ? UINT32_MAX : (uint32_t)min_count;
    ty_status status = ty_term_miner_new(e->source_lang, e->target_lang, &e->miner, error);
    if (status == TY_OK)
        status = ty_pair_each(e->memory, e->source_lang, e->target_lang, mine_unit, e, error);
    if (status == TY_OK)
        status = ty_term_miner_find(e->miner, least, &e->found, error);
    if (status == TY_OK)
        status = choose(e, max ? max : 100, error);
    return status == TY_OK ? ty_term_miner_uses(e->miner, e->found.items, e->found.count, take_use, e, error)
                           : status;
}

static void release(extraction *e)
{
    ty_vector_release(&e->found);
    ty_vector_release(&e->candidates);
    ty_vector_release(&e->pairs);
    ty_strings_release(&e->origins);
    ty_strings_release(&e->days);
    ty_term_miner_free(e->miner);
}

ty_status ty_memory_term_extract(ty_memory *memory, const char *source_lang, const char *target_lang,
                                 size_t min_count, size_t max,
                                 ty_status (*each)(void *payload, const ty_term_pair *candidate),
                                 void *payload, ty_error *error)
{
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    extraction e = {.memory = memory,
                    .source_lang = ty_slice_of(ty_lang_usual_source(source_lang)),
                    .target_lang = ty_slice_of(ty_lang_usual_target(target_lang))};
    ty_arena arena = {0};
    status = mine(&e, min_count, max, error);
    for (size_t i = 0; i < e.found.count && status == TY_OK; i++)
        status = tell(&e, i, &arena, each, payload, error);
    if (status == TY_OK && e.found.count == 0)
        status = TY_NO;
    ty_arena_release(&arena);
    release(&e);
    ty_memory_leave(memory);
    return status;
}
