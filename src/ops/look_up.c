/* What a translator asks the memory: matches for a sentence, and where a string occurs. */
#include "indexes.h"

/* All variants in a language (empty: any), as entries: what brute force goes through. */
typedef struct walk {
    ty_variants *variants;
    ty_slice lang;
} walk;

static ty_status next_entry(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    walk *w = payload;
    ty_stored_variant variant;
    ty_status status;
    do
        status = ty_variants_next(w->variants, &variant, error);
    while (status == TY_OK && !ty_lang_matches(w->lang, variant.lang));
    if (status == TY_OK) {
        *id = ty_entry_of(variant.unit, variant.position);
        *text = variant.text;
    }
    return status;
}

/* The text of an entry, out of the store. */
typedef struct text_source {
    ty_store *store;
    ty_arena arena;
} text_source;

static ty_status text_of(void *payload, int64_t entry, ty_slice *out, ty_error *error)
{
    text_source *source = payload;
    ty_stored_unit stored;
    ty_arena_clear(&source->arena);
    *out = (ty_slice){"", 0};
    ty_status status = ty_store_unit(source->store, ty_entry_unit(entry), &source->arena, &stored, error);
    if (status == TY_OK && ty_entry_place(entry) < stored.unit.variant_count)
        *out = stored.unit.variants[ty_entry_place(entry)].text;
    return status;
}

/* ------------------------------------------------------------------------------------------ match */

typedef struct matcher {
    ty_memory *memory;
    const ty_match_settings *settings;
    ty_status (*each)(void *payload, const ty_match *match);
    void *payload;
    ty_arena arena;
    ty_slice query, source_lang;
    ty_buffer adapted;
    ty_status failure; /* of accept, which cannot say it */
} matcher;

/* The other side of a unit: the first variant in the target language, or any when none is asked for. */
static const ty_variant *partner(const matcher *m, const ty_unit *unit, uint32_t place)
{
    ty_slice target = ty_slice_of(m->settings->target_lang);
    for (uint32_t i = 0; i < unit->variant_count; i++)
        if (i != place && ty_lang_matches(target, unit->variants[i].lang) &&
            (target.size || !ty_slice_equal_nocase(unit->variants[i].lang, unit->variants[place].lang)))
            return &unit->variants[i];
    return NULL;
}

static bool accept(void *payload, int64_t entry)
{
    matcher *m = payload;
    ty_stored_unit unit;
    ty_arena_clear(&m->arena);
    ty_status status = ty_store_unit(m->memory->store, ty_entry_unit(entry), &m->arena, &unit, NULL);
    if (status != TY_OK && status != TY_NO)
        m->failure = status;
    uint32_t place = ty_entry_place(entry);
    return status == TY_OK && place < unit.unit.variant_count &&
           ty_lang_matches(m->source_lang, unit.unit.variants[place].lang) &&
           partner(m, &unit.unit, place) != NULL;
}

/* A pair the aligner is not sure of costs up to ten points: 1 at 0.95, 10 at 0.5 and below. */
static int penalty_for(float confidence)
{
    int penalty = (int)((1.0F - confidence) * 20.0F + 0.5F);
    return penalty < 0 ? 0 : penalty > 10 ? 10 : penalty;
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

static ty_status tell(matcher *m, const ty_match_hit *hit, ty_error *error)
{
    ty_stored_unit stored;
    ty_arena_clear(&m->arena);
    ty_status status = ty_store_unit(m->memory->store, ty_entry_unit(hit->id), &m->arena, &stored, error);
    if (status != TY_OK)
        return status;
    const ty_variant *source = &stored.unit.variants[ty_entry_place(hit->id)];
    const ty_variant *target = partner(m, &stored.unit, ty_entry_place(hit->id));
    status = adapt(m, hit->score.score, source, target, error);
    if (status != TY_OK)
        return status;
    bool confirmed = ty_slice_equal(stored.status, TY_SLICE("confirmed"));
    float confidence = stored.aligned && !confirmed ? stored.provenance.bead.confidence : 1.0F;
    ty_match match = {.score = hit->score.score,
                      .similarity = ty_match_similarity(hit->score),
                      .kind = kind_of(hit->score.score),
                      .source = source->text,
                      .target = target ? target->text : (ty_slice){"", 0},
                      .adapted = ty_buffer_slice(&m->adapted),
                      .source_lang = source->lang,
                      .target_lang = target ? target->lang : (ty_slice){"", 0},
                      .unit = stored.id,
                      .origin = stored.origin_name,
                      .confidence = confidence,
                      .penalty = penalty_for(confidence)};
    return m->each(m->payload, &match);
}

static ty_status compare_all(matcher *m, const ty_match_query *question, ty_match_hits *hits, ty_error *error)
{
    walk entries = {.lang = m->source_lang};
    ty_match_entries all = {&entries, next_entry};
    ty_status status = ty_variants_open(m->memory->store, 0, &entries.variants, error);
    if (status == TY_OK)
        status = ty_match_brute_force(question, 1, &all, hits, error);
    ty_variants_close(entries.variants);
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
    text_source source = {.store = m->memory->store};
    ty_match_texts texts = {&source, text_of};
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
    ty_stored_unit stored;
    ty_neighbours around = {0};
    const ty_match_settings *asked = m->settings;
    ty_arena_clear(&m->arena);
    ty_status status = ty_store_unit(m->memory->store, ty_entry_unit(hit->id), &m->arena, &stored, error);
    if (status != TY_OK)
        return status;
    const ty_variant *source = &stored.unit.variants[ty_entry_place(hit->id)];
    const ty_variant *target = partner(m, &stored.unit, ty_entry_place(hit->id));
    status = ty_store_neighbours(m->memory->store, stored.id, source->lang,
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
    static const ty_match_settings defaults;
    settings = settings ? settings : &defaults;
    matcher m = {.memory = memory, .settings = settings, .each = each, .payload = payload, .query = query};
    m.source_lang = ty_slice_of(settings->source_lang ? settings->source_lang : ty_lang_guess(query));
    ty_match_hits hits = {0};
    ty_status status = find_matches(&m, query, &hits, error);
    size_t count = hits.count;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = tell(&m, &hits.items[i], error);
    ty_vector_release(&hits);
    ty_buffer_release(&m.adapted);
    ty_arena_release(&m.arena);
    return status == TY_OK && count == 0 ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ search */

typedef struct searcher {
    ty_memory *memory;
    ty_status (*each)(void *payload, const ty_concordance *hit);
    void *payload;
    ty_arena arena;
    ty_slice lang;
    size_t told, left;
    ty_error *error;
} searcher;

static ty_status tell_hit(void *payload, int64_t entry, ty_slice text, const ty_spans *spans)
{
    searcher *s = payload;
    ty_stored_unit stored;
    ty_arena_clear(&s->arena);
    ty_status status = ty_store_unit(s->memory->store, ty_entry_unit(entry), &s->arena, &stored, s->error);
    if (status != TY_OK)
        return status;
    size_t count = stored.unit.variant_count;
    ty_slice *langs = ty_arena_array(&s->arena, count, sizeof *langs);
    ty_slice *texts = ty_arena_array(&s->arena, count, sizeof *texts);
    if (!langs || !texts)
        return ty_error_nomem(s->error);
    size_t others = 0;
    for (uint32_t i = 0; i < count; i++)
        if (i != ty_entry_place(entry)) {
            langs[others] = stored.unit.variants[i].lang;
            texts[others++] = stored.unit.variants[i].text;
        }
    s->told++;
    s->left--;
    ty_concordance hit = {.unit = stored.id,
                          .origin = stored.origin_name,
                          .lang = stored.unit.variants[ty_entry_place(entry)].lang,
                          .text = text,
                          .hits = spans->items,
                          .hit_count = spans->count,
                          .other_langs = langs,
                          .other_texts = texts,
                          .other_count = others};
    return s->each(s->payload, &hit);
}

static bool in_language(void *payload, int64_t entry)
{
    searcher *s = payload;
    ty_stored_unit stored;
    ty_arena_clear(&s->arena);
    return ty_store_unit(s->memory->store, ty_entry_unit(entry), &s->arena, &stored, NULL) == TY_OK &&
           ty_entry_place(entry) < stored.unit.variant_count &&
           ty_lang_matches(s->lang, stored.unit.variants[ty_entry_place(entry)].lang);
}

ty_status ty_memory_search(ty_memory *memory, ty_slice text, const char *lang, size_t max,
                           ty_status (*each)(void *payload, const ty_concordance *hit), void *payload,
                           ty_error *error)
{
    searcher s = {
        .memory = memory, .each = each, .payload = payload, .error = error, .lang = ty_slice_of(lang)};
    text_source source = {.store = memory->store};
    ty_match_texts texts = {&source, text_of};
    ty_concordance_query question = {.text = text, .payload = &s, .accept = s.lang.size ? in_language : NULL};
    ty_match_scratch *scratch = NULL;
    const ty_match_index *index = NULL;
    ty_status status = ty_match_scratch_new(&scratch, error);
    s.left = max ? max : 50;
    for (size_t i = 0; status == TY_OK && s.left; i++) {
        status = ty_memory_index_at(memory, s.lang, i, &index, error);
        if (status != TY_OK || !index)
            break;
        question.max_hits = s.left;
        status = ty_match_index_search(index, &question, &texts, scratch, tell_hit, &s, error);
        status = status == TY_NO ? TY_OK : status;
    }
    ty_match_scratch_free(scratch);
    ty_arena_release(&s.arena);
    ty_arena_release(&source.arena);
    return status == TY_OK && !s.told ? TY_NO : status;
}
