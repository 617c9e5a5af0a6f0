/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "derived/derived.h"
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

typedef struct language {
    char name[16];         /* primary subtag; "und" where the file has no language */
    ty_match_index *index; /* NULL: in the cache, not yet opened */
} language;

struct ty_derived_indexes {
    ty_store *store;
    TY_VECTOR(language) languages;
    ty_stamp stamp;  /* of the memory, that they are up to date with */
    uint64_t sorted; /* step up to which all is sorted in; what came since is pending */
    int64_t last_id;
    bool loaded;
};

/* ------------------------------------------------------------------------------------------ languages */

static void clear(ty_derived_indexes *indexes)
{
    for (size_t i = 0; i < indexes->languages.count; i++)
        ty_match_index_free(indexes->languages.items[i].index);
    ty_vector_clear(&indexes->languages);
    indexes->loaded = false;
}

static void name_of(ty_slice lang, char out[16])
{
    char primary[16];
    ty_slice subtag = ty_lang_primary(lang, primary);
    snprintf(out, 16, "%.*s", TY_SLICE_FORMAT(subtag.size ? subtag : TY_SLICE("und")));
}

static ty_status index_of(ty_derived_indexes *indexes, ty_slice lang, ty_match_index **out, ty_error *error)
{
    language new = {0};
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

/* ------------------------------------------------------------------------------------------ the cache */

/* A file of the cache begins with a page that says what state of the memory it was made from. */
enum { HEAD = 4096 };
static const char head_format[] = "taiyaku index 2 step %llu stamp %llx last %lld languages %s\n";

/* The file of a language, or, for "", the one that lists them. */
static bool cache_path(ty_derived_indexes *indexes, const char *lang, ty_buffer *out)
{
    char name[80];
    snprintf(name, sizeof name, "%s%s%s.match", ty_store_identity(indexes->store), lang[0] ? "-" : "", lang);
    return ty_cached_path(NULL, name, out);
}

static void list_languages(const ty_derived_indexes *indexes, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < indexes->languages.count && used + 20 < size; i++)
        used +=
            (size_t)snprintf(out + used, size - used, "%s%s", i ? "," : "", indexes->languages.items[i].name);
}

static bool write_file(const char *path, const ty_derived_indexes *indexes, ty_slice bytes)
{
    char head[HEAD] = {0}, languages[HEAD - 200];
    ty_slice parts[] = {{head, sizeof head}, bytes};
    list_languages(indexes, languages, sizeof languages);
    snprintf(head, sizeof head, head_format, (unsigned long long)indexes->stamp.step,
             (unsigned long long)indexes->stamp.random, (long long)indexes->last_id,
             languages[0] ? languages : "-");
    return ty_cached_write(path, parts, 2);
}

/* A cache that cannot be written is no failure: the next look-up makes the indexes again. The list comes
 * last. */
static void keep(ty_derived_indexes *indexes)
{
    ty_buffer path = {0};
    bool good = true;
    for (size_t i = 0; good && i < indexes->languages.count; i++) {
        language *one = &indexes->languages.items[i];
        ty_slice bytes;
        good = cache_path(indexes, one->name, &path) &&
               ty_match_index_bytes(one->index, &bytes, NULL) == TY_OK &&
               write_file(path.data, indexes, bytes);
    }
    if (good && cache_path(indexes, "", &path))
        write_file(path.data, indexes, (ty_slice){"", 0});
    ty_buffer_release(&path);
}

void ty_derived_indexes_erase(ty_store *store)
{
    ty_buffer folder = {0};
    ty_arena arena = {0};
    ty_slices names = {0};
    if (ty_path_user(TY_USER_CACHE, &folder)) {
        ty_slice identity = ty_slice_of(ty_store_identity(store));
        size_t begin = folder.size;
        (void)ty_sys_list(folder.data, &arena, &names);
        for (size_t i = 0; i < names.count; i++) {
            folder.size = begin;
            ty_buffer_add_format(&folder, "/%s", names.items[i].data);
            if (ty_slice_starts(names.items[i], identity) && !folder.failed)
                ty_sys_remove(folder.data);
        }
    }
    ty_vector_release(&names);
    ty_arena_release(&arena);
    ty_buffer_release(&folder);
}

typedef struct head {
    unsigned long long step, random;
    long long last_id;
    char languages[HEAD];
    size_t size; /* of what is behind it */
} head;

static bool read_head(const char *path, head *out)
{
    char page[HEAD + 1] = {0};
    ty_sys_facts about;
    int file = ty_file_open_private(path);
    if (file < 0)
        return false;
    bool good = ty_sys_stat_file(file, &about) && about.size >= HEAD &&
                ty_sys_read(file, page, HEAD) == HEAD &&
                sscanf(page, "taiyaku index 2 step %llu stamp %llx last %lld languages %4095s", &out->step,
                       &out->random, &out->last_id, out->languages) == 4;
    ty_sys_close(file);
    out->size = good ? (size_t)about.size - HEAD : 0;
    return good;
}

/* Which languages the cache has. False when there is no cache. */
static bool fetch_list(ty_derived_indexes *indexes)
{
    ty_buffer path = {0};
    head found;
    bool good = cache_path(indexes, "", &path) && read_head(path.data, &found);
    ty_buffer_release(&path);
    if (!good)
        return false;
    indexes->stamp = (ty_stamp){found.step, found.random};
    indexes->sorted = found.step;
    indexes->last_id = found.last_id;
    ty_slice rest = ty_slice_of(strcmp(found.languages, "-") == 0 ? "" : found.languages), name;
    while (good && rest.size && ty_slice_next(&rest, ',', &name)) {
        language one = {0};
        snprintf(one.name, sizeof one.name, "%.*s", TY_SLICE_FORMAT(name));
        good = ty_vector_push(&indexes->languages, one);
    }
    indexes->loaded = good;
    return good;
}

/* Opens a language's index out of the cache, where that is of the same state as the list. */
static bool fetch(ty_derived_indexes *indexes, language *one)
{
    ty_buffer path = {0};
    head found;
    bool good = one->index || (cache_path(indexes, one->name, &path) && read_head(path.data, &found) &&
                               ty_stamp_equal((ty_stamp){found.step, found.random}, indexes->stamp) &&
                               ty_match_index_map(path.data, HEAD, found.size, &one->index, NULL) == TY_OK);
    ty_buffer_release(&path);
    return good;
}

static bool fetch_all(ty_derived_indexes *indexes)
{
    bool good = true;
    for (size_t i = 0; good && i < indexes->languages.count; i++)
        good = fetch(indexes, &indexes->languages.items[i]);
    return good;
}

/*
 * Takes those that are kept, where they are of that step or a later one: they are mapped, so that all who
 * have the memory open share them, and nobody sorts in what another one has sorted in already.
 */
static bool take_kept(ty_derived_indexes *indexes, uint64_t step)
{
    ty_derived_indexes kept = {.store = indexes->store};
    bool good = fetch_list(&kept) && kept.sorted >= step &&
                ty_store_has_been(kept.store, kept.stamp, NULL) == TY_OK && fetch_all(&kept);
    if (!good) {
        clear(&kept);
        ty_vector_release(&kept.languages);
        return false;
    }
    clear(indexes);
    ty_vector_release(&indexes->languages);
    *indexes = kept;
    return true;
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
    clear(indexes);
    ty_store_set_limit(indexes->store, 0); /* who gives up half-way leaves it to the next, for ever */
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
        keep(indexes);
        take_kept(indexes, stamp.step);
    }
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
        keep(indexes);
        take_kept(indexes, stamp.step);
    }
    return status;
}

static ty_status catch_up(ty_derived_indexes *indexes, ty_stamp stamp, ty_error *error)
{
    ty_ids changed = {0};
    int64_t last_id = indexes->last_id;
    ty_status status = ty_store_changes(indexes->store, indexes->stamp, &last_id, &changed, error);
    bool anew = status == TY_OK && (changed.count > WORTH_FOLLOWING || !fetch_all(indexes));
    if (status == TY_OK && !anew)
        status = follow(indexes, &changed, last_id, error);
    ty_vector_release(&changed);
    if (anew) /* or another one has been there, and some of the files are of a later state already */
        return take_kept(indexes, indexes->sorted + 1) ? catch_up(indexes, stamp, error)
                                                       : make_anew(indexes, stamp, error);
    indexes->stamp = stamp;
    indexes->last_id = last_id;
    if (status != TY_OK || pending(indexes) <= WORTH_BUILDING)
        return status;
    return take_kept(indexes, indexes->sorted + 1) ? catch_up(indexes, stamp, error)
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
    if (!indexes->loaded && !fetch_list(indexes))
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
    ty_store_changes(indexes->store, nothing, &last_id, &none, NULL);
    clear(indexes);
    if (last_id >= WORTH_KEEPING && cache_path(indexes, "", &path))
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
    int turn = indexes->loaded || fetch_list(indexes) ? -1 : take_turn(indexes);
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
        status = !damaged && take_kept(indexes, indexes->sorted + 1) ? bring_up_to(indexes, error)
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
        if (!fetch(indexes, &indexes->languages.items[i])) {
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
    clear(indexes);
    ty_vector_release(&indexes->languages);
    free(indexes);
}
