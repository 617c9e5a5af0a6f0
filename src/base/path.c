/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>

#include "base/sys.h"

/* XDG Base Directory Specification 0.8: relative and empty values are to be ignored. */
static const char *absolute(const char *variable)
{
    const char *value = getenv(variable);
    return value && value[0] == '/' ? value : NULL;
}

bool ty_path_user(ty_user_path kind, ty_buffer *out)
{
    static const struct {
        const char *variable, *fallback;
    } kinds[] = {[TY_USER_DATA] = {"XDG_DATA_HOME", ".local/share"},
                 [TY_USER_CACHE] = {"XDG_CACHE_HOME", ".cache"},
                 [TY_USER_CONFIG] = {"XDG_CONFIG_HOME", ".config"}};
    const char *base = absolute(kinds[kind].variable), *home = absolute("HOME");
    if (base)
        ty_buffer_add_format(out, "%s/taiyaku", base);
    else if (home)
        ty_buffer_add_format(out, "%s/%s/taiyaku", home, kinds[kind].fallback);
    return (base || home) && !out->failed;
}

ty_status ty_path_make_folders(const char *path, ty_folder_kind kind, ty_error *error)
{
    unsigned mode = kind == TY_FOLDER_PRIVATE ? 0700 : 0777;
    ty_buffer folder = {0};
    ty_status status = TY_OK;
    for (const char *slash = path; slash && status == TY_OK;) {
        slash = strchr(slash + 1, '/');
        ty_buffer_clear(&folder);
        ty_buffer_add(&folder, slash ? (ty_slice){path, (size_t)(slash - path)} : ty_slice_of(path));
        if (folder.failed)
            status = ty_error_nomem(error);
        else if (!ty_sys_make_folder(folder.data, mode) && errno != EEXIST)
            status = ty_error_errno(error, "cannot make the folder %s", folder.data);
    }
    ty_buffer_release(&folder);
    return status;
}
