/* SPDX-License-Identifier: Apache-2.0 */
#include "import_many.h"

#include "base/sys.h"

typedef struct settings {
    ty_align_words said;
    const char *title, *date, *url, *origin, *kind, *on_duplicate, *states, *on_conflict, *lang_map;
    const char *batch, *report, *columns, *header, *sheet, *agency, *replaces;
    bool dry_run, repair, apart, bring_back;
    ty_slice input; /* standard input, where what it is must be found out; else its data is NULL */
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, title, "title", 0, "TEXT", "the release's title; else its headline"),
    TY_TEXT(settings, date, "date", 0, "DATE", "its date, YYYY-MM-DD"),
    TY_TEXT(settings, url, "url", 0, "URL", "where it was published"),
    TY_TEXT(settings, agency, "agency", 0, "NAME", "who published it"),
    TY_TEXT(settings, replaces, "replaces", 0, "RELEASE",
            "the release here that it is a version of, whatever the texts say"),
    TY_FLAG(settings, apart, "new", 0, "it is a release of its own, whatever the texts say"),
    TY_FLAG(settings, bring_back, "bring-back", 0, "also bring back what was removed or edited here"),
    TY_TEXT(settings, origin, "origin", 0, "NAME",
            "the name its units are kept under; else made of the file's"),
    TY_TEXT(settings, kind, "as", 0, "KIND", "tmx, tbx, utx, csv, tsv, xliff, po ...; else found by content"),
    TY_TEXT(settings, said.dictionary, "dictionary", 0, "WHAT",
            "auto, none, a table (source TAB target), a file like EDICT, a folder"),
    TY_TEXT(settings, said.anchors, "anchors", 0, "FILE", "beads that are fixed, lines i,j:k"),
    TY_TEXT(settings, said.source_encoding, "source-encoding", 0, "NAME", "encoding of SOURCE alone"),
    TY_TEXT(settings, said.target_encoding, "target-encoding", 0, "NAME", "encoding of TARGET alone"),
    TY_TEXT(settings, said.paragraphs, "paragraphs", 0, "HOW",
            "auto, line (one a line) or blank (blank lines between)"),
    TY_TEXT(settings, batch, "batch", 0, "LIST",
            "many releases: lines SOURCE TAB TARGET, and perhaps TAB NAME"),
    TY_TEXT(settings, report, "report", 0, "FILE",
            "of folders and lists: what came of each, as a page (HTML)"),
    TY_TEXT(settings, on_duplicate, "on-duplicate", 0, "WHAT",
            "units with the texts of one that is here: keep, skip or replace"),
    TY_TEXT(settings, on_conflict, "on-conflict", 0, "WHAT",
            "where a unit was changed here and in what comes: both (keep), mine, theirs or newer"),
    TY_TEXT(settings, lang_map, "lang-map", 0, "MAP", "languages of a file under other tags: jp=ja,en=en-US"),
    TY_TEXT(settings, columns, "columns", 0, "NAMES", "of a table, one each: en,ja,-,note; - leaves one out"),
    TY_TEXT(settings, sheet, "sheet", 0, "NAME", "of a workbook (XLSX); else the first that is shown"),
    TY_TEXT(settings, header, "header", 0, "YESNO", "whether a table's first row names its columns: yes, no"),
    TY_TEXT(settings, states, "states", 0, "WHICH",
            "of XLIFF, PO and the like: trusted, or all, drafts too, marked as such"),
    TY_FLAG(settings, dry_run, "dry-run", 'n', "only report what would be done"),
    TY_FLAG(settings, repair, "repair", 0, "mend what can be mended, saying each"),
    TY_FLAG(settings, said.force, "force", 0, "import what seems to be no translation, or was removed here"),
    {0},
};

static ty_source source_of(const settings *set, const char *word)
{
    bool held = word && set->input.data && strcmp(word, "-") == 0;
    return (ty_source){.path = word, .bytes = held ? set->input : (ty_slice){0}};
}

/* Two documents, all that is in folders, or what a list has. */
static ty_status import_releases(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    bool many = set->batch || ty_sys_is_folder(words[0]);
    ty_source source = source_of(set, many ? NULL : words[0]),
              target = source_of(set, many || count == 1 ? NULL : words[1]);
    ty_align_how how;
    ty_release release = {.source = &source,
                          .target = count == 2 ? &target : NULL,
                          .title = set->title,
                          .date = set->date,
                          .url = set->url,
                          .origin = set->origin,
                          .bitext = &how.bitext,
                          .agency = set->agency,
                          .replaces = set->replaces,
                          .apart = set->apart,
                          .bring_back = set->bring_back || set->said.force,
                          .dry_run = set->dry_run};
    ty_counts counts = {0};
    ty_status status = ty_align_as_told(run, &set->said, &how, error);
    if (status != TY_OK)
        return status;
    if (many)
        return set->batch ? ty_import_list(run, &release, set->batch, set->report, error)
                          : ty_import_folders(run, &release, words, count, set->report, error);
    status = ty_memory_import_release(run->memory, &release, &counts, error);
    if (status == TY_OK)
        ty_say_counts(run, words[0], &counts);
    return status;
}

/* What becomes of units that are here already, alike or changed. */
static ty_status choose_policies(const settings *set, ty_import_settings *how, ty_error *error)
{
    static const char *const duplicates[] = {"keep", "skip", "replace", NULL};
    static const char *const conflicts[] = {"both", "mine", "theirs", "newer", NULL};
    int duplicate = 0, conflict = 0;
    ty_status status = ty_choose("on-duplicate", set->on_duplicate, duplicates, &duplicate, error);
    if (status == TY_OK)
        status = ty_choose("on-conflict", set->on_conflict, conflicts, &conflict, error);
    how->duplicates = (ty_duplicates)duplicate;
    how->on_conflict = (ty_on_conflict)conflict;
    return status;
}

static ty_status import_file(ty_run *run, const settings *set, const char *path, ty_error *error)
{
    ty_import_settings how = {.kind = set->kind,
                              .encoding = run->common.encoding,
                              .origin = set->origin,
                              .source_lang = run->common.source,
                              .target_lang = run->common.target,
                              .title = set->title,
                              .date = set->date,
                              .url = set->url,
                              .repair = set->repair,
                              .force = set->said.force || set->bring_back,
                              .columns = set->columns,
                              .lang_map = set->lang_map,
                              .sheet = set->sheet,
                              .all_states = set->states && strcmp(set->states, "all") == 0,
                              .dry_run = set->dry_run};
    ty_counts counts = {0};
    ty_source source = source_of(set, path);
    ty_status status = choose_policies(set, &how, error);
    if (status == TY_OK)
        status = ty_cli_header_row(set->header, &how.header, error);
    if (status == TY_OK)
        status = ty_memory_import_file(run->memory, &source, &how, &counts, error);
    if (status == TY_OK)
        ty_say_counts(run, path, &counts);
    return status;
}

/*
 * Two documents are a release, and so is one that has both languages. A file that cannot be looked at is left
 * to the import, lest it keep the other out, unless it is half of a release.
 */
static ty_status is_release(const settings *set, char **words, int count, bool *out, ty_error *error)
{
    *out = false;
    bool first = false, second = false;
    ty_error other = {0};
    if (set->kind || count > 2)
        return TY_OK;
    ty_source one = source_of(set, words[0]);
    ty_status status = ty_source_is_document(&one, &first, error);
    ty_status second_status =
        count == 2 ? ty_source_is_document(&(ty_source){.path = words[1]}, &second, &other) : TY_OK;
    if (status == TY_OK && second_status != TY_OK && first) {
        *error = other;
        return second_status;
    }
    if (status != TY_OK && count == 2 && !second)
        return TY_OK;
    if (status == TY_OK && second_status == TY_OK && first != second && count == 2)
        return ty_error_set(error, TY_ERR_USAGE, "%s is a document and %s is not; a release is two documents",
                            words[first ? 0 : 1], words[first ? 1 : 0]);
    *out = first && (second || count == 1);
    return status;
}

/* Files stand alone: one that fails does not keep the others out, but the command has failed. */
static ty_status import_files(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    ty_status result = TY_OK;
    for (int i = 0; i < count; i++) {
        ty_error mine = {0};
        ty_status status = import_file(run, set, words[i], &mine);
        if (status == TY_OK)
            continue;
        if (result == TY_OK) {
            *error = mine;
            result = status;
        } else {
            ty_notify(&run->listener, &(ty_notice){.file = mine.file,
                                                   .line = mine.line,
                                                   .unit = mine.unit,
                                                   .rejected = true,
                                                   .rule = mine.rule,
                                                   .message = mine.message});
        }
    }
    if (result != TY_OK) { /* what did go in is told all the same */
        ty_error other = {0};
        if (ty_output_commit(run->output, &other) != TY_OK)
            ty_warn(&run->listener, NULL, 0, 0, "no-report", "%s", other.message);
        run->output = NULL;
    }
    return result;
}

static bool all_folders(char **words, int count)
{
    for (int i = 0; i < count; i++)
        if (!ty_sys_is_folder(words[i]))
            return false;
    return count > 0;
}

static ty_status take(ty_run *run, const settings *set, char **words, int count, ty_error *error)
{
    bool release = set->batch || all_folders(words, count);
    ty_status status = ty_check_date("date", set->date, error);
    if (set->states && strcmp(set->states, "all") != 0 && strcmp(set->states, "trusted") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "--states is trusted or all, not \"%s\"", set->states);
    if (status == TY_OK && !release)
        status = is_release(set, words, count, &release, error);
    if (status == TY_OK && set->replaces && (set->apart || set->origin || set->batch || !release))
        status = ty_error_set(error, TY_ERR_USAGE,
                              "--replaces is for one release, and goes with neither --new nor --origin");
    if (status != TY_OK)
        return status;
    return release ? import_releases(run, set, words, count, error)
                   : import_files(run, set, words, count, error);
}

static ty_status import(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    settings *set = payload;
    if ((count == 0) == (set->batch == NULL))
        return ty_usage(&ty_command_import, error);
    ty_buffer input = {0};
    ty_status status = TY_OK;
    if (count == 1 && !set->kind && strcmp(words[0], "-") == 0) { /* once for what it is, once to be read */
        status = ty_source_read(&(ty_source){.path = "-"}, 0, &input, error);
        set->input = ty_buffer_slice(&input);
    }
    if (status == TY_OK)
        status = take(run, set, words, count, error);
    ty_buffer_release(&input);
    return status;
}

const ty_command ty_command_import = {
    .name = "import",
    .arguments = "[-s LANG] [-t LANG] [options] SOURCE TARGET | BOTH | FOLDER... | --batch LIST | FILE...",
    .summary = N_("Take a bilingual release, or TMX and other exchange files, into the memory"),
    .examples = "  taiyaku import --title 'Joint statement' --date 2026-07-28 en.html ja.html\n"
                "  taiyaku import archive/\n"
                "  taiyaku import old-memory.tmx colleague.tmx.gz\n",
    .mode = TY_COMMAND_CREATES,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .run = import,
};
