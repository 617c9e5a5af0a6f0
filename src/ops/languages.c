/* SPDX-License-Identifier: Apache-2.0 */
/* The languages of a desk that says nothing. No other file of the house knows which they are. */
#include "ops/internal.h"

static const char *const usual[2] = {"en", "ja"};

const char *ty_lang_usual_source(const char *told)
{
    return told ? told : usual[0];
}

const char *ty_lang_usual_target(const char *told)
{
    return told ? told : usual[1];
}

const char *ty_lang_usual_other(ty_slice lang)
{
    for (int side = 0; side < 2; side++)
        if (ty_lang_same(lang, ty_slice_of(usual[side])))
            return usual[1 - side];
    return NULL;
}
