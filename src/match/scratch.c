/* SPDX-License-Identifier: Apache-2.0 */
#include "match/index.h"

ty_status ty_match_scratch_new(ty_match_scratch **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    (*out)->counter = ty_row_counter_best();
    return TY_OK;
}

void ty_match_scratch_free(ty_match_scratch *scratch)
{
    if (!scratch)
        return;
    ty_text_tokens_release(&scratch->tokens);
    ty_text_tokens_release(&scratch->other);
    ty_pattern_release(&scratch->pattern);
    ty_vector_release(&scratch->numbers);
    ty_vector_release(&scratch->occurrences);
    ty_vector_release(&scratch->rows);
    ty_vector_release(&scratch->candidates);
    ty_vector_release(&scratch->sorted);
    ty_vector_release(&scratch->same);
    ty_needle_release(&scratch->needle);
    ty_vector_release(&scratch->phrase.places);
    ty_vector_release(&scratch->phrase.marked);
    ty_vector_release(&scratch->phrase.rows);
    ty_buffer_release(&scratch->phrase.folded);
    free(scratch);
}

void ty_match_scratch_portable(ty_match_scratch *scratch)
{
    scratch->counter = ty_row_counter_portable();
}
