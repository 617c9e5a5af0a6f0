/* SPDX-License-Identifier: Apache-2.0 */
/* Loaded before the program, says of every disk that it is another machine's (NFS). */
#include <string.h>
#include <sys/vfs.h>

/* With 64-bit offsets this is statfs64 to the linker. */
int statfs(const char *path, struct statfs *out)
{
    (void)path;
    memset(out, 0, sizeof *out);
    out->f_type = 0x6969;
    return 0;
}
