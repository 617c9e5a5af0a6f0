/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a file as they are, and as they are made elsewhere. */
#include "store/sqlite.h"

static const char query[] = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";

static int add_part(void *payload, int count, char **cells, char **names)
{
    (void)names;
    for (int i = 0; i < count; i++)
        ty_buffer_add_format(payload, "%s\n", cells[i] ? cells[i] : "");
    return ((ty_buffer *)payload)->failed;
}

ty_status ty_schema_ask(const char *asked, ty_buffer *out, ty_error *error)
{
    sqlite3 *db = NULL;
    int result = sqlite3_open(":memory:", &db);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, ty_schema_whole, NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_exec(db, asked, add_part, out, NULL);
    sqlite3_close(db);
    return result == SQLITE_OK && !out->failed ? TY_OK : ty_error_nomem(error);
}

ty_status ty_sqlite_shape(ty_store *store, ty_buffer *wanted, ty_buffer *there, ty_error *error)
{
    ty_status status = ty_schema_ask(query, wanted, error);
    bool asked = status == TY_OK && sqlite3_exec(store->db, query, add_part, there, NULL) == SQLITE_OK;
    if (there->failed || sqlite3_errcode(store->db) == SQLITE_NOMEM)
        return ty_error_nomem(error);
    if (status == TY_OK && !asked) {
        ty_error_set(error, TY_ERR_STORE, "the schema cannot be read: %s", sqlite3_errmsg(store->db));
        status = TY_NO;
    }
    return status;
}
