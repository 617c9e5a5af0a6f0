/* SPDX-License-Identifier: Apache-2.0 */
/* Programs of others; see outside.h. */
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "formats/documents/outside.h"

enum { SECONDS = 60, MOST_WORDS = 16, CHUNK = 65536 };
static const size_t output_limit = (size_t)256 << 20;
static const uint64_t memory_limit = (uint64_t)2 << 30;

/* ------------------------------------------------------------------------------------------ the program */

static bool try_folder(ty_slice folder, const char *program, ty_buffer *path)
{
    ty_buffer_clear(path);
    ty_buffer_add(path, folder);
    ty_buffer_add_char(path, '/');
    ty_buffer_add_string(path, program);
    return folder.size && folder.data[0] == '/' && !path->failed && ty_sys_may_run(path->data);
}

static bool find_program(const char *program, ty_buffer *path)
{
    ty_slice rest = ty_slice_of(getenv("PATH")), folder;
    while (rest.data && ty_slice_next(&rest, ':', &folder))
        if (try_folder(folder, program, path))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ running */

static ty_status write_input(const char *path, ty_slice input, ty_error *error)
{
    int file = ty_sys_make(path, 0600);
    bool written = file >= 0 && ty_sys_write(file, input);
    ty_status status = written ? TY_OK : ty_error_errno(error, "cannot write %s", path);
    ty_sys_close(file);
    return status;
}

/* What the child prints, until it closes its output, or the time or the size is over. */
static bool read_output(int input, ty_buffer *out)
{
    int64_t end = ty_sys_clock() / 1000000 + SECONDS * 1000;
    size_t begin = out->size;
    for (;;) {
        bool ready;
        int64_t left = end - ty_sys_clock() / 1000000;
        if (left <= 0 || ty_sys_poll(&input, &ready, 1, (int)left) <= 0 || !ty_buffer_reserve(out, CHUNK) ||
            out->size - begin > output_limit)
            return false;
        ptrdiff_t count = ty_sys_read(input, out->data + out->size, CHUNK);
        if (count <= 0)
            return count == 0;
        out->size += (size_t)count;
        out->data[out->size] = '\0';
    }
}

static ty_status wait_for(int child, bool finished, const struct outside *outside, ty_error *error)
{
    if (!finished)
        ty_sys_kill(child);
    ty_sys_end end = ty_sys_wait(child);
    if (!finished)
        return ty_error_set(error, TY_ERR_LIMIT, "this is %s for which %s takes too long, or writes too much",
                            outside->what, outside->program);
    if (!end.exited || end.code != 0)
        return ty_error_set(error, TY_ERR_FORMAT,
                            "this is %s that %s cannot read; it may be damaged, or locked with a password",
                            outside->what, outside->program);
    return TY_OK;
}

static ty_status run(const struct outside *outside, const char *program, const char *folder, ty_buffer *out,
                     ty_error *error)
{
    const char *words[MOST_WORDS] = {outside->program};
    size_t count = 1;
    int input = -1;
    for (size_t i = 0; outside->options[i] && count < MOST_WORDS - 2; i++)
        words[count++] = outside->options[i];
    words[count++] = outside->file;
    for (size_t i = 0; outside->behind[i] && count < MOST_WORDS - 1; i++)
        words[count++] = outside->behind[i];
    int child =
        ty_sys_start(&(ty_sys_program){program, (char *const *)words, folder, SECONDS, memory_limit}, &input);
    if (child < 0)
        return ty_error_errno(error, "cannot run %s", outside->program);
    bool finished = read_output(input, out);
    ty_sys_close(input);
    return wait_for(child, finished, outside, error);
}

ty_status ty_outside_run(const struct outside *outside, ty_slice input, ty_buffer *out, ty_error *error)
{
    ty_buffer program = {0}, folder = {0}, file = {0};
    ty_status status = TY_OK;
    if (!find_program(outside->program, &program))
        status = ty_error_set(error, TY_ERR_FORMAT, "this is %s; to read it, install %s (Debian: %s)",
                              outside->what, outside->program, outside->package);
    if (status == TY_OK)
        status = ty_temporary_folder(&folder, error);
    if (status == TY_OK) {
        ty_buffer_add_format(&file, "%s/%s", folder.data, outside->file);
        status = file.failed ? ty_error_nomem(error) : write_input(file.data, input, error);
        if (status == TY_OK)
            status = run(outside, program.data, folder.data, out, error);
        ty_temporary_folder_remove(&folder);
    }
    ty_buffer_release(&program);
    ty_buffer_release(&folder);
    ty_buffer_release(&file);
    return status;
}
