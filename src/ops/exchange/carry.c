/* SPDX-License-Identifier: Apache-2.0 */
/* See carry.h. */
#include "ops/exchange/carry_text.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------ opening */

static bool of_person(const ty_stored_bead *bead)
{
    return bead->state != TY_BEAD_AUTO || bead->flag || bead->ask || bead->locked || bead->note.size;
}

/* The document in the language that the release has now; of one that was removed, none. */
static int64_t current_document(const ty_stored_documents *list, ty_slice lang)
{
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].older && ty_lang_same(list->items[i].lang, lang))
            return list->items[i].id;
    return 0;
}

static ty_status open_side(ty_carry *carry, ty_carry_side *side, ty_text *text, ty_error *error)
{
    ty_status status = TY_OK;
    if (!ty_carry_keep_uncut(side, text, &carry->arena))
        return ty_error_nomem(error);
    if (side->document)
        status = ty_store_sentences(carry->store, side->document, &carry->arena, &side->sentences, error);
    side->to = ty_arena_array(&carry->arena, side->sentences.count + 1, sizeof *side->to);
    if (status != TY_OK || !side->to)
        return status == TY_OK ? ty_error_nomem(error) : status;
    for (size_t i = 0; i < side->sentences.count; i++)
        side->to[i] = TY_NOWHERE;
    bool good = ty_carry_cut_text(side, text, &carry->arena);
    if (good)
        side->doubtful = ty_arena_array(&carry->arena, text->lines.count + 1, 1);
    if (!good || !side->doubtful)
        return ty_error_nomem(error);
    memset(side->doubtful, 0, text->lines.count + 1);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ beads */

/* Which side of the text a side of the bead is: documents may have come the other way round. */
static const ty_carry_side *side_of(const ty_carry *carry, const ty_stored_bead *bead, int side)
{
    return bead->documents[side] == carry->sides[0].document ? &carry->sides[0] : &carry->sides[1];
}

/* Do the sentences stand side by side as they did? *first is where. */
static bool find_side(const ty_carry *carry, const ty_stored_bead *bead, int side, uint32_t *first)
{
    const ty_carry_side *from = side_of(carry, bead, side);
    *first = 0;
    for (uint32_t i = 0; i < bead->count[side]; i++) {
        uint32_t number = bead->first[side] + i;
        if (number >= from->sentences.count || from->to[number] == TY_NOWHERE)
            return false;
        if (i == 0)
            *first = from->to[number];
        else if (from->to[number] != *first + i)
            return false;
    }
    return true;
}

/* What stands now where the sentences of a side were: between what is found before and behind them. */
static void doubt_side(const ty_carry *carry, const ty_stored_bead *bead, int side, size_t text_count)
{
    const ty_carry_side *from = side_of(carry, bead, side);
    size_t begin = bead->first[side], end = begin + bead->count[side];
    if (!bead->count[side] || end > from->sentences.count)
        return;
    while (begin > 0 && from->to[begin] == TY_NOWHERE)
        begin--;
    while (end < from->sentences.count && from->to[end] == TY_NOWHERE)
        end++;
    bool kept = from->to[begin] != TY_NOWHERE;
    size_t low = kept ? from->to[begin] + (begin < bead->first[side]) : 0;
    size_t high = end < from->sentences.count ? from->to[end] : text_count;
    for (size_t i = low; i < high && i < text_count; i++)
        from->doubtful[i] = 1;
}

static ty_status open_beads(ty_carry *carry, const ty_bitext *bitext, ty_error *error)
{
    ty_stored_beads all = {0};
    ty_status status = TY_OK;
    if (carry->sides[0].document && carry->sides[1].document)
        status = ty_store_beads(carry->store, carry->sides[0].document, carry->sides[1].document,
                                &carry->arena, &all, error);
    for (size_t i = 0; i < all.count && status == TY_OK; i++) {
        const ty_stored_bead *bead = &all.items[i];
        uint32_t first[2];
        if (!of_person(bead))
            continue;
        if (!ty_vector_push(&carry->beads, *bead))
            status = ty_error_nomem(error);
        if (find_side(carry, bead, 0, &first[0]) && find_side(carry, bead, 1, &first[1]))
            continue;
        carry->changed++;
        for (int side = 0; side < 2; side++) {
            bool source = side_of(carry, bead, side) == &carry->sides[0];
            doubt_side(carry, bead, side, (source ? bitext->source : bitext->target)->lines.count);
        }
    }
    ty_vector_release(&all);
    return status;
}

ty_status ty_carry_open(ty_carry *carry, ty_store *store, int64_t origin, ty_bitext *bitext, ty_error *error)
{
    ty_stored_documents list = {0};
    *carry = (ty_carry){.store = store, .origin = origin};
    ty_status status = ty_store_documents(store, origin, &carry->arena, &list, error);
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        ty_text *text = side ? bitext->target : bitext->source;
        carry->sides[side].document = current_document(&list, text->lang);
        status = open_side(carry, &carry->sides[side], text, error);
    }
    ty_vector_release(&list);
    return status == TY_OK ? open_beads(carry, bitext, error) : status;
}

static int by_place(const void *a, const void *b)
{
    const ty_bead *one = a, *other = b;
    return one->source_start < other->source_start ? -1 : one->source_start > other->source_start;
}

static bool rises(const ty_beads *beads, const ty_bead *next)
{
    if (!beads->count)
        return true;
    const ty_bead *last = &beads->items[beads->count - 1];
    return next->source_start >= last->source_start + last->source_count &&
           next->target_start >= last->target_start + last->target_count;
}

/* Beads with one side only, and such as cross others, are no help to an aligner. */
ty_status ty_carry_anchors(const ty_carry *carry, ty_beads *out, ty_error *error)
{
    ty_beads all = {0};
    bool good = true;
    for (size_t i = 0; i < carry->beads.count && good; i++) {
        const ty_stored_bead *bead = &carry->beads.items[i];
        uint32_t first[2];
        int source = side_of(carry, bead, 0) == &carry->sides[0] ? 0 : 1;
        if (!bead->count[0] || !bead->count[1] || !find_side(carry, bead, 0, &first[0]) ||
            !find_side(carry, bead, 1, &first[1]))
            continue;
        ty_bead placed = {.source_start = first[source],
                          .source_count = bead->count[source],
                          .target_start = first[1 - source],
                          .target_count = bead->count[1 - source],
                          .confidence = 1};
        good = ty_vector_push(&all, placed);
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_place);
    for (size_t i = 0; i < all.count && good; i++)
        if (rises(out, &all.items[i]))
            good = ty_vector_push(out, all.items[i]);
    ty_vector_release(&all);
    return good ? TY_OK : ty_error_nomem(error);
}

void ty_carry_release(ty_carry *carry)
{
    for (int side = 0; side < 2; side++) {
        ty_vector_release(&carry->sides[side].sentences);
        ty_vector_release(&carry->sides[side].cuts);
    }
    ty_vector_release(&carry->beads);
    ty_arena_release(&carry->arena);
}

/* ------------------------------------------------------------------------------------------ applying */

/* The cuts and edits of a side, in a document that is new. */
static ty_status apply_side(ty_carry *carry, const ty_carry_side *side, int64_t document, ty_error *error)
{
    ty_status status = TY_OK;
    if (document == side->document)
        return TY_OK;
    for (size_t i = 0; i < side->cuts.count && status == TY_OK; i++) {
        const ty_carry_cut *cut = &side->cuts.items[i];
        status =
            ty_store_sentence_cut(carry->store, document, cut->sentence, &cut->first, &cut->second, error);
    }
    for (size_t i = 0; i < side->sentences.count && status == TY_OK; i++) {
        const ty_stored_sentence *old = &side->sentences.items[i];
        if (old->edited.data && side->to[i] != TY_NOWHERE)
            status = ty_store_sentence_edit(carry->store, document, side->to[i], old->edited, error);
    }
    return status;
}

static ty_status move_bead(ty_carry *carry, const ty_stored_bead *bead, const int64_t documents[2],
                           ty_error *error)
{
    ty_stored_bead moved = *bead;
    for (int side = 0; side < 2; side++) {
        if (!find_side(carry, bead, side, &moved.first[side]))
            return TY_OK;
        moved.documents[side] = documents[side_of(carry, bead, side) == &carry->sides[1]];
    }
    return ty_store_put_bead(carry->store, &moved, error);
}

ty_status ty_carry_apply(ty_carry *carry, const int64_t documents[2], ty_error *error)
{
    ty_status status = TY_OK;
    bool same = documents[0] == carry->sides[0].document && documents[1] == carry->sides[1].document;
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status = apply_side(carry, &carry->sides[side], documents[side], error);
    for (size_t i = 0; i < carry->beads.count && status == TY_OK && !same; i++)
        status = move_bead(carry, &carry->beads.items[i], documents, error);
    return status;
}

/* Is the sentence in a pair that a person has dealt with and that is still one? */
static bool is_kept(const ty_carry *carry, const ty_carry_side *from, uint32_t number)
{
    for (size_t i = 0; i < carry->beads.count; i++) {
        const ty_stored_bead *bead = &carry->beads.items[i];
        int side = side_of(carry, bead, 0) == from ? 0 : 1;
        bool stands = !bead->omit && (bead->unit || !bead->count[0] || !bead->count[1]);
        if (stands && number >= bead->first[side] && number < bead->first[side] + bead->count[side])
            return true;
    }
    return false;
}

static ty_status drop_edits_of(ty_carry *carry, const ty_carry_side *from, int64_t document, ty_error *error)
{
    ty_status status = TY_OK;
    for (uint32_t i = 0; i < from->sentences.count && status == TY_OK; i++)
        if (from->sentences.items[i].edited.data && from->to[i] != TY_NOWHERE && !is_kept(carry, from, i))
            status = ty_store_sentence_edit(carry->store, document, from->to[i], (ty_slice){0}, error);
    return status;
}

/* Of a release that was removed whole no pair is left, but its texts are, with what was edited. */
static ty_status drop_all_edits(ty_carry *carry, int64_t document, ty_error *error)
{
    ty_stored_sentences all = {0};
    ty_status status = ty_store_sentences(carry->store, document, &carry->arena, &all, error);
    for (uint32_t i = 0; i < all.count && status == TY_OK; i++)
        if (all.items[i].edited.data)
            status = ty_store_sentence_edit(carry->store, document, i, (ty_slice){0}, error);
    ty_vector_release(&all);
    return status;
}

ty_status ty_carry_drop_edits(ty_carry *carry, const int64_t documents[2], ty_error *error)
{
    ty_status status = TY_OK;
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status = carry->sides[side].document
                     ? drop_edits_of(carry, &carry->sides[side], documents[side], error)
                     : drop_all_edits(carry, documents[side], error);
    return status;
}

bool ty_carry_doubts(const ty_carry *carry, const ty_bead *bead)
{
    bool doubtful = false;
    for (uint32_t i = 0; i < bead->source_count && carry->sides[0].doubtful; i++)
        doubtful |= carry->sides[0].doubtful[bead->source_start + i] != 0;
    for (uint32_t i = 0; i < bead->target_count && carry->sides[1].doubtful; i++)
        doubtful |= carry->sides[1].doubtful[bead->target_start + i] != 0;
    return doubtful;
}
