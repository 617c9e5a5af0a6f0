/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TMX out. The layout depends on the units alone, so that a second round trip writes the same bytes.
 */
#include <stdlib.h>
#include <zlib.h>

#include "formats/tmx/tmx.h"

enum { FLUSH_AT = 1 << 16 };

struct ty_tmx_writer {
    ty_output *output;
    ty_tmx_write_options options;
    ty_buffer text;    /* UTF-8 not yet written */
    ty_buffer encoded; /* the same as UTF-16 */
    ty_buffer scratch;
    z_stream deflater;
    bool deflating;
    uint64_t size, replaced;
    const char *end_of_line;
    ty_status status;
};

/* ------------------------------------------------------------------------------------------ text */

/* Bytes that cannot be written as they are, or may begin a character that cannot. */
static inline bool is_special(unsigned char byte)
{
    static const uint64_t bits[4] = {0xFFFFFFFF | UINT64_C(1) << '"' | UINT64_C(1) << '&' |
                                         UINT64_C(1) << '<' | UINT64_C(1) << '>',
                                     0, 0, UINT64_C(1) << (0xED - 0xC0) | UINT64_C(1) << (0xEF - 0xC0)};
    return bits[byte >> 6] >> (byte & 63) & 1;
}

#define EIGHT(byte) ((byte)*UINT64_C(0x0101010101010101))

/* Not 0 where one of eight bytes is below `limit`, 0x80 at most (S. E. Anderson, Bit Twiddling Hacks). */
static inline uint64_t any_below(uint64_t bytes, uint64_t limit)
{
    return (bytes - EIGHT(limit)) & ~bytes & EIGHT(0x80);
}

/* Is one of eight special? Of each pair one bit is not looked at: " and &, < and >, ED and EF. */
static inline bool has_special(uint64_t bytes)
{
    return (any_below(bytes, 0x20) | any_below((bytes & EIGHT(0xFB)) ^ EIGHT(0x22), 1) |
            any_below((bytes & EIGHT(0xFD)) ^ EIGHT(0x3C), 1) |
            any_below((bytes & EIGHT(0xFD)) ^ EIGHT(0xED), 1)) != 0;
}

/* How many bytes from `at` on are plain. */
static size_t plain_run(ty_slice text, size_t at)
{
    size_t start = at;
    uint64_t bytes;
    for (; at + sizeof bytes <= text.size; at += sizeof bytes) {
        memcpy(&bytes, text.data + at, sizeof bytes);
        if (has_special(bytes))
            break;
    }
    while (at < text.size && !is_special((unsigned char)text.data[at]))
        at++;
    return at - start;
}

/* What stands for the character at `at`; its length goes to *length. Data NULL: the character itself. */
static ty_slice escape_at(ty_tmx_writer *writer, ty_slice text, size_t at, bool attribute, size_t *length)
{
    const unsigned char *s = (const unsigned char *)text.data + at;
    ty_slice escape = ty_xml_escape(text.data[at], attribute);
    *length = 1;
    if (escape.data)
        return escape;
    switch (s[0]) {
    case '"':
    case '\n':
    case '\t': return escape;
    case 0xED: /* surrogates are ED A0 80 to ED BF BF */
        if (text.size - at < 3 || s[1] < 0xA0)
            return (ty_slice){NULL, 0};
        break;
    case 0xEF: /* U+FFFE, U+FFFF */
        if (text.size - at < 3 || s[1] != 0xBF || s[2] < 0xBE)
            return (ty_slice){NULL, 0};
        break;
    }
    *length = s[0] < 0x20 ? 1 : 3;
    writer->replaced++;
    return TY_SLICE("\xEF\xBF\xBD");
}

static void add_escaped(ty_tmx_writer *writer, ty_slice text, bool attribute)
{
    size_t at = 0;
    while (at < text.size) {
        size_t run = plain_run(text, at), length;
        if (run)
            ty_buffer_add(&writer->text, (ty_slice){text.data + at, run});
        at += run;
        if (at >= text.size)
            break;
        ty_slice escape = escape_at(writer, text, at, attribute, &length);
        ty_buffer_add(&writer->text, escape.data ? escape : (ty_slice){text.data + at, 1});
        at += length;
    }
}

#define ADD(literal) ty_buffer_add(&writer->text, TY_SLICE(literal))

static void end_line(ty_tmx_writer *writer)
{
    ty_buffer_add_string(&writer->text, writer->end_of_line);
}

/* ------------------------------------------------------------------------------------------ flushing */

static void deflate_some(ty_tmx_writer *writer, ty_slice bytes, int flush)
{
    unsigned char packed[1 << 14];
    writer->deflater.next_in = (unsigned char *)bytes.data;
    writer->deflater.avail_in = (unsigned)bytes.size;
    do {
        writer->deflater.next_out = packed;
        writer->deflater.avail_out = sizeof packed;
        deflate(&writer->deflater, flush);
        ty_output_write(writer->output,
                        (ty_slice){(char *)packed, sizeof packed - writer->deflater.avail_out});
    } while (writer->deflater.avail_out == 0);
}

static ty_status flush(ty_tmx_writer *writer, bool last, ty_error *error)
{
    ty_slice bytes = ty_buffer_slice(&writer->text);
    if (writer->text.failed || writer->scratch.failed)
        return writer->status = ty_error_nomem(error);
    if (writer->options.utf16 && bytes.size) {
        ty_buffer_clear(&writer->encoded);
        writer->status = ty_text_encode(bytes, "UTF-16LE", &writer->encoded, error);
        if (writer->status != TY_OK)
            return writer->status;
        bytes = ty_buffer_slice(&writer->encoded);
    }
    writer->size += bytes.size;
    if (writer->deflating)
        deflate_some(writer, bytes, last ? Z_FINISH : Z_NO_FLUSH);
    else
        ty_output_write(writer->output, bytes);
    ty_buffer_clear(&writer->text);
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ attributes */

static bool is_name(ty_slice name)
{
    for (size_t i = 0; i < name.size; i++) {
        unsigned char c = (unsigned char)name.data[i];
        bool letter = (c | 32) >= 'a' && (c | 32) <= 'z';
        bool other = (c >= '0' && c <= '9') || c == '-' || c == '.';
        if (!letter && c < 0x80 && c != '_' && c != ':' && (!other || i == 0))
            return false;
    }
    return name.size > 0;
}

static ty_slice mapped_lang(const ty_tmx_writer *writer, ty_slice lang)
{
    for (size_t i = 0; i < writer->options.lang_map_count; i++)
        if (ty_tmx_lang_same(writer->options.lang_map[i].from, lang))
            return writer->options.lang_map[i].to;
    return lang;
}

static bool is_lang_name(ty_slice name)
{
    return ty_slice_equal(name, TY_SLICE("xml:lang")) || ty_slice_equal(name, TY_SLICE("lang")) ||
           ty_slice_equal(name, TY_SLICE("srclang")) || ty_slice_equal(name, TY_SLICE("adminlang"));
}

/* "{namespace}name" gets a prefix of its own; the number keeps prefixes of one element apart. */
static bool add_foreign_name(ty_tmx_writer *writer, ty_slice name, size_t number)
{
    size_t close = ty_slice_find(name, TY_SLICE("}"), 0);
    ty_slice local = ty_slice_sub(name, close == SIZE_MAX ? name.size : close + 1, name.size);
    if (!is_name(local))
        return false;
    ty_buffer_add_format(&writer->text, " xmlns:ns%zu=\"", number);
    add_escaped(writer, ty_slice_sub(name, 1, close), true);
    ty_buffer_add_format(&writer->text, "\" ns%zu:", number);
    ty_buffer_add(&writer->text, local);
    return true;
}

static void add_attribute(ty_tmx_writer *writer, ty_slice name, ty_slice value, size_t number)
{
    if (name.size && name.data[0] == '{') {
        if (!add_foreign_name(writer, name, number))
            return;
    } else {
        if (!is_name(name))
            return;
        if (is_lang_name(name))
            value = mapped_lang(writer, value);
        if (writer->options.version_1_1 && ty_slice_equal(name, TY_SLICE("xml:lang")))
            name = TY_SLICE("lang");
        ty_buffer_add_char(&writer->text, ' ');
        ty_buffer_add(&writer->text, name);
    }
    ADD("=\"");
    add_escaped(writer, value, true);
    ty_buffer_add_char(&writer->text, '"');
}

/* Those whose name begins with `prefix`, without it; with prefix "" those that belong to no other element. */
static void add_attributes(ty_tmx_writer *writer, ty_attributes attributes, const char *prefix)
{
    ty_slice wanted = ty_slice_of(prefix);
    for (size_t i = 0; i < attributes.count; i++) {
        ty_slice name = attributes.items[i].name;
        bool elsewhere = ty_slice_starts(name, TY_SLICE("tmx:")) || ty_slice_starts(name, TY_SLICE("seg:"));
        if (wanted.size ? !ty_slice_starts(name, wanted) : elsewhere)
            continue;
        add_attribute(writer, ty_slice_sub(name, wanted.size, name.size), attributes.items[i].value, i);
    }
}

static bool has_attribute(ty_attributes attributes, const char *prefix)
{
    for (size_t i = 0; i < attributes.count; i++)
        if (ty_slice_starts(attributes.items[i].name, ty_slice_of(prefix)))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ notes,
 * properties
 */

static void add_info(ty_tmx_writer *writer, const ty_info *info)
{
    static const char *const names[] = {
        [TY_INFO_NOTE] = "note", [TY_INFO_PROP] = "prop", [TY_INFO_UDE] = "ude"};
    if (info->kind == TY_INFO_OTHER) {
        ty_buffer_add(&writer->text, info->text);
        end_line(writer);
        return;
    }
    ty_buffer_add_char(&writer->text, '<');
    ty_buffer_add_string(&writer->text, names[info->kind]);
    add_attributes(writer, info->attributes, "");
    ty_buffer_add_char(&writer->text, '>');
    if (info->kind == TY_INFO_UDE)
        ty_buffer_add(&writer->text, info->text);
    else
        add_escaped(writer, info->text, false);
    ADD("</");
    ty_buffer_add_string(&writer->text, names[info->kind]);
    ty_buffer_add_char(&writer->text, '>');
    end_line(writer);
}

static void add_infos(ty_tmx_writer *writer, ty_infos infos)
{
    for (size_t i = 0; i < infos.count; i++)
        add_info(writer, &infos.items[i]);
}

/* ------------------------------------------------------------------------------------------ header */

static void add_header_attributes(ty_tmx_writer *writer, ty_attributes attributes)
{
    static const struct {
        const char *name, *value;
    } required[] = {
        {"creationtool", "taiyaku"}, {"creationtoolversion", NULL}, {"segtype", "sentence"},
        {"o-tmf", "unknown"},        {"adminlang", "en"},           {"srclang", "*all*"},
        {"datatype", "unknown"},
    };
    add_attributes(writer, attributes, "");
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        if (ty_attribute_find(attributes, required[i].name).data)
            continue;
        const char *value = required[i].value ? required[i].value : ty_version();
        add_attribute(writer, ty_slice_of(required[i].name), ty_slice_of(value), 0);
    }
}

static void add_header(ty_tmx_writer *writer, const ty_header *header)
{
    const ty_tmx_write_options *options = &writer->options;
    if (options->utf16)
        ADD("\xEF\xBB\xBF");
    ty_buffer_add_format(&writer->text, "<?xml version=\"1.0\" encoding=\"%s\"?>",
                         options->utf16 ? "UTF-16" : "UTF-8");
    end_line(writer);
    ty_buffer_add_format(&writer->text, "<tmx version=\"%s\"", options->version_1_1 ? "1.1" : "1.4");
    add_attributes(writer, header->attributes, "tmx:");
    ty_buffer_add_char(&writer->text, '>');
    end_line(writer);
    ADD("<header");
    add_header_attributes(writer, header->attributes);
    if (header->infos.count) {
        ty_buffer_add_char(&writer->text, '>');
        end_line(writer);
        add_infos(writer, header->infos);
        ADD("</header>");
    } else
        ADD("/>");
    end_line(writer);
    ADD("<body>");
    end_line(writer);
}

/* ------------------------------------------------------------------------------------------ units */

/* TMX 1.1 has no hi, and no attributes on sub: the text stays, the tags go. */
static void add_old_content(ty_tmx_writer *writer, ty_slice content)
{
    ty_token token;
    while (ty_inline_next(&content, &token)) {
        bool hi = ty_slice_equal(token.name, TY_SLICE("hi")),
             sub = ty_slice_equal(token.name, TY_SLICE("sub"));
        switch (token.kind) {
        case TY_TOKEN_TEXT:
        case TY_TOKEN_OTHER: ty_buffer_add(&writer->text, token.text); break;
        case TY_TOKEN_START:
            if (hi)
                break;
            ty_buffer_add_char(&writer->text, '<');
            ty_buffer_add(&writer->text, token.name);
            if (!sub && ty_slice_trim(token.attributes).size) {
                ty_buffer_add_char(&writer->text, ' ');
                ty_buffer_add(&writer->text, ty_slice_trim(token.attributes));
            }
            ty_buffer_add_string(&writer->text, token.empty ? "/>" : ">");
            break;
        case TY_TOKEN_END:
            if (!hi)
                ty_buffer_add_format(&writer->text, "</%.*s>", TY_SLICE_FORMAT(token.name));
            break;
        }
    }
}

static void add_segment(ty_tmx_writer *writer, const ty_variant *variant)
{
    ADD("<seg");
    if (has_attribute(variant->attributes, "seg:"))
        add_attributes(writer, variant->attributes, "seg:");
    ty_buffer_add_char(&writer->text, '>');
    if (!variant->content.data || writer->options.level_1)
        add_escaped(writer, variant->text, false);
    else if (writer->options.version_1_1)
        add_old_content(writer, variant->content);
    else
        ty_buffer_add(&writer->text, variant->content);
    ADD("</seg>");
}

static void add_variant(ty_tmx_writer *writer, const ty_variant *variant)
{
    ADD("<tuv");
    add_attribute(writer, TY_SLICE("xml:lang"), variant->lang, 0);
    ty_attributes attributes = variant->attributes;
    for (size_t i = 0; i < attributes.count; i++) {
        ty_slice name = attributes.items[i].name;
        bool twice = writer->options.version_1_1 && ty_slice_equal(name, TY_SLICE("lang"));
        if (!twice && !ty_slice_starts(name, TY_SLICE("seg:")))
            add_attribute(writer, name, attributes.items[i].value, i);
    }
    ty_buffer_add_char(&writer->text, '>');
    if (variant->infos.count) {
        end_line(writer);
        add_infos(writer, variant->infos);
    }
    add_segment(writer, variant);
    if (variant->infos.count)
        end_line(writer);
    ADD("</tuv>");
    end_line(writer);
}

ty_status ty_tmx_writer_unit(ty_tmx_writer *writer, const ty_unit *unit, ty_error *error)
{
    if (writer->status != TY_OK)
        return writer->status;
    ADD("<tu");
    add_attributes(writer, unit->attributes, "");
    ty_buffer_add_char(&writer->text, '>');
    end_line(writer);
    add_infos(writer, unit->infos);
    for (size_t i = 0; i < unit->variant_count; i++)
        add_variant(writer, &unit->variants[i]);
    ADD("</tu>");
    end_line(writer);
    return writer->text.size >= FLUSH_AT ? flush(writer, false, error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ life */

static ty_status start_deflate(ty_tmx_writer *writer, ty_error *error)
{
    if (deflateInit2(&writer->deflater, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        return ty_error_nomem(error);
    writer->deflating = true;
    return TY_OK;
}

static void free_writer(ty_tmx_writer *writer)
{
    if (writer->deflating)
        deflateEnd(&writer->deflater);
    ty_buffer_release(&writer->text);
    ty_buffer_release(&writer->encoded);
    ty_buffer_release(&writer->scratch);
    free(writer);
}

ty_status ty_tmx_writer_open(ty_output *output, const ty_tmx_write_options *options, const ty_header *header,
                             ty_tmx_writer **out, ty_error *error)
{
    *out = NULL;
    ty_tmx_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return ty_error_nomem(error);
    writer->output = output;
    if (options)
        writer->options = *options;
    writer->end_of_line = writer->options.crlf ? "\r\n" : "\n";
    ty_status status = writer->options.gzip ? start_deflate(writer, error) : TY_OK;
    if (status != TY_OK) {
        free_writer(writer);
        return status;
    }
    add_header(writer, header ? header : &(ty_header){0});
    *out = writer;
    return TY_OK;
}

uint64_t ty_tmx_writer_size(const ty_tmx_writer *writer)
{
    return writer->size + writer->text.size * (writer->options.utf16 ? 2 : 1);
}

ty_status ty_tmx_writer_close(ty_tmx_writer *writer, uint64_t *replaced, ty_error *error)
{
    if (!writer)
        return TY_OK;
    if (writer->status == TY_OK) {
        ADD("</body>");
        end_line(writer);
        ADD("</tmx>");
        end_line(writer);
        (void)flush(writer, true, error); /* its status is the writer's */
    }
    ty_status status = writer->status;
    if (replaced)
        *replaced = writer->replaced;
    free_writer(writer);
    return status;
}
