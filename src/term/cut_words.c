/*
 * cut_words - words, acronyms and numbers of alphabetic scripts as symbols.
 */
#include "term/cutter.h"

size_t cutter_wide_letter(const cutter *cut, size_t at)
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
        return cutter_word_id(cut, (ty_slice){text, size});
    }
    ty_buffer *folded = cut->reader->word;
    ty_buffer_clear(folded);
    if (ty_fold_plain(word, TY_FOLD_CASE, folded, NULL) != TY_OK)
        cut->failed = true;
    return cutter_word_id(cut, ty_buffer_slice(folded));
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

size_t cutter_take_word(cutter *cut, size_t at)
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

size_t cutter_take_number(cutter *cut, size_t at)
{
    size_t end = at;
    while (is_digit(byte_at(cut, end)))
        end++;
    uint32_t id = cutter_word_id(cut, ty_slice_sub(cut->text, at, end));
    push(cut, id, at, end, TERM_NUMBER | (cut->last == RUN_ALPHABETIC ? TERM_JOINED : 0));
    cut->last = RUN_ALPHABETIC;
    return end;
}
