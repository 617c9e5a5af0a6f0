/* SPDX-License-Identifier: Apache-2.0 */
#include "server/show.h"

#include "base/sys.h"

#include "server/concepts.h"
#include "server/facts.h"

void ty_show_word(ty_http *http, ty_slice lang, ty_slice term, ty_term_status status)
{
    const ty_page *page = &http->page;
    if (status == TY_TERM_FORBIDDEN) {
        ty_html(page, "<span class=\"tag bad\">✕ {forbidden}</span> ");
        ty_html_in(page, "s", lang, term);
        return;
    }
    ty_html_in(page, "span", lang, term);
    if (status == TY_TERM_PROVISIONAL)
        ty_html(page, " <span class=\"tag\">{provisional}</span>");
    else if (status == TY_TERM_NON_STANDARD)
        ty_html(page, " <span class=\"tag\">{non-standard}</span>");
}

/* Uses are counted of a page's first terms, and of further ones as long as it is young, in seconds. */
enum { COUNTED = 2 };
#define MOMENT 0.012

static ty_status count_one(void *payload, const ty_concordance *hit)
{
    (void)hit;
    ++*(size_t *)payload;
    return TY_OK;
}

/* By the index; what a page has no time for is a link all the same. */
static void put_uses(ty_http *http, ty_slice lang, ty_slice term)
{
    size_t count = 0, more = 0;
    ty_search_settings how = {.lang = ty_http_copy(http, lang), .max = 1, .out_more = &more};
    ty_buffer encoded = {0};
    ty_percent_encode(&encoded, term);
    ty_html(&http->page, " <a class=\"small\" href=\"/concordance?q=$t\">", ty_buffer_slice(&encoded));
    ty_buffer_release(&encoded);
    if (++http->terms_shown > COUNTED && (double)ty_sys_clock() * 1e-9 - http->begun > MOMENT) {
        ty_html(&http->page, "{Uses}</a>");
        return;
    }
    ty_http_need(http, ty_memory_search(http->memory, term, &how, count_one, &count, &http->missing));
    ty_html(&http->page, "{Uses} $s$d</a>", more >= TY_SEARCH_MORE ? "≥ " : "", (int64_t)(count + more));
}

void ty_show_term(ty_http *http, const ty_term_hit *hit, bool uses)
{
    const ty_page *page = &http->page;
    ty_html(page, "<div class=\"hit\"><a href=\"$s\"><b>", ty_concept_address(http, hit->concept));
    ty_html_in(page, "span", hit->lang, hit->term);
    ty_html(page, "</b></a>");
    if (hit->status == TY_TERM_FORBIDDEN)
        ty_html(page, " <span class=\"tag bad\">✕ {forbidden}</span>");
    if (uses)
        put_uses(http, hit->lang, hit->term);
    for (size_t i = 0; i < hit->equivalent_count && i < 6; i++) {
        const ty_equivalent *e = &hit->equivalents[i];
        ty_html(page, "<div>");
        ty_show_word(http, e->lang, e->term, e->status);
        if (e->organisation.size)
            ty_html(page, " <span class=\"tag\">$t</span>", e->organisation);
        ty_html(page, "</div>");
    }
    ty_html(page, "</div>\n");
}

void ty_show_copy(ty_http *http, ty_slice text)
{
    ty_html(&http->page, "<button type=\"button\" class=\"copy\" data-copy=\"$t\">{Copy}</button>", text);
}

void ty_show_time(ty_http *http, ty_slice at)
{
    char text[24], iso[32];
    if (at.size < 15) {
        ty_html(&http->page, "$t", at);
        return;
    }
    snprintf(text, sizeof text, "%.4s-%.2s-%.2s %.2s:%.2s", at.data, at.data + 4, at.data + 6, at.data + 9,
             at.data + 11);
    snprintf(iso, sizeof iso, "%.10sT%.5s:%.2sZ", text, text + 11, at.data + 13);
    ty_html(&http->page, "<time datetime=\"$s\">$s UTC</time>", iso, text);
}

/* A name that begins with the date says it already. */
static void put_release(ty_http *http, const ty_release_info *release, ty_slice origin)
{
    ty_slice title = release->title.size ? release->title : origin;
    if (release->date.size && !ty_slice_starts(title, release->date))
        ty_html(&http->page, "$t ", release->date);
    ty_html(&http->page, "$t</a>", title);
}

void ty_show_origin(ty_http *http, int64_t unit, ty_slice origin, float confidence)
{
    const ty_page *page = &http->page;
    const ty_release_info *release = origin.size ? ty_facts_of(http, origin) : NULL;
    ty_html(page, "<a href=\"/unit/$d\" dir=\"auto\">", unit);
    if (release)
        put_release(http, release, origin);
    else if (origin.size)
        ty_html(page, "$t</a>", origin);
    else
        ty_html(page, "{pair} $d</a>", unit);
    if (confidence >= 0 && confidence < 1)
        ty_html(page, "<span>$p % {unconfirmed}</span>", (double)(int)(confidence * 1000) / 10);
}

/* Whose release it is, and whether a person has said that the pair is right. */
static void put_standing(ty_http *http, ty_slice origin, bool confirmed)
{
    const ty_release_info *release = origin.size ? ty_facts_of(http, origin) : NULL;
    if (release && release->agency.size)
        ty_html(&http->page, "<span dir=\"auto\">$t</span>", release->agency);
    if (confirmed)
        ty_html(&http->page, "<span class=\"tag ok\">✓ {confirmed}</span>");
}

void ty_show_match(ty_http *http, const ty_match *match)
{
    static const char *const kinds[] = {N_("fuzzy"), N_("exact"), N_("in context")};
    const ty_page *page = &http->page;
    ty_html(page, "<div class=\"hit\"><p");
    ty_html_lang(page, match->source_lang);
    ty_html(page, "><span class=\"score\">$d</span> <span class=\"tag\" lang=\"$s\">$s</span> $t</p><p",
            (int64_t)match->score, http->taste.ui, ty_label(http->taste.ui, kinds[match->kind]),
            match->source);
    ty_html_lang(page, match->target_lang);
    ty_html(page, ">$t</p>", match->target);
    if (match->adapted.size) {
        ty_html(page, "<p");
        ty_html_lang(page, match->target_lang);
        ty_html(page, "><span class=\"tag\" lang=\"$s\">{numbers adapted}</span> $t</p>", http->taste.ui,
                match->adapted);
    }
    ty_html(page, "<div class=\"meta\">");
    ty_show_origin(http, match->unit, match->origin, match->confidence);
    put_standing(http, match->origin, match->confirmed);
    ty_show_copy(http, match->adapted.size ? match->adapted : match->target);
    ty_html(page, "</div></div>\n");
}

void ty_show_hit(ty_http *http, const ty_concordance *hit)
{
    const ty_page *page = &http->page;
    ty_html(page, "<div class=\"hit\"><p");
    ty_html_lang(page, hit->lang);
    ty_html(page, ">");
    ty_html_marked(page, hit->text, hit->hits, hit->hit_count, NULL);
    ty_html(page, "</p>");
    for (size_t i = 0; i < hit->other_count; i++) {
        const ty_concordance_other *other = &hit->others[i];
        ty_html(page, "<p");
        ty_html_lang(page, other->lang);
        ty_html(page, ">");
        ty_html_marked(page, other->text, other->hits, other->hit_count, "eq");
        ty_html(page, "</p>");
    }
    ty_html(page, "<div class=\"meta\">");
    ty_show_origin(http, hit->unit, hit->origin, -1);
    put_standing(http, hit->origin, hit->confirmed);
    if (hit->other_count)
        ty_show_copy(http, hit->others[0].text);
    ty_html(page, "</div></div>\n");
}

void ty_show_licence(ty_http *http)
{
    ty_html(&http->page, "<p class=\"small mute licence\">{Dictionary: EDICT, ENAMDICT} (<a rel=\"noopener "
                         "noreferrer\" href=\"https://www.edrdg.org/edrdg/licence.html\">EDRDG</a>)</p>\n");
}
