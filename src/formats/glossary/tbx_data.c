/* SPDX-License-Identifier: Apache-2.0 */
/* Data of TBX: into the fields of the model, or into properties that know where they stood. */
#include <stdio.h>

#include "formats/glossary/tbx_reader.h"

/* Pretty-printed values: runs of white space are one blank. */
ty_slice ty_tbx_clean(ty_arena *arena, ty_slice text)
{
    ty_buffer out = {0};
    bool space = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            space = true;
            continue;
        }
        if (space && out.size)
            ty_buffer_add_char(&out, ' ');
        space = false;
        ty_buffer_add_char(&out, c);
    }
    ty_slice kept = ty_arena_copy(arena, ty_buffer_slice(&out));
    ty_buffer_release(&out);
    return kept;
}

ty_slice ty_tbx_keep(struct tbx_reader *tbx, ty_slice text)
{
    return ty_arena_copy(&tbx->arena, text);
}

static void add_attribute(struct tbx_reader *tbx, const char *name, ty_slice value)
{
    if (tbx->attribute_count < ATTRIBUTES)
        tbx->attributes[tbx->attribute_count++] = (ty_attribute){ty_tbx_keep(tbx, ty_slice_of(name)), value};
}

void ty_tbx_begin_datum(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes)
{
    ty_slice type = ty_xml_attribute_value(count, attributes, "type");
    const char *element = ty_tbx_element_of(name);
    bool own = ty_tbx_is_datum(name);
    if (!element)
        element = tbx->place == ROLE_HOLDER ? "termNote" : "descrip";
    tbx->element = own ? ty_tbx_keep(tbx, name) : ty_slice_of(element);
    tbx->category = own ? ty_tbx_keep(tbx, type) : ty_tbx_keep(tbx, name);
    if (tbx_is(tbx->category, "termStatus"))
        tbx->category = TY_SLICE("administrativeStatus");
    const char *category;
    if (tbx->multiterm && tbx_is(name, "descrip") && ty_multiterm_field(type, &category, &element)) {
        tbx->element = ty_slice_of(element);
        tbx->category = ty_slice_of(category);
    }
    tbx->attribute_count = 0;
    for (int i = 0; i < count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes, i);
        if (strcmp(attribute.name, "type") == 0)
            continue;
        char named[80];
        bool xml = attribute.prefix && strcmp(attribute.prefix, "xml") == 0;
        snprintf(named, sizeof named, "%s%.70s", xml ? "xml:" : "", attribute.name);
        add_attribute(tbx, named, ty_tbx_keep(tbx, attribute.value));
    }
}

/* The field of the model that the datum fills, or NULL. */
static ty_slice *field_of(struct tbx_reader *tbx)
{
    bool note = tbx_is(tbx->element, "note"),
         source = tbx_is(tbx->category, "source") && tbx_is(tbx->element, "admin");
    if (source && tbx->group[0] && !tbx->group_defines)
        return NULL; /* of an example or the like */
    if (tbx->place == ROLE_HOLDER) {
        if (note)
            return &tbx->term.note;
        if (source)
            return &tbx->term.source;
        if (tbx_is(tbx->category, "partOfSpeech"))
            return &tbx->term.part_of_speech;
        return tbx_is(tbx->category, "customerSubset") || tbx_is(tbx->category, "customer")
                   ? &tbx->term.organisation
                   : NULL;
    }
    if (tbx_is(tbx->category, "definition"))
    return &tbx->concept.definition;
    if (source && tbx->group[0])
    return &tbx->concept.source;
    if (tbx->place == ROLE_LANG)
        return NULL;
    if (note)
    return &tbx->concept.note;
    if (source)
    return &tbx->concept.source;
    return tbx_is(tbx->category, "subjectField") ? &tbx->concept.subject : NULL;
}

static info_list *infos_of_place(struct tbx_reader *tbx)
{
    return tbx->place == ROLE_HOLDER ? &tbx->term_infos
           : tbx->place == ROLE_LANG ? &tbx->lang_infos
                                     : &tbx->concept_infos;
}

/* What a table has in a column that we do not know is written like this, and read as it was. */
static bool is_plain_admin(const struct tbx_reader *tbx)
{
    return tbx->category.size && !tbx->group[0] && tbx->attribute_count == 1 &&
           tbx_is(tbx->element, "admin") && !ty_tbx_element_of(tbx->category);
}

void ty_tbx_keep_info(struct tbx_reader *tbx, ty_slice text)
{
    if (tbx->category.size)
        add_attribute(tbx, "type", tbx->category);
    if (!is_plain_admin(tbx))
        add_attribute(tbx, "element", tbx->element);
    if (tbx->group[0])
        add_attribute(tbx, "group", ty_tbx_keep(tbx, ty_slice_of(tbx->group)));
    if (tbx->place == ROLE_LANG)
        add_attribute(tbx, "level", TY_SLICE("language"));
    ty_info info = {.kind = tbx_is(tbx->element, "note") ? TY_INFO_NOTE : TY_INFO_PROP, .text = text};
    info.attributes.items = ty_arena_array(&tbx->arena, tbx->attribute_count, sizeof *tbx->attributes);
    if (!info.attributes.items)
        return;
    memcpy(info.attributes.items, tbx->attributes, tbx->attribute_count * sizeof *tbx->attributes);
    info.attributes.count = tbx->attribute_count;
    info_list *infos = infos_of_place(tbx);
    if (infos->count >= CONCEPT_LIMIT)
        ty_xml_fail(&tbx->xml, TY_ERR_LIMIT, "more than %d data in one concept", CONCEPT_LIMIT);
    else if (!ty_vector_push(infos, info))
        ty_xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
}

/* A status that its field cannot give back as it was stays a property as well. */
static bool take_status(struct tbx_reader *tbx, ty_slice text)
{
    static const char *const exact[] = {"preferredTerm-admn-sts",
                                        "admittedTerm-admn-sts",
                                        "deprecatedTerm-admn-sts",
                                        "preferred",
                                        "admitted",
                                        "notRecommended",
                                        "deprecated"};
    if (tbx->term.status == TY_TERM_UNKNOWN)
        tbx->term.status = ty_term_status_of(text);
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (ty_slice_equal(text, ty_slice_of(exact[i])))
            return true;
    return false;
}

/* The picklist's word for a status that it has none for says nothing. */
static void drop_status_info(struct tbx_reader *tbx)
{
    for (size_t i = tbx->term_infos.count; i > 0; i--) {
        ty_info *info = &tbx->term_infos.items[i - 1];
        if (!tbx_is(ty_attribute_find(info->attributes, "type"), "administrativeStatus"))
            continue;
        memmove(info, info + 1, (tbx->term_infos.count - i) * sizeof *info);
        tbx->term_infos.count--;
        return;
    }
}

/* What we wrote because the dialect has no word for it. */
static bool take_remark(struct tbx_reader *tbx, ty_slice text)
{
    ty_slice value = text, name;
    if (tbx->place != ROLE_HOLDER || !tbx_is(tbx->element, "note") ||
        !ty_slice_starts(text, TY_SLICE(TBX_REMARK)))
        return false;
    value = ty_slice_sub(value, strlen(TBX_REMARK), value.size);
    if (!ty_slice_next(&value, '=', &name) || !value.data)
        return false;
    if (tbx_is(name, "status")) {
        tbx->term.status = ty_term_status_of(value);
        drop_status_info(tbx);
        return true;
    }
    if (!tbx_is(name, "administrativeStatus"))
        return false;
    tbx->element = TY_SLICE("termNote");
    tbx->category = TY_SLICE("administrativeStatus");
    tbx->group[0] = '\0';
    tbx->attribute_count = 0;
    ty_tbx_keep_info(tbx, value);
    return true;
}

void ty_tbx_end_datum(struct tbx_reader *tbx)
{
    ty_slice text = ty_tbx_clean(&tbx->arena, ty_buffer_slice(&tbx->text));
    if (take_remark(tbx, text))
        return;
    bool plain = !tbx->group[0] && tbx->attribute_count == 0 && tbx->place != ROLE_LANG;
    bool status = tbx->place == ROLE_HOLDER &&
                  (tbx_is(tbx->category, "administrativeStatus") ||
                   tbx_is(tbx->category, "normativeAuthorization") || tbx_is(tbx->category, "usageStatus"));
    if (status && take_status(tbx, text) && plain && tbx_is(tbx->category, "administrativeStatus"))
        return;
    tbx->group_defines |= tbx_is(tbx->category, "definition");
    ty_slice *field = field_of(tbx);
    bool filled = field && !field->size && text.size;
    if (filled)
        *field = text;
    if ((!filled || !plain) && (text.size || tbx->attribute_count))
        ty_tbx_keep_info(tbx, text);
}
