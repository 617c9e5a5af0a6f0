/* SPDX-License-Identifier: Apache-2.0 */
/* Hits of a concordance, kept to be sorted, filtered and counted. */
#ifndef TY_SERVER_HITS_H
#define TY_SERVER_HITS_H

#include "server/internal.h"

/* A hit with one other language. Texts live in the request's arena. */
typedef struct ty_hit {
    int64_t unit;
    ty_slice origin, date; /* YYYY-MM-DD of the release; empty where nothing is said */
    ty_slice lang, text, other_lang, other;
    ty_span at;       /* the first place of what was searched */
    ty_span other_at; /* of its equivalent; end 0: not known */
} ty_hit;

typedef TY_VECTOR(ty_hit) ty_hits;

typedef enum ty_hit_order { TY_BY_DATE, TY_BY_LEFT, TY_BY_RIGHT, TY_BY_RENDERING } ty_hit_order;

/* What is asked. */
typedef struct ty_hit_filter {
    ty_slice query, other; /* `other`: what the other language has, or has not where `without` */
    bool without;
    const char *lang, *release;
    ty_slice agency;  /* of the release; empty: any */
    int64_t from, to; /* years; 0: any */
    size_t most;      /* hits to look at; 0: 200 */
    bool uncounted;   /* how many more there are is not asked, only whether */
    bool whole;       /* a file, which a part would not be: it takes as long as it takes */
} ty_hit_filter;

/* What was not looked at. */
typedef struct ty_hits_rest {
    int64_t count;  /* hits, as far as they were counted */
    bool uncounted; /* there are more, or may be */
    bool late;      /* as the search took too long */
} ty_hits_rest;

/* The hits that pass. */
ty_status ty_hits_find(ty_http *http, const ty_hit_filter *filter, ty_hits *out, ty_hits_rest *rest);
void ty_hits_sort(ty_hits *hits, ty_hit_order order);
/* What stands for the searched text; empty where that is not known. */
ty_slice ty_hit_rendering(const ty_hit *hit);
/* The year of its release, or 0. */
int ty_hit_year(const ty_hit *hit);

/* One rendering, and how often. */
typedef struct ty_rendering_count {
    ty_slice lang, text;
    int64_t count;
    int first, last; /* years; 0: nothing is said */
} ty_rendering_count;
typedef TY_VECTOR(ty_rendering_count) ty_rendering_counts;
/* Counts, the most frequent first. */
bool ty_hits_renderings(const ty_hits *hits, ty_rendering_counts *out);

#endif
