/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask - a client of the library, for tests/same-answers: looks up each line of standard input.
 *
 * usage: ask MEMORY [SOURCE TARGET]
 *
 * Prints for each line its matches, "score<TAB>unit<TAB>what is offered", and an empty line.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "taiyaku.h"

static ty_status print_match(void *payload, const ty_match *match)
{
    (void)payload;
    ty_slice offered = match->adapted.size ? match->adapted : match->target;
    printf("%d\t%lld\t%.*s\n", match->score, (long long)match->unit, (int)offered.size, offered.data);
    return TY_OK;
}

int main(int count, char **words)
{
    ty_memory *memory = NULL;
    ty_error error = {0};
    char *line = NULL;
    size_t room = 0;
    ty_match_settings how = {.size = sizeof how};
    if (count > 3) {
        how.source_lang = words[2];
        how.target_lang = words[3];
    }
    ty_status status =
        count > 1 ? ty_memory_open(words[1], TY_MEMORY_READ, NULL, &memory, &error) : TY_ERR_USAGE;
    for (ssize_t size; status == TY_OK && (size = getline(&line, &room, stdin)) > 0;) {
        ty_slice query = {line, (size_t)size - (line[size - 1] == '\n')};
        status = ty_memory_match(memory, query, &how, print_match, NULL, &error);
        status = status == TY_NO ? TY_OK : status;
        printf("\n");
    }
    if (status != TY_OK)
        fprintf(stderr, "ask: %s\n", error.message);
    free(line);
    ty_memory_close(memory);
    return status == TY_OK ? 0 : 2;
}
