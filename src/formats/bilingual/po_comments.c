/* SPDX-License-Identifier: Apache-2.0 */
/* Comments of a PO file: notes, references, flags, and entries that are obsolete. */
#include <stdio.h>
#include <stdlib.h>

#include "formats/bilingual/po.h"

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
        entry->notes_at = ty_po_begins_line(reader) ? reader->line_start : start;
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
    if (ty_po_is_begun(reader) && !reader->entry->obsolete)
        status = ty_po_finish_begun(reader);
    *taken = status == TY_OK && revives(reader, end);
    reader->obsolete_line = *taken;
    if (*taken && !reader->entry)
        status = ty_po_begin_entry(reader);
    if (*taken && status == TY_OK)
        reader->entry->obsolete = true;
    return status;
}

/* A comment belongs to the entry that follows; the keyword of an entry begun has none any more. */
ty_status ty_po_take_comment(struct po_reader *reader)
{
    size_t start = reader->at, end = ty_slice_find(reader->text, TY_SLICE("\n"), start);
    ty_slice line = ty_slice_trim(ty_slice_sub(reader->text, start, end));
    char kind = line.size > 1 ? line.data[1] : ' ';
    ty_status status = TY_OK;
    bool taken = false;
    if (kind == '~')
        status = take_obsolete(reader, end == SIZE_MAX ? reader->text.size : end, &taken);
    else if (ty_po_is_begun(reader) && reader->entry->form_count)
        status = ty_po_finish_begun(reader);
    if (status == TY_OK && kind != '~' && !reader->entry)
        status = ty_po_begin_entry(reader);
    if (status != TY_OK || taken)
        return status;
    if (kind != '~' && !ty_po_is_begun(reader))
        note_comment(reader, kind, line);
    reader->at = end == SIZE_MAX ? reader->text.size : end;
    return TY_OK;
}
