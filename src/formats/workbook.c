/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sheets of text, as workbooks (XLSX), by libxlsxwriter. It writes to files only, so there is a folder that
 * only the user can read, for the moment of the closing.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "base/sys.h"
#include "formats/formats.h"
#include "library_files.h"
#include "text/text.h"

#define FUNCTIONS(X)                                                                                         \
    X(format_set_align)                                                                                      \
    X(format_set_bold)                                                                                       \
    X(format_set_num_format)                                                                                 \
    X(format_set_text_wrap)                                                                                  \
    X(lxw_strerror)                                                                                          \
    X(lxw_workbook_free)                                                                                     \
    X(workbook_add_format)                                                                                   \
    X(workbook_add_worksheet)                                                                                \
    X(workbook_close)                                                                                        \
    X(workbook_new_opt)                                                                                      \
    X(worksheet_freeze_panes)                                                                                \
    X(worksheet_set_column_opt)                                                                              \
    X(worksheet_write_string)

typedef struct xlsxwriter {
    FUNCTIONS(TY_SYS_MEMBER)
} xlsxwriter;
static const xlsxwriter *xlsxwriter_functions(void);
TY_SYS_LIBRARY(xlsxwriter, TY_FILE_OF_XLSXWRITER, FUNCTIONS)

/* What a cell of a workbook holds, in UTF-16 units ("Excel specifications and limits"). */
enum { CELL_LIMIT = 32767, ROW_LIMIT = LXW_ROW_MAX };

struct ty_workbook {
    const xlsxwriter *by;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *heading, *text;
    ty_buffer folder, cell;
};

/* ------------------------------------------------------------------------------------------ cells */

/* "_x000A_" in a text would be read as a character. */
static bool is_escape(ty_slice text)
{
    if (text.size < 7 || text.data[0] != '_' || text.data[1] != 'x' || text.data[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (!strchr("0123456789abcdefABCDEF", text.data[i]) || !text.data[i])
            return false;
    return true;
}

static bool is_forbidden(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;
}

/* The text as a cell has it (ECMA-376, ST_Xstring), and how many units of UTF-16 that is. */
static size_t spell(ty_slice text, ty_buffer *out)
{
    size_t units = 0;
    ty_buffer_clear(out);
    for (size_t at = 0; at < text.size;) {
        size_t begin = at;
        uint32_t c = ty_utf8_next(text, &at);
        bool escape = is_escape(ty_slice_sub(text, begin, text.size));
        if (escape || is_forbidden(c)) {
            ty_buffer_add_format(out, "_x%04X_", (unsigned)c);
            units += 7;
        } else {
            ty_buffer_add(out, ty_slice_sub(text, begin, at));
            units += c > 0xFFFF ? 2 : 1;
        }
    }
    return units;
}

bool ty_workbook_holds(ty_workbook *workbook, ty_slice text)
{
    return spell(text, &workbook->cell) <= CELL_LIMIT;
}

ty_status ty_workbook_cell(ty_workbook *workbook, size_t row, size_t column, ty_slice text, ty_error *error)
{
    if (row >= ROW_LIMIT)
        return ty_error_set(error, TY_ERR_LIMIT, "a sheet has %d rows at most; choose fewer", ROW_LIMIT);
    if (!text.size)
        return TY_OK;
    if (spell(text, &workbook->cell) > CELL_LIMIT)
        return ty_error_set(error, TY_ERR_LIMIT, "a cell of a workbook holds %d characters at most",
                            CELL_LIMIT);
    if (workbook->cell.failed)
        return ty_error_nomem(error);
    lxw_error result =
        workbook->by->worksheet_write_string(workbook->sheet, (lxw_row_t)row, (lxw_col_t)column,
                                             workbook->cell.data, row ? workbook->text : workbook->heading);
    return result == LXW_NO_ERROR
               ? TY_OK
               : ty_error_set(error, TY_ERR_LIMIT, "workbook: %s", workbook->by->lxw_strerror(result));
}

ty_status ty_workbook_column(ty_workbook *workbook, size_t column, ty_slice name, unsigned width, bool hidden,
                             ty_error *error)
{
    lxw_row_col_options options = {.hidden = hidden};
    workbook->by->worksheet_set_column_opt(workbook->sheet, (lxw_col_t)column, (lxw_col_t)column, width,
                                           workbook->text, &options);
    return ty_workbook_cell(workbook, 0, column, name, error);
}

/* ------------------------------------------------------------------------------------------ the whole */

static ty_status begin(ty_workbook *workbook, const char *sheet, ty_error *error)
{
    workbook->by = xlsxwriter_functions();
    if (!workbook->by)
        return ty_error_set(error, TY_ERR_USAGE, "a workbook needs the library %s, which is not installed",
                            TY_FILE_OF_XLSXWRITER);
    ty_status status = ty_temporary_folder(&workbook->folder, error);
    if (status != TY_OK)
        return status;
    ty_buffer_add(&workbook->cell, ty_buffer_slice(&workbook->folder));
    ty_buffer_add_string(&workbook->cell, "/workbook.xlsx");
    lxw_workbook_options options = {.tmpdir = workbook->folder.data};
    if (!workbook->cell.failed)
        workbook->book = workbook->by->workbook_new_opt(workbook->cell.data, &options);
    if (workbook->book)
        workbook->sheet = workbook->by->workbook_add_worksheet(workbook->book, sheet);
    if (workbook->sheet) {
        workbook->heading = workbook->by->workbook_add_format(workbook->book);
        workbook->text = workbook->by->workbook_add_format(workbook->book);
    }
    return workbook->heading && workbook->text ? TY_OK : ty_error_nomem(error);
}

/* All is text, whatever it looks like, and what is typed later, too; the head stays in sight. */
static void lay_out(ty_workbook *workbook)
{
    workbook->by->format_set_bold(workbook->heading);
    workbook->by->format_set_num_format(workbook->heading, "@");
    workbook->by->format_set_num_format(workbook->text, "@");
    workbook->by->format_set_text_wrap(workbook->text);
    workbook->by->format_set_align(workbook->text, LXW_ALIGN_VERTICAL_TOP);
    workbook->by->worksheet_freeze_panes(workbook->sheet, 1, 0);
}

ty_status ty_workbook_open(const char *sheet, ty_workbook **out, ty_error *error)
{
    *out = NULL;
    ty_workbook *workbook = calloc(1, sizeof *workbook);
    if (!workbook)
        return ty_error_nomem(error);
    ty_status status = begin(workbook, sheet, error);
    if (status == TY_OK) {
        lay_out(workbook);
        *out = workbook;
    } else {
        (void)ty_workbook_close(workbook, NULL, NULL);
    }
    return status;
}

/* Numbers are written as the thread's locale has it: that of C, for the moment. */
static ty_status finish(ty_workbook *workbook, ty_error *error)
{
    ty_sys_numbers plain = ty_sys_plain_numbers();
    lxw_error result = workbook->by->workbook_close(workbook->book);
    ty_sys_let_numbers(plain);
    return result == LXW_NO_ERROR
               ? TY_OK
               : ty_error_set(error, TY_ERR_IO, "workbook: %s", workbook->by->lxw_strerror(result));
}

ty_status ty_workbook_close(ty_workbook *workbook, ty_output *output, ty_error *error)
{
    ty_buffer path = {0}, bytes = {0};
    ty_status status = TY_OK;
    if (!workbook)
        return TY_OK;
    ty_buffer_add_format(&path, "%s/workbook.xlsx", workbook->folder.data ? workbook->folder.data : "");
    if (output && path.failed)
        status = ty_error_nomem(error);
    if (workbook->book && output && status == TY_OK) {
        status = finish(workbook, error);
        if (status == TY_OK)
            status = ty_file_read(path.data, 0, &bytes, error);
        if (status == TY_OK)
            ty_output_write(output, ty_buffer_slice(&bytes));
    } else if (workbook->book) {
        workbook->by->lxw_workbook_free(workbook->book);
    }
    ty_temporary_folder_remove(&workbook->folder);
    ty_buffer_release(&workbook->folder);
    ty_buffer_release(&path);
    ty_buffer_release(&bytes);
    ty_buffer_release(&workbook->cell);
    free(workbook);
    return status;
}
