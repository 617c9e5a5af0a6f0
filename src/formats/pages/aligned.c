/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bitext as one self-contained page to look at: both sides, how sure each bead is by shade and sign, and,
 * under the pointer or the keyboard's focus, what ties the two sides together.
 */
#include "formats/pages/pages.h"

static const char style[] = "td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}\n"
                            "tr.sure td:first-child{background:#0a03}tr.fair td:first-child{background:#c903}"
                            "tr.doubtful td:first-child{background:#d223}tr.alone{opacity:.65}\n"
                            "mark.on{background:var(--hit)}\n";

static const char legend[] =
    TY_WORDS("● sure (0.9 and above), ◐ fair (0.7 and above), ○ doubtful, – without partner. "
             "Point at a marked word, or move to it with the tab key, to see what it is tied to "
             "and why.");

/* Both marks of a tie light up together. */
static const char script[] =
    "<script>\nfor(const type of ['mouseover','mouseout','focusin','focusout'])"
    "document.addEventListener(type,e=>{const m=e.target.closest&&e.target.closest('mark');if(!m)return;"
    "for(const o of document.querySelectorAll('mark[data-tie=\"'+m.dataset.tie+'\"]'))"
    "o.classList.toggle('on',type==='mouseover'||type==='focusin')});\n</script>\n";

/* A bead on its way into the page. */
typedef struct row {
    const ty_aligned_page *page;
    ty_buffer *html;
    const ty_evidences *ties;
    size_t number;
} row;

/* ------------------------------------------------------------------------------------------ ties */

static const char *kind_name(ty_evidence_kind kind)
{
    static const char *const names[] = {
        [TY_EVIDENCE_NUMBER] = TY_WORDS("the same number"),
        [TY_EVIDENCE_SAME] = TY_WORDS("the same word"),
        [TY_EVIDENCE_SOUND] = TY_WORDS("sounds alike"),
        [TY_EVIDENCE_COGNATE] = TY_WORDS("spelt alike"),
        [TY_EVIDENCE_DICTIONARY] = TY_WORDS("dictionary"),
        [TY_EVIDENCE_LEARNT] = TY_WORDS("go together in these texts"),
        [TY_EVIDENCE_LINE] = TY_WORDS("lines of one kind"),
    };
    return ty_words(names[kind]);
}

static void add_reason(const row *r, const ty_evidence *evidence)
{
    ty_buffer_add_string(r->html, kind_name(evidence->kind));
    if (evidence->kind == TY_EVIDENCE_DICTIONARY && evidence->part < ty_lexicon_part_count(r->page->lexicon))
        ty_buffer_add_format(r->html, ": %s", ty_lexicon_part_at(r->page->lexicon, evidence->part).name);
}

/* The tie of this sentence that begins first at or after `from`; SIZE_MAX when there is none. */
static size_t next_tie(const row *r, bool target, uint32_t sentence, uint32_t from)
{
    size_t best = SIZE_MAX;
    uint32_t best_start = UINT32_MAX;
    for (size_t i = 0; i < r->ties->count; i++) {
        const ty_evidence *e = &r->ties->items[i];
        uint32_t start = target ? e->target_start : e->source_start;
        if (e->kind != TY_EVIDENCE_LINE && (target ? e->target_sentence : e->source_sentence) == sentence &&
            start >= from && start < best_start) {
            best = i;
            best_start = start;
        }
    }
    return best;
}

static void add_sentence(const row *r, bool target, uint32_t sentence)
{
    ty_slice line = (target ? r->page->target : r->page->source)->sentences[sentence];
    uint32_t done = 0;
    for (size_t i; (i = next_tie(r, target, sentence, done)) != SIZE_MAX;) {
        const ty_evidence *e = &r->ties->items[i];
        uint32_t start = target ? e->target_start : e->source_start,
                 end = target ? e->target_end : e->source_end;
        if (end <= start || end > line.size)
            break;
        ty_buffer_add_xml(r->html, ty_slice_sub(line, done, start));
        ty_buffer_add_format(r->html, "<mark tabindex=\"0\" data-tie=\"%zu-%zu\" title=\"", r->number, i);
        add_reason(r, e);
        ty_buffer_add_string(r->html, "\">");
        ty_buffer_add_xml(r->html, ty_slice_sub(line, start, end));
        ty_buffer_add_string(r->html, "</mark>");
        done = end;
    }
    ty_buffer_add_xml(r->html, ty_slice_sub(line, done, line.size));
}

static void add_side(const row *r, bool target, uint32_t start, uint32_t count)
{
    ty_page_frame_cell(r->html, (target ? r->page->target : r->page->source)->lang);
    for (uint32_t i = start; i < start + count; i++) {
        if (i > start)
            ty_buffer_add_string(r->html, "<br>\n");
        add_sentence(r, target, i);
    }
    ty_buffer_add_string(r->html, "</td>");
}

/* ------------------------------------------------------------------------------------------ rows */

static void add_confidence(const row *r, ty_bead bead)
{
    static const struct {
        float least;
        const char *class, *sign;
    } levels[] = {{0.9F, "sure", "●"}, {0.7F, "fair", "◐"}, {-1.0F, "doubtful", "○"}};
    if (!bead.source_count || !bead.target_count) {
        ty_buffer_add_string(r->html, "<tr class=\"alone\"><td>–</td>");
        return;
    }
    size_t level = 0;
    while (bead.confidence < levels[level].least)
        level++;
    ty_buffer_add_format(r->html, "<tr class=\"%s\"><td>%s ", levels[level].class, levels[level].sign);
    ty_buffer_add_fixed(r->html, (double)bead.confidence, 2);
    ty_buffer_add_string(r->html, "</td>");
}

void ty_aligned_page_bead(const ty_aligned_page *page, size_t number, ty_bead bead, const ty_evidences *ties,
                          ty_buffer *html)
{
    row one = {page, html, ties, number};
    add_confidence(&one, bead);
    add_side(&one, false, bead.source_start, bead.source_count);
    add_side(&one, true, bead.target_start, bead.target_count);
    ty_buffer_add_string(html, "</tr>\n");
}

/* ------------------------------------------------------------------------------------------ the page */

void ty_aligned_page_begin(const ty_aligned_page *page, ty_buffer *html)
{
    ty_page_frame_begin(html, ty_words("Aligned texts"), style);
    ty_buffer_add_string(html, "<h1>");
    ty_buffer_add_xml(html, page->source_name);
    ty_buffer_add_string(html, " — ");
    ty_buffer_add_xml(html, page->target_name);
    ty_buffer_add_string(html, "</h1>\n");
    ty_buffer_add_format(html, "<p>%s</p>\n", ty_words(legend));
    ty_buffer_add_format(html, "<table>\n<tr><th>%s</th><th>%s</th><th>%s</th></tr>\n", ty_words("sure"),
                         ty_words("source"), ty_words("target"));
}

void ty_aligned_page_end(ty_slice description, ty_buffer *html)
{
    ty_buffer_add_string(html, "</table>\n<footer>");
    ty_buffer_add_xml(html, description);
    ty_buffer_add_string(html, "</footer>\n");
    ty_buffer_add_string(html, script);
    ty_page_frame_end(html);
}
