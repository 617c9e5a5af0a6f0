/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Word pairs learnt from the memory's confirmed pairs, for aligning the next release.
 *
 * They are kept in the memory file as derived data, a table for two languages: a line with the highest unit
 * that was looked at, then lines FIRST<TAB>SECOND. The table stays good while no confirmed pair came, went or
 * changed; what an import brings unconfirmed does not touch it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "align/align.h"
#include "derived/internal.h"
#include "text/text.h"

/* Of the newest pairs so many are learnt from, which takes about a second; older ones add hardly a word. */
#define PAIRS_MAX 20000

/* A larger memory is not looked through for an alignment that cannot keep what it finds; an import does. */
#define UNITS_AT_ONCE 100000

typedef struct table {
    ty_store *store;
    ty_slice langs[2]; /* primary subtags in order, so that both directions share a table */
    char buffers[2][16], name[64];
    bool all; /* a large memory is looked through, too */
} table;

/* Names the table; true when the languages stand the other way round in it. */
static bool name_table(table *t, ty_slice source_lang, ty_slice target_lang)
{
    ty_slice source = ty_lang_primary(source_lang, t->buffers[0]);
    ty_slice target = ty_lang_primary(target_lang, t->buffers[1]);
    bool swapped = ty_slice_compare(source, target) > 0;
    t->langs[swapped] = source;
    t->langs[!swapped] = target;
    snprintf(t->name, sizeof t->name, "learnt %.*s %.*s", TY_SLICE_FORMAT(t->langs[0]),
             TY_SLICE_FORMAT(t->langs[1]));
    return swapped;
}

/* ------------------------------------------------------------------------------------------ kept */

/* Did no confirmed pair come, go or change since? An edit of any unit that was there counts as one. */
static ty_status holds(void *payload, ty_store *store, ty_stamp made, ty_slice bytes, ty_error *error)
{
    ty_ids changed = {0};
    int64_t last_id = strtoll(bytes.data, NULL, 10), highest = last_id;
    ty_status status = ty_store_has_been(store, made, error);
    if (status == TY_OK)
        status = ty_store_changes(store, made, &highest, &changed, error);
    if (status == TY_OK && changed.count == 0)
        status = ty_store_confirmed(store, last_id, 1, &changed, error);
    if (status == TY_OK && changed.count > 0)
        status = TY_NO;
    ty_vector_release(&changed);
    return status;
}

/* ------------------------------------------------------------------------------------------ made */

static ty_status read_pairs(const table *t, const ty_ids *ids, ty_arena *arena, ty_slices sides[2],
                            ty_error *error)
{
    ty_unit_filter filter = {.source = t->langs[0],
                             .target = t->langs[1],
                             .ids = ids->items,
                             .id_count = ids->count,
                             .no_labels = true};
    ty_units *units = NULL;
    ty_stored_unit stored;
    ty_status status = ids->count ? ty_units_open(t->store, &filter, &units, error) : TY_NO;
    while (status == TY_OK && (status = ty_units_next(units, &stored, error)) == TY_OK) {
        const ty_variant *first = ty_variant_in(&stored.unit, t->langs[0], NULL);
        const ty_variant *second = ty_variant_in(&stored.unit, t->langs[1], first);
        if (!first || !second)
            continue;
        ty_slice one = ty_arena_copy(arena, first->text), other = ty_arena_copy(arena, second->text);
        if (arena->failed || !ty_vector_push(&sides[0], one) || !ty_vector_push(&sides[1], other))
            status = ty_error_nomem(error);
    }
    ty_units_close(units);
    return status == TY_NO ? TY_OK : status;
}

static ty_status learn(const table *t, const ty_ids *ids, ty_buffer *out, ty_error *error)
{
    ty_arena arena = {0};
    ty_slices sides[2] = {{0}, {0}};
    ty_learnt_pairs pairs = {0};
    ty_status status = read_pairs(t, ids, &arena, sides, error);
    if (status == TY_OK)
        status = ty_align_learn(t->langs[0], sides[0].items, t->langs[1], sides[1].items, sides[0].count,
                                &arena, &pairs, error);
    for (size_t k = 0; k < pairs.count && status == TY_OK; k++)
        ty_buffer_add_format(out, "%.*s\t%.*s\n", TY_SLICE_FORMAT(pairs.items[k].source),
                             TY_SLICE_FORMAT(pairs.items[k].target));
    ty_vector_release(&pairs);
    ty_vector_release(&sides[0]);
    ty_vector_release(&sides[1]);
    ty_arena_release(&arena);
    return status;
}

static ty_status make(void *payload, ty_store *store, ty_buffer *out, ty_error *error)
{
    table *t = payload;
    ty_ids ids = {0}, none = {0};
    ty_stamp now;
    int64_t last_id = 0;
    ty_status status = ty_store_stamp(store, TY_STAMP_UNITS, &now, error);
    if (status == TY_OK)
        status = ty_store_changes(store, now, &last_id, &none, error);
    if (status == TY_OK && (t->all || last_id <= UNITS_AT_ONCE))
        status = ty_store_confirmed(store, 0, PAIRS_MAX, &ids, error);
    ty_buffer_add_format(out, "%lld\n", (long long)last_id);
    if (status == TY_OK)
        status = learn(t, &ids, out, error);
    ty_vector_release(&ids);
    ty_vector_release(&none);
    return status;
}

/* ------------------------------------------------------------------------------------------ used */

ty_status ty_derived_learnt(ty_slice source_lang, ty_slice target_lang, ty_store *store, bool kept,
                            ty_buffer *out, ty_error *error)
{
    table t = {.store = store, .all = kept};
    name_table(&t, source_lang, target_lang);
    ty_derived_kind kind = {t.name, TY_STAMP_UNITS, &t, holds, make};
    ty_buffer_clear(out);
    ty_status status = ty_derived_fetch(&kind, store, out, error);
    return status == TY_NO ? ty_derived_make(&kind, store, kept, out, error) : status;
}

ty_status ty_derived_learnt_add(ty_lexicon *lexicon, ty_slice source_lang, ty_slice target_lang,
                                ty_slice lines, ty_error *error)
{
    table t = {0};
    bool swapped = name_table(&t, source_lang, target_lang);
    ty_slice line, first;
    ty_status status = TY_OK;
    ty_slice_next(&lines, '\n', &line);
    while (status == TY_OK && lines.size && ty_slice_next(&lines, '\n', &line))
        if (ty_slice_next(&line, '\t', &first) && line.size)
            status = ty_lexicon_add(lexicon, TY_LEXICON_LEARNT, swapped ? line : first,
                                    swapped ? first : line, error);
    return status;
}
