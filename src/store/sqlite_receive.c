/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of another engine, as they are. */
#include "store/sqlite.h"

/* One statement for all rows, which have as many columns as the first. */
static ty_status prepare(ty_store *store, const char *table, int columns, ty_row **out, ty_error *error)
{
    ty_buffer text = {0};
    ty_buffer_add_format(&text, "INSERT INTO %s VALUES (", table);
    for (int i = 1; i <= columns; i++)
        ty_buffer_add_format(&text, i > 1 ? ", ?%d" : "?%d", i);
    ty_buffer_add_char(&text, ')');
    ty_status status = text.failed ? ty_error_nomem(error) : ty_sql_prepare(store, text.data, out, error);
    ty_buffer_release(&text);
    return status;
}

static bool bind(ty_row *insert, int parameter, const ty_datum *value)
{
    const ty_engine *engine = insert->engine;
    switch (value->kind) {
    case TY_DATUM_NULL: return engine->bind_null(insert, parameter, TY_DATUM_NULL);
    case TY_DATUM_NUMBER: return engine->bind_int(insert, parameter, value->number);
    case TY_DATUM_REAL: return engine->bind_double(insert, parameter, value->real);
    default: return engine->bind_text(insert, parameter, value->text);
    }
}

static ty_status insert_row(ty_store *store, ty_row *insert, ty_row *from, int columns, ty_error *error)
{
    bool bound = true;
    for (int i = 0; i < columns && bound; i++) {
        ty_datum value = ty_row_datum(from, i);
        bound = bind(insert, i + 1, &value);
    }
    if (!bound)
        return ty_sql_failed(store, "binding a value", error);
    ty_status status = ty_sql_step(store, insert, error);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_sqlite_receive(ty_store *store, const char *table, ty_store *other, ty_row *from,
                            ty_error *error)
{
    ty_row *insert = NULL;
    int columns = 0;
    ty_status status;
    while ((status = ty_sql_step(other, from, error)) == TY_OK) {
        if (!insert) {
            columns = ty_row_columns(from);
            status = prepare(store, table, columns, &insert, error);
        }
        if (status == TY_OK)
            status = insert_row(store, insert, from, columns, error);
        if (status != TY_OK)
            break;
    }
    ty_row_close(insert);
    return status == TY_NO ? TY_OK : status;
}
