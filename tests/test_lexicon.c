/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lexicon/lexicon.h"

static ty_error error;

static void write_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(content, file);
    fclose(file);
}

/* Do the two keys meet, and as one word of how many? 0 when they do not. */
static int met(const ty_lexicon *lexicon, const char *source, const char *target)
{
    ty_slice keys[2] = {ty_slice_of(source), ty_slice_of(target)};
    ty_lexicon_links links = {0};
    ck_assert_ok(ty_lexicon_find_links(lexicon, &keys[0], 1, &keys[1], 1, &links, &error), error);
    int words = links.count ? links.items[0].words : 0;
    ty_vector_release(&links);
    return words;
}

/* ------------------------------------------------------------------------------------------ stems */

static const struct {
    const char *lang, *a, *b;
    bool alike;
} stem_cases[] = {
    {"en", "defense", "defence", true},
    {"en", "cooperation", "cooperate", true},
    {"en", "ministers", "ministerial", true},
    {"en", "announced", "announcement", true},
    {"en", "held", "holding", true},
    {"en", "countries", "country", true},
    {"en", "bus", "bush", false},
    {"en", "force", "forest", false},
    {"en", "secretary", "secret", false},
    {"de", "Übungen", "übung", false},
    {"de", "berge", "bergen", true},
    {"de", "häuser", "haus", true},
    {"fr", "montagnes", "montagne", true},
    {"fr", "nationaux", "national", true},
    {"xx", "zeta", "zetas", true},
};

START_TEST(stems_bring_forms_together)
{
    char one[TY_LEXICON_STEM_MAX], two[TY_LEXICON_STEM_MAX];
    ty_slice lang = ty_slice_of(stem_cases[_i].lang);
    ty_slice a = ty_lexicon_stem(ty_slice_of(stem_cases[_i].a), lang, one);
    ty_slice b = ty_lexicon_stem(ty_slice_of(stem_cases[_i].b), lang, two);
    ck_assert_msg(ty_slice_equal(a, b) == stem_cases[_i].alike, "%s -> %.*s, %s -> %.*s", stem_cases[_i].a,
                  TY_SLICE_FORMAT(a), stem_cases[_i].b, TY_SLICE_FORMAT(b));
}
END_TEST

START_TEST(stems_stay_within_their_buffer)
{
    char stem[TY_LEXICON_STEM_MAX], word[500];
    memset(word, 'a', sizeof word);
    for (size_t size = 0; size < sizeof word; size++)
        ck_assert_uint_le(ty_lexicon_stem((ty_slice){word, size}, TY_SLICE("en"), stem).size,
                          TY_LEXICON_STEM_MAX);
}
END_TEST

START_TEST(stop_words_are_known)
{
    ck_assert(ty_lexicon_is_stopword(TY_SLICE("the"), TY_SLICE("en-GB")));
    ck_assert(ty_lexicon_is_stopword(TY_SLICE("der"), TY_SLICE("de")));
    ck_assert(!ty_lexicon_is_stopword(TY_SLICE("defense"), TY_SLICE("en")));
    ck_assert(!ty_lexicon_is_stopword(TY_SLICE(""), TY_SLICE("en")));
    ck_assert(!ty_lexicon_is_stopword(TY_SLICE("the"), TY_SLICE("ja")));
}
END_TEST

/* ------------------------------------------------------------------------------------------ parts */

START_TEST(own_table_needs_no_dictionary)
{
    ty_lexicon *lexicon;
    ty_lexicon_options options = {.mode = TY_LEXICON_NONE, .cache_dir = ""};
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en-US"), TY_SLICE("ja"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "japan", "日本"), 1);
    ck_assert_int_eq(met(lexicon, "unit", "国連"), 2); /* one of the two words of United Nations */
    ck_assert_int_eq(met(lexicon, "japan", "中国"), 0);
    ty_lexicon_close(lexicon);
}
END_TEST

START_TEST(sides_may_be_turned)
{
    ty_lexicon *lexicon;
    ty_lexicon_options options = {.mode = TY_LEXICON_NONE, .cache_dir = ""};
    ck_assert_ok(ty_lexicon_open(TY_SLICE("ja"), TY_SLICE("en"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "日本", "japan"), 1);
    ty_lexicon_close(lexicon);
}
END_TEST

START_TEST(added_pairs_count_after_seal)
{
    ty_lexicon *lexicon;
    ty_lexicon_options options = {.mode = TY_LEXICON_NONE, .cache_dir = ""};
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("ja"), &options, &lexicon, &error), error);
    ck_assert_ok(ty_lexicon_add(lexicon, TY_LEXICON_GLOSSARY, TY_SLICE("Alliance Coordination Mechanism"),
                                TY_SLICE("同盟調整メカニズム"), &error),
                 error);
    ck_assert_int_eq(met(lexicon, "mechanism", "同盟調整メカニズム"), 0);
    ck_assert_ok(ty_lexicon_seal(lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "mechanism", "同盟調整メカニズム"), 3);
    ck_assert_uint_eq(ty_lexicon_longest(lexicon, TY_LEXICON_TARGET, TY_SLICE("新同盟調整メカニズムの"), 3),
                      27);
    ck_assert_uint_eq(ty_lexicon_longest(lexicon, TY_LEXICON_TARGET, TY_SLICE("新調整メカ"), 3), 0);
    ty_lexicon_close(lexicon);
}
END_TEST

START_TEST(table_is_read)
{
    const char *path = ty_test_temporary("table.tsv");
    write_file(path, "# words\nship\tSchiff\nsafe harbour\tsicherer Hafen\n");
    ty_lexicon_options options = {.mode = TY_LEXICON_FILE, .file = path, .cache_dir = ""};
    ty_lexicon *lexicon;
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("de"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "ship", "schiff"), 1);
    ck_assert_int_eq(met(lexicon, "harb", "haf"), 2);
    ty_lexicon_close(lexicon);
}
END_TEST

#define CEDICT                                                                                               \
    "# a dictionary of ours\n#! version=1\n軍艦 军舰 [jun1 jian4] /warship/naval vessel/CL:艘[sou1]/\n" \
    "燈塔 灯塔 [deng1 ta3] /lighthouse/\n"

START_TEST(files_like_edict_are_read)
{
    const char *path = ty_test_temporary("words.u8");
    write_file(path, CEDICT);
    ty_lexicon_options options = {.mode = TY_LEXICON_FILE, .file = path, .cache_dir = ""};
    ty_lexicon *lexicon;
    ck_assert_ok(ty_lexicon_open(TY_SLICE("zh"), TY_SLICE("en"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "军舰", "warship"), 1);
    ck_assert_int_eq(met(lexicon, "燈塔", "lighthous"), 1);
    ck_assert_int_eq(met(lexicon, "軍艦", "vessel"), 2);
    ck_assert_uint_eq(ty_lexicon_longest(lexicon, TY_LEXICON_SOURCE, TY_SLICE("那艘军舰"), 6), 6);
    ty_lexicon_close(lexicon);
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("zh-Hant"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "lighthous", "燈塔"), 1);
    ty_lexicon_close(lexicon);
    write_file(path, "泳ぐ(P);游ぐ [およぐ] /(v5g,vi) to swim/EntL1234/\n");
    ck_assert_ok(ty_lexicon_open(TY_SLICE("ja"), TY_SLICE("en"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "泳い", "swim"), 1);
    ck_assert_int_eq(met(lexicon, "游ぐ", "swim"), 1);
    ty_lexicon_close(lexicon);
}
END_TEST

START_TEST(folder_of_dictionaries)
{
    char path[400], folder[300];
    snprintf(folder, sizeof folder, "%s", ty_test_temporary("words"));
    mkdir(folder, 0700);
    snprintf(path, sizeof path, "%s/cedict_ts.u8", folder);
    write_file(path, CEDICT);
    snprintf(path, sizeof path, "%s/is-en.tsv", folder);
    write_file(path, "skip\tship\n");
    snprintf(path, sizeof path, "%s/notes.txt", folder);
    write_file(path, "not for us\n");
    ty_lexicon_options options = {.mode = TY_LEXICON_FILE, .file = folder, .cache_dir = ""};
    ty_lexicon *lexicon;
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("is"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "ship", "skip"), 1);
    ck_assert_int_eq(met(lexicon, "lighthous", "燈塔"), 0);
    ty_lexicon_close(lexicon);
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("zh"), &options, &lexicon, &error), error);
    ck_assert_int_eq(met(lexicon, "lighthous", "燈塔"), 1);
    ty_lexicon_close(lexicon);
}
END_TEST

START_TEST(table_faults_are_named)
{
    const char *path = ty_test_temporary("bad.tsv");
    ty_error fault = {0};
    write_file(path, "a\tb\nno tab here\n");
    ty_lexicon_options options = {.mode = TY_LEXICON_FILE, .file = path, .cache_dir = ""};
    ty_lexicon *lexicon;
    ck_assert_int_eq(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("de"), &options, &lexicon, &fault),
                     TY_ERR_FORMAT);
    ck_assert_ptr_null(lexicon);
    ck_assert_uint_eq(fault.line, 2);
    options.file = "/nowhere/at/all";
    ck_assert_int_eq(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("de"), &options, &lexicon, &fault), TY_ERR_IO);
}
END_TEST

/* ------------------------------------------------------------------------------------------ EDICT, cache */

static void write_edict(const char *root, const char *name, const char *lines)
{
    char path[400];
    ty_buffer bytes = {0};
    snprintf(path, sizeof path, "%s/edict", root);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/edict/%s", root, name);
    ck_assert_ok(ty_text_encode(ty_slice_of(lines), "EUC-JP", &bytes, &error), error);
    write_file(path, bytes.data);
    ty_buffer_release(&bytes);
}

/* A folder like /usr/share with an EDICT of a few lines, in EUC-JP. */
static const char *small_root(void)
{
    static char root[300];
    const char *lines = "　？？？ /EDICT, a few lines of our own/\n"
                        "述べる [のべる] /(v1,vt) to state/to express/(P)/\n"
                        "歓迎 [かんげい] /(n,vs) welcome/reception/\n"
                        "率直 [そっちょく] /(adj-na) frank/candid (view)/\n";
    snprintf(root, sizeof root, "%s", ty_test_temporary("share"));
    mkdir(root, 0700);
    write_edict(root, "edict", lines);
    return root;
}

static ty_lexicon *open_small(const char *root, const char *cache, bool *cached)
{
    ty_lexicon_options options = {.root = root, .cache_dir = cache};
    ty_lexicon *lexicon;
    ck_assert_ok(ty_lexicon_open(TY_SLICE("en"), TY_SLICE("ja"), &options, &lexicon, &error), error);
    *cached = false;
    for (size_t k = 0; k < ty_lexicon_part_count(lexicon); k++) {
        ty_lexicon_part part = ty_lexicon_part_at(lexicon, k);
        if (strcmp(part.name, "EDICT") != 0)
            continue;
        *cached = part.cached;
        ck_assert_ptr_nonnull(strstr(part.licence, "CC BY-SA"));
    }
    ck_assert_int_eq(met(lexicon, "stat", "述べる"), 1);
    ck_assert_int_eq(met(lexicon, "stat", "述べ"), 1);
    ck_assert_int_eq(met(lexicon, "view", "率直"), 0);
    ck_assert_uint_eq(ty_lexicon_longest(lexicon, TY_LEXICON_TARGET, TY_SLICE("述べた。"), 0), 6);
    ck_assert(ty_lexicon_knows(lexicon, TY_LEXICON_SOURCE, TY_SLICE("candid")));
    return lexicon;
}

static void spoil(const char *folder, long at, char byte)
{
    char command[600];
    snprintf(
        command, sizeof command,
        "for f in '%s'/*; do printf '\\%03o' | dd of=\"$f\" bs=1 seek=%ld conv=notrunc 2>/dev/null; done",
        folder, (unsigned char)byte, at);
    ck_assert_int_eq(system(command), 0);
}

START_TEST(cache_is_used_and_mended)
{
    char cache[300], root[300];
    bool cached;
    snprintf(root, sizeof root, "%s", small_root());
    snprintf(cache, sizeof cache, "%s", ty_test_temporary("cache/deep"));
    ty_lexicon_close(open_small(root, cache, &cached));
    ck_assert(!cached);
    ty_lexicon_close(open_small(root, cache, &cached));
    ck_assert(cached);
    const long places[] = {0, 8, 60, 300, 5000};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        spoil(cache, places[k], (char)(0xA5 + k));
        ty_lexicon_close(open_small(root, cache, &cached));
        ck_assert_msg(!cached, "a cache spoilt at byte %ld was used", places[k]);
        ty_lexicon_close(open_small(root, cache, &cached));
        ck_assert(cached);
    }
}
END_TEST

START_TEST(changed_source_is_read_again)
{
    char cache[300], root[300], path[400];
    bool cached;
    snprintf(root, sizeof root, "%s", small_root());
    snprintf(cache, sizeof cache, "%s", ty_test_temporary("cache2"));
    ty_lexicon_close(open_small(root, cache, &cached));
    snprintf(path, sizeof path, "%s/edict/edict", root);
    FILE *file = fopen(path, "ab");
    fputs("\n", file);
    fclose(file);
    ty_lexicon_close(open_small(root, cache, &cached));
    ck_assert(!cached);
}
END_TEST

START_TEST(cache_that_cannot_be_written_is_no_failure)
{
    char root[300];
    bool cached;
    snprintf(root, sizeof root, "%s", small_root());
    ty_lexicon_close(open_small(root, "/proc/no/such/place", &cached));
    ck_assert(!cached);
}
END_TEST

/* Names as ENAMDICT has them, and as releases write them. */
START_TEST(names_are_read)
{
    char cache[300];
    const char *root = small_root();
    write_edict(root, "enamdict",
                "　？？？ /ENAMDICT, a few lines of our own/\n"
                "斎藤 [さいとう] /(p,s) Saitou/\n"
                "大野 [おおの] /(s) Oono/\n"
                "達夫 [たつお] /(m) Tatsuo/\n"
                "中谷元 [なかたにげん] /(h) Nakatani Gen (1957.10.14-)/\n");
    snprintf(cache, sizeof cache, "%s", ty_test_temporary("cache3"));
    for (int cached = 0; cached < 2; cached++) {
        ty_lexicon_options options = {.root = root, .cache_dir = cache};
        ty_lexicon *lexicon;
        ck_assert_ok(ty_lexicon_open(TY_SLICE("ja"), TY_SLICE("en"), &options, &lexicon, &error), error);
        ty_lexicon_part part = ty_lexicon_part_at(lexicon, ty_lexicon_part_count(lexicon) - 1);
        ck_assert_str_eq(part.name, "ENAMDICT");
        ck_assert_ptr_nonnull(strstr(part.licence, "CC BY-SA"));
        ck_assert_uint_eq(part.entries, 3);
        ck_assert_int_eq(part.cached, cached);
        ck_assert_int_eq(met(lexicon, "斎藤", "saitou"), 1);
        ck_assert_int_eq(met(lexicon, "斎藤", "saito"), 1);
        ck_assert_int_eq(met(lexicon, "大野", "ONO"), 1);
        ck_assert_int_eq(met(lexicon, "達夫", "tatsuo"), 1);
        ck_assert_int_eq(met(lexicon, "中谷元", "gen"), 0);
        ty_lexicon_close(lexicon);
    }
}
END_TEST

START_TEST(freedict_is_read)
{
    if (access("/usr/share/dictd/freedict-deu-fra.index", R_OK) != 0) {
        fprintf(stderr, "skipped: dict-freedict-deu-fra is not installed\n");
        return;
    }
    ty_lexicon *lexicon;
    ty_lexicon_options options = {.cache_dir = ty_test_temporary("cache3")};
    char one[TY_LEXICON_STEM_MAX], two[TY_LEXICON_STEM_MAX];
    ck_assert_ok(ty_lexicon_open(TY_SLICE("de"), TY_SLICE("fr"), &options, &lexicon, &error), error);
    ty_slice berg = ty_lexicon_stem(TY_SLICE("berg"), TY_SLICE("de"), one);
    ty_slice montagne = ty_lexicon_stem(TY_SLICE("montagne"), TY_SLICE("fr"), two);
    ty_lexicon_links links = {0};
    ck_assert_ok(ty_lexicon_find_links(lexicon, &berg, 1, &montagne, 1, &links, &error), error);
    ck_assert_uint_ge(links.count, 1);
    ty_vector_release(&links);
    ty_lexicon_close(lexicon);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("lexicon");
    TCase *tests = tcase_create("lexicon");
    tcase_add_loop_test(tests, stems_bring_forms_together, 0, sizeof stem_cases / sizeof *stem_cases);
    tcase_add_test(tests, stems_stay_within_their_buffer);
    tcase_add_test(tests, stop_words_are_known);
    tcase_add_test(tests, own_table_needs_no_dictionary);
    tcase_add_test(tests, sides_may_be_turned);
    tcase_add_test(tests, added_pairs_count_after_seal);
    tcase_add_test(tests, table_is_read);
    tcase_add_test(tests, files_like_edict_are_read);
    tcase_add_test(tests, folder_of_dictionaries);
    tcase_add_test(tests, table_faults_are_named);
    tcase_add_test(tests, cache_is_used_and_mended);
    tcase_add_test(tests, changed_source_is_read_again);
    tcase_add_test(tests, cache_that_cannot_be_written_is_no_failure);
    tcase_add_test(tests, names_are_read);
    tcase_add_test(tests, freedict_is_read);
    suite_add_tcase(suite, tests);
    return ty_test_run(suite);
}
