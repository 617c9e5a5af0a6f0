/* SPDX-License-Identifier: Apache-2.0 */
/* Languages as people write them at the head of a column. */
#include "formats/table/table.h"

/* Codes of ISO 639-1 that are in use, with names in English, Japanese and the language itself. */
static const struct {
    const char *tag, *names[6];
} languages[] = {
    {"en", {"english", "英語", "英文", "英", "ingles", NULL}},
    {"ja", {"japanese", "日本語", "和文", "邦文", "和", "日"}},
    {"de", {"german", "ドイツ語", "独語", "独文", "deutsch", "独"}},
    {"fr", {"french", "フランス語", "仏語", "仏文", "français", "仏"}},
    {"es", {"spanish", "スペイン語", "西語", "español", NULL}},
    {"it", {"italian", "イタリア語", "伊語", "italiano", NULL}},
    {"pt", {"portuguese", "ポルトガル語", "português", NULL}},
    {"nl", {"dutch", "オランダ語", "蘭語", "nederlands", NULL}},
    {"ko", {"korean", "韓国語", "朝鮮語", "한국어", "韓", NULL}},
    {"zh", {"chinese", "中国語", "中文", "漢語", "中", NULL}},
    {"ru", {"russian", "ロシア語", "露語", "露文", "русский", "露"}},
    {"uk", {"ukrainian", "ウクライナ語", "українська", NULL}},
    {"pl", {"polish", "ポーランド語", "polski", NULL}},
    {"cs", {"czech", "チェコ語", "čeština", NULL}},
    {"sk", {"slovak", "スロバキア語", "slovenčina", NULL}},
    {"hu", {"hungarian", "ハンガリー語", "magyar", NULL}},
    {"ro", {"romanian", "ルーマニア語", "română", NULL}},
    {"bg", {"bulgarian", "ブルガリア語", "български", NULL}},
    {"el", {"greek", "ギリシャ語", "ελληνικά", NULL}},
    {"tr", {"turkish", "トルコ語", "türkçe", NULL}},
    {"ar", {"arabic", "アラビア語", "العربية", NULL}},
    {"he", {"hebrew", "ヘブライ語", "עברית", NULL}},
    {"fa", {"persian", "ペルシャ語", "farsi", NULL}},
    {"hi", {"hindi", "ヒンディー語", NULL}},
    {"th", {"thai", "タイ語", "ไทย", NULL}},
    {"vi", {"vietnamese", "ベトナム語", "tiếng việt", NULL}},
    {"id", {"indonesian", "インドネシア語", "bahasa indonesia", NULL}},
    {"ms", {"malay", "マレー語", NULL}},
    {"tl", {"tagalog", "タガログ語", "filipino", NULL}},
    {"sv", {"swedish", "スウェーデン語", "svenska", NULL}},
    {"da", {"danish", "デンマーク語", "dansk", NULL}},
    {"nb", {"norwegian", "ノルウェー語", "norsk", NULL}},
    {"no", {NULL}},
    {"nn", {NULL}},
    {"fi", {"finnish", "フィンランド語", "suomi", NULL}},
    {"et", {"estonian", "エストニア語", "eesti", NULL}},
    {"lv", {"latvian", "ラトビア語", NULL}},
    {"lt", {"lithuanian", "リトアニア語", NULL}},
    {"hr", {"croatian", "クロアチア語", "hrvatski", NULL}},
    {"sr", {"serbian", "セルビア語", NULL}},
    {"sl", {"slovenian", "slovene", "スロベニア語", NULL}},
    {"ca", {"catalan", "カタルーニャ語", "català", NULL}},
    {"eu", {"basque", NULL}},
    {"gl", {"galician", NULL}},
    {"ga", {"irish", NULL}},
    {"cy", {"welsh", NULL}},
    {"is", {"icelandic", "アイスランド語", NULL}},
    {"la", {"latin", "ラテン語", NULL}},
    {"mn", {"mongolian", "モンゴル語", NULL}},
    {"my", {"burmese", "ビルマ語", NULL}},
    {"km", {"khmer", "クメール語", NULL}},
    {"ur", {"urdu", NULL}},
    {"bn", {"bengali", NULL}},
    {"ta", {"tamil", NULL}},
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

/* Codes that are written for a language, and are none of its own: those of countries, and of ISO 639-2. */
static const struct {
    const char *code, *tag;
} wrong_codes[] = {{"jp", "ja"},  {"jpn", "ja"}, {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"},
                   {"fre", "fr"}, {"spa", "es"}, {"ita", "it"}, {"kor", "ko"}, {"kr", "ko"},  {"zho", "zh"},
                   {"chi", "zh"}, {"cn", "zh"},  {"rus", "ru"}, {"por", "pt"}};

static const struct {
    const char *name, *code;
} regions[] = {{"united states", "US"},
               {"us", "US"},
               {"usa", "US"},
               {"米国", "US"},
               {"アメリカ", "US"},
               {"united kingdom", "GB"},
               {"uk", "GB"},
               {"gb", "GB"},
               {"great britain", "GB"},
               {"英国", "GB"},
               {"イギリス", "GB"},
               {"japan", "JP"},
               {"jp", "JP"},
               {"日本", "JP"},
               {"australia", "AU"},
               {"canada", "CA"},
               {"germany", "DE"},
               {"france", "FR"},
               {"spain", "ES"},
               {"brazil", "BR"},
               {"portugal", "PT"},
               {"china", "CN"},
               {"prc", "CN"},
               {"中国", "CN"},
               {"taiwan", "TW"},
               {"台湾", "TW"},
               {"hong kong", "HK"},
               {"simplified", "Hans"},
               {"簡体字", "Hans"},
               {"簡体", "Hans"},
               {"traditional", "Hant"},
               {"繁体字", "Hant"},
               {"繁体", "Hant"},
               {"korea", "KR"},
               {"italy", "IT"},
               {"netherlands", "NL"},
               {"switzerland", "CH"},
               {"austria", "AT"},
               {"mexico", "MX"}};

static ty_slice nothing(void)
{
    return (ty_slice){"", 0};
}

bool ty_table_is_language_code(ty_slice tag)
{
    char buffer[16];
    ty_slice primary = ty_lang_primary(tag, buffer);
    for (size_t i = 0; i < LANGUAGES; i++)
        if (ty_slice_equal(primary, ty_slice_of(languages[i].tag)))
            return true;
    return false;
}

static bool is_script(ty_slice subtag)
{
    static const char *const scripts[] = {"Hans", "Hant", "Latn", "Cyrl", "Arab", "Jpan", "Kore"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (ty_slice_equal_nocase(subtag, ty_slice_of(scripts[i])))
            return true;
    return false;
}

static bool is_upper(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z')
            return false;
    return true;
}

/*
 * What stands behind the language is a script or a region. "col_text", "str_id", "id_no" name columns, though
 * col, str and id are languages: behind such a one a region is written as such, in capitals.
 */
static bool is_region_or_script(ty_slice subtag, ty_slice primary)
{
    bool capitals = primary.size == 3 || ty_slice_equal(primary, TY_SLICE("id"));
    bool digits = subtag.size == 3 && subtag.data[0] >= '0' && subtag.data[0] <= '9';
    return is_script(subtag) || digits || (subtag.size == 2 && (!capitals || is_upper(subtag)));
}

/* "en", "ja_JP", "zh-Hans", "fil-PH"; a language of two letters is one that we know. */
static bool is_tag(ty_slice name)
{
    char buffer[16], hyphened[16];
    ty_slice primary = ty_lang_primary(name, buffer), subtag;
    bool alone = name.size == primary.size;
    if (name.size > 12 || (primary.size == 3 && alone))
        return false;
    char separator = name.size && memchr(name.data, '_', name.size) ? '_' : '-';
    ty_slice rest = name;
    ty_slice_next(&rest, separator, &subtag); /* the language: "jpn" is `primary` "ja" */
    while (ty_slice_next(&rest, separator, &subtag))
        if (!is_region_or_script(subtag, primary))
            return false;
    if (!(primary.size == 2 ? ty_table_is_language_code(name) : primary.size == 3))
        return false;
    for (size_t i = 0; i < name.size; i++)
        hyphened[i] = name.data[i] == '_' ? '-' : name.data[i];
    return ty_lang_is_valid((ty_slice){hyphened, name.size});
}

/* "JA-01" of Wordfast is Japanese of no region. */
static ty_slice mended(ty_slice name)
{
    char buffer[16];
    ty_slice primary = ty_lang_primary(name, buffer), rest = ty_slice_sub(name, primary.size, name.size);
    bool numbered = rest.size == 3 && rest.data[1] >= '0' && rest.data[1] <= '9';
    for (size_t i = 0; (numbered || !rest.size) && i < LANGUAGES; i++)
        if (rest.size && ty_slice_equal(primary, ty_slice_of(languages[i].tag)))
            return ty_slice_of(languages[i].tag);
    for (size_t i = 0; !rest.size && i < sizeof wrong_codes / sizeof *wrong_codes; i++)
        if (ty_slice_equal(primary, ty_slice_of(wrong_codes[i].code)))
            return ty_slice_of(wrong_codes[i].tag);
    return nothing();
}

static ty_slice named(ty_slice name)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        for (size_t k = 0; k < 6 && languages[i].names[k]; k++)
            if (ty_slice_equal_nocase(name, ty_slice_of(languages[i].names[k])))
                return ty_slice_of(languages[i].tag);
    return nothing();
}

ty_slice ty_columns_language_of(ty_slice name)
{
    ty_slice tag = named(name);
    if (!tag.size)
        tag = is_tag(name) ? name : mended(name);
    return tag;
}

ty_slice ty_table_region_of(ty_slice name)
{
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (ty_slice_equal_nocase(name, ty_slice_of(regions[i].name)))
            return ty_slice_of(regions[i].code);
    return nothing();
}
