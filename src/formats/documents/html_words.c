/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is no release by its words: headings of teasers, links that lead elsewhere, appeals to subscribe,
 * notes on who wrote it. Lists of phrases, a bar between; case is ignored where letters have one.
 */
#include "formats/documents/html.h"

/* ------------------------------------------------------------------------------------------ lists */

bool ty_html_is_listed(ty_slice text, const char *list)
{
    ty_slice rest = ty_slice_of(list), item;
    while (ty_slice_next(&rest, '|', &item))
        if (ty_slice_equal_nocase(text, item))
            return true;
    return false;
}

/* The size of the phrase that the text begins with, or 0. */
static size_t begins_like(ty_slice text, const char *list)
{
    ty_slice rest = ty_slice_of(list), item;
    while (ty_slice_next(&rest, '|', &item))
        if (ty_slice_equal_nocase(ty_slice_sub(text, 0, item.size), item))
            return item.size;
    return 0;
}

static bool holds_one_of(ty_slice text, const char *list)
{
    ty_slice rest = ty_slice_of(list), item;
    while (ty_slice_next(&rest, '|', &item))
        for (size_t at = 0; at + item.size <= text.size; at++)
            if (ty_slice_equal_nocase((ty_slice){text.data + at, item.size}, item))
                return true;
    return false;
}

static bool ends_like(ty_slice text, const char *list)
{
    ty_slice rest = ty_slice_of(list), item;
    while (ty_slice_next(&rest, '|', &item))
        if (ty_slice_ends(text, item))
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

/* ------------------------------------------------------------------------------------------ other pages */

/* With which a heading, or a line before links, announces other pages. */
static const char teasers[] =
    "related link|related content|related article|related stor|related news|related release|related video|"
    "related topic|other related|read next|more stories|more from|more news|more great|you may also|you "
    "might also|"
    "recommended|share this|most read|most viewed|latest news|latest from|top stories|what to read next|"
    "don't miss|don’t miss|lesen sie auch|mehr zum thema|das könnte sie auch|das könnte dich auch|das thema "
    "könnte|"
    "lea también|lee también|te puede interesar|lire aussi|à lire aussi|leggi anche|potrebbe "
    "interessarti|czytaj także|"
    "czytaj też|czytaj również|leia também|leia mais|veja também|lees ook|читайте "
    "также|関連リンク|関連記事|関連ページ|"
    "関連情報|関連する|関連ニュース|あわせて読|おすすめ|こちらもご覧|新着情報|アクセスランキング|"
    "その他の記事|この記事をシェア|"
    "相关阅读|相关新闻|相關新聞|관련 기사|관련기사";

/* With which a line of which most is a link does so; as a heading they may be part of the text. */
static const char leads[] =
    "related:|related |read more|read also|also read|see also|also see|see more|more:|watch:|more on|read:|"
    "lesen sie hier|lesen sie mehr|auch interessant|schon gelesen|lea más|lea:|dowiedz się więcej|"
    "関連：|【関連】|▶|►|≫|＞＞|>>";

bool ty_html_is_aside_heading(ty_slice text)
{
    static const char wholes[] =
        "related|comments|share|tags|latest|trending|topics|keywords|キーワード|タグ";
    text = ty_slice_trim(text);
    if (ty_slice_ends(text, TY_SLICE(":")))
        text.size--;
    return ty_html_count_characters(text) <= 40 &&
           (begins_like(text, teasers) || ty_html_is_listed(text, wholes));
}

/* "READ MORE: Ministers meet in Hanoi", where what is behind the colon is a link. */
static bool is_teaser(ty_slice line, size_t characters, size_t linked)
{
    return linked * 2 >= characters && (begins_like(line, teasers) || begins_like(line, leads));
}

/* Japanese ends a statement in kana (発出した), a title for a link in anything (共同声明). */
static bool ends_in_hiragana(ty_slice line)
{
    size_t end = line.size;
    return end && ty_char_script(ty_utf8_previous(line, &end)) == TY_SCRIPT_HIRAGANA;
}

/* "CO-FOUNDER PROUD OF ITS EMPLOYEES": a headline of elsewhere, shouted. */
static bool is_shouted(ty_slice line)
{
    size_t letters = 0;
    for (size_t i = 0; i < line.size; i++) {
        if (line.data[i] >= 'a' && line.data[i] <= 'z')
            return false;
        letters += line.data[i] >= 'A' && line.data[i] <= 'Z';
    }
    return letters >= 12 && count_words(line) >= 4;
}

static bool leads_elsewhere(ty_slice line)
{
    static const char ways[] =
        "一覧|戻る|もどる|先頭|トップ|前へ|次へ|こちら|英語|詳細|もっと|続きを|読む|見る|印刷|ダウンロード|"
        "PDF|ページ|back to|"
        "top of|click here|read more|download|print|share|skip to|view |version|subscribe|next|previous";
    size_t characters = ty_html_count_characters(line);
    if (is_shouted(line) || ends_like(line, "。|．|.|!|?|！|？") || characters >= 60)
        return is_shouted(line);
    bool telling = characters >= 10 && (ends_in_hiragana(line) || count_words(line) >= 4);
    return !telling || holds_one_of(line, ways);
}

bool ty_html_leads_elsewhere(ty_slice line, size_t characters, size_t linked)
{
    if (linked && linked == characters)
        return !begins_like(line, "http://|https://|www.") && leads_elsewhere(line);
    return linked && is_teaser(line, characters, linked);
}

/* ------------------------------------------------------------------------------------------ appeals, labels
 */

bool ty_html_is_appeal(ty_slice text)
{
    static const char appeals[] = "by subscribing|subscribe now|subscribe today|subscribe to our|sign up for "
                                  "our|sign up to receive|become a member|"
                                  "support our journalism|already a subscriber|start your free|meet your "
                                  "inbox|有料会員|会員登録|ご購読|"
                                  "購読のお申し込み|無料登録|メールマガジンの登録|この記事は有料";
    return ty_html_count_characters(text) <= 400 && holds_one_of(text, appeals);
}

bool ty_html_asks_to_follow(ty_slice text)
{
    static const char begins[] =
        "subscribe to|sign up|follow us|follow me|follow him|follow her|like us on|join our|"
        "get the latest|have a tip|have a news tip|download our|download the|stay on top|get access to";
    static const char means[] =
        "newsletter|inbox|e-mail|email|twitter|facebook|instagram|youtube|linkedin|telegram|whatsapp|"
        "forums|our channel|app now|subscription|@";
    return ty_html_count_characters(text) <= 300 && begins_like(text, begins) && holds_one_of(text, means);
}

bool ty_html_is_advert_label(ty_slice text)
{
    return ty_html_is_listed(
        ty_slice_trim(text),
        "advert|advertisement|advertisements|advertising|sponsored|anzeige|- anzeige -|werbung|publicidad|"
        "publicidade|pubblicità|publicité|reklama|広告|【広告】|［広告］|スポンサーリンク");
}

static size_t behind_digits(ty_slice text, size_t at)
{
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    return at;
}

/* "1 of 6", "Image 3 of 5": where a gallery stands. */
static bool is_count(ty_slice line)
{
    size_t at = begins_like(line, "image |photo |picture |slide |bild |foto "),
           digits = behind_digits(line, at);
    size_t of = begins_like(ty_slice_sub(line, digits, line.size), " of | von | de | z ");
    return digits > at && of && digits + of < line.size && behind_digits(line, digits + of) == line.size;
}

bool ty_html_is_control(ty_slice line)
{
    return is_count(line) ||
           ty_html_is_listed(line, "click to tweet|view full size image|load more|show more|back to top|"
                                   "skip advertisement|story continues below advertisement");
}

bool ty_html_is_imprint(ty_slice text)
{
    static const char contacts[] =
        "問合せ先|問い合わせ先|お問合せ先|連絡先|Contact|Media contact|For more information";
    static const char signs[] = "〒|所在地|copyright|©|all rights reserved|個人情報保護|プライバシーポリシー|"
                                "サイトポリシー|privacy policy|法人番号";
    return !holds_one_of(ty_slice_sub(text, 0, 60), contacts) && holds_one_of(text, signs);
}

/* ------------------------------------------------------------------------------------------ the last lines
 */

static bool is_copyright(ty_slice line)
{
    return line.size < 200 && (holds_one_of(line, "©|copyright|all rights reserved") ||
                               ty_slice_find(line, TY_SLICE("(C) "), 0) != SIZE_MAX);
}

/* Who wrote it, and how he is reached: what newsrooms put behind the text. */
static bool is_credit(ty_slice line)
{
    static const char begins[] = "tags:|filed under|reach the reporter|our standards:|"
                                 "follow us |follow me |follow him |follow her ";
    static const char holds[] =
        "can be reached at|may be reached at|follow him on|follow her on|follow me on|follow them on|"
        "is a freelance|is a staff writer|is a senior writer|is a reporter for|is a correspondent|"
        "is a contributing|is the editor and";
    return ty_html_count_characters(line) <= 400 && (begins_like(line, begins) || holds_one_of(line, holds));
}

bool ty_html_is_last_line(ty_slice line)
{
    return is_copyright(line) || is_credit(line) || ty_html_asks_to_follow(line);
}
