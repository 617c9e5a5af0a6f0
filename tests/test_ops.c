/* SPDX-License-Identifier: Apache-2.0 */
/* The use cases of taiyaku.h, as a program of a user's would call them. */
#include "support.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "ops/internal.h" /* for what is kept in the store */

static const char *write_file(const char *name, const char *content)
{
    const char *path = ty_test_temporary(name);
    ty_error error = {0};
    ty_output *output;
    ck_assert_ok(ty_output_open(path, &output, &error), error);
    ty_output_write(output, ty_slice_of(content));
    ck_assert_ok(ty_output_commit(output, &error), error);
    return path;
}

static const char *release_file(const char *name)
{
    static char slots[4][1024];
    static unsigned next;
    char *slot = slots[next++ % 4];
    snprintf(slot, sizeof slots[0], "%s/tm/2018-09-21-mod-ministers-meeting/%s", getenv("TY_SOURCE_ROOT"),
             name);
    return slot;
}

#define FILE_AT(file) (&(ty_source){.path = (file)})

static ty_memory *open_memory(const char *name)
{
    ty_error error = {0};
    ty_memory *memory;
    ck_assert_ok(ty_memory_open(ty_test_temporary(name), TY_MEMORY_CREATE, NULL, &memory, &error), error);
    return memory;
}

/* ------------------------------------------------------------------------------------------ texts */

START_TEST(lines_join_what_was_wrapped)
{
    const char *path = write_file("wrapped.txt", "The minister met\r\n  the press. He spoke\nbriefly.\n\n"
                                                 "防衛大臣は、\n会談した。\nABC社\nは売った。\n");
    ty_text_settings settings = {.lang = "en", .paragraphs = TY_PARAGRAPHS_BLANK};
    ty_error error = {0};
    ty_text *text;
    ck_assert_ok(ty_text_open(FILE_AT(path), &settings, NULL, &text, &error), error);
    ck_assert_uint_ge(ty_text_count(text), 4);
    ck_assert_slice(ty_text_line(text, 0), "The minister met the press.");
    ck_assert_slice(ty_text_line(text, 1), "He spoke briefly.");
    ck_assert_slice(ty_text_line(text, 2), "防衛大臣は、会談した。");
    ty_sentence first = ty_text_sentence(text, 0);
    ck_assert_uint_eq(first.start, 0);
    ck_assert_uint_eq(ty_text_sentence(text, 2).paragraph, first.paragraph + 1);
    ty_text_close(text);
}
END_TEST

START_TEST(the_language_is_told_from_the_text)
{
    ty_error error = {0};
    ty_text *text;
    ck_assert_ok(ty_text_open(FILE_AT(release_file("ja.txt")), NULL, NULL, &text, &error), error);
    ck_assert_slice(ty_text_lang(text), "ja");
    ty_text_close(text);
}
END_TEST

START_TEST(segmented_text_is_taken_line_by_line)
{
    const char *path = write_file("lines.txt", "One. Two.\n\nThree\n");
    ty_text_settings settings = {.segmented = true};
    ty_error error = {0};
    ty_text *text;
    ck_assert_ok(ty_text_open(FILE_AT(path), &settings, NULL, &text, &error), error);
    ck_assert_uint_eq(ty_text_count(text), 2);
    ck_assert_slice(ty_text_line(text, 0), "One. Two.");
    ck_assert_uint_eq(ty_text_sentence(text, 1).paragraph, 1);
    ty_text_close(text);
}
END_TEST

typedef struct told {
    const ty_text *text;
    size_t count, most;
} told;

static bool is_as_kept(void *payload, ty_slice line, ty_slice sentence, ty_sentence place)
{
    told *t = payload;
    ty_sentence kept = ty_text_sentence(t->text, t->count);
    ck_assert(ty_slice_equal(line, ty_text_line(t->text, t->count)));
    ck_assert(ty_slice_equal(sentence, ty_slice_sub(ty_text_content(t->text), kept.start, kept.end)));
    ck_assert_uint_eq(place.start, kept.start);
    ck_assert_uint_eq(place.paragraph, kept.paragraph);
    return ++t->count < t->most;
}

START_TEST(sentences_one_by_one_are_those_that_are_kept)
{
    const char *path = write_file("each.txt", "The minister met\n  the press. He spoke\nbriefly.\n\n"
                                              "Q: 防衛大臣は、\n会談した。\n");
    const ty_text_settings ways[] = {
        {.paragraphs = TY_PARAGRAPHS_BLANK}, {.lang = "ja"}, {.segmented = true}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        ty_error error = {0};
        ty_text *text;
        ck_assert_ok(ty_text_open(FILE_AT(path), &ways[i], NULL, &text, &error), error);
        told all = {.text = text, .most = SIZE_MAX}, one = {.text = text, .most = 1};
        ck_assert_ok(ty_text_each(FILE_AT(path), &ways[i], NULL, is_as_kept, &all, &error), error);
        ck_assert_uint_eq(all.count, ty_text_count(text));
        ck_assert_int_eq(ty_text_each(FILE_AT(path), &ways[i], NULL, is_as_kept, &one, &error), TY_STOP);
        ck_assert_uint_eq(one.count, 1);
        ty_text_close(text);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------ in and out */

/* A text that comes a few bytes at a time, in the middle of characters, too. */
typedef struct trickle {
    ty_slice rest;
    bool breaks; /* in the middle */
} trickle;

static int64_t on_read(void *payload, char *into, size_t size)
{
    trickle *t = payload;
    size_t count = t->rest.size < 7 ? t->rest.size : 7;
    if (t->breaks && t->rest.size < 20)
        return -1;
    ck_assert_uint_ge(size, count);
    memcpy(into, t->rest.data, count);
    t->rest = ty_slice_sub(t->rest, count, t->rest.size);
    return (int64_t)count;
}

static bool on_write(void *payload, ty_slice bytes)
{
    ty_buffer *into = payload;
    ty_buffer_add(into, bytes);
    return !into->failed;
}

static bool refuse(void *payload, ty_slice bytes)
{
    (void)payload;
    (void)bytes;
    return false;
}

#define TABLE "en\tja\nThe coral reef.\t珊瑚礁。\nA lagoon.\t礁湖。\n"
static const ty_slice table = {TABLE, sizeof TABLE - 1};

START_TEST(files_bytes_and_callbacks_are_one)
{
    ty_memory *memory = open_memory("sources.db");
    ty_error error = {0};
    ty_counts counts;
    trickle t = {.rest = table};
    ty_source bytes = {.path = "reef.tsv", .bytes = table},
              callback = {.path = "reef.tsv", .read = on_read, .payload = &t};
    ck_assert_ok(ty_memory_import_file(memory, &bytes, NULL, &counts, &error), error);
    ck_assert_uint_eq(counts.created, 2);
    ck_assert_ok(ty_memory_import_file(memory, &callback, NULL, &counts, &error), error);
    ck_assert_uint_eq(counts.unchanged, 2);
    ty_source file = {.path = write_file("reef.tsv", table.data)};
    ck_assert_ok(ty_memory_import_file(memory, &file, NULL, &counts, &error), error);
    ck_assert_uint_eq(counts.unchanged, 2);
    t = (trickle){.rest = table, .breaks = true};
    ck_assert_int_eq(ty_memory_import_file(memory, &callback, NULL, &counts, &error), TY_ERR_IO);
    ck_assert_str_eq(error.message, "cannot read reef.tsv");
    ty_memory_close(memory);
}
END_TEST

START_TEST(exports_go_to_buffers_and_callbacks)
{
    ty_memory *memory = open_memory("sinks.db");
    ty_error error = {0};
    ty_counts counts;
    ty_buffer buffer = {0}, taken = {0};
    uint64_t written = 0;
    ty_export_settings how = {.size = sizeof how, .format = "tsv"};
    ck_assert_ok(ty_memory_import_file(memory, &(ty_source){.bytes = table}, NULL, &counts, &error), error);
    ck_assert_ok(ty_memory_export(memory, &how, &(ty_sink){.buffer = &buffer}, &written, &error), error);
    ck_assert_uint_eq(written, 2);
    ck_assert_uint_ne(ty_slice_find(ty_buffer_slice(&buffer), TY_SLICE("A lagoon.\t礁湖。"), 0), SIZE_MAX);
    ck_assert_ok(
        ty_memory_export(memory, &how, &(ty_sink){.write = on_write, .payload = &taken}, &written, &error),
        error);
    ck_assert(ty_slice_equal(ty_buffer_slice(&buffer), ty_buffer_slice(&taken)));
    ck_assert_int_eq(ty_memory_export(memory, &how, &(ty_sink){.write = refuse}, &written, &error), TY_STOP);
    ty_buffer_release(&buffer);
    ty_buffer_release(&taken);
    ty_memory_close(memory);
}
END_TEST

static ty_status count_unit(void *payload, const ty_unit_info *unit)
{
    (void)unit;
    ++*(size_t *)payload;
    return TY_OK;
}

/* Whoever asks a server is told so, and the next one is answered. */
START_TEST(a_read_that_takes_too_long_is_ended)
{
    ty_memory *memory = open_memory("limited.db");
    ty_error error = {0};
    ty_counts counts;
    ty_buffer rows = {0};
    size_t seen = 0;
    ty_buffer_add_string(&rows, "en\tja\n");
    for (int i = 0; i < 3000; i++)
        ty_buffer_add_format(&rows, "The reef number %d.\t%d番の礁。\n", i, i);
    ck_assert_ok(
        ty_memory_import_file(memory, &(ty_source){.bytes = ty_buffer_slice(&rows)}, NULL, &counts, &error),
        error);
    ty_memory_set_limit(memory, 1e-9);
    ck_assert_int_eq(ty_memory_units(memory, NULL, count_unit, &seen, &error), TY_STOP);
    ck_assert_uint_lt(seen, 3000);
    ck_assert_ptr_nonnull(strstr(error.message, "takes too long"));
    ty_memory_set_limit(memory, 60);
    seen = 0;
    ck_assert_ok(ty_memory_units(memory, NULL, count_unit, &seen, &error), error);
    ck_assert_uint_eq(seen, 3000);
    ty_buffer_release(&rows);
    ty_memory_close(memory);
}
END_TEST

static ty_status count_hit(void *payload, const ty_concordance *hit)
{
    *(size_t *)payload += hit->other_count && hit->others[0].hit_count;
    return TY_OK;
}

/* Where the words of a concept stand in a translation is told by a dictionary that the first who asks makes
 * of all concepts: in however little time he has. */
START_TEST(what_is_made_for_all_is_made_in_any_time)
{
    ty_memory *memory = open_memory("limited-making.db");
    ty_error error = {0};
    ty_counts counts;
    ty_buffer rows = {0};
    size_t seen = 0;
    ty_source pair = {.bytes = TY_SLICE("en\tja\nThe reef is wide.\tその礁は広い。\n")};
    ty_buffer_add_string(&rows, "en\tja\nreef\t礁\n");
    for (int i = 0; i < 3000; i++)
        ty_buffer_add_format(&rows, "lagoon %d\t礁湖%d\n", i, i);
    ck_assert_ok(ty_memory_import_file(memory, &pair, NULL, &counts, &error), error);
    ck_assert_ok(
        ty_memory_import_terms(memory, &(ty_source){.bytes = ty_buffer_slice(&rows)}, NULL, &counts, &error),
        error);
    ty_memory_set_limit(memory, 1e-9);
    ck_assert_ok(ty_memory_search(memory, TY_SLICE("reef"), NULL, count_hit, &seen, &error), error);
    ck_assert_uint_eq(seen, 1);
    ty_buffer_release(&rows);
    ty_memory_close(memory);
}
END_TEST

START_TEST(settings_of_an_older_program_are_understood)
{
    ty_error error = {0};
    ty_text *text;
    ty_text_settings settings = {
        .size = offsetof(ty_text_settings, segmented), .lang = "fr", .segmented = true};
    ty_source source = {.bytes = TY_SLICE("Un. Deux.")};
    ck_assert_ok(ty_text_open(&source, &settings, NULL, &text, &error), error);
    ck_assert_slice(ty_text_lang(text), "fr");
    ck_assert_uint_eq(ty_text_count(text), 2); /* it did not know that a text can be segmented */
    ty_text_close(text);
}
END_TEST

/* ------------------------------------------------------------------------------------------ doors */

static ty_status note_unit(void *payload, const ty_unit_info *unit)
{
    *(int64_t *)payload = *(int64_t *)payload * 10 + unit->id;
    return TY_OK;
}

START_TEST(what_was_done_has_a_number)
{
    ty_memory *memory = open_memory("numbered.db");
    ty_error error = {0};
    ty_counts counts;
    ty_step step;
    ty_source source = {.bytes = ty_slice_of("en\tja\nOne\t一\nTwo\t二\nThree\t三\n")};
    ck_assert_int_eq(ty_memory_last_step(memory), 0);
    ck_assert_ok(ty_memory_import_file(memory, &source, NULL, &counts, &error), error);
    int64_t first = ty_memory_last_step(memory);
    ck_assert_int_gt(first, 0);
    ck_assert_ok(
        ty_memory_import_file(memory, &source, &(ty_import_settings){.dry_run = true}, &counts, &error),
        error);
    ck_assert_int_eq(ty_memory_last_step(memory), first);
    ck_assert_ok(ty_memory_edit(memory, 1, "ja", ty_slice_of("壱"), false, NULL, &error), error);
    int64_t edit = ty_memory_last_step(memory);
    ck_assert_ok(ty_memory_edit(memory, 2, "ja", ty_slice_of("弐"), false, NULL, &error), error);
    ck_assert_int_eq(ty_memory_edit(memory, 2, "ja", ty_slice_of("弐"), false, NULL, NULL), TY_NO);
    ck_assert_int_eq(ty_memory_last_step(memory), edit + 1);
    ck_assert_ok(ty_memory_undo(memory, &(ty_undo){.step = edit}, &step, NULL, &error), error);
    ck_assert_int_eq(step.id, edit);
    ty_memory_close(memory);
}
END_TEST

START_TEST(units_come_page_by_page)
{
    ty_memory *memory = open_memory("pages.db");
    ty_error error = {0};
    ty_counts counts;
    int64_t seen = 0;
    ty_source source = {.bytes = ty_slice_of("en\tja\nOne\t一\nTwo\t二\nThree\t三\nFour\t四\n")};
    ck_assert_ok(ty_memory_import_file(memory, &source, NULL, &counts, &error), error);
    ty_unit_query page = {.size = sizeof page, .skip = 1, .max = 2};
    ck_assert_ok(ty_memory_units(memory, &page, note_unit, &seen, &error), error);
    ck_assert_int_eq(seen, 23);
    page.skip = 4;
    ck_assert_int_eq(ty_memory_units(memory, &page, note_unit, &seen, &error), TY_NO);
    ty_memory_close(memory);
}
END_TEST

START_TEST(a_day_is_one_of_the_calendar)
{
    ty_memory *memory = open_memory("days.db");
    ty_error error = {0};
    ty_counts counts;
    ty_source source = {.path = release_file("en.txt")}, target = {.path = release_file("ja.txt")};
    ty_release release = {.source = &source, .target = &target, .date = "2018-02-29"};
    ck_assert_int_eq(ty_memory_import_release(memory, &release, &counts, NULL), TY_ERR_USAGE);
    release.date = "2018-09-21";
    ck_assert_ok(ty_memory_import_release(memory, &release, &counts, &error), error);
    ty_release_facts facts = {.date = "yesterday"};
    ck_assert_int_eq(ty_memory_set_facts(memory, 1, &facts, NULL, &error), TY_ERR_USAGE);
    ck_assert_str_eq(error.message, "\"yesterday\" is no day, as 2024-07-28 is");
    ck_assert_int_eq(ty_memory_import_file(memory, &(ty_source){.bytes = table},
                                           &(ty_import_settings){.date = "1.2.2018"}, &counts, NULL),
                     TY_ERR_USAGE);
    ty_memory_close(memory);
}
END_TEST

START_TEST(a_dictionary_may_be_bytes)
{
    ty_error error = {0};
    ty_bitext *bitext;
    ty_source source = {.bytes = TY_SLICE("The wombat sleeps.")},
              target = {.bytes = TY_SLICE("ウォンバットは眠る。")};
    ty_source words = {.bytes = TY_SLICE("wombat\tウォンバット\n")};
    ty_bitext_settings how = {.dictionary = &words, .force = true};
    ck_assert_ok(ty_bitext_open(&source, &target, &how, NULL, &bitext, &error), error);
    ck_assert_uint_eq(ty_bitext_count(bitext), 1);
    ty_bitext_close(bitext);
}
END_TEST

/* ------------------------------------------------------------------------------------------ bitexts */

START_TEST(every_sentence_is_in_one_bead)
{
    ty_error error = {0};
    ty_bitext *bitext;
    ty_status status = ty_bitext_open(FILE_AT(release_file("en.txt")), FILE_AT(release_file("ja.txt")), NULL,
                                      NULL, &bitext, &error);
    ck_assert_ok(status, error);
    size_t source = 0, target = 0;
    for (size_t i = 0; i < ty_bitext_count(bitext); i++) {
        ty_bead bead = ty_bitext_bead(bitext, i);
        ck_assert_uint_eq(bead.source_start, source);
        ck_assert_uint_eq(bead.target_start, target);
        ck_assert(bead.confidence >= 0 && bead.confidence <= 1);
        source += bead.source_count;
        target += bead.target_count;
    }
    ck_assert_uint_eq(source, ty_text_count(ty_bitext_source(bitext)));
    ck_assert_uint_eq(target, ty_text_count(ty_bitext_target(bitext)));
    ty_bitext_close(bitext);
}
END_TEST

START_TEST(one_language_twice_is_refused)
{
    ty_error error = {0};
    ty_bitext *bitext;
    ck_assert_int_eq(ty_bitext_open(FILE_AT(release_file("ja.txt")), FILE_AT(release_file("ja.txt")), NULL,
                                    NULL, &bitext, &error),
                     TY_ERR_USAGE);
    ck_assert_ptr_null(bitext);
    ck_assert(error.message[0]);
}
END_TEST

/* ------------------------------------------------------------------------------------------ memories */

static ty_counts import_release(ty_memory *memory, const char *origin, bool force)
{
    ty_bitext_settings how = {.size = sizeof how, .force = force};
    ty_release release = {.source = FILE_AT(release_file("en.txt")),
                          .target = FILE_AT(release_file("ja.txt")),
                          .origin = origin,
                          .bitext = &how};
    ty_counts counts;
    ty_error error = {0};
    ck_assert_ok(ty_memory_import_release(memory, &release, &counts, &error), error);
    ck_assert_uint_eq(counts.read, counts.created + counts.updated + counts.unchanged);
    return counts;
}

START_TEST(a_release_comes_in_once)
{
    ty_memory *memory = open_memory("once.db");
    ty_counts first = import_release(memory, NULL, false), again = import_release(memory, NULL, false);
    ck_assert_uint_gt(first.created, 10);
    ck_assert_uint_eq(again.created, 0);
    ck_assert_uint_eq(again.unchanged, first.created);
    ty_memory_close(memory);
}
END_TEST

/* The state of the memory that a table of learnt words was made from. */
static uint64_t learnt_from(ty_memory *memory, bool empty)
{
    uint64_t size;
    ty_stamp made;
    ty_error error = {0};
    ck_assert_ok(ty_store_derived_info(memory->store, "learnt en ja", &made, &size, &error), error);
    ck_assert_int_eq(size < 4, empty);
    return made.step;
}

START_TEST(what_was_learnt_is_kept)
{
    ty_memory *memory = open_memory("learnt.db");
    ty_error error = {0};
    ty_ids confirmed = {0};
    ck_assert_uint_gt(import_release(memory, "one", false).created, 10);
    uint64_t empty = learnt_from(memory, true);
    int64_t units[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    ck_assert_ok(ty_memory_confirm(memory, units, 10, NULL, &error), error);
    ck_assert_ok(ty_store_confirmed(memory->store, 2, 5, &confirmed, &error), error);
    ck_assert_uint_eq(confirmed.count, 5);
    ck_assert_int_eq(confirmed.items[0], 10);
    import_release(memory, "two", true);
    uint64_t learnt = learnt_from(memory, false);
    ck_assert_uint_gt(learnt, empty);
    import_release(memory, "three", true); /* nothing was confirmed meanwhile, though units came */
    ck_assert_uint_eq(learnt_from(memory, false), learnt);
    ck_assert_ok(ty_store_rebuild(memory->store, &error), error);
    import_release(memory, "four", true);
    ck_assert_uint_gt(learnt_from(memory, false), learnt);
    ty_vector_release(&confirmed);
    ty_memory_close(memory);
}
END_TEST

typedef struct found {
    size_t count;
    int best;
    int64_t unit;
    bool brute;
} found;

static ty_status on_match(void *payload, const ty_match *match)
{
    found *f = payload;
    if (f->count++ == 0) {
        f->best = match->score;
        f->unit = match->unit;
    }
    ck_assert_uint_gt(match->target.size, 0);
    ck_assert_slice(match->origin, "meeting");
    return TY_OK;
}

START_TEST(what_went_in_is_found_both_ways)
{
    ty_memory *memory = open_memory("found.db");
    ty_text *text;
    ty_error error = {0};
    import_release(memory, "meeting", false);
    ck_assert_ok(ty_text_open(FILE_AT(release_file("ja.sentences")), &(ty_text_settings){.segmented = true},
                              NULL, &text, &error),
                 error);
    size_t exact = 0;
    for (size_t i = 0; i < ty_text_count(text); i++) {
        found index = {0}, brute = {0};
        ty_match_settings slow = {.source_lang = "ja", .brute_force = true}, fast = {.source_lang = "ja"};
        ty_slice line = ty_text_line(text, i);
        ty_status one = ty_memory_match(memory, line, &fast, on_match, &index, &error);
        ty_status other = ty_memory_match(memory, line, &slow, on_match, &brute, &error);
        ck_assert_int_eq(one, other);
        ck_assert_uint_eq(index.count, brute.count);
        ck_assert_int_eq(index.best, brute.best);
        ck_assert_int_eq(index.unit, brute.unit);
        exact += index.best == 100;
    }
    ck_assert_uint_gt(exact, ty_text_count(text) / 2);
    ty_text_close(text);
    ty_memory_close(memory);
}
END_TEST

static ty_status on_concordance(void *payload, const ty_concordance *hit)
{
    found *f = payload;
    f->count++;
    f->unit = hit->unit;
    ck_assert_uint_ge(hit->hit_count, 1);
    return TY_OK;
}

START_TEST(new_and_changed_units_are_found_at_once)
{
    ty_memory *memory = open_memory("changed.db");
    ty_error error = {0};
    ty_counts counts;
    found f = {0};
    import_release(memory, NULL, false);
    ck_assert_int_eq(ty_memory_search(memory, TY_SLICE("珊瑚礁"), NULL, on_concordance, &f, &error), TY_NO);
    const char *table = write_file("new.tsv", "en\tja\nThe coral reef.\t珊瑚礁。\n");
    ck_assert_ok(ty_memory_import_file(memory, FILE_AT(table), NULL, &counts, &error), error);
    ck_assert_ok(ty_memory_search(memory, TY_SLICE("珊瑚礁"), NULL, on_concordance, &f, &error), error);
    ck_assert_uint_eq(f.count, 1);
    ck_assert_ok(ty_memory_edit(memory, f.unit, "ja", TY_SLICE("サンゴ礁。"), false, "tester", &error),
                 error);
    ck_assert_int_eq(ty_memory_search(memory, TY_SLICE("珊瑚礁"), NULL, on_concordance, &f, &error), TY_NO);
    ck_assert_ok(ty_memory_search(memory, TY_SLICE("サンゴ"), &(ty_search_settings){.lang = "ja"},
                                  on_concordance, &f, &error),
                 error);
    ty_memory_close(memory);
}
END_TEST

START_TEST(a_failed_import_leaves_nothing)
{
    ty_memory *memory = open_memory("failed.db");
    ty_error error = {0};
    ty_counts counts;
    found f = {0};
    const char *broken = write_file(
        "broken.tmx", "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header creationtool=\"t\" "
                      "creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" "
                      "srclang=\"en\" datatype=\"plaintext\"/><body><tu><tuv xml:lang=\"en\"><seg>lost"
                      "</seg></tuv><tuv xml:lang=\"ja\"><seg>消える</seg></tuv></tu><tu>");
    ck_assert_int_eq(ty_memory_import_file(memory, FILE_AT(broken), NULL, &counts, &error), TY_ERR_FORMAT);
    ck_assert_uint_gt(error.line, 0);
    error = (ty_error){0};
    ck_assert_int_eq(ty_memory_search(memory, TY_SLICE("lost"), NULL, on_concordance, &f, &error), TY_NO);
    ty_memory_close(memory);
}
END_TEST

/* ------------------------------------------------------------------------------------------ terms */

static ty_status on_term(void *payload, const ty_term_hit *hit)
{
    found *f = payload;
    f->count += hit->equivalent_count > 0;
    return TY_OK;
}

START_TEST(added_terms_are_recognised)
{
    ty_memory *memory = open_memory("terms.db");
    ty_error error = {0};
    ty_counts counts;
    found f = {0};
    ck_assert_ok(
        ty_memory_term_add(memory, "en", TY_SLICE("coral reef"), "ja", TY_SLICE("サンゴ礁"), &counts, &error),
        error);
    ck_assert_uint_eq(counts.created, 1);
    ck_assert_ok(ty_memory_term_scan(memory, TY_SLICE("Two coral reefs."), "en", on_term, &f, &error), error);
    ck_assert_ok(ty_memory_term_scan(memory, TY_SLICE("大きなサンゴ礁だ"), "ja", on_term, &f, &error), error);
    ck_assert_ok(ty_memory_term_lookup(memory, TY_SLICE("Coral Reefs"), NULL, on_term, &f, &error), error);
    ck_assert_uint_eq(f.count, 3);
    ck_assert_int_eq(ty_memory_term_lookup(memory, TY_SLICE("reef"), NULL, on_term, &f, &error), TY_NO);
    ty_memory_close(memory);
}
END_TEST

/* ------------------------------------------------------------------------------------------ many threads */

/* What each of many answers is, told in order. */
typedef struct order {
    size_t next, found;
} order;

static ty_status on_answer(void *payload, size_t query, const ty_match *matches, size_t match_count)
{
    order *o = payload;
    ck_assert_uint_eq(query, o->next++);
    o->found += match_count > 0 && matches[0].score == 100 && matches[0].target.size > 0;
    return TY_OK;
}

static ty_status on_hits(void *payload, size_t text, const ty_term_hit *hits, size_t hit_count)
{
    order *o = payload;
    ck_assert_uint_eq(text, o->next++);
    o->found += hit_count == 1 && hits[0].equivalent_count == 1 && hits[0].equivalents[0].term.size > 0;
    return TY_OK;
}

START_TEST(many_queries_are_answered_in_order)
{
    enum { MANY = 1500 };
    ty_memory *memory = open_memory("many.db");
    ty_error error = {0};
    ty_counts counts;
    order matches = {0}, hits = {0}, none = {0};
    ty_placed_query *queries = calloc(MANY, sizeof *queries);
    ty_slice *texts = calloc(MANY, sizeof *texts);
    ck_assert(queries && texts);
    ck_assert_ok(ty_memory_import_file(memory, &(ty_source){.bytes = table}, NULL, &counts, &error), error);
    ck_assert_ok(ty_memory_term_add(memory, "en", TY_SLICE("reef"), "ja", TY_SLICE("礁"), &counts, &error),
                 error);
    for (size_t i = 0; i < MANY; i++) {
        queries[i].text = i % 3 ? TY_SLICE("A lagoon.") : TY_SLICE("Nothing of the kind");
        texts[i] = i % 3 ? TY_SLICE("Two reefs there.") : TY_SLICE("No such thing");
    }
    ty_match_settings how = {.source_lang = "en"};
    ck_assert_ok(ty_memory_match_many(memory, queries, MANY, &how, on_answer, &matches, &error), error);
    ck_assert_uint_eq(matches.next, MANY);
    ck_assert_uint_eq(matches.found, MANY / 3 * 2);
    ck_assert_ok(ty_memory_term_scan_many(memory, texts, MANY, "en", on_hits, &hits, &error), error);
    ck_assert_uint_eq(hits.next, MANY);
    ck_assert_uint_eq(hits.found, MANY / 3 * 2);
    ck_assert_int_eq(ty_memory_match_many(memory, queries, 1, &how, on_answer, &none, &error), TY_NO);
    free(queries);
    free(texts);
    ty_memory_close(memory);
}
END_TEST

/* A callback asks for more, and so on; each call has a lane of its own. */
typedef struct digging {
    ty_memory *memory;
    int depth;
} digging;

static ty_status dig(void *payload, const ty_concordance *hit)
{
    digging *d = payload;
    ty_error error = {0};
    found f = {0};
    (void)hit;
    ck_assert_ok(ty_memory_term_lookup(d->memory, TY_SLICE("reef"), "en", on_term, &f, &error), error);
    ck_assert_uint_eq(f.count, 1);
    if (d->depth-- > 0)
        ck_assert_ok(ty_memory_search(d->memory, TY_SLICE("reef"), NULL, dig, d, &error), error);
    return TY_OK;
}

static ty_status read_much(void *payload, size_t number, ty_error *error)
{
    digging d = {payload, (int)(number % 3)};
    ty_buffer tmx = {0};
    uint64_t units = 0;
    ty_status status = ty_memory_search(d.memory, TY_SLICE("reef"), NULL, dig, &d, error);
    if (status == TY_OK)
        status = ty_memory_export(d.memory, NULL, &(ty_sink){.buffer = &tmx}, &units, error);
    ck_assert_uint_eq(units, 2);
    ty_buffer_release(&tmx);
    return status;
}

START_TEST(many_threads_read_one_memory)
{
    const char *path = ty_test_temporary("threads.db");
    ty_memory *writer, *reader;
    ty_error error = {0};
    ty_counts counts;
    ck_assert_ok(ty_memory_open(path, TY_MEMORY_CREATE, NULL, &writer, &error), error);
    ck_assert_ok(ty_memory_import_file(writer, &(ty_source){.bytes = table}, NULL, &counts, &error), error);
    ck_assert_ok(ty_memory_term_add(writer, "en", TY_SLICE("reef"), "ja", TY_SLICE("礁"), &counts, &error),
                 error);
    ck_assert_ok(ty_memory_open(path, TY_MEMORY_READ, NULL, &reader, &error), error);
    ck_assert_ok(ty_threads_each(60, read_much, reader, &error), error);
    /* What is opened once follows what changes. */
    found f = {0};
    ck_assert_int_eq(ty_memory_term_lookup(reader, TY_SLICE("lagoon"), "en", on_term, &f, &error), TY_NO);
    ck_assert_ok(
        ty_memory_term_add(writer, "en", TY_SLICE("lagoon"), "ja", TY_SLICE("礁湖"), &counts, &error), error);
    ck_assert_ok(ty_memory_term_lookup(reader, TY_SLICE("lagoon"), "en", on_term, &f, &error), error);
    ty_memory_close(reader);
    ty_memory_close(writer);
}
END_TEST

/* Two edit one unit: the second comes while the first is at it. */
typedef struct late {
    ty_memory *first, *second;
    ty_slice text;
    ty_status status;
    pthread_t thread;
} late;

static void *edit_late(void *payload)
{
    late *l = payload;
    ty_error error = {0};
    l->status = ty_memory_edit(l->second, 1, "ja", l->text, false, NULL, &error);
    return NULL;
}

/* In the transaction of the first: the second comes, and has to wait. */
static ty_status bring_late(void *payload, ty_error *error)
{
    late *l = payload;
    (void)error;
    ck_assert_int_eq(pthread_create(&l->thread, NULL, edit_late, l), 0);
    nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
    return TY_OK;
}

static ty_status edit_while_waiting(late *l, ty_slice first, bool markup, ty_slice second)
{
    ty_error error = {0};
    l->text = second;
    ty_memory_set_premise(l->first, bring_late, l);
    ck_assert_ok(ty_memory_edit(l->first, 1, "ja", first, markup, NULL, &error), error);
    ck_assert_int_eq(pthread_join(l->thread, NULL), 0);
    return l->status;
}

START_TEST(an_edit_that_waits_answers_to_what_it_finds)
{
    late l;
    ty_error error = {0};
    ty_counts counts;
    const char *path = ty_test_temporary("late.db");
    ck_assert_ok(ty_memory_open(path, TY_MEMORY_CREATE, NULL, &l.first, &error), error);
    ck_assert_ok(ty_memory_import_file(l.first, &(ty_source){.bytes = table}, NULL, &counts, &error), error);
    ck_assert_ok(ty_memory_open(path, TY_MEMORY_WRITE, NULL, &l.second, &error), error);
    ck_assert_int_eq(edit_while_waiting(&l, TY_SLICE("青い礁湖。"), false, TY_SLICE("青い礁湖。")), TY_NO);
    /* The text that waits would take inline codes away that came before it. */
    ck_assert_int_eq(
        edit_while_waiting(&l, TY_SLICE("<ph x=\"1\"/>広い礁湖。"), true, TY_SLICE("広い礁湖です。")),
        TY_ERR_USAGE);
    ty_memory_close(l.second);
    ty_memory_close(l.first);
}
END_TEST

int main(void)
{
    setenv("XDG_CACHE_HOME", "/nonexistent", 1); /* no test may lean on, or leave, a cache */
    Suite *suite = suite_create("ops");
    TCase *cases = tcase_create("ops");
    tcase_add_test(cases, lines_join_what_was_wrapped);
    tcase_add_test(cases, the_language_is_told_from_the_text);
    tcase_add_test(cases, segmented_text_is_taken_line_by_line);
    tcase_add_test(cases, sentences_one_by_one_are_those_that_are_kept);
    tcase_add_test(cases, files_bytes_and_callbacks_are_one);
    tcase_add_test(cases, exports_go_to_buffers_and_callbacks);
    tcase_add_test(cases, settings_of_an_older_program_are_understood);
    tcase_add_test(cases, a_dictionary_may_be_bytes);
    tcase_add_test(cases, every_sentence_is_in_one_bead);
    tcase_add_test(cases, one_language_twice_is_refused);
    tcase_add_test(cases, a_release_comes_in_once);
    tcase_add_test(cases, what_went_in_is_found_both_ways);
    tcase_add_test(cases, new_and_changed_units_are_found_at_once);
    tcase_add_test(cases, what_was_learnt_is_kept);
    tcase_add_test(cases, a_failed_import_leaves_nothing);
    tcase_add_test(cases, a_read_that_takes_too_long_is_ended);
    tcase_add_test(cases, what_is_made_for_all_is_made_in_any_time);
    tcase_add_test(cases, added_terms_are_recognised);
    tcase_add_test(cases, many_queries_are_answered_in_order);
    tcase_add_test(cases, many_threads_read_one_memory);
    tcase_add_test(cases, an_edit_that_waits_answers_to_what_it_finds);
    tcase_add_test(cases, what_was_done_has_a_number);
    tcase_add_test(cases, units_come_page_by_page);
    tcase_add_test(cases, a_day_is_one_of_the_calendar);
    suite_add_tcase(suite, cases);
    return ty_test_run(suite);
}
