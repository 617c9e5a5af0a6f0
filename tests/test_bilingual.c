/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF and PO files: pairs of tests/data/bilingual, and what a reader must see in them. */
#include <stdio.h>

#include "formats/formats.h"
#include "support.h"
#include "text/text.h"

enum { MOST_CANDIDATES = 8 };

static ty_buffer table; /* candidates.tsv */

/* ------------------------------------------------------------------------------------------ candidates */

static ty_slice cell(ty_slice *line)
{
    ty_slice field = {"", 0};
    ty_slice_next(line, '\t', &field);
    return field.data ? field : (ty_slice){"", 0};
}

static void read_flags(ty_slice flags, ty_candidate *candidate)
{
    for (size_t i = 0; i < flags.size; i++) {
        candidate->context |= flags.data[i] == 'c';
        candidate->adapted |= flags.data[i] == 'a';
        candidate->trusted |= flags.data[i] == 't';
        if (flags.data[i] == '-')
            candidate->penalty = atoi(flags.data + i + 1);
    }
}

/* All rows for the text, in their order; white space and line ends do not matter. */
static size_t find_candidates(ty_slice text, ty_candidate *out)
{
    ty_slice rest = ty_buffer_slice(&table), line;
    ty_buffer plain = {0};
    size_t count = 0;
    ck_assert_int_eq(ty_fold_plain(text, TY_FOLD_SPACE, &plain, NULL), TY_OK);
    while (rest.size && ty_slice_next(&rest, '\n', &line)) {
        if (!ty_slice_equal(cell(&line), ty_buffer_slice(&plain)))
            continue;
        ck_assert_uint_lt(count, MOST_CANDIDATES);
        ty_candidate *one = &out[count++];
        *one = (ty_candidate){.score = atoi(cell(&line).data), .origin = TY_SLICE("a&b.tmx")};
        read_flags(cell(&line), one);
        one->source = cell(&line);
        one->target = cell(&line);
        one->remark = cell(&line);
        one->source_lang = TY_SLICE("en");
        one->target_lang = TY_SLICE("ja");
    }
    ty_buffer_release(&plain);
    return count;
}

/* The file with candidates for all that is open, appended. */
static void pretranslate(ty_slice bytes, ty_format format, ty_buffer *out)
{
    static ty_candidate candidates[64][MOST_CANDIDATES];
    ty_bilingual *file;
    ty_error error = {0};
    ty_source source = {"test", bytes};
    ck_assert_ok(ty_bilingual_open(&source, format, NULL, NULL, &file, &error), error);
    ck_assert_uint_le(ty_bilingual_count(file), 64);
    for (size_t i = 0; i < ty_bilingual_count(file); i++) {
        const ty_bilingual_segment *segment = ty_bilingual_at(file, i);
        if (segment->state == TY_SEGMENT_OPEN)
            ty_bilingual_offer(file, i, candidates[i], find_candidates(segment->source, candidates[i]));
    }
    ck_assert_ok(ty_bilingual_write(file, out, &error), error);
    ty_bilingual_close(file);
}

/* ------------------------------------------------------------------------------------------ pairs */

static const struct {
    const char *name, *extension;
    ty_format format;
} pairs[] = {
    {"units", "xlf", TY_FORMAT_XLIFF},     {"segmented", "xlf", TY_FORMAT_XLIFF},
    {"version-2", "xlf", TY_FORMAT_XLIFF}, {"version-2-matches", "xlf", TY_FORMAT_XLIFF},
    {"entries", "po", TY_FORMAT_PO},       {"plurals", "po", TY_FORMAT_PO},
};
enum { PAIRS = sizeof pairs / sizeof *pairs };

static void read_pair(int number, ty_buffer *before, ty_buffer *after)
{
    char path[100];
    snprintf(path, sizeof path, "data/bilingual/%s.%s", pairs[number].name, pairs[number].extension);
    ty_test_read(path, before);
    snprintf(path, sizeof path, "data/bilingual/%s.expected.%s", pairs[number].name, pairs[number].extension);
    ty_test_read(path, after);
    ty_buffer_clear(&table);
    ty_test_read("data/bilingual/candidates.tsv", &table);
}

/* The same text otherwise: with CRLF, and as bytes of an encoding behind a byte order mark. */
static void rewrite(ty_buffer *text, bool crlf, const char *mark, const char *encoding)
{
    ty_buffer lines = {0}, out = {0};
    for (size_t i = 0; i < text->size; i++) {
        if (crlf && text->data[i] == '\n')
            ty_buffer_add_char(&lines, '\r');
        ty_buffer_add_char(&lines, text->data[i]);
    }
    ty_buffer_add_string(&out, mark);
    if (encoding)
        ck_assert_int_eq(ty_text_encode(ty_buffer_slice(&lines), encoding, &out, NULL), TY_OK);
    else
        ty_buffer_add(&out, ty_buffer_slice(&lines));
    ty_buffer_release(text);
    ty_buffer_release(&lines);
    *text = out;
}

static void check_pair(int number, bool crlf, const char *mark, const char *encoding)
{
    ty_buffer before = {0}, after = {0}, got = {0};
    read_pair(number, &before, &after);
    rewrite(&before, crlf, mark, encoding);
    rewrite(&after, crlf, mark, encoding);
    pretranslate(ty_buffer_slice(&before), pairs[number].format, &got);
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&got), ty_buffer_slice(&after)), "%s: got\n%.*s",
                  pairs[number].name, TY_SLICE_FORMAT(ty_buffer_slice(&got)));
    ty_buffer_release(&before);
    ty_buffer_release(&after);
    ty_buffer_release(&got);
    ty_buffer_release(&table);
}

START_TEST(candidates_go_where_they_belong)
{
    check_pair(_i, false, "", NULL);
    check_pair(_i, true, "", NULL);
    check_pair(_i, false, "\xEF\xBB\xBF", NULL);
}
END_TEST

START_TEST(utf16_stays_utf16)
{
    if (pairs[_i].format != TY_FORMAT_XLIFF)
        return; /* PO is never in UTF-16 */
    check_pair(_i, true, "\xFF\xFE", "UTF-16LE");
    check_pair(_i, false, "\xFE\xFF", "UTF-16BE");
}
END_TEST

/* What has its candidates gets none twice. */
START_TEST(second_time_changes_nothing)
{
    ty_buffer before = {0}, after = {0}, again = {0};
    read_pair(_i, &before, &after);
    pretranslate(ty_buffer_slice(&after), pairs[_i].format, &again);
    ck_assert(ty_slice_equal(ty_buffer_slice(&after), ty_buffer_slice(&again)));
    ty_buffer_release(&before);
    ty_buffer_release(&after);
    ty_buffer_release(&again);
    ty_buffer_release(&table);
}
END_TEST

/* ------------------------------------------------------------------------------------------ encodings */

static const ty_candidate japanese = {.source = {"OK", 2}, .target = {"了解", 6}, .score = 100};

/* The file, given as UTF-8, written in `encoding`; the answer is read back into UTF-8. */
static void offer_in(const char *text, ty_format format, const char *encoding, ty_buffer *out)
{
    ty_buffer bytes = {0}, written = {0};
    ty_bilingual *file;
    ty_error error = {0};
    ty_decoded decoded;
    ck_assert_int_eq(ty_text_encode(ty_slice_of(text), encoding, &bytes, NULL), TY_OK);
    ty_source source = {"test", ty_buffer_slice(&bytes)};
    ck_assert_ok(ty_bilingual_open(&source, format, NULL, NULL, &file, &error), error);
    ty_bilingual_offer(file, ty_bilingual_count(file) - 1, &japanese, 1);
    ck_assert_ok(ty_bilingual_write(file, &written, &error), error);
    ty_bilingual_close(file);
    ck_assert_ok(ty_text_decode(ty_buffer_slice(&written), encoding, NULL, out, &decoded, &error), error);
    ty_buffer_release(&bytes);
    ty_buffer_release(&written);
}

static const char *const xml_encodings[] = {"Shift_JIS", "EUC-JP", "ISO-2022-JP", "US-ASCII", "ISO-8859-1"};

/* In an encoding that may not know a character, candidates are written as references. */
START_TEST(xliff_of_other_encodings)
{
    const char *encoding = xml_encodings[_i];
    const char *note = _i < 3 ? "<note>第1表</note>" : "<note>1</note>";
    char text[1000];
    ty_buffer got = {0};
    snprintf(text, sizeof text,
             "<?xml version='1.0' encoding='%s'?><xliff version='1.2'><file source-language='en'><body>"
             "<trans-unit id='1'><source>OK</source>%s</trans-unit></body></file></xliff>\r\n",
             encoding, note);
    offer_in(text, TY_FORMAT_XLIFF, encoding, &got);
    ck_assert_ptr_nonnull(strstr(got.data, "<target>&#x4E86;&#x89E3;</target>"));
    ck_assert_ptr_nonnull(strstr(got.data, note));
    ty_buffer_release(&got);
}
END_TEST

static const char *const po_encodings[] = {"Shift_JIS", "EUC-JP", "UTF-8"};

START_TEST(po_of_other_encodings)
{
    char text[300];
    ty_buffer got = {0};
    const char *remark = "# 表\n"; /* whose second byte in Shift_JIS is a backslash */
    snprintf(
        text, sizeof text,
        "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=%s\\n\"\n\n%smsgid \"OK\"\nmsgstr \"\"\n",
        po_encodings[_i], remark);
    offer_in(text, TY_FORMAT_PO, po_encodings[_i], &got);
    ck_assert_ptr_nonnull(
        strstr(got.data, "\n# 表\n#. taiyaku: 100%\n#, fuzzy\nmsgid \"OK\"\nmsgstr \"了解\"\n"));
    ty_buffer_release(&got);
}
END_TEST

/* What an encoding does not have is left out, and the file is as it was. */
START_TEST(po_that_cannot_hold_it)
{
    static const char text[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n\n"
                               "# \xC3\xA9\nmsgid \"OK\"\nmsgstr \"\"\n";
    ty_buffer got = {0};
    offer_in(text, TY_FORMAT_PO, "ISO-8859-1", &got);
    ck_assert_slice(ty_buffer_slice(&got), text);
    ty_buffer_release(&got);
}
END_TEST

/* ------------------------------------------------------------------------------------------ refusals */

static const struct {
    ty_format format;
    const char *text, *message;
    size_t line;
} bad[] = {
    {TY_FORMAT_XLIFF, "<tmx/>", "no XLIFF", 1},
    {TY_FORMAT_XLIFF, "<xliff>\n<file></xliff>", "not well-formed", 2},
    {TY_FORMAT_XLIFF, "<!DOCTYPE xliff [<!ENTITY a 'b'>]><xliff>&a;</xliff>", "entity", 1},
    {TY_FORMAT_XLIFF, "<xliff><file><trans-unit><source>&nbsp;</source></trans-unit></file></xliff>", "nbsp",
     1},
    {TY_FORMAT_XLIFF, "\x1f\x8b\x08", "", 0},
    {TY_FORMAT_PO, "msgid \"a\"\nmsgid \"b\"\n", "without a msgstr", 2},
    {TY_FORMAT_PO, "msgid \"a\"\nmsgstr \"b\n", "does not end", 2},
    {TY_FORMAT_PO, "\nmsgstr \"b\"\n", "out of place", 2},
    {TY_FORMAT_PO, "msgid \"a\"\nmsgstr \"b\"\nHello\n", "no PO", 3},
    {TY_FORMAT_PO, "msgctxt \"a\"\n", "without a msgid", 2},
};

START_TEST(broken_files_are_refused)
{
    ty_bilingual *file;
    ty_error error = {0};
    ty_source source = {"test", ty_slice_of(bad[_i].text)};
    ck_assert_int_ne(ty_bilingual_open(&source, bad[_i].format, NULL, NULL, &file, &error), TY_OK);
    ck_assert_ptr_null(file);
    ck_assert_msg(strstr(error.message, bad[_i].message) != NULL, "%s", error.message);
    ck_assert_str_eq(error.file, "test");
    if (bad[_i].line)
        ck_assert_uint_eq(error.line, bad[_i].line);
}
END_TEST

/* ------------------------------------------------------------------------------------------ units */

static ty_status add_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    ck_assert_uint_eq(unit->variant_count, 2);
    for (size_t i = 0; i < 2; i++)
        ty_buffer_add_format(payload, "%.*s:%.*s%s", TY_SLICE_FORMAT(unit->variants[i].lang),
                             TY_SLICE_FORMAT(unit->variants[i].text), i ? "\n" : " ");
    return TY_OK;
}

static const struct {
    ty_format format;
    const char *text, *units;
    size_t warnings;
} translated[] = {
    {TY_FORMAT_XLIFF,
     "<xliff version='1.2'><file source-language='en-US' target-language='ja'><body>"
     "<trans-unit><source>A\n   b.</source><target>\n  あ\n  い。\n</target></trans-unit>"
     "<trans-unit xml:space='preserve'><source>C\nd</source><target>え\nお</target></trans-unit>"
     "<trans-unit><source>E<x id='1'/></source><target "
     "state='needs-review-translation'>う</target></trans-unit>"
     "<trans-unit approved='yes'><source>OK</source><target>OK</target></trans-unit>"
     "<trans-unit translate='no'><source>F</source><target>か</target></trans-unit>"
     "<trans-unit><source>G<x id='1'/></source><target>き<x id='1'/></target></trans-unit>"
     "<trans-unit><source>H</source><alt-trans><target>く</target></alt-trans></trans-unit>"
     "</body></file></xliff>",
     "en-US:A b. ja:あい。\nen-US:C\nd ja:え\nお\nen-US:E ja:う\nen-US:OK ja:OK\nen-US:F ja:か\n"
     "en-US:G ja:き\n",
     0},
    {TY_FORMAT_XLIFF,
     "<xliff version='2.0' srcLang='en'><file id='f'><unit id='u'>"
     "<segment><source>A</source><target>あ</target></segment>"
     "<segment state='initial'><source>B</source><target>い</target></segment>"
     "<segment state='final'><source>C</source><target>C</target></segment></unit></file></xliff>",
     "en:A x-told:あ\nen:C x-told:C\n", 0},
    {TY_FORMAT_PO,
     "msgid \"\"\nmsgstr \"Language: ja@x\\n\"\n\nmsgid \"A\\nb\\n\"\nmsgstr \"あ\\nい\\n\"\n\n#, fuzzy\n"
     "msgid \"B\"\nmsgstr \"い\"\n\nmsgid \"C\"\nmsgid_plural \"Cs\"\nmsgstr[0] \"う\"\n\n#~ msgid \"D\"\n"
     "#~ msgstr \"え\"\n",
     "x-told:A\nb ja:あ\nい\nx-told:C ja:う\nx-told:Cs ja:う\n", 0},
};

START_TEST(units_are_what_is_translated)
{
    ty_bilingual_options options = {.format = translated[_i].format,
                                    .source_lang = TY_SLICE("x-told"),
                                    .target_lang = TY_SLICE("x-told")};
    ty_buffer units = {0};
    ty_unit_sink sink = {.payload = &units, .unit = add_unit};
    ty_read_counts counts = {0};
    ty_error error = {0};
    ty_source source = {"test", ty_slice_of(translated[_i].text)};
    ck_assert_ok(ty_bilingual_units(&source, &options, &sink, NULL, &counts, &error), error);
    ck_assert_slice(ty_buffer_slice(&units), translated[_i].units);
    ck_assert_uint_eq(counts.warnings, translated[_i].warnings);
    ty_buffer_release(&units);
}
END_TEST

/* ------------------------------------------------------------------------------------------ from a text */

START_TEST(text_becomes_xliff)
{
    static const ty_slice lines[] = {{"A & B.", 6}, {"C\x0C.", 3}, {"D.", 2}};
    static const ty_sentence sentences[] = {{0, 6, 0}, {7, 10, 0}, {11, 13, 3}};
    ty_xliff_text text = {.version_2 = _i == 1,
                          .name = TY_SLICE("\"a\".txt"),
                          .source_lang = TY_SLICE("en"),
                          .target_lang = TY_SLICE("ja"),
                          .sentences = sentences,
                          .lines = lines,
                          .count = 3};
    ty_buffer made = {0};
    ty_bilingual *file;
    ty_error error = {0};
    ty_xliff_from_text(&text, &made);
    ty_source source = {"test", ty_buffer_slice(&made)};
    ck_assert_ok(ty_bilingual_open(&source, TY_FORMAT_XLIFF, NULL, NULL, &file, &error), error);
    ck_assert_uint_eq(ty_bilingual_count(file), 3);
    ck_assert_slice(ty_bilingual_at(file, 0)->source, "A & B.");
    ck_assert_slice(ty_bilingual_at(file, 1)->source, "C\xEF\xBF\xBD.");
    ck_assert_slice(ty_bilingual_at(file, 2)->target_lang, "ja");
    ck_assert_int_eq(ty_bilingual_at(file, 2)->state, TY_SEGMENT_OPEN);
    ty_bilingual_close(file);
    ty_buffer_release(&made);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bilingual");
    TCase *pair_case = tcase_create("pairs");
    tcase_add_loop_test(pair_case, candidates_go_where_they_belong, 0, PAIRS);
    tcase_add_loop_test(pair_case, utf16_stays_utf16, 0, PAIRS);
    tcase_add_loop_test(pair_case, second_time_changes_nothing, 0, PAIRS);
    suite_add_tcase(suite, pair_case);
    TCase *other = tcase_create("files");
    tcase_add_loop_test(other, xliff_of_other_encodings, 0, sizeof xml_encodings / sizeof *xml_encodings);
    tcase_add_loop_test(other, po_of_other_encodings, 0, sizeof po_encodings / sizeof *po_encodings);
    tcase_add_test(other, po_that_cannot_hold_it);
    tcase_add_loop_test(other, broken_files_are_refused, 0, sizeof bad / sizeof *bad);
    tcase_add_loop_test(other, units_are_what_is_translated, 0, sizeof translated / sizeof *translated);
    tcase_add_loop_test(other, text_becomes_xliff, 0, 2);
    suite_add_tcase(suite, other);
    return ty_test_run(suite);
}
