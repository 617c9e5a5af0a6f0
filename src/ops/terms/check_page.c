/* SPDX-License-Identifier: Apache-2.0 */
/* What a check found as a page to look at; formats has its looks. */
#include "ops/internal.h"

static ty_status on_finding(void *payload, const ty_check *found)
{
    return ty_checked_page_add(payload, found);
}

static ty_checked_page *new_page(const ty_bitext *bitext, const ty_check_settings *settings)
{
    const char *source = settings->source_lang, *target = settings->target_lang;
    return ty_checked_page_new(bitext ? bitext->source->lang : ty_slice_of(ty_lang_usual_source(source)),
                               bitext ? bitext->target->lang : ty_slice_of(ty_lang_usual_target(target)));
}

static ty_status write_page(ty_checked_page *page, const ty_memory *memory, const ty_bitext *bitext,
                            const ty_sink *sink, ty_error *error)
{
    ty_buffer html = {0};
    ty_checked_page_write(page, ty_path_base(bitext ? bitext->source->path : memory->path),
                          bitext ? ty_path_base(bitext->target->path) : (ty_slice){"", 0}, &html);
    ty_status status = ty_page_to_sink(&html, sink, error);
    ty_buffer_release(&html);
    return status;
}

ty_status ty_memory_term_check_page(ty_memory *memory, ty_bitext *bitext, const ty_check_settings *settings,
                                    const ty_sink *sink, ty_error *error)
{
    ty_check_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_checked_page *page = new_page(bitext, &own);
    if (!page)
        return ty_error_nomem(error);
    ty_status found = ty_memory_term_check(memory, bitext, settings, on_finding, page, error), status = found;
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    if (status == TY_OK || status == TY_NO)
        status = write_page(page, memory, bitext, sink, error);
    ty_checked_page_free(page);
    return status == TY_OK ? found : status;
}
