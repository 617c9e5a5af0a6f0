/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pieces of a query: from each place where one may begin, the longest run of tokens that some entry has, cut
 * back to where one may end; of these the longest, then the longest of what is left.
 */
#include "lexicon/lexicon.h"
#include "match/runs.h"

enum {
    ENTRIES = 8,     /* of a piece, unless told */
    WORDS_MIN = 2,   /* with a meaning of their own */
    LETTERS_MIN = 4, /* of those words, in a language without spaces */
    COMMON = 200     /* a piece that stands in more than one of so many entries says nothing, */
};
#define COMMON_MIN 100 /* but in so many it may */

/* A run of tokens. */
typedef struct ty_piece_run {
    uint32_t first, end;
} ty_piece_run;

typedef TY_VECTOR(ty_piece_run) ty_run_list;

typedef struct cutter {
    const ty_piece_query *query;
    ty_runs runs;
    ty_text_tokens tokens;
    ty_text_words words;
    ty_run_list found, chosen;
    /* By token, and one behind the last: */
    bool *may_begin, *may_end; /* a piece here, before the token */
    uint32_t *content;         /* words with a meaning, up to here */
    uint32_t *letters;         /* of them */
    bool unspaced;
    ty_error *error;
} cutter;

/* ------------------------------------------------------------------------------------------ words */

static bool is_hiragana(ty_slice word)
{
    for (size_t at = 0; at < word.size;)
        if (ty_char_script(ty_utf8_next(word, &at)) != TY_SCRIPT_HIRAGANA)
            return false;
    return true;
}

/* Words of hiragana are particles and endings, mostly. */
static bool has_meaning(const cutter *c, const ty_text_word *word)
{
    char folded[TY_LEXICON_STEM_MAX];
    ty_slice text = ty_slice_sub(c->query->text, word->start, word->end);
    if (word->kind != TY_WORD_LETTERS || (c->unspaced && is_hiragana(text)))
        return false;
    if (text.size > sizeof folded)
        return true;
    for (size_t i = 0; i < text.size; i++)
        folded[i] = text.data[i] >= 'A' && text.data[i] <= 'Z' ? (char)(text.data[i] | 32) : text.data[i];
    return !ty_lexicon_is_stopword((ty_slice){folded, text.size}, c->query->lang);
}

static bool is_joint(uint32_t c)
{
    return c == '-' || c == '/' || c == '\'' || c == 0x2010 || c == 0x2011 || c == 0x2019;
}

static bool is_one_of(uint32_t c, const char *list)
{
    ty_slice all = ty_slice_of(list);
    for (size_t at = 0; at < all.size;)
        if (ty_utf8_next(all, &at) == c)
            return true;
    return false;
}

/* Hiragana behind a Chinese character is an ending of the word, unless it may be a particle, or the する that
 * makes a verb of two characters. */
static bool is_ending(ty_slice text, size_t at, uint32_t c)
{
    size_t before = at;
    if (ty_char_script(c) != TY_SCRIPT_HIRAGANA || is_one_of(c, "はがをにへでとものやかよな"))
        return false;
    ty_utf8_previous(text, &before);
    bool two = before > 0 && ty_char_script(ty_utf8_previous(text, &before)) == TY_SCRIPT_HAN;
    return !(two && is_one_of(c, "さしすせ"));
}

bool ty_match_is_inside_word(ty_slice text, size_t at)
{
    size_t before = at, behind = at;
    if (at == 0 || at >= text.size)
        return false;
    uint32_t left = ty_utf8_previous(text, &before), right = ty_utf8_next(text, &behind);
    if (ty_char_is_space(left) || ty_char_is_space(right))
        return false;
    ty_script one = ty_char_script(left), other = ty_char_script(right);
    return is_joint(left) || is_joint(right) || (one == TY_SCRIPT_KATAKANA && other == one) ||
           (one == TY_SCRIPT_HAN && is_ending(text, at, right));
}

static uint32_t count_letters(ty_slice text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

/* The first token that begins at the byte or behind it. */
static uint32_t token_at(const cutter *c, size_t byte)
{
    return (uint32_t)ty_vector_from(&c->tokens.list, start, (uint32_t)byte);
}

/* A word with a meaning, or a number, may begin and end a piece if it is tokens from its one end to the
 * other. */
static void mark_word(cutter *c, const ty_text_word *word)
{
    uint32_t first = token_at(c, word->start), end = token_at(c, word->end);
    bool whole = end > first && c->tokens.list.items[first].start == word->start &&
                 c->tokens.list.items[end - 1].end == word->end;
    bool meaning = has_meaning(c, word);
    if (whole && (meaning || word->kind == TY_WORD_NUMBER)) {
        c->may_begin[first] = !ty_match_is_inside_word(c->query->text, word->start);
        c->may_end[end] = !ty_match_is_inside_word(c->query->text, word->end);
    }
    if (meaning && end > first) {
        c->content[end]++;
        c->letters[end] += count_letters(ty_slice_sub(c->query->text, word->start, word->end));
    }
}

static bool mark_words(cutter *c)
{
    size_t size = c->tokens.list.count + 1;
    c->may_begin = calloc(size, sizeof *c->may_begin);
    c->may_end = calloc(size, sizeof *c->may_end);
    c->content = calloc(size, sizeof *c->content);
    c->letters = calloc(size, sizeof *c->letters);
    if (!c->may_begin || !c->may_end || !c->content || !c->letters)
        return false;
    for (size_t i = 0; i < c->words.count; i++)
        mark_word(c, &c->words.items[i]);
    for (size_t i = 1; i < size; i++) {
        c->content[i] += c->content[i - 1];
        c->letters[i] += c->letters[i - 1];
    }
    return true;
}

/* ------------------------------------------------------------------------------------------ runs */

static bool says_something(const cutter *c, ty_piece_run run)
{
    return run.end > run.first && c->content[run.end] - c->content[run.first] >= WORDS_MIN &&
           (!c->unspaced || c->letters[run.end] - c->letters[run.first] >= LETTERS_MIN);
}

/* What is left of a run when both ends are where a piece may begin and end. */
static ty_piece_run trim(const cutter *c, ty_piece_run run)
{
    while (run.first < run.end && !c->may_begin[run.first])
        run.first++;
    while (run.end > run.first && !c->may_end[run.end])
        run.end--;
    return run;
}

/* The nearest place behind `end` where a piece from `first` may end and says something; 0: there is none. */
static uint32_t next_end(const cutter *c, uint32_t first, uint32_t end)
{
    for (end = end > first ? end + 1 : first + 1; end <= c->tokens.list.count; end++)
        if (c->may_end[end] && says_something(c, (ty_piece_run){first, end}))
            return end;
    return 0;
}

/* Whatever an earlier run holds is found; a later one is worth looking for where it goes beyond. */
static ty_status find_runs(cutter *c)
{
    uint32_t reached = 0, longest;
    ty_status status = TY_OK;
    for (uint32_t first = 0; status == TY_OK && first < c->tokens.list.count; first++) {
        uint32_t end = c->may_begin[first] ? next_end(c, first, reached) : 0;
        if (!end)
            continue;
        status = ty_runs_longest(&c->runs, first, end, &longest, c->error);
        if (status != TY_OK || !longest)
            continue;
        reached = longest;
        if (!ty_vector_push(&c->found, trim(c, ((ty_piece_run){first, longest}))))
            status = ty_error_nomem(c->error);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ choosing */

/* Of equally long ones the first in the query. */
static size_t longest_of(const ty_run_list *runs)
{
    size_t best = 0;
    for (size_t i = 1; i < runs->count; i++) {
        ty_piece_run one = runs->items[i], old = runs->items[best];
        uint32_t size = one.end - one.first, most = old.end - old.first;
        if (size > most || (size == most && one.first < old.first))
            best = i;
    }
    return best;
}

/* Adds what the chosen run leaves of another. */
static bool add_rest(const cutter *c, ty_piece_run rest, ty_run_list *out)
{
    rest = trim(c, rest);
    return !says_something(c, rest) || ty_vector_push(out, rest);
}

/* Takes the longest run out, and what it covers out of the others. */
static bool choose(cutter *c)
{
    ty_piece_run best = c->found.items[longest_of(&c->found)];
    ty_run_list left = {0};
    bool good = ty_vector_push(&c->chosen, best);
    for (size_t i = 0; good && i < c->found.count; i++) {
        ty_piece_run run = c->found.items[i];
        ty_piece_run before = {run.first, run.end < best.first ? run.end : best.first};
        ty_piece_run behind = {run.first > best.end ? run.first : best.end, run.end};
        good = (before.end <= before.first || add_rest(c, before, &left)) &&
               (behind.end <= behind.first || add_rest(c, behind, &left));
    }
    ty_vector_release(&c->found);
    c->found = left;
    return good;
}

static int by_place(const void *a, const void *b)
{
    const ty_piece_run *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

/* ------------------------------------------------------------------------------------------ entries */

typedef struct collector {
    const ty_piece_query *query;
    ty_match_pieces *out;
    size_t wanted, taken;
    size_t seen, most;
    bool failed;
} collector;

static bool collect(void *payload, int64_t id)
{
    collector *k = payload;
    if (++k->seen > k->most)
        return false;
    if (k->taken >= k->wanted || (k->query->accept && !k->query->accept(k->query->payload, id)))
        return true;
    k->failed = !ty_vector_push(&k->out->entries, id);
    k->taken++;
    return !k->failed;
}

static size_t most_entries(const ty_match_index *index)
{
    size_t common = (ty_image_entries(&index->image) + index->pending.count) / COMMON;
    return common < COMMON_MIN ? COMMON_MIN : common;
}

/* The piece with its entries, unless it is too common, or they all are refused. */
static ty_status add_piece(cutter *c, ty_piece_run run, ty_match_pieces *out)
{
    collector k = {.query = c->query,
                   .out = out,
                   .wanted = c->query->max_entries ? c->query->max_entries : ENTRIES,
                   .most = most_entries(c->runs.index)};
    size_t before = out->entries.count;
    ty_status status = ty_runs_each(&c->runs, run.first, run.end, collect, &k, c->error);
    if (status == TY_OK && k.failed)
        status = ty_error_nomem(c->error);
    if (status != TY_OK || k.seen > k.most || !k.taken) {
        out->entries.count = before;
        return status;
    }
    ty_match_piece piece = {c->tokens.list.items[run.first].start, c->tokens.list.items[run.end - 1].end,
                            before, k.taken};
    return ty_vector_push(&out->list, piece) ? TY_OK : ty_error_nomem(c->error);
}

/* ------------------------------------------------------------------------------------------ the whole */

static ty_status find_pieces(cutter *c, ty_match_pieces *out)
{
    ty_status status = find_runs(c);
    while (status == TY_OK && c->found.count)
        if (!choose(c))
            status = ty_error_nomem(c->error);
    if (c->chosen.count)
        qsort(c->chosen.items, c->chosen.count, sizeof *c->chosen.items, by_place);
    for (size_t i = 0; status == TY_OK && i < c->chosen.count; i++)
        status = add_piece(c, c->chosen.items[i], out);
    return status;
}

static ty_status prepare(cutter *c, const ty_match_index *index)
{
    ty_status status = ty_text_tokenize(c->query->text, &c->tokens, c->error);
    if (status == TY_OK && c->tokens.list.count > TY_PIECES_TOKENS_MAX)
        return TY_NO;
    if (status == TY_OK)
        status = ty_text_words_find(c->query->text, c->query->lang, &c->words, c->error);
    if (status == TY_OK)
        status = ty_runs_set(&c->runs, index, &c->tokens, c->error);
    return status == TY_OK && !mark_words(c) ? ty_error_nomem(c->error) : status;
}

ty_status ty_match_index_pieces(const ty_match_index *index, const ty_piece_query *query,
                                ty_match_pieces *out, ty_error *error)
{
    cutter c = {.query = query, .unspaced = ty_lang_is_unspaced(query->lang), .error = error};
    ty_vector_clear(&out->list);
    ty_vector_clear(&out->entries);
    ty_status status = prepare(&c, index);
    if (status == TY_OK)
        status = find_pieces(&c, out);
    ty_runs_release(&c.runs);
    ty_text_tokens_release(&c.tokens);
    ty_vector_release(&c.words);
    ty_vector_release(&c.found);
    ty_vector_release(&c.chosen);
    free(c.may_begin);
    free(c.may_end);
    free(c.content);
    free(c.letters);
    return status == TY_NO ? TY_OK : status;
}

void ty_match_pieces_release(ty_match_pieces *pieces)
{
    ty_vector_release(&pieces->list);
    ty_vector_release(&pieces->entries);
}
