/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MultiTerm XML (mtf): conceptGrp, languageGrp and termGrp are TBX's termEntry, langSet and tig, so the
 * reader of TBX takes it in; every datum is a descrip whose type is a name that the termbase's owner chose.
 * These are the names of MultiTerm's own templates and their like in TBX; others stay what they are.
 */
#include "formats/glossary/tbx.h"

static const struct {
    const char *name, *category, *element;
} fields[] = {
    {"Subject", "subjectField", "descrip"},
    {"Subject field", "subjectField", "descrip"},
    {"Domain", "subjectField", "descrip"},
    {"Definition", "definition", "descrip"},
    {"Context", "context", "descrip"},
    {"Example", "context", "descrip"},
    {"Source", "source", "admin"},
    {"Customer", "customerSubset", "admin"},
    {"Client", "customerSubset", "admin"},
    {"Project", "projectSubset", "admin"},
    {"Note", "", "note"},
    {"Comment", "", "note"},
    {"Status", "administrativeStatus", "termNote"},
    {"Term status", "administrativeStatus", "termNote"},
    {"Part of speech", "partOfSpeech", "termNote"},
    {"Gender", "grammaticalGender", "termNote"},
    {"Number", "grammaticalNumber", "termNote"},
    {"Geographical usage", "geographicalUsage", "termNote"},
};

bool ty_multiterm_field(ty_slice name, const char **category, const char **element)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(fields[i].name))) {
            *category = fields[i].category;
            *element = fields[i].element;
            return true;
        }
    return false;
}
