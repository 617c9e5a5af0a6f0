/* SPDX-License-Identifier: Apache-2.0 */
/* What is none of the formats: what to call it, and what to do instead; and memories, which others read. */
#include "formats/format.h"

static const struct {
    ty_slice signature;
    const char *label, *advice;
} binaries[] = {
    {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8},
     N_("an old Office document (DOC, XLS, PPT)"),
     N_("save it as DOCX, XLSX or PPTX")},
    {{"\x89PNG\r\n", 6}, N_("a PNG picture")},
    {{"\xFF\xD8\xFF", 3}, N_("a JPEG picture")},
    {{"GIF8", 4}, N_("a GIF picture")},
    {{"7z\xBC\xAF\x27\x1C", 6}, N_("a 7-Zip archive")},
    {{"Rar!\x1A\x07", 6}, N_("a RAR archive")},
    {{"BZh", 3}, N_("a bzip2 file")},
    {{"\xFD"
      "7zXZ",
      5},
     N_("an xz file")},
    {{"\x28\xB5\x2F\xFD", 4}, N_("a Zstandard file")},
    {{"\x1F\x8B", 2}, N_("a gzip file")},
    {{"\x7F"
      "ELF",
      4},
     N_("a program")},
    {{"MZ\x90", 3}, N_("a program")},
};

static int bid_binary(const struct head *head, ty_sniffed *out)
{
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
        if (ty_slice_starts(head->bytes, binaries[i].signature)) {
            *out = (ty_sniffed){.name = binaries[i].label, .advice = binaries[i].advice};
            return BID_SIGNATURE;
        }
    return BID_NONE;
}

static int bid_archive(const struct head *head, ty_sniffed *out)
{
    static const char open_document[] = "opendocument";
    *out = (ty_sniffed){.name = N_("a ZIP archive")};
    int bid = ty_head_bid_package(head, "", BID_ARCHIVE - 2);
    if (ty_head_bid_package(head, open_document, BID_ARCHIVE) == BID_NONE)
        return bid;
    out->name = N_("an OpenDocument file");
    return BID_ARCHIVE;
}

/* ------------------------------------------------------------------------------------------ XML */

static int bid_xml(const struct head *head, ty_sniffed *out)
{
    static const struct {
        const char *root, *label;
    } roots[] = {{"rss", N_("an RSS feed")},
                 {"feed", N_("an Atom feed")},
                 {"svg", N_("an SVG picture")},
                 {"TRADOStag", N_("a TagEditor file (TTX)")}};
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (ty_head_bid_root(head, roots[i].root)) {
            *out = (ty_sniffed){.format = TY_FORMAT_XML, .name = roots[i].label};
            return BID_ROOT;
        }
    if (ty_slice_equal(head->root_name, TY_SLICE("map")) && ty_head_says(head->root, "orientation=")) {
        *out = (ty_sniffed){.format = TY_FORMAT_XML, .name = N_("a Tiled map")};
        return BID_ROOT - 2;
    }
    if (!ty_slice_starts(head->text, TY_SLICE("<?xml")))
        return BID_NONE;
    *out = (ty_sniffed){.format = TY_FORMAT_XML, .name = N_("an XML file of another kind"), .unclear = true};
    return BID_ROOT - 4;
}

/* ------------------------------------------------------------------------------------------ texts */

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

static bool is_web_archive(ty_slice text)
{
    return ty_slice_starts(text, TY_SLICE("WARC/"));
}

static int bid_text(const struct head *head, ty_sniffed *out)
{
    static const struct {
        bool (*is)(ty_slice text);
        int bid;
        const char *label, *advice;
    } texts[] = {
        {is_web_archive, BID_WORDS + 8, N_("a web archive (WARC)"),
         N_("take the pages out of it first, as with warcio")},
        {is_json, BID_WORDS + 4, N_("a JSON file"), N_("write what is in it as text or CSV")},
        {is_tex, BID_WORDS + 4, N_("a TeX source"), N_("make a page of it first, as with pandoc")},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].is(head->text)) {
            *out = (ty_sniffed){.name = texts[i].label, .advice = texts[i].advice};
            return texts[i].bid;
        }
    return BID_NONE;
}

static int bid_nothing(const struct head *head, ty_sniffed *out)
{
    if (!head->text.size && head->bytes.size <= 4) {
        *out = (ty_sniffed){.format = TY_FORMAT_EMPTY, .name = N_("an empty file")};
        return BID_SIGNATURE;
    }
    *out = (ty_sniffed){.name = N_("a binary file"), .unclear = true};
    return head->binary ? BID_ROOT + 1 : BID_NONE;
}

int ty_stranger_bid(const struct head *head, ty_sniffed *out)
{
    static int (*const bids[])(const struct head *, ty_sniffed *) = {bid_binary, bid_archive, bid_nothing,
                                                                     bid_xml, bid_text};
    int highest = BID_NONE;
    for (size_t i = 0; i < sizeof bids / sizeof *bids; i++) {
        ty_sniffed one;
        int bid = bids[i](head, &one);
        if (bid <= highest)
            continue;
        highest = bid;
        *out = one;
    }
    return highest;
}

/* ------------------------------------------------------------------------------------------ files of tools
 */

static const char uncleaned[] =
    N_("a document; where it is an uncleaned bilingual one, clean it up in the tool that made it and export "
       "the memory as TMX");

static const char tag_editor[] =
    N_("a TagEditor file; save it as SDLXLIFF or clean it into a memory and export that as TMX");

const char *ty_format_advice(const ty_sniffed *sniffed, const char *name)
{
    static const struct {
        const char *ending, *advice;
    } known[] = {{".sdltm", N_("a memory of Trados Studio; export it from there as TMX")},
                 {".sdltb", N_("a termbase of MultiTerm; export it from there as MultiTerm XML or TBX")},
                 {".mdb", N_("a database; export it from its program as TMX, TBX or CSV")},
                 {".tmw", N_("a memory of Translator's Workbench; export it from there as TMX")},
                 {".ttx", tag_editor},
                 {".rtf", uncleaned},
                 {".doc", uncleaned},
                 {".mtb", N_("a memory of its tool; export it from there as TMX")},
                 {".wsxz", N_("a package of WorldServer; export its files as XLIFF")}};
    ty_slice text = ty_slice_of(name);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ty_slice ending = ty_slice_of(known[i].ending);
        if (text.size > ending.size &&
            ty_slice_equal_nocase(ty_slice_sub(text, text.size - ending.size, text.size), ending))
            return ty_words(known[i].advice);
    }
    return strstr(sniffed->name, "TTX") ? ty_words(tag_editor) : NULL;
}

/* ------------------------------------------------------------------------------------------ memories */

static int bid_memory(const struct head *head)
{
    return ty_head_bid_signature(head, TY_SLICE("SQLite format 3"));
}

const struct format ty_memory_format = {.name = "memory",
                                        .label = N_("an SQLite file"),
                                        .endings = ".db",
                                        .gives = TY_GIVES_UNITS | TY_GIVES_TERMS | TY_GIVES_MEMORY,
                                        .bid = bid_memory};
