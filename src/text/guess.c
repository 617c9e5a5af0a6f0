/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guess - the language of a text: by script, Japanese from Chinese by kana and by characters, the Latin ones
 * by their most frequent words.
 */
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/internal.h"

enum { GUESS_BYTES = 65536 };

typedef struct script_counts {
    size_t kana, han, latin, hangul;
    size_t other, other_script[USCRIPT_CODE_LIMIT];
} script_counts;

static void count_character(script_counts *counts, uint32_t c)
{
    switch (ty_char_script(c)) {
    case TY_SCRIPT_HIRAGANA:
    case TY_SCRIPT_KATAKANA: counts->kana++; return;
    case TY_SCRIPT_HAN: counts->han++; return;
    case TY_SCRIPT_LATIN: counts->latin++; return;
    case TY_SCRIPT_HANGUL: counts->hangul++; return;
    case TY_SCRIPT_OTHER: break;
    }
    if (!ty_char_is_letter(c))
        return;
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)c, &status);
    if (U_FAILURE(status) || script <= USCRIPT_INHERITED || script >= USCRIPT_CODE_LIMIT)
        return;
    counts->other++;
    counts->other_script[script]++;
}

/* Each pair of an import is counted: what is ASCII has no more asked than that. */
static script_counts count_text(ty_slice text)
{
    script_counts counts = {0};
    text = ty_slice_sub(text, 0, text.size > GUESS_BYTES ? GUESS_BYTES : text.size);
    for (size_t at = 0; at < text.size;) {
        if ((unsigned char)text.data[at] < 0x80)
            counts.latin += ty_ascii_is_letter(text.data[at++]);
        else
            count_character(&counts, ty_utf8_next(text, &at));
    }
    return counts;
}

/* Characters that are frequent in Chinese and rare in today's Japanese. */
static size_t count_chinese(ty_slice text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        bool han = ty_char_script(ty_utf8_next(text, &at)) == TY_SCRIPT_HAN;
        count += han && ty_slice_find(ty_slice_of(ty_chinese_characters), ty_slice_sub(text, start, at), 0) !=
                            SIZE_MAX;
    }
    return count;
}

/* ------------------------------------------------------------------------------------------ the guess */

static const char *guess_other(const script_counts *counts)
{
    static const struct {
        UScriptCode script;
        const char *code;
    } known[] = {{USCRIPT_CYRILLIC, "ru"}, {USCRIPT_GREEK, "el"},    {USCRIPT_ARABIC, "ar"},
                 {USCRIPT_HEBREW, "he"},   {USCRIPT_THAI, "th"},     {USCRIPT_DEVANAGARI, "hi"},
                 {USCRIPT_GEORGIAN, "ka"}, {USCRIPT_ARMENIAN, "hy"}, {USCRIPT_LAO, "lo"},
                 {USCRIPT_KHMER, "km"},    {USCRIPT_MYANMAR, "my"},  {USCRIPT_TAMIL, "ta"},
                 {USCRIPT_BENGALI, "bn"},  {USCRIPT_TIBETAN, "bo"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (counts->other_script[known[i].script] * 2 > counts->other)
            return known[i].code;
    return "";
}

/* Kana is Japanese; Han alone is Chinese where one character in twenty says so, else a Japanese heading. */
static const char *guess_cjk(const script_counts *counts, ty_slice text)
{
    if (counts->kana * 20 >= counts->han + counts->kana)
        return "ja";
    return count_chinese(text) * 20 > counts->han ? "zh" : "ja";
}

const char *ty_lang_guess(ty_slice text)
{
    text = ty_slice_sub(text, 0, text.size > GUESS_BYTES ? GUESS_BYTES : text.size);
    script_counts counts = count_text(text);
    /* A Chinese or Japanese character says as much as some three Latin letters. */
    size_t cjk = (counts.han + counts.kana) * 3, hangul = counts.hangul * 2;
    if (cjk && cjk >= counts.latin && cjk >= hangul && cjk >= counts.other)
        return guess_cjk(&counts, text);
    if (hangul && hangul >= counts.latin && hangul >= counts.other)
        return "ko";
    return counts.latin >= counts.other ? ty_text_guess_latin(text) : guess_other(&counts);
}

/* ------------------------------------------------------------------------------------------ may it be */

enum { FEW_WORDS = 3 };

size_t ty_text_count_words(ty_slice text, size_t most)
{
    size_t words = 0;
    bool inside = false;
    for (size_t at = 0; at < text.size && words < most;) {
        bool letter = (unsigned char)text.data[at] < 0x80 ? ty_ascii_is_letter(text.data[at++])
                                                          : ty_char_is_letter(ty_utf8_next(text, &at));
        words += letter && !inside;
        inside = letter;
    }
    return words;
}

/* The languages with a script of their own; "" for all that use Latin letters. */
static const char *script_of(ty_slice primary)
{
    static const char *const own[] = {"ja", "zh", "ko", "ru", "uk", "bg", "el", "ar", "he", "th",
                                      "hi", "ka", "hy", "lo", "km", "my", "ta", "bn", "bo"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (ty_slice_compare_string(primary, own[i]) == 0)
            return own[i];
    return "";
}

static bool may_be_cjk(const script_counts *counts, const char *script)
{
    if (strcmp(script, "ja") == 0)
        return counts->han + counts->kana > 0 && counts->hangul == 0;
    if (strcmp(script, "zh") == 0)
        return counts->han > 0 && counts->kana * 20 < counts->han + counts->kana && counts->hangul == 0;
    return counts->hangul > 0 && counts->kana == 0;
}

static bool fits_script(const script_counts *counts, const char *script)
{
    size_t cjk = counts->han + counts->kana + counts->hangul;
    if (!script[0])
        return counts->latin > 0 && cjk * 3 < counts->latin && counts->other < counts->latin;
    if (strcmp(script, "ja") == 0 || strcmp(script, "zh") == 0 || strcmp(script, "ko") == 0)
        return may_be_cjk(counts, script);
    return counts->other > 0;
}

/* May a byte begin a Hangul letter or mark (of which a few stand among those of CJK)? Without a way out of
 * the loop, so that it is done many bytes at a time. */
static bool may_have_hangul(ty_slice text)
{
    const unsigned char *b = (const unsigned char *)text.data;
    unsigned char found = 0;
    for (size_t i = 0; i + 2 < text.size; i++)
        found |= (unsigned char)((b[i] == 0xE1) | ((b[i] >= 0xEA) & (b[i] <= 0xED)) |
                                 ((b[i] == 0xE3) & (b[i + 1] >= 0x84) & (b[i + 1] <= 0x89)) |
                                 ((b[i] == 0xE3) & (b[i + 1] == 0x80) & (b[i + 2] >= 0xAE)) |
                                 ((b[i] == 0xEF) & (b[i + 1] >= 0xBE)));
    return found;
}

/* Has it one of the first 63 hiragana (E3 81)? */
static bool has_hiragana(ty_slice text)
{
    size_t at = ty_slice_find(text, TY_SLICE("\xE3\x81"), 0);
    return at != SIZE_MAX && at + 2 < text.size && (unsigned char)text.data[at + 2] > 0x80 &&
           (unsigned char)text.data[at + 2] < 0xC0;
}

/* What counting would come to for nearly all that is asked about: English in ASCII, Japanese with hiragana.
 */
static bool surely_may_be(ty_slice text, const char *script)
{
    text = ty_slice_sub(text, 0, text.size > GUESS_BYTES ? GUESS_BYTES : text.size);
    if (!script[0])
        return ty_text_skip_ascii(text, 0) == text.size;
    return strcmp(script, "ja") == 0 && has_hiragana(text) && !may_have_hangul(text);
}

bool ty_lang_may_be(ty_slice text, ty_slice lang)
{
    char buffer[16];
    ty_slice primary = ty_lang_primary(lang, buffer);
    const char *script = script_of(primary);
    if (surely_may_be(text, script))
        return true;
    script_counts counts = count_text(text);
    size_t cjk = counts.han + counts.kana + counts.hangul;
    if (!primary.size || ty_slice_equal(primary, TY_SLICE("und")) || (!cjk && !counts.latin && !counts.other))
        return true;
    if (!cjk && !counts.other && ty_text_count_words(text, FEW_WORDS + 1) <= FEW_WORDS)
        return true;
    return fits_script(&counts, script);
}

bool ty_lang_is_in_script(ty_slice text, ty_slice lang)
{
    char buffer[16];
    script_counts counts = count_text(text);
    return fits_script(&counts, script_of(ty_lang_primary(lang, buffer)));
}

bool ty_lang_share_script(ty_slice one, ty_slice other)
{
    char buffers[2][16];
    return strcmp(script_of(ty_lang_primary(one, buffers[0])),
                  script_of(ty_lang_primary(other, buffers[1]))) == 0;
}

bool ty_lang_contradicts(ty_slice text, ty_slice lang)
{
    char buffer[16];
    ty_slice primary = ty_lang_primary(lang, buffer);
    text = ty_slice_sub(text, 0, text.size > GUESS_BYTES ? GUESS_BYTES : text.size);
    return !ty_lang_may_be(text, lang) || ty_text_latin_contradicts(text, primary);
}
