/* SPDX-License-Identifier: Apache-2.0 */
/* Programs of others; see outside.h. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "formats/documents/outside.h"

enum { SECONDS = 60, MOST_WORDS = 16, CHUNK = 65536 };
static const size_t output_limit = (size_t)256 << 20;
static const rlim_t memory_limit = (rlim_t)2 << 30;

/* ------------------------------------------------------------------------------------------ the program */

static bool try_folder(ty_slice folder, const char *program, ty_buffer *path)
{
    ty_buffer_clear(path);
    ty_buffer_add(path, folder);
    ty_buffer_add_char(path, '/');
    ty_buffer_add_string(path, program);
    return folder.size && folder.data[0] == '/' && !path->failed && access(path->data, X_OK) == 0;
}

static bool find_program(const char *program, ty_buffer *path)
{
    ty_slice rest = ty_slice_of(getenv("PATH")), folder;
    while (rest.data && ty_slice_next(&rest, ':', &folder))
        if (try_folder(folder, program, path))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ the folder */

static ty_status make_folder(ty_buffer *folder, ty_error *error)
{
    const char *base = getenv("TMPDIR");
    ty_buffer_add_format(folder, "%s/taiyaku-XXXXXX", base && base[0] ? base : "/tmp");
    if (folder->failed)
        return ty_error_nomem(error);
    return mkdtemp(folder->data) ? TY_OK
                                 : ty_error_errno(error, "cannot make a folder in %s", base ? base : "/tmp");
}

static ty_status write_input(const char *path, ty_slice input, ty_error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return ty_error_errno(error, "cannot write %s", path);
    ty_status status = TY_OK;
    for (size_t done = 0; done < input.size && status == TY_OK;) {
        ssize_t count = write(file, input.data + done, input.size - done);
        if (count < 0 && errno != EINTR)
            status = ty_error_errno(error, "cannot write %s", path);
        done += count > 0 ? (size_t)count : 0;
    }
    close(file);
    return status;
}

/* ------------------------------------------------------------------------------------------ running */

/* In the child, between fork and exec: nothing but what POSIX allows there. */
static void become(const char *program, char *const *words, const char *folder, int output)
{
    char locale[] = "LC_ALL=C.UTF-8", path[] = "PATH=/usr/bin:/bin", home[] = "HOME=.";
    char *environment[] = {locale, path, home, NULL};
    struct rlimit seconds = {SECONDS, SECONDS}, memory = {memory_limit, memory_limit};
    int nothing = open("/dev/null", O_RDWR);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(nothing, STDERR_FILENO) < 0 || chdir(folder) != 0)
        _exit(126);
    setrlimit(RLIMIT_CPU, &seconds);
    setrlimit(RLIMIT_AS, &memory);
    execve(program, words, environment);
    _exit(127);
}

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* What the child prints, until it closes its output, or the time or the size is over. */
static bool read_output(int input, ty_buffer *out)
{
    int64_t end = now() + SECONDS * 1000;
    size_t begin = out->size;
    for (;;) {
        struct pollfd wait = {.fd = input, .events = POLLIN};
        int64_t left = end - now();
        int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0 || !ty_buffer_reserve(out, CHUNK) || out->size - begin > output_limit)
            return false;
        ssize_t count = read(input, out->data + out->size, CHUNK);
        if (count < 0 && errno != EINTR)
            return false;
        if (count == 0)
            return true;
        out->size += count > 0 ? (size_t)count : 0;
        out->data[out->size] = '\0';
    }
}

static ty_status wait_for(pid_t child, bool finished, const struct outside *outside, ty_error *error)
{
    int how = 0;
    if (!finished)
        kill(child, SIGKILL);
    while (waitpid(child, &how, 0) < 0 && errno == EINTR)
        continue;
    if (!finished)
        return ty_error_set(error, TY_ERR_LIMIT, "this is %s for which %s takes too long, or writes too much",
                            outside->what, outside->program);
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0)
        return ty_error_set(error, TY_ERR_FORMAT,
                            "this is %s that %s cannot read; it may be damaged, or locked with a password",
                            outside->what, outside->program);
    return TY_OK;
}

/* Ends that a program started at the same time would hold open: one is started after the other. */
static pthread_mutex_t starting = PTHREAD_MUTEX_INITIALIZER;

static pid_t start(const char *program, char *const *words, const char *folder, int *input)
{
    int ends[2];
    pthread_mutex_lock(&starting);
    pid_t child = pipe(ends) == 0 ? 0 : -1;
    if (child == 0) {
        fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        fcntl(ends[1], F_SETFD, FD_CLOEXEC);
        child = fork();
        if (child == 0)
            become(program, words, folder, ends[1]);
        close(ends[1]);
        *input = ends[0];
        if (child < 0)
            close(ends[0]);
    }
    pthread_mutex_unlock(&starting);
    return child;
}

static ty_status run(const struct outside *outside, const char *program, const char *folder, ty_buffer *out,
                     ty_error *error)
{
    const char *words[MOST_WORDS] = {outside->program};
    size_t count = 1;
    int input = -1;
    for (size_t i = 0; outside->options[i] && count < MOST_WORDS - 2; i++)
        words[count++] = outside->options[i];
    words[count++] = outside->file;
    for (size_t i = 0; outside->behind[i] && count < MOST_WORDS - 1; i++)
        words[count++] = outside->behind[i];
    pid_t child = start(program, (char *const *)words, folder, &input);
    if (child < 0)
        return ty_error_errno(error, "cannot run %s", outside->program);
    bool finished = read_output(input, out);
    close(input);
    return wait_for(child, finished, outside, error);
}

ty_status ty_outside_run(const struct outside *outside, ty_slice input, ty_buffer *out, ty_error *error)
{
    ty_buffer program = {0}, folder = {0}, file = {0};
    ty_status status = TY_OK;
    if (!find_program(outside->program, &program))
        status = ty_error_set(error, TY_ERR_FORMAT, "this is %s; to read it, install %s (Debian: %s)",
                              outside->what, outside->program, outside->package);
    if (status == TY_OK)
        status = make_folder(&folder, error);
    if (status == TY_OK) {
        ty_buffer_add_format(&file, "%s/%s", folder.data, outside->file);
        status = file.failed ? ty_error_nomem(error) : write_input(file.data, input, error);
        if (status == TY_OK)
            status = run(outside, program.data, folder.data, out, error);
        unlink(file.data);
        rmdir(folder.data);
    }
    ty_buffer_release(&program);
    ty_buffer_release(&folder);
    ty_buffer_release(&file);
    return status;
}
