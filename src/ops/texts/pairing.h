/* SPDX-License-Identifier: Apache-2.0 */
/* pairing - what the files that pair documents share; see taiyaku.h, ty_pairing. */
#ifndef TY_OPS_PAIRING_H
#define TY_OPS_PAIRING_H

#include "ops/internal.h"

/* A document that was found. */
struct pairing_file {
    const char *path;
    ty_slice key;         /* its name without what says the language, from the folder that was given */
    ty_slice lang;        /* empty: it could not be read, or its language is none of the two */
    ty_document document; /* its text, and what it says of itself */
    uint64_t *signs;      /* hashes of numbers, dates and Latin words, sorted, each once */
    size_t sign_count;
    size_t partner; /* SIZE_MAX: none */
};

struct ty_pairing {
    ty_arena arena;
    TY_VECTOR(struct pairing_file) files;
    TY_VECTOR(ty_file_pair) pairs;
    TY_VECTOR(const char *) alone;
    ty_slice source_lang, target_lang;
    const ty_bitext_settings *settings;
    const ty_listener *listener;
    ty_kept_lexicon *lexicon; /* what judges; opened before threads use it */
};

/* Files by a name: the one that has it, SIZE_MAX for a name that several have. */
typedef struct ty_file_names {
    ty_strings strings;
    TY_VECTOR(size_t) files;
} ty_file_names;

/* An empty name is none. False when memory runs out. */
bool ty_file_names_add(ty_file_names *names, ty_slice name, size_t file);
size_t ty_file_names_find(const ty_file_names *names, ty_slice name);
void ty_file_names_release(ty_file_names *names);

/* Adds the files of a folder and those below it, hidden ones aside, in the order of their names; or one file.
 */
ty_status ty_pairing_add_folder(ty_pairing *pairing, const char *folder, ty_error *error);
/* What is left of a name, in small letters, without the words that say a language: "0728/a_en" is "0728/a".
 */
ty_slice ty_pairing_name_key(ty_slice name, ty_slice lang, ty_arena *arena);
/* Reads all documents, on all cores. What is none is told and left out. */
ty_status ty_pairing_read(ty_pairing *pairing, ty_error *error);
/* Pairs pages that lead to each other's address or file; see pairing_links.c. */
ty_status ty_pairing_by_links(ty_pairing *pairing, ty_error *error);
/* A pair that something speaks for; taken where the aligner believes it. */
typedef struct ty_pair_guess {
    size_t source, target;
    float confidence;
} ty_pair_guess;
typedef TY_VECTOR(ty_pair_guess) ty_pair_guesses;
ty_status ty_pairing_take_guesses(ty_pairing *pairing, ty_pair_guesses *guesses, ty_pair_ground ground,
                                  ty_error *error);
/* Pairs by content what has no partner yet. */
ty_status ty_pairing_by_content(ty_pairing *pairing, ty_error *error);
void ty_pairing_take(ty_pairing *pairing, size_t source, size_t target, ty_pair_ground ground,
                     float confidence);
/* How sure the aligner is that two files are translations of each other. */
ty_status ty_pairing_judge(const ty_pairing *pairing, size_t source, size_t target, float *out,
                           ty_error *error);

#endif
