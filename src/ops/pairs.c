/* Units as pairs of texts in two languages: what checks, mining and the history of terms walk over. */
#include "internal.h"

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

ty_status ty_each_pair(ty_memory *memory, ty_slice source_lang, ty_slice target_lang,
                       ty_status (*each)(void *payload, const ty_text_pair *pair, ty_error *error),
                       void *payload, ty_error *error)
{
    ty_unit_filter filter = {.source = source_lang, .target = target_lang};
    ty_units *units = NULL;
    ty_stored_unit stored;
    ty_text_pair pair;
    ty_status status = ty_units_open(memory->store, &filter, &units, error);
    while (status == TY_OK && (status = ty_units_next(units, &stored, error)) == TY_OK)
        if (ty_pair_of_unit(&stored, source_lang, target_lang, &pair))
            status = each(payload, &pair, error);
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}
