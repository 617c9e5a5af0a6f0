/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The fast pass: where could something be? Vectors of GCC's kind (scan_lanes.h): 32 bytes with AVX2 where the
 * processor has it, 16 bytes otherwise, which become SSE2 on x86-64 and NEON on ARM; byte by byte at the end
 * of the text and with other compilers.
 *
 * Characters are found by their first bytes: the test may let through others (they are looked at properly
 * afterwards) but must miss none.
 */
#include "segment/internal.h"

#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define LANES_16 1
#if defined(__SSE2__)
typedef char bytes16 __attribute__((vector_size(16)));
#define LANES_MASK(a) return (unsigned)__builtin_ia32_pmovmskb128((bytes16)(a))
#define LANES_FIRST(mask) (unsigned)__builtin_ctzll(mask)
#else /* four bits a lane: a narrowing shift on ARM */
typedef signed char signed16 __attribute__((vector_size(16)));
typedef unsigned short halves __attribute__((vector_size(16)));
typedef unsigned char narrow __attribute__((vector_size(8)));
#define LANES_MASK(a)                                                                                        \
    narrow four = __builtin_convertvector((halves)((signed16)(a) < 0) >> 4, narrow);                         \
    uint64_t mask;                                                                                           \
    memcpy(&mask, &four, sizeof mask);                                                                       \
    return mask
#define LANES_FIRST(mask) (unsigned)(__builtin_ctzll(mask) >> 2)
#endif
#define LANES 16
#define LANES_TARGET
#define LANES_NAME(name) name##_16
#include "segment/scan_lanes.h"
#undef LANES
#undef LANES_TARGET
#undef LANES_NAME
#undef LANES_MASK
#undef LANES_FIRST
#endif

#if defined(LANES_16) && defined(__x86_64__)
#define LANES_32 1
typedef char bytes32 __attribute__((vector_size(32)));
#define LANES 32
#define LANES_TARGET __attribute__((target("avx2")))
#define LANES_NAME(name) name##_32
#define LANES_MASK(a) return (unsigned)__builtin_ia32_pmovmskb256((bytes32)(a))
#define LANES_FIRST(mask) (unsigned)__builtin_ctzll(mask)
#include "segment/scan_lanes.h"
#endif

#if defined(LANES_32)
#define SCAN(loop, ...) ((__builtin_cpu_supports("avx2") && loop##_32(__VA_ARGS__)) || loop##_16(__VA_ARGS__))
#elif defined(LANES_16)
#define SCAN(loop, ...) loop##_16(__VA_ARGS__)
#else
#define SCAN(loop, ...) false
#endif

/* ------------------------------------------------------------------------------------------ candidates */

static bool is_candidate(const char *text, size_t at, size_t end)
{
    unsigned char byte = (unsigned char)text[at];
    if (byte < 0x80)
        return byte == '.' || byte == '!' || byte == '?' || byte == '(';
    if (byte < 0xC0)
        return false;
    uint32_t c = ty_char_next(text, &at, end);
    ty_kind kind = ty_kind_of(c);
    return kind == TY_KIND_STOP || (kind == TY_KIND_OPEN && c >= 0x201C);
}

size_t ty_scan_candidate(const char *text, size_t at, size_t end, size_t limit)
{
    if (SCAN(candidate, text, &at, end, limit) || at >= end)
        return at < end ? at : end;
    while (at < end && !is_candidate(text, at, end))
        at++;
    return at;
}

/* ------------------------------------------------------------------------------------------ lines */

static bool is_line_end(const char *text, size_t at, size_t end)
{
    const unsigned char *p = (const unsigned char *)text + at;
    if (*p >= '\n' && *p <= '\r')
        return true;
    if (*p == 0xC2)
        return at + 1 < end && p[1] == 0x85;
    return *p == 0xE2 && at + 2 < end && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
}

size_t ty_scan_line_end(const char *text, size_t at, size_t end)
{
    for (; SCAN(line_end, text, &at, end, end); at++)
        if (is_line_end(text, at, end))
            return at;
    while (at < end && !is_line_end(text, at, end))
        at++;
    return at;
}

size_t ty_scan_skip_line_end(const char *text, size_t at, size_t end)
{
    if (at >= end)
        return end;
    if (text[at] == '\r' && at + 1 < end && text[at + 1] == '\n')
        return at + 2;
    ty_char_next(text, &at, end);
    return at;
}

/* ------------------------------------------------------------------------------------------ others */

static size_t scan_either(const char *text, size_t at, size_t end, size_t limit, const char *pair)
{
    for (; SCAN(either, text, &at, end, limit, pair[0], (unsigned char)pair[1], (unsigned char)pair[2]); at++)
        if (text[at] == pair[0] || text[at + 2] == pair[3])
            return at < end ? at : end;
    for (; at < end; at++)
        if (text[at] == pair[0] || (end - at > 2 && memcmp(text + at, pair + 1, 3) == 0))
            return at;
    return end;
}

size_t ty_scan_colon(const char *text, size_t at, size_t end, size_t limit)
{
    return scan_either(text, at, end, limit, ":\xEF\xBC\x9A");
}

size_t ty_scan_quote(const char *text, size_t at, size_t end, size_t limit)
{
    return scan_either(text, at, end, limit, "\"\xE2\x80\x98");
}
