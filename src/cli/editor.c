/* SPDX-License-Identifier: Apache-2.0 */
#include "editor.h"

#include <stdlib.h>

#include "base/sys.h"

/* Of a unit, as it was shown. */
typedef struct segment {
    ty_run *run;
    int64_t unit;
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

static ty_status read_segment(segment *s, ty_error *error)
{
    ty_unit_query query = {.ids = &s->unit, .id_count = 1};
    ty_status status = ty_memory_units(s->run->memory, &query, take_segment, s, error);
    return status == TY_NO || (status == TY_OK && !s->found)
               ? ty_error_set(error, TY_NO, "there is no unit %lld with a text in %s", (long long)s->unit,
                              s->lang)
               : status;
}

/* In the transaction of the change: an editor may be open for long. */
static ty_status is_as_shown(void *payload, ty_error *error)
{
    const segment *shown = payload;
    segment now = {.run = shown->run, .unit = shown->unit, .lang = shown->lang, .markup = shown->markup};
    ty_status status = read_segment(&now, error);
    if (status == TY_OK && !ty_slice_equal(ty_buffer_slice(&now.text), ty_buffer_slice(&shown->text)))
        status = ty_error_set(error, TY_ERR_BUSY, "unit %lld was changed meanwhile", (long long)now.unit);
    ty_buffer_release(&now.text);
    return status;
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

ty_status ty_edit_segment(ty_run *run, int64_t unit, ty_slice text, bool markup, ty_error *error)
{
    if (!ty_slice_trim(text).size)
        return ty_error_set(error, TY_ERR_USAGE,
                            "the new text is empty; \"taiyaku remove\" takes a unit out of the memory");
    return ty_memory_edit(run->memory, unit, run->common.lang, text, markup, ty_user(), error);
}

/* What has been typed? */
static ty_status read_text(const segment *s, const char *path, ty_buffer *buffer, ty_slice *out,
                           ty_error *error)
{
    ty_status status = ty_file_read(path, 0, buffer, error);
    *out = ty_slice_trim(ty_buffer_slice(buffer));
    return status == TY_OK && ty_slice_equal(*out, ty_slice_trim(ty_buffer_slice(&s->text)))
               ? ty_error_set(error, TY_NO, "unit %lld says so already", (long long)s->unit)
               : status;
}

/* What was typed is kept where it cannot be saved. */
static ty_status save(segment *s, const char *path, ty_slice text, ty_error *error)
{
    ty_error why = {0};
    ty_memory_set_premise(s->run->memory, is_as_shown, s);
    ty_status status = ty_check_text(text, &why);
    if (status == TY_OK)
        status = ty_edit_segment(s->run, s->unit, text, s->markup, &why);
    ty_memory_set_premise(s->run->memory, NULL, NULL);
    if (status != TY_OK)
        return ty_error_set(error, status, "%s; what was typed is in %s", why.message, path);
    ty_sys_remove(path);
    return TY_OK;
}

static ty_status edit(segment *s, ty_buffer *buffer, ty_error *error)
{
    char path[] = "/tmp/taiyaku-edit-XXXXXX";
    ty_slice text;
    int file = ty_sys_make_temporary(path);
    if (file < 0 || !write_file(file, ty_buffer_slice(&s->text)))
        return ty_error_errno(error, "%s cannot be written", path);
    ty_status status = run_editor(path, error);
    if (status == TY_OK)
        status = read_text(s, path, buffer, &text, error);
    if (status == TY_OK)
        return save(s, path, text, error);
    ty_sys_remove(path);
    return status;
}

ty_status ty_edit_in_editor(ty_run *run, int64_t unit, bool markup, ty_error *error)
{
    ty_buffer buffer = {0};
    segment s = {.run = run, .unit = unit, .lang = run->common.lang, .markup = markup};
    ty_status status = read_segment(&s, error);
    if (status == TY_OK)
        status = edit(&s, &buffer, error);
    ty_buffer_release(&buffer);
    ty_buffer_release(&s.text);
    return status;
}
