/* SPDX-License-Identifier: Apache-2.0 */
/* TMX in: one reading from the first byte to the last, and what is to be doubted about all of it. */
#include <stdlib.h>

#include "formats/tmx/reader.h"

#define SAY(rule, ...)                                                                                       \
    ty_tmx_say(&reader->report, rule, xml_line(&reader->xml), reader->unit_number, __VA_ARGS__)

/* ------------------------------------------------------------------------------------------ doubts */

void ty_tmx_tell_doubts(struct tmx_reader *reader)
{
    unsigned doubts = ty_xml_text_doubts(reader->xml.text) & ~reader->doubts_told;
    reader->doubts_told |= doubts;
    const char *encoding = ty_xml_text_encoding(reader->xml.text),
               *declared = ty_xml_text_declared(reader->xml.text);
    if (doubts & XML_DOUBT_MISMATCH)
        ty_tmx_say(&reader->report, RULE_ENCODING_MISMATCH, 1, 0,
                   "the file declares %s, but its bytes are %s; read as %s", declared, encoding, encoding);
    if (doubts & XML_DOUBT_NO_BOM)
        ty_tmx_say(&reader->report, RULE_UTF16_NO_BOM, 1, 0, "UTF-16 without a byte order mark");
    if (doubts & XML_DOUBT_NOT_UNICODE)
        ty_tmx_say(&reader->report, RULE_ENCODING_NOT_UNICODE, 1, 0,
                   "TMX is UTF-8, UTF-16 or US-ASCII; this is %s", encoding);
    if (doubts & XML_DOUBT_SPACE)
        ty_tmx_say(&reader->report, RULE_SPACE_BEFORE_DECLARATION, 1, 0,
                   "white space, or a second byte order mark, before <?xml; it is passed over");
}

static void on_repair(void *payload, size_t line, uint32_t code_point)
{
    struct tmx_reader *reader = payload;
    ty_tmx_say(&reader->report, RULE_FORBIDDEN_CHARACTER, line, 0, "U+%04X, which XML forbids, became U+FFFD",
               (unsigned)code_point);
}

static void on_fault(struct xml_parser *parser, size_t line, const char *message)
{
    struct tmx_reader *reader = (struct tmx_reader *)parser;
    ty_tmx_say(&reader->report, RULE_NAMESPACE, line, reader->unit_number, "%s", message);
}

/* ------------------------------------------------------------------------------------------ the whole */

/* Files of other kinds come under the name of TMX: level maps of a game, pages that ask to log in. */
static ty_status refuse_strangers(struct tmx_reader *reader, const ty_source *source)
{
    ty_sniffed sniffed = ty_sniff_bytes(ty_input_peek(reader->input, reader->error), source->path);
    if (reader->error->status != TY_OK)
        return reader->error->status;
    if (sniffed.format == TY_FORMAT_TMX)
        return TY_OK;
    if (sniffed.format == TY_FORMAT_EMPTY)
        return ty_error_set(reader->error, TY_ERR_FORMAT, "the file is empty");
    if (sniffed.format == TY_FORMAT_XML && sniffed.unclear)
        return TY_OK; /* perhaps only a long prolog: the parser will see */
    if (sniffed.format == TY_FORMAT_UNKNOWN && ty_sniff_wide(ty_input_peek(reader->input, reader->error)))
        return TY_OK;
    return ty_error_set(reader->error, TY_ERR_FORMAT, "this is %s, not a TMX file", sniffed.name);
}

/* What came before the break is kept, where that is anything. */
static ty_status salvage(struct tmx_reader *reader)
{
    uint64_t whole = reader->report.counts->read;
    if (!whole) {
        ty_error_set(reader->error, TY_ERR_FORMAT, "the file is cut off before the end of its first unit");
        return ty_error_locate(reader->error, NULL, reader->xml.cut_line, 0);
    }
    ty_tmx_say(&reader->report, RULE_CUT_OFF, reader->xml.cut_line, 0,
               "the file is cut off; %llu units before the break are kept", (unsigned long long)whole);
    return TY_OK;
}

static ty_status parse(struct tmx_reader *reader)
{
    ty_tmx_handle(reader);
    reader->xml.fault = on_fault;
    reader->xml.error = reader->error;
    ty_status status = ty_xml_parse(&reader->xml);
    ty_tmx_tell_doubts(reader);
    if (status != TY_OK)
        return status;
    if (reader->xml.cut_line)
        return salvage(reader);
    if (!reader->body_seen && !reader->units_begun)
        ty_tmx_say(&reader->report, RULE_NO_BODY, 0, 0, "there is no <body>");
    else if (!reader->units_begun)
        ty_tmx_say(&reader->report, RULE_NO_TU, 0, 0, "there is no unit in the file");
    return TY_OK;
}

static void release(struct tmx_reader *reader)
{
    for (size_t i = 0; i < NESTED_UNITS; i++) {
        ty_vector_release(&reader->builders[i].infos);
        ty_vector_release(&reader->builders[i].variant_infos);
        ty_vector_release(&reader->builders[i].variants);
    }
    ty_vector_release(&reader->header_infos);
    ty_vector_release(&reader->codes.pairs);
    ty_vector_release(&reader->codes.partners);
    ty_buffer_release(&reader->srclang);
    ty_buffer_release(&reader->scratch);
    ty_buffer_release(&reader->capture.markup);
    ty_tmx_pool_release(&reader->pool);
    ty_arena_release(&reader->arena);
    free(reader->tuids.slots);
    ty_xml_text_close(reader->xml.text);
    ty_input_close(reader->input);
}

ty_status ty_tmx_read_file(struct tmx_reader *reader, const ty_source *source,
                           const ty_tmx_read_options *options, ty_error *error)
{
    struct xml_repair repair = {reader, on_repair};
    const char *encoding = options ? options->encoding : NULL;
    reader->error = error;
    reader->capture.pool = &reader->pool;
    reader->xml.salvage = options && options->repair;
    ty_tmx_checker_init(&reader->checker, &reader->report);
    ty_status status = ty_input_open(source, ".tmx", &reader->input, error);
    if (status == TY_OK && reader->xml.salvage)
        ty_input_salvage(reader->input);
    if (status == TY_OK && !encoding)
        status = refuse_strangers(reader, source);
    if (status == TY_OK)
        status = ty_xml_text_open(reader->input, encoding, options && options->repair ? &repair : NULL,
                                  &reader->xml.text, error);
    if (status == TY_OK)
        status = parse(reader);
    if (status == TY_OK && !reader->header_told && !reader->xml.cut_line) {
        ty_tmx_build_header_if_none(reader);
        status = reader->xml.status;
    }
    ty_tmx_report_finish(&reader->report);
    if (status != TY_OK)
        ty_error_locate(error, source->path, 0, reader->unit_number);
    release(reader);
    return status;
}

ty_status ty_tmx_read(const ty_source *source, const ty_tmx_read_options *options, const ty_unit_sink *sink,
                      const ty_listener *listener, ty_read_counts *counts, ty_error *error)
{
    ty_read_counts own_counts = {0};
    ty_error own_error = {0};
    struct tmx_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return ty_error_nomem(error);
    reader->sink = sink;
    reader->listener = listener;
    reader->report = (struct tmx_report){.file = source->path ? source->path : "",
                                         .listener = listener,
                                         .counts = counts ? counts : &own_counts};
    ty_status status = ty_tmx_read_file(reader, source, options, error ? error : &own_error);
    free(reader);
    return status;
}
