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
        return cutter_take_word(cut, at);
    if (is_digit(c))
        return cutter_take_number(cut, at);
    if (c == ' ' && is_ascii_letter(byte_at(cut, at + 1))) { /* by far the most frequent */
        cut->last = RUN_NONE;
        return cutter_take_word(cut, at + 1);
    }
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return take_space(cut, at);
    if (c == '-')
        return take_hyphen(cut, at, 1);
    cut->last = RUN_NONE;
    if (c == '\'')
        return at + 1;
    uint32_t id = c == '&' ? cutter_word_id(cut, TY_SLICE("and")) : char_cell(cut, (unsigned char)c);
    push(cut, id, at, at + 1, 0);
    return at + 1;
}

static size_t take_katakana(cutter *cut, uint32_t c, size_t at, size_t end)
{
    term_symbol *before = cut->out->count ? &cut->out->items[cut->out->count - 1] : NULL;
    bool joined = cut->last == RUN_KATAKANA;
    if (c == 0x30FB) { /* the dot between words */
        if (!joined)
            push(cut, char_cell(cut, c), at, end, 0);
        cut->last = RUN_NONE;
        return end;
    }
    if (c == 0x30FC && joined && before) {
        before->bits |= TERM_LONG;
        before->end = before->core_end = original_end(cut, end);
        return end;
    }
    if (c == 0x30F5)
        c = 0x30AB; /* ヵ, ヶ */
    if (c == 0x30F6)
        c = 0x30B1;
    push(cut, char_cell(cut, c), at, end, TERM_KATAKANA | (joined ? TERM_JOINED : 0));
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
        size_t stop = term_kanji_number(cut->text, at, follows_ordinal(cut, at), digits);
        if (stop > at) {
            push(cut, cutter_word_id(cut, ty_slice_of(digits)), at, stop, TERM_NUMBER);
            return stop;
        }
    }
    uint32_t cell = char_cell(cut, cut->reader->add ? term_kanji_now(c) : c);
    push(cut, cell & ~TERM_CELL_OKURIGANA, at, end, 0);
    if (!(cell & TERM_CELL_OKURIGANA) || byte_at(cut, end) != '\xE3' || cut->failed)
        return end;
    size_t okurigana = term_okurigana_size(term_kanji_now(c), cut->text, end);
    if (okurigana == 0)
        return end;
    term_symbol *symbol = &cut->out->items[cut->out->count - 1];
    symbol->bits |= TERM_OKURIGANA;
    symbol->end = original_end(cut, end + okurigana);
    return end + okurigana;
}

/* The code point of three well-formed bytes at `at`, or 0. */
static inline uint32_t cjk_at(const cutter *cut, size_t at)
{
    const unsigned char *s = (const unsigned char *)cut->text.data + at;
    if (at + 3 > cut->text.size || s[0] < 0xE3 || s[0] > 0xE9)
        return 0;
    if ((s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
        return 0;
    return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
}

static size_t take_other(cutter *cut, size_t at)
{
    size_t end = at + 3;
    uint32_t c = cjk_at(cut, at);
    if (c >= 0x4E00 && c <= 0x9FFF)
        return take_han(cut, c, at, end);
    if (c >= 0x3041 && c <= 0x3096) {
        cut->last = RUN_NONE;
        push(cut, char_cell(cut, c), at, end, 0);
        return end;
    }
    if (c >= 0x30A0 && c <= 0x30FF)
        return take_katakana(cut, c, at, end);
    end = at;
    c = ty_utf8_next(cut->text, &end);
    if (c == TY_CODE_POINT_NONE) {
        push_break(cut, at);
        return end;
    }
    if (c >= 0x2010 && c <= 0x2013)
        return take_hyphen(cut, at, end - at);
    if (c < 0x3000 || c > 0xA000)
        if (letter_at(cut, at))
            return cutter_take_word(cut, at);
    cut->last = RUN_NONE;
    if (c == 0x2018 || c == 0x2019 || ty_char_is_space(c))
        return end;
    push(cut, char_cell(cut, c), at, end, 0);
    return end;
}

/* ------------------------------------------------------------------------------------------ reading */

/* Is there anything that NFKC changes beyond what the cutter knows? */
static bool needs_folding(ty_slice text)
{
    const unsigned char *s = (const unsigned char *)text.data;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = s[i];
        if (c < 0x80)
            continue;
        if (i + 2 >= text.size)
            return true;
        if (c == 0xE3 && s[i + 1] >= 0x80 &&
            s[i + 1] <= 0x83) { /* U+3000..30FF, without the combining marks */
            if (s[i + 1] == 0x82 && s[i + 2] >= 0x99 && s[i + 2] <= 0x9C)
                return true;
        } else if (c == 0xE2) {
            if (s[i + 1] != 0x80 || s[i + 2] == 0xA6)
                return true;
        } else if (c < 0xE4 || c > 0xE9)
            return true;
        i += 2;
    }
    return false;
}

ty_status term_read(const term_reader *reader, ty_slice text, term_symbols *out, ty_error *error)
{
    ty_vector_clear(out);
    cutter cut = {.reader = reader, .text = text, .out = out};
    if (text.size > UINT32_MAX / 2)
        return ty_error_set(error, TY_ERR_LIMIT, "text too long to scan");
    if (needs_folding(text)) {
        ty_status status = ty_fold(text, TY_FOLD_NFKC, reader->folded, error);
        if (status != TY_OK)
            return status;
        cut.text = ty_buffer_slice(&reader->folded->text);
        cut.map = reader->folded;
    }
    if (!ty_vector_reserve(out, cut.text.size / 4 + 8))
        return ty_error_nomem(error);
    for (size_t at = 0; at < cut.text.size && !cut.failed;)
        at = (unsigned char)cut.text.data[at] < 0x80 ? take_ascii(&cut, at) : take_other(&cut, at);
    return cut.failed ? ty_error_nomem(error) : TY_OK;
}
