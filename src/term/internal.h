/* SPDX-License-Identifier: Apache-2.0 */
/*
 * internal - the index and what its files share.
 *
 * Text becomes symbols: a word in an alphabetic script or a number is one symbol, any other character is one.
 * Words are reduced to a stem and an American spelling, kanji to their present forms, okurigana and final
 * long vowel marks left out, so that all spellings of a term are the same symbols. An automaton over symbols
 * finds candidates; what was lost in reducing is kept as bits of each symbol, and decides whether a candidate
 * is one.
 */
#ifndef TY_TERM_INTERNAL_H
#define TY_TERM_INTERNAL_H

#include "term/term.h"

/* What a symbol was before it was reduced. */
enum {
    TERM_PLURAL = 1,      /* word: -s */
    TERM_PAST = 2,        /* word: -ed or irregular */
    TERM_ING = 4,         /* word: -ing */
    TERM_CAPITALS = 8,    /* word: letters all capitals, two or more, or an acronym with full stops */
    TERM_WORD = 16,       /* letters of an alphabetic script */
    TERM_NUMBER = 32,     /* digits */
    TERM_KATAKANA = 64,   /* a katakana character */
    TERM_LONG = 128,      /* a long vowel mark follows */
    TERM_LONG_FREE = 256, /* term: the mark may come or go here */
    TERM_OKURIGANA = 512, /* okurigana left out behind it */
    TERM_JOINED = 1024    /* continues the word, number or katakana before it */
};

typedef struct term_symbol {
    uint32_t id;                   /* 0: in no term; in a scan the automaton's state behind it */
    uint32_t start, end, core_end; /* bytes; core_end without okurigana */
    uint32_t bits;
} term_symbol;

typedef TY_VECTOR(term_symbol) term_symbols;

/* ------------------------------------------------------------------------------------------ data */

typedef struct term_okurigana {
    uint16_t kanji;
    const char *endings; /* parted by blanks, longer ones first */
} term_okurigana;
typedef struct term_spelling {
    const char *british, *american;
} term_spelling;
typedef struct term_irregular {
    const char *form, *base;
    uint32_t bits;
} term_irregular;

extern const term_okurigana ty_term_okurigana_table[];
extern const size_t ty_term_okurigana_count;
extern const term_spelling ty_term_spellings[];
extern const size_t ty_term_spelling_count;
extern const term_irregular ty_term_irregulars[];
extern const size_t ty_term_irregular_count;
extern const char *const ty_term_prefixes[];
extern const size_t ty_term_prefix_count;
/* A kanji that stands before or behind words, behind numerals, or behind what is done, last of all: 訪日中.
 */
enum { TERM_AFFIX_PREFIX = 1, TERM_AFFIX_SUFFIX = 2, TERM_AFFIX_COUNTER = 4, TERM_AFFIX_FINAL = 8 };
typedef struct term_affix {
    uint16_t kanji, kinds;
} term_affix;
/* Words in which a term means something else. */
typedef struct term_set_phrase {
    const char *lang, *text;
} term_set_phrase;

/* An everyday word that is a term too, and the company in which it is none, all in small letters; the company
 * ends in an empty slice. */
typedef struct term_homograph {
    ty_slice word;
    const ty_slice *company;
} term_homograph;
/* A word with two meanings, a term of the concept that is meant in this company; ends in NULL. */
typedef struct term_sense {
    const char *word, *term;
    const char *const *company;
} term_sense;
extern const term_sense ty_term_senses[];
extern const size_t ty_term_sense_count;
extern const term_homograph ty_term_homographs[]; /* in the order of the words */
extern const size_t ty_term_homograph_count;

/* Words of two to four kanji, 16 bits a kanji, in a table that term_word_hash opens; 0 is free. */
extern const uint64_t ty_term_kanji_words[];
extern const size_t ty_term_kanji_word_mask; /* its size is a power of two */
extern const term_affix ty_term_affixes[];   /* in the order of the kanji */
extern const size_t ty_term_affix_count;
extern const term_set_phrase ty_term_set_phrases[];
extern const size_t ty_term_set_phrase_count;

/* A word that says something of a number, or says a number without being one (data/numbers.txt). */
typedef enum term_number_word_kind {
    TERM_NUMBER_SAID,
    TERM_NUMBER_MONTH,
    TERM_NUMBER_DAY,
    TERM_NUMBER_YEAR,
    TERM_NUMBER_VAGUE,
    TERM_NUMBER_CUSTOMARY,
    TERM_NUMBER_METRIC,
    TERM_NUMBER_ERA
} term_number_word_kind;
typedef struct term_number_word {
    term_number_word_kind kind;
    double value; /* that it says; of the other kinds 0 */
    ty_slice words;
} term_number_word;
extern const term_number_word ty_term_number_words[];
extern const size_t ty_term_number_word_count;
/* Does the text say the value without a number? */
bool ty_term_says_number(ty_slice text, double value);
/* Has it a word of that kind, anywhere, or one that ends at `at`, or begins there? */
bool ty_term_has_number_word(ty_slice text, term_number_word_kind kind);
bool ty_term_number_word_before(ty_slice text, size_t at, term_number_word_kind kind);
bool ty_term_number_word_behind(ty_slice text, size_t at, term_number_word_kind kind);

extern const char ty_term_particles[]; /* kana, one after the other */
extern const char *const ty_term_stopwords[];
extern const size_t ty_term_stopword_count;
extern const uint32_t ty_term_data_digest; /* of all of them: a kept index is for these only */

/* An organisation, and words that name one or its country; countries and services are numbers, 0 for none. */
typedef struct term_body {
    const char *name;
    uint8_t country, service;
} term_body;
typedef struct term_cue {
    const char *lang;
    ty_slice words; /* two bytes at least */
    uint8_t country, service;
    uint16_t row; /* its place in the data */
} term_cue;
/* How the end of a term may be shortened, with blanks between the ways; "-" for one that may be left out. */
typedef struct term_short_form {
    const char *ending, *shorts;
} term_short_form;
extern const term_body ty_term_bodies[];
extern const size_t ty_term_body_count;
extern const term_cue ty_term_cues[]; /* in the order of their bytes */
extern const size_t ty_term_cue_count;
extern const uint64_t ty_term_cue_marks[64]; /* a bit for the first two bytes of each: context.c */
extern const ty_slice
    ty_term_hiding_names[]; /* that hold a cue and are of no country; ends in an empty one */
/* Words that say what a name beside them is of, ending in an empty one; see data/names.txt. Lists stand in
 * the order of kind and language, their words in that of their letters in small ones. */
typedef struct term_name_list {
    const char *lang, *kind;
    const ty_slice *words;
    size_t count;
    uint64_t ends[4]; /* a bit for the low four bits of the last two bytes of each word */
} term_name_list;
extern const term_name_list ty_term_name_lists[];
extern const uint8_t
    ty_term_name_list_firsts[27]; /* where the kinds of a letter begin, a to z, and the end */
extern const term_short_form ty_term_short_forms[];
extern const size_t ty_term_short_form_count;

/* The okurigana that may be left out at `at`, behind the kanji: its size in bytes, or 0. */
size_t ty_term_okurigana_size(uint32_t kanji, ty_slice text, size_t at);
/* Does the kanji have any? */
bool ty_term_has_okurigana(uint32_t kanji);
/* What the last kana of a verb's dictionary form may become, one row after the other; NULL for no verb's. */
const char *ty_term_verb_forms(ty_slice last_kana);
/* The value of a run of kanji numerals from `at`, as decimal digits; returns the run's end, `at` for none. */
size_t ty_term_kanji_number(ty_slice text, size_t at, bool ordinal, char digits[24]);

enum { TERM_WORD_MAX = 63 };
/*
 * Reduces a word in lower case to the stem that its inflected forms and spellings share, in place; tells what
 * was taken off.
 */
uint32_t ty_term_stem(char *word, size_t *size, bool capitals);

/* ------------------------------------------------------------------------------------------ alphabet */

/* The words of an alphabet as they lie in an image; `mask` + 1 slots. */
typedef struct term_words {
    const uint32_t *offsets, *slots; /* a word's beginning in bytes; number + 1, 0 is free */
    const char *bytes;
    size_t size;
    uint32_t count, mask;
} term_words;

/* The symbols that occur in terms, numbered from 1. */
typedef struct term_alphabet {
    ty_strings words;             /* number of a symbol - 1; a character is its UTF-8 behind a \x01 */
    uint32_t pages[0x10000 >> 8]; /* of the BMP: 1-based page in cells, 0 for none */
    TY_VECTOR(uint32_t) cells;    /* 256 symbols a page, with the flags below */
    term_words kept;              /* of an index that was loaded, in the place of words */
    ty_blocks *trust;             /* of kept; see trust.c */
} term_alphabet;

#define TERM_CELL_OKURIGANA 0x80000000u
#define TERM_CELL_BEGINS 0x40000000u /* a term begins with it */
#define TERM_CELL_SYMBOL 0x3FFFFFFFu

/* The number of a word, or TY_STRINGS_NONE. */
uint32_t ty_term_alphabet_find(const term_alphabet *alphabet, ty_slice word);
bool ty_term_alphabet_set(term_alphabet *alphabet, uint32_t c, uint32_t cell);
static inline uint32_t term_alphabet_cell(const term_alphabet *alphabet, uint32_t c)
{
    if (c > 0xFFFF || !alphabet->pages[c >> 8])
        return 0;
    return alphabet->cells.items[(size_t)(alphabet->pages[c >> 8] - 1) * 256 + (c & 255)];
}

/* Words seen lately, by their bytes as written. */
typedef struct term_cached {
    uint64_t hash;
    uint32_t id, bits;
} term_cached;
enum { TERM_CACHE = 16384 };

struct term_automaton;

/*
 * Cuts text into symbols. With `add`, new ones are given numbers, else they have 0. With an automaton, it
 * runs along, and where several symbols in a row leave it at its root, the first stands for all. `cache` may
 * be NULL.
 */
typedef struct term_reader {
    term_alphabet *add;
    const term_alphabet *alphabet;
    const struct term_automaton *automaton;
    term_cached *cache;
    ty_folded *folded; /* scratch */
    ty_buffer *word;   /* scratch */
} term_reader;

ty_status ty_term_read(const term_reader *reader, ty_slice text, term_symbols *out, ty_error *error);

/* ------------------------------------------------------------------------------------------ automaton */

/* A state of the automaton: the symbols read so far are the longest beginning of a key that ends here. */
typedef struct term_node {
    uint32_t fail;     /* where to go on when no transition fits */
    uint32_t output;   /* first key that ends here, 1-based */
    uint32_t shorter;  /* nearest node down the fail links that has output, 0 for none */
    uint32_t children; /* a bit for each symbol that goes on, modulo 32: most look-ups end here */
} term_node;

/* Aho-Corasick over symbols; node 0 is the root. Transitions live in one open-addressed table. */
typedef struct term_automaton {
    TY_VECTOR(term_node) nodes;
    uint64_t *slots; /* node << 32 | symbol; 0 is free, as symbol 0 never is in a key */
    uint32_t *targets;
    size_t slot_count;
    uint32_t *root; /* transitions of the root by symbol */
    size_t symbol_count;
    ty_blocks *trust; /* of nodes, slots and targets; NULL: all is good */
} term_automaton;

/* A spelling of an entry: `count` symbols from `first` on in the index. */
typedef struct term_key {
    uint32_t entry, first, count;
    uint32_t next; /* key with the same symbols, 1-based */
} term_key;

typedef TY_VECTOR(term_key) term_keys;

bool ty_term_automaton_build(term_automaton *automaton, term_keys *keys, const uint32_t *symbols,
                             size_t symbol_count);
void ty_term_automaton_release(term_automaton *automaton);

static inline uint64_t term_slot_hash(uint64_t slot)
{
    slot *= UINT64_C(0x9E3779B97F4A7C15);
    return slot ^ slot >> 32;
}

static inline uint32_t term_automaton_next(const term_automaton *automaton, uint32_t node, uint32_t symbol)
{
    if (node == 0)
        return automaton->root[symbol];
    if (!(automaton->nodes.items[node].children >> (symbol & 31) & 1))
        return 0;
    uint64_t wanted = (uint64_t)node << 32 | symbol;
    size_t mask = automaton->slot_count - 1;
    for (size_t at = term_slot_hash(wanted) & mask; automaton->slots[at]; at = (at + 1) & mask)
        if (automaton->slots[at] == wanted)
            return automaton->targets[at];
    return 0;
}

/* A step in a mapped index, whose blocks are checked on the way. The node that it leads to is good. */
uint32_t ty_term_step_with_care(const term_automaton *automaton, uint32_t node, uint32_t symbol);
bool ty_term_trusts_node(const term_automaton *automaton, uint32_t node);

static inline uint32_t term_automaton_step(const term_automaton *automaton, uint32_t node, uint32_t symbol)
{
    if (symbol == 0)
        return 0;
    if (automaton->trust)
        return ty_term_step_with_care(automaton, node, symbol);
    for (;;) {
        uint32_t next = term_automaton_next(automaton, node, symbol);
        if (next || node == 0)
            return next;
        node = automaton->nodes.items[node].fail;
    }
}

/* ------------------------------------------------------------------------------------------ index */

enum {
    TERM_SINGLE_NOUN = 1, /* one word that is no verb: neither -ed nor -ing is a form of it */
    TERM_SURU = 2,        /* Japanese, listed with する */
    TERM_KANA_VERB = 4,   /* a Japanese verb in its dictionary form: its last kana changes */
    TERM_LEADS = 8,       /* begins with a function word: "the two ministers" */
    TERM_JAPANESE = 16,
    TERM_SET_PHRASE = 32, /* no term: a phrase that hides the terms inside it */
    TERM_HOMOGRAPH = 64,  /* a word that is a common one too: meant.c has a look */
    TERM_LOOSE = 128,     /* a translation may say it freely */
    TERM_RANK = 256,      /* a rank, which may be left out but not changed */
    TERM_SURNAME = 512,   /* begins with a surname */
    TERM_PROPER = 1024,   /* a name of one word with a capital: Guardian is no guardian */
    TERM_NUMBERED = 2048, /* a kind of body whose single ones have numbers: infantry division */
    TERM_TITLE = 4096,    /* what a person is: a name stands beside it */
    TERM_OWNED = 8192     /* a term of its concept is an organisation's */
};

typedef struct term_record {
    int64_t id, concept;
    uint32_t text, text_size; /* in texts */
    uint32_t lang;            /* number in langs */
    uint16_t status, flags;
    uint32_t pos, pos_size;   /* in texts */
    uint32_t body, body_size; /* in texts: whose it is, "USA, USMC" */
} term_record;

struct ty_term_index {
    TY_VECTOR(term_record) entries;
    ty_buffer texts;
    ty_strings langs; /* as written */
    term_alphabet alphabet;
    TY_VECTOR(uint32_t) symbols; /* of all keys */
    TY_VECTOR(uint16_t) bits;    /* beside them */
    term_keys keys;
    TY_VECTOR(uint32_t) by_concept; /* entries in order of their concept */
    term_automaton automaton;
    /* Of an index that was loaded: the arrays lie in the image; only langs are its own. */
    const struct term_image *image;
    ty_buffer bytes;     /* that it lies in, */
    const char *mapping; /* or what is mapped of a file */
    size_t mapping_size;
    ty_blocks *trust; /* what of a mapped one is known to be good; NULL: all (trust.c) */
    bool built;
    uint64_t serial;  /* digest of what was added, so that caches know whose they are */
    ty_folded folded; /* scratch of building */
    ty_buffer word;
    term_symbols read;
};

typedef struct term_candidate {
    uint32_t begin;      /* symbol; behind a function word at the start */
    uint32_t start, end; /* symbols; end is exclusive */
    uint32_t text_end;   /* byte */
    uint32_t entry;
    bool cut, dropped; /* it cuts a word; it is no hit */
} term_candidate;

struct ty_term_scratch {
    term_symbols symbols;
    TY_VECTOR(term_candidate) candidates;
    TY_VECTOR(bool) langs; /* wanted, by number */
    char lang[16];         /* the primary subtag they are wanted for */
    bool is_foreign;       /* that language is written in another script than English */
    ty_folded folded;
    ty_buffer word;
    term_cached cache[TERM_CACHE];
    uint64_t cache_of;          /* which index the cache belongs to */
    struct term_kanji_run *run; /* the last run of kanji that was cut; NULL before the first */
};

/*
 * Is the candidate the term, by what its symbols were and what stands around them? Gives the end of the hit
 * in the text, with okurigana or an inflected する where they belong to it.
 */
bool ty_term_matches(const ty_term_index *index, const term_key *key, const term_symbols *symbols,
                     size_t start, ty_slice text, uint32_t *text_end);

/* Reads a spelling of the entry and adds it. */
ty_status ty_term_index_add_spelling(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error);
/* Adds the other spellings that a term may have by itself (spellings.c). */
ty_status ty_term_add_spellings(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error);
/* Builds a form of a term as others write it, or leaves the buffer empty; the last is NULL (written_forms.c).
 */
extern void (*const ty_term_forms[])(ty_slice text, ty_buffer *out);
/* Adds closed compounds as two words where both are words of the index; once all terms are in. */
ty_status ty_term_add_split_spellings(ty_term_index *index, ty_error *error);
/* Is all but the bytes [start, end) of a text that was looked up of no weight: quotes, an article, a gloss?
 */
bool ty_term_is_whole(ty_slice text, size_t start, size_t end);

/* What around a place of the text says whose something is: the nearest country and service, 0 for none. */
typedef struct term_context {
    uint8_t country, service;
    bool foreign; /* no country is named, but the name behind is not Japanese */
    size_t country_distance, service_distance;
    const term_cue *country_cue, *service_cue; /* that said so; NULL for none */
} term_context;
term_context ty_term_context_at(ty_slice text, ty_slice lang, size_t start, size_t end);
/* A foreigner's name right behind a rank: what speaks of Japan farther off does not speak of him. */
void ty_term_context_meets_foreigner(term_context *context);
/* How well organisations, parted by commas, fit there: below 0 they do not, 0 nobody knows, else the better.
 */
int ty_term_context_fit(const term_context *context, ty_slice organisations);
/* Is it a word for a country, or of one? */
bool ty_term_is_country(ty_slice word);
/* Does the text name the country of one of the organisations anywhere? */
bool ty_term_names_country(ty_slice text, ty_slice organisations);
/* The best fit of the organisations that the concept's acceptable terms have. */
int ty_term_concept_fit(const ty_term_index *index, const term_context *context, int64_t concept);

/* Spots take what makes a name of them: 40th Infantry Division, Rear Adm. Dan Martin (names.h). */
void ty_term_take_names(const ty_term_index *index, ty_slice text, ty_term_scan *out);
/* A head takes the words that make a name of it: 天然資源 | 委員会 (compounds.h). */
void ty_term_take_compounds(const ty_term_index *index, ty_slice text, ty_term_scan *out);
/* Adds the abbreviations that the text brings along with a hit (introduced.c). False: no memory. */
bool ty_term_take_introduced(const ty_term_index *index, ty_slice text, ty_term_scan *out);

/* Does the text say the concept in any way: a term of it inside other words, a verb as a noun, a short form?
 */
bool ty_term_is_rendered(const ty_term_index *index, int64_t concept, ty_slice text);

/* Does the text point to what it named before, in the place of a name (同社), where its source does not? */
bool ty_term_points_back(ty_slice text, ty_slice source);

/* Is it a word of data/homographs.txt? And does what stands near [start, end) say that it is no term there?
 */
bool ty_term_has_company(ty_slice word);
bool ty_term_is_everyday_here(ty_slice text, size_t start, size_t end);

/* Does meant.c know the text as a common word too? */
bool ty_term_is_homograph(ty_slice text);
/* Drops candidates that would cut a word of Japanese in two (cuts.c); false when there is no memory left. */
bool ty_term_drop_cut_words(const ty_term_index *index, ty_slice text, struct ty_term_scratch *scratch);
/* Drops set phrases, and candidates that mean something else where they stand (meant.c). */
void ty_term_drop_unmeant(const ty_term_index *index, ty_slice text, struct ty_term_scratch *scratch);

/* May a translation use it: neither forbidden nor non-standard? */
static inline bool term_is_acceptable(const term_record *record)
{
    return record->status != TY_TERM_FORBIDDEN && record->status != TY_TERM_NON_STANDARD;
}

/* May a look-up use them? The key with that number (from 1) and its entry; an entry with its texts; the entry
 * at a position of by_concept. */
bool ty_term_trusts_key(const ty_term_index *index, uint32_t number);
bool ty_term_trusts_entry(const ty_term_index *index, uint32_t entry);
bool ty_term_trusts_position(const ty_term_index *index, size_t position);
/* The status, or TY_ERR_FORMAT where damage was met. */
ty_status ty_term_index_verdict(const ty_term_index *index, ty_status status, ty_error *error);

/* The entries of a concept: positions [*first, *last) of by_concept. */
void ty_term_concept_entries(const ty_term_index *index, int64_t concept, size_t *first, size_t *last);
/* Orders by_concept and sets TERM_OWNED; false when there is no memory left. */
bool ty_term_order_concepts(ty_term_index *index);

/* ------------------------------------------------------------------------------------------ extraction */

/*
 * The next number of `text`, from ours->items[*at] on, that a translation has to have and the other side has
 * not; NULL for none. What is in a term is the term's affair; `theirs` are the numbers of `other`.
 */
const ty_number *ty_term_odd_number(ty_slice text, ty_slice other, const ty_numbers *ours,
                                    const ty_numbers *theirs, const ty_term_scan *terms, size_t *at);

/* What may be a term: words in a row, or kanji, katakana words and others in a row. */
typedef struct term_phrase {
    uint32_t count;             /* pairs that have it */
    uint32_t last;              /* number of the last such pair + 1 */
    uint32_t size;              /* words, or characters and katakana words */
    uint32_t shown, shown_size; /* as first written, in `texts` */
    bool dropped;               /* nearly always part of a longer one */
} term_phrase;

typedef struct term_link {
    uint32_t longer, shorter; /* phrases, the one with a word more and the one without it */
} term_link;

/* One side of the pairs. */
typedef struct term_side {
    bool unspaced;
    ty_strings keys; /* number of a phrase */
    TY_VECTOR(term_phrase) phrases;
    TY_VECTOR(term_link) links;
    ty_buffer texts;
    TY_VECTOR(uint32_t) postings;    /* phrases of the pairs, one after the other */
    TY_VECTOR(uint32_t) pair_starts; /* where those of a pair begin */
    ty_buffer key;                   /* scratch */
} term_side;

/* Adds the phrases of a text as those of pair number `pair`. */
bool ty_term_phrases_add(term_side *side, ty_slice text, uint32_t pair);
void ty_term_side_release(term_side *side);

#endif
