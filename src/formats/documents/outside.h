/* SPDX-License-Identifier: Apache-2.0 */
/* outside - a program of others over a file: without a shell, in a folder of its own, bounded in time and
 * size. */
#ifndef TY_FORMATS_OUTSIDE_H
#define TY_FORMATS_OUTSIDE_H

#include "base/base.h"

struct outside {
    const char *what;           /* is read: "a PDF document" */
    const char *program;        /* "pdftotext", looked for in PATH */
    const char *package;        /* what to install where it is missing */
    const char *const *options; /* before the file's name, NULL at the end */
    const char *const *behind;  /* after it */
    const char *file;           /* what the input is called in the folder */
};

/*
 * Writes the input to a new folder that only this user can read, runs the program there with 60 seconds and 2
 * GB at most, and appends what it prints, 256 MB at most. The folder goes away. TY_ERR_FORMAT where the
 * program is missing (saying what to install), fails, or takes too long.
 */
ty_status ty_outside_run(const struct outside *outside, ty_slice input, ty_buffer *out, ty_error *error);

#endif
