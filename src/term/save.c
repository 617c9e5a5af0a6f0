/* SPDX-License-Identifier: Apache-2.0 */
/*
 * save - a built index as bytes, and back. Arrays are written as they are in memory, so the bytes are for
 * this kind of machine and this version only; everything is checked when read, as a cache may be damaged.
 */
#include <stdlib.h>

#include "term/internal.h"

enum { SAVE_VERSION = 12 };

typedef struct save_header {
    char magic[8];
    uint32_t version, order; /* order of bytes */
    uint32_t record, key;    /* sizes of structs */
    uint64_t digest, size;   /* of what follows */
} save_header;

static uint64_t mix(uint64_t digest, uint64_t word)
{
    digest = (digest ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return digest ^ digest >> 29;
}

/*
 * An index has megabytes, and every look-up begins with reading it: eight bytes at a time, in four lanes that
 * do not wait for each other. Each step can be undone, so no single damaged word goes unseen.
 */
static uint64_t digest_of(ty_slice body)
{
    enum { LANES = 4 };
    uint64_t lanes[LANES] = {0}, words[LANES], rest = 0;
    uint64_t digest = ((uint64_t)SAVE_VERSION << 32 | ty_term_data_digest) ^ (uint64_t)ty_kanji_digest()
                                                                                 << 16;
    size_t at = 0;
    for (; at + sizeof words <= body.size; at += sizeof words) {
        memcpy(words, body.data + at, sizeof words);
        for (int i = 0; i < LANES; i++)
            lanes[i] = ((lanes[i] << 7 | lanes[i] >> 57) ^ words[i]) * UINT64_C(0x9E3779B97F4A7C15);
    }
    for (int i = 0; i < LANES; i++)
        digest = mix(digest, lanes[i]);
    for (; at < body.size; at += sizeof rest) {
        rest = 0;
        memcpy(&rest, body.data + at, body.size - at < sizeof rest ? body.size - at : sizeof rest);
        digest = mix(digest, rest);
    }
    return digest;
}

static save_header make_header(ty_slice body)
{
    return (save_header){.magic = "TYTERMS",
                         .version = SAVE_VERSION,
                         .order = 0x01020304,
                         .record = sizeof(term_record),
                         .key = sizeof(term_key),
                         .digest = digest_of(body),
                         .size = body.size};
}

/* ------------------------------------------------------------------------------------------ writing */

static void write_array(ty_buffer *out, const void *items, size_t count, size_t size)
{
    uint64_t bytes = (uint64_t)count * size;
    ty_buffer_add(out, (ty_slice){(const char *)&bytes, sizeof bytes});
    ty_buffer_add(out, (ty_slice){items, (size_t)bytes});
    while (out->size % 8)
        ty_buffer_add_char(out, '\0');
}

#define write_vector(out, vector) write_array((out), (vector).items, (vector).count, sizeof *(vector).items)

static void write_strings(ty_buffer *out, const ty_strings *strings, ty_buffer *scratch)
{
    ty_buffer_clear(scratch);
    for (size_t i = 0; i < strings->list.count; i++) {
        uint32_t size = (uint32_t)strings->list.items[i].size;
        ty_buffer_add(scratch, (ty_slice){(const char *)&size, sizeof size});
        ty_buffer_add(scratch, strings->list.items[i]);
    }
    write_array(out, scratch->data, scratch->size, 1);
}

ty_status ty_term_index_save(const ty_term_index *index, ty_buffer *out, ty_error *error)
{
    if (!index->built)
        return ty_error_set(error, TY_ERR_USAGE, "the index of terms is not built");
    const term_automaton *automaton = &index->automaton;
    ty_buffer body = {0}, scratch = {0};
    write_vector(&body, index->entries);
    write_array(&body, index->texts.data, index->texts.size, 1);
    write_strings(&body, &index->langs, &scratch);
    write_strings(&body, &index->alphabet.words, &scratch);
    write_array(&body, index->alphabet.pages, 256, sizeof *index->alphabet.pages);
    write_vector(&body, index->alphabet.cells);
    write_vector(&body, index->symbols);
    write_vector(&body, index->bits);
    write_vector(&body, index->keys);
    write_vector(&body, index->by_concept);
    write_vector(&body, automaton->nodes);
    write_array(&body, automaton->slots, automaton->slot_count, sizeof *automaton->slots);
    write_array(&body, automaton->targets, automaton->slot_count, sizeof *automaton->targets);
    write_array(&body, automaton->root, automaton->symbol_count + 1, sizeof *automaton->root);
    save_header header = make_header(ty_buffer_slice(&body));
    ty_buffer_add(out, (ty_slice){(const char *)&header, sizeof header});
    ty_buffer_add(out, ty_buffer_slice(&body));
    bool failed = body.failed || scratch.failed || out->failed;
    ty_buffer_release(&body);
    ty_buffer_release(&scratch);
    return failed ? ty_error_nomem(error) : TY_OK;
}

/* ------------------------------------------------------------------------------------------ reading */

typedef struct loader {
    ty_slice rest;
    bool broken, nomem;
} loader;

static ty_slice read_array(loader *from)
{
    uint64_t bytes = 0;
    if (from->rest.size < sizeof bytes) {
        from->broken = true;
        return (ty_slice){"", 0};
    }
    memcpy(&bytes, from->rest.data, sizeof bytes);
    from->rest = ty_slice_sub(from->rest, sizeof bytes, SIZE_MAX);
    if (bytes > from->rest.size) {
        from->broken = true;
        return (ty_slice){"", 0};
    }
    ty_slice array = ty_slice_sub(from->rest, 0, (size_t)bytes);
    from->rest = ty_slice_sub(from->rest, ((size_t)bytes + 7) / 8 * 8, SIZE_MAX);
    return array;
}

/* The next array, where it lies; *count of items. Arrays begin at multiples of eight bytes. */
static void *read_items(loader *from, size_t size, size_t *count)
{
    ty_slice array = read_array(from);
    *count = array.size / size;
    if (array.size % size)
        from->broken = true;
    return (void *)(uintptr_t)array.data;
}

#define read_vector(from, vector)                                                                            \
    ((vector)->items = read_items((from), sizeof *(vector)->items, &(vector)->count),                        \
     (void)((vector)->capacity = (vector)->count))

/* Each with its size before it: words may hold any byte. */
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

static void read_strings(loader *from, ty_strings *strings)
{
    ty_slice rest = read_array(from), string;
    while (rest.size && !from->broken) {
        size_t before = strings->list.count;
        from->broken = !next_string(&rest, &string);
        uint32_t number = from->broken ? 0 : ty_strings_add(strings, string);
        if (number == TY_STRINGS_NONE) {
            from->nomem = true;
            return;
        }
        from->broken |= number != before;
    }
}

static void read_alphabet(loader *from, term_alphabet *alphabet)
{
    read_strings(from, &alphabet->words);
    ty_slice pages = read_array(from);
    if (pages.size == sizeof alphabet->pages)
        memcpy(alphabet->pages, pages.data, pages.size);
    else
        from->broken = true;
    read_vector(from, &alphabet->cells);
}

static void read_automaton(loader *from, term_automaton *automaton)
{
    size_t targets, roots;
    read_vector(from, &automaton->nodes);
    automaton->slots = read_items(from, sizeof *automaton->slots, &automaton->slot_count);
    automaton->targets = read_items(from, sizeof *automaton->targets, &targets);
    automaton->root = read_items(from, sizeof *automaton->root, &roots);
    automaton->symbol_count = roots ? roots - 1 : 0;
    if (targets != automaton->slot_count || roots == 0)
        from->broken = true;
}

/* ------------------------------------------------------------------------------------------ checking */

static bool all_below(const uint32_t *items, size_t count, size_t limit)
{
    for (size_t i = 0; i < count; i++)
        if (items[i] >= limit)
            return false;
    return true;
}

static bool good_nodes(const term_node *nodes, size_t count, size_t keys)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i].fail >= count || nodes[i].shorter >= count || nodes[i].output > keys)
            return false;
    return count > 0 && nodes[0].fail == 0 && nodes[0].shorter == 0;
}

static uint32_t link_of(const term_node *node, bool shorter)
{
    return shorter ? node->shorter : node->fail;
}

/* Does every chain of links end at the root? A loop would never let a scan end. */
static bool all_end(const term_node *nodes, size_t count, bool shorter)
{
    unsigned char *seen = calloc(count + 1, 1); /* 1: on the way, 2: ends */
    bool good = seen != NULL;
    for (size_t i = 1; good && i < count; i++) {
        size_t at = i;
        for (; at && !seen[at]; at = link_of(&nodes[at], shorter))
            seen[at] = 1;
        good = at == 0 || seen[at] == 2;
        for (at = i; good && at && seen[at] == 1; at = link_of(&nodes[at], shorter))
            seen[at] = 2;
    }
    free(seen);
    return good;
}

static bool good_automaton(const term_automaton *automaton, size_t keys)
{
    const term_node *nodes = automaton->nodes.items;
    size_t count = automaton->nodes.count, free_slots = 0;
    for (size_t i = 0; i < automaton->slot_count; i++)
        free_slots += automaton->slots[i] == 0;
    bool power = automaton->slot_count && (automaton->slot_count & (automaton->slot_count - 1)) == 0;
    return power && free_slots && good_nodes(nodes, count, keys) &&
           all_below(automaton->targets, automaton->slot_count, count) &&
           all_below(automaton->root, automaton->symbol_count + 1, count) && all_end(nodes, count, false) &&
           all_end(nodes, count, true);
}

static bool good_alphabet(const term_alphabet *alphabet, size_t symbols)
{
    if (alphabet->cells.count % 256 || alphabet->words.list.count != symbols)
        return false;
    if (!all_below(alphabet->pages, 256, alphabet->cells.count / 256 + 1))
        return false;
    for (size_t i = 0; i < alphabet->cells.count; i++)
        if ((alphabet->cells.items[i] & TERM_CELL_SYMBOL) > symbols)
            return false;
    return true;
}

static bool good_entries(const ty_term_index *index)
{
    for (size_t i = 0; i < index->entries.count; i++) {
        const term_record *record = &index->entries.items[i];
        if ((uint64_t)record->text + record->text_size > index->texts.size ||
            (uint64_t)record->pos + record->pos_size > index->texts.size ||
            (uint64_t)record->body + record->body_size > index->texts.size ||
            record->lang >= index->langs.list.count || record->status > TY_TERM_FORBIDDEN)
            return false;
    }
    for (size_t i = 0; i < index->keys.count; i++) {
        const term_key *key = &index->keys.items[i];
        if (key->entry >= index->entries.count || key->count == 0 || key->next > index->keys.count ||
            (key->next && key->next <= i + 1) || (uint64_t)key->first + key->count > index->bits.count)
            return false;
    }
    return index->bits.count == index->symbols.count && index->by_concept.count == index->entries.count &&
           all_below(index->by_concept.items, index->by_concept.count, index->entries.count);
}

static ty_status read_body(ty_term_index *index, ty_slice body, uint64_t digest, ty_error *error)
{
    loader from = {.rest = body};
    read_vector(&from, &index->entries);
    index->texts.data = read_items(&from, 1, &index->texts.size);
    read_strings(&from, &index->langs);
    read_alphabet(&from, &index->alphabet);
    read_vector(&from, &index->symbols);
    read_vector(&from, &index->bits);
    read_vector(&from, &index->keys);
    read_vector(&from, &index->by_concept);
    read_automaton(&from, &index->automaton);
    if (from.nomem)
        return ty_error_nomem(error);
    if (from.broken || !good_entries(index) || !good_automaton(&index->automaton, index->keys.count) ||
        !good_alphabet(&index->alphabet, index->automaton.symbol_count))
        return ty_error_set(error, TY_ERR_FORMAT, "the cached index of terms is damaged");
    index->serial = digest | 1;
    index->built = true;
    return TY_OK;
}

static ty_status check_header(ty_slice bytes, uint64_t *digest, ty_error *error)
{
    save_header wanted = make_header(ty_slice_sub(bytes, sizeof(save_header), bytes.size));
    *digest = wanted.digest;
    if (bytes.size < sizeof wanted || memcmp(bytes.data, &wanted, sizeof wanted) != 0)
        return ty_error_set(error, TY_ERR_FORMAT, "no index of terms of this version and kind of machine");
    return TY_OK;
}

ty_status ty_term_index_load(ty_buffer *bytes, ty_term_index **out, ty_error *error)
{
    *out = NULL;
    uint64_t digest = 0;
    ty_term_index *index = NULL;
    ty_slice all = ty_buffer_slice(bytes);
    ty_status status = check_header(all, &digest, error);
    if (status == TY_OK)
        status = ty_term_index_new(&index, error);
    if (status != TY_OK) {
        ty_buffer_release(bytes);
        return status;
    }
    index->image = *bytes;
    *bytes = (ty_buffer){0};
    status = read_body(index, ty_slice_sub(all, sizeof(save_header), all.size), digest, error);
    if (status == TY_OK)
        *out = index;
    else
        ty_term_index_free(index);
    return status;
}
