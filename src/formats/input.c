/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/sys.h"
#include "formats/internal.h"

enum { PEEK = 1 << 16, CHUNK = 1 << 16 };

/*
 * A pack that grows this much is no text. Deflate can pack 1032 to 1; the most repetitive honest memory seen
 * stays below 60 to 1.
 */
enum { BOMB_RATIO = 250 };
static const uint64_t bomb_start = (uint64_t)8 << 20;

/* ------------------------------------------------------------------------------------------ raw bytes */

size_t ty_input_raw_read_at(struct raw *raw, uint64_t offset, char *bytes, size_t size)
{
    if (raw->file < 0) {
        if (offset >= raw->bytes.size)
            return 0;
        if (size > raw->bytes.size - offset)
            size = raw->bytes.size - (size_t)offset;
        memcpy(bytes, raw->bytes.data + offset, size);
        return size;
    }
    ptrdiff_t done = ty_sys_read_at(raw->file, bytes, size, (int64_t)offset);
    return done > 0 ? (size_t)done : 0;
}

uint64_t ty_input_raw_size(const struct raw *raw)
{
    return raw->size;
}

/* ------------------------------------------------------------------------------------------ input */

enum packing { PLAIN, GZIP, ZIP_STORED, ZIP_DEFLATED };

struct input {
    const char *path;
    struct raw raw;
    uint64_t position, end; /* of the raw bytes; end UINT64_MAX where it is that of the file */
    enum packing packing;
    z_stream stream;
    bool stream_ready;
    bool ended;   /* of the packed stream */
    bool salvage; /* a break is an end */
    bool failed;  /* nothing more is read */
    struct zip_member member;
    uint32_t crc;
    uint64_t unpacked;
    ty_buffer packed; /* what the inflater is fed from */
    ty_buffer peeked; /* bytes looked at but not taken */
    size_t peeked_taken;
};

static size_t fail(struct input *input, ty_error *error, ty_status status, const char *message)
{
    input->failed = true;
    ty_error_set(error, status, "%s", ty_words(message));
    ty_error_locate(error, input->path, 0, 0);
    return 0;
}

static size_t read_raw(struct input *input, char *bytes, size_t size, ty_error *error)
{
    if (size > input->end - input->position)
        size = (size_t)(input->end - input->position);
    if (size == 0)
        return 0;
    if (input->raw.file < 0) {
        size = ty_input_raw_read_at(&input->raw, input->position, bytes, size);
        input->position += size;
        return size;
    }
    bool seekable = input->raw.size != 0;
    ptrdiff_t count = seekable ? ty_sys_read_at(input->raw.file, bytes, size, (int64_t)input->position)
                               : ty_sys_read(input->raw.file, bytes, size);
    if (count >= 0) {
        input->position += (uint64_t)count;
        return (size_t)count;
    }
    input->failed = true;
    ty_error_errno(error, "cannot read %s", input->path);
    ty_error_locate(error, input->path, 0, 0);
    return 0;
}

static bool refill(struct input *input, ty_error *error)
{
    if (input->stream.avail_in)
        return true;
    if (!ty_buffer_reserve(&input->packed, CHUNK)) {
        fail(input, error, TY_ERR_NOMEM, "out of memory");
        return false;
    }
    size_t count = read_raw(input, input->packed.data, CHUNK, error);
    input->stream.next_in = (unsigned char *)input->packed.data;
    input->stream.avail_in = (unsigned)count;
    return count > 0;
}

/* A gzip file may hold several members one after the other (RFC 1952, 2.2). */
static bool next_member(struct input *input, ty_error *error)
{
    if (input->packing != GZIP || !refill(input, error))
        return false;
    return input->stream.next_in[0] == 0x1F && inflateReset(&input->stream) == Z_OK;
}

static size_t inflate_some(struct input *input, char *bytes, size_t size, ty_error *error)
{
    input->stream.next_out = (unsigned char *)bytes;
    input->stream.avail_out = (unsigned)size;
    while (input->stream.avail_out == size && !input->ended) {
        if (!refill(input, error)) {
            input->ended = input->salvage && input->packing == GZIP && !input->failed;
            return input->failed  ? 0
                   : input->ended ? size - input->stream.avail_out
                                  : fail(input, error, TY_ERR_FORMAT, "the packed file is cut off");
        }
        int result = inflate(&input->stream, Z_NO_FLUSH);
        if (result == Z_STREAM_END)
            input->ended = !next_member(input, error);
        else if (result != Z_OK && result != Z_BUF_ERROR)
            return fail(input, error, TY_ERR_FORMAT, "the packed file is damaged");
    }
    return size - input->stream.avail_out;
}

void ty_input_salvage(struct input *input)
{
    input->salvage = true;
}

/* gzip checks itself, a member of a ZIP archive is checked against the archive's directory. */
static bool is_intact(const struct input *input)
{
    return input->packing == GZIP ||
           (input->crc == input->member.crc && input->unpacked == input->member.unpacked);
}

static size_t unpack(struct input *input, char *bytes, size_t size, ty_error *error)
{
    if (input->failed || input->ended)
        return 0;
    if (input->packing == PLAIN)
        return read_raw(input, bytes, size, error);
    size_t count = input->packing == ZIP_STORED ? read_raw(input, bytes, size, error)
                                                : inflate_some(input, bytes, size, error);
    if (input->packing == ZIP_STORED && count == 0)
        input->ended = true;
    input->unpacked += count;
    if (input->packing != GZIP)
        input->crc = (uint32_t)crc32(input->crc, (const unsigned char *)bytes, (unsigned)count);
    if (input->ended && !input->failed && !is_intact(input))
        return fail(input, error, TY_ERR_FORMAT, "the ZIP archive is damaged: its checksum is wrong");
    bool of_zip = input->packing == ZIP_STORED || input->packing == ZIP_DEFLATED;
    if (of_zip && input->unpacked > input->member.unpacked)
        return fail(input, error, TY_ERR_FORMAT, "the ZIP archive is damaged: a file is longer than it says");
    if (input->unpacked > bomb_start && input->unpacked / BOMB_RATIO > input->position)
        return fail(input, error, TY_ERR_LIMIT, "the packed file grows beyond any honest text");
    return count;
}

/* ------------------------------------------------------------------------------------------ open, read */

static ty_status open_raw(const ty_source *source, struct input *input, ty_error *error)
{
    input->raw.file = -1;
    if (source->read) {
        ty_status status = ty_source_read(source, 0, &input->raw.owned, error);
        input->raw.bytes = ty_buffer_slice(&input->raw.owned);
        input->raw.size = input->raw.bytes.size;
        return status;
    }
    if (source->bytes.data) {
        input->raw.bytes = source->bytes;
        input->raw.size = source->bytes.size;
        return TY_OK;
    }
    bool standard = strcmp(source->path, "-") == 0;
    input->raw.file = standard ? TY_SYS_INPUT : ty_sys_open(source->path, TY_SYS_READ);
    if (input->raw.file < 0)
        return ty_error_errno(error, "cannot open %s", source->path);
    ty_sys_facts about;
    if (!ty_sys_stat_file(input->raw.file, &about))
        return ty_error_errno(error, "cannot read %s", source->path);
    if (about.kind == TY_SYS_IS_FOLDER)
        return ty_error_set(error, TY_ERR_IO, "%s is a folder", source->path);
    if (about.kind == TY_SYS_IS_FILE && !standard)
        input->raw.size = (uint64_t)about.size;
    return TY_OK;
}

static ty_status start_inflate(struct input *input, int window_bits, ty_error *error)
{
    if (inflateInit2(&input->stream, window_bits) != Z_OK)
        return ty_error_nomem(error);
    input->stream_ready = true;
    return TY_OK;
}

/* A directory at the end cannot be reached in a pipe: take it all first. */
static ty_status make_seekable(struct input *input, ty_error *error)
{
    if (input->raw.size)
        return TY_OK;
    const size_t limit = (size_t)1 << 30;
    ty_status status = ty_input_read_all(input, limit, &input->raw.owned, error);
    if (status != TY_OK)
        return status;
    input->raw.bytes = ty_buffer_slice(&input->raw.owned);
    input->raw.size = input->raw.bytes.size;
    input->raw.file = -1;
    return TY_OK;
}

/* Reading begins anew, with the bytes of the member that was located. */
static ty_status start_member(struct input *input, ty_error *error)
{
    bool deflated = input->member.method == ZIP_METHOD_DEFLATED;
    ty_buffer_clear(&input->peeked);
    input->peeked_taken = 0;
    input->position = input->member.offset;
    input->end = input->member.offset + input->member.size;
    input->packing = deflated ? ZIP_DEFLATED : ZIP_STORED;
    return deflated ? start_inflate(input, -MAX_WBITS, error) : TY_OK;
}

static ty_status open_zip(struct input *input, const char *member, ty_error *error)
{
    ty_status status = make_seekable(input, error);
    if (status == TY_OK)
        status = ty_zip_find(&input->raw, member, &input->member, error);
    return status == TY_OK ? start_member(input, error) : status;
}

/* What was looked at to find the packing goes into the inflater. */
static ty_status open_gzip(struct input *input, ty_error *error)
{
    ty_buffer_release(&input->packed);
    input->packed = input->peeked;
    input->peeked = (ty_buffer){0};
    input->stream.next_in = (unsigned char *)input->packed.data;
    input->stream.avail_in = (unsigned)input->packed.size;
    input->packing = GZIP;
    return start_inflate(input, 16 + MAX_WBITS, error);
}

ty_status ty_input_open(const ty_source *source, const char *member, struct input **out, ty_error *error)
{
    *out = NULL;
    struct input *input = calloc(1, sizeof *input);
    if (!input)
        return ty_error_nomem(error);
    input->path = source->path ? source->path : "";
    input->end = UINT64_MAX;
    ty_status status = open_raw(source, input, error);
    ty_slice head = status == TY_OK ? ty_input_peek(input, error) : (ty_slice){"", 0};
    if (input->failed)
        status = TY_ERR_IO;
    if (status == TY_OK && ty_slice_starts(head, TY_SLICE("\x1F\x8B")))
        status = open_gzip(input, error);
    else if (status == TY_OK && member && ty_slice_starts(head, TY_SLICE("PK\x03\x04")))
        status = open_zip(input, member, error);
    if (status != TY_OK) {
        ty_error_locate(error, input->path, 0, 0);
        ty_input_close(input);
        return status;
    }
    *out = input;
    return TY_OK;
}

ty_status ty_input_open_member(ty_slice archive, const struct zip_member *member, const char *path,
                               struct input **out, ty_error *error)
{
    *out = NULL;
    struct input *input = calloc(1, sizeof *input);
    if (!input)
        return ty_error_nomem(error);
    input->path = path;
    input->raw = (struct raw){.file = -1, .bytes = archive, .size = archive.size};
    input->member = *member;
    ty_status status = ty_zip_locate(&input->raw, &input->member, error);
    if (status == TY_OK)
        status = start_member(input, error);
    if (status == TY_OK)
        *out = input;
    else
        ty_input_close(input);
    return status;
}

void ty_input_close(struct input *input)
{
    if (!input)
        return;
    if (input->stream_ready)
        inflateEnd(&input->stream);
    if (input->raw.file > TY_SYS_ERRORS)
        ty_sys_close(input->raw.file);
    ty_buffer_release(&input->raw.owned);
    ty_buffer_release(&input->packed);
    ty_buffer_release(&input->peeked);
    free(input);
}

size_t ty_input_read(struct input *input, char *bytes, size_t size, ty_error *error)
{
    size_t left = input->peeked.size - input->peeked_taken;
    if (!left)
        return unpack(input, bytes, size, error);
    if (size > left)
        size = left;
    memcpy(bytes, input->peeked.data + input->peeked_taken, size);
    input->peeked_taken += size;
    return size;
}

ty_slice ty_input_peek(struct input *input, ty_error *error)
{
    ty_buffer *peeked = &input->peeked;
    while (peeked->size - input->peeked_taken < PEEK) {
        if (!ty_buffer_reserve(peeked, PEEK)) {
            fail(input, error, TY_ERR_NOMEM, "out of memory");
            break;
        }
        size_t count = unpack(input, peeked->data + peeked->size, PEEK, error);
        if (!count)
            break;
        peeked->size += count;
        peeked->data[peeked->size] = '\0';
    }
    return ty_slice_sub(ty_buffer_slice(peeked), input->peeked_taken, input->peeked_taken + PEEK);
}

/* ------------------------------------------------------------------------------------------ on all cores */

struct chunks {
    const struct input *input;
    char *bytes;           /* of the whole */
    atomic_size_t missing; /* not read; found out again by whoever reads on */
};

enum { TOGETHER = 1 << 20 };

static ty_status read_chunk(void *payload, size_t number, ty_error *error)
{
    struct chunks *c = payload;
    uint64_t at = (uint64_t)number * TOGETHER;
    ptrdiff_t count =
        ty_sys_read_at(c->input->raw.file, c->bytes + at, TOGETHER, (int64_t)(c->input->position + at));
    if (count != TOGETHER)
        atomic_fetch_add(&c->missing, 1);
    return TY_OK;
}

/* Reads the whole chunks of a large file that is not packed: nothing, where any comes short. */
static ty_status read_chunks(struct input *input, size_t limit, ty_buffer *out, ty_error *error)
{
    bool simple = input->packing == PLAIN && input->raw.file >= 0 && input->end == UINT64_MAX &&
                  input->raw.size <= limit && input->peeked.size == input->peeked_taken;
    size_t count = simple && input->raw.size > input->position
                       ? (size_t)((input->raw.size - input->position) / TOGETHER)
                       : 0;
    if (count < 4 || !ty_buffer_reserve(out, count * TOGETHER))
        return TY_OK;
    struct chunks c = {.input = input, .bytes = out->data + out->size};
    ty_status status = ty_threads_each(count, read_chunk, &c, error);
    if (status != TY_OK || c.missing)
        return status;
    input->position += count * TOGETHER;
    out->size += count * TOGETHER;
    return TY_OK;
}

ty_status ty_input_read_all(struct input *input, size_t limit, ty_buffer *out, ty_error *error)
{
    size_t begin = out->size;
    if (input->packing == PLAIN && input->raw.size <= limit)
        ty_buffer_reserve_large(out, (size_t)input->raw.size + CHUNK); /* CHUNK more is read than there is */
    for (;;) {
        if (!ty_buffer_reserve(out, CHUNK))
            return ty_error_nomem(error);
        size_t count = ty_input_read(input, out->data + out->size, CHUNK, error);
        out->size += count;
        out->data[out->size] = '\0';
        if (input->failed)
            return error && error->status != TY_OK ? error->status : TY_ERR_IO;
        if (!count)
            return TY_OK;
        if (out->size - begin > limit)
            return ty_error_set(error, TY_ERR_LIMIT, "%s is larger than %zu bytes", input->path, limit);
        ty_status status = read_chunks(input, limit, out, error);
        if (status != TY_OK)
            return status;
    }
}

bool ty_input_is_compressed(const struct input *input)
{
    return input->packing != PLAIN;
}

uint64_t ty_input_position(const struct input *input)
{
    return input->position;
}

uint64_t ty_input_total(const struct input *input)
{
    return input->raw.size;
}
