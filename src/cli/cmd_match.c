/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/sys.h"
#include "cli.h"

typedef struct settings {
    const char *batch, *penalty;
    long min, max;
    bool brute_force, pieces;
} settings;

static const settings usual = {.min = 70, .max = 5};

static const ty_option options[] = {
    TY_INTEGER(settings, min, "min", 0, "N", "least score, default 70"),
    TY_INTEGER(settings, max, "max", 0, "N", "most matches a query, default 5"),
    TY_TEXT(settings, batch, "batch", 0, "FILE", "queries from FILE, one a line"),
    TY_TEXT(settings, penalty, "penalty", 0, "RULES", "what is taken off for what, e.g. machine=20,age:10=5"),
    TY_FLAG(settings, pieces, "pieces", 0, "pieces of the query that units have, even beside matches"),
    TY_FLAG(settings, brute_force, "brute-force", 0, "compare every unit, without the index"),
    {0},
};

/* What is asked of each query. */
typedef struct asking {
    ty_match_settings how;
    bool pieces; /* even where there are matches */
    bool batch;
    bool several; /* queries: each is written before its answer */
} asking;

typedef struct answer {
    const ty_present *show;
    ty_slice query;
    ty_error *error;
} answer;

static ty_status show_match(void *payload, const ty_match *match)
{
    const answer *a = payload;
    ty_differences *differences = NULL;
    ty_status status = ty_match_differences(a->query, match, &differences, a->error);
    if (status == TY_OK)
        ty_present_match(a->show, a->query, match, ty_differences_list(differences));
    ty_differences_free(differences);
    return status;
}

static ty_status show_piece(void *payload, const ty_piece *piece)
{
    const answer *a = payload;
    ty_present_piece(a->show, a->query, piece);
    return TY_OK;
}

/* Pieces are what is there besides: they are no match, and an answer only to who asked for them. */
static ty_status show_pieces(ty_run *run, const asking *asked, ty_slice query, bool *found, ty_error *error)
{
    answer here = {&run->show, query, error};
    ty_present_pieces_begin(&run->show);
    ty_status status = ty_memory_pieces(run->memory, query, &asked->how, show_piece, &here, error);
    ty_present_pieces_end(&run->show);
    *found = *found || (asked->pieces && status == TY_OK);
    return status == TY_NO ? TY_OK : status;
}

/*
 * TY_NO from one query is no reason to skip the next; the command's answer is no when all are. A line of a
 * batch that is too long is an answer of its own, and TY_ERR_LIMIT.
 */
static ty_status match_one(ty_run *run, const asking *asked, ty_slice query, bool *found, ty_error *error)
{
    ty_error own = {0};
    size_t more = 0;
    bool any = false, headed = asked->several && ty_slice_trim(query).size;
    ty_match_settings how = asked->how;
    how.out_more = &more;
    ty_present_matches_begin(ty_say(run), query);
    if (headed)
        ty_present_query(&run->show, query);
    answer here = {&run->show, query, &own};
    ty_status status = ty_memory_match(run->memory, query, &how, show_match, &here, &own);
    ty_present_matches_end(&run->show, more);
    any = status == TY_OK;
    if (headed && status == TY_NO)
        ty_present_no_match(&run->show);
    if (status == TY_NO || (status == TY_OK && asked->pieces))
        status = show_pieces(run, asked, query, &any, &own);
    *found = *found || any;
    if (status == TY_ERR_LIMIT && asked->batch)
        ty_present_query_refused(&run->show, &own);
    ty_present_query_end(&run->show);
    ty_said(run);
    if (status != TY_OK)
        *error = own;
    return status;
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

/* ------------------------------------------------------------------------------------------ many queries */

/* Queries are taken in blocks, so that answers need not all be in memory; within one, thread by thread. */
enum { BLOCK = 1024 };

/* What came of one of them. */
typedef struct outcome {
    ty_buffer text;
    bool found;
    char rejected[200]; /* why; "" where it was not */
} outcome;

typedef struct batch {
    const ty_run *run;
    const asking *asked;
    ty_slice queries[BLOCK + 2]; /* from 1; before and behind them their neighbours in other blocks */
    outcome answers[BLOCK];
    size_t count;
    const char *path;
    size_t before; /* queries of the blocks before this one */
    bool found;
} batch;

/* A line is a sentence of a text, so it knows its neighbours; blank lines part paragraphs, not sentences. */
static asking asking_of(const batch *b, size_t number)
{
    asking here = *b->asked;
    size_t before = number, behind = number + 2;
    while (before > 0 && !b->queries[before].size)
        before--;
    while (behind < b->count + 1 && !b->queries[behind].size)
        behind++;
    here.how.previous = b->queries[before];
    here.how.next = b->queries[behind];
    return here;
}

static ty_status answer_one(void *payload, size_t number, ty_error *error)
{
    batch *b = payload;
    outcome *a = &b->answers[number];
    ty_run run = {.common = b->run->common, .color = b->run->color, .memory = b->run->memory};
    a->found = false;
    a->rejected[0] = '\0';
    ty_status status = ty_output_open_buffer(&a->text, &run.output, error);
    if (status != TY_OK)
        return status;
    asking here = asking_of(b, number);
    ty_error own = {0};
    status = match_one(&run, &here, b->queries[number + 1], &a->found, &own);
    if (status == TY_ERR_LIMIT)
        snprintf(a->rejected, sizeof a->rejected, "%.199s", own.message);
    else if (status != TY_OK)
        *error = own;
    ty_status written = ty_output_commit(run.output, error);
    ty_buffer_release(&run.scratch);
    return status == TY_OK || status == TY_ERR_LIMIT ? written : status;
}

/* Before and behind the lines of a block stand those of the neighbouring ones that are not blank. */
static void read_block(ty_slice *rest, batch *b)
{
    size_t last = b->count;
    while (last > 0 && !b->queries[last].size)
        last--;
    b->queries[0] = b->queries[last];
    b->before += b->count;
    b->count = 0;
    while (b->count < BLOCK && next_line(rest, &b->queries[b->count + 1]))
        b->count++;
    ty_slice ahead = *rest, *behind = &b->queries[b->count + 1];
    while (next_line(&ahead, behind) && !behind->size) {
    }
}

/* A query that is too long has no answer, but a place; the others have theirs. */
static void tell(ty_run *run, batch *b, size_t number)
{
    outcome *a = &b->answers[number];
    if (a->rejected[0])
        ty_notify(&run->listener, &(ty_notice){.file = b->path,
                                               .line = b->before + number + 1,
                                               .rejected = true,
                                               .rule = "query-too-long",
                                               .message = a->rejected});
    ty_print_slice(run, ty_buffer_slice(&a->text));
    ty_buffer_clear(&a->text);
    b->found |= a->found;
}

static ty_status match_block(ty_run *run, batch *b, ty_error *error)
{
    ty_status status = ty_threads_each(b->count, answer_one, b, error);
    for (size_t i = 0; i < b->count && status == TY_OK; i++)
        tell(run, b, i);
    return status;
}

/* One query before all others lets the index be made once, not by each thread. */
static ty_status warm_up(ty_run *run, const asking *asked, ty_slice queries, ty_error *error)
{
    ty_slice first;
    bool found = false;
    ty_buffer nowhere = {0};
    ty_output *output = run->output;
    if (!queries.size || !ty_slice_next(&queries, '\n', &first))
        return TY_OK;
    ty_status status = ty_output_open_buffer(&nowhere, &run->output, error);
    if (status == TY_OK) {
        ty_error own = {0};
        status = match_one(run, asked, first, &found, &own);
        if (status == TY_ERR_LIMIT)
            status = TY_OK; /* it is told in its turn */
        else if (status != TY_OK)
            *error = own;
        ty_output_discard(run->output);
    }
    run->output = output;
    ty_buffer_release(&nowhere);
    return status;
}

/* No queries are no mistake, though an empty document is one. */
static bool is_empty(const char *path)
{
    ty_sys_facts is;
    bool known = strcmp(path, "-") == 0 ? ty_sys_stat_file(TY_SYS_INPUT, &is) : ty_sys_stat(path, &is);
    return known && is.kind == TY_SYS_IS_FILE && is.size == 0;
}

static ty_status match_batch(ty_run *run, const asking *asked, const char *path, bool *found, ty_error *error)
{
    ty_text_settings reading = {.encoding = run->common.encoding, .segmented = true};
    ty_text *text = NULL;
    ty_slice rest = {NULL, 0};
    batch *b = calloc(1, sizeof *b);
    ty_status status = b ? ty_text_open(&(ty_source){.path = path}, &reading, &run->listener, &text, error)
                         : ty_error_nomem(error);
    if (status == TY_OK) {
        rest = ty_text_content(text);
        *b = (batch){.run = run, .asked = asked, .path = path};
        status = warm_up(run, asked, rest, error);
    }
    while (status == TY_OK && rest.size) {
        read_block(&rest, b);
        status = match_block(run, b, error);
    }
    for (size_t i = 0; b && i < BLOCK; i++)
        ty_buffer_release(&b->answers[i].text);
    *found = b && b->found;
    free(b);
    ty_text_close(text);
    return status;
}

/* ------------------------------------------------------------------------------------------ the command */

static ty_status match(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if ((count == 0) == (set->batch == NULL))
        return ty_usage(&ty_command_match, error);
    if (set->min < 0 || set->min > 102 || set->max < 1)
        return ty_error_set(error, TY_ERR_USAGE, "--min is 0 to 102, --max at least 1");
    asking asked = {
        .how = {.source_lang = run->common.source,
                .target_lang = run->common.target,
                .min_score = set->min ? (int)set->min : 1,
                .max_matches = (size_t)set->max,
                .brute_force = set->brute_force,
                .penalties = set->penalty ? set->penalty : run->config.values[TY_CONFIG_PENALTIES].value},
        .pieces = set->pieces,
        .batch = set->batch != NULL,
        .several = set->batch || count > 1};
    bool found = false;
    ty_buffer input = {0};
    ty_slice query;
    bool batch = set->batch && !is_empty(set->batch);
    ty_status status = batch ? match_batch(run, &asked, set->batch, &found, error) : TY_OK;
    for (int i = 0; i < count && status == TY_OK; i++) {
        status = ty_query(words[i], &input, &query, error);
        if (status == TY_OK)
            status = match_one(run, &asked, query, &found, error);
    }
    ty_buffer_release(&input);
    return status == TY_OK && !found ? TY_NO : status;
}

const ty_command ty_command_match = {
    .name = "match",
    .arguments = "[-s LANG] [-t LANG] [options] TEXT... | --batch FILE",
    .summary = N_("Best matches for a sentence in the memory: exact and fuzzy"),
    .examples = "  taiyaku match 'The two ministers reaffirmed the importance of the Alliance.'\n"
                "  taiyaku --json match --min=60 --batch sentences.txt\n",
    .mode = TY_COMMAND_READS,
    .shared = "ste",
    .nothing = N_("no match"),
    .options = options,
    .settings_size = sizeof(settings),
    .usual = &usual,
    .run = match,
};
