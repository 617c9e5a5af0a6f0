/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Does a write-ahead log belong to its file? SQLite replays whatever lies beside the file under the right
 * name, and a copy put in the file's place is destroyed by the log that was left there.
 *
 * So every transaction writes a mark: the one before it and its own, drawn at random. The log is the file's
 * when its first mark follows the file's, or when the file's is among those in the log, of which a part may
 * have been carried over already. Formats: https://www.sqlite.org/fileformat2.html, section 4, and
 * walformat.html.
 */
#include "store/internal.h"

#include <stdio.h>

#include "base/sys.h"

enum { MARK = 16, LOG_HEAD = 32, FRAME_HEAD = 24, SALTS = 8, MARK_PAGE = 2, LARGEST_PAGE = 65536 };

/* Of the row: its key, "log", and its value, "log BEFORE AFTER", stand together. */
static const char row_begin[] = "loglog ";

typedef struct mark {
    char before[MARK], after[MARK];
} mark;

/* The memory's table of names is the first of the file: its root is page 2, and it never grows beyond that.
 */
static bool find_mark(const char *page, size_t size, mark *out)
{
    size_t begin = sizeof row_begin - 1, at = ty_slice_find((ty_slice){page, size}, TY_SLICE("loglog "), 0);
    if (at == SIZE_MAX || at + begin + 2 * MARK + 1 > size)
        return false;
    memcpy(out->before, page + at + begin, MARK);
    memcpy(out->after, page + at + begin + MARK + 1, MARK);
    return true;
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* What the frames of committed transactions say. */
typedef struct log_marks {
    bool any, first_follows, found;
} log_marks;

static void take_mark(log_marks *marks, const mark *file, const mark *found)
{
    if (!marks->any)
        marks->first_follows = memcmp(found->before, file->after, MARK) == 0;
    marks->any = true;
    marks->found = marks->found || memcmp(found->after, file->after, MARK) == 0;
}

static bool frame_at(int log, size_t page_size, size_t number, const unsigned char *head,
                     unsigned char *frame)
{
    int64_t offset = LOG_HEAD + (int64_t)number * (int64_t)(FRAME_HEAD + page_size);
    return ty_sys_read_at(log, frame, FRAME_HEAD, offset) == FRAME_HEAD &&
           memcmp(frame + 8, head + 16, SALTS) == 0;
}

/* Frames up to the first that another use of the log left behind. */
static log_marks read_marks(int log, const unsigned char *head, size_t page_size, const mark *file)
{
    static const log_marks none;
    unsigned char frame[FRAME_HEAD];
    char page[LARGEST_PAGE];
    log_marks committed = none, open = none;
    mark found;
    for (size_t i = 0; frame_at(log, page_size, i, head, frame); i++) {
        int64_t content = LOG_HEAD + (int64_t)i * (int64_t)(FRAME_HEAD + page_size) + FRAME_HEAD;
        if (big_endian(frame) == MARK_PAGE &&
            ty_sys_read_at(log, page, page_size, content) == (ptrdiff_t)page_size &&
            find_mark(page, page_size, &found))
            take_mark(&open, file, &found);
        if (big_endian(frame + 4) != 0)
            committed = open;
        if (committed.found || committed.first_follows)
            break;
    }
    return committed;
}

static bool belongs_now(ty_store *store, int log)
{
    unsigned char head[LOG_HEAD], file_head[20];
    char page[LARGEST_PAGE];
    mark file;
    if (ty_sys_read_at(log, head, sizeof head, 0) != LOG_HEAD ||
        !ty_disk_read(store, file_head, sizeof file_head, 0))
        return true;
    size_t page_size = (size_t)(file_head[16] << 8 | file_head[17]), log_page = big_endian(head + 8);
    if (page_size < 512 || page_size > LARGEST_PAGE || log_page != page_size ||
        !ty_disk_read(store, page, page_size, (int64_t)page_size) || !find_mark(page, page_size, &file))
        return true; /* SQLite ignores the log, or the file is older than marks */
    log_marks marks = read_marks(log, head, page_size, &file);
    return !marks.any || marks.first_follows || marks.found;
}

/* Somebody who writes at this moment can make a log look like another's; not five times in a row. */
bool ty_log_belongs(ty_store *store)
{
    ty_buffer path = {0};
    ty_buffer_add_format(&path, "%s-wal", store->path);
    bool belongs = false;
    for (int i = 0; i < 5 && !belongs; i++) {
        int log = path.failed ? -1 : ty_sys_open(path.data, TY_SYS_READ | TY_SYS_NO_LINK | TY_SYS_NO_WAIT);
        belongs = log < 0 || belongs_now(store, log);
        ty_sys_close(log);
        if (!belongs)
            ty_sql_wait(20);
    }
    ty_buffer_release(&path);
    return belongs;
}

ty_status ty_log_mark(ty_store *store, ty_error *error)
{
    return ty_sql_run(store, SQL_LOG_MARK, error, "");
}
