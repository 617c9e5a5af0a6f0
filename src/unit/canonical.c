/* SPDX-License-Identifier: Apache-2.0 */
/*
 * canonical - a unit as bytes that compare. Every string goes with its length and every list with its count,
 * so that no two different units give the same bytes.
 */
#include <stdlib.h>

#include "unit/unit.h"

static void add_count(char kind, size_t count, ty_buffer *out)
{
    unsigned char bytes[9] = {(unsigned char)kind};
    for (int i = 0; i < 8; i++)
        bytes[1 + i] = (unsigned char)((uint64_t)count >> (8 * i));
    ty_buffer_add(out, (ty_slice){(const char *)bytes, sizeof bytes});
}

static void add_text(ty_slice text, ty_buffer *out)
{
    add_count('s', text.size, out);
    ty_buffer_add(out, text);
}

static int compare_attributes(const void *a, const void *b)
{
    const ty_attribute *one = a, *other = b;
    int order = ty_slice_compare(one->name, other->name);
    return order ? order : ty_slice_compare(one->value, other->value);
}

static void add_attributes(ty_attributes attributes, ty_buffer *out)
{
    add_count('a', attributes.count, out);
    if (attributes.count == 0)
        return;
    ty_attribute few[16], *sorted = few;
    if (attributes.count > sizeof few / sizeof *few) {
        sorted = malloc(attributes.count * sizeof *sorted);
        if (!sorted) {
            out->failed = true;
            return;
        }
    }
    memcpy(sorted, attributes.items, attributes.count * sizeof *sorted);
    qsort(sorted, attributes.count, sizeof *sorted, compare_attributes);
    for (size_t i = 0; i < attributes.count; i++) {
        add_text(sorted[i].name, out);
        add_text(sorted[i].value, out);
    }
    if (sorted != few)
        free(sorted);
}

static void add_infos(ty_infos infos, ty_buffer *out)
{
    add_count('i', infos.count, out);
    for (size_t i = 0; i < infos.count; i++) {
        add_count('k', infos.items[i].kind, out);
        add_attributes(infos.items[i].attributes, out);
        add_text(infos.items[i].text, out);
    }
}

static void add_variant(const ty_variant *variant, ty_buffer *scratch, ty_buffer *out)
{
    add_text(variant->lang, out);
    add_attributes(variant->attributes, out);
    add_infos(variant->infos, out);
    add_text(ty_variant_content(variant, scratch), out);
}

void ty_unit_canonical(const ty_unit *unit, ty_buffer *out)
{
    ty_buffer scratch = {0};
    add_attributes(unit->attributes, out);
    add_infos(unit->infos, out);
    add_count('v', unit->variant_count, out);
    for (size_t i = 0; i < unit->variant_count; i++)
        add_variant(&unit->variants[i], &scratch, out);
    if (scratch.failed)
        out->failed = true;
    ty_buffer_release(&scratch);
}
