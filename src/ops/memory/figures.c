/* SPDX-License-Identifier: Apache-2.0 */
/* What a memory holds, in figures. */
#include "ops/internal.h"

/* The figures and what they point to go together. */
typedef struct figures {
    ty_figures shown;
    ty_stats stats;
    TY_VECTOR(ty_count) origins;
    ty_arena arena;
} figures;

static ty_status count_origins(ty_store *store, figures *f, ty_error *error)
{
    ty_origins origins = {0};
    ty_status status = ty_store_origins(store, (ty_slice){"", 0}, &f->arena, &origins, error);
    for (size_t i = 0; i < origins.count && status == TY_OK; i++) {
        const ty_origin *origin = &origins.items[i];
        ty_count count = {origin->name, origin->unit_count + origin->concept_count};
        status = ty_vector_push(&f->origins, count) ? TY_OK : ty_error_nomem(error);
    }
    ty_vector_release(&origins);
    return status;
}

static void show(figures *f)
{
    const ty_stats *s = &f->stats;
    f->shown = (ty_figures){.units = s->units,
                            .variants = s->variants,
                            .confirmed = s->confirmed,
                            .aligned = s->aligned,
                            .origins = s->origins,
                            .documents = s->documents,
                            .sentences = s->sentences,
                            .concepts = s->concepts,
                            .terms = s->terms,
                            .text_bytes = s->text_bytes,
                            .file_bytes = s->file_bytes,
                            .derived_bytes = s->derived_bytes,
                            .languages = s->languages.items,
                            .language_count = s->languages.count,
                            .term_languages = s->term_languages.items,
                            .term_language_count = s->term_languages.count,
                            .by_origin = f->origins.items,
                            .by_origin_count = f->origins.count};
}

ty_status ty_memory_figures(ty_memory *memory, ty_figures **out, ty_error *error)
{
    *out = NULL;
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    figures *f = calloc(1, sizeof *f);
    status = f ? ty_store_stats(memory->store, &f->arena, &f->stats, error) : ty_error_nomem(error);
    if (status == TY_OK)
        status = count_origins(memory->store, f, error);
    ty_memory_leave(memory);
    if (status != TY_OK) {
        ty_figures_free(f ? &f->shown : NULL);
        return status;
    }
    show(f);
    *out = &f->shown;
    return TY_OK;
}

void ty_figures_free(ty_figures *shown)
{
    figures *f = (figures *)shown; /* its first member */
    if (!f)
        return;
    ty_stats_release(&f->stats);
    ty_vector_release(&f->origins);
    ty_arena_release(&f->arena);
    free(f);
}
