/* SPDX-License-Identifier: Apache-2.0 */
/* The desk's own readers and writers: addresses, forms, names of files, markup. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "server/archive.h"
#include "server/file_names.h"
#include "server/html.h"
#include "server/request.h"

static ty_arena arena;

static const char *text_of(ty_slice text)
{
    return ty_arena_copy(&arena, text).data;
}

/* ------------------------------------------------------------------------------------------ addresses */

/* The segments and parameters of an address as "a|b?c=d&", or the name of the failure. */
static const char *parsed(const char *address)
{
    static char out[9000];
    ty_target target = {0};
    size_t at = 0;
    ty_status status = ty_target_parse(&target, ty_slice_of(address), &arena);
    for (size_t i = 0; i < target.path.count; i++)
        at +=
            (size_t)snprintf(out + at, sizeof out - at, "%s%s", i ? "|" : "", text_of(target.path.items[i]));
    for (size_t i = 0; i < target.query.count; i++)
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s=%s", i ? "&" : "?",
                               text_of(target.query.items[i].name), text_of(target.query.items[i].value));
    ty_target_release(&target);
    return status == TY_OK ? out : ty_status_name(status);
}

START_TEST(addresses_are_decoded_once)
{
    static const char *const cases[][2] = {{"/", ""},
                                           {"/a/b", "a|b"},
                                           {"/a//b/", "a||b|"},
                                           {"/a%2Fb", "a/b"},
                                           {"/%E9%98%B2?q=%e9%98%b2+x", "防?q=防 x"},
                                           {"/a+b", "a+b"},
                                           {"/%2541", "%41"},
                                           {"/?a&b=&c=d=e&&", "?a=&b=&c=d=e"},
                                           {"/?q=a?b#c", "?q=a?b#c"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(parsed(cases[i][0]), cases[i][1]);
}
END_TEST

START_TEST(what_is_no_text_is_refused)
{
    static const char *const broken[] = {"",      "a",          "/%",      "/%4",          "/%zz",
                                         "/%00",  "/?a=%00",    "/%c0%af", "/%ff",         "/%ed%a0%80",
                                         "/\xFF", "/?\xE3\x81", "/?%00=1", "/%F4%90%80%80"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        ck_assert_str_eq(parsed(broken[i]), "encoding");
}
END_TEST

START_TEST(long_addresses_and_many_parameters_are_refused)
{
    static char address[TY_PATH_LIMIT + 2];
    memset(address, 'a', sizeof address - 1);
    address[0] = '/';
    ck_assert_str_eq(parsed(address), "limit");
    ty_params params = {0};
    static char many[2 * (TY_PARAMS_LIMIT + 1)];
    for (size_t i = 0; i + 1 < sizeof many; i += 2)
        memcpy(many + i, "a&", 2);
    ck_assert_int_eq(ty_params_decode(&params, (ty_slice){many, sizeof many}, &arena), TY_ERR_LIMIT);
    ty_vector_release(&params);
}
END_TEST

START_TEST(numbers_are_whole_and_within_bounds)
{
    ty_params params = {0};
    ck_assert_int_eq(
        ty_params_decode(&params, TY_SLICE("a=7&b=7x&c=-3&d=&e=99999999999999999999999&f=300&f=1"), &arena),
        TY_OK);
    ck_assert_int_eq(ty_params_integer(&params, "a", 1, 9, 5), 7);
    ck_assert_int_eq(ty_params_integer(&params, "b", 1, 9, 5), 5);
    ck_assert_int_eq(ty_params_integer(&params, "c", 1, 9, 5), 5);
    ck_assert_int_eq(ty_params_integer(&params, "c", -9, 9, 5), -3);
    ck_assert_int_eq(ty_params_integer(&params, "d", 1, 9, 5), 5);
    ck_assert_int_eq(ty_params_integer(&params, "e", 1, 9, 5), 5);
    ck_assert_int_eq(ty_params_integer(&params, "f", 1, 9, 5), 5);
    ck_assert_int_eq(ty_params_integer(&params, "none", 1, 9, 5), 5);
    ty_vector_release(&params);
}
END_TEST

/* ------------------------------------------------------------------------------------------ JSON */

static const char *object(const char *json)
{
    static char out[1000];
    ty_params params = {0};
    size_t at = 0;
    out[0] = '\0';
    ty_status status = ty_params_json(&params, ty_slice_of(json), &arena);
    for (size_t i = 0; i < params.count; i++)
        at += (size_t)snprintf(out + at, sizeof out - at, "%s%s=%s", i ? "&" : "",
                               text_of(params.items[i].name), text_of(params.items[i].value));
    ty_vector_release(&params);
    return status == TY_OK ? out : ty_status_name(status);
}

START_TEST(objects_of_texts_are_read)
{
    ck_assert_str_eq(object("{}"), "");
    ck_assert_str_eq(object(" { \"a\" : \"b\" , \"c\":\"\" } \n"), "a=b&c=");
    ck_assert_str_eq(object("{\"a\":\"\\u6e2f\\\"\\\\\\/\\t\\ud83d\\ude00\"}"), "a=港\"\\/\t😀");
    ck_assert_str_eq(object("{\"n\":-1.5e3,\"t\":true,\"x\":null}"), "n=-1.5e3&t=true");
    static const char *const broken[] = {"",
                                         "{",
                                         "[]",
                                         "{\"a\"}",
                                         "{\"a\":}",
                                         "{\"a\":\"b\",}",
                                         "{\"a\":\"b\"}x",
                                         "{\"a\":\"\n\"}",
                                         "{\"a\":\"\\x\"}",
                                         "{\"a\":\"\\u0000\"}",
                                         "{\"a\":\"\\ud800\"}",
                                         "{\"a\":\"\\udc00\\ud800\"}",
                                         "{\"a\":\"\\u12\"}",
                                         "{\"a\":{}}",
                                         "{\"a\":[\"b\"]}",
                                         "{\"a\":\"\xFF\"}",
                                         "{\"a\":\"b"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        ck_assert_str_eq(object(broken[i]), "encoding");
}
END_TEST

/* ------------------------------------------------------------------------------------------ writers */

START_TEST(templates_escape_what_they_are_given)
{
    ty_buffer out = {0};
    ty_page page = {&out, "en"};
    ty_html(&page, "<a href=\"$s\">$t $d $p $$</a>", "\"><script>", TY_SLICE("a & b '\xFF"), (int64_t)-7,
            97.25);
    ck_assert_str_eq(out.data,
                     "<a href=\"&quot;&gt;&lt;script&gt;\">a &amp; b &#39;\xEF\xBF\xBD -7 97.2 $</a>");
    ty_buffer_clear(&out);
    ty_html_in(&page, "b", TY_SLICE("ar\" onclick=\""), TY_SLICE("x"));
    ck_assert_ptr_null(strstr(out.data, "\" onclick"));
    ty_buffer_clear(&out);
    ty_html_lang(&page, TY_SLICE("ar-EG"));
    ck_assert_str_eq(out.data, " lang=\"ar-EG\" dir=\"rtl\"");
    ty_buffer_release(&out);
}
END_TEST

START_TEST(names_are_ones_that_every_system_takes)
{
    static const char *const cases[][2] = {{"a.tmx", "a.tmx"}, {"a/b:c", "a_b_c"},
                                           {"CON", "_CON"},    {"con.txt", "_con.txt"},
                                           {"com1", "_com1"},  {"com10", "com10"},
                                           {"a. .", "a"},      {"...", "_"},
                                           {"", "_"},          {"防衛省 2024", "防衛省 2024"},
                                           {"a\tb", "a_b"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_buffer out = {0};
        ty_legal_name(&out, ty_slice_of(cases[i][0]));
        ck_assert_str_eq(out.data, cases[i][1]);
        ty_buffer_release(&out);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("server");
    TCase *all = tcase_create("readers and writers");
    tcase_add_test(all, addresses_are_decoded_once);
    tcase_add_test(all, what_is_no_text_is_refused);
    tcase_add_test(all, long_addresses_and_many_parameters_are_refused);
    tcase_add_test(all, numbers_are_whole_and_within_bounds);
    tcase_add_test(all, objects_of_texts_are_read);
    tcase_add_test(all, templates_escape_what_they_are_given);
    tcase_add_test(all, names_are_ones_that_every_system_takes);
    suite_add_tcase(suite, all);
    int failed = ty_test_run(suite);
    ty_arena_release(&arena);
    return failed;
}
