/* SPDX-License-Identifier: Apache-2.0 */
/* XLIFF out: candidates as alt-trans (1.2) and mtc:match (2.x), and a text as an XLIFF. */
#include "formats/bilingual/bilingual.h"

/* What is being written, and how. */
struct writer {
    ty_bilingual *file;
    const struct xliff_unit *unit;
    ty_buffer text;
};

/* ------------------------------------------------------------------------------------------ parts */

static void add(struct writer *w, const char *literal)
{
    ty_buffer_add_string(&w->text, literal);
}

static void add_name(struct writer *w, const char *before, ty_slice prefix, const char *name)
{
    add(w, before);
    ty_buffer_add(&w->text, prefix);
    add(w, prefix.size ? ":" : "");
    add(w, name);
}

static void add_attribute(struct writer *w, const char *name, ty_slice value)
{
    if (!value.size)
        return;
    ty_buffer_add_format(&w->text, " %s=\"", name);
    ty_bilingual_add_xml(&w->text, value, true, w->file->narrow);
    add(w, "\"");
}

static void add_element(struct writer *w, const char *name, const char *attribute, ty_slice value,
                        ty_slice text)
{
    add_name(w, "<", w->unit->prefix, name);
    add_attribute(w, attribute, value);
    add(w, ">");
    ty_bilingual_add_xml(&w->text, text, false, w->file->narrow);
    add_name(w, "</", w->unit->prefix, name);
    add(w, ">");
}

/* The same with what is markup already. */
static void add_marked(struct writer *w, const char *name, const char *attribute, ty_slice value,
                       ty_slice markup)
{
    add_name(w, "<", w->unit->prefix, name);
    add_attribute(w, attribute, value);
    add(w, ">");
    ty_buffer_add(&w->text, markup);
    add_name(w, "</", w->unit->prefix, name);
    add(w, ">");
}

/* What a candidate points to; nothing where it cannot. */
static ty_slice pointed_to(const struct segment *segment)
{
    return segment->nested ? (ty_slice){NULL, 0} : segment->id;
}

static bool has_already(const struct xliff_unit *unit, const struct segment *segment, ty_slice target)
{
    for (const struct known *known = unit->known; known; known = known->next)
        if (ty_slice_equal(known->text, target) && ty_slice_equal(known->id, pointed_to(segment)))
            return true;
    return false;
}

/* The texts of a candidate, its codes as those of the segment where they fit. */
static void add_texts(struct writer *w, const struct segment *segment, const ty_candidate *candidate,
                      const char *attribute, ty_slice source_value, ty_slice target_value)
{
    ty_buffer source = {0}, target = {0};
    enum code_fit fit = candidate->target_content.data
                            ? ty_codes_fit(segment->passage, candidate->source_content,
                                           candidate->target_content, w->file->narrow, &source, &target)
                            : CODES_LOST;
    if (fit == CODES_LOST) {
        add_element(w, "source", attribute, source_value, candidate->source);
        add_element(w, "target", attribute, target_value, candidate->target);
    } else {
        add_marked(w, "source", attribute, source_value, ty_buffer_slice(&source));
        add_marked(w, "target", attribute, target_value, ty_buffer_slice(&target));
    }
    ty_buffer_release(&source);
    ty_buffer_release(&target);
}

static int percent(int value)
{
    return value > 100 ? 100 : value < 0 ? 0 : value;
}

static ty_status put_in(struct writer *w, size_t at, ty_error *error)
{
    ty_status status = w->text.failed ? ty_error_nomem(error)
                                      : ty_bilingual_insert(w->file, at, ty_buffer_slice(&w->text), error);
    ty_buffer_clear(&w->text);
    return status;
}

/* ------------------------------------------------------------------------------------------ 1.2 */

static void add_alt_trans(struct writer *w, const struct segment *segment, const ty_candidate *candidate)
{
    ty_buffer_add(&w->text, w->unit->indent);
    add_name(w, "<", w->unit->prefix, "alt-trans");
    add_attribute(w, "mid", pointed_to(segment));
    ty_buffer_add_format(&w->text, " match-quality=\"%d%%\"", ty_candidate_worth(candidate));
    add_attribute(w, "origin", candidate->origin);
    add(w, ">");
    add_texts(w, segment, candidate, "xml:lang", candidate->source_lang, candidate->target_lang);
    if (candidate->remark.size)
        add_element(w, "note", "from", TY_SLICE("taiyaku"), candidate->remark);
    add_name(w, "</", w->unit->prefix, "alt-trans");
    add(w, ">");
}

static ty_status put_alt_trans(struct writer *w, const struct segment *segment, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; status == TY_OK && i < segment->candidate_count; i++) {
        if (has_already(w->unit, segment, segment->candidates[i].target))
            continue;
        add_alt_trans(w, segment, &segment->candidates[i]);
        status = put_in(w, w->unit->at, error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ 2.x */

/*
 * Similarity is the match's, quality that of its target, suitability both together, which is what 1.2 calls
 * match-quality (XLIFF 2.1, 5.1.3). Source and target are elements of the core: where `match` takes the place
 * of the core's namespace as the default one, they need it told.
 */
static void add_match(struct writer *w, const struct segment *segment, const ty_candidate *candidate)
{
    const struct xliff_unit *unit = w->unit;
    ty_slice prefix = unit->has_matches ? unit->matches_prefix : TY_SLICE("mtc");
    ty_buffer_add(&w->text, unit->indent);
    add(w, unit->has_matches ? "" : unit->indent.size ? "  " : "");
    add_name(w, "<", prefix, "match");
    ty_buffer_add_string(&w->text, " ref=\"#");
    ty_bilingual_add_xml(&w->text, segment->id, true, w->file->narrow);
    ty_buffer_add_format(&w->text, "\" type=\"%s\"", candidate->context ? "icm" : "tm");
    add_attribute(w, "subType", candidate->adapted ? TY_SLICE("taiyaku:adapted") : TY_SLICE(""));
    add_attribute(w, "origin", candidate->origin);
    ty_buffer_add_format(&w->text, " similarity=\"%d\" matchQuality=\"%d\" matchSuitability=\"%d\">",
                         candidate->capped && candidate->score > 99 ? 99 : percent(candidate->score),
                         percent(100 - candidate->penalty - (candidate->capped && !candidate->penalty)),
                         ty_candidate_worth(candidate));
    ty_slice space = !prefix.size && !unit->prefix.size ? w->unit->core : TY_SLICE("");
    add_texts(w, segment, candidate, "xmlns", space, space);
    add_name(w, "</", prefix, "match");
    add(w, ">");
}

static void add_matches(struct writer *w, const struct segment *segment)
{
    for (size_t i = 0; i < segment->candidate_count; i++)
        if (!has_already(w->unit, segment, segment->candidates[i].target))
            add_match(w, segment, &segment->candidates[i]);
}

static ty_status name_segment(struct writer *w, const struct segment *segment, ty_error *error)
{
    struct writer name = {.file = w->file};
    add_attribute(&name, "id", segment->id);
    ty_status status = put_in(&name, segment->id_at, error);
    ty_buffer_release(&name.text);
    return status;
}

/* All candidates of a unit's segments [first, end) go to one place. */
static ty_status put_matches(struct writer *w, const struct segment *first, const struct segment *end,
                             ty_error *error)
{
    ty_status status = TY_OK;
    for (const struct segment *segment = first; segment < end && status == TY_OK; segment++) {
        size_t before = w->text.size;
        add_matches(w, segment);
        if (w->text.size > before && segment->id_at)
            status = name_segment(w, segment, error);
    }
    if (status != TY_OK || !w->text.size)
        return status;
    ty_slice matches = ty_arena_copy(&w->file->arena, ty_buffer_slice(&w->text));
    if (w->unit->has_matches)
        return put_in(w, w->unit->at, error);
    ty_buffer_clear(&w->text);
    ty_buffer_add(&w->text, w->unit->indent);
    add(w, "<mtc:matches xmlns:mtc=\"urn:oasis:names:tc:xliff:matches:2.0\">");
    ty_buffer_add(&w->text, matches);
    ty_buffer_add(&w->text, w->unit->indent);
    add(w, "</mtc:matches>");
    return put_in(w, w->unit->at, error);
}

/* ------------------------------------------------------------------------------------------ the file */

static ty_status put_unit(struct writer *w, const struct segment *first, const struct segment *end,
                          ty_error *error)
{
    ty_status status = TY_OK;
    w->unit = first->unit;
    if (w->unit->closed) {
        ty_warn(w->file->listener, w->file->name, first->shown.line, 0, "matches-closed",
                "<matches/> has no room for candidates; the unit is passed over");
        return TY_OK;
    }
    if (w->unit->version_2)
        return put_matches(w, first, end, error);
    for (const struct segment *segment = first; segment < end && status == TY_OK; segment++)
        status = put_alt_trans(w, segment, error);
    return status;
}

ty_status ty_xliff_put_in(ty_bilingual *file, ty_error *error)
{
    struct writer w = {.file = file};
    const struct segment *at = file->segments.items, *stop = at + file->segments.count;
    ty_status status = TY_OK;
    while (status == TY_OK && at < stop) {
        const struct segment *end = at + 1;
        while (end < stop && end->unit == at->unit)
            end++;
        status = put_unit(&w, at, end, error);
        at = end;
    }
    ty_buffer_release(&w.text);
    return status;
}
