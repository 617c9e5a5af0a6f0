/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Erasing for good: what a release or a unit said is taken out of the tables, the history, and the free
 * pages. Steps whose history held it cannot be taken back any more. Not a step itself; it cannot be taken
 * back.
 */
#include "store/engine.h"

#include <stdio.h>

/* What the engine says in other words. */
static void spell(const ty_store *store, const char *text, ty_buffer *out)
{
    for (const ty_spelling *as = store->engine->spellings; *text;) {
        while (as && as->ours && strncmp(text, as->ours, strlen(as->ours)) != 0)
            as++;
        bool other = as && as->ours;
        if (other)
            ty_buffer_add_string(out, as->theirs);
        else
            ty_buffer_add_char(out, *text);
        text += other ? strlen(as->ours) : 1;
        as = store->engine->spellings;
    }
}

/* Numbers go into the text: these scripts are run once, and take no words of anybody's. */
static ty_status run(ty_store *store, ty_error *error, const char *format, ...) TY_PRINTF(3, 4);

static ty_status run(ty_store *store, ty_error *error, const char *format, ...)
{
    char text[4096];
    ty_buffer spelt = {0};
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size < 0 || (size_t)size >= sizeof text)
        return ty_error_nomem(error);
    spell(store, text, &spelt);
    ty_status status = spelt.failed ? ty_error_nomem(error) : ty_sql_script(store, spelt.data, error);
    ty_buffer_release(&spelt);
    return status;
}

static const char tables[] =
    "DROP TABLE IF EXISTS temp.erased_unit; DROP TABLE IF EXISTS temp.erased_text;"
    "DROP TABLE IF EXISTS temp.erased_document; DROP TABLE IF EXISTS temp.erased_step;";

/* Units that are of the release, or were: runs of numbers. Those that another release has stay. */
static ty_status find_units(ty_store *store, int64_t origin, ty_error *error)
{
    return run(store, error,
               "CREATE TEMP TABLE erased_unit AS"
               " SELECT unit AS first, unit AS last FROM unit_origin WHERE origin = %lld"
               " UNION SELECT object, last FROM change WHERE kind = 'unit_origin' AND item = %lld;"
               "CREATE TEMP TABLE erased_text AS SELECT DISTINCT v.text FROM variant v"
               " JOIN unit_origin l ON l.unit = v.unit AND l.origin = %lld;",
               (long long)origin, (long long)origin, (long long)origin);
}

/* Findings that a person let stand repeat the texts. */
static ty_status forget_findings(ty_store *store, ty_error *error)
{
    return run(store, error,
               "DELETE FROM accepted_finding WHERE source IN (SELECT text FROM temp.erased_text)"
               " OR target IN (SELECT text FROM temp.erased_text);");
}

/* What is left of a release once its pairs are gone. */
static ty_status forget_origin(ty_store *store, int64_t origin, ty_error *error)
{
    long long id = origin;
    return run(store, error,
               "DELETE FROM bead WHERE origin = %lld;"
               "DELETE FROM sentence WHERE document IN (SELECT id FROM document WHERE origin = %lld);"
               "DELETE FROM document WHERE origin = %lld; DELETE FROM withheld WHERE origin = %lld;"
               "DELETE FROM origin WHERE id = %lld AND NOT EXISTS"
               " (SELECT 1 FROM concept_origin c WHERE c.origin = %lld);",
               id, id, id, id, id, id);
}

/* Steps with rows of what is erased, or with its words; derived data, which may hold them too. */
static ty_status forget_past(ty_store *store, int64_t origin, ty_error *error)
{
    long long id = origin;
    ty_status status = ty_ledger_flush(store, error);
    if (status != TY_OK)
        return status;
    return run(
        store, error,
        "CREATE TEMP TABLE erased_document AS SELECT DISTINCT object AS id FROM change"
        " WHERE kind = 'document' AND before IS NOT NULL AND json_extract(before, '$[1]') = %lld;"
        "CREATE TEMP TABLE erased_step AS SELECT DISTINCT step AS id FROM change c"
        " WHERE before IS NOT NULL AND ((kind IN ('unit', 'variant', 'unit_origin') AND EXISTS"
        "  (SELECT 1 FROM temp.erased_unit e WHERE c.object BETWEEN e.first AND e.last))"
        " OR (kind = 'sentence' AND object IN (SELECT id FROM temp.erased_document))"
        " OR (kind IN ('document', 'bead') AND json_extract(before, '$[1]') = %lld)"
        " OR (kind IN ('origin', 'withheld') AND object = %lld)"
        " OR EXISTS (SELECT 1 FROM temp.erased_text t WHERE kind IN ('sentence', 'variant')"
        "  AND length(t.text) > 3 AND instr(before,"
        "  substr(json_quote(t.text), 2, length(json_quote(t.text)) - 2)) > 0));"
        "INSERT INTO temp.erased_step VALUES (%lld);"
        "DELETE FROM change WHERE step IN (SELECT id FROM temp.erased_step);"
        "UPDATE step SET subject = NULL WHERE origin = %lld OR id IN (SELECT id FROM temp.erased_step);"
        "DELETE FROM derived_index; DELETE FROM derived_index_part;",
        id, id, id, (long long)store->changed, id);
}

/* The file is written anew, without free pages, and the log cut off. */
static ty_status clean(ty_store *store, ty_error *error)
{
    ty_status status = run(store, error, "%s", tables);
    if (status == TY_OK)
        status = ty_sql_set(store, TY_SQL_CLEANS, error);
    if (status == TY_ERR_BUSY) {
        ty_error_set(error, TY_ERR_BUSY,
                     "%s: it is gone from the memory, but pages that are free and the log still hold it: "
                     "somebody else has the memory open",
                     store->path);
        ty_error_rule(error, "still-there");
    }
    return status;
}

static ty_status begin(ty_store *store, int64_t origin, ty_error *error)
{
    ty_status status = ty_sql_set(store, TY_SQL_ERASES, error);
    if (status == TY_OK)
        status = run(store, error, "%s", tables);
    if (status == TY_OK)
        status = ty_store_begin(store, error);
    if (status == TY_OK)
        ty_store_name_step(store, "remove for good", (ty_slice){0}, origin, NULL);
    return status;
}

ty_status ty_store_erase_origin(ty_store *store, int64_t origin, uint64_t *units, ty_error *error)
{
    uint64_t concepts = 0;
    ty_status status = begin(store, origin, error);
    if (status != TY_OK)
        return status;
    status = find_units(store, origin, error);
    if (status == TY_OK)
        status = forget_findings(store, error);
    if (status == TY_OK)
        status = ty_store_remove_origin(store, origin, NULL, units, &concepts, error);
    if (status == TY_OK)
        status = forget_origin(store, origin, error);
    if (status == TY_OK)
        status = forget_past(store, origin, error);
    status = ty_store_end(store, status, error);
    return status == TY_OK ? clean(store, error) : status;
}

/* Its sentences stay in their places, without words. */
static ty_status blank_sentences(ty_store *store, int64_t unit, ty_error *error)
{
    return run(store, error,
               "UPDATE sentence SET text = '', edited = NULL WHERE EXISTS (SELECT 1 FROM bead b"
               " WHERE b.unit = %lld AND ((b.source_document = document AND number >= b.source_first"
               "  AND number < b.source_first + b.source_count) OR (b.target_document = document"
               "  AND number >= b.target_first AND number < b.target_first + b.target_count)));"
               "UPDATE sentence SET text = '', edited = NULL WHERE document IN (SELECT d.id FROM document d"
               " JOIN unit_origin l ON l.origin = d.origin AND l.unit = %lld)"
               " AND (text IN (SELECT text FROM temp.erased_text)"
               " OR edited IN (SELECT text FROM temp.erased_text));",
               (long long)unit, (long long)unit);
}

ty_status ty_store_erase_unit(ty_store *store, int64_t unit, ty_error *error)
{
    ty_status status = begin(store, 0, error);
    if (status != TY_OK)
        return status;
    status = run(store, error,
                 "CREATE TEMP TABLE erased_unit AS SELECT %lld AS first, %lld AS last;"
                 "CREATE TEMP TABLE erased_text AS SELECT DISTINCT text FROM variant WHERE unit = %lld"
                 " UNION SELECT json_extract(before, '$[3]') FROM change WHERE kind = 'variant'"
                 "  AND object = %lld AND before IS NOT NULL;",
                 (long long)unit, (long long)unit, (long long)unit, (long long)unit);
    if (status == TY_OK)
        status = forget_findings(store, error);
    if (status == TY_OK)
        status = blank_sentences(store, unit, error);
    if (status == TY_OK)
        status = ty_store_remove(store, unit, NULL, error);
    if (status == TY_OK)
        status = forget_past(store, -1, error);
    status = ty_store_end(store, status, error);
    return status == TY_OK ? clean(store, error) : status;
}

/* ------------------------------------------------------------------------------------------ the log */

ty_status ty_store_forget_steps(ty_store *store, ty_slice before, uint64_t *steps, ty_error *error)
{
    int64_t count = 0;
    ty_status status = ty_store_begin(store, error);
    if (status != TY_OK)
        return status;
    status = ty_sql_number(store, SQL_FORGET_COUNT, &count, error, "s", before);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_FORGET, error, "s", before);
    status = ty_store_end(store, status == TY_NO ? TY_OK : status, error);
    *steps = (uint64_t)count;
    return status == TY_OK ? clean(store, error) : status;
}
