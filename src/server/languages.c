/* SPDX-License-Identifier: Apache-2.0 */
/* Languages for people: their names, and those to choose from. */
#include "server/languages.h"

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

/* ------------------------------------------------------------------------------------------ to choose from
 */

enum { MOST = 24 };

typedef struct choice {
    ty_slice tags[MOST];
    size_t count;
} choice;

static void add(choice *c, ty_slice tag)
{
    for (size_t i = 0; i < c->count; i++)
        if (ty_slice_equal_nocase(c->tags[i], tag))
            return;
    if (tag.size && c->count < MOST)
        c->tags[c->count++] = tag;
}

/* "en" of "en-US". */
static ty_slice primary(ty_slice tag)
{
    size_t end = 0;
    while (end < tag.size && tag.data[end] != '-' && tag.data[end] != '_')
        end++;
    return ty_slice_sub(tag, 0, end);
}

static choice find_all(ty_http *http, ty_slice chosen)
{
    choice c = {.count = 0};
    ty_figures *figures = NULL;
    add(&c, TY_SLICE("en"));
    add(&c, TY_SLICE("ja"));
    add(&c, chosen);
    ty_http_need(http, ty_memory_figures(http->memory, &figures, &http->missing));
    for (size_t i = 0; figures && i < figures->language_count; i++)
        add(&c, ty_arena_copy(&http->arena, primary(figures->languages[i].name)));
    ty_figures_free(figures);
    return c;
}

void ty_languages_put_options(ty_http *http, ty_slice chosen)
{
    choice c = find_all(http, chosen);
    for (size_t i = 0; i < c.count; i++)
        ty_html(&http->page, "<option value=\"$t\"$r>$s</option>", c.tags[i],
                ty_slice_equal_nocase(c.tags[i], chosen) ? " selected" : "",
                ty_language_label(http, c.tags[i]));
}

static ty_slice side(const ty_http *http, const char *name, ty_slice usual)
{
    ty_slice given = ty_http_param(http, name);
    return given.size ? given : usual;
}

void ty_languages_put_pair(ty_http *http)
{
    ty_slice source = side(http, "s", TY_SLICE("en")), target = side(http, "t", TY_SLICE("ja"));
    if (find_all(http, source).count == 2 && ty_slice_equal(source, TY_SLICE("en")) &&
        ty_slice_equal(target, TY_SLICE("ja")))
        return;
    ty_html(&http->page, "<label>{Language} <select name=\"s\">");
    ty_languages_put_options(http, source);
    ty_html(&http->page,
            "</select></label><label>→ <span class=\"sr\">{Other language}</span><select name=\"t\">");
    ty_languages_put_options(http, target);
    ty_html(&http->page, "</select></label>");
}
