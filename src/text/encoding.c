/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "text/internal.h"

static bool same_name(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_unicode(const char *name)
{
    return strncmp(name, "UTF-", 4) == 0;
}

static bool is_multibyte(const char *name)
{
    static const char *const names[] = {"windows-31j", "EUC-JP",      "ISO-2022-JP", "GBK",       "GB18030",
                                        "Big5",        "windows-949", "ISO-2022-KR", "HZ-GB-2312"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same_name(name, names[i]))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ no text */

/* What an opened archive, picture or office file is; NULL where the first bytes do not tell. */
static const char *known_binary(ty_slice bytes)
{
    static const struct {
        ty_slice magic;
        const char *what;
    } binaries[] = {{{"%PDF-", 5}, "a PDF document"},
                    {{"PK\3\4", 4}, "a ZIP archive or office document"},
                    {{"\x1F\x8B", 2}, "gzip data"},
                    {{"\x89PNG", 4}, "a PNG picture"},
                    {{"\xFF\xD8\xFF", 3}, "a JPEG picture"},
                    {{"GIF8", 4}, "a GIF picture"},
                    {{"\x7F"
                      "ELF",
                      4},
                     "a program"},
                    {{"SQLite format 3", 15}, "an SQLite database"},
                    {{"\xD0\xCF\x11\xE0", 4}, "an old office document"}};
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (ty_slice_starts(bytes, binaries[i].magic))
            return binaries[i].what;
    return NULL;
}

static bool is_odd_control(unsigned char c)
{
    return c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
}

/* Control characters that texts do not have. */
static size_t count_controls(ty_slice bytes)
{
    size_t controls = 0;
    for (size_t at = 0; at < bytes.size; at++)
        controls += is_odd_control((unsigned char)bytes.data[at]);
    return controls;
}

static ty_status refuse_binary(ty_slice bytes, unsigned kinds, ty_error *error)
{
    const char *what = known_binary(bytes);
    if (what)
        return ty_error_set(error, TY_ERR_FORMAT, "no text: %s", what);
    if (!(kinds & TY_TEXT_CONTROLS))
        return TY_OK;
    const char *nul = memchr(bytes.data, '\0', bytes.size);
    if (nul)
        return ty_error_set(error, TY_ERR_FORMAT, "no text: NUL at byte %zu", (size_t)(nul - bytes.data));
    size_t controls = count_controls(bytes);
    if (controls > 2 && controls * 50 > bytes.size)
        return ty_error_set(error, TY_ERR_FORMAT, "no text: %zu control characters", controls);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ decisions */

enum { BYTES_PER_BAD = 20 }; /* more bad ones than that are another encoding */

/* A few bad bytes are worth less than the text around them. */
static bool mend(ty_slice bytes, const char *name, ty_buffer *out, ty_decoded *decoded)
{
    size_t begin = out->size;
    ty_status status = ty_text_mend_to_utf8(bytes, name, out, &decoded->replaced, NULL);
    if (status == TY_OK && decoded->replaced * BYTES_PER_BAD <= bytes.size)
        return true;
    decoded->replaced = 0;
    out->size = begin;
    return false;
}

static ty_status told_wrong(ty_error *error, ty_status status, size_t bad, const char *name)
{
    if (name)
        ty_error_set(error, status, "byte %zu cannot be read as %s", bad, name);
    else
        ty_error_set(error, status, "byte %zu is no UTF-8, and no other encoding fits", bad);
    ty_error_rule(error, name ? "encoding" : "encoding-unknown");
    return status;
}

static ty_status read_as(ty_slice bytes, const char *name, bool may_mend, ty_buffer *out, ty_decoded *decoded,
                         ty_error *error)
{
    size_t bad;
    ty_status status = ty_text_to_utf8(bytes, name, out, &bad, error);
    if (status == TY_ERR_ENCODING && may_mend && mend(bytes, name, out, decoded))
        status = TY_OK;
    if (status == TY_ERR_ENCODING)
        return told_wrong(error, status, bad, name);
    snprintf(decoded->encoding, sizeof decoded->encoding, "%s", name);
    decoded->legacy = !is_unicode(name) && !same_name(name, "US-ASCII");
    return status;
}

/* Pages that declare ASCII are windows-1252 (WHATWG Encoding, 4.2); a person who says it means it. */
static bool is_told_ascii(const char *told)
{
    ty_slice name = ty_slice_trim(ty_slice_of(told));
    return ty_slice_equal_nocase(name, TY_SLICE("us-ascii")) ||
           ty_slice_equal_nocase(name, TY_SLICE("ascii"));
}

static ty_status read_as_told(ty_slice bytes, const ty_decoding *how, ty_buffer *out, ty_decoded *decoded,
                              ty_error *error)
{
    char name[40];
    size_t mark;
    const char *told = how->told;
    if (is_told_ascii(told))
        return read_as(bytes, "US-ASCII", how->mend, out, decoded, error);
    if (!ty_text_encoding_name(ty_slice_of(told), name))
        return ty_error_set(error, TY_ERR_USAGE, "unknown encoding \"%s\"", told);
    const char *bom = ty_text_bom(bytes, &mark);
    if (bom && strncmp(name, bom, strlen(name)) == 0) { /* UTF-16 told, UTF-16LE marked; or the very same */
        snprintf(name, sizeof name, "%s", bom);
        bytes = ty_slice_sub(bytes, mark, bytes.size);
    } else if (same_name(name, "UTF-16") || same_name(name, "UTF-32")) {
        const char *pattern = ty_text_wide_pattern(bytes);
        strcat(name, pattern ? pattern + strlen(name) : "BE"); /* RFC 2781, 4.3: big-endian unless marked */
    }
    return read_as(bytes, name, how->mend, out, decoded, error);
}

/* Does the text say Japanese in seven bits (ISO-2022-JP, RFC 1468)? */
static bool has_jis_escape(ty_slice bytes)
{
    for (size_t at = 0; (at = ty_slice_find(bytes, TY_SLICE("\x1B"), at)) != SIZE_MAX; at++) {
        ty_slice rest = ty_slice_sub(bytes, at + 1, bytes.size);
        if (ty_slice_starts(rest, TY_SLICE("$B")) || ty_slice_starts(rest, TY_SLICE("$@")) ||
            ty_slice_starts(rest, TY_SLICE("(I")))
            return true;
    }
    return false;
}

static bool is_ascii(ty_slice bytes)
{
    return ty_text_skip_ascii(bytes, 0) == bytes.size;
}

static bool has_long_sequence(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0xE0)
            return true;
    return false;
}

/*
 * Well-formed UTF-8 that is not ASCII hardly ever happens by chance, so it beats a label. Only sequences of
 * two bytes, as half-width katakana in Shift_JIS makes them, leave a multi-byte label its right.
 */
static bool believe_label_over_utf8(ty_slice bytes, const char *label)
{
    if (!is_multibyte(label) || has_long_sequence(bytes))
        return false;
    ty_buffer scratch = {0};
    size_t bad;
    bool readable = ty_text_to_utf8(bytes, label, &scratch, &bad, NULL) == TY_OK;
    ty_buffer_release(&scratch);
    return readable;
}

/* Are the bytes UTF-8 that was cut off within its last character? */
static bool is_cut_utf8(ty_slice bytes, size_t bad)
{
    unsigned char lead = (unsigned char)bytes.data[bad];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return lead >= 0xC2 && lead <= 0xF4 && bytes.size - bad < length &&
           !is_ascii(ty_slice_sub(bytes, 0, bad));
}

/* What to read bytes as of which the one at `bad` is no UTF-8; NULL where nothing fits. `label` may be "". */
static const char *choose_legacy(ty_slice bytes, size_t bad, const char *label, ty_slice lang)
{
    if (label[0] && !is_unicode(label)) {
        ty_buffer scratch = {0};
        size_t unread;
        bool readable = ty_text_to_utf8(bytes, label, &scratch, &unread, NULL) == TY_OK;
        ty_buffer_release(&scratch);
        if (readable)
            return label;
    }
    if (ty_text_is_mostly_utf8(bytes) || is_cut_utf8(bytes, bad))
        return NULL;
    return ty_text_guess_legacy(bytes, lang);
}

/* What was most likely meant where no encoding fits all bytes. */
static const char *choose_damaged(ty_slice bytes, const char *label)
{
    if (ty_text_is_mostly_utf8(bytes) || !label[0])
        return "UTF-8";
    return label;
}

/* The bytes as they are, without a copy where nobody else wants them. */
static ty_status take_as_they_are(ty_slice bytes, const ty_decoding *how, ty_buffer *out, ty_error *error)
{
    if (how->own && bytes.data == how->own->data && bytes.size == how->own->size && !out->size) {
        ty_buffer empty = *out;
        *out = *how->own;
        *how->own = empty;
        return TY_OK;
    }
    ty_buffer_add(out, bytes);
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status read_bytes(ty_slice bytes, unsigned kinds, const ty_decoding *how, const char *label,
                            ty_buffer *out, ty_decoded *decoded, ty_error *error)
{
    bool escapes = (kinds & TY_TEXT_CONTROLS) && has_jis_escape(bytes), wide = kinds & TY_TEXT_WIDE;
    if (!wide && !escapes) {
        decoded->kinds = kinds;
        snprintf(decoded->encoding, sizeof decoded->encoding, "US-ASCII");
        return take_as_they_are(bytes, how, out, error);
    }
    const char *name = "UTF-8";
    size_t bad = ty_utf8_check(bytes);
    if (escapes && !wide)
        name = "ISO-2022-JP";
    else if (bad == bytes.size)
        name = label[0] && believe_label_over_utf8(bytes, label) ? label : "UTF-8";
    else
        name = choose_legacy(bytes, bad, label, how->lang);
    if (!name && !(how->mend && mend(bytes, choose_damaged(bytes, label), out, decoded)))
        return told_wrong(error, TY_ERR_ENCODING, bad, NULL);
    bool mended = !name;
    if (name && bad == bytes.size && same_name(name, "UTF-8")) {
        decoded->contradiction = label[0] && !same_name(label, name);
        decoded->kinds = kinds;
        snprintf(decoded->encoding, sizeof decoded->encoding, "UTF-8");
        return take_as_they_are(bytes, how, out, error);
    }
    name = mended ? choose_damaged(bytes, label) : name;
    decoded->contradiction = label[0] && !same_name(label, name);
    if (!mended)
        return read_as(bytes, name, how->mend, out, decoded, error);
    snprintf(decoded->encoding, sizeof decoded->encoding, "%s", name);
    decoded->legacy = !is_unicode(name);
    return TY_OK;
}

/* A label that says more about endianness than the bytes, or less, is none that contradicts. */
static bool agrees(const char *label, const char *name)
{
    return !label[0] || strncmp(label, name, strlen(label)) == 0;
}

static ty_status decode(ty_slice bytes, const ty_decoding *how, ty_buffer *out, ty_decoded *decoded,
                        ty_error *error)
{
    if (how->told && how->told[0])
        return read_as_told(bytes, how, out, decoded, error);
    char label[40] = "";
    if (how->declared && !ty_text_encoding_name(ty_slice_of(how->declared), label))
        label[0] = '\0';
    size_t mark;
    const char *wide = ty_text_bom(bytes, &mark);
    if (wide)
        bytes = ty_slice_sub(bytes, mark, bytes.size);
    if (!wide && !known_binary(bytes))
        wide = ty_text_wide_pattern(bytes);
    if (wide) {
        decoded->contradiction = !agrees(label, wide);
        return read_as(bytes, wide, how->mend, out, decoded, error);
    }
    unsigned kinds = ty_text_kinds(bytes);
    ty_status status = refuse_binary(bytes, kinds, error);
    return status == TY_OK ? read_bytes(bytes, kinds, how, label, out, decoded, error) : status;
}

ty_status ty_text_decode_as(ty_slice bytes, const ty_decoding *how, ty_buffer *out, ty_decoded *decoded,
                            ty_error *error)
{
    enum { NOT_KNOWN = 1 << 30 };
    size_t begin = out->size;
    *decoded = (ty_decoded){.kinds = NOT_KNOWN};
    ty_status status = decode(bytes, how, out, decoded, error);
    if (status == TY_OK && decoded->kinds == NOT_KNOWN)
        decoded->kinds = ty_text_kinds(ty_slice_sub(ty_buffer_slice(out), begin, out->size));
    return status;
}

ty_status ty_text_decode(ty_slice bytes, const char *told, const char *declared, ty_buffer *out,
                         ty_decoded *decoded, ty_error *error)
{
    return ty_text_decode_as(bytes, &(ty_decoding){.told = told, .declared = declared}, out, decoded, error);
}
