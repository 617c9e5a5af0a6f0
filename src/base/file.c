/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum { CHUNK = 1 << 16 };

static ty_status read_all(int file, const char *path, size_t limit, ty_buffer *out, ty_error *error)
{
    size_t begin = out->size;
    for (;;) {
        if (!ty_buffer_reserve(out, CHUNK))
            return ty_error_nomem(error);
        ssize_t count = read(file, out->data + out->size, CHUNK);
        if (count < 0 && errno == EINTR)
            continue;
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
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    ty_status status = TY_OK;
    if (file < 0)
        status = ty_error_errno(error, "cannot open %s", path);
    struct stat about;
    if (status == TY_OK && fstat(file, &about) == 0 && S_ISDIR(about.st_mode))
        status = ty_error_set(error, TY_ERR_IO, "%s is a folder", path);
    if (status == TY_OK)
        status =
            read_all(file, standard ? "standard input" : path, limit ? limit : TY_FILE_LIMIT, out, error);
    if (file >= 0 && !standard)
        close(file);
    if (status != TY_OK)
        ty_error_locate(error, path, 0, 0);
    return status;
}

int ty_file_open_private(const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return -1;
    if (fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid())
        return file;
    close(file);
    return -1;
}
