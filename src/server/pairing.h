/* SPDX-License-Identifier: Apache-2.0 */
/* Which of many documents belong together, by their names. */
#ifndef TY_SERVER_PAIRING_H
#define TY_SERVER_PAIRING_H

#include "base/base.h"

/* The name with its marks of language taken out, lower case: what two documents of a release share.
 * "2024/press-en.html" and "2024/press_JA.html" are both "2024/press.html". Appends to `out`. */
void ty_pairing_key(ty_slice name, ty_buffer *out);

#endif
