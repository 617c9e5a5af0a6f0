/* SPDX-License-Identifier: Apache-2.0 */
/* The names of TMX 1.4 and what the DTD says of them. */
#include "formats/tmx/tmx.h"

const char *const ty_tmx_element_names[EL_COUNT] = {
    [EL_UNKNOWN] = "", [EL_TMX] = "tmx", [EL_HEADER] = "header", [EL_BODY] = "body",     [EL_TU] = "tu",
    [EL_TUV] = "tuv",  [EL_SEG] = "seg", [EL_NOTE] = "note",     [EL_PROP] = "prop",     [EL_UDE] = "ude",
    [EL_MAP] = "map",  [EL_BPT] = "bpt", [EL_EPT] = "ept",       [EL_IT] = "it",         [EL_PH] = "ph",
    [EL_HI] = "hi",    [EL_UT] = "ut",   [EL_SUB] = "sub",       [EL_DOCUMENT] = "file",
};

const char *const ty_tmx_attribute_names[AT_COUNT] = {
    [AT_OTHER] = "",
    [AT_VERSION] = "version",
    [AT_XML_LANG] = "xml:lang",
    [AT_LANG] = "lang",
    [AT_O_ENCODING] = "o-encoding",
    [AT_DATATYPE] = "datatype",
    [AT_USAGECOUNT] = "usagecount",
    [AT_LASTUSAGEDATE] = "lastusagedate",
    [AT_CREATIONTOOL] = "creationtool",
    [AT_CREATIONTOOLVERSION] = "creationtoolversion",
    [AT_CREATIONDATE] = "creationdate",
    [AT_CREATIONID] = "creationid",
    [AT_CHANGEDATE] = "changedate",
    [AT_CHANGEID] = "changeid",
    [AT_SEGTYPE] = "segtype",
    [AT_O_TMF] = "o-tmf",
    [AT_SRCLANG] = "srclang",
    [AT_ADMINLANG] = "adminlang",
    [AT_TUID] = "tuid",
    [AT_TYPE] = "type",
    [AT_NAME] = "name",
    [AT_BASE] = "base",
    [AT_UNICODE] = "unicode",
    [AT_CODE] = "code",
    [AT_ENT] = "ent",
    [AT_SUBST] = "subst",
    [AT_I] = "i",
    [AT_X] = "x",
    [AT_POS] = "pos",
    [AT_ASSOC] = "assoc",
};

/* ------------------------------------------------------------------------------------------ the DTD */

#define E(id) (1u << EL_##id)
#define A(id) (1u << AT_##id)
#define CODES (E(BPT) | E(EPT) | E(IT) | E(PH) | E(HI) | E(UT))
#define LANGS (A(XML_LANG) | A(LANG))
#define USE                                                                                                  \
    (A(O_ENCODING) | A(DATATYPE) | A(USAGECOUNT) | A(LASTUSAGEDATE) | A(CREATIONTOOL) |                      \
     A(CREATIONTOOLVERSION) | A(CREATIONDATE) | A(CREATIONID) | A(CHANGEDATE) | A(CHANGEID) | A(O_TMF))

const struct tmx_content ty_tmx_dtd[EL_COUNT] = {
    [EL_DOCUMENT] = {E(TMX), 0},
    [EL_TMX] = {E(HEADER) | E(BODY), A(VERSION)},
    [EL_HEADER] = {E(NOTE) | E(PROP) | E(UDE), A(O_ENCODING) | A(CREATIONDATE) | A(CREATIONTOOL) |
                                                   A(CREATIONTOOLVERSION) | A(CREATIONID) | A(CHANGEDATE) |
                                                   A(CHANGEID) | A(SEGTYPE) | A(O_TMF) | A(ADMINLANG) |
                                                   A(SRCLANG) | A(DATATYPE)},
    [EL_BODY] = {E(TU), 0},
    [EL_TU] = {E(NOTE) | E(PROP) | E(TUV), USE | A(TUID) | A(SEGTYPE) | A(SRCLANG)},
    [EL_TUV] = {E(NOTE) | E(PROP) | E(SEG), USE | LANGS},
    [EL_SEG] = {CODES, 0},
    [EL_NOTE] = {0, LANGS | A(O_ENCODING)},
    [EL_PROP] = {0, LANGS | A(O_ENCODING) | A(TYPE)},
    [EL_UDE] = {E(MAP), A(NAME) | A(BASE)},
    [EL_MAP] = {0, A(UNICODE) | A(CODE) | A(ENT) | A(SUBST)},
    [EL_BPT] = {E(SUB), A(I) | A(X) | A(TYPE)},
    [EL_EPT] = {E(SUB), A(I)},
    [EL_IT] = {E(SUB), A(POS) | A(X) | A(TYPE)},
    [EL_PH] = {E(SUB), A(X) | A(ASSOC) | A(TYPE)},
    [EL_HI] = {CODES, A(X) | A(TYPE)},
    [EL_UT] = {E(SUB), A(X)},
    [EL_SUB] = {CODES, A(DATATYPE) | A(TYPE)},
};

/* Before 1.2 there was no hi, and sub stood in seg; before 1.4 ut held text only. */
bool ty_tmx_may_contain(enum tmx_element parent, enum tmx_element child, unsigned minor)
{
    bool now = ty_tmx_dtd[parent].children >> child & 1;
    if (minor >= 4)
        return now;
    if (minor < 2 && child == EL_HI)
        return false;
    if (minor < 2 && child == EL_SUB && parent == EL_SEG)
        return true;
    return now && parent != EL_UT;
}

/* Before 1.2 sub had no attributes; 1.3 took lang from prop, 1.4 gave it back. */
bool ty_tmx_may_have(enum tmx_element element, enum tmx_attribute attribute, unsigned minor)
{
    if (minor < 2 && element == EL_SUB)
        return false;
    if (minor == 3 && element == EL_PROP && attribute == AT_LANG)
        return false;
    return ty_tmx_dtd[element].attributes >> attribute & 1;
}

/* ------------------------------------------------------------------------------------------ look-up */

static const struct tmx_name *look_up(struct tmx_name *slot, const char *const *known, unsigned count,
                                      const char *key)
{
    *slot = (struct tmx_name){.key = key, .name = ty_slice_of(key)};
    for (unsigned id = 1; id < count; id++) {
        if (!ty_slice_equal_nocase(slot->name, ty_slice_of(known[id])))
            continue;
        slot->other_case = strcmp(key, known[id]) != 0;
        slot->name = ty_slice_of(known[id]);
        slot->id = id;
        break;
    }
    return slot;
}

const struct tmx_name *ty_tmx_look_up_element(struct tmx_name *slot, const char *key)
{
    return look_up(slot, ty_tmx_element_names, EL_DOCUMENT, key);
}

const struct tmx_name *ty_tmx_look_up_attribute(struct tmx_name *slot, const char *key)
{
    return look_up(slot, ty_tmx_attribute_names, AT_COUNT, key);
}
