/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a text that may be wrapped: how wide each is, what it begins and ends with, whether it is a page's
 * number. */
#include "formats/documents/unwrap_lines.h"

/* ------------------------------------------------------------------------------------------ characters */

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

bool ty_unwrap_is_closing(uint32_t code)
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
size_t ty_unwrap_columns(ty_slice text)
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
    while (ty_unwrap_is_closing(code) && end)
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
        return ty_unwrap_columns(text);
    return text.size > WIDE ? WIDE + 1 : text.size;
}

struct line ty_unwrap_measure(ty_slice raw)
{
    ty_slice text = without_blanks(raw);
    struct line line = {.text = text};
    size_t at = 0, end = text.size;
    if (!text.size)
        return line;
    look_through(text, &line);
    line.indent = (uint16_t)ty_unwrap_columns(ty_slice_sub(raw, 0, (size_t)(text.data - raw.data)));
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
    struct line line = ty_unwrap_measure(p->quotes ? ty_slice_sub(raw, quote_length(raw), raw.size) : raw);
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

ty_status ty_unwrap_read(ty_slice text, struct lines *lines, ty_error *error)
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

/* ------------------------------------------------------------------------------------------ two lines */

bool ty_unwrap_is_hyphenated(const struct line *a, const struct line *b)
{
    size_t end = a->text.size;
    if (a->last != '-' || a->text.size < 3 || !is_lower(b->first))
        return false;
    ty_utf8_previous(a->text, &end);
    return ty_char_is_letter(ty_utf8_previous(a->text, &end));
}
