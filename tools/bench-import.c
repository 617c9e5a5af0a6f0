/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-import - how fast a TMX comes into a memory and goes out again, beside the floors.
 *
 * usage: bench-import MEMORY.tmx FOLDER
 *
 * MEMORY.tmx is one of ../shared/bench/make_memory.py, FOLDER takes two databases and two files of its size.
 * Prints units a second of: a bare SAX2 parse (libxml2), a bare SQLite insert into the same tables (the rows
 * are read from a database that holds them), both one after the other as the floor of an import; our reader
 * alone; an import; a bare scan and write as the floor of an export; an export. All in one run, one process.
 * The bars stand beside the figures they are for.
 */
#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench.h"
#include "formats/formats.h"
#include "store/store.h"

static void die(const char *what)
{
    bench_die("bench-import", what);
}

/* ------------------------------------------------------------------------------------------ report */

static double begun, begun_cpu;

static void start(void)
{
    begun = bench_wall();
    begun_cpu = bench_cpu();
}

static double report(const char *what, uint64_t units)
{
    double time = bench_wall() - begun, busy = bench_cpu() - begun_cpu;
    printf("%-34s %7.2f s  %7.2f s cpu  %9.0f units/s\n", what, time, busy, (double)units / time);
    fflush(stdout);
    return time;
}

/* ------------------------------------------------------------------------------------------ bare parse */

static void count_element(void *count, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int namespaces, const xmlChar **declared, int attributes, int defaulted,
                          const xmlChar **values)
{
    if (name[0] == 't' && name[1] == 'u' && !name[2])
        ++*(uint64_t *)count;
}

static void take_text(void *count, const xmlChar *text, int size)
{
}

static uint64_t bare_parse(const char *path)
{
    static char bytes[1 << 16];
    uint64_t count = 0;
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC, .startElementNs = count_element, .characters = take_text};
    FILE *file = fopen(path, "rb");
    if (!file)
        die("cannot open the TMX");
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, &count, NULL, 0, NULL);
    size_t size;
    while ((size = fread(bytes, 1, sizeof bytes, file)) > 0)
        xmlParseChunk(parser, bytes, (int)size, 0);
    xmlParseChunk(parser, NULL, 0, 1);
    if (!parser->wellFormed)
        die("the TMX is not well-formed");
    xmlFreeParserCtxt(parser);
    fclose(file);
    return count;
}

/* ------------------------------------------------------------------------------------------ bare SQLite */

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    return statement;
}

/* Copies the row that stands in `from` into the insert statement and runs it. */
static void copy_row(sqlite3_stmt *from, sqlite3_stmt *into)
{
    for (int i = 0; i < sqlite3_column_count(from); i++)
        sqlite3_bind_value(into, i + 1, sqlite3_column_value(from, i));
    if (sqlite3_step(into) != SQLITE_DONE)
        die("a bare insert failed");
    sqlite3_reset(into);
}

/* As many values as the rows have columns. */
static sqlite3_stmt *prepare_insert(sqlite3 *into, const char *table, sqlite3_stmt *rows)
{
    char sql[200];
    int size = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < sqlite3_column_count(rows); i++)
        size += snprintf(sql + size, sizeof sql - (size_t)size, ",?");
    snprintf(sql + size, sizeof sql - (size_t)size, ")");
    return prepare(into, sql);
}

/* One insert for each row, in the order of units; the time of reading the rows is measured apart. */
static void bare_copy(sqlite3 *from, sqlite3 *into)
{
    sqlite3_stmt *units = prepare(from, "SELECT * FROM unit ORDER BY id");
    sqlite3_stmt *variants = prepare(from, "SELECT * FROM variant ORDER BY unit, position");
    sqlite3_stmt *links = prepare(from, "SELECT * FROM unit_origin ORDER BY origin, position");
    sqlite3_stmt *add_unit = NULL, *add_variant = NULL, *add_link = NULL;
    if (into) {
        add_unit = prepare_insert(into, "unit", units);
        add_variant = prepare_insert(into, "variant", variants);
        add_link = prepare_insert(into, "unit_origin", links);
        run(into, "BEGIN IMMEDIATE");
    }
    bool more = sqlite3_step(variants) == SQLITE_ROW;
    while (sqlite3_step(units) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(units, 0);
        if (into)
            copy_row(units, add_unit);
        for (; more && sqlite3_column_int64(variants, 0) == id; more = sqlite3_step(variants) == SQLITE_ROW)
            if (into)
                copy_row(variants, add_variant);
        if (sqlite3_step(links) == SQLITE_ROW && into)
            copy_row(links, add_link);
    }
    if (into) {
        run(into, "INSERT INTO derived_digest SELECT digest, id FROM unit ORDER BY digest, id");
        run(into, "COMMIT");
    }
    sqlite3_finalize(units);
    sqlite3_finalize(variants);
    sqlite3_finalize(links);
    sqlite3_finalize(add_unit);
    sqlite3_finalize(add_variant);
    sqlite3_finalize(add_link);
}

/* Every column of every row, written as it is. */
static void bare_scan_and_write(sqlite3 *db, const char *path)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        die("cannot write");
    static const char *const tables[] = {"SELECT * FROM unit", "SELECT * FROM variant",
                                         "SELECT * FROM unit_origin"};
    for (int i = 0; i < 3; i++) {
        sqlite3_stmt *rows = prepare(db, tables[i]);
        while (sqlite3_step(rows) == SQLITE_ROW)
            for (int k = 0; k < sqlite3_column_count(rows); k++) {
                const void *text = sqlite3_column_text(rows, k);
                if (text)
                    fwrite(text, 1, (size_t)sqlite3_column_bytes(rows, k), out);
            }
        sqlite3_finalize(rows);
    }
    fflush(out);
    fsync(fileno(out));
    fclose(out);
}

/* ------------------------------------------------------------------------------------------ ours */

typedef struct import {
    ty_store *store;
    ty_intake *intake;
    const char *name;
    uint64_t count;
} import;

static ty_status begin_import(void *payload, const ty_header *header, ty_error *error)
{
    import *job = payload;
    ty_origin origin = {.name = ty_slice_of(job->name), .kind = TY_SLICE("tmx"), .header = header};
    return job->store ? ty_intake_open(job->store, &origin, 0, &job->intake, error) : TY_OK;
}

static ty_status import_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    import *job = payload;
    job->count++;
    return job->intake ? ty_intake_unit(job->intake, unit, NULL, NULL, NULL, error) : TY_OK;
}

static uint64_t read_tmx(const char *path, ty_store *store, ty_intake_counts *counts)
{
    ty_error error = {0};
import job = {.store = store, .name = "bench" };
    ty_source source = {.path = path};
    ty_unit_sink sink = {&job, begin_import, import_unit};
    if (ty_tmx_read(&source, NULL, &sink, NULL, NULL, &error) != TY_OK)
        die(error.message);
    if (job.intake && ty_intake_commit(job.intake, counts, &error) != TY_OK)
        die(error.message);
    return job.count;
}

static void write_tmx(ty_store *store, const char *path)
{
    ty_error error = {0};
    ty_output *output;
    ty_tmx_writer *writer;
    ty_units *units;
    ty_stored_unit unit;
    if (ty_output_open(path, &output, &error) != TY_OK)
        die(error.message);
    if (ty_tmx_writer_open(output, NULL, NULL, &writer, &error) != TY_OK)
        die(error.message);
    if (ty_units_open(store, NULL, &units, &error) != TY_OK)
        die(error.message);
    while (ty_units_next(units, &unit, &error) == TY_OK)
        if (ty_tmx_writer_unit(writer, &unit.unit, &error) != TY_OK)
            die(error.message);
    if (error.status != TY_OK)
        die(error.message);
    ty_units_close(units);
    if (ty_tmx_writer_close(writer, NULL, &error) != TY_OK)
        die(error.message);
    if (ty_output_commit(output, &error) != TY_OK)
        die(error.message);
}

static ty_store *make(const char *folder, const char *name, char *path, size_t size)
{
    ty_store *store;
    ty_error error = {0};
    snprintf(path, size, "%s/%s", folder, name);
    unlink(path);
    if (ty_store_open(path, TY_STORE_CREATE, &store, &error) != TY_OK)
        die(error.message);
    return store;
}

static void peak(const char *after)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %.1f MB after %s (bar: below 100)\n", (double)usage.ru_maxrss / 1e3, after);
}

static void size_of(ty_store *store)
{
    ty_arena arena = {0};
    ty_stats stats;
    ty_error error = {0};
    if (ty_store_stats(store, &arena, &stats, &error) != TY_OK)
        die(error.message);
    double bar = 1.3 * (double)stats.text_bytes + 300.0 * (double)stats.units;
    printf("file of %.1f MB for %.1f MB of text (bar: below %.1f, 1.3 times the text and 300 bytes a unit)\n",
           (double)(stats.file_bytes - stats.derived_bytes) / 1e6, (double)stats.text_bytes / 1e6, bar / 1e6);
    ty_stats_release(&stats);
    ty_arena_release(&arena);
}

/* What the imports cost as steps that can be taken back: the rows that the log keeps of them. */
static void tell_step(sqlite3 *db)
{
    sqlite3_stmt *rows = prepare(
        db, "SELECT count(*), coalesce(sum(length(before)), 0), (SELECT count(*) FROM step) FROM change");
    if (sqlite3_step(rows) == SQLITE_ROW)
        printf("%d steps keep %d rows and %d bytes (bar: a file of 1.2 times that without steps)\n",
               sqlite3_column_int(rows, 2), sqlite3_column_int(rows, 0), sqlite3_column_int(rows, 1));
    sqlite3_finalize(rows);
}

int main(int argc, char **argv)
{
    static char path[1024], floor_path[1024], out[1024];
    ty_intake_counts counts;
    if (argc != 3)
        die("usage: bench-import MEMORY.tmx FOLDER");

    start();
    uint64_t count = bare_parse(argv[1]);
    double floor = report("floor: bare SAX2 parse", count);
    start();
    if (read_tmx(argv[1], NULL, NULL) != count)
        die("the reader lost units");
    report("our reader", count);

    ty_store *store = make(argv[2], "bench-import.db", path, sizeof path);
    start();
    read_tmx(argv[1], store, &counts);
    double ours = report("import", count);
    if (counts.created != count)
        die("the import lost units");
    peak("import");
    size_of(store);
    start();
    snprintf(out, sizeof out, "%s/bench-export.tmx", argv[2]);
    write_tmx(store, out);
    double export = report("export", count);
    peak("export");
    start();
    read_tmx(argv[1], store, &counts);
    report("import of the same again", count);
    if (counts.unchanged != count)
        die("the same again was not unchanged");
    ty_store_close(store);

    sqlite3 *from, *into;
    ty_store_close(make(argv[2], "bench-floor.db", floor_path, sizeof floor_path));
    if (sqlite3_open(path, &from) != SQLITE_OK || sqlite3_open(floor_path, &into) != SQLITE_OK)
        die("no floor");
    run(into, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;"
              "INSERT INTO origin (id, name, kind, imported_at, updated_at) VALUES (1, 'x', 'tmx', '', '')");
    start();
    bare_copy(from, NULL);
    double reading = report("(reading the rows to insert)", count);
    start();
    bare_copy(from, into);
    floor += report("floor: bare insert, reading included", count) - reading;
    start();
    bare_scan_and_write(from, out);
    double scan = report("floor: bare scan and write", count);
    tell_step(from);
    sqlite3_close(from);
    sqlite3_close(into);
    printf("import %.2f times its floor of %.0f units/s (bar: 0.8, and 150,000 units/s)\n", floor / ours,
           (double)count / floor);
    printf("export %.2f times its floor of %.0f units/s (bar: 0.5, and 400,000 units/s)\n", scan / export,
           (double)count / scan);
    return 0;
}
