/* Candidates for terms, mined from the memory. */
#include "internal.h"

static ty_status mine_unit(void *payload, const ty_text_pair *pair, ty_error *error)
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
        status = ty_each_pair(memory, source, target, mine_unit, miner, error);
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
