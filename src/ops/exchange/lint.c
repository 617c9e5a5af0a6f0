/* SPDX-License-Identifier: Apache-2.0 */
/* A TMX against DTD and specification. */
#include "ops/internal.h"

typedef struct relay {
    void (*each)(void *payload, const ty_lint_finding *finding);
    void *payload;
} relay;

static void pass_on(void *payload, const ty_finding *finding)
{
    static const char *const severities[] = {[TY_SEVERITY_INFO] = "info",
                                             [TY_SEVERITY_WARNING] = "warning",
                                             [TY_SEVERITY_ERROR] = "error",
                                             [TY_SEVERITY_FATAL] = "fatal"};
    const relay *r = payload;
    ty_lint_finding told = {.severity = severities[finding->severity],
                            .line = finding->line,
                            .unit = finding->unit,
                            .rule = finding->rule,
                            .cause = finding->cause,
                            .fix = finding->fix,
                            .repairable = finding->repairable};
    r->each(r->payload, &told);
}

ty_status ty_lint(const char *path, const char *encoding,
                  void (*each)(void *payload, const ty_lint_finding *finding), void *payload, ty_error *error)
{
    relay r = {each, payload};
    ty_source source = {.path = path};
    ty_lint_counts counts = {0};
    return ty_tmx_lint(&source, encoding, &r, pass_on, &counts, error);
}

/* ------------------------------------------------------------------------------------------ repair */

typedef struct repairer {
    ty_output *output;
    ty_tmx_writer *writer;
} repairer;

static ty_status on_header(void *payload, const ty_header *header, ty_error *error)
{
    repairer *r = payload;
    return ty_tmx_writer_open(r->output, NULL, header, &r->writer, error);
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    repairer *r = payload;
    return ty_tmx_writer_unit(r->writer, unit, error);
}

ty_status ty_lint_repair(const char *path, const char *encoding, const char *out_path,
                         const ty_listener *listener, ty_error *error)
{
    repairer r = {0};
    ty_source source = {.path = path};
    ty_tmx_read_options options = {.encoding = encoding, .repair = true};
    ty_unit_sink sink = {&r, on_header, on_unit};
    ty_status status = ty_output_check(out_path, &path, 1, error);
    if (status == TY_OK)
        status = ty_output_open(out_path, &r.output, error);
    if (status == TY_OK)
        status = ty_tmx_read(&source, &options, &sink, listener, NULL, error);
    return ty_tmx_finish(r.writer, r.output, status, error);
}
