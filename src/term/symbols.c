/*
 * symbols - text cut into the symbols that the automaton runs on.
 */
#include <stdlib.h>

#include "term/internal.h"

/* ------------------------------------------------------------------------------------------ alphabet */

bool term_alphabet_set(term_alphabet *alphabet, uint32_t c, uint32_t cell)
{
    if (c > 0xFFFF)
        return true;
    if (!alphabet->pages[c >> 8]) {
        if (!ty_vector_reserve(&alphabet->cells, 256))
            return false;
        memset(alphabet->cells.items + alphabet->cells.count, 0, 256 * sizeof *alphabet->cells.items);
        alphabet->cells.count += 256;
        alphabet->pages[c >> 8] = (uint32_t)(alphabet->cells.count / 256);
    }
    alphabet->cells.items[(size_t)(alphabet->pages[c >> 8] - 1) * 256 + (c & 255)] = cell;
    return true;
}

void term_alphabet_release(term_alphabet *alphabet)
{
    ty_strings_release(&alphabet->words);
    ty_vector_release(&alphabet->cells);
}

/* ------------------------------------------------------------------------------------------ the run */

typedef enum run_class { RUN_NONE, RUN_ALPHABETIC, RUN_KATAKANA } run_class;

typedef struct cutter {
    const term_reader *reader;
    ty_slice text;
    const ty_folded *map; /* NULL: the text is the original */
    term_symbols *out;
    run_class last; /* of the character just before, when it may be continued */
    bool failed;
} cutter;

static uint32_t original_start(const cutter *cut, size_t at)
{
    return cut->map ? cut->map->starts.items[at] : (uint32_t)at;
}

static uint32_t original_end(const cutter *cut, size_t end)
{
    return cut->map ? cut->map->ends.items[end - 1] : (uint32_t)end;
}

/* Of symbols that no term has one after the other, the first stands for all. */
static inline void push(cutter *cut, uint32_t id, size_t start, size_t end, uint32_t bits)
{
    if (id == 0 && cut->out->count && cut->out->items[cut->out->count - 1].id == 0)
        return;
    uint32_t stop = original_end(cut, end);
    if (cut->out->count == cut->out->capacity && !ty_vector_reserve(cut->out, 1))
        cut->failed = true;
    else
        cut->out->items[cut->out->count++] = (term_symbol){id, original_start(cut, start), stop, stop, bits};
}

static void push_break(cutter *cut, size_t at)
{
    push(cut, 0, at, at + 1, 0);
    cut->last = RUN_NONE;
}

/* The number of a word that is reduced already, 0 for one that no term has. */
static uint32_t word_id(cutter *cut, ty_slice word)
{
    const term_reader *reader = cut->reader;
    uint32_t number = reader->add ? ty_strings_add(&reader->add->words, word)
                                  : ty_strings_find(&reader->alphabet->words, word);
    if (number == TY_STRINGS_NONE) {
        cut->failed |= reader->add != NULL;
        return 0;
    }
    return number + 1;
}

static uint32_t make_cell(cutter *cut, uint32_t c)
{
    uint32_t cell;
    ty_buffer *key = cut->reader->word;
    ty_buffer_clear(key);
    ty_buffer_add_char(key, '\x01');
    ty_utf8_add(key, c);
    cell = word_id(cut, ty_buffer_slice(key));
    if (c <= 0xFFFF && term_has_okurigana(c))
        cell |= TERM_CELL_OKURIGANA;
    if (cut->reader->add && !term_alphabet_set(cut->reader->add, c, cell))
        cut->failed = true;
    return cell;
}

/* The cell of a character, which is made when adding. */
static inline uint32_t char_cell(cutter *cut, uint32_t c)
{
    uint32_t cell = term_alphabet_cell(cut->reader->alphabet, c);
    return cell || (c <= 0xFFFF && !cut->reader->add) ? cell : make_cell(cut, c);
}

/* ------------------------------------------------------------------------------------------ words */

static inline bool is_ascii_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char byte_at(const cutter *cut, size_t at)
{
    return at < cut->text.size ? cut->text.data[at] : '\0';
}

static size_t wide_letter_at(const cutter *cut, size_t at)
{
    size_t end = at;
    uint32_t point = ty_utf8_next(cut->text, &end);
    if (point == TY_CODE_POINT_NONE || (point >= 0x3000 && point < 0xA000))
        return 0;
    return ty_char_is_letter(point) && ty_char_script(point) != TY_SCRIPT_HAN ? end - at : 0;
}

/* Length of a letter of an alphabetic script at `at`, 0 for anything else. */
static inline size_t letter_at(const cutter *cut, size_t at)
{
    char c = byte_at(cut, at);
    if ((unsigned char)c < 0x80)
        return is_ascii_letter(c) ? 1 : 0;
    return wide_letter_at(cut, at);
}

/* Length of an apostrophe at `at`, 0 for none. */
static size_t apostrophe_at(const cutter *cut, size_t at)
{
    if (byte_at(cut, at) == '\'')
        return 1;
    if (byte_at(cut, at) != '\xE2')
        return 0;
    ty_slice near = ty_slice_sub(cut->text, at, at + 3);
    return ty_slice_equal(near, TY_SLICE("\xE2\x80\x99")) ? 3 : 0;
}

/* The end of "U.S." and its like at `at`: two or more single letters, each with a full stop but maybe the
 * last. */
static size_t acronym_end(const cutter *cut, size_t at)
{
    if (byte_at(cut, at + 1) != '.')
        return at;
    size_t letters = 0, end = at;
    while (is_ascii_letter(byte_at(cut, end)) && !letter_at(cut, end + 1)) {
        letters++;
        end++;
        if (byte_at(cut, end) != '.')
            break;
        end++;
    }
    return letters >= 2 && end > at + 2 ? end : at;
}

/* The end of the word at `at`; *tail is where what follows begins, behind a possessive 's. */
static size_t word_end(const cutter *cut, size_t at, size_t *tail)
{
    size_t end = at, size;
    for (;;) {
        while (is_ascii_letter(byte_at(cut, end)))
            end++;
        while ((size = letter_at(cut, end)))
            end += size;
        *tail = end;
        size_t mark = apostrophe_at(cut, end);
        if (!mark || !letter_at(cut, end + mark))
            return end;
        if ((byte_at(cut, end + mark) | 0x20) == 's' && !letter_at(cut, end + mark + 1)) {
            *tail = end + mark + 1;
            return end;
        }
        end += mark;
    }
}

static bool is_capitals(ty_slice word)
{
    size_t capitals = 0, others = 0;
    for (size_t i = 0; i < word.size; i++) {
        capitals += word.data[i] >= 'A' && word.data[i] <= 'Z';
        others += word.data[i] >= 'a' && word.data[i] <= 'z';
    }
    if (others == 1 && word.size > 2 && word.data[word.size - 1] == 's')
        others = 0; /* UAVs */
    return capitals >= 2 && others == 0;
}

/* Reduces a word as written; returns its number, its bits in *bits. */
static uint32_t reduce(cutter *cut, ty_slice word, uint32_t *bits)
{
    char text[TERM_WORD_MAX + 1];
    size_t size = 0;
    bool ascii = true;
    for (size_t i = 0; i < word.size && size < TERM_WORD_MAX; i++) {
        unsigned char c = (unsigned char)word.data[i];
        ascii &= c < 0x80;
        if (c == '\'' || c == '.')
            continue;
        text[size++] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : (char)c;
    }
    bool capitals = is_capitals(word);
    *bits = TERM_WORD | (capitals ? TERM_CAPITALS : 0);
    if (ascii) {
        *bits |= term_stem(text, &size, capitals);
        return word_id(cut, (ty_slice){text, size});
    }
    ty_buffer *folded = cut->reader->word;
    ty_buffer_clear(folded);
    if (ty_fold_plain(word, TY_FOLD_CASE, folded, NULL) != TY_OK)
        cut->failed = true;
    return word_id(cut, ty_buffer_slice(folded));
}

static uint64_t hash_word(ty_slice word)
{
    uint64_t hash = word.size * UINT64_C(0x9E3779B97F4A7C15), chunk;
    size_t at = 0;
    for (; at + 8 <= word.size; at += 8) {
        memcpy(&chunk, word.data + at, 8);
        hash = (hash ^ chunk) * UINT64_C(0xD6E8FEB86659FD93);
        hash ^= hash >> 32;
    }
    for (chunk = 0; at < word.size; at++)
        chunk = chunk << 8 | (unsigned char)word.data[at];
    hash = (hash ^ chunk) * UINT64_C(0xD6E8FEB86659FD93);
    return (hash ^ hash >> 32) | 1;
}

static uint32_t cached_word(cutter *cut, ty_slice word, uint32_t *bits)
{
    term_cached *cache = cut->reader->cache;
    if (!cache)
        return reduce(cut, word, bits);
    uint64_t hash = hash_word(word);
    term_cached *cached = &cache[hash >> 20 & (TERM_CACHE - 1)];
    if (cached->hash != hash) {
        cached->id = reduce(cut, word, &cached->bits);
        cached->hash = hash;
    }
    *bits = cached->bits;
    return cached->id;
}

static size_t take_word(cutter *cut, size_t at)
{
    size_t tail, end = acronym_end(cut, at);
    bool acronym = end > at;
    if (acronym) {
        tail = end;
        size_t mark = apostrophe_at(cut, end);
        if (mark && byte_at(cut, end + mark) == 's' && !letter_at(cut, end + mark + 1))
            tail = end + mark + 1;
    } else
        end = word_end(cut, at, &tail);
    uint32_t bits, id = cached_word(cut, ty_slice_sub(cut->text, at, end), &bits);
    if (cut->last == RUN_ALPHABETIC)
        bits |= TERM_JOINED;
    push(cut, id, at, end, bits);
    cut->last = acronym || tail > end ? RUN_NONE : RUN_ALPHABETIC;
    return tail;
}

static size_t take_number(cutter *cut, size_t at)
{
    size_t end = at;
    while (is_digit(byte_at(cut, end)))
        end++;
    uint32_t id = word_id(cut, ty_slice_sub(cut->text, at, end));
    push(cut, id, at, end, TERM_NUMBER | (cut->last == RUN_ALPHABETIC ? TERM_JOINED : 0));
    cut->last = RUN_ALPHABETIC;
    return end;
}

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
        return take_word(cut, at);
    if (is_digit(c))
        return take_number(cut, at);
    if (c == ' ' && is_ascii_letter(byte_at(cut, at + 1))) { /* by far the most frequent */
        cut->last = RUN_NONE;
        return take_word(cut, at + 1);
    }
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return take_space(cut, at);
    if (c == '-')
        return take_hyphen(cut, at, 1);
    cut->last = RUN_NONE;
    if (c == '\'')
        return at + 1;
    uint32_t id = c == '&' ? word_id(cut, TY_SLICE("and")) : char_cell(cut, (unsigned char)c);
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
            push(cut, word_id(cut, ty_slice_of(digits)), at, stop, TERM_NUMBER);
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
            return take_word(cut, at);
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
