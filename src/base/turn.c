/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

/* On a busy machine a second of work may take half a minute; only a holder that was stopped takes longer. */
enum { PATIENCE_MILLISECONDS = 60000, PAUSE_MILLISECONDS = 20 };

static bool is_ours(int file)
{
    struct stat about;
    return fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_uid == geteuid();
}

static bool try_lock(int file)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(file, F_SETLK, &lock) == 0;
}

static int open_lock(const char *path, int more)
{
    int file = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | more, 0600);
    if (file < 0 || is_ours(file))
        return file;
    close(file);
    return -1;
}

int ty_turn_take(const char *path)
{
    const struct timespec pause = {0, PAUSE_MILLISECONDS * 1000000L};
    int file = open_lock(path, 0);
    if (file < 0 && unlink(path) == 0) /* a link or pipe in its place */
        file = open_lock(path, O_EXCL);
    if (file < 0)
        return -1;
    for (int waited = 0; waited < PATIENCE_MILLISECONDS; waited += PAUSE_MILLISECONDS) {
        if (try_lock(file))
            return file;
        if (errno != EAGAIN && errno != EACCES)
            break; /* a disk without locks */
        nanosleep(&pause, NULL);
    }
    close(file);
    return -1;
}

void ty_turn_end(int turn)
{
    if (turn >= 0)
        close(turn);
}
