/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon/internal.h - the compiled form of a dictionary and the readers that make it.
 */
#ifndef TY_LEXICON_INTERNAL_H
#define TY_LEXICON_INTERNAL_H

#include "lexicon/lexicon.h"

/* The longest translation, in content words, that still says something about each of its words. */
#define TY_LEXICON_WORDS_MAX 4

/* ------------------------------------------------------------------------------------------ stems */

/* An ending, what stands in its place, and how many bytes must remain before it. */
typedef struct ty_ending {
    const char *from, *to;
    uint8_t from_size, to_size, keep;
} ty_ending;

/* What is known of the words of a language: data/LANG.txt. Lists are in order of bytes. */
typedef struct ty_word_list {
    const char *const *items;
    size_t count;
} ty_word_list;

typedef struct ty_word_forms {
    const char *lang; /* the primary subtag */
    ty_word_list stop, light, joining, particles;
    struct {
        const char *const (*items)[2]; /* a form that no ending explains, and its base */
        size_t count;
    } irregular;
    struct {
        const ty_ending *items;
        size_t count;
    } endings;
} ty_word_forms;

/* The last one, "und", serves all others. */
extern const ty_word_forms ty_word_forms_table[];
extern const uint64_t ty_word_forms_sum; /* of all lists: what keys are made by */

/* ------------------------------------------------------------------------------------------ image */

/*
 * A compiled dictionary: one block of memory, mapped from the cache or built on the heap. Both sides have
 * their keys behind a hash table; links go from left to right, grouped by left key.
 */
typedef struct ty_dictionary_side {
    uint32_t count, mask;    /* keys; slots - 1 */
    const uint64_t *slots;   /* hash tag << 32 | key + 1, 0 where empty */
    const uint32_t *offsets; /* count + 1, into bytes */
    const char *bytes;
    const uint64_t *prefixes; /* a bit for each hash of what a key begins with, the whole key included */
    uint32_t prefix_mask;     /* bits - 1 */
} ty_dictionary_side;

typedef struct ty_dictionary {
    const char *block;
    size_t size;
    bool mapped;
    ty_dictionary_side left, right;
    const uint32_t *link_starts; /* left.count + 1 */
    const uint32_t *links;       /* right key << 3 | words */
} ty_dictionary;

#define TY_DICTIONARY_NONE UINT32_MAX

/* What a cache belongs to: a change of the source, of its reader or of the format makes it worthless. */
typedef struct ty_dictionary_stamp {
    uint64_t size, mtime; /* of the source file, nanoseconds; of what is compiled in 0 and ty_builtin_sum */
    uint64_t name;        /* hash of reader, path and languages */
    uint64_t rules;       /* ty_word_forms_sum: what keys are made by */
} ty_dictionary_stamp;

/* Reads a block that was built or mapped; false when it is damaged or belongs to another stamp. */
bool ty_dictionary_read(ty_dictionary *image, const char *block, size_t size,
                        const ty_dictionary_stamp *stamp);
void ty_dictionary_release(ty_dictionary *image);
/* The number of a key, or TY_DICTIONARY_NONE. */
uint32_t ty_dictionary_find(const ty_dictionary_side *side, ty_slice key);
size_t ty_dictionary_longest(const ty_dictionary_side *side, ty_slice text, size_t offset);

/* ------------------------------------------------------------------------------------------ builder */

/* Collects entries and writes the block. Zeroed to begin with. */
typedef struct ty_dictionary_builder {
    ty_strings left, right;
    TY_VECTOR(uint64_t) links; /* left << 32 | right << 3 | words */
    ty_slice left_lang, right_lang;
    ty_folded folded;
    ty_buffer scratch;
    bool failed; /* no memory */
} ty_dictionary_builder;

void ty_dictionary_builder_release(ty_dictionary_builder *builder);
/* One term and one translation of it, as they stand in a dictionary: split, folded, stemmed, linked. */
void ty_dictionary_builder_add(ty_dictionary_builder *builder, ty_slice left, ty_slice right);
/* The same for a left key that is folded already, and the keys of a translation that, or whose headword, has
 * so many content words. */
void ty_dictionary_builder_link(ty_dictionary_builder *builder, ty_slice left_key, const ty_slice *right_keys,
                                size_t count, size_t words);
/* The block, ready for ty_dictionary_read, appended to `out`. */
ty_status ty_dictionary_builder_write(ty_dictionary_builder *builder, const ty_dictionary_stamp *stamp,
                                      ty_buffer *out, ty_error *error);

/* The content words of a term as keys: at most `max` (a longer term gives 0). Slices live in the arena. */
size_t ty_lexicon_term_keys(ty_slice term, ty_slice lang, ty_arena *arena, ty_slice *keys, size_t max);

/* ------------------------------------------------------------------------------------------ readers */

typedef struct ty_lexicon_source ty_lexicon_source;

/* A dictionary that may be installed: how it is called, where it lies, how it is read. */
struct ty_lexicon_source {
    const char *name, *licence;
    char path[512];         /* empty: compiled in */
    char left[8], right[8]; /* language subtags */
    ty_status (*read)(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);
};

ty_status ty_edict_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);
ty_status ty_enamdict_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);
/* Any file that is written like EDICT, and whether the beginning of a text is. */
ty_status ty_edict_read_alike(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                              ty_error *error);
bool ty_edict_is_alike(ty_slice text);
ty_status ty_freedict_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);
/* The same dictionary looked at from its other language. */
ty_status ty_freedict_read_reversed(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                                    ty_error *error);
ty_status ty_lexicon_table_read(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                                ty_error *error);
/* Our own table for a pair of languages, that of common words, and whether there is one (builtin.c). */
ty_status ty_builtin_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error);
ty_status ty_builtin_read_common(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                                 ty_error *error);
bool ty_builtin_has(const ty_lexicon_source *source, bool common);

/* A table of ours as it is compiled in: terms of either side that stand for each other, '|' between them. */
typedef struct ty_builtin_table {
    const char *left, *right; /* languages */
    bool common;              /* words that any dictionary has */
    const char *const (*rows)[2];
    size_t count;
} ty_builtin_table;

extern const ty_builtin_table ty_builtin_tables[];
extern const size_t ty_builtin_table_count;
extern const uint64_t ty_builtin_sum; /* of all tables, by which a cache knows whether it is of these */

/* A dictionary of the user's (named.c): a file, or a folder of which the files for the pair count. */
typedef struct ty_named {
    char path[512];
    bool swapped, alike; /* its left is the lexicon's target; it is written like EDICT */
} ty_named;

typedef TY_VECTOR(ty_named) ty_named_list;

ty_status ty_lexicon_named(const char *path, const char *const langs[2], ty_named_list *out, ty_error *error);

/* The image of a source: from the cache where it is good, else built and written there. TY_NO: another
 * process builds it, and the caller is in haste. */
ty_status ty_lexicon_image(const ty_lexicon_source *source, const char *cache_dir, bool hasty,
                           ty_dictionary *image, bool *cached, ty_error *error);
/* The folder for caches, "" for none. */
void ty_lexicon_cache_dir(const char *wanted, char *out, size_t size);

#endif
