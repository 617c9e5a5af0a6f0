/* SPDX-License-Identifier: Apache-2.0 */
/* Why a bead is one: the words of both sides that meet, with the bytes where they stand. */
#include "internal.h"

#include <stdlib.h>

static const ty_evidence_kind kind_of[LINK_CLASSES] = {
    [LINK_NUMBER] = TY_EVIDENCE_NUMBER,         [LINK_SMALL_NUMBER] = TY_EVIDENCE_NUMBER,
    [LINK_MARKER] = TY_EVIDENCE_LINE,           [LINK_SAME] = TY_EVIDENCE_SAME,
    [LINK_SOUND] = TY_EVIDENCE_SOUND,           [LINK_COGNATE] = TY_EVIDENCE_COGNATE,
    [LINK_DICTIONARY] = TY_EVIDENCE_DICTIONARY, [LINK_TAUGHT] = TY_EVIDENCE_DICTIONARY,
    [LINK_LEARNT] = TY_EVIDENCE_LEARNT,
};

/* The link between two words, or NULL. */
static const ty_word_link *find_link(const ty_word_links *links, uint32_t source, uint32_t target)
{
    for (uint32_t k = links->starts[source]; k < links->starts[source + 1]; k++)
        if (links->list.items[k].target == target)
            return &links->list.items[k];
    return NULL;
}

/* A token of the source shows the first token of the target, not shown yet, that it is linked to; a link of
 * full weight before a weak one. */
static bool explain_token(const ty_side sides[2], const ty_word_links *links, const ty_bead *bead,
                          uint32_t sentence, const ty_align_token *token, bool *shown, ty_evidences *out)
{
    const ty_word_link *best = NULL;
    ty_evidence found = {0};
    uint32_t first = sides[1].token_starts[bead->target_start], best_at = 0;
    for (uint32_t t = bead->target_start; t < bead->target_start + bead->target_count; t++)
        for (uint32_t k = sides[1].token_starts[t]; k < sides[1].token_starts[t + 1]; k++) {
            const struct ty_align_token *other = &sides[1].tokens.items[k];
            const ty_word_link *link = shown[k - first] ? NULL : find_link(links, token->word, other->word);
            if (!link || (best && (!best->weak || link->weak)))
                continue;
            best = link;
            best_at = k - first;
            found = (ty_evidence){kind_of[link->class], sentence,   token->start, token->end, t,
                                  other->start,         other->end, link->part};
        }
    if (!best)
        return true;
    shown[best_at] = true;
    return ty_vector_push(out, found);
}

static bool explain_bead(const ty_side sides[2], const ty_word_links *links, const ty_bead *bead,
                         ty_evidences *out)
{
    uint32_t end = bead->target_start + bead->target_count;
    size_t tokens = sides[1].token_starts[end] - sides[1].token_starts[bead->target_start];
    bool *shown = calloc(tokens + 1, sizeof *shown), good = shown != NULL;
    for (uint32_t s = bead->source_start; s < bead->source_start + bead->source_count && good; s++)
        for (uint32_t k = sides[0].token_starts[s]; k < sides[0].token_starts[s + 1] && good; k++)
            good = explain_token(sides, links, bead, s, &sides[0].tokens.items[k], shown, out);
    free(shown);
    return good;
}

ty_status ty_align_explain(const ty_align_side *source, const ty_align_side *target,
                           const ty_lexicon *lexicon, const ty_bead *beads, size_t bead_count,
                           ty_evidences *out, ty_error *error)
{
    ty_side sides[2] = {{0}, {0}};
    ty_word_links links = {0};
    ty_status status = ty_side_init(&sides[0], source, TY_LEXICON_SOURCE, target->lang, lexicon, error);
    if (status == TY_OK)
        status = ty_side_init(&sides[1], target, TY_LEXICON_TARGET, source->lang, lexicon, error);
    if (status == TY_OK)
        status = ty_links_find(&links, &sides[0], &sides[1], lexicon, error);
    if (status == TY_OK)
        status = ty_learn_links(&links, &sides[0], &sides[1], beads, bead_count, error);
    for (size_t k = 0; k < bead_count && status == TY_OK; k++)
        if (beads[k].source_count && beads[k].target_count && !explain_bead(sides, &links, &beads[k], out))
            status = ty_error_nomem(error);
    ty_links_release(&links);
    ty_side_release(&sides[0]);
    ty_side_release(&sides[1]);
    return status;
}
