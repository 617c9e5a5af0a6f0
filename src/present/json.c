/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "present/present.h"

/* A comma is due unless a bracket or an object has just been opened. */
static void begin_member(ty_buffer *json, const char *name)
{
    char last = json->size ? json->data[json->size - 1] : '{';
    if (last != '{' && last != '[')
        ty_buffer_add_char(json, ',');
    if (name)
        ty_buffer_add_format(json, "\"%s\":", name);
}

void ty_json_begin(ty_buffer *json)
{
    ty_buffer_add_char(json, '{');
}

void ty_json_end(ty_buffer *json)
{
    ty_buffer_add(json, TY_SLICE("}\n"));
}

void ty_json_open(ty_buffer *json, const char *name, char bracket)
{
    begin_member(json, name);
    ty_buffer_add_char(json, bracket);
}

void ty_json_close(ty_buffer *json, char bracket)
{
    ty_buffer_add_char(json, bracket);
}

void ty_json_text(ty_buffer *json, const char *name, ty_slice value)
{
    begin_member(json, name);
    ty_buffer_add_json(json, value);
}

void ty_json_string(ty_buffer *json, const char *name, const char *value)
{
    ty_json_text(json, name, ty_slice_of(value));
}

void ty_json_text_if(ty_buffer *json, const char *name, ty_slice value)
{
    if (value.size)
        ty_json_text(json, name, value);
}

/* Six digits are enough for every figure we have; JSON knows no infinity. */
void ty_json_number(ty_buffer *json, const char *name, double value)
{
    begin_member(json, name);
    ty_buffer_add_real(json, isfinite(value) ? value : 0.0, 6);
}

void ty_json_integer(ty_buffer *json, const char *name, int64_t value)
{
    begin_member(json, name);
    ty_buffer_add_format(json, "%lld", (long long)value);
}

void ty_json_bool(ty_buffer *json, const char *name, bool value)
{
    begin_member(json, name);
    ty_buffer_add_string(json, value ? "true" : "false");
}
