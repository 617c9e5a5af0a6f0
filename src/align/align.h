/* SPDX-License-Identifier: Apache-2.0 */
/*
 * align - which sentences of two texts stand for each other.
 *
 * Works on slices; knows no file and no database; dictionaries come in through ty_lexicon. The method is in
 * docs/alignment.md: log-odds of shared words, numbers and names against the background of the very document,
 * length, priors a bead type, dynamic programming over a band, a second pass with a lexicon learnt from the
 * first. The same input gives the same output on every run, and swapped sides give swapped beads.
 */
#ifndef TY_ALIGN_H
#define TY_ALIGN_H

#include "lexicon/lexicon.h"

/* One side: its sentences in order, and where known the paragraph each is in (never falling). */
typedef struct ty_align_side {
    const ty_slice *sentences;
    const uint32_t *paragraphs; /* NULL: not known */
    size_t count;
    ty_slice lang; /* BCP 47 */
} ty_align_side;

typedef struct ty_align_options {
    const ty_lexicon *lexicon; /* opened for (source, target) and sealed; NULL: none at all */
    const ty_bead *anchors;    /* beads that are fixed, monotone, not overlapping; kept as they are */
    size_t anchor_count;
    const ty_listener *listener; /* progress; may stop the work */
} ty_align_options;

typedef struct ty_alignment {
    ty_beads beads;     /* every sentence in exactly one bead, monotone, an anchor with confidence 1 */
    ty_beads moved;     /* ty_align_moved: the blocks that cross, each as one bead */
    float confidence;   /* 0..1: the probability that the texts are translations of each other */
    float source_share; /* share of the source's characters in beads with both sides */
    float target_share;
} ty_alignment;

/* Below this, the two texts are taken for no translation of each other (docs/alignment.md says how it was
 * set). */
#define TY_ALIGN_CONFIDENCE_MIN 0.5f

/*
 * Aligns. An empty side gives beads with one side only and confidence 0. TY_ERR_USAGE for anchors that cross,
 * overlap or lie outside; TY_STOP when the listener stops the work. `options` may be NULL.
 */
ty_status ty_align(const ty_align_side *source, const ty_align_side *target, const ty_align_options *options,
                   ty_alignment *out, ty_error *error);

/*
 * Blocks of an alignment that changed places in the translation: their beads, which cross the others, take
 * the place of the sentences without partner that they are for ty_align, in the order of the source. The
 * blocks are told in `moved`.
 */
ty_status ty_align_moved(const ty_align_side *source, const ty_align_side *target, const ty_lexicon *lexicon,
                         ty_alignment *alignment, ty_error *error);
void ty_alignment_release(ty_alignment *alignment);

/* ------------------------------------------------------------------------------------------ alternatives */

/* What a person can do at a bead to cut a place otherwise. Sides: of the sentence that moves. */
typedef enum ty_repair {
    TY_REPAIR_UP,         /* its first sentence to the bead above */
    TY_REPAIR_DOWN,       /* its last sentence to the bead below */
    TY_REPAIR_FETCH_UP,   /* the last sentence of the bead above to it */
    TY_REPAIR_FETCH_DOWN, /* the first sentence of the bead below to it */
    TY_REPAIR_MERGE_UP,   /* one bead with that above */
    TY_REPAIR_MERGE_DOWN, /* one bead with that below */
    TY_REPAIR_SPLIT,      /* the first sentence of each side stays, the rest is a bead below */
    TY_REPAIR_UNLINK      /* each side alone */
} ty_repair;

/* A repair that makes a better cut, perhaps. */
typedef struct ty_align_alternative {
    uint32_t bead; /* number of the bead it begins at */
    ty_repair repair;
    bool target;       /* the sentence that moves is of the target */
    float probability; /* that the beads it makes are right */
    float as_it_is;    /* that those which are there are */
} ty_align_alternative;

typedef TY_VECTOR(ty_align_alternative) ty_align_alternatives;

/*
 * The repairs of `beads`, which hold every sentence once and in order, that are right with a probability of
 * at least `least`: beads in order, for each the likeliest first. The texts are aligned anew for it, around
 * the anchors; other options as for ty_align.
 */
ty_status ty_align_repairs(const ty_align_side *source, const ty_align_side *target,
                           const ty_align_options *options, const ty_bead *beads, size_t count, float least,
                           ty_align_alternatives *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ doubt */

/* A URL, or an @ between letters. */
bool ty_align_has_address(ty_slice text);
/* Does a bead want a look? See ty_bead_is_doubtful; `below` 0: TY_DOUBTFUL. */
bool ty_align_is_doubtful(float confidence, bool alone, bool address_on_one_side, double below);

/* ------------------------------------------------------------------------------------------ evidence */

typedef enum ty_evidence_kind {
    TY_EVIDENCE_NUMBER,     /* the same value */
    TY_EVIDENCE_SAME,       /* the same word, acronym or sign */
    TY_EVIDENCE_SOUND,      /* katakana and letters that sound alike */
    TY_EVIDENCE_COGNATE,    /* words spelt alike */
    TY_EVIDENCE_DICTIONARY, /* `part` of the lexicon says so */
    TY_EVIDENCE_LEARNT,     /* go together in this document */
    TY_EVIDENCE_LINE        /* lines of one kind: label, heading, date, note */
} ty_evidence_kind;

/* Something that ties the two sides of a bead: bytes of one source and of one target sentence. */
typedef struct ty_evidence {
    ty_evidence_kind kind;
    uint32_t source_sentence, source_start, source_end;
    uint32_t target_sentence, target_start, target_end;
    uint16_t part; /* of the lexicon, for TY_EVIDENCE_DICTIONARY */
} ty_evidence;

typedef TY_VECTOR(ty_evidence) ty_evidences;

/* What ties the sides of each of `beads` together, in order of the beads, each span once. For showing. */
ty_status ty_align_explain(const ty_align_side *source, const ty_align_side *target,
                           const ty_lexicon *lexicon, const ty_bead *beads, size_t bead_count,
                           ty_evidences *out, ty_error *error);

/* A sentence. */
typedef struct ty_align_text {
    ty_slice text, lang;
} ty_align_text;

/*
 * Where a stretch of a sentence, in bytes, has its equivalent in a translation of it: the smallest stretch
 * that holds what most of its words are linked to. TY_NO where that is not certain. `which` is the language
 * of the sentence, `lexicon` is opened for both and sealed, or NULL.
 */
ty_status ty_align_place(const ty_align_text *sentence, ty_span stretch, const ty_align_text *translation,
                         ty_lexicon_side which, const ty_lexicon *lexicon, ty_span *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ learning */

/* A pair of words that go together in aligned text. */
typedef struct ty_learnt {
    ty_slice source, target; /* as they stand in the text, good for ty_lexicon_add */
    uint32_t together;       /* beads with both */
    float score;             /* log-likelihood ratio (Dunning 1993) */
} ty_learnt;

typedef TY_VECTOR(ty_learnt) ty_learnt_pairs;

/* Word pairs learnt from texts of which each pair is confirmed, best first; slices live in `arena`. Reads no
 * dictionary, so that none of its words get in. */
ty_status ty_align_learn(ty_slice source_lang, const ty_slice *source, ty_slice target_lang,
                         const ty_slice *target, size_t count, ty_arena *arena, ty_learnt_pairs *out,
                         ty_error *error);

#endif
