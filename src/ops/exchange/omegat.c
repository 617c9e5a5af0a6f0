/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An OmegaT project gets what the memory has. OmegaT looks at tm/ and glossary/ every second and takes each
 * file as one source, so there is a TMX an origin, grouped by trust, and every file appears by rename.
 * Folders named taiyaku are ours; nothing else of the project is touched.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ops/internal.h"

static const struct {
    ty_trust trust;
    const char *folder;
} groups[] = {{TY_TRUST_CONFIRMED, "tm/auto/taiyaku"},
              {TY_TRUST_SURE, "tm/taiyaku"},
              {TY_TRUST_DOUBTFUL, "tm/penalty-10/taiyaku"}};

static ty_status make_folder(const char *project, const char *folder, ty_buffer *path, ty_error *error)
{
    ty_buffer_clear(path);
    ty_buffer_add_format(path, "%s/%s", project, folder);
    return path->failed ? ty_error_nomem(error) : ty_path_make_folders(path->data, TY_FOLDER_SHARED, error);
}

/* A group that an origin has no units in any more has no file of it either. */
static ty_status export_origin(ty_memory *memory, const ty_export_settings *settings, ty_slice file,
                               const ty_origin *origin, uint64_t *out_count, ty_error *error)
{
    ty_buffer path = {0};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < sizeof groups / sizeof *groups; i++) {
        uint64_t written = 0;
        status = make_folder(settings->folder, groups[i].folder, &path, error);
        ty_buffer_add_char(&path, '/');
        ty_buffer_add(&path, file);
        ty_export_settings part = *settings;
        part.format = "tmx";
        part.trust = groups[i].trust;
        part.origin = origin->name.data;
        if (status == TY_OK)
            status = path.failed ? ty_error_nomem(error)
                                 : ty_export_part(memory, &part, &(ty_sink){.path = path.data}, true,
                                                  &written, error);
        if (status == TY_NO) {
            unlink(path.data);
            status = TY_OK;
        }
        *out_count += written;
    }
    ty_buffer_release(&path);
    return status;
}

static ty_status export_origins(ty_memory *memory, const ty_export_settings *settings, uint64_t *out_count,
                                ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_buffer file = {0};
    ty_strings taken = {0};
    ty_status status =
        ty_store_origins(memory->store, ty_slice_of(settings->origin), &arena, &origins, error);
    for (size_t i = 0; status == TY_OK && i < origins.count; i++) {
        if (!origins.items[i].unit_count)
            continue;
        ty_buffer_clear(&file);
        ty_origin_file_name(origins.items[i].name, &taken, &file);
        status = export_origin(memory, settings, ty_buffer_slice(&file), &origins.items[i], out_count, error);
    }
    ty_vector_release(&origins);
    ty_buffer_release(&file);
    ty_strings_release(&taken);
    ty_arena_release(&arena);
    return status;
}

static ty_status export_glossary(ty_memory *memory, const ty_export_settings *settings, ty_error *error)
{
    ty_buffer path = {0};
    uint64_t written = 0;
    ty_status status = make_folder(settings->folder, "glossary", &path, error);
    ty_buffer_add_string(&path, "/taiyaku.txt");
    if (status == TY_OK)
        status = ty_memory_export_terms(memory,
                                        &(ty_term_export_settings){.size = sizeof(ty_term_export_settings),
                                                                   .format = "omegat",
                                                                   .source_lang = settings->source_lang,
                                                                   .target_lang = settings->target_lang},
                                        &(ty_sink){.path = path.data}, &written, error);
    ty_buffer_release(&path);
    return status == TY_NO ? TY_OK : status;
}

/* Rules that are there and do not say they are ours are the user's. */
static bool is_ours(const char *path)
{
    ty_buffer rules = {0};
    bool ours = access(path, F_OK) != 0 ||
                (ty_file_read(path, 0, &rules, NULL) == TY_OK &&
                 ty_slice_find(ty_buffer_slice(&rules), TY_SLICE("aiyaku"), 0) != SIZE_MAX);
    ty_buffer_release(&rules);
    return ours;
}

static ty_status write_file(const char *path, ty_slice content, ty_error *error)
{
    ty_output *output = NULL;
    ty_status status = ty_output_open(path, &output, error);
    if (status != TY_OK)
        return status;
    ty_output_write(output, content);
    return ty_output_commit(output, error);
}

/* The rules twice: before version 6 OmegaT reads a Java bean, since then SRX. */
static ty_status write_rules(const char *srx_path, const char *bean_path, ty_slice lang, ty_error *error)
{
    ty_buffer rules = {0}, bean = {0};
    ty_srx *srx = NULL;
    ty_status status = ty_segment_srx(lang, &rules, error);
    if (status == TY_OK)
        status = ty_srx_read(&(ty_source){.path = "our rules", .bytes = ty_buffer_slice(&rules)}, NULL, &srx,
                             error);
    if (status == TY_OK)
        ty_srx_bean(srx, &bean);
    if (status == TY_OK && (rules.failed || bean.failed))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = write_file(srx_path, ty_buffer_slice(&rules), error);
    if (status == TY_OK)
        status = write_file(bean_path, ty_buffer_slice(&bean), error);
    ty_srx_free(srx);
    ty_buffer_release(&rules);
    ty_buffer_release(&bean);
    return status;
}

/* A project with rules of its own, in either form, keeps them. */
static ty_status export_rules(ty_memory *memory, const ty_export_settings *settings, ty_error *error)
{
    ty_buffer srx = {0}, bean = {0};
    ty_status status = make_folder(settings->folder, "omegat", &srx, error);
    ty_buffer_add(&bean, ty_buffer_slice(&srx));
    ty_buffer_add_string(&srx, "/segmentation.srx");
    ty_buffer_add_string(&bean, "/segmentation.conf");
    if (status == TY_OK && (srx.failed || bean.failed))
        status = ty_error_nomem(error);
    if (status == TY_OK && is_ours(srx.data) && is_ours(bean.data))
        status = write_rules(srx.data, bean.data, ty_slice_of(settings->source_lang), error);
    else if (status == TY_OK)
        ty_warn(memory->listener, is_ours(srx.data) ? bean.data : srx.data, 0, 0, "own-rules",
                "the project has segmentation rules of its own, which stay; sentences may be cut otherwise "
                "than ours");
    ty_buffer_release(&srx);
    ty_buffer_release(&bean);
    return status;
}

ty_status ty_export_omegat(ty_memory *memory, const ty_export_settings *settings, uint64_t *out_count,
                           ty_error *error)
{
    struct stat about;
    if (!settings->folder || stat(settings->folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return ty_error_set(error, TY_ERR_IO, "there is no project folder %s",
                            settings->folder ? settings->folder : "");
    ty_status status = export_origins(memory, settings, out_count, error);
    if (status == TY_OK)
        status = export_glossary(memory, settings, error);
    if (status == TY_OK)
        status = export_rules(memory, settings, error);
    return status == TY_OK && *out_count == 0 ? TY_NO : status;
}
