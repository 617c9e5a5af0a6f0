/* Translations of the memory, or of two documents, held against the termbase; candidates mined from it. */
#include "internal.h"

typedef struct checking {
    ty_term_index *index;
    ty_slice source_lang, target_lang;
    ty_term_findings findings;
    ty_status (*each)(void *payload, const ty_check *found);
    void *payload;
    uint64_t told;
} checking;

static ty_slice term_of(const checking *check, uint32_t entry)
{
    return entry == UINT32_MAX ? (ty_slice){"", 0} : ty_term_index_entry(check->index, entry).text;
}

static ty_status check_pair(checking *check, const ty_check *pair, ty_error *error)
{
    static const char *const faults[] = {[TY_TERM_MISSING] = "missing",
                                         [TY_TERM_FORBIDDEN_USED] = "forbidden",
                                         [TY_TERM_AVOIDED_USED] = "non-standard",
                                         [TY_TERM_NUMBER] = "number"};
    ty_status status = ty_term_check(check->index, pair->source, check->source_lang, pair->target,
                                     check->target_lang, &check->findings, error);
    for (size_t i = 0; i < check->findings.list.count && status == TY_OK; i++) {
        const ty_term_finding *finding = &check->findings.list.items[i];
        ty_check found = *pair;
        found.fault = faults[finding->fault];
        found.in_target = finding->target.end > 0;
        found.start = found.in_target ? finding->target.start : finding->source.start;
        found.end = found.in_target ? finding->target.end : finding->source.end;
        found.better = term_of(check, finding->better);
        check->told++;
        status = check->each(check->payload, &found);
    }
    return status;
}

static ty_status check_bitext(checking *check, ty_bitext *bitext, ty_error *error)
{
    ty_status status = TY_OK;
    check->source_lang = ty_text_lang(ty_bitext_source(bitext));
    check->target_lang = ty_text_lang(ty_bitext_target(bitext));
    for (size_t i = 0; i < ty_bitext_count(bitext) && status == TY_OK; i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        if (bead.source_count == 0 || bead.target_count == 0)
            continue;
        ty_check pair = {.source = ty_bitext_bead_source(bitext, i),
                         .target = ty_bitext_bead_target(bitext, i)};
        status = check_pair(check, &pair, error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ the memory */

typedef ty_status (*pair_sink)(void *payload, const ty_check *pair, ty_error *error);

/* Tells of every pair of texts in two languages, in the order of the memory. */
static ty_status each_pair(ty_memory *memory, ty_slice source_lang, ty_slice target_lang, pair_sink each,
                           void *payload, ty_error *error)
{
    ty_unit_filter filter = {.source = source_lang, .target = target_lang};
    ty_units *units = NULL;
    ty_stored_unit stored;
    ty_status status = ty_units_open(memory->store, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &stored, error)) == TY_OK) {
        const ty_variant *source = ty_variant_in(&stored.unit, source_lang, NULL);
        const ty_variant *target = ty_variant_in(&stored.unit, target_lang, source);
        if (!source || !target || source == target)
            continue;
        ty_check pair = {
            .source = source->text, .target = target->text, .unit = stored.id, .origin = stored.origin_name};
        status = each(payload, &pair, error);
    }
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static ty_status check_unit(void *payload, const ty_check *pair, ty_error *error)
{
    return check_pair(payload, pair, error);
}

ty_status ty_memory_term_check(ty_memory *memory, ty_bitext *bitext, const char *source_lang,
                               const char *target_lang,
                               ty_status (*each)(void *payload, const ty_check *found), void *payload,
                               ty_error *error)
{
    checking check = {.source_lang = ty_slice_of(source_lang ? source_lang : "en"),
                      .target_lang = ty_slice_of(target_lang ? target_lang : "ja"),
                      .each = each,
                      .payload = payload};
    ty_status status = ty_memory_terms_open(memory, &check.index, error);
    if (status == TY_OK && bitext)
        status = check_bitext(&check, bitext, error);
    else if (status == TY_OK)
        status = each_pair(memory, check.source_lang, check.target_lang, check_unit, &check, error);
    ty_term_findings_release(&check.findings);
    ty_term_index_free(check.index);
    return status == TY_OK && check.told ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ extraction */

static ty_status mine_unit(void *payload, const ty_check *pair, ty_error *error)
{
    return ty_term_miner_add(payload, pair->source, pair->target, error);
}

/* Does a concept of the termbase have both? */
static ty_status is_known(const ty_term_index *index, const ty_term_found *found, ty_term_scan scans[2],
                          bool *known, ty_error *error)
{
    ty_status status = ty_term_index_lookup(index, found->source, (ty_slice){"", 0}, &scans[0], error);
    if (status == TY_OK)
        status = ty_term_index_lookup(index, found->target, (ty_slice){"", 0}, &scans[1], error);
    *known = false;
    for (size_t i = 0; i < scans[0].spots.count && status == TY_OK && !*known; i++)
        for (size_t j = 0; j < scans[1].spots.count && !*known; j++)
    *known = ty_term_index_entry(index, scans[0].spots.items[i].entry).concept ==
             ty_term_index_entry(index, scans[1].spots.items[j].entry).concept;
    return status;
}

static ty_status tell_found(const ty_term_index *index, const ty_terms_found *found, size_t max,
                            ty_status (*each)(void *payload, const ty_term_pair *candidate), void *payload,
                            ty_error *error)
{
    ty_term_scan scans[2] = {0};
    ty_status status = TY_OK;
    size_t told = 0;
    for (size_t i = 0; i < found->count && told < max && status == TY_OK; i++) {
        const ty_term_found *one = &found->items[i];
        ty_term_pair candidate = {.source = one->source,
                                  .target = one->target,
                                  .count = one->count,
                                  .source_count = one->source_count,
                                  .target_count = one->target_count,
                                  .score = one->score};
        bool known;
        status = is_known(index, one, scans, &known, error);
        if (status != TY_OK || known)
            continue;
        told++;
        status = each(payload, &candidate);
    }
    ty_term_scan_release(&scans[0]);
    ty_term_scan_release(&scans[1]);
    return status == TY_OK && told == 0 ? TY_NO : status;
}

ty_status ty_memory_term_extract(ty_memory *memory, const char *source_lang, const char *target_lang,
                                 size_t min_count, size_t max,
                                 ty_status (*each)(void *payload, const ty_term_pair *candidate),
                                 void *payload, ty_error *error)
{
    ty_slice source = ty_slice_of(source_lang ? source_lang : "en");
    ty_slice target = ty_slice_of(target_lang ? target_lang : "ja");
    ty_term_miner *miner = NULL;
    ty_term_index *index = NULL;
    ty_terms_found found = {0};
    ty_status status = ty_memory_terms_open(memory, &index, error);
    if (status == TY_OK)
        status = ty_term_miner_new(source, target, &miner, error);
    if (status == TY_OK)
        status = each_pair(memory, source, target, mine_unit, miner, error);
    if (status == TY_OK)
        status = ty_term_miner_find(miner, min_count > UINT32_MAX ? UINT32_MAX : (uint32_t)min_count, &found,
                                    error);
    if (status == TY_OK)
        status = tell_found(index, &found, max ? max : 100, each, payload, error);
    ty_vector_release(&found);
    ty_term_miner_free(miner);
    ty_term_index_free(index);
    return status;
}
