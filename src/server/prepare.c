/* SPDX-License-Identifier: Apache-2.0 */
#include "server/prepare.h"

#include <stdio.h>

#include "base/base.h"

static ty_status pass_over(void *payload, const ty_match *match)
{
    (void)payload;
    (void)match;
    return TY_OK;
}

static ty_status pass_over_term(void *payload, const ty_term_hit *hit)
{
    (void)payload;
    (void)hit;
    return TY_OK;
}

/* A question that nothing answers has its indexes made all the same, and kept where others find them. */
static ty_status ask(ty_memory *memory, ty_slice name)
{
    char lang[64];
    snprintf(lang, sizeof lang, "%.*s", (int)name.size, name.data);
    ty_match_settings settings = {.size = sizeof settings, .source_lang = lang, .max_matches = 1};
    ty_status status = ty_memory_match(memory, TY_SLICE("-"), &settings, pass_over, NULL, NULL);
    if (status == TY_OK || status == TY_NO)
        status = ty_memory_term_scan(memory, TY_SLICE("-"), lang, pass_over_term, NULL, NULL);
    return status == TY_NO ? TY_OK : status;
}

void ty_prepare_look_ups(const char *path, const ty_listener *listener)
{
    ty_memory *memory = NULL;
    ty_figures *figures = NULL;
    ty_status status = ty_memory_open(path, TY_MEMORY_READ, listener, &memory, NULL);
    if (status == TY_OK)
        status = ty_memory_figures(memory, &figures, NULL);
    for (size_t i = 0; status == TY_OK && i < figures->language_count; i++)
        status = ask(memory, figures->languages[i].name);
    ty_figures_free(figures);
    ty_memory_close(memory);
}
