/* SPDX-License-Identifier: Apache-2.0 */
/* TMX in and out: every element, every rule, the encodings, packed files, and round trips. */
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "formats/formats.h"
#include "support.h"
#include "text/text.h"

/* ------------------------------------------------------------------------------------------ harness */

/* What a reading gave: the canonical forms of all units, one after the other, and what was said. */
struct result {
    ty_status status;
    ty_error error;
    ty_read_counts counts;
    ty_buffer units;   /* canonical forms */
    ty_buffer notices; /* " rule" each */
    ty_buffer header;  /* attributes and infos as JSON */
    ty_buffer plain;   /* plain texts, a line each */
    ty_output *output;
    ty_tmx_writer *writer;
    ty_tmx_write_options options;
};

static void release(struct result *result)
{
    ty_buffer_release(&result->units);
    ty_buffer_release(&result->notices);
    ty_buffer_release(&result->header);
    ty_buffer_release(&result->plain);
}

static void on_notice(void *payload, const ty_notice *notice)
{
    struct result *result = payload;
    ty_buffer_add_format(&result->notices, " %s", notice->rule);
    ck_assert_msg(notice->message[0], "an empty message for %s", notice->rule);
}

static ty_status on_header(void *payload, const ty_header *header, ty_error *error)
{
    struct result *result = payload;
    ck_assert_msg(result->header.size == 0, "the header came twice");
    ty_attributes_to_json(header->attributes, &result->header);
    ty_infos_to_json(header->infos, &result->header);
    if (!result->output)
        return TY_OK;
    return ty_tmx_writer_open(result->output, &result->options, header, &result->writer, error);
}

static ty_status on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    struct result *result = payload;
    ck_assert_msg(result->header.size != 0, "a unit before the header");
    ty_unit_canonical(unit, &result->units);
    ty_buffer_add_char(&result->units, '\n');
    for (size_t i = 0; i < unit->variant_count; i++) {
        ty_buffer_add(&result->plain, unit->variants[i].text);
        ty_buffer_add_char(&result->plain, '\n');
    }
    return result->writer ? ty_tmx_writer_unit(result->writer, unit, error) : TY_OK;
}

static void read_tmx(ty_source source, const ty_tmx_read_options *options, struct result *result)
{
    ty_unit_sink sink = {result, on_header, on_unit};
    ty_listener listener = {.payload = result, .notice = on_notice};
    result->status = ty_tmx_read(&source, options, &sink, &listener, &result->counts, &result->error);
    if (result->writer) {
        ty_status status = ty_tmx_writer_close(result->writer, NULL, &result->error);
        if (result->status == TY_OK)
            result->status = status;
    }
}

static struct result read_bytes(ty_slice bytes)
{
    struct result result = {0};
    read_tmx((ty_source){"test.tmx", bytes}, NULL, &result);
    return result;
}

/* Reads and writes what it read to `path`. */
static struct result copy(ty_source source, const char *path, ty_tmx_write_options options)
{
    struct result result = {.options = options};
    ck_assert_ok(ty_output_open(path, &result.output, &result.error), result.error);
    read_tmx(source, NULL, &result);
    ck_assert_msg(result.status == TY_OK, "%s: %s", path, result.error.message);
    ck_assert_ok(ty_output_commit(result.output, &result.error), result.error);
    return result;
}

static void read_file(const char *path, ty_buffer *out)
{
    ty_error error = {0};
    ty_buffer_clear(out);
    ck_assert_ok(ty_file_read(path, 0, out, &error), error);
}

static bool says(const ty_buffer *notices, const char *rule)
{
    char word[80];
    snprintf(word, sizeof word, " %s", rule);
    ty_slice all = ty_buffer_slice(notices), wanted = ty_slice_of(word);
    for (size_t at = 0; (at = ty_slice_find(all, wanted, at)) != SIZE_MAX; at++)
        if (at + wanted.size == all.size || all.data[at + wanted.size] == ' ')
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ round trips */

static void assert_same(const struct result *a, const struct result *b, const char *what)
{
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&a->units), ty_buffer_slice(&b->units)), "%s: units differ",
                  what);
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&a->header), ty_buffer_slice(&b->header)),
                  "%s: headers differ:\n%s\n%s", what, a->header.data, b->header.data);
}

START_TEST(test_every_element)
{
    ty_buffer bytes = {0}, first = {0}, second = {0};
    ty_slice text = ty_test_read("data/tmx/every-element.tmx", &bytes);
    struct result a =
        copy((ty_source){"every-element.tmx", text}, ty_test_temporary("a.tmx"), (ty_tmx_write_options){0});
    struct result b = copy((ty_source){.path = ty_test_temporary("a.tmx")}, ty_test_temporary("b.tmx"),
                           (ty_tmx_write_options){0});
    ck_assert_uint_eq(a.counts.read, 3);
    ck_assert_uint_eq(a.counts.rejected, 0);
    ck_assert_slice(ty_buffer_slice(&a.notices),
                    " ut-deprecated ut-deprecated srclang-near tuv-lang-duplicate");
    assert_same(&a, &b, "second reading");
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("x"));
    path[strlen(path) - 1] = '\0';
    char file[300];
    snprintf(file, sizeof file, "%sa.tmx", path);
    read_file(file, &first);
    snprintf(file, sizeof file, "%sb.tmx", path);
    read_file(file, &second);
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&first), ty_buffer_slice(&second)),
                  "the second copy differs");
    ty_buffer_release(&bytes);
    ty_buffer_release(&first);
    ty_buffer_release(&second);
    release(&a);
    release(&b);
}
END_TEST

START_TEST(test_plain_text)
{
    ty_buffer bytes = {0};
    struct result result = read_bytes(ty_test_read("data/tmx/every-element.tmx", &bytes));
    ck_assert_slice(ty_buffer_slice(&result.plain),
                    "Press Start and hi .\n開始を押す。\nabc\nいろ\n"
                    "  edges and\ttab, a & b < c > d ]]> \"quotes\" 'too'\r\nnext \n"
                    "　全角の空白、𠮷野家、👨‍👩‍👧、か゚、café, "
                    "cafe\xCC\x81<b>&amp;</b>\n同じ言語の二つ目\ntext\n");
    ty_buffer_release(&bytes);
    release(&result);
}
END_TEST

/* The same text in each encoding, with and without byte order mark, gives the same units. */
static const struct {
    const char *encoding, *declared, *mark, *warning;
    bool whole; /* holds all characters of the fixture */
} encodings[] = {
    {"UTF-8", "UTF-8", "\xEF\xBB\xBF", NULL, true},
    {"UTF-8", "utf8", "", NULL, true},
    {"UTF-16LE", "UTF-16", "\xFF\xFE", NULL, true},
    {"UTF-16BE", "UTF-16", "\xFE\xFF", NULL, true},
    {"UTF-16LE", "UTF-16", "", "utf16-no-bom", true},
    {"UTF-16LE", "UTF-8", "\xFF\xFE", "encoding-mismatch", true},
    {"UTF-8", "UTF-16", "", "encoding-mismatch", true},
    {"windows-31j", "Windows-31J", "", "encoding-not-unicode", false},
    {"Shift_JIS", "Shift_JIS", "", "encoding-not-unicode", false},
    {"EUC-JP", "EUC-JP", "", "encoding-not-unicode", false},
    {"ISO-2022-JP", "ISO-2022-JP", "", "encoding-not-unicode", false},
};

static const char simple_body[] =
    "<tmx version=\"1.4\">\n<header creationtool=\"t\" creationtoolversion=\"0\" "
    "segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"en\" "
    "datatype=\"plaintext\"/>\n<body>\n<tu><tuv xml:lang=\"en\"><seg>Ministry of "
    "Defense</seg></tuv><tuv xml:lang=\"ja\"><seg>防衛省の表示、ソフト能力</seg></tuv></tu>"
    "\n</body>\n</tmx>\n";

static void after_declaration(ty_buffer *buffer, ty_slice file)
{
    size_t end = ty_slice_find(file, TY_SLICE("?>"), 0);
    ty_buffer_add(buffer, ty_slice_sub(file, end + 2, file.size));
}

START_TEST(test_encodings)
{
    ty_buffer bytes = {0}, text = {0}, encoded = {0};
    ty_slice fixture = ty_test_read("data/tmx/every-element.tmx", &bytes);
    struct result wanted = read_bytes(encodings[_i].whole ? fixture : ty_slice_of(simple_body));
    ty_buffer_add_format(&text, "<?xml version=\"1.0\" encoding=\"%s\"?>", encodings[_i].declared);
    if (encodings[_i].whole)
        after_declaration(&text, fixture);
    else
        ty_buffer_add_string(&text, simple_body);
    ty_error error = {0};
    ty_buffer_add_string(&encoded, encodings[_i].mark);
    ck_assert_ok(ty_text_encode(ty_buffer_slice(&text), encodings[_i].encoding, &encoded, &error), error);
    struct result got = read_bytes(ty_buffer_slice(&encoded));
    ck_assert_msg(got.status == TY_OK, "%s: %s", encodings[_i].encoding, got.error.message);
    assert_same(&wanted, &got, encodings[_i].encoding);
    if (encodings[_i].warning)
        ck_assert_msg(says(&got.notices, encodings[_i].warning), "no %s, but:%s", encodings[_i].warning,
                      got.notices.data);
    else
        ck_assert_uint_eq(wanted.counts.warnings, got.counts.warnings);
    ty_buffer_release(&bytes);
    ty_buffer_release(&text);
    ty_buffer_release(&encoded);
    release(&wanted);
    release(&got);
}
END_TEST

static const ty_tmx_write_options write_options[] = {{.crlf = true},
                                                     {.utf16 = true},
                                                     {.utf16 = true, .crlf = true},
                                                     {.gzip = true},
                                                     {.gzip = true, .utf16 = true}};

START_TEST(test_write_options)
{
    ty_buffer bytes = {0};
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("options.tmx"));
    struct result a =
        copy((ty_source){"every-element.tmx", ty_test_read("data/tmx/every-element.tmx", &bytes)}, path,
             write_options[_i]);
    struct result b = {0};
    read_tmx((ty_source){.path = path}, NULL, &b);
    ck_assert_msg(b.status == TY_OK, "%s", b.error.message);
    assert_same(&a, &b, "written with options");
    read_file(path, &bytes);
    if (write_options[_i].utf16 && !write_options[_i].gzip)
        ck_assert(ty_slice_starts(ty_buffer_slice(&bytes), TY_SLICE("\xFF\xFE<\0?\0")));
    ty_buffer_release(&bytes);
    release(&a);
    release(&b);
}
END_TEST

START_TEST(test_level_1_and_version_1_1)
{
    ty_buffer bytes = {0};
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("old.tmx"));
    ty_lang_mapping map[] = {{TY_SLICE("en_us"), TY_SLICE("en")}, {TY_SLICE("JA"), TY_SLICE("ja-JP")}};
    struct result a = copy(
        (ty_source){"every-element.tmx", ty_test_read("data/tmx/every-element.tmx", &bytes)}, path,
        (ty_tmx_write_options){.version_1_1 = true, .level_1 = true, .lang_map = map, .lang_map_count = 2});
    read_file(path, &bytes);
    ty_slice text = ty_buffer_slice(&bytes);
    ck_assert(ty_slice_find(text, TY_SLICE("<tmx version=\"1.1\">"), 0) != SIZE_MAX);
    ck_assert(ty_slice_find(text, TY_SLICE("xml:lang"), 0) == SIZE_MAX);
    ck_assert(ty_slice_find(text, TY_SLICE("srclang=\"en\""), 0) != SIZE_MAX);
    ck_assert(ty_slice_find(text, TY_SLICE("<tuv lang=\"ja-JP\"><seg>開始を押す。</seg>"), 0) != SIZE_MAX);
    ck_assert(ty_slice_find(text, TY_SLICE("<seg>Press Start and hi .</seg>"), 0) != SIZE_MAX);
    struct result b = {0};
    read_tmx((ty_source){.path = path}, NULL, &b);
    ck_assert_slice(ty_buffer_slice(&a.plain), b.plain.data);
    ty_buffer_release(&bytes);
    release(&a);
    release(&b);
}
END_TEST

/* ------------------------------------------------------------------------------------------ rules */

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a' + 10);
}

static void add_unescaped(ty_buffer *out, ty_slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i], next = i + 1 < text.size ? text.data[i + 1] : '\0';
        if (c != '\\') {
            ty_buffer_add_char(out, c);
            continue;
        }
        i++;
        if (next == 'x') {
            ty_buffer_add_char(out, (char)(hex_digit(text.data[i + 1]) * 16 + hex_digit(text.data[i + 2])));
            i += 2;
        } else
            ty_buffer_add_char(out, next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next);
    }
}

static void make_case(ty_buffer *out, ty_slice content)
{
    static const char *const beginnings[] = {"<?xml", "<!DOCTYPE", "<tmx", "<t:tmx", "\xEF\xBB\xBF"};
    ty_buffer body = {0};
    add_unescaped(&body, content);
    ty_slice trimmed = ty_slice_trim(ty_buffer_slice(&body));
    bool whole = false;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        whole |= ty_slice_starts(trimmed, ty_slice_of(beginnings[i]));
    ty_buffer_clear(out);
    if (!whole)
        ty_buffer_add_string(out, "<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"0\" "
                                  "segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"en\" "
                                  "datatype=\"plaintext\"/><body>");
    ty_buffer_add(out, ty_buffer_slice(&body));
    if (!whole)
        ty_buffer_add_string(out, "</body></tmx>");
    ty_buffer_release(&body);
}

static void check_reject(struct result *result, const char *words, ty_slice line)
{
    ck_assert_msg(result->status >= TY_ERR_USAGE, "read: %.*s", TY_SLICE_FORMAT(line));
    ck_assert_msg(strstr(result->error.message, words), "\"%s\" is not in \"%s\": %.*s", words,
                  result->error.message, TY_SLICE_FORMAT(line));
    ck_assert_str_eq(result->error.file, "test.tmx");
}

static void on_finding(void *payload, const ty_tmx_finding *finding)
{
    struct result *result = payload;
    ty_buffer_add_format(&result->notices, " %s", finding->rule);
    ck_assert_msg(finding->cause[0] && finding->fix[0], "%s without cause or fix", finding->rule);
}

/* Lint sees what the reader sees, and more. */
static void check_lint(ty_slice outcome, const char *expected, ty_slice bytes, ty_slice line)
{
    struct result result = {0};
    ty_lint_counts counts;
    bool refused = ty_slice_equal(outcome, TY_SLICE("reject")) || ty_slice_equal(outcome, TY_SLICE("repair"));
    ty_status status =
        ty_tmx_lint(&(ty_source){"test.tmx", bytes}, NULL, &result, on_finding, &counts, &result.error);
    ck_assert_msg(status == (counts.errors + counts.fatals ? TY_NO : TY_OK), "%s: %.*s",
                  ty_status_name(status), TY_SLICE_FORMAT(line));
    ck_assert_msg((counts.fatals == 1) == refused, "%.*s", TY_SLICE_FORMAT(line));
    if (refused)
        expected = "not-well-formed";
    if (!ty_slice_equal(outcome, TY_SLICE("accept")))
        ck_assert_msg(says(&result.notices, expected), "lint: no %s but%s: %.*s", expected,
                      ty_buffer_slice(&result.notices).data, TY_SLICE_FORMAT(line));
    release(&result);
}

static void check_case(ty_slice outcome, const char *expected, ty_slice bytes, ty_slice line)
{
    struct result result = read_bytes(bytes);
    if (ty_slice_equal(outcome, TY_SLICE("reject")) || ty_slice_equal(outcome, TY_SLICE("repair")))
        check_reject(&result, expected, line);
    else
        ck_assert_msg(result.status == TY_OK, "%s: %.*s", result.error.message, TY_SLICE_FORMAT(line));
    if (ty_slice_equal(outcome, TY_SLICE("accept")) || ty_slice_equal(outcome, TY_SLICE("inform")))
        ck_assert_msg(result.counts.warnings + result.counts.rejected == 0, "said%s: %.*s",
                      result.notices.data, TY_SLICE_FORMAT(line));
    if (ty_slice_equal(outcome, TY_SLICE("warn")))
        ck_assert_msg(says(&result.notices, expected), "no %s but%s: %.*s", expected,
                      ty_buffer_slice(&result.notices).data, TY_SLICE_FORMAT(line));
    release(&result);
    if (!ty_slice_equal(outcome, TY_SLICE("repair")))
        return;
    struct result repaired = {0};
    read_tmx((ty_source){"test.tmx", bytes}, &(ty_tmx_read_options){.repair = true}, &repaired);
    ck_assert_msg(repaired.status == TY_OK && repaired.counts.read == 1, "not repaired: %s: %.*s",
                  repaired.error.message, TY_SLICE_FORMAT(line));
    ck_assert_msg(says(&repaired.notices, "forbidden-character"), "repaired in silence: %.*s",
                  TY_SLICE_FORMAT(line));
    release(&repaired);
}

START_TEST(test_cases)
{
    ty_buffer table = {0}, bytes = {0};
    ty_slice rest = ty_test_read("data/tmx/cases.tsv", &table), line;
    unsigned cases = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        ty_slice fields = line, outcome, expected, content;
        if (!line.size || line.data[0] == '#')
            continue;
        ck_assert(ty_slice_next(&fields, '\t', &outcome) && ty_slice_next(&fields, '\t', &expected));
        content = fields;
        char words[64];
        snprintf(words, sizeof words, "%.*s", TY_SLICE_FORMAT(expected));
        make_case(&bytes, content);
        check_case(outcome, words, ty_buffer_slice(&bytes), line);
        check_lint(outcome, words, ty_buffer_slice(&bytes), line);
        cases++;
    }
    ck_assert_uint_gt(cases, 80);
    ty_buffer_release(&table);
    ty_buffer_release(&bytes);
}
END_TEST

/* What the standard does not know is kept, and comes out where it was. */
START_TEST(test_strangers_are_kept)
{
    ty_slice text =
        TY_SLICE("<tmx version=\"1.4\" xmlns:e=\"urn:e\"><header srclang=\"en\"/><body>"
                 "<tu e:id=\"7\" new=\"1\"><e:data>x<y xmlns=\"urn:y\" a=\"&quot;\"/></e:data><tuv "
                 "xml:lang=\"en\" xml:space=\"preserve\">"
                 "<seg xml:space=\"default\">a<e:g id=\"1\">b</e:g><q/></seg></tuv></tu></body></tmx>");
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("strangers.tmx"));
    struct result a = copy((ty_source){"strangers.tmx", text}, path, (ty_tmx_write_options){0});
    struct result b = {0};
    read_tmx((ty_source){.path = path}, NULL, &b);
    ck_assert_msg(b.status == TY_OK, "%s", b.error.message);
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&a.units), ty_buffer_slice(&b.units)), "%s\n%s",
                  a.units.data, b.units.data);
    ty_buffer bytes = {0};
    read_file(path, &bytes);
    ck_assert(ty_slice_find(ty_buffer_slice(&bytes),
                            TY_SLICE("<e:data xmlns:e=\"urn:e\">x<y xmlns=\"urn:y\" a=\"&quot;\"/></e:data>"),
                            0) != SIZE_MAX);
    ck_assert(ty_slice_find(
                  ty_buffer_slice(&bytes),
                  TY_SLICE("<seg xml:space=\"default\">a<e:g xmlns:e=\"urn:e\" id=\"1\">b</e:g><q/></seg>"),
                  0) != SIZE_MAX);
    ty_buffer_release(&bytes);
    release(&a);
    release(&b);
}
END_TEST

/* ------------------------------------------------------------------------------------------ limits, stops */

START_TEST(test_warnings_are_not_repeated_for_ever)
{
    ty_buffer text = {0};
    ty_buffer_add_string(&text, "<tmx version=\"1.4\"><header srclang=\"en\"/><body>");
    for (int i = 0; i < 100; i++)
        ty_buffer_add_string(
            &text, "<tu><tuv xml:lang=\"en\"><seg>a</seg></tuv><tuv xml:lang=\"jp\"><seg>b</seg></tuv></tu>");
    ty_buffer_add_string(&text, "</body></tmx>");
    struct result result = read_bytes(ty_buffer_slice(&text));
    unsigned told = 0;
    for (size_t at = 0;
         (at = ty_slice_find(ty_buffer_slice(&result.notices), TY_SLICE("lang-unknown"), at)) != SIZE_MAX;
         at++)
        told++;
    ck_assert_uint_eq(told, 21);
    ck_assert_uint_eq(result.counts.warnings, 106);
    ck_assert_uint_eq(result.counts.read, 100);
    ty_buffer_release(&text);
    release(&result);
}
END_TEST

START_TEST(test_depth_is_limited)
{
    ty_buffer text = {0};
    ty_buffer_add_string(&text, "<tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"en\"><seg>");
    for (int i = 0; i < 100000; i++)
        ty_buffer_add_string(&text, "<hi>");
    struct result result = read_bytes(ty_buffer_slice(&text));
    ck_assert_int_eq(result.status, TY_ERR_LIMIT);
    ck_assert_uint_eq(result.error.unit, 1);
    ty_buffer_release(&text);
    release(&result);
}
END_TEST

static ty_status stop_at_once(void *payload, const ty_unit *unit, ty_error *error)
{
    ++*(unsigned *)payload;
    return ty_error_set(error, TY_ERR_STORE, "no room");
}

START_TEST(test_a_sink_may_stop)
{
    ty_buffer bytes = {0};
    unsigned calls = 0;
    ty_error error = {0};
    ty_unit_sink sink = {&calls, NULL, stop_at_once};
    ty_source source = {"test.tmx", ty_test_read("data/tmx/every-element.tmx", &bytes)};
    ck_assert_int_eq(ty_tmx_read(&source, NULL, &sink, NULL, NULL, &error), TY_ERR_STORE);
    ck_assert_uint_eq(calls, 1);
    ck_assert_str_eq(error.message, "no room");
    ty_buffer_release(&bytes);
}
END_TEST

/* ------------------------------------------------------------------------------------------ files */

START_TEST(test_files_that_cannot_be_read)
{
    static const char *const paths[] = {"/nonexistent/file.tmx", "/"};
    for (size_t i = 0; i < 2; i++) {
        struct result result = {0};
        read_tmx((ty_source){.path = paths[i]}, NULL, &result);
        ck_assert_int_eq(result.status, TY_ERR_IO);
        ck_assert_str_eq(result.error.file, paths[i]);
        release(&result);
    }
}
END_TEST

/* In a file too large for its kind to be told from all of it. */
START_TEST(test_a_nul_behind_the_end)
{
    ty_buffer bytes = {0};
    ty_buffer_add_string(&bytes, "<tmx version=\"1.4\"><header/><body>");
    for (int i = 0; i < 100000; i++)
        ty_buffer_add_char(&bytes, '\n');
    ty_buffer_add_string(&bytes, "</body></tmx>");
    struct result without = read_bytes(ty_buffer_slice(&bytes));
    ck_assert_int_eq(without.status, TY_OK);
    ty_buffer_add_char(&bytes, '\0');
    struct result with = read_bytes(ty_buffer_slice(&bytes));
    ck_assert_int_eq(with.status, TY_ERR_FORMAT);
    ck_assert_msg(strstr(with.error.message, "NUL"), "%s", with.error.message);
    release(&without);
    release(&with);
    ty_buffer_release(&bytes);
}
END_TEST

START_TEST(test_packed_and_cut_off)
{
    ty_buffer bytes = {0};
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("packed.tmx.gz"));
    struct result a =
        copy((ty_source){"every-element.tmx", ty_test_read("data/tmx/every-element.tmx", &bytes)}, path,
             (ty_tmx_write_options){.gzip = true});
    read_file(path, &bytes);
    ck_assert(ty_slice_starts(ty_buffer_slice(&bytes), TY_SLICE("\x1F\x8B")));
    struct result cut = read_bytes(ty_slice_sub(ty_buffer_slice(&bytes), 0, bytes.size / 2));
    ck_assert_int_eq(cut.status, TY_ERR_FORMAT);
    ty_buffer_release(&bytes);
    release(&a);
    release(&cut);
}
END_TEST

START_TEST(test_zip)
{
    ty_buffer bytes = {0};
    struct result wanted = read_bytes(ty_test_read("data/tmx/every-element.tmx", &bytes));
    ty_slice zip = ty_test_read("data/tmx/every-element.tmx.zip", &bytes);
    struct result got = read_bytes(zip);
    ck_assert_msg(got.status == TY_OK, "%s", got.error.message);
    assert_same(&wanted, &got, "zip");
    for (size_t size = 1; size < zip.size; size += 37) {
        struct result cut = read_bytes(ty_slice_sub(zip, 0, size));
        ck_assert_int_ne(cut.status, TY_OK);
        release(&cut);
    }
    ty_buffer_release(&bytes);
    release(&wanted);
    release(&got);
}
END_TEST

START_TEST(test_a_bomb_does_not_go_off)
{
    ty_slice bomb = TY_SLICE("<tmx version=\"1.4\"><header/><body><tu><note>");
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("bomb.gz"));
    char command[600];
    snprintf(command, sizeof command,
             "(printf '%s'; head -c 300000000 /dev/zero | tr '\\0' ' ') | gzip -1 > '%s'", bomb.data, path);
    ck_assert_int_eq(system(command), 0);
    struct result result = {0};
    read_tmx((ty_source){.path = path}, NULL, &result);
    ck_assert_int_eq(result.status, TY_ERR_LIMIT);
    release(&result);
}
END_TEST

/* ------------------------------------------------------------------------------------------ writer */

START_TEST(test_writer_fills_in_what_must_be)
{
    char path[256];
    snprintf(path, sizeof path, "%s", ty_test_temporary("made.tmx"));
    ty_error error = {0};
    ty_output *output;
    ty_tmx_writer *writer;
    ck_assert_ok(ty_output_open(path, &output, &error), error);
    ck_assert_ok(ty_tmx_writer_open(output, NULL, NULL, &writer, &error), error);
    ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = TY_SLICE("form\ffeed \xEF\xBF\xBF ]]>\r")},
                             {.lang = TY_SLICE("ja"), .text = TY_SLICE("改頁")}};
    ty_attribute bad = {TY_SLICE("no name"), TY_SLICE("x")};
    ty_unit unit = {.attributes = {&bad, 1}, .variants = variants, .variant_count = 2};
    ck_assert_ok(ty_tmx_writer_unit(writer, &unit, &error), error);
    uint64_t replaced = 0;
    ck_assert_ok(ty_tmx_writer_close(writer, &replaced, &error), error);
    ck_assert_uint_eq(replaced, 2);
    ck_assert_ok(ty_output_commit(output, &error), error);
    struct result result = {0};
    read_tmx((ty_source){.path = path}, NULL, &result);
    ck_assert_msg(result.status == TY_OK, "%s", result.error.message);
    ck_assert_slice(ty_buffer_slice(&result.notices), " replacement-character");
    ck_assert_slice(ty_buffer_slice(&result.plain), "form\xEF\xBF\xBD"
                                                    "feed \xEF\xBF\xBD ]]>\r\n改頁\n");
    release(&result);
}
END_TEST

/* ------------------------------------------------------------------------------------------ others' files */

/* Does the reference say that nothing is lost between the two files? Slow: asked where TY_TMXDIFF is set. */
static bool nothing_lost(const char *before, const char *after)
{
    char command[2400];
    const char *tool = getenv("TY_TMXDIFF") ? ty_test_shared("formats/tmxdiff.py") : NULL;
    if (!tool || access("/usr/bin/python3", X_OK) != 0)
        return true;
    snprintf(command, sizeof command,
             "/usr/bin/python3 -c 'import lxml' 2>/dev/null || exit 0; "
             "/usr/bin/python3 '%s' '%s' '%s' > '%s.diff' 2>&1",
             tool, before, after, after);
    return system(command) == 0;
}

static void check_copy(const char *path)
{
    char first[256], second[256];
    ty_buffer a = {0}, b = {0};
    snprintf(first, sizeof first, "%s", ty_test_temporary("first.tmx"));
    snprintf(second, sizeof second, "%s", ty_test_temporary("second.tmx"));
    struct result one = copy((ty_source){.path = path}, first, (ty_tmx_write_options){0});
    struct result two = copy((ty_source){.path = first}, second, (ty_tmx_write_options){0});
    read_file(first, &a);
    read_file(second, &b);
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&a), ty_buffer_slice(&b)), "%s: the second copy differs",
                  path);
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&one.units), ty_buffer_slice(&two.units)),
                  "%s: units differ", path);
    ck_assert_msg(nothing_lost(path, first), "%s: something is lost", path);
    ty_buffer_release(&a);
    ty_buffer_release(&b);
    release(&one);
    release(&two);
}

/* Files of twenty tools, where they are at hand: what is read comes out with nothing lost. */
START_TEST(test_files_of_other_tools)
{
    char folder[600], path[1000];
    const char *shared = ty_test_shared("formats/corpus/tmx");
    if (!shared)
        return;
    snprintf(folder, sizeof folder, "%s", shared);
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    for (struct dirent *entry; (entry = readdir(listing));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        check_copy(path);
    }
    closedir(listing);
}
END_TEST

/* One line of the manifest of hostile files: name, class, what is to happen, why. */
static void check_hostile(const char *folder, ty_slice line)
{
    ty_slice rest = line, name, class, wanted;
    char path[1000];
    if (!ty_slice_next(&rest, '\t', &name) || !ty_slice_next(&rest, '\t', &class) ||
        !ty_slice_next(&rest, '\t', &wanted))
        return;
    snprintf(path, sizeof path, "%s/%.*s", folder, TY_SLICE_FORMAT(name));
    struct result result = {0};
    read_tmx((ty_source){.path = path}, NULL, &result);
    bool warned = result.counts.warnings + result.counts.rejected > 0;
    const char *got = result.status != TY_OK ? "reject" : warned ? "warn" : "accept";
    bool right = ty_slice_find(wanted, ty_slice_of(got), 0) != SIZE_MAX ||
                 (ty_slice_find(wanted, TY_SLICE("repair"), 0) != SIZE_MAX && strcmp(got, "warn") == 0);
    ck_assert_msg(right, "%s: %s, want %.*s", path, got, TY_SLICE_FORMAT(wanted));
    if (result.status != TY_OK)
        ck_assert_msg(result.error.message[0] && result.error.file[0], "%s: refused without a word", path);
    release(&result);
}

START_TEST(test_hostile_files)
{
    char folder[600], path[700];
    const char *shared = ty_test_shared("formats/hostile");
    if (!shared)
        return;
    snprintf(folder, sizeof folder, "%s", shared);
    snprintf(path, sizeof path, "%s/manifest.tsv", folder);
    ty_buffer manifest = {0};
    read_file(path, &manifest);
    ty_slice rest = ty_buffer_slice(&manifest), line;
    ty_slice_next(&rest, '\n', &line);
    while (ty_slice_next(&rest, '\n', &line))
        check_hostile(folder, line);
    ty_buffer_release(&manifest);
}
END_TEST

/* ------------------------------------------------------------------------------------------ kinds */

START_TEST(test_kinds_are_told_by_content)
{
    static const struct {
        ty_slice bytes;
        const char *path;
        ty_format format;
        const char *name;
    } cases[] = {
        {{"", 0}, "x.tmx", TY_FORMAT_EMPTY, "an empty file"},
        {{"\xEF\xBB\xBF", 3}, "x.tmx", TY_FORMAT_EMPTY, "an empty file"},
        {TY_SLICE("<?xml version='1.0'?><!-- x --><!DOCTYPE tmx [<!ELEMENT a ANY>]><tmx>"), "x",
         TY_FORMAT_TMX, "a TMX file"},
        {TY_SLICE("\xFF\xFE<\0t\0m\0x\0>\0"), "x", TY_FORMAT_TMX, "a TMX file"},
        {TY_SLICE("<martif type='TBX'>"), "x", TY_FORMAT_TBX, "a TBX file"},
        {TY_SLICE("<tbx style='dca'>"), "x", TY_FORMAT_TBX, "a TBX file"},
        {TY_SLICE("<TBX dialect='TBX-Min'>"), "x", TY_FORMAT_TBX, "a TBX file"},
        {TY_SLICE("#UTX 1.11; en-US/ja-JP;\n#src\ttgt\n"), "x", TY_FORMAT_UTX, "a UTX glossary"},
        {TY_SLICE("<!DOCTYPE html><p>Hello"), "x.tmx", TY_FORMAT_HTML, "an HTML page"},
        {TY_SLICE("<p>Hello<br>there"), "x", TY_FORMAT_HTML, "an HTML page"},
        {TY_SLICE("SQLite format 3\0"), "x.db", TY_FORMAT_MEMORY, "an SQLite file"},
        {TY_SLICE("%PDF-1.7\n"), "x.txt", TY_FORMAT_PDF, "a PDF document"},
        {TY_SLICE("PK\x03\x04\x14\0\0\0word/document.xml"), "x.txt", TY_FORMAT_DOCX,
         "a Word document (DOCX)"},
        {TY_SLICE("\x89PNG\r\n\x1A\n"), "x.txt", TY_FORMAT_UNKNOWN, "a PNG picture"},
        {TY_SLICE("\1\2\0ab\3\4"), "x.txt", TY_FORMAT_UNKNOWN, "a binary file"},
        {TY_SLICE("a\tb\nc\td\n"), "x.txt", TY_FORMAT_TSV, "a TSV table"},
        {TY_SLICE("# Glossary in tab-separated format -*- coding: utf-8 -*-\na\tb\n"), "x.txt",
         TY_FORMAT_OMEGAT, "an OmegaT glossary"},
        {TY_SLICE("0.98\ta\tb\n1\tc\td\n"), "x.txt", TY_FORMAT_ALIGNED, "an alignment"},
        {TY_SLICE("\xC2\xA0<?xml version='1.0'?><tmx version='1.4'><header/><body><tu/></body></tmx>"),
         "x.tmx", TY_FORMAT_TMX, "a TMX file"},
        {TY_SLICE("a,b\nc,d\n"), "x.csv", TY_FORMAT_CSV, "a CSV table"},
        {TY_SLICE("Just a text, with a comma.\n"), "x.txt", TY_FORMAT_TEXT, "plain text"},
        {TY_SLICE("msgid \"\"\nmsgstr \"\"\n"), "x.po", TY_FORMAT_PO, "a PO file"},
        {TY_SLICE("<?xml version='1.0'?><srx version='2.0'>"), "x", TY_FORMAT_SRX, "an SRX file"},
        {TY_SLICE("msgid \"<p>a<br>b\"\nmsgstr \"\"\n"), "x.po", TY_FORMAT_PO, "a PO file"},
        {TY_SLICE("<p>a<br>b</p>,c\n"), "x.csv", TY_FORMAT_CSV, "a CSV table"},
        {TY_SLICE("# Text\nIn <b>PO</b>, a msgid \"a\" has a msgstr.\n"), "x.md", TY_FORMAT_MARKDOWN,
         "Markdown"},
        {TY_SLICE("<?xml version='1.0'?><x/>"), "x", TY_FORMAT_XML, "an XML file of another kind"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_sniffed sniffed;
        ty_error error = {0};
        ck_assert_ok(ty_format_sniff(&(ty_source){cases[i].path, cases[i].bytes}, &sniffed, &error), error);
        ck_assert_str_eq(sniffed.name, cases[i].name);
        ck_assert_int_eq(sniffed.format, cases[i].format);
    }
    ck_assert_int_eq(ty_format_named("TMX"), TY_FORMAT_TMX);
    ck_assert_int_eq(ty_format_named("nothing"), TY_FORMAT_UNKNOWN);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formats");
    TCase *tmx = tcase_create("tmx");
    tcase_add_test(tmx, test_every_element);
    tcase_add_test(tmx, test_plain_text);
    tcase_add_loop_test(tmx, test_encodings, 0, sizeof encodings / sizeof *encodings);
    tcase_add_loop_test(tmx, test_write_options, 0, sizeof write_options / sizeof *write_options);
    tcase_add_test(tmx, test_level_1_and_version_1_1);
    tcase_add_test(tmx, test_cases);
    tcase_add_test(tmx, test_strangers_are_kept);
    tcase_add_test(tmx, test_warnings_are_not_repeated_for_ever);
    tcase_add_test(tmx, test_depth_is_limited);
    tcase_add_test(tmx, test_a_sink_may_stop);
    tcase_add_test(tmx, test_files_that_cannot_be_read);
    tcase_add_test(tmx, test_a_nul_behind_the_end);
    tcase_add_test(tmx, test_packed_and_cut_off);
    tcase_add_test(tmx, test_zip);
    tcase_add_test(tmx, test_a_bomb_does_not_go_off);
    tcase_add_test(tmx, test_writer_fills_in_what_must_be);
    suite_add_tcase(suite, tmx);
    TCase *others = tcase_create("others");
    tcase_set_timeout(others, 240);
    tcase_add_test(others, test_files_of_other_tools);
    tcase_add_test(others, test_hostile_files);
    suite_add_tcase(suite, others);
    TCase *kinds = tcase_create("kinds");
    tcase_add_test(kinds, test_kinds_are_told_by_content);
    suite_add_tcase(suite, kinds);
    return ty_test_run(suite);
}
