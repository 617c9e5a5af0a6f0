/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_search - bytes up to a line break as what is searched for, in each way that there is, in the text
 * behind it (libFuzzer, or main.c).
 */
#include <stdlib.h>

#include "match/match.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct one_text {
    ty_slice text;
    bool told;
} one_text;

static ty_status next(void *payload, int64_t *id, ty_slice *text, ty_error *error)
{
    one_text *one = payload;
    if (one->told)
        return TY_NO;
    one->told = true;
    *id = 1;
    *text = one->text;
    return TY_OK;
}

static ty_status look_at(void *payload, int64_t id, ty_slice text, const ty_spans *spans)
{
    size_t end = 0;
    for (size_t i = 0; i < spans->count; i++) {
        if (spans->items[i].start < end || spans->items[i].end > text.size)
            abort();
        end = spans->items[i].end;
    }
    return TY_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_slice text = {(const char *)data, size}, needle;
    if (!size || !ty_slice_next(&text, '\n', &needle))
        return 0;
    for (int kind = TY_SEARCH_TEXT; kind <= TY_SEARCH_REGEX; kind++)
        for (int japanese = 0; japanese < 2; japanese++) {
            one_text one = {.text = text};
            ty_match_entries entries = {&one, next};
            ty_concordance_query query = {.text = needle,
                                          .kind = (ty_search_kind)kind,
                                          .lang = japanese ? TY_SLICE("ja") : TY_SLICE("en")};
            ty_error error = {0};
            ty_status status = ty_concordance_scan(&query, &entries, look_at, NULL, &error);
            if (status > TY_STOP && !error.message[0])
                abort();
        }
    return 0;
}
