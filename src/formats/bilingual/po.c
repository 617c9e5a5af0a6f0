/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PO in: entries of a gettext file, and where a candidate for each would go. The grammar is that of GNU
 * gettext ("The Format of PO Files"): comments, keywords and strings in any layout.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/bilingual.h"

enum field { NOTHING, CONTEXT, ID, ID_PLURAL, FORM };

/* Kinds of comments, and what each is in a unit (NULL: a note). */
enum note_kind { NOTE_TRANSLATOR, NOTE_EXTRACTED, NOTE_REFERENCE, NOTE_FLAGS, PO_NOTES };
static const char *const note_types[PO_NOTES] = {NULL, "x-comment", "x-reference", "x-flags"};

struct po_reader {
    ty_bilingual *file;
    ty_error *error;
    ty_slice text;
    size_t at, line;
    size_t line_start, first_line_end; /* bytes */
    struct po_entry *entry;            /* NULL between entries */
    enum field field;
    bool has_id, has_context, has_plural;
    size_t entry_line;
    ty_buffer context, id, plural, form; /* msgctxt, msgid, msgid_plural, the msgstr being read */
    ty_slices forms;                     /* all msgstr of the entry */
    ty_buffer notes[PO_NOTES];           /* comments on the entry, by kind */
    info_vector infos;
    bool translated;    /* a msgstr is not empty */
    bool obsolete_line; /* it begins with "#~" */
    ty_slice source_lang, target_lang;
};

static ty_status fail(struct po_reader *reader, const char *what)
{
    ty_error_set(reader->error, TY_ERR_FORMAT, "%s", ty_words(what));
    ty_error_locate(reader->error, NULL, reader->line, 0);
    return TY_ERR_FORMAT;
}

/* ------------------------------------------------------------------------------------------ entries */

/* How lines end here: like the one before; the first like itself. */
static bool ends_in_crlf(const struct po_reader *reader)
{
    size_t end = reader->line_start ? reader->line_start - 1 : reader->first_line_end;
    return end > 0 && end < reader->text.size && reader->text.data[end - 1] == '\r';
}

/* Does only white space stand before this in its line? */
static bool begins_line(const struct po_reader *reader)
{
    return ty_bilingual_is_blank(ty_slice_sub(reader->text, reader->line_start, reader->at));
}

static ty_status begin_entry(struct po_reader *reader)
{
    struct po_entry *entry = ty_arena_alloc(&reader->file->arena, sizeof *entry);
    if (!entry)
        return ty_error_nomem(reader->error);
    entry->line_end = ends_in_crlf(reader) ? TY_SLICE("\r\n") : TY_SLICE("\n");
    entry->notes_at = SIZE_MAX;
    entry->obsolete = reader->obsolete_line;
    reader->entry = entry;
    reader->field = NOTHING;
    reader->has_id = reader->has_context = reader->has_plural = reader->translated = false;
    reader->entry_line = 0;
    ty_buffer_clear(&reader->id);
    ty_buffer_clear(&reader->context);
    ty_buffer_clear(&reader->plural);
    ty_buffer_clear(&reader->form);
    ty_vector_clear(&reader->forms);
    for (int kind = 0; kind < PO_NOTES; kind++)
        ty_buffer_clear(&reader->notes[kind]);
    return TY_OK;
}

/* Comments of a kind are not necessarily followed by an entry: those of obsolete ones are not. */
static bool is_begun(const struct po_reader *reader)
{
    return reader->entry && (reader->has_id || reader->has_context);
}

static ty_slice header_field(ty_slice header, const char *name)
{
    ty_slice line, rest = header;
    size_t size = strlen(name);
    while (rest.size && ty_slice_next(&rest, '\n', &line))
        if (line.size > size && line.data[size] == ':' &&
            ty_slice_equal_nocase(ty_slice_sub(line, 0, size), ty_slice_of(name)))
            return ty_slice_trim(ty_slice_sub(line, size + 1, line.size));
    return (ty_slice){"", 0};
}

/* gettext names languages as ll_CC@variant. */
static ty_slice header_lang(struct po_reader *reader, const char *name)
{
    ty_slice value = header_field(reader->forms.items[0], name), lang;
    if (!value.size)
        return value;
    ty_slice_next(&value, '@', &lang);
    return ty_bilingual_lang(reader->file, lang);
}

static ty_slice form_at(const struct po_reader *reader, size_t number)
{
    size_t last = reader->forms.count - 1;
    return reader->forms.items[number < last ? number : last];
}

static ty_status keep_form(struct po_reader *reader)
{
    ty_slice form = ty_arena_copy(&reader->file->arena, ty_buffer_slice(&reader->form));
    ty_buffer_clear(&reader->form);
    return ty_vector_push(&reader->forms, form) ? TY_OK : ty_error_nomem(reader->error);
}

/* What is said of the entry; a plural form more than the two that an original has is told by its number. */
static bool add_infos(struct po_reader *reader, size_t form, ty_infos *out)
{
    ty_arena *arena = &reader->file->arena;
    char number[24] = "";
    ty_slice context = ty_arena_copy(arena, ty_buffer_slice(&reader->context));
    ty_vector_clear(&reader->infos);
    bool good = ty_bilingual_add_info(reader->file, &reader->infos, "x-context", context);
    for (int kind = 0; good && kind < PO_NOTES; kind++)
        good = ty_bilingual_add_info(reader->file, &reader->infos, note_types[kind],
                                     ty_arena_copy(arena, ty_buffer_slice(&reader->notes[kind])));
    if (form > 1)
        snprintf(number, sizeof number, "%zu", form);
    good = good && ty_bilingual_add_info(reader->file, &reader->infos, "x-plural-form",
                                         ty_arena_copy(arena, ty_slice_of(number)));
    *out = ty_bilingual_keep_infos(reader->file, &reader->infos);
    return good;
}

static void set_state(const struct po_reader *reader, ty_bilingual_segment *segment)
{
    struct marks marks = {0};
    const struct po_entry *entry = reader->entry;
    marks.values[MARK_FLAG] = entry->obsolete ? TY_SLICE("obsolete")
                              : entry->fuzzy  ? TY_SLICE("fuzzy")
                                              : (ty_slice){"", 0};
    ty_states_weigh(&marks, segment);
    segment->state = entry->obsolete       ? TY_SEGMENT_LOCKED
                     : !reader->translated ? TY_SEGMENT_OPEN
                     : entry->fuzzy        ? TY_SEGMENT_DRAFT
                                           : TY_SEGMENT_TRANSLATED;
    if (!segment->target.size)
        segment->trust = TY_STATE_OUTSIDE;
}

static bool add_segment(struct po_reader *reader, const ty_buffer *source, size_t form)
{
    struct segment segment = {
        .shown = {.source = ty_arena_copy(&reader->file->arena, ty_buffer_slice(source)),
                  .target = form_at(reader, form),
                  .source_lang = reader->source_lang,
                  .target_lang = reader->target_lang,
                  .run = reader->file->segments.count,
                  .plural = source == &reader->plural,
                  .line = reader->entry_line},
        .unit = reader->entry,
        .plural = source == &reader->plural};
    segment.passage.text = segment.shown.source;
    set_state(reader, &segment.shown);
    return add_infos(reader, form, &segment.shown.infos) && ty_bilingual_add(reader->file, &segment);
}

/* The singular is the first form's original, the plural that of all others, or of the only one, too. */
static bool add_segments(struct po_reader *reader)
{
    bool good = add_segment(reader, &reader->id, 0);
    if (good && reader->has_plural)
        good = add_segment(reader, &reader->plural, 1);
    for (size_t form = 2; good && reader->has_plural && form < reader->forms.count; form++)
        if (reader->forms.items[form].size)
            good = add_segment(reader, &reader->plural, form);
    return good;
}

static bool is_header(const struct po_reader *reader)
{
    return !reader->id.size && !reader->has_context;
}

static ty_status end_entry(struct po_reader *reader)
{
    struct po_entry *entry = reader->entry;
    ty_status status = TY_OK;
    reader->entry = NULL;
    if (entry->obsolete && (!reader->has_id || !entry->form_count))
        return TY_OK;
    if (!reader->has_id || !entry->form_count)
        return fail(reader, reader->has_id ? ty_words("a msgid without a msgstr")
                                           : ty_words("a msgctxt without a msgid"));
    reader->entry = entry;
    status = keep_form(reader);
    if (status == TY_OK && is_header(reader)) {
        reader->source_lang = header_lang(reader, "X-Source-Language");
        reader->target_lang = header_lang(reader, "Language");
    } else if (status == TY_OK && !add_segments(reader)) {
        status = ty_error_nomem(reader->error);
    }
    reader->entry = NULL;
    return status;
}

static ty_status finish_begun(struct po_reader *reader)
{
    ty_status status = is_begun(reader) ? end_entry(reader) : TY_OK;
    reader->entry = NULL;
    reader->field = NOTHING; /* a string that goes on behind a comment is of none */
    return status;
}

/* ------------------------------------------------------------------------------------------ comments */

static bool has_flag(ty_slice flags, const char *name)
{
    ty_slice flag;
    while (ty_slice_next(&flags, ',', &flag))
        if (ty_slice_equal(ty_slice_trim(flag), ty_slice_of(name)))
            return true;
    return false;
}

/* What is fuzzy is a state, no flag to be kept; our own remarks are no comments. */
static void keep_flags(ty_buffer *out, ty_slice flags)
{
    ty_slice flag;
    while (ty_slice_next(&flags, ',', &flag)) {
        flag = ty_slice_trim(flag);
        if (!flag.size || ty_slice_equal(flag, TY_SLICE("fuzzy")))
            continue;
        ty_buffer_add_string(out, out->size ? ", " : "");
        ty_buffer_add(out, flag);
    }
}

static void keep_note(struct po_reader *reader, char kind, ty_slice text)
{
    enum note_kind note = kind == '.' ? NOTE_EXTRACTED : kind == ':' ? NOTE_REFERENCE : NOTE_TRANSLATOR;
    ty_buffer *out = &reader->notes[note];
    text = ty_slice_trim(text);
    if (kind == ',') {
        keep_flags(&reader->notes[NOTE_FLAGS], text);
    } else if (kind != '|' && text.size && !ty_slice_starts(text, TY_SLICE("taiyaku: "))) {
        ty_buffer_add_string(out, out->size ? (kind == ':' ? " " : "\n") : "");
        ty_buffer_add(out, text);
    }
}

static void note_comment(struct po_reader *reader, char kind, ty_slice line)
{
    struct po_entry *entry = reader->entry;
    size_t start = reader->at, text = line.size > 1 && strchr(".:,|", kind) ? 2 : 1;
    if ((kind == ',' || kind == ':' || kind == '|') && entry->notes_at == SIZE_MAX)
        entry->notes_at = begins_line(reader) ? reader->line_start : start;
    if (kind == ',' && !entry->flags_at)
        entry->flags_at = start + 2;
    entry->fuzzy = entry->fuzzy || (kind == ',' && has_flag(ty_slice_sub(line, 2, line.size), "fuzzy"));
    entry->has_previous = entry->has_previous || kind == '|';
    keep_note(reader, kind, ty_slice_sub(line, text, line.size));
}

/* "#~ msgid": what follows the mark is read as what it once was; other comments of old entries are nothing.
 */
static bool revives(struct po_reader *reader, size_t end)
{
    size_t at = reader->at + 2;
    while (at < end && at < reader->text.size &&
           (reader->text.data[at] == ' ' || reader->text.data[at] == '\t'))
        at++;
    ty_slice rest = ty_slice_sub(reader->text, at, end);
    bool begins = ty_slice_starts(rest, TY_SLICE("msgid")) || ty_slice_starts(rest, TY_SLICE("msgctxt"));
    bool old = reader->entry && reader->entry->obsolete;
    bool goes_on = old && (ty_slice_starts(rest, TY_SLICE("\"")) || ty_slice_starts(rest, TY_SLICE("msg")));
    if (!begins && !goes_on)
        return false;
    reader->at = at;
    return true;
}

static ty_status take_obsolete(struct po_reader *reader, size_t end, bool *taken)
{
    ty_status status = TY_OK;
    if (is_begun(reader) && !reader->entry->obsolete)
        status = finish_begun(reader);
    *taken = status == TY_OK && revives(reader, end);
    reader->obsolete_line = *taken;
    if (*taken && !reader->entry)
        status = begin_entry(reader);
    if (*taken && status == TY_OK)
        reader->entry->obsolete = true;
    return status;
}

/* A comment belongs to the entry that follows; the keyword of an entry begun has none any more. */
static ty_status take_comment(struct po_reader *reader)
{
    size_t start = reader->at, end = ty_slice_find(reader->text, TY_SLICE("\n"), start);
    ty_slice line = ty_slice_trim(ty_slice_sub(reader->text, start, end));
    char kind = line.size > 1 ? line.data[1] : ' ';
    ty_status status = TY_OK;
    bool taken = false;
    if (kind == '~')
        status = take_obsolete(reader, end == SIZE_MAX ? reader->text.size : end, &taken);
    else if (is_begun(reader) && reader->entry->form_count)
        status = finish_begun(reader);
    if (status == TY_OK && kind != '~' && !reader->entry)
        status = begin_entry(reader);
    if (status != TY_OK || taken)
        return status;
    if (kind != '~' && !is_begun(reader))
        note_comment(reader, kind, line);
    reader->at = end == SIZE_MAX ? reader->text.size : end;
    return TY_OK;
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
        return fail(reader, ty_words("a string that does not end in its line"));
    reader->at = at + 1;
    return failed ? ty_error_nomem(reader->error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ keywords */

/* msgctxt or msgid: the first of an entry says where flags go. */
static ty_status open_entry(struct po_reader *reader)
{
    ty_status status = TY_OK;
    if (is_begun(reader) && (reader->has_id || reader->field == FORM))
        status = finish_begun(reader);
    if (status == TY_OK && !reader->entry)
        status = begin_entry(reader);
    if (status != TY_OK || is_begun(reader))
        return status;
    struct po_entry *entry = reader->entry;
    entry->mid_line = !begins_line(reader);
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
        return fail(reader, ty_words("a msgstr without a msgid"));
    if (ty_slice_starts(rest, TY_SLICE("["))) {
        size_t end = ty_slice_find(rest, TY_SLICE("]"), 0);
        if (end == SIZE_MAX || end > 8)
            return fail(reader, ty_words("a plural form without a number"));
        reader->at += end + 1;
    }
    ty_status status = entry->form_count ? keep_form(reader) : TY_OK;
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
        return fail(reader, word.size ? ty_words("a keyword out of place, or none of PO")
                                      : ty_words("this is no PO"));
    ty_status status = context || id ? open_entry(reader) : domain ? finish_begun(reader) : TY_OK;
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
            status = take_comment(reader);
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
    return status == TY_OK ? finish_begun(reader) : status;
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
