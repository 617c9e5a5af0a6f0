/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>

/* ------------------------------------------------------------------------------------------ accents */

/* Letters of Latin-1 and Latin Extended-A (U+00DF..U+017F) without their marks; lower case only. */
static const char *plain_letter(uint32_t c)
{
    if (c >= 0xE0 && c <= 0xE5)
        return "a";
    if (c >= 0xE8 && c <= 0xEB)
        return "e";
    if (c >= 0xEC && c <= 0xEF)
        return "i";
    if ((c >= 0xF2 && c <= 0xF6) || c == 0xF8)
        return "o";
    if (c >= 0xF9 && c <= 0xFC)
        return "u";
    switch (c) {
    case 0xDF: return "ss";
    case 0xE6: return "ae";
    case 0xE7:
    case 0x107:
    case 0x10D: return "c";
    case 0xF1:
    case 0x144:
    case 0x148: return "n";
    case 0xFD:
    case 0xFF: return "y";
    case 0x101:
    case 0x103:
    case 0x105: return "a";
    case 0x10F:
    case 0x111: return "d";
    case 0x113:
    case 0x119:
    case 0x11B: return "e";
    case 0x11F: return "g";
    case 0x12B:
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x14D:
    case 0x151: return "o";
    case 0x153: return "oe";
    case 0x159: return "r";
    case 0x15B:
    case 0x15F:
    case 0x161: return "s";
    case 0x163:
    case 0x165: return "t";
    case 0x16B:
    case 0x16F:
    case 0x171: return "u";
    case 0x17A:
    case 0x17C:
    case 0x17E: return "z";
    default: return NULL;
    }
}

static size_t drop_accents(ty_slice word, char buffer[TY_LEXICON_STEM_MAX])
{
    size_t size = 0;
    for (size_t at = 0; at < word.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(word, &at);
        const char *plain = c < 0x80 ? NULL : plain_letter(c);
        ty_slice piece = plain ? ty_slice_of(plain) : ty_slice_sub(word, start, at);
        if (size + piece.size > TY_LEXICON_STEM_MAX)
            break;
        memcpy(buffer + size, piece.data, piece.size);
        size += piece.size;
    }
    return size;
}

/* ------------------------------------------------------------------------------------------ endings */

/* The longest ending that fits is replaced; false when the word stays as it is. */
static bool strip_once(char *word, size_t *size, const ty_ending *list, size_t count)
{
    const ty_ending *best = NULL;
    char last = *size ? word[*size - 1] : '\0';
    for (const ty_ending *one = list; one < list + count; one++)
        if (one->from[one->from_size - 1] == last && (!best || one->from_size > best->from_size) &&
            *size >= (size_t)one->from_size + one->keep &&
            memcmp(word + *size - one->from_size, one->from, one->from_size) == 0)
            best = one;
    if (!best || strcmp(best->from, best->to) == 0)
        return false;
    *size -= best->from_size;
    memcpy(word + *size, best->to, best->to_size);
    *size += best->to_size;
    return true;
}

static bool is_consonant(char letter)
{
    return letter >= 'b' && letter <= 'z' && !memchr("eiou", letter, 4);
}

/* ------------------------------------------------------------------------------------------ irregular */

/* For tables in order of bytes, of words or of rows that begin with one. */
static int compare_words(const void *word, const void *row)
{
    return ty_slice_compare(*(const ty_slice *)word, ty_slice_of(*(const char *const *)row));
}

/* English forms that no ending explains, with their base; sorted by form. */
static const char *const irregular[][2] = {
    {"ate", "eat"},           {"became", "become"},
    {"began", "begin"},       {"begun", "begin"},
    {"bought", "buy"},        {"broke", "break"},
    {"broken", "break"},      {"brought", "bring"},
    {"built", "build"},       {"came", "come"},
    {"caught", "catch"},      {"children", "child"},
    {"chose", "choose"},      {"chosen", "choose"},
    {"died", "die"},          {"drawn", "draw"},
    {"drew", "draw"},         {"driven", "drive"},
    {"drove", "drive"},       {"dying", "die"},
    {"fallen", "fall"},       {"feet", "foot"},
    {"fell", "fall"},         {"felt", "feel"},
    {"fled", "flee"},         {"flew", "fly"},
    {"flown", "fly"},         {"fought", "fight"},
    {"found", "find"},        {"gave", "give"},
    {"given", "give"},        {"gone", "go"},
    {"got", "get"},           {"grew", "grow"},
    {"grown", "grow"},        {"heard", "hear"},
    {"held", "hold"},         {"kept", "keep"},
    {"knew", "know"},         {"known", "know"},
    {"laid", "lay"},          {"lain", "lie"},
    {"led", "lead"},          {"left", "leave"},
    {"lost", "lose"},         {"lying", "lie"},
    {"made", "make"},         {"meant", "mean"},
    {"men", "man"},           {"met", "meet"},
    {"paid", "pay"},          {"people", "person"},
    {"ran", "run"},           {"risen", "rise"},
    {"rose", "rise"},         {"said", "say"},
    {"sang", "sing"},         {"sat", "sit"},
    {"saw", "see"},           {"seen", "see"},
    {"sent", "send"},         {"shown", "show"},
    {"sold", "sell"},         {"sought", "seek"},
    {"spent", "spend"},       {"spoke", "speak"},
    {"spoken", "speak"},      {"stood", "stand"},
    {"taken", "take"},        {"taught", "teach"},
    {"thought", "think"},     {"threw", "throw"},
    {"thrown", "throw"},      {"told", "tell"},
    {"took", "take"},         {"understood", "understand"},
    {"went", "go"},           {"withdrawn", "withdraw"},
    {"withdrew", "withdraw"}, {"women", "woman"},
    {"won", "win"},           {"worn", "wear"},
    {"written", "write"},     {"wrote", "write"},
};

ty_slice ty_lexicon_stem(ty_slice word, ty_slice lang, char buffer[TY_LEXICON_STEM_MAX])
{
    size_t size = drop_accents(word, buffer), count;
    bool english;
    const ty_ending *list = ty_lexicon_endings(lang, &count, &english);
    ty_slice stem = {buffer, size};
    if (english) {
        const char *const(*row)[2] =
            bsearch(&stem, irregular, sizeof irregular / sizeof *irregular, sizeof *irregular, compare_words);
        if (row) {
            size = strlen((*row)[1]);
            memcpy(buffer, (*row)[1], size);
        }
    }
    while (strip_once(buffer, &size, list, count))
        if (english && size > 3 && buffer[size - 1] == buffer[size - 2] && is_consonant(buffer[size - 1]) &&
            buffer[size - 1] != 's' && buffer[size - 1] != 'l')
            size--;
    if (english && size > 2 && buffer[size - 1] == 'y' && is_consonant(buffer[size - 2]))
        buffer[size - 1] = 'i';
    return (ty_slice){buffer, size};
}

/* ------------------------------------------------------------------------------------------ stop words */

/* Words that stand in nearly every sentence; in order of bytes. */
static const char *const stop_english[] = {
    "a",     "about", "after", "all",     "also",  "am",    "an",    "and",    "any",   "are",   "as",
    "at",    "be",    "been",  "being",   "but",   "by",    "can",   "could",  "d",     "did",   "do",
    "does",  "done",  "for",   "from",    "had",   "has",   "have",  "having", "he",    "her",   "here",
    "him",   "his",   "how",   "i",       "if",    "in",    "into",  "is",     "it",    "its",   "itself",
    "just",  "ll",    "m",     "may",     "me",    "might", "more",  "most",   "my",    "no",    "not",
    "of",    "on",    "one's", "oneself", "or",    "other", "our",   "out",    "over",  "own",   "re",
    "s",     "shall", "she",   "should",  "so",    "some",  "such",  "t",      "than",  "that",  "the",
    "their", "them",  "then",  "there",   "these", "they",  "this",  "those",  "to",    "too",   "up",
    "us",    "ve",    "very",  "was",     "we",    "were",  "what",  "when",   "where", "which", "while",
    "who",   "whom",  "whose", "why",     "will",  "with",  "would", "you",    "your"};
static const char *const stop_german[] = {
    "aber",   "als",    "also",   "am",     "an",     "auch",   "auf",    "aus",  "bei",    "bin",   "bis",
    "da",     "damit",  "dann",   "das",    "dass",   "daß",    "dem",    "den",  "denn",   "der",   "des",
    "die",    "dies",   "diese",  "diesem", "diesen", "dieser", "dieses", "doch", "dort",   "du",    "durch",
    "ein",    "eine",   "einem",  "einen",  "einer",  "eines",  "er",     "es",   "etwas",  "euch",  "für",
    "hat",    "hatte",  "hatten", "ich",    "ihm",    "ihn",    "ihr",    "ihre", "ihrem",  "ihren", "ihrer",
    "im",     "in",     "ist",    "ja",     "kann",   "man",    "mehr",   "mein", "mich",   "mir",   "mit",
    "nach",   "nicht",  "noch",   "nur",    "ob",     "oder",   "ohne",   "sehr", "sein",   "seine", "seinem",
    "seinen", "seiner", "sich",   "sie",    "sind",   "so",     "um",     "und",  "uns",    "unser", "unsere",
    "unter",  "vom",    "von",    "vor",    "war",    "waren",  "was",    "wenn", "werden", "wie",   "wieder",
    "wir",    "wird",   "wurde",  "wurden", "zu",     "zum",    "zur",    "über"};
static const char *const stop_french[] = {
    "a",     "ai",   "au",  "aux", "avait", "avec",  "avons", "c",    "ce",   "ces", "cet",  "cette", "d",
    "dans",  "de",   "des", "du",  "elle",  "elles", "en",    "est",  "et",   "eu",  "il",   "ils",   "j",
    "je",    "l",    "la",  "le",  "les",   "leur",  "leurs", "lui",  "m",    "ma",  "mais", "me",    "mes",
    "mon",   "même", "n",   "ne",  "nos",   "notre", "nous",  "on",   "ont",  "ou",  "où",   "par",   "pas",
    "plus",  "pour", "qu",  "que", "qui",   "s",     "sa",    "sans", "se",   "ses", "si",   "son",   "sont",
    "sous",  "sur",  "t",   "ta",  "te",    "tes",   "ton",   "tout", "très", "tu",  "un",   "une",   "vos",
    "votre", "vous", "y",   "à",   "était", "été",   "être"};

bool ty_lexicon_is_stopword(ty_slice word, ty_slice lang)
{
    char buffer[16];
    lang = ty_lang_primary(lang, buffer);
#define STANDS_IN(list)                                                                                      \
    (bsearch(&word, list, sizeof list / sizeof *list, sizeof *list, compare_words) != NULL)
    if (ty_slice_equal(lang, TY_SLICE("en")))
        return STANDS_IN(stop_english);
    if (ty_slice_equal(lang, TY_SLICE("de")))
        return STANDS_IN(stop_german);
    return ty_slice_equal(lang, TY_SLICE("fr")) && STANDS_IN(stop_french);
#undef STANDS_IN
}

/* Verbs and nouns that mean something with another word only ("take samples", "on the way"): a dictionary
 * has them for nearly everything. */
static const char *const light_english[] = {"bring", "brought", "came",  "come", "did",   "do",   "gave",
                                            "get",   "give",    "given", "go",   "going", "gone", "got",
                                            "keep",  "kept",    "made",  "make", "put",   "set",  "take",
                                            "taken", "thing",   "took",  "turn", "way",   "went"};

bool ty_lexicon_is_light(ty_slice key, ty_slice lang)
{
    char primary[16], stem[TY_LEXICON_STEM_MAX];
    if (!ty_slice_equal(ty_lang_primary(lang, primary), TY_SLICE("en")))
        return false;
    for (size_t k = 0; k < sizeof light_english / sizeof *light_english; k++)
        if (ty_slice_equal(key, ty_lexicon_stem(ty_slice_of(light_english[k]), lang, stem)))
            return true;
    return false;
}

static const char *const joining_english[] = {"and", "but", "nor", "or"};
static const char *const joining_japanese[] = {"および", "かつ", "または", "並びに", "及び", "又は"};

bool ty_lexicon_is_joining(ty_slice word, ty_slice lang)
{
    char primary[16];
    ty_slice tag = ty_lang_primary(lang, primary);
    bool english = ty_slice_equal(tag, TY_SLICE("en")), japanese = ty_slice_equal(tag, TY_SLICE("ja"));
    for (size_t k = 0; english && k < sizeof joining_english / sizeof *joining_english; k++)
        if (ty_slice_equal(word, ty_slice_of(joining_english[k])))
            return true;
    for (size_t k = 0; japanese && k < sizeof joining_japanese / sizeof *joining_japanese; k++)
        if (ty_slice_equal(word, ty_slice_of(joining_japanese[k])))
            return true;
    return false;
}
