/* SPDX-License-Identifier: Apache-2.0 */
/* Characters of the wrong width: full ones in a language that has none, both of a kind in one text, half
 * kana. */
#include "ops/quality/quality.h"

static bool is_full(uint32_t c)
{
    return (c >= 0xFF01 && c <= 0xFF5E) || c == 0x3000;
}

static bool is_half_kana(uint32_t c)
{
    return c >= 0xFF61 && c <= 0xFF9F;
}

/* 'd'igit or 'l'etter of ASCII or its full form, 0 for anything else. */
static char sort_of(uint32_t c)
{
    c = is_full(c) && c != 0x3000 ? c - 0xFEE0 : c;
    return c >= '0' && c <= '9' ? 'd' : (c | 32) >= 'a' && (c | 32) <= 'z' ? 'l' : '\0';
}

/* Runs of digits of a text by width, a single one and longer ones apart. Those of names, addresses, dates and
 * times (F-35, 10:48, 1/2) are of no style. */
typedef struct ty_digit_runs {
    bool full_one, full_more, half_one, half_more;
} ty_digit_runs;

static bool joins(uint32_t c)
{
    return c < 0x80 && (sort_of(c) == 'l' || strchr("-:/.,@_", (int)c)) && c;
}

static void add_run(ty_digit_runs *runs, bool full, size_t length, bool joined)
{
    if (full)
        *(length == 1 ? &runs->full_one : &runs->full_more) = true;
    else if (!joined)
        *(length == 1 ? &runs->half_one : &runs->half_more) = true;
}

static ty_digit_runs find_runs(ty_slice text)
{
    ty_digit_runs runs = {0};
    uint32_t before = 0, last = 0; /* the run; what stands at its end */
    size_t length = 0;
    for (size_t at = 0; at <= text.size;) {
        bool end = at == text.size;
        uint32_t c = end ? 0 : ty_utf8_next(text, &at);
        bool digit = sort_of(c) == 'd', same = digit && length && is_full(c) == is_full(last);
        if (length && !same) {
            add_run(&runs, is_full(last), length, joins(before) || joins(c));
            length = 0;
        }
        if (digit && !length)
            before = last;
        length += digit;
        last = c;
        if (end)
            break;
    }
    return runs;
}

/* Both widths of digits, and not as ministries write them: one digit full, more of them half (１機、20機). */
static bool mixes_digits(ty_slice text)
{
    ty_digit_runs runs = find_runs(text);
    bool full = runs.full_one || runs.full_more, half = runs.half_one || runs.half_more;
    return full && half && (runs.full_more || runs.half_one);
}

/* Both widths of letters; those of an address have one only. */
static bool mixes_letters(ty_slice text)
{
    bool full = false, half = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        if (sort_of(c) == 'l')
            *(is_full(c) ? &full : &half) = true;
    }
    return full && half && ty_slice_find(text, TY_SLICE("://"), 0) == SIZE_MAX &&
           ty_slice_find(text, TY_SLICE("@"), 0) == SIZE_MAX;
}

/* Where the first one that `is` stands; SIZE_MAX where none does. */
static size_t find(ty_slice text, bool (*is)(uint32_t), size_t *end)
{
    for (size_t at = 0, start = 0; at < text.size; start = at) {
        if (!is(ty_utf8_next(text, &at)))
            continue;
        *end = at;
        return start;
    }
    return SIZE_MAX;
}

static bool is_full_ascii(uint32_t c)
{
    return is_full(c) && sort_of(c);
}

ty_status ty_quality_check_width(ty_quality_job *job, const ty_quality_pair *pair)
{
    size_t end = 0, other = 0, at = find(pair->target, is_half_kana, &end);
    bool wide = ty_lang_is_unspaced(pair->target_lang) || ty_lang_same(pair->target_lang, TY_SLICE("ko"));
    ty_slice note = ty_slice_of(ty_words("kana of half width"));
    if (!ty_quality_wants(job, TY_FAULT_WIDTH))
        return TY_OK;
    if (at != SIZE_MAX && find(pair->source, is_half_kana, &other) != SIZE_MAX)
        at = SIZE_MAX; /* as the original has it */
    if (at == SIZE_MAX && !wide) {
        at = find(pair->target, is_full, &end);
        note = ty_slice_of(ty_words("a character of full width"));
    }
    if (at == SIZE_MAX && wide && (mixes_digits(pair->target) || mixes_letters(pair->target))) {
        at = find(pair->target, is_full_ascii, &end);
        note = ty_slice_of(ty_words("digits or letters of both widths"));
    }
    return at == SIZE_MAX ? TY_OK : ty_quality_tell(job, pair, TY_FAULT_WIDTH, true, at, end, note);
}
