/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold - equal keys for text that is written differently, with a map back to what was written.
 *
 * Text is taken chunk by chunk: a chunk ends where NFKC has a boundary (UAX #15, section 9), so what a chunk
 * becomes depends on nothing outside, and every byte it becomes maps to the whole chunk. Nearly all chunks
 * are one code point that NFKC leaves alone.
 */
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "text/internal.h"

/* More marks on one letter than this are no text; the chunk is cut there, which bounds work and memory. */
enum { CHUNK_MAX = 256, CHUNK_ROOM = CHUNK_MAX * 18 /* longest NFKC of a code point, U+FDFA */ };

typedef struct folder {
    ty_slice in;
    unsigned flags;
    const UNormalizer2 *nfkc;
    ty_buffer *text;
    ty_folded *map;          /* NULL: none wanted */
    size_t begin;            /* of what is written by this call in `text` */
    size_t space, space_end; /* white space held back for TY_FOLD_SPACE */
    bool spaced;
} folder;

/* ------------------------------------------------------------------------------------------ output */

static bool make_room(folder *f, size_t more)
{
    if (f->text->capacity - f->text->size <= more && !ty_buffer_reserve(f->text, more))
        return false;
    if (!f->map || f->map->starts.capacity > f->text->size + more)
        return true;
    size_t grow = f->text->size + more + f->text->capacity;
    f->map->starts.count = f->map->ends.count = f->text->size;
    if (ty_vector_reserve(&f->map->starts, grow) && ty_vector_reserve(&f->map->ends, grow))
        return true;
    f->text->failed = true;
    return false;
}

static inline void write_bytes(folder *f, const char *bytes, size_t count, size_t start, size_t end)
{
    if (!make_room(f, count))
        return;
    memcpy(f->text->data + f->text->size, bytes, count);
    if (f->map)
        for (size_t i = f->text->size; i < f->text->size + count; i++) {
            f->map->starts.items[i] = (uint32_t)start;
            f->map->ends.items[i] = (uint32_t)end;
        }
    f->text->size += count;
}

static void hold_space(folder *f, size_t start, size_t end)
{
    if (!f->spaced)
        f->space = start;
    f->space_end = end;
    f->spaced = true;
}

/* Are the last character written and `next` of a script without blanks between words? */
static bool are_unspaced(const folder *f, uint32_t next)
{
    size_t at = f->text->size;
    return ty_text_is_ideographic(next) &&
           ty_text_is_ideographic(ty_utf8_previous(ty_buffer_slice(f->text), &at));
}

static inline void release_space(folder *f, uint32_t next)
{
    if (!f->spaced)
        return;
    f->spaced = false;
    if (f->text->size > f->begin && !(f->flags & TY_FOLD_LOOSE && are_unspaced(f, next)))
        write_bytes(f, " ", 1, f->space, f->space_end);
}

/* ------------------------------------------------------------------------------------------ mappings */

static inline uint32_t fold_mark(unsigned flags, uint32_t c)
{
    if (c < 0x80)
        return c == '`' && flags & TY_FOLD_PUNCTUATION ? '\'' : c;
    if (flags & TY_FOLD_PUNCTUATION)
        c = ty_text_plain_mark(c);
    return flags & TY_FOLD_LOOSE ? ty_text_loose_mark(c) : c;
}

static inline uint32_t fold_kana(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E ? c + 0x60 : c;
}

static inline uint32_t fold_case(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    if (c >= 0x2E80 && c < 0xA640)
        return c; /* no case in CJK */
    return (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
}

/* The mappings that may change how a character combines with the next. */
static inline uint32_t fold_letter(unsigned flags, uint32_t c)
{
    if (flags & TY_FOLD_KANA)
        c = fold_kana(c);
    return flags & TY_FOLD_CASE ? fold_case(c) : c;
}

static void emit(folder *f, uint32_t c, size_t start, size_t end);

static void emit_lower(folder *f, uint32_t c, size_t start, size_t end)
{
    if (c == 0x130) { /* the one letter whose lower case is two code points (SpecialCasing.txt) */
        write_bytes(f, "i\xCC\x87", 3, start, end);
        return;
    }
    ty_slice before = {f->text->data, f->text->size};
    c = c == 0x3A3 ? ty_text_lower_sigma(before, ty_slice_sub(f->in, end, f->in.size))
                   : (uint32_t)u_tolower((UChar32)c);
    c = fold_mark(f->flags, c);
    char bytes[4];
    write_bytes(f, bytes, utf8_put(bytes, c), start, end);
}

/* One code point of folded text, after NFKC or width folding. */
static inline void emit_inline(folder *f, uint32_t c, size_t start, size_t end)
{
    if (f->flags & TY_FOLD_SPACE) {
        if (ty_char_is_space(c)) {
            hold_space(f, start, end);
            return;
        }
        release_space(f, c);
    }
    if (f->flags & TY_FOLD_LOWER) {
        if (c < 0x80)
            c = fold_case(c);
        else if (c < 0x2E80 || c >= 0xA640) {
            emit_lower(f, c, start, end);
            return;
        }
    }
    c = fold_letter(f->flags, c);
    if (f->flags & TY_FOLD_KANJI && c >= 0x3400)
        c = ty_kanji_now(c);
    if (f->flags & TY_FOLD_LOOSE && (c == 0xDF || c == 0x1E9E)) {
        write_bytes(f, "ss", 2, start, end);
        return;
    }
    if (f->flags & (TY_FOLD_PUNCTUATION | TY_FOLD_LOOSE))
        c = fold_mark(f->flags, c);
    char bytes[4];
    write_bytes(f, bytes, utf8_put(bytes, c), start, end);
}

static void emit(folder *f, uint32_t c, size_t start, size_t end)
{
    emit_inline(f, c, start, end);
}

/* A byte that is no UTF-8. */
static void emit_raw(folder *f, size_t at)
{
    release_space(f, TY_CODE_POINT_NONE);
    write_bytes(f, f->in.data + at, 1, at, at + 1);
}

/* ------------------------------------------------------------------------------------------ NFKC */

/* Invisible, and to be left out. It stands in the chunk of what is before it. */
static inline bool is_hidden(const folder *f, uint32_t c)
{
    return f->flags & TY_FOLD_INVISIBLE && ty_text_is_invisible(c);
}

static inline bool begins_chunk(const folder *f, uint32_t c)
{
    if (c < 0x300 || (c >= 0x4E00 && c <= 0x9FFF))
        return true;
    if ((c >= 0x3000 && c <= 0x3098 && (c < 0x302A || c > 0x302F)) || (c >= 0x30A0 && c <= 0x30FF))
        return true;
    if (c >= 0xFF01 && c <= 0xFF9D)
        return true;
    return unorm2_hasBoundaryBefore(f->nfkc, (UChar32)c);
}

/* What NFKC makes of c where nothing follows that combines; NONE where it takes more than a look. */
static inline uint32_t compose_alone(uint32_t c)
{
    if (c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF))
        return c;
    if ((c >= 0x3001 && c <= 0x3029) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE))
        return c;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFEE0;
    if (c == 0x3000)
        return ' ';
    return u_getIntPropertyValue((UChar32)c, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES ? c : TY_CODE_POINT_NONE;
}

typedef struct chunk {
    UChar units[CHUNK_ROOM];
    int32_t count;
} chunk;

static void chunk_add(chunk *to, uint32_t c)
{
    if (to->count + 2 > CHUNK_ROOM)
        return;
    UBool full = false;
    U16_APPEND(to->units, to->count, CHUNK_ROOM, (UChar32)c, full);
    (void)full;
}

/* Applies the letter mappings; true when one changed something. */
static bool chunk_map(const chunk *from, chunk *to, unsigned flags)
{
    bool changed = false;
    to->count = 0;
    for (int32_t i = 0; i < from->count;) {
        UChar32 c;
        U16_NEXT(from->units, i, from->count, c);
        uint32_t mapped = fold_letter(flags, (uint32_t)c);
        changed |= mapped != (uint32_t)c;
        chunk_add(to, mapped);
    }
    return changed;
}

static bool chunk_normalize(const folder *f, const chunk *from, chunk *to)
{
    UErrorCode status = U_ZERO_ERROR;
    to->count = unorm2_normalize(f->nfkc, from->units, from->count, to->units, CHUNK_ROOM, &status);
    return U_SUCCESS(status);
}

/* Mapped letters may compose anew (J with caron only has a small composed form), hence before and after. */
static void fold_chunk(folder *f, size_t start, size_t end)
{
    chunk one, other;
    one.count = 0;
    for (size_t at = start; at < end;) {
        uint32_t c = ty_utf8_next(f->in, &at);
        if (!is_hidden(f, c))
            chunk_add(&one, fold_letter(f->flags, c));
    }
    if (!chunk_normalize(f, &one, &other)) {
        f->text->failed = true;
        return;
    }
    if (chunk_map(&other, &one, f->flags) && !chunk_normalize(f, &one, &other)) {
        f->text->failed = true;
        return;
    }
    for (int32_t i = 0; i < other.count;) {
        UChar32 c;
        U16_NEXT(other.units, i, other.count, c);
        emit(f, (uint32_t)c, start, end);
    }
}

/* Where the chunk that begins with the code point before `at` ends. */
static size_t chunk_end(const folder *f, size_t at)
{
    for (size_t i = 1; i < CHUNK_MAX && at < f->in.size; i++) {
        size_t next = at;
        uint32_t c = ty_utf8_next(f->in, &next);
        if (c == TY_CODE_POINT_NONE || (begins_chunk(f, c) && !is_hidden(f, c)))
            break;
        at = next;
    }
    return at;
}

static inline size_t fold_nfkc(folder *f, uint32_t c, size_t start, size_t end)
{
    size_t whole = end;
    if (end < f->in.size && (unsigned char)f->in.data[end] >= 0x80)
        whole = chunk_end(f, end);
    uint32_t alone = whole == end ? compose_alone(c) : TY_CODE_POINT_NONE;
    if (whole == end && is_hidden(f, c))
        return whole;
    if (alone == TY_CODE_POINT_NONE)
        fold_chunk(f, start, whole);
    else
        emit_inline(f, alone, start, end);
    return whole;
}

/* ------------------------------------------------------------------------------------------ width */

/* The ordinary form of a full- or half-width one. The half-width sound marks become combining ones. */
static uint32_t fold_width(const folder *f, uint32_t c)
{
    if (c == 0x3000)
        return ' ';
    if (c < 0xFF00 || c > 0xFFEE)
        return c;
    if (c <= 0xFF5E && c > 0xFF00)
        return c - 0xFEE0;
    UChar raw[4];
    UErrorCode status = U_ZERO_ERROR;
    int32_t count = unorm2_getRawDecomposition(f->nfkc, (UChar32)c, raw, 4, &status);
    return U_SUCCESS(status) && count == 1 ? raw[0] : c;
}

/* The character that kana and the half-width sound mark behind it make, or NONE. */
static uint32_t join_sound_mark(const folder *f, uint32_t c, size_t *end)
{
    if (*end + 3 > f->in.size || memcmp(f->in.data + *end, "\xEF\xBE", 2) != 0)
        return TY_CODE_POINT_NONE;
    unsigned char last = (unsigned char)f->in.data[*end + 2];
    if (last != 0x9E && last != 0x9F)
        return TY_CODE_POINT_NONE;
    UChar32 joined = unorm2_composePair(f->nfkc, (UChar32)c, last == 0x9E ? 0x3099 : 0x309A);
    if (joined < 0)
        return TY_CODE_POINT_NONE;
    *end += 3;
    return (uint32_t)joined;
}

static size_t fold_wide(folder *f, uint32_t c, size_t start, size_t end)
{
    if (f->flags & TY_FOLD_WIDTH && (c == 0xFF9E || c == 0xFF9F)) { /* a mark that stands alone */
        emit(f, c - 0xFF9E + 0x309B, start, end);
        return end;
    }
    if (f->flags & TY_FOLD_WIDTH)
        c = fold_width(f, c);
    if (f->flags & TY_FOLD_WIDTH && c > 0x3040 && c < 0x3100) {
        uint32_t joined = join_sound_mark(f, f->flags & TY_FOLD_KANA ? fold_kana(c) : c, &end);
        if (joined != TY_CODE_POINT_NONE)
            c = joined;
    }
    emit(f, c, start, end);
    return end;
}

/* ------------------------------------------------------------------------------------------ the run */

/* How many bytes from `at` on are ASCII with nothing behind them that may combine with the last. */
static size_t plain_run(ty_slice text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.data;
    size_t end = at;
    while (end < text.size && s[end] < 0x80)
        end++;
    return end > at && end < text.size ? end - 1 - at : end - at;
}

static inline bool is_graphic(unsigned char c)
{
    return c > ' ' && c < 0x7F;
}

/* The same where white space is folded: words with one blank between them, which stays. */
static size_t worded_run(ty_slice text, size_t at)
{
    const unsigned char *s = (const unsigned char *)text.data;
    size_t end = at;
    while (end < text.size && (is_graphic(s[end]) ||
                               (s[end] == ' ' && end > at && end + 1 < text.size && is_graphic(s[end + 1]))))
        end++;
    return end > at && end < text.size && s[end] >= 0x80 ? end - 1 - at : end - at;
}

/* Kanji and kana: NFKC leaves them as they are, unless a mark follows; the usual kanji stay, too. */
static inline bool is_inert(const unsigned char *s, bool kanji)
{
    uint32_t c = (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    bool whole = (s[0] & 0xF0) == 0xE0 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80;
    return whole && ((c >= 0x4E00 && c <= 0x9FFF && !(kanji && kanji_may_change(c))) ||
                     (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE));
}

/* How many bytes from `at` on are such characters, with nothing behind them that may combine with the last;
 * `kanji` where old forms become usual ones. */
static size_t inert_run(ty_slice text, size_t at, bool kanji)
{
    const unsigned char *s = (const unsigned char *)text.data;
    size_t end = at;
    while (end + 3 <= text.size && is_inert(s + end, kanji))
        end += 3;
    return end > at && end < text.size ? end - 3 - at : end - at;
}

/* Characters of three bytes stay as they are. */
static void keep_run(folder *f, size_t at, size_t count)
{
    if (!make_room(f, count))
        return;
    memcpy(f->text->data + f->text->size, f->in.data + at, count);
    if (f->map) {
        uint32_t *starts = f->map->starts.items + f->text->size, *ends = f->map->ends.items + f->text->size;
        for (size_t i = 0; i < count; i += 3) {
            starts[i] = starts[i + 1] = starts[i + 2] = (uint32_t)(at + i);
            ends[i] = ends[i + 1] = ends[i + 2] = (uint32_t)(at + i + 3);
        }
    }
    f->text->size += count;
}

/* The common case by itself, so that the compiler sees short loops: ASCII whose white space stays. */
static void fold_run(folder *f, size_t at, size_t count)
{
    release_space(f, (unsigned char)f->in.data[at]);
    if (!make_room(f, count))
        return;
    bool lower = f->flags & (TY_FOLD_CASE | TY_FOLD_LOWER), plain = f->flags & TY_FOLD_PUNCTUATION;
    const unsigned char *from = (const unsigned char *)f->in.data + at;
    unsigned char *to = (unsigned char *)f->text->data + f->text->size;
    for (size_t i = 0; i < count; i++)
        to[i] = from[i] == '`' && plain
                    ? '\''
                    : (unsigned char)(from[i] | (((unsigned)from[i] - 'A' < 26 && lower) << 5));
    if (f->map) {
        uint32_t *starts = f->map->starts.items + f->text->size, *ends = f->map->ends.items + f->text->size;
        for (size_t i = 0; i < count; i++) {
            starts[i] = (uint32_t)(at + i);
            ends[i] = (uint32_t)(at + i + 1);
        }
    }
    f->text->size += count;
}

static void fold_all(folder *f)
{
    const unsigned char *s = (const unsigned char *)f->in.data;
    bool keeps = (f->flags & (TY_FOLD_NFKC | TY_FOLD_KANA | TY_FOLD_SPACE)) == TY_FOLD_NFKC;
    for (size_t at = 0; at < f->in.size && !f->text->failed;) {
        size_t run = s[at] >= 0x80              ? 0
                     : f->flags & TY_FOLD_SPACE ? worded_run(f->in, at)
                                                : plain_run(f->in, at);
        if (run) {
            fold_run(f, at, run);
            at += run;
            continue;
        }
        run = keeps && s[at] >= 0xE3 ? inert_run(f->in, at, f->flags & TY_FOLD_KANJI) : 0;
        if (run) {
            keep_run(f, at, run);
            at += run;
            continue;
        }
        size_t length = utf8_length(s + at, f->in.size - at);
        if (length == 1 && (at + 1 == f->in.size || s[at + 1] < 0x80)) {
            emit_inline(f, s[at], at, at + 1);
            at++;
        } else if (length == 0) {
            emit_raw(f, at);
            at++;
        } else if (f->flags & TY_FOLD_NFKC)
            at = fold_nfkc(f, utf8_value(s + at, length), at, at + length);
        else if (is_hidden(f, utf8_value(s + at, length)))
            at += length;
        else
            at = fold_wide(f, utf8_value(s + at, length), at, at + length);
    }
}

static ty_status fold(folder *f, ty_error *error)
{
    UErrorCode status = U_ZERO_ERROR;
    if (f->in.size > UINT32_MAX / 2)
        return ty_error_set(error, TY_ERR_LIMIT, "text too long to fold");
    f->nfkc = unorm2_getNFKCInstance(&status);
    if (U_FAILURE(status))
        return ty_error_set(error, TY_ERR_IO, "no Unicode data: %s", u_errorName(status));
    f->begin = f->text->size;
    if (!make_room(f, f->in.size + 16))
        return ty_error_nomem(error);
    fold_all(f);
    if (f->text->failed)
        return ty_error_nomem(error);
    if (f->flags & TY_FOLD_ACRONYM)
        ty_text_close_acronyms(f->text, f->begin, f->map);
    f->text->data[f->text->size] = '\0';
    if (f->map)
        f->map->starts.count = f->map->ends.count = f->text->size;
    return TY_OK;
}

ty_status ty_fold(ty_slice text, unsigned flags, ty_folded *out, ty_error *error)
{
    ty_buffer_clear(&out->text);
    ty_vector_clear(&out->starts);
    ty_vector_clear(&out->ends);
    folder f = {.in = text, .flags = flags, .text = &out->text, .map = out};
    ty_status status = fold(&f, error);
    if (status != TY_OK) {
        ty_buffer_clear(&out->text);
        out->starts.count = out->ends.count = 0;
    }
    return status;
}

ty_status ty_fold_plain(ty_slice text, unsigned flags, ty_buffer *out, ty_error *error)
{
    folder f = {.in = text, .flags = flags, .text = out};
    return fold(&f, error);
}

void ty_folded_release(ty_folded *folded)
{
    ty_buffer_release(&folded->text);
    ty_vector_release(&folded->starts);
    ty_vector_release(&folded->ends);
}
