/* SPDX-License-Identifier: Apache-2.0 */
/* Is a memory sound, and as it came through us? */
#include "store/engine.h"
#include "store/undo_apart.h"
#include "store/units.h"

#include <stdio.h>

typedef struct verifier {
    ty_store *store;
    const ty_listener *listener;
    uint64_t findings;
    size_t expected; /* units that were fetched ahead */
    ty_variant_scan variants;
    ty_arena arena;
    ty_buffer plain;
    bool unsound, again; /* SQLite found something; and it is asked once more */
    ty_error trouble;    /* what kept a row from being looked at, and is no fault of the file */
} verifier;

static void found(verifier *v, int64_t unit, const char *rule, const char *format, ...) TY_PRINTF(4, 5);

static void found(verifier *v, int64_t unit, const char *rule, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, ty_words(format), arguments);
    va_end(arguments);
    v->findings++;
    ty_warn(v->listener, v->store->path, 0, (size_t)unit, rule, "%s", message);
}

/* Runs a checking query and hands each row on. A file too broken to be asked is a finding as well. */
static ty_status each_row(verifier *v, ty_sql_walk which, void (*row_found)(verifier *, ty_row *),
                          ty_error *error)
{
    ty_row *row = NULL;
    ty_error trouble = {0};
    ty_status status = ty_sql_walk_open(v->store, which, &row, &trouble);
    while (status == TY_OK && (status = ty_sql_step(v->store, row, &trouble)) == TY_OK && !v->trouble.status)
        row_found(v, row);
    ty_row_close(row);
    if (v->trouble.status)
        return ty_error_set(error, v->trouble.status, "%s", v->trouble.message);
    if (status == TY_OK || status == TY_NO)
        return TY_OK;
    if (trouble.status != TY_ERR_STORE)
        return ty_error_set(error, trouble.status, "%s", trouble.message);
    found(v, 0, "file-damaged", "%s", trouble.message);
    return TY_OK;
}

static void integrity_row(verifier *v, ty_row *row)
{
    ty_slice text = ty_row_text(row, 0);
    bool ok = ty_slice_equal(text, TY_SLICE("ok"));
    v->unsound |= !ok;
    if (!ok && v->again)
        found(v, 0, "file-integrity", "%.*s", TY_SLICE_FORMAT(text));
}

/* A page that SQLite could not have for want of memory it calls a fault of the file: what is told was found
 * twice. */
static ty_status check_integrity(verifier *v, ty_error *error)
{
    ty_status status = each_row(v, WALK_INTEGRITY, integrity_row, error);
    v->again = true;
    return status == TY_OK && v->unsound ? each_row(v, WALK_INTEGRITY, integrity_row, error) : status;
}

static void foreign_key_row(verifier *v, ty_row *row)
{
    ty_slice table = ty_row_text(row, 0);
    found(v, 0, "foreign-key", "%lld rows of %.*s refer to what is not there", (long long)ty_row_int(row, 1),
          TY_SLICE_FORMAT(table));
}

static void digest_row(verifier *v, ty_row *row)
{
    int64_t unit = ty_row_int(row, 0);
    found(v, unit, "derived-digest", "the table of digests is wrong about unit %lld", (long long)unit);
}

static void part_row(verifier *v, ty_row *row)
{
    ty_slice name = ty_row_text(row, 0);
    found(v, 0, "derived-index", "the index %.*s is incomplete", TY_SLICE_FORMAT(name));
}

static void sum_found(void *payload, const char *table, int64_t rows)
{
    verifier *v = payload;
    if (rows)
        found(v, 0, "table-changed", "the table %s has %lld rows %s than came through Taiyaku", table,
              (long long)(rows < 0 ? -rows : rows), rows < 0 ? "fewer" : "more");
    else
        found(v, 0, "table-changed", "something in the table %s was changed without Taiyaku", table);
}

static void tally_row(verifier *v, ty_row *row)
{
    ty_slice name = ty_row_text(row, 1);
    found(v, 0, "derived-tally", "the figure \"%.*s\" of origin %lld is wrong", TY_SLICE_FORMAT(name),
          (long long)ty_row_int(row, 0));
}

static void zone_row(verifier *v, ty_row *row)
{
    found(v, 0, "derived-zone", "what walks go by does not know all that units from %lld on have",
          (long long)ty_row_int(row, 0));
}

static ty_status check_sums(verifier *v, ty_error *error)
{
    ty_error trouble = {0};
    ty_status status = ty_sums_check(v->store, sum_found, v, &trouble);
    if (status == TY_OK || status == TY_NO)
        return TY_OK;
    if (status != TY_ERR_STORE)
        return ty_error_set(error, status, "%s", trouble.message);
    found(v, 0, "file-damaged", "%s", trouble.message);
    return TY_OK;
}

static void partition_row(verifier *v, ty_row *row)
{
    found(v, 0, "beads-partition", "a sentence of document %lld is in no bead, or in two",
          (long long)ty_row_int(row, 0));
}

static void bead_row(verifier *v, ty_row *row)
{
    found(v, 0, "bead-unit", "bead %lld has a unit where it should have none, or none where it should",
          (long long)ty_row_int(row, 0));
}

static void apart_row(verifier *v, ty_row *row)
{
    bool apart = false;
    int64_t bead = ty_row_int(row, 0), unit = 0;
    ty_error trouble = {0};
    ty_status status = ty_bead_is_apart(v->store, bead, &unit, &apart, &trouble);
    if (status != TY_OK && status != TY_ERR_STORE) /* what is damaged is a finding already */
        v->trouble = trouble;
    if (apart)
        found(v, 0, "bead-text", "bead %lld says something else than its unit %lld", (long long)bead,
              (long long)unit);
}

static void range_row(verifier *v, ty_row *row)
{
    ty_slice what = ty_row_text(row, 0);
    found(v, 0, "out-of-range", "%.*s", TY_SLICE_FORMAT(what));
}

/* ------------------------------------------------------------------------------------------ shape */

static ty_status check_shape(verifier *v, ty_error *error)
{
    ty_buffer wanted = {0}, there = {0};
    ty_error trouble = {0};
    ty_status status = v->store->engine->shape(v->store, &wanted, &there, &trouble);
    if (status == TY_NO)
        found(v, 0, "file-damaged", "%s", trouble.message);
    else if (status == TY_OK && !ty_slice_equal(ty_buffer_slice(&wanted), ty_buffer_slice(&there)))
        found(v, 0, "schema", "the tables, indexes and views are not those that Taiyaku makes");
    else if (status != TY_OK)
        ty_error_set(error, status, "%s", trouble.message);
    ty_buffer_release(&wanted);
    ty_buffer_release(&there);
    return status == TY_NO ? TY_OK : status;
}

/* Is the plain text what its inline markup says? */
static void check_texts(verifier *v, int64_t id, const ty_unit *unit)
{
    for (size_t i = 0; i < unit->variant_count; i++) {
        const ty_variant *variant = &unit->variants[i];
        if (!variant->content.data)
            continue;
        ty_buffer_clear(&v->plain);
        ty_inline_plain(variant->content, &v->plain);
        if (!ty_slice_equal(ty_buffer_slice(&v->plain), variant->text))
            found(v, id, "text-key", "unit %lld, variant %zu: the plain text is not that of its markup",
                  (long long)id, i + 1);
    }
}

/* On a server: the units of rows that are here, a few hundred at a time. */
static void look_ahead(verifier *v, ty_row *row)
{
    int64_t ids[512];
    const ty_engine *engine = v->store->engine;
    if (v->expected && --v->expected)
        return;
    if (engine->upcoming)
        v->expected = engine->upcoming(row, 0, ids, sizeof ids / sizeof *ids);
    (void)ty_store_expect(v->store, ids, v->expected, TY_EXPECT_TEXTS, NULL);
}

/* The row has the unit; its variants are read off one statement, or were fetched ahead. */
static ty_status read_unit(verifier *v, ty_row *row, int64_t id, ty_stored_unit *out, ty_error *error)
{
    ty_status status = ty_unit_read_row(row, 1, &v->arena, out, error);
    if (status != TY_OK)
        return status;
    return v->expected ? ty_unit_read_variants(v->store, id, &v->arena, &out->unit, error)
                       : ty_variants_scan(v->store, &v->variants, id, &v->arena, &out->unit, error);
}

static void unit_row(verifier *v, ty_row *row)
{
    ty_error trouble = {0};
    ty_stored_unit stored;
    uint64_t digest;
    int64_t id = ty_row_int(row, 0);
    look_ahead(v, row);
    ty_arena_clear(&v->arena);
    if (read_unit(v, row, id, &stored, &trouble) != TY_OK ||
        ty_unit_digest(v->store, &stored.unit, &digest, &trouble) != TY_OK) {
        if (trouble.status == TY_ERR_NOMEM)
            v->trouble = trouble;
        else
            found(v, id, "unit-unreadable", "unit %lld cannot be read: %s", (long long)id, trouble.message);
        return;
    }
    if (digest != stored.digest)
        found(v, id, "unit-digest", "unit %lld is not what it was when it was written", (long long)id);
    check_texts(v, id, &stored.unit);
}

/* What files have since version 3. */
static ty_status verify_kept(verifier *v, ty_error *error)
{
    ty_status status = check_shape(v, error);
    if (status == TY_OK)
        status = check_sums(v, error);
    if (status == TY_OK)
        status = each_row(v, WALK_TALLIES, tally_row, error);
    if (status == TY_OK)
        status = each_row(v, WALK_ZONES, zone_row, error);
    if (status == TY_OK)
        status = each_row(v, WALK_PARTITION, partition_row, error);
    if (status == TY_OK)
        status = each_row(v, WALK_BEADS, bead_row, error);
    if (status == TY_OK)
        status = each_row(v, WALK_APART, apart_row, error);
    return status == TY_OK ? each_row(v, WALK_RANGES, range_row, error) : status;
}

ty_status ty_store_verify(ty_store *store, const ty_listener *listener, uint64_t *findings, ty_error *error)
{
    verifier v = {.store = store, .listener = listener};
    ty_status status = ty_sql_walk_open(store, WALK_VARIANTS, &v.variants.statement, error);
    if (status == TY_OK)
        status = check_integrity(&v, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_FOREIGN_KEYS, foreign_key_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_UNITS, unit_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_DIGESTS, digest_row, error);
    if (status == TY_OK)
        status = each_row(&v, WALK_PARTS, part_row, error);
    if (status == TY_OK && !store->older)
        status = verify_kept(&v, error);
    ty_row_close(v.variants.statement);
    ty_arena_release(&v.arena);
    ty_buffer_release(&v.plain);
    if (findings)
        *findings = v.findings;
    if (status != TY_OK)
        return status;
    return v.findings ? TY_NO : TY_OK;
}
