/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guess_latin - languages in Latin letters, told by their most frequent words, and where these do not decide,
 * as in a heading or a list of terms, by letters that go together in them.
 */
#include "text/internal.h"

typedef struct latin_language {
    const char *code;
    const char *words;   /* between blanks */
    const char *letters; /* ^ begins a word, $ ends one */
} latin_language;

static const latin_language latin_languages[] = {
    {"en",
     " the of and to is that was for with are this be by not from have has it he she they we you which "
     "will would were been at or an his their its can could there who what about when minister ",
     "th wh sh ck ee oo ea ow ^wa ing$ ness$ ly$ ty$ ry$ cy$ ship$ tional$ al$ tion$ ment$ er$ ed$ s$ ce$ "
     "nt$ ck$ nd$ ct$ rt$ st$ ge$ ive$ ion$ ic$ ine$ ry$ rd$ w y$ k$ ff pr"},
    {"de",
     " der die das und ist nicht ein eine einer eines zu mit auf von den dem des sich für im auch wird "
     "werden wurde sind war als nach bei aus daß dass hat haben wir ich sie oder zum zur über ",
     "sch ei ung$ keit$ heit$ lich$ isch$ en$ ß ä ö ü cht tz pf ^ver ^ge ^be"},
    {"fr",
     " le la les des est et une un du dans que qui pour pas sur avec ce cette sont par plus au aux nous "
     "vous il elle ils été être ont mais ou où leur leurs ",
     "eau eux$ eur$ ique$ aire$ oire$ elle$ esse$ aux$ ée$ é è ê ç œ tion$ ment$ qu oi ^dé"},
    {"es",
     " el la los las es y una un del que en por para con no se su sus al lo como más pero fue son está "
     "este esta ha han ser también muy ",
     "ción$ ciones$ dad$ idad$ mente$ ero$ ado$ ñ á í ó ú ll ^des os$ as$ ica$"},
    {"it",
     " il lo la gli le è e una un del della dei che di in per con non si sono come più ma anche questo "
     "questa nel nella alla al ha hanno ",
     "zione$ zioni$ tà$ ità$ mente$ gli cch zz ggi ato$ ale$ ò ù ico$ ica$"},
    {"pt",
     " o a os as é e uma um do da dos das que em por para com não se no na ao como mais mas foi são está "
     "este esta também ",
     "ção$ ções$ dade$ mente$ ã õ ç nh lh ado$ ável$ eiro$"},
    {"nl",
     " de het een en is van in dat niet op te zijn voor met die aan er ook als maar om door wordt werd "
     "naar bij heeft hebben deze ",
     "ij sch aa uu oe$ heid$ ijk$ ing$ en$ oo ee ^ge ^ver"},
};

enum { LATIN_COUNT = sizeof latin_languages / sizeof *latin_languages };

static void count_word(ty_slice word, size_t scores[LATIN_COUNT])
{
    char key[16] = " ";
    if (word.size == 0 || word.size > sizeof key - 2)
        return;
    memcpy(key + 1, word.data, word.size);
    key[word.size + 1] = ' ';
    for (size_t i = 0; i < LATIN_COUNT; i++)
        scores[i] += ty_slice_find(ty_slice_of(latin_languages[i].words), (ty_slice){key, word.size + 2},
                                   0) != SIZE_MAX;
}

static bool has_letters(ty_slice word, ty_slice letters)
{
    if (letters.data[0] == '^')
        return ty_slice_starts(word, ty_slice_sub(letters, 1, letters.size));
    if (letters.data[letters.size - 1] == '$')
        return ty_slice_ends(word, ty_slice_sub(letters, 0, letters.size - 1));
    return ty_slice_find(word, letters, 0) != SIZE_MAX;
}

static void count_letters(ty_slice word, size_t scores[LATIN_COUNT])
{
    for (size_t i = 0; i < LATIN_COUNT; i++) {
        ty_slice rest = ty_slice_of(latin_languages[i].letters), letters;
        while (word.size && ty_slice_next(&rest, ' ', &letters))
            scores[i] += has_letters(word, letters);
    }
}

static void count_words(ty_slice text, void (*count)(ty_slice word, size_t scores[LATIN_COUNT]),
                        size_t scores[LATIN_COUNT])
{
    size_t start = 0;
    for (size_t at = 0; at < text.size;) {
        size_t before = at;
        if (ty_char_is_letter(ty_utf8_next(text, &at)))
            continue;
        count(ty_slice_sub(text, start, before), scores);
        start = at;
    }
    count(ty_slice_sub(text, start, text.size), scores);
}

/* The language with the highest score; "" for none, or for a draw. */
static const char *highest(const size_t scores[LATIN_COUNT])
{
    size_t best = 0, second = 0;
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

static bool is_highest(const size_t scores[LATIN_COUNT], size_t language)
{
    for (size_t i = 0; i < LATIN_COUNT; i++)
        if (scores[i] > scores[language])
            return false;
    return true;
}

const char *ty_text_guess_latin(ty_slice text)
{
    enum { LETTERS_BYTES = 4096 };
    size_t scores[LATIN_COUNT] = {0};
    ty_buffer folded = {0};
    if (ty_fold_plain(text, TY_FOLD_CASE, &folded, NULL) != TY_OK)
        return "";
    ty_slice lower = ty_buffer_slice(&folded);
    count_words(lower, count_word, scores);
    const char *code = highest(scores);
    if (!code[0]) {
        count_words(ty_slice_sub(lower, 0, LETTERS_BYTES), count_letters, scores);
        code = highest(scores);
    }
    if (!code[0] && scores[0] > 0 && is_highest(scores, 0))
        code = latin_languages[0].code; /* of equals, the language most texts are in */
    ty_buffer_release(&folded);
    return code;
}

bool ty_text_latin_contradicts(ty_slice text, ty_slice primary)
{
    enum { ENOUGH = 20, TIMES = 5 };
    size_t scores[LATIN_COUNT] = {0}, own = LATIN_COUNT, best = 0;
    ty_buffer folded = {0};
    for (size_t i = 0; i < LATIN_COUNT; i++)
        own = ty_slice_equal(primary, ty_slice_of(latin_languages[i].code)) ? i : own;
    if (own == LATIN_COUNT || ty_fold_plain(text, TY_FOLD_CASE, &folded, NULL) != TY_OK)
        return false;
    count_words(ty_buffer_slice(&folded), count_word, scores);
    ty_buffer_release(&folded);
    for (size_t i = 0; i < LATIN_COUNT; i++)
        best = scores[i] > scores[best] ? i : best;
    return scores[best] >= ENOUGH && scores[best] > TIMES * scores[own];
}
