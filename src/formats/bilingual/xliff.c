/* XLIFF in: the segments of a file, and where candidates for them would go. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/bilingual.h"

#define MATCHES_NAMESPACE "urn:oasis:names:tc:xliff:matches:2.0"

enum element {
    OTHER,
    ROOT,
    PART, /* file, group, body: may say translate="no" for what is in it */
    UNIT, /* trans-unit; unit */
    SEGMENT,
    SOURCE,
    SEG_SOURCE,
    TARGET,
    MATCHES,
    CANDIDATE, /* alt-trans; mtc:match */
    MARK,
    SPAN, /* a pair of codes around text: g; pc */
    CODE, /* a code; what is in it is native, and no text */
};

struct piece { /* of a segmented source or target: <mrk mtype="seg"> */
    ty_slice id;
    size_t start, end, codes;
    bool open;
};

struct captured {
    ty_slice text;
    size_t codes;
    TY_VECTOR(struct piece) pieces;
};

struct open_element {
    enum element kind;
    bool locked;
};

struct xliff_reader {
    struct xml_parser xml;
    ty_bilingual *file;
    TY_VECTOR(struct open_element) open;
    ty_slice root_namespace;
    bool version_2;
    ty_slice source_lang, target_lang;
    size_t run;
    struct xliff_unit *unit; /* NULL outside of one */
    size_t first_segment;    /* of the unit */
    ty_strings ids;          /* of all in the unit */
    bool approved;
    ty_slice state; /* of the target, of the segment */
    ty_slice segment_id;
    size_t segment_name_end, segment_line;
    struct captured source, seg_source, target, candidate;
    struct captured *into; /* what text goes to; NULL outside */
    size_t into_depth, muted;
    ty_slice candidate_id; /* of the segment that a candidate of the file is for */
    ty_buffer text;
};

/* ------------------------------------------------------------------------------------------ places */

/* Bytes that the parser has taken. */
static size_t position(const struct xliff_reader *reader)
{
    const xmlParserInput *input = reader->xml.context->input;
    return (size_t)input->consumed + (size_t)(input->cur - input->base);
}

static ty_slice text_of(const struct xliff_reader *reader)
{
    return ty_buffer_slice(&reader->file->text);
}

/* Where the tag begins that the parser has read up to `end`; no "<" stands within a tag. */
static size_t tag_start(const struct xliff_reader *reader, size_t end)
{
    while (end > 0 && reader->file->text.data[end - 1] != '<')
        end--;
    return end ? end - 1 : 0;
}

/* Is there really a tag of this name at `start`? All places hang on it. */
static void check_tag(struct xliff_reader *reader, size_t start, const char *prefix, const char *name)
{
    ty_slice rest = ty_slice_sub(text_of(reader), start, text_of(reader).size);
    char tag[300];
    bool end_tag = ty_slice_starts(rest, TY_SLICE("</"));
    int size = snprintf(tag, sizeof tag, "<%s%s%s%s", end_tag ? "/" : "", prefix ? prefix : "",
                        prefix ? ":" : "", name);
    size_t shown = (size_t)size < sizeof tag ? (size_t)size : sizeof tag - 1;
    if (!ty_slice_starts(rest, (ty_slice){tag, shown}))
        xml_fail(&reader->xml, TY_ERR_FORMAT, "the place of <%.80s> in the file cannot be told", name);
}

/* The white space that ends at `at`, or begins there, where a line ends in it: how the file is laid out. */
static ty_slice space_before(ty_slice text, size_t at)
{
    size_t start = at;
    while (start > 0 && strchr(" \t\r\n", text.data[start - 1]) && text.data[start - 1])
        start--;
    ty_slice space = ty_slice_sub(text, start, at);
    return ty_slice_find(space, TY_SLICE("\n"), 0) != SIZE_MAX ? space : (ty_slice){"", 0};
}

static ty_slice space_after(ty_slice text, size_t at)
{
    size_t end = at;
    while (end < text.size && strchr(" \t\r\n", text.data[end]) && text.data[end])
        end++;
    return space_before(text, end);
}

/* ------------------------------------------------------------------------------------------ names */

static enum element named(const char *name, bool version_2)
{
    static const struct {
        const char *name;
        enum element kind;
    } first[] = {{"xliff", ROOT},
                 {"file", PART},
                 {"body", PART},
                 {"group", PART},
                 {"trans-unit", UNIT},
                 {"source", SOURCE},
                 {"target", TARGET},
                 {"seg-source", SEG_SOURCE},
                 {"alt-trans", CANDIDATE},
                 {"mrk", MARK},
                 {"g", SPAN},
                 {"bpt", CODE},
                 {"ept", CODE},
                 {"ph", CODE},
                 {"it", CODE},
                 {"x", CODE},
                 {"bx", CODE},
                 {"ex", CODE},
                 {NULL, OTHER}},
      second[] = {{"xliff", ROOT},      {"file", PART},     {"group", PART},    {"unit", UNIT},
                  {"segment", SEGMENT}, {"source", SOURCE}, {"target", TARGET}, {"mrk", MARK},
                  {"pc", SPAN},         {"ph", CODE},       {"sc", CODE},       {"ec", CODE},
                  {NULL, OTHER}};
    for (size_t i = 0; (version_2 ? second : first)[i].name; i++)
        if (strcmp((version_2 ? second : first)[i].name, name) == 0)
            return (version_2 ? second : first)[i].kind;
    return OTHER;
}

/* Elements of other namespaces may have any name. */
static enum element classify(const struct xliff_reader *reader, const char *name, const xmlChar *uri)
{
    ty_slice space = ty_slice_of((const char *)uri);
    if (reader->version_2 && ty_slice_equal(space, TY_SLICE(MATCHES_NAMESPACE)))
        return strcmp(name, "matches") == 0 ? MATCHES : strcmp(name, "match") == 0 ? CANDIDATE : OTHER;
    return ty_slice_equal(space, reader->root_namespace) ? named(name, reader->version_2) : OTHER;
}

/* ------------------------------------------------------------------------------------------ attributes */

struct attributes {
    int count;
    const xmlChar **list;
};

static ty_slice keep(struct xliff_reader *reader, ty_slice text)
{
    return text.data ? ty_arena_copy(&reader->file->arena, text) : text;
}

/* Of XLIFF's own attributes; its:version is another thing than version. */
static ty_slice value(struct attributes attributes, const char *name)
{
    for (int i = 0; i < attributes.count; i++) {
        struct xml_attribute attribute = xml_attribute_at(attributes.list, i);
        if (!attribute.prefix && strcmp(attribute.name, name) == 0)
            return attribute.value;
    }
    return (ty_slice){NULL, 0};
}

static bool is(struct attributes attributes, const char *name, const char *wanted)
{
    return ty_slice_equal(value(attributes, name), ty_slice_of(wanted));
}

static enum element kind_above(const struct xliff_reader *reader)
{
    return reader->open.count ? reader->open.items[reader->open.count - 1].kind : OTHER;
}

static void push(struct xliff_reader *reader, enum element kind, struct attributes attributes)
{
    struct open_element element = {.kind = kind};
    if (reader->open.count)
        element.locked = reader->open.items[reader->open.count - 1].locked;
    if (kind == PART || kind == UNIT) {
        bool told = value(attributes, "translate").data != NULL;
        element.locked = told ? is(attributes, "translate", "no") : element.locked;
    }
    if (!ty_vector_push(&reader->open, element))
        xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

/* ------------------------------------------------------------------------------------------ text */

static void begin_capture(struct xliff_reader *reader, struct captured *into)
{
    into->codes = 0;
    ty_vector_clear(&into->pieces);
    ty_buffer_clear(&reader->text);
    reader->into = into;
    reader->into_depth = reader->open.count;
    reader->muted = 0;
}

static void end_capture(struct xliff_reader *reader)
{
    reader->into->text = ty_arena_copy(&reader->file->arena, ty_buffer_slice(&reader->text));
    if (reader->text.failed)
        xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
    reader->into = NULL;
}

static void begin_piece(struct xliff_reader *reader, struct attributes attributes)
{
    struct piece piece = {.id = keep(reader, value(attributes, "mid")),
                          .start = reader->text.size,
                          .codes = reader->into->codes,
                          .open = true};
    if (!ty_vector_push(&reader->into->pieces, piece))
        xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

/* The mark that ends is the one begun last, as no segment is within another. */
static void end_piece(struct xliff_reader *reader)
{
    size_t count = reader->into->pieces.count;
    struct piece *last = count ? &reader->into->pieces.items[count - 1] : NULL;
    if (!last || !last->open)
        return;
    last->open = false;
    last->end = reader->text.size;
    last->codes = reader->into->codes - last->codes;
}

static void on_text(void *context, const xmlChar *text, int size)
{
    struct xliff_reader *reader = context;
    if (reader->into && !reader->muted)
        ty_buffer_add(&reader->text, (ty_slice){(const char *)text, (size_t)size});
}

/* ------------------------------------------------------------------------------------------ segments */

static ty_segment_state state_of(const struct xliff_reader *reader, ty_slice source, ty_slice target)
{
    ty_slice state = reader->state;
    if (reader->approved || reader->open.items[reader->open.count - 1].locked)
        return TY_SEGMENT_LOCKED;
    if (bilingual_is_blank(target) || ty_slice_equal(ty_slice_trim(source), ty_slice_trim(target)) ||
        ty_slice_equal(state, TY_SLICE("new")) || ty_slice_equal(state, TY_SLICE("needs-translation")))
        return TY_SEGMENT_OPEN;
    bool draft = ty_slice_starts(state, TY_SLICE("needs-")) || ty_slice_equal(state, TY_SLICE("initial"));
    return draft ? TY_SEGMENT_DRAFT : TY_SEGMENT_TRANSLATED;
}

static void add_segment(struct xliff_reader *reader, ty_slice source, size_t codes, ty_slice target,
                        ty_slice id)
{
    struct segment segment = {
        .shown = {.source = source,
                  .target = target,
                  .source_lang = reader->source_lang,
                  .target_lang = reader->target_lang,
                  .codes = codes,
                  .state = state_of(reader, source, target),
                  .run = reader->run,
                  .line = reader->segment_line},
        .unit = reader->unit,
        .id = id,
        .id_at = id.data ? 0 : reader->segment_name_end,
    };
    if (!bilingual_add(reader->file, &segment))
        xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
}

static ty_slice piece_text(const struct captured *whole, const struct piece *piece)
{
    return ty_slice_sub(whole->text, piece->start, piece->open ? whole->text.size : piece->end);
}

static ty_slice target_piece(const struct captured *target, ty_slice id)
{
    for (size_t i = 0; id.data && i < target->pieces.count; i++)
        if (ty_slice_equal(target->pieces.items[i].id, id))
            return piece_text(target, &target->pieces.items[i]);
    return (ty_slice){"", 0};
}

static void add_pieces(struct xliff_reader *reader)
{
    for (size_t i = 0; i < reader->seg_source.pieces.count; i++) {
        const struct piece *piece = &reader->seg_source.pieces.items[i];
        add_segment(reader, piece_text(&reader->seg_source, piece), piece->codes,
                    target_piece(&reader->target, piece->id), piece->id);
    }
}

static void forget(struct captured *captured)
{
    captured->text = (ty_slice){"", 0};
    captured->codes = 0;
    ty_vector_clear(&captured->pieces);
}

/* A segment that candidates are to point to must have a name: "s1" and so on, as far as they are free. */
static void name_segments(struct xliff_reader *reader)
{
    size_t number = 0;
    char name[32];
    for (size_t i = reader->first_segment; i < reader->file->segments.count; i++) {
        struct segment *segment = &reader->file->segments.items[i];
        while (!segment->id.data) {
            snprintf(name, sizeof name, "s%zu", ++number);
            if (ty_strings_find(&reader->ids, ty_slice_of(name)) == TY_STRINGS_NONE)
                segment->id = ty_arena_copy(&reader->file->arena, ty_slice_of(name));
        }
    }
}

/* ------------------------------------------------------------------------------------------ start tags */

static void begin_unit(struct xliff_reader *reader, const char *prefix, struct attributes attributes)
{
    struct xliff_unit *unit = ty_arena_alloc(&reader->file->arena, sizeof *unit);
    if (!unit) {
        xml_fail(&reader->xml, TY_ERR_NOMEM, "out of memory");
        return;
    }
    ty_slice text = text_of(reader);
    unit->version_2 = reader->version_2;
    unit->prefix = keep(reader, ty_slice_of(prefix));
    unit->core = reader->root_namespace;
    unit->at = position(reader) + 1;
    unit->indent = space_after(text, unit->at);
    reader->unit = unit;
    reader->approved = is(attributes, "approved", "yes");
    reader->first_segment = reader->file->segments.count;
    reader->segment_name_end = 0;
    reader->segment_line = xml_line(&reader->xml);
    reader->state = (ty_slice){"", 0};
    ty_strings_clear(&reader->ids);
    forget(&reader->source);
    forget(&reader->seg_source);
    forget(&reader->target);
}

static void begin_segment(struct xliff_reader *reader, size_t name_end, struct attributes attributes)
{
    reader->segment_id = keep(reader, value(attributes, "id"));
    reader->segment_name_end = name_end;
    reader->segment_line = xml_line(&reader->xml);
    reader->state = keep(reader, value(attributes, "state"));
    forget(&reader->source);
    forget(&reader->target);
}

static void begin_matches(struct xliff_reader *reader, const char *prefix)
{
    struct xliff_unit *unit = reader->unit;
    if (unit->has_matches)
        return;
    size_t end = position(reader);
    unit->has_matches = true;
    unit->matches_prefix = keep(reader, ty_slice_of(prefix));
    unit->closed = reader->file->text.data[end] == '/';
    unit->at = end + 1;
    unit->indent = space_after(text_of(reader), unit->at);
}

/* "#s1" within the unit, or "#f=f1/u=1/s1" from anywhere. */
static ty_slice referred(ty_slice reference)
{
    ty_slice part = reference;
    while (ty_slice_next(&reference, '/', &part) && reference.data) {
    }
    return ty_slice_starts(part, TY_SLICE("#")) ? ty_slice_sub(part, 1, part.size) : part;
}

static void begin_candidate(struct xliff_reader *reader, struct attributes attributes)
{
    ty_slice id = reader->version_2 ? referred(value(attributes, "ref")) : value(attributes, "mid");
    reader->candidate_id = keep(reader, id);
}

static void begin_text(struct xliff_reader *reader, enum element kind, size_t start,
                       struct attributes attributes)
{
    enum element above = kind_above(reader);
    enum element home = reader->version_2 ? SEGMENT : UNIT;
    if (kind == TARGET && above == CANDIDATE)
        begin_capture(reader, &reader->candidate);
    if (above != home)
        return;
    if (kind == SOURCE && !reader->version_2)
        reader->unit->indent = space_before(text_of(reader), start);
    if (kind == TARGET && !reader->version_2)
        reader->state = keep(reader, value(attributes, "state"));
    begin_capture(reader, kind == SOURCE   ? &reader->source
                          : kind == TARGET ? &reader->target
                                           : &reader->seg_source);
}

static void begin_inline(struct xliff_reader *reader, enum element kind, struct attributes attributes)
{
    if (kind == MARK && is(attributes, "mtype", "seg"))
        begin_piece(reader, attributes);
    if (reader->muted || kind == CODE)
        reader->muted++;
    if (reader->muted <= 1)
        reader->into->codes += kind == SPAN ? 2 : kind == CODE ? 1 : 0;
}

static void begin_root(struct xliff_reader *reader, const char *name, const xmlChar *uri,
                       struct attributes attributes)
{
    if (strcmp(name, "xliff") != 0) {
        xml_fail(&reader->xml, TY_ERR_FORMAT, "this is no XLIFF: its root is <%.80s>", name);
        return;
    }
    reader->root_namespace = keep(reader, ty_slice_of((const char *)uri));
    reader->version_2 = ty_slice_starts(value(attributes, "version"), TY_SLICE("2."));
    reader->source_lang = keep(reader, value(attributes, "srcLang"));
    reader->target_lang = keep(reader, value(attributes, "trgLang"));
}

static void begin_part(struct xliff_reader *reader, const char *name, struct attributes attributes)
{
    if (strcmp(name, "file") != 0)
        return;
    reader->run++;
    if (reader->version_2)
        return;
    reader->source_lang = keep(reader, value(attributes, "source-language"));
    reader->target_lang = keep(reader, value(attributes, "target-language"));
}

static void note_id(struct xliff_reader *reader, struct attributes attributes)
{
    ty_slice id = value(attributes, "id");
    if (reader->unit && reader->version_2 && id.data)
        ty_strings_add(&reader->ids, id);
}

static void begin(struct xliff_reader *reader, enum element kind, const char *name, const char *prefix,
                  struct attributes attributes)
{
    size_t start = tag_start(reader, position(reader));
    if (kind != OTHER)
        check_tag(reader, start, prefix, name);
    if (kind == PART)
        begin_part(reader, name, attributes);
    if (kind == UNIT && !reader->unit)
        begin_unit(reader, prefix, attributes);
    if (!reader->unit)
        return;
    size_t name_end = start + 1 + (prefix ? strlen(prefix) + 1 : 0) + strlen(name);
    switch (kind) {
    case SEGMENT: begin_segment(reader, name_end, attributes); break;
    case MATCHES: begin_matches(reader, prefix); break;
    case CANDIDATE: begin_candidate(reader, attributes); break;
    case SOURCE:
    case SEG_SOURCE:
    case TARGET: begin_text(reader, kind, start, attributes); break;
    default: break;
    }
}

static void on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int space_count, const xmlChar **spaces, int count, int preset, const xmlChar **list)
{
    struct xliff_reader *reader = context;
    struct attributes attributes = {count, list};
    xml_mend_attributes(count, list);
    if (!reader->open.count)
        begin_root(reader, (const char *)name, uri, attributes);
    enum element kind = classify(reader, (const char *)name, uri);
    note_id(reader, attributes);
    if (reader->into)
        begin_inline(reader, kind, attributes);
    else
        begin(reader, kind, (const char *)name, (const char *)prefix, attributes);
    push(reader, kind, attributes);
}

/* ------------------------------------------------------------------------------------------ end tags */

static void end_text(struct xliff_reader *reader)
{
    const struct captured *into = reader->into;
    end_capture(reader);
    if (into != &reader->candidate) {
        if (!reader->version_2)
            reader->unit->at = position(reader);
        return;
    }
    struct known *known = ty_arena_alloc(&reader->file->arena, sizeof *known);
    if (!known)
        return;
    *known = (struct known){into->text, reader->candidate_id, reader->unit->known};
    reader->unit->known = known;
}

static void end_unit(struct xliff_reader *reader)
{
    if (reader->version_2)
        name_segments(reader);
    else if (reader->seg_source.pieces.count)
        add_pieces(reader);
    else
        add_segment(reader, reader->source.text, reader->source.codes, reader->target.text,
                    (ty_slice){NULL, 0});
    reader->unit = NULL;
}

static void end_inline(struct xliff_reader *reader, enum element kind)
{
    if (reader->muted)
        reader->muted--;
    if (kind == MARK)
        end_piece(reader);
}

/* Units are not in units, so that the one that ends is the one that was begun. */
static void end(struct xliff_reader *reader, enum element kind)
{
    switch (kind) {
    case UNIT: end_unit(reader); break;
    case SEGMENT:
        add_segment(reader, reader->source.text, reader->source.codes, reader->target.text,
                    reader->segment_id);
        break;
    case CANDIDATE:
        if (reader->version_2 && reader->unit->has_matches && !reader->unit->closed)
            reader->unit->at = position(reader);
        break;
    default: break;
    }
}

static void on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xliff_reader *reader = context;
    enum element kind = reader->open.items[reader->open.count - 1].kind;
    if (reader->into && reader->open.count == reader->into_depth + 1)
        end_text(reader);
    else if (reader->into)
        end_inline(reader, kind);
    else if (reader->unit)
        end(reader, kind);
    reader->open.count--;
}

/* ------------------------------------------------------------------------------------------ the file */

/* The whole text as UTF-8, and what the file is to be written in. */
static ty_status decode(ty_bilingual *file, const char *encoding, ty_error *error)
{
    struct input *input;
    struct xml_text *text = NULL;
    char bytes[4096];
    ty_status status =
        input_open(&(ty_source){file->name, ty_buffer_slice(&file->original)}, ".xlf", &input, error);
    if (status != TY_OK)
        return status;
    if (input_is_compressed(input))
        status = ty_error_set(error, TY_ERR_FORMAT, "the file is compressed; unpack it first");
    if (status == TY_OK)
        status = xml_text_open(input, encoding, NULL, &text, error);
    if (status == TY_OK) {
        ty_slice declared = ty_slice_of(xml_text_declared(text));
        for (int count; (count = xml_text_read(text, bytes, sizeof bytes)) > 0;)
            ty_buffer_add(&file->text, (ty_slice){bytes, (size_t)count});
        status = xml_text_status(text);
        snprintf(file->encoding, sizeof file->encoding, "%s", xml_text_encoding(text));
        file->narrow = declared.size && !ty_slice_equal_nocase(ty_slice_sub(declared, 0, 3), TY_SLICE("UTF"));
    }
    xml_text_close(text);
    input_close(input);
    return status;
}

static ty_status parse(struct xliff_reader *reader, ty_error *error)
{
    struct input *input;
    ty_source text = {reader->file->name, ty_buffer_slice(&reader->file->text)};
    ty_status status = input_open(&text, ".xlf", &input, error);
    if (status != TY_OK)
        return status;
    status = xml_text_open(input, "UTF-8", NULL, &reader->xml.text, error);
    if (status == TY_OK) {
        reader->xml.handlers.startElementNs = on_start;
        reader->xml.handlers.endElementNs = on_end;
        reader->xml.handlers.characters = on_text;
        reader->xml.handlers.cdataBlock = on_text;
        reader->xml.error = error;
        status = xml_parse(&reader->xml);
    }
    xml_text_close(reader->xml.text);
    input_close(input);
    return status;
}

ty_status xliff_load(ty_bilingual *file, const char *encoding, ty_error *error)
{
    struct xliff_reader reader = {.file = file};
    struct captured *captured[] = {&reader.source, &reader.seg_source, &reader.target, &reader.candidate};
    ty_status status = decode(file, encoding, error);
    if (status == TY_OK)
        status = parse(&reader, error);
    for (size_t i = 0; i < sizeof captured / sizeof *captured; i++)
        ty_vector_release(&captured[i]->pieces);
    ty_vector_release(&reader.open);
    ty_strings_release(&reader.ids);
    ty_buffer_release(&reader.text);
    return status;
}
