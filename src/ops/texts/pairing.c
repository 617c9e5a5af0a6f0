/* SPDX-License-Identifier: Apache-2.0 */
/* Which documents of some folders belong together: by their names, then by what is in them. */
#include "ops/texts/pairing.h"

/* ------------------------------------------------------------------------------------------ languages */

enum { MOST_LANGUAGES = 64 };

struct language_counts {
    ty_slice langs[MOST_LANGUAGES];
    size_t counts[MOST_LANGUAGES], count;
};

static void count_languages(const ty_pairing *pairing, struct language_counts *out)
{
    *out = (struct language_counts){.count = 0};
    for (size_t i = 0; i < pairing->files.count; i++) {
        ty_slice lang = pairing->files.items[i].lang;
        size_t at = 0;
        while (at < out->count && !ty_lang_same(out->langs[at], lang))
            at++;
        if (!lang.size || at == MOST_LANGUAGES)
            continue;
        if (at == out->count)
            out->langs[out->count++] = lang;
        out->counts[at]++;
    }
}

static bool has_language(const struct language_counts *counts, ty_slice lang)
{
    for (size_t i = 0; i < counts->count; i++)
        if (ty_lang_same(counts->langs[i], lang))
            return true;
    return false;
}

/* The language that most documents have, but for `other`. */
static ty_slice most_frequent(const struct language_counts *counts, ty_slice other)
{
    ty_slice best = {"", 0};
    size_t most = 0;
    for (size_t i = 0; i < counts->count; i++)
        if (counts->counts[i] > most && !(other.size && ty_lang_same(counts->langs[i], other))) {
            most = counts->counts[i];
            best = counts->langs[i];
        }
    return best;
}

static void settle_languages(ty_pairing *pairing)
{
    pairing->source_lang = ty_slice_of(pairing->settings->source_lang);
    pairing->target_lang = ty_slice_of(pairing->settings->target_lang);
    struct language_counts counts;
    count_languages(pairing, &counts);
    ty_slice usual = ty_slice_of(ty_lang_usual_source(NULL));
    if (!pairing->source_lang.size && has_language(&counts, usual) &&
        !ty_lang_same(pairing->target_lang, usual))
        pairing->source_lang = usual;
    if (!pairing->source_lang.size)
        pairing->source_lang = most_frequent(&counts, pairing->target_lang);
    if (!pairing->target_lang.size)
        pairing->target_lang = most_frequent(&counts, pairing->source_lang);
}

/* Threads share it; a dictionary of the caller's each of them opens for itself. */
static ty_status open_lexicon(ty_pairing *pairing, ty_error *error)
{
    if (!pairing->target_lang.size || pairing->settings->dictionary)
        return TY_OK;
    return ty_kept_lexicon_fit(&pairing->lexicon, pairing->source_lang, pairing->target_lang,
                               pairing->settings, NULL, false, error);
}

/* ------------------------------------------------------------------------------------------ by name */

static bool is_free(const struct pairing_file *file, ty_slice lang)
{
    return file->partner == SIZE_MAX && file->lang.size && ty_lang_same(file->lang, lang);
}

bool ty_file_names_add(ty_file_names *names, ty_slice name, size_t file)
{
    if (!name.size)
        return true;
    size_t before = names->strings.list.count;
    uint32_t number = ty_strings_add(&names->strings, name);
    if (number == TY_STRINGS_NONE)
        return false;
    if (number == before)
        return ty_vector_push(&names->files, file);
    if (names->files.items[number] != file)
        names->files.items[number] = SIZE_MAX;
    return true;
}

size_t ty_file_names_find(const ty_file_names *names, ty_slice name)
{
    uint32_t number = name.size ? ty_strings_find(&names->strings, name) : TY_STRINGS_NONE;
    return number == TY_STRINGS_NONE ? SIZE_MAX : names->files.items[number];
}

void ty_file_names_release(ty_file_names *names)
{
    ty_strings_release(&names->strings);
    ty_vector_release(&names->files);
}

/* The free files of a language by their keys. */
static bool collect_keys(const ty_pairing *pairing, ty_slice lang, ty_file_names *out)
{
    bool good = true;
    for (size_t i = 0; i < pairing->files.count && good; i++)
        if (is_free(&pairing->files.items[i], lang))
            good = ty_file_names_add(out, pairing->files.items[i].key, i);
    return good;
}

void ty_pairing_take(ty_pairing *pairing, size_t source, size_t target, ty_pair_ground ground,
                     float confidence)
{
    pairing->files.items[source].partner = target;
    pairing->files.items[target].partner = source;
    ty_file_pair pair = {.source = pairing->files.items[source].path,
                         .target = pairing->files.items[target].path,
                         .ground = ground,
                         .confidence = confidence};
    pairing->arena.failed |= !ty_vector_push(&pairing->pairs, pair);
}

static bool shares_lexicon(const ty_pairing *pairing, const ty_bitext *bitext)
{
    return ty_lang_same(bitext->source->lang, pairing->source_lang) &&
           ty_lang_same(bitext->target->lang, pairing->target_lang);
}

ty_status ty_pairing_judge(const ty_pairing *pairing, size_t source, size_t target, float *out,
                           ty_error *error)
{
    const struct pairing_file *a = &pairing->files.items[source], *b = &pairing->files.items[target];
    ty_text_settings text = {.paragraphs = TY_PARAGRAPHS_BLANK, .encoding = "UTF-8"};
    ty_bitext_settings how = *pairing->settings;
    char source_lang[40] = "", target_lang[40] = "";
    memcpy(source_lang, pairing->source_lang.data,
           pairing->source_lang.size < 39 ? pairing->source_lang.size : 39);
    memcpy(target_lang, pairing->target_lang.data,
           pairing->target_lang.size < 39 ? pairing->target_lang.size : 39);
    how.text = &text;
    how.source_lang = source_lang;
    how.target_lang = target_lang;
    how.source_encoding = how.target_encoding = NULL;
    how.force = true; /* what it is not sure of is what is asked */
    ty_source one = {.path = "source.txt", .bytes = ty_buffer_slice(&a->document.text)},
              other = {.path = "target.txt", .bytes = ty_buffer_slice(&b->document.text)};
    ty_bitext *bitext = NULL;
    ty_kept_lexicon *lexicon = pairing->lexicon;
    ty_error own = {0};
    ty_status status = ty_bitext_read(&one, &other, &how, NULL, &bitext, &own);
    if (status == TY_OK)
        status = ty_bitext_align(bitext, &how, shares_lexicon(pairing, bitext) ? &lexicon : NULL, NULL, false,
                                 NULL, &own);
    *out = status == TY_OK ? ty_bitext_confidence(bitext) : 0;
    ty_bitext_close(bitext);
    return status == TY_ERR_NOMEM ? ty_error_nomem(error) : TY_OK;
}

struct guessing {
    ty_pairing *pairing;
    ty_pair_guesses *guesses;
};

static ty_status judge_guess(void *payload, size_t number, ty_error *error)
{
    struct guessing *guessing = payload;
    ty_pair_guess *guess = &guessing->guesses->items[number];
    return ty_pairing_judge(guessing->pairing, guess->source, guess->target, &guess->confidence, error);
}

static bool is_open(const ty_pairing *pairing, const ty_pair_guess *guess)
{
    return pairing->files.items[guess->source].partner == SIZE_MAX &&
           pairing->files.items[guess->target].partner == SIZE_MAX;
}

ty_status ty_pairing_take_guesses(ty_pairing *pairing, ty_pair_guesses *guesses, ty_pair_ground ground,
                                  ty_error *error)
{
    struct guessing guessing = {pairing, guesses};
    ty_status status = ty_threads_each(guesses->count, judge_guess, &guessing, error);
    for (size_t i = 0; i < guesses->count && status == TY_OK; i++) {
        const ty_pair_guess *guess = &guesses->items[i];
        if (guess->confidence >= TY_ALIGN_CONFIDENCE_MIN && is_open(pairing, guess))
            ty_pairing_take(pairing, guess->source, guess->target, ground, guess->confidence);
    }
    return status;
}

static bool guess_by_names(const ty_pairing *pairing, const ty_file_names names[2], ty_pair_guesses *out)
{
    bool good = true;
    for (size_t i = 0; i < names[0].files.count && good; i++) {
        size_t source = names[0].files.items[i];
        if (source == SIZE_MAX)
            continue;
        size_t target = ty_file_names_find(&names[1], pairing->files.items[source].key);
        if (target != SIZE_MAX)
            good = ty_vector_push(out, ((ty_pair_guess){.source = source, .target = target}));
    }
    return good;
}

/* Names may lie (en/1.txt, ja/1.txt): what the aligner does not believe is looked at again by content. */
static ty_status pair_by_names(ty_pairing *pairing, ty_error *error)
{
    ty_pair_guesses guesses = {0};
    ty_file_names names[2] = {0};
    bool good = collect_keys(pairing, pairing->source_lang, &names[0]) &&
                collect_keys(pairing, pairing->target_lang, &names[1]) &&
                guess_by_names(pairing, names, &guesses);
    ty_status status =
        good ? ty_pairing_take_guesses(pairing, &guesses, TY_PAIR_NAME, error) : ty_error_nomem(error);
    ty_file_names_release(&names[0]);
    ty_file_names_release(&names[1]);
    ty_vector_release(&guesses);
    return status;
}

/* ------------------------------------------------------------------------------------------ all together */

static int compare_pairs(const void *a, const void *b)
{
    return strcmp(((const ty_file_pair *)a)->source, ((const ty_file_pair *)b)->source);
}

static ty_status finish(ty_pairing *pairing, ty_error *error)
{
    bool good = !pairing->arena.failed;
    for (size_t i = 0; i < pairing->files.count; i++)
        if (pairing->files.items[i].lang.size && pairing->files.items[i].partner == SIZE_MAX)
            good &= ty_vector_push(&pairing->alone, pairing->files.items[i].path);
    if (pairing->pairs.count)
        qsort(pairing->pairs.items, pairing->pairs.count, sizeof *pairing->pairs.items, compare_pairs);
    return good ? TY_OK : ty_error_nomem(error);
}

ty_status ty_pairing_open(const char *const *folders, size_t count, const ty_bitext_settings *settings,
                          const ty_listener *listener, ty_pairing **out, ty_error *error)
{
    ty_bitext_settings own;
    ty_settings_take(&own, sizeof own, settings);
    *out = NULL;
    ty_pairing *pairing = calloc(1, sizeof *pairing);
    if (!pairing)
        return ty_error_nomem(error);
    pairing->settings = &own;
    pairing->listener = listener;
    ty_status status = TY_OK;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = ty_pairing_add_folder(pairing, folders[i], error);
    if (status == TY_OK)
        status = ty_pairing_read(pairing, error);
    if (status == TY_OK) {
        settle_languages(pairing);
        status = open_lexicon(pairing, error);
    }
    if (status == TY_OK)
        status = ty_pairing_by_links(pairing, error);
    if (status == TY_OK)
        status = pair_by_names(pairing, error);
    if (status == TY_OK)
        status = ty_pairing_by_content(pairing, error);
    if (status == TY_OK)
        status = finish(pairing, error);
    pairing->settings = NULL;
    if (status == TY_OK)
        *out = pairing;
    else
        ty_pairing_close(pairing);
    return status;
}

void ty_pairing_close(ty_pairing *pairing)
{
    if (!pairing)
        return;
    for (size_t i = 0; i < pairing->files.count; i++) {
        ty_document_release(&pairing->files.items[i].document);
        free(pairing->files.items[i].signs);
    }
    ty_kept_lexicon_free(pairing->lexicon);
    ty_vector_release(&pairing->files);
    ty_vector_release(&pairing->pairs);
    ty_vector_release(&pairing->alone);
    ty_arena_release(&pairing->arena);
    free(pairing);
}

size_t ty_pairing_count(const ty_pairing *pairing)
{
    return pairing->pairs.count;
}

ty_file_pair ty_pairing_at(const ty_pairing *pairing, size_t number)
{
    return pairing->pairs.items[number];
}

size_t ty_pairing_alone_count(const ty_pairing *pairing)
{
    return pairing->alone.count;
}

const char *ty_pairing_alone(const ty_pairing *pairing, size_t number)
{
    return pairing->alone.items[number];
}
