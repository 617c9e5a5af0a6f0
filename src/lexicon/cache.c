/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

void ty_lexicon_cache_dir(const char *wanted, char *out, size_t size)
{
    ty_buffer own = {0};
    if (!wanted && ty_path_user(TY_USER_CACHE, &own))
        wanted = own.data;
    int length = wanted ? snprintf(out, size, "%s", wanted) : 0;
    if (length <= 0 || (size_t)length >= size)
        out[0] = '\0';
    ty_buffer_release(&own);
}

static bool stamp_of(const ty_lexicon_source *source, ty_dictionary_stamp *stamp)
{
    ty_sys_facts info;
    if (!ty_sys_stat(source->path, &info))
        return false;
    stamp->size = (uint64_t)info.size;
    stamp->mtime = (uint64_t)info.modified;
    stamp->name = ty_hash(ty_slice_of(source->name), 1);
    stamp->name = ty_hash(ty_slice_of(source->path), stamp->name);
    stamp->name = ty_hash(ty_slice_of(source->left), stamp->name);
    stamp->name = ty_hash(ty_slice_of(source->right), stamp->name);
    return true;
}

static bool map_cache(const char *path, const ty_dictionary_stamp *stamp, ty_dictionary *image)
{
    ty_sys_facts info;
    int file = ty_file_open_private(path);
    if (file < 0)
        return false;
    bool good = ty_sys_stat_file(file, &info) && info.kind == TY_SYS_IS_FILE && info.size > 0;
    size_t size = good ? (size_t)info.size : 0;
    void *block = good ? ty_sys_map(file, size, 0) : NULL;
    ty_sys_close(file);
    if (!block)
        return false;
    if (!ty_dictionary_read(image, block, size, stamp)) {
        ty_sys_unmap(block, size);
        return false;
    }
    return image->mapped = true;
}

static ty_status build(const ty_lexicon_source *source, const ty_dictionary_stamp *stamp, ty_buffer *block,
                       ty_error *error)
{
    ty_dictionary_builder builder = {.left_lang = ty_slice_of(source->left),
                                     .right_lang = ty_slice_of(source->right)};
    ty_status status = source->read(source, &builder, error);
    if (status == TY_OK)
        status = ty_dictionary_builder_write(&builder, stamp, block, error);
    ty_dictionary_builder_release(&builder);
    return status;
}

/* A cache that cannot be written is no failure: the dictionary is built again next time. */
static void write_cache(const char *path, ty_slice block)
{
    ty_output *file;
    if (ty_output_open_as(path, TY_OUTPUT_PRIVATE, &file, NULL) != TY_OK)
        return;
    ty_output_write(file, block);
    ty_output_commit(file, NULL);
}

static ty_status make(const ty_lexicon_source *source, const char *path, const ty_dictionary_stamp *stamp,
                      ty_dictionary *image, ty_error *error)
{
    ty_buffer block = {0};
    ty_status status = build(source, stamp, &block, error);
    if (status == TY_OK && path[0])
        write_cache(path, ty_buffer_slice(&block));
    if (status == TY_OK && !ty_dictionary_read(image, block.data, block.size, stamp))
        status = ty_error_set(error, TY_ERR_FORMAT, "%s does not compile", source->path);
    if (status != TY_OK)
        ty_buffer_release(&block);
    return status;
}

/*
 * Building a large one takes a second of processor: where several processes want it, one does it. Who aligns
 * waits for that as long as it may take on a busy machine; who is in haste goes without (TY_NO).
 */
enum { PATIENCE = 60000, HASTE = 2000 }; /* milliseconds */

static ty_status fetch_or_make(const ty_lexicon_source *source, const char *path,
                               const ty_dictionary_stamp *stamp, bool hasty, ty_dictionary *image,
                               bool *cached, ty_error *error)
{
    char lock[1100];
    snprintf(lock, sizeof lock, "%s.lock", path);
    int turn = ty_turn_take(lock, hasty ? HASTE : PATIENCE);
    *cached = map_cache(path, stamp, image);
    if (turn == TY_TURN_TAKEN && hasty && !*cached)
        return TY_NO;
    ty_status status = *cached ? TY_OK : make(source, path, stamp, image, error);
    ty_turn_end(turn);
    return status;
}

ty_status ty_lexicon_image(const ty_lexicon_source *source, const char *cache_dir, bool hasty,
                           ty_dictionary *image, bool *cached, ty_error *error)
{
    ty_dictionary_stamp stamp = {0};
    char path[1024] = "";
    *cached = false;
    if (!stamp_of(source, &stamp))
        return ty_error_errno(error, "cannot open %s", source->path);
    if (!cache_dir[0])
        return make(source, path, &stamp, image, error);
    snprintf(path, sizeof path, "%s/%016llx.lexicon", cache_dir, (unsigned long long)stamp.name);
    *cached = map_cache(path, &stamp, image);
    if (*cached)
        return TY_OK;
    ty_path_make_folders(cache_dir, TY_FOLDER_PRIVATE, NULL);
    return fetch_or_make(source, path, &stamp, hasty, image, cached, error);
}
