/* SPDX-License-Identifier: Apache-2.0 */
/*
 * identity - is a release that comes in one that is here? docs/reliability.md says by what.
 */
#ifndef TY_OPS_IDENTITY_H
#define TY_OPS_IDENTITY_H

#include "ops/internal.h"

/* Of the sentences of either side so many must be alike where address or path agree, and where they do not.
 */
#define TY_ALIKE_MOST 0.5
#define TY_ALIKE_NEARLY_ALL 0.9

/* A text of a release: one that comes in, or one that is stored. */
typedef struct ty_version_text {
    ty_slice lang, title, date, url, path;
    const ty_slice *lines; /* sentences as published */
    const uint32_t *paragraphs;
    size_t count;
} ty_version_text;

typedef struct ty_release_identity {
    int64_t origin; /* the release that it is; 0: none */
    ty_slice name;  /* of it, or of the one that it looks like */
    bool alike;     /* it looks like one by its sentences, but title or dateline differ */
    bool place;     /* it has the address or path of one, but another text */
    uint64_t units; /* of the release */
    bool unchanged; /* not a byte of the texts is new */
} ty_release_identity;

/* The path of the file that was read, from the root; empty where it was none. Check the arena. */
ty_slice ty_text_real_path(const ty_text *text, ty_arena *arena);
/* The text of a document that was read, its paragraphs in the arena. Check the arena. */
ty_version_text ty_version_of_text(const ty_text *text, ty_arena *arena);
/* A stored document as it was published. */
ty_status ty_version_of_document(ty_store *store, const ty_stored_document *document, ty_arena *arena,
                                 ty_version_text *out, ty_error *error);
/* How much of the longer of two texts the other one has, sentence by sentence: 0 to 1. */
ty_status ty_version_likeness(const ty_version_text *one, const ty_version_text *other, double *out,
                              ty_error *error);
/* Does a date, number or name differ in title or dateline? */
ty_status ty_version_heads_differ(const ty_version_text *one, const ty_version_text *other, bool *out,
                                  ty_error *error);

/* The release that the two texts are, or look like. Names in the arena. */
ty_status ty_identity_find(ty_memory *memory, const ty_bitext *bitext, const ty_digest *digest,
                           const char *url, ty_arena *arena, ty_release_identity *out, ty_error *error);
/* The one release that is called so, by name, pattern or number. TY_NO: there is none; TY_ERR_USAGE: several.
 */
ty_status ty_identity_named(ty_memory *memory, const char *wanted, ty_arena *arena, ty_release_identity *out,
                            ty_error *error);

#endif
