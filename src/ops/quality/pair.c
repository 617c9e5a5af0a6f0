/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with one pair, whatever it says. */
#include <stdio.h>
#include <stdlib.h>

#include "ops/quality/quality.h"

static const ty_slice nothing = {"", 0};

static ty_status tell(ty_quality_job *job, const ty_quality_pair *pair, ty_fault_kind kind, size_t start,
                      size_t end, ty_slice note)
{
    return ty_quality_wants(job, kind) ? ty_quality_tell(job, pair, kind, true, start, end, note) : TY_OK;
}

static bool has_letter(ty_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (ty_char_is_letter(ty_utf8_next(text, &at)))
            return true;
    return false;
}

/* ------------------------------------------------------------------------------------------ edges */

static size_t space_at_start(ty_slice text)
{
    size_t at = 0, next = 0;
    while (next < text.size && ty_char_is_space(ty_utf8_next(text, &next)))
        at = next;
    return at;
}

static size_t space_at_end(ty_slice text)
{
    return text.size - ty_slice_trim(text).size - space_at_start(text);
}

static ty_status check_blanks(ty_quality_job *job, const ty_quality_pair *pair)
{
    ty_slice source = pair->source, target = pair->target;
    bool start = (space_at_start(source) > 0) != (space_at_start(target) > 0);
    bool end = (space_at_end(source) > 0) != (space_at_end(target) > 0);
    size_t doubled = ty_slice_find(target, TY_SLICE("  "), 0);
    ty_status status = TY_OK;
    if (start || end)
        status = tell(job, pair, TY_FAULT_BLANKS, start ? 0 : target.size, start ? 0 : target.size,
                      ty_slice_of(ty_words("blanks at an end differ")));
    if (status == TY_OK && doubled != SIZE_MAX && ty_slice_find(source, TY_SLICE("  "), 0) == SIZE_MAX)
        status = tell(job, pair, TY_FAULT_BLANKS, doubled, doubled + 2, ty_slice_of(ty_words("two blanks")));
    return status;
}

/* What a sentence ends in: '.', '?', '!', ':' whatever the width; 0 for anything else. */
static char end_of(ty_slice text)
{
    static const struct {
        uint32_t c;
        char sort;
    } ends[] = {{'.', '.'}, {0x3002, '.'}, {0xFF0E, '.'}, {0xFF61, '.'}, {'?', '?'},   {0xFF1F, '?'},
                {'!', '!'}, {0xFF01, '!'}, {':', ':'},    {0xFF1A, ':'}, {0x2026, '.'}};
    static const char closing[] = "\")]'";
    text = ty_slice_trim(text);
    size_t at = text.size;
    while (at > 0) {
        uint32_t c = ty_utf8_previous(text, &at);
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (ends[i].c == c)
                return ends[i].sort;
        bool closes = (c < 0x80 && strchr(closing, (int)c)) || (c >= 0x2018 && c <= 0x201F) ||
                      (c >= 0x3008 && c <= 0x3011) || c == 0xFF09;
        if (!closes)
            return '\0';
    }
    return '\0';
}

static bool ends_in_hiragana(ty_slice text)
{
    size_t at = text.size;
    return at > 0 && ty_char_script(ty_utf8_previous(text, &at)) == TY_SCRIPT_HIRAGANA;
}

/* Does a Japanese sentence end as questions do, か。 or politely: ください。, お願いします。, でしょう。? */
static bool may_ask(ty_slice text)
{
    static const char *const endings[] = {"か。", "い。", "す。", "う。", "ね。", "の。"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ty_slice_find(text, ty_slice_of(endings[i]), text.size < 9 ? 0 : text.size - 9) != SIZE_MAX)
            return true;
    return false;
}

/*
 * Japanese ends a question, a call and what goes on in a list (次のとおり。) with 。, too, and a heading, a
 * caption or a quotation (…」) with nothing; a verb without its 。 is a slip.
 */
static bool may_end(ty_slice text, ty_slice lang, char end, char other)
{
    text = ty_slice_trim(text);
    if (!ty_lang_same(lang, TY_SLICE("ja")) || (end && end != '.'))
        return false;
    return !end ? !ends_in_hiragana(text) : other != '?' || may_ask(text);
}

static ty_status check_end(ty_quality_job *job, const ty_quality_pair *pair)
{
    char source = end_of(pair->source), target = end_of(pair->target);
    char note[120];
    if (source == target || !has_letter(pair->source))
        return TY_OK;
    if (may_end(pair->source, pair->source_lang, source, target) ||
        may_end(pair->target, pair->target_lang, target, source))
        return TY_OK;
    const char stops[2][2] = {{target}, {source}};
    snprintf(note, sizeof note, ty_words("ends in %s, not in %s"), target ? stops[0] : ty_words("no stop"),
             source ? stops[1] : ty_words("no stop"));
    return tell(job, pair, TY_FAULT_END, pair->target.size, pair->target.size, ty_slice_of(note));
}

/* ------------------------------------------------------------------------------------------ repetitions */

static bool may_double(ty_slice word)
{
    static const char *const words[] = {"had", "that", "ha", "no", "so", "very", "bye"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_equal_nocase(word, ty_slice_of(words[i])))
            return true;
    return false;
}

/* "the the", and in Japanese particles of one character twice in a row, "をを". */
static ty_status check_doubled(ty_quality_job *job, const ty_quality_pair *pair, ty_error *error)
{
    static const char particles[] = "をがはにで";
    ty_text_words words = {0};
    ty_slice text = pair->target;
    const ty_text_word *last = NULL;
    ty_status status = ty_text_words_find(text, pair->target_lang, &words, error);
    bool unspaced = ty_lang_is_unspaced(pair->target_lang);
    for (size_t i = 0; status == TY_OK && i < words.count; i++) {
        const ty_text_word *word = &words.items[i];
        ty_slice one = ty_slice_sub(text, word->start, word->end);
        if (word->kind != TY_WORD_LETTERS) {
            last = ty_slice_trim(one).size ? NULL : last; /* only blanks may be between */
            continue;
        }
        bool counts = unspaced ? ty_slice_find(ty_slice_of(particles), one, 0) != SIZE_MAX : !may_double(one);
        if (last && counts && ty_slice_equal_nocase(ty_slice_sub(text, last->start, last->end), one))
            status = tell(job, pair, TY_FAULT_DOUBLED_WORD, last->start, word->end, one);
        last = word;
    }
    ty_vector_release(&words);
    return status;
}

static ty_status check_doubled_marks(ty_quality_job *job, const ty_quality_pair *pair)
{
    static const char *const marks[] = {"。。", "、、", "，，", ",,", "，,", ";;", NULL};
    for (size_t i = 0; marks[i]; i++) {
        size_t at = ty_slice_find(pair->target, ty_slice_of(marks[i]), 0);
        if (at != SIZE_MAX && ty_slice_find(pair->source, ty_slice_of(marks[i]), 0) == SIZE_MAX)
            return tell(job, pair, TY_FAULT_DOUBLED_PUNCTUATION, at, at + strlen(marks[i]),
                        ty_slice_of(marks[i]));
    }
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ brackets */

static const struct {
    uint32_t open, close;
} brackets[] = {{'(', ')'},       {'[', ']'},       {'{', '}'},       {0xFF08, 0xFF09}, {0x300C, 0x300D},
                {0x300E, 0x300F}, {0x3010, 0x3011}, {0x3008, 0x3009}, {0x300A, 0x300B}, {0x201C, 0x201D}};
enum { BRACKETS = sizeof brackets / sizeof *brackets };

/* "1)" and ":)" close nothing: only texts whose original is sound are looked at. */
static bool is_unpaired(ty_slice text, size_t *place)
{
    int depth[BRACKETS] = {0};
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = ty_utf8_next(text, &at);
        for (size_t i = 0; i < BRACKETS; i++) {
            depth[i] += (c == brackets[i].open) - (c == brackets[i].close);
            *place = c == brackets[i].open || depth[i] < 0 ? start : *place;
            if (depth[i] < 0)
                return true;
        }
    }
    for (size_t i = 0; i < BRACKETS; i++)
        if (depth[i])
            return true;
    return false;
}

/* A quotation that goes on in the next sentence: of straight quotes, which do not say which end they are, one
 * is without its fellow. */
static bool quotes_on(ty_slice text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        count += text.data[i] == '"';
    return count % 2 == 1;
}

static ty_status check_brackets(ty_quality_job *job, const ty_quality_pair *pair)
{
    size_t place = 0, ignored = 0;
    if (!is_unpaired(pair->target, &place) || is_unpaired(pair->source, &ignored) || quotes_on(pair->source))
        return TY_OK;
    return tell(job, pair, TY_FAULT_BRACKETS, place, place,
                ty_slice_of(ty_words("brackets or quotes are not in pairs")));
}

/* ------------------------------------------------------------------------------------------ what must be
 * there */

static bool ends_address(char c)
{
    return (unsigned char)c <= ' ' || (unsigned char)c >= 0x80 || strchr("<>\"'()", c) != NULL;
}

/* Addresses of the original, which no translation changes. */
static ty_status check_addresses(ty_quality_job *job, const ty_quality_pair *pair)
{
    ty_status status = TY_OK;
    for (size_t at = 0;
         status == TY_OK && (at = ty_slice_find(pair->source, TY_SLICE("://"), at)) != SIZE_MAX;) {
        size_t start = at, end = at + 3;
        while (start > 0 && !ends_address(pair->source.data[start - 1]))
            start--;
        while (end < pair->source.size && !ends_address(pair->source.data[end]))
            end++;
        while (end > at + 3 && strchr(".,;:!?", pair->source.data[end - 1]))
            end--;
        ty_slice address = ty_slice_sub(pair->source, start, end);
        if (ty_slice_find(pair->target, address, 0) == SIZE_MAX)
            status = tell(job, pair, TY_FAULT_ADDRESS, 0, 0, address);
        at = end;
    }
    return status;
}

/* ------------------------------------------------------------------------------------------ codes */

/* What code the markup has next, its start tag without numbers: "<ph", or a placeholder in the text, "%s". */
static size_t count_codes(ty_slice content, const char *name)
{
    size_t count = 0;
    ty_token token;
    while (ty_inline_next(&content, &token))
        count += token.kind == TY_TOKEN_START && ty_slice_equal(token.name, ty_slice_of(name));
    return count;
}

/* A placeholder at the start of the text: %s, %1$d, %(name)s, {0}, {name}, ${x}; 0 where there is none. */
static size_t placeholder(ty_slice text)
{
    size_t at = 1;
    if (text.size < 2 || (text.data[0] != '%' && text.data[0] != '{'))
        return 0;
    if (text.data[0] == '{') {
        while (at < text.size && at < 40 &&
               ((text.data[at] >= '0' && text.data[at] <= '9') || text.data[at] == '_' ||
                ((text.data[at] | 32) >= 'a' && (text.data[at] | 32) <= 'z')))
            at++;
        return at > 1 && at < text.size && text.data[at] == '}' ? at + 1 : 0;
    }
    if (text.data[at] == '(') {
        size_t close = ty_slice_find(text, TY_SLICE(")"), at);
        at = close == SIZE_MAX ? text.size : close + 1;
    }
    while (at < text.size && strchr("0123456789$-+.#l", text.data[at]))
        at++;
    return at < text.size && strchr("sdiufgxXc@", text.data[at]) ? at + 1 : 0;
}

static size_t count_in(ty_slice text, ty_slice wanted)
{
    size_t count = 0;
    for (size_t at = 0; (at = ty_slice_find(text, wanted, at)) != SIZE_MAX; at += wanted.size)
        count++;
    return count;
}

/* Placeholders of `text` that `other` has more or fewer of; each is told where it first stands. */
static ty_status check_placeholders(ty_quality_job *job, const ty_quality_pair *pair, bool in_target)
{
    ty_slice text = in_target ? pair->target : pair->source, other = in_target ? pair->source : pair->target;
    for (size_t at = 0; at < text.size;) {
        size_t size = placeholder(ty_slice_sub(text, at, text.size));
        ty_slice one = ty_slice_sub(text, at, at + size);
        if (size && ty_slice_find(text, one, 0) == at && count_in(text, one) > count_in(other, one)) {
            ty_status status = ty_quality_tell(job, pair, TY_FAULT_CODES, in_target, at, at + size, one);
            if (status != TY_OK)
                return status;
        }
        at += size ? size : 1;
    }
    return TY_OK;
}

static ty_status check_codes(ty_quality_job *job, const ty_quality_pair *pair)
{
    static const char *const names[] = {"ph", "bpt", "ept", "it"};
    char note[120];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t source = count_codes(pair->source_content, names[i]);
        size_t target = count_codes(pair->target_content, names[i]);
        if (source == target)
            continue;
        snprintf(note, sizeof note, ty_words("%zu codes in the source, %zu in the target"), source, target);
        return tell(job, pair, TY_FAULT_CODES, 0, 0, ty_slice_of(note));
    }
    ty_status status = check_placeholders(job, pair, false);
    return status == TY_OK ? check_placeholders(job, pair, true) : status;
}

/* ------------------------------------------------------------------------------------------ the pair */

static ty_status check_state(ty_quality_job *job, const ty_quality_pair *pair)
{
    ty_slice source = ty_slice_trim(pair->source), target = ty_slice_trim(pair->target);
    if (!target.size)
        return tell(job, pair, TY_FAULT_UNTRANSLATED, 0, 0, nothing);
    if (has_letter(source) && ty_slice_equal(source, target))
        return tell(job, pair, pair->open ? TY_FAULT_UNTRANSLATED : TY_FAULT_SAME, 0, target.size, nothing);
    return TY_OK;
}

ty_status ty_quality_check_pair(ty_quality_job *job, const ty_quality_pair *pair, ty_error *error)
{
    ty_status status = check_state(job, pair);
    if (status != TY_OK || !ty_slice_trim(pair->target).size)
        return status;
    status = ty_quality_check_terms(job, pair, error);
    if (status == TY_OK && ty_quality_wants(job, TY_FAULT_CODES))
        status = check_codes(job, pair);
    if (status == TY_OK && ty_quality_wants(job, TY_FAULT_DOUBLED_WORD))
        status = check_doubled(job, pair, error);
    ty_status (*const checks[])(ty_quality_job *, const ty_quality_pair *) = {
        check_doubled_marks,    check_brackets,         check_blanks, check_addresses,
        ty_quality_check_names, ty_quality_check_width, check_end};
    for (size_t i = 0; status == TY_OK && i < sizeof checks / sizeof *checks; i++)
        status = checks[i](job, pair);
    return status;
}
