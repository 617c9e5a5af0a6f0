/* SPDX-License-Identifier: Apache-2.0 */
/* Which documents of some folders belong together: by their names, then by what is in them. */
#include "ops/texts/pairing.h"

/* ------------------------------------------------------------------------------------------ languages */

static size_t count_lang(const ty_pairing *pairing, ty_slice lang)
{
    size_t count = 0;
    for (size_t i = 0; i < pairing->files.count; i++)
        count += pairing->files.items[i].lang.size && ty_lang_same(pairing->files.items[i].lang, lang);
    return count;
}

/* The language that most documents have, but for `other`. */
static ty_slice most_frequent(const ty_pairing *pairing, ty_slice other)
{
    ty_slice best = {"", 0};
    size_t most = 0;
    for (size_t i = 0; i < pairing->files.count; i++) {
        ty_slice lang = pairing->files.items[i].lang;
        if (!lang.size || (other.size && ty_lang_same(lang, other)))
            continue;
        size_t count = count_lang(pairing, lang);
        if (count > most) {
            most = count;
            best = lang;
        }
    }
    return best;
}

static void settle_languages(ty_pairing *pairing)
{
    pairing->source_lang = ty_slice_of(pairing->settings->source_lang);
    pairing->target_lang = ty_slice_of(pairing->settings->target_lang);
    if (!pairing->source_lang.size && count_lang(pairing, TY_SLICE("en")) &&
        !ty_lang_same(pairing->target_lang, TY_SLICE("en")))
        pairing->source_lang = TY_SLICE("en");
    if (!pairing->source_lang.size)
        pairing->source_lang = most_frequent(pairing, pairing->target_lang);
    if (!pairing->target_lang.size)
        pairing->target_lang = most_frequent(pairing, pairing->source_lang);
}

/* ------------------------------------------------------------------------------------------ by name */

static bool is_free(const struct pairing_file *file, ty_slice lang)
{
    return file->partner == SIZE_MAX && file->lang.size && ty_lang_same(file->lang, lang);
}

/* The one free file of that language with that key; SIZE_MAX where there is none, or more than one. */
static size_t find_only(const ty_pairing *pairing, ty_slice key, ty_slice lang)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < pairing->files.count; i++) {
        const struct pairing_file *file = &pairing->files.items[i];
        if (!is_free(file, lang) || !ty_slice_equal(file->key, key))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
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
    ty_error own = {0};
    ty_status status = ty_bitext_open(&one, &other, &how, NULL, &bitext, &own);
    *out = status == TY_OK ? ty_bitext_confidence(bitext) : 0;
    if (status == TY_OK)
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

/* Names may lie (en/1.txt, ja/1.txt): what the aligner does not believe is looked at again by content. */
static ty_status pair_by_names(ty_pairing *pairing, ty_error *error)
{
    ty_pair_guesses guesses = {0};
    bool good = true;
    for (size_t i = 0; i < pairing->files.count && good; i++) {
        const struct pairing_file *file = &pairing->files.items[i];
        if (!is_free(file, pairing->source_lang) || find_only(pairing, file->key, pairing->source_lang) != i)
            continue;
        size_t other = find_only(pairing, file->key, pairing->target_lang);
        if (other != SIZE_MAX)
            good = ty_vector_push(&guesses, ((ty_pair_guess){.source = i, .target = other}));
    }
    ty_status status =
        good ? ty_pairing_take_guesses(pairing, &guesses, TY_PAIR_NAME, error) : ty_error_nomem(error);
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
        status = ty_pairing_by_links(pairing, error);
    }
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
