/* SPDX-License-Identifier: Apache-2.0 */
/* overlaps - of terms that overlap, which are hits. */
#include "term/scanner.h"

static bool same_span(const term_candidate *a, const term_candidate *b)
{
    return a->start == b->start && a->end == b->end && a->text_end == b->text_end;
}

static bool add_spot(scan_run *run, const term_candidate *found, bool nested, size_t offset,
                     ty_term_scan *out)
{
    uint32_t start = run->scratch->symbols.items[found->start].start;
    ty_term_spot spot = {offset + start, offset + found->text_end, found->entry, nested};
    return ty_vector_push(&out->spots, spot);
}

/* A spot whose function word stands in front of the spots before it moves there. */
static void put_in_order(ty_term_scan *out)
{
    ty_term_spot *spots = out->spots.items;
    size_t at = out->spots.count - 1;
    for (ty_term_spot moved = spots[at]; at > 0 && spots[at - 1].start > moved.start; at--) {
        spots[at] = spots[at - 1];
        spots[at - 1] = moved;
    }
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/*
 * Does the hit take the first word from a longer name: Foreign Minister Hayashi | Yoshimasa? Only where the
 * hit without it is a term of more than one word, too.
 */
static bool takes_from_name(const scan_run *run, const term_candidate *hit, const term_candidate *end)
{
    const term_symbol *symbols = run->scratch->symbols.items;
    for (const term_candidate *name = hit + 1; name < end && name->begin < hit->end; name++) {
        if (name->dropped || name->end <= hit->end || name->start < hit->start + 2 ||
            !is_capital(run->text.data[symbols[name->start].start]))
            continue;
        for (const term_candidate *front = hit + 1; front < end && front->begin == hit->begin; front++)
            if (!front->dropped && front->end == name->start)
                return true;
    }
    return false;
}

static bool has_no_at(ty_slice text, size_t at)
{
    return at + 3 <= text.size && memcmp(text.data + at, "の", 3) == 0;
}

/* Does の, or "of", stand before `start`? */
static bool is_parted_at(ty_slice text, size_t start, bool japanese)
{
    if (japanese)
        return start >= 3 && has_no_at(text, start - 3);
    return start >= 4 && memcmp(text.data + start - 4, " of ", 4) == 0;
}

/*
 * Does の or "of" inside the hit part a longer term from it: 地域の | 安全保障環境, not 地域の安全保障 |
 * 環境; proliferation of | missile technology? What stands behind の belongs together more closely, unless の
 * is also what that term goes on with: of two that の joins the first stays, 協力のための指針 | の見直し.
 */
static bool parts_a_term(const scan_run *run, const term_candidate *hit, const term_candidate *end)
{
    const term_symbol *symbols = run->scratch->symbols.items;
    bool japanese = run->index->entries.items[hit->entry].flags & TERM_JAPANESE;
    ty_slice behind = ty_slice_trim(ty_slice_sub(run->text, hit->text_end, run->text.size));
    if (japanese ? has_no_at(run->text, hit->text_end) : ty_slice_starts(behind, TY_SLICE("of ")))
        return false;
    for (const term_candidate *term = hit + 1; term < end && term->begin < hit->end; term++) {
        size_t start = symbols[term->start].start;
        if (!term->dropped && term->end > hit->end && term->start > hit->start &&
            is_parted_at(run->text, start, japanese))
            return true;
    }
    return false;
}

bool ty_term_keep_hits(scan_run *run, unsigned flags, size_t offset, ty_term_scan *out)
{
    const term_candidate *last = NULL, *before = NULL, *found = run->scratch->candidates.items;
    for (const term_candidate *end = found + run->scratch->candidates.count; found < end; before = found++) {
        if (found->dropped)
            continue;
        if (before && before->start == found->start && before->end == found->end &&
            before->entry == found->entry)
            continue; /* two spellings of one entry */
        bool same = last && same_span(last, found);
        bool nested = last && !same && found->start < last->end;
        if (!same && !nested && (takes_from_name(run, found, end) || parts_a_term(run, found, end)))
            continue;
        if (nested && !(flags & TY_TERM_NESTED))
            continue;
        if (!nested && !same)
            last = found;
        if (!add_spot(run, found, nested, offset, out))
            return false;
        put_in_order(out);
    }
    return true;
}
