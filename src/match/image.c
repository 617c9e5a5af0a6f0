/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/mman.h>

#include "match/index.h"

#define BYTE_ORDER_MARK 0x01020304u
/* Words that a search folds are listed in it, so it holds for one table of kanji only. */
#define VERSION (4u | ty_kanji_digest() << 8)

static const char MAGIC[8] = {'T', 'Y', 'M', 'A', 'T', 'C', 'H', '\n'};

void ty_image_lay_out(ty_image_header *header, const uint64_t sizes[TY_PART_COUNT])
{
    uint64_t at = (sizeof *header + 63) / 64 * 64;
    for (int part = 0; part < TY_PART_COUNT; part++) {
        header->offsets[part] = at;
        at += (sizes[part] + 63) / 64 * 64;
    }
    header->offsets[TY_PART_COUNT] = at;
    header->size = at;
}

void ty_image_point(ty_image *image, ty_image_header *header)
{
    char *base = (char *)header;
    image->header = header;
    image->starts = (uint32_t *)(base + header->offsets[TY_PART_STARTS]);
    image->ids = (int64_t *)(base + header->offsets[TY_PART_IDS]);
    image->marks = (ty_mark *)(base + header->offsets[TY_PART_MARKS]);
    image->offsets = (uint32_t *)(base + header->offsets[TY_PART_OFFSETS]);
    image->codes = (uint8_t *)(base + header->offsets[TY_PART_CODES]);
    image->rows = (uint64_t *)(base + header->offsets[TY_PART_ROWS]);
    image->own_rows = (uint16_t *)(base + header->offsets[TY_PART_OWN_ROWS]);
    image->word_offsets = (uint32_t *)(base + header->offsets[TY_PART_WORD_OFFSETS]);
    image->words = base + header->offsets[TY_PART_WORDS];
    image->slots = (uint32_t *)(base + header->offsets[TY_PART_SLOTS]);
    image->odd_words = (uint32_t *)(base + header->offsets[TY_PART_ODD_WORDS]);
    image->long_ids = (int64_t *)(base + header->offsets[TY_PART_LONG_IDS]);
}

static uint64_t checksum_of(const ty_image_header *header)
{
    ty_image_header plain = *header;
    plain.checksum = 0;
    return ty_image_checksum(&plain, sizeof plain) +
           ty_image_checksum(header + 1, (size_t)header->size - sizeof *header);
}

void ty_image_seal(ty_image *image)
{
    ty_image_header *header = image->header;
    memcpy(header->magic, MAGIC, sizeof MAGIC);
    header->version = VERSION;
    header->byte_order = BYTE_ORDER_MARK;
    header->checksum = checksum_of(header);
}

void ty_image_release(ty_image *image)
{
    if (image->mapping)
        munmap(image->mapping, image->mapping_size);
    else
        free(image->header);
    *image = (ty_image){0};
}

/* ------------------------------------------------------------------------------------------ checks */

static bool part_holds(const ty_image_header *header, int part, uint64_t count, uint64_t size)
{
    uint64_t room = header->offsets[part + 1] - header->offsets[part];
    return count <= room / size;
}

static bool parts_fit(const ty_image_header *header)
{
    if (header->offsets[0] < sizeof *header)
        return false;
    for (int part = 0; part < TY_PART_COUNT; part++)
        if (header->offsets[part] % 64 || header->offsets[part] > header->offsets[part + 1])
            return false;
    uint64_t entries = header->entries;
    return header->offsets[TY_PART_COUNT] == header->size && entries < UINT32_MAX &&
           header->longest <= TY_MATCH_TOKENS_MAX && header->stride % TY_CHUNK_WORDS == 0 &&
           header->stride >= (entries + 63) / 64 && header->shared_row < TY_ROW_COUNT &&
           (header->number < header->word_count || header->number == TY_TOKEN_NONE) &&
           header->own_tokens <= header->word_count && header->slot_count > header->word_count &&
           (header->slot_count & (header->slot_count - 1)) == 0 &&
           part_holds(header, TY_PART_STARTS, header->longest + 2, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_IDS, entries, sizeof(int64_t)) &&
           part_holds(header, TY_PART_MARKS, entries, sizeof(ty_mark)) &&
           part_holds(header, TY_PART_OFFSETS, entries + 1, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_ROWS, header->stride, TY_ROW_COUNT * sizeof(uint64_t)) &&
           part_holds(header, TY_PART_OWN_ROWS, header->own_tokens, TY_OCCURRENCES * sizeof(uint16_t)) &&
           part_holds(header, TY_PART_WORD_OFFSETS, (uint64_t)header->word_count + 1, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_SLOTS, header->slot_count, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_ODD_WORDS, header->odd_count, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_LONG_IDS, header->long_count, sizeof(int64_t));
}

/* Never falling, from 0 up to at most `limit`. */
static bool rises(const uint32_t *values, size_t count, uint64_t limit)
{
    for (size_t i = 1; i < count; i++)
        if (values[i] < values[i - 1])
            return false;
    return values[0] == 0 && values[count - 1] <= limit;
}

static bool contents_fit(const ty_image *image)
{
    const ty_image_header *header = image->header;
    const uint64_t *parts = header->offsets;
    if (!rises(image->starts, header->longest + 2, header->entries) ||
        image->starts[header->longest + 1] != header->entries ||
        !rises(image->offsets, header->entries + 1, parts[TY_PART_CODES + 1] - parts[TY_PART_CODES]) ||
        !rises(image->word_offsets, (size_t)header->word_count + 1,
               parts[TY_PART_WORDS + 1] - parts[TY_PART_WORDS]))
        return false;
    for (size_t i = 0; i < (size_t)header->own_tokens * TY_OCCURRENCES; i++)
        if (image->own_rows[i] != TY_ROW_NONE && image->own_rows[i] >= TY_ROW_COUNT)
            return false;
    for (size_t i = 0; i < header->odd_count; i++)
        if (image->odd_words[i] >= header->word_count)
            return false;
    uint32_t used = 0;
    for (size_t i = 0; i < header->slot_count; i++) {
        if (image->slots[i] > header->word_count)
            return false;
        used += image->slots[i] != 0;
    }
    return used < header->slot_count;
}

ty_status ty_image_check(const void *bytes, size_t size)
{
    const ty_image_header *header = bytes;
    if (size < sizeof *header || memcmp(header->magic, MAGIC, sizeof MAGIC) != 0 ||
        header->version != VERSION || header->byte_order != BYTE_ORDER_MARK || header->size != size)
        return TY_NO;
    if (!parts_fit(header))
        return TY_NO;
    if (header->checksum != checksum_of(header))
        return TY_NO;
    ty_image image = {0};
    ty_image_point(&image, (ty_image_header *)header);
    return contents_fit(&image) ? TY_OK : TY_NO;
}

/* ------------------------------------------------------------------------------------------ words, rows */

uint32_t ty_image_word(const ty_image *image, ty_slice word)
{
    if (!image->header)
        return TY_TOKEN_NONE;
    size_t mask = image->header->slot_count - 1;
    for (size_t slot = (size_t)ty_hash(word, 0) & mask; image->slots[slot]; slot = (slot + 1) & mask) {
        uint32_t token = image->slots[slot] - 1;
        uint32_t start = image->word_offsets[token], end = image->word_offsets[token + 1];
        if (end - start == word.size && memcmp(image->words + start, word.data, word.size) == 0)
            return token;
    }
    return TY_TOKEN_NONE;
}

uint32_t ty_image_row(const ty_image *image, uint32_t token, uint32_t occurrence)
{
    if (token < image->header->own_tokens && occurrence < TY_OCCURRENCES) {
        uint32_t row = image->own_rows[(size_t)token * TY_OCCURRENCES + occurrence];
        if (row != TY_ROW_NONE)
            return row;
    }
    uint32_t shared = image->header->shared_row;
    uint64_t hash = (((uint64_t)occurrence << 32) + token + 1) * UINT64_C(0x9E3779B97F4A7C15);
    return shared + (uint32_t)((hash >> 32) * (TY_ROW_COUNT - shared) >> 32);
}
