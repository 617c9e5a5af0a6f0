/* SPDX-License-Identifier: Apache-2.0 */
/* The forms by which a concept is changed, and joined with another. */
#include "server/concepts.h"

enum { EMPTY_ROWS = 2 };

static const char *const status_names[] = {"", "approved", "provisional", "non-standard", "forbidden"};

const char *ty_concept_status_label(int status)
{
    static const char *const labels[] = {"–", N_("✓ approved"), N_("provisional"), N_("non-standard"),
                                         N_("✕ forbidden")};
    return labels[status];
}

static void put_statuses(ty_http *http, size_t row, ty_term_status status)
{
    ty_html(&http->page, "<select name=\"status$d\" aria-label=\"{Status}\">", (int64_t)row);
    for (int i = 0; i < 5; i++)
        ty_html(&http->page, "<option value=\"$s\"$r>$s</option>", status_names[i],
                i == (int)status ? " selected" : "", ty_label(http->taste.ui, ty_concept_status_label(i)));
    ty_html(&http->page, "</select>");
}

static void put_input(ty_http *http, const char *name, int64_t row, const char *label, ty_slice value,
                      ty_slice lang)
{
    ty_html(&http->page, "<td><input name=\"$s$d\" value=\"$t\" aria-label=\"$s\" placeholder=\"$s\"", name,
            row, value, ty_label(http->taste.ui, label), ty_label(http->taste.ui, label));
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

static void put_join(ty_http *http, const ty_concept_info *c, ty_slice word)
{
    ty_html(&http->page,
            "<form class=\"row\" action=\"$s\"><label>{Join with the concept of} <input name=\"with\" "
            "value=\"$t\" required></label><button>{Look at both}</button></form>\n",
            ty_concept_address(http, c->id), word);
}

void ty_concept_put_form(ty_http *http, const ty_concept_info *c, const ty_concept_info *mine)
{
    const ty_concept_info *shown = mine ? mine : c;
    const char *address = ty_concept_address(http, c->id);
    const ty_page *page = &http->page;
    ty_html(
        page,
        "<details class=\"card\" id=\"edit\"$r><summary>$s</summary><form method=\"post\" "
        "action=\"$s\"><input type=\"hidden\" name=\"key\" value=\"$s\"><input type=\"hidden\" name=\"seen\" "
        "value=\"$d\">\n",
        mine ? " open" : "", ty_label(page->ui, mine ? N_("What you wrote") : N_("Change this concept")),
        address, http->who.form_key, (int64_t)ty_concept_seen(c));
    ty_html(page,
            "<p class=\"row\"><label>{Subject} <input name=\"subject\" value=\"$t\"></label> "
            "<label>{Definition} <input "
            "name=\"definition\" size=\"50\" value=\"$t\"></label> <label>{Note} <input name=\"note\" "
            "size=\"40\" "
            "value=\"$t\"></label> <label>{Source} <input name=\"source\" size=\"40\" "
            "value=\"$t\"></label></p>\n",
            shown->subject, shown->definition, shown->note, shown->source);
    ty_html(
        page,
        "<table class=\"edit stack\"><thead><tr><th scope=\"col\">{Language}</th><th "
        "scope=\"col\">{Term}</th><th "
        "scope=\"col\">{Status}</th><th scope=\"col\">{Organisation}</th><th scope=\"col\">{Note}</th><th "
        "scope=\"col\" class=\"num\">{apart}</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < shown->term_count + EMPTY_ROWS; i++)
        put_row(http, i, i < shown->term_count ? &shown->terms[i] : NULL);
    ty_html(
        page,
        "</tbody></table><p class=\"small mute\">{An empty term is taken out.}</p><p class=\"row\"><button "
        "class=\"pri\" name=\"op\" value=\"save\">$s</button> <button name=\"op\" value=\"split\">{Make "
        "those "
        "set apart a concept of their own}</button> <button name=\"op\" value=\"remove\">{Remove the "
        "concept}</button></p></form>\n",
        ty_label(page->ui, mine ? N_("Save mine in its place") : N_("Save")));
    put_join(http, c, TY_SLICE(""));
    ty_html(page, "</details>\n");
}

/* ------------------------------------------------------------------------------------------ two concepts */

typedef struct named {
    ty_http *http;
    const ty_concept_info *into; /* whose page it is */
    size_t count;
} named;

static void put_other(void *payload, const ty_concept_info *other)
{
    named *all = payload;
    ty_http *http = all->http;
    if (other->id == all->into->id || other->went_to.size)
        return;
    all->count++;
    ty_html(&http->page,
            "<section class=\"card\"><form method=\"post\"><input type=\"hidden\" name=\"key\" "
            "value=\"$s\"><input type=\"hidden\" name=\"seen\" value=\"$d\"><input type=\"hidden\" "
            "name=\"seen-with\" value=\"$d\"><input type=\"hidden\" name=\"with\" value=\"~$d\"><p "
            "class=\"row\"><span class=\"tag\">$s</span><span>$t</span> "
            "<button name=\"op\" value=\"merge\">{Join this one with it}</button></p></form>",
            http->who.form_key, (int64_t)ty_concept_seen(all->into), (int64_t)ty_concept_seen(other),
            other->id, ty_concept_name(http, other), other->definition);
    ty_concept_put_terms(http, other);
    ty_html(&http->page, "</section>\n");
}

static ty_status put_found(void *payload, const ty_term_hit *hit)
{
    char key[24];
    snprintf(key, sizeof key, "~%lld", (long long)hit->concept);
    ty_status status = ty_concepts_each(((named *)payload)->http, ty_slice_of(key), put_other, payload);
    return status == TY_NO ? TY_OK : status;
}

/* Those that the word names, each with its terms, before anything is joined. */
void ty_concept_put_others(ty_http *http, const ty_concept_info *concept, ty_slice word)
{
    named all = {http, concept, 0};
    ty_html(&http->page, "<h2>{Join with the concept of} “$t”</h2>\n", word);
    put_join(http, concept, word);
    ty_http_need(http, ty_memory_term_lookup(http->memory, word, NULL, put_found, &all, &http->missing));
    if (!all.count)
        ty_http_need(http, ty_concepts_each(http, word, put_other, &all));
    if (!all.count)
        ty_html(&http->page, "<p class=\"mute\">{Nothing found}</p>\n");
    ty_html(&http->page, "<p><a href=\"$s\">{Change this concept}</a></p>\n",
            ty_concept_address(http, concept->id));
}
