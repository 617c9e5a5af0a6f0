/* SPDX-License-Identifier: Apache-2.0 */
/*
 * support - what every unit test uses: a main that runs suites, files of the source tree, shared data.
 */
#ifndef TY_TESTS_SUPPORT_H
#define TY_TESTS_SUPPORT_H

#include <check.h>
#include <stdlib.h>

#include "base/base.h"

/* Runs the suite; returns the exit status for main. */
int ty_test_run(Suite *suite);
/* The content of tests/PATH in the source tree, NUL-terminated; the test fails when it is not there. */
ty_slice ty_test_read(const char *path, ty_buffer *buffer);
/* The path of PATH below ../shared, or NULL where that folder is absent: say so and skip. Static storage. */
const char *ty_test_shared(const char *path);
/* A path for a file the test writes, in a folder of its own that ty_test_run removes. Static storage, 8
 * slots. */
const char *ty_test_temporary(const char *name);

#define ck_assert_slice(slice, string)                                                                       \
    do {                                                                                                     \
        ty_slice got_ = (slice);                                                                             \
        ck_assert_msg(ty_slice_equal(got_, ty_slice_of(string)), "got \"%.*s\", want \"%s\"",                \
                      TY_SLICE_FORMAT(got_), (string));                                                      \
    } while (0)
#define ck_assert_ok(call, error) ck_assert_msg((call) == TY_OK, "%s", (error).message)

#endif
