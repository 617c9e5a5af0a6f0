/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded before the program, refuses one allocation: the one whose number $TY_STARVE gives, counted from 1.
 * With $TY_STARVE_COUNT it writes how many there were to that file at the end.
 *
 * What libxlsxwriter asks for it gets: where it does not, 1.1.4 releases what it has not made
 * (lxw_worksheet_free of lxw_worksheet_new), and nobody above it can help that.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static atomic_long number;
static atomic_long refused = -1;

static long chosen(void)
{
    long which = atomic_load(&refused);
    if (which >= 0)
        return which;
    const char *told = getenv("TY_STARVE");
    which = 0;
    for (; told && *told >= '0' && *told <= '9'; told++)
        which = which * 10 + (*told - '0');
    atomic_store(&refused, which);
    return which;
}

static int is_spared(const void *caller)
{
    Dl_info about;
    return dladdr(caller, &about) && about.dli_fname && strstr(about.dli_fname, "libxlsxwriter");
}

static int refuses(const void *caller)
{
    if (atomic_fetch_add(&number, 1) + 1 != chosen() || is_spared(caller))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_realloc(block, size);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("TY_STARVE_COUNT");
    FILE *out = path ? fopen(path, "w") : NULL;
    if (!out)
        return;
    fprintf(out, "%ld\n", atomic_load(&number));
    fclose(out);
}
