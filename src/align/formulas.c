/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Set phrases by which a release says what a line is for: that the text is a translation, which one is
 * the original, that it may be printed, whom to ask, who wrote it, that it ends; or that it belongs to the
 * page. Such lines have partners of their own kind or none, so that two of different kinds at the same place
 * must not be taken for each other. The phrases are data (data/formulas.txt).
 */
#include "internal.h"

#define LINE_MAX 160 /* bytes; longer lines are text */

static bool is_mark(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == '#' || c == '*' || c == '-' || c == '=' || c == '_' || c == '.' ||
           c == '(' || c == ')' || c == '[' || c == ']' || c == 0xFF08 || c == 0xFF09 || c == 0x3002 ||
           c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0xFF0D || c == 0xFF0A || c == 0x203B;
}

static ty_slice without_marks(ty_slice line)
{
    for (size_t at = 0; line.size && is_mark(ty_utf8_next(line, &at)); at = 0)
        line = ty_slice_sub(line, at, line.size);
    for (size_t at = line.size; line.size && is_mark(ty_utf8_previous(line, &at)); at = line.size)
        line.size = at;
    return line;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* In small letters, and without the blanks of one that is set wide. */
static ty_slice lower(ty_slice line, char buffer[LINE_MAX])
{
    size_t size = 0;
    if (!ty_line_is_spread(line)) {
        for (; size < line.size; size++)
            buffer[size] = small(line.data[size]);
        return (ty_slice){buffer, size};
    }
    for (size_t at = 0; at < line.size;) {
        size_t start = at;
        bool blank = ty_char_is_space(ty_utf8_next(line, &at));
        while (start < at && !blank)
            buffer[size++] = small(line.data[start++]);
    }
    return (ty_slice){buffer, size};
}

/* Must the line begin with the phrase, and does with another character? Most do. */
static inline bool begins_otherwise(ty_slice line, const ty_line_phrase *phrase)
{
    bool leads = phrase->where == AT_START || phrase->where == OF_TITLE || phrase->where == WHOLE;
    return leads && line.data[0] != phrase->text.data[0];
}

static bool says(ty_slice line, const ty_line_phrase *phrase, ty_line_kind shape)
{
    ty_slice text = phrase->text;
    switch (phrase->where) {
    case AT_START: return ty_slice_starts(line, text);
    case OF_TITLE: return shape != LINE_SENTENCE && ty_slice_starts(line, text);
    case WHOLE: return ty_slice_equal(line, text);
    case IN_TITLE: return shape != LINE_SENTENCE && ty_slice_find(line, text, 0) != SIZE_MAX;
    case AT_END: return shape != LINE_SENTENCE && ty_slice_ends(line, text);
    case IN_NOTE: return shape == LINE_PAREN && ty_slice_find(line, text, 0) != SIZE_MAX;
    default: return ty_slice_find(line, text, 0) != SIZE_MAX;
    }
}

ty_line_kind ty_line_formula(ty_slice line, ty_line_kind shape)
{
    char buffer[LINE_MAX];
    if (line.size == 0 || line.size > LINE_MAX)
        return shape;
    line = without_marks(lower(line, buffer));
    if (!line.size)
        return LINE_END; /* marks alone: "###" */
    for (const ty_line_phrase *phrase = ty_line_phrases; phrase->text.size; phrase++)
        if (!begins_otherwise(line, phrase) && says(line, phrase, shape))
            return phrase->kind;
    return shape;
}
