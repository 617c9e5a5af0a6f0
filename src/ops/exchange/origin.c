/* SPDX-License-Identifier: Apache-2.0 */
/* What an import is told by: digests of its bytes, and the name of its origin. */
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include "base/sys.h"
#include "ops/internal.h"

void ty_origin_now(char out[17])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 17, "%Y%m%dT%H%M%SZ", &utc);
}

void ty_origin_date_compact(ty_slice date, char out[24])
{
    size_t size = 0;
    for (size_t i = 0; i < date.size && size < 23; i++)
        if (date.data[i] != '-' && date.data[i] != ':')
            out[size++] = date.data[i];
    out[size] = '\0';
}

ty_slice ty_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return ty_slice_of(slash && slash[1] ? slash + 1 : path);
}

/* ------------------------------------------------------------------------------------------ digests */

/* Two 64-bit hashes, chained over chunks of this size: the same for bytes in memory and in a file. */
enum { CHUNK = 1 << 16 };
static const uint64_t seeds[2] = {0x7461697961, 0x6b755f7462};

static void add_chunk(uint64_t state[2], ty_slice chunk)
{
    state[0] = ty_hash(chunk, state[0]);
    state[1] = ty_hash(chunk, state[1]);
}

static void write_digest(const uint64_t state[2], ty_digest *out)
{
    snprintf(out->text, sizeof out->text, "%016llx%016llx", (unsigned long long)state[0],
             (unsigned long long)state[1]);
}

void ty_origin_digest_bytes(ty_slice bytes, ty_digest *out)
{
    uint64_t state[2] = {seeds[0], seeds[1]};
    for (size_t at = 0; at < bytes.size; at += CHUNK)
        add_chunk(state, ty_slice_sub(bytes, at, at + CHUNK));
    write_digest(state, out);
}

static ptrdiff_t read_chunk(int file, char *chunk)
{
    size_t filled = 0;
    while (filled < CHUNK) {
        ptrdiff_t count = ty_sys_read(file, chunk + filled, CHUNK - filled);
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        filled += (size_t)count;
    }
    return (ptrdiff_t)filled;
}

ty_status ty_origin_digest_file(const char *path, ty_digest *out, ty_error *error)
{
    uint64_t state[2] = {seeds[0], seeds[1]};
    char *chunk = malloc(CHUNK);
    int file = chunk ? ty_sys_open(path, TY_SYS_READ) : -1;
    ptrdiff_t count = file < 0 ? -1 : read_chunk(file, chunk);
    for (; count > 0; count = read_chunk(file, chunk))
        add_chunk(state, (ty_slice){chunk, (size_t)count});
    ty_status status = TY_OK;
    if (count < 0) {
        status = file < 0 ? ty_error_errno(error, "cannot open %s", path)
                          : ty_error_errno(error, "cannot read %s", path);
        ty_error_locate(error, path, 0, 0);
    }
    ty_sys_close(file);
    free(chunk);
    write_digest(state, out);
    return status;
}

/* ------------------------------------------------------------------------------------------ names */

ty_status ty_origin_known(ty_memory *memory, const char *told, const ty_digest *digest, uint64_t *units,
                          ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_status found = TY_NO;
    ty_status status = ty_store_origins(memory->store, (ty_slice){"", 0}, &arena, &origins, error);
    for (size_t i = 0; i < origins.count && found == TY_NO; i++) {
        const ty_origin *origin = &origins.items[i];
        if (!ty_slice_equal(origin->digest, ty_slice_of(digest->text)))
            continue;
        if (told && !ty_slice_equal(origin->name, ty_slice_of(told)))
            continue;
        *units = origin->unit_count;
        found = TY_OK;
    }
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    return status == TY_OK ? found : status;
}

/* The name without separators, nothing hidden, cut before it is longer than file names can be. */
static void add_stem(ty_slice name, size_t limit, ty_buffer *out)
{
    size_t size = name.size < limit ? name.size : limit;
    while (size < name.size && size && ((unsigned char)name.data[size] & 0xC0) == 0x80)
        size--;
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        bool bad = byte == '/' || byte == '\\' || byte == ':' || byte < 0x20 || (i == 0 && byte == '.');
        ty_buffer_add_char(out, bad ? '_' : name.data[i]);
    }
}

/* Adds the name to those taken; false when it was taken already, in whatever case. */
static bool take(ty_strings *taken, ty_slice name, ty_buffer *scratch)
{
    size_t before = taken->list.count;
    ty_buffer_clear(scratch);
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.data[i];
        ty_buffer_add_char(scratch, byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte);
    }
    return ty_strings_add(taken, ty_buffer_slice(scratch)) == TY_STRINGS_NONE || taken->list.count > before;
}

void ty_origin_file_name(ty_slice name, ty_strings *taken, ty_buffer *path)
{
    static const ty_slice ending = {".tmx", 4};
    enum { LIMIT = 200 }; /* bytes; most file systems allow 255, and a part's number may follow */
    ty_buffer scratch = {0};
    size_t begin = path->size;
    if (ty_slice_ends(name, ending))
        name.size -= ending.size;
    for (unsigned number = 1; number < 100000; number++) {
        path->size = begin;
        add_stem(name, LIMIT, path);
        if (number > 1)
            ty_buffer_add_format(path, " (%u)", number);
        ty_buffer_add(path, ending);
        if (path->failed || take(taken, ty_slice_sub(ty_buffer_slice(path), begin, path->size), &scratch))
            break;
    }
    path->failed = path->failed || scratch.failed;
    ty_buffer_release(&scratch);
}
