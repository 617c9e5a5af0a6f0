/* SPDX-License-Identifier: Apache-2.0 */
/* Beads of two texts that make no pair: their sentences are without a partner, and that is told. */
#include <stdio.h>

#include "ops/exchange/release.h"

static ty_variant side_of(const ty_text *text, ty_slice line)
{
    return (ty_variant){.lang = text->lang, .text = line};
}

static unsigned look(ty_release_job *j, size_t number, ty_unfit_told *told)
{
    ty_bead bead = ty_bitext_bead(j->bitext, number);
    if (!bead.source_count || !bead.target_count)
        return 0;
    ty_variant source = side_of(j->bitext->source, ty_bitext_bead_source(j->bitext, number));
    ty_variant target = side_of(j->bitext->target, ty_bitext_bead_target(j->bitext, number));
    unsigned unfit = ty_unfit(&source, &target) & ~(unsigned)TY_UNFIT_PRIVATE; /* told of the whole text */
    char place[64];
    snprintf(place, sizeof place, "%u:%u", bead.source_start + 1, bead.target_start + 1);
    ty_unfit_tell(told, unfit, place, 0);
    j->counts->warnings += ty_unfit_warnings(unfit);
    return unfit;
}

/* What a person has said are a pair are one. */
static bool is_fixed(const ty_bitext *bitext, ty_bead bead)
{
    for (size_t i = 0; i < bitext->fixed.count; i++)
        if (bitext->fixed.items[i].source_start == bead.source_start &&
            bitext->fixed.items[i].target_start == bead.target_start)
            return true;
    return false;
}

static bool part(ty_beads *beads, size_t number)
{
    ty_bead alone = beads->items[number];
    alone.source_count = 0;
    if (!ty_vector_push(beads, alone))
        return false;
    memmove(beads->items + number + 1, beads->items + number,
            (beads->count - number - 1) * sizeof *beads->items);
    beads->items[number].target_count = 0;
    beads->items[number + 1] = alone;
    beads->items[number + 1].source_start += beads->items[number].source_count;
    beads->items[number].target_start = alone.target_start;
    return true;
}

ty_status ty_release_part_unfit(ty_release_job *j, ty_error *error)
{
    ty_beads *beads = &j->bitext->alignment.beads;
    ty_unfit_told told = {.file = j->bitext->source->path, .listener = j->memory->listener};
    for (size_t i = 0; i < beads->count; i++) {
        unsigned unfit = is_fixed(j->bitext, beads->items[i]) ? 0 : look(j, i, &told);
        if (!(unfit & TY_UNFIT_FOR_A_PAIR))
            continue;
        if (!part(beads, i++))
            return ty_error_nomem(error);
        j->counts->rejected++;
    }
    ty_unfit_tell_rest(&told);
    return TY_OK;
}
