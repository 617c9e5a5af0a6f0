/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A bilingual file that comes again, corrected: a segment that stands where one stood before, with the same
 * original and another translation, takes its place. A confirmed one stays where the new one is not.
 */
#include "ops/exchange/corrected.h"

struct ty_corrected_place {
    uint64_t key, target; /* hashes: of where it stands and its original; of its translation */
    int64_t unit;
    bool confirmed;
};

static uint64_t add(uint64_t seed, ty_slice text)
{
    return ty_hash(text, seed + text.size);
}

/* False where the unit does not say where it stands: then nothing takes its place. */
static bool place_of(const ty_unit *unit, bool keyed_by_text, struct ty_corrected_place *out)
{
    bool placed = keyed_by_text;
    *out = (struct ty_corrected_place){.key = 1};
    for (size_t i = 0; i < unit->infos.count; i++) {
        ty_slice type = ty_attribute_find(unit->infos.items[i].attributes, "type");
        bool id = ty_slice_equal(type, TY_SLICE("id"));
        bool tells = id || ty_slice_equal(type, TY_SLICE("file")) ||
                     ty_slice_equal(type, TY_SLICE("x-context")) ||
                     ty_slice_equal(type, TY_SLICE("x-plural-form"));
        placed |= id;
        if (tells)
            out->key = add(add(out->key, type), unit->infos.items[i].text);
    }
    if (unit->variant_count != 2)
        return false;
    out->key = add(add(out->key, unit->variants[0].lang), unit->variants[0].text);
    out->key = add(out->key, unit->variants[1].lang);
    ty_slice content = unit->variants[1].content;
    out->target = add(1, content.data ? content : unit->variants[1].text);
    return placed;
}

/* "NAME" and "NAME (2)", "NAME (3)" are the same file at different times. */
static bool is_same_file(ty_slice name, ty_slice wanted)
{
    ty_slice rest = ty_slice_sub(name, wanted.size, name.size);
    return ty_slice_starts(name, wanted) &&
           (!rest.size || (ty_slice_starts(rest, TY_SLICE(" (")) && ty_slice_ends(rest, TY_SLICE(")"))));
}

static ty_status load_origin(ty_corrected *corrected, ty_store *store, int64_t origin, ty_error *error)
{
    ty_unit_filter filter = {.origin_id = origin};
    ty_units *units = NULL;
    ty_stored_unit stored;
    struct ty_corrected_place place;
    ty_status status = ty_units_open(store, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &stored, error)) == TY_OK) {
        if (!place_of(&stored.unit, corrected->keyed_by_text, &place))
            continue;
        place.unit = stored.id;
        place.confirmed = ty_slice_equal(stored.status, TY_SLICE("confirmed"));
        if (!ty_vector_push(&corrected->known, place))
            status = ty_error_nomem(error);
    }
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static int by_key(const void *a, const void *b)
{
    const struct ty_corrected_place *one = a, *other = b;
    return one->key < other->key ? -1 : one->key > other->key;
}

ty_status ty_corrected_load(ty_corrected *corrected, ty_store *store, ty_slice name, ty_format format,
                            ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    corrected->keyed_by_text = ty_format_gives(format) & TY_KEYED_BY_TEXT;
    ty_status status = ty_store_origins(store, (ty_slice){"", 0}, &arena, &origins, error);
    for (size_t i = 0; status == TY_OK && i < origins.count; i++) {
        const ty_origin *origin = &origins.items[i];
        if (ty_format_named(origin->kind.data) == format && is_same_file(origin->name, name))
            status = load_origin(corrected, store, origin->id, error);
    }
    if (corrected->known.count)
        qsort(corrected->known.items, corrected->known.count, sizeof *corrected->known.items, by_key);
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    return status;
}

bool ty_corrected_meet(ty_corrected *corrected, const ty_unit *unit, bool confirmed)
{
    struct ty_corrected_place place;
    if (!place_of(unit, corrected->keyed_by_text, &place))
        return true;
    for (size_t i = ty_vector_from(&corrected->known, key, place.key); i < corrected->known.count; i++) {
        const struct ty_corrected_place *old = &corrected->known.items[i];
        if (old->key != place.key)
            break;
        bool other = old->target != place.target;
        corrected->kept += other && old->confirmed && !confirmed;
        if (other && (confirmed || !old->confirmed) && !ty_vector_push(&corrected->outdated, old->unit))
            return false;
    }
    return true;
}

ty_status ty_corrected_apply(ty_corrected *corrected, ty_store *store, const char *file,
                             const ty_listener *listener, uint64_t *replaced, ty_error *error)
{
    ty_status status = TY_OK;
    *replaced = 0;
    for (size_t i = 0; status == TY_OK && i < corrected->outdated.count; i++) {
        status = ty_store_remove(store, corrected->outdated.items[i], NULL, error);
        *replaced += status == TY_OK;
        status = status == TY_NO ? TY_OK : status; /* met twice */
    }
    if (corrected->kept)
        ty_warn(listener, file, 0, 0, "confirmed-differs",
                "%llu confirmed translations stay beside other ones that came for the same place",
                (unsigned long long)corrected->kept);
    return status;
}

void ty_corrected_release(ty_corrected *corrected)
{
    ty_vector_release(&corrected->known);
    ty_vector_release(&corrected->outdated);
}
