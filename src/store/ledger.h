/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger of a store: entries of what a transaction changes, sums of each table, figures.
 */
#ifndef TY_STORE_LEDGER_H
#define TY_STORE_LEDGER_H

#include "store/internal.h"

typedef struct ty_kept_table {
    const char *name;
    int object, item;           /* columns; item -1: none */
    bool logged;                /* what happens to its rows is part of a step */
    bool of_units, of_concepts; /* a change of it is one of the state of the units, or concepts */
    ty_kept whole;              /* whose part the object is, and goes with it; else the table itself */
} ty_kept_table;

/* TY_KEPT_COUNT of them. */
const ty_kept_table *ty_kept_tables(void);
/* TY_KEPT_COUNT for a table that is derived or not ours. */
ty_kept ty_kept_named(const char *name);

/* Hash of a row, value by value; of a text or NULL, and of a number, for who has no SQLite values. */
uint64_t ty_row_hash(const ty_datum *values, int count);
uint64_t ty_hash_cell(ty_slice cell, uint64_t hash);
uint64_t ty_hash_number(int64_t number, uint64_t hash);

/* Adds to what the checksum of a table says. */
ty_status ty_sum_add(ty_store *store, ty_kept table, int64_t rows, uint64_t sum, ty_error *error);
/* Tells of each row of a table, with how many columns it has. */
ty_status ty_each_row(ty_store *store, ty_kept table,
                      void (*each)(ty_store *store, ty_kept table, const ty_datum *row, int64_t columns),
                      ty_error *error);
/* Tells of each table that is not what its checksum says, and how many rows it has more than that. */
ty_status ty_sums_check(ty_store *store, void (*found)(void *payload, const char *table, int64_t rows),
                        void *payload, ty_error *error);
/* Sums all tables anew. */
ty_status ty_sums_make(ty_store *store, ty_error *error);

/* Notes what a row that is made, changed (both) or removed does to the figures that are kept. */
void ty_tally_note(ty_store *store, ty_kept table, const ty_datum *old, const ty_datum *now);
void ty_tally_forget(ty_store *store);
ty_status ty_tally_write(ty_store *store, ty_error *error);
/* Counts what an older file does not keep. */
ty_status ty_figures_ready(ty_store *store, ty_error *error);
/* Counts all figures anew. */
ty_status ty_tallies_make(ty_store *store, ty_error *error);

/* Zones (zones.c): what a unit has now, its dates, a date or a language of what belongs to it. */
void ty_zone_note_unit(ty_store *store, int64_t unit, ty_slice made, ty_slice changed);
void ty_zone_note(ty_store *store, int64_t unit, ty_slice date);
void ty_zone_note_lang(ty_store *store, int64_t unit, ty_slice lang);
void ty_zone_note_row(ty_store *store, ty_kept table, const ty_datum *row);
void ty_zones_forget(ty_store *store);
ty_status ty_zones_write(ty_store *store, ty_error *error);
/* Those of blocks that lie in the range, before others: nobody else has units there. */
ty_status ty_zones_write_within(ty_store *store, ty_range units, ty_error *error);
ty_status ty_zones_make(ty_store *store, ty_error *error);
/* The units that may fit by date and languages, in blocks. TY_NO: they are more than so many, or nothing is
 * known of them. */
ty_status ty_zones_find(ty_store *store, const ty_unit_filter *filter, size_t most, ty_ids *out,
                        ty_error *error);

#endif
