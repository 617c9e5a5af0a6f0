/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs to be checked: of bilingual files, TMX, tables, and of a memory. */
#include <stdlib.h>

#include "ops/quality/quality.h"

/* ------------------------------------------------------------------------------------------ pairs */

static ty_status take(ty_quality_job *job, const ty_quality_pair *pair, ty_error *error)
{
    ty_status status = ty_quality_check_pair(job, pair, error);
    return status == TY_OK && !ty_quality_remember(job, pair) ? ty_error_nomem(error) : status;
}

/* The two languages asked for, else the first two variants. */
static ty_status take_unit(void *payload, const ty_unit *unit, int64_t id, ty_error *error)
{
    ty_quality_job *job = payload;
    const ty_variant *source = ty_variant_in(unit, ty_slice_of(job->settings->source_lang), NULL);
    const ty_variant *target =
        source ? ty_variant_in(unit, ty_slice_of(job->settings->target_lang), source) : NULL;
    if (!target)
        return TY_OK;
    ty_quality_pair pair = {.source = source->text,
                            .target = target->text,
                            .source_content = source->content,
                            .target_content = target->content,
                            .source_lang = source->lang,
                            .target_lang = target->lang,
                            .place = ty_attribute_find(unit->attributes, "tuid"),
                            .origin = job->origin,
                            .line = unit->line,
                            .unit = id};
    return take(job, &pair, error);
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    return take_unit(payload, unit, 0, error);
}

static ty_slice info_of(ty_infos infos, const char *type)
{
    for (size_t i = 0; i < infos.count; i++)
        if (ty_slice_equal(ty_attribute_find(infos.items[i].attributes, "type"), ty_slice_of(type)))
            return infos.items[i].text;
    return (ty_slice){"", 0};
}

static ty_slice or_told(ty_slice lang, const char *told, const char *usual)
{
    return lang.size ? lang : ty_slice_of(told ? told : usual);
}

static ty_status take_segments(ty_quality_job *job, const ty_bilingual *file, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < ty_bilingual_count(file); i++) {
        const ty_bilingual_segment *segment = ty_bilingual_at(file, i);
        if (segment->state == TY_SEGMENT_LOCKED || !ty_slice_trim(segment->source).size)
            continue;
        ty_quality_pair pair = {
            .source = segment->source,
            .target = segment->target,
            .source_content = segment->source_content,
            .target_content = segment->target_content,
            .source_lang = or_told(segment->source_lang, job->settings->source_lang, "en"),
            .target_lang = or_told(segment->target_lang, job->settings->target_lang, "ja"),
            .place = info_of(segment->infos, "id"),
            .context = info_of(segment->infos, "x-context"),
            .line = segment->line,
            .plural = segment->plural,
            .open = segment->state == TY_SEGMENT_OPEN};
        status = take(job, &pair, error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ sources */

static ty_status read_bilingual(ty_quality_job *job, const ty_source *source, ty_format format,
                                const ty_listener *listener, ty_error *error)
{
    ty_bilingual *file = NULL;
    ty_status status = ty_bilingual_open(source, format, job->settings->encoding, listener, &file, error);
    if (status == TY_OK)
        status = take_segments(job, file, error);
    if (status == TY_OK)
        status = ty_quality_check_consistency(job);
    ty_bilingual_close(file);
    return status;
}

static ty_status read_units(ty_quality_job *job, const ty_source *source, const ty_sniffed *kind,
                            const ty_listener *listener, ty_error *error)
{
    ty_unit_sink sink = {.payload = job, .unit = on_unit};
    ty_unit_read_options options = {.format = kind->format,
                                    .encoding = job->settings->encoding,
                                    .source_lang = ty_slice_of(job->settings->source_lang),
                                    .target_lang = ty_slice_of(job->settings->target_lang)};
    ty_status status = ty_units_read(source, &options, &sink, listener, NULL, error);
    return status == TY_OK ? ty_quality_check_consistency(job) : status;
}

static ty_status read_source(ty_quality_job *job, const ty_source *source, const ty_listener *listener,
                             ty_error *error)
{
    ty_sniffed kind = {0};
    ty_status status = ty_format_sniff(source, &kind, error);
    if (status != TY_OK)
        return status;
    unsigned gives = ty_format_gives(kind.format);
    if (gives & TY_GIVES_SEGMENTS)
        return read_bilingual(job, source, kind.format, listener, error);
    if (gives & TY_GIVES_UNITS && !(gives & TY_GIVES_MEMORY))
        return read_units(job, source, &kind, listener, error);
    ty_error_set(error, TY_ERR_FORMAT, "this is %s; XLIFF, PO, TMX and tables are checked", kind.name);
    if (gives & TY_GIVES_DOCUMENT)
        ty_error_rule(error, "one-text");
    return TY_ERR_FORMAT;
}

ty_status ty_quality_check(const ty_source *source, const ty_quality_settings *settings,
                           const ty_listener *listener,
                           ty_status (*each)(void *payload, const ty_fault *fault), void *payload,
                           ty_error *error)
{
    ty_quality_settings own;
    ty_buffer held = {0};
    ty_source input;
    ty_settings_take(&own, sizeof own, settings);
    ty_quality_job job = {.settings = &own,
                          .file = ty_source_name(source),
                          .memory = own.memory,
                          .each = each,
                          .payload = payload};
    ty_status status = ty_quality_check_kinds(&own, error);
    if (status != TY_OK)
        return status;
    status = ty_source_hold(source, &held, &input, error);
    if (status == TY_OK)
        status = ty_quality_open_terms(&job, error);
    if (status == TY_OK)
        status = read_source(&job, &input, listener, error);
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    if (status != TY_OK)
        ty_error_locate(error, job.file, 0, 0);
    ty_quality_release(&job);
    ty_buffer_release(&held);
    return status == TY_OK && job.told ? TY_NO : status;
}

ty_status ty_memory_quality(ty_memory *memory, const ty_quality_settings *settings,
                            ty_status (*each)(void *payload, const ty_fault *fault), void *payload,
                            ty_error *error)
{
    ty_quality_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_quality_job job = {.settings = &own, .file = "", .memory = memory, .each = each, .payload = payload};
    ty_unit_filter filter = {.origin = ty_slice_of(own.origin),
                             .source = ty_slice_of(own.source_lang),
                             .target = ty_slice_of(own.target_lang),
                             .no_labels = true};
    ty_units *units = NULL;
    ty_stored_unit unit;
    ty_status status = ty_quality_check_kinds(&own, error);
    if (status == TY_OK)
        status = ty_quality_open_terms(&job, error);
    if (status == TY_OK)
        status = ty_units_open(memory->store, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &unit, error)) == TY_OK) {
        job.origin = unit.origin_name;
        status = take_unit(&job, &unit.unit, unit.id, error);
    }
    ty_units_close(units);
    status = status == TY_NO ? ty_quality_check_consistency(&job) : status;
    if (status == TY_OK)
        status = ty_quality_end_terms(&job, error);
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    ty_quality_release(&job);
    return status == TY_OK && job.told ? TY_NO : status;
}
