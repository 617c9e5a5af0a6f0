/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader finds kept of a text in another one, where the edit distance counts a particle like a verb.
 *
 * A text is its content, the words of kanji, katakana and letters, and its function, the hiragana and marks
 * between. Content is compared item by item (kanji each, runs of the others whole) by the longest common
 * sequence; what is lost counts by words, for which two kanji are taken. docs/matching.md has the weights and
 * what they were tried on.
 */
#include <stdlib.h>

#include "match/internal.h"

enum {
    ITEMS_MAX = 256, /* of a longer text the beginning is compared */
    HIRAGANA_MAX = 256
};

static const double FUNCTION_COST = 0.1; /* a hiragana that differs */
static const double MARK_COST = 0.02;    /* a mark that differs */
static const double LIGHT_COST = 0.25;   /* a kanji that only carries a verb: 行う, 図る */
static const double MOVED_COST = 0.3;    /* a word that stands elsewhere */
static const double NEGATION_COST = 4;
static const double PASSIVE_COST = 1;
static const double PREFIX_COST = 3; /* 非, 不, 未 before a word */
static const double LAST_COST = 0.5; /* the predicate, which is last */

typedef enum item_class { ITEM_MARK, ITEM_FUNCTION, ITEM_KANJI, ITEM_KATAKANA, ITEM_WORD } item_class;

/* A text taken apart. Slices lie in `folded`. */
typedef struct content {
    ty_buffer folded;
    ty_slice items[ITEMS_MAX];
    size_t count;
    uint32_t hiragana[HIRAGANA_MAX], marks[HIRAGANA_MAX];
    size_t hiragana_count, mark_count;
    bool negated, passive;
} content;

/* A place where the two differ: what the one has, and the other. */
typedef struct stretch {
    size_t one, one_end, other, other_end;
    bool moved;
} stretch;

typedef struct comparison {
    content one, other;
    stretch stretches[ITEMS_MAX];
    size_t count;
    uint16_t common[ITEMS_MAX + 1][ITEMS_MAX + 1];
} comparison;

/* ------------------------------------------------------------------------------------------ a text */

static item_class class_of(uint32_t c)
{
    if (c < 0x80 && !ty_char_is_letter(c) && !ty_char_is_digit(c))
        return ITEM_MARK;
    switch (ty_char_script(c)) {
    case TY_SCRIPT_HIRAGANA: return ITEM_FUNCTION;
    case TY_SCRIPT_HAN: return ITEM_KANJI;
    case TY_SCRIPT_KATAKANA: return ITEM_KATAKANA;
    default: return ty_char_is_letter(c) || ty_char_is_digit(c) ? ITEM_WORD : ITEM_MARK;
    }
}

static void add_point(uint32_t *list, size_t *count, uint32_t c)
{
    if (*count < HIRAGANA_MAX)
        list[(*count)++] = c;
}

/* All numbers are alike, as they are to the score. */
static ty_slice as_item(ty_slice item)
{
    bool digits = item.size > 0;
    for (size_t i = 0; i < item.size; i++)
        digits = digits && item.data[i] >= '0' && item.data[i] <= '9';
    return digits ? TY_SLICE("0") : item;
}

static bool has_any(ty_slice text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ty_slice_find(text, ty_slice_of(list[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

/* ない also ends words that deny nothing (少ない, 危ない); both texts have those alike or not at all. */
static void note_forms(content *out)
{
    static const char *const negations[] = {"ない", "なかった", "なく",     "ません",
                                            "ずに", "ぬ.",      "なければ", "なし"};
    static const char *const passives[] = {"され", "られ"};
    ty_slice text = ty_buffer_slice(&out->folded);
    out->negated = has_any(text, negations, sizeof negations / sizeof *negations);
    out->passive = has_any(text, passives, sizeof passives / sizeof *passives);
}

static ty_status take_apart(ty_slice text, content *out, ty_error *error)
{
    ty_status status = ty_fold_plain(text, TY_FOLD_MATCH, &out->folded, error);
    ty_slice in = ty_buffer_slice(&out->folded);
    item_class last = ITEM_MARK;
    size_t start = 0;
    for (size_t at = 0; status == TY_OK && at < in.size && out->count < ITEMS_MAX;) {
        size_t from = at;
        uint32_t c = ty_utf8_next(in, &at);
        item_class class = class_of(c);
        if (class == ITEM_FUNCTION)
            add_point(out->hiragana, &out->hiragana_count, c);
        else if (class == ITEM_MARK && !ty_char_is_space(c))
            add_point(out->marks, &out->mark_count, c);
        else if (class != ITEM_MARK && (class == ITEM_KANJI || class != last)) {
            start = from;
            out->items[out->count++] = as_item(ty_slice_sub(in, from, at));
        } else if (class != ITEM_MARK)
            out->items[out->count - 1] = as_item(ty_slice_sub(in, start, at));
        last = class;
    }
    note_forms(out);
    return status;
}

/* ------------------------------------------------------------------------------------------ the difference
 */

static void fill_common(comparison *c)
{
    for (size_t i = c->one.count + 1; i-- > 0;)
        for (size_t j = c->other.count + 1; j-- > 0;) {
            uint16_t best = 0;
            if (i < c->one.count && j < c->other.count) {
                if (ty_slice_equal(c->one.items[i], c->other.items[j]))
                    best = (uint16_t)(c->common[i + 1][j + 1] + 1);
                else
                    best =
                        c->common[i + 1][j] > c->common[i][j + 1] ? c->common[i + 1][j] : c->common[i][j + 1];
            }
            c->common[i][j] = best;
        }
}

static void end_stretch(comparison *c, stretch *open, size_t i, size_t j)
{
    open->one_end = i;
    open->other_end = j;
    if (open->one_end > open->one || open->other_end > open->other)
        c->stretches[c->count++] = *open;
}

static void find_stretches(comparison *c)
{
    stretch open = {0};
    size_t i = 0, j = 0, n = c->one.count, m = c->other.count;
    fill_common(c);
    while (i < n || j < m) {
        if (i < n && j < m && ty_slice_equal(c->one.items[i], c->other.items[j])) {
            end_stretch(c, &open, i++, j++);
            open = (stretch){.one = i, .other = j};
        } else if (j == m || (i < n && c->common[i + 1][j] >= c->common[i][j + 1])) {
            i++;
        } else {
            j++;
        }
    }
    end_stretch(c, &open, n, m);
}

/* ------------------------------------------------------------------------------------------ its weight */

static bool is_in(ty_slice item, const char *list)
{
    return item.size == 3 && ty_slice_find(ty_slice_of(list), item, 0) != SIZE_MAX;
}

static double weight(const content *of, size_t from, size_t end)
{
    double sum = 0;
    for (; from < end; from++) {
        size_t at = 0;
        bool kanji = class_of(ty_utf8_next(of->items[from], &at)) == ITEM_KANJI && at == of->items[from].size;
        sum += is_in(of->items[from], "行図進努為致実施") ? LIGHT_COST : kanji ? 1 : 2;
    }
    return sum;
}

static bool has_prefix(const content *of, size_t from, size_t end)
{
    for (; from < end; from++)
        if (is_in(of->items[from], "非不未無反"))
            return true;
    return false;
}

static bool same_items(const comparison *c, const stretch *lost, const stretch *found)
{
    size_t count = lost->one_end - lost->one;
    if (!count || lost->other_end > lost->other || found->one_end > found->one ||
        count != found->other_end - found->other)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!ty_slice_equal(c->one.items[lost->one + i], c->other.items[found->other + i]))
            return false;
    return true;
}

/* What is lost at one place and found at another has only moved. */
static double take_moved(comparison *c)
{
    double sum = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < c->count; k++)
            if (!c->stretches[i].moved && !c->stretches[k].moved &&
                same_items(c, &c->stretches[i], &c->stretches[k])) {
                c->stretches[i].moved = c->stretches[k].moved = true;
                sum += MOVED_COST;
            }
    return sum;
}

/* A word that is another in part is another word. */
static double cost_of(const comparison *c, const stretch *place)
{
    double lost = weight(&c->one, place->one, place->one_end);
    double found = weight(&c->other, place->other, place->other_end);
    double more = lost > found ? lost : found, cost = lost + found;
    bool replaced = place->one_end > place->one && place->other_end > place->other;
    if (replaced)
        cost = more < 1 ? more : 2 * (double)(long)((more + 1.999) / 2);
    if (has_prefix(&c->one, place->one, place->one_end) !=
        has_prefix(&c->other, place->other, place->other_end))
        cost += PREFIX_COST;
    bool last = place->one_end == c->one.count && place->other_end == c->other.count;
    return cost + (replaced && last ? LAST_COST : 0);
}

static ty_status points_distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m, double *out,
                                 ty_error *error)
{
    ty_pattern pattern = {0};
    ty_status status = ty_pattern_set(&pattern, a, n, error);
    if (status == TY_OK)
        *out = ty_pattern_distance(&pattern, b, m, UINT32_MAX / 2);
    ty_pattern_release(&pattern);
    return status;
}

static ty_status weigh(comparison *c, double *out, ty_error *error)
{
    double hiragana = 0, marks = 0;
    find_stretches(c);
    *out = take_moved(c);
    for (size_t i = 0; i < c->count; i++)
        *out += c->stretches[i].moved ? 0 : cost_of(c, &c->stretches[i]);
    *out += c->one.negated != c->other.negated ? NEGATION_COST : 0;
    *out += c->one.passive != c->other.passive ? PASSIVE_COST : 0;
    ty_status status = points_distance(c->one.hiragana, c->one.hiragana_count, c->other.hiragana,
                                       c->other.hiragana_count, &hiragana, error);
    if (status == TY_OK)
        status = points_distance(c->one.marks, c->one.mark_count, c->other.marks, c->other.mark_count, &marks,
                                 error);
    *out += hiragana * FUNCTION_COST + marks * MARK_COST;
    return status;
}

ty_status ty_match_loss(ty_slice query, ty_slice text, double *out, ty_error *error)
{
    comparison *c = calloc(1, sizeof *c);
    *out = 0;
    if (!c)
        return ty_error_nomem(error);
    ty_status status = take_apart(query, &c->one, error);
    if (status == TY_OK)
        status = take_apart(text, &c->other, error);
    if (status == TY_OK)
        status = weigh(c, out, error);
    ty_buffer_release(&c->one.folded);
    ty_buffer_release(&c->other.folded);
    free(c);
    return status;
}
