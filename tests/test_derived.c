/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is made of a memory: kept in the cache, brought up to date, and taken from there by all who have the
 * memory open, so that nobody sorts in what another one has sorted in already.
 */
#include "support.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "derived/derived.h"

/* More than is kept at all, and more than one that is kept leaves unsorted (indexes.c), a pair of variants
 * each. */
enum { MANY = 3000, MORE = 1500 };

static ty_store *opened(const char *path, ty_store_mode mode)
{
    ty_error error = {0};
    ty_store *store;
    ck_assert_ok(ty_store_open(path, mode, &store, &error), error);
    return store;
}

/* A memory of its own, and an empty cache. */
static const char *fresh(const char *name)
{
    static char cache[300];
    snprintf(cache, sizeof cache, "%s", ty_test_temporary("cache"));
    mkdir(cache, 0700);
    setenv("XDG_CACHE_HOME", cache, 1);
    return ty_test_temporary(name);
}

/* One step that brings so many units. */
static void grow(ty_store *store, const char *origin_name, int count)
{
    ty_error error = {0};
    ty_intake *intake;
    ty_origin origin = {.name = ty_slice_of(origin_name), .kind = TY_SLICE("tmx")};
    ck_assert_ok(ty_intake_open(store, &origin, 0, &intake, &error), error);
    for (int i = 0; i < count; i++) {
        char source[60], target[60];
        snprintf(source, sizeof source, "%s, sentence number %d", origin_name, i);
        snprintf(target, sizeof target, "%sの%d番目の文", origin_name, i);
        ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = ty_slice_of(source)},
                                 {.lang = TY_SLICE("ja"), .text = ty_slice_of(target)}};
        ty_unit unit = {.variants = variants, .variant_count = 2};
        ck_assert_ok(ty_intake_unit(intake, &unit, NULL, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
}

static ty_derived_indexes *indexes_of(ty_store *store)
{
    ty_error error = {0};
    ty_derived_indexes *indexes;
    ck_assert_ok(ty_derived_indexes_new(store, &indexes, &error), error);
    return indexes;
}

/* The English index, up to date. */
static const ty_match_index *english(ty_derived_indexes *indexes)
{
    ty_error error = {0};
    const ty_match_index *index;
    ck_assert_ok(ty_derived_index_at(indexes, TY_SLICE("en"), 0, &index, &error), error);
    ck_assert_ptr_nonnull(index);
    return index;
}

/* Which file the cache has of a language: another one each time that it is written. */
static ino_t file_of(ty_store *store, const char *lang)
{
    struct stat about;
    char path[500];
    snprintf(path, sizeof path, "%s/taiyaku/%s-%s.match", getenv("XDG_CACHE_HOME"), ty_store_identity(store),
             lang);
    ck_assert_int_eq(stat(path, &about), 0);
    return about.st_ino;
}

/* Keeps the file's number from being given anew. */
static void hold(ty_store *store, const char *lang, const char *as)
{
    char path[500], other[500];
    snprintf(path, sizeof path, "%s/taiyaku/%s-%s.match", getenv("XDG_CACHE_HOME"), ty_store_identity(store),
             lang);
    snprintf(other, sizeof other, "%s/%s", getenv("XDG_CACHE_HOME"), as);
    ck_assert_int_eq(link(path, other), 0);
}

START_TEST(who_has_it_open_takes_what_another_has_sorted_in)
{
    const char *path = fresh("shared.db");
    ty_store *writer = opened(path, TY_STORE_CREATE);
    grow(writer, "first", MANY);
    ty_store *reader = opened(path, TY_STORE_READ);
    ty_derived_indexes *one = indexes_of(writer), *other = indexes_of(reader);
    english(one);
    english(other);
    ino_t first = file_of(writer, "en");
    hold(writer, "en", "first");

    grow(writer, "second", MORE);
    ck_assert_uint_eq(ty_match_index_pending(english(one)), 0); /* sorted in, and kept */
    ino_t second = file_of(writer, "en");
    hold(writer, "en", "second");
    ck_assert(second != first);
    ck_assert_uint_eq(ty_match_index_pending(english(other)), 0);
    ck_assert(file_of(writer, "en") == second); /* taken, not made once more */

    ty_derived_indexes_free(one);
    ty_derived_indexes_free(other);
    ty_store_close(reader);
    ty_store_close(writer);
}
END_TEST

START_TEST(a_few_changes_wait_until_sorting_them_in_pays)
{
    const char *path = fresh("waiting.db");
    ty_store *store = opened(path, TY_STORE_CREATE);
    grow(store, "first", MANY);
    ty_derived_indexes *indexes = indexes_of(store);
    english(indexes);
    ino_t first = file_of(store, "en");
    grow(store, "second", 10);
    ck_assert_uint_eq(ty_match_index_pending(english(indexes)), 10);
    ck_assert(file_of(store, "en") == first);
    ty_derived_indexes_free(indexes);
    ty_store_close(store);
}
END_TEST

/* Thousands of concepts, in one step. */
static void add_concepts(ty_store *store)
{
    ty_error error = {0};
    ty_intake *intake;
    ty_origin origin = {.name = TY_SLICE("words"), .kind = TY_SLICE("utx")};
    ck_assert_ok(ty_intake_open(store, &origin, 0, &intake, &error), error);
    for (int i = 0; i < 3000; i++) {
        char text[40];
        snprintf(text, sizeof text, "kiln%d marrow%d", i % 97, i);
        ty_term terms[] = {{.lang = TY_SLICE("en"), .text = ty_slice_of(text)}};
        ty_concept concept = {.terms = terms, .term_count = 1};
        ck_assert_ok(ty_intake_concept(intake, &concept, NULL, NULL, &error), error);
    }
    ck_assert_ok(ty_intake_commit(intake, NULL, &error), error);
}

/* Changes a byte in every block of the entries, which come first. */
static void damage(ty_store *store)
{
    char path[500];
    snprintf(path, sizeof path, "%s/taiyaku/%s.terms", getenv("XDG_CACHE_HOME"), ty_store_identity(store));
    FILE *file = fopen(path, "r+b");
    ck_assert_ptr_nonnull(file);
    for (long at = 3 * 4096 - 8; at < 160000; at += 4096) {
        fseek(file, at, SEEK_SET);
        fputc(0xA5, file);
    }
    fclose(file);
}

static ty_status scan(const ty_term_index *index, ty_term_scan *out)
{
    return ty_term_index_scan(index, TY_SLICE("A kiln5 marrow102 stands there."), TY_SLICE("en"), 0, out,
                              NULL);
}

START_TEST(an_index_of_terms_that_is_damaged_in_the_cache_is_made_anew)
{
    ty_store *store = opened(fresh("terms.db"), TY_STORE_CREATE);
    ty_term_scan found = {0};
    ty_error error = {0};
    const ty_term_index *index;
    add_concepts(store);
    for (int whole = 0; whole < 2; whole++) {
        ty_shared_terms *first, *shared;
        ck_assert_ok(ty_shared_terms_new(&first, &error), error);
        ck_assert_ok(ty_shared_terms_open(first, store, false, &index, &error), error); /* keeps it */
        ty_shared_terms_close(first, index);
        ty_shared_terms_free(first);
        damage(store);
        ck_assert_ok(ty_shared_terms_new(&shared, &error), error);
        ck_assert_ok(ty_shared_terms_open(shared, store, whole, &index, &error), error);
        ck_assert_int_eq(scan(index, &found), whole ? TY_OK : TY_ERR_FORMAT);
        ty_shared_terms_close(shared, index);
        ck_assert_ok(ty_shared_terms_open(shared, store, whole, &index, &error), error);
        ck_assert_int_eq(scan(index, &found), TY_OK);
        ck_assert_uint_eq(found.spots.count, 1);
        ty_shared_terms_close(shared, index);
        ty_shared_terms_free(shared);
    }
    ty_term_scan_release(&found);
    ty_store_close(store);
}
END_TEST

static Suite *suite(void)
{
    Suite *all = suite_create("derived");
    TCase *indexes = tcase_create("indexes");
    tcase_add_test(indexes, who_has_it_open_takes_what_another_has_sorted_in);
    tcase_add_test(indexes, a_few_changes_wait_until_sorting_them_in_pays);
    suite_add_tcase(all, indexes);
    TCase *terms = tcase_create("terms");
    tcase_add_test(terms, an_index_of_terms_that_is_damaged_in_the_cache_is_made_anew);
    suite_add_tcase(all, terms);
    return all;
}

int main(void)
{
    return ty_test_run(suite());
}
