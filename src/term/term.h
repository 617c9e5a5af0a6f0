/* SPDX-License-Identifier: Apache-2.0 */
/*
 * term - terms recognised in running text, and translations checked against them.
 *
 * Works on slices: knows no store and no file. An index is an automaton (Aho and Corasick 1975) over the
 * folded spellings of all terms of any languages; it is built once, may be kept as bytes, and is read by any
 * number of threads at a time.
 *
 * What counts as the same term, though spelt differently:
 * - everywhere: width, compatibility forms, white space, hyphens, apostrophes and dashes
 * - English: plural, past, -ing, possessive; case, but an acronym in capitals (US) is no lower-case word
 * (us); full stops in acronyms (U.S.); spelling families (defence, -ise, centre, ...)
 * - Japanese: a final long vowel mark, okurigana, middle dots and blanks in foreign names, old forms of
 * kanji, kanji numerals, inflected する behind a noun that is listed with it
 *
 * Words are bounded where a script bounds them: a term in an alphabetic script is no hit inside a longer
 * word, one that begins or ends in katakana none inside longer katakana. Kanji has no bounds.
 */
#ifndef TY_TERM_H
#define TY_TERM_H

#include "text/text.h"
#include "unit/unit.h"

/* ------------------------------------------------------------------------------------------ index */

/* A term as the index knows it. */
typedef struct ty_term_entry {
    int64_t id;      /* the caller's name for the term */
    int64_t concept; /* and for its concept */
    ty_slice lang, text;
    ty_term_status status;
    ty_slice part_of_speech; /* as TBX or UTX say it; a single noun is not found where it looks like a verb */
    ty_slice organisation;   /* whose term it is, with commas between several */
    bool loose;              /* a translation may render it freely: no fault of a check */
    bool rank;               /* a rank: a translation may leave it out, but not give another */
    bool surname; /* begins with a surname: Japanese, it stands behind no kanji (峰岸大臣 has no 岸大臣) */
    bool numbered; /* a kind of body whose single ones have numbers: infantry division */
    bool title;    /* what a person is: minister, commander */
} ty_term_entry;

typedef struct ty_term_index ty_term_index;

ty_status ty_term_index_new(ty_term_index **out, ty_error *error);
void ty_term_index_free(ty_term_index *index);
/* Adds a term; its slices are copied. Empty text is passed over. */
ty_status ty_term_index_add(ty_term_index *index, const ty_term_entry *entry, ty_error *error);
/* Makes it ready to scan; nothing can be added afterwards. */
ty_status ty_term_index_build(ty_term_index *index, ty_error *error);
/*
 * The built index as bytes, for a cache, appended to `out`; and back. Loading takes `bytes` over, also when
 * it fails: the index is used as it lies there. TY_ERR_FORMAT for bytes that are no index of this version and
 * this kind of machine: build it anew.
 */
ty_status ty_term_index_save(const ty_term_index *index, ty_buffer *out, ty_error *error);
ty_status ty_term_index_load(ty_buffer *bytes, ty_term_index **out, ty_error *error);
/*
 * The same bytes in a file of the user's cache, `offset` (a multiple of the page size) bytes behind its
 * beginning: mapped, and trusted block by block as they are used. TY_NO where there are none that can be. A
 * scan or look-up that meets damage ends with TY_ERR_FORMAT, and the index is damaged from then on; all else
 * that uses an index asks for it to be trusted whole before (false: it is damaged).
 */
ty_status ty_term_index_map(const char *path, size_t offset, ty_term_index **out, ty_error *error);
bool ty_term_index_trust_all(const ty_term_index *index);
bool ty_term_index_is_damaged(const ty_term_index *index);
/* Bytes that had to be checked so far: what the look-ups needed, and no more. */
size_t ty_term_index_checked(const ty_term_index *index);
size_t ty_term_index_count(const ty_term_index *index); /* of entries */
/* The entry with that number. */
ty_term_entry ty_term_index_entry(const ty_term_index *index, size_t number);

/* ------------------------------------------------------------------------------------------ recognition */

/* A term found. */
typedef struct ty_term_spot {
    size_t start, end; /* bytes of the text */
    uint32_t entry;    /* number in the index */
    bool nested;       /* inside a longer term; only where asked for */
    bool composed;     /* a name made of the term and what stands beside it (compounds.h) */
    bool inner;        /* nested in the term that a composed name is made of */
    bool unlikely;     /* what stands around it says that another concept of the same spelling is meant */
} ty_term_spot;

/* What a scan found and its scratch memory; zeroed to begin with, reuse saves allocation. */
typedef struct ty_term_scan {
    TY_VECTOR(ty_term_spot) spots;
    struct ty_term_scratch *scratch;
} ty_term_scan;

typedef enum ty_term_scan_flags {
    TY_TERM_NESTED = 1, /* also terms inside longer ones */
    TY_TERM_NAMES = 2   /* with what makes a name of them: 第40歩兵師団, Rear Adm. Dan Martin */
} ty_term_scan_flags;

/*
 * Terms of `lang` (any language when empty) in the text, in order of start, longer first. Of terms that
 * overlap the one that begins first stays, of those that begin together the longest; a function word at its
 * start ("the two ministers") is not counted as the beginning. Entries with the same spelling give a spot
 * each, those first that country and service named near them speak for.
 */
ty_status ty_term_index_scan(const ty_term_index *index, ty_slice text, ty_slice lang, unsigned flags,
                             ty_term_scan *out, ty_error *error);
/* Terms that the whole text is: same spot for each entry, start 0. */
ty_status ty_term_index_lookup(const ty_term_index *index, ty_slice text, ty_slice lang, ty_term_scan *out,
                               ty_error *error);
/* Terms that with what makes a name of them the whole text is: 豪州国防大臣, Captain Smith. */
ty_status ty_term_index_lookup_name(const ty_term_index *index, ty_slice text, ty_slice lang,
                                    ty_term_scan *out, ty_error *error);
void ty_term_scan_release(ty_term_scan *scan);

/* How well a term of these organisations, parted by commas, fits at a place of the text, by the countries and
 * services that are named near it: below 0 it does not, 0 nobody knows. */
int ty_term_fit_at(ty_slice text, ty_slice lang, size_t start, size_t end, ty_slice organisations);

/* Does the text say the concept in any way: in one of its terms, inside other words, short, a verb as a noun?
 */
bool ty_term_index_says(const ty_term_index *index, int64_t concept, ty_slice text);

/* Is it a word of our own list of general kanji words (data/kanji-words.txt)? */
bool ty_term_is_common_word(ty_slice text);

/* ------------------------------------------------------------------------------------------ checks */

typedef enum ty_term_fault {
    TY_TERM_MISSING,        /* a concept of the source has none of its terms in the target */
    TY_TERM_FORBIDDEN_USED, /* a forbidden term stands in the target */
    TY_TERM_AVOIDED_USED,   /* a non-standard term of a concept of the source stands there */
    TY_TERM_NUMBER,         /* a number, date or time of one side is not on the other, by value */
    TY_TERM_MISPLACED       /* a term of an organisation that the source does not speak of */
} ty_term_fault;

typedef struct ty_term_finding {
    ty_term_fault fault;
    ty_span source, target; /* where; empty (start = end = 0) on the side that says nothing */
    uint32_t entry;         /* the term missed or misused; UINT32_MAX for a number */
    uint32_t better;        /* an approved term to use instead; UINT32_MAX where none is known */
    double value;           /* of the number */
} ty_term_finding;

typedef struct ty_term_findings {
    TY_VECTOR(ty_term_finding) list;
    ty_term_scan source, target; /* what was recognised */
    ty_numbers source_numbers, target_numbers;
} ty_term_findings;

/*
 * What is wrong with a translation, in the order missing, used, numbers. TY_OK with an empty list when all is
 * well.
 *
 * - Any acceptable term of a concept will do, a term inside a longer one answers for its concept too, but
 * asks for nothing by itself. Where one spelling stands for several concepts, one of them answered is enough.
 * A concept without acceptable terms in the target's language is passed over.
 * - A forbidden term is a fault when its concept is in the source, or when its spelling is no acceptable term
 * of any concept; never inside a longer term, nor where it is the right term of another concept of the
 * source.
 * - Numbers are compared by value, whatever their script and however often they come. Not asked for are
 *   numbers up to ten that are written in words (both, 第三者), 1 in any form but dates, nor those inside
 * terms of the source.
 */
ty_status ty_term_check(const ty_term_index *index, ty_slice source, ty_slice source_lang, ty_slice target,
                        ty_slice target_lang, ty_term_findings *out, ty_error *error);
void ty_term_findings_release(ty_term_findings *findings);

/* Are both one term, said in full and short: 防衛大臣 and 防衛相, UAV and 無人航空機, C-130H and
 * C-130H輸送機? */
bool ty_term_are_forms(ty_slice one, ty_slice other);

/* A term of the source and the one that stands for it in the target. */
typedef struct ty_term_use {
    uint32_t source, target; /* entries; of those that are spelt alike the first */
    ty_span source_at, target_at;
} ty_term_use;

typedef TY_VECTOR(ty_term_use) ty_term_uses;

/*
 * How the terms of a pair that was just checked are rendered: a use for each place in the target, with the
 * first place in the source. Terms whose concepts the source names in two ways are left out, as it is not
 * certain which rendering is whose; so are terms inside longer ones.
 */
ty_status ty_term_findings_uses(const ty_term_index *index, const ty_term_findings *findings,
                                ty_term_uses *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ extraction */

/*
 * Finds pairs of words that stand for each other in many aligned pairs. Terms of a spaced language are up to
 * five words without a function word at either end; of an unspaced one runs of kanji, katakana words, letters
 * and digits. Keeps all it is given in memory.
 */
typedef struct ty_term_miner ty_term_miner;

/* A pair of expressions that may be terms for each other. */
typedef struct ty_term_found {
    ty_slice source, target;             /* as first written; live as long as the miner */
    uint32_t count;                      /* pairs that have both */
    uint32_t source_count, target_count; /* pairs that have either */
    uint32_t numbers[2];                 /* of both expressions, for ty_term_miner_uses */
    double score;                        /* higher is more likely a term */
} ty_term_found;

typedef TY_VECTOR(ty_term_found) ty_terms_found;

ty_status ty_term_miner_new(ty_slice source_lang, ty_slice target_lang, ty_term_miner **out, ty_error *error);
void ty_term_miner_free(ty_term_miner *miner);
ty_status ty_term_miner_add(ty_term_miner *miner, ty_slice source, ty_slice target, ty_error *error);
/*
 * Expressions that are each other's best partner in at least `min_count` pairs, best first. Partners are
 * judged by the Dice coefficient, and taken where the log-likelihood ratio (Dunning 1993) is beyond chance at
 * 0.001.
 */
ty_status ty_term_miner_find(ty_term_miner *miner, uint32_t min_count, ty_terms_found *out, ty_error *error);
/* Tells which pairs (in the order they were added, from 0) have both sides of which of the expressions. */
ty_status ty_term_miner_uses(const ty_term_miner *miner, const ty_term_found *found, size_t count,
                             void (*each)(void *payload, size_t found, uint32_t pair), void *payload,
                             ty_error *error);

#endif
