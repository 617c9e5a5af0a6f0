/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match - look-up: exact, fuzzy, concordance.
 *
 * Knows entries, a number and a text each, all of one language; what they belong to (units, variants, files)
 * is the caller's affair. docs/matching.md tells how scores are defined and how the indexes work.
 *
 * An index may be read by many threads at once, each with a scratch of its own; add, remove, build and free
 * need it alone. Numbers of entries are the caller's, unique in an index.
 */
#ifndef TY_MATCH_H
#define TY_MATCH_H

#include "text/text.h"

/* ------------------------------------------------------------------------------------------ scores */

/*
 * How alike two texts are. Similarity is 1 - distance / longest: the edit distance of their tokens
 * (ty_text_tokenize, all numbers alike) over the tokens of the longer one; 1 where both have none.
 *
 * score: 100 the same bytes. Where similarity is 1 but the bytes differ:
 *     99 only white space differs
 *     98 form differs too: width or another compatibility form (NFKC), quotation marks, dashes, commas, stops
 * of acronyms, characters that nobody sees 97 case differs too 96 numbers differ, and nothing else but white
 * space 95 numbers differ, and form or case with them Below similarity 1 it is 100 * similarity, rounded
 * down, and 94 at most, so that up to 94 score >= s exactly when similarity is at least s percent, and from
 * 95 on only form or numbers differ.
 */
typedef struct ty_match_score {
    int score;
    uint32_t distance, longest; /* tokens */
} ty_match_score;

static inline double ty_match_similarity(ty_match_score score)
{
    return score.longest ? 1.0 - (double)score.distance / score.longest : 1.0;
}

/* Compares two texts. TY_ERR_LIMIT for more than TY_MATCH_TOKENS_MAX tokens. */
ty_status ty_match_compare(ty_slice query, ty_slice text, ty_match_score *out, ty_error *error);

/*
 * How much of a text is lost in another one to a reader of a language without blanks between words, 0 for
 * nothing: words of kanji, katakana and letters count before particles and endings, and a negation most of
 * all. Only to put candidates in order; docs/matching.md has the weights.
 */
ty_status ty_match_loss(ty_slice query, ty_slice text, double *out, ty_error *error);

/*
 * What the neighbours add to a score of 100: 0, 1 for the same text before or the same text after, 2 for
 * both. A neighbour that is not known (data NULL) counts as different; beginning or end of a text, known as
 * such, is the empty slice with data "".
 */
int ty_match_context(ty_slice query_previous, ty_slice query_next, ty_slice previous, ty_slice next);

/*
 * Where query and source differ in numbers and dates only, appends the target with the query's in place of
 * the source's. TY_NO where they differ in more, or where it is not certain what to write: a changed number
 * that the target has not, or not as often; that it writes in words, in an era, or as a time; that would
 * change singular and plural.
 */
ty_status ty_match_adapt(ty_slice query, ty_slice source, ty_slice source_lang, ty_slice target,
                         ty_slice target_lang, ty_buffer *out, ty_error *error);

/* Longer entries are found by search, never by match; longer queries to match are refused. */
#define TY_MATCH_TOKENS_MAX 16384

/* ------------------------------------------------------------------------------------------ questions */

/*
 * Where the texts of entries come from, for one thread. The text stays valid until the next call. `expect`,
 * which may be NULL, is told of entries that will soon be asked for, or accepted; there may be more of them.
 */
typedef struct ty_match_texts {
    void *payload;
    ty_status (*text)(void *payload, int64_t id, ty_slice *out, ty_error *error);
    ty_status (*expect)(void *payload, const int64_t *ids, size_t count, ty_error *error);
} ty_match_texts;

/* Entries in any order, all of them: TY_OK and an entry, or TY_NO at the end. */
typedef struct ty_match_entries {
    void *payload;
    ty_status (*next)(void *payload, int64_t *id, ty_slice *text, ty_error *error);
} ty_match_entries;

typedef struct ty_match_query {
    ty_slice text;
    int min_score;   /* 1..100; 0 is 70. 100 finds the same bytes only */
    size_t max_hits; /* 0 is 5 */
    void *payload;
    /* May this entry be a hit (has it the target language, ...)? Called for entries that would be among the
     * hits, not for all. NULL: all may. */
    bool (*accept)(void *payload, int64_t id);
} ty_match_query;

typedef struct ty_match_hit {
    int64_t id;
    ty_match_score score;
} ty_match_hit;

/* Best first: by score, then similarity, then the higher id (the entry made last). */
typedef TY_VECTOR(ty_match_hit) ty_match_hits;

/*
 * Compares every entry with every query, with nothing of the index: the same answers, slowly. hits[i], for
 * queries[i], is replaced.
 */
ty_status ty_match_brute_force(const ty_match_query *queries, size_t count, const ty_match_entries *entries,
                               ty_match_hits *hits, ty_error *error);

/* ------------------------------------------------------------------------------------------ fuzzy index */

/* Finds the best entries for a text: exactly those that brute force finds; and entries with a string in them.
 */
typedef struct ty_match_index ty_match_index;
/* What one thread needs to look up; kept for speed. */
typedef struct ty_match_scratch ty_match_scratch;

ty_status ty_match_index_new(ty_match_index **out, ty_error *error);
void ty_match_index_free(ty_match_index *index);
ty_status ty_match_scratch_new(ty_match_scratch **out, ty_error *error);
void ty_match_scratch_free(ty_match_scratch *scratch);

/* Found at once, by comparing new entries one by one until the next build. */
ty_status ty_match_index_add(ty_match_index *index, int64_t id, ty_slice text, ty_error *error);
/* Not finding an entry is no failure. To change a text, remove and add. */
ty_status ty_match_index_remove(ty_match_index *index, int64_t id, ty_error *error);
/* The same for all entries from `first` up to and including `last`, at the cost of one. */
ty_status ty_match_index_remove_range(ty_match_index *index, int64_t first, int64_t last, ty_error *error);
/* Sorts new entries in and drops removed ones, if there are any. Worth it when ty_match_index_pending is
 * large. */
ty_status ty_match_index_build(ty_match_index *index, ty_error *error);
/*
 * Fills several indexes at once, a thread each, and builds them at the end. The indexes are the feed's until
 * it is finished, which also frees it and tells of the first failure.
 */
typedef struct ty_match_feed ty_match_feed;
ty_status ty_match_feed_new(ty_match_feed **out, ty_error *error);
ty_status ty_match_feed_add(ty_match_feed *feed, ty_match_index *index, int64_t id, ty_slice text,
                            ty_error *error);
ty_status ty_match_feed_finish(ty_match_feed *feed, ty_error *error);

size_t
ty_match_index_pending(const ty_match_index *index); /* entries added and ranges removed since the build */
size_t ty_match_index_memory(const ty_match_index *index); /* bytes */

/*
 * `texts` is asked for the few entries whose tokens are those of the query, to tell 100 from 99 to 95.
 * Replaces what hits held; no hit is TY_OK with none.
 */
ty_status ty_match_index_find(const ty_match_index *index, const ty_match_query *query,
                              const ty_match_texts *texts, ty_match_scratch *scratch, ty_match_hits *hits,
                              ty_error *error);

/*
 * An index as bytes, to be kept as derived data: `out` is borrowed until the index changes. Builds first.
 * Opening them: what is cut off, of another version or another kind of machine is TY_NO, build
 * anew. _open takes memory of malloc over in any case; _map maps a part of a file, which may be replaced by
 * rename but not written to while the index lives.
 */
ty_status ty_match_index_bytes(ty_match_index *index, ty_slice *out, ty_error *error);
ty_status ty_match_index_open(void *bytes, size_t size, ty_match_index **out, ty_error *error);
ty_status ty_match_index_map(const char *path, uint64_t offset, size_t size, ty_match_index **out,
                             ty_error *error);
/*
 * What is opened is not read whole, which would take longer than a look-up: each block is checked when it is
 * first used. A look-up, or a build, that meets a damaged one fails with TY_ERR_FORMAT, and the index is to
 * be made anew.
 */
bool ty_match_index_is_damaged(const ty_match_index *index);

/* ------------------------------------------------------------------------------------------ pieces */

typedef struct ty_piece_query {
    ty_slice text, lang;
    size_t max_entries; /* of a piece; 0 is 8 */
    void *payload;
    bool (*accept)(void *payload, int64_t id); /* as in ty_match_query */
} ty_piece_query;

/* A stretch of the query that entries have. */
typedef struct ty_match_piece {
    size_t start, end;   /* bytes of the query */
    size_t first, count; /* of its entries in the list of all */
} ty_match_piece;

/* In the order of the query, apart from each other. Zeroed to begin with. */
typedef struct ty_match_pieces {
    TY_VECTOR(ty_match_piece) list;
    TY_VECTOR(int64_t) entries; /* of a piece the new ones first, then those of the fewest tokens */
} ty_match_pieces;

/*
 * The longest pieces of a text that entries have token by token, numbers with their own digits. A piece
 * begins and ends with a whole word that means something, holds at least two such words (in a language
 * without spaces also four characters of them), and stands in few enough entries to say something. Longest
 * first, so that no piece can be longer without another being cut. Replaces what `out` held; a text of more
 * than TY_PIECES_TOKENS_MAX tokens has none.
 */
#define TY_PIECES_TOKENS_MAX 1024
ty_status ty_match_index_pieces(const ty_match_index *index, const ty_piece_query *query,
                                ty_match_pieces *out, ty_error *error);
void ty_match_pieces_release(ty_match_pieces *pieces);
/* Is the byte inside of what a reader takes for one word, though it parts tokens: F-35, katakana, 含まれ? */
bool ty_match_is_inside_word(ty_slice text, size_t at);

/* ------------------------------------------------------------------------------------------ concordance */

typedef TY_VECTOR(ty_span) ty_spans;

typedef struct ty_concordance_query {
    ty_slice text; /* any string; compared as TY_FOLD_SEARCH folds it. One that folds to nothing is nowhere */
    ty_search_kind kind;
    ty_slice lang;   /* whose inflections are alike, for kinds that know words */
    size_t max_hits; /* entries; 0 is 50 */
    size_t counted;  /* of these, the last are told without spans, being counted only */
    void *payload;
    bool (*accept)(void *payload, int64_t id); /* as in ty_match_query */
} ty_concordance_query;

/* Called for each entry in which the text is; spans are bytes of `text`, in order, apart from each other. */
typedef ty_status (*ty_concordance_each)(void *payload, int64_t id, ty_slice text, const ty_spans *spans);

/*
 * Looks into every entry. Hits come in the order of the entries. TY_NO when there is none, as for text that
 * is not well-formed UTF-8.
 */
ty_status ty_concordance_scan(const ty_concordance_query *query, const ty_match_entries *entries,
                              ty_concordance_each each, void *payload, ty_error *error);

/* Where a string is in a text, by the same folding. Replaces what spans held. */
ty_status ty_concordance_spans(ty_slice needle, ty_slice text, ty_spans *spans, ty_error *error);

/*
 * The same by the fuzzy index of a language, each hit verified against its text. New entries come first, then
 * the ones with the fewest tokens. Text that is not well-formed UTF-8 is nowhere.
 */
ty_status ty_match_index_search(const ty_match_index *index, const ty_concordance_query *query,
                                const ty_match_texts *texts, ty_match_scratch *scratch,
                                ty_concordance_each each, void *payload, ty_error *error);

#endif
