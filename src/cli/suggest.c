/* SPDX-License-Identifier: Apache-2.0 */
#include "suggest.h"

#include <stdint.h>
#include <string.h>

/* Edit distance of two short words (V. Levenshtein). */
static size_t distance(const char *a, size_t n, const char *b)
{
    size_t row[64], m = strlen(b);
    if (n >= 63 || m >= 63)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = diagonal + (a[i - 1] != b[j - 1]);
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

void ty_suggest(ty_suggestion *suggestion, const char *known)
{
    size_t least = suggestion->nearest ? suggestion->least : 3;
    size_t found = distance(suggestion->word, suggestion->size, known);
    if (found >= least || found >= suggestion->size)
        return;
    suggestion->least = found;
    suggestion->nearest = known;
}
