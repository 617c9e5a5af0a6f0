/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>

#include "base/sys.h"

static const char *temporary_folder(void)
{
    const char *folder = getenv("TMPDIR");
    return folder && folder[0] ? folder : "/tmp";
}

int ty_temporary_file(void)
{
    int file = ty_sys_make_unnamed(TY_SYS_HERE, temporary_folder(), 0600);
    if (file >= 0 || errno != EOPNOTSUPP)
        return file;
    char name[] = "/tmp/taiyaku-XXXXXX";
    file = ty_sys_make_temporary(name);
    if (file >= 0)
        ty_sys_remove(name);
    return file;
}

ty_status ty_temporary_folder(ty_buffer *path, ty_error *error)
{
    ty_buffer_add_format(path, "%s/taiyaku-XXXXXX", temporary_folder());
    if (path->failed)
        return ty_error_nomem(error);
    if (ty_sys_make_temporary_folder(path->data))
        return TY_OK;
    ty_error_errno(error, "cannot make a folder in %s", temporary_folder());
    ty_buffer_clear(path);
    return error ? error->status : TY_ERR_IO;
}

/* What cannot be removed stays for the system to clean up. */
void ty_temporary_folder_remove(const ty_buffer *path)
{
    if (path->size)
        ty_sys_remove_all(path->data);
}
