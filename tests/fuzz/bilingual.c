/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_bilingual - bytes as an XLIFF and as a PO (libFuzzer, or main.c).
 *
 * Whatever is read takes a candidate for each open segment so that it reads again as the same segments, and
 * has all it had, in its order.
 */
#include <stdlib.h>
#include <string.h>

#include "formats/bilingual/bilingual.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const ty_candidate candidate = {.source = {"a \"<&\\\n", 7},
                                       .target = {"了解 ]]>\"\\", 12},
                                       .source_lang = {"en", 2},
                                       .target_lang = {"ja", 2},
                                       .origin = {"o\"<\n", 4},
                                       .remark = {"--", 2},
                                       .score = 82};

static ty_bilingual *read_as(ty_source source, ty_format format, const char *encoding)
{
    ty_bilingual *file;
    ty_error error = {0};
    if (ty_bilingual_open(&source, format, encoding, NULL, &file, &error) != TY_OK && !error.message[0])
        abort();
    return file;
}

/* Bytes of no encoding may be taken for another one beside a translation: who writes it knows which it is. */
static ty_bilingual *read_again(ty_source source, ty_format format, const char *encoding)
{
    return read_as(source, format, strcmp(encoding, "UTF-8") == 0 ? NULL : encoding);
}

static void offer_all(ty_bilingual *file)
{
    for (size_t i = 0; i < ty_bilingual_count(file); i++)
        if (ty_bilingual_at(file, i)->state == TY_SEGMENT_OPEN)
            ty_bilingual_offer(file, i, &candidate, 1);
}

/* The next segment with another original: a plural has one for each further form that is translated. */
static size_t next_original(const ty_bilingual *file, size_t at)
{
    ty_slice source = ty_bilingual_at(file, at)->source;
    size_t line = ty_bilingual_at(file, at)->line;
    while (++at < ty_bilingual_count(file) && ty_bilingual_at(file, at)->line == line &&
           ty_slice_equal(ty_bilingual_at(file, at)->source, source)) {
    }
    return at;
}

static void compare(const ty_bilingual *before, const ty_bilingual *after)
{
    size_t i = 0, k = 0;
    while (i < ty_bilingual_count(before) && k < ty_bilingual_count(after)) {
        if (!ty_slice_equal(ty_bilingual_at(before, i)->source, ty_bilingual_at(after, k)->source))
            abort();
        i = next_original(before, i);
        k = next_original(after, k);
    }
    if (i < ty_bilingual_count(before) || k < ty_bilingual_count(after))
        abort();
}

static void check_kept(ty_slice before, ty_slice after)
{
    size_t at = 0;
    for (size_t i = 0; i < before.size; i++, at++)
        while (at < after.size && after.data[at] != before.data[i])
            at++;
    if (at > after.size)
        abort();
}

static ty_status pass(void *payload, const ty_unit *unit, ty_error *error)
{
    return unit->variants[0].text.size && unit->variants[1].text.size ? TY_OK : (abort(), TY_NO);
}

static void read_units(ty_source source, ty_format format)
{
    ty_bilingual_options options = {
        .format = format, .source_lang = TY_SLICE("en"), .target_lang = TY_SLICE("ja")};
    ty_unit_sink sink = {.unit = pass};
    ty_read_counts counts = {0};
    ty_error error = {0};
    if (ty_bilingual_units(&source, &options, &sink, NULL, &counts, &error) != TY_OK)
        abort();
}

static void try(ty_source source, ty_format format)
{
    ty_bilingual *file = read_as(source, format, NULL), *again;
    ty_buffer out = {0};
    ty_error error = {0};
    if (!file)
        return;
    read_units(source, format);
    offer_all(file);
    if (ty_bilingual_write(file, &out, &error) == TY_OK) {
        check_kept(source.bytes, ty_buffer_slice(&out));
        again = read_again((ty_source){"again", ty_buffer_slice(&out)}, format, file->encoding);
        if (!again)
            abort();
        compare(file, again);
        ty_bilingual_close(again);
    } else if (!error.message[0])
        abort();
    ty_buffer_release(&out);
    ty_bilingual_close(file);
}

/* What is only read: its segments are there, and make units. */
static void try_read_only(ty_source source, ty_format format)
{
    ty_bilingual *file = read_as(source, format, NULL);
    size_t size = 0;
    if (!file)
        return;
    for (size_t i = 0; i < ty_bilingual_count(file); i++)
        size += ty_bilingual_at(file, i)->source.size;
    ty_bilingual_close(file);
    if (size)
        read_units(source, format);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_source source = {"fuzz", {size ? (const char *)data : "", size}};
    try(source, TY_FORMAT_XLIFF);
    try(source, TY_FORMAT_PO);
    try_read_only(source, TY_FORMAT_TXML);
    try_read_only(source, TY_FORMAT_QT_TS);
    return 0;
}
