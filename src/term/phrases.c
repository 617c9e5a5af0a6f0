/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases - what may be a term in a text, without a tokenizer: n-grams of words, or of kanji and katakana
 * words.
 */
#include <stdlib.h>

#include "term/internal.h"

enum { PHRASE_WORDS = 5, PHRASE_ATOMS = 12, ATOMS_MAX = 512 };

/* A word; or a kanji, a katakana word, a run of letters or digits. */
typedef struct atom {
    ty_slice text;
    bool weak;   /* no term begins or ends with it */
    bool joins;  /* weak, but may stand inside: Ministry of Defense */
    bool number; /* digits only: no term begins with it */
    bool stem;   /* a kanji of a verb or adjective, whose ending follows in kana: 押 of 長押し */
    bool opens;  /* something stands before it that parts phrases */
} atom;

typedef struct atoms {
    atom items[ATOMS_MAX];
    size_t count;
} atoms;

/* ------------------------------------------------------------------------------------------ words */

static bool is_stopword(ty_slice word)
{
    size_t low = 0, high = ty_term_stopword_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = ty_slice_compare(word, ty_slice_of(ty_term_stopwords[middle]));
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

static bool is_joining(ty_slice word)
{
    static const char *const joining[] = {"of", "for", "and", "the", "on", "to", "in"};
    for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
        if (ty_slice_equal_nocase(word, ty_slice_of(joining[i])))
            return true;
    return false;
}

static void classify_word(atom *word)
{
    char lower[TERM_WORD_MAX];
    size_t size = word->text.size < sizeof lower ? word->text.size : sizeof lower;
    bool digits = true;
    for (size_t i = 0; i < size; i++) {
        char c = word->text.data[i];
        digits &= c >= '0' && c <= '9';
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
    }
    word->number = digits;
    word->weak = digits || size < 2 || is_stopword((ty_slice){lower, size});
    word->joins = is_joining((ty_slice){lower, size});
}

static bool is_mark_in_word(uint32_t c)
{
    return c == '-' || c == '\'' || c == 0x2019 || c == '.';
}

/* A full stop, a hyphen or an apostrophe belongs to the word when letters follow; a possessive 's does not.
 */
static bool goes_on(ty_slice text, size_t at, uint32_t mark)
{
    if (at >= text.size)
        return false;
    uint32_t next = ty_utf8_next(text, &at);
    if (!ty_char_is_letter(next) && !ty_char_is_digit(next))
        return false;
    return !(mark == '\'' || mark == 0x2019) || next != 's';
}

static void cut_words(ty_slice text, atoms *out)
{
    size_t start = SIZE_MAX;
    bool opens = true;
    for (size_t at = 0; at <= text.size && out->count < ATOMS_MAX;) {
        size_t before = at;
        uint32_t c = at < text.size ? ty_utf8_next(text, &at) : ' ';
        if (before == text.size)
            at++;
        if (c != TY_CODE_POINT_NONE && (ty_char_is_letter(c) || ty_char_is_digit(c))) {
            if (start == SIZE_MAX)
                start = before;
            continue;
        }
        if (start != SIZE_MAX && is_mark_in_word(c) && goes_on(text, at, c))
            continue;
        if (start != SIZE_MAX) {
            size_t end = before;
            if (c == '.' && memchr(text.data + start, '.', before - start)) /* the last of U.S. */
                end = at;
            atom word = {.text = ty_slice_sub(text, start, end), .opens = opens};
            classify_word(&word);
            out->items[out->count++] = word;
            start = SIZE_MAX;
            opens = false;
            if (end == at)
                continue;
        }
        opens = opens || (c != ' ' && c != '\n' && c != '-');
    }
}

/* ------------------------------------------------------------------------------------------ characters */

typedef enum atom_class { ATOM_NONE, ATOM_HAN, ATOM_KATAKANA, ATOM_LATIN, ATOM_DIGIT } atom_class;

static atom_class class_of(uint32_t c)
{
    if (c == TY_CODE_POINT_NONE)
        return ATOM_NONE;
    switch (ty_char_script(c)) {
    case TY_SCRIPT_HAN: return ATOM_HAN;
    case TY_SCRIPT_KATAKANA: return ATOM_KATAKANA;
    case TY_SCRIPT_LATIN: return ATOM_LATIN;
    default: break;
    }
    if (c == 0x30FB)
        return ATOM_KATAKANA;
    return ty_char_is_digit(c) ? ATOM_DIGIT : ATOM_NONE;
}

static bool is_one_of(ty_slice character, const char *characters)
{
    return ty_slice_find(ty_slice_of(characters), character, 0) != SIZE_MAX;
}

/* Kanji that join words, count or address a person rather than end a term, and those that no term begins
 * with. */
static bool ends_no_term(ty_slice kanji)
{
    return is_one_of(kanji, "及並又各約当同毎計第氏");
}

/* Kanji that count what the number before them says. */
static bool counts(ty_slice kanji)
{
    return is_one_of(kanji, "年月日時分秒週歳名人回度台機隻個件点本枚社校位円両発基曲割倍番号");
}

/* Is the kanji before `at` followed by the ending of a verb or an adjective: 長押し, 個人向け, 撃ち? */
static bool has_ending(ty_slice text, ty_slice kanji, size_t at)
{
    static const char endings[] = "いうえきぎくぐけげちつっびべぶみむめりるれろわ";
    size_t next = 0, end = at;
    if (at >= text.size || ty_char_script(ty_utf8_next(text, &end)) != TY_SCRIPT_HIRAGANA)
        return false;
    return is_one_of(ty_slice_sub(text, at, end), endings) ||
           ty_term_okurigana_size(ty_utf8_next(kanji, &next), text, at) > 0;
}

static bool begins_no_term(ty_slice kanji)
{
    return is_one_of(kanji, "的等々及並又");
}

static void cut_characters(ty_slice text, atoms *out)
{
    atom_class last = ATOM_NONE;
    for (size_t at = 0; at < text.size && out->count < ATOMS_MAX;) {
        size_t start = at;
        atom_class now = class_of(ty_utf8_next(text, &at));
        if (now != ATOM_NONE && now == last && now != ATOM_HAN)
            out->items[out->count - 1].text.size += at - start;
        else if (now != ATOM_NONE)
            out->items[out->count++] = (atom){.text = ty_slice_sub(text, start, at),
                                              .number = now == ATOM_DIGIT,
                                              .weak = now == ATOM_DIGIT,
                                              .joins = now == ATOM_DIGIT,
                                              .opens = last == ATOM_NONE};
        if (now == ATOM_HAN)
            out->items[out->count - 1].stem = has_ending(text, out->items[out->count - 1].text, at);
        last = now;
    }
}

/* ------------------------------------------------------------------------------------------ phrases */

static void add_key_word(ty_slice text, ty_buffer *key)
{
    char word[TERM_WORD_MAX + 1], whole[TERM_WORD_MAX + 1];
    size_t size = 0;
    for (; size < text.size && size < TERM_WORD_MAX; size++) {
        char c = text.data[size];
        whole[size] = word[size] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c == '-' ? ' ' : c;
    }
    size_t stem = size;
    uint32_t bits = ty_term_stem(word, &stem, false);
    if (key->size)
        ty_buffer_add_char(key, ' ');
    if (bits & (TERM_PAST | TERM_ING))
        ty_buffer_add(key, (ty_slice){whole, size});
    else
        ty_buffer_add(key, (ty_slice){word, stem});
}

static bool is_phrase(const term_side *side, const atoms *all, size_t first, size_t count)
{
    const atom *one = &all->items[first], *last = one + count - 1;
    if (one->weak || (last->weak && !(side->unspaced && last->number)))
        return false;
    if (!side->unspaced)
        return count > 1 || last->text.size > 2;
    if (first && one[-1].number && !one->opens && counts(one->text)) /* 月 of 6月 */
        return false;
    if (begins_no_term(one->text) || ends_no_term(last->text) || last->stem)
        return false;
    size_t size = (size_t)(last->text.data + last->text.size - one->text.data);
    return size >= (count == 1 ? 9 : 6);
}

/* Counts a phrase, once a pair. Returns its number, or NONE. */
static uint32_t count_phrase(term_side *side, const atoms *all, size_t first, size_t count, uint32_t pair)
{
    const atom *one = &all->items[first], *last = one + count - 1;
    ty_slice shown = {one->text.data, (size_t)(last->text.data + last->text.size - one->text.data)};
    ty_buffer_clear(&side->key);
    if (side->unspaced)
        ty_buffer_add(&side->key, shown);
    else
        for (size_t i = 0; i < count; i++)
            add_key_word(one[i].text, &side->key);
    uint32_t number = ty_strings_add(&side->keys, ty_buffer_slice(&side->key));
    if (number == TY_STRINGS_NONE)
        return number;
    if (number == side->phrases.count) {
        term_phrase fresh = {
            .size = (uint32_t)count, .shown = (uint32_t)side->texts.size, .shown_size = (uint32_t)shown.size};
        ty_buffer_add(&side->texts, shown);
        if (!ty_vector_push(&side->phrases, fresh))
            return TY_STRINGS_NONE;
    }
    term_phrase *phrase = &side->phrases.items[number];
    if (phrase->last == pair + 1)
        return number;
    phrase->last = pair + 1;
    phrase->count++;
    return ty_vector_push(&side->postings, number) ? number : TY_STRINGS_NONE;
}

static bool link_phrases(term_side *side, uint32_t longer, uint32_t shorter)
{
    return shorter == TY_STRINGS_NONE || ty_vector_push(&side->links, ((term_link){longer, shorter}));
}

/* The phrases that begin at atom `first`; `behind` are those that began at the atom after it, by length. */
static bool add_from(term_side *side, const atoms *all, size_t first, uint32_t pair, uint32_t *behind)
{
    size_t most = side->unspaced ? PHRASE_ATOMS : PHRASE_WORDS;
    uint32_t here[PHRASE_ATOMS + 1], shorter = TY_STRINGS_NONE;
    for (size_t i = 0; i <= PHRASE_ATOMS; i++)
        here[i] = TY_STRINGS_NONE;
    for (size_t count = 1; count <= most && first + count <= all->count; count++) {
        const atom *last = &all->items[first + count - 1];
        if (count > 1 && last->opens)
            break;
        if (last->weak && !last->joins)
            break;
        if (!is_phrase(side, all, first, count))
            continue;
        here[count] = count_phrase(side, all, first, count, pair);
        if (here[count] == TY_STRINGS_NONE)
            return false;
        if (!link_phrases(side, here[count], shorter) || !link_phrases(side, here[count], behind[count - 1]))
            return false;
        shorter = here[count];
    }
    memcpy(behind, here, sizeof here);
    return true;
}

bool ty_term_phrases_add(term_side *side, ty_slice text, uint32_t pair)
{
    atoms *all = malloc(sizeof *all);
    if (!all)
        return false;
    all->count = 0;
    bool good = ty_vector_push(&side->pair_starts, (uint32_t)side->postings.count);
    if (side->unspaced)
        cut_characters(text, all);
    else
        cut_words(text, all);
    uint32_t behind[PHRASE_ATOMS + 1];
    for (size_t i = 0; i <= PHRASE_ATOMS; i++)
        behind[i] = TY_STRINGS_NONE;
    for (size_t first = all->count; good && first-- > 0;)
        good = add_from(side, all, first, pair, behind);
    free(all);
    return good && !side->texts.failed && !side->key.failed;
}

void ty_term_side_release(term_side *side)
{
    ty_strings_release(&side->keys);
    ty_vector_release(&side->phrases);
    ty_vector_release(&side->links);
    ty_buffer_release(&side->texts);
    ty_vector_release(&side->postings);
    ty_vector_release(&side->pair_starts);
    ty_buffer_release(&side->key);
}
