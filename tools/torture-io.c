/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loaded before the program by tools/torture, spoils one write to a file, or one name that a file gets or
 * loses: the one whose number $TY_TORTURE_AT gives, counted from 1, in the way that $TY_TORTURE says: kill
 * (before it), torn (half of it, then kill), full (ENOSPC from there on), broken (EIO, once). With
 * $TY_TORTURE_COUNT it writes how many there were to that file at the end.
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

enum { NO_FILE = -1 };

static atomic_long number;

static int is_file(int file)
{
    struct stat about;
    return file == NO_FILE || (file > 2 && fstat(file, &about) == 0 && S_ISREG(about.st_mode));
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

int ftruncate(int file, off_t size)
{
    int (*plain)(int, off_t) = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate64");
    int failure = spoil(file, NULL, 0, 0, 0);
    errno = failure ? failure : errno;
    return failure ? -1 : plain(file, size);
}

int ftruncate64(int file, off_t size)
{
    return ftruncate(file, size);
}

/* A name that is given or taken: what has none of its own to spoil is killed before it, or fails. */
static int spoil_name(void)
{
    int failure = spoil(NO_FILE, NULL, 0, 0, 0);
    errno = failure ? failure : errno;
    return failure;
}

int rename(const char *from, const char *to)
{
    int (*plain)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    return spoil_name() ? -1 : plain(from, to);
}

int link(const char *from, const char *to)
{
    int (*plain)(const char *, const char *) = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");
    return spoil_name() ? -1 : plain(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    int (*plain)(int, const char *, int, const char *, int) =
        (int (*)(int, const char *, int, const char *, int))dlsym(RTLD_NEXT, "linkat");
    return spoil_name() ? -1 : plain(from_folder, from, to_folder, to, flags);
}

int unlink(const char *name)
{
    int (*plain)(const char *) = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
    return spoil_name() ? -1 : plain(name);
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
