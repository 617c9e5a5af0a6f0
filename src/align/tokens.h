/* SPDX-License-Identifier: Apache-2.0 */
/* align/tokens.h - the words of a side while they are read: what tokens.c, words.c, values.c and together.c
 * share. */
#ifndef TY_ALIGN_TOKENS_H
#define TY_ALIGN_TOKENS_H

#include "internal.h"

typedef struct ty_scan {
    ty_side *side;
    const ty_lexicon *lexicon;
    ty_slice original, text; /* the sentence, and folded */
    const ty_folded *folded;
    ty_numbers numbers, next; /* of the sentence, of the one behind it */
    ty_buffer key, special;   /* scratch */
    ty_strings forms;         /* plain words as they are folded */
    TY_VECTOR(uint32_t) form_words;
    bool shouting; /* hardly a small letter: capitals say nothing */
    bool failed;
} ty_scan;

/* A word of a kind (WORD_...) at bytes [start, end) of the original sentence, or of the folded one. */
void ty_scan_emit(ty_scan *scan, char kind, ty_slice key, size_t start, size_t end);
void ty_scan_emit_folded(ty_scan *scan, char kind, ty_slice key, size_t start, size_t end);

/* End of the run of characters from `at` that `keep` accepts. */
size_t ty_scan_run_end(ty_slice text, size_t at, bool (*keep)(uint32_t));
/* A letter of a script with blanks between its words. */
bool ty_scan_is_letter(uint32_t c);
/* F-35, MV-22: the end of one whose letters end at `letters_end`, or 0. */
size_t ty_scan_designation_end(const ty_scan *scan, size_t at, size_t letters_end);
/* Read the word at `at` of the folded text, with blanks between words and without; the offset behind it. */
size_t ty_scan_word(ty_scan *scan, size_t at);
size_t ty_scan_unspaced(ty_scan *scan, size_t at);

/* Numbers (values.c): as a word; the one at `index` as a word of a kind; where the one that holds the folded
 * byte `at` ends, else 0 (`next` is the first number not passed yet). */
void ty_scan_emit_number(ty_scan *scan, char kind, double value, size_t start, size_t end);
void ty_scan_emit_value(ty_scan *scan, char kind, const ty_numbers *numbers, size_t index, size_t start,
                        size_t end);
size_t ty_scan_number(ty_scan *scan, size_t index, size_t end);
size_t ty_scan_number_end(const ty_scan *scan, size_t at, size_t *next);

/* All lines together (together.c). */
void ty_side_join_broken(ty_side *side);
bool ty_side_find_labels(ty_side *side); /* false: out of memory */
void ty_side_name_alone(ty_side *side);
ty_status ty_side_count_inner(ty_side *side, ty_error *error);

#endif
