/* SPDX-License-Identifier: Apache-2.0 */
#include "server/doubts.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

#define MOMENT 0.04 /* seconds of one request */

enum { SLOTS = 8192, WAYS = 4 };

typedef struct counted {
    int64_t release;
    uint64_t version;
    int level; /* per cent */
    ty_looked looked;
} counted;

struct ty_doubts {
    pthread_mutex_t mutex;
    counted slots[SLOTS];
};

ty_doubts *ty_doubts_new(void)
{
    ty_doubts *doubts = calloc(1, sizeof *doubts);
    if (doubts)
        pthread_mutex_init(&doubts->mutex, NULL);
    return doubts;
}

void ty_doubts_free(ty_doubts *doubts)
{
    if (!doubts)
        return;
    pthread_mutex_destroy(&doubts->mutex);
    free(doubts);
}

static int level_of(const ty_http *http)
{
    return (int)(http->taste.doubtful * 100 + 0.5);
}

/* The slot of the release, or the one of its few that is to make room. */
static counted *slot_of(ty_doubts *doubts, int64_t release, int level)
{
    size_t first = ((size_t)release * WAYS + (size_t)level * 977 * WAYS) % SLOTS;
    for (size_t i = 0; i < WAYS; i++)
        if (doubts->slots[first + i].release == release && doubts->slots[first + i].level == level)
            return &doubts->slots[first + i];
    for (size_t i = 0; i < WAYS; i++)
        if (!doubts->slots[first + i].release)
            return &doubts->slots[first + i];
    return &doubts->slots[first + (size_t)release % WAYS];
}

static size_t band_of(double confidence)
{
    static const double ends[TY_BANDS - 1] = {0.5, 0.75, 0.9, 0.95, 0.99};
    size_t band = 0;
    while (band < TY_BANDS - 1 && confidence >= ends[band])
        band++;
    return band;
}

/* Among the first pairs only, and where the aligner is sure of it; a place, a name or a date alone says
 * little. */
enum { FIRST_PAIRS = 12, LEAST_TEXT = 24 /* bytes: eight kanji */ };
#define SURE 0.9

static bool is_text(ty_slice text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++)
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    return text.size >= LEAST_TEXT && digits * 6 < text.size;
}

/* At the end of a character. */
static void take_beginning(ty_slice text, char out[TY_BEGINS])
{
    size_t size = text.size < TY_BEGINS - 4 ? text.size : TY_BEGINS - 4;
    while (size < text.size && size && ((unsigned char)text.data[size] & 0xC0) == 0x80)
        size--;
    snprintf(out, TY_BEGINS, "%.*s%s", (int)size, text.data, size < text.size ? "…" : "");
}

static void look_at_beginning(const ty_review *review, const ty_review_bead *bead, ty_looked *out)
{
    ty_review_sentence sides[2];
    if (out->begins[0][0] || !bead->count[0] || !bead->count[1] || bead->confidence < SURE)
        return;
    for (int side = 0; side < 2; side++) {
        ty_review_sentence_at(review, side, bead->first[side], &sides[side]);
        if (!is_text(sides[side].text))
            return;
    }
    for (int side = 0; side < 2; side++)
        take_beginning(sides[side].text, out->begins[side]);
}

static bool look(ty_http *http, int64_t release, ty_looked *out)
{
    ty_review *review = NULL;
    ty_review_bead bead;
    if (ty_review_open(http->memory, release, &review, NULL) != TY_OK)
        return false;
    ty_review_doubt(review, http->taste.doubtful);
    for (size_t i = 0; i < ty_review_bead_count(review); i++) {
        ty_review_bead_at(review, i, &bead);
        out->doubtful += bead.doubtful;
        if (i < FIRST_PAIRS)
            look_at_beginning(review, &bead, out);
        if (bead.state == TY_BEAD_AUTO && bead.count[0] && bead.count[1])
            out->bands[band_of(bead.confidence)]++;
    }
    ty_review_close(review);
    return true;
}

static bool has_time(const ty_http *http)
{
    return (double)ty_sys_clock() * 1e-9 - http->begun < MOMENT;
}

static bool recall(ty_doubts *doubts, const ty_release_info *release, int level, ty_looked *out)
{
    pthread_mutex_lock(&doubts->mutex);
    const counted *slot = slot_of(doubts, release->id, level);
    bool known = slot->release == release->id && slot->level == level && slot->version == release->version;
    if (known)
        *out = slot->looked;
    pthread_mutex_unlock(&doubts->mutex);
    return known;
}

void ty_doubts_of(ty_http *http, const ty_release_info *release, ty_looked *out)
{
    ty_doubts *doubts = http->server->doubts;
    int level = level_of(http);
    counted new = {.release = release->id, .version = release->version, .level = level};
    *out = (ty_looked){.doubtful = -1};
    if (recall(doubts, release, level, out) || !has_time(http) || !look(http, release->id, &new.looked))
        return;
    *out = new.looked;
    pthread_mutex_lock(&doubts->mutex);
    *slot_of(doubts, release->id, level) = new;
    pthread_mutex_unlock(&doubts->mutex);
}
