/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF in: what its codes are: kind, name, formatting, and what they stand for. */
#include <stdlib.h>

#include "formats/bilingual/xliff_reader.h"

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* An `it` is one half of a pair whose other half is in another segment. */
static enum code_kind kind_of(const char *name, struct attributes attributes)
{
    static const char *const opening[] = {"bpt", "bx", "sc", "g", "pc", NULL};
    static const char *const closing[] = {"ept", "ex", "ec", NULL};
    if (strcmp(name, "it") == 0)
        return ty_xliff_is(attributes, "pos", "close") ? CODE_CLOSE : CODE_OPEN;
    return is_any(name, opening) ? CODE_OPEN : is_any(name, closing) ? CODE_CLOSE : CODE_ALONE;
}

static ty_slice first_of(struct attributes attributes, const char *const *names)
{
    ty_slice value = {NULL, 0};
    for (; *names && !value.data; names++)
        value = ty_xliff_value(attributes, *names);
    return value;
}

static ty_slice datum(const struct xliff_reader *reader, ty_slice id)
{
    for (size_t i = 0; id.data && i < reader->data.count; i++)
        if (ty_slice_equal(reader->data.items[i].id, id))
            return reader->data.items[i].text;
    return (ty_slice){NULL, 0};
}

/* What the file says that it stands for; else the tag itself says the most. */
static ty_slice native_of(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    static const char *const refs[] = {"dataRef", "dataRefStart", NULL};
    static const char *const equivalents[] = {"equiv-text", "equiv", "equivStart", "disp", "dispStart", NULL};
    ty_slice native = datum(reader, first_of(attributes, refs));
    if (!native.data)
        native = first_of(attributes, equivalents);
    if (!native.size)
        native = ty_slice_sub(ty_xliff_text_of(reader), tag.start, ty_xliff_tag_end(reader, tag.start));
    ty_buffer escaped = {0};
    ty_buffer_add_xml(&escaped, native);
    ty_slice kept = ty_xliff_keep(reader, ty_buffer_slice(&escaped));
    ty_buffer_release(&escaped);
    return kept;
}

/* "xlf:b" and "x-b" are "b". */
static ty_slice type_of(struct xliff_reader *reader, struct attributes attributes)
{
    static const char *const names[] = {"ctype", "subType", "type", NULL};
    ty_slice type = first_of(attributes, names);
    if (ty_slice_starts(type, TY_SLICE("xlf:")))
        type = ty_slice_sub(type, 4, type.size);
    return type.data ? ty_xliff_keep(reader, type) : (ty_slice){"", 0};
}

struct code ty_xliff_code_of(struct xliff_reader *reader, struct tag tag, struct attributes attributes)
{
    static const char *const names[] = {"startRef", "rid", "id", NULL};
    ty_slice id = first_of(attributes, names);
    return (struct code){.kind = kind_of(tag.name, attributes),
                         .id = id.data ? ty_xliff_keep(reader, id) : (ty_slice){"", 0},
                         .type = type_of(reader, attributes),
                         .native = native_of(reader, tag, attributes)};
}

/* ------------------------------------------------------------------------------------------ Phrase */

static size_t run_of(ty_slice text, size_t at, bool digits)
{
    size_t end = at;
    while (end < text.size && end - at < 16 &&
           ((text.data[end] >= '0' && text.data[end] <= '9') ||
            (!digits && text.data[end] >= 'a' && text.data[end] <= 'z')))
        end++;
    return end;
}

/* {1}; {b>, {1>; <b}, <1}: the code that the text begins with at `at`; 0 bytes where there is none. */
static size_t written_code(ty_slice text, size_t at, enum code_kind *kind)
{
    char first = text.data[at];
    if (first != '{' && first != '<')
        return 0;
    size_t end = run_of(text, at + 1, false);
    char last = end < text.size ? text.data[end] : '\0';
    if (end == at + 1)
        return 0;
    *kind = first == '<' ? CODE_CLOSE : last == '>' ? CODE_OPEN : CODE_ALONE;
    bool alone = last == '}' && first == '{' && run_of(text, at + 1, true) == end;
    bool half = (first == '{' && last == '>') || (first == '<' && last == '}');
    return alone || half ? end + 1 - at : 0;
}

static struct code make_written(struct xliff_reader *reader, ty_slice written, enum code_kind kind)
{
    ty_buffer escaped = {0};
    ty_buffer_add_xml(&escaped, written);
    ty_slice kept = ty_xliff_keep(reader, ty_buffer_slice(&escaped));
    ty_buffer_release(&escaped);
    return (struct code){.kind = kind,
                         .id = ty_xliff_keep(reader, ty_slice_sub(written, 1, written.size - 1)),
                         .type = {"", 0},
                         .native = kept,
                         .raw = kept};
}

static void move_pieces(struct captured *captured, size_t from, size_t old_at, size_t new_at)
{
    for (size_t i = 0; i < captured->pieces.count; i++) {
        struct piece *piece = &captured->pieces.items[i];
        if (piece->start >= from && piece->start <= old_at)
            piece->start = new_at - (old_at - piece->start);
        if (piece->end >= from && piece->end <= old_at)
            piece->end = new_at - (old_at - piece->end);
    }
}

void ty_xliff_find_written_codes(struct xliff_reader *reader, struct captured *captured)
{
    ty_slice text = ty_buffer_slice(&reader->text);
    ty_buffer out = {0};
    TY_VECTOR(struct code) codes = {0};
    size_t done = 0, old = 0;
    bool good = true;
    for (size_t at = 0; good && at < text.size;) {
        enum code_kind kind;
        size_t size = written_code(text, at, &kind);
        if (size == 0) {
            bool mark = ty_slice_starts(ty_slice_sub(text, at, text.size), TY_SLICE(CODE_MARK));
            good = !mark || ty_vector_push(&codes, captured->codes.items[old++]);
            at += mark ? 3 : 1;
            continue;
        }
        good = ty_vector_push(&codes, make_written(reader, ty_slice_sub(text, at, at + size), kind));
        ty_buffer_add(&out, ty_slice_sub(text, done, at));
        move_pieces(captured, done, at, out.size);
        ty_buffer_add_string(&out, CODE_MARK);
        done = at = at + size;
    }
    if (done) {
        size_t end = out.size + (text.size - done);
        ty_buffer_add(&out, ty_slice_sub(text, done, text.size));
        move_pieces(captured, done, text.size, end);
        ty_buffer_release(&reader->text);
        reader->text = out;
        ty_vector_release(&captured->codes);
        captured->codes.items = codes.items;
        captured->codes.count = codes.count;
        captured->codes.capacity = codes.capacity;
    } else {
        ty_vector_release(&codes);
    }
    if (!good)
        ty_xliff_no_memory(reader);
}
