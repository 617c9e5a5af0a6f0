/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded before the program, refuses one allocation: the one whose number $TY_STARVE gives, counted from 1.
 * With $TY_STARVE_COUNT it writes to that file at the end how many there were, and the first and the last
 * number of each way by which the program came to one: of calls that are told apart by their innermost DEEP
 * return addresses. What becomes of a refusal is a matter of that way.
 *
 * Two libraries get what they ask for, since nobody above them can help what they do without it:
 * libxlsxwriter 1.1.4 releases what it has not made (lxw_worksheet_free of lxw_worksheet_new), and ICU 72
 * reads the default locale that it could not make (locale_get_default), which it does once, whatever locale
 * it was told.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static atomic_long number;
static atomic_long refused = -1;

/* ------------------------------------------------------------------------------------------ ways */

enum { DEEP = 24, WAYS = 1 << 16 };

typedef struct way {
    uint64_t hash; /* 0: free */
    long first, last;
} way;

static way ways[WAYS];
static atomic_flag noting = ATOMIC_FLAG_INIT;
static _Thread_local int inside;

static uint64_t hash_of_way(void)
{
    void *calls[DEEP];
    uint64_t hash = 1;
    int count = backtrace(calls, DEEP);
    for (int i = 0; i < count; i++)
        hash = (hash ^ (uint64_t)(uintptr_t)calls[i]) * UINT64_C(0x9E3779B97F4A7C15);
    return (hash ^ hash >> 32) | 1;
}

static void note_way(uint64_t hash, long at)
{
    while (atomic_flag_test_and_set(&noting)) {
    }
    size_t slot = hash % WAYS, tried = 0;
    while (ways[slot].hash && ways[slot].hash != hash && tried++ < WAYS)
        slot = (slot + 1) % WAYS;
    if (!ways[slot].hash)
        ways[slot] = (way){hash, at, at};
    if (ways[slot].hash == hash)
        ways[slot].last = at;
    atomic_flag_clear(&noting);
}

static int is_counting = -1;

/* backtrace loads a library when it is first called, and so has to allocate. */
static void note(long at)
{
    if (is_counting < 0)
        is_counting = getenv("TY_STARVE_COUNT") != NULL;
    if (!is_counting || inside)
        return;
    inside = 1;
    note_way(hash_of_way(), at);
    inside = 0;
}

/* ------------------------------------------------------------------------------------------ refusing */

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

/* With $TY_STARVE_TRACE the calls that led to the refusal go to that file. */
static void trace(void)
{
    void *calls[DEEP];
    const char *path = getenv("TY_STARVE_TRACE");
    inside = 1;
    FILE *out = path ? fopen(path, "w") : NULL;
    if (out) {
        backtrace_symbols_fd(calls, backtrace(calls, DEEP), fileno(out));
        fclose(out);
    }
    inside = 0;
}

static int is_of_default_locale(void)
{
    void *calls[DEEP];
    Dl_info about;
    inside = 1;
    int count = backtrace(calls, DEEP), found = 0;
    for (int i = 0; i < count; i++)
        found |= dladdr(calls[i], &about) && about.dli_sname &&
                 !strncmp(about.dli_sname, "locale_get_default", strlen("locale_get_default"));
    inside = 0;
    return found;
}

static int is_spared(const void *caller)
{
    Dl_info about;
    if (!dladdr(caller, &about) || !about.dli_fname)
        return 0;
    return strstr(about.dli_fname, "libxlsxwriter") ||
           (strstr(about.dli_fname, "libicuuc") && is_of_default_locale());
}

static int refuses(const void *caller)
{
    if (inside)
        return 0;
    long at = atomic_fetch_add(&number, 1) + 1;
    note(at);
    if (at != chosen() || is_spared(caller))
        return 0;
    trace();
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
    for (size_t i = 0; i < WAYS; i++)
        if (ways[i].hash)
            fprintf(out, "%ld %ld\n", ways[i].first, ways[i].last);
    fclose(out);
}
