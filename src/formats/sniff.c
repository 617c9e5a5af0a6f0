/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is it? Told from the first bytes: magic numbers, the root element of XML, the shape of the lines.
 */
#include <ctype.h>
#include <stdio.h>

#include "formats/internal.h"

/* ------------------------------------------------------------------------------------------ magic */

static const struct {
    ty_slice magic;
    const char *name;
    ty_format format; /* of those that are read; others 0, unknown */
} binaries[] = {
    {{"%PDF-", 5}, "a PDF document", TY_FORMAT_PDF},
    {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, "an old Office document (DOC, XLS, PPT)"},
    {{"\x89PNG\r\n", 6}, "a PNG picture"},
    {{"\xFF\xD8\xFF", 3}, "a JPEG picture"},
    {{"GIF8", 4}, "a GIF picture"},
    {{"{\\rtf", 5}, "an RTF document", TY_FORMAT_RTF},
    {{"7z\xBC\xAF\x27\x1C", 6}, "a 7-Zip archive"},
    {{"Rar!\x1A\x07", 6}, "a RAR archive"},
    {{"BZh", 3}, "a bzip2 file"},
    {{"\xFD"
      "7zXZ",
      5},
     "an xz file"},
    {{"\x28\xB5\x2F\xFD", 4}, "a Zstandard file"},
    {{"\x1F\x8B", 2}, "a gzip file"},
    {{"\x7F"
      "ELF",
      4},
     "a program"},
    {{"MZ\x90", 3}, "a program"},
};

/* Names of parts stand unpacked in an archive, and the kind of ODF and EPUB at its very start. */
static const struct {
    const char *sign;
    ty_format format;
    const char *name;
} packages[] = {
    {"application/epub+zip", TY_FORMAT_EPUB, "an EPUB book"},
    {"opendocument.text", TY_FORMAT_ODF, "an OpenDocument text (ODT)"},
    {"opendocument.presentation", TY_FORMAT_ODF, "an OpenDocument presentation (ODP)"},
    {"opendocument", TY_FORMAT_UNKNOWN, "an OpenDocument file"},
    {"word/", TY_FORMAT_DOCX, "a Word document (DOCX)"},
    {"xl/", TY_FORMAT_UNKNOWN, "an Excel workbook (XLSX)"},
    {"ppt/", TY_FORMAT_PPTX, "a PowerPoint file (PPTX)"},
    {"", TY_FORMAT_UNKNOWN, "a ZIP archive"},
};

static ty_sniffed sniff_zip(ty_slice head)
{
    size_t i = 0;
    while (ty_slice_find(head, ty_slice_of(packages[i].sign), 0) == SIZE_MAX)
        i++;
    return (ty_sniffed){.format = packages[i].format, .name = packages[i].name};
}

static ty_sniffed sniff_binary(ty_slice head)
{
    if (ty_slice_starts(head, TY_SLICE("PK\x03\x04")))
        return sniff_zip(head);
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (ty_slice_starts(head, binaries[i].magic))
            return (ty_sniffed){.format = binaries[i].format, .name = binaries[i].name};
    return (ty_sniffed){0};
}

/* ------------------------------------------------------------------------------------------ a view in ASCII
 */

enum { VIEW = 32768 };

/* The head with other characters as '?': enough for markup, tabs and line ends in every encoding we read. */
struct view {
    char data[VIEW + 1];
    size_t size;
    bool wide; /* the bytes are UTF-16 */
};

int ty_sniff_wide(ty_slice head)
{
    const unsigned char *s = (const unsigned char *)head.data;
    if (head.size < 2)
        return 0;
    if (s[0] == 0xFE && s[1] == 0xFF)
        return 'B';
    if (s[0] == 0xFF && s[1] == 0xFE)
        return 'L';
    if (head.size < 4)
        return 0;
    if (s[0] == 0 && s[1] && s[2] == 0 && s[3])
        return 'B';
    return s[0] && s[1] == 0 && s[2] && s[3] == 0 ? 'L' : 0;
}

static void add_to_view(struct view *view, unsigned code)
{
    if (code == 0xFEFF && view->size == 0)
        return;
    if (view->size < VIEW)
        view->data[view->size++] = code < 0x80 ? (char)code : '?';
}

static void make_view(ty_slice head, struct view *view)
{
    *view = (struct view){0};
    const unsigned char *s = (const unsigned char *)head.data;
    int order = ty_sniff_wide(head);
    view->wide = order != 0;
    if (!order && ty_slice_starts(head, TY_SLICE("\xEF\xBB\xBF")))
        s += 3, head.size -= 3;
    for (size_t i = 0; i + (order ? 1 : 0) < head.size && view->size < VIEW; i += order ? 2 : 1)
        add_to_view(view, !order         ? s[i]
                          : order == 'B' ? (unsigned)(s[i] << 8 | s[i + 1])
                                         : (unsigned)(s[i + 1] << 8 | s[i]));
    view->data[view->size] = '\0';
}

static ty_slice view_slice(const struct view *view)
{
    return (ty_slice){view->data, view->size};
}

/* Control characters that no text has. ESC is one of ISO-2022-JP. */
static bool looks_binary(ty_slice view)
{
    size_t strange = 0;
    for (size_t i = 0; i < view.size; i++) {
        unsigned char byte = (unsigned char)view.data[i];
        if (byte == 0)
            return true;
        if (byte < 0x20 && !strchr("\t\n\v\f\r\x1A\x1B", byte))
            strange++;
    }
    return strange * 50 > view.size;
}

static bool contains_nocase(ty_slice text, const char *needle)
{
    size_t size = strlen(needle);
    for (size_t i = 0; i + size <= text.size; i++)
        if (ty_slice_equal_nocase((ty_slice){text.data + i, size}, (ty_slice){needle, size}))
            return true;
    return false;
}

static bool has_extension(const char *name, const char *extension)
{
    ty_slice text = ty_slice_of(name), end = ty_slice_of(extension);
    return text.size > end.size &&
           ty_slice_equal_nocase(ty_slice_sub(text, text.size - end.size, text.size), end);
}

/* ------------------------------------------------------------------------------------------ XML */

void ty_xml_declared_encoding(ty_slice head, char *name, size_t size)
{
    struct view view;
    make_view(head, &view);
    name[0] = '\0';
    ty_slice text = ty_slice_trim(view_slice(&view));
    size_t end = ty_slice_find(text, TY_SLICE("?>"), 0);
    if (!ty_slice_starts(text, TY_SLICE("<?xml")) || end == SIZE_MAX)
        return;
    text = ty_slice_sub(text, 0, end);
    size_t at = ty_slice_find(text, TY_SLICE("encoding"), 0);
    if (at == SIZE_MAX)
        return;
    ty_slice rest = ty_slice_trim(ty_slice_sub(text, at + 8, text.size));
    if (!rest.size || rest.data[0] != '=')
        return;
    rest = ty_slice_trim(ty_slice_sub(rest, 1, rest.size));
    if (!rest.size || (rest.data[0] != '"' && rest.data[0] != '\''))
        return;
    const char *close = memchr(rest.data + 1, rest.data[0], rest.size - 1);
    if (close && (size_t)(close - rest.data) <= size)
        snprintf(name, size, "%.*s", (int)(close - rest.data - 1), rest.data + 1);
}

static ty_slice after(ty_slice text, const char *end)
{
    size_t at = ty_slice_find(text, ty_slice_of(end), 0);
    return at == SIZE_MAX ? (ty_slice){"", 0} : ty_slice_sub(text, at + strlen(end), text.size);
}

/* Past the document type, whose internal subset may hold '>'. */
static ty_slice after_doctype(ty_slice text)
{
    size_t close = ty_slice_find(text, TY_SLICE(">"), 0), open = ty_slice_find(text, TY_SLICE("["), 0);
    return open < close ? after(after(text, "]"), ">") : after(text, ">");
}

/* From the first tag that is not prolog, "" where there is none. */
static ty_slice find_root(ty_slice text)
{
    for (;;) {
        text = ty_slice_trim(text);
        if (ty_slice_starts(text, TY_SLICE("<?")))
            text = after(text, "?>");
        else if (ty_slice_starts(text, TY_SLICE("<!--")))
            text = after(text, "-->");
        else if (ty_slice_starts(text, TY_SLICE("<!")))
            text = after_doctype(text);
        else
            return ty_slice_starts(text, TY_SLICE("<")) ? text : (ty_slice){"", 0};
    }
}

static ty_slice local_name(ty_slice root)
{
    size_t end = 1;
    while (end < root.size && !strchr(" \t\r\n/>", root.data[end]))
        end++;
    ty_slice name = ty_slice_sub(root, 1, end);
    size_t colon = ty_slice_find(name, TY_SLICE(":"), 0);
    return colon == SIZE_MAX ? name : ty_slice_sub(name, colon + 1, name.size);
}

static const struct {
    const char *root;
    ty_format format;
    const char *name;
} roots[] = {
    {"tmx", TY_FORMAT_TMX, "a TMX file"},      {"martif", TY_FORMAT_TBX, "a TBX file"},
    {"tbx", TY_FORMAT_TBX, "a TBX file"},      {"xliff", TY_FORMAT_XLIFF, "an XLIFF file"},
    {"srx", TY_FORMAT_SRX, "an SRX file"},     {"html", TY_FORMAT_HTML, "an HTML page"},
    {"rss", TY_FORMAT_XML, "an RSS feed"},     {"feed", TY_FORMAT_XML, "an Atom feed"},
    {"svg", TY_FORMAT_XML, "an SVG picture"},  {"mtf", TY_FORMAT_MULTITERM, "a MultiTerm file"},
    {"TS", TY_FORMAT_XML, "a Qt translation"},
};

static ty_sniffed sniff_xml(ty_slice text, const char *file)
{
    ty_slice root = find_root(text), name = local_name(root);
    for (size_t i = 0; i < sizeof roots / sizeof *roots && root.size; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(roots[i].root)))
            return (ty_sniffed){.format = roots[i].format, .name = roots[i].name};
    if (contains_nocase(ty_slice_sub(text, 0, 1024), "<!doctype html"))
        return (ty_sniffed){.format = TY_FORMAT_HTML, .name = "an HTML page"};
    if (ty_slice_equal(name, TY_SLICE("map")) && contains_nocase(root, "orientation="))
        return (ty_sniffed){.format = TY_FORMAT_XML, .name = "a Tiled map"};
    if (!root.size &&
        has_extension(file, ".tmx")) /* the prolog is longer than the view: the reader will see */
        return (ty_sniffed){.format = TY_FORMAT_TMX, .name = "a TMX file"};
    if (ty_slice_starts(text, TY_SLICE("<?xml")))
        return (ty_sniffed){.format = TY_FORMAT_XML, .name = "an XML file of another kind"};
    return (ty_sniffed){0};
}

/* Pages without a head of their own: any tag that only HTML has. */
static bool looks_html(ty_slice text)
{
    static const char *const tags[] = {"<html", "<head", "<body", "<p>",   "<p ",
                                       "<div",  "<br",   "<h1",   "<table"};
    unsigned found = 0;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        found += contains_nocase(text, tags[i]);
    return found >= 2 || (found && text.size && text.data[0] == '<');
}

/* ------------------------------------------------------------------------------------------ lines */

struct shape {
    unsigned lines, tabbed, confident, commented;
    bool coding; /* a comment names the encoding, as OmegaT has it */
};

static bool is_confidence(ty_slice field)
{
    if (!field.size || field.size > 8 || (field.data[0] != '0' && field.data[0] != '1'))
        return false;
    for (size_t i = 1; i < field.size; i++)
        if (!isdigit((unsigned char)field.data[i]) && !(i == 1 && field.data[i] == '.'))
            return false;
    return true;
}

static void measure_line(struct shape *shape, ty_slice line)
{
    if (!ty_slice_trim(line).size)
        return;
    if (line.data[0] == '#') {
        shape->commented++;
        shape->coding |= ty_slice_find(line, TY_SLICE("-*- coding:"), 0) != SIZE_MAX ||
                         contains_nocase(line, "glossary in tab-separated format");
        return;
    }
    shape->lines++;
    size_t tab = ty_slice_find(line, TY_SLICE("\t"), 0);
    /* Press articles begin their paragraphs with a tab: that is no first column. */
    if (tab == SIZE_MAX || ty_slice_trim(ty_slice_sub(line, 0, tab)).size == 0)
        return;
    shape->tabbed++;
    bool three = ty_slice_find(line, TY_SLICE("\t"), tab + 1) != SIZE_MAX;
    shape->confident += three && is_confidence(ty_slice_sub(line, 0, tab));
}

/* The last line of the view may be cut; it counts only when it is the only one. */
static struct shape measure(ty_slice text)
{
    struct shape shape = {0};
    for (ty_slice line; ty_slice_next(&text, '\n', &line);)
        if (text.data || shape.lines == 0)
            measure_line(&shape, line);
    return shape;
}

static bool is_po(ty_slice text)
{
    size_t id = ty_slice_find(text, TY_SLICE("msgid \""), 0);
    return id != SIZE_MAX && ty_slice_find(text, TY_SLICE("msgstr"), id) != SIZE_MAX;
}

/* "%20100801~111517" and more fields with a per cent sign. */
static bool is_wordfast(ty_slice text)
{
    return text.size > 17 && text.data[0] == '%' && text.data[9] == '~' &&
           ty_slice_find(ty_slice_sub(text, 0, 400), TY_SLICE("\t%"), 0) != SIZE_MAX;
}

/* ------------------------------------------------------------------------------------------ documents */

/* The name of a field, with its colon, that a mail has and no letter on paper. */
static bool is_mail_field(ty_slice line)
{
    static const char *const names[] = {"MIME-Version:",
                                        "Message-ID:",
                                        "Received:",
                                        "Return-Path:",
                                        "Content-Type:",
                                        "Delivered-To:",
                                        "Content-Transfer-Encoding:",
                                        "DKIM-Signature:",
                                        "Snapshot-Content-Location:"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ty_slice_equal_nocase(ty_slice_sub(line, 0, strlen(names[i])), ty_slice_of(names[i])))
            return true;
    return false;
}

static bool is_field(ty_slice line)
{
    size_t colon = ty_slice_find(line, TY_SLICE(":"), 0);
    for (size_t i = 0; i < colon && i < line.size; i++)
        if (line.data[i] <= ' ' || line.data[i] == '?')
            return false;
    return colon != SIZE_MAX && colon > 0;
}

/* A header up to a blank line, all of it fields, one at least of those that only mail has. */
static bool is_mail(ty_slice text)
{
    ty_slice line;
    unsigned fields = 0, of_mail = 0;
    while (ty_slice_next(&text, '\n', &line) && ty_slice_trim(line).size) {
        if (line.data[0] == ' ' || line.data[0] == '\t')
            continue;
        if (!is_field(line))
            return false;
        fields++;
        of_mail += is_mail_field(line);
    }
    return fields >= 2 && of_mail;
}

static bool is_subtitles(ty_slice text)
{
    ty_slice line;
    if (ty_slice_starts(text, TY_SLICE("WEBVTT")))
        return true;
    for (unsigned i = 0; i < 4 && ty_slice_next(&text, '\n', &line); i++)
        if (ty_slice_find(line, TY_SLICE(" --> "), 0) != SIZE_MAX && line.data[0] >= '0' &&
            line.data[0] <= '9')
            return true;
    return false;
}

/* "# A heading" */
static bool is_heading(ty_slice line)
{
    size_t level = 0;
    while (level < line.size && line.data[level] == '#')
        level++;
    return level >= 1 && level <= 6 && level + 1 < line.size && line.data[level] == ' ';
}

/* Headings, and no columns: a glossary has comments that look alike. */
static bool is_markdown(ty_slice text, const char *name)
{
    unsigned headings = 0, tabbed = 0;
    if (has_extension(name, ".md") || has_extension(name, ".markdown"))
        return true;
    bool begins = is_heading(text);
    for (ty_slice line; ty_slice_next(&text, '\n', &line);) {
        headings += is_heading(line);
        tabbed += !is_heading(line) && ty_slice_find(line, TY_SLICE("\t"), 0) != SIZE_MAX;
    }
    return !tabbed && (headings >= 2 || (begins && headings));
}

static bool is_json(ty_slice text)
{
    if (!text.size || (text.data[0] != '{' && text.data[0] != '['))
        return false;
    ty_slice inner = ty_slice_trim(ty_slice_sub(text, 1, text.size));
    char first = inner.size ? inner.data[0] : '\0';
    if (text.data[0] == '[')
        return first == '{' || first == '[' || first == '"';
    return first == '"' &&
           ty_slice_find(inner, TY_SLICE("\":"), 0) < ty_slice_find(inner, TY_SLICE("\n\n"), 0);
}

static bool is_tex(ty_slice text)
{
    return ty_slice_find(text, TY_SLICE("\\documentclass"), 0) != SIZE_MAX ||
           ty_slice_find(text, TY_SLICE("\\begin{document}"), 0) != SIZE_MAX;
}

/* Texts that have a shape of their own; before tags are looked for, which stand in all of them. */
static ty_sniffed sniff_document(ty_slice text)
{
    if (ty_slice_starts(text, TY_SLICE("WARC/")))
        return (ty_sniffed){.format = TY_FORMAT_UNKNOWN, .name = "a web archive (WARC)"};
    if (is_mail(text))
        return (ty_sniffed){.format = TY_FORMAT_MAIL, .name = "a mail"};
    if (is_subtitles(text))
        return (ty_sniffed){.format = TY_FORMAT_SUBTITLES, .name = "subtitles"};
    if (is_json(text))
        return (ty_sniffed){.format = TY_FORMAT_UNKNOWN, .name = "a JSON file"};
    if (is_tex(text))
        return (ty_sniffed){.format = TY_FORMAT_UNKNOWN, .name = "a TeX source"};
    return (ty_sniffed){0};
}

static ty_sniffed sniff_lines(ty_slice text, const char *name)
{
    if (ty_slice_starts(text, TY_SLICE("#UTX")))
        return (ty_sniffed){.format = TY_FORMAT_UTX, .name = "a UTX glossary"};
    if (is_wordfast(text))
        return (ty_sniffed){.format = TY_FORMAT_WORDFAST, .name = "a Wordfast memory"};
    if (is_po(text))
        return (ty_sniffed){.format = TY_FORMAT_PO, .name = "a PO file"};
    struct shape shape = measure(text);
    bool omegat_name = has_extension(name, ".tab") || has_extension(name, ".utf8");
    if (has_extension(name, ".csv"))
        return (ty_sniffed){.format = TY_FORMAT_CSV, .name = "a CSV table"};
    if (shape.coding || (omegat_name && shape.tabbed * 2 >= shape.lines))
        return (ty_sniffed){.format = TY_FORMAT_OMEGAT, .name = "an OmegaT glossary"};
    if (shape.lines && shape.confident == shape.lines)
        return (ty_sniffed){.format = TY_FORMAT_ALIGNED, .name = "an alignment"};
    if (shape.lines && shape.tabbed * 10 >= shape.lines * 9)
        return (ty_sniffed){.format = TY_FORMAT_TSV, .name = "a TSV table"};
    return (ty_sniffed){.format = TY_FORMAT_TEXT, .name = "plain text"};
}

/* Characters before the prolog do not make it another kind of file: the reader says what is wrong. */
static bool is_damaged_tmx(ty_slice text)
{
    return ty_slice_find(ty_slice_sub(text, 0, 400), TY_SLICE("<tmx version="), 0) != SIZE_MAX;
}

/* ------------------------------------------------------------------------------------------ all together */

ty_sniffed ty_sniff_bytes(ty_slice head, const char *name)
{
    if (ty_slice_starts(head, TY_SLICE("SQLite format 3")))
        return (ty_sniffed){.format = TY_FORMAT_MEMORY, .name = "an SQLite file"};
    ty_sniffed binary = sniff_binary(head);
    if (binary.name)
        return binary;
    struct view view;
    make_view(head, &view);
    ty_slice text = ty_slice_trim(view_slice(&view));
    if (!text.size && head.size <= 4)
        return (ty_sniffed){.format = TY_FORMAT_EMPTY, .name = "an empty file"};
    if (looks_binary(text))
        return (ty_sniffed){.format = TY_FORMAT_UNKNOWN, .name = "a binary file"};
    ty_sniffed found = text.size && text.data[0] == '<' ? sniff_xml(text, name ? name : "") : (ty_sniffed){0};
    if (found.name)
        return found;
    if (is_damaged_tmx(text))
        return (ty_sniffed){.format = TY_FORMAT_TMX, .name = "a TMX file"};
    found = sniff_document(text);
    if (found.name)
        return found;
    if (is_markdown(text, name ? name : ""))
        return (ty_sniffed){.format = TY_FORMAT_MARKDOWN, .name = "Markdown"};
    if (looks_html(text))
        return (ty_sniffed){.format = TY_FORMAT_HTML, .name = "an HTML page"};
    return sniff_lines(ty_slice_trim(view_slice(&view)), name ? name : "");
}

ty_status ty_format_sniff(const ty_source *source, ty_sniffed *out, ty_error *error)
{
    *out = (ty_sniffed){.format = TY_FORMAT_UNKNOWN, .name = "a binary file"};
    struct input *input = NULL;
    ty_error local = {0};
    ty_status status = ty_input_open(source, ".tmx", &input, &local);
    if (status == TY_ERR_FORMAT) { /* a ZIP archive, but not of ours: say what it is */
        status = ty_input_open(source, NULL, &input, error);
    } else if (status != TY_OK && error && error->status == TY_OK)
        *error = local;
    if (status != TY_OK)
        return status;
    ty_error ignored = {0}; /* a damaged pack is for the reader to report */
    ty_slice head = ty_input_peek(input, &ignored);
    *out = ty_sniff_bytes(head, source->path);
    out->compressed = ty_input_is_compressed(input);
    ty_input_close(input);
    if (head.size || ignored.status == TY_OK)
        return TY_OK;
    if (error && error->status == TY_OK)
        *error = ignored;
    return ignored.status;
}

static const struct {
    const char *name;
    ty_format format;
} format_names[] = {
    {"text", TY_FORMAT_TEXT},
    {"txt", TY_FORMAT_TEXT},
    {"html", TY_FORMAT_HTML},
    {"htm", TY_FORMAT_HTML},
    {"tmx", TY_FORMAT_TMX},
    {"tbx", TY_FORMAT_TBX},
    {"utx", TY_FORMAT_UTX},
    {"csv", TY_FORMAT_CSV},
    {"tsv", TY_FORMAT_TSV},
    {"omegat", TY_FORMAT_OMEGAT},
    {"aligned", TY_FORMAT_ALIGNED},
    {"memory", TY_FORMAT_MEMORY},
    {"xliff", TY_FORMAT_XLIFF},
    {"po", TY_FORMAT_PO},
    {"srx", TY_FORMAT_SRX},
    {"wordfast", TY_FORMAT_WORDFAST},
    {"multiterm", TY_FORMAT_MULTITERM},
    {"mail", TY_FORMAT_MAIL},
    {"subtitles", TY_FORMAT_SUBTITLES},
    {"markdown", TY_FORMAT_MARKDOWN},
    {"docx", TY_FORMAT_DOCX},
    {"pptx", TY_FORMAT_PPTX},
    {"odt", TY_FORMAT_ODF},
    {"epub", TY_FORMAT_EPUB},
    {"pdf", TY_FORMAT_PDF},
    {"rtf", TY_FORMAT_RTF},
};

ty_format ty_format_named(const char *name)
{
    for (size_t i = 0; name && i < sizeof format_names / sizeof *format_names; i++)
        if (ty_slice_equal_nocase(ty_slice_of(name), ty_slice_of(format_names[i].name)))
            return format_names[i].format;
    return TY_FORMAT_UNKNOWN;
}
