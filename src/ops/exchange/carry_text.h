/* SPDX-License-Identifier: Apache-2.0 */
/* carry_text - one side of what is carried over: sentences found again, and cut where people cut them. */
#ifndef TY_OPS_CARRY_TEXT_H
#define TY_OPS_CARRY_TEXT_H

#include "ops/exchange/carry.h"

#define TY_NOWHERE UINT32_MAX

/* Notes the text as it was read. False when there is no memory left. */
bool ty_carry_keep_uncut(ty_carry_side *side, const ty_text *text, ty_arena *arena);
/* Fills in where each sentence stands, and cuts the text's sentences. False when there is no memory left. */
bool ty_carry_cut_text(ty_carry_side *side, ty_text *text, ty_arena *arena);

#endif
