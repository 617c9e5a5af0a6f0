/* SPDX-License-Identifier: Apache-2.0 */
/* What the library says while it works, on stderr: notices and, for a terminal, progress. */

#include "listen.h"

#include "base/sys.h"

static double now(void)
{
    return (double)ty_sys_clock() * 1e-9;
}

static void clear_progress(ty_run *run)
{
    if (run->progress_shown)
        fputs("\r\x1b[K", stderr);
    run->progress_shown = false;
}

static void on_notice(void *payload, const ty_notice *notice)
{
    ty_run *run = payload;
    run->notices++;
    if (run->common.quiet)
        return;
    clear_progress(run);
    ty_buffer text = {0}, message = {0};
    ty_notice advised = *notice;
    ty_buffer_add_format(&message, "%s%s", notice->message, ty_advice(notice->rule));
    advised.message = message.data ? message.data : notice->message;
    ty_present_notice(&(ty_present){.out = &text}, &advised);
    ty_buffer_release(&message);
    ty_print_safely(stderr, "taiyaku: %s", text.data ? text.data : "\n");
    ty_buffer_release(&text);
}

void ty_listen_error(const ty_error *error)
{
    ty_buffer text = {0};
    ty_error advised = *error;
    size_t size = strlen(advised.message);
    snprintf(advised.message + size, sizeof advised.message - size, "%s", ty_advice(error->rule));
    ty_present_error(&(ty_present){.out = &text}, &advised);
    ty_print_safely(stderr, "taiyaku: %s", text.data ? text.data : "\n");
    ty_buffer_release(&text);
}

static void on_detail(void *payload, ty_slice lines)
{
    ty_run *run = payload;
    if (!run->common.verbose)
        return;
    clear_progress(run);
    ty_print_safely(stderr, "%.*s", TY_SLICE_FORMAT(lines));
}

static void on_difference(void *payload, const ty_notice *notice)
{
    ty_run *run = payload;
    if (!run->common.verbose)
        return;
    if (run->common.json) {
        ty_present_notice(ty_say(run), notice);
        ty_said(run);
        return;
    }
    ty_buffer text = {0};
    clear_progress(run);
    ty_present_notice(&(ty_present){.out = &text}, notice);
    ty_print_safely(stderr, "taiyaku: %s", text.data ? text.data : "\n");
    ty_buffer_release(&text);
}

/* "1:05", "2:03:00" */
static void print_time(double seconds)
{
    long long left = (long long)(seconds + 0.5);
    if (left >= 3600)
        fprintf(stderr, "%lld:%02lld:%02lld", left / 3600, left / 60 % 60, left % 60);
    else
        fprintf(stderr, "%lld:%02lld", left / 60, left % 60);
}

static void print_bar(uint64_t done, uint64_t total)
{
    enum { WIDTH = 24 };
    int full = (int)((double)done / (double)total * WIDTH);
    fputs(" [", stderr);
    for (int i = 0; i < WIDTH; i++)
        fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %3d%%", (int)((double)done / (double)total * 100));
}

static void print_progress(const char *what, uint64_t done, uint64_t total, double rate)
{
    fprintf(stderr, "\r%s:", _(what));
    if (total && done <= total)
        print_bar(done, total);
    fprintf(stderr, " %llu", (unsigned long long)done);
    if (total)
        fprintf(stderr, _(" of %llu"), (unsigned long long)total);
    if (rate > 0)
        fprintf(stderr, _(", %.0f a second"), rate);
    if (rate > 0 && total > done) {
        fputs(_(", "), stderr);
        print_time((double)(total - done) / rate);
        fputs(_(" left"), stderr);
    }
    fputs("\x1b[K", stderr);
}

/* At most ten lines a second, each over the last. */
static bool on_progress(void *payload, const char *what, uint64_t done, uint64_t total)
{
    static const double interval = 0.1;
    ty_run *run = payload;
    double time = now();
    if (run->progress_from == 0 || done < run->progress_done)
        run->progress_from = time;
    run->progress_done = done;
    if (time - run->progress_at < interval)
        return true;
    run->progress_at = time;
    double elapsed = time - run->progress_from;
    print_progress(what, done, total, elapsed > 0 ? (double)done / elapsed : 0);
    run->progress_shown = true;
    return true;
}

void ty_listen_begin(ty_run *run)
{
    run->listener =
        (ty_listener){.payload = run, .notice = on_notice, .detail = on_detail, .difference = on_difference};
    if (run->common.progress || (ty_sys_is_terminal(TY_SYS_ERRORS) && !run->common.quiet))
        run->listener.progress = on_progress;
}

void ty_listen_end(ty_run *run)
{
    clear_progress(run);
}
