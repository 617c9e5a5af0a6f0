/* SPDX-License-Identifier: Apache-2.0 */
/* What a memory holds: units, origins, releases, concepts. */
#include <stdio.h>

#include "present/present.h"

/* ------------------------------------------------------------------------------------------ units */

static void json_unit(ty_buffer *json, const ty_unit_info *unit)
{
    ty_json_begin(json);
    ty_json_integer(json, "unit", unit->id);
    ty_json_text(json, "origin", unit->origin_name);
    ty_json_text_if(json, "title", unit->origin_title);
    ty_json_text_if(json, "date", unit->origin_date);
    ty_json_text_if(json, "url", unit->origin_url);
    ty_json_bool(json, "confirmed", unit->confirmed);
    ty_json_text_if(json, "changed_at", unit->changed_at);
    ty_json_text_if(json, "changed_by", unit->changed_by);
    if (unit->aligned)
        ty_json_number(json, "confidence", (double)unit->bead.confidence);
    ty_json_bool(json, "doubtful", unit->doubtful);
    ty_json_bool(json, "older", unit->older);
    if (unit->conflict)
        ty_json_integer(json, "conflict", unit->conflict);
    ty_json_open(json, "variants", '[');
    for (size_t i = 0; i < unit->variant_count; i++) {
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", unit->variants[i].lang);
        ty_json_text(json, "text", unit->variants[i].text);
        ty_json_text_if(json, "content", unit->variants[i].content);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_json_end(json);
}

void ty_present_unit(const ty_present *p, const ty_unit_info *unit)
{
    if (p->json) {
        json_unit(p->out, unit);
        return;
    }
    for (size_t i = 0; i < unit->variant_count; i++) {
        ty_present_field(p, unit->variants[i].lang);
        ty_buffer_add_string(p->out, ": ");
        ty_present_field(p, unit->variants[i].text);
        ty_buffer_add_char(p->out, '\n');
    }
    ty_buffer_add_format(p->out, _("    unit %lld, "), (long long)unit->id);
    ty_present_field(p, unit->origin_name);
    if (unit->confirmed) {
        ty_buffer_add_string(p->out, _(", confirmed"));
    } else if (unit->aligned) {
        ty_buffer_add_string(p->out, _(", confidence "));
        ty_buffer_add_fixed(p->out, (double)unit->bead.confidence, 3);
    }
    if (unit->older)
        ty_buffer_add_string(p->out, _(", of the older version"));
    if (unit->conflict)
        ty_buffer_add_format(p->out, _(", in conflict with unit %lld"), (long long)unit->conflict);
    ty_present_release_line(p, "    ", unit->origin_title, unit->origin_date, unit->origin_url);
    ty_buffer_add_char(p->out, '\n');
}

/* ------------------------------------------------------------------------------------------ origins */

/* A row of a listing: numbers among its fields are written before. */
static void add_number_fields(const ty_present *p, const uint64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ty_buffer_add_format(p->out, "%llu\t", (unsigned long long)numbers[i]);
}

void ty_present_origins_header(const ty_present *p)
{
    ty_present_columns(p, "id\tunits\tconcepts\tname\tkind\tdate\ttitle");
}

void ty_present_origin(const ty_present *p, const ty_origin_info *origin)
{
    if (!p->json) {
        add_number_fields(p, (uint64_t[]){(uint64_t)origin->id, origin->unit_count, origin->concept_count},
                          3);
        ty_present_row(p, (ty_slice[]){origin->name, origin->kind, origin->date, origin->title}, 4);
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "origin", origin->id);
    ty_json_text(p->out, "name", origin->name);
    ty_json_text(p->out, "kind", origin->kind);
    ty_json_text_if(p->out, "title", origin->title);
    ty_json_text_if(p->out, "date", origin->date);
    ty_json_text_if(p->out, "url", origin->url);
    ty_json_text_if(p->out, "imported_at", origin->imported_at);
    ty_json_text_if(p->out, "updated_at", origin->updated_at);
    ty_json_integer(p->out, "units", (int64_t)origin->unit_count);
    ty_json_integer(p->out, "concepts", (int64_t)origin->concept_count);
    ty_json_end(p->out);
}

void ty_present_releases_header(const ty_present *p)
{
    ty_present_columns(p, "id\tbeads\tconfirmed\tunpaired\tname\tdate\ttitle");
}

void ty_present_release_info(const ty_present *p, const ty_release_info *release)
{
    if (!p->json) {
        add_number_fields(
            p, (uint64_t[]){(uint64_t)release->id, release->beads, release->confirmed, release->unpaired}, 4);
        ty_present_row(p, (ty_slice[]){release->name, release->date, release->title}, 3);
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "release", release->id);
    ty_json_text(p->out, "name", release->name);
    ty_json_text_if(p->out, "title", release->title);
    ty_json_text_if(p->out, "date", release->date);
    ty_json_text_if(p->out, "url", release->url);
    ty_json_text_if(p->out, "agency", release->agency);
    ty_json_text(p->out, "source_lang", release->langs[0]);
    ty_json_text(p->out, "target_lang", release->langs[1]);
    ty_json_integer(p->out, "beads", (int64_t)release->beads);
    ty_json_integer(p->out, "confirmed", (int64_t)release->confirmed);
    ty_json_integer(p->out, "unpaired", (int64_t)release->unpaired);
    ty_json_integer(p->out, "version", (int64_t)release->version);
    ty_json_end(p->out);
}

/* ------------------------------------------------------------------------------------------ concepts */

void ty_json_concept(ty_buffer *json, ty_slice id, int64_t number)
{
    char own[24];
    snprintf(own, sizeof own, "#%lld", (long long)number);
    ty_json_text(json, "concept", id.size ? id : ty_slice_of(own));
}

static void json_concept(ty_buffer *json, const ty_concept_info *concept)
{
    ty_json_begin(json);
    ty_json_concept(json, concept->name, concept->id);
    ty_json_integer(json, "number", concept->id);
    ty_json_text(json, "origin", concept->origin_name);
    ty_json_text_if(json, "kind", concept->kind);
    ty_json_text_if(json, "relation", concept->relation);
    ty_json_text_if(json, "went_to", concept->went_to);
    if (concept->edited)
        ty_json_bool(json, "edited", true);
    ty_json_text_if(json, "subject", concept->subject);
    ty_json_text_if(json, "definition", concept->definition);
    ty_json_text_if(json, "note", concept->note);
    ty_json_text_if(json, "source", concept->source);
    ty_json_open(json, "terms", '[');
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term_info *term = &concept->terms[i];
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", term->lang);
        ty_json_text(json, "term", term->text);
        ty_json_string(json, "status", ty_present_term_status(term->status));
        ty_json_text_if(json, "part_of_speech", term->part_of_speech);
        ty_json_text_if(json, "organisation", term->organisation);
        ty_json_text_if(json, "note", term->note);
        ty_json_text_if(json, "source", term->source);
        ty_json_text_if(json, "date", term->date);
        ty_json_text_if(json, "definition", term->definition);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
    ty_json_end(json);
}

static void add_fact(const ty_present *p, const char *name, ty_slice text)
{
    if (!text.size)
        return;
    ty_buffer_add_format(p->out, "    %s: ", _(name));
    ty_present_field(p, text);
    ty_buffer_add_char(p->out, '\n');
}

/* In each language that has one, else the concept's. */
static void add_definitions(const ty_present *p, const ty_concept_info *concept)
{
    bool any = false;
    for (size_t i = 0; i < concept->term_count; i++) {
        add_fact(p, N_("definition"), concept->terms[i].definition);
        any |= concept->terms[i].definition.size > 0;
    }
    if (!any)
        add_fact(p, N_("definition"), concept->definition);
}

void ty_present_concept(const ty_present *p, const ty_concept_info *concept)
{
    if (p->json) {
        json_concept(p->out, concept);
        return;
    }
    for (size_t i = 0; i < concept->term_count; i++) {
        const char *status = ty_present_term_status(concept->terms[i].status);
        ty_present_field(p, concept->terms[i].lang);
        ty_buffer_add_string(p->out, ": ");
        ty_present_field(p, concept->terms[i].text);
        ty_buffer_add_format(p->out, "%s%s%s\n", status[0] ? " [" : "", status, status[0] ? "]" : "");
    }
    char number[24];
    snprintf(number, sizeof number, "#%lld", (long long)concept->id);
    add_fact(p, N_("concept"), concept->name.size ? concept->name : ty_slice_of(number));
    add_fact(p, N_("went to"), concept->went_to);
    add_fact(p, N_("kind"), concept->kind);
    add_fact(p, N_("subject"), concept->subject);
    add_fact(p, N_("relation"), concept->relation);
    add_definitions(p, concept);
    add_fact(p, N_("note"), concept->note);
    add_fact(p, N_("source"), concept->source);
    add_fact(p, N_("origin"), concept->origin_name);
}
