/* SPDX-License-Identifier: Apache-2.0 */
/* Translations of the memory, or of two documents, held against the termbase. */
#include <stdio.h>

#include "ops/terms/check.h"

/* ------------------------------------------------------------------------------------------ telling */

/*
 * Sixteen digits of what the finding says, so that the same one in the same texts has the same id. What was
 * counted is said of a whole document, wherever it stands first.
 */
static void make_id(ty_checking *check, const ty_check *found, const ty_slice *about, size_t about_count,
                    char id[17])
{
    ty_buffer *digest = &check->digest;
    ty_buffer_clear(digest);
    ty_buffer_add_string(digest, found->fault);
    if (!found->count)
        ty_buffer_add_format(digest, ":%d:%zu:%zu", found->in_target, found->start, found->end);
    for (size_t i = 0; i < about_count; i++) {
        ty_buffer_add_format(digest, ":%zu:", about[i].size);
        ty_buffer_add(digest, about[i]);
    }
    snprintf(id, 17, "%016llx", (unsigned long long)ty_hash(ty_buffer_slice(digest), 0));
}

ty_status ty_checking_tell(ty_checking *check, ty_check *found, const ty_slice *about, size_t about_count,
                           ty_error *error)
{
    char id[17];
    found->fault = ty_check_kind_name(found->kind);
    if (!ty_checking_wants(check, found->fault))
        return TY_OK;
    make_id(check, found, about, about_count, id);
    if (check->digest.failed || check->note.failed || check->arena.failed)
        return ty_error_nomem(error);
    ty_status status =
        check->memory ? ty_store_is_accepted(check->memory->store, ty_slice_of(id), error) : TY_NO;
    if (status != TY_OK && status != TY_NO)
        return status;
    found->accepted = status == TY_OK;
    if (found->accepted && !check->accepted)
        return TY_OK;
    found->id = id;
    found->note = ty_buffer_slice(&check->note);
    check->told += !found->accepted;
    return check->each(check->payload, found);
}

ty_status ty_checking_term(ty_checking *check, uint32_t entry, ty_stored_concept *concept,
                           const ty_term **term, ty_error *error)
{
    ty_term_entry listed = ty_term_index_entry(check->index, entry);
    *term = NULL;
    ty_status status = ty_store_concept(check->memory->store, listed.concept, &check->arena, concept, error);
    if (status == TY_OK && (size_t)listed.id < concept->concept.term_count)
    *term = &concept->concept.terms[listed.id];
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ choices */

static bool is_same_place(ty_span place, const ty_term_spot *spot)
{
    return place.start == spot->start && place.end == spot->end;
}

/* Is `wanted` one of the organisations in "USA, USMC"? */
static bool is_of(ty_slice organisations, ty_slice wanted)
{
    ty_slice one;
    while (organisations.size && ty_slice_next(&organisations, ',', &one))
        if (ty_slice_equal_nocase(ty_slice_trim(one), wanted))
            return true;
    return false;
}

/* The term a concept wants in the target: an approved one before others, `organisation`'s where given. */
static const ty_term *preferred(const ty_checking *check, const ty_concept *concept, ty_slice organisation)
{
    const ty_term *best = NULL;
    char primary[16];
    ty_slice wanted = ty_lang_primary(check->target_lang, primary);
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term *term = &concept->terms[i];
        if (term->status == TY_TERM_FORBIDDEN || term->status == TY_TERM_NON_STANDARD ||
            !ty_lang_matches(wanted, term->lang) ||
            (organisation.size && !is_of(term->organisation, organisation)))
            continue;
        if (!best || (term->status == TY_TERM_APPROVED && best->status != TY_TERM_APPROVED))
            best = term;
    }
    return best;
}

/* Adds "; 大佐 (USA)" to the note. */
static void add_choice(ty_checking *check, const ty_term *term)
{
    ty_buffer_add_string(&check->note, check->note.size ? "; " : "");
    ty_buffer_add(&check->note, term->text);
    if (term->organisation.size)
        ty_buffer_add_format(&check->note, " (%.*s)", TY_SLICE_FORMAT(term->organisation));
}

/* Where the words at `place` of the source stand for several concepts, the term of each. */
static ty_status name_choices(ty_checking *check, ty_span place, ty_error *error)
{
    const ty_term_scan *source = &check->findings.source;
    ty_status status = TY_OK;
    size_t choices = 0;
    ty_slice last = {"", 0};
    for (size_t i = 0; i < source->spots.count && status == TY_OK; i++) {
        ty_stored_concept concept;
        const ty_term *term;
        if (!is_same_place(place, &source->spots.items[i]))
            continue;
        status = ty_checking_term(check, source->spots.items[i].entry, &concept, &term, error);
        term = term ? preferred(check, &concept.concept, (ty_slice){"", 0}) : NULL;
        if (status != TY_OK || !term || ty_slice_equal(term->text, last))
            continue;
        add_choice(check, term);
        last = term->text;
        choices++;
    }
    if (choices < 2)
        ty_buffer_clear(&check->note);
    return status;
}

/* The term that the wanted organisation has for the words at `place` of the source; NULL for none. */
static ty_status find_wanted(ty_checking *check, ty_span place, const ty_term **out, ty_error *error)
{
    const ty_term_scan *source = &check->findings.source;
    ty_status status = TY_OK;
    *out = NULL;
    for (size_t i = 0; i < source->spots.count && status == TY_OK && !*out; i++) {
        ty_stored_concept concept;
        const ty_term *term;
        if (!is_same_place(place, &source->spots.items[i]))
            continue;
        status = ty_checking_term(check, source->spots.items[i].entry, &concept, &term, error);
        if (status == TY_OK && term)
            *out = preferred(check, &concept.concept, ty_slice_of(check->organisation));
    }
    return status;
}

/* A term of another organisation than the one whose usage is followed. */
static ty_status check_organisation(ty_checking *check, const ty_check *pair, const ty_term_use *use,
                                    ty_error *error)
{
    ty_stored_concept concept;
    const ty_term *used, *wanted = NULL;
    ty_status status = ty_checking_term(check, use->target, &concept, &used, error);
    if (status != TY_OK || !used || !used->organisation.size ||
        is_of(used->organisation, ty_slice_of(check->organisation)))
        return status;
    status = find_wanted(check, use->source_at, &wanted, error);
    if (status != TY_OK || !wanted || ty_slice_equal(wanted->text, used->text))
        return status;
    ty_check found = *pair;
    found.kind = TY_CHECK_ORGANISATION;
    found.in_target = true;
    found.start = use->target_at.start;
    found.end = use->target_at.end;
    found.better = wanted->text;
    add_choice(check, used);
    add_choice(check, wanted);
    return ty_checking_tell(check, &found, (ty_slice[]){found.source, found.target, wanted->text}, 3, error);
}

/* ------------------------------------------------------------------------------------------ a pair */

static void begin_finding(ty_checking *check)
{
    ty_arena_clear(&check->arena);
    ty_buffer_clear(&check->note);
}

static ty_slice term_of(const ty_checking *check, uint32_t entry)
{
    return entry == UINT32_MAX ? (ty_slice){"", 0} : ty_term_index_entry(check->index, entry).text;
}

static ty_status tell_finding(ty_checking *check, const ty_check *pair, const ty_term_finding *finding,
                              ty_error *error)
{
    static const ty_check_kind kinds[] = {[TY_TERM_MISSING] = TY_CHECK_MISSING,
                                          [TY_TERM_FORBIDDEN_USED] = TY_CHECK_FORBIDDEN,
                                          [TY_TERM_AVOIDED_USED] = TY_CHECK_NON_STANDARD,
                                          [TY_TERM_MISPLACED] = TY_CHECK_ORGANISATION,
                                          [TY_TERM_NUMBER] = TY_CHECK_NUMBER};
    ty_check found = *pair;
    bool in_target = finding->target.end > 0 && (finding->fault != TY_TERM_NUMBER || !finding->source.end);
    ty_span place = in_target ? finding->target : finding->source;
    found.kind = kinds[finding->fault];
    found.in_target = in_target;
    found.start = place.start;
    found.end = place.end;
    found.better = term_of(check, finding->better);
    begin_finding(check);
    if (finding->fault == TY_TERM_NUMBER && !in_target &&
        finding->target.end > 0) /* what stands there instead */
        ty_buffer_add(&check->note, ty_slice_sub(pair->target, finding->target.start, finding->target.end));
    ty_status status =
        finding->fault == TY_TERM_MISSING ? name_choices(check, finding->source, error) : TY_OK;
    if (status == TY_OK && finding->fault != TY_TERM_NUMBER)
        status = ty_checking_equivalents(check, finding, &found, error);
    ty_slice about[] = {found.source, found.target, term_of(check, finding->entry)};
    return status == TY_OK ? ty_checking_tell(check, &found, about, 3, error) : status;
}

ty_status ty_checking_pair(ty_checking *check, const ty_check *pair, ty_slice document, int64_t place,
                           ty_error *error)
{
    ty_status status = ty_term_check(check->index, pair->source, check->source_lang, pair->target,
                                     check->target_lang, &check->findings, error);
    for (size_t i = 0; i < check->findings.list.count && status == TY_OK; i++)
        status = tell_finding(check, pair, &check->findings.list.items[i], error);
    if (status == TY_OK && place >= 0)
        status = ty_renderings_add(check, document, place, error);
    for (size_t i = 0; check->organisation && i < check->renderings.uses.count && status == TY_OK; i++) {
        begin_finding(check);
        status = check_organisation(check, pair, &check->renderings.uses.items[i], error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ all pairs */

static ty_status check_bitext(ty_checking *check, ty_error *error)
{
    ty_bitext *bitext = check->bitext;
    ty_status status = TY_OK;
    check->source_lang = ty_text_lang(ty_bitext_source(bitext));
    check->target_lang = ty_text_lang(ty_bitext_target(bitext));
    for (size_t i = 0; i < ty_bitext_count(bitext) && status == TY_OK; i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        if (bead.source_count == 0 || bead.target_count == 0)
            continue;
        ty_check pair = {.source = ty_bitext_bead_source(bitext, i),
                         .target = ty_bitext_bead_target(bitext, i)};
        status = ty_checking_pair(check, &pair, ty_path_base(bitext->source->path), (int64_t)i, error);
    }
    return status;
}

static ty_status check_unit(void *payload, const ty_text_pair *pair, ty_error *error)
{
    ty_check found = {.source = pair->source,
                      .target = pair->target,
                      .unit = pair->stored->id,
                      .origin = pair->stored->origin_name};
    return ty_checking_pair(payload, &found, pair->stored->origin_name, pair->stored->id, error);
}

static ty_status check_one(ty_checking *check, int64_t unit, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_unit stored;
    ty_text_pair pair;
    ty_status status =
        ty_memory_no_unit(unit, ty_store_unit(check->memory->store, unit, &arena, &stored, error), error);
    if (status == TY_OK && ty_pair_of_unit(&stored, check->source_lang, check->target_lang, &pair))
        status = check_unit(check, &pair, error);
    ty_arena_release(&arena);
    return status;
}

void ty_checking_release(ty_checking *check)
{
    ty_term_findings_release(&check->findings);
    ty_renderings_release(&check->renderings);
    ty_arena_release(&check->arena);
    ty_buffer_release(&check->note);
    ty_buffer_release(&check->digest);
    if (check->memory)
        ty_memory_terms_close(check->memory, check->index);
}

ty_status ty_memory_term_check(ty_memory *memory, ty_bitext *bitext, const ty_check_settings *settings,
                               ty_status (*each)(void *payload, const ty_check *found), void *payload,
                               ty_error *error)
{
    ty_check_settings how;
    ty_settings_take(&how, sizeof how, settings);
    ty_status status = ty_checking_check_faults(&how, error);
    if (status == TY_OK)
        status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    ty_checking check = {.memory = memory,
                         .bitext = bitext,
                         .organisation = how.organisation,
                         .accepted = how.accepted,
                         .only = how.only,
                         .except = how.except,
                         .source_lang = ty_slice_of(ty_lang_usual_source(how.source_lang)),
                         .target_lang = ty_slice_of(ty_lang_usual_target(how.target_lang)),
                         .each = each,
                         .payload = payload};
    status = ty_memory_terms_open(memory, &check.index, error);
    if (status == TY_OK && bitext)
        status = check_bitext(&check, error);
    else if (status == TY_OK && how.unit)
        status = check_one(&check, how.unit, error);
    else if (status == TY_OK)
        status = ty_pair_each(memory, check.source_lang, check.target_lang, check_unit, &check, error);
    if (status == TY_OK)
        status = ty_renderings_tell(&check, error);
    ty_checking_release(&check);
    ty_memory_leave(memory);
    return status == TY_OK && check.told ? TY_NO : status;
}
