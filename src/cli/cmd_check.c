/* SPDX-License-Identifier: Apache-2.0 */
#include "cli.h"

typedef struct settings {
    const char *only, *except, *origin, *organisation, *format, *accept;
    bool all, accept_all;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, only, "only", 0, "KINDS",
            "untranslated, same, inconsistent-target, inconsistent-source, terms, numbers, codes, names, "
            "address, doubled-word, doubled-punctuation, brackets, blanks, width, end"),
    TY_TEXT(settings, except, "except", 0, "KINDS", "all but these"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "units of the memory instead of files"),
    TY_TEXT(settings, organisation, "organisation", 0, "NAME", "whose terms are to be used: DoD, JASDF, ..."),
    TY_TEXT(settings, format, "format", 0, "NAME", "text (default), json, html (a page), or xlsx"),
    TY_FLAG(settings, all, "all", 'a', "accepted findings, too"),
    TY_TEXT(settings, accept, "accept", 0, "IDS", "let these findings stand from now on"),
    TY_FLAG(settings, accept_all, "accept-all", 0, "let all findings stand"),
    {0},
};

typedef struct checking {
    ty_run *run;
    const settings *set;
    ty_quality_settings how;
    ty_fault_file *file; /* NULL: findings are said as they come */
    uint64_t count;
    ty_error *error;
} checking;

static ty_status on_fault(void *payload, const ty_fault *fault)
{
    checking *c = payload;
    c->count += !fault->accepted;
    if (c->file)
        return ty_fault_file_add(c->file, fault, c->error);
    ty_present_fault(ty_say(c->run), fault);
    ty_said(c->run);
    return TY_OK;
}

/* The usual memory need not be there: then there are no terms, and nothing was accepted. */
static ty_status open_memory(checking *c, ty_error *error)
{
    ty_run *run = c->run;
    bool accepts = c->set->accept || c->set->accept_all,
         needed = accepts || c->set->origin || run->common.memory;
    ty_error missing = {0};
    ty_status status = ty_memory_open(run->common.memory, accepts ? TY_MEMORY_WRITE : TY_MEMORY_READ,
                                      &run->listener, &run->memory, needed ? error : &missing);
    c->how.memory = run->memory;
    bool absent = !needed && missing.rule && strcmp(missing.rule, "no-memory") == 0;
    if (!absent && status != TY_OK && !needed)
        *error = missing;
    return absent ? TY_OK : status;
}

static ty_status check_one(checking *c, const ty_source *source, ty_error *error)
{
    const settings *set = c->set;
    if (set->accept || set->accept_all)
        return ty_memory_quality_accept(c->run->memory, source, &c->how, set->accept_all ? NULL : set->accept,
                                        ty_user(), on_fault, c, error);
    return source ? ty_quality_check(source, &c->how, &c->run->listener, on_fault, c, error)
                  : ty_memory_quality(c->run->memory, &c->how, on_fault, c, error);
}

static ty_status ignore(void *payload, const ty_origin_info *origin)
{
    (void)payload;
    (void)origin;
    return TY_OK;
}

/* A name that fits nothing would pass for faultless. */
static ty_status check_origin(checking *c, ty_error *error)
{
    ty_status status = ty_memory_origins(c->run->memory, c->set->origin, ignore, NULL, error);
    if (status == TY_NO)
        return ty_error_set(error, TY_NO, "there is no origin \"%s\"", c->set->origin);
    return status == TY_OK ? check_one(c, NULL, error) : status;
}

static ty_status check_all(checking *c, char **words, int count, ty_error *error)
{
    ty_status result = c->set->origin ? check_origin(c, error) : TY_OK;
    for (int i = 0; i < count && (result == TY_OK || result == TY_NO); i++) {
        ty_status status = check_one(c, &(ty_source){.path = words[i]}, error);
        result = status == TY_OK ? result : status;
    }
    return result;
}

static ty_status begin(checking *c, ty_error *error)
{
    const char *format = c->set->format;
    if (!format || strcmp(format, "text") == 0)
        return TY_OK;
    if (strcmp(format, "json") == 0)
        c->run->common.json = true;
    else if (strcmp(format, "html") == 0 || strcmp(format, "xlsx") == 0)
        return ty_fault_file_open(format, &c->file, error);
    else
        return ty_error_set(error, TY_ERR_USAGE, "--format is text, json, html or xlsx, not \"%s\"", format);
    return TY_OK;
}

static ty_status end(checking *c, ty_status result, ty_error *error)
{
    bool done = result == TY_OK || (result == TY_NO && !error->message[0]);
    ty_sink sink = {.path = c->run->common.output};
    ty_status closed = ty_fault_file_close(c->file, done ? &sink : NULL, error);
    if (done && closed == TY_OK) {
        ty_present_checked(ty_say(c->run), c->count);
        ty_said_aside(c->run);
    }
    return done && closed != TY_OK ? closed : result;
}

static ty_status check(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    if ((count == 0) == !set->origin || (set->accept && set->accept_all))
        return ty_usage(&ty_command_check, error);
    checking c = {.run = run,
                  .set = set,
                  .how = {.size = sizeof c.how,
                          .only = set->only,
                          .except = set->except,
                          .source_lang = run->common.source,
                          .target_lang = run->common.target,
                          .encoding = run->common.encoding,
                          .organisation = set->organisation,
                          .accepted = set->all,
                          .origin = set->origin},
                  .error = error};
    ty_status result = begin(&c, error);
    if (result == TY_OK)
        result = open_memory(&c, error);
    if (result == TY_OK && !c.file)
        result = ty_output_open(run->common.output, &run->output, error);
    if (result == TY_OK)
        result = check_all(&c, words, count, error);
    return end(&c, result, error);
}

const ty_command ty_command_check = {
    .name = "check",
    .arguments = "[-s LANG] [-t LANG] [options] FILE... | --origin PATTERN",
    .summary = N_("Check translations: what is missing, inconsistent, or not as in the original"),
    .examples = "  taiyaku check statement.xlf ja.po\n"
                "  taiyaku check --origin 'mod-*' --only terms,numbers\n"
                "  taiyaku check --format=xlsx -o findings.xlsx statement.xlf\n",
    .mode = TY_COMMAND_PLAIN | TY_COMMAND_OWN_OUTPUT,
    .shared = "ste",
    .options = options,
    .settings_size = sizeof(settings),
    .run = check,
};
