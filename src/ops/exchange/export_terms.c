/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase as a glossary of any kind. */
#include "ops/internal.h"

static ty_status choose_format(const char *name, ty_glossary_write_options *out, ty_error *error)
{
    name = name ? name : "tbx";
    *out = (ty_glossary_write_options){.format = ty_format_named(name),
                                       .source_lang = ty_slice_of(ty_lang_usual_source(NULL)),
                                       .target_lang = ty_slice_of(ty_lang_usual_target(NULL))};
    switch (out->format) {
    case TY_FORMAT_TBX:
    case TY_FORMAT_UTX:
    case TY_FORMAT_TSV:
    case TY_FORMAT_OMEGAT: return TY_OK;
    default:
        return ty_error_set(error, TY_ERR_USAGE, "terms are written as tbx, utx, tsv or omegat, not \"%s\"",
                            name);
    }
}

static ty_status write_concepts(ty_store *store, ty_glossary_writer *writer, uint64_t *written,
                                ty_error *error)
{
    ty_concepts *concepts = NULL;
    ty_stored_concept concept;
    ty_status status = ty_concepts_open(store, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &concept, error)) == TY_OK) {
        status = ty_glossary_writer_concept(writer, &concept.concept, error);
        ++*written;
    }
    ty_concepts_close(concepts);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_memory_export_terms(ty_memory *memory, const char *format, const ty_sink *sink,
                                 uint64_t *out_count, ty_error *error)
{
    ty_output *output = NULL;
    ty_glossary_writer *writer = NULL;
    ty_glossary_write_options options;
    *out_count = 0;
    ty_status status = choose_format(format, &options, error);
    if (status != TY_OK || (status = ty_memory_enter(&memory, error)) != TY_OK)
        return status;
    if (status == TY_OK)
        status = ty_output_open_sink(sink, &output, error);
    if (status == TY_OK)
        status = ty_glossary_writer_open(output, &options, NULL, &writer, error);
    if (status == TY_OK)
        status = write_concepts(memory->store, writer, out_count, error);
    if (writer) {
        ty_status closed = ty_glossary_writer_close(writer, error);
        status = status == TY_OK ? closed : status;
    }
    if (status == TY_OK)
        status = ty_output_commit(output, error);
    else
        ty_output_discard(output);
    ty_memory_leave(memory);
    return status == TY_OK && *out_count == 0 ? TY_NO : status;
}
