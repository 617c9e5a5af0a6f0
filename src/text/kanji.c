/* SPDX-License-Identifier: Apache-2.0 */
#include "text/internal.h"

uint32_t ty_kanji_now(uint32_t c)
{
    size_t low = 0, high = kanji_may_change(c) ? ty_text_kanji_form_count : 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ty_text_kanji_forms[middle].old_form == c)
            return ty_text_kanji_forms[middle].new_form;
        if (ty_text_kanji_forms[middle].old_form > c)
            high = middle;
        else
            low = middle + 1;
    }
    return c;
}

uint32_t ty_kanji_digest(void)
{
    return ty_text_kanji_digest;
}

const ty_kanji_form *ty_kanji_forms(size_t *count)
{
    *count = ty_text_kanji_form_count;
    return ty_text_kanji_forms;
}
