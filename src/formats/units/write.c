/* SPDX-License-Identifier: Apache-2.0 */
/* Units to a file of any format: a row a format, and what is the same for all. */
#include "formats/units/units.h"

#include <stdlib.h>

struct ty_unit_writer {
    const struct unit_format *format;
    struct unit_writing writing;
    ty_unit_write_options options;
    char langs[2][16]; /* of pairs, where nobody said: the first unit's */
    ty_arena arena;    /* of one unit */
};

/* ------------------------------------------------------------------------------------------ TMX */

static ty_status open_tmx(struct unit_writing *writing, const ty_header *header, ty_error *error)
{
    return ty_tmx_writer_open(writing->output, writing->options->tmx, header, &writing->tmx, error);
}

static ty_status write_tmx(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    return ty_tmx_writer_unit(writing->tmx, unit->unit, error);
}

static ty_status close_tmx(struct unit_writing *writing, ty_error *error)
{
    ty_status status = writing->tmx ? ty_tmx_writer_close(writing->tmx, NULL, error) : TY_OK;
    writing->tmx = NULL;
    return status;
}

/* ------------------------------------------------------------------------------------------ XLIFF, PO */

static ty_status write_bilingual(struct unit_writing *writing, const ty_written_unit *unit, ty_format format,
                                 ty_error *error)
{
    const ty_variant *source = writing->source, *target = writing->target;
    ty_buffer_clear(&writing->line);
    if (!writing->bilingual)
        writing->bilingual = ty_bilingual_writer_new(format, source->lang, target->lang, &writing->line);
    if (!writing->bilingual)
        return ty_error_nomem(error);
    ty_bilingual_writer_unit(writing->bilingual,
                             &(ty_exported_unit){unit->unit, source, target, unit->confirmed});
    return ty_units_put_line(writing, error);
}

static ty_status write_xliff(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    return write_bilingual(writing, unit, TY_FORMAT_XLIFF, error);
}

static ty_status write_po(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error)
{
    return write_bilingual(writing, unit, TY_FORMAT_PO, error);
}

static ty_status close_bilingual(struct unit_writing *writing, ty_error *error)
{
    ty_buffer_clear(&writing->line);
    ty_bilingual_writer_end(writing->bilingual);
    writing->bilingual = NULL;
    return ty_units_put_line(writing, error);
}

/* ------------------------------------------------------------------------------------------ formats */

static const struct unit_format formats[] = {
    {"tmx", open_tmx, write_tmx, close_tmx, false},
    {"tsv", NULL, ty_units_write_tsv, NULL, true},
    {"csv", NULL, ty_units_write_csv, NULL, true},
    {"jsonl", NULL, ty_units_write_jsonl, NULL, false},
    {"xlsx", NULL, ty_units_write_sheet, ty_units_close_sheet, false},
    {"xliff", NULL, write_xliff, close_bilingual, true},
    {"po", NULL, write_po, close_bilingual, true},
};

static const struct unit_format *find_format(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i].name) == 0)
            return &formats[i];
    return NULL;
}

ty_status ty_units_put_line(struct unit_writing *writing, ty_error *error)
{
    ty_output_write(writing->output, ty_buffer_slice(&writing->line));
    writing->bytes += writing->line.size;
    return writing->line.failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ the writer */

ty_status ty_unit_writer_open(const char *format, ty_output *output, const ty_unit_write_options *options,
                              const ty_header *header, ty_unit_writer **out, ty_error *error)
{
    *out = NULL;
    const struct unit_format *found = find_format(format);
    if (!found)
        return ty_error_set(error, TY_ERR_USAGE,
                            "units are written as tmx, tsv, csv, jsonl, xlsx, xliff or po, not \"%s\"",
                            format);
    ty_unit_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return ty_error_nomem(error);
    writer->format = found;
    writer->options = *options;
    writer->writing = (struct unit_writing){.output = output, .options = &writer->options};
    ty_status status = found->open ? found->open(&writer->writing, header, error) : TY_OK;
    if (status == TY_OK)
        *out = writer;
    else
        (void)ty_unit_writer_close(writer, NULL); /* after a failure */
    return status;
}

/* All that is within the language, or, where nothing is, what stands for it. */
static bool stands_for(ty_slice lang, const ty_unit *unit, const ty_variant *variant)
{
    return ty_lang_is_within(lang, variant->lang) || ty_variant_in(unit, lang, NULL) == variant;
}

/* A pair asked for is a pair written: other languages of the unit stay at home. */
static ty_status take_pair(ty_unit_writer *writer, const ty_unit *unit, ty_unit *out, ty_error *error)
{
    ty_variant *kept = ty_arena_array(&writer->arena, unit->variant_count, sizeof *kept);
    *out = *unit;
    if (!kept)
        return ty_error_nomem(error);
    out->variants = kept;
    out->variant_count = 0;
    for (size_t i = 0; i < unit->variant_count; i++)
        if (stands_for(writer->options.source_lang, unit, &unit->variants[i]) ||
            stands_for(writer->options.target_lang, unit, &unit->variants[i]))
            kept[out->variant_count++] = unit->variants[i];
    return TY_OK;
}

static void settle_lang(ty_unit_writer *writer, size_t side, const ty_variant *variant, ty_slice *lang)
{
    char *own = writer->langs[side];
    if (!lang->size)
        *lang = ty_lang_primary(variant->lang, own);
}

/*
 * What has its columns for two languages takes no third one in under their names: where nobody says which
 * two, those of the first unit that has two.
 */
static bool choose_pair(ty_unit_writer *writer, const ty_unit *unit)
{
    struct unit_writing *writing = &writer->writing;
    ty_unit_write_options *options = &writer->options;
    writing->source = ty_variant_in(unit, options->source_lang, NULL);
    writing->target = writing->source ? ty_variant_in(unit, options->target_lang, writing->source) : NULL;
    writing->left_out += unit->variant_count - (writing->target ? 2 : 0);
    if (!writing->target)
        return false;
    settle_lang(writer, 0, writing->source, &options->source_lang);
    settle_lang(writer, 1, writing->target, &options->target_lang);
    return true;
}

ty_status ty_unit_writer_unit(ty_unit_writer *writer, const ty_written_unit *unit, ty_error *error)
{
    ty_written_unit shown = *unit;
    ty_unit pair;
    ty_status status = TY_OK;
    ty_arena_clear(&writer->arena);
    if (writer->format->pairs) {
        if (!choose_pair(writer, unit->unit))
            return TY_NO;
    } else if (writer->options.source_lang.size && writer->options.target_lang.size) {
        status = take_pair(writer, unit->unit, &pair, error);
        shown.unit = &pair;
    }
    if (status == TY_OK)
        status = writer->format->unit(&writer->writing, &shown, error);
    writer->writing.written += status == TY_OK;
    return status;
}

uint64_t ty_unit_writer_left_out(const ty_unit_writer *writer)
{
    return writer->writing.left_out;
}

uint64_t ty_unit_writer_size(const ty_unit_writer *writer)
{
    return writer->writing.tmx ? ty_tmx_writer_size(writer->writing.tmx) : writer->writing.bytes;
}

ty_status ty_unit_writer_close(ty_unit_writer *writer, ty_error *error)
{
    if (!writer)
        return TY_OK;
    ty_status status = writer->format->close ? writer->format->close(&writer->writing, error) : TY_OK;
    ty_buffer_release(&writer->writing.line);
    ty_arena_release(&writer->arena);
    free(writer);
    return status;
}
