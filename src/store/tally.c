/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures that are kept rather than counted: of the whole memory (origin 0), and of each origin. How many
 * rows a table has, the checksums know.
 */
#include "store/ledger.h"

#include <stdio.h>
#include <stdlib.h>

/* Names as in derived_tally; those that end in a colon have a language behind it. */
static const char *const names[] = {
    [TY_TALLY_CONFIRMED] = "confirmed",
    [TY_TALLY_VARIANTS] = "variants:",
    [TY_TALLY_TEXT_BYTES] = "text bytes",
    [TY_TALLY_TERMS] = "terms:",
    [TY_TALLY_ALIGNED] = "aligned",
    [TY_TALLY_UNITS] = "units",
    [TY_TALLY_CONCEPTS] = "concepts",
    [TY_TALLY_BEADS] = "beads",
    [TY_TALLY_AUTO] = "auto",
    [TY_TALLY_HAND] = "hand",
    [TY_TALLY_OK] = "ok",
    [TY_TALLY_OMITTED] = "omitted",
    [TY_TALLY_UNPAIRED] = "unpaired",
    [TY_TALLY_FLAGGED] = "flagged",
    [TY_TALLY_ASKED] = "asked",
    [TY_TALLY_VERSION] = "version",
};

/* So many are looked through; one that stands farther back comes twice, which adds up. */
enum { NEAR = 64 };

void ty_tally_add(ty_store *store, int64_t origin, ty_tally_of what, ty_slice lang, int64_t count)
{
    ty_ledger *ledger = &store->ledger;
    size_t all = ledger->tallies.count;
    for (size_t i = all > NEAR ? all - NEAR : 0; i < all; i++) {
        ty_tallied *known = &ledger->tallies.items[i];
        if (known->what == what && known->origin == origin && ty_slice_equal(known->lang, lang)) {
            known->count += count;
            return;
        }
    }
    ty_tallied one = {origin, what, {NULL, 0}, count};
    if (lang.size)
        one.lang = ty_arena_copy(&ledger->langs, lang);
    if (!ty_vector_push(&ledger->tallies, one))
        ledger->langs.failed = true;
}

/* ------------------------------------------------------------------------------------------ rows */

static ty_slice text_at(const ty_datum *row, int column)
{
    return row[column].kind == TY_DATUM_TEXT ? row[column].text : (ty_slice){"", 0};
}

static void note_bead(ty_store *store, const ty_datum *row, int64_t by)
{
    enum {
        ORIGIN = 1,
        SOURCE_COUNT = 4,
        TARGET_COUNT = 7,
        UNIT = 8,
        STATE = 9,
        OMIT = 12,
        FLAG = 13,
        ASK = 14
    };
    int64_t origin = row[ORIGIN].number;
    ty_slice state = text_at(row, STATE), none = {0};
    ty_tally_of which = ty_slice_equal(state, TY_SLICE("ok"))     ? TY_TALLY_OK
                        : ty_slice_equal(state, TY_SLICE("hand")) ? TY_TALLY_HAND
                                                                  : TY_TALLY_AUTO;
    ty_tally_add(store, origin, TY_TALLY_VERSION, none, 0);
    ty_tally_add(store, origin, TY_TALLY_BEADS, none, by);
    ty_tally_add(store, origin, which, none, by);
    if (row[SOURCE_COUNT].number == 0 || row[TARGET_COUNT].number == 0)
        ty_tally_add(store, origin, TY_TALLY_UNPAIRED, none, by);
    if (row[OMIT].number)
        ty_tally_add(store, origin, TY_TALLY_OMITTED, none, by);
    if (row[FLAG].number)
        ty_tally_add(store, origin, TY_TALLY_FLAGGED, none, by);
    if (row[ASK].number)
        ty_tally_add(store, origin, TY_TALLY_ASKED, none, by);
    if (row[UNIT].kind != TY_DATUM_NULL)
        ty_tally_add(store, 0, TY_TALLY_ALIGNED, none, by);
}

static void note_row(ty_store *store, ty_kept table, const ty_datum *row, int64_t by)
{
    ty_slice none = {0};
    switch (table) {
    case TY_KEPT_UNIT:
        if (ty_slice_equal(text_at(row, 1), TY_SLICE("confirmed")))
            ty_tally_add(store, 0, TY_TALLY_CONFIRMED, none, by);
        break;
    case TY_KEPT_VARIANT:
        ty_tally_add(store, 0, TY_TALLY_VARIANTS, text_at(row, 2), by);
        ty_tally_add(store, 0, TY_TALLY_TEXT_BYTES, none, by * (int64_t)text_at(row, 3).size);
        break;
    case TY_KEPT_TERM: ty_tally_add(store, 0, TY_TALLY_TERMS, text_at(row, 2), by); break;
    case TY_KEPT_UNIT_ORIGIN: ty_tally_add(store, row[0].number, TY_TALLY_UNITS, none, by); break;
    case TY_KEPT_CONCEPT_ORIGIN: ty_tally_add(store, row[0].number, TY_TALLY_CONCEPTS, none, by); break;
    case TY_KEPT_BEAD: note_bead(store, row, by); break;
    case TY_KEPT_ORIGIN: ty_tally_add(store, row[0].number, TY_TALLY_VERSION, none, 0); break;
    case TY_KEPT_DOCUMENT: ty_tally_add(store, row[1].number, TY_TALLY_VERSION, none, 0); break;
    default: break;
    }
}

void ty_tally_note(ty_store *store, ty_kept table, const ty_datum *old, const ty_datum *now)
{
    if (old)
        note_row(store, table, old, -1);
    if (now)
        note_row(store, table, now, 1);
}

/* ------------------------------------------------------------------------------------------ kept */

static ty_status write_tallies(ty_store *store, ty_error *error)
{
    ty_ledger *ledger = &store->ledger;
    ty_status status = ledger->langs.failed ? ty_error_nomem(error) : TY_OK;
    for (size_t i = 0; i < ledger->tallies.count && status == TY_OK; i++) {
        const ty_tallied *one = &ledger->tallies.items[i];
        char name[120];
        int size = snprintf(name, sizeof name, "%s%.*s", names[one->what], TY_SLICE_FORMAT(one->lang));
        if (one->what == TY_TALLY_VERSION && store->changed)
            status = ty_sql_run(store, SQL_TALLY_VERSION, error, "ii", one->origin, store->changed);
        else if (one->count)
            status = ty_sql_run(store, SQL_TALLY_ADD, error, "isi", one->origin,
                                (ty_slice){name, size < 119 ? (size_t)size : 119}, one->count);
    }
    ty_tally_forget(store);
    return status;
}

/* Whoever emptied their table gets the figures back here. */
ty_status ty_tally_write(ty_store *store, ty_error *error)
{
    int64_t lost = 0;
    if (!store->ledger.tallies.count)
        return TY_OK;
    ty_status status =
        store->ledger.tallies_there ? TY_NO : ty_sql_number(store, SQL_TALLY_LOST, &lost, error, "");
    store->ledger.tallies_there = status == TY_NO;
    if (status == TY_OK)
        return ty_tallies_make(store, error);
    return status == TY_NO ? write_tallies(store, error) : status;
}

void ty_tally_forget(ty_store *store)
{
    ty_vector_clear(&store->ledger.tallies);
    ty_arena_clear(&store->ledger.langs);
    store->ledger.langs.failed = false;
}

static void count_row(ty_store *store, ty_kept table, const ty_datum *row, int64_t columns)
{
    note_row(store, table, row, 1);
}

/* One walk over each table that figures come from. */
ty_status ty_tallies_make(ty_store *store, ty_error *error)
{
    static const ty_kept sources[] = {TY_KEPT_UNIT,        TY_KEPT_VARIANT,        TY_KEPT_TERM,
                                      TY_KEPT_UNIT_ORIGIN, TY_KEPT_CONCEPT_ORIGIN, TY_KEPT_BEAD};
    ty_tally_forget(store);
    ty_status status = ty_sql_run(store, SQL_TALLY_CLEAR, error, "");
    for (size_t i = 0; i < sizeof sources / sizeof *sources && status == TY_OK; i++)
        status = ty_each_row(store, sources[i], count_row, error);
    if (status == TY_OK)
        status = write_tallies(store, error);
    return status == TY_OK ? ty_sql_run(store, SQL_TALLY_VERSIONS, error, "") : status;
}

/* The tables of figures of an older file are temporary ones, empty at first. */
ty_status ty_figures_ready(ty_store *store, ty_error *error)
{
    int64_t any = 0;
    if (!store->older)
        return TY_OK;
    ty_status status = ty_sql_number(store, SQL_TALLY_ANY, &any, error, "");
    if (status != TY_NO)
        return status;
    status = ty_sql_set(store, TY_SQL_FIGURES_ON, error);
    if (status == TY_OK)
        status = ty_tallies_make(store, error);
    if (status == TY_OK)
        status = ty_sums_make(store, error);
    ty_status restored = ty_sql_set(store, TY_SQL_FIGURES_OFF, error);
    return status == TY_OK ? restored : status;
}
