/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ops - the use cases that taiyaku.h promises, put together from the modules below.
 *
 * The module's one header for others is taiyaku.h; this one is for its own files.
 */
#ifndef TY_OPS_INTERNAL_H
#define TY_OPS_INTERNAL_H

#include <stdlib.h>

#include "align/align.h"
#include "derived/derived.h"
#include "formats/formats.h"
#include "segment/segment.h"
#include "store/store.h"
#include "taiyaku.h"
#include "term/term.h"
#include "text/text.h"
#include "unit/unit.h"

/* The languages meant where nobody says: English to Japanese. */
const char *ty_lang_usual_source(const char *told);
const char *ty_lang_usual_target(const char *told);
/* The other one of the two; NULL for other languages. */
const char *ty_lang_usual_other(ty_slice lang);

/* ------------------------------------------------------------------------------------------ texts */

struct ty_text {
    const char *path;     /* or what it is called */
    const char *file;     /* the path of a file; NULL: it came otherwise */
    ty_document document; /* its text, and what it says of itself */
    ty_slice lang;        /* in the arena; empty while unknown */
    ty_sentences sentences;
    ty_slices lines;          /* a sentence each, on one line */
    TY_VECTOR(uint32_t) rows; /* of a table in two languages that each paragraph stands in, 0: in none */
    ty_arena arena;
};

/* Reads a document without cutting it, or looking for its language and date. */
ty_status ty_text_load(const ty_source *source, const ty_text_settings *settings, const ty_listener *listener,
                       ty_text **out, ty_error *error);
/* The same with both; the language is the one found, or empty. */
ty_status ty_text_read(const ty_source *source, const ty_text_settings *settings, const ty_listener *listener,
                       ty_text **out, ty_error *error);
/* Cuts a text that was read, as one in `lang` (copied). */
ty_status ty_text_cut(ty_text *text, ty_slice lang, const ty_text_settings *settings,
                      const ty_listener *listener, ty_error *error);

/* What cuts a text that was read, as its settings say. To be closed, opened or not. */
typedef struct ty_text_cutter {
    ty_srx *srx; /* NULL: our own rules */
    ty_segmenter *segmenter;
} ty_text_cutter;
ty_status ty_text_cutter_open(const ty_text *text, const ty_text_settings *settings,
                              const ty_listener *listener, ty_text_cutter *out, ty_error *error);
void ty_text_cutter_close(ty_text_cutter *cutter);

/*
 * A stored document as it was published, cut anew; lines are its sentences, with the numbers of their
 * paragraphs. Sentences of a paragraph are a line again.
 */
ty_status ty_text_restore(const ty_stored_document *document, const ty_slice *lines,
                          const uint32_t *paragraphs, size_t count, const ty_text_settings *settings,
                          ty_text **out, ty_error *error);

/* facts.c: the date in the first lines, where the document declares none; of any era. */
ty_status ty_text_find_date(ty_text *text, ty_error *error);
/* both.c: leaves out of a text in `lang` the paragraphs that are in `other`, with a warning. */
ty_status ty_text_drop_other(ty_text *text, ty_slice lang, ty_slice other, const ty_listener *listener,
                             ty_error *error);
/* Is a fair part of the text in either language? */
bool ty_text_has_both(const ty_text *text, ty_slice first, ty_slice second);
/* Parts such a text: `text` keeps what is in the first language, a new one has the other. */
ty_status ty_text_split(ty_text *text, ty_slice first, ty_slice second, ty_text **other, ty_error *error);

/* The first `count` sentences from `start` as one line, into `out` (replacing). */
void ty_text_join(const ty_text *text, size_t start, size_t count, ty_buffer *out);

/* ------------------------------------------------------------------------------------------ bilingual files
 */

/* A file to be translated, "-" included: XLIFF and PO as they are, a document as an XLIFF made of it. */
ty_status ty_bilingual_read(const ty_source *source, const ty_pretranslate_settings *settings,
                            const ty_listener *listener, ty_bilingual **out, ty_error *error);
ty_status ty_bilingual_no_target_lang(ty_error *error);

/* ------------------------------------------------------------------------------------------ bitexts */

typedef struct ty_kept_lexicon ty_kept_lexicon;

/* The cell of a table that the byte of the text stands in, NULL where it stands in none. */
const ty_document_cell *ty_document_cell_at(const ty_document *document, size_t offset);
/* Beads that the rows of a table in both languages fix. */
ty_status ty_bitext_fix_rows(const ty_bitext *bitext, ty_beads *anchors, ty_error *error);
/* Is the workbook a text, not rows of pairs? */
ty_status ty_workbook_is_text(const ty_source *source, ty_format format, bool *out, ty_error *error);

struct ty_bitext {
    ty_text *source, *target;
    const ty_lexicon *lexicon;    /* what aligned it; NULL until then */
    ty_kept_lexicon *own_lexicon; /* the same, where nobody else keeps it */
    ty_alignment alignment;
    ty_beads fixed; /* what the aligner is to build on, beside the anchors that are told; in order */
    ty_buffer description, source_line, target_line;
};

/* Reads two documents and settles their languages; they are cut, not aligned. */
ty_status ty_bitext_read(const ty_source *source, const ty_source *target, const ty_bitext_settings *settings,
                         const ty_listener *listener, ty_bitext **out, ty_error *error);
/* Aligns what was read. A store, where given, helps with its termbase and its confirmed pairs; `writes` is
 * whether what is learnt from them is written to it. The lexicon is that of *kept where it fits, or left
 * there (ty_kept_lexicon_fit), and must outlive the bitext; NULL: it is the bitext's own. */
ty_status ty_bitext_align(ty_bitext *bitext, const ty_bitext_settings *settings, ty_kept_lexicon **kept,
                          ty_store *store, bool writes, const ty_listener *listener, ty_error *error);
/* TY_ERR_USAGE where `path` is one of the two documents, or a database. */
ty_status ty_bitext_check_output(const ty_bitext *bitext, const ty_sink *sink, ty_error *error);
/* Fixed beads of the bitext, lines `i,j:k`, that follow each other. */
ty_status ty_anchors_read(const ty_source *source, const ty_bitext *bitext, ty_beads *out, ty_error *error);

/* What a pair is told to be when it becomes a unit. */
typedef struct ty_pair_origin {
    ty_slice name, title, date, url; /* empty where nothing is known */
    char now[17];                    /* YYYYMMDDThhmmssZ */
} ty_pair_origin;

/* The unit of bead `number` (both sides filled), in the arena. */
ty_status ty_bitext_unit(ty_bitext *bitext, size_t number, const ty_pair_origin *origin, ty_arena *arena,
                         ty_unit *out, ty_error *error);
/* Where it stands, for people: sentence numbers from 1, "3-4:4". */
ty_slice ty_pair_place(ty_arena *arena, ty_bead bead);
/* One unit for all places, so nothing in it tells of one, and its languages stand in the order of their tags.
 */
ty_status ty_label_unit(ty_arena *arena, const ty_variant variants[2], ty_unit *out, ty_error *error);
/* A header for units of ours. `source_lang` "" means many. */
ty_status ty_header_make(ty_slice source_lang, ty_arena *arena, ty_header *out, ty_error *error);
/* Closes a writer (may be NULL) and its file, which stays only where `status`, what was written so far, is
 * good. */
ty_status ty_tmx_finish(ty_tmx_writer *writer, ty_output *output, ty_status status, ty_error *error);

/* ------------------------------------------------------------------------------------------ memories */

typedef struct ty_memory_lexicon ty_memory_lexicon;
typedef struct ty_memory_shared ty_memory_shared;
typedef struct ty_known_doubts ty_known_doubts;
typedef struct ty_survey ty_survey;

struct ty_memory {
    bool lane;                /* a further one, of a memory that was opened elsewhere */
    unsigned copied;          /* the number of the copy that it reads; 0: it reads the memory itself */
    unsigned depth;           /* of a lane: calls that found it taken by what called them */
    ty_memory_shared *shared; /* what all lanes of a memory have in common */
    ty_store *store;
    ty_arena past; /* texts of the step that was taken back last */
    const ty_listener *listener;
    char *path;
    ty_buffer tried;             /* the folder of a memory that is only tried; empty of others */
    ty_derived_indexes *indexes; /* NULL until the first look-up */
    ty_memory_lexicon *lexicon;  /* NULL until an equivalent is looked for */
    ty_term_scan scan;           /* what a scan leaves for the next: words it has reduced */
    ty_kept_lexicon *aligning;   /* NULL until a release is aligned */
    ty_survey *survey;           /* NULL until a release comes in */
};

ty_status ty_memory_share(ty_memory *memory, ty_error *error);
/* Held by the lane that makes what takes seconds and is then kept on the disk for all, such as a dictionary.
 */
ty_lock *ty_memory_making(const ty_memory *memory);
void ty_memory_unshare(ty_memory *memory);
/* What was found of beads' texts (memory/bead_doubts.c), one for all lanes. */
ty_known_doubts *ty_memory_known_doubts(const ty_memory *memory);
ty_known_doubts *ty_known_doubts_new(void);
void ty_known_doubts_free(ty_known_doubts *doubts); /* NULL is fine */
/*
 * Every call that reads begins by taking a lane, which *memory becomes, and ends by leaving it: so many
 * threads can read, and a callback can ask for more. On failure *memory is NULL. What a lane calls finds it
 * taken.
 */
ty_status ty_memory_enter(ty_memory **memory, ty_error *error);
void ty_memory_leave(ty_memory *lane); /* NULL is fine */
/* The same for what reads units by what an index has found, terms and their concepts. Of a memory on a server
 * it may be a lane that reads the copy, which is as the memory was within the last moments. */
ty_status ty_memory_enter_look_up(ty_memory **memory, ty_error *error);
/* The same for who shows what he may just have changed: a copy counts only when the server has no later step.
 */
ty_status ty_memory_enter_search(ty_memory **memory, ty_error *error);

void ty_memory_lexicon_free(ty_memory *memory);
/*
 * What aligns texts in two languages, kept from one pair of texts to the next: to open it takes longer than
 * to align a page. It has the installed dictionaries (none where settings say so), the store's termbase and
 * what was learnt from its confirmed pairs; `writes`: what is learnt is kept there. The store may be NULL.
 *
 * *kept is used again where it is made of the same, else made anew; threads may share one that is so.
 */
ty_status ty_kept_lexicon_fit(ty_kept_lexicon **kept, ty_slice source_lang, ty_slice target_lang,
                              const ty_bitext_settings *settings, ty_store *store, bool writes,
                              ty_error *error);
const ty_lexicon *ty_kept_lexicon_of(const ty_kept_lexicon *kept); /* NULL of NULL */
void ty_kept_lexicon_free(ty_kept_lexicon *kept);                  /* NULL is fine */
/* The memory's own, as it is for reading. Borrowed from the lane. */
ty_status ty_memory_aligning(ty_memory *memory, ty_slice source_lang, ty_slice target_lang,
                             const ty_lexicon **out, ty_error *error);
void ty_survey_free(ty_memory *memory); /* see exchange/survey.h */

/* Adds the pairs of a table, lines SOURCE, tab, TARGET; the lexicon is not sealed. */
ty_status ty_lexicon_add_table(ty_lexicon *lexicon, const ty_source *table, ty_error *error);
/* Adds the pairs of terms that the termbase has in the two languages; the lexicon is not sealed. */
ty_status ty_lexicon_add_termbase(ty_lexicon *lexicon, ty_slice source_lang, ty_slice target_lang,
                                  ty_store *store, ty_error *error);
/*
 * Where a stretch of a text has its equivalent in the text beside it, by what is known of both languages: the
 * dictionaries and the memory's termbase. TY_NO where that is not certain.
 */
ty_status ty_memory_equivalent(ty_memory *memory, const ty_align_text *text, ty_span stretch,
                               const ty_align_text *other, ty_span *out, ty_error *error);

/* TY_NO gets the message that there is no such unit; any other status is handed through. */
ty_status ty_memory_no_unit(int64_t unit, ty_status status, ty_error *error);

/*
 * Appends a file name made of an origin's name, ending in .tmx: no separators, nothing hidden, not too long,
 * and none of those taken, to which it is added.
 */
void ty_origin_file_name(ty_slice name, ty_strings *taken, ty_buffer *path);

/* Exports what is asked for; TY_NO, and no file where it may be `omitted`, when there is nothing. */
ty_status ty_export_part(ty_memory *memory, const ty_export_settings *settings, const ty_sink *sink,
                         bool omitted, uint64_t *out_count, ty_error *error);
bool ty_unit_has_trust(const ty_stored_unit *stored, ty_trust trust);
/* Has the store look for no others than those of the trust, where it can. */
/*
 * What is wrong with two texts that are to be a pair, whatever they say (texts/unfit.c). The first two leave
 * no pair: both sides alike without a letter, or characters lost.
 */
enum {
    TY_UNFIT_NO_WORDS = 1,
    TY_UNFIT_LOST = 2,
    TY_UNFIT_REPLACED = 4,
    TY_UNFIT_PRIVATE = 8,
    TY_UNFIT_LANGUAGE = 16,
    TY_UNFIT_KINDS = 5,
    TY_UNFIT_FOR_A_PAIR = TY_UNFIT_NO_WORDS | TY_UNFIT_LOST,
    TY_UNFIT_TOLD = 10 /* of a kind, one by one */
};
unsigned ty_unfit(const ty_variant *source, const ty_variant *target);
/* How many there are that leave a pair. */
unsigned ty_unfit_warnings(unsigned unfit);

/* What was told so far of a file. */
typedef struct ty_unfit_told {
    const char *file;
    const ty_listener *listener;
    size_t counts[TY_UNFIT_KINDS];
} ty_unfit_told;

/* `place` goes before what is said, and may be "". */
void ty_unfit_tell(ty_unfit_told *told, unsigned unfit, const char *place, size_t line);
void ty_unfit_tell_rest(const ty_unfit_told *told);

void ty_trust_narrow(ty_trust trust, ty_unit_filter *filter);
/* Into the OmegaT project at settings->folder: a TMX an origin and trust, glossary, segmentation rules. */
ty_status ty_export_omegat(ty_memory *memory, const ty_export_settings *settings, uint64_t *out_count,
                           ty_error *error);
/* Was it aligned, and not surely? Whether a person has confirmed it is another matter. */
bool ty_unit_is_doubtful(const ty_stored_unit *stored);

/* The texts of a unit in two languages. */
typedef struct ty_text_pair {
    ty_slice source, target;
    const ty_stored_unit *stored;
} ty_text_pair;

/* False when the unit lacks one of the languages (ranges). */
bool ty_pair_of_unit(const ty_stored_unit *stored, ty_slice source_lang, ty_slice target_lang,
                     ty_text_pair *out);
/* The day of its release, else when the unit was last changed, else made: YYYY-MM-DD, or "". */
void ty_pair_date(const ty_stored_unit *stored, char day[11]);
/* Tells of every unit that has both, in the order of the memory. */
ty_status ty_pair_each(ty_memory *memory, ty_slice source_lang, ty_slice target_lang,
                       ty_status (*each)(void *payload, const ty_text_pair *pair, ty_error *error),
                       void *payload, ty_error *error);

/* Joins another memory to this one, with what people made of it; all or nothing, one step. */
ty_status ty_memory_join(ty_memory *memory, const char *path, unsigned flags,
                         const ty_import_settings *settings, ty_counts *counts, ty_error *error);
/* Takes an exchange file in, all or nothing; does not keep the term index up to date. */
ty_status ty_exchange_import(ty_memory *memory, const ty_source *source, const ty_import_settings *settings,
                             bool terms, ty_counts *counts, ty_error *error);
/* The index of the termbase as it is now, shared by all lanes; to be closed. */
ty_status ty_memory_terms_open(ty_memory *memory, const ty_term_index **out, ty_error *error);
/*
 * The same for a scan or look-up of a short text, which needs little of it. Where that ended with *status
 * because the little was damaged, `mended` opens another, and it is to be done again.
 */
ty_status ty_memory_terms_open_lightly(ty_memory *memory, const ty_term_index **out, ty_error *error);
bool ty_memory_terms_mended(ty_memory *memory, const ty_term_index **index, ty_status *status,
                            ty_error *error);
void ty_memory_terms_close(ty_memory *memory, const ty_term_index *index); /* NULL is fine */
/* For whoever changed the termbase: see ty_derived_terms_keep. */
ty_status ty_memory_terms_keep(ty_memory *memory, ty_error *error);
/* The same, where the termbase is not as it was before. What is done is done: nothing here is a failure. */
void ty_memory_terms_follow(ty_memory *memory, ty_stamp before);
/* Says of concepts that are out of use where they went, by withdrawn.tsv of the folder, if it is there. */
ty_status ty_terms_redirect(ty_memory *memory, const char *folder, ty_error *error);

/* Now, as TMX writes dates. */
void ty_origin_now(char out[17]);
/* A date as TMX writes it, which is how units keep theirs: without what ISO 8601 has between the figures. */
void ty_origin_date_compact(ty_slice date, char out[24]);
/* 32 hexadecimal digits of a file's bytes, or of those given. */
typedef struct ty_digest {
    char text[33];
} ty_digest;
void ty_origin_digest_bytes(ty_slice bytes, ty_digest *out);
ty_status ty_origin_digest_file(const char *path, ty_digest *out, ty_error *error);
/* The part of a path behind the last slash. */
ty_slice ty_path_base(const char *path);

/* Is what has the digest here, under the name told if there is one? *units is how many it has. TY_NO: no. */
ty_status ty_origin_known(ty_memory *memory, const char *told, const ty_digest *digest, uint64_t *units,
                          ty_error *error);

/* ------------------------------------------------------------------------------------------ texts/page.c */

/* Writes a page that is made. */
ty_status ty_page_to_sink(const ty_buffer *html, const ty_sink *sink, ty_error *error);

/* Where the concepts that a person makes stand. */
#define TY_OWN_TERMS "own terms"

#endif
