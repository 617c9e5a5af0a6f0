/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of one pair. */
#include "server/panel.h"

#include <stdlib.h>

#include "server/concepts.h"

enum { ALTERNATIVES = 3, TERMS = 9, TIES = 40 };

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
    ty_panel *p = payload;
    if (one->bead != p->row->bead)
        return TY_OK;
    if (p->alternatives.count >= ALTERNATIVES)
        return TY_STOP;
    return ty_vector_push(&p->alternatives, *one) ? TY_OK : TY_ERR_NOMEM;
}

/* The longest of the concept's terms that stands in the target. */
static void look_for_equivalent(const ty_panel *p, const ty_term_hit *hit, ty_found_term *term)
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
    ty_panel *p = payload;
    ty_found_term term = {.at = {hit->start, hit->end},
                          .text = ty_slice_sub(p->texts[0], hit->start, hit->end),
                          .address = ty_concept_address(p->http, hit->concept),
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
    ty_panel *p = payload;
    if (p->ties.count >= TIES)
        return TY_STOP;
    return ty_vector_push(&p->ties, *tie) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status keep_finding(void *payload, const ty_check *found)
{
    ty_panel *p = payload;
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

static void ask_ties(ty_panel *p)
{
    ty_slice lines[2][32];
    size_t counts[2];
    for (int side = 0; side < 2; side++) {
        counts[side] = p->row->counts[side] < 32 ? p->row->counts[side] : 32;
        for (size_t i = 0; i < counts[side]; i++)
            lines[side][i] = p->row->lines[side][i].text;
    }
    ty_http_need(p->http,
                 ty_memory_ties(p->http->memory, lines[0], counts[0], ty_http_copy(p->http, p->rows.langs[0]),
                                lines[1], counts[1], ty_http_copy(p->http, p->rows.langs[1]), keep_tie, p,
                                &p->http->missing));
}

static void ask(ty_panel *p)
{
    ty_http *http = p->http;
    bool pair = p->row->counts[0] && p->row->counts[1];
    for (int side = 0; side < 2; side++)
        p->texts[side] = join(http, p->row, side, p->rows.langs[side]);
    if (p->row->doubts && !p->row->locked)
        ty_http_need(
            http, ty_memory_alternatives(http->memory, p->rows.origin, keep_alternative, p, &http->missing));
    if (p->texts[0].size)
        ty_http_need(http,
                     ty_memory_term_scan(http->memory, p->texts[0], ty_http_copy(http, p->rows.langs[0]),
                                         keep_term, p, &http->missing));
    if (p->row->unit) {
        ty_check_settings how = {.source_lang = ty_http_copy(http, p->rows.langs[0]),
                                 .target_lang = ty_http_copy(http, p->rows.langs[1]),
                                 .unit = p->row->unit};
        ty_http_need(http, ty_memory_term_check(http->memory, NULL, &how, keep_finding, p, &http->missing));
    }
    if (pair && p->why)
        ask_ties(p);
}

void ty_panel_release(ty_panel *p)
{
    ty_vector_release(&p->alternatives);
    ty_vector_release(&p->terms);
    ty_vector_release(&p->ties);
    ty_vector_release(&p->findings);
}

static ty_status find(ty_http *http, ty_panel *p)
{
    char key[24];
    int64_t origin = 0, bead = ty_decimal(http->arguments[0]);
    ty_status status = bead > 0 ? ty_memory_bead_release(http->memory, bead, &origin, &http->error) : TY_NO;
    if (status != TY_OK)
        return status;
    snprintf(key, sizeof key, "%lld", (long long)origin);
    *p = (ty_panel){.http = http, .why = ty_http_asks(http, "why")};
    status = ty_release_rows(http, ty_slice_of(key), &p->rows);
    if (status != TY_OK)
        return status;
    p->row = ty_rows_find(&p->rows, bead);
    p->at = p->row ? (size_t)(p->row - p->rows.items) : 0;
    return p->row ? TY_OK : TY_NO;
}

ty_status ty_panel_open(ty_http *http, ty_panel *out)
{
    ty_status status = find(http, out);
    if (status == TY_OK)
        ask(out);
    return status;
}
