/* SPDX-License-Identifier: Apache-2.0 */
/* Candidates for terms: shown, or some of them taken into the termbase. */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    const char *accept;
    long min, max;
} settings;

static ty_status print_candidate(void *payload, const ty_term_pair *candidate)
{
    ty_present_term_pair(ty_say_row(payload, ty_present_term_pairs_header), candidate);
    ty_said(payload);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ accepting */

typedef struct picking {
    const char *lines; /* "1-20,23" or "all" */
    size_t line;
    ty_strings texts; /* source and target of each that is taken */
    const char *langs[2];
} picking;

/* Is the line one of "1-20,23", or all? Sets *bad where the list is none. */
static bool is_picked(const char *lines, size_t line, bool *bad)
{
    bool found = strcmp(lines, "all") == 0;
    for (const char *at = lines; !found && *at && !*bad;) {
        char *end;
        unsigned long first = strtoul(at, &end, 10), last = first;
        *bad |= end == at;
        if (*end == '-') {
            at = end + 1;
            last = strtoul(at, &end, 10);
            *bad |= end == at;
        }
        found = line >= first && line <= last && !*bad;
        *bad |= *end && *end != ',';
        at = *end == ',' ? end + 1 : end;
    }
    return found;
}

static ty_status pick(void *payload, const ty_term_pair *candidate)
{
    picking *p = payload;
    bool bad = false;
    p->line++;
    if (!is_picked(p->lines, p->line, &bad))
        return TY_OK;
    ty_buffer both = {0};
    ty_buffer_add(&both, candidate->source);
    ty_buffer_add_char(&both, '\t');
    ty_buffer_add(&both, candidate->target);
    bool good = ty_strings_add(&p->texts, ty_buffer_slice(&both)) != TY_STRINGS_NONE;
    ty_buffer_release(&both);
    return good ? TY_OK : TY_ERR_NOMEM;
}

static ty_status add_picked(ty_run *run, const picking *p, ty_error *error)
{
    size_t count = p->texts.list.count;
    ty_counts counts = {0};
    ty_concept_info *concepts = calloc(count + 1, sizeof *concepts);
    ty_term_info *terms = calloc(2 * count + 1, sizeof *terms);
    ty_status status = concepts && terms ? TY_OK : ty_error_nomem(error);
    for (size_t i = 0; i < count && status == TY_OK; i++) {
        ty_slice rest = p->texts.list.items[i];
        for (int side = 0; side < 2; side++) {
            ty_term_info *term = &terms[2 * i + (size_t)side];
            *term = (ty_term_info){.lang = ty_slice_of(p->langs[side]), .status = TY_TERM_PROVISIONAL};
            ty_slice_next(&rest, '\t', &term->text);
        }
        concepts[i] = (ty_concept_info){.terms = &terms[2 * i], .term_count = 2};
    }
    if (status == TY_OK)
        status = ty_memory_concepts_add(run->memory, concepts, count, ty_user(), &counts, error);
    if (status == TY_OK)
        ty_say_counts(run, "candidates", &counts);
    free(concepts);
    free(terms);
    return status;
}

static ty_status accept(ty_run *run, const settings *set, ty_error *error)
{
    bool bad = false;
    picking p = {.lines = set->accept,
                 .langs = {run->common.source ? run->common.source : "en",
                           run->common.target ? run->common.target : "ja"}};
    is_picked(set->accept, 0, &bad);
    if (bad)
        return ty_error_set(error, TY_ERR_USAGE,
                            "--accept takes lines of the list, 1-20,23, or all, not \"%s\"", set->accept);
    ty_status status = ty_memory_term_extract(run->memory, run->common.source, run->common.target,
                                              (size_t)set->min, (size_t)set->max, pick, &p, error);
    if (status == TY_OK && !p.texts.list.count)
        status = ty_error_set(error, TY_NO, "there are only %zu candidates", p.line);
    if (status == TY_OK)
        status = ty_reopen_to_write(run, error);
    if (status == TY_OK)
        status = add_picked(run, &p, error);
    ty_strings_release(&p.texts);
    return status;
}

/* ------------------------------------------------------------------------------------------ command */

static ty_status extract(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    (void)words;
    if (count != 0)
        return ty_usage(&ty_command_term_extract, error);
    if (set->min < 1 || set->max < 1)
        return ty_error_set(error, TY_ERR_USAGE, "--min and --max are at least 1");
    if (set->accept)
        return accept(run, set, error);
    return ty_memory_term_extract(run->memory, run->common.source, run->common.target, (size_t)set->min,
                                  (size_t)set->max, print_candidate, run, error);
}

static const settings usual = {.min = 2, .max = 100};

static const ty_option options[] = {
    TY_INTEGER(settings, min, "min", 0, "N", "pairs that must have both (default 2)"),
    TY_INTEGER(settings, max, "max", 0, "N", "candidates to print (default 100)"),
    TY_TEXT(settings, accept, "accept", 0, "LINES",
            "take these of the list as provisional terms: 1-20,23 or all"),
    {0},
};

const ty_command ty_command_term_extract = {
    .name = "term extract",
    .arguments = "[-s LANG] [-t LANG] [--min N] [--max N] [--accept LINES]",
    .summary = N_("Pairs of expressions in the memory that may be terms, but those it knows"),
    .examples = "  taiyaku term extract | less\n"
                "  taiyaku term extract --accept 1-20,23\n",
    .mode = TY_COMMAND_READS | TY_COMMAND_LANGS,
    .shared = "st",
    .nothing = N_("no candidates"),
    .options = options,
    .settings_size = sizeof(settings),
    .usual = &usual,
    .run = extract,
};
