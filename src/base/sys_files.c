/* SPDX-License-Identifier: Apache-2.0 */
/* Files and their facts. */
#define _GNU_SOURCE /* O_TMPFILE */
#include "base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ------------------------------------------------------------------------------------------ opening */

static int seen_from(int folder)
{
    return folder == TY_SYS_HERE ? AT_FDCWD : folder;
}

int ty_sys_open(const char *path, int how)
{
    int flags = O_CLOEXEC | (how & TY_SYS_UPDATE ? O_RDWR : how & TY_SYS_WRITE ? O_WRONLY : O_RDONLY);
    flags |= how & TY_SYS_NO_LINK ? O_NOFOLLOW : 0;
    flags |= how & TY_SYS_NO_WAIT ? O_NONBLOCK : 0;
    flags |= how & TY_SYS_FOLDER ? O_DIRECTORY : 0;
    flags |= how & TY_SYS_MAYBE_NEW ? O_CREAT : 0;
    return open(path, flags, 0600);
}

int ty_sys_make(const char *path, unsigned mode)
{
    return ty_sys_make_in(TY_SYS_HERE, path, mode);
}

int ty_sys_make_in(int folder, const char *name, unsigned mode)
{
    return openat(seen_from(folder), name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);
}

int ty_sys_make_unnamed(int folder, const char *path, unsigned mode)
{
#ifdef O_TMPFILE
    return openat(seen_from(folder), path, O_TMPFILE | O_RDWR | O_CLOEXEC, (mode_t)mode);
#else
    (void)folder;
    (void)path;
    (void)mode;
    errno = EOPNOTSUPP;
    return -1;
#endif
}

void ty_sys_close(int file)
{
    if (file >= 0)
        close(file);
}

/* ------------------------------------------------------------------------------------------ bytes */

ptrdiff_t ty_sys_read(int file, void *into, size_t size)
{
    for (;;) {
        ssize_t count = read(file, into, size);
        if (count >= 0 || errno != EINTR)
            return count;
    }
}

ptrdiff_t ty_sys_read_at(int file, void *into, size_t size, int64_t offset)
{
    size_t done = 0;
    while (done < size) {
        ssize_t count = pread(file, (char *)into + done, size - done, offset + (off_t)done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0 && !done)
            return -1;
        if (count <= 0)
            break;
        done += (size_t)count;
    }
    return (ptrdiff_t)done;
}

bool ty_sys_write(int file, ty_slice bytes)
{
    while (bytes.size) {
        ssize_t count = write(file, bytes.data, bytes.size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes = ty_slice_sub(bytes, (size_t)count, bytes.size);
    }
    return true;
}

bool ty_sys_write_at(int file, ty_slice bytes, int64_t offset)
{
    while (bytes.size) {
        ssize_t count = pwrite(file, bytes.data, bytes.size, offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes = ty_slice_sub(bytes, (size_t)count, bytes.size);
        offset += count;
    }
    return true;
}

bool ty_sys_rewind(int file)
{
    return lseek(file, 0, SEEK_SET) == 0;
}

bool ty_sys_truncate(int file, int64_t size)
{
    return ftruncate(file, size) == 0;
}

bool ty_sys_sync(int file)
{
    return fsync(file) == 0;
}

bool ty_sys_lock(int file, int64_t begin, int64_t size)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = begin, .l_len = size};
    return fcntl(file, F_SETLK, &lock) == 0;
}

void *ty_sys_map(int file, size_t size, int64_t offset)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, offset);
    return bytes == MAP_FAILED ? NULL : bytes;
}

void ty_sys_unmap(void *bytes, size_t size)
{
    munmap(bytes, size);
}

/* ------------------------------------------------------------------------------------------ facts */

static ty_sys_kind kind_of(mode_t mode)
{
    if (S_ISREG(mode))
        return TY_SYS_IS_FILE;
    if (S_ISDIR(mode))
        return TY_SYS_IS_FOLDER;
    return S_ISLNK(mode) ? TY_SYS_IS_LINK : TY_SYS_IS_OTHER;
}

static int64_t nanoseconds(const struct timespec *time)
{
    return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

static bool take(int result, const struct stat *about, ty_sys_facts *out)
{
    if (result != 0)
        return false;
    *out = (ty_sys_facts){.kind = kind_of(about->st_mode),
                          .mode = about->st_mode & 07777,
                          .owner = about->st_uid,
                          .group = about->st_gid,
                          .disk = about->st_dev,
                          .number = about->st_ino,
                          .size = about->st_size,
                          .modified = nanoseconds(&about->st_mtim),
                          .changed = nanoseconds(&about->st_ctim)};
    return true;
}

bool ty_sys_stat(const char *path, ty_sys_facts *out)
{
    struct stat about;
    return take(stat(path, &about), &about, out);
}

bool ty_sys_stat_link(const char *path, ty_sys_facts *out)
{
    struct stat about;
    return take(lstat(path, &about), &about, out);
}

bool ty_sys_stat_in(int folder, const char *name, ty_sys_facts *out)
{
    struct stat about;
    return take(fstatat(seen_from(folder), name, &about, AT_SYMLINK_NOFOLLOW), &about, out);
}

bool ty_sys_stat_file(int file, ty_sys_facts *out)
{
    struct stat about;
    return take(fstat(file, &about), &about, out);
}

bool ty_sys_is_same(const ty_sys_facts *a, const ty_sys_facts *b)
{
    return a->disk == b->disk && a->number == b->number;
}

bool ty_sys_is_folder(const char *path)
{
    ty_sys_facts about;
    return ty_sys_stat(path, &about) && about.kind == TY_SYS_IS_FOLDER;
}

int64_t ty_sys_size(int file)
{
    ty_sys_facts about;
    return ty_sys_stat_file(file, &about) ? about.size : -1;
}

/* ------------------------------------------------------------------------------------------ rights */

bool ty_sys_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool ty_sys_may_read(const char *path)
{
    return access(path, R_OK) == 0;
}

bool ty_sys_may_write(const char *path)
{
    return access(path, W_OK) == 0;
}

bool ty_sys_may_run(const char *path)
{
    return access(path, X_OK) == 0;
}

bool ty_sys_set_mode(int file, unsigned mode)
{
    return fchmod(file, (mode_t)mode) == 0;
}

bool ty_sys_set_mode_of(const char *path, unsigned mode)
{
    return chmod(path, (mode_t)mode) == 0;
}

bool ty_sys_set_owner(int file, unsigned owner, unsigned group)
{
    return fchown(file, (uid_t)owner, (gid_t)group) == 0;
}
