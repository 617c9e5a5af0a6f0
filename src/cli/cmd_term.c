/* SPDX-License-Identifier: Apache-2.0 */
/* The term commands. They print alike, so they share a file. */
#include "cli.h"

typedef struct settings {
    const char *format, *kind, *origin, *columns, *header, *sheet, *lang_map, *on_conflict;
    bool bundled, dry_run, force;
} settings;

/* ------------------------------------------------------------------------------------------ printing */

static ty_status print_hit(void *payload, const ty_term_hit *hit)
{
    ty_run *run = payload;
    ty_present_term_hit(ty_say(run), (ty_slice){NULL, 0}, NULL, hit);
    ty_said(run);
    return TY_OK;
}

static ty_status list_hit(void *payload, const ty_term_hit *hit)
{
    ty_run *run = payload;
    ty_present_term_hit(ty_say_row(run, ty_present_terms_header), (ty_slice){NULL, 0}, NULL, hit);
    ty_said(run);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ look-up */

static ty_status count_hit(void *payload, const ty_term_hit *hit)
{
    (void)hit;
    ++*(size_t *)payload;
    return TY_OK;
}

static ty_status print_alike(void *payload, const ty_term_hit *hit)
{
    ty_run *run = payload;
    ty_present_alike_hit(ty_say(run), hit);
    ty_said(run);
    return TY_OK;
}

static ty_status lookup(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    if (count != 1)
        return ty_usage(&ty_command_term_lookup, error);
    ty_buffer input = {0};
    ty_slice text;
    ty_status status = ty_query(words[0], &input, &text, error);
    size_t concepts = 0;
    if (status == TY_OK)
        status = ty_memory_term_lookup(run->memory, text, run->common.lang, count_hit, &concepts, error);
    if (status == TY_OK)
        status = ty_memory_term_lookup(run->memory, text, run->common.lang,
                                       concepts > 1 ? print_alike : print_hit, run, error);
    ty_buffer_release(&input);
    return status;
}

static ty_status list(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    (void)words;
    if (count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "term list takes no arguments");
    return ty_memory_term_list(run->memory, list_hit, run, error);
}

/* ------------------------------------------------------------------------------------------ exchange */

static ty_status import_one(ty_run *run, const settings *set, const char *path, ty_error *error)
{
    ty_import_settings how = {.kind = set->kind,
                              .encoding = run->common.encoding,
                              .origin = set->origin,
                              .source_lang = run->common.source,
                              .target_lang = run->common.target,
                              .columns = set->columns,
                              .lang_map = set->lang_map,
                              .sheet = set->sheet,
                              .dry_run = set->dry_run};
    ty_counts counts = {0};
    static const char *const conflicts[] = {"both", "mine", "theirs", NULL};
    int conflict = 0;
    ty_status status = ty_cli_header_row(set->header, &how.header, error);
    if (status == TY_OK)
        status = ty_choose("on-conflict", set->on_conflict, conflicts, &conflict, error);
    how.on_conflict = (ty_on_conflict)conflict;
    if (status == TY_OK)
        status = ty_memory_import_terms(run->memory, &(ty_source){.path = path}, &how, &counts, error);
    if (status == TY_OK)
        ty_say_counts(run, path, &counts);
    return status;
}

static ty_status import(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count == 0 && !set->bundled)
        return ty_usage(&ty_command_term_import, error);
    ty_status status = TY_OK;
    ty_counts counts = {0};
    if (set->bundled) {
        status = ty_memory_import_bundled(run->memory, &counts, error);
        if (status == TY_OK)
            ty_say_counts(run, run->common.json ? "bundled glossaries" : _("bundled glossaries"), &counts);
    }
    for (int i = 0; i < count && status == TY_OK; i++)
        status = import_one(run, set, words[i], error);
    return status;
}

static ty_status export_terms(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)words;
    const settings *set = payload;
    if (count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "term export takes no files; use -o FILE");
    uint64_t written = 0;
    const char *path = run->common.output;
    ty_term_export_settings how = {.size = sizeof how,
                                   .format = set->format,
                                   .source_lang = run->common.source,
                                   .target_lang = run->common.target};
    ty_status status = ty_memory_export_terms(run->memory, &how, &(ty_sink){.path = path}, &written, error);
    if ((status == TY_OK || status == TY_NO) && path && strcmp(path, "-") != 0) {
        ty_present_written(ty_say(run), N_("concepts"), written, path);
        ty_said_aside(run);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ table */

static const ty_option import_options[] = {
    TY_FLAG(settings, bundled, "bundled", 0, "the glossaries that come with the program"),
    TY_TEXT(settings, kind, "as", 0, "KIND",
            "utx, tbx, multiterm, csv, tsv or omegat; else found by content"),
    TY_TEXT(settings, origin, "origin", 0, "NAME", "the name its concepts are kept under"),
    TY_TEXT(settings, columns, "columns", 0, "NAMES", "of a table, one each: en,ja,-,note; - leaves one out"),
    TY_TEXT(settings, sheet, "sheet", 0, "NAME", "of a workbook (XLSX); else the first that is shown"),
    TY_TEXT(settings, header, "header", 0, "YESNO", "whether a table's first row names its columns: yes, no"),
    TY_TEXT(settings, lang_map, "lang-map", 0, "MAP", "languages of a file under other tags: jp=ja,en=en-US"),
    TY_TEXT(settings, on_conflict, "on-conflict", 0, "WHAT",
            "where a concept was changed here and in its rows: both (keep), mine or theirs"),
    TY_FLAG(settings, dry_run, "dry-run", 'n', "only report what would be done"),
    {0},
};

static const ty_option export_options[] = {
    TY_TEXT(settings, format, "format", 0, "NAME", "tbx (default), utx, tsv, xlsx or omegat"),
    {0},
};

const ty_command ty_command_term_import = {
    .name = "term import",
    .arguments = "--bundled | FILE...",
    .summary = N_("Take a glossary into the memory's termbase"),
    .examples = "  taiyaku term import --bundled\n"
                "  taiyaku term import -s en -t ja ours.tsv\n",
    .mode = TY_COMMAND_CREATES | TY_COMMAND_LANGS,
    .shared = "ste",
    .options = import_options,
    .settings_size = sizeof(settings),
    .run = import,
};

const ty_command ty_command_term_export = {
    .name = "term export",
    .arguments = "[--format NAME] [-s LANG] [-t LANG] [-o FILE]",
    .summary = N_("Write the termbase"),
    .mode = TY_COMMAND_READS | TY_COMMAND_OWN_OUTPUT | TY_COMMAND_LANGS,
    .shared = "st",
    .options = export_options,
    .settings_size = sizeof(settings),
    .run = export_terms,
};

const ty_command ty_command_term_list = {
    .name = "term list",
    .arguments = "",
    .summary = N_("Every concept with its terms"),
    .mode = TY_COMMAND_READS,
    .nothing = N_("there are no terms in the memory"),
    .settings_size = sizeof(settings),
    .run = list,
};

const ty_command ty_command_term_lookup = {
    .name = "term lookup",
    .arguments = "[-l LANG] TEXT",
    .summary = N_("Concepts with a term that TEXT is, inflected or spelt differently included"),
    .examples = "  taiyaku term lookup 'defence ministers'\n"
                "  taiyaku term lookup 力による現状変更\n",
    .mode = TY_COMMAND_READS,
    .shared = "l",
    .nothing = N_("no such term"),
    .settings_size = sizeof(settings),
    .run = lookup,
};
