/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bilingual - files that hold source and target side by side and are to be translated: XLIFF and PO.
 *
 * A file is read as a whole; its readers note where in the text (UTF-8, without byte order mark) candidates
 * of each segment would go. Writing makes insertions, and puts them into the text; so all the rest stays as
 * it was, byte for byte.
 */
#ifndef TY_BILINGUAL_H
#define TY_BILINGUAL_H

#include "formats/bilingual/codes.h"
#include "formats/bilingual/states.h"
#include "formats/internal.h"

/* A target that a unit of the file has as a candidate already, and the segment it is for. */
struct known {
    ty_slice text, id;
    const struct known *next;
};

struct segment {
    ty_bilingual_segment shown;
    struct passage passage; /* of the source, with its codes as the file has them */
    void *unit;             /* the reader's own: struct xliff_unit, struct po_entry */
    ty_slice id;  /* XLIFF: of the segment, or the `mid` of its mark; data NULL where there is none */
    size_t id_at; /* XLIFF 2: where the attribute is to be put, as the file has none; else 0 */
    bool nested;  /* XLIFF 1.x: its mark is within a code: a candidate's `mid` cannot point there (schema) */
    bool plural;  /* PO: the segment is msgid_plural */
    const ty_candidate *candidates;
    size_t candidate_count;
};

struct insertion {
    size_t at; /* bytes of the text */
    size_t order;
    ty_slice text;
};

struct ty_bilingual {
    char *name; /* for messages */
    const ty_listener *listener;
    ty_format format;
    ty_buffer original; /* the file's bytes */
    ty_buffer text;
    char encoding[40]; /* to be written in */
    bool narrow;       /* XML: other characters than ASCII are written as references */
    TY_VECTOR(struct segment) segments;
    TY_VECTOR(struct insertion) insertions;
    ty_arena arena;
};

/* What a unit tells of itself, added to; strings are literals, or live as long as the file. */
typedef TY_VECTOR(ty_info) info_vector;

/* ------------------------------------------------------------------------------------------ file.c */

/* Adds a property (`type` NULL: a note), unless the text is empty; false when there is no memory left. */
bool ty_bilingual_add_info(ty_bilingual *file, info_vector *infos, const char *type, ty_slice text);
/* The infos as an array in the file's arena. */
ty_infos ty_bilingual_keep_infos(ty_bilingual *file, const info_vector *infos);

/* A language as gettext and Qt write it, "ja_JP", as BCP 47 has it; kept. */
ty_slice ty_bilingual_lang(ty_bilingual *file, ty_slice lang);
/* Adds a segment; false when there is no memory left. */
bool ty_bilingual_add(ty_bilingual *file, const struct segment *segment);
/* Puts `text` (copied) in at `at`; what comes first at one place stands first. */
ty_status ty_bilingual_insert(ty_bilingual *file, size_t at, ty_slice text, ty_error *error);
/* Can the file's encoding hold the text? */
bool ty_bilingual_can_hold(const ty_bilingual *file, ty_slice text);
/* Is there anything but white space? */
bool ty_bilingual_is_blank(ty_slice text);

/* ------------------------------------------------------------------------------------------ readers, writers
 */

ty_status ty_xliff_load(ty_bilingual *file, const char *encoding, ty_error *error);
ty_status ty_xliff_put_in(ty_bilingual *file, ty_error *error);

/* tool_files.c: TXML and Qt's TS, which are read only. */
ty_status ty_tool_file_load(ty_bilingual *file, const char *encoding, ty_error *error);

ty_status ty_po_load(ty_bilingual *file, const char *encoding, ty_error *error);
ty_status ty_po_put_in(ty_bilingual *file, ty_error *error);

/* Text for XML: escaped, what XML forbids as U+FFFD, and, where `narrow`, only ASCII. */
void ty_bilingual_add_xml(ty_buffer *out, ty_slice text, bool attribute, bool narrow);

/* ------------------------------------------------------------------------------------------ places */

/* Where candidates of an XLIFF unit go. */
struct xliff_unit {
    bool version_2;
    size_t at;
    ty_slice indent;  /* the white space before each candidate */
    ty_slice prefix;  /* of the unit's own elements */
    ty_slice core;    /* their namespace */
    bool has_matches; /* XLIFF 2: `at` is within mtc:matches, whose prefix is: */
    ty_slice matches_prefix;
    bool closed; /* there is no place: an empty-element <mtc:matches/> */
    const struct known *known;
};

enum { PO_FORMS = 8 };

/* An entry of a PO file. */
struct po_entry {
    size_t notes_at;   /* where extracted comments are added */
    size_t flags_at;   /* behind "#,"; 0 where there are no flags */
    size_t keyword_at; /* where flags and previous texts are added: before msgctxt or msgid */
    bool mid_line;     /* there is something before the keyword in its line */
    bool fuzzy, has_previous, obsolete;
    size_t form_at[PO_FORMS]; /* behind the first quotation mark of each msgstr */
    size_t form_count;
    ty_slice line_end;
};

#endif
