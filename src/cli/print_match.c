/* SPDX-License-Identifier: Apache-2.0 */
/* Matches, and pieces of queries, as text and JSON. */
#include "cli.h"

static const char *kind_name(ty_match_kind kind)
{
    static const char *const names[] = {"fuzzy", "exact", "context"};
    return names[kind];
}

static void json_match(ty_run *run, const ty_match *match)
{
    ty_json_open(run, NULL, '{');
    ty_json_integer(run, "score", match->score);
    ty_json_number(run, "similarity", match->similarity);
    ty_json_text(run, "kind", ty_slice_of(kind_name(match->kind)));
    ty_json_text(run, "source", match->source);
    ty_json_text(run, "target", match->target);
    if (match->adapted.size)
        ty_json_text(run, "adapted", match->adapted);
    ty_json_text(run, "source_lang", match->source_lang);
    ty_json_text(run, "target_lang", match->target_lang);
    ty_json_integer(run, "unit", match->unit);
    ty_json_text(run, "origin", match->origin);
    ty_json_open(run, "penalties", '{');
    for (size_t i = 0; i < match->penalty_count; i++)
        ty_json_integer(run, match->penalties[i].name, match->penalties[i].points);
    ty_json_close(run, '}');
    ty_json_close(run, '}');
}

ty_status ty_print_match(void *payload, const ty_match *match)
{
    ty_run *run = payload;
    if (run->common.json) {
        json_match(run, match);
        return TY_OK;
    }
    ty_print(run, "%d%% ", match->score);
    ty_print_field(run, match->source);
    ty_print(run, "\n     ");
    ty_print_field(run, match->target);
    if (match->adapted.size) {
        ty_print(run, "\n     numbers adapted: ");
        ty_print_field(run, match->adapted);
    }
    ty_print(run, "\n     %s, unit %lld", kind_name(match->kind), (long long)match->unit);
    if (match->origin.size)
        ty_print(run, ", %.*s", TY_SLICE_FORMAT(match->origin));
    for (size_t i = 0; i < match->penalty_count; i++)
        ty_print(run, "%s%s -%d", i ? ", " : "\n     penalties: ", match->penalties[i].name,
                 match->penalties[i].points);
    ty_print(run, "\n");
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ pieces */

static void json_span(ty_run *run, const char *start, const char *end, ty_span span)
{
    ty_json_integer(run, start, (int64_t)span.start);
    ty_json_integer(run, end, (int64_t)span.end);
}

static void json_piece_match(ty_run *run, const ty_piece_match *match)
{
    ty_json_open(run, NULL, '{');
    ty_json_integer(run, "unit", match->unit);
    ty_json_text(run, "origin", match->origin);
    ty_json_text(run, "source", match->source);
    ty_json_text(run, "target", match->target);
    ty_json_text(run, "source_lang", match->source_lang);
    ty_json_text(run, "target_lang", match->target_lang);
    json_span(run, "source_start", "source_end", match->source_span);
    if (match->target_span.end)
        json_span(run, "target_start", "target_end", match->target_span);
    ty_json_close(run, '}');
}

static void json_piece(ty_run *run, const ty_piece *piece, ty_slice text)
{
    ty_json_open(run, NULL, '{');
    json_span(run, "start", "end", (ty_span){piece->start, piece->end});
    ty_json_text(run, "text", text);
    ty_json_open(run, "matches", '[');
    for (size_t i = 0; i < piece->match_count; i++)
        json_piece_match(run, &piece->matches[i]);
    ty_json_close(run, ']');
    ty_json_close(run, '}');
}

static void print_piece_match(ty_run *run, const ty_piece_match *match)
{
    size_t known = match->target_span.end ? 1 : 0;
    ty_print(run, "     ");
    ty_print_marked(run, match->source, &match->source_span, 1);
    ty_print(run, "\n     ");
    ty_print_marked(run, match->target, &match->target_span, known);
    ty_print(run, "\n     ");
    if (known) {
        ty_print(run, "probably ");
        ty_print_field(run, ty_slice_sub(match->target, match->target_span.start, match->target_span.end));
        ty_print(run, ", ");
    }
    ty_print(run, "unit %lld", (long long)match->unit);
    if (match->origin.size)
        ty_print(run, ", %.*s", TY_SLICE_FORMAT(match->origin));
    ty_print(run, "\n");
}

ty_status ty_print_piece(void *payload, const ty_piece *piece)
{
    const ty_pieces_printer *printer = payload;
    ty_slice text = ty_slice_sub(printer->query, piece->start, piece->end);
    if (printer->run->common.json) {
        json_piece(printer->run, piece, text);
        return TY_OK;
    }
    ty_print(printer->run, "piece ");
    ty_print_field(printer->run, text);
    ty_print(printer->run, "\n");
    for (size_t i = 0; i < piece->match_count; i++)
        print_piece_match(printer->run, &piece->matches[i]);
    return TY_OK;
}
