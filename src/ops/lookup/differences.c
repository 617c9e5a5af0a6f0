/* SPDX-License-Identifier: Apache-2.0 */
/* Where a match differs from its query, by word, and whether in what turns the sense round. */
#include <stdlib.h>

#include "match/match.h"
#include "ops/internal.h"

/* The words of a text, without what is blank, folded to be compared. */
typedef struct side {
    ty_slice text, lang;
    ty_text_words words;
    ty_slice *keys;
} side;

enum { CELLS_MAX = 1 << 20 }; /* of a table of common words; larger texts are compared at their ends only */

struct ty_differences {
    ty_difference_list told;
    TY_VECTOR(ty_difference) list;
    ty_arena arena;
    side one, other; /* query and source */
};

/* ------------------------------------------------------------------------------------------ words */

static ty_status read_side(ty_differences *d, side *out, ty_error *error)
{
    ty_buffer folded = {0};
    size_t kept = 0;
    ty_status status = ty_text_words_find(out->text, out->lang, &out->words, error);
    out->keys = ty_arena_array(&d->arena, out->words.count, sizeof *out->keys);
    for (size_t i = 0; status == TY_OK && i < out->words.count; i++) {
        ty_text_word word = out->words.items[i];
        ty_buffer_clear(&folded);
        status = ty_fold_plain(ty_slice_sub(out->text, word.start, word.end), TY_FOLD_MATCH, &folded, error);
        ty_slice key = ty_slice_trim(ty_buffer_slice(&folded));
        if (status != TY_OK || !key.size || !out->keys)
            continue;
        out->words.items[kept] = word;
        out->keys[kept++] = ty_arena_copy(&d->arena, key);
    }
    out->words.count = kept;
    ty_buffer_release(&folded);
    return status == TY_OK && d->arena.failed ? ty_error_nomem(error) : status;
}

/* ------------------------------------------------------------------------------------------ the difference
 */

/* Words [one, one_end) of the query have [other, other_end) of the source in their place. */
typedef struct range {
    size_t one, one_end, other, other_end;
} range;

static ty_span span_of(const side *s, size_t from, size_t end)
{
    size_t at = from < s->words.count ? s->words.items[from].start : s->text.size;
    return from < end ? (ty_span){s->words.items[from].start, s->words.items[end - 1].end}
                      : (ty_span){at, at};
}

static bool add(ty_differences *d, range r)
{
    ty_difference new = {span_of(&d->one, r.one, r.one_end), span_of(&d->other, r.other, r.other_end)};
    return (r.one == r.one_end && r.other == r.other_end) || ty_vector_push(&d->list, new);
}

static bool same(const ty_differences *d, size_t one, size_t other)
{
    return ty_slice_equal(d->one.keys[one], d->other.keys[other]);
}

/* common[i * width + j]: words that the two have in common, in order, from i and j on. */
static void fill_common(const ty_differences *d, range r, uint16_t *common)
{
    size_t width = r.other_end - r.other + 1;
    for (size_t i = r.one_end - r.one; i-- > 0;)
        for (size_t j = r.other_end - r.other; j-- > 0;) {
            uint16_t down = common[(i + 1) * width + j], right = common[i * width + j + 1];
            uint16_t both = (uint16_t)(common[(i + 1) * width + j + 1] + 1);
            common[i * width + j] = same(d, r.one + i, r.other + j) ? both : down > right ? down : right;
        }
}

static bool walk(ty_differences *d, range r, const uint16_t *common)
{
    size_t width = r.other_end - r.other + 1, i = r.one, j = r.other;
    range open = {i, i, j, j};
    while (i < r.one_end || j < r.other_end) {
        bool both = i < r.one_end && j < r.other_end;
        if (both && same(d, i, j)) {
            if (!add(d, open))
                return false;
            open = (range){++i, i, ++j, j};
        } else if (j == r.other_end || (both && common[(i - r.one + 1) * width + (j - r.other)] >=
                                                    common[(i - r.one) * width + (j - r.other + 1)])) {
            open.one_end = ++i;
        } else {
            open.other_end = ++j;
        }
    }
    return add(d, open);
}

static bool compare(ty_differences *d)
{
    range r = {0, d->one.words.count, 0, d->other.words.count};
    while (r.one < r.one_end && r.other < r.other_end && same(d, r.one, r.other)) {
        r.one++;
        r.other++;
    }
    while (r.one_end > r.one && r.other_end > r.other && same(d, r.one_end - 1, r.other_end - 1)) {
        r.one_end--;
        r.other_end--;
    }
    size_t cells = (r.one_end - r.one + 1) * (r.other_end - r.other + 1);
    if (cells > CELLS_MAX)
        return add(d, r);
    uint16_t *common = calloc(cells, sizeof *common);
    bool good = common != NULL;
    if (good)
        fill_common(d, r, common);
    good = good && walk(d, r, common);
    free(common);
    return good;
}

/* ------------------------------------------------------------------------------------------ what to warn of
 */

static ty_slice of_query(const ty_differences *d, const ty_difference *at)
{
    return ty_slice_sub(d->one.text, at->query.start, at->query.end);
}

static ty_slice of_source(const ty_differences *d, const ty_difference *at)
{
    return ty_slice_sub(d->other.text, at->source.start, at->source.end);
}

/* Is one of the words, between blanks in `list`, in the text? In a spaced language as a whole word. */
static bool has_word(ty_slice text, const char *list, bool spaced)
{
    ty_slice rest = ty_slice_of(list), word;
    while (rest.size && ty_slice_next(&rest, ' ', &word)) {
        for (size_t at = 0; at + word.size <= text.size; at++) {
            if (!ty_slice_equal_nocase(ty_slice_sub(text, at, at + word.size), word))
                continue;
            size_t end = at + word.size, before = at;
            bool whole = (end == text.size || !ty_char_is_letter((uint32_t)(unsigned char)text.data[end])) &&
                         (before == 0 || !ty_char_is_letter((uint32_t)(unsigned char)text.data[before - 1]));
            if (!spaced || whole)
                return true;
        }
    }
    return false;
}

static bool is_denied(const side *s)
{
    return ty_lang_is_unspaced(s->lang)
               ? has_word(s->text, "ない なかった なく ません ずに なければ ぬ。 非公 不可", false)
               : has_word(s->text,
                          "not no never without neither nor cannot none n't don't doesn't didn't won't isn't "
                          "aren't wasn't weren't hasn't haven't can't couldn't shouldn't wouldn't",
                          true);
}

/* The one in the query, the other in the source: beginnings of words. */
static const char *const opposites[][2] = {
    {"強", "弱"},          {"増", "減"},         {"開", "終"},          {"開", "閉"},
    {"入", "出"},          {"始", "終"},         {"上", "下"},          {"高", "低"},
    {"前", "後"},          {"賛", "反"},         {"承認", "否認"},      {"承認", "却下"},
    {"肯定", "否定"},      {"確認", "否定"},     {"拡", "縮"},          {"着", "発"},
    {"着陸", "離陸"},      {"成功", "失敗"},     {"許可", "禁止"},      {"東", "西"},
    {"南", "北"},          {"発効", "失効"},     {"可決", "否決"},      {"加", "減"},
    {"浮", "潜"},          {"歓迎", "懸念"},     {"除去", "敷設"},      {"increas", "decreas"},
    {"increas", "reduc"},  {"strength", "weak"}, {"accept", "reject"},  {"accept", "refus"},
    {"approv", "reject"},  {"confirm", "den"},   {"begin", "end"},      {"began", "ended"},
    {"start", "end"},      {"start", "stop"},    {"open", "clos"},      {"arriv", "depart"},
    {"arriv", "le"},       {"before", "after"},  {"more", "less"},      {"above", "below"},
    {"north", "south"},    {"east", "west"},     {"import", "export"},  {"deploy", "withdr"},
    {"allow", "prohibit"}, {"support", "oppos"}, {"agree", "disagree"}, {"rise", "fall"},
    {"rose", "fell"},      {"high", "low"},      {"first", "last"},     {"success", "fail"},
    {"welcom", "condemn"}};

/* Has the text a word, of a spaced language, or a part, of another, that begins so? */
static bool has_beginning(ty_slice text, const char *beginning)
{
    ty_slice wanted = ty_slice_of(beginning);
    bool letters = (unsigned char)beginning[0] < 0x80;
    for (size_t at = 0; at + wanted.size <= text.size; at++)
        if (ty_slice_equal_nocase(ty_slice_sub(text, at, at + wanted.size), wanted) &&
            (!letters || at == 0 || !ty_char_is_letter((uint32_t)(unsigned char)text.data[at - 1])))
            return true;
    return false;
}

static bool is_opposite(ty_slice one, ty_slice other)
{
    for (size_t i = 0; i < sizeof opposites / sizeof *opposites; i++)
        for (int turn = 0; turn < 2; turn++)
            if (has_beginning(one, opposites[i][turn]) && has_beginning(other, opposites[i][1 - turn]))
                return true;
    return false;
}

/* A day or month, whole or short, with a capital as names have. */
static bool is_of_calendar(ty_slice text, size_t at)
{
    static const char *const words[] = {
        "january",   "february", "march",    "april",    "may",    "june",    "july",      "august",
        "september", "october",  "november", "december", "monday", "tuesday", "wednesday", "thursday",
        "friday",    "saturday", "sunday",   "jan",      "feb",    "mar",     "apr",       "jun",
        "jul",       "aug",      "sep",      "sept",     "oct",    "nov",     "dec",       "mon",
        "tue",       "wed",      "thu",      "fri",      "sat",    "sun"};
    size_t end = at;
    while (end < text.size && ty_char_is_letter((uint32_t)(unsigned char)text.data[end]))
        end++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(ty_slice_sub(text, at, end), ty_slice_of(words[i])))
            return true;
    return false;
}

/* A capital inside of a sentence that is no day or month, an acronym, or two katakana. */
static bool has_name(ty_slice text, bool at_start)
{
    size_t capitals = 0, katakana = 0, at = 0;
    while (at < text.size) {
        size_t before = at;
        uint32_t c = ty_utf8_next(text, &at);
        bool first = before == 0 || text.data[before - 1] == ' ';
        capitals += ty_char_is_upper(c) && !(at_start && before == 0) && (first || capitals) &&
                    !(first && is_of_calendar(text, before));
        katakana += ty_char_script(c) == TY_SCRIPT_KATAKANA;
    }
    return capitals > 0 || katakana > 1;
}

static void find_warnings(ty_differences *d)
{
    ty_difference_list *told = &d->told;
    told->negation = is_denied(&d->one) != is_denied(&d->other);
    for (size_t i = 0; i < d->list.count; i++) {
        const ty_difference *at = &d->list.items[i];
        ty_slice one = of_query(d, at), other = of_source(d, at);
        told->opposite |= is_opposite(one, other);
        told->name |= has_name(one, at->query.start == 0) || has_name(other, at->source.start == 0);
    }
}

/* ------------------------------------------------------------------------------------------ the whole */

ty_status ty_match_differences(ty_slice query, const ty_match *match, ty_differences **out, ty_error *error)
{
    ty_differences *d = *out = calloc(1, sizeof *d);
    if (!d)
        return ty_error_nomem(error);
    d->one = (side){.text = query, .lang = match->source_lang};
    d->other = (side){.text = match->source, .lang = match->source_lang};
    ty_status status = read_side(d, &d->one, error);
    if (status == TY_OK)
        status = read_side(d, &d->other, error);
    if (status == TY_OK && !compare(d))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        find_warnings(d);
    d->told.items = d->list.items;
    d->told.count = d->list.count;
    return status;
}

const ty_difference_list *ty_differences_list(const ty_differences *differences)
{
    return &differences->told;
}

void ty_differences_free(ty_differences *d)
{
    if (!d)
        return;
    ty_vector_release(&d->list);
    ty_vector_release(&d->one.words);
    ty_vector_release(&d->other.words);
    ty_arena_release(&d->arena);
    free(d);
}
