/* SPDX-License-Identifier: Apache-2.0 */
/* Which of the files that were uploaded belong together. */
#ifndef TY_SERVER_PAIRING_H
#define TY_SERVER_PAIRING_H

#include "server/staging.h"

/*
 * Fills in the groups: documents by links, names and content, as `taiyaku import` does with folders; of two
 * documents alone that are no translations of each other a pair all the same, which is then a question.
 */
ty_status ty_staged_pair(ty_staged *staged, ty_error *error);

#endif
