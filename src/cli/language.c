/* SPDX-License-Identifier: Apache-2.0 */
#include "language.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/sys.h"
#include "base/base.h"

/* The first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX has it (Base Definitions, 8.2). */
static const char *wanted_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0])
            return value;
    }
    return "";
}

/*
 * A locale that this machine has not made, as in most containers, is no reason to speak English: the words
 * come from our own catalogue, and all that they need of a locale is UTF-8.
 */
static void do_without_locale(void)
{
    const char *wanted = wanted_locale();
    size_t size = strcspn(wanted, ".@");
    char language[32] = "";
    const char *told = getenv("LANGUAGE");
    if (!setlocale(LC_ALL, "C.UTF-8") || size >= sizeof language || (told && told[0]))
        return;
    memcpy(language, wanted, size);
    ty_sys_set_variable("LANGUAGE", language, true);
}

/* Beside the program where it is installed, or in the tree it was built in. */
static void bind_catalogue(void)
{
    static const char *const places[] = {"po/ja/LC_MESSAGES", "share/locale/ja/LC_MESSAGES"};
    ty_buffer path = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (ty_path_data(places[i], &path)) {
            path.data[path.size - strlen("/ja/LC_MESSAGES")] = '\0';
            bindtextdomain("taiyaku", path.data);
            break;
        }
    bind_textdomain_codeset("taiyaku", "UTF-8");
    ty_buffer_release(&path);
}

void ty_language_begin(void)
{
    if (!setlocale(LC_ALL, ""))
        do_without_locale();
    bind_catalogue();
}
