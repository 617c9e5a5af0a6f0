/*
 * TBX in: martif (tig and ntig), version 3 in both styles, TBX-Min of 2013; all by local name. MultiTerm XML,
 * which is built alike, too.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/glossary/ids.h"
#include "formats/glossary/glossary.h"
#include "formats/glossary/tbx.h"

enum role {
    ROLE_STRUCTURE,
    ROLE_HEADER,
    ROLE_BACK,
    ROLE_CONCEPT,
    ROLE_LANG,
    ROLE_HOLDER,
    ROLE_GROUP,
    ROLE_TERM,
    ROLE_DATUM,
    ROLE_INLINE,
    ROLE_ID,      /* of MultiTerm: the concept's */
    ROLE_LANGUAGE /* of MultiTerm: says which it is */
};
enum { DEPTH = 320, ATTRIBUTES = 16, CONCEPT_LIMIT = 1 << 16 };

typedef TY_VECTOR(ty_info) info_list;

struct tbx_reader {
    struct xml_parser xml; /* first: handlers get a pointer to it */
    struct glossary_reader *reader;
    uint8_t roles[DEPTH];
    unsigned depth, skipped; /* elements open; of these, inside what is not read */
    enum role place;         /* concept, language or term: where a datum belongs */
    bool in_header, header_told, back_told, inline_told;
    bool multiterm;

    ty_arena arena, header_arena;
    ty_glossary glossary;
    ty_concept concept;
    TY_VECTOR(ty_term) terms;
    info_list concept_infos, lang_infos, term_infos;
    ty_term term;
    ty_slice lang;
    size_t line, terms_before; /* where the concept began; terms when the language began */
    unsigned group_number;
    char group[64];     /* "descripGrp 3", "" outside */
    bool group_defines; /* the group holds a definition: a source in it is that of the concept */

    ty_buffer text; /* of the term or datum that is open */
    ty_attribute attributes[ATTRIBUTES];
    size_t attribute_count;
    ty_slice element, category;
    ty_buffer header_path; /* the last element of the header that had a name of use */
};

/* ------------------------------------------------------------------------------------------ small things */

static bool is(ty_slice name, const char *wanted)
{
    return ty_slice_equal_nocase(name, ty_slice_of(wanted));
}

/* Pretty-printed values: runs of white space are one blank. */
static ty_slice clean(ty_arena *arena, ty_slice text)
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

static ty_slice keep(struct tbx_reader *tbx, ty_slice text)
{
    return ty_arena_copy(&tbx->arena, text);
}

/* ------------------------------------------------------------------------------------------ data */

static void add_attribute(struct tbx_reader *tbx, const char *name, ty_slice value)
{
    if (tbx->attribute_count < ATTRIBUTES)
        tbx->attributes[tbx->attribute_count++] = (ty_attribute){keep(tbx, ty_slice_of(name)), value};
}

static void begin_datum(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes)
{
    ty_slice type = xml_attribute_value(count, attributes, "type");
    const char *element = tbx_element_of(name);
    bool own = tbx_is_datum(name);
    if (!element)
        element = tbx->place == ROLE_HOLDER ? "termNote" : "descrip";
    tbx->element = own ? keep(tbx, name) : ty_slice_of(element);
    tbx->category = own ? keep(tbx, type) : keep(tbx, name);
    if (is(tbx->category, "termStatus"))
        tbx->category = TY_SLICE("administrativeStatus");
    const char *category;
    if (tbx->multiterm && is(name, "descrip") && multiterm_field(type, &category, &element)) {
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
        add_attribute(tbx, named, keep(tbx, attribute.value));
    }
}

/* The field of the model that the datum fills, or NULL. */
static ty_slice *field_of(struct tbx_reader *tbx)
{
    bool note = is(tbx->element, "note"), source = is(tbx->category, "source") && is(tbx->element, "admin");
    if (source && tbx->group[0] && !tbx->group_defines)
        return NULL; /* of an example or the like */
    if (tbx->place == ROLE_HOLDER) {
        if (note)
            return &tbx->term.note;
        if (source)
            return &tbx->term.source;
        if (is(tbx->category, "partOfSpeech"))
            return &tbx->term.part_of_speech;
        return is(tbx->category, "customerSubset") || is(tbx->category, "customer") ? &tbx->term.organisation
                                                                                    : NULL;
    }
    if (is(tbx->category, "definition"))
    return &tbx->concept.definition;
    if (source && tbx->group[0])
    return &tbx->concept.source;
    if (tbx->place == ROLE_LANG)
        return NULL;
    if (note)
    return &tbx->concept.note;
    if (source)
    return &tbx->concept.source;
    return is(tbx->category, "subjectField") ? &tbx->concept.subject : NULL;
}

static info_list *infos_of_place(struct tbx_reader *tbx)
{
    return tbx->place == ROLE_HOLDER ? &tbx->term_infos
           : tbx->place == ROLE_LANG ? &tbx->lang_infos
                                     : &tbx->concept_infos;
}

static void keep_info(struct tbx_reader *tbx, ty_slice text)
{
    if (tbx->category.size)
        add_attribute(tbx, "type", tbx->category);
    add_attribute(tbx, "element", tbx->element);
    if (tbx->group[0])
        add_attribute(tbx, "group", keep(tbx, ty_slice_of(tbx->group)));
    if (tbx->place == ROLE_LANG)
        add_attribute(tbx, "level", TY_SLICE("language"));
    ty_info info = {.kind = is(tbx->element, "note") ? TY_INFO_NOTE : TY_INFO_PROP, .text = text};
    info.attributes.items = ty_arena_array(&tbx->arena, tbx->attribute_count, sizeof *tbx->attributes);
    if (!info.attributes.items)
        return;
    memcpy(info.attributes.items, tbx->attributes, tbx->attribute_count * sizeof *tbx->attributes);
    info.attributes.count = tbx->attribute_count;
    info_list *infos = infos_of_place(tbx);
    if (infos->count >= CONCEPT_LIMIT)
        xml_fail(&tbx->xml, TY_ERR_LIMIT, "more than %d data in one concept", CONCEPT_LIMIT);
    else if (!ty_vector_push(infos, info))
        xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
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

static void end_datum(struct tbx_reader *tbx)
{
    ty_slice text = clean(&tbx->arena, ty_buffer_slice(&tbx->text));
    bool plain = !tbx->group[0] && tbx->attribute_count == 0 && tbx->place != ROLE_LANG;
    bool status = tbx->place == ROLE_HOLDER &&
                  (is(tbx->category, "administrativeStatus") || is(tbx->category, "normativeAuthorization") ||
                   is(tbx->category, "usageStatus"));
    if (status && take_status(tbx, text) && plain && is(tbx->category, "administrativeStatus"))
        return;
    tbx->group_defines |= is(tbx->category, "definition");
    ty_slice *field = field_of(tbx);
    bool filled = field && !field->size && text.size;
    if (filled)
        *field = text;
    if ((!filled || !plain) && (text.size || tbx->attribute_count))
        keep_info(tbx, text);
}

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

static void begin_concept(struct tbx_reader *tbx, int count, const xmlChar **attributes)
{
    ty_slice empty = {"", 0};
    ty_arena_clear(&tbx->arena);
    ty_vector_clear(&tbx->terms);
    ty_vector_clear(&tbx->concept_infos);
    ty_vector_clear(&tbx->lang_infos);
    tbx->concept =
        (ty_concept){.id = glossary_id_read(xml_attribute_value(count, attributes, "id"), &tbx->arena),
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
    tbx->lang = keep(tbx, lang);
    if (!tbx->lang.size)
        glossary_warn(tbx->reader, xml_line(&tbx->xml), "lang-empty", "terms without a language");
    else if (!ty_lang_is_valid(tbx->lang))
        glossary_warn(tbx->reader, xml_line(&tbx->xml), "lang-malformed", "\"%.60s\" is not BCP 47",
                      tbx->lang.data);
}

/* <language type="English" lang="EN"/>; where there is no tag, the name is the best there is. */
static void take_language(struct tbx_reader *tbx, int count, const xmlChar **attributes)
{
    ty_slice lang = xml_attribute_value(count, attributes, "lang");
    ty_slice name = xml_attribute_value(count, attributes, "type"), known = language_of(name);
    set_lang(tbx, lang.size ? lang : known.size ? known : name);
}

static void begin_lang(struct tbx_reader *tbx, int count, const xmlChar **attributes)
{
    tbx->lang = (ty_slice){"", 0};
    if (!tbx->multiterm)
        set_lang(tbx, xml_attribute_value(count, attributes, "lang"));
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
        glossary_reject(tbx->reader, xml_line(&tbx->xml), "empty-term", "the term is empty");
        return;
    }
    if (tbx->terms.count == tbx->terms_before)
        for (size_t i = 0; i < tbx->lang_infos.count; i++)
            (void)ty_vector_push(&tbx->term_infos, tbx->lang_infos.items[i]);
    if (tbx->terms.count == tbx->terms_before)
        ty_vector_clear(&tbx->lang_infos);
    tbx->term.infos = take_infos(tbx, &tbx->term_infos);
    if (tbx->terms.count >= CONCEPT_LIMIT)
        xml_fail(&tbx->xml, TY_ERR_LIMIT, "more than %d terms in one concept", CONCEPT_LIMIT);
    else if (!ty_vector_push(&tbx->terms, tbx->term))
        xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
}

/* A language without terms may still have a definition: it stays with the concept. */
static void end_lang(struct tbx_reader *tbx)
{
    for (size_t i = 0; i < tbx->lang_infos.count; i++) {
        ty_info info = tbx->lang_infos.items[i];
        size_t count = info.attributes.count;
        ty_attribute *all = ty_arena_array(&tbx->arena, count + 1, sizeof *all);
        if (!all)
            break;
        memcpy(all, info.attributes.items, count * sizeof *all);
        all[count] = (ty_attribute){TY_SLICE("lang"), tbx->lang};
        info.attributes = (ty_attributes){all, count + 1};
        (void)ty_vector_push(&tbx->concept_infos, info);
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
        xml_stop(&tbx->xml, status);
}

static void end_concept(struct tbx_reader *tbx)
{
    tbx->place = ROLE_STRUCTURE;
    if (!tbx->terms.count) {
        glossary_reject(tbx->reader, tbx->line, "no-term", "the concept has no term");
        return;
    }
    tell_header(tbx);
    tbx->concept.infos = take_infos(tbx, &tbx->concept_infos);
    tbx->concept.terms = tbx->terms.items;
    tbx->concept.term_count = tbx->terms.count;
    if (tbx->arena.failed || tbx->text.failed) {
        xml_fail(&tbx->xml, TY_ERR_NOMEM, "out of memory");
        return;
    }
    if (tbx->xml.status != TY_OK)
        return;
    tbx->reader->counts->read++;
    concept_group_languages(&tbx->concept);
    ty_status status = tbx->reader->sink->concept(tbx->reader->sink->payload, &tbx->concept, tbx->xml.error);
    if (status == TY_OK && tbx->reader->counts->read % 1024 == 0 &&
        !ty_progress(tbx->reader->listener, "read", tbx->reader->counts->read, 0))
        status = TY_STOP;
    if (status != TY_OK)
        xml_stop(&tbx->xml, status);
}

/* ------------------------------------------------------------------------------------------ header */

/* Leaves of the header become properties: title, sourceDesc, and what else has text. */
static void start_in_header(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes)
{
    ty_slice type = xml_attribute_value(count, attributes, "type");
    bool paragraph = is(name, "p");
    ty_buffer_clear(&tbx->text);
    if (!paragraph || type.size) {
        ty_buffer_clear(&tbx->header_path);
        ty_buffer_add(&tbx->header_path, type.size ? type : name);
    }
    ty_slice source = xml_attribute_value(count, attributes, "source"),
             target = xml_attribute_value(count, attributes, "target");
    if (!is(name, "languages"))
        return;
    tbx->glossary.source_lang = ty_arena_copy(&tbx->header_arena, source);
    tbx->glossary.target_lang = ty_arena_copy(&tbx->header_arena, target);
}

static void end_in_header(struct tbx_reader *tbx)
{
    ty_slice text = clean(&tbx->header_arena, ty_buffer_slice(&tbx->text));
    if (text.size)
        infos_add(&tbx->header_arena, &tbx->glossary.infos, NULL, ty_buffer_slice(&tbx->header_path), text);
    ty_buffer_clear(&tbx->text);
}

/* ------------------------------------------------------------------------------------------ handlers */

/* Groups of data do not say more than where the datum stands, but for who changed it when. */
static enum role role_in_multiterm(const struct tbx_reader *tbx, ty_slice name, enum role parent)
{
    if (is(name, "conceptGrp"))
        return ROLE_CONCEPT;
    if (tbx->place == ROLE_STRUCTURE)
        return ROLE_STRUCTURE;
    if (is(name, "languageGrp"))
        return ROLE_LANG;
    if (is(name, "termGrp"))
        return ROLE_HOLDER;
    if (parent == ROLE_TERM || parent == ROLE_DATUM || parent == ROLE_INLINE || parent == ROLE_ID)
        return ROLE_INLINE;
    if (is(name, "concept") && tbx->place == ROLE_CONCEPT)
        return ROLE_ID;
    if (is(name, "language") && tbx->place == ROLE_LANG)
        return ROLE_LANGUAGE;
    if (is(name, "term"))
        return ROLE_TERM;
    if (is(name, "transacGrp"))
        return ROLE_GROUP;
    return ty_slice_ends(name, TY_SLICE("Grp")) ? ROLE_STRUCTURE : ROLE_DATUM;
}

static enum role role_of(const struct tbx_reader *tbx, ty_slice name, enum role parent)
{
    if (tbx->multiterm)
        return role_in_multiterm(tbx, name, parent);
    if (is(name, "martifHeader") || is(name, "tbxHeader") || (is(name, "header") && tbx->depth == 1))
        return ROLE_HEADER;
    if (is(name, "back") && tbx->place == ROLE_STRUCTURE)
        return ROLE_BACK;
    if (is(name, "termEntry") || is(name, "conceptEntry"))
        return ROLE_CONCEPT;
    if (tbx->place == ROLE_STRUCTURE)
        return ROLE_STRUCTURE;
    if (is(name, "langSet") || is(name, "langSec") || is(name, "langGroup"))
        return ROLE_LANG;
    if (is(name, "tig") || is(name, "ntig") || is(name, "termSec") || is(name, "termGroup"))
        return ROLE_HOLDER;
    if (parent == ROLE_TERM || parent == ROLE_DATUM || parent == ROLE_INLINE)
        return ROLE_INLINE;
    if (is(name, "term"))
        return ROLE_TERM;
    if (tbx_is_group(name))
        return ROLE_GROUP;
    return is(name, "termGrp") ? ROLE_STRUCTURE : ROLE_DATUM;
}

/* Entries inside entries and the like: the outer one ends where the inner begins to be of use. */
static bool is_misplaced(const struct tbx_reader *tbx, enum role role)
{
    return (role == ROLE_CONCEPT && tbx->place != ROLE_STRUCTURE) ||
           (role == ROLE_LANG && tbx->place != ROLE_CONCEPT) ||
           (role == ROLE_HOLDER && tbx->place != ROLE_LANG) ||
           (role == ROLE_TERM && tbx->place != ROLE_HOLDER);
}

static void start_role(struct tbx_reader *tbx, enum role role, ty_slice name, int count,
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
        begin_datum(tbx, name, count, attributes);
        break;
    case ROLE_INLINE:
        if (!tbx->inline_told)
            glossary_warn(tbx->reader, xml_line(&tbx->xml), "inline-markup",
                          "markup inside of terms and data is left out, its text is kept (<%.40s>)",
                          name.data);
        tbx->inline_told = true;
        break;
    default: break;
    }
}

static void skip(struct tbx_reader *tbx, ty_slice name, enum role role)
{
    tbx->skipped = 1;
    if (role == ROLE_BACK)
        glossary_warn(tbx->reader, xml_line(&tbx->xml), "back-matter", "what stands in <back> is not kept");
    else
        glossary_reject(tbx->reader, xml_line(&tbx->xml), "misplaced-element",
                        "an entry, language or term stands where it cannot");
}

static void start_root(struct tbx_reader *tbx, ty_slice name, int count, const xmlChar **attributes)
{
    tbx->multiterm = is(name, "mtf");
    if (!is(name, "martif") && !is(name, "tbx") && !tbx->multiterm)
        xml_fail(&tbx->xml, TY_ERR_FORMAT, "the root element is <%.60s>: this is no TBX file", name.data);
    ty_slice type = xml_attribute_value(count, attributes, "type");
    if (!type.size)
        type = xml_attribute_value(count, attributes, "dialect");
    tbx->glossary.version = ty_arena_copy(&tbx->header_arena, type);
    tbx->glossary.source_lang =
        ty_arena_copy(&tbx->header_arena, xml_attribute_value(count, attributes, "lang"));
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
    enum role parent = tbx->depth ? (enum role)tbx->roles[tbx->depth - 1] : ROLE_STRUCTURE;
    enum role role = tbx->depth && !tbx->in_header ? role_of(tbx, name, parent) : ROLE_STRUCTURE;
    if (!tbx->depth)
        start_root(tbx, name, count, attributes);
    if (tbx->in_header)
        start_in_header(tbx, name, count, attributes);
    if (role == ROLE_BACK || is_misplaced(tbx, role)) {
        skip(tbx, name, role);
        return;
    }
    start_role(tbx, role, name, count, attributes);
    if (tbx->depth < DEPTH)
        tbx->roles[tbx->depth++] = (uint8_t)role;
}

static void end_term_text(struct tbx_reader *tbx)
{
    ty_slice text = clean(&tbx->arena, ty_buffer_slice(&tbx->text));
    if (!tbx->term.text.size)
        tbx->term.text = text;
    for (size_t i = 0; i < tbx->attribute_count; i++)
        if (is(tbx->attributes[i].name, "id")) {
            ty_slice id = tbx->attributes[i].value;
            tbx->attribute_count = 0;
            tbx->element = TY_SLICE("term");
            tbx->category = TY_SLICE("id");
            keep_info(tbx, id);
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
    switch ((enum role)tbx->roles[--tbx->depth]) {
    case ROLE_HEADER: tbx->in_header = false; break;
    case ROLE_CONCEPT: end_concept(tbx); break;
    case ROLE_LANG: end_lang(tbx); break;
    case ROLE_HOLDER: end_term(tbx); break;
    case ROLE_GROUP: tbx->group[0] = '\0'; break;
    case ROLE_TERM: end_term_text(tbx); break;
    case ROLE_ID:
        tbx->concept
        .id = clean(&tbx->arena, ty_buffer_slice(&tbx->text));
        break;
    case ROLE_DATUM: end_datum(tbx); break;
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
        xml_fail(&tbx->xml, TY_ERR_LIMIT, "a text longer than any honest one");
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
    free(tbx);
}

static ty_status parse(struct tbx_reader *tbx, struct input *input, const char *encoding, ty_error *error)
{
    ty_status status = xml_text_open(input, encoding, NULL, &tbx->xml.text, error);
    if (status != TY_OK)
        return status;
    if (xml_text_doubts(tbx->xml.text) & XML_DOUBT_MISMATCH)
        glossary_warn(tbx->reader, 1, "encoding-mismatch", "the file declares %s, but its bytes are %s",
                      xml_text_declared(tbx->xml.text), xml_text_encoding(tbx->xml.text));
    tbx->xml.handlers.startElementNs = on_start;
    tbx->xml.handlers.endElementNs = on_end;
    tbx->xml.handlers.characters = on_text;
    tbx->xml.error = error;
    status = xml_parse(&tbx->xml);
    if (status == TY_OK) {
        tell_header(tbx);
        status = tbx->xml.status;
    }
    xml_text_close(tbx->xml.text);
    return status;
}

ty_status tbx_read(struct glossary_reader *reader, const ty_source *source, ty_error *error)
{
    struct tbx_reader *tbx = calloc(1, sizeof *tbx);
    if (!tbx)
        return ty_error_nomem(error);
    ty_slice empty = {"", 0};
    tbx->reader = reader;
    tbx->glossary =
        (ty_glossary){.format = TY_FORMAT_TBX, .version = empty, .source_lang = empty, .target_lang = empty};
    struct input *input;
    ty_status status = input_open(source, ".tbx", &input, error);
    if (status == TY_OK) {
        status = parse(tbx, input, reader->options ? reader->options->encoding : NULL, error);
        input_close(input);
    }
    if (status != TY_OK)
        ty_error_locate(error, reader->path, 0, reader->counts->read + 1);
    release(tbx);
    return status;
}
