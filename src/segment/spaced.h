/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment/spaced.h - what stands around a mark, in scripts with blanks between words: the mark itself, the
 * word in front of it, the word behind it. Read by around.c, judged by spaced.c and stopped_words.c.
 */
#ifndef TY_SEGMENT_SPACED_H
#define TY_SEGMENT_SPACED_H

#include "segment/internal.h"

#define TY_LOOK_BACK 64 /* bytes: no word that decides is longer */

/* The terminators and what closes behind them. */
typedef struct ty_mark {
    size_t at, end;
    unsigned stops; /* full stops among them; an ellipsis counts for three */
    bool question;  /* ? or ! among them */
    bool spaced;    /* . . . */
    bool quoted;    /* a quotation mark closes behind it */
    bool closed;    /* a bracket or quotation mark does */
} ty_mark;

/* The word in front of a mark. */
typedef struct ty_marked_word {
    size_t start, end;
    unsigned classes;
    bool digits;  /* digits with separators: 12, 1,000, 3.1 */
    bool letter;  /* a single letter */
    bool dotted;  /* one or two letters between full stops: U.S, Ph.D */
    bool plain;   /* an ordinary word: small letters with a vowel, perhaps one capital */
    bool capital; /* begins with a capital */
} ty_marked_word;

/* The first word behind the white space, opening marks before it skipped. */
typedef struct ty_follower {
    size_t start;
    ty_kind kind;  /* of its first character */
    bool opened;   /* an opening mark stands before it */
    bool dashed;   /* a dash does */
    bool attached; /* no white space behind the mark */
} ty_follower;

static inline bool ty_is_letter(ty_kind kind)
{
    return kind >= TY_KIND_UPPER && kind <= TY_KIND_CJK;
}

static inline bool ty_in_range(unsigned char byte, unsigned char first, unsigned char count)
{
    return (unsigned char)(byte - first) < count;
}

/* The mark at `at`, a terminator, with what belongs to it. */
ty_mark ty_mark_read(const ty_cut *cut, size_t at);
/* The word that ends at `end`; start == end where there is none. */
ty_marked_word ty_marked_word_read(const ty_cut *cut, size_t end);
/* The first word at or behind `at`. */
ty_follower ty_follower_read(const ty_cut *cut, size_t at);

/* Where the word that ends at `end` begins, and where the one that begins at `start` ends: letters and
 * digits, apostrophes and full stops inside. */
size_t ty_word_start(const ty_cut *cut, size_t end);
size_t ty_word_end(const ty_cut *cut, size_t start);

/* Most decisions need no more than the kind of the follower: the word itself is looked up when asked for. */
static inline size_t ty_follower_end(const ty_cut *cut, const ty_follower *f)
{
    return ty_word_end(cut, f->start);
}

static inline unsigned ty_follower_classes(const ty_cut *cut, const ty_follower *f)
{
    return ty_word_classes(cut->latin, cut->text + f->start, ty_follower_end(cut, f) - f->start);
}

/* Small letters of other scripts begin no sentence. */
static inline bool ty_is_latin(const ty_cut *cut, const ty_follower *f)
{
    return (unsigned char)cut->text[f->start] < 0xCD; /* U+0340 */
}

/* Does nothing but opening marks stand between the beginning of the sentence and `at`? */
bool ty_begins_sentence(const ty_cut *cut, size_t at);
/* Does the follower go on with a word in small letters: of the classes given, or any when there are none? */
bool ty_then_lower(const ty_cut *cut, const ty_follower *f, unsigned classes);
/* Does the sentence end at a single full stop behind the word, judged by the two words? (stopped_words.c) */
bool ty_stopped_word_ends(const ty_cut *cut, const ty_marked_word *w, const ty_follower *f);

#endif
