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
    char path[64];
    ty_store *store = NULL;
    ty_error error = {0};
    snprintf(path, sizeof path, "/tmp/taiyaku-fuzz-%ld.db", (long)getpid());
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
    if (file < 0 || write(file, data, size) != (ssize_t)size)
        return 0;
    close(file);
    if (ty_store_open(path, TY_STORE_READ, &store, &error) == TY_OK)
        read_all(store);
    else if (!error.message[0])
        abort();
    ty_store_close(store);
    unlink(path);
    return 0;
}
