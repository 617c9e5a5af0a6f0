/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <stdio.h>

#include "formats/internal.h"

static pthread_once_t library_once = PTHREAD_ONCE_INIT;

void ty_xml_start_library(void)
{
    pthread_once(&library_once, xmlInitParser);
}

/*
 * Not xmlStopParser: that frees the input, in which the values stand that the handler still holds. No handler
 * is called any more, and the parser finds the end of its input.
 */
void ty_xml_stop(struct xml_parser *parser, ty_status status)
{
    if (parser->status == TY_OK)
        parser->status = status;
    if (parser->context)
        parser->context->disableSAX = 1;
    ty_xml_text_stop(parser->text);
}

/*
 * libxml2 gives an ampersand in an attribute value as "&#38;" as long as it is not told to replace entities,
 * which it never is here. Values that hold one are copies of the parser's own, so they may be mended in
 * place.
 */
void ty_xml_mend_attribute(const xmlChar **five, char *ampersand)
{
    char *from = ampersand, *to = ampersand, *end = (char *)five[4];
    while (from < end) {
        bool escaped = end - from >= 5 && memcmp(from, "&#38;", 5) == 0;
        *to++ = *from;
        from += escaped ? 5 : 1;
    }
    five[4] = (const xmlChar *)to;
}

static void fail_at(struct xml_parser *parser, size_t line, ty_status status, const char *message,
                    const char *rule)
{
    if (parser->status != TY_OK)
        return;
    ty_error_set(parser->error, status, "%s", message);
    ty_error_locate(parser->error, NULL, line, 0);
    ty_error_rule(parser->error, rule);
    ty_xml_stop(parser, status);
}

void ty_xml_fail(struct xml_parser *parser, ty_status status, const char *format, ...)
{
    char message[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, ty_words(format), arguments);
    va_end(arguments);
    fail_at(parser, xml_line(parser), status, message, NULL);
}

/* ------------------------------------------------------------------------------------------ errors */

/* The file ended, and the parser with it, in the middle of something. */
static bool is_cut_off(const struct xml_parser *parser)
{
    const xmlParserInput *input = parser->context->input;
    return ty_xml_text_ended(parser->text) && input && input->end - input->cur < 8;
}

static bool says(const xmlError *fault, const char *words)
{
    return fault->message && strstr(fault->message, words);
}

static ty_status describe(const struct xml_parser *parser, const xmlError *fault, char *out, size_t size,
                          const char **rule)
{
    const char *message = fault->message ? fault->message : ty_words("unknown fault");
    int length = (int)strcspn(message, "\n");
    if (fault->code == XML_ERR_NO_MEMORY) {
        snprintf(out, size, "%s", ty_words("out of memory"));
        return TY_ERR_NOMEM;
    }
    if (says(fault, "xcessive") || says(fault, "too long") || fault->code == XML_ERR_NAME_TOO_LONG) {
        snprintf(out, size, ty_words("deeper or larger than any honest file: %.*s"), length, message);
        return TY_ERR_LIMIT;
    }
    if (is_cut_off(parser) && fault->code != XML_ERR_TAG_NAME_MISMATCH &&
        fault->code != XML_ERR_DOCUMENT_END) {
        snprintf(out, size, ty_words("the file is cut off: %.*s"), length, message);
        return TY_ERR_FORMAT;
    }
    if (fault->code == XML_ERR_INVALID_ENCODING || says(fault, "not proper UTF-8")) {
        snprintf(out, size, "%s", ty_words("the bytes are not UTF-8"));
        *rule = "encoding";
        return TY_ERR_ENCODING;
    }
    bool character = fault->code == XML_ERR_INVALID_CHAR || fault->code == XML_ERR_INVALID_CHARREF;
    if (character)
        snprintf(out, size, ty_words("a character that XML forbids (%.*s)"), length, message);
    else
        snprintf(out, size, ty_words("not well-formed XML: %.*s"), length, message);
    *rule = character ? "forbidden-character" : *rule;
    return TY_ERR_FORMAT;
}

/* Warnings of the parser do not matter but for an entity that is not defined: its text would vanish. */
static void on_error(void *context, xmlErrorPtr fault)
{
    struct xml_parser *parser = context;
    if (!parser->context)
        return;
    size_t line = fault->line > 0 ? (size_t)fault->line : 0;
    char message[400];
    const char *rule = NULL;
    ty_status status = describe(parser, fault, message, sizeof message, &rule);
    if (parser->cut_line)
        return;
    if (fault->level == XML_ERR_FATAL && parser->salvage && is_cut_off(parser)) {
        parser->cut_line = line ? line : 1;
        ty_xml_stop(parser, TY_OK);
    } else if (fault->level == XML_ERR_FATAL || fault->code == XML_WAR_UNDECLARED_ENTITY ||
               fault->code == XML_ERR_UNDECLARED_ENTITY)
        fail_at(parser, line, status, message, rule);
    else if (fault->domain == XML_FROM_NAMESPACE && parser->fault)
        parser->fault(parser, line, message);
}

/* ------------------------------------------------------------------------------------------ refusals */

static void on_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                      const xmlChar *system_id, xmlChar *content)
{
    ty_xml_fail(context, TY_ERR_FORMAT, "the file declares the entity \"%.80s\"; that is refused",
                (const char *)name);
}

static void on_unparsed_entity(void *context, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id, const xmlChar *notation)
{
    ty_xml_fail(context, TY_ERR_FORMAT, "the file declares the entity \"%.80s\"; that is refused",
                (const char *)name);
}

static void on_attribute(void *context, const xmlChar *element, const xmlChar *name, int type, int value,
                         const xmlChar *preset, xmlEnumerationPtr tree)
{
    xmlFreeEnumeration(tree);
    ty_xml_fail(context, TY_ERR_FORMAT, "the file declares attributes of \"%.80s\"; that is refused",
                (const char *)element);
}

static void on_reference(void *context, const xmlChar *name)
{
    ty_xml_fail(context, TY_ERR_FORMAT, "the entity \"&%.80s;\" is not defined", (const char *)name);
}

static xmlParserInputPtr on_resolve(void *context, const xmlChar *public_id, const xmlChar *system_id)
{
    return NULL;
}

static void on_external_subset(void *context, const xmlChar *name, const xmlChar *public_id,
                               const xmlChar *system_id)
{
}

static void complete_handlers(xmlSAXHandler *handlers)
{
    handlers->initialized = XML_SAX2_MAGIC;
    handlers->serror = on_error;
    handlers->entityDecl = on_entity;
    handlers->unparsedEntityDecl = on_unparsed_entity;
    handlers->attributeDecl = on_attribute;
    handlers->reference = on_reference;
    handlers->resolveEntity = on_resolve;
    handlers->externalSubset = on_external_subset;
    handlers->ignorableWhitespace = handlers->characters; /* the same, or libxml2 guesses which is which */
}

/* ------------------------------------------------------------------------------------------ parse */

ty_status ty_xml_parse(struct xml_parser *parser)
{
    ty_xml_start_library();
    complete_handlers(&parser->handlers);
    parser->status = TY_OK;
    struct xml_memory memory;
    ty_xml_memory_watch(&memory);
    parser->context = xmlCreateIOParserCtxt(&parser->handlers, parser, ty_xml_text_read, NULL, parser->text,
                                            XML_CHAR_ENCODING_UTF8);
    if (!parser->context) {
        ty_xml_memory_sufficed(&memory);
        return ty_error_nomem(parser->error);
    }
    xmlCtxtUseOptions(parser->context, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    xmlParseDocument(parser->context);
    if (!ty_xml_memory_sufficed(&memory) && parser->status == TY_OK)
        parser->status = ty_error_nomem(parser->error);
    ty_status below = ty_xml_text_status(parser->text);
    if (below != TY_OK)
        parser->status = below;
    if (parser->status == TY_OK && !parser->context->wellFormed && !parser->cut_line)
        ty_xml_fail(parser, TY_ERR_FORMAT, "not well-formed XML");
    if (parser->status == TY_OK && ty_xml_text_has_nul(parser->text))
        ty_xml_fail(parser, TY_ERR_FORMAT, "not well-formed XML: a NUL byte behind the end of the document");
    xmlFreeDoc(parser->context->myDoc); /* made by libxml2 itself where entities are declared */
    xmlFreeParserCtxt(parser->context);
    parser->context = NULL;
    return parser->status;
}

ty_slice ty_xml_attribute_value(int count, const xmlChar **attributes, const char *name)
{
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        if (strcmp(attribute.name, name) == 0)
            return attribute.value;
    }
    return (ty_slice){NULL, 0};
}

/* XML 1.0, production 2 (Char); bytes that are no UTF-8 cannot stand in it either. */
static bool is_char(uint32_t c)
{
    return c != TY_CODE_POINT_NONE && c != 0xFFFE && c != 0xFFFF &&
           (c >= 0x20 || c == '\t' || c == '\n' || c == '\r');
}

static void add_piece(ty_buffer *out, ty_slice piece, bool attribute)
{
    if (attribute)
        ty_buffer_add_xml_attribute(out, piece);
    else
        ty_buffer_add_xml(out, piece);
}

void ty_xml_add_text(ty_buffer *out, ty_slice text, bool attribute)
{
    size_t done = 0;
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        if (is_char(ty_utf8_next(text, &at)))
            continue;
        add_piece(out, ty_slice_sub(text, done, start), attribute);
        ty_buffer_add(out, TY_SLICE("\xEF\xBF\xBD"));
        done = at;
    }
    add_piece(out, ty_slice_sub(text, done, text.size), attribute);
}
