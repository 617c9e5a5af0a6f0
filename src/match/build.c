/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting entries into a new image. */
#include "match/index.h"

#define SAMPLE 65536    /* entries that are enough to tell which tokens are frequent */
#define CANDIDATES 2048 /* tokens that may be frequent enough for rows of their own */
#define SHARED_LEAST 64 /* rows that the others share, at least */

typedef struct builder {
    ty_match_index *index;
    ty_arena arena;
    uint32_t sources;    /* entries of the image, then those that wait; the removed ones included */
    uint32_t live;       /* without the removed ones */
    uint32_t words;      /* old tokens */
    uint32_t used_words; /* new tokens: those of live entries */
    uint32_t longest;
    uint32_t *frequency; /* by old token */
    uint32_t *renumber;  /* old token to new */
    uint32_t *by_rank;   /* new token to old */
    uint16_t *lengths;   /* by source; DEAD for removed ones */
    uint32_t *starts;    /* by length */
    uint32_t *order;     /* sources by length */
    uint32_t *codes;     /* of the entry at hand: tokens, and digits behind numbers */
    uint32_t *seen;      /* by new token: occurrences so far in the entry at hand */
    int64_t *long_ids;
    uint32_t *odd_words; /* new tokens */
    uint32_t long_count, odd_count;
    size_t long_room;
    uint16_t own_rows[CANDIDATES * TY_OCCURRENCES];
    uint32_t own_tokens, shared_row;
    uint64_t code_bytes, word_bytes;
    ty_image image;
} builder;

#define DEAD UINT16_MAX
enum { CODES_MAX = 2 * TY_MATCH_TOKENS_MAX };

static size_t read_codes(builder *build, uint32_t source)
{
    const ty_match_index *index = build->index;
    const ty_image *image = &index->image;
    size_t sorted = ty_image_entries(image);
    if (source < sorted)
        return ty_code_read_all(image->codes + image->offsets[source],
                                image->codes + image->offsets[source + 1], index->number, build->codes,
                                TY_MATCH_TOKENS_MAX);
    const ty_pending_entry *entry = &index->pending.items[source - sorted];
    const uint8_t *codes = (const uint8_t *)index->codes.data;
    return ty_code_read_all(codes + entry->codes, codes + index->codes.size, index->number, build->codes,
                            entry->length);
}

/* The old codes of a source; an image that is not ours may have words it does not list. */
static size_t read_source(builder *build, uint32_t source)
{
    size_t count = build->words ? read_codes(build, source) : 0;
    for (size_t i = 0; i < count; i++)
        if (build->codes[i] >= build->words)
            build->codes[i] = 0;
    return count;
}

static uint32_t count_tokens(const builder *build, size_t codes)
{
    uint32_t tokens = 0;
    for (size_t i = 0; i < codes; i++, tokens++)
        if (build->codes[i] == build->index->number)
            i++;
    return tokens;
}

/* Is the source in the new image, sorted by length? Those with too many tokens are only listed. */
static bool keep_source(builder *build, uint32_t source)
{
    const ty_match_index *index = build->index;
    size_t sorted = ty_image_entries(&index->image);
    if (source < sorted)
        return !ty_index_removed(index, index->image.ids[source]);
    const ty_pending_entry *entry = &index->pending.items[source - sorted];
    if (entry->length <= TY_MATCH_TOKENS_MAX)
        return true;
    build->long_ids[build->long_count++] = entry->id;
    return false;
}

static void keep_long_entries(builder *build)
{
    const ty_image *image = &build->index->image;
    for (uint32_t i = 0; image->header && i < image->header->long_count; i++)
        if (!ty_index_removed(build->index, image->long_ids[i]))
            build->long_ids[build->long_count++] = image->long_ids[i];
}

/* Lengths of entries, frequencies of words. */
static void count(builder *build)
{
    keep_long_entries(build);
    for (uint32_t source = 0; source < build->sources; source++) {
        build->lengths[source] = DEAD;
        if (!keep_source(build, source))
            continue;
        size_t codes = read_source(build, source);
        for (size_t i = 0; i < codes; i++)
            build->frequency[build->codes[i]]++;
        uint32_t length = count_tokens(build, codes);
        build->lengths[source] = (uint16_t)length;
        build->starts[length + 1]++;
        if (length > build->longest)
            build->longest = length;
        build->live++;
    }
}

/* Stable, so that entries of a length stay in the order they came. */
static void sort_by_length(builder *build)
{
    for (uint32_t length = 0; length <= build->longest; length++)
        build->starts[length + 1] += build->starts[length];
    for (uint32_t source = 0; source < build->sources; source++)
        if (build->lengths[source] != DEAD)
            build->order[build->starts[build->lengths[source]]++] = source;
    /* Each start has moved to the next one's place. */
    memmove(build->starts + 1, build->starts, (build->longest + 1) * sizeof *build->starts);
    build->starts[0] = 0;
}

static int compare_keys(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

/* New numbers for tokens, the most frequent first. */
static bool rank(builder *build)
{
    uint64_t *keys = ty_arena_array(&build->arena, build->words + 1, sizeof *keys);
    if (!keys)
        return false;
    for (uint32_t token = 0; token < build->words; token++)
        keys[token] = (uint64_t)(UINT32_MAX - build->frequency[token]) << 32 | token;
    qsort(keys, build->words, sizeof *keys, compare_keys);
    for (uint32_t new = 0; new < build->words; new ++) {
        uint32_t old = (uint32_t)keys[new];
        if (!build->frequency[old])
            break;
        build->by_rank[new] = old;
        build->renumber[old] = new;
        build->code_bytes += (uint64_t)build->frequency[old] * ty_code_size(new);
        build->word_bytes += ty_index_word_text(build->index, old).size;
        build->used_words++;
    }
    return build->code_bytes < UINT32_MAX && build->word_bytes < UINT32_MAX;
}

/* The new codes of a source. */
static size_t read_renumbered(builder *build, uint32_t source)
{
    size_t count = read_source(build, source);
    for (size_t i = 0; i < count; i++)
        build->codes[i] = build->renumber[build->codes[i]];
    return count;
}

/* Words that are written otherwise where strings are searched; letters and digits of ASCII never are. */
static ty_status find_odd_words(builder *build, ty_error *error)
{
    ty_buffer folded = {0};
    ty_status status = TY_OK;
    for (uint32_t token = 0; status == TY_OK && token < build->used_words; token++) {
        ty_slice word = ty_index_word_text(build->index, build->by_rank[token]);
        ty_buffer_clear(&folded);
        status = ty_fold_plain(word, TY_FOLD_SEARCH, &folded, error);
        if (status == TY_OK && !ty_slice_equal(ty_buffer_slice(&folded), word))
            build->odd_words[build->odd_count++] = token;
    }
    ty_buffer_release(&folded);
    return status;
}

/* ------------------------------------------------------------------------------------------ rows */

/* How often the n-th occurrence of a token is met in a sample of entries; returns the sum over all tokens. */
static uint64_t sample(builder *build, uint32_t *met)
{
    uint32_t step = build->live / SAMPLE + 1;
    uint64_t mass = 0;
    for (uint32_t at = 0; at < build->live; at += step) {
        size_t count = read_renumbered(build, build->order[at]);
        for (size_t i = 0; i < count; i++) {
            uint32_t token = build->codes[i], occurrence = build->seen[token]++;
            if (token < CANDIDATES && occurrence < TY_OCCURRENCES)
                met[token * TY_OCCURRENCES + occurrence]++;
        }
        for (size_t i = 0; i < count; i++)
            build->seen[build->codes[i]] = 0;
        mass += count;
    }
    return mass;
}

/*
 * A row of its own for what is more frequent than the average of the rows that the rest shares, so that rows
 * are as evenly filled as can be.
 */
static bool assign_rows(builder *build)
{
    uint32_t tokens = build->used_words < CANDIDATES ? build->used_words : CANDIDATES, count = 0, row = 0;
    uint32_t *met = ty_arena_array(&build->arena, tokens * TY_OCCURRENCES + 1, sizeof *met);
    uint64_t *keys = ty_arena_array(&build->arena, tokens * TY_OCCURRENCES + 1, sizeof *keys);
    if (!met || !keys)
        return false;
    uint64_t left = sample(build, met);
    for (uint32_t key = 0; key < tokens * TY_OCCURRENCES; key++)
        if (met[key])
            keys[count++] = (uint64_t)(UINT32_MAX - met[key]) << 32 | key;
    qsort(keys, count, sizeof *keys, compare_keys);
    memset(build->own_rows, 0xFF, sizeof build->own_rows);
    for (; row < count && row < TY_ROW_COUNT - SHARED_LEAST; row++) {
        uint32_t key = (uint32_t)keys[row], token = key / TY_OCCURRENCES;
        if ((uint64_t)met[key] * (TY_ROW_COUNT - row) <= left)
            break;
        build->own_rows[key] = (uint16_t)row;
        left -= met[key];
        if (token >= build->own_tokens)
            build->own_tokens = token + 1;
    }
    build->shared_row = row;
    return true;
}

static void set_rows(builder *build, uint32_t entry, size_t count)
{
    ty_image *image = &build->image;
    uint64_t *column = image->rows + entry / 64, bit = UINT64_C(1) << (entry % 64);
    for (size_t i = 0; i < count; i++) {
        uint32_t row = ty_image_row(image, build->codes[i], build->seen[build->codes[i]]++);
        column[(size_t)row * image->header->stride] |= bit;
    }
    for (size_t i = 0; i < count; i++)
        build->seen[build->codes[i]] = 0;
}

/* ------------------------------------------------------------------------------------------ filling */

static uint32_t slot_count(uint32_t words)
{
    uint32_t slots = 16;
    while (slots < words * UINT64_C(2))
        slots *= 2;
    return slots;
}

/* 64-bit words of a row: whole chunks, an odd number of them, so that rows do not meet in the cache. */
static uint64_t stride_of(uint32_t entries)
{
    uint64_t chunks = (entries + 64 * TY_CHUNK_WORDS - 1) / (64 * TY_CHUNK_WORDS);
    return (chunks | 1) * TY_CHUNK_WORDS;
}

static bool allocate(builder *build)
{
    ty_image_header header = {.entries = build->live,
                              .stride = stride_of(build->live),
                              .longest = build->longest,
                              .own_tokens = build->own_tokens,
                              .shared_row = build->shared_row,
                              .word_count = build->used_words,
                              .slot_count = slot_count(build->used_words),
                              .number = TY_TOKEN_NONE,
                              .odd_count = build->odd_count,
                              .long_count = build->long_count};
    if (build->index->number != TY_TOKEN_NONE && build->frequency[build->index->number])
        header.number = build->renumber[build->index->number];
    uint64_t sizes[TY_PART_COUNT] = {
        [TY_PART_STARTS] = (header.longest + 2) * sizeof(uint32_t),
        [TY_PART_IDS] = header.entries * sizeof(int64_t),
        [TY_PART_MARKS] = header.entries * sizeof(ty_match_mark),
        [TY_PART_OFFSETS] = (header.entries + 1) * sizeof(uint32_t),
        [TY_PART_CODES] = build->code_bytes,
        [TY_PART_ROWS] = header.stride * TY_ROW_COUNT * sizeof(uint64_t),
        [TY_PART_OWN_ROWS] = (uint64_t)header.own_tokens * TY_OCCURRENCES * sizeof(uint16_t),
        [TY_PART_WORD_OFFSETS] = ((uint64_t)header.word_count + 1) * sizeof(uint32_t),
        [TY_PART_WORDS] = build->word_bytes,
        [TY_PART_SLOTS] = (uint64_t)header.slot_count * sizeof(uint32_t),
        [TY_PART_ODD_WORDS] = (uint64_t)header.odd_count * sizeof(uint32_t),
        [TY_PART_LONG_IDS] = (uint64_t)header.long_count * sizeof(int64_t)};
    ty_image_lay_out(&header, sizes);
    ty_image_header *made = calloc(1, (size_t)header.size);
    if (!made)
        return false;
    *made = header;
    ty_image_point(&build->image, made);
    return true;
}

static void fill_words(builder *build)
{
    ty_image *image = &build->image;
    uint32_t mask = image->header->slot_count - 1, at = 0;
    for (uint32_t token = 0; token < build->used_words; token++) {
        ty_slice word = ty_index_word_text(build->index, build->by_rank[token]);
        memcpy(image->words + at, word.data, word.size);
        at += (uint32_t)word.size;
        image->word_offsets[token + 1] = at;
        uint32_t slot = (uint32_t)ty_hash(word, 0) & mask;
        while (image->slots[slot])
            slot = (slot + 1) & mask;
        image->slots[slot] = token + 1;
    }
}

static void fill_entry(builder *build, uint32_t entry, uint32_t source)
{
    const ty_match_index *index = build->index;
    ty_image *image = &build->image;
    size_t sorted = ty_image_entries(&index->image);
    bool old = source < sorted;
    const ty_pending_entry *pending = old ? NULL : &index->pending.items[source - sorted];
    image->ids[entry] = old ? index->image.ids[source] : pending->id;
    image->marks[entry] = old ? index->image.marks[source] : pending->mark;
    size_t count = read_renumbered(build, source);
    uint8_t *at = image->codes + image->offsets[entry];
    for (size_t i = 0; i < count; i++)
        at = ty_code_put(at, build->codes[i]);
    image->offsets[entry + 1] = (uint32_t)(at - image->codes);
    set_rows(build, entry, count);
}

static void fill(builder *build)
{
    memcpy(build->image.starts, build->starts, (build->longest + 2) * sizeof *build->starts);
    memcpy(build->image.own_rows, build->own_rows,
           (size_t)build->own_tokens * TY_OCCURRENCES * sizeof *build->own_rows);
    if (build->odd_count)
        memcpy(build->image.odd_words, build->odd_words, build->odd_count * sizeof *build->odd_words);
    if (build->long_count)
        memcpy(build->image.long_ids, build->long_ids, build->long_count * sizeof *build->long_ids);
    fill_words(build);
    for (uint32_t entry = 0; entry < build->live; entry++)
        fill_entry(build, entry, build->order[entry]);
}

static bool make_room(builder *build)
{
    ty_arena *arena = &build->arena;
    build->frequency = ty_arena_array(arena, build->words + 1, sizeof *build->frequency);
    build->renumber = ty_arena_array(arena, build->words + 1, sizeof *build->renumber);
    build->by_rank = ty_arena_array(arena, build->words + 1, sizeof *build->by_rank);
    build->seen = ty_arena_array(arena, build->words + 1, sizeof *build->seen);
    build->lengths = ty_arena_array(arena, build->sources + 1, sizeof *build->lengths);
    build->order = ty_arena_array(arena, build->sources + 1, sizeof *build->order);
    build->starts = ty_arena_array(arena, TY_MATCH_TOKENS_MAX + 3, sizeof *build->starts);
    build->codes = ty_arena_array(arena, CODES_MAX, sizeof *build->codes);
    build->odd_words = ty_arena_array(arena, build->words + 1, sizeof *build->odd_words);
    build->long_ids = ty_arena_array(arena, build->long_room + 1, sizeof *build->long_ids);
    return !arena->failed;
}

static ty_status run(builder *build, ty_error *error)
{
    if (!make_room(build))
        return ty_error_nomem(error);
    count(build);
    sort_by_length(build);
    if (!rank(build))
        return build->arena.failed ? ty_error_nomem(error)
                                   : ty_error_set(error, TY_ERR_LIMIT, "more text than an index can hold");
    ty_status status = find_odd_words(build, error);
    if (status != TY_OK)
        return status;
    if (!assign_rows(build) || !allocate(build))
        return ty_error_nomem(error);
    fill(build);
    return TY_OK;
}

/* The new image takes the place of the old one and of what waited. */
static void replace(ty_match_index *index, ty_image image)
{
    ty_image_release(&index->image);
    index->image = image;
    index->number = image.header->number;
    ty_vector_release(&index->removed);
    ty_strings_release(&index->words);
    free(index->memo);
    index->memo = NULL;
    ty_vector_release(&index->pending);
    ty_buffer_release(&index->codes);
}

ty_status ty_match_index_build(ty_match_index *index, ty_error *error)
{
    if (index->image.header && !ty_match_index_pending(index))
        return TY_OK;
    size_t sources = ty_image_entries(&index->image) + index->pending.count;
    size_t words = ty_index_image_words(index) + index->words.list.count;
    if (index->image.header && !ty_image_trusts_all(&index->image))
        return ty_image_verdict(&index->image, TY_OK, error);
    if (sources >= UINT32_MAX / 2 || words >= UINT32_MAX / 2)
        return ty_error_set(error, TY_ERR_LIMIT, "more entries than an index can hold");
    builder *build = calloc(1, sizeof *build);
    if (!build)
        return ty_error_nomem(error);
    build->index = index;
    build->sources = (uint32_t)sources;
    build->words = (uint32_t)words;
    build->long_room = index->pending.count + (index->image.header ? index->image.header->long_count : 0);
    ty_status status = run(build, error);
    if (status == TY_OK)
        replace(index, build->image);
    ty_arena_release(&build->arena);
    free(build);
    return status;
}
