/* SPDX-License-Identifier: Apache-2.0 */
/* What a document says of itself: what it declares, else what stands in its first lines, else in its name. */
#include <stdio.h>

#include "ops/internal.h"

enum { HEAD = 1500, YEAR_FIRST = 1868 }; /* bytes in which a release has its date; the first year of Meiji */

struct date {
    double year, month, day;
};

/* Year, month, day in any order, next to each other: 令和8年3月2日, March 2, 2026, 2 March 2026. */
static bool read_date(const ty_number *numbers, size_t left, struct date *out)
{
    *out = (struct date){0};
    for (size_t i = 0; i < 3 && i < left; i++) {
        const ty_number *number = &numbers[i];
        if (i && number->start - numbers[i - 1].end > 12)
            return false;
        if (number->kind == TY_NUMBER_YEAR ||
            (number->kind == TY_NUMBER_PLAIN && number->value >= YEAR_FIRST))
            out->year = number->value;
        else if (number->kind == TY_NUMBER_MONTH)
            out->month = number->value;
        else if (number->kind == TY_NUMBER_DAY || number->kind == TY_NUMBER_PLAIN)
            out->day = number->value;
    }
    return out->year >= YEAR_FIRST && out->year < 2200 && out->month >= 1 && out->month <= 12 &&
           out->day >= 1 && out->day <= 31;
}

/* A date that is eight digits, with - _ or nothing between them: "2026-03-02_press.html", "20260302/en.txt".
 */
static bool read_name(ty_slice name, size_t at, char iso[11])
{
    char digits[9] = "";
    size_t count = 0, end = at;
    while (end < name.size && count < 8) {
        char c = name.data[end];
        bool parts = (c == '-' || c == '_' || c == '.') && (count == 4 || count == 6) && end > at;
        if (c >= '0' && c <= '9')
            digits[count++] = c;
        else if (!parts || name.data[end - 1] < '0' || name.data[end - 1] > '9')
            return false;
        end++;
    }
    int year = 0, month = 0, day = 0;
    bool whole = count == 8 && (end == name.size || name.data[end] < '0' || name.data[end] > '9');
    if (!whole || sscanf(digits, "%4d%2d%2d", &year, &month, &day) != 3)
        return false;
    if (year < 1945 || year > 2100 || month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    snprintf(iso, 11, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
    return true;
}

/* The date in the name of the file, else of the folder it is in. */
static void find_date_in_name(ty_text *text)
{
    char iso[11];
    ty_slice path = ty_slice_of(text->path);
    for (int part = 0; part < 2 && !text->document.date.size; part++) {
        size_t start = path.size;
        while (start > 0 && path.data[start - 1] != '/')
            start--;
        for (size_t at = start; at < path.size && !text->document.date.size; at++) {
            bool begins = at == start || path.data[at - 1] < '0' || path.data[at - 1] > '9';
            if (begins && read_name(path, at, iso))
                text->document.date = ty_arena_copy(&text->arena, ty_slice_of(iso));
        }
        path = ty_slice_sub(path, 0, start ? start - 1 : 0);
    }
}

ty_status ty_text_find_date(ty_text *text, ty_error *error)
{
    ty_numbers numbers = {0};
    struct date date;
    ty_slice head = ty_slice_sub(ty_buffer_slice(&text->document.text), 0, HEAD);
    if (text->document.date.size)
        return TY_OK;
    if (!text->lang.size) {
        find_date_in_name(text);
        return TY_OK;
    }
    ty_status status = ty_numbers_find(head, text->lang, &numbers, error);
    for (size_t i = 0; i + 2 < numbers.count && status == TY_OK; i++)
        if (read_date(numbers.items + i, numbers.count - i, &date)) {
            char iso[16];
            snprintf(iso, sizeof iso, "%04u-%02u-%02u", (unsigned)date.year % 10000u,
                     (unsigned)date.month % 100u, (unsigned)date.day % 100u);
            text->document.date = ty_arena_copy(&text->arena, ty_slice_of(iso));
            break;
        }
    ty_vector_release(&numbers);
    if (status == TY_OK && !text->document.date.size)
        find_date_in_name(text);
    return status;
}

ty_document_facts ty_text_facts(const ty_text *text)
{
    const ty_document *document = &text->document;
    return (ty_document_facts){.title = document->title,
                               .date = document->date,
                               .url = document->url,
                               .lang = text->lang,
                               .agency = document->agency,
                               .encoding = ty_slice_of(document->encoding),
                               .format = ty_slice_of(ty_format_name(document->format))};
}
