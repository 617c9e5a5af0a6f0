/* SPDX-License-Identifier: Apache-2.0 */
/* Help, and what all this is made of. */
#include "library_versions.h"
#include "server/pages.h"

typedef struct key {
    const char *keys, *label;
} key;

typedef struct section {
    const char *title;
    key keys[16];
} section;

/* One table for the page, for the dialog that ? opens, and for the tests of the keys. */
static const section sections[] = {
    {N_("Move"),
     {{"Space", N_("confirm, go to the next doubtful")},
      {"n p", N_("next / previous doubtful")},
      {"↓ ↑ j k", N_("next / previous bead")},
      {"← →", N_("the other language")},
      {"g", N_("go to a sentence: E12, J30")},
      {"Shift+N Shift+P", N_("next / previous release")}}},
    {N_("Repair"),
     {{"u", N_("first sentence of this side up to the bead above")},
      {"d", N_("last sentence of this side down to the bead below")},
      {"Shift+U Shift+D", N_("fetch one from the bead above / below")},
      {"m Shift+M", N_("merge with the bead below / above")},
      {"s", N_("split behind the first sentence of each side; a single sentence: choose where")},
      {"x", N_("unlink")},
      {"w Shift+W", N_("exchange partners with the bead below / above")},
      {"l", N_("link: press on one side, go to its partner, press again")},
      {"1 2 3", N_("take the alternative of that number")},
      {"o", N_("leave out of the memory / take back in")},
      {"r", N_("realign the rest around confirmed beads")}}},
    {N_("Confirm"),
     {{"Space a", N_("confirm, go to the next doubtful")},
      {"c", N_("confirm all above a value")},
      {"q", N_("take the confirmation back")},
      {"b", N_("mark for a colleague")},
      {"z Shift+Z", N_("undo / redo (Ctrl+Z, Ctrl+Y)")}}},
    {N_("Edit"),
     {{"e F2 Enter", N_("edit this side in place")},
      {"Ctrl+Enter", N_("(in text) save, confirm, go on")},
      {"Alt+Enter", N_("(in text) cut the sentence at the caret")},
      {"Alt+1…9", N_("(in text) insert the term of that number")},
      {"Esc", N_("(in text) leave without saving")},
      {"y", N_("why: what ties the two sides")},
      {"i", N_("let the finding stand")},
      {"f", N_("use the finding’s better term")}}},
    {N_("Concordance"),
     {{"↓ ↑ j k", N_("next / previous hit")},
      {"Enter v", N_("open in its release")},
      {"c", N_("copy the other side")},
      {"s", N_("next sort order")},
      {"t", N_("full sentences / one line")},
      {"h", N_("to the filter on the other language")}}},
    {N_("Candidates and check"),
     {{"a", N_("accept")},
      {"i", N_("let the finding stand")},
      {"f", N_("use the finding’s better term")},
      {"v", N_("open in its release")}}},
    {N_("Everywhere"),
     {{"/", N_("search")},
      {"?", N_("this help")},
      {"g 1…5", N_("Desk, Review, Concordance, Terms, Check")},
      {"Esc", N_("close")}}},
};

static void put_keys(ty_http *http, const char *keys)
{
    ty_slice rest = ty_slice_of(keys), one;
    while (ty_slice_next(&rest, ' ', &one))
        ty_html(&http->page, "<kbd>$t</kbd> ", one);
}

static void put_section(ty_http *http, const section *s)
{
    ty_html(&http->page, "<section><h2>$s</h2><dl>\n", ty_label(http->taste.ui, s->title));
    for (const key *k = s->keys; k->keys; k++) {
        ty_html(&http->page, "<dt>");
        put_keys(http, k->keys);
        ty_html(&http->page, "</dt><dd>$s</dd>\n", ty_label(http->taste.ui, k->label));
    }
    ty_html(&http->page, "</dl></section>\n");
}

static void put_acknowledgement(ty_http *http)
{
    ty_html(&http->page, "<p>{Ties between words, and places in the other language, use EDICT and ENAMDICT, "
                         "which are the property of "
                         "the Electronic Dictionary Research and Development Group, and are used in "
                         "conformance with the Group’s "
                         "licence.} <a rel=\"noopener noreferrer\" "
                         "href=\"https://www.edrdg.org/edrdg/licence.html\">edrdg.org</a></p>\n");
}

void ty_answer_help(ty_http *http)
{
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "Help and keys")), "help");
    ty_html(&http->page,
            "<h1>{Help and keys}</h1>\n<p class=\"mute\">{Letters are keys while a list has the focus, never "
            "in a text field. The settings turn them off: then they want Ctrl+Alt.}</p>\n<div class=\"keys\" "
            "id=\"keys\">\n");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        put_section(http, &sections[i]);
    ty_html(
        &http->page,
        "</div>\n<section class=\"card\"><h2>{What is stored of whom}</h2>"
        "<p>{A change keeps the name of who made it and when, in the memory file, as long as the file lives; "
        "names are set on the settings page. What is looked up is stored nowhere: the log has time, name, "
        "kind of page, status and duration, never a query, a text or a token. A removed token is forgotten "
        "at once. A text is erased for good, history included, with taiyaku remove "
        "--for-good.}</p></section>\n");
    put_acknowledgement(http);
    ty_page_end(http);
}

typedef struct licence {
    const char *name, *version, *licence, *address; /* without a version: not built in */
} licence;

static const licence libraries[] = {
    {"SQLite", TY_VERSION_OF_SQLITE, "public domain", "https://www.sqlite.org/copyright.html"},
    {"ICU", TY_VERSION_OF_ICU, "Unicode-3.0", "https://icu.unicode.org/"},
    {"libxml2", TY_VERSION_OF_LIBXML2, "MIT", "https://gitlab.gnome.org/GNOME/libxml2"},
    {"zlib", TY_VERSION_OF_ZLIB, "Zlib", "https://zlib.net/"},
    {"Jansson", TY_VERSION_OF_JANSSON, "MIT", "https://github.com/akheron/jansson"},
    {"libxlsxwriter", TY_VERSION_OF_XLSXWRITER, "BSD-2-Clause", "https://libxlsxwriter.github.io/"},
    {"cmark-gfm", TY_VERSION_OF_CMARK, "BSD-2-Clause", "https://github.com/github/cmark-gfm"},
    {"libpq", TY_VERSION_OF_LIBPQ, "PostgreSQL", "https://www.postgresql.org/about/licence/"},
    {"GNU libmicrohttpd", TY_VERSION_OF_MICROHTTPD, "LGPL-2.1-or-later",
     "https://www.gnu.org/software/libmicrohttpd/"},
    {"Nettle", TY_VERSION_OF_NETTLE, "LGPL-3.0-or-later OR GPL-2.0-or-later",
     "https://www.lysator.liu.se/~nisse/nettle/"},
};

static void put_part(ty_http *http, const licence *l)
{
    if (!l->version[0])
        return;
    ty_html(&http->page,
            "<tr><th scope=\"row\"><a rel=\"noopener noreferrer\" "
            "href=\"$s\">$s</a></th><td class=\"nowrap\">$s</td><td>$s</td></tr>\n",
            l->address, l->name, l->version, l->licence);
}

/* Data: our own come with the program; dictionaries are the system's, and as old as it has them. */
static void put_data(ty_http *http)
{
    ty_html(&http->page,
            "<tr><th scope=\"row\">{Glossaries, word lists and rules of Taiyaku}</th><td "
            "class=\"nowrap\">$s</td><td>Apache-2.0</td></tr>\n",
            ty_version());
    ty_html(&http->page, "<tr><th scope=\"row\"><a rel=\"noopener noreferrer\" "
                         "href=\"https://www.edrdg.org/edrdg/licence.html\">EDICT, ENAMDICT</a></th><td "
                         "class=\"nowrap\">{where installed}</td><td>CC-BY-SA-4.0</td></tr>\n");
}

void ty_answer_about(ty_http *http)
{
    ty_page_begin(http, ty_slice_of(ty_label(http->taste.ui, "About and licences")), "about");
    ty_html(&http->page,
            "<h1>{About and licences}</h1>\n<p>{Translation memory and terminology; nothing leaves "
            "this server.}</p>\n<section class=\"card\"><table><thead><tr><th scope=\"col\">{Part}</th><th "
            "scope=\"col\">{Version}</th><th scope=\"col\">{Licence}</th></tr></thead><tbody>\n<tr><th "
            "scope=\"row\">Taiyaku</th><td class=\"nowrap\">$s</td><td>Apache-2.0</td></tr>\n",
            ty_version());
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        put_part(http, &libraries[i]);
    put_data(http);
    ty_html(&http->page, "</tbody></table></section>\n");
    put_acknowledgement(http);
    ty_page_end(http);
}
