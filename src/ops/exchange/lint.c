/* SPDX-License-Identifier: Apache-2.0 */
/* A TMX against DTD and specification. */
#include "ops/internal.h"

typedef struct relay {
    void (*each)(void *payload, const ty_lint_finding *finding);
    void *payload;
} relay;

static void pass_on(void *payload, const ty_tmx_finding *finding)
{
    const relay *r = payload;
    ty_lint_finding told = {.severity = finding->severity,
                            .line = finding->line,
                            .unit = finding->unit,
                            .rule = finding->rule,
                            .cause = finding->cause,
                            .fix = finding->fix,
                            .repairable = finding->repairable};
    r->each(r->payload, &told);
}

/* What is surely something else; the rest may be a TMX that is damaged, and lint says where. */
static ty_status refuse_strangers(const ty_source *source, ty_error *error)
{
    ty_sniffed kind = {0};
    ty_status status = ty_format_sniff(source, &kind, error);
    unsigned gives = ty_format_gives(kind.format);
    bool may_be = !gives || gives & (TY_GIVES_RELEASES | TY_LOOKS_LIKE_ANY);
    if (may_be)
        return status;
    if (status == TY_OK) {
        status = ty_error_set(error, TY_ERR_FORMAT, "this is %s, not a TMX file", kind.name);
        ty_error_locate(error, ty_source_name(source), 0, 0);
    }
    return status;
}

ty_status ty_lint(const ty_source *source, const char *encoding,
                  void (*each)(void *payload, const ty_lint_finding *finding), void *payload, ty_error *error)
{
    relay r = {each, payload};
    ty_lint_counts counts = {0};
    ty_buffer held = {0};
    ty_source input;
    ty_status status = ty_source_hold(source, &held, &input, error);
    if (status == TY_OK)
        status = refuse_strangers(&input, error);
    if (status == TY_OK)
        status = ty_tmx_lint(&input, encoding, &r, pass_on, &counts, error);
    ty_buffer_release(&held);
    return status;
}

/* ------------------------------------------------------------------------------------------ repair */

typedef struct repairer {
    ty_output *output;
    ty_tmx_writer *writer;
    ty_arena arena; /* of one unit */
} repairer;

static ty_status on_header(void *payload, const ty_header *header, ty_error *error)
{
    repairer *r = payload;
    return ty_tmx_writer_open(r->output, NULL, header, &r->writer, error);
}

static void mend_codes(repairer *r, ty_variant *variant)
{
    ty_buffer content = {0};
    if (!variant->content.data)
        return;
    ty_tmx_mend_codes(variant->content, &content);
    variant->content = ty_arena_copy(&r->arena, ty_buffer_slice(&content));
    r->arena.failed |= content.failed;
    ty_buffer_release(&content);
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    repairer *r = payload;
    ty_unit mended = *unit;
    ty_arena_clear(&r->arena);
    mended.variants = ty_arena_array(&r->arena, unit->variant_count, sizeof *mended.variants);
    for (size_t i = 0; i < unit->variant_count && mended.variants; i++) {
        mended.variants[i] = unit->variants[i];
        mend_codes(r, &mended.variants[i]);
    }
    return r->arena.failed ? ty_error_nomem(error) : ty_tmx_writer_unit(r->writer, &mended, error);
}

ty_status ty_lint_repair(const ty_source *source, const char *encoding, const ty_sink *sink,
                         const ty_listener *listener, ty_error *error)
{
    repairer r = {0};
    ty_tmx_read_options options = {.encoding = encoding, .repair = true};
    const char *input = ty_source_file(source);
    ty_unit_sink units = {.payload = &r, .header = on_header, .unit = on_unit};
    ty_status status = ty_output_check_sink(sink, &input, 1, error);
    if (status == TY_OK)
        status = ty_output_open_sink(sink, &r.output, error);
    if (status == TY_OK)
        status = ty_tmx_read(source, &options, &units, listener, NULL, error);
    status = ty_tmx_finish(r.writer, r.output, status, error);
    ty_arena_release(&r.arena);
    return status;
}
