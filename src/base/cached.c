/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base.h"
#include "base/sys.h"

bool ty_cached_path(const char *folder, const char *name, ty_buffer *out)
{
    ty_buffer_clear(out);
    if (folder)
        ty_buffer_add_string(out, folder);
    else if (!ty_path_user(TY_USER_CACHE, out))
        return false;
    ty_buffer_add_format(out, "/%s", name);
    return out->size && !out->failed;
}

static bool make_folder(const char *path)
{
    ty_buffer folder = {0};
    const char *slash = strrchr(path, '/');
    ty_buffer_add(&folder, (ty_slice){path, slash ? (size_t)(slash - path) : 0});
    bool good = !folder.failed &&
                (!folder.size || ty_path_make_folders(folder.data, TY_FOLDER_PRIVATE, NULL) == TY_OK);
    ty_buffer_release(&folder);
    return good;
}

bool ty_cached_write(const char *path, const ty_slice *parts, size_t count)
{
    ty_output *file = NULL;
    if (!make_folder(path) || ty_output_open_as(path, TY_OUTPUT_PRIVATE, &file, NULL) != TY_OK)
        return false;
    for (size_t i = 0; i < count; i++)
        ty_output_write(file, parts[i]);
    return ty_output_commit(file, NULL) == TY_OK;
}

int ty_cached_turn(const char *path, unsigned milliseconds)
{
    ty_buffer lock = {0};
    ty_buffer_add_format(&lock, "%s.lock", path);
    int turn = lock.failed || !make_folder(path) ? TY_TURN_NONE : ty_turn_take(lock.data, milliseconds);
    ty_buffer_release(&lock);
    return turn;
}

const char *ty_cached_map(const char *path, size_t *size)
{
    ty_sys_facts about;
    int file = ty_file_open_private(path);
    if (file < 0)
        return NULL;
    bool good = ty_sys_stat_file(file, &about) && about.kind == TY_SYS_IS_FILE && about.size > 0;
    *size = good ? (size_t)about.size : 0;
    const char *bytes = good ? ty_sys_map(file, *size, 0) : NULL;
    ty_sys_close(file);
    return bytes;
}
