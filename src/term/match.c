/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match - whether symbols that are equal stand for the same term.
 */
#include "term/internal.h"

/*
 * Words: a listed acronym wants capitals; a plural listed alone (arms, customs) wants the plural, otherwise
 * the plural comes and goes; a verb may be inflected, a form that is listed is wanted.
 */
static bool same_word(uint32_t listed, uint32_t found, bool single, bool noun)
{
    const uint32_t verbal = TERM_PAST | TERM_ING;
    if (listed & TERM_CAPITALS && !(found & TERM_CAPITALS))
        return false;
    if (single && listed & TERM_PLURAL && !(found & TERM_PLURAL))
        return false;
    if (listed & verbal)
        return (listed & verbal) == (found & verbal);
    return !(found & verbal) || !noun;
}

/* "As" and "Is" are no plurals of letters; the Bs of F-35Bs is one. */
static bool is_small_word(const term_symbol *symbol)
{
    return symbol->bits & TERM_PLURAL && symbol->end == symbol->start + 2 && !(symbol->bits & TERM_JOINED);
}

static bool same_symbol(uint32_t listed, uint32_t found, bool single, bool noun)
{
    if (listed & TERM_WORD)
        return same_word(listed, found, single, noun);
    if (listed & TERM_KATAKANA)
        return ((listed ^ found) & TERM_LONG) == 0 || listed & TERM_LONG_FREE;
    return true;
}

/* The forms of する behind a noun, longer ones first. */
static const char *const suru_forms[] = {
    "しております", "しています", "されました", "されている", "していない", "しました",
    "している",     "していた",   "させられ",   "される",     "された",     "されて",
    "させる",       "させた",     "させて",     "しない",     "します",     "すれば",
    "しよう",       "できる",     "でき",       "する",       "した",       "して",
    "せず",         "され",       "させ",       "しろ",       "せよ",       "し"};

static size_t suru_size(ty_slice text, size_t at)
{
    ty_slice rest = ty_slice_sub(text, at, text.size);
    for (size_t i = 0; i < sizeof suru_forms / sizeof *suru_forms; i++)
        if (ty_slice_starts(rest, ty_slice_of(suru_forms[i])))
            return strlen(suru_forms[i]);
    return SIZE_MAX;
}

/*
 * The changed kana at the end of a verb, with the た or て behind it; none where a verb of one step goes on
 * with ます and the like. SIZE_MAX where the verb does not go on.
 */
static size_t verb_size(const ty_term_index *index, const term_record *record, ty_slice text, size_t at)
{
    ty_slice last = {index->texts.data + record->text + record->text_size - 3, 3};
    ty_slice kana = ty_slice_sub(text, at, at + 3), behind = ty_slice_sub(text, at + 3, at + 6);
    const char *forms = ty_term_verb_forms(last);
    if (!forms || kana.size < 3 || ty_slice_find(ty_slice_of(forms), kana, 0) == SIZE_MAX)
        return SIZE_MAX;
    if (ty_slice_equal(last, TY_SLICE("る")) && ty_slice_find(TY_SLICE("まなよさずつ"), kana, 0) != SIZE_MAX)
        return 0;
    bool past = ty_slice_equal(behind, TY_SLICE("た")) || ty_slice_equal(behind, TY_SLICE("て")) ||
                ty_slice_equal(behind, TY_SLICE("だ")) || ty_slice_equal(behind, TY_SLICE("で"));
    return past ? 6 : 3;
}

/*
 * Okurigana behind the last kanji belongs to the hit where the term is listed with it, or where the text has
 * written other okurigana of the term too: 取り組み for 取組, but not し of 輸出し.
 */
static bool takes_okurigana(uint16_t listed_last, const term_symbols *symbols, size_t start, size_t last)
{
    if (!(symbols->items[last].bits & TERM_OKURIGANA))
        return false;
    if (listed_last & TERM_OKURIGANA)
        return true;
    for (size_t i = start; i < last; i++)
        if (symbols->items[i].bits & TERM_OKURIGANA)
            return true;
    return false;
}

/* Is the symbol a numeral that counts what stands before it: the 2 of F-35B2機? */
static bool is_count(const term_symbol *symbol, ty_slice text)
{
    return symbol->bits & TERM_NUMBER && symbol->end < text.size &&
           (unsigned char)text.data[symbol->end] >= 0xE4;
}

/* An acronym with its year: RIMPAC2022, PACIFIC VANGUARD22. */
static bool is_year(const term_symbol *acronym, const term_symbol *year, ty_slice text)
{
    enum { LETTERS = 3, YEAR = 4 };
    size_t digits = year->end - year->start;
    if (!(year->bits & TERM_NUMBER) || acronym->end - acronym->start < LETTERS)
        return false;
    for (uint32_t at = acronym->start; at < acronym->end; at++)
        if (text.data[at] < 'A' || text.data[at] > 'Z')
            return false;
    return digits == YEAR ||
           (digits == YEAR / 2 && (text.data[year->start] == '1' || text.data[year->start] == '2'));
}

/*
 * Only inside katakana and alphabetic words there is no bound; a plural s behind a number is none (F-35s),
 * nor is a numeral with its counter behind letters.
 */
static bool is_plural_mark(const term_symbols *symbols, size_t at, ty_slice text)
{
    if (at == symbols->count || !(symbols->items[at].bits & TERM_JOINED) ||
        !(symbols->items[at].bits & TERM_WORD))
        return false;
    const term_symbol *mark = &symbols->items[at];
    return mark->end == mark->start + 1 && text.data[mark->start] == 's';
}

static bool is_bounded(const term_symbols *symbols, size_t start, size_t end, ty_slice text)
{
    if (symbols->items[start].bits & TERM_JOINED)
        return false;
    if (end == symbols->count || !(symbols->items[end].bits & TERM_JOINED))
        return true;
    const term_symbol *next = &symbols->items[end];
    const term_symbol *last = &symbols->items[end - 1];
    if (last->bits & TERM_WORD && (is_count(next, text) || is_year(last, next, text)))
        return true;
    return is_plural_mark(symbols, end, text);
}

static bool is_katakana_at(ty_slice text, size_t at)
{
    return at + 3 <= text.size && text.data[at] == '\xE3' &&
           ((unsigned char)text.data[at + 1] == 0x83 ||
            ((unsigned char)text.data[at + 1] == 0x82 && (unsigned char)text.data[at + 2] >= 0xA1));
}

/* Is a short katakana word part of a foreign name, which a dot goes on with: ブイ・タイン・ソン? Names are
 * asked for nothing: グアム・アンダーセン. */
static bool is_part_of_name(const term_record *record, const term_key *key, const term_symbols *symbols,
                            size_t start, ty_slice text)
{
    enum { SHORT = 3 };
    static const ty_slice dot = {"・", 3};
    size_t from = symbols->items[start].start, to = symbols->items[start + key->count - 1].end;
    if (!(record->flags & TERM_LOOSE) || key->count > SHORT ||
        !(symbols->items[start].bits & TERM_KATAKANA) ||
        !(symbols->items[start + key->count - 1].bits & TERM_KATAKANA))
        return false;
    return (ty_slice_starts(ty_slice_sub(text, to, text.size), dot) && is_katakana_at(text, to + 3)) ||
           (from >= 6 && ty_slice_ends(ty_slice_sub(text, 0, from), dot) && is_katakana_at(text, from - 6));
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Among other words an acronym that is said as a word may be written like a name: Standing Nato Maritime
 * Group. */
static uint32_t as_written(uint32_t listed, const term_symbol *found, bool single, ty_slice text)
{
    enum { SAID = 4 };
    bool name = !single && found->end - found->start >= SAID && !is_small(text.data[found->start]);
    return listed & TERM_CAPITALS && name ? listed & ~(uint32_t)TERM_CAPITALS : listed;
}

bool ty_term_matches(const ty_term_index *index, const term_key *key, const term_symbols *symbols,
                     size_t start, ty_slice text, uint32_t *text_end)
{
    const term_record *record = &index->entries.items[key->entry];
    const uint16_t *listed = index->bits.items + key->first;
    size_t last = start + key->count - 1;
    if (!is_bounded(symbols, start, last + 1, text) || is_part_of_name(record, key, symbols, start, text))
        return false;
    bool single = key->count == 1, noun = record->flags & TERM_SINGLE_NOUN;
    for (size_t i = 0; i < key->count; i++)
        if (is_small_word(&symbols->items[start + i]) ||
            !same_symbol(as_written(listed[i], &symbols->items[start + i], single, text),
                         symbols->items[start + i].bits, single, noun))
            return false;
    const term_symbol *symbol = &symbols->items[last];
    if (record->flags & TERM_PROPER && is_small(text.data[symbol->start]))
        return false;
    *text_end =
        takes_okurigana(listed[key->count - 1], symbols, start, last) ? symbol->end : symbol->core_end;
    if (is_plural_mark(symbols, last + 1, text))
        *text_end = symbols->items[last + 1].end;
    if (!(record->flags & (TERM_SURU | TERM_KANA_VERB)))
        return true;
    size_t ending =
        record->flags & TERM_SURU ? suru_size(text, *text_end) : verb_size(index, record, text, *text_end);
    if (ending == SIZE_MAX)
        return false;
    *text_end += (uint32_t)ending;
    return true;
}
