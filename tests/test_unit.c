/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>

#include "unit/unit.h"

static ty_attributes attributes_of(ty_attribute *items, size_t count)
{
    return (ty_attributes){items, count};
}

/* ------------------------------------------------------------------------------------------ inline */

static void describe(ty_slice content, ty_buffer *out)
{
    ty_token token;
    while (ty_inline_next(&content, &token)) {
        static const char *const marks[] = {"T", "S", "E", "O"};
        ty_buffer_add_format(out, "%s%s(%.*s|%.*s|%.*s)", marks[token.kind], token.empty ? "0" : "",
                             TY_SLICE_FORMAT(token.name), TY_SLICE_FORMAT(token.attributes),
                             TY_SLICE_FORMAT(token.text));
    }
}

START_TEST(tokens_come_in_a_row)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"a &lt; b", "T(||a &lt; b)"},
        {"a<ph x=\"1\"/>b", "T(||a)S0(ph|x=\"1\"|)T(||b)"},
        {"<bpt i=\"1\" type=\"a>b\">&lt;b></bpt>", "S(bpt|i=\"1\" type=\"a>b\"|)T(||&lt;b>)E(bpt||)"},
        {"<!-- <x> -->z<?pi a?>", "O(||<!-- <x> -->)T(||z)O(||<?pi a?>)"},
        {"a < b", "T(||a )T(||< b)"},
        {"<>", "T(||<>)"},
        {"</>x", "T(||</>x)"},
        {"<!-- open", "T(||<!-- open)"},
        {"<a", "T(||<a)"},
    };
    ty_buffer got = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_buffer_clear(&got);
        describe(ty_slice_of(cases[i][0]), &got);
        ck_assert_slice(ty_buffer_slice(&got), cases[i][1]);
    }
    ty_buffer_release(&got);
}
END_TEST

START_TEST(attributes_are_found_in_raw_text)
{
    ty_slice raw = TY_SLICE("i=\"1\" type=\"a &quot;b&quot; i=\" x=\"\"");
    ck_assert_slice(ty_inline_attribute(raw, "i"), "1");
    ck_assert_slice(ty_inline_attribute(raw, "x"), "");
    ck_assert_slice(ty_inline_attribute(raw, "type"), "a &quot;b&quot; i=");
    ck_assert_ptr_null(ty_inline_attribute(raw, "y").data);
    ck_assert_ptr_null(ty_inline_attribute(TY_SLICE("broken=\"x"), "broken").data);
}
END_TEST

START_TEST(references_are_resolved_and_the_rest_kept)
{
    static const char *const cases[][2] = {
        {"&amp;&lt;&gt;&quot;&apos;", "&<>\"'"},
        {"&#38;&#x3042;&#xD;", "&\xE3\x81\x82\r"},
        {"&amp;lt;", "&lt;"},
        {"a & b &nbsp; &#xD800; &#0; &#; &#x; &", "a & b &nbsp; &#xD800; &#0; &#; &#x; &"},
        {"&#1114112;&#99999999999;", "&#1114112;&#99999999999;"},
    };
    ty_buffer got = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_buffer_clear(&got);
        ty_inline_unescape(ty_slice_of(cases[i][0]), &got);
        ck_assert_slice(ty_buffer_slice(&got), cases[i][1]);
    }
    ty_buffer_release(&got);
}
END_TEST

START_TEST(plain_text_leaves_codes_out)
{
    static const char *const cases[][2] = {
        {"a &amp; b", "a & b"},
        {"<bpt i=\"1\">&lt;b&gt;</bpt>bold<ept i=\"1\">&lt;/b&gt;</ept>!", "bold!"},
        {"<hi type=\"x\">kept <ph>gone<sub>gone too</sub></ph></hi>", "kept "},
        {"a<ph x=\"1\"/>b<it pos=\"begin\"/>c", "abc"},
        {"<bpt i=\"1\">x</bpt>a<bpt i=\"2\">y</bpt>b<ept i=\"1\">z</ept>c<ept i=\"2\">z</ept>", "abc"},
        {"a</ph>b<!-- c -->", "ab"},
    };
    ty_buffer got = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_buffer_clear(&got);
        ty_inline_plain(ty_slice_of(cases[i][0]), &got);
        ck_assert_slice(ty_buffer_slice(&got), cases[i][1]);
    }
    ty_buffer_release(&got);
}
END_TEST

START_TEST(markup_takes_another_text_where_no_code_stands_in_between)
{
    /* Content, its new text, what becomes of it; NULL where a code would be lost. */
    static const char *const cases[][3] = {
        {"Keep <ph x=\"1\">c</ph>clear.", "Keep well clear.", "Keep well <ph x=\"1\">c</ph>clear."},
        {"<hi>Old</hi> rope", "<hi>New", NULL},
        {"<hi>Old</hi> rope", "New rope", "<hi>New</hi> rope"},
        {"<hi>Old</hi> rope", "Old ropes", "<hi>Old</hi> ropes"},
        {"<hi>Old</hi> rope", "Older rope", "<hi>Older</hi> rope"},
        {"<hi>Old</hi> rope", "A rope", "<hi>A</hi> rope"},
        {"a<ph>&lt;</ph>b", "ab", "a<ph>&lt;</ph>b"},
        {"a &amp; b<ph/>", "a < b", "a &lt; b<ph/>"},
        {"<ph/>あい", "あう", "<ph/>あう"},
        {"あ<ph/>い", "あ", "あ<ph/>"},
    };
    ty_buffer got = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_buffer_clear(&got);
        bool kept = ty_inline_respell(ty_slice_of(cases[i][0]), ty_slice_of(cases[i][1]), &got);
        ck_assert_msg(kept == (cases[i][2] != NULL), "%s with %s", cases[i][0], cases[i][1]);
        if (kept)
            ck_assert_slice(ty_buffer_slice(&got), cases[i][2]);
    }
    ty_buffer_release(&got);
}
END_TEST

START_TEST(content_is_cut_where_no_code_is_torn)
{
    /* Content, plain bytes before the cut, what stays before it; NULL where it cannot be cut. */
    static const struct {
        const char *content;
        size_t plain;
        const char *before;
    } cases[] = {
        {"One. Two.", 4, "One."},
        {"A &amp; B. C.", 6, "A &amp; B."},
        {"A &#x26; B. C.", 6, "A &#x26; B."},
        {"一。二。", 6, "一。"},
        {"<ph>{1}</ph>One.<ph>{2}</ph> Two.", 4, "<ph>{1}</ph>One."},
        {"<hi>One.</hi> Two.", 4, "<hi>One.</hi>"},
        {"<hi>One. Two.</hi>", 4, NULL},
        {"<hi><hi>One.</hi> Two.</hi>", 4, NULL},
        {"<bpt i=\"1\">{b}</bpt>One.<ept i=\"1\">{/b}</ept> Two.", 4,
         "<bpt i=\"1\">{b}</bpt>One.<ept i=\"1\">{/b}</ept>"},
        {"<bpt i=\"1\">{b}</bpt>One. Two.<ept i=\"1\">{/b}</ept>", 4, NULL},
        {"<bpt i=\"1\">{b}</bpt>One. Two.", 4, "<bpt i=\"1\">{b}</bpt>One."},
        {"One.<bpt i=\"1\"/> Two.<ept i=\"1\"/>", 4, "One."},
        {"One<ph>long <sub>text. More</sub></ph>. Two.", 4, "One<ph>long <sub>text. More</sub></ph>."},
        {"One.", 4, "One."},
        {"One.", 5, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ty_slice content = ty_slice_of(cases[i].content);
        size_t at = ty_inline_cut(content, cases[i].plain);
        if (cases[i].before)
            ck_assert_slice(ty_slice_sub(content, 0, at), cases[i].before);
        else
            ck_assert_msg(at == SIZE_MAX, "%s", cases[i].content);
    }
}
END_TEST

START_TEST(codes_get_new_numbers_behind_others)
{
    ty_slice content =
        TY_SLICE("a<bpt x=\"4\" type=\"i=2\" i=\"1\">{b}</bpt>b<ept i=\"1\"/><ph x=\"one\"/>&lt;");
    ty_buffer out = {0};
    ck_assert_uint_eq(ty_inline_highest(content), 4);
    ck_assert_uint_eq(ty_inline_highest(TY_SLICE("plain &amp; simple")), 0);
    ty_inline_append(content, 0, &out);
    ck_assert(ty_slice_equal(ty_buffer_slice(&out), content));
    ty_buffer_clear(&out);
    ty_inline_append(content, 10, &out);
    ck_assert_slice(ty_buffer_slice(&out),
                    "a<bpt x=\"14\" type=\"i=2\" i=\"11\">{b}</bpt>b<ept i=\"11\"/><ph x=\"one\"/>&lt;");
    ty_buffer_release(&out);
}
END_TEST

/* ------------------------------------------------------------------------------------------ JSON */

START_TEST(json_keeps_order_and_bytes)
{
    ty_attribute given[] = {{TY_SLICE("z"), TY_SLICE("1\n\"")},
                            {TY_SLICE("a"), TY_SLICE("")},
                            {TY_SLICE("{urn:x}b"), {"nul\0 in", 7}}};
    ty_info items[] = {{TY_INFO_PROP, attributes_of(given, 2), TY_SLICE(" ")},
                       {TY_INFO_OTHER, {0}, TY_SLICE("<x>対訳</x>")},
                       {TY_INFO_NOTE, {0}, TY_SLICE("")}};
    ty_infos infos = {items, 3}, back;
    ty_attributes attributes_back;
    ty_buffer json = {0};
    ty_arena arena = {0};
    ty_error error = {0};

    ty_attributes_to_json(attributes_of(given, 3), &json);
    ck_assert_slice(ty_buffer_slice(&json), "{\"z\":\"1\\n\\\"\",\"a\":\"\",\"{urn:x}b\":\"nul\\u0000 in\"}");
    ck_assert_ok(ty_attributes_from_json(ty_buffer_slice(&json), &arena, &attributes_back, &error), error);
    ck_assert_uint_eq(attributes_back.count, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(ty_slice_equal(attributes_back.items[i].name, given[i].name));
        ck_assert(ty_slice_equal(attributes_back.items[i].value, given[i].value));
    }

    ty_buffer again = {0};
    ty_buffer_clear(&json);
    ty_infos_to_json(infos, &json);
    ck_assert_ok(ty_infos_from_json(ty_buffer_slice(&json), &arena, &back, &error), error);
    ty_infos_to_json(back, &again);
    ck_assert_slice(ty_buffer_slice(&again), json.data);
    ck_assert_int_eq(back.items[1].kind, TY_INFO_OTHER);
    ck_assert_slice(back.items[0].text, " ");
    ty_buffer_release(&again);
    ty_buffer_release(&json);
    ty_arena_release(&arena);
}
END_TEST

/* Plain, escaped, spaced and long forms take different ways through the reader and mean the same. */
START_TEST(json_is_read_the_same_by_either_reader)
{
    static const char *const forms[] = {
        "[{\"prop\":{\"type\":\"値\"},\"text\":\"x/y\"},{\"note\":{},\"text\":\"\"}]",
        "[{\"prop\":{\"type\":\"\\u5024\"},\"text\":\"x/y\"},{\"note\":{},\"text\":\"\"}]",
        " [ {\"text\":\"x\\/y\", \"prop\":{\"type\":\"値\"}}, {\"note\":{},\"text\":\"\"} ] ",
    };
    ty_arena arena = {0};
    ty_buffer json = {0}, many = {0};
    ty_infos infos;
    ty_error error = {0};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        ck_assert_ok(ty_infos_from_json(ty_slice_of(forms[i]), &arena, &infos, &error), error);
        ty_buffer_clear(&json);
        ty_infos_to_json(infos, &json);
        ck_assert_slice(ty_buffer_slice(&json), forms[0]);
    }
    for (int i = 0; i < 100; i++)
        ty_buffer_add_format(&many, "%c{\"note\":{},\"text\":\"%d\"}", i ? ',' : '[', i);
    ty_buffer_add_char(&many, ']');
    ck_assert_ok(ty_infos_from_json(ty_buffer_slice(&many), &arena, &infos, &error), error);
    ck_assert_uint_eq(infos.count, 100);
    ck_assert_slice(infos.items[99].text, "99");
    ty_buffer_release(&json);
    ty_buffer_release(&many);
    ty_arena_release(&arena);
}
END_TEST

START_TEST(json_of_another_shape_is_refused)
{
    static const char *const attributes[] = {"[]", "{\"a\":1}", "{", "{\"a\":\"b\",\"a\":\"c\"}",
                                             "{\"a\":\"\xFF\"}"};
    static const char *const infos[] = {"{}", "[1]", "[{\"prop\":{}}]", "[{\"what\":{},\"text\":\"\"}]",
                                        "[{\"prop\":{\"a\":[]},\"text\":\"\"}]"};
    ty_arena arena = {0};
    ty_attributes out;
    ty_infos infos_out;
    for (size_t i = 0; i < 5; i++) {
        ty_error error = {0};
        ck_assert_int_eq(ty_attributes_from_json(ty_slice_of(attributes[i]), &arena, &out, &error),
                         TY_ERR_FORMAT);
        ck_assert_uint_eq(out.count, 0);
        error = (ty_error){0};
        ck_assert_int_eq(ty_infos_from_json(ty_slice_of(infos[i]), &arena, &infos_out, &error),
                         TY_ERR_FORMAT);
        ck_assert(error.message[0]);
    }
    ck_assert_int_eq(ty_infos_from_json(TY_SLICE(""), &arena, &infos_out, NULL), TY_OK);
    ty_arena_release(&arena);
}
END_TEST

/* ------------------------------------------------------------------------------------------ units */

static bool same(const ty_unit *one, const ty_unit *other)
{
    ty_buffer a = {0}, b = {0};
    ty_unit_canonical(one, &a);
    ty_unit_canonical(other, &b);
    bool equal = ty_slice_equal(ty_buffer_slice(&a), ty_buffer_slice(&b));
    ty_buffer_release(&a);
    ty_buffer_release(&b);
    return equal;
}

START_TEST(canonical_form_tells_units_apart)
{
    ty_attribute ordered[] = {{TY_SLICE("tuid"), TY_SLICE("1")}, {TY_SLICE("x"), TY_SLICE("2")}};
    ty_attribute turned[] = {ordered[1], ordered[0]};
    ty_info infos[] = {{TY_INFO_NOTE, {0}, TY_SLICE("a")}, {TY_INFO_NOTE, {0}, TY_SLICE("b")}};
    ty_info infos_turned[] = {infos[1], infos[0]};
    ty_variant variants[] = {{.lang = TY_SLICE("en"), .text = TY_SLICE("a < b")},
                             {.lang = TY_SLICE("ja"), .text = TY_SLICE("甲")}};
    ty_unit unit = {
        .attributes = {ordered, 2}, .infos = {infos, 2}, .variants = variants, .variant_count = 2};
    ty_unit other = unit;
    other.line = 7;
    other.attributes.items = turned;
    ck_assert(same(&unit, &other));
    other.infos.items = infos_turned;
    ck_assert(!same(&unit, &other));

    ty_variant changed[] = {variants[0], variants[1]};
    other = unit;
    other.variants = changed;
    changed[0].content = TY_SLICE("a &lt; b");
    ck_assert(same(&unit, &other));
    changed[0].content = TY_SLICE("a &lt;<ph/> b");
    ck_assert(!same(&unit, &other));
    changed[0] = variants[0];
    changed[0].lang = TY_SLICE("EN");
    ck_assert(!same(&unit, &other));
    other.variant_count = 1;
    ck_assert(!same(&unit, &other));
}
END_TEST

START_TEST(canonical_form_sorts_many_attributes)
{
    ty_attribute many[40], turned[40];
    char names[40][8];
    for (size_t i = 0; i < 40; i++) {
        snprintf(names[i], sizeof names[i], "n%zu", i);
        many[i] = turned[39 - i] = (ty_attribute){ty_slice_of(names[i]), TY_SLICE("v")};
    }
    ty_unit unit = {.attributes = {many, 40}}, other = {.attributes = {turned, 40}};
    ck_assert(same(&unit, &other));
}
END_TEST

START_TEST(copies_are_whole)
{
    ty_attribute attributes[] = {{TY_SLICE("tuid"), TY_SLICE("1")}};
    ty_info infos[] = {{TY_INFO_PROP, {attributes, 1}, TY_SLICE("p")}};
    ty_variant variants[] = {{TY_SLICE("en"), {attributes, 1}, {infos, 1}, TY_SLICE("t"), {NULL, 0}},
                             {TY_SLICE("ja"), {0}, {0}, TY_SLICE("t"), TY_SLICE("<ph/>t")}};
    ty_unit unit = {{attributes, 1}, {infos, 1}, variants, 2, 12}, copy;
    ty_arena arena = {0};
    ck_assert(ty_unit_copy(&unit, &arena, &copy));
    ck_assert(same(&unit, &copy));
    ck_assert_uint_eq(copy.line, 12);
    ck_assert_ptr_null(copy.variants[0].content.data);
    ck_assert_ptr_ne(copy.variants[0].text.data, unit.variants[0].text.data);
    ck_assert_slice(ty_attribute_find(copy.attributes, "tuid"), "1");
    ck_assert_ptr_null(ty_attribute_find(copy.attributes, "x").data);
    ty_arena_release(&arena);
}
END_TEST

START_TEST(statuses_have_many_spellings)
{
    static const struct {
        const char *name;
        ty_term_status status;
    } cases[] = {{"approved", TY_TERM_APPROVED},
                 {"preferredTerm-admn-sts", TY_TERM_APPROVED},
                 {"Preferred Term", TY_TERM_APPROVED},
                 {"admittedTerm-admn-sts", TY_TERM_PROVISIONAL},
                 {"non-standard", TY_TERM_NON_STANDARD},
                 {"notRecommended", TY_TERM_NON_STANDARD},
                 {"supersededTerm-admn-sts", TY_TERM_FORBIDDEN},
                 {"FORBIDDEN", TY_TERM_FORBIDDEN},
                 {"deprecated", TY_TERM_FORBIDDEN},
                 {"禁止", TY_TERM_FORBIDDEN},
                 {"-", TY_TERM_UNKNOWN},
                 {"", TY_TERM_UNKNOWN},
                 {"whatever", TY_TERM_UNKNOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(ty_term_status_of(ty_slice_of(cases[i].name)) == cases[i].status, "%s", cases[i].name);
    for (int status = TY_TERM_UNKNOWN; status <= TY_TERM_FORBIDDEN; status++) {
        ty_slice name = ty_slice_of(ty_term_status_name((ty_term_status)status));
        ck_assert_int_eq(ty_term_status_of(name), status);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("unit");
    TCase *inlines = tcase_create("inline");
    tcase_add_test(inlines, tokens_come_in_a_row);
    tcase_add_test(inlines, attributes_are_found_in_raw_text);
    tcase_add_test(inlines, references_are_resolved_and_the_rest_kept);
    tcase_add_test(inlines, plain_text_leaves_codes_out);
    tcase_add_test(inlines, content_is_cut_where_no_code_is_torn);
    tcase_add_test(inlines, markup_takes_another_text_where_no_code_stands_in_between);
    tcase_add_test(inlines, codes_get_new_numbers_behind_others);
    suite_add_tcase(suite, inlines);
    TCase *json = tcase_create("json");
    tcase_add_test(json, json_keeps_order_and_bytes);
    tcase_add_test(json, json_is_read_the_same_by_either_reader);
    tcase_add_test(json, json_of_another_shape_is_refused);
    suite_add_tcase(suite, json);
    TCase *units = tcase_create("units");
    tcase_add_test(units, canonical_form_tells_units_apart);
    tcase_add_test(units, canonical_form_sorts_many_attributes);
    tcase_add_test(units, copies_are_whole);
    tcase_add_test(units, statuses_have_many_spellings);
    suite_add_tcase(suite, units);
    return ty_test_run(suite);
}
