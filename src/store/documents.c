/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Origins and documents: reading them, and taking in the texts of a release.
 */
#include "store/intake.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ intake */

/* Of sentences and paragraphs: two documents of an origin with one language and digest are one. */
static uint64_t digest_of(const ty_stored_document *document)
{
    uint64_t digest = 0;
    for (size_t i = 0; i < document->sentence_count; i++)
        digest = ty_hash(document->sentences[i].text, digest * 31 + document->sentences[i].paragraph);
    return digest;
}

static bool is_brought(const ty_intake *intake, int64_t id)
{
    for (size_t i = 0; i < intake->documents.count; i++)
        if (intake->documents.items[i] == id)
            return true;
    return false;
}

static ty_status find_document(ty_intake *intake, ty_slice lang, uint64_t digest, int64_t *id,
                               ty_error *error)
{
    ty_status status = TY_NO;
    *id = 0;
    if (intake->fresh)
        return TY_OK;
    ty_row *row =
        ty_sql(intake->store, SQL_DOCUMENT_FIND, error, "isi", intake->origin, lang, (int64_t)digest);
    while (!*id && (status = ty_sql_step(intake->store, row, error)) == TY_OK) {
        int64_t found = ty_row_int(row, 0);
        if (!is_brought(intake, found))
            *id = found;
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static ty_status add_document(ty_intake *intake, const ty_stored_document *document, ty_slice lang,
                              uint64_t digest, int64_t *id, ty_error *error)
{
    ty_store *store = intake->store;
    ty_status status = ty_number_take(store, "document", 1, id, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_DOCUMENT_ADD, error, "isoooooiio", intake->origin, lang,
                            document->title, document->date, document->url, document->file_name,
                            document->encoding, (int64_t)digest, *id, document->path);
    for (size_t i = 0; i < document->sentence_count && status == TY_OK; i++) {
        const ty_document_sentence *sentence = &document->sentences[i];
        ty_slice text = sentence->text.data ? sentence->text : TY_SLICE("");
        status = ty_sql_run(store, SQL_SENTENCE_ADD, error, "iiis", *id, (int64_t)i,
                            (int64_t)sentence->paragraph, text);
    }
    intake->documents_changed = true;
    return status;
}

static ty_status set_document(ty_intake *intake, int64_t id, const ty_stored_document *document,
                              ty_error *error)
{
    ty_status status =
        ty_sql_run(intake->store, SQL_DOCUMENT_SET, error, "ioooooo", id, document->title, document->date,
                   document->url, document->file_name, document->encoding, document->path);
    if (ty_sql_written(intake->store) > 0)
        intake->documents_changed = true;
    return status;
}

/* Its path stays as it is: by it the file is found again. */
static ty_stored_document plain_document(ty_intake *intake, const ty_stored_document *document)
{
    ty_stored_document plain = *document;
    plain.title = ty_arena_plain_line(&intake->own, document->title);
    plain.date = ty_arena_plain_line(&intake->own, document->date);
    plain.url = ty_arena_plain_line(&intake->own, document->url);
    plain.file_name = ty_arena_plain_line(&intake->own, document->file_name);
    return plain;
}

ty_status ty_intake_document(ty_intake *intake, const ty_stored_document *document, int64_t *id,
                             ty_error *error)
{
    uint64_t digest = digest_of(document);
    ty_slice lang = document->lang.data ? document->lang : TY_SLICE("");
    ty_stored_document plain = plain_document(intake, document);
    ty_status status = intake->own.failed ? ty_error_nomem(error) : ty_writer_wait(intake->store, error);
    if (status == TY_OK)
        status = ty_intake_arrive(intake, error);
    if (status == TY_OK)
        status = find_document(intake, lang, digest, id, error);
    if (status == TY_OK && *id)
        status = set_document(intake, *id, &plain, error);
    else if (status == TY_OK)
        status = add_document(intake, &plain, lang, digest, id, error);
    if (status == TY_OK && !ty_vector_push(&intake->documents, *id))
        status = ty_error_nomem(error);
    return status;
}

/* Documents behind pairs that stay are kept. */
ty_status ty_intake_clear_documents(ty_intake *intake, ty_error *error)
{
    ty_store *store = intake->store;
    ty_ids unused = {0};
    ty_status status;
    ty_row *row = ty_sql(store, SQL_DOCUMENT_UNUSED, error, "i", intake->origin);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        int64_t id = ty_row_int(row, 0);
        if (!is_brought(intake, id) && !ty_vector_push(&unused, id))
            status = ty_error_nomem(error);
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    if (status == TY_NO)
        status = TY_OK;
    for (size_t i = 0; i < unused.count && status == TY_OK; i++)
        status = ty_sql_run(store, SQL_DOCUMENT_REMOVE, error, "i", unused.items[i]);
    if (unused.count)
        intake->documents_changed = true;
    ty_vector_release(&unused);
    return status;
}

/* ------------------------------------------------------------------------------------------ documents */

static ty_status read_sentences(ty_store *store, size_t count, ty_arena *arena, ty_stored_document *document,
                                ty_error *error)
{
    ty_document_sentence *sentences = ty_arena_array(arena, count, sizeof *sentences);
    ty_status status;
    if (count && !sentences)
        return ty_error_nomem(error);
    ty_row *row = ty_sql(store, SQL_SENTENCE_LIST, error, "i", document->id);
    while ((status = ty_sql_step(store, row, error)) == TY_OK && document->sentence_count < count)
        sentences[document->sentence_count++] = (ty_document_sentence){
            .text = ty_row_copy(row, 1, arena), .paragraph = (uint32_t)ty_row_int(row, 0)};
    if (row)
        ty_row_end(row);
    document->sentences = sentences;
    return status == TY_NO ? TY_OK : status;
}

static ty_status list_documents(ty_store *store, ty_sql_id which, int64_t origin, ty_arena *arena,
                                ty_stored_documents *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, which, error, "i", origin);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_stored_document document = {.id = ty_row_int(row, 0), .origin = origin};
        ty_slice *const texts[] = {&document.lang, &document.title,     &document.date,
                                   &document.url,  &document.file_name, &document.encoding};
        for (int i = 0; i < 6; i++)
            *texts[i] = ty_row_copy(row, i + 1, arena);
        document.older = ty_row_int(row, 8) != 0;
        document.path = ty_row_copy(row, 9, arena);
        status = which == SQL_DOCUMENT_LIST
                     ? read_sentences(store, (size_t)ty_row_int(row, 7), arena, &document, error)
                     : TY_OK;
        if (status == TY_OK && (arena->failed || !ty_vector_push(out, document)))
            status = ty_error_nomem(error);
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_documents(ty_store *store, int64_t origin, ty_arena *arena, ty_stored_documents *out,
                             ty_error *error)
{
    return list_documents(store, SQL_DOCUMENT_LIST, origin, arena, out, error);
}

ty_status ty_store_document_heads(ty_store *store, int64_t origin, ty_arena *arena, ty_stored_documents *out,
                                  ty_error *error)
{
    return list_documents(store, SQL_DOCUMENT_HEADS, origin, arena, out, error);
}

ty_status ty_store_document_survey(ty_store *store, int64_t origin, ty_arena *arena, ty_stored_documents *out,
                                   ty_error *error)
{
    ty_status status;
    ty_row *row = origin ? ty_sql(store, SQL_DOCUMENT_SURVEY_OF, error, "i", origin)
                         : ty_sql(store, SQL_DOCUMENT_SURVEY, error, "");
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_stored_document document = {.id = ty_row_int(row, 0),
                                       .origin = ty_row_int(row, 1),
                                       .lang = ty_row_copy(row, 2, arena),
                                       .url = ty_row_copy(row, 3, arena),
                                       .path = ty_row_copy(row, 4, arena),
                                       .sentence_count = (size_t)ty_row_int(row, 5),
                                       .older = ty_row_int(row, 6) != 0};
        if (arena->failed || !ty_vector_push(out, document)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_is_older(ty_store *store, int64_t document, int64_t other, bool *out, ty_error *error)
{
    int64_t older = 0;
    ty_status status = ty_sql_number(store, SQL_DOCUMENT_IS_OLDER, &older, error, "ii", document, other);
    *out = older != 0;
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_withheld(ty_store *store, int64_t origin, uint64_t *out, ty_error *error)
{
    int64_t count = 0;
    ty_status status = ty_sql_number(store, SQL_WITHHELD_COUNT, &count, error, "i", origin);
    *out = (uint64_t)count;
    return status;
}

/* ------------------------------------------------------------------------------------------ origins */

/* Backtracks to the last star only, which is enough for * and ?. */
bool ty_store_glob(ty_slice pattern, ty_slice text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, mark = 0;
    if (!pattern.size)
        return true;
    while (t < text.size) {
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size && (pattern.data[p] == '?' || pattern.data[p] == text.data[t])) {
            t++;
            /* ? stands for a character: take the rest of its bytes. */
            while (pattern.data[p] == '?' && t < text.size && ((unsigned char)text.data[t] & 0xC0) == 0x80)
                t++;
            p++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*')
        p++;
    return p == pattern.size;
}

static ty_status read_header(ty_row *row, int column, ty_arena *arena, ty_origin *out, ty_error *error)
{
    if (ty_row_is_null(row, column))
        return TY_OK;
    ty_header *header = ty_arena_alloc(arena, sizeof *header);
    if (!header)
        return ty_error_nomem(error);
    ty_slice attributes = ty_row_text(row, column + 1), infos = ty_row_text(row, column + 2);
    ty_status status = TY_OK;
    header->version = ty_row_copy(row, column, arena);
    if (attributes.data)
        status = ty_attributes_from_json(attributes, arena, &header->attributes, error);
    if (status == TY_OK && infos.data)
        status = ty_infos_from_json(infos, arena, &header->infos, error);
    out->header = header;
    return status;
}

static ty_status read_origin(ty_row *row, ty_arena *arena, ty_origin *out, ty_error *error)
{
    *out = (ty_origin){
        .id = ty_row_int(row, 0),
        .name = ty_row_copy(row, 1, arena),
        .kind = ty_row_copy(row, 2, arena),
        .title = ty_row_copy(row, 3, arena),
        .date = ty_row_copy(row, 4, arena),
        .url = ty_row_copy(row, 5, arena),
        .digest = ty_row_copy(row, 6, arena),
        .imported_at = ty_row_copy(row, 10, arena),
        .updated_at = ty_row_copy(row, 11, arena),
        .unit_count = (uint64_t)ty_row_int(row, 12),
        .concept_count = (uint64_t)ty_row_int(row, 13),
        .brought = (uint64_t)ty_row_int(row, 14),
        .told = ty_row_copy(row, 15, arena),
    };
    return read_header(row, 7, arena, out, error);
}

ty_status ty_store_origins(ty_store *store, ty_slice pattern, ty_arena *arena, ty_origins *out,
                           ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_ORIGIN_LIST, error, "");
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_origin origin;
        if (!ty_store_glob(pattern, ty_row_text(row, 1)))
            continue;
        status = read_origin(row, arena, &origin, error);
        if (status == TY_OK && (arena->failed || !ty_vector_push(out, origin)))
            status = ty_error_nomem(error);
        if (status != TY_OK)
            break;
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_origin(ty_store *store, int64_t id, ty_arena *arena, ty_origin *out, ty_error *error)
{
    ty_row *row = ty_sql(store, SQL_ORIGIN_GET, error, "i", id);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    status = read_origin(row, arena, out, error);
    ty_row_end(row);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

ty_status ty_store_origin_named(ty_store *store, ty_slice name, int64_t *out, ty_error *error)
{
    ty_arena arena = {0};
    ty_slice plain = ty_arena_plain_line(&arena, name); /* as it was taken in */
    ty_status status =
        arena.failed ? ty_error_nomem(error) : ty_sql_number(store, SQL_ORIGIN_FIND, out, error, "s", plain);
    ty_arena_release(&arena);
    return status;
}

ty_status ty_store_origin_of_digest(ty_store *store, ty_slice digest, int64_t *out, ty_error *error)
{
    return ty_sql_number(store, SQL_ORIGIN_OF_DIGEST, out, error, "o", digest);
}
