/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/told_forms.h"

#include <inttypes.h>
#include <stdlib.h>

void ty_told_form_write(const ty_told_form *form, ty_buffer *out)
{
    ty_buffer_add_format(out, "%016" PRIx64 " ", form->former);
    if (form->gone)
        ty_buffer_add_format(out, "-%s%.*s", form->date.size ? " " : "", TY_SLICE_FORMAT(form->date));
    else
        ty_buffer_add_format(out, "%016" PRIx64, form->now);
}

static bool read_digest(ty_slice text, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        *out = *out << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return text.size == 16;
}

bool ty_told_form_read(ty_slice text, ty_told_form *out)
{
    ty_slice former = {"", 0}, now = {"", 0};
    ty_slice_next(&text, ' ', &former);
    ty_slice_next(&text, ' ', &now);
    *out = (ty_told_form){.gone = ty_slice_equal(now, TY_SLICE("-")), .date = text};
    return read_digest(former, &out->former) && (out->gone || read_digest(now, &out->now));
}

static int by_now(const void *a, const void *b)
{
    const ty_told_form *x = a, *y = b;
    if (x->gone != y->gone)
        return x->gone ? 1 : -1;
    if (x->now != y->now)
        return x->now < y->now ? -1 : 1;
    return (x->former > y->former) - (x->former < y->former);
}

void ty_told_forms_sort(ty_told_forms *forms)
{
    if (forms->count)
        qsort(forms->items, forms->count, sizeof *forms->items, by_now);
}

const ty_told_form *ty_told_forms_of(const ty_told_forms *forms, uint64_t now, size_t *count)
{
    size_t low = 0, high = forms->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (!forms->items[middle].gone && forms->items[middle].now < now)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < forms->count && !forms->items[low + *count].gone &&
           forms->items[low + *count].now == now)
        ++*count;
    return *count ? &forms->items[low] : NULL;
}
