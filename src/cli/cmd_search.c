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

static void json_spans(ty_run *run, const ty_span *spans, size_t count)
{
    ty_json_open(run, "hits", '[');
    for (size_t i = 0; i < count; i++) {
        ty_json_open(run, NULL, '{');
        ty_json_integer(run, "start", (int64_t)spans[i].start);
        ty_json_integer(run, "end", (int64_t)spans[i].end);
        ty_json_close(run, '}');
    }
    ty_json_close(run, ']');
}

static void json_hit(ty_run *run, const ty_concordance *hit)
{
    ty_json_begin(run);
    ty_json_integer(run, "unit", hit->unit);
    ty_json_text(run, "origin", hit->origin);
    ty_json_text(run, "lang", hit->lang);
    ty_json_text(run, "text", hit->text);
    json_spans(run, hit->hits, hit->hit_count);
    ty_json_open(run, "others", '[');
    for (size_t i = 0; i < hit->other_count; i++) {
        ty_json_open(run, NULL, '{');
        ty_json_text(run, "lang", hit->others[i].lang);
        ty_json_text(run, "text", hit->others[i].text);
        json_spans(run, hit->others[i].hits, hit->others[i].hit_count);
        ty_json_close(run, '}');
    }
    ty_json_close(run, ']');
    if (hit->previous.size)
        ty_json_text(run, "previous", hit->previous);
    if (hit->next.size)
        ty_json_text(run, "next", hit->next);
    ty_json_end(run);
}

static void print_context(ty_run *run, ty_slice sentence)
{
    if (!sentence.size)
        return;
    ty_print(run, "    ");
    ty_print_field(run, sentence);
    ty_print(run, "\n");
}

static ty_status print_hit(void *payload, const ty_concordance *hit)
{
    ty_run *run = payload;
    if (run->common.json) {
        json_hit(run, hit);
        return TY_OK;
    }
    print_context(run, hit->previous);
    ty_print(run, "%.*s: ", TY_SLICE_FORMAT(hit->lang));
    ty_print_marked(run, hit->text, hit->hits, hit->hit_count);
    ty_print(run, "\n");
    print_context(run, hit->next);
    for (size_t i = 0; i < hit->other_count; i++) {
        ty_print(run, "%.*s: ", TY_SLICE_FORMAT(hit->others[i].lang));
        ty_print_marked(run, hit->others[i].text, hit->others[i].hits, hit->others[i].hit_count);
        ty_print(run, "\n");
    }
    ty_print(run, "    unit %lld", (long long)hit->unit);
    if (hit->origin.size)
        ty_print(run, ", %.*s", TY_SLICE_FORMAT(hit->origin));
    ty_print(run, "\n");
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
    ty_search_settings how = {.kind = kind_of(set),
                              .lang = run->common.lang,
                              .max = (size_t)set->max,
                              .origin = set->origin,
                              .since = set->since,
                              .context = set->context};
    ty_buffer input = {0};
    ty_slice text;
    ty_status status = ty_check_moment("since", set->since, error);
    if (status == TY_OK)
        status = ty_query(words[0], &input, &text, error);
    if (status == TY_OK)
        status = ty_memory_search(run->memory, text, &how, print_hit, run, error);
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
    .options = options,
    .settings_size = sizeof(settings),
    .run = search,
};
