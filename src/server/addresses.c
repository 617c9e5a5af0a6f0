/* SPDX-License-Identifier: Apache-2.0 */
#include "server/addresses.h"

static void add(ty_buffer *address, const char *name, ty_slice value)
{
    if (!value.size)
        return;
    ty_buffer_add_char(address, memchr(address->data, '?', address->size) ? '&' : '?');
    ty_percent_encode(address, ty_slice_of(name));
    ty_buffer_add_char(address, '=');
    ty_percent_encode(address, value);
}

const char *ty_address_with(ty_http *http, const char *path, const char *const *kept, const char *set,
                            ty_slice value)
{
    ty_buffer address = {0};
    ty_buffer_add_string(&address, path);
    for (; *kept; kept++)
        if (!set || strcmp(*kept, set) != 0)
            add(&address, *kept, ty_http_param(http, *kept));
    if (set)
        add(&address, set, value);
    const char *text = ty_http_copy(http, ty_buffer_slice(&address));
    ty_buffer_release(&address);
    return text;
}

const char *ty_address_with_number(ty_http *http, const char *path, const char *const *kept, const char *set,
                                   int64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    return ty_address_with(http, path, kept, set, ty_slice_of(digits));
}

void ty_address_put_fields(ty_http *http, const char *const *kept)
{
    for (; *kept; kept++)
        if (ty_http_param(http, *kept).size)
            ty_html(&http->page, "<input type=\"hidden\" name=\"$s\" value=\"$t\">", *kept,
                    ty_http_param(http, *kept));
}
