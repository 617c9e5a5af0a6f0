/* SPDX-License-Identifier: Apache-2.0 */
/* Names of files that every system takes. */
#ifndef TY_SERVER_FILE_NAMES_H
#define TY_SERVER_FILE_NAMES_H

#include "base/base.h"

/*
 * Appends `name` as a name that Windows takes as well: no <>:"|?*\ and no control characters, no blank or dot
 * at the end, none of its devices (CON, NUL, ...), at most 120 bytes; one that is cut keeps its ending.
 */
void ty_legal_name(ty_buffer *out, ty_slice name);
/* The same of a way through folders, "a/b/c": each part of it is legal, and none leads upwards. */
void ty_legal_way(ty_buffer *out, ty_slice way);
/* The same as none in `taken`, where "A" is "a": a later one that would be has a sum of its way before its
 * ending. */
void ty_legal_way_apart(ty_buffer *out, ty_slice way, ty_strings *taken);
/* As Windows' Japanese code page has it; false where a character is not in it. */
bool ty_name_to_shift_jis(const ty_buffer *name, ty_buffer *out);

#endif
