/* SPDX-License-Identifier: Apache-2.0 */
/* The library says what is wrong; which option helps is the program's to say. */
#include "listen.h"

const char *ty_advice(const char *rule)
{
    static const struct {
        const char *rule, *advice;
    } table[] = {
        {"no-translations", "; --force aligns them all the same"},
        {"language-contradicted", "; --force takes it all the same"},
        {"encoding", "; name the encoding with --encoding"},
        {"encoding-unknown", "; name it with --encoding"},
        {"no-target-language", "; name it with -t"},
        {"no-place", " Give -m FILE, or set TAIYAKU_MEMORY"},
        {"forbidden-character", "; --repair replaces such"},
        {"is-xliff", "; --as xliff takes it"},
        {"is-po", "; --as po takes it"},
        {"no-terms", "; \"taiyaku term import --bundled\" brings the glossary"},
        {"lang-underscore", " (--lang-map on export)"},
        {"lang-malformed", " (--lang-map on export)"},
        {"lang-unknown", " (--lang-map on export)"},
        {"lang-three-letter", " (--lang-map on export)"},
    };
    for (size_t i = 0; rule && i < sizeof table / sizeof *table; i++)
        if (strcmp(rule, table[i].rule) == 0)
            return table[i].advice;
    return "";
}
