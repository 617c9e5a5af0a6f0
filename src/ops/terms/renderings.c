/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Terms that are rendered now so, now so. Any acceptable term is right by itself; that a document, or the
 * memory, does not keep to one is told once for each rendering but the most frequent one.
 */
#include <stdlib.h>

#include "ops/terms/check.h"

void ty_renderings_release(ty_renderings *renderings)
{
    ty_strings_release(&renderings->documents);
    ty_strings_release(&renderings->spellings);
    ty_strings_release(&renderings->keys);
    ty_vector_release(&renderings->list);
    ty_vector_release(&renderings->uses);
}

/* ------------------------------------------------------------------------------------------ taking down */

static bool add_use(ty_checking *check, uint32_t document, int64_t place, const ty_term_use *use)
{
    ty_renderings *all = &check->renderings;
    ty_slice text = ty_term_index_entry(check->index, use->target).text;
    uint32_t spelling = ty_strings_add(&all->spellings, text);
    uint32_t key[3] = {document, use->source, spelling};
    uint32_t number = ty_strings_add(&all->keys, (ty_slice){(const char *)key, sizeof key});
    if (spelling == TY_STRINGS_NONE || number == TY_STRINGS_NONE)
        return false;
    if (number < all->list.count) {
        all->list.items[number].count++;
        return true;
    }
    ty_rendering first = {document, use->source, use->target, spelling, 1, place, use->target_at, false};
    return ty_vector_push(&all->list, first);
}

ty_status ty_renderings_add(ty_checking *check, ty_slice document, int64_t place, ty_error *error)
{
    ty_renderings *all = &check->renderings;
    uint32_t number = ty_strings_add(&all->documents, document);
    ty_status status = ty_term_findings_uses(check->index, &check->findings, &all->uses, error);
    if (status == TY_OK && number == TY_STRINGS_NONE)
        return ty_error_nomem(error);
    for (size_t i = 0; status == TY_OK && i < all->uses.count; i++)
        if (!ty_term_index_entry(check->index, all->uses.items[i].source).loose &&
            !add_use(check, number, place, &all->uses.items[i]))
            status = ty_error_nomem(error);
    return status;
}

/* ------------------------------------------------------------------------------------------ telling */

static int compare(uint64_t a, uint64_t b)
{
    return a < b ? -1 : a > b;
}

/* Renderings of a term in a document stand together, the most frequent and then the earliest first. */
static int by_document(const void *a, const void *b)
{
    const ty_rendering *one = a, *other = b;
    int order = compare(one->source, other->source);
    order = order ? order : compare(one->document, other->document);
    order = order ? order : compare(other->count, one->count);
    return order ? order : compare((uint64_t)one->place, (uint64_t)other->place);
}

/* The pair of texts in which a rendering was met first. */
static ty_status find_pair(ty_checking *check, const ty_rendering *rendering, ty_check *found,
                           ty_error *error)
{
    ty_stored_unit stored;
    ty_text_pair pair;
    if (check->bitext) {
        found->source = ty_bitext_bead_source(check->bitext, (size_t)rendering->place);
        found->target = ty_bitext_bead_target(check->bitext, (size_t)rendering->place);
        return TY_OK;
    }
    ty_status status = ty_store_unit(check->memory->store, rendering->place, &check->arena, &stored, error);
    if (status == TY_OK && ty_pair_of_unit(&stored, check->source_lang, check->target_lang, &pair)) {
        found->source = pair.source;
        found->target = pair.target;
        found->unit = stored.id;
        found->origin = stored.origin_name;
    }
    return status == TY_NO ? TY_OK : status;
}

static ty_slice text_of(const ty_checking *check, uint32_t entry)
{
    return ty_term_index_entry(check->index, entry).text;
}

static void add_count(ty_checking *check, const ty_rendering *rendering, ty_slice organisation)
{
    ty_buffer_add(&check->note, text_of(check, rendering->target));
    if (organisation.size)
        ty_buffer_add_format(&check->note, " (%.*s)", TY_SLICE_FORMAT(organisation));
    ty_buffer_add_format(&check->note, " %llu×", (unsigned long long)rendering->count);
}

/* "Self-Defense Forces in en.txt: 自衛隊 17×, SDF 2×", with whose terms they are where that
 * differs. */
static ty_status describe(ty_checking *check, const ty_rendering *usual, const ty_rendering *other,
                          ty_slice document, bool *differ, ty_error *error)
{
    ty_stored_concept concepts[2];
    const ty_term *terms[2];
    ty_slice whose[2] = {{"", 0}, {"", 0}};
    ty_status status = ty_checking_term(check, usual->target, &concepts[0], &terms[0], error);
    if (status == TY_OK)
        status = ty_checking_term(check, other->target, &concepts[1], &terms[1], error);
    *differ = status == TY_OK && terms[0] && terms[1] &&
              !ty_slice_equal(terms[0]->organisation, terms[1]->organisation);
    for (int i = 0; i < 2 && *differ; i++)
        whose[i] = terms[i]->organisation;
    ty_buffer_add(&check->note, text_of(check, usual->source));
    ty_buffer_add_format(&check->note, " in %.*s: ", TY_SLICE_FORMAT(document));
    add_count(check, usual, whose[0]);
    ty_buffer_add_string(&check->note, ", ");
    add_count(check, other, whose[1]);
    return status;
}

/* Ranks of two services, which a document about both of them has side by side? */
static ty_status are_ranks_apart(ty_checking *check, const ty_rendering *usual, const ty_rendering *other,
                                 bool *out, ty_error *error)
{
    ty_stored_concept one, two;
    const ty_term *mine, *theirs;
    ty_status status = ty_checking_term(check, usual->target, &one, &mine, error);
    if (status == TY_OK)
        status = ty_checking_term(check, other->target, &two, &theirs, error);
    *out = status == TY_OK && mine && theirs && one.id != two.id && mine->organisation.size &&
           theirs->organisation.size && ty_slice_equal(one.concept.subject, TY_SLICE("ranks"));
    return status;
}

static ty_status tell_other(ty_checking *check, const ty_rendering *usual, const ty_rendering *other,
                            ty_slice document, ty_error *error)
{
    bool differ, apart;
    ty_arena_clear(&check->arena);
    ty_buffer_clear(&check->note);
    ty_status status = are_ranks_apart(check, usual, other, &apart, error);
    if (status != TY_OK || apart)
        return status;
    ty_check found = {.in_target = true,
                      .start = other->target_at.start,
                      .end = other->target_at.end,
                      .better = text_of(check, usual->target),
                      .count = other->count,
                      .better_count = usual->count};
    status = find_pair(check, other, &found, error);
    if (status == TY_OK)
        status = describe(check, usual, other, document, &differ, error);
    if (status != TY_OK)
        return status;
    found.kind = differ ? TY_CHECK_ORGANISATION : TY_CHECK_INCONSISTENT;
    ty_slice about[] = {document, text_of(check, usual->source), text_of(check, other->target)};
    return ty_checking_tell(check, &found, about, 3, error);
}

/* The renderings [first, last) of one term, the usual one first. */
static ty_status tell_group(ty_checking *check, ty_rendering *list, size_t first, size_t last,
                            ty_slice document, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = first + 1; i < last && status == TY_OK; i++) {
        bool forms = ty_term_are_forms(text_of(check, list[first].target), text_of(check, list[i].target));
        if (!list[i].told && !forms)
            status = tell_other(check, &list[first], &list[i], document, error);
        list[i].told = true;
    }
    return status;
}

/* The renderings [first, last) of one term summed over all documents, in the place of the first of them. */
static size_t sum_up(ty_rendering *list, size_t first, size_t last)
{
    size_t count = first;
    for (size_t i = first; i < last; i++) {
        size_t at = first;
        while (at < count && list[at].spelling != list[i].spelling)
            at++;
        if (at == count)
            list[count++] = list[i];
        else {
            list[at].count += list[i].count;
            list[at].told |= list[i].told;
        }
    }
    for (size_t i = first; i < count; i++)
        list[i].document = 0;
    qsort(list + first, count - first, sizeof *list, by_document);
    return count;
}

/* The renderings [first, last) of one term: document by document, then what only the memory as a whole shows.
 */
static ty_status tell_term(ty_checking *check, ty_rendering *list, size_t first, size_t last, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t start = first, end; start < last && status == TY_OK; start = end) {
        ty_slice document = check->renderings.documents.list.items[list[start].document];
        for (end = start + 1; end < last && list[end].document == list[start].document;)
            end++;
        status = tell_group(check, list, start, end, document, error);
    }
    size_t sums = sum_up(list, first, last);
    return status == TY_OK ? tell_group(check, list, first, sums, TY_SLICE("the memory"), error) : status;
}

ty_status ty_renderings_tell(ty_checking *check, ty_error *error)
{
    ty_rendering *list = check->renderings.list.items;
    size_t count = check->renderings.list.count;
    ty_status status = TY_OK;
    if (count)
        qsort(list, count, sizeof *list, by_document);
    for (size_t first = 0, last; first < count && status == TY_OK; first = last) {
        for (last = first + 1; last < count && list[last].source == list[first].source;)
            last++;
        status = tell_term(check, list, first, last, error);
    }
    return status;
}
