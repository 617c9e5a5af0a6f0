/* SPDX-License-Identifier: Apache-2.0 */
/* What a document says of itself: what it declares, else what stands in its first lines. */
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

ty_status ty_text_find_date(ty_text *text, ty_error *error)
{
    ty_numbers numbers = {0};
    struct date date;
    ty_slice head = ty_slice_sub(ty_buffer_slice(&text->document.text), 0, HEAD);
    if (text->document.date.size || !text->lang.size)
        return TY_OK;
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
    return status;
}

ty_document_facts ty_text_facts(const ty_text *text)
{
    const ty_document *document = &text->document;
    return (ty_document_facts){.title = document->title,
                               .date = document->date,
                               .url = document->url,
                               .lang = text->lang,
                               .encoding = ty_slice_of(document->encoding)};
}
