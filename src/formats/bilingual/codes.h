/* SPDX-License-Identifier: Apache-2.0 */
/*
 * codes - inline codes of a segment: what stands for them in a unit, and how a translation of the memory gets
 * those of the file.
 */
#ifndef TY_BILINGUAL_CODES_H
#define TY_BILINGUAL_CODES_H

#include "formats/internal.h"

enum code_kind {
    CODE_ALONE,
    CODE_OPEN,
    CODE_CLOSE,
    CODE_TEXT /* none: the character that marks codes, as a character of the text */
};

struct code {
    enum code_kind kind;
    bool element;    /* the start or end tag of an element around text, so that pairs must nest */
    ty_slice id;     /* what its two halves, and its fellow in the other language, have in common */
    ty_slice type;   /* of formatting ("bold"), as the file says; may be empty */
    ty_slice native; /* what it stands for, as canonical markup of a TMX code; `sub` may be in it */
    ty_slice raw;    /* as it stands in the file; data NULL where it cannot be put anywhere else */
};

/* Text in which U+FFFC stands for each code, in order. */
struct passage {
    ty_slice text;
    const struct code *codes;
    size_t code_count;
};

#define CODE_MARK "\xEF\xBF\xBC"

/* The part [start, end) of the text, bytes, with its codes. */
struct passage ty_passage_cut(struct passage whole, size_t start, size_t end);
/* Codes that are some, not characters of the text. */
size_t ty_passage_count(struct passage passage);
void ty_passage_plain(struct passage passage, ty_buffer *out);
/*
 * Canonical inline markup (unit.h): bpt and ept, it where a half has no other, ph. `ids` numbers the codes of
 * a unit, so that those of its languages that belong together have the same x.
 */
ty_status ty_passage_content(struct passage passage, ty_strings *ids, ty_buffer *out, ty_error *error);

/* How a translation of the memory fits a segment of a file. */
enum code_fit {
    CODES_LOST,  /* its codes are others, in kind or number: it can only be offered without */
    CODES_ALIKE, /* as many of the same kinds, but of another formatting */
    CODES_THE_SAME
};

/*
 * The target of a pair of the memory (canonical markup) with the codes of `segment` in the place of its own,
 * appended as markup for a file; likewise its source. Nothing where they are lost. `narrow`: only ASCII.
 */
enum code_fit ty_codes_fit(struct passage segment, ty_slice source, ty_slice target, bool narrow,
                           ty_buffer *out_source, ty_buffer *out_target);

#endif
