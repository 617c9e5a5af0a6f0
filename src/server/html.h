/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one writer of HTML: a template whose holes are escaped, and whose words are those of the reader.
 *
 *   ty_html(page, "<a href=\"$s\">{Open}</a> $t", address, title)
 *
 *   $t  ty_slice, escaped        $s  C string, escaped        $d  int64_t        $p  double as "97.2"
 *   $r  C string of ours that is markup already               $$  a dollar
 *   {English label}  the label in the page's language; it may have holes of its own, filled in order
 *
 * What is escaped is safe as text and as a value between double quotes. Attributes are always quoted.
 */
#ifndef TY_SERVER_HTML_H
#define TY_SERVER_HTML_H

#include "base/base.h"

typedef struct ty_page {
    ty_buffer *out;
    const char *ui; /* "en" or "ja": of labels */
} ty_page;

void ty_html(const ty_page *page, const char *template, ...);
/* The text escaped, safe between tags and between double quotes. U+0000 and broken bytes become U+FFFD. */
void ty_html_text(const ty_page *page, ty_slice text);
/* The text with the spans, in order, as <mark> of the class (NULL: none). */
void ty_html_marked(const ty_page *page, ty_slice text, const ty_span *spans, size_t count, const char *mark);
/* Adds text for XML character data; what XML 1.0 cannot hold, U+0001 or U+FFFE say, is left out. */
void ty_xml_text(ty_buffer *out, ty_slice text);
/* " lang=... dir=..." for a text in the language; nothing where it is not known. */
void ty_html_lang(const ty_page *page, ty_slice lang);
/* A text in an element of its own: <span lang dir>text</span>. */
void ty_html_in(const ty_page *page, const char *element, ty_slice lang, ty_slice text);

/* The label in the language `ui`; English where it has none. Borrowed, for ever. */
const char *ty_label(const char *ui, const char *english) __attribute__((format_arg(2)));

/* Marks a label in a table, for tests/web/labels. */
#ifndef N_ /* present.h has it, too */
#define N_(words) words
#endif

/* A label of the generated catalogue, sorted by `english`. */
typedef struct ty_label_entry {
    const char *english, *japanese;
} ty_label_entry;
extern const ty_label_entry ty_label_table[];
extern const size_t ty_label_count;

#endif
