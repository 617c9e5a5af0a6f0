/* SPDX-License-Identifier: Apache-2.0 */
#include "match/index.h"

#define KERNEL count_portable
#define KERNEL_(name) name##_portable
#define KERNEL_BYTES 16
#define KERNEL_TARGET
#include "match/kernel.h"

#if defined(__x86_64__)
#define KERNEL count_avx2
#define KERNEL_(name) name##_avx2
#define KERNEL_BYTES 32
#define KERNEL_TARGET __attribute__((target("avx2")))
#include "match/kernel.h"

#define KERNEL count_avx512
#define KERNEL_(name) name##_avx512
#define KERNEL_BYTES 64
#define KERNEL_TARGET __attribute__((target("avx512f")))
#include "match/kernel.h"
#endif

ty_row_counter *ty_row_counter_portable(void)
{
    return count_portable;
}

ty_row_counter *ty_row_counter_best(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return count_avx512;
    if (__builtin_cpu_supports("avx2"))
        return count_avx2;
#endif
    return count_portable;
}
