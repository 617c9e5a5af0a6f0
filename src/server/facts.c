/* SPDX-License-Identifier: Apache-2.0 */
#include "server/facts.h"

ty_slice ty_origin_date(ty_http *http, ty_slice origin)
{
    (void)http;
    (void)origin;
    return (ty_slice){"", 0};
}
