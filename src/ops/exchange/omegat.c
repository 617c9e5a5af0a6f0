/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An OmegaT project gets what the memory has. OmegaT looks at tm/ and glossary/ every second and takes each
 * file as one source, so there is a TMX an origin, grouped by trust, and every file appears by rename.
 * Folders named taiyaku are ours; nothing else of the project is touched. What was written is kept on a list,
 * by which files whose units are gone from the memory are taken away again (written.h).
 */
#include <stdio.h>

#include "base/sys.h"
#include "ops/exchange/written.h"

static const struct {
    ty_trust trust;
    const char *folder;
} groups[] = {{TY_TRUST_CONFIRMED, "tm/auto/taiyaku"},
              {TY_TRUST_SURE, "tm/taiyaku"},
              {TY_TRUST_DOUBTFUL, "tm/penalty-10/taiyaku"}};

typedef struct job {
    ty_memory *memory;
    const ty_export_settings *settings;
    ty_written_list list;
    ty_origins origins; /* all that have units */
    ty_strings files;   /* what theirs are called, in the same order */
    ty_arena arena;
    uint64_t *count;
} job;

static ty_status make_folder(const job *j, const char *folder, ty_error *error)
{
    ty_buffer path = {0};
    ty_buffer_add_format(&path, "%s/%s", j->settings->folder, folder);
    ty_status status =
        path.failed ? ty_error_nomem(error) : ty_path_make_folders(path.data, TY_FOLDER_SHARED, error);
    ty_buffer_release(&path);
    return status;
}

/* ------------------------------------------------------------------------------------------ origins */

/* What files are called depends on all origins, whichever are asked for: two may have names that are one
 * file. */
static ty_status name_files(job *j, ty_error *error)
{
    ty_strings taken = {0};
    ty_buffer file = {0};
    size_t kept = 0;
    ty_status status = ty_store_origins(j->memory->store, (ty_slice){"", 0}, &j->arena, &j->origins, error);
    for (size_t i = 0; status == TY_OK && i < j->origins.count; i++) {
        if (!j->origins.items[i].unit_count)
            continue;
        ty_buffer_clear(&file);
        ty_origin_file_name(j->origins.items[i].name, &taken, &file);
        if (file.failed || ty_strings_add(&j->files, ty_buffer_slice(&file)) == TY_STRINGS_NONE)
            status = ty_error_nomem(error);
        j->origins.items[kept++] = j->origins.items[i];
    }
    j->origins.count = status == TY_OK ? kept : 0;
    ty_strings_release(&taken);
    ty_buffer_release(&file);
    return status;
}

/* Has the origin units of this trust, whatever the export leaves out? */
static ty_status has_units(job *j, const ty_origin *origin, ty_trust trust, bool *out, ty_error *error)
{
    ty_unit_filter filter = {.origin_id = origin->id};
    ty_units *units = NULL;
    ty_stored_unit unit;
    *out = false;
    ty_status status = ty_units_open(j->memory->store, &filter, &units, error);
    while (status == TY_OK && !*out && (status = ty_units_next(units, &unit, error)) == TY_OK)
        *out = ty_unit_has_trust(&unit, trust);
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static ty_status export_group(job *j, const ty_origin *origin, ty_slice file, size_t group, ty_error *error)
{
    ty_buffer path = {0}, full = {0};
    uint64_t written = 0;
    bool remains = false;
    ty_buffer_add_format(&path, "%s/%.*s", groups[group].folder, TY_SLICE_FORMAT(file));
    ty_buffer_add_format(&full, "%s/%s", j->settings->folder, path.data ? path.data : "");
    ty_export_settings part = *j->settings;
    part.format = TY_USUAL_UNITS;
    part.trust = groups[group].trust;
    part.origin = NULL;
    part.origin_id = origin->id;
    ty_status status =
        path.failed || full.failed ? ty_error_nomem(error) : make_folder(j, groups[group].folder, error);
    if (status == TY_OK)
        status = ty_export_part(j->memory, &part, &(ty_sink){.path = full.data}, true, &written, error);
    if (status == TY_OK && written)
        status = ty_written_keep(&j->list, path.data, origin->id, error);
    else if (status == TY_NO || status == TY_OK)
        status = has_units(j, origin, groups[group].trust, &remains, error);
    if (status == TY_OK && !written && !remains)
        status = ty_written_drop(&j->list, path.data, j->memory->listener, error);
    *j->count += written;
    ty_buffer_release(&path);
    ty_buffer_release(&full);
    return status;
}

static ty_status export_origins(job *j, ty_error *error)
{
    ty_status status = name_files(j, error);
    for (size_t i = 0; status == TY_OK && i < j->origins.count; i++) {
        const ty_origin *origin = &j->origins.items[i];
        if (!ty_store_glob(ty_slice_of(j->settings->origin), origin->name))
            continue;
        for (size_t group = 0; status == TY_OK && group < sizeof groups / sizeof *groups; group++)
            status = export_group(j, origin, j->files.list.items[i], group, error);
    }
    return status;
}

/* Is it a file of an origin that is gone, or is called otherwise now? */
static bool is_gone(const job *j, const ty_written_file *file)
{
    if (!file->origin || !ty_slice_equal(file->memory, j->list.memory))
        return false;
    for (size_t i = 0; i < j->origins.count; i++)
        if (j->origins.items[i].id == file->origin)
            return !ty_slice_equal(ty_slice_of(strrchr(file->path.data, '/') + 1), j->files.list.items[i]);
    return true;
}

static ty_status drop_gone(job *j, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = j->list.files.count; status == TY_OK && i-- > 0;)
        if (is_gone(j, &j->list.files.items[i]))
            status = ty_written_drop(&j->list, j->list.files.items[i].path.data, j->memory->listener, error);
    return status;
}

/* ------------------------------------------------------------------------------------------ the glossary */

static ty_status export_glossary(job *j, ty_error *error)
{
    ty_buffer path = {0};
    uint64_t written = 0;
    ty_status status = make_folder(j, "glossary", error);
    ty_buffer_add_format(&path, "%s/glossary/taiyaku.txt", j->settings->folder);
    if (status == TY_OK)
        status =
            path.failed
                ? ty_error_nomem(error)
                : ty_memory_export_terms(j->memory,
                                         &(ty_term_export_settings){.size = sizeof(ty_term_export_settings),
                                                                    .format = "omegat",
                                                                    .source_lang = j->settings->source_lang,
                                                                    .target_lang = j->settings->target_lang},
                                         &(ty_sink){.path = path.data}, &written, error);
    ty_buffer_release(&path);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ the rules */

/* The rules twice: before version 6 OmegaT reads a Java bean, since then SRX. */
static const char *const rules[] = {"omegat/segmentation.srx", "omegat/segmentation.conf"};

static ty_status make_rules(ty_slice lang, ty_buffer out[2], ty_error *error)
{
    ty_srx *srx = NULL;
    ty_status status = ty_segment_srx(lang, &out[0], error);
    if (status == TY_OK)
        status = ty_srx_read(&(ty_source){.path = "our rules", .bytes = ty_buffer_slice(&out[0])}, NULL, &srx,
                             error);
    if (status == TY_OK)
        ty_srx_bean(srx, &out[1]);
    ty_srx_free(srx);
    return status == TY_OK && (out[0].failed || out[1].failed) ? ty_error_nomem(error) : status;
}

/* Rules that nobody but us has written: none, those on the list, or what we would write. */
static bool may_write(const job *j, size_t which, const ty_buffer *ours)
{
    ty_buffer full = {0}, there = {0};
    ty_buffer_add_format(&full, "%s/%s", j->settings->folder, rules[which]);
    bool may = ty_written_is_ours(&j->list, rules[which]) || (!full.failed && !ty_sys_exists(full.data)) ||
               (!full.failed && ty_file_read(full.data, 0, &there, NULL) == TY_OK &&
                ty_slice_equal(ty_buffer_slice(&there), ty_buffer_slice(ours)));
    ty_buffer_release(&full);
    ty_buffer_release(&there);
    return may;
}

static ty_status write_rules(job *j, size_t which, const ty_buffer *ours, ty_error *error)
{
    ty_buffer full = {0};
    ty_output *output = NULL;
    ty_buffer_add_format(&full, "%s/%s", j->settings->folder, rules[which]);
    ty_status status = full.failed ? ty_error_nomem(error) : ty_output_open(full.data, &output, error);
    if (status == TY_OK) {
        ty_output_write(output, ty_buffer_slice(ours));
        status = ty_output_commit(output, error);
    }
    ty_buffer_release(&full);
    return status == TY_OK ? ty_written_keep(&j->list, rules[which], 0, error) : status;
}

static void tell_own_rules(const job *j, const char *path)
{
    ty_buffer full = {0};
    ty_buffer_add_format(&full, "%s/%s", j->settings->folder, path);
    ty_warn(j->memory->listener, full.failed ? path : full.data, 0, 0, "own-rules",
            "the project has segmentation rules of its own, which stay; sentences may be cut otherwise than "
            "ours");
    ty_buffer_release(&full);
}

/* A project with rules of its own, in either form, keeps them. */
static ty_status export_rules(job *j, ty_error *error)
{
    ty_buffer ours[2] = {{0}, {0}};
    size_t own = 0;
    ty_status status = make_folder(j, "omegat", error);
    if (status == TY_OK)
        status = make_rules(ty_slice_of(j->settings->source_lang), ours, error);
    while (status == TY_OK && own < 2 && may_write(j, own, &ours[own]))
        own++;
    for (size_t i = 0; status == TY_OK && own == 2 && i < 2; i++)
        status = write_rules(j, i, &ours[i], error);
    if (status == TY_OK && own < 2)
        tell_own_rules(j, rules[own]);
    ty_buffer_release(&ours[0]);
    ty_buffer_release(&ours[1]);
    return status;
}

/* ------------------------------------------------------------------------------------------ the project */

static ty_status export_all(job *j, ty_error *error)
{
    ty_status status = make_folder(j, "tm/taiyaku", error);
    if (status == TY_OK)
        status = ty_written_load(&j->list, j->settings->folder,
                                 ty_slice_of(ty_store_identity(j->memory->store)), error);
    if (status == TY_OK)
        status = export_origins(j, error);
    if (status == TY_OK)
        status = drop_gone(j, error);
    if (status == TY_OK)
        status = export_glossary(j, error);
    if (status == TY_OK)
        status = export_rules(j, error);
    return status == TY_OK ? ty_written_save(&j->list, error) : status;
}

ty_status ty_export_omegat(ty_memory *memory, const ty_export_settings *settings, uint64_t *out_count,
                           ty_error *error)
{
    job j = {.memory = memory, .settings = settings, .count = out_count};
    if (!settings->folder || !ty_sys_is_folder(settings->folder))
        return ty_error_set(error, TY_ERR_IO, "there is no project folder %s",
                            settings->folder ? settings->folder : "");
    ty_status status = export_all(&j, error);
    ty_written_release(&j.list);
    ty_vector_release(&j.origins);
    ty_strings_release(&j.files);
    ty_arena_release(&j.arena);
    return status == TY_OK && *out_count == 0 ? TY_NO : status;
}
