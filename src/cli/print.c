/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "cli.h"

#define MARK_ON "\x1b[1;7m"
#define MARK_OFF "\x1b[0m"

void ty_print(ty_run *run, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ty_buffer_clear(&run->scratch);
    if (size > 0 && ty_buffer_reserve(&run->scratch, (size_t)size)) {
        vsnprintf(run->scratch.data, (size_t)size + 1, format, again);
        ty_output_write(run->output, (ty_slice){run->scratch.data, (size_t)size});
    }
    va_end(again);
}

void ty_print_slice(ty_run *run, ty_slice text)
{
    ty_output_write(run->output, text);
}

void ty_print_field(ty_run *run, ty_slice text)
{
    ty_print_marked(run, text, NULL, 0);
}

/* A part of a field: control characters would break the line, the table or the terminal. */
static void print_part(ty_run *run, ty_slice text)
{
    size_t done = 0;
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F) {
            ty_output_write(run->output, ty_slice_sub(text, done, i));
            ty_output_write(run->output, TY_SLICE(" "));
            done = i + 1;
        }
    ty_output_write(run->output, ty_slice_sub(text, done, text.size));
}

void ty_print_marked(ty_run *run, ty_slice text, const ty_span *spans, size_t count)
{
    size_t done = 0;
    for (size_t i = 0; i < count && run->color; i++) {
        print_part(run, ty_slice_sub(text, done, spans[i].start));
        ty_output_write(run->output, TY_SLICE(MARK_ON));
        print_part(run, ty_slice_sub(text, spans[i].start, spans[i].end));
        ty_output_write(run->output, TY_SLICE(MARK_OFF));
        done = spans[i].end;
    }
    print_part(run, ty_slice_sub(text, done, text.size));
}

/* ------------------------------------------------------------------------------------------ JSON */

/* The object being written is in run->scratch; a comma is due unless a bracket has just been opened. */
static void json_name(ty_run *run, const char *name)
{
    ty_buffer *json = &run->scratch;
    char last = json->size ? json->data[json->size - 1] : '{';
    if (last != '{' && last != '[')
        ty_buffer_add_char(json, ',');
    if (name)
        ty_buffer_add_format(json, "\"%s\":", name);
}

void ty_json_begin(ty_run *run)
{
    ty_buffer_clear(&run->scratch);
    ty_buffer_add_char(&run->scratch, '{');
}

void ty_json_end(ty_run *run)
{
    ty_buffer_add(&run->scratch, TY_SLICE("}\n"));
    ty_output_write(run->output, ty_buffer_slice(&run->scratch));
}

void ty_json_open(ty_run *run, const char *name, char bracket)
{
    json_name(run, name);
    ty_buffer_add_char(&run->scratch, bracket);
}

void ty_json_close(ty_run *run, char bracket)
{
    ty_buffer_add_char(&run->scratch, bracket);
}

void ty_json_text(ty_run *run, const char *name, ty_slice value)
{
    json_name(run, name);
    ty_buffer_add_json(&run->scratch, value);
}

/* Six digits are enough for every figure we print; JSON knows no infinity. */
void ty_json_number(ty_run *run, const char *name, double value)
{
    json_name(run, name);
    ty_buffer_add_real(&run->scratch, isfinite(value) ? value : 0.0, 6);
}

void ty_json_integer(ty_run *run, const char *name, int64_t value)
{
    json_name(run, name);
    ty_buffer_add_format(&run->scratch, "%lld", (long long)value);
}

void ty_print_counts(ty_run *run, const char *name, const ty_counts *counts)
{
    const struct {
        const char *name;
        uint64_t value;
    } rows[] = {{"read", counts->read},         {"created", counts->created},
                {"updated", counts->updated},   {"unchanged", counts->unchanged},
                {"rejected", counts->rejected}, {"warnings", counts->warnings}};
    const size_t row_count = sizeof rows / sizeof *rows;
    if (run->common.json) {
        ty_json_begin(run);
        ty_json_text(run, "file", ty_slice_of(name));
        for (size_t i = 0; i < row_count; i++)
            ty_json_integer(run, rows[i].name, (int64_t)rows[i].value);
        ty_json_integer(run, "skipped", (int64_t)counts->skipped);
        ty_json_integer(run, "outside", (int64_t)counts->outside);
        ty_json_end(run);
        return;
    }
    ty_print(run, "%s:", name);
    for (size_t i = 0; i < row_count; i++)
        ty_print(run, "%s %llu %s", i ? "," : "", (unsigned long long)rows[i].value, rows[i].name);
    if (counts->skipped)
        ty_print(run, ", %llu of the unchanged skipped as duplicates", (unsigned long long)counts->skipped);
    if (counts->outside)
        ty_print(run, ", %llu left outside", (unsigned long long)counts->outside);
    ty_print(run, "\n");
}

const char *ty_cli_status_name(ty_term_status status)
{
    static const char *const names[] = {"", "approved", "provisional", "non-standard", "forbidden"};
    return names[status];
}
