/* SPDX-License-Identifier: Apache-2.0 */
/* Which faults a check tells of, and all that would be right in the place of what it tells of. */
#include "ops/terms/check.h"

/* ------------------------------------------------------------------------------------------ faults */

const char *ty_check_kind_name(ty_check_kind kind)
{
    static const char *const names[TY_CHECK_KINDS] = {"missing",      "forbidden",    "non-standard",
                                                      "inconsistent", "organisation", "number"};
    return names[kind];
}

static bool is_listed(const char *list, ty_slice fault)
{
    ty_slice rest = ty_slice_of(list), one;
    while (rest.size && ty_slice_next(&rest, ',', &one))
        if (ty_slice_equal(ty_slice_trim(one), fault))
            return true;
    return false;
}

static ty_status check_list(const char *list, ty_error *error)
{
    static const char faults[] = "missing,forbidden,non-standard,inconsistent,organisation,number";
    ty_slice rest = ty_slice_of(list), one;
    while (rest.size && ty_slice_next(&rest, ',', &one))
        if (!is_listed(faults, ty_slice_trim(one)))
            return ty_error_set(error, TY_ERR_USAGE, "there is no fault \"%.*s\", only %s",
                                TY_SLICE_FORMAT(one), faults);
    return TY_OK;
}

ty_status ty_checking_check_faults(const ty_check_settings *settings, ty_error *error)
{
    ty_status status = settings->only ? check_list(settings->only, error) : TY_OK;
    return status == TY_OK && settings->except ? check_list(settings->except, error) : status;
}

bool ty_checking_wants(const ty_checking *check, const char *fault)
{
    return (!check->only || is_listed(check->only, ty_slice_of(fault))) &&
           (!check->except || !is_listed(check->except, ty_slice_of(fault)));
}

/* ------------------------------------------------------------------------------------------ equivalents */

enum { EQUIVALENTS_MAX = 64 };

static bool has(const ty_check *found, ty_slice text)
{
    for (size_t i = 0; i < found->equivalent_count; i++)
        if (ty_slice_equal(found->equivalents[i], text))
            return true;
    return false;
}

/* The acceptable terms of a concept in the target's language, those of one standing after the other. */
static void add_terms(const ty_checking *check, const ty_concept *concept, ty_slice *list, ty_check *found)
{
    char primary[16];
    ty_slice wanted = ty_lang_primary(check->target_lang, primary);
    for (size_t i = 0; i < concept->term_count && found->equivalent_count < EQUIVALENTS_MAX; i++) {
        const ty_term *term = &concept->terms[i];
        bool good = term->status != TY_TERM_FORBIDDEN && term->status != TY_TERM_NON_STANDARD;
        if (good && ty_lang_matches(wanted, term->lang) && !has(found, term->text))
            list[found->equivalent_count++] = term->text;
    }
}

static ty_status add_concept(ty_checking *check, uint32_t entry, ty_slice *list, ty_check *found,
                             ty_error *error)
{
    ty_stored_concept concept;
    const ty_term *term;
    ty_status status = ty_checking_term(check, entry, &concept, &term, error);
    if (status == TY_OK && term)
        add_terms(check, &concept.concept, list, found);
    return status;
}

/* Those of all concepts that the words of the source stand for there. */
static ty_status add_meant(ty_checking *check, const ty_term_finding *finding, ty_slice *list,
                           ty_check *found, ty_error *error)
{
    const ty_term_scan *source = &check->findings.source;
    ty_status status = TY_OK;
    for (size_t i = 0; i < source->spots.count && status == TY_OK; i++) {
        const ty_term_spot *spot = &source->spots.items[i];
        if (spot->start == finding->source.start && spot->end == finding->source.end && !spot->unlikely)
            status = add_concept(check, spot->entry, list, found, error);
    }
    return status;
}

ty_status ty_checking_equivalents(ty_checking *check, const ty_term_finding *finding, ty_check *found,
                                  ty_error *error)
{
    ty_slice *list = ty_arena_array(&check->arena, EQUIVALENTS_MAX, sizeof *list);
    if (!list)
        return ty_error_nomem(error);
    found->equivalents = list;
    if (finding->fault == TY_TERM_MISSING)
        return add_meant(check, finding, list, found, error);
    uint32_t entry = finding->fault == TY_TERM_MISPLACED ? finding->better : finding->entry;
    return entry == UINT32_MAX ? TY_OK : add_concept(check, entry, list, found, error);
}
