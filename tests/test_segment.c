/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment: case files, the releases, properties that hold for any bytes, streams, layouts.
 */
#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "formats/formats.h"
#include "segment/segment.h"
#include "text/text.h"

#define FOLDER "data/segment"

/* ------------------------------------------------------------------------------------------ case files */

typedef struct test_case {
    const char *file;
    ty_slice name, join, lang;
    bool lists, keep;
    ty_slices sentences;
} test_case;

static ty_slice join_of(ty_slice head, ty_slice usual)
{
    if (ty_slice_find(head, TY_SLICE(" join=newline"), 0) != SIZE_MAX)
        return TY_SLICE("\n");
    if (ty_slice_find(head, TY_SLICE(" join=blank"), 0) != SIZE_MAX)
        return TY_SLICE(" ");
    if (ty_slice_find(head, TY_SLICE(" join=wide"), 0) != SIZE_MAX)
        return TY_SLICE("\u3000");
    if (ty_slice_find(head, TY_SLICE(" join=nothing"), 0) != SIZE_MAX)
        return TY_SLICE("");
    return usual;
}

/* The case's sentences joined, or in brackets after each when `found` is given. */
static void check_case(const test_case *c)
{
    ty_buffer text = {0}, message = {0};
    for (size_t i = 0; i < c->sentences.count; i++) {
        if (i > 0)
            ty_buffer_add(&text, c->join);
        ty_buffer_add(&text, c->sentences.items[i]);
    }
    ty_segment_options options = {.lang = c->lang, .inline_lists = c->lists, .keep_quotations = c->keep};
    ty_sentences found = {0};
    ck_assert_int_eq(ty_segment(ty_buffer_slice(&text), &options, &found, NULL), TY_OK);
    bool same = found.count == c->sentences.count;
    for (size_t i = 0; i < found.count; i++) {
        ty_slice sentence = ty_slice_sub(ty_buffer_slice(&text), found.items[i].start, found.items[i].end);
        same = same && ty_slice_equal(sentence, c->sentences.items[i]);
        ty_buffer_add_format(&message, "%s%.*s", i ? " | " : "", TY_SLICE_FORMAT(sentence));
    }
    ck_assert_msg(same, "%s: %.*s: %s", c->file, TY_SLICE_FORMAT(c->name), message.data);
    ty_vector_release(&found);
    ty_buffer_release(&text);
    ty_buffer_release(&message);
}

static void start_case(test_case *c, ty_slice head, ty_slice usual)
{
    c->name = ty_slice_sub(head, 2, head.size);
    c->join = join_of(head, usual);
    c->lists = ty_slice_find(head, TY_SLICE(" lists"), 0) != SIZE_MAX;
    c->keep = ty_slice_find(head, TY_SLICE(" keep"), 0) != SIZE_MAX;
    ty_vector_clear(&c->sentences);
}

/* tests/data/segment/NAME_LANG.txt: the format is explained in each file. Returns the number of cases. */
static size_t check_file(const char *file)
{
    char path[300];
    snprintf(path, sizeof path, FOLDER "/%s", file);
    ty_buffer buffer = {0};
    ty_slice rest = ty_test_read(path, &buffer), line;
    ty_slice name = ty_slice_of(file);
    ty_slice lang = ty_slice_sub(name, ty_slice_find(name, TY_SLICE("_"), 0) + 1, name.size - 4);
    bool unspaced = ty_slice_equal(lang, TY_SLICE("ja")) || ty_slice_equal(lang, TY_SLICE("zh"));
    test_case c = {.file = file, .lang = lang};
    size_t count = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        if (ty_slice_starts(line, TY_SLICE("##")))
            continue;
        if (ty_slice_starts(line, TY_SLICE("# ")))
            start_case(&c, line, unspaced ? TY_SLICE("") : TY_SLICE(" "));
        else if (line.size > 0)
            ck_assert(ty_vector_push(&c.sentences, line));
        if (line.size > 0 || c.sentences.count == 0)
            continue;
        check_case(&c);
        count++;
        ty_vector_clear(&c.sentences);
    }
    if (c.sentences.count > 0)
        check_case(&c), count++;
    ty_vector_release(&c.sentences);
    ty_buffer_release(&buffer);
    return count;
}

START_TEST(test_case_files)
{
    char folder[1024];
    snprintf(folder, sizeof folder, "%s/tests/" FOLDER,
             getenv("TY_SOURCE_ROOT") ? getenv("TY_SOURCE_ROOT") : ".");
    DIR *files = opendir(folder);
    ck_assert_msg(files != NULL, "%s is not there", folder);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(files)) != NULL;)
        if (ty_slice_ends(ty_slice_of(entry->d_name), TY_SLICE(".txt")))
            count += check_file(entry->d_name);
    closedir(files);
    ck_assert_uint_gt(count, 300);
}
END_TEST

/* ------------------------------------------------------------------------------------------ releases */

static void check_release(const char *name, const char *lang)
{
    char path[128];
    ty_buffer text = {0}, gold = {0}, found = {0};
    snprintf(path, sizeof path, "releases/%s/%s.txt", name, lang);
    const char *where = ty_test_shared(path);
    if (!where)
        return;
    ck_assert_int_eq(ty_file_read(where, 0, &text, NULL), TY_OK);
    snprintf(path, sizeof path, "releases/%s/%s.sentences", name, lang);
    where = ty_test_shared(path);
    ck_assert_ptr_nonnull(where);
    ck_assert_int_eq(ty_file_read(where, 0, &gold, NULL), TY_OK);
    ty_segment_options options = {.lang = ty_slice_of(lang)};
    ty_sentences sentences = {0};
    ck_assert_int_eq(ty_segment(ty_buffer_slice(&text), &options, &sentences, NULL), TY_OK);
    for (size_t i = 0; i < sentences.count; i++) {
        ty_buffer_add(&found,
                      ty_slice_sub(ty_buffer_slice(&text), sentences.items[i].start, sentences.items[i].end));
        ty_buffer_add_char(&found, '\n');
    }
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&found), ty_buffer_slice(&gold)), "%s.%s:\n%s", name, lang,
                  found.data);
    ty_vector_release(&sentences);
    ty_buffer_release(&text);
    ty_buffer_release(&gold);
    ty_buffer_release(&found);
}

START_TEST(test_releases)
{
    static const char *const names[] = {"carter-nakatani", "ministers-meeting-outline",
                                        "ministry-press-conference"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check_release(names[i], "en");
        check_release(names[i], "ja");
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------ properties */

static bool is_space(ty_slice text, size_t at)
{
    static const char *const spaces[] = {"\xC2\x85",     "\xC2\xA0",     "\xE3\x80\x80", "\xE2\x80\x8B",
                                         "\xEF\xBB\xBF", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        for (size_t back = 0; back < strlen(spaces[i]) && back <= at; back++)
            if (ty_slice_starts(ty_slice_sub(text, at - back, text.size), ty_slice_of(spaces[i])))
                return true;
    return strchr(" \t\n\v\f\r\x1C\x1D\x1E\x1F", text.data[at]) != NULL && text.data[at] != '\0';
}

typedef struct collected {
    ty_buffer text;
    ty_sentences sentences;
} collected;

static bool collect(void *payload, ty_slice sentence, ty_sentence place)
{
    collected *all = payload;
    ty_buffer_add(&all->text, sentence);
    return ty_vector_push(&all->sentences, place);
}

static void check_same(const ty_sentences *found, const ty_sentences *whole)
{
    ck_assert_uint_eq(found->count, whole->count);
    for (size_t i = 0; i < whole->count; i++) {
        ck_assert_uint_eq(found->items[i].start, whole->items[i].start);
        ck_assert_uint_eq(found->items[i].end, whole->items[i].end);
        ck_assert_uint_eq(found->items[i].paragraph, whole->items[i].paragraph);
    }
}

/* The stream finds what the whole finds, whatever the size of the pieces. */
static void check_stream(ty_slice text, const ty_segment_options *options, const ty_sentences *whole,
                         size_t piece)
{
    ty_segmenter *segmenter;
    collected all = {0};
    ck_assert_int_eq(ty_segmenter_new(options, &segmenter, NULL), TY_OK);
    for (size_t at = 0; at < text.size; at += piece)
        ck_assert_int_eq(
            ty_segmenter_feed(segmenter, ty_slice_sub(text, at, at + piece), collect, &all, NULL), TY_OK);
    ck_assert_int_eq(ty_segmenter_finish(segmenter, collect, &all, NULL), TY_OK);
    check_same(&all.sentences, whole);
    ty_segmenter_free(segmenter);
    ty_buffer_release(&all.text);
    ty_vector_release(&all.sentences);
}

/* Only white space between sentences, none at their ends; order; cutting again changes nothing. */
static void check_properties(ty_slice text, const ty_segment_options *options)
{
    ty_sentences found = {0}, again = {0};
    ck_assert_int_eq(ty_segment(text, options, &found, NULL), TY_OK);
    size_t behind = 0;
    ty_segment_options joined = *options;
    joined.paragraphs = TY_PARAGRAPHS_BLANK;
    for (size_t i = 0; i < found.count; i++) {
        ty_sentence s = found.items[i];
        ck_assert_uint_lt(s.start, s.end);
        ck_assert_uint_ge(s.start, behind);
        ck_assert_uint_le(s.end, text.size);
        for (size_t at = behind; at < s.start; at++)
            ck_assert_msg(is_space(text, at), "byte %zu of \"%.*s\" is lost", at, TY_SLICE_FORMAT(text));
        ck_assert(!is_space(text, s.start) && !is_space(text, s.end - 1));
        ty_slice sentence = ty_slice_sub(text, s.start, s.end);
        ck_assert_int_eq(ty_segment(sentence, &joined, &again, NULL), TY_OK);
        ck_assert_msg(again.count == 1, "%.*s: cut again: \"%.*s\" of \"%.*s\"",
                      TY_SLICE_FORMAT(options->lang), TY_SLICE_FORMAT(sentence), TY_SLICE_FORMAT(text));
        behind = s.end;
    }
    for (size_t at = behind; at < text.size; at++)
        ck_assert(is_space(text, at));
    check_stream(text, options, &found, 7);
    check_stream(text, options, &found, 4096);
    ty_vector_release(&found);
    ty_vector_release(&again);
}

/* Random strings over what the rules look at: a generator of our own, so that failures come again. */
START_TEST(test_properties)
{
    static const char *const parts[] = {"a",         "The",
                                        "He said",   "U.S.",
                                        "Mr.",       "Gen.",
                                        "p.m.",      "5",
                                        ".",         "!",
                                        "?",         "...",
                                        " ",         "\n",
                                        "\n\n",      "(",
                                        ")",         "[1]",
                                        "\"",        "“",
                                        "”",         "’",
                                        "。",        "！",
                                        "？",        "「",
                                        "」",        "『",
                                        "』",        "（",
                                        "）",        "と述べた",
                                        "は",        "米国",
                                        "※1",        "Q:",
                                        "Question:", "：",
                                        "…",         "‥",
                                        "．",        "１",
                                        "\xFF",      "\xE3",
                                        "\xE3\x80",  "\xEF\xBB\xBF",
                                        "\r\n",      "\r",
                                        "\t",        "\u3000",
                                        "1.",        "2)",
                                        "•",         ". . .",
                                        ":)",        "Yahoo!"};
    static const char *const langs[] = {"en", "ja", "de", "fr", "es", "zh", "ko", "xx", ""};
    uint64_t seed = 42;
    ty_buffer text = {0};
    for (int round = 0; round < 3000; round++) {
        ty_buffer_clear(&text);
        for (int part = 0; part < 1 + round % 40; part++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            ty_buffer_add_string(&text, parts[(seed >> 33) % (sizeof parts / sizeof *parts)]);
        }
        ty_segment_options options = {.lang = ty_slice_of(langs[round % 9]),
                                      .paragraphs = (ty_paragraph_mode)(round / 9 % 3)};
        check_properties(ty_buffer_slice(&text), &options);
    }
    ty_buffer_release(&text);
}
END_TEST

/* What is cut on many cores, piece by piece, is cut as the whole is, wherever lines and paragraphs end. */
START_TEST(test_pieces)
{
    static const char *const parts[] = {"The sea is calm. ",
                                        "海は静か。",
                                        "Q: Who? ",
                                        "\r\n",
                                        "\n",
                                        "\n \n",
                                        "\r",
                                        "\u2028",
                                        "He said \"No.\" ",
                                        "up to 5 p.m. ",
                                        "\n\n",
                                        "「行く。」と述べた。"};
    static const size_t kinds[] = {12, 4}; /* all parts; no blank line */
    uint64_t seed = 7;
    for (int round = 0; round < 6; round++) {
        ty_buffer text = {0};
        while (text.size < 300000) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            ty_buffer_add_string(&text, parts[(seed >> 33) % kinds[round / 3]]);
        }
        ty_segment_options options = {.lang = TY_SLICE("en"), .paragraphs = (ty_paragraph_mode)(round % 3)};
        ty_sentences whole = {0};
        collected all = {0};
        ty_segmenter *segmenter;
        ck_assert_int_eq(ty_segment(ty_buffer_slice(&text), &options, &whole, NULL), TY_OK);
        ck_assert_int_eq(ty_segmenter_new(&options, &segmenter, NULL), TY_OK);
        ck_assert_int_eq(ty_segmenter_each(segmenter, ty_buffer_slice(&text), collect, &all, NULL), TY_OK);
        check_same(&all.sentences, &whole);
        ty_segmenter_free(segmenter);
        ty_vector_release(&whole);
        ty_vector_release(&all.sentences);
        ty_buffer_release(&all.text);
        ty_buffer_release(&text);
    }
}
END_TEST

/* ------------------------------------------------------------------------------------------ layouts */

static size_t count_of(const char *text, const char *lang, ty_paragraph_mode mode, uint32_t *paragraphs)
{
    ty_segment_options options = {.lang = ty_slice_of(lang), .paragraphs = mode};
    ty_sentences found = {0};
    ck_assert_int_eq(ty_segment(ty_slice_of(text), &options, &found, NULL), TY_OK);
    size_t count = found.count;
    *paragraphs = count ? found.items[count - 1].paragraph + 1 : 0;
    ty_vector_release(&found);
    return count;
}

START_TEST(test_layouts)
{
    static const char wrapped[] = "Joint exercise begins\n\n"
                                  "The two forces began a joint exercise on Monday in the waters\n"
                                  "south of the main island. Officials said that about a thousand\n"
                                  "personnel and twelve ships take part in it, more than ever. It\n"
                                  "will end on Friday.\n\n"
                                  "The minister will visit the area on the last day and meet with\n"
                                  "crews of both sides.\n";
    uint32_t paragraphs;
    ck_assert_uint_eq(count_of(wrapped, "en", TY_PARAGRAPHS_AUTO, &paragraphs), 5);
    ck_assert_uint_eq(paragraphs, 3);
    ck_assert_uint_eq(count_of(wrapped, "en", TY_PARAGRAPHS_BLANK, &paragraphs), 5);
    ck_assert_uint_eq(count_of(wrapped, "en", TY_PARAGRAPHS_LINE, &paragraphs), 9);
    static const char lines[] = "Time: 10:00\nPlace: Tokyo\nThe minister spoke. He left.\n";
    ck_assert_uint_eq(count_of(lines, "en", TY_PARAGRAPHS_AUTO, &paragraphs), 4);
    ck_assert_uint_eq(count_of(lines, "en", TY_PARAGRAPHS_BLANK, &paragraphs), 2);
    static const char heads[] =
        "Press Conference by the Defense Minister\n"
        "Time and date: 9 A.M. September 9, 2016\n"
        "Place: Entrance hall of the Prime Minister's office\n\n"
        "An earthquake was seen this morning. I was told of it at once, gave orders to "
        "all concerned and went to the office to hear the reports of the forces.\n";
    ck_assert_uint_eq(count_of(heads, "en", TY_PARAGRAPHS_AUTO, &paragraphs), 5);
    ck_assert_uint_eq(count_of("", "en", TY_PARAGRAPHS_AUTO, &paragraphs), 0);
    ck_assert_uint_eq(count_of(" \n\t\n\xEF\xBB\xBF\n", "en", TY_PARAGRAPHS_AUTO, &paragraphs), 0);
}
END_TEST

START_TEST(test_wrapped_japanese)
{
    static const char text[] = "防衛省は十一日、南西地域における新たな部隊配置に関する計画を発表\n"
                               "した。計画によれば、三年以内に約八百人規模の部隊が配置される見込\n"
                               "みである。大臣は記者会見で、地元の理解を得ながら丁寧に進めたいと\n"
                               "述べた。\n\n"
                               "知事は、説明が十分ではないとしている。\n";
    uint32_t paragraphs;
    ck_assert_uint_eq(count_of(text, "ja", TY_PARAGRAPHS_AUTO, &paragraphs), 4);
    ck_assert_uint_eq(paragraphs, 2);
}
END_TEST

/* ------------------------------------------------------------------------------------------ hostile */

static void check_hostile(const char *unit, size_t times, const char *lang)
{
    ty_buffer text = {0};
    for (size_t i = 0; i < times; i++)
        ty_buffer_add(&text, ty_slice_of(unit));
    ty_segment_options options = {.lang = ty_slice_of(lang)};
    ty_sentences found = {0};
    ck_assert_int_eq(ty_segment(ty_buffer_slice(&text), &options, &found, NULL), TY_OK);
    size_t covered = 0;
    for (size_t i = 0; i < found.count; i++)
        covered += found.items[i].end - found.items[i].start;
    ck_assert_uint_le(covered, text.size);
    ty_vector_release(&found);
    ty_buffer_release(&text);
}

START_TEST(test_hostile)
{
    static const char *const units[] = {
        "「",   "あ「",     "あ（い", "(",    "a (",  "\"", "“a",   ".",  ". ", "...", "。", "!?", "a",
        "\xFF", "\xE3\x80", "1. ",    "Mr. ", "U.S.", "[",  "あ」", "\r", "：", "Q:",  "……", "※1", " »"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        check_hostile(units[i], 500000, "en");
        check_hostile(units[i], 500000, "ja");
    }
}
END_TEST

START_TEST(test_nul)
{
    ty_slice text = TY_SLICE("One\0two. Three\0. Four.");
    ty_sentences found = {0};
    ck_assert_int_eq(ty_segment(text, NULL, &found, NULL), TY_OK);
    ck_assert_uint_eq(found.count, 3);
    ck_assert_uint_eq(found.items[2].end, text.size);
    ty_vector_release(&found);
}
END_TEST

static bool stop_at_once(void *payload, ty_slice sentence, ty_sentence place)
{
    return false;
}

START_TEST(test_stop)
{
    ty_segmenter *segmenter;
    ck_assert_int_eq(ty_segmenter_new(NULL, &segmenter, NULL), TY_OK);
    ck_assert_int_eq(ty_segmenter_feed(segmenter, TY_SLICE("One. Two.\n"), stop_at_once, NULL, NULL), TY_OK);
    ck_assert_int_eq(ty_segmenter_finish(segmenter, stop_at_once, NULL, NULL), TY_STOP);
    ck_assert_int_eq(ty_segmenter_each(segmenter, TY_SLICE("One. Two.\n"), stop_at_once, NULL, NULL),
                     TY_STOP);
    ty_segmenter_free(segmenter);
}
END_TEST

/* ------------------------------------------------------------------------------------------ SRX */

static void check_srx(const ty_srx *srx, const char *lang, const char *text, const char *wanted)
{
    ty_segment_options options = {.lang = ty_slice_of(lang), .srx = srx};
    ty_sentences found = {0};
    ty_buffer joined = {0};
    ty_error error = {0};
    ck_assert_ok(ty_segment(ty_slice_of(text), &options, &found, &error), error);
    for (size_t i = 0; i < found.count; i++) {
        ty_buffer_add_string(&joined, i ? " | " : "");
        ty_buffer_add(&joined, ty_slice_sub(ty_slice_of(text), found.items[i].start, found.items[i].end));
    }
    ck_assert_str_eq(joined.data, wanted);
    ty_vector_release(&found);
    ty_buffer_release(&joined);
}

static ty_srx *read_srx(const char *path)
{
    char full[1024];
    ty_srx *srx;
    ty_error error = {0};
    snprintf(full, sizeof full, "%s/tests/%s", getenv("TY_SOURCE_ROOT") ? getenv("TY_SOURCE_ROOT") : ".",
             path);
    ck_assert_ok(ty_srx_read(&(ty_source){.path = full}, NULL, &srx, &error), error);
    return srx;
}

START_TEST(test_srx)
{
    ty_srx *srx = read_srx("data/segment/rules.srx");
    ck_assert(srx->cascade);
    check_srx(srx, "en-US", "Dr. No met Mr. Lee. They left. No. 5 stayed.",
              "Dr. No met Mr. Lee. | They left. | No. 5 stayed.");
    check_srx(srx, "fr", "Mr. Lee est ici. Bien.", "Mr. | Lee est ici. | Bien.");
    check_srx(srx, "en", "APPROX. 5 ships. Approx. Five.", "APPROX. 5 ships. | Approx. | Five.");
    check_srx(srx, "en", "Plan B. it said. Plan B. It said.", "Plan B. it said. | Plan B. | It said.");
    check_srx(srx, "en", "one{0>two", "one | {0>two");
    check_srx(srx, "ja", "一。二！三", "一。 | 二！ | 三");
    check_srx(srx, "en", "(He left.) \"Go!\" He went", "(He left.) | \"Go!\" | He went");
    ty_srx_free(srx);
}
END_TEST

START_TEST(test_srx_by_hand)
{
    ty_srx *srx = ty_srx_new();
    ck_assert_ptr_nonnull(srx);
    ck_assert_int_eq(ty_srx_add_rule(srx, TY_SLICE("a"), true, TY_SLICE("[.]"), TY_SLICE("\\s"), NULL),
                     TY_OK);
    ck_assert_int_eq(ty_srx_add_rule(srx, TY_SLICE("b"), true, TY_SLICE("(["), TY_SLICE(""), NULL), TY_OK);
    ck_assert_int_eq(ty_srx_add_map(srx, TY_SLICE("en.*"), TY_SLICE("a"), NULL), TY_OK);
    ck_assert_int_eq(ty_srx_add_map(srx, TY_SLICE("de"), TY_SLICE("b"), NULL), TY_OK);
    check_srx(srx, "EN", "A. B", "A. | B");
    check_srx(srx, "xx", "A. B", "A. B"); /* no map: no rules */
    ty_segment_options options = {.lang = TY_SLICE("de"), .srx = srx};
    ty_sentences found = {0};
    ty_error error = {0};
    ck_assert_int_eq(ty_segment(TY_SLICE("A."), &options, &found, &error), TY_ERR_FORMAT);
    ck_assert(error.message[0] != '\0');
    ck_assert_uint_eq(found.count, 0);
    ty_srx_free(srx);
}
END_TEST

/* The rules we print, read back and run, cut the bundled releases as we do. */
static void check_printed(const ty_srx *srx, const char *path, const char *lang)
{
    ty_buffer text = {0};
    if (access(path, R_OK) != 0)
        return;
    ck_assert_int_eq(ty_file_read(path, 0, &text, NULL), TY_OK);
    if (ty_utf8_check(ty_buffer_slice(&text)) == text.size && !memchr(text.data, 0x1B, text.size)) {
        ty_segment_options options = {.lang = ty_slice_of(lang)};
        ty_sentences ours = {0}, theirs = {0};
        ck_assert_int_eq(ty_segment(ty_buffer_slice(&text), &options, &ours, NULL), TY_OK);
        options.srx = srx;
        ck_assert_int_eq(ty_segment(ty_buffer_slice(&text), &options, &theirs, NULL), TY_OK);
        for (size_t i = 0; i < ours.count && i < theirs.count; i++)
            ck_assert_msg(ours.items[i].start == theirs.items[i].start &&
                              ours.items[i].end == theirs.items[i].end,
                          "%s: \"%.*s\"", path, (int)(ours.items[i].end - ours.items[i].start),
                          text.data + ours.items[i].start);
        ck_assert_uint_eq(ours.count, theirs.count);
        ty_vector_release(&ours);
        ty_vector_release(&theirs);
    }
    ty_buffer_release(&text);
}

START_TEST(test_printed_srx)
{
    ty_buffer printed = {0};
    ty_error error = {0};
    ty_srx *srx;
    ck_assert_ok(ty_segment_srx((ty_slice){0}, &printed, &error), error);
    ty_source source = {.path = "printed", .bytes = ty_buffer_slice(&printed)};
    ck_assert_ok(ty_srx_read(&source, NULL, &srx, &error), error);
    char folder[1024], path[2048];
    snprintf(folder, sizeof folder, "%s/tm", getenv("TY_SOURCE_ROOT") ? getenv("TY_SOURCE_ROOT") : ".");
    DIR *releases = opendir(folder);
    ck_assert_ptr_nonnull(releases);
    for (struct dirent *entry; (entry = readdir(releases)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s/en.txt", folder, entry->d_name);
        check_printed(srx, path, "en");
        snprintf(path, sizeof path, "%s/%s/ja.txt", folder, entry->d_name);
        check_printed(srx, path, "ja");
    }
    closedir(releases);
    check_srx(srx, "de", "Am 3. Oktober kam Dr. Maier. Er blieb.",
              "Am 3. Oktober kam Dr. Maier. | Er blieb.");
    check_srx(srx, "de-DE", "Es gab Brot usw. Die Soldaten gingen.",
              "Es gab Brot usw. | Die Soldaten gingen.");
    check_srx(srx, "xx", "Mr. Lee left. He is back.", "Mr. Lee left. | He is back.");
    check_srx(srx, "ja", "「行く。」と述べた。終わり。", "「行く。」と述べた。 | 終わり。");
    ty_srx_free(srx);
    ty_buffer_release(&printed);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("segment");
    TCase *sentences = tcase_create("sentences"), *layouts = tcase_create("layouts"),
          *any = tcase_create("any bytes"), *rules = tcase_create("SRX");
    tcase_add_test(sentences, test_case_files);
    tcase_add_test(sentences, test_releases);
    tcase_add_test(layouts, test_layouts);
    tcase_add_test(layouts, test_wrapped_japanese);
    tcase_add_test(rules, test_srx);
    tcase_add_test(rules, test_srx_by_hand);
    tcase_add_test(rules, test_printed_srx);
    tcase_add_test(any, test_properties);
    tcase_add_test(any, test_pieces);
    tcase_add_test(any, test_hostile);
    tcase_add_test(any, test_nul);
    tcase_add_test(any, test_stop);
    suite_add_tcase(suite, sentences);
    suite_add_tcase(suite, layouts);
    suite_add_tcase(suite, any);
    suite_add_tcase(suite, rules);
    return ty_test_run(suite);
}
