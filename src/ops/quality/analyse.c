/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How much there is to translate. Words are those of Unicode (UAX #29; Japanese and its like by a
 * dictionary), characters all but white space, both without inline codes.
 */
#include <stdlib.h>

#include "ops/internal.h"

const char *ty_match_band_name(ty_match_band band)
{
    static const char *const names[TY_BAND_COUNT] = {
        [TY_BAND_CONTEXT] = "context", [TY_BAND_REPETITION] = "repetition",
        [TY_BAND_EXACT] = "100",       [TY_BAND_95] = "95-99",
        [TY_BAND_85] = "85-94",        [TY_BAND_75] = "75-84",
        [TY_BAND_50] = "50-74",        [TY_BAND_NEW] = "new",
        [TY_BAND_DONE] = "done"};
    return (size_t)band < TY_BAND_COUNT ? names[band] : "";
}

typedef struct job {
    ty_memory *memory;
    const ty_pretranslate_settings *settings;
    ty_analysis *out;
    ty_strings seen;
    ty_text_words words;
} job;

static ty_status keep_score(void *payload, const ty_match *match)
{
    int *score = payload;
    int worth = match->score - match->penalty;
    *score = worth > *score ? worth : *score;
    return TY_OK;
}

static ty_match_band band_of(int score)
{
    return score > 100    ? TY_BAND_CONTEXT
           : score == 100 ? TY_BAND_EXACT
           : score >= 95  ? TY_BAND_95
           : score >= 85  ? TY_BAND_85
           : score >= 75  ? TY_BAND_75
           : score >= 50  ? TY_BAND_50
                          : TY_BAND_NEW;
}

/* What was looked up before in these files is a repetition, unless it is known in its context. */
static ty_status find_band(job *j, const ty_bilingual *file, size_t number, ty_match_band *out,
                           ty_error *error)
{
    const ty_bilingual_segment *segment = ty_bilingual_at(file, number);
    ty_slice text = ty_slice_trim(segment->source), nothing = {"", 0};
    bool first = number == 0 || ty_bilingual_at(file, number - 1)->run != segment->run;
    bool last =
        number + 1 == ty_bilingual_count(file) || ty_bilingual_at(file, number + 1)->run != segment->run;
    int score = 0;
    char lang[16];
    ty_slice primary = ty_lang_primary(segment->source_lang, lang);
    ty_match_settings how = {
        .size = sizeof how,
        .source_lang = j->settings->source_lang ? j->settings->source_lang
                       : primary.size           ? lang
                                                : NULL,
        .target_lang = j->settings->target_lang,
        .min_score = 50,
        .max_matches = 3,
        .penalties = j->settings->penalties,
        .origin = j->settings->origin,
        .query_codes = segment->codes,
        .previous = first ? nothing : ty_slice_trim(ty_bilingual_at(file, number - 1)->source),
        .next = last ? nothing : ty_slice_trim(ty_bilingual_at(file, number + 1)->source)};
    ty_status status = ty_memory_match(j->memory, text, &how, keep_score, &score, error);
    size_t before = j->seen.list.count;
    if (ty_strings_add(&j->seen, text) == TY_STRINGS_NONE)
        return ty_error_nomem(error);
    *out = band_of(score);
    if (j->seen.list.count == before && *out != TY_BAND_CONTEXT)
        *out = TY_BAND_REPETITION;
    return status == TY_NO ? TY_OK : status;
}

static uint64_t count_characters(ty_slice text)
{
    uint64_t count = 0;
    for (size_t at = 0; at < text.size;)
        count += !ty_char_is_space(ty_utf8_next(text, &at));
    return count;
}

static ty_status count_segment(job *j, const ty_bilingual *file, size_t number, ty_error *error)
{
    const ty_bilingual_segment *segment = ty_bilingual_at(file, number);
    ty_match_band band = TY_BAND_DONE;
    ty_status status = TY_OK;
    if (segment->state == TY_SEGMENT_OPEN)
        status = find_band(j, file, number, &band, error);
    if (status == TY_OK)
        status = ty_text_words_find(segment->source, segment->source_lang, &j->words, error);
    for (size_t i = 0; status == TY_OK && i < j->words.count; i++)
        j->out->bands[band].words += j->words.items[i].kind != TY_WORD_NONE;
    j->out->bands[band].characters += count_characters(segment->source);
    j->out->bands[band].segments++;
    return status;
}

static ty_status count_file(job *j, const ty_source *source, ty_error *error)
{
    ty_bilingual *file = NULL;
    ty_status status = ty_bilingual_read(source, j->settings, j->memory->listener, &file, error);
    for (size_t i = 0; status == TY_OK && i < ty_bilingual_count(file); i++)
        status = count_segment(j, file, i, error);
    ty_bilingual_close(file);
    return status;
}

ty_status ty_memory_analyse(ty_memory *memory, const ty_source *sources, size_t count,
                            const ty_pretranslate_settings *settings, ty_analysis *out, ty_error *error)
{
    ty_pretranslate_settings own;
    ty_settings_take(&own, sizeof own, settings);
    job j = {.memory = memory, .settings = &own, .out = out};
    ty_status status = TY_OK;
    *out = (ty_analysis){0};
    for (size_t i = 0; status == TY_OK && i < count; i++)
        status = count_file(&j, &sources[i], error);
    ty_strings_release(&j.seen);
    ty_vector_release(&j.words);
    return status;
}
