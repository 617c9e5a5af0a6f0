/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a check found as a page to look at: a row a pair of texts, its findings numbered, their places marked
 * with these numbers on the side they are on.
 */
#include <stdlib.h>

#include "formats/pages/pages.h"

static const char style[] =
    "td:first-child{width:24rem}ol{margin:0;padding-left:1.6rem}small{opacity:.75;display:block}\n"
    "mark::before{content:attr(data-number);font-size:.7em;vertical-align:super;font-weight:bold}\n"
    "mark{border-bottom:2px solid}mark.inconsistent,mark.organisation{border-bottom-style:dotted}"
    "mark.number{border-bottom-style:dashed}mark.forbidden,mark.non-standard{border-bottom-style:double}\n"
    "li.accepted{opacity:.65}\n";

static const struct {
    const char *fault, *sign, *meaning;
} kinds[] = {{"missing", "∅", TY_WORDS("the term is not in the translation")},
             {"forbidden", "✗", TY_WORDS("a forbidden term")},
             {"non-standard", "△", TY_WORDS("a term to avoid")},
             {"inconsistent", "≠", TY_WORDS("elsewhere rendered otherwise")},
             {"organisation", "⌂", TY_WORDS("another organisation's term")},
             {"number", "#", TY_WORDS("not on the other side, by value")},
             {"untranslated", "…", TY_WORDS("there is no translation")},
             {"same", "=", TY_WORDS("the translation is the original")},
             {"inconsistent-target", "≠", TY_WORDS("another translation of the same text")},
             {"inconsistent-source", "≠", TY_WORDS("the same translation of another text")},
             {"codes", "⟨⟩", TY_WORDS("inline codes or placeholders differ")},
             {"names", "Aa", TY_WORDS("a name that the other side does not have")},
             {"address", "@", TY_WORDS("an address that the translation does not have")},
             {"doubled-word", "××", TY_WORDS("a word twice")},
             {"doubled-punctuation", "××", TY_WORDS("a mark twice")},
             {"brackets", "()", TY_WORDS("brackets or quotes are not in pairs")},
             {"blanks", "␣", TY_WORDS("blanks that the original does not have")},
             {"width", "Ａ", TY_WORDS("characters of the wrong width")},
             {"end", ".", TY_WORDS("it ends in another mark")}};
enum { KINDS = sizeof kinds / sizeof *kinds, TERM_KINDS = 6 };

/* The findings of one pair of texts wait for its last one. Texts are copies. */
struct ty_checked_page {
    ty_buffer rows;
    TY_VECTOR(ty_check) pair;
    ty_arena arena; /* of the pair */
    ty_slice source_lang, target_lang;
    uint64_t counts[KINDS], accepted;
};

static size_t kind_of(const char *fault)
{
    for (size_t i = 0; i < KINDS; i++)
        if (strcmp(fault, kinds[i].fault) == 0)
            return i;
    return 0;
}

/* ------------------------------------------------------------------------------------------ rows */

static ty_slice words_of(const ty_check *found)
{
    return ty_slice_sub(found->in_target ? found->target : found->source, found->start, found->end);
}

static void add_finding(ty_buffer *html, const ty_check *found)
{
    size_t kind = kind_of(found->fault);
    ty_buffer_add_format(html, "<li%s>%s %s: <b>", found->accepted ? " class=\"accepted\"" : "",
                         kinds[kind].sign, found->fault);
    ty_buffer_add_xml(html, words_of(found));
    ty_buffer_add_string(html, "</b>");
    if (found->better.size) {
        ty_buffer_add_string(html, " → ");
        ty_buffer_add_xml(html, found->better);
    }
    ty_buffer_add_format(html, "%s<small>", found->accepted ? ty_words(" (accepted)") : "");
    ty_buffer_add_xml(html, found->note);
    ty_buffer_add_format(html, "%s%s</small></li>\n", found->note.size ? " · " : "", found->id);
}

/* The finding on this side that begins first at or after `from`; SIZE_MAX when there is none. */
static size_t next_mark(const ty_checked_page *p, bool target, size_t from)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < p->pair.count; i++) {
        const ty_check *found = &p->pair.items[i];
        if (found->in_target == target && found->start >= from && found->end > found->start &&
            (best == SIZE_MAX || found->start < p->pair.items[best].start))
            best = i;
    }
    return best;
}

static void add_side(ty_checked_page *p, bool target)
{
    ty_slice text = target ? p->pair.items[0].target : p->pair.items[0].source;
    size_t done = 0;
    ty_page_frame_cell(&p->rows, target ? p->target_lang : p->source_lang);
    for (size_t i; (i = next_mark(p, target, done)) != SIZE_MAX;) {
        const ty_check *found = &p->pair.items[i];
        ty_buffer_add_xml(&p->rows, ty_slice_sub(text, done, found->start));
        ty_buffer_add_format(&p->rows, "<mark class=\"%s\" data-number=\"%zu\" title=\"%s\">", found->fault,
                             i + 1, ty_words(kinds[kind_of(found->fault)].meaning));
        ty_buffer_add_xml(&p->rows, words_of(found));
        ty_buffer_add_string(&p->rows, "</mark>");
        done = found->end;
    }
    ty_buffer_add_xml(&p->rows, ty_slice_sub(text, done, text.size));
    ty_buffer_add_string(&p->rows, "</td>");
}

static void end_pair(ty_checked_page *p)
{
    if (p->pair.count == 0)
        return;
    const ty_check *first = &p->pair.items[0];
    ty_buffer_add_string(&p->rows, "<tr><td>");
    if (first->unit || first->origin.size) {
        ty_buffer_add_string(&p->rows, "<small>");
        if (first->unit)
            ty_buffer_add_format(&p->rows, ty_words("unit %lld, "), (long long)first->unit);
        ty_buffer_add_xml(&p->rows, first->origin);
        ty_buffer_add_string(&p->rows, "</small>");
    }
    ty_buffer_add_string(&p->rows, "<ol>\n");
    for (size_t i = 0; i < p->pair.count; i++)
        add_finding(&p->rows, &p->pair.items[i]);
    ty_buffer_add_string(&p->rows, "</ol></td>");
    add_side(p, false);
    add_side(p, true);
    ty_buffer_add_string(&p->rows, "</tr>\n");
    ty_vector_clear(&p->pair);
    ty_arena_clear(&p->arena);
}

static bool is_same_pair(const ty_check *a, const ty_check *b)
{
    return a->unit == b->unit && ty_slice_equal(a->origin, b->origin) &&
           ty_slice_equal(a->source, b->source) && ty_slice_equal(a->target, b->target);
}

ty_status ty_checked_page_add(ty_checked_page *p, const ty_check *found)
{
    if (p->pair.count && !is_same_pair(&p->pair.items[0], found))
        end_pair(p);
    ty_check copy = *found;
    copy.id = ty_arena_copy(&p->arena, ty_slice_of(found->id)).data;
    copy.source = ty_arena_copy(&p->arena, found->source);
    copy.target = ty_arena_copy(&p->arena, found->target);
    copy.better = ty_arena_copy(&p->arena, found->better);
    copy.note = ty_arena_copy(&p->arena, found->note);
    copy.origin = ty_arena_copy(&p->arena, found->origin);
    *(found->accepted ? &p->accepted : &p->counts[kind_of(found->fault)]) += 1;
    return !p->arena.failed && ty_vector_push(&p->pair, copy) ? TY_OK : TY_ERR_NOMEM;
}

/* ------------------------------------------------------------------------------------------ the page */

static void add_heading(const ty_checked_page *p, ty_slice name, ty_slice other_name, ty_buffer *html)
{
    ty_buffer_add_string(html, "<h1>");
    ty_buffer_add_xml(html, name);
    if (other_name.size) {
        ty_buffer_add_string(html, " — ");
        ty_buffer_add_xml(html, other_name);
    }
    ty_buffer_add_string(html, "</h1>\n<ul>\n");
    for (size_t i = 0; i < KINDS; i++)
        if (p->counts[i] || i < TERM_KINDS)
            ty_buffer_add_format(html, "<li>%s %s: %llu (%s)</li>\n", kinds[i].sign, kinds[i].fault,
                                 (unsigned long long)p->counts[i], ty_words(kinds[i].meaning));
    if (p->accepted)
        ty_buffer_add_format(html, ty_words("<li>accepted: %llu</li>\n"), (unsigned long long)p->accepted);
    ty_buffer_add_format(html, "</ul>\n<table>\n<tr><th>%s</th><th>%s</th><th>%s</th></tr>\n",
                         ty_words("findings"), ty_words("source"), ty_words("target"));
}

ty_checked_page *ty_checked_page_new(ty_slice source_lang, ty_slice target_lang)
{
    ty_checked_page *p = calloc(1, sizeof *p);
    if (p)
        *p = (ty_checked_page){.source_lang = source_lang, .target_lang = target_lang};
    return p;
}

void ty_checked_page_write(ty_checked_page *p, ty_slice name, ty_slice other_name, ty_buffer *html)
{
    end_pair(p);
    ty_page_frame_begin(html, ty_words("Terms and numbers"), style);
    add_heading(p, name, other_name, html);
    ty_buffer_add(html, ty_buffer_slice(&p->rows));
    ty_buffer_add_string(html, "</table>\n");
    ty_page_frame_end(html);
    html->failed |= p->rows.failed;
}

void ty_checked_page_free(ty_checked_page *p)
{
    if (!p)
        return;
    ty_buffer_release(&p->rows);
    ty_vector_release(&p->pair);
    ty_arena_release(&p->arena);
    free(p);
}
