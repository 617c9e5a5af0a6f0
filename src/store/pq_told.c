/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PostgreSQL tells of each row that changes, as SQLite does by itself: every table that is kept has a trigger
 * (pq_schema.c) that raises a notice of its own kind, which comes to the one who made the change while the
 * statement runs. The notice has the table's name, the row as it was, and the row as it is: a JSON object in
 * the order of the columns, or in memories of an earlier time values one behind the other, of which each is
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
static int read_values(const char *words, ty_datum *out)
{
    int count = 0;
    while (words && *words && count < MOST_COLUMNS)
        words = read_value(words, &out[count++]);
    return words && !*words ? count : 0;
}

/* ------------------------------------------------------------------------------------------ JSON */

/* Four hexadecimal digits, of a control character: the server writes all others as they are. */
static char control_of(const char *at)
{
    char digits[5] = {0};
    memcpy(digits, at, strnlen(at, 4));
    return (char)strtol(digits, NULL, 16);
}

static char *unescape(char *at, char *into)
{
    static const char names[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *found = *at ? strchr(names, *at) : NULL;
    if (*at == 'u' && strnlen(at, 5) == 5) {
        *into = control_of(at + 1);
        return at + 5;
    }
    *into = found ? meant[found - names] : *at;
    return *at ? at + 1 : at;
}

/* Behind the quotation mark at its beginning; it is unescaped where it stands. */
static char *read_string(char *at, ty_slice *out)
{
    char *begin = at, *into = at;
    while (*at && *at != '"')
        if (*at == '\\')
            at = unescape(at + 1, into++);
        else
            *into++ = *at++;
    *out = (ty_slice){begin, (size_t)(into - begin)};
    return *at ? at + 1 : NULL;
}

static char *read_plain(char *at, ty_datum *out)
{
    size_t size = strcspn(at, ",}");
    char *end = at + size, after = *end;
    *end = '\0';
    bool good = true;
    if (strcmp(at, "null") == 0)
        *out = (ty_datum){.kind = TY_DATUM_NULL};
    else if (strcspn(at, ".eE") == size)
        *out = (ty_datum){.kind = TY_DATUM_NUMBER, .number = strtoll(at, NULL, 10)};
    else
        good = ty_decimal_parse(at, &out->real), out->kind = TY_DATUM_REAL;
    *end = after;
    return good && size ? end : NULL;
}

/* A name and a value; what is before them is "{" or ",". */
static char *read_member(char *at, ty_datum *out)
{
    ty_slice name;
    if (at[1] != '"' || !(at = read_string(at + 2, &name)) || *at != ':')
        return NULL;
    if (at[1] != '"')
        return read_plain(at + 1, out);
    out->kind = TY_DATUM_TEXT;
    return read_string(at + 2, &out->text);
}

static int read_object(char *words, ty_datum *out)
{
    int count = 0;
    while (words && (*words == '{' || *words == ',') && count < MOST_COLUMNS)
        words = read_member(words, &out[count++]);
    return words && strcmp(words, "}") == 0 ? count : 0;
}

/* ------------------------------------------------------------------------------------------ notices */

/* The words are changed where texts in them need it. */
static int read_row(char *words, ty_datum *out)
{
    if (!words)
        return 0;
    return *words == '{' ? read_object(words, out) : read_values(words, out);
}

static void tell(ty_store *store, const char *table, char *before, char *after)
{
    ty_datum old[MOST_COLUMNS], now[MOST_COLUMNS];
    int olds = read_row(before, old), news = read_row(after, now);
    if ((before && !olds) || (after && !news) || !(olds || news))
        store->ledger.arena.failed = true;
    else
        ty_ledger_told(store, table, olds ? old : NULL, news ? now : NULL, olds ? olds : news);
}

/* Its own copy of a field of the notice; NULL where there is none. */
static char *field_of(const PGresult *notice, int field, bool *good)
{
    const char *words = PQresultErrorField(notice, field);
    char *own = words ? strdup(words) : NULL;
    *good &= !words || own;
    return own;
}

void ty_pq_on_notice(void *payload, const PGresult *notice)
{
    bool good = true;
    ty_store *store = payload;
    const char *kind = PQresultErrorField(notice, PG_DIAG_SQLSTATE);
    if (!kind || strcmp(kind, KIND) != 0)
        return;
    char *before = field_of(notice, PG_DIAG_MESSAGE_DETAIL, &good);
    char *after = field_of(notice, PG_DIAG_MESSAGE_HINT, &good);
    if (good)
        tell(store, PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY), before, after);
    else
        store->ledger.arena.failed = true;
    free(before);
    free(after);
}
