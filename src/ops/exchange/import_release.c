/* SPDX-License-Identifier: Apache-2.0 */
/* Two documents into the memory: read, cut, aligned, stored with where each pair came from. */
#include <stdio.h>
#include <string.h>

#include "ops/exchange/release.h"

/* ------------------------------------------------------------------------------------------ which one it is
 */

static ty_status find_named(ty_release_job *j, ty_error *error)
{
    const ty_release *release = j->release;
    if (release->replaces)
        return ty_identity_named(j->memory, release->replaces, &j->arena, &j->identity, error);
    ty_status status =
        ty_store_origin_named(j->memory->store, ty_slice_of(release->origin), &j->identity.origin, error);
    return status == TY_NO ? TY_OK : status;
}

static ty_status read_old(ty_release_job *j, int64_t release, ty_error *error)
{
    ty_status status = ty_store_origin(j->memory->store, release, &j->arena, &j->old_row, error);
    j->old = status == TY_OK ? &j->old_row : NULL;
    return status;
}

/* A name that is told decides, whatever the texts say; so does who says that it is new. */
static ty_status find_identity(ty_release_job *j, ty_error *error)
{
    ty_status status = TY_OK;
    if (j->release->replaces || j->release->origin)
        status = find_named(j, error);
    else if (!j->release->apart)
        status = ty_identity_find(j->memory, j->bitext, &j->digest, j->release->url, &j->arena, &j->identity,
                                  error);
    if (status != TY_OK || !j->identity.origin)
        return status;
    status = read_old(j, j->identity.origin, error);
    if (status != TY_OK)
        return status;
    j->identity.name = j->old->name;
    j->identity.units = j->old->unit_count;
    j->identity.unchanged = ty_slice_equal(j->old->digest, ty_slice_of(j->digest.text));
    return TY_OK;
}

/* Is there a reason to align texts again that are here to the letter? What was removed comes back whole. */
static bool wants_anew(const ty_release_job *j)
{
    const ty_bitext_settings *how = &j->bitext_settings;
    bool told =
        how->anchors || how->dictionary || how->no_dictionary || how->source_encoding || how->target_encoding;
    bool text_told = how->text && (how->text->encoding || how->text->paragraphs != TY_PARAGRAPHS_AUTO ||
                                   how->text->segmented || how->text->srx);
    return told || text_told || j->release->bring_back || j->identity.units == 0;
}

static void say_likeness(const ty_release_job *j)
{
    const ty_release_identity *like = &j->identity;
    const ty_listener *listener = j->memory->listener;
    if (like->alike)
        ty_warn(listener, j->bitext->source->path, 0, 0, "like-another",
                "most of it stands in the release \"%.*s\", but title or dateline differ: kept as a release "
                "of its own",
                TY_SLICE_FORMAT(like->name));
    else if (like->place)
        ty_warn(listener, j->bitext->source->path, 0, 0, "another-text",
                "the release \"%.*s\" has the same address or path, but another text: kept as a release of "
                "its own",
                TY_SLICE_FORMAT(like->name));
    if (like->origin && j->counts->older)
        ty_warn(
            listener, j->bitext->source->path, 0, 0, "older-version",
            "%llu pairs that people have dealt with have sentences that changed: they stay, as of the older "
            "version, beside the new ones, which are doubtful",
            (unsigned long long)j->counts->older);
}

/* ------------------------------------------------------------------------------------------ the whole */

/* What is here already is not aligned again: the answer would be what is stored. */
static ty_status leave_as_it_is(ty_release_job *j, ty_error *error)
{
    ty_store *store = j->memory->store;
    j->counts->read = j->counts->unchanged = j->identity.units;
    ty_status status = ty_store_withheld(store, j->identity.origin, &j->counts->withheld, error);
    if (status == TY_OK)
        status = ty_release_count_stored(j, error);
    if (status != TY_OK || j->release->dry_run)
        return status;
    status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    ty_store_name_step(store, "facts", j->identity.name, j->identity.origin, NULL);
    return ty_store_end(store, ty_release_set_facts(j, j->identity.origin, error), error);
}

static ty_status carry(ty_release_job *j, ty_error *error)
{
    if (!j->identity.origin)
        return TY_OK;
    ty_status status = ty_carry_open(&j->carry, j->memory->store, j->identity.origin, j->bitext, error);
    return status == TY_OK ? ty_carry_anchors(&j->carry, &j->bitext->fixed, error) : status;
}

static ty_status align_and_store(ty_release_job *j, ty_error *error)
{
    ty_release_describe(j);
    ty_status status = carry(j, error);
    if (status == TY_OK)
        status = ty_bitext_align(j->bitext, &j->bitext_settings, &j->memory->aligning, j->memory->store,
                                 !j->release->dry_run, j->memory->listener, error);
    if (status == TY_OK)
        status = ty_release_part_unfit(j, error);
    if (status == TY_OK)
        status = ty_release_store(j, error);
    if (status == TY_OK) {
        say_likeness(j);
        ty_release_tell_unpaired(j);
    }
    return status;
}

static ty_status run(ty_release_job *j, ty_error *error)
{
    const ty_release *release = j->release;
    ty_status status = ty_bitext_read(release->source, release->target, &j->bitext_settings,
                                      j->memory->listener, &j->bitext, error);
    if (status == TY_OK)
        status = ty_release_digest(j, error);
    if (status == TY_OK)
        status = find_identity(j, error);
    if (status != TY_OK)
        return status;
    j->paths[0] = ty_text_real_path(j->bitext->source, &j->arena);
    j->paths[1] = ty_text_real_path(j->bitext->target, &j->arena);
    return j->identity.origin && j->identity.unchanged && !wants_anew(j) ? leave_as_it_is(j, error)
                                                                         : align_and_store(j, error);
}

static void release(ty_release_job *j)
{
    ty_carry_release(&j->carry);
    ty_bitext_close(j->bitext);
    ty_arena_release(&j->arena);
}

static ty_status check_given(const ty_release *given, ty_error *error)
{
    const char *const all[] = {given->title, given->date, given->url, given->agency};
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && status == TY_OK; i++)
        status = ty_xml_check(ty_slice_of(all[i]), error);
    return status == TY_OK ? ty_day_check(ty_slice_of(given->date), error) : status;
}

ty_status ty_memory_import_release(ty_memory *memory, const ty_release *asked, ty_counts *counts,
                                   ty_error *error)
{
    ty_release own;
    ty_settings_take(&own, sizeof own, asked);
    ty_release_job j = {.memory = memory, .release = &own, .counts = counts};
    ty_settings_take(&j.bitext_settings, sizeof j.bitext_settings, own.bitext);
    *counts = (ty_counts){0};
    ty_status status = check_given(&own, error);
    if (status == TY_OK)
        status = run(&j, error);
    release(&j);
    return status;
}

/* ------------------------------------------------------------------------------------------ refresh */

static const ty_stored_document *find_document(const ty_stored_documents *list, ty_slice lang)
{
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].older && ty_slice_equal(list->items[i].lang, lang))
            return &list->items[i];
    return NULL;
}

/* What is stored of a text, a line a paragraph. */
static ty_status restore_side(ty_release_job *j, int side, const ty_stored_document *found, ty_error *error)
{
    ty_version_text text;
    ty_text **out = side ? &j->bitext->target : &j->bitext->source;
    if (!found)
        return ty_error_set(error, TY_NO, "nothing of the release \"%.*s\" is left to be aligned",
                            TY_SLICE_FORMAT(j->old->name));
    ty_status status = ty_version_of_document(j->memory->store, found, &j->arena, &text, error);
    if (status != TY_OK)
        return status;
    j->paths[side] = found->path;
    return ty_text_restore(found, text.lines, text.paragraphs, text.count, j->bitext_settings.text, out,
                           error);
}

static ty_status restore_sides(ty_release_job *j, ty_error *error)
{
    static const ty_release_info none;
    ty_stored_documents list = {0};
    ty_release_infos infos = {0};
    ty_status status = ty_store_documents(j->memory->store, j->old->id, &j->arena, &list, error);
    if (status == TY_OK)
        status = ty_store_releases(j->memory->store, j->old->id, &j->arena, &infos, error);
    const ty_release_info *info = infos.count ? &infos.items[0] : &none;
    for (int side = 0; side < 2 && status == TY_OK; side++)
        status = restore_side(j, side, find_document(&list, info->langs[side]), error);
    ty_vector_release(&infos);
    ty_vector_release(&list);
    return status;
}

static ty_status restore(ty_release_job *j, int64_t release, ty_error *error)
{
    ty_status status = read_old(j, release, error);
    if (status != TY_OK)
        return status == TY_NO ? ty_error_set(error, TY_NO, "there is no release %lld", (long long)release)
                               : status;
    j->bitext = calloc(1, sizeof *j->bitext);
    if (!j->bitext)
        return ty_error_nomem(error);
    j->identity = (ty_release_identity){.origin = release, .name = j->old->name, .units = j->old->unit_count};
    snprintf(j->digest.text, sizeof j->digest.text, "%.*s", TY_SLICE_FORMAT(j->old->digest));
    return status == TY_OK ? restore_sides(j, error) : status;
}

ty_status ty_memory_refresh(ty_memory *memory, int64_t asked, const ty_bitext_settings *settings,
                            bool dry_run, ty_counts *counts, ty_error *error)
{
    ty_release how = {.dry_run = dry_run};
    ty_release_job j = {.memory = memory, .release = &how, .counts = counts, .refresh = true};
    ty_settings_take(&j.bitext_settings, sizeof j.bitext_settings, settings);
    j.bitext_settings.force = true; /* they were taken for translations before */
    *counts = (ty_counts){0};
    ty_status status = restore(&j, asked, error);
    if (status == TY_OK)
        status = align_and_store(&j, error);
    release(&j);
    return status;
}

ty_status ty_memory_find_release(ty_memory *memory, const char *wanted, int64_t *out, ty_error *error)
{
    ty_arena arena = {0};
    ty_release_identity found;
    ty_status status = ty_memory_enter(&memory, error);
    if (status == TY_OK)
        status = ty_identity_named(memory, wanted, &arena, &found, error);
    *out = status == TY_OK ? found.origin : 0;
    ty_memory_leave(memory);
    ty_arena_release(&arena);
    return status;
}
