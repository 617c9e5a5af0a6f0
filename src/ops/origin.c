/* What an import is told by: digests of its bytes, and the name of its origin. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

void ty_now(char out[17])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 17, "%Y%m%dT%H%M%SZ", &utc);
}

void ty_date_compact(ty_slice date, char out[24])
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

void ty_digest_bytes(ty_slice bytes, ty_digest *out)
{
    uint64_t state[2] = {seeds[0], seeds[1]};
    for (size_t at = 0; at < bytes.size; at += CHUNK)
        add_chunk(state, ty_slice_sub(bytes, at, at + CHUNK));
    write_digest(state, out);
}

static ssize_t read_chunk(int file, char *chunk)
{
    size_t filled = 0;
    while (filled < CHUNK) {
        ssize_t count = read(file, chunk + filled, CHUNK - filled);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        filled += (size_t)count;
    }
    return (ssize_t)filled;
}

ty_status ty_digest_file(const char *path, ty_digest *out, ty_error *error)
{
    uint64_t state[2] = {seeds[0], seeds[1]};
    char *chunk = malloc(CHUNK);
    int file = chunk ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t count = file < 0 ? -1 : read_chunk(file, chunk);
    for (; count > 0; count = read_chunk(file, chunk))
        add_chunk(state, (ty_slice){chunk, (size_t)count});
    ty_status status = TY_OK;
    if (count < 0) {
        status = ty_error_errno(error, "cannot %s %s", file < 0 ? "open" : "read", path);
        ty_error_locate(error, path, 0, 0);
    }
    if (file >= 0)
        close(file);
    free(chunk);
    write_digest(state, out);
    return status;
}

/* ------------------------------------------------------------------------------------------ names */

static const ty_origin *origin_named(const ty_origins *origins, ty_slice name)
{
    for (size_t i = 0; i < origins->count; i++)
        if (ty_slice_equal(origins->items[i].name, name))
            return &origins->items[i];
    return NULL;
}

static const ty_origin *origin_digested(const ty_origins *origins, const ty_digest *digest)
{
    for (size_t i = 0; i < origins->count; i++)
        if (ty_slice_equal(origins->items[i].digest, ty_slice_of(digest->text)))
            return &origins->items[i];
    return NULL;
}

static ty_slice free_name(const ty_origins *origins, ty_slice base, ty_arena *arena)
{
    char name[300];
    ty_slice free = base;
    for (unsigned n = 2; origin_named(origins, free); n++) {
        snprintf(name, sizeof name, "%.*s (%u)", TY_SLICE_FORMAT(ty_slice_sub(base, 0, 200)), n);
        free = ty_arena_copy(arena, ty_slice_of(name));
    }
    return free;
}

ty_status ty_origin_name(ty_memory *memory, const char *told, ty_slice base, const ty_digest *digest,
                         ty_arena *arena, ty_slice *out, bool *known, ty_error *error)
{
    ty_origins origins = {0};
    ty_status status = ty_store_origins(memory->store, (ty_slice){"", 0}, arena, &origins, error);
    const ty_origin *same = NULL;
    if (status == TY_OK && told) {
        *out = ty_arena_copy(arena, ty_slice_of(told));
        same = origin_named(&origins, *out);
        if (same && !ty_slice_equal(same->digest, ty_slice_of(digest->text)))
            same = NULL;
    } else if (status == TY_OK) {
        same = origin_digested(&origins, digest);
        *out = same ? same->name : free_name(&origins, base, arena);
    }
    *known = same != NULL;
    ty_vector_release(&origins);
    if (status == TY_OK && arena->failed)
        status = ty_error_nomem(error);
    return status;
}

void ty_origin_file_name(ty_slice name, ty_buffer *path)
{
    static const ty_slice ending = {".tmx", 4};
    for (size_t i = 0; i < name.size; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        bool bad = byte == '/' || byte == '\\' || byte == ':' || byte < 0x20 || (i == 0 && byte == '.');
        ty_buffer_add_char(path, bad ? '_' : name.data[i]);
    }
    if (!ty_slice_ends(name, ending))
        ty_buffer_add(path, ending);
}
