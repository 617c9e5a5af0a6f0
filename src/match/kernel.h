/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The counting of rows for one width of vector. Included by rows.c once a width, with
 *   KERNEL          name of the function it makes
 *   KERNEL_(name)   makes names different for each width
 *   KERNEL_BYTES    width of the vector
 *   KERNEL_TARGET   attribute that lets the compiler use the machine's instructions, or nothing
 */

typedef uint64_t KERNEL_(vector) __attribute__((vector_size(KERNEL_BYTES)));

#define VECTOR KERNEL_(vector)
#define VECTOR_WORDS (KERNEL_BYTES / 8)
#define INLINE static inline __attribute__((always_inline)) KERNEL_TARGET

INLINE VECTOR KERNEL_(load)(const uint64_t *from)
{
    VECTOR vector;
    memcpy(&vector, from, sizeof vector);
    return vector;
}

/* *sum + a + b: the low bit stays in *sum, the high one is returned. */
INLINE VECTOR KERNEL_(add)(VECTOR *sum, VECTOR a, VECTOR b)
{
    VECTOR half = *sum ^ a;
    VECTOR carry = (*sum & a) | (half & b);
    *sum = half ^ b;
    return carry;
}

/* Adds a bit vector to the number in planes from `plane` on. */
INLINE void KERNEL_(ripple)(VECTOR *sums, uint32_t plane, uint32_t planes, VECTOR carry)
{
    for (; plane < planes; plane++) {
        VECTOR next = sums[plane] & carry;
        sums[plane] ^= carry;
        carry = next;
    }
}

INLINE void KERNEL_(column)(const ty_row_sum *sum, size_t word, uint32_t planes, uint64_t *out)
{
    VECTOR sums[TY_PLANES_MAX];
    uint32_t bias = (1u << (planes - 1)) - sum->needed;
    for (uint32_t j = 0; j < planes; j++)
        sums[j] = (VECTOR){0} - (uint64_t)((bias >> j) & 1);
    size_t i = 0;
    for (; i + 4 <= sum->count; i += 4) {
        const uint64_t *const *rows = sum->rows + i;
        VECTOR first = KERNEL_(add)(&sums[0], KERNEL_(load)(rows[0] + word), KERNEL_(load)(rows[1] + word));
        VECTOR second = KERNEL_(add)(&sums[0], KERNEL_(load)(rows[2] + word), KERNEL_(load)(rows[3] + word));
        KERNEL_(ripple)(sums, 2, planes, KERNEL_(add)(&sums[1], first, second));
    }
    for (; i < sum->count; i++)
        KERNEL_(ripple)(sums, 0, planes, KERNEL_(load)(sum->rows[i] + word));
    for (uint32_t j = 0; j < planes; j++)
        memcpy(out + j * TY_CHUNK_WORDS, &sums[j], sizeof sums[j]);
}

INLINE void KERNEL_(chunk)(const ty_row_sum *sum, uint32_t planes)
{
    for (size_t at = 0; at < TY_CHUNK_WORDS; at += VECTOR_WORDS)
        KERNEL_(column)(sum, sum->word + at, planes, sum->out + at);
}

/* The number of planes as a constant lets the compiler keep them in registers. */
static KERNEL_TARGET void KERNEL(const ty_row_sum *sum)
{
    switch (sum->planes) {
    case 3: KERNEL_(chunk)(sum, 3); break;
    case 4: KERNEL_(chunk)(sum, 4); break;
    case 5: KERNEL_(chunk)(sum, 5); break;
    case 6: KERNEL_(chunk)(sum, 6); break;
    case 7: KERNEL_(chunk)(sum, 7); break;
    case 8: KERNEL_(chunk)(sum, 8); break;
    default: KERNEL_(chunk)(sum, sum->planes);
    }
}

#undef VECTOR
#undef VECTOR_WORDS
#undef INLINE
#undef KERNEL
#undef KERNEL_
#undef KERNEL_BYTES
#undef KERNEL_TARGET
