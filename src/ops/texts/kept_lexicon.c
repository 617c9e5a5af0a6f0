/* SPDX-License-Identifier: Apache-2.0 */
/* What aligns texts in two languages, kept from one pair of texts to the next. */
#include "ops/internal.h"

/* What a lexicon is made of. */
typedef struct made_of {
    char source[16], target[16]; /* primary subtags */
    bool none;                   /* no dictionaries */
    ty_stamp terms;              /* of the termbase */
    uint64_t learnt;             /* hash of the table */
} made_of;

struct ty_kept_lexicon {
    made_of of;
    ty_lexicon *lexicon;
};

const ty_lexicon *ty_kept_lexicon_of(const ty_kept_lexicon *kept)
{
    return kept ? kept->lexicon : NULL;
}

void ty_kept_lexicon_free(ty_kept_lexicon *kept)
{
    if (!kept)
        return;
    ty_lexicon_close(kept->lexicon);
    free(kept);
}

static bool fits(const ty_kept_lexicon *kept, const made_of *of)
{
    return kept && strcmp(kept->of.source, of->source) == 0 && strcmp(kept->of.target, of->target) == 0 &&
           kept->of.none == of->none && ty_stamp_equal(kept->of.terms, of->terms) &&
           kept->of.learnt == of->learnt;
}

/* A table in a file is compiled and kept in the cache; one that comes otherwise is taken in word by word. */
static ty_status open_dictionaries(ty_slice source_lang, ty_slice target_lang,
                                   const ty_bitext_settings *settings, ty_lexicon **out, ty_error *error)
{
    const ty_source *table = settings->dictionary;
    bool file = table && !table->read && !table->bytes.data && strcmp(table->path, "-") != 0;
    ty_lexicon_options options = {.mode = file                               ? TY_LEXICON_FILE
                                          : table || settings->no_dictionary ? TY_LEXICON_NONE
                                                                             : TY_LEXICON_AUTO,
                                  .file = file ? table->path : NULL};
    ty_status status = ty_lexicon_open(source_lang, target_lang, &options, out, error);
    return status == TY_OK && table && !file ? ty_lexicon_add_table(*out, table, error) : status;
}

static ty_status make(ty_kept_lexicon *kept, ty_slice source_lang, ty_slice target_lang,
                      const ty_bitext_settings *settings, ty_store *store, ty_slice learnt, ty_error *error)
{
    ty_status status = open_dictionaries(source_lang, target_lang, settings, &kept->lexicon, error);
    if (status == TY_OK && store)
        status = ty_lexicon_add_termbase(kept->lexicon, source_lang, target_lang, store, error);
    if (status == TY_OK)
        status = ty_derived_learnt_add(kept->lexicon, source_lang, target_lang, learnt, error);
    return status == TY_OK ? ty_lexicon_seal(kept->lexicon, error) : status;
}

ty_status ty_kept_lexicon_fit(ty_kept_lexicon **kept, ty_slice source_lang, ty_slice target_lang,
                              const ty_bitext_settings *settings, ty_store *store, bool writes,
                              ty_error *error)
{
    made_of of = {.none = settings->no_dictionary};
    ty_buffer learnt = {0};
    ty_lang_primary(source_lang, of.source);
    ty_lang_primary(target_lang, of.target);
    ty_status status = store ? ty_store_stamp(store, TY_STAMP_CONCEPTS, &of.terms, error) : TY_OK;
    if (status == TY_OK && store)
        status = ty_derived_learnt(source_lang, target_lang, store, writes, &learnt, error);
    of.learnt = ty_hash(ty_buffer_slice(&learnt), 0);
    if (status == TY_OK && (settings->dictionary || !fits(*kept, &of))) {
        ty_kept_lexicon_free(*kept);
        *kept = calloc(1, sizeof **kept);
        status = *kept
                     ? make(*kept, source_lang, target_lang, settings, store, ty_buffer_slice(&learnt), error)
                     : ty_error_nomem(error);
        if (*kept)
            (*kept)->of = of;
    }
    if (status != TY_OK) {
        ty_kept_lexicon_free(*kept);
        *kept = NULL;
    }
    ty_buffer_release(&learnt);
    return status;
}

ty_status ty_memory_aligning(ty_memory *memory, ty_slice source_lang, ty_slice target_lang,
                             const ty_lexicon **out, ty_error *error)
{
    static const ty_bitext_settings plain;
    ty_store_pause_limit(memory->store);
    ty_status status =
        ty_kept_lexicon_fit(&memory->aligning, source_lang, target_lang, &plain, memory->store, false, error);
    ty_store_resume_limit(memory->store);
    *out = ty_kept_lexicon_of(memory->aligning);
    return status;
}
