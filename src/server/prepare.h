/* SPDX-License-Identifier: Apache-2.0 */
/* What look-ups stand on, made before the first asks for it: of a million units it takes seconds. */
#ifndef TY_SERVER_PREPARE_H
#define TY_SERVER_PREPARE_H

#include "taiyaku.h"

/* Ends early when the listener says so. A failure is not told here: whoever asks meets it. */
void ty_prepare_look_ups(const char *path, const ty_listener *listener);

#endif
