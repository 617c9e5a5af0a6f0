/* SPDX-License-Identifier: Apache-2.0 */

#include "base/sys.h"
#include "cli.h"
#include "worker/worker.h"

typedef struct settings {
    const char *dictionary;
    long seconds, megabytes;
} settings;

static const settings usual = {.seconds = 60, .megabytes = 1024};

static const ty_option options[] = {
    TY_TEXT(settings, dictionary, "dictionary", 0, "WHAT",
            "of align: auto, none, a table (source TAB target), a file like EDICT, a folder"),
    TY_INTEGER(settings, seconds, "seconds", 0, "N", "how long a record may take; 60 unless told"),
    TY_INTEGER(settings, megabytes, "megabytes", 0, "N", "memory that a record may take; 1024 unless told"),
    {0},
};

enum { RECORD_MAX = 64 << 20 };

static ty_status choose(const char *name, ty_worker_task *out, ty_error *error)
{
    static const char *const names[] = {[TY_WORKER_ALIGN] = "align",
                                        [TY_WORKER_SEGMENT] = "segment",
                                        [TY_WORKER_SCAN] = "scan",
                                        [TY_WORKER_MATCH] = "match"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *out = (ty_worker_task)i;
            return TY_OK;
        }
    return ty_error_set(error, TY_ERR_USAGE, "a worker does align, segment, scan or match, not \"%s\"", name);
}

static ty_status work(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    ty_source table = {.path = set->dictionary};
    ty_worker_settings how = {.memory = run->common.memory,
                              .source_lang = run->common.source ? run->common.source : run->common.lang,
                              .target_lang = run->common.target,
                              .dictionary = ty_named_dictionary(&table),
                              .no_dictionary = ty_no_dictionary(set->dictionary),
                              .seconds = (unsigned)set->seconds,
                              .megabytes = (uint64_t)set->megabytes,
                              .record_max = RECORD_MAX};
    if (count > 1)
        return ty_usage(&ty_command_worker, error);
    if (set->seconds < 1 || set->megabytes < 1)
        return ty_error_set(error, TY_ERR_USAGE, "a limit is above 0");
    ty_status status = choose(count ? words[0] : "align", &how.task, error);
    return status == TY_OK ? ty_worker_run(&how, TY_SYS_INPUT, run->output, error) : status;
}

const ty_command ty_command_worker = {
    .name = "worker",
    .arguments = "[align|segment|scan|match] [options]",
    .summary = N_("Answer records on standard input, a line of JSON each, for batch engines"),
    .examples = "  taiyaku worker <records.jsonl >answers.jsonl\n"
                "  parallel --pipe -N 100 --keep-order taiyaku worker align <records.jsonl\n",
    .mode = TY_COMMAND_PLAIN,
    .options = options,
    .settings_size = sizeof(settings),
    .usual = &usual,
    .run = work,
};
