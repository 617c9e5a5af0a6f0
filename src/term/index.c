/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/sys.h"
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
    if (!index->image)
        release_arrays(index);
    if (index->mapping)
        ty_sys_unmap((void *)(uintptr_t)index->mapping, index->mapping_size);
    ty_buffer_release(&index->bytes);
    free(index->trust);
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

ty_status ty_term_index_add_spelling(ty_term_index *index, uint32_t entry, ty_slice text, ty_error *error)
{
    term_reader reader = {.add = &index->alphabet,
                          .alphabet = &index->alphabet,
                          .folded = &index->folded,
                          .word = &index->word};
    ty_status status = ty_term_read(&reader, text, &index->read, error);
    if (status != TY_OK)
        return status;
    free_long_vowels(&index->read);
    return add_key(index, entry, &index->read, index->read.count) ? TY_OK : ty_error_nomem(error);
}

/* ------------------------------------------------------------------------------------------ entries */

static bool is_verb(ty_slice part_of_speech)
{
    return part_of_speech.size == 0 || (part_of_speech.data[0] | 0x20) == 'v' ||
           ty_slice_starts(part_of_speech, TY_SLICE("動")) || ty_slice_equal(part_of_speech, TY_SLICE("-"));
}

static bool is_proper_noun(ty_slice part_of_speech)
{
    return ty_slice_find(part_of_speech, TY_SLICE("roper"), 0) != SIZE_MAX;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
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
                          .pos_size = (uint32_t)entry->part_of_speech.size,
                          .body = add_text(index, entry->organisation),
                          .body_size = (uint32_t)entry->organisation.size};
    if (entry->loose)
        record.flags |= TERM_LOOSE;
    if (entry->rank)
        record.flags |= TERM_RANK;
    if (entry->surname)
        record.flags |= TERM_SURNAME;
    if (entry->numbered)
        record.flags |= TERM_NUMBERED;
    if (entry->title)
        record.flags |= TERM_TITLE;
    uint32_t number = (uint32_t)index->entries.count;
    record.flags |= take_verb_ending(&text, entry->part_of_speech);
    if (ty_term_is_homograph(text))
        record.flags |= TERM_HOMOGRAPH;
    if (ty_lang_matches(TY_SLICE("ja"), entry->lang))
        record.flags |= TERM_JAPANESE;
    if (begins_with_function_word(text))
        record.flags |= TERM_LEADS;
    ty_status status = ty_term_index_add_spelling(index, number, text, error);
    if (status != TY_OK)
        return status;
    if (index->read.count == 1 && !is_verb(entry->part_of_speech))
        record.flags |= TERM_SINGLE_NOUN;
    if (index->read.count == 1 && is_proper_noun(entry->part_of_speech) && is_capital(text.data[0]))
        record.flags |= TERM_PROPER;
    bool good =
        record.lang != TY_STRINGS_NONE && !index->texts.failed && ty_vector_push(&index->entries, record);
    return good ? ty_term_add_spellings(index, number, text, error) : ty_error_nomem(error);
}

/* Old forms of the kanji that terms have lead to the same symbols. */
static bool add_old_kanji(term_alphabet *alphabet)
{
    size_t count;
    const ty_kanji_form *forms = ty_kanji_forms(&count);
    for (size_t i = 0; i < count; i++) {
        uint32_t cell = term_alphabet_cell(alphabet, forms[i].new_form);
        if (cell && !ty_term_alphabet_set(alphabet, forms[i].old_form, cell))
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

/* Set phrases are entries behind those that were added, of no concept. */
static ty_status add_set_phrases(ty_term_index *index, ty_error *error)
{
    ty_status status = TY_OK;
    for (size_t i = 0; i < ty_term_set_phrase_count && status == TY_OK; i++) {
        ty_term_entry entry = {.id = -1,
                               .concept = -1,
                               .lang = ty_slice_of(ty_term_set_phrases[i].lang),
                               .text = ty_slice_of(ty_term_set_phrases[i].text)};
        status = ty_term_index_add(index, &entry, error);
        if (status == TY_OK)
            index->entries.items[index->entries.count - 1].flags = TERM_SET_PHRASE;
    }
    return status;
}

ty_status ty_term_index_build(ty_term_index *index, ty_error *error)
{
    if (index->built)
        return TY_OK;
    ty_status status = ty_term_add_split_spellings(index, error);
    if (status == TY_OK)
        status = add_set_phrases(index, error);
    if (status != TY_OK)
        return status;
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
    return index->entries.count - (index->built ? ty_term_set_phrase_count : 0);
}

ty_term_entry ty_term_index_entry(const ty_term_index *index, size_t number)
{
    const term_record *record = &index->entries.items[number];
    return (ty_term_entry){.id = record->id,
                           .concept = record->concept,
                           .lang = index->langs.list.items[record->lang],
                           .text = {index->texts.data + record->text, record->text_size},
                           .status = (ty_term_status)record->status,
                           .part_of_speech = {index->texts.data + record->pos, record->pos_size},
                           .organisation = {index->texts.data + record->body, record->body_size},
                           .loose = record->flags & TERM_LOOSE,
                           .rank = record->flags & TERM_RANK,
                           .surname = record->flags & TERM_SURNAME,
                           .numbered = record->flags & TERM_NUMBERED,
                           .title = record->flags & TERM_TITLE};
}
