/* SPDX-License-Identifier: Apache-2.0 */
/*
 * context - whose a term is where it stands: "Colonel Yamada of the JGSDF" is no colonel of the U.S. Army.
 *
 * The words of data/organisations.txt that name a country or a service are looked for around a spot, on its
 * line; the nearest decides, one before the spot rather than one behind. A concept or a term whose
 * organisation is of another country is unlikely there.
 */
#include <stdlib.h>

#include "term/internal.h"

enum {
    BEFORE = 90, /* bytes looked at before a spot and behind it */
    BEHIND = 70,
    BEHIND_COSTS = 40 /* what stands behind is that much farther away */
};

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Is the cue a whole word at `at`? Japanese has no blanks; there any place will do. */
static bool stands_at(ty_slice text, size_t at, ty_slice words, bool spaced)
{
    size_t end = at + words.size;
    if (end > text.size || text.data[end - 1] != words.data[words.size - 1] || /* most differ there */
        memcmp(text.data + at, words.data, words.size) != 0)
        return false;
    return !spaced ||
           ((at == 0 || !is_letter(text.data[at - 1])) && (end == text.size || !is_letter(text.data[end])));
}

/* Is the cue at `at` part of a name that is of no country: the Sea of Japan? */
static bool is_hidden(ty_slice text, size_t at, size_t size, bool spaced)
{
    for (const ty_slice *name = ty_term_hiding_names; name->size; name++) {
        if (name->size <= size)
            continue;
        for (size_t from = at + size < name->size ? 0 : at + size - name->size; from <= at; from++)
            if (stands_at(text, from, *name, spaced))
                return true;
    }
    return false;
}

/* The part of the line around the spot. */
static ty_span window(ty_slice text, size_t start, size_t end)
{
    ty_span near = {start, end};
    while (near.start > 0 && start - near.start < BEFORE && text.data[near.start - 1] != '\n')
        near.start--;
    while (near.end < text.size && near.end - end < BEHIND && text.data[near.end] != '\n')
        near.end++;
    return near;
}

/* Is there nothing between but a given name: "Minister Nobuo Kishi"? */
static bool is_given_name(ty_slice between)
{
    between = ty_slice_trim(between);
    if (between.size == 0)
        return true;
    for (size_t i = 0; i < between.size; i++)
        if (!is_letter(between.data[i]) || (i == 0 && between.data[i] >= 'a'))
            return false;
    return true;
}

/*
 * Behind a spot a country may be anything ("spoke about Japan"), but for what "of" ties to it ("Colonel Smith
 * of the U.S. Army"), and a surname or an abbreviation that follows at once.
 */
static size_t distance_of(ty_slice text, size_t at, size_t size, size_t start, size_t end)
{
    if (at + size <= start)
        return start - (at + size);
    if (at < end)
        return 0;
    ty_slice between = ty_slice_sub(text, end, at);
    if (ty_slice_ends(between, TY_SLICE(" of the ")) || ty_slice_ends(between, TY_SLICE(" of ")))
        return between.size / 4;
    return is_given_name(between) ? 2 : between.size + BEHIND_COSTS;
}

/* The nearest decides, then the longest for a country; of those alike the first row, for a service the last.
 */
static bool is_better_country(const term_context *context, const term_cue *cue, size_t distance)
{
    const term_cue *best = context->country_cue;
    if (distance != context->country_distance)
        return distance < context->country_distance;
    if (cue->words.size != best->words.size)
        return cue->words.size > best->words.size;
    return cue->row < best->row;
}

static bool is_better_service(const term_context *context, const term_cue *cue, size_t distance)
{
    const term_cue *best = context->service_cue;
    if (distance != context->service_distance)
        return distance < context->service_distance;
    return cue->row > best->row;
}

static void take_cue(term_context *context, const term_cue *cue, size_t distance)
{
    if (cue->country && is_better_country(context, cue, distance)) {
        context->country = cue->country;
        context->country_distance = distance;
        context->country_cue = cue;
    }
    if (cue->service && is_better_service(context, cue, distance)) {
        context->service = cue->service;
        context->service_distance = distance;
        context->service_cue = cue;
    }
}

/* May a cue begin with the two bytes? Few places of a text have such, and none within a character. */
static inline bool may_begin_cue(const char *bytes)
{
    if (((unsigned char)bytes[0] & 0xC0) == 0x80)
        return false;
    unsigned pair = ((unsigned char)bytes[0] * 61U + (unsigned char)bytes[1] * 17U) & 4095U;
    return ty_term_cue_marks[pair >> 6] >> (pair & 63) & 1;
}

static inline unsigned first_two(const char *bytes)
{
    return (unsigned)(unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
}

/* The first cue that begins with the two bytes, or comes behind such. */
static const term_cue *first_cue(unsigned two)
{
    size_t low = 0, high = ty_term_cue_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (first_two(ty_term_cues[middle].words.data) < two)
            low = middle + 1;
        else
            high = middle;
    }
    return ty_term_cues + low;
}

/* Takes the cues that stand at `at`. */
static void take_cues(term_context *context, ty_slice text, size_t at, ty_slice lang, ty_span spot)
{
    const term_cue *end = ty_term_cues + ty_term_cue_count;
    unsigned two = first_two(text.data + at);
    for (const term_cue *cue = first_cue(two); cue < end && first_two(cue->words.data) == two; cue++) {
        bool spaced = (unsigned char)cue->words.data[0] < 0x80;
        if (stands_at(text, at, cue->words, spaced) &&
            (!lang.size || ty_lang_matches(ty_slice_of(cue->lang), lang)) &&
            !is_hidden(text, at, cue->words.size, spaced))
            take_cue(context, cue, distance_of(text, at, cue->words.size, spot.start, spot.end));
    }
}

term_context ty_term_context_at(ty_slice text, ty_slice lang, size_t start, size_t end)
{
    term_context context = {.country_distance = SIZE_MAX, .service_distance = SIZE_MAX};
    ty_span near = window(text, start, end);
    for (size_t at = near.start; at < near.end && at + 1 < text.size; at++)
        if (may_begin_cue(text.data + at))
            take_cues(&context, text, at, lang, (ty_span){start, end});
    return context;
}

bool ty_term_is_country(ty_slice word)
{
    if (word.size < 2 || !may_begin_cue(word.data))
        return false;
    const term_cue *end = ty_term_cues + ty_term_cue_count;
    unsigned two = first_two(word.data);
    for (const term_cue *cue = first_cue(two); cue < end && first_two(cue->words.data) == two; cue++)
        if (cue->country && ty_slice_equal(word, cue->words))
            return true;
    return false;
}

static bool is_said(ty_slice text, ty_slice words)
{
    bool spaced = (unsigned char)words.data[0] < 0x80;
    for (size_t at = 0; (at = ty_slice_find(text, words, at)) != SIZE_MAX; at += words.size)
        if (!is_hidden(text, at, words.size, spaced))
            return true;
    return false;
}

bool ty_term_names_country(ty_slice text, ty_slice organisations)
{
    for (ty_slice one; organisations.size && ty_slice_next(&organisations, ',', &one);) {
        const term_body *body = NULL;
        for (size_t i = 0; i < ty_term_body_count && !body; i++)
            if (ty_slice_equal_nocase(ty_slice_trim(one), ty_slice_of(ty_term_bodies[i].name)))
                body = &ty_term_bodies[i];
        for (size_t i = 0; body && i < ty_term_cue_count; i++)
            if (ty_term_cues[i].country == body->country && is_said(text, ty_term_cues[i].words))
                return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ bodies */

static const term_body *find_body(ty_slice name)
{
    for (size_t i = 0; i < ty_term_body_count; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(ty_term_bodies[i].name)))
            return &ty_term_bodies[i];
    return NULL;
}

/* Japan's forces have words of their own; those of others are named alike (英海軍の大尉, as of the U.S.
 * Navy). */
static bool is_japan(uint8_t country)
{
    const term_body *japan = find_body(TY_SLICE("JSDF"));
    return japan && japan->country == country;
}

void ty_term_context_meets_foreigner(term_context *context)
{
    enum { BESIDE = 2 };
    if (context->country && !(is_japan(context->country) && context->country_distance > BESIDE))
        return;
    context->country = context->service = 0;
    context->foreign = true;
}

static int fit_of(const term_context *context, const term_body *body)
{
    if (!context->country || !body->country)
        return context->foreign && is_japan(body->country) ? -1 : 0;
    if (context->country != body->country) {
        bool both_foreign = !is_japan(context->country) && !is_japan(body->country);
        bool other_service = context->service && body->service && context->service != body->service;
        return both_foreign && !other_service ? -2 : -3;
    }
    if (!context->service || !body->service)
        return 2;
    return context->service == body->service ? 4 : 1;
}

int ty_term_context_fit(const term_context *context, ty_slice organisations)
{
    int best = 0;
    bool any = false;
    for (ty_slice one; organisations.size && ty_slice_next(&organisations, ',', &one);) {
        const term_body *body = find_body(ty_slice_trim(one));
        if (!body)
            continue;
        int fit = fit_of(context, body);
        best = any && best > fit ? best : fit;
        any = true;
    }
    return best;
}

int ty_term_fit_at(ty_slice text, ty_slice lang, size_t start, size_t end, ty_slice organisations)
{
    term_context context = ty_term_context_at(text, lang, start, end);
    return ty_term_context_fit(&context, organisations);
}
