/* SPDX-License-Identifier: Apache-2.0 */
/* Units joined and cut by a person: their texts, codes, notes and properties. The store sees to their places.
 */
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ joining */

/* The variant that answers number `at` of `unit`: of its language, and as manyeth of it. NULL where there is
 * none. */
static const ty_variant *counterpart(const ty_unit *unit, size_t at, const ty_unit *other)
{
    ty_slice lang = unit->variants[at].lang;
    size_t skip = 0;
    for (size_t i = 0; i < at; i++)
        skip += ty_slice_equal_nocase(unit->variants[i].lang, lang);
    for (size_t i = 0; i < other->variant_count; i++)
        if (ty_slice_equal_nocase(other->variants[i].lang, lang) && skip-- == 0)
            return &other->variants[i];
    return NULL;
}

static ty_status check_languages(const ty_stored_unit *a, const ty_stored_unit *b, ty_error *error)
{
    for (size_t i = 0; i < a->unit.variant_count; i++)
        if (!counterpart(&a->unit, i, &b->unit))
            return ty_error_set(error, TY_ERR_USAGE, "unit %lld has \"%.*s\", which unit %lld lacks",
                                (long long)a->id, TY_SLICE_FORMAT(a->unit.variants[i].lang),
                                (long long)b->id);
    return TY_OK;
}

static ty_slice copy_buffer(const ty_buffer *buffer, ty_arena *arena)
{
    if (buffer->failed)
        arena->failed = true;
    return ty_arena_copy(arena, ty_buffer_slice(buffer));
}

/* What stands between two sentences of a language. */
static const char *glue(ty_slice lang)
{
    return ty_lang_is_unspaced(lang) ? "" : " ";
}

/* Puts the other's segment behind the variant's, its codes numbered above `highest`. */
static void join_segment(ty_variant *variant, const ty_variant *other, unsigned highest, ty_arena *arena)
{
    ty_buffer joined = {0}, scratch = {0};
    const char *between = glue(variant->lang);
    bool has_codes = variant->content.data || other->content.data;
    ty_buffer_add(&joined, has_codes ? ty_variant_content(variant, &scratch) : variant->text);
    ty_buffer_add_string(&joined, between);
    if (has_codes)
        ty_inline_append(ty_variant_content(other, &scratch), highest, &joined);
    else
        ty_buffer_add(&joined, other->text);
    variant->text = copy_buffer(&joined, arena);
    if (has_codes) {
        variant->content = variant->text;
        ty_buffer_clear(&joined);
        ty_inline_plain(variant->content, &joined);
        variant->text = copy_buffer(&joined, arena);
    }
    arena->failed |= scratch.failed;
    ty_buffer_release(&joined);
    ty_buffer_release(&scratch);
}

static bool same_info(const ty_info *a, const ty_info *b)
{
    if (a->kind != b->kind || !ty_slice_equal(a->text, b->text) || a->attributes.count != b->attributes.count)
        return false;
    for (size_t i = 0; i < a->attributes.count; i++)
        if (!ty_slice_equal(a->attributes.items[i].name, b->attributes.items[i].name) ||
            !ty_slice_equal(a->attributes.items[i].value, b->attributes.items[i].value))
            return false;
    return true;
}

/* Notes and properties of both; what both say is said once. */
static ty_infos join_infos(ty_infos a, ty_infos b, ty_arena *arena)
{
    ty_infos all = {ty_arena_array(arena, a.count + b.count, sizeof *all.items), 0};
    if (!all.items)
        return all;
    for (size_t i = 0; i < a.count; i++)
        all.items[all.count++] = a.items[i];
    for (size_t i = 0; i < b.count; i++) {
        bool said = false;
        for (size_t k = 0; k < a.count && !said; k++)
            said = same_info(&a.items[k], &b.items[i]);
        if (!said)
            all.items[all.count++] = b.items[i];
    }
    return all;
}

static void join_unit(ty_unit *unit, const ty_unit *other, ty_arena *arena)
{
    unsigned highest = 0;
    for (size_t i = 0; i < unit->variant_count; i++) {
        unsigned here = ty_inline_highest(unit->variants[i].content);
        highest = here > highest ? here : highest;
    }
    for (size_t i = 0; i < unit->variant_count; i++) {
        const ty_variant *behind = counterpart(unit, i, other);
        unit->variants[i].infos = join_infos(unit->variants[i].infos, behind->infos, arena);
        join_segment(&unit->variants[i], behind, highest, arena);
    }
    unit->infos = join_infos(unit->infos, other->infos, arena);
}

/* A label stands in many places, which would all be joined or cut with one. */
static ty_status refuse_label(const ty_stored_unit *stored, ty_error *error)
{
    return stored->label ? ty_error_set(error, TY_ERR_USAGE,
                                        "unit %lld is a label that many places share; it is joined or cut in "
                                        "the review of its release",
                                        (long long)stored->id)
                         : TY_OK;
}

static ty_status join_all(ty_store *store, const int64_t *ids, size_t count, ty_arena *arena,
                          ty_stored_unit *joined, ty_error *error)
{
    ty_stored_unit other;
    ty_status status = ty_store_unit(store, ids[0], arena, joined, error);
    if (status != TY_OK)
        return ty_memory_no_unit(ids[0], status, error);
    status = refuse_label(joined, error);
    for (size_t i = 1; i < count && status == TY_OK; i++) {
        status = ty_memory_no_unit(ids[i], ty_store_unit(store, ids[i], arena, &other, error), error);
        if (status == TY_OK)
            status = refuse_label(&other, error);
        if (status == TY_OK)
            status = check_languages(joined, &other, error);
        if (status == TY_OK)
            status = check_languages(&other, joined, error);
        if (status != TY_OK)
            break;
        join_unit(&joined->unit, &other.unit, arena);
        if (!ty_slice_equal(other.status, joined->status))
            joined->status = TY_SLICE(""); /* confirmed is what is so altogether */
        status = arena->failed ? ty_error_nomem(error) : TY_OK;
    }
    return status;
}

static ty_status check_numbers(const int64_t *ids, size_t count, ty_error *error)
{
    if (count < 2)
        return ty_error_set(error, TY_ERR_USAGE, "it takes two units to merge");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (ids[i] == ids[k])
                return ty_error_set(error, TY_ERR_USAGE, "unit %lld is named twice", (long long)ids[i]);
    return TY_OK;
}

ty_status ty_memory_merge(ty_memory *memory, const int64_t *units, size_t count, const char *who,
                          ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_unit joined;
    ty_edit edit = {.who = ty_slice_of(who)};
    ty_status status = check_numbers(units, count, error);
    if (status == TY_OK)
        status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    status = join_all(memory->store, units, count, &arena, &joined, error);
    if (status == TY_OK)
        status = ty_store_merge(memory->store, units, count, &joined.unit, joined.status, &edit, error);
    ty_arena_release(&arena);
    return ty_store_end(memory->store, status, error);
}

/* ------------------------------------------------------------------------------------------ cutting */

/* White space, the ideographic kind included, is no part of either half. */
static ty_slice without_space(ty_slice text)
{
    for (;;) {
        size_t skip = ty_slice_starts(text, TY_SLICE("\u3000"))      ? 3
                      : text.size && strchr(" \t\r\n", text.data[0]) ? 1
                                                                     : 0;
        if (!skip || !text.data[0])
            return text;
        text = ty_slice_sub(text, skip, text.size);
    }
}

/* Where in the plain text the cut is; 0 where it does not begin with `first` or ends with it. */
static size_t find_cut(ty_slice text, ty_slice first)
{
    ty_slice from = without_space(text);
    first = ty_slice_trim(first);
    if (!first.size || !ty_slice_starts(from, first))
        return 0;
    size_t at = text.size - from.size + first.size;
    return without_space(ty_slice_sub(text, at, text.size)).size ? at : 0;
}

static void set_content(ty_variant *variant, ty_slice content, ty_arena *arena)
{
    ty_buffer plain = {0};
    ty_inline_plain(content, &plain);
    variant->content = content;
    variant->text = copy_buffer(&plain, arena);
    ty_buffer_release(&plain);
}

static ty_status cut_variant(ty_variant *first, ty_variant *second, ty_slice told, ty_arena *arena,
                             ty_error *error)
{
    ty_slice text = first->text, content = first->content;
    size_t at = find_cut(text, told);
    if (!at)
        return ty_error_set(error, TY_ERR_USAGE,
                            "the segment in \"%.*s\" does not go on behind \"%.*s\": %.*s",
                            TY_SLICE_FORMAT(first->lang), TY_SLICE_FORMAT(told), TY_SLICE_FORMAT(text));
    if (!content.data) {
        first->text = ty_slice_sub(text, 0, at);
        second->text = without_space(ty_slice_sub(text, at, text.size));
        return TY_OK;
    }
    size_t mark = ty_inline_cut(content, at);
    if (mark == SIZE_MAX)
        return ty_error_set(error, TY_ERR_USAGE, "the cut would tear inline codes apart: %.*s",
                            TY_SLICE_FORMAT(content));
    set_content(first, ty_slice_sub(content, 0, mark), arena);
    set_content(second, without_space(ty_slice_sub(content, mark, content.size)), arena);
    return TY_OK;
}

static const ty_unit_cut *cut_of(const ty_unit *unit, size_t variant, const ty_unit_cut *cuts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ty_variant_in(unit, ty_slice_of(cuts[i].lang), NULL) == &unit->variants[variant])
            return &cuts[i];
    return NULL;
}

/* The second half has all that the first has, but for its name. */
static ty_attributes without_tuid(ty_attributes attributes, ty_arena *arena)
{
    ty_attributes rest = {ty_arena_array(arena, attributes.count, sizeof *rest.items), 0};
    for (size_t i = 0; i < attributes.count && rest.items; i++)
        if (!ty_slice_equal(attributes.items[i].name, TY_SLICE("tuid")))
            rest.items[rest.count++] = attributes.items[i];
    return rest;
}

static ty_status cut_unit(const ty_unit *unit, const ty_unit_cut *cuts, size_t count, ty_arena *arena,
                          ty_unit *first, ty_unit *second, ty_error *error)
{
    ty_status status = TY_OK;
    if (!ty_unit_copy(unit, arena, first) || !ty_unit_copy(unit, arena, second))
        return ty_error_nomem(error);
    second->attributes = without_tuid(second->attributes, arena);
    for (size_t i = 0; i < unit->variant_count && status == TY_OK; i++) {
        const ty_unit_cut *cut = cut_of(unit, i, cuts, count);
        if (!cut)
            return ty_error_set(error, TY_ERR_USAGE, "where is the segment in \"%.*s\" cut? %.*s",
                                TY_SLICE_FORMAT(unit->variants[i].lang),
                                TY_SLICE_FORMAT(unit->variants[i].text));
        status = cut_variant(&first->variants[i], &second->variants[i], cut->first, arena, error);
    }
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

static ty_status check_cuts(const ty_stored_unit *stored, const ty_unit_cut *cuts, size_t count,
                            ty_error *error)
{
    for (size_t i = 0; i < count; i++)
        if (!ty_variant_in(&stored->unit, ty_slice_of(cuts[i].lang), NULL))
            return ty_error_set(error, TY_ERR_USAGE, "unit %lld has nothing in \"%s\"", (long long)stored->id,
                                cuts[i].lang);
    return refuse_label(stored, error);
}

ty_status ty_memory_split(ty_memory *memory, int64_t unit, const ty_unit_cut *cuts, size_t count,
                          const char *who, int64_t *out_unit, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_unit stored;
    ty_unit first, second;
    ty_edit edit = {.who = ty_slice_of(who)};
    *out_unit = 0;
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    status = ty_memory_no_unit(unit, ty_store_unit(memory->store, unit, &arena, &stored, error), error);
    if (status == TY_OK)
        status = check_cuts(&stored, cuts, count, error);
    if (status == TY_OK)
        status = cut_unit(&stored.unit, cuts, count, &arena, &first, &second, error);
    if (status == TY_OK)
        status = ty_store_split(memory->store, unit, &first, &second, &edit, out_unit, error);
    ty_arena_release(&arena);
    return ty_store_end(memory->store, status, error);
}
