/* SPDX-License-Identifier: Apache-2.0 */
/* lang_map - languages under other tags than a file or the memory has: "jp=ja,en=en-US". */
#ifndef TY_OPS_LANG_MAP_H
#define TY_OPS_LANG_MAP_H

#include "ops/internal.h"

typedef TY_VECTOR(ty_lang_mapping) ty_lang_map;

/* Adds the pairs of the text (NULL: none), which is borrowed. TY_ERR_USAGE where it is none of these. */
ty_status ty_lang_map_read(const char *text, ty_lang_map *out, ty_error *error);
/* Puts languages and source languages under their tags; what is changed is a copy in the arena. False when
 * there is no memory left. */
bool ty_lang_map_unit(const ty_lang_map *map, const ty_unit *unit, ty_arena *arena, ty_unit *out);
bool ty_lang_map_header(const ty_lang_map *map, const ty_header *header, ty_arena *arena, ty_header *out);
bool ty_lang_map_concept(const ty_lang_map *map, const ty_concept *concept, ty_arena *arena, ty_concept *out);

#endif
