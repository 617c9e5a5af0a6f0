/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/sys.h"
#include "help.h"
#include "language.h"
#include "listen.h"

static int exit_status(ty_status status)
{
    return status == TY_OK ? 0 : status == TY_NO ? 1 : 2;
}

/* An empty answer is an answer: a person should not wonder. */
static void say_nothing(const ty_run *run)
{
    if (run->command && run->command->nothing && !run->common.quiet)
        fprintf(stderr, "taiyaku: %s\n", _(run->command->nothing));
}

/* For people on stderr; with --json for programs, too, among the results. */
static int fail(ty_run *run, ty_error *error, ty_status status)
{
    if (!error->message[0] && status != TY_NO)
        snprintf(error->message, sizeof error->message, "failed (%s)", ty_status_name(status));
    error->status = status;
    if (!error->message[0]) {
        say_nothing(run);
        return exit_status(status);
    }
    ty_listen_error(error);
    if (run->common.json) {
        ty_present_error(ty_say(run), error);
        ty_said_aside(run);
    }
    return exit_status(status);
}

/* NO_COLOR: https://no-color.org - any non-empty value. */
static ty_status choose_color(ty_run *run, ty_error *error)
{
    const char *when = run->common.color ? run->common.color : "auto";
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (strcmp(when, "always") == 0)
        run->color = true;
    else if (strcmp(when, "auto") == 0)
        run->color = ty_sys_is_terminal(TY_SYS_OUTPUT) && !run->common.output && !(no_color && no_color[0]) &&
                     !(term && strcmp(term, "dumb") == 0);
    else if (strcmp(when, "never") != 0)
        return ty_error_set(error, TY_ERR_USAGE, "--color is auto, always or never, not \"%s\"", when);
    return TY_OK;
}

static ty_status check_common(const ty_common *common, ty_error *error)
{
    ty_status status = ty_check_lang("source", common->source, error);
    if (status == TY_OK)
        status = ty_check_lang("target", common->target, error);
    return status == TY_OK ? ty_check_lang("lang", common->lang, error) : status;
}

/* What the configuration says, where neither command line nor environment does. */
static ty_status apply_config(ty_run *run, const ty_command *command, ty_error *error)
{
    run->told = run->common;
    ty_status status = ty_config_read(&run->config, &run->listener, error);
    const char *memory = run->config.values[TY_CONFIG_MEMORY].value, *variable = getenv("TAIYAKU_MEMORY");
    const char *name = run->config.values[TY_CONFIG_NAME].value;
    if (!run->common.memory && !(variable && variable[0]))
        run->common.memory = memory;
    if (command->mode & TY_COMMAND_LANGS && !run->common.source && !run->common.target) {
        run->common.source = run->config.values[TY_CONFIG_SOURCE].value;
        run->common.target = run->config.values[TY_CONFIG_TARGET].value;
    }
    if (name)
        ty_set_user(name);
    return status;
}

/* The file mode of a memory that is made now, "660" for a team's. */
static ty_status read_mode(const ty_run *run, unsigned *out, ty_error *error)
{
    char *end = NULL;
    const char *value = run->config.values[TY_CONFIG_MEMORY_MODE].value;
    *out = 0;
    if (!value)
        return TY_OK;
    long mode = strtol(value, &end, 8);
    *out = (unsigned)mode;
    bool good = *value && *end == '\0' && (mode & ~0666L) == 0 && (mode & 0600) == 0600;
    return good ? TY_OK
                : ty_error_set(error, TY_ERR_USAGE,
                               "memory-mode is a file mode such as 600 or 660, not \"%s\"", value);
}

/* "full": a power cut takes nothing that was said to be done, at the price of waiting for the disk each time.
 */
static ty_status read_durability(const ty_run *run, bool *full, ty_error *error)
{
    const char *value = run->config.values[TY_CONFIG_DURABILITY].value;
    *full = value && strcmp(value, "full") == 0;
    return !value || *full || strcmp(value, "normal") == 0
               ? TY_OK
               : ty_error_set(error, TY_ERR_USAGE, "durability is normal or full, not \"%s\"", value);
}

static bool is_there(const ty_run *run)
{
    ty_buffer path = {0};
    const char *variable = getenv("TAIYAKU_MEMORY");
    const char *named = run->common.memory ? run->common.memory : variable && variable[0] ? variable : NULL;
    bool there = named                             ? ty_sys_exists(named)
                 : ty_config_default_memory(&path) ? ty_sys_exists(path.data)
                                                   : true;
    ty_buffer_release(&path);
    return there;
}

/* SQLite gives its log and index the mode of the memory; those that are there already get it now. */
static void set_mode(const char *path, unsigned mode)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    ty_buffer name = {0};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        ty_buffer_clear(&name);
        ty_buffer_add_format(&name, "%s%s", path, endings[i]);
        if (!name.failed)
            ty_sys_set_mode_of(name.data, mode);
    }
    ty_buffer_release(&name);
}

/* A dry run leaves nothing behind, not even an empty memory. */
static ty_memory_mode memory_mode(const ty_command *command, const void *settings, bool there)
{
    static const ty_memory_mode modes[] = {TY_MEMORY_READ, TY_MEMORY_READ, TY_MEMORY_WRITE, TY_MEMORY_CREATE};
    ty_memory_mode mode = modes[command->mode & 3];
    bool tries = mode == TY_MEMORY_CREATE || (mode == TY_MEMORY_WRITE && there);
    return tries && ty_options_flag(command->options, settings, "dry-run") ? TY_MEMORY_TRY : mode;
}

static ty_status open_memory(ty_run *run, const ty_command *command, const void *settings, ty_error *error)
{
    unsigned wanted;
    if ((command->mode & 3) == TY_COMMAND_PLAIN)
        return TY_OK;
    bool there = is_there(run), full = false;
    ty_memory_mode mode = memory_mode(command, settings, there);
    ty_status status = read_mode(run, &wanted, error);
    if (status == TY_OK)
        status = read_durability(run, &full, error);
    if (status == TY_OK)
        status = ty_memory_open(run->common.memory, mode, &run->listener, &run->memory, error);
    if (status == TY_OK && wanted && !there && mode != TY_MEMORY_TRY)
        set_mode(ty_memory_path(run->memory), wanted);
    if (status == TY_OK && full && mode != TY_MEMORY_READ)
        status = ty_memory_set_durable(run->memory, error);
    return status == TY_OK ? ty_memory_set_who(run->memory, ty_user(), error) : status;
}

/* A command that says "no" has still printed what it has to say, so both end the output well. */
static ty_status end_output(ty_run *run, ty_status status, ty_error *error)
{
    if (status != TY_OK && status != TY_NO)
        ty_output_discard(run->output);
    else if (run->output) {
        ty_status written = ty_output_commit(run->output, error);
        status = written == TY_OK ? status : written;
    }
    run->output = NULL;
    return status;
}

/* Room for a summary, so that what was done does not end as a failure to say so. */
static bool can_tell(ty_run *run)
{
    enum { SAID = 4096 };
    return ty_buffer_reserve(&run->scratch, SAID) && (!run->output || ty_output_reserve(run->output, SAID));
}

static ty_status run_command(ty_run *run, const ty_command *command, char **words, int count, ty_error *error)
{
    run->command = command;
    void *settings = calloc(1, command->settings_size ? command->settings_size : 1);
    if (!settings)
        return ty_error_nomem(error);
    if (command->usual)
        memcpy(settings, command->usual, command->settings_size);
    ty_status status =
        ty_options_parse(words, &count, &run->common, command->options, settings, false, error);
    if (status == TY_OK && run->common.help) {
        ty_help_command(command, stdout);
        free(settings);
        return TY_OK;
    }
    ty_listen_begin(run);
    if (status == TY_OK)
        status = apply_config(run, command, error);
    if (status == TY_OK)
        status = check_common(&run->common, error);
    if (status == TY_OK)
        status = choose_color(run, error);
    if (status == TY_OK)
        status = ty_outputs_check(run, command, settings, words, count, error);
    if (status == TY_OK)
        status = open_memory(run, command, settings, error);
    if (status == TY_OK && !(command->mode & TY_COMMAND_OWN_OUTPUT))
        status = ty_output_open(run->common.output, &run->output, error);
    if (status == TY_OK && !can_tell(run)) /* what will be done */
        status = ty_error_nomem(error);
    if (run->output && run->color)
        ty_output_make_printable(run->output, true);
    if (status == TY_OK)
        status = command->run(run, settings, words, count, error);
    ty_listen_end(run);
    ty_table_end(run);
    status = end_output(run, status, error);
    ty_memory_close(run->memory);
    free(settings);
    ty_config_release(&run->config);
    return status;
}

/* `help` alone, or `help COMMAND`. */
static ty_status help(ty_run *run, char **words, int count, ty_error *error)
{
    if (count == 0 && run->common.json) {
        ty_help_json(run, stdout);
        return TY_OK;
    }
    if (count == 0) {
        ty_help_all(stdout);
        return TY_OK;
    }
    int used = 0;
    if (count == 1 && strcmp(words[0], "help") == 0) {
        ty_help_all(stdout);
        return TY_OK;
    }
    if (count == 1 && ty_help_group(words[0], stdout))
        return TY_OK;
    const ty_command *command = ty_command_find(words, count, &used, error);
    if (!command)
        return TY_ERR_USAGE;
    ty_help_command(command, stdout);
    return TY_OK;
}

/* Options before the command are the common ones; the command's own and the common ones may follow it. */
static ty_status start(ty_run *run, char **words, int count, ty_error *error)
{
    ty_status status = ty_options_parse(words, &count, &run->common, NULL, NULL, true, error);
    if (status != TY_OK)
        return status;
    if (run->common.version) {
        ty_present_versions(ty_say(run));
        fwrite(run->scratch.data, 1, run->scratch.size, stdout);
        return TY_OK;
    }
    if (count == 0) {
        ty_help_all(run->common.help ? stdout : stderr);
        return run->common.help ? TY_OK : ty_error_set(error, TY_ERR_USAGE, "which command?");
    }
    if (strcmp(words[0], "help") == 0)
        return help(run, words + 1, count - 1, error);
    int used = 0;
    const ty_command *command = ty_command_find(words, count, &used, error);
    return command ? run_command(run, command, words + used, count - used, error) : TY_ERR_USAGE;
}

int main(int count, char **words)
{
    ty_language_begin();
    ty_sys_fail_at_limits();
    ty_run run = {0};
    ty_error error = {0};
    ty_status status = start(&run, words + 1, count - 1, &error);
    int result = status == TY_OK ? 0 : fail(&run, &error, status);
    ty_buffer_release(&run.scratch);
    if (fflush(stdout) != 0 && result == 0)
        result = 2;
    return result;
}
