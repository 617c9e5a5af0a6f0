/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words for how far a translation is. XLIFF 1.2, 2.3 (state, state-qualifier) and 2.1, 4.3.1.14 (state);
 * those of tools as their files have them.
 */
#include <stdlib.h>

#include "formats/bilingual/states.h"

static const struct {
    enum mark_kind kind;
    const char *value;
    ty_state_trust trust;
} table[] = {
    {MARK_STATE, "new", TY_STATE_OUTSIDE},
    {MARK_STATE, "initial", TY_STATE_OUTSIDE},
    {MARK_STATE, "needs-translation", TY_STATE_OUTSIDE},
    {MARK_STATE, "needs-adaptation", TY_STATE_OUTSIDE},
    {MARK_STATE, "needs-l10n", TY_STATE_OUTSIDE},
    {MARK_STATE, "needs-review-translation", TY_STATE_UNCONFIRMED},
    {MARK_STATE, "needs-review-adaptation", TY_STATE_UNCONFIRMED},
    {MARK_STATE, "needs-review-l10n", TY_STATE_UNCONFIRMED},
    {MARK_STATE, "translated", TY_STATE_UNCONFIRMED},
    {MARK_STATE, "reviewed", TY_STATE_CONFIRMED},
    {MARK_STATE, "signed-off", TY_STATE_CONFIRMED},
    {MARK_STATE, "final", TY_STATE_CONFIRMED},
    {MARK_QUALIFIER, "exact-match", TY_STATE_UNCONFIRMED},
    {MARK_QUALIFIER, "id-match", TY_STATE_UNCONFIRMED},
    {MARK_QUALIFIER, "leveraged-glossary", TY_STATE_UNCONFIRMED},
    {MARK_QUALIFIER, "leveraged-inherited", TY_STATE_UNCONFIRMED},
    {MARK_QUALIFIER, "leveraged-repository", TY_STATE_UNCONFIRMED},
    {MARK_QUALIFIER, "leveraged-tm", TY_STATE_UNCONFIRMED},
    {MARK_QUALIFIER, "fuzzy-match", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "leveraged-mt", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "mt-suggestion", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "tm-suggestion", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "rejected-grammar", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "rejected-inaccurate", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "rejected-length", TY_STATE_OUTSIDE},
    {MARK_QUALIFIER, "rejected-spelling", TY_STATE_OUTSIDE},
    {MARK_APPROVED, "yes", TY_STATE_CONFIRMED},
    {MARK_APPROVED, "no", TY_STATE_UNCONFIRMED},
    {MARK_SDL_CONF, "Unspecified", TY_STATE_OUTSIDE},
    {MARK_SDL_CONF, "Draft", TY_STATE_OUTSIDE},
    {MARK_SDL_CONF, "RejectedTranslation", TY_STATE_OUTSIDE},
    {MARK_SDL_CONF, "RejectedSignOff", TY_STATE_OUTSIDE},
    {MARK_SDL_CONF, "Translated", TY_STATE_UNCONFIRMED},
    {MARK_SDL_CONF, "ApprovedTranslation", TY_STATE_CONFIRMED},
    {MARK_SDL_CONF, "ApprovedSignOff", TY_STATE_CONFIRMED},
    {MARK_MEMOQ, "NotStarted", TY_STATE_OUTSIDE},
    {MARK_MEMOQ, "PartiallyEdited", TY_STATE_OUTSIDE},
    {MARK_MEMOQ, "Edited", TY_STATE_OUTSIDE},
    {MARK_MEMOQ, "AssembledFromFragments", TY_STATE_OUTSIDE},
    {MARK_MEMOQ, "MachineTranslated", TY_STATE_OUTSIDE},
    {MARK_MEMOQ, "Rejected", TY_STATE_OUTSIDE},
    {MARK_MEMOQ, "PreTranslated", TY_STATE_UNCONFIRMED},
    {MARK_MEMOQ, "Confirmed", TY_STATE_UNCONFIRMED},
    {MARK_MEMOQ, "ManuallyConfirmed", TY_STATE_UNCONFIRMED},
    {MARK_MEMOQ, "ConfirmedTranslator", TY_STATE_UNCONFIRMED},
    {MARK_MEMOQ, "ConfirmedReviewer1", TY_STATE_CONFIRMED},
    {MARK_MEMOQ, "ConfirmedReviewer2", TY_STATE_CONFIRMED},
    {MARK_MEMOQ, "Reviewer1Confirmed", TY_STATE_CONFIRMED},
    {MARK_MEMOQ, "Reviewer2Confirmed", TY_STATE_CONFIRMED},
    {MARK_MEMOQ, "Proofread", TY_STATE_CONFIRMED},
    {MARK_PHRASE, "0", TY_STATE_OUTSIDE},
    {MARK_PHRASE, "false", TY_STATE_OUTSIDE},
    {MARK_PHRASE, "1", TY_STATE_UNCONFIRMED},
    {MARK_PHRASE, "true", TY_STATE_UNCONFIRMED},
    {MARK_PHRASE, "2", TY_STATE_CONFIRMED},
    {MARK_FLAG, "fuzzy", TY_STATE_OUTSIDE},
    {MARK_FLAG, "unfinished", TY_STATE_OUTSIDE},
    {MARK_FLAG, "obsolete", TY_STATE_OUTSIDE},
    {MARK_FLAG, "vanished", TY_STATE_OUTSIDE},
    {MARK_FLAG, "finished", TY_STATE_UNCONFIRMED},
};

static const char *const names[MARK_KINDS] = {
    [MARK_STATE] = "state",
    [MARK_QUALIFIER] = "state-qualifier",
    [MARK_APPROVED] = "approved",
    [MARK_SDL_CONF] = "conf",
    [MARK_ORIGIN] = "origin",
    [MARK_MEMOQ] = "status",
    [MARK_PERCENT] = "percent",
    [MARK_PHRASE] = "confirmed",
    [MARK_FLAG] = "",
};

/* False where the table does not have it. A fourth state of a workflow of Phrase is at least its second. */
static bool look_up(enum mark_kind kind, ty_slice value, ty_state_trust *out)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].kind == kind && ty_slice_equal_nocase(value, ty_slice_of(table[i].value))) {
            *out = table[i].trust;
            return true;
        }
    *out = kind == MARK_PHRASE ? TY_STATE_CONFIRMED : TY_STATE_UNCONFIRMED;
    return kind == MARK_PHRASE;
}

/* What a machine made is outside unless somebody has said something of it. */
static bool is_machine(ty_slice origin)
{
    static const char *const machines[] = {"mt", "nmt", "amt", "machine-translation", NULL};
    for (size_t i = 0; machines[i]; i++)
        if (ty_slice_equal_nocase(origin, ty_slice_of(machines[i])))
            return true;
    return false;
}

static bool is_partial(const struct marks *marks)
{
    ty_slice percent = marks->values[MARK_PERCENT];
    return ty_slice_equal_nocase(marks->values[MARK_MEMOQ], TY_SLICE("PreTranslated")) &&
           (!percent.size || atoi(percent.data) < 100);
}

static ty_state_trust trust_of(const struct marks *marks, enum mark_kind kind, bool *known)
{
    ty_state_trust trust = TY_STATE_UNCONFIRMED;
    *known = true;
    if (kind == MARK_ORIGIN)
        return is_machine(marks->values[kind]) ? TY_STATE_OUTSIDE : TY_STATE_UNCONFIRMED;
    if (kind == MARK_PERCENT)
        return is_partial(marks) ? TY_STATE_OUTSIDE : TY_STATE_UNCONFIRMED;
    *known = look_up(kind, marks->values[kind], &trust);
    return trust;
}

/* An origin and a percentage say nothing beside a word of the translator's. */
static bool counts(const struct marks *marks, enum mark_kind kind)
{
    bool told = marks->values[MARK_SDL_CONF].size || marks->values[MARK_PHRASE].size;
    return marks->values[kind].size && !(kind == MARK_ORIGIN && told);
}

static void remember_why(ty_bilingual_segment *segment, const struct marks *marks, enum mark_kind kind)
{
    segment->why = (ty_state_mark){names[kind], marks->values[kind]};
}

void ty_states_weigh(const struct marks *marks, ty_bilingual_segment *segment)
{
    bool approved = ty_slice_equal(marks->values[MARK_APPROVED], TY_SLICE("yes")), any = false, known;
    ty_state_trust least = TY_STATE_CONFIRMED;
    for (int kind = 0; kind < MARK_KINDS; kind++) {
        if (!counts(marks, (enum mark_kind)kind))
            continue;
        ty_state_trust trust = trust_of(marks, (enum mark_kind)kind, &known);
        segment->unfamiliar |= !known;
        if (!any || trust < least || !known)
            remember_why(segment, marks, (enum mark_kind)kind);
        least = trust < least ? trust : least;
        any = true;
    }
    segment->trust = !any ? TY_STATE_UNCONFIRMED
                     : least == TY_STATE_UNCONFIRMED && approved && !segment->unfamiliar ? TY_STATE_CONFIRMED
                                                                                         : least;
}

bool ty_states_say_translated(const struct marks *marks)
{
    bool known;
    for (int kind = 0; kind < MARK_KINDS; kind++)
        if (counts(marks, (enum mark_kind)kind) && kind != MARK_ORIGIN && kind != MARK_PERCENT) {
            if (trust_of(marks, (enum mark_kind)kind, &known) == TY_STATE_OUTSIDE)
                return false;
        }
    bool approved = ty_slice_equal(marks->values[MARK_APPROVED], TY_SLICE("yes"));
    return approved || marks->values[MARK_STATE].size || marks->values[MARK_SDL_CONF].size ||
           marks->values[MARK_MEMOQ].size || marks->values[MARK_PHRASE].size;
}
