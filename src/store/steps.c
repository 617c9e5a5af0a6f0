/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What state the memory is in: every transaction that changes something is a step with a stamp of its own,
 * drawn at random. Whoever derives something notes the stamp, and can tell later whether this file was ever
 * in that state.
 */
#include "store/engine.h"

static ty_status read_stamp(ty_store *store, ty_sql_id which, ty_stamp *out, ty_error *error)
{
    *out = (ty_stamp){0};
    ty_row *row = ty_sql(store, which, error, "");
    ty_status status = ty_sql_step(store, row, error);
    if (status != TY_OK)
        return status == TY_NO ? TY_OK : status;
    *out = (ty_stamp){(uint64_t)ty_row_int(row, 0), (uint64_t)ty_row_int(row, 1)};
    ty_row_end(row);
    return TY_OK;
}

ty_status ty_store_stamp(ty_store *store, ty_stamp_of which, ty_stamp *out, ty_error *error)
{
    return read_stamp(store, which == TY_STAMP_UNITS ? SQL_STAMP_UNITS : SQL_STAMP_CONCEPTS, out, error);
}

ty_status ty_store_last_stamp(ty_store *store, ty_stamp *out, ty_error *error)
{
    return read_stamp(store, SQL_STAMP_LAST, out, error);
}

ty_status ty_store_step_drawn(ty_store *store, int64_t step, uint64_t *drawn, ty_error *error)
{
    int64_t found = 0;
    ty_status status = ty_sql_number(store, SQL_STAMP_OF, &found, error, "i", step);
    *drawn = (uint64_t)found;
    return status;
}

ty_status ty_store_has_been(ty_store *store, ty_stamp stamp, ty_error *error)
{
    int64_t found;
    if (!stamp.step && !stamp.random)
        return TY_OK; /* every memory was empty once */
    return ty_sql_number(store, SQL_STAMP_HAS_BEEN, &found, error, "ii", (int64_t)stamp.step,
                         (int64_t)stamp.random);
}

/* Never 0, which stands for no stamp. */
static int64_t drawn(void)
{
    int64_t random;
    do
        random = ty_sql_random();
    while (!random);
    return random;
}

/* ------------------------------------------------------------------------------------------ steps */

static void keep_text(char *into, size_t size, ty_slice text)
{
    size_t count = text.size < size - 1 ? text.size : size - 1;
    memcpy(into, text.data ? text.data : "", count);
    into[count] = '\0';
}

void ty_step_name(ty_store *store, const char *name, ty_slice subject, int64_t origin, const ty_edit *edit)
{
    ty_step_label *label = &store->ledger.label;
    if (label->name[0] || !store->depth)
        return;
    keep_text(label->name, sizeof label->name, ty_slice_of(name));
    keep_text(label->when, sizeof label->when, edit ? edit->when : (ty_slice){0});
    ty_buffer_clear(&label->text);
    ty_buffer_add(&label->text, subject);
    ty_buffer_add(&label->text, edit && edit->who.size ? edit->who : ty_buffer_slice(&store->who));
    label->subject_size = subject.size;
    label->origin = origin;
}

void ty_store_name_step(ty_store *store, const char *name, ty_slice subject, int64_t origin,
                        const ty_edit *edit)
{
    ty_step_name(store, name, subject, origin, edit);
}

ty_status ty_store_current_step(ty_store *store, int64_t *out, ty_error *error)
{
    ty_status status = ty_ledger_flush(store, error);
    *out = store->changed;
    return status;
}

int64_t ty_store_last_step(const ty_store *store)
{
    return store->last_step;
}

static ty_datum text_or_null(ty_slice text)
{
    return (ty_datum){text.size ? TY_DATUM_TEXT : TY_DATUM_NULL, .text = text};
}

/* The engine need not tell of it. */
static ty_status add_row(ty_store *store, const ty_step *step, int64_t origin, const bool changed[2],
                         ty_error *error)
{
    int64_t stamp = drawn();
    const ty_datum row[] = {{TY_DATUM_NUMBER, .number = step->id},
                            {TY_DATUM_NUMBER, .number = stamp},
                            {TY_DATUM_TEXT, .text = step->name},
                            text_or_null(step->subject),
                            {TY_DATUM_TEXT, .text = step->at},
                            text_or_null(step->who),
                            {origin ? TY_DATUM_NUMBER : TY_DATUM_NULL, .number = origin},
                            {TY_DATUM_NUMBER, .number = changed[TY_STAMP_UNITS]},
                            {TY_DATUM_NUMBER, .number = changed[TY_STAMP_CONCEPTS]},
                            {TY_DATUM_NULL},
                            {TY_DATUM_NULL}};
    bool bulk = store->ledger.bulk;
    store->ledger.bulk = true;
    ty_status status = ty_sql_run(store, SQL_STEP_ADD, error, "issookiii", stamp, step->name, step->at,
                                  step->subject, step->who, origin, step->id,
                                  (int64_t)changed[TY_STAMP_UNITS], (int64_t)changed[TY_STAMP_CONCEPTS]);
    store->ledger.bulk = bulk;
    ty_ledger_told(store, "step", NULL, row, sizeof row / sizeof *row);
    return status;
}

/* Numbers are taken in turn, so the next is the last and one. */
static ty_status write_step(ty_store *store, ty_step *step, int64_t origin, const bool changed[2],
                            ty_error *error)
{
    ty_stamp last;
    ty_status status = ty_store_last_stamp(store, &last, error);
    step->id = (int64_t)last.step + 1;
    return status == TY_OK ? add_row(store, step, origin, changed, error) : status;
}

static ty_status add_step(ty_store *store, ty_error *error)
{
    char now[17];
    const bool *changed = store->ledger.changed;
    const ty_step_label *label = &store->ledger.label;
    ty_slice text = ty_buffer_slice(&label->text);
    if (label->text.failed)
        return ty_error_nomem(error);
    ty_step step = {.name = ty_slice_of(label->name[0] ? label->name : "change"),
                    .at = ty_store_date(ty_slice_of(label->when), now),
                    .subject = ty_slice_sub(text, 0, label->subject_size),
                    .who = ty_slice_sub(text, label->subject_size, text.size)};
    ty_status status = write_step(store, &step, label->origin, changed, error);
    store->changed = status == TY_OK ? step.id : 0;
    memcpy(store->stamped, changed, sizeof store->stamped);
    return status;
}

ty_status ty_store_note_step(ty_store *store, const ty_step *step, ty_error *error)
{
    int64_t id;
    ty_status status = ty_sql_number(store, SQL_STEP_KNOWN, &id, error, "ssoo", step->at, step->name,
                                     step->subject, step->who);
    ty_step own = *step;
    return status == TY_NO ? write_step(store, &own, 0, (const bool[2]){false, false}, error) : status;
}

ty_status ty_step_need(ty_store *store, ty_error *error)
{
    if (store->changed)
        return TY_OK;
    ty_status status = add_step(store, error);
    if (status == TY_OK) {
        store->changed_depth = store->depth;
        store->ledger.number = 0;
    }
    return status;
}

ty_status ty_stamp_renew(ty_store *store, ty_stamp_of which, ty_error *error)
{
    if (store->stamped[which])
        return TY_OK;
    bool bulk = store->ledger.bulk;
    ty_status status = ty_step_need(store, error);
    if (status != TY_OK || store->stamped[which])
        return status;
    store->ledger.bulk = false; /* how the row was before, the engine tells */
    status = ty_sql_run(store, which == TY_STAMP_UNITS ? SQL_STEP_UNITS : SQL_STEP_CONCEPTS, error, "i",
                        store->changed);
    store->ledger.bulk = bulk;
    if (status == TY_OK && store->ledger.flushing)
        status = ty_sql_queue(store, TY_SQL_QUEUE_ON, error); /* before sums are written */
    store->stamped[which] = status == TY_OK;
    return status;
}

/* The part of a transaction that is taken back may be the one that began the step. */
void ty_stamp_forget(ty_store *store)
{
    store->stamped[0] = store->stamped[1] = false;
    if (store->depth == 0 || store->changed_depth > store->depth)
        store->changed = 0;
    if (store->depth)
        return;
    store->ledger.label.name[0] = '\0';
    store->ledger.tallies_there = store->ledger.zones_there = false;
    memset(store->ledger.made, 0, sizeof store->ledger.made);
}

ty_status ty_number_take(ty_store *store, const char *kind, int64_t count, int64_t *first, ty_error *error)
{
    ty_slice name = ty_slice_of(kind);
    int64_t last = 0;
    ty_status status = ty_sql_number(store, SQL_COUNTER_GET, &last, error, "s", name);
    if (status != TY_OK && status != TY_NO)
        return status;
    *first = last + 1;
    return count ? ty_sql_run(store, SQL_COUNTER_SET, error, "si", name, last + count) : TY_OK;
}

ty_status ty_store_set_durable(ty_store *store, ty_error *error)
{
    return ty_sql_set(store, TY_SQL_DURABLE, error);
}

ty_status ty_store_set_who(ty_store *store, ty_slice who, ty_error *error)
{
    ty_buffer_clear(&store->who);
    ty_buffer_add(&store->who, who);
    return store->who.failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ one state */

/* The transaction begins with the first read. Inside one that writes, all is one state anyway. */
ty_status ty_store_freeze(ty_store *store, ty_error *error)
{
    ty_stamp any;
    if (store->depth || store->frozen++)
        return TY_OK;
    ty_status status = store->engine->freeze(store, error);
    if (status == TY_OK)
        status = ty_store_stamp(store, TY_STAMP_UNITS, &any, error);
    if (status != TY_OK)
        ty_store_thaw(store);
    return status;
}

void ty_store_thaw(ty_store *store)
{
    if (!store->frozen || --store->frozen)
        return;
    store->engine->thaw(store);
}

ty_status ty_store_expect(ty_store *store, const int64_t *units, size_t count, ty_expected what,
                          ty_error *error)
{
    if (!store->engine->expect)
        return TY_OK;
    return store->engine->expect(store, units, count, what, error);
}

uint64_t ty_store_trips(const ty_store *store)
{
    return store->engine->trips ? store->engine->trips(store) : 0;
}
