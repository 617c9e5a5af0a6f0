/* SPDX-License-Identifier: Apache-2.0 */
#include "server/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <zlib.h>

#include "base/sys.h"
#include "server/file_names.h"

enum { CHUNK = 65536, UTF8_FLAG = 0x800, DEPTH = 8 };

/* ------------------------------------------------------------------------------------------ writing */

typedef struct archive {
    int file;
    ty_archive_names names;
    uint64_t at; /* end of what is written */
    uint32_t stamp;
    ty_strings taken;    /* names so far */
    ty_buffer directory; /* its entries so far */
    unsigned count;
    ty_error *error;
} archive;

static void put_number(ty_buffer *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        ty_buffer_add_char(out, (char)(value >> (8 * i)));
}

static ty_status write_at(const archive *a, uint64_t at, ty_slice bytes)
{
    return ty_sys_write_at(a->file, bytes, (int64_t)at)
               ? TY_OK
               : ty_error_errno(a->error, "a temporary file cannot be written");
}

static ty_status append(archive *a, ty_slice bytes)
{
    ty_status status = write_at(a, a->at, bytes);
    a->at += bytes.size;
    return status == TY_OK && a->at > UINT32_MAX ? ty_error_set(a->error, TY_ERR_LIMIT, "more than 4 GiB")
                                                 : status;
}

/* An entry's name, sums and sizes, alike in its local header and in the directory. */
typedef struct entry {
    ty_buffer name;
    bool utf8;
    uint32_t crc, packed, plain, at;
} entry;

static void put_common(ty_buffer *out, const archive *a, const entry *e)
{
    put_number(out, 20, 2); /* version needed: deflate */
    put_number(out, e->utf8 ? UTF8_FLAG : 0, 2);
    put_number(out, 8, 2);
    put_number(out, a->stamp, 4);
    put_number(out, e->crc, 4);
    put_number(out, e->packed, 4);
    put_number(out, e->plain, 4);
    put_number(out, (uint32_t)e->name.size, 2);
    put_number(out, 0, 2);
}

static ty_status pack(archive *a, ty_slice content, entry *e)
{
    unsigned char chunk[CHUNK];
    z_stream stream = {.next_in = (Bytef *)content.data, .avail_in = (uInt)content.size};
    uint64_t start = a->at;
    ty_status status = TY_OK;
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return ty_error_nomem(a->error);
    do {
        stream.next_out = chunk;
        stream.avail_out = CHUNK;
        deflate(&stream, Z_FINISH);
        status = append(a, (ty_slice){(const char *)chunk, CHUNK - stream.avail_out});
    } while (status == TY_OK && stream.avail_out == 0);
    deflateEnd(&stream);
    e->packed = (uint32_t)(a->at - start);
    return status;
}

/* The local header is written when its sums are known, into the room left for it. */
static ty_status add_content(archive *a, ty_slice content, entry *e)
{
    ty_buffer header = {0};
    e->at = (uint32_t)a->at;
    e->plain = (uint32_t)content.size;
    e->crc = (uint32_t)crc32_z(0, (const Bytef *)content.data, content.size);
    a->at += 30 + e->name.size;
    ty_status status = pack(a, content, e);
    put_number(&header, 0x04034B50, 4);
    put_common(&header, a, e);
    ty_buffer_add(&header, ty_buffer_slice(&e->name));
    if (status == TY_OK)
        status = header.failed ? ty_error_nomem(a->error) : write_at(a, e->at, ty_buffer_slice(&header));
    ty_buffer_release(&header);
    return status;
}

static void add_to_directory(archive *a, const entry *e)
{
    put_number(&a->directory, 0x02014B50, 4);
    put_number(&a->directory, 20, 2); /* made on MS-DOS: names and times as there */
    put_common(&a->directory, a, e);
    put_number(&a->directory, 0, 2);
    put_number(&a->directory, 0, 4);
    put_number(&a->directory, 0, 4);
    put_number(&a->directory, e->at, 4);
    ty_buffer_add(&a->directory, ty_buffer_slice(&e->name));
    a->count++;
}

static ty_status finish(archive *a)
{
    ty_buffer end = {0};
    uint64_t at = a->at;
    ty_status status = append(a, ty_buffer_slice(&a->directory));
    put_number(&end, 0x06054B50, 4);
    put_number(&end, 0, 4);
    put_number(&end, a->count, 2);
    put_number(&end, a->count, 2);
    put_number(&end, (uint32_t)a->directory.size, 4);
    put_number(&end, (uint32_t)at, 4);
    put_number(&end, 0, 2);
    if (status == TY_OK)
        status =
            a->directory.failed || end.failed ? ty_error_nomem(a->error) : append(a, ty_buffer_slice(&end));
    ty_buffer_release(&end);
    return status;
}

/* ------------------------------------------------------------------------------------------ files */

static ty_status add_bytes(archive *a, ty_slice way, ty_slice content)
{
    entry e = {.utf8 = true};
    ty_buffer converted = {0};
    ty_legal_way_apart(&e.name, way, &a->taken);
    if (a->names == TY_NAMES_SHIFT_JIS && !e.name.failed && ty_name_to_shift_jis(&e.name, &converted)) {
        ty_buffer_release(&e.name);
        e.name = converted;
        e.utf8 = false;
        converted = (ty_buffer){0};
    }
    ty_status status = e.name.failed || a->count >= 65000
                           ? ty_error_set(a->error, TY_ERR_LIMIT, "too many files")
                           : add_content(a, content, &e);
    if (status == TY_OK)
        add_to_directory(a, &e);
    ty_buffer_release(&e.name);
    ty_buffer_release(&converted);
    return status;
}

static ty_status add_file(archive *a, int file, size_t size, ty_slice way)
{
    if (size > UINT32_MAX)
        return ty_error_set(a->error, TY_ERR_LIMIT, "more than 4 GiB");
    void *data = size ? ty_sys_map(file, size, 0) : NULL;
    if (size && !data)
        return ty_error_errno(a->error, "a temporary file cannot be read");
    ty_status status = add_bytes(a, way, (ty_slice){size ? data : "", size});
    if (size)
        ty_sys_unmap(data, size);
    return status;
}

static ty_status add_folder(archive *a, const ty_buffer *folder, size_t root, int depth);

static ty_status add_path(archive *a, const ty_buffer *path, size_t root, int depth)
{
    ty_sys_facts what;
    int file = ty_sys_open(path->data, TY_SYS_READ | TY_SYS_NO_LINK);
    if (file < 0 || !ty_sys_stat_file(file, &what)) {
        ty_sys_close(file);
        return ty_error_errno(a->error, "a temporary file cannot be read");
    }
    ty_status status = TY_OK;
    if (what.kind == TY_SYS_IS_FOLDER && depth < DEPTH)
        status = add_folder(a, path, root, depth + 1);
    else if (what.kind == TY_SYS_IS_FILE)
        status = add_file(a, file, (size_t)what.size, ty_slice_sub(ty_buffer_slice(path), root, path->size));
    ty_sys_close(file);
    return status;
}

static ty_status add_folder(archive *a, const ty_buffer *folder, size_t root, int depth)
{
    ty_arena arena = {0};
    ty_slices list = {0};
    ty_status status = TY_OK;
    if (!ty_sys_list(folder->data, &arena, &list))
        status = ty_error_errno(a->error, "a temporary folder cannot be read");
    for (size_t i = 0; status == TY_OK && i < list.count; i++) {
        ty_buffer path = {0};
        ty_buffer_add_format(&path, "%s/%s", folder->data, list.items[i].data);
        status = path.failed ? ty_error_nomem(a->error) : add_path(a, &path, root, depth);
        ty_buffer_release(&path);
    }
    ty_vector_release(&list);
    ty_arena_release(&arena);
    return status;
}

/* The time as MS-DOS has it: from 1980, in steps of two seconds. */
static uint32_t dos_stamp(void)
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    return (uint32_t)((utc.tm_year - 80) << 25 | (utc.tm_mon + 1) << 21 | utc.tm_mday << 16 |
                      utc.tm_hour << 11 | utc.tm_min << 5 | utc.tm_sec / 2);
}

ty_status ty_archive_folder(const char *folder, ty_archive_names names, int file, ty_error *error)
{
    archive a = {.file = file, .names = names, .stamp = dos_stamp(), .error = error};
    ty_buffer path = {0};
    ty_buffer_add_string(&path, folder);
    ty_status status = path.failed ? ty_error_nomem(error) : add_folder(&a, &path, path.size + 1, 0);
    if (status == TY_OK)
        status = finish(&a);
    ty_buffer_release(&path);
    ty_strings_release(&a.taken);
    ty_buffer_release(&a.directory);
    return status;
}
