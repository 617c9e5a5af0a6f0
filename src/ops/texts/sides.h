/* SPDX-License-Identifier: Apache-2.0 */
/* Which of two languages the paragraphs of a document are in. */
#ifndef TY_OPS_SIDES_H
#define TY_OPS_SIDES_H

#include "ops/internal.h"

typedef enum ty_side { TY_SIDE_UNKNOWN, TY_SIDE_FIRST, TY_SIDE_SECOND } ty_side;

enum { TY_SIDE_ENOUGH = 6 }; /* the weight of what is more than a name or a title in another language */

/* The next paragraph of *rest, without the line ends behind it. */
bool ty_side_next(ty_slice *rest, bool blank_lines, ty_slice *out);

/* Between two scripts the characters tell, else the words; unknown is what is too short or has no letters. */
ty_side ty_side_of(ty_slice paragraph, ty_slice first, ty_slice second);

/* How much text it is: words, or pairs of characters in a language without blanks. */
size_t ty_side_weight(ty_slice paragraph);

/*
 * The two languages that most of the text is in, of which `told` (which may be empty) is one; empty where it
 * seems to be in one. Two in one script must be told: words tell too little of a short paragraph. Static
 * storage.
 */
void ty_side_languages(const ty_text *text, ty_slice told, ty_slice out[2]);

#endif
