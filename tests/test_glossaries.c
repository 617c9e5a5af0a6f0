/* SPDX-License-Identifier: Apache-2.0 */
/* Glossaries and tables, in and out: what each kind says must reach the model and come out again. */
#include <stdio.h>

#include "formats/formats.h"
#include "support.h"
#include "text/text.h"

/* ------------------------------------------------------------------------------------------ harness */

struct result {
    ty_status status;
    ty_error error;
    ty_read_counts counts;
    ty_buffer dump; /* what came, in words */
    ty_buffer notices;
    ty_output *output;
    ty_glossary_writer *writer;
    ty_glossary_write_options options;
};

static void release(struct result *result)
{
    ty_buffer_release(&result->dump);
    ty_buffer_release(&result->notices);
}

static void on_notice(void *payload, const ty_notice *notice)
{
    struct result *result = payload;
    if (!notice->remark)
        ty_buffer_add_format(&result->notices, " %zu:%s", notice->line, notice->rule);
}

static void add_field(ty_buffer *dump, const char *name, ty_slice value)
{
    ty_buffer_add_format(dump, " %s=%.*s", name, TY_SLICE_FORMAT(value));
}

static void add_infos(ty_buffer *dump, const char *indent, ty_infos infos)
{
    if (!infos.count)
        return;
    ty_buffer_add_string(dump, indent);
    ty_buffer_add_string(dump, "infos ");
    ty_infos_to_json(infos, dump);
    ty_buffer_add_char(dump, '\n');
}

static void add_term(ty_buffer *dump, const ty_term *term)
{
    ty_buffer_add_format(dump, "  %.*s %.*s %s", TY_SLICE_FORMAT(term->lang), TY_SLICE_FORMAT(term->text),
                         ty_term_status_name(term->status));
    add_field(dump, "pos", term->part_of_speech);
    add_field(dump, "org", term->organisation);
    add_field(dump, "note", term->note);
    add_field(dump, "source", term->source);
    ty_buffer_add_char(dump, '\n');
    add_infos(dump, "    ", term->infos);
}

static ty_status on_glossary(void *payload, const ty_glossary *glossary, ty_error *error)
{
    struct result *result = payload;
    if (!result->output)
        return TY_OK;
    return ty_glossary_writer_open(result->output, &result->options, glossary, &result->writer, error);
}

static ty_status on_concept(void *payload, const ty_concept *concept, ty_error *error)
{
    struct result *result = payload;
    ty_buffer *dump = &result->dump;
    ty_buffer_add_format(dump, "concept %.*s", TY_SLICE_FORMAT(concept->id));
    add_field(dump, "subject", concept->subject);
    add_field(dump, "definition", concept->definition);
    add_field(dump, "note", concept->note);
    add_field(dump, "source", concept->source);
    ty_buffer_add_char(dump, '\n');
    add_infos(dump, "  ", concept->infos);
    for (size_t i = 0; i < concept->term_count; i++)
        add_term(dump, &concept->terms[i]);
    return result->writer ? ty_glossary_writer_concept(result->writer, concept, error) : TY_OK;
}

static void read_glossary(ty_source source, struct result *result)
{
    ty_glossary_sink sink = {result, on_glossary, on_concept};
    ty_listener listener = {.payload = result, .notice = on_notice};
    result->status = ty_glossary_read(&source, NULL, &sink, &listener, &result->counts, &result->error);
    if (!result->writer)
        return;
    ty_status status = ty_glossary_writer_close(result->writer, NULL, NULL, &result->error);
    if (result->status == TY_OK)
        result->status = status;
}

static struct result read_bytes(const char *name, ty_slice bytes)
{
    struct result result = {0};
    read_glossary((ty_source){name, bytes}, &result);
    return result;
}

/* Reads and writes in the form asked for; `path` gets the bytes. */
static struct result convert(ty_source source, const char *path, ty_glossary_write_options options)
{
    struct result result = {.options = options};
    ck_assert_ok(ty_output_open(path, &result.output, &result.error), result.error);
    read_glossary(source, &result);
    ck_assert_msg(result.status == TY_OK, "%s: %s", path, result.error.message);
    ck_assert_ok(ty_output_commit(result.output, &result.error), result.error);
    return result;
}

/* ------------------------------------------------------------------------------------------ reading */

static const struct {
    const char *file, *expected, *notices;
} readings[] = {
    {"v3-dca.tbx", "tbx.expected", ""},
    {"v3-dct.tbx", "tbx.expected", ""},
    {"v2.tbx", "tbx.expected", ""},
    {"min.tbx", "min.expected", ""},
    {"small.utx", "utx.expected", " 11:no-term"},
    {"multiterm.xml", "multiterm.expected", " 19:inline-markup 27:lang-malformed 29:no-term"},
    {"memoq.csv", "memoq.expected", ""},
    {"omegat.utf8", "omegat.expected", " 4:short-row"},
};

START_TEST(test_reading)
{
    char path[300];
    ty_buffer bytes = {0}, expected = {0};
    snprintf(path, sizeof path, "data/formats/%s", readings[_i].file);
    struct result result = read_bytes(readings[_i].file, ty_test_read(path, &bytes));
    ck_assert_msg(result.status == TY_OK, "%s: %s", path, result.error.message);
    snprintf(path, sizeof path, "data/formats/%s", readings[_i].expected);
    ck_assert_slice(ty_buffer_slice(&result.dump), ty_test_read(path, &expected).data);
    ck_assert_slice(ty_buffer_slice(&result.notices), readings[_i].notices);
    ty_buffer_release(&bytes);
    ty_buffer_release(&expected);
    release(&result);
}
END_TEST

/* ------------------------------------------------------------------------------------------ round trips */

static const struct {
    const char *file;
    ty_glossary_write_options options;
} trips[] = {
    {"v3-dca.tbx", {.format = TY_FORMAT_TBX}}, {"v2.tbx", {.format = TY_FORMAT_TBX, .tbx_v2 = true}},
    {"v3-dct.tbx", {.format = TY_FORMAT_TBX}}, {"min.tbx", {.format = TY_FORMAT_TBX}},
    {"small.utx", {.format = TY_FORMAT_UTX}},  {"small.utx", {.format = TY_FORMAT_TSV}},
    {"memoq.csv", {.format = TY_FORMAT_TSV}},  {"memoq.csv", {.format = TY_FORMAT_UTX}},
};

START_TEST(test_round_trips)
{
    char path[300], first[256], second[256];
    ty_buffer bytes = {0}, again = {0};
    ty_error error = {0};
    snprintf(path, sizeof path, "data/formats/%s", trips[_i].file);
    snprintf(first, sizeof first, "%s", ty_test_temporary("first"));
    snprintf(second, sizeof second, "%s", ty_test_temporary("second"));
    struct result a =
        convert((ty_source){trips[_i].file, ty_test_read(path, &bytes)}, first, trips[_i].options);
    struct result b = convert((ty_source){.path = first}, second, trips[_i].options);
    if (!strstr(trips[_i].file, "memoq")) /* a cell has no line ends */
        ck_assert_slice(ty_buffer_slice(&b.dump), a.dump.data);
    ty_buffer_clear(&bytes);
    ck_assert_ok(ty_file_read(first, 0, &bytes, &error), error);
    ck_assert_ok(ty_file_read(second, 0, &again, &error), error);
    ck_assert_slice(ty_buffer_slice(&again), bytes.data);
    ty_buffer_release(&bytes);
    ty_buffer_release(&again);
    release(&a);
    release(&b);
}
END_TEST

START_TEST(test_omegat_says_what_is_forbidden)
{
    ty_buffer bytes = {0};
    ty_error error = {0};
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("omegat.txt"));
    struct result result = convert(
        (ty_source){"small.utx", ty_test_read("data/formats/small.utx", &bytes)}, path,
        (ty_glossary_write_options){
            .format = TY_FORMAT_OMEGAT, .source_lang = TY_SLICE("en"), .target_lang = TY_SLICE("ja")});
    ty_buffer_clear(&bytes);
    ck_assert_ok(ty_file_read(path, 0, &bytes, &error), error);
    ck_assert_slice(ty_buffer_slice(&bytes),
                    "# Glossary in tab-separated format -*- coding: utf-8 -*-\n"
                    "fighter\t戦闘機\taircraft; not 新型戦闘機 (of the press)\n"
                    "fighter aircraft\t戦闘機\taircraft; not 新型戦闘機 (of the press)\n"
                    "fighter\t戦闘爆撃機\tnon-standard; aircraft; "
                    "not 新型戦闘機 (of the press)\n"
                    "tanker\t給油機\t\n");
    ty_buffer_release(&bytes);
    release(&result);
}
END_TEST

/* ------------------------------------------------------------------------------------------ rules */

static const struct {
    const char *name;
    ty_slice bytes;
    ty_status status;
    const char *words; /* of the error, or a notice */
} cases[] = {
    {"x.tbx",
     TY_SLICE("<tbx><text><body><conceptEntry><langSec "
              "xml:lang='en'><termSec><term/></termSec></langSec></conceptEntry></body></text></tbx>"),
     TY_OK, "empty-term"},
    {"x.tbx", TY_SLICE("<tbx><text><body><conceptEntry id='1'/></body></text></tbx>"), TY_OK, "no-term"},
    {"x.tbx",
     TY_SLICE("<tbx><text><body><conceptEntry><langSec "
              "xml:lang='en_US'><termSec><term>a</term></termSec></langSec></conceptEntry></body></"
              "text><back><refObjectSec/></back></tbx>"),
     TY_OK, "back-matter"},
    {"x.tbx",
     TY_SLICE("<tbx><text><body><conceptEntry><langSec><termSec><term>a</term></termSec></langSec></"
              "conceptEntry></body></text></tbx>"),
     TY_OK, "lang-empty"},
    {"x.tbx",
     TY_SLICE("<tbx><text><body><conceptEntry><langSec "
              "xml:lang='en'><termSec><term>a<hi>b</hi></term></termSec></langSec></conceptEntry></body></"
              "text></tbx>"),
     TY_OK, "inline-markup"},
    {"x.tbx",
     TY_SLICE("<tbx><text><body><conceptEntry><conceptEntry/><langSec "
              "xml:lang='en'><langSec/></langSec></conceptEntry></body></text></tbx>"),
     TY_OK, "misplaced-element"},
    {"x.tbx", TY_SLICE("<!DOCTYPE tbx [<!ENTITY x 'y'>]><tbx/>"), TY_ERR_FORMAT, "entity"},
    {"x.tbx", TY_SLICE("<tbx><text>"), TY_ERR_FORMAT, "cut off"},
    {"x.xml", TY_SLICE("<mtf><conceptGrp><languageGrp><language lang='en'/><termGrp><term>"), TY_ERR_FORMAT,
     "cut off"},
    {"x.xml",
     TY_SLICE("<mtf><conceptGrp><languageGrp><termGrp><term/></termGrp></languageGrp></conceptGrp></mtf>"),
     TY_OK, "empty-term"},
    {"x.xml", TY_SLICE("<mtf><conceptGrp><conceptGrp/></conceptGrp></mtf>"), TY_OK, "misplaced-element"},
    {"x.xml", TY_SLICE("<mtf><conceptGrp><termGrp><term>a</term></termGrp></conceptGrp></mtf>"), TY_OK,
     "misplaced-element"},
    {"x.xml", TY_SLICE("<!DOCTYPE mtf [<!ENTITY x 'y'>]><mtf/>"), TY_ERR_FORMAT, "entity"},
    {"x.tbx", TY_SLICE("<?xml version='1.0'?><xliff/>"), TY_ERR_FORMAT, "an XLIFF file"},
    {"x.utx", TY_SLICE("#UTX 1.11; en/ja;\nno\tcolumns\n"), TY_ERR_FORMAT, "columns"},
    {"x.utx", TY_SLICE("#UTX 1.11\n#src\ttgt\tterm status\na\tい\tsplendid\n"), TY_OK, "term-status"},
    {"x.utx",
     TY_SLICE(
         "#UTX 1.11; en/ja;\n#src\ttgt\tterm status\tconcept ID\na\tい\tapproved\t1\na\tい\tforbidden\t1\n"),
     TY_OK, "status-conflict"},
    {"x.csv", TY_SLICE("source,target\n\"a,b\n"), TY_ERR_FORMAT, "quoted"},
    {"x.txt", TY_SLICE("Just a text.\nAnd more.\n"), TY_ERR_FORMAT, "not a glossary"},
    {"x.txt", {"", 0}, TY_ERR_FORMAT, "empty"},
};

START_TEST(test_rules)
{
    struct result result = read_bytes(cases[_i].name, cases[_i].bytes.size ? cases[_i].bytes : TY_SLICE(""));
    ck_assert_msg(result.status == cases[_i].status, "%s: %s: %s", cases[_i].words,
                  ty_status_name(result.status), result.error.message);
    const char *said = result.status == TY_OK ? ty_buffer_slice(&result.notices).data : result.error.message;
    ck_assert_msg(strstr(said, cases[_i].words), "\"%s\" not in \"%s\"", cases[_i].words, said);
    if (result.status != TY_OK)
        ck_assert_str_eq(result.error.file, cases[_i].name);
    release(&result);
}
END_TEST

/* ------------------------------------------------------------------------------------------ tables of units
 */

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    struct result *result = payload;
    ty_buffer_add_format(&result->dump, "%zu", unit->line);
    ty_attributes_to_json(unit->attributes, &result->dump);
    ty_infos_to_json(unit->infos, &result->dump);
    for (size_t i = 0; i < unit->variant_count; i++)
        ty_buffer_add_format(&result->dump, " %.*s|%.*s", TY_SLICE_FORMAT(unit->variants[i].lang),
                             TY_SLICE_FORMAT(unit->variants[i].text));
    ty_buffer_add_char(&result->dump, '\n');
    return TY_OK;
}

static const struct {
    const char *name;
    ty_slice bytes;
    const char *expected, *notices;
} tables[] = {
    {"x.tsv", TY_SLICE("Hello.\tこんにちは。\n\nThe end.\t終わり。\n"),
     "1{}[] en|Hello. ja|こんにちは。\n3{}[] en|The end. ja|終わり。\n", ""},
    {"x.csv", TY_SLICE("id,ja-JP,en-US,note\n7,\"一、二\",\"one, \"\"two\"\"\",n\n"),
     "2{\"tuid\":\"7\"}[{\"note\":{},\"text\":\"n\"}] ja-JP|一、二 en-US|one, \"two\"\n", ""},
    {"x.tsv", TY_SLICE("0.97\tYes.\tはい。\n1\tNo.\tいいえ。\n0\tOnly here.\t\n"),
     "1{}[{\"prop\":{\"type\":\"x-taiyaku:confidence\"},\"text\":\"0.97\"}] en|Yes. ja|はい。\n"
     "2{}[{\"prop\":{\"type\":\"x-taiyaku:confidence\"},\"text\":\"1\"}] en|No. ja|いいえ。\n",
     " 3:empty-side"},
    {"x.txt",
     TY_SLICE("%20150408~101112\t%User\t%TU=1\t%EN-US\t%Wordfast TM "
              "v.5\t%JA\t%\n20150408~101112\tann\t2\tEN-US\tYes&'2C; sir.\tJA\tはい。\nbroken\n"),
     "2{\"changedate\":\"20150408T101112Z\",\"changeid\":\"ann\",\"usagecount\":\"2\"}[] EN-US|Yes, sir. "
     "JA|はい。\n",
     " 3:short-row"},
    {"x.csv", TY_SLICE("source;target;Project\n=1+1;い;P\n"),
     "2{}[{\"prop\":{\"type\":\"x-project\"},\"text\":\"P\"}] en|=1+1 ja|い\n", ""},
};

START_TEST(test_tables_of_units)
{
    struct result result = {0};
    ty_unit_sink sink = {&result, NULL, on_unit};
    ty_listener listener = {.payload = &result, .notice = on_notice};
    ty_source source = {tables[_i].name, tables[_i].bytes};
    ck_assert_ok(ty_table_read(&source, NULL, &sink, &listener, &result.counts, &result.error), result.error);
    ck_assert_slice(ty_buffer_slice(&result.dump), tables[_i].expected);
    ck_assert_slice(ty_buffer_slice(&result.notices), tables[_i].notices);
    release(&result);
}
END_TEST

/* The glossary that comes with the program is read whole, and comes out of UTX as it went in. */
START_TEST(test_bundled_glossaries)
{
    static const char *const files[] = {"10-alliance", "20-organisations", "30-ranks", "40-bases"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char source[400], path[256];
        const char *root = getenv("TY_SOURCE_ROOT");
        snprintf(source, sizeof source, "%s/glossaries/%s.utx", root ? root : ".", files[i]);
        snprintf(path, sizeof path, "%s", ty_test_temporary("bundled.utx"));
        struct result a =
            convert((ty_source){.path = source}, path, (ty_glossary_write_options){.format = TY_FORMAT_UTX});
        struct result b = {0};
        read_glossary((ty_source){.path = path}, &b);
        ck_assert_uint_gt(a.counts.read, 20);
        ck_assert_uint_eq(a.counts.rejected, 0);
        ck_assert_slice(ty_buffer_slice(&b.dump), a.dump.data);
        release(&a);
        release(&b);
    }
}
END_TEST

#define COUNT(array) (sizeof array / sizeof *array)

int main(void)
{
    Suite *suite = suite_create("glossaries");
    TCase *all = tcase_create("glossaries");
    tcase_add_loop_test(all, test_reading, 0, COUNT(readings));
    tcase_add_loop_test(all, test_round_trips, 0, COUNT(trips));
    tcase_add_test(all, test_omegat_says_what_is_forbidden);
    tcase_add_loop_test(all, test_rules, 0, COUNT(cases));
    tcase_add_loop_test(all, test_tables_of_units, 0, COUNT(tables));
    tcase_add_test(all, test_bundled_glossaries);
    suite_add_tcase(suite, all);
    return ty_test_run(suite);
}
