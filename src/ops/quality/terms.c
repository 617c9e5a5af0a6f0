/* SPDX-License-Identifier: Apache-2.0 */
/* Terms and numbers of a pair, by the one check that there is of them (ops/terms/check.h). */
#include "ops/quality/quality.h"

static ty_status on_finding(void *payload, const ty_check *found)
{
    ty_quality_job *job = payload;
    bool number = strcmp(found->fault, "number") == 0;
    ty_fault fault = {.kind = number ? TY_FAULT_NUMBERS : TY_FAULT_TERMS,
                      .file = job->file,
                      .unit = found->unit,
                      .origin = found->origin,
                      .in_target = found->in_target,
                      .start = found->start,
                      .end = found->end,
                      .source = found->source,
                      .target = found->target,
                      .note = found->note,
                      .id = found->id,
                      .fault = found->fault,
                      .better = found->better,
                      .accepted = found->accepted};
    if (!ty_quality_wants(job, fault.kind))
        return TY_OK;
    if (job->pair) {
        fault.line = job->pair->line;
        fault.place = job->pair->place;
    }
    job->told += !found->accepted;
    return job->each(job->payload, &fault);
}

ty_status ty_quality_open_terms(ty_quality_job *job, ty_error *error)
{
    job->checking = (ty_checking){.memory = job->memory,
                                  .organisation = job->settings->organisation,
                                  .accepted = job->settings->accepted,
                                  .each = on_finding,
                                  .payload = job};
    if (!ty_quality_wants(job, TY_FAULT_TERMS) && !ty_quality_wants(job, TY_FAULT_NUMBERS))
        return TY_OK;
    if (job->memory)
        return ty_memory_terms_open(job->memory, &job->checking.index, error);
    ty_status status = ty_term_index_new(&job->no_terms, error);
    if (status == TY_OK)
        status = ty_term_index_build(job->no_terms, error);
    job->checking.index = job->no_terms;
    return status;
}

/* What is one unit's of the memory is compared with how others have it; a file has no place to come back to.
 */
ty_status ty_quality_check_terms(ty_quality_job *job, const ty_quality_pair *pair, ty_error *error)
{
    if (!job->checking.index)
        return TY_OK;
    ty_check found = {
        .source = pair->source, .target = pair->target, .unit = pair->unit, .origin = pair->origin};
    job->pair = pair;
    job->checking.source_lang = pair->source_lang;
    job->checking.target_lang = pair->target_lang;
    ty_status status =
        ty_checking_pair(&job->checking, &found, pair->origin, pair->unit ? pair->unit : -1, error);
    job->pair = NULL;
    return status;
}

ty_status ty_quality_end_terms(ty_quality_job *job, ty_error *error)
{
    return job->checking.index && job->memory ? ty_renderings_tell(&job->checking, error) : TY_OK;
}

void ty_quality_close_terms(ty_quality_job *job)
{
    if (job->no_terms)
        job->checking.index = NULL;
    ty_checking_release(&job->checking);
    ty_term_index_free(job->no_terms);
}
