/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/unit.h"

const char *ty_term_status_name(ty_term_status status)
{
    static const char *const names[] = {
        [TY_TERM_UNKNOWN] = "",
        [TY_TERM_APPROVED] = "approved",
        [TY_TERM_PROVISIONAL] = "provisional",
        [TY_TERM_NON_STANDARD] = "non-standard",
        [TY_TERM_FORBIDDEN] = "forbidden",
    };
    return (size_t)status < sizeof names / sizeof *names ? names[status] : "";
}

/*
 * Spellings without blanks, hyphens, underscores, a final "admnsts" and a final "term". UTX 1.20; TBX's
 * administrativeStatus and normativeAuthorization (ISO 30042, ISO 12620), mapped as TBX-Min to UTX: admitted
 * is provisional, not recommended is non-standard.
 */
static const struct {
    const char *name;
    ty_term_status status;
} spellings[] = {
    {"approved", TY_TERM_APPROVED},
    {"preferred", TY_TERM_APPROVED},
    {"standardized", TY_TERM_APPROVED},
    {"standardised", TY_TERM_APPROVED},
    {"standard", TY_TERM_APPROVED},
    {"recommended", TY_TERM_APPROVED},
    {"regulated", TY_TERM_APPROVED},
    {"legal", TY_TERM_APPROVED},
    {"master", TY_TERM_APPROVED},
    {"承認", TY_TERM_APPROVED},
    {"承認済み", TY_TERM_APPROVED},
    {"推奨", TY_TERM_APPROVED},
    {"provisional", TY_TERM_PROVISIONAL},
    {"admitted", TY_TERM_PROVISIONAL},
    {"proposed", TY_TERM_PROVISIONAL},
    {"acceptable", TY_TERM_PROVISIONAL},
    {"accepted", TY_TERM_PROVISIONAL},
    {"allowed", TY_TERM_PROVISIONAL},
    {"draft", TY_TERM_PROVISIONAL},
    {"new", TY_TERM_PROVISIONAL},
    {"暫定", TY_TERM_PROVISIONAL},
    {"許容", TY_TERM_PROVISIONAL},
    {"nonstandard", TY_TERM_NON_STANDARD},
    {"notrecommended", TY_TERM_NON_STANDARD},
    {"superseded", TY_TERM_FORBIDDEN},
    {"avoid", TY_TERM_NON_STANDARD},
    {"非標準", TY_TERM_NON_STANDARD},
    {"非推奨", TY_TERM_NON_STANDARD},
    {"forbidden", TY_TERM_FORBIDDEN},
    {"deprecated", TY_TERM_FORBIDDEN},
    {"obsolete", TY_TERM_FORBIDDEN},
    {"rejected", TY_TERM_FORBIDDEN},
    {"prohibited", TY_TERM_FORBIDDEN},
    {"banned", TY_TERM_FORBIDDEN},
    {"donotuse", TY_TERM_FORBIDDEN},
    {"禁止", TY_TERM_FORBIDDEN},
    {"使用禁止", TY_TERM_FORBIDDEN},
    {"不可", TY_TERM_FORBIDDEN},
    {"使用不可", TY_TERM_FORBIDDEN},
    {"使用可", TY_TERM_APPROVED},
    {"可", TY_TERM_APPROVED},
};

static void drop_end(ty_slice *text, ty_slice end)
{
    if (text->size > end.size && ty_slice_ends(*text, end))
        text->size -= end.size;
}

ty_term_status ty_term_status_of(ty_slice name)
{
    char plain[64];
    ty_slice key = {plain, 0};
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (c == ' ' || c == '-' || c == '_')
            continue;
        if (key.size == sizeof plain)
            return TY_TERM_UNKNOWN;
        plain[key.size++] = c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
    }
    drop_end(&key, TY_SLICE("admnsts"));
    drop_end(&key, TY_SLICE("term"));
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        if (ty_slice_equal(key, ty_slice_of(spellings[i].name)))
            return spellings[i].status;
    return TY_TERM_UNKNOWN;
}
