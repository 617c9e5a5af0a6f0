/* SPDX-License-Identifier: Apache-2.0 */
/* Changes by a person: segments, status, removal, and taking them back. */
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ segments */

static ty_edit edit_by(const char *who)
{
    return (ty_edit){.who = ty_slice_of(who)};
}

static ty_status find_variant(const ty_stored_unit *stored, ty_slice lang, const ty_variant **out,
                              ty_error *error)
{
    *out = ty_variant_in(&stored->unit, lang, NULL);
    return *out ? TY_OK
                : ty_error_set(error, TY_NO, "unit %lld has nothing in \"%.*s\"", (long long)stored->id,
                               TY_SLICE_FORMAT(lang));
}

static ty_status check_text(ty_slice text, bool markup, const ty_variant *variant, ty_error *error)
{
    if (ty_utf8_check(text) != text.size)
        return ty_error_set(error, TY_ERR_ENCODING, "the new text is no UTF-8");
    if (ty_xml_check(text, error) != TY_OK)
        return TY_ERR_ENCODING;
    if (markup && !ty_inline_is_valid(text))
        return ty_error_set(error, TY_ERR_FORMAT, "the new text is no content of a TMX segment");
    if (!markup && variant->content.data)
        return ty_error_set(
            error, TY_ERR_USAGE,
            "the segment has inline codes, which plain text would lose; give its markup: %.*s",
            TY_SLICE_FORMAT(variant->content));
    return TY_OK;
}

ty_status ty_memory_no_unit(int64_t unit, ty_status status, ty_error *error)
{
    return status == TY_NO ? ty_error_set(error, TY_NO, "there is no unit %lld", (long long)unit) : status;
}

/* Is the segment so already? Then there is nothing to do, and no step. */
static bool is_so(const ty_variant *variant, ty_slice text, bool markup)
{
    return ty_slice_equal(text, markup && variant->content.data ? variant->content : variant->text) &&
           (variant->content.data || !markup || !memchr(text.data, '&', text.size));
}

/* Which variant it is, and whether it may become so, is asked of what is there now. */
static ty_status edit_segment(ty_store *store, int64_t unit, ty_slice lang, ty_slice text, bool markup,
                              const char *who, ty_arena *arena, ty_error *error)
{
    ty_stored_unit stored;
    const ty_variant *variant = NULL;
    ty_buffer plain = {0};
    ty_edit edit = edit_by(who);
    ty_status status = ty_memory_no_unit(unit, ty_store_unit(store, unit, arena, &stored, error), error);
    if (status == TY_OK)
        status = find_variant(&stored, lang, &variant, error);
    if (status == TY_OK)
        status = check_text(text, markup, variant, error);
    if (status == TY_OK && is_so(variant, text, markup))
        status = ty_error_set(error, TY_NO, "unit %lld says so already", (long long)unit);
    if (status == TY_OK && markup)
        ty_inline_plain(text, &plain);
    if (status == TY_OK && plain.failed)
        status = ty_error_nomem(error);
    if (status == TY_OK)
        status = ty_store_set_segment(store, unit, (uint32_t)(variant - stored.unit.variants),
                                      markup ? ty_buffer_slice(&plain) : text,
                                      markup ? text : (ty_slice){NULL, 0}, &edit, error);
    ty_buffer_release(&plain);
    return status;
}

ty_status ty_memory_edit(ty_memory *memory, int64_t unit, const char *lang, ty_slice text, bool markup,
                         const char *who, ty_error *error)
{
    ty_arena arena = {0};
    ty_store *store = memory->store;
    ty_status status = ty_store_begin_edit(store, &unit, 1, error);
    if (status != TY_OK)
        return status;
    status = edit_segment(store, unit, ty_slice_of(lang), text, markup, who, &arena, error);
    ty_arena_release(&arena);
    return ty_store_end(store, status, error);
}

/* ------------------------------------------------------------------------------------------ many at once */

/* One transaction is one step for undo: all of them or none. */
static ty_status for_each(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                          ty_status (*change)(ty_store *, int64_t, const ty_edit *, ty_error *),
                          ty_error *error)
{
    ty_edit edit = edit_by(who);
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = ty_memory_no_unit(units[i], change(memory->store, units[i], &edit, error), error);
    return ty_store_end(memory->store, status, error);
}

ty_status ty_memory_confirm(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                            ty_error *error)
{
    int64_t missing = 0;
    ty_edit edit = edit_by(who);
    ty_status status = ty_store_confirm(memory->store, units, count, &edit, &missing, error);
    return ty_memory_no_unit(missing, status, error);
}

ty_status ty_memory_remove(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                           ty_error *error)
{
    return for_each(memory, units, count, who, ty_store_remove, error);
}

static ty_status find_origin(ty_store *store, const char *name, int64_t *out, ty_error *error)
{
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_status status = ty_store_origins(store, (ty_slice){"", 0}, &arena, &origins, error);
    *out = 0;
    for (size_t i = 0; i < origins.count; i++)
        if (ty_slice_equal(origins.items[i].name, ty_slice_of(name)))
            *out = origins.items[i].id;
    if (status == TY_OK && *out == 0)
        status = ty_error_set(error, TY_NO, "there is no origin \"%s\"", name);
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    return status;
}

ty_status ty_memory_remove_origin(ty_memory *memory, const char *name, const char *who, uint64_t *out_count,
                                  ty_error *error)
{
    ty_edit edit = edit_by(who);
    uint64_t units = 0, concepts = 0;
    int64_t id = 0;
    *out_count = 0;
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    status = find_origin(memory->store, name, &id, error);
    if (status == TY_OK)
        status = ty_store_remove_origin(memory->store, id, &edit, &units, &concepts, error);
    status = ty_store_end(memory->store, status, error);
    if (status != TY_OK)
        return status;
    *out_count = units + concepts;
    return concepts ? ty_memory_terms_keep(memory, error) : TY_OK;
}
