/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FreeDict in the form of dictd (RFC 2229, dictfmt): NAME.index has lines headword, offset and length in
 * base-64 digits; NAME.dict.dz is the text, compressed so that gzip can read it. An entry of a FreeDict made
 * by WikDict is
 *   Berg /bɛʁk/ <n, masc>
 *   1. montagne, mont          a sense: translations (the first line has no number where there is one sense)
 *   große, steile Erhebung     an explanation, in the language of the headword
 */
#include "internal.h"

#include <zlib.h>

#define TEXT_LIMIT (256u << 20)

static ty_status inflate_file(const char *path, ty_buffer *out, ty_error *error)
{
    gzFile file = gzopen(path, "rb");
    if (!file)
        return ty_error_errno(error, "cannot open %s", path);
    int got = 0;
    do {
        if (!ty_buffer_reserve(out, 1 << 16))
            break;
        got = gzread(file, out->data + out->size, 1 << 16);
        if (got > 0)
            out->size += (size_t)got;
    } while (got > 0 && out->size < TEXT_LIMIT);
    bool good = !out->failed && got == 0;
    gzclose(file);
    if (out->failed)
        return ty_error_nomem(error);
    return good ? TY_OK : ty_error_set(error, TY_ERR_FORMAT, "cannot decompress %s", path);
}

/* A number in the digits of dictd: A-Z a-z 0-9 + /, most significant first. */
static size_t number_of(ty_slice digits)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t number = 0;
    for (size_t k = 0; k < digits.size && k < 8; k++) {
        const char *digit = memchr(alphabet, digits.data[k], 64);
        number = number * 64 + (digit ? (size_t)(digit - alphabet) : 0);
    }
    return number;
}

/* The headword as the entry spells it (the index has it folded): up to the pronunciation or word class. */
static ty_slice headword_of(ty_slice line)
{
    size_t slash = ty_slice_find(line, TY_SLICE(" /"), 0), angle = ty_slice_find(line, TY_SLICE(" <"), 0);
    return ty_slice_trim(ty_slice_sub(line, 0, slash < angle ? slash : angle));
}

/* "2. partir, aller 2." without the numbers; empty for a line that holds no translations. */
static ty_slice translations_of(ty_slice line, bool first)
{
    size_t digits = 0;
    while (digits < line.size && line.data[digits] >= '0' && line.data[digits] <= '9')
        digits++;
    bool numbered =
        digits > 0 && digits + 1 < line.size && line.data[digits] == '.' && line.data[digits + 1] == ' ';
    if (!numbered && !first)
        return (ty_slice){0};
    if (numbered)
        line = ty_slice_sub(line, digits + 2, line.size);
    line = ty_slice_trim(line);
    if (ty_slice_ends(line, TY_SLICE(" 2.")))
        line = ty_slice_sub(line, 0, line.size - 3);
    return line;
}

static void read_entry(ty_dictionary_builder *builder, ty_slice entry, bool reversed)
{
    ty_slice line, word;
    if (!ty_slice_next(&entry, '\n', &line))
        return;
    ty_slice head = headword_of(line);
    for (bool first = true; ty_slice_next(&entry, '\n', &line); first = false) {
        ty_slice words = translations_of(line, first);
        while (words.size > 0 && ty_slice_next(&words, ',', &word))
            ty_dictionary_builder_add(builder, reversed ? word : head, reversed ? head : word);
    }
}

static ty_status read_both(const char *index_path, bool reversed, ty_dictionary_builder *builder,
                           ty_error *error)
{
    ty_buffer index = {0}, text = {0}, path = {0};
    ty_buffer_add(&path, ty_slice_sub(ty_slice_of(index_path), 0, strlen(index_path) - strlen("index")));
    ty_buffer_add_string(&path, "dict.dz");
    ty_status status = path.failed ? ty_error_nomem(error) : ty_file_read(index_path, 0, &index, error);
    if (status == TY_OK)
        status = inflate_file(path.data, &text, error);
    ty_slice rest = ty_buffer_slice(&index), line, fields[3];
    while (status == TY_OK && ty_slice_next(&rest, '\n', &line)) {
        bool whole = true;
        for (int k = 0; k < 3; k++)
            whole = whole && ty_slice_next(&line, '\t', &fields[k]);
        if (!whole || ty_slice_starts(fields[0], TY_SLICE("00database")))
            continue;
        size_t start = number_of(fields[1]), size = number_of(fields[2]);
        read_entry(builder, ty_slice_sub(ty_buffer_slice(&text), start, start + size), reversed);
    }
    if (status == TY_OK && builder->failed)
        status = ty_error_nomem(error);
    ty_buffer_release(&index);
    ty_buffer_release(&text);
    ty_buffer_release(&path);
    return status;
}

ty_status ty_freedict_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error)
{
    return read_both(source->path, false, builder, error);
}

ty_status ty_freedict_read_reversed(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                                    ty_error *error)
{
    return read_both(source->path, true, builder, error);
}
