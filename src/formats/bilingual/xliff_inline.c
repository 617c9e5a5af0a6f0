/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF in: text with its codes, marks and segments. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/xliff_reader.h"

/* ------------------------------------------------------------------------------------------ captures */

void ty_xliff_forget(struct captured *captured)
{
    captured->whole = (struct passage){.text = {"", 0}};
    ty_vector_clear(&captured->codes);
    ty_vector_clear(&captured->pieces);
}

void ty_xliff_begin_capture(struct xliff_reader *reader, struct captured *into)
{
    ty_xliff_forget(into);
    ty_buffer_clear(&reader->text);
    reader->into = into;
    reader->into_depth = reader->open.count;
    reader->deleted = reader->reading.depth = 0;
}

static size_t count_marks(ty_slice text)
{
    size_t count = 0;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE(CODE_MARK), at)) != SIZE_MAX; at += 3)
        count++;
    return count;
}

/* What was captured is kept as long as the file. */
static void keep(struct xliff_reader *reader, struct captured *into)
{
    ty_arena *arena = &reader->file->arena;
    size_t count = into->codes.count;
    struct code *codes = count ? ty_arena_array(arena, count, sizeof *codes) : NULL;
    if (codes)
        memcpy(codes, into->codes.items, count * sizeof *codes);
    into->whole = (struct passage){ty_arena_copy(arena, ty_buffer_slice(&reader->text)), codes, count};
    if (arena->failed || reader->text.failed)
        ty_xliff_no_memory(reader);
    else if (count_marks(into->whole.text) != count)
        ty_xml_fail(&reader->xml, TY_ERR_FORMAT, "the codes of a segment cannot be told");
}

void ty_xliff_end_capture(struct xliff_reader *reader)
{
    struct captured *into = reader->into;
    if (reader->phrase && into != &reader->remark)
        ty_xliff_find_written_codes(reader, into);
    keep(reader, into);
    reader->into = NULL;
}

/* ------------------------------------------------------------------------------------------ text */

static void push_code(struct xliff_reader *reader, struct code code)
{
    ty_buffer_add_string(&reader->text, CODE_MARK);
    if (!ty_vector_push(&reader->into->codes, code))
        ty_xliff_no_memory(reader);
}

/* The character that stands for codes may stand in a text, too. */
static void add_text(struct xliff_reader *reader, ty_slice text)
{
    ty_buffer_add(&reader->text, text);
    for (size_t marks = count_marks(text); marks > 0; marks--)
        if (!ty_vector_push(&reader->into->codes, (struct code){.kind = CODE_TEXT}))
            ty_xliff_no_memory(reader);
}

void ty_xliff_on_text(void *context, const xmlChar *text, int size)
{
    struct xliff_reader *reader = context;
    ty_slice slice = {(const char *)text, (size_t)size};
    if (!reader->into || reader->deleted)
        return;
    if (reader->reading.depth)
        ty_buffer_add_xml(&reader->reading.native, slice);
    else
        add_text(reader, slice);
}

/* ------------------------------------------------------------------------------------------ marks */

static bool has_open_piece(const struct captured *captured)
{
    size_t count = captured->pieces.count;
    return count && captured->pieces.items[count - 1].open;
}

static void begin_mark(struct xliff_reader *reader, struct attributes attributes)
{
    if (ty_xliff_is(attributes, "mtype", "x-sdl-deleted")) {
        reader->deleted = 1;
        return;
    }
    if (!ty_xliff_is(attributes, "mtype", "seg") || has_open_piece(reader->into))
        return;
    struct piece piece = {.id = ty_xliff_keep(reader, ty_xliff_value(attributes, "mid")),
                          .start = reader->text.size,
                          .open = true,
                          .nested = reader->open.count > reader->into_depth + 1};
    reader->begins_piece = true;
    if (!ty_vector_push(&reader->into->pieces, piece))
        ty_xliff_no_memory(reader);
}

static void end_piece(struct xliff_reader *reader)
{
    struct piece *last = &reader->into->pieces.items[reader->into->pieces.count - 1];
    last->open = false;
    last->end = reader->text.size;
}

/* ------------------------------------------------------------------------------------------ codes */

static void begin_code(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    struct code_reading *reading = &reader->reading;
    reading->depth = 1;
    reading->start = tag.start;
    reading->code = ty_xliff_code_of(reader, tag, attributes);
    ty_buffer_clear(&reading->native);
}

static ty_slice strip_data_refs(struct xliff_reader *reader, ty_slice raw);

static void end_code(struct xliff_reader *reader)
{
    struct code_reading *reading = &reader->reading;
    struct code code = reading->code;
    ty_slice raw = ty_slice_sub(ty_xliff_text_of(reader), reading->start, ty_xliff_position(reader));
    if (ty_slice_ends(raw, TY_SLICE(">")) && !code.raw.data)
        code.raw = reader->version_2 ? strip_data_refs(reader, raw) : raw;
    if (reading->native.size)
        code.native = ty_xliff_keep(reader, ty_buffer_slice(&reading->native));
    push_code(reader, code);
}

/* A code in a candidate cannot point to the unit's data (XLIFF 2.1, 4.2.2.12 and 5.1.2.2). */
static ty_slice strip_data_refs(struct xliff_reader *reader, ty_slice raw)
{
    ty_buffer out = {0};
    size_t done = 0;
    for (size_t at = 0; (at = ty_slice_find(raw, TY_SLICE(" dataRef"), at)) != SIZE_MAX;) {
        size_t equals = ty_slice_find(raw, TY_SLICE("="), at), open = equals;
        while (open < raw.size && raw.data[open] != '"' && raw.data[open] != '\'')
            open++;
        size_t close = open < raw.size ? open + 1 : raw.size;
        while (close < raw.size && raw.data[close] != raw.data[open])
            close++;
        ty_buffer_add(&out, ty_slice_sub(raw, done, at));
        done = at = close < raw.size ? close + 1 : raw.size;
    }
    if (!done)
        return raw;
    ty_buffer_add(&out, ty_slice_sub(raw, done, raw.size));
    ty_slice kept = ty_xliff_keep(reader, ty_buffer_slice(&out));
    ty_buffer_release(&out);
    return kept;
}

static void begin_span(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    struct code code = ty_xliff_code_of(reader, tag, attributes);
    ty_slice raw = ty_slice_sub(ty_xliff_text_of(reader), tag.start, ty_xliff_tag_end(reader, tag.start));
    code.kind = tag.empty ? CODE_ALONE : CODE_OPEN;
    code.element = true;
    code.raw = reader->version_2 ? strip_data_refs(reader, raw) : raw;
    push_code(reader, code);
}

static void end_span(struct xliff_reader *reader, const struct open_element *element)
{
    struct code code = reader->into->codes.items[element->code];
    size_t end = ty_xliff_position(reader);
    code.kind = CODE_CLOSE;
    code.raw = ty_slice_sub(ty_xliff_text_of(reader), ty_xliff_tag_start(reader, end), end);
    code.native = (ty_slice){"", 0};
    if (reader->into->codes.items[element->code].native.size) {
        ty_buffer escaped = {0};
        ty_buffer_add_xml(&escaped, code.raw);
        code.native = ty_xliff_keep(reader, ty_buffer_slice(&escaped));
        ty_buffer_release(&escaped);
    }
    if (!element->empty)
        push_code(reader, code);
}

/* ------------------------------------------------------------------------------------------ elements */

void ty_xliff_begin_inline(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    reader->begins_piece = false;
    if (reader->deleted) {
        reader->deleted++;
    } else if (reader->reading.depth) {
        reader->reading.depth++;
        ty_buffer_add_string(&reader->reading.native, tag.kind == SUB ? "<sub>" : "");
    } else if (tag.kind == MARK) {
        begin_mark(reader, attributes);
    } else if (tag.kind == CODE) {
        begin_code(reader, tag, attributes);
    } else if (tag.kind == SPAN) {
        begin_span(reader, tag, attributes);
    }
}

void ty_xliff_end_inline(struct xliff_reader *reader)
{
    const struct open_element *element = ty_xliff_innermost(reader);
    if (reader->deleted) {
        reader->deleted--;
    } else if (reader->reading.depth) {
        ty_buffer_add_string(&reader->reading.native, element->kind == SUB ? "</sub>" : "");
        if (--reader->reading.depth == 0)
            end_code(reader);
    } else if (element->kind == SPAN) {
        end_span(reader, element);
    } else if (element->piece) {
        end_piece(reader);
    }
}
