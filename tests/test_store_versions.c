/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Memories of older schema versions, kept as SQL in tests/data/memory: they are read as they are, and brought
 * up to date by the first command that writes. A new version of the schema adds a file of the one before it
 * here.
 */
#include "support.h"

#include <sqlite3.h>
#include <unistd.h>

#include "store/internal.h"

/* The units, and what the memory knows of each. */
static const char content_1[] =
    "1 confirmed one.tmx The sea is blue.|海は青い。\n"
    "2  one.tmx The sky is wide.|空は大きい。\n"
    "4  en Joint Press Release|共同報道発表\n"
    "5  en The ministers met on 21 September 2018.|両大臣は2018年9月21日に会談した。\n"
    "6  en They discussed the regional security environment."
    "|両大臣は地域の安全保障環境について議論した。\n"
    "7  en They agreed to cooperate closely.|両大臣は緊密に協力することで一致した。\n";

static const char content_2[] =
    "1 confirmed pairs.tmx The harbour is open.|港は開いている。\n"
    "2  pairs.tmx The ships sail at dawn. They return at dusk.|艦艇は夜明けに出る。夕方に帰る。\n"
    "4  pairs.tmx Joined one. Joined two.|その一。その二。\n"
    "6  port-visit Port Visit of the Training Squadron|練習艦隊の寄港\n"
    "16  port-visit On 3 March 2021 the training squadron put in at Yokosuka."
    "|2021年3月3日、練習艦隊は横須賀に寄港した。\n"
    "17  port-visit The crew of 250 sailors visited the city.|乗員240名が市内を訪れた。\n"
    "18  port-visit Captain Mori welcomed the guests.|森司令官が来賓を歓迎した。\n"
    "19  port-visit A joint exercise will follow in April.|4月に共同訓練が行われる。\n"
    "7 confirmed port-visit On 3 March 2021 the training squadron called at Yokosuka."
    "|2021年3月3日、練習艦隊は横須賀に寄港した。\n"
    "11  other-visit Port Visit of the Training Squadron|練習艦隊の寄港\n"
    "12  other-visit On 3 March 2021 the training squadron called at Yokosuka."
    "|2021年3月3日、練習艦隊は横須賀に寄港した。\n"
    "13  other-visit The crew of 250 sailors visited the city.|乗員240名が市内を訪れた。\n"
    "14  other-visit Captain Mori welcomed the guests.|森司令官が来賓を歓迎した。\n"
    "15  other-visit A joint exercise will follow in April.|4月に共同訓練が行われる。\n";

static const struct {
    const char *sql, *content;
    ty_status accepted; /* is its finding known? */
} versions[] = {{"data/memory/version-1.sql", content_1, TY_NO},
                {"data/memory/version-2.sql", content_2, TY_OK}};

/* ------------------------------------------------------------------------------------------ helpers */

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
}

static const char *made(const char *name, const char *version)
{
    ty_buffer sql = {0};
    const char *path = ty_test_temporary(name);
    unlink(path); /* of the version before */
    ty_test_read(version, &sql);
    run_sql(path, sql.data);
    ty_buffer_release(&sql);
    return path;
}

static int append_row(void *buffer, int count, char **cells, char **names)
{
    for (int i = 0; i < count; i++)
        ty_buffer_add_format(buffer, "%s ", cells[i] ? cells[i] : "NULL");
    ty_buffer_add_char(buffer, '\n');
    return 0;
}

/* All rows of a query as text. */
static const char *asked(const char *path, const char *query, ty_buffer *out)
{
    sqlite3 *db;
    ty_buffer_clear(out);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, query, append_row, out, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    return out->data;
}

static ty_store *opened(const char *path, ty_store_mode mode)
{
    ty_error error = {0};
    ty_store *store;
    ck_assert_ok(ty_store_open(path, mode, &store, &error), error);
    return store;
}

static void holds(ty_store *store, const char *expected)
{
    ty_buffer text = {0};
    ty_error error = {0};
    ty_units *units;
    ty_stored_unit unit;
    ck_assert_ok(ty_units_open(store, NULL, &units, &error), error);
    while (ty_units_next(units, &unit, &error) == TY_OK)
        ty_buffer_add_format(&text, "%d %.*s %.*s %.*s|%.*s\n", (int)unit.id, TY_SLICE_FORMAT(unit.status),
                             TY_SLICE_FORMAT(unit.origin_name), TY_SLICE_FORMAT(unit.unit.variants[0].text),
                             TY_SLICE_FORMAT(unit.unit.variants[1].text));
    ty_units_close(units);
    ck_assert_str_eq(text.data, expected);
    ck_assert_int_eq(ty_store_verify(store, NULL, NULL, &error), TY_OK);
    ty_buffer_release(&text);
}

/* ------------------------------------------------------------------------------------------ tests */

START_TEST(an_older_memory_is_read_as_it_is)
{
    ty_buffer before = {0}, after = {0};
    ty_error error = {0};
    const char *path = made("read.db", versions[_i].sql);
    asked(path, "SELECT sql FROM sqlite_schema; PRAGMA user_version", &before);
    ty_store *store = opened(path, TY_STORE_READ);
    holds(store, versions[_i].content);
    ck_assert_int_eq(ty_store_is_accepted(store, TY_SLICE("fa6c300a2b3c1f31"), &error),
                     versions[_i].accepted);
    ty_store_close(store);
    ck_assert_str_eq(asked(path, "SELECT sql FROM sqlite_schema; PRAGMA user_version", &after), before.data);
    ty_buffer_release(&before);
    ty_buffer_release(&after);
}
END_TEST

START_TEST(an_older_memory_is_brought_up_to_date_by_who_writes)
{
    static const char *const schema = "SELECT type, name, replace(sql, ' ', '') FROM sqlite_schema"
                                      " ORDER BY 1, 2; PRAGMA user_version; PRAGMA application_id";
    ty_buffer migrated = {0}, made_new = {0};
    const char *path = made("write.db", versions[_i].sql), *fresh = ty_test_temporary("fresh.db");
    ty_store_close(opened(fresh, TY_STORE_CREATE));
    ty_store *store = opened(path, TY_STORE_WRITE);
    holds(store, versions[_i].content);
    ty_store_close(store);
    ck_assert_str_eq(asked(path, schema, &migrated), asked(fresh, schema, &made_new));
    ty_buffer_release(&migrated);
    ty_buffer_release(&made_new);
}
END_TEST

START_TEST(an_older_memory_keeps_its_past)
{
    static const char before[] = "1  one.tmx The sea is blue.|海は青い。\n"
                                 "2  one.tmx The sky is wide.|空は広い。\n"
                                 "3  one.tmx To be removed.|消す文。\n";
    ty_error error = {0};
    ty_arena arena = {0};
    ty_step step;
    ty_accepted finding = {TY_SLICE("a1"),       TY_SLICE("missing"), TY_SLICE("sea"),
                           TY_SLICE("The sea."), TY_SLICE("空。"),    TY_SLICE("kato")};
    ty_store *store = opened(made("past.db", versions[_i].sql), TY_STORE_WRITE);
    ck_assert_ok(ty_store_accept(store, &finding, &error), error);
    ck_assert_int_eq(ty_store_is_accepted(store, TY_SLICE("a1"), &error), TY_OK);
    ck_assert_ok(ty_store_remove_origin(store, 2, NULL, NULL, NULL, &error), error);
    for (int steps = 0; steps < 5; steps++)
        ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_int_eq(ty_store_undo(store, NULL, &arena, &step, NULL, &error), TY_NO);
    ck_assert_ok(ty_store_remove_origin(store, 2, NULL, NULL, NULL, &error), error);
    holds(store, before);
    ty_store_close(store);
    ty_arena_release(&arena);
}
END_TEST

START_TEST(a_newer_memory_is_refused)
{
    static const ty_store_mode modes[] = {TY_STORE_READ, TY_STORE_WRITE, TY_STORE_CREATE};
    const char *path = made("newer.db", versions[0].sql);
    run_sql(path, "PRAGMA user_version = 99");
    for (int i = 0; i < 3; i++) {
        ty_error error = {0};
        ty_store *store;
        ck_assert_int_eq(ty_store_open(path, modes[i], &store, &error), TY_ERR_STORE);
        ck_assert_ptr_null(store);
        ck_assert_msg(strstr(error.file, path) && strstr(error.message, "newer version of Taiyaku"), "%s",
                      error.message);
    }
}
END_TEST

static int add_row(void *payload, int count, char **cells, char **names)
{
    (void)names;
    for (int i = 0; i < count; i++)
        ty_buffer_add_format(payload, "%s%s", i ? "|" : "", cells[i] ? cells[i] : "");
    ty_buffer_add_string(payload, "\n");
    return 0;
}

/* What the texts, up to the NULL, make of an empty file. */
static void make_and_tell(const char *const *texts, ty_buffer *out)
{
    static const char *const questions[] = {
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid",
        "SELECT name, value FROM counter", "SELECT name FROM memory"};
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (; *texts; texts++)
        ck_assert_msg(sqlite3_exec(db, *texts, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        ck_assert_int_eq(sqlite3_exec(db, questions[i], add_row, out, NULL), SQLITE_OK);
    sqlite3_close(db);
}

START_TEST(a_new_memory_is_made_at_once_as_step_by_step)
{
    ty_buffer by_steps = {0}, at_once = {0};
    const char *const steps[] = {ty_schema_step(0), ty_schema_step(1), ty_schema_step(2), ty_schema_step(3)};
    const char *const whole[] = {ty_schema_whole, NULL};
    ck_assert_ptr_null(steps[3]);
    make_and_tell(steps, &by_steps);
    make_and_tell(whole, &at_once);
    ck_assert_str_eq(ty_buffer_slice(&at_once).data, ty_buffer_slice(&by_steps).data);
    ty_buffer_release(&by_steps);
    ty_buffer_release(&at_once);
}
END_TEST

static Suite *suite(void)
{
    enum { VERSIONS = sizeof versions / sizeof *versions };
    Suite *all = suite_create("store_versions");
    TCase *older = tcase_create("versions");
    tcase_add_loop_test(older, an_older_memory_is_read_as_it_is, 0, VERSIONS);
    tcase_add_loop_test(older, an_older_memory_is_brought_up_to_date_by_who_writes, 0, VERSIONS);
    tcase_add_loop_test(older, an_older_memory_keeps_its_past, 0, 1);
    tcase_add_test(older, a_newer_memory_is_refused);
    tcase_add_test(older, a_new_memory_is_made_at_once_as_step_by_step);
    suite_add_tcase(all, older);
    return all;
}

int main(void)
{
    return ty_test_run(suite());
}
