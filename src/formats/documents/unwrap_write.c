/* SPDX-License-Identifier: Apache-2.0 */
/* The text of lines that were told to go on or not: hyphens at line ends go, or stay where they are the
 * word's own. */
#include "formats/documents/unwrap_lines.h"

/* Does `word` stand in the text, whole and in any case? */
static bool stands_in(ty_slice text, ty_slice word)
{
    for (size_t at = 0; at + word.size <= text.size; at++)
        if ((at == 0 || !is_ascii_letter(text.data[at - 1])) &&
            (at + word.size == text.size || !is_ascii_letter(text.data[at + word.size])) &&
            ty_slice_equal_nocase(ty_slice_sub(text, at, at + word.size), word))
            return true;
    return false;
}

/* What a word is divided before, and no compound has as its second part. */
static bool is_word_end(ty_slice text)
{
    static const char *const ends[] = {"ment",  "ments", "tion", "tions", "sion",  "sions", "ity",
                                       "ness",  "ance",  "ence", "able",  "ible",  "ing",   "ture",
                                       "tures", "ties",  "ally", "tive",  "ative", "ered"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ty_slice_equal_nocase(text, ty_slice_of(ends[i])))
            return true;
    return false;
}

/* First parts of the compounds that reports are full of. */
static bool begins_compound(ty_slice text)
{
    static const char *const starts[] = {
        "next",   "stand", "long",  "short", "high",    "low",     "well",  "self", "non",   "anti",
        "multi",  "mid",   "full",  "air",   "ship",    "surface", "sea",   "land", "cross", "first",
        "second", "third", "large", "small", "post",    "ground",  "year",  "two",  "three", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty",  "ninety"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (ty_slice_equal_nocase(text, ty_slice_of(starts[i])))
            return true;
    return false;
}

/*
 * Is the hyphen at a line's end the word's own? By what the text has elsewhere, the whole word or one with
 * its hyphen; else a text in which words are divided has many, and one in which they are not has only their
 * own.
 */
static bool keeps_hyphen(ty_slice text, struct unwrap_counts counts, ty_slice first, ty_slice second)
{
    ty_buffer whole = {0};
    ty_buffer_add(&whole, first);
    ty_buffer_add(&whole, second);
    bool known = stands_in(text, ty_buffer_slice(&whole));
    ty_buffer_clear(&whole);
    ty_buffer_add_format(&whole, "%.*s-%.*s", TY_SLICE_FORMAT(first), TY_SLICE_FORMAT(second));
    bool hyphenated = stands_in(text, ty_buffer_slice(&whole));
    ty_buffer_release(&whole);
    if (known || hyphenated)
        return !known;
    if (begins_compound(first))
        return true;
    return !is_word_end(second) &&
           (memchr(first.data, '-', first.size) || counts.hyphens * 15 < counts.joined);
}

static ty_slice last_word(ty_slice text)
{
    size_t start = text.size;
    while (start && (is_ascii_letter(text.data[start - 1]) || text.data[start - 1] == '-'))
        start--;
    return ty_slice_sub(text, start, text.size);
}

static ty_slice first_letters(ty_slice text)
{
    size_t end = 0;
    while (end < text.size && is_ascii_letter(text.data[end]))
        end++;
    return ty_slice_sub(text, 0, end);
}

bool ty_document_keeps_hyphen(ty_slice text, struct unwrap_counts counts, ty_slice first, ty_slice second)
{
    ty_slice word = last_word(ty_slice_sub(first, 0, first.size - 1));
    return keeps_hyphen(text, counts, word, first_letters(second));
}

/* Is a byte left out: line ends and form feeds, and, as text out of a PDF is set with blanks, all of several
 * but one? */
static bool is_dropped(ty_slice text, size_t at)
{
    char byte = text.data[at];
    return byte == '\r' || byte == '\f' || (byte == ' ' && at > 0 && text.data[at - 1] == ' ');
}

/* Is any? Of most lines of ASCII that was seen when they were looked through. */
static bool has_dropped(const struct line *line)
{
    unsigned char found = line->doubled;
    for (size_t i = 1; i < line->text.size && !line->printed; i++)
        found |= is_dropped(line->text, i);
    return found;
}

static void add_text(const struct line *line, ty_buffer *out)
{
    ty_slice text = line->text;
    size_t kept = 0;
    size_t end = has_dropped(line) ? text.size : 0;
    for (size_t i = 0; i < end; i++)
        if (is_dropped(text, i)) {
            ty_buffer_add(out, ty_slice_sub(text, kept, i));
            kept = i + 1;
        }
    ty_buffer_add(out, ty_slice_sub(text, kept, text.size));
}

static void add_joint(ty_slice text, const struct lines *lines, const struct line *a, const struct line *b,
                      ty_buffer *out)
{
    if (ty_unwrap_is_hyphenated(a, b))
        out->size -= !ty_document_keeps_hyphen(text, lines->counts, a->text, b->text);
    else if (!is_unspaced(a->last) && !is_unspaced(b->first))
        ty_buffer_add_char(out, ' ');
}

struct text_pieces {
    ty_slice text;
    const struct lines *lines;
    ty_buffer *out; /* of the pieces that were taken */
    ty_buffer pieces[TY_RELAY_AHEAD];
};

enum { TOGETHER = 1 << 10 }; /* lines of a piece */

static bool is_kept(const struct line *line)
{
    return line->text.size && !line->page_number;
}

/* A line, and what stands between it and the next that is kept. */
static void write_line(const struct text_pieces *p, const struct line *line, ty_buffer *out)
{
    const struct line *next = line + 1, *end = p->lines->items + p->lines->count;
    add_text(line, out);
    while (next < end && !is_kept(next))
        next++;
    if (next < end && line->joined)
        add_joint(p->text, p->lines, line, next, out);
    else if (next < end)
        ty_buffer_add(out, TY_SLICE("\n\n"));
}

static ty_status write_piece(void *payload, size_t number, ty_error *error)
{
    struct text_pieces *p = payload;
    ty_buffer *out = &p->pieces[number % TY_RELAY_AHEAD];
    size_t end = (number + 1) * TOGETHER;
    ty_buffer_clear(out);
    for (size_t i = number * TOGETHER; i < end && i < p->lines->count; i++)
        if (is_kept(&p->lines->items[i]))
            write_line(p, &p->lines->items[i], out);
    return out->failed ? ty_error_nomem(error) : TY_OK;
}

static ty_status add_piece(void *payload, size_t number, ty_error *error)
{
    struct text_pieces *p = payload;
    ty_buffer_add(p->out, ty_buffer_slice(&p->pieces[number % TY_RELAY_AHEAD]));
    return p->out->failed ? ty_error_nomem(error) : TY_OK;
}

ty_status ty_unwrap_write(ty_slice text, const struct lines *lines, ty_buffer *out, ty_error *error)
{
    struct text_pieces p = {.text = text, .lines = lines, .out = out};
    ty_relay relay = {.count = lines->count / TOGETHER + 1,
                      .alone = lines->count < 4 * TOGETHER, /* done sooner than a thread is started */
                      .make = write_piece,
                      .take = add_piece,
                      .payload = &p};
    if (!ty_buffer_reserve_large(out, text.size))
        return ty_error_nomem(error);
    ty_status status = ty_threads_relay(&relay, error);
    for (size_t i = 0; i < TY_RELAY_AHEAD; i++)
        ty_buffer_release(&p.pieces[i]);
    return status;
}
