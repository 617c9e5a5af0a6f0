/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SQLite tells of each row before it is changed (https://www.sqlite.org/c3ref/preupdate_blobwrite.html).
 */
#include "store/ledger.h"
#include "store/sqlite.h"

/* As many columns as any table has. */
#define MOST_COLUMNS 32

static int read_values(sqlite3 *db, int (*read)(sqlite3 *, int, sqlite3_value **), ty_datum *cells)
{
    int count = sqlite3_preupdate_count(db);
    for (int i = 0; i < count && i < MOST_COLUMNS; i++) {
        sqlite3_value *value = NULL;
        if (read(db, i, &value) != SQLITE_OK)
            return 0;
        cells[i] = ty_sqlite_datum(value);
        if (sqlite3_value_type(value) == SQLITE_BLOB && sqlite3_value_bytes(value) && !cells[i].text.size)
            return 0; /* zeros that there was no memory to write out */
    }
    return count < MOST_COLUMNS ? count : 0;
}

static void on_change(void *payload, sqlite3 *db, int what, const char *schema, const char *name,
                      sqlite3_int64 old_id, sqlite3_int64 new_id)
{
    ty_store *store = payload;
    ty_datum old[MOST_COLUMNS], now[MOST_COLUMNS];
    (void)old_id;
    (void)new_id;
    if (store->ledger.bulk || strcmp(schema, "main") != 0 || ty_kept_named(name) == TY_KEPT_COUNT)
        return; /* also since SQLite 3.40, asked for zeros of a blob without memory for them, goes on with
                   none */
    int olds = what == SQLITE_INSERT ? 0 : read_values(db, sqlite3_preupdate_old, old);
    int news = what == SQLITE_DELETE ? 0 : read_values(db, sqlite3_preupdate_new, now);
    if ((what != SQLITE_INSERT && !olds) || (what != SQLITE_DELETE && !news))
        store->ledger.arena.failed = true;
    else
        ty_ledger_told(store, name, olds ? old : NULL, news ? now : NULL, olds ? olds : news);
}

void ty_sqlite_tell(ty_store *store)
{
    sqlite3_preupdate_hook(store->db, on_change, store);
}
