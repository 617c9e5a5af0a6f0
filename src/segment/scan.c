/*
 * The fast pass: where could something be? Sixteen bytes at a time with GCC's vector types, which become SSE2
 * on x86-64 and NEON on ARM; byte by byte at the end of the text and with other compilers.
 *
 * Characters are found by their first bytes: the test may let through others (they are looked at properly
 * afterwards) but must miss none.
 */
#include "segment/internal.h"

#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define TY_SCAN_VECTORS 1
typedef unsigned char lanes __attribute__((vector_size(16)));

static lanes load(const char *p)
{
    lanes v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Index of the first lane that is not 0, or 16. */
static unsigned first_lane(lanes mask)
{
    uint64_t half[2];
    memcpy(half, &mask, sizeof half);
    if (half[0]) return (unsigned)__builtin_ctzll(half[0]) >> 3;
    if (half[1]) return 8 + ((unsigned)__builtin_ctzll(half[1]) >> 3);
    return 16;
}

static bool any_lane(lanes mask)
{
    uint64_t half[2];
    memcpy(half, &mask, sizeof half);
    return (half[0] | half[1]) != 0;
}

static lanes ascii_candidates(lanes a)
{
    return (lanes)((a == '.') | (a == '!') | (a == '?') | (a == '('));
}

/* E3 80: 。「」『』【】 ; EF BC and EF BD: ！（．？ ｡｢ ; E2 80: “ … ‼ ⁇ ; and full stops of other scripts. */
static lanes wide_candidates(lanes a, lanes b, lanes c)
{
    lanes cjk = (lanes)((a == 0xE3) & (b == 0x80) & ((c == 0x82) | ((c & 0xFC) == 0x8C) | (c == 0x90)));
    lanes forms = (lanes)((a == 0xEF) & ((b & 0xFE) == 0xBC) &
                          ((c == 0x81) | (c == 0x88) | (c == 0x8E) | (c == 0x9F) | ((c & 0xFC) == 0xA0)));
    lanes general = (lanes)((a == 0xE2) & ((b == 0x80) | (b == 0x81)) &
                            ((c == 0x9C) | ((c & 0xFC) == 0xA4) | ((c & 0xFC) == 0xBC) | (c == 0x87) |
                             ((c & 0xFE) == 0x88)));
    lanes indic = (lanes)((a == 0xE0) & (b == 0xA5) & ((c & 0xFE) == 0xA4));
    lanes others = (lanes)((a == 0xE1) & ((b == 0x81) | (b == 0x8D) | (b == 0x9F)));
    lanes near =
        (lanes)(((a == 0xD8) & (b == 0x9F)) | ((a == 0xDB) & (b == 0x94)) | ((a == 0xD6) & (b == 0x89)));
    return cjk | forms | general | indic | others | near;
}
#endif

static bool is_candidate(const char *text, size_t at, size_t end)
{
    unsigned char byte = (unsigned char)text[at];
    if (byte < 0x80) return byte == '.' || byte == '!' || byte == '?' || byte == '(';
    if (byte < 0xC0) return false;
    uint32_t c = ty_char_next(text, &at, end);
    ty_kind kind = ty_kind_of(c);
    return kind == TY_KIND_STOP || (kind == TY_KIND_OPEN && c >= 0x201C);
}

size_t ty_scan_candidate(const char *text, size_t at, size_t end)
{
#ifdef TY_SCAN_VECTORS
    for (; at + 18 <= end; at += 16) {
        lanes a = load(text + at);
        lanes found = ascii_candidates(a);
        if (any_lane(a & 0x80)) found |= wide_candidates(a, load(text + at + 1), load(text + at + 2));
        unsigned lane = first_lane(found);
        if (lane < 16) return at + lane;
    }
#endif
    while (at < end && !is_candidate(text, at, end)) at++;
    return at;
}

static bool is_line_end(const char *text, size_t at, size_t end)
{
    const unsigned char *p = (const unsigned char *)text + at;
    if (*p >= '\n' && *p <= '\r') return true;
    if (*p == 0xC2) return at + 1 < end && p[1] == 0x85;
    return *p == 0xE2 && at + 2 < end && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
}

size_t ty_scan_line_end(const char *text, size_t at, size_t end)
{
#ifdef TY_SCAN_VECTORS
    for (; at + 18 <= end; at += 16) {
        lanes a = load(text + at);
        lanes found = (lanes)((a - '\n') < 4);
        if (any_lane(a & 0x80)) {
            lanes b = load(text + at + 1), c = load(text + at + 2);
            found |= (lanes)((a == 0xC2) & (b == 0x85));
            found |= (lanes)((a == 0xE2) & (b == 0x80) & ((c == 0xA8) | (c == 0xA9)));
        }
        unsigned lane = first_lane(found);
        if (lane < 16) return at + lane;
    }
#endif
    while (at < end && !is_line_end(text, at, end)) at++;
    return at;
}

size_t ty_skip_line_end(const char *text, size_t at, size_t end)
{
    if (at >= end) return end;
    if (text[at] == '\r' && at + 1 < end && text[at + 1] == '\n') return at + 2;
    ty_char_next(text, &at, end);
    return at;
}
