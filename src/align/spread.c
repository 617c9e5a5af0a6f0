/* SPDX-License-Identifier: Apache-2.0 */
/* Titles that are set wide: 閣　議　決　定, （以　上）. Their characters are words only without the blanks.
 */
#include "internal.h"

#define SPREAD_MAX 120 /* bytes; a longer line is text */

static bool is_bracket(uint32_t c)
{
    return c == '(' || c == ')' || c == 0xFF08 || c == 0xFF09 || c == '[' || c == ']';
}

/* Does every part between blanks hold one Chinese character or kana, brackets aside? */
static bool is_spread(ty_slice line)
{
    uint32_t letters = 0, parts = 0;
    for (size_t at = 0; at < line.size;) {
        uint32_t c = ty_utf8_next(line, &at);
        bool blank = ty_char_is_space(c);
        if (blank && letters == 0)
            continue;
        if (!blank && !is_bracket(c) && (c < 0x3000 || !ty_char_is_letter(c) || ++letters > 1))
            return false;
        parts += letters && (blank || at == line.size);
        letters = blank ? 0 : letters;
    }
    return parts > 1;
}

bool ty_line_is_spread(ty_slice line)
{
    return line.size <= SPREAD_MAX && is_spread(line);
}

void ty_line_close_up(ty_folded *folded)
{
    size_t kept = 0;
    for (size_t k = 0; k < folded->text.size; k++) {
        if (folded->text.data[k] == ' ')
            continue;
        folded->text.data[kept] = folded->text.data[k];
        folded->starts.items[kept] = folded->starts.items[k];
        folded->ends.items[kept++] = folded->ends.items[k];
    }
    folded->text.size = kept;
    folded->starts.count = folded->ends.count = kept;
}
