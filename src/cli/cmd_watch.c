/* SPDX-License-Identifier: Apache-2.0 */
/* Folders that releases are put into: imported as they come. */
#include <stdio.h>
#include <string.h>

#include "base/sys.h"
#include "folder_watch.h"
#include "import_many.h"

typedef struct settings {
    const char *dictionary;
    bool new_only;
} settings;

enum { QUIET = 1000 }; /* milliseconds without news: both halves of a release may be on their way */

struct watching {
    ty_run *run;
    const ty_release *how;
    ty_folder_watch *watch;
    ty_folder_files files; /* what came of all that was seen */
};

/* What goes with the files that came: halves that wait for a partner, and the other half of what changed. */
static bool gather(const struct watching *w, ty_strings *came)
{
    bool good = true;
    size_t new_ones = came->list.count;
    for (size_t i = 0; i < w->files.pairs.count && good; i++) {
        const ty_file_pair *pair = &w->files.pairs.items[i];
        ty_slice both[] = {ty_slice_of(pair->source), ty_slice_of(pair->target)};
        for (int side = 0; side < 2 && good; side++) {
            uint32_t number = ty_strings_find(came, both[side]);
            if (number != TY_STRINGS_NONE && number < new_ones)
                good = ty_strings_add(came, both[1 - side]) != TY_STRINGS_NONE;
        }
    }
    for (size_t i = 0; i < w->files.alone.count && good; i++)
        good = ty_strings_add(came, ty_slice_of(w->files.alone.items[i])) != TY_STRINGS_NONE;
    return good;
}

static ty_status import_paths(struct watching *w, const char *const *paths, size_t count, ty_error *error)
{
    w->files.alone.count = 0; /* they are among the paths */
    ty_status status = ty_import_watched(w->run, w->how, paths, count, &w->files, error);
    ty_output_flush(w->run->output);
    return status;
}

/* A file that a program made, and put in another's place, is no more when it is quiet. */
static bool is_there(const char *path)
{
    ty_sys_facts about;
    return ty_sys_stat(path, &about);
}

static ty_status import_came(struct watching *w, ty_strings *came, ty_error *error)
{
    TY_VECTOR(const char *) paths = {0};
    ty_arena arena = {0};
    bool good = gather(w, came);
    for (size_t i = 0; i < came->list.count && good; i++) {
        const char *path = ty_arena_copy(&arena, came->list.items[i]).data;
        good = !arena.failed && (!is_there(path) || ty_vector_push(&paths, path));
    }
    ty_status status = good ? TY_OK : ty_error_nomem(error);
    if (status == TY_OK && paths.count)
        status = import_paths(w, paths.items, paths.count, error);
    ty_vector_release(&paths);
    ty_arena_release(&arena);
    return status;
}

static ty_status go_on(struct watching *w, char **folders, int count, ty_error *error)
{
    ty_strings came = {0};
    bool all = false;
    ty_status status = ty_folder_watch_wait(w->watch, QUIET, &came, &all, error);
    if (status == TY_OK)
        status = all ? import_paths(w, (const char *const *)folders, (size_t)count, error)
                     : import_came(w, &came, error);
    ty_strings_release(&came);
    return status;
}

static ty_status watch(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    ty_align_how aligning;
    ty_release how = {.bitext = &aligning.bitext};
    struct watching w = {.run = run, .how = &how};
    if (!count)
        return ty_usage(&ty_command_watch, error);
    ty_status status =
        ty_align_as_told(run, &(ty_align_words){.dictionary = set->dictionary}, &aligning, error);
    if (status == TY_OK)
        status = ty_folder_watch_open(words, count, &w.watch, error);
    if (status == TY_OK && !set->new_only)
        status = import_paths(&w, (const char *const *)words, (size_t)count, error);
    while (status == TY_OK)
        status = go_on(&w, words, count, error);
    ty_folder_watch_close(w.watch);
    ty_folder_files_release(&w.files);
    return status == TY_STOP ? TY_OK : status;
}

static const ty_option options[] = {
    TY_TEXT(settings, dictionary, "dictionary", 0, "WHAT",
            "auto, none, a table (source TAB target), a file like EDICT, a folder"),
    TY_FLAG(settings, new_only, "new-only", 0, "leave alone what is in the folders already"),
    {0},
};

const ty_command ty_command_watch = {
    .name = "watch",
    .arguments = "[-s LANG] [-t LANG] FOLDER...",
    .summary = N_("Import releases that are put into folders, as they come, until a signal ends it"),
    .examples = "  taiyaku watch ~/releases\n",
    .mode = TY_COMMAND_CREATES,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .run = watch,
};
