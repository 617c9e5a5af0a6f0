/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"

static const ty_command *const commands[] = {
    &ty_command_import,       &ty_command_refresh,    &ty_command_export,       &ty_command_match,
    &ty_command_pretranslate, &ty_command_search,     &ty_command_edit,         &ty_command_merge,
    &ty_command_split,        &ty_command_confirm,    &ty_command_remove,       &ty_command_undo,
    &ty_command_redo,         &ty_command_log,        &ty_command_show,         &ty_command_list,
    &ty_command_stats,        &ty_command_verify,     &ty_command_lint,         &ty_command_text,
    &ty_command_segment,      &ty_command_align,      &ty_command_serve,        &ty_command_term_import,
    &ty_command_term_export,  &ty_command_term_add,   &ty_command_term_list,    &ty_command_term_lookup,
    &ty_command_term_scan,    &ty_command_term_check, &ty_command_term_history, &ty_command_term_extract,
    &ty_command_backup,       &ty_command_restore,    &ty_command_check,        &ty_command_analyse,
    &ty_command_review,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

/* Edit distance of two short words, for suggestions. */
static size_t distance(const char *a, const char *b)
{
    size_t row[64], n = strlen(a), m = strlen(b);
    if (n >= 63 || m >= 63)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

static void name_of(char **words, int count, int used, char name[64])
{
    snprintf(name, 64, "%s%s%s", words[0], used > 1 && count > 1 ? " " : "",
             used > 1 && count > 1 ? words[1] : "");
}

static bool begins_group(const char *word)
{
    ty_slice group = ty_slice_of(word);
    for (size_t i = 0; i < COMMANDS; i++) {
        ty_slice name = ty_slice_of(commands[i]->name);
        if (ty_slice_starts(name, group) && name.data[group.size] == ' ')
            return true;
    }
    return false;
}

/* "term" alone: which ones there are. */
static void tell_group(const char *group, ty_error *error)
{
    char names[256] = "";
    size_t size = strlen(group), at = 0;
    for (size_t i = 0; i < COMMANDS; i++)
        if (strncmp(commands[i]->name, group, size) == 0 && commands[i]->name[size] == ' ')
            at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", at ? ", " : "",
                                   commands[i]->name + size + 1);
    ty_error_set(error, TY_ERR_USAGE, "which \"%s\" command? There are %s", group, names);
}

const ty_command *ty_command_find(char **words, int count, int *used, ty_error *error)
{
    char name[64];
    *used = begins_group(words[0]) ? 2 : 1;
    name_of(words, count, *used, name);
    const char *nearest = NULL;
    size_t least = 3;
    for (size_t i = 0; i < COMMANDS; i++) {
        size_t d = distance(name, commands[i]->name);
        if (d == 0)
            return commands[i];
        if (d < least) {
            least = d;
            nearest = commands[i]->name;
        }
    }
    if (*used > count)
        tell_group(words[0], error);
    else if (nearest)
        ty_error_set(error, TY_ERR_USAGE, "there is no command \"%s\"; did you mean \"%s\"?", name, nearest);
    else
        ty_error_set(error, TY_ERR_USAGE, "there is no command \"%s\"; see taiyaku --help", name);
    return NULL;
}

void ty_help_all(FILE *stream)
{
    fputs("taiyaku [-m FILE] [--json] COMMAND [options] [arguments]\n\n"
          "Translation memory and terminology for English and Japanese.\n\n"
          "  taiyaku import --title 'Joint statement' en.html ja.html   a bilingual release into the memory\n"
          "  taiyaku match 'The two ministers welcomed the new guidelines.'\n"
          "  taiyaku search 自由で開かれた\n"
          "  taiyaku term import --bundled; taiyaku term scan ja.txt\n"
          "  taiyaku export -o releases.tmx\n\n"
          "Commands:\n",
          stream);
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(stream, "  %-14s %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nOptions that all commands share:\n", stream);
    ty_options_help(ty_common_options, stream);
    fputs("\ntaiyaku help COMMAND says more. Exit status: 0 done, 1 the answer is no, 2 failed.\n", stream);
}

void ty_help_command(const ty_command *command, FILE *stream)
{
    fprintf(stream, "taiyaku %s %s\n\n%s.\n", command->name, command->arguments, command->summary);
    if (command->examples)
        fprintf(stream, "\n%s", command->examples);
    if (command->options) {
        fputs("\nOptions:\n", stream);
        ty_options_help(command->options, stream);
    }
    fputs("\nOptions that all commands share:\n", stream);
    ty_options_help(ty_common_options, stream);
}

ty_status ty_usage(const ty_command *command, ty_error *error)
{
    return ty_error_set(error, TY_ERR_USAGE, "usage: taiyaku %s %s", command->name, command->arguments);
}
