/* SPDX-License-Identifier: Apache-2.0 */
/*
 * states - how far a translation can be trusted, by what the file says of it. docs/formats.md has the table
 * for people.
 */
#ifndef TY_BILINGUAL_STATES_H
#define TY_BILINGUAL_STATES_H

#include "formats/formats.h"

/* Where a mark is found: the same word may mean other things in other tools. */
enum mark_kind {
    MARK_STATE,     /* XLIFF: state of a target or segment */
    MARK_QUALIFIER, /* XLIFF 1.2: state-qualifier */
    MARK_APPROVED,  /* XLIFF 1.2: approved of a unit */
    MARK_SDL_CONF,  /* SDLXLIFF: conf of sdl:seg */
    MARK_ORIGIN,    /* SDLXLIFF: origin of sdl:seg; Phrase: m:trans-origin */
    MARK_MEMOQ,     /* MQXLIFF: mq:status */
    MARK_PERCENT,   /* MQXLIFF: mq:percent, of what is pre-translated */
    MARK_PHRASE,    /* MXLIFF: m:confirmed */
    MARK_FLAG,      /* PO; TXML and Qt TS have their own words */
    MARK_KINDS
};

/* All that is said of one translation; empty where nothing is. */
struct marks {
    ty_slice values[MARK_KINDS];
};

/*
 * Fills in trust, why and unfamiliar. Where marks disagree the less trusting one counts, but that approval
 * makes sure what would be unsure; no mark at all is unsure.
 */
void ty_states_weigh(const struct marks *marks, ty_bilingual_segment *segment);
/* Does the file itself say that it is translated? */
bool ty_states_say_translated(const struct marks *marks);

#endif
