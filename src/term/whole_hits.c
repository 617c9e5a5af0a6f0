/* SPDX-License-Identifier: Apache-2.0 */
/*
 * whole - is a hit all that was looked up? Quotes, blanks, an article or "to" before it, a suffix of plurals
 * behind it (等, ら, -s, 's) and a gloss in brackets do not count, so that a look-up finds what a scan of the
 * same text finds.
 */
#include "term/internal.h"

/* What may stand before and behind, longer ones first. */
static const char *const before[] = {"the ", "The ", "an ", "An ", "a ", "A ", "to ", "To ", NULL};
static const char *const behind[] = {"たち", "など", "らの", "等", "ら", "達", "側", "'s", "’s", "s", NULL};
static const char *const marks[] = {" ",  "\t", "\n", "\r", "\"", "'",  "“",  "”",  "‘",  "’",
                                    "「", "」", "『", "』", "《", "》", "〈", "〉", "【", "】",
                                    "［", "］", "（", "）", "(",  ")",  "[",  "]",  "　", ".",
                                    ",",  ":",  ";",  "。", "、", "，", "：", NULL};

/* The size of one of the list that the text begins with, or ends in; 0 for none. */
static size_t size_at_start(ty_slice text, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_starts(text, ty_slice_of(*list)))
            return strlen(*list);
    return 0;
}

static ty_slice skip_all(ty_slice text, const char *const *list)
{
    for (size_t size; (size = size_at_start(text, list)) != 0;)
        text = ty_slice_sub(text, size, text.size);
    return text;
}

/* Without a gloss in brackets at its start: "(FRF)". */
static ty_slice skip_gloss(ty_slice text)
{
    static const struct {
        const char *open, *close;
    } brackets[] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"［", "］"}, {"〔", "〕"}};
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        if (!ty_slice_starts(text, ty_slice_of(brackets[i].open)))
            continue;
        size_t end = ty_slice_find(text, ty_slice_of(brackets[i].close), 0);
        if (end != SIZE_MAX)
            return ty_slice_sub(text, end + strlen(brackets[i].close), text.size);
    }
    return text;
}

static bool is_nothing_before(ty_slice text)
{
    text = skip_all(text, marks);
    text = skip_all(ty_slice_sub(text, size_at_start(text, before), text.size), marks);
    return text.size == 0;
}

static bool is_nothing_behind(ty_slice text)
{
    text = ty_slice_sub(text, size_at_start(text, behind), text.size);
    while (size_at_start(text, (const char *const[]){" ", "　", "”", "\"", "」", NULL}))
        text = ty_slice_sub(text, size_at_start(text, marks), text.size);
    return skip_all(skip_gloss(text), marks).size == 0;
}

bool ty_term_is_whole(ty_slice text, size_t start, size_t end)
{
    return is_nothing_before(ty_slice_sub(text, 0, start)) &&
           is_nothing_behind(ty_slice_sub(text, end, text.size));
}
