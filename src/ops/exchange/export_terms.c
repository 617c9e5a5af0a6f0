/* SPDX-License-Identifier: Apache-2.0 */
/* The termbase as a glossary of any kind. */
#include "ops/exchange/term_rows.h"

/* What is exported, and as what. */
struct job {
    ty_memory *memory;
    const ty_term_export_settings *settings;
    ty_glossary_write_options options;
    ty_glossary glossary; /* what the one UTX there is says of itself */
    ty_arena arena;
};

static ty_status choose_format(struct job *j, ty_error *error)
{
    const char *name = j->settings->format ? j->settings->format : TY_USUAL_TERMS;
    j->options.format = ty_format_named(name);
    if (ty_format_gives(j->options.format) & TY_TAKES_TERMS)
        return TY_OK;
    return ty_error_set(error, TY_ERR_USAGE, "terms are written as tbx, utx, tsv, xlsx or omegat, not \"%s\"",
                        name);
}

/* ------------------------------------------------------------------------------------------ header */

static ty_slice value_of(const ty_header *header, const char *name)
{
    ty_slice value = ty_attribute_find(header->attributes, name);
    return value.data ? value : (ty_slice){"", 0};
}

/* A termbase that came as one UTX goes out under its header; several have none in common. */
static ty_status find_header(struct job *j, ty_error *error)
{
    ty_origins origins = {0};
    const ty_origin *only = NULL;
    size_t count = 0;
    ty_status status = ty_store_origins(j->memory->store, (ty_slice){"", 0}, &j->arena, &origins, error);
    for (size_t i = 0; status == TY_OK && i < origins.count; i++)
        if (origins.items[i].concept_count && origins.items[i].brought) {
            only = &origins.items[i];
            count++;
        }
    ty_format format = count == 1 ? ty_format_named(only->kind.data) : TY_FORMAT_UNKNOWN;
    if (status == TY_OK && count == 1 && only->header && ty_format_gives(format) & TY_GIVES_HEADER)
        j->glossary = (ty_glossary){.format = format,
                                    .version = only->header->version,
                                    .source_lang = value_of(only->header, "srclang"),
                                    .target_lang = value_of(only->header, "trglang"),
                                    .infos = only->header->infos};
    ty_vector_release(&origins);
    return status;
}

/* ------------------------------------------------------------------------------------------ languages */

static bool is_another(ty_slice lang, ty_slice one)
{
    return !one.size || !ty_lang_same(lang, one);
}

/* English and Japanese as far as the termbase has them, else the languages it has most terms in. */
static void find_languages(const ty_stats *stats, ty_slice *source, ty_slice *target)
{
    bool english = false, japanese = false;
    for (size_t i = 0; i < stats->term_languages.count; i++) {
        ty_slice lang = stats->term_languages.items[i].name;
        english |= ty_lang_same(lang, TY_SLICE("en"));
        japanese |= ty_lang_same(lang, TY_SLICE("ja"));
    }
    if (english && !source->size && !target->size) {
        *source = TY_SLICE("en");
        *target = japanese ? TY_SLICE("ja") : (ty_slice){"", 0};
    }
    for (size_t i = 0; i < stats->term_languages.count; i++) {
        ty_slice lang = stats->term_languages.items[i].name;
        if (!source->size && is_another(lang, *target))
            *source = lang;
        else if (!target->size && is_another(lang, *source))
            *target = lang;
    }
}

/* "ja" where all there is of it is ja-JP: then it is called that. */
static ty_slice as_spelt(const ty_stats *stats, ty_slice range)
{
    ty_slice only = {"", 0};
    for (size_t i = 0; i < stats->term_languages.count; i++) {
        ty_slice lang = stats->term_languages.items[i].name;
        if (!ty_lang_is_within(range, lang))
            continue;
        if (only.size)
            return range;
        only = lang;
    }
    return only.size ? only : range;
}

/* As told, else as the header says, else as the terms are. */
static ty_status settle_languages(struct job *j, ty_error *error)
{
    ty_slice source = ty_slice_of(j->settings->source_lang), target = ty_slice_of(j->settings->target_lang);
    j->options.these_only = source.size && target.size;
    if (!source.size && !target.size) {
        source = j->glossary.source_lang;
        target = j->glossary.target_lang;
    }
    ty_stats stats = {0};
    ty_status status = ty_store_stats(j->memory->store, &j->arena, &stats, error);
    if (!source.size || !target.size)
        find_languages(&stats, &source, &target);
    j->options.source_lang = source.size ? as_spelt(&stats, source) : TY_SLICE("en");
    j->options.target_lang = target.size ? as_spelt(&stats, target) : TY_SLICE("ja");
    ty_stats_release(&stats);
    return status;
}

/* ------------------------------------------------------------------------------------------ concepts */

static ty_status write_concepts(ty_store *store, ty_glossary_writer *writer, bool identified,
                                uint64_t *written, ty_error *error)
{
    ty_concepts *concepts = NULL;
    ty_stored_concept concept;
    ty_arena arena = {0};
    ty_status status = ty_concepts_open(store, (ty_slice){"", 0}, &concepts, error);
    while (status == TY_OK && (status = ty_concepts_next(concepts, &concept, error)) == TY_OK) {
        ty_arena_clear(&arena);
        if (identified && !ty_term_rows_identify(store, &concept, &arena))
            status = ty_error_nomem(error);
        if (status == TY_OK)
            status = ty_glossary_writer_concept(writer, &concept.concept, error);
        ++*written;
    }
    ty_concepts_close(concepts);
    ty_arena_release(&arena);
    return status == TY_NO ? TY_OK : status;
}

static void tell_left_out(const struct job *j, uint64_t count)
{
    if (count)
        ty_warn(j->memory->listener, "", 0, 0, "languages",
                ty_words_for(count, TY_WORDS("%llu term in another language than %s and %s is left out"),
                             TY_WORDS("%llu terms in other languages than %s and %s are left out")),
                (unsigned long long)count, j->options.source_lang.data, j->options.target_lang.data);
}

/* Neither UTX nor OmegaT has a way to write a term that begins with '#'. */
static void tell_comments(const struct job *j, uint64_t count)
{
    if (count)
        ty_warn(j->memory->listener, "", 0, 0, "comments",
                ty_words_for(
                    count, TY_WORDS("%llu row whose term begins with # would be a comment and is left out"),
                    TY_WORDS("%llu rows whose term begins with # would be comments and are left out")),
                (unsigned long long)count);
}

static ty_status write_all(struct job *j, ty_output *output, uint64_t *written, ty_error *error)
{
    ty_glossary_writer *writer = NULL;
    uint64_t left_out = 0, comments = 0;
    ty_status status = ty_glossary_writer_open(output, &j->options, &j->glossary, &writer, error);
    if (status == TY_OK)
        status = write_concepts(j->memory->store, writer,
                                ty_format_gives(j->options.format) & TY_GIVES_SHEETS, written, error);
    if (writer) {
        ty_status closed = ty_glossary_writer_close(writer, &left_out, &comments, error);
        status = status == TY_OK ? closed : status;
    }
    tell_left_out(j, left_out);
    tell_comments(j, comments);
    return status;
}

ty_status ty_memory_export_terms(ty_memory *memory, const ty_term_export_settings *settings,
                                 const ty_sink *sink, uint64_t *out_count, ty_error *error)
{
    ty_term_export_settings own;
    ty_output *output = NULL;
    ty_settings_take(&own, sizeof own, settings);
    ty_slice empty = {"", 0};
    struct job j = {.memory = memory,
                    .settings = &own,
                    .glossary = {.version = empty, .source_lang = empty, .target_lang = empty}};
    *out_count = 0;
    ty_status status = ty_memory_enter(&memory, error);
    if (status != TY_OK)
        return status;
    j.memory = memory;
    status = choose_format(&j, error);
    if (status == TY_OK)
        status = find_header(&j, error);
    if (status == TY_OK)
        status = settle_languages(&j, error);
    if (status == TY_OK)
        status = ty_output_open_sink(sink, &output, error);
    if (status == TY_OK)
        status = write_all(&j, output, out_count, error);
    if (status == TY_OK)
        status = ty_output_commit(output, error);
    else
        ty_output_discard(output);
    ty_memory_leave(memory);
    ty_arena_release(&j.arena);
    return status == TY_OK && *out_count == 0 ? TY_NO : status;
}
