/* SPDX-License-Identifier: Apache-2.0 */
#include "server/data.h"

ty_present ty_data_item(ty_http *http)
{
    ty_buffer *out = &http->reply;
    while (out->size && out->data[out->size - 1] == '\n')
        out->data[--out->size] = '\0';
    if (out->size && out->data[out->size - 1] != '[')
        ty_buffer_add_char(out, ',');
    return (ty_present){.out = out, .json = true};
}
