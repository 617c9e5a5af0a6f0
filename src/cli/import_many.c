/* SPDX-License-Identifier: Apache-2.0 */
/* Many releases; see import_many.h. */
#include <stdlib.h>

#include "base/sys.h"
#include "import_many.h"

/* ------------------------------------------------------------------------------------------ one by one */

struct many {
    ty_run *run;
    const ty_release *how;
    const char *report; /* a file to be written, or NULL */
    ty_many_imported all;
    TY_VECTOR(ty_import_row) rows; /* for the report; texts in the arena */
    ty_arena arena;
};

static const char *kept(struct many *many, const char *text)
{
    return text ? ty_arena_copy(&many->arena, ty_slice_of(text)).data : NULL;
}

static void add_row(struct many *many, const ty_file_pair *pair, const ty_counts *counts, const char *failure)
{
    ty_import_row row = {.pair = *pair, .failure = failure ? kept(many, failure) : NULL};
    row.pair.source = kept(many, pair->source);
    row.pair.target = kept(many, pair->target);
    if (counts)
        row.counts = *counts;
    many->arena.failed |= !ty_vector_push(&many->rows, row);
}

/* Tells the sum of all, and writes the report where one is wanted. */
static ty_status conclude(struct many *many, ty_error *error)
{
    ty_buffer page = {0};
    ty_output *output = NULL;
    ty_present_many_imported(ty_say(many->run), &many->all);
    ty_said_done(many->run);
    if (!many->report)
        return TY_OK;
    ty_present_import_report(&page, many->rows.items, many->rows.count, &many->all);
    ty_status status = page.failed || many->arena.failed ? ty_error_nomem(error)
                                                         : ty_output_open(many->report, &output, error);
    if (status == TY_OK) {
        ty_output_write(output, ty_buffer_slice(&page));
        status = ty_output_commit(output, error);
    }
    ty_buffer_release(&page);
    return status;
}

static void release(struct many *many)
{
    ty_vector_release(&many->rows);
    ty_arena_release(&many->arena);
}

/* Out of memory, a full disk, a memory that others hold: what stops one would stop all. */
static bool is_fatal(ty_status status)
{
    return status == TY_ERR_NOMEM || status == TY_ERR_STORE || status == TY_ERR_BUSY || status == TY_STOP;
}

/* The report is none of what is read, nor what else is written. */
static ty_status check_report(const struct many *many, const char *one, const char *other, ty_error *error)
{
    const char *inputs[] = {one, other, many->run->common.output};
    return many->report ? ty_output_check(many->report, inputs, 3, error) : TY_OK;
}

static ty_status import_pair(struct many *many, const ty_file_pair *pair, const char *name, ty_error *error)
{
    ty_source source = {.path = pair->source}, target = {.path = pair->target};
    ty_release release = *many->how;
    ty_counts counts = {0};
    ty_error own = {0};
    ty_status status = check_report(many, pair->source, pair->target, error);
    if (status != TY_OK)
        return status;
    release.source = &source;
    release.target = &target;
    release.origin = name ? name : release.origin;
    status = ty_memory_import_release(many->run->memory, &release, &counts, &own);
    if (is_fatal(status)) {
        *error = own;
        return status;
    }
    if (status == TY_OK) {
        many->all.releases++;
        many->all.known += counts.created == 0;
        many->all.units += counts.created;
    } else
        many->all.failed++;
    add_row(many, pair, status == TY_OK ? &counts : NULL, status == TY_OK ? NULL : own.message);
    ty_present_release(ty_say(many->run), pair, status == TY_OK ? &counts : NULL, own.message);
    if (status == TY_OK)
        ty_said_done(many->run);
    else
        ty_said(many->run);
    ty_output_flush(many->run->output); /* who stops it, or waits, sees how far it came */
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ folders */

ty_status ty_import_folders(ty_run *run, const ty_release *how, char **folders, int count, const char *report,
                            ty_error *error)
{
    struct many many = {.run = run, .how = how, .report = report};
    ty_pairing *pairing = NULL;
    ty_status status = check_report(&many, NULL, NULL, error);
    if (status != TY_OK)
        return status;
    status = ty_pairing_open((const char *const *)folders, (size_t)count, how->bitext, &run->listener,
                             &pairing, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < ty_pairing_count(pairing) && status == TY_OK; i++) {
        ty_file_pair pair = ty_pairing_at(pairing, i);
        status = import_pair(&many, &pair, NULL, error);
    }
    many.all.alone = ty_pairing_alone_count(pairing);
    for (size_t i = 0; i < ty_pairing_alone_count(pairing) && status == TY_OK; i++) {
        ty_file_pair alone = {.source = ty_pairing_alone(pairing, i)};
        add_row(&many, &alone, NULL, NULL);
        ty_present_alone(ty_say(run), alone.source);
        ty_said(run);
    }
    if (status == TY_OK)
        status = conclude(&many, error);
    release(&many);
    ty_pairing_close(pairing);
    return status == TY_OK && many.all.failed + many.all.alone ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ watched */

void ty_folder_files_release(ty_folder_files *files)
{
    ty_vector_release(&files->pairs);
    ty_vector_release(&files->alone);
    ty_arena_release(&files->arena);
}

static bool keep_files(const ty_pairing *pairing, ty_folder_files *files)
{
    bool good = true;
    for (size_t i = 0; i < ty_pairing_count(pairing) && good; i++) {
        ty_file_pair pair = ty_pairing_at(pairing, i);
        pair.source = ty_arena_copy(&files->arena, ty_slice_of(pair.source)).data;
        pair.target = ty_arena_copy(&files->arena, ty_slice_of(pair.target)).data;
        good = ty_vector_push(&files->pairs, pair);
    }
    for (size_t i = 0; i < ty_pairing_alone_count(pairing) && good; i++)
        good = ty_vector_push(
            &files->alone,
            (const char *)ty_arena_copy(&files->arena, ty_slice_of(ty_pairing_alone(pairing, i))).data);
    return good && !files->arena.failed;
}

ty_status ty_import_watched(ty_run *run, const ty_release *how, const char *const *paths, size_t count,
                            ty_folder_files *files, ty_error *error)
{
    struct many many = {.run = run, .how = how};
    ty_pairing *pairing = NULL;
    ty_status status = ty_pairing_open(paths, count, how->bitext, &run->listener, &pairing, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < ty_pairing_count(pairing) && status == TY_OK; i++) {
        ty_file_pair pair = ty_pairing_at(pairing, i);
        status = import_pair(&many, &pair, NULL, error);
    }
    for (size_t i = 0; i < ty_pairing_alone_count(pairing) && status == TY_OK; i++) {
        ty_present_alone(ty_say(run), ty_pairing_alone(pairing, i));
        ty_said(run);
    }
    if (status == TY_OK && !keep_files(pairing, files))
        status = ty_error_nomem(error);
    release(&many);
    ty_pairing_close(pairing);
    return status;
}

/* ------------------------------------------------------------------------------------------ a list */

static ty_status import_line(struct many *many, ty_slice line, ty_error *error)
{
    ty_buffer copy = {0};
    ty_buffer_add(&copy, line);
    if (copy.failed)
        return ty_error_nomem(error);
    char *target = strchr(copy.data, '\t'), *name = target ? strchr(target + 1, '\t') : NULL;
    if (target)
        *target++ = '\0';
    if (name)
        *name++ = '\0';
    ty_file_pair pair = {.source = copy.data, .target = target, .ground = TY_PAIR_LIST, .confidence = 1};
    ty_status status =
        target && target[0]
            ? import_pair(many, &pair, name && name[0] ? name : NULL, error)
            : ty_error_set(error, TY_ERR_FORMAT, "a line is SOURCE, tab, TARGET, and perhaps tab, NAME");
    ty_buffer_release(&copy);
    return status;
}

ty_status ty_import_list(ty_run *run, const ty_release *how, const char *list, const char *report,
                         ty_error *error)
{
    struct many many = {.run = run, .how = how, .report = report};
    ty_buffer content = {0};
    ty_status status = check_report(&many, list, NULL, error);
    if (status == TY_OK)
        status = ty_file_read(list, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), line;
    for (size_t number = 1; status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line); number++) {
        if (ty_slice_ends(line, TY_SLICE("\r")))
            line.size--;
        if (line.size)
            status = import_line(&many, line, error);
        if (status == TY_ERR_FORMAT)
            ty_error_locate(error, list, number, 0);
    }
    if (status == TY_OK)
        status = conclude(&many, error);
    release(&many);
    ty_buffer_release(&content);
    return status == TY_OK && many.all.failed ? TY_NO : status;
}
