/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All SQL of the module but the schema, a file a subject. Parameters are numbered in the order the callers
 * bind them.
 */
#include "store/statements.h"
#include "store/internal.h"

const char *ty_sql_text(ty_sql_id id)
{
    static const char *const *const subjects[] = {ty_sql_of_units, ty_sql_of_releases, ty_sql_of_steps,
                                                  ty_sql_of_concepts};
    const char *text = NULL;
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects && !text; i++)
        text = subjects[i][id];
    return text;
}
