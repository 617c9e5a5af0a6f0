/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/texts/sides.h"

bool ty_side_next(ty_slice *rest, bool blank_lines, ty_slice *out)
{
    if (!rest->size)
        return false;
    size_t end = ty_slice_find(*rest, blank_lines ? TY_SLICE("\n\n") : TY_SLICE("\n"), 0);
    *out = ty_slice_sub(*rest, 0, end);
    *rest = ty_slice_sub(*rest, end == SIZE_MAX ? rest->size : end + (blank_lines ? 2 : 1), rest->size);
    return true;
}

size_t ty_side_weight(ty_slice paragraph)
{
    size_t words = 0, characters = 0;
    bool in_word = false;
    for (size_t at = 0; at < paragraph.size;) {
        uint32_t code = ty_utf8_next(paragraph, &at);
        ty_script script = ty_char_script(code);
        bool unspaced =
            script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA;
        bool letter = !unspaced && ty_char_is_letter(code);
        characters += unspaced;
        words += letter && !in_word;
        in_word = letter;
    }
    return words + characters / 2;
}

/*
 * Of Japanese and Chinese, what has kana is Japanese, and a sentence without any is Chinese: of 444 and 438
 * sentences of the parallel treebanks (PUD) all are told so. A few characters without a stop may be a heading
 * in either.
 */
static bool is_chinese_sentence(ty_slice paragraph)
{
    enum { HEADING = 24 };
    size_t letters = 0;
    bool stopped = false;
    for (size_t at = 0; at < paragraph.size;) {
        uint32_t code = ty_utf8_next(paragraph, &at);
        ty_script script = ty_char_script(code);
        if (script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA)
            return false;
        letters += script == TY_SCRIPT_HAN;
        stopped = stopped || code == 0x3002 || code == 0xff0c || code == 0xff1f || code == 0xff01;
    }
    return letters > HEADING || (letters && stopped);
}

/* Both may be it by their script: of more than a few words, or of a script with one language, the guess says.
 */
static ty_side guess_side(ty_slice paragraph, ty_slice first, ty_slice second)
{
    enum { FEW_WORDS = 3 };
    bool unspaced = ty_lang_is_unspaced(first) && ty_lang_is_unspaced(second);
    ty_slice guess =
        unspaced && is_chinese_sentence(paragraph) ? TY_SLICE("zh") : ty_slice_of(ty_lang_guess(paragraph));
    bool latin = !ty_lang_is_unspaced(first) && !ty_lang_is_unspaced(second);
    bool one = ty_lang_same(guess, first), other = ty_lang_same(guess, second);
    if (one == other || (latin && ty_side_weight(paragraph) <= FEW_WORDS))
        return TY_SIDE_UNKNOWN;
    return one ? TY_SIDE_FIRST : TY_SIDE_SECOND;
}

ty_side ty_side_of(ty_slice paragraph, ty_slice first, ty_slice second)
{
    bool one = ty_lang_is_in_script(paragraph, first), other = ty_lang_is_in_script(paragraph, second);
    if (one != other)
        return one ? TY_SIDE_FIRST : TY_SIDE_SECOND;
    return one ? guess_side(paragraph, first, second) : TY_SIDE_UNKNOWN;
}

/* ------------------------------------------------------------------------------------------ which two */

enum { MOST_LANGUAGES = 16 };

struct share {
    ty_slice lang;
    size_t weight, first; /* the paragraph it was found in first */
};

static void add_share(struct share *shares, size_t *count, ty_slice lang, size_t weight, size_t paragraph)
{
    size_t i = 0;
    while (i < *count && !ty_lang_same(shares[i].lang, lang))
        i++;
    if (i == MOST_LANGUAGES)
        return;
    if (i == *count)
        shares[(*count)++] = (struct share){lang, 0, paragraph};
    shares[i].weight += weight;
}

static size_t collect_shares(const ty_text *text, struct share *shares)
{
    size_t count = 0, number = 0;
    ty_slice rest = ty_buffer_slice(&text->document.text), paragraph;
    for (; ty_side_next(&rest, text->document.blank_lines, &paragraph); number++) {
        ty_slice lang = ty_slice_of(ty_lang_guess(paragraph));
        size_t weight = ty_side_weight(paragraph);
        if (lang.size && weight)
            add_share(shares, &count, lang, weight, number);
    }
    return count;
}

/* Is there a script that tells the two apart? Of Japanese and Chinese, kana. */
static bool tell_apart(ty_slice one, ty_slice other)
{
    return ty_lang_is_unspaced(one) || !ty_lang_share_script(one, other);
}

static const struct share *heaviest(const struct share *shares, size_t count, ty_slice other, bool apart)
{
    const struct share *best = NULL;
    for (size_t i = 0; i < count; i++) {
        bool fits = !ty_lang_same(shares[i].lang, other) && (!apart || tell_apart(shares[i].lang, other));
        if (fits && (!best || shares[i].weight > best->weight))
            best = &shares[i];
    }
    return best;
}

/* One in another script goes before one in the same. */
static const struct share *find_other(const struct share *shares, size_t count, ty_slice one, bool told)
{
    const struct share *other = one.size ? heaviest(shares, count, one, true) : NULL;
    return !other && told ? heaviest(shares, count, one, false) : other;
}

void ty_side_languages(const ty_text *text, ty_slice told, ty_slice out[2])
{
    struct share shares[MOST_LANGUAGES];
    size_t count = collect_shares(text, shares);
    const struct share *one = told.size ? NULL : heaviest(shares, count, (ty_slice){0}, false);
    ty_slice lang = one ? one->lang : told;
    const struct share *other = find_other(shares, count, lang, told.size > 0);
    bool swapped = one && other && other->first < one->first;
    out[swapped] = lang;
    out[!swapped] = other ? other->lang : (ty_slice){0};
}
