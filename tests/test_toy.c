/* SPDX-License-Identifier: Apache-2.0 */
/* One more format of documents is one more file (toy/memo.c) and one more row (toy/formats/formats.def). */
#include "formats/format.h"
#include "support.h"

static const char memo[] = "MEMO: Harbour works\n"
                           "* The pier is closed\n"
                           "until noon.\n"
                           "* Boats go round.\n";

static ty_source as_source(const char *text)
{
    return (ty_source){.path = "x", .bytes = ty_slice_of(text)};
}

START_TEST(it_is_known)
{
    ty_error error = {0};
    ty_sniffed sniffed;
    ty_source source = as_source(memo);
    ck_assert_ok(ty_format_sniff(&source, &sniffed, &error), error);
    ck_assert_int_eq(sniffed.format, TY_FORMAT_MEMO);
    ck_assert_str_eq(sniffed.name, "a memo");
    ck_assert(ty_format_is_document(sniffed.format));
    ck_assert_int_eq(ty_format_named("Memo"), TY_FORMAT_MEMO);
    ck_assert_str_eq(ty_format_name(TY_FORMAT_MEMO), "memo");
}
END_TEST

START_TEST(it_is_read)
{
    ty_error error = {0};
    ty_document document;
    ty_source source = as_source(memo);
    ck_assert_ok(ty_document_read(&source, NULL, &document, NULL, &error), error);
    ck_assert_int_eq(document.format, TY_FORMAT_MEMO);
    ck_assert_slice(document.title, "Harbour works");
    ck_assert_slice(ty_buffer_slice(&document.text),
                    "Harbour works\n\nThe pier is closed until noon.\n\nBoats go round.");
    ty_document_release(&document);
}
END_TEST

START_TEST(the_others_are_what_they_were)
{
    ty_error error = {0};
    ty_sniffed sniffed;
    ty_source source = as_source("The word MEMO: stands in a text.\n");
    ck_assert_ok(ty_format_sniff(&source, &sniffed, &error), error);
    ck_assert_int_eq(sniffed.format, TY_FORMAT_TEXT);
    ck_assert_int_eq(ty_format_named("tmx"), TY_FORMAT_TMX);
}
END_TEST

/* A row is whole: it can be named, called something, and read where it says so. */
START_TEST(every_row_is_whole)
{
    for (int i = 0; i < TY_FORMAT_COUNT; i++) {
        const struct format *row = ty_format_row((ty_format)i);
        if (!row)
            continue;
        ck_assert_msg(row->name && row->label && row->gives && row->bid, "row %d", i);
        ck_assert_msg(ty_format_named(row->name) == (ty_format)i, "%s is named twice", row->name);
        ck_assert_msg(!(row->gives & TY_GIVES_DOCUMENT) == !row->read, "%s", row->name);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("toy");
    TCase *cases = tcase_create("toy");
    tcase_add_test(cases, it_is_known);
    tcase_add_test(cases, it_is_read);
    tcase_add_test(cases, the_others_are_what_they_were);
    tcase_add_test(cases, every_row_is_whole);
    suite_add_tcase(suite, cases);
    return ty_test_run(suite);
}
