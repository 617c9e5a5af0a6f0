/* SPDX-License-Identifier: Apache-2.0 */
/* Plots as inline SVG, each with its figures as a table for who does not see it. */
#ifndef TY_SERVER_PLOT_H
#define TY_SERVER_PLOT_H

#include "server/internal.h"

typedef struct ty_bar {
    const char *label; /* below the bar */
    int64_t value;
    const char *look; /* class: "b", "b2" */
} ty_bar;

void ty_plot_bars(ty_http *http, const char *title, const ty_bar *bars, size_t count);
/* A bar in parts, in a line: confirmed, doubtful, the rest. */
void ty_plot_progress(ty_http *http, int64_t confirmed, int64_t doubtful, int64_t all);
/* How often in which year; years without any in between are shown. */
typedef struct ty_year_counts {
    int first, last; /* 0: none yet */
    int64_t count[256];
} ty_year_counts;
void ty_years_add(ty_year_counts *years, int year, int64_t count);
/* One of several things counted by year; at most TY_SERIES of them in a plot, one above the other. */
enum { TY_SERIES = 5 };
typedef struct ty_series {
    ty_slice name;
    ty_year_counts years;
} ty_series;
void ty_plot_series(ty_http *http, const char *title, const ty_series *list, size_t count);
void ty_plot_years(ty_http *http, const char *title, const ty_year_counts *years);

#endif
