/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <dirent.h>
#include <stdio.h>

#include "align/internal.h"

static ty_error error;
static ty_lexicon *lexicon; /* en-ja, our own table only: the same on every machine */

static void open_lexicon(void)
{
    ty_lexicon_options options = {.mode = TY_LEXICON_NONE, .cache_dir = ""};
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("ja"), &options, &lexicon, &error), error);
}

static void close_lexicon(void)
{
    ty_lexicon_close(lexicon);
}

/* ------------------------------------------------------------------------------------------ properties */

static void check_beads(const ty_alignment *result, size_t sources, size_t targets)
{
    size_t source = 0, target = 0;
    for (size_t k = 0; k < result->beads.count; k++) {
        const ty_bead *bead = &result->beads.items[k];
        ck_assert_uint_eq(bead->source_start, source);
        ck_assert_uint_eq(bead->target_start, target);
        ck_assert_uint_gt(bead->source_count + bead->target_count, 0);
        ck_assert(bead->confidence >= 0 && bead->confidence <= 1);
        source += bead->source_count;
        target += bead->target_count;
    }
    ck_assert_uint_eq(source, sources);
    ck_assert_uint_eq(target, targets);
    ck_assert(result->confidence >= 0 && result->confidence <= 1);
}

static void check_swapped(const ty_alignment *one, const ty_alignment *two)
{
    ck_assert_uint_eq(one->beads.count, two->beads.count);
    for (size_t k = 0; k < one->beads.count; k++) {
        const ty_bead *a = &one->beads.items[k], *b = &two->beads.items[k];
        ck_assert(a->source_start == b->target_start && a->source_count == b->target_count);
        ck_assert(a->target_start == b->source_start && a->target_count == b->source_count);
        ck_assert(a->confidence == b->confidence);
    }
    ck_assert(one->confidence == two->confidence);
}

static void check_same(const ty_alignment *one, const ty_alignment *two)
{
    ck_assert_uint_eq(one->beads.count, two->beads.count);
    for (size_t k = 0; k < one->beads.count; k++)
        ck_assert_mem_eq(&one->beads.items[k], &two->beads.items[k], sizeof(ty_bead));
}

/* Aligns forth, again and back, and checks what must hold for any input; the result of the first is kept. */
static void align_checked(const ty_slices *source, const ty_slices *target, const char *source_lang,
                          const char *target_lang, const ty_lexicon *words, ty_alignment *out)
{
    ty_align_side a = {source->items, NULL, source->count, ty_slice_of(source_lang)};
    ty_align_side b = {target->items, NULL, target->count, ty_slice_of(target_lang)};
    ty_align_options options = {.lexicon = words};
    ty_alignment again = {0}, back = {0};
    ck_assert_ok(ty_align(&a, &b, &options, out, &error), error);
    check_beads(out, a.count, b.count);
    ck_assert_ok(ty_align(&a, &b, &options, &again, &error), error);
    check_same(out, &again);
    if (!words) {
        ck_assert_ok(ty_align(&b, &a, &options, &back, &error), error);
        check_swapped(out, &back);
    }
    ty_alignment_release(&again);
    ty_alignment_release(&back);
}

static void split(ty_slice text, ty_slices *out)
{
    ty_slice line;
    ty_vector_clear(out);
    if (ty_slice_ends(text, TY_SLICE("\n")))
        text.size--;
    while (text.size > 0 && ty_slice_next(&text, '\n', &line))
        ck_assert(ty_vector_push(out, line));
}

static void repeat(const char *sentence, size_t count, ty_slices *out)
{
    ty_vector_clear(out);
    for (size_t k = 0; k < count; k++)
        ck_assert(ty_vector_push(out, ty_slice_of(sentence)));
}

START_TEST(empty_sides)
{
    ty_slices none = {0}, some = {0};
    ty_alignment result;
    repeat("A sentence.", 3, &some);
    align_checked(&none, &none, "en", "ja", NULL, &result);
    ck_assert_uint_eq(result.beads.count, 0);
    ty_alignment_release(&result);
    align_checked(&none, &some, "en", "ja", lexicon, &result);
    ck_assert_uint_eq(result.beads.count, 3);
    ck_assert(result.confidence == 0);
    ty_alignment_release(&result);
    align_checked(&some, &none, "en", "ja", NULL, &result);
    ty_alignment_release(&result);
    ty_vector_release(&some);
}
END_TEST

START_TEST(equal_lines)
{
    ty_slices source = {0}, target = {0};
    ty_alignment result;
    repeat("None.", 1000, &source);
    repeat("なし。", 1040, &target);
    align_checked(&source, &target, "en", "ja", lexicon, &result);
    ty_alignment_release(&result);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

START_TEST(a_sentence_of_a_megabyte)
{
    ty_slices source = {0}, target = {0};
    ty_buffer huge = {0};
    ty_alignment result;
    for (int k = 0; huge.size < 1 << 20; k++)
        ty_buffer_add_format(&huge, "word%d 数%d ", k, k);
    split(TY_SLICE("First.\nSecond 7.\n"), &source);
    split(TY_SLICE("第一。\n第二の7。\n"), &target);
    source.items[0] = ty_buffer_slice(&huge);
    align_checked(&source, &target, "en", "ja", lexicon, &result);
    ty_alignment_release(&result);
    ty_buffer_release(&huge);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    ty_slices source = {0}, target = {0};
    ty_alignment result;
    split(TY_SLICE("\xFF\xFE\x80\nok\n\xE3\x81\n \n\t\n\xF0\x9F\x98\x80"), &source);
    split(TY_SLICE("a\n\x00\x01\xC3\n"), &target);
    align_checked(&source, &target, "en", "ja", lexicon, &result);
    ty_alignment_release(&result);
    align_checked(&source, &target, "", "zz-Qaaa", NULL, &result);
    ty_alignment_release(&result);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* Any texts at all: made of a few words, with the shapes that the aligner looks for. */
static void random_text(unsigned *seed, bool japanese, ty_buffer *text)
{
    static const char *const english[] = {"Japan ",  "meeting ", "12 ",   "Question:", "(Carter) ", "1. ",
                                          "F-35 ",   "U.S. ",    "\n",    "\n",        ". ",        "\"",
                                          "June 3 ", "A ",       "2015 ", "the "};
    static const char *const other[] = {"日本",     "会談", "１２",     "Ｑ：", "（カーター）", "１　",
                                        "Ｆ－３５", "米国", "\n",       "\n",   "。",           "「",
                                        "６月３日", "あ",   "平成27年", "の"};
    ty_buffer_clear(text);
    for (unsigned k = 0, count = (*seed >> 8) % 300; k < count; k++) {
        *seed = *seed * 1103515245u + 12345u;
        ty_buffer_add_string(text, (japanese ? other : english)[*seed >> 16 & 15]);
    }
}

START_TEST(any_text_keeps_the_properties)
{
    unsigned seed = 20151103u + (unsigned)_i * 7919u;
    ty_buffer one = {0}, two = {0};
    ty_slices source = {0}, target = {0};
    ty_alignment result;
    random_text(&seed, false, &one);
    random_text(&seed, true, &two);
    split(ty_buffer_slice(&one), &source);
    split(ty_buffer_slice(&two), &target);
    align_checked(&source, &target, "en", "ja", NULL, &result);
    ty_alignment_release(&result);
    align_checked(&source, &target, "en", "ja", lexicon, &result);
    ty_alignment_release(&result);
    align_checked(&source, &source, "en", "en", NULL, &result);
    ty_alignment_release(&result);
    ty_buffer_release(&one);
    ty_buffer_release(&two);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* ------------------------------------------------------------------------------------------ bounds */

static void repeat_sentence(ty_slices *out, const char *sentence, size_t count)
{
    for (size_t k = 0; k < count; k++)
        ck_assert(ty_vector_push(out, ty_slice_of(sentence)));
}

/* The band of two texts of which nothing is known, in cells. */
static size_t band_of(size_t sources, size_t targets)
{
    ty_slices texts[2] = {{0}, {0}};
    ty_side sides[2] = {{0}, {0}};
    ty_word_links links = {0};
    ty_model model = {0};
    ty_band band = {0};
    repeat_sentence(&texts[0], "He went on.", sources);
    repeat_sentence(&texts[1], "彼は続けた。", targets);
    ty_align_side in[2] = {{texts[0].items, NULL, sources, TY_SLICE("en")},
                           {texts[1].items, NULL, targets, TY_SLICE("ja")}};
    ck_assert_ok(ty_side_init(&sides[0], &in[0], TY_LEXICON_SOURCE, in[1].lang, lexicon, &error), error);
    ck_assert_ok(ty_side_init(&sides[1], &in[1], TY_LEXICON_TARGET, in[0].lang, lexicon, &error), error);
    ck_assert_ok(ty_links_find(&links, &sides[0], &sides[1], lexicon, &error), error);
    ck_assert_ok(ty_model_init(&model, &sides[0], &sides[1], &links, &error), error);
    ck_assert_ok(ty_model_update(&model, &error), error);
    ck_assert_ok(ty_band_coarse(&band, &model, 0, (uint32_t)sources, 0, (uint32_t)targets, &error), error);
    size_t size = ty_band_size(&band);
    ty_band_release(&band);
    ty_model_release(&model);
    ty_links_release(&links);
    for (int k = 0; k < 2; k++) {
        ty_side_release(&sides[k]);
        ty_vector_release(&texts[k]);
    }
    return size;
}

/* Two texts of very many sentences that nothing ties cost no more than so much memory. */
START_TEST(long_texts_of_unlike_lengths_have_a_bounded_band)
{
    static const size_t lengths[][2] = {{6000, 60000}, {30000, 60000}, {100, 100000}, {60000, 60800}};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        ck_assert_uint_le(band_of(lengths[i][0], lengths[i][1]), 24000000);
}
END_TEST

/* ------------------------------------------------------------------------------------------ moved blocks */

/* A block of sentences that hold numbers of their own. */
static void add_numbered(ty_buffer *text, unsigned first, unsigned count, const char *words)
{
    for (unsigned k = first; k < first + count; k++)
        ty_buffer_add_format(text, "%s %u, %u.\n", words, 1000 + 37 * k, 5000 + 91 * k);
}

START_TEST(blocks_that_changed_places)
{
    ty_buffer one = {0}, two = {0};
    ty_slices source = {0}, target = {0};
    ty_alignment result = {0};
    add_numbered(&one, 0, 30, "The ship is");
    add_numbered(&two, 0, 8, "Das Schiff ist");
    add_numbered(&two, 18, 7, "Das Schiff ist");
    add_numbered(&two, 8, 10, "Das Schiff ist");
    add_numbered(&two, 25, 5, "Das Schiff ist");
    split(ty_buffer_slice(&one), &source);
    split(ty_buffer_slice(&two), &target);
    ty_align_side a = {source.items, NULL, source.count, TY_SLICE("en")},
                  b = {target.items, NULL, target.count, TY_SLICE("de")};
    ck_assert_ok(ty_align(&a, &b, NULL, &result, &error), error);
    check_beads(&result, a.count, b.count);
    ck_assert_ok(ty_align_moved(&a, &b, NULL, &result, &error), error);
    ck_assert_uint_eq(result.moved.count, 1);
    ck_assert_uint_eq(result.beads.count, 30);
    for (uint32_t k = 0; k < 30; k++) {
        const ty_bead *bead = &result.beads.items[k];
        ck_assert_uint_eq(bead->source_start, k);
        ck_assert_uint_eq(bead->target_start, k < 8 || k >= 25 ? k : k < 18 ? k + 7 : k - 10);
    }
    ty_alignment_release(&result);
    ty_buffer_release(&one);
    ty_buffer_release(&two);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* ------------------------------------------------------------------------------------------ alone */

/* A sentence that stands elsewhere on the other side has a partner, which no bead can give it. */
START_TEST(who_has_a_partner_elsewhere_is_hardly_alone)
{
    ty_buffer one = {0}, two = {0};
    ty_slices source = {0}, target = {0};
    ty_alignment result = {0};
    size_t alone = 0;
    add_numbered(&one, 0, 30, "The ship is");
    add_numbered(&two, 0, 8, "Das Schiff ist");
    add_numbered(&two, 9, 9, "Das Schiff ist");
    add_numbered(&two, 8, 1, "Das Schiff ist");
    add_numbered(&two, 18, 12, "Das Schiff ist");
    split(ty_buffer_slice(&one), &source);
    split(ty_buffer_slice(&two), &target);
    align_checked(&source, &target, "en", "de", NULL, &result);
    for (size_t k = 0; k < result.beads.count; k++) {
        const ty_bead *bead = &result.beads.items[k];
        if (bead->source_count && bead->target_count)
            continue;
        ck_assert_float_lt(bead->confidence, 0.9F);
        alone++;
    }
    ck_assert_uint_eq(alone, 2);
    ty_alignment_release(&result);
    ty_buffer_release(&one);
    ty_buffer_release(&two);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* ------------------------------------------------------------------------------------------ anchors */

START_TEST(anchors_stay)
{
    ty_slices source = {0}, target = {0};
    split(TY_SLICE("One.\nTwo 2.\nThree 3.\nFour 4.\nFive.\n"), &source);
    split(TY_SLICE("一。\n二は2。\n三は3。\n四は4。\n五。\n"), &target);
    ty_align_side a = {source.items, NULL, source.count, TY_SLICE("en")},
                  b = {target.items, NULL, target.count, TY_SLICE("ja")};
    ty_bead fixed[] = {{1, 1, 2, 2, 0}, {4, 0, 4, 1, 0}};
    ty_align_options options = {.lexicon = lexicon, .anchors = fixed, .anchor_count = 2};
    ty_alignment result;
    ck_assert_ok(ty_align(&a, &b, &options, &result, &error), error);
    check_beads(&result, a.count, b.count);
    int found = 0;
    for (size_t k = 0; k < result.beads.count; k++)
        for (int f = 0; f < 2; f++)
            found += memcmp(&result.beads.items[k], &fixed[f], offsetof(ty_bead, confidence)) == 0 &&
                     result.beads.items[k].confidence == 1;
    ck_assert_int_eq(found, 2);
    ty_alignment_release(&result);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

START_TEST(an_anchor_of_many_sentences_is_sure)
{
    ty_slices text = {0};
    ty_alignment result;
    repeat("Word.", 300, &text);
    ty_align_side side = {text.items, NULL, text.count, TY_SLICE("en")};
    ty_bead fixed = {50, 200, 50, 200, 0};
    ty_align_options options = {.anchors = &fixed, .anchor_count = 1};
    ck_assert_ok(ty_align(&side, &side, &options, &result, &error), error);
    check_beads(&result, text.count, text.count);
    int found = 0;
    for (size_t k = 0; k < result.beads.count; k++)
        found += result.beads.items[k].source_count == 200 && result.beads.items[k].confidence == 1;
    ck_assert_int_eq(found, 1);
    ty_alignment_release(&result);
    ty_vector_release(&text);
}
END_TEST

START_TEST(anchors_that_cross_are_refused)
{
    static const ty_bead wrong[][2] = {{{1, 1, 1, 1, 0}, {0, 1, 2, 1, 0}},
                                       {{0, 1, 2, 1, 0}, {1, 1, 1, 1, 0}},
                                       {{0, 9, 0, 1, 0}, {1, 1, 1, 1, 0}},
                                       {{0, 0, 0, 0, 0}, {1, 1, 1, 1, 0}},
                                       {{0, 1, UINT32_MAX, 2, 0}, {0}}};
    ty_slices text = {0};
    ty_error fault = {0};
    ty_alignment result;
    repeat("Word.", 3, &text);
    ty_align_side side = {text.items, NULL, text.count, TY_SLICE("en")};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        ty_align_options options = {.anchors = wrong[k], .anchor_count = 2};
        ck_assert_int_eq(ty_align(&side, &side, &options, &result, &fault), TY_ERR_USAGE);
        ck_assert_uint_eq(result.beads.count, 0);
    }
    ty_vector_release(&text);
}
END_TEST

/* ------------------------------------------------------------------------------------------ pieces */

/* What a semicolon cuts off is no sentence without partner, but a piece of the one before. */
START_TEST(a_piece_behind_a_semicolon_is_not_alone)
{
    ty_slices source = {0}, target = {0};
    split(TY_SLICE("Am 3. Juli 1921 stiegen 14 Männer zum Lager auf.\n"
                   "Träger und Holz kamen spät.\n"
                   "Am 5. Juli 1921 kehrten 9 von ihnen um.\n"
                   "Am 8. Juli 1921 erreichten 5 den Gipfel auf 4120 m.\n"),
          &source);
    split(TY_SLICE("Le 3 juillet 1921, 14 hommes montèrent au camp.\n"
                   "Le porteur arriva tard, chargé de bois ;\n"
                   "la nuit tombait.\n"
                   "Le 5 juillet 1921, 9 d' entre eux firent demi-tour.\n"
                   "Le 8 juillet 1921, 5 atteignirent le sommet à 4120 m.\n"),
          &target);
    ty_alignment result;
    align_checked(&source, &target, "de", "fr", NULL, &result);
    ck_assert_uint_eq(result.beads.count, 4);
    ck_assert_uint_eq(result.beads.items[1].target_count, 2);
    ty_alignment_release(&result);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* ------------------------------------------------------------------------------------------ gold */

typedef struct gold_pair {
    ty_buffer source_bytes, target_bytes, gold_bytes, meta_bytes;
    ty_slices source, target;
    char langs[2][8];
} gold_pair;

static void read_part(const char *name, const char *part, ty_buffer *buffer)
{
    char path[300];
    snprintf(path, sizeof path, "data/align/%s/%s", name, part);
    ty_test_read(path, buffer);
}

static void gold_init(gold_pair *gold, const char *name)
{
    *gold = (gold_pair){0};
    read_part(name, "src", &gold->source_bytes);
    read_part(name, "tgt", &gold->target_bytes);
    read_part(name, "gold", &gold->gold_bytes);
    read_part(name, "meta", &gold->meta_bytes);
    split(ty_buffer_slice(&gold->source_bytes), &gold->source);
    split(ty_buffer_slice(&gold->target_bytes), &gold->target);
    ck_assert_int_eq(sscanf(gold->meta_bytes.data, "source %7s target %7s", gold->langs[0], gold->langs[1]),
                     2);
}

static void gold_release(gold_pair *gold)
{
    ty_buffer_release(&gold->source_bytes);
    ty_buffer_release(&gold->target_bytes);
    ty_buffer_release(&gold->gold_bytes);
    ty_buffer_release(&gold->meta_bytes);
    ty_vector_release(&gold->source);
    ty_vector_release(&gold->target);
}

static void format_numbers(ty_buffer *out, uint32_t start, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        ty_buffer_add_format(out, "%s%u", k ? "," : "", start + k);
}

/* How many beads are lines of the gold file, as `i,j:k`. */
static size_t right_beads(const ty_alignment *result, ty_slice gold)
{
    ty_buffer line = {0}, all = {0};
    size_t right = 0;
    ty_buffer_add_char(&all, '\n');
    ty_buffer_add(&all, gold);
    for (size_t k = 0; k < result->beads.count; k++) {
        const ty_bead *bead = &result->beads.items[k];
        ty_buffer_clear(&line);
        ty_buffer_add_char(&line, '\n');
        format_numbers(&line, bead->source_start, bead->source_count);
        ty_buffer_add_char(&line, ':');
        format_numbers(&line, bead->target_start, bead->target_count);
        ty_buffer_add_char(&line, '\n');
        right += ty_slice_find(ty_buffer_slice(&all), ty_buffer_slice(&line), 0) != SIZE_MAX;
    }
    ty_buffer_release(&line);
    ty_buffer_release(&all);
    return right;
}

static void score_folder(const char *name, size_t *right, size_t *beads)
{
    gold_pair gold;
    ty_alignment result;
    gold_init(&gold, name);
    bool own = strcmp(gold.langs[0], "en") == 0 && strcmp(gold.langs[1], "ja") == 0;
    align_checked(&gold.source, &gold.target, gold.langs[0], gold.langs[1], own ? lexicon : NULL, &result);
    *right += right_beads(&result, ty_buffer_slice(&gold.gold_bytes));
    *beads += result.beads.count;
    ty_alignment_release(&result);
    gold_release(&gold);
}

/* Without any dictionary, so that it holds on every machine; tools/score-alignment measures the real thing.
 */
START_TEST(gold_documents)
{
    char path[1024];
    size_t right = 0, beads = 0, documents = 0;
    const char *root = getenv("TY_SOURCE_ROOT");
    snprintf(path, sizeof path, "%s/tests/data/align", root ? root : ".");
    DIR *folder = opendir(path);
    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (strchr(entry->d_name, '.'))
            continue;
        score_folder(entry->d_name, &right, &beads);
        documents++;
    }
    closedir(folder);
    ck_assert_uint_ge(documents, 12);
    ck_assert_msg(right * 100 >= beads * 94, "%zu of %zu beads are right", right, beads);
}
END_TEST

/* "Telephone Talks" is a title, "Contact Group" a heading, "Contact: …" a line that says whom to ask. */
START_TEST(titles_that_begin_as_contact_lines_do)
{
    size_t right = 0, beads = 0;
    score_folder("talks-by-telephone", &right, &beads);
    ck_assert_uint_eq(right, beads);
}
END_TEST

/* ------------------------------------------------------------------------------------------ evidence */

START_TEST(evidence_has_spans)
{
    ty_slices source = {0}, target = {0};
    split(TY_SLICE("Carter met 1,200 troops in Japan with an F-35.\n"), &source);
    split(TY_SLICE("カーターは日本で１２００名の部隊とＦ－３５を見た。\n"), &target);
    ty_align_side a = {source.items, NULL, 1, TY_SLICE("en")}, b = {target.items, NULL, 1, TY_SLICE("ja")};
    ty_bead bead = {0, 1, 0, 1, 1};
    ty_evidences found = {0};
    bool kinds[8] = {false};
    ck_assert_ok(ty_align_explain(&a, &b, lexicon, &bead, 1, &found, &error), error);
    for (size_t k = 0; k < found.count; k++) {
        const ty_evidence *item = &found.items[k];
        ty_slice x = ty_slice_sub(source.items[0], item->source_start, item->source_end);
        ty_slice y = ty_slice_sub(target.items[0], item->target_start, item->target_end);
        kinds[item->kind] = true;
        if (item->kind == TY_EVIDENCE_SOUND)
            ck_assert_slice(y, "カーター");
        if (item->kind == TY_EVIDENCE_NUMBER)
            ck_assert_slice(x, "1,200");
        if (item->kind == TY_EVIDENCE_SAME)
            ck_assert_slice(y, "Ｆ－３５");
    }
    ck_assert(kinds[TY_EVIDENCE_SOUND] && kinds[TY_EVIDENCE_NUMBER] && kinds[TY_EVIDENCE_SAME] &&
              kinds[TY_EVIDENCE_DICTIONARY]);
    ty_vector_release(&found);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* Two sentences and what of the second is tied to the first. */
typedef struct tie_row {
    const char *langs[2], *texts[2], *tied;
} tie_row;

static const tie_row ties[] = {
    {{"zh", "ko"}, {"環境變化", "환경변화"}, "환경변화"},        /* as Korea and Taiwan write it */
    {{"zh", "ko"}, {"经济很重要", "경제는 중요하다"}, "경제는"}, /* as China does */
    {{"ja", "ko"}, {"女性の権利", "여성의 권리"}, "여성의"}, /* 女 is 녀 but at the beginning of a word */
    {{"ja", "zh"}, {"経済の発展", "經濟發展"}, "經濟"},      /* one word in two forms */
    {{"ja", "zh"}, {"経済の発展", "动物"}, NULL},
    {{"zh", "ko"}, {"環境變化", "고양이"}, NULL},
};

START_TEST(words_of_one_reading_are_tied)
{
    const tie_row *row = &ties[_i];
    ty_slices sides[2] = {{0}, {0}};
    ty_evidences found = {0};
    ty_bead bead = {0, 1, 0, 1, 1};
    bool tied = false;
    for (int k = 0; k < 2; k++)
        split(ty_slice_of(row->texts[k]), &sides[k]);
    ty_align_side a = {sides[0].items, NULL, 1, ty_slice_of(row->langs[0])};
    ty_align_side b = {sides[1].items, NULL, 1, ty_slice_of(row->langs[1])};
    ck_assert_ok(ty_align_explain(&a, &b, NULL, &bead, 1, &found, &error), error);
    for (size_t k = 0; k < found.count; k++) {
        ty_slice y = ty_slice_sub(sides[1].items[0], found.items[k].target_start, found.items[k].target_end);
        tied |= row->tied && ty_slice_equal(y, ty_slice_of(row->tied));
    }
    ck_assert_msg(row->tied ? tied : found.count == 0, "%s: %zu ties", row->texts[1], found.count);
    ty_vector_release(&found);
    for (int k = 0; k < 2; k++)
        ty_vector_release(&sides[k]);
}
END_TEST

/* Takes the brackets out of a text; the span is what stood between them. */
static ty_slice unbracket(ty_slice marked, ty_span *span, ty_buffer *out)
{
    *span = (ty_span){0};
    ty_buffer_clear(out);
    for (size_t i = 0; i < marked.size; i++) {
        if (marked.data[i] == '[')
            span->start = out->size;
        else if (marked.data[i] == ']')
            span->end = out->size;
        else
            ty_buffer_add_char(out, marked.data[i]);
    }
    return ty_buffer_slice(out);
}

static void check_place(const ty_lexicon *known, const ty_slice field[4])
{
    ty_buffer texts[2] = {{0}, {0}};
    ty_span stretch, wanted, found;
    ty_align_text sentence = {unbracket(field[1], &stretch, &texts[0]), field[0]};
    ty_align_text translation = {unbracket(field[3], &wanted, &texts[1]), field[2]};
    bool straight = ty_slice_equal(field[0], TY_SLICE("en"));
    ty_status status =
        ty_align_place(&sentence, stretch, &translation, straight ? TY_LEXICON_SOURCE : TY_LEXICON_TARGET,
                       known, &found, &error);
    ty_slice text = ty_slice_sub(translation.text, found.start, found.end);
    ck_assert_msg(status == (wanted.end ? TY_OK : TY_NO) && found.start == wanted.start &&
                      found.end == wanted.end,
                  "%.*s: \"%.*s\"", TY_SLICE_FORMAT(field[1]), TY_SLICE_FORMAT(text));
    ty_buffer_release(&texts[0]);
    ty_buffer_release(&texts[1]);
}

START_TEST(stretches_have_their_place)
{
    ty_buffer buffer = {0};
    ty_slice rest = ty_test_read("data/align/places.tsv", &buffer), line, field[4];
    ty_lexicon *known;
    bool sealed = false;
    ty_lexicon_options ours = {.mode = TY_LEXICON_NONE};
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("ja"), &ours, &known, &error), error);
    while (ty_slice_next(&rest, '\n', &line)) {
        size_t count = 0;
        if (!line.size || line.data[0] == '#')
            continue;
        while (count < 4 && ty_slice_next(&line, '\t', &field[count]))
            count++;
        if (count == 3) {
            ck_assert_ok(ty_lexicon_add(known, TY_LEXICON_GLOSSARY, field[1], field[2], &error), error);
            continue;
        }
        if (!sealed)
            ck_assert_ok(ty_lexicon_seal(known, &error), error);
        sealed = true;
        check_place(known, field);
    }
    ck_assert(sealed);
    ty_lexicon_close(known);
    ty_buffer_release(&buffer);
}
END_TEST

/* A bead of many sentences is trusted less, two lines that no word ties less still; an anchor is sure. */
START_TEST(what_has_more_sentences_is_doubted_more)
{
    ty_bead pair = {0, 1, 0, 1, .9F}, more = {0, 2, 0, 1, .9F}, most = {0, 2, 0, 3, .9F};
    ty_bead alone = {0, 1, 0, 0, .9F}, anchor = {0, 3, 0, 3, 1};
    ck_assert_float_eq_tol(ty_align_doubted(&pair, false), .9F, 1e-5F);
    ck_assert_float_lt(ty_align_doubted(&more, false), .89F);
    ck_assert_float_lt(ty_align_doubted(&most, false), ty_align_doubted(&more, false) - .01F);
    ck_assert_float_lt(ty_align_doubted(&pair, true), .89F);
    ck_assert_float_eq(ty_align_doubted(&alone, false), .9F);
    ck_assert_float_eq(ty_align_doubted(&anchor, false), 1);
}
END_TEST

START_TEST(word_pairs_are_learnt)
{
    ty_slices source = {0}, target = {0};
    split(
        TY_SLICE(
            "Der Gipfel ruft.\nEin Schiff kam.\nDer Gipfel schweigt.\nDas Schiff sank.\nKein Gipfel blieb.\n"
            "Zwei Schiffe blieben.\nNichts half.\nAlles schlief.\n"
            "Der Gipfel glüht.\nEin Schiff fuhr aus.\n"),
        &source);
    split(
        TY_SLICE("Le sommet appelle.\nUn navire vint.\nLe sommet se tait.\nLe navire coula.\nAucun sommet.\n"
                 "Deux navires.\nRien n'aida.\nTout dormait.\n"
                 "Le sommet brille.\nUn navire partit.\n"),
        &target);
    ty_arena arena = {0};
    ty_learnt_pairs pairs = {0};
    ck_assert_ok(ty_align_learn(TY_SLICE("de"), source.items, TY_SLICE("fr"), target.items, 10, &arena,
                                &pairs, &error),
                 error);
    bool gipfel = false, schiff = false;
    for (size_t k = 0; k < pairs.count; k++) {
        gipfel |= ty_slice_equal(pairs.items[k].source, TY_SLICE("Gipfel")) &&
                  ty_slice_equal(pairs.items[k].target, TY_SLICE("sommet"));
        schiff |= ty_slice_equal(pairs.items[k].source, TY_SLICE("Schiff")) &&
                  ty_slice_equal(pairs.items[k].target, TY_SLICE("navire"));
        ck_assert(!ty_slice_equal(pairs.items[k].source, TY_SLICE("Gipfel")) ||
                  !ty_slice_equal(pairs.items[k].target, TY_SLICE("navire")));
    }
    ck_assert_msg(gipfel && schiff, "%zu pairs", pairs.count);
    ty_vector_release(&pairs);
    ty_arena_release(&arena);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

/* A border that stands one sentence too low is found, told at both beads, and nothing that only moves
 * sentences about which stay without partner. */
START_TEST(repairs_are_likely_ones)
{
    ty_slices source = {0}, target = {0};
    split(
        TY_SLICE("In 1951 the canal opened.\nIt is 48 km long and 12 m deep.\nSome 9,300 ships pass a year.\n"
                 "The toll is 75 dollars.\n"),
        &source);
    split(TY_SLICE("1951年に運河は開通した。\n長さは48km。\n水深は12mである。\n年に9,"
                   "300隻が通る。\n通行料は75ドル。\n"),
          &target);
    ty_align_side sides[2] = {{source.items, NULL, 4, TY_SLICE("en")},
                              {target.items, NULL, 5, TY_SLICE("ja")}};
    const ty_bead beads[] = {{0, 1, 0, 1, 1}, {1, 1, 1, 1, 1}, {2, 1, 2, 2, 1}, {3, 1, 4, 1, 1}};
    ty_align_options options = {.lexicon = lexicon};
    ty_align_alternatives found = {0};
    ck_assert_ok(ty_align_repairs(&sides[0], &sides[1], &options, beads, 4, 0.15f, &found, &error), error);
    ck_assert_uint_eq(found.count, 2);
    ck_assert_uint_eq(found.items[0].bead, 1);
    ck_assert_int_eq(found.items[0].repair, TY_REPAIR_FETCH_DOWN);
    ck_assert_uint_eq(found.items[1].bead, 2);
    ck_assert_int_eq(found.items[1].repair, TY_REPAIR_UP);
    ck_assert(found.items[1].target && found.items[1].probability > 0.8f);
    ck_assert(found.items[1].as_it_is < 0.1f);
    ty_vector_release(&found);
    ty_vector_release(&source);
    ty_vector_release(&target);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("align");
    TCase *tests = tcase_create("align");
    tcase_add_checked_fixture(tests, open_lexicon, close_lexicon);
    tcase_add_test(tests, empty_sides);
    tcase_add_test(tests, equal_lines);
    tcase_add_test(tests, a_sentence_of_a_megabyte);
    tcase_add_test(tests, bytes_that_are_no_text);
    tcase_add_loop_test(tests, any_text_keeps_the_properties, 0, 60);
    tcase_add_test(tests, blocks_that_changed_places);
    tcase_add_test(tests, long_texts_of_unlike_lengths_have_a_bounded_band);
    tcase_add_test(tests, who_has_a_partner_elsewhere_is_hardly_alone);
    tcase_add_test(tests, anchors_stay);
    tcase_add_test(tests, an_anchor_of_many_sentences_is_sure);
    tcase_add_test(tests, anchors_that_cross_are_refused);
    tcase_add_test(tests, a_piece_behind_a_semicolon_is_not_alone);
    tcase_add_test(tests, gold_documents);
    tcase_add_test(tests, titles_that_begin_as_contact_lines_do);
    tcase_add_test(tests, evidence_has_spans);
    tcase_add_loop_test(tests, words_of_one_reading_are_tied, 0, sizeof ties / sizeof *ties);
    tcase_add_test(tests, stretches_have_their_place);
    tcase_add_test(tests, what_has_more_sentences_is_doubted_more);
    tcase_add_test(tests, word_pairs_are_learnt);
    tcase_add_test(tests, repairs_are_likely_ones);
    suite_add_tcase(suite, tests);
    return ty_test_run(suite);
}
