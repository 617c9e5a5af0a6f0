/* SPDX-License-Identifier: Apache-2.0 */
/* Exchange files into the memory: units as they are, concepts into the termbase. */
#include "ops/exchange/import_job.h"

#include "ops/exchange/reviewed.h"

/* ------------------------------------------------------------------------------------------ the source */

static ty_status read_ahead(ty_import_job *j, const ty_source *source, ty_error *error)
{
    if (source->path && ty_path_is_address(source->path)) {
        j->source = *source;
        return TY_OK;
    }
    ty_status status = ty_source_hold(source, &j->input, &j->source, error);
    if (status == TY_OK && !j->source.bytes.data)
        return ty_origin_digest_file(j->source.path, &j->digest, error);
    j->source.path = ty_source_name(&j->source);
    ty_origin_digest_bytes(j->source.bytes, &j->digest);
    return status;
}

static ty_status sniff(ty_import_job *j, ty_error *error)
{
    ty_status status = ty_format_sniff(&j->source, &j->kind, error);
    if (status != TY_OK || !j->settings->kind)
        return status;
    j->kind.format = ty_format_named(j->settings->kind);
    if (j->kind.format == TY_FORMAT_UNKNOWN)
        return ty_error_set(error, TY_ERR_USAGE,
                            "a kind is tmx, tbx, utx, csv, tsv, omegat, aligned, xliff or po, not \"%s\"",
                            j->settings->kind);
    return TY_OK;
}

static ty_status choose_flags(ty_import_job *j, ty_error *error)
{
    j->flags = (j->settings->force ? TY_INTAKE_FORCE : 0) | (j->settings->origin ? 0 : TY_INTAKE_APART) |
               (j->settings->complete ? TY_INTAKE_RETIRE : 0);
    switch (j->settings->duplicates) {
    case TY_DUPLICATES_KEEP: return TY_OK;
    case TY_DUPLICATES_SKIP: j->flags |= TY_INTAKE_SKIP_SIMILAR; return TY_OK;
    case TY_DUPLICATES_REPLACE: j->flags |= TY_INTAKE_RENEW_SIMILAR; return TY_OK;
    }
    return ty_error_set(error, TY_ERR_USAGE, "duplicates are kept, skipped or replaced");
}

/* A reviewed table goes to the releases that it is of; *left is whether pairs of none are left. */
static ty_status take_reviewed(ty_import_job *j, bool *left, ty_error *error)
{
    ty_status status = ty_reviewed_import(j->memory, &j->source, j->settings->origin, j->settings->dry_run,
                                          &j->rest, j->counts, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    *left = j->rest.size > 0;
    j->source.bytes = ty_buffer_slice(&j->rest);
    return j->rest.failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status import_once(ty_memory *memory, const ty_source *source, const ty_import_settings *settings,
                             bool terms, bool beside, ty_counts *counts, ty_error *error)
{
    ty_import_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_import_job j = {.memory = memory, .settings = &own, .counts = counts, .beside = beside};
    *counts = (ty_counts){0};
    ty_status status = ty_day_check(ty_slice_of(own.date), error);
    if (status == TY_OK)
        status = read_ahead(&j, source, error);
    if (status == TY_OK)
        status = choose_flags(&j, error);
    if (status == TY_OK)
        status = ty_lang_map_read(own.lang_map, &j.lang_map, error);
    if (status == TY_OK)
        status = sniff(&j, error);
    if (status == TY_OK &&
        ty_format_gives(j.kind.format) & (TY_GIVES_SEGMENTS | TY_GIVES_BEADS | TY_GIVES_SHEETS)) {
        status = ty_store_begin(memory->store, error);
        j.outer = status == TY_OK;
    }
    bool left = true;
    if (status == TY_OK && ty_format_gives(j.kind.format) & TY_GIVES_BEADS && !own.encoding)
        status = take_reviewed(&j, &left, error);
    if (status == TY_OK && left)
        status = ty_import_read(&j, terms, error);
    status = ty_import_finish(&j, status, error);
    ty_buffer_release(&j.input);
    ty_buffer_release(&j.rest);
    ty_vector_release(&j.to_confirm);
    ty_corrected_release(&j.corrected);
    ty_returning_release(&j.returning);
    ty_known_rows_release(&j.known);
    ty_term_rows_release(&j.terms);
    ty_vector_release(&j.lang_map);
    ty_arena_release(&j.passing);
    return status;
}

/* Beside others where that is possible; whoever is overtaken does it once more, while they wait. */
static ty_status import_one(ty_memory *memory, const ty_source *source, const ty_import_settings *settings,
                            bool terms, ty_counts *counts, ty_error *error)
{
    ty_error mine = {0};
    ty_status status = import_once(memory, source, settings, terms, true, counts, &mine);
    if (status == TY_ERR_BUSY && mine.rule && strcmp(mine.rule, "overtaken") == 0)
        return import_once(memory, source, settings, terms, false, counts, error);
    if (status != TY_OK && error)
        *error = mine;
    return status;
}

/* ------------------------------------------------------------------------------------------ archives */

typedef struct set {
    ty_memory *memory;
    const ty_import_settings *settings;
    bool terms;
    ty_counts *counts; /* of all */
} set;

static ty_status import_member(void *payload, const ty_source *member, ty_error *error)
{
    const set *s = payload;
    ty_counts one;
    ty_status status = import_one(s->memory, member, s->settings, s->terms, &one, error);
    s->counts->read += one.read;
    s->counts->created += one.created;
    s->counts->updated += one.updated;
    s->counts->unchanged += one.unchanged;
    s->counts->rejected += one.rejected;
    s->counts->warnings += one.warnings;
    s->counts->skipped += one.skipped;
    s->counts->kept += one.kept;
    s->counts->withdrawn += one.withdrawn;
    s->counts->withheld += one.withheld;
    s->counts->outside += one.outside;
    s->counts->conflicts += one.conflicts;
    return status;
}

/* All files of an archive or none. TY_NO where it is no archive of exchange files. */
static ty_status import_set(ty_memory *memory, const ty_source *source, const ty_import_settings *settings,
                            bool terms, ty_counts *counts, ty_error *error)
{
    set s = {memory, settings, terms, counts};
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    *counts = (ty_counts){0};
    status = ty_archive_each(source, import_member, &s, error);
    if (status == TY_OK)
        return ty_store_end(memory->store, TY_OK, error);
    ty_store_rollback(memory->store);
    return status;
}

/* A TMX or TBX alone in a ZIP is read as it comes. */
static bool may_be_set(const ty_source *source)
{
    ty_sniffed kind = {0};
    ty_error ignored = {0};
    return !source->read && (source->bytes.data || strcmp(source->path, "-") != 0) &&
           ty_format_sniff(source, &kind, &ignored) == TY_OK && kind.format == TY_FORMAT_UNKNOWN;
}

ty_status ty_exchange_import(ty_memory *memory, const ty_source *source, const ty_import_settings *settings,
                             bool terms, ty_counts *counts, ty_error *error)
{
    ty_status status = TY_NO;
    if (may_be_set(source))
        status = import_set(memory, source, settings, terms, counts, error);
    return status == TY_NO ? import_one(memory, source, settings, terms, counts, error) : status;
}

/* Whatever kind of file it was: where concepts came in, the term index is made anew. */
static ty_status import(ty_memory *memory, const ty_source *source, const ty_import_settings *settings,
                        bool terms, ty_counts *counts, ty_error *error)
{
    ty_stamp before;
    ty_status status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &before, error);
    if (status == TY_OK)
        status = ty_exchange_import(memory, source, settings, terms, counts, error);
    if (status == TY_OK)
        ty_memory_terms_follow(memory, before);
    return status;
}

ty_status ty_memory_import_file(ty_memory *memory, const ty_source *source,
                                const ty_import_settings *settings, ty_counts *counts, ty_error *error)
{
    return import(memory, source, settings, false, counts, error);
}

ty_status ty_memory_import_terms(ty_memory *memory, const ty_source *source,
                                 const ty_import_settings *settings, ty_counts *counts, ty_error *error)
{
    return import(memory, source, settings, true, counts, error);
}

ty_status ty_source_is_document(const ty_source *source, bool *out, ty_error *error)
{
    ty_sniffed kind = {0};
    *out = source->read || (!source->bytes.data && strcmp(source->path, "-") == 0);
    ty_status status = *out ? TY_OK : ty_format_sniff(source, &kind, error);
    if (status != TY_OK || *out || !ty_format_is_document(kind.format))
        return status;
    *out = true;
    return ty_format_gives(kind.format) & TY_GIVES_UNITS
               ? ty_workbook_is_text(source, kind.format, out, error)
               : TY_OK;
}
