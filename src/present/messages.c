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

static void json_place(ty_buffer *json, const char *file, size_t line, size_t unit)
{
    ty_json_string(json, "file", file);
    ty_json_integer(json, "line", (int64_t)line);
    ty_json_integer(json, "unit", (int64_t)unit);
}

void ty_present_error(const ty_present *p, const ty_error *error)
{
    if (!p->json) {
        add_place(p, error->file, error->line, error->unit);
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
    add_place(p, notice->file, notice->line, notice->unit);
    ty_buffer_add_format(p->out, _("%s: "), _(kind));
    ty_present_field(p, ty_slice_of(notice->message));
    if (notice->rule && notice->rule[0])
        ty_buffer_add_format(p->out, " [%s]", notice->rule);
    ty_buffer_add_char(p->out, '\n');
}
