/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regex - ICU regular expressions over UTF-8. ICU can look at UTF-8 through a UText without converting it;
 * native indexes are bytes then.
 */
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uregex.h>

#include "base/sys.h"
#include "library_files.h"
#include "text/internal.h"

#define FUNCTIONS(X)                                                                                         \
    X(uregex_close)                                                                                          \
    X(uregex_end64)                                                                                          \
    X(uregex_find64)                                                                                         \
    X(uregex_lookingAt64)                                                                                    \
    X(uregex_openUText)                                                                                      \
    X(uregex_setRegion64)                                                                                    \
    X(uregex_setStackLimit)                                                                                  \
    X(uregex_setTimeLimit)                                                                                   \
    X(uregex_setUText)                                                                                       \
    X(uregex_start64)                                                                                        \
    X(uregex_useAnchoringBounds)                                                                             \
    X(uregex_useTransparentBounds)

typedef struct regex_library {
    FUNCTIONS(TY_SYS_MEMBER)
} regex_library;
static const regex_library *regex_library_functions(void);
TY_SYS_LIBRARY(regex_library, TY_FILE_OF_ICU_I18N, FUNCTIONS)

struct ty_regex {
    const regex_library *by;
    URegularExpression *expression;
    UText text;
};

/* Steps of the matching machine for one match (about a millisecond each): a hostile pattern ends here. */
enum { REGEX_TIME_LIMIT = 2000, REGEX_STACK_LIMIT = 8000000 };

/* ICU's own names of faults are for programmers. */
static const char *fault_of(UErrorCode status)
{
    switch (status) {
    case U_REGEX_MISMATCHED_PAREN: return ty_words("a parenthesis without its partner");
    case U_REGEX_MISSING_CLOSE_BRACKET: return ty_words("a [ without its ]");
    case U_REGEX_BAD_ESCAPE_SEQUENCE: return ty_words("a backslash before what it does not go with");
    case U_REGEX_BAD_INTERVAL:
    case U_REGEX_MAX_LT_MIN:
    case U_REGEX_NUMBER_TOO_BIG: return ty_words("braces that are no number of times");
    case U_REGEX_INVALID_RANGE: return ty_words("a range that runs backwards");
    case U_REGEX_LOOK_BEHIND_LIMIT: return ty_words("what stands before a match must not be of any length");
    default: return ty_words("it cannot be understood there");
    }
}

ty_status ty_regex_new(ty_slice pattern, ty_regex **out, ty_error *error)
{
    *out = NULL;
    ty_regex *regex = calloc(1, sizeof *regex);
    if (!regex)
        return ty_error_nomem(error);
    regex->by = regex_library_functions();
    if (!regex->by) {
        free(regex);
        return ty_error_set(error, TY_ERR_USAGE,
                            "regular expressions need the library %s, which is not installed",
                            TY_FILE_OF_ICU_I18N);
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError place = {0};
    UText source = UTEXT_INITIALIZER;
    regex->text = (UText)UTEXT_INITIALIZER;
    utext_openUTF8(&source, pattern.data ? pattern.data : "", (int64_t)pattern.size, &status);
    regex->expression = regex->by->uregex_openUText(&source, 0, &place, &status);
    utext_close(&source);
    if (U_SUCCESS(status)) {
        regex->by->uregex_setTimeLimit(regex->expression, REGEX_TIME_LIMIT, &status);
        regex->by->uregex_setStackLimit(regex->expression, REGEX_STACK_LIMIT, &status);
        *out = regex;
        return TY_OK;
    }
    ty_regex_free(regex);
    if (status == U_MEMORY_ALLOCATION_ERROR)
        return ty_error_nomem(error);
    return ty_error_set(error, TY_ERR_FORMAT, "no regular expression: \"%.*s\", at character %d: %s",
                        (int)(pattern.size < 100 ? pattern.size : 100), pattern.data ? pattern.data : "",
                        (int)place.offset, fault_of(status));
}

void ty_regex_free(ty_regex *regex)
{
    if (!regex)
        return;
    if (regex->expression)
        regex->by->uregex_close(regex->expression);
    utext_close(&regex->text);
    free(regex);
}

ty_status ty_regex_set_text(ty_regex *regex, ty_slice text, ty_error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    utext_openUTF8(&regex->text, text.data ? text.data : "", (int64_t)text.size, &status);
    regex->by->uregex_setUText(regex->expression, &regex->text, &status);
    if (U_SUCCESS(status))
        return TY_OK;
    return ty_error_set(error, TY_ERR_NOMEM, "cannot search the text: %s", u_errorName(status));
}

/* The bounds of the match just made. */
static bool bounds(ty_regex *regex, size_t *start, size_t *end)
{
    UErrorCode status = U_ZERO_ERROR;
    int64_t first = regex->by->uregex_start64(regex->expression, 0, &status);
    int64_t last = regex->by->uregex_end64(regex->expression, 0, &status);
    if (U_FAILURE(status) || first < 0 || last < first)
        return false;
    *start = (size_t)first;
    *end = (size_t)last;
    return true;
}

bool ty_regex_find(ty_regex *regex, size_t from, size_t *start, size_t *end)
{
    UErrorCode status = U_ZERO_ERROR;
    return regex->by->uregex_find64(regex->expression, (int64_t)from, &status) && U_SUCCESS(status) &&
           bounds(regex, start, end);
}

bool ty_regex_matches_at(ty_regex *regex, size_t at, size_t *end)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t start;
    regex->by->uregex_useTransparentBounds(regex->expression, true, &status);
    regex->by->uregex_useAnchoringBounds(regex->expression, false, &status);
    regex->by->uregex_setRegion64(regex->expression, (int64_t)at, utext_nativeLength(&regex->text), &status);
    return U_SUCCESS(status) && regex->by->uregex_lookingAt64(regex->expression, -1, &status) &&
           U_SUCCESS(status) && bounds(regex, &start, end);
}
