/* SPDX-License-Identifier: Apache-2.0 */
#include "server/concepts.h"

typedef struct finder {
    ty_http *http;
    void (*each)(void *payload, const ty_concept_info *concept);
    void *payload;
    size_t count;
} finder;

static ty_slice keep(ty_http *http, ty_slice text)
{
    return text.size ? ty_arena_copy(&http->arena, text) : (ty_slice){"", 0};
}

static ty_concept_info copy(ty_http *http, const ty_concept_info *concept)
{
    ty_term_info *terms = ty_arena_array(&http->arena, concept->term_count + 1, sizeof *terms);
    for (size_t i = 0; terms && i < concept->term_count; i++) {
        const ty_term_info *t = &concept->terms[i];
        terms[i] = (ty_term_info){.lang = keep(http, t->lang),
                                  .text = keep(http, t->text),
                                  .status = t->status,
                                  .part_of_speech = keep(http, t->part_of_speech),
                                  .organisation = keep(http, t->organisation),
                                  .note = keep(http, t->note),
                                  .source = keep(http, t->source),
                                  .date = keep(http, t->date),
                                  .definition = keep(http, t->definition)};
    }
    return (ty_concept_info){.id = concept->id,
                             .name = keep(http, concept->name),
                             .subject = keep(http, concept->subject),
                             .definition = keep(http, concept->definition),
                             .note = keep(http, concept->note),
                             .source = keep(http, concept->source),
                             .origin = concept->origin,
                             .origin_name = keep(http, concept->origin_name),
                             .went_to = keep(http, concept->went_to),
                             .edited = concept->edited,
                             .kind = keep(http, concept->kind),
                             .relation = keep(http, concept->relation),
                             .terms = terms,
                             .term_count = concept->term_count};
}

static ty_status take(void *payload, const ty_concept_info *concept)
{
    finder *f = payload;
    ty_concept_info kept = copy(f->http, concept);
    if (f->http->arena.failed)
        return ty_error_nomem(&f->http->error);
    f->count++;
    f->each(f->payload, &kept);
    return TY_OK;
}

static int64_t number_of(ty_slice key)
{
    int64_t number = ty_slice_starts(key, TY_SLICE("~")) ? ty_decimal(ty_slice_sub(key, 1, key.size)) : 0;
    return number > 0 ? number : 0;
}

ty_status ty_concepts_each(ty_http *http, ty_slice key, void (*each)(void *payload, const ty_concept_info *c),
                           void *payload)
{
    finder f = {http, each, payload, 0};
    ty_concept_query query = {.id = number_of(key)};
    query.name = query.id ? NULL : ty_http_copy(http, key);
    if (!key.size)
        return TY_NO;
    ty_status status = ty_memory_concepts(http->memory, &query, take, &f, &http->error);
    return status == TY_OK && !f.count ? TY_NO : status;
}

typedef struct found {
    ty_concept_info *out;
    size_t count;
} found;

static void note(void *payload, const ty_concept_info *concept)
{
    found *f = payload;
    if (!f->count++)
    *f->out = *concept;
}

ty_status ty_concept_find(ty_http *http, ty_slice key, ty_concept_info *out)
{
    found f = {out, 0};
    ty_status status = ty_concepts_each(http, key, note, &f);
    if (status == TY_OK && f.count > 1)
        return ty_error_set(&http->error, TY_ERR_USAGE, "%zu concepts are called \"%.*s\"", f.count,
                            TY_SLICE_FORMAT(key));
    return status;
}

typedef struct pair_search {
    ty_http *http;
    const ty_term_info *pair;
    int64_t found;
    bool forbidden;
} pair_search;

static const ty_term_info *term_of(const ty_concept_info *concept, const ty_term_info *term)
{
    for (size_t i = 0; i < concept->term_count; i++)
        if (ty_slice_equal_nocase(concept->terms[i].lang, term->lang) &&
            ty_slice_equal(concept->terms[i].text, term->text))
    return &concept->terms[i];
    return NULL;
}

static void look_at(void *payload, const ty_concept_info *concept)
{
    pair_search *s = payload;
    const ty_term_info *one = term_of(concept, &s->pair[0]), *other = term_of(concept, &s->pair[1]);
    if (concept->went_to.size || !one || !other)
        return;
    s->found = concept->id;
    s->forbidden = one->status == TY_TERM_FORBIDDEN || other->status == TY_TERM_FORBIDDEN;
}

static ty_status look_up(void *payload, const ty_term_hit *hit)
{
    pair_search *s = payload;
    char key[24];
    snprintf(key, sizeof key, "~%lld", (long long)hit->concept);
    (void)ty_concepts_each(s->http, ty_slice_of(key), look_at, s);
    return s->found ? TY_STOP : TY_OK;
}

int64_t ty_concept_of_pair(ty_http *http, const ty_term_info pair[2], bool *forbidden)
{
    pair_search s = {http, pair, 0, false};
    (void)ty_memory_term_lookup(http->memory, pair[0].text, NULL, look_up, &s, NULL);
    if (forbidden)
        *forbidden = s.forbidden;
    return s.found;
}

static const char *numbered(ty_http *http, const char *before, int64_t id)
{
    char text[48];
    snprintf(text, sizeof text, "%s%lld", before, (long long)id);
    return ty_http_copy(http, ty_slice_of(text));
}

const char *ty_concept_address(ty_http *http, int64_t id)
{
    return numbered(http, "/concept/~", id);
}

const char *ty_concept_name(ty_http *http, const ty_concept_info *concept)
{
    return concept->name.size ? ty_http_copy(http, concept->name) : numbered(http, "#", concept->id);
}

uint64_t ty_concept_seen(const ty_concept_info *concept)
{
    const ty_slice texts[] = {concept->subject, concept->definition, concept->note, concept->source,
                              concept->went_to};
    uint64_t hash = (uint64_t) concept->id;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = ty_hash(texts[i], hash + 1);
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term_info *t = &concept->terms[i];
        hash = ty_hash(t->lang, hash + (uint64_t)t->status);
        hash = ty_hash(t->text, hash + 1);
        hash = ty_hash(t->organisation, hash + 1);
        hash = ty_hash(t->note, hash + 1);
    }
    return hash >> 1; /* as a form has it: no sign */
}
