/* SPDX-License-Identifier: Apache-2.0 */
/*
 * units - how units are written, format by format: a row each in the table of write.c.
 */
#ifndef TY_FORMATS_UNITS_H
#define TY_FORMATS_UNITS_H

#include "formats/internal.h"

/* What a format needs while it writes. */
struct unit_writing {
    ty_output *output;
    const ty_unit_write_options *options; /* a copy that the writer owns */
    ty_tmx_writer *tmx;
    ty_bilingual_writer *bilingual;
    struct unit_sheet *sheet;
    const ty_variant *source, *target; /* of the unit, where the format takes pairs */
    ty_buffer line;
    uint64_t written, bytes; /* bytes of the plain formats */
    uint64_t left_out;       /* texts in other languages than the two that there is room for */
};

struct unit_format {
    const char *name;
    ty_status (*open)(struct unit_writing *writing, const ty_header *header, ty_error *error); /* or NULL */
    ty_status (*unit)(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error);
    ty_status (*close)(struct unit_writing *writing, ty_error *error); /* or NULL */
    bool pairs; /* two languages, the same in all units */
};

/* Rows of source, target and origin, with a header; jsonl: an object a line. */
ty_status ty_units_write_tsv(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error);
ty_status ty_units_write_csv(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error);
ty_status ty_units_write_jsonl(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error);
/* sheet.c: a workbook, written when it is whole. */
ty_status ty_units_write_sheet(struct unit_writing *writing, const ty_written_unit *unit, ty_error *error);
ty_status ty_units_close_sheet(struct unit_writing *writing, ty_error *error);
/* Puts out what is in writing->line. */
ty_status ty_units_put_line(struct unit_writing *writing, ty_error *error);

#endif
