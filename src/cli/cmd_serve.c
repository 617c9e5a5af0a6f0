/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/sys.h"
#include "releases.h"
#include "server/server.h"

enum { HEAPS = 2 }; /* of memory, for all threads */

typedef struct settings {
    const char *bind, *host, *access, *token;
    long port;
    bool open, proxy;
} settings;

static const ty_option options[] = {
    TY_INTEGER(settings, port, "port", 'p', "N", "port; else 8765, or the next free one"),
    TY_TEXT(settings, bind, "bind", 0, "ADDRESS", "address to listen on; else 127.0.0.1, this machine alone"),
    TY_TEXT(settings, host, "host", 0, "NAME", "a further name the server is asked by, tm.example.org"),
    TY_TEXT(settings, access, "access", 0, "FILE", "who may sign in; else desk-access in your data folder"),
    TY_TEXT(settings, token, "token", 0, "NAME", "where nobody has a token, give NAME one, and print it"),
    TY_FLAG(settings, proxy, "proxy", 0, "behind a proxy on this machine: take names and hosts from it"),
    TY_FLAG(settings, open, "open", 0, "open the browser"),
    {0},
};

/* The browser is the desktop's affair; where there is none, the address is on the screen. */
static void open_browser(char *address)
{
    if (!ty_sys_browse(address))
        fputs(_("taiyaku: no browser was found to open\n"), stderr);
}

/* Written at once, past the output that other commands fill: this one ends only when it is told to. */
static void tell(const ty_run *run, ty_server *server, bool open, int64_t release)
{
    char login[512], copy[512];
    snprintf(login, sizeof login, "%s", ty_server_login_address(server));
    if (release)
        snprintf(login + strlen(login), sizeof login - strlen(login), "&to=/release/%lld",
                 (long long)release);
    const char *token = ty_server_token(server);
    if (run->common.json)
        printf("{\"address\":\"%s\",\"login\":\"%s\"%s%s%s}\n", ty_server_address(server), login,
               token ? ",\"token\":\"" : "", token ? token : "", token ? "\"" : "");
    else
        printf("%s\n", login);
    if (token && !run->common.json)
        printf(_("token: %s, good for a year\n"), token);
    fflush(stdout);
    if (open)
        open_browser(strcpy(copy, login));
}

/* Until a signal ends it; `release`: the page to begin with, 0: the desk. */
static ty_status run_server(ty_run *run, const settings *set, int64_t release, ty_error *error)
{
    if (set->port < 0 || set->port > 65535)
        return ty_error_set(error, TY_ERR_USAGE, "--port is 1 to 65535");
    ty_server_settings how = {.memory = ty_memory_path(run->memory),
                              .address = set->bind,
                              .port = (int)set->port,
                              .host = set->host,
                              .who = ty_user(),
                              .access = set->access,
                              .token = set->token,
                              .proxy = set->proxy,
                              .log = !run->common.quiet};
    ty_server *server = NULL;
    ty_sys_share_heaps(HEAPS);
    ty_sys_hold_ends();
    ty_status status = ty_server_start(&how, &server, error);
    if (status != TY_OK)
        return status;
    tell(run, server, set->open, release);
    ty_sys_wait_for_end();
    ty_server_stop(server);
    return TY_OK;
}

static ty_status serve(ty_run *run, void *payload, char **words, int count, ty_error *error)
{
    (void)words;
    return count ? ty_usage(&ty_command_serve, error) : run_server(run, payload, 0, error);
}

ty_status ty_serve_release(ty_run *run, const ty_serving *how, int64_t release, ty_error *error)
{
    settings set = {.access = how->access, .port = how->port, .open = how->open};
    return run_server(run, &set, release, error);
}

const ty_command ty_command_serve = {
    .name = "serve",
    .arguments = "[--port N] [--bind ADDRESS] [--open]",
    .summary = N_("The desk: pages for a browser, look-ups for CAT tools"),
    .examples = "  taiyaku serve --open\n"
                "  taiyaku -m team.db serve --bind 0.0.0.0 --host tm.example.org --proxy --token team\n",
    .mode = TY_COMMAND_CREATES,
    .options = options,
    .settings_size = sizeof(settings),
    .run = serve,
};
