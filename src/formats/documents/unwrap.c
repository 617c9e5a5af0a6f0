/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text that was broken over lines by hand, by a mail program, or out of a PDF: which lines go on in the next
 * is decided line by line. The width of the text is that of the lines that surely go on; a line that fills
 * it, and does not end a sentence, goes on too. Marks of quoted mail and page numbers are taken out.
 */
#include <stdlib.h>

#include "formats/documents/unwrap.h"
#include "text/text.h"

enum {
    NARROW = 24, /* columns: shorter lines are labels, addresses, dates */
    PROSE = 40,  /* columns of an open line with a comma or a stop in it, which no heading has */
    WIDE = 160,  /* columns: nobody wraps wider */
    SLACK = 4,   /* columns that Japanese may push over, or leave free */
    KEPT = 85    /* percent of the lines that go on are no wider than the width of the text */
};

struct line {
    ty_slice text; /* without white space at either end; empty for a blank line */
    uint32_t first, last;
    uint16_t indent;      /* columns before it, */
    uint16_t width;       /* and up to its end, indent included; as far as columns_of tells them apart */
    bool printed : 1;     /* for sure nothing but printed ASCII; if so, */
    bool doubled : 1;     /* has it two blanks together? */
    bool item : 1;        /* begins with a mark of a list */
    bool ends : 1;        /* ends a sentence */
    bool page : 1;        /* has a form feed: a page begins with it */
    bool page_number : 1; /* is one, and nothing else */
    bool sure : 1;        /* goes on in the next line that is not left out, whatever the width of the text; */
    bool joined : 1;      /* or at all */
};

struct lines {
    struct line *items;
    size_t count, capacity;
    unsigned widths[WIDE + 1];     /* of lines that surely go on */
    unsigned all_widths[WIDE + 2]; /* of all lines; the last: wider */
    size_t width;                  /* of the text; 0 where nothing goes on */
    size_t usual;                  /* that nine in ten of all lines keep to */
    struct unwrap_counts counts;
};

/* ------------------------------------------------------------------------------------------ characters */

static bool is_wide(uint32_t code)
{
    return code >= 0x2E80 && !(code >= 0xFF61 && code < 0xFFE0) && code != 0xFFFD;
}

/* Characters of scripts without spaces; Korean has them. */
static bool is_unspaced(uint32_t code)
{
    return is_wide(code) && !(code >= 0xAC00 && code <= 0xD7FF);
}

static bool is_one_of(uint32_t code, const uint32_t *list)
{
    while (*list && *list != code)
        list++;
    return *list != 0;
}

/* What cannot begin a line: stops, commas, closing marks, small kana, the long vowel mark. */
bool ty_document_cannot_begin_line(uint32_t code)
{
    switch (code) {
    case 0x3002:
    case 0x3001:
    case 0xFF0C:
    case 0xFF0E:
    case 0xFF09:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0xFF3D:
    case 0x30FC:
    case 0x3041:
    case 0x3043:
    case 0x3045:
    case 0x3047:
    case 0x3049:
    case 0x3063:
    case 0x3083:
    case 0x3085:
    case 0x3087:
    case 0x30C3:
    case 0x30E3:
    case 0x30E5:
    case 0x30E7:
    case ',':
    case '.':
    case ')':
    case ';':
    case ']': return true;
    default: return false;
    }
}

static bool is_stop(uint32_t code)
{
    switch (code) {
    case '.':
    case '!':
    case '?':
    case 0x3002:
    case 0xFF0E:
    case 0xFF01:
    case 0xFF1F:
    case ':':
    case 0xFF1A:
    case ';':
    case 0x3011: return true;
    default: return false;
    }
}

static bool is_closing(uint32_t code)
{
    switch (code) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x2019:
    case 0x201D:
    case 0x300D:
    case 0x300F:
    case 0xFF09:
    case 0x3015: return true;
    default: return false;
    }
}

static bool is_comma(uint32_t code)
{
    return code == ',' || code == 0x3001 || code == 0xFF0C;
}

static bool is_digit(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19);
}

static bool is_lower(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xDF && code <= 0xFF && code != 0xF7);
}

static bool is_ascii_letter(uint32_t code)
{
    return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
}

/* Are eight bytes printed characters of ASCII, a column each? */
static bool are_printed(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones * 0x80;
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return !((word | (word - ones * ' ')) & highs);
}

/* Does a character between U+3000 and U+CFFF stand here? Nearly all of Japanese is. */
static bool is_wide_here(ty_slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    return text.size - at >= 3 && bytes[0] >= 0xE3 && bytes[0] < 0xED && (bytes[1] & 0xC0) == 0x80 &&
           (bytes[2] & 0xC0) == 0x80;
}

/* Columns, as far as they are told apart: a line beyond WIDE is as good as any other. */
static size_t columns_of(ty_slice text)
{
    size_t width = 0;
    if (text.size > 3 * (size_t)WIDE + 3) /* bytes a column has at most */
        return WIDE + 1;
    for (size_t at = 0; at < text.size && width <= WIDE;) {
        if (text.size - at >= 8 && are_printed(text.data + at)) {
            width += 8;
            at += 8;
            continue;
        }
        if (text.data[at] >= ' ' && (unsigned char)text.data[at] < 0x80) {
            width++;
            at++;
            continue;
        }
        if (is_wide_here(text, at)) {
            width += 2;
            at += 3;
            continue;
        }
        uint32_t code = ty_utf8_next(text, &at);
        width += is_wide(code) ? 2 : code == '\t' ? 8 : 1;
    }
    return width <= WIDE ? width : WIDE + 1;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0x3000 || code == 0xA0 || code == '\r' || code == '\f' ||
           code == 0xFEFF;
}

/* Printed ASCII but the blank: neither white space nor a part of it. */
static bool is_ink(char byte)
{
    return byte > ' ' && byte < 0x7F;
}

static ty_slice without_blanks(ty_slice text)
{
    if (text.size && is_ink(text.data[0]) && is_ink(text.data[text.size - 1]))
        return text;
    for (size_t at = 0; at < text.size && is_blank(ty_utf8_next(text, &at));)
        text = ty_slice_sub(text, at, text.size), at = 0;
    for (size_t end = text.size; end && is_blank(ty_utf8_previous(text, &end));)
        text = ty_slice_sub(text, 0, end);
    return text;
}

/* ------------------------------------------------------------------------------------------ a line */

/* A bullet, or a number or letter with a stop, bracket or wide blank behind it. */
static bool is_item(ty_slice text, uint32_t first)
{
    static const uint32_t bullets[] = {0x2022, 0x30FB, 0x203B, 0x25CB, 0x25CF, 0x25C6, 0x25C7, 0x25A0,
                                       0x25A1, 0x25B6, 0x25BA, 0x25AA, 0x2666, 0xB7,   0x2013, 0};
    size_t at = 0;
    if (is_ascii_letter(first) && (text.size == 1 || text.data[1] != ')'))
        return false; /* most lines */
    uint32_t code = ty_utf8_next(text, &at);
    if (is_one_of(code, bullets) || (code >= 0x2460 && code <= 0x24FF))
        return true;
    if (code == '-' || code == '*')
        return at < text.size && text.data[at] == ' ';
    bool bracket = code == '(' || code == 0xFF08;
    if (bracket)
        code = at < text.size ? ty_utf8_next(text, &at) : 0;
    unsigned signs = 0;
    bool letter = is_ascii_letter(code) && at < text.size && text.data[at] == ')';
    if (letter)
        code = ty_utf8_next(text, &at), signs = 1;
    while (is_digit(code) && at < text.size && signs++ < 3)
        code = ty_utf8_next(text, &at);
    if (!signs && bracket && code && at < text.size)
        code = ty_utf8_next(text, &at), signs = 1;
    static const uint32_t tails[] = {'.', ')', 0x3000, 0xFF0E, 0xFF09, 0};
    bool spaced = at < text.size && (text.data[at] == ' ' || is_wide(code));
    return signs && is_one_of(code, tails) && spaced;
}

static bool ends_sentence(ty_slice text, uint32_t last, size_t end)
{
    uint32_t code = last;
    while (is_closing(code) && end)
        code = ty_utf8_previous(text, &end);
    return is_stop(code);
}

/* What a page number begins with; all other lines, nearly all, need not be read for it. */
static bool may_begin_page_number(uint32_t code)
{
    return is_digit(code) || code == '-' || code == 0x2015 || code == 0x2013 || code == '/' || code == 'P' ||
           code == 'p';
}

/* "- 3 -", "3", "3/12", "Page 3": in the middle or at the edge, with nothing else. */
static bool is_page_number(ty_slice text)
{
    bool dashes = ty_slice_starts(text, TY_SLICE("-")) || ty_slice_starts(text, TY_SLICE("―")) ||
                  ty_slice_starts(text, TY_SLICE("–"));
    bool named = ty_slice_equal_nocase(ty_slice_sub(text, 0, 5), TY_SLICE("page "));
    size_t digits = 0, others = 0;
    for (size_t at = named ? 5 : 0; at < text.size && !others;) {
        uint32_t code = ty_utf8_next(text, &at);
        bool mark = code == '-' || code == 0x2015 || code == 0x2013 || code == ' ' || code == '/';
        digits += is_digit(code);
        others += !is_digit(code) && !mark;
    }
    return digits && digits <= 6 && !others && (dashes || named || digits <= 3);
}

/* What of sixteen bytes is no printed ASCII, and what is a blank behind one that may be, too. */
static void look_at(const char *bytes, ty_bytes16 *others, ty_bytes16 *doubled)
{
    ty_bytes16 here = ty_bytes16_at(bytes);
    *others |= (ty_bytes16)((here < ' ') | (here > '~'));
    *doubled |= (ty_bytes16)((here == ' ') & (ty_bytes16_at(bytes - 1) == ' '));
}

/* Fills `printed` and `doubled`, as far as they can be told at once: a short line, or one that begins with
 * another script, is none of `printed`. */
static void look_through(ty_slice text, struct line *line)
{
    enum { LANES = sizeof(ty_bytes16) };
    ty_bytes16 others = {0}, doubled = {0};
    if (text.size <= LANES || !is_ink(text.data[0]))
        return;
    for (size_t at = 1; at + LANES < text.size; at += LANES)
        look_at(text.data + at, &others, &doubled);
    look_at(text.data + text.size - LANES, &others, &doubled);
    line->printed = !ty_bytes16_any(others);
    line->doubled = ty_bytes16_any(doubled);
}

static size_t width_of(ty_slice text, bool printed)
{
    if (!printed)
        return columns_of(text);
    return text.size > WIDE ? WIDE + 1 : text.size;
}

static struct line measure(ty_slice raw)
{
    ty_slice text = without_blanks(raw);
    struct line line = {.text = text};
    size_t at = 0, end = text.size;
    if (!text.size)
        return line;
    look_through(text, &line);
    line.indent = (uint16_t)columns_of(ty_slice_sub(raw, 0, (size_t)(text.data - raw.data)));
    line.width = (uint16_t)(line.indent + width_of(text, line.printed));
    line.first = ty_utf8_next(text, &at);
    line.last = ty_utf8_previous(text, &end);
    line.item = is_item(text, line.first);
    line.ends = ends_sentence(text, line.last, end);
    return line;
}

/* ------------------------------------------------------------------------------------------ reading lines */

/* The mark of quoted mail, "> " or ">> ", is dropped where every line around has it. */
static size_t quote_length(ty_slice raw)
{
    size_t at = 0;
    while (at < raw.size && (raw.data[at] == '>' ||
                             (at && raw.data[at] == ' ' && at + 1 < raw.size && raw.data[at + 1] == '>')))
        at++;
    return at && at < raw.size && raw.data[at] == ' ' ? at + 1 : at;
}

static size_t count_quoted(ty_slice text)
{
    size_t quoted = 0;
    for (size_t at = 0; (at = ty_slice_find(text, TY_SLICE(">"), at)) != SIZE_MAX; at++)
        quoted += at == 0 || text.data[at - 1] == '\n';
    return quoted;
}

static bool has_quotes(ty_slice text)
{
    size_t quoted = count_quoted(text), count = 0;
    if (quoted < 2)
        return false;
    for (ty_slice raw; ty_slice_next(&text, '\n', &raw);)
        count += without_blanks(raw).size > 0;
    return quoted * 3 >= count;
}

static bool breaks_page(ty_slice raw)
{
    return raw.size && memchr(raw.data, '\f', raw.size);
}

/* A number alone is a page's where a page ends or begins, or where dashes set it off. */
static void mark_page_numbers(struct lines *lines, size_t at, bool page)
{
    struct line *line = &lines->items[at];
    if (may_begin_page_number(line->first) && is_page_number(line->text))
        line->page_number = page || !is_digit(line->first);
}

/* What stands last on a page is known when the next begins. */
static void mark_last_of_page(struct lines *lines)
{
    for (size_t i = lines->count; i > 0; i--)
        if (lines->items[i - 1].text.size) {
            mark_page_numbers(lines, i - 1, true);
            return;
        }
}

static bool ends_blank(const struct lines *lines)
{
    return lines->count && !lines->items[lines->count - 1].text.size;
}

/* ------------------------------------------------------------------------------------------ on all cores */

#define PIECE ((size_t)1 << 17) /* bytes: its lines are those that begin there */

struct line_pieces {
    ty_slice text;
    bool quotes;
    struct lines *lines; /* of the pieces that were taken */
    TY_VECTOR(struct line) pieces[TY_RELAY_AHEAD];
};

/* Where the first line begins at or after `at`; the end of the text where none does before `end`. */
static size_t first_line(ty_slice text, size_t at, size_t end)
{
    const char *before = at ? memchr(text.data + at - 1, '\n', end - at) : NULL;
    return !at ? 0 : before ? (size_t)(before - text.data) + 1 : text.size;
}

static struct line read_line(const struct line_pieces *p, ty_slice raw)
{
    bool page = breaks_page(raw);
    struct line line = measure(p->quotes ? ty_slice_sub(raw, quote_length(raw), raw.size) : raw);
    line.page = page;
    return line;
}

static ty_status read_piece(void *payload, size_t number, ty_error *error)
{
    struct line_pieces *p = payload;
    size_t slot = number % TY_RELAY_AHEAD, start = number * PIECE;
    size_t end = p->text.size - start > PIECE ? start + PIECE : p->text.size;
    size_t at = first_line(p->text, start, end);
    ty_slice rest = ty_slice_sub(p->text, at, p->text.size), raw;
    ty_vector_clear(&p->pieces[slot]);
    while (rest.size && rest.data < p->text.data + end && ty_slice_next(&rest, '\n', &raw)) {
        struct line line = read_line(p, raw);
        if (!ty_vector_push(&p->pieces[slot], line))
            return ty_error_nomem(error);
    }
    return TY_OK;
}

/* Blank lines that follow each other are one: a file may be nothing else. */
static ty_status take_piece(void *payload, size_t number, ty_error *error)
{
    struct line_pieces *p = payload;
    size_t slot = number % TY_RELAY_AHEAD;
    for (size_t i = 0; i < p->pieces[slot].count; i++) {
        struct line line = p->pieces[slot].items[i];
        if (line.page)
            mark_last_of_page(p->lines);
        if (!line.text.size && ends_blank(p->lines))
            continue;
        if (!ty_vector_push(p->lines, line))
            return ty_error_nomem(error);
        p->lines->all_widths[line.width > WIDE ? WIDE + 1 : line.width]++;
        mark_page_numbers(p->lines, p->lines->count - 1, line.page);
    }
    return TY_OK;
}

static ty_status read_lines(ty_slice text, struct lines *lines, ty_error *error)
{
    struct line_pieces p = {.text = text, .quotes = has_quotes(text), .lines = lines};
    ty_relay relay = {.count = text.size / PIECE + 1,
                      .alone = text.size < 4 * PIECE, /* done sooner than a thread is started */
                      .make = read_piece,
                      .take = take_piece,
                      .payload = &p};
    ty_status status = ty_threads_relay(&relay, error);
    for (size_t i = 0; i < TY_RELAY_AHEAD; i++)
        ty_vector_release(&p.pieces[i]);
    return status;
}

/* ------------------------------------------------------------------------------------------ does it go on?
 */

/* Words in hiragana with which sentences begin: others come in the middle of one. */
static bool begins_sentence(ty_slice text)
{
    static const char *const words[] = {
        "この",   "その",   "これ",     "それ",   "また",     "なお",   "しかし", "さらに",
        "そして", "ただし", "もし",     "もっと", "あわせて", "いずれ", "おって", "かつ",
        "すでに", "ついて", "とりわけ", "ところ", "まず",     "まさに", "よって", "われわれ",
        "わが",   "いま",   "ここ",     "こう",   "そう",     "どう",   "なぜ",   "はい",
        "いいえ", "では",   "でも",     "あの",   "こちら",   "どの",   "すべて", "ただ",
        "つまり", "むしろ", "いわゆる", "おお",   "お",       "ご",     "みな",   "やはり"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ty_slice_starts(text, ty_slice_of(words[i])))
            return true;
    return false;
}

static bool begins_within(const struct line *b)
{
    return ty_char_script(b->first) == TY_SCRIPT_HIRAGANA && !begins_sentence(b->text);
}

/* Particles that no line ends with but in the middle of a sentence. */
static bool ends_in_particle(const struct line *a)
{
    static const uint32_t particles[] = {0x306F, 0x304C, 0x3092, 0x306B, 0x3067,
                                         0x3068, 0x306E, 0x3082, 0x3078, 0};
    return is_one_of(a->last, particles);
}

static bool is_hyphenated(const struct line *a, const struct line *b)
{
    size_t end = a->text.size;
    if (a->last != '-' || a->text.size < 3 || !is_lower(b->first))
        return false;
    ty_utf8_previous(a->text, &end);
    return ty_char_is_letter(ty_utf8_previous(a->text, &end));
}

/* A line that is set in further than the one before begins something new. */
static bool is_set_in(const struct line *a, const struct line *b)
{
    return b->indent >= a->indent + 2 && !(a->item && b->indent <= a->indent + 6);
}

/* No doubt, whatever the width: a sentence cannot begin, or end, like that. */
static bool surely_goes_on(const struct line *a, const struct line *b)
{
    if (a->width > WIDE || a->page_number)
        return false;
    if (ty_document_cannot_begin_line(b->first) && !b->item)
        return a->width >= NARROW;
    if (is_hyphenated(a, b))
        return true;
    if (a->ends || b->item || a->width < NARROW || is_set_in(a, b))
        return false;
    if (!is_unspaced(a->last))
        return is_lower(b->first) && !is_unspaced(b->first);
    return begins_within(b) || is_comma(a->last) || (ends_in_particle(a) && a->width >= PROSE);
}

static bool has_comma_or_stop(ty_slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code = ty_utf8_next(text, &at);
        if (is_comma(code) || code == 0x3002 || (code == '.' && at < text.size && text.data[at] == ' '))
            return true;
    }
    return false;
}

/* Prose that stops in the middle, and comes to its end in the next line. */
static bool is_cut_prose(const struct lines *lines, const struct line *a, const struct line *b)
{
    bool broad = a->width * 10 >= lines->usual * 8 && !is_closing(a->last);
    return broad && is_unspaced(a->last) && a->width >= PROSE && b->last == 0x3002 &&
           has_comma_or_stop(a->text);
}

/* Columns that the next line would have brought along: a word, or a character with what may not begin a line.
 */
static size_t first_word(const struct line *b)
{
    size_t at = 0;
    if (is_wide(b->first))
        return 2;
    while (at < b->text.size && b->text.data[at] != ' ')
        at++;
    return columns_of(ty_slice_sub(b->text, 0, at));
}

static bool is_full(const struct lines *lines, const struct line *a, const struct line *b)
{
    size_t blank = is_unspaced(a->last) ? SLACK : 1;
    return lines->width && a->width <= lines->width + SLACK &&
           a->width + blank + first_word(b) > lines->width;
}

/* A dot between two words, or the mark of an item? The latter, where the line before ended or is one itself.
 */
static bool is_middle_dot(const struct line *a, const struct line *b)
{
    return b->first == 0x30FB && !a->ends && !a->item;
}

static bool goes_on(const struct lines *lines, const struct line *a, const struct line *b)
{
    if (a->sure)
        return true;
    if (a->width > WIDE || a->page_number || is_set_in(a, b) || a->width < NARROW)
        return false;
    if (b->item && !is_middle_dot(a, b))
        return false;
    return is_full(lines, a, b) || (!a->ends && is_cut_prose(lines, a, b));
}

/* ------------------------------------------------------------------------------------------ all lines */

/* Over a page's end, and the blank lines around its number, only what surely goes on does. */
static size_t next_line(const struct lines *lines, size_t at, bool *over_page)
{
    *over_page = false;
    for (size_t i = at + 1; i < lines->count; i++) {
        *over_page |= lines->items[i].page_number;
        if (lines->items[i].text.size && !lines->items[i].page_number)
            return *over_page || i == at + 1 ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

static void find_usual(struct lines *lines)
{
    unsigned all = 0, seen = 0;
    for (size_t width = 1; width <= WIDE + 1; width++)
        all += lines->all_widths[width];
    for (size_t width = 1; width <= WIDE + 1 && seen * 10 < all * 9; width++) {
        seen += lines->all_widths[width];
        lines->usual = width;
    }
}

static void find_width(struct lines *lines)
{
    unsigned all = 0, seen = 0;
    for (size_t i = 0; i < lines->count; i++) {
        bool over_page;
        size_t next = lines->items[i].text.size ? next_line(lines, i, &over_page) : SIZE_MAX;
        if (next == SIZE_MAX || !surely_goes_on(&lines->items[i], &lines->items[next]))
            continue;
        lines->items[i].sure = true;
        lines->widths[lines->items[i].width]++;
        all++;
    }
    for (size_t width = 0; width <= WIDE && all; width++) {
        seen += lines->widths[width];
        if (seen * 100 >= all * KEPT) {
            lines->width = width;
            return;
        }
    }
}

static void mark_joined(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->items[i];
        bool over_page;
        size_t next = line->text.size && !line->page_number ? next_line(lines, i, &over_page) : SIZE_MAX;
        if (next == SIZE_MAX)
            continue;
        const struct line *b = &lines->items[next];
        line->joined = over_page ? line->sure : goes_on(lines, line, b);
        lines->counts.joined += line->joined;
        lines->counts.hyphens += line->joined && is_hyphenated(line, b);
    }
}

/* ------------------------------------------------------------------------------------------ writing */

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
    if (is_hyphenated(a, b))
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

static ty_status write_lines(ty_slice text, const struct lines *lines, ty_buffer *out, ty_error *error)
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

ty_status ty_document_unwrap(ty_slice text, ty_buffer *out, ty_error *error)
{
    struct lines lines = {0};
    ty_status status = read_lines(text, &lines, error);
    if (status == TY_OK) {
        find_usual(&lines);
        find_width(&lines);
        mark_joined(&lines);
    }
    if (status == TY_OK)
        status = lines.counts.joined ? write_lines(text, &lines, out, error) : TY_NO;
    ty_vector_release(&lines);
    return status;
}

struct unwrap_pair ty_document_look_at_pair(ty_slice first, ty_slice second)
{
    struct line a = measure(first), b = measure(second);
    struct unwrap_pair pair = {.ends = a.ends, .first_is_item = a.item, .second_is_item = b.item};
    pair.hyphenated = a.text.size && b.text.size && is_hyphenated(&a, &b);
    return pair;
}
