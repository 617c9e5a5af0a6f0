/* SPDX-License-Identifier: Apache-2.0 */
/* Units as pairs of texts in two languages: what checks, mining and the history of terms walk over. */
#include <stdio.h>

#include "ops/internal.h"

bool ty_pair_of_unit(const ty_stored_unit *stored, ty_slice source_lang, ty_slice target_lang,
                     ty_text_pair *out)
{
    const ty_variant *source = ty_variant_in(&stored->unit, source_lang, NULL);
    const ty_variant *target = source ? ty_variant_in(&stored->unit, target_lang, source) : NULL;
    if (!source || !target)
        return false;
    *out = (ty_text_pair){.source = source->text, .target = target->text, .stored = stored};
    return true;
}

ty_status ty_pair_each(ty_memory *memory, ty_slice source_lang, ty_slice target_lang,
                       ty_status (*each)(void *payload, const ty_text_pair *pair, ty_error *error),
                       void *payload, ty_error *error)
{
    ty_unit_filter filter = {.source = source_lang, .target = target_lang, .no_labels = true};
    ty_units *units = NULL;
    ty_stored_unit stored;
    ty_text_pair pair;
    uint64_t read = 0;
    ty_status status = ty_units_open(memory->store, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &stored, error)) == TY_OK) {
        if (ty_pair_of_unit(&stored, source_lang, target_lang, &pair))
            status = each(payload, &pair, error);
        if (status == TY_OK && ++read % 1024 == 0 && !ty_progress(memory->listener, "units", read, 0))
            status = TY_STOP;
    }
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ dates */

static ty_slice written_date(const ty_stored_unit *stored)
{
    const ty_slice dates[] = {stored->origin_date, ty_unit_property(&stored->unit, "x-taiyaku:date"),
                              ty_attribute_find(stored->unit.attributes, "changedate"),
                              ty_attribute_find(stored->unit.attributes, "creationdate")};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (dates[i].size)
            return dates[i];
    return (ty_slice){"", 0};
}

/* 20150408T000000Z and 2015-04-08 are both 2015-04-08. */
void ty_pair_date(const ty_stored_unit *stored, char day[11])
{
    ty_slice date = written_date(stored);
    size_t digits = 0;
    while (digits < date.size && digits < 8 && date.data[digits] >= '0' && date.data[digits] <= '9')
        digits++;
    if (digits == 8)
        snprintf(day, 11, "%.4s-%.2s-%.2s", date.data, date.data + 4, date.data + 6);
    else
        snprintf(day, 11, "%.*s", (int)(date.size < 10 ? date.size : 10), date.data);
}
