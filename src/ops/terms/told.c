/* SPDX-License-Identifier: Apache-2.0 */
/* What a person says of a concept: may it stand, and what becomes of the concept. */
#include "ops/terms/told.h"

/* ------------------------------------------------------------------------------------------ properties */

/* The list with the property of that type set, added, or taken out where there is no text. */
static bool set_info(ty_infos *infos, const char *type, ty_infos value, ty_arena *arena)
{
    ty_infos set = {ty_arena_array(arena, infos->count + 1, sizeof *set.items), 0};
    bool placed = !value.count;
    if (!set.items)
        return false;
    for (size_t i = 0; i < infos->count; i++) {
        bool same = ty_slice_equal(ty_attribute_find(infos->items[i].attributes, "type"), ty_slice_of(type));
        if (!same)
            set.items[set.count++] = infos->items[i];
        else if (!placed)
            set.items[set.count++] = value.items[0];
        placed |= same;
    }
    if (!placed)
        set.items[set.count++] = value.items[0];
    *infos = set;
    return true;
}

static bool set_text(ty_infos *infos, const char *type, ty_slice text, ty_arena *arena)
{
    ty_attribute *attribute = ty_arena_alloc(arena, sizeof *attribute);
    if (!attribute)
        return false;
    *attribute = (ty_attribute){TY_SLICE("type"), ty_slice_of(type)};
    ty_info info = {.kind = TY_INFO_PROP, .attributes = {attribute, 1}, .text = text};
    return set_info(infos, type, (ty_infos){&info, text.size ? 1 : 0}, arena);
}

/* The definition in its language, kept as TBX keeps it: with the first term of the language. */
static bool set_definition(ty_infos *infos, ty_slice text, ty_arena *arena)
{
    ty_attribute *attributes = ty_arena_array(arena, 3, sizeof *attributes);
    if (!attributes)
        return false;
    attributes[0] = (ty_attribute){TY_SLICE("type"), TY_SLICE("definition")};
    attributes[1] = (ty_attribute){TY_SLICE("element"), TY_SLICE("descrip")};
    attributes[2] = (ty_attribute){TY_SLICE("level"), TY_SLICE("language")};
    ty_info info = {.kind = TY_INFO_PROP, .attributes = {attributes, 3}, .text = text};
    return set_info(infos, "definition", (ty_infos){&info, text.size ? 1 : 0}, arena);
}

/* ------------------------------------------------------------------------------------------ what was told */

static void set(ty_slice *field, ty_slice told)
{
    if (told.data)
        *field = told;
}

bool ty_told_apply_term(ty_term *term, const ty_term_info *told, ty_arena *arena)
{
    term->lang = told->lang;
    term->text = ty_slice_trim(told->text);
    term->status = told->status;
    set(&term->part_of_speech, told->part_of_speech);
    set(&term->organisation, told->organisation);
    set(&term->note, told->note);
    set(&term->source, told->source);
    return (!told->date.data || set_text(&term->infos, TY_INFO_DATE, told->date, arena)) &&
           (!told->definition.data || set_definition(&term->infos, told->definition, arena));
}

/* The term of the concept that is meant: that text, else the one in the same place and language. */
static const ty_term *old_term(const ty_concept *concept, const ty_term_info *told, size_t place)
{
    for (size_t i = 0; i < concept->term_count; i++)
        if (ty_slice_equal(concept->terms[i].text, told->text) &&
            ty_slice_equal_nocase(concept->terms[i].lang, told->lang))
    return &concept->terms[i];
    bool same = place < concept->term_count && ty_slice_equal_nocase(concept->terms[place].lang, told->lang);
    return same ? &concept->terms[place] : NULL;
}

static bool apply_terms(ty_concept *concept, const ty_concept_info *told, ty_arena *arena)
{
    ty_term *terms = ty_arena_array(arena, told->term_count, sizeof *terms);
    if (!terms)
        return false;
    for (size_t i = 0; i < told->term_count; i++) {
        const ty_term *old = old_term(concept, &told->terms[i], i);
        terms[i] = old ? *old : (ty_term){.lang = {"", 0}};
        if (!ty_told_apply_term(&terms[i], &told->terms[i], arena))
            return false;
    }
    concept->terms = terms;
    concept->term_count = told->term_count;
    return true;
}

/* The term that holds the definition in the language of the text, or the first one where that cannot be told;
 * NULL where the concept has none of any language. */
static ty_term *defined_term(ty_concept *concept, ty_slice text)
{
    const char *lang = ty_lang_guess(text);
    ty_term *first = NULL, *same = NULL;
    for (size_t i = concept->term_count; i-- > 0;) {
        ty_term *term = &concept->terms[i];
        bool defined = ty_term_definition(term).size > 0;
        first = defined ? term : first;
        if (lang && ty_lang_same(term->lang, ty_slice_of(lang)) &&
            (defined || !same || !ty_term_definition(same).size))
            same = term;
    }
    return first && same ? same : first;
}

/* Where languages have definitions of their own, one of no language would not be seen. */
static bool apply_definition(ty_concept *concept, ty_slice told, ty_arena *arena)
{
    ty_term *term = told.data && told.size ? defined_term(concept, told) : NULL;
    if (term)
        return set_definition(&term->infos, told, arena);
    for (size_t i = 0; told.data && !told.size && i < concept->term_count; i++)
        if (!set_definition(&concept->terms[i].infos, told, arena))
            return false;
    set(&concept->definition, told);
    return true;
}

bool ty_told_apply(ty_concept *concept, const ty_concept_info *told, ty_arena *arena)
{
    set(&concept->subject, told->subject);
    if (told->terms)
        set(&concept->definition, told->definition);
    else if (!apply_definition(concept, told->definition, arena))
        return false;
    set(&concept->note, told->note);
    set(&concept->source, told->source);
    return (!told->kind.data || set_text(&concept->infos, TY_INFO_KIND, told->kind, arena)) &&
           (!told->relation.data || set_text(&concept->infos, TY_INFO_RELATION, told->relation, arena)) &&
           (!told->terms || apply_terms(concept, told, arena));
}

/* ------------------------------------------------------------------------------------------ what may be */

static bool is_line(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < ' ')
            return false;
    return ty_xml_check(text, NULL) == TY_OK;
}

ty_status ty_told_check_term(const ty_term_info *term, ty_error *error)
{
    const ty_slice fields[] = {term->text,   term->part_of_speech, term->organisation, term->note,
                               term->source, term->date,           term->definition};
    if (ty_text_is_blank(term->text))
        return ty_error_set(error, TY_ERR_USAGE, "a term cannot be empty");
    if (!ty_lang_is_valid(term->lang))
        return ty_error_set(error, TY_ERR_USAGE, "\"%.*s\" is no language (BCP 47)",
                            TY_SLICE_FORMAT(term->lang));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!is_line(fields[i]))
            return ty_error_set(error, TY_ERR_ENCODING, "a term is one line of UTF-8");
    return TY_OK;
}

ty_status ty_told_check(const ty_concept_info *told, ty_error *error)
{
    ty_status status = TY_OK;
    const ty_slice fields[] = {told->name,   told->subject, told->definition, told->note,
                               told->source, told->kind,    told->relation};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!is_line(fields[i]))
            return ty_error_set(error, TY_ERR_ENCODING, "what a concept says is one line of UTF-8");
    if (told->kind.size && !ty_concept_kind_of(told->kind))
        return ty_error_set(error, TY_ERR_USAGE,
                            "a concept is a term, name, place, title, phrase or word, not \"%.*s\"",
                            TY_SLICE_FORMAT(told->kind));
    if (told->terms && !told->term_count)
        return ty_error_set(error, TY_ERR_USAGE, "a concept needs a term");
    for (size_t i = 0; i < (told->terms ? told->term_count : 0) && status == TY_OK; i++)
        status = ty_told_check_term(&told->terms[i], error);
    return status;
}
