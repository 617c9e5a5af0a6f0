/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tbx_reader - the state of the reader of TBX and MultiTerm XML, which its files share.
 */
#ifndef TY_FORMATS_TBX_READER_H
#define TY_FORMATS_TBX_READER_H

#include "formats/glossary/glossary.h"
#include "formats/glossary/tbx.h"

enum tbx_role {
    ROLE_STRUCTURE,
    ROLE_HEADER,
    ROLE_BACK,
    ROLE_CONCEPT,
    ROLE_LANG,
    ROLE_HOLDER,
    ROLE_GROUP,
    ROLE_TERM,
    ROLE_DATUM,
    ROLE_INLINE,
    ROLE_ID,      /* of MultiTerm: the concept's */
    ROLE_LANGUAGE /* of MultiTerm: says which it is */
};
enum { DEPTH = 320, ATTRIBUTES = 16, CONCEPT_LIMIT = 1 << 16 };

typedef TY_VECTOR(ty_info) info_list;

struct tbx_reader {
    struct xml_parser xml; /* first: handlers get a pointer to it */
    struct glossary_reader *reader;
    uint8_t roles[DEPTH];
    unsigned depth, skipped; /* elements open; of these, inside what is not read */
    enum tbx_role place;     /* concept, language or term: where a datum belongs */
    bool in_header, header_told, back_told, inline_told;
    bool multiterm;

    ty_arena arena, header_arena;
    ty_glossary glossary;
    ty_concept concept;
    TY_VECTOR(ty_term) terms;
    info_list concept_infos, lang_infos, term_infos;
    ty_term term;
    ty_slice lang;
    size_t line, terms_before; /* where the concept began; terms when the language began */
    ty_strings ids;            /* of concepts: two of one id are two */
    unsigned group_number;
    char group[64];     /* "descripGrp 3", "" outside */
    bool group_defines; /* the group holds a definition: a source in it is that of the concept */

    ty_buffer text; /* of the term or datum that is open */
    ty_attribute attributes[ATTRIBUTES];
    size_t attribute_count;
    ty_slice element, category;
    ty_buffer header_path; /* the last element of the header that had a name of use */
};

static inline bool tbx_is(ty_slice name, const char *wanted)
{
    return ty_slice_equal_nocase(name, ty_slice_of(wanted));
}

/* tbx_roles.c: what the element is where it stands, and whether it may stand there. */
enum tbx_role ty_tbx_role_of(const struct tbx_reader *tbx, ty_slice name, enum tbx_role parent);
bool ty_tbx_is_misplaced(const struct tbx_reader *tbx, enum tbx_role role);

/* tbx_data.c: text without the blanks of pretty-printing; a datum or term that begins, a datum that ends. */
ty_slice ty_tbx_clean(ty_arena *arena, ty_slice text);
ty_slice ty_tbx_keep(struct tbx_reader *tbx, ty_slice text);
void ty_tbx_begin_datum(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes);
void ty_tbx_end_datum(struct tbx_reader *tbx);
/* Keeps what stands in the reader's element, category and attributes as a property of the place. */
void ty_tbx_keep_info(struct tbx_reader *tbx, ty_slice text);

#endif
