/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From the bytes of an XML file to the UTF-8 that the parser is fed, whatever they claim to be.
 *
 * UTF-8 and UTF-16 stream; text in another encoding is decoded as a whole. The parser is told to ignore the
 * declaration, so that the decision is made here and nowhere else.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/internal.h"

enum { BLOCK = 1 << 15, REFERENCE = 12 /* bytes of the longest character reference worth a look */ };
static const size_t whole_limit = (size_t)1 << 30;

enum form { FORM_UTF8, FORM_WIDE, FORM_WHOLE };

struct xml_text {
    struct input *input;
    ty_error *error;
    ty_status status;
    char declared[40], encoding[40];
    unsigned doubts;
    enum form form;
    bool big_endian;
    bool ascii;     /* declared as ASCII: a byte above is a doubt */
    bool ended;     /* of the input */
    bool has_nul;   /* a NUL went to the parser */
    bool stopped;   /* nothing more is wanted */
    uint64_t taken; /* bytes of UTF-16, for messages */
    struct xml_limits limits;
    const struct xml_repair *repair;
    size_t line;      /* where the repair stands */
    ty_buffer source; /* UTF-16 not yet converted, or text not yet repaired */
    ty_buffer ready;  /* UTF-8 for the parser */
    size_t ready_taken;
};

/* ------------------------------------------------------------------------------------------ decision */

static bool name_is(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(ty_slice_of(name), ty_slice_of(*list)))
            return true;
    return false;
}

static bool is_utf8_name(const char *name)
{
    static const char *const list[] = {"UTF-8", "UTF8", "UTF_8", "unicode-1-1-utf-8", NULL};
    return name_is(name, list);
}

static bool is_ascii_name(const char *name)
{
    static const char *const list[] = {"US-ASCII", "ASCII", "ISO646-US", "ANSI_X3.4-1968", NULL};
    return name_is(name, list);
}

static bool is_utf16_name(const char *name)
{
    static const char *const list[] = {"UTF-16",  "UTF16",   "UTF-16LE",        "UTF-16BE",
                                       "utf_16",  "UCS-2",   "ISO-10646-UCS-2", "unicode",
                                       "UTF16LE", "UTF16BE", "unicodeFFFE",     NULL};
    return name_is(name, list);
}

/* Encodings in which ASCII bytes do not mean themselves: markup could hide in them. */
static bool is_refused_name(const char *name)
{
    static const char *const list[] = {
        "UTF-7",      "UTF7", "UNICODE-1-1-UTF-7", "IMAP-mailbox-name", "SCSU", "BOCU-1", "CESU-8",
        "UTF-EBCDIC", NULL};
    return name_is(name, list);
}

static void read_as(struct xml_text *text, enum form form, const char *encoding)
{
    text->form = form;
    snprintf(text->encoding, sizeof text->encoding, "%s", encoding);
}

static ty_status skip(struct xml_text *text, size_t size)
{
    char bytes[64];
    while (size) {
        size_t count =
            ty_input_read(text->input, bytes, size < sizeof bytes ? size : sizeof bytes, text->error);
        if (!count)
            break;
        size -= count;
    }
    return TY_OK;
}

static ty_status decide_wide(struct xml_text *text, int order, bool bom, const char *told)
{
    text->big_endian = order == 'B';
    read_as(text, FORM_WIDE, text->big_endian ? "UTF-16BE" : "UTF-16LE");
    if (!bom)
        text->doubts |= XML_DOUBT_NO_BOM;
    if (!told && text->declared[0] && !is_utf16_name(text->declared))
        text->doubts |= XML_DOUBT_MISMATCH;
    return bom ? skip(text, 2) : TY_OK;
}

/* One that we know nothing of must not be taken for UTF-8 because its bytes happen to pass. */
static ty_status check_name(struct xml_text *text, const char *name, const char *who)
{
    ty_buffer scratch = {0};
    ty_decoded decoded;
    ty_error probe = {0};
    bool known = !is_refused_name(name) &&
                 ty_text_decode(TY_SLICE("x"), name, NULL, &scratch, &decoded, &probe) == TY_OK;
    ty_buffer_release(&scratch);
    if (known)
        return TY_OK;
    ty_error_set(text->error, TY_ERR_ENCODING, "%s the encoding \"%s\", which is not read", who, name);
    ty_error_rule(text->error, "encoding");
    return TY_ERR_ENCODING;
}

static ty_status decode_whole(struct xml_text *text, const char *told)
{
    ty_buffer bytes = {0};
    ty_decoded decoded = {0};
    ty_status status = check_name(text, told ? told : text->declared,
                                  told ? ty_words("it is told to have") : ty_words("the file declares"));
    if (status == TY_OK)
        status = ty_input_read_all(text->input, whole_limit, &bytes, text->error);
    if (status == TY_OK)
        status = ty_text_decode(ty_buffer_slice(&bytes), told, told ? NULL : text->declared, &text->ready,
                                &decoded, text->error);
    if (decoded.contradiction)
        text->doubts |= XML_DOUBT_MISMATCH;
    if (decoded.legacy)
        text->doubts |= XML_DOUBT_NOT_UNICODE;
    read_as(text, FORM_WHOLE, decoded.encoding);
    ty_buffer_release(&bytes);
    text->ended = true;
    return status;
}

static ty_status decide_by_mark(struct xml_text *text, ty_slice head, const char *told, bool *decided)
{
    *decided = true;
    if (ty_slice_starts(head, TY_SLICE("\xEF\xBB\xBF"))) {
        read_as(text, FORM_UTF8, "UTF-8");
        if (text->declared[0] && !is_utf8_name(text->declared))
            text->doubts |= XML_DOUBT_MISMATCH;
        if (ty_slice_starts(ty_slice_sub(head, 3, head.size), TY_SLICE("\xEF\xBB\xBF")))
            text->doubts |= XML_DOUBT_SPACE; /* the parser passes over a second one in silence */
        return skip(text, 3);
    }
    if (ty_slice_starts(head, TY_SLICE("\xFF\xFE\0\0")) || ty_slice_starts(head, TY_SLICE("\0\0\xFE\xFF")))
        return ty_error_set(text->error, TY_ERR_ENCODING,
                            "the file is UTF-32, which exchange files must not be; convert it to UTF-8");
    bool bom = ty_slice_starts(head, TY_SLICE("\xFF\xFE")) || ty_slice_starts(head, TY_SLICE("\xFE\xFF"));
    int order = ty_sniff_wide(head);
    if (order)
        return decide_wide(text, order, bom, told);
    *decided = false;
    return TY_OK;
}

static ty_status decide(struct xml_text *text, ty_slice head, const char *told)
{
    bool decided;
    ty_status status = decide_by_mark(text, head, told, &decided);
    if (decided || status != TY_OK)
        return status;
    if (told && is_utf16_name(told))
        return decide_wide(text, strstr(told, "BE") ? 'B' : 'L', false, told);
    const char *name = told ? told : text->declared;
    text->ascii = !told && is_ascii_name(name);
    if (!told && is_utf16_name(name))
        text->doubts |= XML_DOUBT_MISMATCH; /* read as 8-bit, or we were not here */
    else if (name[0] && !is_utf8_name(name) && !text->ascii)
        return decode_whole(text, told);
    read_as(text, FORM_UTF8, "UTF-8");
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ UTF-16 */

static uint32_t unit_at(const struct xml_text *text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text->source.data + at;
    return text->big_endian ? (uint32_t)(s[0] << 8 | s[1]) : (uint32_t)(s[1] << 8 | s[0]);
}

static ty_status bad_wide(struct xml_text *text, size_t at, const char *what)
{
    return ty_error_set(text->error, TY_ERR_ENCODING, "%s is cut off or damaged: %s at byte %llu",
                        text->encoding, what, (unsigned long long)(text->taken + at));
}

/* Converts what is whole; half a character waits for the next block. */
static ty_status convert_wide(struct xml_text *text)
{
    size_t at = 0, size = text->source.size;
    for (; at + 2 <= size; at += 2) {
        uint32_t code = unit_at(text, at);
        if (code >= 0xDC00 && code < 0xE000)
            return bad_wide(text, at, ty_words("half a surrogate pair"));
        if (code >= 0xD800 && code < 0xDC00) {
            if (at + 4 > size)
                break;
            uint32_t low = unit_at(text, at + 2);
            if (low < 0xDC00 || low > 0xDFFF)
                return bad_wide(text, at, ty_words("half a surrogate pair"));
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        ty_utf8_add(&text->ready, code);
    }
    text->taken += at;
    memmove(text->source.data, text->source.data + at, size - at);
    text->source.size = size - at;
    if (text->ended && text->source.size)
        return bad_wide(text, 0, ty_words("an odd number of bytes"));
    return text->ready.failed ? ty_error_nomem(text->error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ repair */

static bool is_forbidden(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') ||
           (code >= 0xD800 && code < 0xE000) || code == 0xFFFE || code == 0xFFFF || code > 0x10FFFF;
}

/* The length of a character reference at the start of `rest` and its value; 0 for anything else. */
static size_t reference(ty_slice rest, uint32_t *code)
{
    bool hex = ty_slice_starts(rest, TY_SLICE("&#x"));
    if (!hex && !ty_slice_starts(rest, TY_SLICE("&#")))
        return 0;
    size_t at = hex ? 3 : 2, digits = at;
    for (*code = 0; at < rest.size && at < digits + 8; at++) {
        char c = rest.data[at];
        uint32_t digit = c >= '0' && c <= '9'          ? (uint32_t)(c - '0')
                         : hex && c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : hex && c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                       : 99;
        if (digit == 99)
            break;
        *code = *code * (hex ? 16 : 10) + digit;
    }
    return at > digits && at < rest.size && rest.data[at] == ';' ? at + 1 : 0;
}

/* The length of a raw character that XML forbids at the start of `rest`, or 0. */
static size_t raw_forbidden(ty_slice rest, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)rest.data;
    *code = s[0];
    if (s[0] < 0x80)
        return is_forbidden(s[0]) ? 1 : 0;
    if (rest.size < 3 || (s[0] != 0xED && s[0] != 0xEF))
        return 0;
    *code = (uint32_t)(s[0] & 15) << 12 | (uint32_t)(s[1] & 63) << 6 | (s[2] & 63);
    return (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 && is_forbidden(*code) ? 3 : 0;
}

static void replace_forbidden(struct xml_text *text, ty_slice piece)
{
    size_t keep = text->ended || piece.size < REFERENCE ? 0 : REFERENCE, done = 0, at = 0;
    while (at < piece.size - keep) {
        uint32_t code;
        ty_slice rest = ty_slice_sub(piece, at, piece.size);
        size_t length = rest.data[0] == '&' ? reference(rest, &code) : raw_forbidden(rest, &code);
        text->line += rest.data[0] == '\n';
        if (!length || !is_forbidden(code)) {
            at += length ? length : 1;
            continue;
        }
        ty_buffer_add(&text->ready, ty_slice_sub(piece, done, at));
        ty_buffer_add(&text->ready, TY_SLICE("\xEF\xBF\xBD"));
        text->repair->replaced(text->repair->payload, text->line, code);
        done = at += length;
    }
    ty_buffer_add(&text->ready, ty_slice_sub(piece, done, at));
    size_t left = piece.size - at;
    memmove(text->source.data, piece.data + at, left);
    text->source.size = left;
}

/* ------------------------------------------------------------------------------------------ stream */

static ty_status fill_source(struct xml_text *text)
{
    if (!ty_buffer_reserve(&text->source, BLOCK))
        return ty_error_nomem(text->error);
    size_t count = ty_input_read(text->input, text->source.data + text->source.size, BLOCK, text->error);
    text->source.size += count;
    if (!count)
        text->ended = true;
    return !count && text->error->status != TY_OK ? text->error->status : TY_OK;
}

/* Makes more UTF-8 ready, where it does not go straight from the input to the parser. */
static ty_status produce(struct xml_text *text)
{
    ty_buffer_clear(&text->ready);
    text->ready_taken = 0;
    while (!text->ended && !text->ready.size) {
        ty_status status = fill_source(text);
        if (status == TY_OK && text->form == FORM_WIDE)
            status = convert_wide(text);
        if (status != TY_OK)
            return status;
        if (text->form == FORM_UTF8)
            replace_forbidden(text, ty_buffer_slice(&text->source));
    }
    return text->ready.failed ? ty_error_nomem(text->error) : TY_OK;
}

static size_t take_ready(struct xml_text *text, char *bytes, size_t size)
{
    if (text->ready_taken == text->ready.size)
        text->status = produce(text);
    size_t left = text->ready.size - text->ready_taken;
    if (size > left)
        size = left;
    if (text->status != TY_OK || !size)
        return 0;
    memcpy(bytes, text->ready.data + text->ready_taken, size);
    text->ready_taken += size;
    return size;
}

static void look_for_doubts(struct xml_text *text, const char *bytes, size_t count)
{
    if (!text->ascii)
        return;
    for (size_t i = 0; i < count; i++)
        if ((unsigned char)bytes[i] >= 0x80)
            text->doubts |= XML_DOUBT_MISMATCH;
}

/* The read callback of libxml2: bytes, 0 at the end, -1 on failure. */
int ty_xml_text_read(void *context, char *bytes, int size)
{
    struct xml_text *text = context;
    if (text->status != TY_OK)
        return -1;
    if (text->stopped)
        return 0;
    size_t count;
    if (text->form == FORM_UTF8 && !text->repair) {
        count = ty_input_read(text->input, bytes, (size_t)size, text->error);
        if (!count && text->error->status != TY_OK)
            text->status = text->error->status;
        text->ended = count == 0;
        look_for_doubts(text, bytes, count);
    } else
        count = take_ready(text, bytes, (size_t)size);
    text->has_nul |= memchr(bytes, 0, count) != NULL;
    if (text->status == TY_OK)
        text->status = ty_xml_limits_check(&text->limits, (ty_slice){bytes, count}, text->error);
    return text->status == TY_OK ? (int)count : -1;
}

/* ------------------------------------------------------------------------------------------ open, close */

/* A line end before the XML declaration breaks XML, and is common enough to be passed over. */
static void skip_space(struct xml_text *text, ty_slice head)
{
    size_t space = 0;
    while (space < head.size && strchr(" \t\r\n", head.data[space]) && head.data[space])
        space++;
    if (!space || !ty_slice_starts(ty_slice_sub(head, space, head.size), TY_SLICE("<?xml")))
        return;
    text->doubts |= XML_DOUBT_SPACE;
    (void)skip(text, space); /* they lie here */
}

ty_status ty_xml_text_open(struct input *input, const char *encoding, const struct xml_repair *repair,
                           struct xml_text **out, ty_error *error)
{
    *out = NULL;
    struct xml_text *text = calloc(1, sizeof *text);
    if (!text)
        return ty_error_nomem(error);
    text->input = input;
    text->error = error;
    text->repair = repair;
    text->line = 1;
    ty_slice head = ty_input_peek(input, error);
    ty_xml_declared_encoding(head, text->declared, sizeof text->declared);
    ty_status status = decide(text, head, encoding);
    if (status == TY_OK && text->form == FORM_UTF8)
        skip_space(text, ty_input_peek(input, error));
    if (status == TY_OK && text->form == FORM_WHOLE && repair) {
        ty_buffer all = text->ready;
        text->ready = (ty_buffer){0};
        text->source = all;
        replace_forbidden(text, ty_buffer_slice(&all));
    }
    if (status != TY_OK) {
        ty_xml_text_close(text);
        return status;
    }
    *out = text;
    return TY_OK;
}

void ty_xml_text_close(struct xml_text *text)
{
    if (!text)
        return;
    ty_buffer_release(&text->source);
    ty_buffer_release(&text->ready);
    free(text);
}

unsigned ty_xml_text_doubts(const struct xml_text *text)
{
    return text->doubts;
}

const char *ty_xml_text_encoding(const struct xml_text *text)
{
    return text->encoding;
}

const char *ty_xml_text_declared(const struct xml_text *text)
{
    return text->declared;
}

ty_status ty_xml_text_status(const struct xml_text *text)
{
    return text->status;
}

bool ty_xml_text_has_nul(const struct xml_text *text)
{
    return text->has_nul;
}

bool ty_xml_text_ended(const struct xml_text *text)
{
    return text->ended && text->ready_taken == text->ready.size;
}

void ty_xml_text_stop(struct xml_text *text)
{
    text->stopped = true;
}
