/* SPDX-License-Identifier: Apache-2.0 */
/* Indexes in the user's cache: a file a language, and one that lists them. */
#include "derived/indexes.h"

#include <stdio.h>

#include "base/sys.h"
#include "derived/cached_head.h"

void ty_indexes_clear(ty_derived_indexes *indexes)
{
    for (size_t i = 0; i < indexes->languages.count; i++)
        ty_match_index_free(indexes->languages.items[i].index);
    ty_vector_clear(&indexes->languages);
    indexes->loaded = false;
}

bool ty_indexes_path(ty_derived_indexes *indexes, const char *lang, ty_buffer *out)
{
    char name[80];
    snprintf(name, sizeof name, "%s%s%s.match", ty_store_identity(indexes->store), lang[0] ? "-" : "", lang);
    return ty_cached_path(NULL, name, out);
}

enum { ABOUT = 3900 }; /* bytes of the line that a head has */

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
    char languages[ABOUT - 100], about[ABOUT];
    list_languages(indexes, languages, sizeof languages);
    snprintf(about, sizeof about, "last %lld languages %s", (long long)indexes->last_id,
             languages[0] ? languages : "-");
    return ty_cached_head_write(path, indexes->stamp, about, bytes);
}

/* The list comes last. */
void ty_indexes_keep(ty_derived_indexes *indexes)
{
    ty_buffer path = {0};
    bool good = true;
    for (size_t i = 0; good && i < indexes->languages.count; i++) {
        ty_indexed_language *one = &indexes->languages.items[i];
        ty_slice bytes;
        good = ty_indexes_path(indexes, one->name, &path) &&
               ty_match_index_bytes(one->index, &bytes, NULL) == TY_OK &&
               write_file(path.data, indexes, bytes);
    }
    if (good && ty_indexes_path(indexes, "", &path))
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

bool ty_indexes_fetch_list(ty_derived_indexes *indexes)
{
    ty_buffer path = {0};
    ty_cached_head found;
    char names[ABOUT];
    long long last_id;
    bool good = ty_indexes_path(indexes, "", &path) && ty_cached_head_read(path.data, &found) &&
                sscanf(found.about, "last %lld languages %3899s", &last_id, names) == 2;
    ty_buffer_release(&path);
    if (!good)
        return false;
    indexes->stamp = found.stamp;
    indexes->sorted = found.stamp.step;
    indexes->last_id = last_id;
    ty_slice rest = ty_slice_of(strcmp(names, "-") == 0 ? "" : names), name;
    while (good && rest.size && ty_slice_next(&rest, ',', &name)) {
        ty_indexed_language one = {0};
        snprintf(one.name, sizeof one.name, "%.*s", TY_SLICE_FORMAT(name));
        good = ty_vector_push(&indexes->languages, one);
    }
    indexes->loaded = good;
    return good;
}

bool ty_indexes_fetch(ty_derived_indexes *indexes, ty_indexed_language *one)
{
    ty_buffer path = {0};
    ty_cached_head found;
    bool good =
        one->index || (ty_indexes_path(indexes, one->name, &path) && ty_cached_head_read(path.data, &found) &&
                       ty_stamp_equal(found.stamp, indexes->stamp) &&
                       ty_match_index_map(path.data, TY_CACHED_HEAD, found.size, &one->index, NULL) == TY_OK);
    ty_buffer_release(&path);
    return good;
}

bool ty_indexes_fetch_all(ty_derived_indexes *indexes)
{
    bool good = true;
    for (size_t i = 0; good && i < indexes->languages.count; i++)
        good = ty_indexes_fetch(indexes, &indexes->languages.items[i]);
    return good;
}

bool ty_indexes_take_kept(ty_derived_indexes *indexes, uint64_t step)
{
    ty_derived_indexes kept = {.store = indexes->store};
    bool good = ty_indexes_fetch_list(&kept) && kept.sorted >= step &&
                ty_store_has_been(kept.store, kept.stamp, NULL) == TY_OK && ty_indexes_fetch_all(&kept);
    if (!good) {
        ty_indexes_clear(&kept);
        ty_vector_release(&kept.languages);
        return false;
    }
    ty_indexes_clear(indexes);
    ty_vector_release(&indexes->languages);
    *indexes = kept;
    return true;
}
