/* SPDX-License-Identifier: Apache-2.0 */
/* What a memory knows of two languages: the dictionaries of the machine, and its own termbase. */
#include "base/sys.h"
#include "ops/internal.h"

/* How long a memory goes without a dictionary before it looks again whether that is there. */
#define LACKING_NANOSECONDS INT64_C(30000000000)

/* The lexicon asked for last. */
struct ty_memory_lexicon {
    ty_lexicon *lexicon;
    char source[16], target[16]; /* primary subtags */
    ty_stamp stamp;              /* of the termbase in it */
    int64_t until; /* where a dictionary is lacking: by ty_sys_clock, when to look again; else 0 */
};

/* ------------------------------------------------------------------------------------------ terms */

/* Every term of a concept in the one language with every term in the other. */
static ty_status add_concept(ty_lexicon *lexicon, ty_slice source_lang, ty_slice target_lang,
                             const ty_concept *concept, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < concept->term_count; i++)
        for (size_t k = 0; k < concept->term_count && status == TY_OK; k++) {
            const ty_term *source = &concept->terms[i], *target = &concept->terms[k];
            if (ty_lang_same(source->lang, source_lang) && ty_lang_same(target->lang, target_lang))
                status = ty_lexicon_add(lexicon, TY_LEXICON_GLOSSARY, source->text, target->text, error);
        }
    return status;
}

ty_status ty_lexicon_add_termbase(ty_lexicon *lexicon, ty_slice source_lang, ty_slice target_lang,
                                  ty_store *store, ty_error *error)
{
    ty_concepts *concepts = NULL;
    ty_stored_concept concept;
    ty_status status = ty_concepts_open(store, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &concept, error)) == TY_OK)
        status = add_concept(lexicon, source_lang, target_lang, &concept.concept, error);
    ty_concepts_close(concepts);
    return status == TY_NO ? TY_OK : status;
}

static ty_status add_row(ty_lexicon *lexicon, ty_slice line, ty_error *error)
{
    ty_slice source, target;
    if (!line.size || line.data[0] == '#')
        return TY_OK;
    if (!ty_slice_next(&line, '\t', &source) || !ty_slice_next(&line, '\t', &target))
        return ty_error_set(error, TY_ERR_FORMAT, "no tab between source and target");
    return ty_lexicon_add(lexicon, TY_LEXICON_GLOSSARY, ty_slice_trim(source), ty_slice_trim(target), error);
}

ty_status ty_lexicon_add_table(ty_lexicon *lexicon, const ty_source *table, ty_error *error)
{
    ty_buffer bytes = {0}, text = {0};
    ty_decoded decoded;
    size_t number = 0;
    ty_status status = ty_source_read(table, 0, &bytes, error);
    if (status == TY_OK)
        status = ty_text_decode(ty_buffer_slice(&bytes), NULL, NULL, &text, &decoded, error);
    ty_slice rest = ty_buffer_slice(&text), line;
    for (; status == TY_OK && ty_slice_next(&rest, '\n', &line); number++)
        status = add_row(lexicon, ty_slice_trim(line), error);
    if (status != TY_OK)
        ty_error_locate(error, ty_source_name(table), status == TY_ERR_FORMAT ? number : 0, 0);
    ty_buffer_release(&bytes);
    ty_buffer_release(&text);
    return status;
}

/* ------------------------------------------------------------------------------------------ the memory's */

void ty_memory_lexicon_free(ty_memory *memory)
{
    if (memory->lexicon)
        ty_lexicon_close(memory->lexicon->lexicon);
    free(memory->lexicon);
    memory->lexicon = NULL;
}

static bool is_for(const ty_memory_lexicon *known, ty_slice source, ty_slice target, ty_stamp stamp)
{
    return known && (!known->until || ty_sys_clock() < known->until) && ty_stamp_equal(known->stamp, stamp) &&
           ty_lang_same(ty_slice_of(known->source), source) &&
           ty_lang_same(ty_slice_of(known->target), target);
}

/* A look-up waits for nobody; it says what it has to do without, and what comes later need not. */
static void tell_lacking(ty_memory *memory)
{
    if (!ty_lexicon_lacks(memory->lexicon->lexicon))
        return;
    memory->lexicon->until = ty_sys_clock() + LACKING_NANOSECONDS;
    ty_warn(memory->listener, memory->path, 0, 0, "dictionary",
            "another process is still compiling a dictionary; equivalents are told without it for now");
}

static ty_status open_for(ty_memory *memory, ty_slice source, ty_slice target, ty_stamp stamp,
                          ty_error *error)
{
    ty_memory_lexicon_free(memory);
    ty_memory_lexicon *new = calloc(1, sizeof *new);
    if (!new)
        return ty_error_nomem(error);
    memory->lexicon = new;
    ty_lang_primary(source, new->source);
    ty_lang_primary(target, new->target);
    new->stamp = stamp;
    ty_lexicon_options options = {.hasty = true};
    ty_store_pause_limit(memory->store);
    ty_lock_enter(ty_memory_making(memory));
    ty_status status = ty_lexicon_open(source, target, &options, &new->lexicon, error);
    ty_lock_leave(ty_memory_making(memory));
    if (status == TY_OK)
        status = ty_lexicon_add_termbase(new->lexicon, source, target, memory->store, error);
    if (status == TY_OK)
        status = ty_lexicon_seal(new->lexicon, error);
    ty_store_resume_limit(memory->store);
    if (status != TY_OK)
        ty_memory_lexicon_free(memory);
    else
        tell_lacking(memory);
    return status;
}

ty_status ty_memory_equivalent(ty_memory *memory, const ty_align_text *text, ty_span stretch,
                               const ty_align_text *other, ty_span *out, ty_error *error)
{
    ty_stamp stamp;
    *out = (ty_span){0};
    if (!text->lang.size || !other->lang.size || ty_lang_same(text->lang, other->lang))
        return TY_NO;
    ty_status status = ty_store_stamp(memory->store, TY_STAMP_CONCEPTS, &stamp, error);
    bool straight = is_for(memory->lexicon, text->lang, other->lang, stamp);
    bool swapped = !straight && is_for(memory->lexicon, other->lang, text->lang, stamp);
    if (status == TY_OK && !straight && !swapped)
        status = open_for(memory, text->lang, other->lang, stamp, error);
    if (status != TY_OK)
        return status;
    ty_lexicon_side which = swapped ? TY_LEXICON_TARGET : TY_LEXICON_SOURCE;
    return ty_align_place(text, stretch, other, which, memory->lexicon->lexicon, out, error);
}
