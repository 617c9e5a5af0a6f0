/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One pair: the panel beside the list, and a page of its own where all that the keys do are forms. What is
 * costly to know - alternatives, ties - is asked for here, for the one pair one looks at.
 */
#include <stdlib.h>

#include "server/pages.h"
#include "server/releases.h"

enum { ALTERNATIVES = 3, TERMS = 9, TIES = 40 };

typedef struct found_term {
    ty_span at;
    ty_slice text, concept;
    ty_term_status status;
    ty_slice used, best; /* its equivalent in the target, and what would be best */
    ty_term_status used_status;
} found_term;

typedef struct panel {
    ty_http *http;
    ty_review_rows rows;
    size_t at;
    const ty_review_row *row;
    ty_slice texts[2];
    bool why;
    TY_VECTOR(ty_alternative) alternatives;
    TY_VECTOR(found_term) terms;
    TY_VECTOR(ty_tie) ties;
    TY_VECTOR(ty_check) findings;
} panel;

/* ------------------------------------------------------------------------------------------ what is asked */

static ty_slice join(ty_http *http, const ty_review_row *row, int side, ty_slice lang)
{
    ty_buffer text = {0};
    for (uint32_t i = 0; i < row->counts[side]; i++) {
        if (i && !ty_slice_starts(lang, TY_SLICE("ja")) && !ty_slice_starts(lang, TY_SLICE("zh")))
            ty_buffer_add_char(&text, ' ');
        ty_buffer_add(&text, row->lines[side][i].text);
    }
    ty_slice kept = ty_arena_copy(&http->arena, ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return kept;
}

static ty_status keep_alternative(void *payload, const ty_alternative *one)
{
    panel *p = payload;
    if (one->bead != p->row->bead)
        return TY_OK;
    if (p->alternatives.count >= ALTERNATIVES)
        return TY_STOP;
    return ty_vector_push(&p->alternatives, *one) ? TY_OK : TY_ERR_NOMEM;
}

/* The longest of the concept's terms that stands in the target. */
static void look_for_equivalent(const panel *p, const ty_term_hit *hit, found_term *term)
{
    for (size_t i = 0; i < hit->equivalent_count; i++) {
        const ty_equivalent *e = &hit->equivalents[i];
        if (!ty_slice_equal_nocase(ty_slice_sub(e->lang, 0, 2), ty_slice_sub(p->rows.langs[1], 0, 2)))
            continue;
        if (!term->best.size && e->status != TY_TERM_FORBIDDEN)
            term->best = ty_arena_copy(&p->http->arena, e->term);
        if (e->term.size > term->used.size && ty_slice_find(p->texts[1], e->term, 0) != SIZE_MAX) {
            term->used = ty_arena_copy(&p->http->arena, e->term);
            term->used_status = e->status;
        }
    }
}

static ty_status keep_term(void *payload, const ty_term_hit *hit)
{
    panel *p = payload;
    found_term term = {.at = {hit->start, hit->end},
                       .text = ty_slice_sub(p->texts[0], hit->start, hit->end),
                       .concept = ty_arena_copy(&p->http->arena, hit->concept_id),
                       .status = hit->status};
    look_for_equivalent(p, hit, &term);
    for (size_t i = 0; i < p->terms.count; i++)
        if (p->terms.items[i].at.start == term.at.start && (p->terms.items[i].used.size || !term.used.size))
            return TY_OK;
    if (p->terms.count && p->terms.items[p->terms.count - 1].at.start == term.at.start)
        p->terms.count--;
    if (p->terms.count >= TERMS)
        return TY_STOP;
    return ty_vector_push(&p->terms, term) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status keep_tie(void *payload, const ty_tie *tie)
{
    panel *p = payload;
    if (p->ties.count >= TIES)
        return TY_STOP;
    return ty_vector_push(&p->ties, *tie) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status keep_finding(void *payload, const ty_check *found)
{
    panel *p = payload;
    ty_arena *arena = &p->http->arena;
    ty_check kept = *found;
    kept.id = ty_http_copy(p->http, ty_slice_of(found->id));
    kept.fault = ty_http_copy(p->http, ty_slice_of(found->fault));
    kept.better = ty_arena_copy(arena, found->better);
    kept.note = ty_arena_copy(arena, found->note);
    kept.source = ty_arena_copy(arena, found->source);
    kept.target = ty_arena_copy(arena, found->target);
    return ty_vector_push(&p->findings, kept) ? TY_OK : TY_ERR_NOMEM;
}

static void ask_ties(panel *p)
{
    ty_slice lines[2][32];
    size_t counts[2];
    for (int side = 0; side < 2; side++) {
        counts[side] = p->row->counts[side] < 32 ? p->row->counts[side] : 32;
        for (size_t i = 0; i < counts[side]; i++)
            lines[side][i] = p->row->lines[side][i].text;
    }
    ty_memory_ties(p->http->memory, lines[0], counts[0], ty_http_copy(p->http, p->rows.langs[0]), lines[1],
                   counts[1], ty_http_copy(p->http, p->rows.langs[1]), keep_tie, p, NULL);
}

static void ask(panel *p)
{
    ty_http *http = p->http;
    bool pair = p->row->counts[0] && p->row->counts[1];
    for (int side = 0; side < 2; side++)
        p->texts[side] = join(http, p->row, side, p->rows.langs[side]);
    if (p->row->doubts && !p->row->locked)
        ty_memory_alternatives(http->memory, p->rows.origin, keep_alternative, p, NULL);
    if (p->texts[0].size)
        ty_memory_term_scan(http->memory, p->texts[0], ty_http_copy(http, p->rows.langs[0]), keep_term, p,
                            NULL);
    if (p->row->unit) {
        ty_check_settings how = {.source_lang = ty_http_copy(http, p->rows.langs[0]),
                                 .target_lang = ty_http_copy(http, p->rows.langs[1]),
                                 .unit = p->row->unit};
        ty_memory_term_check(http->memory, NULL, &how, keep_finding, p, NULL);
    }
    if (pair && p->why)
        ask_ties(p);
}

static void release(panel *p)
{
    ty_vector_release(&p->alternatives);
    ty_vector_release(&p->terms);
    ty_vector_release(&p->ties);
    ty_vector_release(&p->findings);
}

/* ------------------------------------------------------------------------------------------ marks */

/* Where a span of the joined text falls within one of its sentences. */
static bool in_line(const panel *p, int side, uint32_t line, ty_span span, ty_span *out)
{
    size_t start = 0;
    for (uint32_t i = 0; i < line; i++)
        start += p->row->lines[side][i].text.size + (!ty_slice_starts(p->rows.langs[side], TY_SLICE("ja")) &&
                                                     !ty_slice_starts(p->rows.langs[side], TY_SLICE("zh")));
    size_t end = start + p->row->lines[side][line].text.size;
    *out = (ty_span){span.start - start, span.end - start};
    return span.start >= start && span.end <= end && span.end > span.start;
}

typedef struct mark {
    ty_span at;
    const char *look;
    int number; /* of a tie, else 0 */
} mark;

static int in_order(const void *a, const void *b)
{
    const mark *x = a, *y = b;
    return (x->at.start > y->at.start) - (x->at.start < y->at.start);
}

static size_t marks_of(const panel *p, int side, uint32_t line, mark *out, size_t most)
{
    size_t count = 0;
    ty_span at;
    for (size_t i = 0; i < p->findings.count && count < most; i++) {
        const ty_check *f = &p->findings.items[i];
        if (f->in_target == side && in_line(p, side, line, (ty_span){f->start, f->end}, &at))
            out[count++] = (mark){at, "f", 0};
    }
    for (size_t i = 0; i < p->ties.count && count < most; i++) {
        const ty_tie *tie = &p->ties.items[i];
        if ((side ? tie->target_sentence : tie->source_sentence) == line)
            out[count++] = (mark){side ? tie->target : tie->source, "tie", (int)i + 1};
    }
    for (size_t i = 0; i < p->terms.count && side == 0 && !p->why && count < most; i++)
        if (in_line(p, side, line, p->terms.items[i].at, &at))
            out[count++] = (mark){at, "tm", 0};
    qsort(out, count, sizeof *out, in_order);
    return count;
}

static void put_marked(ty_http *http, ty_slice text, const mark *marks, size_t count)
{
    const ty_page *page = &http->page;
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        if (marks[i].at.start < done)
            continue;
        ty_html(page, "$t<mark class=\"$s\">$t</mark>", ty_slice_sub(text, done, marks[i].at.start),
                marks[i].look, ty_slice_sub(text, marks[i].at.start, marks[i].at.end));
        if (marks[i].number)
            ty_html(page, "<sup>$d</sup>", (int64_t)marks[i].number);
        done = marks[i].at.end;
    }
    ty_html(page, "$t", ty_slice_sub(text, done, text.size));
}

/* The sentences with their marks, for the list to take over. */
static void put_templates(const panel *p)
{
    const ty_page *page = &p->http->page;
    mark marks[128];
    for (int side = 0; side < 2; side++) {
        ty_html(page, "<template data-side=\"$s\">", side ? "target" : "source");
        for (uint32_t i = 0; i < p->row->counts[side]; i++) {
            size_t count = marks_of(p, side, i, marks, 128);
            ty_html(page, "<p>");
            put_marked(p->http, p->row->lines[side][i].text, marks, count);
            ty_html(page, "</p>");
        }
        ty_html(page, "</template>\n");
    }
}

/* ------------------------------------------------------------------------------------------ parts of the
 * panel */

static void put_state(const panel *p)
{
    static const struct {
        unsigned doubt;
        const char *label;
    } reasons[] = {{TY_DOUBT_UNSURE, N_("not sure enough")},
                   {TY_DOUBT_ALONE, N_("perhaps it has a partner")},
                   {TY_DOUBT_NUMBER, N_("numbers differ")},
                   {TY_DOUBT_FORBIDDEN, N_("a forbidden term")},
                   {TY_DOUBT_ADDRESS, N_("an address on one side only")},
                   {TY_DOUBT_HAND, N_("changed by hand")},
                   {TY_DOUBT_ASKED, N_("somebody asks")}};
    const ty_page *page = &p->http->page;
    ty_html(page, "<section><div class=\"row\">");
    if (p->row->state == TY_BEAD_OK)
        ty_html(page, "<span class=\"tag ok\">✓ {confirmed}</span>");
    else
        ty_html(page, "<span class=\"num\">$p %</span>",
                (double)(int)((double)p->row->confidence * 999) / 10);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (p->row->doubts & reasons[i].doubt)
            ty_html(page, "<span class=\"tag low\">$s</span>", ty_label(page->ui, reasons[i].label));
    if (p->row->omit)
        ty_html(page, "<span class=\"tag\">{left out of the memory}</span>");
    ty_html(page, "</div>");
    if (p->row->who.size)
        ty_html(page, "<p class=\"small mute\">$t · <time>$t</time></p>", p->row->who, p->row->at);
    if (p->row->note.size)
        ty_html(page, "<p class=\"small\">⚑ $t</p>", p->row->note);
    ty_html(page, "</section>\n");
}

static const char *op_name(ty_review_action action)
{
    static const char *const names[] = {[TY_REVIEW_UP] = "up",
                                        [TY_REVIEW_DOWN] = "down",
                                        [TY_REVIEW_FETCH_UP] = "fetch_up",
                                        [TY_REVIEW_FETCH_DOWN] = "fetch_down",
                                        [TY_REVIEW_MERGE] = "merge",
                                        [TY_REVIEW_SPLIT] = "split",
                                        [TY_REVIEW_UNLINK] = "unlink"};
    return (size_t)action < sizeof names / sizeof *names && names[action] ? names[action] : "";
}

static const char *op_label(const ty_alternative *a)
{
    switch (a->action) {
    case TY_REVIEW_UP: return N_("first sentence up");
    case TY_REVIEW_DOWN: return N_("last sentence down");
    case TY_REVIEW_FETCH_UP: return N_("fetch one from above");
    case TY_REVIEW_FETCH_DOWN: return N_("fetch one from below");
    case TY_REVIEW_MERGE:
        return a->direction < 0 ? N_("merge with the one above") : N_("merge with the one below");
    case TY_REVIEW_SPLIT: return N_("split");
    default: return N_("unlink");
    }
}

static bool moves_a_side(ty_review_action op)
{
    return op <= TY_REVIEW_FETCH_DOWN;
}

static void put_alternatives(const panel *p)
{
    const ty_page *page = &p->http->page;
    if (!p->alternatives.count)
        return;
    ty_html(page, "<section class=\"alt\"><h2>{Perhaps rather}</h2><ul>");
    for (size_t i = 0; i < p->alternatives.count; i++) {
        const ty_alternative *a = &p->alternatives.items[i];
        ty_html(page,
                "<li><button type=\"button\" data-do=\"$d\" data-op=\"$s\" data-by=\"$d\" "
                "data-side=\"$s\"><kbd>$d</kbd> $s",
                (int64_t)i + 1, op_name(a->action), (int64_t)a->direction, a->side ? "target" : "source",
                (int64_t)i + 1, ty_label(page->ui, op_label(a)));
        if (moves_a_side(a->action))
            ty_html(page, " ($s)", ty_language_label(p->http, p->rows.langs[a->side]));
        ty_html(page, " <span class=\"mute small num\">$d %</span></button></li>",
                (int64_t)(a->probability * 100));
    }
    ty_html(page, "</ul></section>\n");
}

static void put_findings(const panel *p)
{
    const ty_page *page = &p->http->page;
    if (!p->findings.count)
        return;
    ty_html(page, "<section><h2>{Findings}</h2>");
    for (size_t i = 0; i < p->findings.count; i++) {
        const ty_check *f = &p->findings.items[i];
        ty_slice text = f->in_target ? f->target : f->source;
        ty_html(page, "<div class=\"fx\"><q dir=\"auto\">$t</q>", ty_slice_sub(text, f->start, f->end));
        if (f->better.size)
            ty_html(page, " → <b dir=\"auto\">$t</b>", f->better);
        if (f->note.size)
            ty_html(page, "<div class=\"small mute\">$t</div>", f->note);
        if (p->http->who.role >= TY_ROLE_EDIT) {
            ty_html(page,
                    "<form method=\"post\" action=\"/check\" class=\"row\"><input type=\"hidden\" "
                    "name=\"key\" value=\"$s\"><input "
                    "type=\"hidden\" name=\"ids\" value=\"$s\"><input type=\"hidden\" name=\"id\" "
                    "value=\"$s\"><input type=\"hidden\" "
                    "name=\"unit\" value=\"$d\"><button name=\"op\" value=\"accept\" data-do=\"accept\">{Let "
                    "stand} <kbd>i</kbd></button>",
                    p->http->who.form_key, f->id, f->id, f->unit);
            if (f->in_target && f->better.size)
                ty_html(page, "<button name=\"op\" value=\"replace\" data-do=\"replace\">{Replace} "
                              "<kbd>f</kbd></button>");
            ty_html(page, "</form>");
        }
        ty_html(page, "</div>");
    }
    ty_html(page, "</section>\n");
}

static void put_terms(const panel *p)
{
    const ty_page *page = &p->http->page;
    ty_html(page, "<section><h2>{Terms found}</h2>");
    if (!p->terms.count)
        ty_html(page, "<p class=\"mute\">{none}</p>");
    ty_html(page, "<ul>");
    for (size_t i = 0; i < p->terms.count; i++) {
        const found_term *t = &p->terms.items[i];
        ty_slice shown = t->used.size ? t->used : t->best;
        ty_html(page, "<li data-term-source=\"$t\" data-term-target=\"$t\"><kbd>$d</kbd> ", t->text, shown,
                (int64_t)i + 1);
        ty_html_in(page, "span", p->rows.langs[0], t->text);
        ty_html(page, t->used.size ? t->used_status == TY_TERM_FORBIDDEN
                                         ? " <span class=\"tag bad\">✕ {forbidden}</span> "
                                         : " <span class=\"tag ok\">✓</span> "
                                   : " <span class=\"tag\">○ {not used}</span> ");
        ty_buffer address = {0};
        ty_percent_encode(&address, t->concept);
        ty_html(page, "<a href=\"/concept/$t\">", ty_buffer_slice(&address));
        ty_html_in(page, "span", p->rows.langs[1], shown);
        ty_html(page, "</a></li>");
        ty_buffer_release(&address);
    }
    ty_html(page, "</ul></section>\n");
}

static void put_why(const panel *p)
{
    const ty_page *page = &p->http->page;
    bool pair = p->row->counts[0] && p->row->counts[1];
    if (!p->why) {
        ty_html(page,
                "<section><a class=\"btn\" href=\"/bead/$d?why=1\">{Why this pairing?} "
                "<kbd>y</kbd></a></section>\n",
                p->row->bead);
        return;
    }
    ty_html(page, "<section><h2>{Why this pairing?}</h2><ul class=\"for\">");
    for (size_t i = 0; i < p->ties.count; i++) {
        const ty_tie *t = &p->ties.items[i];
        ty_html(page, "<li><sup>$d</sup> <span dir=\"auto\">$t</span> = <span dir=\"auto\">$t</span></li>",
                (int64_t)i + 1,
                ty_slice_sub(p->row->lines[0][t->source_sentence].text, t->source.start, t->source.end),
                ty_slice_sub(p->row->lines[1][t->target_sentence].text, t->target.start, t->target.end));
    }
    ty_html(page, "</ul>");
    if (!p->ties.count)
        ty_html(page, "<p class=\"mute\">{Nothing ties the two sides but their length and place.}</p>");
    ty_html(page, "<ul class=\"against\">");
    if (p->row->doubts & TY_DOUBT_NUMBER)
        ty_html(page, "<li>{numbers differ}</li>");
    if (p->row->doubts & TY_DOUBT_ADDRESS)
        ty_html(page, "<li>{an address on one side only}</li>");
    ty_html(page, "</ul>");
    if (pair)
        ty_html(page, "<p class=\"num small\">{Length in bytes:} $d : $d</p>", (int64_t)p->texts[0].size,
                (int64_t)p->texts[1].size);
    ty_html(page, "<p class=\"small mute\">{Dictionary: EDICT, ENAMDICT} (<a rel=\"noopener noreferrer\" "
                  "href=\"https://www.edrdg.org/edrdg/licence.html\">EDRDG</a>)</p></section>\n");
}

static void put_panel(const panel *p)
{
    put_state(p);
    put_alternatives(p);
    put_findings(p);
    put_terms(p);
    put_why(p);
    put_templates(p);
}

/* ------------------------------------------------------------------------------------------ a page of its
 * own */

static void put_hidden(const panel *p)
{
    ty_html(&p->http->page,
            "<form method=\"post\" action=\"$s/do\"><input type=\"hidden\" name=\"key\" value=\"$s\"><input "
            "type=\"hidden\" "
            "name=\"bead\" value=\"$d\"><input type=\"hidden\" name=\"version\" value=\"$d\">",
            ty_release_address(p->http, &p->rows), p->http->who.form_key, p->row->bead,
            (int64_t)p->rows.version);
}

static void put_do(const panel *p, const char *op, const char *by, const char *label)
{
    put_hidden(p);
    ty_html(&p->http->page,
            "<input type=\"hidden\" name=\"op\" value=\"$s\"><input type=\"hidden\" name=\"by\" "
            "value=\"$s\"><button>$s</button></form> ",
            op, by, ty_label(p->http->taste.ui, label));
}

static void put_side_forms(const panel *p, int side)
{
    static const char *const ops[][2] = {{"up", N_("first sentence up")},
                                         {"down", N_("last sentence down")},
                                         {"fetch_up", N_("fetch one from above")},
                                         {"fetch_down", N_("fetch one from below")}};
    const ty_page *page = &p->http->page;
    ty_html(page, "<section class=\"card\"><h2>$s</h2>", ty_language_label(p->http, p->rows.langs[side]));
    if (p->row->counts[side]) {
        put_hidden(p);
        ty_html(page,
                "<input type=\"hidden\" name=\"op\" value=\"edit\"><input type=\"hidden\" name=\"side\" "
                "value=\"$s\"><label class=\"sr\" for=\"text$d\">"
                "{The text, a sentence a line}</label><textarea id=\"text$d\" name=\"text\" rows=\"$d\"",
                side ? "target" : "source", (int64_t)side, (int64_t)side,
                (int64_t)p->row->counts[side] * 2 + 1);
        ty_html_lang(page, p->rows.langs[side]);
        ty_html(page, ">\n");
        for (uint32_t i = 0; i < p->row->counts[side]; i++)
            ty_html(page, i ? "\n$t" : "$t", p->row->lines[side][i].text);
        ty_html(page, "</textarea><button>{Save}</button></form>");
    }
    ty_html(page, "<div class=\"row\">");
    for (size_t i = 0; i < 4; i++) {
        put_hidden(p);
        ty_html(page,
                "<input type=\"hidden\" name=\"side\" value=\"$s\"><button name=\"op\" "
                "value=\"$s\">$s</button></form>",
                side ? "target" : "source", ops[i][0], ty_label(page->ui, ops[i][1]));
    }
    ty_html(page, "</div></section>\n");
}

static void put_forms(const panel *p)
{
    if (p->http->who.role < TY_ROLE_EDIT)
        return;
    ty_html(&p->http->page, "<div class=\"row\">");
    put_do(p, "confirm", "0", N_("Confirm"));
    put_do(p, "question", "0", N_("Take the confirmation back"));
    put_do(p, "merge", "-1", N_("merge with the one above"));
    put_do(p, "merge", "1", N_("merge with the one below"));
    put_do(p, "split", "0", N_("split"));
    put_do(p, "unlink", "0", N_("unlink"));
    put_do(p, "swap", "-1", N_("exchange with the one above"));
    put_do(p, "swap", "1", N_("exchange with the one below"));
    put_do(p, "omit", "0", N_("leave out, or take back in"));
    put_do(p, "flag", "0", N_("mark for a colleague"));
    put_do(p, "undo", "0", N_("Undo"));
    put_do(p, "redo", "0", N_("Redo"));
    ty_html(&p->http->page, "</div>\n<div class=\"grid2\">");
    put_side_forms(p, 0);
    put_side_forms(p, 1);
    ty_html(&p->http->page, "</div>\n");
}

static void put_page(const panel *p)
{
    const ty_page *page = &p->http->page;
    size_t from = p->at > 3 ? p->at - 3 : 0, to = p->at + 4 < p->rows.count ? p->at + 4 : p->rows.count;
    ty_page_begin(p->http, ty_release_title(p->http, &p->rows), "review-one");
    ty_html(page,
            "<h1 class=\"title\"><a href=\"$s#b$d\" dir=\"auto\">$t</a></h1>\n<div class=\"cols\"><div>",
            ty_release_address(p->http, &p->rows), p->row->bead, ty_release_title(p->http, &p->rows));
    ty_html(page, "<div role=\"table\" aria-label=\"{Review}\" class=\"few\">");
    for (size_t i = from; i < to; i++) {
        ty_html(page, i == p->at ? "<div class=\"here\">" : "<div>");
        ty_row_put(p->http, &p->rows, i);
        ty_html(page, "</div>");
    }
    ty_html(page, "</div>\n");
    put_forms(p);
    ty_html(page, "</div>\n<aside class=\"panel\" aria-label=\"{This pair}\">");
    put_panel(p);
    ty_html(page, "</aside></div>\n");
    ty_page_end(p->http);
}

/* ------------------------------------------------------------------------------------------ the answer */

static ty_status open_panel(ty_http *http, panel *p)
{
    char key[24];
    int64_t origin = 0, bead = 0;
    for (size_t i = 0; i < http->arguments[0].size && i < 18; i++)
        bead = bead * 10 + (http->arguments[0].data[i] - '0');
    ty_status status = ty_memory_bead_release(http->memory, bead, &origin, &http->error);
    if (status != TY_OK)
        return status;
    snprintf(key, sizeof key, "%lld", (long long)origin);
    *p = (panel){.http = http, .why = ty_http_param(http, "why").size > 0};
    status = ty_release_rows(http, ty_slice_of(key), &p->rows);
    if (status != TY_OK)
        return status;
    p->row = ty_rows_find(&p->rows, bead);
    p->at = p->row ? (size_t)(p->row - p->rows.items) : 0;
    return p->row ? TY_OK : TY_NO;
}

void ty_answer_bead(ty_http *http)
{
    panel p = {0};
    ty_status status = open_panel(http, &p);
    if (status != TY_OK) {
        ty_reply_failure(http, status);
        return;
    }
    ask(&p);
    http->type = "text/html; charset=utf-8";
    if (ty_http_param(http, "part").size)
        put_panel(&p);
    else
        put_page(&p);
    release(&p);
}
