/* SPDX-License-Identifier: Apache-2.0 */
/* What a release that is here already has: pairs, sentences without partner, beads that want a look. */
#include "ops/exchange/release.h"

struct stored_side {
    int64_t document;
    ty_stored_sentences sentences;
};

static ty_status open_side(ty_release_job *j, ty_slice lang, struct stored_side *side, ty_error *error)
{
    ty_stored_documents list = {0};
    ty_status status = ty_store_documents(j->memory->store, j->identity.origin, &j->arena, &list, error);
    for (size_t i = 0; i < list.count; i++)
        if (!list.items[i].older && ty_lang_same(list.items[i].lang, lang))
            side->document = list.items[i].id;
    ty_vector_release(&list);
    return status == TY_OK && side->document
               ? ty_store_sentences(j->memory->store, side->document, &j->arena, &side->sentences, error)
               : status;
}

/* Sentences of one side of a bead, one after the other: enough to look for an address in. */
static ty_slice text_of(const struct stored_side *side, uint32_t first, uint32_t count, ty_buffer *out)
{
    ty_buffer_clear(out);
    for (uint32_t i = first; i < first + count && i < side->sentences.count; i++) {
        ty_buffer_add(out, side->sentences.items[i].text);
        ty_buffer_add_char(out, ' ');
    }
    return ty_buffer_slice(out);
}

static void count_bead(ty_counts *counts, const ty_stored_bead *stored, const struct stored_side sides[2],
                       ty_buffer texts[2])
{
    ty_bead bead = {stored->first[0], stored->count[0], stored->first[1], stored->count[1],
                    (float)stored->confidence};
    bool pair = bead.source_count && bead.target_count;
    ty_slice source = text_of(&sides[0], stored->first[0], stored->count[0], &texts[0]);
    ty_slice target = text_of(&sides[1], stored->first[1], stored->count[1], &texts[1]);
    counts->pairs += pair;
    counts->without_partner += pair ? 0 : bead.source_count + bead.target_count;
    counts->doubtful += stored->state == TY_BEAD_AUTO && ty_bead_is_doubtful(&bead, source, target, 0);
}

ty_status ty_release_count_stored(ty_release_job *j, ty_error *error)
{
    struct stored_side sides[2] = {{0}, {0}};
    ty_stored_beads beads = {0};
    ty_buffer texts[2] = {{0}, {0}};
    ty_release_say_sides(j);
    ty_status status = open_side(j, j->bitext->source->lang, &sides[0], error);
    if (status == TY_OK)
        status = open_side(j, j->bitext->target->lang, &sides[1], error);
    if (status == TY_OK && sides[0].document && sides[1].document)
        status =
            ty_store_beads(j->memory->store, sides[0].document, sides[1].document, &j->arena, &beads, error);
    for (size_t i = 0; i < beads.count && status == TY_OK; i++)
        count_bead(j->counts, &beads.items[i], sides, texts);
    if (status == TY_OK && (texts[0].failed || texts[1].failed))
        status = ty_error_nomem(error);
    for (int side = 0; side < 2; side++) {
        ty_vector_release(&sides[side].sentences);
        ty_buffer_release(&texts[side]);
    }
    ty_vector_release(&beads);
    return status;
}
