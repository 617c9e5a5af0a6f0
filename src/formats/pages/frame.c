/* SPDX-License-Identifier: Apache-2.0 */
/* What all pages have: the head, the looks, cells. */
#include "formats/pages/pages.h"

static const char style_of_all[] =
    ":root{color-scheme:light dark;--line:#8884;--tie:#06c3;--hit:#fc08}\n"
    "body{font:16px/1.6 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem}\n"
    "table{border-collapse:collapse;width:100%}\n"
    "td,th{border-top:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}\n"
    "mark{background:var(--tie);color:inherit;border-radius:2px}\n"
    "footer{margin-top:2rem;font-size:.85rem;opacity:.8;white-space:pre-line}\n";

void ty_page_frame_begin(ty_buffer *html, const char *title, const char *style)
{
    ty_buffer_add_format(html,
                         "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
                         "<style>\n%s%s</style>\n</head>\n<body>\n",
                         ty_words_language(), title, style_of_all, style);
}

void ty_page_frame_end(ty_buffer *html)
{
    ty_buffer_add_string(html, "</body>\n</html>\n");
}

void ty_page_frame_cell(ty_buffer *html, ty_slice lang)
{
    ty_buffer_add_string(html, "<td lang=\"");
    ty_buffer_add_xml_attribute(html, lang);
    ty_buffer_add_string(html, "\">");
}
