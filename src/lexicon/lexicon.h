/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon - bilingual dictionaries of several makes behind one interface.
 *
 * A lexicon is opened for a pair of languages and holds, in this order: what the caller adds (glossary of the
 * memory, tables learnt from confirmed pairs), a small table of our own (countries, words of the press) and
 * the dictionaries found on the machine:
 *
 * - EDICT and ENAMDICT: /usr/share/edict (Debian: edict, enamdict), Japanese-English, CC BY-SA, (c)
 * Electronic Dictionary Research and Development Group. Show the attribution where words of it show.
 * - FreeDict: /usr/share/dictd/freedict-*.index and .dict.dz (Debian: dict-freedict-*).
 * - a table: lines SOURCE<TAB>TARGET, UTF-8, either order of languages told by the caller.
 *
 * A dictionary is compiled once into a cache file that is mapped into memory; a cache that is damaged or
 * belongs to another state of its source is ignored and written anew. Words of a dictionary are evidence for
 * the aligner; nothing here writes them anywhere but to the cache.
 *
 * Keys. Both sides of a dictionary are kept as keys: for a language with spaces the stem of a folded word
 * (ty_lexicon_stem), for one without (ja, zh) the folded headword and its inflected forms. A translation of
 * several words links its headword to each of its content words, weakly.
 */
#ifndef TY_LEXICON_H
#define TY_LEXICON_H

#include "text/text.h"

typedef struct ty_lexicon ty_lexicon;

typedef enum ty_lexicon_mode {
    TY_LEXICON_AUTO, /* whatever is installed for the pair */
    TY_LEXICON_NONE, /* our own small table only */
    TY_LEXICON_FILE  /* `file` instead of what is installed */
} ty_lexicon_mode;

typedef struct ty_lexicon_options {
    ty_lexicon_mode mode;
    const char *file; /* for TY_LEXICON_FILE: a table, a file like EDICT, or a folder of such (named.c) */
    const char *cache_dir; /* NULL: $XDG_CACHE_HOME/taiyaku, else ~/.cache/taiyaku; "": no cache */
    const char *root;      /* where dictionaries are looked for; NULL: /usr/share. For tests. */
    bool hasty; /* a dictionary that another process is compiling is waited for two seconds, and left out then
                 */
} ty_lexicon_options;

/* Which of the two languages the lexicon was opened for. */
typedef enum ty_lexicon_side { TY_LEXICON_SOURCE, TY_LEXICON_TARGET } ty_lexicon_side;

/* Opens what there is for the pair (BCP 47 tags; options may be NULL). A dictionary that is not installed is
 * no error, nor is a cache that cannot be written; a `file` that cannot be read is one. */
ty_status ty_lexicon_open(ty_slice source_lang, ty_slice target_lang, const ty_lexicon_options *options,
                          ty_lexicon **out, ty_error *error);
void ty_lexicon_close(ty_lexicon *lexicon); /* NULL is fine */
/* Was a dictionary left out in haste? */
bool ty_lexicon_lacks(const ty_lexicon *lexicon);

/*
 * Adds a pair of words or terms (copied) to one of the caller's own parts, then makes all added pairs count.
 * Lookups between add and seal see the state of the last seal. A sealed lexicon may be read by many threads.
 */
typedef enum ty_lexicon_added {
    TY_LEXICON_GLOSSARY,
    TY_LEXICON_LEARNT,
    TY_LEXICON_ADDED_KINDS
} ty_lexicon_added;

ty_status ty_lexicon_add(ty_lexicon *lexicon, ty_lexicon_added kind, ty_slice source, ty_slice target,
                         ty_error *error);
ty_status ty_lexicon_seal(ty_lexicon *lexicon, ty_error *error);

/* One dictionary of a lexicon, for `align -v`. Strings live as long as the lexicon. */
typedef struct ty_lexicon_part {
    const char *name;    /* "EDICT" */
    const char *path;    /* its file, "" for what is compiled in or was added */
    const char *licence; /* with attribution, "" for our own */
    size_t entries;      /* headwords, inflected forms included */
    bool cached;         /* came out of the cache */
} ty_lexicon_part;

size_t ty_lexicon_part_count(const ty_lexicon *lexicon);
ty_lexicon_part ty_lexicon_part_at(const ty_lexicon *lexicon, size_t index);

/* ------------------------------------------------------------------------------------------ look-up */

/* The longest stem, in bytes. */
#define TY_LEXICON_STEM_MAX 64

/*
 * The key of a word: `word` is folded already (NFKC, lower case), the result is written to `buffer`. Cheap
 * suffix stripping for en, de, fr and a general rule for other languages, accents dropped, British and
 * American spelling alike. An acronym (capitals in the text) is its own key and needs no stem.
 */
ty_slice ty_lexicon_stem(ty_slice word, ty_slice lang, char buffer[TY_LEXICON_STEM_MAX]);

/* Is the folded word one that carries no meaning of its own (the, of, der, le)? */
bool ty_lexicon_is_stopword(ty_slice word, ty_slice lang);

/* Is it the key (ty_lexicon_stem) of a word that means something together with another only (take, way)? */
bool ty_lexicon_is_light(ty_slice key, ty_slice lang);

/* Is it a word, as it stands in small letters, that joins two of a kind (and, 及び)? */
bool ty_lexicon_is_joining(ty_slice word, ty_slice lang);

/* Does the text begin with a word that stands behind a noun (は, を)? */
bool ty_lexicon_is_particle(ty_slice text, ty_slice lang);

/* Bytes of the longest headword of `side` that begins at `offset` of the folded text, 0 for none. Only for
 * sides without spaces between words. */
size_t ty_lexicon_longest(const ty_lexicon *lexicon, ty_lexicon_side side, ty_slice text, size_t offset);

/* Does any dictionary, our own small table aside, translate the key at all? */
bool ty_lexicon_knows(const ty_lexicon *lexicon, ty_lexicon_side side, ty_slice key);

typedef struct ty_lexicon_link {
    uint32_t source, target; /* numbers of the keys given */
    uint16_t part;           /* which dictionary says so */
    uint8_t words;           /* 1: a translation of its own; n: one word of a translation of n */
} ty_lexicon_link;

typedef TY_VECTOR(ty_lexicon_link) ty_lexicon_links;

/* All links between two lists of different keys, added to `out`, in order of the source keys. */
ty_status ty_lexicon_find_links(const ty_lexicon *lexicon, const ty_slice *source_keys, size_t source_count,
                                const ty_slice *target_keys, size_t target_count, ty_lexicon_links *out,
                                ty_error *error);

#endif
