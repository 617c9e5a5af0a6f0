/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Characters as the rules see them. Only what decides where sentences end is told apart, so this is a small
 * table by hand and not the Unicode database: case of Latin, Greek, Cyrillic and Armenian, the punctuation
 * that ends or encloses sentences, and CJK. Letters we do not know are letters without case.
 */
#include "segment/internal.h"

typedef struct range {
    uint32_t first, last;
    ty_kind kind;
} range;

/* Sorted; what is in no range is a letter from U+00C0 on and TY_KIND_OTHER below. */
static const range ranges[] = {
    {0x85, 0x85, TY_KIND_SPACE},       {0xA0, 0xA0, TY_KIND_SPACE},     {0xA1, 0xA1, TY_KIND_OPEN},
    {0xAB, 0xAB, TY_KIND_OPEN},        {0xB5, 0xB5, TY_KIND_LOWER},     {0xB7, 0xB7, TY_KIND_DASH},
    {0xBB, 0xBB, TY_KIND_CLOSE},       {0xBF, 0xBF, TY_KIND_OPEN},      {0xC0, 0xD6, TY_KIND_UPPER},
    {0xD7, 0xD7, TY_KIND_OTHER},       {0xD8, 0xDE, TY_KIND_UPPER},     {0xDF, 0xF6, TY_KIND_LOWER},
    {0xF7, 0xF7, TY_KIND_OTHER},       {0xF8, 0xFF, TY_KIND_LOWER},     {0x250, 0x2AF, TY_KIND_LOWER},
    {0x386, 0x38F, TY_KIND_UPPER},     {0x390, 0x390, TY_KIND_LOWER},   {0x391, 0x3AB, TY_KIND_UPPER},
    {0x3AC, 0x3CE, TY_KIND_LOWER},     {0x400, 0x42F, TY_KIND_UPPER},   {0x430, 0x45F, TY_KIND_LOWER},
    {0x531, 0x556, TY_KIND_UPPER},     {0x561, 0x587, TY_KIND_LOWER},   {0x589, 0x589, TY_KIND_STOP},
    {0x60C, 0x60C, TY_KIND_COMMA},     {0x61B, 0x61B, TY_KIND_COMMA},   {0x61F, 0x61F, TY_KIND_STOP},
    {0x660, 0x669, TY_KIND_DIGIT},     {0x6D4, 0x6D4, TY_KIND_STOP},    {0x6F0, 0x6F9, TY_KIND_DIGIT},
    {0x964, 0x965, TY_KIND_STOP},      {0x966, 0x96F, TY_KIND_DIGIT},   {0x104A, 0x104B, TY_KIND_STOP},
    {0x1362, 0x1362, TY_KIND_STOP},    {0x1367, 0x1368, TY_KIND_STOP},  {0x1680, 0x1680, TY_KIND_SPACE},
    {0x17D4, 0x17D5, TY_KIND_STOP},    {0x2000, 0x200B, TY_KIND_SPACE}, {0x2010, 0x2015, TY_KIND_DASH},
    {0x2018, 0x2018, TY_KIND_OPEN},    {0x2019, 0x2019, TY_KIND_CLOSE}, {0x201A, 0x201A, TY_KIND_OPEN},
    {0x201B, 0x201C, TY_KIND_OPEN},    {0x201D, 0x201D, TY_KIND_CLOSE}, {0x201E, 0x201F, TY_KIND_OPEN},
    {0x2020, 0x2021, TY_KIND_OTHER},   {0x2022, 0x2023, TY_KIND_DASH},  {0x2024, 0x2024, TY_KIND_STOP},
    {0x2025, 0x2026, TY_KIND_STOP},    {0x2027, 0x2027, TY_KIND_OTHER}, {0x2028, 0x2029, TY_KIND_SPACE},
    {0x202F, 0x202F, TY_KIND_SPACE},   {0x2030, 0x2038, TY_KIND_OTHER}, {0x2039, 0x2039, TY_KIND_OPEN},
    {0x203A, 0x203A, TY_KIND_CLOSE},   {0x203B, 0x203B, TY_KIND_DASH},  {0x203C, 0x203D, TY_KIND_STOP},
    {0x2043, 0x2043, TY_KIND_DASH},    {0x2047, 0x2049, TY_KIND_STOP},  {0x205F, 0x205F, TY_KIND_SPACE},
    {0x2070, 0x2752, TY_KIND_OTHER},   {0x2753, 0x2755, TY_KIND_STOP},  {0x2756, 0x2756, TY_KIND_OTHER},
    {0x2757, 0x2757, TY_KIND_STOP},    {0x2758, 0x2BFF, TY_KIND_OTHER}, {0x2E80, 0x2FDF, TY_KIND_CJK},
    {0x3000, 0x3000, TY_KIND_SPACE},   {0x3001, 0x3001, TY_KIND_COMMA}, {0x3002, 0x3002, TY_KIND_STOP},
    {0x3003, 0x3007, TY_KIND_CJK},     {0x3008, 0x3008, TY_KIND_OPEN},  {0x3009, 0x3009, TY_KIND_CLOSE},
    {0x300A, 0x300A, TY_KIND_OPEN},    {0x300B, 0x300B, TY_KIND_CLOSE}, {0x300C, 0x300C, TY_KIND_OPEN},
    {0x300D, 0x300D, TY_KIND_CLOSE},   {0x300E, 0x300E, TY_KIND_OPEN},  {0x300F, 0x300F, TY_KIND_CLOSE},
    {0x3010, 0x3010, TY_KIND_OPEN},    {0x3011, 0x3011, TY_KIND_CLOSE}, {0x3012, 0x3013, TY_KIND_OTHER},
    {0x3014, 0x3014, TY_KIND_OPEN},    {0x3015, 0x3015, TY_KIND_CLOSE}, {0x3016, 0x3016, TY_KIND_OPEN},
    {0x3017, 0x3017, TY_KIND_CLOSE},   {0x3018, 0x3018, TY_KIND_OPEN},  {0x3019, 0x3019, TY_KIND_CLOSE},
    {0x301A, 0x301A, TY_KIND_OPEN},    {0x301B, 0x301B, TY_KIND_CLOSE}, {0x301C, 0x301C, TY_KIND_DASH},
    {0x301D, 0x301D, TY_KIND_OPEN},    {0x301E, 0x301F, TY_KIND_CLOSE}, {0x3020, 0x303F, TY_KIND_OTHER},
    {0x3040, 0x312F, TY_KIND_CJK},     {0x3190, 0x31FF, TY_KIND_CJK},   {0x3200, 0x33FF, TY_KIND_CJK},
    {0x3400, 0x4DBF, TY_KIND_CJK},     {0x4E00, 0x9FFF, TY_KIND_CJK},   {0xD800, 0xF8FF, TY_KIND_OTHER},
    {0xF900, 0xFAFF, TY_KIND_CJK},     {0xFE10, 0xFE11, TY_KIND_COMMA}, {0xFE12, 0xFE12, TY_KIND_STOP},
    {0xFE13, 0xFE14, TY_KIND_COMMA},   {0xFE15, 0xFE16, TY_KIND_STOP},  {0xFE35, 0xFE35, TY_KIND_OPEN},
    {0xFE36, 0xFE36, TY_KIND_CLOSE},   {0xFE41, 0xFE41, TY_KIND_OPEN},  {0xFE42, 0xFE42, TY_KIND_CLOSE},
    {0xFE43, 0xFE43, TY_KIND_OPEN},    {0xFE44, 0xFE44, TY_KIND_CLOSE}, {0xFE50, 0xFE51, TY_KIND_COMMA},
    {0xFE52, 0xFE52, TY_KIND_STOP},    {0xFEFF, 0xFEFF, TY_KIND_SPACE}, {0xFF01, 0xFF01, TY_KIND_STOP},
    {0xFF02, 0xFF02, TY_KIND_QUOTE},   {0xFF08, 0xFF08, TY_KIND_OPEN},  {0xFF09, 0xFF09, TY_KIND_CLOSE},
    {0xFF0C, 0xFF0C, TY_KIND_COMMA},   {0xFF0D, 0xFF0D, TY_KIND_DASH},  {0xFF0E, 0xFF0E, TY_KIND_STOP},
    {0xFF10, 0xFF19, TY_KIND_DIGIT},   {0xFF1A, 0xFF1B, TY_KIND_COMMA}, {0xFF1F, 0xFF1F, TY_KIND_STOP},
    {0xFF21, 0xFF3A, TY_KIND_UPPER},   {0xFF3B, 0xFF3B, TY_KIND_OPEN},  {0xFF3D, 0xFF3D, TY_KIND_CLOSE},
    {0xFF41, 0xFF5A, TY_KIND_LOWER},   {0xFF5B, 0xFF5B, TY_KIND_OPEN},  {0xFF5D, 0xFF5D, TY_KIND_CLOSE},
    {0xFF5E, 0xFF5E, TY_KIND_DASH},    {0xFF5F, 0xFF5F, TY_KIND_OPEN},  {0xFF60, 0xFF60, TY_KIND_CLOSE},
    {0xFF61, 0xFF61, TY_KIND_STOP},    {0xFF62, 0xFF62, TY_KIND_OPEN},  {0xFF63, 0xFF63, TY_KIND_CLOSE},
    {0xFF64, 0xFF65, TY_KIND_COMMA},   {0xFF66, 0xFF9F, TY_KIND_CJK},   {0xFFF0, 0xFFFF, TY_KIND_OTHER},
    {0x1F000, 0x1FAFF, TY_KIND_OTHER}, {0x20000, 0x3FFFF, TY_KIND_CJK},
};

#define SPACE TY_KIND_SPACE
#define UPPER TY_KIND_UPPER
#define LOWER TY_KIND_LOWER
#define DIGIT TY_KIND_DIGIT

const uint8_t ty_ascii_kinds[128] = {
    ['\t'] = SPACE,         ['\n'] = SPACE,        ['\v'] = SPACE,        ['\f'] = SPACE,
    ['\r'] = SPACE,         [' '] = SPACE,         [0x1C] = SPACE,        [0x1D] = SPACE,
    [0x1E] = SPACE,         [0x1F] = SPACE,        ['.'] = TY_KIND_STOP,  ['!'] = TY_KIND_STOP,
    ['?'] = TY_KIND_STOP,   ['('] = TY_KIND_OPEN,  ['['] = TY_KIND_OPEN,  ['{'] = TY_KIND_OPEN,
    [')'] = TY_KIND_CLOSE,  [']'] = TY_KIND_CLOSE, ['}'] = TY_KIND_CLOSE, ['"'] = TY_KIND_QUOTE,
    ['\''] = TY_KIND_QUOTE, [','] = TY_KIND_COMMA, [';'] = TY_KIND_COMMA, [':'] = TY_KIND_COMMA,
    ['-'] = TY_KIND_DASH,   ['*'] = TY_KIND_DASH,  ['A'] = UPPER,         ['B'] = UPPER,
    ['C'] = UPPER,          ['D'] = UPPER,         ['E'] = UPPER,         ['F'] = UPPER,
    ['G'] = UPPER,          ['H'] = UPPER,         ['I'] = UPPER,         ['J'] = UPPER,
    ['K'] = UPPER,          ['L'] = UPPER,         ['M'] = UPPER,         ['N'] = UPPER,
    ['O'] = UPPER,          ['P'] = UPPER,         ['Q'] = UPPER,         ['R'] = UPPER,
    ['S'] = UPPER,          ['T'] = UPPER,         ['U'] = UPPER,         ['V'] = UPPER,
    ['W'] = UPPER,          ['X'] = UPPER,         ['Y'] = UPPER,         ['Z'] = UPPER,
    ['a'] = LOWER,          ['b'] = LOWER,         ['c'] = LOWER,         ['d'] = LOWER,
    ['e'] = LOWER,          ['f'] = LOWER,         ['g'] = LOWER,         ['h'] = LOWER,
    ['i'] = LOWER,          ['j'] = LOWER,         ['k'] = LOWER,         ['l'] = LOWER,
    ['m'] = LOWER,          ['n'] = LOWER,         ['o'] = LOWER,         ['p'] = LOWER,
    ['q'] = LOWER,          ['r'] = LOWER,         ['s'] = LOWER,         ['t'] = LOWER,
    ['u'] = LOWER,          ['v'] = LOWER,         ['w'] = LOWER,         ['x'] = LOWER,
    ['y'] = LOWER,          ['z'] = LOWER,         ['0'] = DIGIT,         ['1'] = DIGIT,
    ['2'] = DIGIT,          ['3'] = DIGIT,         ['4'] = DIGIT,         ['5'] = DIGIT,
    ['6'] = DIGIT,          ['7'] = DIGIT,         ['8'] = DIGIT,         ['9'] = DIGIT,
};

ty_kind ty_kind_wide(uint32_t c)
{
    if ((c >= 0x3040 && c < 0x3130) || (c >= 0x4E00 && c < 0xA000))
        return TY_KIND_CJK;
    if (c == 0x3002)
        return TY_KIND_STOP;
    if (c >= 0x300C && c <= 0x300F)
        return c & 1 ? TY_KIND_CLOSE : TY_KIND_OPEN;
    if (c >= 0x100 && c < 0x250) /* Latin Extended: capitals are even up to U+0137 and from U+014A */
        return ((c & 1) == (c - 0x139 < 0x10 || c - 0x179 < 6)) ? TY_KIND_UPPER : TY_KIND_LOWER;
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c < ranges[middle].first)
            high = middle;
        else if (c > ranges[middle].last)
            low = middle + 1;
        else
            return ranges[middle].kind;
    }
    return c < 0xC0 ? TY_KIND_OTHER : TY_KIND_LETTER;
}

static bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Lenient: overlong forms and surrogates are decoded too, they are no character that the rules know. */
static uint32_t decode(const unsigned char *p, size_t size, size_t *length)
{
    unsigned char lead = p[0];
    *length = 1;
    if (lead < 0x80)
        return lead;
    if (lead >= 0xC2 && lead < 0xE0 && size > 1 && is_tail(p[1])) {
        *length = 2;
        return (lead & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    }
    if (lead >= 0xE0 && lead < 0xF0 && size > 2 && is_tail(p[1]) && is_tail(p[2])) {
        *length = 3;
        return (lead & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    }
    if (lead >= 0xF0 && lead < 0xF5 && size > 3 && is_tail(p[1]) && is_tail(p[2]) && is_tail(p[3])) {
        *length = 4;
        return (lead & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    }
    return 0xFFFD;
}

uint32_t ty_char_next_wide(const char *text, size_t *at, size_t end)
{
    size_t length;
    uint32_t c = decode((const unsigned char *)text + *at, end - *at, &length);
    *at += length;
    return c;
}

uint32_t ty_char_previous_wide(const char *text, size_t *at, size_t start)
{
    size_t stop = *at, length;
    size_t lead = stop - 1;
    while (lead > start && stop - lead < 4 && is_tail((unsigned char)text[lead]))
        lead--;
    uint32_t c = decode((const unsigned char *)text + lead, stop - lead, &length);
    if (lead + length != stop) { /* a byte astray */
        *at = stop - 1;
        return 0xFFFD;
    }
    *at = lead;
    return c;
}
