/* SPDX-License-Identifier: Apache-2.0 */
/* Releases counted by what they have in common: a table, bars in text, bars as a picture. */
#include "present/present.h"

typedef unsigned long long ull;

static ty_slice shown_name(ty_slice name)
{
    return name.size ? name : TY_SLICE("-");
}

static void json_group(ty_buffer *json, const char *by, const ty_release_tally *group)
{
    ty_json_begin(json);
    ty_json_text(json, by, group->name);
    ty_json_integer(json, "releases", (int64_t)group->releases);
    ty_json_integer(json, "pairs", (int64_t)group->pairs);
    ty_json_integer(json, "confirmed", (int64_t)group->confirmed);
    ty_json_integer(json, "unpaired", (int64_t)group->unpaired);
    ty_json_end(json);
}

void ty_present_tally(const ty_present *p, const char *by, const ty_release_tally *groups, size_t count)
{
    if (!p->json)
        ty_buffer_add_format(p->out, "%s\treleases\tpairs\tconfirmed\tunpaired\n", by);
    for (size_t i = 0; i < count; i++) {
        const ty_release_tally *group = &groups[i];
        if (p->json) {
            json_group(p->out, by, group);
            continue;
        }
        ty_present_field(p, shown_name(group->name));
        ty_buffer_add_format(p->out, "\t%llu\t%llu\t%llu\t%llu\n", (ull)group->releases, (ull)group->pairs,
                             (ull)group->confirmed, (ull)group->unpaired);
    }
}

/* ------------------------------------------------------------------------------------------ bars */

static uint64_t most_pairs(const ty_release_tally *groups, size_t count)
{
    uint64_t most = 1;
    for (size_t i = 0; i < count; i++)
        most = groups[i].pairs > most ? groups[i].pairs : most;
    return most;
}

/* What is confirmed cannot be more than there is: sentences without partner may be confirmed, too. */
static uint64_t confirmed_pairs(const ty_release_tally *group)
{
    return group->confirmed < group->pairs ? group->confirmed : group->pairs;
}

static void add_times(ty_buffer *out, const char *what, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        ty_buffer_add_string(out, what);
}

static size_t widest_name(const ty_release_tally *groups, size_t count, size_t limit)
{
    size_t widest = 0;
    for (size_t i = 0; i < count; i++) {
        size_t width = ty_width(shown_name(groups[i].name));
        widest = width > widest ? width : widest;
    }
    return widest < limit ? widest : limit;
}

void ty_present_tally_bars(const ty_present *p, const ty_release_tally *groups, size_t count)
{
    enum { NAME = 40, BAR = 40 };
    uint64_t most = most_pairs(groups, count);
    size_t width = widest_name(groups, count, NAME);
    for (size_t i = 0; i < count; i++) {
        const ty_release_tally *group = &groups[i];
        ty_slice name = ty_width_head(shown_name(group->name), width);
        uint64_t full = (group->pairs * BAR + most - 1) / most, done = confirmed_pairs(group) * BAR / most;
        ty_present_field(p, name);
        add_times(p->out, " ", width - ty_width(name) + 1);
        add_times(p->out, "█", done);
        add_times(p->out, "░", full - done);
        ty_buffer_add_format(p->out, _(" %llu, %llu confirmed\n"), (ull)group->pairs,
                             (ull)confirmed_pairs(group));
    }
}

/* ------------------------------------------------------------------------------------------ picture */

enum { ROW = 22, LEFT = 260, LONGEST = 460, WIDTH = 860, TOP = 40 }; /* of the picture, in user units */

static void add_text(ty_buffer *out, unsigned x, size_t y, const char *anchor, ty_slice text)
{
    ty_buffer_add_format(out, "<text x=\"%u\" y=\"%zu\"%s>", x, y, anchor);
    ty_buffer_add_xml(out, text);
    ty_buffer_add_string(out, "</text>\n");
}

static void add_bar(ty_buffer *out, size_t y, uint64_t from, uint64_t length, const char *kind)
{
    if (length)
        ty_buffer_add_format(out, "<rect class=\"%s\" x=\"%llu\" y=\"%zu\" width=\"%llu\" height=\"%u\"/>\n",
                             kind, (ull)(LEFT + from), y, (ull)length, ROW - 6u);
}

static void add_row(ty_buffer *out, size_t number, const ty_release_tally *group, uint64_t most)
{
    size_t y = TOP + number * ROW;
    uint64_t full = group->pairs * LONGEST / most, done = confirmed_pairs(group) * LONGEST / most;
    char figures[64];
    snprintf(figures, sizeof figures, "%llu / %llu", (ull)confirmed_pairs(group), (ull)group->pairs);
    add_text(out, LEFT - 8, y + ROW - 9, " text-anchor=\"end\"", ty_width_head(shown_name(group->name), 36));
    add_bar(out, y, 0, done, "done");
    add_bar(out, y, done, full - done, "left");
    add_text(out, (unsigned)(LEFT + full) + 8, y + ROW - 9, "", ty_slice_of(figures));
}

void ty_present_tally_svg(ty_buffer *out, const char *by, const ty_release_tally *groups, size_t count)
{
    char title[160];
    snprintf(title, sizeof title, _("Pairs by %s: confirmed / all"), _(by));
    size_t height = TOP + count * ROW + 12;
    ty_buffer_add_format(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %u %zu\" width=\"%u\" height=\"%zu\" "
        "role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n<title>%s</title>\n"
        "<style>.done{fill:#1a6fb5}.left{fill:#a9c9e6}</style>\n"
        "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
        WIDTH, height, WIDTH, height, title);
    add_text(out, 12, 22, " font-weight=\"bold\"", ty_slice_of(title));
    for (size_t i = 0; i < count; i++)
        add_row(out, i, &groups[i], most_pairs(groups, count));
    ty_buffer_add_string(out, "</svg>\n");
}
