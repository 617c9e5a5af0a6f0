/* SPDX-License-Identifier: Apache-2.0 */
/* What the termbase says of translations, and what translations have for the termbase. */
#include "cli.h"

typedef struct settings {
    const char *format, *only, *except, *organisation, *accept, *forget;
    bool all, accept_all, forget_all;
} settings;

/* ------------------------------------------------------------------------------------------ check */

static ty_status print_check(void *payload, const ty_check *found)
{
    ty_present_check(ty_say(payload), found);
    ty_said(payload);
    return TY_OK;
}

static ty_status print_findings(ty_run *run, ty_bitext *bitext, const ty_check_settings *how, ty_error *error)
{
    ty_status status = ty_output_open(run->common.output, &run->output, error);
    return status == TY_OK ? ty_memory_term_check(run->memory, bitext, how, print_check, run, error) : status;
}

/* What is to be remembered is written. */
static ty_status open_to_write(ty_run *run, ty_error *error)
{
    ty_status status = ty_reopen_to_write(run, error);
    return status == TY_OK ? ty_output_open(run->common.output, &run->output, error) : status;
}

static ty_status accept(ty_run *run, const settings *set, ty_bitext *bitext, const ty_check_settings *how,
                        ty_error *error)
{
    const char *ids = set->accept_all ? NULL : set->accept;
    ty_status status = open_to_write(run, error);
    return status == TY_OK
               ? ty_memory_term_accept(run->memory, bitext, how, ids, ty_user(), print_check, run, error)
               : status;
}

static ty_status forget(ty_run *run, const settings *set, ty_error *error)
{
    uint64_t count = 0;
    ty_status status = open_to_write(run, error);
    if (status == TY_OK)
        status = ty_memory_term_forget(run->memory, set->forget_all ? NULL : set->forget, &count, error);
    if (status == TY_OK) {
        ty_present_changed(ty_say(run), N_("forgotten"), NULL, (size_t)count);
        ty_said(run);
    }
    return status;
}

static ty_status check_texts(ty_run *run, const settings *set, ty_bitext *bitext, ty_error *error)
{
    ty_check_settings how = {.source_lang = run->common.source,
                             .target_lang = run->common.target,
                             .organisation = set->organisation,
                             .only = set->only,
                             .except = set->except,
                             .accepted = set->all};
    if (set->accept || set->accept_all)
        return accept(run, set, bitext, &how, error);
    if (set->format && strcmp(set->format, "html") == 0)
        return ty_memory_term_check_page(run->memory, bitext, &how, &(ty_sink){.path = run->common.output},
                                         error);
    return print_findings(run, bitext, &how, error);
}

static ty_status check_usage(ty_run *run, const settings *set, int count, ty_error *error)
{
    int jobs = (set->accept != NULL) + (set->forget != NULL) + set->accept_all + set->forget_all;
    if ((count != 0 && count != 2) || jobs > 1 || ((set->forget || set->forget_all) && count))
        return ty_usage(&ty_command_term_check, error);
    if (!set->format || strcmp(set->format, "html") == 0 || strcmp(set->format, "tsv") == 0)
        return TY_OK;
    if (strcmp(set->format, "json") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "--format is tsv, json or html, not \"%s\"", set->format);
    run->common.json = true;
    return TY_OK;
}

static ty_status check(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    ty_text_settings reading = {.encoding = run->common.encoding};
    ty_bitext_settings how = {
        .source_lang = run->common.source, .target_lang = run->common.target, .text = &reading};
    ty_bitext *bitext = NULL;
    ty_status status = check_usage(run, set, count, error);
    if (status == TY_OK && (set->forget || set->forget_all))
        return forget(run, set, error);
    if (status == TY_OK && count)
        status = ty_bitext_open(&(ty_source){.path = words[0]}, &(ty_source){.path = words[1]}, &how,
                                &run->listener, &bitext, error);
    if (status == TY_OK)
        status = check_texts(run, set, bitext, error);
    ty_bitext_close(bitext);
    return status;
}

/* ------------------------------------------------------------------------------------------ table */

static const ty_option check_options[] = {
    TY_TEXT(settings, format, "format", 0, "NAME", "tsv (default), json or html, a page to look at"),
    TY_TEXT(settings, only, "only", 0, "FAULTS",
            "missing, forbidden, non-standard, inconsistent, organisation, number"),
    TY_TEXT(settings, except, "except", 0, "FAULTS", "all but these"),
    TY_TEXT(settings, organisation, "organisation", 0, "NAME", "whose terms are to be used: DoD, JASDF, ..."),
    TY_FLAG(settings, all, "all", 'a', "accepted findings, too"),
    TY_TEXT(settings, accept, "accept", 0, "IDS", "let these findings stand from now on"),
    TY_FLAG(settings, accept_all, "accept-all", 0, "let all findings stand"),
    TY_TEXT(settings, forget, "forget", 0, "IDS", "tell these accepted findings again"),
    TY_FLAG(settings, forget_all, "forget-all", 0, "tell all accepted findings again"),
    {0},
};

const ty_command ty_command_term_check = {
    .name = "term check",
    .arguments = "[-s LANG] [-t LANG] [options] [SOURCE TARGET]",
    .summary = N_("Translations that miss a term, use a wrong one, or have other numbers"),
    .examples = "  taiyaku term check en.txt ja.txt\n"
                "  taiyaku term check --format=html -o check.html en.txt ja.txt\n"
                "  taiyaku term check --only forbidden,number en.txt ja.txt\n"
                "  taiyaku term check --accept 0123456789abcdef en.txt ja.txt\n"
                "  taiyaku --json term check -s ja -t en\n",
    .mode = TY_COMMAND_READS | TY_COMMAND_OWN_OUTPUT | TY_COMMAND_LANGS,
    .shared = "ste",
    .options = check_options,
    .settings_size = sizeof(settings),
    .run = check,
};
