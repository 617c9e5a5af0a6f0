/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spellings - how else a term may be written: an English compound solid, with a hyphen or with a blank, 2+2
 * as 2プラス2, the second verb of a Japanese compound in kana, the forms of written_forms.c. Each is a
 * further key of the entry.
 */
#include "term/internal.h"

enum { HALF_MIN = 3, PLACES_MAX = 3 }; /* letters of half a compound; joints of a term that are tried */

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Adds the spelling that was built, and clears it. */
static ty_status add_built(ty_term_index *index, uint32_t entry, ty_buffer *built, ty_error *error)
{
    ty_status status = TY_OK;
    if (built->failed)
        return ty_error_nomem(error);
    if (built->size)
        status = ty_term_index_add_spelling(index, entry, ty_buffer_slice(built), error);
    ty_buffer_clear(built);
    return status;
}

/* ------------------------------------------------------------------------------------------ prefixes */

/* Where a prefix that may stand apart ends at the start of a word: behind "counter" of counterterrorism. */
static size_t find_prefix(ty_slice text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (!is_letter(text.data[at]) || (at && is_letter(text.data[at - 1])))
            continue;
        size_t longest = 0;
        for (size_t i = 0; i < ty_term_prefix_count; i++) {
            ty_slice prefix = ty_slice_of(ty_term_prefixes[i]);
            size_t end = at + prefix.size;
            if (end + 4 > text.size || !is_letter(text.data[end + 3]))
                continue;
            if (end > longest && ty_slice_equal_nocase(ty_slice_sub(text, at, end), prefix))
                longest = end;
        }
        if (longest)
            return longest;
    }
    return SIZE_MAX;
}

/* A closed prefix also apart, one apart also closed: counterterrorism, cyber attack. */
static void build_prefix(ty_slice text, ty_buffer *out)
{
    size_t at = find_prefix(text);
    if (at == SIZE_MAX)
        return;
    bool apart = text.data[at] == '-' || text.data[at] == ' ';
    if (!apart && !is_letter(text.data[at]))
        return;
    ty_buffer_add(out, ty_slice_sub(text, 0, at));
    if (!apart)
        ty_buffer_add_char(out, '-');
    ty_buffer_add(out, ty_slice_sub(text, at + apart, text.size));
}

/* ------------------------------------------------------------------------------------------ compounds */

static bool is_function_word(ty_slice word)
{
    static const char *const words[] = {"and",  "for",  "from", "into",  "not",  "off", "one",   "our",
                                        "out",  "own",  "per",  "than",  "that", "the", "their", "these",
                                        "they", "this", "two",  "under", "upon", "via", "who",   "with"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(word, ty_slice_of(words[i])))
            return true;
    return false;
}

/* The word that ends, or begins, at `at`. */
static ty_slice word_ending(ty_slice text, size_t at)
{
    size_t start = at;
    while (start > 0 && is_letter(text.data[start - 1]))
        start--;
    return ty_slice_sub(text, start, at);
}

static ty_slice word_beginning(ty_slice text, size_t at)
{
    size_t end = at;
    while (end < text.size && is_letter(text.data[end]))
        end++;
    return ty_slice_sub(text, at, end);
}

/* May what stands on both sides of a blank or a hyphen be written as one word? Not names: Pearl Harbor. */
static bool is_joint(ty_slice text, size_t at)
{
    if (text.data[at] != ' ' && text.data[at] != '-')
        return false;
    ty_slice one = word_ending(text, at), other = word_beginning(text, at + 1);
    size_t least = text.data[at] == '-' ? HALF_MIN - 1 : HALF_MIN; /* on-site, listed so */
    return one.size >= least && other.size >= HALF_MIN && is_small(other.data[0]) && !is_function_word(one) &&
           !is_function_word(other);
}

static ty_status add_closed(ty_term_index *index, uint32_t entry, ty_slice text, ty_buffer *built,
                            ty_error *error)
{
    ty_status status = TY_OK;
    int places = 0;
    for (size_t at = 1; at + 1 < text.size && status == TY_OK && places < PLACES_MAX; at++) {
        if (!is_joint(text, at))
            continue;
        places++;
        ty_buffer_add(built, ty_slice_sub(text, 0, at));
        ty_buffer_add(built, ty_slice_sub(text, at + 1, text.size));
        status = add_built(index, entry, built, error);
    }
    return status;
}

/* What may stand for each other inside a term. */
static const char *const exchanged[][2] = {{"+", "プラス"},
                                           {"+", " plus "},
                                           {"掛け", "かけ"},
                                           {"直し", "なおし"},
                                           {"合わせ", "あわせ"},
                                           {"込み", "こみ"},
                                           {"分け", "わけ"},
                                           {" JGSDF", " Japan Ground Self-Defense Force"},
                                           {" JMSDF", " Japan Maritime Self-Defense Force"},
                                           {" JASDF", " Japan Air Self-Defense Force"},
                                           {", JGSDF", " of the JGSDF"},
                                           {", JMSDF", " of the JMSDF"},
                                           {", JASDF", " of the JASDF"}};

/* With the first of a pair that is not at the term's edge exchanged for the other. */
static ty_status add_exchanged(ty_term_index *index, uint32_t entry, ty_slice text, ty_buffer *built,
                               ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < 2 * (sizeof exchanged / sizeof *exchanged) && status == TY_OK; i++) {
        ty_slice from = ty_slice_of(exchanged[i / 2][i % 2]), to = ty_slice_of(exchanged[i / 2][1 - i % 2]);
        size_t at = ty_slice_find(text, from, 1);
        if (at == SIZE_MAX || (i < 4 && at + from.size == text.size))
            continue;
        ty_buffer_add(built, ty_slice_sub(text, 0, at));
        ty_buffer_add(built, to);
        ty_buffer_add(built, ty_slice_sub(text, at + from.size, text.size));
        status = add_built(index, entry, built, error);
    }
    return status;
}

ty_status ty_term_add_spellings(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error)
{
    ty_buffer built = {0};
    ty_status status = add_closed(index, entry, text, &built, error);
    build_prefix(text, &built);
    if (status == TY_OK)
        status = add_built(index, entry, &built, error);
    for (size_t i = 0; ty_term_forms[i] && status == TY_OK; i++) {
        ty_term_forms[i](text, &built);
        status = add_built(index, entry, &built, error);
    }
    if (status == TY_OK)
        status = add_exchanged(index, entry, text, &built, error);
    ty_buffer_release(&built);
    return status;
}

/* ------------------------------------------------------------------------------------------ split */

/* Is it a word of the index, as it is reduced there? */
static bool is_known(const ty_term_index *index, ty_slice word)
{
    char text[TERM_WORD_MAX + 1];
    size_t size = word.size;
    if (size > TERM_WORD_MAX)
        return false;
    memcpy(text, word.data, size);
    ty_term_stem(text, &size, false);
    return ty_term_alphabet_find(&index->alphabet, (ty_slice){text, size}) != TY_STRINGS_NONE;
}

/* Where a closed compound parts into two words that other terms have: mine|sweeper. SIZE_MAX for none. */
static size_t find_split(const ty_term_index *index, ty_slice word)
{
    for (size_t at = HALF_MIN; at + HALF_MIN <= word.size; at++)
        if (is_known(index, ty_slice_sub(word, 0, at)) && is_known(index, ty_slice_sub(word, at, word.size)))
            return at;
    return SIZE_MAX;
}

static ty_status split_first(ty_term_index *index, uint32_t entry, ty_slice text, ty_buffer *built,
                             ty_error *error)
{
    for (size_t at = 0; at < text.size; at++) {
        ty_slice word = word_beginning(text, at);
        if (word.size < 2 * HALF_MIN || !is_small(word.data[0])) {
            at += word.size;
            continue;
        }
        size_t split = find_split(index, word);
        if (split != SIZE_MAX) {
            ty_buffer_add(built, ty_slice_sub(text, 0, at + split));
            ty_buffer_add_char(built, ' ');
            ty_buffer_add(built, ty_slice_sub(text, at + split, text.size));
            return add_built(index, entry, built, error);
        }
        at += word.size;
    }
    return TY_OK;
}

ty_status ty_term_add_split_spellings(ty_term_index *index, ty_error *error)
{
    ty_buffer built = {0}, text = {0};
    ty_status status = TY_OK;
    for (uint32_t i = 0; i < index->entries.count && status == TY_OK; i++) {
        const term_record *record = &index->entries.items[i];
        if (record->flags & TERM_JAPANESE)
            continue;
        ty_buffer_clear(&text); /* what is added may move the texts */
        ty_buffer_add(&text, (ty_slice){index->texts.data + record->text, record->text_size});
        status = text.failed ? ty_error_nomem(error)
                             : split_first(index, i, ty_buffer_slice(&text), &built, error);
    }
    ty_buffer_release(&built);
    ty_buffer_release(&text);
    return status;
}
