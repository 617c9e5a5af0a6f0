/* SPDX-License-Identifier: Apache-2.0 */
/* What an element is: by its name, and by where it stands. */
#include "formats/glossary/tbx_reader.h"

/* Groups of data do not say more than where the datum stands, but for who changed it when. */
static enum tbx_role role_in_multiterm(const struct tbx_reader *tbx, ty_slice name, enum tbx_role parent)
{
    if (tbx_is(name, "conceptGrp"))
        return ROLE_CONCEPT;
    if (tbx->place == ROLE_STRUCTURE)
        return ROLE_STRUCTURE;
    if (tbx_is(name, "languageGrp"))
        return ROLE_LANG;
    if (tbx_is(name, "termGrp"))
        return ROLE_HOLDER;
    if (parent == ROLE_TERM || parent == ROLE_DATUM || parent == ROLE_INLINE || parent == ROLE_ID)
        return ROLE_INLINE;
    if (tbx_is(name, "concept") && tbx->place == ROLE_CONCEPT)
        return ROLE_ID;
    if (tbx_is(name, "language") && tbx->place == ROLE_LANG)
        return ROLE_LANGUAGE;
    if (tbx_is(name, "term"))
        return ROLE_TERM;
    if (tbx_is(name, "transacGrp"))
        return ROLE_GROUP;
    return ty_slice_ends(name, TY_SLICE("Grp")) ? ROLE_STRUCTURE : ROLE_DATUM;
}

enum tbx_role ty_tbx_role_of(const struct tbx_reader *tbx, ty_slice name, enum tbx_role parent)
{
    if (tbx->multiterm)
        return role_in_multiterm(tbx, name, parent);
    if (tbx_is(name, "martifHeader") || tbx_is(name, "tbxHeader") ||
        (tbx_is(name, "header") && tbx->depth == 1))
        return ROLE_HEADER;
    if (tbx_is(name, "back") && tbx->place == ROLE_STRUCTURE)
        return ROLE_BACK;
    if (tbx_is(name, "termEntry") || tbx_is(name, "conceptEntry") ||
        (tbx_is(name, "entry") && tbx->place == ROLE_STRUCTURE))
        return ROLE_CONCEPT;
    if (tbx->place ==
        ROLE_STRUCTURE) /* a term outside of what we know as an entry does not go without a word */
        return tbx_is(name, "term") ? ROLE_TERM : ROLE_STRUCTURE;
    if (tbx_is(name, "langSet") || tbx_is(name, "langSec") || tbx_is(name, "langGroup"))
        return ROLE_LANG;
    if (tbx_is(name, "tig") || tbx_is(name, "ntig") || tbx_is(name, "termSec") || tbx_is(name, "termGroup"))
        return ROLE_HOLDER;
    if (parent == ROLE_TERM || parent == ROLE_DATUM || parent == ROLE_INLINE)
        return ROLE_INLINE;
    if (tbx_is(name, "term"))
        return ROLE_TERM;
    if (ty_tbx_is_group(name))
        return ROLE_GROUP;
    return tbx_is(name, "termGrp") ? ROLE_STRUCTURE : ROLE_DATUM;
}

/* Entries inside entries and the like: the outer one ends where the inner begins to be of use. */
bool ty_tbx_is_misplaced(const struct tbx_reader *tbx, enum tbx_role role)
{
    return (role == ROLE_CONCEPT && tbx->place != ROLE_STRUCTURE) ||
           (role == ROLE_LANG && tbx->place != ROLE_CONCEPT) ||
           (role == ROLE_HOLDER && tbx->place != ROLE_LANG) ||
           (role == ROLE_TERM && tbx->place != ROLE_HOLDER);
}
