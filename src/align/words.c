/* SPDX-License-Identifier: Apache-2.0 */
/* Reads words: acronyms, designations, stems; headwords, katakana and pairs of characters where no blanks
 * are. */
#include "tokens.h"

static uint32_t intern(ty_scan *scan, char kind, ty_slice key)
{
    ty_buffer_clear(&scan->key);
    ty_buffer_add_char(&scan->key, kind);
    ty_buffer_add(&scan->key, key);
    uint32_t word = ty_strings_add(&scan->side->words, ty_buffer_slice(&scan->key));
    if (scan->key.failed || word == TY_STRINGS_NONE)
        scan->failed = true;
    return word;
}

static void emit_word(ty_scan *scan, uint32_t word, size_t start, size_t end)
{
    ty_align_token token = {word, (uint32_t)start, (uint32_t)end};
    if (!ty_vector_push(&scan->side->tokens, token))
        scan->failed = true;
}

void ty_scan_emit(ty_scan *scan, char kind, ty_slice key, size_t start, size_t end)
{
    emit_word(scan, intern(scan, kind, key), start, end);
}

/* A token of the folded bytes [start, end). */
void ty_scan_emit_folded(ty_scan *scan, char kind, ty_slice key, size_t start, size_t end)
{
    ty_scan_emit(scan, kind, key, scan->folded->starts.items[start], scan->folded->ends.items[end - 1]);
}

/* End of the run of characters from `at` that `keep` accepts. */
size_t ty_scan_run_end(ty_slice text, size_t at, bool (*keep)(uint32_t))
{
    while (at < text.size) {
        size_t next = at;
        if (!keep(ty_utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

static bool is_katakana(uint32_t c)
{
    return ty_char_script(c) == TY_SCRIPT_KATAKANA;
}

bool ty_scan_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    ty_script script = ty_char_script(c);
    return script != TY_SCRIPT_HAN && script != TY_SCRIPT_HIRAGANA && script != TY_SCRIPT_KATAKANA &&
           ty_char_is_letter(c);
}

static bool is_ascii_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* A few capitals only, where capitals mean something; a longer word may be a surname: MORINAGA Seiji. */
static bool is_acronym(const ty_scan *scan, size_t start, size_t end)
{
    ty_slice word =
        ty_slice_sub(scan->original, scan->folded->starts.items[start], scan->folded->ends.items[end - 1]);
    size_t letters = 0;
    for (size_t at = 0; at < word.size;) {
        uint32_t c = ty_utf8_next(word, &at);
        if (c == '.')
            continue;
        if (!ty_char_is_upper(c))
            return false;
        letters++;
    }
    return letters >= 2 && letters <= 5 && !(scan->shouting && scan->original.size > 12);
}

static ty_slice without(ty_slice text, const char *dropped, bool capitals, ty_buffer *out)
{
    ty_buffer_clear(out);
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (!strchr(dropped, c))
            ty_buffer_add_char(out, capitals && c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    return ty_buffer_slice(out);
}

/* U.S., U.N.: letters with a full stop after each. */
static size_t dotted_end(ty_slice text, size_t at)
{
    size_t letters = 0;
    while (at + 1 < text.size && is_ascii_letter(text.data[at]) && text.data[at + 1] == '.') {
        at += 2;
        letters++;
    }
    return letters >= 2 ? at : 0;
}

/* F-35, MV-22, SM-3: up to four capitals and a number, with or without a hyphen. */
size_t ty_scan_designation_end(const ty_scan *scan, size_t at, size_t letters_end)
{
    ty_slice text = scan->text;
    size_t digits = letters_end < text.size && text.data[letters_end] == '-' ? letters_end + 1 : letters_end;
    if (letters_end - at > 4 || digits >= text.size || !is_digit((uint8_t)text.data[digits]))
        return 0;
    for (size_t k = at; k < letters_end; k++)
        if (!ty_char_is_upper((uint8_t)scan->original.data[scan->folded->starts.items[k]]) &&
            (uint8_t)scan->original.data[scan->folded->starts.items[k]] < 0x80)
            return 0;
    size_t end = ty_scan_run_end(text, digits, is_digit);
    while (end < text.size && is_ascii_letter(text.data[end]) && end - digits < 6)
        end++;
    return end;
}

/* The word a plain form stands for, worked out once for each form; TY_STRINGS_NONE for a stop word. */
static uint32_t word_of_form(ty_scan *scan, ty_slice form)
{
    char stem[TY_LEXICON_STEM_MAX];
    size_t known = scan->forms.list.count;
    uint32_t number = ty_strings_add(&scan->forms, form), word = TY_STRINGS_NONE;
    if (number < known)
        return scan->form_words.items[number];
    ty_slice lang = scan->side->unspaced ? scan->side->other_lang : scan->side->in->lang;
    if (!ty_lexicon_is_stopword(form, lang))
        word = intern(scan, WORD_PLAIN, ty_lexicon_stem(form, lang, stem));
    if (number == TY_STRINGS_NONE || !ty_vector_push(&scan->form_words, word))
        scan->failed = true;
    return word;
}

static void emit_plain(ty_scan *scan, ty_slice form, size_t start, size_t end)
{
    uint32_t word = form.size >= 2 ? word_of_form(scan, form) : TY_STRINGS_NONE;
    if (word != TY_STRINGS_NONE)
        emit_word(scan, word, scan->folded->starts.items[start], scan->folded->ends.items[end - 1]);
}

#define SHOUTED 4 /* letters of a word that a line of capitals may have shouted: NEWS */

size_t ty_scan_word(ty_scan *scan, size_t at)
{
    ty_buffer *key = &scan->special;
    size_t end = ty_scan_run_end(scan->text, at, ty_scan_is_letter), special = dotted_end(scan->text, at);
    ty_slice word = ty_slice_sub(scan->text, at, end);
    if (special && is_acronym(scan, at, special)) {
        ty_scan_emit_folded(scan, WORD_ACRONYM,
                            without(ty_slice_sub(scan->text, at, special), ".", true, key), at,
                            end = special);
    } else if ((special = ty_scan_designation_end(scan, at, end)) != 0) {
        ty_scan_emit_folded(scan, WORD_DESIGNATION,
                            without(ty_slice_sub(scan->text, at, special), "-", false, key), at,
                            end = special);
    } else if (word.size >= 2 && word.data[0] < 0x7F && is_acronym(scan, at, end)) {
        ty_scan_emit_folded(scan, WORD_ACRONYM, without(word, "", true, key), at, end);
        if (scan->shouting && word.size >= SHOUTED)
            emit_plain(scan, word, at, end);
    } else {
        emit_plain(scan, word, at, end);
    }
    return end;
}

/* Characters that no headword explains: every two neighbours are a word, for learning. */
static size_t scan_character(ty_scan *scan, size_t at)
{
    size_t middle = at, end;
    bool han = ty_char_script(ty_utf8_next(scan->text, &middle)) == TY_SCRIPT_HAN;
    end = middle;
    if (!han || middle >= scan->text.size)
        return middle;
    if (ty_char_script(ty_utf8_next(scan->text, &end)) == TY_SCRIPT_HAN)
        ty_scan_emit_folded(scan, WORD_CHUNK, ty_slice_sub(scan->text, at, end), at, end);
    return middle;
}

#define CHINESE 3 /* bytes of a Chinese character */

static size_t longest(const ty_scan *scan, size_t at, size_t end)
{
    return ty_lexicon_longest(scan->lexicon, scan->side->which, ty_slice_sub(scan->text, 0, end), at);
}

/*
 * The longest headword, but not one that leaves a single character where a shorter one leaves none:
 * 臨時|会見, not 臨時会|見 (a rule of MMSEG, Tsai 1996).
 */
static size_t headword_size(const ty_scan *scan, size_t at)
{
    size_t end = scan->text.size, size = longest(scan, at, end), next = at + size, after = next;
    if (size < 3 * CHINESE || next >= end ||
        ty_char_script(ty_utf8_next(scan->text, &after)) != TY_SCRIPT_HAN)
        return size;
    size_t rest = longest(scan, next, end);
    if (rest > CHINESE)
        return size;
    size_t shorter = longest(scan, at, next - 1);
    if (shorter < 2 * CHINESE)
        return size;
    size_t second = longest(scan, at + shorter, end);
    return second > CHINESE && shorter + second >= size + rest ? shorter : size;
}

static bool is_hiragana(uint32_t c)
{
    return ty_char_script(c) == TY_SCRIPT_HIRAGANA;
}

#define ENDING_MAX 15 /* bytes, five letters: ありがとうございます is longer, and a word behind any other */

/* Hiragana behind other letters is an ending or a particle, whatever headword it happens to be: たとい in
 * ったという. What begins a clause is a word: しかし, いかが, ありがとう. */
static bool is_grammar(ty_slice text, size_t start, size_t end)
{
    size_t before = start;
    return end - start <= ENDING_MAX && ty_scan_run_end(text, start, is_hiragana) >= end && start > 0 &&
           ty_char_is_letter(ty_utf8_previous(text, &before));
}

size_t ty_scan_unspaced(ty_scan *scan, size_t at)
{
    size_t end = ty_scan_run_end(scan->text, at, is_katakana), size = 0;
    if (end > at) {
        if (end - at > 3)
            ty_scan_emit_folded(scan, WORD_KATAKANA, ty_slice_sub(scan->text, at, end), at, end);
        return end;
    }
    if (scan->lexicon)
        size = headword_size(scan, at);
    if (size == 0)
        return scan_character(scan, at);
    if (!is_grammar(scan->text, at, at + size))
        ty_scan_emit_folded(scan, WORD_HEADWORD, ty_slice_sub(scan->text, at, at + size), at, at + size);
    return at + size;
}
