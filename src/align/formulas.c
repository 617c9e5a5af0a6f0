/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Set phrases by which a release says what a line is for: that the text is a translation, which one is
 * the original, that it may be printed, whom to ask, who wrote it, that it ends; or that it belongs to the
 * page. Such lines have partners of their own kind or none, so that two of different kinds at the same place
 * must not be taken for each other. Add a phrase where one is missing.
 */
#include "internal.h"

#define LINE_MAX 160 /* bytes; longer lines are text */

/* Where in the line the phrase is. */
enum {
    AT_START,
    ANYWHERE,
    OF_TITLE, /* at the start, of a line that is no sentence */
    IN_TITLE, /* anywhere, of such a line */
    AT_END,   /* at the end, of such a line */
    IN_NOTE,  /* anywhere, of a line in brackets or with the mark of a note */
    WHOLE     /* the line, without its marks */
};

typedef struct ty_formula_phrase {
    ty_line_kind kind;
    int where;
    ty_slice text; /* small letters */
} ty_formula_phrase;

#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        literal, sizeof literal - 1                                                                          \
    }

static const ty_formula_phrase phrases[] = {
    {LINE_PROVISO, AT_START, TEXT("provisional translation")},
    {LINE_PROVISO, AT_START, TEXT("tentative translation")},
    {LINE_PROVISO, AT_START, TEXT("unofficial translation")},
    {LINE_PROVISO, AT_START, TEXT("this is a provisional")},
    {LINE_PROVISO, AT_START, TEXT("this is a tentative")},
    {LINE_PROVISO, AT_START, TEXT("this is an unofficial")},
    {LINE_PROVISO, AT_START, TEXT("this is a translation")},
    {LINE_ORIGINAL, AT_START, TEXT("the original text is")},
    {LINE_ORIGINAL, AT_START, TEXT("the original is in")},
    {LINE_ORIGINAL, ANYWHERE, TEXT("text is the original")},
    {LINE_ORIGINAL, ANYWHERE, TEXT("japanese text prevails")},
    {LINE_ORIGINAL, ANYWHERE, TEXT("english text prevails")},
    {LINE_PROVISO, IN_NOTE, TEXT("translation")},
    {LINE_ORIGINAL, IN_NOTE, TEXT("original text")},
    {LINE_PROVISO, IN_NOTE, TEXT("for reference")},
    {LINE_PROVISO, AT_START, TEXT("仮訳")},
    {LINE_PROVISO, AT_START, TEXT("仮翻訳")},
    {LINE_PROVISO, AT_START, TEXT("暫定訳")},
    {LINE_PROVISO, IN_NOTE, TEXT("仮訳")},
    {LINE_PROVISO, IN_NOTE, TEXT("仮翻訳")},
    {LINE_PROVISO, IN_NOTE, TEXT("暫定訳")},
    {LINE_PROVISO, IN_NOTE, TEXT("参考訳")},
    {LINE_ORIGINAL, IN_NOTE, TEXT("正文")},
    {LINE_ORIGINAL, IN_NOTE, TEXT("原文")},
    {LINE_PROVISO, IN_NOTE, TEXT("翻訳")},
    {LINE_EMBARGO, AT_START, TEXT("for immediate release")},
    {LINE_EMBARGO, AT_START, TEXT("immediate release")},
    {LINE_EMBARGO, AT_START, TEXT("embargoed")},
    {LINE_EMBARGO, AT_START, TEXT("for release at")},
    {LINE_EMBARGO, AT_START, TEXT("即時発表")},
    {LINE_EMBARGO, AT_START, TEXT("即日発表")},
    {LINE_EMBARGO, AT_START, TEXT("即時解禁")},
    {LINE_EMBARGO, AT_START, TEXT("報道解禁")},
    {LINE_CONTACT, OF_TITLE, TEXT("contact")},
    {LINE_CONTACT, OF_TITLE, TEXT("media contact")},
    {LINE_CONTACT, OF_TITLE, TEXT("press contact")},
    {LINE_CONTACT, OF_TITLE, TEXT("point of contact")},
    {LINE_CONTACT, AT_START, TEXT("for further information")},
    {LINE_CONTACT, AT_START, TEXT("for more information")},
    {LINE_CONTACT, OF_TITLE, TEXT("inquiries")},
    {LINE_CONTACT, OF_TITLE, TEXT("enquiries")},
    {LINE_CONTACT, OF_TITLE, TEXT("tel:")},
    {LINE_CONTACT, OF_TITLE, TEXT("telephone")},
    {LINE_CONTACT, OF_TITLE, TEXT("phone:")},
    {LINE_CONTACT, OF_TITLE, TEXT("email:")},
    {LINE_CONTACT, OF_TITLE, TEXT("e-mail:")},
    {LINE_CONTACT, OF_TITLE, TEXT("お問い合わせ")},
    {LINE_CONTACT, OF_TITLE, TEXT("お問合せ")},
    {LINE_CONTACT, OF_TITLE, TEXT("問い合わせ")},
    {LINE_CONTACT, OF_TITLE, TEXT("問合せ")},
    {LINE_CONTACT, OF_TITLE, TEXT("連絡先")},
    {LINE_CONTACT, OF_TITLE, TEXT("照会先")},
    {LINE_CONTACT, OF_TITLE, TEXT("担当：")},
    {LINE_CONTACT, OF_TITLE, TEXT("電話：")},
    {LINE_CONTACT, OF_TITLE, TEXT("メール：")},
    {LINE_BYLINE, OF_TITLE, TEXT("by ")},
    {LINE_BYLINE, OF_TITLE, TEXT("story by ")},
    {LINE_BYLINE, OF_TITLE, TEXT("photo by ")},
    {LINE_BYLINE, IN_NOTE, TEXT("photo credit")},
    {LINE_BYLINE, IN_TITLE, TEXT("photo by")},
    {LINE_BYLINE, IN_TITLE, TEXT("photos by")},
    {LINE_BYLINE, IN_TITLE, TEXT("video by")},
    {LINE_BYLINE, IN_NOTE, TEXT("courtesy photo")},
    {LINE_BYLINE, IN_NOTE, TEXT("写真提供")},
    {LINE_BYLINE, IN_NOTE, TEXT("撮影")},
    {LINE_PROVISO, OF_TITLE, TEXT("translated by")},
    {LINE_PROVISO, IN_NOTE, TEXT("translated by")},
    {LINE_PROVISO, OF_TITLE, TEXT("翻訳：")},
    {LINE_PROVISO, OF_TITLE, TEXT("訳：")},
    {LINE_PROVISO, AT_START, TEXT("provisional and partial translation")},
    {LINE_BYLINE, OF_TITLE, TEXT("文：")},
    {LINE_BYLINE, OF_TITLE, TEXT("文・写真")},
    {LINE_BYLINE, OF_TITLE, TEXT("記事：")},
    {LINE_BYLINE, OF_TITLE, TEXT("写真：")},
    {LINE_FURNITURE, WHOLE, TEXT("print")},
    {LINE_FURNITURE, WHOLE, TEXT("tweet")},
    {LINE_FURNITURE, WHOLE, TEXT("share")},
    {LINE_FURNITURE, WHOLE, TEXT("like")},
    {LINE_FURNITURE, WHOLE, TEXT("japanese")},
    {LINE_FURNITURE, WHOLE, TEXT("english")},
    {LINE_FURNITURE, WHOLE, TEXT("japanese version")},
    {LINE_FURNITURE, WHOLE, TEXT("english version")},
    {LINE_FURNITURE, WHOLE, TEXT("pdf version available")},
    {LINE_FURNITURE, WHOLE, TEXT("release content")},
    {LINE_FURNITURE, WHOLE, TEXT("download")},
    {LINE_FURNITURE, WHOLE, TEXT("home")},
    {LINE_FURNITURE, WHOLE, TEXT("back")},
    {LINE_FURNITURE, WHOLE, TEXT("back to top")},
    {LINE_FURNITURE, WHOLE, TEXT("page top")},
    {LINE_FURNITURE, WHOLE, TEXT("top of page")},
    {LINE_FURNITURE, WHOLE, TEXT("site map")},
    {LINE_FURNITURE, WHOLE, TEXT("news")},
    {LINE_FURNITURE, WHOLE, TEXT("story")},
    {LINE_FURNITURE, WHOLE, TEXT("photo information")},
    {LINE_FURNITURE, WHOLE, TEXT("news info")},
    {LINE_FURNITURE, WHOLE, TEXT("related")},
    {LINE_FURNITURE, WHOLE, TEXT("menu")},
    {LINE_FURNITURE, WHOLE, TEXT("search")},
    {LINE_FURNITURE, WHOLE, TEXT("facebook")},
    {LINE_FURNITURE, WHOLE, TEXT("twitter")},
    {LINE_FURNITURE, WHOLE, TEXT("mail")},
    {LINE_FURNITURE, WHOLE, TEXT("skip to main content")},
    {LINE_FURNITURE, WHOLE, TEXT("read more")},
    {LINE_FURNITURE, WHOLE, TEXT("return to list")},
    {LINE_FURNITURE, WHOLE, TEXT("back to list")},
    {LINE_FURNITURE, WHOLE, TEXT("印刷")},
    {LINE_FURNITURE, WHOLE, TEXT("ツイート")},
    {LINE_FURNITURE, WHOLE, TEXT("シェア")},
    {LINE_FURNITURE, WHOLE, TEXT("シェアする")},
    {LINE_FURNITURE, WHOLE, TEXT("英語版")},
    {LINE_FURNITURE, WHOLE, TEXT("英語版 (english)")},
    {LINE_FURNITURE, WHOLE, TEXT("英語")},
    {LINE_FURNITURE, WHOLE, TEXT("日本語")},
    {LINE_FURNITURE, WHOLE, TEXT("日本語版")},
    {LINE_FURNITURE, WHOLE, TEXT("本文へ")},
    {LINE_FURNITURE, WHOLE, TEXT("目次")},
    {LINE_FURNITURE, WHOLE, TEXT("ホーム")},
    {LINE_FURNITURE, WHOLE, TEXT("戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("トップ")},
    {LINE_FURNITURE, WHOLE, TEXT("このページのトップへ戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("ページトップへ")},
    {LINE_FURNITURE, WHOLE, TEXT("サイトマップ")},
    {LINE_FURNITURE, WHOLE, TEXT("関連記事")},
    {LINE_FURNITURE, WHOLE, TEXT("メニュー")},
    {LINE_FURNITURE, WHOLE, TEXT("検索")},
    {LINE_FURNITURE, WHOLE, TEXT("メール")},
    {LINE_FURNITURE, WHOLE, TEXT("本文へ移動")},
    {LINE_FURNITURE, WHOLE, TEXT("言語選択")},
    {LINE_FURNITURE, WHOLE, TEXT("続きを読む")},
    {LINE_FURNITURE, WHOLE, TEXT("トップへ戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("一覧へ戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("前のページへ戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("御意見御要望")},
    {LINE_FURNITURE, WHOLE, TEXT("ご意見・ご要望")},
    {LINE_FURNITURE, WHOLE, TEXT("新着情報一覧へ戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("related information")},
    {LINE_FURNITURE, WHOLE, TEXT("related links")},
    {LINE_FURNITURE, WHOLE, TEXT("related articles")},
    {LINE_FURNITURE, WHOLE, TEXT("related documents")},
    {LINE_FURNITURE, WHOLE, TEXT("related stories")},
    {LINE_FURNITURE, WHOLE, TEXT("related pages")},
    {LINE_FURNITURE, WHOLE, TEXT("see also")},
    {LINE_FURNITURE, WHOLE, TEXT("share this page")},
    {LINE_FURNITURE, WHOLE, TEXT("share this")},
    {LINE_FURNITURE, WHOLE, TEXT("save")},
    {LINE_FURNITURE, WHOLE, TEXT("follow us")},
    {LINE_FURNITURE, WHOLE, TEXT("privacy policy")},
    {LINE_FURNITURE, WHOLE, TEXT("terms of use")},
    {LINE_FURNITURE, WHOLE, TEXT("accessibility")},
    {LINE_FURNITURE, WHOLE, TEXT("more news")},
    {LINE_FURNITURE, WHOLE, TEXT("more stories")},
    {LINE_FURNITURE, WHOLE, TEXT("latest news")},
    {LINE_FURNITURE, WHOLE, TEXT("download pdf")},
    {LINE_FURNITURE, WHOLE, TEXT("関連情報")},
    {LINE_FURNITURE, WHOLE, TEXT("関連リンク")},
    {LINE_FURNITURE, WHOLE, TEXT("関連ファイル")},
    {LINE_FURNITURE, WHOLE, TEXT("関連資料")},
    {LINE_FURNITURE, WHOLE, TEXT("関連ページ")},
    {LINE_FURNITURE, WHOLE, TEXT("関連サイト")},
    {LINE_FURNITURE, WHOLE, TEXT("印刷する")},
    {LINE_FURNITURE, WHOLE, TEXT("ページの先頭へ")},
    {LINE_FURNITURE, WHOLE, TEXT("ページの先頭へ戻る")},
    {LINE_FURNITURE, WHOLE, TEXT("このページの先頭へ")},
    {LINE_FURNITURE, WHOLE, TEXT("プライバシーポリシー")},
    {LINE_FURNITURE, WHOLE, TEXT("利用規約")},
    {LINE_FURNITURE, WHOLE, TEXT("リンク・著作権等について")},
    {LINE_FURNITURE, WHOLE, TEXT("前へ")},
    {LINE_FURNITURE, WHOLE, TEXT("次へ")},
    {LINE_FURNITURE, WHOLE, TEXT("トップページ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("return to list")},
    {LINE_FURNITURE, OF_TITLE, TEXT("back to list")},
    {LINE_FURNITURE, OF_TITLE, TEXT("back to news")},
    {LINE_FURNITURE, OF_TITLE, TEXT("back to press")},
    {LINE_FURNITURE, OF_TITLE, TEXT("home > ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("home >> ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("copyright ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("© ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("トップ > ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("ホーム > ")},
    {LINE_FURNITURE, OF_TITLE, TEXT("ホーム＞")},
    {LINE_FURNITURE, OF_TITLE, TEXT("トップ＞")},
    {LINE_FURNITURE, AT_END, TEXT("一覧へ戻る")},
    {LINE_FURNITURE, AT_END, TEXT("一覧に戻る")},
    {LINE_FURNITURE, AT_END, TEXT("ページへ戻る")},
    {LINE_FURNITURE, AT_END, TEXT("ページに戻る")},
    {LINE_FURNITURE, AT_END, TEXT("トップページ")},
    {LINE_FURNITURE, AT_END, TEXT("all rights reserved")},
};

/* What stands between the marks of a line that says that the text ends: "###", "-30-", "（以上）". */
static const ty_slice ends[] = {TEXT(""),       TEXT("end"),    TEXT("30"), TEXT("以上"), TEXT("了"),
                                TEXT("おわり"), TEXT("終わり"), TEXT("終"), TEXT("ende"), TEXT("fin")};

static bool is_mark(uint32_t c)
{
    return c == ' ' || c == 0x3000 || c == '#' || c == '*' || c == '-' || c == '=' || c == '_' || c == '.' ||
           c == '(' || c == ')' || c == '[' || c == ']' || c == 0xFF08 || c == 0xFF09 || c == 0x3002 ||
           c == 0x2013 || c == 0x2014 || c == 0x2015 || c == 0xFF0D || c == 0xFF0A || c == 0x203B;
}

static ty_slice without_marks(ty_slice line)
{
    for (size_t at = 0; line.size && is_mark(ty_utf8_next(line, &at)); at = 0)
        line = ty_slice_sub(line, at, line.size);
    for (size_t at = line.size; line.size && is_mark(ty_utf8_previous(line, &at)); at = line.size)
        line.size = at;
    return line;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* In small letters, and without the blanks of one that is set wide. */
static ty_slice lower(ty_slice line, char buffer[LINE_MAX])
{
    size_t size = 0;
    if (!ty_line_is_spread(line)) {
        for (; size < line.size; size++)
            buffer[size] = small(line.data[size]);
        return (ty_slice){buffer, size};
    }
    for (size_t at = 0; at < line.size;) {
        size_t start = at;
        bool blank = ty_char_is_space(ty_utf8_next(line, &at));
        while (start < at && !blank)
            buffer[size++] = small(line.data[start++]);
    }
    return (ty_slice){buffer, size};
}

/* Must the line begin with the phrase, and does with another character? Most do. */
static inline bool begins_otherwise(ty_slice line, const ty_formula_phrase *phrase)
{
    bool leads = phrase->where == AT_START || phrase->where == OF_TITLE || phrase->where == WHOLE;
    return leads && line.data[0] != phrase->text.data[0];
}

static bool says(ty_slice line, const ty_formula_phrase *phrase, ty_line_kind shape)
{
    ty_slice text = phrase->text;
    switch (phrase->where) {
    case AT_START: return ty_slice_starts(line, text);
    case OF_TITLE: return shape != LINE_SENTENCE && ty_slice_starts(line, text);
    case WHOLE: return ty_slice_equal(line, text);
    case IN_TITLE: return shape != LINE_SENTENCE && ty_slice_find(line, text, 0) != SIZE_MAX;
    case AT_END: return shape != LINE_SENTENCE && ty_slice_ends(line, text);
    case IN_NOTE: return shape == LINE_PAREN && ty_slice_find(line, text, 0) != SIZE_MAX;
    default: return ty_slice_find(line, text, 0) != SIZE_MAX;
    }
}

ty_line_kind ty_line_formula(ty_slice line, ty_line_kind shape)
{
    char buffer[LINE_MAX];
    if (line.size == 0 || line.size > LINE_MAX)
        return shape;
    line = without_marks(lower(line, buffer));
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (ty_slice_equal(line, ends[k]))
            return LINE_END;
    for (size_t k = 0; k < sizeof phrases / sizeof *phrases; k++)
        if (!begins_otherwise(line, &phrases[k]) && says(line, &phrases[k], shape))
            return phrases[k].kind;
    return shape;
}
