/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Japanese inflection for searches by words: a verb or adjective of the needle stands for all its forms. What
 * follows the kanji is brought down to the kana that any form begins with: 強化した to 強化 and one of し,
 * さ, す, せ; 行った to 行 and one of わ, い, う, ...; 述べた to 述べ.
 */
#include "match/internal.h"

/* Forms of する behind a noun, the longest first. */
static const char *const suru[] = {
    "しませんでした", "しなかった", "しております", "しています", "しておりました", "していました",
    "しました",       "しません",   "している",     "していた",   "しており",       "させる",
    "させた",         "される",     "された",       "します",     "しない",         "すれば",
    "しよう",         "して",       "した",         "する",       "すべき"};

/* The rows of the kana table that verbs move in, each with what stands for it before た and て. */
static const char *const rows[] = {"わいうえおっ", "かきくけこい", "がぎぐげごい",
                                   "さしすせそ",   "たちつてとっ", "なにぬねのん",
                                   "ばびぶべぼん", "まみむめもん", "らりるれろっ"};
static const char on_their_own[] = "えけげせてねべめれ"; /* 述べる, 受ける: stems that stay as they are */

static bool is_hiragana(ty_slice word)
{
    size_t at = 0;
    return word.size && ty_char_script(ty_utf8_next(word, &at)) == TY_SCRIPT_HIRAGANA && at == word.size;
}

static bool is_content(ty_slice word)
{
    size_t at = 0;
    ty_script script = word.size ? ty_char_script(ty_utf8_next(word, &at)) : TY_SCRIPT_OTHER;
    return script == TY_SCRIPT_HAN || script == TY_SCRIPT_KATAKANA;
}

static bool has(const char *list, ty_slice kana)
{
    return ty_slice_find(ty_slice_of(list), kana, 0) != SIZE_MAX;
}

/* The hiragana at the end of the row of words [first, end), as one text. */
static size_t find_tail(const ty_needle *needle, size_t first, size_t end, ty_buffer *out)
{
    size_t start = end;
    while (start > first && is_hiragana(needle->words.items[start - 1].folded))
        start--;
    for (size_t i = start; i < end; i++)
        ty_buffer_add(out, needle->words.items[i].folded);
    return start;
}

/* All kana that a form of the verb with this one behind its kanji may have there. */
static bool add_rows(ty_slice kana, ty_buffer *out)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (has(rows[i], kana))
            ty_buffer_add_string(out, rows[i]);
    return out->size > 0;
}

/* What may follow the kanji in place of `tail`: false where that is no ending. */
static bool find_any(ty_slice tail, ty_buffer *out, size_t *kept)
{
    *kept = 0;
    for (size_t i = 0; i < sizeof suru / sizeof *suru; i++)
        if (ty_slice_equal(tail, ty_slice_of(suru[i]))) {
            ty_buffer_add_string(out, "しさすせ");
            return true;
        }
    ty_slice first = ty_slice_sub(tail, 0, 3);
    if (tail.size > 3 && has(on_their_own, first)) {
        *kept = 1; /* with any ending behind it */
        return true;
    }
    bool adjective = ty_slice_equal(tail, TY_SLICE("い")) || ty_slice_starts(tail, TY_SLICE("かった"));
    if (adjective)
        ty_buffer_add_string(out, "いくかけさ");
    bool bare = ty_slice_equal(tail, TY_SLICE("る")); /* 見る: た, て, ます follow at once */
    if (bare)
        ty_buffer_add_string(out, "たてまなよ");
    bool particle = tail.size == 3 && has("はがをにのとへもでや", tail);
    return !particle && (add_rows(first, out) || adjective);
}

ty_status ty_needle_loosen(ty_needle *needle, size_t first, ty_error *error)
{
    ty_buffer tail = {0}, any = {0};
    size_t end = needle->words.count, start = find_tail(needle, first, end, &tail), kept;
    ty_needle_word *words = needle->words.items;
    bool ends_word = start < end && start > first && is_content(words[start - 1].folded);
    if (ends_word && find_any(ty_buffer_slice(&tail), &any, &kept)) {
        needle->words.count = start + (any.size ? 1 : kept);
        ty_needle_word *last = &words[needle->words.count - 1];
        last->last = true;
        last->inflects = true;
        if (any.size)
            last->any = ty_arena_copy(&needle->arena, ty_buffer_slice(&any));
    }
    bool failed = tail.failed || any.failed || needle->arena.failed;
    ty_buffer_release(&tail);
    ty_buffer_release(&any);
    return failed ? ty_error_nomem(error) : TY_OK;
}
