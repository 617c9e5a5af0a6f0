/*
 * As much of ZIP as a packed TMX needs (PKWARE APPNOTE 6.3.10, 4.3): the central directory, and members that
 * are stored or deflated. No encryption, no ZIP64, no spanning.
 */
#include <stdlib.h>

#include "formats/internal.h"

enum {
    END_SIZE = 22,       /* end of central directory record, without its comment */
    ENTRY_SIZE = 46,     /* a central directory header, without names */
    LOCAL_SIZE = 30,     /* a local file header, without names */
    MEMBERS_LIMIT = 4096 /* an archive with more is no packed memory */
};

static uint32_t little(const char *bytes, size_t size)
{
    uint32_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
    return value;
}

static ty_status damaged(ty_error *error)
{
    return ty_error_set(error, TY_ERR_FORMAT, "the ZIP archive is damaged or cut off");
}

struct directory {
    uint64_t offset;
    uint32_t count;
};

/* The record stands at the very end, or before a comment of up to 64 KiB. */
static ty_status find_directory(struct raw *raw, struct directory *out, ty_error *error)
{
    uint64_t size = raw_size(raw);
    size_t span = size < END_SIZE + 0xFFFF ? (size_t)size : END_SIZE + 0xFFFF;
    char *tail = malloc(span + 1);
    if (!tail)
        return ty_error_nomem(error);
    span = raw_read_at(raw, size - span, tail, span);
    ty_status status = damaged(NULL);
    for (size_t at = span >= END_SIZE ? span - END_SIZE + 1 : 0; at-- > 0 && status != TY_OK;) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0)
            continue;
        *out = (struct directory){.offset = little(tail + at + 16, 4), .count = little(tail + at + 10, 2)};
        status = TY_OK;
    }
    free(tail);
    return status == TY_OK ? TY_OK : damaged(error);
}

static bool name_fits(ty_slice name, ty_slice suffix)
{
    return name.size > suffix.size &&
           ty_slice_equal_nocase(ty_slice_sub(name, name.size - suffix.size, name.size), suffix);
}

static ty_status take_entry(const char *entry, struct zip_member *out, ty_error *error)
{
    uint32_t method = little(entry + 10, 2);
    if (little(entry + 8, 2) & 1)
        return ty_error_set(error, TY_ERR_FORMAT, "the file in the ZIP archive is encrypted");
    if (method != 0 && method != 8)
        return ty_error_set(error, TY_ERR_FORMAT, "the file in the ZIP archive is packed by method %u",
                            (unsigned)method);
    *out = (struct zip_member){.deflated = method == 8,
                               .crc = little(entry + 16, 4),
                               .size = little(entry + 20, 4),
                               .unpacked = little(entry + 24, 4),
                               .offset = little(entry + 42, 4)};
    if (out->size == UINT32_MAX || out->unpacked == UINT32_MAX || out->offset == UINT32_MAX)
        return ty_error_set(error, TY_ERR_FORMAT, "the archive is ZIP64, which is not read");
    return TY_OK;
}

/* From the local header, whose names may differ in length from the directory's, to the bytes. */
static ty_status find_bytes(struct raw *raw, struct zip_member *member, ty_error *error)
{
    char local[LOCAL_SIZE];
    if (raw_read_at(raw, member->offset, local, LOCAL_SIZE) != LOCAL_SIZE)
        return damaged(error);
    if (memcmp(local, "PK\3\4", 4) != 0)
        return damaged(error);
    member->offset += LOCAL_SIZE + little(local + 26, 2) + little(local + 28, 2);
    return member->offset + member->size <= raw_size(raw) ? TY_OK : damaged(error);
}

ty_status zip_find(struct raw *raw, const char *suffix, struct zip_member *out, ty_error *error)
{
    struct directory directory = {0};
    ty_status status = find_directory(raw, &directory, error);
    if (status != TY_OK)
        return status;
    unsigned found = 0;
    uint64_t at = directory.offset;
    for (uint32_t i = 0; i < directory.count && i < MEMBERS_LIMIT; i++) {
        char entry[ENTRY_SIZE], name[512];
        if (raw_read_at(raw, at, entry, ENTRY_SIZE) != ENTRY_SIZE || memcmp(entry, "PK\1\2", 4) != 0)
            return damaged(error);
        size_t name_size = little(entry + 28, 2);
        size_t kept =
            raw_read_at(raw, at + ENTRY_SIZE, name, name_size < sizeof name ? name_size : sizeof name);
        if (kept == name_size && name_fits((ty_slice){name, kept}, ty_slice_of(suffix)) && found++ == 0)
            status = take_entry(entry, out, error);
        if (status != TY_OK)
            return status;
        at += ENTRY_SIZE + name_size + little(entry + 30, 2) + little(entry + 32, 2);
    }
    if (found == 1)
        return find_bytes(raw, out, error);
    return ty_error_set(error, TY_ERR_FORMAT, "the ZIP archive holds %u %s files; one is read", found,
                        suffix);
}
