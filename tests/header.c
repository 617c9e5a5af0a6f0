/* SPDX-License-Identifier: Apache-2.0 */
/* taiyaku.h stands alone, with every warning on. */
#include "taiyaku.h"

int main(void)
{
    return ty_version()[0] == '\0';
}
