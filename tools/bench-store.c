/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench-store - how fast the memory file takes units in and gives them out, beside the floor.
 *
 * usage: bench-store MEMORY.tmx FOLDER
 *
 * MEMORY.tmx is one of ../shared/bench/make_memory.py, FOLDER takes two files of its size. Prints units a
 * second for a bare SQLite insert into the same tables and for an intake, for a bare scan of the same tables
 * and for the walk over units, for importing the same again, and the size of the file. No XML is parsed in
 * the measured part. The floor and ours run one after the other, so compare within a run only.
 */
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "store/store.h"

static void die(const char *what)
{
    bench_die("bench-store", what);
}

/* ------------------------------------------------------------------------------------------ input */

typedef struct entry {
    ty_slice tuid, date, author, origin, en, ja;
} entry;

typedef struct input {
    FILE *file;
    char line[1 << 16];
    uint64_t count, text_bytes;
    char texts[6][1 << 13];
} input;

static ty_slice cut(const char *line, const char *before, const char *after, char *into)
{
    const char *start = strstr(line, before), *end = start ? strstr(start + strlen(before), after) : NULL;
    if (!end)
        return (ty_slice){0};
    start += strlen(before);
    memcpy(into, start, (size_t)(end - start));
    return (ty_slice){into, (size_t)(end - start)};
}

/* The next unit as make_memory.py lays it out over five lines. */
static bool next_entry(input *in, entry *out)
{
    while (fgets(in->line, sizeof in->line, in->file)) {
        if (strncmp(in->line, "<tu ", 4) == 0) {
            out->tuid = cut(in->line, "tuid=\"", "\"", in->texts[0]);
            out->date = cut(in->line, "creationdate=\"", "\"", in->texts[1]);
            out->author = cut(in->line, "creationid=\"", "\"", in->texts[2]);
        } else if (strncmp(in->line, "<prop", 5) == 0) {
            out->origin = cut(in->line, "\">", "</prop>", in->texts[3]);
        } else if (strstr(in->line, "xml:lang=\"en\"")) {
            out->en = cut(in->line, "<seg>", "</seg>", in->texts[4]);
        } else if (strstr(in->line, "xml:lang=\"ja\"")) {
            out->ja = cut(in->line, "<seg>", "</seg>", in->texts[5]);
            in->count++;
            in->text_bytes += out->en.size + out->ja.size;
            return true;
        }
    }
    return false;
}

static void open_input(input *in, const char *path)
{
    in->file = fopen(path, "r");
    if (!in->file)
        die("cannot open the TMX");
}

/* ------------------------------------------------------------------------------------------ floors */

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

static void bind(sqlite3_stmt *statement, int index, ty_slice text)
{
    sqlite3_bind_text(statement, index, text.data, (int)text.size, SQLITE_STATIC);
}

static void step(sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        die("a bare insert failed");
    sqlite3_reset(statement);
}

static void bare_variant(sqlite3_stmt *statement, int64_t id, int position, const char *lang, ty_slice text)
{
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_int(statement, 2, position);
    bind(statement, 3, ty_slice_of(lang));
    bind(statement, 4, text);
    step(statement);
}

static void bare_insert(sqlite3 *db, input *in, const char *tmx)
{
    entry unit;
    int64_t id = 0;
    static const char json[] = "[{\"prop\":{\"type\":\"x-origin\"},\"text\":\"synthetic\"}]";
    sqlite3_stmt *units =
        prepare(db, "INSERT INTO unit (id, status, tuid, creationdate, creationid, infos, digest)"
                    " VALUES (?, '', ?, ?, ?, ?, ?)");
    sqlite3_stmt *variants =
        prepare(db, "INSERT INTO variant (unit, position, lang, text) VALUES (?, ?, ?, ?)");
    sqlite3_stmt *links = prepare(db, "INSERT INTO unit_origin (origin, position, unit) VALUES (1, ?, ?)");
    open_input(in, tmx);
    run(db, "BEGIN IMMEDIATE");
    while (next_entry(in, &unit)) {
        id++;
        sqlite3_bind_int64(units, 1, id);
        bind(units, 2, unit.tuid);
        bind(units, 3, unit.date);
        bind(units, 4, unit.author);
        bind(units, 5, (ty_slice){json, sizeof json - 1});
        sqlite3_bind_int64(units, 6, (int64_t)((uint64_t)id * 0x9e3779b97f4a7c15ULL));
        step(units);
        bare_variant(variants, id, 0, "en", unit.en);
        bare_variant(variants, id, 1, "ja", unit.ja);
        sqlite3_bind_int64(links, 1, id);
        sqlite3_bind_int64(links, 2, id);
        step(links);
    }
    run(db, "INSERT INTO derived_digest SELECT digest, id FROM unit ORDER BY digest, id");
    run(db, "COMMIT");
    sqlite3_finalize(units);
    sqlite3_finalize(variants);
    sqlite3_finalize(links);
    fclose(in->file);
}

static uint64_t bare_scan(sqlite3 *db)
{
    uint64_t bytes = 0;
    static const char *const tables[] = {"SELECT * FROM unit", "SELECT * FROM variant",
                                         "SELECT * FROM unit_origin"};
    for (int i = 0; i < 3; i++) {
        sqlite3_stmt *rows = prepare(db, tables[i]);
        while (sqlite3_step(rows) == SQLITE_ROW)
            for (int k = 0; k < sqlite3_column_count(rows); k++)
                if (sqlite3_column_text(rows, k))
                    bytes += (uint64_t)sqlite3_column_bytes(rows, k);
        sqlite3_finalize(rows);
    }
    return bytes;
}

/* ------------------------------------------------------------------------------------------ ours */

static ty_intake_counts take_in(ty_store *store, input *in, const char *tmx)
{
    entry next;
    ty_error error = {0};
    ty_intake *intake;
    ty_intake_counts counts;
    ty_origin origin = {.name = ty_slice_of(tmx), .kind = TY_SLICE("tmx")};
    ty_attribute type = {TY_SLICE("type"), TY_SLICE("x-origin")};
    if (ty_intake_open(store, &origin, 0, &intake, &error) != TY_OK)
        die(error.message);
    open_input(in, tmx);
    while (next_entry(in, &next)) {
        ty_attribute attributes[] = {{TY_SLICE("tuid"), next.tuid},
                                     {TY_SLICE("creationdate"), next.date},
                                     {TY_SLICE("creationid"), next.author}};
        ty_info prop = {TY_INFO_PROP, {&type, 1}, next.origin};
        ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = next.en},
                                 {.lang = TY_SLICE("ja"), .text = next.ja}};
        ty_unit unit = {{attributes, 3}, {&prop, 1}, variants, 2, 0};
        if (ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error) != TY_OK)
            die(error.message);
    }
    fclose(in->file);
    if (ty_intake_commit(intake, &counts, &error) != TY_OK)
        die(error.message);
    return counts;
}

static uint64_t walk(ty_store *store)
{
    ty_error error = {0};
    ty_units *units;
    ty_stored_unit unit;
    uint64_t bytes = 0;
    if (ty_units_open(store, NULL, &units, &error) != TY_OK)
        die(error.message);
    while (ty_units_next(units, &unit, &error) == TY_OK)
        for (size_t i = 0; i < unit.unit.variant_count; i++)
            bytes += unit.unit.variants[i].text.size;
    if (error.status != TY_OK)
        die(error.message);
    ty_units_close(units);
    return bytes;
}

static uint64_t read_texts(ty_store *store)
{
    ty_error error = {0};
    ty_variants *variants;
    ty_stored_variant variant;
    uint64_t bytes = 0;
    if (ty_variants_open(store, 0, &variants, &error) != TY_OK)
        die(error.message);
    while (ty_variants_next(variants, &variant, &error) == TY_OK)
        bytes += variant.text.size;
    ty_variants_close(variants);
    return bytes;
}

/* ------------------------------------------------------------------------------------------ report */

static double begun, begun_cpu;

static void start(void)
{
    begun = bench_wall();
    begun_cpu = bench_cpu();
}

static void report(const char *what, uint64_t units, double reading)
{
    double time = bench_wall() - begun - reading, busy = bench_cpu() - begun_cpu - reading;
    printf("%-34s %7.2f s  %7.2f s cpu  %9.0f units/s\n", what, time, busy, (double)units / time);
    fflush(stdout);
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

int main(int argc, char **argv)
{
    static input in;
    static char floor_path[1024], path[1024];
    sqlite3 *db;
    entry unit;
    if (argc != 3)
        die("usage: bench-store MEMORY.tmx FOLDER");

    open_input(&in, argv[1]);
    start();
    while (next_entry(&in, &unit))
        continue;
    double reading = bench_wall() - begun;
    uint64_t count = in.count, text_bytes = in.text_bytes;
    fclose(in.file);
    printf("%llu units, %llu bytes of text; reading the lines takes %.2f s and is taken off\n",
           (unsigned long long)count, (unsigned long long)text_bytes, reading);

    ty_store_close(make(argv[2], "bench-floor.db", floor_path, sizeof floor_path));
    if (sqlite3_open(floor_path, &db) != SQLITE_OK)
        die("cannot open the floor");
    run(db, "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;"
            "INSERT INTO origin (id, name, kind, imported_at, updated_at) VALUES (1, 'x', 'tmx', '', '')");
    start();
    bare_insert(db, &in, argv[1]);
    report("floor: bare insert", count, reading);

    ty_store *store = make(argv[2], "bench-store.db", path, sizeof path);
    start();
    take_in(store, &in, argv[1]);
    report("intake", count, reading);
    start();
    ty_intake_counts counts = take_in(store, &in, argv[1]);
    report("intake of the same again", count, reading);
    if (counts.unchanged != count)
        die("the same again was not unchanged");

    start();
    bare_scan(db);
    report("floor: bare scan", count, 0);
    start();
    if (walk(store) != text_bytes)
        die("the walk lost text");
    report("walk over units", count, 0);
    start();
    if (read_texts(store) != text_bytes)
        die("the texts lost text");
    report("walk over texts", count, 0);

    struct stat info;
    struct rusage usage;
    sqlite3_close(db);
    ty_store_close(store);
    if (stat(path, &info) == 0)
        printf("size %.1f MB, allowed 1.3 x text + 300 a unit = %.1f MB\n", (double)info.st_size / 1e6,
               (1.3 * (double)text_bytes + 300.0 * (double)count) / 1e6);
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %.1f MB\n", (double)usage.ru_maxrss / 1e3);
    return 0;
}
