/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vector loops of fast_pass.c, for LANES bytes at a time; included once for every width there is.
 * LANES_NAME makes names, LANES_TARGET is the instruction set, LANES_MASK the mask of highest bits of a
 * vector.
 *
 * Each loop goes on from *at to the first suspicious lane, to `end` or beyond, or to where a whole vector
 * (and two bytes behind it) no longer fits below `limit`, up to which bytes may be read. No include guard:
 * that is its nature.
 */
#define lanes LANES_NAME(lanes)
#define load LANES_NAME(load)
#define mask_of LANES_NAME(mask_of)
#define form_candidates LANES_NAME(form_candidates)
#define other_candidates LANES_NAME(other_candidates)
#define wide_candidates LANES_NAME(wide_candidates)
#define INLINE static inline LANES_TARGET __attribute__((always_inline))

typedef unsigned char lanes __attribute__((vector_size(LANES)));

INLINE lanes load(const char *p)
{
    lanes v;
    memcpy(&v, p, sizeof v);
    return v;
}

INLINE uint64_t mask_of(lanes a)
{
    LANES_MASK(a);
}

/* “ … ‼ ⁇ and full stops of other scripts: their first bytes are D6 to E2, which most texts have not. */
INLINE lanes other_candidates(lanes a, lanes b, lanes c)
{
    lanes general = (lanes)((a == 0xE2) & ((b & 0xFE) == 0x80) &
                            ((c == 0x9C) | ((c & 0xFC) == 0xA4) | ((c & 0xFC) == 0xBC) | (c == 0x87) |
                             ((c & 0xFE) == 0x88)));
    general |= (lanes)((a == 0xE2) & (b == 0x9D) & ((c & 0xF8) == 0x90));
    lanes indic = (lanes)((a == 0xE0) & (b == 0xA5) & ((c & 0xFE) == 0xA4));
    lanes others = (lanes)((a == 0xE1) & ((b == 0x81) | (b == 0x8D) | (b == 0x9F)));
    lanes near =
        (lanes)(((a == 0xD8) & (b == 0x9F)) | ((a == 0xDB) & (b == 0x94)) | ((a == 0xD6) & (b == 0x89)));
    return general | indic | others | near;
}

/* EF BC and EF BD: ！（．？ ｡｢ ; EF B8 and EF B9: upright ones. */
INLINE lanes form_candidates(lanes a, lanes b, lanes c)
{
    lanes forms = (lanes)(((b & 0xFE) == 0xBC) &
                          ((c == 0x81) | (c == 0x88) | (c == 0x8E) | (c == 0x9F) | ((c & 0xFC) == 0xA0)));
    lanes upright =
        (lanes)(((b == 0xB8) & (((c & 0xF8) == 0x90) | (c == 0xB5))) | ((b == 0xB9) & ((c & 0xFD) == 0x81)));
    return (lanes)(a == 0xEF) & (forms | upright);
}

/* E3 80: 。「『【 ; and the others, whose first bytes most stretches have not. */
INLINE lanes wide_candidates(lanes a, const char *text)
{
    lanes b = load(text + 1), c = load(text + 2);
    lanes found = (lanes)((a == 0xE3) & (b == 0x80) & ((c == 0x82) | ((c & 0xFD) == 0x8C) | (c == 0x90)));
    if (mask_of((lanes)(a == 0xEF)))
        found |= form_candidates(a, b, c);
    if (mask_of((lanes)((lanes)(a - 0xD6) < 0x0D)))
        found |= other_candidates(a, b, c);
    return found;
}

LANES_TARGET static __attribute__((noinline)) bool LANES_NAME(wide)(const char *text, size_t *at, size_t end,
                                                                    size_t limit)
{
    for (; *at < end && *at + LANES + 2 <= limit; *at += LANES) {
        lanes a = load(text + *at);
        lanes found = (lanes)((a == '.') | (a == '!') | (a == '?') | (a == '('));
        if (mask_of(a))
            found |= wide_candidates(a, text + *at);
        uint64_t mask = mask_of(found);
        if (!mask)
            continue;
        *at += LANES_FIRST(mask);
        return true;
    }
    return false;
}

/* Up to what is not ASCII, and from there on the loop above: the many constants of that one are to be made
 * only where they are needed, as most runs are short. */
LANES_TARGET static bool LANES_NAME(candidate)(const char *text, size_t *at, size_t end, size_t limit)
{
    size_t here = *at;
    for (; here < end && here + LANES + 2 <= limit; here += LANES) {
        lanes a = load(text + here);
        if (mask_of(a))
            break;
        uint64_t mask = mask_of((lanes)((a == '.') | (a == '!') | (a == '?') | (a == '(')));
        if (!mask)
            continue;
        *at = here + LANES_FIRST(mask);
        return true;
    }
    *at = here;
    return LANES_NAME(wide)(text, at, end, limit);
}

/* LF, VT, FF, CR, and what may begin U+0085, U+2028 and U+2029. */
LANES_TARGET static bool LANES_NAME(line_end)(const char *text, size_t *at, size_t end, size_t limit)
{
    for (; *at < end && *at + LANES <= limit; *at += LANES) {
        lanes a = load(text + *at);
        uint64_t mask = mask_of((lanes)(((lanes)(a - '\n') < 4) | (a == 0xC2) | (a == 0xE2)));
        if (!mask)
            continue;
        *at += LANES_FIRST(mask);
        return true;
    }
    return false;
}

/* An ASCII character, or what begins like another: `first` and `second` are its first bytes. */
LANES_TARGET static bool LANES_NAME(either)(const char *text, size_t *at, size_t end, size_t limit,
                                            char ascii, unsigned char first, unsigned char second)
{
    for (; *at < end && *at + LANES + 2 <= limit; *at += LANES) {
        lanes a = load(text + *at);
        uint64_t mask =
            mask_of((lanes)((a == (unsigned char)ascii) | ((a == first) & (load(text + *at + 1) == second))));
        if (!mask)
            continue;
        *at += LANES_FIRST(mask);
        return true;
    }
    return false;
}

#undef lanes
#undef load
#undef mask_of
#undef form_candidates
#undef other_candidates
#undef wide_candidates
#undef INLINE
