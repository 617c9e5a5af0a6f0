/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bitext as one self-contained page to look at: both sides, how sure each bead is by shade and sign, and,
 * under the pointer or the keyboard's focus, what ties the two sides together.
 */
#include <stdio.h>

#include "ops/html.h"
#include "ops/internal.h"

static const char style[] = "td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}\n"
                            "tr.sure td:first-child{background:#0a03}tr.fair td:first-child{background:#c903}"
                            "tr.doubtful td:first-child{background:#d223}tr.alone{opacity:.65}\n"
                            "mark.on{background:var(--hit)}\n";

static const char legend[] = "<p>● sure (0.9 and above), ◐ fair (0.7 and above), ○ doubtful, – without "
                             "partner. Point at a marked word, or "
                             "move to it with the tab key, to see what it is tied to and why.</p>\n";

/* Both marks of a tie light up together. */
static const char script[] =
    "<script>\nfor(const type of ['mouseover','mouseout','focusin','focusout'])"
    "document.addEventListener(type,e=>{const m=e.target.closest&&e.target.closest('mark');if(!m)return;"
    "for(const o of document.querySelectorAll('mark[data-tie=\"'+m.dataset.tie+'\"]'))"
    "o.classList.toggle('on',type==='mouseover'||type==='focusin')});\n</script>\n";

typedef struct page {
    ty_bitext *bitext;
    ty_buffer html;
    ty_evidences evidences;
} page;

/* ------------------------------------------------------------------------------------------ ties */

static const char *kind_name(ty_evidence_kind kind)
{
    static const char *const names[] = {
        [TY_EVIDENCE_NUMBER] = "the same number", [TY_EVIDENCE_SAME] = "the same word",
        [TY_EVIDENCE_SOUND] = "sounds alike",     [TY_EVIDENCE_COGNATE] = "spelt alike",
        [TY_EVIDENCE_DICTIONARY] = "dictionary",  [TY_EVIDENCE_LEARNT] = "go together in these texts",
        [TY_EVIDENCE_LINE] = "lines of one kind",
    };
    return names[kind];
}

static void add_reason(page *p, const ty_evidence *evidence)
{
    ty_buffer_add_string(&p->html, kind_name(evidence->kind));
    if (evidence->kind == TY_EVIDENCE_DICTIONARY &&
        evidence->part < ty_lexicon_part_count(p->bitext->lexicon))
        ty_buffer_add_format(&p->html, ": %s", ty_lexicon_part_at(p->bitext->lexicon, evidence->part).name);
}

/* The tie of this sentence that begins first at or after `from`; SIZE_MAX when there is none. */
static size_t next_tie(const page *p, bool target, uint32_t sentence, uint32_t from)
{
    size_t best = SIZE_MAX;
    uint32_t best_start = UINT32_MAX;
    for (size_t i = 0; i < p->evidences.count; i++) {
        const ty_evidence *e = &p->evidences.items[i];
        uint32_t start = target ? e->target_start : e->source_start;
        if (e->kind != TY_EVIDENCE_LINE && (target ? e->target_sentence : e->source_sentence) == sentence &&
            start >= from && start < best_start) {
            best = i;
            best_start = start;
        }
    }
    return best;
}

static void add_sentence(page *p, bool target, uint32_t sentence, size_t bead)
{
    const ty_text *text = target ? p->bitext->target : p->bitext->source;
    ty_slice line = text->lines.items[sentence];
    uint32_t done = 0;
    for (size_t i; (i = next_tie(p, target, sentence, done)) != SIZE_MAX;) {
        const ty_evidence *e = &p->evidences.items[i];
        uint32_t start = target ? e->target_start : e->source_start,
                 end = target ? e->target_end : e->source_end;
        if (end <= start || end > line.size)
            break;
        ty_buffer_add_xml(&p->html, ty_slice_sub(line, done, start));
        ty_buffer_add_format(&p->html, "<mark tabindex=\"0\" data-tie=\"%zu-%zu\" title=\"", bead, i);
        add_reason(p, e);
        ty_buffer_add_string(&p->html, "\">");
        ty_buffer_add_xml(&p->html, ty_slice_sub(line, start, end));
        ty_buffer_add_string(&p->html, "</mark>");
        done = end;
    }
    ty_buffer_add_xml(&p->html, ty_slice_sub(line, done, line.size));
}

static void add_side(page *p, bool target, uint32_t start, uint32_t count, size_t bead)
{
    const ty_text *text = target ? p->bitext->target : p->bitext->source;
    ty_html_begin_cell(&p->html, text->lang);
    for (uint32_t i = start; i < start + count; i++) {
        if (i > start)
            ty_buffer_add_string(&p->html, "<br>\n");
        add_sentence(p, target, i, bead);
    }
    ty_buffer_add_string(&p->html, "</td>");
}

/* ------------------------------------------------------------------------------------------ rows */

static void add_confidence(page *p, ty_bead bead)
{
    static const struct {
        float least;
        const char *class, *sign;
    } levels[] = {{0.9F, "sure", "●"}, {0.7F, "fair", "◐"}, {-1.0F, "doubtful", "○"}};
    if (!bead.source_count || !bead.target_count) {
        ty_buffer_add_string(&p->html, "<tr class=\"alone\"><td>–</td>");
        return;
    }
    size_t level = 0;
    while (bead.confidence < levels[level].least)
        level++;
    ty_buffer_add_format(&p->html, "<tr class=\"%s\"><td>%s ", levels[level].class, levels[level].sign);
    ty_buffer_add_fixed(&p->html, (double)bead.confidence, 2);
    ty_buffer_add_string(&p->html, "</td>");
}

static ty_status add_bead(page *p, size_t number, ty_error *error)
{
    ty_bead bead = ty_bitext_bead(p->bitext, number);
    ty_align_side source = {p->bitext->source->lines.items, NULL, p->bitext->source->lines.count,
                            p->bitext->source->lang};
    ty_align_side target = {p->bitext->target->lines.items, NULL, p->bitext->target->lines.count,
                            p->bitext->target->lang};
    ty_vector_clear(&p->evidences);
    ty_status status = ty_align_explain(&source, &target, p->bitext->lexicon, &bead, 1, &p->evidences, error);
    if (status != TY_OK)
        return status;
    add_confidence(p, bead);
    add_side(p, false, bead.source_start, bead.source_count, number);
    add_side(p, true, bead.target_start, bead.target_count, number);
    ty_buffer_add_string(&p->html, "</tr>\n");
    return TY_OK;
}

static void add_heading(page *p)
{
    ty_slice names[2] = {ty_path_base(p->bitext->source->path), ty_path_base(p->bitext->target->path)};
    ty_buffer_add_string(&p->html, "<h1>");
    ty_buffer_add_xml(&p->html, names[0]);
    ty_buffer_add_string(&p->html, " — ");
    ty_buffer_add_xml(&p->html, names[1]);
    ty_buffer_add_string(&p->html, "</h1>\n");
    ty_buffer_add_string(&p->html, legend);
    ty_buffer_add_string(&p->html, "<table>\n<tr><th>sure</th><th>source</th><th>target</th></tr>\n");
}

static ty_status make_page(page *p, ty_error *error)
{
    ty_status status = TY_OK;
    ty_html_begin(&p->html, "Aligned texts", style);
    add_heading(p);
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(p->bitext); i++)
        status = add_bead(p, i, error);
    ty_buffer_add_string(&p->html, "</table>\n<footer>");
    ty_buffer_add_xml(&p->html, ty_bitext_describe(p->bitext));
    ty_buffer_add_string(&p->html, "</footer>\n");
    ty_buffer_add_string(&p->html, script);
    ty_html_end(&p->html);
    return status;
}

ty_status ty_bitext_write_page(ty_bitext *bitext, const ty_sink *sink, ty_error *error)
{
    page p = {.bitext = bitext};
    ty_status status = make_page(&p, error);
    if (status == TY_OK)
        status = ty_bitext_check_output(bitext, sink, error);
    if (status == TY_OK)
        status = ty_html_write(&p.html, sink, error);
    ty_buffer_release(&p.html);
    ty_vector_release(&p.evidences);
    return status;
}
