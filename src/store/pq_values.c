/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows, in PostgreSQL's binary form. */
#include "store/pq_row.h"

uint64_t ty_pq_unsigned(const char *bytes, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* Sums are NUMERIC: digits to the base 10,000, of which the first has the weight given (numeric.c). */
static int64_t numeric_at(const char *bytes)
{
    int digits = (int)ty_pq_unsigned(bytes, 2), weight = (int16_t)ty_pq_unsigned(bytes + 2, 2);
    int64_t value = 0;
    for (int i = 0; i <= weight; i++)
        value = value * 10000 + (i < digits ? (int64_t)ty_pq_unsigned(bytes + 8 + 2 * i, 2) : 0);
    return ty_pq_unsigned(bytes + 4, 2) == 0x4000 ? -value : value;
}

int64_t ty_pq_number(ty_row *any, int column)
{
    ty_pq_row *row = own(any);
    if (PQgetisnull(row->rows, row->at, row->skip + column))
        return 0;
    const char *bytes = PQgetvalue(row->rows, row->at, row->skip + column);
    switch (PQftype(row->rows, row->skip + column)) {
    case TY_PQ_BOOL: return bytes[0];
    case TY_PQ_INT2: return (int16_t)ty_pq_unsigned(bytes, 2);
    case TY_PQ_INT4: return (int32_t)ty_pq_unsigned(bytes, 4);
    case TY_PQ_INT8: return (int64_t)ty_pq_unsigned(bytes, 8);
    case TY_PQ_NUMERIC: return numeric_at(bytes);
    case TY_PQ_FLOAT8: return (int64_t)ty_pq_real(any, column);
    default: return 0;
    }
}

double ty_pq_real(ty_row *any, int column)
{
    ty_pq_row *row = own(any);
    double value;
    if (PQftype(row->rows, row->skip + column) != TY_PQ_FLOAT8)
        return (double)ty_pq_number(any, column);
    if (PQgetisnull(row->rows, row->at, row->skip + column))
        return 0;
    uint64_t bits = ty_pq_unsigned(PQgetvalue(row->rows, row->at, row->skip + column), 8);
    memcpy(&value, &bits, sizeof value);
    return value;
}

bool ty_pq_is_null(ty_row *any, int column)
{
    ty_pq_row *row = own(any);
    return PQgetisnull(row->rows, row->at, row->skip + column);
}

ty_slice ty_pq_text(ty_row *any, int column)
{
    ty_pq_row *row = own(any);
    if (PQgetisnull(row->rows, row->at, row->skip + column))
        return (ty_slice){0};
    return (ty_slice){PQgetvalue(row->rows, row->at, row->skip + column),
                      (size_t)PQgetlength(row->rows, row->at, row->skip + column)};
}

ty_datum ty_pq_datum(ty_row *any, int column)
{
    ty_pq_row *row = own(any);
    if (PQgetisnull(row->rows, row->at, row->skip + column))
        return (ty_datum){.kind = TY_DATUM_NULL};
    switch (PQftype(row->rows, row->skip + column)) {
    case TY_PQ_FLOAT8: return (ty_datum){.kind = TY_DATUM_REAL, .real = ty_pq_real(any, column)};
    case TY_PQ_TEXT: return (ty_datum){.kind = TY_DATUM_TEXT, .text = ty_pq_text(any, column)};
    default: return (ty_datum){.kind = TY_DATUM_NUMBER, .number = ty_pq_number(any, column)};
    }
}

int ty_pq_columns(ty_row *any)
{
    return PQnfields(own(any)->rows) - own(any)->skip;
}

size_t ty_pq_upcoming(ty_row *any, int column, int64_t *out, size_t most)
{
    ty_pq_row *row = own(any);
    size_t count = 0;
    int at = row->at;
    for (; row->at < row->end && count < most; row->at++)
        out[count++] = ty_pq_number(any, column);
    row->at = at;
    return count;
}
