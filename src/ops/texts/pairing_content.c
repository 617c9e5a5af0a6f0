/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents by what is in them. Signs that stand in both languages (numbers by value, month and day together,
 * words in Latin letters) are weighed by how few documents have them; the aligner judges the best few. Pairs
 * are taken from the surest down, each document once, and only where no other is nearly as good.
 */
#include <math.h>

#include "ops/texts/pairing.h"

enum {
    JUDGED = 3, /* candidates of a document that the aligner looks at */
    ALL = 12    /* documents of a side that are few enough for all to be judged */
};
static const double least = 0.08;  /* of the cosine of a candidate */
static const double margin = 0.90; /* a second candidate this near makes a pair doubtful */

/* ------------------------------------------------------------------------------------------ signs */

typedef TY_VECTOR(uint64_t) signs;

static int compare_signs(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t hash_number(double value, uint64_t seed)
{
    return ty_hash((ty_slice){(const char *)&value, sizeof value}, seed);
}

static bool add_numbers(ty_slice text, ty_slice lang, signs *out, ty_error *error)
{
    ty_numbers numbers = {0};
    bool good = ty_numbers_find(text, lang, &numbers, error) == TY_OK;
    for (size_t i = 0; i < numbers.count && good; i++) {
        const ty_number *number = &numbers.items[i], *next = number + 1;
        good = ty_vector_push(out, hash_number(number->value, 1));
        bool date = i + 1 < numbers.count && number->kind == TY_NUMBER_MONTH && next->kind == TY_NUMBER_DAY;
        if (good && date)
            good = ty_vector_push(out, hash_number(number->value * 100 + next->value, 2));
    }
    ty_vector_release(&numbers);
    return good;
}

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Names and acronyms in Latin letters stay as they are in a text of another script. */
static bool add_words(ty_slice text, signs *out)
{
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        char word[32];
        while (end < text.size && is_letter(text.data[end]))
            end++;
        size_t size = end - at;
        for (size_t i = 0; i < size && size < sizeof word; i++)
            word[i] = (char)(text.data[at + i] | 0x20);
        if (size >= 2 && size < sizeof word && !ty_vector_push(out, ty_hash((ty_slice){word, size}, 3)))
            return false;
        at = end + 1;
    }
    return true;
}

static size_t sort_out(uint64_t *items, size_t count)
{
    size_t kept = 0;
    if (count)
        qsort(items, count, sizeof *items, compare_signs);
    for (size_t i = 0; i < count; i++)
        if (!kept || items[kept - 1] != items[i])
            items[kept++] = items[i];
    return kept;
}

/* ------------------------------------------------------------------------------------------ reading */

static ty_status read_one(void *payload, size_t number, ty_error *error)
{
    ty_pairing *pairing = payload;
    struct pairing_file *file = &pairing->files.items[number];
    ty_document document;
    ty_document_options options = {0};
    ty_error own = {0};
    ty_source source = {.path = file->path};
    signs found = {0};
    bool is_document = false;
    if (ty_source_is_document(&source, &is_document, &own) != TY_OK || !is_document)
        return TY_OK; /* a picture, a table, a memory: nothing to be paired */
    if (ty_document_read(&source, &options, &document, NULL, &own) != TY_OK) {
        ty_notify(pairing->listener,
                  &(ty_notice){.file = file->path, .rejected = true, .message = own.message});
        return TY_OK;
    }
    const char *guess = ty_lang_guess(ty_buffer_slice(&document.text));
    bool good = true;
    if (guess[0]) {
        file->lang = ty_slice_of(guess);
        good = add_numbers(ty_buffer_slice(&document.text), file->lang, &found, error) &&
               add_words(ty_buffer_slice(&document.text), &found);
    }
    file->sign_count = sort_out(found.items, found.count);
    file->signs = found.items;
    file->document = document;
    return good ? TY_OK : ty_error_nomem(error);
}

ty_status ty_pairing_read(ty_pairing *pairing, ty_error *error)
{
    ty_status status = ty_threads_each(pairing->files.count, read_one, pairing, error);
    for (size_t i = 0; i < pairing->files.count; i++) {
        struct pairing_file *file = &pairing->files.items[i];
        file->key = ty_pairing_name_key(file->key, file->lang, &pairing->arena);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ candidates */

struct candidate {
    size_t source, target;
    double likeness;
    float confidence;
};

struct content {
    ty_pairing *pairing;
    TY_VECTOR(size_t) sources;
    TY_VECTOR(size_t) targets;
    TY_VECTOR(struct posting {
        uint64_t sign;
        uint32_t file;
    })
    postings;        /* of targets, sorted */
    double *weights; /* length of each target's vector, by its number among the targets */
    TY_VECTOR(struct candidate) candidates; /* those of a source one after the other, the likeliest first */
    bool all, second_round;                 /* all are judged; those that are not the likeliest */
    struct rivals {
        size_t of_source, of_target; /* the next candidate of the same; SIZE_MAX: none */
    } * rivals;
};

static int compare_postings(const void *a, const void *b)
{
    const struct posting *x = a, *y = b;
    return (x->sign > y->sign) - (x->sign < y->sign);
}

static int compare_likeness(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    return (x->likeness < y->likeness) - (x->likeness > y->likeness);
}

static bool gather(struct content *c)
{
    ty_pairing *pairing = c->pairing;
    bool good = true;
    for (size_t i = 0; i < pairing->files.count && good; i++) {
        struct pairing_file *file = &pairing->files.items[i];
        if (file->partner != SIZE_MAX || !file->lang.size)
            continue;
        if (ty_lang_same(file->lang, pairing->source_lang))
            good = ty_vector_push(&c->sources, i);
        else if (ty_lang_same(file->lang, pairing->target_lang))
            good = ty_vector_push(&c->targets, i);
    }
    for (size_t i = 0; i < c->targets.count && good; i++) {
        const struct pairing_file *file = &pairing->files.items[c->targets.items[i]];
        for (size_t j = 0; j < file->sign_count && good; j++)
            good = ty_vector_push(&c->postings, ((struct posting){file->signs[j], (uint32_t)i}));
    }
    if (good && c->postings.count)
        qsort(c->postings.items, c->postings.count, sizeof *c->postings.items, compare_postings);
    return good;
}

/* The postings of a sign: from *start, how many. */
static size_t find_postings(const struct content *c, uint64_t sign, size_t *start)
{
    size_t end = ty_vector_from(&c->postings, sign, sign);
    *start = end;
    while (end < c->postings.count && c->postings.items[end].sign == sign)
        end++;
    return end - *start;
}

/* Of many documents, what every fourth has tells nothing. */
static double weight_of(const struct content *c, size_t frequency)
{
    enum { MANY = 2000 };
    if (c->targets.count > MANY && frequency * 4 > c->targets.count)
        return 0;
    return log(1 + (double)c->targets.count / (double)(frequency ? frequency : 1));
}

static void weigh_targets(struct content *c)
{
    for (size_t i = 0, end; i < c->postings.count; i = end) {
        for (end = i; end < c->postings.count && c->postings.items[end].sign == c->postings.items[i].sign;)
            end++;
        double weight = weight_of(c, end - i);
        for (size_t j = i; j < end; j++)
            c->weights[c->postings.items[j].file] += weight * weight;
    }
}

/* Of the words of an English text only those count that some text of the other script has. */
static bool add_candidates(struct content *c, size_t source, double *sums)
{
    const struct pairing_file *file = &c->pairing->files.items[source];
    double own = 0;
    memset(sums, 0, c->targets.count * sizeof *sums);
    for (size_t i = 0; i < file->sign_count; i++) {
        size_t start, count = find_postings(c, file->signs[i], &start);
        double weight = weight_of(c, count);
        own += count ? weight * weight : 0;
        for (size_t j = start; weight > 0 && j < start + count; j++)
            sums[c->postings.items[j].file] += weight * weight;
    }
    struct candidate best[JUDGED] = {0};
    bool good = true;
    for (size_t i = 0; i < c->targets.count && good; i++) {
        double length = sqrt(own) * sqrt(c->weights[i]);
        struct candidate one = {source, c->targets.items[i], length > 0 ? sums[i] / length : 0, 0};
        if (c->all)
            good = ty_vector_push(&c->candidates, one);
        else if (one.likeness > best[JUDGED - 1].likeness && one.likeness >= least) {
            best[JUDGED - 1] = one;
            qsort(best, JUDGED, sizeof *best, compare_likeness);
        }
    }
    for (size_t i = 0; i < JUDGED && good && best[i].likeness > 0; i++)
        good = ty_vector_push(&c->candidates, best[i]);
    return good;
}

/* ------------------------------------------------------------------------------------------ judging */

/* What the aligner and the signs say together. Where templates are alike, signs tell; where there are none,
 * it does. */
static double score_of(const struct candidate *candidate)
{
    return (double)candidate->confidence * (0.15 + candidate->likeness);
}

/*
 * The likeliest of a source is judged first. Another one is judged only where it could be nearly as good if
 * the aligner were sure of it.
 */
static bool is_worth_judging(const struct content *c, size_t number)
{
    const struct candidate *one = &c->candidates.items[number];
    if (c->all)
        return !c->second_round;
    bool first = number == 0 || one[-1].source != one->source;
    if (first || !c->second_round)
        return first != c->second_round;
    const struct candidate *best = one;
    while (best > c->candidates.items && best[-1].source == one->source)
        best--;
    struct candidate sure = *one;
    sure.confidence = 1;
    return best->confidence < TY_ALIGN_CONFIDENCE_MIN || score_of(&sure) >= score_of(best) * margin;
}

static ty_status judge_one(void *payload, size_t number, ty_error *error)
{
    struct content *c = payload;
    struct candidate *candidate = &c->candidates.items[number];
    if (!is_worth_judging(c, number))
        return TY_OK;
    return ty_pairing_judge(c->pairing, candidate->source, candidate->target, &candidate->confidence, error);
}

static ty_status judge_all(struct content *c, ty_error *error)
{
    ty_status status = ty_threads_each(c->candidates.count, judge_one, c, error);
    c->second_round = true;
    return status == TY_OK ? ty_threads_each(c->candidates.count, judge_one, c, error) : status;
}

static int compare_scores(const void *a, const void *b)
{
    double x = score_of(a), y = score_of(b);
    return (x < y) - (x > y);
}

static bool is_open(const struct content *c, const struct candidate *one)
{
    return c->pairing->files.items[one->source].partner == SIZE_MAX &&
           c->pairing->files.items[one->target].partner == SIZE_MAX;
}

static bool is_rival(const struct content *c, const struct candidate *other, double least_score)
{
    return score_of(other) >= least_score && other->confidence >= TY_ALIGN_CONFIDENCE_MIN &&
           is_open(c, other);
}

/* Is there another candidate, for either side, nearly as good and still free? */
static bool has_rival(const struct content *c, size_t number)
{
    double enough = score_of(&c->candidates.items[number]) * margin;
    for (size_t i = c->rivals[number].of_source; i != SIZE_MAX; i = c->rivals[i].of_source)
        if (is_rival(c, &c->candidates.items[i], enough))
            return true;
    for (size_t i = c->rivals[number].of_target; i != SIZE_MAX; i = c->rivals[i].of_target)
        if (is_rival(c, &c->candidates.items[i], enough))
            return true;
    return false;
}

/* Links each candidate to the next worse one of its source, and of its target. */
static bool link_rivals(struct content *c)
{
    size_t files = c->pairing->files.count, *last = malloc((files + 1) * sizeof *last);
    c->rivals = malloc((c->candidates.count + 1) * sizeof *c->rivals);
    if (!last || !c->rivals) {
        free(last);
        return false;
    }
    memset(last, 0xFF, files * sizeof *last);
    for (size_t i = c->candidates.count; i-- > 0;) {
        const struct candidate *one = &c->candidates.items[i];
        c->rivals[i] = (struct rivals){last[one->source], last[one->target]};
        last[one->source] = last[one->target] = i;
    }
    free(last);
    return true;
}

/* Two rounds: what is doubtful at first may be clear when its rivals have found their partners. */
static ty_status take_pairs(struct content *c, ty_error *error)
{
    if (c->candidates.count)
        qsort(c->candidates.items, c->candidates.count, sizeof *c->candidates.items, compare_scores);
    if (!link_rivals(c))
        return ty_error_nomem(error);
    for (int round = 0; round < 3; round++)
        for (size_t i = 0; i < c->candidates.count; i++) {
            const struct candidate *one = &c->candidates.items[i];
            if (is_open(c, one) && one->confidence >= TY_ALIGN_CONFIDENCE_MIN && !has_rival(c, i))
                ty_pairing_take(c->pairing, one->source, one->target, TY_PAIR_CONTENT, one->confidence);
        }
    return TY_OK;
}

static ty_status find_candidates(struct content *c, ty_error *error)
{
    bool good = gather(c);
    double *sums = calloc(c->targets.count + 1, sizeof *sums);
    c->weights = calloc(c->targets.count + 1, sizeof *c->weights);
    good = good && sums && c->weights;
    c->all = c->sources.count <= ALL && c->targets.count <= ALL;
    if (good)
        weigh_targets(c);
    for (size_t i = 0; i < c->sources.count && good; i++)
        good = add_candidates(c, c->sources.items[i], sums);
    free(sums);
    return good ? TY_OK : ty_error_nomem(error);
}

ty_status ty_pairing_by_content(ty_pairing *pairing, ty_error *error)
{
    struct content c = {.pairing = pairing};
    ty_status status = find_candidates(&c, error);
    if (status == TY_OK)
        status = judge_all(&c, error);
    if (status == TY_OK)
        status = take_pairs(&c, error);
    ty_vector_release(&c.sources);
    ty_vector_release(&c.targets);
    ty_vector_release(&c.postings);
    ty_vector_release(&c.candidates);
    free(c.weights);
    free(c.rivals);
    return status;
}
