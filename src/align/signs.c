/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The signs that a line carries: question, quotation, brackets. Japanese asks without one as often as with:
 * "Is this true?" is 事実関係を教えてください。. Such a line may stand for a question or not. Add a phrase
 * where one is missing.
 */
#include "internal.h"

#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        literal, sizeof literal - 1                                                                          \
    }

static const ty_slice asking_ends[] = {
    TEXT("ください"),
    TEXT("下さい"),
    TEXT("お願いします"),
    TEXT("お願いいたします"),
    TEXT("お願い致します"),
    TEXT("お願いできれば"),
    TEXT("伺います"),
    TEXT("お伺いします"),
    TEXT("伺いたい"),
    TEXT("お聞きします"),
    TEXT("お尋ねします"),
    TEXT("質問です"),
    TEXT("けれども"),
    TEXT("お聞きしたい"),
    TEXT("ますが"),
    TEXT("ですが"),
    TEXT("と思うのですが"),
    TEXT("聞かせいただければ"),
    TEXT("点です"),
    TEXT("教えてもらえれば"),
    TEXT("教えていただければ"),
    TEXT("お聞かせいただきたい"),
    TEXT("伺えれば"),
    TEXT("伺いたいと思います"),
    TEXT("お聞きしたいと思います"),
    TEXT("お尋ねいたします"),
    TEXT("お伺いいたします"),
    TEXT("お伺いしたいと思います"),
};

static const ty_slice asking_starts[] = {
    TEXT("Please "),       TEXT("I would like to ask"),  TEXT("I'd like to ask"), TEXT("Tell us "),
    TEXT("I want to ask"), TEXT("I would like to know"), TEXT("I'd like to know")};

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
    for (size_t k = 0; k < sizeof asking_ends / sizeof *asking_ends; k++)
        if (line.data[line.size - 1] == asking_ends[k].data[asking_ends[k].size - 1] &&
            ty_slice_ends(line, asking_ends[k]))
            return true;
    for (size_t k = 0; k < sizeof asking_starts / sizeof *asking_starts; k++)
        if (line.data[0] == asking_starts[k].data[0] && ty_slice_starts(line, asking_starts[k]))
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
