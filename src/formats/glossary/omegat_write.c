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

/* What a translator must know at a glance: whether the term may be used, whose it is, what it is about. */
static void add_part(ty_glossary_writer *writer, const char *before, ty_slice part, const char **separator)
{
    if (!part.size)
        return;
    ty_buffer_add_string(&writer->text, *separator);
    ty_buffer_add_string(&writer->text, before);
    add_cell(&writer->text, part);
    *separator = "; ";
}

/* Forbidden equivalents are no targets, but a warning: "not X (why)". */
static void add_warnings(ty_glossary_writer *writer, const ty_concept *concept, const char **separator)
{
    for (size_t i = 0; i < concept->term_count; i++) {
        const ty_term *term = &concept->terms[i];
        if (term->status != TY_TERM_FORBIDDEN || !ty_lang_matches(writer->target_lang, term->lang))
            continue;
        add_part(writer, "not ", term->text, separator);
        const char *bracket = " (";
        add_part(writer, "", term->note, &bracket);
        ty_buffer_add_string(&writer->text, term->note.size ? ")" : "");
    }
}

static void add_pair(ty_glossary_writer *writer, const ty_concept *concept, const ty_term *source,
                     const ty_term *target)
{
    const char *separator = "";
    if (ty_slice_starts(source->text, TY_SLICE("#"))) {
        writer->comments++;
        return;
    }
    bool judged = target->status != TY_TERM_UNKNOWN && target->status != TY_TERM_APPROVED;
    add_cell(&writer->text, source->text);
    ty_buffer_add_char(&writer->text, '\t');
    add_cell(&writer->text, target->text);
    ty_buffer_add_char(&writer->text, '\t');
    add_part(writer, "", judged ? ty_slice_of(ty_term_status_name(target->status)) : (ty_slice){"", 0},
             &separator);
    add_part(writer, "", concept->subject, &separator);
    add_part(writer, "", target->organisation, &separator);
    add_part(writer, "", target->note, &separator);
    add_part(writer, "", concept->note, &separator);
    add_warnings(writer, concept, &separator);
    ty_buffer_add_char(&writer->text, '\n');
}

/* The best target: the first approved one, else of no status, provisional, non-standard. NULL: there is none.
 */
static const ty_term *best_target(const ty_glossary_writer *writer, const ty_concept *concept)
{
    static const ty_term_status order[] = {TY_TERM_APPROVED, TY_TERM_UNKNOWN, TY_TERM_PROVISIONAL,
                                           TY_TERM_NON_STANDARD};
    for (size_t rank = 0; rank < sizeof order / sizeof *order; rank++)
        for (size_t i = 0; i < concept->term_count; i++)
            if (concept->terms[i].status == order[rank] &&
                ty_lang_matches(writer->target_lang, concept->terms[i].lang))
    return &concept->terms[i];
    return NULL;
}

static void count_left_out(ty_glossary_writer *writer, const ty_concept *concept)
{
    for (size_t i = 0; i < concept->term_count; i++)
        writer->left_out += !ty_lang_matches(writer->source_lang, concept->terms[i].lang) &&
                            !ty_lang_matches(writer->target_lang, concept->terms[i].lang);
}

/* Each source term with the best target, and the first one with the others, too: all are there, each once. */
void ty_omegat_concept(ty_glossary_writer *writer, const ty_concept *concept)
{
    const ty_term *best = best_target(writer, concept), *first = NULL;
    count_left_out(writer, concept);
    for (size_t i = 0; best && i < concept->term_count; i++) {
        if (&concept->terms[i] == best || !ty_lang_matches(writer->source_lang, concept->terms[i].lang))
            continue;
        first = first ? first : &concept->terms[i];
        add_pair(writer, concept, &concept->terms[i], best);
    }
    for (size_t i = 0; first && i < concept->term_count; i++) {
        const ty_term *other = &concept->terms[i];
        if (other != best && other != first && other->status != TY_TERM_FORBIDDEN &&
            ty_lang_matches(writer->target_lang, other->lang))
            add_pair(writer, concept, first, other);
    }
}
