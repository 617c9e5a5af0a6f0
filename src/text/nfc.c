/* SPDX-License-Identifier: Apache-2.0 */
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "text/internal.h"

enum { UNITS = 512 };

/* Normalised up to a place where nothing before can combine with what follows. */
static bool is_nfc_so_far(const UNormalizer2 *nfc, const UChar *units, int32_t count)
{
    UErrorCode status = U_ZERO_ERROR;
    return unorm2_isNormalized(nfc, units, count, &status) || U_FAILURE(status);
}

ty_status ty_text_is_nfc(ty_slice text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        return TY_ERR_NOMEM;
    UChar units[UNITS];
    int32_t count = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        if (c == TY_CODE_POINT_NONE)
            continue;
        if (count + 2 > UNITS || (count > UNITS / 2 && unorm2_hasBoundaryBefore(nfc, (UChar32)c))) {
            if (!is_nfc_so_far(nfc, units, count))
                return TY_NO;
            count = 0;
        }
        UBool full = false;
        U16_APPEND(units, count, UNITS, (UChar32)c, full);
        (void)full;
    }
    return is_nfc_so_far(nfc, units, count) ? TY_OK : TY_NO;
}
