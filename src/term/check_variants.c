/* SPDX-License-Identifier: Apache-2.0 */
/*
 * check_variants - foreign names are written in katakana in more ways than a glossary lists: ロサンジェルス
 * for ロサンゼルス, ケニヤ for ケニア. A run of katakana that differs from the name in one character, in a
 * long name in two, is the name.
 */
#include "term/checker.h"

enum { NAME_MIN = 3, NAME_LONG = 8, NAME_MAX = 24 }; /* characters */

/* What others leave out or put in: ー, small vowels (ジェ for ゼ). */
static bool is_light(uint32_t c)
{
    static const char light[] = "ーァィゥェォ";
    for (size_t at = 0; at + 1 < sizeof light;)
        if (ty_utf8_next((ty_slice){light, sizeof light - 1}, &at) == c)
            return true;
    return false;
}

/* The katakana that the text begins with, up to a ・ unless it is `dotted`, without what is light; their
 * number, 0 where there are more than fit. */
static size_t read_katakana(ty_slice text, bool dotted, uint32_t out[NAME_MAX], size_t *end)
{
    size_t count = 0;
    for (size_t at = *end = 0; at < text.size; *end = at) {
        uint32_t c = ty_utf8_next(text, &at);
        if (c == U'ぺ' || c == U'べ' || c == U'へ') /* look like katakana, and are typed for them */
            c += 0x60;
        if (ty_char_script(c) != TY_SCRIPT_KATAKANA && c != U'ー' && !(dotted && c == U'・'))
            break;
        if (c == U'・' || is_light(c))
            continue;
        if (count == NAME_MAX)
            return 0;
        out[count++] = c;
    }
    return count;
}

/* The edit distance (Levenshtein 1966) of the two. */
static size_t distance(const uint32_t *one, size_t ones, const uint32_t *other, size_t others)
{
    size_t row[NAME_MAX + 1];
    for (size_t j = 0; j <= others; j++)
        row[j] = j;
    for (size_t i = 1; i <= ones; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= others; j++) {
            size_t changed = corner + (one[i - 1] != other[j - 1]);
            corner = row[j];
            size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = changed < least ? changed : least;
        }
    }
    return row[others];
}

static bool are_variants(const uint32_t *one, size_t ones, const uint32_t *other, size_t others)
{
    size_t shorter = ones < others ? ones : others, apart = distance(one, ones, other, others);
    return shorter >= NAME_MIN && one[0] == other[0] && apart <= (shorter >= NAME_LONG ? 2u : 1u);
}

/* Does a term of the target stand at exactly these bytes? Then it is that one. */
static bool is_term(const checker *check, size_t start, size_t end)
{
    for (size_t i = 0; i < check->out->target.spots.count; i++)
        if (check->out->target.spots.items[i].start == start && check->out->target.spots.items[i].end == end)
            return true;
    return false;
}

/* Has the target the name, all of it in katakana, in another spelling? */
static bool has_variant(const checker *check, ty_slice name)
{
    uint32_t wanted[NAME_MAX], run[NAME_MAX];
    bool dotted = ty_slice_find(name, TY_SLICE("・"), 0) != SIZE_MAX;
    size_t end, size = read_katakana(name, dotted, wanted, &end);
    if (size < NAME_MIN || end < name.size)
        return false;
    for (size_t at = 0; at < check->target.size;) {
        size_t count = read_katakana(ty_slice_sub(check->target, at, check->target.size), dotted, run, &end);
        if (count && are_variants(wanted, size, run, count) && !is_term(check, at, at + end))
            return true;
        size_t next = at;
        ty_utf8_next(check->target, &next);
        at = end ? at + end : next;
    }
    return false;
}

bool ty_check_has_variant(const checker *check, int64_t concept)
{
    size_t first, last;
    ty_term_concept_entries(check->index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        const term_record *record = record_of(check, check->index->by_concept.items[i]);
        if (term_is_acceptable(record) && has_variant(check, text_of(check, record)))
            return true;
    }
    return has_variant(check, ty_check_surname(check, concept));
}
