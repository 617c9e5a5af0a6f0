/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/lang_map.h"

ty_status ty_lang_map_read(const char *text, ty_lang_map *out, ty_error *error)
{
    ty_slice rest = ty_slice_of(text), pair, from;
    while (rest.size && ty_slice_next(&rest, ',', &pair)) {
        ty_slice to = pair;
        if (!ty_slice_next(&to, '=', &from) || !to.data || !from.size || !to.size)
            return ty_error_set(error, TY_ERR_USAGE, "a language map is en=en-US,ja=ja-JP, not \"%s\"", text);
        if (!ty_vector_push(out, ((ty_lang_mapping){from, to})))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

/* Case does not matter, nor '_' or '-'. */
static bool is_tag(ty_slice one, ty_slice other)
{
    bool same = one.size == other.size;
    for (size_t i = 0; same && i < one.size; i++) {
        char a = one.data[i] == '_' ? '-' : one.data[i], b = other.data[i] == '_' ? '-' : other.data[i];
        same = ty_slice_equal_nocase((ty_slice){&a, 1}, (ty_slice){&b, 1});
    }
    return same;
}

static ty_slice mapped(const ty_lang_map *map, ty_slice lang)
{
    for (size_t i = 0; i < map->count; i++)
        if (is_tag(map->items[i].from, lang))
            return map->items[i].to;
    return lang;
}

static bool map_attributes(const ty_lang_map *map, ty_attributes attributes, ty_arena *arena,
                           ty_attributes *out)
{
    *out = (ty_attributes){ty_arena_array(arena, attributes.count, sizeof *out->items), attributes.count};
    for (size_t i = 0; out->items && i < attributes.count; i++) {
        out->items[i] = attributes.items[i];
        if (ty_slice_equal(out->items[i].name, TY_SLICE("srclang")))
            out->items[i].value = mapped(map, out->items[i].value);
    }
    return out->items || !attributes.count;
}

bool ty_lang_map_unit(const ty_lang_map *map, const ty_unit *unit, ty_arena *arena, ty_unit *out)
{
    *out = *unit;
    if (!map->count)
        return true;
    out->variants = ty_arena_array(arena, unit->variant_count, sizeof *out->variants);
    for (size_t i = 0; out->variants && i < unit->variant_count; i++) {
        out->variants[i] = unit->variants[i];
        out->variants[i].lang = mapped(map, unit->variants[i].lang);
    }
    return map_attributes(map, unit->attributes, arena, &out->attributes) &&
           (out->variants || !unit->variant_count);
}

bool ty_lang_map_header(const ty_lang_map *map, const ty_header *header, ty_arena *arena, ty_header *out)
{
    *out = *header;
    return !map->count || map_attributes(map, header->attributes, arena, &out->attributes);
}

bool ty_lang_map_concept(const ty_lang_map *map, const ty_concept *concept, ty_arena *arena, ty_concept *out)
{
    *out = *concept;
    if (!map->count)
        return true;
    out->terms = ty_arena_array(arena, concept->term_count, sizeof *out->terms);
    for (size_t i = 0; out->terms && i < concept->term_count; i++) {
        out->terms[i] = concept->terms[i];
        out->terms[i].lang = mapped(map, concept->terms[i].lang);
    }
    return out->terms || !concept->term_count;
}
