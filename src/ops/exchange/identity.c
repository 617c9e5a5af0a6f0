/* SPDX-License-Identifier: Apache-2.0 */
/* Which release two texts are: by address or path and most sentences, or by nearly all sentences. */
#include "ops/exchange/identity.h"

#include <stdio.h>

#include "base/sys.h"

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

static uint64_t *hashes_of(const ty_version_text *text)
{
    uint64_t *hashes = malloc((text->count + 1) * sizeof *hashes);
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
    uint64_t *a = hashes_of(one), *b = hashes_of(other);
    size_t most = one->count > other->count ? one->count : other->count;
    *out = a && b && most ? (double)count_common(a, one->count, b, other->count) / (double)most : 0;
    bool failed = !a || !b;
    free(a);
    free(b);
    return failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ seen before */

/*
 * Of releases that were compared once, hashes of their sentences: of a folder of thousands each would else be
 * read for each that comes. A release is told by its number and the digest of its texts.
 */
struct known_release {
    int64_t origin, documents[2];
    uint64_t digest;
    uint64_t *hashes[2]; /* sorted, in the arena; NULL: not seen */
    size_t counts[2];
};

struct ty_known_releases {
    TY_VECTOR(struct known_release) items; /* in order of number */
    ty_arena arena;
};

void ty_known_releases_free(ty_memory *memory)
{
    if (!memory->releases)
        return;
    ty_vector_release(&memory->releases->items);
    ty_arena_release(&memory->releases->arena);
    free(memory->releases);
    memory->releases = NULL;
}

static struct known_release *find_known(const ty_memory *memory, const ty_origin *origin)
{
    size_t low = 0, high = memory->releases ? memory->releases->items.count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct known_release *one = &memory->releases->items.items[middle];
        if (one->origin == origin->id)
            return one->digest == ty_hash(origin->digest, 0) ? one : NULL;
        if (one->origin < origin->id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Releases come in the order of their numbers; one that does not is not kept, which costs time only. */
static struct known_release *add_known(ty_memory *memory, const ty_origin *origin)
{
    if (!memory->releases)
        memory->releases = calloc(1, sizeof *memory->releases);
    ty_known_releases *known = memory->releases;
    if (!known || !origin->digest.size ||
        (known->items.count && known->items.items[known->items.count - 1].origin >= origin->id))
        return NULL;
    struct known_release one = {.origin = origin->id, .digest = ty_hash(origin->digest, 0)};
    return ty_vector_push(&known->items, one) ? &known->items.items[known->items.count - 1] : NULL;
}

static void remember(ty_memory *memory, const ty_origin *origin, int side, int64_t document,
                     const ty_version_text *text)
{
    struct known_release *one = find_known(memory, origin);
    one = one ? one : add_known(memory, origin);
    if (!one || one->hashes[side])
        return;
    uint64_t *hashes = ty_arena_array(&memory->releases->arena, text->count + 1, sizeof *hashes);
    for (size_t i = 0; hashes && i < text->count; i++)
        hashes[i] = ty_hash(text->lines[i], 0);
    if (hashes)
        qsort(hashes, text->count, sizeof *hashes, by_hash);
    one->documents[side] = document;
    one->hashes[side] = hashes;
    one->counts[side] = text->count;
}

/* ------------------------------------------------------------------------------------------ releases */

typedef struct search {
    ty_memory *memory;
    ty_version_text texts[2];
    const char *url;     /* told of the release; NULL: nothing */
    uint64_t *hashes[2]; /* of the texts' sentences, sorted */
    ty_origins origins;
    ty_stored_documents documents;
    ty_arena *arena;
    ty_release_identity *out;
    double best; /* likeness of what was found */
} search;

static bool same_place(ty_slice one, ty_slice other)
{
    return one.size && ty_slice_equal(one, other);
}

/* Address and path of either text, or the address that was told. */
static bool places_agree(const search *s, const ty_origin *origin, const ty_stored_document *const found[2])
{
    bool agree = s->url && same_place(ty_slice_of(s->url), origin->url);
    for (int side = 0; side < 2; side++)
        agree |= same_place(s->texts[side].url, found[side]->url) ||
                 same_place(s->texts[side].path, found[side]->path);
    return agree;
}

/* The documents that a release has now in the two languages; of one that was removed, the last ones. */
static bool find_pair(const search *s, int64_t origin, size_t first, const ty_stored_document *found[2])
{
    for (int side = 0; side < 2; side++) {
        found[side] = NULL;
        for (size_t i = first; i < s->documents.count && s->documents.items[i].origin == origin; i++) {
            const ty_stored_document *document = &s->documents.items[i];
            bool better = !found[side] || found[side]->older || !document->older;
            if (better && ty_lang_same(document->lang, s->texts[side].lang))
                found[side] = document;
        }
    }
    return found[0] && found[1] && found[0] != found[1];
}

/* Could so much of the longer one be in the other, by their lengths? */
static bool lengths_allow(const search *s, const ty_stored_document *const found[2], double share)
{
    for (int side = 0; side < 2; side++) {
        double one = (double)s->texts[side].count, other = (double)found[side]->sentence_count;
        if (one < share * other || other < 0.8 * share * one) /* a person may have cut or joined some */
            return false;
    }
    return true;
}

static const ty_stored_document *whole(const ty_stored_documents *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return &list->items[i];
    return NULL;
}

static ty_status compare(search *s, const ty_origin *origin, const ty_stored_document *const found[2],
                         double *likeness, bool *differ, ty_error *error)
{
    ty_stored_documents list = {0};
    ty_status status = ty_store_documents(s->memory->store, origin->id, s->arena, &list, error);
    *likeness = 1;
    *differ = false;
    for (int side = 0; side < 2 && status == TY_OK; side++) {
        const ty_stored_document *document = whole(&list, found[side]->id);
        ty_version_text old;
        double share = 0;
        bool other = false;
        status = document ? ty_version_of_document(s->memory->store, document, s->arena, &old, error) : TY_NO;
        if (status == TY_OK)
            remember(s->memory, origin, side, found[side]->id, &old);
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

/* Of what was seen before: is it less alike than is wanted? */
static bool is_known_other(const search *s, const ty_origin *origin, const ty_stored_document *const found[2],
                           double wanted)
{
    const struct known_release *known = find_known(s->memory, origin);
    for (int side = 0; side < 2 && known; side++) {
        size_t own = s->texts[side].count, most = own > known->counts[side] ? own : known->counts[side];
        if (!known->hashes[side] || known->documents[side] != found[side]->id || !s->hashes[side] || !most)
            continue;
        size_t common = count_common(s->hashes[side], own, known->hashes[side], known->counts[side]);
        if ((double)common < wanted * (double)most)
            return true;
    }
    return false;
}

static ty_status judge(search *s, const ty_origin *origin, const ty_stored_document *const found[2],
                       ty_error *error)
{
    double likeness = 0;
    bool differ = false, place = places_agree(s, origin, found);
    double wanted = place ? TY_ALIKE_MOST : TY_ALIKE_NEARLY_ALL;
    if (!place && (!lengths_allow(s, found, wanted) || is_known_other(s, origin, found, wanted)))
        return TY_OK;
    ty_status status = compare(s, origin, found, &likeness, &differ, error);
    bool alike = likeness > wanted || (!place && likeness >= wanted);
    if (status != TY_OK || (!alike && !place) || likeness < s->best)
        return status;
    bool same = alike && !differ;
    if (s->out->origin && !same)
        return TY_OK;
    s->best = likeness;
    *s->out = (ty_release_identity){.origin = same ? origin->id : 0,
                                    .name = origin->name,
                                    .alike = alike && differ,
                                    .place = place && !alike,
                                    .units = origin->unit_count};
    return TY_OK;
}

/* What has the very texts, whatever else: no byte is new. */
static bool find_unchanged(search *s, const ty_digest *digest)
{
    for (size_t i = 0; i < s->origins.count; i++) {
        const ty_origin *origin = &s->origins.items[i];
        if (!ty_slice_equal(origin->digest, ty_slice_of(digest->text)))
            continue;
        *s->out = (ty_release_identity){
            .origin = origin->id, .name = origin->name, .units = origin->unit_count, .unchanged = true};
        return true;
    }
    return false;
}

static ty_status judge_all(search *s, ty_error *error)
{
    size_t at = 0;
    ty_status status = ty_store_document_survey(s->memory->store, s->arena, &s->documents, error);
    for (size_t i = 0; i < s->origins.count && status == TY_OK; i++) {
        const ty_stored_document *found[2];
        int64_t origin = s->origins.items[i].id;
        while (at < s->documents.count && s->documents.items[at].origin < origin)
            at++;
        if (find_pair(s, origin, at, found))
            status = judge(s, &s->origins.items[i], found, error);
    }
    return status;
}

ty_status ty_identity_find(ty_memory *memory, const ty_bitext *bitext, const ty_digest *digest,
                           const char *url, ty_arena *arena, ty_release_identity *out, ty_error *error)
{
    search s = {.memory = memory, .arena = arena, .out = out, .url = url};
    s.texts[0] = ty_version_of_text(bitext->source, arena);
    s.texts[1] = ty_version_of_text(bitext->target, arena);
    *out = (ty_release_identity){0};
    s.hashes[0] = hashes_of(&s.texts[0]);
    s.hashes[1] = hashes_of(&s.texts[1]);
    ty_status status = arena->failed || !s.hashes[0] || !s.hashes[1]
                           ? ty_error_nomem(error)
                           : ty_store_origins(memory->store, (ty_slice){"", 0}, arena, &s.origins, error);
    if (status == TY_OK && !find_unchanged(&s, digest))
        status = judge_all(&s, error);
    ty_vector_release(&s.origins);
    ty_vector_release(&s.documents);
    free(s.hashes[0]);
    free(s.hashes[1]);
    return status;
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
