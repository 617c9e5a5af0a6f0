/* SPDX-License-Identifier: Apache-2.0 */
/* Packages of parts: parts by name, links from part to part, archives that are not what they say. */
#include "formats/package.h"
#include "support.h"

static struct package *open_small(ty_buffer *bytes)
{
    ty_error error = {0};
    ty_source source = {"small.zip", ty_test_read("data/packages/small.zip", bytes)};
    struct package *package;
    ck_assert_ok(ty_package_open(&source, &package, &error), error);
    return package;
}

START_TEST(test_parts)
{
    ty_buffer bytes = {0}, part = {0};
    ty_error error = {0};
    struct package *package = open_small(&bytes);
    ck_assert_uint_eq(ty_package_count(package), 5);
    ck_assert_slice(ty_package_name(package, 2), "word/document.xml");
    ck_assert(ty_package_has(package, TY_SLICE("/WORD/document.xml")));
    ck_assert(!ty_package_has(package, TY_SLICE("word/other.xml")));
    ck_assert_ok(ty_package_read(package, TY_SLICE("notes/foot notes.xml"), &part, &error), error);
    ck_assert_slice(ty_buffer_slice(&part), "<n>note</n>");
    ck_assert_int_eq(ty_package_read(package, TY_SLICE("none.xml"), &part, &error), TY_ERR_FORMAT);
    ck_assert_str_eq(error.message, "the package has no part none.xml");
    ty_package_close(package);
    ty_buffer_release(&part);
    ty_buffer_release(&bytes);
}
END_TEST

START_TEST(test_links)
{
    ty_buffer bytes = {0};
    ty_error error = {0};
    struct package *package = open_small(&bytes);
    struct package_links links;
    ck_assert_ok(ty_package_links(package, TY_SLICE(""), &links, &error), error);
    ck_assert_slice(ty_package_link_of_type(&links, "officeDocument"), "word/Document.xml");
    ck_assert_slice(ty_package_link_by_id(&links, TY_SLICE("rId2")), "https://example.org/?a=1&b=2");
    ck_assert(links.items[1].outside && !links.items[0].outside);
    ty_package_links_release(&links);
    ck_assert_ok(ty_package_links(package, TY_SLICE("word/document.xml"), &links, &error), error);
    ck_assert_slice(ty_package_link_of_type(&links, "notes"), "notes/foot notes.xml");
    ty_package_links_release(&links);
    ck_assert_ok(ty_package_links(package, TY_SLICE("notes/foot notes.xml"), &links, &error), error);
    ck_assert_uint_eq(links.count, 0);
    ty_package_links_release(&links);
    ty_package_close(package);
    ty_buffer_release(&bytes);
}
END_TEST

static void check_resolved(const char *part, const char *target, const char *wanted)
{
    ty_buffer name = {0};
    ty_package_resolve(ty_slice_of(part), ty_slice_of(target), &name);
    ck_assert_slice(ty_buffer_slice(&name), wanted);
    ty_buffer_release(&name);
}

START_TEST(test_references)
{
    check_resolved("ppt/slides/slide1.xml", "../media/a.png", "ppt/media/a.png");
    check_resolved("ppt/slides/slide1.xml", "/docProps/core.xml", "docProps/core.xml");
    check_resolved("a.xml", "../../../etc/x", "etc/x");
    check_resolved("OEBPS/content.opf", "text/%E7%AC%AC1.xhtml#p2", "OEBPS/text/第1.xhtml");
    check_resolved("a/b.xml", "100%", "a/100%");
}
END_TEST

/* Cut anywhere, and with any one byte of its last quarter wrong: an error or the parts, never a crash. */
START_TEST(test_damage)
{
    ty_buffer bytes = {0};
    ty_slice whole = ty_test_read("data/packages/small.zip", &bytes);
    for (size_t at = 0; at < whole.size; at++) {
        bytes.data[at] ^= 0x5A;
        ty_source source = {"small.zip", whole};
        struct package *package = NULL;
        ty_buffer part = {0};
        if (ty_package_open(&source, &package, NULL) == TY_OK)
            for (size_t i = 0; i < ty_package_count(package); i++)
                ty_package_read(package, ty_package_name(package, i), &part, NULL);
        ty_package_close(package);
        ty_buffer_release(&part);
        bytes.data[at] ^= 0x5A;
        source.bytes.size = at;
        ck_assert_int_ne(ty_package_open(&source, &package, NULL), TY_OK);
    }
    ty_buffer_release(&bytes);
}
END_TEST

/* The directory says 3 bytes where there are more: what it says is what is checked before, so it must hold.
 */
START_TEST(test_a_part_longer_than_it_says)
{
    ty_buffer bytes = {0}, part = {0};
    ty_error error = {0};
    ty_slice whole = ty_test_read("data/packages/small.zip", &bytes);
    size_t directory = ty_slice_find(whole, TY_SLICE("PK\1\2"), 0);
    bytes.data[directory + 24] = 3;
    ty_source source = {"small.zip", whole};
    struct package *package;
    ck_assert_ok(ty_package_open(&source, &package, &error), error);
    ck_assert_int_eq(ty_package_read(package, ty_package_name(package, 0), &part, &error), TY_ERR_FORMAT);
    ck_assert_str_eq(error.file, "small.zip");
    ty_package_close(package);
    ty_buffer_release(&part);
    ty_buffer_release(&bytes);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("packages");
    TCase *packages = tcase_create("packages");
    tcase_add_test(packages, test_parts);
    tcase_add_test(packages, test_links);
    tcase_add_test(packages, test_references);
    tcase_add_test(packages, test_damage);
    tcase_add_test(packages, test_a_part_longer_than_it_says);
    suite_add_tcase(suite, packages);
    return ty_test_run(suite);
}
