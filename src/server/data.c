/* SPDX-License-Identifier: Apache-2.0 */
/* What was found, as data: the members that `taiyaku --json` has. */
#include "server/data.h"

const char *ty_term_status_word(ty_term_status status)
{
    static const char *const names[] = {"", "approved", "provisional", "non-standard", "forbidden"};
    return names[status];
}

const char *ty_match_kind_word(ty_match_kind kind)
{
    static const char *const names[] = {"fuzzy", "exact", "context"};
    return names[kind];
}

void ty_put_match(ty_http *http, const ty_match *match)
{
    ty_put_open(http, NULL, '{');
    ty_put_integer(http, "score", match->score);
    ty_put_number(http, "similarity", match->similarity);
    ty_put_text(http, "kind", ty_slice_of(ty_match_kind_word(match->kind)));
    ty_put_text(http, "source", match->source);
    ty_put_text(http, "target", match->target);
    if (match->adapted.size)
        ty_put_text(http, "adapted", match->adapted);
    ty_put_text(http, "source_lang", match->source_lang);
    ty_put_text(http, "target_lang", match->target_lang);
    ty_put_integer(http, "unit", match->unit);
    ty_put_text(http, "origin", match->origin);
    ty_put_open(http, "penalties", '{');
    for (size_t i = 0; i < match->penalty_count; i++)
        ty_put_integer(http, match->penalties[i].name, match->penalties[i].points);
    ty_put_close(http, '}');
    ty_put_close(http, '}');
}

void ty_put_term(ty_http *http, const ty_term_hit *hit)
{
    ty_put_open(http, NULL, '{');
    ty_put_text(http, "concept", hit->concept_id);
    ty_put_text(http, "lang", hit->lang);
    ty_put_text(http, "term", hit->term);
    ty_put_text(http, "status", ty_slice_of(ty_term_status_word(hit->status)));
    if (hit->subject.size)
        ty_put_text(http, "subject", hit->subject);
    if (hit->definition.size)
        ty_put_text(http, "definition", hit->definition);
    if (hit->note.size)
        ty_put_text(http, "note", hit->note);
    ty_put_open(http, "equivalents", '[');
    for (size_t i = 0; i < hit->equivalent_count; i++) {
        const ty_equivalent *e = &hit->equivalents[i];
        ty_put_open(http, NULL, '{');
        ty_put_text(http, "lang", e->lang);
        ty_put_text(http, "term", e->term);
        ty_put_text(http, "status", ty_slice_of(ty_term_status_word(e->status)));
        if (e->organisation.size)
            ty_put_text(http, "organisation", e->organisation);
        ty_put_close(http, '}');
    }
    ty_put_close(http, ']');
    ty_put_close(http, '}');
}

static void put_spans(ty_http *http, const ty_span *spans, size_t count)
{
    ty_put_open(http, "hits", '[');
    for (size_t i = 0; i < count; i++) {
        ty_put_open(http, NULL, '{');
        ty_put_integer(http, "start", (int64_t)spans[i].start);
        ty_put_integer(http, "end", (int64_t)spans[i].end);
        ty_put_close(http, '}');
    }
    ty_put_close(http, ']');
}

void ty_put_hit(ty_http *http, const ty_concordance *hit)
{
    ty_put_open(http, NULL, '{');
    ty_put_integer(http, "unit", hit->unit);
    ty_put_text(http, "origin", hit->origin);
    ty_put_text(http, "lang", hit->lang);
    ty_put_text(http, "text", hit->text);
    put_spans(http, hit->hits, hit->hit_count);
    ty_put_open(http, "others", '[');
    for (size_t i = 0; i < hit->other_count; i++) {
        ty_put_open(http, NULL, '{');
        ty_put_text(http, "lang", hit->others[i].lang);
        ty_put_text(http, "text", hit->others[i].text);
        put_spans(http, hit->others[i].hits, hit->others[i].hit_count);
        ty_put_close(http, '}');
    }
    ty_put_close(http, ']');
    ty_put_close(http, '}');
}
