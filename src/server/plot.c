/* SPDX-License-Identifier: Apache-2.0 */
#include "server/plot.h"

enum { WIDTH = 300, HEIGHT = 96, FOOT = 17, HEAD = 17, FIRST_YEAR = 1850, MOST_BARS = 40, WIDEST = 42 };

/* What a bar has of the width, its gaps included: one year alone is no wall. */
static double width_of(size_t bars)
{
    double width = (WIDTH - 8.0) / (bars ? (double)bars : 1);
    return width < WIDEST ? width : WIDEST;
}

static int64_t greatest(const ty_bar *bars, size_t count)
{
    int64_t most = 1;
    for (size_t i = 0; i < count; i++)
        most = bars[i].value > most ? bars[i].value : most;
    return most;
}

static void put_bar(const ty_page *page, const ty_bar *bar, double x, double width, double height)
{
    double middle = x + width / 2;
    if (bar->value) {
        ty_html(page, "<rect class=\"$s\" x=\"$p\" y=\"$p\" width=\"$p\" height=\"$p\"/>", bar->look,
                x + width * 0.12, HEIGHT - FOOT - height, width * 0.76, height);
        ty_html(page, "<text x=\"$p\" y=\"$p\" text-anchor=\"middle\">$d</text>", middle,
                HEIGHT - FOOT - 3 - height, bar->value);
    }
    ty_html(page, "<text x=\"$p\" y=\"$d\" text-anchor=\"middle\">$s</text>", middle, (int64_t)HEIGHT - 4,
            bar->label);
}

static void put_table(const ty_page *page, const ty_bar *bars, size_t count)
{
    ty_html(page, "<details class=\"small mute\"><summary>{Figures as a table}</summary><table>");
    for (size_t i = 0; i < count; i++)
        ty_html(page, "<tr><th scope=\"row\">$s</th><td class=\"num\">$d</td></tr>", bars[i].label,
                bars[i].value);
    ty_html(page, "</table></details>");
}

static void put_frame(const ty_page *page, const char *title)
{
    ty_html(page,
            "<svg viewBox=\"0 0 $d $d\" role=\"img\" aria-label=\"$s\"><line class=\"ax\" x1=\"0\" x2=\"$d\" "
            "y1=\"$p\" y2=\"$p\"/>",
            (int64_t)WIDTH, (int64_t)HEIGHT, title, (int64_t)WIDTH, HEIGHT - 16.5, HEIGHT - 16.5);
}

void ty_plot_bars(ty_http *http, const char *title, const ty_bar *bars, size_t count)
{
    const ty_page *page = &http->page;
    int64_t most = greatest(bars, count);
    double width = width_of(count);
    put_frame(page, title);
    for (size_t i = 0; i < count; i++)
        put_bar(page, &bars[i], 4 + (double)i * width, width,
                (double)(HEIGHT - HEAD - FOOT) * (double)bars[i].value / (double)most);
    ty_html(page, "</svg>");
    put_table(page, bars, count);
}

static void put_part(const ty_page *page, const char *look, int64_t from, int64_t count, int64_t all)
{
    ty_html(page, "<rect class=\"$s\" x=\"$p\" y=\"0\" width=\"$p\" height=\"9\"/>", look,
            100.0 * (double)from / (double)all, 100.0 * (double)count / (double)all);
}

void ty_plot_progress(ty_http *http, int64_t confirmed, int64_t doubtful, int64_t all)
{
    const ty_page *page = &http->page;
    ty_html(page,
            "<svg class=\"progress\" viewBox=\"0 0 100 9\" preserveAspectRatio=\"none\" role=\"img\" "
            "aria-label=\"{$d of $d confirmed, $d doubtful}\">",
            confirmed, all, doubtful);
    if (all > 0) {
        put_part(page, "done", 0, confirmed, all);
        put_part(page, "doubt", confirmed, doubtful, all);
    }
    ty_html(page, "</svg>");
}

/* ------------------------------------------------------------------------------------------ years */

void ty_years_add(ty_year_counts *years, int year, int64_t count)
{
    if (year < FIRST_YEAR || year >= FIRST_YEAR + 256)
        return;
    years->count[year - FIRST_YEAR] += count;
    if (!years->first || year < years->first)
        years->first = year;
    if (year > years->last)
        years->last = year;
}

void ty_plot_years(ty_http *http, const char *title, const ty_year_counts *years)
{
    ty_bar bars[MOST_BARS];
    char labels[MOST_BARS][8];
    size_t count = 0;
    if (!years->first)
        return;
    int from = years->last - years->first >= MOST_BARS ? years->last - MOST_BARS + 1 : years->first;
    bool crowded = years->last - from >= 8;
    for (int year = from; year <= years->last; year++, count++) {
        snprintf(labels[count], sizeof labels[count], crowded ? "’%02d" : "%d", crowded ? year % 100 : year);
        bars[count] = (ty_bar){labels[count], years->count[year - FIRST_YEAR], "b"};
    }
    ty_plot_bars(http, title, bars, count);
}

/* ------------------------------------------------------------------------------------------ one above the
 * other */

static const char *const looks[TY_SERIES] = {"b", "b2", "b3", "b4", "b5"};

static int64_t of_year(const ty_series *one, int year)
{
    return one->years.count[year - FIRST_YEAR];
}

static int64_t sum_of(const ty_series *list, size_t count, int year)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += of_year(&list[i], year);
    return sum;
}

/* The years of all; false where there is none. */
static bool span_of(const ty_series *list, size_t count, int *first, int *last)
{
    *first = *last = 0;
    for (size_t i = 0; i < count; i++) {
        const ty_year_counts *years = &list[i].years;
        if (years->first && (!*first || years->first < *first))
            *first = years->first;
        if (years->last > *last)
            *last = years->last;
    }
    if (*last - *first >= MOST_BARS)
        *first = *last - MOST_BARS + 1;
    return *first > 0;
}

/* Two digits where there are many. */
static const char *year_name(ty_http *http, int year, bool crowded)
{
    char text[16];
    int size =
        crowded ? snprintf(text, sizeof text, "%02d", year % 100) : snprintf(text, sizeof text, "%d", year);
    return ty_http_copy(http, (ty_slice){text, (size_t)size});
}

static void put_stack(const ty_page *page, const ty_series *list, size_t count, int year, double x,
                      double width, double unit)
{
    double foot = HEIGHT - FOOT;
    for (size_t i = 0; i < count; i++) {
        double height = (double)of_year(&list[i], year) * unit;
        if (height > 0)
            ty_html(page, "<rect class=\"$s\" x=\"$p\" y=\"$p\" width=\"$p\" height=\"$p\"/>", looks[i],
                    x + width * 0.12, foot - height, width * 0.76, height);
        foot -= height;
    }
    ty_html(page, "<text x=\"$p\" y=\"$p\" text-anchor=\"middle\">$d</text>", x + width / 2, foot - 3,
            sum_of(list, count, year));
}

static void put_series_table(const ty_page *page, const ty_series *list, size_t count, int first, int last)
{
    ty_html(
        page,
        "<details class=\"small mute\"><summary>{Figures as a table}</summary><table><thead><tr><td></td>");
    for (size_t i = 0; i < count; i++)
        ty_html(page, "<th scope=\"col\" dir=\"auto\">$t</th>", list[i].name);
    ty_html(page, "</tr></thead><tbody>");
    for (int year = first; year <= last; year++) {
        ty_html(page, "<tr><th scope=\"row\">$d</th>", (int64_t)year);
        for (size_t i = 0; i < count; i++)
            ty_html(page, "<td class=\"num\">$d</td>", of_year(&list[i], year));
        ty_html(page, "</tr>");
    }
    ty_html(page, "</tbody></table></details>");
}

static void put_legend(const ty_page *page, const ty_series *list, size_t count)
{
    ty_html(page, "<ul class=\"legend small\">");
    for (size_t i = 0; i < count; i++)
        ty_html(page,
                "<li><svg viewBox=\"0 0 9 9\" aria-hidden=\"true\"><rect class=\"$s\" width=\"9\" "
                "height=\"9\"/></svg> <span dir=\"auto\">$t</span></li>",
                looks[i], list[i].name);
    ty_html(page, "</ul>");
}

void ty_plot_series(ty_http *http, const char *title, const ty_series *list, size_t count)
{
    const ty_page *page = &http->page;
    int first, last;
    int64_t most = 1;
    if (count < 2 || !span_of(list, count, &first, &last)) {
        if (count)
            ty_plot_years(http, title, &list[0].years);
        return;
    }
    for (int year = first; year <= last; year++)
        most = sum_of(list, count, year) > most ? sum_of(list, count, year) : most;
    double width = width_of((size_t)(last - first + 1));
    put_frame(page, title);
    for (int year = first; year <= last; year++) {
        double x = 4 + (year - first) * width;
        if (sum_of(list, count, year))
            put_stack(page, list, count, year, x, width, (double)(HEIGHT - HEAD - FOOT) / (double)most);
        ty_html(page,
                last - first >= 8 ? "<text x=\"$p\" y=\"$d\" text-anchor=\"middle\">’$s</text>"
                                  : "<text x=\"$p\" y=\"$d\" text-anchor=\"middle\">$s</text>",
                x + width / 2, (int64_t)HEIGHT - 4, year_name(http, year, last - first >= 8));
    }
    ty_html(page, "</svg>");
    put_legend(page, list, count);
    put_series_table(page, list, count, first, last);
}
