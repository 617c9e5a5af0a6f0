/* SPDX-License-Identifier: Apache-2.0 */
#include "help.h"
#include "suggest.h"

/* In the order of the help. clang-format off keeps one a line. */
/* clang-format off */
static const ty_command *const commands[] = {
    &ty_command_import,
    &ty_command_watch,
    &ty_command_refresh,
    &ty_command_export,
    &ty_command_match,
    &ty_command_pretranslate,
    &ty_command_search,
    &ty_command_edit,
    &ty_command_merge,
    &ty_command_split,
    &ty_command_confirm,
    &ty_command_remove,
    &ty_command_undo,
    &ty_command_redo,
    &ty_command_log,
    &ty_command_show,
    &ty_command_list,
    &ty_command_stats,
    &ty_command_verify,
    &ty_command_migrate,
    &ty_command_lint,
    &ty_command_text,
    &ty_command_segment,
    &ty_command_align,
    &ty_command_serve, &ty_command_worker,
    &ty_command_term_import,
    &ty_command_term_export,
    &ty_command_term_add,
    &ty_command_term_edit,
    &ty_command_term_status,
    &ty_command_term_merge,
    &ty_command_term_remove,
    &ty_command_term_list,
    &ty_command_term_lookup,
    &ty_command_term_scan,
    &ty_command_term_check,
    &ty_command_term_history,
    &ty_command_term_extract,
    &ty_command_backup,
    &ty_command_restore,
    &ty_command_check,
    &ty_command_analyse,
    &ty_command_review,
    &ty_command_config,
};
/* clang-format on */
enum { COMMANDS = sizeof commands / sizeof *commands };

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

/* "lookup" is "term lookup" without its first word. */
static void suggest_of_group(ty_suggestion *meant)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        const char *space = strchr(commands[i]->name, ' '), *before = meant->nearest;
        if (space)
            ty_suggest(meant, space + 1);
        if (meant->nearest != before)
            meant->nearest = commands[i]->name;
    }
}

const ty_command *ty_command_find(char **words, int count, int *used, ty_error *error)
{
    char name[64];
    *used = begins_group(words[0]) ? 2 : 1;
    name_of(words, count, *used, name);
    ty_suggestion meant = {.word = name, .size = strlen(name)};
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i];
        ty_suggest(&meant, commands[i]->name);
    }
    if (*used == 1) {
        ty_suggest(&meant, "term");
        ty_suggest(&meant, "help");
        suggest_of_group(&meant);
    }
    if (*used > count || (*used == 2 && !meant.nearest))
        tell_group(words[0], error);
    else if (meant.nearest)
        ty_error_set(error, TY_ERR_USAGE, "there is no command \"%s\"; did you mean \"%s\"?", name,
                     meant.nearest);
    else
        ty_error_set(error, TY_ERR_USAGE, "there is no command \"%s\"; see taiyaku --help", name);
    return NULL;
}

static void print_commands(const char *group, FILE *stream)
{
    size_t size = strlen(group);
    for (size_t i = 0; i < COMMANDS; i++)
        if (strncmp(commands[i]->name, group, size) == 0)
            fprintf(stream, "  %-14s %s\n", commands[i]->name, _(commands[i]->summary));
}

bool ty_help_group(const char *group, FILE *stream)
{
    char start[64];
    if (!begins_group(group))
        return false;
    snprintf(start, sizeof start, "%s ", group);
    fprintf(stream, "taiyaku %s %s\n\n%s\n", group, _("COMMAND [options] [arguments]"), _("Commands:"));
    print_commands(start, stream);
    fprintf(stream, _("\ntaiyaku help %s COMMAND says more.\n"), group);
    return true;
}

void ty_help_all(FILE *stream)
{
    fprintf(stream, "taiyaku [-m FILE] [--json] %s\n\n%s\n\n", _("COMMAND [options] [arguments]"),
            _("Translation memory and terminology for English and Japanese."));
    fprintf(stream, "  taiyaku import --title 'Joint statement' en.html ja.html   %s\n",
            _("a bilingual release into the memory"));
    fputs("  taiyaku match 'The two ministers welcomed the new guidelines.'\n"
          "  taiyaku search 自由で開かれた\n"
          "  taiyaku term import --bundled; taiyaku term scan ja.txt\n"
          "  taiyaku export -o releases.tmx\n"
          "  taiyaku serve --open\n\n",
          stream);
    fprintf(stream, "%s\n", _("Commands:"));
    print_commands("", stream);
    fprintf(stream, "\n%s\n", _("Options that all commands share:"));
    ty_options_help(ty_common_options, NULL, stream);
    fputs(_("\ntaiyaku help COMMAND says more. Exit status: 0 done, 1 the answer is no, 2 failed.\n"),
          stream);
}

void ty_help_command(const ty_command *command, FILE *stream)
{
    fprintf(stream, "taiyaku %s%s%s\n\n%s%s\n", command->name, command->arguments[0] ? " " : "",
            command->arguments, _(command->summary), _("."));
    if (command->examples)
        fprintf(stream, "\n%s", command->examples);
    if (command->options) {
        fprintf(stream, "\n%s\n", _("Options:"));
        ty_options_help(command->options, NULL, stream);
    }
    fprintf(stream, "\n%s\n", _("Options that all commands share:"));
    ty_options_help(ty_common_options, command, stream);
}

static void json_options(ty_buffer *json, const ty_option *table)
{
    ty_json_open(json, "options", '[');
    for (; table && table->name; table++) {
        char letter[2] = {table->letter};
        ty_json_open(json, NULL, '{');
        ty_json_string(json, "name", table->name);
        if (table->letter)
            ty_json_string(json, "letter", letter);
        if (table->metavar)
            ty_json_string(json, "value", table->metavar);
        ty_json_string(json, "help", _(table->help));
        ty_json_close(json, '}');
    }
    ty_json_close(json, ']');
}

static void json_command(ty_buffer *json, const ty_command *command)
{
    static const char *const memory[] = {"none", "reads", "writes", "creates"};
    ty_json_string(json, "command", command->name);
    ty_json_string(json, "arguments", command->arguments);
    ty_json_string(json, "summary", _(command->summary));
    ty_json_string(json, "memory", memory[command->mode & 3]);
    ty_json_string(json, "shared", command->shared ? command->shared : "");
    if (command->nothing)
        ty_json_string(json, "nothing", _(command->nothing));
}

void ty_help_json(ty_run *run, FILE *stream)
{
    for (size_t i = 0; i <= COMMANDS; i++) {
        ty_buffer *json = ty_say(run)->out;
        ty_json_begin(json);
        if (i)
            json_command(json, commands[i - 1]);
        json_options(json, i ? commands[i - 1]->options : ty_common_options);
        ty_json_end(json);
        fwrite(json->data, 1, json->size, stream);
    }
}

ty_status ty_usage(const ty_command *command, ty_error *error)
{
    return ty_error_set(error, TY_ERR_USAGE, "usage: taiyaku %s %s", command->name, command->arguments);
}
