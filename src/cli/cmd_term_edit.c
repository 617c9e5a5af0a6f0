/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase changed by hand: each command is a step, and tells the concept as it is then, with its id. */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    const char *id, *field, *kind, *note, *definition, *relation, *organisation, *status, *text, *term_note;
    bool drop;
} settings;

/* ------------------------------------------------------------------------------------------ telling */

static ty_status print_concept(void *payload, const ty_concept_info *concept)
{
    ty_present_concept(ty_say(payload), concept);
    ty_said(payload);
    return TY_OK;
}

static ty_status tell(ty_run *run, int64_t id, ty_error *error)
{
    return ty_memory_concepts(run->memory, &(ty_concept_query){.size = sizeof(ty_concept_query), .id = id},
                              print_concept, run, error);
}

/* What is done is done, and no failure where it cannot be read back to be shown. */
static ty_status tell_done(ty_run *run, int64_t id)
{
    ty_error own = {0};
    ty_status status = tell(run, id, &own);
    if (status != TY_OK && status != TY_NO)
        ty_warn(&run->listener, NULL, 0, 0, "not-shown", "it is done, but cannot be shown: %s", own.message);
    return TY_OK;
}

static ty_status find_all(ty_run *run, char **words, int count, int64_t **out, ty_error *error)
{
    ty_status status = TY_OK;
    *out = calloc((size_t)count + 1, sizeof **out);
    if (!*out)
        return ty_error_nomem(error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = ty_memory_concept_find(run->memory, words[i], &(*out)[i], error);
    return status;
}

/* ------------------------------------------------------------------------------------------ options */

/* NULL, which leaves a field as it is, stays NULL. */
static ty_slice given(const char *text)
{
    return text ? ty_slice_of(text) : (ty_slice){NULL, 0};
}

static ty_status read_status(const char *name, ty_term_status *out, ty_error *error)
{
    for (ty_term_status status = TY_TERM_APPROVED; name && status <= TY_TERM_FORBIDDEN; status++)
        if (strcmp(name, ty_present_term_status(status)) == 0) {
            *out = status;
            return TY_OK;
        }
    return name ? ty_error_set(error, TY_ERR_USAGE,
                               "a term is approved, provisional, non-standard or forbidden, not \"%s\"", name)
                : TY_OK;
}

/* The language that -l names, else Japanese where there are kana or kanji, else English. */
static ty_slice lang_of(const ty_run *run, const char *text)
{
    bool wide = false;
    for (const char *c = text; *c; c++)
        wide |= (unsigned char)*c >= 0xE3 && (unsigned char)*c <= 0xE9;
    return run->common.lang ? ty_slice_of(run->common.lang) : wide ? TY_SLICE("ja") : TY_SLICE("en");
}

/* ------------------------------------------------------------------------------------------ commands */

static void print_added(ty_run *run, const char *word, const ty_counts *counts, int64_t id)
{
    if (run->common.json) {
        ty_present_term_added(ty_say(run), word, counts, id);
        ty_said(run);
    }
}

static ty_status add(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    int64_t id;
    ty_counts counts = {0};
    ty_term_status rank = TY_TERM_APPROVED;
    if (count != 2)
        return ty_usage(&ty_command_term_add, error);
    ty_status status = read_status(set->status, &rank, error);
    ty_slice source = given(run->common.source), target = given(run->common.target),
             organisation = given(set->organisation);
    ty_term_info terms[2] = {{.lang = source.size ? source : TY_SLICE("en"),
                              .text = ty_slice_of(words[0]),
                              .organisation = organisation,
                              .status = rank},
                             {.lang = target.size ? target : TY_SLICE("ja"),
                              .text = ty_slice_of(words[1]),
                              .organisation = organisation,
                              .status = rank}};
    ty_concept_info told = {.name = given(set->id),
                            .subject = given(set->field),
                            .note = given(set->note),
                            .definition = given(set->definition),
                            .kind = given(set->kind),
                            .relation = given(set->relation),
                            .terms = terms,
                            .term_count = 2};
    if (status == TY_OK)
        status = ty_memory_concept_add(run->memory, &told, ty_user(), &id, &counts, error);
    if (status == TY_OK)
        print_added(run, words[0], &counts, id);
    return status == TY_OK && !run->common.json ? tell_done(run, id) : status;
}

/* A term of the concept: dropped, or set. */
static ty_status edit_term(ty_run *run, const settings *set, int64_t id, const char *word, ty_error *error)
{
    ty_term_info term = {.lang = lang_of(run, word),
                         .text = ty_slice_of(word),
                         .organisation = given(set->organisation),
                         .note = given(set->term_note)};
    if (set->drop)
        return ty_memory_term_drop(run->memory, id, run->common.lang, ty_slice_of(word), ty_user(), error);
    ty_status status = read_status(set->status, &term.status, error);
    return status == TY_OK ? ty_memory_term_set(run->memory, id, &term, ty_user(), error) : status;
}

static ty_status edit_concept(ty_run *run, const settings *set, int64_t id, ty_error *error)
{
    ty_concept_info told = {.subject = given(set->field),
                            .note = given(set->note),
                            .definition = given(set->definition),
                            .kind = given(set->kind),
                            .relation = given(set->relation)};
    return ty_memory_concept_edit(run->memory, id, &told, ty_user(), error);
}

static bool is_of_concept(const settings *set)
{
    return set->field || set->kind || set->note || set->definition || set->relation;
}

static ty_status edit(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    int64_t id;
    bool of_term = set->drop || set->status || set->organisation || set->term_note;
    if (count < 1 || count > 2 || (count == 1 && (of_term || !is_of_concept(set))) ||
        (count == 2 && is_of_concept(set)))
        return ty_usage(&ty_command_term_edit, error);
    ty_status status = ty_memory_concept_find(run->memory, words[0], &id, error);
    if (status == TY_OK)
        status = count == 2 ? edit_term(run, set, id, words[1], error) : edit_concept(run, set, id, error);
    return status == TY_OK ? tell_done(run, id) : status;
}

typedef struct sought {
    const char *text;
    bool found;
} sought;

static ty_status seek_term(void *payload, const ty_concept_info *concept)
{
    sought *s = payload;
    for (size_t i = 0; i < concept->term_count; i++)
        s->found |= ty_slice_equal(concept->terms[i].text, ty_slice_trim(ty_slice_of(s->text)));
    return TY_OK;
}

/* A misspelt term would be a new one. */
static ty_status require_term(ty_run *run, int64_t id, const char *concept, const char *term, ty_error *error)
{
    sought s = {.text = term};
    ty_status status = ty_memory_concepts(
        run->memory, &(ty_concept_query){.size = sizeof(ty_concept_query), .id = id}, seek_term, &s, error);
    if (status != TY_OK || s.found)
        return status;
    return ty_error_set(error, TY_NO, "%s has no term \"%s\"; term edit adds one", concept, term);
}

static ty_status set_status(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    int64_t id;
    (void)payload;
    if (count != 3)
        return ty_usage(&ty_command_term_status, error);
    ty_status status = ty_memory_concept_find(run->memory, words[0], &id, error);
    if (status == TY_OK)
        status = require_term(run, id, words[0], words[1], error);
    if (status == TY_OK)
        status = edit_term(run, &(settings){.status = words[2]}, id, words[1], error);
    return status == TY_OK ? tell_done(run, id) : status;
}

static ty_status merge(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    int64_t *ids = NULL;
    if (count < 2)
        return ty_usage(&ty_command_term_merge, error);
    ty_status status = find_all(run, words, count, &ids, error);
    if (status == TY_OK)
        status = ty_memory_concepts_merge(run->memory, ids, (size_t)count, ty_user(), error);
    if (status == TY_OK)
        status = tell_done(run, ids[0]);
    free(ids);
    return status;
}

static ty_status remove_concepts(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)payload;
    int64_t *ids = NULL;
    if (count < 1)
        return ty_usage(&ty_command_term_remove, error);
    ty_status status = find_all(run, words, count, &ids, error);
    if (status == TY_OK)
        status = ty_memory_concepts_remove(run->memory, ids, (size_t)count, ty_user(), error);
    for (int i = 0; i < count && status == TY_OK; i++)
        status = tell_done(run, ids[i]);
    free(ids);
    return status;
}

/* ------------------------------------------------------------------------------------------ table */

#define CONCEPT_OPTIONS                                                                                      \
    TY_TEXT(settings, field, "field", 0, "TEXT", "the concept's field"),                                     \
        TY_TEXT(settings, kind, "kind", 0, "KIND", "term, name, place, title, phrase or word"),              \
        TY_TEXT(settings, note, "note", 0, "TEXT", "a note on the concept"),                                 \
        TY_TEXT(settings, definition, "definition", 0, "TEXT", "what it is, in a line"),                     \
        TY_TEXT(settings, relation, "relation", 0, "TEXT", "\"part of ID\", \"service of ID\", ...")
#define TERM_OPTIONS                                                                                         \
    TY_TEXT(settings, status, "status", 0, "STATUS", "approved, provisional, non-standard or forbidden"),    \
        TY_TEXT(settings, organisation, "organisation", 0, "NAME", "whose usage the term is")

static const ty_option add_options[] = {
    TY_TEXT(settings, id, "id", 0, "ID", "an id of your own for the concept"),
    CONCEPT_OPTIONS,
    TERM_OPTIONS,
    {0},
};

static const ty_option edit_options[] = {
    CONCEPT_OPTIONS,
    TERM_OPTIONS,
    TY_TEXT(settings, term_note, "term-note", 0, "TEXT", "a note on the term"),
    TY_FLAG(settings, drop, "drop", 0, "take the term out of the concept"),
    {0},
};

const ty_command ty_command_term_add = {
    .name = "term add",
    .arguments = "[-s LANG] [-t LANG] TERM EQUIVALENT",
    .summary = N_("Add a concept with a term in two languages (English and Japanese unless told)"),
    .examples = "  taiyaku term add --field ships --kind term 'tide gauge' 検潮器\n",
    .mode = TY_COMMAND_CREATES | TY_COMMAND_LANGS,
    .shared = "st",
    .options = add_options,
    .settings_size = sizeof(settings),
    .run = add,
};

const ty_command ty_command_term_edit = {
    .name = "term edit",
    .arguments = "ID [TERM]",
    .summary = N_("Change a concept, or add, change or drop a term of it"),
    .examples = "  taiyaku term edit ALL-0003 --definition 'peacetime to contingency, one mechanism'\n"
                "  taiyaku term edit ALL-0003 調整メカニズム --status provisional\n"
                "  taiyaku term edit '#12' --drop 検潮儀\n",
    .mode = TY_COMMAND_WRITES,
    .shared = "l",
    .options = edit_options,
    .settings_size = sizeof(settings),
    .run = edit,
};

const ty_command ty_command_term_status = {
    .name = "term status",
    .arguments = "ID TERM STATUS",
    .summary = N_("Say of a term that it is approved, provisional, non-standard or forbidden"),
    .examples = "  taiyaku term status ALL-0003 調整メカニズム forbidden\n",
    .mode = TY_COMMAND_WRITES,
    .run = set_status,
};

const ty_command ty_command_term_merge = {
    .name = "term merge",
    .arguments = "ID ID...",
    .summary = N_("Join concepts into the first, which takes the terms of all"),
    .examples = "  taiyaku term merge ALL-0003 '#12'\n",
    .mode = TY_COMMAND_WRITES,
    .run = merge,
};

const ty_command ty_command_term_remove = {
    .name = "term remove",
    .arguments = "ID...",
    .summary = N_("Take concepts out of use"),
    .examples = "  taiyaku term remove '#12'\n",
    .mode = TY_COMMAND_WRITES,
    .run = remove_concepts,
};
