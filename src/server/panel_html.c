/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the panel, from above: state, alternatives, findings, terms, why. */
#include "server/panel.h"

#include "server/show.h"

static void put_state(const ty_panel *p)
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
    if (p->row->who.size) {
        ty_html(page, "<p class=\"small mute\">$t · ", p->row->who);
        ty_show_time(p->http, p->row->at);
        ty_html(page, "</p>");
    }
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

static void put_alternatives(const ty_panel *p)
{
    const ty_page *page = &p->http->page;
    if (!p->alternatives.count)
        return;
    ty_html(page, "<section class=\"alt\"><h2>{Perhaps rather}</h2><ul>");
    for (size_t i = 0; i < p->alternatives.count; i++) {
        const ty_alternative *a = &p->alternatives.items[i];
        ty_html(page,
                "<li><button type=\"button\" data-do=\"$d\" data-op=\"$s\" data-by=\"$s\" "
                "data-side=\"$s\"><kbd>$d</kbd> $s",
                (int64_t)i + 1, op_name(a->action), a->direction < 0 ? "-1" : "1",
                a->side ? "target" : "source", (int64_t)i + 1, ty_label(page->ui, op_label(a)));
        if (moves_a_side(a->action))
            ty_html(page, " ($s)", ty_language_label(p->http, p->rows.langs[a->side]));
        ty_html(page, " <span class=\"mute small num\">$d %</span></button></li>",
                (int64_t)(a->probability * 100));
    }
    ty_html(page, "</ul></section>\n");
}

static void put_hidden(const ty_page *page, const char *name, ty_slice value)
{
    ty_html(page, "<input type=\"hidden\" name=\"$s\" value=\"$t\">", name, value);
}

/* A finding is one of the release's languages; who settles it without scripts comes back to the pair. */
static void put_finding_form(const ty_panel *p, const ty_check *f)
{
    const ty_page *page = &p->http->page;
    ty_html(page,
            "<form method=\"post\" action=\"/check/$d\" class=\"row\"><input type=\"hidden\" name=\"bead\" "
            "value=\"$d\">",
            f->unit, p->row->bead);
    put_hidden(page, "key", ty_slice_of(p->http->who.form_key));
    put_hidden(page, "s", p->rows.langs[0]);
    put_hidden(page, "t", p->rows.langs[1]);
    put_hidden(page, "ids", ty_slice_of(f->id));
    put_hidden(page, "id", ty_slice_of(f->id));
    ty_html(page,
            "<button name=\"op\" value=\"accept\" data-do=\"accept\">{Let stand} <kbd>i</kbd></button>");
    if (f->in_target && f->better.size)
        ty_html(page,
                "<button name=\"op\" value=\"replace\" data-do=\"replace\">{Replace} <kbd>f</kbd></button>");
    ty_html(page, "</form>");
}

static void put_findings(const ty_panel *p)
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
        if (p->http->who.role >= TY_ROLE_EDIT)
            put_finding_form(p, f);
        ty_html(page, "</div>");
    }
    ty_html(page, "</section>\n");
}

static void put_terms(const ty_panel *p)
{
    const ty_page *page = &p->http->page;
    ty_html(page, "<section><h2>{Terms found}</h2>");
    if (!p->terms.count)
        ty_html(page, "<p class=\"mute\">{none}</p>");
    ty_html(page, "<ul>");
    for (size_t i = 0; i < p->terms.count; i++) {
        const ty_found_term *t = &p->terms.items[i];
        ty_slice shown = t->used.size ? t->used : t->best;
        ty_html(page, "<li data-term-source=\"$t\" data-term-target=\"$t\"><kbd>$d</kbd> ", t->text, shown,
                (int64_t)i + 1);
        ty_html_in(page, "span", p->rows.langs[0], t->text);
        ty_html(page, t->used.size ? t->used_status == TY_TERM_FORBIDDEN
                                         ? " <span class=\"tag bad\">✕ {forbidden}</span> "
                                         : " <span class=\"tag ok\">✓</span> "
                                   : " <span class=\"tag\">○ {not used}</span> ");
        ty_html(page, "<a href=\"$s\">", t->address);
        ty_html_in(page, "span", p->rows.langs[1], shown);
        ty_html(page, "</a></li>");
    }
    ty_html(page, "</ul></section>\n");
}

static void put_why(const ty_panel *p)
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
    ty_show_licence(p->http);
    ty_html(page, "</section>\n");
}

void ty_panel_put(const ty_panel *p)
{
    put_state(p);
    put_alternatives(p);
    put_findings(p);
    put_terms(p);
    put_why(p);
    ty_panel_put_marked(p);
}
