/*
 * guess - the language of a text: by script, Japanese from Chinese by kana and by characters, the Latin ones
 * by their most frequent words.
 */
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/internal.h"

enum { GUESS_BYTES = 65536 };

typedef struct script_counts {
    size_t kana, han, chinese, latin, hangul;
    size_t other, other_script[USCRIPT_CODE_LIMIT];
} script_counts;

/*
 * Frequent in Chinese, rare in today's Japanese: pronouns and particles, and forms that Japan replaced in
 * 1946-49 or China in 1956-64.
 */
static bool is_chinese(uint32_t c)
{
    static const char characters[] = "是了我你他她们們这這那說说吗嗎呢吧没沒还還會为於對对國發发來實实從从"
                                     "關关經经總总體變讓让东书业严丰临举义习乡买争亏产亲仅仪价优伤传伦伪军"
                                     "农务动劳势华单卫历压县听员问间闻队阳阴陆际险难领题风飞马鱼鸟齐龙龟";
    char bytes[4];
    ty_slice wanted = {bytes, utf8_put(bytes, c)};
    return ty_slice_find(ty_slice_of(characters), wanted, 0) != SIZE_MAX;
}

static void count_character(script_counts *counts, uint32_t c)
{
    switch (ty_char_script(c)) {
    case TY_SCRIPT_HIRAGANA:
    case TY_SCRIPT_KATAKANA: counts->kana++; return;
    case TY_SCRIPT_HAN:
        counts->han++;
        counts->chinese += is_chinese(c);
        return;
    case TY_SCRIPT_LATIN: counts->latin++; return;
    case TY_SCRIPT_HANGUL: counts->hangul++; return;
    case TY_SCRIPT_OTHER: break;
    }
    if (!ty_char_is_letter(c)) return;
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)c, &status);
    if (U_FAILURE(status) || script <= USCRIPT_INHERITED || script >= USCRIPT_CODE_LIMIT) return;
    counts->other++;
    counts->other_script[script]++;
}

/* ------------------------------------------------------------------------------------------ Latin */

typedef struct latin_language {
    const char *code;
    const char *words; /* between blanks */
} latin_language;

static const latin_language latin_languages[] = {
    {"en", " the of and to is that was for with are this be by not from have has it he she they we you which "
           "will would were been at or an his their its can could there who what about when minister "},
    {"de", " der die das und ist nicht ein eine einer eines zu mit auf von den dem des sich für im auch wird "
           "werden wurde sind war als nach bei aus daß dass hat haben wir ich sie oder zum zur über "},
    {"fr",
     " le la les des est et une un du dans que qui pour pas sur avec ce cette sont par plus au aux nous "
     "vous il elle ils été être ont mais ou où leur leurs "},
    {"es", " el la los las es y una un del que en por para con no se su sus al lo como más pero fue son está "
           "este esta ha han ser también muy "},
    {"it", " il lo la gli le è e una un del della dei che di in per con non si sono come più ma anche questo "
           "questa nel nella alla al ha hanno "},
    {"pt",
     " o a os as é e uma um do da dos das que em por para com não se no na ao como mais mas foi são está "
     "este esta também "},
    {"nl", " de het een en is van in dat niet op te zijn voor met die aan er ook als maar om door wordt werd "
           "naar bij heeft hebben deze "},
};

enum { LATIN_COUNT = sizeof latin_languages / sizeof *latin_languages };

static void count_word(ty_slice word, size_t scores[LATIN_COUNT])
{
    char key[16] = " ";
    if (word.size == 0 || word.size > sizeof key - 2) return;
    memcpy(key + 1, word.data, word.size);
    key[word.size + 1] = ' ';
    for (size_t i = 0; i < LATIN_COUNT; i++)
        scores[i] += ty_slice_find(ty_slice_of(latin_languages[i].words), (ty_slice){key, word.size + 2},
                                   0) != SIZE_MAX;
}

/* The language with most of its frequent words; "" for none, or for a draw. */
static const char *guess_latin(ty_slice text)
{
    size_t scores[LATIN_COUNT] = {0}, best = 0, second = 0, start = 0;
    ty_buffer folded = {0};
    if (ty_fold_plain(text, TY_FOLD_CASE, &folded, NULL) != TY_OK) return "";
    ty_slice lower = ty_buffer_slice(&folded);
    for (size_t at = 0; at < lower.size;) {
        size_t before = at;
        if (ty_char_is_letter(ty_utf8_next(lower, &at))) continue;
        count_word(ty_slice_sub(lower, start, before), scores);
        start = at;
    }
    count_word(ty_slice_sub(lower, start, lower.size), scores);
    ty_buffer_release(&folded);
    const char *code = "";
    for (size_t i = 0; i < LATIN_COUNT; i++) {
        if (scores[i] > best) {
            second = best;
            best = scores[i];
            code = latin_languages[i].code;
        } else if (scores[i] > second)
            second = scores[i];
    }
    return best > second ? code : "";
}

/* ------------------------------------------------------------------------------------------ the guess */

static const char *guess_other(const script_counts *counts)
{
    static const struct {
        UScriptCode script;
        const char *code;
    } known[] = {{USCRIPT_CYRILLIC, "ru"}, {USCRIPT_GREEK, "el"},    {USCRIPT_ARABIC, "ar"},
                 {USCRIPT_HEBREW, "he"},   {USCRIPT_THAI, "th"},     {USCRIPT_DEVANAGARI, "hi"},
                 {USCRIPT_GEORGIAN, "ka"}, {USCRIPT_ARMENIAN, "hy"}, {USCRIPT_LAO, "lo"},
                 {USCRIPT_KHMER, "km"},    {USCRIPT_MYANMAR, "my"},  {USCRIPT_TAMIL, "ta"},
                 {USCRIPT_BENGALI, "bn"},  {USCRIPT_TIBETAN, "bo"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (counts->other_script[known[i].script] * 2 > counts->other) return known[i].code;
    return "";
}

/* Kana is Japanese; Han alone is Chinese where one character in twenty says so, else a Japanese heading. */
static const char *guess_cjk(const script_counts *counts)
{
    if (counts->kana * 20 >= counts->han + counts->kana) return "ja";
    return counts->chinese * 20 > counts->han ? "zh" : "ja";
}

const char *ty_lang_guess(ty_slice text)
{
    if (text.size > GUESS_BYTES) text = ty_slice_sub(text, 0, GUESS_BYTES);
    script_counts counts = {0};
    for (size_t at = 0; at < text.size;) count_character(&counts, ty_utf8_next(text, &at));
    /* A Chinese or Japanese character says as much as some three Latin letters. */
    size_t cjk = (counts.han + counts.kana) * 3, hangul = counts.hangul * 2;
    if (cjk && cjk >= counts.latin && cjk >= hangul && cjk >= counts.other) return guess_cjk(&counts);
    if (hangul && hangul >= counts.latin && hangul >= counts.other) return "ko";
    return counts.latin >= counts.other ? guess_latin(text) : guess_other(&counts);
}
