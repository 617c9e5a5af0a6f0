/* SPDX-License-Identifier: Apache-2.0 */
/* Review: operations on the beads of a release, each a step; whatever is done, every sentence is in one bead.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ops/internal.h"

static ty_memory *memory;
static int64_t release;

/* ------------------------------------------------------------------------------------------ a release */

static const char *const english[] = {"Port Visit", "The squadron arrived. It had left in May.",
                                      "The crew went ashore.", "The mayor spoke.", "More will follow."};
static const char *const japanese[] = {"寄港", "艦隊が到着した。", "5月に出港していた。", "乗員が上陸した。",
                                       "市長が挨拶した。"};

static int64_t bring_document(ty_intake *intake, const char *lang, const char *const *texts)
{
    ty_error error = {0};
    int64_t id;
    ty_document_sentence sentences[5];
    for (uint32_t i = 0; i < 5; i++)
        sentences[i] = (ty_document_sentence){ty_slice_of(texts[i]), i / 2};
    ty_stored_document document = {.lang = ty_slice_of(lang),
                                   .title = ty_slice_of(texts[0]),
                                   .sentences = sentences,
                                   .sentence_count = 5};
    ck_assert_ok(ty_intake_document(intake, &document, &id, &error), error);
    return id;
}

static void bring_pair(ty_intake *intake, const ty_provenance *place, ty_bead bead)
{
    ty_error error = {0};
    ty_provenance own = *place;
    char source[200] = "", target[200] = "";
    own.bead = bead;
    for (uint32_t i = 0; i < bead.source_count; i++)
        snprintf(source + strlen(source), 100, "%s%s", i ? " " : "", english[bead.source_start + i]);
    for (uint32_t i = 0; i < bead.target_count; i++)
        snprintf(target + strlen(target), 100, "%s", japanese[bead.target_start + i]);
    ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = ty_slice_of(source)},
                             {.lang = TY_SLICE("ja"), .text = ty_slice_of(target)}};
    ty_unit unit = {.variants = variants, .variant_count = 2};
    ck_assert_ok(ty_intake_unit(intake, &unit, &own, NULL, NULL, &error), error);
}

/* 0:0, 1:1-2, 2:3, 3:4; the last English sentence has no partner. */
static void bring(void)
{
    ty_error error = {0};
    ty_intake *intake;
    ty_origin origin = {.name = TY_SLICE("visit"), .kind = TY_SLICE("documents")};
    ck_assert_ok(ty_intake_open(memory->store, &origin, TY_INTAKE_REPLACE, &intake, &error), error);
    ty_provenance place = {.source_document = bring_document(intake, "en", english),
                           .target_document = bring_document(intake, "ja", japanese)};
    bring_pair(intake, &place, (ty_bead){0, 1, 0, 1, .99F});
    bring_pair(intake, &place, (ty_bead){1, 1, 1, 2, .9F});
    bring_pair(intake, &place, (ty_bead){2, 1, 3, 1, .99F});
    bring_pair(intake, &place, (ty_bead){3, 1, 4, 1, .97F});
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
    release = 1;
}

static void begin(const char *name)
{
    ty_error error = {0};
    ck_assert_ok(ty_memory_open(ty_test_temporary(name), TY_MEMORY_CREATE, NULL, &memory, &error), error);
    bring();
}

/* ------------------------------------------------------------------------------------------ what there is */

/* Beads as "E0=J0 E1=J1-2", state by sign, units by their texts where asked for. */
static const char *shown(ty_buffer *out)
{
    static const char *const signs[] = {"", "*", "+"};
    ty_error error = {0};
    ty_review *review;
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    ty_buffer_clear(out);
    for (size_t i = 0; i < ty_review_bead_count(review); i++) {
        ty_review_bead bead;
        ty_review_bead_at(review, i, &bead);
        ty_buffer_add_string(out, i ? " " : "");
        for (int side = 0; side < 2; side++) {
            ty_buffer_add_string(out, side ? "=" : "");
            for (uint32_t k = 0; k < bead.count[side]; k++)
                ty_buffer_add_format(out, "%s%u", k ? "," : "", bead.first[side] + k);
        }
        ty_buffer_add_string(out, signs[bead.state]);
        ty_buffer_add_string(out, bead.omit ? "o" : "");
    }
    ty_review_close(review);
    return ty_buffer_slice(out).data;
}

static const char *units(ty_buffer *out)
{
    ty_error error = {0};
    ty_units *walk;
    ty_stored_unit unit;
    ty_buffer_clear(out);
    ck_assert_ok(ty_units_open(memory->store, NULL, &walk, &error), error);
    while (ty_units_next(walk, &unit, &error) == TY_OK)
        ty_buffer_add_format(out, "%.*s|%.*s%s\n", TY_SLICE_FORMAT(unit.unit.variants[0].text),
                             TY_SLICE_FORMAT(unit.unit.variants[1].text), unit.status.size ? " +" : "");
    ty_units_close(walk);
    return ty_buffer_slice(out).data;
}

static int64_t bead_at(size_t place)
{
    ty_error error = {0};
    ty_review *review;
    ty_review_bead bead;
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    ty_review_bead_at(review, place, &bead);
    ty_review_close(review);
    return bead.id;
}

static ty_status done(ty_review_op op)
{
    ty_error error = {0};
    ty_review_result result;
    op.size = sizeof op;
    op.who = op.who ? op.who : "sato";
    return ty_memory_review(memory, release, &op, &result, &error);
}

#define DO(...) ck_assert_int_eq(done((ty_review_op){__VA_ARGS__}), TY_OK)
#define CANNOT(...) ck_assert_int_eq(done((ty_review_op){__VA_ARGS__}), TY_ERR_USAGE)

static void undo(void)
{
    ty_error error = {0};
    ck_assert_ok(ty_memory_undo(memory, NULL, NULL, NULL, &error), error);
}

static void is_sound(void)
{
    ty_error error = {0};
    uint64_t findings = 0;
    ck_assert_int_eq(ty_store_verify(memory->store, NULL, &findings, &error), TY_OK);
}

static ty_status add_step(void *payload, const ty_step *step)
{
    ty_buffer_add(payload, step->subject);
    ty_buffer_add_char(payload, '\n');
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ tests */

START_TEST(borders_move_and_units_follow)
{
    ty_buffer text = {0};
    begin("borders.db");
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3 3=4 4=");
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1);
    ck_assert_str_eq(shown(&text), "0=0 1=1* 2=2,3* 3=4 4=");
    ck_assert_ptr_nonnull(
        strstr(units(&text), "The crew went ashore.|5月に出港していた。乗員が上陸した。\n"));
    DO(.action = TY_REVIEW_FETCH_DOWN, .bead = bead_at(1), .side = 1);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2* 2=3* 3=4 4=");
    DO(.action = TY_REVIEW_UP, .bead = bead_at(2), .side = 0);
    ck_assert_str_eq(shown(&text), "0=0 1,2=1,2* =3* 3=4 4=");
    undo();
    DO(.action = TY_REVIEW_UP, .bead = bead_at(4), .side = 0);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2* 2=3* 3,4=4*");
    CANNOT(.action = TY_REVIEW_UP, .bead = bead_at(0), .side = 0);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

START_TEST(beads_are_joined_parted_and_linked)
{
    ty_buffer text = {0};
    begin("beads.db");
    DO(.action = TY_REVIEW_MERGE, .bead = bead_at(2), .direction = 1);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2,3=3,4* 4=");
    DO(.action = TY_REVIEW_SPLIT, .bead = bead_at(2));
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3* 3=4* 4=");
    CANNOT(.action = TY_REVIEW_SPLIT, .bead = bead_at(2));
    DO(.action = TY_REVIEW_UNLINK, .bead = bead_at(3));
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3* =4* 3=* 4=");
    DO(.action = TY_REVIEW_LINK, .bead = bead_at(5), .side = 0, .other = bead_at(3), .other_side = 1);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3* 3=* 4=4*");
    ck_assert_ptr_nonnull(strstr(units(&text), "More will follow.|市長が挨拶した。\n"));
    DO(.action = TY_REVIEW_SWAP, .bead = bead_at(3), .direction = 1);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3* 3=4* 4=*");
    DO(.action = TY_REVIEW_OMIT, .bead = bead_at(0), .on = true);
    ck_assert_ptr_null(strstr(units(&text), "Port Visit|"));
    ck_assert_str_eq(shown(&text), "0=0*o 1=1,2 2=3* 3=4* 4=*");
    is_sound();
    for (int i = 0; i < 6; i++)
        undo();
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3 3=4 4=");
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

START_TEST(a_cut_gives_the_published_text_back)
{
    ty_buffer text = {0}, before = {0};
    ty_error error = {0};
    ty_review *review;
    ty_review_sentence sentence;
    begin("cut.db");
    units(&before);
    CANNOT(.action = TY_REVIEW_CUT, .bead = bead_at(1), .side = 0, .sentence = 1, .offset = 0);
    DO(.action = TY_REVIEW_CUT, .bead = bead_at(1), .side = 0, .sentence = 1, .offset = 22);
    ck_assert_str_eq(shown(&text), "0=0 1,2=1,2* 3=3 4=4 5=");
    ck_assert_str_eq(units(&text), before.data);
    DO(.action = TY_REVIEW_SPLIT, .bead = bead_at(1));
    ck_assert_ptr_nonnull(
        strstr(units(&text), "The squadron arrived.|艦隊が到着した。\nIt had left in May.|"));
    DO(.action = TY_REVIEW_MERGE, .bead = bead_at(1), .direction = 1);
    DO(.action = TY_REVIEW_JOIN, .bead = bead_at(1), .side = 0, .sentence = 1);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2* 2=3 3=4 4=");
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    ty_review_sentence_at(review, 0, 1, &sentence);
    ck_assert_slice(sentence.published, "The squadron arrived. It had left in May.");
    ck_assert(!sentence.cut && !sentence.edited);
    ty_review_close(review);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
    ty_buffer_release(&before);
}
END_TEST

START_TEST(an_edit_stands_beside_what_was_published)
{
    ty_buffer text = {0};
    ty_error error = {0};
    ty_review *review;
    ty_review_sentence sentence;
    ty_slice edits[] = {TY_SLICE("艦隊が着いた。"), TY_SLICE("5月に出港していた。")};
    begin("edit.db");
    DO(.action = TY_REVIEW_EDIT, .bead = bead_at(1), .side = 1, .texts = edits, .text_count = 2);
    ck_assert_ptr_nonnull(strstr(units(&text), "|艦隊が着いた。5月に出港していた。\n"));
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(0), .side = 1);
    ck_assert_str_eq(shown(&text), "0=* 1=0,1,2* 2=3 3=4 4=");
    ck_assert_ptr_nonnull(strstr(units(&text), "|寄港艦隊が着いた。5月に出港していた。\n"));
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    ty_review_sentence_at(review, 1, 1, &sentence);
    ck_assert(sentence.edited);
    ck_assert_slice(sentence.published, "艦隊が到着した。");
    ty_review_close(review);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

START_TEST(confirming_takes_the_repair_along)
{
    ty_buffer text = {0};
    begin("confirm.db");
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1);
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(1));
    ck_assert_str_eq(shown(&text), "0=0 1=1+ 2=2,3+ 3=4 4=");
    ck_assert_ptr_nonnull(strstr(units(&text), "|艦隊が到着した。 +\n"));
    DO(.action = TY_REVIEW_CONFIRM_ABOVE, .above = .95);
    ck_assert_str_eq(shown(&text), "0=0+ 1=1+ 2=2,3+ 3=4 4=");
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(4));
    ck_assert_str_eq(shown(&text), "0=0+ 1=1+ 2=2,3+ 3=4 4=+");
    DO(.action = TY_REVIEW_LOCK, .bead = bead_at(3), .on = true);
    CANNOT(.action = TY_REVIEW_UNLINK, .bead = bead_at(3));
    CANNOT(.action = TY_REVIEW_MERGE, .bead = bead_at(4), .direction = -1);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

START_TEST(what_another_changed_is_not_overwritten)
{
    ty_error error = {0};
    ty_review_result result;
    ty_buffer text = {0};
    ty_step step, later;
    begin("two.db");
    uint64_t version;
    ck_assert_ok(ty_store_release_version(memory->store, release, &version, &error), error);
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1, .who = "kato");
    ty_review_op op = {
        .size = sizeof op, .action = TY_REVIEW_CONFIRM, .bead = bead_at(2), .version = version};
    ck_assert_int_eq(ty_memory_review(memory, release, &op, &result, &error), TY_ERR_BUSY);
    ck_assert_int_ne(result.conflict, 0);
    op.bead = bead_at(0);
    error = (ty_error){0};
    ck_assert_ok(ty_memory_review(memory, release, &op, &result, &error), error);
    ck_assert_uint_gt(result.version, version);
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(2), .who = "sato");
    ty_undo mine = {.size = sizeof mine, .who = "kato", .origin = release};
    ck_assert_int_eq(ty_memory_undo(memory, &mine, &step, &later, &error), TY_ERR_USAGE);
    ck_assert_slice(later.who, "sato");
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

static ty_status back(const char *who, bool redo, int64_t number, ty_step *later)
{
    ty_step step, none;
    ty_error error = {0};
    ty_undo which = {
        .size = sizeof which, .step = number, .who = who, .origin = number ? 0 : release, .redo = redo};
    ck_assert_ok(ty_memory_set_who(memory, who, &error), error);
    return ty_memory_undo(memory, &which, &step, later ? later : &none, &error);
}

static ty_status note_id(void *payload, const ty_step *step)
{
    *(int64_t *)payload = step->id;
    return TY_STOP;
}

static int64_t last_step(void)
{
    int64_t id = 0;
    ty_error error = {0};
    ty_step_filter last = {.size = sizeof last, .max = 1};
    (void)ty_memory_steps(memory, &last, note_id, &id, &error);
    return id;
}

/* One brings forward again what lay upon a step that another took back meanwhile. */
START_TEST(a_redo_gives_way_to_what_another_took_back)
{
    ty_buffer text = {0};
    ty_step later;
    begin("redo.db");
    DO(.action = TY_REVIEW_UNLINK, .bead = bead_at(1), .who = "mori");
    DO(.action = TY_REVIEW_MERGE, .bead = bead_at(1), .direction = -1, .who = "mori");
    DO(.action = TY_REVIEW_MERGE, .bead = bead_at(1), .direction = -1, .who = "sato");
    ck_assert_int_eq(back("sato", false, 0, NULL), TY_OK);
    int64_t undo = last_step();
    ck_assert_int_eq(back("mori", false, 0, NULL), TY_OK);
    ck_assert_int_eq(back("sato", true, 0, &later), TY_ERR_USAGE);
    ck_assert_slice(later.who, "mori");
    ck_assert_slice(later.name, "undo");
    ck_assert_int_eq(back(NULL, true, undo, &later), TY_ERR_USAGE);
    is_sound();
    ck_assert_int_eq(back("mori", true, 0, NULL), TY_OK); /* and all is as it was */
    ck_assert_int_eq(back("sato", true, 0, NULL), TY_OK);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

START_TEST(a_step_of_another_is_taken_back_by_who_may)
{
    begin("others.db");
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(1), .who = "mori");
    int64_t step = last_step();
    ck_assert_int_eq(back("sato", false, step, NULL), TY_ERR_USAGE);
    ck_assert_int_eq(back("", false, step, NULL), TY_ERR_USAGE);
    ck_assert_int_eq(back("sato", false, 0, NULL), TY_NO);
    ck_assert_int_eq(back(NULL, false, step, NULL), TY_OK);
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(3), .who = "mori");
    ck_assert_int_eq(back("", true, 0, NULL), TY_OK);  /* what nobody named took back */
    ck_assert_int_eq(back("", false, 0, NULL), TY_NO); /* the import is taken back by its number only, */
    ck_assert_int_eq(back("", false, 1, NULL), TY_ERR_USAGE); /* and not while mori's lie upon it */
    ty_memory_close(memory);
}
END_TEST

/* What one took back left numbers free; the rows of another must not pass for what was there. */
START_TEST(a_redo_does_not_mind_what_another_did_elsewhere)
{
    begin("elsewhere.db");
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1, .who = "mori");
    ck_assert_int_eq(back("mori", false, 0, NULL), TY_OK);
    int64_t undone = last_step();
    DO(.action = TY_REVIEW_UNLINK, .bead = bead_at(3), .who = "sato");
    ck_assert_int_eq(back(NULL, true, undone, NULL), TY_OK);
    is_sound();
    ty_memory_close(memory);
}
END_TEST

/* An edit by the unit's number is one of the sentences: moving borders later does not lose it. */
START_TEST(what_is_done_to_a_unit_is_done_to_its_bead)
{
    ty_buffer text = {0};
    ty_error error = {0};
    int64_t unit = 2;
    begin("follow.db");
    ck_assert_ok(
        ty_memory_edit(memory, unit, "ja", TY_SLICE("艦隊が到着した。5月に出た。"), false, "kato", &error),
        error);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2* 2=3 3=4 4=");
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1);
    ck_assert_ptr_nonnull(strstr(units(&text), "|艦隊が到着した。\n"));
    ck_assert_ptr_nonnull(strstr(units(&text), "|5月に出た。乗員が上陸した。\n"));
    ck_assert_ok(ty_memory_confirm(memory, &unit, 1, "kato", &error), error);
    ck_assert_str_eq(shown(&text), "0=0 1=1+ 2=2,3* 3=4 4=");
    is_sound();
    for (int i = 0; i < 3; i++)
        undo();
    ck_assert_str_eq(shown(&text), "0=0 1=1,2 2=3 3=4 4=");
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

/* The review shows a sentence a line, and a pair has text. */
START_TEST(a_sentence_is_one_line)
{
    static const char *const broken[] = {"一行\n二行", "一行\r二行", "一行\xE2\x80\xA8二行",
                                         "一行\xC2\x85二行"};
    ty_buffer text = {0};
    ty_error error = {0};
    begin("lines.db");
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        ty_slice texts[] = {ty_slice_of(broken[i])};
        ck_assert_int_eq(ty_memory_edit(memory, 1, "ja", texts[0], false, "kato", NULL), TY_ERR_USAGE);
        CANNOT(.action = TY_REVIEW_EDIT, .bead = bead_at(0), .side = 1, .texts = texts, .text_count = 1);
    }
    ck_assert_ok(ty_memory_edit(memory, 2, "ja", TY_SLICE("全部で一つの文。"), false, "kato", &error), error);
    ck_assert_str_eq(shown(&text), "0=0 1=1,2* 2=3 3=4 4=");
    CANNOT(.action = TY_REVIEW_SPLIT, .bead = bead_at(1)); /* the second sentence is empty now */
    ck_assert_str_eq(shown(&text), "0=0 1=1,2* 2=3 3=4 4=");
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
}
END_TEST

START_TEST(aligning_again_keeps_what_a_person_did)
{
    ty_buffer text = {0}, before = {0}, after = {0};
    begin("again.db");
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1);
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(0));
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(4));
    DO(.action = TY_REVIEW_OMIT, .bead = bead_at(3), .on = true);
    units(&before);
    ck_assert_str_eq(shown(&text), "0=0+ 1=1* 2=2,3* 3=4*o 4=+");
    bring();
    ck_assert_str_eq(shown(&text), "0=0+ 1=1* 2=2,3* 3=4*o 4=+");
    ck_assert_str_eq(units(&after), before.data);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&text);
    ty_buffer_release(&before);
    ty_buffer_release(&after);
}
END_TEST

/* ------------------------------------------------------------------------------------------ at random */

static uint32_t seed;

static uint32_t drawn(uint32_t below)
{
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % below;
}

static ty_review_op any_operation(size_t beads, const ty_slice *texts)
{
    return (ty_review_op){.action = (ty_review_action)drawn(TY_REVIEW_LOCK),
                          .bead = bead_at(drawn((uint32_t)beads)),
                          .other = bead_at(drawn((uint32_t)beads)),
                          .side = (int)drawn(2),
                          .other_side = (int)drawn(2),
                          .direction = drawn(2) ? 1 : -1,
                          .sentence = drawn(6),
                          .offset = drawn(30),
                          .texts = texts,
                          .text_count = 1 + drawn(2),
                          .above = .95,
                          .on = drawn(2)};
}

/* All beads, sentences and units as text: what undo must bring back. */
static const char *everything(ty_buffer *out)
{
    ty_error error = {0};
    ty_review *review;
    ty_buffer more = {0};
    units(out);
    ty_buffer_add_string(out, shown(&more));
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < ty_review_sentence_count(review, side); i++) {
            ty_review_sentence sentence;
            ty_review_sentence_at(review, side, i, &sentence);
            ty_buffer_add_format(out, "\n%.*s %.*s %d", TY_SLICE_FORMAT(sentence.text),
                                 TY_SLICE_FORMAT(sentence.published), sentence.cut);
        }
    ty_review_close(review);
    ty_buffer_release(&more);
    return out->data;
}

/* A text for the whole of a side may leave its later sentences without any. */
START_TEST(no_pair_is_made_of_sentences_without_text)
{
    ty_buffer before = {0}, after = {0};
    ty_error error = {0};
    begin("blank.db");
    DO(.action = TY_REVIEW_MERGE, .bead = bead_at(1), .direction = 1);
    ck_assert_ok(ty_memory_edit(memory, 2, "ja", TY_SLICE("艦隊が来た。"), false, "kato", &error), error);
    everything(&before);
    CANNOT(.action = TY_REVIEW_SPLIT, .bead = bead_at(1));
    CANNOT(.action = TY_REVIEW_UP, .bead = bead_at(1), .side = 1);
    ck_assert_str_eq(everything(&after), before.data);
    DO(.action = TY_REVIEW_UNLINK, .bead = bead_at(1));
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&before);
    ty_buffer_release(&after);
}
END_TEST

/* What people said of beads comes along in a TMX of ours, and, when wanted, what they did. */
START_TEST(a_tmx_of_ours_brings_marks_and_notes)
{
    ty_error error = {0};
    ty_buffer before = {0}, after = {0}, bytes = {0}, log = {0};
    ty_counts counts;
    uint64_t written = 0;
    ty_source en = {.path = "en.txt",
                    .bytes =
                        TY_SLICE("Port Visit\n\nThe squadron arrived on 3 March. The crew went ashore.\n")};
    ty_source ja = {.path = "ja.txt",
                    .bytes = TY_SLICE("寄港\n\n3月3日、艦隊が到着した。乗員が上陸した。市長が挨拶した。\n")};
    ck_assert_ok(ty_memory_open(ty_test_temporary("marks.db"), TY_MEMORY_CREATE, NULL, &memory, &error),
                 error);
    ck_assert_ok(ty_memory_import_release(
                     memory, &(ty_release){.source = &en, .target = &ja, .origin = "visit"}, &counts, &error),
                 error);
    release = 1;
    ck_assert_str_eq(shown(&before), "0=0 1=1 2=2 =3");
    DO(.action = TY_REVIEW_QUESTION, .bead = bead_at(0), .on = true);
    DO(.action = TY_REVIEW_FLAG, .bead = bead_at(1), .on = true, .note = TY_SLICE("which\tport?"));
    DO(.action = TY_REVIEW_OMIT, .bead = bead_at(2), .on = true, .note = TY_SLICE("no pair"));
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(3));
    shown(&before);
    ty_export_settings how = {.size = sizeof how, .history = true};
    ty_sink sink = {.buffer = &bytes};
    ck_assert_ok(ty_memory_export(memory, &how, &sink, &written, &error), error);
    ty_memory_close(memory);

    ck_assert_ok(ty_memory_open(ty_test_temporary("marks-back.db"), TY_MEMORY_CREATE, NULL, &memory, &error),
                 error);
    ty_source source = {.path = "marks.tmx", .bytes = ty_buffer_slice(&bytes)};
    ck_assert_ok(ty_memory_import_file(memory, &source, NULL, &counts, &error), error);
    ty_release_infos list = {0};
    ty_arena arena = {0};
    ck_assert_ok(ty_store_releases(memory->store, 0, &arena, &list, &error), error);
    release = list.items[0].id;
    ck_assert_str_eq(shown(&after), before.data);
    ty_review *review;
    ty_review_bead bead;
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    ty_review_bead_at(review, 0, &bead);
    ck_assert(bead.ask && !bead.flag);
    ty_review_bead_at(review, 1, &bead);
    ck_assert(bead.flag && !bead.ask && ty_slice_equal(bead.note, TY_SLICE("which\tport?")));
    ty_review_bead_at(review, 2, &bead);
    ck_assert(bead.omit && ty_slice_equal(bead.note, TY_SLICE("no pair")));
    ty_review_close(review);
    ck_assert_ok(ty_memory_steps(memory, NULL, add_step, &log, &error), error);
    ck_assert_ptr_nonnull(strstr(log.data, "marks.tmx: "));
    is_sound();
    ty_memory_close(memory);
    ty_vector_release(&list);
    ty_arena_release(&arena);
    ty_buffer_release(&before);
    ty_buffer_release(&after);
    ty_buffer_release(&bytes);
    ty_buffer_release(&log);
}
END_TEST

static unsigned doubts_at(size_t place)
{
    ty_error error = {0};
    ty_review *review;
    ty_review_bead bead;
    ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
    ty_review_bead_at(review, place, &bead);
    ty_review_close(review);
    return bead.doubts & (TY_DOUBT_NUMBER | TY_DOUBT_FORBIDDEN);
}

/* What the check of terms found of a bead is kept in mind: only as long as nothing it was found for changes.
 */
START_TEST(doubts_follow_terms_and_texts)
{
    ty_error error = {0};
    ty_term_info terms[] = {{.lang = TY_SLICE("en"), .text = TY_SLICE("mayor"), .status = TY_TERM_APPROVED},
                            {.lang = TY_SLICE("ja"), .text = TY_SLICE("町長"), .status = TY_TERM_APPROVED},
                            {.lang = TY_SLICE("ja"), .text = TY_SLICE("市長"), .status = TY_TERM_FORBIDDEN}};
    ty_concept_info concept = {.terms = terms, .term_count = 3};
    ty_concept_change change = {.as = &concept};
    ty_slice texts[] = {TY_SLICE("The mayor spoke 12 times.")};
    begin("doubts.db");
    ck_assert_uint_eq(doubts_at(3), 0);
    ck_assert_uint_eq(doubts_at(3), 0);
    ck_assert_ok(ty_memory_change_concepts(memory, &change, 1, "add", "sato", &error), error);
    ck_assert_uint_eq(doubts_at(3), TY_DOUBT_FORBIDDEN);
    ck_assert_int_eq(
        done((ty_review_op){
            .action = TY_REVIEW_EDIT, .bead = bead_at(3), .side = 0, .texts = texts, .text_count = 1}),
        TY_OK);
    ck_assert_uint_eq(doubts_at(3), TY_DOUBT_FORBIDDEN | TY_DOUBT_NUMBER);
    undo();
    ck_assert_uint_eq(doubts_at(3), TY_DOUBT_FORBIDDEN);
    undo();
    ck_assert_uint_eq(doubts_at(3), 0);
    ty_memory_close(memory);
}
END_TEST

START_TEST(whatever_is_done_can_be_undone)
{
    ty_buffer before = {0}, after = {0};
    ty_slice texts[] = {TY_SLICE("other"), TY_SLICE("text")};
    int steps = 0;
    seed = (uint32_t)_i * 7919U + 1U;
    begin("random.db");
    everything(&before);
    for (int i = 0; i < 60; i++) {
        ty_error error = {0};
        ty_review *review;
        ck_assert_ok(ty_review_open(memory, release, &review, &error), error);
        size_t beads = ty_review_bead_count(review);
        int64_t last = 0, now = 0;
        ty_review_close(review);
        ty_arena arena = {0};
        ty_steps list = {0};
        ck_assert_ok(ty_store_steps(memory->store, NULL, &arena, &list, &error), error);
        last = list.items[0].id;
        ty_vector_clear(&list);
        ty_status status = done(any_operation(beads, texts));
        ck_assert_msg(status == TY_OK || status == TY_ERR_USAGE, "status %d", status);
        ck_assert_ok(ty_store_steps(memory->store, NULL, &arena, &list, &error), error);
        now = list.items[0].id;
        ck_assert(status == TY_OK || now == last);
        steps += now != last;
        ty_vector_release(&list);
        ty_arena_release(&arena);
    }
    is_sound();
    for (int i = 0; i < steps; i++)
        undo();
    ck_assert_str_eq(everything(&after), before.data);
    is_sound();
    ty_memory_close(memory);
    ty_buffer_release(&before);
    ty_buffer_release(&after);
}
END_TEST

/* Somebody who opens a pair: before a change begins, or while it is made. */
typedef struct editor {
    int64_t bead;
    bool early, shut;
    int left;
} editor;

static size_t list_open(void *payload, bool last, int64_t beads[TY_HELD_LIMIT])
{
    editor *who = payload;
    who->shut = last;
    beads[0] = who->bead;
    return who->early || last;
}

static void leave_open(void *payload)
{
    editor *who = payload;
    ck_assert(who->shut);
    who->shut = false;
    who->left++;
}

START_TEST(an_editor_opened_while_a_change_is_made_is_asked)
{
    editor who = {0};
    begin("held.db");
    ty_memory_hold(memory, &(ty_holders){&who, list_open, leave_open});
    for (int early = 0; early < 2; early++) {
        who = (editor){.bead = bead_at(1), .early = early};
        CANNOT(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1);
        CANNOT(.action = TY_REVIEW_MERGE, .bead = bead_at(0), .direction = 1);
        ck_assert_int_eq(who.left, 2);
        ck_assert(!who.shut);
        DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(early ? 0 : 3));
        ck_assert_int_eq(who.left, 3);
    }
    ty_memory_hold(memory, NULL);
    DO(.action = TY_REVIEW_DOWN, .bead = bead_at(1), .side = 1);
    is_sound();
    ty_memory_close(memory);
}
END_TEST

typedef struct premise {
    bool holds;
    int asked;
} premise;

static ty_status check_premise(void *payload, ty_error *error)
{
    premise *p = payload;
    p->asked++;
    return p->holds ? TY_OK : ty_error_set(error, TY_ERR_BUSY, "it was another");
}

START_TEST(a_change_stands_on_its_premise)
{
    premise p = {0};
    begin("premise.db");
    int64_t before = last_step();
    ty_memory_set_premise(memory, check_premise, &p);
    ck_assert_int_eq(done((ty_review_op){.action = TY_REVIEW_CONFIRM, .bead = bead_at(0)}), TY_ERR_BUSY);
    ck_assert_int_eq(last_step(), before);
    p.holds = true;
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(0));
    ck_assert_int_eq(ty_memory_own_step(memory), last_step());
    ck_assert_int_eq(p.asked, 2);
    DO(.action = TY_REVIEW_CONFIRM, .bead = bead_at(2));
    ck_assert_int_eq(p.asked, 2); /* of the one before */
    is_sound();
    ty_memory_close(memory);
}
END_TEST

static Suite *suite(void)
{
    Suite *all = suite_create("review");
    TCase *review = tcase_create("review");
    tcase_add_test(review, borders_move_and_units_follow);
    tcase_add_test(review, doubts_follow_terms_and_texts);
    tcase_add_test(review, beads_are_joined_parted_and_linked);
    tcase_add_test(review, a_cut_gives_the_published_text_back);
    tcase_add_test(review, an_edit_stands_beside_what_was_published);
    tcase_add_test(review, confirming_takes_the_repair_along);
    tcase_add_test(review, what_another_changed_is_not_overwritten);
    tcase_add_test(review, what_is_done_to_a_unit_is_done_to_its_bead);
    tcase_add_test(review, a_sentence_is_one_line);
    tcase_add_test(review, aligning_again_keeps_what_a_person_did);
    tcase_add_test(review, a_tmx_of_ours_brings_marks_and_notes);
    tcase_add_test(review, a_redo_gives_way_to_what_another_took_back);
    tcase_add_test(review, a_redo_does_not_mind_what_another_did_elsewhere);
    tcase_add_test(review, no_pair_is_made_of_sentences_without_text);
    tcase_add_test(review, a_step_of_another_is_taken_back_by_who_may);
    tcase_add_test(review, an_editor_opened_while_a_change_is_made_is_asked);
    tcase_add_test(review, a_change_stands_on_its_premise);
    tcase_add_loop_test(review, whatever_is_done_can_be_undone, 0, 8);
    suite_add_tcase(all, review);
    return all;
}

int main(void)
{
    return ty_test_run(suite());
}
