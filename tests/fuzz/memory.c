/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_memory - bytes as a memory file that somebody sent: it is refused, or read and verified to its end
 * (libFuzzer, or main.c).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(ty_store *store)
{
    ty_error error = {0};
    ty_units *units = NULL;
    ty_stored_unit unit;
    ty_unit_filter all = {0};
    uint64_t findings;
    ty_status status = ty_units_open(store, &all, &units, &error);
    while (status == TY_OK)
        status = ty_units_next(units, &unit, &error);
    ty_units_close(units);
    if (status != TY_NO && !error.message[0])
        abort();
    error = (ty_error){0};
    status = ty_store_verify(store, NULL, &findings, &error);
    if (status != TY_OK && status != TY_NO && !error.message[0])
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ty_buffer path = {0};
    ty_store *store = NULL;
    ty_error error = {0};
    if (ty_temporary_folder(&path, NULL) != TY_OK)
        return 0;
    size_t folder = path.size;
    ty_buffer_add_string(&path, "/m.db");
    int file = path.failed ? -1 : open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    bool written = file >= 0 && write(file, data, size) == (ssize_t)size;
    if (file >= 0)
        close(file);
    if (written && ty_store_open(path.data, TY_STORE_READ, &store, &error) == TY_OK)
        read_all(store);
    else if (written && !error.message[0])
        abort();
    ty_store_close(store);
    path.size = folder;
    path.data[folder] = '\0';
    ty_temporary_folder_remove(&path);
    ty_buffer_release(&path);
    return 0;
}
