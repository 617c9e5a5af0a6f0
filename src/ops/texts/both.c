/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents with two languages: paragraphs that alternate, a table of two columns, a translation behind its
 * original. One such document is a release by itself; of two documents, what is in the other's language is no
 * text of it.
 */
#include "ops/internal.h"

enum { WORDS = 6, CHARACTERS = 8 }; /* a paragraph that is more than a name or a title in another language */

/* ------------------------------------------------------------------------------------------ paragraphs */

/* The next paragraph of *rest, without the line ends behind it. */
static bool next_paragraph(ty_slice *rest, bool blank_lines, ty_slice *out)
{
    if (!rest->size)
        return false;
    size_t end = ty_slice_find(*rest, blank_lines ? TY_SLICE("\n\n") : TY_SLICE("\n"), 0);
    *out = ty_slice_sub(*rest, 0, end);
    *rest = ty_slice_sub(*rest, end == SIZE_MAX ? rest->size : end + (blank_lines ? 2 : 1), rest->size);
    return true;
}

struct scripts {
    size_t words, unspaced; /* words in letters of scripts with blanks; characters of those without */
};

static struct scripts count_scripts(ty_slice text)
{
    struct scripts count = {0};
    bool in_word = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t code = ty_utf8_next(text, &at);
        ty_script script = ty_char_script(code);
        bool unspaced =
            script == TY_SCRIPT_HAN || script == TY_SCRIPT_HIRAGANA || script == TY_SCRIPT_KATAKANA;
        bool letter = !unspaced && ty_char_is_letter(code);
        count.unspaced += unspaced;
        count.words += letter && !in_word;
        in_word = letter;
    }
    return count;
}

/* Is the paragraph in `lang` rather than in `other`? Between two scripts these tell, else the words do. */
static bool is_in(ty_slice paragraph, ty_slice lang, ty_slice other)
{
    bool unspaced = ty_lang_is_unspaced(lang);
    struct scripts count = count_scripts(paragraph);
    if (unspaced != ty_lang_is_unspaced(other))
        return unspaced ? count.unspaced >= CHARACTERS && count.unspaced > count.words * 2
                        : count.words >= WORDS && count.unspaced * 4 < count.words;
    return count.words + count.unspaced >= WORDS * 2 &&
           ty_lang_same(ty_slice_of(ty_lang_guess(paragraph)), lang);
}

/* ------------------------------------------------------------------------------------------ two documents */

static void add_paragraph(ty_buffer *out, ty_slice paragraph, bool blank_lines)
{
    ty_buffer_add(out, paragraph);
    ty_buffer_add(out, blank_lines ? TY_SLICE("\n\n") : TY_SLICE("\n"));
}

ty_status ty_text_drop_other(ty_text *text, ty_slice lang, ty_slice other, const ty_listener *listener,
                             ty_error *error)
{
    ty_buffer kept = {0};
    bool blank_lines = text->document.blank_lines;
    size_t dropped = 0;
    ty_slice rest = ty_buffer_slice(&text->document.text), paragraph;
    while (next_paragraph(&rest, blank_lines, &paragraph)) {
        bool foreign = is_in(paragraph, other, lang) && !is_in(paragraph, lang, other);
        dropped += foreign;
        if (!foreign)
            add_paragraph(&kept, paragraph, blank_lines);
    }
    if (kept.failed) {
        ty_buffer_release(&kept);
        return ty_error_nomem(error);
    }
    if (!dropped || !ty_slice_trim(ty_buffer_slice(&kept)).size) {
        ty_buffer_release(&kept);
        return TY_OK;
    }
    ty_buffer_release(&text->document.text);
    text->document.text = kept;
    ty_warn(listener, text->path, 0, 0, "other-language", "%zu %s in %.*s left out of the %.*s text", dropped,
            dropped == 1 ? "paragraph" : "paragraphs", TY_SLICE_FORMAT(other), TY_SLICE_FORMAT(lang));
    return TY_OK;
}

/* ------------------------------------------------------------------------------------------ one document */

/* A paragraph too short to tell goes where it says itself, by its script, or with the one before it. */
static bool belongs_to_second(ty_slice paragraph, ty_slice first, ty_slice second, bool before)
{
    struct scripts count = count_scripts(paragraph);
    bool unspaced = ty_lang_is_unspaced(second);
    if (is_in(paragraph, second, first) || is_in(paragraph, first, second))
        return is_in(paragraph, second, first);
    if (unspaced == ty_lang_is_unspaced(first) || count.words + count.unspaced == 0)
        return before;
    return unspaced ? count.unspaced > 0 : count.unspaced == 0;
}

/* Which column of the tables has the second language: 0 or 1; -1 where they do not stand side by side. */
static int second_column(const ty_text *text, ty_slice first, ty_slice second)
{
    size_t votes[2][2] = {{0, 0}, {0, 0}}; /* by column and language */
    ty_slice whole = ty_buffer_slice(&text->document.text);
    for (size_t i = 0; i < text->document.cells.count; i++) {
        const ty_document_cell *cell = &text->document.cells.items[i];
        ty_slice content = ty_slice_sub(whole, cell->start, cell->end);
        if (cell->column > 1)
            return -1;
        votes[cell->column][0] += is_in(content, first, second);
        votes[cell->column][1] += is_in(content, second, first);
    }
    for (int column = 0; column < 2; column++)
        if (votes[column][1] > votes[column][0] * 4 && votes[!column][0] > votes[!column][1] * 4)
            return column;
    return -1;
}

struct splitting {
    ty_text *texts[2];
    ty_buffer out[2];
    int column; /* of the second language; -1: none */
    bool in_second;
};

static bool split_paragraph(struct splitting *s, ty_slice paragraph, ty_slice first, ty_slice second)
{
    const ty_document *document = &s->texts[0]->document;
    size_t at = (size_t)(paragraph.data - document->text.data);
    const ty_document_cell *cell = s->column >= 0 ? ty_document_cell_at(document, at) : NULL;
    s->in_second =
        cell ? (int)cell->column == s->column : belongs_to_second(paragraph, first, second, s->in_second);
    add_paragraph(&s->out[s->in_second], paragraph, document->blank_lines);
    return !ty_slice_trim(paragraph).size ||
           ty_vector_push(&s->texts[s->in_second]->rows, cell ? cell->row : 0);
}

/* The texts in both languages, the second one into `other`, which has the name and the facts of the first. */
ty_status ty_text_split(ty_text *text, ty_slice first, ty_slice second, ty_text **other, ty_error *error)
{
    *other = calloc(1, sizeof **other);
    if (!*other)
        return ty_error_nomem(error);
    ty_text *two = *other;
    struct splitting s = {.texts = {text, two}, .column = second_column(text, first, second)};
    bool blank_lines = text->document.blank_lines, good = true;
    ty_slice rest = ty_buffer_slice(&text->document.text), paragraph;
    while (good && next_paragraph(&rest, blank_lines, &paragraph))
        good = split_paragraph(&s, paragraph, first, second);
    two->path = ty_arena_copy(&two->arena, ty_slice_of(text->path)).data;
    two->file = text->file ? two->path : NULL;
    two->lang = ty_arena_copy(&two->arena, second);
    two->document.blank_lines = blank_lines;
    two->document.format = text->document.format;
    memcpy(two->document.encoding, text->document.encoding, sizeof two->document.encoding);
    ty_buffer_release(&text->document.text);
    text->document.text = s.out[0];
    two->document.text = s.out[1];
    text->lang = ty_arena_copy(&text->arena, first);
    bool failed = !good || s.out[0].failed || s.out[1].failed || two->arena.failed || text->arena.failed;
    return failed ? ty_error_nomem(error) : TY_OK;
}

bool ty_text_has_both(const ty_text *text, ty_slice first, ty_slice second)
{
    size_t ones = 0, twos = 0;
    ty_slice rest = ty_buffer_slice(&text->document.text), paragraph;
    while (next_paragraph(&rest, text->document.blank_lines, &paragraph)) {
        ones += is_in(paragraph, first, second);
        twos += is_in(paragraph, second, first);
    }
    return ones && twos && ones <= twos * 4 + 1 && twos <= ones * 4 + 1;
}
