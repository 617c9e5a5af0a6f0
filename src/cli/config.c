/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <stdlib.h>

#include "base/sys.h"

static const char *const names[TY_CONFIG_COUNT] = {
    [TY_CONFIG_MEMORY] = "memory",        [TY_CONFIG_SOURCE] = "source",
    [TY_CONFIG_TARGET] = "target",        [TY_CONFIG_NAME] = "name",
    [TY_CONFIG_PENALTIES] = "penalties",  [TY_CONFIG_MEMORY_MODE] = "memory-mode",
    [TY_CONFIG_DURABILITY] = "durability"};

/* A file on its way. */
typedef struct reading {
    ty_config *config;
    const char *path;
    bool own; /* the user's own file: all may be set, and mistakes are failures */
    const ty_listener *listener;
} reading;

const char *ty_config_name(ty_config_key key)
{
    return names[key];
}

static bool may_set(const reading *r, ty_config_key key)
{
    return r->own || (key != TY_CONFIG_MEMORY && key != TY_CONFIG_NAME && key != TY_CONFIG_MEMORY_MODE);
}

static ty_config_key find_key(ty_slice name)
{
    int key = 0;
    while (key < TY_CONFIG_COUNT && !ty_slice_equal(name, ty_slice_of(names[key])))
        key++;
    return (ty_config_key)key;
}

/* "~/" is the user's home. */
static const char *keep_value(reading *r, ty_slice value)
{
    ty_buffer full = {0};
    const char *home = getenv("HOME");
    bool from_home = ty_slice_starts(value, TY_SLICE("~/")) && home;
    ty_buffer_add_string(&full, from_home ? home : "");
    ty_buffer_add(&full, ty_slice_sub(value, from_home, value.size));
    const char *kept = full.failed ? NULL : ty_arena_copy(&r->config->arena, ty_buffer_slice(&full)).data;
    ty_buffer_release(&full);
    return kept;
}

static ty_status set(reading *r, ty_config_key key, ty_slice value, size_t line, ty_error *error)
{
    char from[512];
    snprintf(from, sizeof from, "%s:%zu", r->path, line);
    r->config->values[key].value = keep_value(r, value);
    r->config->values[key].from = ty_arena_copy(&r->config->arena, ty_slice_of(from)).data;
    return r->config->arena.failed || !r->config->values[key].value ? ty_error_nomem(error) : TY_OK;
}

/* The user is told where a line is wrong; what lies in some folder is only left out. */
static ty_status complain(const reading *r, size_t line, const ty_error *found, ty_error *error)
{
    if (!r->own) {
        ty_notify(r->listener,
                  &(ty_notice){.file = r->path, .line = line, .rule = "config", .message = found->message});
        return TY_OK;
    }
    ty_error_set(error, found->status, "%s", found->message);
    return ty_error_locate(error, r->path, line, 0);
}

static ty_status read_line(reading *r, ty_slice line, size_t number, ty_error *error)
{
    ty_error own = {0};
    ty_slice name, value = ty_slice_trim(line);
    if (!value.size || value.data[0] == '#')
        return TY_OK;
    ty_slice all = value;
    ty_slice_next(&value, '=', &name);
    name = ty_slice_trim(name);
    value = ty_slice_trim(value);
    ty_config_key key = find_key(name);
    if (!value.size || memchr(all.data, '\0', all.size))
        ty_error_set(&own, TY_ERR_USAGE, "a line is KEY = VALUE, not \"%.*s\"", TY_SLICE_FORMAT(all));
    else if (key == TY_CONFIG_COUNT)
        ty_error_set(&own, TY_ERR_USAGE, "there is no setting \"%.*s\"; taiyaku config lists them",
                     TY_SLICE_FORMAT(name));
    else if (!may_set(r, key))
        ty_error_set(&own, TY_ERR_USAGE, "\"%.*s\" is set by your own configuration file only",
                     TY_SLICE_FORMAT(name));
    return own.status ? complain(r, number, &own, error) : set(r, key, value, number, error);
}

static ty_status read_file(reading *r, ty_error *error)
{
    ty_buffer content = {0};
    ty_status status = ty_file_read(r->path, 0, &content, error);
    ty_slice rest = ty_buffer_slice(&content), line;
    for (size_t number = 1; status == TY_OK && rest.size && ty_slice_next(&rest, '\n', &line); number++)
        status = read_line(r, line, number, error);
    ty_buffer_release(&content);
    return status;
}

/* A folder may be anybody's: what lies in it counts only if nobody but the user can have put it there. */
static bool is_trusted(const char *path, const ty_listener *listener)
{
    static const unsigned written_by_others = 022;
    ty_sys_facts about;
    if (!ty_sys_stat_link(path, &about))
        return false;
    if (about.kind == TY_SYS_IS_FILE && about.owner == ty_sys_user() && !(about.mode & written_by_others))
        return true;
    ty_warn(listener, path, 0, 0, "config", "not heeded: it is not yours, or others can write to it");
    return false;
}

ty_status ty_config_read(ty_config *config, const ty_listener *listener, ty_error *error)
{
    ty_buffer path = {0};
    ty_status status = TY_OK;
    if (ty_path_user(TY_USER_CONFIG, &path)) {
        ty_buffer_add_string(&path, "/config");
        reading own = {config, path.data, true, listener};
        status = !path.failed && ty_sys_exists(path.data) ? read_file(&own, error) : TY_OK;
    }
    reading here = {config, "./taiyaku.conf", false, listener};
    if (status == TY_OK && is_trusted(here.path, listener))
        status = read_file(&here, error);
    ty_buffer_release(&path);
    return status;
}

void ty_config_release(ty_config *config)
{
    ty_arena_release(&config->arena);
}

bool ty_config_default_memory(ty_buffer *out)
{
    ty_buffer_clear(out);
    if (!ty_path_user(TY_USER_DATA, out))
        return false;
    ty_buffer_add_string(out, "/memory.db");
    return !out->failed;
}
