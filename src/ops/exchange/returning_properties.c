/* SPDX-License-Identifier: Apache-2.0 */
/* What units say of themselves in a TMX of ours: where they stand, how sure, whether confirmed. */
#include "ops/exchange/returning_parts.h"

static const char status_property[] = "x-taiyaku:status",
                  confirmed_property[] = "x-taiyaku:confirmed"; /* when, and behind a blank who */

static bool is_property(const ty_info *info, const char *type)
{
    return info->kind == TY_INFO_PROP &&
           ty_slice_equal(ty_attribute_find(info->attributes, "type"), ty_slice_of(type));
}

/* More properties than a unit goes out with, besides those it has. */
enum { MORE = 5 };

/* A copy of the unit's list of infos with room for more, without what is said of its status. */
ty_status ty_returned_infos(const ty_unit *unit, ty_arena *arena, ty_unit *out, ty_error *error)
{
    ty_infos infos = {ty_arena_array(arena, unit->infos.count + MORE, sizeof *unit->infos.items), 0};
    if (!infos.items)
        return ty_error_nomem(error);
    for (size_t i = 0; i < unit->infos.count; i++)
        if (!is_property(&unit->infos.items[i], status_property) &&
            !is_property(&unit->infos.items[i], confirmed_property))
            infos.items[infos.count++] = unit->infos.items[i];
    *out = *unit;
    out->infos = infos;
    return TY_OK;
}

static void add_property(ty_unit *unit, const char *type, ty_slice text, ty_arena *arena)
{
    ty_attribute *attribute = ty_arena_alloc(arena, sizeof *attribute);
    if (!attribute)
        return;
    *attribute = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
    unit->infos.items[unit->infos.count++] =
        (ty_info){.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = text};
}

/* Sets what the unit says by now, takes out what is empty by now, and adds what it did not say. */
static void set_property(ty_unit *unit, const char *type, ty_slice text, ty_arena *arena)
{
    for (size_t i = 0; i < unit->infos.count; i++) {
        if (!is_property(&unit->infos.items[i], type))
            continue;
        unit->infos.items[i].text = text;
        if (!text.size)
            memmove(&unit->infos.items[i], &unit->infos.items[i + 1],
                    (--unit->infos.count - i) * sizeof *unit->infos.items);
        return;
    }
    if (text.size)
        add_property(unit, type, text, arena);
}

static void say_confirmed(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out)
{
    ty_buffer text = {0};
    add_property(out, status_property, TY_SLICE("confirmed"), arena);
    ty_buffer_add_format(&text, "%.*s%s%.*s", TY_SLICE_FORMAT(stored->at), stored->who.size ? " " : "",
                         TY_SLICE_FORMAT(stored->who));
    if (stored->aligned && stored->at.size)
        add_property(out, confirmed_property, ty_arena_copy(arena, ty_buffer_slice(&text)), arena);
    arena->failed |= text.failed;
    ty_buffer_release(&text);
}

/* Facts of its release may have been told by a person, and sentences before it cut or joined, since the unit
 * was made. */
static void say_place(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out)
{
    ty_slice told = stored->origin_told, name;
    while (told.size && ty_slice_next(&told, ',', &name)) {
        if (ty_slice_equal(name, TY_SLICE("title")))
            set_property(out, "x-taiyaku:title", stored->origin_title, arena);
        else if (ty_slice_equal(name, TY_SLICE("date")))
            set_property(out, "x-taiyaku:date", stored->origin_date, arena);
        else if (ty_slice_equal(name, TY_SLICE("url")))
            set_property(out, "x-taiyaku:url", stored->origin_url, arena);
    }
    set_property(out, TY_PLACE_PROPERTY, ty_pair_place(arena, stored->provenance.bead), arena);
}

ty_status ty_returning_mark(const ty_stored_unit *stored, ty_arena *arena, ty_unit *out, ty_error *error)
{
    bool confirmed = ty_slice_equal(stored->status, TY_SLICE("confirmed"));
    bool placed =
        stored->aligned && !stored->label && ty_unit_property(&stored->unit, TY_PLACE_PROPERTY).size;
    *out = stored->unit;
    if (!confirmed && !placed)
        return TY_OK;
    ty_status status = ty_returned_infos(&stored->unit, arena, out, error);
    if (status == TY_OK && placed)
        say_place(stored, arena, out);
    if (status == TY_OK && confirmed)
        say_confirmed(stored, arena, out);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

/* What the property says of who confirmed the pair: behind a time a blank, and the name. */
static ty_edit read_confirmed(ty_slice text)
{
    ty_slice when = {"", 0};
    ty_slice_next(&text, ' ', &when);
    return when.size == strlen("20240301T101500Z") ? (ty_edit){.who = text, .when = when} : (ty_edit){0};
}

ty_status ty_returning_status(ty_returning *returning, const ty_unit *unit, ty_unit *out, bool *confirmed,
                              ty_error *error)
{
    *out = *unit;
    *confirmed =
        returning->store && ty_slice_equal(ty_unit_property(unit, status_property), TY_SLICE("confirmed"));
    returning->by = *confirmed ? read_confirmed(ty_unit_property(unit, confirmed_property)) : (ty_edit){0};
    return *confirmed ? ty_returned_infos(unit, &returning->arena, out, error) : TY_OK;
}

/* "3-4:4" and the like: first sentences from 0, and how many. */
static bool read_side(ty_slice *rest, char end, uint32_t *first, uint32_t *count)
{
    uint64_t values[2] = {0}, at = 0;
    size_t i = 0;
    for (; i < rest->size && rest->data[i] != end; i++) {
        char c = rest->data[i];
        if (c == '-' && at == 0 && values[0])
            at = 1;
        else if (c >= '0' && c <= '9' && values[at] < 100000000)
            values[at] = values[at] * 10 + (unsigned)(c - '0');
        else
            return false;
    }
    *rest = ty_slice_sub(*rest, i + 1, rest->size);
    *first = (uint32_t)values[0] - 1;
    *count = at ? (uint32_t)(values[1] - values[0] + 1) : 1;
    return values[0] && (!at || values[1] >= values[0]);
}

static bool read_place(ty_slice text, ty_returned_pair *out)
{
    return text.size && read_side(&text, ':', &out->place[0], &out->count[0]) &&
           read_side(&text, ':', &out->place[1], &out->count[1]);
}

static bool read_confidence(ty_slice text, float *out)
{
    char number[24] = "";
    double value = 0;
    if (!text.size || text.size >= sizeof number)
        return false;
    memcpy(number, text.data, text.size);
    bool good = ty_decimal_parse(number, &value) && value >= 0 && value <= 1;
    *out = (float)value;
    return good;
}

bool ty_returned_read(const ty_unit *unit, ty_returned_pair *out)
{
    return read_place(ty_unit_property(unit, TY_PLACE_PROPERTY), out) &&
           read_confidence(ty_unit_property(unit, "x-taiyaku:confidence"), &out->confidence);
}
