/* SPDX-License-Identifier: Apache-2.0 */
/* What kind of line a sentence is, by its shape alone: punctuation at its ends, markers, how much of it is
 * date. */
#include "internal.h"

#define LABEL_MAX 40 /* characters; "Defense Minister Nakatani:" */

static uint32_t last_character(ty_slice line)
{
    size_t at = line.size;
    return at ? ty_utf8_previous(line, &at) : 0;
}

static uint32_t first_character(ty_slice line)
{
    size_t at = 0;
    return line.size ? ty_utf8_next(line, &at) : 0;
}

static bool is_one_of(uint32_t c, const char *set)
{
    ty_slice list = ty_slice_of(set);
    for (size_t at = 0; at < list.size;)
        if (ty_utf8_next(list, &at) == c)
            return true;
    return false;
}

static bool is_colon(uint32_t c)
{
    return c == ':' || c == 0xFF1A;
}

static size_t characters(ty_slice line)
{
    size_t count = 0;
    for (size_t at = 0; at < line.size; count++)
        ty_utf8_next(line, &at);
    return count;
}

/* The number that a heading or list item begins with: "1.", "(2)", "３　", "第４". -1 when there is none. */
static double marker_of(ty_slice line, const ty_numbers *numbers)
{
    if (numbers->count == 0 || characters(ty_slice_sub(line, 0, numbers->items[0].start)) > 1)
        return -1;
    const ty_number *number = &numbers->items[0];
    if (number->kind != TY_NUMBER_PLAIN && number->kind != TY_NUMBER_ORDINAL)
        return -1;
    ty_slice before = ty_slice_sub(line, 0, number->start),
             after = ty_slice_sub(line, number->end, line.size);
    uint32_t c = first_character(after);
    bool opened = before.size == 0 || is_one_of(first_character(before), "(（第[［");
    bool closed = c == ' ' || is_one_of(c, ".．)）]］、　") || (before.size == 0 && c == 0);
    return opened && closed && number->value > 0 && number->value < 200 ? number->value : -1;
}

/* Dates and times with at most a few other characters: "平成27年11月3日(火)". */
static bool is_date(ty_slice line, const ty_numbers *numbers)
{
    size_t inside = 0, dated = 0;
    for (size_t k = 0; k < numbers->count; k++) {
        inside += characters(ty_slice_sub(line, numbers->items[k].start, numbers->items[k].end));
        dated += numbers->items[k].kind == TY_NUMBER_YEAR || numbers->items[k].kind == TY_NUMBER_MONTH ||
                 numbers->items[k].kind == TY_NUMBER_DAY || numbers->items[k].kind == TY_NUMBER_TIME;
    }
    return dated >= 2 && inside * 5 >= characters(line) * 2 && characters(line) < 60;
}

#define TITLE_MIN 6 /* characters: 会見日時 is none */

size_t ty_line_title_before_date(ty_slice line, const ty_numbers *numbers)
{
    size_t start = numbers->count > 0 && numbers->items[0].start < line.size ? numbers->items[0].start : 0;
    size_t end = start, before;
    while (end > 0 && (before = end, ty_char_is_space(ty_utf8_previous(line, &before))))
        end = before;
    ty_slice title = ty_slice_sub(line, 0, end);
    bool unspaced = ty_char_script(last_character(title)) == TY_SCRIPT_HAN;
    return end < start && unspaced && characters(title) >= TITLE_MIN ? end : line.size;
}

static bool is_final(uint32_t c)
{
    return is_one_of(c, ".!?。．！？…");
}

bool ty_line_goes_on(ty_slice line)
{
    return is_one_of(last_character(ty_slice_trim(line)), ";；,，、");
}

/* Does the line end a sentence, closing quotes and brackets aside? */
static bool is_closed(ty_slice line)
{
    while (line.size > 0 && is_one_of(last_character(line), "\"”’'」』)）]］"))
        ty_utf8_previous(line, &line.size);
    return is_final(last_character(line));
}

/* A note: "※本文は仮訳", "（注）", "*", "Note:". */
static bool is_aside(ty_slice line)
{
    for (const ty_slice *start = ty_line_note_starts; start->size; start++)
        if (ty_slice_starts(line, *start))
            return true;
    return false;
}

/* 次のとおりです： 以下を参照してください： a verb's ending before the colon. */
static bool is_japanese_clause(ty_slice line)
{
    ty_utf8_previous(line, &line.size);
    return is_one_of(last_character(line), "すたるいうば");
}

/* Words that all begin with a capital, or none of an alphabet with capitals: a name or a title, no clause. */
static bool is_titled(ty_slice line)
{
    bool first = true;
    if (is_japanese_clause(line))
        return false;
    for (size_t at = 0; at < line.size;) {
        uint32_t c = ty_utf8_next(line, &at);
        if (first && ty_char_is_lower(c))
            return false;
        first = ty_char_is_space(c);
    }
    return true;
}

static ty_line_kind kind_by_shape(ty_slice line, const ty_numbers *numbers, double *marker)
{
    *marker = marker_of(line, numbers);
    bool closed = is_closed(line), brackets = is_one_of(first_character(line), "(（[［<＜【");
    if (is_colon(last_character(line)) && characters(line) <= LABEL_MAX && is_titled(line))
        return LINE_LABEL;
    if (brackets && is_one_of(last_character(line), ")）]］>＞】"))
        return LINE_PAREN;
    if (*marker >= 0 && !closed)
        return LINE_HEADING;
    if (is_date(line, numbers) && !closed)
        return ty_line_title_before_date(line, numbers) < line.size ? LINE_FRAGMENT : LINE_DATE;
    if (is_aside(line))
        return LINE_PAREN;
    bool goes_on = is_one_of(last_character(line), ":：;；,、");
    return closed || goes_on ? LINE_SENTENCE : LINE_FRAGMENT;
}

ty_line_kind ty_line_classify(ty_slice line, const ty_numbers *numbers, uint8_t *signs, double *marker)
{
    line = ty_slice_trim(line);
    *signs = ty_line_signs(line);
    ty_line_kind kind = kind_by_shape(line, numbers, marker);
    return kind == LINE_LABEL ? kind : ty_line_formula(line, kind);
}
