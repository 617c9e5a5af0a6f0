/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sys.h"
#include "match/index.h"

#define BYTE_ORDER_MARK 0x01020304u
/* Words that a search folds are listed in it, so it holds for one table of kanji only. */
#define VERSION (5u | ty_kanji_digest() << 8)

static const char MAGIC[8] = {'T', 'Y', 'M', 'A', 'T', 'C', 'H', '\n'};

void ty_image_lay_out(ty_image_header *header, const uint64_t sizes[TY_PART_COUNT])
{
    uint64_t at = (sizeof *header + 63) / 64 * 64;
    for (int part = 0; part < TY_PART_COUNT; part++) {
        header->offsets[part] = at;
        uint64_t size = part == TY_PART_DIGESTS ? ty_blocks_before(at) * sizeof(uint64_t) : sizes[part];
        at += (size + 63) / 64 * 64;
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
    image->marks = (ty_match_mark *)(base + header->offsets[TY_PART_MARKS]);
    image->offsets = (uint32_t *)(base + header->offsets[TY_PART_OFFSETS]);
    image->codes = (uint8_t *)(base + header->offsets[TY_PART_CODES]);
    image->rows = (uint64_t *)(base + header->offsets[TY_PART_ROWS]);
    image->own_rows = (uint16_t *)(base + header->offsets[TY_PART_OWN_ROWS]);
    image->word_offsets = (uint32_t *)(base + header->offsets[TY_PART_WORD_OFFSETS]);
    image->words = base + header->offsets[TY_PART_WORDS];
    image->slots = (uint32_t *)(base + header->offsets[TY_PART_SLOTS]);
    image->odd_words = (uint32_t *)(base + header->offsets[TY_PART_ODD_WORDS]);
    image->long_ids = (int64_t *)(base + header->offsets[TY_PART_LONG_IDS]);
    image->digests = (uint64_t *)(base + header->offsets[TY_PART_DIGESTS]);
}

/* Never falling, from 0 up to at most `limit`. */
static bool rises(const uint32_t *values, size_t count, uint64_t limit)
{
    for (size_t i = 1; i < count; i++)
        if (values[i] < values[i - 1])
            return false;
    return values[0] == 0 && values[count - 1] <= limit;
}

/* ------------------------------------------------------------------------------------------ blocks */

/* The header has a sum of its own. */
static uint64_t checksum_of(const ty_image_header *header)
{
    ty_image_header plain = *header;
    uint64_t at = header->offsets[TY_PART_DIGESTS];
    plain.checksum = 0;
    return ty_checksum(&plain, sizeof plain) +
           ty_checksum((const char *)header + at, (size_t)(header->size - at));
}

static bool refuse(const ty_image *image)
{
    return ty_blocks_refuse(image->trust);
}

bool ty_image_trusts_entry(const ty_image *image, uint32_t entry, const uint8_t **codes, const uint8_t **end)
{
    const uint64_t *parts = image->header->offsets;
    *codes = *end = image->codes;
    if (!ty_image_trusts(image, image->offsets + entry, 2 * sizeof *image->offsets) ||
        !ty_image_trusts(image, image->ids + entry, sizeof *image->ids) ||
        !ty_image_trusts(image, image->marks + entry, sizeof *image->marks))
        return false;
    uint32_t from = image->offsets[entry], to = image->offsets[entry + 1];
    if (from > to || to > parts[TY_PART_CODES + 1] - parts[TY_PART_CODES])
        return refuse(image);
    if (!ty_image_trusts(image, image->codes + from, to - from))
        return false;
    *codes = image->codes + from;
    *end = image->codes + to;
    return true;
}

bool ty_image_trusts_all(const ty_image *image)
{
    const ty_image_header *header = image->header;
    size_t room = (size_t)(header->offsets[TY_PART_CODES + 1] - header->offsets[TY_PART_CODES]);
    if (!image->trust)
        return true;
    if (!ty_image_trusts(image, header + 1, (size_t)header->offsets[TY_PART_DIGESTS] - sizeof *header))
        return false;
    return rises(image->offsets, (size_t)header->entries + 1, room) || refuse(image);
}

bool ty_image_is_damaged(const ty_image *image)
{
    return image->trust && atomic_load(&image->trust->damaged);
}

ty_status ty_image_verdict(const ty_image *image, ty_status status, ty_error *error)
{
    if (!ty_image_is_damaged(image))
        return status;
    return ty_error_set(error, TY_ERR_FORMAT, "the index is damaged");
}

void ty_image_seal(ty_image *image)
{
    ty_image_header *header = image->header;
    memcpy(header->magic, MAGIC, sizeof MAGIC);
    header->version = VERSION;
    header->byte_order = BYTE_ORDER_MARK;
    ty_blocks_sum(header, sizeof *header, (size_t)header->offsets[TY_PART_DIGESTS], image->digests);
    header->checksum = checksum_of(header);
}

void ty_image_release(ty_image *image)
{
    if (image->mapping)
        ty_sys_unmap(image->mapping, image->mapping_size);
    else
        free(image->header);
    free(image->trust);
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
           part_holds(header, TY_PART_MARKS, entries, sizeof(ty_match_mark)) &&
           part_holds(header, TY_PART_OFFSETS, entries + 1, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_ROWS, header->stride, TY_ROW_COUNT * sizeof(uint64_t)) &&
           part_holds(header, TY_PART_OWN_ROWS, header->own_tokens, TY_OCCURRENCES * sizeof(uint16_t)) &&
           part_holds(header, TY_PART_WORD_OFFSETS, (uint64_t)header->word_count + 1, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_SLOTS, header->slot_count, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_ODD_WORDS, header->odd_count, sizeof(uint32_t)) &&
           part_holds(header, TY_PART_LONG_IDS, header->long_count, sizeof(int64_t)) &&
           part_holds(header, TY_PART_DIGESTS, ty_blocks_before(header->offsets[TY_PART_DIGESTS]),
                      sizeof(uint64_t));
}

/* The parts that every look-up needs, which are small however many entries there are. */
static bool common_parts_fit(const ty_image *image)
{
    const ty_image_header *header = image->header;
    size_t lengths = (size_t)header->longest + 2, rows = (size_t)header->own_tokens * TY_OCCURRENCES;
    if (!ty_image_trusts(image, image->starts, lengths * sizeof *image->starts) ||
        !ty_image_trusts(image, image->own_rows, rows * sizeof *image->own_rows) ||
        !rises(image->starts, lengths, header->entries) || image->starts[lengths - 1] != header->entries)
        return false;
    for (size_t i = 0; i < rows; i++)
        if (image->own_rows[i] != TY_ROW_NONE && image->own_rows[i] >= TY_ROW_COUNT)
            return false;
    return true;
}

static bool header_fits(const void *bytes, size_t size)
{
    const ty_image_header *header = bytes;
    return size >= sizeof *header && memcmp(header->magic, MAGIC, sizeof MAGIC) == 0 &&
           header->version == VERSION && header->byte_order == BYTE_ORDER_MARK && header->size == size &&
           parts_fit(header) && header->checksum == checksum_of(header);
}

ty_status ty_image_open(void *bytes, size_t size, ty_image *out, ty_error *error)
{
    if (!header_fits(bytes, size))
        return TY_NO;
    ty_image_header *header = bytes;
    ty_image_point(out, header);
    out->trust =
        ty_blocks_new(header, sizeof *header, (size_t)header->offsets[TY_PART_DIGESTS], out->digests);
    if (!out->trust)
        return ty_error_nomem(error);
    return common_parts_fit(out) ? TY_OK : TY_NO;
}

/* ------------------------------------------------------------------------------------------ words, rows */

uint32_t ty_image_word(const ty_image *image, ty_slice word)
{
    if (!image->header)
        return TY_TOKEN_NONE;
    uint32_t mask = image->header->slot_count - 1, slot = (uint32_t)ty_hash(word, 0) & mask;
    for (uint32_t tried = 0; tried <= mask; tried++, slot = (slot + 1) & mask) {
        if (!ty_image_trusts(image, image->slots + slot, sizeof *image->slots) || !image->slots[slot])
            return TY_TOKEN_NONE;
        if (ty_slice_equal(ty_image_word_text(image, image->slots[slot] - 1), word))
            return image->slots[slot] - 1;
    }
    return TY_TOKEN_NONE;
}

ty_slice ty_image_word_text(const ty_image *image, uint32_t token)
{
    const uint64_t *parts = image->header->offsets;
    const uint32_t *place = image->word_offsets + token;
    ty_slice none = {"", 0};
    if (token >= image->header->word_count)
        return refuse(image), none;
    if (!ty_image_trusts(image, place, 2 * sizeof *place))
        return none;
    if (place[0] > place[1] || place[1] > parts[TY_PART_WORDS + 1] - parts[TY_PART_WORDS])
        return refuse(image), none;
    ty_slice text = {image->words + place[0], place[1] - place[0]};
    return ty_image_trusts(image, text.data, text.size) ? text : none;
}

ty_slice ty_image_words(const ty_image *image)
{
    const uint64_t *parts = image->header->offsets;
    size_t count = image->header->word_count,
           room = (size_t)(parts[TY_PART_WORDS + 1] - parts[TY_PART_WORDS]);
    if (!ty_image_trusts(image, image->word_offsets, (count + 1) * sizeof *image->word_offsets))
        return (ty_slice){"", 0};
    if (!rises(image->word_offsets, count + 1, room))
        return refuse(image), (ty_slice){"", 0};
    ty_slice all = {image->words, image->word_offsets[count]};
    return ty_image_trusts(image, all.data, all.size) ? all : (ty_slice){"", 0};
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

size_t ty_image_checked(const ty_image *image)
{
    return image->trust ? atomic_load(&image->trust->checked) * TY_BLOCK_SIZE : 0;
}
