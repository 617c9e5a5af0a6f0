/* SPDX-License-Identifier: Apache-2.0 */
/* Steps: what was done to a memory, and what was taken back. */
#include "present/present.h"

static void add_members(ty_buffer *json, const ty_step *step)
{
    ty_json_integer(json, "step", step->id);
    ty_json_text(json, "what", step->name);
    ty_json_text(json, "subject", step->subject);
    ty_json_text(json, "at", step->at);
    ty_json_text(json, "who", step->who);
    if (step->takes_back)
        ty_json_integer(json, "takes_back", step->takes_back);
    if (step->taken_back)
        ty_json_integer(json, "taken_back", step->taken_back);
}

/* All but the end of the line. */
static void add_cells(const ty_present *p, const ty_step *step)
{
    const ty_slice fields[] = {step->at, step->who, step->name, step->subject};
    ty_buffer_add_format(p->out, "%lld", (long long)step->id);
    for (int i = 0; i < 4; i++) {
        ty_buffer_add_char(p->out, '\t');
        ty_present_field(p, fields[i]);
    }
    if (step->taken_back)
        ty_buffer_add_format(p->out, _("\ttaken back by %lld"), (long long)step->taken_back);
}

void ty_present_steps_header(const ty_present *p)
{
    ty_present_columns(p, "step\tat\twho\twhat\tsubject\tlater");
}

void ty_present_step(const ty_present *p, const ty_step *step)
{
    if (!p->json) {
        add_cells(p, step);
        ty_buffer_add_char(p->out, '\n');
        return;
    }
    ty_json_begin(p->out);
    add_members(p->out, step);
    ty_json_end(p->out);
}

void ty_present_past_header(const ty_present *p)
{
    ty_present_columns(p, "step\tat\twho\twhat\tsubject\tlater\tbefore");
}

static void add_before(const ty_present *p, const ty_past *past)
{
    ty_buffer_add_string(p->out, past->step->taken_back ? "\t" : "\t\t");
    for (size_t i = 0; i < past->before_count; i++) {
        ty_buffer_add_string(p->out, i ? " / " : "");
        ty_present_field(p, past->before[i].lang);
        ty_buffer_add_string(p->out, ": ");
        ty_present_field(p, past->before[i].text);
    }
    ty_buffer_add_char(p->out, '\n');
}

static void json_before(ty_buffer *json, const ty_past *past)
{
    ty_json_open(json, "before", '[');
    for (size_t i = 0; i < past->before_count; i++) {
        const ty_variant_info *variant = &past->before[i];
        ty_json_open(json, NULL, '{');
        ty_json_text(json, "lang", variant->lang);
        ty_json_text(json, "text", variant->text);
        if (variant->content.data)
            ty_json_text(json, "content", variant->content);
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

void ty_present_past(const ty_present *p, const ty_past *past)
{
    if (!p->json) {
        add_cells(p, past->step);
        add_before(p, past);
        return;
    }
    ty_json_begin(p->out);
    add_members(p->out, past->step);
    json_before(p->out, past);
    ty_json_end(p->out);
}

/* Of units and concepts how many; of what has none, such as a release's facts, which step. */
static void add_restored(const ty_present *p, const ty_step *step, bool redo)
{
    if (step->units)
        ty_buffer_add_format(p->out, redo ? _("%llu done again\n") : _("%llu restored\n"),
                             (unsigned long long)step->units);
    else
        ty_buffer_add_format(p->out, redo ? _("done again: %.*s\n") : _("taken back: %.*s\n"),
                             TY_SLICE_FORMAT(step->subject));
}

void ty_present_restored(const ty_present *p, const ty_step *step, bool redo)
{
    if (!p->json) {
        add_restored(p, step, redo);
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "restored", (int64_t)step->units);
    add_members(p->out, step);
    ty_json_end(p->out);
}
