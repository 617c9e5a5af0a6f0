/* SPDX-License-Identifier: Apache-2.0 */
/* Names of languages for people. */
#include "server/internal.h"

static const struct {
    const char *tag, *label;
} names[] = {{"en", N_("English")}, {"ja", N_("Japanese")}, {"ar", N_("Arabic")},  {"de", N_("German")},
             {"es", N_("Spanish")}, {"fr", N_("French")},   {"ko", N_("Korean")},  {"pt", N_("Portuguese")},
             {"ru", N_("Russian")}, {"zh", N_("Chinese")},  {"it", N_("Italian")}, {"id", N_("Indonesian")}};

/* The tag itself where it says more than the language, or one that we have no name for. */
const char *ty_language_label(ty_http *http, ty_slice lang)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal_nocase(lang, ty_slice_of(names[i].tag)))
            return ty_label(http->taste.ui, names[i].label);
    return ty_http_copy(http, lang);
}
