/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs of labels: one unit for all beads, and what is done to one bead is done to no other. */
#include "support.h"

#include <stdio.h>
#include <string.h>

#include "ops/internal.h"

static ty_memory *memory;

/* ------------------------------------------------------------------------------------------ releases */

static const char *const english[] = {
    "Press Conference\n\nQ: When will the pier be open?\nA: It will be open in May.\nQ: Who will pay for "
    "it?\n"
    "A: The prefecture will pay.\n",
    "Another Press Conference\n\nQ: Did the crew return?\nA: All of the crew returned on Monday.\n"};
static const char *const japanese[] = {
    "記者会見\n\n記者：桟橋はいつ開きますか。\n大臣：5月に開きます。\n記者：誰が費用を払いますか。\n"
    "大臣：県が払います。\n",
    "別の記者会見\n\n記者：乗員は帰還しましたか。\n大臣：乗員は全員、月曜日に帰還しました。\n"};

static void bring(int number, bool anew)
{
    ty_error error = {0};
    ty_counts counts;
    char name[16];
    snprintf(name, sizeof name, "talk-%d", number);
    ty_source source = {.path = "en.txt", .bytes = ty_slice_of(english[number])};
    ty_source target = {.path = "ja.txt", .bytes = ty_slice_of(japanese[number])};
    ty_bitext_settings settings = {.size = sizeof settings, .source_lang = "en", .target_lang = "ja"};
    ty_release release = {.size = sizeof release,
                          .source = &source,
                          .target = &target,
                          .origin = name,
                          .bitext = &settings,
                          .bring_back = anew};
    ck_assert_ok(ty_memory_import_release(memory, &release, &counts, &error), error);
}

static void begin(const char *name)
{
    ty_error error = {0};
    ck_assert_ok(ty_memory_open(ty_test_temporary(name), TY_MEMORY_CREATE, NULL, &memory, &error), error);
    bring(0, false);
    bring(1, false);
}

/* ------------------------------------------------------------------------------------------ what there is */

/* How many beads of both releases have the unit, and how many of them are confirmed. */
static void count_beads(int64_t unit, unsigned *beads, unsigned *confirmed)
{
    ty_error error = {0};
    for (int64_t release = 1; release <= 2; release++) {
        ty_review *review;
        if (ty_review_open(memory, release, &review, &error) != TY_OK)
            continue;
        for (size_t i = 0; i < ty_review_bead_count(review); i++) {
            ty_review_bead bead;
            ty_review_bead_at(review, i, &bead);
            *beads += bead.unit == unit;
            *confirmed += bead.unit == unit && bead.state == TY_BEAD_OK;
        }
        ty_review_close(review);
    }
}

/* "Q:|記者：*3+1" is a label with three beads, one of which is confirmed; " ?" follows one that is no label.
 */
static const char *labels(ty_buffer *out)
{
    ty_error error = {0};
    ty_buffer_clear(out);
    for (int64_t id = 1; id < 60; id++) {
        ty_arena arena = {0};
        ty_stored_unit unit;
        if (ty_store_unit(memory->store, id, &arena, &unit, &error) == TY_OK &&
            ty_slice_ends(unit.unit.variants[0].text, TY_SLICE(":"))) {
            unsigned beads = 0, confirmed = 0;
            count_beads(id, &beads, &confirmed);
            ty_buffer_add_format(out, "%s%.*s|%.*s*%u+%u%s%s", out->size ? " " : "",
                                 TY_SLICE_FORMAT(unit.unit.variants[0].text),
                                 TY_SLICE_FORMAT(unit.unit.variants[1].text), beads, confirmed,
                                 unit.label ? "" : " ?", unit.status.size ? " confirmed" : "");
        }
        ty_arena_release(&arena);
    }
    return out->size ? out->data : "";
}

/* The bead of the release that stands manyeth among those whose source ends with a colon. */
static int64_t label_bead(int64_t release, int manyeth)
{
    ty_error error = {0};
    ty_review *review;
    int64_t found = 0;
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    for (size_t i = 0; i < ty_review_bead_count(review) && !found; i++) {
        ty_review_bead bead;
        ty_review_sentence sentence;
        ty_review_bead_at(review, i, &bead);
        if (!bead.count[0])
            continue;
        ty_review_sentence_at(review, 0, bead.first[0], &sentence);
        if (ty_slice_ends(sentence.text, TY_SLICE(":")) && manyeth-- == 0)
            found = bead.id;
    }
    ty_review_close(review);
    return found;
}

static void review(int64_t release, ty_review_op op)
{
    ty_error error = {0};
    ty_review_result result;
    op.size = sizeof op;
    op.who = "sato";
    ck_assert_ok(ty_memory_review(memory, release, &op, &result, &error), error);
}

static void undo(void)
{
    ty_error error = {0};
    ck_assert_ok(ty_memory_undo(memory, NULL, NULL, NULL, &error), error);
}

static void end(ty_buffer *text)
{
    ty_error error = {0};
    ck_assert_int_eq(ty_store_verify(memory->store, NULL, NULL, &error), TY_OK);
    ty_memory_close(memory);
    ty_buffer_release(text);
}

static const char all[] = "Q:|記者：*3+0 A:|大臣：*3+0";

/* ------------------------------------------------------------------------------------------ tests */

START_TEST(a_pair_of_labels_is_one_unit_of_the_memory)
{
    ty_buffer text = {0};
    begin("once.db");
    ck_assert_str_eq(labels(&text), all);
    bring(0, true);
    bring(1, true);
    ck_assert_str_eq(labels(&text), all);
    end(&text);
}
END_TEST

START_TEST(an_edit_at_one_bead_gives_it_a_unit_of_its_own)
{
    ty_buffer text = {0};
    ty_slice texts[] = {TY_SLICE("問：")};
    begin("edit.db");
    review(
        1,
        (ty_review_op){
            .action = TY_REVIEW_EDIT, .bead = label_bead(1, 0), .side = 1, .texts = texts, .text_count = 1});
    ck_assert_str_eq(labels(&text), "Q:|記者：*2+0 A:|大臣：*3+0 Q:|問：*1+0 ?");
    undo();
    ck_assert_str_eq(labels(&text), all);
    end(&text);
}
END_TEST

/* Beads lose their pair one by one: the label stays until the last of them has. */
static void take_away(const char *name, ty_review_action action)
{
    ty_buffer text = {0};
    begin(name);
    for (int i = 0; i < 2; i++)
        review(1, (ty_review_op){.action = action, .bead = label_bead(1, 2 * i), .on = true});
    ck_assert_str_eq(labels(&text), "Q:|記者：*1+0 A:|大臣：*3+0");
    review(2, (ty_review_op){.action = action, .bead = label_bead(2, 0), .on = true});
    ck_assert_str_eq(labels(&text), "A:|大臣：*3+0");
    for (int i = 0; i < 3; i++)
        undo();
    ck_assert_str_eq(labels(&text), all);
    end(&text);
}

START_TEST(unlinking_takes_the_unit_with_its_last_bead)
{
    take_away("unlink.db", TY_REVIEW_UNLINK);
}
END_TEST

START_TEST(leaving_out_takes_the_unit_with_its_last_bead)
{
    take_away("omit.db", TY_REVIEW_OMIT);
}
END_TEST

START_TEST(removing_a_release_takes_the_unit_with_its_last_bead)
{
    ty_error error = {0};
    ty_buffer text = {0};
    begin("remove.db");
    ck_assert_ok(ty_store_remove_origin(memory->store, 1, NULL, NULL, NULL, &error), error);
    ck_assert_str_eq(labels(&text), "Q:|記者：*1+0 A:|大臣：*1+0");
    ck_assert_ok(ty_store_remove_origin(memory->store, 2, NULL, NULL, NULL, &error), error);
    ck_assert_str_eq(labels(&text), "");
    undo();
    undo();
    ck_assert_str_eq(labels(&text), all);
    end(&text);
}
END_TEST

START_TEST(confirming_one_bead_confirms_no_other)
{
    ty_buffer text = {0};
    begin("confirm.db");
    review(1, (ty_review_op){.action = TY_REVIEW_CONFIRM, .bead = label_bead(1, 2)});
    ck_assert_str_eq(labels(&text), "Q:|記者：*3+1 A:|大臣：*3+0");
    bring(0, true);
    ck_assert_str_eq(labels(&text), "Q:|記者：*3+1 A:|大臣：*3+0");
    undo();
    undo();
    ck_assert_str_eq(labels(&text), all);
    end(&text);
}
END_TEST

static Suite *suite(void)
{
    Suite *all_tests = suite_create("labels");
    TCase *tests = tcase_create("labels");
    tcase_add_test(tests, a_pair_of_labels_is_one_unit_of_the_memory);
    tcase_add_test(tests, an_edit_at_one_bead_gives_it_a_unit_of_its_own);
    tcase_add_test(tests, unlinking_takes_the_unit_with_its_last_bead);
    tcase_add_test(tests, leaving_out_takes_the_unit_with_its_last_bead);
    tcase_add_test(tests, removing_a_release_takes_the_unit_with_its_last_bead);
    tcase_add_test(tests, confirming_one_bead_confirms_no_other);
    suite_add_tcase(all_tests, tests);
    return all_tests;
}

int main(void)
{
    return ty_test_run(suite());
}
