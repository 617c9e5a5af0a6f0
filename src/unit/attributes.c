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

ty_slice ty_unit_property(const ty_unit *unit, const char *type)
{
    for (size_t i = 0; i < unit->infos.count; i++) {
        const ty_info *info = &unit->infos.items[i];
        if (info->kind == TY_INFO_PROP &&
            ty_slice_equal(ty_attribute_find(info->attributes, "type"), ty_slice_of(type)))
            return info->text;
    }
    return (ty_slice){"", 0};
}

bool ty_unit_is_label(const ty_unit *unit)
{
    return ty_unit_property(unit, TY_LABEL_PROPERTY).size > 0;
}
