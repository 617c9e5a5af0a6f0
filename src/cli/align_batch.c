/* SPDX-License-Identifier: Apache-2.0 */
/* Many pairs of a list: each told by itself, none keeps the others. */
#include <stdlib.h>

#include "base/sys.h"
#include "align.h"
#include "listen.h"

/* Lines of the list are taken one by one by as many threads, or processes, as there are cores. */
typedef struct line {
    char *source, *target, *output; /* NULL where it is no line of a list */
    char *text;
    size_t number;  /* in the list, from 1 */
    ty_error error; /* what is wrong with it already */
} line;

typedef struct batch {
    ty_run *run;
    const ty_align_plan *plan;
    const ty_align_list *list;
    TY_VECTOR(line) lines;
    size_t done;
    ty_status worst;
    ty_lock *lock; /* for the two above, and for whole messages */
} batch;

/* ------------------------------------------------------------------------------------------ one line */

static bool is_done_before(const batch *b, const line *line)
{
    return b->list->resume && line->output && ty_sys_exists(line->output);
}

static ty_status align_line(const batch *b, const line *line, ty_error *error)
{
    if (line->error.status != TY_OK) {
        *error = line->error;
        return error->status;
    }
    if (is_done_before(b, line))
        return TY_OK;
    ty_run run = {.common = b->run->common, .listener = b->run->listener};
    run.common.output = line->output;
    run.listener.progress = NULL;
    ty_status status = ty_align_pair(&run, b->plan, line->source, line->target, error);
    if (status == TY_OK && run.output)
        status = ty_output_commit(run.output, error);
    else
        ty_output_discard(run.output);
    ty_buffer_release(&run.scratch);
    return status;
}

/* One that fails does not keep the others: each failure is told, and the worst is the exit status. */
static void end_line(batch *b, size_t number, ty_status status, const ty_error *error, bool before)
{
    const line *line = &b->lines.items[number];
    ty_lock_enter(b->lock);
    b->done++;
    if (status != TY_OK) {
        ty_listen_error(error);
        if (b->worst == TY_OK || b->worst == TY_NO)
            b->worst = status;
    }
    if (b->run->common.json) {
        ty_present_aligned(ty_say(b->run), line->number,
                           (const char *const[]){line->source, line->target, line->output},
                           before ? "done-before" : ty_status_name(status), error->message);
        ty_said(b->run);
        ty_output_flush(b->run->output);
    }
    ty_progress(&b->run->listener, "pairs", b->done, b->lines.count);
    ty_lock_leave(b->lock);
}

static ty_status work_on(void *payload, size_t number, ty_error *error)
{
    batch *b = payload;
    ty_error own = {0};
    (void)error;
    bool before = is_done_before(b, &b->lines.items[number]);
    ty_status status = align_line(b, &b->lines.items[number], &own);
    end_line(b, number, status, &own, before);
    return TY_OK;
}

static ty_status work_apart(void *payload, size_t number, ty_error *error)
{
    const batch *b = payload;
    return align_line(b, &b->lines.items[number], error);
}

static void end_apart(void *payload, size_t number, ty_status status, const ty_error *error)
{
    batch *b = payload;
    ty_error named = *error;
    if (status == TY_ERR_LIMIT && b->lines.items[number].source)
        ty_error_locate(&named, b->lines.items[number].source, 0, 0);
    end_line(b, number, status, &named, false);
}

/* ------------------------------------------------------------------------------------------ the list */

static void cut_line(const char *list, line *line)
{
    char *target = strchr(line->text, '\t'), *output = target ? strchr(target + 1, '\t') : NULL;
    if (output) {
        *target++ = *output++ = '\0';
        line->source = line->text;
        line->target = target;
        line->output = output;
        return;
    }
    ty_error_set(&line->error, TY_ERR_FORMAT,
                 "\"%s\" is no line of a list, which is SOURCE, tab, TARGET, tab, OUTPUT", line->text);
    ty_error_locate(&line->error, list, line->number, 0);
}

static ty_status read_list(batch *b, ty_arena *arena, ty_error *error)
{
    ty_buffer content = {0};
    ty_status status = ty_file_read(b->list->path, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), text;
    for (size_t number = 1; status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &text); number++) {
        if (text.size && text.data[text.size - 1] == '\r')
            text.size--;
        line one = {.text = (char *)ty_arena_copy(arena, text).data, .number = number};
        if (text.size && (arena->failed || !ty_vector_push(&b->lines, one)))
            status = ty_error_nomem(error);
    }
    for (size_t i = 0; i < b->lines.count && status == TY_OK; i++)
        cut_line(b->list->path, &b->lines.items[i]);
    ty_buffer_release(&content);
    return status;
}

/* No line may write what one of them reads or another writes. */
static ty_status check_list(batch *b, ty_error *error)
{
    ty_outputs outputs = {0};
    ty_status status = ty_outputs_read(&outputs, b->list->path, error);
    for (size_t i = 0; i < b->lines.count && status == TY_OK; i++) {
        const line *line = &b->lines.items[i];
        if (line->source)
            status = ty_outputs_read(&outputs, line->source, error);
        if (line->source && status == TY_OK)
            status = ty_outputs_read(&outputs, line->target, error);
    }
    for (size_t i = 0; i < b->lines.count && status == TY_OK; i++) {
        line *line = &b->lines.items[i];
        if (line->output && ty_outputs_write(&outputs, line->output, &line->error) != TY_OK)
            ty_error_locate(&line->error, b->list->path, line->number, 0);
        if (line->error.status == TY_ERR_NOMEM)
            status = ty_error_nomem(error);
    }
    ty_outputs_release(&outputs);
    return status;
}

/* Those that are done before are not begun again, so that a process is worth its while. */
static ty_status align_all(batch *b, ty_error *error)
{
    if (!b->list->timeout)
        return ty_threads_each(b->lines.count, work_on, b, error);
    size_t left = 0;
    static const ty_error none;
    for (size_t i = 0; i < b->lines.count; i++) {
        line one = b->lines.items[i];
        if (is_done_before(b, &one))
            end_line(b, i, TY_OK, &none, true);
        else
            b->lines.items[left++] = one;
    }
    b->lines.count = left;
    return ty_apart_each(left, b->list->timeout, work_apart, end_apart, b, error);
}

ty_status ty_align_batch(ty_run *run, const ty_align_plan *plan, const ty_align_list *list, ty_error *error)
{
    ty_arena arena = {0};
    batch b = {.run = run, .plan = plan, .list = list, .lock = ty_lock_new()};
    ty_status status = b.lock ? read_list(&b, &arena, error) : ty_error_nomem(error);
    if (status == TY_OK)
        status = check_list(&b, error);
    if (status == TY_OK)
        status = ty_output_open(run->common.output, &run->output, error);
    if (status == TY_OK)
        status = align_all(&b, error);
    if (status == TY_OK) {
        status = b.worst;
        if (status != TY_OK && status != TY_NO)
            ty_error_set(error, status, "not every pair could be aligned");
        if (status != TY_OK && status != TY_NO)
            ty_error_locate(error, list->path, 0, 0);
        ty_output_flush(run->output);
    }
    ty_lock_free(b.lock);
    ty_vector_release(&b.lines);
    ty_arena_release(&arena);
    return status;
}
