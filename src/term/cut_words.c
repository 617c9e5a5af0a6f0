/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cut_words - words, acronyms and numbers of alphabetic scripts as symbols.
 */
#include "term/cutter.h"

size_t ty_cutter_wide_letter(const cutter *cut, size_t at)
{
    size_t end = at;
    uint32_t point = ty_utf8_next(cut->text, &end);
    if (point == TY_CODE_POINT_NONE || (point >= 0x3000 && point < 0xA000))
        return 0;
    return ty_char_is_letter(point) && ty_char_script(point) != TY_SCRIPT_HAN ? end - at : 0;
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
static size_t word_end(cutter *cut, size_t at, size_t *tail)
{
    size_t end = at, size;
    for (;;) {
        while (is_ascii_letter(byte_at(cut, end)))
            end++;
        while ((size = letter_at(cut, end))) {
            cut->foldable |= size > 1 && !cut->map && ty_cutter_is_foldable(cut, end);
            end += size;
        }
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

/* The Bs of F-35Bs. */
static bool is_plural_letter(ty_slice word)
{
    return word.size == 2 && word.data[0] >= 'A' && word.data[0] <= 'Z' && word.data[1] == 's';
}

/* The vowel of a long one of romanised Japanese at `at` (ō, Ū), which few keyboards have; 0 for anything
 * else. */
static char plain_vowel(ty_slice word, size_t at)
{
    static const struct {
        const char *upper, *lower;
        char vowel;
    } vowels[] = {{"Ā", "ā", 'a'}, {"Ī", "ī", 'i'}, {"Ū", "ū", 'u'}, {"Ē", "ē", 'e'}, {"Ō", "ō", 'o'}};
    ty_slice letter = ty_slice_sub(word, at, at + 2);
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (ty_slice_equal(letter, ty_slice_of(vowels[i].upper)) ||
            ty_slice_equal(letter, ty_slice_of(vowels[i].lower)))
            return vowels[i].vowel;
    return 0;
}

/* Reduces a word as written; returns its number, its bits in *bits. */
static uint32_t reduce(cutter *cut, ty_slice word, uint32_t *bits)
{
    char text[TERM_WORD_MAX + 1];
    size_t size = 0;
    bool ascii = true;
    for (size_t i = 0; i < word.size && size < TERM_WORD_MAX; i++) {
        unsigned char c = (unsigned char)word.data[i];
        char vowel = c < 0x80 ? 0 : plain_vowel(word, i);
        if (vowel) {
            text[size++] = vowel;
            i++;
            continue;
        }
        ascii &= c < 0x80;
        if (c == '\'' || c == '.')
            continue;
        text[size++] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : (char)c;
    }
    bool capitals = is_capitals(word), letter = is_plural_letter(word);
    *bits = TERM_WORD | (capitals ? TERM_CAPITALS : 0);
    if (letter) {
        *bits |= TERM_PLURAL;
        return ty_cutter_word_id(cut, (ty_slice){text, 1});
    }
    if (ascii) {
        *bits |= ty_term_stem(text, &size, capitals);
        return ty_cutter_word_id(cut, (ty_slice){text, size});
    }
    ty_buffer *folded = cut->reader->word;
    ty_buffer_clear(folded);
    if (ty_fold_plain(word, TY_FOLD_CASE, folded, NULL) != TY_OK)
        cut->failed = true;
    return ty_cutter_word_id(cut, ty_buffer_slice(folded));
}

static inline uint64_t begin_hash(size_t size)
{
    return size * UINT64_C(0x9E3779B97F4A7C15);
}

static inline uint64_t add_hash(uint64_t hash, uint64_t chunk)
{
    hash = (hash ^ chunk) * UINT64_C(0xD6E8FEB86659FD93);
    return hash ^ hash >> 32;
}

static inline uint64_t end_hash(uint64_t hash, uint64_t chunk)
{
    return add_hash(hash, chunk) | 1;
}

static uint64_t hash_word(ty_slice word)
{
    uint64_t hash = begin_hash(word.size), chunk;
    size_t at = 0;
    for (; at + 8 <= word.size; at += 8) {
        memcpy(&chunk, word.data + at, 8);
        hash = add_hash(hash, chunk);
    }
    chunk = 0;
    for (unsigned shift = 0; at < word.size; at++, shift += 8)
        chunk |= (uint64_t)(unsigned char)word.data[at] << shift;
    return end_hash(hash, chunk);
}

/* `hash` is that of the word, if there is a cache. */
static uint32_t cached_word(cutter *cut, ty_slice word, uint64_t hash, uint32_t *bits)
{
    term_cached *cache = cut->reader->cache;
    if (!cache)
        return reduce(cut, word, bits);
    term_cached *cached = &cache[hash >> 20 & (TERM_CACHE - 1)];
    if (cached->hash != hash) {
        cached->id = reduce(cut, word, &cached->bits);
        cached->hash = hash;
    }
    *bits = cached->bits;
    return cached->id;
}

static inline void push_word(cutter *cut, size_t at, size_t end, uint64_t hash)
{
    uint32_t bits, id = cached_word(cut, (ty_slice){cut->text.data + at, end - at}, hash, &bits);
    push(cut, id, at, end, bits | (cut->last == RUN_ALPHABETIC ? TERM_JOINED : 0));
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* How many letters of ASCII eight bytes begin with. */
static inline unsigned letters_of(uint64_t chunk)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    uint64_t small = (chunk | ones * 0x20) & ~highs;
    uint64_t letters = (small + ones * (0x80 - 'a')) & ~(small + ones * (0x7F - 'z')) & ~chunk & highs;
    return letters == highs ? 8 : (unsigned)__builtin_ctzll(~letters & highs) / 8;
}

/*
 * A word of up to fifteen letters before a character that cannot belong to it, its end found and its hash
 * made in one go: most words of a text. Returns its end, or `at` for other words.
 */
static inline size_t take_short_word(cutter *cut, size_t at)
{
    uint64_t chunks[2];
    if (at + sizeof chunks > cut->text.size)
        return at;
    memcpy(chunks, cut->text.data + at, sizeof chunks);
    unsigned first = letters_of(chunks[0]), size = first;
    if (first == 8)
        size += letters_of(chunks[1]);
    char next = cut->text.data[at + size];
    if (size == 16 || (unsigned char)next >= 0x80 || next == '\'' || (next == '.' && size == 1))
        return at;
    uint64_t hash = begin_hash(size), rest = chunks[0];
    if (first == 8) {
        hash = add_hash(hash, chunks[0]);
        rest = chunks[1];
    }
    push_word(cut, at, at + size, end_hash(hash, rest & ((UINT64_C(1) << size % 8 * 8) - 1)));
    cut->last = RUN_ALPHABETIC;
    return at + size;
}
#else
static inline size_t take_short_word(cutter *cut, size_t at)
{
    (void)cut;
    return at;
}
#endif

size_t ty_cutter_take_word(cutter *cut, size_t at)
{
    size_t short_end = take_short_word(cut, at);
    if (short_end > at)
        return short_end;
    size_t tail, end = acronym_end(cut, at);
    bool acronym = end > at;
    if (acronym) {
        tail = end;
        size_t mark = apostrophe_at(cut, end);
        if (mark && byte_at(cut, end + mark) == 's' && !letter_at(cut, end + mark + 1))
            tail = end + mark + 1;
    } else
        end = word_end(cut, at, &tail);
    if (cut->foldable)
        return cut->text.size;
    push_word(cut, at, end, cut->reader->cache ? hash_word(ty_slice_sub(cut->text, at, end)) : 0);
    cut->last = acronym || tail > end ? RUN_NONE : RUN_ALPHABETIC;
    return tail;
}

size_t ty_cutter_take_number(cutter *cut, size_t at)
{
    size_t end = at;
    while (is_digit(byte_at(cut, end)))
        end++;
    uint32_t id = ty_cutter_word_id(cut, ty_slice_sub(cut->text, at, end));
    push(cut, id, at, end, TERM_NUMBER | (cut->last == RUN_ALPHABETIC ? TERM_JOINED : 0));
    cut->last = RUN_ALPHABETIC;
    return end;
}
