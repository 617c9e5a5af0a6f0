/* SPDX-License-Identifier: Apache-2.0 */
/* A concept: its terms, how the memory renders them, and the forms by which it is changed. */
#include "server/concepts.h"
#include "server/pages.h"
#include "server/releases.h"
#include "server/show.h"

enum { EXAMPLES = 6, EMPTY_ROWS = 2 };

static const char *const status_names[] = {"", "approved", "provisional", "non-standard", "forbidden"};

static const char *status_label(int status)
{
    static const char *const labels[] = {"–", N_("✓ approved"), N_("provisional"), N_("non-standard"),
                                         N_("✕ forbidden")};
    return labels[status];
}

/* ------------------------------------------------------------------------------------------ reading */

static void put_source(ty_http *http, ty_slice source)
{
    if (ty_is_web_address(source))
        ty_html(&http->page, "<a rel=\"noopener noreferrer\" href=\"$t\">{Source}</a>", source);
    else
        ty_html(&http->page, "$t", source);
}

static void put_term(ty_http *http, const ty_term_info *term)
{
    const ty_page *page = &http->page;
    ty_buffer address = {0};
    ty_percent_encode(&address, term->text);
    ty_html(page, "<tr><td class=\"mute\">$s</td><td>", ty_language_label(http, term->lang));
    ty_html_in(page, term->status == TY_TERM_FORBIDDEN ? "span" : "b", term->lang, term->text);
    ty_html(
        page,
        "</td><td><span class=\"tag$s\">$s</span></td><td>$t</td><td class=\"small wide\" dir=\"auto\">$t ",
        term->status == TY_TERM_FORBIDDEN  ? " bad"
        : term->status == TY_TERM_APPROVED ? " ok"
                                           : "",
        ty_label(page->ui, status_label(term->status)), term->organisation, term->note);
    put_source(http, term->source);
    ty_html(page, "</td><td><a href=\"/concordance?q=$t\">{Uses}</a></td></tr>\n", ty_buffer_slice(&address));
    ty_buffer_release(&address);
}

static void put_terms(ty_http *http, const ty_concept_info *c)
{
    ty_html(&http->page,
            "<section class=\"card\"><table><thead><tr><th scope=\"col\">{Language}</th><th "
            "scope=\"col\">{Term}</th>"
            "<th scope=\"col\">{Status}</th><th scope=\"col\">{Organisation}</th><th scope=\"col\" "
            "class=\"wide\">{Note}</th><th scope=\"col\">{Uses}</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < c->term_count; i++)
        put_term(http, &c->terms[i]);
    ty_html(&http->page, "</tbody></table></section>\n");
}

typedef struct renderings {
    ty_http *http;
    size_t count;
} renderings;

static ty_status put_rendering(void *payload, const ty_term_rendering *r)
{
    renderings *all = payload;
    const ty_page *page = &all->http->page;
    if (!all->count++)
        ty_html(page, "<h2>{How the memory renders it}</h2>\n");
    ty_html(page, "<div class=\"hit\"><p><b>");
    if (r->text.size)
        ty_html(page, "$t", r->text);
    else
        ty_html(page, "{otherwise}");
    ty_html(page, "</b> <span class=\"num mute\">{$d times}", (int64_t)r->count);
    if (r->first.size)
        ty_html(page, " · $t–$t", ty_slice_sub(r->first, 0, 4), ty_slice_sub(r->last, 0, 4));
    ty_html(page, "</span></p>\n<p class=\"small\" dir=\"auto\">");
    ty_html_marked(page, r->source, &r->source_at, r->source_at.end ? 1 : 0, NULL);
    ty_html(page, "</p><p class=\"small\" dir=\"auto\">");
    ty_html_marked(page, r->target, &r->target_at, r->target_at.end ? 1 : 0, "eq");
    ty_html(page, "</p><div class=\"meta\">");
    ty_show_origin(all->http, r->unit, r->origin_count ? r->origins[0] : (ty_slice){"", 0}, -1);
    ty_html(page, "</div></div>\n");
    return all->count < EXAMPLES ? TY_OK : TY_STOP;
}

static void put_renderings(ty_http *http, const ty_term_info *term)
{
    renderings all = {http, 0};
    ty_html(&http->page, "<section>");
    ty_memory_term_history(http->memory, term->text, ty_http_copy(http, term->lang), NULL, put_rendering,
                           &all, NULL);
    if (all.count)
        ty_show_licence(http);
    ty_html(&http->page, "</section>\n");
}

/* ------------------------------------------------------------------------------------------ changing */

static void put_statuses(ty_http *http, size_t row, ty_term_status status)
{
    ty_html(&http->page, "<select name=\"status$d\" aria-label=\"{Status}\">", (int64_t)row);
    for (int i = 0; i < 5; i++)
        ty_html(&http->page, "<option value=\"$s\"$r>$s</option>", status_names[i],
                i == (int)status ? " selected" : "", ty_label(http->taste.ui, status_label(i)));
    ty_html(&http->page, "</select>");
}

static void put_input(ty_http *http, const char *name, int64_t row, const char *label, ty_slice value,
                      ty_slice lang)
{
    ty_html(&http->page, "<td><input name=\"$s$d\" value=\"$t\" aria-label=\"$s\"", name, row, value,
            ty_label(http->taste.ui, label));
    if (lang.size)
        ty_html_lang(&http->page, lang);
    ty_html(&http->page, "></td>");
}

static void put_row(ty_http *http, size_t row, const ty_term_info *term)
{
    static const ty_term_info none = {
        .lang = {"", 0}, .text = {"", 0}, .organisation = {"", 0}, .note = {"", 0}};
    const ty_term_info *t = term ? term : &none;
    ty_html(&http->page, "<tr>");
    put_input(http, "lang", (int64_t)row, N_("Language"), t->lang, (ty_slice){"", 0});
    put_input(http, "text", (int64_t)row, N_("Term"), t->text, t->lang);
    ty_html(&http->page, "<td>");
    put_statuses(http, row, t->status);
    ty_html(&http->page, "</td>");
    put_input(http, "org", (int64_t)row, N_("Organisation"), t->organisation, (ty_slice){"", 0});
    put_input(http, "note", (int64_t)row, N_("Note"), t->note, (ty_slice){"", 0});
    ty_html(&http->page, "<td class=\"num\">");
    if (term)
        ty_html(&http->page,
                "<input type=\"checkbox\" name=\"part$d\" value=\"1\" aria-label=\"{into a concept of "
                "its own}\">",
                (int64_t)row);
    ty_html(&http->page, "</td></tr>\n");
}

static void put_form(ty_http *http, const char *address, const ty_concept_info *c)
{
    const ty_page *page = &http->page;
    ty_html(
        page,
        "<details class=\"card\" id=\"edit\"><summary>{Change this concept}</summary><form method=\"post\" "
        "action=\"$s\"><input type=\"hidden\" name=\"key\" value=\"$s\"><input type=\"hidden\" name=\"seen\" "
        "value=\"$d\">\n",
        address, http->who.form_key, (int64_t)ty_concept_seen(c));
    ty_html(page,
            "<p class=\"row\"><label>{Subject} <input name=\"subject\" value=\"$t\"></label> "
            "<label>{Definition} <input "
            "name=\"definition\" size=\"50\" value=\"$t\"></label> <label>{Note} <input name=\"note\" "
            "size=\"40\" "
            "value=\"$t\"></label> <label>{Source} <input name=\"source\" size=\"40\" "
            "value=\"$t\"></label></p>\n",
            c->subject, c->definition, c->note, c->source);
    ty_html(
        page,
        "<table class=\"edit\"><thead><tr><th scope=\"col\">{Language}</th><th scope=\"col\">{Term}</th><th "
        "scope=\"col\">{Status}</th><th scope=\"col\">{Organisation}</th><th scope=\"col\">{Note}</th><th "
        "scope=\"col\" class=\"num\">{apart}</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < c->term_count + EMPTY_ROWS; i++)
        put_row(http, i, i < c->term_count ? &c->terms[i] : NULL);
    ty_html(
        page,
        "</tbody></table><p class=\"small mute\">{An empty term is taken out.}</p><p class=\"row\"><button "
        "class=\"pri\" name=\"op\" value=\"save\">{Save}</button> <button name=\"op\" value=\"split\">{Make "
        "those "
        "set apart a concept of their own}</button> <button name=\"op\" value=\"remove\">{Remove the "
        "concept}</button></p></form>\n");
    ty_html(page,
            "<form class=\"row\" action=\"$s\"><label>{Join with the concept of} <input name=\"with\" "
            "required></label><button>{Look at both}</button></form></details>\n",
            address);
}

/* ------------------------------------------------------------------------------------------ two concepts */

static ty_status take_name(void *payload, const ty_term_hit *hit)
{
    ty_http *http = ((renderings *)payload)->http;
    ty_concept_info other;
    ty_slice key = hit->concept_id.size
                       ? ty_arena_copy(&http->arena, hit->concept_id)
                       : ty_slice_of(ty_concept_address(http, (ty_slice){"", 0}, hit->concept) + 9);
    if (ty_concept_find(http, key, &other) != TY_OK)
        return TY_OK;
    ((renderings *)payload)->count++;
    ty_html(&http->page,
            "<section class=\"card\"><form method=\"post\"><input type=\"hidden\" name=\"key\" "
            "value=\"$s\"><input "
            "type=\"hidden\" name=\"with\" value=\"$t\"><p class=\"row\"><span "
            "class=\"tag\">$t</span><span>$t</span> "
            "<button name=\"op\" value=\"merge\">{Join this one with it}</button></p></form>",
            http->who.form_key, key, key, other.definition);
    put_terms(http, &other);
    ty_html(&http->page, "</section>\n");
    return TY_OK;
}

/* Those that the word names, each with its terms, before anything is joined. */
static void put_others(ty_http *http, ty_slice word)
{
    renderings all = {http, 0};
    ty_concept_info named;
    ty_html(&http->page, "<h2>{Join with the concept of} “$t”</h2>\n", word);
    if (ty_memory_term_lookup(http->memory, word, NULL, take_name, &all, NULL) == TY_NO &&
        ty_concept_find(http, word, &named) == TY_OK) {
        ty_term_hit hit = {.concept_id = named.name, .concept = named.id};
        take_name(&all, &hit);
    }
    if (!all.count)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
}

/* ------------------------------------------------------------------------------------------ the page */

static void put_page(ty_http *http, const ty_concept_info *c)
{
    const ty_page *page = &http->page;
    const ty_term_info *first = &c->terms[0];
    const char *address = ty_concept_address(http, c->name, c->id);
    ty_slice with = ty_slice_trim(ty_http_param(http, "with"));
    ty_page_begin(http, first->text, "terms");
    ty_html(page, "<div class=\"row\"><h1");
    ty_html_lang(page, first->lang);
    ty_html(page, ">$t</h1>", first->text);
    const ty_slice tags[] = {c->name, c->subject, c->origin_name};
    for (size_t i = 0; i < 3; i++)
        if (tags[i].size)
            ty_html(page, "<span class=\"tag\" dir=\"auto\">$t</span>", tags[i]);
    put_source(http, c->source);
    ty_html(page, "</div>\n");
    if (c->definition.size)
        ty_html(page, "<p dir=\"auto\">$t</p>", c->definition);
    if (c->note.size)
        ty_html(page, "<p class=\"mute\" dir=\"auto\">$t</p>", c->note);
    put_terms(http, c);
    if (http->who.role >= TY_ROLE_EDIT && with.size)
        put_others(http, with);
    else if (http->who.role >= TY_ROLE_EDIT)
        put_form(http, address, c);
    put_renderings(http, first);
    ty_page_end(http);
}

static void put_data(ty_http *http, const ty_concept_info *c)
{
    ty_buffer *json = &http->reply;
    ty_data_begin(http);
    ty_json_text(json, "concept", c->name);
    ty_json_integer(json, "number", c->id);
    ty_json_text(json, "subject", c->subject);
    ty_json_text(json, "definition", c->definition);
    ty_json_text(json, "note", c->note);
    ty_json_text(json, "source", c->source);
    ty_json_open(json, "terms", '[');
    for (size_t i = 0; i < c->term_count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", c->terms[i].lang);
        ty_json_text(json, "term", c->terms[i].text);
        ty_json_text(json, "status", ty_slice_of(ty_present_term_status(c->terms[i].status)));
        ty_json_text(json, "organisation", c->terms[i].organisation);
        ty_json_text(json, "note", c->terms[i].note);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_data_end(http);
}

void ty_answer_concept(ty_http *http)
{
    ty_concept_info concept;
    ty_status status = ty_concept_find(http, http->arguments[0], &concept);
    if (status != TY_OK || !concept.term_count)
        ty_reply_failure(http, status == TY_OK ? TY_NO : status);
    else if (http->json)
        put_data(http, &concept);
    else
        put_page(http, &concept);
}
