/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The memory file: what goes in comes out, the same thing twice changes nothing, what is not ours or not
 * whole is refused, and a failed write leaves no trace.
 *
 * With TY_TEST_ADDRESS, of a database that is empty (tests/with-postgres), the memories are there instead,
 * and what is about files is left out.
 */
#include "support.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/internal.h"
#include "store/units.h"

/* ------------------------------------------------------------------------------------------ helpers */

static bool in_files(void)
{
    return !getenv("TY_TEST_ADDRESS");
}

/* The memory of that name, in whichever store. */
static const char *place_of(const char *name)
{
    static char addresses[4][400];
    static int at;
    if (in_files())
        return ty_test_temporary(name);
    char *address = addresses[++at % 4];
    snprintf(address, sizeof *addresses, "%s&memory=%s", getenv("TY_TEST_ADDRESS"), name);
    return address;
}

static const char *fresh(const char *name)
{
    const char *path = place_of(name);
    char side[300];
    unlink(path);
    snprintf(side, sizeof side, "%s-wal", path);
    unlink(side);
    snprintf(side, sizeof side, "%s-shm", path);
    unlink(side);
    return path;
}

static ty_store *opened(const char *path, ty_store_mode mode)
{
    ty_error error = {0};
    ty_store *store;
    ck_assert_ok(ty_store_open(path, mode, &store, &error), error);
    return store;
}

static ty_variant variant(const char *lang, const char *text)
{
    return (ty_variant){.lang = ty_slice_of(lang), .text = ty_slice_of(text)};
}

/* A unit of two variants, borrowed from static storage: good until the next call. */
static ty_unit pair(const char *source, const char *target)
{
    static ty_variant variants[2];
    variants[0] = variant("en", source);
    variants[1] = variant("ja", target);
    return (ty_unit){.variants = variants, .variant_count = 2};
}

static ty_intake *intake_of(ty_store *store, const char *name, unsigned flags)
{
    ty_error error = {0};
    ty_intake *intake;
    ty_origin origin = {.name = ty_slice_of(name), .kind = TY_SLICE("tmx")};
    ck_assert_ok(ty_intake_open(store, &origin, flags, &intake, &error), error);
    return intake;
}

/* Takes in units given as "source|target" under an origin; a NULL ends the list. */
static ty_intake_counts take_in(ty_store *store, const char *name, unsigned flags, const char *const *texts)
{
    ty_error error = {0};
    ty_intake_counts counts;
    ty_intake *intake = intake_of(store, name, flags);
    for (; *texts; texts++) {
        char source[200];
        const char *bar = strchr(*texts, '|');
        snprintf(source, sizeof source, "%.*s", (int)(bar - *texts), *texts);
        ty_unit unit = pair(source, bar + 1);
        ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, &counts, &error), error);
    return counts;
}

/* "id:source|target;" of every unit that fits, in order. */
static const char *shown(ty_store *store, const ty_unit_filter *filter)
{
    static ty_buffer text;
    ty_error error = {0};
    ty_units *units;
    ty_stored_unit unit;
    ty_status status;
    ty_buffer_clear(&text);
    ck_assert_ok(ty_units_open(store, filter, &units, &error), error);
    while ((status = ty_units_next(units, &unit, &error)) == TY_OK) {
        for (size_t i = 0; i < unit.unit.variant_count; i++)
            ty_buffer_add_format(&text, "%s%.*s", i ? "|" : "", TY_SLICE_FORMAT(unit.unit.variants[i].text));
        ty_buffer_add_char(&text, ';');
    }
    ck_assert_msg(status == TY_NO, "%s", error.message);
    ty_units_close(units);
    return ty_buffer_slice(&text).data;
}

static int64_t first_id(ty_store *store)
{
    ty_error error = {0};
    ty_units *units;
    ty_stored_unit unit;
    ck_assert_ok(ty_units_open(store, NULL, &units, &error), error);
    ck_assert_ok(ty_units_next(units, &unit, &error), error);
    ty_units_close(units);
    return unit.id;
}

static uint64_t findings_of(ty_store *store)
{
    ty_error error = {0};
    uint64_t findings;
    ty_status status = ty_store_verify(store, NULL, &findings, &error);
    ck_assert_msg(status == TY_OK || status == TY_NO, "%s", error.message);
    ck_assert_int_eq(status, findings ? TY_NO : TY_OK);
    return findings;
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define ck_assert_counts(counts, c, u, n)                                                                    \
    do {                                                                                                     \
        ty_intake_counts got_ = (counts);                                                                    \
        ck_assert_msg(got_.created == (c) && got_.updated == (u) && got_.unchanged == (n),                   \
                      "created %d, updated %d, unchanged %d", (int)got_.created, (int)got_.updated,          \
                      (int)got_.unchanged);                                                                  \
    } while (0)

/* ------------------------------------------------------------------------------------------ round trip */

/* Every attribute of TMX's tu and tuv, a foreign one, notes and properties at both levels, inline codes. */
static ty_unit full_unit(void)
{
    static ty_attribute unit_attributes[] = {
        {TY_SLICE("tuid"), TY_SLICE("a \"1\"")},
        {TY_SLICE("o-encoding"), TY_SLICE("Shift_JIS")},
        {TY_SLICE("datatype"), TY_SLICE("html")},
        {TY_SLICE("usagecount"), TY_SLICE("many")},
        {TY_SLICE("lastusagedate"), TY_SLICE("yesterday")},
        {TY_SLICE("creationtool"), TY_SLICE("道具")},
        {TY_SLICE("creationtoolversion"), TY_SLICE("")},
        {TY_SLICE("creationdate"), TY_SLICE("20150408T010203Z")},
        {TY_SLICE("creationid"), TY_SLICE("")},
        {TY_SLICE("changedate"), TY_SLICE("20160408T010203Z")},
        {TY_SLICE("segtype"), TY_SLICE("block")},
        {TY_SLICE("changeid"), TY_SLICE("Nakatani")},
        {TY_SLICE("o-tmf"), TY_SLICE("x")},
        {TY_SLICE("srclang"), TY_SLICE("EN_us")},
        {TY_SLICE("{urn:x}own"), TY_SLICE(" spaced\t")},
    };
    static ty_attribute prop[] = {{TY_SLICE("type"), TY_SLICE("x-file")},
                                  {TY_SLICE("xml:lang"), TY_SLICE("en")}};
    static ty_attribute own[] = {{TY_SLICE("changedate"), TY_SLICE("2017")},
                                 {TY_SLICE("usagecount"), TY_SLICE("3")}};
    static ty_info unit_infos[] = {
        {TY_INFO_NOTE, {0}, TY_SLICE("first\nnote")},
        {TY_INFO_PROP, {prop, 2}, TY_SLICE(" ")},
        {TY_INFO_OTHER, {0}, TY_SLICE("<x:y a=\"1\"/>")},
        {TY_INFO_NOTE, {0}, TY_SLICE("")},
    };
    static ty_info own_infos[] = {{TY_INFO_PROP, {prop, 1}, TY_SLICE("値")}};
    static ty_variant variants[4];
    variants[0] =
        (ty_variant){.lang = TY_SLICE("EN_us"),
                     .attributes = {own, 2},
                     .infos = {own_infos, 1},
                     .text = TY_SLICE("Hello & bye"),
                     .content = TY_SLICE("<bpt i=\"1\">&lt;b&gt;</bpt>Hello &amp; bye<ept i=\"1\"/>")};
    variants[1] = variant("ja", "防衛\xe5\xa4\xa7臣");
    variants[2] = variant("ja", "");
    variants[3] = variant("", "no language");
    return (ty_unit){
        {unit_attributes, sizeof unit_attributes / sizeof *unit_attributes}, {unit_infos, 4}, variants, 4, 0};
}

START_TEST(every_part_of_a_unit_comes_back)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("full.db"), TY_STORE_CREATE);
    ty_buffer before = {0}, after = {0};
    ty_unit unit = full_unit();
    ty_intake *intake = intake_of(store, "full", 0);
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);

    ty_units *units;
    ty_stored_unit stored;
    ck_assert_ok(ty_units_open(store, NULL, &units, &error), error);
    ck_assert_ok(ty_units_next(units, &stored, &error), error);
    ty_unit_canonical(&unit, &before);
    ty_unit_canonical(&stored.unit, &after);
    ck_assert(ty_slice_equal(ty_buffer_slice(&after), ty_buffer_slice(&before)));
    ck_assert_slice(stored.unit.variants[0].content,
                    "<bpt i=\"1\">&lt;b&gt;</bpt>Hello &amp; bye<ept i=\"1\"/>");
    ck_assert_slice(stored.unit.variants[0].text, "Hello & bye");
    ck_assert_ptr_null(stored.unit.variants[1].content.data);
    ck_assert_slice(ty_attribute_find(stored.unit.attributes, "creationid"), "");
    ck_assert_ptr_nonnull(ty_attribute_find(stored.unit.attributes, "creationid").data);
    ck_assert_slice(stored.origin_name, "full");
    ck_assert_uint_eq(stored.digest, ty_hash(ty_buffer_slice(&before), 0));
    ck_assert_int_eq(ty_units_next(units, &stored, &error), TY_NO);
    ty_units_close(units);

    ty_arena arena = {0};
    ty_buffer_clear(&after);
    ck_assert_ok(ty_store_unit(store, 1, &arena, &stored, &error), error);
    ty_unit_canonical(&stored.unit, &after);
    ck_assert(ty_slice_equal(ty_buffer_slice(&after), ty_buffer_slice(&before)));
    ck_assert_int_eq(ty_store_unit(store, 2, &arena, &stored, &error), TY_NO);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_arena_release(&arena);
    ty_buffer_release(&before);
    ty_buffer_release(&after);
    ty_store_close(store);
}
END_TEST

START_TEST(header_and_metadata_of_an_origin_come_back)
{
    ty_error error = {0};
    ty_attribute attributes[] = {{TY_SLICE("creationtool"), TY_SLICE("x")},
                                 {TY_SLICE("tmx:own"), TY_SLICE("")}};
    ty_info infos[] = {{TY_INFO_UDE, {0}, TY_SLICE("<map unicode=\"#xF8FF\"/>")}};
    ty_header header = {TY_SLICE("1.4b"), {attributes, 2}, {infos, 1}};
    ty_origin origin = {.name = TY_SLICE("a.tmx"),
                        .kind = TY_SLICE("tmx"),
                        .title = TY_SLICE("題"),
                        .header = &header,
                        .imported_at = TY_SLICE("20200101T000000Z")};
    ty_store *store = opened(fresh("header.db"), TY_STORE_CREATE);
    ty_intake *intake;
    ck_assert_ok(ty_intake_open(store, &origin, 0, &intake, &error), error);
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);

    ty_arena arena = {0};
    ty_origins origins = {0};
    ck_assert_ok(ty_store_origins(store, TY_SLICE("a.*"), &arena, &origins, &error), error);
    ck_assert_uint_eq(origins.count, 1);
    ck_assert_slice(origins.items[0].title, "題");
    ck_assert_slice(origins.items[0].imported_at, "20200101T000000Z");
    ck_assert_slice(origins.items[0].header->version, "1.4b");
    ck_assert_uint_eq(origins.items[0].header->attributes.count, 2);
    ck_assert_slice(origins.items[0].header->infos.items[0].text, "<map unicode=\"#xF8FF\"/>");
    ty_vector_clear(&origins);
    ck_assert_ok(ty_store_origins(store, TY_SLICE("b*"), &arena, &origins, &error), error);
    ck_assert_uint_eq(origins.count, 0);
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ the same twice
 */

/* NORMAL (1) unless FULL (2) is asked for. */
static int64_t synchronous(ty_store *store)
{
    ty_error error = {0};
    ty_row *row = NULL;
    ck_assert_ok(ty_sql_prepare(store, "PRAGMA synchronous", &row, &error), error);
    ck_assert_ok(ty_sql_step(store, row, &error), error);
    int64_t value = ty_row_int(row, 0);
    ty_row_close(row);
    return value;
}

START_TEST(all_is_on_the_disk_where_that_is_asked_for)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("durable.db"), TY_STORE_CREATE);
    ck_assert_int_eq(synchronous(store), 1);
    ck_assert_ok(ty_store_set_durable(store, &error), error);
    ck_assert_int_eq(synchronous(store), 2);
    ty_store_close(store);
}
END_TEST

/* A server keeps its memory open for days. */
START_TEST(who_rests_keeps_little_of_the_file)
{
    ty_store *store = opened(fresh("rests.db"), TY_STORE_CREATE);
    char *texts[2001] = {NULL};
    for (int i = 0; i < 2000; i++) {
        char text[100];
        snprintf(text, sizeof text, "the buoy %d was seen to drift past the pier of the harbour|浮標%d", i,
                 i);
        texts[i] = strdup(text);
    }
    take_in(store, "buoys.tmx", 0, (const char *const *)texts);
    sqlite3_int64 before = sqlite3_memory_used();
    ck_assert_int_gt(before, 700000);
    ty_store_rest(store);
    ck_assert_int_lt(sqlite3_memory_used(), before / 2);
    ck_assert_uint_eq(findings_of(store), 0);
    for (int i = 0; i < 2000; i++)
        free(texts[i]);
    ty_store_close(store);
}
END_TEST

START_TEST(the_same_file_twice_changes_nothing)
{
    ty_store *store = opened(fresh("twice.db"), TY_STORE_CREATE);
    const char *const *units = LIST("a|あ", "b|い", "a|あ", "c|う", "a|あ");
    ty_stamp before, after;
    ck_assert_counts(take_in(store, "one.tmx", 0, units), 5, 0, 0);
    ck_assert_int_eq(ty_store_stamp(store, TY_STAMP_UNITS, &before, NULL), TY_OK);
    ck_assert_counts(take_in(store, "one.tmx", 0, units), 0, 0, 5);
    ck_assert_int_eq(ty_store_stamp(store, TY_STAMP_UNITS, &after, NULL), TY_OK);
    ck_assert(ty_stamp_equal(before, after));
    ck_assert_str_eq(shown(store, NULL), "a|あ;b|い;a|あ;c|う;a|あ;");
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

START_TEST(a_memory_holds_a_unit_as_often_as_the_file_that_has_it_most_often)
{
    ty_store *store = opened(fresh("most.db"), TY_STORE_CREATE);
    ck_assert_counts(take_in(store, "one.tmx", 0, LIST("a|あ", "a|あ")), 2, 0, 0);
    ck_assert_counts(take_in(store, "two.tmx", 0, LIST("a|あ", "b|い", "a|あ", "a|あ")), 2, 0, 2);
    ck_assert_str_eq(shown(store, NULL), "a|あ;a|あ;b|い;a|あ;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("one.tmx")}), "a|あ;a|あ;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("two*")}), "a|あ;b|い;a|あ;a|あ;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin_id = 1}), "a|あ;a|あ;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin_id = 9}), "");
    ck_assert_counts(take_in(store, "export.tmx", 0, LIST("a|あ", "a|あ", "b|い", "a|あ")), 0, 0, 4);
    ck_assert_str_eq(shown(store, NULL), "a|あ;a|あ;b|い;a|あ;");
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

START_TEST(what_differs_in_anything_is_another_unit)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("differs.db"), TY_STORE_CREATE);
    ty_attribute attribute = {TY_SLICE("tuid"), TY_SLICE("1")};
    ty_outcome outcome;
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_intake *intake = intake_of(store, "two.tmx", 0);
    ty_unit unit = pair("a", "あ");
    unit.attributes = (ty_attributes){&attribute, 1};
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, &outcome, &error), error);
    ck_assert_int_eq(outcome, TY_CREATED);
    unit = pair("a", "あ");
    unit.variants[1].content = TY_SLICE("<it pos=\"begin\"/>あ");
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, &outcome, &error), error);
    ck_assert_int_eq(outcome, TY_CREATED);
    unit = pair("a", "あ");
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, &outcome, &error), error);
    ck_assert_int_eq(outcome, TY_UNCHANGED);
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    ty_store_close(store);
}
END_TEST

static ty_intake_counts take_in_signed(ty_store *store, unsigned flags, const char *author)
{
    ty_error error = {0};
    ty_intake_counts counts;
    ty_attribute creator = {TY_SLICE("creationid"), ty_slice_of(author)};
    ty_intake *intake = intake_of(store, author, flags);
    for (int i = 0; i < 2; i++) {
        ty_unit unit = pair("a", "あ");
        unit.variants[0].lang = i ? TY_SLICE("EN") : TY_SLICE("en");
        unit.attributes = (ty_attributes){&creator, 1};
        ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, &counts, &error), error);
    return counts;
}

START_TEST(near_duplicates_are_kept_skipped_or_renewed)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_stored_unit stored;
    ty_store *store = opened(fresh("similar.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_intake_counts counts = take_in_signed(store, TY_INTAKE_SKIP_SIMILAR, "skip");
    ck_assert_counts(counts, 0, 0, 2);
    ck_assert_uint_eq(counts.skipped, 2);
    counts = take_in_signed(store, TY_INTAKE_RENEW_SIMILAR, "renew");
    ck_assert_counts(counts, 0, 2, 0);
    ck_assert_str_eq(shown(store, NULL), "a|あ;");
    ck_assert_ok(ty_store_unit(store, 1, &arena, &stored, &error), error);
    ck_assert_slice(ty_attribute_find(stored.unit.attributes, "creationid"), "renew");
    ck_assert_ok(ty_store_set_status(store, 1, TY_SLICE("confirmed"), NULL, &error), error);
    counts = take_in_signed(store, TY_INTAKE_RENEW_SIMILAR, "again");
    ck_assert_uint_eq(counts.skipped, 2);
    ck_assert_counts(take_in_signed(store, 0, "keep"), 2, 0, 0);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

START_TEST(many_copies_do_not_cost_squares)
{
    enum { COPIES = 6000 };
    static const char *texts[COPIES + 1];
    ty_store *store = opened(fresh("copies.db"), TY_STORE_CREATE);
    for (size_t i = 0; i < COPIES; i++)
        texts[i] = i % 2 ? "a|あ" : "b|い";
    ck_assert_counts(take_in(store, "one.tmx", 0, texts), COPIES, 0, 0);
    ck_assert_counts(take_in(store, "one.tmx", 0, texts), 0, 0, COPIES);
    ck_assert_counts(take_in(store, "two.tmx", 0, texts), 0, 0, COPIES);
    ty_store_close(store);
}
END_TEST

/* Large enough for a writer's thread and for reading ahead. */
START_TEST(a_large_memory_is_walked_in_order)
{
    enum { COUNT = 21000 };
    ty_error error = {0};
    ty_units *units;
    ty_stored_unit stored;
    ty_status status;
    int64_t expected = 0;
    ty_store *store = opened(fresh("large.db"), TY_STORE_CREATE);
    ty_intake *intake = intake_of(store, "large.tmx", 0);
    for (int i = 1; i <= COUNT; i++) {
        char text[32];
        snprintf(text, sizeof text, "text %d", i);
        ty_unit unit = pair(text, "文");
        ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    ck_assert_ok(ty_units_open(store, &(ty_unit_filter){.target = TY_SLICE("ja")}, &units, &error), error);
    while ((status = ty_units_next(units, &stored, &error)) == TY_OK) {
        char text[32];
        snprintf(text, sizeof text, "text %d", (int)++expected);
        ck_assert_int_eq(stored.id, expected);
        ck_assert_slice(stored.unit.variants[0].text, text);
        ck_assert_slice(stored.origin_name, "large.tmx");
        if (expected == 5)
            ck_assert_ok(ty_store_remove(store, COUNT, NULL, &error), error);
    }
    ck_assert_int_eq(status, TY_NO);
    ck_assert_int_eq(expected, COUNT);
    ty_units_close(units);
    ck_assert_ok(ty_units_open(store, NULL, &units, &error), error);
    ck_assert_ok(ty_units_next(units, &stored, &error), error);
    ty_units_close(units);
    ty_store_close(store);
}
END_TEST

START_TEST(a_dry_run_counts_and_leaves_nothing)
{
    ty_error error = {0};
    ty_intake_counts counts;
    ty_store *store = opened(fresh("dry.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_intake *intake = intake_of(store, "two.tmx", 0);
    ty_unit unit = pair("a", "あ");
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    unit = pair("b", "い");
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    ty_intake_rollback(intake, &counts);
    ck_assert_counts(counts, 1, 0, 1);
    ck_assert_str_eq(shown(store, NULL), "a|あ;");
    ck_assert_counts(take_in(store, "three.tmx", 0, LIST("b|い")), 1, 0, 0);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ editing */

START_TEST(what_was_edited_or_removed_does_not_come_back)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("back.db"), TY_STORE_CREATE);
    const char *const *file = LIST("a|あ", "b|い", "c|う");
    take_in(store, "one.tmx", 0, file);
    ty_edit edit = {.who = TY_SLICE("me"), .when = TY_SLICE("20260101T000000Z")};
    ck_assert_ok(ty_store_set_segment(store, 1, 1, TY_SLICE("ああ"), (ty_slice){0}, &edit, &error), error);
    ck_assert_ok(ty_store_remove(store, 2, &edit, &error), error);
    ck_assert_str_eq(shown(store, NULL), "a|ああ;c|う;");
    ty_intake_counts counts = take_in(store, "one.tmx", 0, file);
    ck_assert_counts(counts, 0, 0, 3);
    ck_assert_uint_eq(counts.kept, 2);
    ck_assert_str_eq(shown(store, NULL), "a|ああ;c|う;");

    ck_assert_counts(take_in(store, "one.tmx", TY_INTAKE_FORCE, file), 2, 0, 1);
    ck_assert_str_eq(shown(store, NULL), "a|ああ;c|う;a|あ;b|い;");
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

START_TEST(another_file_may_bring_what_was_removed)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("other.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ck_assert_ok(ty_store_remove(store, 1, NULL, &error), error);
    ck_assert_counts(take_in(store, "two.tmx", 0, LIST("a|あ")), 1, 0, 0);
    ck_assert_counts(take_in(store, "one.tmx", 0, LIST("a|あ")), 0, 0, 1);
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("one.tmx")}), "");
    ty_store_close(store);
}
END_TEST

START_TEST(undo_takes_back_step_by_step)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_step step;
    ty_store *store = opened(fresh("undo.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い"));
    ck_assert_ok(ty_store_set_segment(store, 1, 0, TY_SLICE("A"), (ty_slice){0}, NULL, &error), error);
    ck_assert_ok(ty_store_set_status(store, 1, TY_SLICE("confirmed"), NULL, &error), error);
    ty_unit merged = pair("a b", "あい");
    ck_assert_ok(
        ty_store_merge(store, (const int64_t[]){1, 2}, 2, &merged, TY_SLICE("confirmed"), NULL, &error),
        error);
    ck_assert_str_eq(shown(store, NULL), "a b|あい;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.status = TY_SLICE("confirmed")}), "a b|あい;");

    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_slice(step.name, "merge");
    ck_assert_uint_eq(step.units, 2);
    ck_assert_str_eq(shown(store, NULL), "A|あ;b|い;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.status = TY_SLICE("confirmed")}), "A|あ;");
    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_slice(step.name, "confirm");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.status = TY_SLICE("confirmed")}), "");
    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_slice(step.name, "edit");
    ck_assert_str_eq(shown(store, NULL), "a|あ;b|い;");
    ck_assert_counts(take_in(store, "one.tmx", 0, LIST("a|あ", "b|い")), 0, 0, 2);
    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_slice(step.name, "import");
    ck_assert_slice(step.subject, "one.tmx");
    ck_assert_str_eq(shown(store, NULL), "");
    ck_assert_int_eq(ty_store_undo(store, NULL, &arena, &step, NULL, &error), TY_NO);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

/* Places move on behind the new half, those of the past too: what was removed comes back where it was. */
START_TEST(a_split_keeps_the_order)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_step step;
    int64_t id;
    ty_store *store = opened(fresh("split.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a b|あい", "c|う", "d|え", "e|お"));
    take_in(store, "two.tmx", 0, LIST("d|え", "a b|あい"));
    ck_assert_ok(ty_store_remove(store, 3, NULL, &error), error);
    ty_variant halves[] = {variant("en", "a"), variant("ja", "あ"), variant("en", "b"), variant("ja", "い")};
    ty_unit first = {.variants = halves, .variant_count = 2},
            second = {.variants = halves + 2, .variant_count = 2};
    ck_assert_ok(ty_store_split(store, 1, &first, &second, NULL, &id, &error), error);
    ck_assert_int_eq(id, 5);
    ck_assert_str_eq(shown(store, NULL), "a|あ;b|い;c|う;e|お;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("two.tmx")}), "a|あ;b|い;");
    ck_assert_counts(take_in(store, "one.tmx", 0, LIST("a b|あい", "c|う", "d|え", "e|お")), 0, 0, 4);
    ck_assert_uint_eq(findings_of(store), 0);

    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_slice(step.name, "split");
    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_str_eq(shown(store, NULL), "a b|あい;c|う;d|え;e|お;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("two.tmx")}), "d|え;a b|あい;");
    ck_assert_counts(take_in(store, "one.tmx", 0, LIST("a b|あい", "c|う", "d|え", "e|お")), 0, 0, 4);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

START_TEST(an_edit_is_dated_and_signed)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_stored_unit stored;
    ty_store *store = opened(fresh("signed.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_edit edit = {.who = TY_SLICE("me"), .when = TY_SLICE("20260101T000000Z")};
    ck_assert_ok(ty_store_set_segment(store, 1, 1, TY_SLICE("い"), TY_SLICE("<ph/>い"), &edit, &error),
                 error);
    ck_assert_ok(ty_store_unit(store, 1, &arena, &stored, &error), error);
    ck_assert_slice(ty_attribute_find(stored.unit.attributes, "changedate"), "20260101T000000Z");
    ck_assert_slice(ty_attribute_find(stored.unit.attributes, "changeid"), "me");
    ck_assert_slice(stored.unit.variants[1].content, "<ph/>い");
    ck_assert_int_eq(ty_store_set_segment(store, 9, 0, TY_SLICE("x"), (ty_slice){0}, &edit, &error), TY_NO);
    ck_assert_int_eq(ty_store_set_segment(store, 1, 2, TY_SLICE("x"), (ty_slice){0}, &edit, &error),
                     TY_ERR_USAGE);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

START_TEST(an_index_learns_what_changed)
{
    ty_error error = {0};
    ty_ids ids = {0};
    int64_t last = 0;
    ty_stamp stamp;
    ty_store *store = opened(fresh("changes.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い", "c|う"));
    ck_assert_ok(ty_store_stamp(store, TY_STAMP_UNITS, &stamp, &error), error);
    ck_assert_ok(ty_store_changes(store, stamp, &last, &ids, &error), error);
    ck_assert_int_eq(last, 3);
    ck_assert_uint_eq(ids.count, 0);
    ck_assert_ok(ty_store_remove(store, 3, NULL, &error), error);
    ck_assert_ok(ty_store_set_segment(store, 1, 0, TY_SLICE("A"), (ty_slice){0}, NULL, &error), error);
    take_in(store, "two.tmx", 0, LIST("d|え"));
    ck_assert_ok(ty_store_changes(store, stamp, &last, &ids, &error), error);
    ck_assert_int_eq(last, 4);
    ck_assert_uint_eq(ids.count, 2);
    ck_assert_int_eq(ids.items[0], 1);
    ck_assert_int_eq(ids.items[1], 3);
    ty_vector_release(&ids);
    ty_store_close(store);
}
END_TEST

START_TEST(an_origin_is_removed_and_brought_back)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_step step;
    uint64_t units, concepts;
    ty_store *store = opened(fresh("remove.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い"));
    take_in(store, "two.tmx", 0, LIST("b|い", "c|う"));
    ck_assert_ok(ty_store_remove_origin(store, 1, NULL, &units, &concepts, &error), error);
    ck_assert_uint_eq(units, 1);
    ck_assert_str_eq(shown(store, NULL), "b|い;c|う;");
    ck_assert_ok(ty_store_undo(store, NULL, &arena, &step, NULL, &error), error);
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("one*")}), "a|あ;b|い;");
    ck_assert_uint_eq(findings_of(store), 0);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ releases */

static const ty_document_sentence english[] = {
    {TY_SLICE("Title"), 0}, {TY_SLICE("One."), 1}, {TY_SLICE("Two."), 1}, {TY_SLICE("Three."), 2}};
static const ty_document_sentence japanese[] = {
    {TY_SLICE("一。"), 0}, {TY_SLICE("二。"), 0}, {TY_SLICE("三。"), 1}};

/* The place of each pair is a property of it, as in real releases; `shift` moves all of them. */
static ty_intake_counts moved_release(ty_store *store, const char *second, uint32_t shift)
{
    ty_error error = {0};
    ty_intake_counts counts;
    ty_intake *intake = intake_of(store, "moved", TY_INTAKE_REPLACE);
    for (uint32_t i = 0; i < 3; i++) {
        char place[16];
        snprintf(place, sizeof place, "%u", (unsigned)(i + shift));
        ty_info info = {TY_INFO_PROP, {0}, ty_slice_of(place)};
        ty_unit unit = i < 2 ? pair("One.", "一。") : pair("Two.", second);
        unit.infos = (ty_infos){&info, 1};
        ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, &counts, &error), error);
    return counts;
}

START_TEST(a_confirmed_pair_stays_one_when_it_moves)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("moved.db"), TY_STORE_CREATE);
    ck_assert_counts(moved_release(store, "二。", 0), 3, 0, 0);
    ck_assert_ok(ty_store_set_status(store, 3, TY_SLICE("confirmed"), NULL, &error), error);
    ty_intake_counts counts = moved_release(store, "二。", 10);
    ck_assert_uint_eq(counts.updated, 2);
    ck_assert_str_eq(shown(store, NULL), "One.|一。;One.|一。;Two.|二。;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.status = TY_SLICE("confirmed")}), "Two.|二。;");
    ck_assert_counts(moved_release(store, "二。", 10), 0, 0, 3);
    moved_release(store, "二。", 0);
    ck_assert_str_eq(shown(store, NULL), "One.|一。;One.|一。;Two.|二。;");
    moved_release(store, "弐。", 0);
    ck_assert_str_eq(shown(store, NULL), "One.|一。;One.|一。;Two.|弐。;Two.|二。;");
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

static ty_intake_counts release(ty_store *store, const char *second, float confidence)
{
    ty_error error = {0};
    ty_intake_counts counts;
    ty_origin origin = {
        .name = TY_SLICE("release"), .kind = TY_SLICE("documents"), .date = TY_SLICE("20150408")};
    ty_intake *intake;
    ck_assert_ok(ty_intake_open(store, &origin, TY_INTAKE_REPLACE, &intake, &error), error);
    ty_stored_document source = {
        .lang = TY_SLICE("en"), .title = TY_SLICE("T"), .sentences = english, .sentence_count = 4};
    ty_stored_document target = {.lang = TY_SLICE("ja"), .sentences = japanese, .sentence_count = 3};
    ty_provenance place = {.tool = TY_SLICE("test"), .bead = {1, 1, 0, 1, confidence}};
    ck_assert_ok(ty_intake_document(intake, &source, &place.source_document, &error), error);
    ck_assert_ok(ty_intake_document(intake, &target, &place.target_document, &error), error);
    ty_unit unit = pair("One.", "一。");
    ck_assert_ok(ty_intake_unit(intake, &unit, &place, NULL, NULL, &error), error);
    place.bead = (ty_bead){2, 1, 1, 1, .75F};
    unit = pair("Two.", second);
    ck_assert_ok(ty_intake_unit(intake, &unit, &place, NULL, NULL, &error), error);
    ck_assert_ok(ty_intake_commit(intake, &counts, &error), error);
    return counts;
}

START_TEST(a_pair_knows_where_it_stands)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_neighbours around;
    ty_stored_unit stored;
    ty_stored_documents documents = {0};
    ty_store *store = opened(fresh("release.db"), TY_STORE_CREATE);
    ck_assert_counts(release(store, "二。", .5F), 2, 0, 0);
    ck_assert_ok(ty_store_unit(store, 2, &arena, &stored, &error), error);
    ck_assert(stored.aligned);
    ck_assert_uint_eq(stored.provenance.bead.source_start, 2);
    ck_assert_slice(stored.provenance.tool, "test");
    ck_assert_slice(stored.origin_date, "20150408");
    ck_assert_ok(ty_store_neighbours(store, 2, TY_SLICE("en"), TY_SLICE("ja"), &arena, &around, &error),
                 error);
    ck_assert_slice(around.source_before, "One.");
    ck_assert_slice(around.source_after, "Three.");
    ck_assert_slice(around.target_after, "三。");
    ck_assert_ok(ty_store_neighbours(store, 2, TY_SLICE("ja"), TY_SLICE("en"), &arena, &around, &error),
                 error);
    ck_assert_slice(around.source_before, "一。");
    ck_assert_ok(ty_store_documents(store, stored.origin, &arena, &documents, &error), error);
    ck_assert_uint_eq(documents.count, 2);
    ck_assert_uint_eq(documents.items[0].sentence_count, 4);
    ck_assert_slice(documents.items[0].sentences[0].text, "Title");
    ck_assert_uint_eq(documents.items[0].sentences[3].paragraph, 2);
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.min_confidence = .6F}), "Two.|二。;");
    ty_vector_release(&documents);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

START_TEST(a_newer_version_keeps_what_is_confirmed)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("newer.db"), TY_STORE_CREATE);
    release(store, "二。", .5F);
    ck_assert_counts(release(store, "二。", .5F), 0, 0, 2);
    ck_assert_counts(release(store, "二。", .9F), 0, 1, 1);
    ck_assert_counts(release(store, "弐。", .9F), 1, 0, 1);
    ck_assert_str_eq(shown(store, NULL), "One.|一。;Two.|弐。;");
    ck_assert_ok(ty_store_set_status(store, first_id(store) + 2, TY_SLICE("confirmed"), NULL, &error), error);
    /* The sentences are the same: what was confirmed of them stays, and nothing is put beside it. */
    ty_intake_counts counts = release(store, "貳。", .9F);
    ck_assert_counts(counts, 0, 0, 2);
    ck_assert_uint_eq(counts.removed, 0);
    ck_assert_uint_eq(counts.kept, 1);
    ck_assert_str_eq(shown(store, NULL), "One.|一。;Two.|弐。;");
    ck_assert_uint_eq(findings_of(store), 1); /* the documents say 二 all the while */
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ filters */

/* Does the walk look up what may fit? */
static bool is_narrow(ty_store *store, const ty_unit_filter *filter)
{
    ty_error error = {0};
    ty_units *units;
    ck_assert_ok(ty_units_open_here(store, filter, &units, &error), error);
    bool narrow = units->by_id;
    ty_units_close(units);
    return narrow;
}

/* In a memory of which few units fit, these are looked up rather than walked to; nothing else changes. */
START_TEST(what_few_units_fit_is_found_in_the_order_of_the_walk)
{
    static const char *const names[] = {"one.tmx", "two.tmx"};
    ty_error error = {0};
    ty_attribute dates[] = {{TY_SLICE("creationdate"), TY_SLICE("20150101T000000Z")},
                            {TY_SLICE("changedate"), TY_SLICE("20200101T000000Z")}};
    ty_store *store = opened(fresh("narrow.db"), TY_STORE_CREATE);
    for (int n = 0; n < 2; n++) {
        ty_intake *intake;
        ty_origin origin = {.name = ty_slice_of(names[n]),
                            .kind = TY_SLICE("tmx"),
                            .imported_at = TY_SLICE("20140101T000000Z")};
        ck_assert_ok(ty_intake_open(store, &origin, 0, &intake, &error), error);
        for (int i = 0; i < 2500; i++) {
            char text[32];
            snprintf(text, sizeof text, "%d.%d", n, i);
            ty_unit unit = pair(text, "文");
            if (i == 300)
                unit.variants[1].lang = TY_SLICE("zh-TW");
            unit.attributes = (ty_attributes){dates, 1 + (i == 200 - n)};
            unit.variants[1].attributes = (ty_attributes){&dates[1], i == 7};
            ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
        }
        ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    }
    for (int64_t id = 5000; id > 0; id -= 2200)
        ck_assert_ok(ty_store_set_status(store, id, TY_SLICE("confirmed"),
                                         &(ty_edit){.when = TY_SLICE("2016")}, &error),
                     error);
    ty_unit_filter confirmed = {.status = TY_SLICE("confirmed")}, since = {.since = TY_SLICE("2018")};
    ty_unit_filter chinese = {.source = TY_SLICE("en"), .target = TY_SLICE("zh")};
    ck_assert_str_eq(shown(store, &confirmed), "0.599|文;1.299|文;1.2499|文;");
    ck_assert_str_eq(shown(store, &chinese), "0.300|文;1.300|文;");
    ck_assert(is_narrow(store, &confirmed) && is_narrow(store, &since) && is_narrow(store, &chinese));
    ck_assert(!is_narrow(store, &(ty_unit_filter){.source = TY_SLICE("en")}));
    ck_assert_str_eq(shown(store, &since), "0.7|文;0.200|文;1.7|文;1.199|文;");
    since.origin = TY_SLICE("two*");
    ck_assert_str_eq(shown(store, &since), "1.7|文;1.199|文;");
    since.status = TY_SLICE("confirmed");
    ck_assert_str_eq(shown(store, &since), "");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.since = TY_SLICE("2030")}), "");

    /* What is edited or comes later is found as well, in a file that had no zones, too. */
    ck_assert_ok(ty_store_set_segment(store, 1234, 1, TY_SLICE("改"), (ty_slice){0},
                                      &(ty_edit){.when = TY_SLICE("20400101T000000Z")}, &error),
                 error);
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.since = TY_SLICE("2030")}), "0.1233|改;");
    since.since = TY_SLICE("2030");
    since.origin = since.status = (ty_slice){0};
    ck_assert_ok(ty_sql_script(store, "DELETE FROM derived_zone", &error), error);
    ck_assert(!is_narrow(store, &since));
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.since = TY_SLICE("2030")}), "0.1233|改;");
    ck_assert_ok(ty_store_set_segment(store, 1, 1, TY_SLICE("改"), (ty_slice){0},
                                      &(ty_edit){.when = TY_SLICE("20410101T000000Z")}, &error),
                 error);
    ck_assert(is_narrow(store, &since));
    ck_assert_str_eq(shown(store, &since), "0.0|改;0.1233|改;");
    ck_assert_uint_eq(findings_of(store), 0);
    ck_assert_ok(ty_sql_script(store, "UPDATE derived_zone SET newest = '' WHERE block = 9", &error), error);
    ck_assert_uint_gt(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

/* Units without a date have that of their origin; doubtful ones are found by their confidence. */
START_TEST(what_has_no_date_is_found_by_that_of_its_origin)
{
    ty_error error = {0};
    ty_store *store = opened(fresh("undated.db"), TY_STORE_CREATE);
    static const char *const times[] = {"20140101T000000Z", "20240101T000000Z"};
    for (int n = 0; n < 2; n++) {
        ty_intake *intake;
        ty_origin origin = {.name = n ? TY_SLICE("new.tsv") : TY_SLICE("old.tsv"),
                            .kind = TY_SLICE("tsv"),
                            .imported_at = ty_slice_of(times[n])};
        ck_assert_ok(ty_intake_open(store, &origin, 0, &intake, &error), error);
        for (int i = 0; i < (n ? 3 : 2000); i++) {
            char text[32];
            snprintf(text, sizeof text, "%d.%d", n, i);
            ty_unit unit = pair(text, "文");
            ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
        }
        ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    }
    ty_unit_filter since = {.since = TY_SLICE("2020")}, doubtful = {.doubtful_below = 0.8F};
    ck_assert(is_narrow(store, &since) && is_narrow(store, &doubtful));
    ck_assert_str_eq(shown(store, &since), "1.0|文;1.1|文;1.2|文;");
    ck_assert_str_eq(shown(store, &doubtful), "");
    ck_assert_ok(ty_store_set_conflict(store, 1500, 7, &error), error);
    ck_assert_str_eq(shown(store, &doubtful), "0.1499|文;");
    ty_store_close(store);
}
END_TEST

/* Few aligned well among many that are not, and units that are not aligned: those stay. */
START_TEST(what_is_aligned_well_is_found_by_its_confidence)
{
    ty_error error = {0};
    ty_intake *intake;
    ty_store *store = opened(fresh("sure.db"), TY_STORE_CREATE);
    ty_origin origin = {.name = TY_SLICE("release"), .kind = TY_SLICE("documents")};
    ty_document_sentence sentences[500];
    char texts[500][8];
    for (int i = 0; i < 500; i++) {
        snprintf(texts[i], sizeof texts[i], "%d", i);
        sentences[i] = (ty_document_sentence){ty_slice_of(texts[i]), 0};
    }
    ck_assert_ok(ty_intake_open(store, &origin, TY_INTAKE_REPLACE, &intake, &error), error);
    ty_stored_document text = {.lang = TY_SLICE("en"), .sentences = sentences, .sentence_count = 500};
    ty_provenance place = {.tool = TY_SLICE("test")};
    ck_assert_ok(ty_intake_document(intake, &text, &place.source_document, &error), error);
    text.lang = TY_SLICE("ja");
    ck_assert_ok(ty_intake_document(intake, &text, &place.target_document, &error), error);
    for (uint32_t i = 0; i < 500; i++) {
        place.bead = (ty_bead){i, 1, i, 1, i == 7 || i == 450 ? .6F : i == 300 ? .61F : .59F};
        ty_unit unit = pair(texts[i], texts[i]);
        ck_assert_ok(ty_intake_unit(intake, &unit, &place, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    take_in(store, "other.tmx", 0, (const char *const[]){"Hand-made.|手作り。", NULL});
    ty_unit_filter sure = {.min_confidence = .6F};
    ck_assert(is_narrow(store, &sure));
    ck_assert_str_eq(shown(store, &sure), "7|7;300|300;450|450;Hand-made.|手作り。;");
    sure.origin = TY_SLICE("release");
    ck_assert_str_eq(shown(store, &sure), "7|7;300|300;450|450;");
    ck_assert(!is_narrow(store, &(ty_unit_filter){.min_confidence = .5F}));
    ty_store_close(store);
}
END_TEST

START_TEST(filters_choose)
{
    ty_error error = {0};
    ty_attribute date = {TY_SLICE("creationdate"), TY_SLICE("20200101T000000Z")};
    ty_store *store = opened(fresh("filter.db"), TY_STORE_CREATE);
    ty_intake *intake = intake_of(store, "x.tmx", 0);
    ty_unit unit = pair("a", "あ");
    unit.attributes = (ty_attributes){&date, 1};
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    unit = pair("b", "be");
    unit.variants[1].lang = TY_SLICE("EN-gb");
    ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    int64_t ids[] = {2, 7, 1};

    ck_assert_str_eq(shown(store, &(ty_unit_filter){.target = TY_SLICE("ja")}), "a|あ;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.source = TY_SLICE("en"), .target = TY_SLICE("en")}),
                     "b|be;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.source = TY_SLICE("en")}), "a|あ;b|be;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.source = TY_SLICE("de")}), "");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.since = TY_SLICE("2019")}), "a|あ;b|be;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.since = TY_SLICE("20200102")}), "b|be;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.ids = ids, .id_count = 3}), "b|be;a|あ;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("?.tmx")}), "a|あ;b|be;");
    ck_assert_str_eq(shown(store, &(ty_unit_filter){.origin = TY_SLICE("y*")}), "");

    ty_variants *variants;
    ty_stored_variant variant_row;
    ck_assert_ok(ty_variants_open(store, 2, &variants, &error), error);
    ck_assert_ok(ty_variants_next(variants, &variant_row, &error), error);
    ck_assert_int_eq(variant_row.unit, 2);
    ck_assert_ok(ty_variants_next(variants, &variant_row, &error), error);
    ck_assert_slice(variant_row.lang, "EN-gb");
    ck_assert_slice(variant_row.text, "be");
    ck_assert_int_eq(ty_variants_next(variants, &variant_row, &error), TY_NO);
    ty_variants_close(variants);
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ the termbase */

static ty_intake_counts glossary(ty_store *store, const char *origin, unsigned flags, const char *id,
                                 const char *text)
{
    ty_error error = {0};
    ty_intake_counts counts;
    ty_info info = {TY_INFO_PROP, {0}, TY_SLICE("x")};
    ty_term terms[] = {
        {.lang = TY_SLICE("en"),
         .text = ty_slice_of(text),
         .status = TY_TERM_APPROVED,
         .organisation = TY_SLICE("MOD")},
        {.lang = TY_SLICE("ja"), .text = TY_SLICE("防衛大臣"), .note = TY_SLICE("n"), .infos = {&info, 1}},
    };
    ty_concept concept = {
        .id = ty_slice_of(id), .subject = TY_SLICE("posts"), .terms = terms, .term_count = 2};
    ty_intake *intake = intake_of(store, origin, flags);
    ck_assert_ok(ty_intake_concept(intake, &concept, NULL, NULL, &error), error);
    ck_assert_ok(ty_intake_commit(intake, &counts, &error), error);
    return counts;
}

static size_t concept_count(ty_store *store, const char *pattern)
{
    ty_error error = {0};
    ty_concepts *concepts;
    ty_stored_concept concept;
    ty_status status;
    size_t count = 0;
    ck_assert_ok(ty_concepts_open(store, ty_slice_of(pattern), &concepts, &error), error);
    while ((status = ty_concepts_next(concepts, &concept, &error)) == TY_OK)
        count++;
    ck_assert_int_eq(status, TY_NO);
    ty_concepts_close(concepts);
    return count;
}

START_TEST(concepts_follow_the_same_rules)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_stored_concept stored;
    ty_store *store = opened(fresh("terms.db"), TY_STORE_CREATE);
    ck_assert_counts(glossary(store, "g", 0, "1", "Minister of Defense"), 1, 0, 0);
    ck_assert_counts(glossary(store, "g", 0, "1", "Minister of Defense"), 0, 0, 1);
    ck_assert_counts(glossary(store, "export", 0, "1", "Minister of Defense"), 0, 0, 1);
    ck_assert_uint_eq(concept_count(store, ""), 1);
    ck_assert_counts(glossary(store, "g", 0, "1", "Defense Minister"), 0, 1, 0);
    ck_assert_uint_eq(concept_count(store, ""), 2);
    ck_assert_uint_eq(concept_count(store, "g"), 1);
    ck_assert_counts(glossary(store, "g", TY_INTAKE_REPLACE, "2", "Chief"), 1, 0, 0);
    ck_assert_uint_eq(concept_count(store, "g"), 1);

    ck_assert_ok(ty_store_concept(store, 1, &arena, &stored, &error), error);
    ck_assert_slice(stored.concept.id, "1");
    ck_assert_slice(stored.concept.subject, "posts");
    ck_assert_uint_eq(stored.concept.term_count, 2);
    ck_assert_int_eq(stored.concept.terms[0].status, TY_TERM_APPROVED);
    ck_assert_slice(stored.concept.terms[0].organisation, "MOD");
    ck_assert_slice(stored.concept.terms[1].infos.items[0].text, "x");
    ck_assert_slice(stored.origin_name, "export");
    ck_assert_int_eq(ty_store_concept(store, 99, &arena, &stored, &error), TY_NO);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ derived data */

START_TEST(derived_data_is_kept_in_parts)
{
    enum { SIZE = 9 << 20 };
    ty_error error = {0};
    uint64_t size;
    ty_stamp stamp;
    char *big = malloc(SIZE), *back = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        big[i] = (char)(i * 2654435761U >> 13);
    ty_slice parts[] = {{big, 5}, {NULL, 0}, {big + 5, SIZE - 5}};
    ty_store *store = opened(fresh("derived.db"), TY_STORE_CREATE);
    ck_assert_int_eq(ty_store_derived_info(store, "match", &stamp, &size, &error), TY_NO);
    ck_assert_ok(ty_store_derived_put(store, "match", (ty_stamp){1, 5}, parts, 1, &error), error);
    ck_assert_ok(ty_store_derived_put(store, "match", (ty_stamp){7, 9}, parts, 3, &error), error);
    ck_assert_ok(ty_store_derived_info(store, "match", &stamp, &size, &error), error);
    ck_assert(ty_stamp_equal(stamp, (ty_stamp){7, 9}));
    ck_assert_uint_eq(size, SIZE);
    ck_assert_ok(ty_store_derived_read(store, "match", 3, back, SIZE - 3, &error), error);
    ck_assert_int_eq(memcmp(back, big + 3, SIZE - 3), 0);
    ck_assert_uint_eq(findings_of(store), 0);
    ck_assert_ok(ty_store_derived_drop(store, NULL, &error), error);
    ck_assert_int_eq(ty_store_derived_info(store, "match", &stamp, &size, &error), TY_NO);
    ty_store_close(store);
    free(big);
    free(back);
}
END_TEST

START_TEST(statistics_count)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_stats stats;
    ty_store *store = opened(fresh("stats.db"), TY_STORE_CREATE);
    release(store, "二。", .5F);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    glossary(store, "g", 0, "1", "x");
    ck_assert_ok(ty_store_stats(store, &arena, &stats, &error), error);
    ck_assert_uint_eq(stats.units, 3);
    ck_assert_uint_eq(stats.variants, 6);
    ck_assert_uint_eq(stats.aligned, 2);
    ck_assert_uint_eq(stats.origins, 3);
    ck_assert_uint_eq(stats.documents, 2);
    ck_assert_uint_eq(stats.sentences, 7);
    ck_assert_uint_eq(stats.terms, 2);
    ck_assert_uint_eq(stats.text_bytes, 4 + 6 + 4 + 6 + 1 + 3);
    ck_assert_uint_eq(stats.languages.count, 2);
    ck_assert_slice(stats.languages.items[0].name, "en");
    ck_assert_uint_eq(stats.languages.items[0].count, 3);
    ty_stats_release(&stats);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

/* ------------------------------------------------------------------------------------------ refusals */

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void refused(const char *path, ty_store_mode mode, const char *why)
{
    ty_error error = {0};
    ty_store *store;
    ck_assert_int_eq(ty_store_open(path, mode, &store, &error), TY_ERR_STORE);
    ck_assert_ptr_null(store);
    ck_assert_msg(strstr(error.message, why), "%s", error.message);
    ck_assert(strcmp(error.file, path) == 0 || strstr(error.message, path));
}

/* Runs statements of the plain sqlite3 program's kind on the file. */
static void sql(const char *path, const char *statements)
{
    char command[1200];
    snprintf(command, sizeof command, "sqlite3 '%s' \"%s\" >/dev/null", path, statements);
    ck_assert_int_eq(system(command), 0);
}

static bool have_sqlite3(void)
{
    if (system("command -v sqlite3 >/dev/null") == 0)
        return true;
    fprintf(stderr, "skipped: no sqlite3 program\n");
    return false;
}

START_TEST(what_is_no_memory_is_refused)
{
    const char *path = fresh("no.db");
    refused(path, TY_STORE_READ, "no such memory");
    refused(path, TY_STORE_WRITE, "no such memory");
    write_file(path, "", 0);
    refused(path, TY_STORE_READ, "empty file");
    static const char text[] =
        "This is no database, just some text that is long enough to look at, at least a "
        "hundred bytes of it, and a bit more.";
    write_file(path, text, sizeof text - 1);
    refused(path, TY_STORE_READ, "not a memory");
    refused(path, TY_STORE_CREATE, "not a memory");
    refused("/tmp", TY_STORE_CREATE, "a folder");
    refused("/dev/null", TY_STORE_CREATE, "not a regular file");
    refused("/no/such/folder/memory.db", TY_STORE_CREATE, "cannot be made");
}
END_TEST

START_TEST(other_and_newer_databases_are_refused)
{
    const char *path = fresh("foreign.db");
    if (!have_sqlite3())
        return;
    sql(path, "CREATE TABLE t (a)");
    refused(path, TY_STORE_READ, "another program");
    refused(path, TY_STORE_CREATE, "another program");
    path = fresh("newer-version.db");
    ty_store_close(opened(path, TY_STORE_CREATE));
    sql(path, "PRAGMA user_version = 999");
    refused(path, TY_STORE_READ, "newer version");
    refused(path, TY_STORE_WRITE, "newer version");
}
END_TEST

static void remembers(ty_store *store, const char *id, bool remembered)
{
    ty_error error = {0};
    ck_assert_int_eq(ty_store_is_accepted(store, ty_slice_of(id), &error), remembered ? TY_OK : TY_NO);
}

START_TEST(accepted_findings_are_remembered_until_forgotten)
{
    ty_error error = {0};
    uint64_t count;
    ty_store *store = opened(fresh("accepted.db"), TY_STORE_CREATE);
    ty_accepted finding = {.id = TY_SLICE("a1"),
                           .fault = TY_SLICE("missing"),
                           .words = TY_SLICE("sea"),
                           .source = TY_SLICE("The sea."),
                           .target = TY_SLICE("空。"),
                           .who = TY_SLICE("kato")};
    for (int twice = 0; twice < 2; twice++)
        ck_assert_ok(ty_store_accept(store, &finding, &error), error);
    finding.id = TY_SLICE("a2");
    ck_assert_ok(ty_store_accept(store, &finding, &error), error);
    ty_store_close(store);

    store = opened(place_of("accepted.db"), TY_STORE_WRITE);
    remembers(store, "a1", true);
    remembers(store, "a3", false);
    ck_assert_ok(ty_store_forget(store, TY_SLICE("a1"), &count, &error), error);
    ck_assert_uint_eq(count, 1);
    remembers(store, "a1", false);
    remembers(store, "a2", true);
    ck_assert_ok(ty_store_forget(store, TY_SLICE(""), &count, &error), error);
    ck_assert_uint_eq(count, 1);
    remembers(store, "a2", false);
    ty_store_close(store);
}
END_TEST

/* Either the file cannot be opened at all, or verify says what is wrong. */
static void found_out(const char *path)
{
    ty_error error = {0};
    ty_store *store;
    if (ty_store_open(path, TY_STORE_READ, &store, &error) == TY_OK) {
        ck_assert_uint_gt(findings_of(store), 0);
        ty_store_close(store);
    } else {
        ck_assert_int_eq(error.status, TY_ERR_STORE);
        ck_assert_msg(strstr(error.message, "damaged"), "%s", error.message);
    }
}

START_TEST(a_damaged_file_is_found_out)
{
    const char *path = fresh("damaged.db");
    ty_store *store = opened(path, TY_STORE_CREATE);
    static const char *texts[3001];
    for (size_t i = 0; i < 3000; i++)
        texts[i] = "some text that fills pages|頁を埋める文";
    take_in(store, "one.tmx", 0, texts);
    ty_store_close(store);
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    int file = open(path, O_WRONLY);
    char noise[4096];
    memset(noise, 0x5A, sizeof noise);
    for (off_t at = 12 * 8192; at + 8192 < info.st_size; at += 8192)
        ck_assert_int_eq(pwrite(file, noise, sizeof noise, at), sizeof noise);
    close(file);
    found_out(path);
    ck_assert_int_eq(truncate(path, 8192 * 3 + 100), 0);
    found_out(path);
}
END_TEST

START_TEST(verify_sees_what_was_changed_behind_our_back)
{
    const char *path = fresh("behind.db");
    if (!have_sqlite3())
        return;
    ty_store *store = opened(path, TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い"));
    ty_store_close(store);
    sql(path, "UPDATE variant SET text = 'x' WHERE unit = 1 AND position = 0");
    sql(path, "DELETE FROM derived_digest WHERE unit = 2");
    sql(path,
        "INSERT INTO bead VALUES (1, 1, 8, 0, 1, 9, 0, 1, 2, 'auto', NULL, NULL, 0, 0, 0, 0, NULL, 0.5, '',"
        " NULL)");
    store = opened(path, TY_STORE_READ);
    /* The unit, the digest, the bead that refers to nothing, and whose unit says more than that; then two
     * tables and the figures of both. */
    ck_assert_uint_eq(findings_of(store), 10);
    ty_store_close(store);
}
END_TEST

START_TEST(what_is_derived_is_made_again)
{
    ty_error error = {0};
    const char *path = fresh("again.db");
    if (!have_sqlite3())
        return;
    ty_store *store = opened(path, TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い"));
    ty_store_close(store);
    sql(path, "DELETE FROM derived_digest");
    store = opened(path, TY_STORE_WRITE);
    ck_assert_uint_eq(findings_of(store), 2);
    ck_assert_counts(take_in(store, "two.tmx", 0, LIST("b|い", "c|う")), 1, 0, 1);
    ck_assert_uint_eq(findings_of(store), 0);
    sql(path, "INSERT INTO derived_digest VALUES (1, 1); DELETE FROM derived_digest WHERE unit = 2");
    ck_assert_uint_eq(findings_of(store), 2);
    ck_assert_ok(ty_store_rebuild(store, &error), error);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

START_TEST(a_read_only_file_can_be_read_but_not_written)
{
    const char *path = fresh("readonly.db");
    ty_store *store = opened(path, TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_store_close(store);
    store = opened(path, TY_STORE_READ);
    ty_error error = {0};
    ty_intake *intake;
    ty_origin origin = {.name = TY_SLICE("x")};
    ck_assert_int_eq(ty_intake_open(store, &origin, 0, &intake, &error), TY_ERR_STORE);
    ck_assert_ptr_null(intake);
    ck_assert_str_eq(shown(store, NULL), "a|あ;");
    ty_store_close(store);
}
END_TEST

/* In a process that has no rights in the folder, whoever runs the tests. */
static void without_rights(const char *path, void (*doing)(const char *path))
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(1);
        doing(path);
        _exit(0);
    }
    waitpid(child, &status, 0);
    ck_assert_int_eq(status, 0);
}

static void read_only_works(const char *path)
{
    refused(path, TY_STORE_WRITE, "read-only");
    ty_store *store = opened(path, TY_STORE_READ);
    ck_assert_str_eq(shown(store, NULL), "a|あ;");
    ty_store_close(store);
}

/* What a killed process has left is copied together with the file. */
static void log_is_read_with_it(const char *path)
{
    read_only_works(path);
}

START_TEST(a_read_only_folder_can_be_read_from)
{
    char folder[300], log[320];
    snprintf(folder, sizeof folder, "%s", ty_test_temporary("media"));
    ck_assert_int_eq(mkdir(folder, 0755), 0);
    char path[320];
    snprintf(path, sizeof path, "%s/memory.db", folder);
    snprintf(log, sizeof log, "%s/memory.db-wal", folder);
    ty_store *store = opened(path, TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_store_close(store);
    ck_assert_int_eq(chmod(ty_test_temporary(""), 0755), 0);
    ck_assert_int_eq(chmod(path, 0444), 0);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    without_rights(path, read_only_works);
    ck_assert_int_eq(chmod(folder, 0755), 0);
    write_file(log, "left over", 9);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    without_rights(path, log_is_read_with_it);
    ck_assert_int_eq(chmod(folder, 0755), 0);
}
END_TEST

START_TEST(a_reader_tidies_up)
{
    const char *path = fresh("tidy.db");
    char side[300];
    ty_store *store = opened(path, TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_store_close(store);
    store = opened(path, TY_STORE_READ);
    ck_assert_uint_eq(strlen(ty_store_identity(store)), 32);
    ck_assert_str_eq(shown(store, NULL), "a|あ;");
    ty_store_close(store);
    snprintf(side, sizeof side, "%s-wal", path);
    ck_assert_int_ne(access(side, F_OK), 0);
}
END_TEST

/* ------------------------------------------------------------------------------------------ transactions */

START_TEST(a_rollback_leaves_no_trace)
{
    ty_error error = {0};
    ty_stamp before, after;
    ty_store *store = opened(fresh("rollback.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い"));
    ck_assert_ok(ty_store_stamp(store, TY_STAMP_UNITS, &before, &error), error);
    ck_assert_ok(ty_store_begin(store, &error), error);
    ck_assert_ok(ty_store_remove(store, 1, NULL, &error), error);
    ck_assert_ok(ty_store_begin(store, &error), error);
    ck_assert_ok(ty_store_remove(store, 2, NULL, &error), error);
    ty_store_rollback(store);
    ck_assert_str_eq(shown(store, NULL), "b|い;");
    ty_store_rollback(store);
    ck_assert_str_eq(shown(store, NULL), "a|あ;b|い;");
    ck_assert_ok(ty_store_stamp(store, TY_STAMP_UNITS, &after, &error), error);
    ck_assert(ty_stamp_equal(before, after));
    ck_assert_uint_eq(findings_of(store), 0);
    ty_store_close(store);
}
END_TEST

START_TEST(a_reader_sees_the_old_state_while_a_writer_writes)
{
    ty_error error = {0};
    const char *path = fresh("reader.db");
    ty_store *writer = opened(path, TY_STORE_CREATE);
    take_in(writer, "one.tmx", 0, LIST("a|あ", "b|い"));
    ty_store *reader = opened(path, TY_STORE_READ);
    ty_units *units;
    ty_stored_unit unit;
    ck_assert_ok(ty_units_open(reader, NULL, &units, &error), error);
    ck_assert_ok(ty_units_next(units, &unit, &error), error);

    ty_intake *intake = intake_of(writer, "two.tmx", 0);
    ty_unit more = pair("c", "う");
    ck_assert_ok(ty_intake_unit(intake, &more, NULL, NULL, NULL, &error), error);
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    ck_assert_ok(ty_units_next(units, &unit, &error), error);
    ck_assert_int_eq(ty_units_next(units, &unit, &error), TY_NO);
    ty_units_close(units);
    ck_assert_str_eq(shown(reader, NULL), "a|あ;b|い;c|う;");
    ty_store_close(reader);
    ty_store_close(writer);
}
END_TEST

/* A child that writes until it is killed; its parent then finds whole imports only. */
static void write_forever(const char *path)
{
    ty_store *store = opened(path, TY_STORE_CREATE);
    for (unsigned round = 0;; round++) {
        char name[32];
        ty_error error = {0};
        snprintf(name, sizeof name, "file%u", round);
        ty_intake *intake = intake_of(store, name, 0);
        unsigned count = round ? 50 : 6000; /* the first is large enough for a writer's thread */
        for (unsigned i = 0; i < count; i++) {
            char text[64];
            snprintf(text, sizeof text, "text %u of %u", i, round);
            ty_unit unit = pair(text, "文");
            if (ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error) != TY_OK)
                _exit(1);
        }
        if (ty_intake_commit(intake, NULL, &error) != TY_OK)
            _exit(1);
        if (round % 3 == 2 && ty_store_remove(store, (int64_t)round * 50 + 1, NULL, &error) != TY_OK)
            _exit(1);
    }
}

static void check_whole(const char *path)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_origins origins = {0};
    ty_store *store;
    if (ty_store_open(path, TY_STORE_READ, &store, &error) != TY_OK) {
        ck_assert_msg(strstr(error.message, "empty file") || strstr(error.message, "no such"), "%s",
                      error.message);
        return;
    }
    ck_assert_uint_eq(findings_of(store), 0);
    ck_assert_ok(ty_store_origins(store, (ty_slice){0}, &arena, &origins, &error), error);
    for (size_t i = 0; i < origins.count; i++)
        ck_assert_uint_ge(origins.items[i].unit_count, 49);
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    ty_store_close(store);
}

START_TEST(a_killed_writer_leaves_whole_imports)
{
    /* Each file sees several children: the next one goes on where the last was killed. */
    const char *path = NULL;
    for (unsigned i = 0; i < 40; i++) {
        if (i % 8 == 0)
            path = fresh("killed.db");
        if (i == 0 && !in_files()) /* making tables there takes longer than such a child lives */
            ty_store_close(opened(path, TY_STORE_CREATE));
        pid_t child = fork();
        if (child == 0)
            write_forever(path);
        nanosleep(&(struct timespec){0, 1000000 + i * 1700000L}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        check_whole(path);
    }
}
END_TEST

/* A child that may write files of `limit` bytes at most, as on a full disk; returns its exit status. */
static int import_within(const char *path, rlim_t limit)
{
    pid_t child = fork();
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit});
        ty_error error = {0};
        ty_store *store;
        ty_intake *intake = NULL;
        ty_origin origin = {.name = TY_SLICE("big.tmx")};
        ty_status status = ty_store_open(path, TY_STORE_CREATE, &store, &error);
        if (status == TY_OK)
            status = ty_intake_open(store, &origin, 0, &intake, &error);
        for (unsigned i = 0; i < 3000 && status == TY_OK; i++) {
            char text[80];
            snprintf(text, sizeof text, "a sentence of some length, number %u, that takes room", i);
            ty_unit unit = pair(text, "いくらか場所を取る文");
            status = ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error);
        }
        if (intake && status == TY_OK)
            status = ty_intake_commit(intake, NULL, &error);
        else
            ty_intake_rollback(intake, NULL);
        if (status != TY_OK && !error.message[0])
            _exit(99);
        if (store)
            ty_store_close(store);
        _exit(status);
    }
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(a_full_disk_leaves_the_old_state)
{
    const char *path = fresh("disk.db");
    unsigned failures = 0;
    ty_store *store = opened(path, TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ"));
    ty_store_close(store);
    for (rlim_t limit = 0; limit < 1300000; limit += 61057) {
        int status = import_within(path, limit);
        store = opened(path, TY_STORE_READ);
        const char *all = shown(store, NULL);
        if (status == TY_OK) {
            ck_assert_uint_gt(strlen(all), 3000);
        } else {
            failures++;
            ck_assert_msg(status == TY_ERR_IO || status == TY_ERR_STORE, "limit %lu: status %d",
                          (unsigned long)limit, status);
            ck_assert_str_eq(all, "a|あ;");
        }
        ck_assert_uint_eq(findings_of(store), 0);
        ty_store_close(store);
        if (status == TY_OK)
            break;
    }
    ck_assert_uint_gt(failures, 3);
}
END_TEST

/* A file with one unit that says its digest. */
static int import_one(const char *path, const char *name, const char *digest, unsigned flags)
{
    ty_error error = {0};
    ty_store *store;
    ty_intake *intake;
    ty_origin origin = {.name = ty_slice_of(name), .digest = ty_slice_of(digest)};
    ty_unit unit = pair(digest, "文");
    ty_status status = ty_store_open(path, TY_STORE_CREATE, &store, &error);
    if (status == TY_OK)
        status = ty_intake_open(store, &origin, flags, &intake, &error);
    if (status == TY_OK)
        status = ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error);
    if (status == TY_OK)
        status = ty_intake_commit(intake, NULL, &error);
    if (status != TY_OK)
        fprintf(stderr, "%s\n", error.message);
    ty_store_close(store);
    return (int)status;
}

/* Eight processes import five files each at once: under `name`, or under their digests where it is NULL. */
static void import_at_once(const char *path, const char *name, unsigned flags)
{
    pid_t children[8];
    for (int i = 0; i < 8; i++) {
        children[i] = fork();
        if (children[i])
            continue;
        for (int k = 0; k < 5; k++) {
            char digest[32];
            snprintf(digest, sizeof digest, "%d.%d", i, k);
            int status = import_one(path, name ? name : digest, digest, flags);
            if (status)
                _exit(status);
        }
        _exit(0);
    }
    for (int i = 0; i < 8; i++) {
        int status;
        waitpid(children[i], &status, 0);
        ck_assert_int_eq(status, 0);
    }
}

START_TEST(writers_wait_for_each_other)
{
    const char *path = fresh("writers.db");
    import_at_once(path, NULL, 0);
    ty_store *store = opened(path, TY_STORE_READ);
    ty_arena arena = {0};
    ty_stats stats;
    ck_assert_int_eq(ty_store_stats(store, &arena, &stats, NULL), TY_OK);
    ck_assert_uint_eq(stats.units, 40);
    ck_assert_uint_eq(findings_of(store), 0);
    ty_stats_release(&stats);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

START_TEST(files_of_one_name_stay_apart)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_origins origins = {0};
    const char *path = fresh("apart.db");
    for (int twice = 0; twice < 2; twice++)
        import_at_once(path, "memory.tmx", TY_INTAKE_APART);
    ty_store *store = opened(path, TY_STORE_READ);
    ck_assert_ok(ty_store_origins(store, (ty_slice){0}, &arena, &origins, &error), error);
    ck_assert_uint_eq(origins.count, 40);
    for (size_t i = 0; i < origins.count; i++) {
        char name[48] = "memory.tmx";
        if (i)
            snprintf(name, sizeof name, "memory.tmx (%zu)", i + 1);
        ck_assert_slice(origins.items[i].name, name);
        ck_assert_uint_eq(origins.items[i].unit_count, 1);
    }
    ty_vector_release(&origins);
    ty_arena_release(&arena);
    ty_store_close(store);
}
END_TEST

START_TEST(a_writer_that_waits_too_long_says_so)
{
    ty_error error = {0};
    const char *path = fresh("busy.db");
    ty_store *one = opened(path, TY_STORE_CREATE), *other = opened(path, TY_STORE_WRITE);
    ty_store_set_patience(other, 50);
    ty_intake *intake = intake_of(one, "one.tmx", 0);
    ck_assert_int_eq(ty_store_begin(other, &error), TY_ERR_BUSY);
    ck_assert_msg(strstr(error.message, path) && strstr(error.message, "another process"), "%s",
                  error.message);
    ck_assert_str_eq(shown(other, NULL), "");
    ty_intake_rollback(intake, NULL);
    take_in(other, "two.tmx", 0, LIST("a|あ"));
    ck_assert_str_eq(shown(one, NULL), "a|あ;");
    ty_store_close(one);
    ty_store_close(other);
}
END_TEST

/* What a look-up reads of units and of what stands around them, one state. */
static uint64_t look_at(ty_store *store, const int64_t *units, size_t count, bool expected)
{
    ty_error error = {0};
    ty_arena arena = {0};
    ty_stored_unit stored;
    ty_neighbours around;
    uint64_t before = ty_store_trips(store);
    ck_assert_ok(ty_store_freeze(store, &error), error);
    if (expected) {
        ck_assert_ok(ty_store_expect(store, units, count, TY_EXPECT_UNITS, &error), error);
        ck_assert_ok(ty_store_expect(store, units, count, TY_EXPECT_AROUND, &error), error);
    }
    for (size_t i = 0; i < count; i++) {
        ck_assert_ok(ty_store_unit(store, units[i], &arena, &stored, &error), error);
        ck_assert_uint_eq(stored.unit.variant_count, 2);
        ck_assert_slice(stored.unit.variants[1].lang, "ja");
        ck_assert_ok(
            ty_store_neighbours(store, units[i], TY_SLICE("en"), TY_SLICE("ja"), &arena, &around, &error),
            error);
        ck_assert(around.source_before.data != NULL || units[i] == 1);
    }
    ck_assert_int_eq(ty_store_unit(store, 1000, &arena, &stored, &error), TY_NO);
    ty_store_thaw(store);
    ty_arena_release(&arena);
    return ty_store_trips(store) - before;
}

START_TEST(what_is_expected_takes_few_round_trips)
{
    static const int64_t units[] = {1, 2, 4};
    ty_store *store = opened(fresh("trips.db"), TY_STORE_CREATE);
    take_in(store, "one.tmx", 0, LIST("a|あ", "b|い", "c|う", "d|え"));
    uint64_t singly = look_at(store, units, 3, false), together = look_at(store, units, 3, true);
    if (in_files()) {
        ck_assert_uint_eq(singly + together, 0);
    } else {
        ck_assert_uint_gt(singly, 12);
        ck_assert_uint_eq(together, 4); /* state, units, neighbours, and the one that is not there */
    }
    ty_store_close(store);
}
END_TEST

/* Several handfuls of numbers' worth of units, of which the memory has the first. */
static ty_intake *many_beside(ty_store *store, const char *name)
{
    ty_error error = {0};
    ty_intake *intake = intake_of(store, name, TY_INTAKE_BESIDE);
    for (int i = 0; i < 4000; i++) {
        char text[32];
        snprintf(text, sizeof text, i ? "text %d" : "a", i);
        ty_unit unit = pair(text, i ? "文" : "あ");
        ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    }
    return intake;
}

/* On a server others need not wait for an intake, nor it for them. */
START_TEST(others_write_beside_an_intake)
{
    ty_error error = {0};
    ty_ids changed = {0};
    ty_intake_counts counts;
    ty_stats stats;
    ty_stamp stamp;
    ty_arena arena = {0};
    int64_t last = 0;
    const char *path = fresh("beside.db");
    ty_store *one = opened(path, TY_STORE_CREATE), *other = opened(path, TY_STORE_WRITE);
    take_in(one, "first.tmx", 0, LIST("a|あ", "b|い"));
    ty_store_set_patience(other, 300);
    ty_intake *intake = many_beside(one, "many.tmx");
    if (!in_files()) {
        take_in(other, "beside.tmx", TY_INTAKE_BESIDE, LIST("c|う", "b|い"));
        ck_assert_ok(ty_store_set_segment(other, 2, 0, TY_SLICE("B"), (ty_slice){0}, NULL, &error), error);
        ck_assert_ok(ty_store_stamp(other, TY_STAMP_UNITS, &stamp, &error), error);
        ck_assert_ok(ty_store_changes(other, stamp, &last, &changed, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, &counts, &error), error);
    ck_assert_uint_eq(counts.created, 3999);
    ck_assert_ok(ty_store_stats(other, &arena, &stats, &error), error);
    ck_assert_uint_eq(stats.units, in_files() ? 4001 : 4002);
    if (!in_files()) { /* whoever followed the memory learns of numbers that it took for empty */
        ck_assert_ok(ty_store_changes(other, stamp, &last, &changed, &error), error);
        ck_assert_uint_eq(changed.count, 3999);
    }
    ck_assert_uint_eq(findings_of(one), 0);
    ty_stats_release(&stats);
    ty_arena_release(&arena);
    ty_vector_release(&changed);
    ty_store_close(one);
    ty_store_close(other);
}
END_TEST

/* Two who bring the same, or one who takes away what the other has met: the second is told, nothing is twice.
 */
START_TEST(who_is_overtaken_is_told)
{
    ty_error error = {0}, again = {0};
    ty_intake_counts counts;
    const char *path = fresh("overtaken.db");
    if (in_files())
        return;
    ty_store *one = opened(path, TY_STORE_CREATE), *other = opened(path, TY_STORE_WRITE);
    take_in(one, "first.tmx", 0, LIST("a|あ", "b|い"));
    ty_intake *intake = many_beside(one, "many.tmx");
    take_in(other, "same.tmx", 0, LIST("text 17|文"));
    ck_assert_int_eq(ty_intake_commit(intake, NULL, &error), TY_ERR_BUSY);
    ck_assert_str_eq(error.rule, "overtaken");
    intake = many_beside(one, "many.tmx");
    ck_assert_ok(ty_store_remove(other, 1, NULL, &again), again);
    ck_assert_int_eq(ty_intake_commit(intake, NULL, &again), TY_ERR_BUSY);
    take_in(other, "last.tmx", 0, LIST("z|ん"));
    ck_assert_str_eq(shown(one, NULL), "b|い;text 17|文;z|ん;");
    intake = many_beside(one, "many.tmx");
    again = (ty_error){0};
    ck_assert_ok(ty_intake_commit(intake, &counts, &again), again);
    ck_assert_uint_eq(counts.created, 3999); /* the one that was removed is new, 17 is there */
    ck_assert_uint_eq(findings_of(one), 0);
    ty_store_close(one);
    ty_store_close(other);
}
END_TEST

static void add_files(Suite *all)
{
    TCase *files = tcase_create("files");
    tcase_add_test(files, what_is_no_memory_is_refused);
    tcase_add_test(files, all_is_on_the_disk_where_that_is_asked_for);
    tcase_add_test(files, who_rests_keeps_little_of_the_file);
    tcase_add_test(files, other_and_newer_databases_are_refused);
    tcase_add_test(files, a_damaged_file_is_found_out);
    tcase_add_test(files, what_is_derived_is_made_again);
    tcase_add_test(files, verify_sees_what_was_changed_behind_our_back);
    tcase_add_test(files, a_read_only_file_can_be_read_but_not_written);
    tcase_add_test(files, a_read_only_folder_can_be_read_from);
    tcase_add_test(files, a_reader_tidies_up);
    tcase_add_test(files, a_full_disk_leaves_the_old_state);
    suite_add_tcase(all, files);
}

static Suite *suite(void)
{
    Suite *all = suite_create("store");
    TCase *basics = tcase_create("units");
    tcase_add_test(basics, every_part_of_a_unit_comes_back);
    tcase_add_test(basics, header_and_metadata_of_an_origin_come_back);
    tcase_add_test(basics, the_same_file_twice_changes_nothing);
    tcase_add_test(basics, a_memory_holds_a_unit_as_often_as_the_file_that_has_it_most_often);
    tcase_add_test(basics, what_differs_in_anything_is_another_unit);
    tcase_add_test(basics, near_duplicates_are_kept_skipped_or_renewed);
    tcase_add_test(basics, many_copies_do_not_cost_squares);
    tcase_add_test(basics, a_large_memory_is_walked_in_order);
    tcase_add_test(basics, a_dry_run_counts_and_leaves_nothing);
    tcase_add_test(basics, what_few_units_fit_is_found_in_the_order_of_the_walk);
    tcase_add_test(basics, what_has_no_date_is_found_by_that_of_its_origin);
    tcase_add_test(basics, what_is_aligned_well_is_found_by_its_confidence);
    tcase_add_test(basics, filters_choose);
    tcase_add_test(basics, a_pair_knows_where_it_stands);
    tcase_add_test(basics, a_confirmed_pair_stays_one_when_it_moves);
    tcase_add_test(basics, a_newer_version_keeps_what_is_confirmed);
    tcase_add_test(basics, concepts_follow_the_same_rules);
    tcase_add_test(basics, derived_data_is_kept_in_parts);
    tcase_add_test(basics, statistics_count);
    suite_add_tcase(all, basics);
    TCase *editing = tcase_create("editing");
    tcase_add_test(editing, what_was_edited_or_removed_does_not_come_back);
    tcase_add_test(editing, another_file_may_bring_what_was_removed);
    tcase_add_test(editing, undo_takes_back_step_by_step);
    tcase_add_test(editing, a_split_keeps_the_order);
    tcase_add_test(editing, an_edit_is_dated_and_signed);
    tcase_add_test(editing, an_index_learns_what_changed);
    tcase_add_test(editing, an_origin_is_removed_and_brought_back);
    suite_add_tcase(all, editing);
    TCase *together = tcase_create("together");
    tcase_add_test(together, accepted_findings_are_remembered_until_forgotten);
    tcase_add_test(together, a_rollback_leaves_no_trace);
    tcase_add_test(together, a_reader_sees_the_old_state_while_a_writer_writes);
    tcase_add_test(together, a_killed_writer_leaves_whole_imports);
    tcase_add_test(together, writers_wait_for_each_other);
    tcase_add_test(together, files_of_one_name_stay_apart);
    tcase_add_test(together, a_writer_that_waits_too_long_says_so);
    tcase_add_test(together, what_is_expected_takes_few_round_trips);
    tcase_add_test(together, others_write_beside_an_intake);
    tcase_add_test(together, who_is_overtaken_is_told);
    suite_add_tcase(all, together);
    if (in_files())
        add_files(all);
    return all;
}

int main(void)
{
    return ty_test_run(suite());
}
