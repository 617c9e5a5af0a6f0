/* SPDX-License-Identifier: Apache-2.0 */
/* Files to work on, as the registry has them. */
#include "formats/format.h"

static int bid_xliff(const struct head *head)
{
    return ty_head_bid_root(head, "xliff");
}

static int bid_txml(const struct head *head)
{
    return ty_head_bid_root(head, "txml");
}

static int bid_qt_ts(const struct head *head)
{
    return ty_head_bid_root(head, "TS");
}

static int bid_po(const struct head *head)
{
    size_t id = ty_slice_find(head->text, TY_SLICE("msgid \""), 0);
    bool is = id != SIZE_MAX && ty_slice_find(head->text, TY_SLICE("msgstr"), id) != SIZE_MAX;
    return is ? BID_WORDS : BID_NONE;
}

enum { GIVES = TY_GIVES_UNITS | TY_GIVES_SEGMENTS };

const struct format ty_xliff_format = {
    .name = "xliff", .label = "an XLIFF file", .endings = ".xlf .xliff", .gives = GIVES, .bid = bid_xliff};

const struct format ty_txml_format = {
    .name = "txml", .label = "a TXML of Wordfast", .endings = ".txml", .gives = GIVES, .bid = bid_txml};

const struct format ty_qt_ts_format = {
    .name = "ts", .label = "a Qt translation", .endings = ".ts", .gives = GIVES, .bid = bid_qt_ts};

const struct format ty_po_format = {.name = "po",
                                    .label = "a PO file",
                                    .endings = ".po",
                                    .gives = GIVES | TY_GIVES_PLAIN_TEXT,
                                    .bid = bid_po};
