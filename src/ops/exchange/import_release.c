/* SPDX-License-Identifier: Apache-2.0 */
/* Two documents into the memory: read, cut, aligned, stored with where each pair came from. */
#include <stdio.h>

#include "ops/internal.h"
#include "version.h"

typedef struct job {
    ty_memory *memory;
    const ty_release *release;
    ty_bitext_settings bitext_settings;
    ty_bitext *bitext;
    ty_digest digest;
    ty_pair_origin origin;
    ty_arena arena; /* documents; pairs come and go in one of their own */
    int64_t source_document, target_document;
    ty_counts *counts;
} job;

/* ------------------------------------------------------------------------------------------ its name */

/* The folder a path is in, without the folders above it; empty where the path does not say. */
static ty_slice folder_of(const char *path, ty_slice base)
{
    size_t end = (size_t)(base.data - path);
    if (end < 2)
        return (ty_slice){"", 0};
    size_t start = --end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    ty_slice folder = {path + start, end - start};
    return folder.data[0] == '.' ? (ty_slice){"", 0} : folder;
}

/* The folder's name where the file is called after its language (`2026-07-28-statement/en.txt`), else its
 * own. */
static ty_slice name_of_files(const char *path, ty_slice lang)
{
    ty_slice base = ty_path_base(path);
    ty_slice stem = ty_slice_sub(base, 0, ty_slice_find(base, TY_SLICE("."), 1));
    ty_slice folder = folder_of(path, base);
    return folder.size && ty_lang_matches(lang, stem) ? folder : stem;
}

static ty_slice first_of(const char *told, ty_slice one, ty_slice other)
{
    return told ? ty_slice_of(told) : one.size ? one : other;
}

static void describe_origin(job *j)
{
    const ty_text *source = j->bitext->source, *target = j->bitext->target;
    const char *told = j->release->origin;
    j->origin.name = told ? ty_slice_of(told) : name_of_files(source->path, source->lang);
    j->origin.title = first_of(j->release->title, source->document.title, target->document.title);
    j->origin.date = first_of(j->release->date, source->document.date, target->document.date);
    j->origin.url = first_of(j->release->url, source->document.url, target->document.url);
    if (!j->origin.name.size)
        j->origin.name = j->origin.title.size ? j->origin.title : TY_SLICE("unnamed");
    ty_origin_now(j->origin.now);
}

static ty_status digest_text(const ty_text *text, ty_digest *out, ty_error *error)
{
    ty_buffer whole = {0};
    ty_buffer_add(&whole, text->lang);
    ty_buffer_add_char(&whole, '\n');
    ty_buffer_add(&whole, ty_text_content(text));
    ty_origin_digest_bytes(ty_buffer_slice(&whole), out);
    ty_status status = whole.failed ? ty_error_nomem(error) : TY_OK;
    ty_buffer_release(&whole);
    return status;
}

/* A release is the same when both texts are, and the languages they are taken for; whichever comes first. */
static ty_status digest_texts(job *j, ty_error *error)
{
    ty_digest source, target;
    char both[sizeof source.text + sizeof target.text];
    ty_status status = digest_text(j->bitext->source, &source, error);
    if (status == TY_OK)
        status = digest_text(j->bitext->target, &target, error);
    if (status != TY_OK)
        return status;
    bool in_order = strcmp(source.text, target.text) <= 0;
    snprintf(both, sizeof both, "%s%s", in_order ? source.text : target.text,
             in_order ? target.text : source.text);
    ty_origin_digest_bytes(ty_slice_of(both), &j->digest);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ its contents */

static ty_status put_document(job *j, ty_intake *intake, const ty_text *text, int64_t *id, ty_error *error)
{
    size_t count = text->lines.count;
    ty_document_sentence *sentences = ty_arena_array(&j->arena, count, sizeof *sentences);
    if (!sentences)
        return ty_error_nomem(error);
    for (size_t i = 0; i < count; i++)
        sentences[i] = (ty_document_sentence){text->lines.items[i], text->sentences.items[i].paragraph};
    ty_stored_document document = {.lang = text->lang,
                                   .title = text->document.title,
                                   .date = text->document.date,
                                   .url = text->document.url,
                                   .file_name = ty_path_base(text->path),
                                   .encoding = ty_slice_of(text->document.encoding),
                                   .sentences = sentences,
                                   .sentence_count = count};
    return ty_intake_document(intake, &document, id, error);
}

static ty_status put_pair(job *j, ty_intake *intake, size_t number, ty_arena *arena, ty_error *error)
{
    ty_bead bead = ty_bitext_bead(j->bitext, number);
    ty_unit unit;
    ty_provenance provenance = {.source_document = j->source_document,
                                .target_document = j->target_document,
                                .bead = bead,
                                .aligned_at = ty_slice_of(j->origin.now),
                                .tool = TY_SLICE("taiyaku " TAIYAKU_VERSION)};
    if (!bead.source_count || !bead.target_count)
        return ty_intake_bead(intake, &provenance, error);
    ty_arena_clear(arena);
    ty_status status = ty_bitext_unit(j->bitext, number, &j->origin, arena, &unit, error);
    if (status == TY_OK)
        status = ty_intake_unit(intake, &unit, &provenance, NULL, NULL, error);
    return status;
}

static void count_bead(job *j, size_t number)
{
    ty_bead bead = ty_bitext_bead(j->bitext, number);
    ty_slice source = ty_bitext_bead_source(j->bitext, number),
             target = ty_bitext_bead_target(j->bitext, number);
    bool pair = bead.source_count && bead.target_count;
    j->counts->pairs += pair;
    j->counts->without_partner += pair ? 0 : bead.source_count + bead.target_count;
    j->counts->doubtful += ty_bead_is_doubtful(&bead, source, target, 0);
}

static void say_sides(job *j)
{
    const ty_text *sides[] = {j->bitext->source, j->bitext->target};
    for (int side = 0; side < 2; side++) {
        snprintf(j->counts->langs[side], sizeof j->counts->langs[side], "%.*s",
                 TY_SLICE_FORMAT(sides[side]->lang));
        snprintf(j->counts->encodings[side], sizeof j->counts->encodings[side], "%s",
                 sides[side]->document.encoding);
    }
}

static ty_status put_all(job *j, ty_intake *intake, ty_error *error)
{
    ty_arena arena = {0};
    ty_status status = put_document(j, intake, j->bitext->source, &j->source_document, error);
    if (status == TY_OK)
        status = put_document(j, intake, j->bitext->target, &j->target_document, error);
    for (size_t i = 0; status == TY_OK && i < ty_bitext_count(j->bitext); i++) {
        count_bead(j, i);
        status = put_pair(j, intake, i, &arena, error);
    }
    ty_arena_release(&arena);
    return status;
}

static ty_status store_release(job *j, ty_error *error)
{
    ty_intake *intake = NULL;
    ty_intake_counts counts = {0};
    unsigned flags = TY_INTAKE_REPLACE | (j->bitext_settings.force ? TY_INTAKE_FORCE : 0) |
                     (j->release->origin ? 0 : TY_INTAKE_APART);
    ty_origin origin = {.name = j->origin.name,
                        .kind = TY_SLICE("documents"),
                        .title = j->origin.title,
                        .date = j->origin.date,
                        .url = j->origin.url,
                        .digest = ty_slice_of(j->digest.text)};
    ty_status status = ty_intake_open(j->memory->store, &origin, flags, &intake, error);
    if (status != TY_OK)
        return status;
    j->origin.name = ty_intake_name(intake);
    status = put_all(j, intake, error);
    if (status == TY_OK && !j->release->dry_run)
        status = ty_intake_commit(intake, &counts, error);
    else
        ty_intake_rollback(intake, &counts);
    j->counts->read = counts.created + counts.updated + counts.unchanged; /* a label counts once */
    j->counts->created = counts.created;
    j->counts->updated = counts.updated;
    j->counts->unchanged = counts.unchanged;
    return status;
}

/* ------------------------------------------------------------------------------------------ the whole */

/* What is here already is not aligned again: the answer would be what is stored, or lose a person's edits. */
static ty_status look_for_it(job *j, bool *known, ty_error *error)
{
    uint64_t units = 0;
    ty_status status = TY_NO;
    if (!j->bitext_settings.force)
        status = ty_origin_known(j->memory, j->release->origin, &j->digest, &units, error);
    *known = status == TY_OK;
    j->counts->read = j->counts->unchanged = units;
    return status == TY_NO ? TY_OK : status;
}

static ty_status run(job *j, ty_error *error)
{
    const ty_release *release = j->release;
    bool known = false;
    ty_status status = ty_bitext_read(release->source, release->target, &j->bitext_settings,
                                      j->memory->listener, &j->bitext, error);
    if (status == TY_OK)
        status = digest_texts(j, error);
    if (status == TY_OK)
        status = look_for_it(j, &known, error);
    if (status != TY_OK || known)
        return status;
    describe_origin(j);
    status = ty_bitext_align(j->bitext, &j->bitext_settings, j->memory->store, !release->dry_run,
                             j->memory->listener, error);
    if (status == TY_OK)
        say_sides(j);
    return status == TY_OK ? store_release(j, error) : status;
}

ty_status ty_memory_import_release(ty_memory *memory, const ty_release *release, ty_counts *counts,
                                   ty_error *error)
{
    ty_release own;
    ty_settings_take(&own, sizeof own, release);
    job j = {.memory = memory, .release = &own, .counts = counts};
    ty_settings_take(&j.bitext_settings, sizeof j.bitext_settings, own.bitext);
    *counts = (ty_counts){0};
    ty_status status = run(&j, error);
    ty_bitext_close(j.bitext);
    ty_arena_release(&j.arena);
    return status;
}
