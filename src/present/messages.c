/* SPDX-License-Identifier: Apache-2.0 */
/* Errors and notices. */
#include "present/present.h"

static void add_place(const ty_present *p, const char *file, size_t line, size_t unit)
{
    if (file && file[0]) {
        bool standard = strcmp(file, "standard input") == 0;
        ty_present_field(p, ty_slice_of(standard ? _(N_("standard input")) : file));
        if (line)
            ty_buffer_add_format(p->out, ":%zu", line);
        ty_buffer_add_string(p->out, ": ");
    }
    if (unit)
        ty_buffer_add_format(p->out, _("unit %zu: "), unit);
}

/* Does the message name the file itself, as in "cannot open x.txt: Permission denied"? */
static bool is_named(ty_slice file, ty_slice message)
{
    size_t at = file.size ? ty_slice_find(message, file, 0) : SIZE_MAX;
    for (; at != SIZE_MAX; at = ty_slice_find(message, file, at + 1)) {
        unsigned char next = at + file.size < message.size ? (unsigned char)message.data[at + file.size] : 0;
        if ((at == 0 || message.data[at - 1] == ' ') && (next == ':' || next >= 0x80))
            return true;
    }
    return false;
}

static void add_place_unless_named(const ty_present *p, const char *file, size_t line, size_t unit,
                                   const char *message)
{
    if (line || unit || !file || !is_named(ty_slice_of(file), ty_slice_of(message)))
        add_place(p, file, line, unit);
}

static void json_place(ty_buffer *json, const char *file, size_t line, size_t unit)
{
    ty_json_string(json, "file", file);
    ty_json_integer(json, "line", (int64_t)line);
    ty_json_integer(json, "unit", (int64_t)unit);
}

void ty_present_error(const ty_present *p, const ty_error *error)
{
    if (!p->json) {
        add_place_unless_named(p, error->file, error->line, error->unit, error->message);
        ty_present_row(p, &(ty_slice){error->message, strlen(error->message)}, 1);
        return;
    }
    ty_json_begin(p->out);
    ty_json_open(p->out, "error", '{');
    ty_json_string(p->out, "status", ty_status_name(error->status));
    ty_json_string(p->out, "message", error->message);
    json_place(p->out, error->file, error->line, error->unit);
    if (error->rule)
        ty_json_string(p->out, "rule", error->rule);
    ty_json_close(p->out, '}');
    ty_json_end(p->out);
}

void ty_present_notice(const ty_present *p, const ty_notice *notice)
{
    const char *kind = notice->rejected ? N_("rejected") : notice->remark ? N_("note") : N_("warning");
    if (p->json) {
        ty_json_begin(p->out);
        ty_json_open(p->out, kind, '{');
        ty_json_string(p->out, "rule", notice->rule);
        ty_json_string(p->out, "message", notice->message);
        json_place(p->out, notice->file, notice->line, notice->unit);
        ty_json_close(p->out, '}');
        ty_json_end(p->out);
        return;
    }
    add_place_unless_named(p, notice->file, notice->line, notice->unit, notice->message);
    ty_buffer_add_format(p->out, _("%s: "), _(kind));
    ty_present_field(p, ty_slice_of(notice->message));
    if (notice->rule && notice->rule[0])
        ty_buffer_add_format(p->out, " [%s]", notice->rule);
    ty_buffer_add_char(p->out, '\n');
}
