/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "derived/indexes.h"
#include "text/text.h"

/* Milliseconds that a reader waits for an index that another process makes, before it makes its own: as long
 * as the index of a large memory takes on a machine with nothing else to do. */
enum { PATIENCE = 10000 };
/* Below this many entries making indexes is quicker than keeping them. */
enum { WORTH_KEEPING = 5000 };
/* Changes since the last build; beyond this, sorting them in pays for the next look-up. */
enum { WORTH_BUILDING = 2000 };
/* Changed units beyond this are not looked up one by one: all is made anew. */
enum { WORTH_FOLLOWING = 20000 };

/* ------------------------------------------------------------------------------------------ languages */

static void name_of(ty_slice lang, char out[16])
{
    char primary[16];
    ty_slice subtag = ty_lang_primary(lang, primary);
    snprintf(out, 16, "%.*s", TY_SLICE_FORMAT(subtag.size ? subtag : TY_SLICE("und")));
}

static ty_status index_of(ty_derived_indexes *indexes, ty_slice lang, ty_match_index **out, ty_error *error)
{
    ty_indexed_language new = {0};
    name_of(lang, new.name);
    for (size_t i = 0; i < indexes->languages.count; i++)
        if (strcmp(indexes->languages.items[i].name, new.name) == 0) {
            *out = indexes->languages.items[i].index;
            return TY_OK;
        }
    ty_status status = ty_match_index_new(&new.index, error);
    if (status != TY_OK)
        return status;
    *out = new.index;
    if (ty_vector_push(&indexes->languages, new))
        return TY_OK;
    ty_match_index_free(new.index);
    return ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ from the store
 */

/* Adds the variants of units from `first` up to and including `last`. With a feed the
 * indexes are filled side by side. */
static ty_status add_entries(ty_derived_indexes *indexes, ty_match_feed *feed, int64_t first, int64_t last,
                             size_t *added, ty_error *error)
{
    ty_variants *variants = NULL;
    ty_stored_variant variant;
    ty_match_index *index = NULL;
    ty_status status = ty_variants_open(indexes->store, first, &variants, error);
    while (status == TY_OK && (status = ty_variants_next(variants, &variant, error)) == TY_OK) {
        if (variant.unit > last)
            break;
        int64_t entry = ty_entry_of(variant.unit, variant.position);
        status = index_of(indexes, variant.lang, &index, error);
        if (status == TY_OK && feed)
            status = ty_match_feed_add(feed, index, entry, variant.text, error);
        else if (status == TY_OK)
            status = ty_match_index_add(index, entry, variant.text, error);
        ++*added;
    }
    ty_variants_close(variants);
    return status == TY_NO ? TY_OK : status;
}

static ty_status build_all(ty_derived_indexes *indexes, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < indexes->languages.count; i++)
        status = ty_match_index_build(indexes->languages.items[i].index, error);
    return status;
}

static ty_status add_all(ty_derived_indexes *indexes, size_t *added, ty_error *error)
{
    ty_match_feed *feed = NULL;
    ty_status status = ty_match_feed_new(&feed, error);
    if (status == TY_OK)
        status = add_entries(indexes, feed, 0, indexes->last_id, added, error);
    ty_status finished = ty_match_feed_finish(feed, error);
    return status == TY_OK ? finished : status;
}

static ty_status make_anew(ty_derived_indexes *indexes, ty_stamp stamp, ty_error *error)
{
    ty_ids none = {0};
    size_t added = 0;
    ty_indexes_clear(indexes);
    ty_store_pause_limit(indexes->store);
    ty_status status = ty_store_changes(indexes->store, stamp, &indexes->last_id, &none, error);
    if (status == TY_OK)
        status = add_all(indexes, &added, error);
    if (status == TY_OK)
        status = build_all(indexes, error);
    ty_vector_release(&none);
    indexes->stamp = stamp;
    indexes->sorted = stamp.step;
    indexes->loaded = status == TY_OK;
    if (status == TY_OK && added >= WORTH_KEEPING && stamp.random) {
        ty_indexes_keep(indexes);
        ty_indexes_take_kept(indexes, stamp.step);
    }
    ty_store_resume_limit(indexes->store);
    return status;
}

/* What a unit had is not known any more, so every place it could have had is emptied. */
static ty_status replace_unit(ty_derived_indexes *indexes, int64_t unit, ty_error *error)
{
    size_t added = 0;
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < indexes->languages.count; i++)
        status = ty_match_index_remove_range(indexes->languages.items[i].index, ty_entry_of(unit, 0),
                                             ty_entry_of(unit + 1, 0) - 1, error);
    return status == TY_OK ? add_entries(indexes, NULL, unit, unit, &added, error) : status;
}

/* Ids are never used twice, so what changed is a list of old ones, and everything above the last one known.
 */
static ty_status follow(ty_derived_indexes *indexes, const ty_ids *changed, int64_t last_id, ty_error *error)
{
    size_t added = 0;
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < changed->count; i++)
        if (changed->items[i] <= indexes->last_id)
            status = replace_unit(indexes, changed->items[i], error);
    return status == TY_OK ? add_entries(indexes, NULL, indexes->last_id + 1, last_id, &added, error)
                           : status;
}

static size_t pending(ty_derived_indexes *indexes)
{
    size_t sum = 0;
    for (size_t i = 0; i < indexes->languages.count; i++)
        sum += ty_match_index_pending(indexes->languages.items[i].index);
    return sum;
}

static bool any_damaged(const ty_derived_indexes *indexes)
{
    bool any = false;
    for (size_t i = 0; i < indexes->languages.count; i++)
        any |= ty_match_index_is_damaged(indexes->languages.items[i].index);
    return any;
}

/* Sorts in what is pending, keeps it, and takes it as all others will. */
static ty_status sort_in(ty_derived_indexes *indexes, ty_stamp stamp, ty_error *error)
{
    ty_status status = build_all(indexes, error);
    if (any_damaged(indexes)) {
        if (error)
            *error = (ty_error){0};
        return make_anew(indexes, stamp, error);
    }
    indexes->sorted = stamp.step;
    if (status == TY_OK) {
        ty_indexes_keep(indexes);
        ty_indexes_take_kept(indexes, stamp.step);
    }
    return status;
}

static ty_status catch_up(ty_derived_indexes *indexes, ty_stamp stamp, ty_error *error)
{
    ty_ids changed = {0};
    int64_t last_id = indexes->last_id;
    ty_status status = ty_store_changes(indexes->store, indexes->stamp, &last_id, &changed, error);
    bool anew = status == TY_OK && (changed.count > WORTH_FOLLOWING || !ty_indexes_fetch_all(indexes));
    if (status == TY_OK && !anew)
        status = follow(indexes, &changed, last_id, error);
    ty_vector_release(&changed);
    if (anew) /* or another one has been there, and some of the files are of a later state already */
        return ty_indexes_take_kept(indexes, indexes->sorted + 1) ? catch_up(indexes, stamp, error)
                                                                  : make_anew(indexes, stamp, error);
    indexes->stamp = stamp;
    indexes->last_id = last_id;
    if (status != TY_OK || pending(indexes) <= WORTH_BUILDING)
        return status;
    return ty_indexes_take_kept(indexes, indexes->sorted + 1) ? catch_up(indexes, stamp, error)
                                                              : sort_in(indexes, stamp, error);
}

/* What was made from a state that this memory was never in is of another copy of it, or of a future that a
 * backup has taken back. */
static ty_status bring_up_to(ty_derived_indexes *indexes, ty_error *error)
{
    ty_stamp stamp;
    ty_status status = ty_store_stamp(indexes->store, TY_STAMP_UNITS, &stamp, error);
    if (status != TY_OK)
        return status;
    if (!indexes->loaded && !ty_indexes_fetch_list(indexes))
        return make_anew(indexes, stamp, error);
    if (ty_stamp_equal(indexes->stamp, stamp))
        return TY_OK;
    status = ty_store_has_been(indexes->store, indexes->stamp, error);
    if (status == TY_NO)
        return make_anew(indexes, stamp, error);
    return status == TY_OK ? catch_up(indexes, stamp, error) : status;
}

/* The lock of who makes the indexes; -1 where they are small, or nothing is kept. */
static int take_turn(ty_derived_indexes *indexes)
{
    ty_ids none = {0};
    ty_stamp nothing = {0};
    ty_buffer path = {0};
    int64_t last_id = 0;
    int turn = -1;
    (void)ty_store_changes(indexes->store, nothing, &last_id, &none, NULL);
    ty_indexes_clear(indexes);
    if (last_id >= WORTH_KEEPING && ty_indexes_path(indexes, "", &path))
        turn = ty_cached_turn(path.data, PATIENCE);
    ty_buffer_release(&path);
    ty_vector_release(&none);
    return turn;
}

/*
 * Stamp, changes and walk are of one state, whoever writes meanwhile. Where there is no cache, one process
 * makes it and the others wait for that, before they settle on a state.
 */
static ty_status bring_up(ty_derived_indexes *indexes, ty_error *error)
{
    int turn = indexes->loaded || ty_indexes_fetch_list(indexes) ? -1 : take_turn(indexes);
    ty_status status = ty_store_freeze(indexes->store, error);
    if (status == TY_OK) {
        status = bring_up_to(indexes, error);
        ty_store_thaw(indexes->store);
    }
    ty_turn_end(turn);
    return status;
}

/* The cache is damaged, or has been overtaken between its list and one of its files: then what is there now
 * will do. */
static ty_status remake(ty_derived_indexes *indexes, bool damaged, ty_error *error)
{
    ty_stamp stamp;
    ty_status status = ty_store_freeze(indexes->store, error);
    if (status != TY_OK)
        return status;
    status = ty_store_stamp(indexes->store, TY_STAMP_UNITS, &stamp, error);
    if (status == TY_OK)
        status = !damaged && ty_indexes_take_kept(indexes, indexes->sorted + 1)
                     ? bring_up_to(indexes, error)
                     : make_anew(indexes, stamp, error);
    ty_store_thaw(indexes->store);
    return status;
}

/* ------------------------------------------------------------------------------------------ for look-ups */

bool ty_derived_index_mended(ty_derived_indexes *indexes, const ty_match_index *index, ty_status *status,
                             ty_error *error)
{
    if (*status != TY_ERR_FORMAT || !ty_match_index_is_damaged(index))
        return false;
    if (error)
        *error = (ty_error){0};
    *status = remake(indexes, true, error);
    return *status == TY_OK;
}

ty_status ty_derived_index_at(ty_derived_indexes *indexes, ty_slice lang, size_t number,
                              const ty_match_index **out, ty_error *error)
{
    char wanted[16];
    *out = NULL;
    name_of(lang, wanted);
    size_t asked = number;
    ty_status status = number == 0 ? bring_up(indexes, error) : TY_OK;
    for (size_t i = 0; status == TY_OK && i < indexes->languages.count; i++) {
        if ((lang.size && strcmp(indexes->languages.items[i].name, wanted) != 0) || number-- > 0)
            continue;
        if (!ty_indexes_fetch(indexes, &indexes->languages.items[i])) {
            status = remake(indexes, false, error);
            return status == TY_OK ? ty_derived_index_at(indexes, lang, asked, out, error) : status;
        }
        *out = indexes->languages.items[i].index;
        break;
    }
    return status;
}

ty_status ty_derived_index_lang(ty_derived_indexes *indexes, size_t number, char out[16], ty_error *error)
{
    ty_status status = number == 0 ? bring_up(indexes, error) : TY_OK;
    out[0] = '\0';
    if (status == TY_OK && number < indexes->languages.count)
        memcpy(out, indexes->languages.items[number].name, 16);
    return status;
}

ty_status ty_derived_indexes_new(ty_store *store, ty_derived_indexes **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    (*out)->store = store;
    return TY_OK;
}

void ty_derived_indexes_free(ty_derived_indexes *indexes)
{
    if (!indexes)
        return;
    ty_indexes_clear(indexes);
    ty_vector_release(&indexes->languages);
    free(indexes);
}
