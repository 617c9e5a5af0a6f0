/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PO in: entries of a gettext file, and where a candidate for each would go. The grammar is that of GNU
 * gettext ("The Format of PO Files"): comments, keywords and strings in any layout.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/po.h"

ty_status ty_po_fail(struct po_reader *reader, const char *what)
{
    ty_error_set(reader->error, TY_ERR_FORMAT, "%s", ty_words(what));
    ty_error_locate(reader->error, NULL, reader->line, 0);
    return TY_ERR_FORMAT;
}

/* ------------------------------------------------------------------------------------------ strings */

static uint32_t digits(ty_slice text, size_t *at, unsigned base, unsigned most)
{
    uint32_t code = 0;
    for (unsigned i = 0; i < most && *at < text.size; i++, ++*at) {
        char c = text.data[*at];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                                : 99;
        if (digit >= base)
            break;
        code = code * base + digit;
    }
    return code;
}

/* What stands behind a backslash; *at moves past it. */
static void unescape(ty_slice text, size_t *at, ty_buffer *out)
{
    static const char from[] = "abfnrtv", to[] = "\a\b\f\n\r\t\v";
    char c = text.data[*at];
    const char *known = c ? strchr(from, c) : NULL;
    if (known) {
        ty_buffer_add_char(out, to[known - from]);
        ++*at;
    } else if (c == 'x') {
        ++*at;
        ty_utf8_add(out, digits(text, at, 16, 2));
    } else if (c >= '0' && c <= '7') {
        ty_utf8_add(out, digits(text, at, 8, 3));
    } else {
        ty_buffer_add_char(out, c);
        ++*at;
    }
}

static ty_buffer *buffer_of(struct po_reader *reader)
{
    switch (reader->field) {
    case CONTEXT: return &reader->context;
    case ID: return &reader->id;
    case ID_PLURAL: return &reader->plural;
    case FORM: return &reader->form;
    default: return NULL;
    }
}

static ty_status take_string(struct po_reader *reader)
{
    ty_buffer ignored = {0}, *out = buffer_of(reader);
    size_t at = reader->at + 1;
    if (!out)
        out = &ignored;
    if (reader->field == FORM && reader->entry->form_count <= PO_FORMS &&
        !reader->entry->form_at[reader->entry->form_count - 1])
        reader->entry->form_at[reader->entry->form_count - 1] = at;
    size_t before = out->size;
    while (at < reader->text.size && reader->text.data[at] != '"' && reader->text.data[at] != '\n') {
        if (reader->text.data[at] == '\\' && at + 1 < reader->text.size) {
            at++;
            unescape(reader->text, &at, out);
        } else
            ty_buffer_add_char(out, reader->text.data[at++]);
    }
    reader->translated = reader->translated || (reader->field == FORM && out->size > before);
    bool failed = out->failed;
    ty_buffer_release(&ignored);
    if (at >= reader->text.size || reader->text.data[at] != '"')
        return ty_po_fail(reader, ty_words("a string that does not end in its line"));
    reader->at = at + 1;
    return failed ? ty_error_nomem(reader->error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ keywords */

/* msgctxt or msgid: the first of an entry says where flags go. */
static ty_status open_entry(struct po_reader *reader)
{
    ty_status status = TY_OK;
    if (ty_po_is_begun(reader) && (reader->has_id || reader->field == FORM))
        status = ty_po_finish_begun(reader);
    if (status == TY_OK && !reader->entry)
        status = ty_po_begin_entry(reader);
    if (status != TY_OK || ty_po_is_begun(reader))
        return status;
    struct po_entry *entry = reader->entry;
    entry->mid_line = !ty_po_begins_line(reader);
    entry->keyword_at = entry->mid_line ? reader->at : reader->line_start;
    if (entry->notes_at == SIZE_MAX)
        entry->notes_at = entry->keyword_at;
    reader->entry_line = reader->line;
    return TY_OK;
}

static ty_status begin_form(struct po_reader *reader)
{
    struct po_entry *entry = reader->entry;
    ty_slice rest = ty_slice_sub(reader->text, reader->at, reader->text.size);
    if (!reader->has_id)
        return ty_po_fail(reader, ty_words("a msgstr without a msgid"));
    if (ty_slice_starts(rest, TY_SLICE("["))) {
        size_t end = ty_slice_find(rest, TY_SLICE("]"), 0);
        if (end == SIZE_MAX || end > 8)
            return ty_po_fail(reader, ty_words("a plural form without a number"));
        reader->at += end + 1;
    }
    ty_status status = entry->form_count ? ty_po_keep_form(reader) : TY_OK;
    entry->form_count++;
    reader->field = FORM;
    return status;
}

static ty_status take_keyword(struct po_reader *reader)
{
    size_t start = reader->at, at = start;
    while (at < reader->text.size &&
           ((reader->text.data[at] >= 'a' && reader->text.data[at] <= 'z') || reader->text.data[at] == '_'))
        at++;
    ty_slice word = ty_slice_sub(reader->text, start, at);
    bool context = ty_slice_equal(word, TY_SLICE("msgctxt")), id = ty_slice_equal(word, TY_SLICE("msgid"));
    bool form = ty_slice_equal(word, TY_SLICE("msgstr"));
    bool plural = ty_slice_equal(word, TY_SLICE("msgid_plural"));
    bool domain = ty_slice_equal(word, TY_SLICE("domain"));
    if (!(context || id || domain || (reader->entry && (form || plural))))
        return ty_po_fail(reader, word.size ? ty_words("a keyword out of place, or none of PO")
                                            : ty_words("this is no PO"));
    ty_status status = context || id ? open_entry(reader) : domain ? ty_po_finish_begun(reader) : TY_OK;
    reader->at = at;
    if (form)
        return begin_form(reader);
    reader->has_id = reader->has_id || id;
    reader->has_context = reader->has_context || context;
    reader->has_plural = reader->has_plural || plural;
    reader->field = id ? ID : context ? CONTEXT : plural ? ID_PLURAL : NOTHING;
    return status;
}

/* ------------------------------------------------------------------------------------------ the file */

static ty_status read_entries(struct po_reader *reader)
{
    ty_status status = TY_OK;
    while (status == TY_OK && reader->at < reader->text.size) {
        char c = reader->text.data[reader->at];
        if (c == '#')
            status = ty_po_take_comment(reader);
        else if (c == '"')
            status = take_string(reader);
        else if (strchr(" \t\r\n\f\v", c) && c) {
            reader->at++;
            reader->line += c == '\n';
            reader->obsolete_line = reader->obsolete_line && c != '\n';
            reader->line_start = c == '\n' ? reader->at : reader->line_start;
        } else
            status = take_keyword(reader);
    }
    return status == TY_OK ? ty_po_finish_begun(reader) : status;
}

/* The charset that the header names, which is ASCII in all encodings that PO knows; "" where none. */
static void find_charset(ty_slice bytes, char *name, size_t size)
{
    size_t at = ty_slice_find(bytes, TY_SLICE("charset="), 0), length = 0;
    for (at += 8; at != SIZE_MAX + 8 && at < bytes.size && length + 1 < size; at++) {
        char c = bytes.data[at];
        if (c == '\\' || c == '"' || c == ';' || (unsigned char)c <= ' ')
            break;
        name[length++] = c;
    }
    name[length] = '\0';
    if (strcmp(name, "CHARSET") == 0)
        name[0] = '\0'; /* of a template, yet to be filled in */
}

/* A file of ASCII is written in what its header names, UTF-8 where it names nothing. */
static ty_status decode(ty_bilingual *file, const char *encoding, ty_error *error)
{
    char charset[40];
    ty_decoded decoded;
    ty_slice bytes = ty_buffer_slice(&file->original);
    find_charset(bytes, charset, sizeof charset);
    ty_status status = ty_text_decode(bytes, encoding, charset, &file->text, &decoded, error);
    if (status != TY_OK)
        return status;
    bool ascii = strcmp(decoded.encoding, "US-ASCII") == 0;
    const char *name = ascii ? (encoding ? encoding : charset[0] ? charset : "UTF-8") : decoded.encoding;
    snprintf(file->encoding, sizeof file->encoding, "%s", name);
    if (ty_slice_equal_nocase(ty_slice_of(name), TY_SLICE("utf8")) ||
        ty_slice_equal_nocase(ty_slice_of(name), TY_SLICE("utf-8")))
        snprintf(file->encoding, sizeof file->encoding, "UTF-8");
    return TY_OK;
}

ty_status ty_po_load(ty_bilingual *file, const char *encoding, ty_error *error)
{
    struct po_reader reader = {.file = file, .error = error, .line = 1};
    ty_status status = decode(file, encoding, error);
    reader.text = ty_buffer_slice(&file->text);
    reader.first_line_end = ty_slice_find(reader.text, TY_SLICE("\n"), 0);
    if (status == TY_OK)
        status = read_entries(&reader);
    ty_buffer_release(&reader.context);
    ty_buffer_release(&reader.id);
    ty_buffer_release(&reader.plural);
    ty_buffer_release(&reader.form);
    ty_vector_release(&reader.forms);
    ty_vector_release(&reader.infos);
    for (int kind = 0; kind < PO_NOTES; kind++)
        ty_buffer_release(&reader.notes[kind]);
    return status;
}
