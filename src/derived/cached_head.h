/* SPDX-License-Identifier: Apache-2.0 */
/* cached_head - the first page of a file of the cache: of which state of the memory what follows is. */
#ifndef TY_DERIVED_CACHED_HEAD_H
#define TY_DERIVED_CACHED_HEAD_H

#include "store/store.h"

enum { TY_CACHED_HEAD = 4096 }; /* bytes */

typedef struct ty_cached_head {
    ty_stamp stamp;
    char about[TY_CACHED_HEAD]; /* what the kind of file says of itself, one line */
    size_t size;                /* bytes behind the head */
} ty_cached_head;

/* False is no failure: what cannot be kept is made again. */
bool ty_cached_head_write(const char *path, ty_stamp stamp, const char *about, ty_slice bytes);
/* False where there is none of this version that is the user's own. */
bool ty_cached_head_read(const char *path, ty_cached_head *out);

#endif
