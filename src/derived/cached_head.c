/* SPDX-License-Identifier: Apache-2.0 */
/* Files of the cache begin with a page that says of which state of which memory they are. */
#include <stdio.h>

#include "base/sys.h"
#include "derived/cached_head.h"

static const char format[] = "taiyaku index 3 step %llu stamp %llx %s\n";

bool ty_cached_head_write(const char *path, ty_stamp stamp, const char *about, ty_slice bytes)
{
    char head[TY_CACHED_HEAD] = {0};
    ty_slice parts[] = {{head, sizeof head}, bytes};
    snprintf(head, sizeof head, format, (unsigned long long)stamp.step, (unsigned long long)stamp.random,
             about);
    return ty_cached_write(path, parts, 2);
}

static bool parse(const char *page, ty_cached_head *out)
{
    unsigned long long step, random;
    if (sscanf(page, "taiyaku index 3 step %llu stamp %llx %4000[^\n]", &step, &random, out->about) != 3)
        return false;
    out->stamp = (ty_stamp){step, random};
    return true;
}

bool ty_cached_head_read(const char *path, ty_cached_head *out)
{
    char page[TY_CACHED_HEAD + 1] = {0};
    ty_sys_facts about;
    int file = ty_file_open_private(path);
    if (file < 0)
        return false;
    bool good = ty_sys_stat_file(file, &about) && about.size >= TY_CACHED_HEAD &&
                ty_sys_read(file, page, TY_CACHED_HEAD) == TY_CACHED_HEAD && parse(page, out);
    ty_sys_close(file);
    out->size = good ? (size_t)about.size - TY_CACHED_HEAD : 0;
    return good;
}
