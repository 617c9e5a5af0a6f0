/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates: expressions of the memory's pairs that may be terms for each other. */
#include <stdatomic.h>
#include <stdlib.h>

#include "server/addresses.h"
#include "server/concepts.h"
#include "server/data.h"
#include "server/errands.h"
#include "server/languages.h"
#include "server/pages.h"
#include "server/show.h"

enum { SHOWN = 100, KEPT = 300 };

static const char *const kept[] = {"s", "t", "min", NULL}; /* what the page is narrowed to */

/* ------------------------------------------------------------------------------------------ finding them */

typedef struct candidate {
    ty_term_pair pair;
    atomic_bool done; /* somebody has accepted or rejected it since */
} candidate;

typedef struct candidates {
    candidate list[KEPT];
    size_t count;
    ty_arena arena;
} candidates;

static ty_status keep(void *payload, const ty_term_pair *pair)
{
    candidates *all = payload;
    ty_term_pair copy = *pair;
    ty_slice *const texts[] = {&copy.source, &copy.target,      &copy.first,
                               &copy.last,   &copy.source_text, &copy.target_text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = ty_arena_copy(&all->arena, *texts[i]);
    if (all->arena.failed)
        return TY_ERR_NOMEM;
    all->list[all->count++].pair = copy;
    return all->count < KEPT ? TY_OK : TY_STOP;
}

static void free_all(void *answer)
{
    ty_arena_release(&((candidates *)answer)->arena);
    free(answer);
}

static void *find_all(ty_memory *memory, const ty_errand_key *key, ty_error *error)
{
    candidates *all = calloc(1, sizeof *all);
    ty_status status = all ? ty_memory_term_extract(memory, key->source, key->target, (size_t)key->least,
                                                    KEPT, keep, all, error)
                           : TY_ERR_NOMEM;
    if (status == TY_OK || status == TY_NO || (status == TY_STOP && all->count))
        return all;
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    if (all)
        free_all(all);
    return NULL;
}

static const ty_errand_kind candidates_errand = {find_all, free_all};

/* What was accepted or rejected is shown no more, also while the others are those of a while ago. */
typedef struct pair_done {
    ty_slice source, target;
} pair_done;

static void mark_done(void *payload, void *answer)
{
    const pair_done *one = payload;
    candidates *all = answer;
    for (size_t i = 0; i < all->count; i++)
        if (ty_slice_equal(all->list[i].pair.source, one->source) &&
            ty_slice_equal(all->list[i].pair.target, one->target))
            atomic_store(&all->list[i].done, true);
}

/* ------------------------------------------------------------------------------------------ showing them */

static void put_field(ty_http *http, const char *name, const char *value)
{
    ty_html(&http->page, "<input type=\"hidden\" name=\"$s\" value=\"$s\">", name, value);
}

static const char *source_of(ty_http *http)
{
    const char *lang = ty_http_string(http, "s");
    return lang ? lang : "en";
}

static const char *target_of(ty_http *http)
{
    const char *lang = ty_http_string(http, "t");
    return lang ? lang : "ja";
}

/* Where the expression stands in its example: the first place, as written. */
static void put_example(ty_http *http, const char *lang, ty_slice text, ty_slice part, const char *mark)
{
    size_t at = ty_slice_find(text, part, 0);
    ty_span span = {at, at + part.size};
    ty_html(&http->page, "<p class=\"small\"");
    ty_html_lang(&http->page, ty_slice_of(lang));
    ty_html(&http->page, ">");
    ty_html_marked(&http->page, text, &span, at == SIZE_MAX ? 0 : 1, mark);
    ty_html(&http->page, "</p>");
}

static void put_side(ty_http *http, const char *name, const char *lang, ty_slice expression)
{
    ty_html(&http->page, "<input name=\"$s\" value=\"$t\" aria-label=\"$s\"", name, expression,
            ty_label(http->taste.ui, strcmp(name, "source") == 0 ? N_("Term in the first language")
                                                                 : N_("Term in the second language")));
    ty_html_lang(&http->page, ty_slice_of(lang));
    ty_html(&http->page, http->who.role < TY_ROLE_EDIT ? " readonly>" : ">");
}

static ty_status add_known(void *payload, const ty_term_hit *hit)
{
    ty_http *http = payload;
    ty_html(&http->page, "<p class=\"small mute\">{Known term in it:} <a href=\"$s\">",
            ty_concept_address(http, hit->concept));
    ty_html_in(&http->page, "span", hit->lang, hit->term);
    ty_html(&http->page, "</a></p>");
    return TY_STOP;
}

/* The concept of the known term is where the expression may belong, too. */
static void put_known(ty_http *http, const char *lang, ty_slice expression)
{
    ty_http_need(http, ty_memory_term_scan(http->memory, expression, lang, add_known, http, &http->missing));
}

static void put_buttons(ty_http *http)
{
    if (http->who.role >= TY_ROLE_EDIT)
        ty_html(&http->page,
                "<div class=\"row do\"><button name=\"op\" value=\"accept\" data-do=\"a\">{accept}</button> "
                "<button name=\"op\" value=\"reject\" data-do=\"x\">{reject}</button> <button name=\"op\" "
                "value=\"forbid\" data-do=\"Shift+f\">{forbid}</button></div>");
}

static void put_candidate(ty_http *http, const ty_term_pair *pair)
{
    const ty_page *page = &http->page;
    ty_html(page,
            "<li><form class=\"fin\" method=\"post\" action=\"/candidates\"><div class=\"small num mute\">"
            "{in $d pairs}<br>$d · $d<br>$t",
            (int64_t)pair->count, (int64_t)pair->source_count, (int64_t)pair->target_count,
            ty_slice_sub(pair->first, 0, 4));
    if (pair->last.size >= 4 && pair->first.size >= 4 && memcmp(pair->first.data, pair->last.data, 4) != 0)
        ty_html(page, "–$t", ty_slice_sub(pair->last, 0, 4));
    ty_html(page, "</div><div>");
    put_field(http, "key", http->who.form_key);
    ty_address_put_fields(http, kept);
    put_field(http, "found-source", ty_http_copy(http, pair->source));
    put_field(http, "found-target", ty_http_copy(http, pair->target));
    put_side(http, "source", source_of(http), pair->source);
    put_example(http, source_of(http), pair->source_text, pair->source, NULL);
    put_known(http, source_of(http), pair->source);
    ty_html(page, "</div><div>");
    put_side(http, "target", target_of(http), pair->target);
    put_example(http, target_of(http), pair->target_text, pair->target, "eq");
    ty_html(page, "</div>");
    put_buttons(http);
    ty_html(page, "</form></li>\n");
}

static size_t put_all(ty_http *http, candidates *all)
{
    size_t shown = 0;
    for (size_t i = 0; i < all->count && shown < SHOWN; i++) {
        if (atomic_load(&all->list[i].done))
            continue;
        shown++;
        if (http->json)
            ty_present_term_pair(&(ty_present[]){ty_data_item(http)}[0], &all->list[i].pair);
        else
            put_candidate(http, &all->list[i].pair);
    }
    return shown;
}

static void put_data(ty_http *http, const ty_errand_view *view)
{
    ty_data_begin(http);
    ty_json_bool(&http->reply, "complete", view->answer != NULL);
    ty_json_bool(&http->reply, "current", view->current);
    ty_json_open(&http->reply, "candidates", '[');
    if (view->answer)
        put_all(http, view->answer);
    ty_json_close(&http->reply, ']');
    ty_data_end(http);
}

static void put_filters(ty_http *http, int64_t least)
{
    ty_html(&http->page, "<form class=\"row filters\" action=\"/candidates\">");
    ty_languages_put_pair(http);
    ty_html(&http->page,
            "<label>{In so many pairs at least} <input name=\"min\" type=\"number\" min=\"1\" max=\"1000\" "
            "value=\"$d\"></label><button>{Show}</button></form>\n",
            least);
}

static void put_page(ty_http *http, const ty_errand_view *view, int64_t least)
{
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Candidates")), "terms candidates");
    ty_html(&http->page,
            "<div class=\"row\"><h1>{Candidates}</h1><span class=\"small mute\">{Edit either side before you "
            "accept, where the words begin or end elsewhere.}</span></div>\n");
    put_filters(http, least);
    ty_errand_say(http, view);
    if (view->answer) {
        ty_html(&http->page, "<ol class=\"list\" tabindex=\"0\" aria-label=\"{Candidates}\">\n");
        size_t shown = put_all(http, view->answer);
        ty_html(&http->page, shown ? "</ol>\n" : "</ol>\n<p class=\"mute\">{Nothing found}</p>\n");
    }
    ty_page_end(http);
}

void ty_answer_candidates(ty_http *http)
{
    ty_errand_view view;
    ty_errand_key key = {.source = source_of(http),
                         .target = target_of(http),
                         .least = ty_params_integer(&http->target.query, "min", 1, 1000, 2)};
    ty_status status = ty_errand_ask(http, &candidates_errand, &key, &view);
    if (status != TY_OK)
        ty_reply_failure(http, status);
    else if (http->json)
        put_data(http, &view);
    else
        put_page(http, &view, key.least);
    ty_errand_leave(http, &view);
}

/* ------------------------------------------------------------------------------------------ changes */

/* As it was edited, it may be there; what somebody has forbidden is not approved on the way. */
static ty_status accept(ty_http *http, ty_slice source, ty_slice target, bool *forbidden)
{
    ty_counts counts;
    const ty_term_info terms[] = {{.lang = ty_slice_of(source_of(http)), .text = source},
                                  {.lang = ty_slice_of(target_of(http)), .text = target}};
    return ty_concept_of_pair(http, terms, forbidden)
               ? TY_OK
               : ty_memory_term_add(http->memory, source_of(http), source, target_of(http), target, &counts,
                                    &http->error);
}

/* The first side's term with the other as the one that must not stand for it. */
static ty_status forbid(ty_http *http, ty_slice source, ty_slice target)
{
    ty_term_info terms[] = {
        {.lang = ty_slice_of(source_of(http)), .text = source, .status = TY_TERM_APPROVED},
        {.lang = ty_slice_of(target_of(http)), .text = target, .status = TY_TERM_FORBIDDEN}};
    ty_concept_info concept = {.terms = terms, .term_count = 2};
    ty_concept_change one = {0, &concept};
    int64_t known = ty_concept_of_pair(http, terms, NULL);
    if (known)
        return ty_memory_term_set(http->memory, known, &terms[1], ty_http_who(http), &http->error);
    return ty_memory_change_concepts(http->memory, &one, 1, "forbid", ty_http_who(http), &http->error);
}

void ty_answer_candidates_change(ty_http *http)
{
    ty_slice op = ty_http_param(http, "op");
    ty_slice source = ty_slice_trim(ty_http_param(http, "source")),
             target = ty_slice_trim(ty_http_param(http, "target"));
    bool forbidden = false;
    ty_status status = TY_ERR_USAGE;
    if (!source.size || !target.size)
        status = TY_ERR_USAGE;
    else if (ty_slice_equal(op, TY_SLICE("accept")))
        status = accept(http, source, target, &forbidden);
    else if (ty_slice_equal(op, TY_SLICE("reject")))
        status = ty_memory_term_reject(http->memory, source_of(http), ty_http_param(http, "found-source"),
                                       target_of(http), ty_http_param(http, "found-target"),
                                       ty_http_who(http), &http->error);
    else if (ty_slice_equal(op, TY_SLICE("forbid")))
        status = forbid(http, source, target);
    if (forbidden) {
        ty_reply_error(http, 409, N_("This pair of terms is there already, and one of them is forbidden."));
        return;
    }
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    pair_done one = {ty_http_param(http, "found-source"), ty_http_param(http, "found-target")};
    ty_errands_each(http->server->errands, &candidates_errand, mark_done, &one);
    ty_reply_done(http, ty_address_with(http, "/candidates", kept, NULL, TY_SLICE("")));
}
