/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with two texts that are to be a pair, whatever they say. */
#include <stdio.h>

#include "ops/internal.h"

/* Enough of them that nobody has asked: they stand for characters that somebody's encoding had not. */
enum { MANY_MARKS = 4 };

typedef struct characters {
    size_t letters, printed, marks; /* question marks */
    bool replaced, made;            /* U+FFFD; of private use */
} characters;

static bool is_private(uint32_t code)
{
    return (code >= 0xE000 && code <= 0xF8FF) || (code >= 0xF0000 && code <= 0x10FFFD);
}

/* May there be a character of private use, or one in place of what was lost? Without a way out of the loop,
 * so that it is done many bytes at a time. */
static bool may_be_odd(ty_slice text)
{
    const unsigned char *b = (const unsigned char *)text.data;
    unsigned char found = 0;
    for (size_t i = 0; i + 1 < text.size; i++)
        found |= (unsigned char)((b[i] == 0xEE) | (b[i] >= 0xF3) |
                                 ((b[i] == 0xEF) & ((b[i + 1] < 0xA4) | (b[i + 1] == 0xBF))));
    return found;
}

static bool has_many_marks(ty_slice text)
{
    size_t marks = 0;
    for (size_t at = 0; marks < MANY_MARKS && (at = ty_slice_find(text, TY_SLICE("?"), at)) != SIZE_MAX; at++)
        marks++;
    return marks >= MANY_MARKS;
}

/* Each pair of an import comes by here: most have nothing to count. */
static characters count(ty_slice text, bool letters)
{
    characters found = {0};
    if (!letters && !may_be_odd(text) && !has_many_marks(text))
        return found;
    for (size_t at = 0; at < text.size;) {
        uint32_t code = ty_utf8_next(text, &at);
        found.letters += ty_char_is_letter(code);
        found.printed += !ty_char_is_space(code);
        found.marks += code == '?';
        found.replaced |= code == 0xFFFD;
        found.made |= is_private(code);
    }
    return found;
}

static bool is_lost(const characters *found)
{
    return found->marks >= MANY_MARKS && found->marks > found->printed - found->marks;
}

unsigned ty_unfit(const ty_variant *source, const ty_variant *target)
{
    bool alike = ty_slice_equal(source->text, target->text);
    characters here = count(source->text, alike), there = count(target->text, false);
    bool strange =
        ty_lang_contradicts(source->text, source->lang) || ty_lang_contradicts(target->text, target->lang);
    return (alike && !here.letters && !here.made && source->text.size ? TY_UNFIT_NO_WORDS : 0) |
           (is_lost(&here) || is_lost(&there) ? TY_UNFIT_LOST : 0) |
           (here.replaced || there.replaced ? TY_UNFIT_REPLACED : 0) |
           (here.made || there.made ? TY_UNFIT_PRIVATE : 0) |
           (strange && !ty_lang_same(source->lang, target->lang) ? TY_UNFIT_LANGUAGE : 0);
}

unsigned ty_unfit_warnings(unsigned unfit)
{
    unsigned count = 0;
    for (unfit &= ~(unsigned)TY_UNFIT_FOR_A_PAIR; unfit; unfit &= unfit - 1)
        count++;
    return count;
}

/* Both in the order of the bits. */
static const char *const rules[TY_UNFIT_KINDS] = {"no-words", "lost-characters", "replacement-character",
                                                  "private-use", "wrong-language"};

static const char *message_of(unsigned kind)
{
    switch (1U << kind) {
    case TY_UNFIT_NO_WORDS: return ty_words("both sides are alike and have no word: no pair");
    case TY_UNFIT_LOST: return ty_words("question marks stand for characters that were lost before: no pair");
    case TY_UNFIT_REPLACED: return ty_words("U+FFFD stands for a character that was lost before");
    case TY_UNFIT_PRIVATE: return ty_words("a character of private use (gaiji), which others cannot read");
    default: return ty_words("a side does not seem to be in its language");
    }
}

/* The first ones of a kind one by one, the rest of it by its number; a pair that is left out always. */
static bool is_told(const ty_unfit_told *told, unsigned kind)
{
    return TY_UNFIT_FOR_A_PAIR >> kind & 1 || told->counts[kind] <= TY_UNFIT_TOLD;
}

void ty_unfit_tell(ty_unfit_told *told, unsigned unfit, const char *place, size_t line)
{
    for (unsigned i = 0; i < TY_UNFIT_KINDS; i++) {
        told->counts[i] += unfit >> i & 1;
        if (!(unfit >> i & 1) || !is_told(told, i))
            continue;
        char message[200];
        snprintf(message, sizeof message, "%s%s%s", place, place[0] ? ": " : "", message_of(i));
        ty_notify(told->listener, &(ty_notice){.file = told->file,
                                               .line = line,
                                               .rejected = (TY_UNFIT_FOR_A_PAIR >> i & 1) != 0,
                                               .rule = rules[i],
                                               .message = message});
    }
}

void ty_unfit_tell_rest(const ty_unfit_told *told)
{
    for (unsigned i = 0; i < TY_UNFIT_KINDS; i++)
        if (!is_told(told, i))
            ty_warn(told->listener, told->file, 0, 0, rules[i], "%zu more pairs of which this is said",
                    told->counts[i] - TY_UNFIT_TOLD);
}
