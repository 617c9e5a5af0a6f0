/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glossary_write - what the writers of glossaries share. Each kind has three steps: begin, concept, end.
 */
#ifndef TY_FORMATS_GLOSSARY_WRITE_H
#define TY_FORMATS_GLOSSARY_WRITE_H

#include "formats/internal.h"

/* A row of a table: cells by column, in the order they were set. */
struct written_cell {
    uint32_t column;
    ty_slice text;
};
typedef TY_VECTOR(struct written_cell) written_row;

struct ty_glossary_writer {
    ty_output *output;
    ty_glossary_write_options options;
    ty_arena arena;
    ty_glossary glossary; /* slices in the arena */
    ty_slice source_lang, target_lang;
    ty_buffer text;
    uint64_t concepts, left_out; /* terms of other languages */
    uint64_t comments;           /* rows that would be read as comments, and are left out */
    ty_slices further;           /* languages of a TSV beside its two sides */
    ty_strings ids;              /* of concepts written */
    ty_strings term_ids;         /* of a TBX: of all elements */
    ty_strings columns;          /* of rows, in the order they came into use */
    TY_VECTOR(written_row) rows; /* kept to the end, when the columns are known */
    bool failed;
};

/* Hands what is in `text` to the output when it has become much, or at the end. */
static inline void glossary_flush(ty_glossary_writer *writer, bool last)
{
    enum { FLUSH_AT = 1 << 16 };
    if (!last && writer->text.size < FLUSH_AT)
        return;
    writer->failed |= writer->text.failed;
    ty_output_write(writer->output, ty_buffer_slice(&writer->text));
    ty_buffer_clear(&writer->text);
}

/* tbx_write.c */
void ty_tbx_begin(ty_glossary_writer *writer);
void ty_tbx_concept(ty_glossary_writer *writer, const ty_concept *concept);
void ty_tbx_end(ty_glossary_writer *writer);
/* omegat_write.c */
void ty_omegat_begin(ty_glossary_writer *writer);
void ty_omegat_concept(ty_glossary_writer *writer, const ty_concept *concept);
/* rows_write.c: UTX, TSV, workbooks */
void ty_glossary_rows_concept(ty_glossary_writer *writer, const ty_concept *concept);
ty_status ty_glossary_rows_end(ty_glossary_writer *writer, ty_error *error);

#endif
