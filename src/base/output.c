/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/place.h"

enum { PENDING = 1 << 16 };

struct ty_output {
    int file;
    char *path;  /* as the caller named it; "-" for standard output */
    bool placed; /* the file takes its name at the end; else it is written in place */
    ty_file_place place;
    int failure;                                  /* errno of the first failed write, 0 while all is well */
    ty_buffer *into;                              /* where bytes go instead of a file; NULL for a file */
    bool (*write)(void *payload, ty_slice bytes); /* what takes them instead; NULL for a file */
    void *payload;
    bool refused;   /* by it */
    bool printable; /* for a terminal */
    bool color;
    ty_buffer pending;
};

static void free_output(ty_output *output)
{
    if (output->placed)
        ty_place_release(&output->place);
    else if (output->file != TY_SYS_OUTPUT)
        ty_sys_close(output->file);
    ty_buffer_release(&output->pending);
    free(output->path);
    free(output);
}

/* A pipe, a device: what is there is written to as it is. */
static bool is_no_file(const char *path)
{
    ty_sys_facts about;
    return ty_sys_stat(path, &about) && about.kind != TY_SYS_IS_FILE;
}

static ty_status open_file(ty_output *output, ty_output_kind kind, ty_error *error)
{
    const char *path = output->path;
    ty_status status = kind == TY_OUTPUT_MEMORY ? TY_OK : ty_output_check(path, NULL, 0, error);
    if (status != TY_OK)
        return status;
    if (strcmp(path, "-") == 0) {
        output->file = TY_SYS_OUTPUT;
        output->printable = ty_sys_is_terminal(TY_SYS_OUTPUT);
        return TY_OK;
    }
    if (kind != TY_OUTPUT_NAMED || !is_no_file(path)) {
        output->placed = true;
        return ty_place_open(&output->place, path, kind, error);
    }
    output->file = ty_sys_open(path, TY_SYS_WRITE);
    return output->file >= 0 ? TY_OK : ty_error_errno(error, "cannot write %s", path);
}

ty_status ty_output_open_as(const char *path, ty_output_kind kind, ty_output **out, ty_error *error)
{
    *out = NULL;
    ty_output *output = calloc(1, sizeof *output);
    if (!output)
        return ty_error_nomem(error);
    output->file = -1;
    output->path = strdup(path ? path : "-");
    ty_status status = output->path ? open_file(output, kind, error) : ty_error_nomem(error);
    if (status != TY_OK) {
        ty_error_locate(error, path, 0, 0);
        free_output(output);
        return status;
    }
    if (output->placed)
        output->file = output->place.file;
    *out = output;
    return TY_OK;
}

ty_status ty_output_open(const char *path, ty_output **out, ty_error *error)
{
    return ty_output_open_as(path, TY_OUTPUT_NAMED, out, error);
}

ty_status ty_output_open_sink(const ty_sink *sink, ty_output **out, ty_error *error)
{
    if (!sink || (!sink->write && !sink->buffer))
        return ty_output_open(sink ? sink->path : NULL, out, error);
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    (*out)->file = -1;
    (*out)->write = sink->write;
    (*out)->payload = sink->payload;
    (*out)->into = sink->write ? NULL : sink->buffer;
    return TY_OK;
}

ty_status ty_output_check_sink(const ty_sink *sink, const char *const *inputs, size_t count, ty_error *error)
{
    bool elsewhere = sink && (sink->write || sink->buffer);
    return elsewhere ? TY_OK : ty_output_check(sink ? sink->path : NULL, inputs, count, error);
}

ty_status ty_output_open_buffer(ty_buffer *buffer, ty_output **out, ty_error *error)
{
    return ty_output_open_sink(&(ty_sink){.buffer = buffer}, out, error);
}

static void write_all(ty_output *output, ty_slice bytes)
{
    if (output->into) {
        ty_buffer_add(output->into, bytes);
        output->failure = output->into->failed ? ENOMEM : output->failure;
        return;
    }
    if (output->write) {
        output->refused = output->refused || (bytes.size && !output->write(output->payload, bytes));
        return;
    }
    if (!output->failure && !ty_sys_write(output->file, bytes))
        output->failure = errno;
}

static void flush(ty_output *output)
{
    if (output->pending.failed && !output->failure)
        output->failure = ENOMEM;
    write_all(output, ty_buffer_slice(&output->pending));
    ty_buffer_clear(&output->pending);
}

static bool is_mark(char byte)
{
    return byte == TY_MARK_ON[0] || byte == TY_MARK_OFF[0];
}

/* The text between marks is made printable; a mark is an order of ours. */
static void add_printable(ty_output *output, ty_slice text)
{
    size_t done = 0;
    for (size_t i = 0; i <= text.size; i++) {
        bool mark = i < text.size && output->color && is_mark(text.data[i]);
        if (i < text.size && !mark)
            continue;
        ty_buffer_add_printable(&output->pending, ty_slice_sub(text, done, i));
        if (mark)
            ty_buffer_add_string(&output->pending, text.data[i] == TY_MARK_ON[0] ? "\x1b[1;7m" : "\x1b[0m");
        done = i + 1;
    }
}

void ty_output_make_printable(ty_output *output, bool color)
{
    output->printable = true;
    output->color = color;
}

void ty_output_flush(ty_output *output)
{
    flush(output);
}

bool ty_output_reserve(ty_output *output, size_t size)
{
    return ty_buffer_reserve(&output->pending, size);
}

void ty_output_write(ty_output *output, ty_slice bytes)
{
    if (output->failure)
        return;
    if (bytes.size > PENDING && !output->printable) {
        flush(output);
        write_all(output, bytes);
        return;
    }
    if (output->printable)
        add_printable(output, bytes);
    else
        ty_buffer_add(&output->pending, bytes);
    if (output->pending.size >= PENDING || output->pending.failed)
        flush(output);
}

void ty_output_format(ty_output *output, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size >= 0 && (size_t)size < sizeof text) {
        ty_output_write(output, (ty_slice){text, (size_t)size});
        return;
    }
    char *longer = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (!longer) {
        output->failure = output->failure ? output->failure : ENOMEM;
        return;
    }
    va_start(arguments, format);
    vsnprintf(longer, (size_t)size + 1, format, arguments);
    va_end(arguments);
    ty_output_write(output, (ty_slice){longer, (size_t)size});
    free(longer);
}

void ty_output_starve(ty_output *output)
{
    output->failure = output->failure ? output->failure : ENOMEM;
}

int ty_output_descriptor(const ty_output *output)
{
    return output->placed ? output->file : -1;
}

bool ty_output_good(const ty_output *output)
{
    return output->failure == 0 && !output->refused;
}

ty_status ty_output_commit(ty_output *output, ty_error *error)
{
    flush(output);
    if (output->placed && !output->failure)
        output->failure = ty_place_take(&output->place);
    ty_status status = TY_OK;
    if (output->refused)
        status = ty_error_set(error, TY_STOP, "whoever takes the output wants no more of it");
    if (output->failure) {
        errno = output->failure;
        bool standard = !output->path || strcmp(output->path, "-") == 0;
        status =
            ty_error_errno(error, "cannot write %s", standard ? ty_words("standard output") : output->path);
        ty_error_locate(error, standard ? NULL : output->path, 0, 0);
    }
    free_output(output);
    return status;
}

void ty_output_discard(ty_output *output)
{
    if (output)
        free_output(output);
}
