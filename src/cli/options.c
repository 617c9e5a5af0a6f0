/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>

#include "cli.h"
#include "suggest.h"

const ty_option ty_common_options[] = {
    TY_TEXT(ty_common, memory, "memory", 'm', "FILE", "the memory file"),
    TY_TEXT(ty_common, source, "source", 's', "LANG", "source language (BCP 47)"),
    TY_TEXT(ty_common, target, "target", 't', "LANG", "target language"),
    TY_TEXT(ty_common, lang, "lang", 'l', "LANG", "language of the text"),
    TY_TEXT(ty_common, output, "output", 'o', "FILE", "write results to FILE"),
    TY_TEXT(ty_common, encoding, "encoding", 0, "NAME", "encoding of the input, instead of what is detected"),
    TY_FLAG(ty_common, json, "json", 0, "results as JSON, one object a line"),
    TY_TEXT(ty_common, color, "color", 0, "WHEN", "auto, always or never"),
    TY_FLAG(ty_common, progress, "progress", 0, "show progress even when stderr is no terminal"),
    TY_FLAG(ty_common, verbose, "verbose", 'v', "say more on stderr"),
    TY_FLAG(ty_common, quiet, "quiet", 'q', "only results and errors"),
    TY_FLAG(ty_common, help, "help", 'h', "show help"),
    TY_FLAG(ty_common, version, "version", 0, "show the version"),
    {0},
};

bool ty_options_flag(const ty_option *options, const void *settings, const char *name)
{
    for (const ty_option *option = options; option && option->name; option++)
        if (option->kind == TY_OPTION_FLAG && strcmp(option->name, name) == 0)
            return *(const bool *)((const char *)settings + option->offset);
    return false;
}

/* An option found in one of the tables, and the struct it sets. */
typedef struct found {
    const ty_option *option;
    void *settings;
} found;

static const ty_option *look(const ty_option *table, ty_slice name, char letter)
{
    for (; table && table->name; table++)
        if (letter ? table->letter == letter : ty_slice_equal(name, ty_slice_of(table->name)))
            return table;
    return NULL;
}

static found find(ty_common *common, const ty_option *table, void *settings, ty_slice name, char letter)
{
    const ty_option *own = look(table, name, letter);
    if (own)
        return (found){own, settings};
    return (found){look(ty_common_options, name, letter), common};
}

static ty_status set_number(const ty_option *option, void *member, const char *value, ty_error *error)
{
    char *end = NULL;
    errno = 0;
    if (option->kind == TY_OPTION_REAL && ty_decimal_parse(value, member) && errno == 0)
        return TY_OK;
    if (option->kind == TY_OPTION_INTEGER)
        *(long *)member = strtol(value, &end, 10);
    if (end && errno == 0 && end != value && *end == '\0')
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE, "--%s wants a number, not \"%s\"", option->name, value);
}

static ty_status set(found target, const char *value, ty_error *error)
{
    void *member = (char *)target.settings + target.option->offset;
    switch (target.option->kind) {
    case TY_OPTION_FLAG: *(bool *)member = true; return TY_OK;
    case TY_OPTION_TEXT: *(const char **)member = value; return TY_OK;
    default: return set_number(target.option, member, value, error);
    }
}

typedef struct parser {
    char **arguments;
    int at, count;
    ty_common *common;
    const ty_option *table;
    void *settings;
} parser;

static const char *next_value(parser *p)
{
    return p->at + 1 < p->count ? p->arguments[++p->at] : NULL;
}

static ty_status no_option(const parser *p, ty_slice name, ty_error *error)
{
    ty_suggestion meant = {.word = name.data, .size = name.size};
    for (const ty_option *option = p->table; option && option->name; option++)
        ty_suggest(&meant, option->name);
    for (const ty_option *option = ty_common_options; option->name; option++)
        ty_suggest(&meant, option->name);
    if (!meant.nearest)
        return ty_error_set(error, TY_ERR_USAGE, "there is no option --%.*s", TY_SLICE_FORMAT(name));
    return ty_error_set(error, TY_ERR_USAGE, "there is no option --%.*s; did you mean --%s?",
                        TY_SLICE_FORMAT(name), meant.nearest);
}

static ty_status parse_long(parser *p, const char *word, ty_error *error)
{
    const char *equals = strchr(word, '=');
    ty_slice name = {word, equals ? (size_t)(equals - word) : strlen(word)};
    found target = find(p->common, p->table, p->settings, name, 0);
    if (!target.option)
        return no_option(p, name, error);
    bool flag = target.option->kind == TY_OPTION_FLAG;
    if (flag && equals)
        return ty_error_set(error, TY_ERR_USAGE, "--%s takes no value", target.option->name);
    const char *value = flag ? NULL : equals ? equals + 1 : next_value(p);
    if (!flag && !value)
        return ty_error_set(error, TY_ERR_USAGE, "--%s wants a value: %s", target.option->name,
                            target.option->metavar);
    return set(target, value, error);
}

/* -v, -vq, -mFILE, -m FILE */
static ty_status parse_short(parser *p, const char *letters, ty_error *error)
{
    for (; *letters; letters++) {
        found target = find(p->common, p->table, p->settings, (ty_slice){"", 0}, *letters);
        if (!target.option)
            return ty_error_set(error, TY_ERR_USAGE, "there is no option -%c", *letters);
        bool flag = target.option->kind == TY_OPTION_FLAG;
        const char *value = flag ? NULL : letters[1] ? letters + 1 : next_value(p);
        if (!flag && !value)
            return ty_error_set(error, TY_ERR_USAGE, "-%c wants a value: %s", *letters,
                                target.option->metavar);
        ty_status status = set(target, value, error);
        if (status != TY_OK || !flag)
            return status;
    }
    return TY_OK;
}

ty_status ty_options_parse(char **arguments, int *count, ty_common *common, const ty_option *table,
                           void *settings, bool first_only, ty_error *error)
{
    parser p = {arguments, 0, *count, common, table, settings};
    int words = 0;
    ty_status status = TY_OK;
    bool ended = false;
    for (; p.at < p.count && status == TY_OK; p.at++) {
        char *word = arguments[p.at];
        if (!ended && strcmp(word, "--") == 0)
            ended = true;
        else if (!ended && word[0] == '-' && word[1] == '-')
            status = parse_long(&p, word + 2, error);
        else if (!ended && word[0] == '-' && word[1])
            status = parse_short(&p, word + 1, error);
        else {
            arguments[words++] = word;
            ended = ended || first_only;
        }
    }
    *count = words;
    return status;
}

/* Has the shared option anything to do with the command? */
static bool is_heeded(const ty_option *option, const ty_command *command)
{
    static const struct {
        const char *name;
        char key;
    } some[] = {{"source", 's'}, {"target", 't'}, {"lang", 'l'}, {"encoding", 'e'}};
    if (!command)
        return true;
    if (strcmp(option->name, "memory") == 0)
        return command->mode & (TY_COMMAND_CREATES | TY_COMMAND_HELPED);
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        if (strcmp(option->name, some[i].name) == 0)
            return command->shared && strchr(command->shared, some[i].key);
    return strcmp(option->name, "version") != 0;
}

/* What stands behind a long name begins a line of its own. */
static void print_option(const ty_option *option, FILE *stream)
{
    enum { COLUMN = 28 };
    char left[96], letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name, option->metavar ? " " : "",
             option->metavar ? option->metavar : "");
    size_t width = ty_width(ty_slice_of(left));
    fprintf(stream, "  %s%*s%s\n", left, width < COLUMN ? (int)(COLUMN - width) + 1 : 1, "", _(option->help));
}

void ty_options_help(const ty_option *table, const ty_command *command, FILE *stream)
{
    for (; table && table->name; table++)
        if (is_heeded(table, command))
            print_option(table, stream);
}
