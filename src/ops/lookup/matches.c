/* SPDX-License-Identifier: Apache-2.0 */
/* The best matches of a memory for a sentence. */
#include "ops/lookup/choice.h"
#include "ops/lookup/indexes.h"
#include "ops/lookup/penalties.h"

typedef struct matcher {
    ty_memory *memory;
    const ty_match_settings *settings;
    ty_status (*each)(void *payload, const ty_match *match);
    void *payload;
    ty_penalty_rules rules;
    ty_arena arena;
    ty_slice query, source_lang; /* empty: any that the query may be in */
    ty_choices choices;
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

/* Can a text of the language be what is asked for? */
static bool may_be_in(const matcher *m, ty_slice lang)
{
    return m->source_lang.size ? ty_lang_matches(m->source_lang, lang) : ty_lang_may_be(m->query, lang);
}

static const ty_variant *partner_of(const matcher *m, const ty_entry *entry)
{
    const ty_variant *partner = ty_entry_partner(entry, target_lang(m));
    return partner && ty_slice_trim(partner->text).size ? partner : NULL;
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
    return status == TY_OK && may_be_in(m, entry.variant->lang) && partner_of(m, &entry);
}

static ty_match_kind kind_of(int score)
{
    return score > 100 ? TY_MATCH_CONTEXT : score == 100 ? TY_MATCH_EXACT : TY_MATCH_FUZZY;
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
                         .query_codes = m->settings->query_codes,
                         .query_content = m->settings->query_content,
                         .same_text = match->score >= 100,
                         .adapted = match->adapted.size > 0};
    match->penalties = out;
    match->penalty_count = ty_penalties_find(&m->rules, &pair, out);
    for (size_t i = 0; i < match->penalty_count; i++)
        match->penalty += out[i].points;
}

static ty_status tell(matcher *m, const ty_choice *choice, bool disputed)
{
    ty_penalty penalties[TY_PENALTY_KINDS];
    const ty_variant *source = choice->entry.variant, *target = choice->target;
    const ty_stored_unit *stored = &choice->entry.stored;
    ty_match match = {.score = choice->score.score,
                      .similarity = ty_match_similarity(choice->score),
                      .kind = kind_of(choice->score.score),
                      .source = source->text,
                      .target = target->text,
                      .source_content = source->content,
                      .target_content = target->content,
                      .adapted = choice->adapted,
                      .source_lang = source->lang,
                      .target_lang = target->lang,
                      .unit = stored->id,
                      .origin = stored->origin_name,
                      .confidence = confidence_of(stored),
                      .confirmed = choice->confirmed,
                      .disputed = disputed && choice->score.score >= 100,
                      .date = ty_slice_of(choice->told),
                      .count = choice->count,
                      .first_year = choice->first_year,
                      .last_year = choice->last_year,
                      .title = stored->origin_title,
                      .url = stored->origin_url,
                      .origin_date = stored->origin_date};
    penalise(m, &choice->entry, target, penalties, &match);
    return m->each(m->payload, &match);
}

/* ------------------------------------------------------------------------------------------ hits */

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

typedef struct asking {
    matcher *m;
    const ty_match_query *question;
    ty_match_scratch *scratch;
    ty_entry_texts source;
    ty_match_hits some, *hits;
} asking;

static ty_status ask_index(asking *a, ty_slice lang, ty_error *error)
{
    const ty_match_index *index = NULL;
    ty_match_texts texts = ty_entry_texts_of(&a->source);
    ty_status status;
    do {
        status = ty_memory_index_at(a->m->memory, lang, 0, &index, error);
        if (status != TY_OK || !index)
            return status;
        status = ty_match_index_find(index, a->question, &texts, a->scratch, &a->some, error);
    } while (ty_memory_index_mended(a->m->memory, index, &status, error));
    for (size_t i = 0; status == TY_OK && i < a->some.count; i++)
        if (!ty_vector_push(a->hits, a->some.items[i]))
            status = ty_error_nomem(error);
    return status;
}

/* A query whose language nobody told is looked for in all of the memory's that it may be in. */
static ty_status ask_languages(asking *a, ty_error *error)
{
    char lang[16];
    ty_status status = TY_OK;
    if (a->m->source_lang.size)
        return ask_index(a, a->m->source_lang, error);
    for (size_t i = 0; status == TY_OK; i++) {
        status = ty_memory_index_lang(a->m->memory, i, lang, error);
        if (status != TY_OK || !lang[0])
            break;
        if (ty_lang_may_be(a->m->query, ty_slice_of(lang)))
            status = ask_index(a, ty_slice_of(lang), error);
    }
    return status;
}

static ty_status ask_indexes(matcher *m, const ty_match_query *question, ty_match_hits *hits, ty_error *error)
{
    asking a = {.m = m, .question = question, .source = {.store = m->memory->store}, .hits = hits};
    ty_status status = ty_match_scratch_new(&a.scratch, error);
    if (status == TY_OK)
        status = ask_languages(&a, error);
    if (hits->count)
        qsort(hits->items, hits->count, sizeof *hits->items, by_rank);
    hits->count = hits->count < question->max_hits ? hits->count : question->max_hits;
    ty_vector_release(&a.some);
    ty_match_scratch_free(a.scratch);
    ty_arena_release(&a.source.arena);
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

static ty_slice known(ty_slice text)
{
    return text.size ? text : (ty_slice){NULL, 0};
}

static ty_slice info_of(const ty_stored_unit *stored, const char *type)
{
    ty_infos infos = stored->unit.infos;
    for (size_t i = 0; i < infos.count; i++)
        if (ty_slice_equal(ty_attribute_find(infos.items[i].attributes, "type"), ty_slice_of(type)))
            return infos.items[i].text;
    return (ty_slice){"", 0};
}

/* Was the unit translated where the query stands? What makes a place is what its format tells entries apart
 * by: msgctxt in a PO, the unit's id in an XLIFF. */
static bool is_same_place(const ty_match_settings *asked, const ty_stored_unit *stored)
{
    ty_slice context = info_of(stored, "x-context");
    if (asked->place_context.data)
        return ty_slice_equal(asked->place_context, context) &&
               (context.size ||
                ty_format_gives(ty_format_named(stored->origin_kind.data)) & TY_KEYED_BY_TEXT);
    return asked->place_id.size && ty_slice_equal(asked->place_id, info_of(stored, "id")) &&
           ty_slice_equal(asked->place_file, info_of(stored, "file"));
}

/* Units with the query's very text score 101 or 102 where the sentences around, or the place, are the
 * query's. */
static ty_status add_context(matcher *m, const ty_entry *entry, const ty_variant *target, ty_match_hit *hit,
                             ty_error *error)
{
    ty_neighbours around = {0};
    const ty_match_settings *asked = m->settings;
    if (hit->score.score != 100)
        return TY_OK;
    if (is_same_place(asked, &entry->stored))
        hit->score.score++;
    if (!asked->previous.size && !asked->next.size)
        return TY_OK;
    ty_status status = ty_store_neighbours(m->memory->store, entry->stored.id, entry->variant->lang,
                                           target->lang, &m->choices.arena, &around, error);
    if (status == TY_OK)
        hit->score.score += ty_match_context(known(asked->previous), known(asked->next),
                                             known(around.source_before), known(around.source_after));
    if (hit->score.score > 102)
        hit->score.score = 102;
    return status;
}

/* ------------------------------------------------------------------------------------------ the choice */

static ty_status choose(matcher *m, ty_match_hit hit, ty_error *error)
{
    ty_entry entry;
    ty_status status = ty_entry_read(m->memory->store, hit.id, &m->choices.arena, &entry, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    const ty_variant *target = partner_of(m, &entry);
    if (!target)
        return TY_OK;
    status = add_context(m, &entry, target, &hit, error);
    return status == TY_OK ? ty_choices_add(&m->choices, m->query, &hit, &entry, target, error) : status;
}

/* What stands around the query's very texts will be compared. */
static ty_status expect_context(matcher *m, const ty_match_hits *hits, ty_error *error)
{
    int64_t same[TY_ENTRIES_EXPECTED];
    size_t count = 0;
    if (!m->settings->previous.size && !m->settings->next.size)
        return TY_OK;
    for (size_t i = 0; i < hits->count && count < TY_ENTRIES_EXPECTED; i++)
        if (hits->items[i].score.score == 100)
            same[count++] = hits->items[i].id;
    return ty_entries_expect(m->memory->store, same, count, TY_EXPECT_AROUND, error);
}

/* More hits than are told, as equal targets become one, and what a reader ranks first need not score best. */
enum { SPARE = 11, POOL = 128, SAME_POOL = 2048 };

static ty_status find_choices(matcher *m, ty_match_query *question, size_t wanted, ty_error *error)
{
    ty_match_hits hits = {0};
    ty_status status;
    question->max_hits = wanted + SPARE;
    for (;;) {
        ty_vector_clear(&hits);
        ty_choices_clear(&m->choices);
        status = find_hits(m, question, &hits, error);
        if (status == TY_OK)
            status = expect_context(m, &hits, error);
        for (size_t i = 0; status == TY_OK && i < hits.count; i++)
            status = choose(m, hits.items[i], error);
        bool full = hits.count == question->max_hits;
        bool same = full && hits.items[hits.count - 1].score.score == 100; /* and there may be more of it */
        bool enough = m->choices.list.count >= wanted && !same;
        if (status != TY_OK || !full || enough || question->max_hits >= (same ? SAME_POOL : POOL))
            break;
        question->max_hits *= 8;
    }
    ty_vector_release(&hits);
    return status;
}

/* All that is read is of one state, and one transaction: a look-up reads a hundred rows, and each alone would
 * ask the disk anew whether somebody has written. */
static ty_status find_at_once(matcher *m, ty_match_query *question, size_t wanted, ty_error *error)
{
    ty_status status = ty_store_freeze(m->memory->store, error);
    if (status != TY_OK)
        return status;
    status = find_choices(m, question, wanted, error);
    ty_store_thaw(m->memory->store);
    return status;
}

/* Choices that there was no room for. */
static size_t count_more(const matcher *m, size_t told)
{
    size_t more = 0;
    for (size_t i = told; i < m->choices.list.count; i++)
        more += m->choices.list.items[i].score.score >= m->settings->min_score;
    return more;
}

static ty_status tell_all(matcher *m, size_t wanted)
{
    ty_status status = TY_OK;
    ty_choices_sort(&m->choices);
    bool disputed = ty_choices_disagree(&m->choices);
    size_t count = m->choices.list.count < wanted ? m->choices.list.count : wanted, told = 0;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        if (m->choices.list.items[i].score.score >= m->settings->min_score) {
            status = tell(m, &m->choices.list.items[i], disputed);
            told++;
        }
    if (m->settings->out_more)
        *m->settings->out_more = count_more(m, count);
    return status == TY_OK && !told ? TY_NO : status;
}

ty_status ty_memory_match(ty_memory *memory, ty_slice query, const ty_match_settings *settings,
                          ty_status (*each)(void *payload, const ty_match *match), void *payload,
                          ty_error *error)
{
    ty_match_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = ty_memory_enter_look_up(&memory, error);
    if (status != TY_OK)
        return status;
    matcher m = {.memory = memory, .settings = &own, .each = each, .payload = payload, .query = query};
    m.source_lang = ty_slice_of(own.source_lang);
    size_t wanted = own.max_matches ? own.max_matches : 5;
    ty_match_query question = {.text = query, .min_score = own.min_score, .payload = &m, .accept = accept};
    status = ty_penalty_rules_read(own.penalties, &m.rules, error);
    if (status == TY_OK)
        status = find_at_once(&m, &question, wanted, error);
    if (status == TY_OK)
        status = tell_all(&m, wanted);
    ty_choices_release(&m.choices);
    ty_penalty_rules_release(&m.rules);
    ty_arena_release(&m.arena);
    ty_memory_leave(memory);
    return status;
}
