/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Katakana against letters, by what they sound like: both become strings of consonant classes (a vowel only
 * counts at the beginning), which are compared by a weighted edit distance. Loan words keep their consonants
 * in order and lose or gain weak ones: r behind a vowel, h, w, y. カーター KT ~ Carter KRTR.
 */
#include "internal.h"

/* Classes that a loan word does not lose, counted from 1; those that are taken for one another are one. */
static uint8_t strong_class(char c)
{
    static const char *const strong[] = {"KGJ", "SZC", "TD", "BVP", "F", "NM"};
    for (uint8_t k = 0; k < sizeof strong / sizeof *strong; k++)
        if (strchr(strong[k], c))
            return k + 1;
    return 0;
}

static void add(ty_sound *sound, char c)
{
    if (sound->count < TY_SOUND_MAX)
        sound->classes[sound->count++] = c;
    uint8_t class = strong_class(c);
    if (sound->first == 0)
        sound->first = class;
    if (class)
        sound->mask |= (uint8_t)(1u << (class - 1));
}

/* ------------------------------------------------------------------------------------------ katakana */

/* By code point from U+30A1: consonant of each kana; '*' for a vowel, '-' for a small vowel or length. */
static const char kana_rows[] = "-*-*-*-*-*"  /* ァ ア ィ イ ゥ ウ ェ エ ォ オ */
                                "KGKGKGKGKG"  /* カ ガ キ ギ ク グ ケ ゲ コ ゴ */
                                "SZSJSZSZSZ"  /* サ ザ シ ジ ス ズ セ ゼ ソ ゾ */
                                "TDCJ-CZTDTD" /* タ ダ チ ヂ ッ ツ ヅ テ デ ト ド */
                                "NNNNN"       /* ナ ニ ヌ ネ ノ */
                                "HBPHBPFBPHBPHBP" /* ハ バ パ ヒ ビ ピ フ ブ プ ヘ ベ ペ ホ ボ ポ */
                                "MMMMM"           /* マ ミ ム メ モ */
                                "-Y-Y-Y"          /* ャ ヤ ュ ユ ョ ヨ */
                                "RRRRR-W**WNV"; /* ラ リ ル レ ロ ヮ ワ ヰ ヱ ヲ ン ヴ */

ty_sound ty_sound_of_katakana(ty_slice text)
{
    ty_sound code = {.count = 0};
    for (size_t at = 0; at < text.size;) {
        uint32_t c = ty_utf8_next(text, &at);
        char kind = c >= 0x30A1 && c < 0x30A1 + sizeof kana_rows - 1 ? kana_rows[c - 0x30A1] : '-';
        if (kind == '*' && code.count == 0)
            add(&code, 'A');
        if (kind != '*' && kind != '-')
            add(&code, kind);
        code.beats += kind != '-' && c != 0x30F3;
    }
    return code;
}

/* ------------------------------------------------------------------------------------------ letters */

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

static bool soft(char next)
{
    return next == 'e' || next == 'i' || next == 'y';
}

/* The class of the letter at k; two letters that are one sound move k on. */
static char letter_class(ty_slice text, size_t *k)
{
    char c = text.data[*k], next = *k + 1 < text.size ? text.data[*k + 1] : '\0';
    switch (c) {
    case 'c':
        if (next == 'h')
            return ++*k, 'C';
        if (next == 'k')
            return ++*k, 'K';
        return soft(next) ? 'S' : 'K';
    case 's': return next == 'h' ? (++*k, 'S') : 'S';
    case 't': return next == 'h' ? (++*k, 'S') : 'T';
    case 'p': return next == 'h' ? (++*k, 'F') : 'P';
    case 'g': return next == 'h' ? (++*k, 'H') : soft(next) ? 'J' : 'G';
    case 'q': return 'K';
    case 'l': return 'R';
    default: return (char)(c - 32);
    }
}

ty_sound ty_sound_of_letters(ty_slice text)
{
    ty_sound code = {.count = 0};
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (c < 'a' || c > 'z')
            continue;
        if (is_vowel(c)) { /* y counts as a consonant, a weak one */
            if (code.count == 0)
                add(&code, 'A');
            code.beats += k == 0 || !is_vowel(text.data[k - 1]);
            continue;
        }
        if (k > 0 && text.data[k - 1] == c)
            continue;
        char class = letter_class(text, &k);
        if (class == 'X')
            add(&code, 'K'), class = 'S';
        add(&code, class);
    }
    return code;
}

/* ------------------------------------------------------------------------------------------ distance */

/* Classes that may be taken for one another share a bit: KG, SZJC, TDC, BVP, FHP, NM, GJ, WV, YJ, AHWY. */
static const uint16_t groups[26] = {
    ['A' - 'A'] = 512,       ['B' - 'A'] = 8,  ['C' - 'A'] = 2 | 4,    ['D' - 'A'] = 4,
    ['F' - 'A'] = 16,        ['G' - 'A'] = 65, ['H' - 'A'] = 16 | 512, ['J' - 'A'] = 2 | 64 | 256,
    ['K' - 'A'] = 1,         ['M' - 'A'] = 32, ['N' - 'A'] = 32,       ['P' - 'A'] = 8 | 16,
    ['S' - 'A'] = 2,         ['T' - 'A'] = 4,  ['V' - 'A'] = 8 | 128,  ['W' - 'A'] = 128 | 512,
    ['Y' - 'A'] = 256 | 512, ['Z' - 'A'] = 2,
};

/* Costs are whole numbers, a hundred for a consonant lost. */
static const uint8_t skip_costs[26] = {
    ['A' - 'A'] = 25,  ['B' - 'A'] = 100, ['C' - 'A'] = 100, ['D' - 'A'] = 100, ['F' - 'A'] = 100,
    ['G' - 'A'] = 100, ['H' - 'A'] = 25,  ['J' - 'A'] = 100, ['K' - 'A'] = 100, ['M' - 'A'] = 100,
    ['N' - 'A'] = 70,  ['P' - 'A'] = 100, ['R' - 'A'] = 30,  ['S' - 'A'] = 100, ['T' - 'A'] = 100,
    ['V' - 'A'] = 100, ['W' - 'A'] = 25,  ['Y' - 'A'] = 25,  ['Z' - 'A'] = 100,
};

void ty_sound_walk_init(ty_sound_walk *walk)
{
    for (int a = 0; a < 26; a++)
        for (int b = 0; b < 26; b++)
            walk->change[a][b] = a == b ? 0 : groups[a] & groups[b] ? 35 : 120;
}

void ty_sound_walk_begin(ty_sound_walk *walk, const ty_sound *katakana)
{
    walk->katakana = *katakana;
    walk->depth = walk->least[0] = walk->rows[0][0] = 0;
    for (int i = 0; i < katakana->count; i++)
        walk->rows[0][i + 1] = walk->rows[0][i] + skip_costs[katakana->classes[i] - 'A'];
}

static inline int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* One class of the letters more, of the weighted edit distance. */
static void go_on(ty_sound_walk *walk, char letter)
{
    const int *before = walk->rows[walk->depth];
    int *row = walk->rows[++walk->depth], skip = skip_costs[letter - 'A'], left = before[0] + skip,
        least = left;
    row[0] = left;
    for (int i = 0; i < walk->katakana.count; i++) {
        int class = walk->katakana.classes[i] - 'A', changed = before[i] + walk->change[letter - 'A'][class];
        left = smaller(changed, smaller(before[i + 1] + skip, left + skip_costs[class]));
        row[i + 1] = left;
        least = smaller(least, left);
    }
    walk->least[walk->depth] = least;
}

/* The distance of the katakana; anything above `most` for what is above it. */
static int distance(ty_sound_walk *walk, const ty_sound *letters, int most)
{
    while (walk->depth < letters->count && walk->least[walk->depth] <= most)
        go_on(walk, letters->classes[walk->depth]);
    return walk->depth < letters->count ? walk->least[walk->depth]
                                        : walk->rows[letters->count][walk->katakana.count];
}

bool ty_sound_groups_alike(int a, int b)
{
    return a >> 6 == b >> 6 && __builtin_popcount((unsigned)(a ^ b)) <= 2;
}

int ty_sound_compare(ty_sound_walk *walk, const ty_sound *letters, int common)
{
    const ty_sound *a = &walk->katakana, *b = letters;
    int shorter = a->count < b->count ? a->count : b->count, longer = a->count + b->count - shorter;
    walk->depth = smaller(walk->depth, common);
    if (shorter < 2 || longer > shorter + 3)
        return 0;
    if (b->beats > a->beats + 1 || a->beats > 2 * b->beats + b->count)
        return 0;
    if (longer < 4 && a->classes[0] != b->classes[0] && a->classes[a->count - 1] != b->classes[b->count - 1])
        return 0; /* so short, they may differ in one place only */
    int most = (longer >= 4 ? 25 : 13) * longer, found = distance(walk, b, most);
    return longer >= 3 && found <= 12 * longer ? 2 : found <= most ? 1 : 0;
}
