/* SPDX-License-Identifier: Apache-2.0 */
/* terms - what the checks of terms and numbers show their neighbours: the check itself, and what is let
 * stand. */
#ifndef TY_OPS_TERMS_H
#define TY_OPS_TERMS_H

#include "ops/terms/accept.h"
#include "ops/terms/check.h"

#endif
