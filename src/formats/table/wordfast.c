/* SPDX-License-Identifier: Apache-2.0 */
/* Wordfast memories in text form, as Wordfast 3 to 5 write them. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/table/unit_table.h"

/* "JA-01" is Japanese of no region. */
static ty_slice language(ty_slice cell)
{
    ty_slice known = ty_columns_language_of(cell);
    return known.size ? known : cell;
}

static bool is_pair(const ty_variant variants[2])
{
    return variants[0].text.size && variants[1].text.size && ty_lang_is_valid(variants[0].lang) &&
           ty_lang_is_valid(variants[1].lang);
}

/* Date, user, usage, source language, source, target language, target, attributes (as Wordfast 3 to 5 write).
 */
static bool wordfast_row(struct unit_table *rows, ty_unit *unit)
{
    const struct table *table = &rows->table;
    if (table->cells.count < 7)
        return false;
    ty_variant *variants = ty_arena_array(&rows->arena, 2, sizeof *variants);
    ty_attribute *attributes = ty_arena_array(&rows->arena, 3, sizeof *attributes);
    if (!variants || !attributes)
        return false;
    for (size_t side = 0; side < 2; side++)
        variants[side] = (ty_variant){.lang = language(ty_table_cell(table, 3 + side * 2)),
                                      .text = table->cells.items[4 + side * 2]};
    ty_slice date = ty_table_cell(table, 0);
    if (date.size == 15) {
        char written[20];
        snprintf(written, sizeof written, "%.8sT%.6sZ", date.data, date.data + 9);
        attributes[unit->attributes.count++] =
            (ty_attribute){TY_SLICE("changedate"), ty_arena_copy(&rows->arena, ty_slice_of(written))};
    }
    attributes[unit->attributes.count++] = (ty_attribute){TY_SLICE("changeid"), ty_table_cell(table, 1)};
    attributes[unit->attributes.count++] = (ty_attribute){TY_SLICE("usagecount"), ty_table_cell(table, 2)};
    unit->attributes.items = attributes;
    unit->variants = variants;
    unit->variant_count = 2;
    return is_pair(variants);
}

/* "&'22;": a character by its number, of two to six hexadecimal digits. */
static size_t numbered(ty_slice rest, uint32_t *out)
{
    size_t end = ty_slice_find(ty_slice_sub(rest, 0, 10), TY_SLICE(";"), 2);
    char digits[8] = "", *stop = digits;
    if (!ty_slice_starts(rest, TY_SLICE("&'")) || end == SIZE_MAX || end < 4 || end > 8)
        return 0;
    memcpy(digits, rest.data + 2, end - 2);
    *out = (uint32_t)strtoul(digits, &stop, 16);
    return *stop || !*out ? 0 : end + 1;
}

/* "&tA;" stands for a code that is not in the file. */
static bool is_placeable(ty_slice rest)
{
    return rest.size >= 4 && ty_slice_starts(rest, TY_SLICE("&t")) && rest.data[3] == ';' &&
           (rest.data[2] | 32) >= 'a' && (rest.data[2] | 32) <= 'z';
}

/* A line end is written \n, a backslash doubled. */
static size_t escaped(ty_slice rest, char *out)
{
    bool end = ty_slice_starts(rest, TY_SLICE("\\n")), stroke = ty_slice_starts(rest, TY_SLICE("\\\\"));
    *out = end ? '\n' : '\\';
    return end || stroke ? 2 : 0;
}

/* Letters number the codes: what is &tA; here is &tA; there. */
static void add_placeable(ty_buffer *out, char letter)
{
    ty_buffer_add_format(out, "<ph x=\"%d\">&amp;t%c;</ph>", (letter | 32) - 'a' + 1, letter);
}

static void add_plain(ty_buffer *plain, ty_buffer *content, ty_slice text)
{
    ty_buffer_add(plain, text);
    ty_buffer_add_xml(content, text);
}

static size_t add_next(ty_slice rest, ty_buffer *plain, ty_buffer *content, bool *coded)
{
    uint32_t c = 0;
    char one;
    size_t size = numbered(rest, &c);
    if (size) {
        ty_buffer character = {0};
        ty_utf8_add(&character, c);
        add_plain(plain, content, ty_buffer_slice(&character));
        ty_buffer_release(&character);
        return size;
    }
    if (is_placeable(rest)) {
        *coded = true;
        add_placeable(content, rest.data[2]);
        return 4;
    }
    size = escaped(rest, &one);
    add_plain(plain, content, size ? (ty_slice){&one, 1} : ty_slice_sub(rest, 0, 1));
    return size ? size : 1;
}

static void read_text(struct unit_table *rows, ty_variant *variant)
{
    ty_buffer plain = {0}, content = {0};
    bool coded = false;
    for (size_t at = 0; at < variant->text.size;)
        at += add_next(ty_slice_sub(variant->text, at, variant->text.size), &plain, &content, &coded);
    variant->text = ty_arena_copy(&rows->arena, ty_buffer_slice(&plain));
    if (coded)
        variant->content = ty_arena_copy(&rows->arena, ty_buffer_slice(&content));
    rows->arena.failed |= plain.failed || content.failed;
    ty_buffer_release(&plain);
    ty_buffer_release(&content);
}

ty_status ty_wordfast_rows(struct unit_table *rows, ty_error *error)
{
    ty_status status = TY_OK;
    ty_table_next(&rows->table, error); /* the header */
    while (status == TY_OK && ty_table_next(&rows->table, error)) {
        ty_arena_clear(&rows->arena);
        rows->unit++;
        ty_unit unit = {.line = rows->table.line};
        if (!wordfast_row(rows, &unit)) {
            ty_unit_table_reject(rows, "short-row", "the row is no unit of a Wordfast memory");
            continue;
        }
        for (size_t i = 0; i < 2; i++)
            read_text(rows, &unit.variants[i]);
        rows->counts->read++;
        status = rows->sink->unit(rows->sink->payload, &unit, error);
    }
    return status == TY_OK && error->status != TY_OK ? error->status : status;
}
