/* SPDX-License-Identifier: Apache-2.0 */
/* The items of lists in running text: "1) … 2) …", "• … • …". */
#include "segment/internal.h"

/* The mark of an item: "12.)" is number 12 with tail ".)", "b." letter 1 with tail ".", １． is wide. */
typedef struct item {
    uint32_t bullet; /* • and the like before it, or 0 */
    bool letter, wide;
    unsigned number;
    char tail[3];
    size_t end;
} item;

static bool is_bullet(uint32_t c)
{
    return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x25E6 || c == 0x25AA || c == 0x25CF;
}

/* １．: headings that run on are units of their own in Japanese whatever the options. */
static bool read_wide_item(const ty_cut *cut, size_t at, item *out)
{
    item found = {.wide = true};
    for (unsigned digits = 0; at < cut->end && digits < 4; digits++) {
        uint32_t c = ty_char_next(cut->text, &at, cut->end);
        if (c == 0xFF0E && digits > 0) {
            found.end = at;
            *out = found;
            return true;
        }
        if (c < 0xFF10 || c > 0xFF19)
            break;
        found.number = found.number * 10 + (c - 0xFF10);
    }
    return false;
}

static bool read_item(const ty_cut *cut, size_t at, item *out)
{
    item found = {0};
    if ((unsigned char)cut->text[at] == 0xEF)
        return read_wide_item(cut, at, out);
    if (!cut->inline_lists)
        return false;
    size_t next = at;
    uint32_t c = ty_char_next(cut->text, &next, cut->end);
    if (is_bullet(c)) {
        found.bullet = c;
        at = ty_skip_space(cut->text, next, cut->end);
    }
    size_t digits = at;
    while (at < cut->end && at - digits < 3 && cut->text[at] >= '0' && cut->text[at] <= '9')
        found.number = found.number * 10 + (unsigned)(cut->text[at++] - '0');
    if (at == digits && at < cut->end && cut->text[at] >= 'a' && cut->text[at] <= 'z') {
        found.letter = true;
        found.number = (unsigned)(cut->text[at++] - 'a');
    }
    if (at == digits && !found.bullet)
        return false;
    size_t tail = 0;
    while (at > digits && at < cut->end && tail < 2 && (cut->text[at] == '.' || cut->text[at] == ')'))
        found.tail[tail++] = cut->text[at++];
    if (!found.bullet && (tail == 0 || at >= cut->end || cut->text[at] != ' '))
        return false;
    found.end = at;
    *out = found;
    return true;
}

/* Is `b` the item that comes after `a`? */
static bool follows(const item *a, const item *b)
{
    if (a->bullet != b->bullet || a->wide != b->wide || a->letter != b->letter)
        return false;
    if (strcmp(a->tail, b->tail) != 0)
        return false;
    return b->number == a->number + 1 || (a->bullet && a->number == 0);
}

size_t ty_list_next(const ty_cut *cut, size_t start)
{
    item first, next;
    if (start >= cut->end || (!cut->inline_lists && (unsigned char)cut->text[start] != 0xEF))
        return cut->end;
    if (!read_item(cut, start, &first))
        return cut->end;
    for (size_t at = first.end; at < cut->end; at++) {
        if ((cut->text[at] & 0xC0) == 0x80 || ty_kind_before(cut->text, at, start) != TY_KIND_SPACE)
            continue;
        if (read_item(cut, at, &next) && follows(&first, &next))
            return at;
    }
    return cut->end;
}
