/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/term_rows.h"

#include <inttypes.h>
#include <stdio.h>

/* ------------------------------------------------------------------------------------------ properties */

static bool is_of_type(const ty_info *info, const char *type)
{
    return ty_slice_equal(ty_attribute_find(info->attributes, "type"), ty_slice_of(type));
}

static bool add_info(ty_infos *infos, const char *type, ty_slice text, ty_arena *arena)
{
    ty_info *items = ty_arena_array(arena, infos->count + 1, sizeof *items);
    ty_attribute *attribute = ty_arena_alloc(arena, sizeof *attribute);
    if (!items || !attribute)
        return false;
    *attribute = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
    if (infos->count)
        memcpy(items, infos->items, infos->count * sizeof *items);
    items[infos->count] = (ty_info){.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = text};
    *infos = (ty_infos){items, infos->count + 1};
    return true;
}

static void drop_info(ty_infos *infos, const char *type)
{
    size_t kept = 0;
    for (size_t i = 0; i < infos->count; i++)
        if (!is_of_type(&infos->items[i], type))
            infos->items[kept++] = infos->items[i];
    infos->count = kept;
}

/* Hashed, so that who replaces a word everywhere in the sheet does not replace it here. */
static ty_slice mark_of(ty_slice text, char out[17])
{
    snprintf(out, 17, "%016" PRIx64, ty_hash(text, 0));
    return (ty_slice){out, 16};
}

bool ty_term_rows_identify(ty_store *store, ty_stored_concept *stored, ty_arena *arena)
{
    char hash[17];
    ty_buffer text = {0};
    ty_concept *concept = &stored->concept;
    ty_term *terms = ty_arena_array(arena, concept->term_count + 1, sizeof *terms);
    ty_buffer_add_format(&text, "%s %lld %016" PRIx64, ty_store_identity(store), (long long)stored->id,
                         stored->digest);
    bool good =
        terms && !text.failed &&
        add_info(&concept->infos, TY_ROW_CONCEPT, ty_arena_copy(arena, ty_buffer_slice(&text)), arena);
    for (size_t i = 0; good && i < concept->term_count; i++) {
        terms[i] = concept->terms[i];
        ty_slice mark = ty_arena_copy(arena, mark_of(ty_slice_trim(terms[i].text), hash));
        good = add_info(&terms[i].infos, TY_ROW_WAS, mark, arena);
    }
    concept->terms = good ? terms : concept->terms;
    ty_buffer_release(&text);
    return good && !arena->failed;
}

/* ------------------------------------------------------------------------------------------ meeting */

/* "IDENTITY 12 0123456789abcdef", of this memory. */
static bool read_mark(ty_slice mark, const char *identity, ty_known_concept *out)
{
    ty_slice memory, number;
    if (!ty_slice_next(&mark, ' ', &memory) || !ty_slice_next(&mark, ' ', &number) || mark.size != 16 ||
        !ty_slice_equal(memory, ty_slice_of(identity)))
        return false;
    char text[40];
    snprintf(text, sizeof text, "%.*s %.*s", number.size < 19 ? (int)number.size : 0, number.data,
             (int)mark.size, mark.data);
    long long id = 0;
    bool good = sscanf(text, "%lld %" SCNx64, &id, &out->was) == 2 && id > 0;
    out->id = id;
    return good;
}

static ty_slice keep(ty_known_concepts *known, ty_slice text)
{
    return text.size ? ty_arena_copy(&known->arena, text) : (ty_slice){"", 0};
}

static ty_term keep_term(ty_known_concepts *known, const ty_term *term)
{
    ty_term kept = {.lang = keep(known, term->lang),
                    .text = keep(known, term->text),
                    .status = term->status,
                    .part_of_speech = keep(known, term->part_of_speech),
                    .organisation = keep(known, term->organisation),
                    .note = keep(known, term->note),
                    .source = keep(known, term->source)};
    ty_slice was = ty_infos_find(term->infos, TY_ROW_WAS);
    if (was.size && !add_info(&kept.infos, TY_ROW_WAS, keep(known, was), &known->arena))
        known->arena.failed = true;
    return kept;
}

static void put_by(ty_known_concepts *known, ty_known_concept one, const ty_concept *concept)
{
    ty_term *terms = ty_arena_array(&known->arena, concept->term_count + 1, sizeof *terms);
    for (size_t i = 0; terms && i < concept->term_count; i++)
        terms[i] = keep_term(known, &concept->terms[i]);
    one.concept = (ty_concept){.id = keep(known, concept->id),
                               .subject = keep(known, concept->subject),
                               .definition = keep(known, concept->definition),
                               .note = keep(known, concept->note),
                               .source = keep(known, concept->source),
                               .terms = terms,
                               .term_count = terms ? concept->term_count : 0};
    if (!ty_vector_push(&known->items, one))
        known->arena.failed = true;
}

bool ty_term_rows_meet(ty_known_concepts *known, const char *identity, ty_concept *concept)
{
    ty_known_concept one = {0};
    ty_slice mark = ty_infos_find(concept->infos, TY_ROW_CONCEPT);
    bool ours = mark.size && read_mark(mark, identity, &one);
    if (ours)
        put_by(known, one, concept);
    drop_info(&concept->infos, TY_ROW_CONCEPT);
    for (size_t i = 0; i < concept->term_count; i++)
        drop_info(&concept->terms[i].infos, TY_ROW_WAS);
    return ours;
}

/* ------------------------------------------------------------------------------------------ one concept */

typedef struct job {
    ty_known_concepts *known;
    ty_memory *memory;
    ty_on_conflict policy;
    const char *file;
    ty_counts *counts;
    ty_arena arena; /* of one concept */
} job;

/* A cell is one line: what is the same but for that was not changed. */
static bool is_same_in_cell(ty_slice stored, ty_slice cell)
{
    stored = ty_slice_trim(stored);
    cell = ty_slice_trim(cell);
    for (size_t i = 0; i < stored.size && stored.size == cell.size; i++)
        if (stored.data[i] != cell.data[i] && !((unsigned char)stored.data[i] < ' ' && cell.data[i] == ' '))
            return false;
    return stored.size == cell.size;
}

/* An empty cell says nothing. */
static bool take_field(ty_slice *stored, ty_slice cell)
{
    if (!cell.size || is_same_in_cell(*stored, cell))
        return false;
    *stored = cell;
    return true;
}

static ty_term *find_term(ty_concept *concept, ty_slice lang, ty_slice text)
{
    for (size_t i = 0; i < concept->term_count; i++) {
        ty_term *term = &concept->terms[i];
        if (ty_lang_matches(lang, term->lang) && is_same_in_cell(term->text, text))
            return term;
    }
    return NULL;
}

static ty_term *find_marked(const ty_concept *concept, ty_slice lang, ty_slice mark)
{
    char hash[17];
    for (size_t i = 0; i < concept->term_count && mark.size; i++)
        if (ty_lang_matches(lang, concept->terms[i].lang) &&
            ty_slice_equal(mark_of(ty_slice_trim(concept->terms[i].text), hash), mark))
    return &concept->terms[i];
    return NULL;
}

static bool is_renamed(const ty_term *row)
{
    char hash[17];
    ty_slice was = ty_infos_find(row->infos, TY_ROW_WAS);
    return was.size && !ty_slice_equal(was, mark_of(ty_slice_trim(row->text), hash));
}

static bool take_data(ty_term *stored, const ty_term *row)
{
    bool changed = row->status != TY_TERM_UNKNOWN && row->status != stored->status;
    if (changed)
        stored->status = row->status;
    changed |= take_field(&stored->part_of_speech, row->part_of_speech);
    changed |= take_field(&stored->organisation, row->organisation);
    changed |= take_field(&stored->note, row->note);
    return take_field(&stored->source, row->source) || changed;
}

static void add_term(ty_concept *concept, const ty_term *row)
{
    ty_term term = *row;
    term.infos = (ty_infos){0};
    concept->terms[concept->term_count++] = term;
}

/*
 * A row whose term is there brings its data; one that was renamed renames, unless another row still has the
 * old name: then it was copied to make a new one. `beside`: what was changed here, too, stays, and what the
 * row has instead is one more term.
 */
static bool take_term(ty_concept *concept, const ty_concept *rows, const ty_term *row, bool beside)
{
    ty_slice was = ty_infos_find(row->infos, TY_ROW_WAS);
    ty_term *there = find_term(concept, row->lang, row->text), *before = NULL;
    if (there)
        return !beside && take_data(there, row);
    if (!beside && !find_marked(rows, row->lang, was))
        before = find_marked(concept, row->lang, was);
    if (!before) {
        add_term(concept, row);
        return true;
    }
    before->text = row->text;
    take_data(before, row);
    return true;
}

static bool apply_rows(job *j, const ty_concept *rows, bool beside, ty_concept *concept)
{
    bool changed = false;
    ty_term *terms = ty_arena_array(&j->arena, concept->term_count + rows->term_count + 1, sizeof *terms);
    if (!terms)
        return false;
    if (concept->term_count)
        memcpy(terms, concept->terms, concept->term_count * sizeof *terms);
    concept->terms = terms;
    for (size_t i = 0; i < rows->term_count; i++)
        changed |= take_term(concept, rows, &rows->terms[i], beside);
    if (beside)
        return changed;
    changed |= take_field(&concept->subject, rows->subject);
    return take_field(&concept->note, rows->note) || changed;
}

static void say(job *j, const ty_known_concept *row, const char *what)
{
    ty_slice term = row->concept.term_count ? row->concept.terms[0].text : (ty_slice){"", 0};
    j->counts->warnings++;
    j->counts->conflicts++;
    ty_warn(j->memory->listener, j->file, 0, 0, "conflict", "concept %lld (%.*s) %s", (long long)row->id,
            (int)(term.size < 60 ? term.size : 60), term.data, what);
}

static ty_status settle_gone(job *j, const ty_known_concept *row, ty_error *error)
{
    if (j->policy == TY_CONFLICT_MINE) {
        say(j, row, "was taken out of use here since the file was written; its rows are left out");
        j->counts->unchanged++;
        return TY_OK;
    }
    say(j, row, "was taken out of use here since the file was written; its rows come in anew");
    return ty_vector_push(&j->known->homeless, row->concept) ? TY_OK : ty_error_nomem(error);
}

/* Nobody knows which is newer, as of concepts of joined memories: then the one here stays. */
static bool wins(job *j, const ty_known_concept *row, bool *beside)
{
    *beside = j->policy == TY_CONFLICT_BOTH;
    if (*beside)
        say(j, row, "was changed here, too, since the file was written; what its rows have stands beside it");
    else if (j->policy == TY_CONFLICT_THEIRS)
        say(j, row, "was changed here, too, since the file was written; what its rows have goes before");
    else
        say(j, row, "was changed here, too, since the file was written; it stays");
    return *beside || j->policy == TY_CONFLICT_THEIRS;
}

/* What differs only because it was changed here is no change of the row's. */
static bool is_changed(const ty_known_concept *row, const ty_stored_concept *stored, bool would)
{
    bool renamed = false;
    for (size_t i = 0; i < row->concept.term_count; i++)
        renamed |= is_renamed(&row->concept.terms[i]);
    return would && (renamed || stored->digest == row->was);
}

static ty_status apply_one(job *j, const ty_known_concept *row, ty_error *error)
{
    ty_stored_concept stored;
    ty_status status = ty_store_concept(j->memory->store, row->id, &j->arena, &stored, error);
    if (status == TY_NO || (status == TY_OK && stored.went_to.size))
        return settle_gone(j, row, error);
    if (status != TY_OK)
        return status;
    ty_concept now = stored.concept;
    bool beside = false, changed = is_changed(row, &stored, apply_rows(j, &row->concept, false, &now));
    if (changed && stored.digest != row->was) {
        changed = wins(j, row, &beside);
        now = beside ? stored.concept : now;
        changed = changed && (!beside || apply_rows(j, &row->concept, true, &now));
    }
    if (j->arena.failed)
        return ty_error_nomem(error);
    j->counts->updated += changed;
    j->counts->unchanged += !changed;
    return changed ? ty_store_concept_set(j->memory->store, row->id, &now, error) : TY_OK;
}

ty_status ty_term_rows_apply(ty_known_concepts *known, ty_memory *memory, ty_on_conflict policy,
                             const char *file, ty_counts *counts, ty_error *error)
{
    job j = {.known = known, .memory = memory, .policy = policy, .file = file, .counts = counts};
    ty_status status = known->arena.failed ? ty_error_nomem(error) : TY_OK;
    for (size_t i = 0; status == TY_OK && i < known->items.count; i++) {
        ty_arena_clear(&j.arena);
        status = apply_one(&j, &known->items.items[i], error);
    }
    ty_arena_release(&j.arena);
    return status;
}

void ty_term_rows_release(ty_known_concepts *known)
{
    ty_vector_release(&known->items);
    ty_vector_release(&known->homeless);
    ty_arena_release(&known->arena);
}
