/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which rendering of a term was used when and where: the units that have it on one side, by what stands for
 * it on the other.
 */
#include "ops/internal.h"

/* One rendering while it is counted; what it shows lives in the arena of the history. */
typedef struct rendering {
    ty_term_rendering shown;
    ty_slices origins;
} rendering;

typedef struct history {
    ty_memory *memory;
    const ty_term_index *terms; /* the termbase */
    ty_term_index *single;      /* of the term alone, where the termbase does not have it; else NULL */
    TY_VECTOR(uint32_t) wanted; /* entries that the term is */
    ty_slice lang, other_lang;
    ty_term_scan here, there; /* scratch */
    ty_strings keys;          /* number of a rendering */
    TY_VECTOR(rendering) list;
    ty_arena arena;
} history;

/* ------------------------------------------------------------------------------------------ the term */

static const ty_term_index *index_of(const history *h)
{
    return h->single ? h->single : h->terms;
}

static bool is_wanted(const history *h, uint32_t entry)
{
    for (size_t i = 0; i < h->wanted.count; i++)
        if (h->wanted.items[i] == entry)
            return true;
    return false;
}

static ty_status take_entries(history *h, ty_slice term, ty_slice lang, ty_error *error)
{
    ty_status status = ty_term_index_lookup(index_of(h), term, lang, &h->here, error);
    for (size_t i = 0; i < h->here.spots.count && status == TY_OK; i++)
        if (!ty_vector_push(&h->wanted, h->here.spots.items[i].entry))
            status = ty_error_nomem(error);
    return status;
}

/* A term that the termbase does not have is found by the same rules. */
static ty_status make_single(history *h, ty_slice term, ty_slice lang, ty_error *error)
{
    ty_term_entry entry = {.lang = lang, .text = term};
    ty_status status = ty_term_index_new(&h->single, error);
    if (status == TY_OK)
        status = ty_term_index_add(h->single, &entry, error);
    if (status == TY_OK)
        status = ty_term_index_build(h->single, error);
    return status == TY_OK ? take_entries(h, term, lang, error) : status;
}

static ty_slice primary(history *h, ty_slice tag)
{
    char buffer[16];
    return ty_arena_copy(&h->arena, ty_lang_primary(tag, buffer));
}

/* The languages are those told, or that of the term and the other one of English and Japanese. */
static ty_status find_term(history *h, ty_slice term, const char *lang, const char *other, ty_error *error)
{
    ty_status status = ty_memory_terms_open(h->memory, &h->terms, error);
    if (status == TY_OK)
        status = take_entries(h, term, ty_slice_of(lang), error);
    if (status != TY_OK)
        return status;
    const char *guessed = ty_lang_guess(term);
    if (lang)
        h->lang = primary(h, ty_slice_of(lang));
    else if (h->wanted.count)
        h->lang = primary(h, ty_term_index_entry(h->terms, h->wanted.items[0]).lang);
    else
        h->lang = ty_slice_of(ty_lang_usual_source(guessed[0] ? guessed : NULL));
    const char *usual = ty_lang_usual_other(h->lang);
    h->other_lang =
        other ? primary(h, ty_slice_of(other)) : ty_slice_of(usual ? usual : ty_lang_usual_target(NULL));
    return h->wanted.count ? TY_OK : make_single(h, term, h->lang, error);
}

/* ------------------------------------------------------------------------------------------ counting */

static void take_date(rendering *to, ty_slice date)
{
    if (date.size && (!to->shown.first.size || ty_slice_compare(date, to->shown.first) < 0))
        to->shown.first = date;
    if (date.size && ty_slice_compare(date, to->shown.last) > 0)
        to->shown.last = date;
}

/* The unit is the first example of a rendering; `from` and `to` are where. */
static void show_example(history *h, ty_term_rendering *shown, const ty_text_pair *pair, ty_span from,
                         ty_span to)
{
    shown->unit = pair->stored->id;
    shown->source = ty_arena_copy(&h->arena, pair->source);
    shown->target = ty_arena_copy(&h->arena, pair->target);
    shown->source_at = from;
    shown->target_at = to;
}

static ty_status count(history *h, ty_term_rendering found, const ty_text_pair *pair, ty_span from,
                       ty_span to, ty_error *error)
{
    char day[11];
    ty_buffer key = {0};
    ty_slice origin = pair->stored->origin_name;
    ty_buffer_add_format(&key, "%d:%.*s", found.kind, TY_SLICE_FORMAT(found.text));
    uint32_t number = key.failed ? TY_STRINGS_NONE : ty_strings_add(&h->keys, ty_buffer_slice(&key));
    ty_buffer_release(&key);
    if (number == h->list.count) {
        found.text = ty_arena_copy(&h->arena, found.text);
        show_example(h, &found, pair, from, to);
        if (!ty_vector_push(&h->list, ((rendering){.shown = found})))
            return ty_error_nomem(error);
    }
    if (number == TY_STRINGS_NONE)
        return ty_error_nomem(error);
    rendering *into = &h->list.items[number];
    into->shown.count++;
    ty_pair_date(pair->stored, day);
    take_date(into, ty_arena_copy(&h->arena, ty_slice_of(day)));
    /* Units come origin by origin. */
    if (into->origins.count && ty_slice_equal(into->origins.items[into->origins.count - 1], origin))
        return TY_OK;
    origin = ty_arena_copy(&h->arena, origin);
    return ty_vector_push(&into->origins, origin) ? TY_OK : ty_error_nomem(error);
}

/* Is it a term of a concept that the wanted term stands for? */
static bool answers(const history *h, uint32_t entry)
{
    int64_t concept = ty_term_index_entry(h->terms, entry).concept;
    for (size_t i = 0; i < h->wanted.count; i++)
        if (ty_term_index_entry(h->terms, h->wanted.items[i]).concept == concept)
            return true;
    return false;
}

/* Renderings that the termbase knows, inside longer terms or not; each counts once a unit. */
static ty_status count_spots(history *h, const ty_text_pair *pair, ty_span from, bool nested, bool *found,
                             ty_error *error)
{
    ty_slice last = {"", 0};
    ty_status status = TY_OK;
    for (size_t i = 0; i < h->there.spots.count && status == TY_OK; i++) {
        const ty_term_spot *spot = &h->there.spots.items[i];
        ty_term_entry entry = ty_term_index_entry(h->terms, spot->entry);
        if (spot->nested != nested || !answers(h, spot->entry) || ty_slice_equal(entry.text, last))
            continue;
        *found = true;
        last = entry.text;
        ty_term_rendering shown = {.kind = TY_RENDERING_TERM, .text = entry.text, .status = entry.status};
        status = count(h, shown, pair, from, (ty_span){spot->start, spot->end}, error);
    }
    return status;
}

static ty_status count_known(history *h, const ty_text_pair *pair, ty_span from, bool *found, ty_error *error)
{
    ty_status status =
        ty_term_index_scan(h->terms, pair->target, h->other_lang, TY_TERM_NESTED, &h->there, error);
    if (status == TY_OK)
        status = count_spots(h, pair, from, false, found, error);
    return status == TY_OK && !*found ? count_spots(h, pair, from, true, found, error) : status;
}

/* What probably stands for it, told from dictionaries; without text where nothing does. */
static ty_status count_probable(history *h, const ty_text_pair *pair, ty_span from, ty_error *error)
{
    ty_align_text here = {pair->source, h->lang}, there = {pair->target, h->other_lang};
    ty_span to = {0, 0};
    ty_status status = ty_memory_equivalent(h->memory, &here, from, &there, &to, error);
    if (status != TY_OK && status != TY_NO)
        return status;
    ty_term_rendering shown = {.kind = status == TY_OK ? TY_RENDERING_PROBABLE : TY_RENDERING_UNKNOWN,
                               .text = ty_slice_sub(pair->target, to.start, to.end)};
    return count(h, shown, pair, from, to, error);
}

/* Where the term stands by itself, else inside a longer one: "status quo" in "change the status quo". */
static const ty_term_spot *find_spot(const history *h)
{
    const ty_term_spot *nested = NULL;
    for (size_t i = 0; i < h->here.spots.count; i++) {
        const ty_term_spot *spot = &h->here.spots.items[i];
        if (!is_wanted(h, spot->entry))
            continue;
        if (!spot->nested)
            return spot;
        nested = nested ? nested : spot;
    }
    return nested;
}

static ty_status look_at(void *payload, const ty_text_pair *pair, ty_error *error)
{
    history *h = payload;
    bool found = false;
    ty_status status =
        ty_term_index_scan(index_of(h), pair->source, h->lang, TY_TERM_NESTED, &h->here, error);
    const ty_term_spot *spot = status == TY_OK ? find_spot(h) : NULL;
    if (!spot)
        return status;
    ty_span from = {spot->start, spot->end};
    if (!h->single)
        status = count_known(h, pair, from, &found, error);
    return status == TY_OK && !found ? count_probable(h, pair, from, error) : status;
}

/* ------------------------------------------------------------------------------------------ telling */

/* Terms before what is probable, and that before what is not known; the most frequent first. */
static int compare(const void *a, const void *b)
{
    const ty_term_rendering *one = &((const rendering *)a)->shown, *other = &((const rendering *)b)->shown;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    return one->unit < other->unit ? -1 : one->unit > other->unit;
}

static void release(history *h)
{
    for (size_t i = 0; i < h->list.count; i++)
        ty_vector_release(&h->list.items[i].origins);
    ty_vector_release(&h->list);
    ty_vector_release(&h->wanted);
    ty_strings_release(&h->keys);
    ty_term_scan_release(&h->here);
    ty_term_scan_release(&h->there);
    ty_term_index_free(h->single);
    ty_memory_terms_close(h->memory, h->terms);
    ty_arena_release(&h->arena);
}

ty_status ty_memory_term_history(ty_memory *memory, ty_slice term, const char *lang, const char *other_lang,
                                 ty_status (*each)(void *payload, const ty_term_rendering *rendering),
                                 void *payload, ty_error *error)
{
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    history h = {.memory = memory};
    term = ty_slice_trim(term);
    status = term.size ? find_term(&h, term, lang, other_lang, error)
                       : ty_error_set(error, TY_ERR_USAGE, "a term cannot be empty");
    if (status == TY_OK)
        status = ty_pair_each(memory, h.lang, h.other_lang, look_at, &h, error);
    if (status == TY_OK && h.arena.failed)
        status = ty_error_nomem(error);
    if (status == TY_OK && h.list.count)
        qsort(h.list.items, h.list.count, sizeof *h.list.items, compare);
    for (size_t i = 0; i < h.list.count && status == TY_OK; i++) {
        h.list.items[i].shown.origins = h.list.items[i].origins.items;
        h.list.items[i].shown.origin_count = h.list.items[i].origins.count;
        status = each(payload, &h.list.items[i].shown);
    }
    if (status == TY_OK && h.list.count == 0)
        status = TY_NO;
    release(&h);
    ty_memory_leave(memory);
    return status;
}
