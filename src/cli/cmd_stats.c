/* SPDX-License-Identifier: Apache-2.0 */
/* Figures of the memory as a whole, or of its releases: one by one, by month, by agency. */
#include <stdlib.h>

#include "cli.h"

typedef struct settings {
    const char *by, *svg;
    bool plot;
} settings;

static const ty_option options[] = {
    TY_TEXT(settings, by, "by", 0, "WHAT", "of the releases: release, month or agency"),
    TY_FLAG(settings, plot, "plot", 0, "as bars, by month unless told"),
    TY_TEXT(settings, svg, "svg", 0, "PICTURE", "write the bars to the file PICTURE, as SVG"),
    {0},
};

enum { BY_RELEASE, BY_MONTH, BY_AGENCY };
static const char *const groupings[] = {N_("release"), N_("month"), N_("agency"), NULL};

typedef struct tally {
    int by;
    TY_VECTOR(ty_release_tally) groups;
    ty_arena arena;
} tally;

static ty_slice group_of(int by, const ty_release_info *release)
{
    static const size_t month = sizeof "2018-09" - 1;
    return by == BY_RELEASE ? release->name
           : by == BY_MONTH ? ty_slice_sub(release->date, 0, release->date.size < month ? 0 : month)
                            : release->agency;
}

static ty_release_tally *find_group(tally *t, ty_slice name)
{
    for (size_t i = 0; i < t->groups.count && t->by != BY_RELEASE; i++)
        if (ty_slice_equal(t->groups.items[i].name, name))
            return &t->groups.items[i];
    ty_release_tally none = {.name = ty_arena_copy(&t->arena, name)};
    return !t->arena.failed && ty_vector_push(&t->groups, none) ? &t->groups.items[t->groups.count - 1]
                                                                : NULL;
}

static ty_status count_release(void *payload, const ty_release_info *release)
{
    tally *t = payload;
    ty_release_tally *group = find_group(t, group_of(t->by, release));
    if (!group)
        return TY_ERR_NOMEM;
    group->releases++;
    group->pairs += release->beads - release->unpaired;
    group->confirmed += release->confirmed;
    group->unpaired += release->unpaired;
    return TY_OK;
}

/* Time goes on downwards, what has no date comes last; agencies with most pairs come first. */
static int by_month(const void *a, const void *b)
{
    const ty_release_tally *one = a, *other = b;
    if (!one->name.size || !other->name.size)
        return (one->name.size == 0) - (other->name.size == 0);
    return ty_slice_compare(one->name, other->name);
}

static int by_pairs(const void *a, const void *b)
{
    const ty_release_tally *one = a, *other = b;
    return (one->pairs < other->pairs) - (one->pairs > other->pairs);
}

static ty_status draw(const settings *set, const tally *t, ty_error *error)
{
    ty_buffer picture = {0};
    ty_output *output = NULL;
    ty_present_tally_svg(&picture, groupings[t->by], t->groups.items, t->groups.count);
    ty_status status = picture.failed ? ty_error_nomem(error) : ty_output_open(set->svg, &output, error);
    if (status == TY_OK) {
        ty_output_write(output, ty_buffer_slice(&picture));
        status = ty_output_commit(output, error);
    }
    ty_buffer_release(&picture);
    return status;
}

static void print(ty_run *run, const settings *set, const tally *t)
{
    if (set->plot && !run->common.json)
        ty_present_tally_bars(ty_say(run), t->groups.items, t->groups.count);
    else
        ty_present_tally(ty_say_row(run, NULL), groupings[t->by], t->groups.items, t->groups.count);
    ty_said(run);
}

static ty_status count_releases(ty_run *run, const settings *set, ty_error *error)
{
    tally t = {.by = BY_MONTH};
    ty_status status = set->by ? ty_choose("by", set->by, groupings, &t.by, error) : TY_OK;
    if (status == TY_OK && set->svg)
        status = ty_output_check(set->svg, NULL, 0, error);
    if (status == TY_OK)
        status = ty_memory_releases(run->memory, count_release, &t, error);
    if (status == TY_ERR_NOMEM)
        ty_error_nomem(error);
    if (t.by != BY_RELEASE && t.groups.count)
        qsort(t.groups.items, t.groups.count, sizeof *t.groups.items, t.by == BY_MONTH ? by_month : by_pairs);
    if (status == TY_OK && set->svg)
        status = draw(set, &t, error);
    if (status == TY_OK)
        print(run, set, &t);
    ty_vector_release(&t.groups);
    ty_arena_release(&t.arena);
    return status;
}

static ty_status count_all(ty_run *run, ty_error *error)
{
    ty_figures *figures = NULL;
    ty_status status = ty_memory_figures(run->memory, &figures, error);
    if (status == TY_OK) {
        ty_present_figures(ty_say(run), figures);
        ty_said(run);
    }
    ty_figures_free(figures);
    return status;
}

static ty_status stats(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    const settings *set = payload;
    (void)words;
    if (count != 0)
        return ty_usage(&ty_command_stats, error);
    return set->by || set->plot || set->svg ? count_releases(run, set, error) : count_all(run, error);
}

const ty_command ty_command_stats = {
    .name = "stats",
    .arguments = "[--by WHAT] [--plot] [--svg PICTURE]",
    .summary = N_("What the memory holds: units, variants by language, origins, documents, concepts"),
    .examples = "  taiyaku stats\n"
                "  taiyaku stats --by month --plot\n",
    .mode = TY_COMMAND_READS,
    .nothing = N_("there is no release in the memory"),
    .options = options,
    .settings_size = sizeof(settings),
    .run = stats,
};
