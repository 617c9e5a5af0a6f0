/* SPDX-License-Identifier: Apache-2.0 */
/*
 * align-driver - aligns pairs of files with one sentence a line, many in one go; for tools/score-alignment
 * and tools/bench-align, which measure the aligner alone.
 *
 * usage: align-driver [--dictionary=auto|none|FILE] [--root=DIR] [--repeat=N] [--confirmed=LIST]
 *                     [--repairs] SOURCE_LANG TARGET_LANG < LIST
 *
 * LIST has lines SOURCE<TAB>TARGET<TAB>OUTPUT; OUTPUT gets lines `i,j:k<TAB>confidence`, "-" nothing. A line
 * is printed for each pair: milliseconds, sentences of both sides, confidence, name. The list of --confirmed
 * has lines SOURCE<TAB>TARGET<TAB>BEADS, what a memory would hold; each pair is aligned with what is learnt
 * from all of them but itself. --repairs writes what repairs there are (OUTPUT.repairs). --root is where
 * dictionaries are, instead of /usr/share.
 */
#include "align/align.h"
#include "bench.h"
#include "ops/internal.h"

typedef struct text {
    ty_buffer bytes;
    ty_slices sentences;
} text;

static bool read_text(text *text, ty_slice path, ty_error *error)
{
    char name[1024];
    snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(path));
    ty_buffer_clear(&text->bytes);
    ty_vector_clear(&text->sentences);
    if (ty_file_read(name, 0, &text->bytes, error) != TY_OK)
        return false;
    ty_slice rest = ty_buffer_slice(&text->bytes), line;
    if (ty_slice_ends(rest, TY_SLICE("\n")))
        rest.size--;
    while (rest.size > 0 && ty_slice_next(&rest, '\n', &line))
        ty_vector_push(&text->sentences, line);
    return true;
}

/* ------------------------------------------------------------------------------------------ confirmed pairs
 */

/* Pairs as a memory has them, a line a side, and the name of the source each is from. */
typedef struct confirmed {
    ty_slices source, target, from;
    ty_arena arena;
} confirmed;

static ty_slice join(const text *text, uint32_t start, uint32_t count, ty_arena *arena)
{
    ty_buffer line = {0};
    for (uint32_t k = start; k < start + count; k++) {
        ty_buffer_add(&line, text->sentences.items[k]);
        ty_buffer_add_char(&line, ' ');
    }
    ty_slice copy = ty_arena_copy(arena, ty_buffer_slice(&line));
    ty_buffer_release(&line);
    return copy;
}

static bool read_confirmed_pair(ty_slice fields[3], confirmed *out, ty_error *error)
{
    static text texts[2];
    ty_beads beads = {0};
    const char *path = ty_arena_copy(&out->arena, fields[2]).data;
    ty_slice from = ty_arena_copy(&out->arena, fields[0]);
    bool good = read_text(&texts[0], fields[0], error) && read_text(&texts[1], fields[1], error);
    ty_text sides[2] = {{.sentences.count = texts[0].sentences.count},
                        {.sentences.count = texts[1].sentences.count}};
    ty_bitext bitext = {.source = &sides[0], .target = &sides[1]};
    good = good && ty_anchors_read(&(ty_source){.path = path}, &bitext, &beads, error) == TY_OK;
    for (size_t k = 0; good && k < beads.count; k++) {
        const ty_bead *bead = &beads.items[k];
        if (!bead->source_count || !bead->target_count)
            continue;
        ty_vector_push(&out->source, join(&texts[0], bead->source_start, bead->source_count, &out->arena));
        ty_vector_push(&out->target, join(&texts[1], bead->target_start, bead->target_count, &out->arena));
        ty_vector_push(&out->from, from);
    }
    ty_vector_release(&beads);
    return good;
}

/* What is learnt from all pairs but those of one document, into the lexicon. */
static bool learn(const confirmed *pairs, ty_slice but, const ty_slice langs[2], ty_lexicon *lexicon,
                  ty_error *error)
{
    ty_slices sides[2] = {{0}, {0}};
    for (size_t k = 0; k < pairs->from.count; k++)
        if (!ty_slice_equal(pairs->from.items[k], but)) {
            ty_vector_push(&sides[0], pairs->source.items[k]);
            ty_vector_push(&sides[1], pairs->target.items[k]);
        }
    ty_arena arena = {0};
    ty_learnt_pairs learnt = {0};
    bool good = ty_align_learn(langs[0], sides[0].items, langs[1], sides[1].items, sides[0].count, &arena,
                               &learnt, error) == TY_OK;
    for (size_t k = 0; good && k < learnt.count; k++)
        good = ty_lexicon_add(lexicon, TY_LEXICON_LEARNT, learnt.items[k].source, learnt.items[k].target,
                              error) == TY_OK;
    good = good && ty_lexicon_seal(lexicon, error) == TY_OK;
    ty_vector_release(&learnt);
    ty_arena_release(&arena);
    ty_vector_release(&sides[0]);
    ty_vector_release(&sides[1]);
    return good;
}

/* ------------------------------------------------------------------------------------------ aligning */

static void print_numbers(ty_output *file, uint32_t start, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        ty_output_format(file, "%s%u", k ? "," : "", start + k);
}

static bool write_beads(ty_slice path, const ty_alignment *result, ty_error *error)
{
    char name[1024];
    ty_output *file;
    snprintf(name, sizeof name, "%.*s", TY_SLICE_FORMAT(path));
    if (ty_output_open(name, &file, error) != TY_OK)
        return false;
    for (size_t k = 0; k < result->beads.count; k++) {
        const ty_bead *bead = &result->beads.items[k];
        print_numbers(file, bead->source_start, bead->source_count);
        ty_output_format(file, ":");
        print_numbers(file, bead->target_start, bead->target_count);
        ty_output_format(file, "\t%.4f\n", bead->confidence);
    }
    return ty_output_commit(file, error) == TY_OK;
}

/* Lines `bead<TAB>repair<TAB>side<TAB>probability<TAB>as it is` to OUTPUT.repairs. */
static bool write_repairs(ty_slice path, const ty_align_side sides[2], const ty_align_options *options,
                          const ty_alignment *result, ty_error *error)
{
    static const char *const names[] = {"up",       "down",       "fetch_up", "fetch_down",
                                        "merge_up", "merge_down", "split",    "unlink"};
    ty_align_alternatives found = {0};
    char name[1024];
    ty_output *file;
    snprintf(name, sizeof name, "%.*s.repairs", TY_SLICE_FORMAT(path));
    if (ty_align_repairs(&sides[0], &sides[1], options, result->beads.items, result->beads.count, 0.01f,
                         &found, error) != TY_OK ||
        ty_output_open(name, &file, error) != TY_OK)
        return false;
    for (size_t k = 0; k < found.count; k++)
        ty_output_format(file, "%u\t%s\t%s\t%.4f\t%.4f\n", found.items[k].bead, names[found.items[k].repair],
                         found.items[k].target ? "target" : "source", found.items[k].probability,
                         found.items[k].as_it_is);
    ty_vector_release(&found);
    return ty_output_commit(file, error) == TY_OK;
}

static double now(void) /* ms */
{
    return bench_cpu() * 1e3;
}

static bool repairs_wanted; /* --repairs */

static bool align_pair(ty_slice fields[3], const ty_slice langs[2], const ty_lexicon *lexicon, int repeat,
                       ty_error *error)
{
    static text texts[2];
    ty_align_options options = {.lexicon = lexicon};
    ty_alignment result = {0};
    double best = 1e30;
    if (!read_text(&texts[0], fields[0], error) || !read_text(&texts[1], fields[1], error))
        return false;
    ty_align_side sides[2];
    for (int k = 0; k < 2; k++)
        sides[k] = (ty_align_side){texts[k].sentences.items, NULL, texts[k].sentences.count, langs[k]};
    for (int k = 0; k < repeat; k++) {
        ty_alignment_release(&result);
        double start = now();
        if (ty_align(&sides[0], &sides[1], &options, &result, error) != TY_OK ||
            ty_align_moved(&sides[0], &sides[1], lexicon, &result, error) != TY_OK)
            return false;
        if (now() - start < best)
            best = now() - start;
    }
    printf("%.2f\t%zu\t%zu\t%.4f\t%.*s\n", best, sides[0].count, sides[1].count, result.confidence,
           TY_SLICE_FORMAT(fields[0]));
    bool good = ty_slice_equal(fields[2], TY_SLICE("-")) || write_beads(fields[2], &result, error);
    if (good && repairs_wanted && !ty_slice_equal(fields[2], TY_SLICE("-")))
        good = write_repairs(fields[2], sides, &options, &result, error);
    ty_alignment_release(&result);
    return good;
}

/* How each pair of the list is aligned. */
typedef struct plan {
    ty_slice langs[2];
    ty_lexicon_options options;
    ty_lexicon *lexicon; /* where it is the same for all */
    confirmed confirmed;
    int repeat;
} plan;

static bool align_one(ty_slice fields[3], void *payload, ty_error *error)
{
    plan *p = payload;
    if (p->confirmed.from.count == 0)
        return align_pair(fields, p->langs, p->lexicon, p->repeat, error);
    ty_lexicon *lexicon = NULL;
    bool good = ty_lexicon_open(p->langs[0], p->langs[1], &p->options, &lexicon, error) == TY_OK &&
                learn(&p->confirmed, fields[0], p->langs, lexicon, error) &&
                align_pair(fields, p->langs, lexicon, p->repeat, error);
    ty_lexicon_close(lexicon);
    return good;
}

static bool confirm_one(ty_slice fields[3], void *payload, ty_error *error)
{
    return read_confirmed_pair(fields, &((plan *)payload)->confirmed, error);
}

static bool read_list(const char *path, bool (*each)(ty_slice fields[3], void *payload, ty_error *error),
                      void *payload, ty_error *error)
{
    ty_buffer content = {0};
    bool good = ty_file_read(path, 0, &content, error) == TY_OK;
    ty_slice list = ty_buffer_slice(&content), line, fields[3];
    while (good && ty_slice_next(&list, '\n', &line)) {
        if (line.size == 0)
            continue;
        for (int k = 0; k < 3 && good; k++)
            if (!ty_slice_next(&line, '\t', &fields[k])) {
                ty_error_set(error, TY_ERR_USAGE, "a line without three fields");
                good = false;
            }
        good = good && each(fields, payload, error);
    }
    ty_buffer_release(&content);
    return good;
}

static void describe(const ty_lexicon *lexicon)
{
    for (size_t k = 0; k < ty_lexicon_part_count(lexicon); k++) {
        ty_lexicon_part part = ty_lexicon_part_at(lexicon, k);
        fprintf(stderr, "  %s: %zu headwords%s\n", part.name, part.entries,
                part.cached ? ", from the cache" : "");
    }
}

int main(int count, char **words)
{
    plan p = {.repeat = 1};
    const char *confirmed_list = NULL;
    int at = 1;
    for (; at < count && strncmp(words[at], "--", 2) == 0; at++) {
        if (strcmp(words[at], "--dictionary=none") == 0)
            p.options.mode = TY_LEXICON_NONE;
        else if (strcmp(words[at], "--repairs") == 0)
            repairs_wanted = true;
        else if (strncmp(words[at], "--repeat=", 9) == 0)
            p.repeat = atoi(words[at] + 9);
        else if (strncmp(words[at], "--root=", 7) == 0)
            p.options.root = words[at] + 7;
        else if (strncmp(words[at], "--confirmed=", 12) == 0)
            confirmed_list = words[at] + 12;
        else if (strncmp(words[at], "--dictionary=", 13) == 0 && strcmp(words[at] + 13, "auto") != 0)
            p.options.mode = TY_LEXICON_FILE, p.options.file = words[at] + 13;
    }
    if (count - at != 2)
        return fprintf(stderr, "usage: align-driver [options] SOURCE TARGET < LIST\n"), 2;
    p.langs[0] = ty_slice_of(words[at]);
    p.langs[1] = ty_slice_of(words[at + 1]);
    ty_error error = {0};
    double start = now();
    bool good = ty_lexicon_open(p.langs[0], p.langs[1], &p.options, &p.lexicon, &error) == TY_OK;
    fprintf(stderr, "lexicon opened in %.2f ms\n", now() - start);
    if (good)
        describe(p.lexicon);
    good = good && (!confirmed_list || read_list(confirmed_list, confirm_one, &p, &error)) &&
           read_list("-", align_one, &p, &error);
    if (!good)
        fprintf(stderr, "align-driver: %s%s%s\n", error.file, error.file[0] ? ": " : "", error.message);
    ty_lexicon_close(p.lexicon);
    ty_arena_release(&p.confirmed.arena);
    ty_vector_release(&p.confirmed.source);
    ty_vector_release(&p.confirmed.target);
    ty_vector_release(&p.confirmed.from);
    return good ? 0 : 2;
}
