/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_request - bytes as an address, a form and a JSON object; what was read is escaped again (libFuzzer, or
 * main.c). */
#include <stdlib.h>

#include "server/file_names.h"
#include "server/html.h"
#include "server/internal.h"
#include "server/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so)
{
    if (!so)
        abort();
}

/* What comes out is text, and goes in again as it was. */
static void check_text(ty_slice text, bool form, ty_arena *arena)
{
    ty_buffer encoded = {0};
    ty_slice again;
    must(ty_is_text(text));
    ty_percent_encode(&encoded, text);
    must(ty_percent_decode(ty_buffer_slice(&encoded), form, arena, &again) == TY_OK);
    must(ty_slice_equal(again, text));
    ty_buffer_release(&encoded);
}

static void check_params(const ty_params *params, ty_arena *arena)
{
    must(params->count <= TY_PARAMS_LIMIT);
    for (size_t i = 0; i < params->count; i++) {
        check_text(params->items[i].name, true, arena);
        check_text(params->items[i].value, true, arena);
    }
}

/* Nothing of a text is markup, whatever bytes it has. */
static void check_html(ty_slice bytes)
{
    ty_buffer out = {0};
    ty_page page = {&out, "en"};
    ty_html_text(&page, bytes);
    for (size_t i = 0; i < out.size; i++)
        must(!strchr("<>\"'", out.data[i]) || !out.data[i]);
    must(ty_is_text(ty_buffer_slice(&out)));
    ty_buffer_release(&out);
}

static void check_name(ty_slice bytes)
{
    ty_buffer out = {0};
    ty_legal_name(&out, bytes);
    must(out.size > 0 && out.size <= 124);
    for (size_t i = 0; i < out.size; i++)
        must((unsigned char)out.data[i] >= 0x20 && !strchr("<>:\"/\\|?*", out.data[i]));
    ty_buffer_release(&out);
}

/* Names, of releases and of persons: what comes out stays as it is, and every file can hold it. */
static void check_line(ty_slice bytes)
{
    ty_buffer line = {0};
    char person[TY_NAME_LIMIT + 1], again[TY_NAME_LIMIT + 1];
    ty_buffer_add_plain_line(&line, bytes);
    must(ty_is_plain_line(ty_buffer_slice(&line)) && ty_xml_check(ty_buffer_slice(&line), NULL) == TY_OK);
    ty_name_copy(person, bytes);
    ty_name_copy(again, ty_slice_of(person));
    must(strcmp(person, again) == 0 && ty_is_plain_line(ty_slice_of(person)));
    ty_buffer_release(&line);
}

/* A cell comes back as it was, but for what a table between tabs cannot hold; it is no formula in between. */
static void check_cell(ty_slice bytes)
{
    ty_buffer cell = {0};
    ty_buffer_add_cell(&cell, bytes, (ty_cell_form){'\t', true});
    must(!cell.size || !strchr("=+-@\"", cell.data[0]) || !cell.data[0]);
    ty_slice back = ty_cell_without_apostrophe(ty_buffer_slice(&cell));
    must(back.size == bytes.size);
    for (size_t i = 0; i < back.size; i++)
        must(back.data[i] == bytes.data[i] || (back.data[i] == ' ' && strchr("\t\r\n", bytes.data[i])));
    ty_buffer_release(&cell);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_slice bytes = {(const char *)data, size};
    ty_arena arena = {0};
    ty_target target = {0};
    ty_params form = {0}, json = {0};
    if (ty_target_parse(&target, bytes, &arena) == TY_OK) {
        must(target.path.count == target.encoded.count && target.path.count > 0);
        for (size_t i = 0; i < target.path.count; i++)
            check_text(target.path.items[i], false, &arena);
        check_params(&target.query, &arena);
    }
    if (ty_params_decode(&form, bytes, &arena) == TY_OK)
        check_params(&form, &arena);
    if (ty_params_json(&json, bytes, &arena) == TY_OK)
        check_params(&json, &arena);
    ty_params_integer(&form, "n", -5, 5, 0);
    check_html(bytes);
    check_name(bytes);
    check_line(bytes);
    check_cell(bytes);
    ty_target_release(&target);
    ty_vector_release(&form);
    ty_vector_release(&json);
    ty_arena_release(&arena);
    return 0;
}
