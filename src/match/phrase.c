/* SPDX-License-Identifier: Apache-2.0 */
/* Concordance by words: inflections alike, in any order or in a row, with the beginning of the last. */
#include "lexicon/lexicon.h"
#include "match/internal.h"

/* Of letters, so that it has inflections? Of a longer word than a stem can be only the word itself is meant.
 */
static bool is_inflected(ty_slice folded)
{
    size_t at = 0;
    if (folded.size == 0 || folded.size > TY_LEXICON_STEM_MAX)
        return false;
    uint32_t c = ty_utf8_next(folded, &at);
    ty_script script = ty_char_script(c);
    return c != TY_CODE_POINT_NONE && ty_char_is_letter(c) && script != TY_SCRIPT_HAN &&
           script != TY_SCRIPT_HIRAGANA && script != TY_SCRIPT_KATAKANA;
}

static ty_slice stem_of(const ty_needle *needle, ty_slice word, char buffer[TY_LEXICON_STEM_MAX])
{
    return ty_lexicon_stem(word, ty_slice_of(needle->lang), buffer);
}

/* A token by the folding that search compares by; a number by its own digits. */
static ty_status fold_token(ty_needle *needle, const ty_text_tokens *tokens, size_t number, ty_error *error)
{
    const ty_text_token *token = &tokens->list.items[number];
    ty_slice text = ty_slice_sub(ty_buffer_slice(&tokens->folded.text), token->folded, token->folded_end);
    ty_buffer_clear(&needle->plain);
    return ty_fold_plain(text, TY_FOLD_SEARCH, &needle->plain, error);
}

/* ------------------------------------------------------------------------------------------ the needle */

static ty_status add_word(ty_needle *needle, bool first, ty_error *error)
{
    char buffer[TY_LEXICON_STEM_MAX];
    ty_needle_word word = {.first = first, .last = true};
    word.folded = ty_arena_copy(&needle->arena, ty_buffer_slice(&needle->plain));
    if (needle->kind != TY_SEARCH_PREFIX && is_inflected(word.folded))
        word.stem = ty_arena_copy(&needle->arena, stem_of(needle, word.folded, buffer));
    if (!first && needle->words.count)
        needle->words.items[needle->words.count - 1].last = false;
    return ty_vector_push(&needle->words, word) && !needle->arena.failed ? TY_OK : ty_error_nomem(error);
}

/* The row of words that ends with the needle's last one is complete. */
static ty_status end_row(ty_needle *needle, size_t first, ty_error *error)
{
    bool loosens = needle->kind != TY_SEARCH_PREFIX && needle->words.count > first;
    return loosens ? ty_needle_loosen(needle, first, error) : TY_OK;
}

static ty_status add_words(ty_needle *needle, const ty_text_tokens *tokens, ty_error *error)
{
    ty_status status = TY_OK;
    size_t end = 0, row = 0; /* of the token before; the first word of the row at hand */
    for (size_t i = 0; status == TY_OK && i < tokens->list.count && needle->words.count < TY_NEEDLE_WORDS;
         i++) {
        bool apart = needle->kind == TY_SEARCH_WORDS && tokens->list.items[i].start > end;
        if (apart) {
            status = end_row(needle, row, error);
            row = needle->words.count;
        }
        if (status == TY_OK)
            status = fold_token(needle, tokens, i, error);
        if (status == TY_OK && needle->plain.size)
            status = add_word(needle, apart || !needle->words.count, error);
        end = tokens->list.items[i].end;
    }
    return status == TY_OK ? end_row(needle, row, error) : status;
}

/* Inflections are those of the language; of English where it has none of its own kind. */
ty_status ty_needle_set_words(ty_needle *needle, const ty_concordance_query *query, ty_error *error)
{
    ty_text_tokens tokens = {0};
    bool none = !query->lang.size || ty_lang_is_unspaced(query->lang);
    ty_vector_clear(&needle->words);
    ty_arena_clear(&needle->arena);
    ty_lang_primary(none ? TY_SLICE("en") : query->lang, needle->lang);
    ty_status status = ty_text_tokenize(query->text, &tokens, error);
    if (status == TY_OK)
        status = add_words(needle, &tokens, error);
    if (status == TY_OK && !needle->words.count)
        status = TY_NO;
    if (status == TY_OK && needle->kind == TY_SEARCH_PREFIX)
        needle->words.items[needle->words.count - 1].open_end = true;
    ty_text_tokens_release(&tokens);
    return status;
}

bool ty_needle_word_fits(const ty_needle *needle, const ty_needle_word *wanted, ty_slice word)
{
    char buffer[TY_LEXICON_STEM_MAX];
    if (wanted->any.data)
        return word.size && ty_slice_find(wanted->any, word, 0) != SIZE_MAX;
    if (wanted->open_end)
        return ty_slice_starts(word, wanted->folded);
    if (ty_slice_equal(word, wanted->folded))
        return true;
    return wanted->stem.data && is_inflected(word) &&
           ty_slice_equal(stem_of(needle, word, buffer), wanted->stem);
}

/* ------------------------------------------------------------------------------------------ in a text */

static uint64_t places_of(const ty_needle *needle, ty_slice word)
{
    uint64_t places = 0;
    for (size_t i = 0; i < needle->words.count; i++)
        if (ty_needle_word_fits(needle, &needle->words.items[i], word))
            places |= UINT64_C(1) << i;
    return places;
}

static size_t first_of_row(const ty_needle *needle, size_t last)
{
    while (!needle->words.items[last].first)
        last--;
    return last;
}

/* ------------------------------------------------------------------------------------------ whole words */

/* A text that rows of words are looked for in. */
typedef struct finder {
    const ty_needle *needle;
    ty_slice text;
    ty_spans *spans;
    size_t starts[TY_NEEDLE_WORDS], seen; /* where the last tokens stand */
    ty_text_words words;                  /* of the text; only once they are asked for */
    bool known;
    uint64_t found; /* the last words of rows that are there */
} finder;

static bool is_unspaced(ty_slice text, size_t at, bool before)
{
    if (before ? at == 0 : at >= text.size)
        return false;
    ty_script script = ty_char_script(before ? ty_utf8_previous(text, &at) : ty_utf8_next(text, &at));
    return script == TY_SCRIPT_HAN || script == TY_SCRIPT_KATAKANA || script == TY_SCRIPT_HIRAGANA;
}

/* Is the place inside of a word, where no blanks are between words? Words are found once a text. */
static ty_status cuts_word(finder *f, size_t at, bool *cuts, ty_error *error)
{
    ty_status status = TY_OK;
    *cuts = false;
    if (!is_unspaced(f->text, at, true) || !is_unspaced(f->text, at, false))
        return TY_OK;
    if (!f->known)
        status = ty_text_words_find(f->text, TY_SLICE("ja"), &f->words, error);
    f->known = true;
    for (size_t i = 0; i < f->words.count; i++)
        *cuts |= f->words.items[i].start < at && at < f->words.items[i].end;
    return status;
}

/* 京都 is no word of 東京都. What inflects may end anywhere. */
static ty_status is_whole(finder *f, ty_span span, bool inflects, bool *whole, ty_error *error)
{
    bool cuts = false;
    *whole = f->needle->kind == TY_SEARCH_PREFIX;
    if (*whole)
        return TY_OK;
    ty_status status = cuts_word(f, span.start, &cuts, error);
    if (status == TY_OK && !cuts && !inflects)
        status = cuts_word(f, span.end, &cuts, error);
    *whole = !cuts;
    return status;
}

/* ------------------------------------------------------------------------------------------ the text */

/* What begins earlier and ends here holds the others. */
static bool add_span(ty_spans *spans, ty_span span)
{
    size_t at = spans->count;
    while (at > 0 && spans->items[at - 1].start >= span.start)
        at--;
    if (at < spans->count)
        spans->count = at;
    if (at > 0 && spans->items[at - 1].end > span.start) {
        spans->items[at - 1].end = span.end;
        return true;
    }
    return ty_vector_push(spans, span);
}

/* A row that ends at byte `end` of the text begins as many tokens before as it has words, those that fold to
 * nothing aside. */
static ty_status add_rows(finder *f, uint64_t ended, size_t end, ty_error *error)
{
    ty_status status = TY_OK;
    for (; ended && status == TY_OK; ended &= ended - 1) {
        size_t last = (size_t)__builtin_ctzll(ended), length = last - first_of_row(f->needle, last);
        ty_span span = {f->starts[(f->seen - 1 - length) % TY_NEEDLE_WORDS], end};
        bool whole = false;
        status = is_whole(f, span, f->needle->words.items[last].inflects, &whole, error);
        if (status != TY_OK || !whole)
            continue;
        f->found |= UINT64_C(1) << last;
        if (!add_span(f->spans, span))
            status = ty_error_nomem(error);
    }
    return status;
}

/* All rows must be there; then each place of each of them is a span. */
ty_status ty_needle_word_spans(ty_needle *needle, ty_slice text, ty_spans *spans, ty_error *error)
{
    uint64_t first = 0, last = 0, state = 0;
    finder f = {.needle = needle, .text = text, .spans = spans};
    ty_vector_clear(spans);
    for (size_t i = 0; i < needle->words.count; i++) {
        first |= (uint64_t)needle->words.items[i].first << i;
        last |= (uint64_t)needle->words.items[i].last << i;
    }
    ty_status status = ty_text_tokenize(text, &needle->tokens, error);
    for (size_t i = 0; status == TY_OK && i < needle->tokens.list.count; i++) {
        const ty_text_token *token = &needle->tokens.list.items[i];
        status = fold_token(needle, &needle->tokens, i, error);
        if (status != TY_OK || !needle->plain.size)
            continue;
        f.starts[f.seen++ % TY_NEEDLE_WORDS] = token->start;
        state = (state << 1 | first) & places_of(needle, ty_buffer_slice(&needle->plain));
        status = add_rows(&f, state & last, token->end, error);
    }
    if (f.found != last)
        ty_vector_clear(spans);
    ty_vector_release(&f.words);
    return status;
}
