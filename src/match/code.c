#include "match/index.h"

enum { ONE_BYTE = 192, TWO_BYTES = ONE_BYTE + (255 - ONE_BYTE) * 256 };

size_t ty_code_size(uint32_t token)
{
    return token < ONE_BYTE ? 1 : token < TWO_BYTES ? 2 : 5;
}

uint8_t *ty_code_put(uint8_t *at, uint32_t token)
{
    if (token < ONE_BYTE) {
        *at++ = (uint8_t)token;
    } else if (token < TWO_BYTES) {
        *at++ = (uint8_t)(ONE_BYTE + (token - ONE_BYTE) / 256);
        *at++ = (uint8_t)((token - ONE_BYTE) % 256);
    } else {
        *at++ = 255;
        memcpy(at, &token, sizeof token);
        at += sizeof token;
    }
    return at;
}

size_t ty_code_read(const uint8_t *at, const uint8_t *end, uint32_t *tokens, size_t count)
{
    size_t i = 0;
    for (; i < count && at < end; i++) {
        uint32_t token = *at++;
        if (token >= ONE_BYTE) {
            size_t more = token < 255 ? 1 : 4;
            if ((size_t)(end - at) < more) break;
            if (more == 1)
                token = ONE_BYTE + (token - ONE_BYTE) * 256 + *at;
            else
                memcpy(&token, at, sizeof token);
            at += more;
        }
        tokens[i] = token;
    }
    return i;
}

/* ------------------------------------------------------------------------------------------ marks */

static bool all_ascii(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80) return false;
    return true;
}

/* The digits of a number as NFKC has them. */
static ty_status add_digits(ty_slice number, ty_buffer *out, ty_error *error)
{
    if (all_ascii(number)) {
        ty_buffer_add(out, number);
        return TY_OK;
    }
    ty_buffer folded = {0};
    ty_status status = ty_fold_plain(number, TY_FOLD_NFKC, &folded, error);
    ty_slice in = ty_buffer_slice(&folded);
    for (size_t at = 0; status == TY_OK && at < in.size;) {
        size_t start = at;
        if (ty_char_is_digit(ty_utf8_next(in, &at))) ty_buffer_add(out, ty_slice_sub(in, start, at));
    }
    ty_buffer_release(&folded);
    return status;
}

ty_status ty_mark_of(ty_slice text, const ty_text_tokens *tokens, ty_mark *out, ty_error *error)
{
    ty_buffer digits = {0};
    ty_status status = TY_OK;
    uint64_t form = 0;
    uint32_t last = UINT32_MAX; /* one character may be several numbers: ½ */
    for (size_t i = 0; status == TY_OK && i < tokens->list.count; i++) {
        ty_text_token token = tokens->list.items[i];
        ty_slice original = ty_slice_sub(text, token.start, token.end);
        if (!ty_token_is_number(tokens, i))
            form = ty_hash(original, form);
        else if (token.start != last)
            status = add_digits(original, &digits, error);
        if (ty_token_is_number(tokens, i)) last = token.start;
    }
    if (status == TY_OK && digits.failed) status = ty_error_nomem(error);
    *out = (ty_mark){(uint32_t)form, (uint32_t)ty_hash(ty_buffer_slice(&digits), 0)};
    ty_buffer_release(&digits);
    return status;
}

int ty_mark_bound(ty_mark one, ty_mark other)
{
    bool form = one.form == other.form, digits = one.digits == other.digits;
    return form && digits ? 100 : digits ? 98 : form ? 96 : 95;
}
