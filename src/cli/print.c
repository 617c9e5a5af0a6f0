/* SPDX-License-Identifier: Apache-2.0 */

#include "cli.h"

#include "base/sys.h"

const ty_present *ty_say(ty_run *run)
{
    ty_buffer_clear(&run->scratch);
    run->show = (ty_present){.out = &run->scratch, .json = run->common.json, .color = run->color};
    return &run->show;
}

const ty_present *ty_say_row(ty_run *run, void (*header)(const ty_present *p))
{
    ty_say(run);
    if (!run->in_table && header)
        header(&run->show);
    run->in_table = true;
    return &run->show;
}

void ty_said(ty_run *run)
{
    if (run->scratch.failed)
        ty_output_starve(run->output);
    if (run->in_table && ty_table_is_seen(run))
        ty_buffer_add(&run->table, ty_buffer_slice(&run->scratch));
    else
        ty_output_write(run->output, ty_buffer_slice(&run->scratch));
}

void ty_said_done(ty_run *run)
{
    if (!run->common.quiet || run->common.json)
        ty_said(run);
}

void ty_say_more(ty_run *run, size_t more)
{
    if (more && !run->common.quiet)
        ty_print_safely(stderr,
                        more >= TY_SEARCH_MORE ? _("taiyaku: %zu or more besides; --max=N shows them\n")
                                               : _("taiyaku: %zu more; --max=N shows them\n"),
                        more);
}

void ty_said_aside(ty_run *run)
{
    ty_slice text = ty_buffer_slice(&run->scratch);
    FILE *stream = run->common.json ? stdout : stderr;
    if (stream == stderr && run->common.quiet)
        return;
    if (stream == stderr || ty_sys_is_terminal(TY_SYS_OUTPUT))
        ty_print_safely(stream, "%.*s", TY_SLICE_FORMAT(text));
    else
        fwrite(text.data, 1, text.size, stream);
}

void ty_say_counts(ty_run *run, const char *file, const ty_counts *counts)
{
    ty_present_counts(ty_say(run), file, counts);
    ty_said_done(run);
}

void ty_print(ty_run *run, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ty_buffer_clear(&run->scratch);
    if (size > 0 && ty_buffer_reserve(&run->scratch, (size_t)size)) {
        vsnprintf(run->scratch.data, (size_t)size + 1, format, again);
        ty_output_write(run->output, (ty_slice){run->scratch.data, (size_t)size});
    }
    if (run->scratch.failed)
        ty_output_starve(run->output);
    va_end(again);
}

void ty_print_slice(ty_run *run, ty_slice text)
{
    ty_output_write(run->output, text);
}
