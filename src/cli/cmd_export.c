/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    const char *format, *since, *origin, *agency, *version, *encoding, *status, *lang_map, *split;
    double min_confidence;
    long level;
    bool gzip, each_origin, for_spreadsheet, history;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, format, "format", 0, "NAME",
            "tmx (default), tsv, csv, jsonl, xlsx, xliff, po or omegat"),
    TY_TEXT(settings, since, "since", 0, "DATE", "only units created or changed on or after DATE"),
    TY_TEXT(settings, origin, "origin", 0, "PATTERN", "only units of origins that PATTERN (* and ?) fits"),
    TY_TEXT(settings, agency, "agency", 0, "PATTERN",
            "only units of releases of an agency that PATTERN fits"),
    TY_REAL(settings, min_confidence, "min-confidence", 0, "X", "only pairs aligned with at least X (0..1)"),
    TY_TEXT(settings, version, "tmx-version", 0, "V", "1.4 (default) or 1.1"),
    TY_TEXT(settings, encoding, "encoding", 0, "NAME",
            "of tmx, encoding of the output: UTF-8 (default) or UTF-16"),
    TY_INTEGER(settings, level, "level", 0, "N", "2 (default), or 1: without inline codes"),
    TY_TEXT(settings, status, "status", 0, "NAME",
            "only units of this trust: confirmed, unconfirmed, doubtful, or all"),
    TY_TEXT(settings, lang_map, "lang-map", 0, "MAP", "write languages otherwise: en=en-US,ja=ja-JP"),
    TY_TEXT(settings, split, "split", 0, "SIZE", "begin a new file, NAME-2.tmx, after SIZE bytes (k, M, G)"),
    TY_FLAG(settings, each_origin, "each-origin", 0, "a TMX an origin, into the folder given with -o"),
    TY_FLAG(settings, for_spreadsheet, "for-spreadsheet", 0,
            "of tsv: as csv has it, so that no cell is a formula"),
    TY_FLAG(settings, history, "history", 0, "of tmx, all of it: also what people did, and who"),
    TY_FLAG(settings, gzip, "gzip", 0, "compress; also where FILE ends in .gz"),
    {0},
};

/* "500k", "20M", "1G" or plain bytes. */
static ty_status read_size(const char *text, uint64_t *out, ty_error *error)
{
    static const char units[] = "kMG";
    char *end = NULL;
    unsigned long long value = text ? strtoull(text, &end, 10) : 0;
    const char *unit = text && *end ? strchr(units, *end) : NULL;
    *out = value;
    if (!text)
        return TY_OK;
    if (end == text || value == 0 || value > 1u << 30 || (*end && (!unit || end[1])))
        return ty_error_set(error, TY_ERR_USAGE, "--split is a size such as 500k or 20M, not \"%s\"", text);
    for (const char *step = units; unit && step <= unit; step++)
        *out *= 1024;
    return TY_OK;
}

static ty_status find_trust(const char *name, ty_trust *out, ty_error *error)
{
    if (ty_present_trust_of(ty_slice_of(name ? name : "all"), out))
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE,
                        "--status is confirmed, unconfirmed, doubtful or all, not \"%s\"", name);
}

static ty_status check(const settings *set, ty_error *error)
{
    if (!(set->min_confidence >= 0 && set->min_confidence <= 1))
        return ty_error_set(error, TY_ERR_USAGE, "--min-confidence is 0 to 1");
    return ty_check_moment("since", set->since, error);
}

static bool is_any(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (ty_slice_equal_nocase(ty_slice_of(name), ty_slice_of(*names)))
            return true;
    return false;
}

static ty_status tmx_form(const ty_run *run, const settings *set, ty_export_settings *how, ty_error *error)
{
    static const char *const utf16[] = {"UTF-16", "UTF-16LE", NULL}, *const utf8[] = {"UTF-8", NULL};
    const char *version = set->version ? set->version : "1.4";
    const char *before = run->common.encoding; /* taiyaku --encoding NAME export */
    const char *encoding = set->encoding ? set->encoding : before ? before : "UTF-8";
    how->tmx_1_1 = strcmp(version, "1.1") == 0;
    how->utf16 = is_any(encoding, utf16);
    if (!how->tmx_1_1 && strcmp(version, "1.4") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "TMX is written as 1.4 or 1.1, not \"%s\"", version);
    if (!how->utf16 && !is_any(encoding, utf8))
        return ty_error_set(error, TY_ERR_USAGE, "TMX is written in UTF-8 or UTF-16, not \"%s\"", encoding);
    return TY_OK;
}

static ty_status export_memory(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    bool project = set->format && strcmp(set->format, "omegat") == 0;
    if (project && count + (run->common.output != NULL) != 1)
        return ty_error_set(error, TY_ERR_USAGE, "usage: taiyaku export --format=omegat [options] PROJECT");
    if (set->each_origin && !run->common.output)
        return ty_error_set(error, TY_ERR_USAGE, "into which folder? Give -o FOLDER");
    if (!project && count != 0)
        return ty_error_set(error, TY_ERR_USAGE, "export takes no files; use -o FILE");
    const char *path = count ? words[0] : run->common.output; /* a project may be either */
    ty_export_settings how = {.format = set->format,
                              .folder = path,
                              .source_lang = run->common.source,
                              .target_lang = run->common.target,
                              .since = set->since,
                              .origin = set->origin,
                              .agency = set->agency,
                              .min_confidence = set->min_confidence,
                              .level = (int)set->level};
    uint64_t written = 0;
    how.lang_map = set->lang_map;
    how.gzip = set->gzip;
    how.history = set->history;
    how.for_spreadsheet = set->for_spreadsheet;
    how.each_origin = set->each_origin;
    ty_status status = ty_check_binary(run, set->format, error);
    if (status == TY_OK)
        status = check(set, error);
    if (status == TY_OK)
        status = find_trust(set->status, &how.trust, error);
    if (status == TY_OK)
        status = read_size(set->split, &how.split, error);
    if (status == TY_OK)
        status = tmx_form(run, set, &how, error);
    if (status == TY_OK)
        status = ty_memory_export(run->memory, &how, &(ty_sink){.path = path}, &written, error);
    if ((status == TY_OK || status == TY_NO) && path && strcmp(path, "-") != 0) {
        ty_present_written(ty_say(run), N_("units"), written, path);
        ty_said_aside(run);
    }
    return status;
}

const ty_command ty_command_export = {
    .name = "export",
    .arguments = "[-s LANG] [-t LANG] [-o FILE] [options] | --format=omegat PROJECT",
    .summary = N_("Write the memory, or a part of it, as TMX or a table"),
    .examples = "  taiyaku export -o memory.tmx\n"
                "  taiyaku export -s en -t ja --origin '2026-*' --min-confidence 0.8 -o releases.tmx\n"
                "  taiyaku export --format=omegat ~/omegat/press-releases\n",
    .mode = TY_COMMAND_READS | TY_COMMAND_OWN_OUTPUT,
    .shared = "st",
    .nothing = N_("nothing of what was asked for is in the memory"),
    .options = options,
    .settings_size = sizeof(settings),
    .run = export_memory,
};
