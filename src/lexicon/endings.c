/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Endings by which a word is cut down to its stem. No grammar: what helps to see that two forms are one word
 * in a text of a few pages, and harms little where it is wrong. `keep` is in bytes.
 */
#include "internal.h"

#define ENDING(from, to, keep)                                                                               \
    {                                                                                                        \
        from, to, sizeof from - 1, sizeof to - 1, keep                                                       \
    }

static const ty_ending english[] = {
    ENDING("'s", "", 1),       ENDING("\xE2\x80\x99s", "", 1),
    ENDING("'", "", 2),        ENDING("\xE2\x80\x99", "", 2),
    ENDING("ization", "", 4),  ENDING("isation", "", 4),
    ENDING("ations", "", 4),   ENDING("ation", "", 4),
    ENDING("itions", "", 4),   ENDING("ition", "", 4),
    ENDING("ments", "", 4),    ENDING("ment", "", 4),
    ENDING("nesses", "", 4),   ENDING("ness", "", 4),
    ENDING("ences", "ens", 3), ENDING("ence", "ens", 3),
    ENDING("ances", "anc", 3), ENDING("ions", "", 4),
    ENDING("ion", "", 4),      ENDING("ities", "", 4),
    ENDING("ity", "", 4),      ENDING("atively", "", 4),
    ENDING("ative", "", 4),    ENDING("ively", "", 4),
    ENDING("ive", "", 4),      ENDING("ized", "", 4),
    ENDING("ised", "", 4),     ENDING("izing", "", 4),
    ENDING("ising", "", 4),    ENDING("izes", "", 4),
    ENDING("ises", "", 4),     ENDING("ize", "", 4),
    ENDING("ise", "", 4),      ENDING("ating", "", 4),
    ENDING("ated", "", 4),     ENDING("ates", "", 4),
    ENDING("ate", "", 4),      ENDING("fully", "", 4),
    ENDING("ful", "", 4),      ENDING("ally", "", 4),
    ENDING("ial", "", 4),      ENDING("al", "", 4),
    ENDING("ies", "y", 2),     ENDING("ied", "y", 2),
    ENDING("ing", "", 4),      ENDING("ed", "", 3),
    ENDING("ers", "", 4),      ENDING("er", "", 4),
    ENDING("ors", "", 4),      ENDING("or", "", 4),
    ENDING("our", "", 3),      ENDING("ours", "", 3),
    ENDING("tre", "ter", 3),   ENDING("ly", "", 4),
    ENDING("sses", "ss", 1),   ENDING("xes", "x", 1),
    ENDING("ches", "ch", 2),   ENDING("shes", "sh", 2),
    ENDING("us", "us", 0),     ENDING("ss", "ss", 0),
    ENDING("s", "", 3),        ENDING("e", "", 3),
};
static const ty_ending german[] = {
    ENDING("ungen", "", 4),  ENDING("ung", "", 4),    ENDING("heiten", "", 4), ENDING("heit", "", 4),
    ENDING("keiten", "", 4), ENDING("keit", "", 4),   ENDING("lichen", "", 4), ENDING("liche", "", 4),
    ENDING("lich", "", 4),   ENDING("ischen", "", 3), ENDING("ische", "", 3),  ENDING("isch", "", 3),
    ENDING("ern", "", 3),    ENDING("sten", "", 4),   ENDING("ste", "", 4),    ENDING("ten", "", 3),
    ENDING("te", "", 3),     ENDING("em", "", 3),     ENDING("en", "", 3),     ENDING("er", "", 3),
    ENDING("es", "", 3),     ENDING("st", "", 4),     ENDING("e", "", 3),      ENDING("n", "", 4),
    ENDING("s", "", 3),      ENDING("t", "", 4),
};
static const ty_ending french[] = {
    ENDING("issements", "", 4), ENDING("issement", "", 4), ENDING("ations", "", 4), ENDING("ation", "", 4),
    ENDING("ements", "", 4),    ENDING("ement", "", 4),    ENDING("ments", "", 4),  ENDING("ment", "", 4),
    ENDING("iques", "", 3),     ENDING("ique", "", 3),     ENDING("euses", "", 3),  ENDING("euse", "", 3),
    ENDING("eux", "", 3),       ENDING("ives", "", 4),     ENDING("ive", "", 4),    ENDING("ifs", "", 4),
    ENDING("if", "", 4),        ENDING("ites", "", 4),     ENDING("ite", "", 4),    ENDING("aient", "", 3),
    ENDING("issent", "", 3),    ENDING("issant", "", 3),   ENDING("erent", "", 3),  ENDING("irent", "", 3),
    ENDING("assent", "", 3),    ENDING("ions", "", 4),     ENDING("ion", "", 4),    ENDING("ait", "", 3),
    ENDING("ais", "", 3),       ENDING("ant", "", 3),      ENDING("ants", "", 3),   ENDING("antes", "", 3),
    ENDING("ante", "", 3),      ENDING("ent", "", 4),      ENDING("aux", "al", 2),  ENDING("ees", "", 3),
    ENDING("ee", "", 3),        ENDING("es", "", 3),       ENDING("er", "", 3),     ENDING("ez", "", 3),
    ENDING("ir", "", 3),        ENDING("it", "", 4),       ENDING("is", "", 4),     ENDING("a", "", 4),
    ENDING("e", "", 3),         ENDING("s", "", 3),        ENDING("x", "", 4),      ENDING("i", "", 4),
};
/* Unknown languages: the vowels and plural marks that most often end a word. */
static const ty_ending general[] = {ENDING("os", "", 3), ENDING("as", "", 3), ENDING("es", "", 3),
                                    ENDING("en", "", 4), ENDING("s", "", 3),  ENDING("a", "", 3),
                                    ENDING("o", "", 3),  ENDING("e", "", 3),  ENDING("i", "", 3)};

/* Particles of Korean, and what makes a verb of a noun. */
static const ty_ending korean[] = {
    ENDING("은", "", 6),   ENDING("는", "", 6),     ENDING("이", "", 6),     ENDING("가", "", 6),
    ENDING("을", "", 6),   ENDING("를", "", 6),     ENDING("의", "", 6),     ENDING("에", "", 6),
    ENDING("도", "", 6),   ENDING("만", "", 6),     ENDING("과", "", 6),     ENDING("와", "", 6),
    ENDING("로", "", 6),   ENDING("으로", "", 6),   ENDING("에서", "", 6),   ENDING("에게", "", 6),
    ENDING("께서", "", 6), ENDING("까지", "", 6),   ENDING("부터", "", 6),   ENDING("보다", "", 6),
    ENDING("처럼", "", 6), ENDING("하고", "", 6),   ENDING("이나", "", 6),   ENDING("라는", "", 6),
    ENDING("라고", "", 6), ENDING("이다", "", 6),   ENDING("입니다", "", 6), ENDING("들", "", 6),
    ENDING("했다", "", 6), ENDING("한다", "", 6),   ENDING("하는", "", 6),   ENDING("하여", "", 6),
    ENDING("했던", "", 6), ENDING("하기", "", 6),   ENDING("하지", "", 6),   ENDING("된", "", 6),
    ENDING("됐다", "", 6), ENDING("되었다", "", 6), ENDING("되는", "", 6),   ENDING("할", "", 6),
    ENDING("한", "", 6),   ENDING("적인", "", 6),   ENDING("적", "", 6),     ENDING("인", "", 6),
};
/* Cases, genders and tenses of Russian; they serve its neighbours too. */
static const ty_ending russian[] = {
    ENDING("ами", "", 6), ENDING("ями", "", 6),  ENDING("ах", "", 6),  ENDING("ях", "", 6),
    ENDING("ам", "", 6),  ENDING("ям", "", 6),   ENDING("ов", "", 6),  ENDING("ев", "", 6),
    ENDING("ей", "", 6),  ENDING("ой", "", 6),   ENDING("ою", "", 6),  ENDING("ею", "", 6),
    ENDING("ом", "", 6),  ENDING("ем", "", 6),   ENDING("ого", "", 6), ENDING("его", "", 6),
    ENDING("ому", "", 6), ENDING("ему", "", 6),  ENDING("ыми", "", 6), ENDING("ими", "", 6),
    ENDING("ый", "", 6),  ENDING("ий", "", 6),   ENDING("ая", "", 6),  ENDING("яя", "", 6),
    ENDING("ое", "", 6),  ENDING("ее", "", 6),   ENDING("ые", "", 6),  ENDING("ие", "", 6),
    ENDING("ых", "", 6),  ENDING("их", "", 6),   ENDING("ым", "", 6),  ENDING("им", "", 6),
    ENDING("ую", "", 6),  ENDING("юю", "", 6),   ENDING("ия", "", 6),  ENDING("ию", "", 6),
    ENDING("ии", "", 6),  ENDING("ться", "", 6), ENDING("ся", "", 6),  ENDING("сь", "", 6),
    ENDING("ть", "", 6),  ENDING("ет", "", 6),   ENDING("ют", "", 6),  ENDING("ит", "", 6),
    ENDING("ят", "", 6),  ENDING("ла", "", 6),   ENDING("ло", "", 6),  ENDING("ли", "", 6),
    ENDING("л", "", 8),   ENDING("а", "", 6),    ENDING("я", "", 6),   ENDING("о", "", 6),
    ENDING("е", "", 6),   ENDING("ы", "", 6),    ENDING("и", "", 6),   ENDING("у", "", 6),
    ENDING("ю", "", 6),   ENDING("ь", "", 6),    ENDING("й", "", 6),
};
/* Cases and the article of Icelandic, accents dropped. */
static const ty_ending icelandic[] = {
    ENDING("inn", "", 3),   ENDING("ins", "", 3),  ENDING("inum", "", 3), ENDING("inu", "", 3),
    ENDING("innar", "", 3), ENDING("inni", "", 3), ENDING("ina", "", 3),  ENDING("in", "", 3),
    ENDING("urinn", "", 3), ENDING("unum", "", 3), ENDING("anna", "", 3), ENDING("arnir", "", 3),
    ENDING("arnar", "", 3), ENDING("ur", "", 3),   ENDING("ar", "", 3),   ENDING("ir", "", 3),
    ENDING("um", "", 3),    ENDING("di", "", 3),   ENDING("du", "", 3),   ENDING("a", "", 3),
    ENDING("i", "", 3),     ENDING("u", "", 3),    ENDING("s", "", 3),
};

static const struct {
    const char *lang;
    const ty_ending *list;
    size_t count;
} tables[] = {
#define TABLE(lang, list)                                                                                    \
    {                                                                                                        \
        lang, list, sizeof list / sizeof *list                                                               \
    }
    TABLE("en", english), TABLE("de", german),  TABLE("fr", french),  TABLE("ko", korean),
    TABLE("ru", russian), TABLE("uk", russian), TABLE("be", russian), TABLE("is", icelandic),
};

const ty_ending *ty_lexicon_endings(ty_slice lang, size_t *count, bool *is_english)
{
    char buffer[16];
    lang = ty_lang_primary(lang, buffer);
    *is_english = false;
    for (size_t k = 0; k < sizeof tables / sizeof *tables; k++) {
        if (!ty_slice_equal(lang, ty_slice_of(tables[k].lang)))
            continue;
        *count = tables[k].count;
        *is_english = tables[k].list == english;
        return tables[k].list;
    }
    *count = sizeof general / sizeof *general;
    return general;
}
