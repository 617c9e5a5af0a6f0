/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sets and classes of characters for the machines.
 */
#include "segment/machine.h"

#include <stdlib.h>

uint32_t ty_charsets_add(ty_charsets *sets, uint32_t only, ty_slice source)
{
    ty_buffer name = {0};
    if (only != TY_CODE_POINT_NONE)
        ty_buffer_add_format(&name, "=%x", (unsigned)only);
    else
        ty_buffer_add_format(&name, "~%.*s", TY_SLICE_FORMAT(source));
    uint32_t known = (uint32_t)sets->names.list.count;
    uint32_t number = ty_strings_add(&sets->names, ty_buffer_slice(&name));
    ty_buffer_release(&name);
    if (number == TY_STRINGS_NONE || number < known)
        return number;
    ty_charset set = {.only = only};
    bool good = only != TY_CODE_POINT_NONE || ty_regex_new(source, &set.regex, NULL) == TY_OK;
    if (!ty_vector_push(&sets->list, set)) {
        ty_regex_free(set.regex);
        return UINT32_MAX;
    }
    return good ? number : UINT32_MAX;
}

static bool is_member(const ty_charset *set, uint32_t c, ty_slice utf8)
{
    size_t end;
    if (!set->regex)
        return set->only == c;
    return ty_regex_set_text(set->regex, utf8, NULL) == TY_OK && ty_regex_matches_at(set->regex, 0, &end) &&
           end == utf8.size;
}

static bool fill_members(ty_charsets *sets, uint32_t c)
{
    size_t count = sets->list.count;
    if (!sets->scratch)
        sets->scratch = calloc(count + 1, 1);
    ty_buffer utf8 = {0};
    ty_utf8_add(&utf8, c);
    bool good = sets->scratch && !utf8.failed;
    for (size_t i = 0; good && i < count; i++)
        sets->scratch[i] = is_member(&sets->list.items[i], c, ty_buffer_slice(&utf8));
    ty_buffer_release(&utf8);
    return good;
}

/* The class with the members in `scratch`, a new one if need be. */
static unsigned find_class(ty_charsets *sets)
{
    size_t size = sets->list.count + 1;
    for (unsigned i = 0; i < sets->count; i++)
        if (memcmp(sets->members[i], sets->scratch, size) == 0)
            return i;
    if (sets->count == TY_CLASSES - 1)
        return TY_CLASSES - 1;
    uint8_t *members = malloc(size);
    if (!members)
        return TY_CLASSES - 1;
    memcpy(members, sets->scratch, size);
    sets->members[sets->count] = members;
    return sets->count++;
}

unsigned ty_charsets_class(ty_charsets *sets, uint32_t c)
{
    if (!sets->classes)
        sets->classes = calloc(0x10000, 1);
    if (sets->classes && c < 0x10000 && sets->classes[c])
        return sets->classes[c] - 1u;
    if (!sets->classes || !fill_members(sets, c)) {
        sets->failed = true;
        return TY_CLASSES - 1;
    }
    unsigned class = find_class(sets);
    if (c < 0x10000 && class < TY_CLASSES - 1)
        sets->classes[c] = (uint8_t)(class + 1);
    return class;
}

bool ty_charsets_has(const ty_charsets *sets, unsigned class, uint32_t set)
{
    const uint8_t *members = class < sets->count ? sets->members[class] : sets->scratch;
    return members && members[set];
}

void ty_charsets_release(ty_charsets *sets)
{
    for (size_t i = 0; i < sets->list.count; i++)
        ty_regex_free(sets->list.items[i].regex);
    for (unsigned i = 0; i < sets->count; i++)
        free(sets->members[i]);
    ty_vector_release(&sets->list);
    ty_strings_release(&sets->names);
    free(sets->classes);
    free(sets->scratch);
    memset(sets, 0, sizeof *sets);
}
