/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows for eyes: at a terminal the columns of a table are as wide as what is in them, kanji counted as two,
 * and numbers end under each other. Anywhere else rows stay what programs read, cells between tabs.
 */
#include "base/sys.h"
#include "cli.h"

enum { WIDEST = 44, GAP = 2, COLUMNS = 16 };

typedef struct column {
    size_t width;
    bool numbers; /* nothing else below the heading */
} column;

bool ty_table_is_seen(const ty_run *run)
{
    return !run->common.json && !run->common.output && ty_sys_is_terminal(TY_SYS_OUTPUT);
}

/* Programs know the columns by their English names; people see their own words. */
static ty_slice heading(ty_slice name)
{
    static const char *const names[] = {
        N_("id"),     N_("units"),     N_("concepts"),  N_("name"),        N_("kind"),     N_("date"),
        N_("title"),  N_("beads"),     N_("confirmed"), N_("unpaired"),    N_("finding"),  N_("fault"),
        N_("text"),   N_("source"),    N_("target"),    N_("at"),          N_("who"),      N_("step"),
        N_("what"),   N_("later"),     N_("term"),      N_("equivalents"), N_("note"),     N_("first"),
        N_("last"),   N_("rendering"), N_("origins"),   N_("release"),     N_("releases"), N_("month"),
        N_("agency"), N_("pairs"),     N_("band"),      N_("segments"),    N_("words"),    N_("characters")};
    const char *subject = N_("subject (what a step was done to)");
    if (ty_slice_equal(name, TY_SLICE("subject")))
        return _(subject) == subject ? name : ty_slice_of(_(subject));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal(name, ty_slice_of(names[i])))
            return ty_slice_of(_(names[i]));
    return name;
}

static ty_slice cell_of(ty_slice cell, bool first)
{
    return first ? heading(cell) : cell;
}

static bool is_number(ty_slice cell)
{
    for (size_t i = 0; i < cell.size; i++)
        if (cell.data[i] < '0' || cell.data[i] > '9')
            return false;
    return true;
}

/* A cell wider than most may be as wide as it likes, and so may the last one. */
static void measure(ty_slice rows, column *columns)
{
    ty_slice row, cell;
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (column){.numbers = true};
    for (bool first = true; rows.size && ty_slice_next(&rows, '\n', &row); first = false)
        for (size_t i = 0; i < COLUMNS && ty_slice_next(&row, '\t', &cell); i++) {
            size_t width = ty_width(cell_of(cell, first));
            if (width > columns[i].width && width <= WIDEST)
                columns[i].width = width;
            columns[i].numbers = columns[i].numbers && (first || is_number(cell));
        }
}

static void add_row(ty_buffer *out, ty_slice row, bool first, const column *columns)
{
    ty_slice cell;
    for (size_t i = 0; ty_slice_next(&row, '\t', &cell); i++) {
        bool last = !row.data || i >= COLUMNS;
        cell = cell_of(cell, first);
        bool right = i < COLUMNS && columns[i].numbers;
        size_t width = ty_width(cell);
        size_t blanks = i < COLUMNS && width < columns[i].width ? columns[i].width - width : 0;
        if (right)
            ty_buffer_add_format(out, "%*s", (int)blanks, "");
        ty_buffer_add(out, cell);
        if (!last)
            ty_buffer_add_format(out, "%*s", (int)(GAP + (right ? 0 : blanks)), "");
    }
    while (out->size && out->data[out->size - 1] == ' ')
        out->size--;
    ty_buffer_add_char(out, '\n');
}

void ty_table_end(ty_run *run)
{
    column columns[COLUMNS];
    ty_buffer out = {0};
    ty_slice rows = ty_buffer_slice(&run->table), row;
    measure(rows, columns);
    for (bool first = true; rows.size && ty_slice_next(&rows, '\n', &row); first = false)
        add_row(&out, row, first, columns);
    if (run->output && (run->table.failed || out.failed))
        ty_output_starve(run->output);
    if (run->output && out.size)
        ty_output_write(run->output, ty_buffer_slice(&out));
    ty_buffer_release(&out);
    ty_buffer_release(&run->table);
}
