/* SPDX-License-Identifier: Apache-2.0 */
/* The best matches of a memory for a sentence. */
#include "ops/lookup/indexes.h"
#include "ops/lookup/penalties.h"

typedef struct matcher {
    ty_memory *memory;
    const ty_match_settings *settings;
    ty_status (*each)(void *payload, const ty_match *match);
    void *payload;
    ty_penalty_rules rules;
    ty_arena arena;
    ty_slice query, source_lang;
    ty_buffer adapted;
    ty_status failure; /* of accept, which cannot say it */
} matcher;

static ty_slice target_lang(const matcher *m)
{
    return ty_slice_of(m->settings->target_lang);
}

/* Is the unit of an origin that was asked for? */
static bool is_wanted(matcher *m, int64_t unit)
{
    ty_slice pattern = ty_slice_of(m->settings->origin);
    bool wanted = true;
    ty_status status =
        pattern.size ? ty_store_unit_is_of(m->memory->store, unit, pattern, &wanted, NULL) : TY_OK;
    if (status != TY_OK)
        m->failure = status;
    return wanted;
}

static bool accept(void *payload, int64_t id)
{
    matcher *m = payload;
    ty_entry entry;
    ty_arena_clear(&m->arena);
    if (!is_wanted(m, ty_entry_unit(id)))
        return false;
    ty_status status = ty_entry_read(m->memory->store, id, &m->arena, &entry, NULL);
    if (status != TY_OK && status != TY_NO)
        m->failure = status;
    return status == TY_OK && ty_lang_matches(m->source_lang, entry.variant->lang) &&
           ty_entry_partner(&entry, target_lang(m)) != NULL;
}

static ty_match_kind kind_of(int score)
{
    return score > 100 ? TY_MATCH_CONTEXT : score == 100 ? TY_MATCH_EXACT : TY_MATCH_FUZZY;
}

/* The target with the query's numbers, where only they differ; else nothing. */
static ty_status adapt(matcher *m, int score, const ty_variant *source, const ty_variant *target,
                       ty_error *error)
{
    ty_buffer_clear(&m->adapted);
    if (score >= 97 || !target)
        return TY_OK;
    ty_status status =
        ty_match_adapt(m->query, source->text, source->lang, target->text, target->lang, &m->adapted, error);
    return status == TY_NO ? TY_OK : status;
}

/* What a person has confirmed is sure. */
static float confidence_of(const ty_stored_unit *stored)
{
    bool confirmed = ty_slice_equal(stored->status, TY_SLICE("confirmed"));
    return stored->aligned && !confirmed ? stored->provenance.bead.confidence : 1.0F;
}

/* Fills in what is taken off; `out` has room for one of each kind. */
static void penalise(const matcher *m, const ty_entry *entry, const ty_variant *target, ty_penalty *out,
                     ty_match *match)
{
    ty_penalised pair = {.unit = &entry->stored,
                         .source = entry->variant,
                         .target = target,
                         .confidence = match->confidence,
                         .query_codes = m->settings->query_codes};
    match->penalties = out;
    match->penalty_count = ty_penalties_find(&m->rules, &pair, out);
    for (size_t i = 0; i < match->penalty_count; i++)
        match->penalty += out[i].points;
}

static ty_status tell(matcher *m, const ty_match_hit *hit, ty_error *error)
{
    ty_entry entry;
    ty_penalty penalties[TY_PENALTY_KINDS];
    ty_arena_clear(&m->arena);
    ty_status status = ty_entry_read(m->memory->store, hit->id, &m->arena, &entry, error);
    if (status != TY_OK)
        return status;
    const ty_variant *target = ty_entry_partner(&entry, target_lang(m));
    status = adapt(m, hit->score.score, entry.variant, target, error);
    if (status != TY_OK)
        return status;
    ty_match match = {.score = hit->score.score,
                      .similarity = ty_match_similarity(hit->score),
                      .kind = kind_of(hit->score.score),
                      .source = entry.variant->text,
                      .target = target ? target->text : (ty_slice){"", 0},
                      .source_content = entry.variant->content,
                      .target_content = target ? target->content : (ty_slice){NULL, 0},
                      .adapted = ty_buffer_slice(&m->adapted),
                      .source_lang = entry.variant->lang,
                      .target_lang = target ? target->lang : (ty_slice){"", 0},
                      .unit = entry.stored.id,
                      .origin = entry.stored.origin_name,
                      .confidence = confidence_of(&entry.stored)};
    penalise(m, &entry, target, penalties, &match);
    return m->each(m->payload, &match);
}

static ty_status compare_all(matcher *m, const ty_match_query *question, ty_match_hits *hits, ty_error *error)
{
    ty_entry_walk walk;
    ty_status status = ty_entry_walk_open(m->memory->store, m->source_lang, &walk, error);
    ty_match_entries all = ty_entry_walk_of(&walk);
    if (status == TY_OK)
        status = ty_match_brute_force(question, 1, &all, hits, error);
    ty_entry_walk_close(&walk);
    return status;
}

/* Best first, as the matcher has it: score, similarity, the later entry. */
static int by_rank(const void *a, const void *b)
{
    const ty_match_hit *one = a, *other = b;
    double x = ty_match_similarity(one->score), y = ty_match_similarity(other->score);
    if (one->score.score != other->score.score)
        return one->score.score > other->score.score ? -1 : 1;
    if (x != y)
        return x > y ? -1 : 1;
    return one->id > other->id ? -1 : 1;
}

/* One language is one index; a query whose language cannot be told asks them all. */
static ty_status ask_indexes(matcher *m, const ty_match_query *question, ty_match_hits *hits, ty_error *error)
{
    ty_match_scratch *scratch = NULL;
    ty_match_hits some = {0};
    ty_entry_texts source = {.store = m->memory->store};
    ty_match_texts texts = ty_entry_texts_of(&source);
    const ty_match_index *index = NULL;
    ty_status status = ty_match_scratch_new(&scratch, error);
    for (size_t i = 0; status == TY_OK; i++) {
        status = ty_memory_index_at(m->memory, m->source_lang, i, &index, error);
        if (status != TY_OK || !index)
            break;
        status = ty_match_index_find(index, question, &texts, scratch, &some, error);
        for (size_t k = 0; status == TY_OK && k < some.count; k++)
            if (!ty_vector_push(hits, some.items[k]))
                status = ty_error_nomem(error);
    }
    if (hits->count)
        qsort(hits->items, hits->count, sizeof *hits->items, by_rank);
    size_t most = question->max_hits ? question->max_hits : 5;
    hits->count = hits->count < most ? hits->count : most;
    ty_vector_release(&some);
    ty_match_scratch_free(scratch);
    ty_arena_release(&source.arena);
    return status;
}

static ty_status find_hits(matcher *m, const ty_match_query *question, ty_match_hits *hits, ty_error *error)
{
    ty_status status = m->settings->brute_force ? compare_all(m, question, hits, error)
                                                : ask_indexes(m, question, hits, error);
    if (status == TY_OK && m->failure != TY_OK)
        status = ty_error_set(error, m->failure, "a unit of the memory cannot be read");
    return status;
}

/* ------------------------------------------------------------------------------------------ context */

/* Units with the query's own text that are asked for their neighbours. */
enum { CONTEXT_MAX = 200 };

static ty_slice known(ty_slice text)
{
    return text.size ? text : (ty_slice){NULL, 0};
}

static ty_status add_neighbours(matcher *m, ty_match_hit *hit, ty_error *error)
{
    ty_entry entry;
    ty_neighbours around = {0};
    const ty_match_settings *asked = m->settings;
    ty_arena_clear(&m->arena);
    ty_status status = ty_entry_read(m->memory->store, hit->id, &m->arena, &entry, error);
    if (status != TY_OK)
        return status;
    const ty_variant *target = ty_entry_partner(&entry, target_lang(m));
    status = ty_store_neighbours(m->memory->store, entry.stored.id, entry.variant->lang,
                                 target ? target->lang : (ty_slice){"", 0}, &m->arena, &around, error);
    if (status == TY_OK)
        hit->score.score += ty_match_context(known(asked->previous), known(asked->next),
                                             known(around.source_before), known(around.source_after));
    return status;
}

/*
 * Where the sentences around the query are known, units with its text may score 101 or 102. Where they fill
 * the list there may be more of them, and the one with the context must not be missed.
 */
static ty_status add_context(matcher *m, const ty_match_query *question, ty_match_hits *hits, ty_error *error)
{
    ty_status status = TY_OK;
    size_t wanted = question->max_hits ? question->max_hits : 5;
    if (hits->count >= wanted && hits->items[hits->count - 1].score.score == 100) {
        ty_match_query more = *question;
        more.min_score = 100;
        more.max_hits = wanted > CONTEXT_MAX ? wanted : CONTEXT_MAX;
        ty_vector_clear(hits);
        status = find_hits(m, &more, hits, error);
    }
    for (size_t i = 0; status == TY_OK && i < hits->count && hits->items[i].score.score == 100; i++)
        status = add_neighbours(m, &hits->items[i], error);
    if (hits->count)
        qsort(hits->items, hits->count, sizeof *hits->items, by_rank);
    hits->count = hits->count < wanted ? hits->count : wanted;
    while (hits->count && hits->items[hits->count - 1].score.score < m->settings->min_score)
        hits->count--;
    return status;
}

static ty_status find_matches(matcher *m, ty_slice query, ty_match_hits *hits, ty_error *error)
{
    const ty_match_settings *asked = m->settings;
    ty_match_query question = {.text = query,
                               .min_score = asked->min_score,
                               .max_hits = asked->max_matches,
                               .payload = m,
                               .accept = accept};
    ty_status status = find_hits(m, &question, hits, error);
    if (status == TY_OK && (asked->previous.size || asked->next.size || asked->min_score > 100))
        status = add_context(m, &question, hits, error);
    return status;
}

ty_status ty_memory_match(ty_memory *memory, ty_slice query, const ty_match_settings *settings,
                          ty_status (*each)(void *payload, const ty_match *match), void *payload,
                          ty_error *error)
{
    ty_match_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    matcher m = {.memory = memory, .settings = &own, .each = each, .payload = payload, .query = query};
    m.source_lang = ty_slice_of(own.source_lang ? own.source_lang : ty_lang_guess(query));
    ty_match_hits hits = {0};
    status = ty_penalty_rules_read(own.penalties, &m.rules, error);
    if (status == TY_OK)
        status = find_matches(&m, query, &hits, error);
    size_t count = hits.count;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = tell(&m, &hits.items[i], error);
    ty_vector_release(&hits);
    ty_penalty_rules_release(&m.rules);
    ty_buffer_release(&m.adapted);
    ty_arena_release(&m.arena);
    ty_memory_leave(memory);
    return status == TY_OK && count == 0 ? TY_NO : status;
}
