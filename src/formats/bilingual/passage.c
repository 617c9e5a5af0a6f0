/* SPDX-License-Identifier: Apache-2.0 */
/* Text with codes: cut, told plainly, and as the content of a TMX seg. */
#include <stdlib.h>

#include "formats/bilingual/codes.h"

static const ty_slice mark = {CODE_MARK, sizeof CODE_MARK - 1};

static size_t marks_in(ty_slice text)
{
    size_t count = 0;
    for (size_t at = 0; (at = ty_slice_find(text, mark, at)) != SIZE_MAX; at += mark.size)
        count++;
    return count;
}

struct passage ty_passage_cut(struct passage whole, size_t start, size_t end)
{
    size_t before = marks_in(ty_slice_sub(whole.text, 0, start));
    struct passage part = {.text = ty_slice_sub(whole.text, start, end)};
    part.codes = whole.codes ? whole.codes + before : NULL;
    part.code_count = marks_in(part.text);
    return part;
}

size_t ty_passage_count(struct passage passage)
{
    size_t count = 0;
    for (size_t i = 0; i < passage.code_count; i++)
        count += passage.codes[i].kind != CODE_TEXT;
    return count;
}

void ty_passage_plain(struct passage passage, ty_buffer *out)
{
    size_t done = 0, code = 0;
    for (size_t at = 0; (at = ty_slice_find(passage.text, mark, at)) != SIZE_MAX; at += mark.size) {
        bool text = code >= passage.code_count || passage.codes[code].kind == CODE_TEXT;
        code++;
        ty_buffer_add(out, ty_slice_sub(passage.text, done, text ? at + mark.size : at));
        done = at + mark.size;
    }
    ty_buffer_add(out, ty_slice_sub(passage.text, done, passage.text.size));
}

/* ------------------------------------------------------------------------------------------ markup */

enum { ALONE = -1 };

/* Which code each one is a pair with, ALONE where it is with none. */
static bool find_pairs(struct passage passage, ty_strings *ids, long *pairs)
{
    TY_VECTOR(long) open = {0}; /* by number of the id: the last that is open */
    bool good = true;
    for (size_t i = 0; good && i < passage.code_count; i++) {
        const struct code *code = &passage.codes[i];
        uint32_t id = ty_strings_add(ids, code->id);
        pairs[i] = ALONE;
        good = id != TY_STRINGS_NONE;
        while (good && open.count <= id)
            good = ty_vector_push(&open, (long)ALONE);
        if (!good || code->kind == CODE_ALONE || code->kind == CODE_TEXT)
            continue;
        if (code->kind == CODE_CLOSE && open.items[id] != ALONE) {
            pairs[i] = open.items[id];
            pairs[open.items[id]] = (long)i;
        }
        open.items[id] = code->kind == CODE_OPEN ? (long)i : ALONE;
    }
    ty_vector_release(&open);
    return good;
}

static void add_type(ty_buffer *out, const struct code *code)
{
    if (!code->type.size)
        return;
    ty_buffer_add_string(out, " type=\"");
    ty_buffer_add_xml_attribute(out, code->type);
    ty_buffer_add_char(out, '"');
}

/* The number of a pair is that of its first half, counted from 1. */
static void add_code(const struct passage *passage, size_t at, const long *pairs, unsigned x, ty_buffer *out)
{
    const struct code *code = &passage->codes[at];
    bool paired = pairs[at] != ALONE, alone = code->kind == CODE_ALONE;
    const char *name = alone ? "ph" : !paired ? "it" : code->kind == CODE_OPEN ? "bpt" : "ept";
    size_t number = (code->kind == CODE_CLOSE && paired ? (size_t)pairs[at] : at) + 1;
    ty_buffer_add_format(out, "<%s", name);
    if (paired)
        ty_buffer_add_format(out, " i=\"%zu\"", number);
    else if (!alone)
        ty_buffer_add_format(out, " pos=\"%s\"", code->kind == CODE_OPEN ? "begin" : "end");
    if (!paired || code->kind == CODE_OPEN) {
        ty_buffer_add_format(out, " x=\"%u\"", x);
        add_type(out, code);
    }
    ty_buffer_add_string(out, code->native.size ? ">" : "/>");
    if (code->native.size) {
        ty_buffer_add(out, code->native);
        ty_buffer_add_format(out, "</%s>", name);
    }
}

ty_status ty_passage_content(struct passage passage, ty_strings *ids, ty_buffer *out, ty_error *error)
{
    long *pairs = calloc(passage.code_count + 1, sizeof *pairs);
    bool good = pairs && find_pairs(passage, ids, pairs);
    size_t done = 0, code = 0;
    for (size_t at = 0; good && (at = ty_slice_find(passage.text, mark, at)) != SIZE_MAX; at += mark.size) {
        bool text = code >= passage.code_count || passage.codes[code].kind == CODE_TEXT;
        ty_buffer_add_xml(out, ty_slice_sub(passage.text, done, text ? at + mark.size : at));
        if (!text)
            add_code(&passage, code, pairs, ty_strings_find(ids, passage.codes[code].id) + 1, out);
        code++;
        done = at + mark.size;
    }
    if (good)
        ty_buffer_add_xml(out, ty_slice_sub(passage.text, done, passage.text.size));
    free(pairs);
    return good && !out->failed ? TY_OK : ty_error_nomem(error);
}
