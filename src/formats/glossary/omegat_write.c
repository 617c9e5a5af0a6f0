/* SPDX-License-Identifier: Apache-2.0 */
/* Glossaries for OmegaT: source, target, comment. */
#include "formats/glossary/write.h"

static void add_cell(ty_buffer *text, ty_slice cell)
{
    for (size_t i = 0; i < cell.size; i++)
        ty_buffer_add_char(text, (unsigned char)cell.data[i] < ' ' ? ' ' : cell.data[i]);
}

void ty_omegat_begin(ty_glossary_writer *writer)
{
    ty_buffer_add_string(&writer->text, "# Glossary in tab-separated format -*- coding: utf-8 -*-\n");
}

/* What a translator must know at a glance: whether the term may be used, whose it is. */
static void add_comment(ty_glossary_writer *writer, const ty_term *target)
{
    const char *separator = "";
    if (target->status != TY_TERM_UNKNOWN && target->status != TY_TERM_APPROVED) {
        ty_buffer_add_string(&writer->text, ty_term_status_name(target->status));
        separator = "; ";
    }
    const ty_slice parts[] = {target->organisation, target->note};
    for (size_t i = 0; i < 2; i++) {
        if (!parts[i].size)
            continue;
        ty_buffer_add_string(&writer->text, separator);
        add_cell(&writer->text, parts[i]);
        separator = "; ";
    }
}

static void omegat_pair(ty_glossary_writer *writer, const ty_term *source, const ty_term *target)
{
    add_cell(&writer->text, source->text);
    ty_buffer_add_char(&writer->text, '\t');
    add_cell(&writer->text, target->text);
    ty_buffer_add_char(&writer->text, '\t');
    add_comment(writer, target);
    ty_buffer_add_char(&writer->text, '\n');
}

/* Approved terms first, forbidden ones last and marked as such. */
void ty_omegat_concept(ty_glossary_writer *writer, const ty_concept *concept)
{
    static const ty_term_status order[] = {TY_TERM_APPROVED, TY_TERM_UNKNOWN, TY_TERM_PROVISIONAL,
                                           TY_TERM_NON_STANDARD, TY_TERM_FORBIDDEN};
    for (size_t i = 0; i < concept->term_count; i++) {
        if (!ty_lang_matches(writer->source_lang, concept->terms[i].lang))
            continue;
        for (size_t rank = 0; rank < sizeof order / sizeof *order; rank++)
            for (size_t j = 0; j < concept->term_count; j++)
                if (concept->terms[j].status == order[rank] &&
                    ty_lang_matches(writer->target_lang, concept->terms[j].lang) && j != i)
                    omegat_pair(writer, &concept->terms[i], &concept->terms[j]);
    }
}
