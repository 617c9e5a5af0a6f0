/* SPDX-License-Identifier: Apache-2.0 */
#include "formats/tmx/tmx.h"

void ty_tmx_capture_begin(struct capture *capture)
{
    pool_begin(capture->pool);
    ty_buffer_clear(&capture->markup);
    capture->has_markup = capture->has_text = capture->tag_open = false;
    capture->depth = capture->scope_count = 0;
}

/* The first tag: what was plain so far is escaped and moves over. */
static void begin_markup(struct capture *capture)
{
    if (capture->tag_open)
        ty_buffer_add_char(&capture->markup, '>');
    capture->tag_open = false;
    if (capture->has_markup)
        return;
    capture->has_markup = true;
    ty_buffer_add_xml(&capture->markup, pool_end(capture->pool));
    capture->pool->used = capture->pool->open;
}

void ty_tmx_capture_markup_text(struct capture *capture, const char *text, size_t size)
{
    if (size)
        begin_markup(capture);
    ty_buffer_add_xml(&capture->markup, (ty_slice){text, size});
}

/* ------------------------------------------------------------------------------------------ namespaces */

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* A prefix that the markup uses must be declared in the markup, wherever the file declared it. */
static void declare(struct capture *capture, const char *prefix, const char *uri)
{
    if (same(prefix, "xml"))
        return;
    if (prefix && !uri)
        uri = prefix; /* not declared in the file: stands for itself */
    const char *known = "", *wanted = uri ? uri : "";
    for (unsigned i = 0; i < capture->scope_count; i++)
        if (same(capture->scopes[i].prefix, prefix))
            known = capture->scopes[i].uri;
    if (same(known, wanted))
        return;
    ty_buffer_add_format(&capture->markup, prefix ? " xmlns:%s=\"" : " xmlns%s=\"", prefix ? prefix : "");
    ty_buffer_add_xml_attribute(&capture->markup, ty_slice_of(wanted));
    ty_buffer_add_char(&capture->markup, '"');
    if (capture->scope_count == sizeof capture->scopes / sizeof *capture->scopes)
        return;
    capture->scopes[capture->scope_count].prefix = prefix;
    capture->scopes[capture->scope_count].uri = wanted;
    capture->scopes[capture->scope_count++].depth = capture->depth;
}

static void add_name(ty_buffer *markup, const char *prefix, const char *name)
{
    if (prefix) {
        ty_buffer_add_string(markup, prefix);
        ty_buffer_add_char(markup, ':');
    }
    ty_buffer_add_string(markup, name);
}

/* ------------------------------------------------------------------------------------------ tags */

void ty_tmx_capture_start(struct capture *capture, enum tmx_element element, const char *name,
                          const char *prefix, const char *uri, int attribute_count,
                          const xmlChar **attributes)
{
    begin_markup(capture);
    if (capture->depth < sizeof capture->elements)
        capture->elements[capture->depth] = (uint8_t)element;
    capture->depth++;
    ty_buffer_add_char(&capture->markup, '<');
    add_name(&capture->markup, prefix, name);
    declare(capture, prefix, uri);
    for (int i = 0; i < attribute_count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        if (attribute.prefix)
            declare(capture, attribute.prefix, attribute.uri);
        ty_buffer_add_char(&capture->markup, ' ');
        add_name(&capture->markup, attribute.prefix, attribute.name);
        ty_buffer_add_string(&capture->markup, "=\"");
        ty_buffer_add_xml_attribute(&capture->markup, attribute.value);
        ty_buffer_add_char(&capture->markup, '"');
    }
    capture->tag_open = true;
}

void ty_tmx_capture_end(struct capture *capture, const char *name, const char *prefix)
{
    while (capture->scope_count && capture->scopes[capture->scope_count - 1].depth >= capture->depth)
        capture->scope_count--;
    capture->depth--;
    if (capture->tag_open) {
        ty_buffer_add_string(&capture->markup, "/>");
        capture->tag_open = false;
        return;
    }
    ty_buffer_add_string(&capture->markup, "</");
    add_name(&capture->markup, prefix, name);
    ty_buffer_add_char(&capture->markup, '>');
}

void ty_tmx_capture_comment(struct capture *capture, const char *text)
{
    begin_markup(capture);
    ty_buffer_add_string(&capture->markup, "<!--");
    ty_buffer_add_string(&capture->markup, text);
    ty_buffer_add_string(&capture->markup, "-->");
}

void ty_tmx_capture_instruction(struct capture *capture, const char *target, const char *data)
{
    begin_markup(capture);
    ty_buffer_add_string(&capture->markup, "<?");
    ty_buffer_add_string(&capture->markup, target);
    if (data && *data) {
        ty_buffer_add_char(&capture->markup, ' ');
        ty_buffer_add_string(&capture->markup, data);
    }
    ty_buffer_add_string(&capture->markup, "?>");
}

ty_slice ty_tmx_capture_finish(struct capture *capture)
{
    if (!capture->has_markup)
        return pool_end(capture->pool);
    if (capture->markup.failed)
        capture->pool->failed = true;
    return pool_copy(capture->pool, ty_buffer_slice(&capture->markup));
}
