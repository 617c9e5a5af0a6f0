/* SPDX-License-Identifier: Apache-2.0 */
/* Changes by a person: edit, merge, split, confirm, remove. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"
#include "editor.h"
#include "releases.h"

typedef struct settings {
    const char *origin, *title, *date, *url, *agency;
    bool markup;
    bool for_good, yes;
} settings;

ty_status ty_unit_number(const char *word, int64_t *out, ty_error *error)
{
    char *end = NULL;
    errno = 0;
    long long value = strtoll(word, &end, 10);
    if (errno || end == word || *end || value < 1)
        return ty_error_set(error, TY_ERR_USAGE, "\"%s\" is no unit's number", word);
    *out = value;
    return TY_OK;
}

static void print_changed(ty_run *run, const char *what, const int64_t *units, size_t count)
{
    ty_present_changed(ty_say(run), what, units, count);
    ty_said_done(run);
}

struct one_release {
    ty_run *run;
    int64_t id;
};

static ty_status print_release(void *payload, const ty_release_info *release)
{
    const struct one_release *one = payload;
    if (release->id != one->id)
        return TY_OK;
    ty_present_release_info(ty_say(one->run), release);
    ty_said(one->run);
    return TY_OK;
}

/* Facts of a release: what was taken from its documents may be wrong, or was not there. */
static ty_status edit_facts(ty_run *run, const settings *set, char *word, ty_error *error)
{
    struct one_release one = {.run = run};
    ty_release_facts facts = {
        .size = sizeof facts, .title = set->title, .date = set->date, .url = set->url, .agency = set->agency};
    ty_status status =
        set->date && set->date[0] ? ty_check_date("date", set->date, error) : TY_OK; /* "" takes it away */
    if (status == TY_OK)
        status = ty_release_meant(run->memory, word, &one.id, error);
    if (status == TY_OK)
        status = ty_memory_set_facts(run->memory, one.id, &facts, ty_user(), error);
    return status == TY_OK ? ty_memory_releases(run->memory, print_release, &one, error) : status;
}

static ty_status edit(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (set->title || set->date || set->url || set->agency)
        return count == 1 && !run->common.lang ? edit_facts(run, set, words[0], error)
                                               : ty_usage(&ty_command_edit, error);
    if (count < 1 || count > 2 || !run->common.lang)
        return ty_usage(&ty_command_edit, error);
    int64_t unit = 0;
    ty_buffer input = {0};
    ty_slice text;
    ty_status status = ty_unit_number(words[0], &unit, error);
    if (status == TY_OK && count == 2)
        status = ty_query(words[1], &input, &text, error);
    if (status == TY_OK)
        status = count == 2 ? ty_edit_segment(run, unit, text, set->markup, error)
                            : ty_edit_in_editor(run, unit, set->markup, error);
    if (status == TY_OK)
        print_changed(run, N_("changed"), &unit, 1);
    ty_buffer_release(&input);
    return status;
}

typedef ty_status (*change)(ty_memory *, const int64_t *, size_t, const char *, ty_error *);

static ty_status change_units(ty_run *run, change act, const char *what, char **words, int count,
                              ty_error *error)
{
    int64_t *units = calloc((size_t)count, sizeof *units);
    ty_status status = units ? TY_OK : ty_error_nomem(error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = ty_unit_number(words[i], &units[i], error);
    if (status == TY_OK)
        status = act(run->memory, units, (size_t)count, ty_user(), error);
    if (status == TY_OK)
        print_changed(run, what, units, (size_t)count);
    free(units);
    return status;
}

static ty_status merge(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    if (count < 2)
        return ty_usage(&ty_command_merge, error);
    return change_units(run, ty_memory_merge, N_("merged"), words, count, error);
}

/* "ja=海は青い。" */
static ty_status read_cut(char *word, ty_unit_cut *out, ty_error *error)
{
    char *equals = strchr(word, '=');
    if (!equals)
        return ty_error_set(error, TY_ERR_USAGE, "a cut is LANG=TEXT, not \"%s\"", word);
    *equals = '\0';
    *out = (ty_unit_cut){word, ty_slice_of(equals + 1)};
    return ty_check_text(out->first, error);
}

static void print_split(ty_run *run, int64_t unit, int64_t new_unit)
{
    ty_present_split(ty_say(run), unit, new_unit);
    ty_said(run);
}

static ty_status split(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    if (count < 2)
        return ty_usage(&ty_command_split, error);
    int64_t unit = 0, new_unit = 0;
    ty_unit_cut *cuts = calloc((size_t)count, sizeof *cuts);
    ty_status status = cuts ? ty_unit_number(words[0], &unit, error) : ty_error_nomem(error);
    for (int i = 1; i < count && status == TY_OK; i++)
        status = read_cut(words[i], &cuts[i - 1], error);
    if (status == TY_OK)
        status = ty_memory_split(run->memory, unit, cuts, (size_t)count - 1, ty_user(), &new_unit, error);
    if (status == TY_OK)
        print_split(run, unit, new_unit);
    free(cuts);
    return status;
}

static ty_status may_erase(const settings *set, ty_error *error)
{
    char answer[8] = "";
    if (set->yes)
        return TY_OK;
    if (!ty_sys_is_terminal(TY_SYS_INPUT))
        return ty_error_set(error, TY_ERR_USAGE, "what is removed for good cannot come back; --yes says so");
    fputs(_("This cannot be undone. Remove it for good? [y/N] "), stderr);
    bool agreed = fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
    return agreed ? TY_OK : ty_error_set(error, TY_NO, "nothing was removed");
}

static ty_status erase_release(ty_run *run, const char *name, ty_error *error)
{
    int64_t release = 0;
    uint64_t removed = 0;
    ty_status status = ty_memory_find_release(run->memory, name, &release, error);
    if (status == TY_OK)
        status = ty_memory_erase_release(run->memory, release, &removed, error);
    if (status == TY_OK)
        print_changed(run, N_("removed for good"), NULL, removed);
    return status;
}

/* What a server keeps beside its tables is not ours to erase. */
static void tell_of_server(const ty_run *run)
{
    if (ty_path_is_address(ty_memory_path(run->memory)))
        fprintf(
            stderr, "taiyaku: %s\n",
            _("gone from the tables; the server's log, its backups and copies hold it until the people who "
              "run the database see to them, and indexes in the cache of other machines until they are made "
              "anew"));
}

/* A number is a unit's; all else names a release. */
static ty_status erase_all(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    ty_status status = TY_OK;
    if (set->origin)
        return erase_release(run, set->origin, error);
    for (int i = 0; i < count && status == TY_OK; i++) {
        int64_t unit = 0;
        if (ty_unit_number(words[i], &unit, NULL) != TY_OK) {
            status = erase_release(run, words[i], error);
            continue;
        }
        status = ty_memory_erase_unit(run->memory, unit, error);
        if (status == TY_OK)
            print_changed(run, N_("removed for good"), &unit, 1);
    }
    return status;
}

static ty_status erase(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    ty_status status = may_erase(set, error);
    if (status == TY_OK)
        status = erase_all(run, set, words, count, error);
    if (status == TY_OK)
        tell_of_server(run);
    return status;
}

static ty_status remove_units(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if ((count == 0) == (set->origin == NULL))
        return ty_usage(&ty_command_remove, error);
    if (set->for_good)
        return erase(run, set, words, count, error);
    if (!set->origin)
        return change_units(run, ty_memory_remove, N_("removed"), words, count, error);
    uint64_t removed = 0;
    ty_status status = ty_memory_remove_origin(run->memory, set->origin, ty_user(), &removed, error);
    if (status == TY_OK)
        print_changed(run, N_("removed"), NULL, removed);
    return status;
}

static const ty_option edit_options[] = {
    TY_FLAG(settings, markup, "markup", 0, "TEXT is the content of a TMX segment, inline codes included"),
    TY_TEXT(settings, title, "title", 0, "TEXT", "of a RELEASE: its title; \"\" takes it away"),
    TY_TEXT(settings, date, "date", 0, "DATE", "of a RELEASE: its date, YYYY-MM-DD"),
    TY_TEXT(settings, url, "url", 0, "URL", "of a RELEASE: where it was published"),
    TY_TEXT(settings, agency, "agency", 0, "NAME", "of a RELEASE: who published it"),
    {0},
};

static const ty_option remove_options[] = {
    TY_TEXT(settings, origin, "origin", 0, "NAME", "everything that came from NAME and nowhere else"),
    TY_FLAG(settings, for_good, "for-good", 0,
            "a RELEASE or UNITs, with all that history and caches keep of them; cannot be undone"),
    TY_FLAG(settings, yes, "yes", 'y', "do not ask"),
    {0},
};

const ty_command ty_command_edit = {
    .name = "edit",
    .arguments = "-l LANG UNIT [TEXT] | --title|--date|--url|--agency TEXT RELEASE",
    .summary =
        N_("Set a unit's segment in one language, in $EDITOR where no TEXT is given, or facts of a release"),
    .examples = "  taiyaku edit -l ja 12 '両大臣は、会談を行った。'\n"
                "  taiyaku edit -l ja 12\n"
                "  taiyaku edit --date 2026-07-28 --agency 'Ministry of Defense' 0728-statement\n",
    .nothing = N_("there is no such unit, or nothing was changed"),
    .mode = TY_COMMAND_WRITES,
    .shared = "l",
    .options = edit_options,
    .settings_size = sizeof(settings),
    .run = edit,
};

const ty_command ty_command_merge = {
    .name = "merge",
    .arguments = "UNIT UNIT...",
    .summary = N_("Join units into the first of them"),
    .examples = "  taiyaku merge 12 13\n",
    .mode = TY_COMMAND_WRITES,
    .settings_size = sizeof(settings),
    .run = merge,
};

const ty_command ty_command_split = {
    .name = "split",
    .arguments = "UNIT LANG=TEXT...",
    .summary = N_("Cut a unit in two, in each language behind TEXT"),
    .examples = "  taiyaku split 12 'en=The sea is blue.' 'ja=海は青い。'\n",
    .mode = TY_COMMAND_WRITES,
    .settings_size = sizeof(settings),
    .run = split,
};

const ty_command ty_command_remove = {
    .name = "remove",
    .arguments = "UNIT... | --origin NAME | --for-good RELEASE|UNIT...",
    .summary = N_("Take units out of the memory, or all of an origin"),
    .mode = TY_COMMAND_WRITES,
    .options = remove_options,
    .settings_size = sizeof(settings),
    .run = remove_units,
};
