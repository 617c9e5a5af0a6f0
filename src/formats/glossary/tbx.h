/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tbx - how TBX is kept in the model, for its reader and its writer.
 *
 * A datum (descrip, admin, termNote, note, ref ...) that says what the model has a field for goes into the
 * field. All others become properties whose attributes tell where they stood: `type` is the data category,
 * `element` the DCA element, `group` the group element and a number (data of one group belong together),
 * `level` is "language" for what stood beside the terms of a language; `target`, `id` and others as they
 * were. A datum in a field is a property as well when it stood in a group or had attributes of its own; the
 * writer writes such once.
 *
 * What TBX-Basic has no word for we write into a note of the term, and read back from it: "taiyaku:
 * status=..." where its picklist says another one, "taiyaku: administrativeStatus=..." for a word that
 * another tool had there.
 */
#ifndef TY_FORMATS_TBX_H
#define TY_FORMATS_TBX_H

#include "formats/internal.h"

#define TBX_REMARK "taiyaku: "

/* The DCA element of a data category that stands as an element of its own (DCT, TBX-Min), or NULL. */
const char *ty_tbx_element_of(ty_slice category);
bool ty_tbx_is_datum(ty_slice name); /* descrip, admin, termNote, ... */
bool ty_tbx_is_group(ty_slice name); /* descripGrp, ... but not termGrp */

/* What a field of MultiTerm with that name is in TBX; false for names that we do not know. */
bool ty_multiterm_field(ty_slice name, const char **category, const char **element);

#endif
