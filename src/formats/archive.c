/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ZIP archives that hold exchange files: XLZ (an XLIFF and its skeleton), MQXLZ, packages of CAT tools, and
 * sets that people zip. What else is in them is theirs.
 */
#include <stdlib.h>

#include "formats/package.h"

static bool is_exchange_file(ty_slice name)
{
    static const char *const endings[] = {".tmx",    ".xlf",  ".xliff", ".sdlxliff", ".mqxliff",
                                          ".mxliff", ".txlf", ".txml",  ".po",       ".tbx",
                                          ".utx",    ".csv",  ".tsv",   ".ts"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        ty_slice ending = ty_slice_of(endings[i]);
        if (name.size > ending.size &&
            ty_slice_equal_nocase(ty_slice_sub(name, name.size - ending.size, name.size), ending))
            return true;
    }
    return false;
}

/* An office document is one too, but no set: tables in it are its own affair. */
static bool is_document(const struct package *package)
{
    return ty_package_has(package, TY_SLICE("[Content_Types].xml")) ||
           ty_package_has(package, TY_SLICE("mimetype"));
}

static size_t count_members(const struct package *package)
{
    size_t count = 0;
    for (size_t i = 0; i < ty_package_count(package); i++)
        count += is_exchange_file(ty_package_name(package, i));
    return count;
}

/* "set.zip!ja!a.po": of one alone the archive's own name will do. */
static void name_member(const char *archive, ty_slice member, bool alone, ty_buffer *out)
{
    ty_buffer_add_string(out, archive);
    if (alone)
        return;
    ty_buffer_add_char(out, '!');
    for (size_t i = 0; i < member.size; i++)
        ty_buffer_add_char(out, member.data[i] == '/' || member.data[i] == '\\' ? '!' : member.data[i]);
}

static ty_status tell_member(struct package *package, ty_slice name, const char *archive, bool alone,
                             ty_status (*each)(void *payload, const ty_source *member, ty_error *error),
                             void *payload, ty_error *error)
{
    ty_buffer bytes = {0}, path = {0};
    name_member(archive, name, alone, &path);
    ty_status status = ty_package_read(package, name, &bytes, error);
    if (status == TY_OK && path.failed)
        status = ty_error_nomem(error);
    if (status == TY_OK) {
        ty_source member = {.path = path.data, .bytes = ty_buffer_slice(&bytes)};
        status = each(payload, &member, error);
    }
    ty_buffer_release(&bytes);
    ty_buffer_release(&path);
    return status;
}

ty_status ty_archive_each(const ty_source *source,
                          ty_status (*each)(void *payload, const ty_source *member, ty_error *error),
                          void *payload, ty_error *error)
{
    struct package *package = NULL;
    ty_error ignored = {0};
    const char *name = source->path ? source->path : "";
    if (ty_package_open(source, &package, &ignored) != TY_OK)
        return TY_NO;
    size_t count = is_document(package) ? 0 : count_members(package);
    ty_status status = count ? TY_OK : TY_NO;
    for (size_t i = 0; status == TY_OK && i < ty_package_count(package); i++)
        if (is_exchange_file(ty_package_name(package, i)))
            status =
                tell_member(package, ty_package_name(package, i), name, count == 1, each, payload, error);
    ty_package_close(package);
    return status;
}
