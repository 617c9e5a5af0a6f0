/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_tmx - bytes as a TMX (libFuzzer, or main.c).
 *
 * Whatever is read must come out of the writer so that it reads again as the same units, without losses; lint
 * must read as far as the reader.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "formats/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct copy {
    ty_output *output;
    ty_tmx_writer *writer;
    ty_buffer units;
};

static ty_status on_header(void *payload, const ty_header *header, ty_error *error)
{
    struct copy *copy = payload;
    return copy->output ? ty_tmx_writer_open(copy->output, NULL, header, &copy->writer, error) : TY_OK;
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    struct copy *copy = payload;
    ty_unit_canonical(unit, &copy->units);
    return copy->writer ? ty_tmx_writer_unit(copy->writer, unit, error) : TY_OK;
}

static ty_status read_tmx(ty_source source, bool repair, struct copy *copy)
{
    ty_unit_sink sink = {copy, on_header, on_unit};
    ty_tmx_read_options options = {.repair = repair};
    ty_error error = {0};
    ty_status status = ty_tmx_read(&source, &options, &sink, NULL, NULL, &error);
    if (status != TY_OK && !error.message[0])
        abort();
    if (copy->writer && ty_tmx_writer_close(copy->writer, NULL, &error) != TY_OK && status == TY_OK)
        abort();
    copy->writer = NULL;
    return status;
}

static void read_again(const char *path, const struct copy *first)
{
    struct copy second = {0};
    if (read_tmx((ty_source){.path = path}, false, &second) != TY_OK)
        abort();
    if (!ty_slice_equal(ty_buffer_slice(&first->units), ty_buffer_slice(&second.units)))
        abort();
    ty_buffer_release(&second.units);
}

static void try(ty_source source, bool repair)
{
    char path[256];
    const char *folder = getenv("TMPDIR"); /* tools/fuzz names one in memory */
    snprintf(path, sizeof path, "%s/taiyaku-fuzz-%ld.tmx", folder ? folder : "/tmp", (long)getpid());
    struct copy copy = {0};
    if (ty_output_open(path, &copy.output, NULL) != TY_OK)
        abort();
    ty_status status = read_tmx(source, repair, &copy);
    if (status == TY_OK) {
        if (ty_output_commit(copy.output, NULL) != TY_OK)
            abort();
        read_again(path, &copy);
        unlink(path);
    } else
        ty_output_discard(copy.output);
    ty_buffer_release(&copy.units);
    ty_lint_counts counts;
    ty_status linted = ty_tmx_lint(&source, NULL, NULL, NULL, &counts, NULL);
    if (!repair && (status == TY_OK) != (linted == TY_OK || (linted == TY_NO && !counts.fatals)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_source source = {"fuzz.tmx", {size ? (const char *)data : "", size}};
    try(source, false);
    try(source, true);
    return 0;
}
