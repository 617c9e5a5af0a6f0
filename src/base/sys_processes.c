/* SPDX-License-Identifier: Apache-2.0 */
/* Processes, pipes between them, and signals. */
#define _GNU_SOURCE /* pipe2 */
#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* ------------------------------------------------------------------------------------------ pipes */

bool ty_sys_pipe(int ends[2])
{
    return pipe2(ends, O_CLOEXEC) == 0;
}

int ty_sys_poll(const int *files, bool *ready, size_t count, int milliseconds)
{
    enum { MOST = 64 };
    struct pollfd waited[MOST];
    int64_t end = ty_sys_clock() + (int64_t)milliseconds * 1000000;
    for (size_t i = 0; i < count && i < MOST; i++)
        waited[i] = (struct pollfd){.fd = files[i], .events = POLLIN};
    int found = poll(waited, count < MOST ? count : MOST, milliseconds);
    while (found < 0 && errno == EINTR) {
        int64_t left = milliseconds < 0 ? -1 : (end - ty_sys_clock()) / 1000000;
        found = poll(waited, count < MOST ? count : MOST, milliseconds < 0 ? -1 : left > 0 ? (int)left : 0);
    }
    for (size_t i = 0; i < count; i++)
        ready[i] = found > 0 && i < MOST && waited[i].revents;
    return found;
}

/* ------------------------------------------------------------------------------------------ life */

int ty_sys_fork(void)
{
    return (int)fork();
}

void ty_sys_leave(int code)
{
    _exit(code);
}

void ty_sys_kill(int process)
{
    (void)kill(process, SIGKILL);
}

ty_sys_end ty_sys_wait(int process)
{
    int how = 0;
    while (waitpid(process, &how, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(how))
        return (ty_sys_end){.exited = true, .code = WEXITSTATUS(how)};
    return (ty_sys_end){.faulted = WTERMSIG(how) == SIGSEGV};
}

static void limit(int what, uint64_t most)
{
    struct rlimit both = {most, most};
    (void)setrlimit(what, &both);
}

/* In the child, between fork and exec: nothing but what POSIX allows there. */
static void become(const ty_sys_program *program, int output)
{
    char locale[] = "LC_ALL=C.UTF-8", path[] = "PATH=/usr/bin:/bin", home[] = "HOME=.";
    char *environment[] = {locale, path, home, NULL};
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(nothing, STDERR_FILENO) < 0 || chdir(program->folder) != 0)
        _exit(126);
    limit(RLIMIT_CPU, program->seconds);
    limit(RLIMIT_AS, program->memory);
    execve(program->file, program->words, environment);
    _exit(127);
}

int ty_sys_start(const ty_sys_program *program, int *output)
{
    int ends[2];
    if (!ty_sys_pipe(ends))
        return -1;
    pid_t child = fork();
    if (child == 0)
        become(program, ends[1]);
    close(ends[1]);
    *output = ends[0];
    if (child < 0)
        close(ends[0]);
    return (int)child;
}

bool ty_sys_browse(char *address)
{
    extern char **environ;
    char program[] = "xdg-open", *words[] = {program, address, NULL};
    pid_t child;
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    bool started = posix_spawnp(&child, words[0], &quiet, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&quiet);
    return started;
}

/* ------------------------------------------------------------------------------------------ signals */

static void name_ends(sigset_t *out)
{
    sigemptyset(out);
    sigaddset(out, SIGINT);
    sigaddset(out, SIGTERM);
    sigaddset(out, SIGHUP);
}

void ty_sys_hold_ends(void)
{
    sigset_t ends;
    name_ends(&ends);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
}

void ty_sys_wait_for_end(void)
{
    sigset_t ends;
    int caught;
    name_ends(&ends);
    sigwait(&ends, &caught);
}

int ty_sys_open_ends(void)
{
    sigset_t ends;
    name_ends(&ends);
    return signalfd(-1, &ends, SFD_CLOEXEC);
}

int ty_sys_undisturbed(int (*act)(void *payload), void *payload)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int result = act(payload);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return result;
}

ty_sys_handler *ty_sys_on_broken_pipe(ty_sys_handler *handler)
{
    struct sigaction wanted = {.sa_handler = handler ? handler : SIG_IGN}, before;
    sigaction(SIGPIPE, &wanted, &before);
    return before.sa_handler;
}

void ty_sys_fail_at_limits(void)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigaction(SIGXFSZ, &ignored, NULL);
}

/* ------------------------------------------------------------------------------------------ this one */

unsigned ty_sys_user(void)
{
    return geteuid();
}

long ty_sys_process(void)
{
    return (long)getpid();
}

void ty_sys_limit_memory(uint64_t bytes)
{
    limit(RLIMIT_AS, bytes);
}

size_t ty_sys_ask_for_files(size_t count)
{
    struct rlimit files, more;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return 0;
    more = files;
    more.rlim_cur = files.rlim_max < count ? files.rlim_max : count;
    bool raised = files.rlim_cur < more.rlim_cur && setrlimit(RLIMIT_NOFILE, &more) == 0;
    rlim_t there = raised ? more.rlim_cur : files.rlim_cur;
    return there < count ? (size_t)there : count;
}

bool ty_sys_set_variable(const char *name, const char *value, bool replace)
{
    return setenv(name, value, replace) == 0;
}

/* ------------------------------------------------------------------------------------------ changes */

int ty_sys_watch_open(void)
{
    return inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
}

int ty_sys_watch_add(int watch, const char *folder)
{
    return inotify_add_watch(watch, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR);
}

ty_status ty_sys_watch_read(int watch, ty_status (*each)(void *payload, const ty_sys_change *change),
                            void *payload)
{
    _Alignas(struct inotify_event) char room[16384];
    ty_status status = TY_OK;
    for (ptrdiff_t size; status == TY_OK && (size = ty_sys_read(watch, room, sizeof room)) > 0;)
        for (char *at = room; status == TY_OK && at < room + size;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            ty_sys_change change = {.folder = event->wd,
                                    .name = event->len ? event->name : "",
                                    .is_folder = event->mask & IN_ISDIR,
                                    .is_new = event->mask & IN_CREATE,
                                    .lost = event->mask & IN_Q_OVERFLOW};
            status = each(payload, &change);
            at += sizeof *event + event->len;
        }
    return status;
}
