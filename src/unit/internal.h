/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of unit share.
 */
#ifndef TY_UNIT_INTERNAL_H
#define TY_UNIT_INTERNAL_H

#include "unit/unit.h"

/*
 * Read JSON in the form this module writes it, as long as no string in it needs escapes and there are not
 * many of them. False, and nothing is said, where it is anything else: jansson is to judge it then.
 */
bool ty_attributes_quick(ty_slice json, ty_arena *arena, ty_attributes *out);
bool ty_infos_quick(ty_slice json, ty_arena *arena, ty_infos *out);

#endif
