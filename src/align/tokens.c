/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a text, sentence by sentence: numbers (values.c), words of either kind of script (words.c). */
#include "tokens.h"

static bool is_shouting(ty_slice text)
{
    size_t capitals = 0, small = 0;
    for (size_t k = 0; k < text.size; k++) {
        capitals += text.data[k] >= 'A' && text.data[k] <= 'Z';
        small += text.data[k] >= 'a' && text.data[k] <= 'z';
    }
    return capitals > 3 * small;
}

static void scan_text(ty_scan *scan)
{
    size_t number = 0;
    for (size_t at = 0; at < scan->text.size && !scan->failed;) {
        size_t next = at, end;
        uint32_t c = ty_utf8_next(scan->text, &next);
        ty_script script = c < 0x80 ? TY_SCRIPT_OTHER : ty_char_script(c);
        if (ty_scan_is_letter(c) &&
            ty_scan_designation_end(scan, at, ty_scan_run_end(scan->text, at, ty_scan_is_letter)))
            at = ty_scan_word(scan, at);
        else if ((end = ty_scan_number_end(scan, at, &number)) > at)
            at = ty_scan_number(scan, number, end);
        else if (ty_scan_is_letter(c))
            at = ty_scan_word(scan, at);
        else if (scan->side->unspaced &&
                 (script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA))
            at = ty_scan_unspaced(scan, at);
        else
            at = next;
    }
}

static float text_length(ty_slice text)
{
    size_t length = 0;
    for (size_t k = 0; k < text.size; k++)
        length += ((uint8_t)text.data[k] & 0xC0) != 0x80 && (uint8_t)text.data[k] > ' ';
    return length ? (float)length : 1.0f;
}

static bool is_dated(const ty_number *number)
{
    return number->kind == TY_NUMBER_YEAR || number->kind == TY_NUMBER_MONTH ||
           number->kind == TY_NUMBER_DAY || number->kind == TY_NUMBER_TIME;
}

/* Where a title ends that has a date or time in brackets behind it, which the other side need not have there:
 * "Press Conference (05:40 P.M. June 3)". The size of any other line. */
static size_t title_end(ty_slice line, ty_line_kind kind, const ty_numbers *numbers)
{
    if (kind != LINE_FRAGMENT || numbers->count < 2 || !is_dated(&numbers->items[numbers->count - 1]) ||
        !is_dated(&numbers->items[numbers->count - 2]))
        return line.size;
    if (ty_line_title_before_date(line, numbers) < line.size)
        return ty_line_title_before_date(line, numbers);
    size_t plain = ty_slice_find(line, TY_SLICE("("), 1), wide = ty_slice_find(line, ty_slice_of("（"), 1);
    size_t bracket = plain < wide ? plain : wide;
    return bracket < line.size && numbers->items[numbers->count - 2].start > bracket ? bracket : line.size;
}

/* The folded text up to a byte of the original. */
static ty_slice folded_until(const ty_folded *folded, size_t end)
{
    ty_slice text = ty_buffer_slice(&folded->text);
    while (text.size > 0 && folded->starts.items[text.size - 1] >= end)
        text.size--;
    return text;
}

/* The date in brackets behind a title, in words of its own. */
static void emit_note(ty_scan *scan, size_t title_end)
{
    for (size_t k = 0; k < scan->numbers.count; k++) {
        const ty_number *number = &scan->numbers.items[k];
        if (number->start >= title_end)
            ty_scan_emit_value(scan, WORD_NOTE, &scan->numbers, k, number->start, number->end);
    }
}

#define DATE_LINE_MAX 120 /* bytes; a longer line is no date */

/* A date on the line behind a title belongs to it: what the other side has in brackets may stand there. */
static ty_status emit_near(ty_scan *scan, size_t index, ty_error *error)
{
    const ty_align_side *in = scan->side->in;
    uint8_t signs;
    double marker;
    if (index + 1 >= in->count || in->sentences[index + 1].size > DATE_LINE_MAX)
        return TY_OK;
    ty_vector_clear(&scan->next);
    ty_status status = ty_numbers_find(in->sentences[index + 1], in->lang, &scan->next, error);
    if (status != TY_OK ||
        ty_line_classify(in->sentences[index + 1], &scan->next, &signs, &marker) != LINE_DATE)
        return status;
    for (size_t k = 0; k < scan->next.count; k++)
        ty_scan_emit_value(scan, WORD_NEAR, &scan->next, k, 0, 0);
    return TY_OK;
}

#define NOTE_LENGTH 0.25f /* of what stands in brackets behind a title */

static ty_status scan_sentence(ty_scan *scan, size_t index, ty_folded *folded, ty_error *error)
{
    ty_side *side = scan->side;
    scan->original = side->in->sentences[index];
    ty_status status = ty_fold(scan->original, TY_FOLD_NFKC | TY_FOLD_CASE, folded, error);
    ty_vector_clear(&scan->numbers);
    if (status == TY_OK && side->unspaced && ty_line_is_spread(scan->original))
        ty_line_close_up(folded);
    if (status == TY_OK)
        status = ty_numbers_find(scan->original, side->in->lang, &scan->numbers, error);
    if (status != TY_OK)
        return status;
    double marker;
    scan->folded = folded;
    scan->shouting = is_shouting(scan->original);
    side->token_starts[index] = (uint32_t)side->tokens.count;
    side->kinds[index] = ty_line_classify(scan->original, &scan->numbers, &side->signs[index], &marker);
    size_t end = title_end(scan->original, (ty_line_kind)side->kinds[index], &scan->numbers);
    scan->text = folded_until(folded, end);
    side->lengths[index] = text_length(ty_slice_sub(scan->original, 0, end));
    if (end < scan->original.size)
        side->lengths[index] +=
            NOTE_LENGTH * text_length(ty_slice_sub(scan->original, end, scan->original.size));
    side->length_sums[index + 1] = side->length_sums[index] + side->lengths[index];
    scan_text(scan);
    if (end < scan->original.size)
        emit_note(scan, end);
    else if (side->kinds[index] == LINE_FRAGMENT)
        status = emit_near(scan, index, error);
    if (status != TY_OK)
        return status;
    if (side->tokens.count == side->token_starts[index] && scan->text.size > 0)
        ty_scan_emit_folded(scan, WORD_LINE, scan->text, 0, scan->text.size);
    if (marker >= 0)
        ty_scan_emit_number(scan, WORD_MARKER, marker, 0, 0);
    return scan->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_side_scan(ty_side *side, const ty_lexicon *lexicon, ty_error *error)
{
    ty_scan scan = {.side = side, .lexicon = lexicon};
    ty_folded folded = {0};
    ty_status status = TY_OK;
    for (size_t k = 0; k < side->in->count && status == TY_OK; k++)
        status = scan_sentence(&scan, k, &folded, error);
    side->token_starts[side->in->count] = (uint32_t)side->tokens.count;
    ty_side_join_broken(side);
    if (status == TY_OK && !ty_side_find_labels(side))
        status = ty_error_nomem(error);
    ty_side_name_alone(side);
    if (status == TY_OK)
        status = ty_side_count_inner(side, error);
    ty_folded_release(&folded);
    ty_vector_release(&scan.numbers);
    ty_vector_release(&scan.next);
    ty_buffer_release(&scan.key);
    ty_buffer_release(&scan.special);
    ty_strings_release(&scan.forms);
    ty_vector_release(&scan.form_words);
    return status;
}
