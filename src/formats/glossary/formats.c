/* SPDX-License-Identifier: Apache-2.0 */
/* Glossaries as the registry has them. */
#include "formats/format.h"
#include "formats/glossary/glossary.h"

static int bid_tbx(const struct head *head)
{
    return ty_head_bid_root(head, "martif") ? BID_ROOT : ty_head_bid_root(head, "tbx");
}

static int bid_multiterm(const struct head *head)
{
    return ty_head_bid_root(head, "mtf");
}

static int bid_utx(const struct head *head)
{
    return ty_slice_starts(head->text, TY_SLICE("#UTX")) ? BID_WORDS : BID_NONE;
}

static int bid_omegat(const struct head *head)
{
    struct table_shape shape = ty_table_shape(head->text);
    bool named = ty_head_has_ending(head, ".tab .utf8");
    return shape.coding || (named && shape.tabbed * 2 >= shape.lines) ? BID_ENDING + 2 : BID_NONE;
}

static ty_status read_tbx(struct glossary_reader *reader, const ty_source *source, ty_format format,
                          ty_error *error)
{
    return ty_tbx_read(reader, source, error);
}

const struct format ty_tbx_format = {.name = "tbx",
                                     .label = N_("a TBX file"),
                                     .endings = ".tbx",
                                     .gives = TY_GIVES_TERMS | TY_TAKES_TERMS,
                                     .bid = bid_tbx,
                                     .terms = read_tbx};

const struct format ty_multiterm_format = {.name = "multiterm",
                                           .label = N_("a MultiTerm file"),
                                           .gives = TY_GIVES_TERMS,
                                           .bid = bid_multiterm,
                                           .terms = read_tbx};

const struct format ty_utx_format = {.name = "utx",
                                     .label = N_("a UTX glossary"),
                                     .endings = ".utx",
                                     .gives = TY_GIVES_TERMS | TY_GIVES_HEADER | TY_TAKES_TERMS |
                                              TY_GIVES_PLAIN_TEXT,
                                     .bid = bid_utx,
                                     .terms = ty_glossary_read_rows};

const struct format ty_omegat_format = {.name = "omegat",
                                        .label = N_("an OmegaT glossary"),
                                        .endings = ".tab .utf8",
                                        .gives = TY_GIVES_TERMS | TY_TAKES_TERMS | TY_GIVES_PLAIN_TEXT,
                                        .bid = bid_omegat,
                                        .terms = ty_glossary_read_rows};
