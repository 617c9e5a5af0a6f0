/* SPDX-License-Identifier: Apache-2.0 */
/* The registry: formats by row, by name, and by what they bid for a file. */
#include "formats/format.h"
#include "formats/internal.h"

static const struct format *const rows[TY_FORMAT_COUNT] = {
#define TY_FORMAT_ROW(constant, row) [TY_FORMAT_##constant] = &ty_##row##_format,
#include "formats/formats.def"
#undef TY_FORMAT_ROW
};

const struct format *ty_format_row(ty_format format)
{
    return (unsigned)format < TY_FORMAT_COUNT ? rows[format] : NULL;
}

unsigned ty_format_gives(ty_format format)
{
    const struct format *row = ty_format_row(format);
    return row ? row->gives : 0;
}

bool ty_format_is_document(ty_format format)
{
    return ty_format_gives(format) & TY_GIVES_DOCUMENT;
}

const char *ty_format_name(ty_format format)
{
    const struct format *row = ty_format_row(format);
    return row ? row->name : "";
}

const char *ty_format_rule(ty_format format)
{
    const struct format *row = ty_format_row(format);
    return row && row->rule ? row->rule : "";
}

static bool is_called(const struct format *row, ty_slice name)
{
    return ty_slice_equal_nocase(name, ty_slice_of(row->name)) ||
           (row->also && ty_slice_equal_nocase(name, ty_slice_of(row->also)));
}

ty_format ty_format_named(const char *name)
{
    for (size_t i = 0; name && i < TY_FORMAT_COUNT; i++)
        if (rows[i] && is_called(rows[i], ty_slice_of(name)))
            return (ty_format)i;
    return TY_FORMAT_UNKNOWN;
}

ty_status ty_units_read(const ty_source *source, const ty_unit_read_options *options,
                        const ty_unit_sink *sink, const ty_listener *listener, ty_read_counts *counts,
                        ty_error *error)
{
    const struct format *row = ty_format_row(options->format);
    ty_read_counts own = {0};
    if (row && row->units)
        return row->units(source, options, sink, listener, counts ? counts : &own, error);
    ty_error_set(error, TY_ERR_FORMAT, "there are no units in %s",
                 row ? ty_words(row->label) : ty_words("this file"));
    return ty_error_locate(error, ty_source_name(source), 0, 0);
}

/* ------------------------------------------------------------------------------------------ what is it? */

ty_sniffed ty_sniff_bytes(ty_slice bytes, const char *name)
{
    struct head head;
    ty_head_look(&head, bytes, name);
    ty_sniffed found = {.format = TY_FORMAT_UNKNOWN, .name = N_("a file of no kind we know")};
    int highest = ty_stranger_bid(&head, &found);
    for (size_t i = 0; i < TY_FORMAT_COUNT; i++) {
        int bid = rows[i] && rows[i]->bid ? rows[i]->bid(&head) : BID_NONE;
        if (bid <= highest)
            continue;
        highest = bid;
        found = (ty_sniffed){.format = (ty_format)i, .name = rows[i]->label};
    }
    found.name = ty_words(found.name);
    found.advice = found.advice ? ty_words(found.advice) : NULL;
    return found;
}

/* A ZIP archive that is not of ours is opened as it is, to say what it is. */
static ty_status open_head(const ty_source *source, struct input **out, ty_error *error)
{
    ty_error local = {0};
    ty_status status = ty_input_open(source, ".tmx", out, &local);
    if (status == TY_ERR_FORMAT)
        return ty_input_open(source, NULL, out, error);
    if (status != TY_OK && error && error->status == TY_OK)
        *error = local;
    return status;
}

ty_status ty_format_sniff(const ty_source *source, ty_sniffed *out, ty_error *error)
{
    *out = (ty_sniffed){.format = TY_FORMAT_UNKNOWN, .name = ty_words("a binary file")};
    struct input *input = NULL;
    if (!source->read && !source->bytes.data && ty_path_is_address(source->path)) {
        *out = (ty_sniffed){.format = TY_FORMAT_MEMORY, .name = "a memory in a database"};
        return TY_OK;
    }
    ty_status status = open_head(source, &input, error);
    if (status != TY_OK)
        return status;
    ty_error ignored = {0}; /* a damaged pack is for the reader to report */
    ty_slice head = ty_input_peek(input, &ignored);
    *out = ty_sniff_bytes(head, source->path);
    out->compressed = ty_input_is_compressed(input);
    ty_input_close(input);
    if (head.size || ignored.status == TY_OK)
        return TY_OK;
    if (error && error->status == TY_OK)
        *error = ignored;
    return ignored.status;
}
