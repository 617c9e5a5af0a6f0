/* SPDX-License-Identifier: Apache-2.0 */
/* Documents in: the reader that the registry has for them, decoding, plain text. */
#include <stdio.h>

#include "formats/documents/html.h"
#include "formats/documents/reader.h"
#include "formats/documents/unwrap.h"

static const size_t document_limit = (size_t)256 << 20;

/* ------------------------------------------------------------------------------------------ kinds */

static ty_status refuse(const ty_sniffed *sniffed, ty_error *error)
{
    const char *advice = sniffed->advice;
    return ty_error_set(error, TY_ERR_FORMAT, "this is %s, not a text%s%s", sniffed->name, advice ? "; " : "",
                        advice ? advice : "");
}

/* What is asked for wins; tables and the like are texts where someone says that they are documents. */
static ty_status choose_format(const ty_sniffed *sniffed, const ty_document_options *options,
                               ty_format *format, ty_error *error)
{
    unsigned gives = ty_format_gives(sniffed->format);
    if (sniffed->format == TY_FORMAT_EMPTY)
        return ty_error_set(error, TY_ERR_FORMAT, "the file is empty");
    *format = options->as_text ? TY_FORMAT_TEXT : options->format ? options->format : sniffed->format;
    if (ty_format_is_document(*format))
        return TY_OK;
    *format = TY_FORMAT_TEXT;
    return options->as_text || options->format || gives & TY_GIVES_PLAIN_TEXT ? TY_OK
                                                                              : refuse(sniffed, error);
}

/* ------------------------------------------------------------------------------------------ decoding */

static size_t line_of(ty_slice text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at && i < text.size; i++)
        line += text.data[i] == '\n';
    return line;
}

static void tell_replaced(const struct reading *reading, ty_slice text, const ty_decoded *decoded)
{
    size_t at = ty_slice_find(text, TY_SLICE("\xEF\xBF\xBD"), 0);
    if (decoded->replaced)
        ty_warn(reading->listener, reading->path, line_of(text, at), 0, "bad-bytes",
                ty_words_for(decoded->replaced,
                             TY_WORDS("%zu byte sequence is no %s: U+FFFD stands there instead"),
                             TY_WORDS("%zu byte sequences are no %s: U+FFFD stands there instead")),
                decoded->replaced, decoded->encoding);
}

/* Characters that a company or a person has made (gaiji): nobody else can see what they are. */
static void tell_private_use(const struct reading *reading, ty_slice text, unsigned kinds)
{
    size_t count = 0, first = 0;
    if (!(kinds & TY_TEXT_RARE))
        return;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t code = ty_utf8_next(text, &at);
        if ((code < 0xE000 || code > 0xF8FF) && code < 0xF0000)
            continue;
        if (code == TY_CODE_POINT_NONE)
            continue;
        first = count++ ? first : start;
    }
    if (count)
        ty_warn(reading->listener, reading->path, line_of(text, first), 0, "private-use",
                "%zu %s of private use (gaiji), which others cannot read", count,
                count == 1 ? "character" : "characters");
}

/* A text whose characters became question marks before it came here: nothing in it can be saved. */
static bool is_lost(ty_slice text)
{
    enum { BLOCK = 240 }; /* so many are counted in a byte: quick, many at a time */
    size_t marks = 0, others = 0;
    if (ty_slice_find(text, TY_SLICE("????"), 0) == SIZE_MAX)
        return false;
    for (size_t at = 0; at < text.size && others <= marks + (text.size - at); at += BLOCK) {
        ty_slice block = ty_slice_sub(text, at, at + BLOCK);
        unsigned char some_marks = 0, some = 0;
        for (size_t i = 0; i < block.size; i++) {
            some_marks += block.data[i] == '?';
            some += (unsigned char)block.data[i] > ' ';
        }
        marks += some_marks;
        others += some - some_marks;
    }
    return marks > others;
}

static void tell_decoding(const struct reading *reading, ty_slice text, const ty_decoded *decoded,
                          const char *declared)
{
    if (decoded->contradiction)
        ty_warn(reading->listener, reading->path, 0, 0, "encoding-mismatch",
                "the file declares %s, but its bytes are %s; read as %s", declared, decoded->encoding,
                decoded->encoding);
    tell_replaced(reading, text, decoded);
    tell_private_use(reading, text, decoded->kinds);
}

/* `own` holds the bytes, which are not needed any more, or is NULL. */
static ty_status decode(struct reading *reading, ty_slice bytes, const char *declared, ty_buffer *own,
                        ty_buffer *text, ty_error *error)
{
    ty_document *out = reading->out;
    ty_decoding how = {.told = reading->options->encoding,
                       .declared = declared && declared[0] ? declared : NULL,
                       .lang = ty_slice_of(reading->options->lang),
                       .mend = true,
                       .own = own};
    ty_decoded decoded = {0};
    size_t begin = text->size;
    ty_status status = ty_text_decode_as(bytes, &how, text, &decoded, error);
    if (status != TY_OK)
        return status;
    snprintf(out->encoding, sizeof out->encoding, "%s", decoded.encoding);
    ty_slice made = ty_slice_sub(ty_buffer_slice(text), begin, text->size);
    if (is_lost(made))
        return ty_error_set(error, TY_ERR_ENCODING,
                            "the characters of this text were lost before: question marks stand for them");
    tell_decoding(reading, made, &decoded, declared);
    reading->kinds = decoded.kinds;
    return TY_OK;
}

ty_status ty_document_decode(struct reading *reading, ty_slice bytes, const char *declared, ty_buffer *text,
                             ty_error *error)
{
    return decode(reading, bytes, declared, NULL, text, error);
}

/* ------------------------------------------------------------------------------------------ reading */

ty_status ty_document_read_page(struct reading *reading, ty_slice bytes, const char *declared,
                                ty_error *error)
{
    char own[40] = "";
    ty_buffer page = {0};
    if (!declared || !declared[0])
        ty_html_declared_encoding(bytes, own, sizeof own);
    ty_status status = ty_document_decode(reading, bytes, own[0] ? own : declared, &page, error);
    if (status == TY_OK)
        status = ty_html_to_document(ty_buffer_slice(&page), reading->path, reading->out, error);
    ty_buffer_release(&page);
    return status;
}

/* Takes plain text over, as it is or unwrapped. */
static ty_status take_plain(struct reading *reading, ty_buffer *text, ty_error *error)
{
    ty_document *out = reading->out;
    ty_status status = TY_NO;
    out->clean = !(reading->kinds & (TY_TEXT_CONTROLS | TY_TEXT_RARE));
    if (!reading->options->keep_lines)
        status = ty_document_unwrap(ty_buffer_slice(text), &out->text, error);
    out->blank_lines = status == TY_OK;
    if (status != TY_NO)
        return status;
    out->text = *text;
    *text = (ty_buffer){0};
    return TY_OK;
}

ty_status ty_document_read_text(struct reading *reading, ty_slice bytes,
                                ty_status (*take)(struct reading *reading, ty_buffer *text, ty_error *error),
                                ty_error *error)
{
    ty_buffer text = {0};
    ty_status status = decode(reading, bytes, NULL, reading->bytes, &text, error);
    if (status == TY_OK)
        status = take(reading, &text, error);
    ty_buffer_release(&text);
    return status;
}

static ty_status read_plain(struct reading *reading, ty_slice bytes, ty_error *error)
{
    return ty_document_read_text(reading, bytes, take_plain, error);
}

static int bid_plain(const struct head *head)
{
    return BID_TEXT;
}

const struct format ty_text_format = {.name = "text",
                                      .also = "txt",
                                      .label = N_("plain text"),
                                      .endings = ".txt",
                                      .gives = TY_GIVES_DOCUMENT | TY_LOOKS_LIKE_ANY,
                                      .bid = bid_plain,
                                      .read = read_plain};

/* In UTF-16 and UTF-32 a text looks like no text: what it is shows when it is decoded. */
static ty_status look_again(struct reading *reading, ty_slice bytes, ty_sniffed *sniffed, ty_error *error)
{
    ty_status status = TY_NO;
    ty_decoding how = {.told = reading->options->encoding};
    ty_decoded decoded;
    ty_buffer text = {0};
    bool unsure = sniffed->format == TY_FORMAT_UNKNOWN && sniffed->unclear;
    if (unsure || how.told)
        status = ty_text_decode_as(bytes, &how, &text, &decoded, NULL);
    if (status == TY_OK)
        *sniffed = ty_sniff_bytes(ty_buffer_slice(&text), reading->path);
    ty_buffer_release(&text);
    return status == TY_ERR_NOMEM ? ty_error_nomem(error) : TY_OK;
}

static ty_status make_document(struct reading *reading, ty_slice bytes, ty_error *error)
{
    ty_sniffed sniffed = ty_sniff_bytes(bytes, reading->path);
    ty_status status = look_again(reading, bytes, &sniffed, error);
    if (status == TY_OK)
        status = choose_format(&sniffed, reading->options, &reading->out->format, error);
    if (status == TY_OK)
        status = ty_format_row(reading->out->format)->read(reading, bytes, error);
    if (status == TY_OK && !ty_slice_trim(ty_buffer_slice(&reading->out->text)).size)
        status = ty_error_set(error, TY_ERR_FORMAT, "the file holds no text");
    return status;
}

ty_status ty_document_read(const ty_source *source, const ty_document_options *options, ty_document *out,
                           const ty_listener *listener, ty_error *error)
{
    static const ty_document_options defaults;
    *out =
        (ty_document){.title = {"", 0}, .lang = {"", 0}, .date = {"", 0}, .url = {"", 0}, .agency = {"", 0}};
    struct input *input;
    ty_buffer bytes = {0};
    ty_error own = {0};
    if (!error)
        error = &own;
    struct reading reading = {
        ty_source_name(source), options ? options : &defaults, listener, out, &bytes, 0};
    ty_status status = ty_input_open(source, NULL, &input, error);
    if (status == TY_OK) {
        status = ty_input_read_all(input, document_limit, &bytes, error);
        ty_input_close(input);
    }
    if (status == TY_OK)
        status = make_document(&reading, ty_buffer_slice(&bytes), error);
    ty_buffer_release(&bytes);
    if (status == TY_OK && (out->meta.failed || out->text.failed))
        status = ty_error_nomem(error);
    if (status == TY_OK)
        return TY_OK;
    ty_error_locate(error, reading.path, 0, 0);
    ty_document_release(out);
    return status;
}

void ty_document_release(ty_document *document)
{
    ty_buffer_release(&document->text);
    ty_vector_release(&document->cells);
    ty_vector_release(&document->other_languages);
    ty_arena_release(&document->meta);
    *document = (ty_document){0};
}

/* ------------------------------------------------------------------------------------------ for readers */

void ty_document_add_paragraph(ty_document *out, ty_slice text)
{
    text = ty_slice_trim(text);
    if (!text.size)
        return;
    if (out->text.size)
        ty_buffer_add(&out->text, TY_SLICE("\n\n"));
    ty_buffer_add(&out->text, text);
}

ty_slice ty_document_keep(ty_document *out, ty_slice text)
{
    text = ty_slice_trim(text);
    return text.size ? ty_arena_copy(&out->meta, text) : (ty_slice){"", 0};
}
