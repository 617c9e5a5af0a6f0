/* SPDX-License-Identifier: Apache-2.0 */

#include "worker/internal.h"

#include "base/sys.h"

/* ------------------------------------------------------------------------------------------ records in */

typedef struct ty_feed {
    int from;
    ty_buffer line;
    char block[65536];
    size_t at, size;
    size_t most; /* bytes of a line that are kept; of a longer one the beginning */
    bool long_line, ended;
} ty_feed;

static bool refill(ty_feed *feed)
{
    ptrdiff_t got = ty_sys_read(feed->from, feed->block, sizeof feed->block);
    feed->at = 0;
    feed->size = got > 0 ? (size_t)got : 0;
    return got > 0;
}

static void keep(ty_feed *feed, ty_slice part)
{
    size_t room = feed->most - feed->line.size;
    feed->long_line = feed->long_line || part.size > room;
    ty_buffer_add(&feed->line, ty_slice_sub(part, 0, part.size < room ? part.size : room));
}

/* The next line, without its end; false at the end of all. */
static bool next_line(ty_feed *feed)
{
    bool any = false;
    ty_buffer_clear(&feed->line);
    feed->long_line = false;
    while (!feed->line.failed && (feed->at < feed->size || refill(feed))) {
        const char *begin = feed->block + feed->at, *end = memchr(begin, '\n', feed->size - feed->at);
        size_t size = end ? (size_t)(end - begin) : feed->size - feed->at;
        keep(feed, (ty_slice){begin, size});
        feed->at += size + (end != NULL);
        any = true;
        if (end)
            break;
    }
    return any;
}

/* ------------------------------------------------------------------------------------------ answers out */

static bool put(ty_output *out, ty_slice text)
{
    ty_output_write(out, text);
    ty_output_flush(out);
    return ty_output_good(out);
}

/* One record: asked of the child, which is replaced where it does not answer. */
static ty_status answer(const ty_worker_settings *settings, ty_child *child, ty_slice line, ty_buffer *out,
                        ty_error *error)
{
    ty_status status = child->pid ? TY_OK : ty_child_start(settings, child, error);
    if (status != TY_OK)
        return status;
    status = ty_child_ask(settings, child, line, out);
    if (status == TY_OK)
        return TY_OK;
    bool late = status == TY_STOP;
    const char *how = ty_child_end(child, late);
    ty_buffer_clear(out);
    ty_answer_failure(out, line, late ? TY_ANSWER_TIMEOUT : TY_ANSWER_CRASH,
                      late ? "the record took longer than the limit of time" : how);
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status answer_all(const ty_worker_settings *settings, ty_feed *feed, ty_output *out,
                            ty_error *error)
{
    ty_child child = {0};
    ty_buffer said = {0};
    ty_status status = TY_OK;
    while (status == TY_OK && next_line(feed)) {
        ty_slice line = ty_slice_trim(ty_buffer_slice(&feed->line));
        ty_buffer_clear(&said);
        if (feed->line.failed)
            status = ty_error_nomem(error);
        else if (feed->long_line)
            ty_answer_failure(&said, (ty_slice){"", 0}, TY_ANSWER_BAD_RECORD, "the record is too long");
        else if (line.size)
            status = answer(settings, &child, line, &said, error);
        if (status == TY_OK && !put(out, ty_buffer_slice(&said)))
            break; /* told when the output is closed */
    }
    (void)ty_child_end(&child, status != TY_OK);
    ty_buffer_release(&said);
    return status;
}

/* Opened once before the first record, so that a memory that is not there is told at once. */
static ty_status check_memory(const ty_worker_settings *settings, ty_error *error)
{
    ty_memory *memory = NULL;
    if (!settings->memory && (settings->task == TY_WORKER_ALIGN || settings->task == TY_WORKER_SEGMENT))
        return TY_OK;
    ty_status status = ty_memory_open(settings->memory, TY_MEMORY_READ, NULL, &memory, error);
    ty_memory_close(memory);
    return status;
}

ty_status ty_worker_run(const ty_worker_settings *settings, int in, ty_output *out, ty_error *error)
{
    ty_feed *feed = calloc(1, sizeof *feed);
    if (!feed)
        return ty_error_nomem(error);
    feed->from = in;
    feed->most = settings->record_max;
    ty_sys_handler *before = ty_sys_on_broken_pipe(NULL); /* a child that dies is an answer */
    ty_status status = check_memory(settings, error);
    if (status == TY_OK)
        status = answer_all(settings, feed, out, error);
    ty_sys_on_broken_pipe(before);
    ty_buffer_release(&feed->line);
    free(feed);
    return status;
}
