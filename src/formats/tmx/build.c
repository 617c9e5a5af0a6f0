/* SPDX-License-Identifier: Apache-2.0 */
/* From elements to the model: header, units, variants, segments, notes and properties. */
#include "formats/tmx/reader.h"

enum { VARIANTS_LIMIT = 1 << 16, INFOS_LIMIT = 1 << 16 };

#define SAY(rule, ...)                                                                                       \
    ty_tmx_say(&reader->report, rule, xml_line(&reader->xml), reader->unit_number, __VA_ARGS__)
#define SHORT(slice) (int)((slice).size < 60 ? (slice).size : 60), (slice).data

/* ------------------------------------------------------------------------------------------ attributes */

static bool is_xml(const char *prefix)
{
    return prefix && strcmp(prefix, "xml") == 0;
}

/* Does a broken name ("seg:", which has no local part) look like one of ours for root and seg? */
static bool looks_marked(const struct xml_attribute *attribute)
{
    ty_slice name = ty_slice_of(attribute->name);
    return !attribute->prefix &&
           (ty_slice_starts(name, TY_SLICE("tmx:")) || ty_slice_starts(name, TY_SLICE("seg:")));
}

/* The name in the model and which of TMX's it is. */
static ty_slice name_of(struct tmx_reader *reader, struct xml_attribute attribute, const char *prefix,
                        enum tmx_attribute *id)
{
    const struct tmx_name *name = tmx_find_attribute(&reader->names, attribute.name);
    *id = !attribute.prefix ? (enum tmx_attribute)name->id : AT_OTHER;
    if (is_xml(attribute.prefix) && name->id == AT_LANG)
        *id = AT_XML_LANG;
    if (!attribute.prefix && name->other_case)
        SAY(RULE_ELEMENT_CASE, "the attribute %s is written %s", attribute.name, ty_tmx_attribute_names[*id]);
    if (!attribute.prefix && !prefix && !looks_marked(&attribute))
        return name->name;
    if (*id == AT_XML_LANG)
        return ty_slice_of(ty_tmx_attribute_names[AT_XML_LANG]);
    ty_buffer_clear(&reader->scratch);
    ty_buffer_add_string(&reader->scratch, prefix ? prefix : looks_marked(&attribute) ? "_" : "");
    if (is_xml(attribute.prefix))
        ty_buffer_add_string(&reader->scratch, "xml:");
    else if (attribute.prefix) /* one that is not declared stands for itself */
        ty_buffer_add_format(&reader->scratch, "{%s}", attribute.uri ? attribute.uri : attribute.prefix);
    ty_buffer_add_string(&reader->scratch, attribute.name);
    return pool_copy(&reader->pool, ty_buffer_slice(&reader->scratch));
}

static void check_attribute(struct tmx_reader *reader, enum tmx_element element, enum tmx_attribute id,
                            struct xml_attribute attribute)
{
    unsigned minor = reader->checker.minor;
    if (minor == 4 ? !(ty_tmx_dtd[element].attributes >> id & 1) : !ty_tmx_may_have(element, id, minor))
        SAY(RULE_UNKNOWN_ATTRIBUTE, "<%s> has the attribute %s, which TMX does not know there",
            ty_tmx_element_names[element], attribute.name);
    else if (TMX_JUDGED >> id & 1)
        ty_tmx_check_value(&reader->checker, element, id, attribute.value, xml_line(&reader->xml),
                           reader->unit_number);
}

void ty_tmx_check_attributes(struct tmx_reader *reader, enum tmx_element element, int count,
                             const xmlChar **attributes)
{
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        enum tmx_attribute id;
        name_of(reader, attribute, NULL, &id);
        check_attribute(reader, element, id, attribute);
    }
}

/* All attributes into the arena. `prefix` marks those of root and seg, which the model has no place for. */
static ty_attributes take_attributes(struct tmx_reader *reader, enum tmx_element element, const char *prefix,
                                     int count, const xmlChar **attributes)
{
    ty_attributes all = {0};
    reader->taken = 0;
    if (count <= 0)
        return all;
    all.items = ty_arena_array(&reader->arena, (size_t)count, sizeof *all.items);
    for (int i = 0; i < count && all.items; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        enum tmx_attribute id;
        ty_slice name = name_of(reader, attribute, prefix, &id);
        check_attribute(reader, element, id, attribute);
        reader->taken |= 1u << id;
        reader->places[id] = (uint32_t)all.count;
        all.items[all.count++] = (ty_attribute){name, pool_copy(&reader->pool, attribute.value)};
    }
    if (!all.items || reader->scratch.failed || reader->pool.failed)
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
    return all;
}

/* Of the attributes just taken. */
static bool has(const struct tmx_reader *reader, enum tmx_attribute id)
{
    return reader->taken >> id & 1;
}

static ty_slice taken(const struct tmx_reader *reader, ty_attributes all, enum tmx_attribute id)
{
    return has(reader, id) ? all.items[reader->places[id]].value : (ty_slice){NULL, 0};
}

static ty_attributes join(struct tmx_reader *reader, ty_attributes a, ty_attributes b)
{
    if (!a.count)
        return b;
    if (!b.count)
        return a;
    ty_attributes all = {ty_arena_array(&reader->arena, a.count + b.count, sizeof *all.items), 0};
    if (!all.items)
        return a;
    memcpy(all.items, a.items, a.count * sizeof *a.items);
    memcpy(all.items + a.count, b.items, b.count * sizeof *b.items);
    all.count = a.count + b.count;
    return all;
}

static void drop_attribute(ty_attributes *attributes, size_t at)
{
    memmove(attributes->items + at, attributes->items + at + 1,
            (--attributes->count - at) * sizeof *attributes->items);
}

static size_t index_of(ty_attributes attributes, const char *name)
{
    for (size_t i = 0; i < attributes.count; i++)
        if (ty_slice_equal(attributes.items[i].name, ty_slice_of(name)))
            return i;
    return SIZE_MAX;
}

/* ------------------------------------------------------------------------------------------ notes,
 * properties
 */

static const ty_info_kind info_kinds[EL_COUNT] = {
    [EL_NOTE] = TY_INFO_NOTE, [EL_PROP] = TY_INFO_PROP, [EL_UDE] = TY_INFO_UDE};

static void check_info(struct tmx_reader *reader, enum tmx_element element, ty_attributes attributes)
{
    if (element == EL_UDE) {
        if (!has(reader, AT_NAME))
            SAY(RULE_UDE_NAME, "<ude> has no name");
        return;
    }
    if (element == EL_PROP && !taken(reader, attributes, AT_TYPE).size)
        SAY(RULE_PROP_TYPE, "<prop> has no type");
    ty_slice lang = taken(reader, attributes, has(reader, AT_XML_LANG) ? AT_XML_LANG : AT_LANG);
    if (lang.data)
        ty_tmx_check_lang(&reader->checker, lang, "xml:lang", xml_line(&reader->xml), reader->unit_number);
}

void ty_tmx_build_info(struct tmx_reader *reader, enum tmx_element element, int count,
                       const xmlChar **attributes)
{
    ty_attributes all = take_attributes(reader, element, NULL, count, attributes);
    if (has(reader, AT_LANG) && !has(reader, AT_XML_LANG)) {
        all.items[reader->places[AT_LANG]].name = TY_SLICE("xml:lang");
        if (reader->checker.xml_lang_era)
            SAY(RULE_LANG_DEPRECATED, "lang is deprecated since TMX 1.3");
    }
    check_info(reader, element, all);
    reader->info = (ty_info){.kind = info_kinds[element], .attributes = all};
    ty_tmx_capture_begin(&reader->capture);
}

/* A note or property with elements inside: neither text nor tags may be lost, so the whole is kept as markup.
 */
static ty_slice whole_markup(struct tmx_reader *reader, enum tmx_element element, ty_slice content)
{
    ty_buffer *markup = &reader->scratch;
    ty_buffer_clear(markup);
    ty_buffer_add_format(markup, "<%s", ty_tmx_element_names[element]);
    for (size_t i = 0; i < reader->info.attributes.count; i++) {
        const ty_attribute *attribute = &reader->info.attributes.items[i];
        if (attribute->name.data[0] == '{')
            continue;
        ty_buffer_add_format(markup, " %.*s=\"", TY_SLICE_FORMAT(attribute->name));
        ty_buffer_add_xml_attribute(markup, attribute->value);
        ty_buffer_add_char(markup, '"');
    }
    ty_buffer_add_char(markup, '>');
    ty_buffer_add(markup, content);
    ty_buffer_add_format(markup, "</%s>", ty_tmx_element_names[element]);
    return pool_copy(&reader->pool, ty_buffer_slice(markup));
}

static info_list *current_infos(struct tmx_reader *reader, bool *late)
{
    struct unit_builder *builder = reader->builder;
    *late = false;
    if (!builder)
        return &reader->header_infos;
    bool in_variant = reader->stack[reader->depth - 1] == EL_TUV;
    *late = in_variant ? builder->seg_count > 0 : builder->variants.count > 0;
    return in_variant ? &builder->variant_infos : &builder->infos;
}

void ty_tmx_build_info_end(struct tmx_reader *reader, enum tmx_element element)
{
    ty_slice content = ty_tmx_capture_finish(&reader->capture);
    ty_info info = element == EL_UNKNOWN ? (ty_info){.kind = TY_INFO_OTHER} : reader->info;
    info.text = content;
    if (element == EL_UDE && !content.size)
        SAY(RULE_UDE_EMPTY, "<ude> has no map");
    if (element == EL_UDE && index_of(info.attributes, "base") == SIZE_MAX &&
        ty_slice_find(content, TY_SLICE(" code=\""), 0) != SIZE_MAX)
        SAY(RULE_UDE_BASE, "<ude> has no base, but a map with code");
    if ((element == EL_NOTE || element == EL_PROP) && reader->capture.has_markup)
        info = (ty_info){.kind = TY_INFO_OTHER, .text = whole_markup(reader, element, content)};
    bool late;
    info_list *infos = current_infos(reader, &late);
    if (late)
        SAY(RULE_ELEMENT_ORDER, "<%s> stands after the segment; it moves to the front",
            element == EL_UNKNOWN ? ty_words("an unknown element") : ty_tmx_element_names[element]);
    if (infos->count >= INFOS_LIMIT)
        ty_xml_fail(&reader->xml, TY_ERR_LIMIT, "more than %d notes and properties in one place",
                    INFOS_LIMIT);
    else if (!ty_vector_push(infos, info))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

static ty_infos take_infos(struct tmx_reader *reader, info_list *list)
{
    ty_infos infos = {0};
    if (!list->count)
        return infos;
    infos.items = ty_arena_array(&reader->arena, list->count, sizeof *infos.items);
    if (infos.items) {
        memcpy(infos.items, list->items, list->count * sizeof *infos.items);
        infos.count = list->count;
    }
    ty_vector_clear(list);
    return infos;
}

/* ------------------------------------------------------------------------------------------ root, header */

static void check_version(struct tmx_reader *reader, ty_slice version)
{
    static const char *const versions[] = {"1.0", "1.1", "1.2", "1.3", "1.4", "2.0"};
    size_t at = 0;
    while (at < 6 && !ty_slice_equal(version, ty_slice_of(versions[at])))
        at++;
    reader->checker.minor = at < 5 ? (unsigned)at : 4;
    reader->checker.xml_lang_era = (at >= 3 && at < 6) || ty_slice_starts(version, TY_SLICE("1.4"));
    if (!version.size)
        SAY(RULE_NO_VERSION, "<tmx> has no version");
    else if (at == 6)
        SAY(RULE_VERSION_UNKNOWN, "version=\"%.*s\" is none of TMX", SHORT(version));
    if (version.size && at >= 5)
        SAY(RULE_VERSION_FIXED, "the DTD has \"1.4\" and no other version; this is \"%.*s\"", SHORT(version));
}

void ty_tmx_build_root(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    ty_attributes all = take_attributes(reader, EL_TMX, "tmx:", count, attributes);
    size_t version = index_of(all, "tmx:version");
    reader->header.version = version == SIZE_MAX ? (ty_slice){"", 0} : all.items[version].value;
    if (version != SIZE_MAX)
        drop_attribute(&all, version);
    reader->root_attributes = all;
    check_version(reader, reader->header.version);
    ty_slice named = reader->header.version;
    if (reader->doctype_minor && !(named.size >= 3 && named.data[2] == reader->doctype_minor))
        SAY(RULE_DOCTYPE_VERSION, "the DOCTYPE names tmx1%c.dtd, version is \"%.*s\"", reader->doctype_minor,
            SHORT(named));
}

void ty_tmx_build_header(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    static const enum tmx_attribute required[] = {
        AT_CREATIONTOOL, AT_CREATIONTOOLVERSION, AT_SEGTYPE, AT_O_TMF, AT_ADMINLANG, AT_SRCLANG, AT_DATATYPE};
    ty_attributes all = take_attributes(reader, EL_HEADER, NULL, count, attributes);
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        if (index_of(all, ty_tmx_attribute_names[required[i]]) == SIZE_MAX)
            SAY(RULE_HEADER_ATTRIBUTE, "<header> lacks %s", ty_tmx_attribute_names[required[i]]);
    ty_tmx_check_dates(&reader->checker, all, xml_line(&reader->xml), 0);
    ty_buffer_add(&reader->srclang, ty_attribute_find(all, "srclang"));
    reader->header.attributes = join(reader, all, reader->root_attributes);
}

static void tell_header(struct tmx_reader *reader)
{
    reader->header_told = true;
    reader->header.infos = take_infos(reader, &reader->header_infos);
    if (!reader->sink->header)
        return;
    ty_status status = reader->sink->header(reader->sink->payload, &reader->header, reader->error);
    if (status != TY_OK)
        ty_xml_stop(&reader->xml, status);
}

void ty_tmx_build_header_end(struct tmx_reader *reader)
{
    tell_header(reader);
}

void ty_tmx_build_header_if_none(struct tmx_reader *reader)
{
    if (reader->header_told)
        return;
    SAY(RULE_NO_HEADER, "there is no <header> before the units");
    reader->header.attributes = reader->root_attributes;
    tell_header(reader);
}

/* ------------------------------------------------------------------------------------------ segment, variant
 */

static void push_variant(struct tmx_reader *reader, struct unit_builder *builder)
{
    builder->variant.infos = take_infos(reader, &builder->variant_infos);
    if (builder->variants.count >= VARIANTS_LIMIT)
        ty_xml_fail(&reader->xml, TY_ERR_LIMIT, "more than %d languages in one unit", VARIANTS_LIMIT);
    else if (!ty_vector_push(&builder->variants, builder->variant))
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

static void check_variant_lang(struct tmx_reader *reader, ty_slice lang, ty_slice old)
{
    if (!lang.data && !old.data) {
        SAY(RULE_TUV_LANG, "<tuv> has no xml:lang");
        return;
    }
    ty_tmx_check_lang(&reader->checker, lang.data ? lang : old, "xml:lang", xml_line(&reader->xml),
                      reader->unit_number);
    if (lang.data && !reader->checker.xml_lang_era && reader->header.version.size)
        SAY(RULE_XML_LANG_TOO_EARLY, "<tuv> has xml:lang, which came with TMX 1.3");
    if (!old.data || (!reader->checker.xml_lang_era && !lang.data))
        return;
    if (!lang.data)
        SAY(RULE_TUV_XML_LANG, "<tuv> has lang but not xml:lang, which is required since TMX 1.3");
    else if (!ty_tmx_lang_same(lang, old))
        SAY(RULE_LANG_CONFLICT, "lang=\"%.*s\" and xml:lang=\"%.*s\"", SHORT(old), SHORT(lang));
    else if (reader->checker.xml_lang_era)
        SAY(RULE_LANG_DEPRECATED_TOO, "lang is deprecated since TMX 1.3");
}

void ty_tmx_build_variant(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    struct unit_builder *builder = reader->builder;
    ty_attributes all = take_attributes(reader, EL_TUV, NULL, count, attributes);
    ty_slice lang = taken(reader, all, AT_XML_LANG), old_lang = taken(reader, all, AT_LANG);
    check_variant_lang(reader, lang, old_lang);
    if (lang.data || old_lang.data)
        drop_attribute(&all, reader->places[lang.data ? AT_XML_LANG : AT_LANG]);
    if (has(reader, AT_CREATIONDATE) && has(reader, AT_CHANGEDATE))
        ty_tmx_check_dates(&reader->checker, all, xml_line(&reader->xml), reader->unit_number);
    if (!lang.data)
        lang = old_lang.data ? old_lang : (ty_slice){"", 0};
    builder->variant = (ty_variant){.lang = lang, .attributes = all, .text = {"", 0}};
    builder->seg_count = 0;
    builder->variant_line = xml_line(&reader->xml);
}

void ty_tmx_build_variant_end(struct tmx_reader *reader)
{
    struct unit_builder *builder = reader->builder;
    if (builder->seg_count == 0)
        SAY(RULE_SEG_COUNT, "<tuv> has no <seg>; it becomes an empty one");
    push_variant(reader, builder);
}

void ty_tmx_build_segment(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    struct unit_builder *builder = reader->builder;
    if (builder->seg_count++) {
        SAY(RULE_SEG_COUNT, "a second <seg> in a <tuv>; it becomes a <tuv> of its own");
        push_variant(reader, builder);
        builder->variant = (ty_variant){.lang = builder->variant.lang, .text = {"", 0}};
    }
    if (count)
        builder->variant.attributes = join(reader, builder->variant.attributes,
                                           take_attributes(reader, EL_SEG, "seg:", count, attributes));
    ty_tmx_codes_begin_segment(reader);
    ty_tmx_capture_begin(&reader->capture);
}

void ty_tmx_build_segment_end(struct tmx_reader *reader)
{
    ty_variant *variant = &reader->builder->variant;
    ty_slice content = ty_tmx_capture_finish(&reader->capture);
    variant->text = content;
    if (reader->capture.has_markup) {
        variant->content = content;
        ty_buffer_clear(&reader->scratch);
        ty_inline_plain(content, &reader->scratch);
        variant->text = pool_copy(&reader->pool, ty_buffer_slice(&reader->scratch));
        ty_tmx_codes_end_segment(reader);
    } else
        reader->codes.variant++;
    if (!reader->capture.has_text)
        SAY(RULE_SEG_EMPTY, "the segment is empty");
    ty_tmx_check_text(&reader->checker, content, variant->text, xml_line(&reader->xml), reader->unit_number);
}

/* ------------------------------------------------------------------------------------------ unit */

bool ty_tmx_build_unit(struct tmx_reader *reader, int count, const xmlChar **attributes)
{
    if (reader->nesting == 0) {
        ty_tmx_build_header_if_none(reader);
        ty_tmx_pool_clear(&reader->pool);
        ty_arena_clear(&reader->arena);
    }
    reader->unit_number = ++reader->units_begun;
    if (reader->nesting == NESTED_UNITS)
        return false;
    if (reader->nesting)
        SAY(RULE_NESTED_TU, "a unit inside a unit; it becomes one of its own");
    struct unit_builder *builder = reader->builder = &reader->builders[reader->nesting++];
    builder->number = reader->unit_number;
    builder->seg_count = 0;
    ty_vector_clear(&builder->infos);
    ty_vector_clear(&builder->variant_infos);
    ty_vector_clear(&builder->variants);
    builder->unit = (ty_unit){.attributes = take_attributes(reader, EL_TU, NULL, count, attributes),
                              .line = xml_line(&reader->xml)};
    ty_attributes all = builder->unit.attributes;
    builder->tuid = has(reader, AT_TUID) ? ty_tmx_tuids_prepare(reader, taken(reader, all, AT_TUID)) : 0;
    builder->dated = has(reader, AT_CREATIONDATE) && has(reader, AT_CHANGEDATE);
    builder->own_srclang = has(reader, AT_SRCLANG);
    return true;
}

static void check_srclang(struct tmx_reader *reader, const struct unit_builder *builder)
{
    const ty_unit *unit = &builder->unit;
    ty_slice source =
        builder->own_srclang ? ty_attribute_find(unit->attributes, "srclang") : (ty_slice){"", 0};
    if (!source.size)
        source = ty_buffer_slice(&reader->srclang);
    if (!source.size || ty_slice_equal_nocase(source, TY_SLICE("*all*")))
        return;
    bool near = false;
    for (size_t i = 0; i < unit->variant_count; i++) {
        if (ty_tmx_lang_same(source, unit->variants[i].lang))
            return;
        near |= ty_tmx_lang_near(source, unit->variants[i].lang);
    }
    ty_tmx_say(&reader->report, near ? RULE_SRCLANG_NEAR : RULE_SRCLANG_ABSENT, unit->line,
               reader->unit_number, "no <tuv> is in the source language %.*s", SHORT(source));
}

enum { COMPARED = 512 }; /* languages looked at for one that comes twice; more is no honest unit */

static void check_unit(struct tmx_reader *reader, const struct unit_builder *builder)
{
    const ty_unit *unit = &builder->unit;
    if (builder->dated)
        ty_tmx_check_dates(&reader->checker, unit->attributes, unit->line, reader->unit_number);
    if (builder->tuid && ty_tmx_tuids_add(reader, builder->tuid))
        ty_tmx_say(&reader->report, RULE_TUID_DUPLICATE, unit->line, reader->unit_number,
                   "tuid=\"%.*s\" has been used before", SHORT(ty_attribute_find(unit->attributes, "tuid")));
    if (unit->variant_count == 1)
        ty_tmx_say(&reader->report, RULE_SINGLE_TUV, unit->line, reader->unit_number, "one language only");
    for (size_t i = 1; i < unit->variant_count; i++)
        for (size_t j = 0; j < i && j < COMPARED; j++)
            if (ty_tmx_lang_same(unit->variants[i].lang, unit->variants[j].lang)) {
                ty_tmx_say(&reader->report, RULE_TUV_LANG_DUPLICATE, unit->line, reader->unit_number,
                           "two <tuv> in %.*s", SHORT(unit->variants[i].lang));
                break;
            }
    check_srclang(reader, builder);
    if (reader->codes.partners.count)
        ty_tmx_codes_end_unit(reader);
    reader->codes.variant = 0;
}

static void deliver(struct tmx_reader *reader, const ty_unit *unit)
{
    if (reader->pool.failed || reader->arena.failed || reader->scratch.failed || reader->checker.no_memory) {
        ty_xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
        return;
    }
    reader->report.counts->read++;
    ty_status status = reader->sink->unit(reader->sink->payload, unit, reader->error);
    if (status != TY_OK)
        ty_xml_stop(&reader->xml, status);
}

void ty_tmx_build_unit_end(struct tmx_reader *reader)
{
    struct unit_builder *builder = reader->builder;
    ty_unit *unit = &builder->unit;
    unit->infos = take_infos(reader, &builder->infos);
    unit->variants = builder->variants.items;
    unit->variant_count = builder->variants.count;
    if (unit->variant_count == 0)
        ty_tmx_reject(&reader->report, RULE_NO_TUV, unit->line, reader->unit_number, "the unit has no <tuv>");
    else {
        check_unit(reader, builder);
        deliver(reader, unit);
    }
    reader->builder = --reader->nesting ? &reader->builders[reader->nesting - 1] : NULL;
    if (reader->builder)
        reader->unit_number = reader->builder->number;
}
