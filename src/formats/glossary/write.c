/* SPDX-License-Identifier: Apache-2.0 */
/* Glossaries out: the life of a writer. */
#include <stdlib.h>

#include "formats/glossary/write.h"

static void keep_glossary(ty_glossary_writer *writer, const ty_glossary *glossary)
{
    ty_arena *arena = &writer->arena;
    writer->glossary = (ty_glossary){.format = glossary->format,
                                     .version = ty_arena_copy(arena, glossary->version),
                                     .source_lang = ty_arena_copy(arena, glossary->source_lang),
                                     .target_lang = ty_arena_copy(arena, glossary->target_lang)};
    ty_infos infos = {ty_arena_array(arena, glossary->infos.count, sizeof *infos.items), 0};
    for (size_t i = 0; i < glossary->infos.count && infos.items; i++) {
        ty_attribute *type = ty_arena_alloc(arena, sizeof *type);
        if (!type)
            break;
        *type = (ty_attribute){
            TY_SLICE("type"),
            ty_arena_copy(arena, ty_attribute_find(glossary->infos.items[i].attributes, "type"))};
        infos.items[infos.count++] = (ty_info){.kind = glossary->infos.items[i].kind,
                                               .attributes = {type, 1},
                                               .text = ty_arena_copy(arena, glossary->infos.items[i].text)};
    }
    writer->glossary.infos = infos;
}

/* The sides: as asked for, else as the glossary says, else as the first concept has them. */
static void find_sides(ty_glossary_writer *writer, const ty_concept *concept)
{
    if (!writer->source_lang.size && concept->term_count)
        writer->source_lang = ty_arena_copy(&writer->arena, concept->terms[0].lang);
    for (size_t i = 0; i < concept->term_count && !writer->target_lang.size; i++)
        if (!ty_slice_equal(concept->terms[i].lang, writer->source_lang))
            writer->target_lang = ty_arena_copy(&writer->arena, concept->terms[i].lang);
}

static ty_slice choose(ty_glossary_writer *writer, ty_slice asked, ty_slice said)
{
    return ty_arena_copy(&writer->arena, asked.size ? asked : said);
}

ty_status ty_glossary_writer_open(ty_output *output, const ty_glossary_write_options *options,
                                  const ty_glossary *glossary, ty_glossary_writer **out, ty_error *error)
{
    *out = NULL;
    ty_format format = options->format;
    if (format != TY_FORMAT_TBX && format != TY_FORMAT_UTX && format != TY_FORMAT_TSV &&
        format != TY_FORMAT_XLSX && format != TY_FORMAT_OMEGAT)
        return ty_error_set(error, TY_ERR_USAGE, "glossaries are written as tbx, utx, tsv, xlsx or omegat");
    ty_glossary_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return ty_error_nomem(error);
    ty_slice empty = {"", 0};
    writer->output = output;
    writer->options = *options;
    keep_glossary(writer, glossary
                              ? glossary
                              : &(ty_glossary){.version = empty, .source_lang = empty, .target_lang = empty});
    writer->source_lang = choose(writer, options->source_lang, writer->glossary.source_lang);
    writer->target_lang = choose(writer, options->target_lang, writer->glossary.target_lang);
    if (format == TY_FORMAT_TBX)
        ty_tbx_begin(writer);
    if (format == TY_FORMAT_OMEGAT)
        ty_omegat_begin(writer);
    *out = writer;
    return TY_OK;
}

ty_status ty_glossary_writer_concept(ty_glossary_writer *writer, const ty_concept *concept, ty_error *error)
{
    writer->concepts++;
    switch (writer->options.format) {
    case TY_FORMAT_TBX: ty_tbx_concept(writer, concept); break;
    case TY_FORMAT_OMEGAT:
        find_sides(writer, concept);
        ty_omegat_concept(writer, concept);
        break;
    default: find_sides(writer, concept); ty_glossary_rows_concept(writer, concept);
    }
    glossary_flush(writer, false);
    return writer->failed || writer->arena.failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_glossary_writer_close(ty_glossary_writer *writer, uint64_t *left_out, uint64_t *comments,
                                   ty_error *error)
{
    if (!writer)
        return TY_OK;
    ty_status status = TY_OK;
    if (writer->options.format == TY_FORMAT_TBX)
        ty_tbx_end(writer);
    else if (writer->options.format != TY_FORMAT_OMEGAT)
        status = ty_glossary_rows_end(writer, error);
    glossary_flush(writer, true);
    bool failed = writer->failed || writer->arena.failed;
    if (left_out)
        *left_out = writer->left_out;
    if (comments)
        *comments = writer->comments;
    for (size_t i = 0; i < writer->rows.count; i++)
        ty_vector_release(&writer->rows.items[i]);
    ty_vector_release(&writer->rows);
    ty_strings_release(&writer->columns);
    ty_strings_release(&writer->ids);
    ty_strings_release(&writer->term_ids);
    ty_vector_release(&writer->further);
    ty_buffer_release(&writer->text);
    ty_arena_release(&writer->arena);
    free(writer);
    return failed ? ty_error_nomem(error) : status;
}
