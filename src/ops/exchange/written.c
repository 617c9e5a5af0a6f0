/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/written.h"

#include <stdlib.h>

#include "base/sys.h"

/* Where OmegaT looks for nothing but TMX. */
static const char list_path[] = "tm/taiyaku/files.tsv";

static ty_status full_path(const ty_written_list *list, const char *path, ty_buffer *out, ty_error *error)
{
    ty_buffer_add_format(out, "%s/%s", list->folder.data, path);
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ the list */

/* memory, origin, digest, path; anything else is no line of ours. */
static bool read_line(ty_written_list *list, ty_slice line)
{
    ty_slice fields[4];
    size_t count = 0;
    for (ty_slice field; count < 4 && ty_slice_next(&line, '\t', &field);)
        fields[count++] = field;
    if (count < 4 || !fields[3].size)
        return true;
    ty_written_file file = {.memory = ty_arena_copy(&list->arena, fields[0]),
                            .origin = atoll(ty_arena_copy(&list->arena, fields[1]).data),
                            .digest = ty_arena_copy(&list->arena, fields[2]),
                            .path = ty_arena_copy(&list->arena, fields[3])};
    return !list->arena.failed && ty_vector_push(&list->files, file);
}

ty_status ty_written_load(ty_written_list *list, const char *folder, ty_slice memory, ty_error *error)
{
    ty_buffer path = {0}, text = {0};
    *list = (ty_written_list){.memory = memory};
    ty_buffer_add_string(&list->folder, folder);
    ty_status status = list->folder.failed ? ty_error_nomem(error) : full_path(list, list_path, &path, error);
    if (status == TY_OK && ty_sys_exists(path.data))
        status = ty_file_read(path.data, 0, &text, error);
    ty_slice rest = ty_buffer_slice(&text), line;
    while (status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line))
        if (line.size && !read_line(list, line))
            status = ty_error_nomem(error);
    ty_buffer_release(&path);
    ty_buffer_release(&text);
    return status;
}

ty_status ty_written_save(ty_written_list *list, ty_error *error)
{
    ty_buffer path = {0};
    ty_output *output = NULL;
    ty_status status = full_path(list, list_path, &path, error);
    if (status == TY_OK)
        status = ty_output_open_as(path.data, TY_OUTPUT_DERIVED, &output, error);
    for (size_t i = 0; status == TY_OK && i < list->files.count; i++) {
        const ty_written_file *file = &list->files.items[i];
        ty_output_format(output, "%.*s\t%lld\t%.*s\t%.*s\n", TY_SLICE_FORMAT(file->memory),
                         (long long)file->origin, TY_SLICE_FORMAT(file->digest), TY_SLICE_FORMAT(file->path));
    }
    if (status == TY_OK)
        status = ty_output_commit(output, error);
    ty_buffer_release(&path);
    return status;
}

void ty_written_release(ty_written_list *list)
{
    ty_buffer_release(&list->folder);
    ty_vector_release(&list->files);
    ty_arena_release(&list->arena);
}

/* ------------------------------------------------------------------------------------------ a file */

static size_t find(const ty_written_list *list, const char *path)
{
    for (size_t i = 0; i < list->files.count; i++)
        if (ty_slice_equal(list->files.items[i].path, ty_slice_of(path)) &&
            ty_slice_equal(list->files.items[i].memory, list->memory))
            return i;
    return SIZE_MAX;
}

static void take_off(ty_written_list *list, size_t at)
{
    memmove(&list->files.items[at], &list->files.items[at + 1],
            (list->files.count - at - 1) * sizeof *list->files.items);
    list->files.count--;
}

static bool digest_of(const ty_written_list *list, const char *path, ty_digest *out)
{
    ty_buffer full = {0};
    ty_error ignored = {0};
    bool good = full_path(list, path, &full, &ignored) == TY_OK &&
                ty_origin_digest_file(full.data, out, &ignored) == TY_OK;
    ty_buffer_release(&full);
    return good;
}

ty_status ty_written_keep(ty_written_list *list, const char *path, int64_t origin, ty_error *error)
{
    ty_digest digest;
    size_t at;
    /* Of whomever it was before, it is this memory's now. */
    for (size_t i = list->files.count; i-- > 0;)
        if (ty_slice_equal(list->files.items[i].path, ty_slice_of(path)))
            take_off(list, i);
    at = list->files.count;
    if (!digest_of(list, path, &digest))
        return TY_OK;
    ty_written_file file = {.memory = list->memory,
                            .origin = origin,
                            .path = ty_arena_copy(&list->arena, ty_slice_of(path)),
                            .digest = ty_arena_copy(&list->arena, ty_slice_of(digest.text))};
    bool good = !list->arena.failed && ty_vector_push(&list->files, file) && list->files.count == at + 1;
    return good ? TY_OK : ty_error_nomem(error);
}

bool ty_written_is_ours(const ty_written_list *list, const char *path)
{
    ty_digest now;
    size_t at = find(list, path);
    return at != SIZE_MAX && digest_of(list, path, &now) &&
           ty_slice_equal(list->files.items[at].digest, ty_slice_of(now.text));
}

ty_status ty_written_drop(ty_written_list *list, const char *path, const ty_listener *listener,
                          ty_error *error)
{
    ty_buffer full = {0};
    size_t at = find(list, path);
    if (at == SIZE_MAX)
        return TY_OK;
    ty_status status = full_path(list, path, &full, error);
    if (status == TY_OK && ty_written_is_ours(list, path))
        ty_sys_remove(full.data);
    else if (status == TY_OK && ty_sys_exists(full.data))
        ty_warn(listener, full.data, 0, 0, "changed-since",
                "what was exported here is gone from the memory, but the file was changed since; it stays");
    take_off(list, at);
    ty_buffer_release(&full);
    return status;
}
