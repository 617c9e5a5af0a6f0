/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of findings, which of them are asked for, and how one is told: with its id, unless it is
 * accepted. */
#include <stdio.h>

#include "ops/quality/quality.h"

const char *ty_fault_kind_name(ty_fault_kind kind)
{
    static const char *const names[TY_FAULT_KINDS] = {
        [TY_FAULT_UNTRANSLATED] = "untranslated",
        [TY_FAULT_SAME] = "same",
        [TY_FAULT_INCONSISTENT_TARGET] = "inconsistent-target",
        [TY_FAULT_INCONSISTENT_SOURCE] = "inconsistent-source",
        [TY_FAULT_TERMS] = "terms",
        [TY_FAULT_NUMBERS] = "numbers",
        [TY_FAULT_CODES] = "codes",
        [TY_FAULT_NAMES] = "names",
        [TY_FAULT_ADDRESS] = "address",
        [TY_FAULT_DOUBLED_WORD] = "doubled-word",
        [TY_FAULT_DOUBLED_PUNCTUATION] = "doubled-punctuation",
        [TY_FAULT_BRACKETS] = "brackets",
        [TY_FAULT_BLANKS] = "blanks",
        [TY_FAULT_WIDTH] = "width",
        [TY_FAULT_END] = "end",
    };
    return (unsigned)kind < TY_FAULT_KINDS ? names[kind] : "";
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
        int kind = 0;
        while (kind < TY_FAULT_KINDS &&
               !ty_slice_equal(ty_slice_trim(one), ty_slice_of(ty_fault_kind_name((ty_fault_kind)kind))))
            kind++;
        if (kind == TY_FAULT_KINDS)
            return ty_error_set(error, TY_ERR_USAGE, "there is no check \"%.*s\"", TY_SLICE_FORMAT(one));
    }
    return TY_OK;
}

ty_status ty_quality_check_kinds(const ty_quality_settings *settings, ty_error *error)
{
    ty_status status = check_list(settings->only, error);
    return status == TY_OK ? check_list(settings->except, error) : status;
}

bool ty_quality_wants(const ty_quality_job *job, ty_fault_kind kind)
{
    ty_slice wanted = ty_slice_of(ty_fault_kind_name(kind));
    return (!job->settings->only || is_listed(job->settings->only, wanted)) &&
           !is_listed(job->settings->except, wanted);
}

/* ------------------------------------------------------------------------------------------ telling */

static void make_id(ty_quality_job *job, const ty_fault *fault, char id[17])
{
    const ty_slice about[] = {fault->source, fault->target, fault->note};
    ty_buffer_clear(&job->digest);
    ty_buffer_add_format(&job->digest, "%s:%d:%zu:%zu", ty_fault_kind_name(fault->kind), fault->in_target,
                         fault->start, fault->end);
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        ty_buffer_add_format(&job->digest, ":%zu:", about[i].size);
        ty_buffer_add(&job->digest, about[i]);
    }
    snprintf(id, 17, "%016llx", (unsigned long long)ty_hash(ty_buffer_slice(&job->digest), 0));
}

ty_status ty_quality_tell(ty_quality_job *job, const ty_quality_pair *pair, ty_fault_kind kind,
                          bool in_target, size_t start, size_t end, ty_slice note)
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
