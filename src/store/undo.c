/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps taken back, and brought forward again. What the ledger has of a step is undone row by row, the last
 * one first; that is a step of its own. A step whose rows somebody changed later is refused, and nothing is
 * done.
 */
#include "store/undo_apart.h"

#include <stdio.h>
#include <stdlib.h>

/* Rows that a step has made are taken away this many at a time, so that what is kept of them can be written.
 */
#define AT_ONCE 500

/* For a table: how a row is brought back, and how rows that were made are taken away. */
typedef struct ways {
    ty_row *back, *away;
} ways;

typedef struct undoing {
    ty_store *store;
    ways ways[TY_KEPT_COUNT];
    bool drops; /* what was undone: for a redo, which nobody takes back by the undo it takes back */
} undoing;

/* ------------------------------------------------------------------------------------------ statements */

typedef struct columns {
    ty_buffer values, sets, keys; /* of an upsert */
    ty_buffer names[32];
    int count;
} columns;

static void add_name(ty_buffer *out, ty_slice name, bool set)
{
    if (out->size)
        ty_buffer_add_string(out, ", ");
    ty_buffer_add_format(out, "\"%.*s\"", TY_SLICE_FORMAT(name));
    if (set)
        ty_buffer_add_format(out, " = excluded.\"%.*s\"", TY_SLICE_FORMAT(name));
}

static ty_status read_columns(ty_store *store, ty_kept table, columns *out, ty_error *error)
{
    ty_status status;
    ty_row *row = ty_sql(store, SQL_UNDO_COLUMNS, error, "s", ty_slice_of(ty_kept_tables()[table].name));
    while ((status = ty_sql_step(store, row, error)) == TY_OK && out->count < 32) {
        ty_slice name = ty_row_text(row, 0);
        ty_buffer_add(&out->names[out->count], name);
        if (out->values.size)
            ty_buffer_add_char(&out->values, ',');
        ty_sql_json_item(store, out->count++, ty_row_text(row, 2), &out->values);
        add_name(&out->sets, name, true);
        if ((int)ty_row_int(row, 1))
            add_name(&out->keys, name, false);
    }
    if (row)
        ty_row_end(row);
    return status == TY_NO ? TY_OK : status;
}

static void release_columns(columns *columns)
{
    ty_buffer_release(&columns->values);
    ty_buffer_release(&columns->sets);
    ty_buffer_release(&columns->keys);
    for (int i = 0; i < columns->count; i++)
        ty_buffer_release(&columns->names[i]);
}

static ty_status prepare(ty_store *store, const ty_buffer *text, ty_row **out, ty_error *error)
{
    if (text->failed)
        return ty_error_nomem(error);
    return ty_sql_prepare(store, text->data, out, error);
}

static ty_status prepare_ways(undoing *u, ty_kept table, ty_error *error)
{
    const ty_kept_table *kept = &ty_kept_tables()[table];
    columns found = {0};
    ty_buffer back = {0}, away = {0};
    if (u->ways[table].back)
        return TY_OK;
    ty_status status = read_columns(u->store, table, &found, error);
    ty_buffer_add_format(&back, "INSERT INTO \"%s\" SELECT %s WHERE true ON CONFLICT (%s) DO UPDATE SET %s",
                         kept->name, found.values.data, found.keys.data, found.sets.data);
    ty_buffer_add_format(&away, "DELETE FROM \"%s\" WHERE \"%s\" BETWEEN ?1 AND ?2", kept->name,
                         found.names[kept->object].data);
    if (kept->item >= 0)
        ty_buffer_add_format(&away, " AND \"%s\" = ?3", found.names[kept->item].data);
    if (status == TY_OK)
        status = prepare(u->store, &back, &u->ways[table].back, error);
    if (status == TY_OK)
        status = prepare(u->store, &away, &u->ways[table].away, error);
    ty_buffer_release(&back);
    ty_buffer_release(&away);
    release_columns(&found);
    return status;
}

/* ------------------------------------------------------------------------------------------ rows */

static ty_status run(undoing *u, ty_row *statement, ty_error *error)
{
    ty_error trouble = {0};
    ty_status status = ty_sql_step(u->store, statement, &trouble);
    bool taken = ty_sql_was_refused(u->store);
    ty_row_clear(statement);
    if (status == TY_OK || status == TY_NO)
        return ty_ledger_relieve(u->store, error);
    if (taken)
        return ty_error_set(error, TY_ERR_USAGE,
                            "it cannot come back: something that came since stands in its place");
    return ty_error_set(error, status, "%s", trouble.message);
}

static ty_status digests(undoing *u, ty_sql_id how, const ty_ledger_entry *entry, ty_error *error)
{
    if (entry->table != TY_KEPT_UNIT)
        return TY_OK;
    return ty_sql_run(u->store, how, error, "ii", entry->object, entry->last);
}

static ty_status take_away(undoing *u, const ty_ledger_entry *entry, ty_error *error)
{
    ty_row *away = u->ways[entry->table].away;
    ty_status status = digests(u, SQL_DIGEST_FORGET, entry, error);
    for (int64_t last = entry->last; last >= entry->object && status == TY_OK; last -= AT_ONCE) {
        int64_t first = last - AT_ONCE + 1;
        ty_row_bind(away, 1, first > entry->object ? first : entry->object);
        ty_row_bind(away, 2, last);
        if (ty_kept_tables()[entry->table].item >= 0)
            ty_row_bind(away, 3, entry->item);
        status = run(u, away, error);
    }
    return status;
}

/* A unit comes back to its place, or, where something stands there by now, right behind it. */
static ty_status clear_place(undoing *u, const ty_ledger_entry *entry, ty_error *error)
{
    static const struct {
        ty_kept table;
        ty_sql_id clear;
    } ways[] = {{TY_KEPT_UNIT_ORIGIN, SQL_LINK_CLEAR}, {TY_KEPT_CONCEPT_ORIGIN, SQL_CONCEPT_LINK_CLEAR}};
    for (int i = 0; i < 2; i++)
        if (ways[i].table == entry->table)
            return ty_sql_run(u->store, ways[i].clear, error, "ii", entry->item, entry->object);
    return TY_OK;
}

static ty_status free_place(undoing *u, const ty_ledger_entry *entry, ty_buffer *moved, ty_error *error)
{
    int64_t position = 0;
    bool units = entry->table == TY_KEPT_UNIT_ORIGIN;
    ty_buffer_add(moved, entry->before);
    if (!units && entry->table != TY_KEPT_CONCEPT_ORIGIN)
        return TY_OK;
    ty_status status = ty_sql_number(u->store, units ? SQL_LINK_FREE : SQL_CONCEPT_LINK_FREE, &position,
                                     error, "s", entry->before);
    ty_buffer_clear(moved);
    ty_buffer_add_format(moved, "[%lld,%lld,%lld]", (long long)entry->item, (long long)position,
                         (long long)entry->object);
    return status;
}

static ty_status bring_back(undoing *u, const ty_ledger_entry *entry, ty_error *error)
{
    ty_buffer row = {0};
    ty_row *back = u->ways[entry->table].back;
    ty_status status = digests(u, SQL_DIGEST_FORGET, entry, error);
    if (status == TY_OK)
        status = clear_place(u, entry, error);
    if (status == TY_OK)
        status = free_place(u, entry, &row, error);
    if (status == TY_OK && row.failed)
        status = ty_error_nomem(error);
    if (status == TY_OK) {
        ty_row_bind_text(back, 1, ty_buffer_slice(&row));
        status = run(u, back, error);
    }
    ty_buffer_release(&row);
    return status == TY_OK ? digests(u, SQL_DIGEST_NOTE, entry, error) : status;
}

static ty_status undo_entry(undoing *u, const ty_ledger_entry *entry, ty_error *error)
{
    if (entry->table == TY_KEPT_COUNT)
        return ty_error_set(error, TY_ERR_STORE, "%s: the history names a table that is none of ours",
                            u->store->path);
    ty_status status = prepare_ways(u, entry->table, error);
    if (status != TY_OK)
        return status;
    return entry->before.data ? bring_back(u, entry, error) : take_away(u, entry, error);
}

static ty_status undo_entries(undoing *u, int64_t step, ty_error *error)
{
    int64_t number = INT64_MAX;
    ty_arena arena = {0};
    ty_status status;
    for (;;) {
        ty_arena_clear(&arena);
        ty_row *row = ty_sql(u->store, SQL_UNDO_CHANGES, error, "ii", step, number);
        status = ty_sql_step(u->store, row, error);
        if (status != TY_OK)
            break;
        number = ty_row_int(row, 0);
        ty_ledger_entry entry = {.table = ty_kept_named(ty_row_copy(row, 1, &arena).data),
                                 .object = ty_row_int(row, 2),
                                 .last = ty_row_int(row, 3),
                                 .item = ty_row_int(row, 4),
                                 .before = ty_row_copy(row, 5, &arena)};
        ty_row_end(row);
        status = arena.failed ? ty_error_nomem(error) : undo_entry(u, &entry, error);
        if (status == TY_OK && u->drops)
            status = ty_sql_run(u->store, SQL_CHANGE_DROP, error, "ii", step, number);
        if (status != TY_OK)
            break;
    }
    ty_arena_release(&arena);
    return status == TY_NO ? TY_OK : status;
}

/* Beads of a step from before version 3 know nothing of those that have one side only. */
static ty_status settle_beads(ty_store *store, const ty_ids *origins, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < origins->count && status == TY_OK; i++)
        status = ty_beads_settle(store, origins->items[i], error);
    return status;
}

/* How many documents of these origins have a sentence in no bead, or in two. */
static ty_status count_faults(ty_store *store, const ty_ids *origins, int64_t *faults, ty_error *error)
{
    ty_status status = TY_OK;
    *faults = 0;
    for (size_t i = 0; i < origins->count && status == TY_OK; i++) {
        int64_t found = 0;
        status = ty_beads_faults(store, origins->items[i], &found, error);
        *faults += found;
    }
    return status;
}

static ty_status undo_rows(ty_store *store, int64_t step, bool redo, ty_error *error)
{
    undoing u = {.store = store, .drops = redo};
    ty_ids origins = {0};
    ty_status status = ty_sql_ids(store, SQL_UNDO_ORIGINS, step, &origins, error);
    if (status == TY_OK)
        status = ty_sql_set(store, TY_SQL_KEYS_LATE, error);
    if (status == TY_OK)
        status = undo_entries(&u, step, error);
    for (int i = 0; i < TY_KEPT_COUNT; i++) {
        ty_row_close(u.ways[i].back);
        ty_row_close(u.ways[i].away);
    }
    if (status == TY_OK)
        status = settle_beads(store, &origins, error);
    ty_vector_release(&origins);
    return status;
}

/* ------------------------------------------------------------------------------------------ which step */

static void read_step(ty_row *row, ty_arena *arena, ty_step *out)
{
    *out = (ty_step){.id = ty_row_int(row, 0),
                     .name = ty_row_copy(row, 1, arena),
                     .subject = ty_row_copy(row, 2, arena),
                     .at = ty_row_copy(row, 3, arena),
                     .who = ty_row_copy(row, 4, arena),
                     .origin = ty_row_int(row, 5),
                     .takes_back = ty_row_int(row, 6),
                     .taken_back = ty_row_int(row, 7)};
}

ty_status ty_store_step(ty_store *store, int64_t id, ty_arena *arena, ty_step *out, ty_error *error)
{
    *out = (ty_step){0};
    ty_row *row = ty_sql(store, SQL_UNDO_STEP, error, "i", id);
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status;
    read_step(row, arena, out);
    ty_row_end(row);
    int64_t units = 0;
    status = ty_sql_number(store, SQL_UNDO_UNITS, &units, error, "i", id);
    out->units = (uint64_t)units;
    return arena->failed ? ty_error_nomem(error) : status;
}

static ty_row *open_list(ty_store *store, const ty_step_filter *which, ty_error *error)
{
    int64_t before = which->before ? which->before : INT64_MAX;
    bool unit = which->unit != 0;
    if (!unit && !which->concept)
        return ty_sql(store, SQL_STEP_LIST, error, "ioio", before, ty_slice_of(which->who), which->origin,
                      ty_slice_of(which->since));
    return ty_sql(store, SQL_STEP_LIST_OF, error, "issioo", before,
                  unit ? TY_SLICE("unit") : TY_SLICE("concept"),
                  unit ? TY_SLICE("variant") : TY_SLICE("term"), unit ? which->unit : which->concept,
                  ty_slice_of(which->who), ty_slice_of(which->since));
}

ty_status ty_store_steps(ty_store *store, const ty_step_filter *filter, ty_arena *arena, ty_steps *out,
                         ty_error *error)
{
    static const ty_step_filter all = {0};
    const ty_step_filter *which = filter ? filter : &all;
    ty_status status;
    ty_row *row = open_list(store, which, error);
    while ((!which->max || out->count < which->max) && (status = ty_sql_step(store, row, error)) == TY_OK) {
        ty_step step;
        read_step(row, arena, &step);
        if (arena->failed || !ty_vector_push(out, step)) {
            ty_row_end(row);
            return ty_error_nomem(error);
        }
    }
    if (row)
        ty_row_end(row);
    return which->max && out->count >= which->max ? TY_OK : status == TY_NO ? TY_OK : status;
}

static ty_status choose(ty_store *store, const ty_undo *which, int64_t *step, ty_error *error)
{
    *step = which->step;
    if (*step)
        return TY_OK;
    ty_status status = ty_sql_number(store, which->redo ? SQL_REDO_LAST : SQL_UNDO_LAST, step, error, "oii",
                                     ty_slice_of(which->who), which->origin, (int64_t)(which->who != NULL));
    return status == TY_OK && !*step ? TY_NO : status;
}

/* ------------------------------------------------------------------------------------------ refusals */

static void describe(const ty_step *step, ty_buffer *out)
{
    ty_buffer_add_format(out, ty_words("step %lld (%.*s"), (long long)step->id, TY_SLICE_FORMAT(step->name));
    if (step->subject.size)
        ty_buffer_add_format(out, ", %.*s", TY_SLICE_FORMAT(step->subject));
    if (step->who.size)
        ty_buffer_add_format(out, ty_words(", by %.*s"), TY_SLICE_FORMAT(step->who));
    ty_buffer_add_char(out, ')');
}

static ty_status refuse_for(const ty_step *step, const ty_step *later, ty_error *error)
{
    ty_buffer text = {0}, other = {0};
    describe(step, &text);
    describe(later, &other);
    ty_status status =
        text.failed || other.failed
            ? ty_error_nomem(error)
            : ty_error_set(error, TY_ERR_USAGE, "%s cannot be taken back: %s changed the same later",
                           text.data, other.data);
    ty_buffer_release(&other);
    ty_buffer_release(&text);
    return status;
}

static ty_status check(ty_store *store, const ty_step *step, bool redo, ty_arena *arena, ty_step *later,
                       ty_error *error)
{
    int64_t id = 0, any;
    bool is_undo = ty_slice_equal(step->name, TY_SLICE("undo"));
    /* Of a forgotten step, or another memory's, what it changed is not known. */
    ty_status status = ty_sql_number(store, SQL_UNDO_ANY, &any, error, "i", step->id);
    if (status != TY_OK && status != TY_NO)
        return status;
    if (status == TY_NO || step->taken_back || (step->takes_back && !is_undo) || is_undo != redo)
        return ty_error_set(error, TY_ERR_USAGE,
                            step->taken_back ? ty_words("step %lld is taken back already")
                                             : ty_words("step %lld is none that can be taken back"),
                            (long long)step->id);
    status = ty_sql_number(store, SQL_UNDO_LATER, &id, error, "i", step->id);
    if (status != TY_OK || !id)
        return status;
    status = ty_store_step(store, id, arena, later, error);
    return status == TY_OK ? refuse_for(step, later, error) : status;
}

/* ------------------------------------------------------------------------------------------ undo */

/* The step is named after what it does; what it takes back is noted on both. */
static ty_status mark(ty_store *store, const ty_step *step, bool redo, ty_error *error)
{
    ty_status status = ty_step_need(store, error);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_UNDO_TAKES, error, "ii", store->changed, step->id);
    if (status == TY_OK)
        status = ty_sql_run(store, SQL_UNDO_MARK, error, "ii", step->id, store->changed);
    if (status == TY_OK && redo)
        status = ty_sql_run(store, SQL_UNDO_MARK, error, "ik", step->takes_back, (int64_t)0);
    return status;
}

/* Who changed the unit, or the pair, meanwhile is named. */
static ty_status refuse_apart(ty_store *store, const ty_step *step, const ty_apart *apart, ty_arena *arena,
                              ty_step *later, ty_error *error)
{
    int64_t id = 0;
    ty_status status =
        ty_sql_number(store, SQL_APART_LATER, &id, error, "iii", apart->unit, step->id, apart->bead);
    if (status == TY_OK && id)
        status = ty_store_step(store, id, arena, later, error);
    if (status != TY_OK && status != TY_NO)
        return status;
    return id ? refuse_for(step, later, error)
              : ty_error_set(error, TY_ERR_USAGE,
                             "step %lld cannot be taken back: a pair would say something else than its unit",
                             (long long)step->id);
}

/* What must not be worse than before. */
typedef struct soundness {
    ty_ids origins;
    ty_apart apart;
} soundness;

static ty_status count_all(ty_store *store, soundness *of, int64_t *faults, int64_t *apart, ty_error *error)
{
    ty_status status = count_faults(store, &of->origins, faults, error);
    if (status == TY_OK)
        status = ty_apart_count(store, &of->apart, error);
    *apart = of->apart.count;
    return status;
}

/*
 * Nothing that is taken back may leave a sentence in no bead, or in two, nor a pair with another text than
 * its unit's, where that was not so before. What was before is asked only where it matters: TY_STOP where it
 * was not `counted` and there are faults afterwards.
 */
static ty_status undo_whole(ty_store *store, const ty_step *step, bool redo, bool counted, ty_arena *arena,
                            ty_step *later, ty_error *error)
{
    int64_t before[2] = {0}, after[2] = {0};
    soundness of = {0};
    ty_status status = ty_sql_ids(store, SQL_UNDO_TOUCHED, step->id, &of.origins, error);
    if (status == TY_OK)
        status = ty_apart_open(store, step->id, &of.apart, error);
    if (status == TY_OK && counted)
        status = count_all(store, &of, &before[0], &before[1], error);
    if (status == TY_OK)
        status = undo_rows(store, step->id, redo, error);
    if (status == TY_OK)
        status = count_all(store, &of, &after[0], &after[1], error);
    bool uncovered = after[0] > before[0], apart = after[1] > before[1];
    if (status == TY_OK && (uncovered || apart) && !counted)
        status = TY_STOP;
    else if (status == TY_OK && uncovered)
        status = ty_error_set(error, TY_ERR_USAGE,
                              "step %lld cannot be taken back: the beads would not cover every sentence once",
                              (long long)step->id);
    else if (status == TY_OK && apart)
        status = refuse_apart(store, step, &of.apart, arena, later, error);
    ty_vector_release(&of.origins);
    ty_apart_release(&of.apart);
    return status;
}

static ty_status take_back(ty_store *store, const ty_undo *which, ty_arena *arena, ty_step *out,
                           ty_step *later, bool counted, ty_error *error)
{
    int64_t id = 0;
    char subject[24];
    ty_status status = choose(store, which, &id, error);
    if (status == TY_OK)
        status = ty_store_step(store, id, arena, out, error);
    if (status == TY_OK && which->who && !ty_slice_equal(out->who, ty_slice_of(which->who)))
        status = ty_error_set(error, TY_ERR_USAGE, "step %lld is somebody else's", (long long)id);
    if (status == TY_OK)
        status = check(store, out, which->redo, arena, later, error);
    if (status != TY_OK)
        return status;
    snprintf(subject, sizeof subject, "step %lld", (long long)(which->redo ? out->takes_back : out->id));
    ty_step_name(store, which->redo ? "redo" : "undo", ty_slice_of(subject), out->origin, NULL);
    status = mark(store, out, which->redo, error);
    return status == TY_OK ? undo_whole(store, out, which->redo, counted, arena, later, error) : status;
}

ty_status ty_store_undo(ty_store *store, const ty_undo *which, ty_arena *arena, ty_step *out, ty_step *later,
                        ty_error *error)
{
    static const ty_undo last = {0};
    ty_step none;
    *out = (ty_step){0};
    later = later ? later : &none;
    *later = (ty_step){0};
    ty_status status = TY_STOP;
    for (int counted = 0; counted < 2 && status == TY_STOP; counted++) {
        status = ty_store_begin(store, error);
        if (status != TY_OK)
            return status;
        status = take_back(store, which ? which : &last, arena, out, later, counted, error);
        status = ty_store_end(store, status, error);
    }
    return status;
}
