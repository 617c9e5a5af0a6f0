/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names in Latin letters in a text of another script: who translates into or from it copies them, so that
 * they stand in the other text too, but for what is a word of that script's own (PAC for "Pacific Air
 * Command").
 */
#include "ops/quality/quality.h"

enum { SHORTEST = 3 };

static char plain(uint32_t c)
{
    c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
    return c >= '0' && c <= '9' ? (char)c : (c | 32) >= 'a' && (c | 32) <= 'z' ? (char)(c | 32) : '\0';
}

/* Letters and digits of the text in small letters, a blank for all between them. */
static void flatten(ty_slice text, ty_buffer *out)
{
    for (size_t at = 0; at < text.size;) {
        char c = plain(ty_utf8_next(text, &at));
        if (c || (out->size && out->data[out->size - 1] != ' '))
            ty_buffer_add_char(out, c ? c : ' ');
    }
}

/* Do words in a row begin with these letters? Small words may stand between them. */
static bool are_initials(ty_slice letters, ty_slice flat)
{
    for (size_t begin = 0; begin < flat.size; begin++) {
        size_t matched = 0;
        for (size_t at = begin; at < flat.size && matched < letters.size; at++) {
            bool first = at == 0 || flat.data[at - 1] == ' ';
            if (first && flat.data[at] == letters.data[matched])
                matched++;
            else if (first && matched == 0)
                break;
        }
        if (matched == letters.size)
            return true;
    }
    return false;
}

static bool is_latin(ty_slice lang)
{
    static const char *const others[] = {"ja", "zh", "ko", "th", "ru", "uk", "ar", "he", "el", NULL};
    for (size_t i = 0; others[i]; i++)
        if (ty_lang_same(lang, ty_slice_of(others[i])))
            return false;
    return true;
}

/* A hyphen within a name: "F-35A". */
static bool goes_on(ty_slice text, uint32_t c, size_t next)
{
    return (c == '-' || c == 0x2010 || c == 0x2011 || c == 0xFF0D) && next < text.size &&
           plain(ty_utf8_next(text, &next));
}

/* A digit of the other width than the one before begins something else: ＴＣ－90 ２機. */
static bool parts(uint32_t before, uint32_t c)
{
    bool digits = plain(before) && plain(before) <= '9' && plain(c) && plain(c) <= '9';
    return digits && (before < 0x80) != (c < 0x80);
}

/*
 * The next run of Latin letters and digits that begins with a letter; start == end at the end. Digits before
 * it say how many there are of it: 31ＭＥＵ, ５ｋＶＡ.
 */
static ty_span next_name(ty_slice text, size_t from)
{
    size_t start = SIZE_MAX;
    uint32_t last = 0;
    for (size_t at = from, begin = from; at < text.size; begin = at) {
        uint32_t c = ty_utf8_next(text, &at);
        bool goes = start != SIZE_MAX && (plain(c) ? !parts(last, c) : goes_on(text, c, at));
        last = c;
        if (goes)
            continue;
        if (start != SIZE_MAX)
            return (ty_span){start, begin};
        if (plain(c) >= 'a')
            start = begin;
    }
    return start != SIZE_MAX ? (ty_span){start, text.size} : (ty_span){text.size, text.size};
}

/* Letters and digits only: PAC-3 and PAC3, C-130H and C130H are one name. */
static void squeeze(ty_slice text, ty_buffer *out)
{
    for (size_t at = 0; at < text.size;) {
        char c = plain(ty_utf8_next(text, &at));
        if (c)
            ty_buffer_add_char(out, c);
    }
}

/* The letters of a name that has none behind its digits (JIS 2 for "JIS No. 2"); else empty. */
static ty_slice letters_of(ty_slice name)
{
    size_t end = 0;
    while (end < name.size && name.data[end] >= 'a')
        end++;
    for (size_t i = end; i < name.size; i++)
        if (name.data[i] >= 'a')
            return (ty_slice){0};
    return ty_slice_sub(name, 0, end);
}

static bool stands_in(ty_slice name, ty_slice flat, bool capitals)
{
    ty_buffer key = {0}, text = {0};
    squeeze(name, &key);
    squeeze(flat, &text);
    ty_slice wanted = ty_buffer_slice(&key), letters = letters_of(wanted);
    bool there = key.failed || text.failed || wanted.size < SHORTEST ||
                 ty_slice_find(ty_buffer_slice(&text), wanted, 0) != SIZE_MAX ||
                 (letters.size >= SHORTEST && ty_slice_find(flat, letters, 0) != SIZE_MAX) ||
                 (capitals && letters.size && are_initials(letters, flat));
    ty_buffer_release(&key);
    ty_buffer_release(&text);
    return there;
}

static bool is_address(ty_slice text, ty_span name)
{
    ty_slice around = ty_slice_sub(text, name.start < 40 ? 0 : name.start - 40, name.end + 3);
    return ty_slice_find(around, TY_SLICE("://"), 0) != SIZE_MAX ||
           ty_slice_find(around, TY_SLICE("@"), 0) != SIZE_MAX;
}

static bool are_capitals(ty_slice name)
{
    for (size_t at = 0; at < name.size;)
        if (ty_char_is_lower(ty_utf8_next(name, &at)))
            return false;
    return true;
}

ty_status ty_quality_check_names(ty_quality_job *job, const ty_quality_pair *pair)
{
    bool source_latin = is_latin(pair->source_lang), target_latin = is_latin(pair->target_lang);
    if (!ty_quality_wants(job, TY_FAULT_NAMES) || source_latin == target_latin)
        return TY_OK;
    ty_slice text = target_latin ? pair->source : pair->target; /* of the other script */
    ty_buffer flat = {0};
    flatten(target_latin ? pair->target : pair->source, &flat);
    ty_status status = flat.failed ? TY_ERR_NOMEM : TY_OK;
    for (ty_span at = next_name(text, 0); status == TY_OK && at.end > at.start;
         at = next_name(text, at.end)) {
        ty_slice name = ty_slice_sub(text, at.start, at.end);
        if (!is_address(text, at) && !stands_in(name, ty_buffer_slice(&flat), are_capitals(name)))
            status = ty_quality_tell(job, pair, TY_FAULT_NAMES, !target_latin, at.start, at.end, name);
    }
    ty_buffer_release(&flat);
    return status;
}
