/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_config - bytes as the user's own configuration file, and as one that lies in the current folder
 * (libFuzzer, or main.c): what is set says where, and a folder's file sets nothing that leads work elsewhere.
 */
#include "cli/config.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool so)
{
    if (!so)
        abort();
}

static void put(const char *folder, const char *name, ty_slice bytes)
{
    ty_buffer path = {0};
    ty_buffer_add_format(&path, "%s/%s", folder, name);
    ty_sys_remove(path.data);
    int file = ty_sys_make(path.data, 0600);
    must(file >= 0 && ty_sys_write(file, bytes));
    ty_sys_close(file);
    ty_buffer_release(&path);
}

static void check(const ty_config *config, bool own)
{
    for (int key = 0; key < TY_CONFIG_COUNT; key++) {
        const char *value = config->values[key].value, *from = config->values[key].from;
        must(!value == !from && (!value || (value[0] && strchr(from, ':'))));
        must(own || !value ||
             (key != TY_CONFIG_MEMORY && key != TY_CONFIG_NAME && key != TY_CONFIG_MEMORY_MODE));
    }
}

/* There, and back again: who runs this names files by where it is. */
static ty_status read_in(const char *folder, ty_config *config, ty_error *error)
{
    int back = open(".", O_RDONLY | O_DIRECTORY);
    must(back >= 0 && chdir(folder) == 0);
    ty_status status = ty_config_read(config, NULL, error);
    must(fchdir(back) == 0);
    close(back);
    return status;
}

static void read_as(const char *folder, bool own, ty_slice bytes)
{
    ty_config config = {0};
    ty_error error = {0};
    put(folder, "taiyaku/config", own ? bytes : (ty_slice){"", 0});
    put(folder, "taiyaku.conf", own ? (ty_slice){"", 0} : bytes);
    ty_status status = read_in(folder, &config, &error);
    must(status == TY_OK || (own && error.message[0]));
    if (status == TY_OK)
        check(&config, own);
    ty_config_release(&config);
}

static ty_buffer folder;

static void remove_folder(void)
{
    ty_temporary_folder_remove(&folder);
    ty_buffer_release(&folder);
}

static void make_folder(void)
{
    ty_buffer inner = {0};
    must(ty_temporary_folder(&folder, NULL) == TY_OK);
    ty_buffer_add_format(&inner, "%s/taiyaku", folder.data);
    must(ty_path_make_folders(inner.data, TY_FOLDER_PRIVATE, NULL) == TY_OK);
    setenv("XDG_CONFIG_HOME", folder.data, 1);
    ty_buffer_release(&inner);
    atexit(remove_folder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_slice bytes = {(const char *)data, size};
    if (!folder.size)
        make_folder();
    read_as(folder.data, true, bytes);
    read_as(folder.data, false, bytes);
    return 0;
}
