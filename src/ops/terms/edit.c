/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase changed by a person: concepts made, rewritten and parted, one step a call. */
#include "ops/internal.h"

/* ------------------------------------------------------------------------------------------ one concept */

/* What the file said of the term beside what an editor sees of it stays with it. */
static ty_infos infos_of(const ty_concept *old, const ty_term_info *term)
{
    for (size_t i = 0; old && i < old->term_count; i++)
        if (ty_slice_equal(old->terms[i].lang, term->lang) && ty_slice_equal(old->terms[i].text, term->text))
            return old->terms[i].infos;
    return (ty_infos){0};
}

/* Did the concept say so before? Files may have brought what nobody may write. */
static bool had(const ty_concept *old, ty_slice text)
{
    const ty_slice facts[] = {old->subject, old->definition, old->note, old->source};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (ty_slice_equal(facts[i], text))
            return true;
    for (size_t i = 0; i < old->term_count; i++) {
        const ty_term *t = &old->terms[i];
        if (ty_slice_equal(t->text, text) || ty_slice_equal(t->organisation, text) ||
            ty_slice_equal(t->note, text) || ty_slice_equal(t->source, text))
            return true;
    }
    return false;
}

/* Tables, glossaries of CAT tools and the fields of forms have one line for each. */
static ty_status check_lines(const ty_concept *old, const ty_slice *texts, size_t count, ty_error *error)
{
    for (size_t i = 0; i < count; i++)
        if (!ty_is_plain_line(texts[i]) && !(old && had(old, texts[i])))
            return ty_error_set(error, TY_ERR_ENCODING, "a term is one line of UTF-8");
    return TY_OK;
}

static ty_status take_term(const ty_concept *old, const ty_term_info *term, ty_term *out, ty_error *error)
{
    const ty_slice texts[] = {term->lang,         term->text, term->part_of_speech,
                              term->organisation, term->note, term->source};
    if (ty_text_is_blank(term->text) || !ty_lang_is_valid(term->lang))
        return ty_error_set(error, TY_ERR_USAGE, "a term has a text and a language, such as en or ja-JP");
    ty_status status = check_lines(old, texts, sizeof texts / sizeof *texts, error);
    if (status != TY_OK)
        return status;
    *out = (ty_term){.lang = term->lang,
                     .text = ty_slice_trim(term->text),
                     .status = term->status,
                     .part_of_speech = term->part_of_speech,
                     .organisation = term->organisation,
                     .note = term->note,
                     .source = term->source,
                     .infos = infos_of(old, term)};
    return TY_OK;
}

static ty_status take_concept(const ty_concept *old, const ty_concept_info *info, ty_arena *arena,
                              ty_concept *out, ty_error *error)
{
    const ty_slice facts[] = {info->subject, info->definition, info->note, info->source};
    ty_status status = check_lines(old, facts, sizeof facts / sizeof *facts, error);
    *out = (ty_concept){.id = old ? old->id : info->name,
                        .subject = info->subject,
                        .definition = info->definition,
                        .note = info->note,
                        .source = info->source,
                        .infos = old ? old->infos : (ty_infos){0},
                        .terms = ty_arena_array(arena, info->term_count + 1, sizeof(ty_term)),
                        .term_count = info->term_count};
    if (!out->terms)
        return ty_error_nomem(error);
    if (!info->term_count)
        return ty_error_set(error, TY_ERR_USAGE, "a concept has at least one term");
    for (size_t i = 0; i < info->term_count && status == TY_OK; i++)
        status = take_term(old, &info->terms[i], &out->terms[i], error);
    return status;
}

static ty_status change(ty_memory *memory, const ty_concept_change *one, ty_error *error)
{
    ty_arena arena = {0};
    ty_stored_concept stored = {0};
    ty_concept concept;
    ty_status status =
        one->concept ? ty_store_concept(memory->store, one->concept, &arena, &stored, error) : TY_OK;
    if (status == TY_OK)
        status = take_concept(one->concept ? &stored.concept : NULL, one->as, &arena, &concept, error);
    if (status == TY_OK && one->concept)
        status = ty_store_concept_set(memory->store, one->concept, &concept, error);
    else if (status == TY_OK)
        status = ty_store_concept_add(memory->store, &concept, TY_SLICE(TY_OWN_TERMS), NULL, NULL, error);
    ty_arena_release(&arena);
    return status == TY_NO ? ty_error_set(error, TY_NO, "there is no concept %lld", (long long)one->concept)
                           : status;
}

/* ------------------------------------------------------------------------------------------ one step */

ty_status ty_memory_change_concepts(ty_memory *memory, const ty_concept_change *changes, size_t count,
                                    const char *what, const char *who, ty_error *error)
{
    ty_edit edit = {.who = ty_slice_of(who)};
    ty_slice subject = count && changes[0].as->term_count ? changes[0].as->terms[0].text : (ty_slice){"", 0};
    ty_status status = ty_store_begin(memory->store, error);
    if (status != TY_OK)
        return status;
    ty_store_name_step(memory->store, what, subject, 0, &edit);
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = change(memory, &changes[i], error);
    status = ty_store_end(memory->store, status, error);
    return status == TY_OK ? ty_memory_terms_keep(memory, error) : status;
}

ty_status ty_memory_term_reject(ty_memory *memory, const char *source_lang, ty_slice source,
                                const char *target_lang, ty_slice target, const char *who, ty_error *error)
{
    ty_edit edit = {.who = ty_slice_of(who)};
    ty_rejected pair = {ty_slice_of(ty_lang_usual_source(source_lang)), source,
                        ty_slice_of(ty_lang_usual_target(target_lang)), target};
    if (!source.size || !target.size)
        return ty_error_set(error, TY_ERR_USAGE, "a candidate has two sides");
    if (ty_utf8_check(source) != source.size || ty_utf8_check(target) != target.size)
        return ty_error_set(error, TY_ERR_ENCODING, "a term must be UTF-8");
    return ty_store_reject(memory->store, &pair, &edit, error);
}
