/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of queries, concordances. */
#include "present/present.h"

static void add_unit(const ty_present *p, int64_t unit, ty_slice origin)
{
    ty_buffer_add_format(p->out, _("unit %lld"), (long long)unit);
    if (!origin.size)
        return;
    ty_buffer_add_string(p->out, _(", "));
    ty_present_field(p, origin);
}

/* ------------------------------------------------------------------------------------------ pieces */

void ty_present_pieces_begin(const ty_present *p)
{
    if (p->json)
        ty_json_open(p->out, "pieces", '[');
}

void ty_present_pieces_end(const ty_present *p)
{
    if (p->json)
        ty_json_close(p->out, ']');
}

static void json_span(ty_buffer *json, const char *start, const char *end, ty_span span)
{
    ty_json_integer(json, start, (int64_t)span.start);
    ty_json_integer(json, end, (int64_t)span.end);
}

static void json_piece_match(ty_buffer *json, const ty_piece_match *match)
{
    ty_json_open(json, NULL, '{');
    ty_json_integer(json, "unit", match->unit);
    ty_json_text(json, "origin", match->origin);
    ty_json_text(json, "source", match->source);
    ty_json_text(json, "target", match->target);
    ty_json_text(json, "source_lang", match->source_lang);
    ty_json_text(json, "target_lang", match->target_lang);
    json_span(json, "source_start", "source_end", match->source_span);
    if (match->target_span.end)
        json_span(json, "target_start", "target_end", match->target_span);
    ty_json_close(json, '}');
}

static void json_piece(ty_buffer *json, const ty_piece *piece, ty_slice text)
{
    ty_json_open(json, NULL, '{');
    json_span(json, "start", "end", (ty_span){piece->start, piece->end});
    ty_json_text(json, "text", text);
    ty_json_open(json, "matches", '[');
    for (size_t i = 0; i < piece->match_count; i++)
        json_piece_match(json, &piece->matches[i]);
    ty_json_close(json, ']');
    ty_json_close(json, '}');
}

static void add_piece_match(const ty_present *p, const ty_piece_match *match)
{
    size_t known = match->target_span.end ? 1 : 0;
    ty_buffer_add_string(p->out, "     ");
    ty_present_marked(p, match->source, &match->source_span, 1);
    ty_buffer_add_string(p->out, "\n     ");
    ty_present_marked(p, match->target, &match->target_span, known);
    ty_buffer_add_string(p->out, "\n     ");
    if (known) {
        ty_buffer_add_string(p->out, _("probably "));
        ty_present_field(p, ty_slice_sub(match->target, match->target_span.start, match->target_span.end));
        ty_buffer_add_string(p->out, _(", "));
    }
    add_unit(p, match->unit, match->origin);
    ty_buffer_add_char(p->out, '\n');
}

void ty_present_piece(const ty_present *p, ty_slice query, const ty_piece *piece)
{
    ty_slice text = ty_slice_sub(query, piece->start, piece->end);
    if (p->json) {
        json_piece(p->out, piece, text);
        return;
    }
    ty_buffer_add_string(p->out, _("piece "));
    ty_present_field(p, text);
    ty_buffer_add_char(p->out, '\n');
    for (size_t i = 0; i < piece->match_count; i++)
        add_piece_match(p, &piece->matches[i]);
}

/* ------------------------------------------------------------------------------------------ concordance */

static void json_hits(ty_buffer *json, const ty_span *spans, size_t count)
{
    ty_json_open(json, "hits", '[');
    for (size_t i = 0; i < count; i++) {
        ty_json_open(json, NULL, '{');
        json_span(json, "start", "end", spans[i]);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

static void json_concordance(ty_buffer *json, const ty_concordance *hit)
{
    ty_json_begin(json);
    ty_json_integer(json, "unit", hit->unit);
    ty_json_text(json, "origin", hit->origin);
    ty_json_text(json, "lang", hit->lang);
    ty_json_text(json, "text", hit->text);
    json_hits(json, hit->hits, hit->hit_count);
    ty_json_open(json, "others", '[');
    for (size_t i = 0; i < hit->other_count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", hit->others[i].lang);
        ty_json_text(json, "text", hit->others[i].text);
        json_hits(json, hit->others[i].hits, hit->others[i].hit_count);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_json_text(json, "title", hit->title);
    ty_json_text(json, "date", hit->date);
    ty_json_text(json, "url", hit->url);
    ty_json_bool(json, "confirmed", hit->confirmed);
    ty_json_text_if(json, "previous", hit->previous);
    ty_json_text_if(json, "next", hit->next);
    ty_json_end(json);
}

static void add_context(const ty_present *p, ty_slice sentence)
{
    if (!sentence.size)
        return;
    ty_buffer_add_string(p->out, "    ");
    ty_present_field(p, sentence);
    ty_buffer_add_char(p->out, '\n');
}

static void add_side(const ty_present *p, ty_slice lang, ty_slice text, const ty_span *hits, size_t count)
{
    ty_present_field(p, lang);
    ty_buffer_add_string(p->out, ": ");
    ty_present_marked(p, text, hits, count);
    ty_buffer_add_char(p->out, '\n');
}

void ty_present_concordance(const ty_present *p, const ty_concordance *hit)
{
    if (p->json) {
        json_concordance(p->out, hit);
        return;
    }
    add_context(p, hit->previous);
    add_side(p, hit->lang, hit->text, hit->hits, hit->hit_count);
    add_context(p, hit->next);
    for (size_t i = 0; i < hit->other_count; i++)
        add_side(p, hit->others[i].lang, hit->others[i].text, hit->others[i].hits, hit->others[i].hit_count);
    ty_buffer_add_string(p->out, "    ");
    add_unit(p, hit->unit, hit->origin);
    if (hit->confirmed)
        ty_buffer_add_string(p->out, _(", confirmed"));
    ty_present_release_line(p, "    ", hit->title, hit->date, hit->url);
    ty_buffer_add_char(p->out, '\n');
}

static void add_blanks(const ty_present *p, size_t count)
{
    while (count--)
        ty_buffer_add_char(p->out, ' ');
}

void ty_present_kwic(const ty_present *p, const ty_concordance *hit, size_t number, size_t width)
{
    ty_span span = hit->hits[number];
    ty_slice found = ty_slice_sub(hit->text, span.start, span.end);
    size_t own = ty_width(found) + 2, before = width * 2 / 5;
    size_t behind = width > before + own ? width - before - own : 0;
    ty_slice left = ty_width_tail(ty_slice_sub(hit->text, 0, span.start), before);
    ty_slice right = ty_width_head(ty_slice_sub(hit->text, span.end, hit->text.size), behind);
    add_blanks(p, before - ty_width(left));
    ty_present_field(p, left);
    ty_buffer_add_string(p->out, p->color ? " " TY_MARK_ON : "[");
    ty_present_field(p, found);
    ty_buffer_add_string(p->out, p->color ? TY_MARK_OFF " " : "]");
    ty_present_field(p, right);
    add_blanks(p, behind - ty_width(right));
    ty_buffer_add_format(p->out, "  %lld\n", (long long)hit->unit);
}
