/* SPDX-License-Identifier: Apache-2.0 */
/* Names of persons: two that look the same to a reader are to be the same. */
#include "ops/internal.h"

static void add_seen(ty_slice text, ty_buffer *out)
{
    for (size_t at = 0, next; at < text.size; at = next) {
        next = at;
        if (!ty_char_is_ignorable(ty_utf8_next(text, &next)))
            ty_buffer_add(out, ty_slice_sub(text, at, next));
    }
}

ty_status ty_person_name(const char *name, ty_buffer *out, ty_error *error)
{
    ty_buffer line = {0}, seen = {0};
    ty_buffer_clear(out);
    ty_buffer_add_plain_line(&line, ty_slice_of(name));
    add_seen(ty_buffer_slice(&line), &seen);
    ty_status status = line.failed || seen.failed
                           ? ty_error_nomem(error)
                           : ty_fold_plain(ty_buffer_slice(&seen), TY_FOLD_NFKC | TY_FOLD_SPACE, out, error);
    ty_buffer_release(&line);
    ty_buffer_release(&seen);
    return status == TY_OK && out->failed ? ty_error_nomem(error) : status;
}
