/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite - SQLite behind driver.h: what the files of that engine share. */
#ifndef TY_STORE_SQLITE_H
#define TY_STORE_SQLITE_H

#define SQLITE_ENABLE_PREUPDATE_HOOK 1 /* meson.build looks whether the library has it */
#include <sqlite3.h>

#include "store/engine.h"

ty_datum ty_sqlite_datum(sqlite3_value *value);

/* From now on every row that changes is told to the ledger. */
void ty_sqlite_tell(ty_store *store);
/* Makes the virtual tables of waiting rows. */
ty_status ty_sqlite_waiting(ty_store *store, ty_error *error);
/* How long a writer waits for another before it says so, and between two attempts. */
enum { TY_BUSY_MILLISECONDS = 5000, TY_BUSY_PAUSE = 50 };
/* TY_ERR_STORE, and why, of the file at `path`. */
ty_status ty_sqlite_refuse(const char *path, ty_error *error, const char *why);
/* Makes the store's connection to its file, which is there (sqlite_connect.c). */
ty_status ty_sqlite_connect(ty_store *store, ty_store_mode mode, ty_error *error);
/* The same to write, whoever else has it open: a result of SQLite's, */
int ty_sqlite_connect_plain(ty_store *store);
/* and what one that is no SQLITE_OK means. */
ty_status ty_sqlite_not_connected(ty_store *store, int result, ty_error *error);
ty_status ty_sqlite_write_waiting(ty_store *store, bool over, ty_error *error);
ty_status ty_sqlite_part_put(ty_store *store, ty_slice name, int64_t number, const ty_slice *slices,
                             size_t count, uint64_t from, size_t size, ty_error *error);
ty_status ty_sqlite_part_get(ty_store *store, ty_slice name, int64_t number, size_t offset, void *into,
                             size_t size, ty_error *error);
ty_status ty_sqlite_shape(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error);
ty_status ty_sqlite_receive(ty_store *store, const char *table, ty_store *other, ty_row *rows,
                            ty_error *error);

#endif
