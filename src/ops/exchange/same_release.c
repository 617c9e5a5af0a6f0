/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/same_release.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ places */

static int by_place(const void *one, const void *other)
{
    const ty_same_place *a = one, *b = other;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    return (a->bead > b->bead) - (a->bead < b->bead);
}

static bool list_places(ty_same_release *same)
{
    for (size_t i = 0; i < same->board.beads.count; i++) {
        const ty_stored_bead *bead = &same->board.beads.items[i].stored;
        bool pair = bead->count[0] && bead->count[1];
        if (pair && !ty_vector_push(&same->places, ((ty_same_place){bead->first[0], i})))
            return false;
    }
    if (same->places.count)
        qsort(same->places.items, same->places.count, sizeof *same->places.items, by_place);
    return true;
}

ty_status ty_same_release_open(ty_store *store, int64_t origin, const ty_conflicts *conflicts,
                               ty_same_release *out, ty_error *error)
{
    *out = (ty_same_release){.store = store, .conflicts = *conflicts};
    ty_status status = ty_board_open(store, origin, &out->board, error);
    return status == TY_OK && !list_places(out) ? ty_error_nomem(error) : status;
}

void ty_same_release_release(ty_same_release *same)
{
    ty_board_release(&same->board);
    ty_vector_release(&same->places);
    ty_buffer_release(&same->text);
}

void ty_same_release_face(ty_same_release *same, ty_slice source_lang, const size_t sentences[2])
{
    same->turned = !ty_lang_same(source_lang, same->board.documents[0].lang);
    same->sure = true;
    for (int side = 0; side < 2; side++)
        same->sure &= sentences[side] == same->board.sentences[side ^ same->turned].count;
}

/* Sentences of both sides, those of our source first. */
typedef struct place {
    uint32_t first[2], count[2];
} place;

static place place_of(const ty_same_release *same, const uint32_t first[2], const uint32_t count[2])
{
    int source = same->turned, target = !source;
    return (place){{first[source], first[target]}, {count[source], count[target]}};
}

static bool stands_there(const ty_stored_bead *bead, const place *at)
{
    return bead->first[0] == at->first[0] && bead->count[0] == at->count[0] &&
           bead->first[1] == at->first[1] && bead->count[1] == at->count[1];
}

static ty_board_bead *bead_at(ty_same_release *same, const uint32_t first[2], const uint32_t count[2])
{
    place at = place_of(same, first, count);
    for (size_t i = ty_vector_from(&same->places, first, at.first[0]);
         i < same->places.count && same->places.items[i].first == at.first[0]; i++) {
        ty_board_bead *bead = &same->board.beads.items[same->places.items[i].bead];
        if (stands_there(&bead->stored, &at))
            return bead;
    }
    return NULL;
}

/* ------------------------------------------------------------------------------------------ what is said */

/* As published; borrowed until the next. */
static ty_slice published(ty_same_release *same, const ty_stored_bead *bead, int side)
{
    const ty_board *board = &same->board;
    bool spaced = !ty_lang_is_unspaced(board->documents[side].lang);
    ty_buffer_clear(&same->text);
    for (uint32_t i = 0; i < bead->count[side]; i++) {
        ty_slice text = board->sentences[side].items[bead->first[side] + i].text;
        ty_buffer_add_string(&same->text, same->text.size && text.size && spaced ? " " : "");
        ty_buffer_add(&same->text, text);
    }
    return ty_buffer_slice(&same->text);
}

static ty_slice shown(ty_same_release *same, const ty_board_bead *bead, int side)
{
    ty_board_text(&same->board, bead, side, &same->text);
    return ty_buffer_slice(&same->text);
}

/* Of a unit, in the language of a side; NULL: it has none. */
static ty_variant *variant_of(const ty_same_release *same, const ty_unit *unit, int side)
{
    for (size_t i = 0; i < unit->variant_count; i++)
        if (ty_lang_same(unit->variants[i].lang, same->board.documents[side].lang))
            return &unit->variants[i];
    return NULL;
}

static ty_slice said(const ty_same_release *same, const ty_unit *unit, int side)
{
    const ty_variant *variant = variant_of(same, unit, side);
    return variant ? variant->text : (ty_slice){"", 0};
}

static bool is_as_published(ty_same_release *same, const ty_stored_bead *bead, const ty_unit *unit)
{
    return ty_slice_equal(said(same, unit, 0), published(same, bead, 0)) &&
           ty_slice_equal(said(same, unit, 1), published(same, bead, 1));
}

static bool say_the_same(const ty_same_release *same, const ty_unit *one, const ty_unit *other)
{
    return ty_slice_equal(said(same, one, 0), said(same, other, 0)) &&
           ty_slice_equal(said(same, one, 1), said(same, other, 1));
}

/* A pair whose place is a number only must be known by one of its sides. */
static bool is_known(ty_same_release *same, const ty_board_bead *bead, const ty_unit *unit)
{
    for (int side = 0; side < 2; side++) {
        ty_slice text = said(same, unit, side);
        if (ty_slice_equal(text, published(same, &bead->stored, side)) ||
            ty_slice_equal(text, shown(same, bead, side)))
            return true;
    }
    return false;
}

size_t ty_same_release_count(ty_same_release *same, const ty_their_pair *pairs, size_t count)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const ty_board_bead *bead = bead_at(same, pairs[i].first, pairs[i].count);
        known += bead && is_known(same, bead, pairs[i].unit);
    }
    return known;
}

/* ------------------------------------------------------------------------------------------ settling */

/* Ours with the words of theirs, and who wrote them when. */
static ty_status become(ty_same_release *same, const ty_stored_unit *ours, const ty_their_pair *theirs,
                        ty_error *error)
{
    ty_unit unit = ours->unit;
    unit.attributes = theirs->unit->attributes;
    for (int side = 0; side < 2; side++) {
        ty_variant *here = variant_of(same, &unit, side), *there = variant_of(same, theirs->unit, side);
        if (!here || !there)
            return TY_OK;
        here->text = there->text;
        here->content = there->content;
        here->attributes = there->attributes;
    }
    ty_status status = ty_store_become(same->store, ours->id, &unit, theirs->status, true, error);
    same->conflicts.counts->updated += status == TY_OK;
    return status;
}

/* What was settled once is not told again. */
static ty_status is_settled(ty_same_release *same, const ty_their_pair *theirs, uint64_t *form, bool *out,
                            ty_error *error)
{
    ty_status status = ty_store_form(same->store, theirs->unit, form, error);
    return status == TY_OK ? ty_store_knows_form(same->store, same->board.origin, *form, out, error) : status;
}

/* Ours (0: none) stays, and theirs does not come in beside it. */
static ty_status keep_away(ty_same_release *same, int64_t ours, uint64_t form, ty_error *error)
{
    return ty_store_former_add(same->store, same->board.origin, form, ours, error);
}

static ty_status settle_both(ty_same_release *same, const ty_stored_unit *ours, const ty_their_pair *theirs,
                             ty_place_meeting *out, ty_error *error)
{
    uint64_t form;
    bool settled;
    const char *what = ty_words("was changed here and in the other memory");
    ty_status status = is_settled(same, theirs, &form, &settled, error);
    if (status != TY_OK || settled)
        return status;
    switch (ty_conflict_decide(&same->conflicts, ty_stored_unit_date(ours), theirs->date)) {
    case TY_CONFLICT_THEIRS:
        ty_conflict_say(&same->conflicts, ours->id, theirs->id, what,
                        ty_words("the other's takes its place"));
        *out = TY_MET_THEIRS;
        return become(same, ours, theirs, error);
    case TY_CONFLICT_MINE:
        ty_conflict_say(&same->conflicts, ours->id, theirs->id, what, ty_words("this one stays"));
        return keep_away(same, ours->id, form, error);
    default:
        ty_conflict_say(&same->conflicts, ours->id, theirs->id, what, ty_words("both stay"));
        *out = TY_MET_BESIDE;
        return TY_OK;
    }
}

static bool is_confirmed(ty_slice status)
{
    return ty_slice_equal(status, TY_SLICE("confirmed"));
}

/* People's changes are dated. */
static bool is_dated(const ty_unit *unit)
{
    return ty_attribute_find(unit->attributes, "changedate").size > 0;
}

/* A release that came back in a TMX knows what was published only where nobody had changed it. */
static bool was_changed(ty_same_release *same, const ty_stored_bead *bead, const ty_stored_unit *ours)
{
    return is_confirmed(ours->status) || is_dated(&ours->unit) || !is_as_published(same, bead, &ours->unit);
}

static bool was_changed_there(ty_same_release *same, const ty_stored_bead *bead, const ty_unit *theirs)
{
    return is_dated(theirs) && !is_as_published(same, bead, theirs);
}

static ty_status confirm(ty_same_release *same, const ty_stored_unit *ours, const ty_their_pair *theirs,
                         ty_error *error)
{
    bool wanted = is_confirmed(theirs->status) && !is_confirmed(ours->status);
    return wanted ? ty_store_set_status(same->store, ours->id, theirs->status, NULL, error) : TY_OK;
}

static ty_status settle_pair(ty_same_release *same, const ty_board_bead *bead, const ty_stored_unit *ours,
                             const ty_their_pair *theirs, ty_place_meeting *out, ty_error *error)
{
    *out = TY_MET_SAME;
    if (say_the_same(same, &ours->unit, theirs->unit))
        return confirm(same, ours, theirs, error);
    *out = TY_MET_OURS;
    if (!was_changed_there(same, &bead->stored, theirs->unit))
        return TY_OK;
    if (was_changed(same, &bead->stored, ours))
        return settle_both(same, ours, theirs, out, error);
    *out = TY_MET_THEIRS;
    return become(same, ours, theirs, error);
}

/* Where ours was removed: what was not changed there either stays away. */
static ty_status settle_away(ty_same_release *same, const ty_board_bead *bead, const ty_their_pair *theirs,
                             ty_place_meeting *out, ty_error *error)
{
    uint64_t form;
    bool settled;
    const char *what = ty_words("was removed here and changed in the other memory");
    *out = TY_MET_AWAY;
    if (!was_changed_there(same, &bead->stored, theirs->unit))
        return TY_OK;
    ty_status status = is_settled(same, theirs, &form, &settled, error);
    if (status != TY_OK || settled)
        return status;
    /* When it was removed is known by its bead. */
    if (ty_conflict_decide(&same->conflicts, bead->stored.at, theirs->date) == TY_CONFLICT_MINE) {
        ty_conflict_say(&same->conflicts, 0, theirs->id, what, ty_words("it stays away"));
        return keep_away(same, 0, form, error);
    }
    ty_conflict_say(&same->conflicts, 0, theirs->id, what, ty_words("it comes in"));
    *out = TY_MET_BESIDE;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ joined there */

static ty_stored_bead *bead_of(ty_same_release *same, size_t number)
{
    return &same->board.beads.items[same->places.items[number].bead].stored;
}

/* Beads of ours that make up the place of one of theirs, untouched: how many from the place `from` on. */
static size_t parts_of(ty_same_release *same, const place *at, size_t from)
{
    uint32_t next[2] = {at->first[0], at->first[1]};
    size_t count = 0;
    while (from + count < same->places.count && next[0] < at->first[0] + at->count[0]) {
        const ty_stored_bead *bead = bead_of(same, from + count++);
        if (bead->first[0] != next[0] || bead->first[1] != next[1] || bead->state != TY_BEAD_AUTO ||
            !bead->unit)
            return 0;
        next[0] += bead->count[0];
        next[1] += bead->count[1];
    }
    return next[0] == at->first[0] + at->count[0] && next[1] == at->first[1] + at->count[1] ? count : 0;
}

static ty_status widen(ty_same_release *same, ty_stored_bead *bead, const place *at, ty_error *error)
{
    for (int side = 0; side < 2; side++)
        bead->count[side] = at->count[side];
    bead->state = TY_BEAD_HAND;
    return ty_store_put_bead(same->store, bead, error);
}

/* A unit that another origin brought, too, stays with that. */
static ty_status join_to(ty_same_release *same, ty_stored_bead *other, ty_error *error)
{
    bool alone = false;
    ty_status status = ty_store_has_one_origin(same->store, other->unit, &alone, error);
    if (status == TY_OK && alone)
        status = ty_store_go(same->store, other->unit, error);
    else if (status == TY_OK)
        status = ty_store_drop_bead(same->store, other->id, error);
    other->unit = 0;
    same->conflicts.counts->updated += status == TY_OK;
    return status;
}

/* Pairs that were joined there are joined here: the first takes the place of all. */
static ty_status join(ty_same_release *same, const ty_their_pair *theirs, ty_place_meeting *out,
                      int64_t *unit, ty_error *error)
{
    ty_stored_unit ours;
    place at = place_of(same, theirs->first, theirs->count);
    size_t from = ty_vector_from(&same->places, first, at.first[0]), count = parts_of(same, &at, from);
    if (count < 2)
        return TY_OK;
    ty_stored_bead *bead = bead_of(same, from);
    ty_status status = ty_store_unit(same->store, bead->unit, &same->board.arena, &ours, error);
    for (size_t i = 1; status == TY_OK && i < count; i++)
        status = join_to(same, bead_of(same, from + i), error);
    if (status == TY_OK)
        status = widen(same, bead, &at, error);
    if (status == TY_OK)
        status = become(same, &ours, theirs, error);
    *unit = bead->unit;
    *out = TY_MET_THEIRS;
    return status;
}

/* ------------------------------------------------------------------------------------------ meeting */

ty_status ty_same_release_meet(ty_same_release *same, const ty_their_pair *theirs, ty_place_meeting *out,
                               int64_t *ours, ty_error *error)
{
    ty_stored_unit unit;
    *out = TY_MET_NONE;
    *ours = 0;
    if (!same->store || !variant_of(same, theirs->unit, 0) || !variant_of(same, theirs->unit, 1))
        return TY_OK;
    const ty_board_bead *bead = bead_at(same, theirs->first, theirs->count);
    if (!bead)
        return join(same, theirs, out, ours, error);
    if (!same->sure && !is_known(same, bead, theirs->unit))
        return TY_OK;
    if (!bead->stored.unit)
        return settle_away(same, bead, theirs, out, error);
    ty_status status = ty_store_unit(same->store, bead->stored.unit, &same->board.arena, &unit, error);
    if (status != TY_OK || unit.label)
        return status == TY_NO ? TY_OK : status;
    *ours = unit.id;
    return settle_pair(same, bead, &unit, theirs, out, error);
}

ty_status ty_same_release_look(ty_same_release *same, const ty_their_pair *theirs, ty_place_meeting *out,
                               int64_t *ours, ty_error *error)
{
    ty_stored_unit unit;
    const ty_board_bead *bead = same->store ? bead_at(same, theirs->first, theirs->count) : NULL;
    *out = bead ? TY_MET_BESIDE : TY_MET_NONE;
    *ours = 0;
    if (!bead || !bead->stored.unit)
        return TY_OK;
    ty_status status = ty_store_unit(same->store, bead->stored.unit, &same->board.arena, &unit, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    if (say_the_same(same, &unit.unit, theirs->unit)) {
        *out = TY_MET_SAME;
        *ours = unit.id;
        return confirm(same, &unit, theirs, error);
    }
    return TY_OK;
}

ty_status ty_same_release_remove(ty_same_release *same, const ty_stored_bead *theirs, bool *gone,
                                 ty_error *error)
{
    ty_stored_unit unit;
    ty_board_bead *bead = same->store ? bead_at(same, theirs->first, theirs->count) : NULL;
    *gone = true;
    if (!bead || !bead->stored.unit)
        return TY_OK;
    ty_status status = ty_store_unit(same->store, bead->stored.unit, &same->board.arena, &unit, error);
    if (status != TY_OK || unit.label)
        return status == TY_NO ? TY_OK : status;
    if (was_changed(same, &bead->stored, &unit)) {
        *gone = ty_conflict_decide(&same->conflicts, ty_stored_unit_date(&unit), theirs->at) ==
                TY_CONFLICT_THEIRS;
        ty_conflict_say(&same->conflicts, unit.id, 0,
                        ty_words("was changed here and removed in the other memory"),
                        *gone ? ty_words("it is removed") : ty_words("it stays"));
    }
    bool alone = false;
    if (*gone)
        status = ty_store_has_one_origin(same->store, unit.id, &alone, error);
    if (status != TY_OK || !alone)
        return status;
    bead->stored.unit = 0;
    same->conflicts.counts->updated++;
    return ty_store_remove(same->store, unit.id, NULL, error);
}
