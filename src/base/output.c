/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

enum { PENDING = 1 << 16 };

struct ty_output {
    int file;
    char *path;      /* as the caller named it; "-" for standard output */
    char *temporary; /* the file beside it, NULL when written in place */
    int failure;     /* errno of the first failed write, 0 while all is well */
    ty_buffer *into; /* where bytes go instead of a file; NULL for a file */
    ty_buffer pending;
};

static void free_output(ty_output *output)
{
    if (output->file >= 0 && output->file != STDOUT_FILENO)
        close(output->file);
    ty_buffer_release(&output->pending);
    free(output->path);
    free(output->temporary);
    free(output);
}

static char *copy_string(const char *string, const char *suffix)
{
    size_t size = strlen(string) + strlen(suffix) + 1;
    char *copy = malloc(size);
    if (copy)
        snprintf(copy, size, "%s%s", string, suffix);
    return copy;
}

/* A name to rename must be the file itself, so a symbolic link is followed first. */
static char *resolve(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : copy_string(path, "");
}

static bool written_in_place(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

static ty_status open_beside(ty_output *output, ty_error *error)
{
    char *real = resolve(output->path);
    output->temporary = real ? copy_string(real, ".XXXXXX.part") : NULL;
    if (!output->temporary) {
        free(real);
        return ty_error_nomem(error);
    }
    free(output->path);
    output->path = real;
    size_t length = strlen(output->temporary);
    for (unsigned attempt = 0; attempt < 100 && output->file < 0; attempt++) {
        snprintf(output->temporary + length - 11, 12, "%06u.part",
                 (unsigned)(getpid() * 7u + attempt) % 1000000u);
        output->file = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (output->file < 0 && errno != EEXIST)
            break;
    }
    if (output->file >= 0)
        return TY_OK;
    ty_status status = ty_error_errno(error, "cannot write %s", real);
    free(output->temporary);
    output->temporary = NULL;
    return status;
}

static ty_status open_file(ty_output *output, ty_error *error)
{
    if (strcmp(output->path, "-") == 0) {
        output->file = STDOUT_FILENO;
        return TY_OK;
    }
    if (!written_in_place(output->path))
        return open_beside(output, error);
    output->file = open(output->path, O_WRONLY | O_CLOEXEC);
    return output->file >= 0 ? TY_OK : ty_error_errno(error, "cannot write %s", output->path);
}

ty_status ty_output_open(const char *path, ty_output **out, ty_error *error)
{
    *out = NULL;
    ty_output *output = calloc(1, sizeof *output);
    if (!output)
        return ty_error_nomem(error);
    output->file = -1;
    output->path = copy_string(path ? path : "-", "");
    ty_status status = output->path ? open_file(output, error) : ty_error_nomem(error);
    if (status != TY_OK) {
        ty_error_locate(error, path, 0, 0);
        free_output(output);
        return status;
    }
    *out = output;
    return TY_OK;
}

ty_status ty_output_open_buffer(ty_buffer *buffer, ty_output **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    (*out)->file = -1;
    (*out)->into = buffer;
    return TY_OK;
}

static void write_all(ty_output *output, ty_slice bytes)
{
    if (output->into) {
        ty_buffer_add(output->into, bytes);
        output->failure = output->into->failed ? ENOMEM : output->failure;
        return;
    }
    while (bytes.size && !output->failure) {
        ssize_t count = write(output->file, bytes.data, bytes.size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            output->failure = errno;
            return;
        }
        bytes.data += count;
        bytes.size -= (size_t)count;
    }
}

static void flush(ty_output *output)
{
    if (output->pending.failed && !output->failure)
        output->failure = ENOMEM;
    write_all(output, ty_buffer_slice(&output->pending));
    ty_buffer_clear(&output->pending);
}

void ty_output_write(ty_output *output, ty_slice bytes)
{
    if (output->failure)
        return;
    if (bytes.size > PENDING) {
        flush(output);
        write_all(output, bytes);
        return;
    }
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

bool ty_output_good(const ty_output *output)
{
    return output->failure == 0;
}

/* On disk before it takes the name: after a crash the path holds the old file or the whole new one. */
static void finish(ty_output *output)
{
    flush(output);
    if (!output->temporary || output->failure)
        return;
    if (fsync(output->file) != 0 || close(output->file) != 0)
        output->failure = errno;
    output->file = -1;
    if (!output->failure && rename(output->temporary, output->path) != 0)
        output->failure = errno;
}

ty_status ty_output_commit(ty_output *output, ty_error *error)
{
    finish(output);
    ty_status status = TY_OK;
    if (output->failure) {
        errno = output->failure;
        bool standard = !output->path || strcmp(output->path, "-") == 0;
        status = ty_error_errno(error, "cannot write %s", standard ? "standard output" : output->path);
        ty_error_locate(error, standard ? NULL : output->path, 0, 0);
        if (output->temporary)
            unlink(output->temporary);
    }
    free_output(output);
    return status;
}

void ty_output_discard(ty_output *output)
{
    if (!output)
        return;
    if (output->temporary)
        unlink(output->temporary);
    free_output(output);
}
