/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench.h - what the benchmarks share: clocks, a calibration loop, the end of a run that makes no sense.
 */
#ifndef TY_TOOLS_BENCH_H
#define TY_TOOLS_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline double bench_seconds(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Time as a user waits for it, and time of the processor, in which other programs do not count. */
static inline double bench_wall(void)
{
    return bench_seconds(CLOCK_MONOTONIC);
}

static inline double bench_cpu(void)
{
    return bench_seconds(CLOCK_PROCESS_CPUTIME_ID);
}

/* Milliseconds of a fixed loop: says how fast the machine is at the moment, so that runs compare. */
static inline double bench_calibrate(void)
{
    double start = bench_wall();
    volatile uint64_t state = 1;
    for (int i = 0; i < 50000000; i++)
        state = state * 6364136223846793005u + 1442695040888963407u;
    return (bench_wall() - start) * 1e3;
}

static inline void bench_die(const char *program, const char *what)
{
    fprintf(stderr, "%s: %s\n", program, what);
    exit(2);
}

#endif
