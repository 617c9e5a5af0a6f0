/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Title and dateline of two texts: notices of one template differ there in a date, a number or a name, and
 * are no versions of each other. In doubt they differ.
 */
#include "ops/exchange/identity.h"

/* The lines in which a head stands, and how far a dateline reaches into a sentence. */
enum { LINES = 6, DATELINE = 100 };

static bool ends_sentence(ty_slice line)
{
    static const char *const ends[] = {".", "!", "?", "。", "！", "？", "．"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ty_slice_ends(line, ty_slice_of(ends[i])))
            return true;
    return false;
}

/* "TOKYO, July 28 - ": what stands before the first dash of a sentence. */
static ty_slice dateline(ty_slice line)
{
    static const char *const dashes[] = {" - ", " -- ", "—", "–", "――"};
    size_t end = 0;
    ty_slice start = ty_slice_sub(line, 0, DATELINE);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t at = ty_slice_find(start, ty_slice_of(dashes[i]), 0);
        if (at != SIZE_MAX && (!end || at < end))
            end = at;
    }
    return ty_slice_sub(line, 0, end);
}

/* The lines up to the first sentence, and its dateline. */
static void add_head(const ty_version_text *text, ty_buffer *out)
{
    for (size_t i = 0; i < text->count && i < LINES; i++) {
        bool body = ends_sentence(text->lines[i]);
        ty_buffer_add(out, body ? dateline(text->lines[i]) : text->lines[i]);
        ty_buffer_add_char(out, '\n');
        if (body)
            break;
    }
}

/* ------------------------------------------------------------------------------------------ names */

typedef enum kind { OTHER, LATIN, KATAKANA, HAN } kind;

static kind kind_of(uint32_t code_point)
{
    switch (ty_char_script(code_point)) {
    case TY_SCRIPT_KATAKANA: return KATAKANA;
    case TY_SCRIPT_HAN: return HAN;
    case TY_SCRIPT_HIRAGANA: return OTHER;
    default: return ty_char_is_letter(code_point) || ty_char_is_digit(code_point) ? LATIN : OTHER;
    }
}

/* A run of one kind of letters; of others than Han and Katakana, one that begins with a capital or a figure.
 */
static bool is_name(ty_slice run, kind of)
{
    size_t at = 0;
    uint32_t first = ty_utf8_next(run, &at);
    return of != LATIN || ty_char_is_upper(first) || ty_char_is_digit(first);
}

/* Adds up the names, in any order. */
static uint64_t sum_names(ty_slice head)
{
    uint64_t sum = 0;
    size_t start = 0, at = 0;
    kind run = OTHER;
    while (at <= head.size) {
        size_t next = at;
        kind now = at < head.size ? kind_of(ty_utf8_next(head, &next)) : OTHER;
        if (now != run || at == head.size) {
            ty_slice name = ty_slice_sub(head, start, at);
            if (run != OTHER && is_name(name, run))
                sum += ty_hash(name, (uint64_t)run);
            start = at;
            run = now;
        }
        if (at == head.size)
            break;
        at = next;
    }
    return sum;
}

static ty_status sum_numbers(ty_slice head, ty_slice lang, uint64_t *out, ty_error *error)
{
    ty_numbers numbers = {0};
    ty_status status = ty_numbers_find(head, lang, &numbers, error);
    *out = 0;
    for (size_t i = 0; i < numbers.count; i++)
        *out += ty_hash((ty_slice){(const char *)&numbers.items[i].value, sizeof(double)}, 1);
    ty_vector_release(&numbers);
    return status;
}

/* ------------------------------------------------------------------------------------------ comparing */

static bool has_line(const ty_version_text *text, ty_slice line)
{
    for (size_t i = 0; i < text->count && i < LINES; i++)
        if (ty_slice_equal(text->lines[i], line))
            return true;
    return false;
}

static ty_status texts_differ(ty_slice one, ty_slice other, ty_slice lang, bool *out, ty_error *error)
{
    uint64_t numbers[2];
    *out = sum_names(one) != sum_names(other);
    ty_status status = sum_numbers(one, lang, &numbers[0], error);
    if (status == TY_OK)
        status = sum_numbers(other, lang, &numbers[1], error);
    *out |= status == TY_OK && numbers[0] != numbers[1];
    return status;
}

ty_status ty_version_heads_differ(const ty_version_text *one, const ty_version_text *other, bool *out,
                                  ty_error *error)
{
    ty_buffer heads[2] = {{0}, {0}};
    *out = one->date.size && other->date.size && !ty_slice_equal(one->date, other->date);
    add_head(one, &heads[0]);
    add_head(other, &heads[1]);
    ty_status status = heads[0].failed || heads[1].failed ? ty_error_nomem(error) : TY_OK;
    if (status == TY_OK && !*out)
        status = texts_differ(ty_buffer_slice(&heads[0]), ty_buffer_slice(&heads[1]), one->lang, out, error);
    /* A title that stands in the other's text was given or mended by a person. */
    bool titles = one->title.size && other->title.size && !has_line(other, one->title);
    if (status == TY_OK && !*out && titles)
        status = texts_differ(one->title, other->title, one->lang, out, error);
    ty_buffer_release(&heads[0]);
    ty_buffer_release(&heads[1]);
    return status;
}
