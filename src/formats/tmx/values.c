/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about values: languages, dates, numbers, names, characters. */
#include <ctype.h>
#include <stdio.h>
#include <time.h>

#include "formats/tmx/tmx.h"

#define SAY(rule, ...) ty_tmx_say(checker->report, rule, line, unit, __VA_ARGS__)
#define SHORT(slice) (int)((slice).size < 60 ? (slice).size : 60), (slice).data

/* ------------------------------------------------------------------------------------------ languages */

static char folded(char c)
{
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool ty_tmx_lang_same(ty_slice a, ty_slice b)
{
    if (a.size != b.size)
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (a.data[i] != b.data[i] && folded(a.data[i]) != folded(b.data[i]))
            return false;
    return true;
}

bool ty_tmx_lang_near(ty_slice a, ty_slice b)
{
    ty_slice shorter = a.size < b.size ? a : b, longer = a.size < b.size ? b : a;
    return longer.size > shorter.size && folded(longer.data[shorter.size]) == '-' &&
           ty_tmx_lang_same(shorter, ty_slice_sub(longer, 0, shorter.size));
}

/* ISO 639-1, two letters each. */
static const char two_letter_codes[] =
    "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfyga"
    "gdglgngugvhahehihohrhthuhyhziaidieigiiikinioisitiuiwjajijvjwkakgkikjkkklkmknkokrkskukvkwkylalblgliln"
    "loltlulvmgmhmimkmlmnmomrmsmtmynanbndnengnlnnnonrnvnyocojomorospapiplpsptqurmrnrorurwsascsdsesgshsisk"
    "slsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazhzu";

/* Three-letter codes (ISO 639-2) of languages that have a two-letter one and are often met so. */
static const char three_letter_codes[] = "araczecesdandeudutengestfinfrafreger"
                                         "heb"
                                         "hin"
                                         "hun"
                                         "ind"
                                         "ita"
                                         "jpn"
                                         "kor"
                                         "lav"
                                         "lit"
                                         "nld"
                                         "nor"
                                         "pol"
                                         "por"
                                         "ron"
                                         "rum"
                                         "rus"
                                         "slk"
                                         "slo"
                                         "spa"
                                         "swe"
                                         "tha"
                                         "tur"
                                         "ukr"
                                         "vie"
                                         "zho"
                                         "chi";

static bool listed(const char *list, ty_slice code)
{
    for (const char *at = list; *at; at += code.size) {
        size_t i = 0;
        while (i < code.size && folded(code.data[i]) == at[i])
            i++;
        if (i == code.size)
            return true;
    }
    return false;
}

enum { FAULT_EMPTY = 1, FAULT_UNDERSCORE = 2, FAULT_MALFORMED = 4, FAULT_UNKNOWN = 8, FAULT_THREE = 16 };

static unsigned find_lang_faults(ty_slice tag)
{
    if (!tag.size)
        return FAULT_EMPTY;
    char name[64];
    if (tag.size >= sizeof name)
        return FAULT_MALFORMED;
    unsigned faults = 0;
    for (size_t i = 0; i < tag.size; i++) {
        name[i] = tag.data[i] == '_' ? '-' : tag.data[i];
        if (tag.data[i] == '_')
            faults |= FAULT_UNDERSCORE;
    }
    ty_slice hyphened = {name, tag.size};
    if (!ty_lang_is_valid(hyphened))
        return faults | FAULT_MALFORMED;
    size_t end = ty_slice_find(hyphened, TY_SLICE("-"), 0);
    ty_slice primary = ty_slice_sub(hyphened, 0, end);
    if ((primary.size == 2 && !listed(two_letter_codes, primary)) || primary.size > 3)
        faults |= FAULT_UNKNOWN;
    if (primary.size == 3 && listed(three_letter_codes, primary))
        faults |= FAULT_THREE;
    return faults;
}

/* Files hold few languages, many times: what was found is remembered. */
static unsigned lang_faults(struct tmx_checker *checker, ty_slice tag)
{
    const size_t slots = sizeof checker->langs / sizeof *checker->langs;
    if (!tag.size || tag.size > sizeof checker->langs[0].tag)
        return find_lang_faults(tag);
    for (size_t i = 0; i < slots && checker->langs[i].size; i++)
        if (checker->langs[i].size == tag.size && memcmp(checker->langs[i].tag, tag.data, tag.size) == 0)
            return checker->langs[i].faults;
    size_t slot = checker->next_lang++ % slots;
    memcpy(checker->langs[slot].tag, tag.data, tag.size);
    checker->langs[slot].size = (uint8_t)tag.size;
    return checker->langs[slot].faults = (uint8_t)find_lang_faults(tag);
}

void ty_tmx_check_lang(struct tmx_checker *checker, ty_slice tag, const char *what, size_t line, size_t unit)
{
    unsigned faults = lang_faults(checker, tag);
    if (!faults)
        return;
    bool japan = tag.size == 2 && folded(tag.data[0]) == 'j' && folded(tag.data[1]) == 'p';
    if (faults & FAULT_EMPTY)
        SAY(RULE_LANG_EMPTY, "%s is empty", what);
    if (faults & FAULT_UNDERSCORE)
        SAY(RULE_LANG_UNDERSCORE, "%s=\"%.*s\" has an underscore; BCP 47 has a hyphen", what, SHORT(tag));
    if (faults & FAULT_MALFORMED)
        SAY(RULE_LANG_MALFORMED, "%s=\"%.*s\" is not BCP 47", what, SHORT(tag));
    if (faults & FAULT_UNKNOWN)
        SAY(RULE_LANG_UNKNOWN, "%s=\"%.*s\" begins with no ISO 639-1 code%s", what, SHORT(tag),
            japan ? ty_words(" (Japanese is ja, JP is the country)") : "");
    if (faults & FAULT_THREE)
        SAY(RULE_LANG_THREE_LETTER, "%s=\"%.*s\": BCP 47 wants the two-letter code", what, SHORT(tag));
}

static void check_srclang(struct tmx_checker *checker, ty_slice value, size_t line, size_t unit)
{
    if (!ty_slice_equal_nocase(value, TY_SLICE("*all*")))
        ty_tmx_check_lang(checker, value, "srclang", line, unit);
    else if (!ty_slice_equal(value, TY_SLICE("*all*")))
        SAY(RULE_SRCLANG_ALL_CASE, "srclang=\"%.*s\" is written *all*", SHORT(value));
}

/* ------------------------------------------------------------------------------------------ dates */

static bool has_date_form(ty_slice value)
{
    if (value.size != 16 || value.data[8] != 'T' || value.data[15] != 'Z')
        return false;
    for (size_t i = 0; i < 15; i++)
        if (i != 8 && (unsigned)(value.data[i] - '0') > 9)
            return false;
    return true;
}

static int two(ty_slice value, size_t at)
{
    return (value.data[at] - '0') * 10 + (value.data[at + 1] - '0');
}

static bool date_exists(ty_slice value)
{
    int year = two(value, 0) * 100 + two(value, 2), month = two(value, 4), day = two(value, 6);
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= ty_days_of_month(year, month) &&
           two(value, 9) < 24 && two(value, 11) < 60 && two(value, 13) < 60;
}

static void check_date(struct tmx_checker *checker, const char *name, ty_slice value, size_t line,
                       size_t unit)
{
    if (!has_date_form(value))
        SAY(RULE_DATE_FORMAT, "%s=\"%.*s\" is not YYYYMMDDThhmmssZ", name, SHORT(value));
    else if (!date_exists(value))
        SAY(RULE_DATE_IMPOSSIBLE, "%s=\"%.*s\" is no date", name, SHORT(value));
    else if (memcmp(value.data, checker->today, 15) > 0)
        SAY(RULE_DATE_FUTURE, "%s=\"%.*s\" is in the future", name, SHORT(value));
}

/* Dates of this form sort as they are. */
void ty_tmx_check_dates(struct tmx_checker *checker, ty_attributes attributes, size_t line, size_t unit)
{
    ty_slice created = ty_attribute_find(attributes, "creationdate");
    ty_slice changed = ty_attribute_find(attributes, "changedate");
    if (has_date_form(created) && has_date_form(changed) && ty_slice_compare(changed, created) < 0)
        SAY(RULE_DATE_ORDER, "changedate %.*s is before creationdate", SHORT(changed));
}

/* ------------------------------------------------------------------------------------------ words */

static bool is_digits(ty_slice value)
{
    for (size_t i = 0; i < value.size; i++)
        if ((unsigned)(value.data[i] - '0') > 9)
            return false;
    return value.size > 0;
}

static bool one_of(ty_slice value, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(value, ty_slice_of(*list)))
            return true;
    return false;
}

static void check_segtype(struct tmx_checker *checker, ty_slice value, size_t line, size_t unit)
{
    static const char *const types[] = {"block", "paragraph", "sentence", "phrase", NULL};
    for (size_t i = 0; types[i]; i++)
        if (ty_slice_equal(value, ty_slice_of(types[i])))
            return;
    SAY(RULE_SEGTYPE, "segtype=\"%.*s\" is none that TMX has", SHORT(value));
}

static void check_datatype(struct tmx_checker *checker, ty_slice value, size_t line, size_t unit)
{
    static const char *const types[] = {
        "unknown", "alptext",    "cdf",   "cmx",     "cpp",      "hptag",  "html",      "interleaf", "ipf",
        "java",    "javascript", "lisp",  "mif",     "opentag",  "pascal", "plaintext", "pm",        "rtf",
        "sgml",    "stf-f",      "stf-i", "transit", "vbscript", "winres", "xml",       "xptag",     NULL};
    if (!ty_tmx_wants(checker->report, RULE_DATATYPE) || one_of(value, types))
        return;
    if (!ty_slice_starts(value, TY_SLICE("x-")))
        SAY(RULE_DATATYPE, "datatype=\"%.*s\" is none of the recommended values", SHORT(value));
}

static void check_o_encoding(struct tmx_checker *checker, ty_slice value, size_t line, size_t unit)
{
    char name[40];
    snprintf(name, sizeof name, "%.*s", SHORT(value));
    if (strcmp(name, checker->encoding) == 0)
        return;
    ty_buffer scratch = {0};
    ty_decoded decoded;
    ty_error probe = {0};
    bool known = value.size < sizeof name &&
                 !ty_slice_equal_nocase(value, TY_SLICE("unicode")) && /* only ICU's */
                 ty_text_decode(TY_SLICE("xxxx"), name, NULL, &scratch, &decoded, &probe) == TY_OK;
    ty_buffer_release(&scratch);
    if (known)
        memcpy(checker->encoding, name, sizeof name);
    else
        SAY(RULE_O_ENCODING, "o-encoding=\"%.*s\" is no encoding that is known", SHORT(value));
}

/* "#x" and hexadecimal digits; the value, or -1. */
static long hex_value(ty_slice value)
{
    if (!ty_slice_starts(value, TY_SLICE("#x")) || value.size < 3 || value.size > 8)
        return -1;
    long number = 0;
    for (size_t i = 2; i < value.size; i++) {
        char c = folded(value.data[i]);
        if (!isxdigit((unsigned char)c))
            return -1;
        number = number * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return number;
}

static void check_unicode(struct tmx_checker *checker, ty_slice value, size_t line, size_t unit)
{
    long code = hex_value(value);
    if (code < 0)
        SAY(RULE_MAP_UNICODE, "unicode=\"%.*s\" is not #x and hexadecimal digits", SHORT(value));
    else if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        SAY(RULE_MAP_UNICODE, "unicode=\"%.*s\" is no Unicode character", SHORT(value));
}

static void check_ascii(struct tmx_checker *checker, enum tmx_attribute attribute, ty_slice value,
                        size_t line, size_t unit)
{
    for (size_t i = 0; i < value.size; i++)
        if ((unsigned char)value.data[i] >= 0x80) {
            SAY(attribute == AT_ENT ? RULE_MAP_ENT : RULE_MAP_SUBST, "%s=\"%.*s\" is not ASCII",
                ty_tmx_attribute_names[attribute], SHORT(value));
            return;
        }
}

void ty_tmx_check_value(struct tmx_checker *checker, enum tmx_element element, enum tmx_attribute attribute,
                        ty_slice value, size_t line, size_t unit)
{
    switch (attribute) {
    case AT_CREATIONDATE:
    case AT_CHANGEDATE:
    case AT_LASTUSAGEDATE: check_date(checker, ty_tmx_attribute_names[attribute], value, line, unit); break;
    case AT_USAGECOUNT:
        if (!is_digits(value))
            SAY(RULE_USAGECOUNT, "usagecount=\"%.*s\" is no number", SHORT(value));
        break;
    case AT_O_ENCODING: check_o_encoding(checker, value, line, unit); break;
    case AT_DATATYPE: check_datatype(checker, value, line, unit); break;
    case AT_SEGTYPE: check_segtype(checker, value, line, unit); break;
    case AT_SRCLANG: check_srclang(checker, value, line, unit); break;
    case AT_ADMINLANG:
        ty_tmx_check_lang(checker, value, "adminlang", line, unit);
        if (ty_slice_equal_nocase(value, TY_SLICE("*all*")))
            SAY(RULE_ADMINLANG_ALL, "adminlang is *all*");
        break;
    case AT_TUID:
        for (size_t i = 0; i < value.size; i++)
            if (value.data[i] == ' ' || (value.data[i] >= '\t' && value.data[i] <= '\r')) {
                SAY(RULE_TUID_SPACE, "tuid=\"%.*s\" has white space", SHORT(value));
                break;
            }
        break;
    case AT_UNICODE: check_unicode(checker, value, line, unit); break;
    case AT_CODE:
        if (hex_value(value) < 0)
            SAY(RULE_MAP_CODE, "code=\"%.*s\" is not #x and hexadecimal digits", SHORT(value));
        break;
    case AT_ENT:
    case AT_SUBST: check_ascii(checker, attribute, value, line, unit); break;
    case AT_I:
        if (!is_digits(value))
            SAY(RULE_I_NOT_NUMBER, "i=\"%.*s\" is no number", SHORT(value));
        break;
    case AT_X:
        if (!is_digits(value))
            SAY(RULE_X_NOT_NUMBER, "x=\"%.*s\" is no number", SHORT(value));
        break;
    case AT_ASSOC:
        if (value.size != 1 || !strchr("pfb", value.data[0]))
            SAY(RULE_ASSOC, "assoc=\"%.*s\" is not p, f or b", SHORT(value));
        break;
    case AT_POS:
        if (!ty_slice_equal(value, TY_SLICE("begin")) && !ty_slice_equal(value, TY_SLICE("end")))
            SAY(RULE_IT_POS, "pos=\"%.*s\" is not begin or end", SHORT(value));
        break;
    default: break;
    }
}

/* ------------------------------------------------------------------------------------------ characters */

enum { CHAR_REPLACEMENT = 1, CHAR_NON = 2, CHAR_C1 = 4, CHAR_PRIVATE = 8 };

static unsigned judge_character(uint32_t code)
{
    if (code == 0xFFFD)
        return CHAR_REPLACEMENT;
    if ((code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE)
        return CHAR_NON;
    if (code >= 0x7F && code <= 0x9F)
        return code == 0x85 ? 0 : CHAR_C1;
    return code >= 0xE000 && code <= 0xF8FF ? CHAR_PRIVATE : 0;
}

/* Only these bytes begin a character that a rule is about. */
static bool is_lead(unsigned char byte)
{
    return (byte == 0x7F) | (byte == 0xC2) | (byte >= 0xEE);
}

enum { STRIDE = 32 };

/* A block at a time, in a form that compilers turn into vector instructions. */
static bool has_lead(const char *block)
{
    unsigned char any = 0;
    for (unsigned i = 0; i < STRIDE; i++)
        any |= is_lead((unsigned char)block[i]);
    return any;
}

static unsigned judge_range(ty_slice text, size_t at, size_t end)
{
    unsigned found = 0;
    for (; at < end; at++) {
        size_t offset = at;
        if (is_lead((unsigned char)text.data[at]))
            found |= judge_character(ty_utf8_next(text, &offset));
    }
    return found;
}

static unsigned find_odd_characters(ty_slice text)
{
    unsigned found = 0;
    size_t at = 0;
    for (; at + STRIDE <= text.size; at += STRIDE)
        if (has_lead(text.data + at))
            found |= judge_range(text, at, at + STRIDE);
    char rest[STRIDE] = {0};
    memcpy(rest, text.data + at, text.size - at);
    return has_lead(rest) ? found | judge_range(text, at, text.size) : found;
}

static bool looks_escaped_twice(ty_slice text)
{
    static const char *const names[] = {"lt;", "gt;", "amp;", "quot;", "apos;", "nbsp;", "#"};
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE("&"), at)) != SIZE_MAX; at++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (ty_slice_starts(ty_slice_sub(text, at + 1, text.size), ty_slice_of(names[i])))
                return true;
    return false;
}

/* White space at either end, tags not counted. */
static bool has_edge_space(ty_slice content)
{
    size_t start = 0, end = content.size;
    while (start < end && content.data[start] == '<') {
        size_t close = ty_slice_find(content, TY_SLICE(">"), start);
        if (close == SIZE_MAX)
            return false;
        start = close + 1;
    }
    while (end > start && content.data[end - 1] == '>') {
        while (end > start && content.data[--end] != '<')
            continue;
    }
    if (start >= end)
        return false;
    return ty_char_is_space(ty_utf8_next(content, &start)) ||
           ty_char_is_space(ty_utf8_previous(content, &end));
}

static void inform(struct tmx_checker *checker, ty_slice content, ty_slice plain, size_t line, size_t unit)
{
    if (has_edge_space(content))
        SAY(RULE_SEG_EDGE_SPACE, "white space at the edge of the segment");
    if (memchr(content.data, '\n', content.size))
        SAY(RULE_SEG_NEWLINE, "a line end inside the segment");
    if (looks_escaped_twice(plain))
        SAY(RULE_DOUBLE_ESCAPE, "the text looks as if it were escaped twice");
    ty_status nfc = ty_text_is_nfc(content);
    checker->no_memory |= nfc == TY_ERR_NOMEM;
    if (nfc == TY_NO)
        SAY(RULE_NOT_NFC, "the text is not in normalisation form C");
}

void ty_tmx_check_text(struct tmx_checker *checker, ty_slice content, ty_slice plain, size_t line,
                       size_t unit)
{
    if (!content.size)
        return;
    unsigned found = find_odd_characters(content);
    if (found & CHAR_REPLACEMENT)
        SAY(RULE_REPLACEMENT_CHARACTER, "U+FFFD: the text was damaged earlier");
    if (found & CHAR_NON)
        SAY(RULE_NONCHARACTER, "a Unicode noncharacter");
    if (found & CHAR_C1)
        SAY(RULE_C1_CONTROL, "a control character of the C1 range");
    if (found & CHAR_PRIVATE)
        SAY(RULE_PRIVATE_USE, "a private-use character");
    if (checker->report->lint)
        inform(checker, content, plain, line, unit);
}

/* ------------------------------------------------------------------------------------------ life */

void ty_tmx_checker_init(struct tmx_checker *checker, struct tmx_report *report)
{
    *checker = (struct tmx_checker){.report = report, .xml_lang_era = true, .minor = 4};
    time_t soon = time(NULL) + 2 * 24 * 60 * 60;
    struct tm utc;
    gmtime_r(&soon, &utc);
    strftime(checker->today, sizeof checker->today, "%Y%m%dT%H%M%S", &utc);
}
