/* SPDX-License-Identifier: Apache-2.0 */
/* Relationships of OPC (ECMA-376 part 2, 6.5), and references from part to part. */
#include <stdlib.h>

#include "formats/package.h"

/* ------------------------------------------------------------------------------------------ references */

static ty_slice folder_of(ty_slice part)
{
    size_t end = part.size;
    while (end > 0 && part.data[end - 1] != '/')
        end--;
    return ty_slice_sub(part, 0, end);
}

static int hex(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = digit ? strchr(digits, digit | 0x20) : NULL;
    return at ? (int)(at - digits) : -1;
}

static void add_unescaped(ty_slice text, ty_buffer *out)
{
    for (size_t i = 0; i < text.size; i++) {
        int high = text.data[i] == '%' && i + 2 < text.size ? hex(text.data[i + 1]) : -1;
        int low = high >= 0 ? hex(text.data[i + 2]) : -1;
        ty_buffer_add_char(out, low >= 0 ? (char)(high << 4 | low) : text.data[i]);
        i += low >= 0 ? 2 : 0;
    }
}

/* Drops the last folder of what stands from `begin` on. */
static void step_up(ty_buffer *out, size_t begin)
{
    ty_slice name = ty_slice_sub(ty_buffer_slice(out), begin, out->size);
    out->size = begin + folder_of(ty_slice_sub(name, 0, name.size ? name.size - 1 : 0)).size;
}

void ty_package_resolve(ty_slice part, ty_slice target, ty_buffer *out)
{
    size_t begin = out->size, hash = ty_slice_find(target, TY_SLICE("#"), 0);
    target = ty_slice_sub(target, 0, hash);
    if (ty_slice_starts(target, TY_SLICE("/")))
        target = ty_slice_sub(target, 1, target.size);
    else
        ty_buffer_add(out, folder_of(part));
    for (ty_slice step; ty_slice_next(&target, '/', &step);) {
        if (ty_slice_equal(step, TY_SLICE("..")))
            step_up(out, begin);
        else if (!ty_slice_equal(step, TY_SLICE("."))) {
            add_unescaped(step, out);
            if (target.data)
                ty_buffer_add_char(out, '/');
        }
    }
}

/* ------------------------------------------------------------------------------------------ links */

struct reader {
    struct xml_parser xml;
    ty_slice part;
    struct package_links *links;
};

static ty_slice last_word(ty_slice type)
{
    return ty_slice_sub(type, folder_of(type).size, type.size);
}

static ty_slice target_name(struct reader *reader, ty_slice target)
{
    ty_buffer name = {0};
    ty_package_resolve(reader->part, target, &name);
    ty_slice kept = ty_arena_copy(&reader->links->arena, ty_buffer_slice(&name));
    ty_buffer_release(&name);
    return kept;
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct reader *reader = context;
    if (strcmp((const char *)name, "Relationship") != 0)
        return;
    xml_mend_attributes(count, attributes);
    ty_slice mode = ty_xml_attribute_value(count, attributes, "TargetMode"),
             target = ty_xml_attribute_value(count, attributes, "Target");
    struct package_link link = {.outside = ty_slice_equal_nocase(mode, TY_SLICE("External"))};
    ty_arena *arena = &reader->links->arena;
    link.id = ty_arena_copy(arena, ty_xml_attribute_value(count, attributes, "Id"));
    link.type = ty_arena_copy(arena, last_word(ty_xml_attribute_value(count, attributes, "Type")));
    link.target = link.outside ? ty_arena_copy(arena, target) : target_name(reader, target);
    if (arena->failed || !ty_vector_push(reader->links, link))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

/* "word/document.xml" has its links in "word/_rels/document.xml.rels", the package in "_rels/.rels". */
static void add_links_name(ty_slice part, ty_buffer *out)
{
    ty_slice folder = folder_of(part);
    ty_buffer_add(out, folder);
    ty_buffer_add_string(out, "_rels/");
    ty_buffer_add(out, ty_slice_sub(part, folder.size, part.size));
    ty_buffer_add_string(out, ".rels");
}

ty_status ty_package_links(struct package *package, ty_slice part, struct package_links *out, ty_error *error)
{
    *out = (struct package_links){0};
    ty_buffer name = {0};
    add_links_name(part, &name);
    ty_status status = name.failed ? ty_error_nomem(error) : TY_OK;
    if (status == TY_OK && ty_package_has(package, ty_buffer_slice(&name))) {
        struct reader reader = {.xml = {.error = error}, .part = part, .links = out};
        reader.xml.handlers.startElementNs = on_start;
        status = ty_package_parse(package, ty_buffer_slice(&name), &reader.xml);
    }
    ty_buffer_release(&name);
    return status;
}

void ty_package_links_release(struct package_links *links)
{
    ty_vector_release(links);
    ty_arena_release(&links->arena);
}

ty_slice ty_package_link_by_id(const struct package_links *links, ty_slice id)
{
    for (size_t i = 0; i < links->count; i++)
        if (ty_slice_equal(links->items[i].id, id))
            return links->items[i].target;
    return (ty_slice){"", 0};
}

ty_slice ty_package_link_of_type(const struct package_links *links, const char *type)
{
    for (size_t i = 0; i < links->count; i++)
        if (ty_slice_equal_nocase(links->items[i].type, ty_slice_of(type)))
            return links->items[i].target;
    return (ty_slice){"", 0};
}
