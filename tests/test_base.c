/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>
#include <unistd.h>

START_TEST(slices_cut_and_compare)
{
    ty_slice text = TY_SLICE("防衛省, Tokyo");
    ck_assert(ty_slice_starts(text, TY_SLICE("防衛")));
    ck_assert(ty_slice_ends(text, TY_SLICE("Tokyo")));
    ck_assert_uint_eq(ty_slice_find(text, TY_SLICE("o"), 0), 12);
    ck_assert_uint_eq(ty_slice_find(text, TY_SLICE("kyoto"), 0), SIZE_MAX);
    ck_assert_uint_eq(ty_slice_find(text, TY_SLICE(""), 3), 3);
    ck_assert_slice(ty_slice_trim(TY_SLICE(" \t a b\r\n")), "a b");
    ck_assert_slice(ty_slice_sub(text, 11, 99), "Tokyo");
    ck_assert_slice(ty_slice_sub(text, 9, 2), "");
    ck_assert_int_lt(ty_slice_compare(TY_SLICE("a"), TY_SLICE("ab")), 0);
    ck_assert(ty_slice_equal_nocase(TY_SLICE("EN-us"), TY_SLICE("en-US")));
}
END_TEST

START_TEST(fields_are_cut_to_the_last_empty_one)
{
    ty_slice rest = TY_SLICE("a\t\tb\t"), field;
    const char *const want[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(ty_slice_next(&rest, '\t', &field));
        ck_assert_slice(field, want[i]);
    }
    ck_assert(!ty_slice_next(&rest, '\t', &field));
}
END_TEST

START_TEST(buffers_grow_and_escape)
{
    ty_buffer buffer = {0};
    ck_assert_slice(ty_buffer_slice(&buffer), "");
    for (int i = 0; i < 1000; i++)
        ty_buffer_add_format(&buffer, "%d,", i);
    ck_assert_uint_eq(buffer.size, 10 * 2 + 90 * 3 + 900 * 4);
    ck_assert(!buffer.failed);
    ty_buffer_clear(&buffer);
    ty_buffer_add_json(&buffer, TY_SLICE("「a」\"\\\n\x01\xff"));
    ck_assert_slice(ty_buffer_slice(&buffer), "\"「a」\\\"\\\\\\n\\u0001\xEF\xBF\xBD\"");
    ty_buffer_clear(&buffer);
    ty_buffer_add_xml(&buffer, TY_SLICE("<a & \"b\">\r\n"));
    ck_assert_slice(ty_buffer_slice(&buffer), "&lt;a &amp; \"b\"&gt;&#xD;\n");
    ty_buffer_clear(&buffer);
    ty_buffer_add_xml_attribute(&buffer, TY_SLICE("\"\t\n"));
    ck_assert_slice(ty_buffer_slice(&buffer), "&quot;&#x9;&#xA;");
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(decimals_are_written_and_read)
{
    ty_buffer buffer = {0};
    double value;
    ty_buffer_add_fixed(&buffer, 0.0625, 3);
    ty_buffer_add_char(&buffer, ' ');
    ty_buffer_add_real(&buffer, 2.0 / 3, 6);
    ck_assert_slice(ty_buffer_slice(&buffer), "0.062 0.666667");
    ty_buffer_clear(&buffer);
    ty_buffer_add_fixed(&buffer, 1e300, 1);
    ck_assert_uint_eq(buffer.size, 303);
    ck_assert(ty_decimal_parse("0.5", &value) && value == 0.5);
    ck_assert(!ty_decimal_parse("0,5", &value) && !ty_decimal_parse("", &value));
    static const char *const none[] = {"nan",   "-nan", "inf", "infinity", "1e400",
                                       "0x1p3", " 1",   "1 ",  "e",        "."};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ck_assert_msg(!ty_decimal_parse(none[i], &value), "%s", none[i]);
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(json_strings_replace_what_is_no_utf8)
{
    ty_buffer buffer = {0};
    ty_buffer_add_json(&buffer, (ty_slice){"\xED\xA0\x80\xC0\x80\xF0\x9F\x87\xAF", 9});
    ck_assert_slice(ty_buffer_slice(&buffer),
                    "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x9F\x87\xAF\"");
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(large_room_keeps_what_was_there)
{
    ty_buffer buffer = {0};
    size_t room = (size_t)5 << 20;
    ty_buffer_add_string(&buffer, "before");
    ck_assert(ty_buffer_reserve_large(&buffer, room));
    ck_assert_uint_ge(buffer.capacity, buffer.size + room + 1);
    memset(buffer.data + buffer.size, 'x', room);
    ck_assert_slice(ty_slice_sub(ty_buffer_slice(&buffer), 0, 6), "before");
    ck_assert(!ty_buffer_reserve_large(&buffer, SIZE_MAX / 2));
    ck_assert(buffer.failed);
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(arenas_keep_what_they_gave)
{
    ty_arena arena = {0};
    ty_slice kept[500];
    char text[32];
    for (int i = 0; i < 500; i++) {
        snprintf(text, sizeof text, "number %d", i);
        kept[i] = ty_arena_copy(&arena, ty_slice_of(text));
        int *zero = ty_arena_array(&arena, 7, sizeof *zero);
        ck_assert_int_eq(zero[6], 0);
        zero[0] = i;
    }
    ck_assert_slice(kept[123], "number 123");
    ck_assert_ptr_null(ty_arena_array(&arena, SIZE_MAX / 2, 4));
    ck_assert(arena.failed);
    ty_arena_clear(&arena);
    ck_assert(!arena.failed);
    ck_assert_slice(ty_arena_copy(&arena, TY_SLICE("again")), "again");
    ty_arena_release(&arena);
}
END_TEST

START_TEST(strings_are_numbered_once)
{
    ty_strings strings = {0};
    char text[32];
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 3000; i++) {
            snprintf(text, sizeof text, "w%u", i);
            ck_assert_uint_eq(ty_strings_add(&strings, ty_slice_of(text)), i);
        }
    ck_assert_uint_eq(ty_strings_find(&strings, TY_SLICE("w2999")), 2999);
    ck_assert_uint_eq(ty_strings_find(&strings, TY_SLICE("none")), TY_STRINGS_NONE);
    ck_assert_slice(strings.list.items[17], "w17");
    ty_strings_clear(&strings);
    ck_assert_uint_eq(ty_strings_find(&strings, TY_SLICE("w1")), TY_STRINGS_NONE);
    ty_strings_release(&strings);
}
END_TEST

START_TEST(the_first_error_is_kept)
{
    ty_error error = {0};
    ck_assert_int_eq(ty_error_set(&error, TY_ERR_FORMAT, "no %s", "TMX"), TY_ERR_FORMAT);
    ty_error_set(&error, TY_ERR_IO, "later");
    ck_assert_str_eq(error.message, "no TMX");
    ty_error_locate(&error, "a.tmx", 7, 0);
    ty_error_locate(&error, "b.tmx", 8, 3);
    ck_assert_str_eq(error.file, "a.tmx");
    ck_assert_uint_eq(error.line, 7);
    ck_assert_uint_eq(error.unit, 3);
    ck_assert_int_eq(ty_error_set(NULL, TY_ERR_IO, "unseen"), TY_ERR_IO);
}
END_TEST

START_TEST(output_replaces_a_file_only_at_commit)
{
    const char *path = ty_test_temporary("out.txt");
    ty_error error = {0};
    ty_output *output;
    ty_buffer content = {0};
    ck_assert_ok(ty_output_open(path, &output, &error), error);
    ty_output_write(output, TY_SLICE("first"));
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_ok(ty_output_commit(output, &error), error);
    ck_assert_ok(ty_output_open(path, &output, &error), error);
    ty_output_format(output, "%0700d", 2);
    ty_output_discard(output);
    ck_assert_ok(ty_file_read(path, 0, &content, &error), error);
    ck_assert_slice(ty_buffer_slice(&content), "first");
    ty_buffer_release(&content);
}
END_TEST

START_TEST(output_can_go_to_memory)
{
    ty_error error = {0};
    ty_output *output;
    ty_buffer buffer = {0};
    ck_assert_ok(ty_output_open_buffer(&buffer, &output, &error), error);
    ty_output_write(output, TY_SLICE("one "));
    ty_output_format(output, "%d", 2);
    ck_assert_ok(ty_output_commit(output, &error), error);
    ck_assert_slice(ty_buffer_slice(&buffer), "one 2");
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(full_disks_and_missing_folders_are_errors)
{
    ty_error error = {0};
    ty_output *output;
    if (access("/dev/full", W_OK) == 0) {
        ck_assert_ok(ty_output_open("/dev/full", &output, &error), error);
        ty_output_write(output, TY_SLICE("lost"));
        ck_assert_int_eq(ty_output_commit(output, &error), TY_ERR_IO);
        ck_assert_str_eq(error.file, "/dev/full");
    }
    error = (ty_error){0};
    ck_assert_int_eq(ty_output_open("/nowhere/at/all", &output, &error), TY_ERR_IO);
    ck_assert_ptr_null(output);
    ty_buffer buffer = {0};
    error = (ty_error){0};
    ck_assert_int_eq(ty_file_read("/nowhere", 0, &buffer, &error), TY_ERR_IO);
    error = (ty_error){0};
    ck_assert_int_eq(ty_file_read("/", 0, &buffer, &error), TY_ERR_IO);
    ty_buffer_release(&buffer);
}
END_TEST

START_TEST(reading_stops_at_the_limit)
{
    const char *path = ty_test_temporary("large.txt");
    ty_error error = {0};
    ty_output *output;
    ty_buffer content = {0};
    ck_assert_ok(ty_output_open(path, &output, &error), error);
    for (int i = 0; i < 1000; i++)
        ty_output_write(output, TY_SLICE("0123456789"));
    ck_assert_ok(ty_output_commit(output, &error), error);
    ck_assert_int_eq(ty_file_read(path, 9999, &content, &error), TY_ERR_LIMIT);
    ty_buffer_clear(&content);
    error = (ty_error){0};
    ck_assert_ok(ty_file_read(path, 10000, &content, &error), error);
    ck_assert_uint_eq(content.size, 10000);
    ty_buffer_release(&content);
}
END_TEST

/* ------------------------------------------------------------------------------------------ threads */

typedef struct relayed {
    size_t places[TY_RELAY_AHEAD], next, breaks_at;
} relayed;

static ty_status square(void *payload, size_t number, ty_error *error)
{
    relayed *r = payload;
    r->places[number % TY_RELAY_AHEAD] = number * number;
    return number == r->breaks_at ? ty_error_set(error, TY_ERR_FORMAT, "%zu", number) : TY_OK;
}

static ty_status in_order(void *payload, size_t number, ty_error *error)
{
    relayed *r = payload;
    ck_assert_uint_eq(number, r->next++);
    ck_assert_uint_eq(r->places[number % TY_RELAY_AHEAD], number * number);
    return number == 500 ? TY_STOP : TY_OK;
}

START_TEST(a_relay_is_taken_in_order)
{
    relayed r = {.breaks_at = SIZE_MAX};
    ty_relay relay = {.count = 300, .make = square, .take = in_order, .payload = &r};
    ty_error error = {0};
    for (int alone = 0; alone < 2; alone++) {
        relay.alone = alone;
        r.next = 0;
        ck_assert_ok(ty_threads_relay(&relay, &error), error);
        ck_assert_uint_eq(r.next, 300);
    }
    relay.count = 0;
    ck_assert_ok(ty_threads_relay(&relay, &error), error);
}
END_TEST

START_TEST(a_relay_ends_at_the_first_failure)
{
    relayed r = {.breaks_at = SIZE_MAX};
    ty_relay relay = {.count = 100000, .make = square, .take = in_order, .payload = &r};
    ty_error error = {0};
    ck_assert_int_eq(ty_threads_relay(&relay, &error), TY_STOP);
    ck_assert_uint_eq(r.next, 501);
    r = (relayed){.breaks_at = 40};
    ck_assert_int_eq(ty_threads_relay(&relay, &error), TY_ERR_FORMAT);
    ck_assert_str_eq(error.message, "40");
    ck_assert_uint_le(r.next, 40);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base");
    TCase *cases = tcase_create("base");
    tcase_add_test(cases, slices_cut_and_compare);
    tcase_add_test(cases, fields_are_cut_to_the_last_empty_one);
    tcase_add_test(cases, buffers_grow_and_escape);
    tcase_add_test(cases, large_room_keeps_what_was_there);
    tcase_add_test(cases, decimals_are_written_and_read);
    tcase_add_test(cases, json_strings_replace_what_is_no_utf8);
    tcase_add_test(cases, arenas_keep_what_they_gave);
    tcase_add_test(cases, strings_are_numbered_once);
    tcase_add_test(cases, the_first_error_is_kept);
    tcase_add_test(cases, output_replaces_a_file_only_at_commit);
    tcase_add_test(cases, output_can_go_to_memory);
    tcase_add_test(cases, full_disks_and_missing_folders_are_errors);
    tcase_add_test(cases, reading_stops_at_the_limit);
    tcase_add_test(cases, a_relay_is_taken_in_order);
    tcase_add_test(cases, a_relay_ends_at_the_first_failure);
    suite_add_tcase(suite, cases);
    return ty_test_run(suite);
}
