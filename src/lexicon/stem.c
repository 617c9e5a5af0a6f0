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

/* An ending, what stands in its place, and how many letters must remain before it. */
typedef struct ty_ending {
    const char *from, *to;
    size_t keep;
} ty_ending;

static const ty_ending english[] = {
    {"'s", "", 1},       {"\xE2\x80\x99s", "", 1},
    {"'", "", 2},        {"\xE2\x80\x99", "", 2},
    {"ization", "", 4},  {"isation", "", 4},
    {"ations", "", 4},   {"ation", "", 4},
    {"itions", "", 4},   {"ition", "", 4},
    {"ments", "", 4},    {"ment", "", 4},
    {"nesses", "", 4},   {"ness", "", 4},
    {"ences", "ens", 3}, {"ence", "ens", 3},
    {"ances", "anc", 3}, {"ions", "", 4},
    {"ion", "", 4},      {"ities", "", 4},
    {"ity", "", 4},      {"atively", "", 4},
    {"ative", "", 4},    {"ively", "", 4},
    {"ive", "", 4},      {"ized", "", 4},
    {"ised", "", 4},     {"izing", "", 4},
    {"ising", "", 4},    {"izes", "", 4},
    {"ises", "", 4},     {"ize", "", 4},
    {"ise", "", 4},      {"ating", "", 4},
    {"ated", "", 4},     {"ates", "", 4},
    {"ate", "", 4},      {"fully", "", 4},
    {"ful", "", 4},      {"ally", "", 4},
    {"ial", "", 4},      {"al", "", 4},
    {"ies", "y", 2},     {"ied", "y", 2},
    {"ing", "", 4},      {"ed", "", 3},
    {"ers", "", 4},      {"er", "", 4},
    {"ors", "", 4},      {"or", "", 4},
    {"our", "", 3},      {"ours", "", 3},
    {"tre", "ter", 3},   {"ly", "", 4},
    {"sses", "ss", 1},   {"xes", "x", 1},
    {"ches", "ch", 2},   {"shes", "sh", 2},
    {"us", "us", 0},     {"ss", "ss", 0},
    {"s", "", 3},        {"e", "", 3},
};
static const ty_ending german[] = {
    {"ungen", "", 4}, {"ung", "", 4},    {"heiten", "", 4}, {"heit", "", 4}, {"keiten", "", 4},
    {"keit", "", 4},  {"lichen", "", 4}, {"liche", "", 4},  {"lich", "", 4}, {"ischen", "", 3},
    {"ische", "", 3}, {"isch", "", 3},   {"ern", "", 3},    {"sten", "", 4}, {"ste", "", 4},
    {"ten", "", 3},   {"te", "", 3},     {"em", "", 3},     {"en", "", 3},   {"er", "", 3},
    {"es", "", 3},    {"st", "", 4},     {"e", "", 3},      {"n", "", 4},    {"s", "", 3},
    {"t", "", 4},
};
static const ty_ending french[] = {
    {"issements", "", 4}, {"issement", "", 4}, {"ations", "", 4}, {"ation", "", 4}, {"ements", "", 4},
    {"ement", "", 4},     {"ments", "", 4},    {"ment", "", 4},   {"iques", "", 3}, {"ique", "", 3},
    {"euses", "", 3},     {"euse", "", 3},     {"eux", "", 3},    {"ives", "", 4},  {"ive", "", 4},
    {"ifs", "", 4},       {"if", "", 4},       {"ites", "", 4},   {"ite", "", 4},   {"aient", "", 3},
    {"issent", "", 3},    {"issant", "", 3},   {"erent", "", 3},  {"irent", "", 3}, {"assent", "", 3},
    {"ions", "", 4},      {"ion", "", 4},      {"ait", "", 3},    {"ais", "", 3},   {"ant", "", 3},
    {"ants", "", 3},      {"antes", "", 3},    {"ante", "", 3},   {"ent", "", 4},   {"aux", "al", 2},
    {"ees", "", 3},       {"ee", "", 3},       {"es", "", 3},     {"er", "", 3},    {"ez", "", 3},
    {"ir", "", 3},        {"it", "", 4},       {"is", "", 4},     {"a", "", 4},     {"e", "", 3},
    {"s", "", 3},         {"x", "", 4},        {"i", "", 4},
};
/* Unknown languages: the vowels and plural marks that most often end a word. */
static const ty_ending general[] = {{"os", "", 3}, {"as", "", 3}, {"es", "", 3}, {"en", "", 4}, {"s", "", 3},
                                    {"a", "", 3},  {"o", "", 3},  {"e", "", 3},  {"i", "", 3}};

static const ty_ending *endings_of(ty_slice lang, size_t *count)
{
    char buffer[16];
    lang = ty_lang_primary(lang, buffer);
#define ENDINGS(list) (*count = sizeof list / sizeof *list, list)
    if (ty_slice_equal(lang, TY_SLICE("en")))
        return ENDINGS(english);
    if (ty_slice_equal(lang, TY_SLICE("de")))
        return ENDINGS(german);
    if (ty_slice_equal(lang, TY_SLICE("fr")))
        return ENDINGS(french);
    return ENDINGS(general);
#undef ENDINGS
}

/* The longest ending that fits is replaced; false when the word stays as it is. */
static bool strip_once(char *word, size_t *size, const ty_ending *list, size_t count)
{
    const ty_ending *best = NULL;
    size_t best_size = 0;
    for (size_t k = 0; k < count; k++) {
        size_t from = strlen(list[k].from);
        if (from <= best_size || *size < from + list[k].keep)
            continue;
        if (memcmp(word + *size - from, list[k].from, from) != 0)
            continue;
        best = &list[k];
        best_size = from;
    }
    if (!best || strcmp(best->from, best->to) == 0)
        return false;
    size_t to = strlen(best->to);
    memcpy(word + *size - best_size, best->to, to);
    *size = *size - best_size + to;
    return true;
}

static bool is_consonant(char letter)
{
    return letter >= 'b' && letter <= 'z' && !memchr("eiou", letter, 4);
}

/* ------------------------------------------------------------------------------------------ irregular */

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
    {"drew", "draw"},         {"drove", "drive"},
    {"driven", "drive"},      {"dying", "die"},
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
    {"wrote", "write"},       {"written", "write"},
};

static int compare_irregular(const void *word, const void *row)
{
    return ty_slice_compare(*(const ty_slice *)word, ty_slice_of(*(const char *const *)row));
}

ty_slice ty_lexicon_stem(ty_slice word, ty_slice lang, char buffer[TY_LEXICON_STEM_MAX])
{
    size_t size = drop_accents(word, buffer), count;
    const ty_ending *list = endings_of(lang, &count);
    ty_slice stem = {buffer, size};
    if (list == english) {
        const char *const(*row)[2] = bsearch(&stem, irregular, sizeof irregular / sizeof *irregular,
                                             sizeof *irregular, compare_irregular);
        if (row) {
            size = strlen((*row)[1]);
            memcpy(buffer, (*row)[1], size);
        }
    }
    while (strip_once(buffer, &size, list, count))
        if (list == english && size > 3 && buffer[size - 1] == buffer[size - 2] &&
            is_consonant(buffer[size - 1]) && buffer[size - 1] != 's' && buffer[size - 1] != 'l')
            size--;
    if (list == english && size > 2 && buffer[size - 1] == 'y' && is_consonant(buffer[size - 2]))
        buffer[size - 1] = 'i';
    return (ty_slice){buffer, size};
}

/* ------------------------------------------------------------------------------------------ stop words */

/* Words that stand in nearly every sentence; blanks at both ends, so that " word " finds it. */
static const char *const stop_english = " a about after all also am an and any are as at be been being but "
                                        "by can could did do does done for from "
                                        "had has have having he her here him his how i if in into is it its "
                                        "itself just may me might more most my no "
                                        "not of on one's oneself or other our out over own shall she should "
                                        "so some such than that the their them "
                                        "then there these they this those to too up us very was we were what "
                                        "when where which while who whom whose "
                                        "why will with would you your s t d ll re ve m ";
static const char *const stop_german =
    " aber als also am an auch auf aus bei bin bis da damit dann das dass daß dem den denn der des die dies "
    "diese "
    "diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas euch für "
    "hat hatte hatten ich ihm ihn ihr ihre ihrem ihren ihrer im in ist ja kann man mehr mein mich mir mit "
    "nach "
    "nicht noch nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind so über um und uns unser "
    "unsere unter vom von vor war waren was wenn werden wie wieder wir wird wurde wurden zu zum zur ";
static const char *const stop_french = " à a ai au aux avait avec avons c ce ces cet cette d dans de des du "
                                       "elle elles en est et été était être eu "
                                       "il ils j je l la le les leur leurs lui m ma mais me même mes mon n "
                                       "ne nos notre nous on ont ou où par pas "
                                       "plus pour qu que qui s sa sans se ses si son sont sous sur t ta te "
                                       "tes ton tout très tu un une vos votre "
                                       "vous y ";

bool ty_lexicon_is_stopword(ty_slice word, ty_slice lang)
{
    char buffer[16], needle[TY_LEXICON_STEM_MAX + 2];
    if (word.size == 0 || word.size > TY_LEXICON_STEM_MAX)
        return false;
    lang = ty_lang_primary(lang, buffer);
    const char *list = ty_slice_equal(lang, TY_SLICE("en"))   ? stop_english
                       : ty_slice_equal(lang, TY_SLICE("de")) ? stop_german
                       : ty_slice_equal(lang, TY_SLICE("fr")) ? stop_french
                                                              : "";
    needle[0] = needle[word.size + 1] = ' ';
    memcpy(needle + 1, word.data, word.size);
    return ty_slice_find(ty_slice_of(list), (ty_slice){needle, word.size + 2}, 0) != SIZE_MAX;
}
