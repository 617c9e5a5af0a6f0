/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about inline codes: pairs by i within a segment, partners by x across the languages of a unit. */
#include "formats/tmx/reader.h"

static void remember(struct tmx_reader *reader, enum tmx_element element, ty_slice value, size_t line, bool x)
{
    struct codes *codes = &reader->codes;
    struct code code = {
        .element = element, .variant = codes->variant, .key = ty_hash(value, element), .line = line};
    if (element == EL_EPT && !x)
        code.key = ty_hash(value, EL_BPT); /* to be found by its partner's */
    if (!(x ? ty_vector_push(&codes->partners, code) : ty_vector_push(&codes->pairs, code)))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

static bool stands(const struct code *list, size_t count, enum tmx_element element, uint64_t key)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].element == element && list[i].key == key)
            return true;
    return false;
}

#define SHORT(slice) (int)((slice).size < 60 ? (slice).size : 60), (slice).data

static void check_pair(struct tmx_reader *reader, enum tmx_element element, ty_slice i, size_t line)
{
    struct codes *codes = &reader->codes;
    const char *name = ty_tmx_element_names[element];
    uint64_t key = ty_hash(i, EL_BPT);
    if (stands(codes->pairs.items, codes->pairs.count, element, key))
        ty_tmx_say(&reader->report, RULE_I_DUPLICATE, line, reader->unit_number,
                   "two <%s i=\"%.*s\"> in one segment", name, SHORT(i));
    if (element == EL_EPT && !stands(codes->pairs.items, codes->pairs.count, EL_BPT, key))
        ty_tmx_say(&reader->report, RULE_EPT_BEFORE_BPT, line, reader->unit_number,
                   "<ept i=\"%.*s\"> has no <bpt> before it", SHORT(i));
    remember(reader, element, i, line, false);
}

static void check_partner(struct tmx_reader *reader, enum tmx_element element, ty_slice x, size_t line)
{
    struct codes *codes = &reader->codes;
    size_t first = codes->variant_start, count = codes->partners.count - first;
    if (count && stands(codes->partners.items + first, count, element, ty_hash(x, element)))
        ty_tmx_say(&reader->report, RULE_X_DUPLICATE, line, reader->unit_number,
                   "x=\"%.*s\" twice among <%s>", SHORT(x), ty_tmx_element_names[element]);
    remember(reader, element, x, line, true);
}

static ty_slice value_of(const char *name, int count, const xmlChar **attributes)
{
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        if (!attribute.prefix && strcmp(attribute.name, name) == 0)
            return attribute.value;
    }
    return (ty_slice){NULL, 0};
}

void ty_tmx_codes_begin_segment(struct tmx_reader *reader)
{
    ty_vector_clear(&reader->codes.pairs);
    reader->codes.variant_start = reader->codes.partners.count;
}

void ty_tmx_codes_start(struct tmx_reader *reader, enum tmx_element element, int count,
                        const xmlChar **attributes)
{
    size_t line = xml_line(&reader->xml), unit = reader->unit_number;
    if (element == EL_UT)
        ty_tmx_say(&reader->report, RULE_UT_DEPRECATED, line, unit, "<ut> is deprecated");
    ty_slice i = value_of("i", count, attributes), x = value_of("x", count, attributes);
    if (element == EL_BPT || element == EL_EPT) {
        if (!i.data)
            ty_tmx_say(&reader->report, RULE_I_MISSING, line, unit, "<%s> has no i",
                       ty_tmx_element_names[element]);
        else
            check_pair(reader, element, i, line);
    }
    if (element == EL_IT && !value_of("pos", count, attributes).data)
        ty_tmx_say(&reader->report, RULE_IT_POS, line, unit, "<it> has no pos");
    if (x.data)
        check_partner(reader, element, x, line);
}

void ty_tmx_codes_end_segment(struct tmx_reader *reader)
{
    const struct codes *codes = &reader->codes;
    for (size_t i = 0; i < codes->pairs.count; i++) {
        const struct code *code = &codes->pairs.items[i];
        if (code->element == EL_BPT && !stands(codes->pairs.items, codes->pairs.count, EL_EPT, code->key))
            ty_tmx_say(&reader->report, RULE_BPT_UNCLOSED, code->line, reader->unit_number,
                       "a <bpt> has no <ept> in its segment");
    }
    reader->codes.variant++;
}

static size_t count_of(const struct codes *codes, unsigned variant)
{
    size_t count = 0;
    for (size_t i = 0; i < codes->partners.count; i++)
        count += codes->partners.items[i].variant == variant;
    return count;
}

/* What is in another language must be in the first; a translation may leave codes out. */
void ty_tmx_codes_end_unit(struct tmx_reader *reader)
{
    struct codes *codes = &reader->codes;
    size_t base = codes->partners.count ? count_of(codes, 0) : 0;
    for (size_t i = base; i < codes->partners.count; i++) {
        const struct code *code = &codes->partners.items[i];
        if (stands(codes->partners.items, base, code->element, code->key))
            continue;
        ty_tmx_say(&reader->report, RULE_X_UNMATCHED, code->line, reader->unit_number,
                   "the x of a <%s> has no partner in the first language",
                   ty_tmx_element_names[code->element]);
        break;
    }
    ty_vector_clear(&codes->partners);
    codes->variant = 0;
    codes->variant_start = 0;
}
