/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/unit.h"

ty_slice ty_attribute_find(ty_attributes attributes, const char *name)
{
    ty_slice wanted = ty_slice_of(name);
    for (size_t i = 0; i < attributes.count; i++)
        if (ty_slice_equal(attributes.items[i].name, wanted)) {
            ty_slice value = attributes.items[i].value;
            return value.data ? value : TY_SLICE("");
        }
    return (ty_slice){NULL, 0};
}
