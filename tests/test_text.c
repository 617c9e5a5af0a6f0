/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>

#include "text/text.h"

/* ------------------------------------------------------------------------------------------ UTF-8 */

START_TEST(utf8_steps_forth_and_back)
{
    ty_slice text = {"a\xC3\xA9\xE3\x81\x82\xF0\x9F\x87\xAF\xFF\x80z", 13};
    const uint32_t points[] = {'a', 0xE9, 0x3042, 0x1F1EF, TY_CODE_POINT_NONE, TY_CODE_POINT_NONE, 'z'};
    size_t at = 0;
    for (size_t i = 0; i < 7; i++)
        ck_assert_uint_eq(ty_utf8_next(text, &at), points[i]);
    ck_assert_uint_eq(at, text.size);
    for (size_t i = 7; i-- > 0;)
        ck_assert_uint_eq(ty_utf8_previous(text, &at), points[i]);
    ck_assert_uint_eq(at, 0);
}
END_TEST

START_TEST(utf8_check_finds_the_first_bad_byte)
{
    static const struct {
        const char *bytes;
        size_t bad;
    } cases[] = {{"", 0},
                 {"plain ASCII text", 16},
                 {"防衛省です", 15},
                 {"01234567\xC0\xAF", 8},
                 {"ab\xED\xA0\x80", 2},
                 {"\xE0\x80\x80", 0},
                 {"\xF4\x90\x80\x80", 0},
                 {"\xF0\x8F\xBF\xBF", 0},
                 {"\xE9\x98", 0},
                 {"12345678\x80", 8}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_uint_eq(ty_utf8_check(ty_slice_of(cases[i].bytes)), cases[i].bad);
}
END_TEST

static size_t first_bad(ty_slice text)
{
    for (size_t at = 0, start; (start = at) < text.size;)
        if (ty_utf8_next(text, &at) == TY_CODE_POINT_NONE)
            return start;
    return text.size;
}

/* Text in many scripts with a byte changed, or cut off: long enough for what is read many bytes at a time. */
START_TEST(utf8_check_agrees_with_reading_one_by_one)
{
    static const char *const pieces[] = {"防衛省", "plain ",       "é", "“quoted”", "😀", "नमस्ते",
                                         "한국어", "\xEE\x80\x80", "\n"};
    uint32_t seed = 12345;
    ty_buffer text = {0};
    for (int round = 0; round < 3000; round++) {
        ty_buffer_clear(&text);
        while (text.size < (seed >> 8) % 900 + 1) {
            seed = seed * 1664525 + 1013904223;
            ty_buffer_add_string(&text, pieces[(seed >> 16) % (round % 9 + 1)]);
        }
        seed = seed * 1664525 + 1013904223;
        if (round % 3)
            text.data[(seed >> 8) % text.size] = (char)(seed >> 24);
        ty_slice cut = ty_slice_sub(ty_buffer_slice(&text), 0, text.size - (round % 3 == 2 ? 1 : 0));
        ck_assert_uint_eq(ty_utf8_check(cut), first_bad(cut));
    }
    ty_buffer_release(&text);
}
END_TEST

START_TEST(utf8_add_writes_what_next_reads)
{
    ty_buffer buffer = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c += 61) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        ty_buffer_clear(&buffer);
        ty_utf8_add(&buffer, c);
        size_t at = 0;
        ck_assert_uint_eq(ty_utf8_next(ty_buffer_slice(&buffer), &at), c);
        ck_assert_uint_eq(at, buffer.size);
    }
    ty_buffer_clear(&buffer);
    ty_utf8_add(&buffer, 0xD800);
    ck_assert_slice(ty_buffer_slice(&buffer), "\xEF\xBF\xBD");
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(characters_have_classes)
{
    ck_assert_int_eq(ty_char_script(0x30FC), TY_SCRIPT_KATAKANA);
    ck_assert_int_eq(ty_char_script(0x3005), TY_SCRIPT_HAN);
    ck_assert_int_eq(ty_char_script(0x3006), TY_SCRIPT_HAN);
    ck_assert_int_eq(ty_char_script(0x3007), TY_SCRIPT_HAN);
    ck_assert_int_eq(ty_char_script(0xFF76), TY_SCRIPT_KATAKANA);
    ck_assert_int_eq(ty_char_script(0x3042), TY_SCRIPT_HIRAGANA);
    ck_assert_int_eq(ty_char_script(0xD55C), TY_SCRIPT_HANGUL);
    ck_assert_int_eq(ty_char_script('q'), TY_SCRIPT_LATIN);
    ck_assert_int_eq(ty_char_script('1'), TY_SCRIPT_OTHER);
    ck_assert(ty_char_is_space(0x3000) && ty_char_is_space(0x200B) && ty_char_is_space('\n'));
    ck_assert(!ty_char_is_space('a') && !ty_char_is_space(TY_CODE_POINT_NONE));
    ck_assert(ty_char_is_letter(0x301) && ty_char_is_letter(0x9632) && !ty_char_is_letter('1'));
    ck_assert(ty_char_is_upper(0xC9) && ty_char_is_lower(0xE9) && !ty_char_is_upper(0x9632));
    ck_assert(ty_char_is_digit(0xFF11) && !ty_char_is_digit(0x2460));
    ck_assert(ty_char_is_punctuation(0x3002) && ty_char_is_punctuation('$') && !ty_char_is_punctuation(0x7F));
}
END_TEST

/* ------------------------------------------------------------------------------------------ folding */

static void check_fold(ty_folded *folded, const char *text, unsigned flags, const char *want)
{
    ty_error error = {0};
    ck_assert_ok(ty_fold(ty_slice_of(text), flags, folded, &error), error);
    ck_assert_slice(ty_buffer_slice(&folded->text), want);
}

START_TEST(folding_makes_alike)
{
    ty_folded folded = {0};
    check_fold(&folded, "ＡＢＣ　１２３！", TY_FOLD_WIDTH, "ABC 123!");
    check_fold(&folded, "ｶﾞｲﾄﾞﾗｲﾝ､ﾊﾟﾘ", TY_FOLD_WIDTH, "ガイドライン、パリ");
    check_fold(&folded, "①㈱㎞", TY_FOLD_WIDTH, "①㈱㎞");
    check_fold(&folded, "①㈱㎞", TY_FOLD_NFKC, "1(株)km");
    check_fold(&folded, "ﾞ", TY_FOLD_WIDTH, "゛");
    check_fold(&folded, "DÉFENSE Straße", TY_FOLD_CASE, "défense straße");
    check_fold(&folded, "ひらがな ゝ", TY_FOLD_KANA, "ヒラガナ ヽ");
    check_fold(&folded, " \t a 　\n b\xE2\x80\x8B ", TY_FOLD_SPACE, "a b");
    check_fold(&folded, "“a”–‘b’ 〜 · 「", TY_FOLD_PUNCTUATION, "\"a\"-'b' ~ · 「");
    check_fold(&folded, "“a”–‘b’ 〜 ～ · ･ 「」 Straße", TY_FOLD_SEARCH, "\"a\"-'b' ~ ~ ・ ・ \"\" strasse");
    check_fold(&folded, "防衛　大臣 は a 大", TY_FOLD_SEARCH, "防衛大臣は a 大");
    check_fold(&folded, "po\xC2\xADrt e\xE2\x80\x8B\xCC\x81 \xE2\x80\x8E", TY_FOLD_MATCH, "port é ");
    check_fold(&folded, "The U.S. and xu.s. a.b.c", TY_FOLD_FORM, "The US and xu.s. abc");
    check_fold(&folded, "e\xCC\x81 ﬁn", TY_FOLD_NFKC, "é fin");
    check_fold(&folded, "Ministry　of ＤＥＦＥＮＳＥ", TY_FOLD_SEARCH, "ministry of defense");
    check_fold(&folded, "", TY_FOLD_SEARCH, "");
    check_fold(&folded, "a\xFF\xE9\x98z", TY_FOLD_SEARCH, "a\xFF\xE9\x98z");
    ty_folded_release(&folded);
}
END_TEST

START_TEST(folded_bytes_know_where_they_came_from)
{
    ty_folded folded = {0};
    check_fold(&folded, "xｶﾞ　 e\xCC\x81㎞", TY_FOLD_SEARCH, "xガ ékm");
    const uint32_t starts[] = {0, 1, 1, 1, 7, 11, 11, 14, 14}, ends[] = {1, 7, 7, 7, 11, 14, 14, 17, 17};
    ck_assert_uint_eq(folded.starts.count, 9);
    for (size_t i = 0; i < 9; i++) {
        ck_assert_uint_eq(folded.starts.items[i], starts[i]);
        ck_assert_uint_eq(folded.ends.items[i], ends[i]);
    }
    ty_folded_release(&folded);
}
END_TEST

/* A deterministic stream of characters that fold in interesting ways. */
static void make_text(uint32_t *seed, ty_buffer *text)
{
    static const uint32_t pool[] = {'a',    'J',    ' ',    '-',    0xE9,    0x301,  0x30C,  0x327,
                                    0x3042, 0x308F, 0x304B, 0x3099, 0x309A,  0xFF76, 0xFF9E, 0xFF9F,
                                    0xFF21, 0x3000, 0x2460, 0x3231, 0x339E,  0xAC00, 0x1100, 0x1161,
                                    0x11A8, 0xFB01, 0x130,  0x3A3,  0x1D409, 0x24BF, 0x2019, 0x301C,
                                    0x9632, 0xF900, 0xFDFA, 0x345,  0x1F88,  0x2011, 0xB4,   0x1F200};
    ty_buffer_clear(text);
    for (int i = 0; i < 24; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        uint32_t pick = *seed >> 16;
        if (pick % 37 == 0)
            ty_buffer_add_char(text, (char)0xFE);
        else
            ty_utf8_add(text, pool[pick % (sizeof pool / sizeof *pool)]);
    }
}

/* What nobody sees behind each character keeps folding from taking runs at once, and must change nothing. */
START_TEST(folding_runs_is_folding_characters)
{
    static const uint32_t pool[] = {'a', 'J',  ' ',  ' ',   '-',    '`',    '\t',
                                    '.', 0x7F, 0xE9, 0x301, 0x3042, 0x9632, 0x3000};
    ty_buffer plain = {0}, broken = {0};
    ty_folded one = {0}, other = {0};
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        ty_buffer_clear(&plain);
        ty_buffer_clear(&broken);
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            uint32_t c = pool[(seed >> 16) % (sizeof pool / sizeof *pool)];
            ty_utf8_add(&plain, c);
            ty_utf8_add(&broken, c);
            ty_utf8_add(&broken, 0xAD);
        }
        for (size_t k = 0; k < 2; k++) {
            unsigned flags = k ? TY_FOLD_SEARCH : TY_FOLD_MATCH | TY_FOLD_SPACE;
            ck_assert_int_eq(ty_fold(ty_buffer_slice(&plain), flags, &one, NULL), TY_OK);
            ck_assert_int_eq(ty_fold(ty_buffer_slice(&broken), flags, &other, NULL), TY_OK);
            ck_assert_slice(ty_buffer_slice(&one.text), other.text.data);
        }
    }
    ty_buffer_release(&plain);
    ty_buffer_release(&broken);
    ty_folded_release(&one);
    ty_folded_release(&other);
}
END_TEST

static bool is_boundary(ty_slice text, size_t at)
{
    return at == text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

static void check_map(ty_slice text, const ty_folded *folded)
{
    ck_assert_uint_eq(folded->starts.count, folded->text.size);
    ck_assert_uint_eq(folded->ends.count, folded->text.size);
    for (size_t i = 0; i < folded->text.size; i++) {
        uint32_t start = folded->starts.items[i], end = folded->ends.items[i];
        ck_assert(start < end && end <= text.size);
        ck_assert(is_boundary(text, start) && is_boundary(text, end));
        if (i)
            ck_assert(start >= folded->starts.items[i - 1] && end >= folded->ends.items[i - 1]);
    }
}

START_TEST(folding_twice_is_folding_once_and_maps_are_monotone)
{
    static const unsigned sets[] = {TY_FOLD_WIDTH,
                                    TY_FOLD_WIDTH | TY_FOLD_CASE | TY_FOLD_SPACE,
                                    TY_FOLD_NFKC,
                                    TY_FOLD_NFKC | TY_FOLD_CASE,
                                    TY_FOLD_WIDTH | TY_FOLD_KANA,
                                    TY_FOLD_NFKC | TY_FOLD_KANA | TY_FOLD_CASE,
                                    TY_FOLD_SEARCH,
                                    TY_FOLD_SEARCH | TY_FOLD_KANA};
    ty_folded once = {0}, twice = {0};
    ty_buffer text = {0}, plain = {0};
    uint32_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        make_text(&seed, &text);
        unsigned flags = sets[round % 8];
        ck_assert_int_eq(ty_fold(ty_buffer_slice(&text), flags, &once, NULL), TY_OK);
        check_map(ty_buffer_slice(&text), &once);
        ck_assert_int_eq(ty_fold(ty_buffer_slice(&once.text), flags, &twice, NULL), TY_OK);
        ck_assert_msg(ty_slice_equal(ty_buffer_slice(&once.text), ty_buffer_slice(&twice.text)),
                      "flags %u: \"%s\" is \"%s\", then \"%s\"", flags, text.data, once.text.data,
                      twice.text.data);
        ty_buffer_clear(&plain);
        ck_assert_int_eq(ty_fold_plain(ty_buffer_slice(&text), flags, &plain, NULL), TY_OK);
        ck_assert(ty_slice_equal(ty_buffer_slice(&plain), ty_buffer_slice(&once.text)));
    }
    ty_folded_release(&once);
    ty_folded_release(&twice);
    ty_buffer_release(&text);
    ty_buffer_release(&plain);
}
END_TEST

START_TEST(folding_bounds_stacked_marks)
{
    ty_buffer text = {0};
    ty_folded folded = {0};
    for (int i = 0; i < 100000; i++)
        ty_utf8_add(&text, i % 2 ? 0x301 : 0x327);
    ck_assert_int_eq(ty_fold(ty_buffer_slice(&text), TY_FOLD_SEARCH, &folded, NULL), TY_OK);
    ck_assert_uint_eq(folded.text.size, text.size);
    check_map(ty_buffer_slice(&text), &folded);
    ty_buffer_release(&text);
    ty_folded_release(&folded);
}
END_TEST

/* ------------------------------------------------------------------------------------------ tokens */

static void check_tokens(ty_text_tokens *tokens, const char *text, const char *want)
{
    ty_buffer joined = {0};
    ck_assert_int_eq(ty_text_tokenize(ty_slice_of(text), tokens, NULL), TY_OK);
    for (size_t i = 0; i < tokens->list.count; i++) {
        ty_text_token token = tokens->list.items[i];
        if (i)
            ty_buffer_add_char(&joined, '|');
        ty_buffer_add(&joined, ty_slice_sub(ty_buffer_slice(&tokens->keys), token.key, token.key_end));
    }
    ck_assert_slice(ty_buffer_slice(&joined), want);
    ty_buffer_release(&joined);
}

START_TEST(tokens_are_words_characters_and_numbers)
{
    ty_text_tokens tokens = {0};
    check_tokens(&tokens, "Don't PANIC, 42 ４２ F-15J", "don|'|t|panic|,|0|0|f|-|15j");
    check_tokens(&tokens, "防衛省は2016年", "防|衛|省|は|0|年");
    check_tokens(&tokens, "ﾐｻｲﾙ㎞", "ミ|サ|イ|ル|km");
    check_tokens(&tokens, "ΟΔΟΣ İ", "οδος|i\xCC\x87");
    check_tokens(&tokens, " \n　", "");
    ck_assert_int_eq(ty_text_tokenize(TY_SLICE("x ㎞z"), &tokens, NULL), TY_OK);
    ck_assert_uint_eq(tokens.list.items[1].start, 2);
    ck_assert_uint_eq(tokens.list.items[1].end, 6);
    ty_text_tokens_release(&tokens);
}
END_TEST

/* ------------------------------------------------------------------------------------------ encodings */

typedef struct decode_case {
    ty_slice bytes;
    const char *told, *declared;
    const char *encoding;
    bool contradiction;
    const char *text;
} decode_case;

#define B(literal)                                                                                           \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }

static const decode_case decode_cases[] = {
    {B("plain"), NULL, NULL, "US-ASCII", false, "plain"},
    {B("plain"), NULL, "Shift_JIS", "US-ASCII", false, "plain"},
    {B("plain"), "us-ascii", NULL, "US-ASCII", false, "plain"},
    {B("caf\xE9"), NULL, "us-ascii", "windows-1252", false, "café"},
    {B(""), NULL, NULL, "US-ASCII", false, ""},
    {B("\xEF\xBB\xBF\xE9\x98\xB2"), NULL, NULL, "UTF-8", false, "防"},
    {B("\xE9\x98\xB2\xE8\xA1\x9B"), NULL, "ISO-8859-1", "UTF-8", true, "防衛"},
    {B("\xE9\x98\xB2\xE8\xA1\x9B"), NULL, "Shift_JIS", "UTF-8", true, "防衛"},
    {B("caf\xC3\xA9"), NULL, "windows-1252", "UTF-8", true, "café"},
    {B("\xFF\xFE\x32\x96"
       "a\0"),
     NULL, "UTF-8", "UTF-16LE", true, "防a"},
    {B("\xFE\xFF\x96\x32\xD8\x3C\xDD\xEF"), NULL, "UTF-16", "UTF-16BE", false, "防\xF0\x9F\x87\xAF"},
    {B("<\0a\0>\0\x32\x96<\0/\0a\0>\0\n\0"), NULL, NULL, "UTF-16LE", false, "<a>防</a>\n"},
    {B("\0<\0a\0>\0x\0\n"), NULL, "utf-8", "UTF-16BE", true, "<a>x\n"},
    {B("\xFF\xFE\0\0a\0\0\0"), NULL, NULL, "UTF-32LE", false, "a"},
    {B("\x96\x68\x89\x71\x8F\xC8"), NULL, NULL, "windows-31j", false, "防衛省"},
    {B("\x96\x68\x89\x71\x8F\xC8"), NULL, "EUC-JP", "windows-31j", true, "防衛省"},
    {B("\x87\x40\x87\x8A\xFB\xFC\x81\x60"), NULL, "Shift_JIS", "windows-31j", false, "①㈱髙～"},
    {B("\xCB\xC9\xB1\xD2\xBE\xCA"), NULL, NULL, "EUC-JP", false, "防衛省"},
    {B("\xA4\xB3\xA4\xEC\xA1\xA3"), NULL, "UTF-8", "EUC-JP", true, "これ。"},
    {B("\x82\xB1\x82\xEA\x81\x42"), NULL, NULL, "windows-31j", false, "これ。"},
    {B("\xD0\xBB\xB2\xD9"), "Shift_JIS", NULL, "windows-31j", false, "ﾐｻｲﾙ"},
    {B("\x1B$BKI1R\x1B(B ok"), NULL, NULL, "ISO-2022-JP", false, "防衛 ok"},
    {B("R\xE9sum\xE9 of the visit"), NULL, NULL, "windows-1252", false, "Résumé of the visit"},
    {B("it\x92s \x93here\x94"), NULL, "iso-8859-1", "windows-1252", false, "it’s “here”"},
    {B("\x32\x96\x5B\x88"), "UTF-16LE", NULL, "UTF-16LE", false, "防衛"},
    {B("\xFF\xFE\x32\x96"), "utf-16", NULL, "UTF-16LE", false, "防"},
    {B("\xC4\xE3\xBA\xC3"), NULL, "gb2312", "GBK", false, "你好"},
    {B("\xC7\xD8\xB1\xBA\xC0\xBA \xC3\xD6\xBD\xC5 \xC7\xD4\xC1\xA4\xC0\xBB "
       "\xB0\xF8\xB0\xB3\xC7\xDF\xB4\xD9."),
     NULL, NULL, "windows-949", false, "해군은 최신 함정을 공개했다."},
    {B("\xBA\xA3\xBE\xFC\xD4\xDA\xB8\xDB\xBF\xDA\xB9\xAB\xBF\xAA\xD0\xC2\xBD\xA2\xA1\xA3"), NULL, NULL, "GBK",
     false, "海军在港口公开新舰。"},
    {B("\xB3\xA4\xBE\xE5\xBC\xAB\xB1\xD2\xC2\xE2"), NULL, NULL, "EUC-JP", false, "海上自衛隊"},
};

/* Bad bytes that are mended: how many, and what comes out. */
static const struct {
    ty_slice bytes;
    const char *told, *lang, *text;
    size_t replaced;
} mended[] = {
    {B("\xE6\xB8\xAF\xE3\x82\x92\xFF\xFE\xE8\xA6\x8B\xE3\x82\x8B\xE3\x80\x82\xE8\xA6\x8B\xE3\x82\x8B"), NULL,
     NULL, "港を\uFFFD見る。見る", 1},
    {B("The caf\xE9 is open all day long."), "utf-8", NULL, "The caf\uFFFD is open all day long.", 1},
    {B("\x96\x68\x89\x71\x8F\xC8\x82\xCD\x94\xAD\x95\x5C\x85\x40\x82\xB5\x82\xBD\x81\x42\x82\xBD"),
     "windows-31j", NULL, "防衛省は発表\uFFFDした。た", 1},
    {B("\xB1\xD7\xB5\xA3"), NULL, "ko", "굇돛", 0},
    {B("\xB1\xD7\xB5\xA3"), NULL, "ja", "宇機", 0},
};

START_TEST(bad_bytes_are_mended)
{
    ty_buffer out = {0};
    ty_decoded decoded;
    ty_error error = {0};
    ty_decoding how = {.told = mended[_i].told, .lang = ty_slice_of(mended[_i].lang), .mend = true};
    ck_assert_ok(ty_text_decode_as(mended[_i].bytes, &how, &out, &decoded, &error), error);
    if (mended[_i].replaced || !mended[_i].lang)
        ck_assert_slice(ty_buffer_slice(&out), mended[_i].text);
    else
        ck_assert_str_eq(decoded.encoding, strcmp(mended[_i].lang, "ko") == 0 ? "windows-949" : "EUC-JP");
    ck_assert_uint_eq(decoded.replaced, mended[_i].replaced);
    ty_buffer_release(&out);
}
END_TEST

START_TEST(bytes_become_text)
{
    const decode_case *c = &decode_cases[_i];
    ty_buffer out = {0};
    ty_decoded decoded;
    ty_error error = {0};
    ck_assert_ok(ty_text_decode(c->bytes, c->told, c->declared, &out, &decoded, &error), error);
    ck_assert_slice(ty_buffer_slice(&out), c->text);
    ck_assert_str_eq(decoded.encoding, c->encoding);
    ck_assert_int_eq(decoded.contradiction, c->contradiction);
    ck_assert_int_eq(decoded.legacy,
                     strncmp(c->encoding, "UTF", 3) != 0 && strcmp(c->encoding, "US-ASCII") != 0);
    ty_buffer_release(&out);
}
END_TEST

static const struct {
    ty_slice bytes;
    const char *told, *declared;
    ty_status status;
    const char *says;
} refusals[] = {
    {B("ok\xE9\x98"), "UTF-8", NULL, TY_ERR_ENCODING, "byte 2"},
    {B("\xE9\x98\xB2\xE8\xA1\x9B\xE7\x9C\x81\xE3\x81\xAE\xE4\xBA\xBA\xE3\x81\xAF\xE3\x81\x93\xE3\x82\x93\xE3"
       "\x81\xA0"
       "\xE3\x81\x9F\xFF"),
     NULL, NULL, TY_ERR_ENCODING, "no other encoding"},
    {B("\xE5\xAF\xBE\xE8"), NULL, NULL, TY_ERR_ENCODING, "byte 3"},
    {B("caf\xE9"), "US-ASCII", NULL, TY_ERR_ENCODING, "byte 3"},
    {B("caf\xC3\xA9"), "ascii", NULL, TY_ERR_ENCODING, "US-ASCII"},
    {B("ab\x96\x68\x81"), "windows-31j", NULL, TY_ERR_ENCODING, "byte 4"},
    {B("\xFF\xFE\x32"), NULL, NULL, TY_ERR_ENCODING, "UTF-16LE"},
    {B("\xFF\xFE\x00\xD8z\0"), NULL, NULL, TY_ERR_ENCODING, "UTF-16LE"},
    {B("abc\0\xFF\xFE\x01"), NULL, NULL, TY_ERR_FORMAT, "byte 3"},
    {B("%PDF-1.7 x"), NULL, NULL, TY_ERR_FORMAT, "PDF"},
    {B("\x01\x02\x03\x04"), NULL, NULL, TY_ERR_FORMAT, "control"},
    {B("x"), "klingon-8", NULL, TY_ERR_USAGE, "klingon-8"},
};

START_TEST(bytes_that_are_no_text_are_refused)
{
    ty_buffer out = {0};
    ty_decoded decoded;
    ty_error error = {0};
    ty_buffer_add_string(&out, "kept");
    ck_assert_int_eq(
        ty_text_decode(refusals[_i].bytes, refusals[_i].told, refusals[_i].declared, &out, &decoded, &error),
        refusals[_i].status);
    ck_assert_msg(strstr(error.message, refusals[_i].says), "%s", error.message);
    ck_assert_slice(ty_buffer_slice(&out), "kept");
    ty_buffer_release(&out);
}
END_TEST

START_TEST(text_goes_to_other_encodings_and_back)
{
    static const char *const names[] = {"UTF-16LE", "UTF-16BE",    "windows-31j",
                                        "EUC-JP",   "ISO-2022-JP", "UTF-8"};
    ty_buffer text = {0}, bytes = {0}, back = {0};
    for (int i = 0; i < 3000; i++)
        ty_buffer_add_format(&text, "%d 防衛省は、①～㈱ ", i);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ty_decoded decoded;
        ty_error error = {0};
        ty_buffer_clear(&bytes);
        ty_buffer_clear(&back);
        ck_assert_ok(ty_text_encode(ty_buffer_slice(&text), names[i], &bytes, &error), error);
        ck_assert_ok(ty_text_decode(ty_buffer_slice(&bytes), names[i], NULL, &back, &decoded, &error), error);
        ck_assert(ty_slice_equal(ty_buffer_slice(&text), ty_buffer_slice(&back)));
    }
    ty_error error = {0};
    ty_buffer_clear(&bytes);
    ck_assert_int_eq(ty_text_encode(TY_SLICE("a\xF0\x9F\x98\x80"), "windows-31j", &bytes, &error),
                     TY_ERR_ENCODING);
    ck_assert_msg(strstr(error.message, "U+1F600"), "%s", error.message);
    ck_assert_uint_eq(bytes.size, 0);
    ty_buffer_clear(&bytes);
    ck_assert_int_eq(ty_text_encode(TY_SLICE("a"), "UTF-16", &bytes, NULL), TY_OK);
    ck_assert_uint_eq(bytes.size, 2);
    ty_buffer_release(&text);
    ty_buffer_release(&bytes);
    ty_buffer_release(&back);
}
END_TEST

START_TEST(pairs_of_surrogates_survive_the_buffers)
{
    ty_buffer text = {0}, bytes = {0}, back = {0};
    ty_decoded decoded;
    ty_buffer_add_char(&text, 'a');
    for (int i = 0; i < 9000; i++)
        ty_utf8_add(&text, 0x20B9F);
    ck_assert_int_eq(ty_text_encode(ty_buffer_slice(&text), "UTF-16LE", &bytes, NULL), TY_OK);
    ck_assert_int_eq(ty_text_decode(ty_buffer_slice(&bytes), "UTF-16LE", NULL, &back, &decoded, NULL), TY_OK);
    ck_assert(ty_slice_equal(ty_buffer_slice(&text), ty_buffer_slice(&back)));
    ty_buffer_release(&text);
    ty_buffer_release(&bytes);
    ty_buffer_release(&back);
}
END_TEST

/* ------------------------------------------------------------------------------------------ languages */

START_TEST(language_tags_match_leniently)
{
    char buffer[16];
    ck_assert_slice(ty_lang_primary(TY_SLICE("EN_us"), buffer), "en");
    ck_assert_slice(ty_lang_primary(TY_SLICE("averyverylongprimarysubtag"), buffer), "averyverylongpr");
    ck_assert(ty_lang_matches(TY_SLICE("en"), TY_SLICE("EN-US")));
    ck_assert(ty_lang_matches(TY_SLICE("en-US"), TY_SLICE("en_us")));
    ck_assert(!ty_lang_matches(TY_SLICE("en-US"), TY_SLICE("en-GB")));
    ck_assert(ty_lang_matches(TY_SLICE("en-US"), TY_SLICE("EN")));
    ck_assert(ty_lang_matches(TY_SLICE("zh_Hant-TW"), TY_SLICE("zh-hant")));
    ck_assert(!ty_lang_matches(TY_SLICE("en-US"), TY_SLICE("")));
    ck_assert(ty_lang_matches(TY_SLICE("eng"), TY_SLICE("en")));
    ck_assert(ty_lang_matches(TY_SLICE("ja"), TY_SLICE("jp")));
    ck_assert(!ty_lang_matches(TY_SLICE("enx"), TY_SLICE("en")));
    ck_assert(!ty_lang_is_within(TY_SLICE("en-US"), TY_SLICE("en")));
    ck_assert(ty_lang_is_within(TY_SLICE("en"), TY_SLICE("en-US")));
    ck_assert(!ty_lang_matches(TY_SLICE("e"), TY_SLICE("en")));
    ck_assert(ty_lang_matches(TY_SLICE(""), TY_SLICE("xx")));
    ck_assert(ty_lang_is_unspaced(TY_SLICE("JA_jp")) && !ty_lang_is_unspaced(TY_SLICE("ko")));
}
END_TEST

START_TEST(language_tags_are_well_formed_or_not)
{
    static const char *const good[] = {"en",
                                       "ja-JP",
                                       "zh-Hant-TW",
                                       "de-CH-1996",
                                       "sl-rozaj-biske",
                                       "es-419",
                                       "zh-yue-HK",
                                       "en-a-bbb-x-c",
                                       "x-whatever",
                                       "i-klingon",
                                       "sgn-BE-FR",
                                       "de-1901",
                                       "hy-Latn-IT-arevela",
                                       "qaa-Qaaa-QM-x-southern"};
    static const char *const bad[] = {
        "",   "e",    "en_US", "en-",    "-en",   "en--US",   "english-US-US-US",
        "12", "en-x", "en-a",  "日本語", "en US", "i-unknown"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(ty_lang_is_valid(ty_slice_of(good[i])), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!ty_lang_is_valid(ty_slice_of(bad[i])), "%s", bad[i]);
}
END_TEST

START_TEST(languages_are_told_from_text)
{
    static const char *const cases[][2] = {
        {"The Minister of Defense said that the meeting was useful.", "en"},
        {"防衛大臣は、会談の中で述べた。", "ja"},
        {"防衛大臣記者会見概要", "ja"},
        {"NATO事務総長の来日について", "ja"},
        {"他们说这是很好的。", "zh"},
        {"中華民國國防部", "zh"},
        {"국방부 장관", "ko"},
        {"Der Minister ist nicht zu dem Treffen gekommen.", "de"},
        {"Le ministre est arrivé dans la salle pour une réunion.", "fr"},
        {"El ministro no fue a la reunión con los otros.", "es"},
        {"Министр обороны", "ru"},
        {"He ate すし at the restaurant that was built for the visitors.", "en"},
        {"กระทรวงกลาโหม", "th"},
        {"Joint Press Conference", "en"},
        {"frigate\nmissile defense\nsecurity policy\nwarship", "en"},
        {"Verteidigungsministerium, Schützenpanzer, Einheit", "de"},
        {"bâtiment, défense nationale, ministère", "fr"},
        {"situación, seguridad nacional", "es"},
        {"12345", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(strcmp(ty_lang_guess(ty_slice_of(cases[i][0])), cases[i][1]) == 0, "%s is \"%s\"",
                      cases[i][0], ty_lang_guess(ty_slice_of(cases[i][0])));
}
END_TEST

/* ------------------------------------------------------------------------------------------ numbers */

static void describe_numbers(const ty_numbers *numbers, ty_buffer *out)
{
    static const char *const kinds[] = {"plain", "year", "month", "day", "time", "percent", "ordinal"};
    ty_buffer_clear(out);
    for (size_t i = 0; i < numbers->count; i++)
        ty_buffer_add_format(out, "%s%s %.14g", i ? "; " : "", kinds[numbers->items[i].kind],
                             numbers->items[i].value);
}

START_TEST(numbers_have_values)
{
    ty_buffer file = {0}, got = {0};
    ty_numbers numbers = {0};
    ty_slice rest = ty_test_read("data/text/numbers.tsv", &file), line, text, lang;
    size_t count = 0, wrong = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (line.size == 0 || line.data[0] == '#')
            continue;
        ck_assert(ty_slice_next(&line, '\t', &text) && ty_slice_next(&line, '\t', &lang));
        ck_assert_int_eq(ty_numbers_find(text, lang, &numbers, NULL), TY_OK);
        describe_numbers(&numbers, &got);
        if (!ty_slice_equal(ty_buffer_slice(&got), line)) {
            fprintf(stderr, "\"%.*s\" is \"%s\", want \"%.*s\"\n", TY_SLICE_FORMAT(text),
                    got.data ? got.data : "", TY_SLICE_FORMAT(line));
            wrong++;
        }
        for (size_t i = 0; i < numbers.count; i++) {
            ck_assert_uint_lt(numbers.items[i].start, numbers.items[i].end);
            ck_assert_uint_le(numbers.items[i].end, text.size);
            if (i)
                ck_assert_uint_ge(numbers.items[i].start, numbers.items[i - 1].end);
        }
        count++;
    }
    ck_assert_uint_gt(count, 100);
    ck_assert_msg(wrong == 0, "%zu of %zu lines are wrong", wrong, count);
    ty_buffer_release(&file);
    ty_buffer_release(&got);
    ty_vector_release(&numbers);
}
END_TEST

START_TEST(numbers_know_where_they_stand)
{
    ty_numbers numbers = {0};
    ty_slice text = TY_SLICE("約２万６，０００人が平成27年に");
    ck_assert_int_eq(ty_numbers_find(text, TY_SLICE("ja-JP"), &numbers, NULL), TY_OK);
    ck_assert_uint_eq(numbers.count, 2);
    ck_assert_slice(ty_slice_sub(text, numbers.items[0].start, numbers.items[0].end), "２万６，０００");
    ck_assert_slice(ty_slice_sub(text, numbers.items[1].start, numbers.items[1].end), "平成27年");
    ty_vector_release(&numbers);
}
END_TEST

/* ------------------------------------------------------------------------------------------ regex */

START_TEST(expressions_match_bytes)
{
    ty_regex *regex = NULL;
    ty_error error = {0};
    size_t start, end;
    ck_assert_ok(ty_regex_new(TY_SLICE("(?<=省)[ぁ-ん]+"), &regex, &error), error);
    ck_assert_ok(ty_regex_set_text(regex, TY_SLICE("防衛省は、防衛省から"), &error), error);
    ck_assert(ty_regex_find(regex, 0, &start, &end));
    ck_assert_uint_eq(start, 9);
    ck_assert_uint_eq(end, 12);
    ck_assert(ty_regex_find(regex, end, &start, &end));
    ck_assert_uint_eq(start, 24);
    ck_assert_uint_eq(end, 30);
    ck_assert(!ty_regex_find(regex, end, &start, &end));
    ck_assert(ty_regex_matches_at(regex, 9, &end));
    ck_assert_uint_eq(end, 12);
    ck_assert(!ty_regex_matches_at(regex, 10 + 2, &end));
    ck_assert(ty_regex_find(regex, 0, &start, &end));
    ty_regex_free(regex);
    ty_regex_free(NULL);
}
END_TEST

START_TEST(broken_and_hostile_expressions_end)
{
    ty_regex *regex = NULL;
    ty_error error = {0};
    size_t start, end;
    ck_assert_int_eq(ty_regex_new(TY_SLICE("a(b"), &regex, &error), TY_ERR_FORMAT);
    ck_assert_ptr_null(regex);
    ck_assert_msg(strstr(error.message, "a(b"), "%s", error.message);
    ck_assert_int_eq(ty_regex_new(TY_SLICE("(a+)+$"), &regex, NULL), TY_OK);
    ck_assert_int_eq(ty_regex_set_text(regex, TY_SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), NULL),
                     TY_OK);
    ck_assert(!ty_regex_find(regex, 0, &start, &end));
    ty_regex_free(regex);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *utf8 = tcase_create("utf8");
    tcase_add_test(utf8, utf8_steps_forth_and_back);
    tcase_add_test(utf8, utf8_check_finds_the_first_bad_byte);
    tcase_add_test(utf8, utf8_check_agrees_with_reading_one_by_one);
    tcase_add_test(utf8, utf8_add_writes_what_next_reads);
    tcase_add_test(utf8, characters_have_classes);
    suite_add_tcase(suite, utf8);
    TCase *fold = tcase_create("fold");
    tcase_add_test(fold, folding_makes_alike);
    tcase_add_test(fold, folded_bytes_know_where_they_came_from);
    tcase_add_test(fold, folding_runs_is_folding_characters);
    tcase_add_test(fold, folding_twice_is_folding_once_and_maps_are_monotone);
    tcase_add_test(fold, folding_bounds_stacked_marks);
    suite_add_tcase(suite, fold);
    TCase *tokens = tcase_create("tokens");
    tcase_add_test(tokens, tokens_are_words_characters_and_numbers);
    suite_add_tcase(suite, tokens);
    TCase *encodings = tcase_create("encodings");
    tcase_add_loop_test(encodings, bytes_become_text, 0, (int)(sizeof decode_cases / sizeof *decode_cases));
    tcase_add_loop_test(encodings, bad_bytes_are_mended, 0, sizeof mended / sizeof *mended);
    tcase_add_loop_test(encodings, bytes_that_are_no_text_are_refused, 0,
                        (int)(sizeof refusals / sizeof *refusals));
    tcase_add_test(encodings, text_goes_to_other_encodings_and_back);
    tcase_add_test(encodings, pairs_of_surrogates_survive_the_buffers);
    suite_add_tcase(suite, encodings);
    TCase *languages = tcase_create("languages");
    tcase_add_test(languages, language_tags_match_leniently);
    tcase_add_test(languages, language_tags_are_well_formed_or_not);
    tcase_add_test(languages, languages_are_told_from_text);
    suite_add_tcase(suite, languages);
    TCase *number = tcase_create("numbers");
    tcase_add_test(number, numbers_have_values);
    tcase_add_test(number, numbers_know_where_they_stand);
    suite_add_tcase(suite, number);
    TCase *regex = tcase_create("regex");
    tcase_add_test(regex, expressions_match_bytes);
    tcase_add_test(regex, broken_and_hostile_expressions_end);
    suite_add_tcase(suite, regex);
    return ty_test_run(suite);
}
