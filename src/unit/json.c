/* SPDX-License-Identifier: Apache-2.0 */
/*
 * json - attributes and infos as kept in the memory file. Written by hand, which is fast and keeps the order;
 * read by jansson, which keeps the order too (since 2.8) and refuses bad UTF-8 and deep nesting; json_quick.c
 * spares it the plain cases.
 */
#include <jansson.h>

#include "unit/internal.h"

static const char *const kinds[] = {
    [TY_INFO_NOTE] = "note", [TY_INFO_PROP] = "prop", [TY_INFO_UDE] = "ude", [TY_INFO_OTHER] = "other"};

void ty_attributes_to_json(ty_attributes attributes, ty_buffer *out)
{
    ty_buffer_add_char(out, '{');
    for (size_t i = 0; i < attributes.count; i++) {
        if (i)
            ty_buffer_add_char(out, ',');
        ty_buffer_add_json(out, attributes.items[i].name);
        ty_buffer_add_char(out, ':');
        ty_buffer_add_json(out, attributes.items[i].value);
    }
    ty_buffer_add_char(out, '}');
}

void ty_infos_to_json(ty_infos infos, ty_buffer *out)
{
    ty_buffer_add_char(out, '[');
    for (size_t i = 0; i < infos.count; i++) {
        if (i)
            ty_buffer_add_char(out, ',');
        ty_buffer_add_char(out, '{');
        ty_buffer_add_json(out, ty_slice_of(kinds[infos.items[i].kind]));
        ty_buffer_add_char(out, ':');
        ty_attributes_to_json(infos.items[i].attributes, out);
        ty_buffer_add(out, TY_SLICE(",\"text\":"));
        ty_buffer_add_json(out, infos.items[i].text);
        ty_buffer_add_char(out, '}');
    }
    ty_buffer_add_char(out, ']');
}

static ty_status load(ty_slice json, json_t **out, ty_error *error)
{
    json_error_t cause;
    *out = json_loadb(json.data, json.size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &cause);
    if (*out)
        return TY_OK;
    return ty_error_set(error, TY_ERR_FORMAT, "broken JSON at byte %d: %s", cause.position, cause.text);
}

static ty_status read_attributes(json_t *object, ty_arena *arena, ty_attributes *out, ty_error *error)
{
    const char *name;
    json_t *value;
    out->items = ty_arena_array(arena, json_object_size(object), sizeof *out->items);
    if (arena->failed)
        return ty_error_nomem(error);
    json_object_foreach(object, name, value)
    {
        if (!json_is_string(value))
            return ty_error_set(error, TY_ERR_FORMAT, "the value of \"%s\" is no string", name);
        ty_slice text = {json_string_value(value), json_string_length(value)};
        out->items[out->count++] =
            (ty_attribute){ty_arena_copy(arena, ty_slice_of(name)), ty_arena_copy(arena, text)};
    }
    return arena->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_attributes_from_json(ty_slice json, ty_arena *arena, ty_attributes *out, ty_error *error)
{
    *out = (ty_attributes){0};
    if (json.size == 0 || ty_attributes_quick(json, arena, out))
        return TY_OK;
    *out = (ty_attributes){0};
    json_t *root = NULL;
    ty_status status = load(json, &root, error);
    if (status != TY_OK)
        return status;
    if (json_is_object(root))
        status = read_attributes(root, arena, out, error);
    else
        status = ty_error_set(error, TY_ERR_FORMAT, "attributes are no JSON object");
    json_decref(root);
    if (status != TY_OK)
        *out = (ty_attributes){0};
    return status;
}

/* One {"prop":{...},"text":"..."}. */
static ty_status read_info(json_t *object, ty_arena *arena, ty_info *out, ty_error *error)
{
    json_t *text = json_object_get(object, "text");
    if (!json_is_string(text) || json_object_size(object) != 2)
        return ty_error_set(error, TY_ERR_FORMAT, "an info is a kind with attributes, and a text");
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        json_t *attributes = json_object_get(object, kinds[kind]);
        if (!json_is_object(attributes))
            continue;
        out->kind = (ty_info_kind)kind;
        out->text = ty_arena_copy(arena, (ty_slice){json_string_value(text), json_string_length(text)});
        return read_attributes(attributes, arena, &out->attributes, error);
    }
    return ty_error_set(error, TY_ERR_FORMAT, "an info of unknown kind");
}

static ty_status read_infos(json_t *array, ty_arena *arena, ty_infos *out, ty_error *error)
{
    out->items = ty_arena_array(arena, json_array_size(array), sizeof *out->items);
    if (arena->failed)
        return ty_error_nomem(error);
    for (size_t i = 0; i < json_array_size(array); i++) {
        ty_status status = read_info(json_array_get(array, i), arena, &out->items[i], error);
        if (status != TY_OK)
            return status;
        out->count++;
    }
    return TY_OK;
}

ty_status ty_infos_from_json(ty_slice json, ty_arena *arena, ty_infos *out, ty_error *error)
{
    *out = (ty_infos){0};
    if (json.size == 0 || ty_infos_quick(json, arena, out))
        return TY_OK;
    *out = (ty_infos){0};
    json_t *root = NULL;
    ty_status status = load(json, &root, error);
    if (status != TY_OK)
        return status;
    if (json_is_array(root))
        status = read_infos(root, arena, out, error);
    else
        status = ty_error_set(error, TY_ERR_FORMAT, "infos are no JSON array");
    json_decref(root);
    if (status != TY_OK)
        *out = (ty_infos){0};
    return status;
}
