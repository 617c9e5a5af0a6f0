/* SPDX-License-Identifier: Apache-2.0 */
#include "term/names.h"

/* ------------------------------------------------------------------------------------------ words */

/* Kinds begin in small letters. */
static const term_name_list *list_of(const char *lang, const char *kind)
{
    size_t letter = (size_t)(kind[0] - 'a');
    for (size_t i = ty_term_name_list_firsts[letter]; i < ty_term_name_list_firsts[letter + 1]; i++) {
        const term_name_list *list = &ty_term_name_lists[i];
        if (list->lang[0] == lang[0] && list->kind[1] == kind[1] && strcmp(list->kind, kind) == 0)
            return list;
    }
    return NULL;
}

const ty_slice *ty_term_name_words(const char *lang, const char *kind)
{
    static const ty_slice none = {NULL, 0};
    const term_name_list *list = list_of(lang, kind);
    return list ? list->words : &none;
}

static int small(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int compare(ty_slice one, ty_slice other)
{
    for (size_t i = 0; i < one.size && i < other.size; i++)
        if (small(one.data[i]) != small(other.data[i]))
            return small(one.data[i]) - small(other.data[i]);
    return (one.size > other.size) - (one.size < other.size);
}

/* The first word that is no smaller, in any case of letters. */
static size_t place_of(const term_name_list *list, ty_slice word)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(list->words[middle], word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool has_in_any_case(const term_name_list *list, ty_slice word)
{
    size_t at = place_of(list, word);
    return word.size && at < list->count && compare(list->words[at], word) == 0;
}

/* Does a word of the list end with these two bytes? Most do not. */
static bool has_end(const term_name_list *list, char before, char last)
{
    unsigned bit = (before & 15U) << 4 | (last & 15U);
    return list->ends[bit / 64] >> bit % 64 & 1;
}

/* A short list is gone through sooner than searched. */
enum { SHORT_LIST = 64 };

static bool is_in_short(const term_name_list *list, ty_slice word)
{
    for (const ty_slice *listed = list->words; listed->size; listed++)
        if (listed->size == word.size && memcmp(listed->data, word.data, word.size) == 0)
            return true;
    return false;
}

bool ty_term_is_name_word(const char *lang, const char *kind, ty_slice word)
{
    const term_name_list *list = list_of(lang, kind);
    const char *end = word.data + word.size;
    if (!list || !word.size || !has_end(list, word.size > 1 ? end[-2] : 0, end[-1]))
        return false;
    if (list->count <= SHORT_LIST)
        return is_in_short(list, word);
    for (size_t i = place_of(list, word); i < list->count && compare(list->words[i], word) == 0; i++)
        if (ty_slice_equal(list->words[i], word))
            return true;
    return false;
}

/* A plural -s is passed over: Kongo-class destroyers. */
static bool has_word(const term_name_list *list, ty_slice word)
{
    bool plural = word.size > 1 && word.data[word.size - 1] == 's';
    return has_in_any_case(list, word) ||
           (plural && has_in_any_case(list, (ty_slice){word.data, word.size - 1}));
}

/* In any case of letters. */
static bool ends_so(ty_slice text, ty_slice word, bool spaced)
{
    if (text.size < word.size || ((text.data[text.size - 1] ^ word.data[word.size - 1]) & ~0x20) != 0)
        return false;
    size_t start = text.size - word.size;
    return ty_slice_equal_nocase(ty_slice_sub(text, start, text.size), word) &&
           (!spaced || start == 0 || text.data[start - 1] == ' ');
}

static bool ends_in_short(const term_name_list *list, ty_slice text, bool spaced)
{
    bool plural = spaced && text.size > 1 && text.data[text.size - 1] == 's';
    for (const ty_slice *listed = list->words; listed->size; listed++)
        if (ends_so(text, *listed, spaced) ||
            (plural && ends_so((ty_slice){text.data, text.size - 1}, *listed, spaced)))
            return true;
    return false;
}

/* May the text end with a word of the list, or its plural? Most do not, as their last letters say. */
static bool may_end(const term_name_list *list, ty_slice text)
{
    const char *end = text.data + text.size;
    if (text.size < 2)
        return text.size && has_end(list, 0, end[-1]);
    return has_end(list, end[-2], end[-1]) ||
           (end[-1] == 's' && has_end(list, text.size > 2 ? end[-3] : 0, end[-2]));
}

/* Behind each of the last blanks, or before each of the last characters, stands what may be a listed word. */
bool ty_term_ends_name_word(const char *lang, const char *kind, ty_slice text)
{
    enum { WORDS = 5, CHARS = 12 };
    const term_name_list *list = list_of(lang, kind);
    bool spaced = lang[0] != 'j'; /* Japanese has no blanks */
    if (!list || !may_end(list, text))
        return false;
    if (list->count <= SHORT_LIST)
        return ends_in_short(list, text, spaced);
    int left = spaced ? WORDS : CHARS;
    for (size_t at = text.size; at > 0 && left > 0;) {
        at--;
        bool begins =
            spaced ? at == 0 || text.data[at - 1] == ' ' : ((unsigned char)text.data[at] & 0xC0) != 0x80;
        ty_slice word = ty_slice_sub(text, at, text.size);
        if (begins && (spaced ? has_word(list, word) : has_in_any_case(list, word)))
            return true;
        left -= begins;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ hits */

/* The spots [first, last) have one span: the record of the one that names are made of. */
static const term_record *record_of(const ty_term_index *index, const ty_term_spot *spots, size_t count)
{
    const term_record *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const term_record *record = &index->entries.items[spots[i].entry];
        if (spots[i].nested)
            return NULL;
        if (!found || record->flags & (TERM_NUMBERED | TERM_TITLE | TERM_RANK))
            found = record;
    }
    return found;
}

/* A number stands right behind an acronym that is a hit only as its year: RIMPAC2022. */
static bool is_digit_at(ty_slice text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static ty_span name_of(const term_named *hit)
{
    bool japanese = hit->record->flags & TERM_JAPANESE;
    ty_slice own = ty_slice_sub(hit->text, hit->span.start, hit->span.end);
    if (hit->record->flags & TERM_NUMBERED ||
        ty_term_ends_name_word(japanese ? "ja" : "en", "numbered", own)) {
        ty_span numbered = ty_term_with_number(hit->text, hit->span, japanese);
        if (numbered.start != hit->span.start || numbered.end != hit->span.end)
            return numbered;
    }
    ty_span around = japanese ? ty_term_name_around_japanese(hit) : ty_term_name_around_english(hit);
    if (is_digit_at(hit->text, hit->span.end) ||
        ty_term_ends_name_word(japanese ? "ja" : "en", "dated", own)) {
        ty_span dated = ty_term_with_year(hit->text, hit->span, japanese);
        around.end = dated.end > around.end ? dated.end : around.end;
    }
    return around;
}

/* The next hit that is not nested; at the end of the text for none. */
static ty_span next_of(const ty_term_scan *scan, size_t last, size_t size)
{
    for (size_t i = last; i < scan->spots.count; i++)
        if (!scan->spots.items[i].nested)
            return (ty_span){scan->spots.items[i].start, scan->spots.items[i].end};
    return (ty_span){size, size};
}

static bool is_inside(ty_term_spot spot, ty_span span)
{
    return spot.start >= span.start && spot.end <= span.end &&
           (spot.start > span.start || spot.end < span.end);
}

void ty_term_swallow(ty_term_scan *scan, size_t first, size_t last, ty_span span)
{
    ty_term_spot *spots = scan->spots.items;
    for (size_t i = last; i < scan->spots.count && spots[i].start < span.end; i++)
        spots[i].nested = true;
    for (size_t i = first; i < last; i++)
        spots[i].start = span.start, spots[i].end = span.end;
    for (size_t i = first; i < last; i++)
        for (size_t at = i; at > 0 && is_inside(spots[at - 1], span); at--) {
            ty_term_spot inside = spots[at - 1];
            inside.nested = true;
            spots[at - 1] = spots[at];
            spots[at] = inside;
        }
}

void ty_term_take_names(const ty_term_index *index, ty_slice text, ty_term_scan *out)
{
    ty_term_spot *spots = out->spots.items;
    ty_span before = {0, 0};
    for (size_t first = 0, last; first < out->spots.count; first = last) {
        for (last = first + 1; last < out->spots.count && spots[last].start == spots[first].start &&
                               spots[last].end == spots[first].end;)
            last++;
        term_named hit = {.text = text,
                          .span = {spots[first].start, spots[first].end},
                          .before = before,
                          .floor = before.end,
                          .next = next_of(out, last, text.size),
                          .record = record_of(index, spots + first, last - first)};
        ty_span span = hit.record ? name_of(&hit) : hit.span;
        if (span.start < hit.span.start || span.end > hit.span.end)
            ty_term_swallow(out, first, last, span);
        if (span.end > before.end && !out->spots.items[last - 1].nested)
            before = span;
    }
}
