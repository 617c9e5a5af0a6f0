/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PostgreSQL tells of each row that changes, as SQLite does by itself: every table that is kept has a trigger
 * (pq_schema.c) that raises a notice of its own kind, which comes to the one who made the change while the
 * statement runs. The notice has the table's name, the row as it was, and the row as it is; a value is
 * "n" for NULL, "i12;", "r0.5;", or "t5:bytes".
 */
#include "store/pq.h"

#include <stdlib.h>

#define MOST_COLUMNS 32
#define KIND "TY001"

static const char *read_number(const char *at, ty_datum *out)
{
    char *end;
    out->kind = TY_DATUM_NUMBER;
    out->number = strtoll(at, &end, 10);
    return *end == ';' ? end + 1 : NULL;
}

static const char *read_real(const char *at, ty_datum *out)
{
    char digits[40];
    const char *end = strchr(at, ';');
    out->kind = TY_DATUM_REAL;
    if (!end || (size_t)(end - at) >= sizeof digits)
        return NULL;
    memcpy(digits, at, (size_t)(end - at));
    digits[end - at] = '\0';
    return ty_decimal_parse(digits, &out->real) ? end + 1 : NULL;
}

static const char *read_text(const char *at, ty_datum *out)
{
    char *end;
    unsigned long long size = strtoull(at, &end, 10);
    out->kind = TY_DATUM_TEXT;
    if (*end != ':' || size > strlen(end + 1))
        return NULL;
    out->text = (ty_slice){end + 1, (size_t)size};
    return end + 1 + size;
}

static const char *read_value(const char *at, ty_datum *out)
{
    switch (*at) {
    case 'n': *out = (ty_datum){.kind = TY_DATUM_NULL}; return at + 1;
    case 'i': return read_number(at + 1, out);
    case 'r': return read_real(at + 1, out);
    case 't': return read_text(at + 1, out);
    default: return NULL;
    }
}

/* How many values there are; 0 where the words are none of ours. */
static int read_row(const char *words, ty_datum *out)
{
    int count = 0;
    while (words && *words && count < MOST_COLUMNS)
        words = read_value(words, &out[count++]);
    return words && !*words ? count : 0;
}

void ty_pq_on_notice(void *payload, const PGresult *notice)
{
    ty_store *store = payload;
    ty_datum old[MOST_COLUMNS], now[MOST_COLUMNS];
    const char *kind = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
    if (!kind || strcmp(kind, KIND) != 0)
        return;
    const char *before = PQresultErrorField(notice, PG_DIAG_MESSAGE_DETAIL);
    const char *after = PQresultErrorField(notice, PG_DIAG_MESSAGE_HINT);
    int olds = read_row(before, old), news = read_row(after, now);
    if ((before && !olds) || (after && !news) || !(olds || news))
        store->ledger.arena.failed = true;
    else
        ty_ledger_told(store, PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY), olds ? old : NULL,
                       news ? now : NULL, olds ? olds : news);
}
