/* SPDX-License-Identifier: Apache-2.0 */
/* Documents: pages to the text of the release in them, encodings, and what is no text. */
#include <dirent.h>
#include <stdio.h>

#include "formats/documents/pdf.h"
#include "formats/formats.h"
#include "support.h"
#include "text/text.h"

/* tests/data/documents/NAME.html and NAME.txt, what is to come out. */
static void check_page(const char *name)
{
    char path[300];
    ty_buffer page = {0}, wanted = {0};
    snprintf(path, sizeof path, "data/documents/%s.html", name);
    ty_slice bytes = ty_test_read(path, &page);
    snprintf(path, sizeof path, "data/documents/%s.txt", name);
    ty_test_read(path, &wanted);
    ty_document document;
    ty_error error = {0};
    ck_assert_ok(ty_document_read(&(ty_source){path, bytes}, NULL, &document, NULL, &error), error);
    ty_buffer_add_char(&document.text, '\n');
    ck_assert_msg(ty_slice_equal(ty_buffer_slice(&document.text), ty_buffer_slice(&wanted)),
                  "%s: got\n%s---\nwanted\n%s---", name, document.text.data, wanted.data);
    ck_assert(document.blank_lines);
    ty_document_release(&document);
    ty_buffer_release(&page);
    ty_buffer_release(&wanted);
}

START_TEST(test_pages)
{
    char folder[300];
    snprintf(folder, sizeof folder, "%s/tests/data/documents",
             getenv("TY_SOURCE_ROOT") ? getenv("TY_SOURCE_ROOT") : ".");
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    unsigned pages = 0;
    for (struct dirent *entry; (entry = readdir(listing));) {
        size_t size = strlen(entry->d_name);
        if (size < 6 || strcmp(entry->d_name + size - 5, ".html") != 0)
            continue;
        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)(size - 5), entry->d_name);
        check_page(name);
        pages++;
    }
    closedir(listing);
    ck_assert_uint_ge(pages, 3);
}
END_TEST

/* Old pages leave <font> open, line after line: all of it is read, up to a limit that is named. */
static ty_status read_nested(unsigned levels, ty_document *document, ty_error *error)
{
    ty_buffer page = {0};
    ty_buffer_add_string(&page, "<html><body><h1>記録</h1>");
    for (unsigned i = 1; i <= levels; i++)
        ty_buffer_add_format(&page, "<font size=2>第%u項を確認した。<br>\n", i);
    ty_status status =
        ty_document_read(&(ty_source){"old.html", ty_buffer_slice(&page)}, NULL, document, NULL, error);
    ty_buffer_release(&page);
    return status;
}

START_TEST(test_deep_nesting)
{
    ty_document document;
    ty_error error = {0};
    static const unsigned depths[] = {255, 400, 5000};
    for (size_t i = 0; i < sizeof depths / sizeof *depths; i++) {
        char last[60];
        ck_assert_ok(read_nested(depths[i], &document, &error), error);
        snprintf(last, sizeof last, "第%u項を確認した。", depths[i]);
        ck_assert(ty_slice_ends(ty_buffer_slice(&document.text), ty_slice_of(last)));
        ty_document_release(&document);
    }
    ck_assert_int_eq(read_nested(30000, &document, &error), TY_ERR_LIMIT);
    ck_assert_str_eq(error.message, "elements of the page nest deeper than 20000 levels");
}
END_TEST

/* tests/data/documents/kinds: a document, and the text that must come of it under the same name, .txt. */
static const struct {
    const char *name, *stem, *title, *date, *url;
    ty_format format;
} kinds[] = {
    {"alternative.eml", "alternative", "港湾視察のお知らせ", "2026-03-02", "", TY_FORMAT_MAIL},
    {"quoted.eml", "quoted", "Visit to ports – notice", "2026-03-02", "", TY_FORMAT_MAIL},
    {"saved.mht", "saved", "訓練の予告", "", "https://www.example.jp/news/12.html", TY_FORMAT_MAIL},
    {"cues.vtt", "cues", "", "", "", TY_FORMAT_SUBTITLES},
    {"lines.srt", "lines", "", "", "", TY_FORMAT_SUBTITLES},
    {"notes.md", "notes", "River crossing exercise", "", "", TY_FORMAT_MARKDOWN},
    {"marks.docx", "marks", "港の啓開", "", "", TY_FORMAT_DOCX},
    {"saved-ja.docx", "saved-ja", "x", "", "", TY_FORMAT_DOCX},
    {"saved-en.odt", "saved-en", "x", "", "", TY_FORMAT_ODT},
    {"notes.odt", "notes-odt", "", "", "", TY_FORMAT_ODT},
    {"slides.pptx", "slides", "", "", "", TY_FORMAT_PPTX},
    {"sheet.xlsx", "sheet", "艦艇公開", "", "", TY_FORMAT_XLSX},
    {"book.epub", "book", "Harbours", "", "", TY_FORMAT_EPUB},
    {"logbook.epub", "logbook", "Logbook", "", "", TY_FORMAT_EPUB},
    {"links.md", "links", "Buoys", "", "", TY_FORMAT_MARKDOWN},
    {"memo.rtf", "memo", "", "", "", TY_FORMAT_RTF},
    {"beside.html", "beside", "Tugs for Kitaura", "", "", TY_FORMAT_HTML},
    {"printed-en.pdf", "printed-en", "Harbour Clearance Exercise on the Northern Coast", "", "",
     TY_FORMAT_PDF},
};

START_TEST(test_kinds)
{
    char path[300];
    ty_buffer bytes = {0}, wanted = {0};
    ty_document document;
    ty_error error = {0};
    snprintf(path, sizeof path, "data/documents/kinds/%s.txt", kinds[_i].stem);
    ty_test_read(path, &wanted);
    snprintf(path, sizeof path, "data/documents/kinds/%s", kinds[_i].name);
    ty_source source = {path, ty_test_read(path, &bytes)};
    ty_status status = ty_document_read(&source, NULL, &document, NULL, &error);
    if (status == TY_ERR_FORMAT && strstr(error.message, "to read it, install")) {
        printf("skipped: %s: %s\n", kinds[_i].name, error.message);
        ty_buffer_release(&bytes);
        ty_buffer_release(&wanted);
        return;
    }
    ck_assert_ok(status, error);
    ck_assert_slice(ty_slice_trim(ty_buffer_slice(&document.text)),
                    (wanted.data[wanted.size - 1] = '\0', wanted.data));
    ck_assert_int_eq(document.format, kinds[_i].format);
    ck_assert_slice(document.title, kinds[_i].title);
    ck_assert_slice(document.date, kinds[_i].date);
    ck_assert_slice(document.url, kinds[_i].url);
    ty_document_release(&document);
    ty_buffer_release(&bytes);
    ty_buffer_release(&wanted);
}
END_TEST

/* tests/data/documents/wrapped/NAME.in is read as NAME.out. */
static const char *const wrapped[] = {"indents", "quoted", "headings", "pages", "not-wrapped"};

START_TEST(test_wrapped)
{
    char path[300];
    ty_buffer bytes = {0}, wanted = {0};
    ty_document document;
    ty_error error = {0};
    snprintf(path, sizeof path, "data/documents/wrapped/%s.out", wrapped[_i]);
    ty_test_read(path, &wanted);
    snprintf(path, sizeof path, "data/documents/wrapped/%s.in", wrapped[_i]);
    ty_source source = {path, ty_test_read(path, &bytes)};
    ck_assert_ok(ty_document_read(&source, NULL, &document, NULL, &error), error);
    if (document.blank_lines)
        ty_buffer_add_char(&document.text, '\n');
    ck_assert_slice(ty_buffer_slice(&document.text), wanted.data);
    ty_document_release(&document);
    ty_document_options options = {.keep_lines = true};
    ck_assert_ok(ty_document_read(&source, &options, &document, NULL, &error), error);
    ck_assert_slice(ty_buffer_slice(&document.text), bytes.data);
    ty_document_release(&document);
    ty_buffer_release(&bytes);
    ty_buffer_release(&wanted);
}
END_TEST

/* What pdftotext tells of pages: in two columns whose lines it runs together; whose words stand out into the
 * gutter, and whose lines end early for what may not begin one; made even, with a browser's marks. */
static const char *const pdf_pages[] = {"columns-ja", "ragged-en", "ragged-ja", "justified-en", "list-en"};

START_TEST(test_pdf_columns)
{
    char page[64], text[64];
    ty_buffer bytes = {0}, wanted = {0};
    struct pdf pdf = {0};
    ty_document document = {0};
    ty_error error = {0};
    snprintf(page, sizeof page, "data/documents/pdf/%s.html", pdf_pages[_i]);
    snprintf(text, sizeof text, "data/documents/pdf/%s.txt", pdf_pages[_i]);
    ty_test_read(text, &wanted);
    ck_assert_ok(ty_pdf_read_lines(ty_test_read(page, &bytes), &pdf, &error), error);
    ck_assert_ok(ty_pdf_add_paragraphs(&pdf, &document, &error), error);
    ty_buffer_add_char(&document.text, '\n');
    ck_assert_slice(ty_buffer_slice(&document.text), wanted.data);
    ty_pdf_release(&pdf);
    ty_document_release(&document);
    ty_buffer_release(&bytes);
    ty_buffer_release(&wanted);
}
END_TEST

/* What has lines of text and is none; what has the look of something else and is text. */
static const struct {
    const char *text, *refused;
} looks[] = {
    {"{\"title\": \"x\",\n \"body\": \"y\"}\n", "this is a JSON file"},
    {"[ {\"a\": 1} ]\n", "this is a JSON file"},
    {"[Provisional translation]\n\nThe minister spoke.\n", NULL},
    {"{Draft} The minister spoke.\n", NULL},
    {"% a comment\n\\documentclass{article}\n\\begin{document}x\\end{document}\n", "this is a TeX source"},
    {"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "this is a web archive (WARC)"},
    {"From: the Minister\nTo: all units\n\nWell done.\n", NULL},
    {"???????????\n????2026??????\n?????????\n", "question marks"},
    {"What? Who? When?\nNobody knows.\n", NULL},
};

START_TEST(test_looks)
{
    ty_document document;
    ty_error error = {0};
    ty_status status =
        ty_document_read(&(ty_source){"x", ty_slice_of(looks[_i].text)}, NULL, &document, NULL, &error);
    if (looks[_i].refused)
        ck_assert_msg(status != TY_OK && strstr(error.message, looks[_i].refused), "got %s", error.message);
    else
        ck_assert_ok(status, error);
    if (status == TY_OK) {
        ck_assert_slice(ty_buffer_slice(&document.text), looks[_i].text);
        ty_document_release(&document);
    }
}
END_TEST

START_TEST(test_metadata)
{
    ty_buffer page = {0};
    ty_document document;
    ty_error error = {0};
    ty_source source = {"form-page.html", ty_test_read("data/documents/form-page.html", &page)};
    ck_assert_ok(ty_document_read(&source, NULL, &document, NULL, &error), error);
    ck_assert_int_eq(document.format, TY_FORMAT_HTML);
    ck_assert_slice(document.title, "Carrier Arrives in Yokosuka for Port Visit");
    ck_assert_slice(document.lang, "en-US");
    ck_assert_slice(document.date, "2015-04-08");
    ck_assert_slice(document.url, "https://news.example/2015/04/carrier.html");
    ty_document_release(&document);
    source.bytes = ty_test_read("data/documents/article.html", &page);
    ck_assert_ok(ty_document_read(&source, NULL, &document, NULL, &error), error);
    ck_assert_slice(document.title, "防衛大臣の訓示");
    ck_assert_slice(document.date, "2019-11-02");
    ty_document_release(&document);
    ty_buffer_release(&page);
}
END_TEST

/* ------------------------------------------------------------------------------------------ encodings */

static const struct {
    const char *encoding, *declared, *mark;
} encodings[] = {
    {"windows-31j", "Shift_JIS", ""},   {"EUC-JP", "EUC-JP", ""},          {"ISO-2022-JP", "ISO-2022-JP", ""},
    {"UTF-16LE", "UTF-16", "\xFF\xFE"}, {"UTF-16BE", "UTF-8", "\xFE\xFF"}, {"UTF-8", "UTF-8", "\xEF\xBB\xBF"},
    {"UTF-8", "Shift_JIS", ""}, /* a page moved to UTF-8 whose label was forgotten */
};

static void encode(ty_slice text, const char *encoding, const char *mark, ty_buffer *out)
{
    ty_error error = {0};
    ty_buffer_clear(out);
    ty_buffer_add_string(out, mark);
    ck_assert_ok(ty_text_encode(text, encoding, out, &error), error);
}

START_TEST(test_page_encodings)
{
    ty_buffer page = {0}, relabelled = {0}, bytes = {0};
    ty_slice text = ty_test_read("data/documents/table-layout.html", &page);
    size_t at = ty_slice_find(text, TY_SLICE("UTF-8"), 0);
    ty_buffer_add(&relabelled, ty_slice_sub(text, 0, at));
    ty_buffer_add_string(&relabelled, encodings[_i].declared);
    ty_buffer_add(&relabelled, ty_slice_sub(text, at + 5, text.size));
    encode(ty_buffer_slice(&relabelled), encodings[_i].encoding, encodings[_i].mark, &bytes);
    ty_document document;
    ty_error error = {0};
    ck_assert_ok(
        ty_document_read(&(ty_source){"page.html", ty_buffer_slice(&bytes)}, NULL, &document, NULL, &error),
        error);
    ty_buffer_add_char(&document.text, '\n');
    ck_assert_slice(ty_buffer_slice(&document.text),
                    ty_test_read("data/documents/table-layout.txt", &page).data);
    ck_assert_slice(document.title, "報道資料（平成１２年３月１４日）");
    ty_document_release(&document);
    ty_buffer_release(&page);
    ty_buffer_release(&relabelled);
    ty_buffer_release(&bytes);
}
END_TEST

START_TEST(test_text_encodings)
{
    ty_slice text = TY_SLICE("防衛省は、きょう次のとおり発表しました。\r\n\r\n　ソフト能力の表示。\r\n");
    ty_buffer bytes = {0};
    encode(text, encodings[_i].encoding, encodings[_i].mark, &bytes);
    ty_document document;
    ty_error error = {0};
    ck_assert_ok(
        ty_document_read(&(ty_source){"text.txt", ty_buffer_slice(&bytes)}, NULL, &document, NULL, &error),
        error);
    ck_assert_slice(ty_buffer_slice(&document.text), text.data);
    ck_assert_int_eq(document.format, TY_FORMAT_TEXT);
    ck_assert(!document.blank_lines);
    ty_document_release(&document);
    ty_buffer_release(&bytes);
}
END_TEST

START_TEST(test_told_encoding_wins)
{
    ty_buffer bytes = {0};
    encode(TY_SLICE("é"), "ISO-8859-1", "", &bytes);
    ty_document document;
    ty_error error = {0};
    ty_document_options options = {.encoding = "ISO-8859-1"};
    ck_assert_ok(
        ty_document_read(&(ty_source){"t.txt", ty_buffer_slice(&bytes)}, &options, &document, NULL, &error),
        error);
    ck_assert_slice(ty_buffer_slice(&document.text), "é");
    ty_document_release(&document);
    options.encoding = "UTF-8";
    ck_assert_int_eq(
        ty_document_read(&(ty_source){"t.txt", ty_buffer_slice(&bytes)}, &options, &document, NULL, &error),
        TY_ERR_ENCODING);
    ck_assert_str_eq(error.file, "t.txt");
    ty_buffer_release(&bytes);
}
END_TEST

/* ------------------------------------------------------------------------------------------ no text */

START_TEST(test_what_is_no_text_is_refused)
{
    static const struct {
        ty_slice bytes;
        const char *words;
    } cases[] = {
        {TY_SLICE("%PDF-1.7\n1 0 obj"), "a PDF document"},
        {TY_SLICE("PK\x03\x04\x14\0\0\0\0\0word/document.xml"), "the ZIP archive is damaged"},
        {TY_SLICE("\x89PNG\r\n\x1A\n\0\0"), "a PNG picture"},
        {TY_SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "an old Office document"},
        {TY_SLICE("SQLite format 3\0\x10"), "an SQLite file"},
        {TY_SLICE("\1\2\3\0\0\0\4\5\6\7"), "a binary file"},
        {TY_SLICE("<?xml version=\"1.0\"?><tmx version=\"1.4\">"), "a TMX file"},
        {{"", 0}, "empty"},
        {TY_SLICE(" \n\t\r\n"), "no text"},
        {TY_SLICE("<html><body><script>x()</script></body></html>"), "no text"},
        {TY_SLICE("<html><frameset><frame src='a'></frameset></html>"), "no text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_document document;
        ty_error error = {0};
        ty_status status =
            ty_document_read(&(ty_source){"release.txt", cases[i].bytes}, NULL, &document, NULL, &error);
        ck_assert_msg(status == TY_ERR_FORMAT, "%s: %s", cases[i].words, ty_status_name(status));
        ck_assert_msg(strstr(error.message, cases[i].words), "\"%s\" not in \"%s\"", cases[i].words,
                      error.message);
        ck_assert_str_eq(error.file, "release.txt");
        ck_assert_ptr_null(document.text.data);
    }
}
END_TEST

/* Nesting without end and pages of junk are neither crash nor endless work. */
START_TEST(test_hostile_pages)
{
    static const char *const pieces[] = {"<div>",      "<b><i>",     "<table><tr><td>",
                                         "</div></p>", "<a href=x>", "&#0;&bogus;<"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        ty_buffer page = {0};
        ty_buffer_add_string(&page, "<html><body><p>Text of the page.</p>");
        for (int n = 0; n < 20000; n++)
            ty_buffer_add_string(&page, pieces[i]);
        ty_buffer_add_string(&page, "<p>The end.</p>");
        ty_document document;
        ty_error error = {0};
        ty_status status =
            ty_document_read(&(ty_source){"p.html", ty_buffer_slice(&page)}, NULL, &document, NULL, &error);
        ck_assert_msg(status == TY_OK || error.message[0], "%s: %s", pieces[i], ty_status_name(status));
        if (status == TY_OK)
            ty_document_release(&document);
        ty_buffer_release(&page);
    }
}
END_TEST

/* A paragraph of a length of its own, wrapped at `width` columns, and as it was before. */
static void add_paragraph(unsigned number, size_t width, ty_buffer *wrapped, ty_buffer *whole)
{
    static const char *const words[] = {"harbour", "crews", "of", "the", "old", "mine", "sweepers", "report"};
    size_t column = 0;
    ty_buffer_add_format(whole, "%sPart %u", number ? "\n\n" : "", number);
    ty_buffer_add_format(wrapped, "%sPart %u", number ? "\n\n" : "", number);
    for (unsigned i = 0; i < 60 + number % 7; i++) {
        const char *word = words[(i + number) % 8];
        bool fits = column + strlen(word) < width;
        column = fits ? column + strlen(word) + 1 : strlen(word);
        ty_buffer_add_format(whole, " %s", word);
        ty_buffer_add_format(wrapped, "%c%s", fits ? ' ' : '\n', word);
    }
    ty_buffer_add_char(whole, '.');
    ty_buffer_add_char(wrapped, '.');
}

/* Of several megabytes, as a file, which is read, looked at and written on all cores. */
START_TEST(test_large_text)
{
    const char *path = ty_test_temporary("large.txt");
    ty_buffer wrapped = {0}, whole = {0};
    ty_output *output;
    ty_error error = {0};
    ty_document document;
    for (unsigned number = 0; wrapped.size < (size_t)5 << 20; number++)
        add_paragraph(number, 60, &wrapped, &whole);
    ck_assert_ok(ty_output_open(path, &output, &error), error);
    ty_output_write(output, ty_buffer_slice(&wrapped));
    ck_assert_ok(ty_output_commit(output, &error), error);
    ck_assert_ok(ty_document_read(&(ty_source){.path = path}, NULL, &document, NULL, &error), error);
    ck_assert(document.blank_lines);
    ck_assert(ty_slice_equal(ty_buffer_slice(&document.text), ty_buffer_slice(&whole)));
    ty_document_release(&document);
    ty_buffer_release(&wrapped);
    ty_buffer_release(&whole);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("documents");
    TCase *documents = tcase_create("documents");
    tcase_add_test(documents, test_pages);
    tcase_add_test(documents, test_metadata);
    tcase_add_test(documents, test_deep_nesting);
    tcase_add_loop_test(documents, test_kinds, 0, sizeof kinds / sizeof *kinds);
    tcase_add_loop_test(documents, test_wrapped, 0, sizeof wrapped / sizeof *wrapped);
    tcase_add_loop_test(documents, test_pdf_columns, 0, sizeof pdf_pages / sizeof *pdf_pages);
    tcase_add_loop_test(documents, test_looks, 0, sizeof looks / sizeof *looks);
    tcase_add_loop_test(documents, test_page_encodings, 0, sizeof encodings / sizeof *encodings);
    tcase_add_loop_test(documents, test_text_encodings, 0, sizeof encodings / sizeof *encodings);
    tcase_add_test(documents, test_told_encoding_wins);
    tcase_add_test(documents, test_what_is_no_text_is_refused);
    tcase_add_test(documents, test_hostile_pages);
    tcase_add_test(documents, test_large_text);
    suite_add_tcase(suite, documents);
    return ty_test_run(suite);
}
