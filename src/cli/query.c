/* SPDX-License-Identifier: Apache-2.0 */

#include "cli.h"

#include "base/sys.h"

ty_status ty_query(const char *word, ty_buffer *scratch, ty_slice *out, ty_error *error)
{
    *out = ty_slice_of(word);
    if (strcmp(word, "-") != 0)
        return ty_check_text(*out, error);
    ty_buffer_clear(scratch);
    ty_status status = ty_file_read("-", 0, scratch, error);
    *out = ty_slice_trim(ty_buffer_slice(scratch));
    return status == TY_OK ? ty_check_text(*out, error) : status;
}

bool ty_no_dictionary(const char *name)
{
    return name && strcmp(name, "none") == 0;
}

const ty_source *ty_named_dictionary(const ty_source *table)
{
    bool named = table->path && strcmp(table->path, "auto") != 0 && !ty_no_dictionary(table->path);
    return named ? table : NULL;
}

ty_status ty_align_as_told(const ty_run *run, const ty_align_words *said, ty_align_how *out, ty_error *error)
{
    *out = (ty_align_how){.table = {.path = said->dictionary},
                          .anchors = {.path = said->anchors},
                          .srx = {.path = said->srx},
                          .reading = {.encoding = run->common.encoding, .segmented = said->segmented}};
    out->reading.srx = said->srx ? &out->srx : NULL;
    out->bitext = (ty_bitext_settings){.source_lang = run->common.source,
                                       .target_lang = run->common.target,
                                       .text = &out->reading,
                                       .dictionary = ty_named_dictionary(&out->table),
                                       .no_dictionary = ty_no_dictionary(said->dictionary),
                                       .anchors = said->anchors ? &out->anchors : NULL,
                                       .force = said->force,
                                       .source_encoding = said->source_encoding,
                                       .target_encoding = said->target_encoding};
    return ty_named_paragraphs(said->paragraphs, &out->reading.paragraphs, error);
}

ty_status ty_helping_memory(const ty_run *run, ty_memory **out, ty_error *error)
{
    ty_error own = {0};
    const char *named = run->common.memory;
    *out = NULL;
    if (named && !ty_path_is_address(named) && !ty_sys_exists(named))
        return TY_OK;
    ty_status status = ty_memory_open(named, TY_MEMORY_READ, &run->listener, out, &own);
    if (status == TY_ERR_NOMEM)
        return ty_error_nomem(error);
    if (status != TY_OK && named)
        ty_warn(&run->listener, named, 0, 0, "no-help", "the memory does not help: %s", own.message);
    return TY_OK;
}
