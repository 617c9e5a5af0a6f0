/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of findings, which of them are asked for, and how one is told: with its id, unless it is
 * accepted. */
#include <stdio.h>

#include "ops/quality/quality.h"

const char *const *ty_quality_kinds(void)
{
    static const char *const kinds[] = {"untranslated",
                                        "same",
                                        "inconsistent-target",
                                        "inconsistent-source",
                                        "terms",
                                        "numbers",
                                        "codes",
                                        "names",
                                        "address",
                                        "doubled-word",
                                        "doubled-punctuation",
                                        "brackets",
                                        "blanks",
                                        "width",
                                        "end",
                                        NULL};
    return kinds;
}

/* ------------------------------------------------------------------------------------------ kinds */

static bool is_listed(const char *list, ty_slice kind)
{
    ty_slice rest = ty_slice_of(list), one;
    while (rest.size && ty_slice_next(&rest, ',', &one))
        if (ty_slice_equal(ty_slice_trim(one), kind))
            return true;
    return false;
}

static ty_status check_list(const char *list, ty_error *error)
{
    ty_slice rest = ty_slice_of(list), one;
    while (rest.size && ty_slice_next(&rest, ',', &one)) {
        const char *const *kind = ty_quality_kinds();
        while (*kind && !ty_slice_equal(ty_slice_trim(one), ty_slice_of(*kind)))
            kind++;
        if (!*kind)
            return ty_error_set(error, TY_ERR_USAGE, "there is no check \"%.*s\"", TY_SLICE_FORMAT(one));
    }
    return TY_OK;
}

ty_status ty_quality_check_kinds(const ty_quality_settings *settings, ty_error *error)
{
    ty_status status = check_list(settings->only, error);
    return status == TY_OK ? check_list(settings->except, error) : status;
}

bool ty_quality_wants(const ty_quality_job *job, const char *kind)
{
    ty_slice wanted = ty_slice_of(kind);
    return (!job->settings->only || is_listed(job->settings->only, wanted)) &&
           !is_listed(job->settings->except, wanted);
}

/* ------------------------------------------------------------------------------------------ telling */

static void make_id(ty_quality_job *job, const ty_fault *fault, char id[17])
{
    const ty_slice about[] = {fault->source, fault->target, fault->note};
    ty_buffer_clear(&job->digest);
    ty_buffer_add_format(&job->digest, "%s:%d:%zu:%zu", fault->kind, fault->in_target, fault->start,
                         fault->end);
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        ty_buffer_add_format(&job->digest, ":%zu:", about[i].size);
        ty_buffer_add(&job->digest, about[i]);
    }
    snprintf(id, 17, "%016llx", (unsigned long long)ty_hash(ty_buffer_slice(&job->digest), 0));
}

ty_status ty_quality_tell(ty_quality_job *job, const ty_quality_pair *pair, const char *kind, bool in_target,
                          size_t start, size_t end, ty_slice note)
{
    char id[17];
    ty_fault fault = {.kind = kind,
                      .file = job->file,
                      .line = pair->line,
                      .unit = pair->unit,
                      .place = pair->place,
                      .origin = pair->origin,
                      .in_target = in_target,
                      .start = start,
                      .end = end,
                      .source = pair->source,
                      .target = pair->target,
                      .note = note,
                      .id = id,
                      .fault = ""};
    make_id(job, &fault, id);
    if (job->digest.failed)
        return TY_ERR_NOMEM;
    ty_status status = job->memory ? ty_store_is_accepted(job->memory->store, ty_slice_of(id), NULL) : TY_NO;
    fault.accepted = status == TY_OK;
    if (status != TY_OK && status != TY_NO)
        return status;
    if (fault.accepted && !job->settings->accepted)
        return TY_OK;
    job->told += !fault.accepted;
    return job->each(job->payload, &fault);
}
