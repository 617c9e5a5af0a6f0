#include "cli.h"

typedef struct settings {
    const char *format, *since, *origin, *version, *out_encoding;
    double min_confidence;
    long level;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, format, "format", 0, "NAME", "tmx (default), tsv, jsonl or omegat"),
    TY_TEXT(settings, since, "since", 0, "DATE", "only units created or changed on or after DATE"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "only units of origins that PATTERN (* and ?) fits"),
    TY_REAL(settings, min_confidence, "min-confidence", 0, "X", "only pairs aligned with at least X (0..1)"),
    TY_TEXT(settings, version, "tmx-version", 0, "V", "1.4 (default) or 1.1"),
    TY_INTEGER(settings, level, "level", 0, "N", "2 (default), or 1: without inline codes"),
    {0},
};

static ty_status export_memory(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    bool project = set->format && strcmp(set->format, "omegat") == 0;
    if (project && (count != 1 || run->common.output))
        return ty_error_set(error, TY_ERR_USAGE, "usage: taiyaku export --format=omegat [options] PROJECT");
    if (!project && count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "export takes no files; use -o FILE");
    const char *path = project ? words[0] : run->common.output;
    ty_export_settings how = {.format = set->format,
                              .path = path,
                              .source_lang = run->common.source,
                              .target_lang = run->common.target,
                              .since = set->since,
                              .origin = set->origin,
                              .min_confidence = set->min_confidence,
                              .tmx_version = set->version,
                              .level = (int)set->level,
                              .encoding = run->common.encoding};
    uint64_t written = 0;
    ty_status status = ty_memory_export(run->memory, &how, &written, error);
    if ((status == TY_OK || status == TY_NO) && path && !run->common.quiet)
        fprintf(stderr, "%llu units to %s\n", (unsigned long long)written, path);
    return status;
}

const ty_command ty_command_export = {
    .name = "export",
    .arguments = "[-s LANG] [-t LANG] [-o FILE] [options] | --format=omegat PROJECT",
    .summary = "Write the memory, or a part of it, as TMX or a table",
    .examples = "  taiyaku export -o memory.tmx\n"
                "  taiyaku export -s en -t ja --origin '2026-*' --min-confidence 0.8 -o releases.tmx\n"
                "  taiyaku export --format=omegat ~/omegat/press-releases\n",
    .mode = TY_COMMAND_READS | TY_COMMAND_OWN_OUTPUT,
    .options = options,
    .settings_size = sizeof(settings),
    .run = export_memory,
};
