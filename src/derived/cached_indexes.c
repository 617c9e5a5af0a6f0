/* SPDX-License-Identifier: Apache-2.0 */
/* Indexes in the user's cache: a file a language, and one that lists them. */
#include "derived/indexes.h"

#include <stdio.h>

#include "base/sys.h"

void ty_indexes_clear(ty_derived_indexes *indexes)
{
    for (size_t i = 0; i < indexes->languages.count; i++)
        ty_match_index_free(indexes->languages.items[i].index);
    ty_vector_clear(&indexes->languages);
    indexes->loaded = false;
}

/* A file of the cache begins with a page that says what state of the memory it was made from. */
enum { HEAD = 4096 };
static const char head_format[] = "taiyaku index 2 step %llu stamp %llx last %lld languages %s\n";

bool ty_indexes_path(ty_derived_indexes *indexes, const char *lang, ty_buffer *out)
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

bool ty_indexes_fetch_list(ty_derived_indexes *indexes)
{
    ty_buffer path = {0};
    head found;
    bool good = ty_indexes_path(indexes, "", &path) && read_head(path.data, &found);
    ty_buffer_release(&path);
    if (!good)
        return false;
    indexes->stamp = (ty_stamp){found.step, found.random};
    indexes->sorted = found.step;
    indexes->last_id = found.last_id;
    ty_slice rest = ty_slice_of(strcmp(found.languages, "-") == 0 ? "" : found.languages), name;
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
    head found;
    bool good = one->index || (ty_indexes_path(indexes, one->name, &path) && read_head(path.data, &found) &&
                               ty_stamp_equal((ty_stamp){found.step, found.random}, indexes->stamp) &&
                               ty_match_index_map(path.data, HEAD, found.size, &one->index, NULL) == TY_OK);
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
