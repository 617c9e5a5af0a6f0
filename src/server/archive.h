/* SPDX-License-Identifier: Apache-2.0 */
/* A zip of files, written to an open file: names that every system takes, contents packed. */
#ifndef TY_SERVER_ARCHIVE_H
#define TY_SERVER_ARCHIVE_H

#include "base/base.h"

/* How names are written: UTF-8 as APPNOTE 6.3 has it, or as Japanese Windows wrote them before. */
typedef enum ty_archive_names { TY_NAMES_UTF8, TY_NAMES_SHIFT_JIS } ty_archive_names;

/* All files below `folder`, by their way from there, into `file`. TY_ERR_LIMIT from 4 GiB on. */
ty_status ty_archive_folder(const char *folder, ty_archive_names names, int file, ty_error *error);

#endif
