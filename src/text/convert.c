/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include <stdio.h>

#include "text/internal.h"

enum { CONVERT_UNITS = 2048 };

/* Labels that mean something else than ICU takes them for, or that ICU does not know. */
static const struct {
    const char *label, *name;
} labels[] = {
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"ms_kanji", "windows-31j"},
    {"windows-31j", "windows-31j"},
    {"windows-932", "windows-31j"},
    {"cp932", "windows-31j"},
    {"ms932", "windows-31j"},
    {"cswindows31j", "windows-31j"},
    {"csshiftjis", "windows-31j"},
    {"euc-jp", "EUC-JP"},
    {"eucjp", "EUC-JP"},
    {"x-euc-jp", "EUC-JP"},
    {"eucjp-ms", "EUC-JP"},
    {"cp51932", "EUC-JP"},
    {"windows-51932", "EUC-JP"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"jis", "ISO-2022-JP"},
    {"cp50220", "ISO-2022-JP"},
    {"cp50221", "ISO-2022-JP"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"windows-1252", "windows-1252"},
    {"ansi", "windows-1252"},
    {"gb2312", "GBK"},
    {"gbk", "GBK"},
    {"utf8", "UTF-8"},
    {"utf-8", "UTF-8"},
    {"unicode", "UTF-16"},
    {"utf16", "UTF-16"},
    {"utf-16", "UTF-16"},
    {"ucs-2", "UTF-16"},
    {"iso-10646-ucs-2", "UTF-16"},
    {"euc-kr", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
};

/* The name a standard has for it, the mail-safe one first. */
static const char *standard_name(const char *label)
{
    static const char *const standards[] = {"MIME", "IANA", "WINDOWS"};
    for (size_t i = 0; i < sizeof standards / sizeof *standards; i++) {
        UErrorCode status = U_ZERO_ERROR;
        const char *name = ucnv_getStandardName(label, standards[i], &status);
        if (U_SUCCESS(status) && name)
            return name;
    }
    return NULL;
}

bool ty_text_encoding_name(ty_slice label, char name[40])
{
    label = ty_slice_trim(label);
    if (label.size == 0 || label.size > 39)
        return false;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (ty_slice_equal_nocase(label, ty_slice_of(labels[i].label))) {
            snprintf(name, 40, "%s", labels[i].name);
            return true;
        }
    char known[40];
    snprintf(known, sizeof known, "%.*s", TY_SLICE_FORMAT(label));
    const char *standard = standard_name(known);
    if (standard && strlen(standard) < 40)
        snprintf(name, 40, "%s", standard);
    return standard && strlen(standard) < 40;
}

static ty_status open_converter(const char *name, UConverter **out, ty_error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    *out = ucnv_open(name, &status);
    if (U_FAILURE(status)) {
        *out = NULL;
        return ty_error_set(error, TY_ERR_USAGE, "unknown encoding \"%s\"", name);
    }
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ reading */

/* UTF-16 that ICU made, hence well-formed: every converter refuses surrogates that stand alone. */
static void add_units(const UChar *units, int32_t count, ty_buffer *out)
{
    if (!ty_buffer_reserve(out, (size_t)count * 3))
        return;
    for (int32_t i = 0; i < count;) {
        UChar32 c;
        U16_NEXT(units, i, count, c);
        out->size += utf8_put(out->data + out->size, (uint32_t)c);
    }
    out->data[out->size] = '\0';
}

static size_t bad_offset(UConverter *converter, size_t consumed)
{
    char bytes[32];
    int8_t count = (int8_t)sizeof bytes;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter, bytes, &count, &status);
    return U_SUCCESS(status) && (size_t)count <= consumed ? consumed - (size_t)count : consumed;
}

static ty_status read_all(UConverter *converter, ty_slice bytes, ty_buffer *out, size_t *bad)
{
    const char *from = bytes.data, *end = bytes.data + bytes.size;
    UErrorCode status;
    do {
        /* Surrogate pairs are not cut: ICU keeps the second half for the next call, so one unit is spared. */
        UChar units[CONVERT_UNITS + 1], *to = units;
        status = U_ZERO_ERROR;
        ucnv_toUnicode(converter, &to, units + CONVERT_UNITS, &from, end, NULL, true, &status);
        if (to > units && U16_IS_LEAD(to[-1])) {
            UErrorCode more = U_ZERO_ERROR;
            ucnv_toUnicode(converter, &to, to + 1, &from, end, NULL, true, &more);
            if (more != U_BUFFER_OVERFLOW_ERROR)
                status = more;
        }
        add_units(units, (int32_t)(to - units), out);
    } while (status == U_BUFFER_OVERFLOW_ERROR && !out->failed);
    if (U_SUCCESS(status))
        return TY_OK;
    *bad = bad_offset(converter, (size_t)(from - bytes.data));
    return TY_ERR_ENCODING;
}

ty_status ty_text_to_utf8(ty_slice bytes, const char *name, ty_buffer *out, size_t *bad, ty_error *error)
{
    size_t before = out->size;
    *bad = 0;
    if (strcmp(name, "UTF-8") == 0) {
        *bad = ty_utf8_check(bytes);
        if (*bad < bytes.size)
            return TY_ERR_ENCODING;
        ty_buffer_add(out, bytes);
        return out->failed ? ty_error_nomem(error) : TY_OK;
    }
    UConverter *converter;
    ty_status result = open_converter(name, &converter, error);
    if (result != TY_OK)
        return result;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    ucnv_setFallback(converter, true);
    result = read_all(converter, bytes, out, bad);
    ucnv_close(converter);
    if (out->failed)
        return ty_error_nomem(error);
    if (result != TY_OK) {
        out->size = before;
        if (out->data)
            out->data[before] = '\0';
    }
    return result;
}

/* ------------------------------------------------------------------------------------------ mending */

static void mend_utf8(ty_slice bytes, ty_buffer *out, size_t *replaced)
{
    size_t good = 0;
    for (size_t at = 0; at < bytes.size;) {
        size_t start = at;
        if (ty_utf8_next(bytes, &at) != TY_CODE_POINT_NONE)
            continue;
        ty_buffer_add(out, ty_slice_sub(bytes, good, start));
        if (start > good || start == 0)
            ty_buffer_add(out, TY_SLICE("\xEF\xBF\xBD")), ++*replaced;
        good = at;
    }
    ty_buffer_add(out, ty_slice_sub(bytes, good, bytes.size));
}

/* ICU writes U+FFFD, or U+001A for a single byte of some charsets. */
static void count_replaced(ty_buffer *out, size_t begin, size_t *replaced)
{
    ty_slice text = ty_slice_sub(ty_buffer_slice(out), begin, out->size);
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("\xEF\xBF\xBD"), at)) != SIZE_MAX; at++)
        ++*replaced;
}

ty_status ty_text_mend_to_utf8(ty_slice bytes, const char *name, ty_buffer *out, size_t *replaced,
                               ty_error *error)
{
    size_t begin = out->size, bad = 0;
    UConverter *converter;
    UErrorCode status = U_ZERO_ERROR;
    *replaced = 0;
    if (strcmp(name, "UTF-8") == 0) {
        mend_utf8(bytes, out, replaced);
        return out->failed ? ty_error_nomem(error) : TY_OK;
    }
    ty_status result = open_converter(name, &converter, error);
    if (result != TY_OK)
        return result;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_SUBSTITUTE, NULL, NULL, NULL, &status);
    ucnv_setFallback(converter, true);
    result = read_all(converter, bytes, out, &bad);
    ucnv_close(converter);
    count_replaced(out, begin, replaced);
    return out->failed ? ty_error_nomem(error) : result;
}

/* ------------------------------------------------------------------------------------------ writing */

static ty_status cannot_hold(UConverter *converter, const char *name, UErrorCode status, ty_error *error)
{
    UChar units[8];
    int8_t count = 8;
    UErrorCode asked = U_ZERO_ERROR;
    ucnv_getInvalidUChars(converter, units, &count, &asked);
    if (U_FAILURE(asked) || count == 0)
        return ty_error_set(error, TY_ERR_ENCODING, "cannot write %s: %s", name, u_errorName(status));
    UChar32 c;
    U16_GET(units, 0, 0, count, c);
    return ty_error_set(error, TY_ERR_ENCODING, "%s has no character U+%04X", name, (unsigned)c);
}

/* Writes the code points of `units`; `last` with the end of the text, which lets the converter finish. */
static ty_status write_units(UConverter *converter, const UChar *units, int32_t count, bool last,
                             ty_buffer *out, UErrorCode *status)
{
    const UChar *from = units;
    do {
        char bytes[CONVERT_UNITS], *to = bytes;
        *status = U_ZERO_ERROR;
        ucnv_fromUnicode(converter, &to, bytes + sizeof bytes, &from, units + count, NULL, last, status);
        ty_buffer_add(out, (ty_slice){bytes, (size_t)(to - bytes)});
    } while (*status == U_BUFFER_OVERFLOW_ERROR && !out->failed);
    return U_SUCCESS(*status) ? TY_OK : TY_ERR_ENCODING;
}

static ty_status write_all(UConverter *converter, ty_slice text, const char *name, ty_buffer *out,
                           ty_error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t at = 0;
    do {
        UChar units[CONVERT_UNITS];
        int32_t count = 0;
        while (at < text.size && count < CONVERT_UNITS - 1) {
            uint32_t c = ty_utf8_next(text, &at);
            UBool full = false;
            U16_APPEND(units, count, CONVERT_UNITS, (UChar32)c, full);
            (void)full;
        }
        if (write_units(converter, units, count, at == text.size, out, &status) != TY_OK)
            return cannot_hold(converter, name, status, error);
    } while (at < text.size);
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_text_encode(ty_slice text, const char *encoding, ty_buffer *out, ty_error *error)
{
    char name[40];
    if (!ty_text_encoding_name(ty_slice_of(encoding), name))
        return ty_error_set(error, TY_ERR_USAGE, "unknown encoding \"%s\"", encoding);
    size_t bad = ty_utf8_check(text);
    if (bad < text.size)
        return ty_error_set(error, TY_ERR_ENCODING, "byte %zu is no UTF-8", bad);
    if (strcmp(name, "UTF-8") == 0) {
        ty_buffer_add(out, text);
        return out->failed ? ty_error_nomem(error) : TY_OK;
    }
    if (strcmp(name, "UTF-16") == 0)
        snprintf(name, sizeof name, "UTF-16LE"); /* ICU's would add a mark */
    UConverter *converter;
    ty_status result = open_converter(name, &converter, error);
    if (result != TY_OK)
        return result;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    ucnv_setFallback(converter, true);
    size_t before = out->size;
    result = write_all(converter, text, name, out, error);
    ucnv_close(converter);
    if (result != TY_OK && out->data) {
        out->size = before;
        out->data[before] = '\0';
    }
    return result;
}
