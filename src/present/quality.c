/* SPDX-License-Identifier: Apache-2.0 */
/* Faults of translations, and how much there is to translate. */
#include "present/present.h"

static void fault_as_json(const ty_present *p, const ty_fault *fault)
{
    ty_json_begin(p->out);
    ty_json_string(p->out, "kind", ty_fault_kind_name(fault->kind));
    if (fault->file[0])
        ty_json_string(p->out, "file", fault->file);
    if (fault->line)
        ty_json_integer(p->out, "line", (int64_t)fault->line);
    if (fault->unit)
        ty_json_integer(p->out, "unit", fault->unit);
    ty_json_text_if(p->out, "id", fault->place);
    ty_json_string(p->out, "side", fault->in_target ? "target" : "source");
    ty_json_integer(p->out, "start", (int64_t)fault->start);
    ty_json_integer(p->out, "end", (int64_t)fault->end);
    ty_json_text(p->out, "source", fault->source);
    ty_json_text(p->out, "target", fault->target);
    ty_json_text_if(p->out, "note", fault->note);
    ty_json_string(p->out, "finding", fault->id);
    if (fault->fault[0])
        ty_json_string(p->out, "fault", fault->fault);
    ty_json_text_if(p->out, "better", fault->better);
    ty_json_text_if(p->out, "origin", fault->origin);
    if (fault->accepted)
        ty_json_bool(p->out, "accepted", true);
    ty_json_end(p->out);
}

/* "missing: boatswain → 甲板長; note" of terms, "4 (5)" of numbers, else the note. */
static void say_what(ty_buffer *out, const ty_fault *fault)
{
    ty_slice text = fault->in_target ? fault->target : fault->source;
    bool number = strcmp(fault->fault, "number") == 0;
    if (fault->fault[0] && !number)
        ty_buffer_add_format(out, "%s: ", fault->fault);
    if (fault->fault[0])
        ty_buffer_add(out, ty_slice_sub(text, fault->start, fault->end));
    if (fault->better.size)
        ty_buffer_add_format(out, " → %.*s", TY_SLICE_FORMAT(fault->better));
    if (fault->fault[0] && fault->note.size)
        ty_buffer_add_string(out, "; ");
    ty_buffer_add(out, fault->note);
}

void ty_present_fault(const ty_present *p, const ty_fault *fault)
{
    if (p->json) {
        fault_as_json(p, fault);
        return;
    }
    if (fault->file[0])
        ty_buffer_add_format(p->out, "%s:%zu:\t", fault->file, fault->line);
    else
        ty_buffer_add_format(p->out, _("unit %lld:\t"), (long long)fault->unit);
    ty_buffer_add_format(p->out, "%s\t", ty_fault_kind_name(fault->kind));
    ty_buffer what = {0};
    say_what(&what, fault);
    const ty_slice fields[] = {ty_buffer_slice(&what), fault->source, fault->target, ty_slice_of(fault->id)};
    ty_present_row(p, fields, 4);
    p->out->failed |= what.failed;
    ty_buffer_release(&what);
}

void ty_present_checked(const ty_present *p, uint64_t faults)
{
    if (!p->json) {
        ty_buffer_add_format(p->out, _("%llu found\n"), (unsigned long long)faults);
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "findings", (int64_t)faults);
    ty_json_end(p->out);
}

void ty_present_accepted_header(const ty_present *p)
{
    ty_present_columns(p, "finding\tfault\ttext\tsource\ttarget\tat\twho");
}

void ty_present_accepted(const ty_present *p, const ty_accepted_info *accepted)
{
    if (!p->json) {
        const ty_slice fields[] = {accepted->id,     accepted->fault, accepted->text, accepted->source,
                                   accepted->target, accepted->at,    accepted->who};
        ty_present_row(p, fields, sizeof fields / sizeof *fields);
        return;
    }
    ty_json_begin(p->out);
    ty_json_text(p->out, "finding", accepted->id);
    ty_json_text(p->out, "fault", accepted->fault);
    ty_json_text(p->out, "text", accepted->text);
    ty_json_text(p->out, "source", accepted->source);
    ty_json_text(p->out, "target", accepted->target);
    ty_json_text_if(p->out, "at", accepted->at);
    ty_json_text_if(p->out, "who", accepted->who);
    ty_json_end(p->out);
}

static void add_volume(const ty_present *p, const char *name, const ty_volume *volume)
{
    unsigned long long segments = volume->segments, words = volume->words, characters = volume->characters;
    if (!p->json) {
        ty_buffer_add_format(p->out, "%s\t%llu\t%llu\t%llu\n", name, segments, words, characters);
        return;
    }
    ty_json_open(p->out, name, '{');
    ty_json_integer(p->out, "segments", (int64_t)segments);
    ty_json_integer(p->out, "words", (int64_t)words);
    ty_json_integer(p->out, "characters", (int64_t)characters);
    ty_json_close(p->out, '}');
}

void ty_present_analysis(const ty_present *p, const ty_analysis *analysis)
{
    ty_volume total = {0};
    if (p->json)
        ty_json_begin(p->out);
    else
        ty_buffer_add_string(p->out, "band\tsegments\twords\tcharacters\n");
    for (int band = 0; band < TY_BAND_COUNT; band++) {
        const ty_volume *volume = &analysis->bands[band];
        add_volume(p, ty_match_band_name((ty_match_band)band), volume);
        total.segments += volume->segments;
        total.words += volume->words;
        total.characters += volume->characters;
    }
    add_volume(p, "total", &total);
    if (p->json)
        ty_json_end(p->out);
}
