/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of an exchange file. */
#include "ops/exchange/import_job.h"

static ty_columns_told columns_told(const ty_import_job *j)
{
    return (ty_columns_told){.names = j->settings->columns,
                             .has_header = j->settings->header == TY_HEADER_ROW_YES,
                             .no_header = j->settings->header == TY_HEADER_ROW_NO,
                             .sheet = j->settings->sheet};
}

static void on_notice(void *payload, const ty_notice *notice)
{
    ty_import_job *j = payload;
    j->warnings += !notice->rejected && !notice->remark;
    ty_notify(j->memory->listener, notice);
}

static bool on_progress(void *payload, const char *what, uint64_t done, uint64_t total)
{
    ty_import_job *j = payload;
    return ty_progress(j->memory->listener, what, done, total);
}

static ty_status read_glossary(ty_import_job *j, const ty_listener *listener, ty_read_counts *counts,
                               ty_error *error)
{
    ty_glossary_options options = {.format = j->kind.format,
                                   .encoding = j->settings->encoding,
                                   .source_lang = ty_slice_of(j->settings->source_lang),
                                   .target_lang = ty_slice_of(j->settings->target_lang),
                                   .columns = columns_told(j)};
    ty_glossary_sink sink = {
        .payload = j, .glossary = ty_import_on_glossary, .concept = ty_import_on_concept};
    return ty_glossary_read(&j->source, &options, &sink, listener, counts, error);
}

bool ty_import_is_bilingual(const ty_import_job *j)
{
    return ty_format_gives(j->kind.format) & TY_GIVES_SEGMENTS;
}

/* A file that goes by another kind's name has been mixed up somewhere, and somebody should know. */
static ty_status check_name(const ty_import_job *j, ty_error *error)
{
    ty_slice name = ty_slice_of(j->source.path);
    if (!ty_import_is_bilingual(j) || j->settings->kind || !ty_slice_ends(name, TY_SLICE(".tmx")))
        return TY_OK;
    ty_error_set(error, TY_ERR_FORMAT, "this is %s and no TMX, as its name says", j->kind.name);
    ty_error_rule(error, ty_format_rule(j->kind.format));
    return ty_error_locate(error, j->source.path, 0, 0);
}

static ty_status read_units(ty_import_job *j, const ty_listener *listener, ty_read_counts *counts,
                            ty_error *error)
{
    ty_unit_sink sink = {.payload = j,
                         .header = ty_import_on_header,
                         .unit = ty_import_on_unit,
                         .confirmed = ty_import_on_confirmed};
    ty_unit_read_options options = {.format = j->kind.format,
                                    .encoding = j->settings->encoding,
                                    .source_lang = ty_slice_of(j->settings->source_lang),
                                    .target_lang = ty_slice_of(j->settings->target_lang),
                                    .columns = columns_told(j),
                                    .all_states = j->settings->all_states,
                                    .repair = j->settings->repair};
    if (!ty_import_is_bilingual(j) && j->beside)
        j->flags |= TY_INTAKE_BESIDE;
    if (!ty_import_is_bilingual(j) && !(ty_format_gives(j->kind.format) & TY_GIVES_RELEASES))
        sink.unit = ty_import_on_row;
    if (ty_format_gives(j->kind.format) & TY_GIVES_SHEETS)
        sink.header = NULL; /* only rows that know no unit make an origin */
    ty_status status = check_name(j, error);
    if (status == TY_OK && ty_import_is_bilingual(j))
        status = ty_corrected_load(&j->corrected, j->memory->store, ty_import_origin_name(j), j->kind.format,
                                   error);
    return status == TY_OK ? ty_units_read(&j->source, &options, &sink, listener, counts, error) : status;
}

/* The units and terms of another memory as those of one origin, which was asked for. */
static ty_status read_memory(ty_import_job *j, ty_read_counts *counts, ty_error *error)
{
    ty_store *other = NULL;
    ty_units *units = NULL;
    ty_concepts *concepts = NULL;
    ty_stored_unit unit;
    ty_stored_concept concept;
    if (j->source.bytes.data)
        return ty_error_set(error, TY_ERR_USAGE, "another memory is taken in from its file");
    ty_status status = ty_store_open(j->source.path, TY_STORE_READ, &other, error);
    if (status == TY_OK)
        status = ty_units_open(other, NULL, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &unit, error)) == TY_OK) {
        counts->read++;
        status = ty_import_on_unit(j, &unit.unit, error);
    }
    if (status == TY_NO)
        status = ty_concepts_open(other, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &concept, error)) == TY_OK) {
        counts->read++;
        status = ty_import_on_concept(j, &concept.concept, error);
    }
    ty_units_close(units);
    ty_concepts_close(concepts);
    ty_store_close(other);
    return status == TY_NO ? TY_OK : status;
}

static const char *advice_for(const ty_import_job *j)
{
    return ty_format_advice(&j->kind, j->source.path);
}

static ty_status refuse(const ty_import_job *j, ty_error *error)
{
    ty_status status;
    const char *advice = advice_for(j);
    if (j->kind.format == TY_FORMAT_EMPTY)
        status = ty_error_set(error, TY_ERR_FORMAT, "the file is empty");
    else if (advice)
        status = ty_error_set(error, TY_ERR_FORMAT, "this is %s", advice);
    else if (ty_format_is_document(j->kind.format))
        status = ty_error_set(error, TY_ERR_FORMAT,
                              "this is %s, not units or terms; a release is two documents, SOURCE and TARGET",
                              j->kind.name);
    else
        status = ty_error_set(error, TY_ERR_FORMAT, "this is %s, not an exchange file we know", j->kind.name);
    ty_error_locate(error, j->source.path, 0, 0);
    return status;
}

ty_status ty_import_read(ty_import_job *j, bool terms, ty_error *error)
{
    if (ty_format_gives(j->kind.format) & TY_GIVES_MEMORY && advice_for(j))
        return refuse(j, error);
    ty_listener listener = {.payload = j, .notice = on_notice, .progress = on_progress};
    ty_read_counts counts = {0};
    ty_status status;
    j->unfit = (ty_unfit_told){.file = j->source.path, .listener = j->memory->listener};
    unsigned gives = ty_format_gives(j->kind.format);
    if (gives & TY_GIVES_MEMORY) {
        if (!j->settings->origin && !j->source.bytes.data)
            return ty_memory_join(j->memory, j->source.path, j->flags & ~(unsigned)TY_INTAKE_APART,
                                  j->settings, j->counts, error);
        status = read_memory(j, &counts, error);
    } else if (gives & TY_GIVES_UNITS && !(terms && gives & TY_GIVES_TERMS)) {
        status = read_units(j, &listener, &counts, error);
    } else if (gives & TY_GIVES_TERMS) {
        status = read_glossary(j, &listener, &counts, error);
    } else {
        return refuse(j, error);
    }
    ty_unfit_tell_rest(&j->unfit);
    j->counts->read += counts.read;
    j->counts->rejected += counts.rejected;
    j->counts->outside += counts.outside;
    j->counts->warnings += counts.warnings > j->warnings ? counts.warnings : j->warnings;
    return status;
}
