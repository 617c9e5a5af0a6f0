/* SPDX-License-Identifier: Apache-2.0 */
#include "server/hits.h"

#include <stdlib.h>

#include "base/sys.h"

enum { LOOKED_AT = 200, SECONDS = 2 };

typedef struct collector {
    ty_http *http;
    const ty_hit_filter *filter;
    ty_hits *hits;
    size_t seen;
    ty_strings releases; /* of the agency that is asked for, by name */
} collector;

ty_slice ty_hit_rendering(const ty_hit *hit)
{
    return ty_slice_sub(hit->other, hit->other_at.start, hit->other_at.end);
}

int ty_hit_year(const ty_hit *hit)
{
    return hit->date.size >= 4 ? atoi(hit->date.data) : 0;
}

/* ------------------------------------------------------------------------------------------ filters */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* ASCII case aside; what folds further is the search's affair, this is a filter on what it found. */
bool ty_text_contains(ty_slice text, ty_slice part)
{
    for (size_t i = 0; part.size <= text.size && i <= text.size - part.size; i++) {
        size_t k = 0;
        while (k < part.size && lower(text.data[i + k]) == lower(part.data[k]))
            k++;
        if (k == part.size)
            return true;
    }
    return false;
}

static ty_status note_release(void *payload, const ty_release_info *r)
{
    collector *c = payload;
    bool fits = ty_slice_equal(r->agency, c->filter->agency);
    return !fits || ty_strings_add(&c->releases, r->name) != TY_STRINGS_NONE ? TY_OK : TY_ERR_NOMEM;
}

static bool passes(const collector *c, ty_slice origin)
{
    return !c->filter->agency.size || ty_strings_find(&c->releases, origin) != TY_STRINGS_NONE;
}

/* Who waits longer is better served with what there is; a file is whole, or for nobody. */
static bool is_enough(const collector *c)
{
    if (c->filter->whole)
        return ty_http_is_gone(c->http);
    return (double)ty_sys_clock() * 1e-9 - c->http->begun > SECONDS;
}

static ty_status add(void *payload, const ty_concordance *found)
{
    collector *c = payload;
    if (c->seen % 32 == 31 && is_enough(c))
        return TY_STOP;
    ty_arena *arena = &c->http->arena;
    ty_hit hit = {.unit = found->unit, .date = ty_arena_copy(arena, found->date)};
    const ty_concordance_other *other = found->other_count ? &found->others[0] : NULL;
    c->seen++;
    if (found->hit_count)
        hit.at = found->hits[0];
    if (other) {
        hit.other = other->text;
        if (other->hit_count)
            hit.other_at = other->hits[0];
    }
    if (!passes(c, found->origin))
        return TY_OK;
    hit.origin = ty_arena_copy(arena, found->origin);
    hit.lang = ty_arena_copy(arena, found->lang);
    hit.text = ty_arena_copy(arena, found->text);
    hit.other_lang = ty_arena_copy(arena, other ? other->lang : (ty_slice){"", 0});
    hit.other = ty_arena_copy(arena, hit.other);
    return arena->failed || !ty_vector_push(c->hits, hit) ? ty_error_nomem(&c->http->error) : TY_OK;
}

/* The first or the last day of a year; NULL where any year will do. */
static const char *day_of(char text[16], int64_t year, const char *day)
{
    snprintf(text, 16, "%04d-%s", (int)(year % 10000), day);
    return year ? text : NULL;
}

ty_status ty_hits_find(ty_http *http, const ty_hit_filter *filter, ty_hits *out, ty_hits_rest *rest)
{
    size_t most = filter->most ? filter->most : LOOKED_AT, more = 0;
    collector c = {.http = http, .filter = filter, .hits = out};
    char days[2][16];
    const char *other = filter->other.size ? ty_http_copy(http, filter->other) : NULL;
    ty_search_settings how = {.lang = filter->lang,
                              .max = most + filter->uncounted, /* one more says that there are more */
                              .origin = filter->release,
                              .other = filter->without ? NULL : other,
                              .other_not = filter->without ? other : NULL,
                              .from = day_of(days[0], filter->from, "01-01"),
                              .until = day_of(days[1], filter->to, "12-31"),
                              .out_more = filter->uncounted ? NULL : &more};
    if (filter->agency.size)
        ty_http_need(http, ty_memory_releases(http->memory, note_release, &c, &http->missing));
    ty_status status = ty_memory_search(http->memory, filter->query, &how, add, &c, &http->error);
    ty_strings_release(&c.releases);
    bool over = filter->uncounted && out->count > most;
    out->count -= over;
    rest->late = status == TY_STOP;
    rest->uncounted = over || rest->late || more >= TY_SEARCH_MORE || (more && filter->agency.size);
    rest->count = rest->uncounted ? 0 : (int64_t)more;
    return status == TY_NO || status == TY_STOP ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ order */

static int by_date(const void *a, const void *b)
{
    const ty_hit *x = a, *y = b;
    int order = ty_slice_compare(y->date, x->date);
    return order ? order : (x->unit > y->unit) - (x->unit < y->unit);
}

/* From the node leftwards, whole characters and blanks do not matter here: bytes backwards order UTF-8 alike.
 */
static int by_left(const void *a, const void *b)
{
    const ty_hit *x = a, *y = b;
    size_t i = x->at.start, j = y->at.start;
    for (;;) {
        while (i && x->text.data[i - 1] == ' ')
            i--;
        while (j && y->text.data[j - 1] == ' ')
            j--;
        if (!i || !j)
            return (i > 0) - (j > 0);
        unsigned char c = (unsigned char)lower(x->text.data[--i]),
                      d = (unsigned char)lower(y->text.data[--j]);
        if (c != d)
            return c < d ? -1 : 1;
    }
}

static int by_right(const void *a, const void *b)
{
    const ty_hit *x = a, *y = b;
    return ty_slice_compare(ty_slice_trim(ty_slice_sub(x->text, x->at.end, x->text.size)),
                            ty_slice_trim(ty_slice_sub(y->text, y->at.end, y->text.size)));
}

static int by_rendering(const void *a, const void *b)
{
    ty_slice x = ty_hit_rendering(a), y = ty_hit_rendering(b);
    if (!x.size != !y.size)
        return x.size ? -1 : 1;
    int order = ty_slice_compare(x, y);
    return order ? order : by_date(a, b);
}

void ty_hits_sort(ty_hits *hits, ty_hit_order order)
{
    static int (*const compare[])(const void *, const void *) = {by_date, by_left, by_right, by_rendering};
    if (hits->count)
        qsort(hits->items, hits->count, sizeof *hits->items, compare[order]);
}

/* ------------------------------------------------------------------------------------------ renderings */

static int by_count(const void *a, const void *b)
{
    const ty_rendering_count *x = a, *y = b;
    return x->count != y->count ? (x->count < y->count ? 1 : -1) : ty_slice_compare(x->text, y->text);
}

static void note_year(ty_rendering_count *entry, int year)
{
    if (year && (!entry->first || year < entry->first))
        entry->first = year;
    if (year > entry->last)
        entry->last = year;
}

bool ty_hits_renderings(const ty_hits *hits, ty_rendering_counts *out)
{
    for (size_t i = 0; i < hits->count; i++) {
        ty_slice text = ty_hit_rendering(&hits->items[i]);
        size_t k = 0;
        while (k < out->count && !ty_slice_equal_nocase(out->items[k].text, text))
            k++;
        ty_rendering_count new = {hits->items[i].other_lang, text, 0, 0, 0};
        if (k == out->count && !ty_vector_push(out, new))
            return false;
        out->items[k].count++;
        note_year(&out->items[k], ty_hit_year(&hits->items[i]));
    }
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_count);
    return true;
}
