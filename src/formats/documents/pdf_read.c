/* SPDX-License-Identifier: Apache-2.0 */
/* The page that pdftotext -bbox-layout writes: page, flow, block, line, word. */
#include <stdlib.h>

#include "formats/documents/html.h"
#include "formats/documents/pdf.h"

struct reader {
    struct xml_parser xml;
    struct pdf *pdf;
    struct pdf_words words; /* of this page */
    struct pdf_word current;
    ty_buffer text;
    unsigned block, line;
    bool in_word;
};

/* "12.345", in every locale. */
static double number(ty_slice text)
{
    double value = 0, part = 0;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '.')
            part = 1;
        else if (byte >= '0' && byte <= '9') {
            value = value * 10 + (byte - '0');
            part *= 10;
        }
    }
    value = part > 1 ? value / part : value;
    return text.size && text.data[0] == '-' ? -value : value;
}

static bool is(const xmlChar *name, const char *wanted)
{
    return strcmp((const char *)name, wanted) == 0;
}

static void begin_word(struct reader *reader, int count, const xmlChar **attributes)
{
    ty_buffer_clear(&reader->text);
    reader->current = (struct pdf_word){.left = number(ty_xml_attribute_value(count, attributes, "xMin")),
                                        .top = number(ty_xml_attribute_value(count, attributes, "yMin")),
                                        .right = number(ty_xml_attribute_value(count, attributes, "xMax")),
                                        .bottom = number(ty_xml_attribute_value(count, attributes, "yMax")),
                                        .block = reader->block,
                                        .line = reader->line};
    reader->in_word = true;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct reader *reader = context;
    if (is(name, "page")) {
        reader->pdf->pages++;
        reader->pdf->height = number(ty_xml_attribute_value(count, attributes, "height"));
    } else if (is(name, "block"))
        reader->block++;
    else if (is(name, "line"))
        reader->line++;
    else if (is(name, "word"))
        begin_word(reader, count, attributes);
}

static void end_word(struct reader *reader)
{
    reader->in_word = false;
    reader->current.text = ty_arena_copy(&reader->pdf->arena, ty_slice_trim(ty_buffer_slice(&reader->text)));
    if (reader->current.text.size && !ty_vector_push(&reader->words, reader->current))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

static void end_page(struct reader *reader)
{
    if (!ty_pdf_order_words(&reader->words, reader->pdf->height) ||
        !ty_pdf_add_lines(reader->pdf, &reader->words))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
    ty_vector_clear(&reader->words);
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *reader = context;
    if (is(name, "word"))
        end_word(reader);
    else if (is(name, "page"))
        end_page(reader);
}

static void on_characters(void *context, const xmlChar *text, int size)
{
    struct reader *reader = context;
    if (reader->in_word)
        ty_buffer_add(&reader->text, (ty_slice){(const char *)text, (size_t)size});
}

static void on_repair(void *payload, size_t line, uint32_t code_point)
{
}

ty_status ty_pdf_read_lines(ty_slice page, struct pdf *out, ty_error *error)
{
    struct reader reader = {.xml = {.error = error}, .pdf = out};
    struct xml_repair repair = {.replaced = on_repair};
    struct input *input;
    reader.xml.handlers.startElementNs = on_start;
    reader.xml.handlers.endElementNs = on_end;
    reader.xml.handlers.characters = on_characters;
    ty_status status = ty_input_open(&(ty_source){.path = "", .bytes = page}, NULL, &input, error);
    if (status == TY_OK)
        status = ty_xml_text_open(input, "UTF-8", &repair, &reader.xml.text, error);
    if (status == TY_OK) {
        status = ty_xml_parse(&reader.xml);
        ty_xml_text_close(reader.xml.text);
    }
    if (status == TY_OK && (reader.text.failed || out->arena.failed))
        status = ty_error_nomem(error);
    ty_input_close(input);
    ty_vector_release(&reader.words);
    ty_buffer_release(&reader.text);
    return status;
}

void ty_pdf_release(struct pdf *pdf)
{
    ty_vector_release(pdf);
    ty_arena_release(&pdf->arena);
}
