/* What the termbase says of translations, and what translations have for the termbase. */
#include "cli.h"

typedef struct settings {
    long min, max;
} settings;

/* ------------------------------------------------------------------------------------------ check */

static void json_check(ty_run *run, const ty_check *found, ty_slice text)
{
    ty_json_begin(run);
    ty_json_text(run, "fault", ty_slice_of(found->fault));
    ty_json_text(run, "side", ty_slice_of(found->in_target ? "target" : "source"));
    ty_json_integer(run, "start", (int64_t)found->start);
    ty_json_integer(run, "end", (int64_t)found->end);
    ty_json_text(run, "text", text);
    if (found->better.size)
        ty_json_text(run, "better", found->better);
    ty_json_text(run, "source", found->source);
    ty_json_text(run, "target", found->target);
    if (found->unit) {
        ty_json_integer(run, "unit", found->unit);
        ty_json_text(run, "origin", found->origin);
    }
    ty_json_end(run);
}

static ty_status print_check(void *payload, const ty_check *found)
{
    ty_run *run = payload;
    ty_slice text = ty_slice_sub(found->in_target ? found->target : found->source, found->start, found->end);
    if (run->common.json) {
        json_check(run, found, text);
        return TY_OK;
    }
    ty_print(run, "%s\t", found->fault);
    ty_print_field(run, text);
    ty_print(run, "\t");
    ty_print_field(run, found->better);
    ty_print(run, "\t");
    ty_print_field(run, found->source);
    ty_print(run, "\t");
    ty_print_field(run, found->target);
    ty_print(run, "\n");
    return TY_OK;
}

static ty_status check(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    if (count != 0 && count != 2)
        return ty_usage(&ty_command_term_check, error);
    ty_bitext_settings how = {.source_lang = run->common.source,
                              .target_lang = run->common.target,
                              .text = {.encoding = run->common.encoding}};
    ty_bitext *bitext = NULL;
    ty_status status =
        count ? ty_bitext_open(words[0], words[1], &how, &run->listener, &bitext, error) : TY_OK;
    if (status == TY_OK)
        status = ty_memory_term_check(run->memory, bitext, run->common.source, run->common.target,
                                      print_check, run, error);
    ty_bitext_close(bitext);
    return status;
}

/* ------------------------------------------------------------------------------------------ extract */

static ty_status print_candidate(void *payload, const ty_term_pair *candidate)
{
    ty_run *run = payload;
    if (!run->common.json) {
        ty_print_field(run, candidate->source);
        ty_print(run, "\t");
        ty_print_field(run, candidate->target);
        ty_print(run, "\t%llu\t%llu\t%llu\n", (unsigned long long)candidate->count,
                 (unsigned long long)candidate->source_count, (unsigned long long)candidate->target_count);
        return TY_OK;
    }
    ty_json_begin(run);
    ty_json_text(run, "source", candidate->source);
    ty_json_text(run, "target", candidate->target);
    ty_json_integer(run, "count", (int64_t)candidate->count);
    ty_json_integer(run, "source_count", (int64_t)candidate->source_count);
    ty_json_integer(run, "target_count", (int64_t)candidate->target_count);
    ty_json_number(run, "score", candidate->score);
    ty_json_end(run);
    return TY_OK;
}

static ty_status extract(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *p = payload;
    (void)words;
    if (count != 0 || p->min < 0 || p->max < 0)
        return ty_usage(&ty_command_term_extract, error);
    return ty_memory_term_extract(run->memory, run->common.source, run->common.target, (size_t)p->min,
                                  (size_t)p->max, print_candidate, run, error);
}

/* ------------------------------------------------------------------------------------------ table */

static const ty_option extract_options[] = {
    TY_INTEGER(settings, min, "min", 0, "N", "pairs that must have both (default 2)"),
    TY_INTEGER(settings, max, "max", 0, "N", "candidates to print (default 100)"),
    {0},
};

const ty_command ty_command_term_check = {
    .name = "term check",
    .arguments = "[-s LANG] [-t LANG] [SOURCE TARGET]",
    .summary = "Translations that miss a term, use a wrong one, or have other numbers",
    .examples = "  taiyaku term check en.txt ja.txt\n"
                "  taiyaku --json term check -s ja -t en\n",
    .mode = TY_COMMAND_READS,
    .settings_size = sizeof(settings),
    .run = check,
};

const ty_command ty_command_term_extract = {
    .name = "term extract",
    .arguments = "[-s LANG] [-t LANG] [--min N] [--max N]",
    .summary = "Pairs of expressions in the memory that may be terms, but those it knows",
    .mode = TY_COMMAND_READS,
    .options = extract_options,
    .settings_size = sizeof(settings),
    .run = extract,
};
