/* SPDX-License-Identifier: Apache-2.0 */
/* Where the program's own data lies: beside the library or program that this code was linked into. */
#include <stdlib.h>

#include "base/sys.h"

enum {
    LEVELS = 6
}; /* from lib/x86_64-linux-gnu or build/src/cli up to the prefix or the tree: 3, and some to spare */

bool ty_path_data(const char *name, ty_buffer *out)
{
    static const char *const places[] = {"share/taiyaku/", ""};
    char here[TY_SYS_PATH_MAX + 1];
    if (!ty_sys_own_file(here))
        strcpy(here, "/usr/local/bin/taiyaku"); /* a root without /proc: the usual places above it */
    for (int level = 0; level < LEVELS; level++) {
        char *slash = strrchr(here, '/');
        if (!slash)
            break;
        *slash = '\0';
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            ty_buffer_clear(out);
            ty_buffer_add_format(out, "%s/%s%s", here, places[i], name);
            if (!out->failed && ty_sys_is_folder(out->data))
                return true;
        }
    }
    return false;
}

bool ty_path_is_address(const char *path)
{
    static const char *const schemes[] = {
        "postgresql://", "postgres://", "service=", "host=", "dbname=", "user="};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(path, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}
