/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tmx - what the TMX reader, its rules, lint and the writer share.
 */
#ifndef TY_FORMATS_TMX_H
#define TY_FORMATS_TMX_H

#include "formats/internal.h"

/* ------------------------------------------------------------------------------------------ names */

enum tmx_element {
    EL_UNKNOWN,
    EL_TMX,
    EL_HEADER,
    EL_BODY,
    EL_TU,
    EL_TUV,
    EL_SEG,
    EL_NOTE,
    EL_PROP,
    EL_UDE,
    EL_MAP,
    EL_BPT,
    EL_EPT,
    EL_IT,
    EL_PH,
    EL_HI,
    EL_UT,
    EL_SUB,
    EL_DOCUMENT, /* what the root element stands in */
    EL_COUNT
};

enum tmx_attribute {
    AT_OTHER,
    AT_VERSION,
    AT_XML_LANG,
    AT_LANG,
    AT_O_ENCODING,
    AT_DATATYPE,
    AT_USAGECOUNT,
    AT_LASTUSAGEDATE,
    AT_CREATIONTOOL,
    AT_CREATIONTOOLVERSION,
    AT_CREATIONDATE,
    AT_CREATIONID,
    AT_CHANGEDATE,
    AT_CHANGEID,
    AT_SEGTYPE,
    AT_O_TMF,
    AT_SRCLANG,
    AT_ADMINLANG,
    AT_TUID,
    AT_TYPE,
    AT_NAME,
    AT_BASE,
    AT_UNICODE,
    AT_CODE,
    AT_ENT,
    AT_SUBST,
    AT_I,
    AT_X,
    AT_POS,
    AT_ASSOC,
    AT_COUNT
};

/* "g", "x", "bx", "ex" */
bool ty_tmx_is_xliff_code(const char *name);

extern const char *const ty_tmx_element_names[EL_COUNT];
extern const char *const ty_tmx_attribute_names[AT_COUNT];
/* May the child stand in the parent, may the element have the attribute, by the DTD of TMX 1.`minor`? */
bool ty_tmx_may_contain(enum tmx_element parent, enum tmx_element child, unsigned minor);
bool ty_tmx_may_have(enum tmx_element element, enum tmx_attribute attribute, unsigned minor);

/* Children and attributes of each element by the DTD of TMX 1.4, as bits. */
struct tmx_content {
    uint32_t children, attributes;
};
extern const struct tmx_content ty_tmx_dtd[EL_COUNT];

/*
 * Names by the pointer that libxml2's dictionary gives them: a name is looked up by its letters once and then
 * known by its address. Direct-mapped; a collision costs a look-up.
 */
struct tmx_name {
    const char *key;
    ty_slice name;   /* in the dictionary; as TMX spells it where it is one of TMX's */
    unsigned id;     /* enum tmx_element or enum tmx_attribute */
    bool other_case; /* known but for upper and lower case */
};
struct tmx_names {
    struct tmx_name elements[64], attributes[128];
};
const struct tmx_name *ty_tmx_look_up_element(struct tmx_name *slot, const char *key);
const struct tmx_name *ty_tmx_look_up_attribute(struct tmx_name *slot, const char *key);

static inline size_t tmx_name_hash(const char *key)
{
    return (uintptr_t)key >> 3 ^ (uintptr_t)key >> 9;
}

static inline const struct tmx_name *tmx_find_element(struct tmx_names *names, const char *key)
{
    struct tmx_name *slot = &names->elements[tmx_name_hash(key) % 64];
    return slot->key == key ? slot : ty_tmx_look_up_element(slot, key);
}

static inline const struct tmx_name *tmx_find_attribute(struct tmx_names *names, const char *key)
{
    struct tmx_name *slot = &names->attributes[tmx_name_hash(key) % 128];
    return slot->key == key ? slot : ty_tmx_look_up_attribute(slot, key);
}

/* ------------------------------------------------------------------------------------------ rules */

/* identifier, name, severity, is something lost, may be mended by lint --repair, what to do about it */
#define TMX_RULES(R)                                                                                         \
    R(ENCODING_MISMATCH, "encoding-mismatch", ERROR, 0, 1, "save the file in the encoding it declares")      \
    R(ENCODING_NOT_UNICODE, "encoding-not-unicode", WARNING, 0, 1, "write it in UTF-8 or UTF-16")            \
    R(UTF16_NO_BOM, "utf16-no-bom", WARNING, 0, 1, "begin the file with a byte order mark")                  \
    R(SPACE_BEFORE_DECLARATION, "space-before-xml-declaration", ERROR, 0, 1,                                 \
      "delete what stands before <?xml")                                                                     \
    R(FORBIDDEN_CHARACTER, "forbidden-character", ERROR, 1, 1, "remove the character")                       \
    R(CUT_OFF, "cut-off", ERROR, 1, 1, "get the file again; what is behind the break is not in it")          \
    R(UNREADABLE, "not-well-formed", FATAL, 0, 0, "mend the XML at this place")                              \
    R(NAMESPACE, "namespace", WARNING, 0, 1, "write the elements without a namespace")                       \
    R(NAMESPACE_DECLARATION, "namespace-declaration", ERROR, 0, 1, "remove xmlns:PREFIX")                    \
    R(INTERNAL_SUBSET, "internal-subset", WARNING, 0, 1, "remove the part in brackets from the DOCTYPE")     \
    R(DOCTYPE_VERSION, "doctype-version", WARNING, 0, 1, "let DOCTYPE and version name the same TMX")        \
    R(NO_VERSION, "no-version", ERROR, 0, 1, "write version=\"1.4\"")                                        \
    R(VERSION_UNKNOWN, "version-unknown", WARNING, 0, 1, "write version=\"1.4\"")                            \
    R(VERSION_FIXED, "version-fixed", ERROR, 0, 1, "write version=\"1.4\"")                                  \
    R(XML_LANG_TOO_EARLY, "xml-lang-too-early", ERROR, 0, 1, "write lang, or version=\"1.4\"")               \
    R(ELEMENT_CASE, "element-case", ERROR, 0, 1, "write element names in lower case")                        \
    R(UNKNOWN_ELEMENT, "unknown-element", ERROR, 0, 0, "use a prop or a note")                               \
    R(XLIFF_CODE, "xliff-code", ERROR, 0, 1,                                                                 \
      "use bpt and ept for a pair, ph for a single code; --repair does")                                     \
    R(LOST_ELEMENT, "lost-element", ERROR, 1, 0, "use a prop or a note")                                     \
    R(MISPLACED_ELEMENT, "misplaced-element", ERROR, 0, 0, "move it to where the DTD allows it")             \
    R(ELEMENT_ORDER, "element-order", ERROR, 0, 1, "put note and prop before tuv and seg")                   \
    R(UNKNOWN_ATTRIBUTE, "unknown-attribute", ERROR, 0, 0, "use a prop")                                     \
    R(STRAY_TEXT, "stray-text", ERROR, 1, 1, "put the text into a note or delete it")                        \
    R(NO_HEADER, "no-header", ERROR, 0, 1, "write a header with the attributes that are required")           \
    R(SECOND_HEADER, "second-header", ERROR, 1, 1, "keep one header")                                        \
    R(NO_BODY, "no-body", ERROR, 0, 1, "put the units into a body")                                          \
    R(SECOND_BODY, "second-body", ERROR, 0, 1, "put all units into one body")                                \
    R(NO_TU, "no-tu", INFO, 0, 0, "nothing to do, if the memory is meant to be empty")                       \
    R(HEADER_ATTRIBUTE, "header-attribute", ERROR, 0, 1, "write the attribute")                              \
    R(ADMINLANG_ALL, "adminlang-all", ERROR, 0, 0, "name the language of notes and properties")              \
    R(SRCLANG_ALL_CASE, "srclang-all-case", WARNING, 0, 1, "write *all*")                                    \
    R(DATE_FORMAT, "date-format", ERROR, 0, 0, "write YYYYMMDDThhmmssZ, in UTC")                             \
    R(DATE_IMPOSSIBLE, "date-impossible", ERROR, 0, 0, "write a date that exists")                           \
    R(DATE_ORDER, "date-order", WARNING, 0, 0, "check both dates")                                           \
    R(DATE_FUTURE, "date-future", WARNING, 0, 0, "check the clock of the tool that wrote it")                \
    R(USAGECOUNT, "usagecount", ERROR, 0, 0, "write a number in decimal digits")                             \
    R(O_ENCODING, "o-encoding", WARNING, 0, 0, "use a name from the IANA list of charsets")                  \
    R(DATATYPE, "datatype", INFO, 0, 0, "use a recommended value or one that begins with x-")                \
    R(SEGTYPE, "segtype", ERROR, 0, 0, "write block, paragraph, sentence or phrase")                         \
    R(LANG_EMPTY, "lang-empty", ERROR, 0, 0, "write the language")                                           \
    R(LANG_UNDERSCORE, "lang-underscore", ERROR, 0, 1, "write a hyphen")                                     \
    R(LANG_MALFORMED, "lang-malformed", ERROR, 0, 0, "write a BCP 47 tag")                                   \
    R(LANG_UNKNOWN, "lang-unknown", WARNING, 0, 0, "write an ISO 639-1 code")                                \
    R(LANG_THREE_LETTER, "lang-three-letter", WARNING, 0, 0, "write the two-letter code")                    \
    R(LANG_DEPRECATED, "lang-deprecated", WARNING, 0, 1, "write xml:lang")                                   \
    R(LANG_DEPRECATED_TOO, "lang-deprecated", INFO, 0, 1, "leave lang out, xml:lang is there")               \
    R(LANG_CONFLICT, "lang-conflict", ERROR, 0, 0, "leave lang out; xml:lang is believed")                   \
    R(TUV_LANG, "tuv-lang", ERROR, 0, 0, "write xml:lang")                                                   \
    R(TUV_XML_LANG, "tuv-xml-lang", ERROR, 0, 1, "write xml:lang; lang alone is of TMX 1.1 and 1.2")         \
    R(TUV_LANG_DUPLICATE, "tuv-lang-duplicate", WARNING, 0, 0, "write one unit for each translation")        \
    R(UDE_NAME, "ude-name", ERROR, 0, 0, "write name")                                                       \
    R(UDE_BASE, "ude-base", ERROR, 0, 0, "write base, because a map has code")                               \
    R(UDE_EMPTY, "ude-empty", ERROR, 0, 0, "write at least one map")                                         \
    R(MAP_UNICODE, "map-unicode", ERROR, 0, 0, "write #x and the code point in hexadecimal")                 \
    R(MAP_CODE, "map-code", ERROR, 0, 0, "write #x and the code in hexadecimal")                             \
    R(MAP_ENT, "map-ent", ERROR, 0, 0, "write ASCII")                                                        \
    R(MAP_SUBST, "map-subst", ERROR, 0, 0, "write ASCII")                                                    \
    R(MAP_EMPTY, "map-empty", WARNING, 0, 0, "give one of code, ent and subst")                              \
    R(PROP_TYPE, "prop-type", ERROR, 0, 0, "write type")                                                     \
    R(TUID_SPACE, "tuid-space", ERROR, 0, 0, "write a tuid without white space")                             \
    R(TUID_DUPLICATE, "tuid-duplicate", WARNING, 0, 0, "nothing, where tools do not take tuid for a key")    \
    R(NO_TUV, "no-tuv", ERROR, 1, 1, "delete the unit")                                                      \
    R(SINGLE_TUV, "single-tuv", WARNING, 0, 0, "add the translation")                                        \
    R(NESTED_TU, "nested-tu", ERROR, 0, 0, "end the unit before the next begins")                            \
    R(SEG_COUNT, "seg-count", ERROR, 0, 0, "one seg in each tuv")                                            \
    R(SRCLANG_ABSENT, "srclang-absent", ERROR, 0, 0, "let srclang name a language of the unit, or *all*")    \
    R(SRCLANG_NEAR, "srclang-near", WARNING, 0, 0, "spell srclang as the tuv is spelt")                      \
    R(SEG_EMPTY, "seg-empty", WARNING, 0, 0, "translate it or delete the tuv")                               \
    R(SEG_EDGE_SPACE, "seg-edge-space", INFO, 0, 0, "nothing, where it is meant")                            \
    R(SEG_NEWLINE, "seg-newline", INFO, 0, 0, "nothing, where it is meant")                                  \
    R(REPLACEMENT_CHARACTER, "replacement-character", WARNING, 0, 0, "find the character that was there")    \
    R(NONCHARACTER, "noncharacter", WARNING, 0, 0, "remove it")                                              \
    R(C1_CONTROL, "c1-control", WARNING, 0, 0, "read the original as windows-1252 instead of ISO-8859-1")    \
    R(PRIVATE_USE, "private-use", INFO, 0, 0, "nothing, where sender and receiver agree on it")              \
    R(DOUBLE_ESCAPE, "double-escape", INFO, 0, 0, "escape the text once")                                    \
    R(NOT_NFC, "not-nfc", INFO, 0, 0, "nothing; matching folds it")                                          \
    R(COMMENT_IN_SEG, "comment-in-seg", INFO, 0, 0, "nothing; it is kept")                                   \
    R(UT_DEPRECATED, "ut-deprecated", WARNING, 0, 0, "write bpt, ept, it or ph")                             \
    R(I_MISSING, "i-missing", ERROR, 0, 0, "number the pairs of bpt and ept by i")                           \
    R(I_NOT_NUMBER, "i-not-number", WARNING, 0, 0, "write a number")                                         \
    R(I_DUPLICATE, "i-duplicate", ERROR, 0, 0, "number each pair by an i of its own")                        \
    R(EPT_BEFORE_BPT, "ept-before-bpt", ERROR, 0, 0, "write <it pos=\"end\"> for an end without beginning")  \
    R(BPT_UNCLOSED, "bpt-unclosed", ERROR, 0, 0, "write <it pos=\"begin\"> for a beginning without end")     \
    R(X_NOT_NUMBER, "x-not-number", WARNING, 0, 0, "write a number")                                         \
    R(X_DUPLICATE, "x-duplicate", WARNING, 0, 0, "give each code an x of its own")                           \
    R(X_UNMATCHED, "x-unmatched", WARNING, 0, 0, "give codes that match the same x")                         \
    R(ASSOC, "assoc", ERROR, 0, 0, "write p, f or b")                                                        \
    R(IT_POS, "it-pos", ERROR, 0, 0, "write begin or end")                                                   \
    R(UNIT_LIMIT, "unit-limit", ERROR, 1, 0, "split the unit")

enum tmx_rule {
#define TMX_RULE_ID(id, name, severity, lost, repairable, fix) RULE_##id,
    TMX_RULES(TMX_RULE_ID)
#undef TMX_RULE_ID
        RULE_COUNT
};

/* Where findings go: to a listener as warnings, or to lint with all they are. */
struct tmx_report {
    const char *file;
    const ty_listener *listener;
    ty_read_counts *counts;
    bool lint;
    void *payload;
    void (*finding)(void *payload, const ty_tmx_finding *finding);
    ty_lint_counts lint_counts;
    uint32_t told[RULE_COUNT];
};

/* What is worth a look at all: lint looks at everything, a reader not at mere information. */
bool ty_tmx_wants(const struct tmx_report *report, enum tmx_rule rule);
void ty_tmx_say(struct tmx_report *report, enum tmx_rule rule, size_t line, size_t unit, const char *format,
                ...) TY_PRINTF(5, 6);
/* A unit that is left out. */
void ty_tmx_reject(struct tmx_report *report, enum tmx_rule rule, size_t line, size_t unit,
                   const char *cause);
/* Tells how often rules broke that were told often enough. */
void ty_tmx_report_finish(struct tmx_report *report);

/* ------------------------------------------------------------------------------------------ values */

/* What checks of values need to know, and what they remember from one to the next. */
struct tmx_checker {
    struct tmx_report *report;
    bool xml_lang_era; /* version 1.3 and later */
    unsigned minor;    /* of version 1.x where it is a known one, otherwise 4 */
    char today[16];    /* two days from now, YYYYMMDDThhmmss: later dates are in the future */
    struct {
        char tag[24];
        uint8_t size; /* 0: free */
        uint8_t faults;
    } langs[16];
    unsigned next_lang;
    char encoding[40]; /* the last o-encoding that was good */
    bool no_memory;    /* a rule could not be looked at */
};

/* Attributes whose values have rules, as bits. */
#define TMX_JUDGED                                                                                           \
    (1u << AT_CREATIONDATE | 1u << AT_CHANGEDATE | 1u << AT_LASTUSAGEDATE | 1u << AT_USAGECOUNT |            \
     1u << AT_O_ENCODING | 1u << AT_DATATYPE | 1u << AT_SEGTYPE | 1u << AT_SRCLANG | 1u << AT_ADMINLANG |    \
     1u << AT_TUID | 1u << AT_UNICODE | 1u << AT_CODE | 1u << AT_ENT | 1u << AT_SUBST | 1u << AT_I |         \
     1u << AT_X | 1u << AT_POS | 1u << AT_ASSOC)

void ty_tmx_checker_init(struct tmx_checker *checker, struct tmx_report *report);
/* A value that has rules of its own; others pass. `what` names the element for messages. */
void ty_tmx_check_value(struct tmx_checker *checker, enum tmx_element element, enum tmx_attribute attribute,
                        ty_slice value, size_t line, size_t unit);
void ty_tmx_check_dates(struct tmx_checker *checker, ty_attributes attributes, size_t line, size_t unit);
void ty_tmx_check_lang(struct tmx_checker *checker, ty_slice tag, const char *what, size_t line, size_t unit);
/* A segment: its content, with markup or without, and its plain text. */
void ty_tmx_check_text(struct tmx_checker *checker, ty_slice content, ty_slice plain, size_t line,
                       size_t unit);
/* Tags that mean the same but for case and '_', and tags of which one is more special. */
bool ty_tmx_lang_same(ty_slice a, ty_slice b);
bool ty_tmx_lang_near(ty_slice a, ty_slice b);

/* ------------------------------------------------------------------------------------------ pool */

/* Text of one unit: slices stay where they are until the pool is cleared; the last one may grow. */
struct text_pool {
    char *data;
    size_t used, capacity, open;
    TY_VECTOR(char *) older;
    bool failed;
};

bool ty_tmx_pool_grow(struct text_pool *pool, size_t more);
void ty_tmx_pool_clear(struct text_pool *pool);
void ty_tmx_pool_release(struct text_pool *pool);

static inline void pool_begin(struct text_pool *pool)
{
    pool->open = pool->used;
}

static inline void pool_add(struct text_pool *pool, const char *text, size_t size)
{
    if (size > pool->capacity - pool->used && !ty_tmx_pool_grow(pool, size))
        return;
    if (size)
        memcpy(pool->data + pool->used, text, size);
    pool->used += size;
}

static inline ty_slice pool_end(struct text_pool *pool)
{
    return pool->data ? (ty_slice){pool->data + pool->open, pool->used - pool->open} : (ty_slice){"", 0};
}

static inline ty_slice pool_copy(struct text_pool *pool, ty_slice text)
{
    pool_begin(pool);
    pool_add(pool, text.data, text.size);
    return pool_end(pool);
}

/* ------------------------------------------------------------------------------------------ capture */

/*
 * The content of one element on its way into the model: plain text as long as it is plain, canonical markup
 * (unit.h) from the first tag on.
 */
struct capture {
    struct text_pool *pool;
    ty_buffer markup;
    bool has_markup;
    bool has_text;         /* any character, that of codes included */
    bool tag_open;         /* a start tag still lacks its '>' */
    unsigned depth;        /* elements open inside */
    uint8_t elements[320]; /* which ones; deeper than libxml2 lets them be */
    unsigned scope_count;
    struct {
        const char *prefix, *uri;
        unsigned depth;
    } scopes[16]; /* namespaces declared inside the markup */
};

void ty_tmx_capture_begin(struct capture *capture);
void ty_tmx_capture_markup_text(struct capture *capture, const char *text, size_t size);
static inline void capture_text(struct capture *capture, const char *text, size_t size)
{
    capture->has_text |= size != 0;
    if (capture->has_markup)
        ty_tmx_capture_markup_text(capture, text, size);
    else
        pool_add(capture->pool, text, size);
}
/* An element inside; `uri` NULL and prefix NULL for one of TMX. */
void ty_tmx_capture_start(struct capture *capture, enum tmx_element element, const char *name,
                          const char *prefix, const char *uri, int attribute_count,
                          const xmlChar **attributes);
void ty_tmx_capture_end(struct capture *capture, const char *name, const char *prefix);
void ty_tmx_capture_comment(struct capture *capture, const char *text);
void ty_tmx_capture_instruction(struct capture *capture, const char *target, const char *data);
/* The text, where there was no markup; the canonical markup, otherwise. */
ty_slice ty_tmx_capture_finish(struct capture *capture);

#endif
