/* SPDX-License-Identifier: Apache-2.0 */
/* PO out: the best candidate of each entry as its translation, fuzzy unless it is trusted. */
#include "formats/bilingual/bilingual.h"

/* The segments of an entry and what is put into it. */
struct writer {
    ty_bilingual *file;
    const struct po_entry *entry;
    const ty_candidate *singular, *plural; /* NULL where there is none */
    ty_slice source;                       /* msgid */
    ty_buffer text;
    ty_error *error;
};

static ty_status put_in(struct writer *w, size_t at)
{
    ty_status status = w->text.failed ? ty_error_nomem(w->error)
                       : w->text.size ? ty_bilingual_insert(w->file, at, ty_buffer_slice(&w->text), w->error)
                                      : TY_OK;
    ty_buffer_clear(&w->text);
    return status;
}

/* ------------------------------------------------------------------------------------------ strings */

static void add_escaped(struct writer *w, ty_slice text)
{
    static const char from[] = "\"\\\n\r\t\a\b\f\v", to[] = "\"\\nrtabfv";
    for (size_t i = 0; i < text.size; i++) {
        const char *special = text.data[i] ? strchr(from, text.data[i]) : NULL;
        if (special)
            ty_buffer_add_char(&w->text, '\\');
        if (special || (unsigned char)text.data[i] >= 0x20)
            ty_buffer_add_char(&w->text, special ? to[special - from] : text.data[i]);
    }
}

static size_t leading_space(ty_slice text)
{
    size_t at = 0, next = 0;
    while (next < text.size && ty_char_is_space(ty_utf8_next(text, &next)))
        at = next;
    return at;
}

static size_t trailing_space(ty_slice text)
{
    size_t at = text.size, before = at;
    while (before > 0 && ty_char_is_space(ty_utf8_previous(text, &before)))
        at = before;
    return at;
}

/* gettext wants a translation to begin and end in a line break where the original does. */
static void add_translation(struct writer *w, ty_slice target)
{
    size_t start = leading_space(w->source), end = trailing_space(w->source);
    add_escaped(w, ty_slice_sub(w->source, 0, start));
    add_escaped(w, target);
    if (end > start)
        add_escaped(w, ty_slice_sub(w->source, end, w->source.size));
}

/* ------------------------------------------------------------------------------------------ comments */

/* As an extracted comment: shown to the translator, and gone with the next msgmerge. */
static void add_note(struct writer *w, const ty_candidate *candidate)
{
    if (!candidate)
        return;
    ty_buffer_add_format(&w->text, "#. taiyaku: %d%%", ty_candidate_worth(candidate));
    const ty_slice parts[] = {candidate->origin, candidate->remark};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        ty_buffer_add_string(&w->text, parts[i].size ? ", " : "");
        for (size_t k = 0; k < parts[i].size; k++)
            ty_buffer_add_char(&w->text, (unsigned char)parts[i].data[k] < 0x20 ? ' ' : parts[i].data[k]);
    }
    ty_buffer_add(&w->text, w->entry->line_end);
}

static void add_notes(struct writer *w)
{
    size_t start = w->text.size;
    add_note(w, w->singular);
    size_t middle = w->text.size;
    add_note(w, w->plural);
    ty_slice both = ty_buffer_slice(&w->text);
    if (ty_slice_equal(ty_slice_sub(both, start, middle), ty_slice_sub(both, middle, both.size)))
        w->text.size = middle; /* once is enough */
}

static void add_previous(struct writer *w, const char *keyword, ty_slice text)
{
    ty_buffer_add_format(&w->text, "#| %s \"", keyword);
    add_escaped(w, text);
    ty_buffer_add_string(&w->text, "\"");
    ty_buffer_add(&w->text, w->entry->line_end);
}

static bool is_trusted(const struct writer *w)
{
    return (!w->singular || w->singular->trusted) && (!w->plural || w->plural->trusted);
}

/* Flags go to those that are there, else into a line of their own. */
static ty_status put_flag(struct writer *w)
{
    const struct po_entry *entry = w->entry;
    if (is_trusted(w) || entry->fuzzy || !entry->flags_at)
        return TY_OK;
    size_t end = ty_slice_find(ty_buffer_slice(&w->file->text), TY_SLICE("\n"), entry->flags_at);
    ty_slice flags = ty_slice_sub(ty_buffer_slice(&w->file->text), entry->flags_at, end);
    ty_buffer_add_string(&w->text, ty_bilingual_is_blank(flags) ? " fuzzy" : " fuzzy,");
    return put_in(w, entry->flags_at);
}

static void add_own_flag(struct writer *w)
{
    if (is_trusted(w) || w->entry->fuzzy || w->entry->flags_at)
        return;
    ty_buffer_add_string(&w->text, "#, fuzzy");
    ty_buffer_add(&w->text, w->entry->line_end);
}

/* What the fuzzy translation is one of, where that is not the msgid. */
static void add_previous_texts(struct writer *w)
{
    const ty_candidate *first = w->singular ? w->singular : w->plural;
    if (w->entry->has_previous || is_trusted(w) || first->score >= 100)
        return;
    add_previous(w, "msgid", first->source);
    if (w->singular && w->plural)
        add_previous(w, "msgid_plural", w->plural->source);
}

/* ------------------------------------------------------------------------------------------ entries */

/* The first form is the singular's, the others the plural's; of a language with one form it is the plural's.
 */
static ty_status put_forms(struct writer *w)
{
    const struct po_entry *entry = w->entry;
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < entry->form_count && i < PO_FORMS; i++) {
        const ty_candidate *one = i == 0 ? w->singular : w->plural;
        if (entry->form_count == 1 && w->plural)
            one = w->plural;
        if (!one || !entry->form_at[i])
            continue;
        add_translation(w, one->target);
        status = put_in(w, entry->form_at[i]);
    }
    return status;
}

/* Does the entry take this of the plural, when it has but one form and both were found? */
static void drop_unused(struct writer *w)
{
    if (w->entry->form_count == 1 && w->singular && w->plural)
        w->singular = NULL;
}

static ty_status put_entry(struct writer *w)
{
    drop_unused(w);
    if (w->entry->mid_line && w->entry->notes_at == w->entry->keyword_at)
        ty_buffer_add(&w->text, w->entry->line_end);
    add_notes(w);
    ty_status status = put_in(w, w->entry->notes_at);
    if (status == TY_OK)
        status = put_flag(w);
    add_own_flag(w);
    add_previous_texts(w);
    if (status == TY_OK)
        status = put_in(w, w->entry->keyword_at);
    return status == TY_OK ? put_forms(w) : status;
}

/* The best one that the file's encoding can hold. */
static const ty_candidate *best(struct writer *w, const struct segment *segment)
{
    for (size_t i = 0; i < segment->candidate_count; i++) {
        const ty_candidate *one = &segment->candidates[i];
        if (ty_bilingual_can_hold(w->file, one->target) && ty_bilingual_can_hold(w->file, one->source) &&
            ty_bilingual_can_hold(w->file, one->origin))
            return one;
    }
    if (segment->candidate_count)
        ty_warn(w->file->listener, w->file->name, segment->shown.line, 0, "encoding",
                "%s, the file's encoding, cannot hold the translation found", w->file->encoding);
    return NULL;
}

ty_status ty_po_put_in(ty_bilingual *file, ty_error *error)
{
    struct writer w = {.file = file, .error = error};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < file->segments.count; i++) {
        const struct segment *segment = &file->segments.items[i];
        const struct segment *next = i + 1 < file->segments.count ? segment + 1 : NULL;
        bool pair = next && next->plural;
        w.entry = segment->unit;
        w.source = segment->shown.source;
        w.singular = best(&w, segment);
        w.plural = pair ? best(&w, next) : NULL;
        i += pair;
        if (w.singular || w.plural)
            status = put_entry(&w);
    }
    ty_buffer_release(&w.text);
    return status;
}
