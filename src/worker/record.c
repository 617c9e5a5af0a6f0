/* SPDX-License-Identifier: Apache-2.0 */
#include "worker/internal.h"

ty_status ty_record_read(ty_slice line, ty_record *out, ty_error *error)
{
    json_error_t cause;
    *out = (ty_record){0};
    out->root = json_loadb(line.data, line.size, JSON_REJECT_DUPLICATES, &cause);
    if (!out->root)
        return ty_error_set(error, TY_ERR_FORMAT, "broken JSON at byte %d: %s", cause.position, cause.text);
    if (!json_is_object(out->root))
        return ty_error_set(error, TY_ERR_FORMAT, "a record is a JSON object");
    return TY_OK;
}

void ty_record_release(ty_record *record)
{
    json_decref(record->root);
    ty_buffer_release(&record->decoded[0]);
    ty_buffer_release(&record->decoded[1]);
    *record = (ty_record){0};
}

const char *ty_record_text(const ty_record *record, const char *name)
{
    return json_string_value(json_object_get(record->root, name));
}

const char *ty_record_lang(const ty_record *record, size_t index)
{
    return json_string_value(json_array_get(json_object_get(record->root, "langs"), index));
}

/* ------------------------------------------------------------------------------------------ base64 */

static int value_of(char c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(letters, c) : NULL;
    return found ? (int)(found - letters) : -1;
}

/* RFC 4648, section 4; padding may be missing. False where there is another character. */
static bool decode(ty_slice text, ty_buffer *out)
{
    uint32_t bits = 0;
    int count = 0;
    while (text.size && text.data[text.size - 1] == '=')
        text.size--;
    for (size_t i = 0; i < text.size; i++) {
        int value = value_of(text.data[i]);
        if (value < 0)
            return false;
        bits = bits << 6 | (uint32_t)value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            ty_buffer_add_char(out, (char)(bits >> count & 0xFF));
        }
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ texts */

static json_t *member(const ty_record *record, const char *name, const char *tail)
{
    char full[64];
    snprintf(full, sizeof full, "%s%s", name, tail);
    return json_object_get(record->root, full);
}

ty_status ty_record_source(ty_record *record, const char *name, int side, ty_source *out, ty_error *error)
{
    json_t *text = member(record, name, ""), *path = member(record, name, "_path");
    json_t *coded = member(record, name, "_base64");
    *out = (ty_source){.path = name};
    if (json_is_string(text)) {
        out->bytes = (ty_slice){json_string_value(text), json_string_length(text)};
    } else if (json_is_string(path)) {
        out->path = json_string_value(path);
    } else if (json_is_string(coded)) {
        ty_slice letters = {json_string_value(coded), json_string_length(coded)};
        if (!decode(letters, &record->decoded[side]))
            return ty_error_set(error, TY_ERR_FORMAT, "%s_base64 is no base64", name);
        if (record->decoded[side].failed)
            return ty_error_nomem(error);
        out->bytes = ty_buffer_slice(&record->decoded[side]);
    } else {
        return ty_error_set(error, TY_ERR_FORMAT, "the record has no text called %s, %s_path or %s_base64",
                            name, name, name);
    }
    return TY_OK;
}
