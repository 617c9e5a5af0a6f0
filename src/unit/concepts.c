/* SPDX-License-Identifier: Apache-2.0 */
/* What a concept says of itself in properties. */
#include "unit/unit.h"

ty_slice ty_infos_find(ty_infos infos, const char *type)
{
    for (size_t i = 0; i < infos.count; i++)
        if (ty_slice_equal(ty_attribute_find(infos.items[i].attributes, "type"), ty_slice_of(type)))
            return infos.items[i].text;
    return (ty_slice){"", 0};
}

static const char *const kinds[] = {
    [TY_CONCEPT_UNKNOWN] = "",    [TY_CONCEPT_TERM] = "term",   [TY_CONCEPT_NAME] = "name",
    [TY_CONCEPT_PLACE] = "place", [TY_CONCEPT_TITLE] = "title", [TY_CONCEPT_PHRASE] = "phrase",
    [TY_CONCEPT_WORD] = "word",
};

const char *ty_concept_kind_name(ty_concept_kind kind)
{
    return kinds[kind];
}

ty_concept_kind ty_concept_kind_of(ty_slice name)
{
    for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(kinds[i])))
            return (ty_concept_kind)i;
    if (ty_slice_equal_nocase(name, TY_SLICE("press phrase")))
        return TY_CONCEPT_PHRASE;
    return ty_slice_equal_nocase(name, TY_SLICE("general word")) ? TY_CONCEPT_WORD : TY_CONCEPT_UNKNOWN;
}

ty_slice ty_term_definition(const ty_term *term)
{
    for (size_t i = 0; i < term->infos.count; i++) {
        ty_attributes attributes = term->infos.items[i].attributes;
        if (ty_slice_equal(ty_attribute_find(attributes, "type"), TY_SLICE("definition")) &&
            ty_slice_equal(ty_attribute_find(attributes, "level"), TY_SLICE("language")) &&
            !ty_attribute_find(attributes, "group").data)
            return term->infos.items[i].text;
    }
    return (ty_slice){"", 0};
}
