/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/unit.h"

static ty_slice copy_text(ty_slice text, ty_arena *arena)
{
    return text.data ? ty_arena_copy(arena, text) : text;
}

static ty_attributes copy_attributes(ty_attributes from, ty_arena *arena)
{
    ty_attributes to = {0};
    if (from.count == 0)
        return to;
    to.items = ty_arena_array(arena, from.count, sizeof *to.items);
    if (!to.items)
        return to;
    for (; to.count < from.count; to.count++) {
        const ty_attribute *attribute = &from.items[to.count];
        to.items[to.count] =
            (ty_attribute){copy_text(attribute->name, arena), copy_text(attribute->value, arena)};
    }
    return to;
}

static ty_infos copy_infos(ty_infos from, ty_arena *arena)
{
    ty_infos to = {0};
    if (from.count == 0)
        return to;
    to.items = ty_arena_array(arena, from.count, sizeof *to.items);
    if (!to.items)
        return to;
    for (; to.count < from.count; to.count++) {
        const ty_info *info = &from.items[to.count];
        to.items[to.count] =
            (ty_info){info->kind, copy_attributes(info->attributes, arena), copy_text(info->text, arena)};
    }
    return to;
}

static ty_variant copy_variant(const ty_variant *from, ty_arena *arena)
{
    return (ty_variant){.lang = copy_text(from->lang, arena),
                        .attributes = copy_attributes(from->attributes, arena),
                        .infos = copy_infos(from->infos, arena),
                        .text = copy_text(from->text, arena),
                        .content = copy_text(from->content, arena)};
}

bool ty_unit_copy(const ty_unit *unit, ty_arena *arena, ty_unit *out)
{
    *out = (ty_unit){.attributes = copy_attributes(unit->attributes, arena),
                     .infos = copy_infos(unit->infos, arena),
                     .line = unit->line};
    if (unit->variant_count)
        out->variants = ty_arena_array(arena, unit->variant_count, sizeof *out->variants);
    if (out->variants)
        for (; out->variant_count < unit->variant_count; out->variant_count++)
            out->variants[out->variant_count] = copy_variant(&unit->variants[out->variant_count], arena);
    return !arena->failed;
}

bool ty_header_copy(const ty_header *header, ty_arena *arena, ty_header *out)
{
    *out = (ty_header){.version = copy_text(header->version, arena),
                       .attributes = copy_attributes(header->attributes, arena),
                       .infos = copy_infos(header->infos, arena)};
    return !arena->failed;
}
