/* SPDX-License-Identifier: Apache-2.0 */
/* po - how an entry of a PO file is put together while it is read. */
#ifndef TY_FORMATS_PO_H
#define TY_FORMATS_PO_H

#include "formats/bilingual/bilingual.h"

enum po_field { NOTHING, CONTEXT, ID, ID_PLURAL, FORM };

/* Kinds of comments. */
enum note_kind { NOTE_TRANSLATOR, NOTE_EXTRACTED, NOTE_REFERENCE, NOTE_FLAGS, PO_NOTES };

struct po_reader {
    ty_bilingual *file;
    ty_error *error;
    ty_slice text;
    size_t at, line;
    size_t line_start, first_line_end; /* bytes */
    struct po_entry *entry;            /* NULL between entries */
    enum po_field field;
    bool has_id, has_context, has_plural;
    size_t entry_line;
    ty_buffer context, id, plural, form; /* msgctxt, msgid, msgid_plural, the msgstr being read */
    ty_slices forms;                     /* all msgstr of the entry */
    ty_buffer notes[PO_NOTES];           /* comments on the entry, by kind */
    info_vector infos;
    bool translated;    /* a msgstr is not empty */
    bool obsolete_line; /* it begins with "#~" */
    ty_slice source_lang, target_lang;
};

/* TY_ERR_FORMAT at the reader's line. */
ty_status ty_po_fail(struct po_reader *reader, const char *what);
/* Does only white space stand before this in its line? */
bool ty_po_begins_line(const struct po_reader *reader);

/* po_entries.c: an entry begins with its first comment or keyword, and ends as segments of the file. */
ty_status ty_po_begin_entry(struct po_reader *reader);
bool ty_po_is_begun(const struct po_reader *reader); /* it has more than comments */
ty_status ty_po_keep_form(struct po_reader *reader); /* the msgstr that was read */
ty_status ty_po_end_entry(struct po_reader *reader);
ty_status ty_po_finish_begun(struct po_reader *reader);

/* po_comments.c: the line that begins with # here. */
ty_status ty_po_take_comment(struct po_reader *reader);

#endif
