/* SPDX-License-Identifier: Apache-2.0 */
#include "support.h"

#include <stdio.h>

#include "term/term.h"

static void add_term(ty_term_index *index, const char *lang, ty_slice text, int64_t concept,
                     ty_term_status status)
{
    ty_slice speech = {NULL, 0};
    size_t brace = ty_slice_find(text, TY_SLICE(" {"), 0);
    if (brace != SIZE_MAX) {
        speech = ty_slice_sub(text, brace + 2, text.size - 1);
        text = ty_slice_sub(text, 0, brace);
    }
    ty_term_entry entry = {
        (int64_t)ty_term_index_count(index) + 100, concept, ty_slice_of(lang), text, status, speech};
    ck_assert_int_eq(ty_term_index_add(index, &entry, NULL), TY_OK);
}

/* Terms are parted by " / ". */
static bool next_part(ty_slice *rest, ty_slice *part)
{
    if (!rest->data)
        return false;
    size_t bar = ty_slice_find(*rest, TY_SLICE(" / "), 0);
    *part = ty_slice_sub(*rest, 0, bar);
    *rest = bar == SIZE_MAX ? (ty_slice){NULL, 0} : ty_slice_sub(*rest, bar + 3, rest->size);
    return true;
}

static ty_term_index *index_of(ty_slice lang, ty_slice terms)
{
    char tag[16];
    ty_term_index *index = NULL;
    ty_slice part;
    ty_lang_primary(lang, tag);
    ck_assert_int_eq(ty_term_index_new(&index, NULL), TY_OK);
    while (next_part(&terms, &part))
        add_term(index, tag, part, 1, TY_TERM_APPROVED);
    ck_assert_int_eq(ty_term_index_build(index, NULL), TY_OK);
    return index;
}

static void describe(const ty_term_scan *scan, ty_slice text, ty_buffer *out)
{
    ty_buffer_clear(out);
    for (size_t i = 0; i < scan->spots.count; i++) {
        const ty_term_spot *spot = &scan->spots.items[i];
        if (i)
            ty_buffer_add_string(out, " / ");
        ty_buffer_add(out, ty_slice_sub(text, spot->start, spot->end));
    }
    if (scan->spots.count == 0)
        ty_buffer_add_char(out, '-');
}

/* "\n" of the file as a line feed. */
static void unescape(ty_slice from, ty_buffer *out)
{
    ty_buffer_clear(out);
    for (size_t i = 0; i < from.size; i++) {
        bool feed = from.data[i] == '\\' && i + 1 < from.size && from.data[i + 1] == 'n';
        ty_buffer_add_char(out, feed ? '\n' : from.data[i]);
        i += feed;
    }
}

START_TEST(terms_are_found_in_running_text)
{
    ty_buffer file = {0}, got = {0}, text = {0}, want = {0};
    ty_term_scan scan = {0};
    ty_slice rest = ty_test_read("data/term/scan.tsv", &file), line;
    size_t count = 0, wrong = 0;
    while (ty_slice_next(&rest, '\n', &line)) {
        ty_slice lang, terms, field;
        if (line.size == 0 || line.data[0] == '#')
            continue;
        ck_assert(ty_slice_next(&line, '\t', &lang) && ty_slice_next(&line, '\t', &terms));
        ck_assert(ty_slice_next(&line, '\t', &field));
        unescape(field, &text);
        unescape(line, &want);
        ty_term_index *index = index_of(lang, terms);
        ck_assert_int_eq(ty_term_index_scan(index, ty_buffer_slice(&text), lang, 0, &scan, NULL), TY_OK);
        describe(&scan, ty_buffer_slice(&text), &got);
        if (!ty_slice_equal(ty_buffer_slice(&got), ty_buffer_slice(&want))) {
            fprintf(stderr, "\"%.*s\" in \"%s\": \"%s\", want \"%s\"\n", TY_SLICE_FORMAT(terms), text.data,
                    got.data, want.data);
            wrong++;
        }
        count++;
        ty_term_index_free(index);
    }
    ck_assert_uint_gt(count, 50);
    ck_assert_msg(wrong == 0, "%zu of %zu lines are wrong", wrong, count);
    ty_buffer_release(&file);
    ty_buffer_release(&got);
    ty_buffer_release(&text);
    ty_buffer_release(&want);
    ty_term_scan_release(&scan);
}
END_TEST

START_TEST(nested_terms_come_when_asked_for)
{
    ty_term_index *index = index_of(TY_SLICE("ja"), TY_SLICE("防衛 / 防衛大臣 / 大臣 / 防衛大臣政務官"));
    ty_slice text = TY_SLICE("防衛大臣政務官");
    ty_term_scan scan = {0};
    ty_buffer got = {0};
    ck_assert_int_eq(ty_term_index_scan(index, text, TY_SLICE("ja"), TY_TERM_NESTED, &scan, NULL), TY_OK);
    describe(&scan, text, &got);
    ck_assert_slice(ty_buffer_slice(&got), "防衛大臣政務官 / 防衛大臣 / 防衛 / 大臣");
    ck_assert(!scan.spots.items[0].nested && scan.spots.items[1].nested && scan.spots.items[3].nested);
    ty_buffer_release(&got);
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
}
END_TEST

START_TEST(languages_are_kept_apart_and_entries_told)
{
    ty_term_index *index = NULL;
    ty_term_scan scan = {0};
    ck_assert_int_eq(ty_term_index_new(&index, NULL), TY_OK);
    add_term(index, "en-US", TY_SLICE("ACM"), 7, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("ACM"), 7, TY_TERM_PROVISIONAL);
    add_term(index, "en-GB", TY_SLICE("A.C.M."), 8, TY_TERM_FORBIDDEN);
    add_term(index, "en", TY_SLICE("  "), 8, TY_TERM_FORBIDDEN);
    ck_assert_int_eq(ty_term_index_scan(index, TY_SLICE("ACM"), TY_SLICE("en"), 0, &scan, NULL),
                     TY_ERR_USAGE);
    ck_assert_int_eq(ty_term_index_build(index, NULL), TY_OK);
    ck_assert_uint_eq(ty_term_index_count(index), 3);
    ck_assert_int_eq(ty_term_index_scan(index, TY_SLICE("the ACM"), TY_SLICE("en"), 0, &scan, NULL), TY_OK);
    ck_assert_uint_eq(scan.spots.count, 2);
    ty_term_entry entry = ty_term_index_entry(index, scan.spots.items[1].entry);
    ck_assert_int_eq(entry.id, 102);
    ck_assert_int_eq(entry.concept, 8);
    ck_assert_slice(entry.lang, "en-GB");
    ck_assert_slice(entry.text, "A.C.M.");
    ck_assert_int_eq(ty_term_index_scan(index, TY_SLICE("ACM"), TY_SLICE(""), 0, &scan, NULL), TY_OK);
    ck_assert_uint_eq(scan.spots.count, 3);
    ck_assert_int_eq(ty_term_index_scan(index, TY_SLICE("ACM"), TY_SLICE("ja-JP"), 0, &scan, NULL), TY_OK);
    ck_assert_uint_eq(scan.spots.count, 1);
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
}
END_TEST

START_TEST(whole_texts_are_looked_up)
{
    static const char *const found[] = {"Joint  Exercises",
                                        "joint-exercise",
                                        "取り組み",
                                        "取組み",
                                        "取組",
                                        "派遣した",
                                        "defence centres",
                                        "a joint exercise",
                                        "“Joint exercises”",
                                        "joint exercise (JE)",
                                        "取り組み等",
                                        "the defense centre's"};
    static const char *const lost[] = {"a joint", "joint", "取組む計画", "派遣", "", "joint exercise 2"};
    ty_term_index *index = NULL;
    ty_term_scan scan = {0};
    ck_assert_int_eq(ty_term_index_new(&index, NULL), TY_OK);
    add_term(index, "en", TY_SLICE("joint exercise"), 1, TY_TERM_APPROVED);
    add_term(index, "en", TY_SLICE("defense center"), 1, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("取り組み"), 2, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("派遣する"), 2, TY_TERM_APPROVED);
    ck_assert_int_eq(ty_term_index_build(index, NULL), TY_OK);
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        ty_slice text = ty_slice_of(found[i]);
        ck_assert_int_eq(ty_term_index_lookup(index, text, TY_SLICE(""), &scan, NULL), TY_OK);
        ck_assert_msg(scan.spots.count == 1, "%s: %zu", found[i], scan.spots.count);
        ck_assert_uint_eq(scan.spots.items[0].end, text.size);
    }
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        ck_assert_int_eq(ty_term_index_lookup(index, ty_slice_of(lost[i]), TY_SLICE(""), &scan, NULL), TY_OK);
        ck_assert_msg(scan.spots.count == 0, "%s", lost[i]);
    }
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
}
END_TEST

START_TEST(long_texts_are_scanned_in_pieces)
{
    ty_term_index *index = index_of(TY_SLICE("ja"), TY_SLICE("防衛大臣 / 意見交換 / 意見交換する"));
    ty_term_scan scan = {0};
    ty_buffer text = {0};
    size_t count = 20000;
    for (size_t i = 0; i < count; i++)
        ty_buffer_add_string(&text, i % 7 ? "防衛大臣が意見交換した。\n" : "\n防衛大臣が意見交換した。\n\n");
    ck_assert_int_eq(ty_term_index_scan(index, ty_buffer_slice(&text), TY_SLICE("ja"), 0, &scan, NULL),
                     TY_OK);
    ck_assert_uint_eq(scan.spots.count, 2 * count);
    for (size_t i = 0; i < scan.spots.count; i++)
        ck_assert_slice(
            ty_slice_sub(ty_buffer_slice(&text), scan.spots.items[i].start, scan.spots.items[i].end),
            i % 2 ? "意見交換した" : "防衛大臣");
    ty_buffer_release(&text);
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
}
END_TEST

START_TEST(any_bytes_can_be_scanned)
{
    ty_term_index *index =
        index_of(TY_SLICE("ja"), TY_SLICE("防衛 / U.S. / ミサイル / 12 / 取り組み / 派遣する"));
    ty_term_scan scan = {0};
    static const char *const pieces[] = {"防",   "衛", "\xE9", "\xFF", "U.", "S",        "'s", "ー", "・",
                                         "ｶ",    "ﾞ",  "1",    "十",   "二", "-",        " ",  "\n", "第",
                                         "取り", "組", "派遣", "し",   "é",  "\xCC\x81", "Ａ"};
    ty_buffer text = {0};
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        ty_buffer_clear(&text);
        for (int i = 0; i < 12; i++) {
            seed = seed * 1664525u + 1013904223u;
            ty_buffer_add_string(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
        }
        ck_assert_int_eq(
            ty_term_index_scan(index, ty_buffer_slice(&text), TY_SLICE(""), TY_TERM_NESTED, &scan, NULL),
            TY_OK);
        for (size_t i = 0; i < scan.spots.count; i++) {
            ck_assert_uint_lt(scan.spots.items[i].start, scan.spots.items[i].end);
            ck_assert_uint_le(scan.spots.items[i].end, text.size);
        }
    }
    ty_buffer_release(&text);
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
}
END_TEST

/* ------------------------------------------------------------------------------------------ cache */

/* Loading takes its bytes over: a copy of them. */
static ty_status load(ty_slice bytes, ty_term_index **out)
{
    ty_buffer copy = {0};
    ty_buffer_add(&copy, bytes);
    ty_status status = ty_term_index_load(&copy, out, NULL);
    ck_assert_ptr_null(copy.data);
    return status;
}

START_TEST(an_index_survives_as_bytes)
{
    ty_term_index *index = index_of(TY_SLICE("ja"), TY_SLICE("防衛 / U.S. / ミサイル / 取り組み / 国連")),
                  *back = NULL;
    ty_slice text = TY_SLICE("國連と防衛、U.S.のミサイル取組");
    ty_buffer bytes = {0}, one = {0}, other = {0};
    ty_term_scan scan = {0};
    ty_error error = {0};
    ck_assert_ok(ty_term_index_save(index, &bytes, &error), error);
    ck_assert_int_eq(load(ty_buffer_slice(&bytes), &back), TY_OK);
    ck_assert_int_eq(ty_term_index_scan(index, text, TY_SLICE("ja"), 0, &scan, NULL), TY_OK);
    describe(&scan, text, &one);
    ck_assert_int_eq(ty_term_index_scan(back, text, TY_SLICE("ja"), 0, &scan, NULL), TY_OK);
    describe(&scan, text, &other);
    ck_assert_slice(ty_buffer_slice(&one), "國連 / 防衛 / U.S. / ミサイル / 取組");
    ck_assert_slice(ty_buffer_slice(&other), one.data);
    ty_term_index_free(back);
    for (size_t i = 0; i < bytes.size; i += 37) {
        bytes.data[i] ^= 0x20;
        ck_assert_int_eq(load(ty_buffer_slice(&bytes), &back), TY_ERR_FORMAT);
        ck_assert_ptr_null(back);
        bytes.data[i] ^= 0x20;
        ck_assert_int_eq(load((ty_slice){bytes.data, i}, &back), TY_ERR_FORMAT);
    }
    ty_buffer_release(&bytes);
    ty_buffer_release(&one);
    ty_buffer_release(&other);
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
}
END_TEST

/* Writes them as a file of the cache: private, the image behind a page. */
static const char *cached(ty_slice bytes)
{
    enum { PAGE = 4096 };
    static const char page[PAGE];
    const char *path = ty_test_temporary("kept.terms");
    ty_slice parts[] = {{page, PAGE}, bytes};
    ck_assert(ty_cached_write(path, parts, 2));
    return path;
}

/* Terms by the thousand, so that an index has many blocks. */
static ty_term_index *large_index(void)
{
    ty_term_index *index;
    ck_assert_int_eq(ty_term_index_new(&index, NULL), TY_OK);
    for (int i = 0; i < 3000; i++) {
        char text[60];
        snprintf(text, sizeof text, "kiln%d marrow%d loom%d", i % 97, i, i % 31);
        add_term(index, "en", ty_slice_of(text), i, TY_TERM_APPROVED);
    }
    ck_assert_int_eq(ty_term_index_build(index, NULL), TY_OK);
    return index;
}

/* A mapped index is trusted block by block: a scan reads what it needs; where that is damaged it says so, and
 * damage elsewhere never changes what it finds. */
START_TEST(a_mapped_index_is_trusted_where_it_is_used)
{
    ty_term_index *index = large_index(), *back;
    ty_slice text = TY_SLICE("A kiln3 marrow100 loom7 and kiln5 marrow102 loom8, but no kiln5 marrow7.");
    ty_buffer bytes = {0}, whole = {0}, now = {0};
    ty_term_scan scan = {0}, again = {0};
    size_t met = 0, passed = 0;
    ck_assert_int_eq(ty_term_index_save(index, &bytes, NULL), TY_OK);
    ck_assert_int_eq(ty_term_index_scan(index, text, TY_SLICE("en"), 0, &scan, NULL), TY_OK);
    describe(&scan, text, &whole);
    ck_assert_int_eq(ty_term_index_map(cached(ty_buffer_slice(&bytes)), 4096, &back, NULL), TY_OK);
    ck_assert_int_eq(ty_term_index_scan(back, text, TY_SLICE("en"), 0, &again, NULL), TY_OK);
    describe(&again, text, &now);
    ck_assert_slice(ty_buffer_slice(&now), whole.data);
    ck_assert_uint_lt(ty_term_index_checked(back), bytes.size / 3);
    ck_assert(ty_term_index_trust_all(back));
    ty_term_index_free(back);

    for (size_t at = 0; at < bytes.size; at += bytes.size / 75) {
        bytes.data[at] ^= 0x20;
        const char *path = cached(ty_buffer_slice(&bytes));
        bytes.data[at] ^= 0x20;
        ty_status status = ty_term_index_map(path, 4096, &back, NULL);
        if (status == TY_OK)
            status = ty_term_index_scan(back, text, TY_SLICE("en"), 0, &again, NULL);
        ck_assert(status == TY_OK || status == TY_NO || status == TY_ERR_FORMAT);
        if (status == TY_OK) {
            describe(&again, text, &now);
            ck_assert_slice(ty_buffer_slice(&now), whole.data);
            ck_assert(!ty_term_index_is_damaged(back));
            passed++;
        }
        met += status == TY_ERR_FORMAT;
        ty_term_index_free(back);
    }
    ck_assert_uint_gt(met, 0);
    ck_assert_uint_gt(passed, 25);
    ty_buffer_release(&bytes);
    ty_buffer_release(&whole);
    ty_buffer_release(&now);
    ty_term_scan_release(&scan);
    ty_term_scan_release(&again);
    ty_term_index_free(index);
}
END_TEST

START_TEST(an_empty_index_finds_nothing)
{
    ty_term_index *index = index_of(TY_SLICE("en"), (ty_slice){NULL, 0}), *back = NULL;
    ty_buffer bytes = {0};
    ty_term_scan scan = {0};
    ck_assert_int_eq(ty_term_index_save(index, &bytes, NULL), TY_OK);
    ck_assert_int_eq(load(ty_buffer_slice(&bytes), &back), TY_OK);
    ck_assert_int_eq(ty_term_index_scan(back, TY_SLICE("防衛 12 defense"), TY_SLICE("en"), 0, &scan, NULL),
                     TY_OK);
    ck_assert_uint_eq(scan.spots.count, 0);
    ck_assert_int_eq(ty_term_index_lookup(back, TY_SLICE(""), TY_SLICE("en"), &scan, NULL), TY_OK);
    ck_assert_uint_eq(scan.spots.count, 0);
    ty_buffer_release(&bytes);
    ty_term_scan_release(&scan);
    ty_term_index_free(index);
    ty_term_index_free(back);
}
END_TEST

/* ------------------------------------------------------------------------------------------ checks */

static ty_term_index *termbase(void)
{
    static const struct {
        int concept;
        const char *lang, *text;
        ty_term_status status;
    } terms[] = {{1, "en", "Secretary of Defense", TY_TERM_APPROVED},
                 {1, "ja", "国防長官", TY_TERM_APPROVED},
                 {2, "en", "Minister of Defense", TY_TERM_APPROVED},
                 {2, "ja", "防衛大臣", TY_TERM_APPROVED},
                 {2, "ja", "大臣", TY_TERM_PROVISIONAL},
                 {2, "ja", "国防長官", TY_TERM_FORBIDDEN},
                 {3, "en", "joint training", TY_TERM_APPROVED},
                 {3, "ja", "共同訓練", TY_TERM_APPROVED},
                 {3, "ja", "合同訓練", TY_TERM_NON_STANDARD},
                 {4, "en", "Self-Defense Army", TY_TERM_FORBIDDEN},
                 {4, "en", "Self-Defense Forces", TY_TERM_APPROVED},
                 {4, "ja", "自衛隊", TY_TERM_APPROVED},
                 {5, "en", "force", TY_TERM_APPROVED},
                 {6, "en", "7th Fleet", TY_TERM_APPROVED},
                 {6, "ja", "第7艦隊", TY_TERM_APPROVED},
                 {7, "en", "deploy", TY_TERM_APPROVED},
                 {7, "ja", "派遣する", TY_TERM_APPROVED}};
    ty_term_index *index = NULL;
    ck_assert_int_eq(ty_term_index_new(&index, NULL), TY_OK);
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        add_term(index, terms[i].lang, ty_slice_of(terms[i].text), terms[i].concept, terms[i].status);
    ck_assert_int_eq(ty_term_index_build(index, NULL), TY_OK);
    return index;
}

static void describe_findings(const ty_term_index *index, ty_slice source, ty_slice target,
                              const ty_term_findings *findings, ty_buffer *out)
{
    static const char *const faults[] = {"missing", "forbidden", "avoided", "number"};
    ty_buffer_clear(out);
    for (size_t i = 0; i < findings->list.count; i++) {
        ty_term_finding finding = findings->list.items[i];
        ty_slice at = finding.source.end ? ty_slice_sub(source, finding.source.start, finding.source.end)
                                         : ty_slice_sub(target, finding.target.start, finding.target.end);
        ty_buffer_add_format(out, "%s%s %.*s", i ? "; " : "", faults[finding.fault], TY_SLICE_FORMAT(at));
        if (finding.better == UINT32_MAX)
            continue;
        ty_slice better = ty_term_index_entry(index, finding.better).text;
        ty_buffer_add_format(out, " > %.*s", TY_SLICE_FORMAT(better));
    }
}

static const char *const check_cases[][3] = {
    {"The Minister of Defense met the Secretary of Defense.", "防衛大臣は国防長官と会談した。", ""},
    {"The Minister of Defense spoke.", "大臣が述べた。", ""},
    {"The Minister of Defense spoke.", "国防長官が述べた。", "forbidden 国防長官 > 防衛大臣"},
    {"The Minister of Defense spoke.", "首相が述べた。", "missing Minister of Defense > 防衛大臣"},
    {"He spoke.", "国防長官が述べた。", ""},
    {"Joint training with the Self-Defense Forces", "自衛隊との合同訓練", "avoided 合同訓練 > 共同訓練"},
    {"Use of force.", "武力の行使", ""},
    {"On June 3, 2015, 26,000 people came at 3 p.m.", "平成27年6月3日、2万6,000人が午後3時に来た。", ""},
    {"On June 3, 2015, 26,000 people", "平成26年6月3日、二万六千人", "number 2015"},
    {"50 percent of the two countries", "両国の50％", ""},
    {"The 7th Fleet", "第七艦隊", ""},
    {"12 ships of the 7th Fleet", "第七艦隊の十二隻", ""},
    {"12 ships", "13隻", "number 13"},
    {"a C-130H and one T-4", "Ｃ－１３０輸送機１機、Ｔ４練習機1機", ""},
    {"They deploy.", "部隊の派遣", ""},
};

START_TEST(translations_are_checked)
{
    ty_term_index *index = termbase();
    ty_term_findings findings = {0};
    ty_buffer got = {0};
    for (size_t i = 0; i < sizeof check_cases / sizeof *check_cases; i++) {
        ty_slice source = ty_slice_of(check_cases[i][0]), target = ty_slice_of(check_cases[i][1]);
        ck_assert_int_eq(
            ty_term_check(index, source, TY_SLICE("en"), target, TY_SLICE("ja"), &findings, NULL), TY_OK);
        describe_findings(index, source, target, &findings, &got);
        ck_assert_slice(ty_buffer_slice(&got), check_cases[i][2]);
    }
    ck_assert_int_eq(ty_term_check(index, TY_SLICE("自衛隊は"), TY_SLICE("ja"),
                                   TY_SLICE("The Self-Defense Army"), TY_SLICE("en"), &findings, NULL),
                     TY_OK);
    describe_findings(index, TY_SLICE("自衛隊は"), TY_SLICE("The Self-Defense Army"), &findings, &got);
    ck_assert_slice(ty_buffer_slice(&got), "forbidden Self-Defense Army > Self-Defense Forces");
    ty_buffer_release(&got);
    ty_term_findings_release(&findings);
    ty_term_index_free(index);
}
END_TEST

/* English, Japanese, "source > target" of each use. */
static const char *const use_cases[][3] = {
    {"Japan agreed.", "日本は合意した。", "Japan > 日本"},
    {"Japan agreed with Japan.", "日本は我が国と合意した。", "Japan > 日本; Japan > 我が国"},
    {"Our country, Japan, agreed.", "我が国日本は合意した。", ""},
    {"A colonel of Japan", "日本の大佐", "colonel > 大佐; Japan > 日本"},
    {"Japan agreed.", "日の丸は合意した。", ""},
    {"Japan agreed.", "日本海軍は合意した。", ""},
};

START_TEST(renderings_are_told_where_they_are_certain)
{
    ty_term_index *index = NULL;
    ty_term_findings findings = {0};
    ty_term_uses uses = {0};
    ty_buffer got = {0};
    ck_assert_int_eq(ty_term_index_new(&index, NULL), TY_OK);
    add_term(index, "en", TY_SLICE("Japan"), 1, TY_TERM_APPROVED);
    add_term(index, "en", TY_SLICE("our country"), 1, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("日本"), 1, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("我が国"), 1, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("日の丸"), 1, TY_TERM_FORBIDDEN);
    add_term(index, "en", TY_SLICE("colonel"), 2, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("大佐"), 2, TY_TERM_APPROVED);
    add_term(index, "en", TY_SLICE("colonel"), 3, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("1等陸佐"), 3, TY_TERM_APPROVED);
    add_term(index, "ja", TY_SLICE("日本海軍"), 4, TY_TERM_APPROVED);
    ck_assert_int_eq(ty_term_index_build(index, NULL), TY_OK);
    for (size_t i = 0; i < sizeof use_cases / sizeof *use_cases; i++) {
        ck_assert_int_eq(ty_term_check(index, ty_slice_of(use_cases[i][0]), TY_SLICE("en"),
                                       ty_slice_of(use_cases[i][1]), TY_SLICE("ja"), &findings, NULL),
                         TY_OK);
        ck_assert_int_eq(ty_term_findings_uses(index, &findings, &uses, NULL), TY_OK);
        ty_buffer_clear(&got);
        for (size_t j = 0; j < uses.count; j++)
            ty_buffer_add_format(&got, "%s%.*s > %.*s", j ? "; " : "",
                                 TY_SLICE_FORMAT(ty_term_index_entry(index, uses.items[j].source).text),
                                 TY_SLICE_FORMAT(ty_term_index_entry(index, uses.items[j].target).text));
        ck_assert_slice(ty_buffer_slice(&got), use_cases[i][2]);
    }
    ty_buffer_release(&got);
    ty_vector_release(&uses);
    ty_term_findings_release(&findings);
    ty_term_index_free(index);
}
END_TEST

/* ------------------------------------------------------------------------------------------ extraction */

static const char *const pairs[][2] = {
    {"The Ministry of Defense announced the plan.", "防衛省は計画を発表した。"},
    {"A spokesman of the Ministry of Defense spoke on 3 June.", "防衛省の報道官が6月3日に述べた。"},
    {"Ballistic missiles were launched, the Ministry of Defense said.",
     "防衛省によると、弾道ミサイルが発射された。"},
    {"A ballistic missile fell into the sea.", "弾道ミサイルが海に落下した。"},
    {"They condemned the launch of a ballistic missile.", "弾道ミサイルの発射を非難した。"},
    {"The joint exercises begin on 4 June.", "共同訓練は6月4日に始まる。"},
    {"Joint exercises deepen trust.", "共同訓練は信頼を深める。"},
    {"He saw the ship.", "彼は船を見た。"},
};

static void count_use(void *payload, size_t found, uint32_t pair)
{
    ck_assert_uint_lt(pair, sizeof pairs / sizeof *pairs);
    ((uint32_t *)payload)[found]++;
}

START_TEST(terms_are_extracted_from_pairs)
{
    static const char *const want[][2] = {{"Ministry of Defense", "防衛省"},
                                          {"Ballistic missiles", "弾道ミサイル"},
                                          {"joint exercises", "共同訓練"}};
    ty_term_miner *miner = NULL;
    ty_terms_found found = {0};
    ck_assert_int_eq(ty_term_miner_new(TY_SLICE("en"), TY_SLICE("ja"), &miner, NULL), TY_OK);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        ck_assert_int_eq(ty_term_miner_add(miner, ty_slice_of(pairs[i][0]), ty_slice_of(pairs[i][1]), NULL),
                         TY_OK);
    ck_assert_int_eq(ty_term_miner_find(miner, 2, &found, NULL), TY_OK);
    ck_assert_uint_ge(found.count, 3);
    for (size_t i = 0; i < 3; i++) {
        size_t at = 0;
        while (at < found.count && !ty_slice_equal(found.items[at].source, ty_slice_of(want[i][0])))
            at++;
        ck_assert_msg(at < found.count, "%s", want[i][0]);
        ck_assert_slice(found.items[at].target, want[i][1]);
        ck_assert_uint_eq(found.items[at].count, i < 2 ? 3 : 2);
    }
    for (size_t i = 1; i < found.count; i++)
        ck_assert(found.items[i].score <= found.items[i - 1].score);
    uint32_t uses[16] = {0};
    ck_assert_uint_le(found.count, 16);
    ck_assert_int_eq(ty_term_miner_uses(miner, found.items, found.count, count_use, uses, NULL), TY_OK);
    for (size_t i = 0; i < found.count; i++)
        ck_assert_uint_eq(uses[i], found.items[i].count);
    ty_vector_release(&found);
    ty_term_miner_free(miner);
}
END_TEST

/* Neither a verb without its ending, nor a person with 氏, nor what is left when a counter is taken. */
START_TEST(pieces_of_words_are_not_extracted)
{
    static const char *const lines[][2] = {
        {"Press and hold the lamp button.", "灯火ボタンを長押します。長押しする。"},
        {"Hold the lamp button.", "灯火ボタンを長押しする。"},
        {"It takes 3 working days.", "3営業日かかる。"},
        {"It takes 5 working days.", "5営業日かかる。"},
        {"Mr. Nogrady spoke.", "ノグラディ氏が話した。"},
        {"Mr. Nogrady left.", "ノグラディ氏は去った。"}};
    static const char *const pieces[] = {"長押", "業日", "ノグラディ氏"};
    ty_term_miner *miner = NULL;
    ty_terms_found found = {0};
    ck_assert_int_eq(ty_term_miner_new(TY_SLICE("en"), TY_SLICE("ja"), &miner, NULL), TY_OK);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        ck_assert_int_eq(ty_term_miner_add(miner, ty_slice_of(lines[i][0]), ty_slice_of(lines[i][1]), NULL),
                         TY_OK);
    ck_assert_int_eq(ty_term_miner_find(miner, 2, &found, NULL), TY_OK);
    bool days = false;
    for (size_t i = 0; i < found.count; i++) {
        days |= ty_slice_equal(found.items[i].target, TY_SLICE("営業日"));
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++)
            ck_assert_msg(!ty_slice_equal(found.items[i].target, ty_slice_of(pieces[j])), "%s", pieces[j]);
    }
    ck_assert(days);
    ty_vector_release(&found);
    ty_term_miner_free(miner);
}
END_TEST

START_TEST(an_empty_mine_is_no_fault)
{
    ty_term_miner *miner = NULL;
    ty_terms_found found = {0};
    ck_assert_int_eq(ty_term_miner_new(TY_SLICE("ja"), TY_SLICE("en"), &miner, NULL), TY_OK);
    ck_assert_int_eq(ty_term_miner_find(miner, 2, &found, NULL), TY_OK);
    ck_assert_int_eq(ty_term_miner_add(miner, TY_SLICE(""), TY_SLICE("\xFF 1"), NULL), TY_OK);
    ck_assert_int_eq(ty_term_miner_find(miner, 2, &found, NULL), TY_OK);
    ck_assert_uint_eq(found.count, 0);
    ty_vector_release(&found);
    ty_term_miner_free(miner);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("term");
    TCase *scan = tcase_create("scan");
    tcase_add_test(scan, terms_are_found_in_running_text);
    tcase_add_test(scan, nested_terms_come_when_asked_for);
    tcase_add_test(scan, languages_are_kept_apart_and_entries_told);
    tcase_add_test(scan, whole_texts_are_looked_up);
    tcase_add_test(scan, long_texts_are_scanned_in_pieces);
    tcase_add_test(scan, any_bytes_can_be_scanned);
    suite_add_tcase(suite, scan);
    TCase *cache = tcase_create("cache");
    tcase_add_test(cache, an_index_survives_as_bytes);
    tcase_add_test(cache, a_mapped_index_is_trusted_where_it_is_used);
    tcase_add_test(cache, an_empty_index_finds_nothing);
    suite_add_tcase(suite, cache);
    TCase *check = tcase_create("check");
    tcase_add_test(check, translations_are_checked);
    tcase_add_test(check, renderings_are_told_where_they_are_certain);
    suite_add_tcase(suite, check);
    TCase *mine = tcase_create("extract");
    tcase_add_test(mine, terms_are_extracted_from_pairs);
    tcase_add_test(mine, pieces_of_words_are_not_extracted);
    tcase_add_test(mine, an_empty_mine_is_no_fault);
    suite_add_tcase(suite, mine);
    return ty_test_run(suite);
}
