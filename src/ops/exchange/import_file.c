/* SPDX-License-Identifier: Apache-2.0 */
/* Exchange files into the memory: units as they are, concepts into the termbase. */
#include "ops/exchange/corrected.h"
#include "ops/exchange/lang_map.h"
#include "ops/exchange/returning.h"
#include "ops/exchange/reviewed.h"
#include "ops/exchange/rows.h"
#include "ops/exchange/term_rows.h"

#include <time.h>

#include "base/sys.h"

typedef struct job {
    ty_memory *memory;
    const ty_import_settings *settings;
    ty_source source;
    ty_buffer rest;  /* of a reviewed table: pairs of no release here */
    ty_buffer input; /* standard input, read ahead */
    ty_sniffed kind;
    ty_digest digest;
    ty_intake *intake; /* opened by the header, or the first thing that comes */
    ty_counts *counts;
    unsigned flags; /* of the intake */
    uint64_t warnings;
    bool beside;       /* others may write meanwhile */
    bool outer;        /* a transaction around the intake is open */
    bool confirmed;    /* the next unit is, by its file */
    ty_ids to_confirm; /* units that came in so */
    ty_corrected corrected;
    ty_returning returning;
    ty_known_rows known;     /* of a workbook of ours */
    ty_known_concepts terms; /* of one of terms */
    ty_unfit_told unfit;
    ty_lang_map lang_map;
    ty_arena passing; /* of one unit or concept */
} job;

/* ------------------------------------------------------------------------------------------ the source */

static ty_status read_ahead(job *j, const ty_source *source, ty_error *error)
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

static ty_status sniff(job *j, ty_error *error)
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

static ty_status choose_flags(job *j, ty_error *error)
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

static ty_columns_told columns_told(const job *j)
{
    return (ty_columns_told){.names = j->settings->columns,
                             .has_header = j->settings->header == TY_HEADER_ROW_YES,
                             .no_header = j->settings->header == TY_HEADER_ROW_NO,
                             .sheet = j->settings->sheet};
}

/* ------------------------------------------------------------------------------------------ intake */

static ty_slice origin_name(const job *j)
{
    return j->settings->origin ? ty_slice_of(j->settings->origin) : ty_path_base(j->source.path);
}

static ty_status open_intake(job *j, const ty_header *header, ty_error *error)
{
    ty_origin origin = {.name = origin_name(j),
                        .kind = ty_slice_of(ty_format_name(j->kind.format)),
                        .title = ty_slice_of(j->settings->title),
                        .date = ty_slice_of(j->settings->date),
                        .url = ty_slice_of(j->settings->url),
                        .digest = ty_slice_of(j->digest.text),
                        .header = header};
    if (!origin.name.size)
        origin.name = TY_SLICE("unnamed");
    if (j->intake)
        return TY_OK;
    /* Rows of another memory's workbook are looked for by their texts. */
    unsigned flags =
        j->known.foreign && j->settings->duplicates == TY_DUPLICATES_KEEP ? TY_INTAKE_SKIP_SIMILAR : 0;
    return ty_intake_open(j->memory->store, &origin, j->flags | flags, &j->intake, error);
}

static void on_notice(void *payload, const ty_notice *notice)
{
    job *j = payload;
    j->warnings += !notice->rejected && !notice->remark;
    ty_notify(j->memory->listener, notice);
}

static bool on_progress(void *payload, const char *what, uint64_t done, uint64_t total)
{
    job *j = payload;
    return ty_progress(j->memory->listener, what, done, total);
}

static ty_status on_header(void *payload, const ty_header *header, ty_error *error)
{
    job *j = payload;
    ty_header told;
    if (!ty_lang_map_header(&j->lang_map, header, &j->passing, &told))
        return ty_error_nomem(error);
    header = &told;
    bool apart = ty_format_gives(j->kind.format) & TY_GIVES_RELEASES && !j->settings->origin;
    ty_status status = apart ? ty_returning_begin(&j->returning, j->memory->store, header, error) : TY_OK;
    if (status != TY_OK || !j->returning.store)
        return status == TY_OK ? open_intake(j, header, error) : status;
    status = ty_store_begin(j->memory->store, error); /* releases and the rest are one step */
    j->outer = status == TY_OK;
    return status;
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error);

/* A row of a workbook that knows its unit waits for the end; all others are units like any. */
static ty_status on_row(void *payload, const ty_unit *unit, ty_error *error)
{
    job *j = payload;
    ty_unit row = *unit;
    bool codes_lost = false;
    if (ty_known_rows_meet(&j->known, ty_store_identity(j->memory->store), &row, &codes_lost))
        return j->known.arena.failed ? ty_error_nomem(error) : TY_OK;
    j->warnings += codes_lost;
    if (codes_lost)
        ty_warn(j->memory->listener, j->source.path, unit->line, 0, "codes-lost",
                "the text was changed where it has inline codes, which are left out");
    return on_unit(j, &row, error);
}

/* A unit too large for a memory is rejected by itself; anything else ends the import. */
static ty_status put_unit(job *j, const ty_unit *unit, ty_error *error)
{
    ty_error mine = {0};
    int64_t id = 0;
    ty_outcome outcome = TY_UNCHANGED;
    ty_status status = open_intake(j, j->returning.store ? &j->returning.header : NULL, error);
    if (status == TY_OK)
        status = ty_intake_unit(j->intake, unit, NULL, &id, &outcome, &mine);
    if (status == TY_OK && !ty_corrected_meet(&j->corrected, unit, j->confirmed))
        status = ty_error_nomem(&mine);
    if (status == TY_OK && j->confirmed && outcome == TY_CREATED && !ty_vector_push(&j->to_confirm, id))
        status = ty_error_nomem(&mine);
    j->confirmed = false;
    if (status == TY_ERR_LIMIT) {
        ty_notify(j->memory->listener, &(ty_notice){.file = j->source.path,
                                                    .line = unit->line,
                                                    .rejected = true,
                                                    .rule = "unit-too-large",
                                                    .message = mine.message});
        j->counts->rejected++;
        return TY_OK;
    }
    if (status != TY_OK && error && error->status == TY_OK)
        *error = mine;
    return status;
}

/* A TMX comes in as it is, which its reader has looked at; of other files a pair that is none is left out. */
static bool is_left_out(job *j, const ty_unit *unit)
{
    if (ty_format_gives(j->kind.format) & (TY_GIVES_RELEASES | TY_GIVES_MEMORY) || unit->variant_count != 2)
        return false;
    unsigned unfit = ty_unfit(&unit->variants[0], &unit->variants[1]);
    ty_unfit_tell(&j->unfit, unfit, "", unit->line);
    bool left_out = unfit & TY_UNFIT_FOR_A_PAIR;
    j->counts->rejected += left_out;
    j->counts->warnings += ty_unfit_warnings(unfit);
    return left_out;
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    job *j = payload;
    ty_unit told, own;
    bool confirmed = false;
    ty_arena_clear(&j->passing);
    if (!ty_lang_map_unit(&j->lang_map, unit, &j->passing, &told))
        return ty_error_nomem(error);
    if (is_left_out(j, &told))
        return TY_OK;
    if (!j->returning.store)
        return put_unit(j, &told, error);
    ty_status status = ty_returning_status(&j->returning, &told, &own, &confirmed, error);
    if (status != TY_OK || ty_returning_takes(&j->returning, &own, confirmed))
        return status;
    j->confirmed = confirmed;
    return put_unit(j, &own, error);
}

static void on_confirmed(void *payload)
{
    ((job *)payload)->confirmed = true;
}

static ty_status on_concept(void *payload, const ty_concept *concept, ty_error *error)
{
    job *j = payload;
    ty_concept told;
    ty_arena_clear(&j->passing);
    if (!ty_lang_map_concept(&j->lang_map, concept, &j->passing, &told))
        return ty_error_nomem(error);
    if (ty_term_rows_meet(&j->terms, ty_store_identity(j->memory->store), &told))
        return j->terms.arena.failed ? ty_error_nomem(error) : TY_OK;
    ty_status status = open_intake(j, NULL, error);
    ty_outcome outcome = TY_UNCHANGED;
    if (status == TY_OK)
        status = ty_intake_concept(j->intake, &told, NULL, &outcome, error);
    if (status == TY_OK && outcome == TY_KEPT) {
        j->counts->kept++;
        ty_warn(j->memory->listener, j->source.path, 0, 0, "edited-here",
                "%.*s was edited here: what the file says of it now is left out",
                TY_SLICE_FORMAT(concept->id));
    }
    return status;
}

/* What a UTX says of itself is kept with its origin, in the words of a header. */
static ty_status on_glossary(void *payload, const ty_glossary *glossary, ty_error *error)
{
    job *j = payload;
    ty_attribute attributes[] = {{TY_SLICE("srclang"), glossary->source_lang},
                                 {TY_SLICE("trglang"), glossary->target_lang}};
    ty_header header = {
        .version = glossary->version, .attributes = {attributes, 2}, .infos = glossary->infos};
    if (ty_format_gives(j->kind.format) & TY_GIVES_SHEETS) /* its rows may all be of concepts that are here */
        return TY_OK;
    return open_intake(j, ty_format_gives(glossary->format) & TY_GIVES_HEADER ? &header : NULL, error);
}

/* ------------------------------------------------------------------------------------------ readers */

static ty_status read_glossary(job *j, const ty_listener *listener, ty_read_counts *counts, ty_error *error)
{
    ty_glossary_options options = {.format = j->kind.format,
                                   .encoding = j->settings->encoding,
                                   .source_lang = ty_slice_of(j->settings->source_lang),
                                   .target_lang = ty_slice_of(j->settings->target_lang),
                                   .columns = columns_told(j)};
    ty_glossary_sink sink = {.payload = j, .glossary = on_glossary, .concept = on_concept};
    return ty_glossary_read(&j->source, &options, &sink, listener, counts, error);
}

static bool is_bilingual(const job *j)
{
    return ty_format_gives(j->kind.format) & TY_GIVES_SEGMENTS;
}

/* A file that goes by another kind's name has been mixed up somewhere, and somebody should know. */
static ty_status check_name(const job *j, ty_error *error)
{
    ty_slice name = ty_slice_of(j->source.path);
    if (!is_bilingual(j) || j->settings->kind || !ty_slice_ends(name, TY_SLICE(".tmx")))
        return TY_OK;
    ty_error_set(error, TY_ERR_FORMAT, "this is %s and no TMX, as its name says", j->kind.name);
    ty_error_rule(error, ty_format_rule(j->kind.format));
    return ty_error_locate(error, j->source.path, 0, 0);
}

static ty_status read_units(job *j, const ty_listener *listener, ty_read_counts *counts, ty_error *error)
{
    ty_unit_sink sink = {.payload = j, .header = on_header, .unit = on_unit, .confirmed = on_confirmed};
    ty_unit_read_options options = {.format = j->kind.format,
                                    .encoding = j->settings->encoding,
                                    .source_lang = ty_slice_of(j->settings->source_lang),
                                    .target_lang = ty_slice_of(j->settings->target_lang),
                                    .columns = columns_told(j),
                                    .all_states = j->settings->all_states,
                                    .repair = j->settings->repair};
    if (!is_bilingual(j) && j->beside)
        j->flags |= TY_INTAKE_BESIDE;
    if (!is_bilingual(j) && !(ty_format_gives(j->kind.format) & TY_GIVES_RELEASES))
        sink.unit = on_row;
    if (ty_format_gives(j->kind.format) & TY_GIVES_SHEETS)
        sink.header = NULL; /* only rows that know no unit make an origin */
    ty_status status = check_name(j, error);
    if (status == TY_OK && is_bilingual(j))
        status = ty_corrected_load(&j->corrected, j->memory->store, origin_name(j), j->kind.format, error);
    return status == TY_OK ? ty_units_read(&j->source, &options, &sink, listener, counts, error) : status;
}

/* The units and terms of another memory as those of one origin, which was asked for. */
static ty_status read_memory(job *j, ty_read_counts *counts, ty_error *error)
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
        status = on_unit(j, &unit.unit, error);
    }
    if (status == TY_NO)
        status = ty_concepts_open(other, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &concept, error)) == TY_OK) {
        counts->read++;
        status = on_concept(j, &concept.concept, error);
    }
    ty_units_close(units);
    ty_concepts_close(concepts);
    ty_store_close(other);
    return status == TY_NO ? TY_OK : status;
}

static const char *advice_for(const job *j)
{
    return ty_format_advice(&j->kind, j->source.path);
}

static ty_status refuse(const job *j, ty_error *error)
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

static ty_status read_all(job *j, bool terms, ty_error *error)
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

static ty_status confirm(job *j, ty_error *error)
{
    ty_store *store = j->memory->store;
    if (!j->to_confirm.count)
        return TY_OK;
    ty_status status = ty_store_begin(store, error); /* one step */
    if (status != TY_OK)
        return status;
    for (size_t i = 0; status == TY_OK && i < j->to_confirm.count; i++)
        status = ty_store_set_status(store, j->to_confirm.items[i], TY_SLICE("confirmed"), NULL, error);
    return ty_store_end(store, status, error);
}

static ty_status take_left(job *j, ty_intake_counts *counts, ty_error *error)
{
    ty_intake_counts more = {0};
    j->intake = NULL;
    ty_status status = open_intake(j, &j->returning.header, error);
    for (size_t i = 0; status == TY_OK && i < j->returning.left.count; i++) {
        ty_left_pair *left = &j->returning.left.items[i];
        ty_outcome outcome = TY_UNCHANGED;
        status = ty_intake_unit(j->intake, left->unit, NULL, &left->came, &outcome, error);
        bool confirmed = left->confirmed && outcome == TY_CREATED;
        if (status == TY_OK && confirmed && !ty_vector_push(&j->to_confirm, left->came))
            status = ty_error_nomem(error);
    }
    if (status == TY_OK)
        status = ty_intake_commit(j->intake, &more, error);
    else if (j->intake)
        ty_intake_rollback(j->intake, NULL);
    j->intake = NULL;
    counts->created += more.created;
    counts->updated += more.updated;
    counts->unchanged += more.unchanged;
    counts->skipped += more.skipped;
    return status == TY_OK ? ty_returning_came(&j->returning, error) : status;
}

/* Pairs of releases that the memory has meet those that are here. */
static ty_status meet(job *j, ty_intake_counts *counts, ty_error *error)
{
    ty_conflicts conflicts = {.policy = j->settings->on_conflict,
                              .listener = j->memory->listener,
                              .file = j->source.path,
                              .counts = j->counts};
    ty_meeting_how how = {.force = j->flags & TY_INTAKE_FORCE,
                          .plain = j->settings->duplicates != TY_DUPLICATES_KEEP};
    ty_status status = ty_returning_meet(&j->returning, &conflicts, how, error);
    return status == TY_OK && j->returning.left.count ? take_left(j, counts, error) : status;
}

/* What the file says of its units, and what they take the place of, is one step with them. */
static ty_status settle(job *j, ty_intake_counts *counts, ty_error *error)
{
    uint64_t replaced = 0;
    ty_status status = j->intake ? ty_intake_commit(j->intake, counts, error) : TY_OK;
    j->intake = NULL;
    if (status == TY_OK)
        status = meet(j, counts, error);
    if (status == TY_OK)
        status = ty_returning_settle(&j->returning, j->flags & ~(unsigned)TY_INTAKE_APART,
                                     ty_path_base(j->source.path), counts, error);
    if (status == TY_OK)
        status = confirm(j, error);
    if (status == TY_OK)
        status = ty_corrected_apply(&j->corrected, j->memory->store, j->source.path, j->memory->listener,
                                    &replaced, error);
    replaced = replaced < counts->created ? replaced : counts->created;
    counts->created -= replaced;
    counts->updated += replaced;
    return status;
}

/* When the file was changed, for those who want the newer of two. */
static void moment_of(const job *j, char out[17])
{
    ty_sys_facts about;
    struct tm utc;
    ty_origin_now(out);
    const char *path = ty_source_file(&j->source);
    time_t moment = path && ty_sys_stat(path, &about) ? (time_t)(about.modified / 1000000000) : -1;
    if (moment >= 0 && gmtime_r(&moment, &utc))
        strftime(out, 17, "%Y%m%dT%H%M%SZ", &utc);
}

/* Units that have lost theirs come in as the file's own, behind what it brought. */
static ty_status house(job *j, ty_error *error)
{
    ty_status status = TY_OK;
    if (!j->known.homeless.count && !j->terms.homeless.count)
        return TY_OK;
    j->intake = NULL;
    status = open_intake(j, NULL, error);
    for (size_t i = 0; status == TY_OK && i < j->known.homeless.count; i++)
        status = ty_intake_unit(j->intake, &j->known.homeless.items[i], NULL, NULL, NULL, error);
    for (size_t i = 0; status == TY_OK && i < j->terms.homeless.count; i++) {
        status = ty_intake_concept(j->intake, &j->terms.homeless.items[i], NULL, NULL, error);
        j->counts->created += status == TY_OK;
    }
    if (j->intake && status != TY_OK)
        ty_intake_rollback(j->intake, NULL);
    return j->intake && status == TY_OK ? ty_intake_commit(j->intake, NULL, error) : status;
}

/* Rows that know their units, once the intake is closed; the transaction is the caller's. */
static ty_status settle_rows(job *j, ty_error *error)
{
    char moment[17];
    if (!j->known.rows.count && !j->terms.items.count)
        return TY_OK;
    moment_of(j, moment);
    ty_store_name_step(j->memory->store, "import", origin_name(j), 0, NULL);
    ty_status status = ty_known_rows_apply(&j->known, j->memory, j->settings->on_conflict, j->source.path,
                                           ty_slice_of(moment), j->counts, error);
    if (status == TY_OK)
        status = ty_term_rows_apply(&j->terms, j->memory, j->settings->on_conflict, j->source.path, j->counts,
                                    error);
    return status == TY_OK ? house(j, error) : status;
}

static void add_counts(ty_counts *counts, const ty_intake_counts *more)
{
    counts->created += more->created;
    counts->updated += more->updated;
    counts->unchanged += more->unchanged;
    counts->skipped += more->skipped;
    counts->withdrawn += more->removed;
}

static ty_status finish(job *j, ty_status status, ty_error *error)
{
    ty_intake_counts counts = {0};
    bool any = j->intake || j->returning.releases.count;
    /* What a release that is here makes of its pairs is seen by doing it, within the outer transaction. */
    bool tries = j->settings->dry_run && !(j->outer && j->returning.releases.count);
    if (any && status == TY_OK && !tries) {
        status = settle(j, &counts, error);
    } else if (any) {
        if (j->intake)
            ty_intake_rollback(j->intake, &counts);
    }
    add_counts(j->counts, &counts);
    if (status == TY_OK)
        status = settle_rows(j, error);
    if (j->outer && j->settings->dry_run)
        ty_store_rollback(j->memory->store);
    else if (j->outer)
        status = ty_store_end(j->memory->store, status, error);
    return status;
}

/* A reviewed table goes to the releases that it is of; *left is whether pairs of none are left. */
static ty_status take_reviewed(job *j, bool *left, ty_error *error)
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
    job j = {.memory = memory, .settings = &own, .counts = counts, .beside = beside};
    *counts = (ty_counts){0};
    ty_status status = read_ahead(&j, source, error);
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
        status = read_all(&j, terms, error);
    status = finish(&j, status, error);
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
    ty_stamp before, after;
    ty_status status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &before, error);
    if (status == TY_OK)
        status = ty_exchange_import(memory, source, settings, terms, counts, error);
    if (status == TY_OK)
        status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &after, error);
    return status == TY_OK && !ty_stamp_equal(after, before) ? ty_memory_terms_keep(memory, error) : status;
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
