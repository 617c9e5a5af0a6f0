/* SPDX-License-Identifier: Apache-2.0 */
#include "term/names.h"

/* The UTF-8 character that ends at `at`, not before `floor`; empty for none. */
static ty_slice char_before(ty_slice text, size_t at, size_t floor)
{
    size_t start = at;
    while (start > floor && ((unsigned char)text.data[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == floor)
        return (ty_slice){"", 0};
    return ty_slice_sub(text, start - 1, at);
}

static bool is_between(ty_slice c, const char *first, const char *last)
{
    return c.size == 3 && memcmp(c.data, first, 3) >= 0 && memcmp(c.data, last, 3) <= 0;
}

static bool is_katakana(ty_slice c)
{
    return is_between(c, "ァ", "ー");
}

static bool is_kana(ty_slice c)
{
    return is_between(c, "ぁ", "ー");
}

static bool is_kanji(ty_slice c)
{
    return is_between(c, "一", "\xE9\xBF\xBF");
}

static bool is_latin(ty_slice c)
{
    return c.size == 1 && (((c.data[0] | 0x20) >= 'a' && (c.data[0] | 0x20) <= 'z') ||
                           (c.data[0] >= '0' && c.data[0] <= '9'));
}

/* Where a run of such characters before `at` begins. */
static size_t run_before(ty_slice text, size_t at, size_t floor, bool (*fits)(ty_slice))
{
    for (ty_slice c; (c = char_before(text, at, floor)).size && fits(c);)
        at -= c.size;
    return at;
}

/* Is it one of the kanji of that row? */
static bool is_of(const char *kind, ty_slice c)
{
    for (const ty_slice *row = ty_term_name_words("ja", kind); row->size; row++)
        if (c.size == 3 && ty_slice_find(*row, c, 0) != SIZE_MAX)
            return true;
    return false;
}

/* The kanji of a country before what it has: 英 | 空母. A kanji before it makes another word of it. */
static size_t country_before(const term_named *hit)
{
    size_t at = hit->span.start;
    ty_slice c = char_before(hit->text, at, hit->floor);
    bool whole = is_of("country", c) && !is_kanji(char_before(hit->text, at - c.size, 0));
    return whole ? at - c.size : at;
}

/* Short or in full: フィリピン, フィリピン共和国. */
static bool is_country(ty_slice name)
{
    return ty_term_is_country(name) || ty_term_ends_name_word("ja", "state", name);
}

/* The country before a title, a hit by itself: オランダ | 首相. */
static size_t named_country_before(const term_named *hit, size_t at)
{
    ty_slice before = ty_slice_sub(hit->text, hit->before.start, hit->before.end);
    return hit->before.end == at && before.size && is_country(before) ? hit->before.start : at;
}

/* What is of a title behind it: 国防大臣 | 代行. A kanji behind that makes another word of it. */
static size_t acting_behind(const term_named *hit)
{
    ty_slice rest = ty_slice_sub(hit->text, hit->span.end, hit->next.start);
    size_t longest = 0;
    for (const ty_slice *word = ty_term_name_words("ja", "acting"); word->size; word++)
        if (word->size > longest && ty_slice_starts(rest, *word) &&
            !is_kanji(ty_slice_sub(rest, word->size, word->size + 3)))
            longest = word->size;
    return hit->span.end + longest;
}

/* The foreign name before a title: オースティン | 米国防長官, ジェームズ・ビアマン | 中将. */
static size_t person_before(const term_named *hit, size_t at)
{
    enum { SHORTEST = 6 };
    size_t floor = at < hit->floor ? 0 : hit->floor;
    size_t start = run_before(hit->text, at, floor, is_katakana);
    bool whole = at - start >= SHORTEST && !is_kana(char_before(hit->text, start, floor));
    return whole ? start : at;
}

/* A name in quotes behind a kind of ship: フリゲート艦「バイエルン」. */
static size_t quoted_behind(const term_named *hit)
{
    static const char *const quotes[][2] = {{"「", "」"}, {"『", "』"}, {"“", "”"}};
    enum { LONGEST = 60 };
    ty_slice rest = ty_slice_sub(hit->text, hit->span.end, hit->span.end + LONGEST);
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t end = ty_slice_find(rest, ty_slice_of(quotes[i][1]), 0);
        if (ty_slice_starts(rest, ty_slice_of(quotes[i][0])) && end != SIZE_MAX &&
            ty_slice_find(ty_slice_sub(rest, 0, end), TY_SLICE("\n"), 0) == SIZE_MAX)
            return hit->span.end + end + 3;
    }
    return hit->span.end;
}

/* Where a name in quotes before `at` begins: 「もがみ」 | 型; `at` where there is none. */
static size_t quote_before(ty_slice text, size_t at, size_t floor)
{
    enum { LONGEST = 45 };
    if (!ty_slice_equal(char_before(text, at, floor), TY_SLICE("」")))
        return at;
    for (size_t start = at - 3; start >= floor + 3 && at - start < LONGEST; start -= 3)
        if (ty_slice_equal(char_before(text, start, floor), TY_SLICE("「")))
            return start - 3;
    return at;
}

/* A class before a kind of ship: ルーヤンIII級 | ミサイル駆逐艦, ルーヤン（旅洋）II級, あさぎり型. */
static size_t class_before(const term_named *hit)
{
    size_t start = hit->span.start;
    ty_slice mark = char_before(hit->text, start, hit->floor);
    if (!ty_slice_equal(mark, TY_SLICE("級")) && !ty_slice_equal(mark, TY_SLICE("型")))
        return start;
    if (hit->before.end == start - mark.size && hit->before.end > hit->before.start)
        return hit->before.start; /* もがみ型 where もがみ is a hit */
    size_t open = quote_before(hit->text, start - mark.size, hit->floor);
    if (open < start - mark.size)
        return open;
    size_t at = run_before(hit->text, start - mark.size, hit->floor, is_latin);
    ty_slice close = char_before(hit->text, at, hit->floor);
    if (ty_slice_equal(close, TY_SLICE(")")) || ty_slice_equal(close, TY_SLICE("）"))) {
        at = run_before(hit->text, at - close.size, hit->floor, is_kanji);
        at -= char_before(hit->text, at, hit->floor).size;
    }
    size_t name = run_before(hit->text, at, hit->floor, is_katakana);
    name = name < at ? name : run_before(hit->text, at, hit->floor, is_kana);
    return name < start - mark.size ? name : start;
}

/* Two or more countries in a kanji each before what they have together: 日米韓 | 外相会談. */
static size_t countries_before(const term_named *hit)
{
    size_t at = hit->span.start;
    for (ty_slice c; is_of("countries", c = char_before(hit->text, at, 0));)
        at -= 3;
    return hit->span.start - at >= 6 && !is_kanji(char_before(hit->text, at, 0)) ? at : hit->span.start;
}

/* One country in a kanji, parted or not by a point, before an organisation: 日 | NATO, 日・ | ASEAN. */
static size_t one_country_before(ty_slice text, size_t at)
{
    ty_slice point = char_before(text, at, 0);
    size_t end = ty_slice_equal(point, TY_SLICE("・")) ? at - point.size : at;
    ty_slice c = char_before(text, end, 0);
    bool alone = is_of("countries", c) && !is_kanji(char_before(text, end - c.size, 0));
    return alone ? end - c.size : at;
}

/* The organisation or country before what it holds or is given: NATO | 外相会合, ウクライナ | 支援. */
static size_t organisation_before(const term_named *hit)
{
    ty_slice before = ty_slice_sub(hit->text, hit->before.start, hit->before.end);
    if (!before.size || hit->before.end != hit->span.start)
        return hit->span.start;
    ty_slice head = ty_slice_sub(before, 0, run_before(before, before.size, 0, is_latin));
    bool named = head.size < before.size;
    if (ty_slice_ends(head, TY_SLICE("・")))
        head.size -= TY_SLICE("・").size;
    bool organisation = named && (!head.size || is_of("countries", head));
    if (!organisation && !is_country(before))
        return hit->span.start;
    return one_country_before(hit->text, hit->before.start);
}

/* What a force or a country flies or sails, in one kanji behind it: 海自 | 機; a company's: ボーイング | 社.
 */
static size_t of_it_behind(const term_named *hit, ty_slice own)
{
    ty_slice c = ty_slice_sub(hit->text, hit->span.end, hit->span.end + 3);
    ty_slice behind = ty_slice_sub(hit->text, hit->span.end + c.size, hit->span.end + c.size + 3);
    bool ends = c.size == 3 && !is_kanji(behind) && !is_katakana(behind);
    bool force = ends && is_of("craft", c) && (ty_term_ends_name_word("ja", "force", own) || is_country(own));
    bool company = ends && ty_slice_equal(c, TY_SLICE("社")) && !(hit->record->flags & TERM_LOOSE) &&
                   is_katakana(ty_slice_sub(own, own.size - 3, own.size)) && !is_country(own);
    return force || company ? hit->span.end + c.size : hit->span.end;
}

/* The kind of what a mark names, right behind it: F35B | ステルス戦闘機. */
static size_t kind_behind(const term_named *hit, ty_slice own)
{
    ty_slice next = ty_slice_sub(hit->text, hit->next.start, hit->next.end);
    bool mark = own.size && own.data[0] >= 'A' && own.data[0] <= 'Z';
    bool numbered = false;
    for (size_t i = 0; i < own.size; i++)
        numbered |= own.data[i] >= '0' && own.data[i] <= '9';
    bool fits =
        mark && numbered && hit->next.start == hit->span.end && ty_term_ends_name_word("ja", "kind", next);
    return fits ? hit->next.end : hit->span.end;
}

ty_span ty_term_name_around_japanese(const term_named *hit)
{
    ty_span span = hit->span;
    ty_slice own = ty_slice_sub(hit->text, span.start, span.end);
    bool title = hit->record->flags & (TERM_TITLE | TERM_RANK);
    if (title || hit->record->flags & TERM_LOOSE || is_katakana(ty_slice_sub(own, 0, 3)))
        span.start = country_before(hit);
    if (ty_term_ends_name_word("ja", "between", own))
        span.start = countries_before(hit);
    if (span.start == hit->span.start &&
        (ty_term_ends_name_word("ja", "between", own) || ty_term_ends_name_word("ja", "held", own)))
        span.start = organisation_before(hit);
    if (title) {
        span.start = person_before(hit, named_country_before(hit, span.start));
    }
    if (title || ty_term_ends_name_word("ja", "office", own))
        span.end = acting_behind(hit);
    if (span.end == hit->span.end)
        span.end = of_it_behind(hit, own);
    if (span.end == hit->span.end)
        span.end = kind_behind(hit, own);
    if (ty_term_ends_name_word("ja", "quoted", own))
        span.end = quoted_behind(hit);
    if (!ty_term_ends_name_word("ja", "ship", own))
        return span;
    span.end = quoted_behind(hit);
    if (hit->record->flags & TERM_LOOSE && span.start == hit->span.start)
        span.start = class_before(hit);
    return span;
}
