/* SPDX-License-Identifier: Apache-2.0 */

#include "worker/internal.h"

#include "base/sys.h"

enum { OUT_OF_MEMORY = 3 }; /* the exit status of a child that is to be replaced */

/* ------------------------------------------------------------------------------------------ messages */

/* A message is its size and its bytes. */

static bool send_message(int to, ty_slice message)
{
    uint64_t size = message.size;
    return ty_sys_write(to, (ty_slice){(const char *)&size, sizeof size}) && ty_sys_write(to, message);
}

static double now(void)
{
    return (double)ty_sys_clock() * 1e-9;
}

/* TY_STOP when `until` is past (0: never), TY_NO at the end of the pipe. */
static ty_status read_all(int from, void *data, size_t size, double until)
{
    char *at = data;
    while (size) {
        double left = until - now();
        int wait = until > 0 ? (int)(left * 1000) + 1 : -1;
        bool ready;
        if ((until > 0 && left <= 0) || ty_sys_poll(&from, &ready, 1, wait) == 0)
            return TY_STOP;
        ptrdiff_t got = ty_sys_read(from, at, size);
        if (got <= 0)
            return TY_NO;
        at += got;
        size -= (size_t)got;
    }
    return TY_OK;
}

static ty_status read_message(int from, ty_buffer *out, double until)
{
    uint64_t size = 0;
    ty_buffer_clear(out);
    ty_status status = read_all(from, &size, sizeof size, until);
    if (status != TY_OK)
        return status;
    if (!ty_buffer_reserve(out, (size_t)size))
        return TY_NO;
    status = read_all(from, out->data, (size_t)size, until);
    out->size = status == TY_OK ? (size_t)size : 0;
    out->data[out->size] = '\0';
    return status;
}

/* ------------------------------------------------------------------------------------------ in the child */

/* Address sanitizer needs more addresses than any limit leaves it. */
static void limit_memory(uint64_t megabytes)
{
#ifndef __SANITIZE_ADDRESS__
    if (megabytes)
        ty_sys_limit_memory(megabytes << 20);
#else
    (void)megabytes;
#endif
}

static int serve(const ty_worker_settings *settings, int from, int to)
{
    ty_memory *memory = NULL;
    ty_buffer line = {0}, answer = {0};
    ty_error error = {0};
    int end = 0;
    limit_memory(settings->megabytes);
    bool needed = settings->task == TY_WORKER_SCAN || settings->task == TY_WORKER_MATCH;
    ty_status status = settings->memory || needed
                           ? ty_memory_open(settings->memory, TY_MEMORY_READ, NULL, &memory, &error)
                           : TY_OK;
    if (status == TY_ERR_NOMEM || (needed && !memory))
        end = status == TY_ERR_NOMEM ? OUT_OF_MEMORY : 1;
    while (end == 0 && read_message(from, &line, 0) == TY_OK) {
        ty_buffer_clear(&answer);
        if (line.failed || ty_answer_record(settings, memory, ty_buffer_slice(&line), &answer) != TY_OK)
            end = OUT_OF_MEMORY;
        else if (!send_message(to, ty_buffer_slice(&answer)))
            end = 1;
    }
    ty_memory_close(memory);
    ty_buffer_release(&line);
    ty_buffer_release(&answer);
    return end;
}

/* ------------------------------------------------------------------------------------------ in the parent */

ty_status ty_child_start(const ty_worker_settings *settings, ty_child *child, ty_error *error)
{
    int records[2], answers[2];
    *child = (ty_child){0};
    if (!ty_sys_pipe(records))
        return ty_error_errno(error, "cannot make a pipe");
    if (!ty_sys_pipe(answers)) {
        ty_sys_close(records[0]);
        ty_sys_close(records[1]);
        return ty_error_errno(error, "cannot make a pipe");
    }
    child->pid = ty_sys_fork();
    if (child->pid == 0) {
        ty_sys_close(records[1]);
        ty_sys_close(answers[0]);
        ty_sys_leave(serve(settings, records[0], answers[1]));
    }
    ty_sys_close(records[0]);
    ty_sys_close(answers[1]);
    child->to = records[1];
    child->from = answers[0];
    if (child->pid > 0)
        return TY_OK;
    child->pid = 0;
    ty_sys_close(child->to);
    ty_sys_close(child->from);
    return ty_error_errno(error, "cannot start a process");
}

ty_status ty_child_ask(const ty_worker_settings *settings, const ty_child *child, ty_slice line,
                       ty_buffer *answer)
{
    double until = now() + settings->seconds;
    if (!send_message(child->to, line))
        return TY_NO;
    return read_message(child->from, answer, until);
}

const char *ty_child_end(ty_child *child, bool force)
{
    if (!child->pid)
        return "";
    ty_sys_close(child->to);
    if (force)
        ty_sys_kill(child->pid);
    ty_sys_end end = ty_sys_wait(child->pid);
    ty_sys_close(child->from);
    child->pid = 0;
    if (end.exited)
        return end.code == OUT_OF_MEMORY ? "out of memory" : "the process ended";
    return end.faulted ? "invalid access to memory" : "the process was stopped by a signal";
}
