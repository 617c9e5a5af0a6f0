/* SPDX-License-Identifier: Apache-2.0 */
#include "server/access_file.h"

#include <errno.h>
#include <stdlib.h>

#include "base/sys.h"

static const char *const role_names[] = {"none", "read", "edit", "admin"};

const char *ty_role_name(ty_role role)
{
    return role_names[role];
}

static bool is_between(ty_slice text, const char *first, const char *last)
{
    size_t length = strlen(first);
    return text.size >= length && memcmp(text.data, first, length) >= 0 &&
           memcmp(text.data, last, length) <= 0;
}

/* Bytes of what a line must not hold at the beginning: C0, C1, the ends of lines, and what turns the
 * direction of text (Unicode Bidirectional Algorithm, table 4). 0: none of it. */
static size_t control(ty_slice text)
{
    if ((unsigned char)text.data[0] < 0x20 || text.data[0] == 0x7F)
        return 1;
    if (is_between(text, "\xC2\x80", "\xC2\x9F"))
        return 2;
    bool turns = is_between(text, "\xE2\x80\xA8", "\xE2\x80\xAE") || /* U+2028 to U+202E */
                 is_between(text, "\xE2\x80\x8E", "\xE2\x80\x8F") || /* U+200E, U+200F */
                 is_between(text, "\xE2\x81\xA6", "\xE2\x81\xA9");   /* U+2066 to U+2069 */
    return turns ? 3 : 0;
}

/* The same of what is there and not seen. */
static size_t blank(ty_slice text)
{
    bool wide = is_between(text, "\xE3\x80\x80", "\xE3\x80\x80") || /* U+3000 */
                is_between(text, "\xE2\x80\x80", "\xE2\x80\x8D") || /* U+2000 to U+200D */
                is_between(text, "\xEF\xBB\xBF", "\xEF\xBB\xBF");   /* U+FEFF */
    return text.data[0] == ' ' ? 1 : is_between(text, "\xC2\xA0", "\xC2\xA0") ? 2 : wide ? 3 : 0;
}

void ty_name_copy(char out[TY_NAME_LIMIT + 1], ty_slice name)
{
    size_t size = name.size < TY_NAME_LIMIT ? name.size : TY_NAME_LIMIT;
    while (size && size < name.size && ((unsigned char)name.data[size] & 0xC0) == 0x80)
        size--;
    ty_slice rest = ty_slice_sub(name, 0, size);
    size_t at = 0;
    for (size_t length; rest.size; rest = ty_slice_sub(rest, length, rest.size)) {
        length = control(rest);
        out[at++] = length ? ' ' : rest.data[0];
        length += !length;
    }
    out[at] = '\0';
}

bool ty_name_is_blank(ty_slice name)
{
    char shown[TY_NAME_LIMIT + 1];
    ty_name_copy(shown, name);
    for (ty_slice rest = ty_slice_of(shown); rest.size;) {
        size_t length = blank(rest);
        if (!length)
            return false;
        rest = ty_slice_sub(rest, length, rest.size);
    }
    return true;
}

static bool parse_entry(ty_slice line, ty_access_line *out)
{
    ty_slice fields[7] = {0};
    size_t count = 0;
    while (count < 7 && ty_slice_next(&line, '\t', &fields[count]))
        count++;
    if (count < 7 || fields[0].size != TY_ACCESS_HASH || fields[1].size >= sizeof out->kind ||
        fields[6].size > TY_NAME_LIMIT)
        return false;
    *out = (ty_access_line){0};
    memcpy(out->hash, fields[0].data, TY_ACCESS_HASH);
    memcpy(out->kind, fields[1].data, fields[1].size);
    ty_name_copy(out->name, fields[6]); /* as an earlier version may have kept it */
    for (int role = TY_ROLE_READ; role <= TY_ROLE_ADMIN; role++)
        if (ty_slice_equal(fields[2], ty_slice_of(ty_role_name((ty_role)role))))
            out->role = (ty_role)role;
    out->made = strtoll(fields[3].data, NULL, 10);
    out->used = strtoll(fields[4].data, NULL, 10);
    out->ends = strtoll(fields[5].data, NULL, 10);
    return out->role != TY_ROLE_NONE;
}

ty_status ty_access_load(const char *path, ty_access_lines *out, ty_error *error)
{
    ty_buffer text = {0};
    ty_status status = ty_file_read(path, 1 << 20, &text, error);
    ty_slice rest = ty_buffer_slice(&text), line;
    ty_access_line one;
    while (status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line))
        if (parse_entry(line, &one) && !ty_vector_push(out, one))
            status = ty_error_nomem(error);
    ty_buffer_release(&text);
    return status;
}

static void print_lines(const ty_access_lines *lines, ty_buffer *out)
{
    for (size_t i = 0; i < lines->count; i++) {
        const ty_access_line *e = &lines->items[i];
        ty_buffer_add_format(out, "%s\t%s\t%s\t%lld\t%lld\t%lld\t%s\n", e->hash, e->kind,
                             ty_role_name(e->role), (long long)e->made, (long long)e->used,
                             (long long)e->ends, e->name);
    }
}

ty_status ty_access_save(const char *path, const ty_access_lines *lines, ty_error *error)
{
    ty_buffer text = {0}, new = {0};
    print_lines(lines, &text);
    ty_buffer_add_format(&new, "%s.new", path);
    ty_status status = text.failed || new.failed ? ty_error_nomem(error) : TY_OK;
    if (status == TY_OK) {
        ty_sys_remove(new.data);
        int file = ty_sys_make(new.data, 0600);
        bool good = file >= 0 && ty_sys_write(file, ty_buffer_slice(&text)) && ty_sys_sync(file);
        ty_sys_close(file);
        if (!good || rename(new.data, path) != 0)
            status = ty_error_errno(error, "%s cannot be written", path);
    }
    ty_buffer_release(&text);
    ty_buffer_release(&new);
    return status;
}
