/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* O_TMPFILE */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"

int ty_temporary_file(void)
{
    const char *folder = getenv("TMPDIR");
    int file = open(folder && folder[0] ? folder : "/tmp", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (file >= 0 || errno != EOPNOTSUPP)
        return file;
    char name[] = "/tmp/taiyaku-XXXXXX";
    file = mkstemp(name);
    if (file >= 0)
        unlink(name);
    return file;
}

ty_status ty_temporary_folder(ty_buffer *path, ty_error *error)
{
    const char *folder = getenv("TMPDIR");
    ty_buffer_add_format(path, "%s/taiyaku-XXXXXX", folder && folder[0] ? folder : "/tmp");
    if (path->failed)
        return ty_error_nomem(error);
    if (mkdtemp(path->data))
        return TY_OK;
    ty_error_errno(error, "no temporary folder can be made");
    ty_buffer_clear(path);
    return error ? error->status : TY_ERR_IO;
}

/* What cannot be removed stays for the system to clean up; folders of ours are few and not deep. */
static void remove_all(int parent, const char *name, int depth)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *listing = folder >= 0 && depth < 16 ? fdopendir(folder) : NULL;
    if (!listing) {
        if (folder >= 0)
            close(folder);
        unlinkat(parent, name, 0);
        return;
    }
    for (struct dirent *one; (one = readdir(listing));)
        if (strcmp(one->d_name, ".") != 0 && strcmp(one->d_name, "..") != 0)
            remove_all(dirfd(listing), one->d_name, depth + 1);
    closedir(listing);
    unlinkat(parent, name, AT_REMOVEDIR);
}

void ty_temporary_folder_remove(const ty_buffer *path)
{
    if (path->size)
        remove_all(AT_FDCWD, path->data, 0);
}
