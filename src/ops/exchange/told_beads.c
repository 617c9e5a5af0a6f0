/* SPDX-License-Identifier: Apache-2.0 */
#include "ops/exchange/told_beads.h"

static const char *const states[] = {[TY_BEAD_AUTO] = "auto", [TY_BEAD_HAND] = "hand", [TY_BEAD_OK] = "ok"};

/* No bead has more. */
enum { MOST_SENTENCES = 1000 };

/* ------------------------------------------------------------------------------------------ beads as text */

bool ty_told_bead_is_needed(const ty_stored_bead *bead)
{
    return bead->omit || bead->flag || bead->ask || bead->locked || bead->note.size ||
           bead->state == TY_BEAD_HAND || (bead->state == TY_BEAD_OK && !bead->unit);
}

static void write_side(uint32_t first, uint32_t count, ty_buffer *out)
{
    if (count)
        ty_buffer_add_format(out, "%u", first + 1);
    if (count > 1)
        ty_buffer_add_format(out, "-%u", first + count);
}

/* When, and who: blanks and tabs of a name as in addresses. */
static void write_who(const ty_stored_bead *bead, ty_buffer *out)
{
    if (!bead->at.size)
        return;
    ty_buffer_add_format(out, " at=%.*s", TY_SLICE_FORMAT(bead->at));
    ty_buffer_add_string(out, bead->who.size ? " by=" : "");
    for (size_t i = 0; i < bead->who.size; i++)
        if (strchr(" \t%", bead->who.data[i]))
            ty_buffer_add_format(out, "%%%02X", (unsigned)bead->who.data[i]);
        else
            ty_buffer_add_char(out, bead->who.data[i]);
}

void ty_told_bead_write(const ty_stored_bead *bead, ty_buffer *out)
{
    const struct {
        bool there;
        const char *name;
    } marks[] = {
        {bead->omit, " omit"}, {bead->flag, " flag"}, {bead->ask, " ask"}, {bead->locked, " locked"}};
    write_side(bead->first[0], bead->count[0], out);
    ty_buffer_add_char(out, ':');
    write_side(bead->first[1], bead->count[1], out);
    ty_buffer_add_format(out, " %s", states[bead->state]);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        ty_buffer_add_string(out, marks[i].there ? marks[i].name : "");
    write_who(bead, out);
    ty_buffer_add_string(out, bead->note.size ? "\t" : "");
    ty_buffer_add(out, bead->note);
}

static uint32_t cut_number(ty_slice *text)
{
    uint32_t value = 0;
    size_t i = 0;
    for (; i < text->size && text->data[i] >= '0' && text->data[i] <= '9' && value < 100000000; i++)
        value = value * 10 + (unsigned)(text->data[i] - '0');
    *text = ty_slice_sub(*text, i, text->size);
    return value;
}

static bool cut_side(ty_slice *text, char end, uint32_t *first, uint32_t *count)
{
    uint32_t from = cut_number(text), to = from;
    if (from && text->size && text->data[0] == '-') {
        *text = ty_slice_sub(*text, 1, text->size);
        to = cut_number(text);
    }
    *first = from ? from - 1 : 0;
    *count = from ? to - from + 1 : 0;
    bool good = to >= from && to - from < MOST_SENTENCES && text->size && text->data[0] == end;
    *text = ty_slice_sub(*text, good, text->size);
    return good;
}

static void take_word(ty_stored_bead *bead, ty_slice word)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (ty_slice_equal(word, ty_slice_of(states[i])))
            bead->state = (ty_bead_state)i;
    bead->omit |= ty_slice_equal(word, TY_SLICE("omit"));
    bead->flag |= ty_slice_equal(word, TY_SLICE("flag"));
    bead->ask |= ty_slice_equal(word, TY_SLICE("ask"));
    bead->locked |= ty_slice_equal(word, TY_SLICE("locked"));
    if (ty_slice_starts(word, TY_SLICE("at=")) && word.size == strlen("at=20240301T101500Z"))
        bead->at = ty_slice_sub(word, 3, word.size);
    if (ty_slice_starts(word, TY_SLICE("by=")))
        bead->who = ty_slice_sub(word, 3, word.size);
}

bool ty_told_bead_read(ty_slice text, ty_stored_bead *out)
{
    ty_slice words, word;
    *out = (ty_stored_bead){0};
    if (!cut_side(&text, ':', &out->first[0], &out->count[0]) ||
        !cut_side(&text, ' ', &out->first[1], &out->count[1]) || (!out->count[0] && !out->count[1]))
        return false;
    if (!ty_slice_next(&text, '\t', &words))
        return false;
    out->note = text;
    while (words.size && ty_slice_next(&words, ' ', &word))
        take_word(out, word);
    return true;
}

/* ------------------------------------------------------------------------------------------ beads again */

static bool stand_alike(const ty_stored_bead *a, const ty_stored_bead *b)
{
    return a->first[0] == b->first[0] && a->count[0] == b->count[0] && a->first[1] == b->first[1] &&
           a->count[1] == b->count[1];
}

static unsigned hex_of(char c)
{
    return c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10) : 16;
}

/* A name as it was before write_who. */
static ty_slice unescape(ty_slice name, ty_buffer *out)
{
    for (size_t i = 0; i < name.size; i++) {
        unsigned high = i + 2 < name.size && name.data[i] == '%' ? hex_of(name.data[i + 1]) : 16;
        unsigned low = high < 16 ? hex_of(name.data[i + 2]) : 16;
        ty_buffer_add_char(out, low < 16 ? (char)(high << 4 | low) : name.data[i]);
        i += low < 16 ? 2 : 0;
    }
    return ty_buffer_slice(out);
}

ty_status ty_told_bead_put(ty_store *store, const ty_stored_beads *beads, ty_stored_bead told,
                           ty_error *error)
{
    const ty_stored_bead *same = NULL;
    for (size_t i = 0; i < beads->count && !same; i++)
        if (stand_alike(&beads->items[i], &told))
            same = &beads->items[i];
    if (!same && !told.omit)
        return TY_OK;
    const ty_stored_bead *model = same ? same : &beads->items[0];
    told.id = same ? same->id : 0;
    told.origin = model->origin;
    told.documents[0] = model->documents[0];
    told.documents[1] = model->documents[1];
    told.unit = same && !told.omit ? same->unit : 0;
    ty_buffer who = {0};
    told.who = unescape(told.who, &who);
    if (!told.at.size) {
        told.who = same ? same->who : (ty_slice){0};
        told.at = same ? same->at : (ty_slice){0};
    }
    told.confidence = same ? same->confidence : 0;
    told.aligned_at = model->aligned_at;
    told.tool = model->tool;
    ty_status status = who.failed ? ty_error_nomem(error) : ty_store_put_bead(store, &told, error);
    ty_buffer_release(&who);
    return status;
}

/* ------------------------------------------------------------------------------------------ steps */

bool ty_told_step_is_needed(const ty_step *step)
{
    static const char *const machine[] = {"import", "refresh", "replace", "migrate", "change"};
    for (size_t i = 0; i < sizeof machine / sizeof *machine; i++)
        if (ty_slice_equal(step->name, ty_slice_of(machine[i])))
            return false;
    return true;
}

void ty_told_step_write(const ty_step *step, ty_buffer *out)
{
    const ty_slice fields[] = {step->at, step->name, step->subject, step->who};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        ty_buffer_add_string(out, i ? "\t" : "");
        ty_buffer_add(out, fields[i]);
    }
}

bool ty_told_step_read(ty_slice text, ty_step *out)
{
    *out = (ty_step){0};
    ty_slice *const fields[] = {&out->at, &out->name, &out->subject, &out->who};
    size_t count = 0;
    while (count < sizeof fields / sizeof *fields && ty_slice_next(&text, '\t', fields[count]))
        count++;
    return count >= 3 && out->at.size == strlen("20240301T101500Z") && out->name.size && out->name.size < 24;
}

ty_status ty_told_steps_note(ty_store *store, const ty_steps *steps, ty_slice file, ty_error *error)
{
    ty_buffer subject = {0};
    if (!steps->count)
        return TY_OK;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    for (size_t i = 0; i < steps->count && status == TY_OK; i++) {
        ty_step step = steps->items[i];
        ty_buffer_clear(&subject);
        ty_buffer_add(&subject, file);
        if (step.subject.size)
            ty_buffer_add_format(&subject, ": %.*s", TY_SLICE_FORMAT(step.subject));
        step.subject = ty_buffer_slice(&subject);
        status = subject.failed ? ty_error_nomem(error) : ty_store_note_step(store, &step, error);
    }
    ty_buffer_release(&subject);
    return ty_store_end(store, status, error);
}
