/* SPDX-License-Identifier: Apache-2.0 */
/* The memory, or a part of it, as TMX, table or JSON lines. */
#include "ops/exchange/lang_map.h"
#include "ops/exchange/returning.h"

typedef struct job {
    ty_memory *memory;
    const ty_export_settings *settings;
    const ty_sink *sink;
    unsigned gives; /* what the format does, TY_GIVES_... */
    ty_lang_map lang_map;
    ty_header header;
    size_t header_infos; /* of it without what is told of releases */
    bool omitted;        /* where there is nothing to write */
    unsigned part;       /* of a split export, from 1 */
    ty_buffer part_path;
    ty_output *output;
    ty_unit_writer *writer;
    ty_arena arena;   /* header and origins */
    ty_arena passing; /* of one unit */
    uint64_t written;
} job;

/* ------------------------------------------------------------------------------------------ header */

/* The source language of an origin's units: its header's, or that of its first document; empty: not known. */
static ty_status source_of(job *j, const ty_origin *origin, ty_slice *out, ty_error *error)
{
    *out = origin->header ? ty_attribute_find(origin->header->attributes, "srclang") : (ty_slice){"", 0};
    if (origin->header)
        return TY_OK;
    ty_stored_documents documents = {0};
    ty_status status = ty_store_documents(j->memory->store, origin->id, &j->arena, &documents, error);
    if (status == TY_OK && documents.count)
        *out = documents.items[0].lang;
    ty_vector_release(&documents);
    return status;
}

/*
 * Does the origin have a say in the header? One that brought nothing new, like our own export, has not; where
 * none brought anything, the first has.
 */
static bool has_say(const ty_origin *origin, bool any_new)
{
    bool glossary = origin->concept_count > 0 && origin->unit_count == 0;
    return any_new ? origin->brought > 0 && origin->unit_count > 0
                   : origin->unit_count > 0 || (origin->header && !glossary);
}

/* One origin alone gives its own header back; several go under ours, with the source language they share. */
static ty_status make_header(job *j, ty_header *out, ty_error *error)
{
    ty_origins origins = {0};
    ty_slice common = {NULL, 0}, lang;
    const ty_header *only = NULL;
    size_t with_say = 0;
    bool any_new = false;
    ty_status status =
        ty_store_origins(j->memory->store, ty_slice_of(j->settings->origin), &j->arena, &origins, error);
    size_t kept = 0;
    for (size_t i = 0; status == TY_OK && i < origins.count; i++)
        if (!j->settings->origin_id || j->settings->origin_id == origins.items[i].id)
            origins.items[kept++] = origins.items[i];
    origins.count = kept;
    for (size_t i = 0; status == TY_OK && i < origins.count; i++)
        any_new |= origins.items[i].brought > 0 && origins.items[i].unit_count > 0;
    for (size_t i = 0; status == TY_OK && i < origins.count && (any_new || !with_say); i++) {
        if (!has_say(&origins.items[i], any_new))
            continue;
        only = with_say++ == 0 ? origins.items[i].header : NULL;
        status = source_of(j, &origins.items[i], &lang, error);
        common = !common.data || ty_slice_equal_nocase(common, lang) ? lang : (ty_slice){"", 0};
    }
    if (status == TY_OK && only)
        *out = *only;
    else if (status == TY_OK)
        status = ty_header_make(common, &j->arena, out, error);
    ty_vector_release(&origins);
    return status;
}

/* ------------------------------------------------------------------------------------------ the walk */

bool ty_unit_has_trust(const ty_stored_unit *stored, ty_trust trust)
{
    bool confirmed = ty_slice_equal(stored->status, TY_SLICE("confirmed"));
    bool doubtful = !confirmed && ty_unit_is_doubtful(stored);
    switch (trust) {
    case TY_TRUST_CONFIRMED: return confirmed;
    case TY_TRUST_UNCONFIRMED: return !confirmed;
    case TY_TRUST_SURE: return !confirmed && !doubtful;
    case TY_TRUST_DOUBTFUL: return doubtful;
    default: return true;
    }
}

/* Does the format take what a unit says of its release, and the header of the file? */
static bool keeps_releases(const job *j)
{
    return j->gives & TY_GIVES_RELEASES;
}

/* A file to work on has units, or it is none. */
static bool may_be_empty(const job *j)
{
    return !(j->gives & TY_GIVES_SEGMENTS);
}

/* Of the file that is written; empty where there is none. */
static ty_slice path_of(const job *j)
{
    return ty_slice_of(ty_sink_file(j->sink));
}

static void tmx_options(const job *j, ty_tmx_write_options *out)
{
    const ty_export_settings *s = j->settings;
    *out = (ty_tmx_write_options){.version_1_1 = s->tmx_1_1,
                                  .level_1 = s->level == 1,
                                  .utf16 = s->utf16,
                                  .crlf = s->utf16,
                                  .gzip = s->gzip || ty_slice_ends(path_of(j), TY_SLICE(".gz")),
                                  .lang_map = j->lang_map.items,
                                  .lang_map_count = j->lang_map.count};
}

static ty_status open_writer(job *j, ty_error *error)
{
    ty_tmx_write_options tmx;
    tmx_options(j, &tmx);
    ty_unit_write_options options = {.source_lang = ty_slice_of(j->settings->source_lang),
                                     .target_lang = ty_slice_of(j->settings->target_lang),
                                     .tmx = &tmx,
                                     .for_spreadsheet = j->settings->for_spreadsheet};
    ty_status status = TY_OK;
    if (!keeps_releases(j)) /* a table: TMX has room for them in any case */
        status = ty_store_has_codes(j->memory->store, &options.codes, error);
    if (status != TY_OK)
        return status;
    return ty_unit_writer_open(j->settings->format, j->output, &options, &j->header, &j->writer, error);
}

/* Of a part of a release nothing is said but what its units say; nor to a tool that takes all sentences for
 * work. */
static bool tells_releases(const job *j)
{
    const ty_export_settings *s = j->settings;
    return keeps_releases(j) && !j->omitted && s->trust == TY_TRUST_ALL && !s->source_lang &&
           !s->target_lang && !s->since && !s->agency && s->min_confidence <= 0;
}

static ty_status open_first(job *j, ty_error *error)
{
    ty_status status = ty_lang_map_read(j->settings->lang_map, &j->lang_map, error);
    if (status == TY_OK && keeps_releases(j))
        status = make_header(j, &j->header, error);
    j->header_infos = j->header.infos.count;
    if (status == TY_OK && tells_releases(j))
        status = ty_header_tell(j->memory->store, j->settings->origin, j->settings->origin_id,
                                j->settings->history, &j->arena, &j->header, error);
    return status == TY_OK ? open_writer(j, error) : status;
}

/* ------------------------------------------------------------------------------------------ parts */

/* memory.tmx, memory-2.tmx, memory-3.tmx; memory.tmx.gz, memory-2.tmx.gz. */
static const char *part_path(job *j)
{
    ty_slice path = path_of(j), base = ty_path_base(path.data);
    size_t dot = ty_slice_find(base, TY_SLICE(".tmx"), 1);
    size_t cut = dot == SIZE_MAX ? path.size : path.size - base.size + dot;
    ty_buffer_clear(&j->part_path);
    ty_buffer_add(&j->part_path, ty_slice_sub(path, 0, cut));
    ty_buffer_add_format(&j->part_path, "-%u", j->part);
    ty_buffer_add(&j->part_path, ty_slice_sub(path, cut, path.size));
    return j->part_path.data;
}

/* The part that is full becomes a file, and the next begins. */
static ty_status next_part(job *j, ty_error *error)
{
    ty_status status = ty_unit_writer_close(j->writer, error);
    j->writer = NULL;
    if (status != TY_OK)
        return status;
    status = ty_output_commit(j->output, error);
    j->output = NULL;
    j->part++;
    const char *path = part_path(j);
    j->header.infos.count = j->header_infos; /* what is told of releases is in the first */
    if (status == TY_OK)
        status = path ? ty_output_open_as(path, TY_OUTPUT_DERIVED, &j->output, error) : ty_error_nomem(error);
    return status == TY_OK ? open_writer(j, error) : status;
}

static bool part_is_full(const job *j)
{
    return j->settings->split && keeps_releases(j) && path_of(j).size &&
           ty_unit_writer_size(j->writer) >= j->settings->split;
}

static ty_status write_unit(job *j, const ty_stored_unit *stored, ty_error *error)
{
    ty_error mine = {0};
    ty_written_unit unit = {.unit = &stored->unit,
                            .memory = ty_slice_of(ty_store_identity(j->memory->store)),
                            .whole = &stored->unit,
                            .id = stored->id,
                            .origin = stored->origin_name,
                            .aligned = stored->aligned,
                            .confidence = stored->aligned ? stored->provenance.bead.confidence : 1,
                            .confirmed = ty_slice_equal(stored->status, TY_SLICE("confirmed"))};
    ty_unit marked;
    ty_arena_clear(&j->passing);
    ty_status status = keeps_releases(j) ? ty_returning_mark(stored, &j->passing, &marked, error) : TY_OK;
    unit.unit = keeps_releases(j) ? &marked : &stored->unit;
    if (status == TY_OK)
        status = ty_unit_writer_unit(j->writer, &unit, &mine);
    j->written += status == TY_OK;
    if (status == TY_ERR_LIMIT) {
        ty_notify(j->memory->listener, &(ty_notice){.unit = (size_t)stored->id,
                                                    .rejected = true,
                                                    .rule = "too-long",
                                                    .message = mine.message});
        return TY_OK;
    }
    if (mine.status != TY_OK && error)
        *error = mine;
    return status == TY_NO ? TY_OK : status;
}

static ty_status walk(job *j, ty_error *error)
{
    const ty_export_settings *s = j->settings;
    char since[24];
    ty_origin_date_compact(ty_slice_of(s->since), since);
    ty_unit_filter filter = {.origin = ty_slice_of(s->origin),
                             .agency = ty_slice_of(s->agency),
                             .origin_id = s->origin_id,
                             .source = ty_slice_of(s->source_lang),
                             .target = ty_slice_of(s->target_lang),
                             .since = ty_slice_of(since),
                             .min_confidence = (float)s->min_confidence};
    ty_units *units = NULL;
    ty_stored_unit unit;
    ty_trust_narrow(s->trust, &filter);
    ty_status status = ty_units_open(j->memory->store, &filter, &units, error);
    while (status == TY_OK && ty_output_good(j->output) &&
           (status = ty_units_next(units, &unit, error)) == TY_OK) {
        if (!ty_unit_has_trust(&unit, j->settings->trust))
            continue;
        if (part_is_full(j))
            status = next_part(j, error);
        if (status == TY_OK)
            status = write_unit(j, &unit, error);
        if (status == TY_OK && j->written % 1000 == 0 &&
            !ty_progress(j->memory->listener, "units", j->written, 0))
            status = ty_error_set(error, TY_STOP, "stopped");
    }
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static ty_status finish(job *j, bool omitted, ty_status status, ty_error *error)
{
    uint64_t left_out = j->writer ? ty_unit_writer_left_out(j->writer) : 0;
    ty_status closed = ty_unit_writer_close(j->writer, error);
    status = status == TY_OK ? closed : status;
    if (left_out && status == TY_OK)
        ty_warn(j->memory->listener, "", 0, 0, "languages",
                "texts in other languages left out: %llu; TMX and workbooks have room for all",
                (unsigned long long)left_out);
    if (status == TY_OK && (j->written || !omitted))
        return ty_output_commit(j->output, error);
    ty_output_discard(j->output);
    return status;
}

ty_status ty_export_part(ty_memory *memory, const ty_export_settings *settings, const ty_sink *sink,
                         bool omitted, uint64_t *out_count, ty_error *error)
{
    job j = {.memory = memory,
             .settings = settings,
             .sink = sink,
             .gives = ty_format_gives(ty_format_named(settings->format)),
             .omitted = omitted,
             .part = 1};
    bool derived = settings->each_origin || omitted;
    ty_status status = derived ? ty_output_open_as(sink->path, TY_OUTPUT_DERIVED, &j.output, error)
                               : ty_output_open_sink(sink, &j.output, error);
    if (status == TY_OK)
        status = open_first(&j, error);
    if (status == TY_OK)
        status = walk(&j, error);
    bool needs_units = !may_be_empty(&j);
    if (j.output)
        status = finish(&j, omitted || needs_units, status, error);
    *out_count = j.written;
    ty_vector_release(&j.lang_map);
    ty_buffer_release(&j.part_path);
    ty_arena_release(&j.arena);
    ty_arena_release(&j.passing);
    /* Nothing of what was asked for is a no; all of an empty memory is all of it. */
    bool asked = needs_units || settings->trust != TY_TRUST_ALL || settings->source_lang ||
                 settings->target_lang || settings->since || settings->origin || settings->origin_id ||
                 settings->agency || settings->min_confidence > 0;
    return status == TY_OK && j.written == 0 && asked ? TY_NO : status;
}

/* A TMX an origin into the folder, for those who take a file for a source. */
static ty_status export_each(ty_memory *memory, const ty_export_settings *settings, uint64_t *out_count,
                             ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_buffer path = {0};
    ty_strings taken = {0};
    ty_status status = settings->folder ? ty_path_make_folders(settings->folder, TY_FOLDER_SHARED, error)
                                        : ty_error_set(error, TY_ERR_USAGE, "into which folder?");
    if (status == TY_OK)
        status = ty_store_origins(memory->store, ty_slice_of(settings->origin), &arena, &origins, error);
    for (size_t i = 0; status == TY_OK && i < origins.count; i++) {
        uint64_t written = 0;
        ty_export_settings one = *settings;
        if (!origins.items[i].unit_count)
            continue;
        ty_buffer_clear(&path);
        ty_buffer_add_format(&path, "%s/", settings->folder);
        ty_origin_file_name(origins.items[i].name, &taken, &path);
        one.origin = NULL; /* a pattern: not by its name, which may hold a star */
        one.origin_id = origins.items[i].id;
        status = path.failed
                     ? ty_error_nomem(error)
                     : ty_export_part(memory, &one, &(ty_sink){.path = path.data}, false, &written, error);
        status = status == TY_NO ? TY_OK : status;
        *out_count += written;
    }
    ty_vector_release(&origins);
    ty_buffer_release(&path);
    ty_strings_release(&taken);
    ty_arena_release(&arena);
    return status == TY_OK && *out_count == 0 ? TY_NO : status;
}

ty_status ty_memory_export(ty_memory *memory, const ty_export_settings *settings, const ty_sink *sink,
                           uint64_t *out_count, ty_error *error)
{
    ty_export_settings own;
    ty_settings_take(&own, sizeof own, settings);
    *out_count = 0;
    own.format = own.format ? own.format : TY_USUAL_UNITS;
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    if (strcmp(own.format, "omegat") == 0)
        status = ty_export_omegat(memory, &own, out_count, error);
    else if (own.each_origin)
        status = export_each(memory, &own, out_count, error);
    else
        status = ty_export_part(memory, &own, sink, false, out_count, error);
    ty_memory_leave(memory);
    return status;
}
