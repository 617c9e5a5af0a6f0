/* SPDX-License-Identifier: Apache-2.0 */
/* Units and concepts of an exchange file, each to where it belongs. */
#include "ops/exchange/import_job.h"

ty_slice ty_import_origin_name(const ty_import_job *j)
{
    return j->settings->origin ? ty_slice_of(j->settings->origin) : ty_path_base(j->source.path);
}

ty_status ty_import_open(ty_import_job *j, const ty_header *header, ty_error *error)
{
    ty_origin origin = {.name = ty_import_origin_name(j),
                        .kind = ty_slice_of(ty_format_name(j->kind.format)),
                        .title = ty_slice_of(j->settings->title),
                        .date = ty_slice_of(j->settings->date),
                        .url = ty_slice_of(j->settings->url),
                        .digest = ty_slice_of(j->digest.text),
                        .header = header};
    if (!origin.name.size)
        origin.name = TY_SLICE("unnamed");
    if (j->intake)
        return TY_OK;
    /* Rows of another memory's workbook are looked for by their texts. */
    unsigned flags =
        j->known.foreign && j->settings->duplicates == TY_DUPLICATES_KEEP ? TY_INTAKE_SKIP_SIMILAR : 0;
    return ty_intake_open(j->memory->store, &origin, j->flags | flags, &j->intake, error);
}

ty_status ty_import_on_header(void *payload, const ty_header *header, ty_error *error)
{
    ty_import_job *j = payload;
    ty_header told;
    if (!ty_lang_map_header(&j->lang_map, header, &j->passing, &told))
        return ty_error_nomem(error);
    header = &told;
    bool apart = ty_format_gives(j->kind.format) & TY_GIVES_RELEASES && !j->settings->origin;
    ty_status status = apart ? ty_returning_begin(&j->returning, j->memory->store, header, error) : TY_OK;
    if (status != TY_OK || !j->returning.store)
        return status == TY_OK ? ty_import_open(j, header, error) : status;
    status = ty_store_begin(j->memory->store, error); /* releases and the rest are one step */
    j->outer = status == TY_OK;
    return status;
}

/* A row of a workbook that knows its unit waits for the end; all others are units like any. */
ty_status ty_import_on_row(void *payload, const ty_unit *unit, ty_error *error)
{
    ty_import_job *j = payload;
    ty_unit row = *unit;
    bool codes_lost = false;
    if (ty_known_rows_meet(&j->known, ty_store_identity(j->memory->store), &row, &codes_lost))
        return j->known.arena.failed ? ty_error_nomem(error) : TY_OK;
    j->warnings += codes_lost;
    if (codes_lost)
        ty_warn(j->memory->listener, j->source.path, unit->line, 0, "codes-lost",
                "the text was changed where it has inline codes, which are left out");
    return ty_import_on_unit(j, &row, error);
}

static ty_status reject(ty_import_job *j, int64_t line, const char *rule, const char *message)
{
    ty_notify(j->memory->listener,
              &(ty_notice){
                  .file = j->source.path, .line = line, .rejected = true, .rule = rule, .message = message});
    j->counts->rejected++;
    return TY_OK;
}

/* Its readers tell no line of a concept, so it is told by a term that can be read. */
static ty_status reject_concept(ty_import_job *j, const ty_concept *concept, const char *message)
{
    char said[1024];
    ty_slice term = {"", 0};
    for (size_t i = concept->term_count; i-- > 0;)
        if (ty_xml_check(concept->terms[i].text, NULL) == TY_OK)
    term = concept->terms[i].text;
    snprintf(said, sizeof said, "\"%.*s\": %s", TY_SLICE_FORMAT(ty_width_head(term, 40)), message);
    return reject(j, 0, "control-characters", said);
}

/* A unit too large for a memory is rejected by itself, and so is one that no export could hold; anything else
 * ends the import. */
static ty_status put_unit(ty_import_job *j, const ty_unit *unit, ty_error *error)
{
    ty_error mine = {0};
    int64_t id = 0;
    ty_outcome outcome = TY_UNCHANGED;
    if (ty_unit_check(unit, &mine) != TY_OK)
        return reject(j, unit->line, "control-characters", mine.message);
    ty_status status = ty_import_open(j, j->returning.store ? &j->returning.header : NULL, error);
    if (status == TY_OK)
        status = ty_intake_unit(j->intake, unit, NULL, &id, &outcome, &mine);
    if (status == TY_OK && !ty_corrected_meet(&j->corrected, unit, j->confirmed))
        status = ty_error_nomem(&mine);
    if (status == TY_OK && j->confirmed && outcome == TY_CREATED && !ty_vector_push(&j->to_confirm, id))
        status = ty_error_nomem(&mine);
    j->confirmed = false;
    if (status == TY_ERR_LIMIT)
        return reject(j, unit->line, "unit-too-large", mine.message);
    if (status != TY_OK && error && error->status == TY_OK)
        *error = mine;
    return status;
}

/* A TMX comes in as it is, which its reader has looked at; of other files a pair that is none is left out. */
static bool is_left_out(ty_import_job *j, const ty_unit *unit)
{
    if (ty_format_gives(j->kind.format) & (TY_GIVES_RELEASES | TY_GIVES_MEMORY) || unit->variant_count != 2)
        return false;
    unsigned unfit = ty_unfit(&unit->variants[0], &unit->variants[1]);
    ty_unfit_tell(&j->unfit, unfit, "", unit->line);
    bool left_out = unfit & TY_UNFIT_FOR_A_PAIR;
    j->counts->rejected += left_out;
    j->counts->warnings += ty_unfit_warnings(unfit);
    return left_out;
}

/* What a person changed or removed here does not come back with a TMX of ours that has it as it was. */
static ty_status is_withheld(ty_import_job *j, const ty_unit *unit, bool *out, ty_error *error)
{
    *out = false;
    if (j->flags & TY_INTAKE_FORCE || j->settings->duplicates != TY_DUPLICATES_KEEP)
        return TY_OK;
    ty_status status = ty_returning_is_former(&j->returning, unit, out, error);
    j->counts->withheld += status == TY_OK && *out;
    return status;
}

ty_status ty_import_on_unit(void *payload, const ty_unit *unit, ty_error *error)
{
    ty_import_job *j = payload;
    ty_unit told, own;
    bool confirmed = false;
    ty_arena_clear(&j->passing);
    if (!ty_lang_map_unit(&j->lang_map, unit, &j->passing, &told))
        return ty_error_nomem(error);
    if (is_left_out(j, &told))
        return TY_OK;
    if (!j->returning.store)
        return put_unit(j, &told, error);
    bool waits = false;
    ty_status status = ty_returning_status(&j->returning, &told, &own, &confirmed, error);
    if (status != TY_OK || ty_returning_takes(&j->returning, &own, confirmed))
        return status;
    status = ty_returning_waits(&j->returning, &own, confirmed, &waits, error);
    if (status == TY_OK && !waits)
        status = is_withheld(j, &own, &waits, error);
    if (status != TY_OK || waits)
        return status;
    j->confirmed = confirmed;
    return put_unit(j, &own, error);
}

void ty_import_on_confirmed(void *payload)
{
    ((ty_import_job *)payload)->confirmed = true;
}

ty_status ty_import_on_concept(void *payload, const ty_concept *concept, ty_error *error)
{
    ty_import_job *j = payload;
    ty_concept told;
    ty_arena_clear(&j->passing);
    if (!ty_lang_map_concept(&j->lang_map, concept, &j->passing, &told))
        return ty_error_nomem(error);
    ty_error mine = {0};
    if (ty_concept_check(&told, &mine) != TY_OK)
        return reject_concept(j, &told, mine.message);
    if (ty_term_rows_meet(&j->terms, ty_store_identity(j->memory->store), &told))
        return j->terms.arena.failed ? ty_error_nomem(error) : TY_OK;
    ty_status status = ty_import_open(j, NULL, error);
    ty_outcome outcome = TY_UNCHANGED;
    if (status == TY_OK)
        status = ty_intake_concept(j->intake, &told, NULL, &outcome, error);
    if (status == TY_OK && outcome == TY_KEPT) {
        j->counts->kept++;
        ty_warn(j->memory->listener, j->source.path, 0, 0, "edited-here",
                "%.*s was edited here: what the file says of it now is left out",
                TY_SLICE_FORMAT(concept->id));
    }
    return status;
}

/* What a UTX says of itself is kept with its origin, in the words of a header. */
ty_status ty_import_on_glossary(void *payload, const ty_glossary *glossary, ty_error *error)
{
    ty_import_job *j = payload;
    ty_attribute attributes[] = {{TY_SLICE("srclang"), glossary->source_lang},
                                 {TY_SLICE("trglang"), glossary->target_lang}};
    ty_header header = {
        .version = glossary->version, .attributes = {attributes, 2}, .infos = glossary->infos};
    if (ty_format_gives(j->kind.format) & TY_GIVES_SHEETS) /* its rows may all be of concepts that are here */
        return TY_OK;
    return ty_import_open(j, ty_format_gives(glossary->format) & TY_GIVES_HEADER ? &header : NULL, error);
}
