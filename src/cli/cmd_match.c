#include "cli.h"

typedef struct settings {
    const char *batch;
    long min, max;
    bool brute_force;
} settings;

static const ty_option options[] = {
    TY_INTEGER(settings, min, "min", 0, "N", "least score, default 70"),
    TY_INTEGER(settings, max, "max", 0, "N", "most matches a query, default 5"),
    TY_TEXT(settings, batch, "batch", 0, "FILE", "queries from FILE, one a line"),
    TY_FLAG(settings, brute_force, "brute-force", 0, "compare every unit, without the index"),
    {0},
};

static const char *kind_name(ty_match_kind kind)
{
    static const char *const names[] = {"fuzzy", "exact", "context"};
    return names[kind];
}

static void json_match(ty_run *run, const ty_match *match)
{
    ty_json_open(run, NULL, '{');
    ty_json_integer(run, "score", match->score);
    ty_json_number(run, "similarity", match->similarity);
    ty_json_text(run, "kind", ty_slice_of(kind_name(match->kind)));
    ty_json_text(run, "source", match->source);
    ty_json_text(run, "target", match->target);
    ty_json_text(run, "source_lang", match->source_lang);
    ty_json_text(run, "target_lang", match->target_lang);
    ty_json_integer(run, "unit", match->unit);
    ty_json_text(run, "origin", match->origin);
    ty_json_open(run, "penalties", '{');
    if (match->penalty)
        ty_json_integer(run, "confidence", match->penalty);
    ty_json_close(run, '}');
    ty_json_close(run, '}');
}

static ty_status print_match(void *payload, const ty_match *match)
{
    ty_run *run = payload;
    if (run->common.json) {
        json_match(run, match);
        return TY_OK;
    }
    ty_print(run, "%d%% ", match->score);
    ty_print_field(run, match->source);
    ty_print(run, "\n     ");
    ty_print_field(run, match->target);
    ty_print(run, "\n     %s, unit %lld", kind_name(match->kind), (long long)match->unit);
    if (match->origin.size)
        ty_print(run, ", %.*s", TY_SLICE_FORMAT(match->origin));
    if (match->penalty)
        ty_print(run, ", alignment not sure: -%d", match->penalty);
    ty_print(run, "\n");
    return TY_OK;
}

/* TY_NO from one query is no reason to skip the next; the command's answer is no when all are. */
static ty_status match_one(ty_run *run, const ty_match_settings *how, ty_slice query, bool *found,
                           ty_error *error)
{
    if (run->common.json) {
        ty_json_begin(run);
        ty_json_text(run, "query", query);
        ty_json_open(run, "matches", '[');
    }
    ty_status status = ty_memory_match(run->memory, query, how, print_match, run, error);
    if (run->common.json) {
        ty_json_close(run, ']');
        ty_json_end(run);
    }
    *found = *found || status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

/* A line without its end; false when there is none left. */
static bool next_line(ty_slice *rest, ty_slice *line)
{
    *line = (ty_slice){NULL, 0};
    if (!rest->size || !ty_slice_next(rest, '\n', line))
        return false;
    if (line->size && line->data[line->size - 1] == '\r')
        line->size--;
    return true;
}

/* The lines are sentences of a text: each is asked for with its neighbours. */
static ty_status match_batch(ty_run *run, const ty_match_settings *how, const char *path, bool *found,
                             ty_error *error)
{
    ty_buffer content = {0};
    ty_match_settings here = *how;
    ty_status status = ty_file_read(path, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), line;
    bool more = next_line(&rest, &line);
    while (status == TY_OK && more) {
        more = next_line(&rest, &here.next);
        status = match_one(run, &here, line, found, error);
        here.previous = line;
        line = here.next;
    }
    ty_buffer_release(&content);
    return status;
}

static ty_status match(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if ((count == 0) == (set->batch == NULL))
        return ty_usage(&ty_command_match, error);
    if (set->min < 0 || set->min > 102 || set->max < 0)
        return ty_error_set(error, TY_ERR_USAGE, "--min is 1 to 102, --max at least 1");
    ty_match_settings how = {.source_lang = run->common.source,
                             .target_lang = run->common.target,
                             .min_score = (int)set->min,
                             .max_matches = (size_t)set->max,
                             .brute_force = set->brute_force};
    bool found = false;
    ty_buffer input = {0};
    ty_slice query;
    ty_status status = set->batch ? match_batch(run, &how, set->batch, &found, error) : TY_OK;
    for (int i = 0; i < count && status == TY_OK; i++) {
        status = ty_query(words[i], &input, &query, error);
        if (status == TY_OK)
            status = match_one(run, &how, query, &found, error);
    }
    ty_buffer_release(&input);
    return status == TY_OK && !found ? TY_NO : status;
}

const ty_command ty_command_match = {
    .name = "match",
    .arguments = "[-s LANG] [-t LANG] [options] TEXT... | --batch FILE",
    .summary = "Best matches for a sentence in the memory: exact and fuzzy",
    .examples = "  taiyaku match 'The two ministers reaffirmed the importance of the Alliance.'\n"
                "  taiyaku --json match --min=60 --batch sentences.txt\n",
    .mode = TY_COMMAND_READS,
    .options = options,
    .settings_size = sizeof(settings),
    .run = match,
};
