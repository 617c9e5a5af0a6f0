/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/terms/composed.h"

/* The approved term that the concept has in another language, or in the one that is wanted. */
static const ty_term *term_for(const ty_concept *concept, ty_slice own, ty_slice wanted)
{
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term *term = &concept->terms[i];
        bool fits = wanted.size ? ty_lang_same(term->lang, wanted) : !ty_lang_same(term->lang, own);
        if (fits && term->status == TY_TERM_APPROVED)
            return term;
    }
    return NULL;
}

/* Behind a blank, a hyphen or a point between two parts. */
static size_t behind_joint(ty_slice text, size_t at)
{
    static const char *const joints[] = {" ", "-", "・", NULL};
    for (const char *const *joint = joints; *joint; joint++)
        if (ty_slice_starts(ty_slice_sub(text, at, text.size), ty_slice_of(*joint)))
            return at + strlen(*joint);
    return at;
}

/* The part that begins at the byte, the longest inside the name; NULL for none. */
static const ty_term_spot *part_at(const ty_term_scan *scan, size_t number, size_t at)
{
    const ty_term_spot *name = &scan->spots.items[number];
    for (size_t i = number + 1; i < scan->spots.count && scan->spots.items[i].start < name->end; i++) {
        const ty_term_spot *spot = &scan->spots.items[i];
        if (spot->start == at && spot->end < name->end && spot->nested)
            return spot;
    }
    return NULL;
}

static ty_status add_part(ty_memory *memory, const ty_term_index *index, const ty_term_spot *part,
                          const ty_term *head, ty_slice lang, ty_buffer *said, bool *known, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored;
    ty_status status = ty_store_concept(memory->store, ty_term_index_entry(index, part->entry).concept,
                                        &arena, &stored, error);
    const ty_term *term = status == TY_OK ? term_for(&stored.concept, head->lang, lang) : NULL;
    *known = term != NULL;
    if (term) {
        ty_buffer_add(said, term->text);
        if (!ty_lang_matches(TY_SLICE("ja"), lang))
            ty_buffer_add_char(said, ' ');
    }
    ty_arena_release(&arena);
    return status;
}

ty_status ty_compose_name(ty_memory *memory, const ty_term_index *index, ty_slice text,
                          const ty_term_scan *scan, size_t number, const ty_stored_concept *stored,
                          size_t term, ty_arena *arena, ty_equivalent *out, ty_error *error)
{
    const ty_term_spot *name = &scan->spots.items[number];
    const ty_term *head = &stored->concept.terms[term];
    const ty_term *said_head = term_for(&stored->concept, head->lang, (ty_slice){"", 0});
    ty_buffer said = {0};
    ty_status status = TY_OK;
    size_t at = name->start;
    bool known = said_head != NULL;
    while (known && status == TY_OK && at < name->end &&
           !ty_slice_equal_nocase(ty_slice_sub(text, at, name->end), head->text)) {
        const ty_term_spot *part = part_at(scan, number, at);
        known = part != NULL;
        if (part) {
            status = add_part(memory, index, part, head, said_head->lang, &said, &known, error);
            at = behind_joint(text, part->end);
        }
    }
    *out = (ty_equivalent){0};
    if (status == TY_OK && known && at > name->start && at < name->end) {
        ty_buffer_add(&said, said_head->text);
        *out = (ty_equivalent){ty_arena_copy(arena, said_head->lang),
                               ty_arena_copy(arena, ty_buffer_slice(&said)),
                               TY_TERM_PROVISIONAL,
                               {"", 0}};
    }
    if (said.failed)
        status = ty_error_nomem(error);
    ty_buffer_release(&said);
    return status;
}
