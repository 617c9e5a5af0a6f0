#include "support.h"

#include "text/text.h"

/* ------------------------------------------------------------------------------------------ UTF-8 */

START_TEST(utf8_steps_forth_and_back)
{
    ty_slice text = {"a\xC3\xA9\xE3\x81\x82\xF0\x9F\x87\xAF\xFF\x80z", 13};
    const uint32_t points[] = {'a', 0xE9, 0x3042, 0x1F1EF, TY_CODE_POINT_NONE, TY_CODE_POINT_NONE, 'z'};
    size_t at = 0;
    for (size_t i = 0; i < 7; i++) ck_assert_uint_eq(ty_utf8_next(text, &at), points[i]);
    ck_assert_uint_eq(at, text.size);
    for (size_t i = 7; i-- > 0;) ck_assert_uint_eq(ty_utf8_previous(text, &at), points[i]);
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

START_TEST(utf8_add_writes_what_next_reads)
{
    ty_buffer buffer = {0};
    for (uint32_t c = 0; c <= 0x10FFFF; c += 61) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
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
    check_fold(&folded, "“a”–‘b’ 〜 ～ · ･", TY_FOLD_PUNCTUATION, "\"a\"-'b' ~ ~ ・ ・");
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
        if (i) ck_assert(start >= folded->starts.items[i - 1] && end >= folded->ends.items[i - 1]);
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
    for (int i = 0; i < 100000; i++) ty_utf8_add(&text, i % 2 ? 0x301 : 0x327);
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
        if (i) ty_buffer_add_char(&joined, '|');
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

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *utf8 = tcase_create("utf8");
    tcase_add_test(utf8, utf8_steps_forth_and_back);
    tcase_add_test(utf8, utf8_check_finds_the_first_bad_byte);
    tcase_add_test(utf8, utf8_add_writes_what_next_reads);
    tcase_add_test(utf8, characters_have_classes);
    suite_add_tcase(suite, utf8);
    TCase *fold = tcase_create("fold");
    tcase_add_test(fold, folding_makes_alike);
    tcase_add_test(fold, folded_bytes_know_where_they_came_from);
    tcase_add_test(fold, folding_twice_is_folding_once_and_maps_are_monotone);
    tcase_add_test(fold, folding_bounds_stacked_marks);
    suite_add_tcase(suite, fold);
    TCase *tokens = tcase_create("tokens");
    tcase_add_test(tokens, tokens_are_words_characters_and_numbers);
    suite_add_tcase(suite, tokens);
    return ty_test_run(suite);
}
