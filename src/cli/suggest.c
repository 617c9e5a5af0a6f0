/* SPDX-License-Identifier: Apache-2.0 */
#include "suggest.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 62 }; /* bytes of a word */

static unsigned char least(size_t a, size_t b)
{
    return (unsigned char)(a < b ? a : b);
}

/*
 * Edit distance of two short words where two neighbours that changed places are one slip (optimal string
 * alignment; F. J. Damerau, 1964).
 */
static size_t distance(const char *a, size_t n, const char *b)
{
    unsigned char d[LONGEST + 1][LONGEST + 1];
    size_t m = strlen(b);
    if (n > LONGEST || m > LONGEST)
        return SIZE_MAX;
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            d[i][j] = (unsigned char)(i ? i : j);
            if (!i || !j)
                continue;
            d[i][j] = least(least(d[i - 1][j] + 1U, d[i][j - 1] + 1U),
                            d[i - 1][j - 1] + (size_t)(a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1U);
        }
    return d[n][m];
}

void ty_suggest(ty_suggestion *suggestion, const char *known)
{
    size_t allowed = suggestion->size < 4 ? 1 : 2;
    size_t found = distance(suggestion->word, suggestion->size, known);
    if (found > allowed || (suggestion->nearest && found >= suggestion->least))
        return;
    suggestion->least = found;
    suggestion->nearest = known;
}
