/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_glossary - bytes as a glossary of each kind, and as a table of units (libFuzzer, or main.c). What is
 * read from TBX must come out of the writer so that it reads again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "formats/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct copy {
    ty_output *output;
    ty_glossary_writer *writer;
    ty_glossary_write_options options;
    uint64_t terms;
};

static ty_status on_glossary(void *payload, const ty_glossary *glossary, ty_error *error)
{
    struct copy *copy = payload;
    if (!copy->output)
        return TY_OK;
    return ty_glossary_writer_open(copy->output, &copy->options, glossary, &copy->writer, error);
}

static ty_status on_concept(void *payload, const ty_concept *concept, ty_error *error)
{
    struct copy *copy = payload;
    copy->terms += concept->term_count;
    return copy->writer ? ty_glossary_writer_concept(copy->writer, concept, error) : TY_OK;
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    for (size_t i = 0; i < unit->variant_count; i++)
        if (!unit->variants[i].text.size)
            abort();
    return TY_OK;
}

static ty_status read_glossary(ty_source source, ty_format format, struct copy *copy)
{
    ty_glossary_sink sink = {copy, on_glossary, on_concept};
    ty_glossary_options options = {.format = format};
    ty_error error = {0};
    ty_status status = ty_glossary_read(&source, &options, &sink, NULL, NULL, &error);
    if (status != TY_OK && !error.message[0])
        abort();
    if (ty_glossary_writer_close(copy->writer, NULL, NULL, &error) != TY_OK && status == TY_OK)
        abort();
    copy->writer = NULL;
    return status;
}

static void try(ty_source source, ty_format format, ty_format written)
{
    char path[256];
    const char *folder = getenv("TMPDIR"); /* tools/fuzz names one in memory */
    snprintf(path, sizeof path, "%s/taiyaku-fuzz-%ld.glossary", folder ? folder : "/tmp", (long)getpid());
    struct copy copy = {.options = {.format = written}}, again = {0};
    if (ty_output_open(path, &copy.output, NULL) != TY_OK)
        abort();
    ty_status status = read_glossary(source, format, &copy);
    if (status != TY_OK) {
        ty_output_discard(copy.output);
        return;
    }
    if (ty_output_commit(copy.output, NULL) != TY_OK)
        abort();
    status = read_glossary((ty_source){.path = path}, written, &again);
    if (written == TY_FORMAT_TBX && (status != TY_OK || again.terms != copy.terms))
        abort();
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const ty_format formats[] = {TY_FORMAT_UTX, TY_FORMAT_CSV, TY_FORMAT_TSV, TY_FORMAT_OMEGAT,
                                        TY_FORMAT_MULTITERM};
    ty_source source = {"fuzz", {size ? (const char *)data : "", size}};
    try(source, TY_FORMAT_TBX, TY_FORMAT_TBX);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        try(source, formats[i], i % 2 ? TY_FORMAT_TBX : TY_FORMAT_UTX);
    ty_unit_sink sink = {.unit = on_unit};
    ty_table_read(&source, NULL, &sink, NULL, NULL, NULL);
    return 0;
}
