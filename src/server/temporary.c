/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* O_TMPFILE */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "server/internal.h"

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
