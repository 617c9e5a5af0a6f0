/* SPDX-License-Identifier: Apache-2.0 */
#include "editor.h"

#include <stdlib.h>

#include "base/sys.h"

typedef struct segment {
    const char *lang;
    bool markup, found;
    ty_buffer text;
} segment;

/* The variant in the language that was asked for, "en" for en-US, too. */
static bool is_in(ty_slice lang, const char *wanted)
{
    ty_slice range = ty_slice_of(wanted);
    ty_slice start = ty_slice_sub(lang, 0, range.size < lang.size ? range.size : lang.size);
    return ty_slice_equal_nocase(start, range) &&
           (lang.size == range.size || lang.data[range.size] == '-' || lang.data[range.size] == '_');
}

static ty_status take_segment(void *payload, const ty_unit_info *unit)
{
    segment *s = payload;
    for (size_t i = 0; i < unit->variant_count && !s->found; i++) {
        const ty_variant_info *variant = &unit->variants[i];
        if (!is_in(variant->lang, s->lang))
            continue;
        ty_buffer_add(&s->text, s->markup && variant->content.data ? variant->content : variant->text);
        s->found = true;
    }
    return TY_OK;
}

static bool write_file(int file, ty_slice text)
{
    bool written = ty_sys_write(file, text) && ty_sys_write(file, TY_SLICE("\n"));
    ty_sys_close(file);
    return written;
}

static ty_status run_editor(const char *path, ty_error *error)
{
    const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");
    const char *chosen = visual && visual[0] ? visual : editor && editor[0] ? editor : "vi";
    ty_buffer command = {0};
    ty_buffer_add_format(&command, "%s '%s'", chosen, path); /* the name is ours and has no quote in it */
    int status = command.failed ? -1 : system(command.data);
    ty_buffer_release(&command);
    if (status != 0)
        return ty_error_set(error, TY_ERR_IO, "the editor, %s, failed; nothing was changed", chosen);
    return TY_OK;
}

static ty_status edit(ty_slice before, ty_buffer *buffer, ty_slice *out, ty_error *error)
{
    char path[] = "/tmp/taiyaku-edit-XXXXXX";
    int file = ty_sys_make_temporary(path);
    if (file < 0 || !write_file(file, before))
        return ty_error_errno(error, "%s cannot be written", path);
    ty_status status = run_editor(path, error);
    ty_buffer_clear(buffer);
    if (status == TY_OK)
        status = ty_file_read(path, 0, buffer, error);
    ty_sys_remove(path);
    *out = ty_slice_trim(ty_buffer_slice(buffer));
    return status == TY_OK ? ty_check_text(*out, error) : status;
}

ty_status ty_edit_in_editor(ty_run *run, int64_t unit, bool markup, ty_buffer *buffer, ty_slice *out,
                            ty_error *error)
{
    segment s = {.lang = run->common.lang, .markup = markup};
    ty_status status =
        ty_memory_units(run->memory, &(ty_unit_query){.ids = &unit, .id_count = 1}, take_segment, &s, error);
    if (status == TY_NO || (status == TY_OK && !s.found))
        status =
            ty_error_set(error, TY_NO, "there is no unit %lld with a text in %s", (long long)unit, s.lang);
    if (status == TY_OK)
        status = edit(ty_buffer_slice(&s.text), buffer, out, error);
    if (status == TY_OK && ty_slice_equal(*out, ty_slice_trim(ty_buffer_slice(&s.text))))
        status = ty_error_set(error, TY_NO, "unit %lld says so already", (long long)unit);
    ty_buffer_release(&s.text);
    return status;
}
