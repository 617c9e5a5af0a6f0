/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Backups of a memory in PostgreSQL, which are memory files, and back. A file that takes the place of a
 * memory comes into a new schema; the older one is kept beside it, under another name.
 */
#include "store/pq.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sys.h"

ty_status ty_pq_receive(ty_store *store, const char *table, ty_store *other, ty_row *from, ty_error *error)
{
    ty_pq_copy copy;
    ty_status status = ty_pq_copy_open(&copy, store, table, error);
    if (status != TY_OK)
        return ty_buffer_release(&copy.bytes), status;
    while (status == TY_OK && (status = ty_sql_step(other, from, error)) == TY_OK) {
        int columns = ty_row_columns(from);
        ty_pq_copy_row(&copy, columns);
        for (int i = 0; i < columns; i++) {
            ty_datum value = ty_row_datum(from, i);
            ty_pq_copy_datum(&copy, &value);
        }
        status = ty_pq_copy_relieve(&copy, error);
    }
    return ty_pq_copy_close(&copy, status == TY_NO ? TY_OK : status, error);
}

/* ------------------------------------------------------------------------------------------ to a file */

/* A memory of its own, filled in one transaction, in a folder that nobody else can read. */
static ty_status fill_file(ty_store *store, const char *path, const ty_listener *listener, ty_store **out,
                           ty_error *error)
{
    ty_status status = ty_file_open(path, TY_STORE_CREATE, out, error);
    if (status == TY_OK) {
        (void)ty_sql_set(*out, TY_SQL_KEYS_TRUSTED, NULL);
        status = ty_store_begin(*out, error);
    }
    if (status == TY_OK)
        status = ty_store_end(*out, ty_rows_move(store, *out, listener, error), error);
    if (status == TY_OK)
        memcpy((*out)->identity, store->identity, sizeof store->identity);
    return status;
}

ty_status ty_pq_backup(ty_store *store, const char *path, const ty_listener *listener, ty_error *error)
{
    ty_buffer folder = {0}, file = {0};
    ty_store *copy = NULL;
    ty_status status = ty_backup_check_place(store, path, error);
    if (status != TY_OK)
        return status;
    status = ty_temporary_folder(&folder, error);
    ty_buffer_add_format(&file, "%s/memory.db", folder.size ? folder.data : "");
    if (status == TY_OK)
        status = file.failed ? ty_error_nomem(error) : fill_file(store, file.data, listener, &copy, error);
    if (status == TY_OK)
        status = ty_file_backup(copy, path, listener, error);
    ty_store_close(copy);
    ty_temporary_folder_remove(&folder);
    ty_buffer_release(&folder);
    ty_buffer_release(&file);
    return status;
}

/* ------------------------------------------------------------------------------------------ from a file */

static ty_status set_aside(ty_store *store, ty_buffer *kept, ty_error *error)
{
    char now[17], name[64];
    bool there = false;
    ty_status status = ty_pq_schema_there(store, &there, error);
    if (status != TY_OK || !there)
        return status;
    snprintf(name, sizeof name, "%.40s_before_%.*s", store->pq->schema, TY_SLICE_FORMAT(ty_store_now(now)));
    char *quoted = PQescapeIdentifier(store->pq->connection, name, strlen(name));
    ty_buffer text = {0};
    ty_buffer_add_format(&text, TY_PQ_TURN "; ALTER SCHEMA %s RENAME TO %s", store->pq->quoted,
                         quoted ? quoted : "");
    status = text.failed || !quoted ? ty_error_nomem(error) : ty_pq_script(store, text.data, error);
    if (status == TY_OK)
        ty_buffer_add_format(kept, "the schema %s", name);
    PQfreemem(quoted);
    ty_buffer_release(&text);
    return status;
}

static ty_status put_in_place(ty_store *store, ty_store *from, const ty_listener *listener, ty_buffer *kept,
                              ty_error *error)
{
    uint64_t findings = 0;
    ty_status status = set_aside(store, kept, error);
    if (status == TY_OK)
        status = ty_pq_schema_make(store, error);
    if (status == TY_OK)
        status = ty_pq_tell(store, true, error);
    if (status == TY_OK)
        status = ty_rows_move(from, store, listener, error);
    if (status == TY_OK)
        status =
            ty_pq_script(store,
                         "SET CONSTRAINTS ALL IMMEDIATE; ANALYZE unit, variant, unit_origin, bead, change,"
                         " derived_digest, sentence, concept, term, step",
                         error);
    if (status == TY_OK)
        status = ty_store_verify(store, NULL, &findings, error);
    if (status == TY_NO)
        status = ty_error_set(error, TY_ERR_STORE, "%s: the memory would have %llu faults; it stays as it is",
                              store->path, (unsigned long long)findings);
    return status;
}

ty_status ty_pq_restore(const char *address, ty_store *from, const ty_listener *listener, ty_buffer *kept,
                        ty_error *error)
{
    ty_store *store = NULL;
    size_t begin = kept->size;
    ty_status status = ty_pq_open_bare(address, TY_STORE_WRITE, &store, error);
    if (status == TY_OK)
        status = ty_pq_script(store, "BEGIN; SELECT pg_advisory_xact_lock(1413041749)", error);
    if (status == TY_OK) {
        store->pq->writing = true;
        store->depth = 1;
        status = put_in_place(store, from, listener, kept, error);
        if (status == TY_OK)
            status = ty_pq_commit(store, error);
        else
            ty_pq_rollback(store);
        store->depth = 0;
    }
    if (status != TY_OK)
        kept->size = begin;
    ty_store_close(store);
    return status;
}
