/* SPDX-License-Identifier: Apache-2.0 */
/*
 * index_image - a built index as one run of bytes, the same in memory and in a file: for this kind of machine
 * and this version only. Parts are as they are in memory, so that what is mapped is used where it lies; the
 * blocks that are not of every look-up are trusted when one needs them (trust.c).
 */
#include <stdlib.h>

#include "base/sys.h"
#include "term/index_image.h"

#define MAGIC "TYTERMS"
enum { VERSION = 13, BYTE_ORDER_MARK = 0x01020304 };

/* Sizes of items, in the order of the parts. */
static const uint32_t item_sizes[TERM_PART_COUNT] = {sizeof(term_record),
                                                     1,
                                                     1,
                                                     sizeof(uint32_t),
                                                     1,
                                                     sizeof(uint32_t),
                                                     sizeof(uint32_t),
                                                     sizeof(uint32_t),
                                                     sizeof(uint16_t),
                                                     sizeof(term_key),
                                                     sizeof(uint32_t),
                                                     sizeof(term_node),
                                                     sizeof(uint64_t),
                                                     sizeof(uint32_t),
                                                     sizeof(uint32_t),
                                                     sizeof(uint64_t)};

static uint64_t checksum_of(const term_image *image)
{
    term_image plain = *image;
    plain.checksum = 0;
    return ty_checksum(&plain, sizeof plain) +
           ty_checksum((const char *)image + image->offsets[TERM_PART_SUMS],
                       (size_t)(image->size - image->offsets[TERM_PART_SUMS]));
}

/* What an index is made by, beside the terms. */
static uint64_t data_digest(void)
{
    return (uint64_t)ty_term_data_digest ^ (uint64_t)ty_kanji_digest() << 16;
}

static const void *part_of(const term_image *image, int part)
{
    return (const char *)image + image->offsets[part];
}

/* ------------------------------------------------------------------------------------------ writing */

/* The words of the alphabet one after the other, where each begins, and a table to find them in. */
typedef struct word_parts {
    ty_buffer bytes;
    uint32_t *offsets, *slots;
    size_t count, slot_count;
} word_parts;

static void put_word(word_parts *parts, ty_slice word, uint32_t number)
{
    size_t mask = parts->slot_count - 1, slot = (size_t)ty_hash(word, 0) & mask;
    while (parts->slots[slot])
        slot = (slot + 1) & mask;
    parts->slots[slot] = number + 1;
}

static bool make_words(const ty_strings *words, word_parts *parts)
{
    parts->count = words->list.count;
    parts->slot_count = 4;
    while (parts->slot_count < parts->count * 2)
        parts->slot_count *= 2;
    parts->offsets = calloc(parts->count + 1, sizeof *parts->offsets);
    parts->slots = calloc(parts->slot_count, sizeof *parts->slots);
    if (!parts->offsets || !parts->slots)
        return false;
    for (size_t i = 0; i < parts->count; i++) {
        ty_buffer_add(&parts->bytes, words->list.items[i]);
        parts->offsets[i + 1] = (uint32_t)parts->bytes.size;
        put_word(parts, words->list.items[i], (uint32_t)i);
    }
    return !parts->bytes.failed;
}

static void release_words(word_parts *parts)
{
    ty_buffer_release(&parts->bytes);
    free(parts->offsets);
    free(parts->slots);
}

/* Each with its size before it. */
static void list_langs(const ty_term_index *index, ty_buffer *out)
{
    for (size_t i = 0; i < index->langs.list.count; i++) {
        uint32_t size = (uint32_t)index->langs.list.items[i].size;
        ty_buffer_add(out, (ty_slice){(const char *)&size, sizeof size});
        ty_buffer_add(out, index->langs.list.items[i]);
    }
}

typedef struct part {
    const void *items;
    size_t count;
} part;

#define VECTOR_PART(vector)                                                                                  \
    {                                                                                                        \
        (vector).items, (vector).count                                                                       \
    }

static void lay_out(term_image *image, const part *parts)
{
    uint64_t at = (sizeof *image + 63) / 64 * 64;
    for (int i = 0; i < TERM_PART_COUNT; i++) {
        image->offsets[i] = at;
        image->counts[i] = i == TERM_PART_SUMS ? ty_blocks_before(at) : parts[i].count;
        at += (image->counts[i] * item_sizes[i] + 63) / 64 * 64;
    }
    image->offsets[TERM_PART_COUNT] = image->size = at;
}

static void write_image(term_image *image, const part *parts)
{
    for (int i = 0; i < TERM_PART_SUMS; i++)
        if (parts[i].count)
            memcpy((char *)image + image->offsets[i], parts[i].items, parts[i].count * item_sizes[i]);
    ty_blocks_sum(image, sizeof *image, (size_t)image->offsets[TERM_PART_SUMS],
                  (uint64_t *)((char *)image + image->offsets[TERM_PART_SUMS]));
    image->checksum = checksum_of(image);
}

static bool add_image(const part *parts, ty_buffer *out)
{
    term_image head = {
        .magic = MAGIC, .version = VERSION, .byte_order = BYTE_ORDER_MARK, .data = data_digest()};
    memcpy(head.item_sizes, item_sizes, sizeof item_sizes);
    lay_out(&head, parts);
    term_image *image = calloc(1, (size_t)head.size);
    if (!image)
        return false;
    *image = head;
    write_image(image, parts);
    ty_buffer_add(out, (ty_slice){(const char *)image, (size_t)head.size});
    free(image);
    return !out->failed;
}

ty_status ty_term_index_save(const ty_term_index *index, ty_buffer *out, ty_error *error)
{
    if (!index->built)
        return ty_error_set(error, TY_ERR_USAGE, "the index of terms is not built");
    if (index->image) {
        ty_buffer_add(out, (ty_slice){(const char *)index->image, (size_t)index->image->size});
        return out->failed ? ty_error_nomem(error) : TY_OK;
    }
    const term_automaton *automaton = &index->automaton;
    ty_buffer langs = {0};
    word_parts words = {0};
    list_langs(index, &langs);
    bool good = make_words(&index->alphabet.words, &words) && !langs.failed;
    const part parts[TERM_PART_COUNT] = {VECTOR_PART(index->entries),
                                         {index->texts.data, index->texts.size},
                                         {langs.data, langs.size},
                                         {words.offsets, words.count + 1},
                                         {words.bytes.data, words.bytes.size},
                                         {words.slots, words.slot_count},
                                         {index->alphabet.pages, 256},
                                         VECTOR_PART(index->alphabet.cells),
                                         VECTOR_PART(index->bits),
                                         VECTOR_PART(index->keys),
                                         VECTOR_PART(index->by_concept),
                                         VECTOR_PART(automaton->nodes),
                                         {automaton->slots, automaton->slot_count},
                                         {automaton->targets, automaton->slot_count},
                                         {automaton->root, automaton->symbol_count + 1},
                                         {NULL, 0}};
    good = good && add_image(parts, out);
    ty_buffer_release(&langs);
    release_words(&words);
    return good ? TY_OK : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ reading */

static bool parts_fit(const term_image *image)
{
    if (memcmp(image->item_sizes, item_sizes, sizeof item_sizes) != 0 || image->offsets[0] < sizeof *image)
        return false;
    for (int i = 0; i < TERM_PART_COUNT; i++)
        if (image->offsets[i] % 64 || image->offsets[i] > image->offsets[i + 1] ||
            image->counts[i] > (image->offsets[i + 1] - image->offsets[i]) / item_sizes[i])
            return false;
    const uint64_t *counts = image->counts;
    uint64_t slots = counts[TERM_PART_SLOTS], word_slots = counts[TERM_PART_WORD_SLOTS];
    return image->offsets[TERM_PART_COUNT] == image->size && counts[TERM_PART_PAGES] == 256 &&
           counts[TERM_PART_CELLS] % 256 == 0 && slots == counts[TERM_PART_TARGETS] && slots > 0 &&
           (slots & (slots - 1)) == 0 && word_slots > 0 && (word_slots & (word_slots - 1)) == 0 &&
           counts[TERM_PART_WORD_OFFSETS] > 0 && counts[TERM_PART_NODES] > 0 &&
           counts[TERM_PART_ROOT] == counts[TERM_PART_WORD_OFFSETS] &&
           counts[TERM_PART_BY_CONCEPT] == counts[TERM_PART_ENTRIES] &&
           counts[TERM_PART_SUMS] == ty_blocks_before((size_t)image->offsets[TERM_PART_SUMS]);
}

static bool head_fits(const term_image *image, size_t size)
{
    return size >= sizeof *image && memcmp(image->magic, MAGIC, sizeof image->magic) == 0 &&
           image->version == VERSION && image->byte_order == BYTE_ORDER_MARK &&
           image->data == data_digest() && image->size == size && parts_fit(image) &&
           image->checksum == checksum_of(image);
}

#define POINT_VECTOR(vector, image, part)                                                                    \
    ((vector)->items = (void *)(uintptr_t)part_of((image), (part)),                                          \
     (void)((vector)->capacity = (vector)->count = (size_t)(image)->counts[(part)]))

static void point_alphabet(term_alphabet *alphabet, const term_image *image)
{
    memcpy(alphabet->pages, part_of(image, TERM_PART_PAGES), sizeof alphabet->pages);
    POINT_VECTOR(&alphabet->cells, image, TERM_PART_CELLS);
    alphabet->kept = (term_words){.offsets = part_of(image, TERM_PART_WORD_OFFSETS),
                                  .slots = part_of(image, TERM_PART_WORD_SLOTS),
                                  .bytes = part_of(image, TERM_PART_WORDS),
                                  .size = (size_t)image->counts[TERM_PART_WORDS],
                                  .count = (uint32_t)image->counts[TERM_PART_WORD_OFFSETS] - 1,
                                  .mask = (uint32_t)image->counts[TERM_PART_WORD_SLOTS] - 1};
}

static void point_automaton(term_automaton *automaton, const term_image *image)
{
    POINT_VECTOR(&automaton->nodes, image, TERM_PART_NODES);
    automaton->slots = (void *)(uintptr_t)part_of(image, TERM_PART_SLOTS);
    automaton->targets = (void *)(uintptr_t)part_of(image, TERM_PART_TARGETS);
    automaton->root = (void *)(uintptr_t)part_of(image, TERM_PART_ROOT);
    automaton->slot_count = (size_t)image->counts[TERM_PART_SLOTS];
    automaton->symbol_count = (size_t)image->counts[TERM_PART_ROOT] - 1;
}

static void point_index(ty_term_index *index, const term_image *image)
{
    index->image = image;
    POINT_VECTOR(&index->entries, image, TERM_PART_ENTRIES);
    index->texts.data = (char *)(uintptr_t)part_of(image, TERM_PART_TEXTS);
    index->texts.size = (size_t)image->counts[TERM_PART_TEXTS];
    POINT_VECTOR(&index->bits, image, TERM_PART_BITS);
    POINT_VECTOR(&index->keys, image, TERM_PART_KEYS);
    POINT_VECTOR(&index->by_concept, image, TERM_PART_BY_CONCEPT);
    point_alphabet(&index->alphabet, image);
    point_automaton(&index->automaton, image);
    index->serial = image->checksum | 1;
    index->built = true;
}

static bool next_string(ty_slice *rest, ty_slice *string)
{
    uint32_t size;
    if (rest->size < sizeof size)
        return false;
    memcpy(&size, rest->data, sizeof size);
    if (size > rest->size - sizeof size)
        return false;
    *string = ty_slice_sub(*rest, sizeof size, sizeof size + size);
    *rest = ty_slice_sub(*rest, sizeof size + size, rest->size);
    return true;
}

static ty_status read_langs(ty_term_index *index, const term_image *image, ty_error *error)
{
    ty_slice rest = {part_of(image, TERM_PART_LANGS), (size_t)image->counts[TERM_PART_LANGS]}, lang;
    while (rest.size) {
        size_t before = index->langs.list.count;
        if (!next_string(&rest, &lang))
            return TY_NO;
        uint32_t number = ty_strings_add(&index->langs, lang);
        if (number == TY_STRINGS_NONE)
            return ty_error_nomem(error);
        if (number != before)
            return TY_NO;
    }
    return TY_OK;
}

/* The parts that every look-up needs, which are small. */
static bool common_parts_are_good(ty_blocks *trust, const term_image *image)
{
    static const int common[] = {TERM_PART_LANGS, TERM_PART_PAGES, TERM_PART_CELLS, TERM_PART_ROOT};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (!ty_blocks_trust(trust, part_of(image, common[i]),
                             (size_t)image->counts[common[i]] * item_sizes[common[i]]))
            return false;
    return true;
}

/* Takes what the index has of the bytes over, also when it fails. */
static ty_status open_image(ty_term_index *index, const void *bytes, size_t size, ty_error *error)
{
    const term_image *image = bytes;
    if (!head_fits(image, size))
        return TY_NO;
    index->trust = ty_blocks_new(image, sizeof *image, (size_t)image->offsets[TERM_PART_SUMS],
                                 part_of(image, TERM_PART_SUMS));
    if (!index->trust)
        return ty_error_nomem(error);
    if (!common_parts_are_good(index->trust, image))
        return TY_NO;
    point_index(index, image);
    index->alphabet.trust = index->automaton.trust = index->trust;
    return read_langs(index, image, error);
}

/* An index from elsewhere is seen through before it is used: it may be of a file that a stranger made. */
static ty_status see_through(ty_term_index *index)
{
    if (!ty_term_index_trust_all(index) || !ty_term_image_holds(index))
        return TY_NO;
    free(index->trust);
    index->trust = index->alphabet.trust = index->automaton.trust = NULL;
    return TY_OK;
}

ty_status ty_term_index_load(ty_buffer *bytes, ty_term_index **out, ty_error *error)
{
    ty_term_index *index = NULL;
    *out = NULL;
    ty_status status = ty_term_index_new(&index, error);
    if (status != TY_OK) {
        ty_buffer_release(bytes);
        return status;
    }
    index->bytes = *bytes;
    *bytes = (ty_buffer){0};
    status = open_image(index, index->bytes.data, index->bytes.size, error);
    if (status == TY_OK)
        status = see_through(index);
    if (status == TY_OK)
        *out = index;
    else
        ty_term_index_free(index);
    return status == TY_NO
               ? ty_error_set(error, TY_ERR_FORMAT, "no index of terms of this version and kind of machine")
               : status;
}

ty_status ty_term_index_map(const char *path, size_t offset, ty_term_index **out, ty_error *error)
{
    ty_term_index *index = NULL;
    *out = NULL;
    ty_status status = ty_term_index_new(&index, error);
    if (status != TY_OK)
        return status;
    index->mapping = ty_cached_map(path, &index->mapping_size);
    bool there = index->mapping && offset % 64 == 0 && offset < index->mapping_size;
    status = there ? open_image(index, index->mapping + offset, index->mapping_size - offset, error) : TY_NO;
    if (status == TY_OK)
        *out = index;
    else
        ty_term_index_free(index);
    return status;
}
