/* SPDX-License-Identifier: Apache-2.0 */
/* Which release two texts are: by address or path and most sentences, or by nearly all sentences. */
#include "ops/exchange/identity.h"

#include <stdio.h>

#include "base/sys.h"
#include "ops/exchange/survey.h"

/* ------------------------------------------------------------------------------------------ texts */

ty_slice ty_text_real_path(const ty_text *text, ty_arena *arena)
{
    char *real = text->file ? ty_sys_full_path(text->file) : NULL;
    ty_slice path = real ? ty_arena_copy(arena, ty_slice_of(real)) : (ty_slice){"", 0};
    free(real);
    return path;
}

ty_version_text ty_version_of_text(const ty_text *text, ty_arena *arena)
{
    uint32_t *paragraphs = ty_arena_array(arena, text->lines.count + 1, sizeof *paragraphs);
    for (size_t i = 0; paragraphs && i < text->lines.count; i++)
        paragraphs[i] = text->sentences.items[i].paragraph;
    return (ty_version_text){.lang = text->lang,
                             .title = text->document.title,
                             .date = text->document.date,
                             .url = text->document.url,
                             .path = ty_text_real_path(text, arena),
                             .lines = text->lines.items,
                             .paragraphs = paragraphs,
                             .count = text->lines.count};
}

/* Pieces that a person has cut are one again. */
static void publish(const ty_stored_sentences *list, ty_arena *arena, ty_slice *lines, uint32_t *paragraphs,
                    size_t *count)
{
    ty_buffer line = {0};
    *count = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool more = list->items[i].gap.data != NULL;
        ty_buffer_add(&line, list->items[i].text);
        if (more)
            ty_buffer_add(&line, list->items[i].gap);
        if (more && i + 1 < list->count)
            continue;
        paragraphs[*count] = list->items[i].paragraph;
        lines[(*count)++] = ty_arena_copy(arena, ty_buffer_slice(&line));
        ty_buffer_clear(&line);
    }
    arena->failed |= line.failed;
    ty_buffer_release(&line);
}

ty_status ty_version_of_document(ty_store *store, const ty_stored_document *document, ty_arena *arena,
                                 ty_version_text *out, ty_error *error)
{
    ty_stored_sentences list = {0};
    ty_status status = ty_store_sentences(store, document->id, arena, &list, error);
    ty_slice *lines = ty_arena_array(arena, list.count + 1, sizeof *lines);
    uint32_t *paragraphs = ty_arena_array(arena, list.count + 1, sizeof *paragraphs);
    *out = (ty_version_text){.lang = document->lang,
                             .title = document->title,
                             .date = document->date,
                             .url = document->url,
                             .path = document->path,
                             .lines = lines,
                             .paragraphs = paragraphs};
    if (status == TY_OK && lines && paragraphs)
        publish(&list, arena, lines, paragraphs, &out->count);
    ty_vector_release(&list);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

/* ------------------------------------------------------------------------------------------ likeness */

static int by_hash(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return one < other ? -1 : one > other;
}

/* Of its sentences, sorted; NULL when memory runs out. */
static uint64_t *hashes_of(const ty_version_text *text, ty_arena *arena)
{
    uint64_t *hashes = ty_arena_array(arena, text->count + 1, sizeof *hashes);
    for (size_t i = 0; hashes && i < text->count; i++)
        hashes[i] = ty_hash(text->lines[i], 0);
    if (hashes)
        qsort(hashes, text->count, sizeof *hashes, by_hash);
    return hashes;
}

static size_t count_common(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count)
{
    size_t common = 0;
    for (size_t i = 0, k = 0; i < a_count && k < b_count;) {
        common += a[i] == b[k];
        bool next = a[i] <= b[k];
        k += b[k] <= a[i];
        i += next;
    }
    return common;
}

ty_status ty_version_likeness(const ty_version_text *one, const ty_version_text *other, double *out,
                              ty_error *error)
{
    ty_arena arena = {0};
    uint64_t *a = hashes_of(one, &arena), *b = hashes_of(other, &arena);
    size_t most = one->count > other->count ? one->count : other->count;
    *out = a && b && most ? (double)count_common(a, one->count, b, other->count) / (double)most : 0;
    ty_status status = a && b ? TY_OK : ty_error_nomem(error);
    ty_arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ releases */

typedef struct search {
    ty_memory *memory;
    ty_version_text texts[2];
    const char *url;     /* told of the release; NULL: nothing */
    uint64_t *hashes[2]; /* of the texts' sentences, sorted */
    ty_survey *survey;
    bool *is_lang[2]; /* by the survey's languages: is it that of the text? */
    ty_arena *arena;
    ty_release_identity *out;
    double best; /* likeness of what was found */
} search;

typedef ty_surveyed_document *document_pair[2];

static bool same_place(ty_slice one, ty_slice other)
{
    return one.size && ty_slice_equal(one, other);
}

/* Address and path of either text, or the address that was told. */
static ty_status places_agree(const search *s, int64_t release, document_pair found, bool *agree,
                              ty_error *error)
{
    ty_origin origin = {0};
    ty_status status = s->url ? ty_store_origin(s->memory->store, release, s->arena, &origin, error) : TY_OK;
    *agree = s->url && same_place(ty_slice_of(s->url), origin.url);
    for (int side = 0; side < 2; side++)
        *agree |= same_place(s->texts[side].url, found[side]->url) ||
                  same_place(s->texts[side].path, found[side]->path);
    return status == TY_NO ? TY_OK : status;
}

/* The documents that a release has now in the two languages; of one that was removed, the last ones. */
static bool find_pair(const search *s, const ty_surveyed_release *release, document_pair found)
{
    for (int side = 0; side < 2; side++) {
        found[side] = NULL;
        for (size_t i = release->first; i < release->first + release->count; i++) {
            ty_surveyed_document *document = &s->survey->documents.items[i];
            bool better = !found[side] || found[side]->older || !document->older;
            if (better && s->is_lang[side][document->lang])
                found[side] = document;
        }
    }
    return found[0] && found[1] && found[0] != found[1];
}

/* Could so much of the longer one be in the other, by their lengths? */
static bool lengths_allow(const search *s, document_pair found, double share)
{
    for (int side = 0; side < 2; side++) {
        double one = (double)s->texts[side].count, other = (double)found[side]->sentence_count;
        if (one < share * other || other < 0.8 * share * one) /* a person may have cut or joined some */
            return false;
    }
    return true;
}

/* By what the survey has seen of the sentences: is it less alike than is wanted? */
static bool is_known_other(const search *s, document_pair found, double wanted)
{
    for (int side = 0; side < 2; side++) {
        const ty_surveyed_document *known = found[side];
        size_t own = s->texts[side].count, most = own > known->hash_count ? own : known->hash_count;
        if (!known->hashes || !most)
            continue;
        size_t common = count_common(s->hashes[side], own, known->hashes, known->hash_count);
        if ((double)common < wanted * (double)most)
            return true;
    }
    return false;
}

static ty_status remember(search *s, ty_surveyed_document *document, const ty_version_text *text,
                          ty_error *error)
{
    if (!document->hashes)
        document->hashes = hashes_of(text, &s->survey->arena);
    document->hash_count = text->count;
    return document->hashes ? TY_OK : ty_error_nomem(error);
}

static const ty_stored_document *whole(const ty_stored_documents *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

static ty_status compare(search *s, int64_t release, document_pair found, double *likeness, bool *differ,
                         ty_error *error)
{
    ty_stored_documents list = {0};
    ty_status status = ty_store_documents(s->memory->store, release, s->arena, &list, error);
    *likeness = 1;
    *differ = false;
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        const ty_stored_document *document = whole(&list, found[side]->id);
        ty_version_text old;
        double share = 0;
        bool other = false;
        status = document ? ty_version_of_document(s->memory->store, document, s->arena, &old, error) : TY_NO;
        if (status == TY_OK)
            status = remember(s, found[side], &old, error);
        if (status == TY_OK)
            status = ty_version_likeness(&s->texts[side], &old, &share, error);
        if (status == TY_OK)
            status = ty_version_heads_differ(&s->texts[side], &old, &other, error);
        *likeness = share < *likeness ? share : *likeness;
        *differ |= other;
    }
    ty_vector_release(&list);
    return status == TY_NO ? TY_OK : status;
}

static ty_status take(search *s, int64_t release, bool alike, bool differ, bool place, ty_error *error)
{
    ty_origin origin;
    ty_status status = ty_store_origin(s->memory->store, release, s->arena, &origin, error);
    if (status == TY_OK)
        *s->out = (ty_release_identity){.origin = alike && !differ ? release : 0,
                                        .name = origin.name,
                                        .alike = alike && differ,
                                        .place = place && !alike,
                                        .units = origin.unit_count};
    return status;
}

static ty_status judge(search *s, int64_t release, document_pair found, ty_error *error)
{
    double likeness = 0;
    bool differ = false, place = false;
    ty_status status = places_agree(s, release, found, &place, error);
    double wanted = place ? TY_ALIKE_MOST : TY_ALIKE_NEARLY_ALL;
    if (status != TY_OK || (!place && (!lengths_allow(s, found, wanted) || is_known_other(s, found, wanted))))
        return status;
    status = compare(s, release, found, &likeness, &differ, error);
    bool alike = likeness > wanted || (!place && likeness >= wanted);
    if (status != TY_OK || (!alike && !place) || likeness < s->best)
        return status;
    if (s->out->origin && !(alike && !differ))
        return TY_OK;
    s->best = likeness;
    return take(s, release, alike, differ, place, error);
}

/* What has the very texts, whatever else: no byte is new. */
static ty_status find_unchanged(search *s, const ty_digest *digest, ty_error *error)
{
    ty_store *store = s->memory->store;
    ty_origin origin;
    int64_t found = 0;
    ty_status status = ty_store_origin_of_digest(store, ty_slice_of(digest->text), &found, error);
    if (status == TY_OK)
        status = ty_store_origin(store, found, s->arena, &origin, error);
    if (status == TY_OK)
        *s->out = (ty_release_identity){
            .origin = found, .name = origin.name, .units = origin.unit_count, .unchanged = true};
    return status;
}

static ty_status note_languages(search *s, ty_error *error)
{
    const ty_slices *langs = &s->survey->langs;
    for (int side = 0; side < 2; side++) {
        s->is_lang[side] = ty_arena_array(s->arena, langs->count + 1, sizeof **s->is_lang);
        if (!s->is_lang[side])
            return ty_error_nomem(error);
        for (size_t i = 0; i < langs->count; i++)
            s->is_lang[side][i] = ty_lang_same(langs->items[i], s->texts[side].lang);
    }
    return TY_OK;
}

static ty_status judge_all(search *s, ty_error *error)
{
    ty_status status = ty_survey_open(s->memory, &s->survey, error);
    if (status == TY_OK)
        status = note_languages(s, error);
    for (size_t i = 0; status == TY_OK && i < s->survey->releases.count; i++) {
        document_pair found;
        if (find_pair(s, &s->survey->releases.items[i], found))
            status = judge(s, s->survey->releases.items[i].origin, found, error);
    }
    return status;
}

ty_status ty_identity_find(ty_memory *memory, const ty_bitext *bitext, const ty_digest *digest,
                           const char *url, ty_arena *arena, ty_release_identity *out, ty_error *error)
{
    search s = {.memory = memory, .arena = arena, .out = out, .url = url};
    *out = (ty_release_identity){0};
    for (int side = 0; side < 2; side++) {
        s.texts[side] = ty_version_of_text(side ? bitext->target : bitext->source, arena);
        s.hashes[side] = hashes_of(&s.texts[side], arena);
    }
    if (arena->failed)
        return ty_error_nomem(error);
    ty_status status = find_unchanged(&s, digest, error);
    return status == TY_NO ? judge_all(&s, error) : status;
}

static bool is_called(const ty_origin *origin, const char *wanted, int pass)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)origin->id);
    return pass == 0   ? ty_slice_equal(origin->name, ty_slice_of(wanted))
           : pass == 1 ? ty_store_glob(ty_slice_of(wanted), origin->name)
                       : strcmp(number, wanted) == 0;
}

ty_status ty_identity_named(ty_memory *memory, const char *wanted, ty_arena *arena, ty_release_identity *out,
                            ty_error *error)
{
    ty_origins origins = {0};
    size_t found = 0;
    *out = (ty_release_identity){0};
    ty_status status = ty_store_origins(memory->store, (ty_slice){"", 0}, arena, &origins, error);
    for (int pass = 0; pass < 3 && !found; pass++)
        for (size_t i = 0; i < origins.count; i++) {
            const ty_origin *origin = &origins.items[i];
            if (!ty_slice_equal(origin->kind, TY_SLICE("documents")) || !is_called(origin, wanted, pass))
                continue;
            found++;
            *out = (ty_release_identity){
                .origin = origin->id, .name = origin->name, .units = origin->unit_count};
        }
    ty_vector_release(&origins);
    if (status == TY_OK && !found)
        return ty_error_set(error, TY_NO, "there is no release \"%s\"", wanted);
    if (status == TY_OK && found > 1)
        return ty_error_set(error, TY_ERR_USAGE, "\"%s\" may be %zu releases; name one", wanted, found);
    return status;
}
