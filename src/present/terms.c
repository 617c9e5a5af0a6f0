/* SPDX-License-Identifier: Apache-2.0 */
/* Terms found, their renderings, candidates, findings of a check. */
#include <stdio.h>

#include "present/present.h"

static void json_equivalents(ty_buffer *json, const ty_term_hit *hit)
{
    ty_json_open(json, "equivalents", '[');
    for (size_t i = 0; i < hit->equivalent_count; i++) {
        const ty_equivalent *e = &hit->equivalents[i];
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", e->lang);
        ty_json_text(json, "term", e->term);
        ty_json_string(json, "status", ty_present_term_status(e->status));
        ty_json_text_if(json, "organisation", e->organisation);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

static void json_hit(ty_buffer *json, ty_slice text, const ty_place *place, const ty_term_hit *hit)
{
    ty_json_begin(json);
    if (text.data) {
        ty_json_integer(json, "start", (int64_t)hit->start);
        ty_json_integer(json, "end", (int64_t)hit->end);
        ty_json_text(json, "text", ty_slice_sub(text, hit->start, hit->end));
    }
    ty_json_concept(json, hit->concept_id, hit->concept);
    ty_json_text(json, "lang", hit->lang);
    ty_json_text(json, "term", hit->term);
    ty_json_string(json, "status", ty_present_term_status(hit->status));
    ty_json_text_if(json, "subject", hit->subject);
    if (hit->kind)
        ty_json_string(json, "kind", hit->kind);
    if (hit->composed)
        ty_json_bool(json, "composed", true);
    ty_json_text_if(json, "definition", hit->definition);
    ty_json_text_if(json, "relation", hit->relation);
    ty_json_text_if(json, "note", hit->note);
    json_equivalents(json, hit);
    if (place) {
        ty_json_integer(json, "line", (int64_t)place->line);
        ty_json_integer(json, "column", (int64_t)place->column);
    }
    ty_json_end(json);
}

/* What is approved, or of unknown standing, needs no word. */
static void add_status(const ty_present *p, ty_term_status status)
{
    if (status != TY_TERM_APPROVED && status != TY_TERM_UNKNOWN)
        ty_buffer_add_format(p->out, " [%s]", ty_present_term_status(status));
}

static void add_equivalents(const ty_present *p, const ty_term_hit *hit)
{
    for (size_t i = 0; i < hit->equivalent_count; i++) {
        const ty_equivalent *e = &hit->equivalents[i];
        ty_buffer_add_format(p->out, "%s%.*s: ", i ? "; " : "", TY_SLICE_FORMAT(e->lang));
        ty_present_field(p, e->term);
        if (e->organisation.size) {
            ty_buffer_add_string(p->out, " (");
            ty_present_field(p, e->organisation);
            ty_buffer_add_char(p->out, ')');
        }
        add_status(p, e->status);
    }
}

static void add_hit(const ty_present *p, ty_slice text, const ty_place *place, const ty_term_hit *hit)
{
    if (text.data)
        ty_buffer_add_format(p->out, "%zu-%zu\t", hit->start, hit->end);
    if (place)
        ty_buffer_add_format(p->out, "%zu:%zu\t", place->line, place->column);
    ty_present_field(p, text.data ? ty_slice_sub(text, hit->start, hit->end) : hit->term);
    add_status(p, hit->status);
    ty_buffer_add_char(p->out, '\t');
    add_equivalents(p, hit);
    if (hit->note.size) {
        ty_buffer_add_char(p->out, '\t');
        ty_present_field(p, hit->note);
    }
}

void ty_present_terms_header(const ty_present *p)
{
    ty_present_columns(p, "term\tequivalents\tnote");
}

void ty_present_term_hit(const ty_present *p, ty_slice text, const ty_place *place, const ty_term_hit *hit)
{
    if (p->json) {
        json_hit(p->out, text, place, hit);
        return;
    }
    add_hit(p, text, place, hit);
    ty_buffer_add_char(p->out, '\n');
}

/* Fields that tell a concept from others of the same name: "RNK-0001; ranks; title; a line of definition". */
void ty_present_alike_hit(const ty_present *p, const ty_term_hit *hit)
{
    char number[24];
    snprintf(number, sizeof number, "#%lld", (long long)hit->concept);
    ty_slice id = hit->concept_id.size ? hit->concept_id : ty_slice_of(number);
    const ty_slice facts[] = {id, hit->subject, ty_slice_of(hit->kind), hit->relation, hit->definition};
    const char *between = hit->note.size ? "\t" : "\t\t";
    if (p->json) {
        json_hit(p->out, (ty_slice){NULL, 0}, NULL, hit);
        return;
    }
    add_hit(p, (ty_slice){NULL, 0}, NULL, hit);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!facts[i].size)
            continue;
        ty_buffer_add_string(p->out, between);
        ty_present_field(p, facts[i]);
        between = "; ";
    }
    ty_buffer_add_char(p->out, '\n');
}

/* ------------------------------------------------------------------------------------------ renderings */

static void json_rendering(ty_buffer *json, const ty_term_rendering *found)
{
    ty_json_begin(json);
    ty_json_text(json, "rendering", found->text);
    ty_json_string(json, "kind", ty_present_rendering_kind(found->kind));
    if (found->kind == TY_RENDERING_TERM)
        ty_json_string(json, "status", ty_present_term_status(found->status));
    ty_json_integer(json, "count", (int64_t)found->count);
    ty_json_text(json, "first", found->first);
    ty_json_text(json, "last", found->last);
    ty_json_open(json, "origins", '[');
    for (size_t i = 0; i < found->origin_count; i++)
        ty_json_text(json, NULL, found->origins[i]);
    ty_json_close(json, ']');
    ty_json_integer(json, "unit", found->unit);
    ty_json_text(json, "source", found->source);
    ty_json_text(json, "target", found->target);
    ty_json_end(json);
}

/* The first origins by name, the others by number: "a.tmx; b.tmx; 3 more". */
static void add_origins(const ty_present *p, const ty_term_rendering *found)
{
    enum { NAMED = 3 };
    size_t named = found->origin_count > NAMED + 1 ? NAMED : found->origin_count;
    for (size_t i = 0; i < named; i++) {
        ty_buffer_add_string(p->out, i ? "; " : "");
        ty_present_field(p, found->origins[i]);
    }
    if (named < found->origin_count)
        ty_buffer_add_format(p->out, _("; %zu more"), found->origin_count - named);
}

void ty_present_renderings_header(const ty_present *p)
{
    ty_present_columns(p, "units\tfirst\tlast\trendering\torigins\tsource\ttarget");
}

void ty_present_rendering(const ty_present *p, const ty_term_rendering *found)
{
    if (p->json) {
        json_rendering(p->out, found);
        return;
    }
    ty_buffer_add_format(p->out, "%llu\t%.*s\t%.*s\t", (unsigned long long)found->count,
                         TY_SLICE_FORMAT(found->first), TY_SLICE_FORMAT(found->last));
    ty_present_field(p, found->text);
    if (found->kind != TY_RENDERING_TERM)
        ty_buffer_add_format(p->out, "%s[%s]", found->text.size ? " " : "",
                             ty_present_rendering_kind(found->kind));
    else if (found->status == TY_TERM_FORBIDDEN || found->status == TY_TERM_NON_STANDARD)
        add_status(p, found->status);
    ty_buffer_add_char(p->out, '\t');
    add_origins(p, found);
    ty_buffer_add_char(p->out, '\t');
    ty_present_row(p, (ty_slice[]){found->source, found->target}, 2);
}

/* ------------------------------------------------------------------------------------------ candidates */

static void json_candidate(ty_buffer *json, const ty_term_pair *candidate)
{
    ty_json_begin(json);
    ty_json_text(json, "source", candidate->source);
    ty_json_text(json, "target", candidate->target);
    ty_json_integer(json, "count", (int64_t)candidate->count);
    ty_json_integer(json, "source_count", (int64_t)candidate->source_count);
    ty_json_integer(json, "target_count", (int64_t)candidate->target_count);
    ty_json_integer(json, "origins", (int64_t)candidate->origins);
    ty_json_text(json, "first", candidate->first);
    ty_json_text(json, "last", candidate->last);
    ty_json_integer(json, "unit", candidate->unit);
    ty_json_text(json, "source_text", candidate->source_text);
    ty_json_text(json, "target_text", candidate->target_text);
    ty_json_number(json, "score", candidate->score);
    ty_json_end(json);
}

void ty_present_term_pairs_header(const ty_present *p)
{
    ty_present_columns(p, "source\ttarget\tunits\tsource_units\ttarget_units\torigins\tfirst\tlast"
                          "\tsource_text\ttarget_text");
}

void ty_present_term_pair(const ty_present *p, const ty_term_pair *candidate)
{
    if (p->json) {
        json_candidate(p->out, candidate);
        return;
    }
    ty_present_field(p, candidate->source);
    ty_buffer_add_char(p->out, '\t');
    ty_present_field(p, candidate->target);
    ty_buffer_add_format(p->out, "\t%llu\t%llu\t%llu\t%llu\t%.*s\t%.*s\t",
                         (unsigned long long)candidate->count, (unsigned long long)candidate->source_count,
                         (unsigned long long)candidate->target_count, (unsigned long long)candidate->origins,
                         TY_SLICE_FORMAT(candidate->first), TY_SLICE_FORMAT(candidate->last));
    ty_present_row(p, (ty_slice[]){candidate->source_text, candidate->target_text}, 2);
}

/* ------------------------------------------------------------------------------------------ checks */

static void json_check(ty_buffer *json, const ty_check *found, ty_slice text)
{
    ty_json_begin(json);
    ty_json_string(json, "id", found->id);
    ty_json_string(json, "fault", found->fault);
    if (found->accepted)
        ty_json_integer(json, "accepted", 1);
    ty_json_string(json, "side", found->in_target ? "target" : "source");
    ty_json_integer(json, "start", (int64_t)found->start);
    ty_json_integer(json, "end", (int64_t)found->end);
    ty_json_text(json, "text", text);
    ty_json_text_if(json, "better", found->better);
    ty_json_text_if(json, "note", found->note);
    if (found->equivalent_count) {
        ty_json_open(json, "equivalents", '[');
        for (size_t i = 0; i < found->equivalent_count; i++)
            ty_json_text(json, NULL, found->equivalents[i]);
        ty_json_close(json, ']');
    }
    if (found->count) {
        ty_json_integer(json, "count", (int64_t)found->count);
        ty_json_integer(json, "better_count", (int64_t)found->better_count);
    }
    ty_json_text(json, "source", found->source);
    ty_json_text(json, "target", found->target);
    if (found->unit) {
        ty_json_integer(json, "unit", found->unit);
        ty_json_text(json, "origin", found->origin);
    }
    ty_json_end(json);
}

void ty_present_check(const ty_present *p, const ty_check *found)
{
    ty_slice text = ty_slice_sub(found->in_target ? found->target : found->source, found->start, found->end);
    if (p->json) {
        json_check(p->out, found, text);
        return;
    }
    char id[64];
    int size = snprintf(id, sizeof id, "%s%s", found->id, found->accepted ? " (accepted)" : "");
    const ty_slice fields[] = {
        ty_slice_of(found->fault), text, found->better, found->source, found->target, found->note,
        {id, (size_t)size}};
    ty_present_row(p, fields, sizeof fields / sizeof *fields);
}
