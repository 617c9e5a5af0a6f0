/* SPDX-License-Identifier: Apache-2.0 */
/* What the name of a column says, in the words of UTX, CAT tools and spreadsheets people make. */
#include "formats/table/table.h"

static const struct {
    const char *name;
    enum column_role role;
} roles[] = {
    {"pos", COLUMN_POS},
    {"part of speech", COLUMN_POS},
    {"partofspeech", COLUMN_POS},
    {"品詞", COLUMN_POS},
    {"term status", COLUMN_STATUS},
    {"status", COLUMN_STATUS},
    {"usage status", COLUMN_STATUS},
    {"状態", COLUMN_STATUS},
    {"ステータス", COLUMN_STATUS},
    {"使用可否", COLUMN_STATUS},
    {"可否", COLUMN_STATUS},
    {"使用区分", COLUMN_STATUS},
    {"approval", COLUMN_STATUS},
    {"approval status", COLUMN_STATUS},
    {"usage", COLUMN_STATUS},
    {"concept id", COLUMN_ID},
    {"conceptid", COLUMN_ID},
    {"entry id", COLUMN_ID},
    {"id", COLUMN_ID},
    {"tuid", COLUMN_ID},
    {"key", COLUMN_ID},
    {"identifier", COLUMN_ID},
    {"string id", COLUMN_ID},
    {"用語id", COLUMN_ID},
    {"subject", COLUMN_SUBJECT},
    {"subject field", COLUMN_SUBJECT},
    {"subjectfield", COLUMN_SUBJECT},
    {"concept subject", COLUMN_SUBJECT},
    {"domain", COLUMN_SUBJECT},
    {"category", COLUMN_SUBJECT},
    {"entry subject", COLUMN_SUBJECT},
    {"分野", COLUMN_SUBJECT},
    {"カテゴリ", COLUMN_SUBJECT},
    {"カテゴリー", COLUMN_SUBJECT},
    {"分類", COLUMN_SUBJECT},
    {"organisation", COLUMN_ORGANISATION},
    {"organization", COLUMN_ORGANISATION},
    {"customer", COLUMN_ORGANISATION},
    {"client", COLUMN_ORGANISATION},
    {"組織", COLUMN_ORGANISATION},
    {"comment", COLUMN_COMMENT},
    {"comments", COLUMN_COMMENT},
    {"note", COLUMN_COMMENT},
    {"notes", COLUMN_COMMENT},
    {"remark", COLUMN_COMMENT},
    {"remarks", COLUMN_COMMENT},
    {"entry note", COLUMN_COMMENT},
    {"備考", COLUMN_COMMENT},
    {"注記", COLUMN_COMMENT},
    {"注釈", COLUMN_COMMENT},
    {"コメント", COLUMN_COMMENT},
    {"メモ", COLUMN_COMMENT},
    {"definition", COLUMN_DEFINITION},
    {"def", COLUMN_DEFINITION},
    {"description", COLUMN_DEFINITION},
    {"concept definition", COLUMN_DEFINITION},
    {"定義", COLUMN_DEFINITION},
    {"説明", COLUMN_DEFINITION},
    {"意味", COLUMN_DEFINITION},
    {"concept note", COLUMN_CONCEPT_NOTE},
    {"concept source", COLUMN_CONCEPT_SOURCE},
    {"出典", COLUMN_SOURCE},
    {"reference", COLUMN_SOURCE},
    {"date", COLUMN_DATE},
    {"source date", COLUMN_DATE},
    {"confidence", COLUMN_CONFIDENCE},
    {"score", COLUMN_CONFIDENCE},
    {"lang", COLUMN_LANG},
    {"language", COLUMN_LANG},
    {"locale", COLUMN_LANG},
    {"言語", COLUMN_LANG},
    {"forbidden", COLUMN_FORBIDDEN},
    {"is forbidden", COLUMN_FORBIDDEN},
    {"do not use", COLUMN_FORBIDDEN},
    {"使用禁止", COLUMN_FORBIDDEN},
    {"禁止", COLUMN_FORBIDDEN},
    {"fuzzy", COLUMN_FUZZY},
    {"needs review", COLUMN_FUZZY},
    {"no.", COLUMN_NUMBER},
    {"no", COLUMN_NUMBER},
    {"#", COLUMN_NUMBER},
    {"番号", COLUMN_NUMBER},
    {"項番", COLUMN_NUMBER},
    {"通番", COLUMN_NUMBER},
    {TY_ROW_MEMORY, COLUMN_IDENTITY},
    {TY_ROW_UNIT, COLUMN_IDENTITY},
    {TY_ROW_STATE, COLUMN_IDENTITY},
    {TY_TABLE_CODES, COLUMN_CODES},
};

static bool is_any(ty_slice name, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(name, ty_slice_of(*list)))
            return true;
    return false;
}

/* '_' is a blank: "part_of_speech". */
static bool is_role_name(ty_slice name, const char *role)
{
    size_t size = strlen(role);
    for (size_t i = 0; i < size && name.size == size; i++) {
        char c = name.data[i] == '_' ? ' ' : name.data[i];
        if (!ty_slice_equal_nocase((ty_slice){&c, 1}, (ty_slice){role + i, 1}))
            return false;
    }
    return name.size == size;
}

enum column_role ty_columns_role_of(ty_slice name)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (is_role_name(name, roles[i].name))
            return roles[i].role;
    return COLUMN_OTHER;
}

static bool is_term_word(ty_slice name);

/* "source_phrase", "Target term": one of the words, and what a text is called. */
static bool begins_with_any(ty_slice name, const char *const *words)
{
    for (; *words; words++) {
        size_t size = strlen(*words);
        bool apart = name.size > size + 1 && memchr(" _-:", name.data[size], 4);
        if (apart && ty_slice_equal_nocase(ty_slice_sub(name, 0, size), ty_slice_of(*words)) &&
            is_term_word(ty_slice_sub(name, size + 1, name.size)))
            return true;
    }
    return false;
}

bool ty_columns_name_source(ty_slice name)
{
    static const char *const names[] = {"src", "原文", "原語", "msgid", "original", "見出し語", NULL};
    static const char *const words[] = {"source", "src", "original", NULL};
    return is_any(name, names) || begins_with_any(name, words);
}

bool ty_columns_name_source_or_not(ty_slice name)
{
    static const char *const names[] = {"source", "term", "用語", "word", "単語", NULL};
    return is_any(name, names);
}

bool ty_columns_name_target(ty_slice name)
{
    static const char *const names[] = {"tgt",  "target", "translation", "msgstr", "訳文",
                                        "訳語", "訳",     "対訳",        "翻訳",   NULL};
    static const char *const words[] = {"target", "tgt", "translated", "translation", NULL};
    return is_any(name, names) || begins_with_any(name, words);
}

/* What may stand beside a language where a column has its terms or texts. */
static bool is_term_word(ty_slice name)
{
    static const char *const names[] = {
        "term",     "terms",       "text",       "word",       "name",        "segment", "source",
        "target",   "translation", "string",     "value",      "用語",        "名称",    "名",
        "表記",     "訳",          "訳語",       "訳文",       "原文",        "原語",    "語",
        "単語",     "文",          "テキスト",   "entry",      "terminology", "phrase",  "expression",
        "sentence", "wording",     "vocabulary", "equivalent", "見出し語",    "語句",    NULL};
    return is_any(name, names);
}

/* ------------------------------------------------------------------------------------------ two parts */

/* "Term (en)", "Description [ja]", "用語（英）": what stands before brackets and what in them. */
static bool split_brackets(ty_slice name, ty_slice *outer, ty_slice *inner)
{
    static const char *const brackets[][2] = {{"(", ")"},   {"[", "]"},   {"（", "）"},
                                              {"［", "］"}, {"【", "】"}, {"<", ">"}};
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        ty_slice open = ty_slice_of(brackets[i][0]), close = ty_slice_of(brackets[i][1]);
        size_t at = ty_slice_find(name, open, 0);
        if (at == SIZE_MAX || !ty_slice_ends(name, close) || at + open.size > name.size - close.size)
            continue;
        *outer = ty_slice_trim(ty_slice_sub(name, 0, at));
        *inner = ty_slice_trim(ty_slice_sub(name, at + open.size, name.size - close.size));
        return true;
    }
    return false;
}

/* "英訳", "日本語名称", "英語用語名": a language and words for what it is, in one. */
static bool split_japanese(ty_slice name, ty_slice *lang)
{
    static const char *const endings[] = {"名称",     "用語", "表記", "訳語", "訳文", "原文",
                                          "テキスト", "訳",   "名",   "語",   "文",   NULL};
    for (size_t i = 0; endings[i]; i++) {
        ty_slice ending = ty_slice_of(endings[i]);
        if (name.size <= ending.size || !ty_slice_ends(name, ending))
            continue;
        ty_slice before = ty_slice_sub(name, 0, name.size - ending.size);
        *lang = ty_columns_language_of(before);
        if (lang->size || split_japanese(before, lang))
            return true;
    }
    return false;
}

/* Words that are codes of languages too, but not where they stand between blanks: "is approved", "Term no".
 */
static bool is_also_a_word(ty_slice name)
{
    static const char *const words[] = {"id", "no", "is", "it", "my", "he", "la", "ta", "hi", NULL};
    return is_any(name, words);
}

static ty_slice language_beside(ty_slice part, char separator)
{
    bool word = separator == ' ' && is_also_a_word(part);
    return word ? (ty_slice){"", 0} : ty_columns_language_of(part);
}

/* "ja:pos", "English_Def", "Term_en", "English term", "Term: English". */
static bool split_parts(ty_slice name, ty_slice *lang, ty_slice *base)
{
    static const char separators[] = ":_/ -";
    for (const char *separator = separators; *separator; separator++)
        for (size_t at = 0; at < name.size; at++) {
            if (name.data[at] != *separator)
                continue;
            ty_slice left = ty_slice_trim(ty_slice_sub(name, 0, at));
            ty_slice right = ty_slice_trim(ty_slice_sub(name, at + 1, name.size));
            bool first = (*lang = language_beside(left, *separator)).size > 0;
            if (!first)
                *lang = language_beside(right, *separator);
            *base = first ? right : left;
            if (lang->size && base->size)
                return true;
        }
    return false;
}

/* ------------------------------------------------------------------------------------------ the whole */

/* "English (United States)" is en-US: kept in `scratch`. */
static ty_slice with_region(ty_slice lang, ty_slice region, struct column_name *out)
{
    char buffer[16];
    ty_slice primary = ty_lang_primary(lang, buffer);
    size_t size = primary.size + 1 + region.size;
    if (size >= sizeof out->scratch)
        return lang;
    memcpy(out->scratch, primary.data, primary.size);
    out->scratch[primary.size] = '-';
    memcpy(out->scratch + primary.size + 1, region.data, region.size);
    return (ty_slice){out->scratch, size};
}

static void of_two(struct column_name *out, ty_slice lang, ty_slice base)
{
    ty_slice region = ty_table_region_of(base);
    out->lang = region.size ? with_region(lang, region, out) : lang;
    out->base = base;
    bool twice = ty_lang_same(ty_columns_language_of(base), lang); /* "English 英語" */
    out->role = region.size || twice || is_term_word(base) ? COLUMN_TERM : ty_columns_role_of(base);
    out->beside = out->role != COLUMN_TERM;
}

static bool of_brackets(struct column_name *out, ty_slice name)
{
    ty_slice outer, inner;
    if (!split_brackets(name, &outer, &inner))
        return false;
    ty_slice one = ty_columns_language_of(outer), other = ty_columns_language_of(inner);
    if (one.size && other.size)
        of_two(out, one, TY_SLICE("term"));
    else if (one.size)
        of_two(out, one, inner);
    else if (other.size)
        of_two(out, other, outer);
    else
        ty_columns_read_name(outer, out); /* "Notes (optional)", "English term (required)" */
    return one.size || other.size || out->role != COLUMN_OTHER;
}

void ty_columns_read_name(ty_slice name, struct column_name *out)
{
    ty_slice lang, base;
    *out = (struct column_name){.role = ty_columns_role_of(name), .lang = {"", 0}, .base = name};
    if (out->role != COLUMN_OTHER)
        return;
    if ((lang = ty_columns_language_of(name)).size || split_japanese(name, &lang)) {
        of_two(out, lang, TY_SLICE("term"));
        return;
    }
    if (ty_slice_starts(name, TY_SLICE("term:")) && name.size > 5) { /* UTX 1.20: any tag */
        of_two(out, ty_slice_sub(name, 5, name.size), TY_SLICE("term"));
        return;
    }
    if (of_brackets(out, name))
        return;
    *out = (struct column_name){.role = COLUMN_OTHER, .lang = {"", 0}, .base = name};
    if (split_parts(name, &lang, &base))
        of_two(out, lang, base);
}
