/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_table - bytes as a table with tabs, as one with commas, as a reviewed one and as a Wordfast memory
 * (libFuzzer, or main.c): units are whole.
 */
#include <stdlib.h>

#include "formats/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static ty_status look_at(void *payload, const ty_unit *unit, ty_error *error)
{
    uint64_t *count = payload;
    for (size_t i = 0; i < unit->variant_count; i++)
        if (!unit->variants[i].lang.size || (unit->variants[i].text.size && !unit->variants[i].text.data))
            abort();
    ++*count;
    return TY_OK;
}

static void read_as(ty_source source, ty_format format, bool has_header)
{
    uint64_t count = 0;
    ty_unit_sink sink = {.payload = &count, .unit = look_at};
    ty_unit_read_options options = {.format = format,
                                    .source_lang = TY_SLICE("en"),
                                    .target_lang = TY_SLICE("ja"),
                                    .columns = {.has_header = has_header, .no_header = !has_header}};
    ty_read_counts counts = {0};
    ty_error error = {0};
    ty_status status = ty_units_read(&source, &options, &sink, NULL, &counts, &error);
    if (status > TY_NO && !error.message[0])
        abort();
    if (status == TY_OK && counts.read != count)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_source source = {.path = "fuzz.tsv", .bytes = {(const char *)data, size}};
    if (!size)
        return 0;
    for (int has_header = 0; has_header < 2; has_header++) {
        read_as(source, TY_FORMAT_TSV, has_header);
        read_as(source, TY_FORMAT_CSV, has_header);
        read_as(source, TY_FORMAT_ALIGNED, has_header);
        read_as(source, TY_FORMAT_WORDFAST, has_header);
    }
    return 0;
}
