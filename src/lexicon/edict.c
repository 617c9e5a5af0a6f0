/* SPDX-License-Identifier: Apache-2.0 */
/*
 * EDICT and ENAMDICT: EUC-JP, one entry a line (https://www.edrdg.org/jmdict/edict_doc.html,
 * https://www.edrdg.org/enamdict/enamdict_doc.html), and what is written like them, in any encoding: EDICT2
 * with several headwords, CC-CEDICT (https://cc-cedict.org/wiki/format:syntax) with two. 述べる [のべる]
 * /(v1,vt) to state/to express/(P)/ 斎藤 [さいとう] /(p,s) Saitou/ 傳統 传统 [chuan2 tong3]
 * /tradition/traditional/
 */
#include "internal.h"

#include <stdlib.h>

static bool has_tag(ty_slice glosses, const char *tag)
{
    size_t size = strlen(tag);
    for (size_t at = 0; (at = ty_slice_find(glosses, (ty_slice){tag, size}, at)) != SIZE_MAX; at += size) {
        char before = at > 0 ? glosses.data[at - 1] : ' ';
        char after = at + size < glosses.size ? glosses.data[at + size] : ' ';
        if ((before == '(' || before == ',') && (after == ')' || after == ','))
            return true;
    }
    return false;
}

/* The gloss without its parentheses: "(n) (1) deadline (for payment)" is "deadline". */
static ty_slice bare_gloss(ty_slice gloss, ty_buffer *buffer)
{
    int depth = 0;
    ty_buffer_clear(buffer);
    for (size_t k = 0; k < gloss.size; k++) {
        if (gloss.data[k] == '(')
            depth++;
        if (depth == 0)
            ty_buffer_add_char(buffer, gloss.data[k]);
        if (gloss.data[k] == ')' && depth > 0)
            depth--;
    }
    return ty_slice_trim(ty_buffer_slice(buffer));
}

/* ------------------------------------------------------------------------------------------ inflection */

/* What may stand for the last kana of a verb or adjective, by its class. Godan: the five rows and the
 * euphonic change; ichidan: nothing at all. */
typedef struct ty_inflection {
    const char *tag, *last, *forms[8];
} ty_inflection;

static const ty_inflection inflections[] = {
    {"v1", "る", {""}},
    {"v5u", "う", {"わ", "い", "え", "お", "っ"}},
    {"v5k", "く", {"か", "き", "け", "こ", "い"}},
    {"v5k-s", "く", {"か", "き", "け", "こ", "っ"}},
    {"v5g", "ぐ", {"が", "ぎ", "げ", "ご", "い"}},
    {"v5s", "す", {"さ", "し", "せ", "そ"}},
    {"v5t", "つ", {"た", "ち", "て", "と", "っ"}},
    {"v5n", "ぬ", {"な", "に", "ね", "の", "ん"}},
    {"v5b", "ぶ", {"ば", "び", "べ", "ぼ", "ん"}},
    {"v5m", "む", {"ま", "み", "め", "も", "ん"}},
    {"v5r", "る", {"ら", "り", "れ", "ろ", "っ"}},
    {"adj-i", "い", {"く", "か", "け", "さ"}},
};

typedef TY_VECTOR(ty_slice) ty_keys;

static void add_key(ty_keys *list, ty_arena *arena, ty_slice stem, const char *tail)
{
    ty_buffer key = {0};
    ty_buffer_add(&key, stem);
    ty_buffer_add_string(&key, tail);
    if (key.size > 3 && !ty_vector_push(list, ty_arena_copy(arena, ty_buffer_slice(&key))))
        arena->failed = true;
    ty_buffer_release(&key);
}

static void add_inflected(ty_keys *list, ty_arena *arena, ty_slice head, ty_slice glosses)
{
    for (size_t k = 0; k < sizeof inflections / sizeof *inflections; k++) {
        const ty_inflection *rule = &inflections[k];
        if (!ty_slice_ends(head, ty_slice_of(rule->last)) || !has_tag(glosses, rule->tag))
            continue;
        ty_slice stem = ty_slice_sub(head, 0, head.size - strlen(rule->last));
        for (size_t f = 0; f < 8 && rule->forms[f]; f++)
            add_key(list, arena, stem, rule->forms[f]);
    }
}

/* Hiragana of one or two characters stands everywhere and means nothing. */
static bool is_worthless(ty_slice head)
{
    bool hiragana = true;
    for (size_t at = 0; at < head.size && hiragana;)
        hiragana = ty_char_script(ty_utf8_next(head, &at)) == TY_SCRIPT_HIRAGANA;
    return hiragana && head.size <= 6;
}

static void headword_keys(ty_slice head, ty_slice glosses, ty_arena *arena, ty_keys *list)
{
    ty_buffer folded = {0};
    arena->failed |= ty_fold_plain(head, TY_FOLD_NFKC | TY_FOLD_CASE, &folded, NULL) == TY_ERR_NOMEM;
    ty_slice key = ty_arena_copy(arena, ty_buffer_slice(&folded));
    ty_buffer_release(&folded);
    if (key.size == 0 || is_worthless(key))
        return;
    if (!ty_vector_push(list, key))
        arena->failed = true;
    add_inflected(list, arena, key, glosses);
}

/* ------------------------------------------------------------------------------------------ lines */

/* The next of the headwords between blanks and semicolons, without what is noted of it in brackets. */
static bool next_head(ty_slice *heads, ty_slice *head)
{
    size_t start = 0, end;
    while (start < heads->size && (heads->data[start] == ' ' || heads->data[start] == ';'))
        start++;
    for (end = start; end < heads->size && heads->data[end] != ' ' && heads->data[end] != ';';)
        end++;
    *head = ty_slice_sub(*heads, start, end);
    *heads = ty_slice_sub(*heads, end, heads->size);
    size_t note = ty_slice_find(*head, TY_SLICE("("), 1);
    if (note < head->size)
        head->size = note;
    return end > start;
}

/* The kana of a word usually written in kana, or of one without kanji, is a headword too. */
static void line_keys(ty_slice line, ty_slice glosses, ty_arena *arena, ty_keys *list)
{
    size_t open = ty_slice_find(line, TY_SLICE(" ["), 0), close = ty_slice_find(line, TY_SLICE("] /"), 0);
    size_t end = ty_slice_find(line, TY_SLICE(" /"), 0);
    if (end == SIZE_MAX)
        return;
    if (open < end)
        end = open;
    ty_slice heads = ty_slice_sub(line, 0, end), head;
    while (next_head(&heads, &head))
        headword_keys(head, glosses, arena, list);
    if (open == end && close != SIZE_MAX && close > open && has_tag(glosses, "uk"))
        headword_keys(ty_slice_sub(line, open + 2, close), glosses, arena, list);
}

/* A surname in capitals (KONO Taro) is taken for an acronym up to so many letters, and is looked up as it is.
 */
#define ACRONYM_MAX 5

/* ENAMDICT writes long vowels, releases do not: Saitou is Saito. */
static ty_slice with_short_vowels(ty_slice word, ty_arena *arena)
{
    ty_buffer text = {0};
    for (size_t k = 0; k < word.size; k++) {
        char before = k ? (char)(word.data[k - 1] | 32) : ' ', c = word.data[k];
        bool lengthens = (before == 'o' && (c == 'u' || c == 'o')) || (before == 'u' && c == 'u');
        if (!lengthens)
            ty_buffer_add_char(&text, c);
    }
    ty_slice copy = ty_arena_copy(arena, ty_buffer_slice(&text));
    ty_buffer_release(&text);
    return copy;
}

static void link_name(ty_dictionary_builder *builder, ty_slice name, bool surname, ty_arena *arena,
                      const ty_keys *list)
{
    ty_slice key;
    char capitals[ACRONYM_MAX];
    size_t count = ty_lexicon_term_keys(name, builder->right_lang, arena, &key, 1);
    for (size_t k = 0; k < list->count && count; k++)
        ty_dictionary_builder_link(builder, list->items[k], &key, 1, 1);
    if (!surname || name.size > ACRONYM_MAX)
        return;
    for (size_t k = 0; k < name.size; k++)
        capitals[k] = name.data[k] >= 'a' && name.data[k] <= 'z' ? name.data[k] - 32 : name.data[k];
    key = ty_arena_copy(arena, (ty_slice){capitals, name.size});
    for (size_t k = 0; k < list->count && count; k++)
        ty_dictionary_builder_link(builder, list->items[k], &key, 1, 1);
}

/* Names are the parts that names are made of: whole persons (h), known by surname and given name, and what
 * has several words are left out. */
static void read_name(ty_dictionary_builder *builder, ty_slice line, ty_arena *arena, ty_keys *list)
{
    size_t slash = ty_slice_find(line, TY_SLICE(" /"), 0);
    ty_slice glosses = ty_slice_sub(line, slash + 2, line.size), rest = glosses, gloss;
    if (slash == SIZE_MAX || has_tag(glosses, "h"))
        return;
    ty_vector_clear(list);
    line_keys(line, glosses, arena, list);
    while (ty_slice_next(&rest, '/', &gloss)) {
        ty_slice name = ty_arena_copy(arena, bare_gloss(gloss, &builder->scratch));
        ty_slice shortened = with_short_vowels(name, arena);
        link_name(builder, name, has_tag(glosses, "s"), arena, list);
        if (shortened.size < name.size)
            link_name(builder, shortened, has_tag(glosses, "s"), arena, list);
    }
    ty_arena_clear(arena);
}

/* Headwords times glosses of an entry: no honest one has a hundredth of it. */
enum { LINKS_MAX = 20000 };

static void read_line(ty_dictionary_builder *builder, ty_slice line, ty_arena *arena, ty_keys *list)
{
    size_t slash = ty_slice_find(line, TY_SLICE(" /"), 0);
    if (slash == SIZE_MAX)
        return;
    ty_slice glosses = ty_slice_sub(line, slash + 2, line.size), rest = glosses, gloss;
    ty_vector_clear(list);
    line_keys(line, glosses, arena, list);
    for (size_t links = list->count; links <= LINKS_MAX && ty_slice_next(&rest, '/', &gloss);
         links += list->count) {
        ty_slice words[TY_LEXICON_WORDS_MAX];
        ty_slice bare = bare_gloss(gloss, &builder->scratch);
        size_t count = ty_lexicon_term_keys(bare, builder->right_lang, arena, words, TY_LEXICON_WORDS_MAX);
        for (size_t k = 0; k < list->count; k++)
            ty_dictionary_builder_link(builder, list->items[k], words, count, count);
    }
    ty_arena_clear(arena);
}

/* Lines about the file. */
static bool is_comment(ty_slice line)
{
    return ty_slice_starts(line, TY_SLICE("#")) || ty_slice_starts(line, ty_slice_of("　？"));
}

typedef void (*line_reader)(ty_dictionary_builder *builder, ty_slice line, ty_arena *arena, ty_keys *list);

static ty_status read_lines(const ty_lexicon_source *source, ty_dictionary_builder *builder, line_reader read,
                            const char *encoding, ty_error *error)
{
    ty_buffer bytes = {0}, text = {0};
    ty_arena arena = {0};
    ty_keys list = {0};
    ty_decoded decoded;
    ty_status status = ty_file_read(source->path, 0, &bytes, error);
    if (status == TY_OK)
        status = ty_text_decode(ty_buffer_slice(&bytes), encoding, NULL, &text, &decoded, error);
    ty_slice rest = ty_buffer_slice(&text), line;
    while (status == TY_OK && ty_slice_next(&rest, '\n', &line)) {
        if (!is_comment(line))
            read(builder, line, &arena, &list);
        builder->failed |= arena.failed; /* the next line clears the arena */
    }
    if (status == TY_OK && (arena.failed || builder->failed))
        status = ty_error_nomem(error);
    ty_vector_release(&list);
    ty_arena_release(&arena);
    ty_buffer_release(&bytes);
    ty_buffer_release(&text);
    return status;
}

ty_status ty_edict_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error)
{
    return read_lines(source, builder, read_line, "EUC-JP", error);
}

ty_status ty_enamdict_read(const ty_lexicon_source *source, ty_dictionary_builder *builder, ty_error *error)
{
    return read_lines(source, builder, read_name, "EUC-JP", error);
}

ty_status ty_edict_read_alike(const ty_lexicon_source *source, ty_dictionary_builder *builder,
                              ty_error *error)
{
    return read_lines(source, builder, read_line, NULL, error);
}

bool ty_edict_is_alike(ty_slice text)
{
    ty_slice line;
    while (ty_slice_next(&text, '\n', &line)) {
        line = ty_slice_trim(line);
        if (line.size == 0 || is_comment(line))
            continue;
        return ty_slice_find(line, TY_SLICE(" /"), 0) != SIZE_MAX && ty_slice_ends(line, TY_SLICE("/")) &&
               ty_slice_find(line, TY_SLICE("\t"), 0) == SIZE_MAX;
    }
    return false;
}
