/* SPDX-License-Identifier: Apache-2.0 */
/*
 * romanize - letters of other scripts as Latin ones, by ICU's transliterators: Russian as BGN writes it (sh,
 * ch, kh), all else as Unicode has it, without marks.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/sys.h"
#include "library_files.h"
#include "text/internal.h"

#define FUNCTIONS(X)                                                                                         \
    X(utrans_close)                                                                                          \
    X(utrans_openU)                                                                                          \
    X(utrans_transUChars)

typedef struct transliterator {
    FUNCTIONS(TY_SYS_MEMBER)
} transliterator;
static const transliterator *transliterator_functions(void);
TY_SYS_LIBRARY(transliterator, TY_FILE_OF_ICU_I18N, FUNCTIONS)

struct ty_romanizer {
    const transliterator *by;
    UTransliterator *rules;
};

#define WORD_MAX 128 /* UTF-16 units, of the word and of what becomes of it */

ty_status ty_romanizer_new(ty_romanizer **out, ty_error *error)
{
    static const UChar id[] = u"Russian-Latin/BGN; Any-Latin; Latin-ASCII; Any-Lower";
    UErrorCode status = U_ZERO_ERROR;
    ty_romanizer *romanizer = calloc(1, sizeof *romanizer);
    *out = NULL;
    if (!romanizer)
        return ty_error_nomem(error);
    romanizer->by = transliterator_functions();
    if (!romanizer->by)
        status = U_MISSING_RESOURCE_ERROR;
    else
        romanizer->rules = romanizer->by->utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_SUCCESS(status)) {
        *out = romanizer;
        return TY_OK;
    }
    ty_romanizer_free(romanizer);
    return status == U_MEMORY_ALLOCATION_ERROR
               ? ty_error_nomem(error)
               : ty_error_set(error, TY_ERR_IO, "ICU has no rules to romanize by: %s", u_errorName(status));
}

void ty_romanizer_free(ty_romanizer *romanizer)
{
    if (romanizer && romanizer->rules)
        romanizer->by->utrans_close(romanizer->rules);
    free(romanizer);
}

void ty_romanize(const ty_romanizer *romanizer, ty_slice word, ty_buffer *out)
{
    UChar text[WORD_MAX];
    int32_t size = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(text, WORD_MAX, &size, word.data, (int32_t)word.size, 0xFFFD, NULL, &status);
    int32_t limit = size;
    romanizer->by->utrans_transUChars(romanizer->rules, text, &size, WORD_MAX, 0, &limit, &status);
    for (int32_t k = 0; k < size && U_SUCCESS(status); k++)
        if (text[k] >= 'a' && text[k] <= 'z')
            ty_buffer_add_char(out, (char)text[k]);
}
