/*
 * align-driver - aligns pairs of files with one sentence a line, many in one go; for tools/score-alignment
 * and tools/bench-align, which measure the aligner alone.
 *
 * usage: align-driver [--dictionary=auto|none|FILE] [--repeat=N] SOURCE_LANG TARGET_LANG < LIST
 * LIST has lines SOURCE<TAB>TARGET<TAB>OUTPUT; OUTPUT gets lines `i,j:k<TAB>confidence`, "-" nothing. Prints
 * a line for each pair: milliseconds, sentences of both sides, confidence, name.
 */
#include "align/align.h"
#include "bench.h"

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

static double now(void) /* ms */
{
    return bench_cpu() * 1e3;
}

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
        if (ty_align(&sides[0], &sides[1], &options, &result, error) != TY_OK)
            return false;
        if (now() - start < best)
            best = now() - start;
    }
    printf("%.2f\t%zu\t%zu\t%.4f\t%.*s\n", best, sides[0].count, sides[1].count, result.confidence,
           TY_SLICE_FORMAT(fields[0]));
    bool good = ty_slice_equal(fields[2], TY_SLICE("-")) || write_beads(fields[2], &result, error);
    ty_alignment_release(&result);
    return good;
}

static bool align_list(ty_slice list, const ty_slice langs[2], const ty_lexicon *lexicon, int repeat,
                       ty_error *error)
{
    ty_slice line, fields[3];
    while (ty_slice_next(&list, '\n', &line)) {
        if (line.size == 0)
            continue;
        for (int k = 0; k < 3; k++)
            if (!ty_slice_next(&line, '\t', &fields[k])) {
                ty_error_set(error, TY_ERR_USAGE, "a line without three fields");
                return false;
            }
        if (!align_pair(fields, langs, lexicon, repeat, error))
            return false;
    }
    return true;
}

int main(int count, char **words)
{
    ty_lexicon_options options = {0};
    int at = 1, repeat = 1;
    for (; at < count && strncmp(words[at], "--", 2) == 0; at++) {
        if (strcmp(words[at], "--dictionary=none") == 0)
            options.mode = TY_LEXICON_NONE;
        else if (strncmp(words[at], "--repeat=", 9) == 0)
            repeat = atoi(words[at] + 9);
        else if (strncmp(words[at], "--dictionary=", 13) == 0 && strcmp(words[at] + 13, "auto") != 0)
            options.mode = TY_LEXICON_FILE, options.file = words[at] + 13;
    }
    if (count - at != 2)
        return fprintf(stderr, "usage: align-driver [--dictionary=] SOURCE TARGET < LIST\n"), 2;
    ty_slice langs[2] = {ty_slice_of(words[at]), ty_slice_of(words[at + 1])};
    ty_lexicon *lexicon = NULL;
    ty_buffer list = {0};
    ty_error error = {0};
    double start = now();
    bool good = ty_lexicon_open(langs[0], langs[1], &options, &lexicon, &error) == TY_OK;
    fprintf(stderr, "lexicon opened in %.2f ms\n", now() - start);
    for (size_t k = 0; good && k < ty_lexicon_part_count(lexicon); k++) {
        ty_lexicon_part part = ty_lexicon_part_at(lexicon, k);
        fprintf(stderr, "  %s: %zu headwords%s\n", part.name, part.entries,
                part.cached ? ", from the cache" : "");
    }
    good = good && ty_file_read("-", 0, &list, &error) == TY_OK &&
           align_list(ty_buffer_slice(&list), langs, lexicon, repeat, &error);
    if (!good)
        fprintf(stderr, "align-driver: %s%s%s\n", error.file, error.file[0] ? ": " : "", error.message);
    ty_lexicon_close(lexicon);
    ty_buffer_release(&list);
    return good ? 0 : 2;
}
