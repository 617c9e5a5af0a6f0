/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unit - the model: what a memory and a termbase hold, in the words of TMX 1.4b and TBX.
 *
 * Plain structs whose slices and arrays live in an arena, or wherever their maker says; nothing here owns
 * anything. The only user of jansson.
 *
 * The model is lossless: attributes keep their spelling and raw value, notes and properties their order,
 * segments their exact inline content.
 */
#ifndef TY_UNIT_H
#define TY_UNIT_H

#include "base/base.h"

/* ------------------------------------------------------------------------------------------ pieces */

/*
 * An XML attribute as written. The name is that of TMX ("tuid", "o-encoding"), "xml:lang" for the language
 * (also where the file says `lang`), or "{namespace}name" for a foreign one.
 */
typedef struct ty_attribute {
    ty_slice name, value;
} ty_attribute;

typedef struct ty_attributes {
    ty_attribute *items;
    size_t count;
} ty_attributes;

/* The value of the attribute, or a slice with data NULL. */
ty_slice ty_attribute_find(ty_attributes attributes, const char *name);

/* What may stand before the segments: TMX note, prop and ude, and elements the standard does not know. */
typedef enum ty_info_kind {
    TY_INFO_NOTE,
    TY_INFO_PROP,
    TY_INFO_UDE,  /* `text` is the markup of its map elements */
    TY_INFO_OTHER /* `text` is the markup of a whole unknown element, start tag to end tag */
} ty_info_kind;

typedef struct ty_info {
    ty_info_kind kind;
    ty_attributes attributes; /* none for TY_INFO_OTHER */
    ty_slice text;            /* exact, white space included */
} ty_info;

typedef struct ty_infos {
    ty_info *items;
    size_t count;
} ty_infos;

/* ------------------------------------------------------------------------------------------ units */

/* TMX tuv: a segment in a language. */
typedef struct ty_variant {
    ty_slice lang;            /* xml:lang as written; empty where the file has none */
    ty_attributes attributes; /* all others */
    ty_infos infos;
    ty_slice text;    /* the plain text: inline codes with their native content left out, hi's text kept */
    ty_slice content; /* canonical inline markup (see below); data NULL where it is just the escaped text */
} ty_variant;

/* TMX tu: variants that stand for each other, in the order of the file; a language may come twice. */
typedef struct ty_unit {
    ty_attributes attributes; /* all, srclang included */
    ty_infos infos;
    ty_variant *variants;
    size_t variant_count;
    size_t line; /* 1-based line of the input it began on, 0 where unknown; not part of the unit */
} ty_unit;

/* TMX header and the attributes of the root: what a file says of itself. */
typedef struct ty_header {
    ty_slice version;         /* of tmx, as written */
    ty_attributes attributes; /* of header; "tmx:NAME" for further attributes of the root */
    ty_infos infos;
} ty_header;

/* ------------------------------------------------------------------------------------------ inline content
 */

/*
 * Canonical inline markup is the content of a TMX seg written one way only, so that equal content is equal
 * bytes: elements bpt ept ph it hi ut sub (and unknown ones) as start and end tags or <x/>, attributes in the
 * order of the file with double quotes, & < > escaped in text (ty_buffer_add_xml), comments and processing
 * instructions kept, no CDATA. Tags are tokens in a row: bpt/ept pairs may overlap (TMX 1.4b).
 */
typedef enum ty_token_kind {
    TY_TOKEN_TEXT,  /* `text` is still escaped: ty_inline_unescape */
    TY_TOKEN_START, /* `name`; `attributes` is the raw text of them */
    TY_TOKEN_END,   /* `name`; for <x/> a START with `empty` set and no END */
    TY_TOKEN_OTHER  /* comment or processing instruction, `text` is the whole of it */
} ty_token_kind;

typedef struct ty_token {
    ty_token_kind kind;
    bool empty;
    ty_slice name, attributes, text;
} ty_token;

/* Takes the next token off *rest; false at the end. Markup that is not canonical ends as text. */
bool ty_inline_next(ty_slice *rest, ty_token *token);
/* The value of an attribute in raw attribute text, still escaped; data NULL where there is none. */
ty_slice ty_inline_attribute(ty_slice attributes, const char *name);
/* Appends text with the five predefined entities and character references resolved. */
void ty_inline_unescape(ty_slice text, ty_buffer *out);
/* Appends the plain text of canonical markup: codes and their native content dropped, text in hi kept. */
void ty_inline_plain(ty_slice content, ty_buffer *out);
/* Does the text of the element belong to a code, or to a flow of its own, rather than to the segment? */
bool ty_inline_hides(ty_slice name);
/* The highest number that codes have as i or x; 0 where there is none. */
unsigned ty_inline_highest(ty_slice content);
/* Appends canonical markup with the numbers of its codes raised: `raise` is the highest of what is there. */
void ty_inline_append(ty_slice content, unsigned raise, ty_buffer *out);
/*
 * Where to cut canonical markup so that `plain` bytes of its plain text come before; what ends there stays
 * with them. SIZE_MAX where an element or a pair of codes would be torn, or the text is shorter.
 */
size_t ty_inline_cut(ty_slice content, size_t plain);
/*
 * Appends canonical markup with another plain text: what the two begin and end with alike stays with its
 * codes, what is between is put in. False, with nothing to be used appended, where codes stand in between.
 */
bool ty_inline_respell(ty_slice content, ty_slice text, ty_buffer *out);
/* Is it the content of a TMX seg, every tag known and closed, nothing bare? */
bool ty_inline_is_valid(ty_slice content);
/* The variant's canonical markup: `content`, or the escaped text put into `scratch`. */
ty_slice ty_variant_content(const ty_variant *variant, ty_buffer *scratch);

/* ------------------------------------------------------------------------------------------ forms */

/*
 * JSON of attributes ({"name":"value",...}) and infos ([{"prop":{"type":...},"text":...},...]), as kept in
 * the memory file, in the order given. Reading puts what it makes into the arena and fails on what is not
 * such JSON; empty text stands for nothing.
 */
void ty_attributes_to_json(ty_attributes attributes, ty_buffer *out);
void ty_infos_to_json(ty_infos infos, ty_buffer *out);
ty_status ty_attributes_from_json(ty_slice json, ty_arena *arena, ty_attributes *out, ty_error *error);
ty_status ty_infos_from_json(ty_slice json, ty_arena *arena, ty_infos *out, ty_error *error);

/* The text of the unit's first property of a type, "" where it has none. */
ty_slice ty_unit_property(const ty_unit *unit, const char *type);
/* Is the unit a pair of labels, such as "Q:" and 記者：? It says so in a property. */
#define TY_LABEL_PROPERTY "x-taiyaku:label"
bool ty_unit_is_label(const ty_unit *unit);

/*
 * The canonical form of a unit: bytes that are equal for two units exactly when attributes (in any order),
 * infos, variants and inline content are. Its digest tells units apart.
 */
void ty_unit_canonical(const ty_unit *unit, ty_buffer *out);
/* TY_ERR_ENCODING where a text of it cannot stand in an exchange file (ty_xml_check). */
ty_status ty_unit_check(const ty_unit *unit, ty_error *error);

/* A copy into the arena, as deep as it goes. False when there is no memory left. */
bool ty_unit_copy(const ty_unit *unit, ty_arena *arena, ty_unit *out);
bool ty_header_copy(const ty_header *header, ty_arena *arena, ty_header *out);

/* ------------------------------------------------------------------------------------------ terms */

/* A term of a concept in one language (TBX termSec). Slices are empty where nothing is said. */
typedef struct ty_term {
    ty_slice lang; /* BCP 47, as written */
    ty_slice text;
    ty_term_status status;
    ty_slice part_of_speech;
    ty_slice organisation; /* whose usage it is */
    ty_slice note, source;
    ty_infos infos; /* what else the file says, as (type, text) properties, in order */
} ty_term;

/* A concept and its terms in any number of languages (TBX conceptEntry). */
typedef struct ty_concept {
    ty_slice id; /* as in the file; empty where it has none */
    ty_slice subject, definition, note, source;
    ty_infos infos;
    ty_term *terms; /* in the order of the file */
    size_t term_count;
} ty_concept;
/* TY_ERR_ENCODING where a text of it cannot stand in an exchange file (ty_xml_check). */
ty_status ty_concept_check(const ty_concept *concept, ty_error *error);

/* Types of properties that glossaries of ours have (docs/glossary.md). */
#define TY_INFO_DATE "date"         /* of a term: the day of the source */
#define TY_INFO_KIND "kind"         /* of a concept: "name", "press phrase", ... */
#define TY_INFO_RELATION "relation" /* of a concept: "part of ORG-0012; service of ORG-0003" */

/* The text of the first property of that type; empty where there is none. */
ty_slice ty_infos_find(ty_infos infos, const char *type);
/* Of its names (ty_concept_kind_name), and of "press phrase" and "general word". */
ty_concept_kind ty_concept_kind_of(ty_slice name);
/* What a term says of the concept in its language (a TBX langSec's definition), or empty. */
ty_slice ty_term_definition(const ty_term *term);

/* "approved", "provisional", "non-standard", "forbidden" (UTX); "" for unknown. */
const char *ty_term_status_name(ty_term_status status);
/* Any spelling of TBX, UTX or common usage ("preferredTerm-admn-sts", "deprecated", ...); unknown otherwise.
 */
ty_term_status ty_term_status_of(ty_slice name);

/* The unit's first variant within a language, else the first that matches it, but for `other`; or NULL. */
const ty_variant *ty_variant_in(const ty_unit *unit, ty_slice lang, const ty_variant *other);

#endif
