/* SPDX-License-Identifier: Apache-2.0 */
/* What the lines of a side are once all are known: broken ones, labels that head turns, what may stand alone.
 */
#include "tokens.h"
#include "segment/segment.h"

/* A line without an end is no heading where the next goes on with a small letter. */
void ty_side_join_broken(ty_side *side)
{
    for (size_t k = 0; k + 1 < side->in->count; k++) {
        ty_slice next = ty_slice_trim(side->in->sentences[k + 1]);
        size_t at = 0;
        if (side->kinds[k] == LINE_FRAGMENT && next.size > 0 && ty_char_is_lower(ty_utf8_next(next, &at)))
            side->kinds[k] = LINE_SENTENCE;
    }
}

/* Units of a table or a memory may hold several sentences each. */
ty_status ty_side_count_inner(ty_side *side, ty_error *error)
{
    ty_segment_options options = {.lang = side->in->lang};
    ty_segmenter *segmenter = NULL;
    ty_sentences found = {0};
    ty_status status = ty_segmenter_new(&options, &segmenter, error);
    for (size_t k = 0; k < side->in->count && status == TY_OK; k++) {
        status = ty_segmenter_cut(segmenter, side->in->sentences[k], &found, error);
        side->inner[k] = (uint8_t)(found.count < 1 ? 1 : found.count < INNER_MAX ? found.count : INNER_MAX);
    }
    ty_segmenter_free(segmenter);
    ty_vector_release(&found);
    return status;
}

#define LABEL_MAX 80 /* bytes of a name in brackets */

static bool may_be_label(const ty_side *side, size_t sentence)
{
    return side->kinds[sentence] == LINE_PAREN && side->in->sentences[sentence].size <= LABEL_MAX;
}

/* A name in brackets that stands before more than one turn is a label: （大臣）, 【記者】. */
bool ty_side_find_labels(ty_side *side)
{
    ty_strings lines = {0};
    TY_VECTOR(uint32_t) first = {0}; /* sentence of each line */
    bool good = true;
    for (uint32_t k = 0; k < side->in->count && good; k++) {
        if (!may_be_label(side, k))
            continue;
        size_t known = lines.list.count;
        uint32_t number = ty_strings_add(&lines, ty_slice_trim(side->in->sentences[k]));
        if (number < known)
            side->kinds[k] = side->kinds[first.items[number]] = LINE_LABEL;
        else
            good = number != TY_STRINGS_NONE && ty_vector_push(&first, k);
    }
    ty_strings_release(&lines);
    ty_vector_release(&first);
    return good;
}

#define MARKS_LETTERS 2 /* letters that a line of marks may have */

static bool has_letters(ty_slice line)
{
    size_t letters = 0;
    for (size_t at = 0; at < line.size && letters <= MARKS_LETTERS;)
        letters += ty_char_is_letter(ty_utf8_next(line, &at));
    return letters > MARKS_LETTERS;
}

static uint8_t alone_as(const ty_side *side, size_t sentence)
{
    if (!has_letters(side->in->sentences[sentence]))
        return ALONE_MARKS;
    bool piece = side->goes_on[sentence] || (sentence > 0 && side->goes_on[sentence - 1]);
    return piece && side->kinds[sentence] == LINE_SENTENCE ? ALONE_CLAUSE : side->kinds[sentence];
}

void ty_side_name_alone(ty_side *side)
{
    for (size_t k = 0; k < side->in->count; k++)
        side->goes_on[k] = ty_line_goes_on(side->in->sentences[k]);
    for (size_t k = 0; k < side->in->count; k++)
        side->alone[k] = alone_as(side, k);
}
