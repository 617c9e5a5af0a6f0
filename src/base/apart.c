/* SPDX-License-Identifier: Apache-2.0 */
/* What an output must not be: an input, or a database. Told by device and inode, so by any name. */
#include <stdlib.h>

#include "base/base.h"
#include "base/sys.h"

static bool is_standard(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

static bool find(const char *path, ty_sys_facts *out)
{
    bool there = is_standard(path) ? ty_sys_stat_file(TY_SYS_OUTPUT, out) : ty_sys_stat(path, out);
    return there && out->kind == TY_SYS_IS_FILE;
}

static bool is_one_of(const ty_sys_facts *about, const char *const *inputs, size_t count)
{
    ty_sys_facts input;
    for (size_t i = 0; i < count; i++)
        if (!is_standard(inputs[i]) && ty_sys_stat(inputs[i], &input) && ty_sys_is_same(&input, about))
            return true;
    return false;
}

/*
 * How the files of SQLite begin: database, rollback journal, write-ahead log (two byte orders), and its index
 * in the byte order of the machine (https://www.sqlite.org/fileformat2.html, walformat.html).
 */
static bool begins_as_database(const char *head, size_t size)
{
    static const uint32_t index_version = 3007000;
    static const ty_slice begins[] = {{"SQLite format 3", 16},
                                      {"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8},
                                      {"\x37\x7f\x06\x82", 4},
                                      {"\x37\x7f\x06\x83", 4},
                                      {(const char *)&index_version, 4}};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (ty_slice_starts((ty_slice){head, size}, begins[i]))
            return true;
    return false;
}

static bool is_database(const char *path)
{
    char head[16];
    int file = ty_sys_open(path, TY_SYS_READ | TY_SYS_NO_WAIT);
    ptrdiff_t size = file >= 0 ? ty_sys_read(file, head, sizeof head) : 0;
    ty_sys_close(file);
    return size > 0 && begins_as_database(head, (size_t)size);
}

/* m.db-wal and its like, whether it is there at this moment or not. */
static bool is_beside_database(const char *path)
{
    static const ty_slice tails[] = {TY_SLICE("-wal"), TY_SLICE("-shm"), TY_SLICE("-journal")};
    char *real = ty_sys_full_path(path);
    ty_slice name = ty_slice_of(real ? real : path);
    bool found = false;
    for (size_t i = 0; i < sizeof tails / sizeof *tails && !found; i++) {
        size_t base = name.size > tails[i].size ? name.size - tails[i].size : 0;
        char *owner = ty_slice_equal_nocase(ty_slice_sub(name, base, name.size), tails[i])
                          ? strndup(name.data, base)
                          : NULL;
        found = owner && is_database(owner);
        free(owner);
    }
    free(real);
    return found;
}

bool ty_file_key(const char *path, ty_buffer *out)
{
    ty_sys_facts about;
    ty_buffer_clear(out);
    if (ty_sys_stat(path, &about)) {
        ty_buffer_add_format(out, "%llu:%llu", (unsigned long long)about.disk,
                             (unsigned long long)about.number);
        return !out->failed;
    }
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    if (folder && ty_sys_stat(folder, &about))
        ty_buffer_add_format(out, "%llu:%llu/%s", (unsigned long long)about.disk,
                             (unsigned long long)about.number, slash ? slash + 1 : path);
    else
        ty_buffer_add_string(out, path);
    bool good = folder && !out->failed;
    free(folder);
    return good;
}

ty_status ty_output_check(const char *path, const char *const *inputs, size_t count, ty_error *error)
{
    ty_sys_facts about;
    bool there = find(path, &about);
    const char *name = is_standard(path) ? ty_words("standard output") : path;
    if (there && is_one_of(&about, inputs, count))
        return ty_error_set(error, TY_ERR_USAGE, "%s is read and cannot be written at the same time", name);
    if ((there && is_database(is_standard(path) ? "/dev/fd/1" : path)) ||
        (!is_standard(path) && is_beside_database(path)))
        return ty_error_set(error, TY_ERR_USAGE,
                            "%s is a memory or belongs to one, and is not written over with anything else",
                            name);
    return TY_OK;
}
