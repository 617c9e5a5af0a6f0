/* SPDX-License-Identifier: Apache-2.0 */
#include "server/doubts.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/sys.h"

#define MOMENT 0.04 /* seconds of one request */

enum { SLOTS = 8192, WAYS = 4 };

typedef struct counted {
    int64_t release, count;
    uint64_t version;
    int level; /* per cent */
    int64_t bands[TY_BANDS];
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

static int64_t count(ty_http *http, int64_t release, int64_t bands[TY_BANDS])
{
    ty_review *review = NULL;
    ty_review_bead bead;
    int64_t found = 0;
    if (ty_review_open(http->memory, release, &review, NULL) != TY_OK)
        return -1;
    ty_review_doubt(review, http->taste.doubtful);
    for (size_t i = 0; i < ty_review_bead_count(review); i++) {
        ty_review_bead_at(review, i, &bead);
        found += bead.doubtful;
        if (bead.state == TY_BEAD_AUTO && bead.count[0] && bead.count[1])
            bands[band_of(bead.confidence)]++;
    }
    ty_review_close(review);
    return found;
}

static bool has_time(const ty_http *http)
{
    return (double)ty_sys_clock() * 1e-9 - http->begun < MOMENT;
}

static int64_t recall(ty_doubts *doubts, const ty_release_info *release, int level, int64_t bands[TY_BANDS])
{
    pthread_mutex_lock(&doubts->mutex);
    const counted *slot = slot_of(doubts, release->id, level);
    bool known = slot->release == release->id && slot->level == level && slot->version == release->version;
    int64_t found = known ? slot->count : -1;
    if (known)
        memcpy(bands, slot->bands, sizeof slot->bands);
    pthread_mutex_unlock(&doubts->mutex);
    return found;
}

int64_t ty_doubts_of(ty_http *http, const ty_release_info *release, int64_t bands[TY_BANDS])
{
    ty_doubts *doubts = http->server->doubts;
    int level = level_of(http);
    counted new = {.release = release->id, .version = release->version, .level = level};
    int64_t found = recall(doubts, release, level, bands);
    if (found >= 0 || !has_time(http))
        return found;
    new.count = count(http, release->id, new.bands);
    if (new.count < 0)
        return -1;
    memcpy(bands, new.bands, sizeof new.bands);
    pthread_mutex_lock(&doubts->mutex);
    *slot_of(doubts, release->id, level) = new;
    pthread_mutex_unlock(&doubts->mutex);
    return new.count;
}
