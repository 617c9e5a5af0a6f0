/* SPDX-License-Identifier: Apache-2.0 */
/* The file of who may do what. A line an entry: hash, kind, role, made, used, ends, name, with tabs between
 * them. */
#ifndef TY_SERVER_ACCESS_FILE_H
#define TY_SERVER_ACCESS_FILE_H

#include "server/internal.h"

enum { TY_ACCESS_HASH = 64 }; /* hexadecimal digits of a SHA-256 */

typedef struct ty_access_line {
    char hash[TY_ACCESS_HASH + 1];
    char kind[8]; /* "token", "browser" */
    char name[TY_NAME_LIMIT + 1];
    ty_role role;
    int64_t made, used, ends; /* seconds since 1970 */
} ty_access_line;

typedef TY_VECTOR(ty_access_line) ty_access_lines;

/* Lines that are none are left out. */
ty_status ty_access_load(const char *path, ty_access_lines *out, ty_error *error);
/* A file of its own beside it first, only for its owner, then the name. */
ty_status ty_access_save(const char *path, const ty_access_lines *lines, ty_error *error);

#endif
