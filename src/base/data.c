/* SPDX-License-Identifier: Apache-2.0 */
/* Where the program's own data lies: beside the library or program that this code was linked into. */
#define _GNU_SOURCE /* dladdr */
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum {
    LEVELS = 6
}; /* from lib/x86_64-linux-gnu or build/src/cli up to the prefix or the tree: 3, and some to spare */

/* The file this code is in, in full. */
static void find_here(char path[4097])
{
    static const char usual[] = "/usr/local/bin/taiyaku"; /* and /usr above it */
    Dl_info info;
    char *real = dladdr((const void *)&ty_path_data, &info) && info.dli_fname && strchr(info.dli_fname, '/')
                     ? realpath(info.dli_fname, NULL)
                     : NULL;
    ssize_t size = real ? -1 : readlink("/proc/self/exe", path, 4096);
    if (real && strlen(real) <= 4096)
        strcpy(path, real);
    else if (size > 0)
        path[size] = '\0';
    else
        strcpy(path, usual); /* a root without /proc */
    free(real);
}

static bool is_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

bool ty_path_data(const char *name, ty_buffer *out)
{
    static const char *const places[] = {"share/taiyaku/", ""};
    char here[4097];
    find_here(here);
    for (int level = 0; level < LEVELS; level++) {
        char *slash = strrchr(here, '/');
        if (!slash)
            break;
        *slash = '\0';
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            ty_buffer_clear(out);
            ty_buffer_add_format(out, "%s/%s%s", here, places[i], name);
            if (!out->failed && is_folder(out->data))
                return true;
        }
    }
    return false;
}

bool ty_path_is_address(const char *path)
{
    static const char *const schemes[] = {"postgresql://", "postgres://", "service="};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncmp(path, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}
