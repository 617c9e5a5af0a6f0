/* SPDX-License-Identifier: Apache-2.0 */
#include "text/text.h"
#include "unit/unit.h"

const ty_variant *ty_variant_in(const ty_unit *unit, ty_slice lang, const ty_variant *other)
{
    const ty_variant *wider = NULL;
    for (size_t i = 0; i < unit->variant_count; i++) {
        const ty_variant *variant = &unit->variants[i];
        if (variant != other && ty_lang_is_within(lang, variant->lang))
            return variant;
        if (variant != other && !wider && ty_lang_matches(lang, variant->lang))
            wider = variant;
    }
    return wider;
}
