/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_package - parts as each kind of package and as an archive of exchange files (libFuzzer, or main.c).
 *
 * Changed bytes of a ZIP archive fail its sums and go no further; so the input is the parts, each behind a
 * line "=== NAME", and is put into an archive here. What stands before the first such line is passed over.
 */
#include <stdlib.h>
#include <zlib.h>

#include "documents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ------------------------------------------------------------------------------------------ an archive */

typedef struct archive {
    ty_buffer bytes, directory;
    unsigned count;
} archive;

static void add_number(ty_buffer *out, size_t number, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        ty_buffer_add_char(out, i < sizeof number ? (char)(number >> (8 * i) & 0xFF) : '\0');
}

/* What the local header and the directory have in common. */
static void add_header(ty_buffer *out, ty_slice name, ty_slice content)
{
    add_number(out, 20, 2); /* version needed */
    add_number(out, 0, 2);  /* flags */
    add_number(out, 0, 2);  /* stored */
    add_number(out, 0, 4);  /* time */
    add_number(out, crc32(0, (const Bytef *)content.data, (uInt)content.size), 4);
    add_number(out, content.size, 4);
    add_number(out, content.size, 4);
    add_number(out, name.size, 2);
    add_number(out, 0, 2); /* extra */
}

static void add_part(archive *a, ty_slice name, ty_slice content)
{
    size_t offset = a->bytes.size;
    name = ty_slice_sub(name, 0, 200);
    ty_buffer_add(&a->bytes, TY_SLICE("PK\3\4"));
    add_header(&a->bytes, name, content);
    ty_buffer_add(&a->bytes, name);
    ty_buffer_add(&a->bytes, content);
    ty_buffer_add(&a->directory, TY_SLICE("PK\1\2"));
    add_number(&a->directory, 20, 2); /* made by */
    add_header(&a->directory, name, content);
    add_number(&a->directory, 0, 10); /* comment, disk, attributes */
    add_number(&a->directory, offset, 4);
    ty_buffer_add(&a->directory, name);
    a->count++;
}

static void end_archive(archive *a)
{
    size_t offset = a->bytes.size;
    ty_buffer_add(&a->bytes, ty_buffer_slice(&a->directory));
    ty_buffer_add(&a->bytes, TY_SLICE("PK\5\6"));
    add_number(&a->bytes, 0, 4);
    add_number(&a->bytes, a->count, 2);
    add_number(&a->bytes, a->count, 2);
    add_number(&a->bytes, a->directory.size, 4);
    add_number(&a->bytes, offset, 4);
    add_number(&a->bytes, 0, 2);
}

#define MARK TY_SLICE("=== ")

static void add_parts(archive *a, ty_slice input)
{
    ty_slice name = {"", 0};
    const char *begun = NULL, *end = input.data + input.size;
    for (ty_slice line; ty_slice_next(&input, '\n', &line);) {
        if (!ty_slice_starts(line, MARK))
            continue;
        if (begun)
            add_part(a, name, (ty_slice){begun, (size_t)(line.data - begun)});
        name = ty_slice_sub(line, MARK.size, line.size);
        begun = input.data ? input.data : end;
    }
    if (begun)
        add_part(a, name, (ty_slice){begun, (size_t)(end - begun)});
}

/* ------------------------------------------------------------------------------------------ reading it */

static ty_status look_at(void *payload, const ty_unit *unit, ty_error *error)
{
    for (size_t i = 0; i < unit->variant_count; i++)
        if (ty_utf8_check(unit->variants[i].text) != unit->variants[i].text.size)
            abort();
    return TY_OK;
}

static void read_units(const ty_source *source, ty_format format)
{
    ty_unit_sink sink = {.unit = look_at};
    ty_unit_read_options options = {
        .format = format, .source_lang = TY_SLICE("en"), .target_lang = TY_SLICE("ja")};
    ty_read_counts counts = {0};
    ty_error error = {0};
    if (ty_units_read(source, &options, &sink, NULL, &counts, &error) > TY_NO && !error.message[0])
        abort();
}

static ty_status on_concept(void *payload, const ty_concept *concept, ty_error *error)
{
    return TY_OK;
}

static void read_terms(const ty_source *source)
{
    ty_glossary_sink sink = {.concept = on_concept};
    ty_glossary_options options = {.format = TY_FORMAT_XLSX};
    ty_error error = {0};
    if (ty_glossary_read(source, &options, &sink, NULL, NULL, &error) > TY_NO && !error.message[0])
        abort();
}

static ty_status on_member(void *payload, const ty_source *member, ty_error *error)
{
    ty_sniffed sniffed;
    if (ty_format_sniff(member, &sniffed, error) == TY_OK && ty_format_gives(sniffed.format) & TY_GIVES_UNITS)
        read_units(member, sniffed.format);
    return TY_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ty_format documents[] = {TY_FORMAT_UNKNOWN, TY_FORMAT_DOCX, TY_FORMAT_PPTX, TY_FORMAT_XLSX,
                                          TY_FORMAT_ODT,     TY_FORMAT_ODP,  TY_FORMAT_EPUB};
    archive a = {0};
    ty_error error = {0};
    add_parts(&a, (ty_slice){size ? (const char *)data : "", size});
    end_archive(&a);
    ty_source source = {"fuzz.zip", ty_buffer_slice(&a.bytes)};
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        read_document(&source, documents[i]);
    read_units(&source, TY_FORMAT_XLSX);
    read_terms(&source);
    ty_archive_each(&source, on_member, NULL, &error);
    ty_buffer_release(&a.bytes);
    ty_buffer_release(&a.directory);
    return 0;
}
