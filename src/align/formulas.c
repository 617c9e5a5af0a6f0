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
    const char *text; /* small letters */
} ty_formula_phrase;

static const ty_formula_phrase phrases[] = {
    {LINE_PROVISO, AT_START, "provisional translation"},
    {LINE_PROVISO, AT_START, "tentative translation"},
    {LINE_PROVISO, AT_START, "unofficial translation"},
    {LINE_PROVISO, AT_START, "this is a provisional"},
    {LINE_PROVISO, AT_START, "this is a tentative"},
    {LINE_PROVISO, AT_START, "this is an unofficial"},
    {LINE_PROVISO, AT_START, "this is a translation"},
    {LINE_ORIGINAL, AT_START, "the original text is"},
    {LINE_ORIGINAL, AT_START, "the original is in"},
    {LINE_ORIGINAL, ANYWHERE, "text is the original"},
    {LINE_ORIGINAL, ANYWHERE, "japanese text prevails"},
    {LINE_ORIGINAL, ANYWHERE, "english text prevails"},
    {LINE_PROVISO, IN_NOTE, "translation"},
    {LINE_ORIGINAL, IN_NOTE, "original text"},
    {LINE_PROVISO, IN_NOTE, "for reference"},
    {LINE_PROVISO, AT_START, "仮訳"},
    {LINE_PROVISO, AT_START, "仮翻訳"},
    {LINE_PROVISO, AT_START, "暫定訳"},
    {LINE_PROVISO, IN_NOTE, "仮訳"},
    {LINE_PROVISO, IN_NOTE, "仮翻訳"},
    {LINE_PROVISO, IN_NOTE, "暫定訳"},
    {LINE_PROVISO, IN_NOTE, "参考訳"},
    {LINE_ORIGINAL, IN_NOTE, "正文"},
    {LINE_ORIGINAL, IN_NOTE, "原文"},
    {LINE_PROVISO, IN_NOTE, "翻訳"},
    {LINE_EMBARGO, AT_START, "for immediate release"},
    {LINE_EMBARGO, AT_START, "immediate release"},
    {LINE_EMBARGO, AT_START, "embargoed"},
    {LINE_EMBARGO, AT_START, "for release at"},
    {LINE_EMBARGO, AT_START, "即時発表"},
    {LINE_EMBARGO, AT_START, "即日発表"},
    {LINE_EMBARGO, AT_START, "即時解禁"},
    {LINE_EMBARGO, AT_START, "報道解禁"},
    {LINE_CONTACT, OF_TITLE, "contact"},
    {LINE_CONTACT, OF_TITLE, "media contact"},
    {LINE_CONTACT, OF_TITLE, "press contact"},
    {LINE_CONTACT, OF_TITLE, "point of contact"},
    {LINE_CONTACT, AT_START, "for further information"},
    {LINE_CONTACT, AT_START, "for more information"},
    {LINE_CONTACT, OF_TITLE, "inquiries"},
    {LINE_CONTACT, OF_TITLE, "enquiries"},
    {LINE_CONTACT, OF_TITLE, "tel:"},
    {LINE_CONTACT, OF_TITLE, "telephone"},
    {LINE_CONTACT, OF_TITLE, "phone:"},
    {LINE_CONTACT, OF_TITLE, "email:"},
    {LINE_CONTACT, OF_TITLE, "e-mail:"},
    {LINE_CONTACT, OF_TITLE, "お問い合わせ"},
    {LINE_CONTACT, OF_TITLE, "お問合せ"},
    {LINE_CONTACT, OF_TITLE, "問い合わせ"},
    {LINE_CONTACT, OF_TITLE, "問合せ"},
    {LINE_CONTACT, OF_TITLE, "連絡先"},
    {LINE_CONTACT, OF_TITLE, "照会先"},
    {LINE_CONTACT, OF_TITLE, "担当："},
    {LINE_CONTACT, OF_TITLE, "電話："},
    {LINE_CONTACT, OF_TITLE, "メール："},
    {LINE_BYLINE, OF_TITLE, "by "},
    {LINE_BYLINE, OF_TITLE, "story by "},
    {LINE_BYLINE, OF_TITLE, "photo by "},
    {LINE_BYLINE, IN_NOTE, "photo credit"},
    {LINE_BYLINE, IN_TITLE, "photo by"},
    {LINE_BYLINE, IN_TITLE, "photos by"},
    {LINE_BYLINE, IN_TITLE, "video by"},
    {LINE_BYLINE, IN_NOTE, "courtesy photo"},
    {LINE_BYLINE, IN_NOTE, "写真提供"},
    {LINE_BYLINE, IN_NOTE, "撮影"},
    {LINE_PROVISO, OF_TITLE, "translated by"},
    {LINE_PROVISO, IN_NOTE, "translated by"},
    {LINE_PROVISO, OF_TITLE, "翻訳："},
    {LINE_PROVISO, OF_TITLE, "訳："},
    {LINE_PROVISO, AT_START, "provisional and partial translation"},
    {LINE_BYLINE, OF_TITLE, "文："},
    {LINE_BYLINE, OF_TITLE, "文・写真"},
    {LINE_BYLINE, OF_TITLE, "記事："},
    {LINE_BYLINE, OF_TITLE, "写真："},
    {LINE_FURNITURE, WHOLE, "print"},
    {LINE_FURNITURE, WHOLE, "tweet"},
    {LINE_FURNITURE, WHOLE, "share"},
    {LINE_FURNITURE, WHOLE, "like"},
    {LINE_FURNITURE, WHOLE, "japanese"},
    {LINE_FURNITURE, WHOLE, "english"},
    {LINE_FURNITURE, WHOLE, "japanese version"},
    {LINE_FURNITURE, WHOLE, "english version"},
    {LINE_FURNITURE, WHOLE, "pdf version available"},
    {LINE_FURNITURE, WHOLE, "release content"},
    {LINE_FURNITURE, WHOLE, "download"},
    {LINE_FURNITURE, WHOLE, "home"},
    {LINE_FURNITURE, WHOLE, "back"},
    {LINE_FURNITURE, WHOLE, "back to top"},
    {LINE_FURNITURE, WHOLE, "page top"},
    {LINE_FURNITURE, WHOLE, "top of page"},
    {LINE_FURNITURE, WHOLE, "site map"},
    {LINE_FURNITURE, WHOLE, "news"},
    {LINE_FURNITURE, WHOLE, "story"},
    {LINE_FURNITURE, WHOLE, "photo information"},
    {LINE_FURNITURE, WHOLE, "news info"},
    {LINE_FURNITURE, WHOLE, "related"},
    {LINE_FURNITURE, WHOLE, "menu"},
    {LINE_FURNITURE, WHOLE, "search"},
    {LINE_FURNITURE, WHOLE, "facebook"},
    {LINE_FURNITURE, WHOLE, "twitter"},
    {LINE_FURNITURE, WHOLE, "mail"},
    {LINE_FURNITURE, WHOLE, "skip to main content"},
    {LINE_FURNITURE, WHOLE, "read more"},
    {LINE_FURNITURE, WHOLE, "return to list"},
    {LINE_FURNITURE, WHOLE, "back to list"},
    {LINE_FURNITURE, WHOLE, "印刷"},
    {LINE_FURNITURE, WHOLE, "ツイート"},
    {LINE_FURNITURE, WHOLE, "シェア"},
    {LINE_FURNITURE, WHOLE, "シェアする"},
    {LINE_FURNITURE, WHOLE, "英語版"},
    {LINE_FURNITURE, WHOLE, "英語版 (english)"},
    {LINE_FURNITURE, WHOLE, "英語"},
    {LINE_FURNITURE, WHOLE, "日本語"},
    {LINE_FURNITURE, WHOLE, "日本語版"},
    {LINE_FURNITURE, WHOLE, "本文へ"},
    {LINE_FURNITURE, WHOLE, "目次"},
    {LINE_FURNITURE, WHOLE, "ホーム"},
    {LINE_FURNITURE, WHOLE, "戻る"},
    {LINE_FURNITURE, WHOLE, "トップ"},
    {LINE_FURNITURE, WHOLE, "このページのトップへ戻る"},
    {LINE_FURNITURE, WHOLE, "ページトップへ"},
    {LINE_FURNITURE, WHOLE, "サイトマップ"},
    {LINE_FURNITURE, WHOLE, "関連記事"},
    {LINE_FURNITURE, WHOLE, "メニュー"},
    {LINE_FURNITURE, WHOLE, "検索"},
    {LINE_FURNITURE, WHOLE, "メール"},
    {LINE_FURNITURE, WHOLE, "本文へ移動"},
    {LINE_FURNITURE, WHOLE, "言語選択"},
    {LINE_FURNITURE, WHOLE, "続きを読む"},
    {LINE_FURNITURE, WHOLE, "トップへ戻る"},
    {LINE_FURNITURE, WHOLE, "一覧へ戻る"},
    {LINE_FURNITURE, WHOLE, "前のページへ戻る"},
    {LINE_FURNITURE, WHOLE, "御意見御要望"},
    {LINE_FURNITURE, WHOLE, "ご意見・ご要望"},
    {LINE_FURNITURE, WHOLE, "新着情報一覧へ戻る"},
    {LINE_FURNITURE, WHOLE, "related information"},
    {LINE_FURNITURE, WHOLE, "related links"},
    {LINE_FURNITURE, WHOLE, "related articles"},
    {LINE_FURNITURE, WHOLE, "related documents"},
    {LINE_FURNITURE, WHOLE, "related stories"},
    {LINE_FURNITURE, WHOLE, "related pages"},
    {LINE_FURNITURE, WHOLE, "see also"},
    {LINE_FURNITURE, WHOLE, "share this page"},
    {LINE_FURNITURE, WHOLE, "share this"},
    {LINE_FURNITURE, WHOLE, "save"},
    {LINE_FURNITURE, WHOLE, "follow us"},
    {LINE_FURNITURE, WHOLE, "privacy policy"},
    {LINE_FURNITURE, WHOLE, "terms of use"},
    {LINE_FURNITURE, WHOLE, "accessibility"},
    {LINE_FURNITURE, WHOLE, "more news"},
    {LINE_FURNITURE, WHOLE, "more stories"},
    {LINE_FURNITURE, WHOLE, "latest news"},
    {LINE_FURNITURE, WHOLE, "download pdf"},
    {LINE_FURNITURE, WHOLE, "関連情報"},
    {LINE_FURNITURE, WHOLE, "関連リンク"},
    {LINE_FURNITURE, WHOLE, "関連ファイル"},
    {LINE_FURNITURE, WHOLE, "関連資料"},
    {LINE_FURNITURE, WHOLE, "関連ページ"},
    {LINE_FURNITURE, WHOLE, "関連サイト"},
    {LINE_FURNITURE, WHOLE, "印刷する"},
    {LINE_FURNITURE, WHOLE, "ページの先頭へ"},
    {LINE_FURNITURE, WHOLE, "ページの先頭へ戻る"},
    {LINE_FURNITURE, WHOLE, "このページの先頭へ"},
    {LINE_FURNITURE, WHOLE, "プライバシーポリシー"},
    {LINE_FURNITURE, WHOLE, "利用規約"},
    {LINE_FURNITURE, WHOLE, "リンク・著作権等について"},
    {LINE_FURNITURE, WHOLE, "前へ"},
    {LINE_FURNITURE, WHOLE, "次へ"},
    {LINE_FURNITURE, WHOLE, "トップページ"},
    {LINE_FURNITURE, OF_TITLE, "return to list"},
    {LINE_FURNITURE, OF_TITLE, "back to list"},
    {LINE_FURNITURE, OF_TITLE, "back to news"},
    {LINE_FURNITURE, OF_TITLE, "back to press"},
    {LINE_FURNITURE, OF_TITLE, "home > "},
    {LINE_FURNITURE, OF_TITLE, "home >> "},
    {LINE_FURNITURE, OF_TITLE, "copyright "},
    {LINE_FURNITURE, OF_TITLE, "© "},
    {LINE_FURNITURE, OF_TITLE, "トップ > "},
    {LINE_FURNITURE, OF_TITLE, "ホーム > "},
    {LINE_FURNITURE, OF_TITLE, "ホーム＞"},
    {LINE_FURNITURE, OF_TITLE, "トップ＞"},
    {LINE_FURNITURE, AT_END, "一覧へ戻る"},
    {LINE_FURNITURE, AT_END, "一覧に戻る"},
    {LINE_FURNITURE, AT_END, "ページへ戻る"},
    {LINE_FURNITURE, AT_END, "ページに戻る"},
    {LINE_FURNITURE, AT_END, "トップページ"},
    {LINE_FURNITURE, AT_END, "all rights reserved"},
};

/* What stands between the marks of a line that says that the text ends: "###", "-30-", "（以上）". */
static const char *const ends[] = {"", "end", "30", "以上", "了", "おわり", "終わり", "終", "ende", "fin"};

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

static bool says(ty_slice line, const ty_formula_phrase *phrase, ty_line_kind shape)
{
    ty_slice text = ty_slice_of(phrase->text);
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
        if (ty_slice_equal(line, ty_slice_of(ends[k])))
            return LINE_END;
    for (size_t k = 0; k < sizeof phrases / sizeof *phrases; k++)
        if (says(line, &phrases[k], shape))
            return phrases[k].kind;
    return shape;
}
