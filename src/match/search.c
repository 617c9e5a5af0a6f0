/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Concordance by the fuzzy index.
 *
 * Where a string stands in a text, its words stand among the text's tokens in a row: the inner ones whole,
 * the first as the end of one, the last as the beginning of one. That is looked for in the tokens (an
 * automaton of one bit a place, R. Baeza-Yates and G. Gonnet, A new approach to text searching, CACM 35,
 * 1992), only in entries whose rows of bits have the words, and what is found is verified against the text.
 */
#include "match/index.h"

enum {
    PLACES_MAX = 63, /* of a longer string the beginning is looked for, all of it verified */
    ROWS_MAX = 64    /* different words that may stand in one place, if their rows are to be used */
};

typedef struct search {
    const ty_match_index *index;
    const ty_concordance_query *query;
    const ty_match_texts *texts;
    ty_match_scratch *scratch;
    ty_concordance_each each;
    void *payload;
    ty_error *error;
    uint64_t starts, goals; /* first and last places of rows; no goals: every text must be looked at */
    size_t places;          /* of words */
    size_t hits, wanted;
} search;

/* ------------------------------------------------------------------------------------------ words */

static bool mark(search *at, uint32_t token, uint64_t bit)
{
    ty_search_phrase *phrase = &at->scratch->phrase;
    if (!phrase->places.items[token] && !ty_vector_push(&phrase->marked, token))
        return false;
    phrase->places.items[token] |= bit;
    return true;
}

/* Room for all words of the index, none marked. */
static bool clear_places(search *at)
{
    ty_search_phrase *phrase = &at->scratch->phrase;
    for (size_t i = 0; i < phrase->marked.count; i++)
        phrase->places.items[phrase->marked.items[i]] = 0;
    ty_vector_clear(&phrase->marked);
    size_t words = (size_t)ty_index_image_words(at->index) + at->index->words.list.count;
    if (words <= phrase->places.count)
        return true;
    if (!ty_vector_reserve(&phrase->places, words - phrase->places.count))
        return false;
    memset(phrase->places.items + phrase->places.count, 0, (words - phrase->places.count) * sizeof(uint64_t));
    phrase->places.count = words;
    return true;
}

/* A word of the string, and which of its sides are the string's own. */
typedef struct part {
    ty_slice word; /* folded as the string */
    bool open_start, open_end;
    const ty_needle_word *inflected; /* NULL: only the word itself */
    uint64_t bit;
} part;

/* Can the part come of this word? */
static bool fits(const search *at, const part *piece, ty_slice word)
{
    if (piece->inflected)
        return ty_needle_word_fits(&at->scratch->needle, piece->inflected, word);
    if (piece->open_start && piece->open_end)
        return ty_slice_find(word, piece->word, 0) != SIZE_MAX;
    if (piece->open_start)
        return ty_slice_ends(word, piece->word);
    if (piece->open_end)
        return ty_slice_starts(word, piece->word);
    return ty_slice_equal(word, piece->word);
}

static bool mark_folded(search *at, uint32_t token, const part *piece)
{
    ty_buffer *folded = &at->scratch->phrase.folded;
    ty_buffer_clear(folded);
    if (ty_fold_plain(ty_index_word_text(at->index, token), TY_FOLD_SEARCH, folded, at->error) != TY_OK)
        return false;
    return !fits(at, piece, ty_buffer_slice(folded)) || mark(at, token, piece->bit);
}

/* Words of the image that the piece is in: found in the run of all words' bytes. */
static bool mark_containing(search *at, const part *piece)
{
    const ty_image *image = &at->index->image;
    uint32_t words = ty_index_image_words(at->index), token = 0;
    ty_slice all = words ? ty_image_words(image) : (ty_slice){"", 0};
    size_t found = ty_slice_find(all, piece->word, 0);
    while (found != SIZE_MAX) {
        while (image->word_offsets[token + 1] <= found)
            token++;
        if (fits(at, piece, ty_index_word_text(at->index, token)) && !mark(at, token, piece->bit))
            return false;
        found = ty_slice_find(all, piece->word, image->word_offsets[token + 1]);
    }
    return true;
}

/* An inflection begins like the word, but for the short ones of strong verbs (went, ate) and for accents. */
static bool may_be_inflection(ty_slice word, ty_slice of)
{
    return word.size && (word.size <= 4 || word.data[0] == of.data[0] ||
                         (unsigned char)word.data[0] >= 0x80 || (unsigned char)of.data[0] >= 0x80);
}

/* Words of the image that are the piece's word in another form. */
static bool mark_inflections(search *at, const part *piece)
{
    for (uint32_t token = 0; token < ty_index_image_words(at->index); token++) {
        ty_slice word = ty_index_word_text(at->index, token);
        if (may_be_inflection(word, piece->word) && fits(at, piece, word) && !mark(at, token, piece->bit))
            return false;
    }
    return true;
}

/* Marks all words that the piece may come of. */
static bool mark_part(search *at, const part *piece)
{
    const ty_image *image = &at->index->image;
    uint32_t words = ty_index_image_words(at->index);
    if (piece->inflected) {
        if (!mark_inflections(at, piece))
            return false;
    } else if (piece->open_start || piece->open_end) {
        if (!mark_containing(at, piece))
            return false;
    } else {
        uint32_t token = ty_image_word(image, piece->word);
        if (token != TY_TOKEN_NONE && !mark(at, token, piece->bit))
            return false;
    }
    uint32_t odd = words ? image->header->odd_count : 0;
    if (!ty_image_trusts(image, image->odd_words, odd * sizeof *image->odd_words))
        odd = 0;
    for (uint32_t i = 0; i < odd; i++)
        if (!mark_folded(at, image->odd_words[i], piece))
            return false;
    for (size_t i = 0; i < at->index->words.list.count; i++)
        if (!mark_folded(at, words + (uint32_t)i, piece))
            return false;
    return true;
}

/* ------------------------------------------------------------------------------------------ the string */

/* Does the token go on where letters and digits stand beside it? */
static bool is_word(ty_slice folded)
{
    size_t at = 0;
    uint32_t c = folded.size ? ty_utf8_next(folded, &at) : 0;
    if (c == TY_CODE_POINT_NONE || !(ty_char_is_letter(c) || ty_char_is_digit(c)))
        return false;
    ty_script script = ty_char_script(c);
    return script != TY_SCRIPT_HAN && script != TY_SCRIPT_HIRAGANA && script != TY_SCRIPT_KATAKANA;
}

/* The string's tokens, those that are not white space: places[i] is the token's number. */
static bool list_places(search *at, ty_arena *arena, part *parts, size_t *count)
{
    const ty_text_tokens *tokens = &at->scratch->tokens;
    ty_buffer folded = {0};
    bool good = true;
    *count = 0;
    for (size_t i = 0; good && i < tokens->list.count && *count <= PLACES_MAX; i++) {
        ty_buffer_clear(&folded);
        good = ty_fold_plain(ty_token_digits(tokens, i), TY_FOLD_SEARCH, &folded, at->error) == TY_OK;
        if (good && folded.size)
            parts[(*count)++].word = ty_arena_copy(arena, ty_buffer_slice(&folded));
    }
    ty_buffer_release(&folded);
    return good && !arena->failed;
}

/* The places of a string: one row of words, the first and the last of which may go on. */
static bool set_string(search *at, ty_arena *arena, part *parts, size_t *count)
{
    bool good = list_places(at, arena, parts, count);
    if (*count)
        parts[0].open_start = is_word(parts[0].word);
    if (*count)
        parts[*count - 1].open_end = is_word(parts[*count - 1].word);
    if (*count > PLACES_MAX)
        *count = PLACES_MAX;
    at->starts = 1;
    at->goals = *count ? UINT64_C(1) << (*count - 1) : 0;
    return good;
}

/* The places of words, in one row or several. */
static void set_words(search *at, part *parts, size_t *count)
{
    const ty_needle *needle = &at->scratch->needle;
    *count = needle->words.count;
    for (size_t i = 0; i < *count; i++) {
        const ty_needle_word *word = &needle->words.items[i];
        parts[i].word = word->folded;
        parts[i].open_end = word->open_end;
        parts[i].inflected = word->stem.data || word->any.data ? word : NULL;
        at->starts |= (uint64_t)word->first << i;
        at->goals |= (uint64_t)word->last << i;
    }
}

static bool set_phrase(search *at)
{
    part parts[PLACES_MAX + 1];
    memset(parts, 0, sizeof parts);
    ty_arena arena = {0};
    size_t count = 0;
    bool good = clear_places(at);
    if (good && at->query->kind == TY_SEARCH_TEXT)
        good = set_string(at, &arena, parts, &count);
    else if (good)
        set_words(at, parts, &count);
    for (size_t i = 0; good && i < count; i++) {
        parts[i].bit = UINT64_C(1) << i;
        good = mark_part(at, &parts[i]);
    }
    at->places = count;
    ty_arena_release(&arena);
    return good;
}

/* Do `count` tokens, or those up to `end`, hold all rows of words? */
static bool has_phrase(const search *at, const uint8_t *codes, const uint8_t *end, uint32_t count)
{
    const uint64_t *places = at->scratch->phrase.places.items;
    size_t words = at->scratch->phrase.places.count;
    uint32_t number = at->index->number;
    uint64_t state = 0, missing = at->goals;
    while (count-- && codes < end && missing) {
        uint32_t token = ty_code_next(&codes, end);
        if (token == number)
            token = ty_code_next(&codes, end);
        uint64_t place = token < words ? places[token] : 0;
        state = (state << 1 | at->starts) & place;
        missing &= ~state;
    }
    return !missing;
}

/* ------------------------------------------------------------------------------------------ entries */

static ty_status try_entry(search *at, int64_t id)
{
    ty_slice text;
    ty_status status = at->texts->text(at->texts->payload, id, &text, at->error);
    if (status == TY_NO)
        return TY_OK;
    if (status != TY_OK)
        return status;
    return ty_concordance_try(&at->scratch->needle, at->query, id, text, at->each, at->payload, &at->hits,
                              at->error);
}

static ty_status search_pending(search *at)
{
    const ty_match_index *index = at->index;
    const uint8_t *codes = (const uint8_t *)index->codes.data, *end = codes + index->codes.size;
    ty_status status = TY_OK;
    for (size_t i = index->pending.count; status == TY_OK && i-- > 0 && at->hits < at->wanted;) {
        const ty_pending_entry *entry = &index->pending.items[i];
        bool is_long = entry->length > TY_MATCH_TOKENS_MAX;
        if (is_long || has_phrase(at, codes + entry->codes, end, entry->length))
            status = try_entry(at, entry->id);
    }
    return status;
}

static ty_status search_long(search *at)
{
    const ty_image *image = &at->index->image;
    ty_status status = TY_OK;
    if (!ty_image_trusts(image, image->long_ids, image->header->long_count * sizeof *image->long_ids))
        return TY_OK;
    for (size_t i = 0; status == TY_OK && i < image->header->long_count && at->hits < at->wanted; i++)
        if (!ty_index_removed(at->index, image->long_ids[i]))
            status = try_entry(at, image->long_ids[i]);
    return status;
}

static ty_status search_entry(search *at, uint32_t entry)
{
    const ty_image *image = &at->index->image;
    const uint8_t *codes, *end;
    if (!ty_image_trusts_entry(image, entry, &codes, &end) || !has_phrase(at, codes, end, UINT32_MAX))
        return TY_OK;
    return ty_index_removed(at->index, image->ids[entry]) ? TY_OK : try_entry(at, image->ids[entry]);
}

/* ------------------------------------------------------------------------------------------ rows */

/* Rows that an entry must have: for each place those of its words, one of which must be there; NULL ends a
 * place. Returns false where no entry can have the string. */
static bool list_rows(search *at, ty_status *status)
{
    ty_search_phrase *phrase = &at->scratch->phrase;
    const ty_image *image = &at->index->image;
    ty_vector_clear(&phrase->rows);
    for (size_t place = 0; place < at->places; place++) {
        uint64_t bit = UINT64_C(1) << place;
        size_t begin = phrase->rows.count, words = 0;
        for (size_t i = 0; i < phrase->marked.count; i++) {
            uint32_t token = phrase->marked.items[i];
            if (!(phrase->places.items[token] & bit) || token >= image->header->word_count)
                continue;
            const uint64_t *row = image->rows + ty_image_row(image, token, 0) * (size_t)image->header->stride;
            if (++words <= ROWS_MAX && !ty_vector_push(&phrase->rows, row))
                *status = ty_error_nomem(at->error);
        }
        if (words == 0)
            return false;
        if (words > ROWS_MAX)
            phrase->rows.count = begin;
        else if (!ty_vector_push(&phrase->rows, NULL))
            *status = ty_error_nomem(at->error);
    }
    return true;
}

/* The entries of a chunk, from word `word` on, that have all rows. */
static void intersect(const ty_image *image, const ty_search_phrase *phrase, size_t word, uint64_t *all)
{
    uint64_t any[TY_CHUNK_WORDS] = {0};
    memset(all, 0xFF, TY_CHUNK_WORDS * sizeof *all);
    for (size_t i = 0; i < phrase->rows.count; i++) {
        const uint64_t *row = phrase->rows.items[i];
        if (row && !ty_image_trusts(image, row + word, TY_CHUNK_WORDS * sizeof *row))
            break;
        if (row) {
            for (size_t w = 0; w < TY_CHUNK_WORDS; w++)
                any[w] |= row[word + w];
            continue;
        }
        for (size_t w = 0; w < TY_CHUNK_WORDS; w++)
            all[w] &= any[w];
        memset(any, 0, sizeof any);
    }
}

static ty_status search_chunk(search *at, size_t chunk)
{
    uint64_t all[TY_CHUNK_WORDS];
    size_t entries = ty_image_entries(&at->index->image);
    ty_status status = TY_OK;
    intersect(&at->index->image, &at->scratch->phrase, chunk, all);
    if (ty_image_is_damaged(&at->index->image))
        return TY_OK;
    for (size_t w = 0; w < TY_CHUNK_WORDS; w++)
        for (uint64_t left = all[w]; left && status == TY_OK; left &= left - 1) {
            size_t entry = (chunk + w) * 64 + (size_t)__builtin_ctzll(left);
            if (entry >= entries || at->hits >= at->wanted)
                return TY_OK;
            status = search_entry(at, (uint32_t)entry);
        }
    return status;
}

static ty_status search_image(search *at)
{
    ty_status status = TY_OK;
    size_t words = (ty_image_entries(&at->index->image) + 63) / 64;
    if (!list_rows(at, &status))
        words = 0;
    for (size_t word = 0; status == TY_OK && word < words && at->hits < at->wanted; word += TY_CHUNK_WORDS)
        status = search_chunk(at, word);
    return status == TY_OK ? search_long(at) : status;
}

/* ------------------------------------------------------------------------------------------ the whole */

static ty_status prepare(search *at)
{
    ty_status status = ty_needle_set(&at->scratch->needle, at->query, at->error);
    if (status != TY_OK)
        return status;
    status = ty_text_tokenize(at->query->text, &at->scratch->tokens, at->error);
    if (status != TY_OK)
        return status;
    return set_phrase(at) ? TY_OK : ty_error_nomem(at->error);
}

ty_status ty_match_index_search(const ty_match_index *index, const ty_concordance_query *query,
                                const ty_match_texts *texts, ty_match_scratch *scratch,
                                ty_concordance_each each, void *payload, ty_error *error)
{
    search at = {.index = index,
                 .query = query,
                 .texts = texts,
                 .scratch = scratch,
                 .each = each,
                 .payload = payload,
                 .error = error,
                 .wanted = ty_concordance_wanted(query)};
    ty_status status = prepare(&at);
    if (status == TY_OK)
        status = search_pending(&at);
    if (status == TY_OK && index->image.header)
        status = search_image(&at);
    status = ty_image_verdict(&index->image, status, error);
    return status == TY_OK && !at.hits ? TY_NO : status;
}
