/* SPDX-License-Identifier: Apache-2.0 */
/* Can every text of a unit or a concept stand in an exchange file? */
#include "unit/unit.h"

static ty_status check_attributes(ty_attributes attributes, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < attributes.count && status == TY_OK; i++)
        status = ty_xml_check(attributes.items[i].value, error);
    return status;
}

static ty_status check_infos(ty_infos infos, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < infos.count && status == TY_OK; i++) {
        status = check_attributes(infos.items[i].attributes, error);
        if (status == TY_OK)
            status = ty_xml_check(infos.items[i].text, error);
    }
    return status;
}

static ty_status check_variant(const ty_variant *variant, ty_error *error)
{
    ty_status status = ty_xml_check(variant->text, error);
    if (status == TY_OK)
        status = ty_xml_check(variant->content, error);
    if (status == TY_OK)
        status = check_attributes(variant->attributes, error);
    return status == TY_OK ? check_infos(variant->infos, error) : status;
}

ty_status ty_unit_check(const ty_unit *unit, ty_error *error)
{
    ty_status status = check_attributes(unit->attributes, error);
    if (status == TY_OK)
        status = check_infos(unit->infos, error);
    for (size_t i = 0; i < unit->variant_count && status == TY_OK; i++)
        status = check_variant(&unit->variants[i], error);
    return status;
}

static ty_status check_all(const ty_slice *texts, size_t count, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < count && status == TY_OK; i++)
        status = ty_xml_check(texts[i], error);
    return status;
}

static ty_status check_term(const ty_term *term, ty_error *error)
{
    const ty_slice texts[] = {term->text, term->part_of_speech, term->organisation, term->note, term->source};
    ty_status status = check_all(texts, sizeof texts / sizeof *texts, error);
    return status == TY_OK ? check_infos(term->infos, error) : status;
}

ty_status ty_concept_check(const ty_concept *concept, ty_error *error)
{
    const ty_slice texts[] = {concept->id, concept->subject, concept->definition, concept->note,
                              concept->source};
    ty_status status = check_all(texts, sizeof texts / sizeof *texts, error);
    if (status == TY_OK)
        status = check_infos(concept->infos, error);
    for (size_t i = 0; i < concept->term_count && status == TY_OK; i++)
        status = check_term(&concept->terms[i], error);
    return status;
}
