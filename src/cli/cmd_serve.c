/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <unistd.h>

#include "cli.h"
#include "server/server.h"

typedef struct settings {
    const char *bind, *host, *access;
    long port;
    bool open, proxy, quiet;
} settings;

static const ty_option options[] = {
    TY_INTEGER(settings, port, "port", 'p', "N", "port; else 8765, or the next free one"),
    TY_TEXT(settings, bind, "bind", 0, "ADDRESS", "address to listen on; else 127.0.0.1, this machine alone"),
    TY_TEXT(settings, host, "host", 0, "NAME", "a further name the server is asked by, tm.example.org"),
    TY_TEXT(settings, access, "access", 0, "FILE", "who may sign in; else desk-access in your data folder"),
    TY_FLAG(settings, proxy, "proxy", 0, "behind a proxy on this machine: take names and hosts from it"),
    TY_FLAG(settings, open, "open", 0, "open the browser"),
    {0},
};

/* The browser is the desktop's affair; where there is none, the address is on the screen. */
static void open_browser(char *address)
{
    extern char **environ;
    char program[] = "xdg-open", *words[] = {program, address, NULL};
    pid_t child;
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&child, words[0], &quiet, NULL, words, environ) != 0)
        fputs("taiyaku: no browser was found to open\n", stderr);
    posix_spawn_file_actions_destroy(&quiet);
}

/* Written at once, past the output that other commands fill: this one ends only when it is told to. */
static void tell(const ty_run *run, ty_server *server, bool open, int64_t release)
{
    char login[512], copy[512];
    snprintf(login, sizeof login, "%s", ty_server_login_address(server));
    if (release)
        snprintf(login + strlen(login), sizeof login - strlen(login), "&to=/release/%lld",
                 (long long)release);
    if (run->common.json)
        printf("{\"address\":\"%s\",\"login\":\"%s\"}\n", ty_server_address(server), login);
    else
        printf("%s\n", login);
    fflush(stdout);
    if (open)
        open_browser(strcpy(copy, login));
}

/* Until a signal ends it; `release`: the page to begin with, 0: the desk. */
static ty_status run_server(ty_run *run, const settings *set, int64_t release, ty_error *error)
{
    sigset_t ends;
    int caught;
    if (set->port < 0 || set->port > 65535)
        return ty_error_set(error, TY_ERR_USAGE, "--port is 1 to 65535");
    ty_server_settings how = {.memory = ty_memory_path(run->memory),
                              .address = set->bind,
                              .port = (int)set->port,
                              .host = set->host,
                              .who = ty_user(),
                              .access = set->access,
                              .proxy = set->proxy,
                              .log = !run->common.quiet};
    ty_server *server = NULL;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    ty_status status = ty_server_start(&how, &server, error);
    if (status != TY_OK)
        return status;
    tell(run, server, set->open, release);
    sigwait(&ends, &caught);
    ty_server_stop(server);
    return TY_OK;
}

static ty_status serve(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)words;
    return count ? ty_usage(&ty_command_serve, error) : run_server(run, payload, 0, error);
}

const ty_command ty_command_serve = {
    .name = "serve",
    .arguments = "[--port N] [--bind ADDRESS] [--open]",
    .summary = "The desk: pages for a browser, look-ups for CAT tools",
    .examples = "  taiyaku serve --open\n"
                "  taiyaku -m team.db serve --bind 0.0.0.0 --host tm.example.org --proxy\n",
    .mode = TY_COMMAND_CREATES,
    .options = options,
    .settings_size = sizeof(settings),
    .run = serve,
};

/* ------------------------------------------------------------------------------------------ review */

/* The release meant: by its number, its name, or a part of its name or titles; else the newest that waits. */
typedef struct wanted {
    ty_slice text;
    int64_t id;
    size_t count; /* of those that fit */
} wanted;

static bool has(ty_slice text, ty_slice part)
{
    return ty_slice_find(text, part, 0) != SIZE_MAX;
}

static bool fits(const ty_release_info *r, ty_slice text)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)r->id);
    return ty_slice_equal(text, ty_slice_of(number)) || has(r->name, text) || has(r->title, text) ||
           has(r->titles[0], text) || has(r->titles[1], text);
}

static ty_status look(void *payload, const ty_release_info *r)
{
    wanted *w = payload;
    if (w->text.size ? !fits(r, w->text) : r->confirmed == r->beads)
        return TY_OK;
    w->id = r->id;
    w->count++;
    return w->text.size && ty_slice_equal(w->text, r->name) ? TY_STOP : TY_OK;
}

static ty_status find_release(ty_run *run, const char *word, int64_t *out, ty_error *error)
{
    wanted w = {.text = ty_slice_of(word)};
    ty_status status = ty_memory_releases(run->memory, look, &w, error);
    bool exact = status == TY_STOP;
    if (status != TY_OK && status != TY_NO && status != TY_STOP)
        return status;
    if (word && !w.count)
        return ty_error_set(error, TY_ERR_USAGE, "there is no release \"%s\"", word);
    if (word && w.count > 1 && !exact)
        return ty_error_set(error, TY_ERR_USAGE, "\"%s\" is in the names of %zu releases", word, w.count);
    *out = w.id;
    return TY_OK;
}

static ty_status review(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    settings *set = payload;
    int64_t release = 0;
    if (count > 1)
        return ty_usage(&ty_command_review, error);
    set->open = !set->quiet;
    ty_status status = find_release(run, count ? words[0] : NULL, &release, error);
    return status == TY_OK ? run_server(run, set, release, error) : status;
}

static const ty_option review_options[] = {
    TY_INTEGER(settings, port, "port", 'p', "N", "port; else 8765, or the next free one"),
    TY_TEXT(settings, access, "access", 0, "FILE", "who may sign in; else desk-access in your data folder"),
    TY_FLAG(settings, quiet, "no-open", 0, "print the address, and open no browser"),
    {0},
};

const ty_command ty_command_review = {
    .name = "review",
    .arguments = "[RELEASE]",
    .summary = "Open the desk in a browser, at a release under review",
    .examples = "  taiyaku review\n"
                "  taiyaku review 2018-09-21\n",
    .mode = TY_COMMAND_WRITES,
    .options = review_options,
    .settings_size = sizeof(settings),
    .run = review,
};
