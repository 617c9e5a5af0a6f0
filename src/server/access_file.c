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

static bool make_name(ty_slice name, ty_buffer *out)
{
    ty_buffer given = {0};
    ty_buffer_add(&given, name);
    bool good = !given.failed && ty_person_name(given.data ? given.data : "", out, NULL) == TY_OK;
    ty_buffer_release(&given);
    return good;
}

void ty_name_copy(char out[TY_NAME_LIMIT + 1], ty_slice name)
{
    ty_buffer made = {0};
    ty_slice whole = make_name(name, &made) ? ty_buffer_slice(&made) : TY_SLICE("");
    size_t size = whole.size < TY_NAME_LIMIT ? whole.size : TY_NAME_LIMIT;
    while (size && size < whole.size && ((unsigned char)whole.data[size] & 0xC0) == 0x80)
        size--;
    ty_slice cut = ty_slice_trim(ty_slice_sub(whole, 0, size));
    memcpy(out, cut.data, cut.size);
    out[cut.size] = '\0';
    ty_buffer_release(&made);
}

bool ty_name_is_long(ty_slice name)
{
    ty_buffer made = {0};
    bool is_long = make_name(name, &made) && made.size > TY_NAME_LIMIT;
    ty_buffer_release(&made);
    return is_long;
}

bool ty_name_is_blank(ty_slice name)
{
    char shown[TY_NAME_LIMIT + 1];
    ty_name_copy(shown, name);
    return !shown[0];
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
