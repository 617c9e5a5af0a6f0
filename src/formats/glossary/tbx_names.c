/* SPDX-License-Identifier: Apache-2.0 */
/* Names of TBX: ISO 30042:2008 and 2019, the public dialects Core, Min and Basic. */
#include "formats/glossary/tbx.h"

static const struct {
    const char *category, *element;
} categories[] = {
    {"partOfSpeech", "termNote"},
    {"administrativeStatus", "termNote"},
    {"termType", "termNote"},
    {"grammaticalGender", "termNote"},
    {"grammaticalNumber", "termNote"},
    {"termLocation", "termNote"},
    {"usageStatus", "termNote"},
    {"register", "termNote"},
    {"geographicalUsage", "termNote"},
    {"abbreviatedFormFor", "termNote"},
    {"normativeAuthorization", "termNote"},
    {"termStatus", "termNote"},
    {"subjectField", "descrip"},
    {"definition", "descrip"},
    {"context", "descrip"},
    {"example", "descrip"},
    {"explanation", "descrip"},
    {"relatedConcept", "descrip"},
    {"characteristic", "descrip"},
    {"source", "admin"},
    {"customerSubset", "admin"},
    {"projectSubset", "admin"},
    {"productSubset", "admin"},
    {"originatingInstitution", "admin"},
    {"customer", "admin"},
    {"externalCrossReference", "xref"},
    {"xGraphic", "xref"},
    {"crossReference", "ref"},
    {"transactionType", "transac"},
    {"responsibility", "transacNote"},
};

const char *ty_tbx_element_of(ty_slice category)
{
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (ty_slice_equal(category, ty_slice_of(categories[i].category)))
            return categories[i].element;
    return NULL;
}

bool ty_tbx_is_datum(ty_slice name)
{
    static const char *const names[] = {"descrip",  "descripNote", "admin",       "adminNote",
                                        "termNote", "transac",     "transacNote", "note",
                                        "date",     "ref",         "xref"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal(name, ty_slice_of(names[i])))
            return true;
    return false;
}

bool ty_tbx_is_group(ty_slice name)
{
    return ty_slice_ends(name, TY_SLICE("Grp")) && !ty_slice_equal(name, TY_SLICE("termGrp"));
}
