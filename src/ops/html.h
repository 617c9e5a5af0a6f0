/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html.h - pages to look at: one file, nothing from outside, readable in light and dark, by keyboard, and
 * without telling colours apart.
 */
#ifndef TY_OPS_HTML_H
#define TY_OPS_HTML_H

#include "base/base.h"

/* Everything up to and with <body>; `style` are rules of the page's own. */
void ty_html_begin(ty_buffer *html, const char *title, const char *style);
void ty_html_end(ty_buffer *html);
/* <td lang="...">, to be closed by the caller. */
void ty_html_begin_cell(ty_buffer *html, ty_slice lang);
/* Writes the page to `path` (NULL or "-": standard output). */
ty_status ty_html_write(const ty_buffer *html, const ty_sink *sink, ty_error *error);

#endif
