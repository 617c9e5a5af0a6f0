/* SPDX-License-Identifier: Apache-2.0 */
/* A text as an XLIFF of its own. */
#include "formats/bilingual/bilingual.h"

static void add(ty_buffer *out, const char *before, ty_slice text, bool attribute, const char *behind)
{
    ty_buffer_add_string(out, before);
    ty_bilingual_add_xml(out, text, attribute, false);
    ty_buffer_add_string(out, behind);
}

static void add_head(const ty_xliff_text *text, ty_buffer *out)
{
    ty_buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (text->version_2) {
        add(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\" srcLang=\"",
            text->source_lang, true, "\"");
        add(out, " trgLang=\"", text->target_lang, true, "\">\n");
        add(out, "  <file id=\"f1\" original=\"", text->name, true, "\">\n");
        return;
    }
    ty_buffer_add_string(out, "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n");
    add(out, "  <file original=\"", text->name, true, "\"");
    ty_buffer_add_format(out, " datatype=\"%s\"", text->format == TY_FORMAT_HTML ? "html" : "plaintext");
    add(out, " source-language=\"", text->source_lang, true, "\"");
    add(out, " target-language=\"", text->target_lang, true, "\">\n    <body>\n");
}

static void add_paragraph(const ty_xliff_text *text, uint32_t number, ty_buffer *out)
{
    const char *element = text->version_2 ? "    <unit id" : "      <group id";
    ty_buffer_add_format(out, "%s=\"p%u\">\n", element, (unsigned)number + 1);
}

static void add_sentence(const ty_xliff_text *text, size_t number, ty_buffer *out)
{
    ty_slice line = text->lines[number];
    if (text->version_2) {
        ty_buffer_add_format(out, "      <segment id=\"s%zu\">\n", number + 1);
        add(out, "        <source>", line, false, "</source>\n      </segment>\n");
        return;
    }
    ty_buffer_add_format(out, "        <trans-unit id=\"s%zu\">\n", number + 1);
    add(out, "          <source>", line, false, "</source>\n        </trans-unit>\n");
}

void ty_xliff_from_text(const ty_xliff_text *text, ty_buffer *out)
{
    const char *end = text->version_2 ? "    </unit>\n" : "      </group>\n";
    add_head(text, out);
    for (size_t i = 0; i < text->count; i++) {
        bool begins = i == 0 || text->sentences[i].paragraph != text->sentences[i - 1].paragraph;
        if (begins && i > 0)
            ty_buffer_add_string(out, end);
        if (begins)
            add_paragraph(text, text->sentences[i].paragraph, out);
        add_sentence(text, i, out);
    }
    ty_buffer_add_string(out, text->count ? end : "");
    ty_buffer_add_string(out,
                         text->version_2 ? "  </file>\n</xliff>\n" : "    </body>\n  </file>\n</xliff>\n");
}
