/* SPDX-License-Identifier: Apache-2.0 */
/* Terms of the memory's termbase: by look-up, in running text, as a list. */
#include "ops/internal.h"
#include "ops/terms/composed.h"
#include "term/term.h"

/* ------------------------------------------------------------------------------------------ hits */

typedef ty_status (*hit_sink)(void *payload, const ty_term_hit *hit);

/* Where a hit stands, which says whose term is meant; no text for none. */
typedef struct hit_place {
    ty_slice text;
    size_t start, end;
    bool composed;
    ty_equivalent said; /* part by part, of a composed name; may be empty */
} hit_place;

static int rank(const ty_term *term, ty_slice lang)
{
    char one[16], other[16];
    bool same = ty_slice_equal(ty_lang_primary(term->lang, one), ty_lang_primary(lang, other));
    bool good = term->status == TY_TERM_APPROVED || term->status == TY_TERM_UNKNOWN;
    return (same ? 2 : 0) + (good ? 0 : 1);
}

/* Puts what is of another organisation than the place speaks of behind the others: 護衛艦 before 駆逐艦 for a
 * Japanese destroyer. Stable. */
static void order_by_place(ty_equivalent *list, size_t count, ty_slice lang, const hit_place *place)
{
    int fits[64];
    if (!place->text.size || count > sizeof fits / sizeof *fits)
        return;
    for (size_t i = 0; i < count; i++) {
        ty_slice whose = list[i].organisation;
        fits[i] = whose.size ? ty_term_fit_at(place->text, lang, place->start, place->end, whose) : 0;
    }
    for (size_t i = 1; i < count; i++) /* few */
        for (size_t at = i; at > 0 && fits[at - 1] < fits[at]; at--) {
            ty_equivalent one = list[at];
            int fit = fits[at];
            list[at] = list[at - 1], fits[at] = fits[at - 1];
            list[at - 1] = one, fits[at - 1] = fit;
        }
}

/* Approved equivalents in other languages come first, synonyms last; by place, then in the order of the
 * concept within. */
static ty_status list_equivalents(const ty_concept *concept, const ty_term *term, const hit_place *place,
                                  ty_arena *arena, ty_term_hit *hit, ty_error *error)
{
    ty_equivalent *list = ty_arena_array(arena, concept->term_count + 1, sizeof *list);
    if (!list)
        return ty_error_nomem(error);
    if (place->said.term.size)
        list[hit->equivalent_count++] = place->said;
    for (int wanted = 0; wanted < 4; wanted++) {
        size_t first = hit->equivalent_count;
        for (size_t i = 0; i < concept->term_count; i++) {
            const ty_term *other = &concept->terms[i];
            if (other != term && rank(other, term->lang) == wanted)
                list[hit->equivalent_count++] =
                    (ty_equivalent){other->lang, other->text, other->status, other->organisation};
        }
        order_by_place(list + first, hit->equivalent_count - first, term->lang, place);
    }
    hit->equivalents = list;
    return TY_OK;
}

static bool is_subject(const ty_concept *concept, const char *const *subjects)
{
    for (; *subjects; subjects++)
        if (ty_slice_equal(concept->subject, ty_slice_of(*subjects)))
            return true;
    return false;
}

/* Is it a verb, an adjective, a sentence: what is said rather than what is named? */
static bool is_said(const ty_concept *concept)
{
    static const char *const parts[] = {"verb", "adverb", "adjective", "sentence", "phrase"};
    for (size_t i = 0; i < concept->term_count; i++) {
        bool said = false;
        for (size_t j = 0; j < sizeof parts / sizeof *parts; j++)
            said |= ty_slice_equal_nocase(concept->terms[i].part_of_speech, ty_slice_of(parts[j]));
        if (!said)
            return false;
    }
    return concept->term_count > 0;
}

/* Is its first term of an alphabetic script a single word: "announcement", not "joint press conference"? */
static bool is_one_word(const ty_concept *concept)
{
    for (size_t i = 0; i < concept->term_count; i++)
        if (concept->terms[i].text.size && (unsigned char)concept->terms[i].text.data[0] < 0x80)
            return ty_slice_find(concept->terms[i].text, TY_SLICE(" "), 0) == SIZE_MAX;
    return false;
}

/* Told from its field and from what its terms are, where nobody has said. */
static ty_concept_kind likely_kind(const ty_concept *concept)
{
    static const char *const places[] = {"places", "countries", NULL},
                             *const titles[] = {"ranks", "posts", NULL},
                             *const press[] = {"press conferences", NULL};
    if (is_subject(concept, places))
        return TY_CONCEPT_PLACE;
    if (is_subject(concept, titles))
        return TY_CONCEPT_TITLE;
    if (is_said(concept) || (is_subject(concept, press) && is_one_word(concept)))
        return is_one_word(concept) ? TY_CONCEPT_WORD : TY_CONCEPT_PHRASE;
    return concept->subject.size && !ty_concept_is_loose(concept) ? TY_CONCEPT_NAME : TY_CONCEPT_TERM;
}

static ty_concept_kind kind_of(const ty_concept *concept)
{
    ty_concept_kind told = ty_concept_kind_of(ty_infos_find(concept->infos, TY_INFO_KIND));
    return told ? told : likely_kind(concept);
}

/* A general word is the head of a name: Common Configuration Implementation | Program. */
static ty_concept_kind kind_here(const ty_concept *concept, bool composed)
{
    ty_concept_kind kind = kind_of(concept);
    return composed && kind == TY_CONCEPT_WORD ? TY_CONCEPT_NAME : kind;
}

/* What the concept is, in the language if it is said there. */
static ty_slice definition_for(const ty_concept *concept, ty_slice lang)
{
    for (size_t i = 0; i < concept->term_count; i++) {
        ty_slice own = ty_term_definition(&concept->terms[i]);
        if (own.size && ty_lang_same(concept->terms[i].lang, lang))
            return own;
    }
    return concept->definition;
}

/* Tells of a term of the concept, by its number, that is met at the place. */
static ty_status tell(const ty_stored_concept *stored, size_t number, hit_place place, ty_arena *arena,
                      hit_sink each, void *payload, ty_error *error)
{
    const ty_concept *concept = &stored->concept;
    const ty_term *term = &concept->terms[number];
    ty_concept_kind kind = kind_here(concept, place.composed);
    ty_term_hit hit = {.start = place.start,
                       .end = place.end,
                       .composed = place.composed,
                       .concept_id = concept->id,
                       .concept = stored->id,
                       .lang = term->lang,
                       .term = term->text,
                       .status = place.composed ? TY_TERM_PROVISIONAL : term->status,
                       .subject = concept->subject,
                       .kind = ty_concept_kind_name(kind),
                       .concept_kind = kind,
                       .definition = definition_for(concept, term->lang),
                       .relation = ty_infos_find(concept->infos, TY_INFO_RELATION),
                       .note = term->note.size ? term->note : concept->note};
    ty_status status = list_equivalents(concept, term, &place, arena, &hit, error);
    return status == TY_OK ? each(payload, &hit) : status;
}

/* Spellings that fold alike are one hit of their concept. */
static bool told_before(const ty_term_index *index, const ty_term_scan *scan, size_t number)
{
    const ty_term_spot *spot = &scan->spots.items[number];
    int64_t concept = ty_term_index_entry(index, spot->entry).concept;
    for (size_t i = number; i-- > 0;) {
        const ty_term_spot *other = &scan->spots.items[i];
        if (other->start != spot->start)
            return false;
        if (other->end == spot->end && ty_term_index_entry(index, other->entry).concept == concept)
            return true;
    }
    return false;
}

static bool same_place(const ty_term_spot *one, const ty_term_spot *other)
{
    return one->start == other->start && one->end == other->end;
}

/* What was told last: readers leave `outer` out (in accordance with international law), or it is composed, so
 * it hides no term inside it. */
typedef struct told_spots {
    const ty_term_spot *outer; /* NULL: what stands inside is hidden */
    size_t end;                /* of what was told inside it */
} told_spots;

static bool is_hidden(const told_spots *told, const ty_term_spot *spot, const ty_term_spot *before)
{
    if (spot->inner)
        return true;
    if (!spot->nested || (before && before->nested && same_place(spot, before)))
        return false;
    return !told->outer || spot->end > told->outer->end || spot->start < told->end;
}

static bool is_left_out(const ty_concept *concept)
{
    ty_concept_kind kind = kind_of(concept);
    return kind == TY_CONCEPT_PHRASE || kind == TY_CONCEPT_WORD;
}

static void note_told(told_spots *told, const ty_term_spot *spot, const ty_concept *concept,
                      const ty_term_spot *before)
{
    bool again = before && same_place(spot, before);
    if (spot->nested)
        told->end = spot->end;
    else if (!spot->composed && !is_left_out(concept))
        told->outer = NULL;
    else if (!again)
        *told = (told_spots){.outer = spot};
}

static ty_status tell_spots(ty_memory *memory, const ty_term_index *index, ty_slice text,
                            const ty_term_scan *scan, hit_sink each, void *payload, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored;
    const ty_term_spot *before = NULL;
    told_spots told = {0};
    ty_status status = TY_OK;
    for (size_t i = 0; i < scan->spots.count && status == TY_OK; i++) {
        const ty_term_spot *spot = &scan->spots.items[i];
        ty_term_entry entry = ty_term_index_entry(index, spot->entry);
        if (is_hidden(&told, spot, before) || told_before(index, scan, i))
            continue;
        ty_arena_clear(&arena);
        status = ty_store_concept(memory->store, entry.concept, &arena, &stored, error);
        if (status == TY_OK && (size_t)entry.id < stored.concept.term_count) {
            hit_place place = {
                .text = text, .start = spot->start, .end = spot->end, .composed = spot->composed};
            if (spot->composed)
                status = ty_compose_name(memory, index, text, scan, i, &stored, (size_t)entry.id, &arena,
                                         &place.said, error);
            if (status == TY_OK)
                status = tell(&stored, (size_t)entry.id, place, &arena, each, payload, error);
            note_told(&told, spot, &stored.concept, before);
            before = spot;
        }
    }
    ty_arena_release(&arena);
    return status == TY_OK && scan->spots.count == 0 ? TY_NO : status;
}

/* A text of that many bytes needs most of the index. */
enum { LONG_TEXT = 128 * 1024 };

/* For look-ups: nothing is found where there is nothing, and a newcomer should know why. */
static ty_status open_for_look_up(ty_memory *memory, ty_slice text, const ty_term_index **out,
                                  ty_error *error)
{
    ty_status status = text.size < LONG_TEXT ? ty_memory_terms_open_lightly(memory, out, error)
                                             : ty_memory_terms_open(memory, out, error);
    if (status == TY_OK && ty_term_index_count(*out) == 0)
        ty_warn(memory->listener, memory->path, 0, 0, "no-terms", "the memory has no terms yet");
    return status;
}

/* The term, else a name that a scan would make of one. */
static ty_status look_up(const ty_term_index *index, ty_slice text, const char *lang, ty_term_scan *scan,
                         ty_error *error)
{
    char primary[16];
    ty_slice wanted = ty_slice_of(lang);
    ty_status status = ty_term_index_lookup(index, text, wanted, scan, error);
    if (status != TY_OK || scan->spots.count)
        return status;
    return ty_term_index_lookup_name(index, text, wanted.size ? ty_lang_primary(wanted, primary) : wanted,
                                     scan, error);
}

ty_status ty_memory_term_lookup(ty_memory *memory, ty_slice text, const char *lang, hit_sink each,
                                void *payload, ty_error *error)
{
    const ty_term_index *index = NULL;
    ty_term_scan scan = {0};
    ty_status status = ty_memory_enter_search(&memory, error);
    if (status != TY_OK)
        return status;
    status = open_for_look_up(memory, text, &index, error);
    if (status == TY_OK)
        do
            status = look_up(index, text, lang, &scan, error);
        while (ty_memory_terms_mended(memory, &index, &status, error));
    if (status == TY_OK)
        status = tell_spots(memory, index, text, &scan, each, payload, error);
    ty_term_scan_release(&scan);
    ty_memory_terms_close(memory, index);
    ty_memory_leave(memory);
    return status;
}

/* Of a long text so many spots are not kept. */
enum { SPOTS_KEPT = 4096 };

/* A scan of what is called while one goes on has its own. */
static ty_term_scan take_scan(ty_memory *memory)
{
    ty_term_scan scan = memory->scan;
    memory->scan = (ty_term_scan){0};
    return scan;
}

static void leave_scan(ty_memory *memory, ty_term_scan *scan)
{
    ty_term_scan_release(&memory->scan);
    if (scan->spots.capacity > SPOTS_KEPT)
        ty_vector_release(&scan->spots);
    memory->scan = *scan;
}

ty_status ty_memory_term_scan(ty_memory *memory, ty_slice text, const char *lang, hit_sink each,
                              void *payload, ty_error *error)
{
    const ty_term_index *index = NULL;
    char primary[16];
    ty_slice range = lang ? ty_lang_primary(ty_slice_of(lang), primary) : (ty_slice){"", 0};
    ty_status status = ty_memory_enter_look_up(&memory, error);
    if (status != TY_OK)
        return status;
    ty_term_scan scan = take_scan(memory);
    status = open_for_look_up(memory, text, &index, error);
    if (status == TY_OK)
        do
            status = ty_term_index_scan(index, text, range, TY_TERM_NESTED | TY_TERM_NAMES, &scan, error);
        while (ty_memory_terms_mended(memory, &index, &status, error));
    if (status == TY_OK)
        status = tell_spots(memory, index, text, &scan, each, payload, error);
    leave_scan(memory, &scan);
    ty_memory_terms_close(memory, index);
    ty_memory_leave(memory);
    return status;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool has_at(const char *text, ty_slice part)
{
    size_t i = 0;
    while (i < part.size && lower(text[i]) == lower(part.data[i]))
        i++;
    return i == part.size;
}

static bool has_part(ty_slice text, ty_slice part)
{
    for (size_t i = 0; i + part.size <= text.size; i++)
        if (has_at(text.data + i, part))
            return true;
    return false;
}

/* Goes through the index, where the terms of a concept stand together: reading all concepts takes twenty
 * times as long. */
static ty_status tell_having(ty_memory *memory, const ty_term_index *index, ty_slice part, ty_slice range,
                             hit_sink each, void *payload, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored;
    int64_t told = 0;
    ty_status status = TY_OK;
    for (size_t i = 0; i < ty_term_index_count(index) && status == TY_OK; i++) {
        ty_term_entry entry = ty_term_index_entry(index, i);
        if (entry.concept == told || !has_part(entry.text, part) ||
            !(range.size == 0 || ty_lang_same(range, entry.lang)))
            continue;
        told = entry.concept;
        ty_arena_clear(&arena);
        status = ty_store_concept(memory->store, entry.concept, &arena, &stored, error);
        if (status == TY_OK && (size_t)entry.id < stored.concept.term_count)
            status = tell(&stored, (size_t)entry.id, (hit_place){0}, &arena, each, payload, error);
    }
    ty_arena_release(&arena);
    return status == TY_OK && !told ? TY_NO : status;
}

ty_status ty_memory_term_find(ty_memory *memory, ty_slice part, const char *lang, hit_sink each,
                              void *payload, ty_error *error)
{
    const ty_term_index *index = NULL;
    ty_status status = ty_memory_enter_search(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_memory_terms_open(memory, &index, error);
    if (status == TY_OK)
        status = tell_having(memory, index, part, ty_slice_of(lang), each, payload, error);
    ty_memory_terms_close(memory, index);
    ty_memory_leave(memory);
    return status;
}

ty_status ty_memory_term_list(ty_memory *memory, hit_sink each, void *payload, ty_error *error)
{
    ty_arena arena = {0};
    ty_concepts *concepts = NULL;
    ty_stored_concept stored;
    uint64_t count = 0;
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    status = ty_concepts_open(memory->store, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &stored, error)) == TY_OK) {
        ty_arena_clear(&arena);
        count++;
        if (stored.concept.term_count)
            status = tell(&stored, 0, (hit_place){0}, &arena, each, payload, error);
    }
    ty_concepts_close(concepts);
    ty_arena_release(&arena);
    ty_memory_leave(memory);
    return status == TY_NO && count ? TY_OK : status;
}
