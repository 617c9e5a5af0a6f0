/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded before the program by tools/torture, spoils one write to a file: the one whose number $TY_TORTURE_AT
 * gives, counted from 1, in the way that $TY_TORTURE says: kill (before it), torn (half of it, then kill),
 * full (ENOSPC from there on), broken (EIO, once). With $TY_TORTURE_COUNT it writes how many there were to
 * that file at the end.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long number;

static int is_file(int file)
{
    struct stat about;
    return file > 2 && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

static ssize_t write_half(int file, const void *bytes, size_t size, off_t offset, int at)
{
    ssize_t (*plain)(int, const void *, size_t, off_t) =
        (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    ssize_t (*stream)(int, const void *, size_t) =
        (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    return at ? plain(file, bytes, size / 2, offset) : stream(file, bytes, size / 2);
}

/* 0: go on; else the errno with which it fails. */
static int spoil(int file, const void *bytes, size_t size, off_t offset, int at)
{
    const char *way = getenv("TY_TORTURE"), *when = getenv("TY_TORTURE_AT");
    if (!way || !is_file(file))
        return 0;
    long now = atomic_fetch_add(&number, 1) + 1, chosen = when ? atol(when) : 0;
    if (!chosen || now < chosen || (now > chosen && strcmp(way, "full") != 0))
        return 0;
    if (strcmp(way, "torn") == 0 && bytes)
        write_half(file, bytes, size, offset, at);
    if (strcmp(way, "torn") == 0 || strcmp(way, "kill") == 0)
        raise(SIGKILL);
    return strcmp(way, "full") == 0 ? ENOSPC : EIO;
}

ssize_t write(int file, const void *bytes, size_t size)
{
    ssize_t (*plain)(int, const void *, size_t) =
        (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    int failure = spoil(file, bytes, size, 0, 0);
    errno = failure ? failure : errno;
    return failure ? -1 : plain(file, bytes, size);
}

static ssize_t write_at(int file, const void *bytes, size_t size, off_t offset)
{
    ssize_t (*plain)(int, const void *, size_t, off_t) =
        (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    int failure = spoil(file, bytes, size, offset, 1);
    errno = failure ? failure : errno;
    return failure ? -1 : plain(file, bytes, size, offset);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    return write_at(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off_t offset)
{
    return write_at(file, bytes, size, offset);
}

static int sync_file(int file, const char *name)
{
    int (*plain)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int failure = spoil(file, NULL, 0, 0, 0);
    errno = failure ? failure : errno;
    return failure ? -1 : plain(file);
}

int fsync(int file)
{
    return sync_file(file, "fsync");
}

int fdatasync(int file)
{
    return sync_file(file, "fdatasync");
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("TY_TORTURE_COUNT");
    FILE *out = path ? fopen(path, "w") : NULL;
    if (!out)
        return;
    fprintf(out, "%ld\n", atomic_load(&number));
    fclose(out);
}
