/* SPDX-License-Identifier: Apache-2.0 */
/*
 * align/internal.h - the stations of the aligner, in order: tokens of a side, links between the words of both
 * sides, the model that scores a bead, the band, dynamic programming, learning from the result.
 */
#ifndef TY_ALIGN_INTERNAL_H
#define TY_ALIGN_INTERNAL_H

#include "align/align.h"

#include <math.h>

/* ------------------------------------------------------------------------------------------ side */

/*
 * The first byte of a word's key says what it is; what follows is the key that a lexicon knows.
 * A plain word is a stem, a headword was found in a lexicon, a chunk is two Chinese characters that were not.
 */
enum {
    WORD_PLAIN = 'w',
    WORD_ACRONYM = 'a',
    WORD_DESIGNATION = 'd', /* letters and digits: F-35 */
    WORD_HEADWORD = 'h',
    WORD_KATAKANA = 'k',
    WORD_CHUNK = 'c',
    WORD_NUMBER = 'n',
    WORD_NOTE = 'o',  /* number of a date or time in brackets behind a title */
    WORD_NEAR = 'r',  /* the same of a date on the line behind a title; meets a note only */
    WORD_LINE = 'l',  /* a whole line that has no word at all: *** */
    WORD_MARKER = 'm' /* number of a list item or heading */
};

typedef enum ty_line_kind {
    LINE_SENTENCE,
    LINE_FRAGMENT,
    LINE_LABEL,
    LINE_HEADING,
    LINE_DATE,
    LINE_PAREN,
    LINE_PROVISO,  /* set phrases from here on (formulas.c): a translation only */
    LINE_ORIGINAL, /* which text is the original */
    LINE_EMBARGO,  /* when it may be printed */
    LINE_CONTACT,
    LINE_BYLINE,
    LINE_END,
    LINE_FURNITURE, /* of the page: print, tweet, English */
    LINE_KINDS
} ty_line_kind;

/* Where in a line a set phrase stands; a title is a line that is no sentence. */
typedef enum ty_line_place {
    AT_START,
    ANYWHERE,
    OF_TITLE, /* at the start of a title */
    IN_TITLE, /* anywhere in one */
    AT_END,   /* at the end of one */
    IN_NOTE,  /* anywhere, of a line in brackets or with the mark of a note */
    WHOLE     /* the line, without its marks */
} ty_line_place;

typedef struct ty_line_phrase {
    ty_line_kind kind;
    ty_line_place where;
    ty_slice text; /* small letters */
} ty_line_phrase;

/* Of data/formulas.txt and data/signs.txt; each ends with an empty text. */
extern const ty_line_phrase ty_line_phrases[];
extern const ty_slice ty_line_asks_ends[], ty_line_asks_starts[], ty_line_note_starts[];

/* What a sentence is for standing alone: its kind, a line with hardly a letter, or a piece of a sentence that
 * a semicolon or a comma has cut. */
enum { ALONE_MARKS = LINE_KINDS, ALONE_CLAUSE, ALONE_KINDS };

/* Signs a sentence may carry; each is compared with the other side's on its own. */
enum {
    SIGN_QUESTION = 1,
    SIGN_QUOTE = 2,
    SIGN_PAREN = 4,
    SIGN_COLON = 8, /* at the end */
    SIGN_COUNT = 4,
    SIGN_ASKING = 16,
    SIGN_SETS = 32
};

typedef struct ty_align_token {
    uint32_t word;       /* number of its key in the side's words */
    uint32_t start, end; /* bytes of the sentence */
} ty_align_token;

/* Where a word stands: sentence, and its bit there. */
typedef struct ty_posting {
    uint32_t sentence, bit;
} ty_posting;

/* A sentence counts at most so many different words; of more, the rarest. */
#define BITS_MAX 128
#define BIT_WORDS (BITS_MAX / 64)

/* How two words are known to be each other's translation. */
typedef enum ty_link_class {
    LINK_NUMBER,
    LINK_SMALL_NUMBER, /* up to twelve: often left out or spelt in another way */
    LINK_MARKER,
    LINK_SAME,
    LINK_SOUND,
    LINK_COGNATE,
    LINK_DICTIONARY,
    LINK_TAUGHT, /* by confirmed pairs: one of several translations a word has */
    LINK_LEARNT, /* in this document */
    LINK_CLASSES
} ty_link_class;

typedef struct ty_side {
    const ty_align_side *in;
    ty_lexicon_side which; /* for the lexicon */
    ty_slice other_lang;
    bool unspaced;
    ty_strings words;
    TY_VECTOR(ty_align_token) tokens;
    uint32_t *token_starts; /* count + 1 */
    float *lengths;         /* characters without blanks, at least 1 */
    double *length_sums;    /* count + 1 */
    uint8_t *kinds, *signs;
    bool *goes_on;  /* ends with a mark behind which its sentence goes on */
    uint8_t *alone; /* kinds of what may stand alone */
    uint8_t
        *inner; /* how many sentences a sentence holds: more than one where it came in a unit of several */
    TY_VECTOR(uint32_t) bits;     /* word of each bit */
    uint64_t (*again)[BIT_WORDS]; /* by sentence: bits of the words that it says more than once */
    uint8_t *known;           /* by word: the class of link that could have met it, LINK_CLASSES for none */
    uint32_t *bit_starts;     /* count + 1 */
    uint32_t *posting_starts; /* words + 1 */
    ty_posting *postings;     /* grouped by word, in order of sentences */
} ty_side;

ty_status ty_side_init(ty_side *side, const ty_align_side *in, ty_lexicon_side which, ty_slice other_lang,
                       const ty_lexicon *lexicon, ty_error *error);
void ty_side_release(ty_side *side);
/* Reads the words of all sentences (tokens.c); part of init. */
ty_status ty_side_scan(ty_side *side, const ty_lexicon *lexicon, ty_error *error);
static inline char ty_word_kind(const ty_side *side, uint32_t word)
{
    return side->words.list.items[word].data[0];
}
static inline ty_slice ty_word_key(const ty_side *side, uint32_t word)
{
    ty_slice key = side->words.list.items[word];
    return (ty_slice){key.data + 1, key.size - 1};
}
static inline bool ty_word_is_small_number(const ty_side *side, uint32_t word)
{
    ty_slice digits = ty_word_key(side, word);
    return digits.size == 1 || (digits.size == 2 && digits.data[0] == '1' && digits.data[1] <= '2');
}
static inline uint32_t ty_word_frequency(const ty_side *side, uint32_t word)
{
    return side->posting_starts[word + 1] - side->posting_starts[word];
}

/* The kind and the signs of a line, by its shape (lines.c); a marker's number goes to *marker, or -1. */
ty_line_kind ty_line_classify(ty_slice line, const ty_numbers *numbers, uint8_t *signs, double *marker);

/* Where the title ends in a line that has a date behind it and a blank between them, 大臣会見概要
 * 平成29年8月15日; the line's size where there is none. */
size_t ty_line_title_before_date(ty_slice line, const ty_numbers *numbers);

/* Does it end with a semicolon or a comma, so that the sentence goes on behind it? */
bool ty_line_goes_on(ty_slice line);

/* The signs of a line (signs.c); SIGN_ASKING: asks without the sign of a question. */
uint8_t ty_line_signs(ty_slice line);

/* Is a line set wide, 以　上? Takes the blanks out of one, folded (spread.c). */
bool ty_line_is_spread(ty_slice line);
void ty_line_close_up(ty_folded *folded);

/* The kind of a line that is a set phrase, else the one its shape says (formulas.c). */
ty_line_kind ty_line_formula(ty_slice line, ty_line_kind shape);

/* ------------------------------------------------------------------------------------------ links */

typedef struct ty_word_link {
    uint32_t source, target; /* words */
    uint8_t class;
    bool weak;
    uint16_t part; /* of the lexicon */
} ty_word_link;

/* Links in order of the source word; by_target is the same, the other way round. */
typedef struct ty_word_links {
    TY_VECTOR(ty_word_link) list, found; /* found: without what was learnt */
    uint32_t *starts;                    /* words of the source + 1 */
    uint32_t *by_target, *target_starts;
} ty_word_links;

ty_status ty_links_find(ty_word_links *links, const ty_side *source, const ty_side *target,
                        const ty_lexicon *lexicon, ty_error *error);
/* Sorts and indexes what was added to the list, dropping doubles. */
ty_status ty_links_index(ty_word_links *links, const ty_side *source, const ty_side *target, ty_error *error);
void ty_links_release(ty_word_links *links);

bool ty_links_push(ty_word_links *links, uint32_t source, uint32_t target, ty_link_class class, bool weak,
                   uint16_t part);
/* Adds words of two scripts that sound alike (link_sounds.c). */
ty_status ty_links_by_sound(ty_word_links *links, const ty_side *source, const ty_side *target,
                            ty_error *error);

/* Adds Korean words and pairs of Chinese characters that are read so (link_readings.c). */
ty_status ty_links_by_reading(ty_word_links *links, const ty_side *source, const ty_side *target,
                              ty_error *error);

/* Compounds (compounds.c): does a language write them in one, and the headwords that one is made of. */
bool ty_compounds_are_written_in_one(ty_slice lang);
bool ty_compound_split(const ty_side *side, uint32_t word, const ty_lexicon *lexicon, ty_arena *arena,
                       ty_slice parts[2]);

/* What a word sounds like: its consonants by class (sound.c). */
#define TY_SOUND_MAX 24 /* classes */
typedef struct ty_sound {
    char classes[TY_SOUND_MAX]; /* 0 behind the last */
    uint8_t count, beats;       /* beats: kana that bear a vowel, or groups of vowel letters */
    uint8_t mask, first;        /* which strong classes there are; the first of them, counted from 1 */
} ty_sound;

ty_sound ty_sound_of_katakana(ty_slice text);
ty_sound ty_sound_of_letters(ty_slice text);
/* Words fall into groups by their strong classes; only words of groups that are alike can be. */
#define TY_SOUND_GROUPS (7 << 6)
static inline int ty_sound_group(const ty_sound *sound)
{
    return sound->first << 6 | sound->mask;
}
bool ty_sound_groups_alike(int a, int b);
/* One katakana word on its way along words of letters. These come in order of their classes, so that what a
 * word has in common with the one before is not worked out again. */
typedef struct ty_sound_walk {
    ty_sound katakana;
    uint8_t change[26][26];                       /* what it costs to take one class, from A, for another */
    int rows[TY_SOUND_MAX + 1][TY_SOUND_MAX + 1]; /* distances, by classes of the letters, of the katakana */
    int least[TY_SOUND_MAX + 1];                  /* of a row */
    int depth;                                    /* rows that hold for the last word compared */
} ty_sound_walk;

void ty_sound_walk_init(ty_sound_walk *walk);
void ty_sound_walk_begin(ty_sound_walk *walk, const ty_sound *katakana);
/* 0: not alike, 1: roughly, 2: alike; of words whose groups are. `common`: the classes at the beginning that
 * the word has in common with the one before. */
int ty_sound_compare(ty_sound_walk *walk, const ty_sound *letters, int common);

/* ------------------------------------------------------------------------------------------ model */

#define BEAD_MAX 6

typedef struct ty_bead_shape {
    uint8_t source, target;
} ty_bead_shape;

#define INNER_MAX 8 /* sentences that one may hold; more count as so many */

#define SHAPE_COUNT 19
extern const ty_bead_shape ty_bead_shapes[SHAPE_COUNT]; /* the first two are 1-0 and 0-1 */

/* What a word tells when it is met, met weakly, or absent among n sentences of the other side. */
typedef struct ty_word_gain {
    /* By n - 1, and one more to go between two: strong and weak above absent. */
    float strong[BEAD_MAX + 1], weak[BEAD_MAX + 1], absent[BEAD_MAX];
} ty_word_gain;

/* How often a word with a link of a class meets it in true beads. */
typedef struct ty_class_rate {
    float strong, weak;
} ty_class_rate;

/* Among how many sentences of average size a word is looked for, between 1 and BEAD_MAX: `whole` + 1 +
 * `part`. Sentences that are joined count by their size beside the longest. */
typedef struct ty_align_among {
    uint8_t whole;
    float part;
} ty_align_among;

/* A run of sentences of one side, words aside: what a bead that has them is scored by (features.c). */
typedef struct ty_align_run {
    float log_length, inverse_length; /* of its characters + 2 */
    float joined;                     /* what it costs that lines of their kinds are joined, and paragraphs */
    ty_align_among among;
    uint8_t kind, signs, inner;
    uint8_t open;                       /* borders inside where a sentence goes on */
    bool is_sentence, begins_paragraph; /* its first line */
} ty_align_run;

/* A way to cut a stretch of both sides, to be weighed beside the best one: beads that follow one another. */
typedef struct ty_align_cut {
    ty_bead beads[3];
    uint32_t count;
    float probability; /* that all of them are right; 0 where the band does not hold them */
} ty_align_cut;

typedef TY_VECTOR(ty_align_cut) ty_cuts;

typedef struct ty_model {
    ty_side *sides[2];
    ty_cuts *cuts; /* what to weigh besides; NULL: nothing */
    ty_word_links *links;
    ty_word_gain *gains[2]; /* by word */
    float *testable[2];     /* by sentence: 1 where at least four of its words could meet something */
    uint8_t *classes[2];    /* by word: of its links, LINK_CLASSES for none */
    float *absent[2];       /* by sentence * BEAD_MAX + n - 1: the sum over its words */
    float *nothing[2];      /* by sentence * SHAPE_COUNT + shape: that over a bead's, of one side */
    float *bounds[2];       /* the same, with what their lines say at most */
    ty_class_rate rates[LINK_CLASSES];
    double ratio, variance;           /* of the log length ratio target / source in true beads */
    double log_variance[2];           /* of log lengths, by side */
    float chance[BEAD_MAX][BEAD_MAX]; /* variance of the log ratio of two texts of so many sentences */
    float logs_of_ratio[BEAD_MAX][BEAD_MAX];
    ty_align_run *runs[2]; /* by sentence * BEAD_MAX + how many - 1; empty where they go beyond the end */
    float kind_odds[LINE_KINDS][LINE_KINDS];
    float sign_odds[BEAD_MAX][BEAD_MAX][SIGN_SETS][SIGN_SETS];
    float inner_rates[2]; /* beads of one with one, and others, that hold as many sentences on both sides */
    float inner_share[2][INNER_MAX];         /* of units that hold so many, by side */
    float inner_odds[BEAD_MAX][BEAD_MAX][2]; /* of not as many, of as many */
    float paragraph_odds[2][2];              /* where either side begins one, or does not */
    float kind_most[LINE_KINDS], sign_most[BEAD_MAX][BEAD_MAX][SIGN_SETS]; /* by those of the source */
    float prior[SHAPE_COUNT];
    bool mute; /* words say nothing */
    float no_gap, gap_open, gap_more,
        gap_end; /* log: after a bead comes a bead, a gap begins, goes on, ends */
    /* Log odds that a line is alone, above a sentence: as the first of a gap, behind another of its side; and
     * that sentences of both sides are alone beside each other, or lines. */
    float alone_first[ALONE_KINDS], alone_next[ALONE_KINDS], turn, turn_line;
} ty_model;

ty_status ty_model_init(ty_model *model, ty_side *source, ty_side *target, ty_word_links *links,
                        ty_error *error);
/* Works out the gains anew, after links or rates have changed. */
ty_status ty_model_update(ty_model *model, ty_error *error);
/* Fits length, rates and priors to an alignment. */
ty_status ty_model_fit(ty_model *model, const ty_bead *beads, size_t count, ty_error *error);
void ty_model_release(ty_model *model);

void ty_model_set_gaps(ty_model *model, float share, float goes_on);

/* How many sentences the two sides of a bead hold (inner.c): by how often the units of either side hold
 * several. */
void ty_inner_measure(ty_model *model);
void ty_inner_weigh(ty_model *model);
void ty_inner_fit(ty_model *model, const ty_bead *beads, size_t count);

/* What does not depend on words (features.c): worked out once, then asked for each bead. */
ty_status ty_features_weigh(ty_model *model, ty_error *error);
float ty_features_score(const ty_model *model, uint32_t i, uint32_t a, uint32_t j, uint32_t b, float least);
/* A bound by the sentences of one side alone; those of both sides together are no less than the score. */
float ty_features_bound(const ty_model *model, int which, uint32_t sentence, int shape);

/* The share of one in n becomes the share of any among n. */
static inline float ty_among(float share, unsigned n)
{
    return 1.0f - powf(1.0f - share, (float)n);
}

static inline float ty_clip(float value, float low, float high)
{
    return value < low ? low : value > high ? high : value;
}

/* The words of one sentence pair that meet, as bits of either sentence; none is in both. */
typedef struct ty_meeting {
    uint64_t strong[2][BIT_WORDS], weak[2][BIT_WORDS];
    float worth[2];            /* what the words of either side gain by it in a bead of the two */
    float voices[2][BEAD_MAX]; /* what the sentence of a side says in beads with this other one and so many -
                                  1 behind it; kept where its bit is set in `spoken` */
    uint16_t spoken;
} ty_meeting;

/* A source sentence against a stretch of the target. */
typedef struct ty_meeting_row {
    uint32_t begin, end, capacity;
    ty_meeting *cells;
    float (*sums)[BEAD_MAX]; /* by target sentence and one more: what all meetings before it are worth, of
                                this row, of this and the one before, ... */
} ty_meeting_row;

/* The posting of a target word that rows to come begin with, and its sentence. */
typedef struct ty_next_posting {
    uint32_t posting, sentence;
} ty_next_posting;

/* The last source sentences met. */
typedef struct ty_meetings {
    const ty_model *model;
    uint32_t last;                 /* source sentence */
    ty_meeting_row rows[BEAD_MAX]; /* the last sentence first */
    ty_next_posting *next;         /* by target word */
} ty_meetings;

bool ty_meetings_init(ty_meetings *meetings, const ty_model *model);
/* Source sentence i meets target sentences [begin, end); neither i nor begin may fall from call to call. */
bool ty_meetings_add(ty_meetings *meetings, uint32_t i, uint32_t begin, uint32_t end);
void ty_meetings_release(ty_meetings *meetings);

/* A bead of both sides that ends with the last source sentence met and begins with target sentence j; all its
 * sentences have met. What it is worth at most: each word is met as well as in a bead of two, and none twice.
 */
static inline float ty_model_bound(const ty_meetings *meetings, uint32_t j, int shape)
{
    const ty_model *model = meetings->model;
    uint32_t a = ty_bead_shapes[shape].source, b = ty_bead_shapes[shape].target, i = meetings->last + 1 - a;
    float(*sums)[BEAD_MAX] = &meetings->rows[0].sums[j - meetings->rows[0].begin];
    return model->bounds[0][i * SHAPE_COUNT + (uint32_t)shape] +
           model->bounds[1][j * SHAPE_COUNT + (uint32_t)shape] + sums[b][a - 1] - sums[0][a - 1];
}

/* Its log odds without its prior; anything below `least` for what is below it. */
float ty_model_score(ty_meetings *meetings, uint32_t j, int shape, float least);

/* ------------------------------------------------------------------------------------------ band */

/* Which cells are looked at: in row i (0 .. rows) columns begin[i] .. end[i], both included. */
typedef struct ty_band {
    uint32_t source, target, rows, columns; /* first sentence and how many */
    uint32_t *begin, *end;
} ty_band;

/* A wide band for a first look, through sentence pairs that share rare words. */
ty_status ty_band_coarse(ty_band *band, const ty_model *model, uint32_t source, uint32_t rows,
                         uint32_t target, uint32_t columns, ty_error *error);
/* A narrow one around beads found before, which fill the stretch (a bead that is no bead, only a place). */
ty_status ty_band_around(ty_band *out, const ty_bead *stretch, const ty_bead *beads, size_t count,
                         ty_error *error);
size_t ty_band_size(const ty_band *band);
void ty_band_release(ty_band *band);

/* ------------------------------------------------------------------------------------------ search */

/* Adds the best beads of the band to `out`, with their posterior probability; *odds grows by the log odds of
 * the best path against leaving every sentence alone. */
ty_status ty_search_band(const ty_model *model, const ty_band *band, ty_beads *out, double *odds,
                         ty_error *error);

/* ty_align that weighs cuts besides (align.c). */
ty_status ty_align_cuts(const ty_align_side *source, const ty_align_side *target,
                        const ty_align_options *options, ty_cuts *cuts, ty_alignment *out, ty_error *error);

/* Adds links between words that go together in the beads, instead of those learnt before. */
ty_status ty_learn_links(ty_word_links *links, const ty_side *source, const ty_side *target,
                         const ty_bead *beads, size_t count, ty_error *error);

/* How sure sentences without partner are, for those who read it (alone.c); anchors aside. False: no memory.
 */
bool ty_alone_weigh(const ty_model *model, ty_beads *beads);

/* How sure a bead is for those who read it, by its sentences; `untied`: two lines that no word ties. */
float ty_align_doubted(const ty_bead *bead, bool untied);

#endif
