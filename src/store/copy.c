/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A copy of a memory, in a file, that follows it: so that look-ups need not ask the server where the memory
 * is.
 *
 * What has changed since the copy was as the memory is stands in the steps that came after: each tells the
 * rows that it changed, by the numbers of what they are of. These are taken out of the copy, and put in again
 * as they are now. The copy has no figures and digests, which nobody asks it for.
 */
#include "store/engine.h"
#include "store/ledger.h"

#include <stdio.h>
#include <stdlib.h>

/* Objects so near to each other are fetched together, with those between them; so many at a time at most. */
enum { NEAR = 16, MOST = 4096 };

/* The column that tells what a row is of (ledger.c); NULL: what changes there is not a part of steps. */
static const char *const keys[TY_KEPT_COUNT] = {
    [TY_KEPT_UNIT] = "id",
    [TY_KEPT_VARIANT] = "unit",
    [TY_KEPT_UNIT_ORIGIN] = "unit",
    [TY_KEPT_BEAD] = "id",
    [TY_KEPT_SENTENCE] = "document",
    [TY_KEPT_DOCUMENT] = "id",
    [TY_KEPT_ORIGIN] = "id",
    [TY_KEPT_WITHHELD] = "id",
    [TY_KEPT_CONCEPT] = "id",
    [TY_KEPT_TERM] = "concept",
    [TY_KEPT_CONCEPT_ORIGIN] = "concept",
    [TY_KEPT_DEFINITION] = "concept",
    [TY_KEPT_RELATION] = "concept",
    [TY_KEPT_ATTESTATION] = "concept",
    [TY_KEPT_ACCEPTED] = "number",
    [TY_KEPT_REJECTED] = "id",
};

typedef TY_VECTOR(ty_range) ranges;

typedef struct follower {
    ty_store *from, *copy;
    int64_t since; /* the last step that the copy has */
    ranges changed[TY_KEPT_COUNT];
} follower;

/* ------------------------------------------------------------------------------------------ making */

static ty_status move_all(ty_store *from, ty_store *copy, const ty_listener *listener, ty_error *error)
{
    ty_status status = ty_store_freeze(from, error);
    if (status != TY_OK)
        return status;
    copy->ledger.bulk = true;
    for (int i = 0; i < TY_KEPT_COUNT && status == TY_OK; i++) {
        status = ty_table_move(from, copy, ty_kept_tables()[i].name, error);
        if (status == TY_OK && !ty_progress(listener, "tables", (uint64_t)i + 1, TY_KEPT_COUNT))
            status = ty_error_set(error, TY_STOP, "stopped");
    }
    if (status == TY_OK)
        status = ty_table_move(from, copy, "checksum", error);
    copy->ledger.bulk = false;
    ty_store_thaw(from);
    return status;
}

static ty_status fill(ty_store *from, ty_store *copy, const ty_listener *listener, ty_error *error)
{
    ty_status status = ty_store_begin(copy, error);
    return status == TY_OK ? ty_store_end(copy, move_all(from, copy, listener, error), error) : status;
}

ty_status ty_copy_make(ty_store *from, const char *path, const ty_listener *listener, ty_error *error)
{
    ty_store *copy = NULL;
    ty_status status = ty_file_open(path, TY_STORE_CREATE, &copy, error);
    if (status == TY_OK)
        status = ty_sql_set(copy, TY_SQL_KEYS_TRUSTED, error);
    if (status == TY_OK)
        status = fill(from, copy, listener, error);
    ty_store_close(copy);
    return status;
}

ty_status ty_copy_open(const char *path, ty_store **out, ty_error *error)
{
    ty_status status = ty_file_open(path, TY_STORE_WRITE, out, error);
    return status == TY_OK ? ty_sql_set(*out, TY_SQL_KEYS_TRUSTED, error) : status;
}

/* ------------------------------------------------------------------------------------------ what changed */

/* Whether the memory went on from where the copy is. A step that says nothing of what it changed is one that
 * erased, or whose past was forgotten; of what was done again, the later step tells. */
static ty_status goes_on(follower *f, ty_stamp at, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_store_has_been(f->from, at, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_prepare(f->from,
                            "SELECT 1 FROM step s WHERE s.id > ?1 AND (s.units <> 0 OR s.concepts <> 0)"
                            " AND NOT (s.name = 'undo' AND s.taken_back IS NOT NULL)"
                            " AND NOT EXISTS (SELECT 1 FROM change c WHERE c.step = s.id) LIMIT 1",
                            &row, error);
    if (status == TY_OK) {
        ty_row_bind(row, 1, (int64_t)at.step);
        status = ty_sql_step(f->from, row, error);
    }
    ty_row_close(row);
    return status == TY_OK ? TY_NO : status == TY_NO ? TY_OK : status;
}

/* Of the table and of all that is a part of what it has. */
static bool note(follower *f, ty_kept table, ty_range range)
{
    bool good = true;
    for (int i = 0; i < TY_KEPT_COUNT && good; i++)
        if (keys[i] && (i == (int)table || (ty_kept_tables()[i].whole == table && table != TY_KEPT_COUNT)))
            good = ty_vector_push(&f->changed[i], range);
    return good;
}

static ty_status read_changes(follower *f, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status = ty_sql_prepare_walk(
        f->from, "SELECT DISTINCT kind, object, last FROM change WHERE step > ?1", &row, error);
    if (status == TY_OK)
        ty_row_bind(row, 1, f->since);
    while (status == TY_OK && (status = ty_sql_step(f->from, row, error)) == TY_OK) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(ty_row_text(row, 0)));
        if (!note(f, ty_kept_named(name), (ty_range){ty_row_int(row, 1), ty_row_int(row, 2)}))
            status = ty_error_nomem(error);
    }
    ty_row_close(row);
    return status == TY_NO ? TY_OK : status;
}

static int by_first(const void *a, const void *b)
{
    const ty_range *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

/* Rising, none over another. */
static void put_in_order(ranges *list)
{
    size_t kept = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_first);
    for (size_t i = 0; i < list->count; i++) {
        ty_range *before = kept ? &list->items[kept - 1] : NULL, next = list->items[i];
        if (!before || next.first > before->last + NEAR)
            list->items[kept++] = next;
        else if (next.last > before->last)
            before->last = next.last;
    }
    list->count = kept;
}

/* ------------------------------------------------------------------------------------------ taking over */

typedef struct statements {
    ty_row *drop, *get;
} statements;

static ty_status prepare(follower *f, const char *table, const char *key, statements *out, ty_error *error)
{
    char text[96];
    snprintf(text, sizeof text, "DELETE FROM %s WHERE %s BETWEEN ?1 AND ?2", table, key);
    ty_status status = ty_sql_prepare(f->copy, text, &out->drop, error);
    snprintf(text, sizeof text, "SELECT * FROM %s WHERE %s BETWEEN ?1 AND ?2", table, key);
    return status == TY_OK ? ty_sql_prepare(f->from, text, &out->get, error) : status;
}

static ty_status take_range(follower *f, const char *table, const statements *by, ty_range range,
                            ty_error *error)
{
    ty_row_bind(by->drop, 1, range.first);
    ty_row_bind(by->drop, 2, range.last);
    ty_row_bind(by->get, 1, range.first);
    ty_row_bind(by->get, 2, range.last);
    ty_status status = ty_sql_step(f->copy, by->drop, error);
    if (status == TY_NO)
        status = f->copy->engine->receive(f->copy, table, f->from, by->get, error);
    ty_row_end(by->drop);
    ty_row_end(by->get);
    return status;
}

static ty_status take_table(follower *f, ty_kept table, ty_error *error)
{
    statements by = {0};
    ranges *list = &f->changed[table];
    const char *name = ty_kept_tables()[table].name;
    if (!list->count)
        return TY_OK;
    put_in_order(list);
    ty_status status = prepare(f, name, keys[table], &by, error);
    for (size_t i = 0; i < list->count && status == TY_OK; i++)
        for (ty_range rest = list->items[i]; rest.first <= rest.last && status == TY_OK; rest.first += MOST) {
            int64_t end = rest.first + MOST - 1 < rest.last ? rest.first + MOST - 1 : rest.last;
            status = take_range(f, name, &by, (ty_range){rest.first, end}, error);
        }
    ty_row_close(by.drop);
    ty_row_close(by.get);
    return status;
}

/* Where the steps begin that are new, or are told by new ones that they were taken back. */
static ty_status first_touched(follower *f, int64_t *out, ty_error *error)
{
    ty_row *row = NULL;
    ty_status status =
        ty_sql_prepare(f->from,
                       "WITH RECURSIVE told (id) AS (SELECT takes_back FROM step WHERE id > ?1 AND"
                       " takes_back IS NOT NULL UNION SELECT s.takes_back FROM step s JOIN told t"
                       " ON s.id = t.id WHERE s.takes_back IS NOT NULL) SELECT min(id) FROM told",
                       &row, error);
    if (status == TY_OK) {
        ty_row_bind(row, 1, f->since);
        status = ty_sql_step(f->from, row, error);
    }
    *out = f->since + 1;
    if (status == TY_OK && !ty_row_is_null(row, 0) && ty_row_int(row, 0) < *out)
        *out = ty_row_int(row, 0);
    ty_row_close(row);
    return status;
}

/* The rows of steps from that one on. */
static ty_status take_steps(follower *f, const char *table, const char *key, int64_t first, ty_error *error)
{
    statements by = {0};
    ty_status status = prepare(f, table, key, &by, error);
    if (status == TY_OK)
        status = take_range(f, table, &by, (ty_range){first, INT64_MAX}, error);
    ty_row_close(by.drop);
    ty_row_close(by.get);
    return status;
}

static ty_status take_all(follower *f, ty_error *error)
{
    int64_t first = 0;
    ty_status status = read_changes(f, error);
    if (status == TY_OK)
        status = first_touched(f, &first, error);
    for (int i = 0; i < TY_KEPT_COUNT && status == TY_OK; i++)
        status = take_table(f, (ty_kept)i, error);
    if (status == TY_OK)
        status = take_steps(f, "step", "id", first, error);
    if (status == TY_OK)
        status = take_steps(f, "change", "step", first, error);
    if (status == TY_OK)
        status = ty_table_move(f->from, f->copy, "counter", error);
    return status == TY_OK ? ty_table_move(f->from, f->copy, "checksum", error) : status;
}

/* ------------------------------------------------------------------------------------------ following */

/* The last step of all, whatever it changed. */
static ty_status last_step(ty_store *store, ty_stamp *out, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_STEP_LAST, error, "");
    ty_status status = ty_sql_step(store, row, error);
    *out = (ty_stamp){0};
    if (status == TY_OK)
        *out = (ty_stamp){(uint64_t)ty_row_int(row, 0), (uint64_t)ty_row_int(row, 1)};
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

/* Another process may have brought the copy on; so its place is read where nobody else writes to it. */
static ty_status follow_within(follower *f, ty_error *error)
{
    ty_stamp there, here;
    ty_status status = last_step(f->from, &there, error);
    if (status == TY_OK)
        status = last_step(f->copy, &here, error);
    if (status != TY_OK || ty_stamp_equal(there, here))
        return status;
    f->since = (int64_t)here.step;
    status = goes_on(f, here, error);
    if (status != TY_OK)
        return status;
    f->copy->ledger.bulk = true;
    status = take_all(f, error);
    f->copy->ledger.bulk = false;
    return status;
}

static ty_status follow_frozen(follower *f, ty_error *error)
{
    ty_status status = ty_store_freeze(f->from, error);
    if (status != TY_OK)
        return status;
    status = follow_within(f, error);
    ty_store_thaw(f->from);
    return status;
}

static ty_status is_there(follower *f, bool *yes, ty_error *error)
{
    ty_stamp there, here;
    ty_status status = last_step(f->from, &there, error);
    if (status == TY_OK)
        status = last_step(f->copy, &here, error);
    *yes = status == TY_OK && ty_stamp_equal(there, here);
    return status;
}

ty_status ty_copy_follow(ty_store *from, ty_store *copy, ty_error *error)
{
    bool there = false;
    follower f = {.from = from, .copy = copy};
    ty_status status = is_there(&f, &there, error);
    if (status != TY_OK || there)
        return status;
    status = ty_store_begin(copy, error);
    if (status == TY_OK)
        status = ty_store_end(copy, follow_frozen(&f, error), error);
    for (int i = 0; i < TY_KEPT_COUNT; i++)
        ty_vector_release(&f.changed[i]);
    return status;
}

/* ------------------------------------------------------------------------------------------ hearing of it */

bool ty_store_is_remote(const ty_store *store)
{
    return store->engine->listen != NULL;
}

ty_status ty_store_listen(ty_store *store, ty_error *error)
{
    return store->engine->listen(store, error);
}

ty_status ty_store_hear(ty_store *store, int stop, int milliseconds, ty_error *error)
{
    return store->engine->hear(store, stop, milliseconds, error);
}
