/* SPDX-License-Identifier: Apache-2.0 */
/* SRX in: segmentation rules of version 2.0 and 1.0, read leniently: names count, namespaces and order do
 * not. */
#include <stdlib.h>

#include "formats/format.h"
#include "formats/internal.h"

/* The largest collection of rules we know of, for some thirty languages, has a third of this. */
enum { MOST_RULES = 20000 };

struct srx_reader {
    struct xml_parser xml; /* first: handlers get a pointer to it */
    const ty_listener *listener;
    const char *path;
    ty_srx *srx;
    ty_buffer list, before, after; /* the name of the rule list, and the rule that is open */
    ty_buffer *text;               /* where characters go, or NULL */
    bool breaks, root;
    size_t rules;
};

static void keep(struct srx_reader *reader, ty_status status)
{
    if (status != TY_OK)
        ty_xml_stop(&reader->xml, status);
}

static void begin_rule(struct srx_reader *reader, ty_slice breaks)
{
    reader->breaks = !ty_slice_equal_nocase(breaks, TY_SLICE("no"));
    ty_buffer_clear(&reader->before);
    ty_buffer_clear(&reader->after);
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int preset,
                     const xmlChar **attributes)
{
    struct srx_reader *reader = context;
    const char *element = (const char *)name;
    xml_mend_attributes(count, attributes);
    if (!reader->root && strcmp(element, "srx") != 0) {
        ty_xml_fail(&reader->xml, TY_ERR_FORMAT, "no SRX file: its root is \"%.40s\"", element);
        return;
    }
    reader->root = true;
    if (strcmp(element, "header") == 0) {
        ty_slice cascade = ty_xml_attribute_value(count, attributes, "cascade");
        reader->srx->cascade = ty_slice_equal_nocase(cascade, TY_SLICE("yes"));
    } else if (strcmp(element, "languagerule") == 0) {
        ty_buffer_clear(&reader->list);
        ty_buffer_add(&reader->list, ty_xml_attribute_value(count, attributes, "languagerulename"));
    } else if (strcmp(element, "rule") == 0) {
        begin_rule(reader, ty_xml_attribute_value(count, attributes, "break"));
    } else if (strcmp(element, "languagemap") == 0) {
        reader->srx->line = xml_line(&reader->xml);
        if (reader->srx->maps.count >= MOST_RULES)
            ty_xml_fail(&reader->xml, TY_ERR_LIMIT, "more than %d maps", MOST_RULES);
        keep(reader, ty_srx_add_map(reader->srx, ty_xml_attribute_value(count, attributes, "languagepattern"),
                                    ty_xml_attribute_value(count, attributes, "languagerulename"),
                                    reader->xml.error));
    }
    if (strcmp(element, "beforebreak") == 0)
        reader->text = &reader->before;
    if (strcmp(element, "afterbreak") == 0)
        reader->text = &reader->after;
}

/* A rule that cannot be understood is told here, where it stands, not where it would be used. */
static ty_status check_expression(struct srx_reader *reader, const ty_buffer *expression)
{
    ty_regex *regex = NULL;
    ty_status status =
        expression->size ? ty_regex_new(ty_buffer_slice(expression), &regex, reader->xml.error) : TY_OK;
    ty_regex_free(regex);
    if (status != TY_OK)
        ty_error_locate(reader->xml.error, reader->path, xml_line(&reader->xml), 0);
    return status;
}

/* A rule with nothing on either side would cut everywhere: it is left out, with a warning. */
static void end_rule(struct srx_reader *reader)
{
    if (reader->before.size == 0 && reader->after.size == 0) {
        ty_warn(reader->listener, reader->path, xml_line(&reader->xml), 0, "srx-rule-empty",
                "a rule without an expression is left out");
        return;
    }
    if (reader->before.failed || reader->after.failed || reader->list.failed) {
        keep(reader, ty_error_nomem(reader->xml.error));
        return;
    }
    if (++reader->rules > MOST_RULES) {
        ty_xml_fail(&reader->xml, TY_ERR_LIMIT, "more than %d rules", MOST_RULES);
        return;
    }
    reader->srx->line = xml_line(&reader->xml);
    ty_status status = check_expression(reader, &reader->before);
    if (status == TY_OK)
        status = check_expression(reader, &reader->after);
    keep(reader, status);
    if (status != TY_OK)
        return;
    keep(reader, ty_srx_add_rule(reader->srx, ty_buffer_slice(&reader->list), reader->breaks,
                                 ty_buffer_slice(&reader->before), ty_buffer_slice(&reader->after),
                                 reader->xml.error));
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct srx_reader *reader = context;
    reader->text = NULL;
    if (strcmp((const char *)name, "rule") == 0)
        end_rule(reader);
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct srx_reader *reader = context;
    if (!reader->text)
        return;
    ty_buffer_add(reader->text, (ty_slice){(const char *)text, (size_t)size});
    if (reader->text->size > 1 << 20)
        ty_xml_fail(&reader->xml, TY_ERR_LIMIT, "an expression longer than any honest one");
}

static bool has_rules(const ty_srx *srx, ty_slice name)
{
    for (size_t i = 0; i < srx->lists.count; i++)
        if (ty_slice_equal(srx->lists.items[i].name, name))
            return true;
    return false;
}

/* A map to rules that are not there cuts nothing, which nobody means. */
static void warn_of_missing(const struct srx_reader *reader)
{
    for (size_t i = 0; i < reader->srx->maps.count; i++) {
        const ty_srx_map *map = &reader->srx->maps.items[i];
        if (!has_rules(reader->srx, map->list))
            ty_warn(reader->listener, reader->path, map->line, 0, "srx-no-rules",
                    "a map names the rules \"%.*s\", of which the file has none", TY_SLICE_FORMAT(map->list));
    }
}

static ty_status parse(struct srx_reader *reader, struct input *input, ty_error *error)
{
    ty_status status = ty_xml_text_open(input, NULL, NULL, &reader->xml.text, error);
    if (status != TY_OK)
        return status;
    reader->xml.handlers.startElementNs = on_start;
    reader->xml.handlers.endElementNs = on_end;
    reader->xml.handlers.characters = on_text;
    reader->xml.handlers.cdataBlock = on_text;
    reader->xml.error = error;
    status = ty_xml_parse(&reader->xml);
    ty_xml_text_close(reader->xml.text);
    if (status == TY_OK)
        warn_of_missing(reader);
    if (status == TY_OK && reader->rules == 0)
        status = ty_error_set(error, TY_ERR_FORMAT, "there is no rule in this SRX file");
    return status;
}

ty_status ty_srx_read(const ty_source *source, const ty_listener *listener, ty_srx **out, ty_error *error)
{
    struct srx_reader reader = {
        .listener = listener, .path = source->path ? source->path : "", .srx = ty_srx_new()};
    struct input *input;
    *out = NULL;
    if (!reader.srx)
        return ty_error_nomem(error);
    reader.srx->name = ty_arena_copy(&reader.srx->arena, ty_slice_of(reader.path));
    ty_status status = ty_input_open(source, ".srx", &input, error);
    if (status == TY_OK) {
        status = parse(&reader, input, error);
        ty_input_close(input);
    }
    ty_buffer_release(&reader.list);
    ty_buffer_release(&reader.before);
    ty_buffer_release(&reader.after);
    if (status == TY_OK) {
        *out = reader.srx;
        return TY_OK;
    }
    ty_error_locate(error, reader.path, 0, 0);
    ty_srx_free(reader.srx);
    return status;
}

static int bid(const struct head *head)
{
    return ty_head_bid_root(head, "srx");
}

const struct format ty_srx_format = {
    .name = "srx", .label = N_("an SRX file"), .endings = ".srx", .gives = TY_GIVES_RULES, .bid = bid};
