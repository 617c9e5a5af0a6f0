/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a stretch of one sentence has its equivalent in a translation of it.
 *
 * The words of the stretch look for the words of the translation that they are linked to (dictionary, number,
 * sound, the same letters). Among all windows of the translation's words the one is taken that holds most of
 * them and least of what belongs to other words. What is found is told only when it explains most of the
 * stretch.
 */
#include "internal.h"

#include <stdlib.h>

#define STRONG 1.0f    /* a word that is met by a translation of its own */
#define WEAK 0.5f      /* by one word of a translation of several; two such make a strong one */
#define STRANGER 0.35f /* what a word in the window costs that nothing explains */
#define ALIEN 0.8f     /* or that is explained by a word outside the stretch */
#define MORE 0.02f     /* what a window gains by holding more of what it holds enough of */
#define SHARE_MIN 0.6f /* of the stretch that must be explained */
#define SLACK 0.01f    /* windows that differ by less are equally good */
#define WORDS_MAX 400  /* of the translation */
#define STRETCH_MAX 64 /* words */

enum { BEFORE, INSIDE, BEHIND };

typedef struct ty_window {
    uint32_t first, last; /* words of the translation */
    float worth, covered, cost;
} ty_window;

typedef struct ty_placing {
    ty_side sides[2]; /* the sentence in three parts: before, in and behind the stretch; the translation */
    ty_word_links links;
    uint32_t first, count;      /* words of the stretch */
    bool parted;                /* the stretch is in two by a comma or an "and" itself */
    float need;                 /* what they are worth in all */
    float (*gain)[STRETCH_MAX]; /* [word of the translation][word of the stretch] */
    uint32_t *met; /* by word of the translation: how many words of the stretch it may stand for */
    bool *alien;   /* it belongs to a word outside the stretch */
    bool *shared;  /* or to one outside as well as to one in it */
} ty_placing;

/* ------------------------------------------------------------------------------------------ words */

static const ty_align_token *words_of(const ty_side *side, uint32_t sentence, uint32_t *count)
{
    *count = side->token_starts[sentence + 1] - side->token_starts[sentence];
    return side->tokens.items + side->token_starts[sentence];
}

static const ty_word_link *find_link(const ty_word_links *links, uint32_t source, uint32_t target)
{
    for (uint32_t k = links->starts[source]; k < links->starts[source + 1]; k++)
        if (links->list.items[k].target == target)
            return &links->list.items[k];
    return NULL;
}

static bool is_light(const ty_side *side, uint32_t word)
{
    return ty_word_kind(side, word) == WORD_PLAIN &&
           ty_lexicon_is_light(ty_word_key(side, word), side->in->lang);
}

static float strength(const ty_placing *p, uint32_t source, uint32_t target)
{
    const ty_word_link *link = find_link(&p->links, source, target);
    if (!link)
        return 0;
    bool weak = link->weak || is_light(&p->sides[0], source) || is_light(&p->sides[1], target);
    return weak ? WEAK : STRONG;
}

static bool is_hiragana(ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (ty_char_script(ty_utf8_next(text, &at)) != TY_SCRIPT_HIRAGANA)
            return false;
    return true;
}

/* A word of hiragana that goes on in hiragana is a piece of something else: ところで in ところです. */
static bool is_cut(const ty_side *side, const ty_align_token *token)
{
    ty_slice text = side->in->sentences[0];
    size_t at = token->end;
    return side->unspaced && token->end > token->start &&
           is_hiragana(ty_slice_sub(text, token->start, token->end)) && at < text.size &&
           ty_char_script(ty_utf8_next(text, &at)) == TY_SCRIPT_HIRAGANA;
}

static bool is_one_kanji(const ty_side *side, const ty_align_token *token)
{
    ty_slice text = ty_word_key(side, token->word);
    size_t at = 0;
    return text.size && ty_char_script(ty_utf8_next(text, &at)) == TY_SCRIPT_HAN && at == text.size;
}

static bool is_kanji_or_digit(uint32_t c)
{
    return ty_char_script(c) == TY_SCRIPT_HAN || ty_char_is_digit(c);
}

/* Is what comes behind the rest of a word that begins with a kanji, of 行う or of 行動? */
static bool is_rest_of_word(ty_slice text, ty_slice lang)
{
    size_t at = 0;
    ty_script script = text.size ? ty_char_script(ty_utf8_next(text, &at)) : TY_SCRIPT_OTHER;
    return script == TY_SCRIPT_HAN || (script == TY_SCRIPT_HIRAGANA && !ty_lexicon_is_particle(text, lang));
}

/* A kanji that the stretch cuts out of a word or a number, as 日 of 30日, is no word of its own: here it is
 * not Japan. */
static bool is_torn(const ty_side *side, const ty_align_token *token)
{
    const ty_slice *text = side->in->sentences;
    size_t end = text[BEFORE].size;
    if (!side->unspaced || !is_one_kanji(side, token))
        return false;
    return (token->start == 0 && end > 0 && is_kanji_or_digit(ty_utf8_previous(text[BEFORE], &end))) ||
           (token->end == text[INSIDE].size && is_rest_of_word(text[BEHIND], side->in->lang));
}

/* A kanji beside another word of kanji, as 中 in 成長中, says less than its dictionary. */
static bool is_affix(const ty_side *side, uint32_t part, uint32_t at)
{
    uint32_t count;
    const ty_align_token *words = words_of(side, part, &count);
    return side->unspaced && is_one_kanji(side, &words[at]) &&
           ((at > 0 && words[at - 1].end == words[at].start) ||
            (at + 1 < count && words[at + 1].start == words[at].end));
}

/* What a word of the stretch counts: hiragana is mostly grammar, a marker no word, and pairs of characters
 * that no dictionary knows overlap. */
static float weight(const ty_side *side, uint32_t part, uint32_t at)
{
    uint32_t count;
    const ty_align_token *token = words_of(side, part, &count) + at;
    char kind = ty_word_kind(side, token->word);
    if (token->end <= token->start || kind == WORD_MARKER || (part == INSIDE && is_torn(side, token)))
        return 0;
    if (kind == WORD_CHUNK || is_affix(side, part, at))
        return 0.5f;
    return side->unspaced && is_hiragana(ty_word_key(side, token->word)) ? 0 : 1;
}

static bool is_parting(uint32_t c)
{
    return c == ',' || c == ';' || c == ':' || c == U'、' || c == U'，' || c == U'；' || c == U'：';
}

/* Is a text in two, by a comma or by a word that joins two of a kind? */
static bool is_parted(ty_slice text, ty_slice lang)
{
    size_t word = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        if (is_parting(c))
            return true;
        if (c == ' ')
            word = at;
        else if ((at == text.size || text.data[at] == ' ') &&
                 ty_lexicon_is_joining(ty_slice_sub(text, word, at), lang))
            return true;
    }
    return false;
}

/* ------------------------------------------------------------------------------------------ preparing */

/* Has the word another place in the translation that it is linked to as strongly? */
static bool has_choice(const ty_placing *p, uint32_t word, uint32_t target, float least)
{
    uint32_t count;
    const ty_align_token *targets = words_of(&p->sides[1], 0, &count);
    for (uint32_t t = 0; t < count; t++)
        if (targets[t].word != target && strength(p, word, targets[t].word) >= least)
            return true;
    return false;
}

/* How often a word of the translation stands in it. */
static uint32_t times(const ty_placing *p, uint32_t target)
{
    uint32_t count, found = 0;
    const ty_align_token *targets = words_of(&p->sides[1], 0, &count);
    for (uint32_t t = 0; t < count; t++)
        found += targets[t].word == target;
    return found;
}

/* Is one of the words of the stretch the same? */
static bool is_inside(const ty_placing *p, uint32_t word)
{
    uint32_t count;
    const ty_align_token *words = words_of(&p->sides[0], INSIDE, &count);
    for (uint32_t w = 0; w < count; w++)
        if (words[w].word == word)
            return true;
    return false;
}

/*
 * Does a word outside the stretch explain the target's word better than any in it, or as well and nothing
 * else? Where both may stand for "cooperation", 協力 does, and 一致 has no place.
 */
static bool is_alien(const ty_placing *p, const ty_align_token *target, float inside, bool *shared)
{
    static const uint32_t parts[] = {BEFORE, BEHIND};
    bool once = times(p, target->word) == 1;
    for (int k = 0; k < 2; k++) {
        uint32_t count;
        const ty_align_token *words = words_of(&p->sides[0], parts[k], &count);
        for (uint32_t w = 0; w < count; w++) {
            float outside = strength(p, words[w].word, target->word);
            if (outside > inside)
                return true;
            *shared = *shared || (once && outside > 0 && outside == inside);
            bool rival = outside == inside || (outside > 0 && p->count == 1);
            if (once && inside >= STRONG && rival && !is_inside(p, words[w].word) &&
                !has_choice(p, words[w].word, target->word, outside))
                return true;
        }
    }
    return false;
}

static void compare_words(ty_placing *p)
{
    uint32_t count;
    const ty_align_token *words = words_of(&p->sides[0], INSIDE, &p->count);
    const ty_align_token *targets = words_of(&p->sides[1], 0, &count);
    p->parted = is_parted(p->sides[0].in->sentences[INSIDE], p->sides[0].in->lang);
    for (uint32_t w = 0; w < p->count; w++)
        p->need += weight(&p->sides[0], INSIDE, w);
    for (uint32_t t = 0; t < count; t++) {
        float best = 0;
        for (uint32_t w = 0; w < p->count; w++) {
            float found = is_cut(&p->sides[1], &targets[t])
                              ? 0
                              : weight(&p->sides[0], INSIDE, w) * strength(p, words[w].word, targets[t].word);
            p->gain[t][w] = found;
            p->met[t] += found > 0 && !is_light(&p->sides[0], words[w].word) &&
                         !is_light(&p->sides[1], targets[t].word);
            best = found > best ? found : best;
        }
        p->alien[t] = is_alien(p, &targets[t], best, &p->shared[t]);
    }
}

/* ------------------------------------------------------------------------------------------ windows */

/* Is there such a cut before a word of the translation, and none in the stretch? */
static bool is_apart(const ty_placing *p, uint32_t target)
{
    uint32_t count;
    const ty_align_token *words = words_of(&p->sides[1], 0, &count);
    if (p->parted || words[target].start <= words[target - 1].end)
        return false;
    return is_parted(ty_slice_sub(p->sides[1].in->sentences[0], words[target - 1].end, words[target].start),
                     p->sides[1].in->lang);
}

/* A window that grows: what it holds of each word of the stretch, and what is in it besides. */
typedef struct ty_growing {
    float held[STRETCH_MAX];
    float cost;
} ty_growing;

/*
 * One word of the translation that stands for several of the stretch is their translation as a whole. One
 * that stands for what the window holds already is welcome where it is a part of a translation, a stranger
 * where it is all of one: then it is said twice.
 */
static void grow(const ty_placing *p, uint32_t target, ty_growing *window)
{
    bool new = false, part = false;
    for (uint32_t w = 0; w < p->count; w++) {
        float gain = p->gain[target][w];
        new = new || (gain > 0 && window->held[w] < gain);
        part = part || (gain > 0 && gain < STRONG);
        window->held[w] += p->met[target] > 1 && gain > 0 ? STRONG : gain;
    }
    window->cost += p->alien[target] ? ALIEN : new ? 0 : part && !p->shared[target] ? -MORE : STRANGER;
}

static float covered(const ty_placing *p, const ty_growing *window)
{
    float sum = 0;
    for (uint32_t w = 0; w < p->count; w++) {
        float most = weight(&p->sides[0], INSIDE, w);
        sum += window->held[w] < most ? window->held[w] : most;
    }
    return sum;
}

static bool meets(const ty_placing *p, uint32_t target)
{
    for (uint32_t w = 0; w < p->count; w++)
        if (p->gain[target][w] > 0)
            return !p->alien[target];
    return false;
}

/* The best windows, all equally good, that begin and end with words that are met; returns how many. */
static size_t find_windows(const ty_placing *p, ty_window *best, size_t room)
{
    uint32_t count;
    size_t found = 0;
    words_of(&p->sides[1], 0, &count);
    for (uint32_t first = 0; first < count; first++) {
        ty_growing window = {0};
        for (uint32_t last = first; meets(p, first) && last < count && window.cost < p->need; last++) {
            grow(p, last, &window);
            if (last > first && is_apart(p, last))
                window.cost += STRANGER;
            if (!meets(p, last))
                continue;
            ty_window one = {first, last, 0, covered(p, &window), window.cost};
            one.worth = one.covered - window.cost;
            if (found && one.worth < best[0].worth + SLACK && one.worth > best[0].worth - SLACK) {
                if (first > best[found - 1].last && found < room)
                    best[found++] = one;
            } else if (!found || one.worth > best[0].worth) {
                best[0] = one;
                found = 1;
            }
        }
    }
    return found;
}

/* ------------------------------------------------------------------------------------------ repeated words
 */

/* How often the words of the stretch stand, in a row, in a part of the sentence. */
static size_t count_stretch(const ty_placing *p, uint32_t part)
{
    uint32_t size, count;
    size_t found = 0;
    const ty_align_token *words = words_of(&p->sides[0], INSIDE, &size);
    const ty_align_token *text = words_of(&p->sides[0], part, &count);
    for (uint32_t at = 0; size && at + size <= count; at++) {
        uint32_t same = 0;
        while (same < size && text[at + same].word == words[same].word)
            same++;
        found += same == size;
    }
    return found;
}

/* Where both sides say it equally often, the n-th stands for the n-th; else it must stand once. */
static const ty_window *choose(const ty_placing *p, const ty_window *windows, size_t count)
{
    size_t before = count_stretch(p, BEFORE), behind = count_stretch(p, BEHIND);
    if (count == 1)
        return &windows[0];
    return count == before + 1 + behind ? &windows[before] : NULL;
}

/* ------------------------------------------------------------------------------------------ compounds */

enum { PARTS_MAX = 12 }; /* characters of a compound */

/* Parts of a compound: two characters or more, but not all, folded, longest first. */
typedef struct ty_parts {
    ty_slices keys;
    TY_VECTOR(ty_span) spans;
    ty_arena arena;
} ty_parts;

static ty_status list_parts(ty_parts *parts, ty_slice compound, ty_error *error)
{
    size_t ends[PARTS_MAX + 1] = {0}, count = 0;
    ty_buffer folded = {0};
    ty_status status = TY_OK;
    while (count < PARTS_MAX && ends[count] < compound.size) {
        ends[count + 1] = ends[count];
        ty_utf8_next(compound, &ends[++count]);
    }
    for (size_t size = count ? count - 1 : 0; size >= 2; size--)
        for (size_t k = 0; status == TY_OK && k + size <= count; k++) {
            ty_span span = {ends[k], ends[k + size]};
            ty_buffer_clear(&folded);
            status = ty_fold_plain(ty_slice_sub(compound, span.start, span.end), TY_FOLD_NFKC | TY_FOLD_CASE,
                                   &folded, error);
            ty_slice key = ty_arena_copy(&parts->arena, ty_buffer_slice(&folded));
            if (!ty_vector_push(&parts->keys, key) || !ty_vector_push(&parts->spans, span))
                status = ty_error_nomem(error);
        }
    ty_buffer_release(&folded);
    return status;
}

/* The longest part of a compound that is a translation of the words, all of them and no others; the number of
 * parts where there is none. */
static ty_status find_part(const ty_parts *parts, const ty_slice *words, size_t word_count,
                           ty_lexicon_side which, const ty_lexicon *lexicon, size_t *out, ty_error *error)
{
    ty_lexicon_links links = {0};
    uint64_t met[PARTS_MAX * PARTS_MAX] = {0},
                             all = word_count < 64 ? (UINT64_C(1) << word_count) - 1 : UINT64_MAX;
    bool straight = which == TY_LEXICON_SOURCE;
    const ty_slice *source = straight ? words : parts->keys.items;
    const ty_slice *target = straight ? parts->keys.items : words;
    size_t count = parts->keys.count;
    ty_status status = ty_lexicon_find_links(lexicon, source, straight ? word_count : count, target,
                                             straight ? count : word_count, &links, error);
    for (size_t k = 0; k < links.count; k++) {
        const ty_lexicon_link *link = &links.items[k];
        if (link->words == word_count)
            met[straight ? link->target : link->source] |= UINT64_C(1)
                                                           << (straight ? link->source : link->target);
    }
    for (*out = 0; *out < count && met[*out] != all;)
        ++*out;
    ty_vector_release(&links);
    return status;
}

/* Words met by a compound only, as 戦略的利益 meets "strategic": the part of the compound that they mean. */
static ty_status place_in_compound(const ty_placing *p, uint32_t target, ty_lexicon_side which,
                                   const ty_lexicon *lexicon, ty_span *out, ty_error *error)
{
    uint32_t count;
    ty_parts parts = {0};
    size_t found = 0;
    const ty_align_token *token = words_of(&p->sides[1], 0, &count) + target;
    ty_slice words[STRETCH_MAX];
    const ty_align_token *inside = words_of(&p->sides[0], INSIDE, &count);
    for (uint32_t w = 0; w < count; w++)
        words[w] = ty_word_key(&p->sides[0], inside[w].word);
    ty_slice compound = ty_slice_sub(p->sides[1].in->sentences[0], token->start, token->end);
    ty_status status = list_parts(&parts, compound, error);
    if (status == TY_OK)
        status = find_part(&parts, words, count, which, lexicon, &found, error);
    if (status == TY_OK && found < parts.spans.count)
        *out = (ty_span){token->start + parts.spans.items[found].start,
                         token->start + parts.spans.items[found].end};
    else if (status == TY_OK)
        status = TY_NO;
    ty_vector_release(&parts.keys);
    ty_vector_release(&parts.spans);
    ty_arena_release(&parts.arena);
    return status;
}

/* ------------------------------------------------------------------------------------------ the whole */

static bool prepare(ty_placing *p)
{
    uint32_t count;
    words_of(&p->sides[1], 0, &count);
    words_of(&p->sides[0], INSIDE, &p->count);
    if (p->count > STRETCH_MAX || count > WORDS_MAX)
        p->count = 0;
    p->gain = calloc(count + 1, sizeof *p->gain);
    p->met = calloc(count + 1, sizeof *p->met);
    p->alien = calloc(count + 1, sizeof *p->alien);
    p->shared = calloc(count + 1, sizeof *p->shared);
    bool good = p->gain && p->met && p->alien && p->shared;
    if (good && p->count)
        compare_words(p);
    return good;
}

/* One word is not said across a bracket. */
static bool has_bracket(ty_slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        if (c == '(' || c == ')' || c == U'（' || c == U'）' || c == U'「' || c == U'」')
            return true;
    }
    return false;
}

/* Without such a part it is the whole compound. */
static ty_status of_part(ty_status status)
{
    return status == TY_NO ? TY_OK : status;
}

static ty_status place(ty_placing *p, ty_lexicon_side which, const ty_lexicon *lexicon, ty_span *out,
                       ty_error *error)
{
    enum { ROOM = 16 };
    ty_window windows[ROOM];
    uint32_t count;
    if (!prepare(p))
        return ty_error_nomem(error);
    if (!p->count || p->need <= 0)
        return TY_NO;
    size_t found = find_windows(p, windows, ROOM);
    const ty_window *best = found ? choose(p, windows, found) : NULL;
    if (!best || best->worth <= 0)
        return TY_NO;
    const ty_align_token *words = words_of(&p->sides[1], 0, &count);
    if (best->covered < SHARE_MIN * p->need) {
        bool compound = p->count == 1 && ty_word_kind(&p->sides[1], words[best->first].word) == WORD_HEADWORD;
        return compound && lexicon ? place_in_compound(p, best->first, which, lexicon, out, error) : TY_NO;
    }
    *out = (ty_span){words[best->first].start, words[best->last].end};
    /* Tottori Prefecture within its governor, 鳥取県知事. */
    if (p->count > 1 && best->first == best->last && lexicon)
        return of_part(place_in_compound(p, best->first, which, lexicon, out, error));
    if (p->count == 1 && best->cost > 0) /* one word, scattered among others */
        return TY_NO;
    return p->count == 1 && has_bracket(ty_slice_sub(p->sides[1].in->sentences[0], out->start, out->end))
               ? TY_NO
               : TY_OK;
}

ty_status ty_align_place(const ty_align_text *source, ty_span stretch, const ty_align_text *target,
                         ty_lexicon_side which, const ty_lexicon *lexicon, ty_span *out, ty_error *error)
{
    ty_slice parts[] = {ty_slice_sub(source->text, 0, stretch.start),
                        ty_slice_sub(source->text, stretch.start, stretch.end),
                        ty_slice_sub(source->text, stretch.end, source->text.size)};
    ty_align_side sides[] = {{parts, NULL, 3, source->lang}, {&target->text, NULL, 1, target->lang}};
    ty_lexicon_side other = which == TY_LEXICON_SOURCE ? TY_LEXICON_TARGET : TY_LEXICON_SOURCE;
    ty_placing p = {0};
    *out = (ty_span){0};
    ty_status status = ty_side_init(&p.sides[0], &sides[0], which, target->lang, lexicon, error);
    if (status == TY_OK)
        status = ty_side_init(&p.sides[1], &sides[1], other, source->lang, lexicon, error);
    if (status == TY_OK)
        status = ty_links_find(&p.links, &p.sides[0], &p.sides[1], lexicon, error);
    if (status == TY_OK)
        status = place(&p, which, lexicon, out, error);
    free(p.gain);
    free(p.met);
    free(p.alien);
    free(p.shared);
    ty_links_release(&p.links);
    ty_side_release(&p.sides[0]);
    ty_side_release(&p.sides[1]);
    return status;
}
