/* SPDX-License-Identifier: Apache-2.0 */
#include "match/index.h"

size_t ty_code_size(uint32_t code)
{
    return code < TY_CODE_ONE_BYTE ? 1 : code < TY_CODE_TWO_BYTES ? 2 : 5;
}

uint8_t *ty_code_put(uint8_t *at, uint32_t code)
{
    if (code < TY_CODE_ONE_BYTE) {
        *at++ = (uint8_t)code;
    } else if (code < TY_CODE_TWO_BYTES) {
        *at++ = (uint8_t)(TY_CODE_ONE_BYTE + (code - TY_CODE_ONE_BYTE) / 256);
        *at++ = (uint8_t)((code - TY_CODE_ONE_BYTE) % 256);
    } else {
        *at++ = 255;
        memcpy(at, &code, sizeof code);
        at += sizeof code;
    }
    return at;
}

size_t ty_code_read_all(const uint8_t *at, const uint8_t *end, uint32_t number, uint32_t *codes,
                        size_t tokens)
{
    size_t count = 0;
    while (tokens-- && at < end) {
        codes[count] = ty_code_next(&at, end);
        if (codes[count++] == number)
            codes[count++] = ty_code_next(&at, end);
    }
    return count;
}

size_t ty_code_read(const uint8_t *at, const uint8_t *end, uint32_t number, uint32_t *tokens, size_t count)
{
    size_t i = 0;
    for (; i < count && at < end; i++) {
        tokens[i] = ty_code_next(&at, end);
        if (tokens[i] == number)
            ty_code_next(&at, end);
    }
    return i;
}

/* ------------------------------------------------------------------------------------------ marks */

ty_slice ty_token_digits(const ty_text_tokens *tokens, size_t number)
{
    const ty_text_token *token = &tokens->list.items[number];
    return ty_slice_sub(ty_buffer_slice(&tokens->folded.text), token->folded, token->folded_end);
}

/* A hash over a row of words, most of them short. */
static uint64_t hash_on(uint64_t hash, ty_slice word)
{
    uint64_t bytes = word.size;
    if (word.size < sizeof bytes)
        memcpy(&bytes, word.data, word.size);
    else
        bytes = ty_hash(word, 0);
    hash = (hash ^ bytes) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

ty_match_mark ty_mark_of(ty_slice text, const ty_text_tokens *tokens)
{
    uint64_t form = 0, digits = 0;
    for (size_t i = 0; i < tokens->list.count; i++) {
        ty_text_token token = tokens->list.items[i];
        if (ty_token_is_number(tokens, i))
            digits = hash_on(digits, ty_token_digits(tokens, i));
        else
            form = hash_on(form, ty_slice_sub(text, token.start, token.end));
    }
    return (ty_match_mark){(uint32_t)form, (uint32_t)digits};
}

int ty_mark_bound(ty_match_mark one, ty_match_mark other)
{
    bool form = one.form == other.form, digits = one.digits == other.digits;
    return form && digits ? 100 : digits ? 98 : form ? 96 : 95;
}
