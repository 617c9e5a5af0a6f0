/* SPDX-License-Identifier: Apache-2.0 */
/* A client of libtaiyaku: texts become pairs, look-ups use all cores, a TMX comes out; no file but the
 * memory. */
#include <locale.h>
#include <stdio.h>
#include <taiyaku.h>

enum { MANY = 1000 };

static ty_status on_pair(void *payload, const ty_unit_info *pair)
{
    const ty_slice *from = &pair->variants[0].text, *to = &pair->variants[1].text;
    printf("%3.0f %%, from sentence %u: %.*s = %.*s\n", 100 * (double)pair->bead.confidence,
           pair->bead.source_start + 1, (int)from->size, from->data, (int)to->size, to->data);
    return ++*(size_t *)payload, TY_OK;
}

static ty_status on_matches(void *payload, size_t query, const ty_match *matches, size_t count)
{
    return (void)query, *(size_t *)payload += count && matches[0].score >= 100, TY_OK;
}

static ty_status on_term(void *payload, const ty_term_hit *hit)
{
    return *(size_t *)payload += hit->equivalent_count, TY_OK;
}

int main(int count, char **words) /* client MEMORY SOURCE-TEXT TARGET-TEXT [SOURCE-TEXT TARGET-TEXT] */
{
    static ty_placed_query queries[MANY];
    size_t pairs = 0, exact = 0, terms = 0;
    ty_error error = {0};
    ty_counts done = {0};
    ty_review_op move = {.size = sizeof move, .action = TY_REVIEW_UP, .bead = 3, .side = 1};
    ty_review_result moved; /* the first target sentence of a bead to the one above */
    ty_memory *memory = NULL;
    ty_text *text = NULL;
    ty_buffer tmx = {0};
    setlocale(LC_ALL, "");
    ty_status status = ty_memory_open(words[1], TY_MEMORY_CREATE, NULL, &memory, &error);
    for (int i = 2; i + 1 < count && status == TY_OK; i += 2) {
        ty_source source = {.bytes = ty_slice_of(words[i])}, target = {.bytes = ty_slice_of(words[i + 1])};
        status = ty_memory_import_release(memory, &(ty_release){.source = &source, .target = &target}, &done,
                                          &error);
    }
    if (status || ty_memory_units(memory, NULL, on_pair, &pairs, &error) || /* TY_OK is 0 */
        ty_memory_review(memory, 1, &move, &moved, &error) ||
        ty_memory_term_add(memory, "en", ty_slice_of("ship"), "ja", ty_slice_of("船"), &done, &error) ||
        ty_text_open(&(ty_source){.bytes = ty_slice_of(words[2])}, NULL, NULL, &text, &error))
        return fprintf(stderr, "%s\n", error.message), 1;
    for (size_t i = 0; i < MANY; i++)
        queries[i].text = ty_text_line(text, i % ty_text_count(text));
    status = ty_memory_match_many(memory, queries, MANY, NULL, on_matches, &exact, &error);
    for (size_t i = 0; i < MANY && (status == TY_OK || status == TY_NO); i++)
        status = ty_memory_term_scan(memory, queries[i].text, "en", on_term, &terms, &error);
    status = ty_memory_export(memory, NULL, &(ty_sink){.buffer = &tmx}, &done.read, &error);
    printf("%zu pairs; %zu of %d queries have an exact match; %zu equivalents of terms; %zu bytes of TMX\n",
           pairs, exact, MANY, terms, tmx.size);
    return ty_buffer_release(&tmx), ty_text_close(text), ty_memory_close(memory), (int)status;
}
