/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>

#include "base/sys.h"

enum { PAUSE_MILLISECONDS = 20 };

static bool is_ours(int file)
{
    ty_sys_facts about;
    return ty_sys_stat_file(file, &about) && about.kind == TY_SYS_IS_FILE && about.owner == ty_sys_user();
}

static int open_lock(const char *path)
{
    int file = ty_sys_open(path, TY_SYS_UPDATE | TY_SYS_MAYBE_NEW | TY_SYS_NO_LINK | TY_SYS_NO_WAIT);
    if (file < 0 || is_ours(file))
        return file;
    ty_sys_close(file);
    return -1;
}

int ty_turn_take(const char *path, unsigned milliseconds)
{
    int file = open_lock(path);
    if (file < 0 && ty_sys_remove(path)) /* a link or pipe in its place */
        file = ty_sys_make(path, 0600);
    if (file < 0)
        return TY_TURN_NONE;
    int why = TY_TURN_TAKEN;
    for (unsigned waited = 0; waited <= milliseconds; waited += PAUSE_MILLISECONDS) {
        if (ty_sys_lock(file, 0, 0))
            return file;
        if (errno != EAGAIN && errno != EACCES) {
            why = TY_TURN_NONE; /* a disk without locks */
            break;
        }
        ty_sys_sleep(PAUSE_MILLISECONDS * 1000000L);
    }
    ty_sys_close(file);
    return why;
}

void ty_turn_end(int turn)
{
    ty_sys_close(turn);
}
