/* SPDX-License-Identifier: Apache-2.0 */
/* Lint of TMX: the reader itself, asked to tell everything it sees. */
#include <stdlib.h>

#include "formats/tmx/reader.h"

static ty_status pass_over(void *payload, const ty_unit *unit, ty_error *error)
{
    return TY_OK;
}

/* That the file cannot be read to its end is a finding like others, and the last. */
static void find_fatal(struct tmx_reader *reader, const ty_error *error)
{
    ty_tmx_say(&reader->report, RULE_UNREADABLE, error->line, error->unit, "%s", error->message);
}

static bool is_of_the_file(ty_status status)
{
    return status == TY_ERR_FORMAT || status == TY_ERR_ENCODING || status == TY_ERR_LIMIT;
}

ty_status ty_tmx_lint(const ty_source *source, const char *encoding, void *payload,
                      void (*finding)(void *payload, const ty_tmx_finding *finding), ty_lint_counts *counts,
                      ty_error *error)
{
    ty_read_counts read = {0};
    ty_error fault = {0};
    ty_unit_sink sink = {.unit = pass_over};
    ty_tmx_read_options options = {.encoding = encoding};
    struct tmx_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return ty_error_nomem(error);
    reader->sink = &sink;
    reader->report = (struct tmx_report){.file = source->path ? source->path : "",
                                         .counts = &read,
                                         .lint = true,
                                         .payload = payload,
                                         .finding = finding};
    ty_status status = ty_tmx_read_file(reader, source, &options, &fault);
    if (is_of_the_file(status))
        find_fatal(reader, &fault);
    reader->report.lint_counts.units = read.read + read.rejected;
    ty_lint_counts found = reader->report.lint_counts;
    if (counts)
        *counts = found;
    free(reader);
    if (status != TY_OK && !is_of_the_file(status)) {
        if (error && error->status == TY_OK)
            *error = fault;
        return status;
    }
    return found.errors || found.fatals ? TY_NO : TY_OK;
}
