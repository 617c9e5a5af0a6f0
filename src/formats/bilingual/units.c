/* SPDX-License-Identifier: Apache-2.0 */
/* What is translated in a bilingual file, as units. */
#include <stdio.h>

#include "formats/bilingual/bilingual.h"

struct unit_reader {
    const ty_table_options *options;
    const ty_unit_sink *sink;
    ty_read_counts *counts;
    uint64_t coded; /* units whose inline codes were left out */
};

static ty_status read_segment(struct unit_reader *reader, const ty_bilingual_segment *segment,
                              ty_error *error)
{
    ty_slice source = segment->source_lang, target = segment->target_lang;
    ty_variant variants[2] = {
        {.lang = source.size ? source : reader->options->source_lang, .text = ty_slice_trim(segment->source)},
        {.lang = target.size ? target : reader->options->target_lang,
         .text = ty_slice_trim(segment->target)}};
    ty_unit unit = {.variants = variants, .variant_count = 2, .line = segment->line};
    if (segment->state != TY_SEGMENT_TRANSLATED || ty_bilingual_is_blank(variants[0].text) ||
        ty_bilingual_is_blank(variants[1].text))
        return TY_OK;
    reader->coded += segment->codes > 0;
    reader->counts->read++;
    return reader->sink->unit(reader->sink->payload, &unit, error);
}

ty_status ty_bilingual_units(const ty_source *source, const ty_table_options *options,
                             const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                             ty_error *error)
{
    struct unit_reader reader = {.options = options, .sink = sink, .counts = counts};
    ty_bilingual *file;
    ty_status status = ty_bilingual_open(source, options->format, options->encoding, listener, &file, error);
    if (status == TY_OK && sink->header)
        status = sink->header(sink->payload, &(ty_header){0}, error);
    for (size_t i = 0; status == TY_OK && i < ty_bilingual_count(file); i++)
        status = read_segment(&reader, ty_bilingual_at(file, i), error);
    if (status == TY_OK && reader.coded) {
        ty_warn(listener, source->path, 0, 0, "inline-codes", "inline codes of %llu units are left out",
                (unsigned long long)reader.coded);
        counts->warnings++;
    }
    ty_bilingual_close(file);
    return status;
}
