/* SPDX-License-Identifier: Apache-2.0 */
/* taiyaku.h stands alone, with every warning on. */
#include "taiyaku.h"

#include <stdio.h>
#include <string.h>

int main(void)
{
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", TAIYAKU_VERSION_MAJOR, TAIYAKU_VERSION_MINOR,
             TAIYAKU_VERSION_PATCH);
    return strcmp(version, ty_version()) != 0 || ty_version_number() != TAIYAKU_VERSION_NUMBER;
}
