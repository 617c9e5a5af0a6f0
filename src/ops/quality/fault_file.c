/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as a page or a workbook. */
#include <stdio.h>
#include <stdlib.h>

#include "ops/quality/quality.h"

static const struct {
    const char *name;
    unsigned width;
} columns[] = {{"place", 24}, {"kind", 18},   {"fault", 14},  {"words", 20},  {"note", 30},
               {"use", 20},   {"source", 60}, {"target", 60}, {"finding", 18}};
enum { COLUMNS = sizeof columns / sizeof *columns };

struct ty_fault_file {
    ty_checked_page *page; /* either */
    ty_workbook *book;     /* or */
    size_t rows;
    ty_buffer place;
};

/* "log.tsv:2 id 7", "unit 12, orders.tsv" */
static ty_slice place_of(ty_fault_file *file, const ty_fault *fault)
{
    ty_buffer_clear(&file->place);
    if (fault->unit)
        ty_buffer_add_format(&file->place, "unit %lld", (long long)fault->unit);
    else
        ty_buffer_add_format(&file->place, "%s:%zu", fault->file, fault->line);
    if (fault->place.size)
        ty_buffer_add_format(&file->place, " id %.*s", TY_SLICE_FORMAT(fault->place));
    if (fault->origin.size)
        ty_buffer_add_format(&file->place, ", %.*s", TY_SLICE_FORMAT(fault->origin));
    return ty_buffer_slice(&file->place);
}

ty_status ty_fault_file_open(const char *format, ty_fault_file **out, ty_error *error)
{
    bool page = strcmp(format, "html") == 0;
    *out = NULL;
    if (!page && strcmp(format, "xlsx") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "findings are written as html or xlsx, not \"%s\"", format);
    ty_fault_file *file = calloc(1, sizeof *file);
    if (!file)
        return ty_error_nomem(error);
    ty_status status = TY_OK;
    if (page)
        file->page = ty_checked_page_new((ty_slice){"", 0}, (ty_slice){"", 0});
    else
        status = ty_workbook_open("Findings", &file->book, error);
    if (page && !file->page)
        status = ty_error_nomem(error);
    for (size_t i = 0; file->book && status == TY_OK && i < COLUMNS; i++)
        status =
            ty_workbook_column(file->book, i, ty_slice_of(columns[i].name), columns[i].width, false, error);
    if (status == TY_OK)
        *out = file;
    else
        (void)ty_fault_file_close(file, NULL, NULL); /* after a failure */
    return status;
}

static ty_status add_to_page(ty_fault_file *file, const ty_fault *fault, ty_error *error)
{
    ty_check found = {.id = fault->id,
                      .fault = fault->fault[0] ? fault->fault : ty_fault_kind_name(fault->kind),
                      .accepted = fault->accepted,
                      .in_target = fault->in_target,
                      .start = fault->start,
                      .end = fault->end,
                      .better = fault->better,
                      .note = fault->note,
                      .source = fault->source,
                      .target = fault->target,
                      .origin = place_of(file, fault)};
    ty_status status = ty_checked_page_add(file->page, &found);
    return status == TY_ERR_NOMEM ? ty_error_nomem(error) : status;
}

static ty_status add_to_book(ty_fault_file *file, const ty_fault *fault, ty_error *error)
{
    ty_slice text = fault->in_target ? fault->target : fault->source;
    const ty_slice cells[COLUMNS] = {place_of(file, fault),
                                     ty_slice_of(ty_fault_kind_name(fault->kind)),
                                     ty_slice_of(fault->fault),
                                     ty_slice_sub(text, fault->start, fault->end),
                                     fault->note,
                                     fault->better,
                                     fault->source,
                                     fault->target,
                                     ty_slice_of(fault->id)};
    ty_status status = TY_OK;
    file->rows++;
    for (size_t i = 0; status == TY_OK && i < COLUMNS; i++) {
        bool fits = ty_workbook_holds(file->book, cells[i]); /* the place leads to the whole text */
        status = ty_workbook_cell(file->book, file->rows, i, fits ? cells[i] : TY_SLICE("…"), error);
    }
    return status;
}

ty_status ty_fault_file_add(ty_fault_file *file, const ty_fault *fault, ty_error *error)
{
    return file->page ? add_to_page(file, fault, error) : add_to_book(file, fault, error);
}

static ty_status write_page(ty_fault_file *file, const ty_sink *sink, ty_error *error)
{
    ty_buffer html = {0};
    ty_checked_page_write(file->page, TY_SLICE("Taiyaku"), (ty_slice){"", 0}, &html);
    ty_status status = ty_page_to_sink(&html, sink, error);
    ty_buffer_release(&html);
    return status;
}

static ty_status write_book(ty_fault_file *file, const ty_sink *sink, ty_error *error)
{
    ty_output *output = NULL;
    ty_status status = ty_output_open_sink(sink, &output, error);
    ty_status closed = ty_workbook_close(file->book, status == TY_OK ? output : NULL, error);
    file->book = NULL;
    status = status == TY_OK ? closed : status;
    if (status == TY_OK)
        return ty_output_commit(output, error);
    ty_output_discard(output);
    return status;
}

ty_status ty_fault_file_close(ty_fault_file *file, const ty_sink *sink, ty_error *error)
{
    if (!file)
        return TY_OK;
    ty_status status = !sink        ? TY_OK
                       : file->page ? write_page(file, sink, error)
                                    : write_book(file, sink, error);
    (void)ty_workbook_close(file->book, NULL, NULL); /* written, or not to be */
    ty_checked_page_free(file->page);
    ty_buffer_release(&file->place);
    free(file);
    return status;
}
