/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What parts of pages are called: words in id and class, styles, headings of teasers, links that lead
 * elsewhere. The lists are what agencies, newsrooms and common systems (Drupal, WordPress, GOV.UK, USWDS,
 * DNN) use.
 */
#include "formats/documents/html.h"

/* ------------------------------------------------------------------------------------------ words of names
 */

/* Two words with a blank between must follow each other in a name. */
static const char *const never_release[] = {"nav",
                                            "navi",
                                            "navbar",
                                            "navigation",
                                            "gnav",
                                            "gnavi",
                                            "globalnav",
                                            "localnav",
                                            "lnav",
                                            "lnavi",
                                            "snav",
                                            "breadcrumb",
                                            "breadcrumbs",
                                            "crumb",
                                            "crumbs",
                                            "topicpath",
                                            "pankuzu",
                                            "panlist",
                                            "footer",
                                            "pagetop",
                                            "totop",
                                            "backtotop",
                                            "sns",
                                            "share",
                                            "addthis",
                                            "addtoany",
                                            "sharedaddy",
                                            "sharing",
                                            "social",
                                            "cookie",
                                            "cookies",
                                            "consent",
                                            "gdpr",
                                            "related",
                                            "recommend",
                                            "recommended",
                                            "recommendation",
                                            "recommendations",
                                            "ranking",
                                            "comments",
                                            "disqus",
                                            "newsletter",
                                            "subscribe",
                                            "enquete",
                                            "questionnaire",
                                            "feedback",
                                            "advert",
                                            "advertisement",
                                            "ads",
                                            "ad",
                                            "sponsored",
                                            "promo",
                                            "pager",
                                            "pagination",
                                            "paging",
                                            "prevnext",
                                            "copyright",
                                            "sitemap",
                                            "skip",
                                            "modal",
                                            "popup",
                                            "page top",
                                            "to top",
                                            "read next",
                                            "read also",
                                            "also see",
                                            "see also",
                                            "more news",
                                            "more stories",
                                            "most read",
                                            "most viewed",
                                            "most popular",
                                            "prev next",
                                            "topic path",
                                            "back list",
                                            "latest news",
                                            "skiplink",
                                            "author bio",
                                            "author box",
                                            "author info",
                                            "about author",
                                            "user bio",
                                            "body bio",
                                            NULL};
static const char *const maybe_release[] = {
    "menu",   "sidebar", "toolbar",  "search",   "login",     "banner",   "tags",
    "tag",    "widget",  "paywall",  "popular",  "survey",    "trending", "promotion",
    "latest", "rating",  "breaking", "bookmark", "localnavi", "foot",     NULL};
/* These name what is beside the text only where it is of links. */
static const char *const links_only[] = {"header", "side", "print", "lang", "language", NULL};
static const char *const content[] = {"content", "contents", "maincontents", "maincontent", "main",
                                      "honbun",  "article",  "entry",        "release",     NULL};
/* "has-sidebar", "no-nav": these say of the rest of the page how it is laid out. */
static const char *const layout_words[] = {"has", "no", "with", "without", "non", "hide", NULL};

/* Letters of ASCII, in every locale. */
static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_capital(char byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_in(ty_slice word, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(word, ty_slice_of(*list)))
            return true;
    return false;
}

/* The next word of *rest; words end at what is no letter and where a capital follows a small letter. */
static bool next_word(ty_slice *rest, ty_slice *word)
{
    size_t start = 0;
    while (start < rest->size && !is_letter(rest->data[start]))
        start++;
    size_t end = start;
    while (end < rest->size && is_letter(rest->data[end]) &&
           !(end > start && is_capital(rest->data[end]) && !is_capital(rest->data[end - 1])))
        end++;
    *word = ty_slice_sub(*rest, start, end);
    *rest = ty_slice_sub(*rest, end, rest->size);
    return word->size > 0;
}

static bool is_pair_in(ty_slice before, ty_slice word, const char *const *list)
{
    char both[64];
    if (!before.size || before.size + word.size + 1 > sizeof both)
        return false;
    memcpy(both, before.data, before.size);
    both[before.size] = ' ';
    memcpy(both + before.size + 1, word.data, word.size);
    return is_in((ty_slice){both, before.size + 1 + word.size}, list);
}

/* A heading made into a name, "sharing-with-a-single-developer": it tells what is said there. */
enum { LONGEST_NAME = 4 };

static bool is_heading_name(ty_slice name)
{
    ty_slice word;
    unsigned words = 0;
    while (next_word(&name, &word))
        words++;
    return words > LONGEST_NAME;
}

/* Does one name, "article-share" or "moreNews", have a word (or two) of the list? */
static bool name_has(ty_slice name, const char *const *list)
{
    ty_slice word, before = {"", 0};
    if (is_heading_name(name))
        return false;
    while (next_word(&name, &word)) {
        if ((is_in(word, list) && !is_in(before, layout_words)) || is_pair_in(before, word, list))
            return true;
        before = word;
    }
    return false;
}

static bool next_name(ty_slice *rest, ty_slice *name)
{
    *rest = ty_slice_trim(*rest);
    size_t end = 0;
    while (end < rest->size && !strchr(" \t\r\n\f", rest->data[end]))
        end++;
    *name = ty_slice_sub(*rest, 0, end);
    *rest = ty_slice_sub(*rest, end, rest->size);
    return name->size > 0;
}

static bool names_have(const xmlNode *node, const char *const *list)
{
    ty_slice classes = ty_html_attribute(node, "class"), name;
    if (name_has(ty_html_attribute(node, "id"), list))
        return true;
    while (next_name(&classes, &name))
        if (name_has(name, list))
            return true;
    return false;
}

enum ty_html_hint ty_html_hint_of(const xmlNode *node)
{
    if (!node->properties)
        return HTML_HINT_NONE;
    if (ty_slice_equal(ty_html_attribute(node, "itemprop"), TY_SLICE("articleBody")))
        return HTML_HINT_CONTENT;
    if (names_have(node, never_release))
        return HTML_HINT_NOT;
    if (names_have(node, maybe_release))
        return HTML_HINT_MAYBE;
    if (names_have(node, links_only))
        return HTML_HINT_LINKS;
    return names_have(node, content) ? HTML_HINT_CONTENT : HTML_HINT_NONE;
}

/* ------------------------------------------------------------------------------------------ hidden */

static bool has_class(const xmlNode *node, const char *const *list)
{
    ty_slice classes = ty_html_attribute(node, "class"), name;
    while (next_name(&classes, &name))
        if (is_in(name, list))
            return true;
    return false;
}

static bool is_property(ty_slice declaration, const char *name, const char *value)
{
    size_t colon = ty_slice_find(declaration, TY_SLICE(":"), 0);
    ty_slice given = ty_slice_trim(ty_slice_sub(declaration, colon + 1, declaration.size));
    size_t size = strlen(value);
    bool whole = given.size == size || (given.size > size && strchr(" !", given.data[size]));
    return colon != SIZE_MAX && whole &&
           ty_slice_equal_nocase(ty_slice_trim(ty_slice_sub(declaration, 0, colon)), ty_slice_of(name)) &&
           ty_slice_equal_nocase(ty_slice_sub(given, 0, size), ty_slice_of(value));
}

static bool hides(ty_slice declaration)
{
    return is_property(declaration, "display", "none") || is_property(declaration, "visibility", "hidden") ||
           is_property(declaration, "visibility", "collapse") || is_property(declaration, "font-size", "0") ||
           is_property(declaration, "font-size", "0px");
}

/* "hidden md:block", "d-none d-lg-flex": hidden only where the screen is narrow. */
static bool is_shown_somewhere(const xmlNode *node)
{
    static const char *const displays[] = {"block", "flex", "inline", "grid", "table", NULL};
    ty_slice classes = ty_html_attribute(node, "class"), name;
    while (next_name(&classes, &name))
        if (name_has(name, displays) && name.size > 5)
            return true;
    return false;
}

bool ty_html_is_hidden(const xmlNode *node)
{
    static const char *const classes[] = {"sr-only",
                                          "visually-hidden",
                                          "visuallyhidden",
                                          "screen-reader-text",
                                          "screen-reader",
                                          "element-invisible",
                                          "is-hidden",
                                          "u-hidden",
                                          "offscreen",
                                          "print-only",
                                          "printonly",
                                          "u-visually-hidden",
                                          "usa-sr-only",
                                          "govuk-visually-hidden",
                                          NULL};
    static const char *const displays[] = {"hidden", "d-none", NULL};
    ty_slice style = ty_html_attribute(node, "style"), declaration;
    if (!node->properties)
        return false;
    if (ty_html_has_attribute(node, "hidden") || has_class(node, classes) ||
        ty_slice_equal_nocase(ty_html_attribute(node, "aria-hidden"), TY_SLICE("true")))
        return true;
    while (ty_slice_next(&style, ';', &declaration))
        if (hides(declaration))
            return true;
    return has_class(node, displays) && !is_shown_somewhere(node);
}

bool ty_html_is_note_class(const xmlNode *node)
{
    static const char *const words[] = {
        "footnote",          "fn",        "fnref",   "noteref",   "footnoteref",
        "footnotereference", "reference", "endnote", "footnotes", NULL};
    return names_have(node, words);
}

bool ty_html_is_for_some_screens(const xmlNode *node)
{
    static const char *const words[] = {"sp", "pc", "tb", "tab", "tablet", "mobile",     "smart", "desktop",
                                        "xs", "sm", "md", "lg",  "xl",     "responsive", NULL};
    return names_have(node, words);
}

/* ------------------------------------------------------------------------------------------ what words say
 */

static bool begins_like(ty_slice text, const char *const *list)
{
    for (; *list; list++)
        if (ty_slice_equal_nocase(ty_slice_sub(text, 0, strlen(*list)), ty_slice_of(*list)))
            return true;
    return false;
}

bool ty_html_is_aside_heading(ty_slice text)
{
    static const char *const starts[] = {"related link",       "related content",
                                         "related article",    "related stor",
                                         "related news",       "related release",
                                         "related video",      "related topic",
                                         "other related",      "read next",
                                         "more stories",       "more from",
                                         "more news",          "you may also",
                                         "recommended",        "share this",
                                         "most read",          "most viewed",
                                         "latest news",        "latest from",
                                         "関連リンク",         "関連記事",
                                         "関連ページ",         "関連情報",
                                         "関連する",           "関連ニュース",
                                         "あわせて読",         "おすすめ",
                                         "こちらもご覧",       "新着情報",
                                         "アクセスランキング", "その他の記事",
                                         "この記事をシェア",   NULL};
    static const char *const wholes[] = {"related", "comments", "share",      "tags", "latest", "trending",
                                         "topics",  "keywords", "キーワード", "タグ", NULL};
    text = ty_slice_trim(text);
    if (ty_slice_ends(text, TY_SLICE(":")))
        text.size--;
    return ty_html_count_characters(text) <= 40 && (begins_like(text, starts) || is_in(text, wholes));
}

static bool holds_one_of(ty_slice text, const char *const *list)
{
    for (; *list; list++)
        for (size_t at = 0, size = strlen(*list); at + size <= text.size; at++)
            if (ty_slice_equal_nocase((ty_slice){text.data + at, size}, ty_slice_of(*list)))
                return true;
    return false;
}

static size_t count_words(ty_slice text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.size; i++)
        words += text.data[i] != ' ' && (i == 0 || text.data[i - 1] == ' ');
    return words;
}

/* Japanese ends a statement in kana (発出した), a title for a link in anything (共同声明). */
static bool ends_in_hiragana(ty_slice line)
{
    size_t end = line.size;
    return end && ty_char_script(ty_utf8_previous(line, &end)) == TY_SCRIPT_HIRAGANA;
}

bool ty_html_leads_elsewhere(ty_slice line)
{
    static const char *const ends[] = {"。", "．", ".", "!", "?", "！", "？", NULL};
    static const char *const ways[] = {
        "一覧",  "戻る",    "もどる",  "先頭",    "トップ",     "前へ",      "次へ",     "こちら",
        "英語",  "詳細",    "もっと",  "続きを",  "読む",       "見る",      "印刷",     "ダウンロード",
        "PDF",   "ページ",  "back to", "top of",  "click here", "read more", "download", "print",
        "share", "skip to", "view ",   "version", "subscribe",  "next",      "previous", NULL};
    for (size_t i = 0; ends[i]; i++)
        if (ty_slice_ends(line, ty_slice_of(ends[i])))
            return false;
    size_t characters = ty_html_count_characters(line);
    if (characters >= 60)
        return false;
    bool telling = characters >= 10 && (ends_in_hiragana(line) || count_words(line) >= 4);
    return !telling || holds_one_of(line, ways);
}

bool ty_html_is_appeal(ty_slice text)
{
    static const char *const appeals[] = {"by subscribing",
                                          "subscribe now",
                                          "subscribe today",
                                          "subscribe to our",
                                          "sign up for our",
                                          "sign up to receive",
                                          "become a member",
                                          "support our journalism",
                                          "already a subscriber",
                                          "start your free",
                                          "有料会員",
                                          "会員登録",
                                          "ご購読",
                                          "購読のお申し込み",
                                          "無料登録",
                                          "メールマガジンの登録",
                                          "この記事は有料",
                                          NULL};
    return ty_html_count_characters(text) <= 400 && holds_one_of(text, appeals);
}

bool ty_html_is_advert_label(ty_slice text)
{
    static const char *const labels[] = {"advertisement", "advertisements", "advertising",      "sponsored",
                                         "anzeige",       "publicidad",     "publicidade",      "広告",
                                         "【広告】",      "［広告］",       "スポンサーリンク", NULL};
    for (size_t i = 0; labels[i]; i++)
        if (ty_slice_equal_nocase(ty_slice_trim(text), ty_slice_of(labels[i])))
            return true;
    return false;
}

bool ty_html_is_imprint(ty_slice text)
{
    static const char *const contacts[] = {"問合せ先", "問い合わせ先",  "お問合せ先",           "連絡先",
                                           "Contact",  "Media contact", "For more information", NULL};
    static const char *const signs[] = {"〒",
                                        "所在地",
                                        "copyright",
                                        "©",
                                        "all rights reserved",
                                        "個人情報保護",
                                        "プライバシーポリシー",
                                        "サイトポリシー",
                                        "privacy policy",
                                        "法人番号",
                                        NULL};
    return !holds_one_of(ty_slice_sub(text, 0, 60), contacts) && holds_one_of(text, signs);
}
