/* SPDX-License-Identifier: Apache-2.0 */
/* TMX as the registry has it. */
#include "formats/format.h"

/* Characters before the prolog do not make it another kind of file: the reader says what is wrong. */
static bool is_damaged(ty_slice text)
{
    return ty_slice_find(ty_slice_sub(text, 0, 400), TY_SLICE("<tmx version="), 0) != SIZE_MAX;
}

/* A prolog longer than what is seen of the file. */
static bool has_not_begun(const struct head *head)
{
    return ty_slice_starts(head->text, TY_SLICE("<")) && !head->root.size && ty_head_has_ending(head, ".tmx");
}

static int bid(const struct head *head)
{
    if (ty_head_bid_root(head, "tmx"))
        return BID_ROOT;
    if (has_not_begun(head))
        return BID_ROOT - 3;
    return is_damaged(head->text) ? BID_ROOT - 5 : BID_NONE;
}

static ty_status read_units(const ty_source *source, const ty_unit_read_options *options,
                            const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                            ty_error *error)
{
    ty_tmx_read_options own = {.encoding = options->encoding, .repair = options->repair};
    return ty_tmx_read(source, &own, sink, listener, counts, error);
}

const struct format ty_tmx_format = {.name = "tmx",
                                     .label = N_("a TMX file"),
                                     .endings = ".tmx",
                                     .gives = TY_GIVES_UNITS | TY_GIVES_RELEASES,
                                     .bid = bid,
                                     .units = read_units};
