/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

#include "base/sys.h"

/* The format: bump the version whenever a reader or the layout changes. */
#define VERSION 8 /* of the layout and of what the readers make of their files */
static const char magic[8] = "TYLEXIC";

typedef struct ty_dictionary_header {
    char magic[8];
    uint32_t version, byte_order;
    ty_dictionary_stamp stamp;
    uint64_t size;     /* of the whole block */
    uint64_t checksum; /* of everything behind the header */
    struct {
        uint32_t count, slots, prefix_bits, unused;
        uint64_t slots_at, offsets_at, bytes_at, bytes_size, prefixes_at;
    } side[2];
    uint64_t starts_at, links_at, link_count;
} ty_dictionary_header;

/* FNV-1a (Fowler, Noll, Vo), so that all prefixes of a text are hashed in one pass. */
static inline uint64_t hash_byte(uint64_t hash, char byte)
{
    return (hash ^ (uint8_t)byte) * 0x100000001b3u;
}

#define HASH_START 0xcbf29ce484222325u

static inline uint64_t hash_end(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

/* ------------------------------------------------------------------------------------------ reading */

static bool section_fits(const ty_dictionary_header *head, uint64_t at, uint64_t count, uint64_t width)
{
    return at % 8 == 0 && at <= head->size && count <= (head->size - at) / width;
}

static bool is_power_of_two(uint32_t n)
{
    return n != 0 && (n & (n - 1)) == 0;
}

static bool read_side(ty_dictionary_side *side, const char *block, const ty_dictionary_header *head,
                      int which)
{
    uint32_t count = head->side[which].count, slots = head->side[which].slots,
             prefix_bits = head->side[which].prefix_bits;
    if (!is_power_of_two(slots) || count >= slots || !is_power_of_two(prefix_bits) || prefix_bits < 64)
        return false;
    if (!section_fits(head, head->side[which].slots_at, slots, 8))
        return false;
    if (!section_fits(head, head->side[which].offsets_at, (uint64_t)count + 1, 4))
        return false;
    if (!section_fits(head, head->side[which].bytes_at, head->side[which].bytes_size, 1))
        return false;
    if (!section_fits(head, head->side[which].prefixes_at, prefix_bits / 64, 8))
        return false;
    side->count = count;
    side->mask = slots - 1;
    side->slots = (const uint64_t *)(block + head->side[which].slots_at);
    side->offsets = (const uint32_t *)(block + head->side[which].offsets_at);
    side->bytes = block + head->side[which].bytes_at;
    side->prefixes = (const uint64_t *)(block + head->side[which].prefixes_at);
    side->prefix_mask = prefix_bits - 1;
    return side->offsets[count] <= head->side[which].bytes_size;
}

bool ty_dictionary_read(ty_dictionary *image, const char *block, size_t size,
                        const ty_dictionary_stamp *stamp)
{
    ty_dictionary_header head;
    *image = (ty_dictionary){0};
    if (size < sizeof head)
        return false;
    memcpy(&head, block, sizeof head);
    if (memcmp(head.magic, magic, sizeof magic) != 0 || head.version != VERSION || head.byte_order != 1)
        return false;
    if (head.size != size || memcmp(&head.stamp, stamp, sizeof *stamp) != 0)
        return false;
    if (head.checksum != ty_checksum(block + sizeof head, size - sizeof head))
        return false;
    if (!read_side(&image->left, block, &head, 0) || !read_side(&image->right, block, &head, 1))
        return false;
    if (!section_fits(&head, head.starts_at, (uint64_t)head.side[0].count + 1, 4))
        return false;
    if (!section_fits(&head, head.links_at, head.link_count, 4))
        return false;
    image->link_starts = (const uint32_t *)(block + head.starts_at);
    image->links = (const uint32_t *)(block + head.links_at);
    if (image->link_starts[head.side[0].count] != head.link_count)
        return false;
    image->block = block;
    image->size = size;
    return true;
}

void ty_dictionary_release(ty_dictionary *image)
{
    if (image->mapped)
        ty_sys_unmap((void *)(uintptr_t)image->block, image->size);
    else
        free((void *)(uintptr_t)image->block);
    *image = (ty_dictionary){0};
}

/* ------------------------------------------------------------------------------------------ looking up */

static uint32_t find_hashed(const ty_dictionary_side *side, ty_slice key, uint64_t hash)
{
    uint32_t tag = (uint32_t)(hash >> 32);
    for (uint32_t slot = (uint32_t)hash & side->mask; side->slots[slot] != 0;
         slot = (slot + 1) & side->mask) {
        if ((uint32_t)(side->slots[slot] >> 32) != tag)
            continue;
        uint32_t number = (uint32_t)side->slots[slot] - 1;
        if (side->offsets[number + 1] - side->offsets[number] == key.size &&
            memcmp(side->bytes + side->offsets[number], key.data, key.size) == 0)
            return number;
    }
    return TY_DICTIONARY_NONE;
}

static uint64_t key_hash(ty_slice key)
{
    uint64_t hash = HASH_START;
    for (size_t k = 0; k < key.size; k++)
        hash = hash_byte(hash, key.data[k]);
    return hash_end(hash);
}

uint32_t ty_dictionary_find(const ty_dictionary_side *side, ty_slice key)
{
    return side->count == 0 ? TY_DICTIONARY_NONE : find_hashed(side, key, key_hash(key));
}

static inline bool begins_character(ty_slice text, size_t offset)
{
    return offset >= text.size || ((uint8_t)text.data[offset] & 0xC0) != 0x80;
}

static inline bool begins_key(const ty_dictionary_side *side, uint64_t hash)
{
    uint32_t bit = (uint32_t)(hash >> 32) & side->prefix_mask;
    return side->prefixes[bit / 64] >> (bit % 64) & 1;
}

#define CHARACTERS_MAX 64 /* of a key that is looked for */

size_t ty_dictionary_longest(const ty_dictionary_side *side, ty_slice text, size_t offset)
{
    uint64_t hash = HASH_START, hashes[CHARACTERS_MAX];
    size_t ends[CHARACTERS_MAX], count = 0;
    for (size_t at = offset; at < text.size && count < CHARACTERS_MAX && side->count; at++) {
        hash = hash_byte(hash, text.data[at]);
        if (!begins_character(text, at + 1))
            continue;
        hashes[count] = hash_end(hash);
        if (!begins_key(side, hashes[count]))
            break;
        ends[count++] = at + 1;
    }
    while (count-- > 0) {
        ty_slice key = {text.data + offset, ends[count] - offset};
        if (find_hashed(side, key, hashes[count]) != TY_DICTIONARY_NONE)
            return key.size;
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------ writing */

void ty_dictionary_builder_release(ty_dictionary_builder *builder)
{
    ty_strings_release(&builder->left);
    ty_strings_release(&builder->right);
    ty_vector_release(&builder->links);
    ty_folded_release(&builder->folded);
    ty_buffer_release(&builder->scratch);
}

void ty_dictionary_builder_link(ty_dictionary_builder *builder, ty_slice left_key, const ty_slice *right_keys,
                                size_t count, size_t words)
{
    if (words == 0 || words > TY_LEXICON_WORDS_MAX || left_key.size == 0 || left_key.size > UINT8_MAX)
        return;
    uint32_t left = ty_strings_add(&builder->left, left_key);
    if (left == TY_STRINGS_NONE)
        builder->failed = true;
    for (size_t k = 0; k < count && !builder->failed; k++) {
        if (right_keys[k].size == 0 || right_keys[k].size > UINT8_MAX)
            continue;
        uint32_t right = ty_strings_add(&builder->right, right_keys[k]);
        uint64_t link = (uint64_t)left << 32 | (uint64_t)right << 3 | words;
        if (right == TY_STRINGS_NONE || !ty_vector_push(&builder->links, link))
            builder->failed = true;
    }
}

/* At once: a buffer that has failed does not grow, however often it is asked. */
static void pad(ty_buffer *out)
{
    static const char zeros[8];
    ty_buffer_add(out, (ty_slice){zeros, (8 - out->size % 8) % 8});
}

static uint64_t add_section(ty_buffer *out, const void *data, size_t size)
{
    pad(out);
    uint64_t at = out->size;
    ty_buffer_add(out, (ty_slice){data, size});
    return at;
}

static void fill_slots(uint64_t *slots, uint32_t mask, const ty_slices *keys)
{
    for (size_t number = 0; number < keys->count; number++) {
        uint64_t hash = key_hash(keys->items[number]);
        uint32_t slot = (uint32_t)hash & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = hash >> 32 << 32 | (number + 1);
    }
}

static void fill_prefixes(uint64_t *prefixes, uint32_t mask, const ty_slices *keys)
{
    for (size_t number = 0; number < keys->count; number++) {
        ty_slice key = keys->items[number];
        uint64_t hash = HASH_START;
        for (size_t at = 0; at < key.size; at++) {
            hash = hash_byte(hash, key.data[at]);
            uint32_t bit = (uint32_t)(hash_end(hash) >> 32) & mask;
            if (begins_character(key, at + 1))
                prefixes[bit / 64] |= (uint64_t)1 << (bit % 64);
        }
    }
}

/* The least power of two that is no less than either. */
static uint32_t power_of_two(uint32_t least, size_t wanted)
{
    uint32_t power = least;
    while (power < wanted && power < (uint32_t)1 << 31)
        power *= 2;
    return power;
}

static void write_keys(ty_dictionary_header *head, int which, const ty_slices *keys, ty_buffer *out)
{
    uint32_t *offsets = calloc(keys->count + 1, sizeof *offsets);
    if (!offsets) {
        out->failed = true;
        return;
    }
    for (size_t k = 0; k < keys->count; k++)
        offsets[k + 1] = offsets[k] + (uint32_t)keys->items[k].size;
    head->side[which].count = (uint32_t)keys->count;
    head->side[which].offsets_at = add_section(out, offsets, (keys->count + 1) * sizeof *offsets);
    pad(out);
    head->side[which].bytes_at = out->size;
    head->side[which].bytes_size = offsets[keys->count];
    for (size_t k = 0; k < keys->count; k++)
        ty_buffer_add(out, keys->items[k]);
    free(offsets);
}

/* Two slots and eight bits of prefixes a key. Only text without spaces is searched for what it begins with.
 */
static void write_tables(ty_dictionary_header *head, int which, const ty_slices *keys, ty_slice lang,
                         ty_buffer *out)
{
    bool unspaced = ty_lang_is_unspaced(lang);
    uint32_t slot_count = power_of_two(16, keys->count * 2);
    uint32_t bit_count = power_of_two(64, unspaced ? keys->count * 8 : 0);
    uint64_t *slots = calloc(slot_count, sizeof *slots);
    uint64_t *prefixes = calloc(bit_count / 64, sizeof *prefixes);
    if (slots && prefixes) {
        fill_slots(slots, slot_count - 1, keys);
        if (unspaced)
            fill_prefixes(prefixes, bit_count - 1, keys);
        head->side[which].slots = slot_count;
        head->side[which].slots_at = add_section(out, slots, slot_count * sizeof *slots);
        head->side[which].prefix_bits = bit_count;
        head->side[which].prefixes_at = add_section(out, prefixes, bit_count / 8);
    } else {
        out->failed = true;
    }
    free(slots);
    free(prefixes);
}

static int compare_links(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Sorted; of several links between two keys the first, that of the shortest translation, stays. */
static void write_links(ty_dictionary_header *head, ty_dictionary_builder *builder, ty_buffer *out)
{
    size_t left_count = builder->left.list.count, kept = 0;
    uint64_t *items = builder->links.items;
    if (builder->links.count > 0)
        qsort(items, builder->links.count, sizeof *items, compare_links);
    uint32_t *starts = calloc(left_count + 1, sizeof *starts);
    uint32_t *links = calloc(builder->links.count + 1, sizeof *links);
    if (!starts || !links) {
        out->failed = true;
    } else {
        for (size_t k = 0; k < builder->links.count; k++) {
            if (k > 0 && items[k] >> 3 == items[k - 1] >> 3)
                continue;
            links[kept++] = (uint32_t)items[k];
            starts[(items[k] >> 32) + 1] = (uint32_t)kept;
        }
        for (size_t k = 1; k <= left_count; k++)
            if (starts[k] < starts[k - 1])
                starts[k] = starts[k - 1];
        head->starts_at = add_section(out, starts, (left_count + 1) * sizeof *starts);
        head->links_at = add_section(out, links, kept * sizeof *links);
        head->link_count = kept;
    }
    free(starts);
    free(links);
}

ty_status ty_dictionary_builder_write(ty_dictionary_builder *builder, const ty_dictionary_stamp *stamp,
                                      ty_buffer *out, ty_error *error)
{
    ty_dictionary_header head = {.version = VERSION, .byte_order = 1, .stamp = *stamp};
    memcpy(head.magic, magic, sizeof magic);
    ty_buffer_clear(out);
    ty_buffer_add(out, (ty_slice){(const char *)&head, sizeof head});
    write_keys(&head, 0, &builder->left.list, out);
    write_keys(&head, 1, &builder->right.list, out);
    write_tables(&head, 0, &builder->left.list, builder->left_lang, out);
    write_tables(&head, 1, &builder->right.list, builder->right_lang, out);
    write_links(&head, builder, out);
    pad(out);
    if (out->failed || builder->failed)
        return ty_error_nomem(error);
    head.size = out->size;
    head.checksum = ty_checksum(out->data + sizeof head, out->size - sizeof head);
    memcpy(out->data, &head, sizeof head);
    return TY_OK;
}
