/* SPDX-License-Identifier: Apache-2.0 */
/* A release of the memory as the rows of a page. */
#include <stdlib.h>

#include "server/releases.h"
#include "server/watch.h"

/* ------------------------------------------------------------------------------------------ rows */

static const ty_line *lines_of(ty_http *http, const ty_review *review, int side, uint32_t first,
                               uint32_t count)
{
    ty_line *lines = ty_arena_array(&http->arena, count, sizeof *lines);
    ty_review_sentence before = {.paragraph = UINT32_MAX}, here;
    if (first)
        ty_review_sentence_at(review, side, first - 1, &before);
    for (uint32_t i = 0; lines && i < count; i++) {
        ty_review_sentence_at(review, side, first + i, &here);
        lines[i] = (ty_line){.text = here.text,
                             .number = first + i,
                             .paragraph = before.paragraph != here.paragraph,
                             .edited = here.edited};
        before = here;
    }
    return lines;
}

/* Beads that others have open, a few of very many. */
typedef struct open_beads {
    int64_t beads[TY_WATCH_LOCKS];
    size_t count;
} open_beads;

static bool is_open(const open_beads *open, int64_t bead)
{
    for (size_t i = 0; i < open->count; i++)
        if (open->beads[i] == bead)
            return true;
    return false;
}

static void fill_row(ty_http *http, const ty_review *review, const open_beads *open, size_t at,
                     ty_review_row *row)
{
    ty_review_bead bead;
    ty_review_bead_at(review, at, &bead);
    *row = (ty_review_row){.bead = bead.id,
                           .unit = bead.unit,
                           .counts = {bead.count[0], bead.count[1]},
                           .lines = {lines_of(http, review, 0, bead.first[0], bead.count[0]),
                                     lines_of(http, review, 1, bead.first[1], bead.count[1])},
                           .state = bead.state,
                           .omit = bead.omit,
                           .flag = bead.flag,
                           .ask = bead.ask,
                           .locked = bead.locked || is_open(open, bead.id),
                           .who = bead.who,
                           .at = bead.at,
                           .note = bead.note,
                           .confidence = (float)bead.confidence,
                           .doubts = bead.doubts};
}

static void count(ty_review_rows *rows)
{
    uint32_t furthest = 0;
    for (size_t i = 0; i < rows->count; i++) {
        ty_review_row *row = &rows->items[i];
        rows->confirmed += row->state == TY_BEAD_OK;
        rows->doubtful += row->doubts != 0;
        if (!row->counts[1])
            continue;
        row->crossing = row->lines[1][0].number < furthest;
        furthest = row->lines[1][0].number + row->counts[1];
    }
}

static ty_status fill(ty_http *http, ty_review_rows *out)
{
    const ty_review *review = http->review;
    const ty_release_info *info = ty_review_info(review);
    size_t beads = ty_review_bead_count(review);
    ty_review_doubt(http->review, http->taste.doubtful);
    *out = (ty_review_rows){.origin = info->id,
                            .name = info->name,
                            .title = {info->titles[0], info->titles[1]},
                            .date = info->date,
                            .url = info->url,
                            .agency = info->agency,
                            .langs = {info->langs[0], info->langs[1]},
                            .items = ty_arena_array(&http->arena, beads, sizeof(ty_review_row)),
                            .count = beads};
    if (beads && !out->items)
        return ty_error_nomem(&http->error);
    ty_review_newest(review, &out->step, &out->drawn);
    open_beads open = {.count = 0};
    open.count = ty_watch_open(http->server->watch, http->who.name, open.beads);
    for (size_t i = 0; i < beads; i++)
        fill_row(http, review, &open, i, &out->items[i]);
    count(out);
    ty_watch_note(http->server->watch, out);
    return http->arena.failed ? ty_error_nomem(&http->error) : TY_OK;
}

int64_t ty_release_number(ty_slice key)
{
    int64_t number = ty_decimal(ty_slice_sub(key, 0, ty_slice_find(key, TY_SLICE("-"), 0)));
    return number > 0 ? number : 0;
}

ty_status ty_release_rows(ty_http *http, ty_slice key, ty_review_rows *out)
{
    int64_t release = ty_release_number(key);
    if (http->review && ty_review_info(http->review)->id == release &&
        ty_review_is_current(http->review, http->memory))
        return fill(http, out);
    ty_review_close(http->review);
    http->review = NULL;
    ty_status status = ty_review_open(http->memory, release, &http->review, &http->error);
    return status == TY_OK ? fill(http, out) : status;
}

uint64_t ty_release_version_of(ty_http *http, uint64_t version)
{
    uint64_t drawn = 0;
    int64_t step = (int64_t)(version >> TY_VERSION_BITS);
    bool known = !step || ty_memory_step_drawn(http->memory, step, &drawn, NULL) == TY_OK;
    return !version || (known && ty_watch_is_of(version, drawn)) ? version : TY_VERSION_OLDEST;
}

/* ------------------------------------------------------------------------------------------ names */

/* Letters and digits of the name, others as one dash: readable in an address, and never meant to be read
 * back. */
static void put_slug(ty_buffer *out, ty_slice name)
{
    size_t start = out->size;
    for (size_t i = 0; i < name.size && out->size - start < 60; i++) {
        char c = name.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (plain)
            ty_buffer_add_char(out, c);
        else if (out->size > start && out->data[out->size - 1] != '-')
            ty_buffer_add_char(out, '-');
    }
    while (out->size > start && out->data[out->size - 1] == '-')
        out->data[--out->size] = '\0';
}

const char *ty_release_address(ty_http *http, const ty_review_rows *rows)
{
    ty_buffer address = {0}, slug = {0};
    put_slug(&slug, rows->name);
    ty_buffer_add_format(&address, "/release/%lld%s", (long long)rows->origin, slug.size ? "-" : "");
    ty_buffer_add(&address, ty_buffer_slice(&slug));
    const char *kept = ty_http_copy(http, ty_buffer_slice(&address));
    ty_buffer_release(&address);
    ty_buffer_release(&slug);
    return kept;
}

int ty_release_title_side(const ty_http *http, const ty_review_rows *rows)
{
    for (int side = 0; side < 2; side++)
        if (rows->title[side].size && ty_slice_starts(rows->langs[side], ty_slice_of(http->taste.ui)))
            return side;
    return rows->title[0].size || !rows->title[1].size ? 0 : 1;
}

ty_slice ty_release_title(ty_http *http, const ty_review_rows *rows)
{
    ty_slice title = rows->title[ty_release_title_side(http, rows)];
    return title.size ? title : rows->name;
}

bool ty_is_web_address(ty_slice address)
{
    return ty_slice_starts(address, TY_SLICE("http://")) || ty_slice_starts(address, TY_SLICE("https://"));
}

bool ty_is_day_or_empty(ty_slice text)
{
    return !text.size || ty_is_day(text);
}

/* ------------------------------------------------------------------------------------------ neighbours */

typedef struct neighbours {
    int64_t origin, last, *previous, *next;
    bool passed;
} neighbours;

/* One works from the newest to the older ones, and the list begins with the oldest: behind it are the newer.
 */
static ty_status look(void *payload, const ty_release_info *release)
{
    neighbours *n = payload;
    if (!release->beads)
        return TY_OK;
    if (n->passed) {
        *n->previous = release->id;
        return TY_STOP;
    }
    n->passed = release->id == n->origin;
    if (n->passed)
        *n->next = n->last;
    n->last = release->id;
    return TY_OK;
}

void ty_release_neighbours(ty_http *http, int64_t origin, int64_t *previous, int64_t *next)
{
    neighbours n = {origin, 0, previous, next, false};
    *previous = *next = 0;
    ty_http_need(http, ty_memory_releases(http->memory, look, &n, &http->missing));
}
