/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Releases under review, as rows: their facts and figures, beads and sentences. What may be done to them is
 * told by who knows the release as a whole.
 */
#include "store/ledger.h"

static const char *const states[] = {[TY_BEAD_AUTO] = "auto", [TY_BEAD_HAND] = "hand", [TY_BEAD_OK] = "ok"};

static ty_bead_state state_of(ty_slice name)
{
    for (int i = TY_BEAD_HAND; i <= TY_BEAD_OK; i++)
        if (ty_slice_equal(name, ty_slice_of(states[i])))
            return (ty_bead_state)i;
    return TY_BEAD_AUTO;
}

/* ------------------------------------------------------------------------------------------ releases */

static ty_status read_release(ty_store *store, ty_row *row, ty_arena *arena, ty_release_info *out)
{
    (void)store;
    ty_slice *const texts[] = {&out->name,      &out->title,       &out->date,       &out->url,
                               &out->agency,    &out->imported_at, &out->updated_at, &out->langs[0],
                               &out->titles[0], &out->langs[1],    &out->titles[1]};
    uint64_t *const figures[] = {&out->version, &out->beads,     &out->automatic,
                                 &out->by_hand, &out->confirmed, &out->unpaired,
                                 &out->omitted, &out->flagged,   &out->asked};
    *out = (ty_release_info){.id = ty_row_int(row, 0)};
    for (int i = 0; i < 11; i++)
        *texts[i] = ty_row_copy(row, 1 + i, arena);
    for (int i = 0; i < 9; i++)
        *figures[i] = (uint64_t)ty_row_int(row, 12 + i);
    return arena->failed ? TY_ERR_NOMEM : TY_OK;
}

ty_status ty_store_releases(ty_store *store, int64_t id, ty_arena *arena, ty_release_infos *out,
                            ty_error *error)
{
    ty_release_info info;
    ty_status status = ty_figures_ready(store, error);
    if (status != TY_OK)
        return status;
    ty_row *row = ty_sql(store, SQL_RELEASE_LIST, error, "i", id);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        status = read_release(store, row, arena, &info);
        if (status == TY_OK && !ty_vector_push(out, info))
            status = TY_ERR_NOMEM;
        if (status != TY_OK) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_release_version(ty_store *store, int64_t origin, uint64_t *out, ty_error *error)
{
    int64_t version = 0;
    ty_status status = ty_figures_ready(store, error);
    if (status == TY_OK)
        status = ty_sql_number(store, SQL_TALLY_GET, &version, error, "is", origin, TY_SLICE("version"));
    *out = (uint64_t)version;
    return status;
}

ty_status ty_store_bead_changed(ty_store *store, int64_t bead, uint64_t since, int64_t *step, ty_error *error)
{
    return ty_sql_number(store, SQL_BEAD_CHANGED, step, error, "ii", bead, (int64_t)since);
}

static ty_status set_titles(ty_store *store, int64_t origin, const ty_release_facts *facts, ty_arena *arena,
                            ty_error *error)
{
    ty_status status = TY_OK;
    for (int side = 0; side < 2 && status == TY_OK; side++)
        if (facts->titles[side])
            status = ty_sql_run(store, side ? SQL_RELEASE_TARGET_TITLE : SQL_RELEASE_SOURCE_TITLE, error,
                                "io", origin, ty_arena_plain_line(arena, ty_slice_of(facts->titles[side])));
    return status;
}

static ty_status set_facts(ty_store *store, int64_t origin, const ty_release_facts *facts, ty_arena *arena,
                           ty_error *error)
{
    const struct {
        const char *name, *value;
        ty_sql_id set;
    } rows[] = {{"title", facts->title, SQL_RELEASE_TITLE},
                {"date", facts->date, SQL_RELEASE_DATE},
                {"url", facts->url, SQL_RELEASE_URL},
                {"agency", facts->agency, SQL_RELEASE_AGENCY}};
    ty_status status = TY_OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows && status == TY_OK; i++) {
        if (!rows[i].value)
            continue;
        status = ty_sql_run(store, rows[i].set, error, "io", origin,
                            ty_arena_plain_line(arena, ty_slice_of(rows[i].value)));
        if (status == TY_OK)
            status = ty_sql_run(store, SQL_RELEASE_TOLD, error, "is", origin, ty_slice_of(rows[i].name));
    }
    if (status == TY_OK)
        status = set_titles(store, origin, facts, arena, error);
    return status == TY_OK && arena->failed ? ty_error_nomem(error) : status;
}

ty_status ty_store_set_facts(ty_store *store, int64_t origin, const ty_release_facts *facts, ty_error *error)
{
    ty_arena arena = {0};
    ty_status status = set_facts(store, origin, facts, &arena, error);
    ty_arena_release(&arena);
    return status;
}

/* What a document says of itself gives way to what a person has said. */
ty_status ty_store_note_agency(ty_store *store, int64_t origin, ty_slice agency, ty_error *error)
{
    ty_arena arena = {0};
    ty_slice plain = ty_arena_plain_line(&arena, agency);
    ty_status status = arena.failed ? ty_error_nomem(error)
                                    : ty_sql_run(store, SQL_RELEASE_AGENCY_FOUND, error, "is", origin, plain);
    ty_arena_release(&arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ beads */

static ty_stored_bead read_bead(ty_row *row, ty_arena *arena)
{
    return (ty_stored_bead){.id = ty_row_int(row, 0),
                            .origin = ty_row_int(row, 1),
                            .documents = {ty_row_int(row, 2), ty_row_int(row, 5)},
                            .first = {(uint32_t)ty_row_int(row, 3), (uint32_t)ty_row_int(row, 6)},
                            .count = {(uint32_t)ty_row_int(row, 4), (uint32_t)ty_row_int(row, 7)},
                            .unit = ty_row_int(row, 8),
                            .state = state_of(ty_row_text(row, 9)),
                            .who = ty_row_copy(row, 10, arena),
                            .at = ty_row_copy(row, 11, arena),
                            .omit = (int)ty_row_int(row, 12) != 0,
                            .flag = (int)ty_row_int(row, 13) != 0,
                            .ask = (int)ty_row_int(row, 14) != 0,
                            .locked = (int)ty_row_int(row, 15) != 0,
                            .note = ty_row_copy(row, 16, arena),
                            .confidence = ty_row_double(row, 17),
                            .aligned_at = ty_row_copy(row, 18, arena),
                            .tool = ty_row_copy(row, 19, arena)};
}

ty_status ty_store_beads(ty_store *store, int64_t document, int64_t other, ty_arena *arena,
                         ty_stored_beads *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_BEAD_ROWS, error, "ii", document, other);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_stored_bead bead = read_bead(row, arena);
        if (arena->failed || !ty_vector_push(out, bead)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_put_bead(ty_store *store, ty_stored_bead *bead, ty_error *error)
{
    char now[17];
    ty_slice at = bead->state == TY_BEAD_AUTO ? bead->at : ty_store_date(bead->at, now);
    ty_status status = bead->id ? TY_OK : ty_number_take(store, "bead", 1, &bead->id, error);
    if (status != TY_OK)
        return status;
    return ty_sql_run(store, SQL_BEAD_WRITE, error, "iiiiiiiiksooiiiiodso", bead->id, bead->origin,
                      bead->documents[0], (int64_t)bead->first[0], (int64_t)bead->count[0],
                      bead->documents[1], (int64_t)bead->first[1], (int64_t)bead->count[1], bead->unit,
                      ty_slice_of(states[bead->state]), bead->who, at, (int64_t)bead->omit,
                      (int64_t)bead->flag, (int64_t)bead->ask, (int64_t)bead->locked, bead->note,
                      bead->confidence, bead->aligned_at.data ? bead->aligned_at : TY_SLICE(""), bead->tool);
}

ty_status ty_store_drop_bead(ty_store *store, int64_t id, ty_error *error)
{
    return ty_sql_run(store, SQL_BEAD_DROP, error, "i", id);
}

ty_status ty_store_unit_has_bead(ty_store *store, int64_t id, bool *out, ty_error *error)
{
    int64_t any;
    ty_status status = ty_sql_number(store, SQL_BEAD_OF_UNIT, &any, error, "i", id);
    *out = status == TY_OK;
    return status == TY_NO ? TY_OK : status;
}

/* ------------------------------------------------------------------------------------------ sentences */

ty_status ty_store_sentences(ty_store *store, int64_t document, ty_arena *arena, ty_stored_sentences *out,
                             ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_SENTENCE_ROWS, error, "i", document);
    while ((status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_stored_sentence sentence = {.paragraph = (uint32_t)ty_row_int(row, 0),
                                       .text = ty_row_copy(row, 1, arena),
                                       .edited = ty_row_copy(row, 2, arena),
                                       .gap = ty_row_copy(row, 3, arena)};
        if (arena->failed || !ty_vector_push(out, sentence)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    return status == TY_NO ? TY_OK : status;
}

ty_status ty_store_sentence_edit(ty_store *store, int64_t document, uint32_t number, ty_slice edited,
                                 ty_error *error)
{
    return ty_sql_run(store, SQL_SENTENCE_EDIT, error, "iis", document, (int64_t)number, edited);
}

static ty_status write_sentence(ty_store *store, ty_sql_id how, int64_t document, uint32_t number,
                                const ty_stored_sentence *sentence, ty_error *error)
{
    return ty_sql_run(store, how, error, "iiisss", document, (int64_t)number, (int64_t)sentence->paragraph,
                      sentence->text, sentence->edited, sentence->gap);
}

ty_status ty_store_sentence_set(ty_store *store, int64_t document, uint32_t number,
                                const ty_stored_sentence *sentence, ty_error *error)
{
    return write_sentence(store, SQL_SENTENCE_SET, document, number, sentence, error);
}

ty_status ty_store_whole_release(ty_store *store, int64_t origin, ty_error *error)
{
    return ty_beads_settle(store, origin, error);
}

/* Sentences behind a number and the beads that they are in move by one; out of the way first, then back. */
static ty_status move_behind(ty_store *store, int64_t document, uint32_t number, int by, ty_error *error)
{
    static const ty_sql_id beads[] = {SQL_BEAD_SHIFT_SOURCE, SQL_BEAD_SHIFT_TARGET};
    ty_status status =
        ty_sql_run(store, SQL_SENTENCE_AWAY, error, "iii", document, (int64_t)number, (int64_t)by);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_SENTENCE_RETURN, error, "i", document);
    for (int i = 0; i < 2 && status == TY_OK; i++)
        status = ty_sql_run(store, beads[i], error, "iii", document, (int64_t)number, (int64_t)by);
    return status;
}

ty_status ty_store_sentence_cut(ty_store *store, int64_t document, uint32_t number,
                                const ty_stored_sentence *first, const ty_stored_sentence *second,
                                ty_error *error)
{
    ty_status status = move_behind(store, document, number, 1, error);
    if (status == TY_OK)
        status = write_sentence(store, SQL_SENTENCE_SET, document, number, first, error);
    return status == TY_OK ? write_sentence(store, SQL_SENTENCE_MAKE, document, number + 1, second, error)
                           : status;
}

ty_status ty_store_sentence_join(ty_store *store, int64_t document, uint32_t number,
                                 const ty_stored_sentence *whole, ty_error *error)
{
    ty_status status = ty_sql_run(store, SQL_SENTENCE_DROP, error, "ii", document, (int64_t)number + 1);
    if (status == TY_OK)
        status = move_behind(store, document, number, -1, error);
    return status == TY_OK ? write_sentence(store, SQL_SENTENCE_SET, document, number, whole, error) : status;
}

ty_status ty_store_bead_origin(ty_store *store, int64_t bead, int64_t *out, ty_error *error)
{
    return ty_sql_number(store, SQL_BEAD_ORIGIN, out, error, "i", bead);
}
