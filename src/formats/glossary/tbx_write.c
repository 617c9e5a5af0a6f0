/* SPDX-License-Identifier: Apache-2.0 */
/* TBX out: version 3, TBX-Basic in DCA style, or version 2 (martif) for older tools. */
#include <stdio.h>

#include "formats/glossary/ids.h"
#include "formats/glossary/tbx.h"
#include "formats/glossary/write.h"

#define ADD(literal) ty_buffer_add(&writer->text, TY_SLICE(literal))

static bool is(ty_slice a, const char *b)
{
    return ty_slice_equal(a, ty_slice_of(b));
}

static const char *name_of(const ty_glossary_writer *writer, const char *v3, const char *v2)
{
    return writer->options.tbx_v2 ? v2 : v3;
}

static void add_attribute(ty_glossary_writer *writer, const char *name, ty_slice value)
{
    ty_buffer_add_format(&writer->text, " %s=\"", name);
    ty_xml_add_text(&writer->text, value, true);
    ADD("\"");
}

static void add_element(ty_glossary_writer *writer, const char *element, const char *type, ty_slice text)
{
    if (!text.size)
        return;
    ty_buffer_add_format(&writer->text, "<%s", element);
    if (type)
        add_attribute(writer, "type", ty_slice_of(type));
    ADD(">");
    ty_xml_add_text(&writer->text, text, false);
    ty_buffer_add_format(&writer->text, "</%s>\n", element);
}

/* ------------------------------------------------------------------------------------------ header */

static bool is_technical(ty_slice type)
{
    return is(type, "XCSURI") || is(type, "DCSName") || is(type, "title");
}

static void add_source_description(ty_glossary_writer *writer)
{
    bool any = false;
    ADD("<sourceDesc>\n");
    for (size_t i = 0; i < writer->glossary.infos.count; i++) {
        const ty_info *info = &writer->glossary.infos.items[i];
        ty_slice type = ty_attribute_find(info->attributes, "type");
        if (is_technical(type))
            continue;
        ADD("<p>");
        if (!is(type, "sourceDesc") && type.size) {
            ty_xml_add_text(&writer->text, type, false);
            if (info->text.size)
                ADD(": ");
        }
        ty_xml_add_text(&writer->text, info->text, false);
        ADD("</p>\n");
        any = true;
    }
    if (!any)
        ADD("<p>Exported by Taiyaku</p>\n");
    ADD("</sourceDesc>\n");
}

static void add_title(ty_glossary_writer *writer)
{
    for (size_t i = 0; i < writer->glossary.infos.count; i++) {
        const ty_info *info = &writer->glossary.infos.items[i];
        if (!is(ty_attribute_find(info->attributes, "type"), "title"))
            continue;
        ADD("<titleStmt>\n");
        add_element(writer, "title", NULL, info->text);
        ADD("</titleStmt>\n");
        return;
    }
}

void ty_tbx_begin(ty_glossary_writer *writer)
{
    bool valid = ty_lang_is_valid(writer->source_lang) &&
                 !memchr(writer->source_lang.data, '_', writer->source_lang.size);
    ty_slice lang = valid ? writer->source_lang : TY_SLICE("en");
    const char *header = name_of(writer, "tbxHeader", "martifHeader");
    ADD("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    ty_buffer_add_string(&writer->text,
                         name_of(writer, "<tbx type=\"TBX-Basic\" style=\"dca\"", "<martif type=\"TBX\""));
    add_attribute(writer, "xml:lang", lang);
    ty_buffer_add_string(&writer->text, name_of(writer, " xmlns=\"urn:iso:std:iso:30042:ed-2\">\n", ">\n"));
    ty_buffer_add_format(&writer->text, "<%s>\n<fileDesc>\n", header);
    add_title(writer);
    add_source_description(writer);
    ADD("</fileDesc>\n<encodingDesc>\n");
    add_element(writer, "p", "XCSURI", TY_SLICE("TBXXCSV02.xcs"));
    ty_buffer_add_format(&writer->text, "</encodingDesc>\n</%s>\n<text>\n<body>\n", header);
}

void ty_tbx_end(ty_glossary_writer *writer)
{
    ADD("</body>\n</text>\n");
    ty_buffer_add_string(&writer->text, name_of(writer, "</tbx>\n", "</martif>\n"));
}

/* ------------------------------------------------------------------------------------------ data */

static bool is_language_level(const ty_info *info)
{
    return is(ty_attribute_find(info->attributes, "level"), "language");
}

/* That of a table has no element. */
static bool is_term_id(const ty_info *info)
{
    ty_slice element = ty_attribute_find(info->attributes, "element");
    return is(element, "term") || (!element.size && is(ty_attribute_find(info->attributes, "type"), "id"));
}

static ty_slice element_of(const ty_info *info)
{
    ty_slice element = ty_attribute_find(info->attributes, "element");
    if (ty_tbx_is_datum(element))
        return element;
    if (info->kind == TY_INFO_NOTE)
        return TY_SLICE("note");
    const char *known = ty_tbx_element_of(ty_attribute_find(info->attributes, "type"));
    return known ? ty_slice_of(known) : TY_SLICE("admin");
}

static bool is_ours(ty_slice name)
{
    return is(name, "element") || is(name, "group") || is(name, "level") || is(name, "lang");
}

static void add_info(ty_glossary_writer *writer, const ty_info *info)
{
    ty_slice element = element_of(info);
    ty_buffer_add_format(&writer->text, "<%.*s", TY_SLICE_FORMAT(element));
    for (size_t i = 0; i < info->attributes.count; i++) {
        char name[80];
        if (is_ours(info->attributes.items[i].name))
            continue;
        snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(info->attributes.items[i].name));
        add_attribute(writer, name, info->attributes.items[i].value);
    }
    ADD(">");
    ty_xml_add_text(&writer->text, info->text, false);
    ty_buffer_add_format(&writer->text, "</%.*s>\n", TY_SLICE_FORMAT(element));
}

/* "descripGrp" of "descripGrp 3". A tig of version 2 has no termNoteGrp. */
static ty_slice group_of(const ty_glossary_writer *writer, const ty_info *info)
{
    ty_slice group = ty_attribute_find(info->attributes, "group");
    group = ty_slice_sub(group, 0, ty_slice_find(group, TY_SLICE(" "), 0));
    bool flat = !ty_tbx_is_group(group) || (writer->options.tbx_v2 && is(group, "termNoteGrp"));
    return flat ? (ty_slice){"", 0} : group;
}

static bool same_group(const ty_info *a, const ty_info *b)
{
    return ty_slice_equal(ty_attribute_find(a->attributes, "group"),
                          ty_attribute_find(b->attributes, "group"));
}

/* Those for which `wanted` holds; data of one group stand together in it. */
static void add_infos(ty_glossary_writer *writer, ty_infos infos, bool (*wanted)(const ty_info *))
{
    const ty_info *last = NULL;
    ty_slice open = {"", 0};
    for (size_t i = 0; i <= infos.count; i++) {
        const ty_info *info = i < infos.count ? &infos.items[i] : NULL;
        if (info && (!wanted(info) || is_term_id(info)))
            continue;
        if (open.size && (!info || !same_group(info, last))) {
            ty_buffer_add_format(&writer->text, "</%.*s>\n", TY_SLICE_FORMAT(open));
            open = (ty_slice){"", 0};
        }
        if (!info)
            return;
        if (!open.size && (open = group_of(writer, info)).size)
            ty_buffer_add_format(&writer->text, "<%.*s>\n", TY_SLICE_FORMAT(open));
        add_info(writer, info);
        last = info;
    }
}

/* Is the value in a property as well? Then it stands there, with its group and attributes. */
static bool says(ty_infos infos, const char *type, const char *element, ty_slice text)
{
    for (size_t i = 0; i < infos.count; i++) {
        ty_slice found = ty_attribute_find(infos.items[i].attributes, "type");
        bool same = type ? is(found, type) : is(element_of(&infos.items[i]), element);
        if (same && ty_slice_equal(infos.items[i].text, text))
            return true;
    }
    return false;
}

static void add_field(ty_glossary_writer *writer, ty_infos infos, const char *element, const char *type,
                      ty_slice text)
{
    if (!says(infos, type, element, text))
        add_element(writer, element, type, text);
}

/* ------------------------------------------------------------------------------------------ terms */

static bool is_term_note(const ty_info *info)
{
    ty_slice element = element_of(info);
    return !is_language_level(info) && is(element, "termNote");
}

static bool is_other_term_datum(const ty_info *info)
{
    return !is_language_level(info) && !is_term_note(info);
}

/*
 * The picklist of TBX-Basic has rank and status in one: the first approved term of a language is preferred,
 * other approved ones are admitted. What it has no word for stands in a note beside it (tbx.h).
 */
static const char *status_value(ty_term_status status, bool first)
{
    switch (status) {
    case TY_TERM_APPROVED: return first ? "preferredTerm-admn-sts" : "admittedTerm-admn-sts";
    case TY_TERM_PROVISIONAL: return "admittedTerm-admn-sts";
    case TY_TERM_NON_STANDARD: return "supersededTerm-admn-sts";
    case TY_TERM_FORBIDDEN: return "deprecatedTerm-admn-sts";
    default: return "";
    }
}

static bool is_picklist_value(ty_slice value)
{
    return is(value, "preferredTerm-admn-sts") || is(value, "admittedTerm-admn-sts") ||
           is(value, "deprecatedTerm-admn-sts") || is(value, "supersededTerm-admn-sts");
}

static const ty_info *status_info(ty_infos infos)
{
    for (size_t i = 0; i < infos.count; i++)
        if (is(ty_attribute_find(infos.items[i].attributes, "type"), "administrativeStatus"))
            return &infos.items[i];
    return NULL;
}

static bool has_status(ty_infos infos, ty_term_status status)
{
    for (size_t i = 0; i < infos.count; i++) {
        ty_slice type = ty_attribute_find(infos.items[i].attributes, "type");
        bool about = is(type, "normativeAuthorization") || is(type, "usageStatus") ||
                     (is(type, "administrativeStatus") && is_picklist_value(infos.items[i].text));
        if (about && ty_term_status_of(infos.items[i].text) == status)
            return true;
    }
    return false;
}

/* Not the first of its language that is approved? */
static bool is_first_approved(const ty_concept *concept, const ty_term *term)
{
    for (const ty_term *other = concept->terms; other < term; other++)
        if (other->status == TY_TERM_APPROVED && ty_slice_equal(other->lang, term->lang))
            return false;
    return term->status == TY_TERM_APPROVED;
}

static void add_remark(ty_glossary_writer *writer, const char *what, ty_slice value)
{
    ADD("<note>" TBX_REMARK);
    ty_buffer_add_format(&writer->text, "%s=", what);
    ty_xml_add_text(&writer->text, value, false);
    ADD("</note>\n");
}

/* Notes that say what the dialect cannot; `value` is what it says instead. */
static void add_status_remarks(ty_glossary_writer *writer, const ty_term *term, const char *value)
{
    const ty_info *info = status_info(term->infos);
    if (value[0] && ty_term_status_of(ty_slice_of(value)) != term->status)
        add_remark(writer, "status", ty_slice_of(ty_term_status_name(term->status)));
    if (info && !is_picklist_value(info->text))
        add_remark(writer, "administrativeStatus", info->text);
}

static bool is_term_note_but_status(const ty_info *info)
{
    bool status = is(ty_attribute_find(info->attributes, "type"), "administrativeStatus");
    return is_term_note(info) && !(status && !is_picklist_value(info->text));
}

static void add_term_id(ty_glossary_writer *writer, const ty_term *term)
{
    for (size_t i = 0; i < term->infos.count; i++) {
        if (!is_term_id(&term->infos.items[i]))
            continue;
        ty_buffer id = {0};
        ty_glossary_id_write(term->infos.items[i].text, 0, &id);
        add_attribute(writer, "id",
                      ty_glossary_id_unique(ty_buffer_slice(&id), &writer->term_ids, &writer->arena));
        ty_buffer_release(&id);
        return;
    }
}

/* Term, notes on the term, then everything else: the order that version 2 wants. */
static void add_term(ty_glossary_writer *writer, const ty_concept *concept, const ty_term *term)
{
    const char *holder = name_of(writer, "termSec", "tig");
    bool said = has_status(term->infos, term->status);
    const char *value = said ? "" : status_value(term->status, is_first_approved(concept, term));
    ty_buffer_add_format(&writer->text, "<%s>\n<term", holder);
    add_term_id(writer, term);
    ADD(">");
    ty_xml_add_text(&writer->text, term->text, false);
    ADD("</term>\n");
    add_field(writer, term->infos, "termNote", "partOfSpeech", term->part_of_speech);
    add_element(writer, "termNote", "administrativeStatus", ty_slice_of(value));
    add_infos(writer, term->infos, is_term_note_but_status);
    add_field(writer, term->infos, "admin", "customerSubset", term->organisation);
    add_field(writer, term->infos, "admin", "source", term->source);
    add_field(writer, term->infos, "note", NULL, term->note);
    add_infos(writer, term->infos, is_other_term_datum);
    add_status_remarks(writer, term, value);
    ty_buffer_add_format(&writer->text, "</%s>\n", holder);
}

static bool has_language_data(const ty_term *term)
{
    for (size_t i = 0; i < term->infos.count; i++)
        if (is_language_level(&term->infos.items[i]))
            return true;
    return false;
}

/*
 * A section begins with the first term of a language, and with each that brings data of its language along:
 * a language may have had more than one section.
 */
static bool begins_section(const ty_concept *concept, size_t term)
{
    if (has_language_data(&concept->terms[term]))
        return true;
    for (size_t i = 0; i < term; i++)
        if (ty_slice_equal(concept->terms[i].lang, concept->terms[term].lang))
            return false;
    return true;
}

static void add_language(ty_glossary_writer *writer, const ty_concept *concept, size_t first)
{
    const char *section = name_of(writer, "langSec", "langSet");
    ty_slice lang = concept->terms[first].lang;
    ty_buffer_add_format(&writer->text, "<%s", section);
    add_attribute(writer, "xml:lang", lang);
    ADD(">\n");
    add_infos(writer, concept->terms[first].infos, is_language_level);
    for (size_t i = first; i < concept->term_count; i++) {
        if (!ty_slice_equal(concept->terms[i].lang, lang))
            continue;
        if (i > first && begins_section(concept, i))
            break;
        add_term(writer, concept, &concept->terms[i]);
    }
    ty_buffer_add_format(&writer->text, "</%s>\n", section);
}

/* ------------------------------------------------------------------------------------------ concept */

static bool is_concept_level(const ty_info *info)
{
    return !is_language_level(info);
}

static void add_id(ty_glossary_writer *writer, ty_slice id)
{
    ty_buffer name = {0};
    ty_glossary_id_write(id, writer->concepts, &name);
    add_attribute(writer, "id",
                  ty_glossary_id_unique(ty_buffer_slice(&name), &writer->term_ids, &writer->arena));
    ty_buffer_release(&name);
}

/* A definition beside the terms of a language is that of the concept: it is written there. */
static bool defined_in_language(const ty_concept *concept)
{
    for (size_t i = 0; i < concept->term_count; i++)
        if (says(concept->terms[i].infos, "definition", "descrip", concept->definition))
            return true;
    return false;
}

static bool is_source_of_definition(const ty_concept *concept)
{
    for (size_t i = 0; i < concept->term_count; i++)
        if (says(concept->terms[i].infos, "source", "admin", concept->source))
            return true;
    return false;
}

/* Data of a language that has no terms. */
static void add_bare_languages(ty_glossary_writer *writer, const ty_concept *concept)
{
    for (size_t i = 0; i < concept->infos.count; i++) {
        const ty_info *info = &concept->infos.items[i];
        if (!is_language_level(info))
            continue;
        const char *section = name_of(writer, "langSec", "langSet");
        ty_buffer_add_format(&writer->text, "<%s", section);
        add_attribute(writer, "xml:lang", ty_attribute_find(info->attributes, "lang"));
        ADD(">\n");
        add_info(writer, info);
        ty_buffer_add_format(&writer->text, "</%s>\n", section);
    }
}

void ty_tbx_concept(ty_glossary_writer *writer, const ty_concept *concept)
{
    const char *entry = name_of(writer, "conceptEntry", "termEntry");
    ty_buffer_add_format(&writer->text, "<%s", entry);
    add_id(writer, concept->id);
    ADD(">\n");
    add_field(writer, concept->infos, "descrip", "subjectField", concept->subject);
    if (!defined_in_language(concept))
        add_field(writer, concept->infos, "descrip", "definition", concept->definition);
    if (!is_source_of_definition(concept))
        add_field(writer, concept->infos, "admin", "source", concept->source);
    add_field(writer, concept->infos, "note", NULL, concept->note);
    add_infos(writer, concept->infos, is_concept_level);
    for (size_t i = 0; i < concept->term_count; i++)
        if (begins_section(concept, i))
            add_language(writer, concept, i);
    add_bare_languages(writer, concept);
    ty_buffer_add_format(&writer->text, "</%s>\n", entry);
}
