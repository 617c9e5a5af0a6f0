/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TBX in: martif (tig and ntig), version 3 in both styles, TBX-Min of 2013; all by local name. MultiTerm XML,
 * which is built alike, too.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/glossary/ids.h"
#include "formats/glossary/tbx_reader.h"

/* ------------------------------------------------------------------------------------------ concept */

static ty_infos take_infos(struct tbx_reader *tbx, info_list *list)
{
    ty_infos infos = {0};
    infos.items = list->count ? ty_arena_array(&tbx->arena, list->count, sizeof *infos.items) : NULL;
    if (infos.items) {
        memcpy(infos.items, list->items, list->count * sizeof *infos.items);
        infos.count = list->count;
    }
    ty_vector_clear(list);
    return infos;
}

static void add_info(struct tbx_reader *tbx, info_list *list, ty_info info)
{
    if (!ty_vector_push(list, info))
        ty_xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
}

static void begin_concept(struct tbx_reader *tbx, int count, const xmlChar **attributes)
{
    ty_slice empty = {"", 0};
    ty_arena_clear(&tbx->arena);
    ty_vector_clear(&tbx->terms);
    ty_vector_clear(&tbx->concept_infos);
    ty_vector_clear(&tbx->lang_infos);
    tbx->concept =
        (ty_concept){.id = ty_glossary_id_read(ty_xml_attribute_value(count, attributes, "id"), &tbx->arena),
                     .subject = empty,
                     .definition = empty,
                     .note = empty,
                     .source = empty};
    tbx->line = xml_line(&tbx->xml);
    tbx->place = ROLE_CONCEPT;
    tbx->group_number = 0;
}

static void set_lang(struct tbx_reader *tbx, ty_slice lang)
{
    tbx->lang = ty_tbx_keep(tbx, lang);
    if (!tbx->lang.size)
        ty_glossary_warn(tbx->reader, xml_line(&tbx->xml), "lang-empty", "terms without a language");
    else if (!ty_lang_is_valid(tbx->lang))
        ty_glossary_warn(tbx->reader, xml_line(&tbx->xml), "lang-malformed", "\"%.60s\" is not BCP 47",
                         tbx->lang.data);
}

/* <language type="English" lang="EN"/>; where there is no tag, the name is the best there is. */
static void take_language(struct tbx_reader *tbx, int count, const xmlChar **attributes)
{
    ty_slice lang = ty_xml_attribute_value(count, attributes, "lang");
    ty_slice name = ty_xml_attribute_value(count, attributes, "type"), known = ty_columns_language_of(name);
    set_lang(tbx, lang.size ? lang : known.size ? known : name);
}

static void begin_lang(struct tbx_reader *tbx, int count, const xmlChar **attributes)
{
    tbx->lang = (ty_slice){"", 0};
    if (!tbx->multiterm)
        set_lang(tbx, ty_xml_attribute_value(count, attributes, "lang"));
    tbx->terms_before = tbx->terms.count;
    tbx->place = ROLE_LANG;
}

static void begin_term(struct tbx_reader *tbx)
{
    ty_slice empty = {"", 0};
    tbx->term = (ty_term){.lang = tbx->lang,
                          .text = empty,
                          .part_of_speech = empty,
                          .organisation = empty,
                          .note = empty,
                          .source = empty};
    ty_vector_clear(&tbx->term_infos);
    tbx->place = ROLE_HOLDER;
}

/* What stood beside the terms of a language goes with the first of them. */
static void end_term(struct tbx_reader *tbx)
{
    tbx->place = ROLE_LANG;
    if (!tbx->term.text.size) {
        ty_glossary_reject(tbx->reader, xml_line(&tbx->xml), "empty-term", "the term is empty");
        return;
    }
    if (tbx->terms.count == tbx->terms_before)
        for (size_t i = 0; i < tbx->lang_infos.count; i++)
            add_info(tbx, &tbx->term_infos, tbx->lang_infos.items[i]);
    if (tbx->terms.count == tbx->terms_before)
        ty_vector_clear(&tbx->lang_infos);
    tbx->term.infos = take_infos(tbx, &tbx->term_infos);
    if (tbx->terms.count >= CONCEPT_LIMIT)
        ty_xml_fail(&tbx->xml, TY_ERR_LIMIT, "more than %d terms in one concept", CONCEPT_LIMIT);
    else if (!ty_vector_push(&tbx->terms, tbx->term))
        ty_xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
}

/* A language without terms may still have a definition: it stays with the concept. */
static void end_lang(struct tbx_reader *tbx)
{
    for (size_t i = 0; i < tbx->lang_infos.count; i++) {
        ty_info info = tbx->lang_infos.items[i];
        size_t count = info.attributes.count;
        ty_attribute *all = ty_arena_array(&tbx->arena, count + 1, sizeof *all);
        if (!all) {
            ty_xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
            break;
        }
        memcpy(all, info.attributes.items, count * sizeof *all);
        all[count] = (ty_attribute){TY_SLICE("lang"), tbx->lang};
        info.attributes = (ty_attributes){all, count + 1};
        add_info(tbx, &tbx->concept_infos, info);
    }
    ty_vector_clear(&tbx->lang_infos);
    tbx->place = ROLE_CONCEPT;
}

static void tell_header(struct tbx_reader *tbx)
{
    if (tbx->header_told)
        return;
    tbx->header_told = true;
    if (!tbx->reader->sink->glossary)
        return;
    ty_status status =
        tbx->reader->sink->glossary(tbx->reader->sink->payload, &tbx->glossary, tbx->xml.error);
    if (status != TY_OK)
        ty_xml_stop(&tbx->xml, status);
}

/* Entries of one id are two all the same, and must not take each other's place. */
static void make_unique(struct tbx_reader *tbx)
{
    ty_slice id = tbx->concept.id;
    tbx->concept.id = ty_glossary_id_unique(id, &tbx->ids, &tbx->arena);
    if (!ty_slice_equal(id, tbx->concept.id))
        ty_glossary_warn(tbx->reader, tbx->line, "id-duplicate",
                         "another entry has the id \"%.60s\" too: now \"%.60s\"", id.data,
                         tbx->concept.id.data);
}

static void end_concept(struct tbx_reader *tbx)
{
    tbx->place = ROLE_STRUCTURE;
    if (!tbx->terms.count) {
        ty_glossary_reject(tbx->reader, tbx->line, "no-term", "the concept has no term");
        return;
    }
    make_unique(tbx);
    tell_header(tbx);
    tbx->concept.infos = take_infos(tbx, &tbx->concept_infos);
    tbx->concept.terms = tbx->terms.items;
    tbx->concept.term_count = tbx->terms.count;
    if (tbx->arena.failed || tbx->text.failed) {
        ty_xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
        return;
    }
    if (tbx->xml.status != TY_OK)
        return;
    tbx->reader->counts->read++;
    ty_concept_group_languages(&tbx->concept);
    ty_status status = tbx->reader->sink->concept(tbx->reader->sink->payload, &tbx->concept, tbx->xml.error);
    if (status == TY_OK && tbx->reader->counts->read % 1024 == 0 &&
        !ty_progress(tbx->reader->listener, "read", tbx->reader->counts->read, 0))
        status = TY_STOP;
    if (status != TY_OK)
        ty_xml_stop(&tbx->xml, status);
}

/* ------------------------------------------------------------------------------------------ header */

/* Leaves of the header become properties: title, sourceDesc, and what else has text. */
static void start_in_header(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes)
{
    ty_slice type = ty_xml_attribute_value(count, attributes, "type");
    bool paragraph = tbx_is(name, "p");
    ty_buffer_clear(&tbx->text);
    if (!paragraph || type.size) {
        ty_buffer_clear(&tbx->header_path);
        ty_buffer_add(&tbx->header_path, type.size ? type : name);
    }
    ty_slice source = ty_xml_attribute_value(count, attributes, "source"),
             target = ty_xml_attribute_value(count, attributes, "target");
    if (!tbx_is(name, "languages"))
        return;
    tbx->glossary.source_lang = ty_arena_copy(&tbx->header_arena, source);
    tbx->glossary.target_lang = ty_arena_copy(&tbx->header_arena, target);
}

static void end_in_header(struct tbx_reader *tbx)
{
    ty_slice text = ty_tbx_clean(&tbx->header_arena, ty_buffer_slice(&tbx->text));
    if (text.size)
        ty_concept_infos_add(&tbx->header_arena, &tbx->glossary.infos, NULL,
                             ty_buffer_slice(&tbx->header_path), text);
    ty_buffer_clear(&tbx->text);
}

/* ------------------------------------------------------------------------------------------ handlers */

static void start_role(struct tbx_reader *tbx, enum tbx_role role, ty_slice name, int count,
                       const xmlChar **attributes)
{
    switch (role) {
    case ROLE_HEADER: tbx->in_header = true; break;
    case ROLE_CONCEPT: begin_concept(tbx, count, attributes); break;
    case ROLE_LANG: begin_lang(tbx, count, attributes); break;
    case ROLE_HOLDER: begin_term(tbx); break;
    case ROLE_GROUP:
        snprintf(tbx->group, sizeof tbx->group, "%.40s %u", name.data, ++tbx->group_number);
        tbx->group_defines = false;
        break;
    case ROLE_LANGUAGE: take_language(tbx, count, attributes); break;
    case ROLE_ID: ty_buffer_clear(&tbx->text); break;
    case ROLE_TERM:
    case ROLE_DATUM:
        ty_buffer_clear(&tbx->text);
        ty_tbx_begin_datum(tbx, name, count, attributes);
        break;
    case ROLE_INLINE:
        if (!tbx->inline_told)
            ty_glossary_warn(tbx->reader, xml_line(&tbx->xml), "inline-markup",
                             "markup inside of terms and data is left out, its text is kept (<%.40s>)",
                             name.data);
        tbx->inline_told = true;
        break;
    default: break;
    }
}

static void skip(struct tbx_reader *tbx, enum tbx_role role)
{
    tbx->skipped = 1;
    if (role == ROLE_BACK)
        ty_glossary_warn(tbx->reader, xml_line(&tbx->xml), "back-matter",
                         "what stands in <back> is not kept");
    else
        ty_glossary_reject(tbx->reader, xml_line(&tbx->xml), "misplaced-element",
                           "an entry, language or term stands where it cannot");
}

static void start_root(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes)
{
    tbx->multiterm = tbx_is(name, "mtf");
    if (!tbx_is(name, "martif") && !tbx_is(name, "tbx") && !tbx->multiterm)
        ty_xml_fail(&tbx->xml, TY_ERR_FORMAT, "the root element is <%.60s>: this is no TBX file", name.data);
    ty_slice type = ty_xml_attribute_value(count, attributes, "type");
    if (!type.size)
        type = ty_xml_attribute_value(count, attributes, "dialect");
    tbx->glossary.version = ty_arena_copy(&tbx->header_arena, type);
    tbx->glossary.source_lang =
        ty_arena_copy(&tbx->header_arena, ty_xml_attribute_value(count, attributes, "lang"));
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                     const xmlChar **attributes)
{
    struct tbx_reader *tbx = context;
    ty_slice name = ty_slice_of((const char *)local);
    xml_mend_attributes(count, attributes);
    if (tbx->skipped) {
        tbx->skipped++;
        return;
    }
    enum tbx_role parent = tbx->depth ? (enum tbx_role)tbx->roles[tbx->depth - 1] : ROLE_STRUCTURE;
    enum tbx_role role = tbx->depth && !tbx->in_header ? ty_tbx_role_of(tbx, name, parent) : ROLE_STRUCTURE;
    if (!tbx->depth)
        start_root(tbx, name, count, attributes);
    if (tbx->in_header)
        start_in_header(tbx, name, count, attributes);
    if (role == ROLE_BACK || ty_tbx_is_misplaced(tbx, role)) {
        skip(tbx, role);
        return;
    }
    start_role(tbx, role, name, count, attributes);
    if (tbx->depth < DEPTH)
        tbx->roles[tbx->depth++] = (uint8_t)role;
}

static void end_term_text(struct tbx_reader *tbx)
{
    ty_slice text = ty_tbx_clean(&tbx->arena, ty_buffer_slice(&tbx->text));
    if (!tbx->term.text.size)
        tbx->term.text = text;
    for (size_t i = 0; i < tbx->attribute_count; i++)
        if (tbx_is(tbx->attributes[i].name, "id")) {
            ty_slice id = ty_glossary_id_read(tbx->attributes[i].value, &tbx->arena);
            tbx->attribute_count = 0;
            tbx->element = TY_SLICE("term");
            tbx->category = TY_SLICE("id");
            ty_tbx_keep_info(tbx, id);
            break;
        }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct tbx_reader *tbx = context;
    if (tbx->skipped) {
        tbx->skipped--;
        return;
    }
    switch ((enum tbx_role)tbx->roles[--tbx->depth]) {
    case ROLE_HEADER: tbx->in_header = false; break;
    case ROLE_CONCEPT: end_concept(tbx); break;
    case ROLE_LANG: end_lang(tbx); break;
    case ROLE_HOLDER: end_term(tbx); break;
    case ROLE_GROUP: tbx->group[0] = '\0'; break;
    case ROLE_TERM: end_term_text(tbx); break;
    case ROLE_ID:
        tbx->concept
        .id = ty_tbx_clean(&tbx->arena, ty_buffer_slice(&tbx->text));
        break;
    case ROLE_DATUM: ty_tbx_end_datum(tbx); break;
    default:
        if (tbx->in_header)
            end_in_header(tbx);
    }
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct tbx_reader *tbx = context;
    const size_t limit = (size_t)10 << 20;
    if (tbx->skipped || tbx->xml.status != TY_OK)
        return;
    ty_buffer_add(&tbx->text, (ty_slice){(const char *)text, (size_t)size});
    if (tbx->text.size > limit)
        ty_xml_fail(&tbx->xml, TY_ERR_LIMIT, "a text longer than any honest one");
}

/* ------------------------------------------------------------------------------------------ the whole */

static void release(struct tbx_reader *tbx)
{
    ty_arena_release(&tbx->arena);
    ty_arena_release(&tbx->header_arena);
    ty_vector_release(&tbx->terms);
    ty_vector_release(&tbx->concept_infos);
    ty_vector_release(&tbx->lang_infos);
    ty_vector_release(&tbx->term_infos);
    ty_buffer_release(&tbx->text);
    ty_buffer_release(&tbx->header_path);
    ty_strings_release(&tbx->ids);
    free(tbx);
}

static ty_status parse(struct tbx_reader *tbx, struct input *input, const char *encoding, ty_error *error)
{
    ty_status status = ty_xml_text_open(input, encoding, NULL, &tbx->xml.text, error);
    if (status != TY_OK)
        return status;
    if (ty_xml_text_doubts(tbx->xml.text) & XML_DOUBT_MISMATCH)
        ty_glossary_warn(tbx->reader, 1, "encoding-mismatch", "the file declares %s, but its bytes are %s",
                         ty_xml_text_declared(tbx->xml.text), ty_xml_text_encoding(tbx->xml.text));
    tbx->xml.handlers.startElementNs = on_start;
    tbx->xml.handlers.endElementNs = on_end;
    tbx->xml.handlers.characters = on_text;
    tbx->xml.error = error;
    status = ty_xml_parse(&tbx->xml);
    if (status == TY_OK) {
        tell_header(tbx);
        status = tbx->xml.status;
    }
    ty_xml_text_close(tbx->xml.text);
    return status;
}

ty_status ty_tbx_read(struct glossary_reader *reader, const ty_source *source, ty_error *error)
{
    struct tbx_reader *tbx = calloc(1, sizeof *tbx);
    if (!tbx)
        return ty_error_nomem(error);
    ty_slice empty = {"", 0};
    tbx->reader = reader;
    tbx->glossary =
        (ty_glossary){.format = TY_FORMAT_TBX, .version = empty, .source_lang = empty, .target_lang = empty};
    struct input *input;
    ty_status status = ty_input_open(source, ".tbx", &input, error);
    if (status == TY_OK) {
        status = parse(tbx, input, reader->options ? reader->options->encoding : NULL, error);
        ty_input_close(input);
    }
    if (status != TY_OK)
        ty_error_locate(error, reader->path, 0, reader->counts->read + 1);
    release(tbx);
    return status;
}
