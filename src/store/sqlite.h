/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite - SQLite behind driver.h: for the few files that need more of it. */
#ifndef TY_STORE_SQLITE_H
#define TY_STORE_SQLITE_H

#define SQLITE_ENABLE_PREUPDATE_HOOK 1 /* meson.build looks whether the library has it */
#include <sqlite3.h>

#include "store/internal.h"

static inline sqlite3_stmt *ty_sqlite_statement(ty_row *row)
{
    return (sqlite3_stmt *)row;
}

/* SQLite converts a value in place when it is asked for as another type. */
static inline sqlite3_value *ty_sqlite_value(const ty_cell *cell)
{
    return (sqlite3_value *)(uintptr_t)cell;
}

#endif
