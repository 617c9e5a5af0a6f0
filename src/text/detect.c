/* SPDX-License-Identifier: Apache-2.0 */
/*
 * detect - what bytes without a reliable label are. ICU's detector is wrong on short Japanese, and we need to
 * tell few encodings apart: those that English-Japanese documents come in.
 */
#include "text/internal.h"

const char *ty_text_bom(ty_slice bytes, size_t *length)
{
    static const struct {
        ty_slice mark;
        const char *name;
    } marks[] = {{{"\xEF\xBB\xBF", 3}, "UTF-8"},
                 {{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, /* before UTF-16LE, whose mark it begins with */
                 {{"\0\0\xFE\xFF", 4}, "UTF-32BE"},
                 {{"\xFF\xFE", 2}, "UTF-16LE"},
                 {{"\xFE\xFF", 2}, "UTF-16BE"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ty_slice_starts(bytes, marks[i].mark)) {
            *length = marks[i].mark.size;
            return marks[i].name;
        }
    *length = 0;
    return NULL;
}

/* ------------------------------------------------------------------------------------------ UTF-16, UTF-32
 */

enum { PATTERN_BYTES = 4096 };

static uint32_t unit_at(const unsigned char *s, int width, bool big)
{
    uint32_t value = 0;
    for (int i = 0; i < width; i++)
        value = value << 8 | s[big ? i : width - 1 - i];
    return value;
}

/* A code unit of the blocks that English and Japanese are written in. */
static bool is_likely_unit(uint32_t c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return c < 0x7F || (c >= 0xA0 && c < 0x180) || (c >= 0x2010 && c < 0x2040) ||
           (c >= 0x3000 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000) || (c >= 0xFF01 && c < 0xFFA0);
}

static bool is_wide(ty_slice bytes, int width, bool big)
{
    size_t count = (bytes.size < PATTERN_BYTES ? bytes.size : PATTERN_BYTES) / (size_t)width, likely = 0;
    if (bytes.size % (size_t)width != 0 || count == 0)
        return false;
    for (size_t i = 0; i < count; i++)
        likely += is_likely_unit(unit_at((const unsigned char *)bytes.data + i * (size_t)width, width, big));
    return likely * 10 >= count * 9;
}

const char *ty_text_wide_pattern(ty_slice bytes)
{
    size_t near = bytes.size < PATTERN_BYTES ? bytes.size : PATTERN_BYTES;
    if (near == 0 || !memchr(bytes.data, '\0', near))
        return NULL;
    if (is_wide(bytes, 4, false))
        return "UTF-32LE";
    if (is_wide(bytes, 4, true))
        return "UTF-32BE";
    if (is_wide(bytes, 2, false))
        return "UTF-16LE";
    return is_wide(bytes, 2, true) ? "UTF-16BE" : NULL;
}

/* ------------------------------------------------------------------------------------------ legacy */

bool ty_text_is_mostly_utf8(ty_slice bytes)
{
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < bytes.size;) {
        if ((unsigned char)bytes.data[at] < 0x80)
            at++;
        else if (ty_utf8_next(bytes, &at) == TY_CODE_POINT_NONE)
            bad++;
        else
            good++;
    }
    return good > 9 * bad;
}

/* Western text has its bytes above 0x7F one by one between ASCII ones, Japanese text has them in runs. */
static bool looks_western(ty_slice bytes)
{
    const unsigned char *s = (const unsigned char *)bytes.data;
    size_t high = 0, alone = 0, letters = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        if (s[i] < 0x80) {
            letters += ty_char_is_letter(s[i]);
            continue;
        }
        high++;
        alone += (i == 0 || s[i - 1] < 0x80) && (i + 1 == bytes.size || s[i + 1] < 0x80);
    }
    return alone * 10 >= high * 9 && letters > 2 * high;
}

/* The encodings of East Asia share their bytes: a wrong guess gives characters that are rare in prose
 * (data/LANG.txt). */

static const struct candidate {
    const char *encoding, *lang, *common; /* characters that prose of the language has most */
} candidates[] = {{"EUC-JP", "ja", ty_prose_ja},
                  {"windows-31j", "ja", ty_prose_ja},
                  {"windows-949", "ko", ty_prose_ko},
                  {"GBK", "zh", ty_prose_zh},
                  {"Big5", "zh", ty_prose_traditional_zh}};

static bool is_common(const struct candidate *candidate, ty_slice character)
{
    return ty_slice_find(ty_slice_of(candidate->common), character, 0) != SIZE_MAX;
}

/* How much a character speaks for prose of the language rather than for a wrong guess. */
static int plausibility(const struct candidate *candidate, uint32_t c)
{
    bool hangul = c >= 0xAC00 && c <= 0xD7A3, han = c >= 0x4E00 && c <= 0x9FFF,
         kana = c >= 0x3041 && c <= 0x30FC;
    if (c < 0x80)
        return 0;
    if (kana && strcmp(candidate->lang, "ja") == 0)
        return c <= 0x3096 ? 3 : 2;
    if (c >= 0x3000 && c <= 0x3011)
        return 2;
    if (hangul || (han && strcmp(candidate->lang, "ko") != 0) || (c >= 0xFF01 && c <= 0xFF5E))
        return 1;
    if (c >= 0xFF61 && c <= 0xFF9F)
        return -3;
    return c >= 0xE000 && c <= 0xF8FF ? -5 : -1;
}

static long judge(const struct candidate *candidate, ty_slice text)
{
    long sum = 0;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(text, &at);
        bool common = c >= 0x4E00 && is_common(candidate, ty_slice_sub(text, start, at));
        sum += common ? 3 : plausibility(candidate, c);
    }
    return sum;
}

/* A language that is told decides, where its encoding fits and gives anything likely. */
static long favour(const struct candidate *candidate, ty_slice lang, long score)
{
    bool told =
        lang.size >= 2 && ty_slice_equal_nocase(ty_slice_sub(lang, 0, 2), ty_slice_of(candidate->lang));
    return told && score > 0 ? score * 3 : score;
}

const char *ty_text_guess_legacy(ty_slice bytes, ty_slice lang)
{
    if (looks_western(bytes))
        return "windows-1252";
    const char *best = NULL;
    long best_score = -1;
    ty_buffer text = {0};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        size_t bad;
        ty_buffer_clear(&text);
        if (ty_text_to_utf8(bytes, candidates[i].encoding, &text, &bad, NULL) != TY_OK)
            continue;
        long score = favour(&candidates[i], lang, judge(&candidates[i], ty_buffer_slice(&text)));
        if (score > best_score) {
            best = candidates[i].encoding;
            best_score = score;
        }
    }
    ty_buffer_release(&text);
    return best;
}
