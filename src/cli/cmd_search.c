/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct settings {
    long max;
    const char *origin, *since;
    bool words, phrase, prefix, context;
} settings;

static const ty_option options[] = {
    TY_INTEGER(settings, max, "max", 0, "N", "most units, default 50"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "units of origins whose name fits, with * and ?"),
    TY_TEXT(settings, since, "since", 0, "DATE", "units made or changed on DATE (YYYY-MM-DD) or after it"),
    TY_FLAG(settings, words, "words", 0, "all words of TEXT, in any order and inflection"),
    TY_FLAG(settings, phrase, "phrase", 0, "the words of TEXT in a row, in any inflection"),
    TY_FLAG(settings, prefix, "prefix", 0, "the words of TEXT in a row, of the last its beginning"),
    TY_FLAG(settings, context, "context", 0, "the sentences before and after, too"),
    {0},
};

static ty_status print_hit(void *payload, const ty_concordance *hit)
{
    ty_present_concordance(ty_say(payload), hit);
    ty_said(payload);
    return TY_OK;
}

static ty_search_kind kind_of(const settings *set)
{
    return set->words    ? TY_SEARCH_WORDS
           : set->phrase ? TY_SEARCH_PHRASE
           : set->prefix ? TY_SEARCH_PREFIX
                         : TY_SEARCH_TEXT;
}

static ty_status search(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if (count != 1)
        return ty_usage(&ty_command_search, error);
    if (set->max < 0)
        return ty_error_set(error, TY_ERR_USAGE, "--max is at least 1");
    if (set->words + set->phrase + set->prefix > 1)
        return ty_error_set(error, TY_ERR_USAGE, "--words, --phrase and --prefix exclude each other");
    size_t more = 0;
    ty_search_settings how = {.kind = kind_of(set),
                              .lang = run->common.lang,
                              .max = (size_t)set->max,
                              .origin = set->origin,
                              .since = set->since,
                              .context = set->context,
                              .out_more = &more};
    ty_buffer input = {0};
    ty_slice text;
    ty_status status = ty_check_moment("since", set->since, error);
    if (status == TY_OK)
        status = ty_query(words[0], &input, &text, error);
    if (status == TY_OK)
        status = ty_memory_search(run->memory, text, &how, print_hit, run, error);
    if (status == TY_OK)
        ty_say_more(run, more);
    ty_buffer_release(&input);
    return status;
}

const ty_command ty_command_search = {
    .name = "search",
    .arguments = "[-l LANG] [options] TEXT",
    .summary = "Concordance: units in which TEXT occurs, from one character up",
    .examples = "  taiyaku search 防衛\n"
                "  taiyaku search -l en 'status quo'\n",
    .mode = TY_COMMAND_READS,
    .nothing = "found nowhere",
    .options = options,
    .settings_size = sizeof(settings),
    .run = search,
};
