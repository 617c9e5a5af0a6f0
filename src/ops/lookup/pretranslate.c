/* SPDX-License-Identifier: Apache-2.0 */
/* A file to be translated gets what the memory has for its segments, as candidates. */
#include <stdio.h>

#include "ops/internal.h"

enum { DEFAULT_CANDIDATES = 3, SPARE = 10 };

/* What was found for a segment. */
typedef struct found {
    ty_candidate *items;
    size_t count;
    ty_arena arena; /* of both */
} found;

typedef struct job {
    ty_memory *memory;
    const ty_pretranslate_settings *settings;
    ty_bilingual *file;
    const char *source, *target; /* languages where the file does not say; target NULL: it does */
    ty_slice *queries;           /* the text of every segment */
    found *found;                /* for every segment */
    size_t count;
    ty_arena arena; /* of both */
} job;

/* One segment being looked up. */
typedef struct lookup {
    job *job;
    size_t number;
    ty_candidate candidates[64];
    size_t count, most;
    const char *narrow; /* the target language as the file has it, where nobody told another; or NULL */
    ty_arena arena;     /* of candidates, until they are kept */
} lookup;

/* ------------------------------------------------------------------------------------------ candidates */

/* What people should know of a match beside its score. */
static ty_slice remark_on(const ty_match *match, ty_code_fit fit, ty_arena *arena)
{
    ty_buffer text = {0};
    if (match->kind == TY_MATCH_CONTEXT)
        ty_buffer_add_string(&text, "in context");
    if (match->adapted.size)
        ty_buffer_add_string(&text, "numbers adapted");
    if (fit != TY_CODES_SAME)
        ty_buffer_add_format(&text, "%scodes %s", text.size ? "; " : "",
                             fit == TY_CODES_LOST ? "to be set" : "of other formatting");
    for (size_t i = 0; i < match->penalty_count; i++)
        ty_buffer_add_format(&text, "%s%s -%d",
                             i           ? ", "
                             : text.size ? "; penalties: "
                                         : "penalties: ",
                             ty_penalty_kind_name(match->penalties[i].kind), match->penalties[i].points);
    ty_slice remark = ty_arena_copy(arena, ty_buffer_slice(&text));
    arena->failed |= text.failed;
    ty_buffer_release(&text);
    return remark;
}

/* "zh-TW" is no "zh-CN", but both may be "zh". */
static bool contradict(const char *one, ty_slice other)
{
    return one && !ty_lang_matches(ty_slice_of(one), other) && !ty_lang_matches(other, ty_slice_of(one));
}

/* A candidate and how its codes fit. */
typedef struct fitted {
    ty_candidate candidate;
    ty_code_fit fit;
} fitted;

/* The one with the same text, or the end. */
static size_t place_of(const lookup *l, ty_slice target)
{
    size_t i = 0;
    while (i < l->count && !ty_slice_equal(l->candidates[i].target, target))
        i++;
    return i;
}

/* An adapted target is another than that which the memory has codes in. */
static fitted fit(const lookup *l, const ty_match *match, ty_slice target)
{
    const ty_bilingual_segment *segment = ty_bilingual_at(l->job->file, l->number);
    ty_slice nothing = {NULL, 0};
    bool adapted = match->adapted.size > 0,
         plain = !match->source_content.data && !match->target_content.data;
    fitted out = {.candidate = {.target = target, .score = match->score, .penalty = match->penalty}};
    out.fit = !segment->codes && plain ? TY_CODES_SAME
              : adapted
                  ? TY_CODES_LOST
                  : ty_bilingual_fit(l->job->file, l->number, match->source_content, match->target_content);
    out.candidate.capped = out.fit != TY_CODES_SAME;
    out.candidate.source_content = adapted || out.fit == TY_CODES_LOST ? nothing : match->source_content;
    out.candidate.target_content = adapted || out.fit == TY_CODES_LOST ? nothing : match->target_content;
    return out;
}

static ty_slice keep_content(ty_arena *arena, ty_slice content)
{
    return content.data ? ty_arena_copy(arena, content) : content;
}

static ty_candidate complete(lookup *l, const fitted *fitted, const ty_match *match)
{
    ty_candidate out = fitted->candidate;
    bool coded = ty_bilingual_at(l->job->file, l->number)->codes > 0;
    out.source = ty_arena_copy(&l->arena, match->source);
    out.target = ty_arena_copy(&l->arena, out.target);
    out.source_content = keep_content(&l->arena, out.source_content);
    out.target_content = keep_content(&l->arena, out.target_content);
    out.source_lang = ty_arena_copy(&l->arena, match->source_lang);
    out.target_lang = ty_arena_copy(&l->arena, match->target_lang);
    out.origin = ty_arena_copy(&l->arena, match->origin);
    out.remark = remark_on(match, coded ? fitted->fit : TY_CODES_SAME, &l->arena);
    out.context = match->kind == TY_MATCH_CONTEXT;
    out.adapted = match->adapted.size > 0;
    out.trusted = l->job->settings->accept_exact && match->score >= 100 && !match->disputed &&
                  ty_candidate_worth(&out) == 100;
    return out;
}

/* The same text comes once: as it is worth the most. */
static ty_status take(void *payload, const ty_match *match)
{
    lookup *l = payload;
    ty_slice target = ty_slice_trim(match->adapted.size ? match->adapted : match->target);
    if (!target.size || contradict(l->narrow, match->target_lang))
        return TY_OK;
    size_t place = place_of(l, target);
    fitted fitted = fit(l, match, target);
    if (place < l->count &&
        ty_candidate_worth(&l->candidates[place]) >= ty_candidate_worth(&fitted.candidate))
        return TY_OK;
    if (place == l->most)
        return TY_STOP;
    l->candidates[place] = complete(l, &fitted, match);
    l->count += place == l->count;
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ one segment */

static bool has_letter(ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (ty_char_is_letter(ty_utf8_next(text, &at)))
            return true;
    return false;
}

static bool is_asked_for(const job *j, size_t number)
{
    return ty_bilingual_at(j->file, number)->state == TY_SEGMENT_OPEN && has_letter(j->queries[number]);
}

/* The language of a tag of the file's; a region is not asked of the memory unless somebody told it. */
static const char *range_of(const char *told, ty_slice tag, const char *otherwise, char buffer[16])
{
    if (told || !tag.size)
        return told ? told : otherwise;
    ty_slice primary = ty_lang_primary(tag, buffer);
    memmove(buffer, primary.data, primary.size);
    buffer[primary.size] = '\0';
    return buffer;
}

static ty_slice neighbour(const job *j, size_t number, size_t other)
{
    bool there =
        other < j->count && ty_bilingual_at(j->file, other)->run == ty_bilingual_at(j->file, number)->run;
    return there ? j->queries[other] : (ty_slice){"", 0};
}

static ty_slice info_of(const ty_bilingual_segment *segment, const char *type)
{
    for (size_t i = 0; i < segment->infos.count; i++)
        if (ty_slice_equal(ty_attribute_find(segment->infos.items[i].attributes, "type"), ty_slice_of(type)))
            return segment->infos.items[i].text;
    return (ty_slice){"", 0};
}

static bool is_keyed_by_text(const job *j)
{
    return ty_format_gives(ty_bilingual_format(j->file)) & TY_KEYED_BY_TEXT;
}

/* Where two translations are worth the same, a person has to choose. */
static void distrust_rivals(lookup *l)
{
    if (l->count > 1 && l->candidates[0].score >= 100 && l->candidates[1].score == l->candidates[0].score)
        l->candidates[0].trusted = l->candidates[1].trusted = false;
}

static ty_status look_up(lookup *l, ty_memory *memory, ty_error *error)
{
    const job *j = l->job;
    const ty_bilingual_segment *segment = ty_bilingual_at(j->file, l->number);
    const ty_pretranslate_settings *asked = j->settings;
    char source[16], target[16];
    ty_match_settings how = {
        .source_lang = range_of(asked->source_lang, segment->source_lang, j->source, source),
        .target_lang = range_of(asked->target_lang, segment->target_lang, j->target, target),
        .min_score = asked->min_score,
        .max_matches = l->most + SPARE,
        .penalties = asked->penalties,
        .query_codes = segment->codes,
        .query_content = segment->source_content,
        .previous = neighbour(j, l->number, l->number - 1),
        .next = neighbour(j, l->number, l->number + 1),
        .place_file = info_of(segment, "file"),
        .place_id = info_of(segment, "id"),
        .place_context = is_keyed_by_text(j) ? info_of(segment, "x-context") : (ty_slice){NULL, 0},
        .origin = asked->origin};
    l->count = 0;
    l->narrow = !asked->target_lang && segment->target_lang.size ? segment->target_lang.data : NULL;
    ty_status status = ty_memory_match(memory, j->queries[l->number], &how, take, l, error);
    if (status == TY_NO || status == TY_STOP)
        status = TY_OK;
    distrust_rivals(l);
    if (l->count > l->most - 1)
        l->count = l->most - 1;
    return status == TY_OK && l->arena.failed ? ty_error_nomem(error) : status;
}

/* ------------------------------------------------------------------------------------------ all cores */

/* What the looker has in its arena goes with it. */
static ty_status keep(lookup *l, ty_error *error)
{
    ty_candidate *kept = ty_arena_array(&l->arena, l->count, sizeof *kept);
    if (!kept)
        return ty_error_nomem(error);
    memcpy(kept, l->candidates, l->count * sizeof *kept);
    l->job->found[l->number] = (found){kept, l->count, l->arena};
    l->arena = (ty_arena){0};
    return TY_OK;
}

static ty_status serve(void *payload, size_t number, ty_error *error)
{
    job *j = payload;
    if (j->found[number].count || !is_asked_for(j, number))
        return TY_OK;
    lookup *l = calloc(1, sizeof *l);
    if (!l)
        return ty_error_nomem(error);
    size_t room = sizeof l->candidates / sizeof *l->candidates;
    size_t wanted = j->settings->max_candidates ? j->settings->max_candidates : DEFAULT_CANDIDATES;
    size_t most = (wanted < room ? wanted : room - 1) + 1; /* one more, a rival */
    *l = (lookup){.job = j, .number = number, .most = most};
    ty_status status = look_up(l, j->memory, error);
    if (status == TY_OK && l->count)
        status = keep(l, error);
    ty_arena_release(&l->arena);
    free(l);
    return status;
}

/* The first one before all others, so that the index is made once, not by each thread. */
static ty_status match_all(job *j, ty_error *error)
{
    size_t first = 0;
    while (first < j->count && !is_asked_for(j, first))
        first++;
    ty_status status = first < j->count ? serve(j, first, error) : TY_OK;
    return status == TY_OK ? ty_threads_each(j->count, serve, j, error) : status;
}

/* ------------------------------------------------------------------------------------------ the file */

static ty_status make_queries(job *j, ty_error *error)
{
    j->count = ty_bilingual_count(j->file);
    j->queries = ty_arena_array(&j->arena, j->count, sizeof *j->queries);
    j->found = ty_arena_array(&j->arena, j->count, sizeof *j->found);
    for (size_t i = 0; j->queries && i < j->count; i++)
        j->queries[i] = ty_slice_trim(ty_bilingual_at(j->file, i)->source);
    return j->arena.failed ? ty_error_nomem(error) : TY_OK;
}

/* The language that the texts seem to be in. */
static const char *guess_source(const job *j)
{
    ty_buffer sample = {0};
    if (is_keyed_by_text(j))
        return "en";
    for (size_t i = 0; i < j->count && sample.size < 4096; i++) {
        ty_buffer_add(&sample, j->queries[i]);
        ty_buffer_add_char(&sample, '\n');
    }
    const char *guess = ty_lang_guess(ty_buffer_slice(&sample));
    ty_buffer_release(&sample);
    return ty_lang_usual_source(guess[0] ? guess : NULL);
}

/* What to take where the file is silent: the source is told from its texts, the target from the source. */
static ty_status settle_languages(job *j, ty_error *error)
{
    const ty_bilingual_segment *silent = NULL;
    for (size_t i = 0; i < j->count && !silent; i++)
        silent = ty_bilingual_at(j->file, i)->target_lang.size ? NULL : ty_bilingual_at(j->file, i);
    j->source = guess_source(j);
    if (!silent || j->settings->target_lang)
        return TY_OK;
    const char *told = j->settings->source_lang;
    ty_slice source = told ? ty_slice_of(told) : silent->source_lang;
    j->target = ty_lang_usual_other(source.size ? source : ty_slice_of(j->source));
    return j->target ? TY_OK : ty_bilingual_no_target_lang(error);
}

static void offer_all(job *j, ty_pretranslate_counts *counts)
{
    counts->segments = j->count;
    for (size_t i = 0; i < j->count; i++) {
        const found *found = &j->found[i];
        counts->open += ty_bilingual_at(j->file, i)->state == TY_SEGMENT_OPEN;
        if (!found->count)
            continue;
        bool exact = found->items[0].score >= 100;
        counts->exact += exact;
        counts->fuzzy += !exact;
        ty_bilingual_offer(j->file, i, found->items, found->count);
    }
}

static ty_status write_file(job *j, const ty_sink *sink, ty_error *error)
{
    ty_buffer bytes = {0};
    ty_output *output = NULL;
    ty_status status = ty_bilingual_write(j->file, &bytes, error);
    if (status == TY_OK && !j->settings->dry_run) {
        status = ty_output_open_sink(sink, &output, error);
        if (status == TY_OK) {
            ty_output_write(output, ty_buffer_slice(&bytes));
            status = ty_output_commit(output, error);
        }
    }
    ty_buffer_release(&bytes);
    return status;
}

ty_status ty_memory_pretranslate(ty_memory *memory, const ty_source *source, const ty_sink *sink,
                                 const ty_pretranslate_settings *settings, ty_pretranslate_counts *counts,
                                 ty_error *error)
{
    ty_pretranslate_settings asked;
    ty_settings_take(&asked, sizeof asked, settings);
    job j = {.memory = memory, .settings = &asked};
    ty_error own = {0};
    error = error ? error : &own;
    *counts = (ty_pretranslate_counts){0};
    ty_status status = ty_bilingual_read(source, j.settings, memory->listener, &j.file, error);
    if (status == TY_OK)
        status = make_queries(&j, error);
    if (status == TY_OK)
        status = settle_languages(&j, error);
    if (status == TY_OK)
        status = match_all(&j, error);
    if (status == TY_OK) {
        offer_all(&j, counts);
        status = write_file(&j, sink, error);
    }
    ty_bilingual_close(j.file);
    for (size_t i = 0; i < j.count && j.found; i++)
        ty_arena_release(&j.found[i].arena);
    ty_arena_release(&j.arena);
    return status == TY_OK && counts->exact + counts->fuzzy == 0 ? TY_NO : status;
}
