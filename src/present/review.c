/* SPDX-License-Identifier: Apache-2.0 */
/* The review of a release, in text and as JSON. */
#include "present/present.h"

typedef unsigned long long ull;

static const struct {
    unsigned doubt;
    const char *name, *words;
} doubts[] = {{TY_DOUBT_UNSURE, "unsure", N_("the aligner is not sure")},
              {TY_DOUBT_ALONE, "alone", N_("no partner")},
              {TY_DOUBT_NUMBER, "number", N_("other numbers")},
              {TY_DOUBT_FORBIDDEN, "forbidden", N_("a forbidden term")},
              {TY_DOUBT_ADDRESS, "address", N_("an address on one side")},
              {TY_DOUBT_HAND, "hand", N_("changed by hand")},
              {TY_DOUBT_ASKED, "asked", N_("in question")}};
enum { DOUBTS = sizeof doubts / sizeof *doubts };

static const char *const states[] = {
    [TY_BEAD_AUTO] = N_("auto"), [TY_BEAD_HAND] = N_("hand"), [TY_BEAD_OK] = N_("confirmed")};

/* The sentences of a side as one line. */
static void add_side(ty_buffer *out, const ty_review *review, const ty_review_bead *bead, int side)
{
    ty_review_sentence sentence;
    for (uint32_t i = 0; i < bead->count[side]; i++) {
        ty_review_sentence_at(review, side, bead->first[side] + i, &sentence);
        if (i)
            ty_buffer_add_char(out, ' ');
        ty_buffer_add(out, sentence.text);
    }
}

static void json_doubts(ty_buffer *json, unsigned of)
{
    ty_json_open(json, "doubts", '[');
    for (size_t i = 0; i < DOUBTS; i++)
        if (of & doubts[i].doubt)
            ty_json_string(json, NULL, doubts[i].name);
    ty_json_close(json, ']');
}

static void json_bead(const ty_present *p, const ty_review *review, const ty_review_bead *bead,
                      const ty_slice sides[2])
{
    ty_json_begin(p->out);
    ty_json_text(p->out, "release", ty_review_info(review)->name);
    ty_json_integer(p->out, "bead", bead->id);
    ty_json_integer(p->out, "unit", bead->unit);
    ty_json_number(p->out, "confidence", bead->confidence);
    ty_json_string(p->out, "state", states[bead->state]);
    ty_json_bool(p->out, "doubtful", bead->doubtful);
    json_doubts(p->out, bead->doubts);
    ty_json_text(p->out, "source", sides[0]);
    ty_json_text(p->out, "target", sides[1]);
    ty_json_end(p->out);
}

static void add_line(const ty_present *p, ty_slice lang, ty_slice text)
{
    ty_buffer_add_string(p->out, "    ");
    ty_present_field(p, lang);
    ty_buffer_add_string(p->out, ": ");
    ty_present_row(p, &text, 1);
}

static void add_doubts(const ty_present *p, unsigned of)
{
    const char *before = _(": ");
    for (size_t i = 0; i < DOUBTS; i++)
        if (of & doubts[i].doubt) {
            ty_buffer_add_format(p->out, "%s%s", before, _(doubts[i].words));
            before = _(", ");
        }
}

void ty_present_review_bead(const ty_present *p, const ty_review *review, size_t place)
{
    ty_review_bead bead;
    ty_buffer texts[2] = {{0}, {0}};
    ty_review_bead_at(review, place, &bead);
    for (int side = 0; side < 2; side++)
        add_side(&texts[side], review, &bead, side);
    const ty_slice sides[] = {ty_buffer_slice(&texts[0]), ty_buffer_slice(&texts[1])};
    if (p->json) {
        json_bead(p, review, &bead, sides);
    } else {
        ty_buffer_add_fixed(p->out, bead.confidence, 3);
        ty_buffer_add_format(p->out, "%s%s", _(", "), _(states[bead.state]));
        if (bead.unit)
            ty_buffer_add_format(p->out, _(", unit %lld"), (long long)bead.unit);
        add_doubts(p, bead.doubts);
        ty_buffer_add_char(p->out, '\n');
        for (int side = 0; side < 2; side++)
            add_line(p, ty_review_info(review)->langs[side], sides[side]);
    }
    ty_buffer_release(&texts[0]);
    ty_buffer_release(&texts[1]);
}

void ty_present_review_head(const ty_present *p, const ty_review *review)
{
    const ty_release_info *info = ty_review_info(review);
    ty_review_bead bead;
    size_t count = ty_review_bead_count(review), doubtful = 0, confirmed = 0;
    for (size_t i = 0; i < count; i++) {
        ty_review_bead_at(review, i, &bead);
        doubtful += bead.doubtful;
        confirmed += bead.state == TY_BEAD_OK;
    }
    if (p->json)
        return;
    ty_present_field(p, info->name);
    ty_buffer_add_format(p->out, _(": %zu beads, %zu confirmed, %zu doubtful\n"), count, confirmed, doubtful);
}

void ty_present_confirmed(const ty_present *p, const int64_t *units, size_t count,
                          const uint64_t left[TY_BULK_COUNT])
{
    static const struct {
        ty_bulk what;
        const char *name, *words;
    } rows[] = {{TY_BULK_DOUBTFUL, "doubtful", N_("doubtful")},
                {TY_BULK_NEAR, "beside_doubtful", N_("beside doubtful ones")},
                {TY_BULK_BELOW, "below", N_("less sure")},
                {TY_BULK_MARKED, "marked", N_("marked or changed by hand")},
                {TY_BULK_LOCKED, "locked", N_("locked")}};
    enum { ROWS = sizeof rows / sizeof *rows };
    if (!p->json) {
        ty_buffer_add_format(p->out, _("%llu confirmed"), (ull)left[TY_BULK_TAKEN]);
        for (size_t i = 0, any = 0; i < ROWS; i++)
            if (left[rows[i].what])
                ty_buffer_add_format(p->out, _("%s%llu %s"), any++ ? _(", ") : _("; left out: "),
                                     (ull)left[rows[i].what], _(rows[i].words));
        ty_buffer_add_char(p->out, '\n');
        return;
    }
    ty_json_begin(p->out);
    ty_json_integer(p->out, "confirmed", (int64_t)left[TY_BULK_TAKEN]);
    ty_json_open(p->out, "units", '[');
    for (size_t i = 0; i < count; i++)
        ty_json_integer(p->out, NULL, units[i]);
    ty_json_close(p->out, ']');
    ty_json_open(p->out, "left_out", '{');
    for (size_t i = 0; i < ROWS; i++)
        ty_json_integer(p->out, rows[i].name, (int64_t)left[rows[i].what]);
    ty_json_close(p->out, '}');
    ty_json_end(p->out);
}
