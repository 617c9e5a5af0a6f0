/* SPDX-License-Identifier: Apache-2.0 */
#include "align/weights.h"

#define WEIGHT_VALUE(name, value) .name = value,
TY_WEIGHTS_CONST ty_weights ty_align_weights = {WEIGHTS(WEIGHT_VALUE)};
