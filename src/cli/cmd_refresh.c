/* SPDX-License-Identifier: Apache-2.0 */
/* Releases cut and aligned anew, with what people did to them. */
#include "cli.h"

typedef struct settings {
    const char *dictionary;
    bool all, dry_run;
} settings;

typedef struct refreshing {
    ty_run *run;
    const settings *set;
    TY_VECTOR(ty_release_info) releases; /* numbers only */
} refreshing;

static ty_status note_release(void *payload, const ty_release_info *release)
{
    refreshing *r = payload;
    ty_release_info only = {.id = release->id};
    return ty_vector_push(&r->releases, only) ? TY_OK : TY_ERR_NOMEM;
}

static ty_status refresh_one(ty_run *run, const settings *set, int64_t release, const char *name,
                             ty_error *error)
{
    char number[40];
    ty_source table = {.path = set->dictionary};
    ty_bitext_settings how = {.dictionary = ty_named_dictionary(&table),
                              .no_dictionary = ty_no_dictionary(set->dictionary)};
    ty_counts counts = {0};
    snprintf(number, sizeof number, "release %lld", (long long)release);
    ty_status status = ty_memory_refresh(run->memory, release, &how, set->dry_run, &counts, error);
    if (status == TY_OK)
        ty_say_counts(run, name ? name : number, &counts);
    return status;
}

static ty_status refresh_all(ty_run *run, const settings *set, ty_error *error)
{
    refreshing r = {.run = run, .set = set};
    ty_status status = ty_memory_releases(run->memory, note_release, &r, error);
    for (size_t i = 0; i < r.releases.count && status == TY_OK; i++)
        status = refresh_one(run, set, r.releases.items[i].id, NULL, error);
    ty_vector_release(&r.releases);
    return status;
}

static ty_status refresh(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if ((count == 0) != set->all)
        return ty_usage(&ty_command_refresh, error);
    ty_status status = set->all ? refresh_all(run, set, error) : TY_OK;
    for (int i = 0; i < count && status == TY_OK; i++) {
        int64_t release = 0;
        status = ty_memory_find_release(run->memory, words[i], &release, error);
        if (status == TY_OK)
            status = refresh_one(run, set, release, words[i], error);
    }
    return status;
}

static const ty_option options[] = {
    TY_FLAG(settings, all, "all", 0, "every release in the memory"),
    TY_TEXT(settings, dictionary, "dictionary", 0, "WHAT",
            "auto, none, a table (source TAB target), a file like EDICT, a folder"),
    TY_FLAG(settings, dry_run, "dry-run", 'n', "only report what would be done"),
    {0},
};

const ty_command ty_command_refresh = {
    .name = "refresh",
    .arguments = "RELEASE... | --all",
    .summary = N_("Cut and align releases anew, keeping what people did to them"),
    .examples = "  taiyaku refresh 2018-09-21-mod-ministers-meeting\n"
                "  taiyaku refresh --all\n",
    .mode = TY_COMMAND_WRITES,
    .nothing = N_("there is no release in the memory"),
    .options = options,
    .settings_size = sizeof(settings),
    .run = refresh,
};
