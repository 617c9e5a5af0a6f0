/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rendered - whether a translation says a concept, be it inside other words (国際法に従い), as a noun for a
 * verb (派遣 for 派遣する) or short (日米防衛相会談: data/short-forms.txt).
 */
#include "term/internal.h"

static ty_slice text_of(const ty_term_index *index, const term_record *record)
{
    return (ty_slice){index->texts.data + record->text, record->text_size};
}

static bool has(ty_slice text, ty_slice words)
{
    return words.size && ty_slice_find(text, words, 0) != SIZE_MAX;
}

static size_t quote_at(ty_slice text, size_t at)
{
    static const char *const quotes[] = {"「", "」", "『", "』", "“", "”"};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        if (ty_slice_starts(ty_slice_sub(text, at, at + 3), ty_slice_of(quotes[i])))
            return 3;
    return 0;
}

/* Does the text have the words but for quotes around a part of them: 「もがみ」型? */
static bool has_quoted(ty_slice text, ty_slice words)
{
    for (size_t start = 0; start < text.size; start++) {
        size_t at = start, taken = 0;
        unsigned char lead = (unsigned char)text.data[start];
        if ((lead != 0xE3 && lead != 0xE2) || !quote_at(text, start))
            continue;
        for (size_t quote; at < text.size && taken < words.size; at += quote ? quote : 1) {
            quote = quote_at(text, at);
            if (!quote && text.data[at] != words.data[taken++])
                break;
            if (!quote && taken == words.size)
                return true;
        }
    }
    return false;
}

/* Is a character of three bytes in the text beside another of CJK, as in 日米? Alone it is a word of its own.
 */
static bool has_in_compound(ty_slice text, ty_slice character)
{
    for (size_t at = 0; (at = ty_slice_find(text, character, at)) != SIZE_MAX; at += 3) {
        unsigned char before = at >= 3 ? (unsigned char)text.data[at - 3] : 0;
        unsigned char behind = at + 3 < text.size ? (unsigned char)text.data[at + 3] : 0;
        unsigned char next = at + 4 < text.size ? (unsigned char)text.data[at + 4] : 0;
        bool katakana = behind == 0xE3 && (next == 0x82 || next == 0x83); /* 米メディア */
        if ((before >= 0xE4 && before <= 0xE9) || (behind >= 0xE4 && behind <= 0xE9) || katakana)
            return true;
    }
    return false;
}

/* Does what ends at `end` belong to another full form: the 長官 of 国防長官, for 国務長官? */
static bool is_of_another(ty_slice text, size_t end, size_t size, ty_slice ending)
{
    for (size_t i = 0; i < ty_term_short_form_count; i++) {
        ty_slice other = ty_slice_of(ty_term_short_forms[i].ending);
        if (other.size > size && !ty_slice_equal(other, ending) &&
            ty_slice_ends(ty_slice_sub(text, 0, end), other))
            return true;
    }
    return false;
}

/* Does the text have the short form, as one of its own? */
static bool has_own(ty_slice text, ty_slice one, ty_slice ending)
{
    for (size_t at = 0; (at = ty_slice_find(text, one, at)) != SIZE_MAX; at += one.size)
        if (!is_of_another(text, at + one.size, one.size, ending))
            return true;
    return false;
}

enum { BARE = 9 }; /* bytes, three characters: shorter names stand inside other words (九州) */

/* Does the text have `front` and the words right behind it? */
static bool has_behind(ty_slice text, ty_slice front, ty_slice words)
{
    for (size_t at = 0; front.size && (at = ty_slice_find(text, front, at)) != SIZE_MAX; at += front.size)
        if (ty_slice_starts(ty_slice_sub(text, at + front.size, text.size), words))
            return true;
    return false;
}

/* Does the text have `front` with one of the form's short forms behind it? */
static bool has_short(ty_slice text, ty_slice front, const term_short_form *form)
{
    ty_slice rest = ty_slice_of(form->shorts), one;
    while (rest.size && ty_slice_next(&rest, ' ', &one)) {
        if (one.size > 1 && one.data[0] == '~') { /* behind the front only */
            if (has_behind(text, front, ty_slice_sub(one, 1, one.size)))
                return true;
            continue;
        }
        bool single = one.size == 3 && (unsigned char)one.data[0] >= 0xE3 && front.size == 0;
        if (front.size == 0 && ty_slice_equal(one, TY_SLICE("-")))
            return true;
        if (front.size >= BARE && ty_slice_equal(one, TY_SLICE("~")) && has(text, front))
            return true;
        if (single ? has_in_compound(text, one)
                   : front.size == 0 && has_own(text, one, ty_slice_of(form->ending)))
            return true;
        if (has_behind(text, front, one))
            return true;
    }
    return false;
}

/* Is a short form of the term in the text: of all of it, or of its end? */
static bool is_short(ty_slice text, ty_slice term)
{
    for (size_t i = 0; i < ty_term_short_form_count; i++) {
        const term_short_form *form = &ty_term_short_forms[i];
        ty_slice ending = ty_slice_of(form->ending);
        if (!ty_slice_ends(term, ending))
            continue;
        if (has_short(text, ty_slice_sub(term, 0, term.size - ending.size), form))
            return true;
    }
    return false;
}

/* Does the source point back in the same way, with "the ship" for 同艦? Then that is what is rendered. */
static bool points_back_too(ty_slice source, const char *nouns)
{
    for (ty_slice rest = ty_slice_of(nouns), noun; rest.size && ty_slice_next(&rest, ' ', &noun);)
        for (size_t at = 0; (at = ty_slice_find(source, noun, at)) != SIZE_MAX; at += noun.size)
            if (at >= 4 && ty_slice_equal_nocase(ty_slice_sub(source, at - 4, at), TY_SLICE("the ")))
                return true;
    return false;
}

bool ty_term_points_back(ty_slice text, ty_slice source)
{
    static const char *const words[][2] = {{"同社", "company firm"},
                                           {"同省", "ministry Ministry department Department"},
                                           {"同庁", "agency Agency"},
                                           {"同国", "country nation"},
                                           {"同氏", ""},
                                           {"同隊", "unit squadron force"},
                                           {"同機関", "organization agency"},
                                           {"同局", "bureau Bureau office"},
                                           {"同軍", "army military Army"},
                                           {"同艦", "ship vessel destroyer frigate carrier submarine"},
                                           {"同機", "aircraft plane helicopter jet"},
                                           {"同紙", "paper newspaper"},
                                           {"同会", "association meeting"},
                                           {"同州", "state"},
                                           {"同市", "city"},
                                           {"同島", "island"},
                                           {"同組織", "organization group"},
                                           {"同委員", "committee"},
                                           {"同部隊", "unit battalion"},
                                           {"同法", "act law Act"},
                                           {"同協", "agreement"},
                                           {"同条", "treaty article"},
                                           {"同地", "area base site"},
                                           {"同相", "minister"},
                                           {"同長官", "secretary Secretary"},
                                           {"同大臣", "minister Minister"},
                                           {"両国", ""},
                                           {"両者", ""},
                                           {"両軍", ""}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has(text, ty_slice_of(words[i][0])) && !points_back_too(source, words[i][1]))
            return true;
    return false;
}

enum { HEAD_NEAR = 60 }; /* bytes from the first name to the head that names share */

/* Does the text have the name before a head that it shares with another: 外務・防衛両省? */
static bool has_shared_head(ty_slice text, ty_slice term, size_t head)
{
    if (term.size <= head + 3)
        return false;
    ty_slice front = ty_slice_sub(term, 0, term.size - head),
             rest = ty_slice_sub(term, term.size - head, term.size);
    for (size_t at = 0; (at = ty_slice_find(text, front, at)) != SIZE_MAX; at += front.size) {
        ty_slice behind = ty_slice_sub(text, at + front.size, at + front.size + HEAD_NEAR);
        size_t both = ty_slice_find(behind, TY_SLICE("両"), 0);
        if (both != SIZE_MAX && ty_slice_starts(ty_slice_sub(behind, both + 3, behind.size), rest) &&
            (both == 0 || ty_slice_starts(behind, TY_SLICE("・")) || ty_slice_starts(behind, TY_SLICE("、"))))
            return true;
        if (head == 6 && ty_slice_starts(behind, TY_SLICE("の")) &&
            ty_slice_find(behind, rest, 0) != SIZE_MAX)
            return true; /* 大阪府の何某知事 */
    }
    return false;
}

bool ty_term_is_rendered(const ty_term_index *index, int64_t concept, ty_slice text)
{
    size_t first, last;
    ty_term_concept_entries(index, concept, &first, &last);
    for (size_t i = first; i < last; i++) {
        const term_record *record = &index->entries.items[index->by_concept.items[i]];
        ty_slice term = text_of(index, record);
        if (!term_is_acceptable(record))
            continue;
        if (record->flags & TERM_SURU)
            term.size -= 6;
        else if (record->flags & TERM_KANA_VERB)
            term.size -= 3;
        if (has(text, term) || is_short(text, term) || has_quoted(text, term) ||
            has_shared_head(text, term, 3) || has_shared_head(text, term, 6))
            return true;
    }
    return false;
}

/* An abbreviation in capitals: HGV. */
static bool is_abbreviation(ty_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!(text.data[i] >= 'A' && text.data[i] <= 'Z') && text.data[i] != '-' && text.data[i] != '/')
            return false;
    return text.size > 1;
}

bool ty_term_are_forms(ty_slice one, ty_slice other)
{
    return has(one, other) || has(other, one) || is_short(other, one) || is_short(one, other) ||
           is_abbreviation(one) || is_abbreviation(other);
}

bool ty_term_index_says(const ty_term_index *index, int64_t concept, ty_slice text)
{
    return ty_term_is_rendered(index, concept, text);
}
