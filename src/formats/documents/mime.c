/* SPDX-License-Identifier: Apache-2.0 */
/* Headers, boundaries and codings of MIME; see mime.h. */
#include <stdio.h>

#include "formats/documents/mime.h"
#include "text/text.h"

/* ------------------------------------------------------------------------------------------ headers */

static bool next_line(ty_slice *rest, ty_slice *line)
{
    if (!ty_slice_next(rest, '\n', line))
        return false;
    if (ty_slice_ends(*line, TY_SLICE("\r")))
        line->size--;
    return true;
}

ty_slice ty_mime_header(ty_slice bytes)
{
    ty_slice rest = bytes, line;
    while (next_line(&rest, &line))
        if (!line.size)
            return ty_slice_sub(bytes, 0, (size_t)(line.data - bytes.data));
    return bytes;
}

static bool is_folded(ty_slice line)
{
    return line.size && (line.data[0] == ' ' || line.data[0] == '\t');
}

/* The value goes on in lines that begin with white space. */
static ty_slice whole_value(ty_slice first, ty_slice rest)
{
    ty_slice line;
    while (next_line(&rest, &line) && is_folded(line))
        first.size = (size_t)(line.data + line.size - first.data);
    return ty_slice_trim(first);
}

ty_slice ty_mime_field(ty_slice header, const char *name)
{
    ty_slice rest = header, line, wanted = ty_slice_of(name);
    while (next_line(&rest, &line))
        if (line.size > wanted.size && line.data[wanted.size] == ':' &&
            ty_slice_equal_nocase(ty_slice_sub(line, 0, wanted.size), wanted))
            return whole_value(ty_slice_sub(line, wanted.size + 1, line.size), rest);
    return (ty_slice){"", 0};
}

/* A parameter, `charset="utf-8"`, of a value; quotes are taken off. */
static ty_slice parameter(ty_slice value, const char *name)
{
    ty_slice rest = value, piece, wanted = ty_slice_of(name);
    while (ty_slice_next(&rest, ';', &piece)) {
        size_t equals = ty_slice_find(piece, TY_SLICE("="), 0);
        if (equals == SIZE_MAX ||
            !ty_slice_equal_nocase(ty_slice_trim(ty_slice_sub(piece, 0, equals)), wanted))
            continue;
        ty_slice text = ty_slice_trim(ty_slice_sub(piece, equals + 1, piece.size));
        bool quoted = text.size && text.data[0] == '"';
        size_t end = quoted ? ty_slice_find(text, TY_SLICE("\""), 1) : SIZE_MAX;
        return ty_slice_sub(text, quoted, end);
    }
    return (ty_slice){"", 0};
}

static enum mime_coding coding_of(ty_slice value)
{
    if (ty_slice_equal_nocase(value, TY_SLICE("base64")))
        return MIME_BASE64;
    return ty_slice_equal_nocase(value, TY_SLICE("quoted-printable")) ? MIME_QUOTED : MIME_PLAIN;
}

struct mime_part ty_mime_read_part(ty_slice bytes)
{
    ty_slice header = ty_mime_header(bytes), type = ty_mime_field(header, "Content-Type");
    size_t semicolon = ty_slice_find(type, TY_SLICE(";"), 0);
    ty_slice kind = ty_slice_trim(ty_slice_sub(type, 0, semicolon));
    bool many = ty_slice_equal_nocase(ty_slice_sub(kind, 0, 10), TY_SLICE("multipart/"));
    ty_slice disposition = ty_mime_field(header, "Content-Disposition");
    return (struct mime_part){
        .type = kind,
        .charset = parameter(type, "charset"),
        .boundary = many ? parameter(type, "boundary") : (ty_slice){"", 0},
        .body = ty_slice_sub(bytes, header.size, bytes.size),
        .coding = coding_of(ty_mime_field(header, "Content-Transfer-Encoding")),
        .location = ty_mime_field(header, "Content-Location"),
        .attachment = ty_slice_equal_nocase(ty_slice_sub(disposition, 0, 10), TY_SLICE("attachment"))};
}

/* ------------------------------------------------------------------------------------------ boundaries */

bool ty_mime_next_part(ty_slice *rest, ty_slice boundary, ty_slice *part)
{
    ty_slice left = *rest, line;
    while (left.data && next_line(&left, &line)) {
        bool here = ty_slice_starts(line, TY_SLICE("--")) &&
                    ty_slice_starts(ty_slice_sub(line, 2, line.size), boundary);
        if (!here)
            continue;
        bool last = ty_slice_starts(ty_slice_sub(line, 2 + boundary.size, line.size), TY_SLICE("--"));
        *part = ty_slice_sub(*rest, 0, (size_t)(line.data - rest->data));
        *rest = last || !left.data ? (ty_slice){NULL, 0} : left;
        return true;
    }
    *rest = (ty_slice){NULL, 0};
    return false;
}

/* ------------------------------------------------------------------------------------------ codings */

static int base64_value(char byte)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = byte ? strchr(digits, byte) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void decode_base64(ty_slice text, ty_buffer *out)
{
    unsigned bits = 0, count = 0;
    for (size_t i = 0; i < text.size; i++) {
        int value = base64_value(text.data[i]);
        if (value < 0)
            continue;
        bits = (bits << 6 | (unsigned)value) & 0xFFFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            ty_buffer_add_char(out, (char)(bits >> count & 0xFF));
        }
    }
}

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* `word`: in a field, where _ is a blank. An = at the end of a line joins it to the next. */
static void decode_quoted(ty_slice text, bool word, ty_buffer *out)
{
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        int high = byte == '=' && i + 2 < text.size ? hex_value(text.data[i + 1]) : -1;
        int low = high >= 0 ? hex_value(text.data[i + 2]) : -1;
        if (low >= 0) {
            ty_buffer_add_char(out, (char)(high << 4 | low));
            i += 2;
        } else if (byte == '=' && i + 1 < text.size && text.data[i + 1] == '\n')
            i++;
        else if (byte == '=' && i + 2 < text.size && text.data[i + 1] == '\r' && text.data[i + 2] == '\n')
            i += 2;
        else
            ty_buffer_add_char(out, word && byte == '_' ? ' ' : byte);
    }
}

void ty_mime_decode_body(const struct mime_part *part, ty_buffer *out)
{
    switch (part->coding) {
    case MIME_BASE64: decode_base64(part->body, out); break;
    case MIME_QUOTED: decode_quoted(part->body, false, out); break;
    case MIME_PLAIN: ty_buffer_add(out, part->body); break;
    }
}

/* ------------------------------------------------------------------------------------------ encoded words */

struct word {
    ty_slice charset, text;
    bool base64;
    size_t end; /* behind it */
};

/* =?charset?B?text?= at `at`. */
static bool read_word(ty_slice value, size_t at, struct word *out)
{
    ty_slice rest = ty_slice_sub(value, at + 2, value.size);
    size_t first = ty_slice_find(rest, TY_SLICE("?"), 0);
    if (!ty_slice_starts(ty_slice_sub(value, at, value.size), TY_SLICE("=?")) || first == SIZE_MAX)
        return false;
    size_t end = ty_slice_find(rest, TY_SLICE("?="), first + 3);
    if (first + 2 >= rest.size || rest.data[first + 2] != '?' || end == SIZE_MAX)
        return false;
    *out = (struct word){.charset = ty_slice_sub(rest, 0, first),
                         .text = ty_slice_sub(rest, first + 3, end),
                         .base64 = (rest.data[first + 1] | 0x20) == 'b',
                         .end = at + 2 + end + 2};
    return true;
}

/* Words in one charset that follow each other may share a character: their bytes are decoded together. */
static void add_word_bytes(ty_slice charset, ty_slice bytes, ty_buffer *out)
{
    char name[40];
    ty_decoded decoded;
    snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(ty_slice_sub(charset, 0, sizeof name - 1)));
    ty_decoding how = {.declared = name, .mend = true};
    if (bytes.size && ty_text_decode_as(bytes, &how, out, &decoded, NULL) == TY_ERR_NOMEM)
        out->failed = true; /* words that cannot be read are left out; of others none is lost in silence */
}

static size_t skip_blanks(ty_slice value, size_t at)
{
    while (at < value.size && strchr(" \t\r\n", value.data[at]))
        at++;
    return at;
}

/*
 * Each word of ISO-2022-JP goes back to ASCII at its end, and the next leaves it at once: ICU takes such an
 * empty stretch for an attack, and puts U+FFFD there.
 */
static void drop_empty_stretch(ty_buffer *bytes, size_t border)
{
    enum { ESCAPE = 3 };
    ty_slice all = ty_buffer_slice(bytes), before = ty_slice_sub(all, 0, border);
    bool leaves = ty_slice_starts(ty_slice_sub(all, border, all.size), TY_SLICE("\x1b$"));
    bool returns = ty_slice_ends(before, TY_SLICE("\x1b(B")) || ty_slice_ends(before, TY_SLICE("\x1b(J"));
    if (!leaves || !returns)
        return;
    memmove(bytes->data + border - ESCAPE, bytes->data + border, bytes->size - border);
    bytes->size -= ESCAPE;
}

static size_t add_words(ty_slice value, struct word word, ty_buffer *out)
{
    ty_buffer bytes = {0};
    ty_slice charset = word.charset;
    size_t end;
    for (;;) {
        size_t border = bytes.size;
        if (word.base64)
            decode_base64(word.text, &bytes);
        else
            decode_quoted(word.text, true, &bytes);
        drop_empty_stretch(&bytes, border);
        end = word.end;
        size_t next = skip_blanks(value, end);
        if (!read_word(value, next, &word) || !ty_slice_equal_nocase(word.charset, charset))
            break;
    }
    add_word_bytes(charset, ty_buffer_slice(&bytes), out);
    ty_buffer_release(&bytes);
    return end;
}

/* Fields without encoded words are UTF-8 these days (RFC 6532), or whatever the sender had. */
static void add_plain(ty_slice value, ty_buffer *out)
{
    ty_decoded decoded;
    ty_decoding how = {.mend = true};
    ty_buffer line = {0};
    if (value.size && ty_text_decode_as(value, &how, &line, &decoded, NULL) == TY_OK)
        ty_text_one_line(ty_buffer_slice(&line), out);
    ty_buffer_release(&line);
}

void ty_mime_decode_words(ty_slice value, ty_buffer *out)
{
    size_t plain = 0;
    for (size_t at = 0; at < value.size;) {
        struct word word;
        if (!read_word(value, at, &word)) {
            at++;
            continue;
        }
        ty_slice before = ty_slice_sub(value, plain, at);
        if (ty_slice_trim(before).size)
            add_plain(before, out), ty_buffer_add_char(out, ' ');
        plain = at = add_words(value, word, out);
    }
    ty_slice rest = ty_slice_trim(ty_slice_sub(value, plain, value.size));
    if (rest.size && out->size)
        ty_buffer_add_char(out, ' ');
    add_plain(rest, out);
}
