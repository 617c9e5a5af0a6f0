/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a text, sentence by sentence: numbers, acronyms, designations, stems, headwords, katakana. */
#include "internal.h"
#include "segment/segment.h"

#include <stdio.h>
#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ scanning */

typedef struct ty_scan {
    ty_side *side;
    const ty_lexicon *lexicon;
    ty_slice original, text; /* the sentence, and folded */
    const ty_folded *folded;
    ty_numbers numbers, next; /* of the sentence, of the one behind it */
    ty_buffer key, special;   /* scratch */
    ty_strings forms;         /* plain words as they are folded */
    TY_VECTOR(uint32_t) form_words;
    bool shouting; /* hardly a small letter: capitals say nothing */
    bool failed;
} ty_scan;

static uint32_t intern(ty_scan *scan, char kind, ty_slice key)
{
    ty_buffer_clear(&scan->key);
    ty_buffer_add_char(&scan->key, kind);
    ty_buffer_add(&scan->key, key);
    uint32_t word = ty_strings_add(&scan->side->words, ty_buffer_slice(&scan->key));
    if (scan->key.failed || word == TY_STRINGS_NONE)
        scan->failed = true;
    return word;
}

static void emit_word(ty_scan *scan, uint32_t word, size_t start, size_t end)
{
    ty_align_token token = {word, (uint32_t)start, (uint32_t)end};
    if (!ty_vector_push(&scan->side->tokens, token))
        scan->failed = true;
}

static void emit(ty_scan *scan, char kind, ty_slice key, size_t start, size_t end)
{
    emit_word(scan, intern(scan, kind, key), start, end);
}

/* A token of the folded bytes [start, end). */
static void emit_folded(ty_scan *scan, char kind, ty_slice key, size_t start, size_t end)
{
    emit(scan, kind, key, scan->folded->starts.items[start], scan->folded->ends.items[end - 1]);
}

/* End of the run of characters from `at` that `keep` accepts. */
static size_t run_end(ty_slice text, size_t at, bool (*keep)(uint32_t))
{
    while (at < text.size) {
        size_t next = at;
        if (!keep(ty_utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

static bool is_katakana(uint32_t c)
{
    return ty_char_script(c) == TY_SCRIPT_KATAKANA;
}

static bool is_spaced_letter(uint32_t c)
{
    if (c < 0x80)
        return (c | 32) >= 'a' && (c | 32) <= 'z';
    ty_script script = ty_char_script(c);
    return script != TY_SCRIPT_HAN && script != TY_SCRIPT_HIRAGANA && script != TY_SCRIPT_KATAKANA &&
           ty_char_is_letter(c);
}

static bool is_ascii_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* A few capitals only, where capitals mean something; a longer word may be a surname: MORINAGA Seiji. */
static bool is_acronym(const ty_scan *scan, size_t start, size_t end)
{
    ty_slice word =
        ty_slice_sub(scan->original, scan->folded->starts.items[start], scan->folded->ends.items[end - 1]);
    size_t letters = 0;
    for (size_t at = 0; at < word.size;) {
        uint32_t c = ty_utf8_next(word, &at);
        if (c == '.')
            continue;
        if (!ty_char_is_upper(c))
            return false;
        letters++;
    }
    return letters >= 2 && letters <= 5 && !(scan->shouting && scan->original.size > 12);
}

static ty_slice without(ty_slice text, const char *dropped, bool capitals, ty_buffer *out)
{
    ty_buffer_clear(out);
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (!strchr(dropped, c))
            ty_buffer_add_char(out, capitals && c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    return ty_buffer_slice(out);
}

/* U.S., U.N.: letters with a full stop after each. */
static size_t dotted_end(ty_slice text, size_t at)
{
    size_t letters = 0;
    while (at + 1 < text.size && is_ascii_letter(text.data[at]) && text.data[at + 1] == '.') {
        at += 2;
        letters++;
    }
    return letters >= 2 ? at : 0;
}

/* F-35, MV-22, SM-3: up to four capitals and a number, with or without a hyphen. */
static size_t designation_end(const ty_scan *scan, size_t at, size_t letters_end)
{
    ty_slice text = scan->text;
    size_t digits = letters_end < text.size && text.data[letters_end] == '-' ? letters_end + 1 : letters_end;
    if (letters_end - at > 4 || digits >= text.size || !is_digit((uint8_t)text.data[digits]))
        return 0;
    for (size_t k = at; k < letters_end; k++)
        if (!ty_char_is_upper((uint8_t)scan->original.data[scan->folded->starts.items[k]]) &&
            (uint8_t)scan->original.data[scan->folded->starts.items[k]] < 0x80)
            return 0;
    size_t end = run_end(text, digits, is_digit);
    while (end < text.size && is_ascii_letter(text.data[end]) && end - digits < 6)
        end++;
    return end;
}

/* The word a plain form stands for, worked out once for each form; TY_STRINGS_NONE for a stop word. */
static uint32_t word_of_form(ty_scan *scan, ty_slice form)
{
    char stem[TY_LEXICON_STEM_MAX];
    size_t known = scan->forms.list.count;
    uint32_t number = ty_strings_add(&scan->forms, form), word = TY_STRINGS_NONE;
    if (number < known)
        return scan->form_words.items[number];
    ty_slice lang = scan->side->unspaced ? scan->side->other_lang : scan->side->in->lang;
    if (!ty_lexicon_is_stopword(form, lang))
        word = intern(scan, WORD_PLAIN, ty_lexicon_stem(form, lang, stem));
    if (number == TY_STRINGS_NONE || !ty_vector_push(&scan->form_words, word))
        scan->failed = true;
    return word;
}

static void emit_plain(ty_scan *scan, ty_slice form, size_t start, size_t end)
{
    uint32_t word = form.size >= 2 ? word_of_form(scan, form) : TY_STRINGS_NONE;
    if (word != TY_STRINGS_NONE)
        emit_word(scan, word, scan->folded->starts.items[start], scan->folded->ends.items[end - 1]);
}

#define SHOUTED 4 /* letters of a word that a line of capitals may have shouted: NEWS */

static size_t scan_word(ty_scan *scan, size_t at)
{
    ty_buffer *key = &scan->special;
    size_t end = run_end(scan->text, at, is_spaced_letter), special = dotted_end(scan->text, at);
    ty_slice word = ty_slice_sub(scan->text, at, end);
    if (special && is_acronym(scan, at, special)) {
        emit_folded(scan, WORD_ACRONYM, without(ty_slice_sub(scan->text, at, special), ".", true, key), at,
                    end = special);
    } else if ((special = designation_end(scan, at, end)) != 0) {
        emit_folded(scan, WORD_DESIGNATION, without(ty_slice_sub(scan->text, at, special), "-", false, key),
                    at, end = special);
    } else if (word.size >= 2 && word.data[0] < 0x7F && is_acronym(scan, at, end)) {
        emit_folded(scan, WORD_ACRONYM, without(word, "", true, key), at, end);
        if (scan->shouting && word.size >= SHOUTED)
            emit_plain(scan, word, at, end);
    } else {
        emit_plain(scan, word, at, end);
    }
    return end;
}

/* Characters that no headword explains: every two neighbours are a word, for learning. */
static size_t scan_character(ty_scan *scan, size_t at)
{
    size_t middle = at, end;
    bool han = ty_char_script(ty_utf8_next(scan->text, &middle)) == TY_SCRIPT_HAN;
    end = middle;
    if (!han || middle >= scan->text.size)
        return middle;
    if (ty_char_script(ty_utf8_next(scan->text, &end)) == TY_SCRIPT_HAN)
        emit_folded(scan, WORD_CHUNK, ty_slice_sub(scan->text, at, end), at, end);
    return middle;
}

#define CHINESE 3 /* bytes of a Chinese character */

static size_t longest(const ty_scan *scan, size_t at, size_t end)
{
    return ty_lexicon_longest(scan->lexicon, scan->side->which, ty_slice_sub(scan->text, 0, end), at);
}

/*
 * The longest headword, but not one that leaves a single character where a shorter one leaves none:
 * 臨時|会見, not 臨時会|見 (a rule of MMSEG, Tsai 1996).
 */
static size_t headword_size(const ty_scan *scan, size_t at)
{
    size_t end = scan->text.size, size = longest(scan, at, end), next = at + size, after = next;
    if (size < 3 * CHINESE || next >= end ||
        ty_char_script(ty_utf8_next(scan->text, &after)) != TY_SCRIPT_HAN)
        return size;
    size_t rest = longest(scan, next, end);
    if (rest > CHINESE)
        return size;
    size_t shorter = longest(scan, at, next - 1);
    if (shorter < 2 * CHINESE)
        return size;
    size_t second = longest(scan, at + shorter, end);
    return second > CHINESE && shorter + second >= size + rest ? shorter : size;
}

static bool is_hiragana(uint32_t c)
{
    return ty_char_script(c) == TY_SCRIPT_HIRAGANA;
}

/* Hiragana behind other letters is an ending or a particle, whatever headword it happens to be: たとい in
 * ったという. What begins a clause is a word: しかし, いかが, ありがとう. */
static bool is_grammar(ty_slice text, size_t start, size_t end)
{
    size_t before = start;
    return run_end(text, start, is_hiragana) >= end && start > 0 &&
           ty_char_is_letter(ty_utf8_previous(text, &before));
}

static size_t scan_unspaced(ty_scan *scan, size_t at)
{
    size_t end = run_end(scan->text, at, is_katakana), size = 0;
    if (end > at) {
        if (end - at > 3)
            emit_folded(scan, WORD_KATAKANA, ty_slice_sub(scan->text, at, end), at, end);
        return end;
    }
    if (scan->lexicon)
        size = headword_size(scan, at);
    if (size == 0)
        return scan_character(scan, at);
    if (!is_grammar(scan->text, at, at + size))
        emit_folded(scan, WORD_HEADWORD, ty_slice_sub(scan->text, at, at + size), at, at + size);
    return at + size;
}

/* ------------------------------------------------------------------------------------------ numbers */

static void emit_number(ty_scan *scan, char kind, double value, size_t start, size_t end)
{
    char digits[40];
    if (value >= 0 && value < 10 && value == (int)value) { /* as most are */
        digits[0] = (char)('0' + (int)value);
        emit(scan, kind, (ty_slice){digits, 1}, start, end);
        return;
    }
    size_t size = ty_decimal_print(digits, sizeof digits, TY_DECIMAL_SHORT, 10, value);
    emit(scan, kind, (ty_slice){digits, size}, start, end);
}

static double number_value(const ty_number *number)
{
    return number->kind == TY_NUMBER_TIME ? number->value + 1e9 : number->value; /* minutes are a set apart */
}

/* The day of a month and its month are one word: "6-3" for June 3. */
static const ty_number *month_of(const ty_numbers *numbers, size_t index)
{
    const ty_number *day = &numbers->items[index];
    if (day->kind != TY_NUMBER_DAY)
        return NULL;
    if (index > 0 && numbers->items[index - 1].kind == TY_NUMBER_MONTH &&
        day->start - numbers->items[index - 1].end <= 4)
        return &numbers->items[index - 1];
    if (index + 1 < numbers->count && numbers->items[index + 1].kind == TY_NUMBER_MONTH &&
        numbers->items[index + 1].start - day->end <= 4)
        return &numbers->items[index + 1];
    return NULL;
}

static bool has_day(const ty_numbers *numbers, size_t index)
{
    return numbers->items[index].kind == TY_NUMBER_MONTH &&
           ((index > 0 && month_of(numbers, index - 1) == &numbers->items[index]) ||
            (index + 1 < numbers->count && month_of(numbers, index + 1) == &numbers->items[index]));
}

/* A number as a word of a kind; the month of a day is said with it. */
static void emit_value(ty_scan *scan, char kind, const ty_numbers *numbers, size_t index, size_t start,
                       size_t end)
{
    const ty_number *number = &numbers->items[index], *month = month_of(numbers, index);
    if (has_day(numbers, index))
        return;
    if (month) {
        char key[40];
        int size = snprintf(key, sizeof key, "%d-%d", (int)month->value, (int)number->value);
        if (end > start) { /* and stands where both do: 12月12日, Dec. 12, 12 December */
            start = month->start < start ? month->start : start;
            end = month->end > end ? month->end : end;
        }
        emit(scan, kind, (ty_slice){key, (size_t)size}, start, end);
        return;
    }
    emit_number(scan, kind, number_value(number), start, end);
}

static size_t scan_number(ty_scan *scan, size_t index, size_t end)
{
    const ty_number *number = &scan->numbers.items[index];
    emit_value(scan, WORD_NUMBER, &scan->numbers, index, number->start, number->end);
    return end;
}

/* Is the folded byte `at` in a number? Its end, else 0. `next` is the first number not passed yet. */
static size_t number_end(const ty_scan *scan, size_t at, size_t *next)
{
    size_t origin = scan->folded->starts.items[at];
    while (*next < scan->numbers.count && scan->numbers.items[*next].end <= origin)
        ++*next;
    if (*next == scan->numbers.count || origin < scan->numbers.items[*next].start)
        return 0;
    size_t end = at;
    while (end < scan->text.size && scan->folded->starts.items[end] < scan->numbers.items[*next].end)
        end++;
    return end;
}

/* ------------------------------------------------------------------------------------------ sentences */

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
        if (is_spaced_letter(c) && designation_end(scan, at, run_end(scan->text, at, is_spaced_letter)))
            at = scan_word(scan, at);
        else if ((end = number_end(scan, at, &number)) > at)
            at = scan_number(scan, number, end);
        else if (is_spaced_letter(c))
            at = scan_word(scan, at);
        else if (scan->side->unspaced &&
                 (script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA))
            at = scan_unspaced(scan, at);
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
            emit_value(scan, WORD_NOTE, &scan->numbers, k, number->start, number->end);
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
        emit_value(scan, WORD_NEAR, &scan->next, k, 0, 0);
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
        emit_folded(scan, WORD_LINE, scan->text, 0, scan->text.size);
    if (marker >= 0)
        emit_number(scan, WORD_MARKER, marker, 0, 0);
    return scan->failed ? ty_error_nomem(error) : TY_OK;
}

/* A line without an end is no heading where the next goes on with a small letter. */
static void join_broken_lines(ty_side *side)
{
    for (size_t k = 0; k + 1 < side->in->count; k++) {
        ty_slice next = ty_slice_trim(side->in->sentences[k + 1]);
        size_t at = 0;
        if (side->kinds[k] == LINE_FRAGMENT && next.size > 0 && ty_char_is_lower(ty_utf8_next(next, &at)))
            side->kinds[k] = LINE_SENTENCE;
    }
}

/* Units of a table or a memory may hold several sentences each. */
static ty_status count_inner(ty_side *side, ty_error *error)
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
static bool find_labels(ty_side *side)
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

static void name_alone(ty_side *side)
{
    for (size_t k = 0; k < side->in->count; k++)
        side->alone[k] = has_letters(side->in->sentences[k]) ? side->kinds[k] : ALONE_MARKS;
}

ty_status ty_side_scan(ty_side *side, const ty_lexicon *lexicon, ty_error *error)
{
    ty_scan scan = {.side = side, .lexicon = lexicon};
    ty_folded folded = {0};
    ty_status status = TY_OK;
    for (size_t k = 0; k < side->in->count && status == TY_OK; k++)
        status = scan_sentence(&scan, k, &folded, error);
    side->token_starts[side->in->count] = (uint32_t)side->tokens.count;
    join_broken_lines(side);
    if (status == TY_OK && !find_labels(side))
        status = ty_error_nomem(error);
    name_alone(side);
    if (status == TY_OK)
        status = count_inner(side, error);
    ty_folded_release(&folded);
    ty_vector_release(&scan.numbers);
    ty_vector_release(&scan.next);
    ty_buffer_release(&scan.key);
    ty_buffer_release(&scan.special);
    ty_strings_release(&scan.forms);
    ty_vector_release(&scan.form_words);
    return status;
}
