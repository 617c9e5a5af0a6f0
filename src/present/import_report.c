/* SPDX-License-Identifier: Apache-2.0 */
/* The report of a folder's import as a page: what needs eyes first, then every release. */
#include "present/present.h"

typedef unsigned long long ull;

static void put(ty_buffer *out, ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        switch (text.data[i]) {
        case '&': ty_buffer_add_string(out, "&amp;"); break;
        case '<': ty_buffer_add_string(out, "&lt;"); break;
        case '>': ty_buffer_add_string(out, "&gt;"); break;
        case '"': ty_buffer_add_string(out, "&quot;"); break;
        default: ty_buffer_add_char(out, text.data[i]);
        }
}

static void put_cell(ty_buffer *out, const char *text)
{
    ty_buffer_add_string(out, "<td>");
    put(out, ty_slice_of(text ? text : ""));
    ty_buffer_add_string(out, "</td>");
}

/* Not imported, without partner, or with pairs in doubt, or a fifth of its sentences alone. */
static bool needs_eyes(const ty_import_row *row)
{
    const ty_counts *counts = &row->counts;
    return row->failure || !row->pair.target || counts->doubtful ||
           counts->without_partner * 5 > counts->pairs * 2 + counts->without_partner;
}

static void put_row(ty_buffer *out, const ty_import_row *row)
{
    const ty_counts *counts = &row->counts;
    ty_buffer_add_string(out, "<tr>");
    put_cell(out, row->pair.source);
    put_cell(out, row->pair.target);
    if (row->failure || !row->pair.target) {
        ty_buffer_add_string(out, "<td colspan=\"5\">");
        put(out, ty_slice_of(row->failure ? row->failure : _("no partner found")));
        ty_buffer_add_string(out, "</td></tr>\n");
        return;
    }
    put_cell(out, ty_pair_ground_name(row->pair.ground));
    ty_buffer_add_format(out, "<td>%s, %s</td>", counts->encodings[0], counts->encodings[1]);
    ty_buffer_add_format(out, "<td>%llu</td><td>%llu</td><td>%llu</td></tr>\n",
                         (ull)(counts->langs[0][0] ? counts->pairs : counts->read),
                         (ull)counts->without_partner, (ull)counts->doubtful);
}

static void put_table(ty_buffer *out, const char *heading, const ty_import_row *rows, size_t count,
                      bool with_eyes)
{
    static const char *const columns[] = {N_("source"),    N_("target"), N_("paired by"),
                                          N_("encodings"), N_("pairs"),  N_("sentences without partner"),
                                          N_("doubtful")};
    ty_buffer_add_format(out, "<h2>%s</h2>\n<table>\n<tr>", heading);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        ty_buffer_add_format(out, "<th>%s", _(columns[i]));
    ty_buffer_add_string(out, "</tr>\n");
    for (size_t i = 0; i < count; i++)
        if (needs_eyes(&rows[i]) == with_eyes)
            put_row(out, &rows[i]);
    ty_buffer_add_string(out, "</table>\n");
}

void ty_present_import_report(ty_buffer *out, const ty_import_row *rows, size_t count,
                              const ty_many_imported *all)
{
    ty_buffer_add_format(out,
                         "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s"
                         "</title>\n<style>body{font:1em sans-serif;margin:2em}table{border-collapse:"
                         "collapse}td,th{border:1px solid #999;padding:.2em .5em;text-align:left}</style>"
                         "</head><body>\n<h1>%s</h1>\n<p>",
                         ty_words_language(), _("Import"), _("Import"));
    ty_present_many_words(out, all);
    ty_buffer_add_string(out, "</p>\n");
    put_table(out, _("To be looked at"), rows, count, true);
    put_table(out, _("All right"), rows, count, false);
    ty_buffer_add_string(out, "</body></html>\n");
}
