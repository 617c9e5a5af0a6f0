/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Look-ups as CAT tools ask for them: the translate-toolkit's tmserver, which amaGama speaks too (Weblate,
 * Okapi, Virtaal), and Apertium's web service (OmegaT since 5.1), which is answered with matches and never
 * with a machine's translation.
 */
#include "server/data.h"
#include "server/pages.h"

enum { MOST = 100 };

/* "en_us" and "EN-US" are en-US. */
static const char *language(ty_http *http, ty_slice code)
{
    char *lang = ty_http_copy(http, code);
    for (char *c = lang; c && *c; c++)
        *c = *c == '_' ? '-' : *c;
    return lang;
}

typedef struct answer {
    ty_http *http;
    size_t count;
    ty_slice best;
} answer;

static ty_status add_candidate(void *payload, const ty_match *match)
{
    answer *a = payload;
    a->count++;
    ty_put_open(a->http, NULL, '{');
    ty_put_text(a->http, "source", match->source);
    ty_put_text(a->http, "target", match->adapted.size ? match->adapted : match->target);
    ty_put_number(a->http, "quality", match->score > 100 ? 100 : match->score);
    ty_put_number(a->http, "rank", match->score > 100 ? 100 : match->score);
    ty_put_text(a->http, "context", match->origin);
    ty_put_close(a->http, '}');
    return TY_OK;
}

static void answer_matches(ty_http *http, ty_slice query)
{
    answer a = {http, 0, {0}};
    ty_match_settings how = {
        .source_lang = language(http, http->arguments[0]),
        .target_lang = language(http, http->arguments[1]),
        .min_score = (int)ty_params_integer(&http->target.query, "min_similarity", 1, 100, 70),
        .max_matches = (size_t)ty_params_integer(&http->target.query, "max_candidates", 1, MOST, 5)};
    http->type = "application/json";
    ty_put_open(http, NULL, '[');
    ty_status status =
        query.size ? ty_memory_match(http->memory, query, &how, add_candidate, &a, &http->error) : TY_NO;
    if (status != TY_OK && status != TY_NO) {
        ty_reply_failure(http, status);
        return;
    }
    ty_put_close(http, ']');
}

void ty_answer_unit_matches(ty_http *http)
{
    answer_matches(http, http->arguments[2]);
}

void ty_answer_unit_source(ty_http *http)
{
    answer_matches(http, ty_http_param(http, "source"));
}

/* ------------------------------------------------------------------------------------------ languages */

static void add_languages(ty_http *http, const char *name, const ty_figures *figures)
{
    ty_put_open(http, name, '[');
    for (size_t i = 0; figures && i < figures->language_count; i++)
        ty_put_text(http, NULL, figures->languages[i].name);
    ty_put_close(http, ']');
}

void ty_answer_languages(ty_http *http)
{
    ty_figures *figures = NULL;
    http->type = "application/json";
    ty_memory_figures(http->memory, &figures, NULL);
    ty_put_open(http, NULL, '{');
    add_languages(http, "sourceLanguages", figures);
    add_languages(http, "targetLanguages", figures);
    ty_put_close(http, '}');
    ty_figures_free(figures);
}

/* ------------------------------------------------------------------------------------------ Apertium */

static ty_status keep_best(void *payload, const ty_match *match)
{
    answer *a = payload;
    a->best = ty_arena_copy(&a->http->arena, match->adapted.size ? match->adapted : match->target);
    return TY_STOP;
}

/* Its format stands for "no such pair of languages"; OmegaT shows the words and goes on. */
static void no_match(ty_http *http)
{
    ty_put_open(http, NULL, '{');
    ty_put_open(http, "responseData", '{');
    ty_put_text(http, "translatedText", TY_SLICE(""));
    ty_put_close(http, '}');
    ty_put_text(http, "responseDetails", TY_SLICE("no match"));
    ty_put_integer(http, "responseStatus", 404);
    ty_put_close(http, '}');
}

static void put_best(ty_http *http, ty_slice best)
{
    ty_put_open(http, NULL, '{');
    ty_put_open(http, "responseData", '{');
    ty_put_text(http, "translatedText", best);
    ty_put_close(http, '}');
    ty_buffer_add_string(&http->reply, ",\"responseDetails\":null");
    ty_put_integer(http, "responseStatus", 200);
    ty_put_close(http, '}');
}

void ty_answer_translate(ty_http *http)
{
    answer a = {http, 0, {0}};
    ty_slice query = ty_http_param(http, "q"), pair = ty_http_param(http, "langpair");
    size_t bar = ty_slice_find(pair, TY_SLICE("|"), 0);
    ty_match_settings how = {
        .source_lang = language(http, ty_slice_sub(pair, 0, bar)),
        .target_lang =
            language(http, bar == SIZE_MAX ? (ty_slice){"", 0} : ty_slice_sub(pair, bar + 1, pair.size)),
        .max_matches = 1};
    http->type = "application/json";
    if (!how.source_lang[0] || !how.target_lang[0] || !query.size) {
        ty_reply_error(http, 400, "Wanted: q=TEXT and langpair=en|ja.");
        return;
    }
    ty_status status = ty_memory_match(http->memory, query, &how, keep_best, &a, &http->error);
    if (status != TY_OK && status != TY_NO && status != TY_STOP)
        ty_reply_failure(http, status);
    else if (a.best.size)
        put_best(http, a.best);
    else
        no_match(http);
}
