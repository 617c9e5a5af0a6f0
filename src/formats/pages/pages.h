/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages - what is written to be looked at: one file, nothing from outside, readable in light and dark, by
 * keyboard, and without telling colours apart.
 */
#ifndef TY_FORMATS_PAGES_H
#define TY_FORMATS_PAGES_H

#include "formats/formats.h"

/* Everything up to and with <body>; `style` are rules of the page's own. */
void ty_page_frame_begin(ty_buffer *html, const char *title, const char *style);
void ty_page_frame_end(ty_buffer *html);
/* <td lang="...">, to be closed by the caller. */
void ty_page_frame_cell(ty_buffer *html, ty_slice lang);

#endif
