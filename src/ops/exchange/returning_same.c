/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/returning_parts.h"
