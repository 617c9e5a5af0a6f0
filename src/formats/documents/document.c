/* SPDX-License-Identifier: Apache-2.0 */
/* Documents in: what they are, their encoding, their text. */
#include <stdio.h>

#include "formats/documents/html.h"

static const size_t document_limit = (size_t)256 << 20;

static ty_status refuse(const char *name, ty_error *error)
{
    return ty_error_set(error, TY_ERR_FORMAT, "this is %s, not a text", name);
}

/* What is asked for wins; otherwise HTML is HTML and every other text is text. */
static ty_status choose_format(ty_slice bytes, const char *path, const ty_document_options *options,
                               ty_format *format, ty_error *error)
{
    ty_sniffed sniffed = ty_sniff_bytes(bytes, path);
    if (sniffed.format == TY_FORMAT_EMPTY)
        return ty_error_set(error, TY_ERR_FORMAT, "the file is empty");
    *format = options && options->format ? options->format : sniffed.format;
    if (options && options->format)
        return TY_OK;
    switch (sniffed.format) {
    case TY_FORMAT_UNKNOWN:
    case TY_FORMAT_MEMORY:
    case TY_FORMAT_TMX:
    case TY_FORMAT_TBX:
    case TY_FORMAT_MULTITERM:
    case TY_FORMAT_XLIFF:
    case TY_FORMAT_SRX:
    case TY_FORMAT_XML: return refuse(sniffed.name, error);
    case TY_FORMAT_HTML: return TY_OK;
    default: *format = TY_FORMAT_TEXT; return TY_OK;
    }
}

static void tell_decoding(const ty_decoded *decoded, const char *declared, const char *path,
                          const ty_listener *listener)
{
    if (decoded->contradiction)
        ty_warn(listener, path, 0, 0, "encoding-mismatch",
                "the file declares %s, but its bytes are %s; read as %s", declared, decoded->encoding,
                decoded->encoding);
}

static ty_status decode(ty_slice bytes, const char *path, const ty_document_options *options,
                        ty_document *out, ty_buffer *text, const ty_listener *listener, ty_error *error)
{
    char declared[40] = "";
    const char *told = options ? options->encoding : NULL;
    if (out->format == TY_FORMAT_HTML)
        ty_html_declared_encoding(bytes, declared, sizeof declared);
    ty_decoded decoded = {0};
    ty_status status = ty_text_decode(bytes, told, declared[0] ? declared : NULL, text, &decoded, error);
    if (status != TY_OK)
        return status;
    snprintf(out->encoding, sizeof out->encoding, "%s", decoded.encoding);
    tell_decoding(&decoded, declared, path, listener);
    return TY_OK;
}

static ty_status make_document(ty_slice bytes, const char *path, const ty_document_options *options,
                               ty_document *out, const ty_listener *listener, ty_error *error)
{
    ty_status status = choose_format(bytes, path, options, &out->format, error);
    if (status != TY_OK)
        return status;
    if (out->format != TY_FORMAT_HTML) {
        status = decode(bytes, path, options, out, &out->text, listener, error);
        if (status == TY_OK && !ty_slice_trim(ty_buffer_slice(&out->text)).size)
            status = ty_error_set(error, TY_ERR_FORMAT, "the file holds no text");
        return status;
    }
    ty_buffer page = {0};
    status = decode(bytes, path, options, out, &page, listener, error);
    if (status == TY_OK)
        status = ty_html_to_document(ty_buffer_slice(&page), path, out, error);
    ty_buffer_release(&page);
    return status;
}

ty_status ty_document_read(const ty_source *source, const ty_document_options *options, ty_document *out,
                           const ty_listener *listener, ty_error *error)
{
    *out = (ty_document){.title = {"", 0}, .lang = {"", 0}, .date = {"", 0}, .url = {"", 0}};
    struct input *input;
    ty_buffer bytes = {0};
    ty_error own = {0};
    if (!error)
        error = &own;
    const char *path = source->path ? source->path : "";
    ty_status status = ty_input_open(source, NULL, &input, error);
    if (status == TY_OK) {
        status = ty_input_read_all(input, document_limit, &bytes, error);
        ty_input_close(input);
    }
    if (status == TY_OK)
        status = make_document(ty_buffer_slice(&bytes), path, options, out, listener, error);
    ty_buffer_release(&bytes);
    if (status == TY_OK)
        return TY_OK;
    ty_error_locate(error, path, 0, 0);
    ty_document_release(out);
    return status;
}

void ty_document_release(ty_document *document)
{
    ty_buffer_release(&document->text);
    ty_arena_release(&document->meta);
    *document = (ty_document){0};
}
