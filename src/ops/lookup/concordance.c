/* SPDX-License-Identifier: Apache-2.0 */
/* Where a text occurs in a memory. */
#include "ops/lookup/indexes.h"

typedef struct searcher {
    ty_memory *memory;
    const ty_search_settings *settings;
    ty_status (*each)(void *payload, const ty_concordance *hit);
    void *payload;
    ty_slice lang, origin;
    ty_slice since; /* a TMX date or its beginning */
    ty_arena arena;
    size_t told, left;
    size_t more;                 /* found, but there was no room for them */
    const ty_entry_texts *texts; /* where the index reads them; NULL for an expression, which walks */
    ty_ids seen; /* entries found so far: a search that is done again does not tell them twice */
    bool again;
    ty_error *error;
    ty_status failure; /* of accept, which cannot say it */
} searcher;

/* ------------------------------------------------------------------------------------------ filters */

static bool has_text(ty_slice needle, ty_slice text)
{
    ty_spans spans = {0};
    bool found = ty_concordance_spans(needle, text, &spans, NULL) == TY_OK && spans.count;
    ty_vector_release(&spans);
    return found;
}

/* Is the text in a variant other than the entry's? */
static bool others_have(const ty_entry *entry, const char *needle)
{
    bool found = false;
    for (size_t i = 0; i < entry->stored.unit.variant_count && !found; i++) {
        const ty_variant *variant = &entry->stored.unit.variants[i];
        found = variant != entry->variant && has_text(ty_slice_of(needle), variant->text);
    }
    return found;
}

static bool fits_day(const ty_search_settings *asked, ty_slice date)
{
    return (!asked->from || (date.size && ty_slice_compare(date, ty_slice_of(asked->from)) >= 0)) &&
           (!asked->until || (date.size && ty_slice_compare(date, ty_slice_of(asked->until)) <= 0));
}

static bool fits_others(const ty_search_settings *asked, const ty_entry *entry)
{
    return (!asked->other || others_have(entry, asked->other)) &&
           (!asked->other_not || !others_have(entry, asked->other_not));
}

/* The entry that was found, which the index has just read but for its origin, or anew. */
static ty_status find_entry(searcher *s, int64_t id, ty_entry *out)
{
    bool dated = s->since.size || s->settings->from || s->settings->until;
    if (!dated && s->texts && s->texts->held && s->texts->id == id) {
        *out = s->texts->entry;
        return TY_OK;
    }
    return ty_entry_read(s->memory->store, id, &s->arena, out, s->error);
}

static ty_status passes(searcher *s, int64_t id, bool *out)
{
    ty_entry entry;
    ty_arena_clear(&s->arena);
    *out = false;
    if (s->origin.size) {
        ty_status status = ty_store_unit_is_of(s->memory->store, ty_entry_unit(id), s->origin, out, s->error);
        if (status != TY_OK || !*out)
            return status;
    }
    ty_status status = find_entry(s, id, &entry);
    *out = status == TY_OK && !entry.stored.label && ty_lang_matches(s->lang, entry.variant->lang) &&
           ty_slice_compare(ty_stored_unit_date(&entry.stored), s->since) >= 0 &&
           fits_day(s->settings, entry.stored.origin_date) && fits_others(s->settings, &entry);
    return status == TY_NO ? TY_OK : status;
}

static bool accept(void *payload, int64_t id)
{
    searcher *s = payload;
    bool good = false;
    for (size_t i = 0; s->again && i < s->seen.count; i++)
        if (s->seen.items[i] == id)
            return false;
    if (s->failure == TY_OK)
        s->failure = passes(s, id, &good);
    return good;
}

/* ------------------------------------------------------------------------------------------ hits */

/* Hits beyond so many in a text are not looked up in the other. */
enum { PLACES_MAX = 16 };

/* Adds a span in its place; one that meets another becomes one with it. */
static void add_span(ty_span *spans, size_t *count, ty_span new)
{
    size_t at = 0;
    while (at < *count && spans[at].end <= new.start)
        at++;
    if (at < *count && spans[at].start < new.end) {
        spans[at].start = spans[at].start < new.start ? spans[at].start : new.start;
        spans[at].end = spans[at].end > new.end ? spans[at].end : new.end;
        return;
    }
    memmove(spans + at + 1, spans + at, (*count - at) * sizeof *spans);
    spans[at] = new;
    ++*count;
}

/* Where the hits have their equivalents in another variant. */
static ty_status place_hits(searcher *s, const ty_concordance *hit, ty_concordance_other *other)
{
    ty_align_text text = {hit->text, hit->lang}, translation = {other->text, other->lang};
    ty_span *spans = ty_arena_array(&s->arena, PLACES_MAX, sizeof *spans), found;
    ty_status status = spans ? TY_OK : ty_error_nomem(s->error);
    for (size_t i = 0; status == TY_OK && i < hit->hit_count && i < PLACES_MAX; i++) {
        status = ty_memory_equivalent(s->memory, &text, hit->hits[i], &translation, &found, s->error);
        if (status == TY_OK)
            add_span(spans, &other->hit_count, found);
        status = status == TY_NO ? TY_OK : status;
    }
    other->hits = spans;
    return status;
}

static ty_status list_others(searcher *s, const ty_entry *entry, ty_concordance *hit)
{
    size_t count = entry->stored.unit.variant_count;
    ty_status status = TY_OK;
    ty_concordance_other *others = ty_arena_array(&s->arena, count, sizeof *others);
    if (!others)
        return ty_error_nomem(s->error);
    for (size_t i = 0; status == TY_OK && i < count; i++) {
        const ty_variant *variant = &entry->stored.unit.variants[i];
        if (variant == entry->variant)
            continue;
        ty_concordance_other *other = &others[hit->other_count++];
        *other = (ty_concordance_other){.lang = variant->lang, .text = variant->text};
        status = place_hits(s, hit, other);
    }
    hit->others = others;
    return status;
}

static ty_status add_context(searcher *s, ty_concordance *hit)
{
    ty_neighbours around = {0};
    ty_slice other = hit->other_count ? hit->others[0].lang : (ty_slice){"", 0};
    ty_status status =
        ty_store_neighbours(s->memory->store, hit->unit, hit->lang, other, &s->arena, &around, s->error);
    hit->previous = around.source_before;
    hit->next = around.source_after;
    return status;
}

static ty_status tell(void *payload, int64_t id, ty_slice text, const ty_spans *spans)
{
    searcher *s = payload;
    ty_entry entry;
    if (!ty_vector_push(&s->seen, id))
        return ty_error_nomem(s->error);
    if (!s->left) {
        s->more++;
        return TY_OK;
    }
    ty_arena_clear(&s->arena);
    ty_status status = ty_entry_read(s->memory->store, id, &s->arena, &entry, s->error);
    if (status != TY_OK)
        return status;
    s->told++;
    s->left--;
    ty_concordance hit = {.unit = entry.stored.id,
                          .origin = entry.stored.origin_name,
                          .lang = entry.variant->lang,
                          .text = text,
                          .hits = spans->items,
                          .hit_count = spans->count,
                          .confirmed = ty_slice_equal(entry.stored.status, TY_SLICE("confirmed")),
                          .title = entry.stored.origin_title,
                          .date = entry.stored.origin_date,
                          .url = entry.stored.origin_url};
    status = list_others(s, &entry, &hit);
    if (status == TY_OK && s->settings->context)
        status = add_context(s, &hit);
    return status == TY_OK ? s->each(s->payload, &hit) : status;
}

/* ------------------------------------------------------------------------------------------ the search */

static ty_status search_index(searcher *s, const ty_match_index *index, ty_concordance_query *question,
                              ty_match_scratch *scratch)
{
    ty_entry_texts source = {.store = s->memory->store};
    ty_match_texts texts = ty_entry_texts_of(&source);
    s->texts = &source;
    question->counted = s->settings->out_more ? TY_SEARCH_MORE - s->more : 0;
    question->max_hits = s->left + question->counted;
    ty_status status = ty_match_index_search(index, question, &texts, scratch, tell, s, s->error);
    s->texts = NULL;
    ty_arena_release(&source.arena);
    return s->failure != TY_OK ? s->failure : status == TY_NO ? TY_OK : status;
}

static bool wants_more(const searcher *s)
{
    return s->left || (s->settings->out_more && s->more < TY_SEARCH_MORE);
}

static ty_status search_all(searcher *s, ty_slice text)
{
    ty_concordance_query question = {.text = text,
                                     .kind = s->settings->kind,
                                     .lang = s->lang.size ? s->lang : ty_slice_of(ty_lang_guess(text)),
                                     .payload = s,
                                     .accept = accept};
    const ty_match_index *index = NULL;
    ty_match_scratch *scratch = NULL;
    ty_status status = ty_match_scratch_new(&scratch, s->error);
    for (size_t i = 0; status == TY_OK && wants_more(s); i++) {
        status = ty_memory_index_at(s->memory, s->lang, i, &index, s->error);
        if (status != TY_OK || !index)
            break;
        status = search_index(s, index, &question, scratch);
        if (ty_memory_index_mended(s->memory, index, &status, s->error)) {
            s->again = true;
            i--;
        }
    }
    ty_match_scratch_free(scratch);
    return status;
}

/* As a look-up does: what is read is of one state. */
static ty_status search_at_once(searcher *s, ty_slice text)
{
    ty_status status = ty_store_freeze(s->memory->store, s->error);
    if (status != TY_OK)
        return status;
    status = search_all(s, text);
    ty_store_thaw(s->memory->store);
    return status;
}

/* ------------------------------------------------------------------------------------------ expressions */

static ty_status list_places(ty_regex *regex, ty_slice text, ty_spans *spans, ty_error *error)
{
    size_t start, end, at = 0;
    ty_vector_clear(spans);
    ty_status status = ty_regex_set_text(regex, text, error);
    while (status == TY_OK && at <= text.size && ty_regex_find(regex, at, &start, &end)) {
        if (end > start && !ty_vector_push(spans, ((ty_span){start, end})))
            return ty_error_nomem(error);
        at = end > start ? end : end + 1;
    }
    return status;
}

static ty_status walk_texts(searcher *s, ty_regex *regex, ty_match_entries *all, ty_spans *spans)
{
    int64_t id;
    ty_slice text;
    ty_status status = TY_OK;
    while (status == TY_OK && wants_more(s) &&
           (status = all->next(all->payload, &id, &text, s->error)) == TY_OK) {
        status = list_places(regex, text, spans, s->error);
        if (status == TY_OK && spans->count && accept(s, id))
            status = tell(s, id, text, spans);
        status = status == TY_OK ? s->failure : status;
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_status search_expression(searcher *s, ty_slice pattern)
{
    ty_regex *regex = NULL;
    ty_entry_walk walk;
    ty_spans spans = {0};
    ty_status status = ty_regex_new(pattern, &regex, s->error);
    if (status != TY_OK)
        return status;
    status = ty_entry_walk_open(s->memory->store, s->lang, &walk, s->error);
    ty_match_entries all = ty_entry_walk_of(&walk);
    if (status == TY_OK)
        status = walk_texts(s, regex, &all, &spans);
    ty_entry_walk_close(&walk);
    ty_vector_release(&spans);
    ty_regex_free(regex);
    return status;
}

ty_status ty_memory_search(ty_memory *memory, ty_slice text, const ty_search_settings *settings,
                           ty_status (*each)(void *payload, const ty_concordance *hit), void *payload,
                           ty_error *error)
{
    ty_search_settings own;
    ty_settings_take(&own, sizeof own, settings);
    ty_status status = ty_memory_enter_search(&memory, error);
    if (status != TY_OK)
        return status;
    searcher s = {.memory = memory,
                  .settings = &own,
                  .each = each,
                  .payload = payload,
                  .lang = ty_slice_of(own.lang),
                  .origin = ty_slice_of(own.origin),
                  .left = own.max ? own.max : 50,
                  .error = error};
    char since[24];
    ty_origin_date_compact(ty_slice_of(own.since), since);
    s.since = ty_slice_of(since);
    status = own.kind == TY_SEARCH_REGEX ? search_expression(&s, text) : search_at_once(&s, text);
    if (own.out_more)
        *own.out_more = s.more;
    ty_vector_release(&s.seen);
    ty_arena_release(&s.arena);
    ty_memory_leave(memory);
    return status == TY_OK && !s.told ? TY_NO : status;
}
