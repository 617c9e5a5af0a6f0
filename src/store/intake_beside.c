/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Intake beside others. On a server many write to one memory, one at a time; a large file would keep them all
 * waiting. So an intake of a new origin writes its rows while others write theirs: nobody sees them yet, and
 * their numbers were given to it beforehand. Only at its end it waits for its turn, looks whether what others
 * did meanwhile goes together with it, and enters its origin: it arrives.
 *
 * Where somebody has brought the same units, or taken away what it has met, or its name, it is overtaken: it
 * is taken back, and whoever called may do it again with TY_INTAKE_ALONE.
 */
#include "store/engine.h"
#include "store/intake.h"
#include "store/ledger.h"

#include <stdlib.h>

enum { FIRST_NUMBERS = 1024, MOST_NUMBERS = 1 << 16 };

/* What an intake does that goes beside others: it adds units, and changes nothing that is there. */
bool ty_intake_may_go_beside(const ty_intake *intake)
{
    const ty_store *store = intake->store;
    return store->engine->begin_beside && store->depth == 0 && intake->flags & TY_INTAKE_BESIDE &&
           !(intake->flags & ~(unsigned)(TY_INTAKE_BESIDE | TY_INTAKE_APART | TY_INTAKE_NEW));
}

ty_status ty_intake_go_alone(ty_intake *intake, ty_error *error)
{
    if (!intake->store->beside)
        return TY_OK;
    intake->store->beside = false;
    ty_status status = intake->store->engine->take_turn(intake->store, error);
    return status == TY_OK ? ty_held_note(intake->store, error) : status;
}

/* ------------------------------------------------------------------------------------------ numbers */

static ty_status take_numbers(ty_store *giver, int64_t count, ty_range *units, int64_t *origin,
                              ty_error *error)
{
    ty_status status = ty_store_begin(giver, error);
    if (status != TY_OK)
        return status;
    status = ty_number_take(giver, "unit", count, &units->first, error);
    units->last = units->first + count - 1;
    if (status == TY_OK && origin)
        status = ty_number_take(giver, "origin", 1, origin, error);
    return ty_store_end(giver, status, error);
}

/* By a connection of its own, since numbers that are given are given for good. */
static ty_status more_numbers(ty_intake *intake, int64_t *origin, ty_error *error)
{
    ty_range units;
    int64_t count = FIRST_NUMBERS << (intake->given.count < 6 ? intake->given.count : 6);
    ty_status status =
        intake->giver ? TY_OK : ty_store_open(intake->store->path, TY_STORE_WRITE, &intake->giver, error);
    if (status == TY_OK)
        status =
            take_numbers(intake->giver, count < MOST_NUMBERS ? count : MOST_NUMBERS, &units, origin, error);
    if (status != TY_OK)
        return status;
    intake->next_unit = units.first;
    return ty_vector_push(&intake->given, units) ? TY_OK : ty_error_nomem(error);
}

ty_status ty_intake_number(ty_intake *intake, int64_t *id, ty_error *error)
{
    const ty_range *last = intake->given.count ? &intake->given.items[intake->given.count - 1] : NULL;
    if (last && intake->next_unit > last->last) {
        ty_status status = more_numbers(intake, NULL, error);
        if (status != TY_OK)
            return status;
    }
    *id = intake->next_unit++;
    return TY_OK;
}

/* From the last back, as long as nobody took others behind them. */
static ty_status give_back(ty_intake *intake, ty_store *store, int64_t used, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = intake->given.count; i-- > 0 && status == TY_OK;) {
        ty_range range = intake->given.items[i];
        int64_t kept = used >= range.first ? used : range.first - 1;
        status = ty_sql_run(store, SQL_COUNTER_BACK, error, "sii", TY_SLICE("unit"), range.last, kept);
        if (kept == used)
            break;
    }
    return status;
}

ty_status ty_intake_keep_given(ty_intake *intake, ty_error *error)
{
    return give_back(intake, intake->store, intake->next_unit - 1, error);
}

/* After the rollback. That it fails is no matter: numbers are left out. */
static void give_all_back(ty_intake *intake)
{
    ty_store *giver = intake->giver;
    if (!intake->given.count || ty_store_begin(giver, NULL) != TY_OK)
        return;
    ty_status status = give_back(intake, giver, 0, NULL);
    if (status == TY_OK)
        status = ty_sql_run(giver, SQL_COUNTER_BACK, NULL, "sii", TY_SLICE("origin"), intake->origin,
                            intake->origin - 1);
    (void)ty_store_end(giver, status, NULL);
}

void ty_intake_leave_beside(ty_intake *intake, bool kept)
{
    intake->store->beside = false;
    if (intake->giver && !kept)
        give_all_back(intake);
    ty_store_close(intake->giver);
    ty_vector_release(&intake->given);
    ty_arena_release(&intake->own);
}

/* ------------------------------------------------------------------------------------------ beginning */

static ty_slice copy(ty_intake *intake, ty_slice text)
{
    return text.data ? ty_arena_copy(&intake->own, text) : text;
}

ty_status ty_intake_begin_beside(ty_intake *intake, const ty_origin_row *row, ty_slice wish, ty_error *error)
{
    ty_stamp stamp;
    ty_store *store = intake->store;
    intake->due = (ty_origin_row){.kind = copy(intake, row->kind),
                                  .title = copy(intake, row->title),
                                  .date = copy(intake, row->date),
                                  .url = copy(intake, row->url),
                                  .digest = copy(intake, row->digest),
                                  .version = copy(intake, row->version),
                                  .attributes = copy(intake, row->attributes),
                                  .infos = copy(intake, row->infos),
                                  .at = copy(intake, row->at)};
    intake->wish = copy(intake, wish);
    if (intake->own.failed)
        return ty_error_nomem(error);
    ty_status status = ty_store_stamp(store, TY_STAMP_UNITS, &stamp, error);
    intake->begun = (int64_t)stamp.step;
    if (status == TY_OK)
        status = more_numbers(intake, &intake->origin, error);
    intake->origin_is_due = status == TY_OK;
    intake->fresh = true;
    return status;
}

/* ------------------------------------------------------------------------------------------ arriving */

static ty_status overtaken(const ty_intake *intake, ty_error *error)
{
    ty_error_set(error, TY_ERR_BUSY, "%s: others brought the same meanwhile; try again", intake->store->path);
    ty_error_rule(error, "overtaken");
    return TY_ERR_BUSY;
}

static ty_status refuse_row(const ty_intake *intake, ty_status status, ty_error *error)
{
    return status == TY_OK ? overtaken(intake, error) : status == TY_NO ? TY_OK : status;
}

/* Were units made that ours would have met, or are some gone that ours have? */
static ty_status check_units(ty_intake *intake, ty_error *error)
{
    int64_t any;
    ty_store *store = intake->store;
    ty_status status =
        ty_sql_number(store, SQL_OVERTAKEN_GONE, &any, error, "ii", intake->begun, intake->origin);
    status = refuse_row(intake, status, error);
    for (size_t i = 0; i < intake->given.count && status == TY_OK; i++) {
        ty_range range = intake->given.items[i];
        status = ty_sql_number(store, SQL_OVERTAKEN_MADE, &any, error, "iii", intake->begun, range.first,
                               range.last);
        status = refuse_row(intake, status, error);
    }
    return status;
}

/* The same before the turn is taken, so that only what is done from here on is left to look at behind it. */
static ty_status check_so_far(ty_intake *intake, ty_error *error)
{
    ty_stamp stamp;
    ty_status status = ty_store_stamp(intake->store, TY_STAMP_UNITS, &stamp, error);
    if (status == TY_OK)
        status = check_units(intake, error);
    if (status == TY_OK)
        intake->begun = (int64_t)stamp.step;
    return status;
}

/* The name may be another's by now. */
static ty_status check_name(ty_intake *intake, ty_error *error)
{
    int64_t any;
    ty_store *store = intake->store;
    ty_status status = TY_NO;
    if (intake->flags & TY_INTAKE_APART && !(intake->flags & TY_INTAKE_NEW))
        status = ty_sql_number(store, SQL_ORIGIN_OF_DIGEST, &any, error, "o", intake->due.digest);
    status = refuse_row(intake, status, error);
    if (status != TY_OK)
        return status;
    if (intake->flags & TY_INTAKE_APART)
        return ty_intake_free_name(intake, intake->wish, error);
    return refuse_row(intake,
                      ty_sql_number(store, SQL_ORIGIN_FIND, &any, error, "s", ty_buffer_slice(&intake->name)),
                      error);
}

/* Digests and zones of what was written so far: they are much of the work, so before the turn is taken. */
ty_status ty_intake_load_given(ty_intake *intake, ty_error *error)
{
    ty_status status = ty_pending_flush(intake->store, error);
    for (size_t i = 0; i < intake->given.count && status == TY_OK; i++) {
        ty_range *range = &intake->given.items[i];
        int64_t first = range->first > intake->loaded ? range->first : intake->loaded + 1;
        int64_t last = range->last < intake->next_unit ? range->last : intake->next_unit - 1;
        if (first <= last)
            status = ty_sql_run(intake->store, SQL_DIGEST_NOTE, error, "ii", first, last);
        if (status == TY_OK)
            status = ty_zones_write_within(intake->store, *range, error);
    }
    intake->loaded = intake->next_unit - 1;
    return status;
}

/* Concepts, too, may have been made meanwhile. */
static ty_status count_concepts(ty_intake *intake, ty_error *error)
{
    ty_status status = ty_number_take(intake->store, "concept", 0, &intake->first_concept, error);
    intake->next_concept = intake->first_concept;
    free(intake->taken_concepts);
    intake->taken_concepts = calloc((size_t)intake->first_concept / 8 + 1, 1);
    return status == TY_OK && !intake->taken_concepts ? ty_error_nomem(error) : status;
}

ty_status ty_intake_arrive(ty_intake *intake, ty_error *error)
{
    if (!intake->origin_is_due)
        return TY_OK;
    ty_status status = ty_intake_load_given(intake, error);
    if (status == TY_OK && intake->store->beside)
        status = check_so_far(intake, error);
    if (status == TY_OK)
        status = ty_intake_go_alone(intake, error);
    if (status == TY_OK)
        status = check_name(intake, error);
    if (status == TY_OK)
        status = check_units(intake, error);
    if (status == TY_OK)
        status = count_concepts(intake, error);
    intake->origin_is_due = false;
    return status == TY_OK ? ty_intake_write_origin(intake, SQL_ORIGIN_ADD, &intake->due, error) : status;
}
