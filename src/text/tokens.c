/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unicode/uchar.h>

#include "text/internal.h"

/* White space as Python's str.isspace has it: White_Space and the four information separators. */
static bool parts_tokens(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    return c <= 0x3000 && u_isUWhiteSpace((UChar32)c);
}

typedef struct word_run {
    size_t start; /* of the token that grows in the folded text */
    bool open, digits;
} word_run;

static bool add_token(ty_text_tokens *out, size_t start, size_t end, bool number)
{
    ty_text_token token = {.start = out->folded.starts.items[start],
                           .end = out->folded.ends.items[end - 1],
                           .key = (uint32_t)out->keys.size,
                           .folded = (uint32_t)start,
                           .folded_end = (uint32_t)end};
    ty_buffer_add(&out->keys,
                  number ? TY_SLICE("0") : (ty_slice){out->folded.text.data + start, end - start});
    token.key_end = (uint32_t)out->keys.size;
    return ty_vector_push(&out->list, token);
}

static bool close_run(ty_text_tokens *out, word_run *run, size_t end)
{
    if (!run->open)
        return true;
    run->open = false;
    return add_token(out, run->start, end, run->digits);
}

/* The code point in [start, end) of the folded text. */
static bool take(ty_text_tokens *out, word_run *run, uint32_t c, size_t start, size_t end)
{
    if (!ty_text_is_ideographic(c) && ty_text_is_word(c)) {
        if (!run->open)
            *run = (word_run){.start = start, .open = true, .digits = true};
        run->digits = run->digits && ty_char_is_digit(c);
        return true;
    }
    if (!close_run(out, run, start))
        return false;
    return parts_tokens(c) || add_token(out, start, end, false);
}

/* Letters of ASCII at `at`, taken at once. */
static size_t take_letters(ty_slice folded, size_t at, word_run *run)
{
    size_t end = at;
    while (end < folded.size && folded.data[end] >= 'a' && folded.data[end] <= 'z')
        end++;
    if (end == at)
        return at;
    if (!run->open)
        *run = (word_run){.start = at, .open = true};
    run->digits = false;
    return end;
}

ty_status ty_text_tokenize(ty_slice text, ty_text_tokens *out, ty_error *error)
{
    ty_vector_clear(&out->list);
    ty_buffer_clear(&out->keys);
    ty_status status = ty_fold(text, TY_FOLD_MATCH, &out->folded, error);
    if (status != TY_OK)
        return status;
    ty_slice folded = ty_buffer_slice(&out->folded.text);
    word_run run = {0};
    bool good = true;
    for (size_t at = 0; at < folded.size && good;) {
        at = take_letters(folded, at, &run);
        if (at == folded.size)
            break;
        size_t start = at;
        uint32_t c = ty_utf8_next(folded, &at);
        good = take(out, &run, c, start, at);
    }
    good = good && close_run(out, &run, folded.size) && !out->keys.failed;
    return good ? TY_OK : ty_error_nomem(error);
}

void ty_text_tokens_release(ty_text_tokens *tokens)
{
    ty_vector_release(&tokens->list);
    ty_buffer_release(&tokens->keys);
    ty_folded_release(&tokens->folded);
}
