/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of formats share: input streams, XML parsing under one set of rules, findings of TMX.
 */
#ifndef TY_FORMATS_INTERNAL_H
#define TY_FORMATS_INTERNAL_H

#include <libxml/parser.h>

#include "formats/formats.h"
#include "text/text.h"

/* ------------------------------------------------------------------------------------------ input.c */

/*
 * Bytes of a source, in order, out of gzip or zip where they are in one. Errors are located (file) and kept:
 * after the first one every read gives 0.
 */
struct input;
struct zip_member;

/* `member`: the suffix of the one file wanted out of a zip (".tmx"). */
ty_status ty_input_open(const ty_source *source, const char *member, struct input **out, ty_error *error);
/* The member of a package, whose bytes are borrowed, unpacked; not more than it declares. */
ty_status ty_input_open_member(ty_slice archive, const struct zip_member *member, const char *path,
                               struct input **out, ty_error *error);
void ty_input_close(struct input *input);
/* From here on a packed file that is cut off ends where it is cut, instead of failing. */
void ty_input_salvage(struct input *input);
/* Up to `size` bytes; 0 at the end and after a failure. */
size_t ty_input_read(struct input *input, char *bytes, size_t size, ty_error *error);
/* The next bytes without taking them, as many as there are up to 64 KiB. */
ty_slice ty_input_peek(struct input *input, ty_error *error);
/* All that is left, appended; more than `limit` bytes are TY_ERR_LIMIT. */
ty_status ty_input_read_all(struct input *input, size_t limit, ty_buffer *out, ty_error *error);
bool ty_input_is_compressed(const struct input *input);
/* Bytes taken from the file itself, and its size (0: unknown): for progress. */
uint64_t ty_input_position(const struct input *input);
uint64_t ty_input_total(const struct input *input);

/* A random-access look at a source: `size` bytes at `offset`, fewer at the end. */
struct raw {
    int file;        /* -1 for bytes in memory */
    ty_slice bytes;  /* of the caller, or of `owned` */
    ty_buffer owned; /* standard input that had to be read at once */
    uint64_t size;   /* 0: unknown */
};
size_t ty_input_raw_read_at(struct raw *raw, uint64_t offset, char *bytes, size_t size);
uint64_t ty_input_raw_size(const struct raw *raw);

/* ------------------------------------------------------------------------------------------ zip.c */

enum { ZIP_METHOD_STORED = 0, ZIP_METHOD_DEFLATED = 8 };

struct zip_member {
    ty_slice name;         /* as the directory has it */
    uint64_t offset, size; /* of its local header, after zip_locate of its bytes */
    uint64_t unpacked;     /* as declared; more or less is an error when it is read */
    uint32_t crc;
    uint16_t method;
    bool encrypted;
};

/* A vector of members, in the order of the directory, and the memory of their names. */
struct zip_list {
    struct zip_member *items;
    size_t count, capacity;
    ty_arena names;
};

/* What an archive holds, whether it can be read or not. `out` is zeroed, to be released whatever comes. */
ty_status ty_zip_list(struct raw *raw, struct zip_list *out, ty_error *error);
void ty_zip_list_release(struct zip_list *list);
/* From a member of the list to where its bytes are; an error where they cannot be read. */
ty_status ty_zip_locate(struct raw *raw, struct zip_member *member, ty_error *error);
/* Finds the one member whose name ends like `suffix`, in any case, and locates it. */
ty_status ty_zip_find(struct raw *raw, const char *suffix, struct zip_member *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ head.c,
 * registry.c */

/* 'L' or 'B' where the bytes begin as UTF-16 does, with a byte order mark or without; 0 otherwise. */
int ty_sniff_wide(ty_slice head);
/* What the first bytes of a file (out of its compression) are. `name`: for the extension, may be NULL. */
ty_sniffed ty_sniff_bytes(ty_slice head, const char *name);

/* The encoding that an XML declaration at the start of `head` names, or "". */
void ty_xml_declared_encoding(ty_slice head, char *name, size_t size);

/* ------------------------------------------------------------------------------------------ xml.c */

/* Bytes to UTF-8 for the parser, and what had to be decided on the way. */
struct xml_text;

enum xml_doubt {
    XML_DOUBT_MISMATCH = 1,    /* bytes and declaration disagree, the bytes were believed */
    XML_DOUBT_NO_BOM = 2,      /* UTF-16 without byte order mark */
    XML_DOUBT_NOT_UNICODE = 4, /* a legacy encoding */
    XML_DOUBT_SPACE = 8,       /* white space before the XML declaration, skipped */
    XML_DOUBT_UTF32 = 16
};

/* Told of each character that was replaced. */
struct xml_repair {
    void *payload; /* NULL function: no repair */
    void (*replaced)(void *payload, size_t line, uint32_t code_point);
};

/*
 * libxml2 compares each attribute of a tag with all others, so that one with 300,000 takes half a minute:
 * tags with more than these are refused. Elements that programs and people write have some dozens.
 */
enum { TY_MOST_ATTRIBUTES = 500 };
ty_status ty_attributes_refuse(const char *file, size_t line, ty_error *error);

/* How many attributes the tag has that the bytes came to (xml_limits.c); begins as zero. */
struct xml_limits {
    int place;
    char quote, last[2];
    size_t attributes, lines;
};

/* Of UTF-8 for the parser, in blocks as they come: TY_ERR_LIMIT, with its line, where a tag has too many. */
ty_status ty_xml_limits_check(struct xml_limits *limits, ty_slice bytes, ty_error *error);

/* The input is borrowed. `encoding`: told by the user, or NULL. `repair` may be NULL. */
ty_status ty_xml_text_open(struct input *input, const char *encoding, const struct xml_repair *repair,
                           struct xml_text **out, ty_error *error);
void ty_xml_text_close(struct xml_text *text);
/* The read callback of libxml2: bytes, 0 at the end, -1 on failure, which ty_xml_text_status tells. */
int ty_xml_text_read(void *text, char *bytes, int size);
ty_status ty_xml_text_status(const struct xml_text *text);
bool ty_xml_text_ended(const struct xml_text *text);   /* all has been read */
bool ty_xml_text_has_nul(const struct xml_text *text); /* the parser stops at one without a word */
void ty_xml_text_stop(struct xml_text *text);          /* as if it ended here */
/* Which doubts there are so far; after the end all. */
unsigned ty_xml_text_doubts(const struct xml_text *text);
/* What the bytes are read as, and what the file declares ("" where nothing). */
const char *ty_xml_text_encoding(const struct xml_text *text);
const char *ty_xml_text_declared(const struct xml_text *text);

/*
 * A parse under the rules that hold for all XML here: no DTD, network, entity or XInclude, libxml2's own
 * limits, an internal subset that declares entities or attributes refused, an undefined entity an error.
 *
 * A reader begins its own struct with this one, fills `handlers` as far as it wants (startElementNs,
 * endElementNs, characters, comment, processingInstruction, internalSubset), and gets a pointer to it as the
 * context of every handler.
 */
struct xml_parser {
    xmlSAXHandler handlers;
    struct xml_text *text;
    /* Told of faults that do not end the parse (namespaces); may be NULL. */
    void (*fault)(struct xml_parser *parser, size_t line, const char *message);
    ty_error *error;
    bool salvage;     /* a file that is cut off ends where it is cut, which is no failure: */
    size_t cut_line;  /* there; 0: it is whole */
    ty_status status; /* why the parse ended; TY_OK where it reached the end */
    xmlParserCtxtPtr context;
};

ty_status ty_xml_parse(struct xml_parser *parser);
/* libxml2 wants to be started once in a program that has threads. */
void ty_xml_start_library(void);
/* From `watch` on, what libxml2 cannot allocate in this thread is noted, until `sufficed`, to be called once,
 * tells. The watches of a thread end in turn. */
struct xml_memory {
    void (*before)(void); /* the thread's handler of faults, and its context */
    void *context;
    bool failed;
};
void ty_xml_memory_watch(struct xml_memory *memory);
bool ty_xml_memory_sufficed(struct xml_memory *memory);
/* Ends the parse with a failure, or, without a message, because a sink said so. */
void ty_xml_fail(struct xml_parser *parser, ty_status status, const char *format, ...) TY_PRINTF(3, 4);
void ty_xml_stop(struct xml_parser *parser, ty_status status);
static inline size_t xml_line(const struct xml_parser *parser)
{
    const xmlParserInput *input = parser->context ? parser->context->input : NULL;
    return input && input->line > 0 ? (size_t)input->line : 0;
}

/* To be called first by every startElementNs: see xml.c. */
void ty_xml_mend_attribute(const xmlChar **five, char *ampersand);
static inline void xml_mend_attributes(int count, const xmlChar **attributes)
{
    for (int i = 0; i < count; i++) {
        const xmlChar **five = attributes + (size_t)i * 5;
        char *ampersand = memchr(five[3], '&', (size_t)(five[4] - five[3]));
        if (ampersand)
            ty_xml_mend_attribute(five, ampersand);
    }
}
/* An attribute of startElementNs: libxml2 hands five pointers each. */
struct xml_attribute {
    const char *name, *prefix, *uri;
    ty_slice value;
};
static inline struct xml_attribute xml_attribute_at(const xmlChar **attributes, int i)
{
    const xmlChar **five = attributes + (size_t)i * 5;
    return (struct xml_attribute){.name = (const char *)five[0],
                                  .prefix = (const char *)five[1],
                                  .uri = (const char *)five[2],
                                  .value = {(const char *)five[3], (size_t)(five[4] - five[3])}};
}
/* Escapes text for an element or an attribute; what XML forbids becomes U+FFFD. */
void ty_xml_add_text(ty_buffer *out, ty_slice text, bool attribute);
/* The value of an attribute by its local name; data NULL where there is none. */
ty_slice ty_xml_attribute_value(int count, const xmlChar **attributes, const char *name);

#endif
