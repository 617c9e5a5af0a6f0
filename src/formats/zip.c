/* SPDX-License-Identifier: Apache-2.0 */
/*
 * As much of ZIP as packed files and packages of parts need (PKWARE APPNOTE 6.3.10, 4.3): the central
 * directory, and members that are stored or deflated. No encryption, no ZIP64, no spanning.
 */
#include <stdlib.h>

#include "formats/internal.h"

enum {
    END_SIZE = 22,    /* end of central directory record, without its comment */
    ENTRY_SIZE = 46,  /* a central directory header, without names */
    LOCAL_SIZE = 30,  /* a local file header, without names */
    NAME_LIMIT = 1024 /* a longer name is cut: nobody asks for it */
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
    uint64_t size = ty_input_raw_size(raw);
    size_t span = size < END_SIZE + 0xFFFF ? (size_t)size : END_SIZE + 0xFFFF;
    char *tail = malloc(span + 1);
    if (!tail)
        return ty_error_nomem(error);
    span = ty_input_raw_read_at(raw, size - span, tail, span);
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

/* One entry of the directory, at `at`, which moves on behind it. */
static ty_status take_entry(struct raw *raw, uint64_t *at, struct zip_list *list, ty_error *error)
{
    char entry[ENTRY_SIZE], name[NAME_LIMIT];
    if (ty_input_raw_read_at(raw, *at, entry, ENTRY_SIZE) != ENTRY_SIZE || memcmp(entry, "PK\1\2", 4) != 0)
        return damaged(error);
    size_t name_size = little(entry + 28, 2), kept = name_size < sizeof name ? name_size : sizeof name;
    if (ty_input_raw_read_at(raw, *at + ENTRY_SIZE, name, kept) != kept)
        return damaged(error);
    struct zip_member member = {.name = ty_arena_copy(&list->names, (ty_slice){name, kept}),
                                .encrypted = little(entry + 8, 2) & 1,
                                .method = (uint16_t)little(entry + 10, 2),
                                .crc = little(entry + 16, 4),
                                .size = little(entry + 20, 4),
                                .unpacked = little(entry + 24, 4),
                                .offset = little(entry + 42, 4)};
    *at += ENTRY_SIZE + name_size + little(entry + 30, 2) + little(entry + 32, 2);
    return !list->names.failed && ty_vector_push(list, member) ? TY_OK : ty_error_nomem(error);
}

ty_status ty_zip_list(struct raw *raw, struct zip_list *out, ty_error *error)
{
    struct directory directory = {0};
    ty_status status = find_directory(raw, &directory, error);
    uint64_t at = directory.offset;
    for (uint32_t i = 0; i < directory.count && status == TY_OK; i++)
        status = take_entry(raw, &at, out, error);
    return status;
}

void ty_zip_list_release(struct zip_list *list)
{
    ty_vector_release(list);
    ty_arena_release(&list->names);
}

static ty_status check_readable(const struct zip_member *member, ty_error *error)
{
    if (member->encrypted)
        return ty_error_set(error, TY_ERR_FORMAT, "the file in the ZIP archive is encrypted");
    if (member->method != ZIP_METHOD_STORED && member->method != ZIP_METHOD_DEFLATED)
        return ty_error_set(error, TY_ERR_FORMAT, "the file in the ZIP archive is packed by method %u",
                            (unsigned)member->method);
    if (member->size == UINT32_MAX || member->unpacked == UINT32_MAX || member->offset == UINT32_MAX)
        return ty_error_set(error, TY_ERR_FORMAT, "the archive is ZIP64, which is not read");
    return TY_OK;
}

/* From the local header, whose names may differ in length from the directory's, to the bytes. */
ty_status ty_zip_locate(struct raw *raw, struct zip_member *member, ty_error *error)
{
    char local[LOCAL_SIZE];
    ty_status status = check_readable(member, error);
    if (status != TY_OK)
        return status;
    if (ty_input_raw_read_at(raw, member->offset, local, LOCAL_SIZE) != LOCAL_SIZE)
        return damaged(error);
    if (memcmp(local, "PK\3\4", 4) != 0)
        return damaged(error);
    member->offset += LOCAL_SIZE + little(local + 26, 2) + little(local + 28, 2);
    return member->offset + member->size <= ty_input_raw_size(raw) ? TY_OK : damaged(error);
}

static bool name_fits(ty_slice name, ty_slice suffix)
{
    return name.size > suffix.size &&
           ty_slice_equal_nocase(ty_slice_sub(name, name.size - suffix.size, name.size), suffix);
}

ty_status ty_zip_find(struct raw *raw, const char *suffix, struct zip_member *out, ty_error *error)
{
    struct zip_list list = {0};
    ty_status status = ty_zip_list(raw, &list, error);
    unsigned found = 0;
    for (size_t i = 0; i < list.count && status == TY_OK; i++)
        if (name_fits(list.items[i].name, ty_slice_of(suffix)) && found++ == 0)
            *out = list.items[i];
    ty_zip_list_release(&list);
    if (status != TY_OK)
        return status;
    if (found != 1)
        return ty_error_set(error, TY_ERR_FORMAT, "the ZIP archive holds %u %s files; one is read", found,
                            suffix);
    out->name = (ty_slice){"", 0};
    return ty_zip_locate(raw, out, error);
}
