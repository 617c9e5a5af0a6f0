/* SPDX-License-Identifier: Apache-2.0 */

#include "base/sys.h"

enum { CHUNK = 1 << 16 };

static ty_status read_all(int file, const char *path, size_t limit, ty_buffer *out, ty_error *error)
{
    size_t begin = out->size;
    for (;;) {
        if (!ty_buffer_reserve(out, CHUNK))
            return ty_error_nomem(error);
        ptrdiff_t count = ty_sys_read(file, out->data + out->size, CHUNK);
        if (count < 0)
            return ty_error_errno(error, "cannot read %s", path);
        out->size += (size_t)count;
        out->data[out->size] = '\0';
        if (count == 0)
            return TY_OK;
        if (out->size - begin > limit)
            return ty_error_set(error, TY_ERR_LIMIT, "%s is larger than %zu bytes", path, limit);
    }
}

ty_status ty_file_read(const char *path, size_t limit, ty_buffer *out, ty_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    int file = standard ? TY_SYS_INPUT : ty_sys_open(path, TY_SYS_READ);
    ty_status status = TY_OK;
    if (file < 0)
        status = ty_error_errno(error, "cannot open %s", path);
    ty_sys_facts about;
    if (status == TY_OK && ty_sys_stat_file(file, &about) && about.kind == TY_SYS_IS_FOLDER)
        status = ty_error_set(error, TY_ERR_IO, "%s is a folder", path);
    if (status == TY_OK)
        status =
            read_all(file, standard ? "standard input" : path, limit ? limit : TY_FILE_LIMIT, out, error);
    if (!standard)
        ty_sys_close(file);
    if (status != TY_OK)
        ty_error_locate(error, path, 0, 0);
    return status;
}

int ty_file_open_private(const char *path)
{
    ty_sys_facts about;
    int file = ty_sys_open(path, TY_SYS_READ | TY_SYS_NO_LINK | TY_SYS_NO_WAIT);
    if (file < 0)
        return -1;
    if (ty_sys_stat_file(file, &about) && about.kind == TY_SYS_IS_FILE && about.owner == ty_sys_user())
        return file;
    ty_sys_close(file);
    return -1;
}
