/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory file when things break: one write or sync of an operation after the other is made to fail, or to
 * be the last thing the process ever does. What is found afterwards is the old state or the new one, and
 * sound.
 */
#include "support.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"

/* ------------------------------------------------------------------------------------------ faults */

typedef enum fault { FAULT_FULL, FAULT_BROKEN, FAULT_KILLED } fault;

/* Methods of a kind of file (databases lock, journals do not), with three of them replaced. */
typedef struct methods {
    sqlite3_io_methods faulty; /* first: files point to it */
    const sqlite3_io_methods *real;
} methods;

/* What happens from the n-th write on. FULL stays, BROKEN passes, KILLED ends everything. */
static struct {
    fault kind;
    long countdown;
    methods kinds[4];
    sqlite3_vfs *below, vfs;
} shim;

static const sqlite3_io_methods *real_of(const sqlite3_file *file)
{
    return ((const methods *)file->pMethods)->real;
}

/* SQLITE_OK, or how this write fails. */
static int strike(void)
{
    long left = shim.countdown--;
    if (left > 0)
        return SQLITE_OK;
    if (shim.kind == FAULT_KILLED)
        raise(SIGKILL);
    if (shim.kind == FAULT_FULL)
        return SQLITE_FULL;
    return left == 0 ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int faulty_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset)
{
    int result = strike();
    return result == SQLITE_OK ? real_of(file)->xWrite(file, bytes, size, offset) : result;
}

static int faulty_sync(sqlite3_file *file, int flags)
{
    int result = strike();
    return result == SQLITE_OK ? real_of(file)->xSync(file, flags) : result;
}

static int faulty_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int result = strike();
    return result == SQLITE_OK ? real_of(file)->xTruncate(file, size) : result;
}

static int faulty_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
    int result = shim.below->xOpen(shim.below, name, file, flags, out_flags);
    if (result != SQLITE_OK || !file->pMethods)
        return result;
    methods *kind = shim.kinds;
    while (kind->real && kind->real != file->pMethods)
        kind++;
    kind->real = file->pMethods;
    kind->faulty = *kind->real;
    kind->faulty.xWrite = faulty_write;
    kind->faulty.xSync = faulty_sync;
    kind->faulty.xTruncate = faulty_truncate;
    file->pMethods = &kind->faulty;
    return SQLITE_OK;
}

static void break_disk(fault kind, long after)
{
    shim.kind = kind;
    shim.countdown = after;
    shim.below = sqlite3_vfs_find(NULL);
    shim.vfs = *shim.below;
    shim.vfs.zName = "faulty";
    shim.vfs.pNext = NULL;
    shim.vfs.xOpen = faulty_open;
    sqlite3_vfs_register(&shim.vfs, 1);
}

/* ------------------------------------------------------------------------------------------ operations */

static ty_status take_in(ty_store *store, const char *name, unsigned flags, int count, const char *mark,
                         ty_error *error)
{
    ty_intake *intake;
    ty_origin origin = {.name = ty_slice_of(name), .kind = TY_SLICE("tmx")};
    ty_status status = ty_intake_open(store, &origin, flags, &intake, error);
    if (status != TY_OK)
        return status;
    for (int i = 0; i < count && status == TY_OK; i++) {
        char text[96];
        snprintf(text, sizeof text, "sentence %d of some length, so that pages fill, %s", i, mark);
        ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = ty_slice_of(text)},
                                 {.lang = TY_SLICE("ja"), .text = TY_SLICE("いくらか場所を取る文")}};
        ty_unit unit = {.variants = variants, .variant_count = 2};
        status = ty_intake_unit(intake, &unit, NULL, NULL, NULL, error);
    }
    if (status == TY_OK)
        return ty_intake_commit(intake, NULL, error);
    ty_intake_rollback(intake, NULL);
    return status;
}

static ty_status import(ty_store *store, ty_error *error)
{
    return take_in(store, "new.tmx", 0, 400, "new", error);
}

static ty_status replace(ty_store *store, ty_error *error)
{
    return take_in(store, "old.tmx", TY_INTAKE_REPLACE, 100, "newer", error);
}

static ty_status edit(ty_store *store, ty_error *error)
{
    ty_edit by = {.when = TY_SLICE("20260101T000000Z")};
    return ty_store_set_segment(store, 7, 1, TY_SLICE("別の文"), (ty_slice){0}, &by, error);
}

static ty_status merge(ty_store *store, ty_error *error)
{
    ty_edit by = {.when = TY_SLICE("20260101T000000Z")};
    ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = TY_SLICE("both")},
                             {.lang = TY_SLICE("ja"), .text = TY_SLICE("両方")}};
    ty_unit joined = {.variants = variants, .variant_count = 2};
    return ty_store_merge(store, (const int64_t[]){7, 8}, 2, &joined, TY_SLICE(""), &by, error);
}

static ty_status split(ty_store *store, ty_error *error)
{
    int64_t id;
    ty_edit by = {.when = TY_SLICE("20260101T000000Z")};
    ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = TY_SLICE("half")},
                             {.lang = TY_SLICE("ja"), .text = TY_SLICE("半分")}};
    ty_unit half = {.variants = variants, .variant_count = 2};
    return ty_store_split(store, 7, &half, &half, &by, &id, error);
}

static ty_status undo(ty_store *store, ty_error *error)
{
    ty_step step;
    ty_arena arena = {0};
    ty_status status = ty_store_undo(store, NULL, &arena, &step, NULL, error);
    ty_arena_release(&arena);
    return status;
}

/* Many parts of one transaction, which have no savepoints. */
static ty_status confirm(ty_store *store, ty_error *error)
{
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    for (int64_t id = 1; id <= 90 && status == TY_OK; id++)
        status = id % 3 ? ty_store_set_status(store, id, TY_SLICE("confirmed"), NULL, error)
                        : ty_store_remove(store, id, NULL, error);
    return ty_store_end(store, status, error);
}

static ty_status remove_all(ty_store *store, ty_error *error)
{
    return ty_store_remove_origin(store, 1, NULL, NULL, NULL, error);
}

static ty_status derive(ty_store *store, ty_error *error)
{
    static char bytes[100000];
    ty_slice part = {bytes, sizeof bytes};
    return ty_store_derived_put(store, "index", (ty_stamp){1, 1}, &part, 1, error);
}

/* Opening to write has done it. */
static ty_status migrate(ty_store *store, ty_error *error)
{
    (void)store;
    (void)error;
    return TY_OK;
}

typedef ty_status operation(ty_store *store, ty_error *error);

/* A part has failed, and who asked for it goes on all the same: nothing of it is kept. */
static ty_status go_on(ty_store *store, ty_error *error)
{
    ty_error mine = {0};
    ty_status status = ty_store_begin(store, error), part;
    if (status != TY_OK)
        return status;
    part = ty_store_set_status(store, 3, TY_SLICE("confirmed"), NULL, &mine);
    if (part != TY_OK && mine.status == TY_OK)
        ty_error_set(&mine, part, "no words");
    status = ty_store_commit(store, error);
    return status == TY_OK && part != TY_OK ? TY_ERR_LIMIT : status; /* none that is expected */
}

/* ------------------------------------------------------------------------------------------ preparations */

typedef void preparation(const char *path);

static void run_sql(const char *path, const char *sql, int (*each)(void *, int, char **, char **),
                    void *payload)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, each, payload, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void prepare(const char *path, operation *then)
{
    ty_error error = {0};
    ty_store *store;
    ck_assert_ok(ty_store_open(path, TY_STORE_CREATE, &store, &error), error);
    ck_assert_ok(take_in(store, "old.tmx", 0, 100, "old", &error), error);
    if (then)
        ck_assert_ok(then(store, &error), error);
    ty_store_close(store);
}

static void prepare_import(const char *path)
{
    prepare(path, NULL);
}

static void prepare_edit(const char *path)
{
    prepare(path, edit);
}

static void prepare_version_1(const char *path)
{
    ty_buffer sql = {0};
    ty_test_read("data/memory/version-1.sql", &sql);
    run_sql(path, sql.data, NULL, NULL);
    ty_buffer_release(&sql);
}

/* ------------------------------------------------------------------------------------------ states */

static uint64_t add_text(uint64_t state, ty_slice text)
{
    return ty_hash(text, state);
}

static int add_cell(void *state, int count, char **cells, char **names)
{
    *(uint64_t *)state = add_text(*(uint64_t *)state, ty_slice_of(cells[0]));
    return 0;
}

/* A digest of all that the memory says and of its schema, and that it is sound. */
static uint64_t state_of(const char *path)
{
    ty_error error = {0};
    ty_store *store;
    ty_units *units;
    ty_stored_unit unit;
    uint64_t state = 0, findings, size;
    ty_stamp stamp;
    ck_assert_ok(ty_store_open(path, TY_STORE_READ, &store, &error), error);
    ck_assert_ok(ty_units_open(store, NULL, &units, &error), error);
    while (ty_units_next(units, &unit, &error) == TY_OK) {
        state = add_text(add_text(state ^ (uint64_t)unit.id ^ unit.digest, unit.origin_name), unit.status);
        for (size_t i = 0; i < unit.unit.variant_count; i++)
            state = add_text(state, unit.unit.variants[i].text);
    }
    ty_units_close(units);
    ck_assert_msg(error.status == TY_OK, "%s", error.message);
    if (ty_store_derived_info(store, "index", &stamp, &size, &error) == TY_OK)
        state ^= size;
    ck_assert_int_eq(ty_store_verify(store, NULL, &findings, &error), TY_OK);
    ty_store_close(store);
    run_sql(path, "SELECT name FROM sqlite_schema; PRAGMA user_version", add_cell, &state);
    return state;
}

static void copy_file(const char *from, const char *to)
{
    char command[800];
    snprintf(command, sizeof command, "rm -f '%s' '%s-wal' '%s-shm' && cp '%s' '%s'", to, to, to, from, to);
    ck_assert_int_eq(system(command), 0);
}

/* Runs the operation in a process whose disk breaks after so many writes: its status, -1 when it was killed.
 */
static int run_broken(const char *path, operation *doing, fault kind, long after)
{
    pid_t child = fork();
    if (child == 0) {
        ty_error error = {0};
        ty_store *store;
        break_disk(kind, after);
        ty_status status = ty_store_open(path, TY_STORE_WRITE, &store, &error);
        if (status == TY_OK)
            status = doing(store, &error);
        if (status != TY_OK && !error.message[0])
            _exit(99);
        ty_store_close(store);
        _exit((int)status);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/*
 * Breaks writes in turn until there are no more. A failure that is reported leaves the old state;
 * success leaves the new one, even where the tidying up after it failed.
 */
static void break_everywhere(const char *name, operation *doing, fault kind, preparation *prepare)
{
    const char *start = ty_test_temporary("start.db"), *path = ty_test_temporary("broken.db");
    copy_file("/dev/null", start);
    prepare(start);
    uint64_t before = state_of(start);

    copy_file(start, path);
    ck_assert_int_eq(run_broken(path, doing, kind, 1000000), TY_OK);
    uint64_t after = state_of(path);
    ck_assert_uint_ne(before, after);

    /* The first writes one by one, then every fifth; writes after the commit may fail without harm. */
    long failures = 0, successes = 0;
    for (long n = 0; successes < 4; n += n < 12 ? 1 : 5) {
        copy_file(start, path);
        int status = run_broken(path, doing, kind, n);
        uint64_t state = state_of(path);
        if (status == TY_OK)
            ck_assert_msg(state == after, "%s, write %ld: success but not the new state", name, n);
        else if (status == -1)
            ck_assert_msg(state == before || state == after, "%s, write %ld: neither state", name, n);
        else
            ck_assert_msg(state == before && (status == TY_ERR_IO || status == TY_ERR_STORE),
                          "%s, write %ld: status %d, state %s", name, n, status,
                          state == before  ? "old"
                          : state == after ? "new"
                                           : "neither");
        failures += status != TY_OK;
        successes = status == TY_OK ? successes + 1 : 0;
    }
    ck_assert_msg(failures > 0, "%s never failed", name);
}

static const struct {
    const char *name;
    operation *doing;
    preparation *prepare;
} operations[] = {{"import", import, prepare_import},     {"replace", replace, prepare_import},
                  {"edit", edit, prepare_import},         {"merge", merge, prepare_import},
                  {"split", split, prepare_import},       {"undo", undo, prepare_edit},
                  {"remove", remove_all, prepare_edit},   {"derive", derive, prepare_import},
                  {"confirm", confirm, prepare_import},   {"go on", go_on, prepare_import},
                  {"migrate", migrate, prepare_version_1}};

START_TEST(a_full_disk)
{
    break_everywhere(operations[_i].name, operations[_i].doing, FAULT_FULL, operations[_i].prepare);
}
END_TEST

START_TEST(a_write_that_fails_once)
{
    break_everywhere(operations[_i].name, operations[_i].doing, FAULT_BROKEN, operations[_i].prepare);
}
END_TEST

START_TEST(a_process_that_is_killed)
{
    break_everywhere(operations[_i].name, operations[_i].doing, FAULT_KILLED, operations[_i].prepare);
}
END_TEST

static Suite *suite(void)
{
    Suite *all = suite_create("store_faults");
    TCase *faults = tcase_create("faults");
    tcase_set_timeout(faults, 120);
    tcase_add_loop_test(faults, a_full_disk, 0, sizeof operations / sizeof *operations);
    tcase_add_loop_test(faults, a_write_that_fails_once, 0, sizeof operations / sizeof *operations);
    tcase_add_loop_test(faults, a_process_that_is_killed, 0, sizeof operations / sizeof *operations);
    suite_add_tcase(all, faults);
    return all;
}

int main(void)
{
    return ty_test_run(suite());
}
