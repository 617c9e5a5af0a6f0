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

/* With a point always: clients that look at types want a floating-point number. */
static void put_quality(ty_http *http, const char *name, int score)
{
    ty_buffer_add_format(&http->reply, ",\"%s\":%d.0", name, score > 100 ? 100 : score);
}

/* Where it comes from, and the address at which it can be put right. */
static void put_context(answer *a, const ty_match *match)
{
    ty_http *http = a->http;
    ty_buffer text = {0};
    ty_buffer_add(&text, match->origin);
    if (match->origin_date.size)
        ty_buffer_add_format(&text, ", %.*s", TY_SLICE_FORMAT(match->origin_date));
    ty_buffer_add_format(&text, ", %s/unit/%lld", ty_http_base(http), (long long)match->unit);
    ty_json_text(&http->reply, "context", ty_buffer_slice(&text));
    ty_buffer_release(&text);
}

static ty_status add_candidate(void *payload, const ty_match *match)
{
    answer *a = payload;
    a->count++;
    ty_json_open(&a->http->reply, NULL, '{');
    ty_json_text(&a->http->reply, "source", match->source);
    ty_json_text(&a->http->reply, "target", match->adapted.size ? match->adapted : match->target);
    put_quality(a->http, "quality", match->score);
    put_quality(a->http, "rank", match->score);
    put_context(a, match);
    ty_json_close(&a->http->reply, '}');
    return TY_OK;
}

static int64_t number_of(ty_http *http, const char *name, int64_t most, int64_t otherwise)
{
    int64_t number = ty_params_integer(&http->target.query, name, 0, INT64_MAX, otherwise);
    return number < 1 ? 1 : number > most ? most : number;
}

static void answer_matches(ty_http *http, ty_slice query)
{
    answer a = {.http = http};
    ty_match_settings how = {.source_lang = language(http, http->arguments[0]),
                             .target_lang = language(http, http->arguments[1]),
                             .min_score = (int)number_of(http, "min_similarity", 100, 70),
                             .max_matches = (size_t)number_of(http, "max_candidates", MOST, 5)};
    http->type = "application/json";
    ty_json_open(&http->reply, NULL, '[');
    ty_status status =
        query.size ? ty_memory_match(http->memory, query, &how, add_candidate, &a, &http->error) : TY_NO;
    if (status != TY_OK && status != TY_NO) {
        ty_reply_failure(http, status);
        return;
    }
    ty_json_close(&http->reply, ']');
}

void ty_answer_unit_matches(ty_http *http)
{
    answer_matches(http, http->arguments[2]);
}

void ty_answer_unit_source(ty_http *http)
{
    answer_matches(http, ty_http_param(http, "source"));
}

/* ------------------------------------------------------------------------------------------ taking one in */

static void put_variant(ty_buffer *tmx, const char *lang, ty_slice text)
{
    ty_buffer_add_string(tmx, "<tuv xml:lang=\"");
    ty_buffer_add_xml_attribute(tmx, ty_slice_of(lang));
    ty_buffer_add_string(tmx, "\"><seg>");
    ty_buffer_add_xml(tmx, text);
    ty_buffer_add_string(tmx, "</seg></tuv>");
}

/* Letters, digits and hyphens, as a language tag has them (BCP 47): nothing else becomes a language. */
static bool is_tag(const char *lang)
{
    size_t size = lang ? strlen(lang) : 0;
    return size >= 2 && size <= 35 &&
           strspn(lang, "-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
}

static ty_status take_pair(ty_http *http, ty_slice source, ty_slice target)
{
    ty_buffer tmx = {0};
    ty_counts counts;
    ty_buffer_add_string(&tmx,
                         "<tmx version=\"1.4\"><header creationtool=\"taiyaku\" creationtoolversion=\"1\" "
                         "segtype=\"sentence\" o-tmf=\"tmserver\" adminlang=\"en\" srclang=\"*all*\" "
                         "datatype=\"plaintext\"/><body><tu>");
    put_variant(&tmx, language(http, http->arguments[0]), source);
    put_variant(&tmx, language(http, http->arguments[1]), target);
    ty_buffer_add_string(&tmx, "</tu></body></tmx>");
    ty_source from = {.path = "tmserver", .bytes = ty_buffer_slice(&tmx)};
    ty_import_settings how = {.kind = "tmx", .origin = "tmserver"};
    ty_status status = tmx.failed ? ty_error_nomem(&http->error)
                                  : ty_memory_set_who(http->memory, ty_http_who(http), &http->error);
    if (status == TY_OK)
        status = ty_memory_import_file(http->memory, &from, &how, &counts, &http->error);
    (void)ty_memory_set_who(http->memory, NULL, NULL); /* takes no memory */
    ty_buffer_release(&tmx);
    return status;
}

/* As the translate-toolkit takes it: the texts are in the body, the address only repeats the source. */
void ty_answer_unit_put(ty_http *http)
{
    ty_slice source = ty_slice_trim(ty_params_get(&http->form, "source")),
             target = ty_slice_trim(ty_params_get(&http->form, "target"));
    bool good = source.size && target.size && is_tag(language(http, http->arguments[0])) &&
                is_tag(language(http, http->arguments[1]));
    ty_status status = good ? take_pair(http, source, target) : TY_ERR_USAGE;
    http->type = "text/plain; charset=utf-8";
    if (status != TY_OK)
        ty_reply_failure(http, status);
}

/* ------------------------------------------------------------------------------------------ languages */

static void add_languages(ty_http *http, const char *name, const ty_figures *figures)
{
    ty_json_open(&http->reply, name, '[');
    for (size_t i = 0; figures && i < figures->language_count; i++)
        ty_json_text(&http->reply, NULL, figures->languages[i].name);
    ty_json_close(&http->reply, ']');
}

void ty_answer_languages(ty_http *http)
{
    ty_figures *figures = NULL;
    http->type = "application/json";
    ty_http_need(http, ty_memory_figures(http->memory, &figures, &http->missing));
    ty_json_open(&http->reply, NULL, '{');
    add_languages(http, "sourceLanguages", figures);
    add_languages(http, "targetLanguages", figures);
    ty_json_close(&http->reply, '}');
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
    ty_json_open(&http->reply, NULL, '{');
    ty_json_open(&http->reply, "responseData", '{');
    ty_json_text(&http->reply, "translatedText", TY_SLICE(""));
    ty_json_close(&http->reply, '}');
    ty_json_text(&http->reply, "responseDetails", TY_SLICE("no match"));
    ty_json_integer(&http->reply, "responseStatus", 404);
    ty_json_close(&http->reply, '}');
}

static void put_best(ty_http *http, ty_slice best)
{
    ty_json_open(&http->reply, NULL, '{');
    ty_json_open(&http->reply, "responseData", '{');
    ty_json_text(&http->reply, "translatedText", best);
    ty_json_close(&http->reply, '}');
    ty_buffer_add_string(&http->reply, ",\"responseDetails\":null");
    ty_json_integer(&http->reply, "responseStatus", 200);
    ty_json_close(&http->reply, '}');
}

void ty_answer_translate(ty_http *http)
{
    answer a = {.http = http};
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
