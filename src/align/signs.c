/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signs that a line carries: question, quotation, brackets. Japanese asks without one as often as with:
 * "Is this true?" is 事実関係を教えてください。. Such a line may stand for a question or not. Add a phrase
 * where one is missing.
 */
#include "internal.h"

static const char *const asking_ends[] = {
    "ください",
    "下さい",
    "お願いします",
    "お願いいたします",
    "お願い致します",
    "お願いできれば",
    "伺います",
    "お伺いします",
    "伺いたい",
    "お聞きします",
    "お尋ねします",
    "質問です",
    "けれども",
    "お聞きしたい",
    "ますが",
    "ですが",
    "と思うのですが",
    "聞かせいただければ",
    "点です",
    "教えてもらえれば",
    "教えていただければ",
    "お聞かせいただきたい",
    "伺えれば",
    "伺いたいと思います",
    "お聞きしたいと思います",
    "お尋ねいたします",
    "お伺いいたします",
    "お伺いしたいと思います",
};

static const char *const asking_starts[] = {"Please ",         "I would like to ask", "I'd like to ask",
                                            "Tell us ",        "I want to ask",       "I would like to know",
                                            "I'd like to know"};

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
    for (size_t k = 0; k < sizeof asking_ends / sizeof *asking_ends; k++)
        if (ty_slice_ends(line, ty_slice_of(asking_ends[k])))
            return true;
    for (size_t k = 0; k < sizeof asking_starts / sizeof *asking_starts; k++)
        if (ty_slice_starts(line, ty_slice_of(asking_starts[k])))
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
