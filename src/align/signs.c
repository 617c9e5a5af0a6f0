/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signs that a line carries: question, quotation, brackets. Japanese asks without one as often as with:
 * "Is this true?" is 事実関係を教えてください。. Such a line may stand for a question or not
 * (data/signs.txt).
 */
#include "internal.h"

static uint8_t sign_of(uint32_t c)
{
    switch (c) {
    case '?':
    case 0xFF1F: return SIGN_QUESTION;
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F: return SIGN_QUOTE;
    case '(':
    case '[':
    case 0xFF08:
    case 0xFF3B: return SIGN_PAREN;
    default: return 0;
    }
}

static bool is_asking(ty_slice line)
{
    ty_slice stop = ty_slice_of("。");
    if (ty_slice_ends(line, stop))
        line.size -= stop.size;
    if (!line.size)
        return false;
    for (const ty_slice *end = ty_line_asks_ends; end->size; end++)
        if (line.data[line.size - 1] == end->data[end->size - 1] && ty_slice_ends(line, *end))
            return true;
    for (const ty_slice *start = ty_line_asks_starts; start->size; start++)
        if (line.data[0] == start->data[0] && ty_slice_starts(line, *start))
            return true;
    return false;
}

uint8_t ty_line_signs(ty_slice line)
{
    uint8_t signs = 0;
    for (size_t at = 0; at < line.size;)
        signs |= sign_of((uint8_t)line.data[at] < 0x80 ? (uint8_t)line.data[at++] : ty_utf8_next(line, &at));
    if (ty_slice_ends(line, TY_SLICE(":")) || ty_slice_ends(line, ty_slice_of("：")))
        signs |= SIGN_COLON;
    if (ty_slice_find(line, ty_slice_of("か。"), 0) != SIZE_MAX)
        signs |= SIGN_QUESTION;
    return !(signs & SIGN_QUESTION) && is_asking(line) ? signs | SIGN_ASKING : signs;
}
