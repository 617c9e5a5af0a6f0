/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "term/internal.h"

ty_status ty_term_index_new(ty_term_index **out, ty_error *error)
{
    *out = calloc(1, sizeof **out);
    return *out ? TY_OK : ty_error_nomem(error);
}

static void release_arrays(ty_term_index *index)
{
    ty_vector_release(&index->entries);
    ty_buffer_release(&index->texts);
    ty_vector_release(&index->alphabet.cells);
    ty_vector_release(&index->symbols);
    ty_vector_release(&index->bits);
    ty_vector_release(&index->keys);
    ty_vector_release(&index->by_concept);
    ty_term_automaton_release(&index->automaton);
}

void ty_term_index_free(ty_term_index *index)
{
    if (!index)
        return;
    if (!index->image.data)
        release_arrays(index);
    ty_buffer_release(&index->image);
    ty_strings_release(&index->langs);
    ty_strings_release(&index->alphabet.words);
    ty_folded_release(&index->folded);
    ty_buffer_release(&index->word);
    ty_vector_release(&index->read);
    free(index);
}

/* ------------------------------------------------------------------------------------------ keys */

static bool add_symbol(ty_term_index *index, term_key *key, uint32_t id, uint32_t bits)
{
    key->count++;
    return ty_vector_push(&index->symbols, id) && ty_vector_push(&index->bits, (uint16_t)bits);
}

/*
 * Where a long vowel mark may come or go: at the end of a katakana run of three characters or more (JTF style
 * guide 2.1.6), anywhere in one of six or more. Shorter ones differ in meaning by it (ビル, ビール).
 */
static void free_long_vowels(term_symbols *symbols)
{
    for (size_t start = 0; start < symbols->count;) {
        size_t end = start + 1, size = 0;
        if (!(symbols->items[start].bits & TERM_KATAKANA)) {
            start = end;
            continue;
        }
        while (end < symbols->count && symbols->items[end].bits & TERM_KATAKANA &&
               symbols->items[end].bits & TERM_JOINED)
            end++;
        for (size_t i = start; i < end; i++)
            size += 1 + (i + 1 < end && symbols->items[i].bits & TERM_LONG);
        for (size_t i = start; i < end; i++)
            if (size >= 6 || (size >= 3 && i + 1 == end))
                symbols->items[i].bits |= TERM_LONG_FREE;
        start = end;
    }
}

/* The symbols [from, to) as a spelling of the entry. */
static bool add_key(ty_term_index *index, uint32_t entry, const term_symbols *symbols, size_t count)
{
    term_key key = {.entry = entry, .first = (uint32_t)index->symbols.count};
    for (size_t i = 0; i < count; i++)
        if (!add_symbol(index, &key, symbols->items[i].id, symbols->items[i].bits))
            return false;
    return key.count == 0 || ty_vector_push(&index->keys, key);
}

/* ------------------------------------------------------------------------------------------ variants */

static term_reader adding(ty_term_index *index)
{
    return (term_reader){.add = &index->alphabet,
                         .alphabet = &index->alphabet,
                         .folded = &index->folded,
                         .word = &index->word};
}

/* Reads another spelling of the entry and adds it. */
static ty_status add_spelling(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error)
{
    term_reader reader = adding(index);
    ty_status status = ty_term_read(&reader, text, &index->read, error);
    if (status != TY_OK)
        return status;
    free_long_vowels(&index->read);
    return add_key(index, entry, &index->read, index->read.count) ? TY_OK : ty_error_nomem(error);
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Is there a hyphen between letters of the text: counter-terrorism? */
static size_t find_hyphen(ty_slice text)
{
    for (size_t i = 1; i + 1 < text.size; i++)
        if (text.data[i] == '-' && is_letter(text.data[i - 1]) && is_letter(text.data[i + 1]))
            return i;
    return SIZE_MAX;
}

/* Where a prefix that may stand apart ends at the start of a word: behind "counter" of counterterrorism. */
static size_t find_prefix(ty_slice text)
{
    for (size_t at = 0; at < text.size; at++) {
        if (!is_letter(text.data[at]) || (at && is_letter(text.data[at - 1])))
            continue;
        size_t longest = 0;
        for (size_t i = 0; i < ty_term_prefix_count; i++) {
            ty_slice prefix = ty_slice_of(ty_term_prefixes[i]);
            size_t end = at + prefix.size;
            if (end + 4 > text.size || !is_letter(text.data[end + 3]))
                continue;
            if (end > longest && ty_slice_equal_nocase(ty_slice_sub(text, at, end), prefix))
                longest = end;
        }
        if (longest)
            return longest;
    }
    return SIZE_MAX;
}

static bool starts_with_prefix(ty_slice word)
{
    for (size_t i = 0; i < ty_term_prefix_count; i++)
        if (ty_slice_equal_nocase(word, ty_slice_of(ty_term_prefixes[i])))
            return true;
    return false;
}

/*
 * A prefix with a hyphen also closed, a closed one also apart. Other hyphens are blanks: nobody writes
 * "decisionmaking", and "reentry" and "re-entry" are what there is.
 */
static ty_status add_variants(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error)
{
    size_t hyphen = find_hyphen(text), prefix;
    ty_buffer variant = {0};
    ty_status status = TY_OK;
    if (hyphen != SIZE_MAX) {
        size_t start = hyphen;
        while (start && is_letter(text.data[start - 1]))
            start--;
        if (starts_with_prefix(ty_slice_sub(text, start, hyphen))) {
            ty_buffer_add(&variant, ty_slice_sub(text, 0, hyphen));
            ty_buffer_add(&variant, ty_slice_sub(text, hyphen + 1, text.size));
        }
    } else if ((prefix = find_prefix(text)) != SIZE_MAX && is_letter(text.data[prefix])) {
        ty_buffer_add(&variant, ty_slice_sub(text, 0, prefix));
        ty_buffer_add_char(&variant, '-');
        ty_buffer_add(&variant, ty_slice_sub(text, prefix, text.size));
    }
    if (variant.failed)
        status = ty_error_nomem(error);
    else if (variant.size)
        status = add_spelling(index, entry, ty_buffer_slice(&variant), error);
    ty_buffer_release(&variant);
    return status;
}

/* ------------------------------------------------------------------------------------------ entries */

static bool is_verb(ty_slice part_of_speech)
{
    return part_of_speech.size == 0 || (part_of_speech.data[0] | 0x20) == 'v' ||
           ty_slice_starts(part_of_speech, TY_SLICE("動")) || ty_slice_equal(part_of_speech, TY_SLICE("-"));
}

/* Cuts off what changes in a Japanese verb. Only する says by itself that it makes one. */
static uint16_t take_verb_ending(ty_slice *text, ty_slice part_of_speech)
{
    if (ty_slice_ends(*text, TY_SLICE("する")) && text->size > 6) {
        text->size -= 6;
        return TERM_SURU;
    }
    ty_slice last = ty_slice_sub(*text, text->size < 3 ? 0 : text->size - 3, text->size);
    if (part_of_speech.size == 0 || !is_verb(part_of_speech) || text->size < 6 || !ty_term_verb_forms(last))
        return 0;
    text->size -= 3;
    return TERM_KANA_VERB;
}

/* Articles, determiners and prepositions: they are no reason to prefer a term to one that begins behind them.
 */
static bool begins_with_function_word(ty_slice text)
{
    static const char *const words[] = {"the", "a",   "an",    "this", "that", "these", "those",
                                        "our", "its", "their", "of",   "in",   "on",    "at",
                                        "to",  "for", "by",    "with", "from"};
    ty_slice first;
    if (!ty_slice_next(&text, ' ', &first) || !text.size)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(first, ty_slice_of(words[i])))
            return true;
    return false;
}

static uint32_t add_text(ty_term_index *index, ty_slice text)
{
    uint32_t at = (uint32_t)index->texts.size;
    ty_buffer_add(&index->texts, text);
    return at;
}

ty_status ty_term_index_add(ty_term_index *index, const ty_term_entry *entry, ty_error *error)
{
    ty_slice text = ty_slice_trim(entry->text);
    if (text.size == 0)
        return TY_OK;
    if (index->built)
        return ty_error_set(error, TY_ERR_USAGE, "the index of terms is built already");
    if (index->texts.size + text.size > UINT32_MAX / 4)
        return ty_error_set(error, TY_ERR_LIMIT, "too many terms");
    term_record record = {.id = entry->id,
                          .concept = entry->concept,
                          .text = add_text(index, text),
                          .text_size = (uint32_t)text.size,
                          .lang = ty_strings_add(&index->langs, entry->lang),
                          .status = (uint16_t)entry->status,
                          .pos = add_text(index, entry->part_of_speech),
                          .pos_size = (uint32_t)entry->part_of_speech.size};
    uint32_t number = (uint32_t)index->entries.count;
    record.flags |= take_verb_ending(&text, entry->part_of_speech);
    if (begins_with_function_word(text))
        record.flags |= TERM_LEADS;
    ty_status status = add_spelling(index, number, text, error);
    if (status != TY_OK)
        return status;
    if (index->read.count == 1 && !is_verb(entry->part_of_speech))
        record.flags |= TERM_SINGLE_NOUN;
    bool good =
        record.lang != TY_STRINGS_NONE && !index->texts.failed && ty_vector_push(&index->entries, record);
    return good ? add_variants(index, number, text, error) : ty_error_nomem(error);
}

/* Old forms of the kanji that terms have lead to the same symbols. */
static bool add_old_kanji(term_alphabet *alphabet)
{
    for (size_t i = 0; i < ty_term_kanji_form_count; i++) {
        uint32_t cell = term_alphabet_cell(alphabet, ty_term_kanji_forms[i].new_form);
        if (cell && !ty_term_alphabet_set(alphabet, ty_term_kanji_forms[i].old_form, cell))
            return false;
    }
    return true;
}

/* Most characters of a text begin no term; their cells say so, which saves the look at the automaton. */
static void mark_beginnings(ty_term_index *index)
{
    for (size_t i = 0; i < index->alphabet.cells.count; i++) {
        uint32_t *cell = &index->alphabet.cells.items[i];
        if (index->automaton.root[*cell & TERM_CELL_SYMBOL])
            *cell |= TERM_CELL_BEGINS;
    }
}

ty_status ty_term_index_build(ty_term_index *index, ty_error *error)
{
    if (index->built)
        return TY_OK;
    bool good = add_old_kanji(&index->alphabet) && ty_term_order_concepts(index) &&
                ty_term_automaton_build(&index->automaton, &index->keys, index->symbols.items,
                                        index->alphabet.words.list.count);
    if (!good)
        return ty_error_nomem(error);
    mark_beginnings(index);
    index->serial = ty_hash(ty_buffer_slice(&index->texts), index->entries.count) | 1;
    index->built = true;
    return TY_OK;
}

size_t ty_term_index_count(const ty_term_index *index)
{
    return index->entries.count;
}

ty_term_entry ty_term_index_entry(const ty_term_index *index, size_t number)
{
    const term_record *record = &index->entries.items[number];
    return (ty_term_entry){.id = record->id,
                           .concept = record->concept,
                           .lang = index->langs.list.items[record->lang],
                           .text = {index->texts.data + record->text, record->text_size},
                           .status = (ty_term_status)record->status,
                           .part_of_speech = {index->texts.data + record->pos, record->pos_size}};
}
