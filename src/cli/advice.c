/* SPDX-License-Identifier: Apache-2.0 */
/* The library says what is wrong; which option helps is the program's to say. */
#include "listen.h"

const char *ty_advice(const char *rule)
{
    static const struct {
        const char *rule, *advice;
    } table[] = {
        {"no-translations", N_("; --force aligns them all the same")},
        {"language-contradicted", N_("; --force takes it all the same")},
        {"encoding", N_("; name the encoding with --encoding")},
        {"encoding-unknown", N_("; name it with --encoding")},
        {"no-target-language", N_("; name it with -t")},
        {"column-names", N_(" (--columns)")},
        {"columns", N_("; --columns and --header tell otherwise")},
        {"still-there", N_("; \"taiyaku log --forget\" with an early date cleans them")},
        {"no-memory", N_("; \"taiyaku import\" makes one")},
        {"no-place", N_(" Give -m FILE, or set TAIYAKU_MEMORY")},
        {"forbidden-character", N_("; --repair replaces such")},
        {"is-xliff", N_("; --as xliff takes it")},
        {"is-po", N_("; --as po takes it")},
        {"is-txml", N_("; --as txml takes it")},
        {"is-ts", N_("; --as ts takes it")},
        {"languages", N_("; -s and -t choose others")},
        {"one-text", N_("; \"taiyaku term check SOURCE TARGET\" checks two texts")},
        {"no-terms", N_("; \"taiyaku term import --bundled\" brings the glossary")},
        {"lang-underscore", N_(" (--lang-map on export)")},
        {"lang-malformed", N_(" (--lang-map on export)")},
        {"lang-unknown", N_(" (--lang-map on export)")},
        {"lang-three-letter", N_(" (--lang-map on export)")},
    };
    for (size_t i = 0; rule && i < sizeof table / sizeof *table; i++)
        if (strcmp(rule, table[i].rule) == 0)
            return _(table[i].advice);
    return "";
}
