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

static ty_status read_units(const ty_source *source, const ty_unit_read_options *options,
                            const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                            ty_error *error)
{
    ty_bilingual_options own = {.format = options->format,
                                .encoding = options->encoding,
                                .source_lang = options->source_lang,
                                .target_lang = options->target_lang,
                                .all_states = options->all_states};
    return ty_bilingual_units(source, &own, sink, listener, counts, error);
}

enum { GIVES = TY_GIVES_UNITS | TY_GIVES_SEGMENTS };

const struct format ty_xliff_format = {.name = "xliff",
                                       .rule = "is-xliff",
                                       .label = N_("an XLIFF file"),
                                       .endings = ".xlf .xliff",
                                       .gives = GIVES | TY_TAKES_TARGETS,
                                       .bid = bid_xliff,
                                       .units = read_units};

const struct format ty_txml_format = {.name = "txml",
                                      .rule = "is-txml",
                                      .label = N_("a TXML of Wordfast"),
                                      .endings = ".txml",
                                      .gives = GIVES,
                                      .bid = bid_txml,
                                      .units = read_units};

const struct format ty_qt_ts_format = {.name = "ts",
                                       .rule = "is-ts",
                                       .label = N_("a Qt translation"),
                                       .endings = ".ts",
                                       .gives = GIVES,
                                       .bid = bid_qt_ts,
                                       .units = read_units};

const struct format ty_po_format = {.name = "po",
                                    .rule = "is-po",
                                    .label = N_("a PO file"),
                                    .endings = ".po",
                                    .gives =
                                        GIVES | TY_TAKES_TARGETS | TY_GIVES_PLAIN_TEXT | TY_KEYED_BY_TEXT,
                                    .bid = bid_po,
                                    .units = read_units};
