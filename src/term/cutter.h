/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cutter.h - how a text is cut into symbols: the state that symbols.c and cut_words.c share.
 */
#ifndef TY_TERM_CUTTER_H
#define TY_TERM_CUTTER_H

#include "term/internal.h"

typedef enum run_class { RUN_NONE, RUN_ALPHABETIC, RUN_KATAKANA } run_class;

typedef struct cutter {
    const term_reader *reader;
    ty_slice text;
    const ty_folded *map; /* NULL: the text is the original */
    term_symbols *out;
    run_class last; /* of the character just before, when it may be continued */
    uint32_t node;  /* state of the automaton */
    bool kept;      /* was the last symbol put down? */
    bool foldable;  /* met what has to be folded first: the cutting is to be done again */
    bool failed;
} cutter;

/*
 * Does NFKC change the character at `at`, not of ASCII, into something that the cutter does not know? It
 * knows kana, kanji, general punctuation but the ellipsis, and full-width marks that part words.
 */
bool ty_cutter_is_foldable(const cutter *cut, size_t at);

static inline uint32_t original_start(const cutter *cut, size_t at)
{
    return cut->map ? cut->map->starts.items[at] : (uint32_t)at;
}

static inline uint32_t original_end(const cutter *cut, size_t end)
{
    return cut->map ? cut->map->ends.items[end - 1] : (uint32_t)end;
}

/*
 * Puts a symbol down. Of those that lead to no term one after the other the first stands for all. `end` is
 * behind okurigana, `core_end` before it.
 */
static inline void push_long(cutter *cut, uint32_t id, size_t start, size_t core_end, size_t end,
                             uint32_t bits)
{
    if (cut->reader->automaton)
        id = term_automaton_step(cut->reader->automaton, cut->node, id);
    cut->kept = id != 0 || cut->node != 0 || cut->out->count == 0;
    cut->node = id;
    if (!cut->kept)
        return;
    if (cut->out->count == cut->out->capacity && !ty_vector_reserve(cut->out, 1))
        cut->failed = true;
    else
        cut->out->items[cut->out->count++] = (term_symbol){
            id, original_start(cut, start), original_end(cut, end), original_end(cut, core_end), bits};
}

static inline void push(cutter *cut, uint32_t id, size_t start, size_t end, uint32_t bits)
{
    push_long(cut, id, start, end, end, bits);
}

static inline void push_break(cutter *cut, size_t at)
{
    push(cut, 0, at, at + 1, 0);
    cut->last = RUN_NONE;
}

/* The number of a word that is reduced already, 0 for one that no term has. */
uint32_t ty_cutter_word_id(cutter *cut, ty_slice word);
/* The cell of a character that the alphabet does not know yet. */
uint32_t ty_cutter_make_cell(cutter *cut, uint32_t c);
/* A word or an acronym, and a number, that begin at `at`: where what follows them begins. */
size_t ty_cutter_take_word(cutter *cut, size_t at);
size_t ty_cutter_take_number(cutter *cut, size_t at);
/* Length of a letter beyond ASCII of an alphabetic script, 0 for anything else. */
size_t ty_cutter_wide_letter(const cutter *cut, size_t at);

/* The cell of a character, flags and all, which is made when adding. */
static inline uint32_t char_cell(cutter *cut, uint32_t c)
{
    uint32_t cell = term_alphabet_cell(cut->reader->alphabet, c);
    return cell || (c <= 0xFFFF && !cut->reader->add) ? cell : ty_cutter_make_cell(cut, c);
}

static inline uint32_t char_symbol(cutter *cut, uint32_t c)
{
    return char_cell(cut, c) & TERM_CELL_SYMBOL;
}

static inline bool is_ascii_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline char byte_at(const cutter *cut, size_t at)
{
    return at < cut->text.size ? cut->text.data[at] : '\0';
}

/* Length of a letter of an alphabetic script at `at`, 0 for anything else. */
static inline size_t letter_at(const cutter *cut, size_t at)
{
    char c = byte_at(cut, at);
    if ((unsigned char)c < 0x80)
        return is_ascii_letter(c) ? 1 : 0;
    return ty_cutter_wide_letter(cut, at);
}

#endif
