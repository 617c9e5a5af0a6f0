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
    ty_sys_facts info = {.size = 0};
    if (source->path[0] && !ty_sys_stat(source->path, &info))
        return false;
    stamp->size = (uint64_t)info.size;
    stamp->mtime = source->path[0] ? (uint64_t)info.modified : ty_builtin_sum;
    stamp->rules = ty_word_forms_sum;
    stamp->name = ty_hash(ty_slice_of(source->name), 1);
    stamp->name = ty_hash(ty_slice_of(source->path), stamp->name);
    stamp->name = ty_hash(ty_slice_of(source->left), stamp->name);
    stamp->name = ty_hash(ty_slice_of(source->right), stamp->name);
    return true;
}

static bool map_cache(const char *path, const ty_dictionary_stamp *stamp, ty_dictionary *image)
{
    size_t size;
    const char *block = ty_cached_map(path, &size);
    if (!block)
        return false;
    image->mapped = ty_dictionary_read(image, block, size, stamp);
    if (!image->mapped)
        ty_sys_unmap((void *)(uintptr_t)block, size);
    return image->mapped;
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
static ty_status make(const ty_lexicon_source *source, const char *path, const ty_dictionary_stamp *stamp,
                      ty_dictionary *image, ty_error *error)
{
    ty_buffer block = {0};
    ty_status status = build(source, stamp, &block, error);
    ty_slice all = ty_buffer_slice(&block);
    if (status == TY_OK && path)
        ty_cached_write(path, &all, 1);
    if (status == TY_OK && !ty_dictionary_read(image, block.data, block.size, stamp))
        status = ty_error_set(error, TY_ERR_FORMAT, "%s does not compile", source->path);
    if (status != TY_OK)
        ty_buffer_release(&block);
    return status;
}

/*
 * Building a large one (not ours, which takes milliseconds) takes a second of processor: where several
 * processes want it, one does it. Who aligns waits for that as long as it may take on a busy machine; who is
 * in haste goes without (TY_NO).
 */
enum { PATIENCE = 60000, HASTE = 2000 }; /* milliseconds */

static ty_status fetch_or_make(const ty_lexicon_source *source, const char *path,
                               const ty_dictionary_stamp *stamp, bool hasty, ty_dictionary *image,
                               bool *cached, ty_error *error)
{
    int turn = source->path[0] ? ty_cached_turn(path, hasty ? HASTE : PATIENCE) : TY_TURN_NONE;
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
    ty_buffer path = {0};
    char name[40];
    *cached = false;
    if (!stamp_of(source, &stamp))
        return ty_error_errno(error, "cannot open %s", source->path);
    snprintf(name, sizeof name, "%016llx.%s", (unsigned long long)stamp.name,
             source->path[0] ? "lexicon" : "words");
    if (!cache_dir[0] || !ty_cached_path(cache_dir, name, &path)) {
        ty_buffer_release(&path);
        return make(source, NULL, &stamp, image, error);
    }
    *cached = map_cache(path.data, &stamp, image);
    ty_status status =
        *cached ? TY_OK : fetch_or_make(source, path.data, &stamp, hasty, image, cached, error);
    ty_buffer_release(&path);
    return status;
}
