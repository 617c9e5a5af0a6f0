/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences and beads. */
#include "present/present.h"

void ty_present_sentence(const ty_present *p, ty_slice line, ty_slice sentence, ty_sentence place)
{
    if (!p->json) {
        ty_present_field(p, line);
        ty_buffer_add_char(p->out, '\n');
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "paragraph", place.paragraph);
    ty_json_integer(p->out, "start", (int64_t)place.start);
    ty_json_integer(p->out, "end", (int64_t)place.end);
    ty_json_text(p->out, "text", sentence);
    ty_json_end(p->out);
}

/* ------------------------------------------------------------------------------------------ documents */

static void present_facts(const ty_present *p, ty_document_facts facts)
{
    const struct {
        const char *name;
        ty_slice value;
    } rows[] = {{N_("title"), facts.title},  {N_("date"), facts.date}, {N_("agency"), facts.agency},
                {N_("url"), facts.url},      {N_("lang"), facts.lang}, {N_("encoding"), facts.encoding},
                {N_("format"), facts.format}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (p->json)
            ty_json_text(p->out, rows[i].name, rows[i].value);
        else if (rows[i].value.size) {
            ty_buffer_add_format(p->out, _("%s: "), _(rows[i].name));
            ty_present_field(p, rows[i].value);
            ty_buffer_add_char(p->out, '\n');
        }
    }
}

void ty_present_text_facts(const ty_present *p, const ty_text *text)
{
    present_facts(p, ty_text_facts(text));
}

/* The last character of what there is takes two columns, as Japanese ones do: none stands apart from the
 * next. */
static bool ends_wide(ty_slice text)
{
    size_t start = text.size;
    while (start && ((unsigned char)text.data[start - 1] & 0xC0) == 0x80)
        start--;
    return ty_width(ty_slice_sub(text, start ? start - 1 : 0, text.size)) == 2;
}

/* What stands between two sentences of a paragraph, a line break as ty_text_line has it. */
static void add_gap(const ty_present *p, ty_slice text, ty_slice gap)
{
    if (!memchr(gap.data, '\n', gap.size))
        ty_present_field(p, gap);
    else if (!ends_wide(text))
        ty_buffer_add_char(p->out, ' ');
}

static void present_paragraphs(const ty_present *p, const ty_text *text)
{
    ty_slice content = ty_text_content(text);
    ty_sentence last = {0};
    for (size_t i = 0; i < ty_text_count(text); i++) {
        ty_sentence sentence = ty_text_sentence(text, i);
        if (i && sentence.paragraph == last.paragraph)
            add_gap(p, ty_slice_sub(content, last.start, last.end),
                    ty_slice_sub(content, last.end, sentence.start));
        else if (i)
            ty_buffer_add_char(p->out, '\n');
        ty_present_field(p, ty_text_line(text, i));
        last = sentence;
    }
    if (ty_text_count(text))
        ty_buffer_add_char(p->out, '\n');
}

void ty_present_text(const ty_present *p, const ty_text *text)
{
    if (!p->json) {
        present_paragraphs(p, text);
        return;
    }
    ty_json_begin(p->out);
    present_facts(p, ty_text_facts(text));
    ty_json_text(p->out, "text", ty_text_content(text));
    ty_json_end(p->out);
}

/* ------------------------------------------------------------------------------------------ beads */

static void json_numbers(ty_buffer *json, const char *name, uint32_t start, uint32_t count)
{
    ty_json_open(json, name, '[');
    for (uint32_t i = 0; i < count; i++)
        ty_json_integer(json, NULL, start + i);
    ty_json_close(json, ']');
}

static void json_bead(ty_buffer *json, ty_bitext *bitext, size_t number)
{
    ty_bead bead = ty_bitext_bead(bitext, number);
    ty_json_begin(json);
    json_numbers(json, "source", bead.source_start, bead.source_count);
    json_numbers(json, "target", bead.target_start, bead.target_count);
    ty_slice source = ty_bitext_bead_source(bitext, number), target = ty_bitext_bead_target(bitext, number);
    ty_json_number(json, "confidence", (double)bead.confidence);
    ty_json_bool(json, "doubtful", ty_bead_is_doubtful(&bead, source, target, 0));
    ty_json_text(json, "source_text", source);
    ty_json_text(json, "target_text", target);
    ty_json_end(json);
}

void ty_present_bead(const ty_present *p, ty_bitext *bitext, size_t number)
{
    if (p->json) {
        json_bead(p->out, bitext, number);
        return;
    }
    ty_buffer_add_fixed(p->out, (double)ty_bitext_bead(bitext, number).confidence, 3);
    ty_buffer_add_char(p->out, '\t');
    ty_present_field(p, ty_bitext_bead_source(bitext, number));
    ty_buffer_add_char(p->out, '\t');
    ty_present_field(p, ty_bitext_bead_target(bitext, number));
    ty_buffer_add_char(p->out, '\n');
}

void ty_present_beads_header(const ty_present *p)
{
    ty_buffer_add_string(p->out, "confidence\tsource\ttarget\n");
}

static void add_numbers(ty_buffer *out, uint32_t start, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        ty_buffer_add_format(out, "%s%u", i ? "," : "", start + i);
}

void ty_present_bead_numbers(const ty_present *p, ty_bitext *bitext, size_t number)
{
    ty_bead bead = ty_bitext_bead(bitext, number);
    add_numbers(p->out, bead.source_start, bead.source_count);
    ty_buffer_add_char(p->out, ':');
    add_numbers(p->out, bead.target_start, bead.target_count);
    ty_buffer_add_char(p->out, '\n');
}
