/* SPDX-License-Identifier: Apache-2.0 */
/*
 * words - where words begin and end: Unicode's word boundaries (UAX #29), for languages without spaces by
 * ICU's dictionary.
 */
#include <unicode/ubrk.h>

#include "text/internal.h"

static bool has_letter(ty_slice word)
{
    for (size_t at = 0; at < word.size;)
        if (ty_char_is_letter(ty_utf8_next(word, &at)))
            return true;
    return false;
}

/* ICU takes a word that ends in digits for a number. */
static ty_text_word_kind kind_of(ty_slice word, int32_t rule)
{
    if (rule < UBRK_WORD_NONE_LIMIT)
        return TY_WORD_NONE;
    return rule < UBRK_WORD_NUMBER_LIMIT && !has_letter(word) ? TY_WORD_NUMBER : TY_WORD_LETTERS;
}

static ty_status add_words(UBreakIterator *breaks, ty_slice text, ty_text_words *out, ty_error *error)
{
    size_t start = (size_t)ubrk_first(breaks);
    for (int32_t end; (end = ubrk_next(breaks)) != UBRK_DONE; start = (size_t)end) {
        ty_text_word word = {start, (size_t)end, TY_WORD_NONE};
        word.kind = kind_of(ty_slice_sub(text, word.start, word.end), ubrk_getRuleStatus(breaks));
        if (!ty_vector_push(out, word))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

ty_status ty_text_words_find(ty_slice text, ty_slice lang, ty_text_words *out, ty_error *error)
{
    char locale[16];
    UErrorCode code = U_ZERO_ERROR;
    UText source = UTEXT_INITIALIZER;
    ty_vector_clear(out);
    ty_lang_primary(lang, locale);
    utext_openUTF8(&source, text.data ? text.data : "", (int64_t)text.size, &code);
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, locale, NULL, 0, &code);
    if (U_SUCCESS(code))
        ubrk_setUText(breaks, &source, &code);
    ty_status status = U_SUCCESS(code) ? add_words(breaks, text, out, error) : ty_error_nomem(error);
    if (breaks)
        ubrk_close(breaks);
    utext_close(&source);
    return status;
}
