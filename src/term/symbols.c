/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbols - text cut into the symbols that the automaton runs on.
 */
#include <stdlib.h>

#include "term/cutter.h"

/* ------------------------------------------------------------------------------------------ the rest */

/* Blanks part nothing, but an empty line parts everything. */
static size_t take_space(cutter *cut, size_t at)
{
    size_t end = at, lines = 0;
    while (end < cut->text.size &&
           (byte_at(cut, end) == ' ' || (byte_at(cut, end) >= '\t' && byte_at(cut, end) <= '\r')))
        lines += byte_at(cut, end++) == '\n';
    if (lines > 1)
        push_break(cut, at);
    cut->last = RUN_NONE;
    return end;
}

/* A hyphen between words is as good as a blank; one with blanks about it is a dash. */
static size_t take_hyphen(cutter *cut, size_t at, size_t size)
{
    bool open = at == 0 || byte_at(cut, at - 1) == ' ' || byte_at(cut, at + size) == ' ';
    if (open)
        push_break(cut, at);
    cut->last = RUN_NONE;
    return at + size;
}

static size_t take_ascii(cutter *cut, size_t at)
{
    char c = cut->text.data[at];
    if (is_ascii_letter(c))
        return ty_cutter_take_word(cut, at);
    if (is_digit(c))
        return ty_cutter_take_number(cut, at);
    if (c == ' ' && is_ascii_letter(byte_at(cut, at + 1))) { /* by far the most frequent */
        cut->last = RUN_NONE;
        return ty_cutter_take_word(cut, at + 1);
    }
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return take_space(cut, at);
    if (c == '-' || (c == '/' && at && is_ascii_letter(byte_at(cut, at - 1)) && letter_at(cut, at + 1)))
        return take_hyphen(cut, at, 1); /* HA/DR, Japan/U.S. */
    cut->last = RUN_NONE;
    if (c == '\'')
        return at + 1;
    uint32_t id = c == '&' ? ty_cutter_word_id(cut, TY_SLICE("and")) : char_symbol(cut, (unsigned char)c);
    push(cut, id, at, at + 1, 0);
    return at + 1;
}

/* A long vowel mark belongs to the symbol before it. */
static void lengthen(cutter *cut, size_t end)
{
    if (cut->out->count == 0)
        return;
    term_symbol *before = &cut->out->items[cut->out->count - 1];
    before->bits |= TERM_LONG;
    before->end = before->core_end = original_end(cut, end);
}

/* か, カ, ヵ, ヶ and 箇 between a numeral and what it counts are one: 6か国, 六ヶ月. */
static bool counts_things(const cutter *cut, size_t at)
{
    ty_slice next = ty_slice_sub(cut->text, at + 3, at + 6);
    if (next.size < 3 || at == 0 || ty_slice_find(TY_SLICE("国月所年条点村寺"), next, 0) == SIZE_MAX)
        return false;
    if (is_digit(byte_at(cut, at - 1)))
        return true;
    ty_slice before = ty_slice_sub(cut->text, at < 3 ? 0 : at - 3, at);
    return before.size == 3 && ty_slice_find(TY_SLICE("一二三四五六七八九十百千数"), before, 0) != SIZE_MAX;
}

/* ヴ is written for the sound of ブ: ヴァ, ヴィ, ヴェ and ヴォ are バ, ビ, ベ and ボ, ヴュ is ビュ. */
static uint32_t v_as_b(const cutter *cut, size_t *end)
{
    static const struct {
        const char *small;
        uint32_t now;
        bool kept; /* the small letter stays */
    } sounds[] = {{"ァ", 0x30D0, false},
                  {"ィ", 0x30D3, false},
                  {"ェ", 0x30D9, false},
                  {"ォ", 0x30DC, false},
                  {"ュ", 0x30D3, true}};
    ty_slice next = ty_slice_sub(cut->text, *end, *end + 3);
    for (size_t i = 0; i < sizeof sounds / sizeof *sounds; i++)
        if (ty_slice_equal(next, ty_slice_of(sounds[i].small))) {
            *end += sounds[i].kept ? 0 : 3;
            return sounds[i].now;
        }
    return 0x30D6;
}

static size_t take_katakana(cutter *cut, uint32_t c, size_t at, size_t end)
{
    bool joined = cut->last == RUN_KATAKANA;
    if (c == 0x30FB) { /* the dot between words */
        if (!joined)
            push(cut, char_symbol(cut, c), at, end, 0);
        cut->last = RUN_NONE;
        return end;
    }
    if (c == 0x30FC && joined) {
        if (cut->kept)
            lengthen(cut, end);
        return end;
    }
    if (c == 0x30FC && cut->last == RUN_ALPHABETIC &&
        (is_digit(byte_at(cut, end)) || is_ascii_letter(byte_at(cut, end))))
        return take_hyphen(cut, at, end - at); /* Fー35, JASSMーER */
    if (c == 0x30F4)
        c = v_as_b(cut, &end);
    if (c == 0x30F5)
        c = 0x30AB; /* ヵ, ヶ */
    if (c == 0x30F6 || (c == 0x30AB && counts_things(cut, at)))
        c = 0x30B1;
    push(cut, char_symbol(cut, c), at, end, TERM_KATAKANA | (joined ? TERM_JOINED : 0));
    cut->last = RUN_KATAKANA;
    return end;
}

/* Behind 第, a 十 alone is a number too. */
static bool follows_ordinal(const cutter *cut, size_t at)
{
    return at >= 3 && memcmp(cut->text.data + at - 3, "第", 3) == 0;
}

/* 一二三四五六七八九十百千. The mask of their last six bits turns most others away. */
static inline bool may_be_numeral(uint32_t c)
{
    const uint64_t last_bits = UINT64_C(0x400028002810120B);
    if (!(last_bits >> (c & 63) & 1))
        return false;
    switch (c) {
    case 0x4E00:
    case 0x4E03:
    case 0x4E09:
    case 0x4E5D:
    case 0x4E8C:
    case 0x4E94:
    case 0x516B:
    case 0x516D:
    case 0x5341:
    case 0x5343:
    case 0x56DB:
    case 0x767E: return true;
    default: return false;
    }
}

static size_t take_han(cutter *cut, uint32_t c, size_t at, size_t end)
{
    cut->last = RUN_NONE;
    if (may_be_numeral(c)) {
        char digits[24];
        size_t stop = ty_term_kanji_number(cut->text, at, follows_ordinal(cut, at), digits);
        if (stop > at) {
            push(cut, ty_cutter_word_id(cut, ty_slice_of(digits)), at, stop, TERM_NUMBER);
            return stop;
        }
    }
    if (c == 0x7B87 && counts_things(cut, at)) /* 箇 */
        c = 0x30B1;
    uint32_t cell = char_cell(cut, cut->reader->add ? ty_kanji_now(c) : c);
    if (!(cell & TERM_CELL_OKURIGANA)) {
        push(cut, cell & TERM_CELL_SYMBOL, at, end, 0);
        return end;
    }
    size_t okurigana =
        byte_at(cut, end) == '\xE3' ? ty_term_okurigana_size(ty_kanji_now(c), cut->text, end) : 0;
    push_long(cut, cell & TERM_CELL_SYMBOL, at, end, end + okurigana, okurigana ? TERM_OKURIGANA : 0);
    return end + okurigana;
}

/* The code point U+3000..9FFF of three well-formed bytes at `at`, or 0. */
static inline uint32_t cjk_at(const cutter *cut, size_t at)
{
    const unsigned char *s = (const unsigned char *)cut->text.data + at;
    if (at + 3 > cut->text.size)
        return 0;
    uint32_t bytes = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
    uint32_t c = (bytes >> 4 & 0xF000) | (bytes >> 2 & 0xFC0) | (bytes & 0x3F);
    return (bytes & 0xF0C0C0) == 0xE08080 && c - 0x3000 < 0xA000 - 0x3000 ? c : 0;
}

static inline bool is_hiragana(uint32_t c)
{
    return c - 0x3041 <= 0x3096 - 0x3041;
}

static inline bool is_han(uint32_t c)
{
    return c - 0x4E00 <= 0x9FFF - 0x4E00;
}

/* A character that is just what it is: no numeral, nothing that okurigana may follow. Most begin no term. */
static inline bool take_plain(cutter *cut, uint32_t c, size_t at)
{
    uint32_t cell = term_alphabet_cell(cut->reader->alphabet, c);
    if (cell & TERM_CELL_OKURIGANA)
        return false;
    cut->last = RUN_NONE;
    if ((c == 0x304B || c == 0x7B87) && counts_things(cut, at)) { /* か, 箇 */
        push(cut, char_symbol(cut, 0x30B1), at, at + 3, 0);
        return true;
    }
    if (cell & TERM_CELL_BEGINS || cut->node || !cut->out->count)
        push(cut, cell & TERM_CELL_SYMBOL, at, at + 3, 0);
    else
        cut->kept = false;
    return true;
}

/* Kanji and kana from `at` on. */
static size_t take_cjk(cutter *cut, size_t at)
{
    bool adding = cut->reader->add != NULL;
    for (uint32_t c; !cut->failed && (c = cjk_at(cut, at));) {
        bool han = is_han(c), plain = is_hiragana(c) || (han && !may_be_numeral(c));
        if (plain && !adding && take_plain(cut, c, at))
            at += 3;
        else if (han)
            at = take_han(cut, c, at, at + 3);
        else if (c >= 0x30A0 && c <= 0x30FF)
            at = take_katakana(cut, c, at, at + 3);
        else if (plain) {
            cut->last = RUN_NONE;
            uint32_t counting = c == 0x304B && counts_things(cut, at) ? 0x30B1 : c;
            push(cut, char_symbol(cut, counting), at, at + 3, 0);
            at += 3;
        } else
            break;
    }
    return at;
}

/* Brackets, commas and the like in full width; those that matter inside words are folded with the whole text.
 */
static inline bool is_wide_mark(uint32_t c)
{
    return c > 0xFF00 && c < 0xFF5F && !is_ascii_letter((char)(c - 0xFEE0)) &&
           !is_digit((char)(c - 0xFEE0)) && c != 0xFF06 && c != 0xFF07 && c != 0xFF0D && c != 0xFF0E;
}

/* Quotes of every kind are one: 護衛艦「かが」, 護衛艦“かが”, 護衛艦『かが』. */
static inline bool is_quote(uint32_t c)
{
    return (c >= 0x201C && c <= 0x201E) || (c >= 0x300C && c <= 0x300F) || c == 0x301D || c == 0x301F ||
           c == 0xFF02;
}

static size_t take_mark(cutter *cut, uint32_t c, size_t at, size_t end)
{
    bool before_digit = is_digit(byte_at(cut, end));
    if ((c >= 0x2010 && c <= 0x2013) || c == 0x2212 || (before_digit && (c == 0x2014 || c == 0x2015)))
        return take_hyphen(cut, at, end - at); /* a dash before a number is one that a keyboard had: F―35 */
    cut->last = RUN_NONE;
    if (is_quote(c))
        c = '"';
    if (c != 0x2018 && c != 0x2019 && !ty_char_is_space(c))
        push(cut, char_symbol(cut, is_wide_mark(c) ? c - 0xFEE0 : c), at, end, 0);
    return end;
}

static size_t take_other(cutter *cut, size_t at)
{
    size_t end = take_cjk(cut, at);
    if (end > at)
        return end;
    if (!cut->map && ty_cutter_is_foldable(cut, at)) {
        cut->foldable = true;
        return cut->text.size;
    }
    uint32_t c = ty_utf8_next(cut->text, &end);
    if (c == TY_CODE_POINT_NONE) {
        push_break(cut, at);
        return end;
    }
    if ((c < 0x2010 || c > 0xA000 || (c > 0x2013 && c < 0x3000)) && letter_at(cut, at))
        return ty_cutter_take_word(cut, at);
    return take_mark(cut, c, at, end);
}

/* ------------------------------------------------------------------------------------------ reading */

bool ty_cutter_is_foldable(const cutter *cut, size_t at)
{
    const unsigned char *s = (const unsigned char *)cut->text.data + at;
    if (at + 2 >= cut->text.size)
        return true;
    if (s[0] == 0xE3) /* U+3000..30FF, without the combining marks */
        return s[1] < 0x80 || s[1] > 0x83 || (s[1] == 0x82 && s[2] >= 0x99 && s[2] <= 0x9C);
    if (s[0] == 0xE2)
        return s[1] != 0x80 || s[2] == 0xA6;
    if (s[0] == 0xEF) {
        size_t end = at;
        return !is_wide_mark(ty_utf8_next(cut->text, &end));
    }
    return s[0] < 0xE4 || s[0] > 0xE9;
}

/* Ends early where the text has to be folded first. */
static void cut_text(cutter *cut)
{
    for (size_t at = 0; at < cut->text.size && !cut->failed;)
        at = (unsigned char)cut->text.data[at] < 0x80 ? take_ascii(cut, at) : take_other(cut, at);
}

ty_status ty_term_read(const term_reader *reader, ty_slice text, term_symbols *out, ty_error *error)
{
    ty_vector_clear(out);
    cutter cut = {.reader = reader, .text = text, .out = out};
    if (text.size > UINT32_MAX / 2)
        return ty_error_set(error, TY_ERR_LIMIT, "text too long to scan");
    if (!ty_vector_reserve(out, text.size / 4 + 8))
        return ty_error_nomem(error);
    cut_text(&cut);
    if (cut.foldable) {
        ty_status status = ty_fold(text, TY_FOLD_NFKC | TY_FOLD_KANJI, reader->folded, error);
        if (status != TY_OK)
            return status;
        ty_vector_clear(out);
        cut = (cutter){.reader = reader,
                       .text = ty_buffer_slice(&reader->folded->text),
                       .map = reader->folded,
                       .out = out};
        cut_text(&cut);
    }
    return cut.failed ? ty_error_nomem(error) : TY_OK;
}
