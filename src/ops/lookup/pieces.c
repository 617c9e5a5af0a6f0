/* SPDX-License-Identifier: Apache-2.0 */
/* The longest pieces of a sentence that a memory has, and where they stand in its translations. */
#include "ops/lookup/indexes.h"

/* Entries of a piece that are looked at, and those that are told: with a place in the target first. */
enum { LOOKED_AT = 8, TOLD = 3 };

typedef struct seeker {
    ty_memory *memory;
    const ty_match_settings *settings;
    ty_slice query, source_lang;
    ty_arena arena, passing; /* of a piece; of an entry that is weighed */
    ty_status failure;       /* of accept, which cannot say it */
    ty_error *error;
} seeker;

static ty_slice target_lang(const seeker *s)
{
    return ty_slice_of(s->settings->target_lang);
}

static bool accept(void *payload, int64_t id)
{
    seeker *s = payload;
    ty_entry entry;
    ty_slice origin = ty_slice_of(s->settings->origin);
    bool wanted = true;
    ty_arena_clear(&s->passing);
    if (origin.size)
        s->failure = ty_store_unit_is_of(s->memory->store, ty_entry_unit(id), origin, &wanted, s->error);
    if (!wanted || s->failure != TY_OK)
        return false;
    ty_status status = ty_entry_read(s->memory->store, id, &s->passing, &entry, s->error);
    if (status != TY_OK && status != TY_NO)
        s->failure = status;
    return status == TY_OK && ty_lang_matches(s->source_lang, entry.variant->lang) &&
           ty_entry_partner(&entry, target_lang(s)) != NULL;
}

/* The first place where the unit has the piece as whole words. */
static ty_status find_span(const seeker *s, ty_slice piece, ty_slice text, ty_span *out)
{
    ty_spans spans = {0};
    ty_status status = ty_concordance_spans(piece, text, &spans, s->error);
    bool found = false;
    for (size_t i = 0; status == TY_OK && !found && i < spans.count; i++) {
        *out = spans.items[i];
        found = !ty_match_is_inside_word(text, out->start) && !ty_match_is_inside_word(text, out->end);
    }
    ty_vector_release(&spans);
    return status == TY_OK && !found ? TY_NO : status;
}

/* Where the piece stands in the unit, and if that can be told in its target. */
static ty_status place(seeker *s, ty_slice piece, ty_piece_match *match)
{
    ty_align_text text = {match->source, match->source_lang}, other = {match->target, match->target_lang};
    ty_status status = find_span(s, piece, match->source, &match->source_span);
    if (status != TY_OK)
        return status;
    status =
        ty_memory_equivalent(s->memory, &text, match->source_span, &other, &match->target_span, s->error);
    return status == TY_NO ? TY_OK : status;
}

static ty_status read_match(seeker *s, int64_t id, ty_slice piece, ty_piece_match *out)
{
    ty_entry entry;
    ty_status status = ty_entry_read(s->memory->store, id, &s->arena, &entry, s->error);
    if (status != TY_OK)
        return status;
    const ty_variant *target = ty_entry_partner(&entry, target_lang(s));
    if (!target)
        return TY_NO;
    *out = (ty_piece_match){.unit = entry.stored.id,
                            .origin = entry.stored.origin_name,
                            .source_lang = entry.variant->lang,
                            .source = entry.variant->text,
                            .target_lang = target->lang,
                            .target = target->text};
    return place(s, piece, out);
}

/* Has the list a match that says the same? */
static bool is_known(const ty_piece_match *list, size_t count, const ty_piece_match *match)
{
    for (size_t i = 0; i < count; i++)
        if (ty_slice_equal(list[i].source, match->source) && ty_slice_equal(list[i].target, match->target))
            return true;
    return false;
}

/* Those with a known place first; else in the order they come. */
static void add_match(ty_piece_match *list, size_t *count, const ty_piece_match *match)
{
    size_t at = *count;
    while (at > 0 && match->target_span.end && !list[at - 1].target_span.end)
        at--;
    memmove(list + at + 1, list + at, (*count - at) * sizeof *list);
    list[at] = *match;
    ++*count;
}

static ty_status tell_piece(seeker *s, const ty_match_pieces *pieces, size_t number,
                            ty_status (*each)(void *payload, const ty_piece *piece), void *payload)
{
    const ty_match_piece *found = &pieces->list.items[number];
    ty_piece_match matches[LOOKED_AT + 1];
    ty_slice text = ty_slice_sub(s->query, found->start, found->end);
    ty_piece piece = {.start = found->start, .end = found->end, .matches = matches};
    ty_status status = TY_OK;
    ty_arena_clear(&s->arena);
    for (size_t i = 0; status == TY_OK && i < found->count; i++) {
        ty_piece_match match;
        status = read_match(s, pieces->entries.items[found->first + i], text, &match);
        if (status == TY_OK && !is_known(matches, piece.match_count, &match))
            add_match(matches, &piece.match_count, &match);
        status = status == TY_NO ? TY_OK : status;
    }
    if (piece.match_count > TOLD)
        piece.match_count = TOLD;
    return status == TY_OK && piece.match_count ? each(payload, &piece) : status;
}

/* A language is an index; where the query's cannot be told the first that has any piece answers. */
static ty_status find_pieces(seeker *s, ty_match_pieces *pieces)
{
    const ty_match_index *index = NULL;
    ty_piece_query question = {
        .text = s->query, .lang = s->source_lang, .max_entries = LOOKED_AT, .payload = s, .accept = accept};
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && !pieces->list.count; i++) {
        status = ty_memory_index_at(s->memory, s->source_lang, i, &index, s->error);
        if (status != TY_OK || !index)
            break;
        status = ty_match_index_pieces(index, &question, pieces, s->error);
        if (ty_memory_index_mended(s->memory, index, &status, s->error)) {
            ty_match_pieces_release(pieces);
            i--;
        }
    }
    return status == TY_OK ? s->failure : status;
}

ty_status ty_memory_pieces(ty_memory *memory, ty_slice query, const ty_match_settings *settings,
                           ty_status (*each)(void *payload, const ty_piece *piece), void *payload,
                           ty_error *error)
{
    ty_match_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = ty_memory_enter_look_up(&memory, error);
    if (status != TY_OK)
        return status;
    seeker s = {.memory = memory, .settings = &own, .query = query, .error = error};
    s.source_lang = ty_slice_of(s.settings->source_lang ? s.settings->source_lang : ty_lang_guess(query));
    ty_match_pieces pieces = {0};
    status = find_pieces(&s, &pieces);
    size_t count = pieces.list.count;
    for (size_t i = 0; status == TY_OK && i < count; i++)
        status = tell_piece(&s, &pieces, i, each, payload);
    ty_match_pieces_release(&pieces);
    ty_arena_release(&s.arena);
    ty_arena_release(&s.passing);
    ty_memory_leave(memory);
    return status == TY_OK && !count ? TY_NO : status;
}
