/* SPDX-License-Identifier: Apache-2.0 */
/* What ties the two sides of a pair together, for showing. */
#include "ops/beads/ground.h"

static ty_tie_kind kind_of(ty_evidence_kind kind)
{
    switch (kind) {
    case TY_EVIDENCE_NUMBER: return TY_TIE_NUMBER;
    case TY_EVIDENCE_SAME: return TY_TIE_SAME;
    case TY_EVIDENCE_SOUND: return TY_TIE_SOUND;
    case TY_EVIDENCE_COGNATE: return TY_TIE_SPELLING;
    case TY_EVIDENCE_LINE: return TY_TIE_LINE;
    default: return TY_TIE_DICTIONARY;
    }
}

ty_status ty_memory_ties(ty_memory *memory, const ty_slice *source, size_t source_count,
                         const char *source_lang, const ty_slice *target, size_t target_count,
                         const char *target_lang, ty_status (*each)(void *payload, const ty_tie *tie),
                         void *payload, ty_error *error)
{
    ty_evidences found = {0};
    const ty_lexicon *lexicon = NULL;
    ty_align_side sides[2] = {{source, NULL, source_count, ty_slice_of(source_lang)},
                              {target, NULL, target_count, ty_slice_of(target_lang)}};
    ty_bead bead = {0, (uint32_t)source_count, 0, (uint32_t)target_count, 1};
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_memory_aligning(memory, sides[0].lang, sides[1].lang, &lexicon, error);
    if (status == TY_OK)
        status = ty_align_explain(&sides[0], &sides[1], lexicon, &bead, 1, &found, error);
    if (status == TY_OK && !found.count)
        status = TY_NO;
    for (size_t k = 0; k < found.count && status == TY_OK; k++) {
        const ty_evidence *e = &found.items[k];
        ty_tie tie = {kind_of(e->kind),
                      e->source_sentence,
                      e->target_sentence,
                      {e->source_start, e->source_end},
                      {e->target_start, e->target_end}};
        status = each(payload, &tie);
    }
    ty_vector_release(&found);
    ty_memory_leave(memory);
    return status;
}
